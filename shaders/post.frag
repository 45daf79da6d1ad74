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
// What is within the radius is measured, and shown as it is. All else is outside of it: the edge
// of the glass, which bends what it shows, a ring of turned brass, its shadow, and the collar
// that carries a dial.
//
//     measured | glass edge | lip, ring | collar
//     ---------+------------+-----------+--------> out_px
//              0          bevel   bevel + ring

// What polished metal mirrors in a room with a light panel above left and a window behind us.
float studio(vec3 along)
{
    const vec3 PANEL = vec3(-0.47, 0.73, 0.50), WINDOW = vec3(0.66, -0.62, 0.42);
    float panel = smoothstep(0.72, 0.95, dot(along, PANEL));
    float window = smoothstep(0.80, 0.97, dot(along, WINDOW));
    float around = 0.20 + 0.20 * smoothstep(-0.7, 0.9, along.y);
    return around + 0.95 * panel + 0.34 * window;
}

// A round bar of metal, `across` it from -1, inwards, to 1.
vec3 metal(vec2 outward, float across, vec3 tint)
{
    vec3 normal = vec3(outward * across, sqrt(max(1.0 - across * across, 0.0)));
    float light = studio(reflect(vec3(0.0, 0.0, -1.0), normal));
    vec3 color = tint * light;
    return color + max(light - 0.75, 0.0) * (1.0 - tint); // highlights turn pale
}

// The lip of steel takes a third of the ring.
vec3 bar_at(vec2 outward, float across)
{
    const vec3 BRASS = vec3(0.87, 0.66, 0.36), STEEL = vec3(0.30, 0.295, 0.29);
    float t = clamp(across, 0.0, 1.0) * 1.5 - 0.5;
    return t < 0.0 ? metal(outward, t * 4.0 + 1.0, STEEL) : metal(outward, t * 2.0 - 1.0, BRASS);
}

// Narrow as it is, a pixel sees much of its curve.
vec3 ring_at(vec2 outward, float in_px, float ring_px)
{
    const int ACROSS = 5;
    vec3 sum = vec3(0.0);
    for (int i = 0; i < ACROSS; i++)
        sum += bar_at(outward, (in_px + (float(i) + 0.5) / float(ACROSS) - 0.5) / ring_px);
    return sum / float(ACROSS);
}

// The edge shows what is within it once more, mirrored and pressed together, its colours a
// little apart.
vec3 glass_edge(vec2 from_center, float out_px, float t)
{
    vec2 outward = from_center / max(length(from_center), 1e-3);
    vec3 seen = vec3(0.0);
    for (int i = 0; i < 3; i++) {
        float bend = out_px * (3.0 + 0.5 * float(i)) * (0.6 + t);
        vec2 at = outward * (post.lens.z - bend);
        seen[i] = seen_at((at / post.picture.w + 0.5) * post.size.zw)[i];
    }
    float lit = dot(outward, vec2(-0.5, 0.866));
    return seen * mix(0.86, 0.48, t) + 0.10 * t * max(lit, 0.0);
}

// A band around the ring where the dial is, with round ends; distance in pixels.
float collar_distance(vec2 from_center, float middle_px)
{
    vec2 axis = post.dial.xy, half_arc = post.dial.zw; // sine, cosine
    vec2 at = vec2(abs(dot(from_center, vec2(axis.y, -axis.x))), dot(from_center, axis));
    float away = half_arc.y * at.x > half_arc.x * at.y ? length(at - half_arc * middle_px)
                                                       : abs(length(at) - middle_px);
    return away - post.rim.z * 0.5;
}

float covers(float inside_px)
{
    return clamp(inside_px + 0.5, 0.0, 1.0);
}

void main()
{
    vec2 from_center = gl_FragCoord.xy - post.lens.xy;
    float out_px = length(from_center) - post.lens.z;
    vec2 outward = from_center / max(length(from_center), 1e-3);
    float bevel = post.rim.x, ring = post.rim.y, edge = bevel + ring;
    // From the picture outwards to the glass, each over what is below it: first the shadow.
    float low = length(from_center - vec2(0.02, -0.05) * post.lens.z) - post.lens.z - edge;
    float wide = post.lens.z * 0.12;
    float shadow = 0.40 * exp(-max(low, 0.0) * max(low, 0.0) / (wide * wide));
    vec4 lens = vec4(vec3(0.0), shadow);
    if (post.rim.z > 0.0) {
        float d = collar_distance(from_center, post.lens.z + edge + post.rim.z * 0.5);
        vec3 plate = vec3(0.085, 0.080, 0.074) + 0.05 * dot(outward, vec2(-0.5, 0.866));
        plate = mix(plate, vec3(0.54, 0.41, 0.22), covers(d + 1.25)); // its border
        lens = mix(lens, vec4(plate, 1.0), covers(-d));
    }
    if (out_px > -1.0 && out_px < edge + 1.0) {
        vec3 bar = ring_at(outward, out_px - bevel, ring);
        lens = mix(lens, vec4(bar, 1.0), covers(edge - out_px));
        vec3 bent = glass_edge(from_center, max(out_px, 0.0), clamp(out_px / bevel, 0.0, 1.0));
        lens = mix(lens, vec4(bent, 1.0), covers(bevel - out_px));
    }
    if (out_px < 1.0) {
        vec3 seen = seen_at((from_center / post.picture.w + 0.5) * post.size.zw);
        lens = mix(lens, vec4(seen, 1.0), covers(-out_px));
    }
    color_out = lens * post.lens.w;
}
#else
void main()
{
    color_out = vec4(seen_at(source_uv * post.size.zw), 1.0) * post.picture.z;
}
#endif
