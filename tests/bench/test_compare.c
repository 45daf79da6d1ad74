// test_compare.c: likeness is what the formulas say, the truth is what the scan says.

#include "test.h"

#include "bench/truth.h"
#include "data/image.h"

#include <math.h>

enum { WIDE = 80, HIGH = 60, PIXELS = WIDE * HIGH };

static Picture make_picture(Arena *arena, int base, int swing)
{
    Picture picture = {.width = WIDE, .height = HIGH};
    picture.rgb = arena_alloc(arena, 3 * PIXELS, 16);
    for (int i = 0; i < PIXELS; i++) {
        for (int k = 0; k < 3; k++)
            picture.rgb[i][k] = (uint8_t)(base + (i * 7 + i / WIDE * 3 + k) % (swing + 1));
    }
    return picture;
}

static void test_psnr_of_known_difference(void **state)
{
    (void)state;
    Arena arena = {0};
    Picture a = make_picture(&arena, 60, 40), b = make_picture(&arena, 60, 40);
    uint8_t *mask = arena_alloc(&arena, PIXELS, 1);
    memset(mask, 1, PIXELS);
    Likeness same = likeness_measure(&a, &b, mask);
    assert_int_equal(same.pixels, PIXELS);
    assert_true(same.psnr_db == LIKENESS_SAME && fabs(same.ssim - 1) < 1e-6);
    for (int i = 0; i < PIXELS; i++) {
        for (int k = 0; k < 3; k++)
            b.rgb[i][k] = (uint8_t)(b.rgb[i][k] + 5);
    }
    Likeness lighter = likeness_measure(&a, &b, mask);
    assert_true(fabs(lighter.psnr_db - 20 * log10(255.0 / 5)) < 1e-9);
    assert_true(lighter.ssim > 0.98 && lighter.ssim < 1); // structure is the same
    // The half that differs by 10 counts alone, however different the other one is.
    for (int i = 0; i < PIXELS; i++) {
        for (int k = 0; k < 3; k++)
            b.rgb[i][k] = (uint8_t)(a.rgb[i][k] + (i % WIDE < WIDE / 2 ? 10 : 100));
        mask[i] = i % WIDE < WIDE / 2;
    }
    Likeness half = likeness_measure(&a, &b, mask);
    assert_int_equal(half.pixels, PIXELS / 2);
    assert_true(fabs(half.psnr_db - 20 * log10(255.0 / 10)) < 1e-9);
    assert_true(half.ssim > 0.95);
    arena_drop(&arena);
}

static void test_ssim_falls_with_blur(void **state)
{
    (void)state;
    Arena arena = {0};
    Picture a = make_picture(&arena, 40, 150), b = make_picture(&arena, 115, 0);
    uint8_t *mask = arena_alloc(&arena, PIXELS, 1);
    memset(mask, 1, PIXELS);
    assert_true(likeness_measure(&a, &b, mask).ssim < 0.2); // nothing of it is left
    arena_drop(&arena);
}

// A board of squares, facing us, one metre wide, with texels ten pixels wide.
typedef struct Board {
    float positions[4][3], uvs[4][2];
    uint32_t triangles[2][3];
    ScanMaterial material;
    ScanImage image;
    uint8_t rgba[8 * 8 * 4];
    Scan scan;
} Board;

static void make_board(Board *board, Arena *arena)
{
    *board = (Board){
        .positions = {{-0.5f, 0.5f, 0}, {0.5f, 0.5f, 0}, {-0.5f, -0.5f, 0}, {0.5f, -0.5f, 0}},
        .uvs = {{0, 0}, {1, 0}, {0, 1}, {1, 1}},
        .triangles = {{0, 2, 1}, {1, 2, 3}},
        .material = scan_default_material(),
    };
    for (int i = 0; i < 64; i++) {
        uint8_t texel[4] = {(uint8_t)(20 + 3 * i), (uint8_t)(200 - 2 * i), 90, 255};
        memcpy(&board->rgba[4 * i], texel, 4);
    }
    Image image = {8, 8, board->rgba};
    assert_ok(image_encode_png(&image, 1, arena, &board->image.encoded));
    board->image.name = "board.png";
    board->material.base_color_map.image = 0;
    board->material.base_color_map.wrap_u = board->material.base_color_map.wrap_v =
        SCAN_WRAP_CLAMP;
    board->material.base_color_map.uv_matrix[0] = board->material.base_color_map.uv_matrix[4] =
        1;
    board->scan = (Scan){.vertex_count = 4,
                         .triangle_count = 2,
                         .positions = board->positions,
                         .uvs = {board->uvs},
                         .triangles = board->triangles,
                         .material_count = 1,
                         .materials = &board->material,
                         .image_count = 1,
                         .images = &board->image};
}

static View look_at_board(void)
{
    // 100 pixels at a depth at which a metre is 80 of them.
    Camera camera = {.position = {0, 0, 1}, .near_m = 0.1f, .far_m = 10};
    camera.fov_y = 2 * atanf(50 / 80.0f);
    return camera_view(&camera, &(Viewport){0, 0, 100, 100});
}

static void check_board(Truth *truth, const Board *board, int samples_a_side, Arena *arena)
{
    View view = look_at_board();
    TruthView look = {&view, samples_a_side};
    TruthSight sight;
    truth_look(truth, &look, arena, &sight);
    Picture colors = truth_shade(truth, &look, &sight, TRUTH_ALBEDO, arena);
    Picture normals = truth_shade(truth, &look, &sight, TRUTH_NORMALS, arena);
    for (int i = 0; i < 64; i++) {
        int x = 10 + i % 8 * 10 + 5, y = 10 + i / 8 * 10 + 5, at = y * 100 + x;
        assert_int_equal(colors.covered[at], 255);
        for (int k = 0; k < 3; k++) // the middle of a texel lies between two pixels
            assert_in_range(colors.rgb[at][k] + 4, board->rgba[4 * i + k],
                            board->rgba[4 * i + k] + 8);
        assert_in_range(normals.rgb[at][0], 125, 131);
        assert_in_range(normals.rgb[at][2], 240, 246); // toned, as in the lens
    }
    assert_int_equal(colors.covered[5 * 100 + 5], 0);
    double place[3], texel_m;
    assert_true(truth_place(truth, &look, &sight, 60, 40, place, &texel_m));
    assert_true(fabs(texel_m - 1 / 8.0) < 1e-6);
    assert_true(fabs(place[0] - 10.5 / 80) < 1e-6 && fabs(place[1] - 9.5 / 80) < 1e-6);
    assert_false(truth_place(truth, &look, &sight, 2, 2, place, &texel_m));
}

static void test_truth_shows_texels(void **state)
{
    (void)state;
    Arena arena = {0};
    Board board;
    Truth *truth;
    make_board(&board, &arena);
    assert_ok(truth_make(&board.scan, &arena, &truth));
    assert_true(truth_has_color(truth));
    check_board(truth, &board, 4, &arena);
    check_board(truth, &board, 0, &arena);
    arena_drop(&arena);
}

// From behind there is nothing to see.
static void test_truth_leaves_out_backs(void **state)
{
    (void)state;
    Arena arena = {0};
    Board board;
    Truth *truth;
    TruthSight sight;
    make_board(&board, &arena);
    assert_ok(truth_make(&board.scan, &arena, &truth));
    Camera camera = {
        .position = {0, 0, -1}, .yaw = 3.14159265f, .near_m = 0.1f, .far_m = 10, .fov_y = 1};
    View view = camera_view(&camera, &(Viewport){0, 0, 32, 32});
    truth_look(truth, &(TruthView){&view, 0}, &arena, &sight);
    for (int i = 0; i < 32 * 32 * 4; i++)
        assert_true(sight.triangles[i] == TRUTH_NOTHING);
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_psnr_of_known_difference),
        cmocka_unit_test(test_ssim_falls_with_blur),
        cmocka_unit_test(test_truth_shows_texels),
        cmocka_unit_test(test_truth_leaves_out_backs),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    scratch_drop();
    return failed;
}
