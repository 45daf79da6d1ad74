// card.vert: labels and texts on walls.

#include "shared.h"

layout(location = 0) in vec3 position;
layout(location = 1) in vec3 normal;
layout(location = 2) in vec2 uv;

out vec3 rel;
out vec3 surface_normal;
out vec2 card_uv;

void main()
{
    rel = (object.model * vec4(position, 1.0)).xyz;
    surface_normal = mat3(object.model) * normal;
    card_uv = uv;
    gl_Position = view.project * vec4(rel, 1.0);
}
