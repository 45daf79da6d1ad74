// contact.frag: takes a share of the light, most in the middle.

#include "shared.h"

in vec2 across;

out vec4 color_out;

void main()
{
    float inside = clamp(1.0 - dot(across, across), 0.0, 1.0);
    float left = 1.0 - object.color.r * inside * inside * (3.0 - 2.0 * inside);
    color_out = vec4(vec3(pow(left, 1.0 / 2.2)), 1.0); // the picture holds display values
}
