// room.vert: walls, floors, furniture.

#include "shared.h"

layout(location = 0) in vec3 position;
layout(location = 1) in vec3 normal;
layout(location = 2) in vec2 uv_m;
layout(location = 3) in float shade;
layout(location = 4) in vec2 baked_uv;

out vec3 rel;
out vec3 surface_normal;
out vec2 surface_uv;
out vec2 light_uv;
out float surface_open;

void main()
{
    rel = (object.model * vec4(position, 1.0)).xyz;
    surface_normal = mat3(object.model) * normal;
    surface_uv = uv_m;
    light_uv = baked_uv;
    surface_open = 1.0 - shade;
    gl_Position = view.project * vec4(rel, 1.0);
}
