// streamer_parts.h: what streamer.c and streamer_take.c share. For those two; everybody else
// includes streamer.h.

#pragma once
#include "stream/residency.h"
#include "stream/streamer.h"

typedef enum JobKind { JOB_GRAPH = 1, JOB_BLOCK, JOB_PAGE } JobKind;

// Our copy of what is in a slot, for cutting and picking. Made when the slot is first used, and
// large enough for every page.
typedef struct SlotMemory {
    MeshPage page;
    MeshVertex *vertices;
    uint16_t *indices;
    MeshCluster *clusters;
    float *texel_m;     // by pick_measure_texels
    FacingPart *facing; // by facing_sort
} SlotMemory;

typedef enum EntryPhase {
    ENTRY_FREE,
    ENTRY_OPENING,
    ENTRY_OPEN,
    ENTRY_FAILED,
    ENTRY_CLOSING, // waits for its jobs to come back
} EntryPhase;

typedef struct Entry {
    EntryPhase phase;
    uint32_t index, generation;
    uint32_t jobs_under_way; // loaders read `source` and the graph while there are any
    SculptureSource source;
    Sculpture *sculpture; // NULL until its graph is read
    Arena names, data;    // of source; of sculpture
    ResidencyPages *pages;
    uint32_t missing_roots;    // root pages that are not resident
    size_t table_memory_bytes; // what the graph's tables take by now
    char fault[512];
} Entry;

// A block of a sculpture's tables that a view asks for.
typedef struct BlockWant {
    Entry *entry;
    uint32_t block;
    float priority;
    bool is_ahead; // it would be for a view to come
} BlockWant;

struct Streamer {
    Arena memory; // entries, copies of pages
    float pixel_error;
    Loader *loader;
    Residency residency;
    SlotMemory *slots;
    uint32_t entry_count, entry_capacity;
    Entry **entries;

    Arena *frame;
    CutDraw *draws;
    uint32_t draw_count, draw_capacity;
    BlockWant *block_wants; // of this frame; one by each view
    uint32_t block_want_count, block_want_capacity;
    uint32_t loading_blocks; // jobs under way
    LoaderDone upload;
    bool has_upload; // and `upload` is not released yet
    bool is_settled;
    StreamerStats stats;
};

// Gives a closed entry back, once none of its jobs is under way.
void streamer_free_if_idle(Entry *entry);
// Takes its pages away, whatever becomes of the entry.
void streamer_forget_pages(Streamer *streamer, Entry *entry);
// The upload that streamer_next_upload handed out, if any, is over.
void streamer_release_upload(Streamer *streamer);
