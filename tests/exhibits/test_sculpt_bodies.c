// test_sculpt_bodies.c: several bodies as one sculpture, wires, and surfaces laid out by
// themselves.

#include "test.h"

#include <math.h>

#include "exhibits/sculptor/shapes.h"
#include "exhibits/sculptor/sculpt.h"

// ---- pieces

static float colour_at(Vec3 p)
{
    return 0.5f + 0.4f * sinf(p.x * 2.1f) * sinf(p.y * 1.7f + 1) * cosf(p.z * 1.9f);
}

static void shade(const void *context, const Field *field, SculptVertex *vertex)
{
    (void)context;
    vertex->colour[0] = colour_at(vertex->position);
    vertex->colour[1] = (float)field->parts[vertex->part].material / 4;
    vertex->colour[2] = 0.5f;
    vertex->roughness = 0.5f;
    vertex->metallic = 0;
}

static const FieldBody SMALL = {.low = {3.5f, -1.5f, -1.5f},
                                .high = {6.5f, 1.5f, 1.5f},
                                .step_mm = 0.08f,
                                .texel_mm = 0.03f};
static const FieldBody WIRES = {.low = {-9, -9, -9},
                                .high = {9, 9, 9},
                                .step_mm = 0.1f,
                                .texel_mm = 0.03f,
                                .is_wire = true};

// Of a dumbbell: how far apart its balls stand, and where a wire between them ends.
static float apart_mm, wire_end_mm;

// The second body hangs on a bar of the first; a cut of the second leaves the first alone.
static void *build_dumbbell(Field *field, Arena *arena)
{
    (void)arena;
    shape_add(field, shape_ball(v3(0, 0, 0), 2), (Carve){.material = 1});
    shape_add(field, shape_cone(v3(0, 0, 0), 0.5f, v3(4.6f, 0, 0), 0.5f),
              (Carve){.material = 1});
    field_begin(field, SMALL);
    shape_add(field, shape_ball(v3(apart_mm, 0, 0), 1), (Carve){.material = 2});
    shape_add(field, shape_ball(v3(0, 0, 0), 3), (Carve){.op = PART_CUT, .material = 2});
    field_begin(field, WIRES);
    shape_add(field, shape_cone(v3(0, 1.5f, 0), 0.02f, v3(wire_end_mm, 0.8f, 0), 0.02f),
              (Carve){.material = 3});
    return NULL;
}

// A coil lies over itself from wherever one looks.
static void *build_coil(Field *field, Arena *arena)
{
    (void)arena;
    for (int i = 0; i < 60; i++) {
        float a = (float)i * 0.4f, b = a + 0.4f;
        shape_add(field,
                  shape_cone(v3(2 * cosf(a), a * 0.3f - 3, 2 * sinf(a)), 0.5f,
                             v3(2 * cosf(b), b * 0.3f - 3, 2 * sinf(b)), 0.5f),
                  (Carve){.material = 1});
    }
    return NULL;
}

static Piece piece_of(void *(*build)(Field *, Arena *))
{
    return (Piece){.name = "trial",
                   .low_mm = {-7, -7, -7},
                   .high_mm = {7, 7, 7},
                   .step_mm = 0.12f,
                   .draft_step_mm = 0.2f,
                   .sky_mm = 3,
                   .component_count = 1,
                   .simplify = {.error_mm = 0.002f, .normal_mm = 0.01f},
                   .build = build,
                   .skin_mm = 0.05f,
                   .shade = shade};
}

static Status make(Arena *arena, void *(*build)(Field *, Arena *), Sculpture *out)
{
    static Piece piece;
    piece = piece_of(build);
    return sculpt_make(&(SculptDesc){.piece = &piece, .texel_scale = 1}, arena, out);
}

// ---- tests

static void bodies_are_one_sculpture(void **state)
{
    (void)state;
    Arena arena = {0};
    Sculpture s;
    apart_mm = 5, wire_end_mm = 5;
    assert_ok(make(&arena, build_dumbbell, &s));
    assert_int_equal(s.inlay_count, 2);
    assert_int_equal(s.picture_count, 3);
    assert_ok(sculpt_check(&s, 1));
    assert_int_equal(sculpt_check(&s, 2), ERR_INVALID);
    // The first ball is whole, though the second body is cut there.
    float least = 9;
    for (size_t i = 0; i < s.index_count / 3; i++)
        for (size_t k = 0; k < 3 && s.triangle_charts[i] == 0; k++) {
            Vec3 p = s.vertices[s.indices[3 * i + k]].position;
            least = fminf(least, v3_length(p));
        }
    assert_true(least > 1.95f);
    arena_drop(&arena);
}

static void what_floats_is_refused(void **state)
{
    (void)state;
    Arena arena = {0};
    Sculpture s;
    apart_mm = 6.4f, wire_end_mm = 6.4f; // beyond the bar's end
    assert_int_equal(make(&arena, build_dumbbell, &s), ERR_INVALID);
    assert_non_null(strstr(fault_last()->text, "floats"));
    apart_mm = 5, wire_end_mm = 3.2f; // between the two
    assert_int_equal(make(&arena, build_dumbbell, &s), ERR_INVALID);
    assert_non_null(strstr(fault_last()->text, "a wire ends in the air at 3.20 0.80 0.00"));
    arena_drop(&arena);
}

static void wires_are_round_and_shut(void **state)
{
    (void)state;
    Arena arena = {0};
    Sculpture s;
    apart_mm = 5, wire_end_mm = 5;
    assert_ok(make(&arena, build_dumbbell, &s));
    Vec3 from = v3(0, 1.5f, 0), way = v3_unit(v3_sub(v3(5, 0.8f, 0), from));
    int ends = 0, sides = 0;
    for (size_t i = 0; i < s.vertex_count; i++) {
        if (s.vertices[i].colour[1] < 0.7f)
            continue;
        Vec3 d = v3_sub(s.vertices[i].position, from);
        float off = v3_length(v3_mad(d, way, -v3_dot(d, way)));
        ends += off < 1e-4f;
        sides += fabsf(off - 0.02f) < 1e-4f;
        assert_true(off < 0.0201f);
    }
    assert_int_equal(ends, 2);
    assert_true(sides > 100);
    arena_drop(&arena);
}

// Twice the area, with its sign.
static float area_of(const float c[3][2])
{
    return (c[1][0] - c[0][0]) * (c[2][1] - c[0][1]) -
           (c[1][1] - c[0][1]) * (c[2][0] - c[0][0]);
}

// Every place of the surface has a texel of its own, and it says what that place looks like.
static void check_skin(const Sculpture *s)
{
    size_t seen = 0, unsure = 0;
    for (size_t t = 0; t < s->index_count / 3; t++) {
        const SculptPicture *picture = &s->pictures[s->triangle_charts[t]];
        const float(*c)[2] = (const float(*)[2])s->triangle_texels[t];
        Vec3 middle = {0, 0, 0};
        float at[2] = {0, 0};
        for (size_t k = 0; k < 3; k++) {
            middle = v3_mad(middle, s->vertices[s->indices[3 * t + k]].position, 1.0f / 3);
            for (int d = 0; d < 2; d++) {
                at[d] += c[k][d] / 3;
                assert_true(c[k][d] >= 1 &&
                            c[k][d] <= (float)(d ? picture->height : picture->width) - 1);
            }
        }
        if (fabsf(area_of(c)) < 3)
            continue;                // smaller than its texels
        assert_true(area_of(c) < 0); // seen from outside, rows going down
        const uint8_t *texel =
            picture->colour + ((size_t)at[1] * picture->width + (size_t)at[0]) * 4;
        int expected = sculpt_srgb(colour_at(middle));
        // A texel on a steep place reaches far; another place's would be anything.
        unsure += abs((int)texel[0] - expected) > 22;
        if (abs((int)texel[0] - expected) > 60)
            fail_msg("triangle %zu at %.2f %.2f %.2f is told %d, not %d", t, (double)middle.x,
                     (double)middle.y, (double)middle.z, texel[0], expected);
        seen++;
    }
    assert_true(seen > 1000 && unsure * 300 < seen);
}

static void a_skin_shows_every_place(void **state)
{
    (void)state;
    Arena arena = {0};
    Sculpture s;
    apart_mm = 5, wire_end_mm = 5;
    assert_ok(make(&arena, build_dumbbell, &s));
    check_skin(&s);
    assert_ok(make(&arena, build_coil, &s));
    check_skin(&s);
    arena_drop(&arena);
}

static void a_skin_repeats_itself(void **state)
{
    (void)state;
    Arena arena = {0};
    Sculpture a, b;
    assert_ok(make(&arena, build_coil, &a));
    assert_ok(make(&arena, build_coil, &b));
    assert_int_equal(a.index_count, b.index_count);
    assert_memory_equal(a.triangle_texels, b.triangle_texels,
                        a.index_count / 3 * sizeof *a.triangle_texels);
    size_t size = (size_t)a.pictures[0].width * a.pictures[0].height * 4;
    assert_memory_equal(a.pictures[0].colour, b.pictures[0].colour, size);
    assert_memory_equal(a.pictures[0].normal, b.pictures[0].normal, size);
    arena_drop(&arena);
}

static void plates_keep_their_outline(void **state)
{
    (void)state;
    static const float SQUARE[][2] = {{-2, -1}, {2, -1}, {2, 1}, {-2, 1}};
    Arena arena = {0};
    Field field = {.arena = &arena};
    Outline outline = outline_make(SQUARE, COUNT_OF(SQUARE), 0, &arena);
    Frame frame = {v3(0, 0, 5), v3(1, 0, 0), v3(0, 1, 0), v3(0, 0, 1)};
    shape_add(&field, shape_plate(&outline, frame, 0.5f, 0, &arena), (Carve){0});
    assert_true(fabsf(field_at(&field, v3(3, 0, 5)) - 1) < 1e-4f);
    assert_true(fabsf(field_at(&field, v3(0, 0, 5)) + 0.5f) < 1e-4f);
    assert_true(fabsf(field_at(&field, v3(0, 0, 6.5f)) - 1) < 1e-4f);
    assert_true(fabsf(field_at(&field, v3(0, 1.75f, 5)) - 0.75f) < 1e-4f);
    // A curve goes through its points, and is round between them.
    Outline curve = outline_make(SQUARE, COUNT_OF(SQUARE), 8, &arena);
    float u[] = {2, 2.15f, 0}, v[] = {1, 0, 0}, d[3];
    outline_distance(&curve, 3, u, v, d);
    assert_true(fabsf(d[0]) < 1e-4f);
    assert_true(d[1] < 0 && d[2] < -1);
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bodies_are_one_sculpture), cmocka_unit_test(what_floats_is_refused),
        cmocka_unit_test(wires_are_round_and_shut), cmocka_unit_test(a_skin_shows_every_place),
        cmocka_unit_test(a_skin_repeats_itself),    cmocka_unit_test(plates_keep_their_outline),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
