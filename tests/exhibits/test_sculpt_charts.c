// test_sculpt_charts.c: surfaces on charts: where places lie, what texels say, the file.

#include "test.h"

#include <math.h>

#include "data/image.h"
#include "data/json.h"
#include "exhibits/sculptor/chart.h"
#include "exhibits/sculptor/glb.h"
#include "exhibits/sculptor/lettering.h"
#include "exhibits/sculptor/noise.h"
#include "io/file.h"

static const float BALL_MM = 4;

// Stripes and waves far finer than any triangle of a ball.
static float stripe_at(Vec3 p)
{
    return 0.5f + 0.5f * sinf(p.x * 9) * sinf(p.y * 7);
}

static void shade_stripes(const void *context, const Field *field, SculptVertex *vertex)
{
    (void)context;
    (void)field;
    vertex->colour[0] = stripe_at(vertex->position);
    vertex->colour[1] = vertex->colour[2] = 0.25f;
    vertex->roughness = vertex->position.z > 0 ? 0.75f : 0.25f;
    vertex->metallic = 1;
}

static float wave_at(Vec3 p)
{
    return 0.02f * sinf(p.x * 14);
}

static void finish_waves(const void *context, const Field *field, const FieldPoints *at,
                         const uint32_t *parts, float *restrict outwards_mm)
{
    (void)context;
    (void)field;
    (void)parts;
    for (int i = 0; i < at->count; i++)
        outwards_mm[i] = wave_at(v3(at->x[i], at->y[i], at->z[i]));
}

static void *build_ball(Field *field, Arena *arena)
{
    (void)arena;
    shape_add(field, shape_ball(v3(0, 0, 0), BALL_MM), (Carve){0});
    return NULL;
}

#define UPRIGHT                          \
    {                                    \
        {0, 0, 0}, {1, 0, 0}, {0, 1, 0}, \
        {                                \
            0, 0, 1                      \
        }                                \
    }
// The caps from the front and the back, a band around.
static const PieceChart CHARTS[] = {
    {UPRIGHT, 0, 0, {-5, -5, 2}, {5, 5, 5}, 0.5f, 0.05f},
    {{{0, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {0, 0, -1}}, 0, 0, {-5, -5, 2}, {5, 5, 5}, 0.5f, 0.05f},
    {{{0, 0, 0}, {1, 0, 0}, {0, 0, 1}, {0, -1, 0}}, 4, 0, {0, -5, 0}, {0, 5, 5}, 0.1f, 0.04f},
};

static Piece painted_ball(void)
{
    return (Piece){
        .name = "ball",
        .summary = "",
        .low_mm = {-5, -5, -5},
        .high_mm = {5, 5, 5},
        .step_mm = 0.15f,
        .draft_step_mm = 0.2f,
        .sky_mm = 3,
        .component_count = 1,
        .simplify = {.error_mm = 0.002f, .normal_mm = 0.01f},
        .build = build_ball,
        .charts = CHARTS,
        .chart_count = COUNT_OF(CHARTS),
        .finish = finish_waves,
        .shade = shade_stripes,
    };
}

static Sculpture make(const Piece *piece, int workers, Arena *arena)
{
    Sculpture sculpture;
    assert_ok(
        sculpt_make(&(SculptDesc){.piece = piece, .texel_scale = 1, .worker_limit = workers},
                    arena, &sculpture));
    return sculpture;
}

static void places_keep_their_distances(void **state)
{
    (void)state;
    // Flat: as they are. Around: arcs at the chart's radius, heights as they are.
    Vec3 p = chart_place(&CHARTS[0], v3(1, 2, 3), 0);
    assert_true(p.x == 1 && p.y == 2 && p.z == 3);
    assert_true(chart_place(&CHARTS[1], v3(1, 2, -3), 0).x == -1);
    Frame frame = {{0, 1, 0}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    PieceChart side = {.frame = frame, .radius_mm = 2}, top = side;
    p = chart_place(&side, v3(3, 4, 0), 0);
    assert_true(fabsf(p.x - PI_F) < 1e-5f && fabsf(p.y - 3) < 1e-5f && fabsf(p.z - 3) < 1e-5f);
    // The turn that is asked for.
    p = chart_place(&side, v3(-0.01f, 4, -3), 6);
    assert_true(fabsf(p.x - 2 * PI_F) < 0.02f);
    // From above a disc's edge is below its middle, and its height is towards whoever looks.
    top.tilt = PI_F / 2;
    p = chart_place(&top, v3(0, 5, 3), 0);
    assert_true(fabsf(p.y + 3) < 1e-5f && fabsf(p.z - 4) < 1e-5f);
    assert_true(v3_dot(chart_direction(&top, v3(1, 5, 3)), v3(0, 1, 0)) > 0.999f);
    assert_true(v3_dot(chart_direction(&side, v3(5, 5, 0)), v3(1, 0, 0)) > 0.999f);
}

static void what_no_chart_holds_is_refused(void **state)
{
    (void)state;
    Arena arena = {0};
    Piece piece = painted_ball();
    piece.chart_count = 2; // no band around
    Sculpture sculpture;
    assert_int_equal(sculpt_make(&(SculptDesc){.piece = &piece}, &arena, &sculpture),
                     ERR_INVALID);
    assert_non_null(strstr(fault_last()->text, "no chart"));
    arena_drop(&arena);
}

// Where on the ball a texel of the front cap lies; false outside the ball.
static bool texel_place(const SculptPicture *picture, uint32_t x, uint32_t y, Vec3 *out)
{
    float u = -5 + ((float)x + 0.5f) * picture->texel_mm;
    float v = -5 + ((float)(picture->height - y) - 0.5f) * picture->texel_mm;
    float square = BALL_MM * BALL_MM - u * u - v * v;
    *out = v3(u, v, sqrtf(fmaxf(square, 0)));
    return square > 0;
}

static void texels_are_finer_than_triangles(void **state)
{
    (void)state;
    Arena arena = {0};
    Piece piece = painted_ball();
    piece.finish = NULL;
    Sculpture s = make(&piece, 0, &arena);
    const SculptPicture *front = &s.pictures[0];
    assert_int_equal(front->width, 200);
    int compared = 0;
    for (uint32_t y = 0; y < front->height; y++)
        for (uint32_t x = 0; x < front->width; x++) {
            Vec3 p;
            if (!texel_place(front, x, y, &p) || p.z < 2.6f)
                continue;
            const uint8_t *colour = front->colour + ((size_t)y * front->width + x) * 4;
            const uint8_t *gloss = front->gloss + ((size_t)y * front->width + x) * 4;
            assert_true(abs((int)colour[0] - (int)sculpt_srgb(stripe_at(p))) < 14);
            assert_int_equal(colour[1], sculpt_srgb(0.25f));
            assert_int_equal(gloss[1], 191);
            assert_int_equal(gloss[2], 255);
            compared++;
        }
    assert_true(compared > 10000);
    // The triangles alone know nothing of it.
    assert_true(s.index_count / 3 < 20000);
    arena_drop(&arena);
}

static void normals_tell_the_finish(void **state)
{
    (void)state;
    Arena arena = {0};
    Piece piece = painted_ball();
    Sculpture s = make(&piece, 0, &arena);
    const SculptPicture *front = &s.pictures[0];
    for (size_t i = 0; i < s.vertex_count; i++) // it leaves the triangles alone
        assert_true(fabsf(v3_length(s.vertices[i].position) - BALL_MM) < 0.01f);
    double with = 0, against = 0;
    for (uint32_t x = 40; x < 160; x++) {
        Vec3 p;
        assert_true(texel_place(front, x, 100, &p));
        const uint8_t *normal = front->normal + ((size_t)100 * front->width + x) * 4;
        // Uphill to the right the normal leans to the left.
        double slope = 0.02 * 14 * cos((double)p.x * 14) * (double)p.z / (double)BALL_MM;
        double lean = (double)normal[0] / 127.5 - 1;
        with += fabs(lean + slope);
        against += fabs(slope);
    }
    assert_true(with < 0.25 * against);
    arena_drop(&arena);
}

static void shade_bend(const void *context, const Field *field, SculptVertex *vertex)
{
    (void)context;
    (void)field;
    vertex->colour[0] = vertex->curvature * BALL_MM / 4; // a half on the ball
}

static void wear_sees_the_form_and_not_the_tool(void **state)
{
    (void)state;
    Arena arena = {0};
    Piece piece = painted_ball();
    piece.shade = shade_bend;
    piece.wear_mm = 0.2f;
    Sculpture s = make(&piece, 0, &arena);
    const SculptPicture *front = &s.pictures[0];
    for (uint32_t x = 60; x < 140; x++) {
        const uint8_t *colour = front->colour + ((size_t)90 * front->width + x) * 4;
        assert_true(abs((int)colour[0] - (int)sculpt_srgb(0.5f)) < 8);
    }
    arena_drop(&arena);
}

static void painting_does_not_depend_on_threads(void **state)
{
    (void)state;
    Arena arena = {0};
    Piece piece = painted_ball();
    Sculpture one = make(&piece, 1, &arena), some = make(&piece, 3, &arena);
    for (int i = 0; i < piece.chart_count; i++) {
        size_t bytes = (size_t)one.pictures[i].width * one.pictures[i].height * 4;
        assert_memory_equal(one.pictures[i].colour, some.pictures[i].colour, bytes);
        assert_memory_equal(one.pictures[i].gloss, some.pictures[i].gloss, bytes);
        assert_memory_equal(one.pictures[i].normal, some.pictures[i].normal, bytes);
    }
    arena_drop(&arena);
}

static uint32_t read_u32(const uint8_t *at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
           (uint32_t)at[3] << 24;
}

static Bytes view_of(JsonValue root, Bytes binary, uint32_t index)
{
    JsonValue view = json_item(json_get(root, "bufferViews"), index);
    int64_t offset = 0, length = 0;
    assert_ok(json_get_int(view, "byteOffset", JSON_REQUIRED, (JsonRange){0, 1e9}, &offset));
    assert_ok(json_get_int(view, "byteLength", JSON_REQUIRED, (JsonRange){0, 1e9}, &length));
    assert_true((size_t)(offset + length) <= binary.len);
    return (Bytes){binary.ptr + offset, (size_t)length};
}

static void check_glb(Bytes file, const Sculpture *s, Arena *arena)
{
    assert_memory_equal(file.ptr, "glTF", 4);
    assert_int_equal(read_u32(file.ptr + 8), file.len);
    uint32_t text = read_u32(file.ptr + 12);
    Bytes binary = {file.ptr + 20 + text + 8, read_u32(file.ptr + 20 + text)};
    assert_ptr_equal(binary.ptr + binary.len, file.ptr + file.len);
    JsonDocument json;
    assert_ok(json_parse((Bytes){file.ptr + 20, text}, "glb", &json));
    size_t corners = 0;
    for (uint32_t chart = 0; chart < 3; chart++) {
        Bytes indices = view_of(json_root(&json), binary, chart * 7 + 3), picture;
        Bytes uvs = view_of(json_root(&json), binary, chart * 7 + 2);
        corners += indices.len / 4;
        for (size_t i = 0; i < indices.len; i += 4)
            assert_true(read_u32(indices.ptr + i) < uvs.len / 8);
        picture = view_of(json_root(&json), binary, chart * 7 + 4);
        Image image;
        assert_ok(image_decode(picture, NULL, arena, &image));
        assert_int_equal(image.width, s->pictures[chart].width);
        assert_memory_equal(image.rgba, s->pictures[chart].colour,
                            (size_t)image.width * image.height * 4);
    }
    assert_int_equal(corners, s->index_count);
    json_drop(&json);
}

static void a_glb_holds_triangles_and_pictures(void **state)
{
    (void)state;
    Arena arena = {0};
    Piece piece = painted_ball();
    Sculpture s = make(&piece, 0, &arena);
    char path[] = "/tmp/sculpt-XXXXXX";
    int handle = mkstemp(path);
    assert_true(handle >= 0);
    close(handle);
    assert_ok(glb_write(&s, path));
    Bytes file;
    assert_ok(file_read(path, 1 << 28, &arena, &file));
    remove(path);
    check_glb(file, &s, &arena);
    assert_true(glb_write(&s, "/nowhere/at/all.glb") != OK);
    arena_drop(&arena);
}

// ---- what pieces on charts are made with

static void a_turned_cylinder_is_a_cylinder(void **state)
{
    (void)state;
    static const float OUTLINE[][2] = {{0, -1}, {2, -1}, {2, 1}, {0, 1}};
    Arena arena = {0};
    Frame frame = frame_make(v3(0.2f, 0.1f, -0.3f), v3(0.3f, 1, 0.2f), v3(0, 0, 1));
    Part straight = shape_cylinder(frame, 2, 1, 0);
    for (int pieces = 0; pieces < 4; pieces += 3) { // corners stay corners
        Turning turning = {OUTLINE, COUNT_OF(OUTLINE), pieces};
        Part turned = shape_turning(&turning, frame, &arena);
        Chance chance = {5};
        for (int i = 0; i < 2000; i++) {
            float x = chance_between(&chance, -4, 4), y = chance_between(&chance, -4, 4);
            float z = chance_between(&chance, -4, 4), a, b;
            FieldPoints at = {1, &x, &y, &z};
            turned.eval(&turned, &at, &a);
            straight.eval(&straight, &at, &b);
            assert_true(fabsf(a - b) < 1e-4f);
        }
    }
    arena_drop(&arena);
}

static void a_smooth_outline_has_no_edges(void **state)
{
    (void)state;
    static const float BALL[][2] = {{0, -1},        {0.5f, -0.866f}, {0.866f, -0.5f}, {1, 0},
                                    {0.866f, 0.5f}, {0.5f, 0.866f},  {0, 1}};
    Arena arena = {0};
    Turning turning = {BALL, COUNT_OF(BALL), 6};
    Part part =
        shape_turning(&turning, frame_make(v3(0, 0, 0), v3(0, 1, 0), v3(0, 0, 1)), &arena);
    float worst = 0;
    for (int i = 40; i < 140; i++) {
        float angle = (float)i * PI_F / 180, value;
        Vec3 p = v3(sinf(angle), cosf(angle), 0);
        part.eval(&part, &(FieldPoints){1, &p.x, &p.y, &p.z}, &value);
        worst = fmaxf(worst, fabsf(value));
    }
    assert_true(worst < 0.01f); // straight pieces would be 0.034 off
    arena_drop(&arena);
}

static void letters_alone_are_letters_of_a_line(void **state)
{
    (void)state;
    Arena arena = {0};
    for (const char *c = "ABGQRSX058.-:"; *c; c++) {
        char text[] = {*c, 0};
        Lettering line = {.text = text, .height_mm = 1.2f, .stroke_mm = 0.05f};
        Frame frame = frame_make(v3(0, 0, 0), v3(0, 1, 0), v3(0, 0, 1));
        Part part = shape_lettering(&line, frame, &arena);
        float left = -0.5f * lettering_advance(*c, 1.2f);
        for (int i = 0; i < 60; i++) {
            float x = left + 0.014f * (float)i, y = -0.5f + 0.017f * (float)i, z = 0, value;
            part.eval(&part, &(FieldPoints){1, &x, &y, &z}, &value);
            if (value < 0.1f) // farther away the line tells less
                assert_true(fabsf(lettering_distance(*c, 1.2f, x - left, y) - 0.05f - value) <
                            1e-4f);
        }
    }
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_keep_their_distances),
        cmocka_unit_test(what_no_chart_holds_is_refused),
        cmocka_unit_test(texels_are_finer_than_triangles),
        cmocka_unit_test(normals_tell_the_finish),
        cmocka_unit_test(wear_sees_the_form_and_not_the_tool),
        cmocka_unit_test(painting_does_not_depend_on_threads),
        cmocka_unit_test(a_glb_holds_triangles_and_pictures),
        cmocka_unit_test(a_turned_cylinder_is_a_cylinder),
        cmocka_unit_test(a_smooth_outline_has_no_edges),
        cmocka_unit_test(letters_alone_are_letters_of_a_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
