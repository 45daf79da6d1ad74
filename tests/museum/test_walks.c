// test_walks.c: people walk for a minute each, by keys, by clicks and by both: never outside,
// never stuck, never through a case, never over or under the floor.
//
//     test_walks           a share of them, with every suite
//     test_walks 10000     as many as one likes

#include "exhibits/model/layout.h"
#include "museum/sample_plan.h"
#include "museum/stairs_plan.h"
#include "museum/visitor.h"
#include "test.h"

#include <stdlib.h>

#define MINUTE_S 60.0
#define MOST_STEP_M (3.7 * VISITOR_STEP_S) // running
#define NO_MOVE_M 0.005                    // in the time between two looks
#define FREE_M 0.03
#define STEEPEST 0.85 // of what feet follow: stairs, where their slope is greatest
#define SEAM_M 0.006  // from floor to floor: nobody feels it

enum {
    SHARE = 600,
    LOOK_EVERY = 60, // steps: half a second
    CHECK_EVERY = 4, // no case is so small that four steps lead through
    PLAN_COUNT = 7,
};

static uint32_t walk_count = SHARE;

// ---- houses

// Acute corners, doors as narrow as they may be, benches near walls and near each other.
static float sharp_a[3][2] = {{0, 0}, {0, 6}, {9, 6}};
static float sharp_b[5][2] = {{0, 6.2f}, {0, 12}, {5, 9}, {9, 12}, {9, 6.2f}};
static float sharp_c[4][2] = {{9.2f, 6.2f}, {9.2f, 12}, {10.4f, 12}, {16, 6.2f}};

static PlanRoom sharp_rooms[] = {
    {.id = "a", .corner_count = 3, .corners = sharp_a, .height_m = 3, .fill_lux = 80},
    {.id = "b", .corner_count = 5, .corners = sharp_b, .height_m = 3, .fill_lux = 80},
    {.id = "c", .corner_count = 4, .corners = sharp_c, .height_m = 3, .fill_lux = 80},
};

static PlanOpening sharp_openings[] = {
    {.room = {0, 1},
     .wall = {1, 4},
     .from = {{1, 6}, {1, 6.2f}},
     .to = {{1.7f, 6}, {1.7f, 6.2f}},
     .height_m = 2.2f},
    {.room = {1, 2},
     .wall = {3, 0},
     .from = {{9, 7}, {9.2f, 7}},
     .to = {{9, 7.71f}, {9.2f, 7.71f}},
     .height_m = 2.2f},
};

static PlanPlace sharp_places[] = {
    {.piece = "one",
     .room = 0,
     .stand = PLAN_PLINTH,
     .position = {2, 4.2f},
     .yaw = 0.5f,
     .size_m = {0.5f, 1.1f, 0.5f}},
    {.piece = "two",
     .room = 1,
     .stand = PLAN_CASE,
     .position = {4.2f, 7.5f},
     .yaw = 0.8f,
     .size_m = {1.2f, 1, 0.4f},
     .glass_m = 0.3f},
    {.piece = "three",
     .room = 2,
     .stand = PLAN_PLINTH,
     .position = {10.6f, 8.6f},
     .yaw = 0.1f,
     .size_m = {0.4f, 1.1f, 0.4f}},
    {.piece = "four",
     .room = 2,
     .stand = PLAN_PLINTH,
     .position = {11.4f, 8.7f},
     .yaw = 0.6f,
     .size_m = {0.4f, 1.1f, 0.4f}},
};

static PlanBench sharp_benches[] = {
    {.room = 0, .position = {0.8f, 2.2f}, .yaw = 1.5f, .size_m = {1.2f, 0.45f, 0.4f}},
    {.room = 1, .position = {0.75f, 9}, .yaw = 1.57f, .size_m = {1.4f, 0.45f, 0.36f}},
    {.room = 1, .position = {7.2f, 8.4f}, .yaw = 0.3f, .size_m = {1.4f, 0.45f, 0.4f}},
    {.room = 1, .position = {7.3f, 9.35f}, .yaw = 0.2f, .size_m = {1.4f, 0.45f, 0.4f}},
};

static const Plan sharp_plan = {
    .room_count = 3,
    .rooms = sharp_rooms,
    .opening_count = 2,
    .openings = sharp_openings,
    .place_count = 4,
    .places = sharp_places,
    .bench_count = 4,
    .benches = sharp_benches,
    .start = {.room = 0, .position = {1, 3.4f}},
};

typedef struct House {
    Plan plan;
    Gallery gallery;
    PlanBox *boxes; // somewhat larger than what stands there
    uint32_t box_count;
    double low[2], high[2];
} House;

typedef struct Fixture {
    Arena arena;
    House houses[PLAN_COUNT];
} Fixture;

static void lay_out(uint32_t count, Arena *arena, Plan *out)
{
    LayoutPiece *pieces = ARENA_ARRAY(arena, LayoutPiece, count);
    for (uint32_t i = 0; i < count; i++) {
        float size = i % 7 == 3 ? 0.9f : i % 5 == 2 ? 0.35f : 0.04f;
        pieces[i] = (LayoutPiece){.id = str_format(arena, "piece-%u", i),
                                  .size_m = {size, size * 1.3f, size * 0.8f}};
    }
    assert_ok(layout_make(pieces, count, arena, out));
}

static void build(House *house, Arena *arena)
{
    const Plan *plan = &house->plan;
    Problems problems = {.arena = arena};
    assert_ok(plan_check(plan, "plan", &problems));
    gallery_make(plan, NULL, arena, &house->gallery);
    house->boxes = ARENA_ARRAY(arena, PlanBox, (size_t)plan->place_count + plan->bench_count);
    // A circle around their corners lies within that of the visitor.
    float margin = (float)GALLERY_RADIUS_M * 0.7f;
    for (uint32_t i = 0; i < plan->place_count; i++)
        house->boxes[house->box_count++] = plan_box(
            plan->places[i].position, plan->places[i].yaw, plan->places[i].size_m, margin);
    for (uint32_t i = 0; i < plan->bench_count; i++)
        house->boxes[house->box_count++] = plan_box(
            plan->benches[i].position, plan->benches[i].yaw, plan->benches[i].size_m, margin);
    for (int axis = 0; axis < 2; axis++) {
        house->low[axis] = house->gallery.grid.low[axis];
        int32_t cells = axis ? house->gallery.grid.depth : house->gallery.grid.width;
        house->high[axis] = house->low[axis] + cells * house->gallery.grid.cell_m;
    }
}

static int set_up(void **state)
{
    static Fixture fixture;
    fixture = (Fixture){0};
    fixture.houses[0].plan = sample_plan;
    fixture.houses[1].plan = sharp_plan;
    static const uint32_t counts[] = {3, 9, 30};
    for (size_t i = 0; i < COUNT_OF(counts); i++)
        lay_out(counts[i], &fixture.arena, &fixture.houses[2 + i].plan);
    fixture.houses[5].plan = stairs_plan(&fixture.arena);
    fixture.houses[6].plan = stairs_plan_turned(&fixture.arena, 0.5f);
    for (size_t i = 0; i < PLAN_COUNT; i++)
        build(&fixture.houses[i], &fixture.arena);
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    Fixture *fixture = *state;
    arena_drop(&fixture->arena);
    return 0;
}

// ---- people

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static double random_part(uint32_t *seed) // 0 to 1
{
    return next_random(seed) / 16777216.0;
}

typedef enum Manner { BY_KEYS, BY_CLICKS, BY_BOTH, MANNER_COUNT } Manner;

typedef struct Walk {
    const House *house;
    VisitorWorld world;
    Visitor visitor;
    VisitorActions actions;
    uint32_t seed, number;
    Manner manner;
    double looked[2]; // where one stood at the last look
    int same_steps;   // for which one has wished the same
    double way_end[2];
    double walked_m, least_m, most_m; // floors one has been on
} Walk;

static void choose_start(Walk *walk)
{
    const House *house = walk->house;
    double *spot = walk->visitor.spot;
    do {
        for (int i = 0; i < 2; i++)
            spot[i] =
                house->low[i] + random_part(&walk->seed) * (house->high[i] - house->low[i]);
    } while (!gallery_is_free(&house->gallery, spot));
    visitor_stand_at(&walk->visitor, &house->gallery, spot);
}

static void click(Walk *walk)
{
    const House *house = walk->house;
    double spot[2];
    for (int i = 0; i < 2; i++)
        spot[i] = house->low[i] + random_part(&walk->seed) * (house->high[i] - house->low[i]);
    walk->actions = (VisitorActions){0};
    Visitor *visitor = &walk->visitor;
    bool to_piece = next_random(&walk->seed) % 3 == 0;
    uint32_t place = next_random(&walk->seed) % house->plan.place_count;
    // Where no way leads one is told so, and stays.
    Status status = to_piece ? visitor_walk_before(visitor, &house->gallery, place)
                             : visitor_walk_to(visitor, &house->gallery, spot);
    if (!status)
        memcpy(walk->way_end, visitor->waypoints[visitor->waypoint_count - 1],
               sizeof walk->way_end);
}

static void press_keys(Walk *walk)
{
    static const float directions[8][2] = {{0, 1},  {1, 1},   {1, 0},  {1, -1},
                                           {0, -1}, {-1, -1}, {-1, 0}, {-1, 1}};
    uint32_t way = next_random(&walk->seed) % 9;
    walk->actions = (VisitorActions){0};
    if (way < 8)
        memcpy(walk->actions.move, directions[way], sizeof directions[way]);
    walk->actions.is_running = next_random(&walk->seed) % 4 == 0;
    visitor_look(&walk->visitor, (float)random_part(&walk->seed) * 6.28f, 0);
}

// About once in a second and a half by keys; one who clicked looks on for a while.
static void change_mind(Walk *walk)
{
    bool clicks = walk->manner == BY_CLICKS ||
                  (walk->manner == BY_BOTH && next_random(&walk->seed) % 4 == 0);
    uint32_t patience = walk->visitor.has_goal ? 1200 : walk->manner == BY_CLICKS ? 300 : 180;
    if (next_random(&walk->seed) % patience)
        return;
    walk->same_steps = 0;
    if (clicks)
        click(walk);
    else
        press_keys(walk);
}

static void check_place(const Walk *walk)
{
    const House *house = walk->house;
    const double *spot = walk->visitor.spot;
    float point[2] = {(float)spot[0], (float)spot[1]};
    if (!gallery_is_inside(&house->gallery, spot))
        fail_msg("walk %u is outside at %g,%g", walk->number, spot[0], spot[1]);
    for (uint32_t i = 0; i < house->box_count; i++) {
        if (plan_box_contains(&house->boxes[i], point))
            fail_msg("walk %u is in box %u at %g,%g", walk->number, i, spot[0], spot[1]);
    }
}

// Who has wished to go one way for a second and has not moved in the second half of it may go
// neither there nor anywhere near that direction.
static void check_stuck(Walk *walk)
{
    const Visitor *visitor = &walk->visitor;
    const double *spot = visitor->spot;
    double moved = hypot(spot[0] - walk->looked[0], spot[1] - walk->looked[1]);
    memcpy(walk->looked, spot, sizeof walk->looked);
    walk->walked_m += moved;
    double right = walk->actions.move[0], ahead = walk->actions.move[1];
    if (moved > NO_MOVE_M || walk->same_steps < 2 * LOOK_EVERY || (right == 0 && ahead == 0))
        return;
    double yaw = visitor->yaw;
    double wish =
        atan2(right * cos(yaw) - ahead * sin(yaw), -right * sin(yaw) - ahead * cos(yaw));
    for (int turn = -2; turn <= 2; turn++) {
        double angle = wish + turn * 0.5;
        double there[2] = {spot[0] + sin(angle) * FREE_M, spot[1] + cos(angle) * FREE_M};
        if (gallery_is_free(&walk->house->gallery, there))
            fail_msg("walk %u is stuck at %.9g,%.9g on the way to %g,%g", walk->number, spot[0],
                     spot[1], there[0], there[1]);
    }
}

// Feet are on the floor, and on the next one: nobody falls, nobody is lifted.
static void check_floor(const Walk *walk, const double before[2], double before_m)
{
    const Visitor *visitor = &walk->visitor;
    double walked = hypot(visitor->spot[0] - before[0], visitor->spot[1] - before[1]);
    double floor_m = gallery_floor_m(&walk->house->gallery, visitor->spot);
    if (visitor->floor_m != floor_m)
        fail_msg("walk %u is %g m over the floor", walk->number, visitor->floor_m - floor_m);
    if (fabs(floor_m - before_m) > walked * STEEPEST + SEAM_M)
        fail_msg("walk %u falls by %g m at %g,%g", walk->number, floor_m - before_m,
                 visitor->spot[0], visitor->spot[1]);
}

// A way that was found leads to its end, unless one takes the keys.
static void check_way(const Walk *walk, bool had_goal)
{
    const double *spot = walk->visitor.spot;
    bool by_hand = walk->actions.move[0] != 0 || walk->actions.move[1] != 0;
    if (had_goal && !by_hand && !walk->visitor.has_goal &&
        hypot(spot[0] - walk->way_end[0], spot[1] - walk->way_end[1]) > 0.05)
        fail_msg("walk %u gave up at %g,%g on the way to %g,%g", walk->number, spot[0], spot[1],
                 walk->way_end[0], walk->way_end[1]);
}

static void walk_a_minute(Walk *walk)
{
    choose_start(walk);
    memcpy(walk->looked, walk->visitor.spot, sizeof walk->looked);
    for (int i = 0; i < (int)(MINUTE_S / VISITOR_STEP_S); i++) {
        change_mind(walk);
        bool had_goal = walk->visitor.has_goal;
        double before[2] = {walk->visitor.spot[0], walk->visitor.spot[1]};
        double before_m = walk->visitor.floor_m;
        visitor_step(&walk->visitor, &walk->actions, &walk->world);
        walk->same_steps++;
        const double *spot = walk->visitor.spot;
        if (hypot(spot[0] - before[0], spot[1] - before[1]) > MOST_STEP_M)
            fail_msg("walk %u jumps from %g,%g", walk->number, before[0], before[1]);
        check_way(walk, had_goal);
        check_floor(walk, before, before_m);
        walk->least_m = i ? MIN(walk->least_m, walk->visitor.floor_m) : before_m;
        walk->most_m = i ? MAX(walk->most_m, walk->visitor.floor_m) : before_m;
        if (i % CHECK_EVERY == 0)
            check_place(walk);
        if (i % LOOK_EVERY == 0)
            check_stuck(walk);
    }
}

static void nobody_is_ever_outside_or_stuck_or_in_a_case(void **state)
{
    Fixture *fixture = *state;
    double walked_m[MANNER_COUNT] = {0};
    uint32_t climbed = 0;
    for (uint32_t i = 0; i < walk_count; i++) {
        House *house = &fixture->houses[i % PLAN_COUNT];
        Walk walk = {.house = house,
                     .world = {.gallery = &house->gallery, .aspect = 1.6f},
                     .visitor = visitor_make(&house->gallery),
                     .seed = 77 + i * 2654435761u,
                     .number = i,
                     .manner = (Manner)(i / PLAN_COUNT % MANNER_COUNT)};
        walk_a_minute(&walk);
        walked_m[walk.manner] += walk.walked_m;
        climbed += walk.most_m - walk.least_m > 0.4;
    }
    // And all of them have been about: some 20 m in a minute is a stroll with rests.
    for (int i = 0; i < MANNER_COUNT && walk_count >= SHARE; i++)
        assert_true(walked_m[i] > 15.0 * walk_count / MANNER_COUNT);
    // In two houses of seven there are stairs, and many take them.
    assert_true(walk_count < SHARE || climbed > walk_count / 14);
}

static void houses_are_sound(void **state)
{
    const Fixture *fixture = *state;
    for (size_t i = 0; i < PLAN_COUNT; i++)
        assert_true(fixture->houses[i].box_count > 0);
}

int main(int count, char **arguments)
{
    if (count > 1)
        walk_count = (uint32_t)strtoul(arguments[1], NULL, 10);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(houses_are_sound),
        cmocka_unit_test(nobody_is_ever_outside_or_stuck_or_in_a_case),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
