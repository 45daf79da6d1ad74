// shapes.c: the solids that parts are made of. Millimetres.

#include "exhibits/sculptor/shapes.h"

#include <string.h>

void shape_add(Field *field, Part shape, Carve carve)
{
    shape.op = (uint8_t)carve.op;
    shape.blend_mm = carve.blend_mm;
    shape.depth_mm = carve.depth_mm;
    shape.material = carve.material;
    shape.tag = carve.tag;
    field_add(field, &shape);
}

// The point i of a block in the part's own directions.
typedef struct Local {
    float x, y, z;
} Local;

static inline Local local_of(const Frame *f, const FieldPoints *at, int i)
{
    float x = at->x[i] - f->origin.x, y = at->y[i] - f->origin.y, z = at->z[i] - f->origin.z;
    return (Local){x * f->across.x + y * f->across.y + z * f->across.z,
                   x * f->along.x + y * f->along.y + z * f->along.z,
                   x * f->up.x + y * f->up.y + z * f->up.z};
}

static inline float max_f(float a, float b)
{
    return a > b ? a : b;
}

static inline float min_f(float a, float b)
{
    return a < b ? a : b;
}

FIELD_WIDE static void eval_ball(const Part *part, const FieldPoints *at,
                                 float *restrict values)
{
    Vec3 c = part->frame.origin;
    float radius = part->size[0];
    for (int i = 0; i < at->count; i++) {
        float x = at->x[i] - c.x, y = at->y[i] - c.y, z = at->z[i] - c.z;
        values[i] = sqrtf(x * x + y * y + z * z) - radius;
    }
}

Part shape_ball(Vec3 centre, float radius)
{
    return (Part){.eval = eval_ball, .frame = {.origin = centre}, .size = {radius}};
}

// Outside the distance scaled by the gradient, near the surface as good as exact; inside what
// is surely there in every direction.
FIELD_WIDE static void eval_ellipsoid(const Part *part, const FieldPoints *at,
                                      float *restrict values)
{
    const Frame *f = &part->frame;
    float a = part->size[0], b = part->size[1], c = part->size[2], least = part->size[3];
    for (int i = 0; i < at->count; i++) {
        Local p = local_of(f, at, i);
        float x = p.x * a, y = p.y * b, z = p.z * c;
        float k0 = sqrtf(x * x + y * y + z * z);
        x *= a, y *= b, z *= c;
        float k1 = sqrtf(x * x + y * y + z * z);
        values[i] = k0 > 1 ? k0 * (k0 - 1) / k1 : (k0 - 1) * least;
    }
}

Part shape_ellipsoid(Frame frame, Vec3 half)
{
    float least = min_f(half.x, min_f(half.y, half.z));
    float most = max_f(half.x, max_f(half.y, half.z));
    return (Part){.eval = eval_ellipsoid,
                  .frame = frame,
                  .size = {1 / half.x, 1 / half.y, 1 / half.z, least},
                  .lipschitz = 1 + 0.6f * min_f(most / least - 1, 8)};
}

FIELD_WIDE static void eval_cone(const Part *part, const FieldPoints *at,
                                 float *restrict values)
{
    const Frame *f = &part->frame;
    float length = part->size[0], r0 = part->size[1], r1 = part->size[2];
    float shift = part->size[3];
    for (int i = 0; i < at->count; i++) {
        Local p = local_of(f, at, i);
        float q = sqrtf(p.x * p.x + p.z * p.z);
        // Where the nearest point of the slanted side lies on the axis.
        float foot = p.y + q * shift;
        foot = min_f(max_f(foot, 0), length);
        float y = p.y - foot;
        values[i] = sqrtf(q * q + y * y) - (r0 + (r1 - r0) * foot * part->size[5]);
    }
}

Part shape_cone(Vec3 from, float from_radius, Vec3 to, float to_radius)
{
    Vec3 axis = v3_sub(to, from);
    float length = v3_length(axis) + 1e-6f;
    // tan of the side's angle; the foot of the normal is shifted by it along the axis.
    float sine = clamp_f((to_radius - from_radius) / length, -0.98f, 0.98f);
    float shift = sine / sqrtf(1 - sine * sine);
    Vec3 any = fabsf(axis.y) < 0.9f * length ? v3(0, 1, 0) : v3(1, 0, 0);
    Frame frame = {.origin = from, .along = v3_unit(axis)};
    frame.across = v3_unit(v3_cross(frame.along, any));
    frame.up = v3_cross(frame.across, frame.along);
    return (Part){.eval = eval_cone,
                  .frame = frame,
                  .size = {length, from_radius, to_radius, shift, 0, 1 / length},
                  .lipschitz = 1.02f};
}

FIELD_WIDE static void eval_spindle(const Part *part, const FieldPoints *at,
                                    float *restrict values)
{
    const Frame *f = &part->frame;
    float half = part->size[0], radius = part->size[1], over_half = part->size[2];
    for (int i = 0; i < at->count; i++) {
        Local p = local_of(f, at, i);
        float y = min_f(max_f(p.y, -half), half), beyond = p.y - y, s = y * over_half;
        values[i] = sqrtf(p.x * p.x + p.z * p.z + beyond * beyond) - radius * (1 - s * s);
    }
}

Part shape_spindle(Vec3 from, Vec3 to, float radius)
{
    Part part = shape_cone(from, radius, to, radius);
    float half = part.size[0] * 0.5f;
    part.frame.origin = v3_lerp(from, to, 0.5f);
    part.eval = eval_spindle;
    part.size[0] = half;
    part.size[1] = radius;
    part.size[2] = 1 / half;
    part.lipschitz = sqrtf(1 + 4 * radius * radius / (half * half)) + 0.01f;
    return part;
}

FIELD_WIDE static void eval_box(const Part *part, const FieldPoints *at, float *restrict values)
{
    const Frame *f = &part->frame;
    float a = part->size[0], b = part->size[1], c = part->size[2], round = part->size[3];
    for (int i = 0; i < at->count; i++) {
        Local p = local_of(f, at, i);
        float x = fabsf(p.x) - a, y = fabsf(p.y) - b, z = fabsf(p.z) - c;
        float u = max_f(x, 0), v = max_f(y, 0), w = max_f(z, 0);
        float inside = min_f(max_f(x, max_f(y, z)), 0);
        values[i] = sqrtf(u * u + v * v + w * w) + inside - round;
    }
}

Part shape_box(Frame frame, Vec3 half, float round)
{
    return (Part){.eval = eval_box,
                  .frame = frame,
                  .size = {half.x - round, half.y - round, half.z - round, round}};
}

FIELD_WIDE static void eval_cylinder(const Part *part, const FieldPoints *at,
                                     float *restrict values)
{
    const Frame *f = &part->frame;
    float radius = part->size[0], half = part->size[1], round = part->size[2];
    for (int i = 0; i < at->count; i++) {
        Local p = local_of(f, at, i);
        float q = sqrtf(p.x * p.x + p.z * p.z) - radius, y = fabsf(p.y) - half;
        float u = max_f(q, 0), v = max_f(y, 0);
        values[i] = sqrtf(u * u + v * v) + min_f(max_f(q, y), 0) - round;
    }
}

Part shape_cylinder(Frame frame, float radius, float half_height, float round)
{
    return (Part){.eval = eval_cylinder,
                  .frame = frame,
                  .size = {radius - round, half_height - round, round}};
}

FIELD_WIDE static void eval_ring(const Part *part, const FieldPoints *at,
                                 float *restrict values)
{
    const Frame *f = &part->frame;
    float radius = part->size[0], wide = part->size[1], high = part->size[2];
    float least = min_f(wide, high), a = 1 / wide, b = 1 / high;
    for (int i = 0; i < at->count; i++) {
        Local p = local_of(f, at, i);
        float q = (sqrtf(p.x * p.x + p.y * p.y) - radius) * a, z = p.z * b;
        float k0 = sqrtf(q * q + z * z);
        q *= a, z *= b;
        float k1 = sqrtf(q * q + z * z);
        values[i] = k0 > 1 ? k0 * (k0 - 1) / k1 : (k0 - 1) * least;
    }
}

Part shape_ring(Frame frame, float radius, float wide, float high)
{
    return (Part){.eval = eval_ring,
                  .frame = frame,
                  .size = {radius, wide, high},
                  .lipschitz =
                      1 + 0.6f * min_f(max_f(wide / high, high / wide) - 1, 8) + 0.01f};
}

FIELD_WIDE static void eval_half_space(const Part *part, const FieldPoints *at,
                                       float *restrict values)
{
    for (int i = 0; i < at->count; i++)
        values[i] = local_of(&part->frame, at, i).z;
}

Part shape_half_space(Frame frame)
{
    return (Part){.eval = eval_half_space, .frame = frame, .lipschitz = 1.0001f};
}

FIELD_WIDE static void eval_prism(const Part *part, const FieldPoints *at,
                                  float *restrict values)
{
    const Frame *f = &part->frame;
    float slope_x = part->size[0], slope_z = part->size[1], half_y = part->size[2];
    float half_z = part->size[3], ridge = part->size[4], round = part->size[5];
    for (int i = 0; i < at->count; i++) {
        Local p = local_of(f, at, i);
        float side = fabsf(p.x) * slope_x + (p.z - ridge) * slope_z;
        float ends = fabsf(p.y) - half_y, foot = -p.z - half_z;
        float u = max_f(side, 0), v = max_f(ends, 0), w = max_f(foot, 0);
        float inside = min_f(max_f(side, max_f(ends, foot)), 0);
        // Lower than the true distance beside an acute edge, never higher.
        values[i] = max_f(max_f(u, v), max_f(w, sqrtf(max_f(u, w) * max_f(u, w) + v * v))) +
                    inside - round;
    }
}

Part shape_prism(Frame frame, Vec3 half, float round)
{
    float length = sqrtf(half.x * half.x + 4 * half.z * half.z);
    float slope_x = 2 * half.z / length, slope_z = half.x / length;
    return (Part){.eval = eval_prism,
                  .frame = frame,
                  .size = {slope_x, slope_z, half.y - round, half.z - round,
                           half.z - round / slope_z, round}};
}

typedef struct TurningEdge {
    float r, y, dr, dy, over_square, slope; // start, way, 1 / length², dr / dy
} TurningEdge;

// Where the points of a block lie in the plane of an outline.
typedef struct TurningBlock {
    float r, y, radius_mm; // a circle around them
    float low, high;       // of y
    float least_mm;        // from the circle's middle to the nearest edge
} TurningBlock;

static float edge_distance(const TurningEdge *e, float r, float y)
{
    float x = r - e->r, h = y - e->y;
    float t = clamp_f((x * e->dr + h * e->dy) * e->over_square, 0, 1);
    float far_x = x - t * e->dr, far_h = h - t * e->dy;
    return sqrtf(far_x * far_x + far_h * far_h);
}

static TurningBlock turning_block(const TurningEdge *edges, int edge_count, const float *r,
                                  const float *y, int count)
{
    float low_r = 1e12f, high_r = -1e12f;
    TurningBlock block = {.low = 1e12f, .high = -1e12f, .least_mm = 1e12f};
    for (int i = 0; i < count; i++) {
        low_r = min_f(low_r, r[i]), high_r = max_f(high_r, r[i]);
        block.low = min_f(block.low, y[i]), block.high = max_f(block.high, y[i]);
    }
    float half_r = 0.5f * (high_r - low_r), half_y = 0.5f * (block.high - block.low);
    block.r = low_r + half_r;
    block.y = block.low + half_y;
    block.radius_mm = sqrtf(half_r * half_r + half_y * half_y);
    for (int k = 0; k < edge_count; k++)
        block.least_mm = min_f(block.least_mm, edge_distance(&edges[k], block.r, block.y));
    return block;
}

// May the edge be the nearest to a point of the block, or lie at its height? Most are not.
static bool edge_matters(const TurningEdge *e, const TurningBlock *block)
{
    const float margin = 1e-3f; // far more than rounding
    float low = min_f(e->y, e->y + e->dy), high = max_f(e->y, e->y + e->dy);
    return (low <= block->high + margin && high >= block->low - margin) ||
           edge_distance(e, block->r, block->y) <=
               block->least_mm + 2 * block->radius_mm + margin;
}

// The squared distance to some edges, and whether an odd number of them lies further out.
FIELD_WIDE static void find_edges(const TurningEdge *edges, int edge_count, int count,
                                  const float *r, const float *y, float *restrict squares,
                                  float *restrict sign)
{
    for (int i = 0; i < count; i++) {
        squares[i] = 1e12f;
        sign[i] = 1;
    }
    TurningBlock block = turning_block(edges, edge_count, r, y, count);
    for (int k = 0; k < edge_count; k++) {
        TurningEdge e = edges[k];
        if (!edge_matters(&e, &block))
            continue;
        for (int i = 0; i < count; i++) {
            float x = r[i] - e.r, h = y[i] - e.y;
            float t = min_f(max_f((x * e.dr + h * e.dy) * e.over_square, 0), 1);
            float far_x = x - t * e.dr, far_h = h - t * e.dy;
            squares[i] = min_f(squares[i], far_x * far_x + far_h * far_h);
            float upper = h - e.dy;
            float is_level = (h >= 0) != (upper >= 0) ? 1.0f : 0.0f;
            float is_outside = x < h * e.slope ? 1.0f : 0.0f;
            sign[i] *= 1 - 2 * is_level * is_outside;
        }
    }
}

FIELD_WIDE static void eval_turning(const Part *part, const FieldPoints *at,
                                    float *restrict values)
{
    float r[FIELD_BLOCK], y[FIELD_BLOCK], sign[FIELD_BLOCK];
    for (int i = 0; i < at->count; i++) {
        Local p = local_of(&part->frame, at, i);
        r[i] = sqrtf(p.x * p.x + p.z * p.z);
        y[i] = p.y;
    }
    find_edges(part->extra, (int)part->size[0], at->count, r, y, values, sign);
    for (int i = 0; i < at->count; i++)
        values[i] = sqrtf(values[i]) * sign[i];
}

void outline_distance(const Outline *outline, int count, const float *u, const float *v,
                      float *restrict out)
{
    float sign[FIELD_BLOCK];
    find_edges(outline->edges, outline->count, count, u, v, out, sign);
    for (int i = 0; i < count; i++)
        out[i] = sqrtf(out[i]) * sign[i];
}

// Where the outline goes at its point i on the way to or from its point `other`.
static void turning_way(const Turning *turning, int i, int other, float out[2])
{
    const float(*p)[2] = turning->outline;
    out[0] = (p[other][0] - p[i][0]) * (other > i ? 1.0f : -1.0f);
    out[1] = (p[other][1] - p[i][1]) * (other > i ? 1.0f : -1.0f);
    int beyond = 2 * i - other;
    if (beyond < 0 || beyond >= turning->count)
        return;
    float x = (p[i][0] - p[beyond][0]) * (other > i ? 1.0f : -1.0f);
    float y = (p[i][1] - p[beyond][1]) * (other > i ? 1.0f : -1.0f);
    float here = sqrtf(out[0] * out[0] + out[1] * out[1]), there = sqrtf(x * x + y * y);
    if (out[0] * x + out[1] * y < 0.70f * here * there)
        return; // a corner
    float scale = here / (here + there);
    out[0] = (out[0] + x) * scale;
    out[1] = (out[1] + y) * scale;
}

// The cubic between two points of the outline.
static void turning_point(const Turning *turning, int i, float t, float out[2])
{
    float from[2], to[2], t2 = t * t, t3 = t2 * t;
    turning_way(turning, i, i + 1, from);
    turning_way(turning, i + 1, i, to);
    for (int k = 0; k < 2; k++)
        out[k] = turning->outline[i][k] * (2 * t3 - 3 * t2 + 1) + from[k] * (t3 - 2 * t2 + t) +
                 turning->outline[i + 1][k] * (3 * t2 - 2 * t3) + to[k] * (t3 - t2);
    out[0] = max_f(out[0], 0);
}

Part shape_turning(const Turning *turning, Frame frame, Arena *arena)
{
    int pieces = turning->pieces > 0 ? turning->pieces : 1;
    int count = (turning->count - 1) * pieces;
    TurningEdge *edges = ARENA_ARRAY(arena, TurningEdge, (size_t)count);
    for (int i = 0; i < count; i++) {
        float a[2], b[2];
        float t = (float)(i % pieces) / (float)pieces, step = 1 / (float)pieces;
        turning_point(turning, i / pieces, t, a);
        turning_point(turning, i / pieces, i % pieces == pieces - 1 ? 1 : t + step, b);
        float dr = b[0] - a[0], dy = b[1] - a[1], square = dr * dr + dy * dy;
        edges[i] = (TurningEdge){
            a[0], a[1], dr, dy, square > 0 ? 1 / square : 0, dy != 0 ? dr / dy : 0};
    }
    return (Part){.eval = eval_turning,
                  .frame = frame,
                  .extra = edges,
                  .size = {(float)count},
                  .lipschitz = 1.01f};
}

// A curve through all points that knows no ends.
static void outline_point(const float (*points)[2], int count, int i, float t, float out[2])
{
    const float *a = points[(i + count - 1) % count], *b = points[i];
    const float *c = points[(i + 1) % count], *d = points[(i + 2) % count];
    float t2 = t * t, t3 = t2 * t;
    for (int k = 0; k < 2; k++)
        out[k] = 0.5f *
                 (2 * b[k] + (c[k] - a[k]) * t + (2 * a[k] - 5 * b[k] + 4 * c[k] - d[k]) * t2 +
                  (3 * b[k] - a[k] - 3 * c[k] + d[k]) * t3);
}

Outline outline_make(const float (*points)[2], int count, int pieces, Arena *arena)
{
    int each = pieces > 0 ? pieces : 1;
    TurningEdge *edges = ARENA_ARRAY(arena, TurningEdge, (size_t)(count * each));
    for (int i = 0; i < count * each; i++) {
        float a[2], b[2], t = (float)(i % each) / (float)each;
        if (pieces > 0) {
            int last = (i + 1) % each == 0;
            outline_point(points, count, i / each, t, a);
            outline_point(points, count, (i / each + last) % count,
                          last ? 0 : t + 1 / (float)each, b);
        } else {
            memcpy(a, points[i], sizeof a);
            memcpy(b, points[(i + 1) % count], sizeof b);
        }
        float dr = b[0] - a[0], dy = b[1] - a[1], square = dr * dr + dy * dy;
        edges[i] = (TurningEdge){
            a[0], a[1], dr, dy, square > 0 ? 1 / square : 0, dy != 0 ? dr / dy : 0};
    }
    return (Outline){edges, count * each};
}

FIELD_WIDE static void eval_plate(const Part *part, const FieldPoints *at,
                                  float *restrict values)
{
    float u[FIELD_BLOCK], v[FIELD_BLOCK], w[FIELD_BLOCK];
    float half = part->size[0], round = part->size[1];
    for (int i = 0; i < at->count; i++) {
        Local p = local_of(&part->frame, at, i);
        u[i] = p.x;
        v[i] = p.y;
        w[i] = fabsf(p.z) - half;
    }
    outline_distance(part->extra, at->count, u, v, values);
    for (int i = 0; i < at->count; i++) {
        float d = values[i], a = max_f(d, 0), b = max_f(w[i], 0);
        values[i] = sqrtf(a * a + b * b) + min_f(max_f(d, w[i]), 0) - round;
    }
}

Part shape_plate(const Outline *outline, Frame frame, float half, float round, Arena *arena)
{
    return (Part){.eval = eval_plate,
                  .frame = frame,
                  .extra = arena_copy(arena, outline, sizeof *outline, 8),
                  .size = {half - round, round},
                  .lipschitz = 1.02f};
}

// The parabola through values at 0, 1/2 and 1.
static void parabola(const float at[3], float out[3])
{
    out[0] = at[0];
    out[1] = 4 * at[1] - 3 * at[0] - at[2];
    out[2] = 2 * at[0] + 2 * at[2] - 4 * at[1];
}

// size: length, three of the width, three of the thickness, rise, sway, cup.
FIELD_WIDE static void eval_blade(const Part *part, const FieldPoints *at,
                                  float *restrict values)
{
    const Frame *f = &part->frame;
    const float *size = part->size;
    float length = size[0], over = 1 / length, rise = 4 * size[7], sway = 4 * size[8];
    float cup = size[9];
    for (int i = 0; i < at->count; i++) {
        Local p = local_of(f, at, i);
        float t = min_f(max_f(p.y * over, 0), 1), bow = t * (1 - t);
        float thick = size[4] + t * (size[5] + t * size[6]);
        float flat = size[1] + t * (size[2] + t * size[3]);
        float u = p.x - sway * bow, side = u < 0 ? -u : u, edge = max_f(flat, thick);
        // Beyond its edge the flat does not bend on: distances stay distances.
        float inner = min_f(side, edge), level = p.z - rise * bow - cup * inner * inner;
        float beside = max_f(side - max_f(flat - thick, 0), 0), beyond = p.y - t * length;
        values[i] = sqrtf(beside * beside + level * level + beyond * beyond) - thick;
    }
}

Part shape_blade(const Blade *blade)
{
    Part part = {.eval = eval_blade, .frame = blade->frame, .size = {blade->length}};
    parabola(blade->wide, part.size + 1);
    parabola(blade->thick, part.size + 4);
    part.size[7] = blade->rise, part.size[8] = blade->sway, part.size[9] = blade->cup;
    const float *s = part.size;
    float widest = max_f(blade->wide[0], max_f(blade->wide[1], blade->wide[2])) * 1.15f;
    float bow = 4 * fabsf(blade->rise) / blade->length;
    float sway = 4 * fabsf(blade->sway) / blade->length, bend = 2 * fabsf(blade->cup) * widest;
    float slope = max_f(fabsf(s[2]), fabsf(s[2] + 2 * s[3])) +
                  2 * max_f(fabsf(s[5]), fabsf(s[5] + 2 * s[6]));
    part.lipschitz = sqrtf(1 + bow * bow + sway * sway + bend * bend) * (1 + sway) +
                     slope / blade->length + 0.02f;
    return part;
}

Vec3 tube_point(const Tube *tube, float t)
{
    Vec3 a = v3_lerp(tube->from, tube->bend, t), b = v3_lerp(tube->bend, tube->to, t);
    return v3_lerp(a, b, t);
}

static float tube_radius(const Tube *tube, float t)
{
    // The parabola through the three radii.
    float a = tube->from_radius, m = tube->middle_radius, b = tube->to_radius;
    return a + t * (4 * m - 3 * a - b) + t * t * (2 * a + 2 * b - 4 * m);
}

typedef struct TubePiece {
    Vec3 from, along;
    float length, from_radius, slope, shift; // as in eval_cone
} TubePiece;

FIELD_WIDE static void eval_tube(const Part *part, const FieldPoints *at,
                                 float *restrict values)
{
    const TubePiece *pieces = part->extra;
    for (int i = 0; i < at->count; i++)
        values[i] = 1e9f;
    for (int k = 0; k < (int)part->size[0]; k++) {
        TubePiece t = pieces[k];
        for (int i = 0; i < at->count; i++) {
            float x = at->x[i] - t.from.x, y = at->y[i] - t.from.y, z = at->z[i] - t.from.z;
            float along = x * t.along.x + y * t.along.y + z * t.along.z;
            float square = x * x + y * y + z * z - along * along;
            float q = sqrtf(square > 0 ? square : 0);
            float foot = min_f(max_f(along + q * t.shift, 0), t.length), beyond = along - foot;
            float d = sqrtf(q * q + beyond * beyond) - (t.from_radius + t.slope * foot);
            values[i] = min_f(values[i], d);
        }
    }
}

Part shape_tube(const Tube *tube, Arena *arena)
{
    TubePiece *pieces = ARENA_ARRAY(arena, TubePiece, (size_t)tube->pieces);
    for (int i = 0; i < tube->pieces; i++) {
        float t0 = (float)i / (float)tube->pieces, t1 = (float)(i + 1) / (float)tube->pieces;
        Vec3 from = tube_point(tube, t0), way = v3_sub(tube_point(tube, t1), from);
        float length = v3_length(way) + 1e-6f, r0 = tube_radius(tube, t0);
        float sine = clamp_f((tube_radius(tube, t1) - r0) / length, -0.98f, 0.98f);
        pieces[i] =
            (TubePiece){from, v3_unit(way), length, r0, sine, sine / sqrtf(1 - sine * sine)};
    }
    return (Part){.eval = eval_tube,
                  .frame = {.origin = tube->from},
                  .extra = pieces,
                  .size = {(float)tube->pieces},
                  .lipschitz = 1.02f};
}

void shape_add_tube(Field *field, const Tube *tube, Carve carve)
{
    shape_add(field, shape_tube(tube, field->arena), carve);
}
