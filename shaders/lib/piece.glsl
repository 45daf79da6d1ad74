// piece.glsl: a sculpture's surface at one place, as display values.

#include "shared.h"
#include "lib/key_light.glsl"
#ifdef BY_PIXEL
#include "lib/calm.glsl"
#endif
#include "lib/tone.glsl"

vec3 linear_of_srgb(vec3 c)
{
    return c * (c * (c * 0.305306011 + 0.682171111) + 0.012522878);
}

// `kind`: roughness, metal, emission of the surface stream.
vec3 piece_color(vec3 rel, vec3 normal, vec4 color_open, vec3 kind, float least_roughness)
{
    float has_stream = object.surface.z;
    Surface s;
    s.rel = rel;
    s.normal = normal;
    s.flat_normal = normal;
    vec3 own = linear_of_srgb(color_open.rgb);
    s.color = object.color.rgb * mix(vec3(1.0), own, has_stream);
    s.roughness = object.surface.x * mix(1.0, kind.x, has_stream);
    s.roughness = clamp(s.roughness, least_roughness, 1.0);
    s.metal = clamp(object.surface.y * mix(1.0, kind.y, has_stream), 0.0, 1.0);
    s.open = clamp(mix(1.0, color_open.a, has_stream), 0.0, 1.0);
#ifdef BY_PIXEL
    s.roughness = calm_roughness(s.roughness, s.normal);
#endif
    vec3 light = lit_piece(s) * object.mode.y;
    light += own * kind.z * has_stream * object.color.w;
    vec3 seen_normal = mat3(view.turn) * s.normal * 0.5 + 0.5;
    light += (s.color * object.mode.z + pow(max(seen_normal, 0.0), vec3(2.2)) * object.mode.w) /
             view.look.x;
    return picture_color(light);
}
