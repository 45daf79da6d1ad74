// plumage.c: the order of the owl's feathers.
//
// Every tract is laid as on the bird: from the hind rows to the fore, each row staggered
// against the one before, so that tips cover quills. Chance varies size, turn and lift; never
// the order.

#include "exhibits/sculptor/noise.h"
#include "exhibits/small-wonders/owl/feather.h"
#include "exhibits/small-wonders/owl/owl.h"

typedef struct Tract {
    Owl *owl;
    Field *field;
    const Field *form;
    Chance chance;
} Tract;

static void lay(Tract *tract, Feather feather)
{
    Chance *chance = &tract->chance;
    float size = 1 + chance_around(chance, 0.10f);
    feather.length_mm *= size;
    feather.tip_half_mm *= 1 + chance_around(chance, 0.08f);
    feather.tip_lift_mm *= 1 + chance_around(chance, 0.35f);
    feather.tag = tract->owl->next_tag++;
    const Field *whole = &tract->owl->whole;
    Vec3 up = field_normal(whole, feather.base, 0.1f);
    feather.direction = v3_mad(feather.direction, v3_cross(up, feather.direction),
                               chance_around(chance, 0.16f));
    Owl *owl = tract->owl;
    *ARENA_PUSH(owl->arena, owl->covered, owl->covered_count, owl->covered_capacity) =
        v3_mad(feather.base, v3_unit(feather.direction), feather.length_mm * 0.5f);
    feather_lay(tract->field, whole, &feather);
}

static Feather contour_feather(Vec3 base, Vec3 direction, float size)
{
    return (Feather){
        .base = base,
        .direction = direction,
        .length_mm = 2.45f * size,
        .base_half_mm = 0.42f * size,
        .tip_half_mm = 0.80f * size,
        .thick_mm = 0.12f * (0.4f + 0.6f * size),
        .base_lift_mm = -0.06f,
        .tip_lift_mm = 0.30f * size,
        .barb_mm = 0.23f,
        .quill_mm = 0.055f,
        .under_mm = 0.45f * size,
        .material = OWL_FEATHER,
    };
}

// ---- breast, back and legs: rows around the body

static bool is_covered(const Owl *owl, Vec3 p)
{
    return field_at(&owl->wings[0], p) < -0.5f || field_at(&owl->wings[1], p) < -0.5f ||
           field_at(&owl->head, p) < -1.2f;
}

static float body_size(float y, float z)
{
    float throat = smooth_f(27, 33, y), leg = smooth_f(18.5f, 13.5f, y) * smooth_f(-2, 3, z);
    return 1.04f - 0.32f * throat - 0.5f * leg + 0.1f * smooth_f(0, -6, z);
}

static void feather_body_row(Tract *tract, float y, float stagger)
{
    float turn = 0;
    while (turn < 2 * PI_F) {
        float angle = turn + stagger;
        Vec3 way = v3(sinf(angle), 0, cosf(angle)), hit;
        Vec3 from = v3(way.x * 24,
                       y + chance_around(&tract->chance, 0.28f) + 0.5f * sinf(angle * 5 + y),
                       way.z * 24 - 1);
        bool is_there = field_hit(tract->form, from, v3_scale(way, -1), 24, &hit);
        float size = is_there ? body_size(y, hit.z) : 1;
        float around = is_there ? v3_length(v3(hit.x, 0, hit.z + 1)) : 8;
        turn += 1.42f * size / fmaxf(around, 2.5f);
        bool is_tail = hit.z < -8.0f && y < 17.5f;
        if (!is_there || is_tail || is_covered(tract->owl, hit))
            continue;
        Vec3 down = v3(way.x * 0.12f, -1, way.z * 0.12f);
        Feather feather = contour_feather(hit, down, size);
        feather.barb_mm = size < 0.7f ? 0.18f : 0.23f;
        lay(tract, feather);
    }
}

static void feather_body(Owl *owl, Field *field)
{
    Tract tract = {owl, field, &owl->body, {11}};
    int row = 0;
    for (float y = 14.0f; y < 36.5f; row++) {
        feather_body_row(&tract, y, row % 2 ? 0.07f : 0);
        y += 1.22f * body_size(y, 0);
        if (y < 19) // the legs are finer than the back at their height
            y -= 0.25f;
    }
}

// ---- hair on the shins

static void feather_legs(Owl *owl, Field *field)
{
    Tract tract = {owl, field, &owl->body, {23}};
    for (int side = -1; side <= 1; side += 2)
        for (int row = 0; row < 7; row++)
            for (int i = 0; i < 12; i++) {
                float angle = ((float)i + (row % 2 ? 0.5f : 0)) * 2 * PI_F / 12,
                      y = 13.2f + 0.55f * (float)row;
                Vec3 base =
                    v3(4.3f * (float)side + 2.6f * sinf(angle), y, 4.3f + 2.6f * cosf(angle));
                if (base.z < 2.5f)
                    continue;
                Feather hair = contour_feather(base, v3(0, -1, 0), 0.5f);
                hair.length_mm = 1.7f, hair.base_half_mm = 0.13f, hair.tip_half_mm = 0.2f;
                hair.barb_mm = 0, hair.thick_mm = 0.1f, hair.tip_lift_mm = 0.25f,
                hair.quill_mm = 0.04f;
                lay(&tract, hair);
            }
}

// ---- tail

static void feather_tail(Owl *owl, Field *field)
{
    Tract tract = {owl, field, &owl->body, {31}};
    static const float ORDER[] = {-4.2f, 4.1f, -3.0f, 2.9f, -1.9f, 1.8f, -0.5f, 0.4f};
    for (int i = 0; i < 8; i++) {
        float x = ORDER[i];
        Vec3 base = v3(x * 0.75f, 17.5f, -12);
        Feather quill = contour_feather(base, v3(x * 0.03f, -1, -0.3f), 1);
        quill.length_mm = 14.2f - 0.35f * fabsf(x);
        quill.base_half_mm = 0.6f, quill.tip_half_mm = 0.95f, quill.thick_mm = 0.17f;
        quill.tip_lift_mm = 0.18f + 0.10f * (float)i, quill.base_lift_mm = 0.06f * (float)i;
        quill.barb_mm = 0.29f, quill.quill_mm = 0.11f, quill.material = OWL_FLIGHT;
        lay(&tract, quill);
    }
    for (int row = 0; row < 4; row++) // coverts hide the quills' roots
        for (int i = 0; i < 6; i++) {
            Vec3 base = v3(((float)i - 2.5f + (row % 2 ? 0.5f : 0)) * 1.5f,
                           14.6f + 1.4f * (float)row, -13);
            Feather covert = contour_feather(base, v3(0, -1, 0), 1.25f);
            covert.tip_lift_mm = 0.75f - 0.08f * (float)row, covert.base_lift_mm = 0.35f;
            lay(&tract, covert);
        }
}

// ---- wings

typedef struct Wing {
    Tract tract;
    Frame frame; // along: to the tip; across: to the leading edge; up: outwards
} Wing;

// `turn` 0 is the middle of the outside, positive towards the leading edge, `s` towards the
// tip; false where the form is not there.
static bool wing_point(const Wing *wing, float turn, float s, Vec3 *out)
{
    Vec3 on = v3(5.4f * sinf(turn), s, 2.5f * cosf(turn));
    Vec3 away = v3_unit(v3(sinf(turn) / 5.4f, 0, cosf(turn) / 2.5f));
    Vec3 from = frame_to_world(&wing->frame, v3_mad(on, away, 6));
    Vec3 to = frame_to_world(&wing->frame, on);
    return field_hit(wing->tract.form, from, v3_scale(v3_sub(to, from), 1 / 6.0f), 9, out);
}

static Vec3 wing_way(const Wing *wing, float c, float fan)
{
    return v3_mad(wing->frame.along, wing->frame.across, -0.05f - fan * c);
}

static void feather_coverts(Wing *wing)
{
    float s = -12.9f;
    for (int row = 0; s < -1.6f; row++) {
        float size = lerp_f(0.74f, 1.30f, (s + 12.9f) / 12.3f),
              turn = -1.75f + (row % 2 ? 0.12f : 0);
        while (turn < 1.95f) {
            Vec3 base;
            float c = 5.4f * sinf(turn), slant = 2.5f * sinf(turn);
            float jitter = chance_around(&wing->tract.chance, 0.2f);
            bool is_there = wing_point(wing, turn, s + 0.03f * c * c + jitter, &base);
            turn += 1.36f * size / sqrtf(29 - c * c + slant * slant);
            if (!is_there || field_at(&wing->tract.owl->body, base) < -0.5f)
                continue;
            Feather covert = contour_feather(base, wing_way(wing, c, 0.02f), size);
            covert.tip_lift_mm += 0.05f;
            covert.length_mm *= 1.05f;
            lay(&wing->tract, covert);
        }
        s += 1.28f * size;
    }
}

static void feather_flight(Wing *wing)
{
    for (int i = 0; i < 10; i++) {
        // From the leading edge back: each lies over the one before.
        float c = 4.3f - 0.86f * (float)i, end = 13.2f * sqrtf(1 - c * c / 33) + 0.3f;
        float start = -3.4f + 0.25f * (float)i;
        Vec3 base;
        if (!wing_point(wing, asinf(c * 0.92f / 5.4f), start, &base))
            continue;
        Feather quill = contour_feather(base, wing_way(wing, c, 0.012f), 1);
        quill.length_mm = end - start - 0.9f * (float)i * (i > 4 ? 0.45f : 0.25f);
        quill.base_half_mm = 0.55f, quill.tip_half_mm = 0.82f, quill.thick_mm = 0.17f;
        quill.base_lift_mm = 0.04f, quill.tip_lift_mm = 0.16f + 0.085f * (float)i;
        quill.barb_mm = 0.28f, quill.quill_mm = 0.11f, quill.material = OWL_FLIGHT;
        lay(&wing->tract, quill);
    }
}

static void feather_wing(Owl *owl, Field *field, int which)
{
    float s = which ? 1.0f : -1.0f;
    const Frame *form = &owl->wings[which].parts[0].frame;
    Wing wing = {{owl, field, &owl->wings[which], {41 + (uint32_t)which}}, *form};
    wing.frame.across = v3_scale(form->across, s);
    feather_flight(&wing);
    feather_coverts(&wing);
}

// ---- head

static bool is_on_face(const Owl *owl, Vec3 p, float more)
{
    for (int i = 0; i < OWL_EYES; i++) {
        Vec3 q = frame_to_local(&owl->eyes[i], p);
        if (q.z > -1.6f && q.x * q.x / 25 + q.y * q.y / 30 < 1 + more)
            return true;
    }
    Vec3 h = frame_to_local(&owl->head_frame, p);
    return h.z > 5 && fabsf(h.x) < 1.7f && h.y < 3.4f;
}

// Brow and horn of one side, one after the other.
static Tube horn_tube(const Owl *owl, float s, int part)
{
    if (part == 0)
        return (Tube){owl_head_point(owl, 0.9f * s, 1.2f, 8.2f),
                      owl_head_point(owl, 4.2f * s, 5.0f, 8.2f),
                      owl_head_point(owl, 7.4f * s, 8.0f, 2.2f),
                      0.9f,
                      1.4f,
                      1.8f,
                      12};
    return (Tube){owl_head_point(owl, 6.0f * s, 5.6f, 2.6f),
                  owl_head_point(owl, 8.0f * s, 9.0f, 1.6f),
                  owl_head_point(owl, 8.9f * s, 13.2f, -1.2f),
                  2.2f,
                  1.75f,
                  0.2f,
                  14};
}

static bool is_on_horn(const Owl *owl, Vec3 p)
{
    for (int side = -1; side <= 1; side += 2)
        for (int i = 0; i <= 8; i++) {
            Tube horn = horn_tube(owl, (float)side, 1), brow = horn_tube(owl, (float)side, 0);
            float t = (float)i / 8;
            if (v3_length(v3_sub(tube_point(&horn, t), p)) < lerp_f(1.9f, 0.6f, t) ||
                v3_length(v3_sub(tube_point(&brow, t), p)) < lerp_f(0.8f, 1.4f, t))
                return true;
        }
    return false;
}

static void feather_crown(Owl *owl, Field *field)
{
    Tract tract = {owl, field, &owl->head, {53}};
    Vec3 centre = owl_head_point(owl, 0, -0.8f, 0);
    int row = 0;
    for (float tilt = 2.98f; tilt > 0.6f; tilt -= 0.118f, row++) {
        int count = (int)fmaxf(5, 2 * PI_F * sinf(tilt) / 0.142f);
        for (int i = 0; i < count; i++) {
            float roll = ((float)i + (row % 2 ? 0.5f : 0)) * 2 * PI_F / (float)count,
                  st = sinf(tilt);
            Vec3 way = owl_head_direction(owl, st * cosf(roll), st * sinf(roll), cosf(tilt)),
                 hit;
            if (!field_hit(&owl->head, v3_mad(centre, way, 20), v3_scale(way, -1), 20, &hit) ||
                is_on_face(owl, hit, 0.15f) || is_on_horn(owl, hit) ||
                field_at(&owl->body, hit) < -0.3f)
                continue;
            // Away from the face, and behind it down to the nape.
            Vec3 away = v3_sub(v3_scale(way, cosf(tilt)), owl_head_direction(owl, 0, 0, 1));
            Vec3 flow = v3_mad(v3_unit(away), v3(0, -1, 0), smooth_f(1.2f, 2.4f, tilt) * 1.6f);
            lay(&tract, contour_feather(hit, flow, 0.62f + 0.14f * smooth_f(1.2f, 2.4f, tilt)));
        }
    }
}

static void feather_horns(Owl *owl, Field *field)
{
    Tract tract = {owl, field, &owl->head, {61}};
    for (int side = -1; side <= 1; side += 2)
        for (int part = 1; part >= 0; part--) {
            Tube tube = horn_tube(owl, (float)side, part);
            int rows = part ? 9 : 8;
            for (int row = rows - 1; row >= 0; row--)
                for (int i = 0; i < 9; i++) {
                    float t = ((float)row + 0.1f) / (float)rows * (part ? 0.82f : 1);
                    float angle = ((float)i + (row % 2 ? 0.5f : 0)) * 2 * PI_F / 9;
                    Vec3 p = tube_point(&tube, t),
                         ahead = v3_sub(tube_point(&tube, t + 0.06f), p);
                    Frame ring = frame_make(p, v3(0.1f, 0, 1), ahead);
                    Vec3 base =
                        frame_to_world(&ring, v3(cosf(angle) * 1.6f, sinf(angle) * 1.6f, 0));
                    base = feather_ground(&owl->head, base);
                    if (is_on_face(owl, base, part ? -0.12f : -0.45f))
                        continue;
                    Feather feather = contour_feather(base, ahead, part ? 0.80f : 0.60f);
                    feather.length_mm = part ? 3.0f - 0.8f * t : 2.0f;
                    feather.base_half_mm = 0.25f,
                    feather.tip_half_mm = part ? 0.52f - 0.22f * t : 0.42f;
                    lay(&tract, feather);
                }
        }
}

// The ruff: two rows of small scales round each disc.
static void feather_ruff(Owl *owl, Field *field)
{
    Tract tract = {owl, field, &owl->head, {71}};
    for (int which = 0; which < OWL_EYES; which++)
        for (int row = 1; row >= 0; row--)
            for (int i = 0; i < 34; i++) {
                float angle = ((float)i + (row ? 0.5f : 0)) * 2 * PI_F / 34,
                      s = which ? 1.0f : -1.0f;
                Vec3 round = v3(cosf(angle), sinf(angle), 0);
                float r = 4.75f + 0.55f * (float)row;
                Vec3 p = frame_to_world(&owl->eyes[which],
                                        v3(round.x * r, round.y * r * 1.1f, -0.6f));
                if (round.x * s < -0.62f || is_on_horn(owl, feather_ground(&owl->head, p)))
                    continue;
                Vec3 out =
                    v3_sub(frame_to_world(&owl->eyes[which], v3(round.x, round.y, -0.9f)),
                           owl->eyes[which].origin);
                Feather scale = contour_feather(p, out, 0.52f);
                scale.length_mm = 1.25f, scale.tip_lift_mm = 0.26f, scale.barb_mm = 0.17f;
                lay(&tract, scale);
            }
}

// Bristles run from the eyes outwards over the dishes, in staggered rows.
static void feather_discs(Owl *owl, Field *field)
{
    Tract tract = {owl, field, &owl->head, {83}};
    for (int which = 0; which < OWL_EYES; which++)
        for (int row = 3; row >= 0; row--) {
            int count = 52 + 9 * row;
            for (int i = 0; i < count; i++) {
                float angle =
                    ((float)i + 0.4f * (float)row + chance_around(&tract.chance, 0.25f)) * 2 *
                    PI_F / (float)count;
                Vec3 round = v3(cosf(angle), sinf(angle), 0);
                float r = 2.42f + 0.62f * (float)row;
                const Frame *eye = &owl->eyes[which];
                Vec3 p = frame_to_world(eye, v3(round.x * r, round.y * r * 1.06f, -0.2f));
                Vec3 out = v3_sub(frame_to_world(eye, v3(round.x, round.y, 0)), eye->origin);
                Feather bristle = contour_feather(p, out, 0.4f);
                bristle.length_mm = 1.55f, bristle.base_half_mm = 0.155f,
                bristle.tip_half_mm = 0.06f;
                bristle.thick_mm = 0.07f, bristle.tip_lift_mm = 0.12f,
                bristle.base_lift_mm = -0.02f;
                bristle.under_mm = 0.1f;
                bristle.barb_mm = 0, bristle.quill_mm = 0.03f, bristle.material = OWL_FACE;
                lay(&tract, bristle);
            }
        }
}

// ---- wherever the tracts left a bare spot

static bool is_bare(const Owl *owl, Vec3 p, float room_mm)
{
    for (size_t i = 0; i < owl->covered_count; i++) {
        Vec3 apart = v3_sub(owl->covered[i], p);
        if (v3_dot(apart, apart) < room_mm * room_mm)
            return false;
    }
    return true;
}

static void feather_gaps(Owl *owl, Field *field)
{
    Tract tract = {owl, field, &owl->whole, {97}};
    for (float y = 14.5f; y < 45.5f; y += 0.45f)
        for (float angle = 0; angle < 2 * PI_F; angle += 0.055f) {
            Vec3 way = v3(sinf(angle), 0, cosf(angle)), hit;
            Vec3 from = v3_mad(v3(0, y, -0.5f), way, 22);
            if (!field_hit(&owl->whole, from, v3_scale(way, -1), 21, &hit) ||
                is_on_face(owl, hit, 0.1f))
                continue;
            float size = y > 34 ? 0.62f : lerp_f(0.95f, 0.72f, (y - 14) / 20);
            Vec3 up = field_normal(&owl->whole, hit, 0.1f);
            bool is_tail = hit.z < -9 && y < 18, is_under = up.y < -0.6f;
            Vec3 flow = y > 36 ? v3_sub(hit, owl_head_point(owl, 0, 1, 14)) : v3(0, -1, -0.15f);
            flow = v3_unit(v3_mad(flow, up, -v3_dot(flow, up)));
            if (is_tail || is_under ||
                !is_bare(owl, v3_mad(hit, flow, 1.2f * size), 0.92f * size))
                continue;
            lay(&tract, contour_feather(hit, flow, size));
        }
}

void owl_add_plumage(Owl *owl, Field *field)
{
    feather_body(owl, field);
    feather_legs(owl, field);
    feather_tail(owl, field);
    feather_wing(owl, field, 0);
    feather_wing(owl, field, 1);
    feather_crown(owl, field);
    feather_horns(owl, field);
    feather_ruff(owl, field);
    feather_discs(owl, field);
    feather_gaps(owl, field);
}
