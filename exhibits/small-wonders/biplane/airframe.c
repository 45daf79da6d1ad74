// airframe.c: the biplane's fuselage, wings and tail, with linen that sinks between the ribs.

#include "exhibits/small-wonders/biplane/biplane.h"

// ---- wings

// A thin, hollow section as they were drawn then: behind the leading edge and up, in chords.
static const float SECTION[][2] = {
    {0.000f, 0.010f}, {0.008f, 0.030f}, {0.030f, 0.052f}, {0.080f, 0.076f},  {0.160f, 0.094f},
    {0.280f, 0.102f}, {0.420f, 0.097f}, {0.600f, 0.075f}, {0.800f, 0.043f},  {0.940f, 0.019f},
    {1.000f, 0.009f}, {1.000f, -.011f}, {0.900f, -.003f}, {0.700f, 0.015f},  {0.500f, 0.023f},
    {0.300f, 0.022f}, {0.150f, 0.011f}, {0.060f, -.003f}, {0.022f, -0.010f}, {0.005f, -0.006f},
};

typedef struct WingShape {
    Outline section; // mm
    float half, chord, rise, cut_half;
} WingShape;

static inline float smooth_max(float a, float b, float blend)
{
    float near = fmaxf(blend - fabsf(a - b), 0);
    return fmaxf(a, b) + near * near * 0.25f / blend;
}

// How far linen sinks between two ribs: 0 on them, 1 in the middle.
static inline float between_ribs(float x)
{
    float f = x / WING_RIBS_MM;
    f -= floorf(f);
    return 4 * f * (1 - f);
}

// The frame: across to the left wing, along forward, its origin the leading edge's middle.
static void eval_wing(const Part *part, const FieldPoints *at, float *restrict values)
{
    const WingShape *w = part->extra;
    float span[FIELD_BLOCK], behind[FIELD_BLOCK], high[FIELD_BLOCK];
    for (int i = 0; i < at->count; i++) {
        Vec3 p = frame_to_local(&part->frame, v3(at->x[i], at->y[i], at->z[i]));
        span[i] = fabsf(p.x);
        behind[i] = -p.y;
        high[i] = p.z - span[i] * w->rise;
    }
    outline_distance(&w->section, at->count, behind, high, values);
    float middle = w->chord * 0.5f, corner = w->chord * 0.44f;
    for (int i = 0; i < at->count; i++) {
        float x = span[i], z = behind[i], bay = between_ribs(x), u = z / w->chord;
        float tip = fmaxf((x - w->half + 6) / 6, 0);
        float sinks = 0.050f * bay * smooth_f(0.08f, 0.2f, u) * smooth_f(1.0f, 0.85f, u);
        float section = values[i] + sinks + 0.05f * tip * tip;
        float ends = fmaxf(x - w->half + corner, 0), sides = fabsf(z - middle);
        sides = fmaxf(sides - middle + corner, 0);
        float plan = sqrtf(ends * ends + sides * sides) - corner;
        // The trailing edge is a wire that the linen pulls in between the ribs.
        plan = fmaxf(plan, z - w->chord + 0.03f + 0.20f * bay * smooth_f(w->half, 24, x));
        if (w->cut_half > 0) {
            float cut = sqrtf(x * x + (z - w->chord - 1.6f) * (z - w->chord - 1.6f));
            plan = fmaxf(plan, w->cut_half - cut);
        }
        values[i] = smooth_max(section, plan, 0.14f);
    }
}

typedef struct Wing {
    float half, chord, y, z, rise, cut_half;
    uint16_t tag;
} Wing;

static void add_wing(Field *field, const Wing *wing)
{
    float points[COUNT_OF(SECTION)][2];
    for (size_t i = 0; i < COUNT_OF(SECTION); i++) {
        points[i][0] = SECTION[i][0] * wing->chord;
        points[i][1] = SECTION[i][1] * wing->chord;
    }
    WingShape *shape = ARENA_NEW(field->arena, WingShape);
    *shape =
        (WingShape){outline_make((const float(*)[2])points, COUNT_OF(SECTION), 2, field->arena),
                    wing->half, wing->chord, wing->rise, wing->cut_half};
    Frame frame = {
        plane_at(0, wing->y, wing->z), {1, 0, 0}, plane_way(0, 0, 1), plane_way(0, 1, 0)};
    shape_add(field,
              (Part){.eval = eval_wing, .frame = frame, .extra = shape, .lipschitz = 1.35f},
              (Carve){.material = BIPLANE_LINEN, .tag = wing->tag});
}

// The middle of the section, in chords.
static float camber_at(float u)
{
    static const float MIDDLE[][2] = {{0, 0},           {0.08f, 0.036f}, {0.16f, 0.053f},
                                      {0.28f, 0.062f},  {0.42f, 0.060f}, {0.60f, 0.047f},
                                      {0.80f, 0.0245f}, {1.01f, -.003f}};
    size_t i = 0;
    while (i + 2 < COUNT_OF(MIDDLE) && MIDDLE[i + 1][0] < u)
        i++;
    const float *from = MIDDLE[i], *to = MIDDLE[i + 1];
    return lerp_f(from[1], to[1], (u - from[0]) / (to[0] - from[0]));
}

static Vec3 wing_at(float x, float behind, float y, float z, float rise, float chord)
{
    float camber = camber_at(behind / chord) * chord;
    return v3(x, y + fabsf(x) * rise + camber, z - behind);
}

Vec3 biplane_upper_at(float x, float behind)
{
    return wing_at(x, behind, UPPER_EDGE_Y_MM, UPPER_EDGE_Z_MM, UPPER_RISE, UPPER_CHORD_MM);
}

Vec3 biplane_lower_at(float x, float behind)
{
    return wing_at(x, behind, LOWER_EDGE_Y_MM, LOWER_EDGE_Z_MM, LOWER_RISE, LOWER_CHORD_MM);
}

// A gap along hinges, and across at its ends.
static void cut_aileron(Field *field, Vec3 (*wing)(float, float), float side, float from,
                        float to, float hinge, float chord)
{
    Vec3 a = wing(side * from, hinge), b = wing(side * to, hinge), c = wing(side * from, chord);
    Vec3 ends[2][2] = {{a, b}, {a, c}};
    for (int i = 0; i < 2; i++) {
        Vec3 p = ends[i][0], q = ends[i][1], way = v3_sub(q, p);
        Frame frame = plane_frame(v3_lerp(p, q, 0.5f), way, v3(0, 1, 0));
        shape_add(field, shape_box(frame, v3(0.035f, v3_length(way) * 0.5f, 0.7f), 0),
                  (Carve){.op = PART_INSET, .depth_mm = 0.11f});
    }
}

static void add_wings(Field *field)
{
    add_wing(field, &(Wing){UPPER_HALF_MM, UPPER_CHORD_MM, UPPER_EDGE_Y_MM, UPPER_EDGE_Z_MM,
                            UPPER_RISE, 3.4f, BIPLANE_UPPER_WING});
    add_wing(field, &(Wing){LOWER_HALF_MM, LOWER_CHORD_MM, LOWER_EDGE_Y_MM, LOWER_EDGE_Z_MM,
                            LOWER_RISE, 0, BIPLANE_LOWER_WING});
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        cut_aileron(field, biplane_upper_at, s, 8 * WING_RIBS_MM + 0.5f, 26.2f, 7.1f,
                    UPPER_CHORD_MM + 0.5f);
        cut_aileron(field, biplane_lower_at, s, 8 * WING_RIBS_MM + 0.5f, 24.2f, 6.7f,
                    LOWER_CHORD_MM + 0.5f);
    }
}

// ---- fuselage

typedef struct Station {
    float z, half_width, half_height, middle, bottom_round;
} Station;

static const Station STATIONS[] = {
    {10.2f, 3.52f, 3.52f, 0.00f, 3.40f},  {7.5f, 3.38f, 3.46f, -0.02f, 2.90f},
    {4.5f, 3.02f, 3.36f, -0.10f, 1.70f},  {1.0f, 2.72f, 3.20f, -0.16f, 0.80f},
    {-3.0f, 2.44f, 2.96f, -0.12f, 0.50f}, {-8.0f, 2.02f, 2.50f, 0.04f, 0.42f},
    {-13.0f, 1.50f, 1.96f, 0.24f, 0.36f}, {-18.0f, 0.92f, 1.42f, 0.42f, 0.30f},
    {-22.6f, 0.32f, 0.92f, 0.55f, 0.22f},
};

// The cubic through the stations.
static Station station_at(float z)
{
    int last = (int)COUNT_OF(STATIONS) - 1, i = 0;
    while (i < last - 1 && STATIONS[i + 1].z > z)
        i++;
    const Station *a = &STATIONS[MAX(i - 1, 0)], *b = &STATIONS[i], *c = &STATIONS[i + 1];
    const Station *d = &STATIONS[MIN(i + 2, last)];
    float t = clamp_f((z - b->z) / (c->z - b->z), 0, 1), t2 = t * t, t3 = t2 * t;
    const float wa = -0.5f * t + t2 - 0.5f * t3, wb = 1 - 2.5f * t2 + 1.5f * t3;
    const float wc = 0.5f * t + 2 * t2 - 1.5f * t3, wd = -0.5f * t2 + 0.5f * t3;
    Station out = {.z = z};
    out.half_width =
        wa * a->half_width + wb * b->half_width + wc * c->half_width + wd * d->half_width;
    out.half_height =
        wa * a->half_height + wb * b->half_height + wc * c->half_height + wd * d->half_height;
    out.middle = wa * a->middle + wb * b->middle + wc * c->middle + wd * d->middle;
    out.bottom_round = wa * a->bottom_round + wb * b->bottom_round + wc * c->bottom_round +
                       wd * d->bottom_round;
    return out;
}

float biplane_half_width(float z)
{
    return station_at(z).half_width;
}

float biplane_belly(float z)
{
    Station s = station_at(z);
    return s.middle - s.half_height;
}

float biplane_back(float z)
{
    Station s = station_at(z);
    return s.middle + s.half_height;
}

enum { TABLE = 256 };
#define TABLE_LOW_MM (-23.0f)
#define TABLE_STEP_MM (33.4f / TABLE)

typedef struct FuselageShape {
    Station stations[TABLE + 1];
} FuselageShape;

static Station table_at(const FuselageShape *shape, float z)
{
    float at = clamp_f((z - TABLE_LOW_MM) / TABLE_STEP_MM, 0, TABLE - 0.001f);
    const Station *a = &shape->stations[(int)at], *b = a + 1;
    float t = at - floorf(at);
    return (Station){z, lerp_f(a->half_width, b->half_width, t),
                     lerp_f(a->half_height, b->half_height, t), lerp_f(a->middle, b->middle, t),
                     lerp_f(a->bottom_round, b->bottom_round, t)};
}

// Formers and stringers push the linen out; it is flat metal in front of them.
static float fuselage_sinks(const Station *s, float x, float y, float z)
{
    float cloth = smooth_f(-4.2f, -5.4f, z) * smooth_f(-22.0f, -20.5f, z);
    if (cloth <= 0)
        return 0;
    float f = (z + 4.6f) / 3.2f;
    f -= floorf(f);
    float bay = 4 * f * (1 - f), up = y - s->middle;
    if (up < 0)
        return 0.045f * cloth * bay * smooth_f(0, -0.4f, up);
    // Nine stringers under the back.
    float around = acosf(clamp_f(up / (fabsf(x) + up + 1e-3f), 0, 1)) * (8 / PI_F);
    float g = around - floorf(around);
    return 0.055f * cloth * 4 * g * (1 - g) * smooth_f(0, 0.5f, up) * (0.5f + 0.5f * bay);
}

static void eval_fuselage(const Part *part, const FieldPoints *at, float *restrict values)
{
    const FuselageShape *shape = part->extra;
    for (int i = 0; i < at->count; i++) {
        Vec3 p = plane_of(v3(at->x[i], at->y[i], at->z[i]));
        Station s = table_at(shape, p.z);
        float up = p.y - s.middle;
        float round = up > 0 ? s.half_width * 0.98f : fminf(s.bottom_round, s.half_width);
        float a = fabsf(p.x) - s.half_width + round, b = fabsf(up) - s.half_height + round;
        float u = fmaxf(a, 0), v = fmaxf(b, 0);
        float d = sqrtf(u * u + v * v) + fminf(fmaxf(a, b), 0) - round;
        d += fuselage_sinks(&s, p.x, p.y, p.z);
        values[i] = smooth_max(d, fmaxf(p.z - 10.0f, -22.7f - p.z), 0.12f);
    }
}

static void add_fuselage(Field *field)
{
    FuselageShape *shape = ARENA_NEW(field->arena, FuselageShape);
    for (int i = 0; i <= TABLE; i++)
        shape->stations[i] = station_at(TABLE_LOW_MM + (float)i * TABLE_STEP_MM);
    Frame frame = plane_frame(v3(0, 0, -6), v3(0, 0, 1), v3(0, 1, 0));
    shape_add(field,
              (Part){.eval = eval_fuselage, .frame = frame, .extra = shape, .lipschitz = 1.35f},
              (Carve){.material = BIPLANE_LINEN, .tag = BIPLANE_FUSELAGE});
}

// ---- tail

// Half of the tailplane with its elevator, from the middle out: x and z.
static const float TAILPLANE[][2] = {
    {0.0f, -16.2f},  {3.0f, -16.6f},  {5.6f, -17.6f},  {7.7f, -19.4f},  {8.6f, -21.4f},
    {8.4f, -23.2f},  {7.0f, -24.2f},  {4.4f, -24.5f},  {2.2f, -24.3f},  {1.1f, -23.2f},
    {0.7f, -22.0f},  {0.0f, -21.8f},  {-0.7f, -22.0f}, {-1.1f, -23.2f}, {-2.2f, -24.3f},
    {-4.4f, -24.5f}, {-7.0f, -24.2f}, {-8.4f, -23.2f}, {-8.6f, -21.4f}, {-7.7f, -19.4f},
    {-5.6f, -17.6f}, {-3.0f, -16.6f},
};
// Fin and rudder: z and y.
static const float FIN[][2] = {
    {-17.6f, 1.2f},  {-18.6f, 2.6f}, {-20.0f, 4.3f}, {-21.4f, 5.4f}, {-23.2f, 5.9f},
    {-24.9f, 5.3f},  {-25.9f, 3.6f}, {-26.0f, 1.6f}, {-25.3f, 0.0f}, {-24.2f, -0.7f},
    {-22.9f, -0.8f}, {-22.2f, 0.2f}, {-20.0f, 0.9f},
};

static void add_tail(Field *field)
{
    Outline flat = outline_make(TAILPLANE, COUNT_OF(TAILPLANE), 3, field->arena);
    Frame level = {plane_at(0, 1.15f, 0), {1, 0, 0}, plane_way(0, 0, 1), plane_way(0, 1, 0)};
    shape_add(field, shape_plate(&flat, level, 0.20f, 0.16f, field->arena),
              (Carve){.blend_mm = 0.10f, .material = BIPLANE_LINEN, .tag = BIPLANE_TAILPLANE});
    for (int side = -1; side <= 1; side += 2) {
        Frame hinge =
            plane_frame(v3((float)side * 4.9f, 1.15f, -21.0f), v3(1, 0, 0), v3(0, 1, 0));
        shape_add(field, shape_box(hinge, v3(0.04f, 4.2f, 0.6f), 0),
                  (Carve){.op = PART_INSET, .depth_mm = 0.09f});
        // The horn that its cable pulls at.
        float x = 2.4f * (float)side;
        shape_add(
            field,
            shape_cone(plane_at(x, 0.36f, -21.7f), 0.09f, plane_at(x, 1.2f, -21.6f), 0.12f),
            (Carve){.blend_mm = 0.05f, .material = BIPLANE_STEEL});
    }
    Outline upright = outline_make(FIN, COUNT_OF(FIN), 3, field->arena);
    Frame wall = {plane_at(0, 0, 0), plane_way(0, 0, 1), plane_way(0, 1, 0), {-1, 0, 0}};
    shape_add(field, shape_plate(&upright, wall, 0.19f, 0.15f, field->arena),
              (Carve){.blend_mm = 0.12f, .material = BIPLANE_ENAMEL, .tag = BIPLANE_FIN});
    Frame post = plane_frame(v3(0, 3.4f, -22.5f), v3(0, 1, 0), v3(1, 0, 0));
    shape_add(field, shape_box(post, v3(0.04f, 3.2f, 0.6f), 0),
              (Carve){.op = PART_INSET, .depth_mm = 0.08f});
}

void biplane_add_airframe(Field *field)
{
    add_fuselage(field);
    add_wings(field);
    add_tail(field);
}
