// rooms_look.c: what a plan's materials look like, and the lamps as the renderer wants them.

#include "museum/rooms_look.h"

#include <float.h>
#include <string.h>

#define FILL_LUX 5.0f           // from nowhere, so that corners stay alive
#define PANEL_SHOWN_NITS 135.0f // seen from below it glows, however large it is
#define LAMP_SHOWN_NITS 4000.0f
#define CONTACT_WIDER 1.12f // than the piece
#define CONTACT_RISE 0.16f  // and by so much of its height
#define WINDOW_SHARE 0.45f
// Of what it is level with the eye: brighter than whatever it shines on, and trees are still
// trees.
#define SKY_SHOWN_SHARE 0.22f
#define SKY_SHOWN_TINT 0.3f

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
    [PLAN_OAK_HERRINGBONE] = RENDER_OAK_PARQUET,
    [PLAN_TERRAZZO_DARK] = RENDER_TERRAZZO,
    [PLAN_STONE_CHECKER] = RENDER_CHECKER,
    [PLAN_CARPET_GREY] = RENDER_CARPET,
    [PLAN_CARPET_RED] = RENDER_CARPET,
    [PLAN_CARPET_GREEN] = RENDER_CARPET,
    [PLAN_FABRIC_RED] = RENDER_FABRIC,
    [PLAN_PANEL_OAK] = RENDER_PANELS,
    [PLAN_PANEL_WALNUT] = RENDER_PANELS,
    [PLAN_PANEL_WHITE] = RENDER_PAINTED_PANELS,
    [PLAN_PAINT_DARK] = RENDER_PAINTED_WOOD,
    [PLAN_PAINT_GREY] = RENDER_PAINTED_WOOD,
    [PLAN_PAINT_WHITE] = RENDER_PAINTED_WOOD,
    [GALLERY_PLINTH] = RENDER_PAINTED_WOOD,
    [GALLERY_PLINTH_FOOT] = RENDER_PAINTED_WOOD,
    [GALLERY_CASE_DECK] = RENDER_FABRIC,
    [GALLERY_METAL] = RENDER_METAL,
    [GALLERY_CUSHION] = RENDER_CARPET,
    [GALLERY_BOARD] = RENDER_PAINTED_WOOD,
    [GALLERY_FELT] = RENDER_FELT,
    [GALLERY_GLOW_PANEL] = RENDER_EMISSIVE,
    [GALLERY_GLOW_LAMP] = RENDER_EMISSIVE,
    [GALLERY_GLOW_SKY] = RENDER_SKY,
};

// Boards are for floors, frames with panels for walls; all else is of one piece.
static RenderMaterialKind kind_of(int material, GalleryUse use)
{
    RenderMaterialKind kind = kinds[material];
    if ((kind == RENDER_OAK_PLANKS || kind == RENDER_OAK_PARQUET) && use != GALLERY_ON_FLOOR)
        return RENDER_OAK;
    if (kind == RENDER_PANELS && use != GALLERY_ON_WALL)
        return RENDER_OAK;
    if (kind == RENDER_PAINTED_PANELS && use != GALLERY_ON_WALL)
        return RENDER_PAINTED_WOOD;
    return kind;
}

RenderMaterial look_material(const GalleryPart *part, const Plan *plan, uint32_t index)
{
    const PlanRoom *room = &plan->rooms[index];
    int material = part->material;
    RenderMaterial look = {.kind = kind_of(material, part->use)};
    gallery_color(material, look.color);
    // Panels are as high as the dado they are of, or as the wall.
    bool is_dado = room->dado_m > 0 && material == (int)room->dado;
    look.high_m = is_dado ? room->dado_m : room->height_m - room->cornice_m;
    if (material == GALLERY_GLOW_PANEL) {
        float color[3]; // of the light, through glass that is a little yellow
        gallery_panel_color(room, color);
        for (int i = 0; i < 3; i++)
            look.color[i] *= color[i];
        look.luminance_nits = PANEL_SHOWN_NITS;
    }
    if (material == GALLERY_GLOW_LAMP)
        look.luminance_nits = LAMP_SHOWN_NITS;
    if (material == GALLERY_GLOW_SKY) {
        gallery_sky_color(&plan->sky, look.color);
        for (int i = 0; i < 3; i++) // meadows stay green under it
            look.color[i] = 1 - (1 - look.color[i]) * SKY_SHOWN_TINT;
        look.luminance_nits = MAX(plan->sky.nits * SKY_SHOWN_SHARE, 0.01f); // 0: as they come
    }
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
    // A room is a box: what is above it would be in another one.
    look.center[1] = room->floor_m + MIN(look.center[1], room->height_m - 0.02f);
    gallery_panel_color(room, look.color);
    return look;
}

uint32_t look_windows(const Plan *plan, uint32_t room, uint32_t most, RenderPanel *out)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < plan->window_count && count < most; i++) {
        const PlanWindow *window = &plan->windows[i];
        if (window->room != room)
            continue;
        RenderPanel *look = &out[count++];
        // Half of what one sees is ground, and glass is not to hide what is behind it.
        *look = (RenderPanel){.luminance_nits = plan->sky.nits * WINDOW_SHARE};
        look->center[1] = plan->rooms[room].floor_m + (window->sill_m + window->head_m) / 2;
        look->half_v[1] = (window->head_m - window->sill_m) / 2;
        // Seen from within, a wall runs from the right to the left.
        const PlanRoom *of = &plan->rooms[room];
        const float *a = of->corners[window->wall];
        const float *b = of->corners[(window->wall + 1) % of->corner_count];
        float along[2] = {window->to[0] - window->from[0], window->to[1] - window->from[1]};
        float sign = along[0] * (b[0] - a[0]) + along[1] * (b[1] - a[1]) > 0 ? -1 : 1;
        for (int k = 0; k < 2; k++) {
            look->center[2 * k] = (window->from[k] + window->to[k]) / 2;
            look->half_u[2 * k] = along[k] / 2 * sign;
        }
        gallery_sky_color(&plan->sky, look->color);
    }
    return count;
}

RenderRoom look_room(const PlanRoom *room)
{
    RenderRoom look = {.low = {FLT_MAX, room->floor_m, FLT_MAX},
                       .high = {-FLT_MAX, room->floor_m + room->height_m, -FLT_MAX},
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

RenderContact look_contact(const Exhibit *exhibit)
{
    float size[3];
    for (int i = 0; i < 3; i++)
        size[i] = (float)(exhibit->high[i] - exhibit->low[i]);
    float more = MIN(size[1], MAX(size[0], size[2])) * CONTACT_RISE;
    return (RenderContact){
        .center = {(float)exhibit->center[0], (float)exhibit->floor_m,
                   (float)exhibit->center[2]},
        .half_size = {size[0] / 2 * CONTACT_WIDER + more, size[2] / 2 * CONTACT_WIDER + more},
        .strength = 0.55f,
    };
}
