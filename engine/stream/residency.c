// residency.c: which pages should be in memory. Policy only: no threads, no files, no clock.

#include "stream/residency.h"

#include <math.h>
#include <stdlib.h>

// Not even the coarsest form fits: more would only take longer to come back from.
static const float COARSEN_MOST = 1e6f;

enum {
    HOPES_UNDER_WAY = 4,     // what is wanted next waits behind no more
    HOPES_LAST_FRAMES = 6,   // who hopes need not say so every frame
    HOPES_SPARE_FRAMES = 60, // what was used in so many is not given up for a hope
    TRY_AFTER_FRAMES = 8,    // at rest: who moves on tries nothing
};

Residency residency_make(uint32_t slot_count, uint64_t tile_bytes, Arena *arena)
{
    ASSERT(slot_count > 0);
    Residency residency = {.slot_count = slot_count,
                           .slots = ARENA_ARRAY(arena, ResidencySlot, slot_count),
                           .free_slots = ARENA_ARRAY(arena, uint32_t, slot_count),
                           .tiles = tile_pool_make(tile_bytes, arena),
                           .arena = arena,
                           .frame = 1,
                           .coarsen = 1};
    for (uint32_t i = 0; i < slot_count; i++)
        residency.free_slots[i] = slot_count - 1 - i;
    return residency;
}

static uint64_t tile_bytes_of(const ResidencyPage *page)
{
    return page->tile_units * tile_unit_bytes(page->tile_brings);
}

static void count_need(ResidencyNeed *need, const ResidencyPage *page)
{
    need->pages++;
    need->tile_bytes += tile_bytes_of(page);
}

ResidencyPages *residency_open(Residency *residency, uint32_t page_count, uint32_t pinned_count,
                               Arena *arena)
{
    ASSERT(pinned_count <= page_count);
    ResidencyPages *pages = ARENA_NEW(arena, ResidencyPages);
    *pages = (ResidencyPages){.page_count = page_count,
                              .pinned_count = pinned_count,
                              .pages = ARENA_RESERVE(arena, ResidencyPage, page_count)};
    residency->pinned.pages += pinned_count;
    return pages;
}

static bool is_pinned(const ResidencyPages *pages, uint32_t page)
{
    return page < pages->pinned_count;
}

void residency_set_tile(Residency *residency, ResidencyPages *pages, uint32_t page,
                        uint32_t units, uint32_t brings)
{
    ResidencyPage *told = &pages->pages[page];
    ASSERT(told->phase == RESIDENCY_ABSENT);
    uint64_t before = tile_bytes_of(told);
    told->tile_units = (uint8_t)(brings ? units : 0);
    told->tile_brings = (uint8_t)brings;
    if (is_pinned(pages, page))
        residency->pinned.tile_bytes += tile_bytes_of(told) - before;
}

static void free_slot(Residency *residency, uint32_t slot)
{
    ASSERT(residency->slots[slot].is_taken);
    tile_pool_give(&residency->tiles, residency->slots[slot].tile);
    residency->slots[slot] = (ResidencySlot){0};
    residency->taken_count--;
    residency->free_slots[residency->slot_count - residency->taken_count - 1] = slot;
}

static uint64_t place_bytes(const TilePool *pool, TilePlace place)
{
    return place.unit_count
               ? place.unit_count * tile_unit_bytes(pool->chunks[place.chunk].brings)
               : 0;
}

static uint32_t take_slot(Residency *residency, const ResidencyWant *want, TilePlace tile)
{
    ASSERT(residency->taken_count < residency->slot_count);
    uint32_t slot = residency->free_slots[residency->slot_count - residency->taken_count - 1];
    residency->taken_count++;
    residency->loading_bytes += place_bytes(&residency->tiles, tile);
    residency->slots[slot] = (ResidencySlot){true, want->owner, want->page, tile};
    return slot;
}

void residency_close(Residency *residency, ResidencyPages *pages)
{
    residency->pinned.pages -= pages->pinned_count;
    for (uint32_t i = 0; i < pages->pinned_count; i++)
        residency->pinned.tile_bytes -= tile_bytes_of(&pages->pages[i]);
    for (uint32_t i = 0; i < residency->slot_count; i++) {
        ResidencySlot *slot = &residency->slots[i];
        if (slot->owner != pages)
            continue;
        ResidencyPage *page = &pages->pages[slot->page];
        if (page->phase == RESIDENCY_RESIDENT) {
            residency->resident_count--;
            free_slot(residency, i);
        } else {
            slot->owner = NULL; // it is loading
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
    residency->hope_count = 0; // they come again
}

void residency_begin_frame(Residency *residency)
{
    residency->frame++;
    residency->used = (ResidencyNeed){0};
    residency->want_count = residency->hope_count = 0;
    residency->is_cut_off = false;
}

static uint64_t needed_now(const Residency *residency)
{
    return 2 * residency->frame + 1;
}

void residency_use(Residency *residency, ResidencyPages *owner, uint32_t page)
{
    ResidencyPage *used = &owner->pages[page];
    if (used->used == needed_now(residency))
        return;
    used->used = needed_now(residency);
    if (!is_pinned(owner, page))
        count_need(&residency->used, used);
}

void residency_use_step(Residency *residency, ResidencyPages *owner, uint32_t page)
{
    owner->pages[page].used = MAX(owner->pages[page].used, needed_now(residency) - 1);
}

static void add_want(Residency *residency, ResidencyPages *owner, uint32_t page, float priority,
                     bool is_step)
{
    ResidencyPage *wanted = &owner->pages[page];
    if (wanted->phase == RESIDENCY_FAILED || wanted->phase == RESIDENCY_RESIDENT)
        return;
    if (wanted->wanted_frame == residency->frame) {
        ResidencyWant *want = &residency->wants[wanted->want];
        want->priority = MAX(want->priority, priority);
        want->is_step &= is_step;
        return;
    }
    wanted->wanted_frame = residency->frame;
    wanted->want = residency->want_count;
    *ARENA_PUSH(residency->arena, residency->wants, residency->want_count,
                residency->want_capacity) = (ResidencyWant){owner, page, priority, is_step};
}

void residency_want(Residency *residency, ResidencyPages *owner, uint32_t page, float priority)
{
    add_want(residency, owner, page, priority, false);
}

void residency_want_step(Residency *residency, ResidencyPages *owner, uint32_t page,
                         float priority)
{
    add_want(residency, owner, page, priority, true);
}

void residency_hope(Residency *residency, ResidencyPages *owner, uint32_t page, float priority)
{
    ResidencyPage *hoped = &owner->pages[page];
    if (hoped->hoped_frame == residency->frame)
        return;
    hoped->hoped_frame = residency->frame;
    if (hoped->phase == RESIDENCY_RESIDENT) // not among the first to go
        hoped->used = MAX(hoped->used, needed_now(residency) - 2);
    if (hoped->phase == RESIDENCY_ABSENT || hoped->phase == RESIDENCY_LOADING)
        *ARENA_PUSH(residency->arena, residency->hopes, residency->hope_count,
                    residency->hope_capacity) = (ResidencyWant){owner, page, priority, false};
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
    uint64_t used;
    uint32_t page, slot;
} Victim;

static int compare_victims(const void *a, const void *b)
{
    const Victim *left = a, *right = b;
    if (left->used != right->used)
        return left->used < right->used ? -1 : 1;
    return (left->page < right->page) - (left->page > right->page);
}

static bool is_victim(const Residency *residency, const ResidencySlot *slot)
{
    if (!slot->is_taken || !slot->owner)
        return false;
    const ResidencyPage *page = &slot->owner->pages[slot->page];
    return page->phase == RESIDENCY_RESIDENT && !is_pinned(slot->owner, slot->page) &&
           page->used < residency->spared;
}

static uint32_t list_victims(const Residency *residency, Arena *arena, Victim **out)
{
    Victim *victims = ARENA_ARRAY_RAW(arena, Victim, residency->slot_count);
    uint32_t count = 0;
    for (uint32_t i = 0; i < residency->slot_count; i++) {
        const ResidencySlot *slot = &residency->slots[i];
        if (is_victim(residency, slot))
            victims[count++] = (Victim){slot->owner->pages[slot->page].used, slot->page, i};
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
    plan->evictions[plan->eviction_count++] =
        (ResidencyMove){.owner = owner, .page = page, .slot = slot};
    owner->pages[page].phase = RESIDENCY_ABSENT;
    residency->resident_count--;
    free_slot(residency, slot);
}

// What a plan looks up once it has to evict.
typedef struct Victims {
    Victim *all; // in the order they would go
    uint32_t count, next;
    uint64_t *unit_costs; // NULL: not asked for yet
} Victims;

static void set_costs(const TilePool *pool, uint64_t *costs, TilePlace place, uint64_t cost)
{
    size_t first = tile_pool_cost_index(pool, place);
    for (uint32_t i = 0; i < place.unit_count; i++)
        costs[first + i] = cost;
}

// Of every unit: one more than when what lies there was used.
static uint64_t *cost_units(const Residency *residency, Arena *arena)
{
    uint64_t *costs = ARENA_ARRAY(arena, uint64_t, tile_pool_cost_count(&residency->tiles));
    for (uint32_t i = 0; i < residency->slot_count; i++) {
        const ResidencySlot *slot = &residency->slots[i];
        set_costs(&residency->tiles, costs, slot->tile,
                  is_victim(residency, slot) ? slot->owner->pages[slot->page].used + 1
                                             : TILE_POOL_NEVER);
    }
    return costs;
}

// Everything whose tile lies at the place, or anywhere in its chunk, goes.
static void clear_tiles(Residency *residency, TilePlace place, bool is_whole_chunk,
                        Victims *victims, ResidencyPlan *plan)
{
    for (uint32_t i = 0; i < residency->slot_count; i++) {
        TilePlace tile = residency->slots[i].tile;
        bool is_there = is_whole_chunk ? tile.unit_count && tile.chunk == place.chunk
                                       : tile_place_overlaps(tile, place);
        if (!is_there)
            continue;
        set_costs(&residency->tiles, victims->unit_costs, tile, 0);
        evict(residency, i, plan);
    }
}

// Clears a stretch for a tile, or chunks of other kinds where that is cheaper, of what was used
// before `limit`. False if something has to stay in each of them.
static bool make_tile_room(Residency *residency, const ResidencyPage *page, uint64_t limit,
                           Victims *victims, Arena *arena, ResidencyPlan *plan, TilePlace *out)
{
    TilePool *pool = &residency->tiles;
    if (!victims->unit_costs)
        victims->unit_costs = cost_units(residency, arena);
    uint16_t *chunks = ARENA_ARRAY_RAW(arena, uint16_t, pool->chunk_count);
    uint32_t count;
    uint64_t of_stretch = tile_pool_find_cheapest(pool, page->tile_units, page->tile_brings,
                                                  victims->unit_costs, out);
    uint64_t of_chunks =
        tile_pool_find_chunks(pool, page->tile_brings, victims->unit_costs, chunks, &count);
    if (MIN(of_chunks, of_stretch) > limit) // costs are one more than when it was used
        return false;
    if (of_chunks < of_stretch) {
        for (uint32_t i = 0; i < count; i++)
            clear_tiles(residency, (TilePlace){.chunk = chunks[i]}, true, victims, plan);
        return tile_pool_take(pool, page->tile_units, page->tile_brings, out);
    }
    clear_tiles(residency, *out, false, victims, plan);
    tile_pool_take_at(pool, *out);
    return true;
}

static bool make_slot_room(Residency *residency, uint64_t limit, Victims *victims, Arena *arena,
                           ResidencyPlan *plan)
{
    if (!victims->all)
        victims->count = list_victims(residency, arena, &victims->all);
    while (victims->next < victims->count && victims->all[victims->next].used < limit) {
        uint32_t slot = victims->all[victims->next++].slot;
        if (!is_victim(residency, &residency->slots[slot]))
            continue; // it went for its tile's place
        if (victims->unit_costs)
            set_costs(&residency->tiles, victims->unit_costs, residency->slots[slot].tile, 0);
        evict(residency, slot, plan);
        return true;
    }
    return false;
}

// Room for one page: of what is not spared, and was used before `limit`. False if there is none
// to be made.
static bool make_room(Residency *residency, const ResidencyPage *page, uint64_t limit,
                      Victims *victims, Arena *arena, ResidencyPlan *plan, TilePlace *out)
{
    *out = (TilePlace){0};
    if (page->tile_units &&
        !tile_pool_take(&residency->tiles, page->tile_units, page->tile_brings, out) &&
        !make_tile_room(residency, page, limit, victims, arena, plan, out))
        return false;
    if (residency->taken_count < residency->slot_count ||
        make_slot_room(residency, limit, victims, arena, plan)) {
        if (victims->unit_costs)
            set_costs(&residency->tiles, victims->unit_costs, *out, TILE_POOL_NEVER);
        return true;
    }
    tile_pool_give(&residency->tiles, *out);
    return false;
}

static void plan_loads(Residency *residency, const ResidencyLimits *limits, Arena *arena,
                       ResidencyPlan *plan)
{
    plan->loads = ARENA_ARRAY_RAW(arena, ResidencyMove, limits->max_loads);
    plan->evictions = ARENA_ARRAY_RAW(arena, ResidencyMove, residency->slot_count);
    residency->is_blocked = false;
    residency->spared = needed_now(residency);
    Victims victims = {0};
    for (uint32_t i = 0; i < residency->want_count && plan->load_count < limits->max_loads;
         i++) {
        const ResidencyWant *want = &residency->wants[i];
        ResidencyPage *page = &want->owner->pages[want->page];
        if (page->phase != RESIDENCY_ABSENT)
            continue;
        if (page->tile_units && residency->loading_bytes &&
            residency->loading_bytes + tile_bytes_of(page) > limits->max_loading_bytes)
            return;
        TilePlace tile;
        uint64_t limit = residency->spared - want->is_step; // no step for another
        if (!make_room(residency, page, limit, &victims, arena, plan, &tile)) {
            if (want->is_step)
                continue;
            // What is loading may turn out not to be needed, and then there is room.
            residency->is_blocked = residency->taken_count == residency->resident_count;
            return;
        }
        page->phase = RESIDENCY_LOADING;
        page->slot = take_slot(residency, want, tile);
        plan->loads[plan->load_count++] =
            (ResidencyMove){want->owner, want->page, page->slot, tile};
    }
}

// Nothing is wanted: what may be wanted soon is next. Pages that came in the frames before went
// to somebody's view; they stay.
static void plan_hopes(Residency *residency, const ResidencyLimits *limits, Arena *arena,
                       ResidencyPlan *plan)
{
    uint32_t loading = residency->taken_count - residency->resident_count;
    uint64_t spared = MIN(residency->frame - 1, (uint64_t)HOPES_SPARE_FRAMES);
    Victims victims = {0};
    if (plan->missing_count || residency->coarsen > 1 || !residency->hope_count)
        return;
    residency->spared = 2 * (residency->frame - spared);
    qsort(residency->hopes, residency->hope_count, sizeof *residency->hopes, compare_wants);
    for (uint32_t i = 0; i < residency->hope_count; i++) {
        const ResidencyWant *hope = &residency->hopes[i];
        ResidencyPage *page = &hope->owner->pages[hope->page];
        TilePlace tile;
        if (page->phase != RESIDENCY_ABSENT)
            continue;
        if (plan->load_count == limits->max_loads ||
            loading + plan->load_count >= HOPES_UNDER_WAY ||
            residency->loading_bytes + tile_bytes_of(page) > limits->max_loading_bytes ||
            !make_room(residency, page, residency->spared, &victims, arena, plan, &tile))
            return;
        page->phase = RESIDENCY_LOADING;
        page->slot = take_slot(residency, hope, tile);
        plan->loads[plan->load_count++] =
            (ResidencyMove){hope->owner, hope->page, page->slot, tile};
    }
}

static bool is_hoped(const Residency *residency, const ResidencyPage *page)
{
    return page->hoped_frame && page->hoped_frame + HOPES_LAST_FRAMES >= residency->frame;
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
        if (!page || (page->phase == RESIDENCY_LOADING && !is_pinned(slot->owner, slot->page) &&
                      page->wanted_frame != residency->frame && !is_hoped(residency, page)))
            plan->stale[plan->stale_count++] =
                (ResidencyMove){.owner = slot->owner, .page = slot->page, .slot = i};
    }
}

static float share(uint64_t needed, uint64_t capacity)
{
    return capacity ? (float)needed / (float)capacity : needed ? 2.0f : 0.0f;
}

// Of the resource that is shorter.
static float measure_load(const Residency *residency)
{
    ResidencyNeed need = {residency->pinned.pages + residency->used.pages,
                          residency->pinned.tile_bytes + residency->used.tile_bytes};
    for (uint32_t i = 0; i < residency->want_count; i++) {
        const ResidencyWant *want = &residency->wants[i];
        const ResidencyPage *page = &want->owner->pages[want->page];
        if (!want->is_step && !is_pinned(want->owner, want->page))
            count_need(&need, page);
    }
    float load = MAX(share(need.pages, residency->slot_count),
                     share(need.tile_bytes, residency->tiles.capacity_bytes));
    // More was wanted than was counted; or it fits in sum, but not side by side.
    load = residency->is_cut_off ? MAX(load, 2.0f) : load;
    return residency->is_blocked ? MAX(load, 1.05f) : load;
}

static const float ROOM_LOAD = 0.75f;                 // below it, what is finer may fit
static const float TRY_STEP = 0.8f, TRY_LEAST = 1.3f; // more than a step: each is tried once

static bool may_try(const Residency *residency)
{
    return residency->coarsen > 1 && residency->load <= ROOM_LOAD &&
           residency->coarsen > residency->too_fine * TRY_LEAST;
}

static bool is_all_there(const Residency *residency)
{
    for (uint32_t i = 0; i < residency->want_count; i++)
        if (!residency->wants[i].is_step)
            return false;
    return residency->taken_count == residency->resident_count;
}

// True if it is being tried, or about to be.
static bool try_finer(Residency *residency)
{
    if (!is_all_there(residency)) {
        if (residency->rest_frames) // the view moved on
            residency->too_fine = 0;
        residency->rest_frames = 0;
        return residency->kept > 0;
    }
    residency->kept = 0; // what was tried fits
    residency->rest_frames++;
    if (!may_try(residency))
        return false;
    if (residency->rest_frames < TRY_AFTER_FRAMES)
        return true;
    residency->kept = residency->coarsen;
    residency->coarsen = MAX(residency->coarsen * TRY_STEP, 1.0f);
    residency->forbidden = residency->coarsen; // from here on by tries alone
    residency->forbidden_load = 0;
    residency->rest_frames = 0;
    return true;
}

// What did fit comes back; what this frame wants was wanted for the other.
static void end_try(Residency *residency)
{
    residency->want_count = 0;
    residency->forbidden = residency->too_fine = residency->coarsen;
    residency->coarsen = residency->kept;
    residency->kept = 0;
    residency->forbidden_load = 0;
}

// What is needed goes about with 1 / error: that is how far a step aims.
static void adjust_coarsen(Residency *residency)
{
    float load = residency->load = measure_load(residency);
    if (load > 1 && residency->kept > 0) {
        end_try(residency);
        return;
    }
    if (load > 1) {
        residency->rest_frames = 0;
        residency->forbidden = residency->coarsen;
        residency->coarsen *= CLAMP(load / 0.9f, 1.05f, 4.0f);
        residency->coarsen = MIN(residency->coarsen, COARSEN_MOST);
        residency->forbidden_load = 0; // known at the next plan
        return;
    }
    if (residency->forbidden_load == 0)
        residency->forbidden_load = MAX(load, 1e-6f);
    // The view moved on, and what was too fine then may fit now.
    if (fabsf(load - residency->forbidden_load) > 0.1f || load < residency->forbidden_load / 2)
        residency->forbidden = 0;
    if (residency->coarsen == 1 || load > ROOM_LOAD || residency->kept > 0)
        return;
    float finer = MAX(residency->coarsen * MAX(load / 0.85f, 0.8f), 1);
    if (finer <= residency->forbidden * 1.02f)
        return;
    residency->coarsen = finer;
    residency->forbidden_load = 0;
    residency->rest_frames = 0;
}

ResidencyPlan residency_plan(Residency *residency, const ResidencyLimits *limits, Arena *arena)
{
    ResidencyPlan plan = {.hoped_count = residency->hope_count};
    float coarsen = residency->coarsen;
    adjust_coarsen(residency);
    plan.is_trying = coarsen != residency->coarsen || try_finer(residency);
    if (residency->want_count)
        qsort(residency->wants, residency->want_count, sizeof *residency->wants, compare_wants);
    for (uint32_t i = 0; i < residency->want_count; i++) {
        const ResidencyWant *want = &residency->wants[i];
        want->owner->pages[want->page].want = i;
        plan.missing_count += !want->is_step;
    }
    plan_loads(residency, limits, arena, &plan);
    plan_hopes(residency, limits, arena, &plan);
    list_stale(residency, arena, &plan);
    return plan;
}

bool residency_loaded(Residency *residency, uint32_t slot)
{
    ResidencySlot *loaded = &residency->slots[slot];
    ASSERT(loaded->is_taken);
    residency->loading_bytes -= place_bytes(&residency->tiles, loaded->tile);
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
    residency->loading_bytes -= place_bytes(&residency->tiles, failed->tile);
    if (failed->owner)
        failed->owner->pages[failed->page].phase =
            is_final ? RESIDENCY_FAILED : RESIDENCY_ABSENT;
    free_slot(residency, slot);
}
