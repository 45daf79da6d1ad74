// map_view.h: the floor plan over the picture: by mouse, keys, pad, fingers and script; and the
// way to what was chosen on it. A part of the museum; main thread only.
//
//   keys    M opens and closes; arrows: what is next there; Tab: the next room; Enter: go
//   pad     up opens; arrows or the left stick, A, B
//   touch   "Plan"; a tap shows what is there, "Walk there" or another tap goes
//
// Guided tours, and the way they take: map_tours.h.

#pragma once
#include "device/gpu.h"
#include "museum/controls.h"
#include "museum/map.h"

#define MAP_HEAD 92.0f // units from the picture's top to the plan

typedef struct Museum Museum;

typedef struct MapView {
    Map map;
    uint8_t *visited; // by room
    uint32_t visited_count;
    bool is_open;
    int32_t focus; // an item, or MAP_NONE
    // of the newest frame
    MapFrame frame;                   // units
    float plan[4], index[4], card[4]; // where these are: x, y, width, height in units
    float row_height;                 // of the index
    int32_t first_row, row_count;
    bool lists_pieces;          // there is room for them
    int32_t *listed;            // items: each room and what stands in it
    bool says_focus;            // the plan itself names it
    int32_t pressed;            // the item on which the pointer went down, or MAP_NONE
    double stick_s;             // the stick rests until then
    int32_t tour, tour_pressed; // asked about; on which the pointer went down; -1: none
    float tours[4];             // their rows: as plan, index and card
    struct MapRoute *route;
    // the picture of the plan
    GpuTexture picture;
    int width_px, height_px, theme;
    // on the way
    int32_t wish;  // an item to go to once one walks, or MAP_NONE
    float fade;    // 0: none; below 1 it gets dark, from 1 to 2 light again
    double goal_m; // how far the way is
} MapView;

void map_view_make(Museum *museum);
void map_view_drop(Museum *museum);

void map_open(Museum *museum, bool is_open);
// Walks there, or fades where it is far, or cuts where motion is reduced. Closes the plan.
NODISCARD Status map_go(Museum *museum, int32_t item);
// The rest of the way the visitor is on: fades over it where it is far or `cuts`; is there at
// once where motion is reduced.
void map_hurry(Museum *museum, bool cuts);
NODISCARD Status map_find_room(const Museum *museum, const char *id, int32_t *item);

// What is wished of the plan; what is not its own it leaves in `wishes`.
void map_hear(Museum *museum, const Input *input, Wishes *wishes);
void map_step(Museum *museum, double passed_s);
// Between ui_begin and ui_end.
void map_draw(Museum *museum);
// Over everything: the dark of a fade.
void map_draw_fade(Museum *museum);
bool map_is_still(const Museum *museum);

// Where the plan shows the room or piece of an id, in units; false where it does not.
bool map_find_place(const Museum *museum, const char *id, float at[2]);
// "hare", "room-2"; "" where nothing has the focus.
const char *map_focus_id(const Museum *museum);
const char *map_tour_id(const Museum *museum); // whose way is drawn; "": none
