// room_light.glsl: light from all around: bounced by the room's walls, mirrored from them.

#include "shared.h"

uniform sampler3D bounce; // per channel: spherical harmonics of bands 0 and 1
uniform sampler2DArray reflections; // octahedral, SHARED_REFLECTION_LEVELS layers a room

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

vec2 octahedral(vec3 direction)
{
    vec3 d = direction / (abs(direction.x) + abs(direction.y) + abs(direction.z));
    vec2 folded = (1.0 - abs(d.zx)) * vec2(d.x < 0.0 ? -1.0 : 1.0, d.z < 0.0 ? -1.0 : 1.0);
    return (d.y >= 0.0 ? d.xz : folded) * 0.5 + 0.5;
}

// Where a ray from inside the room meets its walls, seen from the room's middle.
vec3 through_box(Room room, vec3 rel, vec3 direction)
{
    vec3 d = mix(direction, vec3(1e-5), lessThan(abs(direction), vec3(1e-5)));
    vec3 far = max((room.low.xyz - rel) / d, (room.high.xyz - rel) / d);
    float distance_m = max(min(far.x, min(far.y, far.z)), 0.0);
    return rel + direction * distance_m - 0.5 * (room.low.xyz + room.high.xyz);
}

vec3 reflection_level(Room room, vec2 uv, float level)
{
    vec2 size = vec2(textureSize(reflections, 0).xy);
    uv = (uv * (size - 2.0) + 1.0) / size; // a border of one texel continues across the edge
    return texture(reflections, vec3(uv, room.low.w + level)).rgb;
}

vec3 reflected_light(Room room, vec3 rel, vec3 direction, float roughness)
{
    vec2 uv = octahedral(through_box(room, rel, direction));
    float level = clamp(roughness, 0.0, 1.0) * float(SHARED_REFLECTION_LEVELS - 1);
    float low = min(floor(level), float(SHARED_REFLECTION_LEVELS - 2));
    return mix(reflection_level(room, uv, low), reflection_level(room, uv, low + 1.0),
               level - low);
}

