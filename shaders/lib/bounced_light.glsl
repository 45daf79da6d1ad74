// bounced_light.glsl: light that a room's walls send to a place in it.

#include "shared.h"

uniform sampler3D bounce; // per channel: spherical harmonics of bands 0 and 1

// Bounced light arriving on a surface with this normal, in lux.
vec3 bounced_light(Room room, vec3 rel, vec3 normal)
{
    vec3 size = room.high.xyz - room.low.xyz;
    vec3 at = clamp((rel + normal * 0.15 - room.low.xyz) / size, 0.0, 1.0);
    // Texel centres, so that a room does not bleed into the next one in the texture.
    const vec3 COUNT = vec3(SHARED_VOLUME_X, SHARED_VOLUME_Y, SHARED_VOLUME_Z);
    at = clamp(at * COUNT, vec3(0.5), COUNT - 0.5);
    float slices = room.probes.y; // of the whole texture
    vec3 uvw = vec3(at.xy / COUNT.xy, (at.z + room.probes.x) / slices);
    vec4 base = vec4(1.0, normal);
    float third = float(SHARED_VOLUME_Z) / slices;
    vec3 lux = vec3(dot(texture(bounce, uvw), base),
                    dot(texture(bounce, uvw + vec3(0, 0, third)), base),
                    dot(texture(bounce, uvw + vec3(0, 0, 2.0 * third)), base));
    return max(lux, vec3(0.0));
}
