// detail.glsl: what the lens shows of a surface besides its beauty.
//
// Each mode answers one question that people who examine objects ask, and answers it for the
// finest texel that is known: `skin` has the surface's normal and colour from the scan, not
// from the coarser triangles that carry them.
//
//   albedo     which colour is it, without any light?
//   normals    which way does it face? x right is red, y up green, towards the eye blue
//   raking     what stands out when one light grazes it? Whatever rises casts its shadow, be it
//              triangles (a shadow map) or texels (a horizon)
//   relief     where is it hollow, where does it stand out, whatever the light? For worn
//              inscriptions: curvature over several scales, of what was baked at the vertices
//              (packer/bake_relief) and of the picture itself, as radiance scaling
//   height     how deep is it? Bands of so many micrometres over the plane the lens looks at
//   specular   how would it shine if it were polished? Its own normals, a mirror's highlight
//
// Raking light and relief need to know what lies around a pixel. So surfaces only *tell* which
// way they face, into the very samples that would hold their colour; then relief.frag
// looks at all of that, with DETAIL_AROUND, and lights it. What is no sculpture has its colour
// at once.
//
// DETAIL is the mode; each is a shader of its own.

#include "shared.h"
#include "lib/tone.glsl"

// ---- what a surface tells: its normal along the camera's axes, a value; as ten bits each

vec4 detail_tell(vec3 normal, float value)
{
    vec3 n = normal.z < 0.0 ? vec3(normalize(normal.xy), 0.0) : normal; // just turned away
    return vec4((n.xy * 511.0 + 512.0) / 1023.0, value, DETAIL_TOLD);
}

vec3 told_normal(vec2 told)
{
    vec2 n = (told * 1023.0 - 512.0) / 511.0;
    return vec3(n, sqrt(max(1.0 - dot(n, n), 0.0)));
}

#ifndef DETAIL_AROUND
#include "lib/piece.glsl"

#if DETAIL != DETAIL_RAKING && DETAIL != DETAIL_RELIEF

// picture_color exposes light; this is the light that it then shows as this colour.
vec3 shown(vec3 linear_color)
{
    return linear_color / view.look.x;
}

// ---- albedo, normals

vec3 detail_albedo(Surface s)
{
    return shown(s.color);
}

vec3 detail_normals(Surface s)
{
    return shown(pow(max(mat3(view.turn) * s.normal * 0.5 + 0.5, 0.0), vec3(2.2)));
}

// ---- height

// Lines between bands, as wide on the screen wherever they are; every fifth is stronger.
float contour(float bands, float wide_px)
{
    float slope = max(fwidth(bands), 1e-6);
    float away_px = abs(bands - round(bands)) / slope;
    float crowded = smoothstep(0.25, 0.5, slope); // bands thinner than a few pixels: no lines
    return (1.0 - smoothstep(wide_px * 0.5 - 0.5, wide_px * 0.5 + 0.5, away_px)) * (1.0 - crowded);
}

vec3 detail_height(Surface s)
{
    const vec3 LOW = vec3(0.045, 0.17, 0.32), LEVEL = vec3(0.66, 0.63, 0.56),
               HIGH = vec3(0.45, 0.15, 0.035);
    const float REACH = 6.0; // bands, until colours are nearly full
    float bands = (dot(object.plane.xyz, s.rel) - object.plane.w) / object.mode.y;
    float middle = floor(bands) + 0.5; // one colour a band
    float part = clamp(fwidth(bands) * 2.0 - 1.0, 0.0, 1.0);
    float at = mix(middle, bands, part) / REACH;
    at /= 1.0 + abs(at);
    vec3 color = mix(LEVEL, at < 0.0 ? LOW : HIGH, min(abs(at) * 1.6, 1.0));
    float line = max(0.45 * contour(bands, 1.2), 0.85 * contour(bands / 5.0, 1.8));
    float light = dot(s.normal, towards_eye(s.rel));
    return shown(color * (1.0 - line) * mix(0.55, 1.0, clamp(light, 0.0, 1.0)));
}

// ---- specular enhancement

// Malzbender, Gelb, Wolters: Polynomial Texture Maps, 2001, section 4.2: a little of its own
// colour, and a mirror's highlight about its own normals, whatever it is made of. Normals that
// turn within a pixel widen and dim it instead of sparkling: Blinn's exponent is 2 / a^2 - 2 for
// a lobe that is `a` wide.
vec3 detail_specular(Surface s)
{
    const float POLISHED = 0.42, MATTE = 0.30, GLOSS = 0.75;
    vec3 light = normalize(key.lights[0].place.xyz - s.rel);
    vec3 middle = normalize(light + towards_eye(s.rel));
    float least = pow(POLISHED, 4.0);
    float wide = pow(calm_roughness(POLISHED, s.normal), 4.0);
    float turned = max(dot(calm_normal(POLISHED, s.normal), middle), 0.0);
    float gloss = pow(turned, 2.0 / wide - 2.0) * least / wide;
    float lit = max(dot(s.normal, light), 0.0);
    float gray = dot(s.color, vec3(0.2126, 0.7152, 0.0722));
    return shown(mix(vec3(gray), s.color, 0.35) * MATTE * (0.25 + 0.75 * lit) +
                 vec3(GLOSS * gloss * smoothstep(0.0, 0.1, lit)));
}

// Light is dithered; colours and normals alone are shown as they are.
vec4 detail_color(vec3 rel, Skin skin, float curvature)
{
    Surface s = surface_of(rel, skin, 0.06);
#if DETAIL == DETAIL_ALBEDO
    vec3 light = detail_albedo(s);
#elif DETAIL == DETAIL_NORMALS
    vec3 light = detail_normals(s);
#elif DETAIL == DETAIL_HEIGHT
    vec3 light = detail_height(s);
#else
    vec3 light = detail_specular(s);
#endif
    float dim = DETAIL > DETAIL_NORMALS ? dither(gl_FragCoord.xy) : 0.0;
    return vec4(picture_color(light) + dim, 1.0);
}

#else

// ---- raking light, relief: what they tell

// `curvature` was baked: -1 in hollows, 1 on ridges.
vec4 detail_color(vec3 rel, Skin skin, float curvature)
{
    return detail_tell(mat3(view.turn) * skin.normal, curvature * 0.5 + 0.5);
}

#endif
#else // ---- with what lies around it

uniform sampler2DMS scene;  // what was drawn: told, or coloured
uniform sampler2DMS depths; // of it

// A pixel of what was drawn.
struct Told {
    vec3 normal;
    float value;
    float depth; // 1 / metres along the view; with parallel rays metres
    bool is_there;
};

ivec2 inside(vec2 at)
{
    return clamp(ivec2(at), ivec2(0), ivec2(post.size.zw) - 1);
}

float depth_at(ivec2 at)
{
    return texelFetch(depths, at, 0).r * relief.depth.x + relief.depth.y;
}

Told told_at(vec2 at)
{
    vec4 told = texelFetch(scene, inside(at), 0);
    return Told(told_normal(told.xy), told.z, depth_at(inside(at)), told.a == DETAIL_TOLD);
}

// Between two neighbours in a row or a column.
Told told_between(vec2 at, vec2 aside)
{
    vec2 first = at - 0.5 * aside;
    vec4 low = texelFetch(scene, inside(first), 0);
    vec4 high = texelFetch(scene, inside(first + aside), 0);
    vec2 normal = mix(low.xy, high.xy, dot(fract(first), aside));
    bool is_there = max(low.a, high.a) == DETAIL_TOLD;
    return Told(told_normal(normal), 0.0, depth_at(inside(at)), is_there);
}

// Through a pixel, a metre deep. With parallel rays all are the same, and what is said below of
// parts of the depth are metres.
vec3 ray_at(vec2 at)
{
    return vec3((relief.rays.zw + at * relief.rays.xy) * (1.0 - relief.depth.z), -1.0);
}

// By what part of its depth a surface comes nearer along a way on the screen, as its normal
// says.
float rise_along(vec3 normal, vec3 ray, vec2 way)
{
    return dot(normal.xy, way) / min(dot(normal, ray), -0.12);
}

// The same from one place to another, as it was drawn.
float rise_between(float from, float to)
{
    return relief.depth.z > 0.5 ? from - to : 1.0 - from / to;
}

// ---- raking light

// How much of the lamp is above the horizon that texels make towards it: 0 to 1. Max 1988
// ("Horizon mapping: shadows for bump-mapped surfaces"), whose horizons are looked up in the
// picture itself, as Bavoil, Sainz and Dimitrov 2008 ("Image-space horizon-based ambient
// occlusion"). Normals are summed up to heights on the way: they know of every texel, the depth
// buffer only of triangles. It tells where the sum has lost the surface, behind an edge.
float lamp_above_horizon(Told here, vec2 at, int steps)
{
    const float LEAST = 0.15; // pixels high: what is lower casts nothing
    const float MOST = 24.0;  // and what seems higher at once stands in front
    vec3 ray = ray_at(at);
    vec2 glide = (relief.light.xy + ray.xy * relief.light.z) / relief.rays.xy;
    float fast = max(max(abs(glide.x), abs(glide.y)), 1e-6);
    vec2 way = glide / fast; // to the next row or column towards the lamp
    vec2 aside = abs(way.x) < abs(way.y) ? vec2(1.0, 0.0) : vec2(0.0, 1.0);
    float rises = relief.light.z / fast, pixel = relief.rays.x * length(way);
    float before = rise_along(here.normal, ray, way * relief.rays.xy);
    float gone = 0.0, height = 0.0, horizon = -1e3, stride = relief.how.y;
    float soft = 0.3 * abs(rises) + 0.02 * pixel; // the lamp is not a point
    float grain = pixel * stride;
    for (int i = 0; i < steps; i++) {
        gone += stride;
        vec2 there = at + way * gone;
        Told next = told_between(there, aside);
        float slope = rise_along(next.normal, ray_at(there), way * relief.rays.xy);
        height += 0.5 * (before + slope) * stride;
        float drawn = rise_between(here.depth, next.depth), off = abs(drawn - height);
        bool is_inside = there == clamp(there, vec2(0.0), post.size.zw);
        bool is_dark = horizon > rises + soft;
        if (!next.is_there || off > MOST * grain || !is_inside || is_dark)
            break;
        float lost = off / (0.3 * gone * pixel + 2.0 * grain);
        height = mix(height, drawn, smoothstep(0.3, 1.2, lost));
        horizon = max(horizon, (height - LEAST * grain) / gone);
        before = slope;
    }
    return smoothstep(-soft, soft, rises - horizon);
}

// In metres, along the camera's axes.
vec3 place_of(Told here, vec2 at)
{
    vec3 level = vec3(relief.rays.zw + at * relief.rays.xy, -here.depth);
    return mix(ray_at(at) / here.depth, level, relief.depth.z);
}

// How much of the lamp's light falls on it, as far as triangles stand in its way. The lamp
// stands far away: what it casts depends on the direction alone.
float lit_by_lamp(Told here, vec2 at)
{
    mat3 turn = mat3(view.turn);
    vec3 rel = place_of(here, at) * turn, normal = here.normal * turn;
    float turned = max(dot(here.normal, relief.light.xyz), 0.0);
    return turned * key_shadow(relief.lamp[0], rel, normal, 1.0);
}

// Plaster, so that nothing but the shape speaks. A level surface is shown in a middle grey
// whatever the lamp's elevation; what little is added comes from the eye, so that nothing is
// black.
vec3 around_raking(Told here, vec2 at, int steps)
{
    const float LEVEL = 0.19, FILL = 0.05;
    float lit = lit_by_lamp(here, at);
    lit *= lamp_above_horizon(here, at, lit > 0.0 ? steps : 0);
    return vec3(LEVEL * lit / relief.light.w + FILL * (0.35 + 0.65 * here.normal.z));
}

// ---- relief

// By how much normals spread around a place, in radians, over a radius in pixels: the mean of
// how far they lean outwards on a ring, which is the flux through it and so the divergence of
// what is inside. What lies in front or behind is no part of the surface.
float bend_over(Told here, vec2 at, float radius, int taps)
{
    vec3 ray = ray_at(at);
    float sum = 0.0, count = 1e-3;
    for (int i = 0; i < taps; i++) {
        float turn = (float(i) + 0.5 * fract(radius)) * 6.2831853 / float(taps);
        vec2 out_there = vec2(cos(turn), sin(turn)), way = out_there * radius;
        Told there = told_at(at + way);
        vec3 between = 0.5 * (here.normal + there.normal); // an arc rises as its chord
        float level = rise_along(between, ray, way * relief.rays.xy);
        float off = abs(rise_between(here.depth, there.depth) - level);
        bool is_part = there.is_there && off < (0.7 * radius + 1.0) * relief.rays.x;
        sum += is_part ? dot(there.normal.xy - here.normal.xy, out_there) : 0.0;
        count += is_part ? 1.0 : 0.0;
    }
    return sum / count;
}

// Vergne, Pacanowski, Barla, Granier, Schlick: Radiance Scaling for Versatile Surface
// Enhancement, 2010: by how much light grows where curvature is positive, and shrinks where it
// is negative. Black, and light of ALPHA, stay what they are; no light passes another.
float radiance_scale(float curvature, float light)
{
    const float ALPHA = 0.04;
    float e = exp(-curvature), both = ALPHA * (1.0 + e);
    return (ALPHA * e + light * (1.0 - both)) / (ALPHA + light * (e - both));
}

// Curvature over several scales, as Rusinkiewicz, Burns and DeCarlo 2006 ("Exaggerated shading
// for depicting shape and detail"): texels, tool marks, letters; and what is wider was baked.
vec3 around_relief(Told here, vec2 at, int taps)
{
    const float SEEN = 9.0, BAKED = 1.0, MOST = 1.4; // of either, at strength 1; of both
    float grain = relief.how.y;
    float light = clamp(dot(here.normal, normalize(vec3(-0.45, 0.55, 0.9))), 0.0, 1.0);
    float seen = 0.30 * bend_over(here, at, 1.5 * grain, taps) +
                 0.35 * bend_over(here, at, 4.0 * grain, taps) +
                 0.35 * bend_over(here, at, 9.5 * grain, taps);
    float curvature = relief.how.x * (SEEN * seen + BAKED * (here.value * 2.0 - 1.0));
    curvature = curvature / (1.0 + abs(curvature) / MOST); // however sharp
    float lit = 0.10 + 0.32 * light;
    return vec3(lit * radiance_scale(curvature, lit));
}

// Nothing is looked for where the round lens shows nothing.
vec3 detail_around(Told here, vec2 at)
{
    float aside = length(at / post.size.zw - 0.5);
    bool is_seen = here.is_there && (relief.how.z < 0.5 || aside < 0.51);
    int steps = is_seen ? int(relief.depth.w) : 0;
#if DETAIL == DETAIL_RAKING
    vec3 light = around_raking(here, at, steps);
#else
    vec3 light = around_relief(here, at, min(steps / 2, 8));
#endif
    return display(tone(light)) * view.look.z;
}

#endif
