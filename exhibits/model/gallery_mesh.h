// gallery_mesh.h: one room as triangles: floor, walls with their openings and windows, ceiling
// with its light panel or skylight, mouldings, lamps, benches, plinths, cases and the plates of
// labels.
//
// Pure; any thread. Metres; heights over the house's zero. Glass and the paper of labels are not in here: the program draws
// them by themselves (rooms.c).

#pragma once
#include "base/arena.h"
#include "exhibits/model/plan.h"

#define GALLERY_BELL_PART 0.90f // of the width of its base

// Besides the plan's own materials (PLAN_PLASTER_WHITE, ...).
enum {
    GALLERY_PLINTH = PLAN_MATERIAL_COUNT, // painted wood
    GALLERY_PLINTH_FOOT,                  // the shadow gap
    GALLERY_CASE_DECK,                    // what pieces in cases stand on
    GALLERY_METAL,                        // case edges, rails, lamps
    GALLERY_CUSHION,                      // of a padded bench
    GALLERY_BOARD,                        // of introductions
    GALLERY_FELT,                         // what trays are lined with
    GALLERY_GLOW_PANEL,                   // the light ceiling
    GALLERY_GLOW_LAMP,                    // the face of a lamp
    GALLERY_GLOW_SKY,                     // behind a window
    GALLERY_MATERIAL_COUNT
};

typedef struct GalleryVertex {
    float position[3];
    float normal[3];
    float uv_m[2];
    float shade; // 0 open, 1 closed: ambient light taken away by what is near
} GalleryVertex;

// The same wood lies on a floor as boards and is one piece on a bench.
typedef enum GalleryUse {
    GALLERY_ON_FLOOR,
    GALLERY_ON_WALL,
    GALLERY_ON_CEILING,
    GALLERY_ON_THING,
} GalleryUse;

// Counter-clockwise seen from outside.
typedef struct GalleryPart {
    uint32_t first_index, index_count;
    int material; // PlanMaterial or the ones above
    GalleryUse use;
} GalleryPart;

typedef struct GalleryMesh {
    uint32_t vertex_count, index_count, part_count;
    GalleryVertex *vertices;
    uint32_t *indices;
    GalleryPart *parts;
} GalleryMesh;

// The light ceiling of a room: a rectangle under the ceiling, seen from below. Over the room's
// floor.
typedef struct GalleryPanel {
    bool is_there;
    float center[3], half_size[2]; // along x and z
    float luminance_nits;          // so that the floor below gets the room's fill_lux
} GalleryPanel;

// The glass over a place's piece: a hood of five panes, or a bell as wide as it is deep.
typedef struct GalleryGlass {
    bool is_there, is_bell;
    float foot[3]; // the middle of its lower edge, over the room's floor
    float half_size[3];
} GalleryGlass;

GalleryGlass gallery_glass(const PlanPlace *place);

void gallery_mesh_make(const Plan *plan, uint32_t room, Arena *arena, GalleryMesh *out);
GalleryPanel gallery_panel(const PlanRoom *room);
