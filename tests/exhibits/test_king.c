// test_king.c: the game on the king's band.

#include "test.h"

#include <math.h>

#include "exhibits/sculptor/lettering.h"
#include "exhibits/small-wonders/king/king.h"

static Vec3 on_band(float angle, float up)
{
    return v3(KING_BAND_RADIUS_MM * sinf(angle), KING_BAND_MIDDLE_MM + up,
              KING_BAND_RADIUS_MM * cosf(angle));
}

static void the_game_is_whole(void **state)
{
    (void)state;
    const char *game = king_game();
    assert_ok(lettering_check(game));
    // Twenty-three moves: the last is White's and has no answer.
    int moves = 1, plies = 0;
    for (const char *c = game; *c && *c != ':'; c++) {
        moves += *c == '-';
        plies += *c != ' ' && *c != '-' && (c[1] == ' ');
    }
    assert_int_equal(moves, 23);
    assert_int_equal(plies, 45);
    assert_memory_equal(game, "E4 E5 - F4 EXF4 - ", 18);
    assert_non_null(strstr(game, "- BE7 :"));
}

static void the_game_goes_round_once(void **state)
{
    (void)state;
    enum { STEPS = 20000 };
    // Columns with ink; no gap is longer than a few letters, and none runs on for ever.
    int gap = 0, widest = 0, inked = 0;
    for (int i = 0; i < STEPS; i++) {
        float angle = 2 * PI_F * ((float)i + 0.5f) / STEPS, most = 0;
        for (int row = -9; row <= 9; row++)
            most = fmaxf(most, king_letter(on_band(angle, 0.01f * (float)row)));
        bool is_inked = most > 0.5f;
        inked += is_inked;
        gap = is_inked ? 0 : gap + 1;
        widest = MAX(widest, gap);
    }
    assert_in_range(inked, STEPS / 3, STEPS * 9 / 10);
    assert_true((float)widest / STEPS * 2 * PI_F * KING_BAND_RADIUS_MM < 0.4f);
    assert_true(king_letter(on_band(1, 0.2f)) <= 0); // nothing above the line
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_game_is_whole),
        cmocka_unit_test(the_game_goes_round_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
