// quad.vert: rectangles of the interface, one instance each.

#include "shared.h"
#include "lib/corner.glsl"

layout(location = 0) in vec4 rect;   // left, top, width, height in pixels
layout(location = 1) in vec4 color;  // premultiplied
layout(location = 2) in vec4 border_color;
layout(location = 3) in vec4 uv;     // left, top, right, bottom
layout(location = 4) in vec4 shape;  // corner, border, softness in pixels; has a texture
layout(location = 5) in vec2 axis;   // where its width points

out vec2 from_center;
out vec2 texture_uv;
flat out vec2 half_size;
flat out vec4 fill;
flat out vec4 line;
flat out vec4 form;

void main()
{
    vec2 corner = corner_of(gl_VertexID);
    float grow = shape.z + (shape.x > 0.0 ? 1.0 : 0.0); // room for soft edges
    half_size = rect.zw * 0.5;
    from_center = (corner * 2.0 - 1.0) * (half_size + grow);
    texture_uv = mix(uv.xy, uv.zw, from_center / rect.zw + 0.5);
    fill = color;
    line = border_color;
    form = shape;
    vec2 turned = axis * from_center.x + vec2(-axis.y, axis.x) * from_center.y;
    vec2 at = rect.xy + half_size + turned;
    gl_Position = vec4(at * view.size.zw * vec2(2.0, -2.0) + vec2(-1.0, 1.0), 0.0, 1.0);
}
