// test_display.c: which display it is, how large, and what is remembered of it.

#include "test.h"

#include "io/file.h"
#include "museum/display.h"

#include <math.h>

typedef struct Fixture {
    Arena arena;
    const char *folder, *drm, *book;
} Fixture;

static int set_up(void **state)
{
    static Fixture fixture;
    char name[] = "/tmp/vitrine-display-XXXXXX";
    fixture = (Fixture){0};
    if (!mkdtemp(name))
        return 1;
    fixture.folder = arena_copy_text(&fixture.arena, name);
    fixture.drm = path_join(&fixture.arena, name, "drm");
    fixture.book = path_join(&fixture.arena, name, "preferences/displays.json");
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    Fixture *fixture = *state;
    assert_ok(file_remove_tree(fixture->folder));
    arena_drop(&fixture->arena);
    return 0;
}

// A display of 3840 x 2160 and 597 x 336 mm.
static void connect_display(Fixture *fixture, const char *socket, const char *name)
{
    uint8_t block[128] = {0, 255, 255, 255, 255, 255, 255, 0, 0x10, 0xac, 0x34, 0x12};
    const uint8_t mode[18] = {1, 0, 0, 0, 0xf0, 0x70, 0, 0x80, 0, 0, 0, 0, 0x55, 0x50, 0x21};
    block[21] = 60;
    block[22] = 34;
    memcpy(block + 54, mode, sizeof mode);
    block[75] = 0xfc;
    memset(block + 77, ' ', 13);
    memcpy(block + 77, name, strlen(name));
    for (int i = 0; i < 127; i++)
        block[127] = (uint8_t)(block[127] - block[i]);
    const char *folder = path_join(&fixture->arena, fixture->drm, socket);
    assert_ok(file_make_folders(folder));
    assert_ok(
        file_write(path_join(&fixture->arena, folder, "edid"), (Bytes){block, sizeof block}));
}

static const DisplayFacts facts = {"DELL U2720Q 27\"", 3840, 2160, 1};
static const DisplayBook empty;

static void without_a_word_of_it_the_size_is_unknown(void **state)
{
    Fixture *fixture = *state;
    Display display = display_find(&facts, fixture->drm, &empty);
    assert_int_equal(display.source, DISPLAY_UNKNOWN);
    assert_float_equal(display.pixel_mm, 0, 0);
    assert_string_equal(display.key, "DELL U2720Q 27\" 3840 x 2160 px");
}

static void believes_the_display_until_a_card_is_held(void **state)
{
    Fixture *fixture = *state;
    connect_display(fixture, "card0-DP-1", "DELL U2720Q");
    Display display = display_find(&facts, fixture->drm, &empty);
    assert_int_equal(display.source, DISPLAY_TOLD);
    assert_string_equal(display.key, "DELL U2720Q 597 x 336 mm");
    assert_float_equal(display.pixel_mm, 597.0 / 3840, 1e-12);

    static DisplayBook book, again;
    assert_ok(display_read_book(fixture->book, &book));
    assert_int_equal(book.count, 0);
    display_calibrate(&display, &book, 540);
    assert_int_equal(display.source, DISPLAY_CARD);
    assert_float_equal(display.pixel_mm, 85.60 / 540, 1e-12);
    assert_ok(display_write_book(fixture->book, &book));
    assert_ok(display_read_book(fixture->book, &again));
    Display known = display_find(&facts, fixture->drm, &again);
    assert_int_equal(known.source, DISPLAY_CARD);
    assert_float_equal(known.pixel_mm, 85.60 / 540, 1e-12);

    // Another resolution, or a desktop in larger units, on the same glass.
    Display coarse =
        display_find(&(DisplayFacts){facts.name, 1920, 1080, 1}, fixture->drm, &again);
    assert_float_equal(coarse.pixel_mm, 2 * 85.60 / 540, 1e-12);
    Display scaled =
        display_find(&(DisplayFacts){facts.name, 1920, 1080, 2}, fixture->drm, &again);
    assert_float_equal(scaled.pixel_mm, 85.60 / 540, 1e-12);
    // Turned, its width is another side.
    Display turned =
        display_find(&(DisplayFacts){facts.name, 2160, 3840, 1}, fixture->drm, &again);
    assert_int_equal(turned.source, DISPLAY_TOLD);
    assert_float_equal(turned.pixel_mm, 336.0 / 2160, 1e-12);
}

static void a_broken_book_is_an_empty_one_with_a_sentence(void **state)
{
    Fixture *fixture = *state;
    static const char *const broken[] = {
        "",
        "[]",
        "{\"version\": 2, \"displays\": []}",
        "{\"version\": 1, \"displays\": [{\"display\": \"a\", \"width_mm\": -5}]}",
        "{\"version\": 1, \"displays\": [{\"display\": \"\", \"width_mm\": 500}]}",
        "{\"version\": 1, \"displays\": [{\"display\": \"a\", \"width_mm\": 500}, 3]}",
    };
    assert_ok(file_make_folders(path_folder(&fixture->arena, fixture->book)));
    for (size_t i = 0; i < COUNT_OF(broken); i++) {
        static DisplayBook book;
        book.count = 9;
        assert_ok(
            file_write(fixture->book, (Bytes){(const uint8_t *)broken[i], strlen(broken[i])}));
        assert_true(display_read_book(fixture->book, &book) != OK);
        assert_non_null(strstr(fault_last()->text, "displays.json"));
        assert_int_equal(book.count, 0);
    }
}

static void forgets_what_is_oldest(void **state)
{
    (void)state;
    static DisplayBook book;
    for (int i = 0; i < DISPLAY_MAX_KNOWN + 3; i++) {
        char key[16];
        snprintf(key, sizeof key, "display %d", i);
        display_note(&book, key, 100 + i);
    }
    display_note(&book, "display 10", 55);
    assert_int_equal(book.count, DISPLAY_MAX_KNOWN);
    assert_string_equal(book.known[0].key, "display 10");
    assert_string_equal(book.known[1].key, "display 66");
    assert_string_equal(book.known[DISPLAY_MAX_KNOWN - 1].key, "display 3");
}

// 20 x 24 mm at the densities of a desktop, a laptop and a telephone, in whole pixels.
static void a_simulated_display_is_as_wide_as_it_is_told(void **state)
{
    (void)state;
    static const struct {
        double width_mm;
        int width_px;
    } cases[] = {{597, 3840}, {344, 1920}, {68, 1080}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Display display = display_simulate(cases[i].width_mm, cases[i].width_px);
        double px = round(20 / display.pixel_mm);
        assert_float_equal(px * cases[i].width_mm / cases[i].width_px, 20, 0.5);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_word_of_it_the_size_is_unknown),
        cmocka_unit_test(believes_the_display_until_a_card_is_held),
        cmocka_unit_test(a_broken_book_is_an_empty_one_with_a_sentence),
        cmocka_unit_test(forgets_what_is_oldest),
        cmocka_unit_test(a_simulated_display_is_as_wide_as_it_is_told),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
