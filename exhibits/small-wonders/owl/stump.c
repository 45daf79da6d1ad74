// stump.c: bark, growth rings and the small guests of the stump.

#include "exhibits/sculptor/lettering.h"
#include "exhibits/sculptor/noise.h"
#include "exhibits/small-wonders/owl/owl.h"

static const float TOP_MM = 12.2f;
static const Vec3 PITH = {-2.6f, 12.2f, -1.8f}; // the rings' centre: no tree is round

// How far the bark reaches in a direction, at a height: a foot of roots, an uneven waist.
static float bark_radius(float angle, float y)
{
    float root = smooth_f(5.5f, 0, y);
    float lobes = 0.5f + 0.5f * sinf(angle * 5 + 0.6f) + 0.25f * sinf(angle * 3 + 2);
    return 10.3f + 0.45f * sinf(angle * 2 + 1) + 0.3f * sinf(angle * 3 + y * 0.12f) +
           root * root * (0.4f + 2.6f * lobes) - 0.35f * smooth_f(9, 6, y) * smooth_f(2, 6, y);
}

static void eval_trunk(const Part *part, const FieldPoints *at, float *restrict values)
{
    Vec3 c = part->frame.origin;
    for (int i = 0; i < at->count; i++) {
        float x = at->x[i] - c.x, y = at->y[i], z = at->z[i] - c.z, q = sqrtf(x * x + z * z);
        float side = (q - bark_radius(atan2f(x, z), y)) * 0.9f;
        // The saw went a little askew.
        float top = y - (TOP_MM + 0.03f * x - 0.02f * z), end = top > -y ? top : -y;
        float a = fmaxf(side + 0.5f, 0), b = fmaxf(end + 0.5f, 0);
        values[i] = sqrtf(a * a + b * b) + fminf(fmaxf(side, end) + 0.5f, 0) - 0.5f;
    }
}

static Vec3 bark_point(float angle, float y, float outwards)
{
    float r = bark_radius(angle, y) + outwards;
    return v3(r * sinf(angle), y, r * cosf(angle) - 0.5f);
}

// A fissure wanders up the bark in a few long gouges.
static void carve_fissure(Field *field, float angle, float from, float to, Chance *chance)
{
    float y = from;
    while (y < to) {
        float top = fminf(y + chance_between(chance, 3.0f, 6.5f), to + 0.6f);
        float next = angle + chance_around(chance, 0.10f), middle = (angle + next) * 0.5f + chance_around(chance, 0.09f);
        float wide = chance_between(chance, 0.28f, 0.52f);
        Tube gouge = {bark_point(angle, y - 0.4f, 0.16f), bark_point(middle, (y + top) * 0.5f, 0.05f),
                      bark_point(next, top, 0.16f), wide * 0.55f, wide, wide * 0.5f, 6};
        shape_add_tube(field, &gouge, (Carve){.op = PART_CUT, .blend_mm = 0.2f});
        angle = next + chance_around(chance, 0.02f);
        y = top;
    }
}

// Between the fissures: cross cuts break the ridges into plates, fine strokes run along them.
static void carve_bark(Field *field)
{
    Chance chance = {4};
    int fissures = 44;
    for (int i = 0; i < fissures; i++) {
        float angle = ((float)i + chance_around(&chance, 0.35f)) * 2 * PI_F / (float)fissures;
        float from = chance_next(&chance) < 0.3f ? chance_between(&chance, 1, 5) : -0.2f;
        float to = chance_next(&chance) < 0.25f ? chance_between(&chance, 7, 10) : TOP_MM + 0.3f;
        carve_fissure(field, angle, from, to, &chance);
    }
    for (int i = 0; i < 150; i++) {
        float angle = chance_between(&chance, 0, 2 * PI_F), y = chance_between(&chance, 0.6f, 11.6f);
        float way = chance_around(&chance, 0.09f), rise = chance_around(&chance, 0.5f);
        shape_add(field, shape_spindle(bark_point(angle - way, y - rise, 0.06f), bark_point(angle + way, y + rise, 0.06f),
                                       chance_between(&chance, 0.11f, 0.2f)),
                  (Carve){.op = PART_CUT, .blend_mm = 0.08f});
    }
    for (int i = 0; i < 700; i++) {
        float angle = chance_between(&chance, 0, 2 * PI_F), y = chance_between(&chance, 0.2f, 11.4f);
        float length = chance_between(&chance, 0.5f, 1.3f);
        shape_add(field, shape_spindle(bark_point(angle, y, 0.03f),
                                       bark_point(angle + chance_around(&chance, 0.03f), y + length, 0.03f),
                                       chance_between(&chance, 0.07f, 0.13f)),
                  (Carve){.op = PART_CUT, .blend_mm = 0.03f});
    }
}

static void carve_rings(Field *field)
{
    Chance chance = {9};
    float radius = 0.7f;
    while (radius < 12.6f) {
        Vec3 centre = v3_add(PITH, v3(0.16f * radius, 0.0f, 0.12f * radius));
        Frame frame = frame_make(centre, v3_unit(v3(1, 0.03f, 0)), v3(-0.03f, 1, 0.02f));
        frame.origin.y = TOP_MM + 0.03f * centre.x - 0.02f * (centre.z + 0.5f);
        float deep = chance_between(&chance, 0.05f, 0.10f);
        shape_add(field, shape_ring(frame, radius, 0.09f, deep), (Carve){.op = PART_CUT, .blend_mm = 0.05f});
        radius += chance_between(&chance, 0.34f, 0.72f);
    }
    for (int i = 0; i < 9; i++) { // drying cracks run from the pith outwards
        float angle = chance_between(&chance, 0, 2 * PI_F), from = chance_between(&chance, 0.2f, 5);
        float to = from + chance_between(&chance, 3, 6);
        Vec3 a = v3_add(PITH, v3(sinf(angle) * from, 0, cosf(angle) * from));
        Vec3 b = v3_add(PITH, v3(sinf(angle) * to, 0, cosf(angle) * to));
        a.y += 0.03f * a.x, b.y += 0.03f * b.x;
        shape_add(field, shape_spindle(a, b, chance_between(&chance, 0.10f, 0.2f)),
                  (Carve){.op = PART_CUT, .blend_mm = 0.04f});
    }
}

void owl_add_stump(Field *field, Arena *arena)
{
    (void)arena;
    Part trunk = {.eval = eval_trunk, .frame = {.origin = v3(0, 0, -0.5f)}, .lipschitz = 1.7f};
    shape_add(field, trunk, (Carve){.material = OWL_BARK});
    carve_bark(field);
    carve_rings(field);
}
