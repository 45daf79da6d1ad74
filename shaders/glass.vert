// glass.vert: the five panes of a hood, without a buffer: six vertices a pane.

#include "shared.h"
#include "lib/corner.glsl"

out vec3 rel;
out vec2 pane;         // metres from the pane's middle
flat out vec2 pane_half;
flat out vec3 pane_normal;

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
