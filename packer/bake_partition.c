// bake_partition.c: which clusters of a level are simplified together.

#include "packer/bake_partition.h"

#include <metis.h>
#include <stdlib.h>
#include <string.h>

enum {
    CLUSTERS_PER_GROUP = 16,
    SEED = 1,
    UNEVENNESS = 50,   // thousandths that halves may differ by, for shorter borders
    REAL_WEIGHT = 4,   // of a shared edge; links between neighbours that do not touch have 1
    CROWD = 48,        // a vertex of more clusters says nothing about who belongs together
    LINKS = 3,         // to neighbours along the curve, each way
    SMALL_ISLAND = 16, // clusters that hang together, too few to be a group of their own
};

typedef struct VertexUsers {
    uint32_t count, first, filled; // into Links.users; `first` counts from 1, 0 is unplaced
} VertexUsers;

typedef struct Neighbour {
    uint32_t cluster, weight;
} Neighbour;

typedef struct Neighbours {
    uint32_t count;
    Neighbour *all;
} Neighbours;

typedef struct Links {
    const PartitionDesc *desc;
    VertexUsers *vertices;
    uint32_t *users;        // of vertices that more than one cluster uses
    Neighbours *neighbours; // a cluster each
    int worker_count;
    Arena *worker_arenas;
    uint32_t **worker_weights; // a cluster each, all zero between two
} Links;

// ---- who touches whom

static void find_users(Links *links, Arena *arena)
{
    const PartitionDesc *desc = links->desc;
    links->vertices = ARENA_ARRAY(arena, VertexUsers, desc->vertex_count);
    uint32_t total = 0;
    for (uint32_t c = 0; c < desc->cluster_count; c++) {
        for (uint32_t i = 0; i < desc->clusters[c].vertex_count; i++)
            links->vertices[desc->clusters[c].vertices[i]].count++;
        total += desc->clusters[c].vertex_count;
    }
    links->users = ARENA_ARRAY_RAW(arena, uint32_t, total);
    total = 1;
    for (uint32_t c = 0; c < desc->cluster_count; c++) {
        for (uint32_t i = 0; i < desc->clusters[c].vertex_count; i++) {
            VertexUsers *vertex = &links->vertices[desc->clusters[c].vertices[i]];
            if (vertex->count < 2)
                continue;
            if (!vertex->first) {
                vertex->first = total;
                total += vertex->count;
            }
            links->users[vertex->first - 1 + vertex->filled++] = c;
        }
    }
}

static Status find_neighbours(void *context, size_t first, size_t count, int worker)
{
    Links *links = context;
    const PartitionDesc *desc = links->desc;
    uint32_t *weights = links->worker_weights[worker];
    Arena *arena = &links->worker_arenas[worker];
    for (size_t c = first; c < first + count; c++) {
        const BakeCluster *cluster = &desc->clusters[c];
        uint32_t capacity = 0;
        Neighbours found = {0};
        for (uint32_t i = 0; i < cluster->vertex_count; i++) {
            const VertexUsers *vertex = &links->vertices[cluster->vertices[i]];
            if (vertex->count < 2 || vertex->count > CROWD)
                continue;
            for (uint32_t j = 0; j < vertex->count; j++) {
                uint32_t other = links->users[vertex->first - 1 + j];
                if (other != c && weights[other]++ == 0)
                    *ARENA_PUSH(arena, found.all, found.count, capacity) =
                        (Neighbour){.cluster = other};
            }
        }
        for (uint32_t i = 0; i < found.count; i++) {
            uint32_t shared = weights[found.all[i].cluster];
            found.all[i].weight = REAL_WEIGHT * MAX(shared - 1, 1u);
            weights[found.all[i].cluster] = 0;
        }
        links->neighbours[c] = found;
    }
    return OK;
}

// ---- islands

static uint32_t root_of(uint32_t *parents, uint32_t c)
{
    while (parents[c] != c) {
        parents[c] = parents[parents[c]];
        c = parents[c];
    }
    return c;
}

typedef struct Placed {
    uint32_t key, cluster;
} Placed;

static int compare_placed(const void *a, const void *b)
{
    const Placed *left = a, *right = b;
    if (left->key != right->key)
        return left->key < right->key ? -1 : 1;
    return left->cluster < right->cluster ? -1 : left->cluster > right->cluster;
}

static Placed *order_clusters(const PartitionDesc *desc, Arena *arena)
{
    float low[3], high[3], size = 0.0f;
    for (int axis = 0; axis < 3; axis++) {
        low[axis] = high[axis] = desc->clusters[0].center[axis];
        for (uint32_t c = 1; c < desc->cluster_count; c++) {
            low[axis] = MIN(low[axis], desc->clusters[c].center[axis]);
            high[axis] = MAX(high[axis], desc->clusters[c].center[axis]);
        }
        size = MAX(size, high[axis] - low[axis]);
    }
    float scale = size > 0.0f ? 1023.0f / size : 0.0f;
    Placed *placed = ARENA_ARRAY_RAW(arena, Placed, desc->cluster_count);
    for (uint32_t c = 0; c < desc->cluster_count; c++) {
        uint32_t point[3];
        for (int axis = 0; axis < 3; axis++)
            point[axis] = (uint32_t)((desc->clusters[c].center[axis] - low[axis]) * scale);
        placed[c] = (Placed){bake_hilbert(point), c};
    }
    qsort(placed, desc->cluster_count, sizeof *placed, compare_placed);
    return placed;
}

static uint32_t *find_islands(const Links *links, uint32_t *sizes, Arena *arena)
{
    uint32_t count = links->desc->cluster_count;
    uint32_t *parents = ARENA_ARRAY_RAW(arena, uint32_t, count);
    for (uint32_t c = 0; c < count; c++)
        parents[c] = c;
    for (uint32_t c = 0; c < count; c++) {
        for (uint32_t i = 0; i < links->neighbours[c].count; i++)
            parents[root_of(parents, links->neighbours[c].all[i].cluster)] =
                root_of(parents, c);
    }
    for (uint32_t c = 0; c < count; c++) {
        parents[c] = root_of(parents, c);
        sizes[parents[c]]++;
    }
    return parents;
}

typedef struct Pair {
    uint32_t a, b;
} Pair;

// Neighbours along the curve, where one of them belongs to a small island.
static Pair *link_islands(const Links *links, Arena *arena, uint32_t *out_count)
{
    uint32_t count = links->desc->cluster_count, capacity = 0;
    uint32_t *sizes = ARENA_ARRAY(arena, uint32_t, count);
    uint32_t *islands = find_islands(links, sizes, arena);
    Placed *placed = order_clusters(links->desc, arena);
    Pair *pairs = NULL;
    *out_count = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t a = placed[i].cluster;
        for (uint32_t j = i + 1; j < MIN(count, i + 1 + LINKS); j++) {
            uint32_t b = placed[j].cluster;
            bool is_small =
                sizes[islands[a]] < SMALL_ISLAND || sizes[islands[b]] < SMALL_ISLAND;
            if (is_small && islands[a] != islands[b])
                *ARENA_PUSH(arena, pairs, *out_count, capacity) = (Pair){a, b};
        }
    }
    return pairs;
}

// ---- METIS

typedef struct MetisGraph {
    idx_t *starts, *others, *weights;
    idx_t edge_count;
} MetisGraph;

static MetisGraph make_graph(const Links *links, Arena *arena)
{
    uint32_t count = links->desc->cluster_count, pair_count;
    Pair *pairs = link_islands(links, arena, &pair_count);
    MetisGraph graph = {.starts = ARENA_ARRAY(arena, idx_t, count + 2)};
    // Degrees two places on; after the sums, starts[c + 1] counts up to the end of c.
    for (uint32_t c = 0; c < count; c++)
        graph.starts[c + 2] = (idx_t)links->neighbours[c].count;
    for (uint32_t i = 0; i < pair_count; i++) {
        graph.starts[pairs[i].a + 2]++;
        graph.starts[pairs[i].b + 2]++;
    }
    for (uint32_t c = 0; c < count; c++)
        graph.starts[c + 2] += graph.starts[c + 1];
    graph.edge_count = graph.starts[count + 1];
    graph.others = ARENA_ARRAY_RAW(arena, idx_t, MAX(graph.edge_count, 1));
    graph.weights = ARENA_ARRAY_RAW(arena, idx_t, MAX(graph.edge_count, 1));
    for (uint32_t c = 0; c < count; c++) {
        for (uint32_t i = 0; i < links->neighbours[c].count; i++) {
            idx_t at = graph.starts[c + 1]++;
            graph.others[at] = (idx_t)links->neighbours[c].all[i].cluster;
            graph.weights[at] = (idx_t)links->neighbours[c].all[i].weight;
        }
    }
    for (uint32_t i = 0; i < 2 * pair_count; i++) {
        Pair pair = pairs[i / 2];
        idx_t at = graph.starts[(i % 2 ? pair.b : pair.a) + 1]++;
        graph.others[at] = (idx_t)(i % 2 ? pair.a : pair.b);
        graph.weights[at] = 1;
    }
    return graph;
}

NODISCARD static Status run_metis(const Links *links, idx_t part_count, idx_t *parts)
{
    Arena temporary = {0};
    MetisGraph graph = make_graph(links, &temporary);
    idx_t options[METIS_NOPTIONS];
    METIS_SetDefaultOptions(options);
    options[METIS_OPTION_SEED] = SEED;
    options[METIS_OPTION_UFACTOR] = UNEVENNESS;
    idx_t count = (idx_t)links->desc->cluster_count, constraints = 1, cut = 0;
    int result =
        METIS_PartGraphRecursive(&count, &constraints, graph.starts, graph.others, NULL, NULL,
                                 graph.weights, &part_count, NULL, NULL, options, &cut, parts);
    arena_drop(&temporary);
    if (result != METIS_OK)
        return FAIL(ERR_LIMIT, "METIS gave up (%d) on %d clusters", result, (int)count);
    return OK;
}

// ---- groups of the right size

typedef struct Ranked {
    float at;
    uint32_t cluster;
} Ranked;

static int compare_ranked(const void *a, const void *b)
{
    const Ranked *left = a, *right = b;
    if (left->at != right->at)
        return left->at < right->at ? -1 : 1;
    return left->cluster < right->cluster ? -1 : left->cluster > right->cluster;
}

static int longest_axis(const BakeCluster *clusters, const uint32_t *members, uint32_t count)
{
    int longest = 0;
    float most = -1.0f;
    for (int axis = 0; axis < 3; axis++) {
        float low = clusters[members[0]].center[axis], high = low;
        for (uint32_t i = 1; i < count; i++) {
            low = MIN(low, clusters[members[i]].center[axis]);
            high = MAX(high, clusters[members[i]].center[axis]);
        }
        if (high - low > most) {
            most = high - low;
            longest = axis;
        }
    }
    return longest;
}

// Halves what is too large for a group, across its longest side. Writes the groups' starts.
static void add_groups(const BakeCluster *clusters, Partition *out, uint32_t first,
                       uint32_t count)
{
    if (count <= MESH_GROUP_MAX_CLUSTERS) {
        if (count)
            out->firsts[out->group_count++] = first;
        return;
    }
    uint32_t *members = &out->members[first];
    Scratch scratch = scratch_begin(NULL);
    int axis = longest_axis(clusters, members, count);
    Ranked *ranked = ARENA_ARRAY_RAW(scratch.arena, Ranked, count);
    for (uint32_t i = 0; i < count; i++)
        ranked[i] = (Ranked){clusters[members[i]].center[axis], members[i]};
    qsort(ranked, count, sizeof *ranked, compare_ranked);
    for (uint32_t i = 0; i < count; i++)
        members[i] = ranked[i].cluster;
    scratch_end(scratch);
    add_groups(clusters, out, first, count / 2);
    add_groups(clusters, out, first + count / 2, count - count / 2);
}

static void gather_groups(const PartitionDesc *desc, const idx_t *parts, idx_t part_count,
                          Arena *arena, Partition *out)
{
    out->members = ARENA_ARRAY_RAW(arena, uint32_t, desc->cluster_count);
    out->firsts = ARENA_ARRAY(arena, uint32_t, desc->cluster_count + 1);
    Scratch scratch = scratch_begin(arena);
    uint32_t *ends = ARENA_ARRAY(scratch.arena, uint32_t, (size_t)part_count + 1);
    for (uint32_t c = 0; c < desc->cluster_count; c++)
        ends[parts[c] + 1]++;
    for (idx_t i = 0; i < part_count; i++)
        ends[i + 1] += ends[i];
    for (uint32_t c = 0; c < desc->cluster_count; c++)
        out->members[ends[parts[c]]++] = c;
    for (idx_t i = 0; i < part_count; i++) {
        uint32_t first = i ? ends[i - 1] : 0;
        add_groups(desc->clusters, out, first, ends[i] - first);
    }
    out->firsts[out->group_count] = desc->cluster_count;
    scratch_end(scratch);
}

// ---- public

NODISCARD static Status link_clusters(const PartitionDesc *desc, Arena *arena, Links *links)
{
    *links = (Links){.desc = desc};
    find_users(links, arena);
    ParallelDesc loop = {.count = desc->cluster_count,
                         .grain = 64,
                         .run = find_neighbours,
                         .context = links,
                         .cancel = desc->cancel,
                         .worker_limit = desc->worker_limit};
    int workers = links->worker_count = parallel_worker_count(&loop);
    links->neighbours = ARENA_ARRAY(arena, Neighbours, desc->cluster_count);
    links->worker_arenas = ARENA_ARRAY(arena, Arena, (size_t)workers);
    links->worker_weights = ARENA_ARRAY(arena, uint32_t *, (size_t)workers);
    for (int i = 0; i < workers; i++)
        links->worker_weights[i] = ARENA_ARRAY(arena, uint32_t, desc->cluster_count);
    return parallel_for(&loop);
}

Status bake_partition(const PartitionDesc *desc, Arena *arena, Partition *out)
{
    Partition partition = {0};
    idx_t part_count =
        (idx_t)((desc->cluster_count + CLUSTERS_PER_GROUP / 2) / CLUSTERS_PER_GROUP);
    Scratch scratch = scratch_begin(arena);
    idx_t *parts = ARENA_ARRAY(scratch.arena, idx_t, desc->cluster_count);
    Status status = OK;
    if (desc->cluster_count > MESH_GROUP_MAX_CLUSTERS && part_count > 1) {
        Arena temporary = {0};
        Links links;
        status = link_clusters(desc, &temporary, &links);
        if (!status)
            status = run_metis(&links, part_count, parts);
        for (int i = 0; i < links.worker_count; i++)
            arena_drop(&links.worker_arenas[i]);
        arena_drop(&temporary);
    }
    if (!status) {
        gather_groups(desc, parts, MAX(part_count, 1), arena, &partition);
        *out = partition;
    }
    scratch_end(scratch);
    return status;
}

void bake_find_uses(const BakeCluster *clusters, const Partition *partition, VertexUse *use)
{
    for (uint32_t g = 0; g < partition->group_count; g++) {
        for (uint32_t m = partition->firsts[g]; m < partition->firsts[g + 1]; m++) {
            const BakeCluster *cluster = &clusters[partition->members[m]];
            for (uint32_t i = 0; i < cluster->vertex_count; i++) {
                uint32_t *user = &use->users[cluster->vertices[i]];
                *user = *user == USE_NOBODY || *user == g ? g : USE_SEVERAL;
            }
        }
    }
}

void bake_forget_uses(const BakeCluster *clusters, const Partition *partition, VertexUse *use)
{
    for (uint32_t m = 0; m < partition->firsts[partition->group_count]; m++) {
        const BakeCluster *cluster = &clusters[partition->members[m]];
        for (uint32_t i = 0; i < cluster->vertex_count; i++)
            use->users[cluster->vertices[i]] = USE_NOBODY;
    }
}
