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

// On every kind of stand: flat on what the piece stands on or on the box below, as large as it
// is, clear of the piece and of the other thing.
static void lie_beside_pieces_in_their_cases(void **state)
{
    (void)state;
    static const PlanPlace places[] = {
        {.position = {3, 4}, .yaw = 0.7f, .size_m = {0.4f, 1, 0.4f}, .glass_m = 0.3f},
        {.position = {3, 4}, .size_m = {0.4f, 1, 0.4f}, .riser_m = {0.2f, 0.1f, 0.2f}},
        {.position = {3, 4}, .size_m = {0.4f, 1, 0.4f}, .riser_m = {0.07f, 0.1f, 0.07f}},
        {.position = {3, 4},
         .yaw = -2,
         .size_m = {0.6f, 1, 0.5f},
         .tray = {0.1f, -0.1f},
         .tray_m = {0.12f, 0.15f}},
    };
    const double low[3] = {-0.02, 0, -0.01}, high[3] = {0.02, 0.03, 0.03};
    for (size_t i = 0; i < COUNT_OF(places); i++) {
        const PlanPlace *place = &places[i];
        ThingPlace laid[2];
        float spot[2];
        plan_piece_spot(place, spot);
        double c = cos((double)place->yaw), s = sin((double)place->yaw), top = place->size_m[1];
        for (int t = 0; t < 2; t++) {
            ThingPlace *it = &laid[t];
            double size[2], x, z;
            thing_lay((Thing)t, place, low, high, it);
            thing_size_mm((Thing)t, size);
            assert_true(fabs(hypot(it->half_u[0], it->half_u[2]) * 2000 - size[0]) < 1e-6);
            assert_true(fabs(hypot(it->half_v[0], it->half_v[2]) * 2000 - size[1]) < 1e-6);
            x = (it->center[0] - (double)spot[0]) * c - (it->center[2] - (double)spot[1]) * s;
            z = (it->center[0] - (double)spot[0]) * s + (it->center[2] - (double)spot[1]) * c;
            bool is_clear = fabs(x) > 0.02 + size[0] / 2000 || fabs(z) > 0.02 + size[1] / 2000;
            assert_true(is_clear);
            bool is_below = i == 2; // its block is too small
            assert_float_equal(it->floor_m, is_below ? top : plan_piece_floor_m(place), 1e-5);
            assert_true(it->center[1] > it->floor_m && it->center[1] < it->floor_m + 0.002);
        }
        assert_true(hypot(laid[0].center[0] - laid[1].center[0],
                          laid[0].center[2] - laid[1].center[2]) > 0.03);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(are_as_large_as_they_are),
        cmocka_unit_test(are_found_by_name),
        cmocka_unit_test(lie_beside_pieces_in_their_cases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
