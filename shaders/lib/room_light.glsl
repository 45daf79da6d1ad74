// room_light.glsl: what a room's walls look like in a mirror, and from where it is seen.

#include "shared.h"

uniform sampler2DArray reflections; // a layer a room: all levels side by side (environment.h)

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

// Where a ray from inside the room meets its walls, seen from the room's middle: lamps and windows
// then appear where they are. Lagarde, Zanuttini, "Local image-based lighting with
// parallax-corrected cubemaps", SIGGRAPH 2012 (talks): the intersection with a box.
vec3 through_box(Room room, vec3 rel, vec3 direction)
{
    vec3 d = mix(direction, vec3(1e-5), lessThan(abs(direction), vec3(1e-5)));
    vec3 far = max((room.low.xyz - rel) / d, (room.high.xyz - rel) / d);
    float distance_m = max(min(far.x, min(far.y, far.z)), 0.0);
    return rel + direction * distance_m - 0.5 * (room.low.xyz + room.high.xyz);
}

vec3 reflection_level(Room room, vec2 uv, float level)
{
    const vec2 SIZE = vec2(SHARED_REFLECTION_SIDE, SHARED_REFLECTION_SIDE * 3 / 2);
    float side = exp2(-level) * SIZE.x;
    vec2 corner = level < 0.5 ? vec2(0.0) : vec2(SIZE.x - 2.0 * side, SIZE.x);
    // A border of one texel continues across the edge.
    return texture(reflections, vec3((corner + uv * (side - 2.0) + 1.0) / SIZE, room.low.w)).rgb;
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
