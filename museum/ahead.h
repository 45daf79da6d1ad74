// ahead.h: what the visitor will see in a second: where the walk leads, what one leans in to
// from here, what lies around the lens. Scenes ask for it before it is seen (SceneAhead).
//
// Main thread only.

#pragma once
#include "museum/museum.h"

// Fills `out`, at most SCENE_MAX_AHEAD; 0 where nothing can be told. The lens's ring is asked
// every frame, what costs more in turns with other frames.
uint32_t ahead_look(const Museum *museum, const Viewport *viewport, SceneAhead *out);
