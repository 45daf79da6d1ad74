// contact.vert: a flat ellipse where something stands.

#include "shared.h"
#include "lib/corner.glsl"

out vec2 across;

void main()
{
    across = corner_of(gl_VertexID) * 2.0 - 1.0;
    gl_Position = view.project * (object.model * vec4(across.x, 0.0, across.y, 1.0));
}
