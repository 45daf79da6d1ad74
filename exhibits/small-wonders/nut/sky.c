// sky.c: what is above the town: sun and moon, gilded stars, clouds, and the gouge's rows.

#include "exhibits/small-wonders/nut/gothic.h"
#include "exhibits/small-wonders/nut/nut.h"

// On the hollow's wall: x and y as seen from the front, up towards the viewer.
static Frame sky_frame(float x, float y)
{
    float z = -sqrtf(fmaxf(NUT_HOLLOW * NUT_HOLLOW - x * x - y * y, 4));
    Vec3 p = v3(x, y, z), in = v3_unit(v3_scale(p, -1));
    return frame_make(v3_mad(NUT_CENTRE, in, -NUT_HOLLOW), v3(0.04f * x, 1, 0), in);
}

static const float SUN_X = -8.6f, SUN_Y = 10.2f;

static void add_sun(Field *field)
{
    Frame sun = sky_frame(SUN_X, SUN_Y);
    Carve gold = {.blend_mm = 0.03f, .material = NUT_GOLD};
    for (int i = 0; i < 32; i++) { // rays, straight and waved in turn
        float turn = (float)i * PI_F / 16, reach = i % 2 ? 3.3f : 2.75f,
              sway = i % 2 ? 0 : 0.10f;
        Vec3 side = v3(cosf(turn) * sway, -sinf(turn) * sway, 0);
        Tube ray = {frame_to_world(&sun, v3(1.65f * sinf(turn), 1.65f * cosf(turn), 0.12f)),
                    frame_to_world(&sun, v3_add(v3(2.3f * sinf(turn), 2.3f * cosf(turn), 0.2f),
                                                v3_scale(side, 3))),
                    frame_to_world(&sun, v3(reach * sinf(turn), reach * cosf(turn), 0.22f)),
                    0.17f,
                    0.15f,
                    0.05f,
                    6};
        shape_add_tube(field, &ray, gold);
    }
    shape_add(field, shape_ellipsoid(sun, v3(1.6f, 1.6f, 0.75f)), gold);
    Carve cut = {.op = PART_CUT, .blend_mm = 0.04f, .material = NUT_GOLD};
    for (int side = -1; side <= 1; side += 2) { // a face: brows, eyes, cheeks
        float s = (float)side;
        shape_add(field,
                  shape_spindle(frame_to_world(&sun, v3(0.22f * s, 0.42f, 0.78f)),
                                frame_to_world(&sun, v3(0.85f * s, 0.30f, 0.60f)), 0.13f),
                  cut);
        shape_add(field, shape_ball(frame_to_world(&sun, v3(0.48f * s, 0.22f, 0.66f)), 0.11f),
                  gold);
        shape_add(field, shape_ball(frame_to_world(&sun, v3(0.62f * s, -0.32f, 0.50f)), 0.30f),
                  gold);
    }
    shape_add(field,
              shape_cone(frame_to_world(&sun, v3(0, 0.35f, 0.68f)), 0.07f,
                         frame_to_world(&sun, v3(0, -0.22f, 0.80f)), 0.17f),
              gold);
    shape_add(field,
              shape_spindle(frame_to_world(&sun, v3(-0.36f, -0.60f, 0.68f)),
                            frame_to_world(&sun, v3(0.36f, -0.58f, 0.68f)), 0.10f),
              cut);
}

static void add_moon(Field *field)
{
    Frame moon = sky_frame(10.2f, 10.6f);
    for (int i = -9; i <= 9; i++) { // a crescent is a row of balls, thick in the middle
        float turn = (float)i * 0.135f + 2.1f, share = (float)i / 9.6f;
        Vec3 p = frame_to_world(&moon, v3(1.5f * sinf(turn), 1.5f * cosf(turn), 0.12f));
        shape_add(field, shape_ball(p, 0.08f + 0.42f * (1 - share * share)),
                  (Carve){.blend_mm = 0.15f, .material = NUT_GOLD});
    }
}

static void add_stars(Field *field)
{
    static const float STARS[][3] = {
        // as they stand above a real town: the Plough, the Swan, others
        {-1.6f, 17.2f, 0.62f}, {0.6f, 15.4f, 0.5f},   {2.9f, 16.2f, 0.5f},
        {4.6f, 14.4f, 0.48f},  {5.1f, 11.9f, 0.5f},   {7.7f, 12.9f, 0.45f},
        {6.9f, 15.2f, 0.55f},  {-4.4f, 14.9f, 0.5f},  {-4.9f, 17.3f, 0.4f},
        {-12.6f, 5.3f, 0.5f},  {-13.9f, 9.2f, 0.55f}, {-11.4f, 12.9f, 0.4f},
        {13.2f, 7.1f, 0.55f},  {14.9f, 4.0f, 0.45f},  {9.8f, 6.4f, 0.45f},
        {-15.8f, 4.3f, 0.4f},  {12.9f, 12.3f, 0.4f},  {-8.6f, 15.6f, 0.5f},
        {1.9f, 18.6f, 0.4f},   {16.6f, 8.0f, 0.4f}};
    for (size_t i = 0; i < COUNT_OF(STARS); i++) {
        Frame star = sky_frame(STARS[i][0], STARS[i][1]);
        float turn = noise_of((uint32_t)i, 3);
        star = frame_make(star.origin, v3_mad(star.along, star.across, turn), star.up);
        shape_add(field, gothic_star(star, STARS[i][2] * 1.25f, i % 3 ? 6 : 8, 0.34f),
                  (Carve){.material = NUT_GOLD});
    }
}

// A volute: a band that rolls up on itself.
static void add_volute(Field *field, Frame at, float size, float way)
{
    enum { BEADS = 20 };
    Vec3 last = {0, 0, 0};
    for (int i = 0; i <= BEADS; i++) {
        float t = (float)i / BEADS, turn = t * 8.2f, r = size * (1 - 0.86f * t);
        Vec3 p = frame_to_world(
            &at, v3(way * r * sinf(turn), r * cosf(turn) * 0.85f, 0.05f + 0.5f * size * t));
        if (i)
            shape_add(field,
                      shape_cone(last, size * 0.24f * (1.1f - t * 0.5f), p,
                                 size * 0.24f * (1.08f - t * 0.5f)),
                      (Carve){.blend_mm = 0.06f, .material = NUT_SKY});
        last = p;
    }
}

static void add_cloud(Field *field, float x, float y, float size, float way)
{
    Chance chance = {(uint32_t)(x * 71 + y * 13 + 4000)};
    for (int i = 0; i < 5; i++) {
        float share = (float)i / 4,
              big = size * (1 - 0.5f * fabsf(share - 0.4f) + chance_around(&chance, 0.08f));
        Frame at = sky_frame(x + way * (share - 0.5f) * size * 5.2f, y + big * 0.35f);
        add_volute(field, at, big, i % 2 ? way : -way);
    }
    Vec3 from = sky_frame(x - size * 3.4f, y - size * 0.55f).origin,
         to = sky_frame(x + size * 3.4f, y - size * 0.55f).origin;
    Vec3 bend = v3_mad(sky_frame(x, y - size * 0.75f).origin, sky_frame(x, y).up, -0.5f);
    Tube band = {from, bend, to, 0.10f, 0.42f * size, 0.10f, 10};
    shape_add_tube(field, &band, (Carve){.blend_mm = 0.15f, .material = NUT_SKY});
}

// Rows of short strokes run around the sun, longer the farther from it.
static void add_strokes(Field *field)
{
    Chance chance = {29};
    for (int row = 0; row < 42; row++) {
        float r = 3.9f + 0.58f * (float)row, turn = chance_next(&chance);
        while (turn < 2 * PI_F) {
            float wide = (1.9f + 0.06f * (float)row) * (1 + chance_around(&chance, 0.25f));
            float a = turn, b = turn + wide / r;
            turn = b + 0.06f / r;
            float x0 = SUN_X + r * sinf(a), y0 = SUN_Y + r * cosf(a), x1 = SUN_X + r * sinf(b),
                  y1 = SUN_Y + r * cosf(b);
            if (x0 * x0 + y0 * y0 > 380 || x1 * x1 + y1 * y1 > 380 || y0 < -9 || y1 < -9)
                continue;
            float lift = 0.20f + chance_around(&chance, 0.025f);
            Frame from = sky_frame(x0, y0), to = sky_frame(x1, y1);
            shape_add(field,
                      shape_spindle(v3_mad(from.origin, from.up, lift),
                                    v3_mad(to.origin, to.up, lift), 0.33f),
                      (Carve){.op = PART_CUT, .blend_mm = 0.03f, .material = NUT_SKY});
        }
    }
}

void nut_add_sky(Field *field)
{
    add_strokes(field);
    add_sun(field);
    add_moon(field);
    add_stars(field);
    add_cloud(field, -13.4f, 0.8f, 1.15f, 1);
    add_cloud(field, 12.6f, 1.2f, 1.2f, -1);
    add_cloud(field, 6.9f, 8.6f, 0.85f, 1);
    add_cloud(field, -3.2f, 12.3f, 0.7f, -1);
    add_cloud(field, 16.2f, -2.6f, 0.8f, 1);
    add_cloud(field, -16.6f, -2.2f, 0.75f, -1);
}
