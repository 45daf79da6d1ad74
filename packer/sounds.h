// sounds.h: sounds of a collection against what is said of them: captions end with their sound,
// the tone of a room is short.
//
// Reads files, decodes nothing. Whether each is whole is media.h's. Any thread.

#pragma once
#include "exhibits/model/story.h"
#include "exhibits/model/tour.h"

// `folder` is on disk; `prefix` stands before names in problems.
void sounds_check_story(const char *folder, const char *prefix, const Story *story,
                        Problems *problems);
void sounds_check_tour(const char *folder, const char *prefix, const Tour *tour,
                       Problems *problems);
void sounds_check_tone(const char *folder, const char *name, Problems *problems);
