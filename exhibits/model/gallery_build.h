// gallery_build.h: how the files gallery_*.c put triangles together; for them alone. Heights
// are over the room's floor until a vertex is added.

#pragma once
#include "exhibits/model/gallery_mesh.h"

typedef struct Builder {
    Arena *arena;
    const PlanRoom *room; // whose walls take light away
    GalleryMesh mesh;
    uint32_t vertex_capacity, index_capacity, part_capacity;
    float last[3][3]; // corners of the part's last build_triangle, ...
    uint32_t last_vertices[3];
    bool has_last;  // ... if it had one: the next takes over those that are its own, too
    float uv_scale; // of what is painted on the part: 2 is twice as fine
} Builder;

void build_begin_part(Builder *builder, int material);
void build_begin_surface(Builder *builder, int material, GalleryUse use);
void build_end_part(Builder *builder); // an empty part is no part

// A triangle whose front is on the side of `normal`, whatever its order. Textured by position.
void build_triangle(Builder *builder, const float corners[3][3], const float normal[3]);

// A parallelogram base, base + u, base + u + v, base + v, cut into cells of about step_m.
typedef struct Patch {
    float base[3], u[3], v[3];
    float normal[3];
    float uv[2];   // of the base, in metres
    float u_scale; // of what is painted on it, along u; 0: 1
    float step_m;
} Patch;

void build_patch(Builder *builder, const Patch *patch);

typedef struct Box {
    float center[3], half[3];
    float yaw, pitch; // where its front faces
    bool has_no_bottom, has_no_top, has_no_front;
} Box;

void build_box(Builder *builder, const Box *box);
void build_box_front(Builder *builder, const Box *box); // the front alone

// Corners one after the other around it.
void build_quad(Builder *builder, const float corners[4][3], const float normal[3],
                const float uv[4][2]);

// A flat piece whose corners go around it, one after the other, and bend nowhere inwards.
void build_fan(Builder *builder, const float (*corners)[3], int count, const float normal[3]);

// The room's polygon at a height, without what lies in the hole.
typedef struct FlatDesc {
    float y;
    int material;
    GalleryUse use;
    bool faces_up, has_hole;
    double hole_low[2], hole_high[2]; // x, z
} FlatDesc;

void build_flat(Builder *builder, const FlatDesc *flat);
void build_room_bounds(const PlanRoom *room, double low[2], double high[2]);
// Walls with all that runs along them.
void build_walls(Builder *builder, const Plan *plan, uint32_t room);
// What is behind its frame: reveal, sill, glass.
void build_window(Builder *builder, const PlanWindow *window);
// Stairs, ramps and landings of a room, with their rails.
void build_flights(Builder *builder, const Plan *plan, uint32_t room);
void build_stand(Builder *builder, const PlanPlace *place);
// The compartment of a piece that shares its stand.
void build_tray(Builder *builder, const PlanPlace *place);
void build_lamps(Builder *builder, const Plan *plan, uint32_t room);
// Everything that stands or hangs in the room.
void build_furniture(Builder *builder, const Plan *plan, uint32_t room);
