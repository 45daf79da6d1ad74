// still_parts.h: what the files still*.c share; for them alone.
//
//   still_scene.c  the triangles and tiles that a picture needs, for rays
//   still_light.c  what a sample of the picture shows
//   still.c        where one looks from; all samples; from light to a picture

#pragma once
#include "data/mesh.h"
#include "data/surface.h"
#include "packer/still.h"

#include <embree3/rtcore.h>

// Where one looks from: a picture's middle at `eye` + forward; across and up of length 1.
typedef struct StillCamera {
    float eye[3], right[3], up[3], forward[3];
    float tangent; // of half the picture's height
    float aspect;
} StillCamera;

void still_camera_aim(StillCamera *camera, float azimuth_deg, float elevation_deg,
                      const float target[3], float distance_m);
// Places of the picture from -1 to 1, y up. False behind the eye.
bool still_camera_project(const StillCamera *camera, const float at[3], float out[2]);

// ---- what is seen

typedef struct StillCorner {
    uint8_t normal[2];
    union {
        MeshTexel texel;
        MeshSurface surface;
    } look;
} StillCorner;

typedef struct StillTile {
    SurfaceTile tile;
    bool is_there;
} StillTile;

typedef struct StillScene {
    MeshGraph graph;
    uint32_t corner_count, corner_capacity, position_capacity;
    float (*positions)[3]; // three corners a triangle
    StillCorner *corners;
    uint32_t triangle_count, triangle_capacity;
    uint32_t *page_of; // by triangle
    StillTile *tiles;  // by page
    RTCDevice device;
    RTCScene scene;
    bool is_lying; // on the ground, which is there then
    float ground_m, radius_m, middle[3];
    float grain_m; // so far from a surface rays begin
} StillScene;

// A cut for pictures of `camera` in which a pixel is so large at a distance of 1: finer where
// it looks. still_scene_drop in any case.
NODISCARD Status still_scene_make(const StillDesc *desc, const MeshGraph *graph,
                                  const StillCamera *camera, float pixel, Arena *arena,
                                  StillScene *out);
void still_scene_drop(StillScene *scene);

// What the surface is there.
typedef struct StillSurface {
    float at[3];
    float face[3], normal[3]; // of the triangle; as the scan has it
    float color[3];           // linear
    float roughness, metal, emission, occlusion;
} StillSurface;

typedef struct StillRay {
    float from[3], along[3];
} StillRay;

// False where there is nothing of the piece.
bool still_meet(const StillScene *scene, const StillRay *ray, StillSurface *out);
bool still_is_blocked(const StillScene *scene, const StillRay *ray);

// ---- light

typedef struct StillStudio {
    float key[3], rim[3]; // towards the lamps
    float up[3];
} StillStudio;

// By turns: diffuse light that falls in, to be multiplied by `albedo`; and what shines.
typedef struct StillSample {
    float light[3], albedo[3], shine[3];
    float mirror[3]; // what the surface shines of what it meets head on; shine counts it in
} StillSample;

// `chance` says which of the samples of a pixel; `turn` is the pixel's own.
typedef struct StillChance {
    uint32_t index, pixel;
} StillChance;

void still_shade(const StillScene *scene, const StillStudio *studio, const StillRay *ray,
                 const StillSurface *surface, const StillChance *chance, StillSample *out);
// How much of the light on an empty ground is left there; 1 where the ray meets none.
float still_ground(const StillScene *scene, const StillStudio *studio, const StillRay *ray,
                   const StillChance *chance);
float still_even(const StillChance *chance, uint32_t dimension); // 0 to 1
