// compare_light.c: two booths, far apart, with the same lamps: what stands in their middle is
// lit alike, and neither casts a shadow on the other.

#include "museum/compare.h"

#include <string.h>

#define LEAST_UNIT_M 1.5 // lamps are no nearer, however small the piece
#define UNIT_RADII 6.0
#define APART_UNITS 24.0
#define REACH_UNITS 4.0f

// In units from the booth's middle; the visitor looks from +z at first.
static const struct {
    float from[3], cd, color[3];
    bool has_shadow;
} lamps[] = {
    // A warm key from above left, a cooler fill, a rim from behind that finds the outline.
    {{-0.66f, 0.92f, 0.78f}, 1000, {1.0f, 0.96f, 0.90f}, true},
    {{0.98f, 0.22f, 0.86f}, 190, {0.90f, 0.95f, 1.0f}, false},
    {{0.52f, 0.86f, -1.02f}, 420, {1.0f, 0.98f, 0.95f}, false},
};

double compare_booth_unit(double radius_m)
{
    return MAX(radius_m * UNIT_RADII, LEAST_UNIT_M);
}

void compare_booth(int half, double unit_m, double center[3])
{
    center[0] = (half ? 0.5 : -0.5) * APART_UNITS * unit_m;
    center[1] = center[2] = 0;
}

static RenderLight lamp_of(size_t index, float unit, const float middle[3])
{
    RenderLight light = {
        .intensity_cd = lamps[index].cd * unit * unit, // as bright, however far
        .cone_deg = 50,
        .edge_deg = 16,
        .source_radius_m = 0.03f * unit,
        .reach_m = REACH_UNITS * unit,
        .has_shadow = lamps[index].has_shadow,
    };
    memcpy(light.color, lamps[index].color, sizeof light.color);
    for (int i = 0; i < 3; i++) {
        light.position[i] = middle[i] + lamps[index].from[i] * unit;
        light.direction[i] = -lamps[index].from[i];
    }
    return light;
}

static RenderRoom room_of(float unit, const float middle[3])
{
    RenderRoom room = {
        .floor_color = {0.40f, 0.39f, 0.38f},
        .wall_color = {0.50f, 0.49f, 0.48f},
        .ceiling_color = {0.66f, 0.65f, 0.64f},
        .fill_lux = 14,
    };
    for (int i = 0; i < 3; i++) {
        room.low[i] = middle[i] - (i == 1 ? 1.0f : 1.8f) * unit;
        room.high[i] = middle[i] + 1.8f * unit;
    }
    return room;
}

NODISCARD Status compare_light(Render *render, double unit_m)
{
    RenderLight lights[2 * COUNT_OF(lamps)];
    RenderRoom rooms[2];
    RenderPanel panels[2];
    RenderHouse house = {.lights = lights,
                         .light_count = COUNT_OF(lights),
                         .rooms = rooms,
                         .room_count = 2,
                         .panels = panels,
                         .panel_count = 2};
    for (int half = 0; half < 2; half++) {
        double center[3];
        compare_booth(half, unit_m, center);
        float unit = (float)unit_m,
              middle[3] = {(float)center[0], (float)center[1], (float)center[2]};
        for (size_t i = 0; i < COUNT_OF(lamps); i++)
            lights[(size_t)half * COUNT_OF(lamps) + i] = lamp_of(i, unit, middle);
        rooms[half] = room_of(unit, middle);
        panels[half] = (RenderPanel){
            .center = {middle[0], middle[1] + 1.75f * unit, middle[2]},
            .half_u = {0.8f * unit, 0, 0},
            .half_v = {0, 0, 0.8f * unit},
            .luminance_nits = 60,
        };
    }
    return render_set_house(render, &house);
}
