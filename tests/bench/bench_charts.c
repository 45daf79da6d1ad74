// bench_charts.c: charts a scan's groups and packs them, level by level: how full tiles are,
// how many charts a group has, how many vertices charts double, and how long it took.
//
//   bench_charts SCAN [--unit mm] [--groups N] [-o STEM]
//
// --groups: of how many groups a tile is at most (4). -o writes the tile in the middle of each
// level as STEM-LEVEL.png: a colour for each chart, grey what it claims besides.

#include "packer/bake_graph.h"
#include "base/log.h"
#include "data/image.h"
#include "packer/bake_material.h"
#include "packer/bake_normals.h"
#include "packer/bake_pack.h"
#include "packer/bake_raster.h"
#include "packer/bake_texels.h"
#include "packer/bake_weld.h"
#include "packer/import.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MAX_GROUPS = 16 };

typedef struct Totals {
    uint32_t groups, triangles, charts, tiles, lost_groups, vertices, chart_vertices;
    double owned_texels, ideal_texels, claimed_texels, tile_texels, chart_s, shape_s, pack_s;
} Totals;

typedef struct Bench {
    const Scan *scan;
    Texels texels;
    BakeMesh mesh;
    BakeGraph graph;
    uint32_t tile_groups;
    const char *stem;
    Totals totals[MESH_MAX_LEVELS + 1];
} Bench;

// One group, charted.
typedef struct Charted {
    uint32_t set_count; // copied, flattened
    ChartSet sets[2];
    PackShape *shapes[2];
} Charted;

// Of the processor: others may be at work too.
static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

// ---- the graph

static void find_texel_areas(Bench *bench, Arena *arena)
{
    BakeMesh *mesh = &bench->mesh;
    bool has_pictures = false;
    for (uint32_t m = 0; m < bench->scan->material_count; m++)
        has_pictures |= bench->texels.maps[m] != NULL;
    if (!has_pictures)
        return;
    mesh->texel_areas = ARENA_ARRAY(arena, float, mesh->triangle_count);
    for (uint32_t t = 0; t < mesh->triangle_count; t++) {
        float at[3][2];
        if (bake_texels_at(&bench->texels, mesh->sources[t], at))
            mesh->texel_areas[t] = 0.5f * fabsf((at[1][0] - at[0][0]) * (at[2][1] - at[0][1]) -
                                                (at[1][1] - at[0][1]) * (at[2][0] - at[0][0]));
    }
}

static Status make_graph(Bench *bench, Arena *arena)
{
    WeldCounts counts;
    bench->texels =
        bake_texels_find(bench->scan, bake_used_materials(bench->scan, arena), arena);
    TRY(bake_weld(bench->scan, bake_choose_grid(bench->scan, 0), arena, &bench->mesh, &counts));
    bake_normals(bench->scan, &bench->mesh, arena);
    find_texel_areas(bench, arena);
    return bake_graph(&(GraphDesc){.mesh = &bench->mesh}, arena,
                      &bench->graph);
}

// ---- charts

typedef struct Part {
    uint32_t count;
    uint32_t (*triangles)[3];
    uint32_t *sources;
    double (*texels)[3][2];
    float *texels_m;
    double ideal_texels; // were nothing seen from the side
} Part;

static Part make_part(uint32_t capacity, Arena *arena)
{
    return (Part){.triangles = arena_alloc(arena, capacity * sizeof(uint32_t[3]), 16),
                  .sources = ARENA_ARRAY(arena, uint32_t, capacity),
                  .texels = arena_alloc(arena, capacity * sizeof(double[3][2]), 16),
                  .texels_m = ARENA_ARRAY(arena, float, capacity)};
}

static double flat_texels(const Bench *bench, const BakeGroup *group, uint32_t t, float texel_m)
{
    float positions[3][3];
    for (int i = 0; i < 3; i++)
        bake_position(&bench->mesh, group->vertices[group->indices[t][i]], positions[i]);
    double area_m2 =
        (double)bake_triangle_area((const float(*)[3])positions, (const uint32_t[3]){0, 1, 2});
    return area_m2 / ((double)texel_m * (double)texel_m);
}

static void split_group(const Bench *bench, const BakeGroup *group, Part parts[2])
{
    for (uint32_t c = 0; c < group->cluster_count; c++) {
        const BakeGroupCluster *cluster = &group->clusters[c];
        bool is_flat = cluster->refined_by != BAKE_NO_GROUP;
        if (is_flat && cluster->texel_m <= 0)
            continue;
        for (uint32_t i = 0; i < cluster->triangle_count; i++) {
            uint32_t t = cluster->first_triangle + i;
            float at[3][2];
            uint32_t source = is_flat ? cluster->refined_by : 0;
            if (!is_flat) {
                uint32_t from = bench->mesh.sources[group->sources[t]];
                if (!bake_texels_at(&bench->texels, from, at))
                    continue;
                source = bake_material_of(bench->scan, from);
            }
            Part *part = &parts[is_flat];
            for (int k = 0; k < 3; k++)
                part->triangles[part->count][k] = group->indices[t][k];
            for (int k = 0; k < 6 && !is_flat; k++)
                part->texels[part->count][k / 2][k % 2] = (double)at[k / 2][k % 2];
            part->sources[part->count] = source;
            part->texels_m[part->count] = cluster->texel_m;
            part->ideal_texels += is_flat ? flat_texels(bench, group, t, cluster->texel_m) : 0;
            part->count++;
        }
    }
}

static uint32_t count_chart_vertices(const Part *part, const ChartSet *set, uint32_t vertices,
                                     uint32_t *seen, uint32_t *next_mark)
{
    uint32_t count = 0;
    (void)vertices;
    for (uint32_t i = 0; i < set->chart_count; i++) {
        uint32_t mark = ++*next_mark;
        for (uint32_t t = 0; t < set->charts[i].triangle_count; t++) {
            for (int k = 0; k < 3; k++) {
                uint32_t v =
                    part->triangles[set->triangles[set->charts[i].first_triangle + t]][k];
                count += seen[v] != mark;
                seen[v] = mark;
            }
        }
    }
    return count;
}

static Charted chart_group(Bench *bench, const BakeGroup *group, Totals *totals, Arena *arena)
{
    Charted out = {.set_count = 2};
    float(*positions)[3] = arena_alloc_raw(arena, group->vertex_count * sizeof *positions, 16);
    for (uint32_t v = 0; v < group->vertex_count; v++)
        bake_position(&bench->mesh, group->vertices[v], positions[v]);
    Part parts[2] = {make_part(group->triangle_count, arena),
                     make_part(group->triangle_count, arena)};
    split_group(bench, group, parts);
    uint32_t *seen = ARENA_ARRAY(arena, uint32_t, group->vertex_count), mark = 0;
    for (int i = 0; i < 2; i++) {
        const Part *part = &parts[i];
        ChartDesc desc = {.vertex_count = group->vertex_count,
                          .triangle_count = part->count,
                          .triangles = (const uint32_t(*)[3])part->triangles,
                          .positions_m = (const float(*)[3])positions,
                          .sources = part->sources,
                          .texels = (const double(*)[3][2])part->texels,
                          .texels_m = part->texels_m};
        double start_s = now_s();
        (i ? bake_chart_flatten : bake_chart_copy)(&desc, arena, &out.sets[i]);
        totals->chart_s += now_s() - start_s;
        start_s = now_s();
        out.shapes[i] = bake_pack_shapes(&out.sets[i], arena);
        totals->shape_s += now_s() - start_s;
        totals->triangles += part->count;
        totals->charts += out.sets[i].chart_count;
        totals->owned_texels += out.sets[i].owned_texels;
        totals->ideal_texels += i ? part->ideal_texels : out.sets[i].owned_texels;
        for (uint32_t c = 0; c < out.sets[i].chart_count; c++)
            totals->claimed_texels += out.shapes[i][c].cell_count * PACK_CELL * PACK_CELL;
        totals->chart_vertices +=
            count_chart_vertices(part, &out.sets[i], group->vertex_count, seen, &mark);
    }
    totals->vertices += group->vertex_count;
    totals->groups++;
    return out;
}

// ---- tiles

static uint32_t chart_color(uint32_t i)
{
    uint32_t mixed = (i + 1) * 2654435761u;
    return 0xff000000u | ((mixed >> 8 & 0x7f7f7f) + 0x505050);
}

static void draw_chart(const ChartSet *set, const Chart *chart, const PackShape *shape,
                       const PackPlace *place, uint32_t color, uint32_t *pixels)
{
    for (uint32_t i = 0; i < shape->run_count; i++) {
        const PackRun *run = &shape->runs[i];
        for (uint32_t p = 0; p < run->count * PACK_CELL * PACK_CELL; p++) {
            uint32_t x = place->x + run->first * PACK_CELL + p % (run->count * PACK_CELL);
            uint32_t y = place->y + run->row * PACK_CELL + p / (run->count * PACK_CELL);
            pixels[y * TILE_WIDTH + x] = 0xff404040u;
        }
    }
    for (uint32_t t = 0; t < chart->triangle_count; t++) {
        Raster raster = raster_make((const float(*)[2])set->corners[chart->first_triangle + t]);
        int32_t first, end;
        for (int32_t row = raster.first_row; row < raster.end_row; row++) {
            if (!raster_row(&raster, row, &first, &end))
                continue;
            for (int32_t x = first; x < end; x++)
                pixels[(row + place->y) * TILE_WIDTH + x + place->x] =
                    color ^ (t * 2654435761u >> 28 << 1) * 0x010101u;
        }
    }
}

static void draw_tile(const Bench *bench, const Charted *groups, uint32_t group_count,
                      const PackPlace *places, uint32_t height, uint32_t level, Arena *arena)
{
    uint32_t *pixels = ARENA_ARRAY(arena, uint32_t, TILE_WIDTH * height);
    for (uint32_t i = 0; i < TILE_WIDTH * height; i++)
        pixels[i] = 0xff000000u;
    uint32_t n = 0;
    for (uint32_t g = 0; g < group_count; g++) {
        for (uint32_t s = 0; s < 2; s++) {
            for (uint32_t c = 0; c < groups[g].sets[s].chart_count; c++, n++)
                draw_chart(&groups[g].sets[s], &groups[g].sets[s].charts[c],
                           &groups[g].shapes[s][c], &places[n], chart_color(n), pixels);
        }
    }
    Image image = {TILE_WIDTH, height, (uint8_t *)pixels};
    Bytes png;
    if (image_encode_png(&image, 3, arena, &png))
        return;
    FILE *file = fopen(str_format(arena, "%s-%u.png", bench->stem, level), "wb");
    if (file) {
        fwrite(png.ptr, 1, png.len, file);
        fclose(file);
    }
}

// Of the first groups, as many as fit, at least one. Gives how many.
static uint32_t pack_some(Bench *bench, const Charted *groups, uint32_t count, uint32_t level,
                          bool is_drawn, Arena *arena)
{
    Totals *totals = &bench->totals[level];
    for (uint32_t n = count; n > 0; n--) {
        uint32_t shape_count = 0;
        for (uint32_t g = 0; g < n; g++)
            shape_count += groups[g].sets[0].chart_count + groups[g].sets[1].chart_count;
        PackShape *shapes = ARENA_ARRAY_RAW(arena, PackShape, shape_count);
        PackPlace *places = ARENA_ARRAY_RAW(arena, PackPlace, shape_count);
        shape_count = 0;
        for (uint32_t g = 0; g < n; g++) {
            for (int s = 0; s < 2; s++) {
                for (uint32_t c = 0; c < groups[g].sets[s].chart_count; c++)
                    shapes[shape_count++] = groups[g].shapes[s][c];
            }
        }
        uint32_t height;
        double start_s = now_s();
        bool fits = bake_pack(shapes, shape_count, places, &height);
        totals->pack_s += now_s() - start_s;
        if (!fits)
            continue;
        totals->tiles += shape_count > 0;
        totals->tile_texels += (double)height * TILE_WIDTH;
        if (is_drawn && bench->stem && shape_count)
            draw_tile(bench, groups, n, places, height, level, arena);
        return n;
    }
    totals->lost_groups++;
    return 1;
}

static void measure_level(Bench *bench, uint32_t level)
{
    uint32_t first = 0, end;
    while (first < bench->graph.group_count && bench->graph.groups[first]->level != level)
        first++;
    for (end = first; end < bench->graph.group_count; end++) {
        if (bench->graph.groups[end]->level != level)
            break;
    }
    Arena arena = {0};
    bool is_drawn = false;
    while (first < end) {
        Charted groups[MAX_GROUPS];
        uint32_t count = MIN(end - first, bench->tile_groups);
        Totals kept = bench->totals[level], all = {0};
        for (uint32_t g = 0; g < count; g++)
            groups[g] = chart_group(bench, bench->graph.groups[first + g], &all, &arena);
        bool is_middle = !is_drawn && first + count >= (end + first) / 2;
        uint32_t taken = pack_some(bench, groups, count, level, is_middle, &arena);
        is_drawn |= is_middle;
        // Groups that did not fit are charted again with the next; they count once.
        Totals *totals = &bench->totals[level], part = {0};
        (void)kept;
        for (uint32_t g = 0; g < taken; g++)
            chart_group(bench, bench->graph.groups[first + g], &part, &arena);
        totals->groups += part.groups;
        totals->triangles += part.triangles;
        totals->charts += part.charts;
        totals->vertices += part.vertices;
        totals->chart_vertices += part.chart_vertices;
        totals->owned_texels += part.owned_texels;
        totals->ideal_texels += part.ideal_texels;
        totals->claimed_texels += part.claimed_texels;
        totals->chart_s += part.chart_s;
        totals->shape_s += part.shape_s;
        first += taken;
        arena_reset(&arena);
    }
    arena_drop(&arena);
}

static void print_level(const Totals *totals, uint32_t level)
{
    if (!totals->charts)
        return;
    double groups = totals->groups, owned = MAX(totals->owned_texels, 1);
    printf("  %2u: %5u groups %8u triangles %6.1f charts a group, %5.1f triangles a chart, "
           "%7.0f texels a group (seen %4.1f %%), claimed %4.1f %%, tiles %4u x %4.0f rows, "
           "used %4.1f %%, "
           "vertices x %.2f, ns a texel: charts %.1f shapes %.1f packing %.1f%s\n",
           level, totals->groups, totals->triangles, totals->charts / groups,
           (double)totals->triangles / totals->charts, totals->owned_texels / groups,
           100 * owned / MAX(totals->ideal_texels, 1), 100 * owned / totals->claimed_texels,
           totals->tiles, totals->tile_texels / TILE_WIDTH / MAX(totals->tiles, 1u),
           100 * owned / MAX(totals->tile_texels, 1),
           (double)totals->chart_vertices / totals->vertices, totals->chart_s * 1e9 / owned,
           totals->shape_s * 1e9 / owned, totals->pack_s * 1e9 / owned,
           totals->lost_groups ? " DOES NOT FIT" : "");
}

static void add_up(const Totals *from, Totals *into)
{
    into->owned_texels += from->owned_texels;
    into->tile_texels += from->tile_texels;
    into->chart_s += from->chart_s;
    into->shape_s += from->shape_s;
    into->pack_s += from->pack_s;
    into->charts += from->charts;
    into->lost_groups += from->lost_groups;
}

static Status run(int argc, char **argv, Arena *arena)
{
    ImportOptions import = {0};
    Bench bench = {.tile_groups = 4};
    for (int i = 2; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--unit") == 0)
            import_unit_parse(argv[i + 1], &import.unit);
        else if (strcmp(argv[i], "--groups") == 0)
            bench.tile_groups = (uint32_t)CLAMP(atoi(argv[i + 1]), 1, MAX_GROUPS);
        else if (strcmp(argv[i], "-o") == 0)
            bench.stem = argv[i + 1];
    }
    Scan scan;
    TRY(import_scan(argv[1], &import, arena, &scan));
    bench.scan = &scan;
    TRY(make_graph(&bench, arena));
    Totals all = {0};
    for (uint32_t level = 0; level < bench.graph.level_count; level++) {
        measure_level(&bench, level);
        print_level(&bench.totals[level], level);
        add_up(&bench.totals[level], &all);
    }
    printf(
        "all: %u charts, used %.1f %% of tiles, %.1f M texels; charts %.2f s, shapes %.2f s, "
        "packing %.2f s, %u lost\n",
        all.charts, 100 * all.owned_texels / MAX(all.tile_texels, 1), all.owned_texels / 1e6,
        all.chart_s, all.shape_s, all.pack_s, all.lost_groups);
    bake_graph_drop(&bench.graph);
    return OK;
}

int main(int argc, char **argv)
{
    Arena arena = {0};
    if (argc < 2) {
        fprintf(stderr, "bench_charts SCAN [--unit mm] [--groups N] [-o STEM]\n");
        return 2;
    }
    Status status = run(argc, argv, &arena);
    if (status)
        log_fault(LOG_ERROR, argv[1]);
    arena_drop(&arena);
    return status ? 1 : 0;
}
