// relief.frag: raking light and relief (lib/detail.glsl): from what samples tell to pixels.

#include "shared.h"
#define DETAIL_AROUND
#include "lib/lamp.glsl"
#include "lib/detail.glsl"

in vec2 source_uv;

out vec4 color_out;

// Adds a pixel's samples: colours of those that have one, what the others tell, and how many
// these are.
void add_pixel(ivec2 at, float weight, inout vec3 color, inout vec4 told)
{
    at = inside(vec2(at));
    int count = int(post.picture.x);
    weight /= post.picture.x;
    for (int i = 0; i < count; i++) {
        vec4 found = texelFetch(scene, at, i);
        float tells = found.a == DETAIL_TOLD ? weight : 0.0;
        told += vec4(found.rgb, 1.0) * tells;
        color += found.rgb * (weight - tells);
    }
}

void main()
{
    vec2 at = source_uv * post.size.zw;
    // Where fewer texels than pixels were drawn, between four of them.
    bool is_smaller = post.picture.y > 0.5;
    vec2 corner = is_smaller ? floor(at - 0.5) : floor(at);
    vec2 part = is_smaller ? at - 0.5 - corner : vec2(0.0);
    vec3 color = vec3(0.0);
    vec4 told = vec4(0.0);
    for (int i = 0; i < (is_smaller ? 4 : 1); i++) {
        vec2 aside = vec2(float(i & 1), float(i >> 1)), near = mix(1.0 - part, part, aside);
        add_pixel(ivec2(corner + aside), near.x * near.y, color, told);
    }
    told.xyz /= max(told.w, 1e-4);
    Told here = Told(told_normal(told.xy), told.z, depth_at(inside(at)), told.w > 0.0);
    color_out = vec4(color + detail_around(here, at) * told.w, 1.0) * post.picture.z;
}
