// gallery_stairs.c: stairs, ramps and landings of a room, with what stands along their edges.
//
//         handrail  _________
//                 /|    |               A *band* runs along an edge: the string of stairs, the
//        ________/ |    |               curb of a ramp, the face of a landing, the skirting of
//        |     |   |____|___            a wall beside them. It is an upright board whose upper
//        |     |  _|  landing           edge is a line that bends once or twice.
//        |_____|_|

#include "exhibits/model/gallery_build.h"
#include "exhibits/model/plan_floor.h"

#include <math.h>
#include <string.h>

#define TREAD_M 0.032f // thick
#define NOSING_M 0.026f
#define STRIP_M 0.065f // the dark edge of a tread
#define STRING_M 0.05f
#define STRING_OVER_M 0.03f // nosings, the surface of a ramp, a landing
#define SKIRTING_M 0.02f    // thick; covers the room's own
#define RAIL_M 0.90f        // over nosings and floors
#define RAIL_HALF_M 0.021f
#define BAR_HALF_M 0.007f
#define BARS 2
#define POST_HALF_M 0.012f
#define POST_EVERY_M 1.1f
#define BRACKET_M 0.075f // from a wall to the middle of a handrail
#define CORNER_M 0.06f   // so near the next flight begins around a corner
#define INTO_M 0.004f    // boards reach into what they stand on: no gap, nothing coplanar

enum { MAX_BENDS = 6 };

// A line over an edge: places along it and heights over the room's floor.
typedef struct Bend {
    float at, y;
} Bend;

typedef struct Line {
    int count;
    Bend bends[MAX_BENDS];
} Line;

typedef struct Flight {
    Builder *builder;
    const Plan *all;
    const PlanRoom *room;
    const PlanFlight *plan;
    PlanSteps steps;
    float right[2], down[2]; // its own x and z
} Flight;

static Flight flight_of(Builder *builder, const Plan *all, const PlanFlight *plan)
{
    float c = cosf(plan->yaw), s = sinf(plan->yaw);
    return (Flight){.builder = builder,
                    .all = all,
                    .room = builder->room,
                    .plan = plan,
                    .steps = plan_flight_steps(plan),
                    .right = {c, -s},
                    .down = {s, c}};
}

// `along` from the low end, `aside` from the middle to the right.
static void point_of(const Flight *flight, float along, float aside, float y, float out[3])
{
    float down = flight->plan->size_m[1] / 2 - along;
    for (int i = 0; i < 2; i++)
        out[2 * i] =
            flight->plan->position[i] + flight->right[i] * aside + flight->down[i] * down;
    out[1] = y;
}

// ---- what one walks on

static int nosing_of(PlanMaterial floor)
{
    bool is_oak = floor == PLAN_OAK_LIGHT || floor == PLAN_OAK_HERRINGBONE;
    bool is_dark = floor == PLAN_OAK_DARK || floor == PLAN_STONE_SLATE ||
                   floor == PLAN_TERRAZZO_DARK || floor == PLAN_CARPET_GREEN;
    return is_oak ? PLAN_OAK_DARK : is_dark ? PLAN_OAK_LIGHT : PLAN_STONE_SLATE;
}

// A board across the flight, from `from` to `to` along it, below `y`; its grain runs across.
static void add_slab(const Flight *flight, float from, float to, float y)
{
    float half = flight->plan->size_m[0] / 2 - STRING_M + INTO_M, run = to - from;
    Box box = {
        .half = {half, TREAD_M / 2, run / 2}, .yaw = flight->plan->yaw, .has_no_top = true};
    point_of(flight, (from + to) / 2, 0, y - TREAD_M / 2, box.center);
    build_box(flight->builder, &box);
    Patch top = {.u = {2 * half * flight->right[0], 0, 2 * half * flight->right[1]},
                 .v = {-run * flight->down[0], 0, -run * flight->down[1]},
                 .normal = {0, 1, 0},
                 .uv = {0, from + y}, // no two boards are the same
                 .step_m = 0.5f};
    point_of(flight, from, -half, y, top.base);
    build_patch(flight->builder, &top);
}

static void add_riser(const Flight *flight, float along, float low, float high)
{
    float half = flight->plan->size_m[0] / 2 - STRING_M + INTO_M;
    Patch patch = {.u = {2 * half * flight->right[0], 0, 2 * half * flight->right[1]},
                   .v = {0, high - low, 0},
                   .normal = {flight->down[0], 0, flight->down[1]},
                   .step_m = 0.5f};
    point_of(flight, along, -half, low, patch.base);
    build_patch(flight->builder, &patch);
}

static void add_step(const Flight *flight, uint32_t index)
{
    const PlanSteps *steps = &flight->steps;
    float low = flight->plan->low_m + steps->rise_m * (float)index, high = low + steps->rise_m;
    float from = steps->going_m * ((float)index + 0.5f), to = from + steps->going_m;
    float edge = from - NOSING_M;
    if (index + 1 == steps->count)
        to = flight->plan->size_m[1];
    else
        to += INTO_M; // under the next riser
    build_begin_part(flight->builder, nosing_of(flight->room->floor));
    add_slab(flight, edge, edge + STRIP_M, high);
    build_end_part(flight->builder);
    build_begin_part(flight->builder, (int)flight->room->floor);
    add_slab(flight, edge + STRIP_M, to, high);
    build_end_part(flight->builder);
    build_begin_part(flight->builder, (int)flight->room->trim);
    add_riser(flight, from, low, high - TREAD_M);
    build_end_part(flight->builder);
}

// Half a tread before the first riser, where that is not the room's floor.
static void add_foot(const Flight *flight)
{
    build_begin_part(flight->builder, (int)flight->room->floor);
    add_slab(flight, 0, flight->steps.going_m / 2 + INTO_M, flight->plan->low_m);
    build_end_part(flight->builder);
}

static void add_stairs(const Flight *flight)
{
    if (flight->plan->low_m > 0)
        add_foot(flight);
    for (uint32_t step = 0; step < flight->steps.count; step++)
        add_step(flight, step);
}

// All of a ramp or a landing.
static void add_surface(const Flight *flight)
{
    const PlanFlight *plan = flight->plan;
    float run = plan->size_m[1], rise = plan->high_m - plan->low_m, wide = plan->size_m[0];
    float length = hypotf(run, rise);
    Patch patch = {.u = {wide * flight->right[0], 0, wide * flight->right[1]},
                   .v = {-run * flight->down[0], rise, -run * flight->down[1]},
                   .normal = {flight->down[0] * rise / length, run / length,
                              flight->down[1] * rise / length},
                   .step_m = 0.4f};
    point_of(flight, 0, -wide / 2, plan->low_m, patch.base);
    patch.uv[0] = patch.base[0];
    patch.uv[1] = patch.base[2];
    build_begin_surface(flight->builder, (int)flight->room->floor, GALLERY_ON_FLOOR);
    build_patch(flight->builder, &patch);
    build_end_part(flight->builder);
}

// ---- bands

typedef struct Band {
    const PlanEdge *edge;
    Line top;
    float bottom_m;
    float off_m, thick_m; // from the edge inwards
} Band;

static void band_point(const Band *band, float at, float in, float y, float out[3])
{
    const PlanEdge *edge = band->edge;
    float length = hypotf(edge->to[0] - edge->from[0], edge->to[1] - edge->from[1]);
    for (int i = 0; i < 2; i++)
        out[2 * i] =
            edge->from[i] + (edge->to[i] - edge->from[i]) * at / length + edge->inward[i] * in;
    out[1] = y;
}

static void add_face(Builder *builder, const float corners[4][3], const float normal[3],
                     float along)
{
    float uv[4][2];
    for (int k = 0; k < 4; k++) {
        bool is_end = k == 1 || k == 2;
        uv[k][0] =
            along +
            (is_end ? hypotf(corners[1][0] - corners[0][0], corners[1][2] - corners[0][2]) : 0);
        uv[k][1] = corners[k][1];
    }
    build_quad(builder, corners, normal, (const float(*)[2])uv);
}

// Both faces and the upper edge between two bends.
static void add_band_part(Builder *builder, const Band *band, const Bend *a, const Bend *b)
{
    const float *in = band->edge->inward;
    float near = band->off_m, far = near + band->thick_m;
    for (int side = 0; side < 2; side++) {
        float corners[4][3], sign = side ? 1 : -1, off = side ? far : near;
        band_point(band, a->at, off, band->bottom_m, corners[0]);
        band_point(band, b->at, off, band->bottom_m, corners[1]);
        band_point(band, b->at, off, b->y, corners[2]);
        band_point(band, a->at, off, a->y, corners[3]);
        add_face(builder, (const float(*)[3])corners, (float[3]){in[0] * sign, 0, in[1] * sign},
                 a->at);
    }
    float corners[4][3], run = b->at - a->at, rise = b->y - a->y, length = hypotf(run, rise);
    band_point(band, a->at, near, a->y, corners[0]);
    band_point(band, b->at, near, b->y, corners[1]);
    band_point(band, b->at, far, b->y, corners[2]);
    band_point(band, a->at, far, a->y, corners[3]);
    // Along the edge the flight lies on the left hand: (inward z, -inward x) turned back.
    float along[2] = {-in[1], in[0]};
    add_face(builder, (const float(*)[3])corners,
             (float[3]){-along[0] * rise / length, run / length, -along[1] * rise / length},
             a->at);
}

static void add_band_end(Builder *builder, const Band *band, const Bend *bend, float sign)
{
    const float *in = band->edge->inward;
    float corners[4][3], near = band->off_m, far = near + band->thick_m;
    band_point(band, bend->at, near, band->bottom_m, corners[0]);
    band_point(band, bend->at, far, band->bottom_m, corners[1]);
    band_point(band, bend->at, far, bend->y, corners[2]);
    band_point(band, bend->at, near, bend->y, corners[3]);
    add_face(builder, (const float(*)[3])corners, (float[3]){-in[1] * sign, 0, in[0] * sign},
             0);
}

static void add_band(Builder *builder, int material, const Band *band)
{
    const Line *top = &band->top;
    build_begin_part(builder, material);
    for (int i = 0; i + 1 < top->count; i++)
        if (top->bends[i + 1].at - top->bends[i].at > 1e-4f)
            add_band_part(builder, band, &top->bends[i], &top->bends[i + 1]);
    add_band_end(builder, band, &top->bends[0], -1);
    add_band_end(builder, band, &top->bends[top->count - 1], 1);
    build_end_part(builder);
}

// ---- lines along edges

static float edge_length(const PlanEdge *edge)
{
    return hypotf(edge->to[0] - edge->from[0], edge->to[1] - edge->from[1]);
}

static bool is_along(const PlanEdge *edge)
{
    return edge->side == 0 || edge->side == 2;
}

// So high over a landing or a ramp; over stairs, over the line from nosing to nosing, which is
// level before the first and after the last.
static Line line_over(const Flight *flight, const PlanEdge *edge, float over)
{
    float length = edge_length(edge);
    Line line = {.count = 2,
                 .bends = {{0, edge->height_m[0] + over}, {length, edge->height_m[1] + over}}};
    if (flight->plan->kind != PLAN_STAIRS || !is_along(edge))
        return line;
    float slope = flight->steps.rise_m / flight->steps.going_m;
    float first = flight->steps.going_m / 2, last = flight->plan->size_m[1] - first;
    float ends[2] = {edge->along_m[0], edge->along_m[1]};
    bool climbs = ends[1] > ends[0];
    line.count = 0;
    const float places[4] = {ends[0], climbs ? first : last, climbs ? last : first, ends[1]};
    for (int i = 0; i < 4; i++) {
        float along = CLAMP(places[i], MIN(ends[0], ends[1]), MAX(ends[0], ends[1]));
        float on = CLAMP(along, first, last);
        line.bends[line.count++] =
            (Bend){fabsf(along - ends[0]),
                   flight->plan->low_m + flight->steps.rise_m + (on - first) * slope + over};
    }
    return line;
}

static float height_of(const Line *line, float at)
{
    for (int i = 0; i + 1 < line->count; i++) {
        const Bend *a = &line->bends[i], *b = &line->bends[i + 1];
        if (at <= b->at && b->at - a->at > 1e-5f)
            return a->y + (b->y - a->y) * CLAMP((at - a->at) / (b->at - a->at), 0.0f, 1.0f);
    }
    return line->bends[line->count - 1].y;
}

// ---- rails

// A bar from bend to bend, `off` from the edge, with square ends that overlap where it bends.
static void add_bar(const Flight *flight, const Band *at, const Line *line, float half)
{
    const PlanEdge *edge = at->edge;
    for (int i = 0; i + 1 < line->count; i++) {
        const Bend *a = &line->bends[i], *b = &line->bends[i + 1];
        float run = b->at - a->at, rise = b->y - a->y;
        if (run < 1e-3f)
            continue;
        float along[2] = {-edge->inward[1], edge->inward[0]};
        Box box = {.half = {half, half, hypotf(run, rise) / 2 + (rise != 0 ? half / 2 : 0)},
                   .yaw = atan2f(along[0], along[1]),
                   .pitch = atan2f(rise, run)};
        band_point(at, (a->at + b->at) / 2, at->off_m, (a->y + b->y) / 2, box.center);
        build_box(flight->builder, &box);
    }
}

// Whether another flight's rail begins at an end, with a post of its own.
static bool has_next(const Flight *flight, const PlanEdge *edge, int end)
{
    float along[2] = {-edge->inward[1], edge->inward[0]}, at[2];
    for (int i = 0; i < 2; i++)
        at[i] = (end ? edge->to[i] : edge->from[i]) + along[i] * (end ? CORNER_M : -CORNER_M) -
                edge->inward[i] * CORNER_M;
    int32_t next = plan_find_flight(flight->all, flight->plan->room, at);
    return next != PLAN_NONE && &flight->all->flights[next] != flight->plan;
}

// So much lower, and longer at its ends: level, to meet what comes around the corner.
static Line lowered(const Line *line, float by, const float longer[2])
{
    Line out = {0};
    const Bend *last = &line->bends[line->count - 1];
    out.bends[out.count++] = (Bend){-longer[0], line->bends[0].y - by};
    for (int i = 0; i < line->count; i++)
        out.bends[out.count++] = (Bend){line->bends[i].at, line->bends[i].y - by};
    out.bends[out.count++] = (Bend){last->at + longer[1], last->y - by};
    return out;
}

static void add_posts(const Flight *flight, const Band *at, const Line *foot, const Line *rail)
{
    float length = edge_length(at->edge) - 2 * POST_HALF_M;
    int count = MAX(1, (int)ceilf(length / POST_EVERY_M));
    bool is_landing = flight->plan->kind == PLAN_LANDING;
    for (int i = 0; i <= count; i++) {
        bool is_end = i == 0 || i == count;
        if (is_end && is_landing && has_next(flight, at->edge, i > 0))
            continue;
        float along = POST_HALF_M + length * (float)i / (float)count;
        float low = height_of(foot, along) - INTO_M, high = height_of(rail, along);
        Box post = {.half = {POST_HALF_M, (high - low) / 2, POST_HALF_M},
                    .yaw = flight->plan->yaw,
                    .has_no_bottom = true,
                    .has_no_top = true};
        band_point(at, along, at->off_m, (low + high) / 2, post.center);
        build_box(flight->builder, &post);
    }
}

// Standing on the band.
static void add_railing(const Flight *flight, const PlanEdge *edge, const Line *foot)
{
    Band at = {.edge = edge, .off_m = STRING_M / 2};
    Line rail = line_over(flight, edge, RAIL_M);
    const float over = STRING_M / 2 + RAIL_HALF_M;
    Line hand = lowered(&rail, 0, (float[2]){over, over});
    float corners[2];
    for (int end = 0; end < 2; end++)
        corners[end] = has_next(flight, edge, end) ? STRING_M / 2 : 0;
    build_begin_part(flight->builder, PLAN_OAK_DARK);
    add_bar(flight, &at, &hand, RAIL_HALF_M);
    build_end_part(flight->builder);
    build_begin_part(flight->builder, GALLERY_METAL);
    add_posts(flight, &at, foot, &rail);
    for (int i = 1; i <= BARS; i++) {
        Line bar = lowered(&rail, (RAIL_M - STRING_OVER_M) * (float)i / (BARS + 1), corners);
        add_bar(flight, &at, &bar, BAR_HALF_M);
    }
    build_end_part(flight->builder);
}

// On brackets, along a wall.
static void add_wall_rail(const Flight *flight, const PlanEdge *edge)
{
    Band at = {.edge = edge, .off_m = BRACKET_M};
    Line rail = line_over(flight, edge, RAIL_M);
    float length = edge_length(edge);
    int count = MAX(1, (int)ceilf(length / POST_EVERY_M));
    build_begin_part(flight->builder, PLAN_OAK_DARK);
    add_bar(flight, &at, &rail, RAIL_HALF_M);
    build_end_part(flight->builder);
    build_begin_part(flight->builder, GALLERY_METAL);
    for (int i = 0; i < count; i++) {
        float along = length * ((float)i + 0.5f) / (float)count;
        Box bracket = {.half = {BAR_HALF_M, BAR_HALF_M, BRACKET_M / 2},
                       .yaw = atan2f(edge->inward[0], edge->inward[1])};
        band_point(&at, along, BRACKET_M / 2,
                   height_of(&rail, along) - RAIL_HALF_M - BAR_HALF_M, bracket.center);
        build_box(flight->builder, &bracket);
    }
    build_end_part(flight->builder);
}

// ---- edges

static void add_string(const Flight *flight, const PlanEdge *edge)
{
    Band band = {.edge = edge,
                 .top = line_over(flight, edge, STRING_OVER_M),
                 .bottom_m = MIN(edge->beside_m, flight->plan->low_m),
                 .thick_m = STRING_M};
    add_band(flight->builder, (int)flight->room->trim, &band);
    add_railing(flight, edge, &band.top);
}

// The room's skirting, risen. Beside stairs it is as thick as their strings.
static void add_wall_skirting(const Flight *flight, const PlanEdge *edge)
{
    bool is_stairs = flight->plan->kind == PLAN_STAIRS && is_along(edge);
    float high = MAX(flight->room->skirting_m, is_stairs ? STRING_OVER_M : 0);
    Band band = {.edge = edge,
                 .top = line_over(flight, edge, high),
                 .bottom_m = flight->plan->low_m - INTO_M,
                 .thick_m = is_stairs ? STRING_M : SKIRTING_M};
    if (high > 0)
        add_band(flight->builder, (int)flight->room->trim, &band);
    if (flight->plan->kind != PLAN_LANDING && is_along(edge))
        add_wall_rail(flight, edge);
}

static void add_edge(const Flight *flight, const PlanEdge *edge)
{
    bool is_landing = flight->plan->kind == PLAN_LANDING;
    if (edge->is_wall)
        add_wall_skirting(flight, edge);
    else if (is_landing ? edge->is_higher : is_along(edge))
        add_string(flight, edge);
}

void build_flights(Builder *builder, const Plan *plan, uint32_t room)
{
    PlanEdge edges[PLAN_MAX_EDGES];
    for (uint32_t i = 0; i < plan->flight_count; i++) {
        if (plan->flights[i].room != room)
            continue;
        Flight flight = flight_of(builder, plan, &plan->flights[i]);
        if (flight.plan->kind == PLAN_STAIRS)
            add_stairs(&flight);
        else
            add_surface(&flight);
        uint32_t count = plan_flight_edges(plan, i, edges);
        for (uint32_t k = 0; k < count; k++)
            add_edge(&flight, &edges[k]);
    }
}
