// bake.h: from a scan to a sculpture's graph and pages (mesh.h).
//
//   weld         points that coincide become one, on the sculpture's grid     bake_weld
//   tessellate   triangles are split that are too wide for a tile             bake_tessellate
//   surface      colour, roughness ... of vertices, where there are no        bake_surface
//                pictures; how far they stand out                             bake_relief
//   graph        clusters, groups, simplified again and again                 bake_graph
//   tiles        where its triangles lie in them, and what they show          bake_tile
//   pages        encoded and handed to the caller, coarsest first             bake_pages
//
// The same scan and options give the same bytes, whatever the number of threads.

#pragma once
#include "data/mesh.h"
#include "data/surface.h"
#include "io/thread.h"
#include "packer/scan.h"

// Told from the thread that called bake_sculpture: what is being done, and how much of the
// whole work is over (0 to 1, never falling).
typedef void BakeProgressFn(void *context, const char *doing, double share);

// Takes the next bytes of sculpture.pages, in their order, on the thread that called
// bake_sculpture. A failure ends the baking and is passed on.
typedef Status BakeWriteFn(void *context, Bytes bytes);

// A zeroed one is fine but for `write`.
typedef struct BakeOptions {
    BakeWriteFn *write;
    void *write_context;
    BakeProgressFn *progress; // or NULL
    void *progress_context;
    Cancel *cancel;               // or NULL
    int worker_limit;             // threads; 0 means all cores
    const char *temporary_folder; // where TMPDIR is not set; NULL: /tmp
} BakeOptions;

typedef struct TileStats {
    uint32_t tiles;
    uint32_t maps[SURFACE_MAP_COUNT]; // tiles that have it
    uint32_t coarser_groups;          // for which texels had to be wider than they should
    // Of all tiles, of the charts in them with their gutters, and of the triangles in those.
    uint64_t tile_texels, used_texels, owned_texels;
    uint64_t finest_texels; // of the triangles of the finest level
} TileStats;

typedef struct BakeStats {
    uint64_t source_vertices, source_triangles;
    uint64_t welded_vertices;     // after points that coincide became one
    uint64_t dropped_triangles;   // of no area on the grid
    uint64_t duplicate_triangles; // dropped too
    uint64_t split_triangles;     // after those were split that are too wide for tiles
    // Of all levels, as written.
    uint64_t all_triangles, all_clusters;
    uint64_t vertex_bytes, surface_bytes, index_bytes, table_bytes, tile_bytes;
    uint32_t root_triangles;
    uint32_t wide_pages; // that needed a coarser step
    double weld_s, surface_s, graph_s, pages_s;
    double tiles_s;         // of pages_s: what painting and encoding tiles took
    uint64_t source_texels; // of the pictures that give charts their texels
    TileStats tiles;
} BakeStats;

typedef struct BakeResult {
    MeshGraph graph;   // as written below
    Bytes graph_bytes; // sculpture.graph
    uint64_t pages_size_bytes;
    BakeStats stats;
} BakeResult;

// Everything in *out lives in `arena`.
// ERR_INVALID for a scan without a triangle of any area; ERR_CANCELLED; a picture that does not
// decode fails with its own error and its name; what options->write returns.
NODISCARD Status bake_sculpture(const Scan *scan, const BakeOptions *options, Arena *arena,
                                BakeResult *out);
