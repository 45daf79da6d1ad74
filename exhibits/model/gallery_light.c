// gallery_light.c: what rooms are painted with, and the lamps that a plan's words stand for.

#include "exhibits/model/gallery_light.h"

#include <math.h>
#include <string.h>

// A plan says how bright a room is on paper. Pieces live by the difference between their key
// light and all the rest, so the rest is dimmed, and a lamp that fills the key's shadows is
// weaker and cooler than it.
#define PANEL_SHARE 0.40f
#define FILL_LAMP_SHARE 0.30f
#define FILL_LAMP_KELVIN 4800.0f

// Lamps that graze the walls from above, evenly spaced.
#define WASHER_EVERY_M 1.45f
#define WASHER_FROM_WALL_M 1.35f
#define WASHER_FROM_CORNER_M 1.3f // nearer, it would throw a bright spot on the next wall
#define WASHER_REACH_M 9.0f
#define SHORTEST_WALL_M 1.2f // that has one
#define WASHER_LUX 95.0f     // on the wall at the height of the eye
#define LAMP_REACH_M 12.0f

static const float colors[GALLERY_MATERIAL_COUNT][3] = {
    [PLAN_PLASTER_WHITE] = {0.88f, 0.875f, 0.86f},
    [PLAN_PLASTER_WARM] = {0.455f, 0.42f, 0.38f},
    [PLAN_PLASTER_GREY] = {0.37f, 0.38f, 0.395f},
    [PLAN_PLASTER_SAGE] = {0.335f, 0.39f, 0.35f},
    [PLAN_PLASTER_BLUE] = {0.205f, 0.28f, 0.335f},
    [PLAN_PLASTER_RED] = {0.42f, 0.155f, 0.13f},
    [PLAN_PLASTER_DARK] = {0.13f, 0.13f, 0.14f},
    [PLAN_FABRIC_LINEN] = {0.56f, 0.51f, 0.435f},
    [PLAN_FABRIC_BLUE] = {0.18f, 0.24f, 0.335f},
    [PLAN_FABRIC_GREEN] = {0.18f, 0.26f, 0.215f},
    [PLAN_OAK_LIGHT] = {0.62f, 0.49f, 0.36f},
    [PLAN_OAK_DARK] = {0.44f, 0.325f, 0.235f},
    [PLAN_STONE_LIMESTONE] = {0.60f, 0.575f, 0.525f},
    [PLAN_STONE_SLATE] = {0.27f, 0.285f, 0.30f},
    [PLAN_TERRAZZO] = {0.58f, 0.565f, 0.54f},
    [PLAN_CONCRETE] = {0.45f, 0.445f, 0.435f},
    [PLAN_OAK_HERRINGBONE] = {0.56f, 0.425f, 0.30f},
    [PLAN_TERRAZZO_DARK] = {0.33f, 0.32f, 0.315f},
    [PLAN_STONE_CHECKER] = {0.66f, 0.635f, 0.59f},
    [PLAN_CARPET_GREY] = {0.33f, 0.325f, 0.32f},
    [PLAN_CARPET_RED] = {0.34f, 0.115f, 0.105f},
    [PLAN_CARPET_GREEN] = {0.17f, 0.235f, 0.19f},
    [PLAN_FABRIC_RED] = {0.40f, 0.14f, 0.125f},
    [PLAN_PANEL_OAK] = {0.50f, 0.37f, 0.255f},
    [PLAN_PANEL_WALNUT] = {0.315f, 0.215f, 0.155f},
    [PLAN_PANEL_WHITE] = {0.80f, 0.79f, 0.765f},
    [PLAN_PAINT_DARK] = {0.27f, 0.25f, 0.23f},
    [PLAN_PAINT_GREY] = {0.54f, 0.53f, 0.51f},
    [PLAN_PAINT_WHITE] = {0.86f, 0.85f, 0.83f},
    [GALLERY_PLINTH] = {0.56f, 0.545f, 0.52f},
    [GALLERY_PLINTH_FOOT] = {0.08f, 0.075f, 0.07f},
    [GALLERY_CASE_DECK] = {0.38f, 0.36f, 0.33f},
    [GALLERY_METAL] = {0.30f, 0.29f, 0.28f},
    [GALLERY_CUSHION] = {0.29f, 0.265f, 0.245f},
    [GALLERY_BOARD] = {0.955f, 0.945f, 0.92f},
    [GALLERY_FELT] = {0.165f, 0.205f, 0.185f},
    [GALLERY_GLOW_PANEL] = {1.0f, 0.97f, 0.93f},
    [GALLERY_GLOW_LAMP] = {1.0f, 0.90f, 0.76f},
    [GALLERY_GLOW_SKY] = {1.0f, 1.0f, 1.0f},
};

void gallery_color(int material, float out[3])
{
    memcpy(out, colors[material], sizeof colors[material]);
}

// The colour of a glowing body, sRGB, brightest channel 1 (Helland's fit to Planck's law).
static void kelvin_color(float kelvin, float out[3])
{
    float t = CLAMP(kelvin, 1500.0f, 12000.0f) / 100;
    float red = t <= 66 ? 255 : 329.7f * powf(t - 60, -0.1332f);
    float green = t <= 66 ? 99.47f * logf(t) - 161.12f : 288.12f * powf(t - 60, -0.0755f);
    float blue = t >= 66 ? 255 : t <= 19 ? 0 : 138.52f * logf(t - 10) - 305.04f;
    const float channels[3] = {red, green, blue};
    for (int i = 0; i < 3; i++)
        out[i] = CLAMP(channels[i] / 255, 0.0f, 1.0f);
}

// Eyes take the light of a room for white. So does this one: lamps of 3,400 K are white, others
// differ from them by a part of what a thermometer says.
static void lamp_color(float kelvin, float out[3])
{
    float lamp[3], room[3], most = 0;
    kelvin_color(kelvin, lamp);
    kelvin_color(3400, room);
    for (int i = 0; i < 3; i++) {
        out[i] = powf(lamp[i] / room[i], 0.45f);
        most = MAX(most, out[i]);
    }
    for (int i = 0; i < 3; i++)
        out[i] /= most;
}

GalleryLamp gallery_lamp(const PlanLight *light)
{
    bool is_fill = light->place != PLAN_NONE && !light->casts_shadow;
    GalleryLamp lamp = {
        .intensity_cd = light->candela * (is_fill ? FILL_LAMP_SHARE : 1),
        .cone_deg = light->inner_rad * 2 * 57.29578f,
        .edge_deg = (light->outer_rad - light->inner_rad) * 57.29578f,
        .reach_m = LAMP_REACH_M,
        .has_shadow = light->casts_shadow,
    };
    memcpy(lamp.position, light->position, sizeof lamp.position);
    lamp.position[1] += light->floor_m;
    for (int i = 0; i < 3; i++)
        lamp.direction[i] = light->target[i] - light->position[i];
    lamp_color(is_fill ? MAX(light->kelvin, FILL_LAMP_KELVIN) : light->kelvin, lamp.color);
    return lamp;
}

// One washer at `along` a wall from corner `a` to `b`; the room lies on the left hand.
static GalleryLamp washer_at(const PlanRoom *room, const float a[2], const float b[2],
                             float along)
{
    float length = hypotf(b[0] - a[0], b[1] - a[1]);
    float run[2] = {(b[0] - a[0]) / length, (b[1] - a[1]) / length};
    float inward[2] = {run[1], -run[0]};
    float drop = room->height_m - 0.12f - 1.55f;
    float distance = hypotf(drop, WASHER_FROM_WALL_M);
    float to_level_deg = atan2f(drop, WASHER_FROM_WALL_M) * 57.29578f;
    GalleryLamp washer = {
        .direction = {-inward[0] * WASHER_FROM_WALL_M, -drop, -inward[1] * WASHER_FROM_WALL_M},
        // A wall is grazed: it gets the cosine's share.
        .intensity_cd = WASHER_LUX * distance * distance * distance / WASHER_FROM_WALL_M,
        .cone_deg = 34,
        // Up to the wall's upper edge, and hardly onto the ceiling.
        .edge_deg = MAX(to_level_deg + 10 - 17, 20.0f),
        .reach_m = WASHER_REACH_M,
    };
    washer.position[1] = room->floor_m + room->height_m - 0.12f;
    for (int i = 0; i < 2; i++)
        washer.position[i * 2] = a[i] + run[i] * along + inward[i] * WASHER_FROM_WALL_M;
    lamp_color(3200, washer.color);
    return washer;
}

uint32_t gallery_washers(const PlanRoom *room, uint32_t most, GalleryLamp *out)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < room->corner_count; i++) {
        const float *a = room->corners[i], *b = room->corners[(i + 1) % room->corner_count];
        float length = hypotf(b[0] - a[0], b[1] - a[1]);
        float between = length - 2 * WASHER_FROM_CORNER_M;
        uint32_t gaps = between > 0 ? (uint32_t)lrintf(between / WASHER_EVERY_M) : 0;
        uint32_t here = length < SHORTEST_WALL_M ? 0 : gaps + 1;
        for (uint32_t k = 0; k < here && count < most; k++) {
            float part = gaps > 0 ? (float)k / (float)gaps - 0.5f : 0;
            out[count++] = washer_at(room, a, b, length / 2 + part * between);
        }
    }
    return count;
}

float gallery_panel_nits(const GalleryPanel *panel)
{
    return panel->luminance_nits * PANEL_SHARE;
}

void gallery_panel_color(const PlanRoom *room, float out[3])
{
    lamp_color(room->fill_kelvin > 0 ? room->fill_kelvin : 4000, out);
}

// As of a sky without sun (Moon and Spencer: overhead it is three times what it is at the
// horizon); below it, what lies on the ground sends a quarter back.
float gallery_sky_share(float up)
{
    float over = CLAMP((up + 0.06f) / 0.09f, 0.0f, 1.0f);
    over = over * over * (3 - 2 * over);
    return 0.25f * (1 - over) + over * (1 + 2 * MAX(up, 0.0f));
}

void gallery_sky_color(const PlanSky *sky, float out[3])
{
    lamp_color(sky->kelvin > 0 ? sky->kelvin : PLAN_SKY_KELVIN, out);
}

int gallery_light_group(int material)
{
    bool glows = material == GALLERY_GLOW_PANEL || material == GALLERY_GLOW_LAMP ||
                 material == GALLERY_GLOW_SKY;
    return glows ? -1 : material;
}
