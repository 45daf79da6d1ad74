// still_light.c: what a sample of a still shows: two soft lamps, the studio around, and what
// the piece throws on itself.

#include "packer/still_parts.h"

#include <math.h>
#include <string.h>

#define PI 3.14159265f
#define KEY_SINE 0.30f // of half the angle a lamp is wide
#define KEY_LIGHT 13.0f
#define RIM_SINE 0.22f
#define RIM_LIGHT 9.0f
#define GROUND 0.32f // of the light it sends back
#define BOUNCE 0.45f // of the light around that reaches what light comes back from
#define MIRROR 0.32f // smoother surfaces show the lamps themselves
#define SPREAD 1.6f  // times alpha: so wide is what one of its little mirrors throws apart
#define LEAST_ROUGH 0.045f
#define FAR_GROUND 40.0f // radii: no shadow is looked for beyond

// ---- chances

static uint32_t mix(uint32_t a, uint32_t b)
{
    uint32_t x = a * 0x9e3779b9u ^ (b + 0x7f4a7c15u + (a << 6));
    x = (x ^ x >> 16) * 0x7feb352du;
    x = (x ^ x >> 15) * 0x846ca68bu;
    return x ^ x >> 16;
}

// Pairs of dimensions fill a square evenly, from another place on for each pixel and pair.
float still_even(const StillChance *chance, uint32_t dimension)
{
    static const float steps[2] = {0.7548776662f, 0.5698402910f};
    uint32_t pair = dimension / 2, place = chance->index * (2 * (pair % 8) + 1);
    float turn = (float)(mix(chance->pixel, dimension) >> 8) / 16777216.0f;
    float value = turn + (float)(place % 1024) * steps[dimension % 2];
    return MIN(value - floorf(value), 0.9999999f);
}

// ---- vectors

static float dot(const float a[3], const float b[3])
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

static void make_unit(float v[3])
{
    float size = sqrtf(dot(v, v));
    for (int i = 0; i < 3 && size > 0; i++)
        v[i] /= size;
}

// Duff et al. 2017: two directions across.
static void across(const float n[3], float x[3], float y[3])
{
    float side = n[2] >= 0 ? 1.0f : -1.0f, a = -1 / (side + n[2]), b = n[0] * n[1] * a;
    const float first[3] = {1 + side * n[0] * n[0] * a, side * b, -side * n[0]};
    const float second[3] = {b, side + n[1] * n[1] * a, -n[1]};
    memcpy(x, first, sizeof first);
    memcpy(y, second, sizeof second);
}

static void around(const float n[3], float radius, float turn, float ahead, float out[3])
{
    float x[3], y[3];
    across(n, x, y);
    for (int i = 0; i < 3; i++)
        out[i] = x[i] * radius * cosf(turn) + y[i] * radius * sinf(turn) + n[i] * ahead;
}

// As often as its cosine.
static void half_around(const float n[3], const StillChance *chance, uint32_t dimension,
                        float out[3])
{
    float u = still_even(chance, dimension), v = still_even(chance, dimension + 1);
    around(n, sqrtf(u), 2 * PI * v, sqrtf(1 - u), out);
}

// Evenly over a lamp's disc.
static void towards_lamp(const float lamp[3], float sine, const StillChance *chance,
                         uint32_t dimension, float out[3])
{
    float u = still_even(chance, dimension), v = still_even(chance, dimension + 1);
    float radius = sine * sqrtf(u);
    around(lamp, radius, 2 * PI * v, sqrtf(1 - radius * radius), out);
}

// ---- the studio: a pale ceiling, darker towards the ground, which sends some of it back

static float sky(const StillStudio *studio, const float along[3])
{
    float up = dot(along, studio->up);
    return up > 0 ? 0.29f + 0.48f * up : 0.29f + 0.14f * up;
}

// A lamp in a mirror that throws light apart by `blur`: its edge is soft then, and all of it
// paler.
static float lamp_seen(const float lamp[3], float sine, float blur, const float along[3])
{
    float edge = sqrtf(1 - sine * sine), soft = MAX(2 * sine * blur, 0.004f);
    float t = CLAMP((dot(lamp, along) - edge) / soft + 0.5f, 0.0f, 1.0f);
    return t * t * (3 - 2 * t) * sine * sine / (sine * sine + blur * blur);
}

// ---- rays from a surface

static StillRay ray_from(const StillScene *scene, const float at[3], const float face[3],
                         const float along[3])
{
    StillRay ray;
    for (int i = 0; i < 3; i++) {
        ray.from[i] = at[i] + face[i] * scene->grain_m;
        ray.along[i] = along[i];
    }
    return ray;
}

// Where a ray comes to the ground; below 0: it does not.
static float to_ground(const StillScene *scene, const StillRay *ray)
{
    if (!scene->is_lying || ray->along[1] > -1e-4f)
        return -1;
    return (scene->ground_m - ray->from[1]) / ray->along[1];
}

// What comes back along a ray, by and large and without lamps: nobody looks at it directly.
static void gather(const StillScene *scene, const StillStudio *studio, const StillRay *ray,
                   float out[3])
{
    StillSurface met;
    float ground = to_ground(scene, ray);
    if (still_meet(scene, ray, &met)) {
        float lit = MAX(dot(met.normal, studio->key), 0.0f) * KEY_LIGHT * KEY_SINE * KEY_SINE;
        float light = BOUNCE * (sky(studio, met.normal) + 0.5f * lit);
        for (int i = 0; i < 3; i++)
            out[i] = met.color[i] * (light + met.emission);
    } else if (ground >= 0) {
        for (int i = 0; i < 3; i++)
            out[i] = GROUND * (1.3f * ground < scene->radius_m ? 0.75f : 1.3f);
    } else {
        float light = sky(studio, ray->along);
        for (int i = 0; i < 3; i++)
            out[i] = light;
    }
}

// ---- what shines

static float fresnel(float f0, float cosine)
{
    float left = 1 - CLAMP(cosine, 0.0f, 1.0f), square = left * left;
    return f0 + (1 - f0) * square * square * left;
}

static float shadowing(float cosine, float alpha)
{
    float a2 = alpha * alpha;
    return 2 * cosine / (cosine + sqrtf(a2 + (1 - a2) * cosine * cosine));
}

static float highlight(const StillSurface *s, const float to_eye[3], const float to_lamp[3],
                       float alpha)
{
    float half[3];
    for (int i = 0; i < 3; i++)
        half[i] = to_eye[i] + to_lamp[i];
    make_unit(half);
    float nh = MAX(dot(s->normal, half), 0.0f), nv = MAX(dot(s->normal, to_eye), 1e-3f);
    float nl = MAX(dot(s->normal, to_lamp), 1e-3f), a2 = alpha * alpha;
    float below = nh * nh * (a2 - 1) + 1;
    return a2 / (PI * below * below) * shadowing(nv, alpha) * shadowing(nl, alpha) / (4 * nv);
}

// Heitz 2018: of the little mirrors that the eye sees, one.
static void mirror_normal(const StillSurface *s, const float to_eye[3], float alpha,
                          const StillChance *chance, float out[3])
{
    float x[3], y[3];
    across(s->normal, x, y);
    float view[3] = {alpha * dot(to_eye, x), alpha * dot(to_eye, y),
                     MAX(dot(to_eye, s->normal), 1e-3f)};
    make_unit(view);
    float flat = view[0] * view[0] + view[1] * view[1];
    float scale = flat > 0 ? 1 / sqrtf(flat) : 0;
    float t1[3] = {flat > 0 ? -view[1] * scale : 1, flat > 0 ? view[0] * scale : 0, 0};
    float t2[3] = {view[1] * t1[2] - view[2] * t1[1], view[2] * t1[0] - view[0] * t1[2],
                   view[0] * t1[1] - view[1] * t1[0]};
    float r = sqrtf(still_even(chance, 6)), turn = 2 * PI * still_even(chance, 7);
    float p1 = r * cosf(turn), p2 = r * sinf(turn), part = 0.5f * (1 + view[2]);
    p2 = (1 - part) * sqrtf(MAX(1 - p1 * p1, 0.0f)) + part * p2;
    float p3 = sqrtf(MAX(1 - p1 * p1 - p2 * p2, 0.0f)), micro[3];
    for (int i = 0; i < 3; i++)
        micro[i] = p1 * t1[i] + p2 * t2[i] + p3 * view[i];
    for (int i = 0; i < 3; i++)
        out[i] = alpha * micro[0] * x[i] + alpha * micro[1] * y[i] +
                 MAX(micro[2], 0.0f) * s->normal[i];
    make_unit(out);
}

static void reflect(const StillScene *scene, const StillStudio *studio, const StillSurface *s,
                    const float to_eye[3], const float f0[3], const StillChance *chance,
                    float shine[3])
{
    float alpha = MAX(s->roughness * s->roughness, LEAST_ROUGH * LEAST_ROUGH);
    float micro[3], along[3], light[3];
    mirror_normal(s, to_eye, alpha, chance, micro);
    float cosine = dot(to_eye, micro);
    for (int i = 0; i < 3; i++)
        along[i] = 2 * cosine * micro[i] - to_eye[i];
    float nl = dot(s->normal, along);
    if (nl <= 0 || dot(s->face, along) <= 0)
        return;
    StillRay ray = ray_from(scene, s->at, s->face, along);
    gather(scene, studio, &ray, light);
    for (int i = 0; i < 3; i++)
        shine[i] += light[i] * fresnel(f0[i], cosine) * shadowing(nl, alpha) * s->occlusion;
}

// What a smooth surface shows of the lamps: worked out, for chance would be grain.
static void mirror_lamps(const StillScene *scene, const StillStudio *studio,
                         const StillSurface *s, const float to_eye[3], const float f0[3],
                         float shine[3])
{
    float along[3], cosine = dot(to_eye, s->normal);
    for (int i = 0; i < 3; i++)
        along[i] = 2 * cosine * s->normal[i] - to_eye[i];
    float blur = SPREAD * s->roughness * s->roughness;
    float light = KEY_LIGHT * lamp_seen(studio->key, KEY_SINE, blur, along) +
                  RIM_LIGHT * lamp_seen(studio->rim, RIM_SINE, blur, along);
    StillRay ray = ray_from(scene, s->at, s->face, along);
    if (light <= 0 || dot(along, s->face) <= 0 || still_is_blocked(scene, &ray))
        return;
    for (int i = 0; i < 3; i++)
        shine[i] += light * fresnel(f0[i], cosine);
}

// A lamp: what it sends onto the surface, and what of it shines.
static void add_lamp(const StillScene *scene, const StillSurface *s, const float to_eye[3],
                     const float f0[3], const float to_lamp[3], float light, StillSample *out)
{
    float nl = dot(s->normal, to_lamp);
    if (nl <= 0 || dot(s->face, to_lamp) <= 0)
        return;
    StillRay ray = ray_from(scene, s->at, s->face, to_lamp);
    if (still_is_blocked(scene, &ray))
        return;
    float half[3], alpha = s->roughness * s->roughness;
    for (int i = 0; i < 3; i++)
        half[i] = to_eye[i] + to_lamp[i];
    make_unit(half);
    float shine = s->roughness < MIRROR ? 0 : PI * light * highlight(s, to_eye, to_lamp, alpha);
    for (int i = 0; i < 3; i++) {
        out->light[i] += light * nl;
        out->shine[i] += shine * fresnel(f0[i], dot(to_eye, half));
    }
}

void still_shade(const StillScene *scene, const StillStudio *studio, const StillRay *ray,
                 const StillSurface *surface, const StillChance *chance, StillSample *out)
{
    StillSurface s = *surface;
    float to_eye[3], f0[3], lamp[3], along[3], light[3];
    for (int i = 0; i < 3; i++)
        to_eye[i] = -ray->along[i];
    // A normal that turns away from the eye is seen edge on.
    float away = dot(s.normal, to_eye);
    for (int i = 0; i < 3 && away < 0.02f; i++)
        s.normal[i] += (0.02f - away) * to_eye[i];
    make_unit(s.normal);
    *out = (StillSample){0};
    for (int i = 0; i < 3; i++) {
        f0[i] = 0.04f + (s.color[i] - 0.04f) * s.metal;
        out->albedo[i] = s.color[i] * (1 - s.metal);
        out->mirror[i] = MAX(f0[i], 0.02f);
    }
    // Light over PI: a white surface sends back what it takes in.
    towards_lamp(studio->key, KEY_SINE, chance, 2, lamp);
    add_lamp(scene, &s, to_eye, f0, lamp, KEY_LIGHT * KEY_SINE * KEY_SINE, out);
    towards_lamp(studio->rim, RIM_SINE, chance, 4, lamp);
    add_lamp(scene, &s, to_eye, f0, lamp, RIM_LIGHT * RIM_SINE * RIM_SINE, out);
    half_around(s.normal, chance, 8, along);
    if (dot(along, s.face) > 0) {
        StillRay around_it = ray_from(scene, s.at, s.face, along);
        gather(scene, studio, &around_it, light);
        for (int i = 0; i < 3; i++)
            out->light[i] += light[i] * (0.4f + 0.6f * s.occlusion);
    }
    reflect(scene, studio, &s, to_eye, f0, chance, out->shine);
    if (s.roughness < MIRROR)
        mirror_lamps(scene, studio, &s, to_eye, f0, out->shine);
    for (int i = 0; i < 3; i++)
        out->shine[i] += s.emission * s.color[i];
}

float still_ground(const StillScene *scene, const StillStudio *studio, const StillRay *ray,
                   const StillChance *chance)
{
    static const float up[3] = {0, 1, 0};
    float far = to_ground(scene, ray), at[3], lamp[3], along[3], light = 0, whole = 0;
    if (far < 0)
        return 1;
    float off2 = 0;
    for (int i = 0; i < 3; i++) {
        at[i] = ray->from[i] + ray->along[i] * far;
        off2 += i == 1 ? 0 : (at[i] - scene->middle[i]) * (at[i] - scene->middle[i]);
    }
    if (off2 > FAR_GROUND * FAR_GROUND * scene->radius_m * scene->radius_m)
        return 1;
    towards_lamp(studio->key, KEY_SINE, chance, 2, lamp);
    StillRay to_lamp = ray_from(scene, at, up, lamp);
    float key = KEY_LIGHT * KEY_SINE * KEY_SINE * MAX(lamp[1], 0.0f);
    whole += key;
    light += still_is_blocked(scene, &to_lamp) ? 0 : key;
    half_around(up, chance, 8, along);
    StillRay around_it = ray_from(scene, at, up, along);
    float open = sky(studio, along);
    whole += open;
    light += still_is_blocked(scene, &around_it) ? 0.1f * open : open;
    return light / whole;
}
