// light.glsl: the light on walls, floors and furniture: any number of lamps, and what bounces.

#include "shared.h"
#include "lib/lamp.glsl"
#include "lib/room_light.glsl"
#include "lib/surface.glsl"

// 1 lit, 0 in shadow. The fine map where it reaches, else the whole cone's, if there is one.
float shadow_of(Light light, vec3 rel, vec3 normal, float distance_m)
{
    vec4 fine = light.fine_shadow * vec4(rel + normal * light.bias.y * distance_m, 1.0);
    vec3 at = fine.xyz / fine.w;
    vec2 margin = (light.fine_tile.zw - light.fine_tile.xy) * 0.03;
    bool is_fine = light.fine_tile.x < light.fine_tile.z && fine.w > 0.0 &&
                   all(greaterThan(at.xy, light.fine_tile.xy + margin)) &&
                   all(lessThan(at.xy, light.fine_tile.zw - margin));
    vec4 whole = light.shadow * vec4(rel + normal * light.bias.x * distance_m, 1.0);
    at = is_fine ? at : whole.xyz / whole.w;
    vec4 tile = is_fine ? light.fine_tile : light.tile;
    vec2 texel = 1.0 / vec2(textureSize(shadow_atlas, 0));
    float lit = shadow_tent(at, texel, tile, light.bias.z);
    return is_fine || light.tile.x < light.tile.z ? lit : 1.0;
}

int object_light(int i)
{
    return object.lights[i >> 2][i & 3];
}

// The lamps that reach this pixel, four bits each: software rasterisers run a loop for all
// pixels of a block as often as for the neediest, so the dear part must be short.
uint lamps_at(vec3 rel, vec3 normal)
{
    uint list = 0u;
    for (int i = 0; i < object.numbers.x; i++) {
        Light light = lamp.lights[object_light(i)];
        vec3 to_light = light.place.xyz - rel;
        float reaches = lamp_falloff(light, to_light, dot(to_light, to_light));
        bool is_on = reaches * dot(light.color.rgb, vec3(0.3)) > 0.02 &&
                     dot(to_light, normal) > 0.0;
        list = is_on && list < 0x10000000u ? (list << 4) | uint(i + 1) : list;
    }
    return list;
}

// ---- all of it

vec3 lit_surface(Surface s)
{
    vec3 eye = normalize(-s.rel);
    float n_e = max(dot(s.normal, eye), 1e-3);
    vec3 f0 = mix(vec3(0.04), s.color, s.metal);
    vec3 matte = s.color * (1.0 - s.metal);
    // What a rough surface scatters more than once: brings back the light a single bounce loses.
    vec2 fit = environment_fit(s.roughness, n_e);
    vec3 single = f0 * fit.x + fit.y;
    vec3 more = 1.0 + f0 * (1.0 / (fit.x + fit.y) - 1.0);

    vec3 light = vec3(0.0);
    uint list = lamps_at(s.rel, s.flat_normal);
    while (list != 0u) {
        Light l = lamp.lights[object_light(int(list & 15u) - 1)];
        list >>= 4;
        vec3 to_light = l.place.xyz - s.rel;
        float distance2 = dot(to_light, to_light), distance_m = sqrt(distance2);
        vec3 direction = to_light / distance_m;
        float n_l = max(dot(s.normal, direction), 0.0);
        float lux = lamp_falloff(l, to_light, distance2) * n_l;
        lux *= shadow_of(l, s.rel, s.flat_normal, distance_m);
        light += l.color.rgb * lux *
                 (matte * INV_PI * (1.0 - f0) + more * glossy(s, f0, eye, direction, n_e, n_l));
    }

    Room room = house.rooms[object.numbers.y];
    float open = s.open * object.mode.x;
    vec3 around = bounced_light(room, s.rel, s.normal) * open;
    light += around * matte * INV_PI * (1.0 - single);
    float seen = clamp(pow(n_e + s.open, exp2(-16.0 * s.roughness - 1.0)) - 1.0 + s.open, 0.0,
                       1.0) * object.mode.x;
    light += reflected_light(room, s.rel, reflect(-eye, s.normal), s.roughness) * single * more *
             seen;
    return light;
}
