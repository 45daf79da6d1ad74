// residency.h: which pages should be in memory. Policy only: no threads, no files, no clock.
//
// Memory is a number of equal slots for geometry, and the tile pool. A page takes a slot and,
// if it has a tile, units of the pool for what that brings. Everybody says each frame which
// pages are in use and which are wanted, how much; residency_plan() answers with pages to load,
// each with its slot and place, and pages that gave theirs up.
//
//   ABSENT --plan--> LOADING --loaded--> RESIDENT --plan--> ABSENT
//                       |--failed--> FAILED, for good
//
// Some of what is used or wanted only leads to what is drawn (cut.h): steps. They fill what
// room there is, but count for nothing, and give way to what is drawn.
//
// What else is used or wanted in a frame, and what is pinned, keeps its place. Of the rest the
// least recently used goes first, of those the page farthest back in its file: the finest.
// Tiles need units side by side: there the stretch goes whose newest page was used least
// recently, or a chunk of other planes, if nothing in it was used later than that.
//
// When more is needed than fits, of slots or of units, loading would only push out what is
// needed too. Then `coarsen` rises: multiply every pixel error by it. It falls back to 1 when
// there is room again, not at once: a value that was too fine stays forbidden until what is
// needed changes by itself. But what was too fine may have been so in passing, while one detail
// made way for another: where everything needed is there and a quarter of the memory is idle, a
// finer value is tried, once. Where that is too much, all goes back to what did fit.
//
// What may be needed soon is hoped for: loaded when nothing is wanted, a few at a time, into
// room that is free or has not been used for long. Hopes count for nothing else.
//
// One thread.

#pragma once
#include "stream/tile_pool.h"

typedef enum ResidencyPhase {
    RESIDENCY_ABSENT,
    RESIDENCY_LOADING,
    RESIDENCY_RESIDENT,
    RESIDENCY_FAILED,
} ResidencyPhase;

typedef struct ResidencyPage {
    ResidencyPhase phase;
    uint8_t tile_units;    // of its tile; 0: it has none
    uint8_t tile_brings;   // its planes (tile_pool.h)
    uint32_t slot;         // where LOADING or RESIDENT
    uint32_t want;         // where it stands in the frame's wants
    uint64_t used;         // when, last: twice the frame's number, and 1 more unless as a step
    uint64_t wanted_frame; // last
    uint64_t hoped_frame;  // last
} ResidencyPage;

// The pages of one file. The caller keeps it, until residency_close.
typedef struct ResidencyPages {
    void *user; // the caller's
    uint32_t page_count, pinned_count;
    ResidencyPage *pages; // zero, and takes no room, where nobody asked for any
} ResidencyPages;

typedef struct ResidencySlot {
    bool is_taken;
    ResidencyPages *owner; // NULL in a taken slot: its file was closed while it was loading
    uint32_t page;
    TilePlace tile;
} ResidencySlot;

typedef struct ResidencyWant {
    ResidencyPages *owner;
    uint32_t page;
    float priority;
    bool is_step;
} ResidencyWant;

typedef struct ResidencyMove {
    ResidencyPages *owner;
    uint32_t page, slot;
    TilePlace tile; // of loads
} ResidencyMove;

typedef struct ResidencyPlan {
    uint32_t load_count, eviction_count, stale_count;
    ResidencyMove *loads;     // most urgent first; now LOADING
    ResidencyMove *evictions; // now ABSENT; their places may be those of loads
    ResidencyMove *stale;     // LOADING, but nobody wants them any more: may be cancelled
    uint32_t missing_count; // wanted, not as steps, and not resident, whether it can be loaded
                            // now or not
    uint32_t hoped_count;   // hoped for and not resident
    bool is_trying;         // a finer `coarsen` is, or is about to be: more may come
} ResidencyPlan;

typedef struct ResidencyNeed {
    uint32_t pages;
    uint64_t tile_bytes;
} ResidencyNeed;

typedef struct Residency {
    uint32_t slot_count, taken_count, resident_count;
    ResidencySlot *slots;
    uint32_t *free_slots; // a stack of slot_count - taken_count
    TilePool tiles;
    uint64_t loading_bytes; // of tiles
    uint64_t frame;
    ResidencyNeed pinned, used; // used: this frame, pinned ones not counted
    uint32_t want_count, want_capacity;
    ResidencyWant *wants;
    uint32_t hope_count, hope_capacity;
    ResidencyWant *hopes;
    Arena *arena;    // for wants and hopes
    uint64_t spared; // what was used then or later is not evicted now
    bool is_cut_off;
    bool is_blocked;      // the last plan: a want found no place between what has to stay
    float load;           // of the last plan: what is needed, of the shorter resource; 1: all
    float coarsen;        // 1 and more
    float forbidden;      // a value of `coarsen` that was too fine for ...
    float forbidden_load; // ... the load of the last change; 0: not known yet
    float kept;           // where all fitted, while a finer value is being tried; 0: none is
    float too_fine;       // was tried, and did not fit; 0: not known of this view
    uint32_t rest_frames; // in which all that is needed was there, without a change
} Residency;

Residency residency_make(uint32_t slot_count, uint64_t tile_bytes, Arena *arena);

// The first `pinned_count` pages stay once they are loaded. `arena` is the file's.
ResidencyPages *residency_open(Residency *residency, uint32_t page_count, uint32_t pinned_count,
                               Arena *arena);
// How many units the page's tile takes, of which planes: none, until this is said. Before it is
// first wanted.
void residency_set_tile(Residency *residency, ResidencyPages *pages, uint32_t page,
                        uint32_t units, uint32_t brings);
// Frees its slots but those that are loading; residency_loaded or _failed frees these.
void residency_close(Residency *residency, ResidencyPages *pages);

// ---- each frame

void residency_begin_frame(Residency *residency);
void residency_use(Residency *residency, ResidencyPages *owner, uint32_t page);
void residency_use_step(Residency *residency, ResidencyPages *owner, uint32_t page);
// Several wants of one page become one of the highest priority, and a step only if all are.
void residency_want(Residency *residency, ResidencyPages *owner, uint32_t page, float priority);
void residency_want_step(Residency *residency, ResidencyPages *owner, uint32_t page,
                         float priority);
// It may be used or wanted soon: good for some frames. Of several hopes for one page the first
// counts.
void residency_hope(Residency *residency, ResidencyPages *owner, uint32_t page, float priority);
// Somebody stopped counting what is wanted: it is more than fits.
void residency_note_cut_off(Residency *residency);
// How much may be under way at once.
typedef struct ResidencyLimits {
    uint32_t max_loads;         // new ones
    uint64_t max_loading_bytes; // of tiles, in all; one may always
} ResidencyLimits;

// The plan lives in `arena`.
ResidencyPlan residency_plan(Residency *residency, const ResidencyLimits *limits, Arena *arena);

// ---- how a load ended

// True if the page is resident now; false if its file was closed, and the slot is free again.
bool residency_loaded(Residency *residency, uint32_t slot);
// `is_final`: never load it again. Otherwise (it was cancelled) it is absent.
void residency_failed(Residency *residency, uint32_t slot, bool is_final);
