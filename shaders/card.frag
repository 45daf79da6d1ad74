// card.frag: labels and texts on walls: paper and ink.
// Variant: CUT_OUT, without paper: a coin that lies beside a piece.

#include "shared.h"
#include "lib/haze.glsl"
#include "lib/key_light.glsl"
#include "lib/tone.glsl"

uniform sampler2D card;

in vec3 rel;
in vec3 surface_normal;
in vec2 card_uv;

out vec4 color_out;

void main()
{
    vec4 ink = texture(card, card_uv); // premultiplied
#ifdef CUT_OUT
    if (ink.a < 0.5)
        discard;
    ink /= ink.a;
#endif
    vec3 color = object.color.rgb * (1.0 - ink.a) + ink.rgb * ink.rgb;
    vec3 normal = normalize(surface_normal);
    // The strongest lamp, without shadows: what stands on a plinth hardly ever casts one on its
    // label, and the first picture waits for every line here to be compiled.
    vec3 lux = ambient_lux(normal) + open_lamp_lux(key.lights[0], rel, normal);
    // Close under a lamp paper is white and no more: else thin letters, which are part paper in
    // every pixel, would burn out.
    vec3 lit = lux * INV_PI * object.mode.x + object.color.w;
    float most = max(lit.r, max(lit.g, lit.b)) * view.look.x;
    float pressed = most < 0.8 ? most : 1.0 - 0.2 * exp((0.8 - most) / 0.2);
    vec3 light = color * lit * (pressed / max(most, 1e-4));
    color_out = vec4(hazed(picture_color(light)) + dither(gl_FragCoord.xy), 1.0);
}
