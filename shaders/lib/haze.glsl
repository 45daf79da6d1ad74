// haze.glsl: what is far takes on the colour of the air. Fragments only.

#include "shared.h"

vec3 hazed(vec3 picture)
{
    if (view.haze.w == 0.0)
        return picture;
    return mix(view.haze.rgb, picture, exp(-view.haze.w / gl_FragCoord.w));
}
