// test_generate.c: the inputs of measurements are what they say.

#include "test.h"

#include "bench/glb_write.h"
#include "bench/known.h"
#include "bench/picture_rows.h"
#include "bench/unwrap.h"
#include "data/image.h"
#include "io/file.h"
#include "packer/import.h"

#include <math.h>

enum { AROUND = 48, ALONG = 24 };

// A ring whose first and last columns are doubled, as a seam in a picture doubles them.
static Scan make_ring(Arena *arena)
{
    Scan scan = {.vertex_count = (AROUND + 1) * ALONG, .triangle_count = 2 * AROUND * ALONG};
    scan.positions = arena_alloc(arena, scan.vertex_count * sizeof *scan.positions, 16);
    scan.triangles = arena_alloc(arena, scan.triangle_count * sizeof *scan.triangles, 16);
    for (uint32_t i = 0; i < scan.vertex_count; i++) {
        float a = (float)(i / ALONG % AROUND) * 6.2831853f / AROUND;
        float b = (float)(i % ALONG) * 6.2831853f / ALONG;
        float far = 0.1f + 0.04f * cosf(b);
        float at[3] = {far * cosf(a), 0.04f * sinf(b), far * sinf(a)};
        memcpy(scan.positions[i], at, sizeof at);
    }
    for (uint32_t i = 0; i < AROUND * ALONG; i++) {
        uint32_t row = i / ALONG * ALONG, a = row + i % ALONG, b = row + (i + 1) % ALONG;
        memcpy(scan.triangles[2 * i], (uint32_t[3]){a, b, a + ALONG}, 12);
        memcpy(scan.triangles[2 * i + 1], (uint32_t[3]){b, b + ALONG, a + ALONG}, 12);
    }
    return scan;
}

static const char *temporary_path(Arena *arena, const char *name)
{
    const char *folder = getenv("TMPDIR");
    return path_join(arena, folder ? folder : "/tmp",
                     str_format(arena, "vitrine-test-%d-%s", (int)getpid(), name));
}

// Writes what is known, in pieces; gives it back as a reader of pictures sees it.
static Image write_and_read(Arena *arena, const char *name, uint32_t width, uint32_t height)
{
    const char *path = temporary_path(arena, name);
    uint8_t *rgb = ARENA_ARRAY(arena, uint8_t, (size_t)width * height * 3);
    for (uint32_t i = 0; i < width * height; i++)
        known_texel(i % width, i / width, &rgb[3 * i]);
    PictureRows *rows;
    assert_ok(picture_rows_open(arena, path, width, height, &rows));
    for (uint32_t y = 0; y < height; y += 16)
        assert_ok(picture_rows_add(rows, rgb + (size_t)y * width * 3, MIN(16u, height - y)));
    assert_ok(picture_rows_close(rows));
    Bytes file;
    Image image;
    assert_ok(file_read(path, 1 << 24, arena, &file));
    unlink(path);
    assert_ok(image_decode(file, NULL, arena, &image));
    assert_int_equal(image.width, width);
    assert_int_equal(image.height, height);
    return image;
}

static double mean_error(const Image *image)
{
    double sum = 0;
    for (uint32_t i = 0; i < image->width * image->height; i++) {
        uint8_t rgb[3];
        known_texel(i % image->width, i / image->width, rgb);
        for (int k = 0; k < 3; k++)
            sum += fabs((double)rgb[k] - image->rgba[4 * i + k]);
    }
    return sum / (3.0 * image->width * image->height);
}

static void test_png_rows_are_exact(void **state)
{
    (void)state;
    Arena arena = {0};
    Image image = write_and_read(&arena, "rows.png", 200, 150);
    assert_true(mean_error(&image) == 0);
    arena_drop(&arena);
}

// More strips than there are numbers of restart markers.
static void test_jpeg_strips_are_one_picture(void **state)
{
    (void)state;
    Arena arena = {0};
    Image image = write_and_read(&arena, "rows.jpg", 136, 168);
    double error = mean_error(&image);
    assert_true(error > 0 && error < 4);
    arena_drop(&arena);
}

static void test_places_have_names(void **state)
{
    (void)state;
    uint8_t here[3], there[3];
    int different = 0;
    for (uint32_t i = 0; i < KNOWN_SQUARE * KNOWN_SQUARE; i++) {
        uint32_t x = i % KNOWN_SQUARE, y = i / KNOWN_SQUARE;
        known_texel(100 * KNOWN_SQUARE + x, 6 * KNOWN_SQUARE + y, here);
        known_texel(102 * KNOWN_SQUARE + x, 6 * KNOWN_SQUARE + y, there);
        different += abs(here[0] - there[0]) > 40;
    }
    assert_true(different > 20); // the last digit, at least
}

static int compare_edges(const void *a, const void *b)
{
    return memcmp(a, b, 8);
}

// Every edge has two sides, although the scan's seam was open.
static void test_relief_is_closed(void **state)
{
    (void)state;
    Arena arenas[2] = {{0}}, arena = {0};
    Scan scan = make_ring(&arena);
    ReliefMesh mesh = relief_take(&scan, &arenas[0]);
    assert_int_equal(mesh.vertex_count, AROUND * ALONG);
    assert_ok(relief_grow(&mesh, 2, arenas));
    assert_int_equal(mesh.triangle_count, scan.triangle_count * 16);
    uint32_t count = 3 * mesh.triangle_count;
    uint32_t(*edges)[2] = arena_alloc(&arena, count * sizeof *edges, 16);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t a = mesh.triangles[i / 3][i % 3], b = mesh.triangles[i / 3][(i + 1) % 3];
        edges[i][0] = MIN(a, b);
        edges[i][1] = MAX(a, b);
    }
    qsort(edges, count, sizeof *edges, compare_edges);
    for (uint32_t i = 0; i < count; i += 2)
        assert_memory_equal(edges[i], edges[i + 1], sizeof *edges);
    assert_true(mesh.vertex_count * 2 == mesh.triangle_count); // of a ring, by Euler
    arena_drop(&arenas[0]);
    arena_drop(&arena);
}

// What an atlas shows at a vertex is what is known of its place.
static void test_atlas_shows_places(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan = make_ring(&arena);
    ReliefMesh mesh = relief_take(&scan, &arena);
    Unwrap unwrap;
    UnwrapPicture picture;
    assert_ok(unwrap_atlas(&mesh, 60, 512, &arena, &unwrap));
    assert_in_range(unwrap.chart_count, 60, 120);
    assert_int_equal(unwrap.mesh.triangle_count, mesh.triangle_count);
    assert_ok(unwrap_paint(&unwrap, &arena, &picture));
    assert_int_equal(picture.shared_texels, 0);
    assert_true(picture.used_texels > 512 * 512 / 3);
    double sum = 0;
    for (uint32_t v = 0; v < unwrap.mesh.vertex_count; v++) {
        float place[3], *at = unwrap.mesh.positions[v];
        uint8_t known[3];
        for (int k = 0; k < 3; k++)
            place[k] = at[k] / unwrap.texel_m;
        known_place(place, known);
        size_t x = (size_t)(unwrap.uvs[v][0] * 512), y = (size_t)(unwrap.uvs[v][1] * 512);
        for (int k = 0; k < 3; k++)
            sum += fabs((double)known[k] - picture.rgb[y * 512 + x][k]);
    }
    assert_true(sum / (3.0 * unwrap.mesh.vertex_count) < 12); // half a texel beside it
    arena_drop(&arena);
}

// The importer reads what was written.
static void test_glb_is_read(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan ring = make_ring(&arena), scan;
    ReliefMesh mesh = relief_take(&ring, &arena);
    Unwrap unwrap = unwrap_project(&mesh, 6, 256, &arena);
    const char *path = temporary_path(&arena, "ring.glb");
    assert_ok(glb_write(&(GlbMesh){unwrap.mesh.vertex_count, unwrap.mesh.triangle_count,
                                   (const float(*)[3])unwrap.mesh.positions,
                                   (const float(*)[3])unwrap.mesh.normals,
                                   (const float(*)[2])unwrap.uvs,
                                   (const uint32_t(*)[3])unwrap.mesh.triangles, "none.png"},
                        path));
    assert_ok(import_scan(path, &(ImportOptions){0}, &arena, &scan));
    unlink(path);
    assert_int_equal(scan.triangle_count, mesh.triangle_count);
    for (uint32_t v = 0; v < scan.vertex_count; v++) {
        assert_true(scan.uvs[0][v][0] > 0 && scan.uvs[0][v][0] < 1);
        assert_true(scan.uvs[0][v][1] > 0 && scan.uvs[0][v][1] < 1);
    }
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_png_rows_are_exact),
        cmocka_unit_test(test_jpeg_strips_are_one_picture),
        cmocka_unit_test(test_places_have_names),
        cmocka_unit_test(test_relief_is_closed),
        cmocka_unit_test(test_atlas_shows_places),
        cmocka_unit_test(test_glb_is_read),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    scratch_drop();
    return failed;
}
