// glass.vert: the five panes of a hood, without a buffer: six vertices a pane.
// Variant: BELL, a bell with a knob: rings of quads from its foot upwards.

#include "shared.h"
#include "lib/corner.glsl"

out vec3 rel;
out vec2 pane; // metres from the pane's middle
#ifdef BELL
out vec2 pane_half;
out vec3 pane_normal;
#else
flat out vec2 pane_half;
flat out vec3 pane_normal;
#endif

#ifdef BELL
const float HALF_TURN = 3.14159265;
const int CAP_RINGS = 10, KNOB_RINGS = 8; // above the one that is straight
const float NECK = 0.55;                  // of the knob's radius

// Radius and height over the foot at a part of a ring, and which way is outwards there.
vec4 bell_profile(int ring, float part)
{
    float wide = glass.half_size.x, high = 2.0 * glass.half_size.y;
    float knob = 0.006 + 0.055 * wide;
    float top = high - knob * (1.0 + sqrt(1.0 - NECK * NECK)); // of what is below the knob
    float cap = min(wide, top);
    if (ring == 0)
        return vec4(wide, (top - cap) * part, 1.0, 0.0);
    if (ring <= CAP_RINGS) {
        float end = acos(NECK * knob / wide);
        float angle = end * (float(ring - 1) + part) / float(CAP_RINGS);
        // The neck, not the pole, is as high as `top`.
        float rise = cap / sin(end);
        vec2 outwards = normalize(vec2(cos(angle) / wide, sin(angle) / rise));
        return vec4(wide * cos(angle), top - cap + rise * sin(angle), outwards);
    }
    float from = -acos(NECK), at = (float(ring - 1 - CAP_RINGS) + part) / float(KNOB_RINGS);
    float angle = from + (HALF_TURN / 2.0 - from) * at;
    return vec4(knob * cos(angle), high - knob + knob * sin(angle), cos(angle), sin(angle));
}

void main()
{
    vec2 c = corner_of(gl_VertexID);
    int face = gl_VertexID / 6;
    vec4 profile = bell_profile(face / SHARED_BELL_SIDES, c.y);
    float turn = 2.0 * HALF_TURN * (float(face % SHARED_BELL_SIDES) + c.x) /
                 float(SHARED_BELL_SIDES);
    vec2 around = vec2(sin(turn), cos(turn));
    pane = vec2(0.0, max(glass.half_size.y - profile.y, 0.0));
    pane_half = vec2(1.0, glass.half_size.y); // only its foot is ground
    pane_normal = mat3(glass.model) *
                  vec3(around.x * profile.z, profile.w, around.y * profile.z);
    vec3 at = vec3(around.x * profile.x, profile.y - glass.half_size.y, around.y * profile.x);
    rel = (glass.model * vec4(at, 1.0)).xyz;
    gl_Position = view.project * vec4(rel, 1.0);
}
#else
void main()
{
    vec2 c = corner_of(gl_VertexID) * 2.0 - 1.0;
    int face = gl_VertexID / 6;
    vec3 h = glass.half_size.xyz;
    vec3 at;
    if (face == 0) {
        at = vec3(c.x, c.y, 1.0);
        pane_normal = vec3(0, 0, 1);
    } else if (face == 1) {
        at = vec3(-c.x, c.y, -1.0);
        pane_normal = vec3(0, 0, -1);
    } else if (face == 2) {
        at = vec3(1.0, c.y, -c.x);
        pane_normal = vec3(1, 0, 0);
    } else if (face == 3) {
        at = vec3(-1.0, c.y, c.x);
        pane_normal = vec3(-1, 0, 0);
    } else {
        at = vec3(c.x, 1.0, -c.y);
        pane_normal = vec3(0, 1, 0);
    }
    vec2 half_size = face < 2 ? h.xy : face < 4 ? h.zy : h.xz;
    pane = c * half_size;
    pane_half = half_size;
    pane_normal = mat3(glass.model) * pane_normal;
    rel = (glass.model * vec4(at * h, 1.0)).xyz;
    gl_Position = view.project * vec4(rel, 1.0);
}
#endif
