// bake_chart_copy.c: charts that are moved by whole texels, from islands of a picture.

#include "packer/bake_chart_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// Cosines between what a triangle and its chart face. Normals in tiles are told around the
// chart's axis, ever coarser towards its opposite.
static const float FACING_MIN = -0.7f;
static const float FACING_MERGED_MIN = -0.3f;

enum { MAX_TEXELS = 1 << 24 }; // farther from the origin, nothing can be told in 64ths

// A chart in the making: a run of triangles in `order`.
typedef struct Piece {
    uint32_t first, count;
    uint32_t merged; // the next of the pieces merged into this one, or UINT32_MAX
    uint32_t last_merged;
    uint32_t source;
    bool is_gone; // merged into another
    bool is_scaled;
    ChartBox box;
    int32_t low[2], high[2]; // texels claimed
    float sum[3], axis[3];
    Cover cover;
    int32_t origin[2]; // the texel that is the cover's (0, 0)
} Piece;

typedef struct Run {
    uint32_t first, count;
} Run;

typedef struct Copying {
    const ChartDesc *desc;
    Arena *temporary;
    ChartNormals normals;
    int32_t (*at)[3][2]; // corners, in 64ths
    uint32_t *order;     // triangles, island by island
    uint32_t *spare;
    double owned_texels;
    Run *runs; // still to be looked at
    uint32_t run_count, run_capacity;
    Piece *pieces;
    uint32_t piece_count, piece_capacity;
} Copying;

static uint32_t source_of(const ChartDesc *desc, uint32_t triangle)
{
    return desc->sources ? desc->sources[triangle] : 0;
}

static void place_corners(Copying *copying)
{
    const ChartDesc *desc = copying->desc;
    for (uint32_t t = 0; t < desc->triangle_count; t++) {
        for (int i = 0; i < 6; i++) {
            double texels = CLAMP(desc->texels[t][i / 2][i % 2], -MAX_TEXELS, MAX_TEXELS);
            copying->at[t][i / 2][i % 2] = (int32_t)floor(texels * CHART_UNIT + 0.5);
        }
    }
}

// ---- islands

// Mirrored parts of a mesh often share their texels, and touch where the mirror stands.
static bool is_mirrored(const int32_t at[3][2])
{
    int64_t a[2] = {at[1][0] - at[0][0], at[1][1] - at[0][1]};
    int64_t b[2] = {at[2][0] - at[0][0], at[2][1] - at[0][1]};
    return a[0] * b[1] < a[1] * b[0];
}

static uint32_t root_of(uint32_t *parents, uint32_t t)
{
    while (parents[t] != t) {
        parents[t] = parents[parents[t]];
        t = parents[t];
    }
    return t;
}

static void join(uint32_t *parents, uint32_t a, uint32_t b)
{
    a = root_of(parents, a);
    b = root_of(parents, b);
    parents[MAX(a, b)] = MIN(a, b);
}

typedef struct Spot {
    int32_t at[2];
    uint32_t source, triangle;
    bool is_mirrored;
} Spot;

static bool is_same_spot(const Spot *a, const Spot *b)
{
    return a->at[0] == b->at[0] && a->at[1] == b->at[1] && a->source == b->source &&
           a->is_mirrored == b->is_mirrored;
}

// Joins those of a vertex's triangles that agree where it lies on the picture.
static void join_star(const Copying *copying, const bool *mirrored, const uint32_t *corners,
                      uint32_t count, uint32_t *parents)
{
    Scratch scratch = scratch_begin(copying->temporary);
    Spot *spots = ARENA_ARRAY_RAW(scratch.arena, Spot, count);
    uint32_t spot_count = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t t = corners[i] / 3;
        const int32_t *at = copying->at[t][corners[i] % 3];
        Spot spot = {{at[0], at[1]}, source_of(copying->desc, t), t, mirrored[t]};
        uint32_t s = 0;
        while (s < spot_count && !is_same_spot(&spots[s], &spot))
            s++;
        if (s < spot_count)
            join(parents, spots[s].triangle, t);
        else
            spots[spot_count++] = spot;
    }
    scratch_end(scratch);
}

static void push_run(Copying *copying, uint32_t first, uint32_t count)
{
    if (count)
        *ARENA_PUSH(copying->temporary, copying->runs, copying->run_count,
                    copying->run_capacity) = (Run){first, count};
}

// A root is the first triangle of its island.
static void order_islands(Copying *copying, uint32_t *parents)
{
    uint32_t count = copying->desc->triangle_count, first = 0;
    uint32_t *sizes = ARENA_ARRAY(copying->temporary, uint32_t, count);
    for (uint32_t t = 0; t < count; t++)
        sizes[parents[t] = root_of(parents, t)]++;
    for (uint32_t t = 0; t < count; t++) {
        if (parents[t] != t)
            continue;
        push_run(copying, first, sizes[t]);
        uint32_t size = sizes[t];
        sizes[t] = first; // from now on: where its next one goes
        first += size;
    }
    for (uint32_t t = 0; t < count; t++)
        copying->order[sizes[parents[t]]++] = t;
}

static void find_islands(Copying *copying)
{
    const ChartDesc *desc = copying->desc;
    ChartStars stars = chart_stars(desc, copying->temporary);
    bool *mirrored = ARENA_ARRAY_RAW(copying->temporary, bool, desc->triangle_count);
    uint32_t *parents = ARENA_ARRAY_RAW(copying->temporary, uint32_t, desc->triangle_count);
    for (uint32_t t = 0; t < desc->triangle_count; t++) {
        parents[t] = t;
        mirrored[t] = is_mirrored((const int32_t(*)[2])copying->at[t]);
    }
    for (uint32_t v = 0; v < desc->vertex_count; v++)
        join_star(copying, mirrored, &stars.corners[stars.firsts[v]],
                  stars.firsts[v + 1] - stars.firsts[v], parents);
    order_islands(copying, parents);
}

// ---- pieces

typedef bool IsKeptFn(Copying *copying, Piece *piece, uint32_t triangle);

// Keeps, in their order, the triangles that pass, at least one; the others will be looked at
// again. False if all were kept.
static bool sift(Copying *copying, Piece *piece, IsKeptFn *is_kept)
{
    uint32_t *order = &copying->order[piece->first], kept = 0, lost = 0;
    for (uint32_t i = 0; i < piece->count; i++) {
        if (is_kept(copying, piece, order[i]))
            order[kept++] = order[i];
        else
            copying->spare[lost++] = order[i];
    }
    memcpy(&order[kept], copying->spare, lost * sizeof *order);
    kept = MAX(kept, 1u);
    push_run(copying, piece->first + kept, piece->count - kept);
    bool has_lost = kept < piece->count;
    piece->count = kept;
    return has_lost;
}

static void measure(const Copying *copying, Piece *piece)
{
    piece->box = chart_box_empty();
    memset(piece->sum, 0, sizeof piece->sum);
    memcpy(piece->axis, (float[3]){0, 0, 1}, sizeof piece->axis);
    for (uint32_t i = 0; i < piece->count; i++) {
        uint32_t t = copying->order[piece->first + i];
        chart_box_add(&piece->box, (const int32_t(*)[2])copying->at[t]);
        for (int axis = 0; axis < 3; axis++)
            piece->sum[axis] += copying->normals.sums[t][axis];
    }
    for (uint32_t i = 0; i < piece->count && !chart_unit(piece->sum, piece->axis); i++)
        memcpy(piece->sum, copying->normals.sums[copying->order[piece->first + i]],
               sizeof piece->sum);
    chart_claim(&piece->box, piece->low, piece->high);
}

static bool is_in_lower_half(Copying *copying, Piece *piece, uint32_t triangle)
{
    const ChartBox *box = &piece->box;
    int axis = (int64_t)box->high[1] - box->low[1] > (int64_t)box->high[0] - box->low[0];
    const int32_t(*at)[2] = (const int32_t(*)[2])copying->at[triangle];
    int64_t sum = (int64_t)at[0][axis] + at[1][axis] + at[2][axis];
    return 2 * sum < 3 * ((int64_t)box->low[axis] + box->high[axis]);
}

static bool is_first(Copying *copying, Piece *piece, uint32_t triangle)
{
    return triangle == copying->order[piece->first];
}

static bool faces_axis(Copying *copying, Piece *piece, uint32_t triangle)
{
    const float *unit = copying->normals.units[triangle];
    return !(chart_dot(unit, piece->axis) < FACING_MIN);
}

static bool finds_texels_free(Copying *copying, Piece *piece, uint32_t triangle)
{
    float corners[3][2];
    chart_corners((const int32_t(*)[2])copying->at[triangle], piece->origin, corners);
    int32_t texels = cover_take(&piece->cover, (const float(*)[2])corners);
    copying->owned_texels += MAX(texels, 0);
    return texels >= 0;
}

static void clear_cover(Copying *copying, Piece *piece)
{
    memcpy(piece->origin, piece->low, sizeof piece->origin);
    piece->cover = cover_make(
        (const int32_t[2]){0, 0},
        (const int32_t[2]){piece->high[0] - piece->low[0], piece->high[1] - piece->low[1]},
        copying->temporary);
}

// Makes a piece of a run, and leaves for later what does not belong together.
static void make_piece(Copying *copying, Run run)
{
    Piece piece = {.first = run.first,
                   .count = run.count,
                   .merged = UINT32_MAX,
                   .source = source_of(copying->desc, copying->order[run.first])};
    measure(copying, &piece);
    while (piece.count > 1 && chart_is_wider(&piece.box, CHART_CUT_SIDE)) {
        if (!sift(copying, &piece, is_in_lower_half))
            sift(copying, &piece, is_first); // wide ones over one another
        measure(copying, &piece);
    }
    while (sift(copying, &piece, faces_axis))
        measure(copying, &piece);
    piece.is_scaled = chart_is_wider(&piece.box, CHART_MAX_SIDE);
    if (!piece.is_scaled) {
        clear_cover(copying, &piece);
        if (sift(copying, &piece, finds_texels_free))
            measure(copying, &piece);
    }
    piece.last_merged = copying->piece_count;
    *ARENA_PUSH(copying->temporary, copying->pieces, copying->piece_count,
                copying->piece_capacity) = piece;
}

static void make_pieces(Copying *copying)
{
    while (copying->run_count)
        make_piece(copying, copying->runs[--copying->run_count]);
}

// ---- merging

static int64_t rectangle(const int32_t low[2], const int32_t high[2])
{
    return (int64_t)(high[0] - low[0]) * (high[1] - low[1]);
}

static bool is_joint_small(const Piece *a, const Piece *b)
{
    if (a->source != b->source || a->is_scaled || b->is_scaled)
        return false;
    int32_t low[2], high[2];
    for (int axis = 0; axis < 2; axis++) {
        low[axis] = MIN(a->low[axis], b->low[axis]);
        high[axis] = MAX(a->high[axis], b->high[axis]);
        if (high[axis] - low[axis] > CHART_MAX_SIDE)
            return false;
    }
    return rectangle(low, high) <= rectangle(a->low, a->high) + rectangle(b->low, b->high);
}

static bool all_face(const Copying *copying, const Piece *piece, const float axis[3])
{
    for (;;) {
        for (uint32_t i = 0; i < piece->count; i++) {
            uint32_t t = copying->order[piece->first + i];
            if (chart_dot(copying->normals.units[t], axis) < FACING_MERGED_MIN)
                return false;
        }
        if (piece->merged == UINT32_MAX)
            return true;
        piece = &copying->pieces[piece->merged];
    }
}

// Makes one of two pieces if that costs no texels, none is owned twice, and all face its axis.
static bool try_merge(Copying *copying, uint32_t into, uint32_t from)
{
    Piece *a = &copying->pieces[into], *b = &copying->pieces[from];
    if (!is_joint_small(a, b))
        return false;
    int32_t shift[2] = {b->origin[0] - a->origin[0], b->origin[1] - a->origin[1]};
    Piece both = *a;
    for (int axis = 0; axis < 3; axis++)
        both.sum[axis] += b->sum[axis];
    if (!chart_unit(both.sum, both.axis) || covers_meet(&a->cover, &b->cover, shift) ||
        !all_face(copying, a, both.axis) || !all_face(copying, b, both.axis))
        return false;
    for (int axis = 0; axis < 2; axis++) {
        both.box.low[axis] = MIN(a->box.low[axis], b->box.low[axis]);
        both.box.high[axis] = MAX(a->box.high[axis], b->box.high[axis]);
    }
    chart_claim(&both.box, both.low, both.high);
    clear_cover(copying, &both);
    cover_add(&both.cover, &a->cover,
              (const int32_t[2]){a->origin[0] - both.low[0], a->origin[1] - both.low[1]});
    cover_add(&both.cover, &b->cover,
              (const int32_t[2]){b->origin[0] - both.low[0], b->origin[1] - both.low[1]});
    uint32_t last = a->last_merged;
    both.last_merged = b->last_merged;
    *a = both;
    copying->pieces[last].merged = from; // perhaps that of `a` itself
    b->is_gone = true;
    return true;
}

typedef struct Ranked {
    int32_t left;
    uint32_t piece;
} Ranked;

static int compare_ranked(const void *a, const void *b)
{
    const Ranked *left = a, *right = b;
    if (left->left != right->left)
        return left->left < right->left ? -1 : 1;
    return left->piece < right->piece ? -1 : left->piece > right->piece;
}

// From left to right: rectangles that do not touch are never merged. Gives how many were.
static uint32_t merge_once(Copying *copying)
{
    Scratch scratch = scratch_begin(copying->temporary);
    Ranked *ranked = ARENA_ARRAY_RAW(scratch.arena, Ranked, copying->piece_count);
    uint32_t count = 0, merged = 0;
    for (uint32_t i = 0; i < copying->piece_count; i++) {
        if (!copying->pieces[i].is_gone)
            ranked[count++] = (Ranked){copying->pieces[i].low[0], i};
    }
    qsort(ranked, count, sizeof *ranked, compare_ranked);
    for (uint32_t i = 0; i < count; i++) {
        const Piece *piece = &copying->pieces[ranked[i].piece];
        for (uint32_t j = i + 1; j < count && ranked[j].left <= piece->high[0]; j++) {
            if (!piece->is_gone && !copying->pieces[ranked[j].piece].is_gone)
                merged += try_merge(copying, ranked[i].piece, ranked[j].piece);
        }
    }
    scratch_end(scratch);
    return merged;
}

// ---- results

// Where the corners of a triangle too wide for a chart go.
static void scale_corners(const int32_t at[3][2], const ChartBox *box, int32_t out[3][2])
{
    const int32_t room = (CHART_MAX_SIDE - 2 * CHART_GUTTER - 1) * CHART_UNIT;
    int64_t size =
        MAX((int64_t)box->high[0] - box->low[0], (int64_t)box->high[1] - box->low[1]);
    for (int i = 0; i < 6; i++)
        out[i / 2][i % 2] =
            (int32_t)(((int64_t)at[i / 2][i % 2] - box->low[i % 2]) * room / size);
}

static void write_scaled(Copying *copying, const Piece *piece, ChartWriter *writer)
{
    uint32_t t = copying->order[piece->first];
    int32_t corners[3][2];
    scale_corners((const int32_t(*)[2])copying->at[t], &piece->box, corners);
    ChartBox box = chart_box_empty();
    chart_box_add(&box, (const int32_t(*)[2])corners);
    Chart *chart = chart_begin(writer, &box, piece->axis);
    chart->source = piece->source;
    Cover cover =
        cover_make((const int32_t[2]){0, 0}, (const int32_t[2]){CHART_MAX_SIDE, CHART_MAX_SIDE},
                   copying->temporary);
    chart_put(writer, t, (const int32_t(*)[2])corners);
    copying->owned_texels += cover_take(
        &cover, (const float(*)[2])writer->set->corners[writer->set->triangle_count - 1]);
}

static void write_copied(Copying *copying, const Piece *piece, ChartWriter *writer)
{
    Chart *chart = chart_begin(writer, &piece->box, piece->axis);
    chart->source = piece->source;
    chart->is_copied = true;
    for (;;) {
        for (uint32_t i = 0; i < piece->count; i++) {
            uint32_t t = copying->order[piece->first + i];
            chart_put(writer, t, (const int32_t(*)[2])copying->at[t]);
        }
        if (piece->merged == UINT32_MAX)
            return;
        piece = &copying->pieces[piece->merged];
    }
}

static void write_charts(Copying *copying, ChartWriter *writer)
{
    for (uint32_t i = 0; i < copying->piece_count; i++) {
        const Piece *piece = &copying->pieces[i];
        if (piece->is_gone)
            continue;
        if (piece->is_scaled)
            write_scaled(copying, piece, writer);
        else
            write_copied(copying, piece, writer);
    }
    writer->set->owned_texels = copying->owned_texels;
}

void bake_chart_copy(const ChartDesc *desc, Arena *arena, ChartSet *out)
{
    *out = (ChartSet){0};
    if (!desc->triangle_count)
        return;
    Scratch scratch = scratch_begin(arena);
    uint32_t count = desc->triangle_count;
    Copying copying = {.desc = desc,
                       .temporary = scratch.arena,
                       .normals = chart_normals(desc, scratch.arena),
                       .order = ARENA_ARRAY_RAW(scratch.arena, uint32_t, count),
                       .spare = ARENA_ARRAY_RAW(scratch.arena, uint32_t, count)};
    copying.at = arena_alloc_raw(scratch.arena, count * sizeof *copying.at, 16);
    place_corners(&copying);
    find_islands(&copying);
    make_pieces(&copying);
    while (merge_once(&copying))
        continue;
    ChartWriter writer = chart_writer(desc, arena, out);
    write_charts(&copying, &writer);
    scratch_end(scratch);
}
