// residency.h: which pages should be in memory. Policy only: no threads, no files, no clock.
//
// Memory is a number of equal slots. Everybody says each frame which pages are in use and which
// are wanted, how much; residency_plan() answers with pages to load, each with its slot, and
// pages that gave theirs up.
//
//   ABSENT --plan--> LOADING --loaded--> RESIDENT --plan--> ABSENT
//                       |--failed--> FAILED, for good
//
// What is used or wanted in a frame, and what is pinned, keeps its slot. Of the rest the least
// recently used goes first, of those the page farthest back in its file: the finest.
//
// When more is needed than fits, loading would only push out what is needed too. Then `coarsen`
// rises: multiply every pixel error by it. It falls back to 1 when there is room again, not at
// once: a value that was too fine stays forbidden until what is needed changes by itself.
//
// One thread.

#pragma once
#include "base/arena.h"

typedef enum ResidencyPhase {
    RESIDENCY_ABSENT,
    RESIDENCY_LOADING,
    RESIDENCY_RESIDENT,
    RESIDENCY_FAILED,
} ResidencyPhase;

typedef struct ResidencyPage {
    ResidencyPhase phase;
    bool is_pinned;
    uint32_t slot;         // where LOADING or RESIDENT
    uint32_t want;         // where it stands in the frame's wants
    uint64_t used_frame;   // last
    uint64_t wanted_frame; // last
} ResidencyPage;

// The pages of one file. The caller keeps it, until residency_close.
typedef struct ResidencyPages {
    void *user; // the caller's
    uint32_t page_count;
    ResidencyPage *pages;
} ResidencyPages;

typedef struct ResidencySlot {
    bool is_taken;
    ResidencyPages *owner; // NULL in a taken slot: its file was closed while it was loading
    uint32_t page;
} ResidencySlot;

typedef struct ResidencyWant {
    ResidencyPages *owner;
    uint32_t page;
    float priority;
} ResidencyWant;

typedef struct ResidencyMove {
    ResidencyPages *owner;
    uint32_t page, slot;
} ResidencyMove;

typedef struct ResidencyPlan {
    uint32_t load_count, eviction_count, stale_count;
    ResidencyMove *loads;     // most urgent first; now LOADING
    ResidencyMove *evictions; // now ABSENT; their slots may be those of loads
    ResidencyMove *stale;     // LOADING, but nobody wants them any more: may be cancelled
    uint32_t missing_count;   // wanted and not resident, whether it can be loaded now or not
} ResidencyPlan;

typedef struct Residency {
    uint32_t slot_count, taken_count, resident_count, pinned_count;
    ResidencySlot *slots;
    uint32_t *free_slots; // a stack of slot_count - taken_count
    uint64_t frame;
    uint32_t used_count; // this frame, pinned ones not counted
    uint32_t want_count, want_capacity;
    ResidencyWant *wants;
    Arena *arena; // for wants
    bool is_cut_off;
    uint32_t needed_count;     // of the last plan: used, wanted and pinned
    float coarsen;             // 1 and more
    float forbidden;           // a value of `coarsen` that was too fine for
    uint32_t forbidden_needed; // as many pages as were needed at the last change
} Residency;

Residency residency_make(uint32_t slot_count, Arena *arena);

// `pinned[page]`, where not NULL, says which pages stay once loaded. `arena` is the file's.
ResidencyPages *residency_open(Residency *residency, uint32_t page_count, const bool *pinned,
                               Arena *arena);
// Frees its slots but those that are loading; residency_loaded or _failed frees these.
void residency_close(Residency *residency, ResidencyPages *pages);

// ---- each frame

void residency_begin_frame(Residency *residency);
void residency_use(Residency *residency, ResidencyPages *owner, uint32_t page);
// Several wants of one page become one of the highest priority.
void residency_want(Residency *residency, ResidencyPages *owner, uint32_t page, float priority);
// Somebody stopped counting what is wanted: it is more than fits.
void residency_note_cut_off(Residency *residency);
// At most `max_loads` new loads. The plan lives in `arena`.
ResidencyPlan residency_plan(Residency *residency, uint32_t max_loads, Arena *arena);

// ---- how a load ended

// True if the page is resident now; false if its file was closed, and the slot is free again.
bool residency_loaded(Residency *residency, uint32_t slot);
// `is_final`: never load it again. Otherwise (it was cancelled) it is absent.
void residency_failed(Residency *residency, uint32_t slot, bool is_final);
