// bake.vert: charts of what stands still, as they lie in their texture of light.

#include "shared.h"

layout(location = 0) in vec3 position;
layout(location = 1) in vec3 normal;
layout(location = 2) in vec2 chart_uv;

out vec3 rel;
out vec3 surface_normal;

void main()
{
    rel = (object.model * vec4(position, 1.0)).xyz;
    surface_normal = normalize(mat3(object.model) * normal);
    gl_Position = vec4(chart_uv * 2.0 - 1.0, 0.0, 1.0);
}
