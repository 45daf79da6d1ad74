// sample_mesh.c: a small sculpture in the format of mesh.h, for tests that need one.

#include "data/sample_mesh.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { TILE_QUADS = 8, TILE_SIDE = TILE_QUADS + 1, TILE_STEPS = 64 };

typedef struct Builder {
    MeshGraph graph;
    int depth;
    float height_m;
    Bytes tile;
    Arena *arena;
} Builder;

static float height_at(const Builder *builder, float x, float z)
{
    float side = builder->graph.high_m[0] - builder->graph.low_m[0];
    return builder->height_m * sinf(6.0f * x / side) * cosf(5.0f * z / side);
}

// Groups of a level stand row by row; the root, one group of one tile, is level `depth`.
static uint32_t level_first(const Builder *builder, int level)
{
    uint32_t first = 0;
    for (int above = builder->depth; above > level; above--) {
        uint32_t side = above == builder->depth ? 1 : 1u << (builder->depth - above - 1);
        first += side * side;
    }
    return first;
}

static uint32_t level_side(const Builder *builder, int level)
{
    return level == builder->depth ? 1 : 1u << (builder->depth - level - 1);
}

// The group of a level that was simplified into this tile of the level above.
static uint32_t group_under(const Builder *builder, int level, uint32_t x, uint32_t z)
{
    return level_first(builder, level) + z * level_side(builder, level) + x;
}

static void add_tile(const Builder *builder, MeshPage *page, int level, uint32_t x, uint32_t z)
{
    uint32_t steps = (uint32_t)TILE_STEPS << level; // of one quad
    uint16_t base = (uint16_t)page->vertex_count;
    for (uint32_t i = 0; i < TILE_SIDE * TILE_SIDE; i++) {
        uint32_t at_x = (x * TILE_QUADS + i % TILE_SIDE) * steps;
        uint32_t at_z = (z * TILE_QUADS + i / TILE_SIDE) * steps;
        float height = height_at(builder, page->origin_m[0] + page->step_m * (float)at_x,
                                 page->origin_m[2] + page->step_m * (float)at_z);
        MeshVertex *vertex = &page->vertices[page->vertex_count];
        vertex->position[0] = (uint16_t)at_x;
        vertex->position[1] = (uint16_t)rintf((height - page->origin_m[1]) / page->step_m);
        vertex->position[2] = (uint16_t)at_z;
        mesh_encode_normal((float[3]){0, 1, 0}, vertex->normal);
        if (page->surfaces)
            page->surfaces[page->vertex_count] = (MeshSurface){
                .color = {(uint8_t)(level * 40), 160, 90}, .occlusion = 255, .roughness = 200};
        if (page->texels)
            page->texels[page->vertex_count] =
                (MeshTexel){.place = {(uint16_t)(i % TILE_SIDE * 2 * MESH_TEXEL_STEPS),
                                      (uint16_t)(i / TILE_SIDE * 2 * MESH_TEXEL_STEPS)},
                            .axis = {127, 127},
                            .relief = MESH_RELIEF_FLAT};
        page->vertex_count++;
    }
    for (uint32_t i = 0; i < TILE_QUADS * TILE_QUADS; i++) {
        uint16_t a = (uint16_t)(base + i / TILE_QUADS * TILE_SIDE + i % TILE_QUADS);
        uint16_t corners[6] = {a,
                               (uint16_t)(a + TILE_SIDE),
                               (uint16_t)(a + 1),
                               (uint16_t)(a + 1),
                               (uint16_t)(a + TILE_SIDE),
                               (uint16_t)(a + TILE_SIDE + 1)};
        memcpy(&page->indices[page->index_count], corners, sizeof corners);
        page->index_count += 6;
    }
}

static void add_cluster(const Builder *builder, MeshPage *page, int level, uint32_t x,
                        uint32_t z)
{
    float quad_m = page->step_m * (float)((uint32_t)TILE_STEPS << level);
    float tile_m = quad_m * TILE_QUADS;
    MeshCluster *cluster = &page->clusters[page->cluster_count++];
    *cluster = (MeshCluster){
        .center = {page->origin_m[0] + ((float)x + 0.5f) * tile_m, 0,
                   page->origin_m[2] + ((float)z + 0.5f) * tile_m},
        .radius = tile_m * 0.7072f + builder->height_m,
        .cone_axis = {0, 1, 0},
        .cone_cutoff = 1.0f,
        .refined_by = MESH_NO_GROUP,
        .first_index = page->index_count,
        .triangle_count = 2 * TILE_QUADS * TILE_QUADS,
    };
    if (level > 0)
        cluster->refined_by = group_under(builder, level - 1, x, z);
    add_tile(builder, page, level, x, z);
}

static void fill_group(const Builder *builder, MeshGroup *group, int level, uint32_t x,
                       uint32_t z)
{
    bool is_root = level == builder->depth;
    float side_m = builder->graph.high_m[0] - builder->graph.low_m[0];
    float group_m = side_m / (float)level_side(builder, level);
    float center[3] = {builder->graph.low_m[0] + ((float)x + 0.5f) * group_m, 0,
                       builder->graph.low_m[2] + ((float)z + 0.5f) * group_m};
    float half_m[3] = {group_m / 2, builder->height_m, group_m / 2};
    for (int axis = 0; axis < 3; axis++) {
        group->reach.low[axis] = center[axis] - half_m[axis];
        group->reach.high[axis] = center[axis] + half_m[axis];
    }
    group->cone = level ? MESH_CONE_NOTHING : mesh_cone_make((float[3]){0, 1, 0}, 0.8f);
    group->error_m = is_root ? FLT_MAX : group_m / 100;
    group->level = (uint32_t)level;
    group->has_finest = level == 0;
    group->triangle_count = (is_root ? 1 : 4) * 2 * TILE_QUADS * TILE_QUADS;
}

static Bytes write_page(Builder *builder, int level, uint32_t x, uint32_t z, uint32_t index)
{
    MeshPage page = {.step_m = builder->graph.step_m, .group_count = 1};
    memcpy(page.origin_m, builder->graph.low_m, sizeof page.origin_m);
    page.vertices = ARENA_ARRAY(builder->arena, MeshVertex, 4 * TILE_SIDE * TILE_SIDE);
    bool is_tiled = builder->tile.len > 0;
    if (is_tiled) {
        page.texels = ARENA_ARRAY(builder->arena, MeshTexel, 4 * TILE_SIDE * TILE_SIDE);
        page.tile_rows = SAMPLE_TILE_ROWS;
        page.tile = builder->tile;
    }
    page.surfaces = builder->graph.has_surface && !is_tiled
                        ? ARENA_ARRAY(builder->arena, MeshSurface, 4 * TILE_SIDE * TILE_SIDE)
                        : NULL;
    page.indices = ARENA_ARRAY(builder->arena, uint16_t, 4 * 6 * TILE_QUADS * TILE_QUADS);
    page.clusters = ARENA_ARRAY(builder->arena, MeshCluster, 4);
    uint32_t tiles = level == builder->depth ? 1 : 2;
    for (uint32_t i = 0; i < tiles * tiles; i++)
        add_cluster(builder, &page, level, x * tiles + i % tiles, z * tiles + i / tiles);
    page.groups[0] = (MeshPageGroup){0, page.cluster_count};
    return mesh_write_page(&builder->graph, &page, builder->arena,
                           &builder->graph.pages[index]);
}

static void add_group(Builder *builder, int level, uint32_t x, uint32_t z, Bytes *page)
{
    MeshGraph *graph = &builder->graph;
    uint32_t index = graph->group_count++;
    fill_group(builder, &graph->groups[index], level, x, z);
    graph->groups[index].page = index;
    uint32_t tiles = level == builder->depth ? 1 : 2;
    for (uint32_t i = 0; level > 0 && i < tiles * tiles; i++) {
        graph->children[graph->child_count++] =
            group_under(builder, level - 1, x * tiles + i % tiles, z * tiles + i / tiles);
        graph->groups[index].child_count++;
    }
    MeshLevel *counts = &graph->levels[level];
    counts->group_count++;
    counts->cluster_count += level == builder->depth ? 1 : 4;
    counts->triangle_count += graph->groups[index].triangle_count;
    graph->pages[index].first_group = index;
    graph->pages[index].group_count = 1;
    *page = write_page(builder, level, x, z, index);
    graph->page_count++;
}

static Builder make_builder(int depth, float side_m, bool has_surface, Arena *arena)
{
    Builder builder = {.depth = depth, .arena = arena};
    MeshGraph *graph = &builder.graph;
    float step_m =
        ldexpf(1.0f, (int)floorf(log2f(side_m / (float)(TILE_STEPS * TILE_QUADS))) - depth);
    // The square in whole steps.
    float half_m = step_m * (float)((TILE_STEPS * TILE_QUADS / 2) << depth);
    builder.height_m = half_m / 16;
    *graph = (MeshGraph){
        .has_surface = has_surface,
        .low_m = {-half_m, -half_m, -half_m},
        .high_m = {half_m, half_m, half_m},
        .origin_m = {-half_m, -half_m, -half_m},
        .step_m = step_m,
        .median_edge_m = step_m * TILE_STEPS,
        .root_count = 1,
        .level_count = (uint32_t)depth + 1,
    };
    uint32_t groups = level_first(&builder, -1);
    graph->groups = ARENA_ARRAY(arena, MeshGroup, groups);
    graph->children = ARENA_ARRAY(arena, uint32_t, groups);
    graph->pages = ARENA_ARRAY(arena, MeshPageRange, groups);
    return builder;
}

static SampleMesh build(Builder *builder, Arena *arena)
{
    MeshGraph *graph = &builder->graph;
    uint32_t capacity = level_first(builder, -1);
    Bytes *pages = ARENA_ARRAY(arena, Bytes, capacity);
    for (int level = builder->depth; level >= 0; level--) {
        uint32_t side = level_side(builder, level);
        for (uint32_t i = 0; i < side * side; i++)
            add_group(builder, level, i % side, i / side, &pages[graph->group_count]);
    }
    graph->triangle_count = graph->levels[0].triangle_count;
    graph->source_triangle_count = graph->triangle_count;
    graph->vertex_count = graph->triangle_count / 2;
    size_t size = 0;
    for (uint32_t i = 0; i < capacity; i++)
        size += pages[i].len;
    uint8_t *all = ARENA_ARRAY(arena, uint8_t, size);
    size_t at = 0;
    for (uint32_t i = 0; i < capacity; i++) {
        graph->pages[i].offset = at;
        memcpy(all + at, pages[i].ptr, pages[i].len);
        at += pages[i].len;
    }
    mesh_complete_graph(graph, SAMPLE_BLOCK_GROUPS, arena);
    return (SampleMesh){mesh_write_graph(graph, arena), {all, size}};
}

SampleMesh sample_mesh_build(int depth, float side_m, bool has_surface, Arena *arena)
{
    ASSERT(depth >= 1 && depth <= 6);
    Builder builder = make_builder(depth, side_m, has_surface, arena);
    return build(&builder, arena);
}

SampleMesh sample_mesh_build_tiled(int depth, float side_m, Bytes tile, Arena *arena)
{
    ASSERT(depth >= 1 && depth <= 6 && tile.len > 0);
    Builder builder = make_builder(depth, side_m, true, arena);
    builder.tile = tile;
    return build(&builder, arena);
}
