// solid_close.c: rims get a lid, sheets go, and the inside is inside.

#include "packer/solid_parts.h"

#include <math.h>
#include <string.h>

// ---- rims

// A rim's vertices in the order its triangles run, in `loop`; returns how many.
static uint32_t walk_rim(const uint32_t *vertices, uint32_t *starts, uint32_t corner,
                         uint32_t *loop)
{
    uint32_t count = 0;
    while (corner != SOLID_NONE) {
        uint32_t vertex = vertices[corner];
        loop[count++] = vertex;
        starts[vertex] = SOLID_NONE;
        corner = starts[vertices[solid_next_corner(corner)]];
    }
    return count;
}

// The mean of its edges' middles, each counted by its length.
static void find_middle(const Solid *solid, const uint32_t *loop, uint32_t count, float out[3])
{
    double sum[3] = {0}, length = 0;
    for (uint32_t i = 0; i < count; i++) {
        const float *a = solid->positions[loop[i]];
        const float *b = solid->positions[loop[(i + 1) % count]];
        double edge =
            hypot(hypot((double)b[0] - a[0], (double)b[1] - a[1]), (double)b[2] - a[2]);
        for (int axis = 0; axis < 3; axis++)
            sum[axis] += edge * ((double)a[axis] + b[axis]) / 2;
        length += edge;
    }
    for (int axis = 0; axis < 3; axis++)
        out[axis] = (float)(sum[axis] / length);
}

static double find_width(const Solid *solid, const uint32_t *loop, uint32_t count)
{
    double low[3] = {INFINITY, INFINITY, INFINITY}, high[3] = {-INFINITY, -INFINITY, -INFINITY};
    for (uint32_t i = 0; i < count; i++)
        for (int axis = 0; axis < 3; axis++) {
            low[axis] = fmin(low[axis], (double)solid->positions[loop[i]][axis]);
            high[axis] = fmax(high[axis], (double)solid->positions[loop[i]][axis]);
        }
    return hypot(hypot(high[0] - low[0], high[1] - low[1]), high[2] - low[2]);
}

// A fan around a new point in its middle. A lid of the rim's own points alone could run along
// edges that are there already.
static void put_lid(Rims *rims, const uint32_t *loop, uint32_t count)
{
    Solid *solid = rims->solid;
    ASSERT(solid->vertex_count < rims->vertex_capacity);
    ASSERT(solid->triangle_count + count <= rims->triangle_capacity);
    uint32_t middle = solid->vertex_count++;
    find_middle(solid, loop, count, solid->positions[middle]);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t *triangle = solid->triangles[solid->triangle_count++];
        triangle[0] = loop[(i + 1) % count];
        triangle[1] = loop[i];
        triangle[2] = middle;
    }
}

void solid_close_rims(Rims *rims, SolidCounts *counts)
{
    Scratch scratch = scratch_begin(rims->arena);
    Solid *solid = rims->solid;
    const uint32_t *vertices = &solid->triangles[0][0];
    uint32_t corner_count = solid->triangle_count * 3, vertex_count = solid->vertex_count;
    uint32_t *starts = ARENA_RESERVE(scratch.arena, uint32_t, vertex_count);
    uint32_t *loop = ARENA_RESERVE(scratch.arena, uint32_t, vertex_count);
    memset(starts, 0xff, sizeof *starts * vertex_count);
    for (uint32_t i = 0; i < corner_count; i++)
        if (rims->twins[i] == SOLID_NONE)
            starts[vertices[i]] = i;
    for (uint32_t i = 0; i < vertex_count; i++) {
        if (starts[i] == SOLID_NONE)
            continue;
        uint32_t count = walk_rim(vertices, starts, starts[i], loop);
        put_lid(rims, loop, count);
        counts->holes++;
        counts->widest_hole = fmax(counts->widest_hole, find_width(solid, loop, count));
    }
    scratch_end(scratch);
}

// ---- bodies

typedef struct Part {
    double volume, area;
} Part;

// By vertices: the first vertex of the part each belongs to.
static uint32_t *find_parts(const Solid *solid, Arena *arena)
{
    uint32_t *parents = ARENA_RESERVE(arena, uint32_t, solid->vertex_count);
    for (uint32_t i = 0; i < solid->vertex_count; i++)
        parents[i] = i;
    for (uint32_t i = 0; i < solid->triangle_count; i++)
        for (int k = 1; k < 3; k++)
            solid_join(parents, solid->triangles[i][0], solid->triangles[i][k]);
    for (uint32_t i = 0; i < solid->vertex_count; i++)
        parents[i] = solid_find_root(parents, i);
    return parents;
}

// Against the solid's first point: far from zero, volumes would drown in their digits.
static void add_triangle(const Solid *solid, const uint32_t triangle[3], Part *part)
{
    double edge[3][3];
    for (int k = 0; k < 3; k++)
        for (int axis = 0; axis < 3; axis++)
            edge[k][axis] =
                (double)solid->positions[triangle[k]][axis] - solid->positions[0][axis];
    double normal[3], *a = edge[0], *b = edge[1], *c = edge[2];
    for (int i = 0; i < 3; i++) {
        int j = (i + 1) % 3, k = (i + 2) % 3;
        normal[i] = (b[j] - a[j]) * (c[k] - a[k]) - (b[k] - a[k]) * (c[j] - a[j]);
    }
    part->volume += (normal[0] * a[0] + normal[1] * a[1] + normal[2] * a[2]) / 6;
    part->area += hypot(hypot(normal[0], normal[1]), normal[2]) / 2;
}

static void drop_sheets(Solid *solid, const uint32_t *roots, Part *parts, double thickness,
                        SolidCounts *counts)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < solid->triangle_count; i++)
        add_triangle(solid, solid->triangles[i], &parts[roots[solid->triangles[i][0]]]);
    for (uint32_t i = 0; i < solid->vertex_count; i++) {
        if (roots[i] != i || parts[i].area == 0)
            continue;
        // A plate of an area has two sides of it.
        bool is_sheet = fabs(parts[i].volume) < thickness * parts[i].area / 2;
        counts->sheets += is_sheet;
        counts->parts += !is_sheet;
        counts->volume += is_sheet ? 0 : parts[i].volume;
        parts[i].area = is_sheet ? -1 : parts[i].area;
    }
    for (uint32_t i = 0; i < solid->triangle_count; i++)
        if (parts[roots[solid->triangles[i][0]]].area > 0)
            memmove(solid->triangles[kept++], solid->triangles[i], sizeof(uint32_t[3]));
    solid->triangle_count = kept;
}

static void turn_inside_out(Solid *solid, SolidCounts *counts)
{
    for (uint32_t i = 0; i < solid->triangle_count; i++)
        solid_turn(solid->triangles[i]);
    counts->volume = -counts->volume;
    counts->was_inside_out = true;
}

static void drop_lonely_vertices(Solid *solid, uint32_t *numbers)
{
    uint32_t count = 0, *vertices = &solid->triangles[0][0];
    memset(numbers, 0, sizeof *numbers * solid->vertex_count);
    for (uint32_t i = 0; i < solid->triangle_count * 3; i++)
        numbers[vertices[i]] = 1;
    for (uint32_t i = 0; i < solid->vertex_count; i++) {
        if (!numbers[i])
            continue;
        memmove(solid->positions[count], solid->positions[i], sizeof(float[3]));
        numbers[i] = count++;
    }
    for (uint32_t i = 0; i < solid->triangle_count * 3; i++)
        vertices[i] = numbers[vertices[i]];
    solid->vertex_count = count;
}

void solid_keep_bodies(Solid *solid, double least_thickness, SolidCounts *counts)
{
    Scratch scratch = scratch_begin(NULL);
    uint32_t *roots = find_parts(solid, scratch.arena);
    Part *parts = ARENA_RESERVE(scratch.arena, Part, solid->vertex_count);
    drop_sheets(solid, roots, parts, least_thickness, counts);
    if (counts->volume < 0)
        turn_inside_out(solid, counts);
    drop_lonely_vertices(solid, roots);
    scratch_end(scratch);
}
