// gallery_mesh.c: one room as triangles: what leads out of it, and what closes it above. Floors
// are in gallery_flat.c, walls in gallery_wall.c, what stands in it in gallery_furniture.c.

#include "exhibits/model/gallery_mesh.h"
#include "exhibits/model/gallery_build.h"

#include <math.h>
#include <string.h>

#define PANEL_INSET 0.24f // of the room's width, on each side
#define PANEL_DEEP_M 0.05f
#define BAR_EVERY_M 0.85f // glazing bars under a light ceiling
#define BAR_HALF_M 0.011f

// ---- passages: floor, two sides and the lintel's underside; they belong to their first room

static void add_passage(Builder *builder, const PlanOpening *opening, const PlanRoom *room)
{
    const float *corners[4] = {opening->from[0], opening->to[0], opening->to[1],
                               opening->from[1]};
    float across[3] = {corners[1][0] - corners[0][0], 0, corners[1][1] - corners[0][1]};
    float through[3] = {corners[3][0] - corners[0][0], 0, corners[3][1] - corners[0][1]};
    float up[3] = {0, opening->height_m, 0};
    float length = hypotf(across[0], across[2]), y = opening->floor_m - room->floor_m;
    float inward[3] = {across[0] / length, 0, across[2] / length};
    const float first[3] = {corners[0][0], y, corners[0][1]};
    const float second[3] = {corners[1][0], y, corners[1][1]};
    Patch patches[4];
    memset(patches, 0, sizeof patches);
    patches[0].normal[1] = 1;
    patches[1].normal[1] = -1;
    for (int i = 0; i < 4; i++) {
        Patch *patch = &patches[i];
        patch->step_m = 0.5f;
        memcpy(patch->base, i == 3 ? second : first, sizeof first);
        memcpy(patch->u, i < 2 ? across : through, sizeof across);
        memcpy(patch->v, i < 2 ? through : up, sizeof up);
        patch->uv[0] = patch->base[0];
        patch->uv[1] = patch->base[2];
    }
    patches[1].base[1] = y + opening->height_m;
    for (int i = 0; i < 3; i++) {
        patches[2].normal[i] = inward[i];
        patches[3].normal[i] = -inward[i];
    }
    for (int i = 0; i < 4; i++) {
        if (i == 0)
            build_begin_surface(builder, (int)room->floor, GALLERY_ON_FLOOR);
        else
            build_begin_part(builder, (int)room->trim);
        build_patch(builder, &patches[i]);
        build_end_part(builder);
    }
}

// ---- the light ceiling

// How much of what a parallel rectangle of half sides a and b, h above, sends out reaches the
// point below its middle: illuminance = luminance x this.
static float panel_factor(float a, float b, float h)
{
    float p = sqrtf(a * a + h * h), q = sqrtf(b * b + h * h);
    return 2 * (a / p * atanf(b / p) + b / q * atanf(a / q));
}

static GalleryPanel lit_panel(const PlanRoom *room, GalleryPanel panel)
{
    panel.is_there = room->fill_lux > 0;
    float high = room->height_m + room->skylight.well_m;
    panel.luminance_nits =
        room->fill_lux / panel_factor(panel.half_size[0], panel.half_size[1], high);
    return panel;
}

static GalleryPanel skylight_panel(const PlanRoom *room)
{
    const PlanSkylight *from = &room->skylight;
    return lit_panel(
        room, (GalleryPanel){
                  .center = {from->center[0], room->height_m + from->well_m, from->center[1]},
                  .half_size = {from->size_m[0] / 2, from->size_m[1] / 2},
              });
}

GalleryPanel gallery_panel(const PlanRoom *room)
{
    GalleryPanel panel = {0};
    double low[2], high[2];
    if (room->skylight.size_m[0] > 0)
        return skylight_panel(room);
    build_room_bounds(room, low, high);
    for (float scale = 1; scale > 0.2f; scale -= 0.1f) {
        bool fits = true;
        panel.center[1] = room->height_m - PANEL_DEEP_M;
        for (int i = 0; i < 2; i++) {
            panel.center[i * 2] = (float)((low[i] + high[i]) / 2);
            float half = (float)(high[i] - low[i]) / 2;
            panel.half_size[i] =
                MAX(half - MAX(half * 2 * PANEL_INSET, 0.9f), half * 0.3f) * scale;
        }
        for (int i = 0; i < 4; i++) {
            float corner[2] = {panel.center[0] + (i & 1 ? 1.1f : -1.1f) * panel.half_size[0],
                               panel.center[2] + (i & 2 ? 1.1f : -1.1f) * panel.half_size[1]};
            fits &= plan_room_contains(room, corner);
        }
        if (fits)
            return lit_panel(room, panel);
    }
    return (GalleryPanel){0};
}

// Bars that part the glass into panes, as wide as they are long or nearly so.
static void add_bars(Builder *builder, const PlanRoom *room, const GalleryPanel *panel)
{
    build_begin_part(builder, (int)room->trim);
    for (int axis = 0; axis < 2; axis++) {
        float half = panel->half_size[axis];
        int count = (int)lroundf(2 * half / BAR_EVERY_M);
        for (int i = 1; i < count; i++) {
            float at = -half + 2 * half * (float)i / (float)count;
            Box bar = {.center = {panel->center[0] + (axis ? 0 : at),
                                  panel->center[1] - BAR_HALF_M - 0.002f,
                                  panel->center[2] + (axis ? at : 0)},
                       .half = {axis ? panel->half_size[0] : BAR_HALF_M, BAR_HALF_M,
                                axis ? BAR_HALF_M : panel->half_size[1]},
                       .has_no_top = true};
            build_box(builder, &bar);
        }
    }
    build_end_part(builder);
}

// A raised border: of the light ceiling where it is flush, else of the well's lower edge.
static void add_rim(Builder *builder, const PlanRoom *room, const GalleryPanel *panel)
{
    float x = panel->half_size[0], z = panel->half_size[1];
    build_begin_part(builder, (int)room->trim);
    for (int i = 0; i < 4; i++) {
        bool along_x = i < 2;
        float side = i % 2 ? 1 : -1, rim = 0.035f;
        float half_x = along_x ? x + 2 * rim : rim, half_z = along_x ? rim : z;
        build_box(builder,
                  &(Box){.center = {panel->center[0] + (along_x ? 0 : side * (x + rim)),
                                    room->height_m - PANEL_DEEP_M / 2 - 0.005f,
                                    panel->center[2] + (along_x ? side * (z + rim) : 0)},
                         .half = {half_x, PANEL_DEEP_M / 2 + 0.005f, half_z}});
    }
    build_end_part(builder);
}

// Four walls from the ceiling up to the glass.
static void add_well(Builder *builder, const PlanRoom *room, const GalleryPanel *panel)
{
    float high = panel->center[1] - room->height_m;
    build_begin_part(builder, (int)room->ceiling);
    for (int i = 0; i < 4; i++) {
        bool is_x = i < 2;
        float side = i % 2 ? 1 : -1;
        float half = panel->half_size[is_x ? 0 : 1], wide = panel->half_size[is_x ? 1 : 0];
        Patch patch = {.v = {0, high, 0}, .step_m = 0.5f};
        patch.base[0] = panel->center[0] + (is_x ? side * half : -wide);
        patch.base[1] = room->height_m;
        patch.base[2] = panel->center[2] + (is_x ? -wide : side * half);
        patch.u[is_x ? 2 : 0] = 2 * wide;
        patch.normal[is_x ? 0 : 2] = -side;
        build_patch(builder, &patch);
    }
    build_end_part(builder);
}

static void add_panel(Builder *builder, const PlanRoom *room)
{
    GalleryPanel panel = gallery_panel(room);
    if (!panel.is_there && room->skylight.size_m[0] <= 0)
        return;
    float x = panel.half_size[0], z = panel.half_size[1];
    // Without any light behind it, it is closed.
    build_begin_part(builder, panel.is_there ? GALLERY_GLOW_PANEL : (int)room->ceiling);
    build_patch(builder,
                &(Patch){.base = {panel.center[0] - x, panel.center[1], panel.center[2] - z},
                         .u = {2 * x, 0, 0},
                         .v = {0, 0, 2 * z},
                         .normal = {0, -1, 0},
                         .step_m = 100});
    build_end_part(builder);
    add_rim(builder, room, &panel);
    add_bars(builder, room, &panel);
    if (panel.center[1] > room->height_m)
        add_well(builder, room, &panel);
}

static void add_ceiling(Builder *builder, const PlanRoom *room)
{
    const PlanSkylight *hole = &room->skylight;
    FlatDesc ceiling = {.y = room->height_m,
                        .material = (int)room->ceiling,
                        .use = GALLERY_ON_CEILING,
                        .has_hole = hole->size_m[0] > 0};
    for (int i = 0; i < 2; i++) {
        ceiling.hole_low[i] = (double)hole->center[i] - (double)hole->size_m[i] / 2;
        ceiling.hole_high[i] = (double)hole->center[i] + (double)hole->size_m[i] / 2;
    }
    build_flat(builder, &ceiling);
}

// ---- all of it

void gallery_mesh_make(const Plan *plan, uint32_t index, Arena *arena, GalleryMesh *out)
{
    const PlanRoom *room = &plan->rooms[index];
    Builder builder = {.arena = arena, .room = room};
    build_flat(&builder, &(FlatDesc){.faces_up = true, .material = (int)room->floor});
    add_ceiling(&builder, room);
    build_walls(&builder, plan, index);
    for (uint32_t i = 0; i < plan->opening_count; i++) {
        if (plan->openings[i].room[0] == index)
            add_passage(&builder, &plan->openings[i], room);
    }
    for (uint32_t i = 0; i < plan->window_count; i++) {
        if (plan->windows[i].room == index)
            build_window(&builder, &plan->windows[i]);
    }
    add_panel(&builder, room);
    build_flights(&builder, plan, index);
    build_furniture(&builder, plan, index);
    *out = builder.mesh;
}
