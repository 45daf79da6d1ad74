// rooms_look.c: what a plan's materials look like, and the lamps as the renderer wants them.

#include "museum/rooms_look.h"

#include <float.h>
#include <string.h>

#define FILL_LUX 5.0f           // from nowhere, so that corners stay alive
#define PANEL_SHOWN_NITS 135.0f // seen from below it glows, however large it is
#define LAMP_SHOWN_NITS 4000.0f

static const RenderMaterialKind kinds[GALLERY_MATERIAL_COUNT] = {
    [PLAN_PLASTER_WHITE] = RENDER_PLASTER,
    [PLAN_PLASTER_WARM] = RENDER_PLASTER,
    [PLAN_PLASTER_GREY] = RENDER_PLASTER,
    [PLAN_PLASTER_SAGE] = RENDER_PLASTER,
    [PLAN_PLASTER_BLUE] = RENDER_PLASTER,
    [PLAN_PLASTER_RED] = RENDER_PLASTER,
    [PLAN_PLASTER_DARK] = RENDER_PLASTER,
    [PLAN_FABRIC_LINEN] = RENDER_FABRIC,
    [PLAN_FABRIC_BLUE] = RENDER_FABRIC,
    [PLAN_FABRIC_GREEN] = RENDER_FABRIC,
    [PLAN_OAK_LIGHT] = RENDER_OAK_PLANKS,
    [PLAN_OAK_DARK] = RENDER_OAK_PARQUET,
    [PLAN_STONE_LIMESTONE] = RENDER_STONE,
    [PLAN_STONE_SLATE] = RENDER_STONE,
    [PLAN_TERRAZZO] = RENDER_TERRAZZO,
    [PLAN_CONCRETE] = RENDER_PLASTER,
    [GALLERY_TRIM] = RENDER_PAINTED_WOOD,
    [GALLERY_PLINTH] = RENDER_PAINTED_WOOD,
    [GALLERY_PLINTH_FOOT] = RENDER_PAINTED_WOOD,
    [GALLERY_CASE_DECK] = RENDER_FABRIC,
    [GALLERY_METAL] = RENDER_METAL,
    [GALLERY_GLOW_PANEL] = RENDER_EMISSIVE,
    [GALLERY_GLOW_LAMP] = RENDER_EMISSIVE,
};

RenderMaterial look_material(int material, const PlanRoom *room)
{
    RenderMaterial look = {.kind = kinds[material]};
    gallery_color(material, look.color);
    // Boards are for floors; a bench is of one piece.
    if (look.kind == RENDER_OAK_PLANKS && (PlanMaterial)material != room->floor)
        look.kind = RENDER_OAK;
    if (material == GALLERY_GLOW_PANEL)
        look.luminance_nits = PANEL_SHOWN_NITS;
    if (material == GALLERY_GLOW_LAMP)
        look.luminance_nits = LAMP_SHOWN_NITS;
    return look;
}

static RenderLight look_lamp(const GalleryLamp *lamp)
{
    RenderLight look = {.intensity_cd = lamp->intensity_cd,
                        .cone_deg = lamp->cone_deg,
                        .edge_deg = lamp->edge_deg,
                        .source_radius_m = GALLERY_LAMP_RADIUS_M,
                        .reach_m = lamp->reach_m,
                        .has_shadow = lamp->has_shadow};
    memcpy(look.position, lamp->position, sizeof look.position);
    memcpy(look.direction, lamp->direction, sizeof look.direction);
    memcpy(look.color, lamp->color, sizeof look.color);
    return look;
}

RenderLight look_light(const PlanLight *light)
{
    GalleryLamp lamp = gallery_lamp(light);
    return look_lamp(&lamp);
}

uint32_t look_washers(const PlanRoom *room, uint32_t most, RenderLight *out)
{
    GalleryLamp lamps[RENDER_MAX_LIGHTS];
    uint32_t count = gallery_washers(room, MIN(most, (uint32_t)RENDER_MAX_LIGHTS), lamps);
    for (uint32_t i = 0; i < count; i++)
        out[i] = look_lamp(&lamps[i]);
    return count;
}

RenderPanel look_panel(const PlanRoom *room)
{
    GalleryPanel panel = gallery_panel(room);
    RenderPanel look = {.half_u = {panel.half_size[0], 0, 0},
                        .half_v = {0, 0, panel.half_size[1]},
                        .luminance_nits = gallery_panel_nits(&panel)};
    memcpy(look.center, panel.center, sizeof look.center);
    gallery_panel_color(room, look.color);
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
    gallery_color((int)room->floor, look.floor_color);
    gallery_color((int)room->walls, look.wall_color);
    gallery_color((int)room->ceiling, look.ceiling_color);
    return look;
}
