// test_tea.c: the tea table: are the lace's holes holes, and can the letter be read?

#include "test.h"

#include <math.h>

#include "exhibits/small-wonders/tea/tea.h"

static float share_of(float from, float to, bool (*is_so)(float along, float angle))
{
    enum { RINGS = 40, ANGLES = 500 };
    int count = 0;
    for (int i = 0; i < RINGS; i++)
        for (int k = 0; k < ANGLES; k++)
            count += is_so(lerp_f(from, to, (float)i / RINGS), 0.011f * (float)k);
    return (float)count / (RINGS * ANGLES);
}

static bool is_hole(float along, float angle)
{
    return tea_lace_hole(along, angle) < 0;
}

static void lace_is_cloth_and_holes(void **state)
{
    (void)state;
    float net = share_of(12, 17, is_hole), hem = share_of(19, 22.5f, is_hole);
    assert_true(net > 0.15f && net < 0.5f);
    assert_true(hem > 0.15f && hem < 0.5f);
    assert_true(share_of(5, 10.9f, is_hole) == 0); // linen
}

// What the lace says is a hole is one of the field, where the cloth hangs free.
static void holes_are_open(void **state)
{
    (void)state;
    Arena arena = {0};
    Field field = {.arena = &arena};
    TEA_PIECE.build(&field, &arena);
    int tried = 0, open = 0;
    for (int k = 0; k < 4000 && tried < 60; k++) {
        float angle = 0.0157f * (float)k, along = 19 + 0.005f * (float)(k % 600);
        if (tea_lace_hole(along, angle) > -0.12f)
            continue;
        bool is_open = true; // all the way from inside the folds to outside
        for (float r = 17.95f; r < 21; r += 0.02f) {
            Vec3 p = v3(r * sinf(angle), TEA_CLOTH_MM + TEA_EDGE_MM - along, r * cosf(angle));
            is_open = is_open && field_at(&field, p) > 0;
        }
        tried++;
        open += is_open;
    }
    assert_true(tried > 20);
    assert_int_equal(open, tried);
    arena_drop(&arena);
}

static void the_letter_is_written(void **state)
{
    (void)state;
    int lines = 0, changes = 0;
    bool was_ink = false;
    for (float y = -TEA_LETTER_HALF_Y; y < TEA_LETTER_HALF_Y; y += 0.005f) {
        float most = 0;
        for (float x = -2.6f; x < 0.5f; x += 0.01f)
            most = fmaxf(most, tea_letter_ink(x, y));
        changes += (most > 0.5f) != was_ink;
        was_ink = most > 0.5f;
    }
    lines = changes / 2;
    assert_in_range(lines, 11, 16); // with white between them
    assert_true(tea_letter_ink(0, 4.0f) == 0 && tea_letter_ink(-2.9f, 1) == 0); // margins
}

static bool is_cracked(float along, float angle)
{
    return tea_crackle(v3(along * sinf(angle), 31, along * cosf(angle))) > 0.5f;
}

static void glaze_is_crazed_but_whole(void **state)
{
    (void)state;
    float cracks = share_of(1, 8, is_cracked);
    assert_true(cracks > 0.002f && cracks < 0.06f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lace_is_cloth_and_holes),
        cmocka_unit_test(holes_are_open),
        cmocka_unit_test(the_letter_is_written),
        cmocka_unit_test(glaze_is_crazed_but_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
