// sculpture.frag: the pieces one came to see. Variants as sculpture.vert's.

#include "shared.h"
#ifdef DEPTH_ONLY
void main()
{
}
#else
#include "lib/tone.glsl"
#ifdef BY_PIXEL
#include "lib/piece.glsl"

in vec3 rel;
in vec3 surface_normal;
in vec4 surface_color;
in vec3 surface_kind;
#else
in vec3 vertex_color;
#endif

out vec4 color_out;

void main()
{
#ifdef BY_PIXEL
    vec3 color = piece_color(rel, normalize(surface_normal), surface_color, surface_kind, 0.06);
#else
    vec3 color = vertex_color;
#endif
    color_out = vec4(color + dither(gl_FragCoord.xy), 1.0);
}
#endif
