// import_mesh.h: vertices and triangles while they are being read; every importer fills one.
//
// Vertices are added in runs; their streams (positions, normals, ...) are arrays side by side
// that move when more vertices come, so ask for them again after adding. Streams other than the
// positions come into being when first asked for, filled with what says nothing.
//
// import_mesh_finish checks everything and hands a Scan over. Belongs to one thread.

#pragma once
#include "packer/scan.h"

typedef enum ImportStream {
    IMPORT_POSITIONS, // float[3]
    IMPORT_NORMALS,   // float[3], zero where there is none
    IMPORT_UV0,       // float[2]
    IMPORT_UV1,       // float[2]
    IMPORT_COLORS,    // uint8_t[4], white
    IMPORT_SURFACES,  // uint8_t[4]
    IMPORT_STREAM_COUNT
} ImportStream;

// An array that grows by moving house: at no time more than the old and the new exist, which an
// arena alone could not promise.
typedef struct ImportArray {
    Arena arena;
    uint8_t *bytes;
    size_t used, capacity;
} ImportArray;

// Room for `bytes` more at the end, not initialised.
void *import_array_push(ImportArray *array, size_t bytes);
void import_array_drop(ImportArray *array);

typedef struct ImportMesh {
    uint32_t vertex_count;
    uint32_t triangle_count;
    uint64_t dropped_triangles; // importers may add what they dropped themselves
    bool has_stream[IMPORT_STREAM_COUNT];
    ImportArray streams[IMPORT_STREAM_COUNT];
    ImportArray triangles;          // uint32_t[3]
    ImportArray triangle_materials; // uint16_t; empty while all are 0
} ImportMesh;

void import_mesh_drop(ImportMesh *mesh); // a zeroed one is fine

// Adds `count` vertices at the origin. ERR_LIMIT past what a Scan may hold.
NODISCARD Status import_mesh_add_vertices(ImportMesh *mesh, size_t count, uint32_t *first);
void *import_mesh_stream(ImportMesh *mesh, ImportStream stream);
// Its corners may name vertices that come later.
NODISCARD Status import_mesh_add_triangle(ImportMesh *mesh, const uint32_t corners[3],
                                          uint32_t material);

uint32_t import_mesh_material(const ImportMesh *mesh, uint32_t triangle);
void import_mesh_set_material(ImportMesh *mesh, uint32_t triangle, uint32_t material);

typedef struct ImportPlacement {
    double metres_per_unit;
    bool is_z_up;
} ImportPlacement;

// Scales, turns and checks everything and fills the mesh's part of *out in `arena`. Drops what
// is degenerate or not finite, and vertices nobody uses. Materials are not looked at.
// ERR_CORRUPT if a triangle names a vertex that is not there, ERR_NOT_FOUND if none is left.
// The mesh's own arrays are given back on the way, so that both never exist in full.
NODISCARD Status import_mesh_finish(ImportMesh *mesh, const ImportPlacement *placement,
                                    Arena *arena, Scan *out);
