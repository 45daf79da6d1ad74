// room.frag: walls, floors, furniture. Variants: PLANKS and PARQUET are floors of oak, CARD is a
// label or a text on the wall.

#include "shared.h"
#include "lib/calm.glsl"
#include "lib/light.glsl"
#include "lib/tone.glsl"
#include "lib/wood.glsl"

uniform sampler2DArray floor_shade; // how much of the room a spot of floor sees
uniform sampler2DArray details; // normal x and y, colour, roughness: 0.5 is none
uniform sampler2D card;

in vec3 rel;
in vec3 surface_normal;
in vec2 surface_uv;
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

float floor_open()
{
    Room room = house.rooms[object.numbers.y];
    vec2 at = (rel.xz - room.low.xz) / (room.high.xz - room.low.xz);
    return mix(1.0, texture(floor_shade, vec3(at, room.high.w)).r, object.pattern.w);
}

// Colour, roughness and bump of the material; returns the bumped normal.
vec3 make_surface(inout Surface s)
{
#if defined(CARD)
    vec4 ink = texture(card, surface_uv); // premultiplied
    s.color = object.color.rgb * (1.0 - ink.a) + pow(ink.rgb, vec3(2.2));
    s.roughness = object.surface.x;
    return s.flat_normal;
#elif defined(PLANKS) || defined(PARQUET)
    Wood wood = wood_at(surface_uv, object.color.rgb, details);
    s.color = wood.color;
    s.roughness = clamp(object.surface.x * wood.roughness, 0.05, 1.0);
    return normalize(surface_frame(s.flat_normal) * wood.bump);
#else
    vec4 detail = texture(details, vec3(surface_uv / object.pattern.x, object.surface.w));
    s.color = object.color.rgb * (1.0 + (detail.z - 0.5) * 2.0 * object.pattern.z);
    s.roughness = clamp(object.surface.x * (0.7 + 0.6 * detail.w), 0.05, 1.0);
    vec3 bump = vec3((detail.xy - 0.5) * object.pattern.y, 1.0);
    return normalize(surface_frame(s.flat_normal) * bump);
#endif
}

void main()
{
    Surface s;
    s.rel = rel;
    s.flat_normal = normalize(surface_normal);
    s.metal = object.surface.y;
    s.open = surface_open * floor_open();
    s.normal = make_surface(s);
    s.roughness = calm_roughness(s.roughness, s.flat_normal);
    vec3 light = lit_surface(s) * object.mode.y + s.color * object.color.w;
    color_out = vec4(picture_color(light) + dither(gl_FragCoord.xy), 1.0);
}
