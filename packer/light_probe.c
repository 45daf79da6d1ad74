// light_probe.c: what bounces, for pieces that stand in it.

#include "packer/light_probe.h"

#include <math.h>
#include <string.h>

enum { RAYS = 256, PLACE_POINTS = 8, GRID_X = 8, GRID_Y = 4, GRID_Z = 8 };

#define PIECE_HIGH_M 0.2f // of a piece whose size nobody knows
#define ALL_AROUND 12.5663706f

static void add_ray(const float d[3], const float nits[3], float solid_angle, LightProbe *probe)
{
    // The harmonics of a cosine: pi, 2/3 pi, pi/4 for the bands 0, 1, 2.
    const float basis[LIGHTMAP_COEFFICIENTS] = {
        0.25f,
        0.5f * d[0],
        0.5f * d[1],
        0.5f * d[2],
        0.9375f * d[0] * d[1],
        0.9375f * d[1] * d[2],
        0.078125f * (3 * d[2] * d[2] - 1),
        0.9375f * d[2] * d[0],
        0.234375f * (d[0] * d[0] - d[1] * d[1]),
    };
    for (int channel = 0; channel < 3; channel++)
        for (int i = 0; i < LIGHTMAP_COEFFICIENTS; i++)
            probe->sh[channel][i] += nits[channel] * solid_angle * basis[i];
}

// False if the point lies inside of something.
static bool probe_at(const LightScene *scene, const float at[3], uint32_t chance,
                     LightProbe *out)
{
    int good = 0;
    LightProbe probe = {0};
    float turn[2] = {light_part(light_hash(chance, 1)), light_part(light_hash(chance, 2))};
    for (int i = 0; i < RAYS; i++) {
        float up = 1 - 2 * ((float)i + turn[0]) / RAYS, nits[3];
        float wide = sqrtf(MAX(1 - up * up, 0.0f));
        float around = 6.2831853f * light_even((uint32_t)i, 2, turn[1]);
        LightRay ray = {.from = {at[0], at[1], at[2]},
                        .along = {wide * cosf(around), up, wide * sinf(around)},
                        .reach_m = 1000};
        LightHit hit = light_shoot(scene, &ray, false);
        if (hit.met != LIGHT_ROOM)
            continue;
        light_seen(scene, &hit, nits);
        add_ray(ray.along, nits, ALL_AROUND, &probe);
        good++;
    }
    for (int channel = 0; channel < 3; channel++)
        for (int i = 0; i < LIGHTMAP_COEFFICIENTS; i++)
            out->sh[channel][i] = good ? probe.sh[channel][i] / (float)good : 0;
    return good > RAYS / 2;
}

static void add_scaled(const LightProbe *from, float share, LightProbe *to)
{
    for (int channel = 0; channel < 3; channel++)
        for (int i = 0; i < LIGHTMAP_COEFFICIENTS; i++)
            to->sh[channel][i] += from->sh[channel][i] * share;
}

// Those that stand inside of something take the mean of the others: a plinth is not a place.
static void make_grid(const LightScene *scene, uint32_t index, Arena *arena, Lightmap *out)
{
    static const uint32_t counts[3] = {GRID_X, GRID_Y, GRID_Z};
    const LightRoom *room = &scene->rooms[index];
    LightProbe mean = {0};
    bool is_good[GRID_X * GRID_Y * GRID_Z];
    int good = 0;
    out->probes = ARENA_ARRAY(arena, LightProbe, GRID_X * GRID_Y * GRID_Z);
    memcpy(out->low, room->low, sizeof out->low);
    memcpy(out->high, room->high, sizeof out->high);
    memcpy(out->counts, counts, sizeof counts);
    for (uint32_t i = 0; i < GRID_X * GRID_Y * GRID_Z; i++) {
        uint32_t cell[3] = {i % GRID_X, i / GRID_X % GRID_Y, i / (GRID_X * GRID_Y)};
        float at[3];
        for (int k = 0; k < 3; k++)
            at[k] = room->low[k] +
                    (room->high[k] - room->low[k]) * ((float)cell[k] + 0.5f) / (float)counts[k];
        is_good[i] =
            probe_at(scene, at, light_hash(scene->desc->seed + index, i), &out->probes[i]);
        if (!is_good[i])
            continue;
        add_scaled(&out->probes[i], 1, &mean);
        good++;
    }
    for (int i = 0; i < GRID_X * GRID_Y * GRID_Z && good; i++) {
        if (is_good[i])
            continue;
        out->probes[i] = (LightProbe){0};
        add_scaled(&mean, 1 / (float)good, &out->probes[i]);
    }
}

// Around the middle of what stands on a place.
static void place_points(const LightScene *scene, uint32_t index, float out[PLACE_POINTS][3])
{
    const PlanPlace *place = &scene->desc->plan->places[index];
    const LightBlocker *piece = scene->desc->blockers ? &scene->desc->blockers[index] : NULL;
    float floor_m = plan_piece_floor_m(place), spot[2];
    plan_piece_spot(place, spot);
    float low[3] = {spot[0] - PIECE_HIGH_M / 4, floor_m, spot[1] - PIECE_HIGH_M / 4};
    float high[3] = {spot[0] + PIECE_HIGH_M / 4, floor_m + PIECE_HIGH_M,
                     spot[1] + PIECE_HIGH_M / 4};
    for (uint32_t i = 0; piece && i < piece->vertex_count; i++) {
        for (int k = 0; k < 3; k++) {
            low[k] = i ? MIN(low[k], piece->positions[i][k]) : piece->positions[i][k];
            high[k] = i ? MAX(high[k], piece->positions[i][k]) : piece->positions[i][k];
        }
    }
    for (int i = 0; i < PLACE_POINTS; i++)
        for (int k = 0; k < 3; k++)
            out[i][k] = low[k] + (high[k] - low[k]) * (i >> k & 1 ? 0.8f : 0.2f);
}

Status light_probes(const LightScene *scene, uint32_t room, Arena *arena, Lightmap *out)
{
    const Plan *plan = scene->desc->plan;
    make_grid(scene, room, arena, out);
    out->places = ARENA_ARRAY(arena, LightPlace, (size_t)plan->place_count + 1);
    for (uint32_t i = 0; i < plan->place_count; i++) {
        float points[PLACE_POINTS][3];
        LightProbe sum = {0};
        int good = 0;
        if (plan->places[i].room != room)
            continue;
        place_points(scene, i, points);
        for (uint32_t k = 0; k < PLACE_POINTS; k++) {
            LightProbe probe;
            if (!probe_at(scene, points[k], light_hash(scene->desc->seed ^ 0x51u, i * 8 + k),
                          &probe))
                continue;
            add_scaled(&probe, 1, &sum);
            good++;
        }
        LightPlace *place = &out->places[out->place_count];
        *place = (LightPlace){.place = i};
        add_scaled(&sum, good ? 1 / (float)good : 0, &place->probe);
        out->place_count += good > 0;
    }
    return cancel_check(scene->desc->cancel);
}
