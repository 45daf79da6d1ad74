// quad.frag: rectangles of the interface: plain, rounded, bordered, blurred, textured.

#include "shared.h"

uniform sampler2D image;

in vec2 from_center;
in vec2 texture_uv;
flat in vec2 half_size;
flat in vec4 fill;
flat in vec4 line;
flat in vec4 form;

out vec4 color_out;

// Distance to a rounded rectangle, negative inside.
float rounded(vec2 p, vec2 extent, float corner)
{
    vec2 q = abs(p) - extent + corner;
    return length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - corner;
}

void main()
{
    float corner = min(form.x, min(half_size.x, half_size.y));
    float d = rounded(from_center, half_size, corner);
    float soft = form.z;
    float hard_edge = corner > 0.0 ? clamp(0.5 - d, 0.0, 1.0) : 1.0;
    float t = clamp((soft - d) / max(2.0 * soft, 1e-3), 0.0, 1.0);
    float cover = soft > 0.0 ? t * t * (3.0 - 2.0 * t) : hard_edge;
    vec4 color = fill * (form.w > 0.5 ? texture(image, texture_uv) : vec4(1.0));
    float on_line = form.y > 0.0 ? clamp(d + form.y + 0.5, 0.0, 1.0) : 0.0;
    color = mix(color, line + color * (1.0 - line.a), on_line);
    color_out = color * cover;
}
