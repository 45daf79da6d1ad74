// relief.frag: raking light and relief (lib/detail.glsl): from what samples tell to pixels.

#include "shared.h"
#define DETAIL_AROUND
#include "lib/detail.glsl"

in vec2 source_uv;

out vec4 color_out;

// Sums over the samples of a pixel.
struct Sum {
    vec3 color;   // of those that have one
    vec3 told;    // of the others
    float depth, share;
};

void add_pixel(ivec2 at, float weight, inout Sum sum)
{
    at = clamp(at, ivec2(0), ivec2(post.size.zw) - 1);
    int count = int(post.picture.x);
    weight /= post.picture.x;
    for (int i = 0; i < count; i++) {
        vec4 found = texelFetch(scene, at, i);
        float depth = texelFetch(depths, at, i).r, tells = found.a == DETAIL_TOLD ? weight : 0.0;
        sum.told += found.rgb * tells;
        sum.depth += depth * tells;
        sum.share += tells;
        sum.color += found.rgb * (weight - tells);
    }
}

// Where fewer texels than pixels were drawn, between four of them.
Sum sum_at(vec2 source)
{
    Sum sum = Sum(vec3(0.0), vec3(0.0), 0.0, 0.0);
    vec2 corner = floor(source - 0.5), part = source - 0.5 - corner;
    bool is_smaller = post.picture.y > 0.5;
    ivec2 at = is_smaller ? ivec2(corner) : ivec2(source);
    part = is_smaller ? part : vec2(0.0);
    add_pixel(at, (1.0 - part.x) * (1.0 - part.y), sum);
    if (is_smaller) {
        add_pixel(at + ivec2(1, 0), part.x * (1.0 - part.y), sum);
        add_pixel(at + ivec2(0, 1), (1.0 - part.x) * part.y, sum);
        add_pixel(at + ivec2(1, 1), part.x * part.y, sum);
    }
    return sum;
}

void main()
{
    vec2 at = source_uv * post.size.zw;
    Sum sum = sum_at(at);
    vec3 told = sum.told / max(sum.share, 1e-4);
    float depth = sum.depth / max(sum.share, 1e-4) * relief.depth.x + relief.depth.y;
    Told here = Told(told_normal(told.xy), told.z, depth, sum.share > 0.0);
    vec3 color = sum.color + detail_around(here, at) * sum.share;
    color_out = vec4(color, 1.0) * post.picture.z;
}
