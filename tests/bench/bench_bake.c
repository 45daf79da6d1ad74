// bench_bake.c: bakes a scan and says how long it took and where the bytes went.
//
//   bench_bake SCAN [--unit mm] [--threads N] [-o STEM]
//
// -o writes STEM.graph and STEM.pages. --shape (the last word) simplifies as where tiles hold
// the surface.

#include "packer/bake.h"
#include "base/log.h"
#include "packer/import.h"
#include "stream/cut.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

typedef struct Output {
    FILE *file; // or NULL
    uint64_t size_bytes;
} Output;

static Status write_some(void *context, Bytes bytes)
{
    Output *output = context;
    output->size_bytes += bytes.len;
    if (output->file && fwrite(bytes.ptr, 1, bytes.len, output->file) != bytes.len)
        return FAIL(ERR_IO, "could not write");
    return OK;
}

static double now_s(void)
{
    struct timespec now;
    timespec_get(&now, TIME_UTC);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void print_levels(const MeshGraph *graph)
{
    for (uint32_t i = 0; i < graph->level_count; i++) {
        float error = 0;
        for (uint32_t g = graph->root_count; g < graph->group_count; g++)
            error = graph->groups[g].level == i ? MAX(error, graph->groups[g].error_m) : error;
        printf("  level %2u: %9llu triangles, %6u clusters (%5.1f each), %5u groups, error "
               "%.4f mm\n",
               i, (unsigned long long)graph->levels[i].triangle_count,
               graph->levels[i].cluster_count,
               (double)graph->levels[i].triangle_count / graph->levels[i].cluster_count,
               graph->levels[i].group_count, (double)error * 1000);
    }
}

static void print_result(const BakeResult *result, double total_s)
{
    const BakeStats *stats = &result->stats;
    double finest = (double)result->graph.triangle_count;
    printf("scan %llu triangles, %llu vertices; welded %llu; dropped %llu, duplicate %llu; "
           "baked %.0f\n",
           (unsigned long long)stats->source_triangles,
           (unsigned long long)stats->source_vertices,
           (unsigned long long)stats->welded_vertices,
           (unsigned long long)stats->dropped_triangles,
           (unsigned long long)stats->duplicate_triangles, finest);
    print_levels(&result->graph);
    printf(
        "roots: %u groups, %u triangles; pages %u (%u wide); step %g mm, median edge %g mm\n",
        result->graph.root_count, stats->root_triangles, result->graph.page_count,
        stats->wide_pages, (double)result->graph.step_m * 1000,
        (double)result->graph.median_edge_m * 1000);
    printf("bytes a triangle: %.2f = vertices %.2f + indices %.2f + tables %.2f + graph %.2f; "
           "surface %.2f\n",
           (double)(stats->vertex_bytes + stats->index_bytes + stats->table_bytes +
                    result->graph_bytes.len) /
               finest,
           (double)stats->vertex_bytes / finest, (double)stats->index_bytes / finest,
           (double)stats->table_bytes / finest, (double)result->graph_bytes.len / finest,
           (double)stats->surface_bytes / finest);
    printf("seconds: weld %.2f surface %.2f graph %.2f pages %.2f, all %.2f: %.2f a million "
           "triangles\n",
           stats->weld_s, stats->surface_s, stats->graph_s, stats->pages_s, total_s,
           total_s / finest * 1e6);
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("peak %ld MB, cpu %.2f s\n", usage.ru_maxrss / 1024,
           (double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec * 1e-6 +
               (double)usage.ru_stime.tv_sec + (double)usage.ru_stime.tv_usec * 1e-6);
}

static void print_tiles(const BakeStats *stats)
{
    static const char *names[] = {"colour", "occlusion", "normal", "roughness",
                                  "metal",  "emission",  "relief"};
    const TileStats *tiles = &stats->tiles;
    if (!tiles->tiles)
        return;
    printf("tiles: %u, %.2f MB, %.3f bytes a texel of a chart; occupancy %.0f %% (%.0f %% with "
           "gutters); %u groups with wider texels\n",
           tiles->tiles, (double)stats->tile_bytes / 1e6,
           (double)stats->tile_bytes / (double)tiles->used_texels,
           (double)tiles->owned_texels / (double)tiles->tile_texels * 100,
           (double)tiles->used_texels / (double)tiles->tile_texels * 100,
           tiles->coarser_groups);
    if (stats->source_texels)
        printf(
            "texels: source %.2f M; finest level %.2f x, all levels %.2f x; %.2f M a second\n",
            (double)stats->source_texels / 1e6,
            (double)tiles->finest_texels / (double)stats->source_texels,
            (double)tiles->owned_texels / (double)stats->source_texels,
            (double)stats->source_texels / 1e6 / stats->pages_s);
    printf("maps:");
    for (int map = 0; map < SURFACE_MAP_COUNT; map++)
        printf(" %s %u", names[map], tiles->maps[map]);
    printf("\n");
}

// Looks at the whole sculpture from the front.
static ObjectView front_view(const MeshGraph *graph)
{
    Camera camera = {.fov_y = 0.6f, .near_m = 1e-5f, .far_m = 1e5f};
    double middle[3], size2 = 0;
    for (int axis = 0; axis < 3; axis++) {
        double side = (double)graph->high_m[axis] - (double)graph->low_m[axis];
        camera.position[axis] = middle[axis] = (double)graph->low_m[axis] + 0.5 * side;
        size2 += side * side;
    }
    camera.position[2] += 0.5 * sqrt(size2) / tan(0.3);
    camera_look_at(&camera, middle);
    View view = camera_view(&camera, &(Viewport){0, 0, 1280, 720});
    return view_to_object(&view, &PLACEMENT_IDENTITY);
}

// About how many triangles a full view draws, faces that look away included. A group that is
// expanded takes the place of what it was simplified to: its level's share of its own.
static void print_views(const MeshGraph *graph)
{
    ObjectView view = front_view(graph);
    for (float limit = 1; limit <= 4; limit *= 2) {
        double drawn = 0;
        for (uint32_t g = 0; g < graph->group_count; g++) {
            const MeshGroup *group = &graph->groups[g];
            if (cut_error_px(group, &view) <= limit)
                continue;
            drawn += group->triangle_count;
            if (group->parent_count)
                drawn -= group->triangle_count *
                         (double)graph->levels[group->level + 1].triangle_count /
                         (double)graph->levels[group->level].triangle_count;
        }
        printf("full view at %.0f px: about %.0f triangles\n", (double)limit, drawn);
    }
}

static Status run(int argc, char **argv, Arena *arena)
{
    ImportOptions import = {0};
    Output output = {0};
    BakeOptions options = {.write = write_some, .write_context = &output};
    const char *stem = NULL;
    for (int i = 2; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--unit") == 0)
            import_unit_parse(argv[i + 1], &import.unit);
        else if (strcmp(argv[i], "--threads") == 0)
            options.worker_limit = atoi(argv[i + 1]);
        else if (strcmp(argv[i], "-o") == 0)
            stem = argv[i + 1];
    }
    Scan scan;
    double start_s = now_s();
    TRY(import_scan(argv[1], &import, arena, &scan));
    printf("import %.2f s\n", now_s() - start_s);
    start_s = now_s();
    if (stem)
        output.file = fopen(str_format(arena, "%s.pages", stem), "wb");
    BakeResult result;
    TRY(bake_sculpture(&scan, &options, arena, &result));
    print_result(&result, now_s() - start_s);
    print_tiles(&result.stats);
    print_views(&result.graph);
    if (!output.file)
        return OK;
    fclose(output.file);
    FILE *file = fopen(str_format(arena, "%s.graph", stem), "wb");
    if (!file || fwrite(result.graph_bytes.ptr, 1, result.graph_bytes.len, file) !=
                     result.graph_bytes.len)
        return FAIL(ERR_IO, "could not write");
    fclose(file);
    return OK;
}

int main(int argc, char **argv)
{
    Arena arena = {0};
    if (argc < 2) {
        fprintf(stderr, "bench_bake SCAN [--unit mm] [--threads N] [-o STEM]\n");
        return 2;
    }
    Status status = run(argc, argv, &arena);
    if (status)
        log_fault(LOG_ERROR, argv[1]);
    arena_drop(&arena);
    return status ? 1 : 0;
}
