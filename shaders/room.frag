// room.frag: walls, floors, furniture, in the light that was baked for them. Variants: POLISHED
// mirrors the room; PLANKS and PARQUET are floors of oak and do too. PANELS are walls of wood, SKY
// is what windows show.

#include "shared.h"
#include "lib/haze.glsl"
#include "lib/surface.glsl"
#include "lib/tone.glsl"
#include "lib/wood.glsl"

#if defined(POLISHED) || defined(PLANKS) || defined(PARQUET)
#define MIRRORS
#include "lib/calm.glsl"
#include "lib/room_light.glsl"
#endif
#ifdef POLISHED
#include "lib/slabs.glsl"
#endif
#ifdef PANELS
#include "lib/panels.glsl"
#endif

uniform sampler2DArray details; // normal x and y, colour, roughness: 0.5 is none
uniform sampler2D light_map;    // lux; alpha: how bright the bounced part of it is

in vec3 rel;
in vec3 surface_normal;
in vec2 surface_uv;
in vec2 light_uv;
in float surface_open;

out vec4 color_out;

// A frame on the surface from the change of uv on the screen: no tangents to carry around.
mat3 surface_frame(vec3 normal)
{
    vec3 dx = dFdx(rel), dy = dFdy(rel);
    vec2 du = dFdx(surface_uv), dv = dFdy(surface_uv);
    vec3 a = cross(dy, normal), b = cross(normal, dx);
    vec3 t = a * du.x + b * dv.x, s = a * du.y + b * dv.y;
    float scale = inversesqrt(max(max(dot(t, t), dot(s, s)), 1e-20));
    return mat3(t * scale, s * scale, normal);
}

// Colour, roughness and slope of the material.
vec2 make_surface(inout Surface s)
{
#if defined(PLANKS) || defined(PARQUET)
    Wood wood = wood_at(surface_uv, object.color.rgb, details);
    s.color = wood.color;
    s.roughness = clamp(object.surface.x * wood.roughness, 0.05, 1.0);
    return wood.bump.xy;
#elif defined(PANELS)
    Panels panels = panels_at(surface_uv, object.color.rgb, details);
    s.color = panels.color;
    s.roughness = clamp(object.surface.x * panels.roughness, 0.05, 1.0);
    return panels.slope;
#else
    vec4 detail = texture(details, vec3(surface_uv / object.pattern.x, object.surface.w));
    s.color = object.color.rgb * (1.0 + (detail.z - 0.5) * 2.0 * object.pattern.z);
    s.roughness = clamp(object.surface.x * (0.7 + 0.6 * detail.w), 0.05, 1.0);
#ifdef POLISHED
    s.color *= object.surface.z == 0.0  ? 1.0
               : object.surface.z > 0.0 ? slab_tone(surface_uv, object.surface.z)
                                        : checker_tone(surface_uv, -object.surface.z);
#endif
    return (detail.xy - 0.5) * object.pattern.y;
#endif
}

#ifdef SKY
// Overcast: three times as bright overhead as at the horizon (gallery_sky_share). Far trees stand
// before it, and a meadow before these: too far away to move as one walks.
void main()
{
    vec3 along = normalize(rel);
    float up = along.y, around = atan(along.x, along.z), soft = max(fwidth(up), 0.004);
    float crowns = 0.030 + 0.010 * sin(around * 9.0) + 0.006 * sin(around * 31.0 + 1.3) +
                   0.003 * sin(around * 83.0);
    float sky_there = smoothstep(-soft, soft, up - crowns);
    float trees_there = smoothstep(-soft, soft, up + 0.006);
    vec3 meadow = mix(vec3(0.42, 0.44, 0.36), vec3(0.22, 0.245, 0.17), clamp(-up * 2.5, 0.0, 1.0));
    vec3 trees = mix(vec3(0.23, 0.25, 0.225), vec3(0.34, 0.36, 0.34), clamp(up * 30.0, 0.0, 1.0));
    vec3 sky = mix(vec3(1.0, 0.995, 0.97), vec3(0.86, 0.93, 1.0), clamp(up * 1.6, 0.0, 1.0));
    vec3 light = mix(mix(meadow, trees, trees_there), sky * (1.0 + 1.2 * max(up, 0.0)), sky_there);
    light *= object.color.rgb * object.color.w;
    color_out = vec4(picture_color(light) + dither(gl_FragCoord.xy), 1.0);
}
#else
void main()
{
    Surface s;
    s.rel = rel;
    s.flat_normal = normalize(surface_normal);
    s.metal = object.surface.y;
    s.open = surface_open;
    vec2 slope = make_surface(s);
    vec4 baked = texture(light_map, light_uv);
    float brightness = dot(baked.rgb, vec3(0.2126, 0.7152, 0.0722));
    float bounced = min(baked.a / max(brightness, 1e-3), 1.0);
    // Lamps hang above: what leans upwards is brighter.
    vec3 lux = baked.rgb * (1.0 - (1.0 - s.open) * bounced) * (1.0 + dot(slope, vec2(0.3, 0.7)));
    vec3 light = lux * s.color * (1.0 - 0.6 * s.metal) * INV_PI;
#ifdef MIRRORS
    s.normal = normalize(surface_frame(s.flat_normal) * vec3(slope, 1.0));
    s.roughness = calm_roughness(s.roughness, s.flat_normal);
    vec3 eye = towards_eye(rel);
    float n_e = max(dot(s.normal, eye), 1e-3);
    vec2 fit = environment_fit(s.roughness, n_e);
    vec3 single = mix(vec3(0.04), s.color, s.metal) * fit.x + fit.y;
    light *= 1.0 - single * (1.0 - s.metal);
    light += reflected_light(object.room[0], rel, reflect(-eye, s.normal), s.roughness) *
             single * (1.0 - (1.0 - s.open) * bounced);
#endif
    light = light * object.mode.x + s.color * object.color.w;
    color_out = vec4(hazed(picture_color(light)) + dither(gl_FragCoord.xy), 1.0);
}
#endif
