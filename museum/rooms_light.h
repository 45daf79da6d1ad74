// rooms_light.h: the light of rooms that came with their pack: read, held within its memory,
// and let go of.
//
// Rooms near the visitor have theirs; a room without its own, or for which there is no memory,
// is lit while it is shown, as those of a house's wings that got a door. Others of wings have
// the light of their pack, turned and moved with them. A loader reads, checks and
// finds each vertex's place; the main thread only uploads.
//
// Main thread.

#pragma once
#include "draw/render.h"
#include "exhibits/model/gallery_mesh.h"
#include "museum/collection.h"
#include "stream/loader.h"

typedef enum RoomLightState {
    ROOM_LIGHT_SHOWN, // is lit while it is shown: there is no other light for it
    ROOM_LIGHT_FAR,
    ROOM_LIGHT_ASKED,
    ROOM_LIGHT_HERE,
} RoomLightState;

typedef struct RoomLight {
    RoomLightState state;
    uint64_t bytes;   // of its texels, while it is here
    Lightmap *probes; // and environment, no texels; once read it stays. NULL: not yet
    uint32_t doors;   // between it and the visitor
    bool is_refused;  // there was no memory, as long as the visitor is in the same room
} RoomLight;

typedef struct RoomsLight {
    const Collection *collection;
    Arena *arena;
    Loader *loader; // NULL: no room has light of its own
    RoomLight *rooms;
    int32_t center; // that doors were counted from, or PLAN_NONE
    uint64_t limit_bytes, held_bytes;
} RoomsLight;

// Before there is a window: what is seen first is read while the driver wakes up.
NODISCARD Status rooms_light_make(const Collection *collection, Arena *arena, RoomsLight *out);
void rooms_light_drop(RoomsLight *light);

typedef struct Rooms Rooms;
// Makes the mesh of a room that is lit while it is shown.
NODISCARD Status rooms_show_unlit(Rooms *house, uint32_t room);
void rooms_drop_mesh(Rooms *house, uint32_t room);
// Asks for what is near, takes what has come. Waits for the light of the room the visitor is
// in: without a floor nobody stands.
NODISCARD Status rooms_light_step(Rooms *house);
// Whether all rooms that are seen have their light.
bool rooms_is_lit(const Rooms *house);
// What bounces where a piece stands; NULL: the room says.
const LightProbe *rooms_probe(const Rooms *house, int32_t place);
// The mean light in a room, from all around; 0: not known.
float rooms_mean_lux(const Rooms *house, uint32_t room);
// For RenderRoom.light.
const Lightmap *rooms_probes(const Rooms *house, uint32_t room);
