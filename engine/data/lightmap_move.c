// lightmap_move.c: the light of a room that was turned by quarters and moved.

#include "data/lightmap.h"

#include <string.h>

// One quarter: x goes to -z, z to x.
static void turn_point(float at[3])
{
    float x = at[0];
    at[0] = at[2];
    at[2] = -x;
}

void lightmap_turn_direction(const LightmapMove *move, float along[3])
{
    for (int i = 0; i < (move->quarters & 3); i++)
        turn_point(along);
}

void lightmap_move_point(const LightmapMove *move, float at[3])
{
    lightmap_turn_direction(move, at);
    for (int k = 0; k < 3; k++)
        at[k] += move->by[k];
}

// What arrived on a surface with normal n now arrives on one with n turned. Of band 2 the parts
// 3 zz - 1 and xx - yy become 3 xx - 1 and zz - yy, which these two add up to again.
static void turn_probe(LightProbe *probe)
{
    for (int channel = 0; channel < 3; channel++) {
        float *sh = probe->sh[channel], was[LIGHTMAP_COEFFICIENTS];
        memcpy(was, sh, sizeof was);
        sh[1] = was[3];
        sh[3] = -was[1];
        sh[4] = was[5];
        sh[5] = -was[4];
        sh[6] = 0.5f * was[8] - 0.5f * was[6];
        sh[7] = -was[7];
        sh[8] = 0.5f * was[8] + 1.5f * was[6];
    }
}

static void turn_grid(Lightmap *map, Arena *arena)
{
    uint32_t across[3] = {map->counts[2], map->counts[1], map->counts[0]};
    size_t count = (size_t)across[0] * across[1] * across[2];
    LightProbe *turned = ARENA_ARRAY_RAW(arena, LightProbe, count);
    for (size_t i = 0; i < count; i++) {
        size_t x = i % across[0], y = i / across[0] % across[1],
               z = i / ((size_t)across[0] * across[1]);
        size_t from_x = across[2] - 1 - z, from_z = x;
        turned[i] = map->probes[(from_z * map->counts[1] + y) * map->counts[0] + from_x];
        turn_probe(&turned[i]);
    }
    float low[3] = {map->low[2], map->low[1], -map->high[0]};
    float high[3] = {map->high[2], map->high[1], -map->low[0]};
    memcpy(map->low, low, sizeof low);
    memcpy(map->high, high, sizeof high);
    memcpy(map->counts, across, sizeof across);
    map->probes = turned;
}

void lightmap_move(const LightmapMove *move, Arena *arena, Lightmap *map)
{
    map->places = arena_copy(arena, map->places, map->place_count * sizeof *map->places, 4);
    for (uint32_t i = 0; i < map->place_count; i++)
        map->places[i].place += move->first_place;
    for (int quarter = 0; quarter < (move->quarters & 3); quarter++) {
        turn_grid(map, arena);
        for (uint32_t i = 0; i < map->place_count; i++)
            turn_probe(&map->places[i].probe);
    }
    for (int k = 0; k < 3; k++) {
        map->low[k] += move->by[k];
        map->high[k] += move->by[k];
    }
    if (!map->environment || !(move->quarters & 3))
        return;
    uint32_t *turned = ARENA_ARRAY_RAW(arena, uint32_t, ENVIRONMENT_TEXELS);
    environment_turn(map->environment, move->quarters, turned);
    map->environment = turned;
}
