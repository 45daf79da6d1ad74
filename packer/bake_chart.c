// bake_chart.c: what the two ways to charts share.

#include "packer/bake_chart_parts.h"

#include <math.h>
#include <string.h>

float chart_dot(const float a[3], const float b[3])
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

bool chart_unit(const float from[3], float out[3])
{
    float length = sqrtf(chart_dot(from, from));
    if (!(length > 0))
        return false;
    for (int axis = 0; axis < 3; axis++)
        out[axis] = from[axis] / length;
    return true;
}

// Twice the area, and whether it is more than what rounding leaves of none. In doubles: squares
// of small triangles vanish in floats.
static bool find_normal(const float p[3], const float q[3], const float r[3], float sum[3],
                        float unit[3])
{
    double a[3], b[3];
    for (int axis = 0; axis < 3; axis++) {
        a[axis] = (double)q[axis] - (double)p[axis];
        b[axis] = (double)r[axis] - (double)p[axis];
    }
    double out[3] = {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2],
                     a[0] * b[1] - a[1] * b[0]};
    double length = sqrt(out[0] * out[0] + out[1] * out[1] + out[2] * out[2]);
    double sides2 =
        a[0] * a[0] + a[1] * a[1] + a[2] * a[2] + b[0] * b[0] + b[1] * b[1] + b[2] * b[2];
    bool has_area = length > 1e-9 * sides2;
    for (int axis = 0; axis < 3; axis++) {
        sum[axis] = has_area ? (float)out[axis] : 0.0f;
        unit[axis] = has_area ? (float)(out[axis] / length) : 0.0f;
    }
    return has_area;
}

ChartNormals chart_normals(const ChartDesc *desc, Arena *arena)
{
    ChartNormals normals = {
        .sums = arena_alloc_raw(arena, desc->triangle_count * sizeof *normals.sums, 16),
        .units = arena_alloc_raw(arena, desc->triangle_count * sizeof *normals.units, 16)};
    for (uint32_t t = 0; t < desc->triangle_count; t++) {
        const uint32_t *corners = desc->triangles[t];
        find_normal(desc->positions_m[corners[0]], desc->positions_m[corners[1]],
                    desc->positions_m[corners[2]], normals.sums[t], normals.units[t]);
    }
    return normals;
}

ChartStars chart_stars(const ChartDesc *desc, Arena *arena)
{
    uint32_t corner_count = 3 * desc->triangle_count;
    const uint32_t *vertices = desc->triangles[0];
    // Counts two places on; after the sums, firsts[v + 1] counts up to the end of v.
    uint32_t *firsts = ARENA_ARRAY(arena, uint32_t, (size_t)desc->vertex_count + 2);
    ChartStars stars = {firsts, ARENA_ARRAY_RAW(arena, uint32_t, corner_count)};
    for (uint32_t c = 0; c < corner_count; c++)
        firsts[vertices[c] + 2]++;
    for (uint32_t v = 0; v < desc->vertex_count; v++)
        firsts[v + 2] += firsts[v + 1];
    for (uint32_t c = 0; c < corner_count; c++)
        stars.corners[firsts[vertices[c] + 1]++] = c;
    return stars;
}

ChartBox chart_box_empty(void)
{
    return (ChartBox){{INT32_MAX, INT32_MAX}, {INT32_MIN, INT32_MIN}};
}

void chart_box_add(ChartBox *box, const int32_t corners[3][2])
{
    for (int i = 0; i < 3; i++) {
        for (int axis = 0; axis < 2; axis++) {
            box->low[axis] = MIN(box->low[axis], corners[i][axis]);
            box->high[axis] = MAX(box->high[axis], corners[i][axis]);
        }
    }
}

static int32_t floor_texel(int32_t at)
{
    return (at - ((at % CHART_UNIT + CHART_UNIT) % CHART_UNIT)) / CHART_UNIT;
}

void chart_claim(const ChartBox *box, int32_t first[2], int32_t end[2])
{
    const int32_t reach = CHART_GUTTER * CHART_UNIT, half = CHART_UNIT / 2;
    for (int axis = 0; axis < 2; axis++) {
        first[axis] = floor_texel(box->low[axis] - reach - half + CHART_UNIT - 1);
        end[axis] = floor_texel(box->high[axis] + reach - half) + 1;
    }
}

bool chart_is_wider(const ChartBox *box, int32_t side)
{
    int32_t first[2], end[2];
    chart_claim(box, first, end);
    return end[0] - first[0] > side || end[1] - first[1] > side;
}

void chart_corners(const int32_t corners[3][2], const int32_t origin[2], float out[3][2])
{
    for (int i = 0; i < 3; i++) {
        for (int axis = 0; axis < 2; axis++)
            out[i][axis] =
                (float)(corners[i][axis] - CHART_UNIT * origin[axis]) / (float)CHART_UNIT;
    }
}

ChartWriter chart_writer(const ChartDesc *desc, Arena *arena, ChartSet *out)
{
    *out = (ChartSet){
        .triangles = ARENA_ARRAY_RAW(arena, uint32_t, desc->triangle_count),
        .corners = arena_alloc_raw(arena, desc->triangle_count * sizeof *out->corners, 16)};
    return (ChartWriter){.set = out, .arena = arena};
}

Chart *chart_begin(ChartWriter *writer, const ChartBox *box, const float axis[3])
{
    ChartSet *set = writer->set;
    Chart *chart = ARENA_PUSH(writer->arena, set->charts, set->chart_count, writer->capacity);
    int32_t end[2];
    chart->first_triangle = set->triangle_count;
    chart_claim(box, chart->offset, end);
    chart->width = (uint16_t)(end[0] - chart->offset[0]);
    chart->height = (uint16_t)(end[1] - chart->offset[1]);
    memcpy(chart->axis, axis, sizeof chart->axis);
    return chart;
}

void chart_put(ChartWriter *writer, uint32_t triangle, const int32_t corners[3][2])
{
    ChartSet *set = writer->set;
    Chart *chart = &set->charts[set->chart_count - 1];
    uint32_t at = set->triangle_count++;
    set->triangles[at] = triangle;
    chart_corners(corners, chart->offset, set->corners[at]);
    chart->triangle_count++;
}
