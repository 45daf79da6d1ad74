// bake_tile_plan.h: what of a group lies where in a tile: charts, and vertices that lie in
// them.
//
//   of the scan itself    with pictures: their texels, copied (bake_chart_copy); where all its
//                         coordinates together ask for far more texels than the pictures have,
//                         and without pictures: seen flat
//   simplified            seen flat, with the texels the graph chose; no chart holds what was
//                         made from different groups
//
// Pure; any thread.

#pragma once
#include "packer/bake_graph.h"
#include "packer/bake_pack.h"
#include "packer/bake_texels.h"
#include "packer/texel_store.h"

// What all groups share.
typedef struct TileScan {
    const Scan *scan;
    const BakeMesh *mesh;
    const BakeGraph *graph;
    Texels texels;
    const TexelStore *store; // of its pictures; NULL without
    bool has_surface;        // they, materials or vertices tell more than shape
    bool is_copied;          // texels of pictures are taken as they are
} TileScan;

typedef struct TileChart {
    Chart chart;               // its first triangle is the first of the two below
    const uint32_t *triangles; // of the group
    const float (*corners)[3][2];
    PackShape cells;
    PackPlace place; // once packed
    bool is_own;     // its triangles are the scan's
    uint32_t child;  // else the number of the group they were made from
    uint32_t material;
    uint8_t axis[2]; // as vertices tell it
} TileChart;

typedef struct TileVertex {
    uint32_t vertex; // of the group
    uint32_t chart;
    float corner[2];
} TileVertex;

typedef struct TileGroup {
    const BakeGroup *group;
    int32_t low[3];        // steps of the grid
    float (*positions)[3]; // of its vertices, m from there
    float (*normals)[3];   // likewise
    uint32_t chart_count;
    TileChart *charts;
    uint32_t cell_count;
    double owned_texels; // that triangles lie on
    uint32_t vertex_count;
    TileVertex *vertices;
    uint16_t (*indices)[3]; // into `vertices`
} TileGroup;

// In `arena`. `coarseness` 1 is as it should be; more for texels so many times as wide.
void tile_plan_group(const TileScan *scan, const BakeGroup *group, float coarseness,
                     Arena *arena, TileGroup *out);

// Places the charts of some groups in one tile and gives its rows; false if there is no room.
bool tile_pack_groups(TileGroup *groups, uint32_t count, uint32_t *rows);

// Maps that may tell something wherever anything but shape is known.
uint32_t tile_surface_maps(const TileScan *scan);

// How much a vertex of a group stands out.
static inline uint8_t tile_relief_of(const TileScan *scan, const BakeGroup *group,
                                     uint32_t vertex)
{
    const uint8_t *reliefs = scan->mesh->reliefs;
    return reliefs ? reliefs[group->vertices[vertex]] : MESH_RELIEF_FLAT;
}

// Where a vertex lies, once packed.
MeshTexel tile_vertex_texel(const TileScan *scan, const TileGroup *group,
                            const TileVertex *vertex);
