// test_dial.c: the dial on the lens's rim says the strength there is, and takes the one it is
// turned to.

#include <math.h>

#include "museum/dial.h"
#include "test.h"

static Magnifier lens_of(double most_zoom)
{
    Magnifier lens = magnifier_make();
    lens.most_zoom = most_zoom;
    return lens;
}

static void angles_and_strengths_are_one(void **state)
{
    (void)state;
    static const double most[] = {0, 2.5, 4.3, 17, 90, 700};
    for (size_t i = 0; i < COUNT_OF(most); i++) {
        for (int is_left = 0; is_left < 2; is_left++) {
            Magnifier lens = lens_of(most[i]);
            Dial dial = dial_of(&lens, is_left);
            assert_true(dial_has_choice(&dial));
            for (double zoom = dial.least; zoom <= dial.most; zoom *= 1.013) {
                float angle = dial_angle(&dial, zoom);
                assert_true(fabs(dial_zoom(&dial, angle) / zoom - 1) < 1e-5);
                // However often one has gone around.
                assert_true(fabs(dial_zoom(&dial, angle - 6.2831853f) / zoom - 1) < 1e-4);
            }
        }
    }
}

static void turning_is_continuous(void **state)
{
    (void)state;
    Magnifier lens = lens_of(60);
    Dial dial = dial_of(&lens, false);
    double before = dial_zoom(&dial, dial.from);
    for (int i = 1; i <= 1000; i++) {
        double zoom = dial_zoom(&dial, dial.from + (dial.to - dial.from) * (float)i / 1000);
        assert_true(zoom > before && zoom < before * 1.01);
        before = zoom;
    }
    // Past its ends it stays there.
    assert_true(fabs(dial_zoom(&dial, dial.to + 0.5f) / dial.most - 1) < 1e-9);
    assert_true(fabs(dial_zoom(&dial, dial.from - 0.5f) / dial.least - 1) < 1e-9);
}

static void native_is_once_to_once_and_a_little(void **state)
{
    (void)state;
    Magnifier lens = lens_of(24);
    // As the lens itself says it: 100 µm a pixel outside, samples every 50/6 µm.
    magnifier_measure(&lens, &(MagnifierSight){true, 0.1, 1e-4 / 12, 1000});
    assert_true(fabs(lens.most_zoom - 24) < 1e-9);
    Dial dial = dial_of(&lens, false);
    assert_true(dial.has_limit && fabs(dial.most - 24) < 1e-9);
    lens.wanted_zoom = dial.native;
    magnifier_measure(&lens, &(MagnifierSight){true, 0.1, 1e-4 / 12, 1000});
    assert_true(lens.is_native &&
                fabs(lens.um_per_sample / lens.um_per_pixel - MAGNIFIER_NATIVE) < 1e-9);
    lens.wanted_zoom = dial.most;
    magnifier_measure(&lens, &(MagnifierSight){true, 0.1, 1e-4 / 12, 1000});
    assert_true(lens.is_at_limit && lens.is_enlarged);
}

static void says_what_it_does_not_know(void **state)
{
    (void)state;
    Magnifier lens = lens_of(0); // past the piece
    Dial dial = dial_of(&lens, false);
    assert_true(!dial.has_limit && dial.native == 0);
    lens = lens_of(1.4); // so near that there is nothing to choose
    dial = dial_of(&lens, true);
    assert_false(dial_has_choice(&dial));
    assert_true(dial_zoom(&dial, 1) == dial.most);
    lens = lens_of(3); // native would be weaker than the weakest
    dial = dial_of(&lens, false);
    assert_true(dial.has_limit && dial.native == 0);
}

static void marks_lie_on_it_in_order(void **state)
{
    (void)state;
    static const double most[] = {2.5, 4.3, 17, 90, 700, 9000};
    for (size_t i = 0; i < COUNT_OF(most); i++) {
        DialMark marks[DIAL_MAX_MARKS];
        Magnifier lens = lens_of(most[i]);
        Dial dial = dial_of(&lens, false);
        int count = dial_marks(&dial, marks);
        assert_true(count > 0 && marks[0].zoom == 2 && marks[0].is_named);
        for (int k = 1; k < count; k++)
            assert_true(marks[k].zoom > marks[k - 1].zoom && marks[k].zoom <= dial.most);
        assert_true(marks[count - 1].zoom > dial.most * 0.6);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(angles_and_strengths_are_one),
        cmocka_unit_test(turning_is_continuous),
        cmocka_unit_test(native_is_once_to_once_and_a_little),
        cmocka_unit_test(says_what_it_does_not_know),
        cmocka_unit_test(marks_lie_on_it_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
