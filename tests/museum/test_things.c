// test_things.c: things to lay beside a piece are as large as they are.

#include "test.h"

#include "museum/things.h"

#include <math.h>

// What is not empty, in pixels.
static void inked_px(const Image *image, double out[2])
{
    uint32_t low[2] = {UINT32_MAX, UINT32_MAX}, high[2] = {0, 0};
    for (uint32_t y = 0; y < image->height; y++) {
        for (uint32_t x = 0; x < image->width; x++) {
            if (image->rgba[((size_t)y * image->width + x) * 4 + 3] < 128)
                continue;
            low[0] = MIN(low[0], x);
            low[1] = MIN(low[1], y);
            high[0] = MAX(high[0], x + 1);
            high[1] = MAX(high[1], y + 1);
        }
    }
    for (int i = 0; i < 2; i++)
        out[i] = (double)high[i] - low[i];
}

static void are_as_large_as_they_are(void **state)
{
    (void)state;
    static const double densities[] = {3.78, 7.2, 16.0}; // pixels a millimetre
    Arena arena = {0};
    for (size_t i = 0; i < COUNT_OF(densities); i++) {
        double px[2];
        Image image = thing_paint(THING_COIN, densities[i], &arena);
        inked_px(&image, px);
        assert_float_equal(px[0] / densities[i], 23.25, 0.5);
        assert_float_equal(px[1] / densities[i], 23.25, 0.5);
        image = thing_paint(THING_STAMP, densities[i], &arena);
        inked_px(&image, px);
        assert_float_equal(px[0] / densities[i], 19.05, 0.5);
        assert_float_equal(px[1] / densities[i], 22.225, 0.5);
    }
    // The hand is stretched where it would be large; its tip is at the top, its wrist fades.
    Image image = thing_paint(THING_HAND, 16, &arena);
    assert_int_equal(image.height, THING_MOST_PX);
    double mm[2];
    thing_size_mm(THING_HAND, mm);
    assert_float_equal(mm[1], 180, 0);
    uint32_t first = 0;
    while (first < image.height) {
        bool is_inked = false;
        for (uint32_t x = 0; x < image.width; x++)
            is_inked |= image.rgba[((size_t)first * image.width + x) * 4 + 3] > 100;
        if (is_inked)
            break;
        first++;
    }
    assert_true(first * 180.0 / image.height < 0.6);
    arena_drop(&arena);
}

static void are_found_by_name(void **state)
{
    (void)state;
    for (int i = 0; i < THING_COUNT; i++) {
        Thing thing = THING_COUNT;
        assert_true(thing_find(thing_name((Thing)i), &thing));
        assert_int_equal(thing, i);
    }
    assert_false(thing_find("elephant", &(Thing){0}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(are_as_large_as_they_are),
        cmocka_unit_test(are_found_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
