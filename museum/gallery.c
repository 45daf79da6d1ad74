// gallery.c: the rooms as a visitor meets them: what stops feet, what hides from eyes, and what
// one stands before. gallery_path.c finds ways, gallery_floor.c knows how high the floor is.

#include "museum/gallery.h"
#include "museum/gallery_path.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define TOUCH_M 1e-6   // how far out of a thing a visitor is pushed beyond touching it
#define SUBSTEP_M 0.06 // less than the radius: nothing is jumped over
#define FOCUS_REACH_M 1.7
#define LEAST_GAP_M 0.3 // between a visitor and what is looked at
#define MOST_GAP_M 6.0
#define SIGHT_FILLS 0.8 // of the picture's height
#define FOOT_PART 0.04
#define TOWER_SIGHT_M 0.6
#define STEEPEST_RAD 0.85      // nobody looks at their feet
#define SIGHT_FILLS_WIDTH 1.15 // of its height, too: windows are wider than high
#define FOCUS_ANGLE_RAD 0.95

#define NEAR_CELL_M 0.5
#define SEAM_M 1e-6 // rooms are told in floats: no crack between them and their passages

enum { MAX_PUSHES = 12, MAX_NEAR_CELLS = 1 << 13 };

// ---- distances

// From the nearest point of a segment to `spot`; *away is the unit vector in that direction.
static double wall_distance(const GalleryWall *wall, const double spot[2], double away[2])
{
    double edge[2] = {wall->b[0] - wall->a[0], wall->b[1] - wall->a[1]};
    double to[2] = {spot[0] - wall->a[0], spot[1] - wall->a[1]};
    double square = edge[0] * edge[0] + edge[1] * edge[1];
    double t = square > 0 ? (to[0] * edge[0] + to[1] * edge[1]) / square : 0;
    t = CLAMP(t, 0.0, 1.0);
    away[0] = to[0] - t * edge[0];
    away[1] = to[1] - t * edge[1];
    double distance = hypot(away[0], away[1]);
    if (distance > 0) {
        away[0] /= distance;
        away[1] /= distance;
    } else {
        double length = sqrt(square);
        away[0] = length > 0 ? edge[1] / length : 1;
        away[1] = length > 0 ? -edge[0] / length : 0;
    }
    return distance;
}

void gallery_box_to_local(const GalleryBox *box, const double spot[2], double local[2])
{
    double x = spot[0] - box->center[0], z = spot[1] - box->center[1];
    local[0] = x * box->cos_yaw - z * box->sin_yaw;
    local[1] = x * box->sin_yaw + z * box->cos_yaw;
}

static void box_turn_to_world(const GalleryBox *box, const double local[2], double world[2])
{
    double x = local[0], z = local[1];
    world[0] = x * box->cos_yaw + z * box->sin_yaw;
    world[1] = -x * box->sin_yaw + z * box->cos_yaw;
}

// Below zero inside; *away leads out by the shortest way.
static double box_distance(const GalleryBox *box, const double spot[2], double away[2])
{
    double local[2], out[2] = {0, 0}, distance;
    gallery_box_to_local(box, spot, local);
    double past[2] = {fabs(local[0]) - box->half[0], fabs(local[1]) - box->half[1]};
    double sign[2] = {local[0] < 0 ? -1 : 1, local[1] < 0 ? -1 : 1};
    if (past[0] <= 0 && past[1] <= 0) {
        int axis = past[0] > past[1] ? 0 : 1;
        out[axis] = sign[axis];
        distance = past[axis];
    } else {
        double clear[2] = {MAX(past[0], 0), MAX(past[1], 0)};
        distance = hypot(clear[0], clear[1]);
        out[0] = sign[0] * clear[0] / distance;
        out[1] = sign[1] * clear[1] / distance;
    }
    box_turn_to_world(box, out, away);
    return distance;
}

static double thing_distance(const Gallery *gallery, uint32_t thing, const double spot[2],
                             double away[2])
{
    if (thing < gallery->wall_count)
        return wall_distance(&gallery->walls[thing], spot, away);
    return box_distance(&gallery->boxes[thing - gallery->wall_count], spot, away);
}

// Distance to the nearest thing; one that touches nobody here may be left out.
static double nearest_thing(const Gallery *gallery, const double spot[2], double away[2])
{
    const GalleryNear *near = &gallery->near;
    double x = floor((spot[0] - near->low[0]) / near->cell_m);
    double z = floor((spot[1] - near->low[1]) / near->cell_m);
    bool is_known = x >= 0 && z >= 0 && x < near->width && z < near->depth;
    int32_t cell = is_known ? (int32_t)z * near->width + (int32_t)x : 0;
    uint32_t first = is_known ? near->first[cell] : 0;
    uint32_t end = is_known ? near->first[cell + 1] : gallery->wall_count + gallery->box_count;
    double nearest = DBL_MAX, direction[2];
    for (uint32_t i = first; i < end; i++) {
        double distance =
            thing_distance(gallery, is_known ? near->things[i] : i, spot, direction);
        if (distance < nearest) {
            nearest = distance;
            memcpy(away, direction, sizeof direction);
        }
    }
    return nearest;
}

// ---- making it

static double side_of(const double a[2], const double b[2], const double spot[2])
{
    return (b[0] - a[0]) * (spot[1] - a[1]) - (b[1] - a[1]) * (spot[0] - a[0]);
}

static void opening_corner(const PlanOpening *opening, int corner, double out[2])
{
    const float *at = corner == 0   ? opening->from[0]
                      : corner == 1 ? opening->to[0]
                      : corner == 2 ? opening->to[1]
                                    : opening->from[1];
    out[0] = at[0];
    out[1] = at[1];
}

bool gallery_in_passage(const PlanOpening *opening, const double spot[2])
{
    bool left = false, right = false;
    for (int i = 0; i < 4; i++) {
        double a[2], b[2];
        opening_corner(opening, i, a);
        opening_corner(opening, (i + 1) % 4, b);
        double side = side_of(a, b, spot);
        left |= side < -SEAM_M;
        right |= side > SEAM_M;
    }
    return !(left && right);
}

typedef struct Gap {
    double from, to; // along the wall, 0 to 1
} Gap;

static double along(const double a[2], const double b[2], const float spot[2])
{
    double edge[2] = {b[0] - a[0], b[1] - a[1]};
    double square = edge[0] * edge[0] + edge[1] * edge[1];
    return ((spot[0] - a[0]) * edge[0] + (spot[1] - a[1]) * edge[1]) / square;
}

static uint32_t find_gaps(const Plan *plan, uint32_t room, uint32_t wall, const double a[2],
                          const double b[2], Gap *gaps)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < plan->opening_count; i++) {
        const PlanOpening *opening = &plan->openings[i];
        for (int side = 0; side < 2; side++) {
            if (opening->room[side] != room || opening->wall[side] != wall)
                continue;
            double from = along(a, b, opening->from[side]), to = along(a, b, opening->to[side]);
            Gap gap = {MIN(from, to), MAX(from, to)};
            uint32_t at = count++;
            for (; at > 0 && gaps[at - 1].from > gap.from; at--)
                gaps[at] = gaps[at - 1];
            gaps[at] = gap;
        }
    }
    return count;
}

static void add_wall(Gallery *gallery, const double a[2], const double b[2], double from,
                     double to)
{
    if (to - from < 1e-9)
        return;
    GalleryWall *wall = &gallery->walls[gallery->wall_count++];
    for (int i = 0; i < 2; i++) {
        wall->a[i] = a[i] + (b[i] - a[i]) * from;
        wall->b[i] = a[i] + (b[i] - a[i]) * to;
    }
}

static void add_room_walls(Gallery *gallery, uint32_t index, Gap *gaps)
{
    const PlanRoom *room = &gallery->plan->rooms[index];
    for (uint32_t i = 0; i < room->corner_count; i++) {
        const float *first = room->corners[i];
        const float *second = room->corners[(i + 1) % room->corner_count];
        double a[2] = {first[0], first[1]}, b[2] = {second[0], second[1]};
        uint32_t count = find_gaps(gallery->plan, index, i, a, b, gaps);
        double from = 0;
        for (uint32_t gap = 0; gap < count; gap++) {
            add_wall(gallery, a, b, from, gaps[gap].from);
            from = MAX(from, gaps[gap].to);
        }
        add_wall(gallery, a, b, from, 1);
    }
}

static void make_walls(Gallery *gallery, Arena *arena)
{
    const Plan *plan = gallery->plan;
    size_t most = 4 * (size_t)plan->opening_count + gallery_count_barriers(plan);
    for (uint32_t i = 0; i < plan->room_count; i++)
        most += plan->rooms[i].corner_count;
    gallery->walls = ARENA_ARRAY(arena, GalleryWall, most + 1);
    Scratch scratch = scratch_begin(arena);
    Gap *gaps = ARENA_ARRAY(scratch.arena, Gap, 2 * (size_t)plan->opening_count + 1);
    for (uint32_t i = 0; i < plan->room_count; i++)
        add_room_walls(gallery, i, gaps);
    for (uint32_t i = 0; i < plan->opening_count; i++) {
        double corners[4][2];
        for (int corner = 0; corner < 4; corner++)
            opening_corner(&plan->openings[i], corner, corners[corner]);
        add_wall(gallery, corners[1], corners[2], 0, 1);
        add_wall(gallery, corners[3], corners[0], 0, 1);
    }
    gallery->high_count = gallery->wall_count;
    gallery_add_barriers(gallery);
    scratch_end(scratch);
}

static GalleryBox make_box(const float position[2], float yaw, const float size_m[3],
                           float floor_m)
{
    return (GalleryBox){
        .center = {position[0], position[1]},
        .half = {size_m[0] / 2.0, size_m[2] / 2.0},
        .sin_yaw = sin(yaw),
        .cos_yaw = cos(yaw),
        .height_m = size_m[1],
        .floor_m = floor_m,
        .place = PLAN_NONE,
    };
}

// The box around everything, as cells.
static void lay_out_near(Gallery *gallery)
{
    double low[2] = {0, 0}, high[2] = {0, 0};
    for (uint32_t i = 0; i < gallery->wall_count; i++) {
        for (int end = 0; end < 2; end++) {
            const double *at = end ? gallery->walls[i].b : gallery->walls[i].a;
            for (int axis = 0; axis < 2; axis++) {
                low[axis] = i || end ? MIN(low[axis], at[axis]) : at[axis];
                high[axis] = i || end ? MAX(high[axis], at[axis]) : at[axis];
            }
        }
    }
    double area = (high[0] - low[0]) * (high[1] - low[1]);
    GalleryNear *near = &gallery->near;
    near->cell_m = MAX(NEAR_CELL_M, sqrt(area / MAX_NEAR_CELLS));
    memcpy(near->low, low, sizeof low);
    near->width = (int32_t)((high[0] - low[0]) / near->cell_m) + 1;
    near->depth = (int32_t)((high[1] - low[1]) / near->cell_m) + 1;
}

static void thing_reach(const Gallery *gallery, uint32_t thing, double reach, double low[2],
                        double high[2])
{
    if (thing < gallery->wall_count) {
        const GalleryWall *wall = &gallery->walls[thing];
        for (int i = 0; i < 2; i++) {
            low[i] = MIN(wall->a[i], wall->b[i]) - reach;
            high[i] = MAX(wall->a[i], wall->b[i]) + reach;
        }
        return;
    }
    const GalleryBox *box = &gallery->boxes[thing - gallery->wall_count];
    for (int i = 0; i < 2; i++) {
        double far = hypot(box->half[0], box->half[1]) + reach;
        low[i] = box->center[i] - far;
        high[i] = box->center[i] + far;
    }
}

// Adds a thing to every cell from which it can be touched: to their counts, or to their lists,
// which end where `ends` says.
static void list_thing(const Gallery *gallery, uint32_t thing, uint32_t *counts, uint32_t *ends)
{
    const GalleryNear *near = &gallery->near;
    double reach = GALLERY_RADIUS_M + near->cell_m * 0.7072, low[2], high[2], away[2];
    int32_t from[2], to[2], size[2] = {near->width, near->depth};
    thing_reach(gallery, thing, reach, low, high);
    for (int i = 0; i < 2; i++) {
        from[i] = (int32_t)CLAMP((low[i] - near->low[i]) / near->cell_m, 0, size[i] - 1);
        to[i] = (int32_t)CLAMP((high[i] - near->low[i]) / near->cell_m, 0, size[i] - 1);
    }
    for (int32_t z = from[1]; z <= to[1]; z++) {
        for (int32_t x = from[0]; x <= to[0]; x++) {
            double middle[2] = {near->low[0] + (x + 0.5) * near->cell_m,
                                near->low[1] + (z + 0.5) * near->cell_m};
            int32_t cell = z * near->width + x;
            if (thing_distance(gallery, thing, middle, away) > reach)
                continue;
            if (counts)
                counts[cell]++;
            else
                near->things[ends[cell]++] = thing;
        }
    }
}

// Stands that several places share are in the way once.
static bool brings_thing(const Gallery *gallery, uint32_t thing)
{
    uint32_t box = thing - gallery->wall_count;
    return thing < gallery->wall_count || box >= gallery->plan->place_count ||
           !gallery->plan->places[box].shares_back;
}

static void make_near(Gallery *gallery, Arena *arena)
{
    lay_out_near(gallery);
    GalleryNear *near = &gallery->near;
    size_t cells = (size_t)near->width * (size_t)near->depth;
    uint32_t things = gallery->wall_count + gallery->box_count;
    Scratch scratch = scratch_begin(arena);
    uint32_t *ends = ARENA_ARRAY(scratch.arena, uint32_t, cells);
    near->first = ARENA_ARRAY(arena, uint32_t, cells + 1);
    for (uint32_t i = 0; i < things; i++)
        if (brings_thing(gallery, i))
            list_thing(gallery, i, near->first + 1, NULL);
    for (size_t i = 0; i < cells; i++) {
        ends[i] = near->first[i];
        near->first[i + 1] += near->first[i];
    }
    near->things = ARENA_ARRAY(arena, uint32_t, (size_t)near->first[cells] + 1);
    for (uint32_t i = 0; i < things; i++)
        if (brings_thing(gallery, i))
            list_thing(gallery, i, NULL, ends);
    scratch_end(scratch);
}

void gallery_make(const Plan *plan, const float *piece_heights_m, Arena *arena, Gallery *out)
{
    *out = (Gallery){.plan = plan, .has_heights = gallery_has_heights(plan)};
    make_walls(out, arena);
    out->boxes =
        ARENA_ARRAY(arena, GalleryBox, (size_t)plan->place_count + plan->bench_count + 1);
    for (uint32_t i = 0; i < plan->place_count; i++) {
        const PlanPlace *place = &plan->places[i];
        GalleryBox *box = &out->boxes[out->box_count++];
        *box = make_box(place->position, place->yaw, place->size_m, place->floor_m);
        box->place = (int32_t)i;
        box->height_m += MAX(place->glass_m, piece_heights_m ? piece_heights_m[i] : 0);
        GalleryBox *stand = &out->boxes[plan_stand_of(plan, i)];
        stand->height_m = MAX(stand->height_m, box->height_m);
    }
    for (uint32_t i = 0; i < plan->bench_count; i++) {
        const PlanBench *bench = &plan->benches[i];
        out->boxes[out->box_count++] = make_box(bench->position, bench->yaw, bench->size_m,
                                                plan->rooms[bench->room].floor_m);
    }
    make_near(out, arena);
    gallery_make_grid(out, arena);
}

// ---- standing and walking

bool gallery_is_inside(const Gallery *gallery, const double spot[2])
{
    const Plan *plan = gallery->plan;
    float point[2] = {(float)spot[0], (float)spot[1]};
    for (uint32_t i = 0; i < plan->room_count; i++) {
        if (plan_room_contains(&plan->rooms[i], point))
            return true;
    }
    for (uint32_t i = 0; i < plan->opening_count; i++) {
        if (gallery_in_passage(&plan->openings[i], spot))
            return true;
    }
    return false;
}

bool gallery_is_free(const Gallery *gallery, const double spot[2])
{
    double away[2];
    return gallery_is_inside(gallery, spot) &&
           nearest_thing(gallery, spot, away) >= GALLERY_RADIUS_M;
}

// One small step. In a wedge too narrow to be in, pushing out of one thing pushes into the
// other: then the visitor stays, which is what a wedge does.
static bool try_step(const Gallery *gallery, const double from[2], const double step[2],
                     double out[2])
{
    double spot[2] = {from[0] + step[0], from[1] + step[1]}, away[2];
    for (int i = 0; i < MAX_PUSHES; i++) {
        double distance = nearest_thing(gallery, spot, away);
        if (distance >= GALLERY_RADIUS_M) {
            memcpy(out, spot, sizeof spot);
            return true;
        }
        double push = GALLERY_RADIUS_M - distance + TOUCH_M;
        spot[0] += away[0] * push;
        spot[1] += away[1] * push;
    }
    return false;
}

void gallery_move(const Gallery *gallery, const double from[2], const double step[2],
                  double out[2])
{
    double spot[2] = {from[0], from[1]};
    int count = (int)ceil(hypot(step[0], step[1]) / SUBSTEP_M);
    for (int i = 0; i < count; i++) {
        double part[2] = {step[0] / count, step[1] / count};
        if (!try_step(gallery, spot, part, spot))
            break;
    }
    memcpy(out, spot, sizeof spot);
}

// ---- seeing

static bool segments_cross(const double a[2], const double b[2], const GalleryWall *wall)
{
    double c = side_of(a, b, wall->a), d = side_of(a, b, wall->b);
    double e = side_of(wall->a, wall->b, a), f = side_of(wall->a, wall->b, b);
    return (c < 0) != (d < 0) && (e < 0) != (f < 0);
}

static bool is_clear(const Gallery *gallery, const double from[2], const double to[2],
                     uint32_t wall_count)
{
    for (uint32_t i = 0; i < wall_count; i++) {
        if (segments_cross(from, to, &gallery->walls[i]))
            return false;
    }
    return true;
}

bool gallery_sees(const Gallery *gallery, const double from[2], const double to[2])
{
    return is_clear(gallery, from, to, gallery->high_count);
}

// What is looked at from before a place: a label on the front, and all that stands above.
typedef struct Sight {
    double low_m, high_m, half_width_m;
    double ahead_m; // how far the low end stands out from the front
    double deep_m;  // how far the high end is behind it, where it is seen from above
} Sight;

static Sight sight_of(const Gallery *gallery, uint32_t place)
{
    const PlanPlace *at = &gallery->plan->places[place];
    const GalleryBox *box = &gallery->boxes[place];
    Sight sight = {.low_m = at->size_m[1], .high_m = box->height_m};
    // In a tall case the piece is below: nobody steps back for the air above it.
    if (at->stand == PLAN_TOWER)
        sight.high_m = MIN(sight.high_m, sight.low_m + TOWER_SIGHT_M);
    sight.half_width_m = MAX(box->half[0], 0.3);
    sight.deep_m = at->glass_m > 0 ? 2 * box->half[1] : box->half[1];
    if (at->label_size_m[0] > 0 && !at->label_has_post && at->tray_m[0] <= 0) {
        double half = at->label_size_m[1] / 2.0;
        sight.low_m = MIN(sight.low_m, at->label_position[1] - half * cos(at->label_tilt));
        sight.ahead_m = 2 * half * sin(at->label_tilt);
    }
    if (at->stand == PLAN_PEDESTAL && at->label_has_post) {
        sight.low_m = 0;
        sight.half_width_m += at->label_size_m[0];
    }
    return sight;
}

// The lower and the upper edge of the sight, as angles from the horizontal.
static void sight_angles(const Sight *sight, double eye_m, double across_m, double out[2])
{
    out[0] = atan2(sight->low_m - eye_m, MAX(across_m - sight->ahead_m, 0.1));
    out[1] =
        atan2(sight->high_m - eye_m, across_m + (sight->high_m < eye_m ? sight->deep_m : 0));
}

// How far from the front to stand.
static double sight_distance(const Sight *sight, double eye_m, double fov_y)
{
    double across = LEAST_GAP_M + GALLERY_RADIUS_M;
    for (; across < MOST_GAP_M; across += 0.05) {
        double angles[2];
        sight_angles(sight, eye_m, across, angles);
        if (angles[1] - angles[0] < fov_y * SIGHT_FILLS && angles[0] > -STEEPEST_RAD &&
            2 * atan(sight->half_width_m / across) < fov_y * SIGHT_FILLS_WIDTH)
            break;
    }
    return across;
}

bool gallery_stand_before(const Gallery *gallery, uint32_t place, double eye_m, double fov_y,
                          GalleryStand *out)
{
    const GalleryBox *box = &gallery->boxes[place];
    double front = atan2(box->sin_yaw, box->cos_yaw), angles[2];
    Sight sight = sight_of(gallery, place);
    double best = sight_distance(&sight, eye_m, fov_y);
    double least = LEAST_GAP_M + GALLERY_RADIUS_M, aside[2];
    box_turn_to_world(box, (double[2]){gallery->plan->places[place].tray[0], 0}, aside);
    for (int ring = 0; ring < 4; ring++) {
        double across = best + (least - best) * ring / 4;
        for (int i = 0; i < 16; i++) {
            // 0, 1, -1, 2, -2, ...: the front first, then to its sides.
            double turn = (i % 2 ? 1 : -1) * ((i + 1) / 2) * (M_PI / 8);
            double direction[2] = {sin(front + turn), cos(front + turn)};
            double reach =
                fabs(sin(turn)) * box->half[0] + fabs(cos(turn)) * box->half[1] + across;
            double spot[2] = {box->center[0] + direction[0] * reach,
                              box->center[1] + direction[1] * reach};
            if (i == 0) // right before its own compartment
                for (int axis = 0; axis < 2; axis++)
                    spot[axis] += aside[axis];
            // Nobody leans over a rail.
            if (!gallery_is_free(gallery, spot) ||
                !is_clear(gallery, spot, box->center, gallery->wall_count))
                continue;
            double over_m = gallery_floor_m(gallery, spot) - box->floor_m;
            sight_angles(&sight, eye_m + over_m, across, angles);
            memcpy(out->spot, spot, sizeof spot);
            out->camera_yaw = (float)(front + turn);
            // A little lower than the middle: the foot of the picture is for hints.
            out->camera_pitch = (float)((angles[0] + angles[1]) / 2 - fov_y * FOOT_PART);
            return true;
        }
    }
    return false;
}

int32_t gallery_focus(const Gallery *gallery, const double spot[2], float camera_yaw)
{
    double forward[2] = {-sin(camera_yaw), -cos(camera_yaw)};
    double best = DBL_MAX;
    int32_t found = PLAN_NONE;
    for (uint32_t i = 0; i < gallery->plan->place_count; i++) {
        const GalleryBox *box = &gallery->boxes[i];
        if (gallery->plan->places[i].shares_back)
            continue;
        double away[2], to[2] = {box->center[0] - spot[0], box->center[1] - spot[1]};
        double distance = box_distance(box, spot, away);
        double length = hypot(to[0], to[1]);
        double reach = FOCUS_REACH_M + 1.6 * MAX(box->height_m - 1.5, 0) + 0.5 * box->half[0];
        if (distance > reach || length <= 0)
            continue;
        double angle = acos(CLAMP((to[0] * forward[0] + to[1] * forward[1]) / length, -1, 1));
        double score = distance + 0.9 * angle;
        if (angle < FOCUS_ANGLE_RAD && score < best &&
            gallery_sees(gallery, spot, box->center)) {
            best = score;
            found = (int32_t)i;
        }
    }
    return found;
}

int32_t gallery_nearest_place(const Gallery *gallery, const double spot[2])
{
    double best = DBL_MAX;
    int32_t found = PLAN_NONE;
    for (uint32_t i = 0; i < gallery->plan->place_count; i++) {
        const GalleryBox *box = &gallery->boxes[i];
        double distance = hypot(box->center[0] - spot[0], box->center[1] - spot[1]);
        if (!gallery_sees(gallery, spot, box->center))
            distance += 1000; // what is behind a wall comes after all that is not
        if (distance < best) {
            best = distance;
            found = (int32_t)i;
        }
    }
    return found;
}
