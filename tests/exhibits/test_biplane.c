// test_biplane.c: the aeroplane's own directions, its stand on the ground, its instruments.

#include "test.h"

#include <math.h>

#include "exhibits/sculptor/lettering.h"
#include "exhibits/sculptor/noise.h"
#include "exhibits/small-wonders/biplane/cockpit.h"

static void directions_go_both_ways(void **state)
{
    (void)state;
    Chance chance = {9};
    for (int i = 0; i < 200; i++) {
        Vec3 p = v3(chance_around(&chance, 30), chance_around(&chance, 20),
                    chance_around(&chance, 20));
        assert_true(v3_length(v3_sub(plane_of(plane_at(p.x, p.y, p.z)), p)) < 1e-3f);
    }
    Vec3 nose = plane_way(0, 0, 1);
    assert_true(nose.y > 0.2f && fabsf(v3_length(nose) - 1) < 1e-3f);
}

static void it_stands_on_wheels_and_skid(void **state)
{
    (void)state;
    Vec3 wheel = plane_at(GEAR_X_MM, GEAR_Y_MM, GEAR_Z_MM);
    assert_true(wheel.y - WHEEL_MM < STAND_TOP_MM);
    assert_true(wheel.y - WHEEL_MM > STAND_TOP_MM - 0.1f);
    Arena arena = {0};
    Field field = {.arena = &arena};
    BIPLANE_PIECE.build(&field, &arena);
    Vec3 skid = plane_at(0, -3.06f, -21.6f);
    assert_true(skid.y < STAND_TOP_MM + 0.2f);
    assert_true(field_at(&field, v3(skid.x, STAND_TOP_MM + 0.02f, skid.z)) < 0.05f);
    arena_drop(&arena);
}

static void instruments_can_be_read(void **state)
{
    (void)state;
    Arena arena = {0};
    Field field = {.arena = &arena};
    BIPLANE_PIECE.build(&field, &arena);
    for (int i = 0; i < COCKPIT_DIALS_COUNT; i++) {
        const CockpitDial *dial = &COCKPIT_DIALS[i];
        assert_ok(lettering_check(dial->name));
        assert_in_range(dial->marks, 4, 12);
        // Nothing stands on a face, and its white, black and red are all there.
        Frame face = cockpit_dial_frame(i);
        int black = 0, red = 0, white = 0;
        for (int k = 0; k < 40 * 40; k++) {
            float x = ((float)(k % 40) - 19.5f) / 20, y = ((float)(k / 40) - 19.5f) / 20;
            if (x * x + y * y > 0.68f)
                continue;
            Vec3 p = frame_to_world(&face, v3(x * dial->radius, y * dial->radius, 0.055f));
            assert_true(fabsf(field_at(&field, p)) < 0.02f);
            SculptVertex v = {.position = p, .normal = face.up, .occlusion = 1};
            while (field.parts[v.part].tag != BIPLANE_FIRST_DIAL + i ||
                   field.parts[v.part].material != BIPLANE_DIAL)
                v.part++;
            biplane_shade(NULL, &field, &v);
            black += v.colour[0] < 0.1f;
            red += v.colour[0] > 0.1f && v.colour[1] < 0.1f;
            white += v.colour[1] > 0.35f;
        }
        assert_in_range(black, 20, 500);
        assert_in_range(red, 10, 200);
        assert_true(white > 500);
    }
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(directions_go_both_ways),
        cmocka_unit_test(it_stands_on_wheels_and_skid),
        cmocka_unit_test(instruments_can_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
