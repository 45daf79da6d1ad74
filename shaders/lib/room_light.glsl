// room_light.glsl: what a room's walls look like in a mirror, and from where it is seen.

#include "shared.h"

uniform sampler2DArray reflections; // octahedral, SHARED_REFLECTION_LEVELS layers a room

// Parallel rays all come from the same side.
vec3 towards_eye(vec3 rel)
{
    vec3 back = vec3(view.turn[0].z, view.turn[1].z, view.turn[2].z);
    return view.look.w > 0.5 ? back : normalize(-rel);
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
#ifdef FINE
    float low = min(floor(level), float(SHARED_REFLECTION_LEVELS - 2));
    return mix(reflection_level(room, uv, low), reflection_level(room, uv, low + 1.0),
               level - low);
#else
    return reflection_level(room, uv, floor(level + 0.5));
#endif
}

