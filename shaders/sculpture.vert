// sculpture.vert: clusters out of the slots of the page arena.

#include "shared.h"

layout(location = 0) in vec3 steps; // whole numbers, from the page's origin
layout(location = 1) in vec2 encoded_normal;
layout(location = 2) in vec4 color_occlusion;
layout(location = 3) in vec4 roughness_metal_emission;

uniform sampler2D slots; // origin and step of each slot's page

out vec3 rel;
out vec3 surface_normal;
out vec4 surface_color;
out vec3 surface_kind;

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
    rel = (object.model * vec4(page.xyz + steps * page.w, 1.0)).xyz;
    gl_Position = view.project * vec4(rel, 1.0);
#ifndef DEPTH_ONLY
    surface_normal = mat3(object.model) * decode_normal(encoded_normal);
    surface_color = color_occlusion;
    surface_kind = roughness_metal_emission.xyz;
#endif
}
