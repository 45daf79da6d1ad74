// gallery_lamp.c: lamps, and the tracks they hang on.
//
// Tracks run along the room's longer side, one for all lamps that are about as far from it. A
// lamp inside of a case is a small square under its cap.

#include "exhibits/model/gallery_build.h"
#include "exhibits/model/gallery_light.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LAMP_LONG_M 0.13f
#define LAMP_HALF_M 0.032f
#define TRACK_HALF_M 0.017f
#define TRACK_OVER_M 0.008f // over the lamps' middles, below a light ceiling's rim
#define TRACK_AWAY_M 0.55f  // lamps no farther from it reach it by an arm
#define TRACK_END_M 0.25f   // how far it goes on
#define ROD_EVERY_M 2.0f
#define DEEPEST_M 0.7f // lamps that hang lower have stems of their own
#define PUCK_HALF_M 0.014f

enum { MOST_LAMPS = 512 };

typedef struct Track {
    int axis; // it runs along: 0 x, 2 z
    float side, y, low, high;
} Track;

static bool is_in_case(const Plan *plan, const PlanLight *light)
{
    if (light->place == PLAN_NONE)
        return false;
    const PlanPlace *place = &plan->places[light->place];
    PlanBox box = plan_box(place->position, place->yaw, place->size_m, 0);
    float at[2] = {light->position[0], light->position[2]};
    return plan_box_contains(&box, at) && light->position[1] > place->size_m[1] &&
           light->position[1] < place->size_m[1] + place->glass_m;
}

// ---- one lamp

static Box body_of(const float position[3], const float target[3])
{
    float forward[3], length = 0;
    for (int i = 0; i < 3; i++) {
        forward[i] = target[i] - position[i];
        length += forward[i] * forward[i];
    }
    length = sqrtf(MAX(length, 1e-9f));
    float run = hypotf(forward[0], forward[2]);
    Box body = {.half = {LAMP_HALF_M, LAMP_HALF_M, LAMP_LONG_M / 2},
                .yaw = run > 1e-4f ? atan2f(forward[0], forward[2]) : 0,
                .pitch = atan2f(forward[1], run),
                .has_no_front = true};
    // Behind the light's own place, so that it casts no shadow into its beam.
    for (int i = 0; i < 3; i++)
        body.center[i] = position[i] - forward[i] / length * (LAMP_LONG_M / 2 + 0.012f);
    return body;
}

static void add_lamp(Builder *builder, const float position[3], const float target[3])
{
    Box body = body_of(position, target);
    build_begin_part(builder, GALLERY_METAL);
    build_box(builder, &body);
    build_end_part(builder);
    build_begin_part(builder, GALLERY_GLOW_LAMP);
    build_box_front(builder, &body);
    build_end_part(builder);
}

static void add_puck(Builder *builder, const PlanLight *light)
{
    const float half = PUCK_HALF_M;
    const float *at = light->position;
    Box puck = {.center = {at[0], at[1] + 0.008f, at[2]}, .half = {half, 0.007f, half}};
    puck.has_no_bottom = true;
    build_begin_part(builder, GALLERY_METAL);
    build_box(builder, &puck);
    build_end_part(builder);
    build_begin_part(builder, GALLERY_GLOW_LAMP);
    build_patch(builder, &(Patch){.base = {at[0] - half, at[1] + 0.001f, at[2] - half},
                                  .u = {2 * half, 0, 0},
                                  .v = {0, 0, 2 * half},
                                  .normal = {0, -1, 0},
                                  .step_m = 1});
    build_end_part(builder);
}

// ---- tracks

static void add_bar(Builder *builder, const float low[3], const float high[3])
{
    Box box = {0};
    for (int i = 0; i < 3; i++) {
        box.center[i] = (low[i] + high[i]) / 2;
        box.half[i] = (high[i] - low[i]) / 2;
    }
    build_box(builder, &box);
}

static void add_rod(Builder *builder, const float at[3], float thick, float top)
{
    if (top - at[1] > 0.005f)
        add_bar(builder, (float[3]){at[0] - thick, at[1], at[2] - thick},
                (float[3]){at[0] + thick, top, at[2] + thick});
}

static bool is_under_sky(const PlanRoom *room, const float at[3])
{
    const PlanSkylight *sky = &room->skylight;
    return fabsf(at[0] - sky->center[0]) < sky->size_m[0] / 2 &&
           fabsf(at[2] - sky->center[1]) < sky->size_m[1] / 2;
}

// What would end under glass, where nothing holds it, goes on to its frame.
static void reach_frame(const PlanRoom *room, Track *track)
{
    const PlanSkylight *sky = &room->skylight;
    int axis = track->axis / 2;
    for (int end = 0; end < 2; end++) {
        float *at = end ? &track->high : &track->low, point[3] = {0};
        point[track->axis] = *at;
        point[2 - track->axis] = track->side;
        if (is_under_sky(room, point))
            *at = sky->center[axis] +
                  (sky->size_m[axis] / 2 + TRACK_END_M) * (end ? 1.0f : -1.0f);
    }
}

// As far as the room goes.
static void keep_in_room(const PlanRoom *room, Track *track)
{
    for (int end = 0; end < 2; end++) {
        float *at = end ? &track->high : &track->low, point[2];
        point[track->axis == 0] = track->side;
        point[track->axis != 0] = *at;
        if (!plan_room_contains(room, point))
            *at += end ? -TRACK_END_M : TRACK_END_M;
    }
}

static void add_track(Builder *builder, const Track *track)
{
    const PlanRoom *room = builder->room;
    int across = 2 - track->axis;
    float low[3], high[3];
    low[track->axis] = track->low;
    high[track->axis] = track->high;
    low[across] = track->side - TRACK_HALF_M;
    high[across] = track->side + TRACK_HALF_M;
    low[1] = track->y - TRACK_HALF_M;
    high[1] = track->y + TRACK_HALF_M;
    build_begin_part(builder, GALLERY_METAL);
    add_bar(builder, low, high);
    int count = MAX(1, (int)ceilf((track->high - track->low) / ROD_EVERY_M));
    for (int i = 0; i <= count; i++) {
        float at[3];
        at[track->axis] =
            track->low + 0.08f + (track->high - track->low - 0.16f) * (float)i / (float)count;
        at[across] = track->side;
        at[1] = high[1];
        if (!is_under_sky(room, at))
            add_rod(builder, at, 0.005f, room->height_m);
    }
    build_end_part(builder);
}

typedef struct Hanging {
    float position[3]; // of its body's middle
} Hanging;

static int sort_axis(const void *a, const void *b, int axis)
{
    const Hanging *x = a, *y = b;
    if (x->position[axis] != y->position[axis])
        return x->position[axis] < y->position[axis] ? -1 : 1;
    float other = x->position[2 - axis] - y->position[2 - axis];
    return other < 0 ? -1 : other > 0;
}

static int by_x(const void *a, const void *b)
{
    return sort_axis(a, b, 0);
}

static int by_z(const void *a, const void *b)
{
    return sort_axis(a, b, 2);
}

// An arm from the track to what hangs beside it, and down.
static void add_arm(Builder *builder, const Track *track, const Hanging *lamp)
{
    int across = 2 - track->axis;
    float low[3], high[3],
        at[3] = {lamp->position[0], lamp->position[1] + 0.01f, lamp->position[2]};
    memcpy(low, lamp->position, sizeof low);
    memcpy(high, lamp->position, sizeof high);
    low[track->axis] -= 0.007f;
    high[track->axis] += 0.007f;
    low[1] = track->y - 0.007f;
    high[1] = track->y + 0.007f;
    low[across] = MIN(track->side, lamp->position[across]) - 0.007f;
    high[across] = MAX(track->side, lamp->position[across]) + 0.007f;
    build_begin_part(builder, GALLERY_METAL);
    if (fabsf(track->side - lamp->position[across]) > TRACK_HALF_M)
        add_bar(builder, low, high);
    add_rod(builder, at, 0.007f, track->y);
    build_end_part(builder);
}

// Lamps in the order across the tracks: those that follow within reach of the first share one.
static void hang_lamps(Builder *builder, const Hanging *lamps, uint32_t count, int axis)
{
    int across = 2 - axis;
    for (uint32_t first = 0, next; first < count; first = next) {
        float sum = 0, least = lamps[first].position[across];
        Track track = {.axis = axis, .low = INFINITY, .high = -INFINITY};
        for (next = first;
             next < count && lamps[next].position[across] - least < 2 * TRACK_AWAY_M; next++) {
            const float *at = lamps[next].position;
            sum += at[across];
            track.low = MIN(track.low, at[axis] - TRACK_END_M);
            track.high = MAX(track.high, at[axis] + TRACK_END_M);
            track.y = MAX(track.y, at[1] + TRACK_OVER_M);
        }
        track.side = sum / (float)(next - first);
        track.y = MIN(track.y, builder->room->height_m - TRACK_HALF_M);
        reach_frame(builder->room, &track);
        keep_in_room(builder->room, &track);
        add_track(builder, &track);
        for (uint32_t i = first; i < next; i++)
            add_arm(builder, &track, &lamps[i]);
    }
}

// ---- the room's

static uint32_t collect(Builder *builder, const Plan *plan, uint32_t room, Hanging *out)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < plan->light_count; i++) {
        const PlanLight *light = &plan->lights[i];
        if (light->room != room)
            continue;
        if (is_in_case(plan, light)) {
            add_puck(builder, light);
            continue;
        }
        add_lamp(builder, light->position, light->target);
        float stem = builder->room->height_m - light->position[1];
        if (stem > 0.02f && stem < DEEPEST_M && count < MOST_LAMPS) {
            Box body = body_of(light->position, light->target);
            memcpy(out[count++].position, body.center, sizeof body.center);
            continue;
        }
        build_begin_part(builder, GALLERY_METAL);
        add_rod(builder, light->position, 0.008f, builder->room->height_m);
        build_end_part(builder);
    }
    return count;
}

void build_lamps(Builder *builder, const Plan *plan, uint32_t room)
{
    Scratch scratch = scratch_begin(builder->arena);
    Hanging *lamps = ARENA_ARRAY(scratch.arena, Hanging, MOST_LAMPS);
    double low[2], high[2];
    uint32_t count = collect(builder, plan, room, lamps);
    build_room_bounds(builder->room, low, high);
    int axis = high[0] - low[0] > high[1] - low[1] ? 0 : 2;
    qsort(lamps, count, sizeof *lamps, axis == 0 ? by_z : by_x);
    hang_lamps(builder, lamps, count, axis);
    scratch_end(scratch);
}
