// mesh.h: a sculpture as a graph of clusters in pages. Parse and write; pure functions.
//
//   sculpture.graph   a head with numbers of the whole, read when a piece is opened, and blocks
//                     of the tables of groups and pages, coarsest first: each read when
//                     somebody looks that close
//   sculpture.pages   page after page, coarsest first: each read, checked and decoded alone,
//                     with the tile that holds the surface of all its triangles (surface.h)
//
// A *cluster* is up to 128 triangles. A *group* is up to 16 or so clusters of one level which
// were simplified together, its outer border locked, into about a quarter as many triangles:
// new clusters, members of groups of the next coarser level. Drawing a group's members instead
// of what they were simplified to is called *expanding* it.
//
//          root group            members: the coarsest clusters          (level n)
//          |        |
//      group        group        members were simplified into clusters of the root   (n-1)
//      |   |        |   |
//    ...   group    ...          two parents: its simplified clusters went to both   (n-2)
//          of both
//
// * `children` of a group: those that its members were made from. The group is a parent of
//   each; roots have no parents. A parent comes earlier in the table than its children.
// * A group may be expanded only when all its parents are: then every cut is free of cracks.
// * A member cluster knows the group it was made from (`refined_by`), or MESH_NO_GROUP at the
//   finest level. In an expanded group, a member is drawn unless `refined_by` is expanded too.
// * `reach` of a group: a box around it and everything below it.
// * `error_m` of a group: how far its simplified form, which is within its reach, is from the
//   full surface, at most. It grows towards the root, as reaches do: parent error >= child
//   error. So an error test alone already yields a valid cut.
// * `cone` of a group: which way all faces that is below it at the finest level. What a group
//   shows beyond it is the simplifier's doing, or a few triangles' noise.
//
// The tables may be large, so they come in *blocks* of some 250 groups that stand together,
// with their pages and lists of children. In memory the tables have room for all of them, but
// take it only where a block was added. What a child's block would tell about whether it is
// worth reading is known to its parents: `finer_error_m`.
//
// Positions stand on one grid for the whole sculpture. Its step is a power of two and no
// coordinate is further than 2^24 steps from zero, so `origin_m + step_m * position` is exact
// in float, whatever the page: vertices that meet are equal to the bit on every level. A page
// counts in steps from its own origin; its step is the grid's, doubled until 65,535 of them
// span it.
//
// Any thread may call everything here. The layout on disk is docs/PACK.md; little endian.

#pragma once
#include "base/str.h"
#include "data/mesh_cone.h"

#define MESH_NO_GROUP UINT32_MAX
#define MESH_MAX_COORDINATE_M 1e6f

enum {
    MESH_CLUSTER_MAX_TRIANGLES = 128,
    MESH_CLUSTER_MAX_VERTICES = 128, // more in a page with a tile, where charts meet
    MESH_GROUP_MAX_CLUSTERS = 24,    // 16 aimed at
    MESH_PAGE_MAX_GROUPS = 4,
    MESH_PAGE_MAX_CLUSTERS = 64,
    MESH_PAGE_MAX_VERTICES = 5120,
    MESH_PAGE_MAX_TRIANGLES = 8192,
    MESH_PAGE_MAX_BYTES = 4 << 20, // as stored, tile included; geometry alone unpacks to less
    MESH_TILE_WIDTH = 512,         // texels
    MESH_TILE_ROW_STEP = 16,       // heights are whole multiples of it
    MESH_TILE_MAX_ROWS = 1024,
    MESH_TEXEL_STEPS = 64, // MeshTexel counts in 64ths of a texel
    MESH_RELIEF_FLAT = 128,
    MESH_PAGE_MAX_STEPS = 65535, // the widest a page may be
    MESH_MAX_GROUPS = 1 << 24,
    MESH_BLOCK_GROUPS = 256, // of a block that mesh_complete_graph makes
    MESH_BLOCK_MAX_GROUPS = 1024,
    MESH_HEADER_BYTES = 116, // of sculpture.graph: what says how long its head is
    MESH_MAX_PARENTS = 64,   // of one group
    MESH_MAX_LEVELS = 64,
};

// What the GPU reads. Position in page steps. Normal octahedral (Meyer et al. 2010), 8 bits
// each: u = (byte - 127) / 127 and v alike; z = 1 - |u| - |v|; where z < 0, x and y are folded
// back.
typedef struct MeshVertex {
    uint16_t position[3];
    uint8_t normal[2];
} MeshVertex;

// A page has one of these two second streams, or none: then nothing but shape is known there.
// Where a graph's has_surface is false, only relief and what tiles say of normals count.
// This one, where vertices are close enough to hold all that is known of the surface.
typedef struct MeshSurface {
    uint8_t color[3];  // sRGB base colour
    uint8_t occlusion; // 255 is open
    uint8_t roughness;
    uint8_t metal;
    uint8_t emission; // of the base colour, 255 is 1
    uint8_t relief; // curvature over several scales: MESH_RELIEF_FLAT, more on ridges, less in
                    // hollows
} MeshSurface;

// And this one, where the page's tile holds it. Triangles of different charts share no
// vertices.
typedef struct MeshTexel {
    uint16_t
        place[2]; // from the tile's first corner, in 64ths of a texel; u to the right, v down
    uint8_t axis[2]; // octahedral: the chart's axis, which the tile's normals are turned to
    uint8_t relief;  // as MeshSurface's, for tiles that bring none
    uint8_t spare;   // 0
} MeshTexel;

typedef struct MeshBox {
    float low[3], high[3];
} MeshBox;

typedef struct MeshGroup {
    MeshBox reach;
    MeshCone cone;
    float error_m; // of what it was simplified to; FLT_MAX for roots. Larger than the mere
                   // distance where normals or colours suffered more than the shape.
    float finer_error_m; // the largest error_m of its children; 0 if it has none
    uint32_t page;
    uint32_t index_in_page;            // 0 .. MESH_PAGE_MAX_GROUPS - 1
    uint32_t first_child, child_count; // into MeshGraph.children; at most
                                       // MESH_GROUP_MAX_CLUSTERS
    uint32_t parent_count;             // how many groups have it among their children
    uint32_t level;                    // 0 is the finest
    bool has_finest;                   // some of its members are of the finest level
    uint32_t triangle_count;           // of all members
} MeshGroup;

typedef struct MeshPageRange {
    uint64_t offset; // in sculpture.pages
    uint32_t size_bytes;
    uint32_t checksum;                 // CRC-32 (zlib) of the encoded bytes
    uint32_t first_group, group_count; // its groups stand together in the table
    uint16_t tile_rows;                // of its tile; 0: it has none
    uint16_t tile_maps;                // SurfaceTile.maps of it
} MeshPageRange;

// Groups that stand together in the table, with all pages and children of theirs.
typedef struct MeshBlock {
    uint32_t first_group, group_count;
    uint32_t first_page, page_count;
    uint32_t first_child, child_count;
    uint64_t offset; // in sculpture.graph
    uint32_t size_bytes;
    uint32_t checksum;                       // CRC-32 (zlib) of its bytes
    uint64_t pages_offset, pages_size_bytes; // in sculpture.pages
    bool is_there; // its part of the graph's groups, pages and children is known
} MeshBlock;

typedef struct MeshLevel {
    uint64_t triangle_count;
    uint32_t cluster_count, group_count;
} MeshLevel;

typedef struct MeshGraph {
    bool has_surface;          // colours and so on are known: every page has a second stream
    float low_m[3], high_m[3]; // the full surface's box
    float origin_m[3], step_m; // the grid
    uint64_t triangle_count;   // of the finest level
    uint64_t vertex_count;
    uint64_t
        source_triangle_count; // of the scan, before triangles were added to hold its colours
    float median_edge_m;       // of the finest level: the sample of a coloured scan
    // Texels of the scan's pictures on its surface; all 0 if it has none.
    float texel_min_m, texel_median_m, texel_p95_m;
    uint32_t root_count; // the first groups of the table
    uint32_t group_count;
    MeshGroup *groups;
    uint32_t child_count;
    uint32_t *children; // of each group, one after the other; ascending
    uint32_t page_count;
    MeshPageRange *pages;
    uint32_t block_count;
    MeshBlock *blocks;
    uint32_t level_count;
    MeshLevel levels[MESH_MAX_LEVELS];
} MeshGraph;

typedef struct MeshCluster {
    float center[3], radius; // tight
    // All its triangles face away from an eye at E if, with view = center - E,
    // dot(view, cone_axis) >= cone_cutoff * length(view) + radius. Above 1: never.
    float cone_axis[3], cone_cutoff;
    uint32_t refined_by;  // group, or MESH_NO_GROUP
    uint32_t first_index; // into MeshPage.indices
    uint32_t triangle_count;
} MeshCluster;

typedef struct MeshPageGroup {
    uint32_t first_cluster, cluster_count;
} MeshPageGroup;

typedef struct MeshPage {
    float origin_m[3], step_m; // position_m = origin_m + step_m * position
    uint32_t vertex_count, index_count, cluster_count, group_count;
    MeshVertex *vertices;
    MeshSurface *surfaces; // or NULL
    MeshTexel *texels;     // or NULL; with a tile
    uint32_t tile_rows;
    Bytes tile; // encoded: for surface.h. When parsed it lies in the bytes that were parsed.
    uint16_t *indices; // below vertex_count
    MeshCluster *clusters;
    MeshPageGroup groups[MESH_PAGE_MAX_GROUPS];
} MeshPage;

// ---- the graph

typedef struct MeshSizes {
    uint64_t graph_bytes; // of sculpture.graph
    uint64_t pages_bytes; // of sculpture.pages, which the pages must fill without gaps
} MeshSizes;

// From the first MESH_HEADER_BYTES (or all, of a shorter file) of sculpture.graph: how many
// bytes mesh_parse_head wants.
NODISCARD Status mesh_head_bytes(Bytes header, uint64_t *out);
// Reads and checks the head; no block is there yet. The tables have room for all of them and
// are zero: a group without triangles is one whose block is not there.
// ERR_CORRUPT, ERR_LIMIT, ERR_UNSUPPORTED (a newer version).
NODISCARD Status mesh_parse_head(Bytes head, const MeshSizes *sizes, Arena *arena,
                                 MeshGraph *out);

// A block by itself.
typedef struct MeshTable {
    uint32_t block;
    MeshPageRange *pages;
    MeshGroup *groups;
    uint32_t *children;
} MeshTable;

// Reads and checks a block: every number, range and order above, as far as it can be seen from
// the block alone. Reads nothing of `graph` but what mesh_parse_head filled in, so blocks may
// be parsed by any thread while another adds some.
NODISCARD Status mesh_parse_block(const MeshGraph *graph, uint32_t block, Bytes bytes,
                                  Arena *arena, MeshTable *out);
// Copies it into the graph, whose owner calls this.
void mesh_add_block(MeshGraph *graph, const MeshTable *table);
// The block that a group belongs to.
uint32_t mesh_find_block(const MeshGraph *graph, uint32_t group);

// All of sculpture.graph at once; and then all that no block knows alone: that what it says of
// other blocks' groups is so, and that levels have the triangles they claim.
NODISCARD Status mesh_parse_graph(Bytes file, uint64_t pages_size_bytes, Arena *arena,
                                  MeshGraph *out);

// Fills in what follows from the rest: first_child, parent_count and finer_error_m of every
// group, and blocks of at most `block_groups` (MESH_PAGE_MAX_GROUPS or more) groups. Of the
// groups their children must be filled in, of pages all. Every group has a reach and a cone
// around its own members when this is called (MESH_CONE_NOTHING where none is of the finest
// level); they grow to be around all below it.
void mesh_complete_graph(MeshGraph *graph, uint32_t block_groups, Arena *arena);

// ---- pages

// Reads, checks and decodes page `page` from the bytes of its range: every index is below
// vertex_count, every cluster within its limits, `refined_by` a child of this cluster's group.
// `graph` must come from the functions above. Reads only the page's own block of it, which must
// be there: others may be added meanwhile.
NODISCARD Status mesh_parse_page(const MeshGraph *graph, uint32_t page, Bytes bytes,
                                 Arena *arena, MeshPage *out);

// The same ways back. Written bytes depend on the contents only, and writing what was parsed
// gives the same bytes. Clusters' spheres and cones are rounded outwards; everything else is
// kept to the bit. Handing over what the checks above would refuse is a mistake of ours.

// The graph is complete; the blocks' checksums are computed here.
Bytes mesh_write_graph(const MeshGraph *graph, Arena *arena);
// Sets *range's size, checksum, rows and maps; offset and groups are the caller's.
Bytes mesh_write_page(const MeshGraph *graph, const MeshPage *page, Arena *arena,
                      MeshPageRange *range);

// Where the bytes of a page go, of one that mesh_write_page made or mesh_parse_page accepted.
typedef struct MeshPageParts {
    uint32_t table_bytes;                              // header and clusters
    uint32_t vertex_bytes, surface_bytes, index_bytes; // surface: the second stream
    uint32_t tile_bytes;
} MeshPageParts;

MeshPageParts mesh_page_parts(Bytes page);

void mesh_encode_normal(const float normal[3], uint8_t out[2]);
void mesh_decode_normal(const uint8_t encoded[2], float out[3]);
