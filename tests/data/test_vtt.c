// test_vtt.c: captions: what is read of a WebVTT file, and what is told of a broken one.

#include "data/vtt.h"
#include "test.h"

static const char good[] = "\xef\xbb\xbfWEBVTT - a walk\r\n"
                           "Kind: captions\r\n"
                           "\r\n"
                           "NOTE nobody reads this\r\n"
                           "--> nor this\r\n"
                           "\r\n"
                           "STYLE\n::cue { color: red }\n"
                           "\n"
                           "first\n"
                           "00:00.500 --> 00:04.000 align:start position:10%\n"
                           "<v Guide>An <i>owl</i> of limewood,\n"
                           "no higher &amp; no wider<00:02.000> than a thumb.\n"
                           "\n\n"
                           "00:03.000 --> 00:06.250\n"
                           "<c.loud.yellow>兎</c> &lt;here&gt; &unknown;\n"
                           "\n"
                           "100:00:07.000 --> 100:00:08.000\n";

static Bytes bytes_of(const char *text)
{
    return (Bytes){(const uint8_t *)text, strlen(text)};
}

static void captions_are_read(void **state)
{
    (void)state;
    Arena arena = {0};
    Vtt vtt;
    assert_ok(vtt_parse(bytes_of(good), &arena, &vtt));
    assert_int_equal(vtt.count, 3);
    assert_float_equal(vtt.cues[0].start_s, 0.5, 1e-9);
    assert_float_equal(vtt.cues[0].end_s, 4, 1e-9);
    assert_string_equal(vtt.cues[0].text,
                        "An owl of limewood,\nno higher & no wider than a thumb.");
    assert_string_equal(vtt.cues[1].text, "兎 <here> &unknown;");
    assert_float_equal(vtt.cues[2].start_s, 360007, 1e-9);
    assert_string_equal(vtt.cues[2].text, "");
    assert_float_equal(vtt.end_s, 360008, 1e-9);
    arena_drop(&arena);
}

static void the_newest_caption_is_shown(void **state)
{
    (void)state;
    Arena arena = {0};
    Vtt vtt;
    assert_ok(vtt_parse(bytes_of("WEBVTT\n\n00:01.000 --> 00:09.000\nlong\n\n"
                                 "00:02.000 --> 00:03.000\nshort\n\n"
                                 "00:12.000 --> 00:13.000\nlast"),
                        &arena, &vtt));
    static const struct {
        double at_s;
        int32_t cue;
    } cases[] = {{0, -1}, {0.999, -1}, {1, 0},    {2, 1},   {2.99, 1},
                 {3, 0},  {9, -1},     {12.5, 2}, {13, -1}, {99, -1}};
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_int_equal(vtt_find(&vtt, cases[i].at_s), cases[i].cue);
    assert_int_equal(vtt_find(&(Vtt){0}, 1), -1);
    arena_drop(&arena);
}

// Marks are text to be left out, whatever is in them; texts are no markup afterwards.
static void marks_are_left_out(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"<b>a</b>", "a"},       {"a < b", "a"},
        {"a<never closed", "a"}, {"<<>>b", ">b"},
        {"&lt;b&gt;", "<b>"},    {"&amp;lt;", "&lt;"},
        {"a > b", "a > b"},      {"<ruby>漢<rt>kan", "漢kan"},
        {"a\u202eb\ac", "abc"},  {"&nbsp;x", "\u00a0x"},
    };
    Arena arena = {0};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Vtt vtt;
        assert_ok(
            vtt_parse(bytes_of(str_format(&arena, "WEBVTT\n\n00:01.000 --> 00:02.000\n%s\n",
                                          cases[i][0])),
                      &arena, &vtt));
        assert_string_equal(vtt.cues[0].text, cases[i][1]);
    }
    arena_drop(&arena);
}

static void mistakes_are_told_with_their_line(void **state)
{
    (void)state;
    static const struct {
        const char *file, *sentence;
    } cases[] = {
        {"", "line 1"},
        {"WEBVTTS", "line 1"},
        {"captions", "WEBVTT"},
        {"WEBVTT\n00:01.000 --> 00:02.000\nx", "line 2: a blank line"},
        {"WEBVTT\n\nan owl", "line 3: times and a text"},
        {"WEBVTT\n\nan owl\nof limewood", "line 4: expected times"},
        {"WEBVTT\n\n0:01.000 --> 00:02.000\nx", "line 3: expected times"},
        {"WEBVTT\n\n00:01,000 --> 00:02,000\nx", "line 3: expected times"},
        {"WEBVTT\n\n00:61.000 --> 00:62.000\nx", "line 3: expected times"},
        {"WEBVTT\n\n00:01.000 --> 00:02.000x\nx", "line 3: expected times"},
        {"WEBVTT\n\n00:02.000 --> 00:02.000\nx", "line 3: this caption ends"},
        {"WEBVTT\n\n00:02.000 --> 00:03.000\nx\n\n00:01.000 --> 00:02.000\ny",
         "line 6: this caption begins before"},
        {"WEBVTT\n\n00:02.000 --> 00:03.000\nx\n00:04.000 --> 00:05.000\ny",
         "line 4: a blank line"},
    };
    Arena arena = {0};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Vtt vtt;
        assert_status(vtt_parse(bytes_of(cases[i].file), &arena, &vtt), ERR_INVALID);
        if (!strstr(fault_last()->text, cases[i].sentence))
            fail_msg("'%s' is told as: %s", cases[i].file, fault_last()->text);
    }
    Vtt vtt;
    assert_status(vtt_parse(bytes_of("WEBVTT\n\n\xff"), &arena, &vtt), ERR_CORRUPT);
    assert_status(vtt_parse((Bytes){(const uint8_t *)"WEBVTT\0\n", 8}, &arena, &vtt),
                  ERR_CORRUPT);
    arena_drop(&arena);
}

static void too_much_is_refused(void **state)
{
    (void)state;
    Arena arena = {0};
    Vtt vtt;
    char *file = arena_alloc(&arena, VTT_MAX_BYTES + 1, 1);
    memset(file, '\n', VTT_MAX_BYTES + 1);
    assert_status(vtt_parse((Bytes){(uint8_t *)file, VTT_MAX_BYTES + 1}, &arena, &vtt),
                  ERR_LIMIT);
    char *at = file + sprintf(file, "WEBVTT\n\n00:01.000 --> 00:02.000\n");
    memset(at, 'x', VTT_MAX_TEXT_BYTES + 1);
    at[VTT_MAX_TEXT_BYTES + 1] = 0;
    assert_status(vtt_parse(bytes_of(file), &arena, &vtt), ERR_LIMIT);
    at[VTT_MAX_TEXT_BYTES] = 0;
    assert_ok(vtt_parse(bytes_of(file), &arena, &vtt));
    at = file + sprintf(file, "WEBVTT\n");
    for (int i = 0; i <= VTT_MAX_CUES; i++)
        at += sprintf(at, "\n00:01.000 --> 00:02.000\nx\n");
    assert_status(vtt_parse(bytes_of(file), &arena, &vtt), ERR_LIMIT);
    arena_drop(&arena);
}

// A part of a file is another file, perhaps a good one; nothing is read behind its end.
static void parts_and_flipped_bits_do_no_harm(void **state)
{
    (void)state;
    Arena arena = {0};
    uint32_t good_count = 0;
    for (size_t len = 0; len < sizeof good; len++) {
        Vtt vtt = {0};
        uint8_t *part = arena_copy(&arena, good, MAX(len, 1u), 1);
        if (vtt_parse((Bytes){part, len}, &arena, &vtt) == OK) {
            assert_true(vtt.count <= 3);
            good_count++;
        }
        arena_reset(&arena);
    }
    assert_true(good_count > 20);
    for (size_t bit = 0; bit < (sizeof good - 1) * 8; bit++) {
        Vtt vtt = {0};
        uint8_t *bytes = arena_copy(&arena, good, sizeof good - 1, 1);
        bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        if (vtt_parse((Bytes){bytes, sizeof good - 1}, &arena, &vtt) == OK) {
            for (uint32_t i = 0; i < vtt.count; i++)
                assert_true(utf8_is_valid(str_of(vtt.cues[i].text)));
        }
        arena_reset(&arena);
    }
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(captions_are_read),
        cmocka_unit_test(the_newest_caption_is_shown),
        cmocka_unit_test(marks_are_left_out),
        cmocka_unit_test(mistakes_are_told_with_their_line),
        cmocka_unit_test(too_much_is_refused),
        cmocka_unit_test(parts_and_flipped_bits_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
