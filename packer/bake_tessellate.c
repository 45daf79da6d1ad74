// bake_tessellate.c: splits triangles that cover too much of a scan's pictures.

#include "packer/bake_tessellate.h"

#include <math.h>
#include <string.h>

#define NONE UINT32_MAX

static const float RELAXATION = 1.15f; // where there would still be too many

enum {
    SHORTEST_STEPS = 4, // of the grid: middles of shorter edges fall on an end
    GRAIN = 1 << 14,    // pieces a worker looks at
};

typedef struct Piece {
    uint32_t vertices[3], source;
    BakeCorner corners[3];
} Piece;

// Edges to be split, by their ends.
typedef struct EdgeTable {
    uint32_t mask, count;
    uint64_t *keys;    // 0 is empty: no edge has the same end twice
    uint32_t *middles; // vertex, or NONE before it is made
} EdgeTable;

typedef struct Tessellation {
    const TessellateDesc *desc;
    BakeMesh *mesh;
    float longest_texels;
    bool is_over;
    uint32_t piece_count;
    Piece *pieces;
    uint8_t *edges; // to be split; a piece each: bit i for that from corner i to the next
    EdgeTable table;
    size_t position_capacity, normal_capacity, position_count, normal_count;
    Arena *arena;    // of vertices
    Arena rounds[2]; // pieces and table of a round, in turn
} Tessellation;

// ---- edges

static uint64_t edge_key(uint32_t a, uint32_t b)
{
    return a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a;
}

static EdgeTable make_table(uint64_t edge_count, Arena *arena)
{
    uint32_t size = 64;
    while (size < edge_count + edge_count / 2)
        size *= 2;
    EdgeTable table = {.mask = size - 1,
                       .keys = ARENA_ARRAY(arena, uint64_t, size),
                       .middles = ARENA_ARRAY_RAW(arena, uint32_t, size)};
    memset(table.middles, 0xff, (size_t)size * sizeof *table.middles);
    return table;
}

// The edge's place, or the empty one where it would be.
static uint32_t find_edge(const EdgeTable *table, uint32_t a, uint32_t b)
{
    uint64_t key = edge_key(a, b);
    uint32_t at = (uint32_t)((key * 0x9e3779b97f4a7c15u) >> 32) & table->mask;
    while (table->keys[at] && table->keys[at] != key)
        at = (at + 1) & table->mask;
    return at;
}

static bool is_split(const Tessellation *t, uint32_t a, uint32_t b)
{
    return t->table.keys[find_edge(&t->table, a, b)] != 0;
}

// ---- what is too long

static double length2_steps(const BakeMesh *mesh, uint32_t a, uint32_t b)
{
    double sum = 0;
    for (int axis = 0; axis < 3; axis++) {
        double way = (double)mesh->positions[a][axis] - mesh->positions[b][axis];
        sum += way * way;
    }
    return sum;
}

// Where the corners of a part of a triangle of the scan lie, in texels from its first corner.
static bool find_corners(const Texels *texels, uint32_t source, const BakeCorner shares[3],
                         float out[3][2])
{
    float at[3][2];
    if (!bake_texels_at(texels, source, at))
        return false;
    for (int i = 0; i < 3; i++) {
        for (int k = 0; k < 2; k++)
            out[i][k] = shares[i].second * (at[1][k] - at[0][k]) +
                        shares[i].third * (at[2][k] - at[0][k]);
    }
    return true;
}

// Bit i for the edge from corner i to the next.
static unsigned find_long_edges(const Tessellation *t, const Piece *piece)
{
    float corners[3][2];
    if (!find_corners(t->desc->texels, piece->source, piece->corners, corners))
        return 0;
    unsigned edges = 0;
    for (int i = 0; i < 3; i++) {
        int next = (i + 1) % 3;
        float x = corners[i][0] - corners[next][0], y = corners[i][1] - corners[next][1];
        if (x * x + y * y > t->longest_texels * t->longest_texels &&
            length2_steps(t->mesh, piece->vertices[i], piece->vertices[next]) >=
                SHORTEST_STEPS * SHORTEST_STEPS)
            edges |= 1u << i;
    }
    return edges;
}

static Status find_some(void *context, size_t first, size_t count, int worker)
{
    Tessellation *t = context;
    (void)worker;
    for (size_t p = first; p < first + count; p++)
        t->edges[p] = (uint8_t)find_long_edges(t, &t->pieces[p]);
    return OK;
}

// What is too long for one triangle is split for its neighbours too.
static Status look_up_some(void *context, size_t first, size_t count, int worker)
{
    Tessellation *t = context;
    (void)worker;
    for (size_t p = first; p < first + count; p++) {
        const uint32_t *v = t->pieces[p].vertices;
        t->edges[p] = 0;
        for (int i = 0; i < 3; i++)
            t->edges[p] |= (uint8_t)(is_split(t, v[i], v[(i + 1) % 3]) << i);
    }
    return OK;
}

NODISCARD static Status for_pieces(Tessellation *t, ParallelFn *run)
{
    return parallel_for(&(ParallelDesc){.count = t->piece_count,
                                        .grain = GRAIN,
                                        .run = run,
                                        .context = t,
                                        .cancel = t->desc->cancel,
                                        .worker_limit = t->desc->worker_limit});
}

static uint64_t count_edges(const Tessellation *t)
{
    static const uint8_t bits[8] = {0, 1, 1, 2, 1, 2, 2, 3};
    uint64_t count = 0;
    for (uint32_t p = 0; p < t->piece_count; p++)
        count += bits[t->edges[p]];
    return count;
}

static void fill_table(Tessellation *t)
{
    for (uint32_t p = 0; p < t->piece_count; p++) {
        const uint32_t *v = t->pieces[p].vertices;
        for (int i = 0; i < 3; i++) {
            if (!(t->edges[p] & 1u << i))
                continue;
            uint32_t at = find_edge(&t->table, v[i], v[(i + 1) % 3]);
            t->table.count += t->table.keys[at] == 0;
            t->table.keys[at] = edge_key(v[i], v[(i + 1) % 3]);
        }
    }
}

// Sets `table` and `edges`; the number of triangles there would be.
NODISCARD static Status mark_edges(Tessellation *t, Arena *arena, uint64_t *piece_count)
{
    t->edges = ARENA_ARRAY_RAW(arena, uint8_t, t->piece_count);
    TRY(for_pieces(t, find_some));
    t->table = make_table(count_edges(t), arena);
    fill_table(t);
    if (t->table.count)
        TRY(for_pieces(t, look_up_some));
    *piece_count = t->piece_count + count_edges(t);
    return OK;
}

// ---- splitting

static uint32_t add_middle(Tessellation *t, uint32_t a, uint32_t b)
{
    BakeMesh *mesh = t->mesh;
    int32_t *position =
        *ARENA_PUSH(t->arena, mesh->positions, t->position_count, t->position_capacity);
    for (int axis = 0; axis < 3; axis++)
        position[axis] = (mesh->positions[a][axis] + mesh->positions[b][axis]) / 2;
    float sum[3], size2 = 0;
    for (int axis = 0; axis < 3; axis++) {
        sum[axis] = (float)(mesh->normals[a].xyz[axis] + mesh->normals[b].xyz[axis]);
        size2 += sum[axis] * sum[axis];
    }
    float scale = 1 / sqrtf(MAX(size2, 1.0f));
    BakeNormal normal = mesh->normals[a];
    if (size2 > 1.0f)
        normal = bake_normal_of((float[3]){sum[0] * scale, sum[1] * scale, sum[2] * scale});
    *ARENA_PUSH(t->arena, mesh->normals, t->normal_count, t->normal_capacity) = normal;
    return mesh->vertex_count++;
}

// A piece with the middles of its edges; NONE where an edge stays whole.
typedef struct Cuts {
    const Piece *piece;
    uint32_t middles[3];
} Cuts;

static Cuts find_cuts(Tessellation *t, const Piece *piece)
{
    Cuts cuts = {piece, {NONE, NONE, NONE}};
    unsigned edges = t->edges[piece - t->pieces];
    for (int i = 0; i < 3; i++) {
        if (!(edges & 1u << i))
            continue;
        uint32_t a = piece->vertices[i], b = piece->vertices[(i + 1) % 3];
        uint32_t at = find_edge(&t->table, a, b);
        if (t->table.middles[at] == NONE)
            t->table.middles[at] = add_middle(t, MIN(a, b), MAX(a, b));
        cuts.middles[i] = t->table.middles[at];
    }
    return cuts;
}

// Corners of a new triangle: 0 to 2 are the old one's, 3 to 5 the middles of its edges.
static void set_corner(const Cuts *cuts, int from, Piece *to, int place)
{
    const BakeCorner *old = cuts->piece->corners;
    if (from < 3) {
        to->vertices[place] = cuts->piece->vertices[from];
        to->corners[place] = old[from];
        return;
    }
    const BakeCorner *a = &old[from - 3], *b = &old[(from - 2) % 3];
    to->vertices[place] = cuts->middles[from - 3];
    to->corners[place] = (BakeCorner){(a->second + b->second) / 2, (a->third + b->third) / 2};
}

static Piece *put(const Cuts *cuts, const int corners[3], Piece *out)
{
    out->source = cuts->piece->source;
    for (int i = 0; i < 3; i++)
        set_corner(cuts, corners[i], out, i);
    return out + 1;
}

// Two edges are split; the third, from corner `i`, is whole. What is left beside the corner
// between them is halved along its shorter diagonal.
static Piece *put_three(const Tessellation *t, const Cuts *cuts, int i, Piece *out)
{
    int j = (i + 1) % 3, k = (i + 2) % 3;
    const uint32_t *vertices = cuts->piece->vertices;
    out = put(cuts, (int[3]){3 + j, k, 3 + k}, out);
    if (length2_steps(t->mesh, vertices[i], cuts->middles[j]) <=
        length2_steps(t->mesh, vertices[j], cuts->middles[k])) {
        out = put(cuts, (int[3]){i, j, 3 + j}, out);
        return put(cuts, (int[3]){i, 3 + j, 3 + k}, out);
    }
    out = put(cuts, (int[3]){i, j, 3 + k}, out);
    return put(cuts, (int[3]){j, 3 + j, 3 + k}, out);
}

static Piece *cut_piece(Tessellation *t, const Piece *piece, Piece *out)
{
    Cuts cuts = find_cuts(t, piece);
    int count = 0, split = 0, whole = 0;
    for (int i = 0; i < 3; i++) {
        count += cuts.middles[i] != NONE;
        *(cuts.middles[i] != NONE ? &split : &whole) = i;
    }
    if (count == 0) {
        *out = *piece;
        return out + 1;
    }
    if (count == 1) {
        int next = (split + 1) % 3, last = (split + 2) % 3;
        out = put(&cuts, (int[3]){split, 3 + split, last}, out);
        return put(&cuts, (int[3]){3 + split, next, last}, out);
    }
    if (count == 2)
        return put_three(t, &cuts, whole, out);
    for (int i = 0; i < 3; i++)
        out = put(&cuts, (int[3]){i, 3 + i, 3 + (i + 2) % 3}, out);
    return put(&cuts, (int[3]){3, 4, 5}, out);
}

// One round: every edge that is too long is halved. Ends the work when there is none.
NODISCARD static Status split_once(Tessellation *t, int round)
{
    Arena *arena = &t->rounds[round % 2];
    uint64_t piece_count;
    TRY(mark_edges(t, arena, &piece_count));
    while (t->table.count && piece_count > t->desc->max_triangles) {
        arena_reset(arena);
        t->longest_texels *= RELAXATION;
        TRY(mark_edges(t, arena, &piece_count));
    }
    t->is_over = t->table.count == 0;
    if (t->is_over)
        return OK;
    Piece *pieces = ARENA_ARRAY_RAW(arena, Piece, piece_count), *end = pieces;
    for (uint32_t p = 0; p < t->piece_count; p++)
        end = cut_piece(t, &t->pieces[p], end);
    ASSERT(end == pieces + piece_count);
    t->pieces = pieces;
    t->piece_count = (uint32_t)piece_count;
    arena_reset(&t->rounds[(round + 1) % 2]);
    return cancel_check(t->desc->cancel);
}

// ---- in and out

static void take_mesh(Tessellation *t)
{
    BakeMesh *mesh = t->mesh;
    Piece *pieces = ARENA_ARRAY_RAW(&t->rounds[1], Piece, mesh->triangle_count);
    for (uint32_t i = 0; i < mesh->triangle_count; i++) {
        pieces[i] = (Piece){.source = mesh->sources[i], .corners = {{0, 0}, {1, 0}, {0, 1}}};
        memcpy(pieces[i].vertices, mesh->triangles[i], sizeof pieces[i].vertices);
    }
    t->pieces = pieces;
    t->piece_count = mesh->triangle_count;
    t->position_count = t->position_capacity = mesh->vertex_count;
    t->normal_count = t->normal_capacity = mesh->vertex_count;
}

static void give_mesh(const Tessellation *t, Arena *arena)
{
    BakeMesh *mesh = t->mesh;
    mesh->triangle_count = t->piece_count;
    mesh->triangles = arena_alloc_raw(arena, t->piece_count * sizeof *mesh->triangles, 16);
    mesh->sources = ARENA_ARRAY_RAW(arena, uint32_t, t->piece_count);
    mesh->corners = arena_alloc_raw(arena, t->piece_count * sizeof *mesh->corners, 16);
    for (uint32_t p = 0; p < t->piece_count; p++) {
        memcpy(mesh->triangles[p], t->pieces[p].vertices, sizeof mesh->triangles[p]);
        memcpy(mesh->corners[p], t->pieces[p].corners, sizeof mesh->corners[p]);
        mesh->sources[p] = t->pieces[p].source;
    }
}

float *bake_texel_areas(const Texels *texels, const BakeMesh *mesh, Arena *arena)
{
    static const BakeCorner whole[3] = {{0, 0}, {1, 0}, {0, 1}};
    float *areas = ARENA_ARRAY(arena, float, mesh->triangle_count);
    for (uint32_t t = 0; t < mesh->triangle_count; t++) {
        float at[3][2];
        if (find_corners(texels, mesh->sources[t], mesh->corners ? mesh->corners[t] : whole,
                         at))
            areas[t] = 0.5f * fabsf((at[1][0] - at[0][0]) * (at[2][1] - at[0][1]) -
                                    (at[1][1] - at[0][1]) * (at[2][0] - at[0][0]));
    }
    return areas;
}

Status bake_tessellate(const TessellateDesc *desc, Arena *arena)
{
    if (!(desc->area_texels > 0) || desc->mesh->triangle_count >= desc->max_triangles)
        return OK;
    Tessellation t = {.desc = desc,
                      .mesh = desc->mesh,
                      .arena = arena,
                      .longest_texels = desc->longest_texels};
    take_mesh(&t);
    int rounds = 0;
    Status status = OK;
    for (; !status && !t.is_over; rounds++)
        status = split_once(&t, rounds);
    if (!status && rounds > 1)
        give_mesh(&t, arena);
    arena_drop(&t.rounds[0]);
    arena_drop(&t.rounds[1]);
    return status;
}
