// shared.h: the uniform blocks, seen by both C and GLSL.
//
// Only whole vectors and matrices, so that std140 and C agree on every offset; a test asks the
// driver. In C a block is a struct of the same name. "rel" is a place relative to the eye, in
// metres along the world's axes: floats stay exact close up.

#ifdef __cplusplus
#error "C and GLSL only"
#endif

#ifndef SHARED_H
#define SHARED_H

#ifdef __STDC_VERSION__
#include <stdint.h>
#define BLOCK_BEGIN(Name) typedef struct Name {
// One line each: GLSL 3.30 knows no continued ones, not even in what it skips.
// clang-format off
#define BLOCK_END(Name, instance) } Name;
// clang-format on
#define STRUCT_BEGIN(Name) typedef struct Name {
// clang-format off
#define STRUCT_END(Name) } Name;
// clang-format on
#define FLOAT4(name) float name[4];
#define FLOAT4_ARRAY(name, count) float name[count][4];
#define INT4(name) int32_t name[4];
#define INT4_ARRAY(name, count) int32_t name[count][4];
#define MAT4(name) float name[16];
#define STRUCT_ARRAY(Name, name, count) Name name[count];
#else
#define BLOCK_BEGIN(Name) layout(std140) uniform Name {
#define BLOCK_END(Name, instance) } instance;
#define STRUCT_BEGIN(Name) struct Name {
#define STRUCT_END(Name) };
#define FLOAT4(name) vec4 name;
#define FLOAT4_ARRAY(name, count) vec4 name[count];
#define INT4(name) ivec4 name;
#define INT4_ARRAY(name, count) ivec4 name[count];
#define MAT4(name) mat4 name;
#define STRUCT_ARRAY(Name, name, count) Name name[count];
#endif

#define SHARED_KEY_LIGHTS 4    // lamps that light one sculpture
#define SHARED_REFLECTION_LEVELS 5 // environment.h's
#define SHARED_REFLECTION_SIDE 128
#define SHARED_VOLUME_X 8 // probes of bounced light in a room
#define SHARED_VOLUME_Y 4
#define SHARED_VOLUME_Z 8
#define SHARED_MAX_PANELS 2 // that glass in one room mirrors
#define SHARED_BELL_SIDES 48 // of a bell of glass: around it
#define SHARED_BELL_RINGS 19 // from its foot to the top of its knob
#define DETAIL_ALBEDO 1 // what the lens asks of a surface: RenderMode's numbers (render.h)
#define DETAIL_NORMALS 2
#define DETAIL_RAKING 3
#define DETAIL_RELIEF 4
#define DETAIL_HEIGHT 5
#define DETAIL_SPECULAR 6
#define DETAIL_TOLD 0.0 // alpha of a sample that tells of its surface and has no colour yet

// One camera.
BLOCK_BEGIN(ViewBlock)
    MAT4(project) // rel -> clip
    MAT4(turn)    // world directions -> the camera's: x right, y up, z towards it
    FLOAT4(size)  // of the target in pixels, and one over it
    FLOAT4(look)  // exposure, time in s, 1 - fade to black, are its rays parallel
    FLOAT4(haze)  // display values; how much of it a metre
BLOCK_END(ViewBlock, view)

// A spot lamp with its place in the shadow atlas.
STRUCT_BEGIN(Light)
    FLOAT4(place)     // rel, 1 / reach^2
    FLOAT4(direction) // it shines along, cosine of the outer edge
    FLOAT4(color)     // in candela, 1 / (inner cosine - outer cosine)
    MAT4(shadow)      // rel -> atlas u, v, depth (before division)
    FLOAT4(tile)      // low u, low v, high u, high v; low u > high u: casts no shadow
    FLOAT4(bias)      // along the normal, in metres at 1 m distance; blur in texels; -, -
STRUCT_END(Light)

STRUCT_BEGIN(Room)
    FLOAT4(low)    // rel, layer of its reflection
    FLOAT4(high)   // rel, layer of its floor shade
    FLOAT4(probes) // first slice, number of slices: x of the volume texture's z; -, -
STRUCT_END(Room)

// The lamps of one sculpture or card, the strongest first: a shader names each by a
// constant, because software drivers fetch `lights[i]` anew for every pixel.
BLOCK_BEGIN(KeyBlock)
    STRUCT_ARRAY(Light, lights, SHARED_KEY_LIGHTS)
    FLOAT4_ARRAY(ambient, 3) // by channel: bounced light at its middle, harmonics of bands 0, 1
    FLOAT4_ARRAY(ambient_bands, 4) // band 2 (lightmap.h): the first four by channel, then the last
BLOCK_END(KeyBlock, key)

// One thing to draw.
BLOCK_BEGIN(ObjectBlock)
    MAT4(model)     // its own space -> rel
    FLOAT4(color)   // linear; luminance in nits
    FLOAT4(surface) // roughness, metal, has a surface stream (rooms: slabs, height of panels), detail layer
    FLOAT4(pattern) // detail's metres a tile, its bump, its colour, has floor shade
    FLOAT4(plane)   // that heights are told from, rel: its normal; how far along it
    FLOAT4(mode)    // share of light; metres a band of height; -, -
    FLOAT4(flat_color) // of what a sculpture's tiles do not tell by texels, else 1: colour, open
    FLOAT4(flat_kind)  // roughness, metal, emission, -
    STRUCT_ARRAY(Room, room, 1) // it is in
BLOCK_END(ObjectBlock, object)

// The step from light to the picture, and the lens.
BLOCK_BEGIN(PostBlock)
    FLOAT4(place)   // of the quad in the picture, clip space: low x, low y, high x, high y
    FLOAT4(picture) // samples a texel; is the source smaller; share of what is kept; lens's side
    FLOAT4(lens)    // centre in pixels from the lower left, radius, opacity
    FLOAT4(size)    // of the picture; of what was drawn of the source
    FLOAT4(rim)     // around the lens, in pixels: edge of the glass, ring, collar or 0; -
    FLOAT4(dial)    // that the collar carries: its middle's direction, sine, cosine of its half
BLOCK_END(PostBlock, post)

// Light over relief: where a pixel of a view lies on its surface, and where the lamp stands.
BLOCK_BEGIN(ReliefBlock)
    FLOAT4(rays)  // x and y at depth 1: of a pixel's width; of the lower left corner
    FLOAT4(depth) // of what is in the depth buffer: factor and addend to 1 / metres along the
                  // view (parallel rays: to metres); 1 for parallel rays; steps of a horizon
    FLOAT4(light) // towards the lamp, along the camera's axes; the sine it rises by
    FLOAT4(how)   // strength, pixels a step, is a round lens, -
    STRUCT_ARRAY(Light, lamp, 1) // with what triangles cast
BLOCK_END(ReliefBlock, relief)

// What glass mirrors: the light panels of its room.
BLOCK_BEGIN(GlassBlock)
    MAT4(model)                            // unit box (-1 to 1) -> rel
    FLOAT4(half_size)                      // metres, fade
    STRUCT_ARRAY(Room, room, 1)            // it is in
    FLOAT4_ARRAY(ambient, 3)               // as KeyBlock's
    FLOAT4_ARRAY(centers, SHARED_MAX_PANELS) // rel, luminance; 0: none
    FLOAT4_ARRAY(half_us, SHARED_MAX_PANELS)
    FLOAT4_ARRAY(half_vs, SHARED_MAX_PANELS)
BLOCK_END(GlassBlock, glass)

#endif
