// test_opus.c: which sounds may be played: whole Ogg Opus files, and nothing else.

#include "data/opus.h"
#include "io/file.h"
#include "sound/sample_opus.h"
#include "test.h"

static Bytes sample(Arena *arena, double seconds, int channels)
{
    return sample_opus(&(SampleOpus){seconds, channels, 440, 0.5f}, arena);
}

static void sounds_say_how_long_they_are(void **state)
{
    (void)state;
    Arena arena = {0};
    static const double seconds[] = {0.25, 1, 3.5};
    for (size_t i = 0; i < COUNT_OF(seconds); i++) {
        for (int channels = 1; channels <= 2; channels++) {
            OpusInfo info;
            assert_ok(opus_check(sample(&arena, seconds[i], channels), &info));
            assert_int_equal(info.channels, channels);
            assert_float_equal(info.seconds, seconds[i], 1e-9);
        }
    }
    arena_drop(&arena);
}

static void every_part_of_a_sound_is_refused(void **state)
{
    (void)state;
    Arena arena = {0};
    OpusInfo info;
    Bytes good = sample(&arena, 1.2, 1);
    for (size_t len = 0; len <= good.len; len++)
        assert_int_equal(opus_check(bytes_first(good, len), &info) == OK, len == good.len);
    uint8_t *longer = arena_alloc(&arena, good.len + 1, 1);
    memcpy(longer, good.ptr, good.len);
    assert_status(opus_check((Bytes){longer, good.len + 1}, &info), ERR_CORRUPT);
    arena_drop(&arena);
}

static void no_bit_may_be_another(void **state)
{
    (void)state;
    Arena arena = {0};
    OpusInfo info;
    Bytes good = sample(&arena, 0.1, 1);
    uint8_t *bytes = arena_copy(&arena, good.ptr, good.len, 1);
    for (size_t bit = 0; bit < good.len * 8; bit++) {
        bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_true(opus_check((Bytes){bytes, good.len}, &info) != OK);
        bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    arena_drop(&arena);
}

// Pages signed by somebody who means harm: nothing is read that is not there.
static void signed_lies_do_no_harm(void **state)
{
    (void)state;
    Arena arena = {0};
    OpusInfo info;
    Bytes good = sample(&arena, 0.1, 1);
    uint8_t *bytes = arena_copy(&arena, good.ptr, good.len, 1);
    size_t tags = 27 + 1 + 19, sound = tags + 27 + 1 + 16;
    uint32_t refused = 0;
    for (size_t at = sound; at < good.len; at++) {
        if (at >= sound + 22 && at < sound + 26)
            continue;
        for (int bit = 0; bit < 8; bit++) {
            bytes[at] ^= (uint8_t)(1 << bit);
            sample_opus_sign(bytes + sound, good.len - sound);
            refused += opus_check((Bytes){bytes, good.len}, &info) != OK;
            bytes[at] ^= (uint8_t)(1 << bit);
        }
    }
    print_message("%u lies were refused\n", refused);
    assert_true(refused > 100); // of its head alone: 22 bytes and its lengths
    arena_drop(&arena);
}

static void what_is_no_opus_is_named(void **state)
{
    (void)state;
    Arena arena = {0};
    OpusInfo info;
    Bytes good = sample(&arena, 0.5, 1);
    uint8_t *bytes = arena_copy(&arena, good.ptr, good.len, 1);
    assert_status(opus_check((Bytes){(const uint8_t *)"RIFF....WAVE", 12}, &info), ERR_CORRUPT);
    bytes[28] = 'V'; // of OpusHead
    sample_opus_sign(bytes, 47);
    assert_status(opus_check((Bytes){bytes, good.len}, &info), ERR_UNSUPPORTED);
    bytes[28] = 'O';
    bytes[28 + 9] = 6; // channels
    sample_opus_sign(bytes, 47);
    assert_status(opus_check((Bytes){bytes, good.len}, &info), ERR_LIMIT);
    arena_drop(&arena);
}

static void long_sounds_are_refused(void **state)
{
    (void)state;
    Arena arena = {0};
    OpusInfo info;
    Bytes sound = sample_opus(&(SampleOpus){.seconds = 60 * OPUS_MAX_MINUTES + 1}, &arena);
    assert_status(opus_check(sound, &info), ERR_LIMIT);
    arena_drop(&arena);
}

static void sounds_of_others_are_read(void **state)
{
    (void)state;
    Arena arena = {0};
    Bytes file;
    OpusInfo info;
    assert_ok(file_read(shared_file(&arena, "audio/jfk.opus"), OPUS_MAX_BYTES, &arena, &file));
    assert_ok(opus_check(file, &info));
    assert_float_equal(info.seconds, 11, 0.01);
    assert_ok(file_read(shared_file(&arena, "audio/jfk.ogg"), OPUS_MAX_BYTES, &arena, &file));
    assert_status(opus_check(file, &info), ERR_UNSUPPORTED);
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sounds_say_how_long_they_are),
        cmocka_unit_test(every_part_of_a_sound_is_refused),
        cmocka_unit_test(no_bit_may_be_another),
        cmocka_unit_test(signed_lies_do_no_harm),
        cmocka_unit_test(what_is_no_opus_is_named),
        cmocka_unit_test(long_sounds_are_refused),
        cmocka_unit_test(sounds_of_others_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
