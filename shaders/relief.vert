// relief.vert: all of a view.

#include "shared.h"
#include "lib/corner.glsl"

out vec2 source_uv;

void main()
{
    source_uv = corner_of(gl_VertexID);
    gl_Position = vec4(source_uv * 2.0 - 1.0, 0.0, 1.0);
}
