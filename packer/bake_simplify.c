// bake_simplify.c: fewer triangles for a small mesh, by collapsing edges.
//
// One vertex at a time gives its place to the neighbour where that costs least. A heap holds
// each vertex's best collapse. Whether a collapse is allowed (nothing folds over, the topology
// stays) is looked at only when its turn comes.

#include "packer/bake_simplify.h"

#include "packer/bake_heap.h"
#include "packer/bake_pieces.h"
#include "packer/bake_quadric.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define NONE UINT32_MAX

static const float FOLD_COSINE = 0.15f; // a triangle may turn no further than this

typedef enum Kind {
    KIND_FREE,   // inside a surface: goes to any neighbour
    KIND_BORDER, // on an open border or other seam: goes along it
    KIND_STUCK,  // locked, or a corner of seams: stays
} Kind;

typedef struct Work {
    SimplifyMesh *mesh;
    SimplifyCare care;
    uint32_t live_triangles;
    uint32_t *first_corner; // a vertex each: its list of corners; corner = 3 * triangle + place
    uint32_t *next_corner;
    bool *is_dead;         // a triangle each
    uint8_t *kinds;        // a vertex each, as is all below
    uint32_t (*border)[2]; // neighbours along the border, of KIND_BORDER
    Quadric *quadrics;
    uint32_t *best; // where it would go
    float *best_cost;
    uint32_t *mark; // equal to `stamp`: seen in this walk
    uint32_t stamp;
    Heap heap; // of vertices, by best_cost
    Pieces pieces;
    uint32_t next_piece;
    float max_distance2;
} Work;

static uint32_t *corners_of(Work *work)
{
    return &work->mesh->triangles[0][0];
}

// ---- walking around a vertex

// The other two vertices of a corner's triangle, in its order.
static void others_of(const Work *work, uint32_t corner, uint32_t *a, uint32_t *b)
{
    const uint32_t *triangle = work->mesh->triangles[corner / 3];
    uint32_t place = corner % 3;
    *a = triangle[place == 2 ? 0 : place + 1];
    *b = triangle[place == 0 ? 2 : place - 1];
}

// Unlinks corners of dead triangles on the way.
static uint32_t next_live(Work *work, uint32_t *link)
{
    while (*link != NONE && work->is_dead[*link / 3])
        *link = work->next_corner[*link];
    return *link;
}

#define EACH_CORNER(work, v, corner)                    \
    uint32_t *link_ = &(work)->first_corner[v], corner; \
    (corner = next_live((work), link_)) != NONE;        \
    link_ = &(work)->next_corner[corner]

static uint32_t new_stamp(Work *work)
{
    return ++work->stamp;
}

static bool mark_once(Work *work, uint32_t v, uint32_t stamp)
{
    if (work->mark[v] == stamp)
        return false;
    work->mark[v] = stamp;
    return true;
}

// ---- what may collapse where

static void update_heap(Work *work, uint32_t v)
{
    if (work->best[v] == NONE)
        heap_remove(&work->heap, v);
    else
        heap_set(&work->heap, v, work->best_cost[v]);
}

static bool is_along_border(const Work *work, uint32_t v, uint32_t to)
{
    return work->border[v][0] == to || work->border[v][1] == to;
}

static bool may_go(const Work *work, uint32_t v, uint32_t to)
{
    if (work->kinds[v] == KIND_STUCK)
        return false;
    return work->kinds[v] == KIND_FREE || is_along_border(work, v, to);
}

static void triangle_normal(const Work *work, uint32_t a, uint32_t b, uint32_t c, float out[3])
{
    const float *p = work->mesh->positions[a], *q = work->mesh->positions[b],
                *r = work->mesh->positions[c];
    float e[3] = {q[0] - p[0], q[1] - p[1], q[2] - p[2]};
    float f[3] = {r[0] - p[0], r[1] - p[1], r[2] - p[2]};
    out[0] = e[1] * f[2] - e[2] * f[1];
    out[1] = e[2] * f[0] - e[0] * f[2];
    out[2] = e[0] * f[1] - e[1] * f[0];
}

static float dot(const float a[3], const float b[3])
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

static bool folds(Work *work, uint32_t v, uint32_t to)
{
    for (EACH_CORNER(work, v, corner)) {
        uint32_t a, b;
        others_of(work, corner, &a, &b);
        if (a == to || b == to)
            continue;
        float before[3], after[3];
        triangle_normal(work, v, a, b, before);
        triangle_normal(work, to, a, b, after);
        float size2 = dot(before, before) * dot(after, after);
        float cosine = dot(before, after);
        // A triangle without area has no direction to lose, but none may come to be.
        if (dot(before, before) > 0.0f &&
            (cosine <= 0.0f || cosine * cosine < FOLD_COSINE * FOLD_COSINE * size2))
            return true;
    }
    return false;
}

static bool closes_hole(const Work *work, uint32_t v, uint32_t to)
{
    if (work->kinds[v] != KIND_BORDER || work->kinds[to] != KIND_BORDER)
        return false;
    uint32_t third = work->border[v][0] == to ? work->border[v][1] : work->border[v][0];
    return work->kinds[third] == KIND_BORDER && is_along_border(work, to, third) &&
           is_along_border(work, third, v);
}

// The link condition: what both neighbour must be the triangles they share.
static bool keeps_topology(Work *work, uint32_t v, uint32_t to)
{
    uint32_t stamp = new_stamp(work);
    for (EACH_CORNER(work, to, corner)) {
        uint32_t a, b;
        others_of(work, corner, &a, &b);
        work->mark[a] = work->mark[b] = stamp;
    }
    uint32_t common = 0, shared = 0;
    for (EACH_CORNER(work, v, corner)) {
        uint32_t pair[2];
        others_of(work, corner, &pair[0], &pair[1]);
        shared += pair[0] == to || pair[1] == to;
        for (int i = 0; i < 2; i++) {
            if (work->mark[pair[i]] == stamp) {
                work->mark[pair[i]] = 0; // counted
                common += pair[i] != to && pair[i] != v;
            }
        }
    }
    return common <= shared + closes_hole(work, v, to);
}

static bool is_neighbour(Work *work, uint32_t v, uint32_t to)
{
    for (EACH_CORNER(work, v, corner)) {
        uint32_t a, b;
        others_of(work, corner, &a, &b);
        if (a == to || b == to)
            return true;
    }
    return false;
}

// Things change between being put on the heap and being taken from it.
static bool is_allowed(Work *work, uint32_t v, uint32_t to)
{
    if (!may_go(work, v, to) || !is_neighbour(work, v, to))
        return false;
    if (work->care == SIMPLIFY_DESPERATE)
        return true;
    return !folds(work, v, to) && (work->care == SIMPLIFY_LOOSE || keeps_topology(work, v, to));
}

static float cost_of(const Work *work, uint32_t v, uint32_t to)
{
    return quadric_cost(&work->quadrics[v], work->mesh->positions[v],
                        work->mesh->positions[to]);
}

// Sets v's best neighbour: of all, or only of those it is allowed to go to.
static void find_best(Work *work, uint32_t v, bool must_be_allowed)
{
    work->best[v] = NONE;
    work->best_cost[v] = FLT_MAX / 2;
    if (work->kinds[v] == KIND_STUCK)
        return;
    uint32_t seen[64];
    uint32_t seen_count = 0;
    for (EACH_CORNER(work, v, corner)) {
        uint32_t pair[2];
        others_of(work, corner, &pair[0], &pair[1]);
        for (int i = 0; i < 2; i++) {
            uint32_t to = pair[i];
            bool is_new = true;
            for (uint32_t j = 0; j < seen_count; j++)
                is_new &= seen[j] != to;
            if (!is_new || !may_go(work, v, to))
                continue;
            if (seen_count < COUNT_OF(seen))
                seen[seen_count++] = to;
            float cost = cost_of(work, v, to);
            if (!(cost < work->best_cost[v]))
                continue;
            // The check uses marks, not `seen`: it may run in the middle of this walk.
            if (must_be_allowed && !is_allowed(work, v, to))
                continue;
            work->best[v] = to;
            work->best_cost[v] = cost;
        }
    }
}

// ---- collapsing

static void update_borders(Work *work, uint32_t v, uint32_t to)
{
    if (work->kinds[v] != KIND_BORDER)
        return;
    bool is_closing = closes_hole(work, v, to);
    uint32_t other = work->border[v][0] == to ? work->border[v][1] : work->border[v][0];
    if (is_closing) {
        // The last edge of the hole meets itself: two vertices inside the surface.
        work->kinds[to] = work->kinds[other] = KIND_FREE;
        return;
    }
    for (int i = 0; i < 2; i++) {
        if (work->kinds[to] == KIND_BORDER && work->border[to][i] == v)
            work->border[to][i] = other;
        if (work->kinds[other] == KIND_BORDER && work->border[other][i] == v)
            work->border[other][i] = to;
    }
}

// Two triangles back to back on the same corners are nothing: only careless collapses make
// them.
static void cancel_opposites(Work *work, uint32_t v)
{
    for (EACH_CORNER(work, v, corner)) {
        uint32_t a, b;
        others_of(work, corner, &a, &b);
        for (uint32_t other = work->next_corner[corner]; other != NONE;
             other = work->next_corner[other]) {
            uint32_t c, d;
            others_of(work, other, &c, &d);
            if (work->is_dead[other / 3] || a != d || b != c)
                continue;
            work->is_dead[other / 3] = work->is_dead[corner / 3] = true;
            work->live_triangles -= 2;
            break;
        }
    }
}

static void move_corners(Work *work, uint32_t v, uint32_t to)
{
    uint32_t *tail = &work->first_corner[v];
    for (EACH_CORNER(work, v, corner)) {
        uint32_t a, b;
        others_of(work, corner, &a, &b);
        if (a == to || b == to) {
            work->is_dead[corner / 3] = true;
            work->live_triangles--;
        } else {
            corners_of(work)[corner] = to;
        }
        tail = &work->next_corner[corner];
    }
    *tail = work->first_corner[to];
    work->first_corner[to] = work->first_corner[v];
    work->first_corner[v] = NONE;
}

static void refresh_neighbour(Work *work, uint32_t neighbour, uint32_t gone, uint32_t to)
{
    if (work->kinds[neighbour] == KIND_STUCK)
        return;
    if (work->best[neighbour] == gone || work->best[neighbour] == NONE) {
        find_best(work, neighbour, false);
    } else if (may_go(work, neighbour, to)) {
        float cost = cost_of(work, neighbour, to);
        if (!(cost < work->best_cost[neighbour]))
            return;
        work->best[neighbour] = to;
        work->best_cost[neighbour] = cost;
    }
    update_heap(work, neighbour);
}

static void collapse(Work *work, uint32_t v, uint32_t to)
{
    uint32_t stamp = new_stamp(work);
    quadric_merge(&work->quadrics[to], work->mesh->positions[to], &work->quadrics[v],
                  work->mesh->positions[v]);
    heap_remove(&work->heap, v);
    // All around v, also those whose last triangle vanishes now.
    uint32_t around[256];
    uint32_t around_count = 0;
    for (EACH_CORNER(work, v, corner)) {
        uint32_t pair[2];
        others_of(work, corner, &pair[0], &pair[1]);
        for (int i = 0; i < 2; i++) {
            if (pair[i] != to && around_count < COUNT_OF(around) &&
                mark_once(work, pair[i], stamp))
                around[around_count++] = pair[i];
        }
    }
    update_borders(work, v, to);
    move_corners(work, v, to);
    if (work->care != SIMPLIFY_CAREFUL)
        cancel_opposites(work, to);
    work->kinds[v] = KIND_STUCK;
    for (uint32_t i = 0; i < around_count; i++)
        refresh_neighbour(work, around[i], v, to);
    find_best(work, to, false);
    update_heap(work, to);
}

// ---- pieces

static void vanish(Work *work, const Piece *piece)
{
    for (uint32_t i = 0; i < piece->count; i++) {
        uint32_t triangle = work->pieces.triangles[piece->first + i];
        if (work->is_dead[triangle])
            continue;
        work->is_dead[triangle] = true;
        work->live_triangles--;
        for (int corner = 0; corner < 3; corner++)
            heap_remove(&work->heap, work->mesh->triangles[triangle][corner]);
    }
    work->max_distance2 = MAX(work->max_distance2, piece->size2);
}

static bool is_last(const Work *work, const Piece *piece)
{
    uint32_t live = 0;
    for (uint32_t i = 0; i < piece->count; i++)
        live += !work->is_dead[work->pieces.triangles[piece->first + i]];
    return live == work->live_triangles;
}

// ---- before and after

static void link_corners(Work *work)
{
    const SimplifyMesh *mesh = work->mesh;
    memset(work->first_corner, 0xff, mesh->vertex_count * sizeof(uint32_t));
    for (uint32_t corner = 3 * mesh->triangle_count; corner-- > 0;) {
        uint32_t v = corners_of(work)[corner];
        work->next_corner[corner] = work->first_corner[v];
        work->first_corner[v] = corner;
    }
}

// Finds the edges of v that are not between exactly two triangles that agree on their outside.
static uint32_t find_seams(Work *work, uint32_t v, uint32_t seams[2])
{
    uint32_t out[64], in[64];
    uint32_t count = 0, seam_count = 0;
    for (EACH_CORNER(work, v, corner)) {
        if (count == COUNT_OF(out))
            return 3;
        others_of(work, corner, &out[count], &in[count]);
        count++;
    }
    for (uint32_t i = 0; i < 2 * count; i++) {
        uint32_t to = i < count ? out[i] : in[i - count];
        uint32_t outward = 0, inward = 0;
        bool is_first = true;
        for (uint32_t j = 0; j < count; j++) {
            outward += out[j] == to;
            inward += in[j] == to;
            is_first &=
                !(j < i && out[j] == to) && !(i >= count && j < i - count && in[j] == to);
        }
        if (!is_first || (outward == 1 && inward == 1))
            continue;
        if (seam_count < 2)
            seams[seam_count] = to;
        seam_count++;
    }
    return seam_count;
}

static void add_seam_quadrics(Work *work, uint32_t v, uint32_t to)
{
    const SimplifyMesh *mesh = work->mesh;
    for (EACH_CORNER(work, v, corner)) {
        uint32_t a, b;
        others_of(work, corner, &a, &b);
        if (a == to || b == to)
            quadric_add_border(&work->quadrics[v], mesh->positions[v], mesh->positions[to],
                               mesh->positions[a == to ? b : a]);
    }
}

static void classify(Work *work)
{
    const SimplifyMesh *mesh = work->mesh;
    for (uint32_t v = 0; v < mesh->vertex_count; v++) {
        work->kinds[v] = KIND_STUCK;
        if (mesh->is_locked[v] || work->first_corner[v] == NONE)
            continue;
        uint32_t seam_count = find_seams(work, v, work->border[v]);
        if (seam_count == 0 || work->care == SIMPLIFY_DESPERATE)
            work->kinds[v] = KIND_FREE;
        else if (seam_count == 2)
            work->kinds[v] = KIND_BORDER;
        for (uint32_t i = 0; i < MIN(seam_count, 2u); i++)
            add_seam_quadrics(work, v, work->border[v][i]);
    }
}

static void fill_quadrics(Work *work)
{
    const SimplifyMesh *mesh = work->mesh;
    for (uint32_t t = 0; t < mesh->triangle_count; t++) {
        Quadric *corners[3];
        const float *positions[3];
        for (int i = 0; i < 3; i++) {
            corners[i] = &work->quadrics[mesh->triangles[t][i]];
            positions[i] = mesh->positions[mesh->triangles[t][i]];
        }
        quadric_add_triangle(corners, positions);
    }
}

static Work make_work(SimplifyMesh *mesh, SimplifyCare care, Arena *arena)
{
    uint32_t count = mesh->vertex_count;
    Work work = {.mesh = mesh, .care = care};
    work.live_triangles = mesh->triangle_count;
    work.first_corner = ARENA_ARRAY_RAW(arena, uint32_t, count);
    work.next_corner = ARENA_ARRAY_RAW(arena, uint32_t, 3 * (size_t)mesh->triangle_count);
    work.is_dead = ARENA_ARRAY(arena, bool, mesh->triangle_count);
    work.kinds = ARENA_ARRAY(arena, uint8_t, count);
    work.border = arena_alloc(arena, count * sizeof *work.border, 8);
    work.quadrics = ARENA_ARRAY(arena, Quadric, count);
    work.best = ARENA_ARRAY_RAW(arena, uint32_t, count);
    work.best_cost = ARENA_ARRAY_RAW(arena, float, count);
    work.mark = ARENA_ARRAY(arena, uint32_t, count);
    work.heap = heap_make(count, arena);
    return work;
}

// True while something happened.
static bool take_step(Work *work, const SimplifyOptions *options)
{
    uint32_t v = heap_first(&work->heap);
    float cost = v == HEAP_NONE ? FLT_MAX : work->heap.costs[v];
    if (work->live_triangles <= options->enough_triangles &&
        cost > options->dear * options->dear)
        return false;
    if (work->next_piece < work->pieces.count &&
        work->pieces.all[work->next_piece].size2 <= cost) {
        const Piece *piece = &work->pieces.all[work->next_piece++];
        if (!is_last(work, piece))
            vanish(work, piece);
        return true;
    }
    if (v == HEAP_NONE)
        return false;
    if (is_allowed(work, v, work->best[v])) {
        work->max_distance2 = MAX(work->max_distance2, work->best_cost[v]);
        collapse(work, v, work->best[v]);
    } else {
        find_best(work, v, true);
        update_heap(work, v);
    }
    return true;
}

static void write_back(Work *work)
{
    SimplifyMesh *mesh = work->mesh;
    uint32_t count = 0;
    for (uint32_t t = 0; t < mesh->triangle_count; t++) {
        if (!work->is_dead[t])
            memmove(mesh->triangles[count++], mesh->triangles[t], sizeof mesh->triangles[t]);
    }
    mesh->triangle_count = count;
}

float bake_simplify(SimplifyMesh *mesh, const SimplifyOptions *options, Arena *arena)
{
    ArenaMark mark = arena_mark(arena);
    Work work = make_work(mesh, options->care, arena);
    link_corners(&work);
    fill_quadrics(&work);
    classify(&work);
    work.pieces = pieces_find(mesh, arena);
    for (uint32_t v = 0; v < mesh->vertex_count; v++) {
        find_best(&work, v, false);
        update_heap(&work, v);
    }
    while (work.live_triangles > options->target_triangles && take_step(&work, options))
        continue;
    write_back(&work);
    arena_rewind(arena, mark);
    return sqrtf(work.max_distance2);
}
