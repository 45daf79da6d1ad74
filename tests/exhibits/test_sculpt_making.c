// test_sculpt_making.c: pictures of how a piece was made: what they show, the same each time.

#include "test.h"

#include "data/image.h"
#include "exhibits/sculptor/making.h"
#include "exhibits/sculptor/shapes.h"
#include "io/file.h"

static void shade_red(const void *context, const Field *field, SculptVertex *vertex)
{
    (void)context;
    (void)field;
    vertex->colour[0] = 0.6f;
    vertex->colour[1] = vertex->colour[2] = 0.02f;
    vertex->roughness = 0.8f;
}

// A ball; then its middle is taken away: two caps are left.
static void *build_half(Field *field, Arena *arena)
{
    (void)arena;
    Frame lying = frame_make(v3(0, 0, 0), v3(0, 0, 1), v3(0, 1, 0));
    shape_add(field, shape_ball(v3(0, 0, 0), 4), (Carve){0});
    shape_add(field, shape_cylinder(lying, 5, 3, 0), (Carve){.op = PART_CUT});
    return NULL;
}

static void *make_rows(Arena *arena)
{
    return ARENA_NEW(arena, int);
}

// Left of the middle a slope that rises to the right, then a plain.
static void fill_rows(const void *context, PieceRows *rows)
{
    (void)context;
    for (uint32_t i = 0; i < rows->width * rows->count; i++) {
        float u = rows->left_mm + (float)(i % rows->width) * rows->texel_mm;
        rows->height_mm[i] = u < 0 ? u : 0;
        for (uint32_t c = 0; c < 3; c++)
            rows->colour[i * 3 + c] = (uint8_t)(u < 0 ? 20 : 200);
    }
}

static const PiecePicture PICTURES[] = {
    {.file = "first.jpg", .sight = PIECE_FORM, .width_mm = 12, .part_count = 1},
    {.file = "form.jpg", .sight = PIECE_FORM, .width_mm = 12},
    {.file = "around.jpg", .sight = PIECE_FORM, .width_mm = 12, .is_around = true},
    {.file = "triangles.jpg", .sight = PIECE_TRIANGLES, .width_mm = 12},
    {.file = "relief.jpg", .sight = PIECE_RELIEF, .width_mm = 12},
    {.file = "colour.jpg", .sight = PIECE_COLOUR, .width_mm = 12},
    {.file = "proof.jpg", .sight = PIECE_PRINT_COLOUR, .width_mm = 2},
    {.file = "slope.jpg",
     .sight = PIECE_PRINT_RELIEF,
     .width_mm = 2,
     .lamp_azimuth = -90,
     .lamp_elevation = 45},
};
enum { FIRST, FORM, AROUND, TRIANGLES, RELIEF, COLOUR, PROOF, SLOPE };

static const PiecePrint PRINT = {.chart = 0, .make = make_rows, .rows = fill_rows};

typedef struct Studio {
    Arena arena;
    const char *folder;
    Bytes files[COUNT_OF(PICTURES)];
    Image images[COUNT_OF(PICTURES)];
} Studio;

static void make_pictures(Studio *studio)
{
    static const Piece PIECE = {.name = "half",
                                .summary = "",
                                .low_mm = {-5, -5, -5},
                                .high_mm = {5, 5, 5},
                                .step_mm = 0.15f,
                                .draft_step_mm = 0.2f,
                                .sky_mm = 3,
                                .component_count = 1,
                                .simplify = {.error_mm = 0.002f, .normal_mm = 0.01f},
                                .build = build_half,
                                .print = &PRINT,
                                .pictures = PICTURES,
                                .picture_count = COUNT_OF(PICTURES),
                                .shade = shade_red};
    Sculpture sculpture;
    char folder[] = "/tmp/vitrine-making-XXXXXX";
    assert_non_null(mkdtemp(folder));
    studio->folder = str_format(&studio->arena, "%s", folder);
    assert_ok(sculpt_make(&(SculptDesc){.piece = &PIECE}, &studio->arena, &sculpture));
    assert_ok(making_write(&sculpture, studio->folder));
    for (size_t i = 0; i < COUNT_OF(PICTURES); i++) {
        const char *path = path_join(&studio->arena, folder, PICTURES[i].file);
        assert_ok(file_read(path, 1 << 20, &studio->arena, &studio->files[i]));
        assert_ok(image_decode(studio->files[i], NULL, &studio->arena, &studio->images[i]));
        assert_int_equal(studio->images[i].width, MAKING_WIDTH);
        assert_int_equal(studio->images[i].height, MAKING_HEIGHT);
        assert_int_equal(unlink(path), 0);
    }
    assert_int_equal(rmdir(folder), 0);
}

static const uint8_t *pixel(const Studio *studio, int picture, int x, int y)
{
    return studio->images[picture].rgba + (y * MAKING_WIDTH + x) * 4;
}

// How far red stands above the other two.
static int redness(const uint8_t *rgba)
{
    return rgba[0] - (rgba[1] > rgba[2] ? rgba[1] : rgba[2]);
}

static int make_studio(void **state)
{
    static Studio studio;
    make_pictures(&studio);
    *state = &studio;
    return 0;
}

static int drop_studio(void **state)
{
    Studio *studio = *state;
    arena_drop(&studio->arena);
    return 0;
}

static void same_bytes_each_time(void **state)
{
    const Studio *studio = *state;
    Studio again = {0};
    make_pictures(&again);
    for (size_t i = 0; i < COUNT_OF(PICTURES); i++) {
        assert_int_equal(studio->files[i].len, again.files[i].len);
        assert_memory_equal(studio->files[i].ptr, again.files[i].ptr, again.files[i].len);
    }
    arena_drop(&again.arena);
}

static void a_stage_knows_nothing_of_later_cuts(void **state)
{
    const Studio *studio = *state;
    // 12 mm are 900 pixels: the ball ends 300 from the middle, the caps 198.
    int edge = MAKING_WIDTH / 2 + 282, middle = MAKING_HEIGHT / 2, clay = 0, ground = 0;
    for (int y = middle - 10; y < middle + 10; y++) {
        clay += pixel(studio, FIRST, edge, y)[0];
        ground += pixel(studio, FORM, edge, y)[0];
    }
    assert_true(clay > ground + 20 * 20);
}

static void looks_differ(void **state)
{
    const Studio *studio = *state;
    int x = MAKING_WIDTH / 2, y = MAKING_HEIGHT / 2, dark = 0, plain = 0;
    assert_true(redness(pixel(studio, COLOUR, x, y)) > 60);
    assert_true(redness(pixel(studio, RELIEF, x, y)) < 25);
    // Eight views: something stands in the middle of each.
    for (int k = 0; k < 8; k++) {
        int cx = MAKING_WIDTH / 8 * (2 * (k % 4) + 1),
            cy = MAKING_HEIGHT / 4 * (2 * (k / 4) + 1);
        assert_true(pixel(studio, AROUND, cx, cy)[0] >
                    pixel(studio, AROUND, cx, cy + MAKING_HEIGHT / 5)[0]);
    }
    // Edges are drawn on the triangles and not on the clay.
    for (int k = -150; k < 150; k++) {
        dark += pixel(studio, TRIANGLES, x + k, y)[0] + 25 < pixel(studio, TRIANGLES, x, y)[0];
        plain += pixel(studio, RELIEF, x + k, y)[0] + 25 < pixel(studio, RELIEF, x, y)[0];
    }
    assert_true(dark > plain + 5);
}

static void a_print_is_pulled(void **state)
{
    const Studio *studio = *state;
    int y = MAKING_HEIGHT / 2, left = MAKING_WIDTH / 4, right = MAKING_WIDTH * 3 / 4;
    assert_in_range(pixel(studio, PROOF, left, y)[0], 15, 25);
    assert_in_range(pixel(studio, PROOF, right, y)[0], 195, 205);
    // The lamp stands on the left: a slope that rises to the right looks at it.
    assert_true(pixel(studio, SLOPE, left, y)[0] > pixel(studio, SLOPE, right, y)[0] + 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_bytes_each_time),
        cmocka_unit_test(a_stage_knows_nothing_of_later_cuts),
        cmocka_unit_test(looks_differ),
        cmocka_unit_test(a_print_is_pulled),
    };
    return cmocka_run_group_tests(tests, make_studio, drop_studio);
}
