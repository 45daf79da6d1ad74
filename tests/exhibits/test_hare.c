// test_hare.c: the hare's fur, its moons, and what is under it.

#include "test.h"

#include <math.h>

#include "exhibits/small-wonders/hare/hare.h"

typedef struct Carved {
    Arena arena;
    Field field;
    const Hare *hare;
} Carved;

static void carve(Carved *carved)
{
    *carved = (Carved){.field = {.arena = &carved->arena}};
    field_begin(&carved->field, (FieldBody){.step_mm = 1});
    carved->hare = HARE_PIECE.build(&carved->field, &carved->arena);
}

// Along the spine every stroke runs to the tail, down the thigh back and down.
static void fur_follows_the_body(void **state)
{
    (void)state;
    Carved carved;
    carve(&carved);
    int strokes = 0, on_back = 0, with_it = 0;
    for (size_t i = 0; i < carved.field.part_count; i++) {
        const Part *part = &carved.field.parts[i];
        if (part->op != PART_CUT || part->material != HARE_FUR)
            continue;
        strokes++;
        Vec3 at = part->frame.origin, way = part->frame.along;
        if (at.y > HARE_LIFT_MM + 19.5f && at.x > 0 && at.x < 12) {
            on_back++;
            with_it += way.x > 0.6f;
        }
    }
    assert_true(strokes > 5000);
    assert_true(on_back > 100);
    assert_true(with_it > on_back * 9 / 10);
    arena_drop(&carved.arena);
}

// Strokes are marks in a skin: none is a hole or a groove.
static void fur_is_shallow(void **state)
{
    (void)state;
    Carved carved;
    carve(&carved);
    Field bare = {.arena = &carved.arena};
    for (size_t i = 0; i < carved.field.part_count; i++)
        if (carved.field.parts[i].body == 0 && carved.field.parts[i].material != HARE_FUR)
            field_add(&bare, &carved.field.parts[i]);
    int deep = 0, cut = 0;
    for (size_t i = 0; i < carved.field.part_count; i++) {
        const Part *part = &carved.field.parts[i];
        if (part->op != PART_CUT || part->material != HARE_FUR)
            continue;
        // The spindle's deepest place is its middle, its radius below its axis.
        float depth = part->size[1] - field_at(&bare, part->frame.origin);
        cut += depth > 0.005f;
        deep += depth > 0.10f;
    }
    assert_true(cut > 5000);
    assert_int_equal(deep, 0);
    arena_drop(&carved.arena);
}

static void one_moon_is_full_and_lived_in(void **state)
{
    (void)state;
    float pearl[HARE_EYES] = {0}, hare[HARE_EYES] = {0};
    for (int eye = 0; eye < HARE_EYES; eye++)
        for (float y = -1.5f; y < 1.5f; y += 0.01f)
            for (float x = -1.5f; x < 1.5f; x += 0.01f) {
                HareMoon moon = hare_moon(eye, x, y);
                assert_true(moon.hare <= moon.pearl); // nobody lives beside it
                pearl[eye] += moon.pearl * 1e-4f;
                hare[eye] += moon.hare * 1e-4f;
            }
    assert_true(pearl[1] > 0.6f && pearl[1] < 0.7f); // square millimetres
    assert_true(hare[1] > 0.2f * pearl[1] && hare[1] < 0.5f * pearl[1]);
    assert_true(pearl[0] > 0.02f && pearl[0] < 0.35f * pearl[1]);
    assert_true(hare[0] == 0);
}

// A cord goes in under the belly and comes out again.
static void the_cord_has_a_way(void **state)
{
    (void)state;
    Carved carved;
    carve(&carved);
    Field wood = {.arena = &carved.arena};
    for (size_t i = 0; i < carved.field.part_count; i++)
        if (carved.field.parts[i].body == 0)
            field_add(&wood, &carved.field.parts[i]);
    Vec3 in = hare_point(9.4f, 0, -0.5f), turn = hare_point(9.0f, 6.4f, -0.3f);
    Vec3 out = hare_point(3.4f, 4.6f, 0), end = hare_point(3.2f, -0.4f, 0.2f);
    Tube way = {.from = in, .bend = turn, .to = out};
    for (float t = 0; t <= 1; t += 0.02f) {
        assert_true(field_at(&wood, tube_point(&way, t)) > 0.9f || t < 0.1f);
        assert_true(field_at(&wood, v3_lerp(out, end, t)) > 0.9f || t > 0.8f);
    }
    // Wood is left over the passage.
    assert_true(field_at(&wood, hare_point(6, 1.6f, 0)) < 0);
    arena_drop(&carved.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fur_follows_the_body),
        cmocka_unit_test(fur_is_shallow),
        cmocka_unit_test(one_moon_is_full_and_lived_in),
        cmocka_unit_test(the_cord_has_a_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
