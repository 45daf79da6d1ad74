// gothic.c: shapes a mason of the middle ages would know, each as one part.

#include "exhibits/small-wonders/nut/gothic.h"

static inline float max_f(float a, float b)
{
    return a > b ? a : b;
}

static inline float min_f(float a, float b)
{
    return a < b ? a : b;
}

static inline Vec3 local_of(const Part *part, const FieldPoints *at, int i)
{
    return frame_to_local(&part->frame, v3(at->x[i], at->y[i], at->z[i]));
}

// ---- openings

static inline float lancet(float x, float y, float half, float rise)
{
    x = fabsf(x);
    float up = max_f(y - rise, 0);
    float side = sqrtf((x + half) * (x + half) + up * up) - 2 * half;
    return max_f(side, -y);
}

static inline float foil(float x, float y, float radius, int lobes)
{
    float step = 2 * PI_F / (float)lobes, turn = atan2f(x, y), r = sqrtf(x * x + y * y);
    turn -= step * floorf(turn / step + 0.5f);
    float u = r * sinf(turn), v = r * cosf(turn) - radius * 0.56f;
    return sqrtf(u * u + v * v) - radius * 0.44f;
}

FIELD_WIDE static void eval_lancet(const Part *part, const FieldPoints *at,
                                   float *restrict values)
{
    float half = part->size[0], rise = part->size[1], deep = part->size[2];
    for (int i = 0; i < at->count; i++) {
        Vec3 p = local_of(part, at, i);
        values[i] = max_f(lancet(p.x, p.y, half, rise), fabsf(p.z) - deep);
    }
}

Part gothic_lancet(Frame frame, float half, float rise, float deep)
{
    return (Part){
        .eval = eval_lancet, .frame = frame, .size = {half, rise, deep}, .lipschitz = 1.01f};
}

static void eval_arcade(const Part *part, const FieldPoints *at, float *restrict values)
{
    float half = part->size[0], rise = part->size[1], deep = part->size[2];
    float pitch = part->size[3], more = part->size[4];
    for (int i = 0; i < at->count; i++) {
        Vec3 p = local_of(part, at, i);
        float x = p.x - pitch * clamp_f(floorf(p.x / pitch + 0.5f), -more, more);
        values[i] = max_f(lancet(x, p.y, half, rise), fabsf(p.z) - deep);
    }
}

Part gothic_arcade(Frame frame, float half, float rise, float pitch, int more, float deep)
{
    return (Part){.eval = eval_arcade,
                  .frame = frame,
                  .size = {half, rise, deep, pitch, (float)more},
                  .lipschitz = 1.01f};
}

static void eval_window(const Part *part, const FieldPoints *at, float *restrict values)
{
    float half = part->size[0], rise = part->size[1], deep = part->size[2];
    for (int i = 0; i < at->count; i++) {
        Vec3 p = local_of(part, at, i);
        float tall = max_f(-p.y, p.y - rise - half * 1.8f);
        float outside = max_f(max_f(fabsf(p.x) - half, tall), fabsf(p.z) - deep);
        if (outside > half) { // far away its box will do, and is quick
            values[i] = outside;
            continue;
        }
        float light = lancet(fabsf(p.x) - half * 0.47f, p.y - half * 0.08f, half * 0.36f,
                             rise - half * 0.12f);
        float eye = foil(p.x, p.y - rise - half * 0.78f, half * 0.42f, 4);
        values[i] = max_f(min_f(light, eye), fabsf(p.z) - deep);
    }
}

Part gothic_window(Frame frame, float half, float rise, float deep)
{
    return (Part){
        .eval = eval_window, .frame = frame, .size = {half, rise, deep}, .lipschitz = 1.02f};
}

static void eval_rose(const Part *part, const FieldPoints *at, float *restrict values)
{
    float radius = part->size[0], deep = part->size[2], step = 2 * PI_F / part->size[1];
    for (int i = 0; i < at->count; i++) {
        Vec3 p = local_of(part, at, i);
        float r = sqrtf(p.x * p.x + p.y * p.y), outside = max_f(r - radius, fabsf(p.z) - deep);
        if (outside > radius) {
            values[i] = outside;
            continue;
        }
        float turn = atan2f(p.x, p.y);
        float petal_turn = turn - step * floorf(turn / step + 0.5f);
        float eye_turn = turn - step * (floorf(turn / step) + 0.5f);
        float u = r * sinf(petal_turn),
              v = clamp_f(r * cosf(petal_turn), 0.34f * radius, 0.68f * radius);
        float wide = lerp_f(0.035f, 0.125f, (v / radius - 0.34f) / 0.34f) * radius;
        float along = r * cosf(petal_turn) - v;
        float petal = sqrtf(u * u + along * along) - wide;
        float eu = r * sinf(eye_turn), ev = r * cosf(eye_turn) - 0.885f * radius;
        float eye = sqrtf(eu * eu + ev * ev) - 0.085f * radius;
        float heart = foil(p.x, p.y, radius * 0.24f, 6);
        values[i] = max_f(min_f(min_f(petal, eye), heart), fabsf(p.z) - deep);
    }
}

Part gothic_rose(Frame frame, float radius, int petals, float deep)
{
    return (Part){.eval = eval_rose,
                  .frame = frame,
                  .size = {radius, (float)petals, deep},
                  .lipschitz = 1.08f};
}

static void eval_foil(const Part *part, const FieldPoints *at, float *restrict values)
{
    float radius = part->size[0];
    for (int i = 0; i < at->count; i++) {
        Vec3 p = local_of(part, at, i);
        float around = fabsf(p.z) - part->size[2];
        float outside = max_f(sqrtf(p.x * p.x + p.y * p.y) - radius, around);
        values[i] = outside > radius
                        ? outside
                        : max_f(foil(p.x, p.y, radius, (int)part->size[1]), around);
    }
}

Part gothic_foil(Frame frame, float radius, int lobes, float deep)
{
    return (Part){.eval = eval_foil,
                  .frame = frame,
                  .size = {radius, (float)lobes, deep},
                  .lipschitz = 1.02f};
}

// A low pyramid on a star: ridges run out along the rays.
static void eval_star(const Part *part, const FieldPoints *at, float *restrict values)
{
    float radius = part->size[0], step = 2 * PI_F / part->size[1], deep = part->size[2];
    for (int i = 0; i < at->count; i++) {
        Vec3 p = local_of(part, at, i);
        float r = sqrtf(p.x * p.x + p.y * p.y), turn = atan2f(p.x, p.y);
        turn -= step * floorf(turn / step + 0.5f);
        float u = fabsf(r * sinf(turn)), v = r * cosf(turn);
        float outline = (u + (v - radius) * 0.32f) * 0.952f;
        values[i] = max_f(outline + max_f(p.z, 0) * 0.45f, fabsf(p.z) - deep) * 0.9f;
    }
}

Part gothic_star(Frame frame, float radius, int points, float deep)
{
    return (Part){.eval = eval_star,
                  .frame = frame,
                  .size = {radius, (float)points, deep},
                  .lipschitz = 1.05f};
}

// ---- bodies

// Rows of tiles with round tails, each row lying over the next one down. v runs down the slope.
static float tile_relief(float u, float v, float tile)
{
    float row = floorf(v / tile), f = v / tile - row;
    float across = u / tile * 1.15f + 0.5f * (row - 2 * floorf(row * 0.5f));
    float g = fabsf(across - floorf(across) - 0.5f);
    float tail = 0.98f - 0.9f * g * g, drop = clamp_f((f - tail) / 0.14f, 0, 1);
    float joint = clamp_f((g - 0.40f) / 0.08f, 0, 1);
    return tile * (0.20f * f * (1 - drop) - 0.07f * joint * (1 - drop));
}

static void eval_roof(const Part *part, const FieldPoints *at, float *restrict values)
{
    float wide = part->size[0], along = part->size[1], high = part->size[2],
          tile = part->size[3];
    float over = 1 / sqrtf(wide * wide + high * high);
    for (int i = 0; i < at->count; i++) {
        Vec3 p = local_of(part, at, i);
        float x = fabsf(p.x), side = (x * high + (p.z - high) * wide) * over;
        float down = (x * wide + (high - p.z) * high) * over;
        float ends = max_f(fabsf(p.y) - along, -p.z);
        if (tile > 0 && side > -0.3f && side < 0.3f && ends < 0.3f) {
            float ridge = clamp_f((0.16f - x) / 0.08f, 0, 1) * 0.06f; // the capping tiles
            side -= max_f(tile_relief(p.y + 40, down + 8 * tile, tile), ridge);
        }
        values[i] = max_f(side, ends);
    }
}

Part gothic_roof(Frame frame, Vec3 half, float tile)
{
    return (Part){.eval = eval_roof,
                  .frame = frame,
                  .size = {half.x, half.y, half.z, tile},
                  .lipschitz = 4.0f,
                  .coarse_lipschitz = 1.01f,
                  .rough_mm = 0.30f * tile + 0.07f};
}

// How far masonry's joints lie back: 1 in a joint.
static float joint_at(float u, float v, float course)
{
    float row = floorf(v / course), f = v / course - row;
    float across = u / (course * 1.9f) + 0.5f * (row - 2 * floorf(row * 0.5f));
    float g = fabsf(across - floorf(across) - 0.5f), lie = fabsf(f - 0.5f);
    float upright = clamp_f((g - 0.44f) / 0.04f, 0, 1),
          level = clamp_f((lie - 0.40f) / 0.07f, 0, 1);
    return max_f(upright, level);
}

// Sill, rail and plate; posts, and a brace in every other field.
static float beam_at(float u, float v, float course)
{
    float wide = 0.11f, soft = 1 / 0.05f;
    float storey = v / course - floorf(v / course), level = min_f(storey, 1 - storey) * course;
    float column = u / course * 1.25f + 100, f = column - floorf(column);
    float post = min_f(f, 1 - f) * course / 1.25f;
    float lean = fmodf(floorf(column) + floorf(v / course), 2) < 1 ? f : 1 - f;
    float brace = fabsf(lean - storey) * course * 0.64f;
    if (fmodf(floorf(column) * 2 + floorf(v / course) * 3, 4) > 2.5f)
        brace = 1;
    float near = min_f(min_f(level, post), brace);
    return clamp_f((wide - near) * soft, 0, 1);
}

static float wall_relief(const Part *part, Vec3 p)
{
    float a = part->size[0], b = part->size[1], course = part->size[4];
    bool is_side = fabsf(p.x) - a > fabsf(p.y) - b;
    float u = is_side ? p.y + b + 0.31f * course : p.x + a;
    if ((int)part->size[3] == WALL_ASHLAR)
        return -0.045f * joint_at(u + 40 * course, p.z + 40 * course, course);
    return 0.05f * beam_at(u, p.z + course * 0.1f, course);
}

static void eval_block(const Part *part, const FieldPoints *at, float *restrict values)
{
    float a = part->size[0], b = part->size[1], c = part->size[2] * 0.5f;
    bool is_plain = (int)part->size[3] == WALL_SMOOTH;
    for (int i = 0; i < at->count; i++) {
        Vec3 p = local_of(part, at, i);
        float x = fabsf(p.x) - a, y = fabsf(p.y) - b, z = fabsf(p.z - c) - c;
        float sides = max_f(x, y);
        if (!is_plain && sides > -0.4f && sides < 0.4f && z < 0.4f)
            sides -= wall_relief(part, p) * clamp_f((0.4f - fabsf(sides)) / 0.2f, 0, 1);
        values[i] = max_f(sides, z);
    }
}

Part gothic_block(Frame frame, Vec3 half, GothicWall wall, float course)
{
    bool is_plain = wall == WALL_SMOOTH;
    return (Part){.eval = eval_block,
                  .frame = frame,
                  .size = {half.x, half.y, half.z, (float)wall, course},
                  .lipschitz = is_plain ? 1.01f : 2.8f,
                  .coarse_lipschitz = is_plain ? 0 : 1.01f,
                  .rough_mm = is_plain ? 0 : 0.07f};
}

float gothic_timber_at(const Part *part, Vec3 world)
{
    if (part->eval != eval_block || (int)part->size[3] != WALL_TIMBER)
        return 0;
    return wall_relief(part, frame_to_local(&part->frame, world)) / 0.05f;
}

static void eval_spire(const Part *part, const FieldPoints *at, float *restrict values)
{
    float radius = part->size[0], high = part->size[1], over = part->size[3];
    float taper = part->size[4];
    bool is_square = part->size[2] < 5;
    for (int i = 0; i < at->count; i++) {
        Vec3 p = local_of(part, at, i);
        float x = fabsf(p.x), y = fabsf(p.y), wide = max_f(x, y);
        if (!is_square)
            wide = max_f(wide, (x + y) * 0.70710678f);
        float band = p.z / high * 9 - floorf(p.z / high * 9);
        float ring = clamp_f((0.09f - fabsf(band - 0.5f)) / 0.05f, 0, 1) * 0.04f;
        float side = (wide - radius * (1 - taper * p.z / high)) * over - ring * taper;
        values[i] = max_f(side, max_f(-p.z, p.z - high));
    }
}

Part gothic_spire(Frame frame, float radius, float height, int sides)
{
    float over = height / sqrtf(height * height + radius * radius);
    return (Part){.eval = eval_spire,
                  .frame = frame,
                  .size = {radius, height, (float)sides, over, 1},
                  .lipschitz = 1.9f,
                  .coarse_lipschitz = 1.01f,
                  .rough_mm = 0.05f};
}

Part gothic_drum(Frame frame, float radius, float height)
{
    return (Part){.eval = eval_spire,
                  .frame = frame,
                  .size = {radius, height, 8, 1, 0},
                  .lipschitz = 1.01f};
}
