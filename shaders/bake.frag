// bake.frag: the light that arrives on what stands still, in lux. First what bounces, alpha its
// brightness; then lamps are added: variant LAMP one that casts shadows, WASH four that do not.

#include "shared.h"
#if defined(LAMP) || defined(WASH)
#include "lib/key_light.glsl"
#else
#include "lib/bounced_light.glsl"
uniform sampler2DArray floor_shade; // how much of the room a spot of floor sees
#endif

in vec3 rel;
in vec3 surface_normal;

out vec4 lux_out;

// Half floats end at 65,504, and lamps add up: nothing in a room is meant to be as bright.
const float most_lux = 12000.0;

void main()
{
#if defined(LAMP)
    lux_out = vec4(lamp_lux(key.lights[0], rel, surface_normal), 0.0);
#elif defined(WASH)
    lux_out = vec4(open_lamp_lux(key.lights[0], rel, surface_normal) +
                       open_lamp_lux(key.lights[1], rel, surface_normal) +
                       open_lamp_lux(key.lights[2], rel, surface_normal) +
                       open_lamp_lux(key.lights[3], rel, surface_normal),
                   0.0);
#else
    Room room = object.room[0];
    vec2 at = (rel.xz - room.low.xz) / (room.high.xz - room.low.xz);
    float open = mix(1.0, texture(floor_shade, vec3(at, room.high.w)).r, object.pattern.w);
    vec3 lux = bounced_light(room, rel, surface_normal) * open;
    lux_out = vec4(lux, dot(lux, vec3(0.2126, 0.7152, 0.0722)));
#endif
    lux_out = min(lux_out, vec4(most_lux));
}
