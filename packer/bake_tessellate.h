// bake_tessellate.h: splits triangles until vertices can hold what the scan's pictures hold, or
// until each triangle's part of a picture is small enough for a tile.
//
// Shape is not invented: new vertices are the middles of edges. An edge is split when any of
// its triangles finds it too long in texels, so both sides of it always agree and no crack
// opens, neither at the pictures' seams nor between materials.
//
//        one edge too long        two                      all three
//             /|\ .                    /\ .                    /\ .
//            / | \ .                  /__\ .                  /__\ .
//           /  |  \ .                / \  \ .                /\  /\ .
//          /___|___\ .              /____\_\ .              /__\/__\ .
//
// Any thread.

#pragma once
#include "io/thread.h"
#include "packer/bake_mesh.h"
#include "packer/bake_texels.h"

// For tiles. A group of clusters that are full of texels is made of a hundred triangles of
// 1,024 (edges of half this to this): fewer would all lie at its border, and could not be
// simplified.
enum { BAKE_TILE_EDGE_TEXELS = 64, BAKE_TILE_MAX_TRIANGLES = 1 << 25 };

typedef struct TessellateDesc {
    const Texels *texels;
    double area_texels; // of the whole scan
    uint64_t max_triangles;
    float longest_texels; // longer edges are split
    BakeMesh *mesh;       // with normals
    int worker_limit;
    Cancel *cancel;
} TessellateDesc;

// How many texels each triangle of the mesh covers: BakeMesh.texel_areas, in `arena`.
float *bake_texel_areas(const Texels *texels, const BakeMesh *mesh, Arena *arena);

// Replaces the mesh's arrays by new ones in `arena`, `corners` included, where anything has to
// be split; at most max_triangles come out, or as many as went in.
NODISCARD Status bake_tessellate(const TessellateDesc *desc, Arena *arena);
