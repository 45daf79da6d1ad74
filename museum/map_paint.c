// map_paint.c: the floor plan as a picture. Every pixel asks how far the nearest edge is: that
// is antialiasing for any angle.

#include "museum/map_paint.h"

#include "exhibits/model/gallery_light.h"
#include "exhibits/model/plan_floor.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define WALL_M 0.22f       // to either side of what is between two rooms
#define LEAST_WALL 1.6f    // lines
#define PASTEL 0.85f       // paint is lightened until its lightest channel is this
#define ARROW_ENDS_M 0.12f // of an arrow over stairs, from where they end
#define ARROW_HEAD_M 0.16f

typedef struct Colors {
    float ink[3], paper[3], bench[3];
    float tint, pale; // of a room's paint on paper: visited, and not
} Colors;

// By StyleTheme: as printed, in the dark, in black and white.
static const Colors themes[] = {
    {{0.165f, 0.150f, 0.138f}, {0.992f, 0.985f, 0.968f}, {0.80f, 0.765f, 0.71f}, 0.25f, 0.11f},
    {{0.715f, 0.690f, 0.650f}, {0.130f, 0.123f, 0.115f}, {0.29f, 0.275f, 0.255f}, 0.15f, 0.04f},
    {{1, 1, 1}, {0, 0, 0}, {0.35f, 0.35f, 0.35f}, 0, 0},
};

enum { MAX_CORNERS = PLAN_MAX_CORNERS };

typedef struct Shape {
    float corners[MAX_CORNERS][2]; // pixels
    uint32_t count;
} Shape;

static void add_corner(Shape *shape, const MapPaint *paint, const float metres[2])
{
    map_to_frame(&paint->frame, metres, shape->corners[shape->count++]);
}

static Shape room_shape(const MapPaint *paint, const PlanRoom *room)
{
    Shape shape = {.count = 0};
    for (uint32_t i = 0; i < MIN(room->corner_count, (uint32_t)MAX_CORNERS); i++)
        add_corner(&shape, paint, room->corners[i]);
    return shape;
}

// A hair longer than the wall is thick: no seam between a passage and its rooms.
static Shape passage_shape(const MapPaint *paint, const PlanOpening *opening)
{
    const float *corners[4] = {opening->from[0], opening->to[0], opening->to[1],
                               opening->from[1]};
    float px = 1 / paint->frame.scale;
    Shape shape = {.count = 0};
    float way[2] = {opening->from[1][0] - opening->from[0][0],
                    opening->from[1][1] - opening->from[0][1]};
    float length = MAX(hypotf(way[0], way[1]), 1e-3f);
    for (int i = 0; i < 4; i++) {
        float side = i == 0 || i == 1 ? -1 : 1;
        float at[2] = {corners[i][0] + way[0] / length * side * px,
                       corners[i][1] + way[1] / length * side * px};
        add_corner(&shape, paint, at);
    }
    return shape;
}

static Shape box_shape(const MapPaint *paint, const float position[2], float yaw,
                       const float size_m[3])
{
    Shape shape = {.count = 0};
    PlanBox box = plan_box(position, yaw, size_m, 0);
    for (int i = 0; i < 4; i++)
        add_corner(&shape, paint, box.corners[i]);
    return shape;
}

// Pixels to the edge; negative inside.
static float distance_to(const Shape *shape, const float at[2])
{
    float least = FLT_MAX;
    bool is_inside = false;
    for (uint32_t i = 0, j = shape->count - 1; i < shape->count; j = i++) {
        const float *a = shape->corners[j], *b = shape->corners[i];
        float ex = b[0] - a[0], ez = b[1] - a[1], px = at[0] - a[0], pz = at[1] - a[1];
        float t = (px * ex + pz * ez) / MAX(ex * ex + ez * ez, 1e-12f);
        t = CLAMP(t, 0.0f, 1.0f);
        float dx = px - t * ex, dz = pz - t * ez;
        least = MIN(least, dx * dx + dz * dz);
        if ((a[1] > at[1]) != (b[1] > at[1]) && at[0] < a[0] + ex * pz / ez)
            is_inside = !is_inside;
    }
    least = sqrtf(least);
    return is_inside ? -least : least;
}

static void blend(uint8_t *pixel, const float color[3], float cover)
{
    for (int i = 0; i < 4; i++) {
        float value = (i < 3 ? color[i] : 1) * 255;
        pixel[i] = (uint8_t)lrintf(value * cover + (float)pixel[i] * (1 - cover));
    }
}

// Every edge moved outwards by `px`, with sharp corners.
static Shape grown(const Shape *shape, float px)
{
    Shape out = {.count = shape->count};
    float area = 0;
    for (uint32_t i = 0; i < shape->count; i++) {
        const float *a = shape->corners[i], *b = shape->corners[(i + 1) % shape->count];
        area += a[0] * b[1] - b[0] * a[1];
    }
    if (area > 0) // they go round the other way
        px = -px;
    for (uint32_t i = 0; i < shape->count; i++) {
        const float *a = shape->corners[(i + shape->count - 1) % shape->count];
        const float *b = shape->corners[i], *c = shape->corners[(i + 1) % shape->count];
        float first[2] = {b[0] - a[0], b[1] - a[1]}, second[2] = {c[0] - b[0], c[1] - b[1]};
        float one = MAX(hypotf(first[0], first[1]), 1e-6f);
        float two = MAX(hypotf(second[0], second[1]), 1e-6f);
        float n[2] = {-first[1] / one - second[1] / two, first[0] / one + second[0] / two};
        float square = MAX(n[0] * n[0] + n[1] * n[1], 0.2f); // no endless spikes
        for (int axis = 0; axis < 2; axis++)
            out.corners[i][axis] = b[axis] + n[axis] * 2 * px / square;
    }
    return out;
}

// Where two shapes cover a pixel in part each, a union takes the more of both, not the sum.
static void fill(Image *image, const Shape *inner, float grow, const float color[3],
                 bool is_union)
{
    Shape outer = grown(inner, grow), *shape = &outer;
    float low[2] = {FLT_MAX, FLT_MAX}, high[2] = {-FLT_MAX, -FLT_MAX};
    for (uint32_t i = 0; i < shape->count; i++)
        for (int axis = 0; axis < 2; axis++) {
            low[axis] = MIN(low[axis], shape->corners[i][axis] - 1);
            high[axis] = MAX(high[axis], shape->corners[i][axis] + 1);
        }
    int first[2] = {MAX((int)low[0], 0), MAX((int)low[1], 0)};
    int last[2] = {MIN((int)high[0] + 1, (int)image->width),
                   MIN((int)high[1] + 1, (int)image->height)};
    for (int y = first[1]; y < last[1]; y++)
        for (int x = first[0]; x < last[0]; x++) {
            float at[2] = {(float)x + 0.5f, (float)y + 0.5f};
            float cover = CLAMP(0.5f - distance_to(shape, at), 0.0f, 1.0f);
            uint8_t *pixel = image->rgba + 4 * ((size_t)y * image->width + (size_t)x);
            if (cover <= 0)
                continue;
            if (!is_union)
                blend(pixel, color, cover);
            else if (cover * 255 > (float)pixel[3])
                for (int i = 0; i < 4; i++)
                    pixel[i] = (uint8_t)lrintf((i < 3 ? color[i] : 1) * cover * 255);
        }
}

void map_room_color(int theme, int walls, bool is_visited, float out[3])
{
    const Colors *colors = &themes[theme];
    float paint[3], part = is_visited ? colors->tint : colors->pale;
    gallery_color(walls, paint);
    float light = PASTEL / MAX(MAX(paint[0], paint[1]), MAX(paint[2], 0.01f));
    for (int i = 0; i < 3; i++)
        out[i] = colors->paper[i] + (paint[i] * light - colors->paper[i]) * part;
}

static void tint(const MapPaint *paint, uint32_t room, float out[3])
{
    map_room_color(paint->theme, (int)paint->plan->rooms[room].walls,
                   paint->visited && paint->visited[room], out);
}

// What stands there: an outline, filled.
static void stand(const MapPaint *paint, Image *out, const Shape *shape, const float color[3])
{
    fill(out, shape, paint->line_px / 2, themes[paint->theme].ink, false);
    fill(out, shape, -paint->line_px / 2, color, false);
}

// ---- stairs and ramps: edges, risers, and an arrow that points up

static void line(const MapPaint *paint, Image *out, const float a[2], const float b[2],
                 float width)
{
    float length = hypotf(b[0] - a[0], b[1] - a[1]), half = width * paint->line_px / 2;
    float aside[2] = {-(b[1] - a[1]) / MAX(length, 1e-6f), (b[0] - a[0]) / MAX(length, 1e-6f)};
    Shape shape = {.count = 4};
    for (int i = 0; i < 4; i++) {
        const float *end = i < 2 ? a : b;
        map_to_frame(&paint->frame, end, shape.corners[i]);
        for (int k = 0; k < 2; k++)
            shape.corners[i][k] += aside[k] * (i == 0 || i == 3 ? half : -half);
    }
    fill(out, &shape, 0, themes[paint->theme].ink, false);
}

// `along` from the low end, `aside` from the middle to the right.
static void flight_point(const PlanFlight *flight, float along, float aside, float out[2])
{
    float c = cosf(flight->yaw), s = sinf(flight->yaw);
    float down = flight->size_m[1] / 2 - along;
    out[0] = flight->position[0] + aside * c + down * s;
    out[1] = flight->position[1] - aside * s + down * c;
}

static void flight_line(const MapPaint *paint, Image *out, const PlanFlight *flight,
                        const float a[2], const float b[2])
{
    float from[2], to[2];
    flight_point(flight, a[0], a[1], from);
    flight_point(flight, b[0], b[1], to);
    line(paint, out, from, to, 0.7f);
}

static void paint_climb(const MapPaint *paint, Image *out, const PlanFlight *flight)
{
    float wide = flight->size_m[0] / 2, run = flight->size_m[1];
    PlanSteps steps = plan_flight_steps(flight);
    for (uint32_t i = 0; i < steps.count && flight->kind == PLAN_STAIRS; i++) {
        float along = steps.going_m * ((float)i + 0.5f);
        flight_line(paint, out, flight, (float[2]){along, -wide}, (float[2]){along, wide});
    }
    float head = MIN(ARROW_HEAD_M, wide / 2), end = run - ARROW_ENDS_M;
    flight_line(paint, out, flight, (float[2]){ARROW_ENDS_M, 0}, (float[2]){end, 0});
    for (int side = -1; side <= 1; side += 2)
        flight_line(paint, out, flight, (float[2]){end - head, head * 0.6f * (float)side},
                    (float[2]){end, 0});
}

static void paint_flights(const MapPaint *paint, Image *out)
{
    PlanEdge edges[PLAN_MAX_EDGES];
    for (uint32_t i = 0; i < paint->plan->flight_count; i++) {
        uint32_t count = plan_flight_edges(paint->plan, i, edges);
        for (uint32_t k = 0; k < count; k++)
            if (!edges[k].is_wall)
                line(paint, out, edges[k].from, edges[k].to, 1);
        if (paint->plan->flights[i].kind != PLAN_LANDING)
            paint_climb(paint, out, &paint->plan->flights[i]);
    }
}

void map_paint(const MapPaint *paint, Image *out)
{
    const Plan *plan = paint->plan;
    const Colors *colors = &themes[paint->theme];
    memset(out->rgba, 0, 4 * (size_t)out->width * out->height);
    float wall = MAX(WALL_M * paint->frame.scale, LEAST_WALL * paint->line_px), color[3];
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < plan->opening_count; i++) {
            Shape shape = passage_shape(paint, &plan->openings[i]);
            fill(out, &shape, pass ? 0 : wall, pass ? colors->paper : colors->ink, !pass);
        }
        for (uint32_t i = 0; i < plan->room_count; i++) {
            Shape shape = room_shape(paint, &plan->rooms[i]);
            tint(paint, i, color);
            fill(out, &shape, pass ? 0 : wall, pass ? color : colors->ink, !pass);
        }
    }
    paint_flights(paint, out);
    for (uint32_t i = 0; i < plan->bench_count; i++) {
        const PlanBench *it = &plan->benches[i];
        Shape shape = box_shape(paint, it->position, it->yaw, it->size_m);
        stand(paint, out, &shape, colors->bench);
    }
    for (uint32_t i = 0; i < plan->place_count; i++) {
        const PlanPlace *it = &plan->places[i];
        Shape shape = box_shape(paint, it->position, it->yaw, it->size_m);
        stand(paint, out, &shape, colors->paper);
    }
}
