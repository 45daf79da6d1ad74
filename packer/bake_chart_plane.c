// bake_chart_plane.c: lays charts flat.

#include "packer/bake_chart_plane.h"

#include <math.h>
#include <string.h>

// Cosines: flatter, and there is nothing to see of a triangle.
static const float SEEN_MIN = 0.2f;
static const float GUEST_MIN = 0.4f;
// So small that it does not matter from where it is seen.
static const float CRUMB_TEXELS = 4.0f;

#define MOVING (NO_CHART - 1) // a chart's number, while it is put in order

enum {
    ROTATIONS = 18,
    CROWD = 100, // triangles around both ends of an edge: not neighbours any more
};

// ---- lists

static bool may_share(const ChartDesc *desc, uint32_t a, uint32_t b)
{
    return desc->texels_m[a] == desc->texels_m[b] &&
           (!desc->sources || desc->sources[a] == desc->sources[b]);
}

// A triangle without area faces wherever it is wanted.
bool plane_faces(const Flattening *flat, uint32_t t, const float axis[3], float least)
{
    const float *unit = flat->normals.units[t];
    return chart_dot(unit, axis) >= least || chart_dot(unit, unit) < 0.5f;
}

static bool has_vertex(const uint32_t triangle[3], uint32_t vertex)
{
    return triangle[0] == vertex || triangle[1] == vertex || triangle[2] == vertex;
}

static uint32_t star_size(const Flattening *flat, uint32_t vertex)
{
    return flat->stars.firsts[vertex + 1] - flat->stars.firsts[vertex];
}

void plane_each_neighbour(const Flattening *flat, uint32_t t, NeighbourFn *visit, void *context)
{
    const uint32_t *corners = flat->desc->triangles[t];
    for (int i = 0; i < 3; i++) {
        uint32_t from = corners[i], to = corners[(i + 1) % 3];
        if (star_size(flat, to) < star_size(flat, from)) {
            from = to;
            to = corners[i];
        }
        if (star_size(flat, from) > CROWD)
            continue;
        for (uint32_t s = flat->stars.firsts[from]; s < flat->stars.firsts[from + 1]; s++) {
            uint32_t other = flat->stars.corners[s] / 3;
            if (other != t && has_vertex(flat->desc->triangles[other], to) &&
                may_share(flat->desc, t, other))
                visit(context, t, other);
        }
    }
}

void plane_append(Flattening *flat, uint32_t chart, uint32_t triangle)
{
    Plane *plane = &flat->planes[chart];
    flat->chart_of[triangle] = chart;
    flat->next[triangle] = UINT32_MAX;
    if (plane->count++)
        flat->next[plane->last] = triangle;
    else
        plane->first = triangle;
    plane->last = triangle;
}

// ---- seen from there

typedef struct View {
    double x[3], y[3]; // unit length, across the axis
} View;

// Any two directions across a third (Duff et al., "Building an Orthonormal Basis, Revisited").
static View look_along(const float axis[3])
{
    double x = (double)axis[0], y = (double)axis[1], z = (double)axis[2];
    double sign = copysign(1.0, z), a = -1.0 / (sign + z), b = x * y * a;
    return (View){{1.0 + sign * x * x * a, sign * b, -sign * x}, {b, sign + y * y * a, -y}};
}

static double along(const double direction[3], const float point[3])
{
    return direction[0] * (double)point[0] + direction[1] * (double)point[1] +
           direction[2] * (double)point[2];
}

typedef struct Extent {
    double low[2], high[2];
} Extent;

static Extent measure(const Flattening *flat, const Plane *plane, const double across[2][3])
{
    Extent extent = {{INFINITY, INFINITY}, {-INFINITY, -INFINITY}};
    for (uint32_t t = plane->first; t != UINT32_MAX; t = flat->next[t]) {
        for (int i = 0; i < 6; i++) {
            const float *point = flat->desc->positions_m[flat->desc->triangles[t][i / 2]];
            double at = along(across[i % 2], point);
            extent.low[i % 2] = MIN(extent.low[i % 2], at);
            extent.high[i % 2] = MAX(extent.high[i % 2], at);
        }
    }
    return extent;
}

static void turn(const View *view, double angle, double across[2][3])
{
    for (int i = 0; i < 3; i++) {
        across[0][i] = cos(angle) * view->x[i] + sin(angle) * view->y[i];
        across[1][i] = cos(angle) * view->y[i] - sin(angle) * view->x[i];
    }
}

// The rotation with the smallest box, lying on its longer side.
static void choose_view(const Flattening *flat, Plane *plane)
{
    View view = look_along(plane->axis);
    double texel_m = (double)flat->desc->texels_m[plane->first], least = INFINITY;
    for (int i = 0; i < ROTATIONS; i++) {
        double across[2][3];
        double angle = i * (1.57079632679489662 / ROTATIONS);
        turn(&view, angle, across);
        Extent extent = measure(flat, plane, (const double(*)[3])across);
        double width = extent.high[0] - extent.low[0] + 5 * texel_m;
        double height = extent.high[1] - extent.low[1] + 5 * texel_m;
        if (!(width * height < least))
            continue;
        least = width * height;
        if (height > width)
            turn(&view, angle + 1.57079632679489662, across);
        memcpy(plane->across, across, sizeof plane->across);
    }
    for (int i = 0; i < 6; i++)
        plane->across[i / 3][i % 3] *= CHART_UNIT / texel_m;
}

// ---- placing

typedef bool IsKeptFn(Flattening *flat, Plane *plane, uint32_t triangle);

// Keeps the triangles that pass, at least one; the others wait for the next round. False if all
// were kept.
static bool sift(Flattening *flat, uint32_t chart, IsKeptFn *is_kept)
{
    Plane *plane = &flat->planes[chart];
    uint32_t first = plane->first, before = plane->count;
    plane->count = 0;
    for (uint32_t t = first, next; t != UINT32_MAX; t = next) {
        next = flat->next[t];
        flat->next[t] = UINT32_MAX;
        flat->chart_of[t] = NO_CHART;
        if (!is_kept(flat, plane, t))
            continue;
        plane_append(flat, chart, t);
    }
    if (!plane->count)
        plane_append(flat, chart, first);
    return plane->count < before;
}

// In `context`, whose chart is being put in order.
static void append_moving(void *context, uint32_t triangle, uint32_t neighbour)
{
    Flattening *flat = context;
    if (flat->chart_of[neighbour] == MOVING)
        plane_append(flat, flat->chart_of[triangle], neighbour);
}

// The list outwards from the first triangle, edge by edge. Where a chart lies over itself,
// whoever comes first stays: one turn of a spiral, instead of crumbs of all its turns.
static void order_outwards(Flattening *flat, uint32_t chart)
{
    Plane *plane = &flat->planes[chart];
    ArenaMark mark = arena_mark(flat->temporary);
    uint32_t *before = ARENA_ARRAY_RAW(flat->temporary, uint32_t, plane->count), count = 0;
    for (uint32_t t = plane->first; t != UINT32_MAX; t = flat->next[t]) {
        before[count++] = t;
        flat->chart_of[t] = MOVING;
    }
    plane->count = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (flat->chart_of[before[i]] != MOVING)
            continue;
        plane_append(flat, chart, before[i]);
        for (uint32_t t = before[i]; t != UINT32_MAX; t = flat->next[t])
            plane_each_neighbour(flat, t, append_moving, flat);
    }
    arena_rewind(flat->temporary, mark);
}

static bool is_seen(Flattening *flat, Plane *plane, uint32_t triangle)
{
    return plane_faces(flat, triangle, plane->axis, SEEN_MIN);
}

// In 64ths.
static void see(const Flattening *flat, const Plane *plane, uint32_t triangle,
                int32_t out[3][2])
{
    for (int i = 0; i < 6; i++) {
        const float *point = flat->desc->positions_m[flat->desc->triangles[triangle][i / 2]];
        double at = along(plane->across[i % 2], point) - plane->low[i % 2];
        out[i / 2][i % 2] = (int32_t)floor(CLAMP(at, -1e9, 1e9) + 0.5);
    }
}

static void find_box(const Flattening *flat, Plane *plane)
{
    plane->box = chart_box_empty();
    for (uint32_t t = plane->first; t != UINT32_MAX; t = flat->next[t])
        chart_box_add(&plane->box, (const int32_t(*)[2])flat->at[t]);
}

// The lowest corner lies on the middle of a texel: the fewest are claimed.
static void place_corners(Flattening *flat, Plane *plane)
{
    Extent extent = measure(flat, plane, (const double(*)[3])plane->across);
    for (int axis = 0; axis < 2; axis++)
        plane->low[axis] = extent.low[axis] - CHART_UNIT / 2;
    for (uint32_t t = plane->first; t != UINT32_MAX; t = flat->next[t])
        see(flat, plane, t, flat->at[t]);
    find_box(flat, plane);
}

static bool is_in_lower_half(Flattening *flat, Plane *plane, uint32_t triangle)
{
    const ChartBox *box = &plane->box;
    int axis = box->high[1] - box->low[1] > box->high[0] - box->low[0];
    const int32_t(*at)[2] = (const int32_t(*)[2])flat->at[triangle];
    int64_t sum = (int64_t)at[0][axis] + at[1][axis] + at[2][axis];
    return 2 * sum < 3 * ((int64_t)box->low[axis] + box->high[axis]);
}

static bool is_first(Flattening *flat, Plane *plane, uint32_t triangle)
{
    (void)flat, (void)triangle;
    return plane->count == 0;
}

// A single triangle that is wider than a chart may be gets wider texels.
static void scale_down(Flattening *flat, Plane *plane)
{
    const double room = (CHART_MAX_SIDE - 2 * CHART_GUTTER - 2) * CHART_UNIT;
    Extent extent = measure(flat, plane, (const double(*)[3])plane->across);
    double size = MAX(extent.high[0] - extent.low[0], extent.high[1] - extent.low[1]);
    for (int i = 0; i < 6; i++)
        plane->across[i / 3][i % 3] *= room / size;
    place_corners(flat, plane);
}

static void clear_cover(const Flattening *flat, Plane *plane)
{
    int32_t end[2];
    chart_claim(&plane->box, plane->origin, end);
    plane->cover =
        cover_make((const int32_t[2]){0, 0},
                   (const int32_t[2]){end[0] - plane->origin[0], end[1] - plane->origin[1]},
                   flat->temporary);
}

static bool take_texels(Plane *plane, const int32_t at[3][2])
{
    float corners[3][2];
    chart_corners(at, plane->origin, corners);
    int32_t texels = cover_take(&plane->cover, (const float(*)[2])corners);
    plane->owned_texels += (uint32_t)MAX(texels, 0);
    return texels >= 0;
}

static bool finds_texels_free(Flattening *flat, Plane *plane, uint32_t triangle)
{
    return take_texels(plane, (const int32_t(*)[2])flat->at[triangle]);
}

void plane_place(Flattening *flat, uint32_t chart)
{
    Plane *plane = &flat->planes[chart];
    sift(flat, chart, is_seen);
    if (plane->count == 1)
        chart_unit(flat->normals.units[plane->first], plane->axis);
    choose_view(flat, plane);
    place_corners(flat, plane);
    while (plane->count > 1 && chart_is_wider(&plane->box, CHART_MAX_SIDE)) {
        if (!sift(flat, chart, is_in_lower_half))
            sift(flat, chart, is_first); // wide ones over one another
        place_corners(flat, plane);
    }
    if (chart_is_wider(&plane->box, CHART_MAX_SIDE))
        scale_down(flat, plane);
    clear_cover(flat, plane);
    order_outwards(flat, chart);
    if (sift(flat, chart, finds_texels_free))
        find_box(flat, plane);
}

// ---- guests

static bool is_crumb(const Flattening *flat, uint32_t triangle)
{
    float texel_m = flat->desc->texels_m[triangle];
    const float *sum = flat->normals.sums[triangle];
    return 0.5f * sqrtf(chart_dot(sum, sum)) < CRUMB_TEXELS * texel_m * texel_m;
}

// The plane with another chart's triangles in it, which are seen as `at`. False if it cannot
// be.
static bool extend(const Flattening *flat, const Plane *guest, Plane *plane,
                   int32_t (*at)[3][2])
{
    Cover before = plane->cover;
    int32_t origin[2] = {plane->origin[0], plane->origin[1]};
    float least = guest->count <= SMALL_CHART ? SEEN_MIN : GUEST_MIN;
    uint32_t i = 0;
    for (uint32_t t = guest->first; t != UINT32_MAX; t = flat->next[t], i++) {
        if (!plane_faces(flat, t, plane->axis, least) && !is_crumb(flat, t))
            return false;
        see(flat, plane, t, at[i]);
        chart_box_add(&plane->box, (const int32_t(*)[2])at[i]);
    }
    if (chart_is_wider(&plane->box, CHART_MAX_SIDE))
        return false;
    clear_cover(flat, plane);
    cover_add(&plane->cover, &before,
              (const int32_t[2]){origin[0] - plane->origin[0], origin[1] - plane->origin[1]});
    while (i > 0 && take_texels(plane, (const int32_t(*)[2])at[i - 1]))
        i--;
    return i == 0;
}

bool plane_absorb(Flattening *flat, uint32_t chart, uint32_t guest)
{
    int32_t at[LARGEST_GUEST][3][2];
    ASSERT(flat->planes[guest].count <= LARGEST_GUEST);

    Plane extended = flat->planes[chart];
    ArenaMark mark = arena_mark(flat->temporary);
    if (!extend(flat, &flat->planes[guest], &extended, at)) {
        arena_rewind(flat->temporary, mark);
        return false;
    }
    flat->planes[chart] = extended;
    uint32_t i = 0;
    for (uint32_t t = flat->planes[guest].first, next; t != UINT32_MAX; t = next, i++) {
        next = flat->next[t];
        memcpy(flat->at[t], at[i], sizeof flat->at[t]);
        plane_append(flat, chart, t);
    }
    flat->planes[guest] = (Plane){.first = UINT32_MAX};
    return true;
}
