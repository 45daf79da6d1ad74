// contour.h: the surface of a field in one cube of space, as triangles (dual contouring).
//
//     64 corners along an edge, 63 cells; the patch owns the grid edges that start at its
//     corners 1..62, so that patches set 62 steps apart meet without gap or overlap. A cell the
//     surface runs through gets one vertex, where the planes of its crossings meet; a crossed
//     edge gets two triangles between the four cells around it. Cells shared with a neighbour
//     have the same key in both patches and the same vertex, to the bit.
//
// Pure: any thread, each with a ContourSpace of its own.

#pragma once
#include "exhibits/sculptor/field.h"

enum { CONTOUR_CORNERS = 64, CONTOUR_STRIDE = 62 };

// A vertex and what the material functions want to know of it.
typedef struct SculptVertex {
    Vec3 position, normal;
    float curvature; // 1/mm, positive on ridges, at the scale of a step
    float cut_mm;    // how deep below the uncut form
    float occlusion; // 1 open, 0 closed
    uint32_t part;   // index into the field's parts
    float colour[3]; // linear light
    float roughness, metallic;
} SculptVertex;

typedef struct ContourPatch {
    SculptVertex *vertices;
    uint64_t *keys;  // of the vertices' cells
    uint8_t *is_rim; // cells that a neighbouring patch has too
    uint32_t vertex_count;
    uint32_t *indices;
    uint32_t index_count;
    uint32_t torn_count; // edges crossed where nothing should cross: a Lipschitz bound is too
                         // low. Then the patch has no vertices.
} ContourPatch;

// Moves the surface outwards by less than half a step, at the finished vertices only: the
// traces of the hand, too fine for the grid. `parts` is as in FieldTrace.
typedef void ContourFinish(const void *context, const Field *field, const FieldPoints *at,
                           const uint32_t *parts, float *restrict outwards_mm);

// Looks at the field around some places on its surface: for vertices, and for the texels of
// pictures between them. Sets normal, curvature, cut_mm and part, and moves the position by the
// marks of the hand. Any thread.
typedef struct ContourLook {
    const Field *field;
    FieldList list; // parts that can matter within tap_mm of the places
    float tap_mm;   // how far around
    float bend_mm;  // how far around curvature is told, of the form without finish; 0: tap_mm
    ContourFinish *finish; // or NULL
    const void *context;
} ContourLook;
enum { CONTOUR_LOOK_AT_ONCE = 64 };
void contour_look(const ContourLook *look, SculptVertex *vertices, int count);

typedef struct ContourDesc {
    const Field *field;
    FieldList list; // parts that can matter in the patch
    Vec3 origin;    // of the whole grid
    float step_mm;
    int corner[3];         // the patch's first corner in the grid; at least 0
    ContourFinish *finish; // or NULL
    const void *context;
} ContourDesc;

typedef struct ContourSpace ContourSpace;
ContourSpace *contour_space_make(Arena *arena); // about 6 MB

// The patch lives in `arena`; empty where no surface is.
void contour_patch(const ContourDesc *desc, ContourSpace *space, Arena *arena,
                   ContourPatch *out);

// Half the edge and the reach around it of the cube a patch looks at: for pruning its list.
Vec3 contour_centre(const ContourDesc *desc);
float contour_radius(float step_mm);
