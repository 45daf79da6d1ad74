// render_bounce.c: bounced light and reflections of one room.
//
// A room is a box. Its six sides are cut into patches; lamps and panels light the patches, and
// the patches light each other a few times (radiosity; nothing stands in the way inside a box).
// From the patches come the two tables the shaders read: what arrives at a grid of points from
// everywhere, and what one sees from the middle in every direction, sharp and blurred.
//
// That takes some 20 ms a room, so it is made of steps of which none takes long.

#include "draw/render_parts.h"

#include <math.h>
#include <string.h>

enum {
    SIDE = 8,           // patches along each edge of a wall
    FACE = SIDE * SIDE, // patches of a wall
    PATCHES = 6 * FACE,
    BOUNCES = 4,
    PANEL_SAMPLES = 4, // along each edge of a panel
    LAMP_SAMPLES = 4,  // along each edge of a patch: cones are narrower than patches
    PROBE_PARTS = 4,   // SHARED_VOLUME_Z is a multiple of it
    SEEN_PARTS = 3,    // ENVIRONMENT_SIDE without its border is a multiple of it
    SEEN_SAMPLES = 24,
    // The steps that a room's light is made of, in this order.
    STEP_PATCHES = 0,
    STEP_FACTORS,
    STEP_BOUNCE,
    STEP_PROBES,
    STEP_SEEN = STEP_PROBES + PROBE_PARTS,
    STEP_BLUR = STEP_SEEN + SEEN_PARTS,
    STEP_PACK = STEP_BLUR + ENVIRONMENT_LEVELS - 1,
    STEP_SHADE,
};

static const float PI = 3.14159265f;

typedef struct Patch {
    float center[3], normal[3];
    float half_u[3], half_v[3];
    float area;
    float color[3];
    float direct[3]; // lux from lamps, panels and nowhere
    float sent[3];   // luminous exitance, lm/m2
} Patch;

struct BounceRoom {
    const RenderHouse *house;
    const LightState *lights;
    const RenderRoom *room;
    Patch patches[PATCHES];
    union {
        float factors[PATCHES][PATCHES];   // share of what i sees that is j
        float seen[ENVIRONMENT_TEXELS][3]; // when these are done with
    };
};

static float dot(const float a[3], const float b[3])
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

static float subtract(const float a[3], const float b[3], float out[3])
{
    for (int i = 0; i < 3; i++)
        out[i] = a[i] - b[i];
    return dot(out, out);
}

// ---- patches

static const float *face_color(const RenderRoom *room, int axis, int is_high)
{
    if (axis != 1)
        return room->wall_color;
    return is_high ? room->ceiling_color : room->floor_color;
}

static void make_patch(const RenderRoom *room, int face, int u, int v, Patch *patch)
{
    int axis = face / 2, is_high = face % 2, a = (axis + 1) % 3, b = (axis + 2) % 3;
    memset(patch, 0, sizeof *patch);
    float size_a = room->high[a] - room->low[a], size_b = room->high[b] - room->low[b];
    patch->normal[axis] = is_high ? -1.0f : 1.0f;
    patch->center[axis] = is_high ? room->high[axis] : room->low[axis];
    patch->center[a] = room->low[a] + size_a * ((float)u + 0.5f) / SIDE;
    patch->center[b] = room->low[b] + size_b * ((float)v + 0.5f) / SIDE;
    patch->half_u[a] = size_a * 0.5f / SIDE;
    patch->half_v[b] = size_b * 0.5f / SIDE;
    patch->area = size_a * size_b / FACE;
    for (int i = 0; i < 3; i++)
        patch->color[i] = linear_of_srgb(face_color(room, axis, is_high)[i]);
}

// ---- light that comes straight

static bool is_near_room(const RenderRoom *room, const float place[3])
{
    for (int i = 0; i < 3; i++) {
        if (place[i] < room->low[i] - 0.35f || place[i] > room->high[i] + 0.35f)
            return false;
    }
    return true;
}

static float lamp_lux(const LightState *light, const float at[3], const float normal[3])
{
    float to[3];
    float distance2 = subtract(at, light->desc.position, to), distance_m = sqrtf(distance2);
    float along = dot(to, light->desc.direction) / distance_m;
    float cone = (along - light->cos_outer) / (light->cos_inner - light->cos_outer);
    cone = CLAMP(cone, 0.0f, 1.0f);
    float facing = -dot(to, normal) / distance_m;
    return facing > 0 ? cone * cone * (3 - 2 * cone) * facing / MAX(distance2, 0.01f) : 0;
}

static void add_lamp(const LightState *light, Patch *patch)
{
    float sum = 0;
    for (int i = 0; i < LAMP_SAMPLES * LAMP_SAMPLES; i++) {
        float u = ((float)(i % LAMP_SAMPLES) + 0.5f) * 2 / LAMP_SAMPLES - 1;
        float v = ((float)(i / LAMP_SAMPLES) + 0.5f) * 2 / LAMP_SAMPLES - 1;
        float at[3];
        for (int k = 0; k < 3; k++)
            at[k] = patch->center[k] + patch->half_u[k] * u + patch->half_v[k] * v;
        sum += lamp_lux(light, at, patch->normal);
    }
    for (int k = 0; k < 3; k++)
        patch->direct[k] += light->color_cd[k] * sum / (LAMP_SAMPLES * LAMP_SAMPLES);
}

typedef struct PanelSample {
    float place[3], normal[3], area;
    float nits[3];
} PanelSample;

static PanelSample panel_sample(const RenderPanel *panel, int index)
{
    PanelSample out;
    float u = ((float)(index % PANEL_SAMPLES) + 0.5f) * 2 / PANEL_SAMPLES - 1;
    float v = ((float)(index / PANEL_SAMPLES) + 0.5f) * 2 / PANEL_SAMPLES - 1;
    float length2 = 0;
    for (int k = 0; k < 3; k++) {
        int a = (k + 1) % 3, b = (k + 2) % 3;
        out.place[k] = panel->center[k] + panel->half_u[k] * u + panel->half_v[k] * v;
        out.normal[k] =
            panel->half_u[a] * panel->half_v[b] - panel->half_u[b] * panel->half_v[a];
        length2 += out.normal[k] * out.normal[k];
        float color = is_zero3(panel->color) ? 1 : linear_of_srgb(panel->color[k]);
        out.nits[k] = color * panel->luminance_nits;
    }
    float length = sqrtf(MAX(length2, 1e-12f));
    for (int k = 0; k < 3; k++)
        out.normal[k] /= length;
    out.area = 4 * length / (PANEL_SAMPLES * PANEL_SAMPLES);
    return out;
}

static void add_panel(const RenderPanel *panel, Patch *patch)
{
    for (int i = 0; i < PANEL_SAMPLES * PANEL_SAMPLES; i++) {
        PanelSample sample = panel_sample(panel, i);
        float to[3];
        float distance2 = subtract(patch->center, sample.place, to);
        float leaves = dot(to, sample.normal), arrives = -dot(to, patch->normal);
        if (leaves <= 0 || arrives <= 0)
            continue;
        float share = leaves * arrives / (distance2 * (distance2 + sample.area)) * sample.area;
        for (int k = 0; k < 3; k++)
            patch->direct[k] += sample.nits[k] * share;
    }
}

static void light_patches(BounceRoom *light)
{
    for (int i = 0; i < PATCHES; i++) {
        Patch *patch = &light->patches[i];
        for (int k = 0; k < 3; k++)
            patch->direct[k] = light->room->fill_lux;
        for (uint32_t lamp = 0; lamp < light->house->light_count; lamp++) {
            if (is_near_room(light->room, light->lights[lamp].desc.position))
                add_lamp(&light->lights[lamp], patch);
        }
        for (uint32_t panel = 0; panel < light->house->panel_count; panel++) {
            if (is_near_room(light->room, light->house->panels[panel].center))
                add_panel(&light->house->panels[panel], patch);
        }
    }
}

// ---- light that bounces

static float form_factor(const Patch *from, const Patch *to)
{
    float between[3];
    float distance2 = subtract(to->center, from->center, between);
    float leaves = dot(between, from->normal), arrives = -dot(between, to->normal);
    if (leaves <= 0 || arrives <= 0)
        return 0;
    return leaves * arrives * to->area / (distance2 * (PI * distance2 + to->area));
}

static void find_factors(BounceRoom *light)
{
    for (int i = 0; i < PATCHES; i++) {
        float sum = 1e-6f;
        for (int j = 0; j < PATCHES; j++)
            sum += light->factors[i][j] =
                i == j ? 0 : form_factor(&light->patches[i], &light->patches[j]);
        for (int j = 0; j < PATCHES; j++) // inside a box one sees nothing but the box
            light->factors[i][j] /= sum;
    }
}

static void bounce(BounceRoom *light)
{
    for (int i = 0; i < PATCHES; i++) {
        for (int k = 0; k < 3; k++)
            light->patches[i].sent[k] =
                light->patches[i].direct[k] * light->patches[i].color[k];
    }
    for (int pass = 0; pass < BOUNCES; pass++) {
        for (int i = 0; i < PATCHES; i++) {
            float arriving[3] = {0};
            for (int j = 0; j < PATCHES; j++) {
                for (int k = 0; k < 3; k++)
                    arriving[k] += light->factors[i][j] * light->patches[j].sent[k];
            }
            for (int k = 0; k < 3; k++)
                light->patches[i].sent[k] =
                    (light->patches[i].direct[k] + arriving[k]) * light->patches[i].color[k];
        }
    }
}

// ---- what arrives at a point: spherical harmonics, bands 0 and 1, as lux on a surface

typedef struct Probe {
    float base[3], along[3][3]; // by channel
} Probe;

static void add_to_probe(Probe *probe, const float to[3], float solid_angle,
                         const float nits[3])
{
    for (int channel = 0; channel < 3; channel++) {
        float lux = nits[channel] * solid_angle;
        probe->base[channel] += lux * 0.25f;
        for (int k = 0; k < 3; k++)
            probe->along[channel][k] += lux * 0.5f * to[k];
    }
}

static void add_patch_to_probe(Probe *probe, const float at[3], const Patch *patch,
                               float *solid_angles)
{
    for (int i = 0; i < 4; i++) {
        float place[3], to[3];
        for (int k = 0; k < 3; k++)
            place[k] = patch->center[k] + patch->half_u[k] * (i & 1 ? 0.5f : -0.5f) +
                       patch->half_v[k] * (i & 2 ? 0.5f : -0.5f);
        float distance2 = subtract(place, at, to), distance_m = sqrtf(distance2);
        float facing = -dot(to, patch->normal) / distance_m, area = patch->area / 4;
        float solid_angle = facing * area / (distance2 + area / PI);
        float nits[3];
        for (int k = 0; k < 3; k++) {
            to[k] /= distance_m;
            nits[k] = patch->sent[k] / PI;
        }
        add_to_probe(probe, to, solid_angle, nits);
        *solid_angles += solid_angle;
    }
}

static void add_panels_to_probe(const BounceRoom *light, Probe *probe, const float at[3])
{
    for (uint32_t p = 0; p < light->house->panel_count; p++) {
        const RenderPanel *panel = &light->house->panels[p];
        for (int i = 0; i < PANEL_SAMPLES * PANEL_SAMPLES; i++) {
            PanelSample sample = panel_sample(panel, i);
            float to[3];
            float distance2 = subtract(sample.place, at, to), distance_m = sqrtf(distance2);
            float leaves = -dot(to, sample.normal) / distance_m;
            if (leaves <= 0 || !is_near_room(light->room, panel->center))
                continue;
            for (int k = 0; k < 3; k++)
                to[k] /= distance_m;
            add_to_probe(probe, to, leaves * sample.area / (distance2 + sample.area),
                         sample.nits);
        }
    }
}

static Probe probe_at(const BounceRoom *light, const float at[3])
{
    Probe probe = {0};
    float solid_angles = 0;
    for (int i = 0; i < PATCHES; i++)
        add_patch_to_probe(&probe, at, &light->patches[i], &solid_angles);
    float whole = 4 * PI / MAX(solid_angles, 1e-3f);
    for (int channel = 0; channel < 3; channel++) {
        probe.base[channel] *= whole;
        for (int k = 0; k < 3; k++)
            probe.along[channel][k] *= whole;
        probe.base[channel] += light->room->fill_lux;
    }
    add_panels_to_probe(light, &probe, at);
    return probe;
}

static void fill_probes(const BounceRoom *light, int part, float *out)
{
    enum { X = SHARED_VOLUME_X, Y = SHARED_VOLUME_Y, Z = SHARED_VOLUME_Z };
    enum { COUNT = X * Y * Z / PROBE_PARTS };
    for (int i = part * COUNT; i < (part + 1) * COUNT; i++) {
        int cell[3] = {i % X, i / X % Y, i / (X * Y)}, counts[3] = {X, Y, Z};
        float at[3];
        for (int k = 0; k < 3; k++)
            at[k] = light->room->low[k] + (light->room->high[k] - light->room->low[k]) *
                                              ((float)cell[k] + 0.5f) / (float)counts[k];
        Probe probe = probe_at(light, at);
        for (int channel = 0; channel < 3; channel++) {
            float *texel = out + ((size_t)channel * X * Y * Z + (size_t)i) * 4;
            texel[0] = probe.base[channel];
            memcpy(texel + 1, probe.along[channel], 3 * sizeof *texel);
        }
    }
}

// ---- what one sees from the middle

// Bilinear between the patches of a wall.
static void wall_nits(const BounceRoom *light, int face, float u, float v, float out[3])
{
    float x = CLAMP(u * SIDE - 0.5f, 0.0f, (float)SIDE - 1.001f);
    float y = CLAMP(v * SIDE - 0.5f, 0.0f, (float)SIDE - 1.001f);
    int at_x = (int)x, at_y = (int)y;
    float fx = x - (float)at_x, fy = y - (float)at_y;
    const Patch *patch = &light->patches[face * FACE + at_y * SIDE + at_x];
    for (int k = 0; k < 3; k++) {
        float low = patch[0].sent[k] * (1 - fx) + patch[1].sent[k] * fx;
        float high = patch[SIDE].sent[k] * (1 - fx) + patch[SIDE + 1].sent[k] * fx;
        out[k] = (low * (1 - fy) + high * fy) / PI;
    }
}

static void add_seen_panels(const BounceRoom *light, const float middle[3],
                            const float direction[3], float out[3])
{
    for (uint32_t i = 0; i < light->house->panel_count; i++) {
        const RenderPanel *panel = &light->house->panels[i];
        PanelSample sample = panel_sample(panel, 0);
        float to[3], at[3];
        (void)subtract(panel->center, middle, to);
        float facing = dot(direction, sample.normal);
        if (facing >= -1e-4f || !is_near_room(light->room, panel->center))
            continue;
        float distance_m = dot(to, sample.normal) / facing;
        for (int k = 0; k < 3; k++)
            at[k] = direction[k] * distance_m - to[k];
        float u = fabsf(dot(at, panel->half_u)) / dot(panel->half_u, panel->half_u);
        float v = fabsf(dot(at, panel->half_v)) / dot(panel->half_v, panel->half_v);
        float inside =
            CLAMP((1 - u) * 6 + 0.5f, 0.0f, 1.0f) * CLAMP((1 - v) * 6 + 0.5f, 0.0f, 1.0f);
        for (int k = 0; k < 3 && distance_m > 0; k++)
            out[k] += sample.nits[k] * inside;
    }
}

static void seen_nits(const BounceRoom *light, const float direction[3], float out[3])
{
    const RenderRoom *room = light->room;
    float nearest = INFINITY, middle[3], size[3];
    int axis = 0;
    for (int k = 0; k < 3; k++) {
        middle[k] = (room->low[k] + room->high[k]) / 2;
        size[k] = room->high[k] - room->low[k];
        float distance_m = size[k] / 2 / MAX(fabsf(direction[k]), 1e-6f);
        if (distance_m < nearest) {
            nearest = distance_m;
            axis = k;
        }
    }
    int a = (axis + 1) % 3, b = (axis + 2) % 3;
    int face = axis * 2 + (direction[axis] > 0);
    wall_nits(light, face, 0.5f + direction[a] * nearest / size[a],
              0.5f + direction[b] * nearest / size[b], out);
    add_seen_panels(light, middle, direction, out);
}

// Sharp, a part of it; then ever rougher (environment_blur_level).
static void fill_seen(BounceRoom *light, int part)
{
    enum { ROWS = (ENVIRONMENT_SIDE - 2) / SEEN_PARTS };
    if (part == 0)
        memset(light->seen, 0, sizeof light->seen);
    for (int y = 1 + part * ROWS; y < 1 + (part + 1) * ROWS; y++) {
        for (int x = 1; x < ENVIRONMENT_SIDE - 1; x++) {
            float direction[3];
            environment_direction((float)x + 0.5f, (float)y + 0.5f, direction);
            seen_nits(light, direction, light->seen[y * ENVIRONMENT_WIDTH + x]);
        }
    }
}

static void pack_seen(const BounceRoom *light, uint32_t *out)
{
    for (int i = 0; i < ENVIRONMENT_TEXELS; i++)
        out[i] = lightmap_pack_color(light->seen[i]);
}

// ---- the floor around what stands on it

typedef struct Standing {
    const RenderBlock *block;
    float cos_yaw, sin_yaw;
} Standing;

// Share of the light from above and around that a block takes from a point of the floor.
static float taken_by_block(const Standing *standing, float x, float z)
{
    const RenderBlock *block = standing->block;
    float dx = x - block->center[0], dz = z - block->center[2];
    float c = standing->cos_yaw, s = standing->sin_yaw;
    float u = fabsf(c * dx - s * dz) - block->half_size[0];
    float v = fabsf(s * dx + c * dz) - block->half_size[1];
    float away2 = MAX(u, 0) * MAX(u, 0) + MAX(v, 0) * MAX(v, 0), high = block->height_m;
    float away = sqrtf(away2);
    float size = block->half_size[0] + block->half_size[1];
    float up = 1 - away / sqrtf(away2 + high * high + 1e-6f);
    float wide = size / (size + away * 1.5f);
    return 0.62f * up * wide;
}

static uint32_t find_standing(const BounceRoom *light, Standing *out)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < light->house->block_count; i++) {
        const RenderBlock *block = &light->house->blocks[i];
        if (is_near_room(light->room, block->center))
            out[count++] = (Standing){block, cosf(block->yaw_rad), sinf(block->yaw_rad)};
    }
    return count;
}

static void fill_shade(const BounceRoom *light, uint8_t *out)
{
    const RenderRoom *room = light->room;
    Scratch scratch = scratch_begin(NULL);
    Standing *standing =
        ARENA_ARRAY(scratch.arena, Standing, (size_t)light->house->block_count + 1);
    uint32_t count = find_standing(light, standing);
    for (int i = 0; i < FLOOR_SHADE_SIDE * FLOOR_SHADE_SIDE; i++) {
        float u = ((float)(i % FLOOR_SHADE_SIDE) + 0.5f) / FLOOR_SHADE_SIDE;
        float v = ((float)(i / FLOOR_SHADE_SIDE) + 0.5f) / FLOOR_SHADE_SIDE;
        float x = room->low[0] + u * (room->high[0] - room->low[0]);
        float z = room->low[2] + v * (room->high[2] - room->low[2]);
        float open = 1;
        for (uint32_t k = 0; k < count; k++)
            open *= 1 - taken_by_block(&standing[k], x, z);
        // Walls take light from the floor's edge too.
        float wall = MIN(MIN(x - room->low[0], room->high[0] - x),
                         MIN(z - room->low[2], room->high[2] - z));
        open *= 1 - 0.30f * expf(-wall * 5);
        out[i] = (uint8_t)(open * 255 + 0.5f);
    }
    scratch_end(scratch);
}

uint64_t bounce_key(const RenderHouse *house, const LightState *lights, uint32_t index)
{
    RenderRoom room = house->rooms[index];
    room.light = NULL; // another's word on the same room
    uint64_t key = hash_bytes(0xcbf29ce484222325u, &room, sizeof room);
    for (uint32_t i = 0; i < house->light_count; i++) {
        const LightState *lamp = &lights[i];
        if (!is_near_room(&room, lamp->desc.position))
            continue;
        const RenderLight *desc = &lamp->desc;
        const float reach[] = {desc->reach_m, desc->source_radius_m, lamp->cos_outer,
                               lamp->cos_inner};
        key = hash_bytes(key, desc->position, sizeof desc->position);
        key = hash_bytes(key, desc->direction, sizeof desc->direction);
        key = hash_bytes(key, lamp->color_cd, sizeof lamp->color_cd);
        key = hash_bytes(key, reach, sizeof reach);
    }
    for (uint32_t i = 0; i < house->panel_count; i++)
        if (is_near_room(&room, house->panels[i].center))
            key = hash_bytes(key, &house->panels[i], sizeof house->panels[i]);
    for (uint32_t i = 0; i < house->block_count; i++)
        if (is_near_room(&room, house->blocks[i].center))
            key = hash_bytes(key, &house->blocks[i], sizeof house->blocks[i]);
    return key;
}

BounceRoom *bounce_make(Arena *arena)
{
    return ARENA_NEW(arena, BounceRoom);
}

bool bounce_step(BounceRoom *light, const BounceJob *job, int step, BounceTables *out)
{
    light->house = job->house;
    light->lights = job->lights;
    light->room = &job->house->rooms[job->room];
    if (step == STEP_PATCHES) {
        for (int i = 0; i < PATCHES; i++)
            make_patch(light->room, i / FACE, i % SIDE, i / SIDE % SIDE, &light->patches[i]);
        light_patches(light);
    } else if (step == STEP_FACTORS) {
        find_factors(light);
    } else if (step == STEP_BOUNCE) {
        bounce(light);
    } else if (step < STEP_SEEN) {
        fill_probes(light, step - STEP_PROBES, out->probes);
    } else if (step < STEP_BLUR) {
        fill_seen(light, step - STEP_SEEN);
    } else if (step < STEP_PACK) {
        environment_blur_level(light->seen, 1 + step - STEP_BLUR, SEEN_SAMPLES);
    } else if (step == STEP_PACK) {
        pack_seen(light, out->reflections);
    } else {
        fill_shade(light, out->shade);
    }
    return step < STEP_SHADE;
}

void bounce_room(const BounceJob *job, BounceTables *out)
{
    Scratch scratch = scratch_begin(NULL);
    BounceRoom *light = bounce_make(scratch.arena);
    for (int step = 0; bounce_step(light, job, step, out); step++)
        continue;
    scratch_end(scratch);
}
