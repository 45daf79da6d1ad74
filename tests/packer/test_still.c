// test_still.c: pictures of a piece, drawn from what was baked of it.

#include "io/file.h"
#include "io/vfs.h"
#include "museum/baked.h"
#include "museum/knot.h"
#include "packer/still.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

enum { WIDE = 120, HIGH = 90 };

typedef struct Fixture {
    Arena arena;
    const char *folder;
    Baked baked;
} Fixture;

static int set_up(void **state)
{
    static Fixture fixture;
    char name[] = "/tmp/vitrine-still-XXXXXX";
    if (!mkdtemp(name))
        return 1;
    fixture.folder = arena_copy_text(&fixture.arena, name);
    Scan scan = knot_make(&fixture.arena);
    baked_make(&fixture.baked, &scan, &fixture.arena);
    assert_ok(file_write(path_join(&fixture.arena, name, "graph"), fixture.baked.graph));
    assert_ok(file_write(path_join(&fixture.arena, name, "pages"), fixture.baked.pages));
    assert_ok(file_write(path_join(&fixture.arena, name, "short"),
                         bytes_first(fixture.baked.pages, fixture.baked.pages.len / 2)));
    assert_ok(vfs_start());
    assert_ok(vfs_mount(name, ""));
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    Fixture *fixture = *state;
    vfs_stop();
    assert_ok(file_remove_tree(fixture->folder));
    arena_drop(&fixture->arena);
    return 0;
}

static Image draw(Fixture *fixture, const StoryHotspot *hotspot)
{
    Image image;
    const StillDesc desc = {
        .graph = "graph", .pages = "pages", .hotspot = hotspot, .width = WIDE, .height = HIGH};
    Status status = still_draw(&desc, &fixture->arena, &image);
    if (status == ERR_UNSUPPORTED)
        skip();
    assert_ok(status);
    assert_int_equal(image.width, WIDE);
    assert_int_equal(image.height, HIGH);
    return image;
}

static bool is_grey(const Image *image, int x, int y)
{
    const uint8_t *p = image->rgba + 4 * (y * WIDE + x);
    return p[0] == p[1] && p[1] == p[2];
}

// The backdrop is grey to the bit and the stone is not: so far reaches the piece.
static int covered(const Image *image, int first_row, int rows)
{
    int count = 0;
    for (int y = first_row; y < first_row + rows; y++)
        for (int x = 0; x < WIDE; x++)
            count += !is_grey(image, x, y);
    return count;
}

static void the_whole_piece_fills_the_picture(void **state)
{
    Image image = draw(*state, NULL);
    assert_int_equal(covered(&image, 0, 4), 0);
    assert_int_equal(covered(&image, HIGH - 4, 4), 0);
    assert_true(covered(&image, 0, HIGH) > WIDE * HIGH / 6);
    assert_true(covered(&image, 0, HIGH) < WIDE * HIGH * 5 / 6);
    // Light comes from above, on the ground there is a shadow.
    int brightest = 0, darkest = 255;
    for (int i = 0; i < WIDE * HIGH; i++) {
        brightest = MAX(brightest, image.rgba[4 * i]);
        darkest = MIN(darkest, image.rgba[4 * i]);
        assert_int_equal(image.rgba[4 * i + 3], 255);
    }
    assert_true(brightest > 180 && darkest < 80);
}

static void the_same_piece_is_the_same_picture(void **state)
{
    Image first = draw(*state, NULL), second = draw(*state, NULL);
    assert_memory_equal(first.rgba, second.rgba, (size_t)4 * WIDE * HIGH);
}

// As its story wants it seen: the farther off, the smaller.
static void a_detail_is_seen_as_told(void **state)
{
    StoryHotspot spot = {.id = "top", .point_m = {0, 0, 0}, .normal = {0, 0, 1}};
    spot.view =
        (StoryView){.is_given = true, .azimuth_deg = 0, .elevation_deg = 10, .distance_m = 60};
    Image far = draw(*state, &spot);
    spot.view.distance_m = 30;
    Image near = draw(*state, &spot);
    assert_true(covered(&far, 0, HIGH) > 50);
    assert_true(covered(&near, 0, HIGH) > 2 * covered(&far, 0, HIGH));
    spot.magnification = 4;
    Image magnified = draw(*state, &spot);
    assert_true(covered(&magnified, 0, HIGH) > covered(&near, 0, HIGH));
}

static void what_is_broken_is_said(void **state)
{
    Fixture *fixture = *state;
    Image image;
    StillDesc desc = {.graph = "graph", .pages = "short", .width = WIDE, .height = HIGH};
    assert_int_equal(still_draw(&desc, &fixture->arena, &image), ERR_CORRUPT);
    desc.pages = "nowhere";
    assert_int_equal(still_draw(&desc, &fixture->arena, &image), ERR_NOT_FOUND);
    Cancel cancel = {0};
    cancel_request(&cancel);
    desc.pages = "pages";
    desc.cancel = &cancel;
    assert_int_equal(still_draw(&desc, &fixture->arena, &image), ERR_CANCELLED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_whole_piece_fills_the_picture),
        cmocka_unit_test(the_same_piece_is_the_same_picture),
        cmocka_unit_test(a_detail_is_seen_as_told),
        cmocka_unit_test(what_is_broken_is_said),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
