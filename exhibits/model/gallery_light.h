// gallery_light.h: what rooms are painted with, and the lamps that a plan's words stand for.
// Whoever lights a room, beforehand or while it is shown, takes both from here.
//
// Pure; any thread. Metres, lux, candela. Colours are sRGB as on a paint card, 0 to 1.

#pragma once
#include "exhibits/model/gallery_mesh.h"

#define GALLERY_LAMP_RADIUS_M 0.03f // of a lamp's face: how soft its shadows are

// A spot.
typedef struct GalleryLamp {
    float position[3], direction[3]; // direction need not have length 1
    float color[3];
    float intensity_cd;       // of what the eye sees, whatever the colour
    float cone_deg, edge_deg; // full angle in which it is bright; soft edge on every side
    float reach_m;            // no light further off
    bool has_shadow;          // when it is drawn at run time; there are few such
} GalleryLamp;

// Paint of a PlanMaterial or one of gallery_mesh.h's.
void gallery_color(int material, float out[3]);

GalleryLamp gallery_lamp(const PlanLight *light);
// Lamps that wash the walls of a room; as many as there is room for. Returns how many.
uint32_t gallery_washers(const PlanRoom *room, uint32_t most, GalleryLamp *out);
// How bright the light ceiling is (a plan says how bright the room is on paper), and its
// colour.
float gallery_panel_nits(const GalleryPanel *panel);
void gallery_panel_color(const PlanRoom *room, float out[3]);
// What is seen through a window in a direction that rises by `up`, as a share of what is level
// with the eye, and its colour.
float gallery_sky_share(float up);
void gallery_sky_color(const PlanSky *sky, float out[3]);
// Surfaces of different groups share no light of their own; a group is a number below
// GALLERY_MATERIAL_COUNT, or -1 for what glows.
int gallery_light_group(int material);
