// test_stamp.c: the stamp's print: does its ink stand on the paper, and is it one picture
// however it is cut into rows?

#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "data/image.h"
#include "exhibits/sculptor/print.h"
#include "exhibits/small-wonders/stamp/stamp.h"
#include "io/file.h"

static Arena plate_arena;
static const Plate *plate;

static int make_plate(void **state)
{
    (void)state;
    plate = STAMP_PIECE.print->make(&plate_arena);
    return 0;
}

static int drop_plate(void **state)
{
    (void)state;
    arena_drop(&plate_arena);
    return 0;
}

// A window of the print around a place.
static PieceRows pull(float x, float y, float texel_mm, uint32_t side, Arena *arena)
{
    size_t count = (size_t)side * side;
    float half = (float)side * texel_mm * 0.5f;
    PieceRows rows = {.width = side,
                      .count = side,
                      .left_mm = x - half,
                      .top_mm = y + half,
                      .texel_mm = texel_mm,
                      .height_mm = ARENA_ARRAY(arena, float, count),
                      .colour = ARENA_ARRAY(arena, uint8_t, count * 3),
                      .gloss = ARENA_ARRAY(arena, uint8_t, count * 3)};
    plate_rows(plate, &rows);
    return rows;
}

static float mean_height(const PieceRows *rows)
{
    float sum = 0;
    for (uint32_t i = 0; i < rows->width * rows->count; i++)
        sum += rows->height_mm[i];
    return sum / (float)(rows->width * rows->count);
}

static void ink_stands_on_the_paper(void **state)
{
    (void)state;
    Arena arena = {0};
    PieceRows frame = pull(0, 10.68f, 0.003f, 12, &arena); // the middle of the outer rule
    PieceRows margin = pull(-9.1f, 3, 0.003f, 100, &arena);
    assert_true(mean_height(&frame) > 0.018f);
    assert_true(mean_height(&margin) < 0.008f);
    assert_true(frame.colour[0] < 60 && margin.colour[0] > 180);
    arena_drop(&arena);
}

// Light and dark along a line of text, as often as letters have strokes: it can be read.
static void microtext_is_finer_than_a_fifth_of_a_millimetre(void **state)
{
    (void)state;
    Arena arena = {0};
    PieceRows text = pull(-4, 10.47f, 0.003f, 400, &arena); // 1.2 mm of it
    uint32_t above = 0, within = 0;
    for (uint32_t x = 1; x < text.width; x++) {
        const uint8_t *middle = text.colour + (200 * text.width + x) * 3;
        const uint8_t *over = text.colour + (170 * text.width + x) * 3; // 0.09 mm higher
        within += (middle[0] > 130) != (middle[-3] > 130);
        above += (over[0] > 130) != (over[-3] > 130);
    }
    assert_in_range(within, 12, 80);
    assert_true(above <= 2);
    arena_drop(&arena);
}

static void a_print_is_the_same_however_it_is_cut(void **state)
{
    (void)state;
    enum { WIDTH = 300, COUNT = 40, LATER = 13 };
    Arena arena = {0};
    PieceRows whole = pull(2, 1, 0.006f, WIDTH, &arena), part = whole;
    part.first = LATER;
    part.count = COUNT;
    part.height_mm = ARENA_ARRAY(&arena, float, WIDTH *COUNT);
    part.colour = ARENA_ARRAY(&arena, uint8_t, WIDTH * COUNT * 3);
    part.gloss = ARENA_ARRAY(&arena, uint8_t, WIDTH * COUNT * 3);
    plate_rows(plate, &part);
    assert_memory_equal(part.colour, whole.colour + LATER * WIDTH * 3, WIDTH * COUNT * 3);
    assert_memory_equal(part.height_mm, whole.height_mm + LATER * WIDTH,
                        WIDTH * COUNT * sizeof(float));
    arena_drop(&arena);
}

static Image read_picture(const char *folder, const char *name, Arena *arena)
{
    Bytes bytes;
    Image image;
    assert_ok(file_read(path_join(arena, folder, name), 1 << 26, arena, &bytes));
    assert_ok(image_decode(bytes, NULL, arena, &image));
    return image;
}

static void pictures_are_written_whole(void **state)
{
    (void)state;
    Arena arena = {0};
    char folder[] = "/tmp/vitrine-print-XXXXXX";
    assert_non_null(mkdtemp(folder));
    const PieceChart *chart = &STAMP_PIECE.charts[STAMP_PIECE.print->chart];
    const float texel_mm = 0.05f;
    SculptPicture size = {.texel_mm = texel_mm,
                          .width = (uint32_t)((chart->high.x - chart->low.x) / texel_mm),
                          .height = (uint32_t)((chart->high.y - chart->low.y) / texel_mm)};
    assert_ok(print_write(&(PrintDesc){.piece = &STAMP_PIECE,
                                       .size = size,
                                       .beside = path_join(&arena, folder, "sculpture.glb")}));
    long sums[3] = {0, 0, 0};
    for (int map = 0; map < PRINT_MAPS; map++) {
        Image image = read_picture(folder, PRINT_FILES[map], &arena);
        assert_int_equal(image.width, size.width);
        assert_int_equal(image.height, size.height);
        for (size_t i = 0; i < (size_t)image.width * image.height && map == 2; i++)
            for (int k = 0; k < 3; k++)
                sums[k] += image.rgba[4 * i + (size_t)k];
    }
    long count = (long)size.width * (long)size.height;
    assert_in_range(sums[0] / count, 126, 129); // no side is preferred
    assert_in_range(sums[1] / count, 126, 129);
    assert_true(sums[2] / count > 225);
    assert_ok(file_remove_tree(folder));
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ink_stands_on_the_paper),
        cmocka_unit_test(microtext_is_finer_than_a_fifth_of_a_millimetre),
        cmocka_unit_test(a_print_is_the_same_however_it_is_cut),
        cmocka_unit_test(pictures_are_written_whole),
    };
    return cmocka_run_group_tests(tests, make_plate, drop_plate);
}
