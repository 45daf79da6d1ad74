// sculpture.vert: clusters out of the slots of the page arena.

// Variants: DEPTH_ONLY for shadows; BY_PIXEL lights every pixel. Otherwise vertices are lit:
// where triangles are as small as pixels a software driver shades 16 pixels for each of them.

#include "shared.h"
#if !defined(DEPTH_ONLY) && !defined(BY_PIXEL)
#include "lib/piece.glsl"
#endif

layout(location = 0) in vec3 steps; // whole numbers, from the page's origin
layout(location = 1) in vec2 encoded_normal;
layout(location = 2) in vec4 color_occlusion;
layout(location = 3) in vec4 roughness_metal_emission;

uniform sampler2D slots; // origin and step of each slot's page

#ifdef BY_PIXEL
out vec3 rel;
out vec3 surface_normal;
out vec4 surface_color;
out vec3 surface_kind;
#elif !defined(DEPTH_ONLY)
out vec3 vertex_color;
#endif

// Octahedral, 254 steps a side (mesh.h).
vec3 decode_normal(vec2 encoded)
{
    vec2 uv = min(encoded * (255.0 / 127.0) - 1.0, vec2(1.0));
    vec3 n = vec3(uv, 1.0 - abs(uv.x) - abs(uv.y));
    vec2 signs = vec2(uv.x < 0.0 ? -1.0 : 1.0, uv.y < 0.0 ? -1.0 : 1.0);
    n.xy = n.z < 0.0 ? (1.0 - abs(n.yx)) * signs : n.xy;
    return normalize(n);
}

void main()
{
    int slot = gl_VertexID / PAGE_VERTICES;
    int wide = textureSize(slots, 0).x;
    vec4 page = texelFetch(slots, ivec2(slot % wide, slot / wide), 0);
    vec3 at = (object.model * vec4(page.xyz + steps * page.w, 1.0)).xyz;
    gl_Position = view.project * vec4(at, 1.0);
#ifndef DEPTH_ONLY
    vec3 normal = mat3(object.model) * decode_normal(encoded_normal);
#ifdef BY_PIXEL
    rel = at;
    surface_normal = normal;
    surface_color = color_occlusion;
    surface_kind = roughness_metal_emission.xyz;
#else
    vertex_color = piece_color(at, normalize(normal), color_occlusion,
                               roughness_metal_emission.xyz, 0.22);
#endif
#endif
}
