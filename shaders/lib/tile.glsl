// tile.glsl: a page's surface tile at one place (surface.h, render_pages.c).
//
// Planes that a tile does not bring read as 1, and one value of the object's is told instead.

#include "lib/piece.glsl"

uniform sampler2DArray tile_color; // colour, occlusion
uniform sampler2DArray tile_shape; // normal around the chart's axis, roughness, metal
uniform sampler2DArray tile_glow;  // emission

// Lambert's azimuthal map: along two directions across the axis, and the axis.
vec3 tile_normal(vec2 encoded)
{
    vec2 p = encoded * (255.0 / 127.0 * 1.41421356) - 1.41421356;
    float r2 = min(dot(p, p), 2.0);
    return vec3(p * sqrt(2.0 - r2), 1.0 - r2);
}

// No emission yet; the normal is along the chart's axes.
Skin tile_skin(vec3 at)
{
    vec4 color = texture(tile_color, at), shape = texture(tile_shape, at);
#ifdef PLAIN_TILES // software drivers are quick with plain bytes only
    color.rgb = linear_of_srgb(color.rgb);
#endif
    color *= object.flat_color;
    shape.zw *= object.flat_kind.xy;
    vec3 normal = tile_normal(shape.xy);
    return Skin(normal, normal, color.rgb, color.a, shape.z, shape.w, 0.0);
}
