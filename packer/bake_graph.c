// bake_graph.c: from a mesh to groups of clusters, level above level.

#include "packer/bake_graph.h"

#include <string.h>

enum {
    CHUNK_TRIANGLES = 1 << 13,      // cut into clusters at once
    WORKER_BYTES = 2 * 1024 * 1024, // what a group needs meanwhile: one block, kept
};

// Arenas of one worker. The clusters of a level live in `pools` in turn.
typedef struct Worker {
    Arena keep, temporary, pools[2];
} Worker;

typedef struct Level {
    uint32_t cluster_count;
    BakeCluster *clusters;
    uint64_t triangle_count;
} Level;

typedef struct Builder {
    const GraphDesc *desc;
    BakeMesh *mesh;
    Worker *workers;
    int worker_count;
    VertexUse use;
    uint32_t number; // of the level
    uint32_t pass;   // as `number`, but also counts those in which no group could be made
    Level level;
    bool is_last;
    Arena tables[2]; // of clusters, level about
    // One pass over a level's groups, or over chunks.
    const uint32_t *order;
    Partition partition;
    GroupResult *results;
    // All groups so far.
    BakeGroup **groups;
    uint32_t group_count, group_capacity;
    Arena *arena;
} Builder;

static void report(const Builder *builder, const char *doing, double share)
{
    const GraphDesc *desc = builder->desc;
    if (desc->progress)
        desc->progress(desc->progress_context, doing,
                       desc->progress_first +
                           share * (desc->progress_last - desc->progress_first));
}

// ---- the finest clusters

// The triangles that stand at begin to end in the order.
static LocalMesh cut_chunk(const Builder *builder, uint32_t begin, uint32_t end, Arena *arena)
{
    const BakeMesh *mesh = builder->mesh;
    bool has_texels = mesh->texel_areas;
    LocalMap map = local_map_make(3 * (end - begin), arena);
    uint32_t(*triangles)[3] = arena_alloc_raw(arena, (end - begin) * sizeof *triangles, 16);
    float *texels = has_texels ? ARENA_ARRAY_RAW(arena, float, end - begin) : NULL;
    for (uint32_t t = begin; t < end; t++) {
        uint32_t from = builder->order[t];
        for (int corner = 0; corner < 3; corner++)
            triangles[t - begin][corner] = local_map_add(&map, mesh->triangles[from][corner]);
        if (texels)
            texels[t - begin] = mesh->texel_areas[from];
    }
    float(*positions)[3] = arena_alloc_raw(arena, map.count * sizeof *positions, 16);
    for (uint32_t v = 0; v < map.count; v++)
        bake_position(mesh, map.members[v], positions[v]);
    return (LocalMesh){.vertex_count = map.count,
                       .triangle_count = end - begin,
                       .vertices = map.members,
                       .positions_m = (const float(*)[3])positions,
                       .triangles = (const uint32_t(*)[3])triangles,
                       .texels = texels,
                       .sources = &builder->order[begin]};
}

static Status cluster_chunks(void *context, size_t first, size_t count, int worker)
{
    Builder *builder = context;
    Arena *temporary = &builder->workers[worker].temporary;
    for (size_t chunk = first; chunk < first + count; chunk++) {
        ArenaMark mark = arena_mark(temporary);
        uint32_t begin = (uint32_t)chunk * CHUNK_TRIANGLES;
        LocalMesh local =
            cut_chunk(builder, begin,
                      MIN(begin + CHUNK_TRIANGLES, builder->mesh->triangle_count), temporary);
        GroupResult *result = &builder->results[chunk];
        result->clusters = bake_build_clusters(&local, &builder->workers[worker].pools[0],
                                               temporary, &result->cluster_count);
        arena_rewind(temporary, mark);
    }
    return OK;
}

static void gather_level(Builder *builder, uint32_t result_count, Arena *table)
{
    Level level = {0};
    for (uint32_t i = 0; i < result_count; i++)
        level.cluster_count += builder->results[i].cluster_count;
    level.clusters = ARENA_ARRAY_RAW(table, BakeCluster, level.cluster_count);
    uint32_t at = 0;
    for (uint32_t i = 0; i < result_count; i++) {
        const GroupResult *result = &builder->results[i];
        if (result->cluster_count)
            memcpy(&level.clusters[at], result->clusters,
                   result->cluster_count * sizeof *level.clusters);
        at += result->cluster_count;
    }
    for (uint32_t c = 0; c < level.cluster_count; c++)
        level.triangle_count += level.clusters[c].triangle_count;
    builder->level = level;
}

NODISCARD static Status make_finest(Builder *builder)
{
    Arena temporary = {0};
    uint32_t chunk_count = (builder->mesh->triangle_count - 1) / CHUNK_TRIANGLES + 1;
    builder->order = bake_order_triangles(builder->mesh, &temporary);
    builder->results = ARENA_ARRAY(&temporary, GroupResult, chunk_count);
    Status status = parallel_for(&(ParallelDesc){.count = chunk_count,
                                                 .run = cluster_chunks,
                                                 .context = builder,
                                                 .cancel = builder->desc->cancel,
                                                 .worker_limit = builder->desc->worker_limit});
    if (!status)
        gather_level(builder, chunk_count, &builder->tables[0]);
    arena_drop(&temporary);
    return status;
}

// ---- a level

static Status make_groups(void *context, size_t first, size_t count, int worker)
{
    Builder *builder = context;
    Worker *own = &builder->workers[worker];
    for (size_t g = first; g < first + count; g++) {
        uint32_t begin = builder->partition.firsts[g];
        GroupJob job = {.mesh = builder->mesh,
                        .use = &builder->use,
                        .clusters = builder->level.clusters,
                        .members = &builder->partition.members[begin],
                        .member_count = builder->partition.firsts[g + 1] - begin,
                        .level = builder->number,
                        .is_root = builder->is_last,
                        .keep = &own->keep,
                        .coming = &own->pools[(builder->pass + 1) % 2],
                        .temporary = &own->temporary};
        builder->results[g] = bake_make_group(&job);
    }
    return OK;
}

// Clusters of a group that could not be simplified go on to the next level as they are.
static void carry(Builder *builder, uint32_t g, GroupResult *result, Arena *table)
{
    uint32_t begin = builder->partition.firsts[g];
    uint32_t count = builder->partition.firsts[g + 1] - begin;
    result->cluster_count = count;
    result->clusters = ARENA_ARRAY_RAW(table, BakeCluster, count);
    for (uint32_t i = 0; i < count; i++) {
        BakeCluster *cluster = &result->clusters[i];
        *cluster = builder->level.clusters[builder->partition.members[begin + i]];
        cluster->tries = (uint8_t)MIN(cluster->tries + 1, UINT8_MAX);
        // Their lists live with the level that ends now.
        cluster->vertices =
            arena_copy(table, cluster->vertices, cluster->vertex_count * sizeof(uint32_t), 4);
        cluster->triangles =
            arena_copy(table, cluster->triangles, 3 * (size_t)cluster->triangle_count, 1);
        if (cluster->sources)
            cluster->sources = arena_copy(table, cluster->sources,
                                          cluster->triangle_count * sizeof(uint32_t), 4);
    }
}

static void number_groups(Builder *builder, Arena *table)
{
    uint32_t before = builder->group_count;
    for (uint32_t g = 0; g < builder->partition.group_count; g++) {
        GroupResult *result = &builder->results[g];
        if (!result->group) {
            carry(builder, g, result, table);
            continue;
        }
        uint32_t number = builder->group_count;
        *ARENA_PUSH(builder->arena, builder->groups, builder->group_count,
                    builder->group_capacity) = result->group;
        for (uint32_t i = 0; i < result->cluster_count; i++)
            result->clusters[i].refined_by = number;
    }
    builder->number += builder->group_count > before;
}

NODISCARD static Status make_level(Builder *builder, Arena *temporary)
{
    const GraphDesc *desc = builder->desc;
    TRY(bake_partition(&(PartitionDesc){.clusters = builder->level.clusters,
                                        .cluster_count = builder->level.cluster_count,
                                        .vertex_count = builder->mesh->vertex_count,
                                        .worker_limit = desc->worker_limit,
                                        .cancel = desc->cancel},
                       temporary, &builder->partition));
    bake_find_uses(builder->level.clusters, &builder->partition, &builder->use);
    builder->results = ARENA_ARRAY(temporary, GroupResult, builder->partition.group_count);
    Status status = parallel_for(&(ParallelDesc){.count = builder->partition.group_count,
                                                 .run = make_groups,
                                                 .context = builder,
                                                 .cancel = desc->cancel,
                                                 .worker_limit = desc->worker_limit});
    bake_forget_uses(builder->level.clusters, &builder->partition, &builder->use);
    return status;
}

// Moves on to the level just made and forgets the one below.
static void step_up(Builder *builder)
{
    Arena *table = &builder->tables[(builder->pass + 1) % 2];
    number_groups(builder, table);
    gather_level(builder, builder->partition.group_count, table);
    arena_reset(&builder->tables[builder->pass % 2]);
    for (int i = 0; i < builder->worker_count; i++)
        arena_reset(&builder->workers[i].pools[builder->pass % 2]);
    builder->pass++;
}

static bool is_hopeless(const Level *level)
{
    for (uint32_t c = 0; c < level->cluster_count; c++) {
        if (level->clusters[c].tries < BAKE_GROUP_PATIENCE + 2)
            return false;
    }
    return true;
}

NODISCARD static Status make_levels(Builder *builder)
{
    double total = 2.0 * (double)builder->mesh->triangle_count, done = 0;
    while (!builder->is_last) {
        report(builder, "simplifying", done / total);
        done += (double)builder->level.triangle_count;
        builder->is_last = builder->level.cluster_count == 1 ||
                           builder->number == MESH_MAX_LEVELS - 1 ||
                           is_hopeless(&builder->level);
        Arena temporary = {0};
        Status status = make_level(builder, &temporary);
        if (!status)
            step_up(builder);
        arena_drop(&temporary);
        TRY(status);
    }
    report(builder, "simplifying", 1.0);
    return OK;
}

// ---- public

static Builder make_builder(const GraphDesc *desc, Arena *arena, Arena *temporary)
{
    Builder builder = {.desc = desc, .mesh = desc->mesh, .arena = arena};
    builder.worker_count = parallel_worker_count(
        &(ParallelDesc){.count = UINT32_MAX, .worker_limit = desc->worker_limit});
    builder.workers = ARENA_ARRAY(temporary, Worker, (size_t)builder.worker_count);
    for (int i = 0; i < builder.worker_count; i++) {
        arena_alloc_raw(&builder.workers[i].temporary, WORKER_BYTES, 64);
        arena_reset(&builder.workers[i].temporary);
    }
    builder.use.vertex_count = desc->mesh->vertex_count;
    builder.use.users = ARENA_ARRAY_RAW(temporary, uint32_t, desc->mesh->vertex_count);
    memset(builder.use.users, 0xff, (size_t)desc->mesh->vertex_count * sizeof(uint32_t));
    return builder;
}

static void drop_builder(Builder *builder)
{
    for (int i = 0; i < builder->worker_count; i++) {
        arena_drop(&builder->workers[i].temporary);
        arena_drop(&builder->workers[i].pools[0]);
        arena_drop(&builder->workers[i].pools[1]);
    }
    arena_drop(&builder->tables[0]);
    arena_drop(&builder->tables[1]);
}

Status bake_graph(const GraphDesc *desc, Arena *arena, BakeGraph *out)
{
    Arena temporary = {0};
    Builder builder = make_builder(desc, arena, &temporary);
    report(&builder, "cutting into clusters", 0);
    Status status = make_finest(&builder);
    if (!status)
        status = make_levels(&builder);
    BakeGraph graph = {.group_count = builder.group_count,
                       .groups = builder.groups,
                       .root_count = builder.partition.group_count,
                       .level_count = builder.number,
                       .store_count = builder.worker_count};
    graph.stores = ARENA_ARRAY(arena, Arena, (size_t)builder.worker_count);
    for (int i = 0; i < builder.worker_count; i++)
        graph.stores[i] = builder.workers[i].keep;
    drop_builder(&builder);
    arena_drop(&temporary);
    if (status)
        bake_graph_drop(&graph);
    else
        *out = graph;
    return status;
}

void bake_graph_drop(BakeGraph *graph)
{
    for (int i = 0; i < graph->store_count; i++)
        arena_drop(&graph->stores[i]);
    graph->store_count = 0;
}
