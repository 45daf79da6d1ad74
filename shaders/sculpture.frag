// sculpture.frag: the pieces one came to see.

#include "shared.h"
#ifdef DEPTH_ONLY
void main()
{
}
#else
#include "lib/light.glsl"

in vec3 rel;
in vec3 surface_normal;
in vec4 surface_color;
in vec3 surface_kind;

out vec4 light_out;

vec3 linear_of_srgb(vec3 c)
{
    return c * (c * (c * 0.305306011 + 0.682171111) + 0.012522878);
}

void main()
{
    float has_stream = object.surface.z;
    Surface s;
    s.rel = rel;
    s.normal = normalize(surface_normal);
    s.flat_normal = s.normal;
    vec3 own = linear_of_srgb(surface_color.rgb);
    s.color = object.color.rgb * mix(vec3(1.0), own, has_stream);
    s.roughness = clamp(object.surface.x * mix(1.0, surface_kind.x, has_stream), 0.06, 1.0);
    s.metal = clamp(object.surface.y * mix(1.0, surface_kind.y, has_stream), 0.0, 1.0);
    s.open = mix(1.0, surface_color.a, has_stream);
    s.roughness = calm_roughness(s.roughness, s.normal);
    vec3 light = lit_surface(s) * object.mode.y;
    light += own * surface_kind.z * has_stream * object.color.w;
    vec3 seen_normal = mat3(view.turn) * s.normal * 0.5 + 0.5;
    light += (s.color * object.mode.z + pow(seen_normal, vec3(2.2)) * object.mode.w) / view.look.x;
    light_out = vec4(light, 1.0);
}
#endif
