// gallery_build.h: how gallery_mesh.c and gallery_furniture.c put triangles together; for these
// two only.

#pragma once
#include "exhibits/model/gallery_mesh.h"

typedef struct Builder {
    Arena *arena;
    const PlanRoom *room; // whose walls take light away
    GalleryMesh mesh;
    uint32_t vertex_capacity, index_capacity, part_capacity;
} Builder;

void build_begin_part(Builder *builder, int material);
void build_end_part(Builder *builder); // an empty part is no part

// A triangle whose front is on the side of `normal`, whatever its order. Textured by position.
void build_triangle(Builder *builder, const float corners[3][3], const float normal[3]);

// A parallelogram base, base + u, base + u + v, base + v, cut into cells of about step_m.
typedef struct Patch {
    float base[3], u[3], v[3];
    float normal[3];
    float uv[2]; // of the base, in metres
    float step_m;
} Patch;

void build_patch(Builder *builder, const Patch *patch);

typedef struct Box {
    float center[3], half[3];
    float yaw;
    bool has_no_bottom;
    bool has_no_top;
} Box;

void build_box(Builder *builder, const Box *box);

// Everything that stands or hangs in the room.
void build_furniture(Builder *builder, const Plan *plan, uint32_t room);
