// head.c: the hare's head, ears and the lids of its eyes.

#include "exhibits/small-wonders/hare/hare.h"

Vec3 hare_head_direction(const Hare *hare, float forwards, float up, float left)
{
    const Frame *h = &hare->head;
    return v3_mad(v3_mad(v3_scale(h->along, forwards), h->up, up), h->across, left);
}

Vec3 hare_head_point(const Hare *hare, float forwards, float up, float left)
{
    return v3_add(hare->head.origin, hare_head_direction(hare, forwards, up, left));
}

// Turned to its left, towards whoever looks, the nose a little down.
void hare_place_head(Hare *hare)
{
    Vec3 front = v3_turn_y(v3(-0.95f, -0.20f, 0), 0.42f);
    Vec3 up = v3_turn_y(v3(-0.20f, 0.97f, 0.05f), 0.42f);
    hare->head = frame_make(hare_point(-9.8f, 13.4f, 0.3f), front, up);
    hare->head.across = v3_scale(hare->head.across, -1);
    for (int i = 0; i < HARE_EYES; i++) {
        float s = i ? 1.0f : -1.0f;
        Vec3 out = hare_head_direction(hare, 0.16f, 0.20f, s);
        hare->eyes[i] = frame_make(hare_head_point(hare, 1.5f, 1.35f, 3.15f * s),
                                   hare_head_direction(hare, -0.25f, 1, 0), out);
    }
}

static Frame head_frame(const Hare *hare, float forwards, float up, float left, Vec3 along)
{
    return frame_make(hare_head_point(hare, forwards, up, left), along, hare->head.up);
}

static void add_skull(const Hare *hare, Field *field)
{
    Vec3 ahead = hare->head.along;
    Carve join = {.blend_mm = 2.0f};
    shape_add(field,
              shape_ellipsoid(head_frame(hare, -1.4f, 0.7f, 0, ahead), v3(4.7f, 6.2f, 4.7f)),
              join);
    shape_add(field,
              shape_cone(hare_head_point(hare, 1.5f, 0.35f, 0), 3.9f,
                         hare_head_point(hare, 6.2f, -1.25f, 0), 2.7f),
              join);
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        Vec3 cheek = hare_head_direction(hare, 1, -0.15f, -0.22f * s);
        shape_add(field,
                  shape_ellipsoid(head_frame(hare, 0.6f, -2.1f, 2.5f * s, cheek),
                                  v3(2.1f, 4.3f, 3.0f)),
                  (Carve){.blend_mm = 1.2f});
        // The pads that carry the whiskers.
        shape_add(field,
                  shape_ellipsoid(head_frame(hare, 6.7f, -2.1f, 1.2f * s, ahead),
                                  v3(1.60f, 2.1f, 1.75f)),
                  (Carve){.blend_mm = 0.7f});
        Tube brow = {hare_head_point(hare, 3.4f, 2.6f, 2.5f * s),
                     hare_head_point(hare, 1.6f, 4.1f, 3.9f * s),
                     hare_head_point(hare, -1.4f, 3.1f, 3.6f * s),
                     0.4f,
                     0.60f,
                     0.4f,
                     12};
        shape_add_tube(field, &brow, (Carve){.blend_mm = 0.9f});
    }
    shape_add(field, shape_ball(hare_head_point(hare, 5.3f, -3.9f, 0), 1.4f),
              (Carve){.blend_mm = 0.8f});
}

static void add_nose(const Hare *hare, Field *field)
{
    shape_add(field,
              shape_ellipsoid(head_frame(hare, 8.2f, -0.65f, 0, hare->head.along),
                              v3(1.15f, 0.85f, 0.75f)),
              (Carve){.blend_mm = 0.45f});
    Carve slit = {.op = PART_CUT, .blend_mm = 0.08f, .material = HARE_CLAW};
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        shape_add(field,
                  shape_spindle(hare_head_point(hare, 8.85f, -0.65f, 0.35f * s),
                                hare_head_point(hare, 8.4f, -0.35f, 1.2f * s), 0.26f),
                  slit);
        // The mouth, back from the cleft under the pads.
        Tube mouth = {hare_head_point(hare, 8.5f, -3.2f, 0.1f * s),
                      hare_head_point(hare, 7.4f, -3.9f, 2.4f * s),
                      hare_head_point(hare, 4.0f, -3.4f, 3.5f * s),
                      0.16f,
                      0.17f,
                      0.08f,
                      12};
        shape_add_tube(field, &mouth, slit);
    }
    shape_add(field,
              shape_cone(hare_head_point(hare, 9.2f, -1.15f, 0), 0.12f,
                         hare_head_point(hare, 8.5f, -3.3f, 0), 0.17f),
              slit);
}

// Which way along the eye's across is forwards.
static float towards_nose(const Hare *hare, const Frame *eye)
{
    return v3_dot(eye->across, hare->head.along) > 0 ? 1.0f : -1.0f;
}

// Two lids that meet in the corners: the almond between them is the look.
static void add_lids(const Hare *hare, Field *field)
{
    for (int i = 0; i < HARE_EYES; i++) {
        const Frame *eye = &hare->eyes[i];
        float front = towards_nose(hare, eye);
        const float r = HARE_EYE_MM;
        Vec3 fore = frame_to_world(eye, v3(1.02f * r * front, -0.18f * r, 0.30f * r));
        Vec3 back = frame_to_world(eye, v3(-1.06f * r * front, 0.12f * r, 0.20f * r));
        Tube upper = {
            fore, frame_to_world(eye, v3(0, 1.55f * r, 1.15f * r)), back, 0.20f, 0.34f, 0.06f,
            40};
        Tube lower = {
            fore, frame_to_world(eye, v3(0, -1.5f * r, 1.10f * r)), back, 0.20f, 0.30f, 0.06f,
            40};
        shape_add_tube(field, &lower, (Carve){.blend_mm = 0.30f, .material = HARE_LID});
        shape_add_tube(field, &upper, (Carve){.blend_mm = 0.30f, .material = HARE_LID});
    }
}

// Pits on the pads, three rows: what is left of whiskers.
static void add_pits(const Hare *hare, Field *field)
{
    for (int i = 0; i < 24; i++) {
        float s = i & 1 ? 1.0f : -1.0f, row = (float)(i / 2 % 3), column = (float)(i / 6);
        Vec3 outside = hare_head_point(hare, 7.4f - 0.75f * column - 0.2f * row,
                                       -1.1f - 0.62f * row - 0.08f * column, 6 * s);
        Vec3 hit;
        if (field_hit(field, outside, hare_head_direction(hare, 0, 0, -s), 6, &hit))
            shape_add(field, shape_ball(hit, 0.11f),
                      (Carve){.op = PART_CUT, .blend_mm = 0.03f, .material = HARE_CLAW});
    }
}

void hare_add_head(const Hare *hare, Field *field)
{
    add_skull(hare, field);
    add_nose(hare, field);
    add_pits(hare, field);
    add_lids(hare, field);
}

// A blade leads from its root to its tip, whatever its face does on the way.
static Frame blade_frame(Vec3 root, Vec3 tip, Vec3 face)
{
    Frame frame = {.origin = root, .along = v3_unit(v3_sub(tip, root))};
    frame.across = v3_unit(v3_cross(frame.along, face));
    frame.up = v3_cross(frame.across, frame.along);
    return frame;
}

Blade hare_ear(const Hare *hare, float s)
{
    Vec3 root = hare_head_point(hare, -3.4f, 3.0f, 1.9f * s);
    Vec3 tip = hare_point(12.3f + 0.5f * s, 19.7f, 3.6f * s);
    return (Blade){.frame = blade_frame(root, tip, v3(0.1f, 1, 0.55f * s)),
                   .length = v3_length(v3_sub(tip, root)),
                   .wide = {1.7f, 3.3f, 0.25f},
                   .thick = {1.7f, 1.2f, 0.25f},
                   .rise = 2.5f,
                   .cup = 0.06f};
}

Vec3 hare_ear_point(const Blade *ear, float t, float up)
{
    return frame_to_world(&ear->frame,
                          v3(0, t * ear->length, 4 * ear->rise * t * (1 - t) + up));
}

// The outer part of the same curve, so much higher that only a hollow is left of it.
static Blade ear_hollow(const Blade *ear)
{
    const float from = 0.16f, up = 1.36f;
    Vec3 root = hare_ear_point(ear, from, up), tip = hare_ear_point(ear, 1, up);
    return (Blade){.frame = blade_frame(root, tip, ear->frame.up),
                   .length = v3_length(v3_sub(tip, root)),
                   .wide = {0.9f, 2.2f, 0.25f},
                   .thick = {0.30f, 1.10f, 0.25f},
                   .rise = ear->rise * (1 - from) * (1 - from),
                   .cup = ear->cup};
}

void hare_add_ears(const Hare *hare, Field *field)
{
    for (int side = -1; side <= 1; side += 2) {
        Blade ear = hare_ear(hare, (float)side);
        shape_add(field,
                  shape_cone(hare_head_point(hare, -2.6f, 2.6f, 1.7f * (float)side), 2.2f,
                             hare_head_point(hare, -4.6f, 4.1f, 1.8f * (float)side), 1.6f),
                  (Carve){.blend_mm = 1.2f});
        shape_add(field, shape_blade(&ear), (Carve){.blend_mm = 0.35f});
        Blade hollow = ear_hollow(&ear);
        shape_add(field, shape_blade(&hollow),
                  (Carve){.op = PART_CUT, .blend_mm = 0.35f, .material = HARE_EAR});
    }
}
