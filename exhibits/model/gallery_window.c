// gallery_window.c: what is behind a window's frame.
//
//      room        wall       outside
//        |  ____head____ |
//        | |            ||
//        | |            || glass, in a frame with bars
//     ___|_|____________||
//       sill

#include "exhibits/model/gallery_build.h"

#include <math.h>
#include <string.h>

#define SILL_OUT_M 0.035f // how far it stands out of the wall
#define SILL_THICK_M 0.03f
#define SASH_HALF_M 0.028f
#define BAR_HALF_M 0.013f
#define PANE_WIDE_M 0.62f // about as much glass between bars
#define PANE_HIGH_M 0.85f

// Its own axes: x along the wall, y up, z into the room; from the middle of its lower edge on
// the wall.
typedef struct Opening {
    float origin[3], right[3], inward[3];
    float half, high, deep;
    float yaw;
} Opening;

static Opening opening_of(const PlanRoom *room, const PlanWindow *window)
{
    const float *a = room->corners[window->wall];
    const float *b = room->corners[(window->wall + 1) % room->corner_count];
    float length = hypotf(b[0] - a[0], b[1] - a[1]);
    float along[2] = {(b[0] - a[0]) / length, (b[1] - a[1]) / length};
    float wide = hypotf(window->to[0] - window->from[0], window->to[1] - window->from[1]);
    Opening opening = {.half = wide / 2,
                       .high = window->head_m - window->sill_m,
                       .deep = window->reveal_m,
                       .origin = {(window->from[0] + window->to[0]) / 2, window->sill_m,
                                  (window->from[1] + window->to[1]) / 2},
                       // Seen from within, a wall runs from the right to the left.
                       .right = {-along[0], 0, -along[1]},
                       .inward = {along[1], 0, -along[0]}};
    opening.yaw = atan2f(opening.inward[0], opening.inward[2]);
    return opening;
}

static void point_of(const Opening *o, float x, float y, float z, float out[3])
{
    for (int i = 0; i < 3; i++)
        out[i] = o->origin[i] + o->right[i] * x + o->inward[i] * z;
    out[1] += y;
}

// The four faces of the hole in the wall.
static void add_reveal(Builder *builder, const Opening *o)
{
    build_begin_part(builder, (int)builder->room->trim);
    for (int side = -1; side <= 1; side += 2) {
        Patch jamb = {.v = {0, o->high, 0}, .step_m = 0.5f};
        Patch level = {.step_m = 0.5f};
        point_of(o, (float)side * o->half, 0, -o->deep, jamb.base);
        point_of(o, -o->half, side < 0 ? 0 : o->high, -o->deep, level.base);
        level.normal[1] = (float)-side;
        for (int i = 0; i < 3; i++) {
            jamb.u[i] = level.v[i] = o->inward[i] * o->deep;
            jamb.normal[i] = o->right[i] * (float)-side;
            level.u[i] = o->right[i] * 2 * o->half;
        }
        build_patch(builder, &jamb);
        build_patch(builder, &level);
    }
    build_end_part(builder);
}

static void add_bar(Builder *builder, const Opening *o, const float from[2], const float to[2],
                    float half_deep)
{
    Box box = {.half = {(to[0] - from[0]) / 2, (to[1] - from[1]) / 2, half_deep},
               .yaw = o->yaw};
    point_of(o, (from[0] + to[0]) / 2, (from[1] + to[1]) / 2, half_deep + 0.002f - o->deep,
             box.center);
    build_box(builder, &box);
}

static void add_sash(Builder *builder, const Opening *o)
{
    const float wide = 2 * SASH_HALF_M, x = o->half, y = o->high;
    int across = MAX(1, (int)lroundf(2 * x / PANE_WIDE_M));
    int up = MAX(1, (int)lroundf(y / PANE_HIGH_M));
    build_begin_part(builder, (int)builder->room->trim);
    add_bar(builder, o, (float[2]){-x, 0}, (float[2]){wide - x, y}, SASH_HALF_M);
    add_bar(builder, o, (float[2]){x - wide, 0}, (float[2]){x, y}, SASH_HALF_M);
    add_bar(builder, o, (float[2]){wide - x, 0}, (float[2]){x - wide, wide}, SASH_HALF_M);
    add_bar(builder, o, (float[2]){wide - x, y - wide}, (float[2]){x - wide, y}, SASH_HALF_M);
    for (int i = 1; i < across; i++) {
        float at = -x + 2 * x * (float)i / (float)across;
        add_bar(builder, o, (float[2]){at - BAR_HALF_M, wide},
                (float[2]){at + BAR_HALF_M, y - wide}, BAR_HALF_M);
    }
    for (int i = 1; i < up; i++) {
        float at = y * (float)i / (float)up;
        add_bar(builder, o, (float[2]){wide - x, at - BAR_HALF_M},
                (float[2]){x - wide, at + BAR_HALF_M}, BAR_HALF_M * 0.9f);
    }
    build_end_part(builder);
}

void build_window(Builder *builder, const PlanWindow *window)
{
    Opening o = opening_of(builder->room, window);
    add_reveal(builder, &o);
    add_sash(builder, &o);
    Box sill = {.half = {o.half + 0.05f, SILL_THICK_M / 2, SILL_OUT_M}, .yaw = o.yaw};
    point_of(&o, 0, SILL_THICK_M / 2, 0, sill.center);
    build_begin_part(builder, (int)builder->room->trim);
    build_box(builder, &sill);
    build_end_part(builder);
    Patch glass = {.v = {0, o.high, 0}, .step_m = 100};
    point_of(&o, -o.half, 0, -o.deep, glass.base);
    for (int i = 0; i < 3; i++) {
        glass.u[i] = o.right[i] * 2 * o.half;
        glass.normal[i] = o.inward[i];
    }
    build_begin_part(builder, GALLERY_GLOW_SKY);
    build_patch(builder, &glass);
    build_end_part(builder);
}
