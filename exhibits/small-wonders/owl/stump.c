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

// ---- bark: long plates with fissures between them

enum { PLATES_AROUND = 27 };
static const float PLATE_MM = 4.1f; // from row to row, before they wander

typedef struct Plate {
    float nearest,
        second; // distances to the two nearest plates' middles, squeezed along the trunk
} Plate;

// Around the trunk the lattice closes; `across` is in plates.
static Plate find_plate(float across, float y)
{
    float row = floorf(y / PLATE_MM), column = floorf(across);
    Plate plate = {1e9f, 1e9f};
    for (int j = -1; j <= 1; j++)
        for (int i = -1; i <= 1; i++) {
            int32_t c = (int32_t)column + i, r = (int32_t)row + j;
            uint32_t h = noise_hash((c + 4 * PLATES_AROUND) % PLATES_AROUND, r, 0, 71);
            float x = (float)c + 0.15f + 0.7f * (float)(h & 1023) / 1024 - across;
            float up = ((float)r + (float)(h >> 10 & 1023) / 1024) * PLATE_MM - y;
            float apart = sqrtf(x * x * 6.0f + up * up * 0.16f);
            plate.second = fminf(plate.second, fmaxf(plate.nearest, apart));
            plate.nearest = fminf(plate.nearest, apart);
        }
    return plate;
}

// How deep below the bark's envelope the surface lies.
static float bark_relief(float angle, float y)
{
    float sway = 0.16f * sinf(y * 0.55f + angle * 2) + 0.05f * sinf(y * 1.9f - angle * 5);
    float across = angle * (float)PLATES_AROUND / (2 * PI_F) + sway;
    Plate plate = find_plate(across, y + 0.5f * sinf(angle * 9));
    float fissure = smooth_f(0.62f, 0.02f, plate.second - plate.nearest);
    float dome = clamp_f(plate.nearest, 0, 1.6f);
    float thread = sinf(across * 21 + 1.6f * sinf(y * 1.1f + across)) * 0.5f + 0.5f;
    return 0.62f * fissure + 0.07f * dome * dome + 0.055f * thread * thread * (1 - fissure);
}

static void eval_trunk(const Part *part, const FieldPoints *at, float *restrict values)
{
    Vec3 c = part->frame.origin;
    for (int i = 0; i < at->count; i++) {
        float x = at->x[i] - c.x, y = at->y[i], z = at->z[i] - c.z, q = sqrtf(x * x + z * z);
        float angle = atan2f(x, z);
        float side = q - bark_radius(angle, y);
        if (side > -1.3f && side < 0.9f && q > 6) // elsewhere it does not matter, and is slow
            side += bark_relief(angle, y) * smooth_f(6, 9, q);
        side *= 0.85f;
        // The saw went a little askew.
        float top = y - (TOP_MM + 0.03f * x - 0.02f * z), end = top > -y ? top : -y;
        float a = fmaxf(side + 0.2f, 0), b = fmaxf(end + 0.2f, 0);
        values[i] = sqrtf(a * a + b * b) + fminf(fmaxf(side, end) + 0.2f, 0) - 0.2f;
    }
}

static Vec3 bark_point(float angle, float y, float outwards)
{
    float r = bark_radius(angle, y) - bark_relief(angle, y) + outwards;
    return v3(r * sinf(angle), y, r * cosf(angle) - 0.5f);
}

// Strokes of the knife along the plates, in rows that follow the fissures.
static void carve_bark(Field *field)
{
    Chance chance = {4};
    for (int i = 0; i < 500; i++) {
        float angle = chance_between(&chance, 0, 2 * PI_F),
              y = chance_between(&chance, 0.2f, 11.0f);
        float length = chance_between(&chance, 0.7f, 2.1f);
        Vec3 from = bark_point(angle, y, 0.05f);
        Vec3 to = bark_point(angle + chance_around(&chance, 0.02f), y + length, 0.05f);
        shape_add(field, shape_spindle(from, to, chance_between(&chance, 0.06f, 0.10f)),
                  (Carve){.op = PART_CUT, .blend_mm = 0.03f});
    }
}

// ---- where the bark was pared away: the letters

static void carve_blaze(Field *field, Arena *arena)
{
    Frame face = frame_make(v3(0.2f, 4.7f, 8.75f), v3(0, 1, 0.06f), v3(0, -0.06f, 1));
    for (int i = -2; i <= 2; i++) { // five pulls of a wide gouge
        Vec3 foot =
            frame_to_world(&face, v3(1.55f * (float)i, -2.0f - 0.25f * (float)(i & 1), 4.0f));
        Vec3 head =
            frame_to_world(&face, v3(1.5f * (float)i, 1.9f + 0.2f * (float)(i & 1), 4.0f));
        shape_add(field, shape_cone(foot, 4.0f, head, 4.0f),
                  (Carve){.op = PART_CUT, .blend_mm = 0.02f, .material = OWL_RINGS});
    }
    static const char *const LINES[] = {"NEMO ME", "SCULPSIT"};
    for (int i = 0; i < 2; i++) {
        Frame line = face;
        line.origin = frame_to_world(&face, v3(0, i ? -0.95f : 0.95f, 0));
        Lettering words = {
            .text = LINES[i], .height_mm = 1.25f, .stroke_mm = 0.085f, .spacing = 0.24f};
        shape_add(field, shape_lettering(&words, line, arena),
                  (Carve){.op = PART_INSET, .depth_mm = 0.17f, .material = OWL_INK});
    }
}

// ---- guests

static void add_bracket(Field *field, float angle, float y, float size)
{
    Vec3 at = bark_point(angle, y, -0.35f * size), out = v3(sinf(angle), -0.1f, cosf(angle));
    Frame frame = frame_make(at, v3(0, 1, 0.02f), out);
    Carve flesh = {.blend_mm = 0.12f * size, .material = OWL_FUNGUS};
    for (int i = 0; i < 4; i++) { // a season's growth over the other
        Frame layer = frame;
        layer.origin = frame_to_world(&frame, v3(0, 0.15f * size * (float)i, 0));
        float wide = size * (1.9f - 0.42f * (float)i);
        shape_add(field, shape_ellipsoid(layer, v3(wide, 0.24f * size, wide * 0.82f)), flesh);
    }
    for (int i = -7; i <= 7; i++) { // gills
        float turn = (float)i * 0.19f;
        Vec3 from = frame_to_world(
            &frame, v3(0.6f * size * sinf(turn), -0.27f * size, 0.6f * size * cosf(turn)));
        Vec3 to = frame_to_world(
            &frame, v3(1.75f * size * sinf(turn), -0.13f * size, 1.45f * size * cosf(turn)));
        shape_add(field, shape_spindle(from, to, 0.07f * size),
                  (Carve){.op = PART_CUT, .blend_mm = 0.02f, .material = OWL_FUNGUS});
    }
}

// Whorls of a shell: beads along a spiral that grows with the angle.
static void add_shell(Field *field, const Frame *snail)
{
    enum { BEADS = 64 };
    // Leaning over, so that whoever looks at the bark looks at the spiral.
    Frame shell = {frame_to_world(snail, v3(-0.15f, -0.35f, 1.05f)),
                   v3_unit(v3_mad(snail->up, snail->across, 0.6f)),
                   snail->along,
                   {0, 0, 0}};
    shell.up = v3_cross(shell.across, shell.along);
    Vec3 last = {0, 0, 0};
    float last_radius = 0;
    for (int i = 0; i <= BEADS; i++) {
        float turn = (float)i / BEADS * 5.2f * PI_F, grow = expf((turn - 5.2f * PI_F) * 0.105f);
        float rib = 1 + 0.05f * (float)(i & 1), radius = 0.48f * grow * rib;
        Vec3 at = frame_to_world(&shell, v3(0.75f * (1 - grow), 1.02f * grow * cosf(turn),
                                            1.02f * grow * sinf(turn)));
        if (i)
            shape_add(field, shape_cone(last, last_radius, at, radius),
                      (Carve){.blend_mm = 0.03f, .material = OWL_SHELL});
        last = at;
        last_radius = radius;
    }
}

static void add_snail(Field *field)
{
    float angle = -0.98f, y = 5.6f;
    Vec3 at = bark_point(angle, y, -0.05f), out = v3(sinf(angle), 0, cosf(angle));
    Frame snail = frame_make(
        at, v3_add(v3(0.35f * cosf(angle), 1, -0.35f * sinf(angle)), v3(0, 0, 0)), out);
    Carve skin = {.blend_mm = 0.1f, .material = OWL_SNAIL};
    Tube body = {frame_to_world(&snail, v3(-0.25f, -2.3f, 0.15f)),
                 frame_to_world(&snail, v3(0.2f, 0, 0.5f)),
                 frame_to_world(&snail, v3(0, 2.1f, 0.55f)),
                 0.12f,
                 0.6f,
                 0.36f,
                 12};
    shape_add_tube(field, &body, skin);
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        Tube horn = {frame_to_world(&snail, v3(0.16f * s, 2.1f, 0.55f)),
                     frame_to_world(&snail, v3(0.3f * s, 2.5f, 0.8f)),
                     frame_to_world(&snail, v3(0.5f * s, 2.75f, 1.15f)),
                     0.13f,
                     0.085f,
                     0.085f,
                     6};
        shape_add_tube(field, &horn, (Carve){.blend_mm = 0.05f, .material = OWL_SNAIL});
        shape_add(field, shape_ball(horn.to, 0.14f),
                  (Carve){.blend_mm = 0.03f, .material = OWL_HORN});
    }
    add_shell(field, &snail);
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
        shape_add(field, shape_ring(frame, radius, 0.09f, deep),
                  (Carve){.op = PART_CUT, .blend_mm = 0.05f});
        radius += chance_between(&chance, 0.34f, 0.72f);
    }
    for (int i = 0; i < 9; i++) { // drying cracks run from the pith outwards
        float angle = chance_between(&chance, 0, 2 * PI_F),
              from = chance_between(&chance, 0.2f, 5);
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
    Part trunk = {.eval = eval_trunk,
                  .frame = {.origin = v3(0, 0, -0.5f)},
                  .lipschitz = 3.6f,
                  .coarse_lipschitz = 1.7f,
                  .rough_mm = 0.8f};
    shape_add(field, trunk, (Carve){.material = OWL_BARK});
    carve_bark(field);
    carve_rings(field);
    carve_blaze(field, arena);
    add_bracket(field, 1.15f, 4.4f, 1.0f);
    add_bracket(field, 1.42f, 6.6f, 0.72f);
    add_bracket(field, 0.92f, 7.3f, 0.5f);
    add_snail(field);
}
