// lamp.glsl: one lamp: how far it reaches and what stands in its way.

#include "shared.h"

uniform sampler2DShadow shadow_atlas;

#ifndef TAPS
#define TAPS 4
#endif

// A tent over 3 x 3 texels out of four filtered comparisons (9: over 5 x 5, for quick drivers).
float shadow_tent(vec3 at, vec2 texel, vec4 tile, float blur)
{
    vec2 low = tile.xy + texel * 2.0, high = tile.zw - texel * 2.0;
    float lit = 0.0;
#if TAPS == 4
    vec2 d = texel * blur * 0.75;
    lit += texture(shadow_atlas, vec3(clamp(at.xy + vec2(-d.x, -d.y), low, high), at.z));
    lit += texture(shadow_atlas, vec3(clamp(at.xy + vec2(d.x, -d.y), low, high), at.z));
    lit += texture(shadow_atlas, vec3(clamp(at.xy + vec2(-d.x, d.y), low, high), at.z));
    lit += texture(shadow_atlas, vec3(clamp(at.xy + vec2(d.x, d.y), low, high), at.z));
    return lit * 0.25;
#else
    float total = 0.0;
    for (int y = -2; y <= 2; y++) {
        for (int x = -2; x <= 2; x++) {
            vec2 o = vec2(float(x), float(y));
            float weight = (3.0 - abs(o.x)) * (3.0 - abs(o.y));
            lit += weight * texture(shadow_atlas,
                       vec3(clamp(at.xy + o * texel * blur * 0.75, low, high), at.z));
            total += weight;
        }
    }
    return lit / total;
#endif
}

// 1 lit, 0 in shadow.
float key_shadow(Light light, vec3 rel, vec3 normal, float distance_m)
{
    vec4 at = light.shadow * vec4(rel + normal * light.bias.x * distance_m, 1.0);
    vec2 texel = 1.0 / vec2(textureSize(shadow_atlas, 0));
    float lit = shadow_tent(at.xyz / at.w, texel, light.tile, light.bias.y);
    return light.tile.x < light.tile.z ? lit : 1.0;
}

// Illuminance on a surface that faces the lamp, for a lamp of 1 cd: the cone and the distance.
float lamp_falloff(Light light, vec3 to_light, float distance2)
{
    float along = dot(-to_light, light.direction.xyz) * inversesqrt(distance2);
    float cone = clamp((along - light.direction.w) * light.color.w, 0.0, 1.0);
    float window = clamp(1.0 - distance2 * distance2 * light.place.w * light.place.w, 0.0, 1.0);
    return cone * cone * (3.0 - 2.0 * cone) * window * window / max(distance2, 1e-4);
}
