// test_medallion.c: the sky of the medallion: are the stars where they are?

#include "test.h"

#include <math.h>

#include "exhibits/sculptor/lettering.h"
#include "exhibits/small-wonders/medallion/rim.h"
#include "exhibits/small-wonders/medallion/stars.h"

static const Star *find(const char *key)
{
    size_t count;
    const Star *stars = stars_all(&count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(stars[i].key, key) == 0)
            return &stars[i];
    fail_msg("no star is called %s", key);
    return NULL;
}

static Vec3 direction(const Star *star)
{
    float a = (star->hour + star->minute / 60) * PI_F / 12, d = star->declination * PI_F / 180;
    return v3(cosf(d) * cosf(a), cosf(d) * sinf(a), sinf(d));
}

static float degrees_between(const char *a, const char *b)
{
    return acosf(v3_dot(direction(find(a)), direction(find(b)))) * 180 / PI_F;
}

static Vec3 place(SkySide side, const char *key)
{
    const Star *star = find(key);
    return sky_place(side, star->hour + star->minute / 60, star->declination);
}

static void the_table_is_in_order(void **state)
{
    (void)state;
    size_t count;
    const Star *stars = stars_all(&count);
    assert_true(count > 200);
    for (size_t i = 0; i < count; i++) {
        const Star *s = &stars[i];
        assert_true(s->hour >= 0 && s->hour < 24 && s->minute >= 0 && s->minute < 60);
        assert_true(fabsf(s->declination) < 90);
        assert_non_null(strchr("wyr", s->colour));
        assert_true(!s->name || lettering_check(s->name) == OK);
        // Two entries for one star would stand a hair apart.
        for (size_t k = 0; k < i; k++)
            assert_true(v3_dot(direction(s), direction(&stars[k])) < cosf(0.0008f));
    }
    uint16_t lines[STARS_MOST_LINES][2];
    size_t line_count = stars_lines(lines);
    assert_true(line_count > 150);
    for (size_t i = 0; i < line_count; i++) // a figure spans no more than a figure does
        assert_true(v3_dot(direction(&stars[lines[i][0]]), direction(&stars[lines[i][1]])) >
                    cosf(36 * PI_F / 180));
}

// Distances that every handbook knows, to a quarter of a degree.
static void stars_are_where_they_are(void **state)
{
    (void)state;
    assert_true(fabsf(degrees_between("dubhe", "merak") - 5.37f) < 0.25f);
    assert_true(fabsf(degrees_between("betel", "rigel") - 18.6f) < 0.25f);
    assert_true(fabsf(degrees_between("castor", "pollux") - 4.5f) < 0.25f);
    assert_true(fabsf(degrees_between("acrux", "gacrux") - 6.0f) < 0.25f);
    assert_true(fabsf(degrees_between("rigilk", "hadar") - 4.4f) < 0.25f);
    assert_true(fabsf(degrees_between("vega", "altair") - 34.2f) < 0.25f);
    assert_true(fabsf(degrees_between("sirius", "canopus") - 36.2f) < 0.5f);
}

static void both_halves_are_seen_from_within(void **state)
{
    (void)state;
    assert_true(v3_length(sky_place(SKY_NORTH, 5, 90)) < 1e-4f);
    assert_true(v3_length(sky_place(SKY_SOUTH, 5, -90)) < 1e-4f);
    // The equator is a circle, and the rim 25 degrees beyond it.
    float equator = v3_length(sky_place(SKY_NORTH, 1, 0));
    assert_true(fabsf(v3_length(sky_place(SKY_SOUTH, 17, 0)) - equator) < 1e-4f);
    assert_true(fabsf(v3_length(sky_place(SKY_NORTH, 9, -25)) - SKY_RADIUS_MM) < 1e-3f);
    // Orion stands upright: Betelgeuse above Rigel and to its left.
    Vec3 betel = place(SKY_NORTH, "betel"), rigel = place(SKY_NORTH, "rigel");
    assert_true(betel.y > rigel.y && betel.x < rigel.x);
    // The Cross stands upright, and the pointers are at its left.
    Vec3 top = place(SKY_SOUTH, "gacrux"), foot = place(SKY_SOUTH, "acrux");
    assert_true(top.y > foot.y && fabsf(top.x - foot.x) < 0.3f);
    assert_true(place(SKY_SOUTH, "hadar").x < foot.x);
}

static void metal_lies_where_stars_are(void **state)
{
    (void)state;
    Arena arena = {0};
    Sky *sky = sky_make(&arena);
    size_t count;
    const Star *stars = stars_all(&count);
    for (size_t i = 0; i < count; i++)
        for (int side = 0; side < SKY_SIDES; side++) {
            Vec3 p = sky_place((SkySide)side, stars[i].hour + stars[i].minute / 60,
                               stars[i].declination);
            if (v3_length(p) > SKY_RADIUS_MM - 0.01f)
                continue;
            assert_true(sky_ink(sky, (SkySide)side, p.x, p.y).metal > 0.9f);
        }
    // And the glass is not all gold.
    int covered = 0;
    for (int i = 0; i < 10000; i++)
        covered += sky_ink(sky, SKY_NORTH, -6 + 0.12f * (float)(i % 100),
                           -6 + 0.12f * (float)(i / 100))
                       .metal > 0.5f;
    assert_in_range(covered, 50, 1500);
    arena_drop(&arena);
}

static void the_rim_tells_the_table(void **state)
{
    (void)state;
    Arena arena = {0};
    Rim *rim = rim_make(&arena);
    const char *north = rim_table(rim, SKY_NORTH), *south = rim_table(rim, SKY_SOUTH);
    assert_ok(lettering_check(north));
    assert_ok(lettering_check(south));
    static const char FIRST[] = "SIRIVS 6H45.2 -16.7 -1.46 : CANOPVS ";
    assert_memory_equal(north, FIRST, sizeof FIRST - 1);
    assert_true(strlen(north) > 900 && strlen(south) > 600);
    // It fits: the line closes without a gap and without a letter on a letter.
    int black = 0;
    for (int i = 0; i < 4000; i++) {
        float angle = 2 * PI_F * (float)i / 4000;
        black +=
            rim_face(rim, SKY_NORTH, RIM_TABLE_MM * sinf(angle), RIM_TABLE_MM * cosf(angle))
                .black > 0.5f;
    }
    assert_in_range(black, 400, 2400);
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_in_order),
        cmocka_unit_test(stars_are_where_they_are),
        cmocka_unit_test(both_halves_are_seen_from_within),
        cmocka_unit_test(metal_lies_where_stars_are),
        cmocka_unit_test(the_rim_tells_the_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
