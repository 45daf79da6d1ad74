// gallery_text.c: words on walls.

#include "exhibits/model/gallery_text.h"

#include <math.h>
#include <string.h>

#define PANEL_WIDE_M 0.86f
#define PANEL_HIGH_M 1.08f
#define PANEL_MIDDLE_M 1.58f // over the floor
#define PANEL_CLEAR_M 0.35f  // from corners, doors and windows
#define SIGN_WIDE_M 1.3f
#define SIGN_HIGH_M 0.18f
#define SIGN_OVER_M 0.14f // from the door's upper edge to the sign's

typedef struct Wall {
    const float *a;
    float along[2], inward[2], length_m;
} Wall;

static Wall wall_of(const PlanRoom *room, uint32_t index)
{
    const float *a = room->corners[index];
    const float *b = room->corners[(index + 1) % room->corner_count];
    float length = hypotf(b[0] - a[0], b[1] - a[1]);
    float x = (b[0] - a[0]) / length, z = (b[1] - a[1]) / length;
    return (Wall){.a = a, .along = {x, z}, .inward = {z, -x}, .length_m = length};
}

static float along_wall(const Wall *wall, const float point[2])
{
    return (point[0] - wall->a[0]) * wall->along[0] + (point[1] - wall->a[1]) * wall->along[1];
}

static void hang(const Wall *wall, float along, float y, GalleryText *out)
{
    float off = out->is_sign ? 0.005f : GALLERY_TEXT_DEEP_M + 0.001f;
    for (int k = 0; k < 2; k++)
        out->center[2 * k] = wall->a[k] + wall->along[k] * along + wall->inward[k] * off;
    out->center[1] = y;
    out->yaw = atan2f(wall->inward[0], wall->inward[1]);
}

// ---- the introduction

// The first thing along a wall, from `at` onwards, that hangs or leads through there; its end
// in *end. The wall's length if there is none.
static float next_hole(const Plan *plan, uint32_t room, uint32_t index, float at, float *end)
{
    Wall wall = wall_of(&plan->rooms[room], index);
    float nearest = wall.length_m;
    *end = wall.length_m;
    for (uint32_t i = 0; i < 2 * plan->opening_count + plan->window_count; i++) {
        bool is_door = i < 2 * plan->opening_count;
        const PlanOpening *door = &plan->openings[is_door ? i / 2 : 0];
        const PlanWindow *window = &plan->windows[is_door ? 0 : i - 2 * plan->opening_count];
        bool is_here = is_door ? door->room[i % 2] == room && door->wall[i % 2] == index
                               : window->room == room && window->wall == index;
        if (!is_here)
            continue;
        float from = along_wall(&wall, is_door ? door->from[i % 2] : window->from);
        float to = along_wall(&wall, is_door ? door->to[i % 2] : window->to);
        if (fmaxf(from, to) > at && fminf(from, to) < nearest) {
            nearest = fminf(from, to);
            *end = fmaxf(from, to);
        }
    }
    return nearest;
}

// The wall that the look from the start meets is the house's own title's; what is behind who
// begins there is overlooked. Both only where there is no other.
static float reluctance(const Plan *plan, uint32_t room, const Wall *wall)
{
    float facing =
        sinf(plan->start.yaw) * wall->inward[0] + cosf(plan->start.yaw) * wall->inward[1];
    if (plan->start.room != room || fabsf(facing) < 0.7f)
        return 0;
    return facing < 0 ? 2000.0f : 1000.0f;
}

// In the middle of the widest free stretch of all walls. False if it fits nowhere.
static bool find_spot(const Plan *plan, uint32_t index, GalleryText *out)
{
    const PlanRoom *room = &plan->rooms[index];
    float least = PANEL_WIDE_M + 2 * PANEL_CLEAR_M, best = 0;
    bool is_found = false;
    for (uint32_t w = 0; w < room->corner_count; w++) {
        Wall wall = wall_of(room, w);
        for (float from = 0, end; from < wall.length_m - 1e-4f; from = end) {
            float to = next_hole(plan, index, w, from, &end);
            float worth = to - from - reluctance(plan, index, &wall);
            if (to - from < least || (is_found && worth <= best))
                continue;
            best = worth;
            is_found = true;
            hang(&wall, (from + to) / 2, PANEL_MIDDLE_M, out);
        }
    }
    return is_found;
}

static bool add_introduction(const Plan *plan, uint32_t index, GalleryText *out)
{
    const PlanRoom *room = &plan->rooms[index];
    *out = (GalleryText){.room = index, .of = index, .size_m = {PANEL_WIDE_M, PANEL_HIGH_M}};
    if (room->text.count == 0)
        return false;
    if (room->text_size_m[0] <= 0)
        return room->height_m > PANEL_MIDDLE_M + PANEL_HIGH_M / 2 &&
               find_spot(plan, index, out);
    memcpy(out->center, room->text_position, sizeof out->center);
    memcpy(out->size_m, room->text_size_m, sizeof out->size_m);
    out->yaw = room->text_yaw;
    return true;
}

// ---- signs

// Over the door at one of its ends. False if there is no room for it, or nothing to say.
static bool add_sign(const Plan *plan, const PlanOpening *door, int end, GalleryText *out)
{
    const PlanRoom *room = &plan->rooms[door->room[end]];
    uint32_t of = door->room[1 - end];
    Wall wall = wall_of(room, door->wall[end]);
    float from = along_wall(&wall, door->from[end]), to = along_wall(&wall, door->to[end]);
    float y = door->floor_m - room->floor_m + door->height_m + SIGN_OVER_M + SIGN_HIGH_M / 2;
    if (plan->rooms[of].title.count == 0 ||
        y + SIGN_HIGH_M / 2 + 0.05f > room->height_m - room->cornice_m)
        return false;
    *out = (GalleryText){.is_sign = true,
                         .room = door->room[end],
                         .of = of,
                         .size_m = {fminf(SIGN_WIDE_M, fabsf(to - from)), SIGN_HIGH_M}};
    hang(&wall, (from + to) / 2, y, out);
    return true;
}

uint32_t gallery_texts(const Plan *plan, uint32_t room, GalleryText *out)
{
    uint32_t count = add_introduction(plan, room, &out[0]);
    for (uint32_t i = 0; i < plan->opening_count; i++)
        for (int end = 0; end < 2 && count < GALLERY_MAX_TEXTS; end++)
            if (plan->openings[i].room[end] == room)
                count += add_sign(plan, &plan->openings[i], end, &out[count]);
    return count;
}
