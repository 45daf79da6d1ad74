// glass.frag: thin clear panes. They add what they mirror and hide nothing; their ground edges
// catch the light of the room.

#include "shared.h"
#include "lib/room_light.glsl"
#include "lib/tone.glsl"

in vec3 rel;
in vec2 pane;
flat in vec2 pane_half;
flat in vec3 pane_normal;

out vec4 color_out;

const float EDGE_M = 0.005;

// Both faces of the pane mirror.
float fresnel(float cosine)
{
    float x = 1.0 - cosine, x2 = x * x;
    float once = 0.04 + 0.96 * x2 * x2 * x;
    return 2.0 * once / (1.0 + once);
}

// The light panels, crisp, where the mirrored ray meets them.
vec3 mirrored_panels(vec3 from, vec3 along)
{
    vec3 light = vec3(0.0);
    for (int i = 0; i < glass.numbers.x; i++) {
        vec3 u = glass.half_us[i].xyz, v = glass.half_vs[i].xyz, n = cross(u, v);
        vec3 to_center = glass.centers[i].xyz - from;
        float facing = dot(along, n);
        float distance_m = dot(to_center, n) / (abs(facing) < 1e-6 ? 1e-6 : facing);
        vec3 at = along * distance_m - to_center;
        vec2 p = vec2(dot(at, u) / dot(u, u), dot(at, v) / dot(v, v));
        vec2 soft = fwidth(p) + 0.02;
        vec2 inside = clamp((1.0 - abs(p)) / soft + 0.5, 0.0, 1.0);
        float is_ahead = distance_m > 0.0 && facing < 0.0 ? 1.0 : 0.0;
        light += glass.centers[i].w * inside.x * inside.y * is_ahead;
    }
    return light;
}

void main()
{
    vec3 to_eye = normalize(-rel);
    vec3 normal = normalize(pane_normal);
    normal = dot(normal, to_eye) < 0.0 ? -normal : normal;
    vec3 along = reflect(-to_eye, normal);
    Room room = house.rooms[glass.numbers.y];
    float share = fresnel(dot(normal, to_eye));
    vec3 mirrored = reflected_light(room, rel, along, 0.0) + mirrored_panels(rel, along);

    // The pane's rim, at least a good part of a pixel wide, fainter where it is thinner.
    vec2 to_edge = pane_half - abs(pane);
    vec2 pixel = fwidth(pane);
    vec2 wide = max(vec2(EDGE_M), pixel * 1.2);
    vec2 on_rim = clamp((wide - to_edge) / max(pixel, vec2(1e-6)) + 0.5, 0.0, 1.0) *
                  min(EDGE_M / wide, vec2(1.0));
    float rim = max(on_rim.x, on_rim.y);
    vec3 around = bounced_light(room, rel, vec3(0, 1, 0)) + bounced_light(room, rel, -normal);
    vec3 edge = around * vec3(0.80, 1.0, 0.93) * 0.42;

    float there = 1.0 - glass.half_size.w;
    float cover = mix(0.018, 0.55, rim) * there;
    vec3 light = mix(mirrored * share, edge * 0.55, rim) * there;
    color_out = vec4(picture_color(light), cover);
}
