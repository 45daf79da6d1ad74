// post.frag: from samples to pixels.
// Variants: LENS, the round magnifier with its rim, laid over the picture; KEPT, from what is
// kept of a view that rests: pixels already.

#include "shared.h"

#ifdef KEPT
uniform sampler2D scene;
#else
uniform sampler2DMS scene;
#endif

in vec2 source_uv;

out vec4 color_out;

vec3 texel_of(ivec2 at)
{
    at = clamp(at, ivec2(0), ivec2(post.size.zw) - 1);
#ifdef KEPT
    return texelFetch(scene, at, 0).rgb;
#else
    vec3 sum = vec3(0.0);
    int count = int(post.picture.x);
    for (int i = 0; i < count; i++)
        sum += texelFetch(scene, at, i).rgb;
    return sum / post.picture.x;
#endif
}

// Where fewer texels than pixels were drawn, between four of them.
vec3 seen_at(vec2 source)
{
    if (post.picture.y == 0.0)
        return texel_of(ivec2(source));
    vec2 corner = floor(source - 0.5), part = source - 0.5 - corner;
    ivec2 at = ivec2(corner);
    vec3 low = mix(texel_of(at), texel_of(at + ivec2(1, 0)), part.x);
    vec3 high = mix(texel_of(at + ivec2(0, 1)), texel_of(at + ivec2(1, 1)), part.x);
    return mix(low, high, part.y);
}

#ifdef LENS
// Distances in pixels from the lens's edge, outwards.
vec4 rim_over(vec3 seen, vec2 from_center, float radius)
{
    float out_px = length(from_center) - radius;
    vec2 outward = from_center / max(length(from_center), 1e-3);
    float wide = clamp(radius * 0.030, 3.5, 7.0); // of the metal ring
    float inside = clamp(0.5 - out_px, 0.0, 1.0);
    // The glass darkens a little just at the ring, as a bevelled edge does.
    seen *= 1.0 - 0.35 * smoothstep(-wide * 1.2, 0.0, out_px);
    // A ring of dark steel lit from above left, a thin bright line on its inner edge.
    float across = clamp(out_px / wide, 0.0, 1.0);
    float round_up = sin(across * 3.14159);
    float lit = dot(outward, normalize(vec2(-0.5, 0.85)));
    float tilt = mix(-1.0, 1.0, across);
    float shine = pow(clamp(0.5 + 0.5 * lit * tilt, 0.0, 1.0), 3.0);
    vec3 ring = mix(vec3(0.055, 0.056, 0.060), vec3(0.62, 0.60, 0.56), shine * round_up) +
                0.10 * round_up;
    ring += vec3(0.30, 0.28, 0.24) * (1.0 - smoothstep(0.0, 1.2, abs(out_px - 0.9)));
    float on_ring = clamp(out_px + 0.5, 0.0, 1.0) * clamp(wide - out_px + 0.5, 0.0, 1.0);
    // Below the ring a soft shadow falls on the picture.
    float below = length(from_center + vec2(0.0, radius * 0.05)) - radius - wide;
    float shadow = 0.34 * exp(-max(below, 0.0) * max(below, 0.0) / (radius * radius * 0.012));
    float covered = max(inside, on_ring);
    vec3 color = mix(seen * inside, ring, on_ring);
    return vec4(color, mix(shadow, 1.0, covered));
}

void main()
{
    vec2 from_center = gl_FragCoord.xy - post.lens.xy;
    vec3 seen = seen_at((from_center / post.picture.w + 0.5) * post.size.zw);
    vec4 lens = rim_over(seen, from_center, post.lens.z) * post.lens.w;
    color_out = lens;
}
#else
void main()
{
    color_out = vec4(seen_at(source_uv * post.size.zw), 1.0) * post.picture.z;
}
#endif
