// light.c: the light of a house, computed once for all.

#include "packer/light.h"

#include "packer/light_environment.h"
#include "packer/light_probe.h"
#include "packer/light_scene.h"
#include "packer/light_smooth.h"

#include <math.h>
#include <string.h>

enum { MOST_PASSES = 5, SMOOTH_ROUNDS = 3 };

typedef struct Effort {
    int lamp_samples;      // of a texel, ...
    int edge_samples;      // ... and of one in the edge of a shadow
    int pass_count;        // bounces
    int rays[MOST_PASSES]; // of a coarse texel in each
    int mirror_rays;       // of a texel of what is mirrored
    int contact_rays;      // of a fine texel of a floor near what stands on it
} Effort;

static const Effort efforts[LIGHT_QUALITY_COUNT] = {
    [LIGHT_DRAFT] = {1, 12, 3, {12, 12, 48}, 6, 64},
    [LIGHT_FINAL] = {2, 40, 4, {16, 16, 24, 192}, 24, 384},
};

enum { CONTACT_LOOKS = 9, CONTACT_HITS = 3 }; // directions, and how many of them are enough
#define CONTACT_M 0.16f // within it coarse texels do not tell what is below a bench

#define EDGE_RATIO 1.12f // between neighbours, in the edge of a shadow
#define LIFT_M 0.001f    // rays begin this far off their surface
#define INSET_M 0.003f
#define MOST_LUX 12000.0f
#define PIECE_ALBEDO 0.3f // of its surroundings' light, what a piece sends back

typedef struct Tracer {
    LightScene scene;
    const LightDesc *desc;
    const Effort *effort;
    float (*next)[3]; // of this pass, by coarse texel
    int pass;
    const char *doing;
    double begun, share; // of all work, for the bar
    Lightmap *maps;
    uint32_t room; // whose fine texels are at hand
    float (*fine)[3];
} Tracer;

const char *light_quality_name(LightQuality quality)
{
    static const char *const names[LIGHT_QUALITY_COUNT] = {"none", "draft", "final"};
    return names[quality];
}

static float dot(const float a[3], const float b[3])
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

// ---- lamps

// A place on the lamp's face.
static void lamp_point(const LightLamp *lamp, uint32_t chance, float out[3])
{
    float offset[3], u = light_part(light_hash(chance, 1)),
                     v = light_part(light_hash(chance, 2));
    light_around(lamp->direction, u, v, offset);
    float along = dot(offset, lamp->direction);
    for (int i = 0; i < 3; i++)
        out[i] = lamp->position[i] +
                 (offset[i] - lamp->direction[i] * along) * GALLERY_LAMP_RADIUS_M;
}

// What lamps send to a point, in lux. False if it lies inside of something.
static bool lamps_at(const LightScene *scene, const LightSurface *surface, const float at[3],
                     uint32_t chance, float out[3])
{
    const float *normal = surface->fine.normal;
    memset(out, 0, 3 * sizeof *out);
    for (uint32_t i = 0; i < surface->lamp_count; i++) {
        const LightLamp *lamp = &scene->lamps[scene->lamps_of[surface->first_lamp + i]];
        LightRay ray;
        float to[3], falloff = light_falloff(lamp, at);
        if (!(falloff > 0))
            continue;
        lamp_point(lamp, light_hash(chance, i), to);
        for (int k = 0; k < 3; k++) {
            ray.from[k] = at[k] + normal[k] * LIFT_M;
            to[k] -= ray.from[k];
        }
        float distance_m = sqrtf(MAX(dot(to, to), 1e-6f));
        for (int k = 0; k < 3; k++)
            ray.along[k] = to[k] / distance_m;
        float facing = dot(ray.along, normal);
        ray.reach_m = distance_m - 0.002f;
        if (facing <= 0)
            continue;
        LightMet met = light_shoot(scene, &ray, true).met;
        if (met == LIGHT_INSIDE)
            return false;
        for (int k = 0; k < 3 && met == LIGHT_NOTHING; k++)
            out[k] += lamp->color_cd[k] * falloff * facing;
    }
    return true;
}

static float brightness(const float lux[3])
{
    return 0.2126f * lux[0] + 0.7152f * lux[1] + 0.0722f * lux[2];
}

typedef struct TexelAt {
    const LightSurface *surface;
    const Chart *chart;
    int x, y;
    uint32_t chance;
} TexelAt;

static void sample_point(const TexelAt *texel, int sample, float out[3])
{
    float at[2];
    for (uint32_t k = 0; k < 2; k++) {
        float turn = light_part(light_hash(texel->chance, 11 + k));
        at[k] = (float)(k ? texel->y : texel->x) + light_even((uint32_t)sample, 2 + k, turn);
    }
    charts_point(texel->chart, at, INSET_M, out);
}

// The mean over a texel. False if all of it lies inside of something.
static bool lamps_on_texel(const LightScene *scene, const TexelAt *texel, int samples,
                           float out[3])
{
    float sum[3] = {0};
    int count = 0;
    for (int sample = 0; sample < samples; sample++) {
        float at[3], lux[3];
        sample_point(texel, sample, at);
        if (!lamps_at(scene, texel->surface, at,
                      light_hash(texel->chance, 100 + (uint32_t)sample), lux))
            continue;
        for (int k = 0; k < 3; k++)
            sum[k] += lux[k];
        count++;
    }
    for (int k = 0; k < 3; k++)
        out[k] = count ? sum[k] / (float)count : 0;
    return count > 0;
}

// ---- one surface at a time

static LightPicture picture_of(const LightScene *scene, const LightSurface *surface,
                               float (*values)[3])
{
    return (LightPicture){.lux = values + surface->first,
                          .is_valid = scene->is_valid + surface->first,
                          .width = surface->coarse.size[0],
                          .height = surface->coarse.size[1]};
}

static TexelAt texel_at(const Tracer *tracer, uint32_t index, const Chart *chart, int i)
{
    uint32_t name = light_hash(light_hash(tracer->desc->seed, index), (uint32_t)i);
    return (TexelAt){.surface = &tracer->scene.surfaces[index],
                     .chart = chart,
                     .x = i % chart->size[0],
                     .y = i / chart->size[0],
                     .chance = light_hash(name, (uint32_t)tracer->pass)};
}

static void show(const Tracer *tracer, size_t done, size_t count, int worker)
{
    if (worker == 0 && tracer->desc->progress)
        tracer->desc->progress(tracer->desc->progress_context, tracer->doing,
                               tracer->begun + tracer->share * (double)done /
                                                   (double)MAX(count, (size_t)1));
}

static Status light_directly(void *context, size_t first, size_t count, int worker)
{
    Tracer *tracer = context;
    LightScene *scene = &tracer->scene;
    for (size_t s = first; s < first + count; s++) {
        const LightSurface *surface = &scene->surfaces[s];
        LightPicture picture = picture_of(scene, surface, scene->direct);
        for (int i = 0; i < picture.width * picture.height; i++) {
            TexelAt texel = texel_at(tracer, (uint32_t)s, &surface->coarse, i);
            scene->is_valid[surface->first + (size_t)i] =
                lamps_on_texel(scene, &texel, tracer->effort->lamp_samples, picture.lux[i]);
        }
        light_fill(&picture);
        show(tracer, s, scene->surface_count, worker);
    }
    return OK;
}

// Light that arrives by way of other surfaces. False if most rays say that the texel lies
// inside of something.
static bool gather(const LightScene *scene, const TexelAt *texel, int rays, const float own[3],
                   float out[3])
{
    int good = 0;
    float sum[3] = {0}, turn[2];
    for (uint32_t k = 0; k < 2; k++)
        turn[k] = light_part(light_hash(texel->chance, 21 + k));
    for (int i = 0; i < rays; i++) {
        float seen[3];
        LightRay ray = {.reach_m = 1000};
        sample_point(texel, i, ray.from);
        for (int k = 0; k < 3; k++)
            ray.from[k] += texel->chart->normal[k] * LIFT_M;
        float u = ((float)i + turn[0]) / (float)rays;
        light_around(texel->chart->normal, u, light_even((uint32_t)i, 2, turn[1]), ray.along);
        LightHit hit = light_shoot(scene, &ray, true);
        if (hit.met == LIGHT_INSIDE || hit.met == LIGHT_NOTHING)
            continue;
        if (hit.met == LIGHT_ROOM)
            light_seen(scene, &hit, seen);
        for (int k = 0; k < 3; k++)
            sum[k] += hit.met == LIGHT_ROOM ? seen[k] * 3.14159265f : own[k] * PIECE_ALBEDO;
        good++;
    }
    for (int k = 0; k < 3; k++)
        out[k] = good ? sum[k] / (float)good : 0;
    return good * 3 > rays;
}

static Status light_by_bounce(void *context, size_t first, size_t count, int worker)
{
    Tracer *tracer = context;
    LightScene *scene = &tracer->scene;
    bool is_last = tracer->pass + 1 == tracer->effort->pass_count;
    for (size_t s = first; s < first + count; s++) {
        const LightSurface *surface = &scene->surfaces[s];
        LightPicture picture = picture_of(scene, surface, tracer->next);
        for (int i = 0; i < picture.width * picture.height; i++) {
            size_t at = surface->first + (size_t)i;
            TexelAt texel = texel_at(tracer, (uint32_t)s, &surface->coarse, i);
            scene->is_valid[at] = gather(scene, &texel, tracer->effort->rays[tracer->pass],
                                         scene->bounced[at], picture.lux[i]);
        }
        if (is_last)
            light_smooth(&picture, SMOOTH_ROUNDS);
        light_fill(&picture);
        show(tracer, s, scene->surface_count, worker);
    }
    return OK;
}

// ---- the texels that are kept

// What bounces, between the middles of coarse texels.
static void bounced_at(const LightScene *scene, const LightSurface *surface,
                       const float place[3], float out[3])
{
    const int *size = surface->coarse.size;
    float at[2], part[2];
    int cell[2];
    charts_texel(&surface->coarse, place, at);
    for (int k = 0; k < 2; k++) {
        at[k] = CLAMP(at[k] - 0.5f, 0.0f, (float)size[k] - 1.001f);
        cell[k] = (int)at[k];
        part[k] = at[k] - (float)cell[k];
    }
    memset(out, 0, 3 * sizeof *out);
    for (int corner = 0; corner < 4; corner++) {
        int x = cell[0] + (corner & 1), y = cell[1] + (corner >> 1);
        float weight =
            (corner & 1 ? part[0] : 1 - part[0]) * (corner >> 1 ? part[1] : 1 - part[1]);
        const float *lux =
            scene->bounced[surface->first + (size_t)y * (size_t)size[0] + (size_t)x];
        for (int k = 0; k < 3; k++)
            out[k] += weight * lux[k];
    }
}

// How near a place is to something that stands on it: 0 to 1.
static float contact_at(const LightScene *scene, const TexelAt *texel)
{
    int hits = 0;
    LightRay ray = {.reach_m = CONTACT_M};
    charts_point(texel->chart, (float[2]){(float)texel->x + 0.5f, (float)texel->y + 0.5f},
                 INSET_M, ray.from);
    for (int k = 0; k < 3; k++)
        ray.from[k] += texel->chart->normal[k] * LIFT_M;
    for (int i = 0; i < CONTACT_LOOKS; i++) {
        light_around(texel->chart->normal, ((float)i + 0.5f) / CONTACT_LOOKS,
                     light_even((uint32_t)i, 2, light_part(texel->chance)), ray.along);
        hits += light_shoot(scene, &ray, false).met != LIGHT_NOTHING;
    }
    return MIN((float)hits / CONTACT_HITS, 1.0f);
}

// What stands on a floor takes light from it in the width of a hand: there what bounces is
// gathered by fine texels. `shares`: of it, by texel; the rest is the coarse texels'.
static void gather_contacts(const Tracer *tracer, uint32_t index, float (*lux)[3],
                            float *shares)
{
    const LightSurface *surface = &tracer->scene.surfaces[index];
    LightScene before = tracer->scene; // of the last bounce, as coarse texels saw it
    int count = surface->fine.size[0] * surface->fine.size[1];
    Scratch scratch = scratch_begin(NULL);
    bool *is_near = ARENA_ARRAY(scratch.arena, bool, (size_t)count);
    before.bounced = tracer->next;
    for (int i = 0; i < count; i++) {
        TexelAt texel = texel_at(tracer, index, &surface->fine, i);
        float place[3], own[3];
        shares[i] = contact_at(&before, &texel);
        if (shares[i] <= 0)
            continue;
        charts_point(&surface->fine, (float[2]){(float)texel.x + 0.5f, (float)texel.y + 0.5f},
                     0, place);
        bounced_at(&before, surface, place, own);
        is_near[i] = gather(&before, &texel, tracer->effort->contact_rays, own, lux[i]);
        shares[i] = is_near[i] ? shares[i] : 0;
    }
    light_smooth(&(LightPicture){lux, is_near, surface->fine.size[0], surface->fine.size[1]},
                 1);
    scratch_end(scratch);
}

static void keep_texels(const Tracer *tracer, uint32_t index, float (*lux)[3])
{
    const LightSurface *surface = &tracer->scene.surfaces[index];
    size_t count = (size_t)surface->fine.size[0] * (size_t)surface->fine.size[1];
    Scratch scratch = scratch_begin(NULL);
    float(*near)[3] = arena_alloc(scratch.arena, count * sizeof *near, 16);
    float *shares = ARENA_ARRAY(scratch.arena, float, count);
    if (surface->fine.normal[1] > 0.9f)
        gather_contacts(tracer, index, near, shares);
    const Lightmap *map = &tracer->maps[tracer->room];
    const Chart *chart = &surface->fine;
    for (int i = 0; i < chart->size[0] * chart->size[1]; i++) {
        int x = i % chart->size[0], y = i / chart->size[0];
        float at[2] = {(float)x + 0.5f, (float)y + 0.5f}, place[3], all[3];
        charts_point(chart, at, 0, place);
        bounced_at(&tracer->scene, surface, place, all);
        for (int k = 0; k < 3; k++) {
            all[k] += (near[i][k] - all[k]) * shares[i];
            all[k] = MIN(all[k] + lux[i][k], MOST_LUX);
        }
        map->texels[(size_t)(chart->y + y) * map->width + (size_t)(chart->x + x)] =
            lightmap_pack_color(all);
    }
    scratch_end(scratch);
}

// A few samples everywhere, and many where a texel differs from those around it: in the edges
// of shadows.
static bool is_edge(const LightPicture *p, int at)
{
    int x = at % p->width, y = at / p->width;
    float low = INFINITY, high = 0;
    for (int k = 0; k < 9; k++) {
        int to_x = x + k % 3 - 1, to_y = y + k / 3 - 1;
        if (to_x < 0 || to_y < 0 || to_x >= p->width || to_y >= p->height)
            continue;
        int to = to_y * p->width + to_x;
        float here = p->is_valid[to] ? brightness(p->lux[to]) : 0;
        low = MIN(low, here);
        high = MAX(high, here);
    }
    return high > low * EDGE_RATIO + 0.5f;
}

static void light_chart(const Tracer *tracer, uint32_t index, float (*lux)[3], bool *is_valid)
{
    const LightScene *scene = &tracer->scene;
    const Chart *chart = &scene->surfaces[index].fine;
    LightPicture picture = {lux, is_valid, chart->size[0], chart->size[1]};
    int count = chart->size[0] * chart->size[1];
    Scratch scratch = scratch_begin(NULL);
    bool *is_due = ARENA_ARRAY(scratch.arena, bool, (size_t)count);
    for (int i = 0; i < count; i++) {
        TexelAt texel = texel_at(tracer, index, chart, i);
        is_valid[i] = lamps_on_texel(scene, &texel, tracer->effort->lamp_samples, lux[i]);
    }
    for (int i = 0; i < count; i++)
        is_due[i] = is_edge(&picture, i);
    for (int i = 0; i < count; i++) {
        TexelAt texel = texel_at(tracer, index, chart, i);
        if (is_due[i])
            is_valid[i] = lamps_on_texel(scene, &texel, tracer->effort->edge_samples, lux[i]);
    }
    light_fill(&picture);
    scratch_end(scratch);
}

static Status light_finely(void *context, size_t first, size_t count, int worker)
{
    Tracer *tracer = context;
    const LightRoom *room = &tracer->scene.rooms[tracer->room];
    for (size_t s = first; s < first + count; s++) {
        uint32_t index = room->first_surface + (uint32_t)s;
        const LightSurface *surface = &tracer->scene.surfaces[index];
        size_t texels = (size_t)surface->fine.size[0] * (size_t)surface->fine.size[1];
        Arena arena = {0};
        float(*lux)[3] = arena_alloc(&arena, texels * sizeof *lux, 16);
        bool *is_valid = ARENA_ARRAY(&arena, bool, texels);
        light_chart(tracer, index, lux, is_valid);
        keep_texels(tracer, index, lux);
        arena_drop(&arena);
        show(tracer, s, room->surface_count, worker);
    }
    return OK;
}

static void begin_map(Tracer *tracer, Arena *arena, uint32_t index)
{
    const LightRoom *room = &tracer->scene.rooms[index];
    Lightmap *map = &tracer->maps[index];
    *map = (Lightmap){.width = LIGHT_FINE_WIDTH,
                      .height = (uint32_t)MAX(room->fine_height, 1),
                      .chart_count = room->surface_count};
    memcpy(map->plan_hash, tracer->desc->plan_hash, sizeof map->plan_hash);
    memcpy(map->key, tracer->desc->key, sizeof map->key);
    map->texels = ARENA_ARRAY(arena, uint32_t, (size_t)map->width * map->height);
    map->charts = ARENA_ARRAY(arena, Chart, (size_t)room->surface_count + 1);
    for (uint32_t i = 0; i < room->surface_count; i++)
        map->charts[i] = tracer->scene.surfaces[room->first_surface + i].fine;
}

// ---- the whole

NODISCARD static Status run(Tracer *tracer, const char *doing, double end, size_t count,
                            ParallelFn *step)
{
    tracer->doing = doing;
    tracer->share = end - tracer->begun;
    TRY(parallel_for(&(ParallelDesc){.count = count,
                                     .run = step,
                                     .context = tracer,
                                     .cancel = tracer->desc->cancel,
                                     .worker_limit = tracer->desc->worker_limit}));
    tracer->begun = end;
    return OK;
}

NODISCARD static Status bounce(Tracer *tracer)
{
    LightScene *scene = &tracer->scene;
    int all = 0, done = 0;
    for (int i = 0; i < tracer->effort->pass_count; i++)
        all += tracer->effort->rays[i];
    for (tracer->pass = 0; tracer->pass < tracer->effort->pass_count; tracer->pass++) {
        done += tracer->effort->rays[tracer->pass];
        TRY(run(tracer, "light that bounces", 0.04 + 0.46 * done / all, scene->surface_count,
                light_by_bounce));
        float(*before)[3] = scene->bounced;
        scene->bounced = tracer->next;
        tracer->next = before;
    }
    return OK;
}

NODISCARD static Status trace_room(Tracer *tracer, Arena *arena)
{
    const LightDesc *desc = tracer->desc;
    LightScene *scene = &tracer->scene;
    Lightmap *map = &tracer->maps[tracer->room];
    begin_map(tracer, arena, tracer->room);
    TRY(run(tracer, "light from lamps", 0.5 + 0.5 * (tracer->room + 1) / desc->plan->room_count,
            scene->rooms[tracer->room].surface_count, light_finely));
    TRY(light_probes(scene, tracer->room, arena, map));
    return light_environment(&(LightEnvironmentDesc){.scene = scene,
                                                     .room = tracer->room,
                                                     .rays = tracer->effort->mirror_rays,
                                                     .worker_limit = desc->worker_limit,
                                                     .cancel = desc->cancel},
                             arena, &map->environment);
}

NODISCARD static Status trace(Tracer *tracer, Arena *arena)
{
    const LightDesc *desc = tracer->desc;
    LightScene *scene = &tracer->scene;
    TRY(run(tracer, "light from lamps", 0.04, scene->surface_count, light_directly));
    TRY(bounce(tracer));
    for (uint32_t room = 0; room < desc->plan->room_count; room++) {
        tracer->room = room;
        if (desc->is_there && desc->is_there[room])
            continue;
        TRY(trace_room(tracer, arena));
        if (desc->on_room)
            desc->on_room(desc->room_context, room, &tracer->maps[room]);
    }
    return OK;
}

Status light_house(const LightDesc *desc, Arena *arena, Lightmap *out)
{
    Scratch scratch = scratch_begin(arena);
    Tracer tracer = {.desc = desc, .effort = &efforts[desc->quality], .maps = out};
    Status status = light_scene_make(desc, scratch.arena, &tracer.scene);
    if (!status) {
        tracer.next =
            arena_alloc(scratch.arena, tracer.scene.texel_count * sizeof *tracer.next, 16);
        status = trace(&tracer, arena);
    }
    light_scene_drop(&tracer.scene);
    scratch_end(scratch);
    return status;
}
