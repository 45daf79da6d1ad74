// bake_pages.c: groups in pages, encoded, coarsest first; and the graph that finds them.

#include "packer/bake_pages.h"

#include "packer/bake_sheet.h"
#include "packer/bake_store.h"
#include "packer/bake_tile.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    BATCH_STACKS = 128,   // worked on before progress is told
    TILE_SOFT_ROWS = 512, // a page with more takes fewer groups
};

static const uint64_t PAGES_MEMORY = 64ull << 20, KEPT_MEMORY = 64ull << 20;
static const float COARSER = 1.25f; // texels of a group that does not fit, again and again

// Up to four neighbouring groups of one level, which become one page or several.
typedef struct Stack {
    uint32_t first_group, group_count; // new numbers
    uint32_t shift;
    uint32_t page_count;
    struct StackPage {
        uint32_t first_group, group_count;
        MeshPageRange range;
        BakeSpan bytes;
        MeshPageParts parts;
    } pages[MESH_PAGE_MAX_GROUPS];
} Stack;

typedef struct Worker {
    Arena arena, reader_arena;
    TexelReader *reader; // NULL without pictures
    TileStats stats;
    double all_s, tiles_s; // at work; on tiles
} Worker;

typedef struct Pages {
    const PagesDesc *desc;
    const BakeGroup **groups; // by new number
    uint32_t *old_numbers;    // by new
    uint32_t *new_numbers;    // by old
    uint32_t stack_count;
    Stack *stacks;
    SheetGrid grid;
    MeshGraph *graph;
    TileBake *tiles;
    Worker *workers;
    int worker_count;
    BakeStore written;                     // pages, until all are known
    BakeStore kept[MESH_MAX_LEVELS];       // of each level, for those above
    uint32_t last_needed[MESH_MAX_LEVELS]; // the highest level that looks at it
    uint32_t batch_first;
} Pages;

// ---- order: levels from the coarsest down, along a curve within each

typedef struct Ranked {
    uint32_t level, key, number;
} Ranked;

static int compare_ranked(const void *a, const void *b)
{
    const Ranked *left = a, *right = b;
    if (left->level != right->level)
        return left->level > right->level ? -1 : 1;
    if (left->key != right->key)
        return left->key < right->key ? -1 : 1;
    return left->number < right->number ? -1 : left->number > right->number;
}

static uint32_t key_of(const BakeGroup *group, const MeshGraph *graph)
{
    uint32_t point[3];
    float size = FLT_MIN;
    for (int axis = 0; axis < 3; axis++)
        size = MAX(size, graph->high_m[axis] - graph->low_m[axis]);
    for (int axis = 0; axis < 3; axis++)
        point[axis] = (uint32_t)CLAMP(
            ((group->box.low[axis] + group->box.high[axis]) / 2.0f - graph->low_m[axis]) /
                size * 1023.0f,
            0.0f, 1023.0f);
    return bake_hilbert(point);
}

static void order_groups(Pages *pages, Arena *arena)
{
    const BakeGraph *graph = pages->desc->graph;
    Ranked *ranked = ARENA_ARRAY_RAW(arena, Ranked, graph->group_count);
    for (uint32_t g = 0; g < graph->group_count; g++)
        ranked[g] =
            (Ranked){graph->groups[g]->level, key_of(graph->groups[g], pages->graph), g};
    qsort(ranked, graph->group_count, sizeof *ranked, compare_ranked);
    pages->groups = ARENA_ARRAY(arena, const BakeGroup *, graph->group_count);
    pages->new_numbers = ARENA_ARRAY_RAW(arena, uint32_t, graph->group_count);
    pages->old_numbers = ARENA_ARRAY_RAW(arena, uint32_t, graph->group_count);
    for (uint32_t g = 0; g < graph->group_count; g++) {
        pages->groups[g] = graph->groups[ranked[g].number];
        pages->new_numbers[ranked[g].number] = g;
        pages->old_numbers[g] = ranked[g].number;
    }
}

// ---- stacks

static bool fits(const BakeGroup *const *groups, uint32_t count)
{
    uint32_t clusters = 0, vertices = 0, triangles = 0;
    for (uint32_t i = 0; i < count; i++) {
        clusters += groups[i]->cluster_count;
        vertices += groups[i]->vertex_count;
        triangles += groups[i]->triangle_count;
    }
    return count <= MESH_PAGE_MAX_GROUPS && clusters <= MESH_PAGE_MAX_CLUSTERS &&
           vertices <= MESH_PAGE_MAX_VERTICES && triangles <= MESH_PAGE_MAX_TRIANGLES &&
           groups[0]->level == groups[count - 1]->level;
}

static void plan_stacks(Pages *pages, Arena *arena)
{
    uint32_t group_count = pages->desc->graph->group_count;
    pages->stacks = ARENA_ARRAY(arena, Stack, group_count);
    for (uint32_t g = 0; g < group_count;) {
        Stack *stack = &pages->stacks[pages->stack_count++];
        stack->first_group = g;
        stack->group_count = 1;
        while (g + stack->group_count < group_count &&
               fits(&pages->groups[g], stack->group_count + 1))
            stack->group_count++;
        g += stack->group_count;
    }
}

static int32_t widest_side(const Pages *pages, const Stack *stack)
{
    const BakeMesh *mesh = pages->desc->mesh;
    int32_t low[3] = {INT32_MAX, INT32_MAX, INT32_MAX}, high[3] = {0}, side = 0;
    for (uint32_t g = 0; g < stack->group_count; g++) {
        const BakeGroup *group = pages->groups[stack->first_group + g];
        for (uint32_t v = 0; v < group->vertex_count; v++) {
            for (int axis = 0; axis < 3; axis++) {
                low[axis] = MIN(low[axis], mesh->positions[group->vertices[v]][axis]);
                high[axis] = MAX(high[axis], mesh->positions[group->vertices[v]][axis]);
            }
        }
    }
    for (int axis = 0; axis < 3; axis++)
        side = MAX(side, high[axis] - low[axis]);
    return side;
}

static uint32_t shift_for(int64_t side)
{
    uint32_t shift = 0;
    while (side >> shift > MESH_PAGE_MAX_STEPS)
        shift++;
    return shift;
}

// See bake_sheet.c: every vertex of a wide page is moved to that page's coarse grid.
static void snap_vertices(Pages *pages, Arena *arena)
{
    const BakeMesh *mesh = pages->desc->mesh;
    int32_t most = 0;
    pages->grid = (SheetGrid){.mesh = mesh};
    for (uint32_t p = 0; p < pages->stack_count; p++)
        most = MAX(most, widest_side(pages, &pages->stacks[p]));
    if (most <= MESH_PAGE_MAX_STEPS)
        return;
    // Snapping moves a vertex by up to half the widest page's step.
    uint32_t widest_shift = shift_for((int64_t)most + most / 1024);
    int64_t margin = 2 << widest_shift;
    uint8_t *shifts = ARENA_ARRAY(arena, uint8_t, mesh->vertex_count);
    for (uint32_t p = 0; p < pages->stack_count; p++) {
        Stack *stack = &pages->stacks[p];
        stack->shift = shift_for(widest_side(pages, stack) + margin);
        for (uint32_t g = 0; stack->shift && g < stack->group_count; g++) {
            const BakeGroup *group = pages->groups[stack->first_group + g];
            for (uint32_t v = 0; v < group->vertex_count; v++) {
                uint8_t *shift = &shifts[group->vertices[v]];
                *shift = (uint8_t)MAX(*shift, stack->shift);
            }
        }
    }
    pages->grid.vertex_shifts = shifts;
    pages->grid.slack_m = 0.9f * ldexpf(mesh->grid.step_m, (int)widest_shift);
}

// ---- the graph's tables

static void fill_group(const Pages *pages, const BakeGroup *from, MeshGroup *group)
{
    group->reach = from->box;
    for (int axis = 0; axis < 3; axis++) {
        group->reach.low[axis] -= pages->grid.slack_m;
        group->reach.high[axis] += pages->grid.slack_m;
    }
    group->cone = from->cone;
    group->error_m = from->error_m;
    group->level = from->level;
    group->triangle_count = from->triangle_count;
}

// Puts a number where it belongs among those before it; none stands there twice.
static uint32_t add_child(uint32_t *children, uint32_t count, uint32_t child)
{
    uint32_t at = count;
    while (at > 0 && children[at - 1] > child)
        at--;
    if (at > 0 && children[at - 1] == child)
        return count;
    memmove(&children[at + 1], &children[at], (count - at) * sizeof *children);
    children[at] = child;
    return count + 1;
}

static void fill_children(Pages *pages, Arena *arena)
{
    MeshGraph *graph = pages->graph;
    uint32_t clusters = 0;
    for (uint32_t g = 0; g < graph->group_count; g++)
        clusters += pages->groups[g]->cluster_count;
    graph->children = ARENA_ARRAY_RAW(arena, uint32_t, clusters + 1);
    uint32_t *next = graph->children;
    for (uint32_t g = 0; g < graph->group_count; g++) {
        uint32_t count = 0;
        for (uint32_t c = 0; c < pages->groups[g]->cluster_count; c++) {
            uint32_t old = pages->groups[g]->clusters[c].refined_by;
            if (old != BAKE_NO_GROUP)
                count = add_child(next, count, pages->new_numbers[old]);
            else
                graph->groups[g].has_finest = true;
        }
        graph->groups[g].child_count = count;
        next += count;
    }
}

static void fill_graph(Pages *pages, Arena *arena)
{
    const BakeGraph *from = pages->desc->graph;
    MeshGraph *graph = pages->graph;
    graph->has_surface = pages->desc->has_surface;
    graph->root_count = from->root_count;
    graph->group_count = from->group_count;
    graph->groups = ARENA_ARRAY(arena, MeshGroup, graph->group_count);
    graph->level_count = from->level_count;
    for (uint32_t g = 0; g < graph->group_count; g++) {
        fill_group(pages, pages->groups[g], &graph->groups[g]);
        MeshLevel *level = &graph->levels[graph->groups[g].level];
        level->group_count++;
        level->cluster_count += pages->groups[g]->cluster_count;
        level->triangle_count += graph->groups[g].triangle_count;
    }
    fill_children(pages, arena);
}

// ---- pages of a stack

NODISCARD static Status put_page(Pages *pages, Stack *stack, SheetDesc *sheet, Worker *worker)
{
    struct StackPage *page = &stack->pages[stack->page_count++];
    page->first_group = stack->first_group;
    for (const struct StackPage *before = stack->pages; before < page; before++)
        page->first_group += before->group_count;
    page->group_count = sheet->group_count;
    sheet->grid = &pages->grid;
    sheet->new_numbers = pages->new_numbers;
    sheet->shift = stack->shift;
    sheet->groups = &pages->groups[page->first_group];
    MeshPage made = bake_sheet(sheet, &worker->arena);
    Bytes bytes = mesh_write_page(pages->graph, &made, &worker->arena, &page->range);
    page->parts = mesh_page_parts(bytes);
    return bake_store_put(&pages->written, bytes, &page->bytes);
}

// Charts of these, in one tile that is not too high: a single group may take all rows.
static bool fits_tile(TileGroup *groups, uint32_t count, uint32_t *rows)
{
    uint32_t cells = 0, vertices = 0;
    for (uint32_t g = 0; g < count; g++) {
        cells += groups[g].cell_count;
        vertices += groups[g].vertex_count;
    }
    uint32_t least_rows = cells * PACK_CELL * PACK_CELL / TILE_WIDTH;
    if (vertices > MESH_PAGE_MAX_VERTICES || least_rows > TILE_MAX_HEIGHT ||
        (count > 1 && least_rows > TILE_SOFT_ROWS))
        return false;
    return tile_pack_groups(groups, count, rows) && (count == 1 || *rows <= TILE_SOFT_ROWS);
}

// A group that fits no tile gets wider texels.
NODISCARD static Status make_fit(const Pages *pages, TileGroup *group, Worker *worker,
                                 uint32_t *rows)
{
    float coarseness = 1;
    for (int i = 0; i < 32; i++) {
        coarseness *= COARSER;
        tile_plan_group(&pages->tiles->scan, group->group, coarseness, &worker->arena, group);
        if (fits_tile(group, 1, rows)) {
            worker->stats.coarser_groups++;
            return OK;
        }
    }
    return FAIL(ERR_LIMIT, "a group of %u triangles falls into too many charts: %u vertices",
                group->group->triangle_count, group->vertex_count);
}

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

NODISCARD static Status bake_tiled(Pages *pages, Stack *stack, Worker *worker)
{
    TileGroup groups[MESH_PAGE_MAX_GROUPS];
    double start_s = now_s();
    for (uint32_t g = 0; g < stack->group_count; g++)
        tile_plan_group(&pages->tiles->scan, pages->groups[stack->first_group + g], 1,
                        &worker->arena, &groups[g]);
    uint32_t level = groups[0].group->level;
    for (uint32_t first = 0; first < stack->group_count;) {
        uint32_t count = stack->group_count - first, rows = 0;
        while (count && !fits_tile(&groups[first], count, &rows))
            count--;
        if (!count) {
            TRY(make_fit(pages, &groups[first], worker, &rows));
            count = 1;
        }
        TileJob job = {.bake = pages->tiles,
                       .reader = worker->reader,
                       .groups = &groups[first],
                       .numbers = &pages->old_numbers[stack->first_group + first],
                       .group_count = count,
                       .rows = rows,
                       .store = pages->last_needed[level] ? &pages->kept[level] : NULL,
                       .arena = &worker->arena};
        SheetDesc sheet = {.group_count = count,
                           .scan = &pages->tiles->scan,
                           .tiles = &groups[first],
                           .tile_rows = rows};
        TRY(tile_bake(&job, &worker->stats, &sheet.tile));
        worker->tiles_s += now_s() - start_s;
        TRY(put_page(pages, stack, &sheet, worker));
        start_s = now_s();
        first += count;
    }
    return OK;
}

static Status bake_stacks(void *context, size_t first, size_t count, int number)
{
    Pages *pages = context;
    Worker *worker = &pages->workers[number];
    double start_s = now_s();
    for (size_t i = first; i < first + count; i++) {
        Stack *stack = &pages->stacks[pages->batch_first + i];
        const BakeGroup *group = pages->groups[stack->first_group];
        if (tile_is_wanted(&pages->tiles->scan, group))
            TRY(bake_tiled(pages, stack, worker));
        else
            TRY(put_page(pages, stack, &(SheetDesc){.group_count = stack->group_count},
                         worker));
        arena_reset(&worker->arena);
    }
    worker->all_s += now_s() - start_s;
    return OK;
}

// ---- all stacks, the finest level first, for what is above looks at what is below

static void find_needs(Pages *pages)
{
    const BakeGraph *graph = pages->desc->graph;
    for (uint32_t g = 0; g < graph->group_count; g++) {
        const BakeGroup *group = graph->groups[g];
        for (uint32_t c = 0; c < group->cluster_count; c++) {
            uint32_t child = group->clusters[c].refined_by;
            if (child == BAKE_NO_GROUP)
                continue;
            uint32_t *last = &pages->last_needed[graph->groups[child]->level];
            *last = MAX(*last, group->level);
        }
    }
}

static void report(const Pages *pages, uint32_t left)
{
    const PagesDesc *desc = pages->desc;
    if (desc->options->progress)
        desc->options->progress(desc->options->progress_context, "painting tiles",
                                desc->progress_last -
                                    (desc->progress_last - desc->progress_first) *
                                        (double)left / (double)pages->stack_count);
}

// Stacks first to end, which are of one level.
NODISCARD static Status bake_level(Pages *pages, uint32_t first, uint32_t end)
{
    const BakeOptions *options = pages->desc->options;
    for (pages->batch_first = first; pages->batch_first < end;
         pages->batch_first += BATCH_STACKS) {
        report(pages, pages->batch_first);
        TRY(parallel_for(
            &(ParallelDesc){.count = MIN((uint32_t)BATCH_STACKS, end - pages->batch_first),
                            .run = bake_stacks,
                            .context = pages,
                            .cancel = options->cancel,
                            .worker_limit = options->worker_limit}));
    }
    return OK;
}

static uint32_t level_of(const Pages *pages, uint32_t stack)
{
    return pages->groups[pages->stacks[stack].first_group]->level;
}

NODISCARD static Status bake_levels(Pages *pages)
{
    for (uint32_t end = pages->stack_count; end;) {
        uint32_t first = end - 1, level = level_of(pages, end - 1);
        while (first && level_of(pages, first - 1) == level)
            first--;
        if (pages->last_needed[level])
            pages->kept[level] =
                bake_store_make(KEPT_MEMORY, pages->desc->options->temporary_folder);
        TRY(bake_level(pages, first, end));
        for (uint32_t below = 0; below < level; below++) {
            if (pages->last_needed[below] == level)
                bake_store_drop(&pages->kept[below]);
        }
        end = first;
    }
    return OK;
}

// ---- out, coarsest first

static void count_page(const MeshPageParts *parts, BakeStats *stats)
{
    stats->table_bytes += parts->table_bytes;
    stats->vertex_bytes += parts->vertex_bytes;
    stats->surface_bytes += parts->surface_bytes;
    stats->index_bytes += parts->index_bytes;
    stats->tile_bytes += parts->tile_bytes;
}

static void add_page(Pages *pages, const struct StackPage *from, uint64_t offset)
{
    MeshGraph *graph = pages->graph;
    uint32_t number = graph->page_count++;
    MeshPageRange *range = &graph->pages[number];
    *range = from->range;
    range->offset = offset;
    range->first_group = from->first_group;
    range->group_count = from->group_count;
    for (uint32_t i = 0; i < from->group_count; i++) {
        graph->groups[from->first_group + i].page = number;
        graph->groups[from->first_group + i].index_in_page = i;
    }
}

NODISCARD static Status write_pages(Pages *pages, Arena *arena, BakeStats *stats)
{
    const BakeOptions *options = pages->desc->options;
    uint64_t offset = 0;
    uint32_t page_count = 0;
    for (uint32_t s = 0; s < pages->stack_count; s++)
        page_count += pages->stacks[s].page_count;
    pages->graph->pages = ARENA_ARRAY(arena, MeshPageRange, page_count);
    for (uint32_t s = 0; s < pages->stack_count; s++) {
        const Stack *stack = &pages->stacks[s];
        for (uint32_t p = 0; p < stack->page_count; p++) {
            const struct StackPage *page = &stack->pages[p];
            Bytes bytes;
            TRY(cancel_check(options->cancel));
            TRY(bake_store_get(&pages->written, page->bytes, &pages->workers[0].arena, &bytes));
            TRY(options->write(options->write_context, bytes));
            arena_reset(&pages->workers[0].arena);
            add_page(pages, page, offset);
            offset += bytes.len;
            count_page(&page->parts, stats);
            stats->wide_pages += stack->shift > 0;
        }
    }
    return OK;
}

// ---- all of it

static void add_tile_stats(TileStats *sum, const TileStats *more)
{
    sum->tile_texels += more->tile_texels;
    sum->used_texels += more->used_texels;
    sum->finest_texels += more->finest_texels;
    sum->owned_texels += more->owned_texels;
    sum->tiles += more->tiles;
    sum->coarser_groups += more->coarser_groups;
    for (int map = 0; map < SURFACE_MAP_COUNT; map++)
        sum->maps[map] += more->maps[map];
}

static void make_workers(Pages *pages, Arena *arena)
{
    pages->worker_count = parallel_worker_count(&(ParallelDesc){
        .count = UINT32_MAX, .worker_limit = pages->desc->options->worker_limit});
    pages->workers = ARENA_ARRAY(arena, Worker, (size_t)pages->worker_count);
    for (int i = 0; pages->desc->store && i < pages->worker_count; i++)
        pages->workers[i].reader =
            texel_reader_make(pages->desc->store, &pages->workers[i].reader_arena);
}

static void make_tiles(Pages *pages, Arena *arena)
{
    const PagesDesc *desc = pages->desc;
    pages->tiles = ARENA_NEW(arena, TileBake);
    pages->tiles->scan = (TileScan){.scan = desc->scan,
                                    .mesh = desc->mesh,
                                    .graph = desc->graph,
                                    .texels = *desc->texels,
                                    .store = desc->store,
                                    .has_surface = desc->has_surface,
                                    .is_copied = desc->is_copied};
    pages->tiles->kept = ARENA_ARRAY(arena, TileKept, desc->graph->group_count);
    tile_tables_fill(&pages->tiles->tables);
}

static void drop_pages(Pages *pages, BakeStats *stats)
{
    double all_s = 0, tiles_s = 0;
    for (int i = 0; i < pages->worker_count; i++) {
        add_tile_stats(&stats->tiles, &pages->workers[i].stats);
        all_s += pages->workers[i].all_s;
        tiles_s += pages->workers[i].tiles_s;
        arena_drop(&pages->workers[i].arena);
        arena_drop(&pages->workers[i].reader_arena);
    }
    stats->tiles_s = all_s > 0 ? tiles_s / all_s : 0;
    for (uint32_t level = 0; level < MESH_MAX_LEVELS; level++)
        bake_store_drop(&pages->kept[level]);
    bake_store_drop(&pages->written);
}

Status bake_pages(const PagesDesc *desc, Arena *arena, MeshGraph *out, BakeStats *stats)
{
    Arena temporary = {0};
    MeshGraph graph = *out;
    Pages *pages = ARENA_NEW(&temporary, Pages);
    *pages = (Pages){.desc = desc,
                     .graph = &graph,
                     .written = bake_store_make(PAGES_MEMORY, desc->options->temporary_folder)};
    memcpy(graph.origin_m, desc->mesh->grid.origin_m, sizeof graph.origin_m);
    graph.step_m = desc->mesh->grid.step_m;
    order_groups(pages, &temporary);
    plan_stacks(pages, &temporary);
    snap_vertices(pages, &temporary);
    fill_graph(pages, arena);
    make_workers(pages, &temporary);
    make_tiles(pages, &temporary);
    find_needs(pages);
    Status status = bake_levels(pages);
    if (!status)
        status = write_pages(pages, arena, stats);
    drop_pages(pages, stats);
    arena_drop(&temporary);
    if (status)
        return status;
    mesh_complete_graph(&graph, MESH_BLOCK_GROUPS, arena);
    *out = graph;
    return OK;
}
