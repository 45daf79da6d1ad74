// test_captions.c: what labels say of a piece, in the reader's language or the next best.

#include "museum/exhibit.h"
#include "test.h"

static LangEntry titles[] = {{"en", "Hare"}, {"fr", "Lièvre"}};
static LangEntry boxwood[] = {{"de", "Buchsbaum"}, {"en", "boxwood"}};
static LangEntry told[] = {{"en", "A hare."}, {"pt", "Uma lebre."}};
static LangText materials[] = {{2, boxwood}};

static Exhibit piece(void)
{
    Exhibit exhibit = {.id = "hare", .phase = EXHIBIT_FULL, .high_m = {0.0123, 0.02, 0.0415}};
    exhibit.record.title = (LangText){2, titles};
    exhibit.record.materials = (LangTexts){1, materials};
    exhibit.story.label = (LangText){2, told};
    return exhibit;
}

static void sizes_are_written_as_the_reader_does(void **state)
{
    (void)state;
    static const struct {
        const char *language, *size;
    } cases[] = {{"en", "12.3\u00a0×\u00a020.0\u00a0×\u00a041.5\u00a0mm"},
                 {"de-AT", "12,3\u00a0×\u00a020,0\u00a0×\u00a041,5\u00a0mm"},
                 {"ar", "١٢٫٣\u00a0×\u00a0٢٠٫٠\u00a0×\u00a0٤١٫٥\u00a0مم"},
                 {NULL, "12.3\u00a0×\u00a020.0\u00a0×\u00a041.5\u00a0mm"}};
    Exhibit exhibit = piece();
    Arena arena = {0};
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_string_equal(exhibit_size(&exhibit, cases[i].language, &arena), cases[i].size);
    exhibit.high_m[1] = 12.5; // too large for millimetres
    assert_string_equal(exhibit_size(&exhibit, "de", &arena),
                        "1\u00a0×\u00a01250\u00a0×\u00a04\u00a0cm");
    arena_drop(&arena);
}

// Not "boxwood, 12,3 mm" for a French reader.
static void figures_keep_to_the_words_beside_them(void **state)
{
    (void)state;
    Exhibit exhibit = piece();
    Arena arena = {0};
    assert_string_equal(exhibit_caption(&exhibit, "de", &arena),
                        "Buchsbaum, 12,3\u00a0×\u00a020,0\u00a0×\u00a041,5\u00a0mm");
    assert_string_equal(exhibit_caption(&exhibit, "fr", &arena),
                        "boxwood, 12.3\u00a0×\u00a020.0\u00a0×\u00a041.5\u00a0mm");
    exhibit.record.materials.count = 0;
    assert_string_equal(exhibit_caption(&exhibit, "fr", &arena),
                        "12,3\u00a0×\u00a020,0\u00a0×\u00a041,5\u00a0mm");
    arena_drop(&arena);
}

static void a_label_knows_its_language(void **state)
{
    (void)state;
    Exhibit exhibit = piece();
    Arena arena = {0};
    assert_string_equal(exhibit_label(&exhibit, "pt-BR", &arena), "Uma lebre.");
    assert_string_equal(exhibit_label_tag(&exhibit, "pt-BR"), "pt");
    assert_string_equal(exhibit_label_tag(&exhibit, "ja"), "en");
    exhibit.story.label.count = 0;
    assert_string_equal(exhibit_label_tag(&exhibit, "fr"), "");
    exhibit.record.alt_text = (LangText){2, titles};
    assert_string_equal(exhibit_label(&exhibit, "fr", &arena), "Lièvre");
    assert_string_equal(exhibit_label_tag(&exhibit, "fr"), "fr");
    exhibit.record.alt_text.count = 0;
    exhibit.record.technique = (LangTexts){1, materials};
    assert_string_equal(exhibit_label(&exhibit, "fr", &arena), "boxwood");
    assert_string_equal(exhibit_label_tag(&exhibit, "fr"), "en");
    exhibit.phase = EXHIBIT_RESTORATION;
    exhibit.restoration = "Its pages are torn.";
    assert_string_equal(exhibit_label_tag(&exhibit, "fr"), "");
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_are_written_as_the_reader_does),
        cmocka_unit_test(figures_keep_to_the_words_beside_them),
        cmocka_unit_test(a_label_knows_its_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
