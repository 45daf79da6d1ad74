// guide.h: a guided visit of whatever stands in the house: a script made by the program,
// pictures of every piece from far to near, of the details its story tells of under the
// magnifier, and of the story; and a transcript of what is seen, for those who cannot see it.

#pragma once
#include "museum/visit.h"

typedef struct Guide {
    const char *folder; // for pictures and transcript.txt
    Script script;
    const char *transcript;
    Arena *arena;
} Guide;

// Makes the folder and the script. `language` is the transcript's.
NODISCARD Status guide_make(const Museum *museum, const char *folder, Arena *arena, Guide *out);
// A VisitPictureFn; the context is the Guide.
void guide_note_picture(void *guide, Museum *museum, const char *path);
// Writes the transcript and says on standard output what was done.
NODISCARD Status guide_end(Guide *guide, const Museum *museum);
