// tone.glsl: from light to display values.

#include "shared.h"

// Khronos PBR Neutral without its toe, which would drain dark walls of light: colours stay what
// they are up to 0.8, highlights roll off and only the very bright ones lose their hue. A
// gallery's walls and labels look as they were painted.
vec3 tone(vec3 color)
{
    const float START = 0.8, DESATURATION = 0.15;
    float peak = max(color.r, max(color.g, color.b));
    const float d = 1.0 - START;
    float new_peak = 1.0 - d * d / (max(peak, START) + d - START);
    vec3 pressed = color * (new_peak / max(peak, 1e-4));
    float g = 1.0 - 1.0 / (DESATURATION * (max(peak, new_peak) - new_peak) + 1.0);
    pressed = mix(pressed, vec3(new_peak), g);
    return peak < START ? color : pressed;
}

// sRGB's own curve.
vec3 display(vec3 color)
{
    color = clamp(color, 0.0, 1.0);
    vec3 low = color * 12.92, high = 1.055 * pow(color, vec3(1.0 / 2.4)) - 0.055;
    return mix(high, low, lessThan(color, vec3(0.0031308)));
}

// Less than one step of the display, so that walls show no bands.
float dither(vec2 pixel)
{
    return (fract(52.9829189 * fract(dot(pixel, vec2(0.06711056, 0.00583715)))) - 0.5) / 255.0;
}

// Light as the picture holds it, without dither: what every surface is drawn with. Samples of a
// pixel are averaged after this, so that edges against a lamp are as smooth as any other.
vec3 picture_color(vec3 light)
{
    return display(tone(light * view.look.x)) * view.look.z;
}
