// light_scene.h: what rays meet: the rooms' surfaces with their texels, light ceilings, pieces,
// and the lamps; for light*.c.

#pragma once
#include "exhibits/model/gallery_light.h"
#include "packer/light.h"

#include <embree3/rtcore.h>

// A chart of one room, in two densities.
typedef struct LightSurface {
    Chart fine, coarse;
    size_t first; // of its coarse texels
    float albedo[3];
    uint32_t room;
    uint32_t first_lamp, lamp_count; // into LightScene.lamps_of: those that may reach it
} LightSurface;

typedef struct LightLamp {
    float position[3], direction[3]; // unit length
    float color_cd[3];
    float cos_inner, cos_outer, reach_m;
} LightLamp;

typedef struct LightTriangle {
    float normal[3];
    uint32_t surface; // UINT32_MAX: it glows, or is black
    uint32_t room;
    enum { LIGHT_DARK, LIGHT_PANEL, LIGHT_SKY, LIGHT_LAMP } glow; // LAMP: only to be seen
} LightTriangle;

typedef struct LightRoom {
    uint32_t first_surface, surface_count;
    int fine_height;
    float low[3], high[3];
    float panel_nits[3];
} LightRoom;

typedef struct LightScene {
    const LightDesc *desc;
    RTCDevice device;
    RTCScene scene, bare; // bare: without pieces
    LightRoom *rooms;
    LightSurface *surfaces;
    uint32_t surface_count, surface_capacity;
    LightLamp *lamps;
    uint32_t lamp_count, lamp_capacity;
    uint32_t *lamps_of;
    uint32_t lamps_of_count, lamps_of_capacity;
    LightTriangle *triangles; // of the first geometry: all rooms
    size_t texel_count;       // coarse
    // By coarse texel, in lux: lamps, and what bounced until now.
    float (*direct)[3], (*bounced)[3];
    bool *is_valid; // its middle lies in open air
    float sky_nits[3];
} LightScene;

enum { LIGHT_FINE_WIDTH = 1024 };

// ERR_LIMIT for a house that is too large. light_scene_drop in any case.
NODISCARD Status light_scene_make(const LightDesc *desc, Arena *arena, LightScene *out);
void light_scene_drop(LightScene *scene);

typedef struct LightRay {
    float from[3], along[3]; // along: unit length
    float reach_m;
} LightRay;

typedef enum LightMet {
    LIGHT_NOTHING, // nothing within reach
    LIGHT_INSIDE,  // the back of something: the ray began in a wall
    LIGHT_ROOM,    // a wall, a plinth, a light ceiling
    LIGHT_PIECE,
} LightMet;

typedef struct LightHit {
    LightMet met;
    uint32_t triangle;
    float at[3];
    float up; // how much the ray rises
} LightHit;

LightHit light_shoot(const LightScene *scene, const LightRay *ray, bool sees_pieces);
// What a hit in a room sends back, in nits, as far as it is known by now.
void light_seen(const LightScene *scene, const LightHit *hit, float out[3]);
// What a lamp sends to a place it faces, in lux; nothing in between.
float light_falloff(const LightLamp *lamp, const float at[3]);

// ---- chances: the same for the same names

uint32_t light_hash(uint32_t a, uint32_t b);
// Number `index` of an even sequence (base 2, 3, 5, 7), turned by `turn` within 0 to 1.
float light_even(uint32_t index, uint32_t base, float turn);
// A part of 1 from 32 bits.
float light_part(uint32_t bits);
// A direction around a normal, as often as its cosine; u and v are 0 to 1.
void light_around(const float normal[3], float u, float v, float out[3]);
