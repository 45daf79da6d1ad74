// gallery_flat.c: floors and ceilings: a room's polygon, cell by cell.

#include "exhibits/model/gallery_build.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define FLOOR_CELL_M 0.4 // shade is kept at corners of cells

enum { MAX_POLYGON = PLAN_MAX_CORNERS * 2 + 8 };

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

// A corner that is none: on a straight edge, or at the end of a spike that clipping left.
static bool is_idle(const Polygon *polygon, int i)
{
    const double *a = polygon->corners[(i + polygon->count - 1) % polygon->count];
    const double *c = polygon->corners[(i + 1) % polygon->count];
    return fabs(turn_of(a, polygon->corners[i], c)) < 1e-9;
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
        int ear = -1, drop = 0;
        for (int i = 0; i < polygon.count && ear < 0; i++) {
            drop = i;
            if (is_idle(&polygon, i))
                break;
            ear = is_ear(&polygon, i, sign) ? i : -1;
        }
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

void build_room_bounds(const PlanRoom *room, double low[2], double high[2])
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

// What of a cell lies outside of the hole: on its four sides, one after the other.
static void add_around_hole(Builder *builder, const Polygon *cell, const FlatDesc *flat)
{
    const float normal[3] = {0, flat->faces_up ? 1 : -1, 0};
    Polygon rest = *cell;
    for (int side = 0; side < 4 && flat->has_hole; side++) {
        int axis = side / 2;
        bool is_above = side % 2;
        double at = is_above ? flat->hole_high[axis] : flat->hole_low[axis];
        Polygon outside = rest;
        clip(&outside, axis, at, is_above);
        clip(&rest, axis, at, !is_above);
        add_flat_polygon(builder, outside, flat->y, normal);
    }
    if (!flat->has_hole)
        add_flat_polygon(builder, rest, flat->y, normal);
}

// Big floors come in parts of about 4 m, each lit by its own lamps.
void build_flat(Builder *builder, const FlatDesc *flat)
{
    const PlanRoom *room = builder->room;
    double low[2], high[2];
    build_room_bounds(room, low, high);
    enum { CELLS_A_PART = 10 };
    double part_m = FLOOR_CELL_M * CELLS_A_PART;
    for (double z = low[1]; z < high[1]; z += part_m) {
        for (double x = low[0]; x < high[0]; x += part_m) {
            build_begin_surface(builder, flat->material, flat->use);
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
                add_around_hole(builder, &cell, flat);
            }
            build_end_part(builder);
        }
    }
}
