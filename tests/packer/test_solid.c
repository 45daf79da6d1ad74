// test_solid.c: whatever triangles come, what is left is closed, faces outwards, and what was
// done for it is told.

#include "packer/solid.h"
#include "test.h"

#include <math.h>

enum { MAX_TRIANGLES = 4096 };

typedef struct Soup {
    float corners[MAX_TRIANGLES * 3][3];
    uint32_t count; // triangles
} Soup;

static Soup soup; // too large for a stack

static void add_triangle(const float a[3], const float b[3], const float c[3])
{
    const float *corners[3] = {a, b, c};
    assert_true(soup.count < MAX_TRIANGLES);
    for (int k = 0; k < 3; k++)
        for (int axis = 0; axis < 3; axis++)
            soup.corners[soup.count * 3 + (uint32_t)k][axis] = corners[k][axis];
    soup.count++;
}

static void add_square(const float a[3], const float b[3], const float c[3], const float d[3])
{
    add_triangle(a, b, c);
    add_triangle(a, c, d);
}

// A box of the size, its low corner at `x y z`; `sides` 6, or fewer: open at the top and so on.
static void add_box(float x, float y, float z, float size, int sides)
{
    float p[8][3];
    for (int i = 0; i < 8; i++) {
        p[i][0] = x + (i & 1 ? size : 0);
        p[i][1] = y + (i & 2 ? size : 0);
        p[i][2] = z + (i & 4 ? size : 0);
    }
    static const int faces[6][4] = {{0, 2, 3, 1}, {0, 1, 5, 4}, {1, 3, 7, 5},
                                    {3, 2, 6, 7}, {2, 0, 4, 6}, {4, 5, 7, 6}};
    for (int i = 0; i < sides; i++)
        add_square(p[faces[i][0]], p[faces[i][1]], p[faces[i][2]], p[faces[i][3]]);
}

// A sphere of radius 1 in rings.
static void add_ball(void)
{
    enum { RINGS = 16, STEPS = 24 };
    float p[RINGS + 1][STEPS][3];
    for (int r = 0; r <= RINGS; r++)
        for (int s = 0; s < STEPS; s++) {
            double up = M_PI * r / RINGS, around = 2 * M_PI * s / STEPS;
            bool is_pole = r == 0 || r == RINGS;
            p[r][s][0] = is_pole ? 0 : (float)(sin(up) * cos(around));
            p[r][s][1] = is_pole ? 0 : (float)(sin(up) * sin(around));
            p[r][s][2] = is_pole ? 1 - 2.0f * (r == RINGS) : (float)cos(up);
        }
    for (int r = 0; r < RINGS; r++)
        for (int s = 0; s < STEPS; s++)
            add_square(p[r][s], p[r + 1][s], p[r + 1][(s + 1) % STEPS], p[r][(s + 1) % STEPS]);
}

static Solid make(Arena *arena, SolidCounts *counts)
{
    Solid solid;
    assert_int_equal(
        solid_make((const float(*)[3])soup.corners, soup.count, 0.001, arena, &solid, counts),
        OK);
    assert_int_equal(solid_count_open_edges(&solid), 0);
    assert_true(counts->volume > 0);
    for (uint32_t i = 0; i < solid.triangle_count * 3; i++)
        assert_true(solid.triangles[i / 3][i % 3] < solid.vertex_count);
    return solid;
}

static void a_body_stays_as_it_is(void **state)
{
    (void)state;
    Arena arena = {0};
    SolidCounts counts;
    soup.count = 0;
    add_box(1, 2, 3, 2, 6);
    Solid solid = make(&arena, &counts);
    assert_int_equal(solid.vertex_count, 8);
    assert_int_equal(solid.triangle_count, 12);
    assert_float_equal(counts.volume, 8, 1e-6);
    assert_int_equal(counts.parts, 1);
    assert_int_equal(counts.holes + counts.turned_triangles + counts.parted_edges +
                         counts.dropped_triangles + counts.sheets,
                     0);
    arena_drop(&arena);
}

static void a_hole_is_closed_and_measured(void **state)
{
    (void)state;
    Arena arena = {0};
    SolidCounts counts;
    soup.count = 0;
    add_box(0, 0, 0, 3, 5);
    make(&arena, &counts);
    assert_int_equal(counts.holes, 1);
    assert_float_equal(counts.widest_hole, 3 * sqrt(2), 1e-5);
    assert_float_equal(counts.volume, 27, 1e-4);
    arena_drop(&arena);
}

static void faces_look_outwards(void **state)
{
    (void)state;
    Arena arena = {0};
    SolidCounts counts;
    soup.count = 0;
    add_box(0, 0, 0, 1, 6);
    for (int axis = 0; axis < 3; axis++) { // one of twelve looks inwards
        float kept = soup.corners[10][axis];
        soup.corners[10][axis] = soup.corners[11][axis];
        soup.corners[11][axis] = kept;
    }
    make(&arena, &counts);
    assert_int_equal(counts.turned_triangles, 1);
    assert_false(counts.was_inside_out);
    assert_float_equal(counts.volume, 1, 1e-6);

    soup.count = 0;
    add_box(0, 0, 0, 1, 6);
    for (uint32_t i = 0; i < soup.count * 3; i++)
        soup.corners[i][0] = -soup.corners[i][0]; // its mirror image
    make(&arena, &counts);
    assert_true(counts.was_inside_out);
    assert_float_equal(counts.volume, 1, 1e-6);
    arena_drop(&arena);
}

static void bodies_that_touch_are_parted(void **state)
{
    (void)state;
    Arena arena = {0};
    SolidCounts counts;
    soup.count = 0;
    add_box(0, 0, 0, 1, 6);
    add_box(1, 1, 0, 1, 6); // they share an upright edge
    make(&arena, &counts);
    assert_int_equal(counts.parted_edges, 1);
    assert_int_equal(counts.holes, 0);
    assert_float_equal(counts.volume, 2, 1e-6);

    soup.count = 0;
    add_box(0, 0, 0, 1, 6);
    add_box(1, 1, 1, 1, 6); // a point
    Solid solid = make(&arena, &counts);
    assert_int_equal(solid.vertex_count, 16);
    assert_int_equal(counts.parts, 2);
    arena_drop(&arena);
}

static void what_is_no_body_goes(void **state)
{
    (void)state;
    Arena arena = {0};
    SolidCounts counts;
    soup.count = 0;
    add_box(0, 0, 0, 1, 6);
    add_box(0, 0, 0, 1, 1); // a face twice
    add_box(5, 5, 5, 1, 1); // a mere sheet
    add_triangle(soup.corners[0], soup.corners[0], soup.corners[1]);
    Solid solid = make(&arena, &counts);
    assert_int_equal(solid.triangle_count, 12);
    assert_int_equal(counts.dropped_triangles, 3);
    assert_int_equal(counts.sheets, 1);
    assert_int_equal(counts.parts, 1);

    soup.count = 0;
    add_box(5, 5, 5, 1, 1);
    assert_int_equal(
        solid_make((const float(*)[3])soup.corners, soup.count, 0.001, &arena, &solid, &counts),
        ERR_INVALID);
    assert_int_equal(solid_make(NULL, 0, 0.001, &arena, &solid, &counts), ERR_INVALID);
    assert_int_equal(solid_make(NULL, SOLID_MAX_TRIANGLES + 1, 0.001, &arena, &solid, &counts),
                     ERR_LIMIT);
    arena_drop(&arena);
}

// Whatever is torn out of a ball, in whatever order its triangles come and face.
static void torn_balls_are_whole_again(void **state)
{
    (void)state;
    uint32_t chance = 7;
    for (int round = 0; round < 200; round++) {
        Arena arena = {0};
        SolidCounts counts;
        soup.count = 0;
        add_ball();
        uint32_t kept = 0, torn = 1 + (uint32_t)round % 40;
        for (uint32_t i = 0; i < soup.count; i++) {
            chance = chance * 1664525u + 1013904223u;
            if (chance >> 16 & 63 && (chance >> 8) % 64 < torn / 2)
                continue;
            for (int k = 0; k < 3; k++)
                for (int axis = 0; axis < 3; axis++)
                    soup.corners[kept * 3 + (uint32_t)k][axis] =
                        soup.corners[i * 3 + (uint32_t)(chance >> 30 & 1 ? 2 - k : k)][axis];
            kept++;
        }
        soup.count = kept;
        make(&arena, &counts);
        assert_true(counts.volume < 4.2);
        arena_drop(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_body_stays_as_it_is),
        cmocka_unit_test(a_hole_is_closed_and_measured),
        cmocka_unit_test(faces_look_outwards),
        cmocka_unit_test(bodies_that_touch_are_parted),
        cmocka_unit_test(what_is_no_body_goes),
        cmocka_unit_test(torn_balls_are_whole_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
