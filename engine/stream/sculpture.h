// sculpture.h: one sculpture's bytes, from a reader to structs. What the loader threads run for
// streamer.h.
//
// Both works read their job's source and touch nothing else; what they make is in the job's
// arena.

#pragma once
#include "data/surface.h"
#include "stream/cut.h"
#include "stream/loader.h"

enum { SCULPTURE_MAX_GRAPH_BYTES = 64 << 20 };

// How the bytes are read. Called on loader threads, several at once.
typedef struct SculptureReader {
    const void *context;
    NODISCARD Status (*read_whole)(const void *context, const char *path, size_t limit_bytes,
                                   Arena *arena, Bytes *out);
    NODISCARD Status (*read_range)(const void *context, const char *path, uint64_t offset,
                                   size_t size_bytes, Arena *arena, Bytes *out);
    NODISCARD Status (*size)(const void *context, const char *path, uint64_t *out_bytes);
} SculptureReader;

SculptureReader sculpture_vfs_reader(void);

typedef struct SculptureSource {
    SculptureReader reader;
    const char *graph_path, *pages_path;
    const MeshGraph *graph; // for pages; NULL while it is not known
} SculptureSource;

// All that is made once when a sculpture is opened.
typedef struct Sculpture {
    MeshGraph graph;
    CutState state;
    CutPage *pages;
    bool *is_root_page;  // by page
    uint8_t *tile_units; // likewise
    uint32_t root_page_count;
} Sculpture;

// LoaderWork: job->source is a SculptureSource, the blob a Sculpture.
Status sculpture_load(const LoaderJob *job, Cancel *cancel, Arena *arena, void **out_blob);
// A page as it is uploaded.
typedef struct SculpturePage {
    MeshPage mesh;
    SurfaceTile tile; // no rows: it has none. Planes that would say nothing are NULL; others
                      // are there in full
    size_t upload_bytes;
} SculpturePage;

// LoaderWork: job->source is a SculptureSource with its graph, job->item the page, the blob a
// SculpturePage.
Status sculpture_load_page(const LoaderJob *job, Cancel *cancel, Arena *arena, void **out_blob);
