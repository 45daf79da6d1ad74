// light_environment.c: what a room looks like in a mirror.

#include "packer/light_environment.h"

#include "data/environment.h"

#include <math.h>
#include <string.h>

enum {
    BLUR_SAMPLES = 256,
    LOOKS = 64, // directions in which a place to look from looks around
    PLACES = 7, // such places, along x and along z
};

#define EYE_M 1.7f
#define CLEAR_M 0.8f      // what is farther away is not in the way
#define LAMP_NITS 6000.0f // of a lamp's face, seen from aside, as most are
#define FARTHEST_M 1000.0f

typedef struct Look {
    const LightEnvironmentDesc *desc;
    float middle[3], half[3]; // of the room's box
    float from[3];
    float (*texels)[3];
} Look;

// ---- from where

// How much air is around a place; 0 if it lies inside of something.
static float air_around(const LightScene *scene, const float at[3])
{
    float least_m = CLEAR_M;
    int inside = 0;
    for (int i = 0; i < LOOKS; i++) {
        float up = 1 - 2 * ((float)i + 0.5f) / LOOKS, wide = sqrtf(1 - up * up);
        float turn = 2.39996323f * (float)i;
        LightRay ray = {.from = {at[0], at[1], at[2]},
                        .along = {wide * cosf(turn), up, wide * sinf(turn)},
                        .reach_m = FARTHEST_M};
        LightHit hit = light_shoot(scene, &ray, true);
        float distance2 = 0;
        for (int k = 0; k < 3; k++)
            distance2 += (hit.at[k] - at[k]) * (hit.at[k] - at[k]);
        inside += hit.met == LIGHT_INSIDE || hit.met == LIGHT_NOTHING;
        if (hit.met != LIGHT_NOTHING)
            least_m = MIN(least_m, sqrtf(distance2));
    }
    return inside > LOOKS / 8 ? 0 : least_m;
}

// Near the middle, and not with the nose at a case.
static void find_place(Look *look)
{
    float best = -INFINITY, low_m = look->middle[1] - look->half[1];
    float height_m = MIN(low_m + EYE_M, look->middle[1] + look->half[1] * 0.5f);
    for (int i = 0; i < PLACES * PLACES; i++) {
        float part[2] = {(float)(i % PLACES + 1) * 2 / (PLACES + 1) - 1,
                         (float)(i / PLACES + 1) * 2 / (PLACES + 1) - 1};
        float at[3] = {look->middle[0] + part[0] * look->half[0], height_m,
                       look->middle[2] + part[1] * look->half[2]};
        float air_m = air_around(look->desc->scene, at);
        float away_m = hypotf(at[0] - look->middle[0], at[2] - look->middle[2]);
        float score = air_m > 0 ? air_m - 0.2f * away_m : -FARTHEST_M - away_m;
        if (score <= best)
            continue;
        best = score;
        memcpy(look->from, at, sizeof at);
    }
}

// ---- what is seen

static void seen_nits(const LightScene *scene, const LightHit *hit, float out[3])
{
    memset(out, 0, 3 * sizeof *out);
    if (hit->met != LIGHT_ROOM)
        return;
    if (scene->triangles[hit->triangle].glow == LIGHT_LAMP) {
        for (int k = 0; k < 3; k++)
            out[k] = LAMP_NITS;
        return;
    }
    light_seen(scene, hit, out);
}

// The ray through the place of the room's box that lies this way from its middle: there whoever
// asks will look for it, though it is seen from elsewhere.
static void through_box(const Look *look, const float along[3], float out[3])
{
    float distance_m = FARTHEST_M, length2 = 0;
    for (int k = 0; k < 3; k++)
        distance_m = MIN(distance_m, look->half[k] / MAX(fabsf(along[k]), 1e-6f));
    for (int k = 0; k < 3; k++) {
        out[k] = look->middle[k] + along[k] * distance_m - look->from[k];
        length2 += out[k] * out[k];
    }
    for (int k = 0; k < 3; k++)
        out[k] /= sqrtf(MAX(length2, 1e-12f));
}

static void look_at_texel(const Look *look, int x, int y, float out[3])
{
    const LightEnvironmentDesc *desc = look->desc;
    uint32_t chance =
        light_hash(desc->scene->desc->seed ^ 0x2eu, desc->room * (uint32_t)ENVIRONMENT_TEXELS +
                                                        (uint32_t)(y * ENVIRONMENT_SIDE + x));
    float turn[2] = {light_part(light_hash(chance, 1)), light_part(light_hash(chance, 2))};
    float sum[3] = {0};
    for (int i = 0; i < desc->rays; i++) {
        float along[3], nits[3];
        LightRay ray = {.reach_m = FARTHEST_M};
        environment_direction((float)x + light_even((uint32_t)i, 2, turn[0]),
                              (float)y + light_even((uint32_t)i, 3, turn[1]), along);
        memcpy(ray.from, look->from, sizeof ray.from);
        through_box(look, along, ray.along);
        LightHit hit = light_shoot(desc->scene, &ray, false);
        seen_nits(desc->scene, &hit, nits);
        for (int k = 0; k < 3; k++)
            sum[k] += nits[k];
    }
    for (int k = 0; k < 3; k++)
        out[k] = sum[k] / (float)desc->rays;
}

static Status look_at_rows(void *context, size_t first, size_t count, int worker)
{
    const Look *look = context;
    (void)worker;
    for (size_t row = first; row < first + count; row++)
        for (int x = 1; x < ENVIRONMENT_SIDE - 1; x++)
            look_at_texel(look, x, (int)row + 1,
                          look->texels[(row + 1) * ENVIRONMENT_WIDTH + (size_t)x]);
    return OK;
}

Status light_environment(const LightEnvironmentDesc *desc, Arena *arena, uint32_t **out)
{
    const LightRoom *room = &desc->scene->rooms[desc->room];
    Scratch scratch = scratch_begin(arena);
    Look look = {.desc = desc};
    look.texels = arena_alloc(scratch.arena, ENVIRONMENT_TEXELS * sizeof *look.texels, 16);
    for (int k = 0; k < 3; k++) {
        look.middle[k] = (room->low[k] + room->high[k]) / 2;
        look.half[k] = (room->high[k] - room->low[k]) / 2;
    }
    find_place(&look);
    Status status = parallel_for(&(ParallelDesc){.count = ENVIRONMENT_SIDE - 2,
                                                 .run = look_at_rows,
                                                 .context = &look,
                                                 .cancel = desc->cancel,
                                                 .worker_limit = desc->worker_limit});
    if (!status) {
        environment_blur(look.texels, BLUR_SAMPLES);
        *out = ARENA_ARRAY(arena, uint32_t, ENVIRONMENT_TEXELS);
        for (int i = 0; i < ENVIRONMENT_TEXELS; i++)
            (*out)[i] = lightmap_pack_color(look.texels[i]);
    }
    scratch_end(scratch);
    return status;
}
