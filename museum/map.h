// map.h: the floor plan: what is where on it, what is next in a direction, what is near.
//
// Its items are rooms and pieces. A room's place is where most of it is free of walls and
// stands: a name fits there. Metres, x to the right and z down, as plans have them. Pure; any
// thread.

#pragma once
#include "exhibits/model/plan.h"

enum { MAP_NONE = -1 };

#define MAP_NAME_WIDE 2.6f // names are so many times as wide as high

typedef struct MapItem {
    bool is_room;
    uint32_t index; // of the plan's rooms or places
    float at[2];
    float space_m; // of a room: half as high as a name may be there
} MapItem;

typedef struct Map {
    const Plan *plan;      // outlives the map
    float low[2], high[2]; // of all rooms
    uint32_t room_count;   // rooms come first, in the plan's order
    uint32_t item_count;   // then places that show something
    MapItem *items;
} Map;

void map_make(const Plan *plan, Arena *arena, Map *out);

// The room an item is or stands in.
uint32_t map_room_of(const Map *map, int32_t item);
// The item of a room, of a place; MAP_NONE if it has none.
int32_t map_item_of_room(const Map *map, uint32_t room);
int32_t map_item_of_place(const Map *map, uint32_t place);

// From an item to the next to the right (1, 0), down (0, 1), ...; where there is none, `from`.
int32_t map_next(const Map *map, int32_t from, int right, int down);
// From the room of an item so many rooms on, around.
int32_t map_next_room(const Map *map, int32_t from, int step);
// The piece nearest to a point, within reach of it, else the room around it, else MAP_NONE.
int32_t map_find(const Map *map, const float at[2], float reach_m);

// Where the plan lies: metre 0, 0, and how large a metre is. Units of whoever asks.
typedef struct MapFrame {
    float at[2], scale;
} MapFrame;

// As large as fits, in the middle, with `margin_m` around.
MapFrame map_fit(const Map *map, const float at[2], const float size[2], float margin_m);
void map_to_frame(const MapFrame *frame, const float metres[2], float out[2]);
void map_from_frame(const MapFrame *frame, const float at[2], float out[2]);
