// test_story_screen.c: the pages of a piece's story, in every language, at all sizes: of a
// piece of which all is known, of one of which nothing is, of what strangers write. No GPU:
// texts are measured, not painted.

#include "test.h"

#include "data/json.h"
#include "draw/widget_check.h"
#include "exhibits/model/tongue.h"
#include "io/file.h"
#include "museum/hud_words.h"
#include "museum/licence.h"
#include "museum/screens.h"

static Arena arena;
static Text *text;
static Collection collection;

static const char *const pages[] = {"story",      "pictures", "details", "making",
                                    "provenance", "record",   "rights"};

enum { FULL, BARE, GONE, STRANGE, PIECES };

// ---- pieces

static LangText in_languages(const char *english, const char *german, const char *arabic,
                             const char *japanese)
{
    LangEntry entries[] = {{"en", english}, {"de", german}, {"ar", arabic}, {"ja", japanese}};
    return (LangText){COUNT_OF(entries), arena_copy(&arena, entries, sizeof entries, 8)};
}

static LangText english(const char *words)
{
    return langtext_make(&arena, "en", words);
}

static LangTexts list(const LangText *items, uint32_t count)
{
    return (LangTexts){count, arena_copy(&arena, items, count * sizeof *items, 8)};
}

static const char prose[] =
    "A *small* thing, **very** small.\n\n> Nobody saw it,\n> but for one.\n>\n> - he\n> - "
    "she\n\n"
    "1. First it was cut.\n2. Then it was polished.\n\n   - with felt\n   - with "
    "chalk\n\n---\n\n"
    "## Donaudampfschifffahrtsgesellschaftskapit\u00e4nsm\u00fctzenabzeichen\n\n"
    "It ends with `code`.\n\n    and lines of it\n";

static StoryPicture picture(const char *file)
{
    return (StoryPicture){file,
                          in_languages("The king's crown, seen from above: one point is "
                                       "broken off.",
                                       "Die Krone des K\u00f6nigs von oben: Eine Zacke ist "
                                       "abgebrochen.",
                                       "\u062a\u0627\u062c \u0627\u0644\u0645\u0644\u0643",
                                       "\u738b\u51a0\u3001\u4e0a\u304b\u3089")};
}

static void fill_story(Story *story)
{
    story->label =
        in_languages("A king who lost.", "Ein K\u00f6nig, der verlor.",
                     "\u0645\u0644\u0643 \u062e\u0633\u0631", "\u6557\u308c\u305f\u738b");
    story->long_text = english(prose);
    story->chapter_count = 2;
    story->chapters = ARENA_ARRAY(&arena, StoryChapter, 2);
    for (uint32_t i = 0; i < 2; i++)
        story->chapters[i] = (StoryChapter){.title = english("The crown"),
                                            .text = english(prose),
                                            .picture = picture("a.jpg"),
                                            .audio = english("a.opus")};
    story->making = (StoryMaking){.hours = 1234.5,
                                  .tool_count = 2,
                                  .step_count = 2,
                                  .printed_process = english("Stereolithography, in resin"),
                                  .printed_layer_um = 25};
    story->making.tools = ARENA_ARRAY(&arena, LangText, 2);
    story->making.tools[0] = english("a graver");
    story->making.tools[1] = english("a file");
    story->making.steps = ARENA_ARRAY(&arena, StoryMakingStep, 2);
    story->making.steps[0] = (StoryMakingStep){english(prose), picture("b.jpg"), 12.5f};
    story->making.steps[1] = (StoryMakingStep){english("It was polished."), {0}, 0};
    story->hotspot_count = 3;
    story->hotspots = ARENA_ARRAY(&arena, StoryHotspot, 3);
    for (uint32_t i = 0; i < 3; i++)
        story->hotspots[i] = (StoryHotspot){.id = str_format(&arena, "spot-%u", i),
                                            .title = english("The broken point of the crown"),
                                            .text = english("It was lost before 1880."),
                                            .kind = (StoryKind)i,
                                            .picture = picture(i ? "" : "c.jpg")};
}

static void fill_record(Record *record)
{
    static const RecordDimension dimension = {RECORD_THICKNESS, 1234.5, {0}};
    record->object_type =
        in_languages("Chess piece", "Schachfigur", "\u0642\u0637\u0639\u0629", "\u99d2");
    record->theme = english("Games");
    record->maker_count = 1;
    record->makers = ARENA_NEW(&arena, RecordMaker);
    *record->makers = (RecordMaker){english("\u00c9mile Gall\u00e9"), english("carver"),
                                    english("1846-1904"), english("Nancy")};
    record->date = (RecordDate){english("about 1880"), true, 1875, 1885};
    LangText two[] = {english("boxwood"), english("horn")};
    record->materials = record->technique = record->inscriptions = list(two, 2);
    record->provenance = record->processing = list(two, 2);
    record->dimension_count = 1;
    record->dimensions = arena_copy(&arena, &dimension, sizeof dimension, 8);
    record->dimensions->method = english("callipers");
    record->rights = "http://rightsstatements.org/vocab/NoC-OKLR/1.0/";
    record->digital_rights = "https://creativecommons.org/licenses/by-sa/4.0/";
    record->required_statement = english("The king. Photo: nobody. CC BY-SA 4.0.");
    record->credit_line = english("Given by nobody in particular");
    record->alt_text = english("A king of wood, without a crown.");
    record->accession_no = "1880.12-3";
    record->scale_model = 12;
    record->edition = (RecordEdition){3, 12, 2};
    record->holder = english("A museum in a village");
    static const char *related[] = {"bare", "https://example.org/king"};
    record->related_count = 2;
    record->related = related;
    record->capture = (RecordCapture){english("Photogrammetry"),
                                      english("A camera"),
                                      english("Somebody"),
                                      "2023-05-17",
                                      12.5,
                                      40,
                                      english("a steel rule")};
    record->measured = (RecordMeasured){35.5, 8, 12, 20};
}

static int set_up(void **state)
{
    (void)state;
    collection =
        (Collection){.exhibit_count = PIECES, .exhibits = ARENA_ARRAY(&arena, Exhibit, PIECES)};
    Exhibit *exhibits = collection.exhibits;
    for (int i = 0; i < PIECES; i++) {
        static const char *const ids[] = {"king", "bare", "gone", "strange"};
        exhibits[i].id = ids[i];
        exhibits[i].is_found = ARENA_ARRAY(&arena, bool, 8);
        exhibits[i].folder = "packs/0/king";
        exhibits[i].high_m[0] = exhibits[i].high_m[1] = exhibits[i].high_m[2] = 0.1234;
        exhibits[i].triangle_count = 1234567;
    }
    exhibits[FULL].record.title = in_languages(
        "The King Who Lost", "Der K\u00f6nig, der verlor",
        "\u0627\u0644\u0645\u0644\u0643 \u0627\u0644\u0630\u064a \u062e\u0633\u0631",
        "\u6557\u308c\u305f\u738b");
    fill_story(&exhibits[FULL].story);
    fill_record(&exhibits[FULL].record);
    exhibits[GONE].phase = EXHIBIT_RESTORATION;
    exhibits[GONE].restoration = "king.vitrine: the file ends at byte 17";
    return text_make(&arena, NULL, NULL, &text) != OK;
}

static int tear_down(void **state)
{
    (void)state;
    text_drop(text);
    arena_drop(&arena);
    return 0;
}

// ---- one page after the other

typedef struct Fixture {
    Screens screens;
    ScreenFacts facts;
    WidgetFrame frame;
} Fixture;

static bool lay_out(Fixture *f)
{
    return screens_layout(&f->screens, &f->facts, text, &f->frame);
}

static void open_story(int32_t piece, const float size[2], float text_scale, Fixture *out)
{
    float scale = MAX(MIN(size[0], size[1]) / 720, 1.0f);
    *out = (Fixture){.facts = {.collection = &collection, .language = hud_spoken()},
                     .frame = {.width_px = size[0],
                               .height_px = size[1],
                               .scale = scale,
                               .text_scale = text_scale,
                               .target_px = widget_target_px(scale, false, 0),
                               .is_mirrored = hud_is_mirrored(),
                               .lang = hud_spoken()}};
    screens_open_story(&out->screens, piece);
    assert_true(lay_out(out));
}

static bool has_page(const Fixture *f, const char *page)
{
    WidgetId id = widget_find(f->screens.tree, page);
    return id && widget_info(f->screens.tree, id).is_shown;
}

static void turn_to(Fixture *f, const char *name)
{
    ScreenWish wish;
    assert_ok(screens_press(&f->screens, &f->facts, name, &wish));
    (void)lay_out(f);
    assert_false(lay_out(f)); // at rest
}

static const float sizes[][2] = {{1280, 720}, {1920, 1080}, {800, 600}};

static void check_pages(int32_t piece, int shape, bool is_strange)
{
    Fixture f;
    open_story(piece, sizes[shape % 3], shape / 3 ? 2 : 1, &f);
    for (size_t i = 0; i < COUNT_OF(pages); i++) {
        char what[96];
        if (!has_page(&f, pages[i]))
            continue;
        turn_to(&f, pages[i]);
        snprintf(what, sizeof what, "%s of %s in %s, %.0f x %.0f at %.0f %%", pages[i],
                 collection.exhibits[piece].id, hud_spoken(), (double)f.frame.width_px,
                 (double)f.frame.height_px, (double)(100 * f.frame.text_scale));
        (is_strange ? check_shape : check_layout)(f.screens.tree, text, &f.frame, what);
        if (!is_strange)
            check_focus(f.screens.tree, &f.frame, what);
    }
    screens_drop(&f.screens);
}

static void all_pages_fit_in_all_languages(void **state)
{
    (void)state;
    for (size_t i = 0; i < tongue_count(); i++) {
        hud_speak(tongue_tag(tongue_at(i)));
        for (int shape = 0; shape < 6; shape++)
            for (int piece = FULL; piece <= GONE; piece++)
                check_pages(piece, shape, false);
    }
    hud_speak("en");
}

// ---- what is on them

static bool says(const Fixture *f, const char *words)
{
    for (WidgetId id = 1; id <= widgets_count(f->screens.tree); id++) {
        WidgetInfo info = widget_info(f->screens.tree, id);
        if (info.is_shown && (strstr(info.text, words) || strstr(info.note, words)))
            return true;
    }
    return false;
}

static void what_a_piece_has_not_has_no_page(void **state)
{
    (void)state;
    Fixture f;
    open_story(FULL, sizes[0], 1, &f);
    for (size_t i = 0; i < COUNT_OF(pages); i++)
        assert_true(has_page(&f, pages[i]));
    screens_drop(&f.screens);
    open_story(BARE, sizes[0], 1, &f);
    for (size_t i = 0; i < COUNT_OF(pages); i++)
        assert_int_equal(has_page(&f, pages[i]),
                         !strcmp(pages[i], "story") || !strcmp(pages[i], "record"));
    assert_true(says(&f, hud_word(WORD_NO_STORY)));
    screens_drop(&f.screens);
    open_story(GONE, sizes[0], 1, &f);
    assert_true(says(&f, collection.exhibits[GONE].restoration));
    assert_false(has_page(&f, "record"));
    screens_drop(&f.screens);
}

static void every_field_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *page, *words;
    } cases[] = {
        {"story", "A king who lost."},
        {"story", "The crown"},
        {"pictures", "one point is broken off"},
        {"details", "It was lost before 1880."},
        {"details", "0 of 3 details found"},
        {"making", "1234.5"},
        {"making", "a graver"},
        {"making", "Stereolithography"},
        {"making", "25\u00a0\u00b5m"},
        {"making", "12.5\u00d7"},
        {"provenance", "boxwood"},
        {"provenance", "A museum in a village"},
        {"record", "Chess piece"},
        {"record", "\u00c9mile Gall\u00e9"},
        {"record", "Nancy"},
        {"record", "about 1880"},
        {"record", "1234.5\u00a0mm"},
        {"record", "callipers"},
        {"record", "3 / 12, and 2 artist's proofs"},
        {"record", "1:12"},
        {"record", "1880.12-3"},
        {"record", "https://example.org/king"},
        {"record", "Photogrammetry"},
        {"record", "17 May 2023"},
        {"record", "12.5\u00a0\u00b5m"},
        {"record", "a steel rule"},
        {"record", "1\u202f234\u202f567"},
        {"rights", "The king. Photo: nobody."},
        {"rights", "No Copyright - Other Known Legal Restrictions"},
        {"rights", "CC BY-SA 4.0"},
        {"rights", "Given by nobody in particular"},
    };
    Fixture f;
    hud_speak("en");
    open_story(FULL, sizes[0], 1, &f);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        turn_to(&f, cases[i].page);
        if (!says(&f, cases[i].words))
            fail_msg("%s does not say '%s'", cases[i].page, cases[i].words);
    }
    screens_drop(&f.screens);
}

static void figures_are_the_languages_own(void **state)
{
    (void)state;
    Fixture f;
    hud_speak("de");
    open_story(FULL, sizes[0], 1, &f);
    turn_to(&f, "record");
    assert_true(says(&f, "1234,5\u00a0mm") && says(&f, "17. Mai 2023"));
    screens_drop(&f.screens);
    hud_speak("ar");
    open_story(FULL, sizes[0], 1, &f);
    turn_to(&f, "record");
    assert_true(says(&f, "\u0661\u0662\u0663\u0664\u066b\u0665")); // 1234.5
    WidgetInfo sheet = widget_info(f.screens.tree, 2);
    assert_true(sheet.box.x < 100); // where one who reads from the right looks last
    screens_drop(&f.screens);
    hud_speak("en");
}

static void another_language_is_named(void **state)
{
    (void)state;
    Fixture f;
    hud_speak("de");
    open_story(FULL, sizes[0], 1, &f);
    assert_true(says(&f, "English")); // the long text
    turn_to(&f, "pictures");
    assert_false(says(&f, "Sprache")); // in German all of it
    screens_drop(&f.screens);
    hud_speak("en");
    open_story(FULL, sizes[0], 1, &f);
    assert_false(says(&f, "Language"));
    screens_drop(&f.screens);
}

// ---- what is pressed

static void a_picture_is_seen_large_and_small_again(void **state)
{
    (void)state;
    Fixture f;
    ScreenWish wish;
    open_story(FULL, sizes[0], 1, &f);
    assert_false(screens_cover(&f.screens));
    turn_to(&f, "pictures");
    turn_to(&f, "picture-2");
    assert_true(screens_cover(&f.screens));
    check_layout(f.screens.tree, text, &f.frame, "a picture, large");
    check_focus(f.screens.tree, &f.frame, "a picture, large");
    Input input = check_quiet_input(&f.frame);
    input.keys[KEY_ESCAPE] = (InputButton){.is_down = true, .was_pressed = true};
    wish = screens_hear(&f.screens, &f.facts, &input);
    assert_int_equal(wish.kind, SCREEN_HEARD);
    (void)lay_out(&f);
    assert_true(screens_are_open(&f.screens) && !screens_cover(&f.screens));
    assert_string_equal(widget_name(f.screens.tree, widgets_focused(f.screens.tree)),
                        "picture-2");
    wish = screens_hear(&f.screens, &f.facts, &input);
    assert_int_equal(wish.kind, SCREEN_LEAVES);
    screens_drop(&f.screens);
}

static void a_detail_is_gone_to_and_marked_once_found(void **state)
{
    (void)state;
    Fixture f;
    ScreenWish wish;
    Exhibit *exhibit = &collection.exhibits[FULL];
    open_story(FULL, sizes[0], 1, &f);
    turn_to(&f, "details");
    assert_ok(screens_press(&f.screens, &f.facts, "detail-1", &wish));
    assert_int_equal(wish.kind, SCREEN_LOOKS);
    assert_int_equal(wish.index, 1);
    assert_false(says(&f, "\u2713"));
    exhibit_note_found(exhibit, 1);
    assert_true(lay_out(&f));
    assert_true(says(&f, "\u2713") && says(&f, "1 of 3 details found"));
    assert_false(lay_out(&f));
    exhibit->is_found[1] = false;
    exhibit->found_count = 0;
    screens_drop(&f.screens);
}

// Nothing is measured, nothing taken from memory, once it stands.
static void a_story_at_rest_takes_nothing(void **state)
{
    (void)state;
    Fixture f;
    open_story(FULL, sizes[0], 1, &f);
    uint32_t layouts = widgets_layout_count(f.screens.tree);
    size_t bytes = f.screens.arena.reserved_bytes;
    uint64_t blocks = arena_block_count();
    for (int i = 0; i < 10; i++)
        assert_false(lay_out(&f));
    assert_int_equal(widgets_layout_count(f.screens.tree), layouts);
    assert_int_equal(f.screens.arena.reserved_bytes, bytes);
    assert_int_equal(arena_block_count(), blocks);
    screens_drop(&f.screens);
}

static void it_stands_beside_the_piece_or_takes_all(void **state)
{
    (void)state;
    static const struct {
        float width, height, text;
        bool is_beside;
    } cases[] = {{1280, 720, 1, true}, {1280, 720, 2, true}, {1920, 1080, 2, true},
                 {800, 600, 1, true},  {800, 600, 2, false}, {480, 800, 1, false}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const float size[2] = {cases[i].width, cases[i].height};
        Fixture f;
        open_story(FULL, size, cases[i].text, &f);
        float beside = screens_beside_px(&f.frame);
        assert_int_equal(beside > 0, cases[i].is_beside);
        assert_int_equal(screens_cover(&f.screens), !cases[i].is_beside);
        WidgetInfo sheet = widget_info(f.screens.tree, 2);
        assert_true(sheet.box.x >= size[0] - MAX(beside, 0) || beside <= 0);
        assert_true(beside <= 0.61f * size[0]);
        screens_drop(&f.screens);
    }
}

static void licences_have_names(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"https://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0"},
        {"http://creativecommons.org/publicdomain/mark/1.0", "Public Domain Mark 1.0"},
        {"https://creativecommons.org/licenses/by-nc-nd/4.0/", "CC BY-NC-ND 4.0"},
        {"http://rightsstatements.org/vocab/InC/1.0/", "In Copyright"},
        {"http://rightsstatements.org/vocab/nothing/1.0/", ""},
        {"https://example.org/", ""},
        {"", ""},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_string_equal(licence_name(cases[i][0], &arena), cases[i][1]);
}

// ---- the texts of others

static void tell_everywhere(const char *words, const char *tag)
{
    LangText told = langtext_make(&arena, tag, words);
    Exhibit *exhibit = &collection.exhibits[STRANGE];
    exhibit->record.title = exhibit->record.object_type = told;
    exhibit->record.required_statement = told;
    exhibit->story.label = exhibit->story.long_text = told;
    exhibit->story.hotspot_count = 1;
    exhibit->story.hotspots = ARENA_NEW(&arena, StoryHotspot);
    exhibit->story.hotspots[0] =
        (StoryHotspot){.title = told, .text = told, .picture.file = ""};
}

static void naughty_strings_break_nothing(void **state)
{
    (void)state;
    JsonDocument document = {0};
    Arena own = {0};
    const char *path = shared_file(&own, "texts/blns.json");
    Bytes file;
    assert_ok(file_read(path, 1 << 20, &own, &file));
    assert_ok(json_parse(file, "blns.json", &document));
    JsonValue root = json_root(&document);
    size_t told = 0;
    for (size_t i = 0; i < json_count(root); i++) {
        const char *raw;
        if (json_to_text(json_item(root, i), &raw) || !utf8_is_valid(str_of(raw)))
            continue;
        const char *clean = langtext_clean(&own, str_of(raw));
        if (!*clean)
            continue;
        tell_everywhere(clean, "en");
        check_pages(STRANGE, (int)(i % 6), true);
        told++;
    }
    assert_true(told > 400);
    json_drop(&document);
    arena_drop(&own);
}

// A declaration as Markdown: its titles are headings. In `own`.
static const char *read_declaration(const char *name, Arena *own)
{
    const char *path = shared_file(own, name), *found = "";
    Bytes file;
    assert_ok(file_read(path, 1 << 20, own, &file));
    const char *at = str_copy(own, (Str){(const char *)file.ptr, file.len});
    while ((at = strchr(at, '<'))) {
        bool is_title = !strncmp(at, "<title>", 7), is_text = !strncmp(at, "<para>", 6);
        at += is_title ? 7 : is_text ? 6 : 1;
        if (!is_title && !is_text)
            continue;
        Str words = {at, strcspn(at, "<")};
        found =
            str_format(own, "%s%s%s\n\n", found, is_title ? "## " : "", str_copy(own, words));
    }
    return found;
}

static void twelve_declarations_are_told(void **state)
{
    (void)state;
    static const char *const files[][2] = {
        {"arb", "ar"}, {"cmn_hans", "zh-Hans"}, {"deu_1996", "de"}, {"ell_monotonic", "el"},
        {"eng", "en"}, {"fra", "fr"},           {"heb", "he"},      {"hin", "hi"},
        {"jpn", "ja"}, {"rus", "ru"},           {"tha", "th"},      {"urd", "ur"},
    };
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        Arena own = {0};
        const char *name = str_format(&own, "texts/udhr/udhr_%s.xml", files[i][0]);
        const char *markdown = read_declaration(name, &own);
        assert_true(strlen(markdown) > 8000);
        Exhibit *exhibit = &collection.exhibits[STRANGE];
        exhibit->story = (Story){.long_text = langtext_make(&own, files[i][1], markdown)};
        exhibit->record = (Record){0};
        Fixture f;
        open_story(STRANGE, sizes[0], 1, &f);
        assert_true(widgets_count(f.screens.tree) > 60); // paragraph by paragraph
        check_layout(f.screens.tree, text, &f.frame, files[i][0]);
        screens_drop(&f.screens);
        exhibit->story = (Story){0};
        arena_drop(&own);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_pages_fit_in_all_languages),
        cmocka_unit_test(what_a_piece_has_not_has_no_page),
        cmocka_unit_test(every_field_is_told),
        cmocka_unit_test(figures_are_the_languages_own),
        cmocka_unit_test(another_language_is_named),
        cmocka_unit_test(a_picture_is_seen_large_and_small_again),
        cmocka_unit_test(a_detail_is_gone_to_and_marked_once_found),
        cmocka_unit_test(a_story_at_rest_takes_nothing),
        cmocka_unit_test(it_stands_beside_the_piece_or_takes_all),
        cmocka_unit_test(licences_have_names),
        cmocka_unit_test(naughty_strings_break_nothing),
        cmocka_unit_test(twelve_declarations_are_told),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
