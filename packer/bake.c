// bake.c: from a scan to a sculpture's graph and pages.

#include "packer/bake.h"

#include "packer/bake_graph.h"
#include "packer/bake_material.h"
#include "packer/bake_normals.h"
#include "packer/bake_pages.h"
#include "packer/bake_relief.h"
#include "packer/bake_surface.h"
#include "packer/bake_tessellate.h"
#include "packer/bake_weld.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { EDGE_SAMPLES = 1 << 16 };

// How often pictures may be met on the surface and still be copied to it.
static const double MAX_REPEATS = 2;

static double now_s(void)
{
    struct timespec now;
    timespec_get(&now, TIME_UTC);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void report(const BakeOptions *options, const char *doing, double share)
{
    if (options->progress)
        options->progress(options->progress_context, doing, share);
}

static int compare_floats(const void *a, const void *b)
{
    float left = *(const float *)a, right = *(const float *)b;
    return left < right ? -1 : left > right;
}

// Of evenly chosen triangles.
static float median_edge_m(const BakeMesh *mesh)
{
    Scratch scratch = scratch_begin(NULL);
    float *lengths = ARENA_ARRAY_RAW(scratch.arena, float, EDGE_SAMPLES);
    uint32_t stride = mesh->triangle_count / (EDGE_SAMPLES / 3) + 1;
    uint32_t count = 0;
    for (uint32_t t = 0; t < mesh->triangle_count; t += stride) {
        for (int i = 0; i < 3; i++) {
            float length2 = 0.0f;
            for (int axis = 0; axis < 3; axis++) {
                float way = (float)(mesh->positions[mesh->triangles[t][i]][axis] -
                                    mesh->positions[mesh->triangles[t][(i + 1) % 3]][axis]);
                length2 += way * way;
            }
            lengths[count++] = sqrtf(length2);
        }
    }
    qsort(lengths, count, sizeof *lengths, compare_floats);
    float median = lengths[count / 2] * mesh->grid.step_m;
    scratch_end(scratch);
    return median;
}

static void measure_box(const BakeMesh *mesh, MeshGraph *graph)
{
    bake_position(mesh, 0, graph->low_m);
    bake_position(mesh, 0, graph->high_m);
    for (uint32_t v = 0; v < mesh->vertex_count; v++) {
        float position[3];
        bake_position(mesh, v, position);
        for (int axis = 0; axis < 3; axis++) {
            graph->low_m[axis] = MIN(graph->low_m[axis], position[axis]);
            graph->high_m[axis] = MAX(graph->high_m[axis], position[axis]);
        }
    }
}

// Everything up to the mesh that the graph is made of.
typedef struct Kneading {
    const Scan *scan;
    const BakeOptions *options;
    Texels texels;
    TexelWidths widths;
    bool *is_used;     // materials
    TexelStore *store; // of pictures that tiles are made of; NULL without
    bool is_copied;    // see TileScan
    BakeMesh *mesh;
    BakeStats *stats;
} Kneading;

static void measure_texels(Kneading *k, Arena *arena)
{
    k->is_used = bake_used_materials(k->scan, arena);
    k->texels = bake_texels_find(k->scan, k->is_used, arena);
    k->widths = bake_texels_measure(&k->texels);
}

NODISCARD static Status weld(const Kneading *k, Arena *arena)
{
    WeldCounts counts = {0};
    report(k->options, "welding", 0);
    BakeGrid grid = bake_choose_grid(k->scan, k->widths.median_m);
    TRY(bake_weld(k->scan, grid, arena, k->mesh, &counts));
    TRY(cancel_check(k->options->cancel));
    bake_normals(k->scan, k->mesh, arena);
    k->stats->source_vertices = k->scan->vertex_count;
    k->stats->source_triangles = k->scan->triangle_count;
    k->stats->welded_vertices = k->mesh->vertex_count;
    k->stats->dropped_triangles = counts.dropped_triangles;
    k->stats->duplicate_triangles = counts.duplicate_triangles;
    return cancel_check(k->options->cancel);
}

NODISCARD static Status split(const Kneading *k, Arena *arena)
{
    report(k->options, "splitting triangles", 0.05);
    TRY(bake_tessellate(&(TessellateDesc){.texels = &k->texels,
                                          .area_texels = k->widths.area_texels,
                                          .max_triangles = BAKE_TILE_MAX_TRIANGLES,
                                          .longest_texels = BAKE_TILE_EDGE_TEXELS,
                                          .mesh = k->mesh,
                                          .worker_limit = k->options->worker_limit,
                                          .cancel = k->options->cancel},
                        arena));
    if (k->mesh->corners && k->scan->normals)
        bake_normals(k->scan, k->mesh, arena);
    k->stats->split_triangles = k->mesh->triangle_count;
    return OK;
}

// ---- pictures for tiles

static bool has_pictures(const Kneading *k)
{
    for (uint32_t i = 0; i < k->scan->material_count; i++) {
        if (k->texels.maps[i])
            return true;
    }
    return false;
}

// Of the largest picture of each material, every picture once.
static uint64_t count_source_texels(const Kneading *k, Arena *arena)
{
    bool *is_counted = ARENA_ARRAY(arena, bool, MAX(k->scan->image_count, 1u));
    uint64_t count = 0;
    for (uint32_t i = 0; i < k->scan->material_count; i++) {
        const ScanTexture *map = k->texels.maps[i];
        if (!map || is_counted[map->image])
            continue;
        is_counted[map->image] = true;
        count += (uint64_t)k->texels.sizes[i][0] * (uint64_t)k->texels.sizes[i][1];
    }
    return count;
}

// Where coordinates repeat so often that copies would fill far more texels than there are, the
// surface gets as many as the pictures have, each as wide as it must be.
static void count_texels(Kneading *k, Arena *arena)
{
    k->mesh->texel_areas = bake_texel_areas(&k->texels, k->mesh, arena);
    k->stats->source_texels = count_source_texels(k, arena);
    double wanted = 0, source = (double)k->stats->source_texels;
    for (uint32_t t = 0; t < k->mesh->triangle_count; t++)
        wanted += (double)k->mesh->texel_areas[t];
    k->is_copied = wanted <= MAX_REPEATS * source;
    for (uint32_t t = 0; t < k->mesh->triangle_count && !k->is_copied; t++)
        k->mesh->texel_areas[t] *= (float)(source / wanted);
}

NODISCARD static Status prepare_tiles(Kneading *k, Arena *arena)
{
    report(k->options, "reading pictures", 0.08);
    TRY(bake_relief(&(ReliefDesc){.mesh = k->mesh,
                                  .worker_limit = k->options->worker_limit,
                                  .cancel = k->options->cancel},
                    arena, &k->mesh->reliefs));
    if (!has_pictures(k))
        return OK;
    bake_material_warn(k->scan, k->is_used);
    count_texels(k, arena);
    return texel_store_make(&(TexelStoreDesc){.scan = k->scan,
                                              .is_used = k->is_used,
                                              .folder = k->options->temporary_folder,
                                              .worker_limit = k->options->worker_limit,
                                              .cancel = k->options->cancel},
                            &k->store);
}

NODISCARD static Status cover(Kneading *k, Arena *arena)
{
    TRY(split(k, arena));
    TRY(prepare_tiles(k, arena));
    if (k->store)
        return OK;
    report(k->options, "colouring", k->mesh->corners ? 0.15 : 0.08);
    return bake_surface(&(SurfaceDesc){.scan = k->scan,
                                       .mesh = k->mesh,
                                       .worker_limit = k->options->worker_limit,
                                       .cancel = k->options->cancel},
                        arena);
}

NODISCARD static Status make_mesh(Kneading *k, Arena *arena)
{
    double start_s = now_s();
    measure_texels(k, arena);
    TRY(weld(k, arena));
    k->stats->weld_s = now_s() - start_s;
    start_s = now_s();
    TRY(cover(k, arena));
    k->stats->surface_s = now_s() - start_s;
    return cancel_check(k->options->cancel);
}

static void sum_up(const MeshGraph *graph, BakeStats *stats)
{
    for (uint32_t i = 0; i < graph->level_count; i++) {
        stats->all_triangles += graph->levels[i].triangle_count;
        stats->all_clusters += graph->levels[i].cluster_count;
    }
    for (uint32_t g = 0; g < graph->root_count; g++)
        stats->root_triangles += graph->groups[g].triangle_count;
}

NODISCARD static Status make_pages(const Kneading *k, Arena *arena, BakeResult *result)
{
    const BakeOptions *options = k->options;
    double start_s = now_s();
    double first = k->mesh->corners ? 0.45 : 0.15, last = k->store ? 0.4 : 0.8;
    BakeGraph graph = {0};
    TRY(bake_graph(&(GraphDesc){.mesh = k->mesh,
                                .worker_limit = options->worker_limit,
                                .cancel = options->cancel,
                                .progress = options->progress,
                                .progress_context = options->progress_context,
                                .progress_first = first,
                                .progress_last = last},
                   arena, &graph));
    result->stats.graph_s = now_s() - start_s;
    start_s = now_s();
    Status status =
        bake_pages(&(PagesDesc){.mesh = k->mesh,
                                .graph = &graph,
                                .options = options,
                                .has_surface = bake_has_surface(k->scan, k->is_used),
                                .scan = k->scan,
                                .texels = &k->texels,
                                .store = k->store,
                                .is_copied = k->is_copied,
                                .progress_first = last,
                                .progress_last = 1.0},
                   arena, &result->graph, &result->stats);
    bake_graph_drop(&graph);
    result->stats.pages_s = now_s() - start_s;
    result->stats.tiles_s *= result->stats.pages_s; // a share until now
    return status;
}

Status bake_sculpture(const Scan *scan, const BakeOptions *options, Arena *arena,
                      BakeResult *out)
{
    ASSERT(options->write);
    BakeResult result = {0};
    BakeMesh mesh = {0};
    Arena mesh_arena = {0};
    Kneading kneading = {
        .scan = scan, .options = options, .mesh = &mesh, .stats = &result.stats};
    Status status = make_mesh(&kneading, &mesh_arena);
    if (status)
        goto done;
    result.graph.triangle_count = mesh.triangle_count;
    result.graph.vertex_count = mesh.vertex_count;
    result.graph.source_triangle_count = scan->triangle_count;
    result.graph.median_edge_m = median_edge_m(&mesh);
    result.graph.texel_min_m = kneading.widths.min_m;
    result.graph.texel_median_m = kneading.widths.median_m;
    result.graph.texel_p95_m = kneading.widths.p95_m;
    measure_box(&mesh, &result.graph);
    status = make_pages(&kneading, arena, &result);
    if (status)
        goto done;
    result.graph_bytes = mesh_write_graph(&result.graph, arena);
    for (uint32_t p = 0; p < result.graph.page_count; p++)
        result.pages_size_bytes += result.graph.pages[p].size_bytes;
    sum_up(&result.graph, &result.stats);
    report(options, "done", 1.0);
    *out = result;
done:
    texel_store_drop(kneading.store);
    arena_drop(&mesh_arena);
    return status;
}
