// key_light.glsl: the light on a sculpture: its few lamps, and what bounces where it stands.

#include "shared.h"
#include "lib/lamp.glsl"
#include "lib/room_light.glsl"
#include "lib/surface.glsl"

// What a lamp sends to a surface, if nothing is in between.
vec3 open_lamp_lux(Light l, vec3 rel, vec3 normal)
{
    vec3 to_light = l.place.xyz - rel;
    float distance2 = dot(to_light, to_light);
    float n_l = max(dot(normal, to_light) * inversesqrt(distance2), 0.0);
    return l.color.rgb * (lamp_falloff(l, to_light, distance2) * n_l);
}

vec3 lamp_lux(Light l, vec3 rel, vec3 normal)
{
    return open_lamp_lux(l, rel, normal) * key_shadow(l, rel, normal, length(l.place.xyz - rel));
}

vec3 ambient_lux(vec3 normal)
{
    vec4 base = vec4(1.0, normal);
    vec4 bands = vec4(normal.xy * normal.yz, 3.0 * normal.z * normal.z - 1.0, normal.z * normal.x);
    float last = normal.x * normal.x - normal.y * normal.y;
    return max(vec3(dot(key.ambient[0], base) + dot(key.ambient_bands[0], bands),
                    dot(key.ambient[1], base) + dot(key.ambient_bands[1], bands),
                    dot(key.ambient[2], base) + dot(key.ambient_bands[2], bands)) +
               key.ambient_bands[3].rgb * last, vec3(0.0));
}

// What a surface sends on, besides its colour, whatever the lamp.
struct Sheen {
    vec3 eye, f0, matte, more;
    float n_e;
};

// What reaches a place of each lamp's light: distance, cone, and what stands in between.
float lamp_reach(Light l, vec3 rel, vec3 flat_normal)
{
    vec3 to_light = l.place.xyz - rel;
    float distance2 = dot(to_light, to_light);
    return lamp_falloff(l, to_light, distance2) *
           key_shadow(l, rel, flat_normal, sqrt(distance2));
}

vec4 lamp_reaches(Surface s)
{
    vec4 reach = vec4(lamp_reach(key.lights[0], s.rel, s.flat_normal),
                      lamp_reach(key.lights[1], s.rel, s.flat_normal),
                      lamp_reach(key.lights[2], s.rel, s.flat_normal), 0.0);
#ifdef FINE
    reach.w = lamp_reach(key.lights[3], s.rel, s.flat_normal);
#endif
    return reach;
}

vec3 key_light(Light l, Surface s, Sheen sheen, float reach)
{
    vec3 direction = normalize(l.place.xyz - s.rel);
    float n_l = max(dot(s.normal, direction), 0.0);
    vec3 gloss = glossy(s, sheen.f0, sheen.eye, direction, sheen.n_e, n_l);
    return l.color.rgb * (reach * n_l) *
           (sheen.matte * INV_PI * (1.0 - sheen.f0) + sheen.more * gloss);
}

vec3 lit_piece(Surface s, vec4 reach)
{
    Sheen sheen;
    sheen.eye = towards_eye(s.rel);
    sheen.n_e = max(dot(s.normal, sheen.eye), 1e-3);
    sheen.f0 = mix(vec3(0.04), s.color, s.metal);
    sheen.matte = s.color * (1.0 - s.metal);
    // What a rough surface scatters more than once: brings back the light a single bounce loses.
    vec2 fit = environment_fit(s.roughness, sheen.n_e);
    vec3 single = sheen.f0 * fit.x + fit.y;
    sheen.more = 1.0 + sheen.f0 * (1.0 / (fit.x + fit.y) - 1.0);

    vec3 light = key_light(key.lights[0], s, sheen, reach.x) +
                 key_light(key.lights[1], s, sheen, reach.y) +
                 key_light(key.lights[2], s, sheen, reach.z);
#ifdef FINE
    light += key_light(key.lights[3], s, sheen, reach.w);
#endif

    light += ambient_lux(s.normal) * s.open * sheen.matte * INV_PI * (1.0 - single);
    float seen = clamp(pow(sheen.n_e + s.open, exp2(-16.0 * s.roughness - 1.0)) - 1.0 + s.open,
                       0.0, 1.0);
    light += reflected_light(object.room[0], s.rel, reflect(-sheen.eye, s.calm), s.roughness) * single *
             sheen.more * seen;
    return light;
}
