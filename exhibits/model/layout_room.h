// layout_room.h: what rooms that are laid out by themselves are made of, and their windows; for
// layout.c.
//
// Pure; any thread.

#pragma once
#include "exhibits/model/plan.h"

// Materials, mouldings and light of a room whose corners and height are known. Those of
// neighbouring numbers differ; a hall is for large pieces.
void layout_furnish_room(PlanRoom *room, bool is_hall, uint32_t index);
// Windows in outer walls without doors, one wall a room at most. Rooms, their corners from
// plan_box, and openings are complete.
void layout_add_windows(Plan *plan, Arena *arena);
