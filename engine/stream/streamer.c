// streamer.c: sculptures that are far larger than memory, ready to be drawn. What the loaders
// finished is taken in streamer_take.c.

#include "stream/streamer_parts.h"

#include <math.h>
#include <stdlib.h>

enum {
    DEFAULT_SLOTS = 1024,
    DEFAULT_TILE_BYTES = 64 << 20,
    DEFAULT_THREADS = 2,
    DEFAULT_JOBS = 48,
    MAX_HOPES = 64,     // of one view
    HOPE_PAGES = 1024,  // that such a view looks below at most
    WANTS_PER_SLOT = 8, // at most: most are steps
    // Decoded tiles that wait in main memory: two of the largest, or many that bring little, so
    // that loaders have enough to do while a frame is drawn.
    MAX_LOADING_BYTES = 2 * TILE_LAYER_TEXELS * TILE_MAX_TEXEL_BYTES,
    MAX_LOADING_BLOCKS = 4, // of tables: what is known of them tells which pages to load
};

Status streamer_make(const StreamerDesc *desc, Arena *arena, Streamer **out)
{
    uint32_t slot_count = desc->slot_count ? desc->slot_count : DEFAULT_SLOTS;
    Streamer *streamer = ARENA_NEW(arena, Streamer);
    TRY(loader_make(desc->thread_count ? desc->thread_count : DEFAULT_THREADS,
                    desc->job_count ? desc->job_count : DEFAULT_JOBS, arena,
                    &streamer->loader));
    streamer->pixel_error = desc->pixel_error > 0 ? desc->pixel_error : 1;
    streamer_set_memory(streamer, slot_count,
                        desc->tile_bytes ? desc->tile_bytes : DEFAULT_TILE_BYTES);
    *out = streamer;
    return OK;
}

void streamer_set_memory(Streamer *streamer, uint32_t slot_count, uint64_t tile_bytes)
{
    ASSERT(!streamer->frame);
    streamer->residency = residency_make(slot_count, tile_bytes, &streamer->memory);
    streamer->slots = ARENA_ARRAY(&streamer->memory, SlotMemory, slot_count);
}

void streamer_drop(Streamer *streamer)
{
    if (!streamer)
        return;
    loader_drop(streamer->loader);
    for (uint32_t i = 0; i < streamer->entry_count; i++) {
        arena_drop(&streamer->entries[i]->data);
        arena_drop(&streamer->entries[i]->names);
    }
    arena_drop(&streamer->memory);
}

// ---- sculptures

static Entry *find_entry(const Streamer *streamer, SculptureId id)
{
    if (id.generation == 0 || id.index >= streamer->entry_count)
        return NULL;
    Entry *entry = streamer->entries[id.index];
    bool is_alive = entry->phase != ENTRY_FREE && entry->phase != ENTRY_CLOSING;
    return is_alive && entry->generation == id.generation ? entry : NULL;
}

static Entry *take_entry(Streamer *streamer)
{
    for (uint32_t i = 0; i < streamer->entry_count; i++)
        if (streamer->entries[i]->phase == ENTRY_FREE)
            return streamer->entries[i];
    Entry *entry = ARENA_NEW(&streamer->memory, Entry);
    entry->index = streamer->entry_count;
    *ARENA_PUSH(&streamer->memory, streamer->entries, streamer->entry_count,
                streamer->entry_capacity) = entry;
    return entry;
}

static void request_graph(Streamer *streamer, Entry *entry)
{
    LoaderJob job = {.work = sculpture_load,
                     .source = &entry->source,
                     .kind = JOB_GRAPH,
                     .name = entry->index};
    entry->jobs_under_way += loader_request(streamer->loader, &job);
}

SculptureId streamer_open(Streamer *streamer, const char *graph_path, const char *pages_path,
                          const SculptureReader *reader)
{
    Entry *entry = take_entry(streamer);
    *entry = (Entry){
        .phase = ENTRY_OPENING, .index = entry->index, .generation = entry->generation + 1};
    entry->source.reader = reader ? *reader : sculpture_vfs_reader();
    entry->source.graph_path = arena_copy_text(&entry->names, graph_path);
    entry->source.pages_path = arena_copy_text(&entry->names, pages_path);
    request_graph(streamer, entry);
    streamer->is_settled = false;
    return (SculptureId){entry->index, entry->generation};
}

void streamer_free_if_idle(Entry *entry)
{
    if (entry->phase != ENTRY_CLOSING || entry->jobs_under_way > 0)
        return;
    arena_drop(&entry->data);
    arena_drop(&entry->names);
    entry->sculpture = NULL;
    entry->phase = ENTRY_FREE;
}

void streamer_forget_pages(Streamer *streamer, Entry *entry)
{
    if (!entry->pages)
        return;
    for (uint32_t i = 0; i < streamer->residency.slot_count; i++) {
        const ResidencySlot *slot = &streamer->residency.slots[i];
        if (slot->owner != entry->pages)
            continue;
        if (entry->pages->pages[slot->page].phase == RESIDENCY_LOADING)
            loader_cancel(streamer->loader, JOB_PAGE, i);
        entry->sculpture->pages[slot->page].mesh = NULL;
    }
    residency_close(&streamer->residency, entry->pages);
    entry->pages = NULL;
    for (uint32_t i = 0; i < streamer->block_want_count; i++)
        if (streamer->block_wants[i].entry == entry)
            streamer->block_wants[i--] = streamer->block_wants[--streamer->block_want_count];
    streamer->stats.revision++;
}

void streamer_close(Streamer *streamer, SculptureId id)
{
    Entry *entry = find_entry(streamer, id);
    if (!entry)
        return;
    streamer_forget_pages(streamer, entry);
    loader_cancel(streamer->loader, JOB_GRAPH, entry->index);
    loader_cancel(streamer->loader, JOB_BLOCK, entry->index);
    entry->phase = ENTRY_CLOSING;
    streamer_free_if_idle(entry);
}

SculpturePhase streamer_phase(const Streamer *streamer, SculptureId id)
{
    const Entry *entry = find_entry(streamer, id);
    if (!entry)
        return SCULPTURE_NONE;
    if (entry->phase == ENTRY_FAILED)
        return SCULPTURE_FAILED;
    if (entry->phase == ENTRY_OPENING)
        return SCULPTURE_OPENING;
    return entry->missing_roots ? SCULPTURE_KNOWN : SCULPTURE_VISIBLE;
}

const MeshGraph *streamer_graph(const Streamer *streamer, SculptureId id)
{
    const Entry *entry = find_entry(streamer, id);
    return entry && entry->sculpture ? &entry->sculpture->graph : NULL;
}

const char *streamer_fault(const Streamer *streamer, SculptureId id)
{
    const Entry *entry = find_entry(streamer, id);
    return entry ? entry->fault : "";
}

// ---- each frame

// Where memory is short, what is around the lens gets this much coarser before the lens does.
static const float LENS_FAVOUR = 4.0f;
static const float LENS_URGENCY = 1e3f; // errors of a lens are so much more urgent

static const float SHAPE_URGENCY = 1e8f; // and a shape's before any lens's

static float pixel_error_in_force(const Streamer *streamer, bool is_lens)
{
    float coarsen = streamer->residency.coarsen;
    return streamer->pixel_error * (is_lens ? MAX(coarsen / LENS_FAVOUR, 1.0f) : coarsen);
}

void streamer_begin_frame(Streamer *streamer, Arena *frame)
{
    streamer->frame = frame;
    streamer->draws = NULL;
    streamer->draw_count = streamer->draw_capacity = 0;
    streamer->block_wants = NULL;
    streamer->block_want_count = streamer->block_want_capacity = 0;
    streamer->stats.upload_bytes = 0;
    residency_begin_frame(&streamer->residency);
}

const TilePool *streamer_tiles(const Streamer *streamer)
{
    return &streamer->residency.tiles;
}

static void append_draws(Streamer *streamer, const CutResult *result)
{
    for (uint32_t i = 0; i < result->draw_count; i++)
        *ARENA_PUSH(streamer->frame, streamer->draws, streamer->draw_count,
                    streamer->draw_capacity) = result->draws[i];
}

static void note_block_wants(Streamer *streamer, Entry *entry, const CutResult *result,
                             bool is_ahead)
{
    for (uint32_t i = 0; i < result->block_want_count; i++)
        *ARENA_PUSH(streamer->frame, streamer->block_wants, streamer->block_want_count,
                    streamer->block_want_capacity) = (BlockWant){
            entry, result->block_wants[i].page, result->block_wants[i].priority, is_ahead};
}

static void hope(Streamer *streamer, const Entry *entry, const CutResult *result)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < result->used_count; i++)
        residency_hope(&streamer->residency, entry->pages, result->used[i].page, 0);
    for (uint32_t i = 0; i < result->want_count && count < MAX_HOPES; i++) {
        if (result->wants[i].is_step)
            continue;
        residency_hope(&streamer->residency, entry->pages, result->wants[i].page,
                       result->wants[i].priority);
        count++;
    }
}

static void note_wants(Streamer *streamer, Entry *entry, const CutResult *result, float urgency)
{
    Residency *residency = &streamer->residency;
    for (uint32_t i = 0; i < result->used_count; i++) {
        if (result->used[i].is_step)
            residency_use_step(residency, entry->pages, result->used[i].page);
        else
            residency_use(residency, entry->pages, result->used[i].page);
    }
    for (uint32_t i = 0; i < result->want_count; i++) {
        const CutWant *want = &result->wants[i];
        if (want->is_step)
            residency_want_step(residency, entry->pages, want->page, want->priority * urgency);
        else
            residency_want(residency, entry->pages, want->page, want->priority * urgency);
    }
    if (result->is_cut_off)
        residency_note_cut_off(&streamer->residency);
}

StreamerCut streamer_cut(Streamer *streamer, SculptureId id, const StreamerView *view)
{
    Entry *entry = find_entry(streamer, id);
    StreamerCut cut = {.first_draw = streamer->draw_count, .error_px = INFINITY};
    if (!entry || entry->phase != ENTRY_OPEN)
        return cut;
    Sculpture *sculpture = entry->sculpture;
    ObjectView object_view = view_to_object(view->view, &view->placement);
    float error_scale = view->error_scale > 0 ? view->error_scale : 1;
    Scratch scratch = scratch_begin(streamer->frame);
    CutResult result = cut_select(
        &(CutInput){.graph = &sculpture->graph,
                    .state = &sculpture->state,
                    .pages = sculpture->pages,
                    .broken_blocks = sculpture->broken_blocks,
                    .view = &object_view,
                    .pixel_error = pixel_error_in_force(streamer, view->is_lens) * error_scale,
                    .is_two_sided = view->is_two_sided,
                    .is_whole = view->is_whole,
                    .want_limit = view->is_ahead
                                      ? HOPE_PAGES
                                      : streamer->residency.slot_count * WANTS_PER_SLOT},
        scratch.arena);
    note_block_wants(streamer, entry, &result, view->is_ahead);
    cut.is_complete = result.needed_count == 0 && result.block_want_count == 0;
    if (view->is_ahead) {
        hope(streamer, entry, &result);
        scratch_end(scratch);
        return cut;
    }
    note_wants(streamer, entry, &result, view->is_lens ? LENS_URGENCY : 1);
    append_draws(streamer, &result);
    scratch_end(scratch);
    cut.draw_count = result.draw_count;
    cut.triangle_count = result.triangle_count;
    cut.error_px = result.error_px;
    return cut;
}

// Its errors are metres of the object instead of pixels.
bool streamer_keep_shape(Streamer *streamer, SculptureId id, const Placement *placement,
                         double error_m)
{
    ASSERT(error_m > 0);
    Entry *entry = find_entry(streamer, id);
    if (!entry || entry->phase == ENTRY_FAILED)
        return true;
    if (entry->phase != ENTRY_OPEN)
        return false;
    Sculpture *sculpture = entry->sculpture;
    ObjectView metres = {.is_orthographic = true, .pixels_per_radian = 1};
    float error = (float)(error_m / (double)placement->scale);
    Scratch scratch = scratch_begin(streamer->frame);
    CutResult result = cut_select(&(CutInput){.graph = &sculpture->graph,
                                              .state = &sculpture->state,
                                              .pages = sculpture->pages,
                                              .broken_blocks = sculpture->broken_blocks,
                                              .view = &metres,
                                              .pixel_error = error,
                                              .is_two_sided = true,
                                              .is_whole = true,
                                              .want_limit = streamer->residency.slot_count},
                                  scratch.arena);
    note_block_wants(streamer, entry, &result, false);
    note_wants(streamer, entry, &result, SHAPE_URGENCY / error);
    scratch_end(scratch);
    return result.needed_count == 0 && result.block_want_count == 0;
}

const CutDraw *streamer_draws(const Streamer *streamer, uint32_t *out_count)
{
    *out_count = streamer->draw_count;
    return streamer->draws;
}

// Whether somebody looks at it or not, an open sculpture gets its roots, and a graph its turn.
// True if one is still being opened.
static bool want_roots(Streamer *streamer)
{
    bool is_opening = false;
    for (uint32_t i = 0; i < streamer->entry_count; i++) {
        Entry *entry = streamer->entries[i];
        if (entry->phase == ENTRY_OPENING) {
            is_opening = true;
            if (entry->jobs_under_way == 0)
                request_graph(streamer, entry);
        }
        if (entry->phase != ENTRY_OPEN || entry->missing_roots == 0)
            continue;
        for (uint32_t page = 0; page < entry->pages->pinned_count; page++)
            residency_want(&streamer->residency, entry->pages, page, INFINITY);
    }
    return is_opening;
}

static int compare_block_wants(const void *a, const void *b)
{
    const BlockWant *left = a, *right = b;
    if (left->is_ahead != right->is_ahead)
        return left->is_ahead ? 1 : -1;
    return (left->priority < right->priority) - (left->priority > right->priority);
}

// False if there is no room for it now.
static bool request_block(Streamer *streamer, const BlockWant *want)
{
    Entry *entry = want->entry;
    LoaderJob job = {.work = sculpture_load_block,
                     .source = &entry->source,
                     .size_bytes = entry->source.graph->blocks[want->block].size_bytes,
                     .item = want->block,
                     .kind = JOB_BLOCK,
                     .name = entry->index};
    if (entry->sculpture->loading_blocks[want->block])
        return true;
    if (streamer->loading_blocks == MAX_LOADING_BLOCKS ||
        !loader_request(streamer->loader, &job))
        return false;
    entry->sculpture->loading_blocks[want->block] = true;
    entry->jobs_under_way++;
    streamer->loading_blocks++;
    return true;
}

// Most urgent first, before any pages: they are small, and tell which pages are missing.
// Returns how many wants of the frame's views there were.
static uint32_t request_blocks(Streamer *streamer)
{
    uint32_t count = streamer->block_want_count, missing = 0, next = 0;
    for (uint32_t i = 0; i < count; i++)
        missing += !streamer->block_wants[i].is_ahead;
    if (count)
        qsort(streamer->block_wants, count, sizeof *streamer->block_wants, compare_block_wants);
    while (next < count && request_block(streamer, &streamer->block_wants[next]))
        next++;
    streamer->block_want_count = 0; // they are the frame's, as their memory
    return missing;
}

static void request_page(Streamer *streamer, const ResidencyMove *load)
{
    Entry *entry = load->owner->user;
    LoaderJob job = {.work = sculpture_load_page,
                     .source = &entry->source,
                     .size_bytes = entry->source.graph->pages[load->page].size_bytes,
                     .item = load->page,
                     .kind = JOB_PAGE,
                     .name = load->slot};
    bool is_requested = loader_request(streamer->loader, &job);
    ASSERT(is_requested); // the plan knew how many there may be
    entry->jobs_under_way++;
}

void streamer_end_frame(Streamer *streamer)
{
    streamer_release_upload(streamer);
    bool is_opening = want_roots(streamer);
    uint32_t missing_blocks = request_blocks(streamer);
    float coarsen = streamer->residency.coarsen;
    Scratch scratch = scratch_begin(streamer->frame);
    ResidencyLimits limits = {loader_room(streamer->loader), MAX_LOADING_BYTES};
    ResidencyPlan plan = residency_plan(&streamer->residency, &limits, scratch.arena);
    for (uint32_t i = 0; i < plan.eviction_count; i++) {
        Entry *entry = plan.evictions[i].owner->user;
        entry->sculpture->pages[plan.evictions[i].page].mesh = NULL;
    }
    for (uint32_t i = 0; i < plan.stale_count; i++)
        loader_cancel(streamer->loader, JOB_PAGE, plan.stale[i].slot);
    for (uint32_t i = 0; i < plan.load_count; i++)
        request_page(streamer, &plan.loads[i]);
    bool is_steady = coarsen == streamer->residency.coarsen;
    streamer->is_settled = is_steady && !plan.is_trying && !is_opening &&
                           plan.missing_count == 0 && missing_blocks == 0;
    streamer->stats.missing_pages = plan.missing_count;
    streamer->stats.ahead_pages = plan.hoped_count;
    streamer->stats.missing_blocks = missing_blocks;
    streamer->stats.revision += !is_steady;
    scratch_end(scratch);
}

void streamer_finish_loading(Streamer *streamer)
{
    loader_finish(streamer->loader);
}

StreamerStats streamer_stats(const Streamer *streamer)
{
    StreamerStats stats = streamer->stats;
    const Residency *residency = &streamer->residency;
    stats.slot_count = residency->slot_count;
    stats.resident_pages = residency->resident_count;
    stats.loading_pages = residency->taken_count - residency->resident_count;
    stats.tile_capacity_bytes = residency->tiles.capacity_bytes;
    stats.tile_made_bytes = residency->tiles.made_bytes;
    stats.tile_taken_bytes = residency->tiles.taken_bytes;
    stats.resident_bytes =
        (uint64_t)stats.resident_pages * STREAMER_SLOT_BYTES + residency->tiles.taken_bytes;
    stats.memory_bytes =
        streamer->memory.reserved_bytes + loader_reserved_bytes(streamer->loader);
    for (uint32_t i = 0; i < streamer->entry_count; i++)
        stats.memory_bytes += streamer->entries[i]->data.reserved_bytes +
                              streamer->entries[i]->table_memory_bytes;
    stats.pixel_error = pixel_error_in_force(streamer, false);
    stats.lens_pixel_error = pixel_error_in_force(streamer, true);
    stats.is_settled = streamer->is_settled;
    return stats;
}

uint32_t streamer_level_of(const Streamer *streamer, uint32_t slot)
{
    const ResidencySlot *held = &streamer->residency.slots[slot];
    if (slot >= streamer->residency.slot_count || !held->owner)
        return 0;
    const Entry *entry = held->owner->user;
    const MeshGraph *graph = &entry->sculpture->graph;
    return graph->groups[graph->pages[held->page].first_group].level;
}

// ---- questions about the surface

static void hit_to_world(const Placement *placement, PickHit *hit)
{
    placement_to_world(placement, hit->point, hit->point);
    placement_turn_to_world(placement, hit->normal, hit->normal);
    placement_turn_to_world(placement, hit->face_normal, hit->face_normal);
    hit->distance *= placement->scale;
    hit->edge_m *= placement->scale;
    hit->texel_m *= placement->scale;
}

static bool find_target(const Streamer *streamer, SculptureId id, PickTarget *out)
{
    const Entry *entry = find_entry(streamer, id);
    if (!entry || entry->phase != ENTRY_OPEN)
        return false;
    Sculpture *sculpture = entry->sculpture;
    *out = (PickTarget){&sculpture->graph, &sculpture->state, sculpture->pages};
    return true;
}

bool streamer_pick(Streamer *streamer, SculptureId id, const Placement *placement,
                   const Ray *world, PickHit *out)
{
    return streamer_pick_within(streamer, id, placement, world, INFINITY, out);
}

bool streamer_pick_within(Streamer *streamer, SculptureId id, const Placement *placement,
                          const Ray *world, double limit_m, PickHit *out)
{
    PickTarget target;
    Ray ray = ray_to_object(world, placement);
    if (!find_target(streamer, id, &target) ||
        !pick_ray_within(&target, &ray, limit_m / placement->scale, out))
        return false;
    hit_to_world(placement, out);
    return true;
}

typedef bool Near(const PickTarget *target, const double point[3], double radius_m,
                  PickHit *out);

static bool find_near(const Streamer *streamer, SculptureId id, const Placement *placement,
                      const double point[3], double radius_m, Near *near, PickHit *out)
{
    PickTarget target;
    double object[3];
    placement_to_object(placement, point, object);
    if (!find_target(streamer, id, &target) ||
        !near(&target, object, radius_m / placement->scale, out))
        return false;
    hit_to_world(placement, out);
    return true;
}

bool streamer_nearest(Streamer *streamer, SculptureId id, const Placement *placement,
                      const double point[3], double radius_m, PickHit *out)
{
    return find_near(streamer, id, placement, point, radius_m, pick_nearest, out);
}

bool streamer_gap(Streamer *streamer, SculptureId id, const Placement *placement,
                  const double point[3], double radius_m, PickHit *out)
{
    return find_near(streamer, id, placement, point, radius_m, pick_gap, out);
}
