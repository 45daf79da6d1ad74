// gallery_wall.c: the walls of a room with their doors and windows, and the mouldings that run
// along them: skirting, the rail above a dado, cornice.

#include "exhibits/model/gallery_build.h"

#include <math.h>
#include <string.h>

#define WALL_PART_M 2.5f // long walls are lit piece by piece
#define FRAME_WIDE_M 0.085f
#define FRAME_THICK_M 0.022f
#define BAND_WIDE_M 0.022f // the raised outer edge of a door frame
#define BAND_THICK_M 0.036f
#define PANEL_WIDE_M 0.62f // of wood on a wall

// A stretch of a wall, from and to along it in metres.
typedef struct Stretch {
    const PlanRoom *room;
    const float *a; // the wall's first corner
    float length_m;
    float along[2]; // unit vector
    float inward[3];
    float miter[2]; // how much of it a moulding loses at its ends, by what it stands off
} Stretch;

// A door or a window.
typedef struct Hole {
    float from, to;  // along the wall
    float low, high; // metres over the floor
    bool is_door;
} Hole;

static void stretch_point(const Stretch *wall, float at, float off, float y, float out[3])
{
    out[0] = wall->a[0] + wall->along[0] * at + wall->inward[0] * off;
    out[1] = y;
    out[2] = wall->a[1] + wall->along[1] * at + wall->inward[2] * off;
}

// ---- faces

typedef struct WallFace {
    float from, to, low, high;
    int material;
} WallFace;

static bool is_panelled(int material)
{
    return material == PLAN_PANEL_OAK || material == PLAN_PANEL_WALNUT ||
           material == PLAN_PANEL_WHITE;
}

// Rows are closer together at the floor and the ceiling, where shade changes. Wood begins with
// a whole panel and ends with one.
static void add_face(Builder *builder, const Stretch *wall, const WallFace *face)
{
    float length = face->to - face->from, scale = 1, begin = face->from;
    if (length < 1e-4f || face->high - face->low < 1e-4f)
        return;
    if (is_panelled(face->material)) {
        scale = MAX(1.0f, roundf(length / PANEL_WIDE_M)) * PANEL_WIDE_M / length;
        begin = 0;
    }
    int count = MAX(1, (int)ceilf(length / WALL_PART_M));
    for (int i = 0; i < count; i++) {
        float part = length / (float)count, done = part * (float)i;
        Patch patch = {.u = {wall->along[0] * part, 0, wall->along[1] * part},
                       .v = {0, face->high - face->low, 0},
                       .normal = {wall->inward[0], 0, wall->inward[2]},
                       .uv = {begin + done * scale, face->low},
                       .u_scale = scale,
                       .step_m = 0.3f};
        stretch_point(wall, face->from + done, 0, face->low, patch.base);
        build_begin_surface(builder, face->material, GALLERY_ON_WALL);
        build_patch(builder, &patch);
        build_end_part(builder);
    }
}

// From `low` to `high`, of two materials where there is a dado.
static void add_wall_face(Builder *builder, const Stretch *wall, float from, float to,
                          float low, float high)
{
    const PlanRoom *room = wall->room;
    float split = CLAMP(room->dado_m, low, high);
    add_face(builder, wall, &(WallFace){from, to, low, split, (int)room->dado});
    add_face(builder, wall, &(WallFace){from, to, split, high, (int)room->walls});
}

// ---- mouldings

// A profile: how far off the wall, how high; from its lower end upwards.
typedef struct Moulding {
    const float (*profile)[2];
    int count, material;
    float scale, y;
    float from, to;
    bool is_mitered[2]; // at its ends, into the corner
} Moulding;

static void add_moulding(Builder *builder, const Stretch *wall, const Moulding *moulding)
{
    if (moulding->to - moulding->from < 0.02f)
        return;
    build_begin_part(builder, moulding->material);
    for (int i = 0; i + 1 < moulding->count; i++) {
        const float *low = moulding->profile[i], *high = moulding->profile[i + 1];
        float rise = high[1] - low[1], off = high[0] - low[0], corners[4][3], uv[4][2];
        float length = hypotf(rise, off);
        const float normal[3] = {wall->inward[0] * rise / length, -off / length,
                                 wall->inward[2] * rise / length};
        for (int k = 0; k < 4; k++) {
            const float *at = k < 2 ? low : high;
            bool is_end = k == 1 || k == 2;
            float away = at[0] * moulding->scale;
            float along = is_end ? moulding->to : moulding->from;
            along += moulding->is_mitered[is_end] ? away * wall->miter[is_end] : 0;
            stretch_point(wall, along, away, moulding->y + at[1] * moulding->scale, corners[k]);
            uv[k][0] = along;
            uv[k][1] = k < 2 ? 0 : length * moulding->scale;
        }
        build_quad(builder, (const float(*)[3])corners, normal, (const float(*)[2])uv);
    }
    build_end_part(builder);
}

static void add_skirting(Builder *builder, const Stretch *wall, const Moulding *ends)
{
    // A board with an eased edge.
    static const float profile[][2] = {{0.016f, 0},     {0.016f, 0.80f}, {0.013f, 0.86f},
                                       {0.013f, 0.93f}, {0.004f, 1},     {0, 1}};
    float shape[COUNT_OF(profile)][2], high = wall->room->skirting_m;
    for (size_t i = 0; i < COUNT_OF(profile); i++) {
        shape[i][0] = profile[i][0];
        shape[i][1] = profile[i][1] * high;
    }
    Moulding skirting = *ends;
    skirting.profile = (const float(*)[2])shape;
    skirting.count = COUNT_OF(profile);
    skirting.scale = 1;
    skirting.material = (int)wall->room->trim;
    if (high > 0)
        add_moulding(builder, wall, &skirting);
}

static void add_dado_rail(Builder *builder, const Stretch *wall, const Moulding *ends)
{
    static const float profile[][2] = {{0, -0.045f},      {0.010f, -0.045f}, {0.014f, -0.020f},
                                       {0.034f, -0.006f}, {0.034f, 0.004f},  {0.020f, 0.010f},
                                       {0, 0.010f}};
    Moulding rail = *ends;
    rail.profile = profile;
    rail.count = COUNT_OF(profile);
    rail.scale = 1;
    rail.y = wall->room->dado_m;
    rail.material = (int)wall->room->trim;
    if (is_panelled((int)wall->room->dado)) // of the same wood
        rail.material = (int)wall->room->dado;
    if (rail.y > 0)
        add_moulding(builder, wall, &rail);
}

// Two fillets and a hollow between them, in one square.
static void add_cornice(Builder *builder, const Stretch *wall)
{
    static const float profile[][2] = {{0, -1},         {0.15f, -1},     {0.15f, -0.86f},
                                       {0.21f, -0.60f}, {0.36f, -0.37f}, {0.59f, -0.22f},
                                       {0.85f, -0.16f}, {1, -0.16f},     {1, 0}};
    if (wall->room->cornice_m > 0)
        add_moulding(builder, wall,
                     &(Moulding){.profile = profile,
                                 .count = COUNT_OF(profile),
                                 .material = (int)wall->room->ceiling,
                                 .scale = wall->room->cornice_m,
                                 .y = wall->room->height_m,
                                 .to = wall->length_m,
                                 .is_mitered = {true, true}});
}

// ---- frames of doors and windows

typedef struct Board {
    float from, to, low, high, thick;
} Board;

static void add_board(Builder *builder, const Stretch *wall, const Board *board)
{
    Box box = {.half = {(board->to - board->from) / 2, (board->high - board->low) / 2,
                        board->thick / 2},
               .yaw = atan2f(wall->inward[0], wall->inward[2])};
    stretch_point(wall, (board->from + board->to) / 2, board->thick / 2,
                  (board->low + board->high) / 2, box.center);
    build_box(builder, &box);
}

// Boards around a hole, whose outer edge stands out.
static void add_frame(Builder *builder, const Stretch *wall, const Hole *hole)
{
    const float wide = FRAME_WIDE_M, band = BAND_WIDE_M;
    for (int ring = 0; ring < 2; ring++) {
        float in = ring ? wide - band : 0, out = ring ? wide : wide - band;
        float thick = ring ? BAND_THICK_M : FRAME_THICK_M;
        float low = hole->is_door ? hole->low : hole->low - out;
        build_begin_part(builder, (int)wall->room->trim);
        add_board(builder, wall,
                  &(Board){hole->from - out, hole->from - in, low, hole->high + out, thick});
        add_board(builder, wall,
                  &(Board){hole->to + in, hole->to + out, low, hole->high + out, thick});
        add_board(
            builder, wall,
            &(Board){hole->from - in, hole->to + in, hole->high + in, hole->high + out, thick});
        if (!hole->is_door)
            add_board(builder, wall,
                      &(Board){hole->from - in, hole->to + in, low, hole->low - in, thick});
        build_end_part(builder);
    }
}

// ---- holes

static void add_hole(Hole *holes, uint32_t *count, const Stretch *wall, const float from[2],
                     const float to[2], Hole hole)
{
    float ends[2];
    for (int k = 0; k < 2; k++) {
        const float *at = k ? to : from;
        ends[k] = (at[0] - wall->a[0]) * wall->along[0] + (at[1] - wall->a[1]) * wall->along[1];
    }
    uint32_t at = (*count)++;
    for (; at > 0 && holes[at - 1].from > MIN(ends[0], ends[1]); at--)
        holes[at] = holes[at - 1];
    hole.from = MIN(ends[0], ends[1]);
    hole.to = MAX(ends[0], ends[1]);
    holes[at] = hole;
}

static uint32_t find_holes(const Plan *plan, uint32_t room, uint32_t index, const Stretch *wall,
                           Hole *holes)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < plan->opening_count; i++) {
        const PlanOpening *opening = &plan->openings[i];
        float low = opening->floor_m - plan->rooms[room].floor_m;
        Hole door = {.low = low, .high = low + opening->height_m, .is_door = true};
        for (int side = 0; side < 2; side++)
            if (opening->room[side] == room && opening->wall[side] == index)
                add_hole(holes, &count, wall, opening->from[side], opening->to[side], door);
    }
    for (uint32_t i = 0; i < plan->window_count; i++) {
        const PlanWindow *window = &plan->windows[i];
        if (window->room == room && window->wall == index)
            add_hole(holes, &count, wall, window->from, window->to,
                     (Hole){.low = window->sill_m, .high = window->head_m});
    }
    return count;
}

// ---- a wall

static float miter_of(const float along[2], const float inward[3], const float other[3])
{
    float across = other[0] * along[0] + other[2] * along[1];
    float facing = other[0] * inward[0] + other[2] * inward[2];
    return across / MAX(1 + facing, 0.1f); // of a corner that is all but a slit
}

static Stretch stretch_of(const PlanRoom *room, uint32_t index)
{
    const float *a = room->corners[index];
    const float *b = room->corners[(index + 1) % room->corner_count];
    float length = hypotf(b[0] - a[0], b[1] - a[1]);
    Stretch wall = {.room = room,
                    .a = a,
                    .length_m = length,
                    .along = {(b[0] - a[0]) / length, (b[1] - a[1]) / length}};
    // The room lies on the left hand, seen from above with z down the page: (along z, -along
    // x).
    wall.inward[0] = wall.along[1];
    wall.inward[2] = -wall.along[0];
    return wall;
}

// What runs along the foot of a wall, between doors.
static void add_foot(Builder *builder, const Stretch *wall, const Hole *holes, uint32_t count)
{
    Moulding ends = {.is_mitered = {true, false}};
    for (uint32_t i = 0; i <= count; i++) {
        if (i < count && holes[i].low > 0)
            continue;
        ends.to = i < count ? holes[i].from - FRAME_WIDE_M : wall->length_m;
        ends.is_mitered[1] = i == count;
        add_skirting(builder, wall, &ends);
        ends.from = i < count ? holes[i].to + FRAME_WIDE_M : 0;
        ends.is_mitered[0] = false;
    }
}

// The rail stops at every hole it meets.
static void add_rail(Builder *builder, const Stretch *wall, const Hole *holes, uint32_t count)
{
    Moulding ends = {.is_mitered = {true, false}};
    float y = wall->room->dado_m;
    for (uint32_t i = 0; i <= count; i++) {
        if (i < count && (holes[i].low - FRAME_WIDE_M > y || holes[i].high + FRAME_WIDE_M < y))
            continue;
        ends.to = i < count ? holes[i].from - FRAME_WIDE_M : wall->length_m;
        ends.is_mitered[1] = i == count;
        add_dado_rail(builder, wall, &ends);
        ends.from = i < count ? holes[i].to + FRAME_WIDE_M : 0;
        ends.is_mitered[0] = false;
    }
}

static void add_wall(Builder *builder, const Plan *plan, uint32_t room, uint32_t index)
{
    const PlanRoom *own = &plan->rooms[room];
    Stretch wall = stretch_of(own, index);
    Stretch before = stretch_of(own, (index + own->corner_count - 1) % own->corner_count);
    Stretch after = stretch_of(own, (index + 1) % own->corner_count);
    wall.miter[0] = miter_of(wall.along, wall.inward, before.inward);
    wall.miter[1] = miter_of(wall.along, wall.inward, after.inward);
    Scratch scratch = scratch_begin(builder->arena);
    Hole *holes = ARENA_ARRAY(scratch.arena, Hole,
                              2 * (size_t)plan->opening_count + plan->window_count + 1);
    uint32_t count = find_holes(plan, room, index, &wall, holes);
    float from = 0;
    for (uint32_t i = 0; i < count; i++) {
        add_wall_face(builder, &wall, from, holes[i].from, 0, own->height_m);
        add_wall_face(builder, &wall, holes[i].from, holes[i].to, 0, holes[i].low);
        add_wall_face(builder, &wall, holes[i].from, holes[i].to, holes[i].high, own->height_m);
        add_frame(builder, &wall, &holes[i]);
        from = holes[i].to;
    }
    add_wall_face(builder, &wall, from, wall.length_m, 0, own->height_m);
    add_foot(builder, &wall, holes, count);
    add_rail(builder, &wall, holes, count);
    add_cornice(builder, &wall);
    scratch_end(scratch);
}

void build_walls(Builder *builder, const Plan *plan, uint32_t room)
{
    for (uint32_t i = 0; i < plan->rooms[room].corner_count; i++)
        add_wall(builder, plan, room, i);
}
