// test_measure.c: tapes, chains and angles: values, what is known of them, and how they read.

#include <math.h>

#include "data/geometry.h"
#include "museum/measure.h"
#include "test.h"

static MeasurePoint point(double x_mm, double y_mm, double z_mm, double sample_mm)
{
    return (MeasurePoint){.at_m = {x_mm / 1e3, y_mm / 1e3, z_mm / 1e3},
                          .sample_m = sample_mm / 1e3};
}

static void add(Measure *measure, double x_mm, double y_mm, double sample_mm)
{
    MeasurePoint at = point(x_mm, y_mm, 0, sample_mm);
    measure_add(measure, &at);
}

static MeasureReading read_newest(const Measure *measure)
{
    return measure_read(measure, measure_newest(measure));
}

static void tape_is_straight(void **state)
{
    (void)state;
    Measure measure = {0};
    assert_null(measure_newest(&measure));
    add(&measure, 1, 2, 0.1);
    assert_false(measure_is_complete(measure_newest(&measure)));
    assert_true(measure_open_end(&measure) == &measure.points[0]);
    assert_string_equal(read_newest(&measure).text, "");
    add(&measure, 4, 6, 0.1);
    MeasureValue value = measure_value(&measure, measure_newest(&measure));
    assert_true(value.is_known && fabs(value.value - 5e-3) < 1e-15);
    assert_true(fabs(value.tolerance - 0.1e-3) < 1e-12);
    assert_string_equal(read_newest(&measure).text, "5.0 mm ± 0.1");
    assert_null(measure_open_end(&measure));
    // A third point begins another.
    add(&measure, 4, 6, 0.1);
    assert_int_equal(measure.figure_count, 2);
    assert_int_equal(measure_newest(&measure)->count, 1);
}

static void chain_is_the_sum_of_its_parts(void **state)
{
    (void)state;
    Measure measure = {.kind = MEASURE_CHAIN};
    const double way[][2] = {{0, 0}, {3, 4}, {3, 5}, {15, 10}};
    double sum = 0, tolerance = 0;
    for (size_t i = 0; i < COUNT_OF(way); i++) {
        add(&measure, way[i][0], way[i][1], 0.01 * (double)(i + 1));
        if (!i)
            continue;
        MeasureValue part = measure_between(&measure.points[i - 1], &measure.points[i]);
        sum += part.value;
        tolerance += part.tolerance;
    }
    assert_int_equal(measure.figure_count, 1);
    MeasureValue value = measure_value(&measure, measure_newest(&measure));
    assert_true(fabs(value.value - 19e-3) < 1e-15 && fabs(value.value - sum) < 1e-15);
    assert_true(fabs(value.tolerance - tolerance) < 1e-15);
}

static void angle_is_at_the_second(void **state)
{
    (void)state;
    static const struct {
        double c[2], degrees;
    } cases[] = {{{0, 7}, 90}, {{5, 5}, 45}, {{-3, 0}, 180}, {{9, 0}, 0}, {{-4, 4}, 135}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Measure measure = {.kind = MEASURE_ANGLE};
        add(&measure, 10, 0, 0.02);
        add(&measure, 0, 0, 0.02);
        assert_false(measure_is_complete(measure_newest(&measure)));
        add(&measure, cases[i].c[0], cases[i].c[1], 0.02);
        MeasureValue value = measure_value(&measure, measure_newest(&measure));
        assert_true(value.is_known && fabs(value.value - cases[i].degrees) < 1e-9);
        assert_true(value.tolerance > 0 && value.tolerance < 2);
    }
}

// Points moved by as much as is not known of them never give more than what was claimed.
static void tolerance_holds(void **state)
{
    (void)state;
    srand(3);
    for (int round = 0; round < 20000; round++) {
        MeasurePoint points[3], moved[3];
        for (int i = 0; i < 3; i++) {
            points[i] = point(rand() % 1000 / 50.0, rand() % 1000 / 50.0, rand() % 1000 / 50.0,
                              0.05 + rand() % 100 / 100.0);
            moved[i] = points[i];
            double way[3] = {rand() - RAND_MAX / 2, rand() - RAND_MAX / 2,
                             rand() - RAND_MAX / 2};
            normalize3(way);
            add_scaled3(points[i].at_m, way, measure_point_tolerance(&points[i]),
                        moved[i].at_m);
        }
        MeasureValue was = measure_between(&points[0], &points[1]);
        MeasureReading said = measure_read_length(&was);
        double truth = distance3(moved[0].at_m, moved[1].at_m);
        assert_true(fabs(truth - was.value) <= was.tolerance + 1e-12);
        double unit = strcmp(said.unit, "mm") ? 1e6 : 1e3;
        assert_true(fabs(truth * unit - said.value) <= 1.5 * said.step + 1e-9);
        // Nor are there digits finer than the samples.
        double finest = MIN(points[0].sample_m, points[1].sample_m) * unit;
        assert_true(said.step >= finest);
        MeasureValue angle = measure_angle(&points[0], &points[1], &points[2]);
        MeasureValue other = measure_angle(&moved[0], &moved[1], &moved[2]);
        if (angle.is_known && other.is_known)
            assert_true(fabs(angle.value - other.value) <= angle.tolerance + 1e-9);
    }
}

static void reads_like_a_careful_person(void **state)
{
    (void)state;
    static const struct {
        double value_mm, tolerance_mm;
        const char *text;
    } cases[] = {
        {12.3456, 0.05, "12.35 mm ± 0.05"},
        {12.3456, 0.06, "12.3 mm ± 0.1"},
        {12.3456, 0.012, "12.34 mm ± 0.02"},
        {0.8432, 0.0015, "844 µm ± 2"},
        {0.8432, 0.006, "840 µm ± 10"},
        {0.8432, 0.6, "1 mm ± 1"},
        {317.7, 1.02, "318 mm ± 2"},
        {2119.2, 8, "2120 mm ± 10"},
        {0, 0.001, "0 µm ± 1"},
        {9.9996, 0.0001, "10.000 mm ± 0.001"},
        {0.0123, 0.00004, "12.30 µm ± 0.05"},
        {0.99996, 0.00006, "1000.0 µm ± 0.1"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        MeasureValue value = {true, cases[i].value_mm / 1e3, cases[i].tolerance_mm / 1e3};
        assert_string_equal(measure_read_length(&value).text, cases[i].text);
    }
    assert_string_equal(measure_read_angle(&(MeasureValue){true, 41.4, 0.3}).text,
                        "41.5° ± 0.5");
    assert_string_equal(measure_read_angle(&(MeasureValue){0}).text, "");
    assert_string_equal(measure_read_length(&(MeasureValue){0}).text, "");
}

static void the_worst_of_what_is_known_counts(void **state)
{
    (void)state;
    MeasurePoint at = {.sample_m = 0.02e-3};
    assert_true(fabs(measure_point_tolerance(&at) - 0.01e-3) < 1e-12);
    at.aim_m = 0.1e-3;
    assert_true(fabs(measure_point_tolerance(&at) - 0.05e-3) < 1e-12);
    at.claim_m = 0.2e-3;
    assert_true(fabs(measure_point_tolerance(&at) - 0.2e-3) < 1e-12);
    // Arms that are no longer than what is not known of them have no angle.
    MeasurePoint a = point(0.1, 0, 0, 0.2), b = point(0, 0, 0, 0.2), c = point(9, 9, 9, 0.2);
    assert_false(measure_angle(&a, &b, &c).is_known);
}

static void kinds_change_what_is_unfinished(void **state)
{
    (void)state;
    Measure measure = {0};
    add(&measure, 0, 0, 0.1);
    measure_set_kind(&measure, MEASURE_ANGLE);
    add(&measure, 1, 0, 0.1);
    assert_int_equal(measure.figure_count, 1);
    assert_int_equal(measure.figures[0].kind, MEASURE_ANGLE);
    add(&measure, 1, 1, 0.1);
    measure_set_kind(&measure, MEASURE_TAPE); // the angle stays one
    assert_int_equal(measure.figures[0].kind, MEASURE_ANGLE);
    add(&measure, 0, 0, 0.1);
    add(&measure, 1, 0, 0.1);
    measure_set_kind(&measure, MEASURE_CHAIN); // the tape goes on
    add(&measure, 2, 0, 0.1);
    assert_int_equal(measure.figure_count, 2);
    assert_int_equal(measure.figures[1].count, 3);
    measure_set_kind(&measure, MEASURE_TAPE); // the chain stays one
    add(&measure, 9, 0, 0.1);
    assert_int_equal(measure.figure_count, 3);
}

static void chains_end_where_one_says_so(void **state)
{
    (void)state;
    Measure measure = {.kind = MEASURE_CHAIN};
    for (int i = 0; i < 6; i++) {
        if (i == 3)
            measure_set_kind(&measure, MEASURE_CHAIN);
        add(&measure, i, 0, 0.1);
    }
    assert_int_equal(measure.figure_count, 2);
    assert_int_equal(measure.figures[0].count, 3);
    assert_int_equal(measure.figures[1].count, 3);
    measure_begin(&measure, MEASURE_TAPE);
    add(&measure, 7, 0, 0.1);
    measure_begin(&measure, MEASURE_CHAIN); // forgets the one point
    add(&measure, 8, 0, 0.1);
    add(&measure, 9, 0, 0.1);
    assert_int_equal(measure.figure_count, 3);
    assert_int_equal(measure.figures[2].kind, MEASURE_CHAIN);
    assert_int_equal(measure.figures[2].count, 2);
}

static void points_are_taken_back(void **state)
{
    (void)state;
    Measure measure = {.kind = MEASURE_ANGLE};
    measure_undo(&measure); // nothing to take
    for (int i = 0; i < 4; i++)
        add(&measure, i, i * i, 0.1);
    assert_int_equal(measure.figure_count, 2);
    for (uint32_t left = 4; left-- > 0;) {
        measure_undo(&measure);
        assert_int_equal(measure.point_count, left);
        assert_int_equal(measure.figure_count, left > 0);
    }
    add(&measure, 1, 1, 0.1);
    measure_clear(&measure);
    assert_true(measure.point_count == 0 && measure.figure_count == 0);
    assert_int_equal(measure.kind, MEASURE_ANGLE);
}

// However many points: the newest are there, and figures tell of points that are.
static void there_is_always_room(void **state)
{
    (void)state;
    srand(8);
    Measure measure = {0};
    for (int i = 0; i < 20000; i++) {
        if (rand() % 20 == 0)
            measure_set_kind(&measure, (MeasureKind)(rand() % MEASURE_KIND_COUNT));
        if (rand() % 10 == 0)
            measure_undo(&measure);
        if (rand() % 50 == 0)
            measure_begin(&measure, (MeasureKind)(rand() % MEASURE_KIND_COUNT));
        add(&measure, i, 0, 0.1);
        uint32_t next = 0;
        for (uint32_t k = 0; k < measure.figure_count; k++) {
            assert_int_equal(measure.figures[k].first, next);
            assert_true(measure.figures[k].count > 0);
            assert_true(k + 1 == measure.figure_count ||
                        measure_is_complete(&measure.figures[k]));
            next += measure.figures[k].count;
        }
        assert_int_equal(next, measure.point_count);
        assert_true(measure.figure_count <= MEASURE_MAX_FIGURES);
        assert_true(measure.point_count <= MEASURE_MAX_POINTS);
        assert_true(measure.points[measure.point_count - 1].at_m[0] == i / 1e3);
    }
}

static void kinds_have_names(void **state)
{
    (void)state;
    MeasureKind kind;
    for (int i = 0; i < MEASURE_KIND_COUNT; i++)
        assert_true(measure_find_kind(measure_kind_name((MeasureKind)i), &kind) &&
                    kind == (MeasureKind)i);
    assert_false(measure_find_kind("rope", &kind));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tape_is_straight),
        cmocka_unit_test(chain_is_the_sum_of_its_parts),
        cmocka_unit_test(angle_is_at_the_second),
        cmocka_unit_test(tolerance_holds),
        cmocka_unit_test(reads_like_a_careful_person),
        cmocka_unit_test(the_worst_of_what_is_known_counts),
        cmocka_unit_test(kinds_change_what_is_unfinished),
        cmocka_unit_test(chains_end_where_one_says_so),
        cmocka_unit_test(points_are_taken_back),
        cmocka_unit_test(there_is_always_room),
        cmocka_unit_test(kinds_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
