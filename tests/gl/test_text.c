// test_text.c: texts of any language get ink, room and lines; what no font has is told from
// what one has.

#include "gl/stage.h"

#include "draw/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static Stage stage;
static Text *text;

static TextFlow flow_of(TextParagraph *paragraph, const char *words, const char *lang,
                        float width)
{
    *paragraph = (TextParagraph){.text = words, .lang = lang, .style = {.size_px = 28}};
    return (TextFlow){.paragraphs = paragraph, .count = 1, .width_px = width, .margin_px = 4};
}

static float width_of(const char *words, TextFamily family)
{
    TextParagraph paragraph;
    TextFlow flow = flow_of(&paragraph, words, NULL, 0);
    float width, height;
    paragraph.style.family = family;
    text_measure(text, &flow, &width, &height);
    return width - 8;
}

static float height_of(const char *words, float width, int max_lines)
{
    TextParagraph paragraph;
    TextFlow flow = flow_of(&paragraph, words, NULL, width);
    float wide, high;
    paragraph.max_lines = max_lines;
    text_measure(text, &flow, &wide, &high);
    assert_true(width == 0 || wide <= width);
    return high - 8;
}

// The words on black, as a picture of the stage.
static const uint8_t *painted(const char *words, const char *lang, TextFamily family)
{
    TextParagraph paragraph;
    TextFlow flow = flow_of(&paragraph, words, lang, 0);
    TextPicture picture;
    paragraph.style.family = family;
    assert_ok(text_paint(text, &flow, &picture));
    RenderQuad quad = {.width = picture.width_px,
                       .height = picture.height_px,
                       .color = {1, 1, 1, 1},
                       .texture = picture.texture};
    RenderList list = {.fade = 1, .quads = &quad, .quad_count = 1};
    double eye[3] = {0, 0, 1}, at[3] = {0};
    list.view.camera = stage_view(&stage, eye, at, 40);
    const uint8_t *rgba = stage_picture(&stage, &list);
    gpu_drop_texture(stage.gpu, picture.texture);
    return rgba;
}

static double ink(const uint8_t *rgba)
{
    return stage_brightness(&stage, rgba, 0, 0, stage.width, stage.height) * stage.width *
           stage.height;
}

// What a font without the letter shows: a box with its number, or nothing.
static bool is_missing(const char *letter, const char *lang, TextFamily family)
{
    const uint8_t *nothing = painted("\U0010FFFD", NULL, family); // private: nobody has it
    double box = ink(nothing);
    uint8_t *kept = stage_keep(&stage, nothing);
    const uint8_t *seen = painted(letter, lang, family);
    return ink(seen) < 4 || (fabs(ink(seen) - box) < 0.25 * box &&
                             stage_count_changed(&stage, kept, seen, 96) < 40);
}

static void latin_letters_are_in_both_families(void **state)
{
    (void)state;
    static const char *const letters[] = {"a", "Q", "é", "ß", "Ő", "ﬁ",
                                          "µ", "×", "§", "—", "“", "…"};
    for (int family = 0; family < TEXT_FAMILY_COUNT; family++) {
        for (size_t i = 0; i < COUNT_OF(letters); i++) {
            if (is_missing(letters[i], "en", (TextFamily)family))
                fail_msg("family %d has no %s", family, letters[i]);
        }
    }
}

static void other_scripts_fall_back_to_fonts_that_have_them(void **state)
{
    (void)state;
    static const struct {
        const char *words, *lang;
    } samples[] = {{"Ж", "ru"}, {"Ω", "el"},  {"ش", "ar"},
                   {"ש", "he"}, {"漢", "zh"}, {"あ", "ja"}};
    int found = 0;
    for (size_t i = 0; i < COUNT_OF(samples); i++) {
        if (is_missing(samples[i].words, samples[i].lang, TEXT_SANS))
            print_message("no font here has %s (%s)\n", samples[i].words, samples[i].lang);
        else
            found++;
    }
    assert_true(found >= 2); // Greek and Cyrillic come with the fonts of the house
}

// Bold is wider than regular, code is smaller, and the measure remembers which is which.
static void parts_of_a_text_look_otherwise(void **state)
{
    (void)state;
    const TextSpan spans[] = {{.begin = 4, .end = 12, .is_bold = true},
                              {.begin = 4, .end = 12, .is_plain = true},
                              {.begin = 4, .end = 12, .is_italic = true}};
    float widths[COUNT_OF(spans)], plain = width_of("the mmmmmmmm hinge", TEXT_SANS);
    for (size_t i = 0; i < COUNT_OF(spans); i++) {
        TextParagraph paragraph;
        TextFlow flow = flow_of(&paragraph, "the mmmmmmmm hinge", NULL, 0);
        float height;
        paragraph.spans = &spans[i];
        paragraph.span_count = 1;
        text_measure(text, &flow, &widths[i], &height);
        widths[i] -= 8;
    }
    assert_true(widths[0] > plain + 1);
    assert_true(widths[1] < plain - 1);
    assert_true(width_of("the mmmmmmmm hinge", TEXT_SANS) == plain);
    assert_true(widths[2] != widths[0] && widths[2] != widths[1]);
}

static void arabic_letters_join(void **state)
{
    (void)state;
    if (is_missing("س", "ar", TEXT_SANS)) {
        print_message("skipped: no font here has Arabic\n");
        skip();
    }
    float joined = width_of("سسسس", TEXT_SANS);
    float apart = width_of("س\u200cس\u200cس\u200cس", TEXT_SANS); // kept from joining
    assert_true(joined < 0.9f * apart);
}

static void letters_have_their_widths(void **state)
{
    (void)state;
    for (int family = 0; family < TEXT_FAMILY_COUNT; family++) {
        assert_true(width_of("iiii", (TextFamily)family) <
                    0.6f * width_of("WWWW", (TextFamily)family));
        float once = width_of("museum ", (TextFamily)family);
        float twice = width_of("museum museum ", (TextFamily)family);
        assert_true(fabsf(twice - 2 * once) < 0.12f * once);
    }
}

static void long_texts_wrap(void **state)
{
    (void)state;
    static const char words[] = "a hare that sleeps under an oak on a windy morning";
    float line = height_of("a hare", 0, 0);
    float wrapped = height_of(words, 200, 0);
    assert_true(wrapped > 2.5f * line);
    assert_true(height_of(words, 400, 0) < wrapped);
    assert_true(fabsf(height_of(words, 200, 2) - 2 * line) < 0.25f * line);
    // A word too long for the line is broken, not cut.
    assert_true(height_of("Donaudampfschifffahrtsgesellschaft", 150, 0) > 1.5f * line);
}

static void nothing_is_no_failure(void **state)
{
    (void)state;
    TextParagraph none = {0};
    TextPicture picture;
    assert_ok(text_paint(text, &(TextFlow){.paragraphs = &none, .count = 1}, &picture));
    gpu_drop_texture(stage.gpu, picture.texture);
    assert_true(width_of("", TEXT_SANS) < width_of("m", TEXT_SANS));
    // Bytes that are no UTF-8 are shown as something, never as a failure.
    assert_ok(text_paint(
        text, &(TextFlow){.paragraphs = &(TextParagraph){.text = "a\xff\xc3z"}, .count = 1},
        &picture));
    gpu_drop_texture(stage.gpu, picture.texture);
}

static void markup_is_text(void **state)
{
    (void)state;
    assert_true(width_of("<b>hare</b> &amp;", TEXT_SANS) >
                1.8f * width_of("hare &", TEXT_SANS));
}

// Whatever lay in the scratch memory before: paper is of one colour.
static void paper_keeps_its_colour(void **state)
{
    (void)state;
    for (size_t before = 0; before < 4; before++) {
        Scratch scratch = scratch_begin(NULL);
        arena_alloc(scratch.arena, before + 1, 1);
        TextParagraph paragraph;
        TextFlow flow = flow_of(&paragraph, "i", "en", 60);
        flow.min_height_px = 60;
        flow.has_background = true;
        memcpy(flow.background, (float[3]){0.8f, 0.4f, 0.2f}, sizeof flow.background);
        TextPicture picture;
        assert_ok(text_paint(text, &flow, &picture));
        scratch_end(scratch);
        RenderQuad quad = {.width = picture.width_px,
                           .height = picture.height_px,
                           .color = {1, 1, 1, 1},
                           .texture = picture.texture};
        RenderList list = {.fade = 1, .quads = &quad, .quad_count = 1};
        double eye[3] = {0, 0, 1}, at[3] = {0};
        list.view.camera = stage_view(&stage, eye, at, 40);
        const uint8_t *corner =
            stage_picture(&stage, &list) + ((size_t)50 * (size_t)stage.width + 50) * 4;
        gpu_drop_texture(stage.gpu, picture.texture);
        assert_true(abs(corner[0] - 204) < 3 && abs(corner[1] - 102) < 3 &&
                    abs(corner[2] - 51) < 3);
    }
}

static void pictures_too_large_are_refused(void **state)
{
    (void)state;
    TextParagraph paragraph;
    TextFlow flow = flow_of(&paragraph, "wide", NULL, 1e6f);
    TextPicture picture;
    assert_status(text_paint(text, &flow, &picture), ERR_LIMIT);
}

static void the_cache_paints_once(void **state)
{
    (void)state;
    TextParagraph paragraph;
    TextFlow flow = flow_of(&paragraph, "cached", NULL, 0);
    TextPicture first = text_cached(text, &flow);
    TextPicture again = text_cached(text, &flow);
    assert_true(first.texture.id != 0);
    assert_int_equal(first.texture.id, again.texture.id);
    for (int i = 0; i < 1000; i++) // nobody asks for it
        text_end_frame(text);
    int width, height;
    assert_false(gpu_texture_size(stage.gpu, first.texture, &width, &height));
}

int main(void)
{
    if (!stage_open(&stage, 320, 96))
        return 77;
    stage_add_renderer(&stage, RENDER_ECONOMIC);
    if (text_make(&stage.arena, stage.gpu, &(TextDesc){0}, &text)) {
        print_message("skipped: %s\n", fault_last()->text);
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(latin_letters_are_in_both_families),
        cmocka_unit_test(other_scripts_fall_back_to_fonts_that_have_them),
        cmocka_unit_test(parts_of_a_text_look_otherwise),
        cmocka_unit_test(arabic_letters_join),
        cmocka_unit_test(letters_have_their_widths),
        cmocka_unit_test(long_texts_wrap),
        cmocka_unit_test(nothing_is_no_failure),
        cmocka_unit_test(markup_is_text),
        cmocka_unit_test(pictures_too_large_are_refused),
        cmocka_unit_test(paper_keeps_its_colour),
        cmocka_unit_test(the_cache_paints_once),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    text_drop(text);
    stage_close(&stage);
    return failed;
}
