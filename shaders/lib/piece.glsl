// piece.glsl: a sculpture's surface at one place, as display values.

#include "shared.h"
#include "lib/key_light.glsl"
#ifdef BY_PIXEL
#include "lib/calm.glsl"
#endif
#include "lib/tone.glsl"

// Within half a display step of sRGB's own curve, everywhere: fitted to how light is shown again.
vec3 linear_of_srgb(vec3 c)
{
    vec3 high = c * (0.753083 * c - 1.780999) + 1.770638;
    return c * (c * (c * high + 0.194784) + 0.066460);
}

// What a page knows of its surface at a place.
struct Skin {
    vec3 normal;      // with its detail, in the world
    vec3 flat_normal; // of the triangle's corners
    vec3 color;       // linear
    float open, roughness, metal, emission;
};

// The surface stream of a page without a tile.
Skin vertex_skin(vec3 normal, vec4 color_open, vec3 kind)
{
    return Skin(normal, normal, linear_of_srgb(color_open.rgb), color_open.a, kind.x, kind.y,
                kind.z);
}

Surface surface_of(vec3 rel, Skin skin, float least_roughness)
{
    float is_told = object.surface.z;
    Surface s;
    s.rel = rel;
    s.normal = s.calm = skin.normal;
    s.flat_normal = skin.flat_normal;
    s.color = object.color.rgb * mix(vec3(1.0), skin.color, is_told);
    s.roughness = object.surface.x * mix(1.0, skin.roughness, is_told);
    s.roughness = clamp(s.roughness, least_roughness, 1.0);
    s.metal = clamp(object.surface.y * mix(1.0, skin.metal, is_told), 0.0, 1.0);
    s.open = clamp(mix(1.0, skin.open, is_told), 0.0, 1.0);
#ifdef BY_PIXEL
    s.calm = calm_normal(s.roughness, s.normal);
    s.roughness = calm_roughness(s.roughness, s.normal);
#endif
    return s;
}

vec3 seen_piece(Skin skin, vec3 light)
{
    light += skin.color * skin.emission * object.surface.z * object.color.w;
    return picture_color(light);
}

vec3 piece_color(vec3 rel, Skin skin, float least_roughness)
{
    Surface s = surface_of(rel, skin, least_roughness);
    return seen_piece(skin, lit_piece(s, lamp_reaches(s)));
}
