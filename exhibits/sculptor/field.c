// field.c: a sculpture as an ordered list of parts; how far is a point from its surface?

#include "exhibits/sculptor/field.h"

#include <string.h>

static const float FAR_MM = 1e6f;

void field_begin(Field *field, FieldBody body)
{
    ASSERT(field->body_count < UINT8_MAX);
    body.first_part = field->part_count;
    *ARENA_PUSH(field->arena, field->bodies, field->body_count, field->body_capacity) = body;
}

Part *field_add(Field *field, const Part *part)
{
    Part *added =
        ARENA_PUSH(field->arena, field->parts, field->part_count, field->part_capacity);
    *added = *part;
    if (added->lipschitz == 0)
        added->lipschitz = 1;
    added->body = field->body_count ? (uint8_t)(field->body_count - 1) : 0;
    return added;
}

void field_keep(Field *field, size_t count)
{
    if (!count || count >= field->part_count)
        return;
    field->part_count = count;
    while (field->body_count > 1 && field->bodies[field->body_count - 1].first_part >= count)
        field->body_count--;
}

FieldList field_all(const Field *field, Arena *arena)
{
    FieldList list = {ARENA_ARRAY_RAW(arena, uint32_t, field->part_count),
                      (uint32_t)field->part_count};
    for (uint32_t i = 0; i < list.count; i++)
        list.parts[i] = i;
    return list;
}

FieldList field_body(const Field *field, size_t body, Arena *arena)
{
    if (body >= field->body_count)
        return field_all(field, arena);
    size_t first = field->bodies[body].first_part;
    size_t end =
        body + 1 < field->body_count ? field->bodies[body + 1].first_part : field->part_count;
    FieldList list = {ARENA_ARRAY_RAW(arena, uint32_t, end - first), (uint32_t)(end - first)};
    for (uint32_t i = 0; i < list.count; i++)
        list.parts[i] = (uint32_t)first + i;
    return list;
}

// The smaller of two, rounded where they are within `blend` of each other, never the larger.
static inline float soft_min(float a, float b, float blend, float quarter_over_blend)
{
    float apart = fabsf(a - b);
    float near = blend > apart ? blend - apart : 0;
    return (a < b ? a : b) - near * near * quarter_over_blend;
}

static inline float min_f(float a, float b)
{
    return a < b ? a : b;
}

static inline float max_f(float a, float b)
{
    return a > b ? a : b;
}

FIELD_WIDE static void apply(const Part *part, int count, const float *restrict part_values,
                             float *restrict values)
{
    float blend = part->blend_mm, depth = part->depth_mm;
    float quarter = blend > 0 ? 0.25f / blend : 0;
    switch ((PartOp)part->op) {
    case PART_UNION:
        for (int i = 0; i < count; i++)
            values[i] = soft_min(values[i], part_values[i], blend, quarter);
        break;
    case PART_CUT:
        for (int i = 0; i < count; i++)
            values[i] = -soft_min(-values[i], part_values[i], blend, quarter);
        break;
    case PART_INSET:
        for (int i = 0; i < count; i++)
            values[i] = max_f(values[i], min_f(-part_values[i], values[i] + depth));
        break;
    case PART_RAISE:
        for (int i = 0; i < count; i++)
            values[i] = min_f(values[i], max_f(part_values[i], values[i] - depth));
        break;
    case PART_DISPLACE:
        for (int i = 0; i < count; i++)
            values[i] -= part_values[i];
        break;
    case PART_PAINT:
        break;
    }
}

// What is known of the field in a region after some of its parts: an interval.
typedef struct Bounds {
    float low, high, lipschitz, value;
} Bounds;

// Narrows the bounds by one part whose value at the centre is known. Returns whether it
// matters.
static bool bound_part(const Part *part, const FieldRegion *region, float at_centre, Bounds *b,
                       bool *hides_earlier)
{
    float spread = part->lipschitz * region->radius_mm, blend = part->blend_mm;
    if (part->coarse_lipschitz > 0)
        spread = min_f(spread, part->coarse_lipschitz * region->radius_mm + part->rough_mm);
    float low = at_centre - spread, high = at_centre + spread;
    switch ((PartOp)part->op) {
    case PART_UNION:
        if (low >= b->high + blend)
            return false;
        *hides_earlier = high + blend <= b->low;
        b->low = min_f(b->low, low) - blend * 0.25f;
        b->high = min_f(b->high, high);
        b->lipschitz = *hides_earlier ? part->lipschitz : max_f(b->lipschitz, part->lipschitz);
        return true;
    case PART_CUT:
        if (-low <= b->low - blend)
            return false;
        b->low = max_f(b->low, -high);
        b->high = max_f(b->high, -low) + blend * 0.25f;
        b->lipschitz = max_f(b->lipschitz, part->lipschitz);
        return true;
    case PART_INSET:
        if (-low <= b->low)
            return false;
        b->high = max_f(b->high, min_f(-low, b->high + part->depth_mm));
        b->lipschitz = max_f(b->lipschitz, part->lipschitz);
        return true;
    case PART_RAISE:
        if (low >= b->high)
            return false;
        b->low = min_f(b->low, max_f(low, b->low - part->depth_mm));
        b->lipschitz = max_f(b->lipschitz, part->lipschitz);
        return true;
    case PART_DISPLACE:
        if (part->reach_mm > 0 && v3_length(v3_sub(region->centre, part->frame.origin)) >=
                                      part->reach_mm + region->radius_mm)
            return false;
        b->low -= part->depth_mm;
        b->high += part->depth_mm;
        b->lipschitz += part->lipschitz;
        return true;
    case PART_PAINT:
        return low < 0;
    }
    return true;
}

static void prune_one(const Field *field, uint32_t index, float at_centre, FieldRegion *region,
                      Bounds *b)
{
    const Part *part = &field->parts[index];
    bool hides_earlier = false;
    if (!bound_part(part, region, at_centre, b, &hides_earlier))
        return;
    if (hides_earlier) {
        region->list.count = 0;
        b->value = FAR_MM;
    }
    region->list.parts[region->list.count++] = index;
    apply(part, 1, &at_centre, &b->value);
}

void field_prune(const Field *field, FieldList list, FieldRegion *regions, int region_count)
{
    ASSERT(region_count <= FIELD_PRUNE_AT_ONCE);
    float x[FIELD_PRUNE_AT_ONCE], y[FIELD_PRUNE_AT_ONCE], z[FIELD_PRUNE_AT_ONCE];
    float values[FIELD_PRUNE_AT_ONCE];
    Bounds bounds[FIELD_PRUNE_AT_ONCE];
    for (int i = 0; i < region_count; i++) {
        x[i] = regions[i].centre.x;
        y[i] = regions[i].centre.y;
        z[i] = regions[i].centre.z;
        bounds[i] = (Bounds){FAR_MM, FAR_MM, 0, FAR_MM};
        regions[i].list.count = 0;
    }
    FieldPoints at = {region_count, x, y, z};
    for (uint32_t k = 0; k < list.count; k++) {
        const Part *part = &field->parts[list.parts[k]];
        part->eval(part, &at, values);
        for (int i = 0; i < region_count; i++)
            prune_one(field, list.parts[k], values[i], &regions[i], &bounds[i]);
    }
    for (int i = 0; i < region_count; i++) {
        float spread = bounds[i].lipschitz * regions[i].radius_mm;
        float low = max_f(bounds[i].low, bounds[i].value - spread);
        float high = min_f(bounds[i].high, bounds[i].value + spread);
        regions[i].value = bounds[i].value;
        regions[i].lipschitz = bounds[i].lipschitz;
        regions[i].side = low > 0 ? FIELD_OUTSIDE : high < 0 ? FIELD_INSIDE : FIELD_MIXED;
    }
}

void field_eval(const Field *field, FieldList list, const FieldPoints *at,
                float *restrict values)
{
    ASSERT(at->count <= FIELD_BLOCK);
    float part_values[FIELD_BLOCK];
    for (int i = 0; i < at->count; i++)
        values[i] = FAR_MM;
    for (uint32_t k = 0; k < list.count; k++) {
        const Part *part = &field->parts[list.parts[k]];
        if (part->op == PART_PAINT)
            continue;
        part->eval(part, at, part_values);
        apply(part, at->count, part_values, values);
    }
}

static void trace_part(const Part *part, uint32_t index, int count, const float *part_values,
                       const FieldTrace *out)
{
    for (int i = 0; i < count; i++) {
        float distance = part_values[i];
        bool is_nearest = false;
        switch ((PartOp)part->op) {
        case PART_UNION:
            is_nearest = distance < out->values[i];
            break;
        case PART_RAISE:
            is_nearest = distance < 0;
            break;
        case PART_PAINT:
            is_nearest = distance < 0;
            break;
        case PART_CUT:
        case PART_INSET:
            is_nearest = part->material && -distance > out->values[i] - 1e-4f;
            break;
        case PART_DISPLACE:
            break;
        }
        if (is_nearest)
            out->parts[i] = index;
    }
}

void field_trace(const Field *field, FieldList list, const FieldPoints *at,
                 const FieldTrace *out)
{
    float part_values[FIELD_BLOCK];
    for (int i = 0; i < at->count; i++) {
        out->values[i] = out->uncut[i] = FAR_MM;
        out->parts[i] = 0;
    }
    for (uint32_t k = 0; k < list.count; k++) {
        const Part *part = &field->parts[list.parts[k]];
        part->eval(part, at, part_values);
        trace_part(part, list.parts[k], at->count, part_values, out);
        apply(part, at->count, part_values, out->values);
        if (part->op != PART_CUT && part->op != PART_INSET)
            apply(part, at->count, part_values, out->uncut);
    }
}

float field_at(const Field *field, Vec3 p)
{
    FieldPoints at = {1, &p.x, &p.y, &p.z};
    float nearest = FAR_MM, value = FAR_MM, part_value;
    for (size_t i = 0; i < field->part_count; i++) {
        const Part *part = &field->parts[i];
        if (i && part->body != part[-1].body) {
            nearest = min_f(nearest, value);
            value = FAR_MM;
        }
        part->eval(part, &at, &part_value);
        apply(part, 1, &part_value, &value);
    }
    return min_f(nearest, value);
}

Vec3 field_normal(const Field *field, Vec3 p, float step_mm)
{
    Vec3 x = v3(step_mm, 0, 0), y = v3(0, step_mm, 0), z = v3(0, 0, step_mm);
    return v3_unit(v3(field_at(field, v3_add(p, x)) - field_at(field, v3_sub(p, x)),
                      field_at(field, v3_add(p, y)) - field_at(field, v3_sub(p, y)),
                      field_at(field, v3_add(p, z)) - field_at(field, v3_sub(p, z))));
}

bool field_hit(const Field *field, Vec3 from, Vec3 direction, float reach_mm, Vec3 *hit)
{
    float walked = 0;
    for (int i = 0; i < 200 && walked < reach_mm; i++) {
        Vec3 p = v3_mad(from, direction, walked);
        float distance = field_at(field, p);
        if (distance < 0.002f) {
            *hit = p;
            return true;
        }
        walked += distance * 0.6f + 0.001f;
    }
    return false;
}
