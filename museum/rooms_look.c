// rooms_look.c: what a plan's materials look like, and the lamps as the renderer wants them.

#include "museum/rooms_look.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define FILL_LUX 9.0f // from nowhere, so that corners stay alive

static const RenderMaterial materials[GALLERY_MATERIAL_COUNT] = {
    [PLAN_PLASTER_WHITE] = {RENDER_PLASTER, {0.93f, 0.92f, 0.90f}, 0, 0},
    [PLAN_PLASTER_WARM] = {RENDER_PLASTER, {0.90f, 0.885f, 0.855f}, 0, 0},
    [PLAN_PLASTER_GREY] = {RENDER_PLASTER, {0.72f, 0.72f, 0.71f}, 0, 0},
    [PLAN_PLASTER_SAGE] = {RENDER_PLASTER, {0.64f, 0.68f, 0.61f}, 0, 0},
    [PLAN_PLASTER_BLUE] = {RENDER_PLASTER, {0.24f, 0.32f, 0.42f}, 0, 0},
    [PLAN_PLASTER_RED] = {RENDER_PLASTER, {0.56f, 0.24f, 0.20f}, 0, 0},
    [PLAN_PLASTER_DARK] = {RENDER_PLASTER, {0.16f, 0.16f, 0.17f}, 0, 0},
    [PLAN_FABRIC_LINEN] = {RENDER_FABRIC, {0.80f, 0.75f, 0.66f}, 0, 0},
    [PLAN_FABRIC_BLUE] = {RENDER_FABRIC, {0.24f, 0.31f, 0.42f}, 0, 0},
    [PLAN_FABRIC_GREEN] = {RENDER_FABRIC, {0.29f, 0.37f, 0.31f}, 0, 0},
    [PLAN_OAK_LIGHT] = {RENDER_OAK_PLANKS, {0.72f, 0.60f, 0.47f}, 0, 0},
    [PLAN_OAK_DARK] = {RENDER_OAK_PARQUET, {0.50f, 0.38f, 0.28f}, 0, 0},
    [PLAN_STONE_LIMESTONE] = {RENDER_STONE, {0.78f, 0.75f, 0.68f}, 0, 0},
    [PLAN_STONE_SLATE] = {RENDER_STONE, {0.34f, 0.36f, 0.38f}, 0, 0},
    [PLAN_TERRAZZO] = {RENDER_TERRAZZO, {0.78f, 0.76f, 0.72f}, 0, 0},
    [PLAN_CONCRETE] = {RENDER_PLASTER, {0.60f, 0.59f, 0.57f}, 0, 0},
    [GALLERY_TRIM] = {RENDER_PAINTED_WOOD, {0.90f, 0.89f, 0.86f}, 0, 0},
    [GALLERY_PLINTH] = {RENDER_PAINTED_WOOD, {0.92f, 0.91f, 0.88f}, 0, 0},
    [GALLERY_PLINTH_FOOT] = {RENDER_PAINTED_WOOD, {0.16f, 0.15f, 0.14f}, 0, 0},
    [GALLERY_CASE_DECK] = {RENDER_FABRIC, {0.50f, 0.47f, 0.43f}, 0, 0},
    [GALLERY_METAL] = {RENDER_METAL, {0.30f, 0.29f, 0.28f}, 0, 0},
    [GALLERY_GLOW_PANEL] = {RENDER_EMISSIVE, {1.0f, 0.97f, 0.93f}, 0, 0},
    [GALLERY_GLOW_LAMP] = {RENDER_EMISSIVE, {1.0f, 0.90f, 0.76f}, 0, 4000},
};

RenderMaterial look_material(int material, const PlanRoom *room)
{
    RenderMaterial look = materials[material];
    if (material == GALLERY_GLOW_PANEL)
        look.luminance_nits = gallery_panel(room).luminance_nits;
    return look;
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

// Eyes take the light of a room for white. So does this one: lamps of 3,100 K are all but
// white, others differ from them by a part of what a thermometer says.
static void lamp_color(float kelvin, float out[3])
{
    float lamp[3], room[3], most = 0;
    kelvin_color(kelvin, lamp);
    kelvin_color(3700, room);
    for (int i = 0; i < 3; i++) {
        out[i] = powf(lamp[i] / room[i], 0.35f);
        most = MAX(most, out[i]);
    }
    for (int i = 0; i < 3; i++)
        out[i] /= most;
}

RenderLight look_light(const PlanLight *light)
{
    RenderLight look = {
        .intensity_cd = light->candela,
        .cone_deg = light->inner_rad * 2 * 57.29578f,
        .edge_deg = (light->outer_rad - light->inner_rad) * 57.29578f,
        .has_shadow = light->casts_shadow,
    };
    memcpy(look.position, light->position, sizeof look.position);
    for (int i = 0; i < 3; i++)
        look.direction[i] = light->target[i] - light->position[i];
    lamp_color(light->kelvin, look.color);
    return look;
}

RenderPanel look_panel(const PlanRoom *room)
{
    GalleryPanel panel = gallery_panel(room);
    RenderPanel look = {.half_u = {panel.half_size[0], 0, 0},
                        .half_v = {0, 0, panel.half_size[1]},
                        .luminance_nits = panel.luminance_nits};
    memcpy(look.center, panel.center, sizeof look.center);
    lamp_color(room->fill_kelvin > 0 ? room->fill_kelvin : 4000, look.color);
    return look;
}

RenderRoom look_room(const PlanRoom *room)
{
    RenderRoom look = {.low = {FLT_MAX, 0, FLT_MAX},
                       .high = {-FLT_MAX, room->height_m, -FLT_MAX},
                       .fill_lux = FILL_LUX};
    for (uint32_t i = 0; i < room->corner_count; i++) {
        for (int axis = 0; axis < 2; axis++) {
            look.low[axis * 2] = MIN(look.low[axis * 2], room->corners[i][axis]);
            look.high[axis * 2] = MAX(look.high[axis * 2], room->corners[i][axis]);
        }
    }
    memcpy(look.floor_color, materials[room->floor].color, sizeof look.floor_color);
    memcpy(look.wall_color, materials[room->walls].color, sizeof look.wall_color);
    memcpy(look.ceiling_color, materials[room->ceiling].color, sizeof look.ceiling_color);
    return look;
}
