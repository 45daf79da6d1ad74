// sculpture.frag: the pieces one came to see. Variants as sculpture.vert's.

#include "shared.h"
#ifdef DEPTH_ONLY
void main()
{
}
#else
#include "lib/haze.glsl"
#include "lib/tone.glsl"
#if defined(TILED) || defined(BY_PIXEL)
#include "lib/piece.glsl"
#endif

#if DETAIL > 0
#include "lib/detail.glsl"

in float curvature;
#endif

out vec4 color_out;

vec4 dithered(vec3 color)
{
    return vec4(hazed(color) + dither(gl_FragCoord.xy), 1.0);
}

#ifdef TILED
#include "lib/tile.glsl"

in vec2 tile_uv;
flat in float tile_layer;
#ifdef BY_PIXEL
in vec3 rel;
in vec3 surface_normal;
flat in mat3 tile_frame;
flat in float brings_normals;

vec4 color_here()
{
    vec3 at = vec3(tile_uv, tile_layer);
    Skin skin = tile_skin(at);
    skin.flat_normal = normalize(surface_normal);
    skin.normal = brings_normals > 0.0 ? normalize(tile_frame * skin.normal) : skin.flat_normal;
    skin.emission = texture(tile_glow, at).x * object.flat_kind.z;
#if DETAIL > 0
    return detail_color(rel, skin, curvature);
#else
    return dithered(piece_color(rel, skin, 0.06));
#endif
}
#else
#include "lib/relit.glsl"

in vec3 relit_lux;
in vec4 relit_bend;
in vec4 relit_gloss;
in vec3 relit_around;

vec4 color_here()
{
    Surface s = surface_of(vec3(0.0), tile_skin(vec3(tile_uv, tile_layer)), 0.22);
    return dithered(picture_color(
        relit_light(Relit(relit_lux, relit_bend, relit_gloss, relit_around), s)));
}
#endif
#elif defined(BY_PIXEL)
in vec3 rel;
in vec3 surface_normal;
in vec4 surface_color;
in vec3 surface_kind;

vec4 color_here()
{
    Skin skin = vertex_skin(normalize(surface_normal), surface_color, surface_kind);
#if DETAIL > 0
    return detail_color(rel, skin, curvature);
#else
    return dithered(piece_color(rel, skin, 0.06));
#endif
}
#else
in vec3 vertex_color;

vec4 color_here()
{
    return dithered(vertex_color);
}
#endif

void main()
{
    color_out = color_here();
}
#endif
