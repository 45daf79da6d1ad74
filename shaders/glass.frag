// glass.frag: thin clear panes. They add what they mirror and hide nothing; their ground edges
// catch the light of the room.
// Variant: BELL, which is blown: where one looks along it, there is more of it.

#include "shared.h"
#include "lib/room_light.glsl"
#include "lib/tone.glsl"

in vec3 rel;
in vec2 pane;
#ifdef BELL
in vec2 pane_half;
in vec3 pane_normal;
#else
flat in vec2 pane_half;
flat in vec3 pane_normal;
#endif

out vec4 color_out;

const float EDGE_M = 0.005;

// Both faces of the pane mirror.
float fresnel(float cosine)
{
    float x = 1.0 - cosine, x2 = x * x;
    float once = 0.04 + 0.96 * x2 * x2 * x;
    return 2.0 * once / (1.0 + once);
}

// A light panel, crisp, where the mirrored ray meets it.
vec3 mirrored_panel(vec4 center, vec3 u, vec3 v, vec3 from, vec3 along)
{
    vec3 n = cross(u, v), to_center = center.xyz - from;
    float facing = dot(along, n);
    float distance_m = dot(to_center, n) / (abs(facing) < 1e-6 ? 1e-6 : facing);
    vec3 at = along * distance_m - to_center;
    vec2 p = vec2(dot(at, u), dot(at, v)) / max(vec2(dot(u, u), dot(v, v)), 1e-6);
    vec2 soft = fwidth(p) + 0.02;
    vec2 inside = clamp((1.0 - abs(p)) / soft + 0.5, 0.0, 1.0);
    return vec3(distance_m > 0.0 && facing < 0.0 ? center.w * inside.x * inside.y : 0.0);
}

vec3 bounced(vec3 normal)
{
    vec4 base = vec4(1.0, normal);
    return max(vec3(dot(glass.ambient[0], base), dot(glass.ambient[1], base),
                    dot(glass.ambient[2], base)), vec3(0.0));
}

void main()
{
    vec3 to_eye = towards_eye(rel);
    vec3 normal = normalize(pane_normal);
    normal = dot(normal, to_eye) < 0.0 ? -normal : normal;
    vec3 along = reflect(-to_eye, normal);
    float share = fresnel(dot(normal, to_eye));
    // Panels once more, for their edges are sharper than a texel.
    vec3 mirrored = reflected_light(glass.room[0], rel, along, 0.0);
    mirrored = max(mirrored, mirrored_panel(glass.centers[0], glass.half_us[0].xyz,
                                            glass.half_vs[0].xyz, rel, along));
    mirrored = max(mirrored, mirrored_panel(glass.centers[1], glass.half_us[1].xyz,
                                            glass.half_vs[1].xyz, rel, along));

    // The pane's rim, at least a good part of a pixel wide, fainter where it is thinner.
    vec2 to_edge = pane_half - abs(pane);
    vec2 pixel = fwidth(pane);
    vec2 wide = max(vec2(EDGE_M), pixel * 1.2);
    vec2 on_rim = clamp((wide - to_edge) / max(pixel, vec2(1e-6)) + 0.5, 0.0, 1.0) *
                  min(EDGE_M / wide, vec2(1.0));
    float rim = max(on_rim.x, on_rim.y);
#ifdef BELL
    float along_wall = 1.0 - dot(normal, to_eye);
    rim = max(rim, 0.45 * along_wall * along_wall * along_wall);
#endif
    vec3 around = bounced(vec3(0, 1, 0)) + bounced(-normal);
    vec3 edge = around * vec3(0.80, 1.0, 0.93) * 0.42;

    float there = 1.0 - glass.half_size.w;
    float cover = mix(0.018, 0.55, rim) * there;
    vec3 light = mix(mirrored * share, edge * 0.55, rim) * there;
    // The picture holds display values, in which a little light on black would be a lot: what is
    // added is what would show over a dim wall.
    const float BEHIND = 0.06;
    vec3 behind = vec3(BEHIND / view.look.x);
    color_out = vec4(picture_color(behind + light) - picture_color(behind), cover);
}
