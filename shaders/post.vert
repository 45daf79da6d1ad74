// post.vert: one rectangle of the picture.

#include "shared.h"
#include "lib/corner.glsl"

out vec2 source_uv;

void main()
{
    vec2 corner = corner_of(gl_VertexID);
    source_uv = corner;
    gl_Position = vec4(mix(post.place.xy, post.place.zw, corner), 0.0, 1.0);
}
