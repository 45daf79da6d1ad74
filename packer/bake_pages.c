// bake_pages.c: groups in pages, encoded, coarsest first; and the graph that finds them.

#include "packer/bake_pages.h"

#include <float.h>
#include <math.h>
#include <meshoptimizer.h>
#include <stdlib.h>
#include <string.h>

#define NONE UINT32_MAX

enum { BATCH_PAGES = 256 }; // encoded before the next are begun: about 10 MB

typedef struct PagePlan {
    uint32_t first_group, group_count; // new numbers
    uint32_t shift;
} PagePlan;

typedef struct Pages {
    const PagesDesc *desc;
    const BakeGroup **groups; // by new number
    uint32_t *new_numbers;    // by old
    uint32_t page_count;
    PagePlan *plans;
    uint8_t *vertex_shifts; // a vertex of the mesh each; NULL: no page is that wide
    uint32_t widest_shift;
    MeshGraph *graph;
    // One batch.
    uint32_t batch_first;
    Arena *batch_arenas; // a worker each
    Bytes encoded[BATCH_PAGES];
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
            (group->cull_center[axis] - graph->low_m[axis]) / size * 1023.0f, 0.0f, 1023.0f);
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
    for (uint32_t g = 0; g < graph->group_count; g++) {
        pages->groups[g] = graph->groups[ranked[g].number];
        pages->new_numbers[ranked[g].number] = g;
    }
}

// ---- pages

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

static void plan_pages(Pages *pages, Arena *arena)
{
    uint32_t group_count = pages->desc->graph->group_count;
    pages->plans = ARENA_ARRAY(arena, PagePlan, group_count);
    for (uint32_t g = 0; g < group_count;) {
        PagePlan *plan = &pages->plans[pages->page_count++];
        plan->first_group = g;
        plan->group_count = 1;
        while (g + plan->group_count < group_count &&
               fits(&pages->groups[g], plan->group_count + 1))
            plan->group_count++;
        g += plan->group_count;
    }
}

static int32_t widest_side(const Pages *pages, const PagePlan *plan)
{
    const BakeMesh *mesh = pages->desc->mesh;
    int32_t low[3] = {INT32_MAX, INT32_MAX, INT32_MAX}, high[3] = {0}, side = 0;
    for (uint32_t g = 0; g < plan->group_count; g++) {
        const BakeGroup *group = pages->groups[plan->first_group + g];
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

// A vertex of a wide page stands on that page's coarse grid on every level: else a hairline
// opens where the page meets a narrower one.
static void snap_vertices(Pages *pages, Arena *arena)
{
    const BakeMesh *mesh = pages->desc->mesh;
    int32_t most = 0;
    for (uint32_t p = 0; p < pages->page_count; p++)
        most = MAX(most, widest_side(pages, &pages->plans[p]));
    if (most <= MESH_PAGE_MAX_STEPS)
        return;
    // Snapping moves a vertex by up to half the widest page's step.
    pages->widest_shift = shift_for((int64_t)most + most / 1024);
    int64_t margin = 2 << pages->widest_shift;
    pages->vertex_shifts = ARENA_ARRAY(arena, uint8_t, mesh->vertex_count);
    for (uint32_t p = 0; p < pages->page_count; p++) {
        PagePlan *plan = &pages->plans[p];
        plan->shift = shift_for(widest_side(pages, plan) + margin);
        for (uint32_t g = 0; plan->shift && g < plan->group_count; g++) {
            const BakeGroup *group = pages->groups[plan->first_group + g];
            for (uint32_t v = 0; v < group->vertex_count; v++) {
                uint8_t *shift = &pages->vertex_shifts[group->vertices[v]];
                *shift = (uint8_t)MAX(*shift, plan->shift);
            }
        }
    }
}

static void snapped_position(const Pages *pages, uint32_t vertex, int32_t out[3])
{
    const int32_t *position = pages->desc->mesh->positions[vertex];
    uint32_t shift = pages->vertex_shifts ? pages->vertex_shifts[vertex] : 0;
    int32_t half = shift ? 1 << (shift - 1) : 0;
    for (int axis = 0; axis < 3; axis++)
        out[axis] = (position[axis] + half) >> shift << shift;
}

static float snap_slack_m(const Pages *pages)
{
    if (!pages->widest_shift)
        return 0.0f;
    return 0.9f * ldexpf(pages->desc->mesh->grid.step_m, (int)pages->widest_shift);
}

// ---- the graph's tables

static void fill_group(const Pages *pages, const BakeGroup *from, MeshGroup *group)
{
    float slack_m = snap_slack_m(pages);
    memcpy(group->center, from->center, sizeof group->center);
    group->radius = from->radius;
    memcpy(group->cull_center, from->cull_center, sizeof group->cull_center);
    group->cull_radius = from->cull_radius + slack_m;
    group->error_m = from->error_m;
    group->level = from->level;
    group->triangle_count = from->triangle_count;
}

// Calls for every pair of a group and one of its parents, once, in one order.
static void walk_parents(Pages *pages, uint32_t *last_parent, uint32_t *starts,
                         uint32_t *parents)
{
    uint32_t group_count = pages->desc->graph->group_count;
    memset(last_parent, 0xff, group_count * sizeof *last_parent);
    for (uint32_t g = 0; g < group_count; g++) {
        for (uint32_t c = 0; c < pages->groups[g]->cluster_count; c++) {
            uint32_t old = pages->groups[g]->clusters[c].refined_by;
            if (old == BAKE_NO_GROUP)
                continue;
            uint32_t child = pages->new_numbers[old];
            if (last_parent[child] == g)
                continue;
            last_parent[child] = g;
            if (parents)
                parents[starts[child]] = g;
            starts[child]++;
        }
    }
}

static void fill_parents(Pages *pages, Arena *arena)
{
    MeshGraph *graph = pages->graph;
    Scratch scratch = scratch_begin(arena);
    uint32_t *last_parent = ARENA_ARRAY_RAW(scratch.arena, uint32_t, graph->group_count);
    uint32_t *starts = ARENA_ARRAY(scratch.arena, uint32_t, graph->group_count);
    walk_parents(pages, last_parent, starts, NULL);
    for (uint32_t g = 0; g < graph->group_count; g++) {
        graph->groups[g].first_parent = graph->parent_count;
        graph->groups[g].parent_count = starts[g];
        graph->parent_count += starts[g];
        starts[g] = graph->groups[g].first_parent;
    }
    graph->parents = ARENA_ARRAY_RAW(arena, uint32_t, MAX(graph->parent_count, 1u));
    walk_parents(pages, last_parent, starts, graph->parents);
    scratch_end(scratch);
}

static void fill_graph(Pages *pages, Arena *arena)
{
    const BakeGraph *from = pages->desc->graph;
    MeshGraph *graph = pages->graph;
    graph->has_surface = pages->desc->mesh->surfaces != NULL;
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
    fill_parents(pages, arena);
    graph->page_count = pages->page_count;
    graph->pages = ARENA_ARRAY(arena, MeshPageRange, graph->page_count);
    for (uint32_t p = 0; p < graph->page_count; p++) {
        graph->pages[p].first_group = pages->plans[p].first_group;
        graph->pages[p].group_count = pages->plans[p].group_count;
        for (uint32_t i = 0; i < pages->plans[p].group_count; i++) {
            MeshGroup *group = &graph->groups[pages->plans[p].first_group + i];
            group->page = p;
            group->index_in_page = i;
        }
    }
}

// ---- one page

// The page as it grows: vertices numbered as the triangles need them.
typedef struct Sheet {
    const Pages *pages;
    MeshPage page;
    int32_t low[3]; // the page's origin in steps
    uint32_t shift;
    LocalMap map; // of vertices of the mesh
    Arena *arena;
} Sheet;

static void place_sheet(Sheet *sheet, const PagePlan *plan)
{
    const Pages *pages = sheet->pages;
    const BakeGrid *grid = &pages->desc->mesh->grid;
    int32_t low[3] = {INT32_MAX, INT32_MAX, INT32_MAX};
    for (uint32_t g = 0; g < plan->group_count; g++) {
        const BakeGroup *group = pages->groups[plan->first_group + g];
        for (uint32_t v = 0; v < group->vertex_count; v++) {
            int32_t at[3];
            snapped_position(pages, group->vertices[v], at);
            for (int axis = 0; axis < 3; axis++)
                low[axis] = MIN(low[axis], at[axis]);
        }
    }
    sheet->shift = plan->shift;
    sheet->page.step_m = ldexpf(grid->step_m, (int)plan->shift);
    for (int axis = 0; axis < 3; axis++) {
        sheet->low[axis] = low[axis] >> plan->shift << plan->shift;
        sheet->page.origin_m[axis] =
            grid->origin_m[axis] + grid->step_m * (float)sheet->low[axis];
    }
}

static uint16_t add_vertex(Sheet *sheet, const BakeGroup *group, uint32_t local)
{
    MeshPage *page = &sheet->page;
    uint32_t at = local_map_add(&sheet->map, group->vertices[local]);
    if (at < page->vertex_count)
        return (uint16_t)at;
    page->vertex_count++;
    int32_t position[3];
    snapped_position(sheet->pages, group->vertices[local], position);
    MeshVertex *vertex = &page->vertices[at];
    for (int axis = 0; axis < 3; axis++) {
        int32_t steps = (position[axis] - sheet->low[axis]) >> sheet->shift;
        ASSERT(steps >= 0 && steps <= MESH_PAGE_MAX_STEPS);
        vertex->position[axis] = (uint16_t)steps;
    }
    memcpy(vertex->normal, group->normals[local], sizeof vertex->normal);
    if (page->surfaces)
        page->surfaces[at] = group->surfaces[local];
    return (uint16_t)at;
}

// Triangles in an order in which each needs vertices of the one before.
static void add_triangles(Sheet *sheet, const BakeGroup *group, const BakeGroupCluster *cluster)
{
    Scratch scratch = scratch_begin(sheet->arena);
    uint32_t index_count = 3 * cluster->triangle_count;
    LocalMap map = local_map_make(index_count, scratch.arena);
    uint32_t *indices = ARENA_ARRAY_RAW(scratch.arena, uint32_t, index_count);
    uint32_t *ordered = ARENA_ARRAY_RAW(scratch.arena, uint32_t, index_count);
    const uint16_t *from = group->indices[cluster->first_triangle];
    for (uint32_t i = 0; i < index_count; i++)
        indices[i] = local_map_add(&map, from[i]);
    meshopt_optimizeVertexCacheStrip(ordered, indices, index_count, map.count);
    for (uint32_t i = 0; i < index_count; i++)
        sheet->page.indices[sheet->page.index_count++] =
            add_vertex(sheet, group, map.members[ordered[i]]);
    scratch_end(scratch);
}

static void add_group(Sheet *sheet, const BakeGroup *group)
{
    MeshPage *page = &sheet->page;
    float slack_m = snap_slack_m(sheet->pages);
    page->groups[page->group_count++] =
        (MeshPageGroup){page->cluster_count, group->cluster_count};
    for (uint32_t c = 0; c < group->cluster_count; c++) {
        const BakeGroupCluster *from = &group->clusters[c];
        MeshCluster *cluster = &page->clusters[page->cluster_count++];
        *cluster = (MeshCluster){
            .radius = from->radius + slack_m,
            .cone_cutoff = slack_m > 0.0f ? 2.0f : from->cone_cutoff,
            .refined_by = from->refined_by == BAKE_NO_GROUP
                              ? MESH_NO_GROUP
                              : sheet->pages->new_numbers[from->refined_by],
            .first_index = page->index_count,
            .triangle_count = from->triangle_count,
        };
        memcpy(cluster->center, from->center, sizeof cluster->center);
        memcpy(cluster->cone_axis, from->cone_axis, sizeof cluster->cone_axis);
        add_triangles(sheet, group, from);
    }
}

static Bytes encode_page(Pages *pages, uint32_t p, Arena *arena)
{
    const PagePlan *plan = &pages->plans[p];
    uint32_t vertices = 0, triangles = 0, clusters = 0;
    for (uint32_t g = 0; g < plan->group_count; g++) {
        vertices += pages->groups[plan->first_group + g]->vertex_count;
        triangles += pages->groups[plan->first_group + g]->triangle_count;
        clusters += pages->groups[plan->first_group + g]->cluster_count;
    }
    Scratch scratch = scratch_begin(arena);
    Sheet sheet = {
        .pages = pages, .map = local_map_make(vertices, scratch.arena), .arena = scratch.arena};
    sheet.page.vertices = ARENA_ARRAY(scratch.arena, MeshVertex, vertices);
    if (pages->graph->has_surface)
        sheet.page.surfaces = ARENA_ARRAY(scratch.arena, MeshSurface, vertices);
    sheet.page.indices = ARENA_ARRAY(scratch.arena, uint16_t, 3 * triangles);
    sheet.page.clusters = ARENA_ARRAY(scratch.arena, MeshCluster, clusters);
    place_sheet(&sheet, plan);
    for (uint32_t g = 0; g < plan->group_count; g++)
        add_group(&sheet, pages->groups[plan->first_group + g]);
    Bytes bytes = mesh_write_page(pages->graph, &sheet.page, arena, &pages->graph->pages[p]);
    scratch_end(scratch);
    return bytes;
}

// ---- all pages, a batch at a time

static Status encode_some(void *context, size_t first, size_t count, int worker)
{
    Pages *pages = context;
    for (size_t i = first; i < first + count; i++)
        pages->encoded[i] =
            encode_page(pages, pages->batch_first + (uint32_t)i, &pages->batch_arenas[worker]);
    return OK;
}

static void count_page(Bytes page, BakeStats *stats)
{
    MeshPageParts parts = mesh_page_parts(page);
    stats->table_bytes += parts.table_bytes;
    stats->vertex_bytes += parts.vertex_bytes;
    stats->surface_bytes += parts.surface_bytes;
    stats->index_bytes += parts.index_bytes;
    stats->tile_bytes += parts.tile_bytes;
}

NODISCARD static Status write_batch(Pages *pages, ParallelDesc *loop, uint64_t *offset,
                                    BakeStats *stats)
{
    const BakeOptions *options = pages->desc->options;
    loop->count = MIN((uint32_t)BATCH_PAGES, pages->page_count - pages->batch_first);
    TRY(parallel_for(loop));
    for (size_t i = 0; i < loop->count; i++) {
        pages->graph->pages[pages->batch_first + i].offset = *offset;
        *offset += pages->encoded[i].len;
        count_page(pages->encoded[i], stats);
        TRY(options->write(options->write_context, pages->encoded[i]));
    }
    return OK;
}

NODISCARD static Status write_pages(Pages *pages, BakeStats *stats)
{
    const PagesDesc *desc = pages->desc;
    const BakeOptions *options = desc->options;
    ParallelDesc loop = {.count = BATCH_PAGES,
                         .run = encode_some,
                         .context = pages,
                         .cancel = options->cancel,
                         .worker_limit = options->worker_limit};
    int workers = parallel_worker_count(&loop);
    Arena batch[THREAD_MAX_WORKERS] = {0};
    pages->batch_arenas = batch;
    Status status = OK;
    uint64_t offset = 0;
    for (uint32_t p = 0; p < pages->page_count && !status; p += BATCH_PAGES) {
        if (options->progress)
            options->progress(options->progress_context, "writing",
                              desc->progress_first +
                                  (desc->progress_last - desc->progress_first) * (double)p /
                                      (double)pages->page_count);
        pages->batch_first = p;
        status = write_batch(pages, &loop, &offset, stats);
        for (int i = 0; i < workers; i++)
            arena_reset(&batch[i]);
    }
    for (int i = 0; i < workers; i++)
        arena_drop(&batch[i]);
    return status;
}

Status bake_pages(const PagesDesc *desc, Arena *arena, MeshGraph *out, BakeStats *stats)
{
    Arena temporary = {0};
    MeshGraph graph = *out;
    Pages *pages = ARENA_NEW(&temporary, Pages);
    *pages = (Pages){.desc = desc, .graph = &graph};
    memcpy(graph.origin_m, desc->mesh->grid.origin_m, sizeof graph.origin_m);
    graph.step_m = desc->mesh->grid.step_m;
    order_groups(pages, &temporary);
    plan_pages(pages, &temporary);
    snap_vertices(pages, &temporary);
    fill_graph(pages, arena);
    Status status = write_pages(pages, stats);
    for (uint32_t p = 0; p < pages->page_count; p++)
        stats->wide_pages += pages->plans[p].shift > 0;
    arena_drop(&temporary);
    if (!status)
        *out = graph;
    return status;
}
