// shadow.vert: walls and furniture as a lamp sees them.

#include "shared.h"

layout(location = 0) in vec3 position;

void main()
{
    gl_Position = view.project * (object.model * vec4(position, 1.0));
}
