// test_environment.c: what a room looks like in a mirror: blurred right, and turned with its
// room.

#include "test.h"

#include "data/environment.h"

#include <math.h>

typedef float Texels[ENVIRONMENT_TEXELS][3];

// A lamp of 2 degrees around `along` in a room that is 1 everywhere else.
static void make_room(const float along[3], Texels texels)
{
    for (int y = 1; y < ENVIRONMENT_SIDE - 1; y++) {
        for (int x = 1; x < ENVIRONMENT_SIDE - 1; x++) {
            float at[3], facing = 0;
            environment_direction((float)x + 0.5f, (float)y + 0.5f, at);
            for (int k = 0; k < 3; k++)
                facing += at[k] * along[k];
            for (int k = 0; k < 3; k++)
                texels[y * ENVIRONMENT_WIDTH + x][k] = facing > 0.99939f ? 1000.0f : 1.0f;
        }
    }
}

// As the shader looks it up, without filtering.
static const float *seen(Texels texels, int level, const float d[3])
{
    EnvironmentLevel at = environment_level(level);
    float sum = fabsf(d[0]) + fabsf(d[1]) + fabsf(d[2]), x = d[0] / sum, z = d[2] / sum;
    if (d[1] < 0) {
        float folded = (1 - fabsf(z)) * (x < 0 ? -1.0f : 1.0f);
        z = (1 - fabsf(x)) * (z < 0 ? -1.0f : 1.0f);
        x = folded;
    }
    float inner = (float)(at.side - 2);
    int to_x = at.x + 1 + (int)((x * 0.5f + 0.5f) * inner * 0.9999f);
    int to_y = at.y + 1 + (int)((z * 0.5f + 0.5f) * inner * 0.9999f);
    return texels[to_y * ENVIRONMENT_WIDTH + to_x];
}

static void test_levels_do_not_overlap(void **state)
{
    (void)state;
    static uint8_t owner[ENVIRONMENT_TEXELS];
    memset(owner, 0, sizeof owner);
    for (int i = 0; i < ENVIRONMENT_LEVELS; i++) {
        EnvironmentLevel level = environment_level(i);
        assert_true(level.x + level.side <= ENVIRONMENT_WIDTH);
        assert_true(level.y + level.side <= ENVIRONMENT_HEIGHT);
        for (int k = 0; k < level.side * level.side; k++) {
            int at = (level.y + k / level.side) * ENVIRONMENT_WIDTH + level.x + k % level.side;
            assert_int_equal(owner[at], 0);
            owner[at] = 1;
        }
    }
}

// Light is kept, not made: wherever a lamp is, rougher levels show it fainter and wider, never
// as dots, and far from it the room is as bright as it was.
static void test_blur(void **state)
{
    (void)state;
    static const float ways[][3] = {
        {0, 1, 0}, {0.6f, 0, 0.8f}, {0, -1, 0}, {-0.6f, -0.64f, 0.48f}, {1, 0, 0}};
    static Texels texels;
    for (size_t i = 0; i < COUNT_OF(ways); i++) {
        float brightest = 1001, opposite[3];
        make_room(ways[i], texels);
        environment_blur(texels, 256);
        for (int k = 0; k < 3; k++)
            opposite[k] = -ways[i][k];
        for (int level = 1; level < ENVIRONMENT_LEVELS; level++) {
            float here = seen(texels, level, ways[i])[0];
            assert_true(here < brightest && here > 1);
            brightest = here;
            assert_float_equal(seen(texels, level, opposite)[0], 1, 0.06f);
            // Nothing is brighter than the middle of the lamp, by more than a texel's place.
            EnvironmentLevel at = environment_level(level);
            for (int k = 0; k < at.side * at.side; k++) {
                int to = (at.y + k / at.side) * ENVIRONMENT_WIDTH + at.x + k % at.side;
                assert_true(texels[to][1] < here * 1.5f && texels[to][1] > 0.98f);
            }
        }
    }
}

// A border texel is what lies beyond the edge: that of the place it folds to.
static void test_border_continues(void **state)
{
    (void)state;
    static Texels texels;
    for (int y = 1; y < ENVIRONMENT_SIDE - 1; y++)
        for (int x = 1; x < ENVIRONMENT_SIDE - 1; x++)
            environment_direction((float)x + 0.5f, (float)y + 0.5f,
                                  texels[y * ENVIRONMENT_WIDTH + x]);
    environment_blur(texels, 16);
    for (int i = 0; i < ENVIRONMENT_SIDE; i++) {
        const int places[4][2] = {
            {i, 0}, {i, ENVIRONMENT_SIDE - 1}, {0, i}, {ENVIRONMENT_SIDE - 1, i}};
        for (int k = 0; k < 4; k++) {
            float wanted[3];
            environment_direction((float)places[k][0] + 0.5f, (float)places[k][1] + 0.5f,
                                  wanted);
            for (int c = 0; c < 3; c++)
                assert_float_equal(texels[places[k][1] * ENVIRONMENT_WIDTH + places[k][0]][c],
                                   wanted[c], 1e-4f);
        }
    }
}

// A quarter: what was along x is along -z, and four of them are none.
static void test_turns_with_its_room(void **state)
{
    (void)state;
    static uint32_t from[ENVIRONMENT_TEXELS], turned[ENVIRONMENT_TEXELS],
        again[ENVIRONMENT_TEXELS];
    static Texels texels;
    memset(from, 0, sizeof from);
    for (int i = 0; i < ENVIRONMENT_LEVELS; i++) {
        EnvironmentLevel level = environment_level(i);
        for (int k = 0; k < level.side * level.side; k++) {
            uint32_t at = (uint32_t)((level.y + k / level.side) * ENVIRONMENT_WIDTH + level.x +
                                     k % level.side);
            from[at] = at + 1;
        }
    }
    environment_turn(from, 1, turned);
    for (int y = 1; y < ENVIRONMENT_SIDE - 1; y += 5) {
        for (int x = 1; x < ENVIRONMENT_SIDE - 1; x++) {
            float d[3];
            environment_direction((float)x + 0.5f, (float)y + 0.5f, d);
            const float *there = seen(texels, 0, (float[3]){d[2], d[1], -d[0]});
            size_t to = (size_t)((const float(*)[3])there - (const float(*)[3])texels);
            assert_int_equal(turned[to], from[y * ENVIRONMENT_WIDTH + x]);
        }
    }
    environment_turn(turned, 3, again);
    assert_memory_equal(again, from, sizeof from);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_levels_do_not_overlap),
        cmocka_unit_test(test_blur),
        cmocka_unit_test(test_border_continues),
        cmocka_unit_test(test_turns_with_its_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
