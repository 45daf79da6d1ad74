// residency.c: which pages should be in memory. Policy only: no threads, no files, no clock.

#include "stream/residency.h"

#include <math.h>
#include <stdlib.h>

// Not even the coarsest form fits: more would only take longer to come back from.
static const float COARSEN_MOST = 1e6f;

Residency residency_make(uint32_t slot_count, Arena *arena)
{
    ASSERT(slot_count > 0);
    Residency residency = {.slot_count = slot_count,
                           .slots = ARENA_ARRAY(arena, ResidencySlot, slot_count),
                           .free_slots = ARENA_ARRAY(arena, uint32_t, slot_count),
                           .arena = arena,
                           .frame = 1,
                           .coarsen = 1};
    for (uint32_t i = 0; i < slot_count; i++)
        residency.free_slots[i] = slot_count - 1 - i;
    return residency;
}

ResidencyPages *residency_open(Residency *residency, uint32_t page_count, const bool *pinned,
                               Arena *arena)
{
    ResidencyPages *pages = ARENA_NEW(arena, ResidencyPages);
    pages->page_count = page_count;
    pages->pages = ARENA_ARRAY(arena, ResidencyPage, page_count);
    for (uint32_t i = 0; pinned && i < page_count; i++) {
        pages->pages[i].is_pinned = pinned[i];
        residency->pinned_count += pinned[i];
    }
    return pages;
}

static void free_slot(Residency *residency, uint32_t slot)
{
    ASSERT(residency->slots[slot].is_taken);
    residency->slots[slot] = (ResidencySlot){0};
    residency->taken_count--;
    residency->free_slots[residency->slot_count - residency->taken_count - 1] = slot;
}

static uint32_t take_slot(Residency *residency, ResidencyPages *owner, uint32_t page)
{
    ASSERT(residency->taken_count < residency->slot_count);
    uint32_t slot = residency->free_slots[residency->slot_count - residency->taken_count - 1];
    residency->taken_count++;
    residency->slots[slot] = (ResidencySlot){true, owner, page};
    return slot;
}

void residency_close(Residency *residency, ResidencyPages *pages)
{
    for (uint32_t i = 0; i < pages->page_count; i++) {
        ResidencyPage *page = &pages->pages[i];
        residency->pinned_count -= page->is_pinned;
        if (page->phase == RESIDENCY_RESIDENT) {
            residency->resident_count--;
            free_slot(residency, page->slot);
        } else if (page->phase == RESIDENCY_LOADING) {
            residency->slots[page->slot].owner = NULL;
        }
        page->phase = RESIDENCY_ABSENT;
    }
    // Wants of this frame may name it still.
    uint32_t kept = 0;
    for (uint32_t i = 0; i < residency->want_count; i++) {
        ResidencyWant want = residency->wants[i];
        if (want.owner == pages)
            continue;
        want.owner->pages[want.page].want = kept;
        residency->wants[kept++] = want;
    }
    residency->want_count = kept;
}

void residency_begin_frame(Residency *residency)
{
    residency->frame++;
    residency->used_count = 0;
    residency->want_count = 0;
    residency->is_cut_off = false;
}

void residency_use(Residency *residency, ResidencyPages *owner, uint32_t page)
{
    ResidencyPage *used = &owner->pages[page];
    if (used->used_frame == residency->frame)
        return;
    used->used_frame = residency->frame;
    residency->used_count += !used->is_pinned;
}

void residency_want(Residency *residency, ResidencyPages *owner, uint32_t page, float priority)
{
    ResidencyPage *wanted = &owner->pages[page];
    if (wanted->phase == RESIDENCY_FAILED || wanted->phase == RESIDENCY_RESIDENT)
        return;
    if (wanted->wanted_frame == residency->frame) {
        ResidencyWant *want = &residency->wants[wanted->want];
        want->priority = MAX(want->priority, priority);
        return;
    }
    wanted->wanted_frame = residency->frame;
    wanted->want = residency->want_count;
    *ARENA_PUSH(residency->arena, residency->wants, residency->want_count,
                residency->want_capacity) = (ResidencyWant){owner, page, priority};
}

void residency_note_cut_off(Residency *residency)
{
    residency->is_cut_off = true;
}

// ---- the plan

// Pages of equal urgency go in their file's order: coarse ones first.
static int compare_wants(const void *a, const void *b)
{
    const ResidencyWant *left = a, *right = b;
    if (left->priority != right->priority)
        return left->priority > right->priority ? -1 : 1;
    return (left->page > right->page) - (left->page < right->page);
}

typedef struct Victim {
    uint64_t used_frame;
    uint32_t page, slot;
} Victim;

static int compare_victims(const void *a, const void *b)
{
    const Victim *left = a, *right = b;
    if (left->used_frame != right->used_frame)
        return left->used_frame < right->used_frame ? -1 : 1;
    return (left->page < right->page) - (left->page > right->page);
}

static uint32_t list_victims(const Residency *residency, Arena *arena, Victim **out)
{
    Victim *victims = ARENA_ARRAY_RAW(arena, Victim, residency->slot_count);
    uint32_t count = 0;
    for (uint32_t i = 0; i < residency->slot_count; i++) {
        const ResidencySlot *slot = &residency->slots[i];
        if (!slot->is_taken || !slot->owner)
            continue;
        const ResidencyPage *page = &slot->owner->pages[slot->page];
        if (page->phase == RESIDENCY_RESIDENT && !page->is_pinned &&
            page->used_frame != residency->frame)
            victims[count++] = (Victim){page->used_frame, slot->page, i};
    }
    if (count)
        qsort(victims, count, sizeof *victims, compare_victims);
    *out = victims;
    return count;
}

static void evict(Residency *residency, uint32_t slot, ResidencyPlan *plan)
{
    ResidencyPages *owner = residency->slots[slot].owner;
    uint32_t page = residency->slots[slot].page;
    plan->evictions[plan->eviction_count++] = (ResidencyMove){owner, page, slot};
    owner->pages[page].phase = RESIDENCY_ABSENT;
    residency->resident_count--;
    free_slot(residency, slot);
}

static void plan_loads(Residency *residency, uint32_t max_loads, Arena *arena,
                       ResidencyPlan *plan)
{
    plan->loads = ARENA_ARRAY_RAW(arena, ResidencyMove, max_loads);
    plan->evictions = ARENA_ARRAY_RAW(arena, ResidencyMove, max_loads);
    Victim *victims = NULL;
    uint32_t victim_count = 0, next_victim = 0;
    for (uint32_t i = 0; i < residency->want_count && plan->load_count < max_loads; i++) {
        const ResidencyWant *want = &residency->wants[i];
        ResidencyPage *page = &want->owner->pages[want->page];
        if (page->phase != RESIDENCY_ABSENT)
            continue;
        if (residency->taken_count == residency->slot_count) {
            if (!victims)
                victim_count = list_victims(residency, arena, &victims);
            if (next_victim == victim_count)
                break;
            evict(residency, victims[next_victim++].slot, plan);
        }
        page->phase = RESIDENCY_LOADING;
        page->slot = take_slot(residency, want->owner, want->page);
        plan->loads[plan->load_count++] = (ResidencyMove){want->owner, want->page, page->slot};
    }
}

static void list_stale(const Residency *residency, Arena *arena, ResidencyPlan *plan)
{
    uint32_t loading = residency->taken_count - residency->resident_count;
    plan->stale = ARENA_ARRAY_RAW(arena, ResidencyMove, loading);
    for (uint32_t i = 0; loading && i < residency->slot_count; i++) {
        const ResidencySlot *slot = &residency->slots[i];
        if (!slot->is_taken)
            continue;
        const ResidencyPage *page = slot->owner ? &slot->owner->pages[slot->page] : NULL;
        if (!page || (page->phase == RESIDENCY_LOADING && !page->is_pinned &&
                      page->wanted_frame != residency->frame))
            plan->stale[plan->stale_count++] = (ResidencyMove){slot->owner, slot->page, i};
    }
}

// What is needed goes about with 1 / error: that is how far a step aims.
static void adjust_coarsen(Residency *residency)
{
    float capacity = (float)residency->slot_count;
    float needed = (float)residency->needed_count;
    if (residency->is_cut_off)
        needed = MAX(needed, 2 * capacity);
    if (needed > capacity) {
        residency->forbidden = residency->coarsen;
        residency->coarsen *= CLAMP(needed / (0.9f * capacity), 1.05f, 4.0f);
        residency->coarsen = MIN(residency->coarsen, COARSEN_MOST);
        residency->forbidden_needed = 0; // known at the next plan
        return;
    }
    if (residency->forbidden_needed == 0)
        residency->forbidden_needed = residency->needed_count;
    // The view moved on, and what was too fine then may fit now.
    if (fabsf(needed - (float)residency->forbidden_needed) > 0.1f * capacity)
        residency->forbidden = 0;
    if (residency->coarsen == 1 || needed > 0.75f * capacity)
        return;
    float finer = residency->coarsen * MAX(needed / (0.85f * capacity), 0.8f);
    finer = MAX(finer, 1);
    if (finer <= residency->forbidden * 1.02f)
        return;
    residency->coarsen = finer;
    residency->forbidden_needed = 0;
}

ResidencyPlan residency_plan(Residency *residency, uint32_t max_loads, Arena *arena)
{
    ResidencyPlan plan = {0};
    uint32_t unpinned_wants = 0;
    for (uint32_t i = 0; i < residency->want_count; i++) {
        const ResidencyWant *want = &residency->wants[i];
        unpinned_wants += !want->owner->pages[want->page].is_pinned;
    }
    residency->needed_count = residency->pinned_count + residency->used_count + unpinned_wants;
    plan.missing_count = residency->want_count;
    adjust_coarsen(residency);
    if (residency->want_count)
        qsort(residency->wants, residency->want_count, sizeof *residency->wants, compare_wants);
    for (uint32_t i = 0; i < residency->want_count; i++) {
        const ResidencyWant *want = &residency->wants[i];
        want->owner->pages[want->page].want = i;
    }
    plan_loads(residency, max_loads, arena, &plan);
    list_stale(residency, arena, &plan);
    return plan;
}

bool residency_loaded(Residency *residency, uint32_t slot)
{
    ResidencySlot *loaded = &residency->slots[slot];
    ASSERT(loaded->is_taken);
    if (!loaded->owner) {
        free_slot(residency, slot);
        return false;
    }
    ResidencyPage *page = &loaded->owner->pages[loaded->page];
    ASSERT(page->phase == RESIDENCY_LOADING);
    page->phase = RESIDENCY_RESIDENT;
    residency->resident_count++;
    return true;
}

void residency_failed(Residency *residency, uint32_t slot, bool is_final)
{
    ResidencySlot *failed = &residency->slots[slot];
    if (failed->owner)
        failed->owner->pages[failed->page].phase =
            is_final ? RESIDENCY_FAILED : RESIDENCY_ABSENT;
    free_slot(residency, slot);
}
