// contact.frag: takes a share of the light, most in the middle.
// Variant: MARKER, where one walks to: a ring and a dot, pale on a soft shadow, seen on any floor.

#include "shared.h"

in vec2 across;

out vec4 color_out;

#ifdef MARKER
// 1 within `half_width` of `at`, smooth over a pixel.
float line_at(float r, float at, float half_width)
{
    float pixel = max(fwidth(r), 1e-4);
    return clamp((half_width - abs(r - at)) / pixel + 0.5, 0.0, 1.0);
}

void main()
{
    const vec3 PALE = vec3(0.97, 0.93, 0.82);
    float r = length(across);
    float shadow = 0.42 * smoothstep(1.0, 0.55, r);
    float pale = 0.92 * max(line_at(r, 0.72, 0.045), line_at(r, 0.0, 0.10));
    float strength = object.color.r;
    color_out = vec4(PALE * pale, pale + shadow * (1.0 - pale)) * strength;
}
#else
void main()
{
    float inside = clamp(1.0 - dot(across, across), 0.0, 1.0);
    float left = 1.0 - object.color.r * inside * inside * (3.0 - 2.0 * inside);
    color_out = vec4(vec3(pow(left, 1.0 / 2.2)), 1.0); // the picture holds display values
}
#endif
