// feather.c: one feather laid on a form, as the carver leaves it: quill, barbs, a raised tip.

#include "exhibits/small-wonders/owl/feather.h"

// size: length, base half, tip half, half thickness, bend along, bend across, barb, quill,
// under.
FIELD_WIDE static void eval_feather(const Part *part, const FieldPoints *at,
                                    float *restrict values)
{
    const Frame *f = &part->frame;
    float length = part->size[0], r0 = part->size[1], r1 = part->size[2], thick = part->size[3];
    float bend_v = part->size[4], bend_u = part->size[5], quill = part->size[7],
          under = part->size[8];
    float over_barb = part->size[6] > 0 ? 1 / part->size[6] : 0;
    float groove = part->size[6] * 0.13f, straight = length - r0 - r1, over = 1 / straight;
    float over_quill = 1 / (0.16f * r1 + 0.02f), round = thick * 0.7f;
    for (int i = 0; i < at->count; i++) {
        float px = at->x[i] - f->origin.x, py = at->y[i] - f->origin.y,
              pz = at->z[i] - f->origin.z;
        float u = px * f->across.x + py * f->across.y + pz * f->across.z;
        float v = px * f->along.x + py * f->along.y + pz * f->along.z;
        float w = px * f->up.x + py * f->up.y + pz * f->up.z;
        float side = u < 0 ? -u : u;
        // Beyond its outline the feather does not bend on: distances stay distances.
        float cu = side < r1 ? side : r1, cv = v < 0 ? 0 : v > length ? length : v;
        float h = (v - r0) * over;
        h = h < 0 ? 0 : h > 1 ? 1 : h;
        float dv = v - r0 - h * straight;
        float outline = sqrtf(u * u + dv * dv) - (r0 + (r1 - r0) * h);
        float phase = (v - side * 1.3f) * over_barb + 64;
        float tri = phase - (float)(int)phase - 0.5f;
        tri = tri < 0 ? -tri : tri;
        float q = 1 - side * over_quill;
        q = q > 0 ? q : 0;
        float relief = quill * q * q * (1 - 0.6f * h) - groove * tri * 2 * (1 - q);
        float level = w - bend_v * cv * (length - cv) + bend_u * cu * cu;
        // Between two faces: no step inside where the one takes over from the other.
        float above = level - relief, below = -level - under * h;
        float height = (above > below ? above : below) - thick + round;
        float edge = outline + round;
        float a = height > 0 ? height : 0, b = edge > 0 ? edge : 0;
        float inside = height > edge ? height : edge;
        values[i] = sqrtf(a * a + b * b) + (inside < 0 ? inside : 0) - round;
    }
}

Vec3 feather_ground(const Field *form, Vec3 p)
{
    for (int i = 0; i < 4; i++)
        p = v3_mad(p, field_normal(form, p, 0.05f), -field_at(form, p));
    return p;
}

void feather_lay(Field *field, const Field *form, const Feather *feather)
{
    Vec3 base = feather_ground(form, feather->base), up = field_normal(form, base, 0.1f);
    Vec3 forward = v3_unit(v3_mad(feather->direction, up, -v3_dot(feather->direction, up)));
    Vec3 tip = feather_ground(form, v3_mad(base, forward, feather->length_mm));
    Vec3 middle = feather_ground(form, v3_lerp(base, tip, 0.5f));
    Vec3 tip_up = field_normal(form, tip, 0.1f), middle_up = field_normal(form, middle, 0.1f);
    base = v3_mad(base, up, feather->base_lift_mm);
    tip = v3_mad(tip, tip_up, feather->tip_lift_mm);
    middle = v3_mad(middle, middle_up, (feather->base_lift_mm + feather->tip_lift_mm) * 0.5f);
    Vec3 chord = v3_sub(tip, base);
    Part part = {.eval = eval_feather, .frame = frame_make(base, middle_up, chord)};
    // frame_make keeps its last argument: the chord; turn the axes round to along = chord.
    Vec3 along = part.frame.up, out = part.frame.along;
    part.frame = (Frame){base, v3_cross(along, out), along, out};
    float length = v3_length(chord);
    float rise = v3_dot(v3_sub(middle, v3_lerp(base, tip, 0.5f)), out);
    Vec3 side = v3_mad(middle, part.frame.across, feather->tip_half_mm);
    float drop = v3_dot(v3_sub(middle, feather_ground(form, side)), out) -
                 (feather->base_lift_mm + feather->tip_lift_mm) * 0.5f;
    float half = feather->tip_half_mm;
    part.size[0] = length;
    part.size[1] = feather->base_half_mm;
    part.size[2] = half;
    part.size[3] = feather->thick_mm;
    part.size[4] = 4 * rise / (length * length);
    part.size[5] = clamp_f(drop / (half * half), 0, 0.45f / half) + 0.06f / half;
    part.size[6] = feather->barb_mm;
    part.size[7] = feather->quill_mm;
    part.size[8] = feather->under_mm;
    float bend_v = part.size[4] * length, bend_u = 2 * part.size[5] * half;
    float slope = (half - part.size[1]) / (length - half - part.size[1]);
    float lean = feather->under_mm / length;
    part.coarse_lipschitz =
        sqrtf(1 + bend_v * bend_v + bend_u * bend_u + slope * slope) + 0.02f + lean;
    part.rough_mm = 2 * part.size[7] + 0.26f * part.size[6];
    part.lipschitz = part.coarse_lipschitz + 0.45f;
    shape_add(field, part,
              (Carve){.op = PART_UNION,
                      .blend_mm = 0.02f,
                      .material = feather->material,
                      .tag = feather->tag});
}
