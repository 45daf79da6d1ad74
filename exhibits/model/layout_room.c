// layout_room.c: what rooms that are laid out by themselves are made of, and their windows.

#include "exhibits/model/layout_room.h"

#include <math.h>

#define WINDOW_WIDE_M 1.25f
#define WINDOW_EVERY_M 2.4f // at least, from middle to middle
#define WINDOW_SILL_M 0.85f
#define WINDOW_REVEAL_M 0.32f
#define OUTSIDE_M 3.0f // no room is nearer to a window than this

// A set of materials that go together.
typedef struct Scheme {
    PlanMaterial walls, floor, trim, dado;
    float dado_m, cornice_m;
    bool has_skylight;
} Scheme;

static const Scheme schemes[] = {
    {PLAN_PLASTER_BLUE, PLAN_OAK_HERRINGBONE, PLAN_PAINT_WHITE, PLAN_PANEL_WHITE, 0.92f, 0.16f,
     false},
    {PLAN_PLASTER_SAGE, PLAN_OAK_LIGHT, PLAN_PAINT_GREY, PLAN_PANEL_WHITE, 0, 0.12f, true},
    {PLAN_FABRIC_GREEN, PLAN_OAK_DARK, PLAN_PAINT_DARK, PLAN_PANEL_WALNUT, 1.0f, 0.14f, false},
    {PLAN_FABRIC_LINEN, PLAN_TERRAZZO, PLAN_PAINT_GREY, PLAN_PANEL_OAK, 0, 0.12f, true},
    {PLAN_FABRIC_RED, PLAN_OAK_HERRINGBONE, PLAN_PAINT_WHITE, PLAN_PANEL_WHITE, 0.92f, 0.16f,
     false},
    {PLAN_PANEL_OAK, PLAN_CARPET_GREEN, PLAN_PANEL_OAK, PLAN_PANEL_OAK, 0, 0.12f, false},
};

static const Scheme halls[] = {
    {PLAN_PLASTER_WARM, PLAN_STONE_CHECKER, PLAN_PAINT_WHITE, PLAN_PANEL_WHITE, 1.0f, 0.22f,
     true},
    {PLAN_PLASTER_GREY, PLAN_STONE_LIMESTONE, PLAN_PAINT_GREY, PLAN_PANEL_WHITE, 0, 0.18f,
     true},
};

// In the middle of the ceiling of a room of four corners.
static void add_skylight(PlanRoom *room)
{
    float low[2] = {INFINITY, INFINITY}, high[2] = {-INFINITY, -INFINITY};
    for (uint32_t i = 0; i < room->corner_count; i++) {
        for (int k = 0; k < 2; k++) {
            low[k] = fminf(low[k], room->corners[i][k]);
            high[k] = fmaxf(high[k], room->corners[i][k]);
        }
    }
    for (int k = 0; k < 2; k++) {
        room->skylight.center[k] = (low[k] + high[k]) / 2;
        room->skylight.size_m[k] = (high[k] - low[k]) * 0.46f;
    }
    room->skylight.well_m = 0.65f;
}

void layout_furnish_room(PlanRoom *room, bool is_hall, uint32_t index)
{
    const Scheme *scheme =
        is_hall ? &halls[index % COUNT_OF(halls)] : &schemes[index % COUNT_OF(schemes)];
    room->walls = scheme->walls;
    room->floor = scheme->floor;
    room->ceiling = PLAN_PLASTER_WHITE;
    room->trim = scheme->trim;
    room->dado = scheme->dado;
    room->dado_m = scheme->dado_m;
    room->skirting_m = 0.13f;
    room->cornice_m = scheme->cornice_m;
    room->fill_lux = 170;
    room->fill_kelvin = 3800;
    if (scheme->has_skylight) {
        room->fill_kelvin = 4600; // as the day
        add_skylight(room);
    }
}

// ---- windows

static const float *corner_of(const PlanRoom *room, uint32_t index)
{
    return room->corners[index % room->corner_count];
}

static bool has_door(const Plan *plan, uint32_t room, uint32_t wall)
{
    for (uint32_t i = 0; i < plan->opening_count; i++)
        for (int end = 0; end < 2; end++)
            if (plan->openings[i].room[end] == room && plan->openings[i].wall[end] == wall)
                return true;
    return false;
}

// Whether nothing but sky is behind a wall, as far as windows look.
static bool is_outer(const Plan *plan, const PlanRoom *room, uint32_t wall)
{
    const float *a = corner_of(room, wall), *b = corner_of(room, wall + 1);
    float length = hypotf(b[0] - a[0], b[1] - a[1]);
    float out[2] = {-(b[1] - a[1]) / length, (b[0] - a[0]) / length};
    for (int step = 0; step <= 20; step++) {
        for (int away = 1; away <= 4; away++) {
            float t = (float)step / 20, off = OUTSIDE_M * (float)away / 4;
            float at[2] = {a[0] + (b[0] - a[0]) * t + out[0] * off,
                           a[1] + (b[1] - a[1]) * t + out[1] * off};
            if (plan_find_room(plan, at) != PLAN_NONE)
                return false;
        }
    }
    return true;
}

static uint32_t windows_along(const PlanRoom *room, uint32_t wall)
{
    const float *a = corner_of(room, wall), *b = corner_of(room, wall + 1);
    return (uint32_t)(hypotf(b[0] - a[0], b[1] - a[1]) / WINDOW_EVERY_M);
}

static void add_row(Plan *plan, uint32_t index, uint32_t wall)
{
    const PlanRoom *room = &plan->rooms[index];
    const float *a = corner_of(room, wall), *b = corner_of(room, wall + 1);
    float length = hypotf(b[0] - a[0], b[1] - a[1]);
    uint32_t count = windows_along(room, wall);
    for (uint32_t i = 0; i < count && plan->window_count < PLAN_MAX_WINDOWS; i++) {
        PlanWindow *window = &plan->windows[plan->window_count++];
        float middle = ((float)i + 0.5f) / (float)count, half = WINDOW_WIDE_M / 2 / length;
        *window = (PlanWindow){.room = index,
                               .wall = wall,
                               .sill_m = fmaxf(WINDOW_SILL_M, room->dado_m + 0.1f),
                               .head_m = fminf(room->height_m * 0.8f, 3.4f),
                               .reveal_m = WINDOW_REVEAL_M};
        for (int k = 0; k < 2; k++) {
            window->from[k] = a[k] + (b[k] - a[k]) * (middle - half);
            window->to[k] = a[k] + (b[k] - a[k]) * (middle + half);
        }
    }
}

// A wall at the side of who enters: pieces have their backs to the one ahead, and texts hang on
// it. Corners begin with the room's left wall (plan_box).
void layout_add_windows(Plan *plan, Arena *arena)
{
    size_t most = 0;
    plan->sky = (PlanSky){PLAN_SKY_NITS, PLAN_SKY_KELVIN};
    for (uint32_t i = 0; i < plan->room_count; i++)
        for (uint32_t wall = 0; wall < plan->rooms[i].corner_count; wall++)
            most += windows_along(&plan->rooms[i], wall);
    plan->windows = ARENA_ARRAY(arena, PlanWindow, most + 1);
    for (uint32_t i = 0; i < plan->room_count; i++) {
        const PlanRoom *room = &plan->rooms[i];
        for (uint32_t wall = 0; wall < room->corner_count; wall += 2) {
            if (room->skylight.size_m[0] > 0 || has_door(plan, i, wall) ||
                !is_outer(plan, room, wall))
                continue;
            add_row(plan, i, wall);
            break;
        }
    }
}
