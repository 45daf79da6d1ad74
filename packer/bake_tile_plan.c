// bake_tile_plan.c: what of a group lies where in a tile: charts, and vertices in them.

#include "packer/bake_tile_plan.h"

#include "data/surface.h"
#include "packer/bake_material.h"

#include <math.h>
#include <string.h>

#define NONE UINT32_MAX

// Texels of what has no pictures, in roots of the mean triangle's area: about two a vertex.
static const float BARE_TEXEL_SHARE = 1.05f;

// Some of a group's triangles, on their way to charts.
typedef struct Pile {
    uint32_t count;
    uint32_t *of_group; // numbers there
    uint32_t (*triangles)[3];
    uint32_t *sources;
    double (*texels)[3][2];
    float *texels_m;
} Pile;

typedef struct Planner {
    const TileScan *scan;
    float coarseness;
    Arena *arena;
    TileGroup *out;
    Pile copied, flat;
} Planner;

uint32_t tile_surface_maps(const TileScan *scan)
{
    if (!scan->has_surface)
        return 0;
    return 1u << SURFACE_COLOR | 1u << SURFACE_OCCLUSION | 1u << SURFACE_ROUGHNESS |
           1u << SURFACE_METAL | 1u << SURFACE_EMISSION;
}

static void place_vertices(Planner *planner)
{
    const BakeMesh *mesh = planner->scan->mesh;
    TileGroup *out = planner->out;
    const BakeGroup *group = out->group;
    for (int axis = 0; axis < 3; axis++) {
        out->low[axis] = INT32_MAX;
        for (uint32_t v = 0; v < group->vertex_count; v++)
            out->low[axis] = MIN(out->low[axis], mesh->positions[group->vertices[v]][axis]);
    }
    out->positions =
        arena_alloc_raw(planner->arena, group->vertex_count * sizeof *out->positions, 16);
    out->normals =
        arena_alloc_raw(planner->arena, group->vertex_count * sizeof *out->normals, 16);
    for (uint32_t v = 0; v < group->vertex_count; v++) {
        mesh_decode_normal(group->normals[v], out->normals[v]);
        for (int axis = 0; axis < 3; axis++)
            out->positions[v][axis] =
                mesh->grid.step_m *
                (float)(mesh->positions[group->vertices[v]][axis] - out->low[axis]);
    }
}

// ---- which triangle goes how

static Pile make_pile(uint32_t capacity, Arena *arena)
{
    return (Pile){.of_group = ARENA_ARRAY_RAW(arena, uint32_t, capacity),
                  .triangles = arena_alloc_raw(arena, capacity * sizeof(uint32_t[3]), 16),
                  .sources = ARENA_ARRAY_RAW(arena, uint32_t, capacity),
                  .texels = arena_alloc_raw(arena, capacity * sizeof(double[3][2]), 16),
                  .texels_m = ARENA_ARRAY_RAW(arena, float, capacity)};
}

static void put(Pile *pile, const BakeGroup *group, uint32_t triangle, uint32_t source)
{
    pile->of_group[pile->count] = triangle;
    for (int i = 0; i < 3; i++)
        pile->triangles[pile->count][i] = group->indices[triangle][i];
    pile->sources[pile->count] = source;
    pile->count++;
}

// Copied and sampled triangles of a material, and those of a child, never share a chart.
static void put_own(Planner *planner, uint32_t triangle, float texel_m, float bare_texel_m)
{
    const TileScan *scan = planner->scan;
    const BakeGroup *group = planner->out->group;
    uint32_t source = group->sources[triangle];
    uint32_t material = bake_material_of(scan->scan, scan->mesh->sources[source]);
    bool has_texels =
        scan->store && bake_texels_of(&scan->texels, scan->mesh, source,
                                      planner->copied.texels[planner->copied.count]);
    if (has_texels && scan->is_copied && planner->coarseness <= 1) {
        put(&planner->copied, group, triangle, material);
        return;
    }
    planner->flat.texels_m[planner->flat.count] =
        (has_texels && texel_m > 0 ? texel_m : bare_texel_m) * planner->coarseness;
    put(&planner->flat, group, triangle, scan->graph->group_count + material);
}

static void put_cluster(Planner *planner, const BakeGroupCluster *cluster)
{
    const TileGroup *out = planner->out;
    uint32_t end = cluster->first_triangle + cluster->triangle_count;
    float area_m2 = 0;
    for (uint32_t t = cluster->first_triangle; t < end; t++) {
        const uint16_t *corners = out->group->indices[t];
        area_m2 += bake_triangle_area((const float(*)[3])out->positions,
                                      (uint32_t[3]){corners[0], corners[1], corners[2]});
    }
    float bare_texel_m = BARE_TEXEL_SHARE * sqrtf(area_m2 / (float)cluster->triangle_count);
    bare_texel_m = MAX(bare_texel_m, planner->scan->mesh->grid.step_m);
    for (uint32_t t = cluster->first_triangle; t < end; t++) {
        if (cluster->refined_by == BAKE_NO_GROUP) {
            put_own(planner, t, cluster->texel_m, bare_texel_m);
            continue;
        }
        planner->flat.texels_m[planner->flat.count] =
            (cluster->texel_m > 0 ? cluster->texel_m : bare_texel_m) * planner->coarseness;
        put(&planner->flat, out->group, t, cluster->refined_by);
    }
}

// ---- charts

static void add_charts(Planner *planner, const Pile *pile, const ChartSet *set, bool is_copied)
{
    TileGroup *out = planner->out;
    PackShape *shapes = bake_pack_shapes(set, planner->arena);
    out->owned_texels += set->owned_texels;
    for (uint32_t i = 0; i < set->triangle_count; i++)
        set->triangles[i] = pile->of_group[set->triangles[i]];
    for (uint32_t c = 0; c < set->chart_count; c++) {
        const Chart *chart = &set->charts[c];
        uint32_t group_count = planner->scan->graph->group_count;
        TileChart *to = &out->charts[out->chart_count++];
        *to =
            (TileChart){.chart = *chart,
                        .triangles = &set->triangles[chart->first_triangle],
                        .corners = (const float(*)[3][2]) & set->corners[chart->first_triangle],
                        .cells = shapes[c],
                        .is_own = is_copied || chart->source >= group_count};
        if (to->is_own)
            to->material = is_copied ? chart->source : chart->source - group_count;
        else
            to->child = chart->source;
        surface_encode_axis(chart->axis, to->axis);
        out->cell_count += shapes[c].cell_count;
    }
}

static void make_charts(Planner *planner)
{
    TileGroup *out = planner->out;
    ChartDesc desc = {.vertex_count = out->group->vertex_count,
                      .positions_m = (const float(*)[3])out->positions};
    ChartSet copied, flat;
    desc.triangle_count = planner->copied.count;
    desc.triangles = (const uint32_t(*)[3])planner->copied.triangles;
    desc.sources = planner->copied.sources;
    desc.texels = (const double(*)[3][2])planner->copied.texels;
    bake_chart_copy(&desc, planner->arena, &copied);
    desc.triangle_count = planner->flat.count;
    desc.triangles = (const uint32_t(*)[3])planner->flat.triangles;
    desc.sources = planner->flat.sources;
    desc.texels_m = planner->flat.texels_m;
    bake_chart_flatten(&desc, planner->arena, &flat);
    out->charts = ARENA_ARRAY(planner->arena, TileChart, copied.chart_count + flat.chart_count);
    add_charts(planner, &planner->copied, &copied, true);
    add_charts(planner, &planner->flat, &flat, false);
}

// ---- vertices: one for each place where charts use it

static uint16_t find_or_add(TileGroup *out, uint32_t *heads, uint32_t *next,
                            const TileVertex *wanted)
{
    uint32_t at = heads[wanted->vertex];
    for (; at != NONE; at = next[at]) {
        const TileVertex *known = &out->vertices[at];
        if (known->chart == wanted->chart && known->corner[0] == wanted->corner[0] &&
            known->corner[1] == wanted->corner[1])
            return (uint16_t)at;
    }
    out->vertices[out->vertex_count] = *wanted;
    next[out->vertex_count] = heads[wanted->vertex];
    heads[wanted->vertex] = out->vertex_count;
    return (uint16_t)out->vertex_count++;
}

static void make_vertices(TileGroup *out, Arena *arena)
{
    Scratch scratch = scratch_begin(arena);
    uint32_t corner_count = 3 * out->group->triangle_count;
    uint32_t *heads = ARENA_ARRAY_RAW(scratch.arena, uint32_t, out->group->vertex_count);
    uint32_t *next = ARENA_ARRAY_RAW(scratch.arena, uint32_t, corner_count);
    memset(heads, 0xff, out->group->vertex_count * sizeof *heads);
    out->vertices = ARENA_ARRAY_RAW(arena, TileVertex, corner_count);
    out->indices = arena_alloc_raw(arena, corner_count * sizeof(uint16_t), 2);
    for (uint32_t c = 0; c < out->chart_count; c++) {
        const TileChart *chart = &out->charts[c];
        for (uint32_t i = 0; i < 3 * chart->chart.triangle_count; i++) {
            uint32_t triangle = chart->triangles[i / 3];
            const float *corner = chart->corners[i / 3][i % 3];
            out->indices[triangle][i % 3] = find_or_add(
                out, heads, next,
                &(TileVertex){out->group->indices[triangle][i % 3], c, {corner[0], corner[1]}});
        }
    }
    scratch_end(scratch);
}

void tile_plan_group(const TileScan *scan, const BakeGroup *group, float coarseness,
                     Arena *arena, TileGroup *out)
{
    Scratch scratch = scratch_begin(arena);
    *out = (TileGroup){.group = group};
    Planner planner = {.scan = scan,
                       .coarseness = coarseness,
                       .arena = arena,
                       .out = out,
                       .copied = make_pile(group->triangle_count + 1, scratch.arena),
                       .flat = make_pile(group->triangle_count + 1, scratch.arena)};
    place_vertices(&planner);
    for (uint32_t c = 0; c < group->cluster_count; c++)
        put_cluster(&planner, &group->clusters[c]);
    make_charts(&planner);
    make_vertices(out, arena);
    scratch_end(scratch);
}

// ---- in a tile

bool tile_pack_groups(TileGroup *groups, uint32_t count, uint32_t *rows)
{
    uint32_t chart_count = 0, at = 0;
    for (uint32_t g = 0; g < count; g++)
        chart_count += groups[g].chart_count;
    Scratch scratch = scratch_begin(NULL);
    PackShape *shapes = ARENA_ARRAY_RAW(scratch.arena, PackShape, chart_count);
    PackPlace *places = ARENA_ARRAY_RAW(scratch.arena, PackPlace, chart_count);
    for (uint32_t g = 0; g < count; g++) {
        for (uint32_t c = 0; c < groups[g].chart_count; c++)
            shapes[at++] = groups[g].charts[c].cells;
    }
    bool fits = bake_pack(shapes, chart_count, places, rows);
    at = 0;
    for (uint32_t g = 0; fits && g < count; g++) {
        for (uint32_t c = 0; c < groups[g].chart_count; c++)
            groups[g].charts[c].place = places[at++];
    }
    scratch_end(scratch);
    return fits;
}

MeshTexel tile_vertex_texel(const TileScan *scan, const TileGroup *group,
                            const TileVertex *vertex)
{
    const TileChart *chart = &group->charts[vertex->chart];
    MeshTexel texel = {.relief = tile_relief_of(scan, group->group, vertex->vertex)};
    texel.place[0] =
        (uint16_t)lrintf((vertex->corner[0] + (float)chart->place.x) * (float)MESH_TEXEL_STEPS);
    texel.place[1] =
        (uint16_t)lrintf((vertex->corner[1] + (float)chart->place.y) * (float)MESH_TEXEL_STEPS);
    memcpy(texel.axis, chart->axis, sizeof texel.axis);
    return texel;
}
