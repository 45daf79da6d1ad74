// import_polygon.c: polygons -> triangles.

#include "packer/import_polygon.h"

#include <math.h>
#include <string.h>

typedef struct Point {
    double x, y;
} Point;

// Newell's normal: right for any flat polygon, sensible for one that is not quite flat.
static void find_normal(const float (*p)[3], uint32_t count, double normal[3])
{
    normal[0] = normal[1] = normal[2] = 0;
    for (uint32_t i = 0; i < count; i++) {
        const float *a = p[i], *b = p[(i + 1) % count];
        // Relative to the first corner, so that coordinates far from the origin keep their
        // bits.
        double ax = (double)a[0] - p[0][0], ay = (double)a[1] - p[0][1];
        double az = (double)a[2] - p[0][2], bx = (double)b[0] - p[0][0];
        double by = (double)b[1] - p[0][1], bz = (double)b[2] - p[0][2];
        normal[0] += (ay - by) * (az + bz);
        normal[1] += (az - bz) * (ax + bx);
        normal[2] += (ax - bx) * (ay + by);
    }
}

// Drops the axis the normal is longest in; keeps the polygon counter-clockwise.
static void flatten(const float (*p)[3], uint32_t count, Point *flat)
{
    double n[3];
    find_normal(p, count, n);
    int drop = fabs(n[0]) > fabs(n[1]) ? 0 : 1;
    drop = fabs(n[2]) >= fabs(n[drop]) ? 2 : drop;
    int u = (drop + 1) % 3, v = (drop + 2) % 3;
    double turn = n[drop] < 0 ? -1 : 1;
    for (uint32_t i = 0; i < count; i++)
        flat[i] = (Point){turn * ((double)p[i][u] - p[0][u]), (double)p[i][v] - p[0][v]};
}

static double area_twice(Point a, Point b, Point c)
{
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

static bool is_convex(const Point *flat, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (area_twice(flat[i], flat[(i + 1) % count], flat[(i + 2) % count]) < 0)
            return false;
    return true;
}

static bool is_within(Point p, Point a, Point b, Point c)
{
    return area_twice(a, b, p) >= 0 && area_twice(b, c, p) >= 0 && area_twice(c, a, p) >= 0;
}

static bool is_same(Point a, Point b)
{
    return a.x == b.x && a.y == b.y;
}

// ring: the corners still there. An ear holds no other corner, except copies of its own (the
// bridge to a hole passes twice through the same points).
static bool is_ear(const Point *flat, const uint32_t *ring, uint32_t count, uint32_t tip)
{
    Point a = flat[ring[(tip + count - 1) % count]], b = flat[ring[tip]];
    Point c = flat[ring[(tip + 1) % count]];
    if (area_twice(a, b, c) <= 0)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        Point p = flat[ring[i]];
        if (!is_same(p, a) && !is_same(p, b) && !is_same(p, c) && is_within(p, a, b, c))
            return false;
    }
    return true;
}

// The next ear from `start` on; `count` if there is none.
static uint32_t find_ear(const Point *flat, const uint32_t *ring, uint32_t count,
                         uint32_t start)
{
    for (uint32_t i = 0; i < count; i++)
        if (is_ear(flat, ring, count, (start + i) % count))
            return (start + i) % count;
    return count;
}

static void set_triangle(uint32_t triangle[3], uint32_t a, uint32_t b, uint32_t c)
{
    triangle[0] = a;
    triangle[1] = b;
    triangle[2] = c;
}

static void clip_ears(const Point *flat, uint32_t count, uint32_t (*triangles)[3])
{
    uint32_t ring[IMPORT_MAX_CORNERS];
    for (uint32_t i = 0; i < count; i++)
        ring[i] = i;
    for (uint32_t tip = 0; count > 3;) {
        tip = find_ear(flat, ring, count, tip);
        if (tip == count)
            break; // twisted or without area: what is left becomes a fan
        set_triangle(*triangles++, ring[(tip + count - 1) % count], ring[tip],
                     ring[(tip + 1) % count]);
        count--;
        for (uint32_t i = tip; i < count; i++)
            ring[i] = ring[i + 1];
    }
    for (uint32_t i = 0; i + 2 < count; i++)
        set_triangle(triangles[i], ring[0], ring[i + 1], ring[i + 2]);
}

static void cut_fan(uint32_t count, uint32_t (*triangles)[3])
{
    for (uint32_t i = 0; i + 2 < count; i++)
        set_triangle(triangles[i], 0, i + 1, i + 2);
}

void import_polygon_cut(const float (*corner_positions)[3], uint32_t count,
                        uint32_t (*triangles)[3])
{
    ASSERT(count >= 3);
    Point flat[IMPORT_MAX_CORNERS];
    if (count > 3 && count <= IMPORT_MAX_CORNERS) {
        flatten(corner_positions, count, flat);
        if (!is_convex(flat, count)) {
            clip_ears(flat, count, triangles);
            return;
        }
    }
    cut_fan(count, triangles);
}

void import_polygons_drop(ImportPolygons *polygons)
{
    import_array_drop(&polygons->positions);
    import_array_drop(&polygons->triangles);
}

Status import_polygons_add(ImportPolygons *polygons, ImportMesh *mesh, const uint32_t *corners,
                           size_t count, uint32_t material)
{
    if (count == 3)
        return import_mesh_add_triangle(mesh, corners, material);
    const float(*positions)[3] = import_mesh_stream(mesh, IMPORT_POSITIONS);
    polygons->positions.used = polygons->triangles.used = 0;
    float(*face)[3] = import_array_push(&polygons->positions, count * sizeof *face);
    uint32_t(*cut)[3] = import_array_push(&polygons->triangles, (count - 2) * sizeof *cut);
    for (size_t i = 0; i < count; i++)
        memcpy(face[i], positions[corners[i]], sizeof *face);
    import_polygon_cut((const float(*)[3])face, (uint32_t)count, cut);
    for (size_t i = 0; i < count - 2; i++)
        TRY(import_mesh_add_triangle(
            mesh, (uint32_t[3]){corners[cut[i][0]], corners[cut[i][1]], corners[cut[i][2]]},
            material));
    return OK;
}
