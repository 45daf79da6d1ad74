// strip.c: a sculpture for tests: a wavy strip along x.

#include "stream/strip.h"

#include "data/surface.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_LEVELS = 24,
    GROUP_CLUSTERS = 4,
    COLUMN_STEPS = 8,
    WIDTH_STEPS = 300,
};
static const float STEP_M = 1.0f / 8192;

typedef struct BuiltCluster {
    StripCluster columns;
    uint32_t made_from; // group of the level below
    uint32_t group;     // of this level
} BuiltCluster;

typedef struct BuiltGroup {
    uint32_t first_cluster, cluster_count; // members, of this level
    float error_m;
    uint32_t index; // in the table
} BuiltGroup;

typedef struct Level {
    uint32_t cluster_count, group_count;
    BuiltCluster *clusters;
    BuiltGroup *groups;
} Level;

static int height_steps(uint32_t column)
{
    return 2000 + (int)lrint(900 * sin(column * 0.021) + 120 * sin(column * 0.37) +
                             9 * sin(column * 2.1));
}

// The column of a cluster's k-th row of vertices.
static uint32_t row_column(StripCluster columns, uint32_t k)
{
    return columns.first_column + columns.column_count * k / STRIP_QUADS;
}

static float cluster_error_m(StripCluster columns)
{
    float worst = 0;
    for (uint32_t k = 0; k < STRIP_QUADS; k++) {
        uint32_t from = row_column(columns, k), to = row_column(columns, k + 1);
        for (uint32_t column = from; column < to; column++) {
            float t = (float)(column - from) / (float)(to - from);
            float line = (1 - t) * (float)height_steps(from) + t * (float)height_steps(to);
            worst = fmaxf(worst, fabsf(line - (float)height_steps(column)));
        }
    }
    return worst * STEP_M;
}

static void group_clusters(Level *level, Arena *arena)
{
    level->groups = ARENA_ARRAY(arena, BuiltGroup, level->cluster_count + 1);
    uint32_t size = 1 + (uint32_t)rand() % GROUP_CLUSTERS; // of the first, then full ones
    for (uint32_t first = 0; first < level->cluster_count; first += size) {
        if (first)
            size = GROUP_CLUSTERS;
        uint32_t count = MIN(size, level->cluster_count - first);
        for (uint32_t i = 0; i < count; i++)
            level->clusters[first + i].group = level->group_count;
        level->groups[level->group_count++] = (BuiltGroup){first, count, 0, 0};
    }
}

static float column_x_m(float column)
{
    return column * COLUMN_STEPS * STEP_M;
}

// The error of a group is not below those of what its members were made from.
static void nest_group(const Level *level, const Level *below, BuiltGroup *group)
{
    for (uint32_t i = 0; below && i < group->cluster_count; i++) {
        const BuiltCluster *cluster = &level->clusters[group->first_cluster + i];
        group->error_m = fmaxf(group->error_m, below->groups[cluster->made_from].error_m);
    }
}

// Simplifies each group's members to half as many clusters of the level above.
static void simplify_level(Level *level, Level *above, Arena *arena)
{
    above->clusters = ARENA_ARRAY(arena, BuiltCluster, level->cluster_count);
    for (uint32_t g = 0; g < level->group_count; g++) {
        BuiltGroup *group = &level->groups[g];
        const BuiltCluster *members = &level->clusters[group->first_cluster];
        uint32_t first = members[0].columns.first_column;
        StripCluster last = members[group->cluster_count - 1].columns;
        uint32_t columns = last.first_column + last.column_count - first;
        uint32_t count = (group->cluster_count + 1) / 2;
        for (uint32_t i = 0; i < count; i++) {
            uint32_t from = columns * i / count, to = columns * (i + 1) / count;
            StripCluster made = {first + from, to - from};
            above->clusters[above->cluster_count++] = (BuiltCluster){made, g, 0};
            group->error_m = fmaxf(group->error_m, cluster_error_m(made));
        }
    }
}

static uint32_t build_levels(Level levels[MAX_LEVELS], uint32_t leaf_count,
                             uint32_t root_clusters, Arena *arena)
{
    levels[0].cluster_count = leaf_count;
    levels[0].clusters = ARENA_ARRAY(arena, BuiltCluster, leaf_count);
    for (uint32_t i = 0; i < leaf_count; i++)
        levels[0].clusters[i] =
            (BuiltCluster){{i * STRIP_QUADS, STRIP_QUADS}, MESH_NO_GROUP, 0};
    for (uint32_t l = 0;; l++) {
        ASSERT(l + 1 < MAX_LEVELS);
        Level *level = &levels[l];
        group_clusters(level, arena);
        for (uint32_t g = 0; g < level->group_count; g++)
            nest_group(level, l ? &levels[l - 1] : NULL, &level->groups[g]);
        if (level->cluster_count <= root_clusters) {
            for (uint32_t g = 0; g < level->group_count; g++)
                level->groups[g].error_m = FLT_MAX;
            return l + 1;
        }
        simplify_level(level, &levels[l + 1], arena);
    }
}

static void write_rows(MeshPage *page, StripCluster columns, MeshCluster *cluster)
{
    uint32_t first_vertex = page->vertex_count;
    for (uint32_t k = 0; k <= STRIP_QUADS; k++) {
        uint32_t column = row_column(columns, k);
        for (int side = 0; side < 2; side++) {
            MeshVertex *vertex = &page->vertices[page->vertex_count++];
            vertex->position[0] = (uint16_t)(column * COLUMN_STEPS);
            vertex->position[1] = (uint16_t)(side * WIDTH_STEPS);
            vertex->position[2] = (uint16_t)height_steps(column);
            mesh_encode_normal((float[3]){0, 0, 1}, vertex->normal);
        }
    }
    for (uint32_t k = 0; k < STRIP_QUADS; k++) {
        uint16_t a = (uint16_t)(first_vertex + k * 2);
        const uint16_t quad[6] = {a, a + 2, a + 1, a + 1, a + 2, a + 3};
        memcpy(page->indices + page->index_count, quad, sizeof quad);
        page->index_count += 6;
    }
    cluster->triangle_count = STRIP_QUADS * 2;
}

static void bound_cluster(const MeshPage *page, MeshCluster *cluster)
{
    float low[3] = {FLT_MAX, FLT_MAX, FLT_MAX}, high[3] = {-FLT_MAX, -FLT_MAX, -FLT_MAX};
    for (uint32_t i = 0; i < cluster->triangle_count * 3; i++)
        for (int k = 0; k < 3; k++) {
            const MeshVertex *vertex = &page->vertices[page->indices[cluster->first_index + i]];
            float at = STEP_M * vertex->position[k];
            low[k] = fminf(low[k], at);
            high[k] = fmaxf(high[k], at);
        }
    float squared = 0;
    for (int k = 0; k < 3; k++) {
        cluster->center[k] = (low[k] + high[k]) / 2;
        squared += (high[k] - low[k]) * (high[k] - low[k]) / 4;
    }
    cluster->radius = sqrtf(squared) * 1.0001f;
    cluster->cone_axis[2] = 1;
    cluster->cone_cutoff = 2; // never hidden
}

static MeshPage make_page(Arena *arena)
{
    return (MeshPage){
        .step_m = STEP_M,
        .vertices = ARENA_ARRAY(arena, MeshVertex,
                                MESH_PAGE_MAX_GROUPS * GROUP_CLUSTERS * (STRIP_QUADS + 1) * 2),
        .indices = ARENA_ARRAY(arena, uint16_t,
                               MESH_PAGE_MAX_GROUPS * GROUP_CLUSTERS * STRIP_QUADS * 6),
        .clusters = ARENA_ARRAY(arena, MeshCluster, MESH_PAGE_MAX_GROUPS * GROUP_CLUSTERS)};
}

static void add_members(Strip *strip, const Level *level, const Level *below,
                        const BuiltGroup *built, MeshGroup *group)
{
    MeshPage *page = &strip->pages[group->page];
    MeshPageGroup *members = &page->groups[page->group_count++];
    *members = (MeshPageGroup){page->cluster_count, built->cluster_count};
    for (uint32_t i = 0; i < built->cluster_count; i++) {
        const BuiltCluster *from = &level->clusters[built->first_cluster + i];
        strip->clusters[group->page][page->cluster_count] = from->columns;
        MeshCluster *cluster = &page->clusters[page->cluster_count++];
        *cluster = (MeshCluster){.first_index = page->index_count};
        cluster->refined_by = below ? below->groups[from->made_from].index : MESH_NO_GROUP;
        write_rows(page, from->columns, cluster);
        bound_cluster(page, cluster);
        group->triangle_count += cluster->triangle_count;
        for (int k = 0; k < 3; k++) {
            group->reach.low[k] =
                fminf(group->reach.low[k], cluster->center[k] - cluster->radius);
            group->reach.high[k] =
                fmaxf(group->reach.high[k], cluster->center[k] + cluster->radius);
        }
    }
}

// What its members were made from; neighbours may come from the same group.
static void add_children(MeshGraph *graph, const Level *level, const Level *below,
                         const BuiltGroup *built, MeshGroup *group)
{
    for (uint32_t i = 0; below && i < built->cluster_count; i++) {
        const BuiltCluster *member = &level->clusters[built->first_cluster + i];
        uint32_t child = below->groups[member->made_from].index;
        if (group->child_count && graph->children[graph->child_count - 1] == child)
            continue;
        graph->children[graph->child_count++] = child;
        group->child_count++;
    }
}

static void number_groups(Strip *strip, Level *levels, uint32_t level_count)
{
    for (uint32_t l = level_count; l-- > 0;)
        for (uint32_t g = 0; g < levels[l].group_count; g++)
            levels[l].groups[g].index = strip->graph.group_count++;
    strip->graph.root_count = levels[level_count - 1].group_count;
    strip->graph.level_count = level_count;
    strip->graph.page_count =
        (strip->graph.group_count + MESH_PAGE_MAX_GROUPS - 1) / MESH_PAGE_MAX_GROUPS;
}

static void fill_graph(Strip *strip, Level *levels, Arena *arena)
{
    MeshGraph *graph = &strip->graph;
    for (uint32_t l = graph->level_count; l-- > 0;) {
        const Level *level = &levels[l], *below = l ? &levels[l - 1] : NULL;
        for (uint32_t g = 0; g < level->group_count; g++) {
            const BuiltGroup *built = &level->groups[g];
            MeshGroup *group = &graph->groups[built->index];
            uint32_t page = built->index / MESH_PAGE_MAX_GROUPS;
            *group = (MeshGroup){
                .reach = {{FLT_MAX, FLT_MAX, FLT_MAX}, {-FLT_MAX, -FLT_MAX, -FLT_MAX}},
                .error_m = built->error_m,
                .page = page,
                .index_in_page = built->index % MESH_PAGE_MAX_GROUPS,
                .level = l,
                .has_finest = l == 0};
            if (group->index_in_page == 0) {
                strip->pages[page] = make_page(arena);
                strip->clusters[page] = ARENA_ARRAY(arena, StripCluster, 64);
                graph->pages[page].first_group = built->index;
            }
            graph->pages[page].group_count++;
            add_children(graph, level, below, built, group);
            add_members(strip, level, below, built, group);
            graph->levels[l].triangle_count += group->triangle_count;
            graph->levels[l].group_count++;
            graph->levels[l].cluster_count += built->cluster_count;
        }
    }
}

static void write_strip(Strip *strip, Arena *arena)
{
    MeshGraph *graph = &strip->graph;
    uint64_t size = 0;
    Bytes *parts = ARENA_ARRAY(arena, Bytes, graph->page_count);
    for (uint32_t i = 0; i < graph->page_count; i++) {
        parts[i] = mesh_write_page(graph, &strip->pages[i], arena, &graph->pages[i]);
        graph->pages[i].offset = size;
        size += parts[i].len;
    }
    uint8_t *all = arena_alloc_raw(arena, size, 16);
    for (uint32_t i = 0; i < graph->page_count; i++)
        memcpy(all + graph->pages[i].offset, parts[i].ptr, parts[i].len);
    strip->pages_bytes = (Bytes){all, size};
    mesh_complete_graph(graph, STRIP_BLOCK_GROUPS, arena);
    strip->graph_bytes = mesh_write_graph(graph, arena);
}

void strip_point(const Strip *strip, float column, float out_m[3])
{
    ASSERT(column >= 0 && column <= (float)strip->column_count);
    uint32_t before = (uint32_t)column;
    float t = column - (float)before;
    out_m[0] = column_x_m(column);
    out_m[1] = WIDTH_STEPS * STEP_M / 2;
    out_m[2] =
        STEP_M * ((1 - t) * (float)height_steps(before) + t * (float)height_steps(before + 1));
}

static void add_tiles(Strip *strip, StripTile (*tile_of)(uint32_t page), Arena *arena)
{
    for (uint32_t i = 0; i < strip->graph.page_count; i++) {
        MeshPage *page = &strip->pages[i];
        StripTile told = tile_of(i);
        if (!told.rows)
            continue;
        SurfaceTile tile = surface_tile_default();
        size_t count = (size_t)told.rows_told * SURFACE_TILE_WIDTH;
        tile.rows = told.rows_told;
        tile.maps = 1u << SURFACE_NORMAL;
        tile.shape = arena_alloc(arena, count * 4, 4);
        page->tile_rows = told.rows;
        page->texels = ARENA_ARRAY(arena, MeshTexel, page->vertex_count);
        Status status = surface_write(&tile, NULL, arena, &page->tile);
        ASSERT(!status);
    }
}

Strip strip_make(uint32_t leaf_count, uint32_t root_clusters, uint32_t seed, Arena *arena)
{
    return strip_make_tiled(leaf_count, root_clusters, seed, NULL, arena);
}

Strip strip_make_tiled(uint32_t leaf_count, uint32_t root_clusters, uint32_t seed,
                       StripTile (*tile_of)(uint32_t page), Arena *arena)
{
    srand(seed);
    Level levels[MAX_LEVELS] = {{0}};
    Strip strip = {.column_count = leaf_count * STRIP_QUADS};
    ASSERT(strip.column_count * COLUMN_STEPS <= UINT16_MAX);
    uint32_t level_count = build_levels(levels, leaf_count, root_clusters, arena);
    number_groups(&strip, levels, level_count);
    MeshGraph *graph = &strip.graph;
    graph->groups = ARENA_ARRAY(arena, MeshGroup, graph->group_count);
    graph->children = ARENA_ARRAY(arena, uint32_t, graph->group_count * GROUP_CLUSTERS);
    graph->pages = ARENA_ARRAY(arena, MeshPageRange, graph->page_count);
    strip.pages = ARENA_ARRAY(arena, MeshPage, graph->page_count);
    strip.clusters = ARENA_ARRAY(arena, StripCluster *, graph->page_count);
    fill_graph(&strip, levels, arena);
    graph->step_m = STEP_M;
    graph->high_m[0] = column_x_m((float)strip.column_count);
    graph->high_m[1] = WIDTH_STEPS * STEP_M;
    graph->high_m[2] = 4000 * STEP_M;
    graph->triangle_count = graph->source_triangle_count = strip.column_count * 2;
    graph->vertex_count = (strip.column_count + 1) * 2;
    graph->median_edge_m = COLUMN_STEPS * STEP_M;
    if (tile_of)
        add_tiles(&strip, tile_of, arena);
    write_strip(&strip, arena);
    return strip;
}
