// sculpture.frag: the pieces one came to see. Variants as sculpture.vert's.

#include "shared.h"
#ifdef DEPTH_ONLY
void main()
{
}
#else
#include "lib/tone.glsl"
#if defined(TILED) || defined(BY_PIXEL)
#include "lib/piece.glsl"
#endif

out vec4 color_out;

#ifdef TILED
#include "lib/tile.glsl"

in vec3 rel;
in vec3 surface_normal;
in vec2 tile_uv;
flat in mat3 tile_frame;
flat in ivec2 tile_layer;
#ifndef BY_PIXEL
in vec3 reach;
#endif

Skin tile_skin()
{
    vec3 at = vec3(tile_uv, float(tile_layer.x));
    vec3 normal = normalize(surface_normal);
    Skin skin = Skin(normal, normal, vec3(1.0), 1.0, 1.0, 0.0, 0.0);
    if ((tile_layer.y & HAS_COLOR) != 0) {
        vec4 color = texture(tile_color, at);
        skin.color = color.rgb;
        skin.open = color.a;
    }
    if ((tile_layer.y & HAS_SHAPE) != 0) {
        vec4 shape = texture(tile_shape, at);
        skin.roughness = shape.z;
        skin.metal = shape.w;
        if ((tile_layer.y & HAS_NORMAL) != 0)
            skin.normal = normalize(tile_normal(shape.xy, tile_frame));
    }
    if ((tile_layer.y & HAS_EXTRA) != 0)
        skin.emission = texture(tile_extra, at).x;
    return skin;
}

vec3 color_here()
{
    Skin skin = tile_skin();
#ifdef BY_PIXEL
    return piece_color(rel, skin, 0.06);
#else
    Surface s = surface_of(rel, skin, 0.22);
    return seen_piece(s, skin, lit_piece(s, vec4(reach, 0.0)));
#endif
}
#elif defined(BY_PIXEL)
in vec3 rel;
in vec3 surface_normal;
in vec4 surface_color;
in vec3 surface_kind;

vec3 color_here()
{
    return piece_color(rel, vertex_skin(normalize(surface_normal), surface_color, surface_kind),
                       0.06);
}
#else
in vec3 vertex_color;

vec3 color_here()
{
    return vertex_color;
}
#endif

void main()
{
    color_out = vec4(color_here() + dither(gl_FragCoord.xy), 1.0);
}
#endif
