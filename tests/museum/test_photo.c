// test_photo.c: what a photograph's file tells, and that a hostile one tells nothing else.

#include "test.h"

#include "io/file.h"
#include "museum/photo_file.h"
#include "museum/photo_text.h"

static const PhotoView close_view = {
    .exhibit = "hare",
    .pack = "hare.vitrine",
    .yaw = 0.5,
    .pitch = -0.25,
    .target_m = {0.01f, 0.02f, -0.5f},
    .distance_m = 0.1234567890123,
    .is_orthographic = true,
    .has_mood = true,
    .lens = {.is_on = true,
             .at = {0.25f, 0.75f},
             .light_deg = {150, 15},
             .radius = 0.27,
             .zoom = 12,
             .relief_strength = 2.5,
             .mode = MAGNIFIER_RAKING},
};

static const PhotoView pair_view = {
    .exhibit = "hare",
    .pack = "hare.vitrine",
    .yaw = 0.5,
    .target_m = {0.01f, 0.02f, -0.5f},
    .distance_m = 0.12,
    .pair = {.is_on = true,
             .is_free = true,
             .is_right_active = true,
             .height_m = 0.0625,
             .halves = {{.exhibit = "hare", .yaw = -1.25, .target_m = {0.001f, 0, 0}},
                        {.exhibit = "moth",
                         .pitch = 0.75,
                         .lens = {.is_on = true,
                                  .at = {0.75f, 0.5f},
                                  .light_deg = {20, 45},
                                  .radius = 0.2,
                                  .zoom = 5.5,
                                  .band_dial_deg = -35.5,
                                  .band_um = 50,
                                  .mode = MAGNIFIER_HEIGHT}}}},
};

// A picture of 3 x 2 pixels with two texts, as bytes.
static Bytes make_photo(Arena *arena, const char *view, const char *xmp)
{
    char folder[] = "/tmp/vitrine-photo-XXXXXX";
    assert_non_null(mkdtemp(folder));
    const char *path = path_join(arena, folder, "photo.png");
    const PhotoText texts[] = {{PHOTO_VIEW_KEYWORD, view}, {PHOTO_XMP_KEYWORD, xmp}};
    PhotoFile *file;
    const uint8_t rgb[18] = {255, 0, 0, 0, 255, 0};
    Bytes bytes;
    assert_ok(photo_file_open(arena,
                              &(PhotoFileDesc){.path = path,
                                               .width = 3,
                                               .height = 2,
                                               .texts = texts,
                                               .text_count = COUNT_OF(texts)},
                              &file));
    assert_ok(photo_file_add(file, rgb, 2));
    assert_false(file_exists(path)); // not before all of it is there
    assert_ok(photo_file_commit(file));
    assert_ok(file_read(path, 1 << 20, arena, &bytes));
    assert_ok(file_remove_tree(folder));
    return bytes;
}

static void check_lens(const PhotoLens *lens, const PhotoLens *from)
{
    assert_int_equal(lens->is_on, from->is_on);
    assert_int_equal(lens->mode, from->mode);
    assert_true(lens->zoom == from->zoom && lens->radius == from->radius);
    assert_true(lens->relief_strength == from->relief_strength);
    assert_true(lens->band_dial_deg == from->band_dial_deg);
    assert_true(lens->band_um == from->band_um);
    assert_memory_equal(lens->at, from->at, sizeof lens->at);
    assert_memory_equal(lens->light_deg, from->light_deg, sizeof lens->light_deg);
}

static void check_pair(const PhotoPair *pair, const PhotoPair *from)
{
    assert_int_equal(pair->is_on, from->is_on);
    assert_int_equal(pair->is_free, from->is_free);
    assert_int_equal(pair->is_right_active, from->is_right_active);
    assert_true(pair->height_m == from->height_m);
    for (int i = 0; i < 2 && from->is_on; i++) {
        const PhotoHalf *half = &pair->halves[i], *other = &from->halves[i];
        assert_string_equal(half->exhibit, other->exhibit);
        assert_true(half->yaw == other->yaw && half->pitch == other->pitch);
        assert_memory_equal(half->target_m, other->target_m, sizeof half->target_m);
        check_lens(&half->lens, &other->lens);
    }
}

static void a_view_comes_back_as_it_was(void **state)
{
    (void)state;
    Arena arena = {0};
    const PhotoView walking = {.exhibit = "",
                               .pack = "",
                               .yaw = -2,
                               .pitch = 0.1,
                               .spot = {3.5f, -2.25f},
                               .eye_height_m = 1.25};
    const PhotoView *views[] = {&close_view, &pair_view, &walking};
    for (size_t i = 0; i < COUNT_OF(views); i++) {
        const PhotoView *from = views[i];
        PhotoView view;
        const char *json = photo_write_view(from, &arena);
        Bytes png = make_photo(&arena, json, "<x/>");
        Str text;
        assert_ok(photo_find_text(png, PHOTO_VIEW_KEYWORD, &text));
        assert_ok(photo_parse_view(text, "photo.png", &arena, &view));
        assert_string_equal(view.exhibit, from->exhibit);
        assert_true(view.yaw == from->yaw && view.pitch == from->pitch);
        assert_true(view.distance_m == from->distance_m);
        assert_memory_equal(view.target_m, from->target_m, sizeof view.target_m);
        assert_memory_equal(view.spot, from->spot, sizeof view.spot);
        assert_true(view.eye_height_m == from->eye_height_m);
        assert_int_equal(view.is_orthographic, from->is_orthographic);
        assert_int_equal(view.has_mood, from->has_mood);
        check_lens(&view.lens, &from->lens);
        check_pair(&view.pair, &from->pair);
        assert_ok(photo_find_text(png, PHOTO_XMP_KEYWORD, &text));
        assert_true(str_equal(text, str_of("<x/>")));
    }
    arena_drop(&arena);
}

// Whatever is cut off or turned over: a text that is found is the text that was written.
static void survives_every_truncation_and_bit(void **state)
{
    (void)state;
    Arena arena = {0};
    const char *json = photo_write_view(&close_view, &arena);
    Bytes png = make_photo(&arena, json, "<x/>");
    Str text;
    for (size_t len = 0; len <= png.len; len++) {
        uint8_t *exact = test_malloc(MAX(len, 1));
        memcpy(exact, png.ptr, len);
        if (!photo_find_text((Bytes){exact, len}, PHOTO_VIEW_KEYWORD, &text))
            assert_true(str_equal(text, str_of(json)));
        assert_true(photo_find_text((Bytes){exact, len}, "absent", &text) != OK);
        test_free(exact);
    }
    uint8_t *turned = arena_alloc(&arena, png.len, 1);
    memcpy(turned, png.ptr, png.len);
    for (size_t bit = 0; bit < png.len * 8; bit++) {
        turned[bit / 8] ^= (uint8_t)(1 << bit % 8);
        if (!photo_find_text((Bytes){turned, png.len}, PHOTO_VIEW_KEYWORD, &text))
            assert_true(str_equal(text, str_of(json)));
        turned[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    arena_drop(&arena);
}

// Checksums keep no liar out: a text may be anything.
static void views_are_read_strictly(void **state)
{
    (void)state;
    Arena arena = {0};
    PhotoView view;
    char *json = arena_copy_text(&arena, photo_write_view(&pair_view, &arena));
    size_t len = strlen(json);
    for (size_t i = 0; i + 2 < len; i++)
        assert_true(photo_parse_view((Str){json, i}, "p", &arena, &view) != OK);
    for (size_t bit = 0; bit < len * 8; bit++) {
        json[bit / 8] = (char)(json[bit / 8] ^ 1 << bit % 8);
        if (!photo_parse_view((Str){json, len}, "p", &arena, &view)) {
            assert_true(view.distance_m >= 1e-5 && view.distance_m <= 1e4);
            assert_true(view.pitch >= -1.57 && view.pitch <= 1.57);
            assert_true(view.lens.mode < MAGNIFIER_MODE_COUNT);
            assert_true(!view.pair.is_on || view.pair.height_m >= 1e-5);
            assert_true(!view.pair.is_on || view.pair.halves[1].exhibit);
        }
        json[bit / 8] = (char)(json[bit / 8] ^ 1 << bit % 8);
    }
    static const char *const broken[] = {
        "{}",
        "{\"vitrine_view\": 2, \"yaw\": 0, \"pitch\": 0, \"spot\": [0, 0], \"eye_height_m\": "
        "1}",
        "{\"vitrine_view\": 1, \"yaw\": 1e300, \"pitch\": 0, \"spot\": [0, 0], "
        "\"eye_height_m\": 1}",
        "{\"vitrine_view\": 1, \"yaw\": 0, \"pitch\": 0, \"exhibit\": \"a\", \"target_m\": [0, "
        "0, "
        "0], \"distance_m\": 0}",
    };
    for (size_t i = 0; i < COUNT_OF(broken); i++)
        assert_true(photo_parse_view(str_of(broken[i]), "p", &arena, &view) != OK);
    arena_drop(&arena);
}

static void xmp_escapes_what_it_is_given(void **state)
{
    (void)state;
    Arena arena = {0};
    Record record = {
        .id = "hare",
        .rights = "https://example.org/?a=1&b=2",
        .digital_rights = "",
        .accession_no = "",
        .sha256 = "",
        .capture = {.date = ""},
        .source = {.file = "", .unit = ""},
        .title = langtext_make(&arena, "en", "</dc:title>\x01\x1f & \"\xef\xbf\xbf\""),
    };
    const Record *records[] = {&record, &record};
    const char *xmp = photo_write_xmp(records, 1, "", NULL, "Vitrine", &arena);
    assert_non_null(strstr(xmp, "&lt;/dc:title&gt; &amp; &quot;&quot;</rdf:li>"));
    assert_non_null(strstr(xmp, "<xmpRights:WebStatement>https://example.org/?a=1&amp;b=2</"));
    assert_null(strchr(xmp, 1));
    // Of a comparison both are told; a web statement would be of one of them only.
    xmp = photo_write_xmp(records, 2, "", NULL, "Vitrine", &arena);
    assert_non_null(strstr(xmp, "<vitrine:record>"));
    assert_non_null(strstr(xmp, "<vitrine:besides>"));
    assert_null(strstr(xmp, "WebStatement"));
    assert_non_null(strstr(xmp, " | &lt;/dc:title&gt;"));
    xmp = photo_write_xmp(NULL, 0, "A <room>", NULL, "Vitrine", &arena);
    assert_non_null(strstr(xmp, "A &lt;room&gt;"));
    arena_drop(&arena);
}

static void nothing_is_overwritten(void **state)
{
    (void)state;
    Arena arena = {0};
    char folder[] = "/tmp/vitrine-photo-XXXXXX";
    assert_non_null(mkdtemp(folder));
    const char *first, *second, *none;
    assert_ok(photo_reserve(folder, &arena, &first));
    assert_ok(photo_reserve(folder, &arena, &second));
    assert_non_null(strstr(first, "vitrine-001.png"));
    assert_non_null(strstr(second, "vitrine-002.png"));
    assert_ok(file_remove_tree(folder));
    assert_status(photo_reserve(folder, &arena, &none), ERR_IO);
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_view_comes_back_as_it_was),
        cmocka_unit_test(survives_every_truncation_and_bit),
        cmocka_unit_test(views_are_read_strictly),
        cmocka_unit_test(xmp_escapes_what_it_is_given),
        cmocka_unit_test(nothing_is_overwritten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
