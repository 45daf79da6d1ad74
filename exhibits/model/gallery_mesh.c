// gallery_mesh.c: one room as triangles. What stands in it is in gallery_furniture.c.

#include "exhibits/model/gallery_mesh.h"
#include "exhibits/model/gallery_build.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define FLOOR_CELL_M 0.4 // shade is kept at corners of cells
#define WALL_PART_M 2.5f // long walls are lit piece by piece
#define SKIRTING_HIGH_M 0.1f
#define SKIRTING_THICK_M 0.014f
#define FRAME_WIDE_M 0.075f
#define FRAME_THICK_M 0.02f
#define PANEL_INSET 0.24f // of the room's width, on each side
#define PANEL_DEEP_M 0.05f

enum { MAX_POLYGON = PLAN_MAX_CORNERS * 2 + 8 };

// ---- floors and ceilings: the polygon, cell by cell

typedef struct Polygon {
    int count;
    double corners[MAX_POLYGON][2];
} Polygon;

// What is left of a polygon on one side of the line where coordinate `axis` is `at`.
static void clip(Polygon *polygon, int axis, double at, bool keeps_above)
{
    Polygon out = {0};
    for (int i = 0; i < polygon->count; i++) {
        const double *a = polygon->corners[i];
        const double *b = polygon->corners[(i + 1) % polygon->count];
        bool a_in = keeps_above ? a[axis] >= at : a[axis] <= at;
        bool b_in = keeps_above ? b[axis] >= at : b[axis] <= at;
        if (a_in && out.count < MAX_POLYGON)
            memcpy(out.corners[out.count++], a, 2 * sizeof *a);
        if (a_in != b_in && out.count < MAX_POLYGON) {
            double t = (at - a[axis]) / (b[axis] - a[axis]);
            double *to = out.corners[out.count++];
            to[axis] = at;
            to[1 - axis] = a[1 - axis] + t * (b[1 - axis] - a[1 - axis]);
        }
    }
    *polygon = out;
}

static double turn_of(const double a[2], const double b[2], const double c[2])
{
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

static bool is_ear(const Polygon *polygon, int i, double sign)
{
    const double *a = polygon->corners[(i + polygon->count - 1) % polygon->count];
    const double *b = polygon->corners[i];
    const double *c = polygon->corners[(i + 1) % polygon->count];
    if (turn_of(a, b, c) * sign <= 0)
        return false;
    for (int k = 0; k < polygon->count; k++) {
        const double *p = polygon->corners[k];
        if (p == a || p == b || p == c)
            continue;
        if (turn_of(a, b, p) * sign > 0 && turn_of(b, c, p) * sign > 0 &&
            turn_of(c, a, p) * sign > 0)
            return false;
    }
    return true;
}

static void add_flat_triangle(Builder *builder, const Polygon *polygon, int i, float y,
                              const float normal[3])
{
    float corners[3][3];
    for (int k = 0; k < 3; k++) {
        const double *at = polygon->corners[(i + polygon->count - 1 + k) % polygon->count];
        corners[k][0] = (float)at[0];
        corners[k][1] = y;
        corners[k][2] = (float)at[1];
    }
    build_triangle(builder, (const float(*)[3])corners, normal);
}

// Cuts off ear after ear. `sign` is the polygon's sense.
static void add_flat_polygon(Builder *builder, Polygon polygon, float y, const float normal[3])
{
    double area = 0;
    for (int i = 0; i + 2 < polygon.count; i++)
        area += turn_of(polygon.corners[0], polygon.corners[i + 1], polygon.corners[i + 2]);
    double sign = area < 0 ? -1 : 1;
    while (polygon.count >= 3) {
        int ear = -1;
        for (int i = 0; i < polygon.count && ear < 0; i++)
            ear = is_ear(&polygon, i, sign) ? i : -1;
        int drop = ear < 0 ? 0 : ear; // clipping leaves slivers of no area: they just go
        if (ear >= 0)
            add_flat_triangle(builder, &polygon, ear, y, normal);
        memmove(polygon.corners[drop], polygon.corners[drop + 1],
                (size_t)(polygon.count - drop - 1) * sizeof polygon.corners[0]);
        polygon.count--;
    }
}

static Polygon room_polygon(const PlanRoom *room)
{
    Polygon polygon = {.count = (int)room->corner_count};
    for (int i = 0; i < polygon.count; i++) {
        polygon.corners[i][0] = room->corners[i][0];
        polygon.corners[i][1] = room->corners[i][1];
    }
    return polygon;
}

static void room_bounds(const PlanRoom *room, double low[2], double high[2])
{
    low[0] = low[1] = DBL_MAX;
    high[0] = high[1] = -DBL_MAX;
    for (uint32_t i = 0; i < room->corner_count; i++) {
        for (int axis = 0; axis < 2; axis++) {
            low[axis] = MIN(low[axis], (double)room->corners[i][axis]);
            high[axis] = MAX(high[axis], (double)room->corners[i][axis]);
        }
    }
}

// Big floors come in parts of about 4 m, each lit by its own lamps.
static void add_flat(Builder *builder, const PlanRoom *room, float y, bool faces_up,
                     int material)
{
    const float normal[3] = {0, faces_up ? 1 : -1, 0};
    double low[2], high[2];
    room_bounds(room, low, high);
    enum { CELLS_A_PART = 10 };
    double part_m = FLOOR_CELL_M * CELLS_A_PART;
    for (double z = low[1]; z < high[1]; z += part_m) {
        for (double x = low[0]; x < high[0]; x += part_m) {
            build_begin_part(builder, material);
            for (int i = 0; i < CELLS_A_PART * CELLS_A_PART; i++) {
                double at[2] = {x + i % CELLS_A_PART * FLOOR_CELL_M,
                                z + i / CELLS_A_PART * FLOOR_CELL_M};
                if (at[0] >= high[0] || at[1] >= high[1])
                    continue;
                Polygon cell = room_polygon(room);
                for (int axis = 0; axis < 2; axis++) {
                    clip(&cell, axis, at[axis], true);
                    clip(&cell, axis, at[axis] + FLOOR_CELL_M, false);
                }
                add_flat_polygon(builder, cell, y, normal);
            }
            build_end_part(builder);
        }
    }
}

// ---- walls

// A stretch of a wall, from and to along it in metres.
typedef struct Stretch {
    const PlanRoom *room;
    const float *a; // the wall's first corner
    float along[2]; // unit vector
    float inward[3];
} Stretch;

static void stretch_point(const Stretch *wall, float at, float y, float out[3])
{
    out[0] = wall->a[0] + wall->along[0] * at;
    out[1] = y;
    out[2] = wall->a[1] + wall->along[1] * at;
}

// Rows are closer together at the floor and the ceiling, where shade changes.
static void add_wall_face(Builder *builder, const Stretch *wall, float from, float to,
                          float low, float high)
{
    for (float at = from; at < to - 1e-4f;) {
        int count = MAX(1, (int)ceilf((to - from) / WALL_PART_M));
        float next = MIN(to, at + (to - from) / (float)count + 1e-4f);
        float base[3], across[3], up[3] = {0, high - low, 0};
        stretch_point(wall, at, low, base);
        for (int i = 0; i < 3; i += 2)
            across[i] = wall->along[i / 2] * (next - at);
        across[1] = 0;
        build_begin_part(builder, (int)wall->room->walls);
        build_patch(builder, &(Patch){.base = {base[0], base[1], base[2]},
                                      .u = {across[0], 0, across[2]},
                                      .v = {up[0], up[1], up[2]},
                                      .normal = {wall->inward[0], 0, wall->inward[2]},
                                      .uv = {at, low},
                                      .step_m = 0.3f});
        build_end_part(builder);
        at = next;
    }
}

// A board in front of the wall.
static void add_board(Builder *builder, const Stretch *wall, const float from_to[2],
                      const float low_high[2], float thick)
{
    float middle = (from_to[0] + from_to[1]) / 2, center[3];
    stretch_point(wall, middle, (low_high[0] + low_high[1]) / 2, center);
    build_box(builder, &(Box){
                           .center = {center[0] + wall->inward[0] * thick / 2, center[1],
                                      center[2] + wall->inward[2] * thick / 2},
                           .half = {(from_to[1] - from_to[0]) / 2,
                                    (low_high[1] - low_high[0]) / 2, thick / 2},
                           .yaw = atan2f(wall->inward[0], wall->inward[2]),
                       });
}

static void add_skirting(Builder *builder, const Stretch *wall, float from, float to)
{
    if (to - from < 0.02f)
        return;
    build_begin_part(builder, GALLERY_TRIM);
    add_board(builder, wall, (float[2]){from, to}, (float[2]){0, SKIRTING_HIGH_M},
              SKIRTING_THICK_M);
    build_end_part(builder);
}

static void add_door_frame(Builder *builder, const Stretch *wall, float from, float to,
                           float high)
{
    float wide = FRAME_WIDE_M;
    build_begin_part(builder, GALLERY_TRIM);
    add_board(builder, wall, (float[2]){from - wide, from}, (float[2]){0, high + wide},
              FRAME_THICK_M);
    add_board(builder, wall, (float[2]){to, to + wide}, (float[2]){0, high + wide},
              FRAME_THICK_M);
    add_board(builder, wall, (float[2]){from, to}, (float[2]){high, high + wide},
              FRAME_THICK_M);
    build_end_part(builder);
}

typedef struct Door {
    float from, to, height_m; // along the wall
} Door;

static uint32_t find_doors(const Plan *plan, uint32_t room, uint32_t index, const Stretch *wall,
                           Door *doors)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < plan->opening_count; i++) {
        const PlanOpening *opening = &plan->openings[i];
        for (int side = 0; side < 2; side++) {
            if (opening->room[side] != room || opening->wall[side] != index)
                continue;
            float ends[2];
            for (int k = 0; k < 2; k++) {
                const float *at = k ? opening->to[side] : opening->from[side];
                ends[k] = (at[0] - wall->a[0]) * wall->along[0] +
                          (at[1] - wall->a[1]) * wall->along[1];
            }
            Door door = {MIN(ends[0], ends[1]), MAX(ends[0], ends[1]), opening->height_m};
            uint32_t at = count++;
            for (; at > 0 && doors[at - 1].from > door.from; at--)
                doors[at] = doors[at - 1];
            doors[at] = door;
        }
    }
    return count;
}

static void add_solid(Builder *builder, const Stretch *wall, float from, float to,
                      bool after_door, bool before_door)
{
    if (to - from < 1e-4f)
        return;
    add_wall_face(builder, wall, from, to, 0, wall->room->height_m);
    add_skirting(builder, wall, from + (after_door ? FRAME_WIDE_M : 0),
                 to - (before_door ? FRAME_WIDE_M : 0));
}

static void add_wall(Builder *builder, const Plan *plan, uint32_t room, uint32_t index)
{
    const PlanRoom *own = &plan->rooms[room];
    const float *a = own->corners[index];
    const float *b = own->corners[(index + 1) % own->corner_count];
    float length = hypotf(b[0] - a[0], b[1] - a[1]);
    Stretch wall = {
        .room = own, .a = a, .along = {(b[0] - a[0]) / length, (b[1] - a[1]) / length}};
    // The room lies on the left hand, seen from above with z down the page: (along z, -along
    // x).
    wall.inward[0] = wall.along[1];
    wall.inward[2] = -wall.along[0];
    Scratch scratch = scratch_begin(builder->arena);
    Door *doors = ARENA_ARRAY(scratch.arena, Door, 2 * (size_t)plan->opening_count + 1);
    uint32_t count = find_doors(plan, room, index, &wall, doors);
    float from = 0;
    for (uint32_t i = 0; i < count; i++) {
        add_solid(builder, &wall, from, doors[i].from, i > 0, true);
        add_wall_face(builder, &wall, doors[i].from, doors[i].to, doors[i].height_m,
                      own->height_m);
        add_door_frame(builder, &wall, doors[i].from, doors[i].to, doors[i].height_m);
        from = doors[i].to;
    }
    add_solid(builder, &wall, from, length, count > 0, false);
    scratch_end(scratch);
}

// ---- passages: floor, two sides and the lintel's underside; they belong to their first room

static void add_passage(Builder *builder, const PlanOpening *opening, const PlanRoom *room)
{
    const float *corners[4] = {opening->from[0], opening->to[0], opening->to[1],
                               opening->from[1]};
    float across[3] = {corners[1][0] - corners[0][0], 0, corners[1][1] - corners[0][1]};
    float through[3] = {corners[3][0] - corners[0][0], 0, corners[3][1] - corners[0][1]};
    float up[3] = {0, opening->height_m, 0};
    float length = hypotf(across[0], across[2]);
    float inward[3] = {across[0] / length, 0, across[2] / length};
    const float first[3] = {corners[0][0], 0, corners[0][1]};
    const float second[3] = {corners[1][0], 0, corners[1][1]};
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
    patches[1].base[1] = opening->height_m;
    for (int i = 0; i < 3; i++) {
        patches[2].normal[i] = inward[i];
        patches[3].normal[i] = -inward[i];
    }
    for (int i = 0; i < 4; i++) {
        build_begin_part(builder, i == 0 ? (int)room->floor : GALLERY_TRIM);
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

GalleryPanel gallery_panel(const PlanRoom *room)
{
    GalleryPanel panel = {0};
    double low[2], high[2];
    room_bounds(room, low, high);
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
        if (!fits)
            continue;
        panel.is_there = room->fill_lux > 0;
        panel.luminance_nits =
            room->fill_lux /
            panel_factor(panel.half_size[0], panel.half_size[1], room->height_m);
        return panel;
    }
    return (GalleryPanel){0};
}

static void add_panel(Builder *builder, const PlanRoom *room)
{
    GalleryPanel panel = gallery_panel(room);
    if (!panel.is_there)
        return;
    float x = panel.half_size[0], z = panel.half_size[1];
    build_begin_part(builder, GALLERY_GLOW_PANEL);
    build_patch(builder,
                &(Patch){.base = {panel.center[0] - x, panel.center[1], panel.center[2] - z},
                         .u = {2 * x, 0, 0},
                         .v = {0, 0, 2 * z},
                         .normal = {0, -1, 0},
                         .step_m = 100});
    build_end_part(builder);
    build_begin_part(builder, GALLERY_TRIM);
    for (int i = 0; i < 4; i++) {
        bool along_x = i < 2;
        float side = i % 2 ? 1 : -1, rim = 0.035f;
        float half_x = along_x ? x + 2 * rim : rim, half_z = along_x ? rim : z;
        build_box(builder,
                  &(Box){.center = {panel.center[0] + (along_x ? 0 : side * (x + rim)),
                                    room->height_m - PANEL_DEEP_M / 2 - 0.005f,
                                    panel.center[2] + (along_x ? side * (z + rim) : 0)},
                         .half = {half_x, PANEL_DEEP_M / 2 + 0.005f, half_z}});
    }
    build_end_part(builder);
}

// ---- all of it

void gallery_mesh_make(const Plan *plan, uint32_t index, Arena *arena, GalleryMesh *out)
{
    const PlanRoom *room = &plan->rooms[index];
    Builder builder = {.arena = arena, .room = room};
    add_flat(&builder, room, 0, true, (int)room->floor);
    add_flat(&builder, room, room->height_m, false, (int)room->ceiling);
    for (uint32_t i = 0; i < room->corner_count; i++)
        add_wall(&builder, plan, index, i);
    for (uint32_t i = 0; i < plan->opening_count; i++) {
        if (plan->openings[i].room[0] == index)
            add_passage(&builder, &plan->openings[i], room);
    }
    add_panel(&builder, room);
    build_furniture(&builder, plan, index);
    *out = builder.mesh;
}
