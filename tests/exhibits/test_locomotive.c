// test_locomotive.c: the engine on its rails, and its motion.

#include "test.h"

#include <math.h>

#include "exhibits/small-wonders/locomotive/locomotive.h"
#include "exhibits/small-wonders/matter.h"

typedef struct Built {
    Arena arena;
    Field field;
} Built;

static void build(Built *built)
{
    *built = (Built){0};
    built->field.arena = &built->arena;
    LOCOMOTIVE_PIECE.build(&built->field, &built->arena);
}

static bool is_solid(const Built *built, float x, float y, float z)
{
    return field_at(&built->field, loco_at(x, y, z)) < 0;
}

static void wheels_stand_on_rails(void **state)
{
    (void)state;
    static const float AXLES[] = {7.6f, 1.3f, -5.0f};
    Built built;
    build(&built);
    for (size_t i = 0; i < COUNT_OF(AXLES); i++)
        for (int side = -1; side <= 1; side += 2) {
            float z = 2.6f * (float)side;
            // Tyre and rail touch under the axle, and nowhere beside it.
            assert_true(is_solid(&built, AXLES[i], 0.12f, z));
            assert_true(is_solid(&built, AXLES[i], -0.1f, z));
            assert_false(is_solid(&built, AXLES[i] - 2.2f, 0.2f, z));
            // A flange hangs beside the rail, on its inside, and not in it.
            assert_true(is_solid(&built, AXLES[i], -0.15f, 2.08f * (float)side));
            assert_false(is_solid(&built, AXLES[i] + 1.4f, -0.15f, 2.08f * (float)side));
        }
    // Between the rails one looks through, under the axles' height.
    assert_false(is_solid(&built, 4.4f, 0.6f, 0));
    arena_drop(&built.arena);
}

static void the_chimney_is_open_and_the_cab_is_empty(void **state)
{
    (void)state;
    Built built;
    build(&built);
    assert_false(is_solid(&built, 11.7f, 19.2f, 0));
    assert_true(is_solid(&built, 11.7f, 18.0f, 0.95f));
    assert_false(is_solid(&built, -12.5f, 13.5f, 0)); // where the driver stands
    assert_false(is_solid(&built, -11.3f, 13.7f, LOCO_SIDE_MM - 0.1f)); // the window
    assert_true(is_solid(&built, -11.3f, 11.0f, LOCO_SIDE_MM - 0.1f));  // the sheet below it
    arena_drop(&built.arena);
}

static void heaps_are_lumps_within_their_box(void **state)
{
    (void)state;
    Arena arena = {0};
    Field field = {.arena = &arena};
    LocoHeap heap = {{-4, 0, -4}, {4, 2, 4}, 0.5f, 1, 0.2f, 3};
    loco_add_heap(&field, &heap, (Carve){0});
    float lowest = 1e9f, highest = -1e9f;
    for (int i = 0; i < 400; i++) {
        float x = -2.4f + 0.24f * (float)(i % 20), z = -2.4f + 0.24f * (float)(i / 20);
        Vec3 hit;
        assert_true(field_hit(&field, loco_at(x, 6, z), v3(0, -1, 0), 8, &hit));
        float y = loco_of(hit).y;
        lowest = fminf(lowest, y);
        highest = fmaxf(highest, y);
        assert_true(y < 2.9f && y > 1.0f);
    }
    assert_true(highest - lowest > 0.25f); // not a table
    assert_true(field_at(&field, loco_at(4.3f, 1, 0)) > 0.2f);
    arena_drop(&arena);
}

static void the_gauge_stands_at_seven(void **state)
{
    (void)state;
    MatterDial dial = {0.5f, "BAR", 0.75f, 10};
    // Red under the needle, white beside it, black at a mark.
    MatterLook red = matter_dial(&dial, 0.4f * sinf(0.75f), 0.4f * cosf(0.75f));
    assert_true(red.colour.x > 0.15f && red.colour.y < 0.1f);
    MatterLook white = matter_dial(&dial, 0.4f * sinf(-0.3f), 0.3f * cosf(-0.3f));
    assert_true(white.colour.y > 0.5f);
    MatterLook mark = matter_dial(&dial, 0, 0.8f);
    assert_true(mark.colour.x < 0.1f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wheels_stand_on_rails),
        cmocka_unit_test(the_chimney_is_open_and_the_cab_is_empty),
        cmocka_unit_test(heaps_are_lumps_within_their_box),
        cmocka_unit_test(the_gauge_stands_at_seven),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
