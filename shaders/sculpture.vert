// sculpture.vert: clusters out of the slots of the pages' buffers.

// Variants: DEPTH_ONLY for shadows; BY_PIXEL lights every pixel; DETAIL, with it, is which mode
// the lens shows besides beauty (DETAIL_*). Otherwise vertices are lit:
// where triangles are as small as pixels a software driver shades 16 pixels for each of them.
// TILED: pages whose surface is in tiles. Not BY_PIXEL, vertices then find the lamps' shadows,
// and pixels the rest.

#include "shared.h"
#if !defined(DEPTH_ONLY) && !defined(BY_PIXEL)
#include "lib/piece.glsl"
#endif
#ifdef TILED
#include "lib/chart.glsl"
#ifndef BY_PIXEL
#include "lib/tile.glsl"
#define RELIT_VERTEX
#include "lib/relit.glsl"
#endif
#endif

layout(location = 0) in vec3 steps; // whole numbers, from the page's origin
layout(location = 1) in vec2 encoded_normal;
#ifdef TILED
layout(location = 2) in vec4 place;       // u and v in the tile, two bytes each
layout(location = 3) in vec4 axis_relief; // axis of the chart
#else
layout(location = 2) in vec4 color_occlusion;
layout(location = 3) in vec4 roughness_metal_emission;
#endif

uniform sampler2D slots; // two texels each: origin and step of the page; place of its tile,
                        // whether it brings normals; whether there is a second stream

#ifdef TILED
out vec2 tile_uv;
flat out float tile_layer;
#ifdef BY_PIXEL
out vec3 rel;
out vec3 surface_normal;
flat out mat3 tile_frame; // to the world
flat out float brings_normals;
#else
out vec3 relit_lux;
out vec4 relit_bend;
out vec4 relit_gloss;
out vec3 relit_around;
#endif
#elif defined(BY_PIXEL)
out vec3 rel;
out vec3 surface_normal;
out vec4 surface_color;
out vec3 surface_kind;
#elif !defined(DEPTH_ONLY)
out vec3 vertex_color;
#endif

#if DETAIL > 0
out float curvature; // baked: -1 in hollows, 1 on ridges
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
    int wide = textureSize(slots, 0).x / 2;
    ivec2 entry = ivec2(slot % wide * 2, slot / wide);
    vec4 page = texelFetch(slots, entry, 0);
    vec3 at = (object.model * vec4(page.xyz + steps * page.w, 1.0)).xyz;
    gl_Position = view.project * vec4(at, 1.0);
#ifndef DEPTH_ONLY
    vec3 normal = mat3(object.model) * decode_normal(encoded_normal);
#if DETAIL > 0
#ifdef TILED
    float relief = axis_relief.z;
#else
    float relief = roughness_metal_emission.w;
#endif
    float is_told = texelFetch(slots, entry + ivec2(1, 0), 0).w;
    curvature = is_told * clamp((relief * 255.0 - float(RELIEF_FLAT)) / 127.0, -1.0, 1.0);
#endif
#ifdef TILED
    vec4 tile = texelFetch(slots, entry + ivec2(1, 0), 0); // first row, layer, has normals
    vec2 texels = (place.xz + place.yw * 256.0) * (255.0 / float(TEXEL_STEPS));
    tile_uv = (texels + vec2(0.0, tile.x)) / vec2(LAYER_WIDTH, LAYER_HEIGHT);
    tile_layer = tile.y;
    mat3 frame = mat3(object.model) * axis_frame(decode_normal(axis_relief.xy));
#ifdef BY_PIXEL
    rel = at;
    surface_normal = normal;
    tile_frame = frame;
    brings_normals = tile.z;
#else
    frame /= length(frame[2]);
    Skin skin = tile_skin(vec3(tile_uv, tile.y));
    skin.normal = skin.flat_normal = normalize(normal);
    Relit relit = relight(surface_of(at, skin, 0.22), frame);
    if (tile.z == 0.0)
        relit = unbent(relit, skin.normal * frame);
    relit_lux = relit.lux;
    relit_bend = relit.bend;
    relit_gloss = relit.gloss;
    relit_around = relit.around;
#endif
#elif defined(BY_PIXEL)
    rel = at;
    surface_normal = normal;
    surface_color = color_occlusion;
    surface_kind = roughness_metal_emission.xyz;
#else
    vertex_color = piece_color(
        at, vertex_skin(normalize(normal), color_occlusion, roughness_metal_emission.xyz), 0.22);
#endif
#endif
}
