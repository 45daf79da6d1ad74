// test_tiles.c: sheets whose surface is in a tile, made by hand: colours land where they
// belong, normals are lit, and what lies beside a chart in its tile is never seen.

#include "gl/stage.h"

#include <math.h>

static Stage stage;
static TilePool pool;

#define HALF_M 0.1f

enum {
    CELLS = 64, // of stage_sheet, a side
    ROWS = 96,
    CHART_X = 40, // texels: where the sheet's chart begins
    CHART_Y = 12,
    CHART_SIDE = 72,
    GUTTER = 2,
};

typedef uint8_t Texel[4];

typedef struct Set {
    MeshPage page;
    SurfaceTile tile;
} Set;

// A flat sheet on y = 0, its first row of corners at z = +half; rows of texels go with v.
static Set make_set(uint32_t maps)
{
    Set set = {.page = stage_sheet(HALF_M, 0, 0, &stage.arena), .tile = surface_tile_default()};
    MeshPage *page = &set.page;
    page->texels = ARENA_ARRAY(&stage.arena, MeshTexel, page->vertex_count);
    page->tile_rows = set.tile.rows = ROWS;
    for (uint32_t i = 0; i < page->vertex_count; i++) {
        uint32_t across = i % (CELLS + 1), along = i / (CELLS + 1);
        MeshTexel *texel = &page->texels[i];
        texel->place[0] =
            (uint16_t)((CHART_X * CELLS + CHART_SIDE * across) * MESH_TEXEL_STEPS / CELLS);
        texel->place[1] =
            (uint16_t)((CHART_Y * CELLS + CHART_SIDE * along) * MESH_TEXEL_STEPS / CELLS);
        surface_encode_axis((const float[3]){0.2f, 0.95f, 0.25f}, texel->axis);
        texel->relief = MESH_RELIEF_FLAT;
    }
    set.tile.maps = maps;
    set.tile.flat_shape[2] = 200; // where no texel says so
    size_t count = (size_t)ROWS * SURFACE_TILE_WIDTH;
    set.tile.color = arena_alloc(&stage.arena, count * 4, 4);
    set.tile.shape = arena_alloc(&stage.arena, count * 4, 4);
    for (size_t i = 0; i < count; i++) {
        memcpy(set.tile.color[i], (Texel){255, 0, 255, 255}, 4); // what nobody should see
        memcpy(set.tile.shape[i], (Texel){127, 127, 200, 0}, 4);
    }
    return set;
}

static void paint(const Set *set, int x, int y, const Texel color)
{
    memcpy(set->tile.color[y * SURFACE_TILE_WIDTH + x], color, 4);
}

// The chart and its gutter, each texel's colour said by a function of its place in the chart.
static void paint_chart(const Set *set, void (*color_of)(int x, int y, Texel out))
{
    for (int y = -GUTTER; y < CHART_SIDE + GUTTER; y++) {
        for (int x = -GUTTER; x < CHART_SIDE + GUTTER; x++) {
            Texel color;
            color_of(CLAMP(x, 0, CHART_SIDE - 1), CLAMP(y, 0, CHART_SIDE - 1), color);
            paint(set, CHART_X + x, CHART_Y + y, color);
        }
    }
}

static void four_fields(int x, int y, Texel out)
{
    bool is_right = x >= CHART_SIDE / 2, is_far = y >= CHART_SIDE / 2;
    const Texel color = {is_right ? 180 : 40, is_far ? 160 : 30, 90, 255};
    memcpy(out, color, sizeof color);
}

static void all_grey(int x, int y, Texel out)
{
    (void)x;
    (void)y;
    memcpy(out, (Texel){120, 120, 120, 255}, 4);
}

static void *copy_bytes(const void *from, size_t size_bytes)
{
    return memcpy(arena_alloc(&stage.arena, size_bytes, 4), from, size_bytes);
}

// Behind some units that others take.
static void upload(const Set *set, uint32_t slot, uint32_t others)
{
    size_t count = (size_t)ROWS * SURFACE_TILE_WIDTH;
    SurfaceTile tile = set->tile; // made into planes in place
    tile.color = copy_bytes(tile.color, count * 4);
    tile.shape = copy_bytes(tile.shape, count * 4);
    TilePlanes planes = tile_planes_take(&tile, true);
    TilePlace place;
    assert_true(!others || tile_pool_take(&pool, others, planes.brings, &place));
    assert_true(tile_pool_take(&pool, ROWS / MESH_TILE_ROW_STEP, planes.brings, &place));
    render_fit_tiles(stage.render, &pool);
    render_upload_page(stage.render, slot, &set->page, &(RenderTile){&planes, place});
}

static void light_room(void)
{
    RenderLight lamp = {.position = {-2, 3, 0},
                        .direction = {2, -3, 0},
                        .intensity_cd = 3000,
                        .cone_deg = 50,
                        .has_shadow = true};
    RenderRoom room = {
        .low = {-3, 0, -3}, .high = {3, 3.2f, 3}, .fill_lux = 10, .wall_color = {0.3f}};
    assert_ok(render_set_house(
        stage.render,
        &(RenderHouse){.lights = &lamp, .light_count = 1, .rooms = &room, .room_count = 1}));
}

// One piece of one slot or two, side by side, seen from above.
static const uint8_t *look_at(const uint32_t *slots, uint32_t count, RenderMode mode,
                              float height_m)
{
    static RenderSculpture sculptures[2];
    static RenderClusterDraw draws[2];
    for (uint32_t i = 0; i < count; i++) {
        double at[3] = {count == 1 ? 0 : 2.2 * HALF_M * (i - 0.5), 1, 0};
        draws[i] = (RenderClusterDraw){slots[i], 0, CELLS * CELLS * 6};
        sculptures[i] = (RenderSculpture){.placement = placement_make(at, 0, 1),
                                          .center = {at[0], at[1], at[2]},
                                          .radius_m = HALF_M * 1.5f,
                                          .draws = {i, 1},
                                          .has_surface = true};
    }
    double eye[3] = {0, 1 + height_m, 1e-4}, target[3] = {0, 1, 0};
    RenderList list = {.view.camera = stage_view(&stage, eye, target, 40),
                       .view.mode = mode,
                       .view.raking_elevation_deg = 40,
                       .sculptures = sculptures,
                       .sculpture_count = count,
                       .cluster_draws = draws,
                       .cluster_draw_count = count};
    const uint8_t *rgba;
    int frames = 0;
    do {
        rgba = stage_picture(&stage, &list);
        assert_true(++frames < 10);
    } while (render_stats(stage.render).is_pending);
    return rgba;
}

static const uint8_t *pixel_at(const uint8_t *rgba, double x, double y)
{
    int px = (int)(x * stage.width), py = (int)(y * stage.height);
    return rgba + (size_t)(py * stage.width + px) * 4;
}

static void expect_color(const uint8_t *pixel, const uint8_t *color, int steps)
{
    for (int k = 0; k < 3; k++)
        assert_true(abs(pixel[k] - color[k]) <= steps);
}

static void with_tiers(void (*check)(void))
{
    static const RenderQuality tiers[] = {RENDER_ECONOMIC, RENDER_FINE};
    for (size_t i = 0; i < COUNT_OF(tiers); i++) {
        stage_add_renderer(&stage, tiers[i]);
        pool = tile_pool_make(16 * (uint64_t)TILE_LAYER_BYTES, &stage.arena);
        light_room();
        check();
    }
}

// ---- colours

static void check_fields(void)
{
    Set set = make_set(1u << SURFACE_COLOR);
    paint_chart(&set, four_fields);
    // In low and high layers, of several chunks.
    static const uint32_t others[] = {0, 58, 64, 31, 64, 7};
    for (uint32_t i = 0; i < COUNT_OF(others); i++)
        upload(&set, i, others[i]);
    assert_true(pool.chunks[1].taken_units > 0);
    for (uint32_t i = 0; i < COUNT_OF(others); i++) {
        const uint8_t *rgba = look_at(&i, 1, RENDER_ALBEDO, 0.3f);
        for (int field = 0; field < 4; field++) {
            int right = field & 1, far = field >> 1; // v grows away from the eye, upwards
            Texel color;
            four_fields(right ? CHART_SIDE - 1 : 0, far ? CHART_SIDE - 1 : 0, color);
            double x = 0.5 + (right ? 1 : -1) * 0.1, y = 0.5 - (far ? 1 : -1) * 0.1;
            expect_color(pixel_at(rgba, x, y), color, 5);
        }
    }
}

static void colours_land_where_they_belong(void **state)
{
    (void)state;
    with_tiers(check_fields);
}

// The edge between two fields in the picture lies where it lies in the chart.
static void check_edge(void)
{
    Set set = make_set(1u << SURFACE_COLOR);
    paint_chart(&set, four_fields);
    upload(&set, 0, 20);
    const uint8_t *rgba = look_at((uint32_t[]){0}, 1, RENDER_ALBEDO, 0.02f);
    // 0.02 m up: a texel of 0.2 m / 72 is some 45 pixels wide, and blends over that.
    int y = stage.height / 4, middle = -1;
    for (int x = 0; x < stage.width && middle < 0; x++)
        if (rgba[(y * stage.width + x) * 4] >= 110)
            middle = x;
    assert_true(abs(middle - stage.width / 2) <= 12);
}

static void edges_of_colours_are_as_sharp_as_texels(void **state)
{
    (void)state;
    with_tiers(check_edge);
}

// ---- what lies beside the chart

static void check_gutter(void)
{
    Set set = make_set(1u << SURFACE_COLOR);
    paint_chart(&set, all_grey);
    upload(&set, 0, 3);
    for (float height_m = 0.02f; height_m < 5; height_m *= 2.3f) {
        const uint8_t *rgba = look_at((uint32_t[]){0}, 1, RENDER_ALBEDO, height_m);
        for (int i = 0; i < stage.width * stage.height; i++) {
            const uint8_t *pixel = &rgba[i * 4];
            assert_true(abs(pixel[0] - pixel[1]) <= 2 && abs(pixel[2] - pixel[1]) <= 2);
        }
    }
}

static void gutters_do_not_bleed(void **state)
{
    (void)state;
    with_tiers(check_gutter);
}

// ---- normals

// All texels of the chart lean to +x by `lean`.
static void lean_normals(const Set *set, float lean)
{
    float axis[3], frame[3][3], normal[3] = {sinf(lean), cosf(lean), 0};
    mesh_decode_normal(set->page.texels[0].axis, axis);
    surface_make_frame(axis, frame);
    uint8_t encoded[2];
    surface_encode_normal((const float(*)[3])frame, normal, encoded);
    for (int i = 0; i < ROWS * SURFACE_TILE_WIDTH; i++)
        memcpy(set->tile.shape[i], encoded, 2);
}

// The same sheet without a tile, its vertices' normals leaning.
static MeshPage bare_sheet(float lean)
{
    MeshPage bare = stage_sheet(HALF_M, 0, 0, &stage.arena);
    bare.surfaces = ARENA_ARRAY(&stage.arena, MeshSurface, bare.vertex_count);
    for (uint32_t i = 0; i < bare.vertex_count; i++) {
        bare.surfaces[i] = (MeshSurface){{120, 120, 120}, 255, 200, 0, 0, MESH_RELIEF_FLAT};
        mesh_encode_normal((const float[3]){sinf(lean), cosf(lean), 0},
                           bare.vertices[i].normal);
    }
    return bare;
}

static void check_normals(void)
{
    static const RenderMode modes[] = {RENDER_NORMALS, RENDER_BEAUTY, RENDER_RAKING};
    double lit[3] = {0};
    for (int i = 0; i < 3; i++) {
        float lean = 0.5f * (float)(i - 1);
        Set set = make_set(1u << SURFACE_COLOR | 1u << SURFACE_NORMAL);
        paint_chart(&set, all_grey);
        lean_normals(&set, lean);
        upload(&set, 0, 11);
        MeshPage bare = bare_sheet(lean);
        render_upload_page(stage.render, 1, &bare, NULL);
        for (size_t mode = 0; mode < COUNT_OF(modes); mode++) {
            uint8_t *with = stage_keep(&stage, look_at((uint32_t[]){0}, 1, modes[mode], 0.3f));
            const uint8_t *without = look_at((uint32_t[]){1}, 1, modes[mode], 0.3f);
            expect_color(pixel_at(with, 0.5, 0.5), pixel_at(without, 0.5, 0.5), 4);
            if (modes[mode] != RENDER_BEAUTY)
                continue;
            lit[i] =
                stage_brightness(&stage, with, stage.width / 2 - 4, stage.height / 2 - 4, 8, 8);
            assert_true(i == 0 || lit[i] < lit[i - 1] - 0.02); // the lamp is at -x
        }
    }
}

static void normals_of_texels_are_lit(void **state)
{
    (void)state;
    with_tiers(check_normals);
}

// ---- beside pages without

static void check_neighbours(void)
{
    Set set = make_set(1u << SURFACE_COLOR);
    paint_chart(&set, all_grey);
    MeshPage bare = bare_sheet(0);
    for (uint32_t i = 0; i < bare.vertex_count; i++)
        bare.surfaces[i].roughness = 200;
    upload(&set, 4, 40);
    render_upload_page(stage.render, 9, &bare, NULL);
    static const RenderMode modes[] = {RENDER_BEAUTY, RENDER_ALBEDO, RENDER_NORMALS};
    for (size_t i = 0; i < COUNT_OF(modes); i++) {
        const uint8_t *rgba = look_at((uint32_t[]){4, 9}, 2, modes[i], 0.5f);
        double left =
            stage_brightness(&stage, rgba, stage.width * 4 / 10, stage.height / 2, 6, 6);
        double right =
            stage_brightness(&stage, rgba, stage.width * 6 / 10 - 6, stage.height / 2, 6, 6);
        assert_true(left > 0.1 && fabs(left - right) < 0.02);
    }
}

static void a_page_with_a_tile_looks_like_its_neighbour_without(void **state)
{
    (void)state;
    with_tiers(check_neighbours);
}

// ---- what no texel tells

static void check_flats(void)
{
    MeshPage bare = bare_sheet(0);
    Set set = make_set(1u << SURFACE_NORMAL);
    lean_normals(&set, 0);
    memcpy(set.tile.flat_color, (Texel){120, 120, 120, 255}, 4);
    upload(&set, 0, 0);
    assert_int_equal(pool.taken_bytes, ROWS * SURFACE_TILE_WIDTH * 2); // normals, no more
    Set plain = make_set(0);
    memcpy(plain.tile.flat_color, (Texel){120, 120, 120, 255}, 4);
    TilePlanes planes = tile_planes_take(&plain.tile, true);
    render_upload_page(stage.render, 1, &plain.page, &(RenderTile){&planes, {0}});
    render_upload_page(stage.render, 2, &bare, NULL);
    static const RenderMode modes[] = {RENDER_BEAUTY, RENDER_ALBEDO, RENDER_NORMALS};
    for (size_t i = 0; i < COUNT_OF(modes); i++) {
        uint8_t *without = stage_keep(&stage, look_at((uint32_t[]){2}, 1, modes[i], 0.3f));
        for (uint32_t slot = 0; slot < 2; slot++) {
            const uint8_t *with = look_at(&slot, 1, modes[i], 0.3f);
            expect_color(pixel_at(with, 0.5, 0.5), pixel_at(without, 0.5, 0.5), 3);
        }
    }
}

static void maps_that_no_texel_tells_have_their_value(void **state)
{
    (void)state;
    with_tiers(check_flats);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(colours_land_where_they_belong),
        cmocka_unit_test(edges_of_colours_are_as_sharp_as_texels),
        cmocka_unit_test(gutters_do_not_bleed),
        cmocka_unit_test(normals_of_texels_are_lit),
        cmocka_unit_test(maps_that_no_texel_tells_have_their_value),
        cmocka_unit_test(a_page_with_a_tile_looks_like_its_neighbour_without),
    };
    if (!stage_open(&stage, 320, 240))
        return 77;
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    stage_close(&stage);
    return failures;
}
