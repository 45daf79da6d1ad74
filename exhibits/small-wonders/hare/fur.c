// fur.c: strokes that follow the flow of the body.
//
//     flow      a direction for every place, between some forty that are given
//     lines     walked over the surface along the flow, an even distance apart
//     strokes   cut along the lines, staggered, shallow where hands polished the wood

#include <string.h>

#include "exhibits/sculptor/noise.h"
#include "exhibits/small-wonders/hare/hare.h"

enum { GUIDES = 96, SEEDS = 20000, LINE_POINTS = 160, LEAST_POINTS = 4 };
static const float WALK_MM = 0.22f, CELL_MM = 0.25f;

typedef struct Guide {
    Vec3 at, way;
    float reach_mm;
} Guide;

typedef struct Stroke {
    Vec3 from, to;
    float radius;
} Stroke;

typedef struct Comb {
    const Hare *hare;
    const Field *field; // the form
    FieldList list;
    Guide guides[GUIDES];
    int guide_count;
    Vec3 low;
    int size[3];
    uint32_t *first, *next; // points of lines by cells, numbered from 1
    Vec3 *points;
    uint32_t *line_of;
    size_t point_count, point_capacity, next_capacity, next_count, of_capacity, of_count;
    uint32_t line;
    Arena *arena;
    Chance chance;
    Stroke *strokes;
    size_t stroke_count, stroke_capacity;
} Comb;

// ---- flow

// On the body: place and way as if it were straight; both sides.
static const float BODY[][7] = {
    {-4, 18, 0, 1, 0.1f, 0, 5},       {4, 22, 0, 1, 0, 0, 6},
    {11, 20, 0, 1, -0.5f, 0, 6},      {16, 14, 2, 0.25f, -1, 0, 5},
    {-1, 13, 9, 1, -0.3f, 0, 5},      {0, 17, 6, 1, -0.15f, 0, 5},
    {1, 8, 9, 0.55f, -0.8f, 0, 4},    {7, 10, 11, 0.8f, -0.6f, 0, 4},
    {9, 16, 9, 1, -0.35f, 0, 4},      {14, 9, 8, 0.2f, -1, 0, 4},
    {7, 4, 10, 0.9f, -0.5f, 0, 3},    {13, 4, 7, -0.3f, -1, 0, 3},
    {-6, 10, 9, 0.35f, -1, 0, 4},     {-6, 5, 8.5f, 0.1f, -1, 0, 3},
    {-9, 3, 6, -1, -0.25f, -0.3f, 3}, {-14, 2.5f, 3, -1, -0.1f, -0.25f, 3},
    {-14, 8, 0, 0.15f, -1, 0, 4},     {-12, 6, 5, 0.2f, -1, 0.1f, 4},
    {6, 2.5f, 10, -1, 0, 0.1f, 3},    {-3, 2.5f, 8.5f, -1, -0.1f, 0, 3},
    {18.5f, 9, 0, 0, 1, 0, 2.5f},     {16.5f, 9, 2.6f, 0, 1, 0.3f, 1.5f},
    {-9, 15, 6, 0.8f, -0.5f, 0, 4},
};

// On the head: forwards, up, left; both sides.
static const float HEAD[][7] = {
    {7.5f, 1, 0, -1, 0.35f, 0, 2.5f},
    {4, 3.4f, 0, -1, 0.4f, 0, 3},
    {1, 5, 0, -1, 0.2f, 0, 3},
    {-4, 5.5f, 0, -1, -0.2f, 0, 3},
    {1, -2.6f, 4.8f, -1, -0.45f, 0.1f, 3},
    {6.5f, -1.6f, 2.8f, -1, -0.1f, 0.5f, 2.5f},
    {1.6f, 3.8f, 3.6f, -1, 0.25f, 0, 2},
    {1.5f, -1.0f, 4.6f, -1, -0.35f, 0.1f, 2},
    {4.2f, 1.2f, 3.2f, -0.8f, 0.5f, 0.5f, 2},
    {-1.6f, 1.6f, 4.6f, -1, -0.2f, 0, 2},
    {4, -4.6f, 1.5f, -1, -0.3f, 0.3f, 3},
    {-4, 0, 4.5f, -1, -0.45f, 0, 3},
    {-1.5f, -4.2f, 4, -0.8f, -0.9f, 0.1f, 3},
};

static void add_guide(Comb *comb, Vec3 at, Vec3 way, float reach_mm)
{
    ASSERT(comb->guide_count < GUIDES);
    comb->guides[comb->guide_count++] = (Guide){at, v3_unit(way), reach_mm};
}

static void make_flow(Comb *comb)
{
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        for (size_t i = 0; i < COUNT_OF(BODY); i++) {
            const float *g = BODY[i];
            add_guide(comb, hare_point(g[0], g[1], g[2] * s),
                      hare_direction(g[0], v3(g[3], g[4], g[5] * s)), g[6]);
        }
        for (size_t i = 0; i < COUNT_OF(HEAD); i++) {
            const float *g = HEAD[i];
            add_guide(comb, hare_head_point(comb->hare, g[0], g[1], g[2] * s),
                      hare_head_direction(comb->hare, g[3], g[4], g[5] * s), g[6]);
        }
        Blade ear = hare_ear(comb->hare, s);
        for (int i = 0; i < 6; i++) {
            float t = 0.15f + 0.16f * (float)i;
            add_guide(comb, hare_ear_point(&ear, t, 0),
                      v3_sub(hare_ear_point(&ear, t + 0.05f, 0), hare_ear_point(&ear, t, 0)),
                      1.7f);
        }
    }
}

static Vec3 flow_at(const Comb *comb, Vec3 p, Vec3 normal)
{
    Vec3 sum = {0, 0, 0};
    for (int i = 0; i < comb->guide_count; i++) {
        const Guide *guide = &comb->guides[i];
        Vec3 apart = v3_sub(p, guide->at);
        float near = v3_dot(apart, apart) / (guide->reach_mm * guide->reach_mm);
        sum = v3_mad(sum, guide->way, 1 / (0.02f + near * near));
    }
    // A hand is never quite straight.
    float turn = 0.28f * noise_value(v3_scale(p, 0.45f), 91);
    Vec3 way = v3_unit(v3_mad(sum, normal, -v3_dot(sum, normal)));
    return v3_unit(v3_mad(way, v3_cross(normal, way), turn));
}

// ---- where

// 1 on the body, less on face and paws: how coarse the fur is; 0 where there is none.
static float coarseness(const Comb *comb, Vec3 p)
{
    for (int i = 0; i < HARE_EYES; i++) {
        Vec3 q = frame_to_local(&comb->hare->eyes[i], p);
        if (q.z > -1 && q.x * q.x + q.y * q.y < 2.5f * 2.5f)
            return 0;
    }
    Vec3 h = v3_sub(p, comb->hare->head.origin);
    const Frame *head = &comb->hare->head;
    float forwards = v3_dot(h, head->along), up = v3_dot(h, head->up);
    float left = v3_dot(h, head->across);
    if (forwards > 7.6f && fabsf(left) < 1.6f && up > -1.6f) // nose
        return 0;
    if (forwards > 3.4f && fabsf(up + 3.4f) < 0.3f) // mouth
        return 0;
    if (p.y < HARE_LIFT_MM + 1.1f)
        return 0;
    float value, uncut;
    uint32_t part;
    field_trace(comb->field, comb->list, &(FieldPoints){1, &p.x, &p.y, &p.z},
                &(FieldTrace){&value, &uncut, &part});
    if (comb->field->parts[part].material != HARE_WOOD)
        return 0;
    float face = smooth_f(-5, 0, forwards) * smooth_f(9, 7, v3_length(h));
    float paw = smooth_f(HARE_LIFT_MM + 4.5f, HARE_LIFT_MM + 2.5f, p.y) * smooth_f(2, -2, p.x);
    return 1 - 0.42f * fmaxf(face, paw) - 0.12f * smooth_f(6.5f, 8, forwards);
}

static Vec3 settle(const Comb *comb, Vec3 p, Vec3 *normal)
{
    *normal = field_normal(comb->field, p, 0.08f);
    return v3_mad(p, *normal, -field_at(comb->field, p));
}

// ---- lines

static int cell_of(const Comb *comb, Vec3 p, int axis)
{
    float x = axis == 0 ? p.x - comb->low.x : axis == 1 ? p.y - comb->low.y : p.z - comb->low.z;
    return (int)clamp_f(x / CELL_MM, 1, (float)comb->size[axis] - 2);
}

static size_t cell_index(const Comb *comb, int x, int y, int z)
{
    return ((size_t)z * (size_t)comb->size[1] + (size_t)y) * (size_t)comb->size[0] + (size_t)x;
}

// Is another line nearer than this?
static bool is_taken(const Comb *comb, Vec3 p, float apart_mm)
{
    int cx = cell_of(comb, p, 0), cy = cell_of(comb, p, 1), cz = cell_of(comb, p, 2);
    for (int i = 0; i < 27; i++) {
        size_t cell = cell_index(comb, cx + i % 3 - 1, cy + i / 3 % 3 - 1, cz + i / 9 - 1);
        for (uint32_t k = comb->first[cell]; k; k = comb->next[k - 1]) {
            Vec3 d = v3_sub(comb->points[k - 1], p);
            if (comb->line_of[k - 1] != comb->line && v3_dot(d, d) < apart_mm * apart_mm)
                return true;
        }
    }
    return false;
}

static void take(Comb *comb, Vec3 p)
{
    size_t cell =
        cell_index(comb, cell_of(comb, p, 0), cell_of(comb, p, 1), cell_of(comb, p, 2));
    *ARENA_PUSH(comb->arena, comb->points, comb->point_count, comb->point_capacity) = p;
    *ARENA_PUSH(comb->arena, comb->line_of, comb->of_count, comb->of_capacity) = comb->line;
    *ARENA_PUSH(comb->arena, comb->next, comb->next_count, comb->next_capacity) =
        comb->first[cell];
    comb->first[cell] = (uint32_t)comb->point_count;
}

static float apart_mm(float coarse)
{
    return 0.205f * coarse;
}

static int walk(const Comb *comb, Vec3 p, float sense, Vec3 *out)
{
    Vec3 normal, last = {0, 0, 0};
    for (int count = 0; count < LINE_POINTS; count++) {
        p = settle(comb, p, &normal);
        float coarse = coarseness(comb, p);
        if (coarse <= 0 || is_taken(comb, p, 0.72f * apart_mm(coarse)))
            return count;
        Vec3 way = v3_scale(flow_at(comb, p, normal), sense);
        if (count && v3_dot(way, last) < 0.80f) // a crease
            return count;
        out[count] = last = p;
        last = way;
        p = v3_mad(p, way, WALK_MM);
    }
    return LINE_POINTS;
}

// ---- strokes

// Hands polished what stands out furthest: there only the deepest cuts are left.
static float kept(const Comb *comb, Vec3 p)
{
    float handled = smooth_f(HARE_LIFT_MM + 19.5f, HARE_LIFT_MM + 22.5f, p.y) * 0.6f;
    Vec3 h = v3_sub(p, comb->hare->head.origin);
    handled += smooth_f(5.0f, 8.0f, v3_dot(h, comb->hare->head.along)) * 0.45f;
    handled += smooth_f(9.8f, 12.0f, fabsf(p.z + 2.2f - p.x * p.x / 104)) * 0.55f;
    float patch = noise_octaves(v3_scale(p, 0.35f), 2, 92);
    return clamp_f(1.08f - handled * (0.75f + 0.9f * patch), 0.25f, 1);
}

static void cut_stroke(Comb *comb, const Vec3 *line, int from, int to, float coarse)
{
    Vec3 middle = v3_lerp(line[from], line[to], 0.5f);
    float strength = kept(comb, middle);
    float deep = (0.034f + 0.030f * coarse * chance_between(&comb->chance, 0.6f, 1)) * strength;
    float radius = 0.040f + 0.040f * coarse;
    Vec3 normal = field_normal(comb->field, middle, 0.08f);
    // As deep in its middle as it shall be, however the surface bends under it.
    Vec3 lift = v3_scale(normal, radius - deep - field_at(comb->field, middle));
    for (int i = 1; i <= 3; i++) { // in a crease it would run under the other side's skin
        Vec3 p = v3_add(v3_lerp(line[from], line[to], 0.25f * (float)i), lift);
        if ((i == 2 ? 1 : 0.75f) * radius - field_at(comb->field, p) > 0.085f)
            return;
    }
    *ARENA_PUSH(comb->arena, comb->strokes, comb->stroke_count, comb->stroke_capacity) =
        (Stroke){v3_add(line[from], lift), v3_add(line[to], lift), radius};
}

static void cut_line(Comb *comb, const Vec3 *line, int count)
{
    float coarse = coarseness(comb, line[count / 2]);
    int at = -(int)(chance_next(&comb->chance) * 7 * coarse);
    while (at < count - LEAST_POINTS) {
        int length = (int)((5.0f + 7.0f * coarse) * chance_between(&comb->chance, 0.7f, 1.2f));
        int from = MAX(at, 0), to = MIN(at + length, count - 1);
        if (to - from >= LEAST_POINTS - 1)
            cut_stroke(comb, line, from, to, coarse);
        at += (int)((float)length * 0.62f) + 1; // its ends run out of the wood
    }
}

static void draw_line(Comb *comb, Vec3 seed)
{
    Vec3 back[LINE_POINTS], line[2 * LINE_POINTS];
    comb->line++;
    int behind = walk(comb, seed, -1, back), count = 0;
    while (behind > 1)
        line[count++] = back[--behind];
    count += walk(comb, seed, 1, line + count);
    if (count < LEAST_POINTS)
        return;
    for (int i = 0; i < count; i++)
        take(comb, line[i]);
    cut_line(comb, line, count);
}

// A place of the surface, found from outside.
static bool find_seed(Comb *comb, Vec3 *out)
{
    Chance *chance = &comb->chance;
    Vec3 middle = hare_point(chance_between(chance, -17, 17), chance_between(chance, 1, 21), 0);
    float turn = chance_between(chance, 0, 2 * PI_F), tilt = chance_between(chance, -0.5f, 1);
    Vec3 way = v3_unit(v3(sinf(turn), 1.4f * tilt, cosf(turn)));
    return field_hit(comb->field, v3_mad(middle, way, 30), v3_scale(way, -1), 36, out);
}

void hare_add_fur(const Hare *hare, Field *field, Arena *arena)
{
    Arena own = {0};
    Comb *comb = ARENA_NEW(&own, Comb);
    *comb = (Comb){.hare = hare,
                   .field = field,
                   .list = field_all(field, &own),
                   .low = {-22, 0, -16},
                   .size = {44 * 4, 40 * 4, 32 * 4},
                   .arena = &own,
                   .chance = {2027}};
    comb->first = ARENA_ARRAY(
        &own, uint32_t, (size_t)comb->size[0] * (size_t)comb->size[1] * (size_t)comb->size[2]);
    make_flow(comb);
    for (int i = 0; i < SEEDS; i++) {
        Vec3 seed;
        if (!find_seed(comb, &seed))
            continue;
        float coarse = coarseness(comb, seed);
        comb->line++;
        if (coarse > 0 && !is_taken(comb, seed, apart_mm(coarse)))
            draw_line(comb, seed);
    }
    for (size_t i = 0; i < comb->stroke_count; i++) {
        const Stroke *stroke = &comb->strokes[i];
        shape_add(field, shape_spindle(stroke->from, stroke->to, stroke->radius),
                  (Carve){.op = PART_CUT, .blend_mm = 0.012f, .material = HARE_FUR});
    }
    (void)arena;
    arena_drop(&own);
}
