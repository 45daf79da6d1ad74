// sculpture.h: one sculpture's bytes, from a reader to structs. What the loader threads run for
// streamer.h.
//
// All works read their job's source and touch nothing else; what they make is in the job's
// arena. Of the graph, which the main thread adds blocks to meanwhile, they read what
// mesh_parse_head filled in, and of the tables the block that their page is in.

#pragma once
#include "stream/cut.h"
#include "stream/facing.h"
#include "stream/loader.h"
#include "stream/pick.h"
#include "stream/tile_planes.h"

enum { SCULPTURE_MAX_HEAD_BYTES = 1 << 20 }; // some 40,000 blocks

// How the bytes are read. Called on loader threads, several at once.
typedef struct SculptureReader {
    const void *context;
    NODISCARD Status (*read_range)(const void *context, const char *path, uint64_t offset,
                                   size_t size_bytes, Arena *arena, Bytes *out);
    NODISCARD Status (*size)(const void *context, const char *path, uint64_t *out_bytes);
} SculptureReader;

SculptureReader sculpture_vfs_reader(void);

typedef struct SculptureSource {
    SculptureReader reader;
    const char *graph_path, *pages_path;
    const MeshGraph *graph; // for blocks and pages; NULL while it is not known
} SculptureSource;

// All that is made once when a sculpture is opened. The blocks of its roots are there.
typedef struct Sculpture {
    MeshGraph graph;
    CutState state;
    CutPage *pages;
    bool *broken_blocks;      // could not be read, and never will
    bool *loading_blocks;     // a job is under way
    uint32_t root_page_count; // the first ones
    uint64_t table_bytes;     // of the graph's file, as read
} Sculpture;

// LoaderWork: job->source is a SculptureSource, the blob a Sculpture.
Status sculpture_load(const LoaderJob *job, Cancel *cancel, Arena *arena, void **out_blob);
// LoaderWork: job->source is a SculptureSource with its graph, job->item the block, the blob a
// MeshTable.
Status sculpture_load_block(const LoaderJob *job, Cancel *cancel, Arena *arena,
                            void **out_blob);

// A page as it is uploaded.
typedef struct SculpturePage {
    MeshPage mesh;
    TilePlanes tile; // no rows: it has none
    FacingPart facing[FACING_PAGE_PARTS];
    float texel_m[PICK_PAGE_PARTS]; // pick_measure_texels
    size_t upload_bytes;
} SculpturePage;

// LoaderWork: job->source is a SculptureSource with its graph, job->item the page, the blob a
// SculpturePage.
Status sculpture_load_page(const LoaderJob *job, Cancel *cancel, Arena *arena, void **out_blob);
