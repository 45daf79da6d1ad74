// test_sculpt.c: the sculptor: fields, contours, simplification, occlusion, letters, files.

#include "test.h"

#include <math.h>

#include "exhibits/sculptor/lettering.h"
#include "exhibits/sculptor/noise.h"
#include "exhibits/sculptor/occlusion.h"
#include "exhibits/sculptor/ply.h"
#include "exhibits/sculptor/sculpt.h"
#include "io/file.h"

static Vec3 anywhere(Chance *chance, float reach)
{
    float x = chance_between(chance, -reach, reach), y = chance_between(chance, -reach, reach);
    return v3(x, y, chance_between(chance, -reach, reach));
}

// ---- fields

static void add_any_part(Field *field, Chance *chance)
{
    static const PartOp OPS[] = {PART_UNION, PART_UNION, PART_CUT, PART_INSET, PART_RAISE};
    Vec3 at = anywhere(chance, 8), way = v3_unit(anywhere(chance, 1));
    Frame frame = frame_make(at, way, v3_unit(anywhere(chance, 1)));
    float size = chance_between(chance, 0.3f, 2.5f);
    Tube tube = {
        at, v3_mad(at, way, size), anywhere(chance, 8), size * 0.4f, size * 0.5f, size * 0.2f,
        5};
    Part shapes[] = {
        shape_ball(at, size),
        shape_ellipsoid(frame, v3(size, size * 0.6f, size * 0.8f)),
        shape_cone(at, size, v3_mad(at, way, 3), size * 0.5f),
        shape_spindle(at, v3_mad(at, way, 3), size * 0.3f),
        shape_box(frame, v3(size, size * 0.5f, size), size * 0.1f),
        shape_cylinder(frame, size, size * 0.5f, 0.1f),
        shape_ring(frame, size, size * 0.2f, size * 0.3f),
        shape_prism(frame, v3(size, size, size * 0.5f), 0.05f),
        shape_tube(&tube, field->arena),
    };
    size_t shape = (size_t)(chance_next(chance) * (float)COUNT_OF(shapes));
    size_t op = (size_t)(chance_next(chance) * (float)COUNT_OF(OPS));
    shape_add(field, shapes[shape],
              (Carve){.op = OPS[op], .blend_mm = chance_next(chance) * 0.4f, .depth_mm = 0.3f});
}

static Field any_field(Arena *arena, int parts, uint32_t seed)
{
    Field field = {.arena = arena};
    Chance chance = {seed};
    shape_add(&field, shape_ball(v3(0, 0, 0), 6), (Carve){0});
    for (int i = 0; i < parts; i++)
        add_any_part(&field, &chance);
    return field;
}

static void check_region(const Field *field, const FieldRegion *region, Chance *chance)
{
    for (int i = 0; i < 20; i++) {
        Vec3 way = v3_unit(anywhere(chance, 1));
        Vec3 p = v3_mad(region->centre, way, region->radius_mm * chance_next(chance));
        FieldPoints at = {1, &p.x, &p.y, &p.z};
        float all = field_at(field, p), some;
        field_eval(field, region->list, &at, &some);
        if (region->side == FIELD_MIXED)
            assert_true(some == all);
        else
            assert_true(region->side == FIELD_INSIDE ? all < 0 : all > 0);
    }
}

static void dropping_parts_changes_nothing(void **state)
{
    (void)state;
    Arena arena = {0};
    Field field = any_field(&arena, 250, 12);
    FieldList list = field_all(&field, &arena);
    Chance chance = {99};
    int sides[3] = {0}, dropped = 0;
    for (int i = 0; i < 400; i++) {
        FieldRegion region = {.centre = anywhere(&chance, 11),
                              .radius_mm = chance_between(&chance, 0.05f, 2)};
        region.list.parts = ARENA_ARRAY(&arena, uint32_t, list.count);
        field_prune(&field, list, &region, 1);
        sides[region.side]++;
        dropped += (int)(list.count - region.list.count);
        check_region(&field, &region, &chance);
    }
    assert_true(sides[FIELD_INSIDE] && sides[FIELD_OUTSIDE] && sides[FIELD_MIXED]);
    assert_true(dropped > 400 * 200); // most parts are elsewhere
    arena_drop(&arena);
}

static void shapes_keep_their_bounds(void **state)
{
    (void)state;
    Arena arena = {0};
    Field field = any_field(&arena, 400, 5);
    Chance chance = {7};
    for (size_t i = 0; i < field.part_count; i++) {
        const Part *part = &field.parts[i];
        for (int k = 0; k < 60; k++) {
            Vec3 a = anywhere(&chance, 9), b = v3_mad(a, v3_unit(anywhere(&chance, 1)),
                                                      chance_between(&chance, 0.02f, 2));
            float xs[] = {a.x, b.x}, ys[] = {a.y, b.y}, zs[] = {a.z, b.z}, values[2];
            part->eval(part, &(FieldPoints){2, xs, ys, zs}, values);
            assert_true(fabsf(values[0] - values[1]) <=
                        part->lipschitz * v3_length(v3_sub(a, b)) + 1e-4f);
        }
    }
    arena_drop(&arena);
}

// ---- whole pieces

static void shade_plain(const void *context, const Field *field, SculptVertex *vertex)
{
    (void)context;
    (void)field;
    vertex->colour[0] = vertex->colour[1] = vertex->colour[2] = 0.5f;
    vertex->roughness = 0.5f;
}

static const float BALL_MM = 4, RING_MM = 5, THICK_MM = 1.5f;

static void *build_ball(Field *field, Arena *arena)
{
    (void)arena;
    shape_add(field, shape_ball(v3(0, 0, 0), BALL_MM), (Carve){0});
    return NULL;
}

static void *build_ring(Field *field, Arena *arena)
{
    (void)arena;
    Frame frame = frame_make(v3(0, 0, 0), v3(0.3f, 1, 0), v3(0.2f, 0, 1));
    shape_add(field, shape_ring(frame, RING_MM, THICK_MM, THICK_MM), (Carve){0});
    return NULL;
}

static void *build_two(Field *field, Arena *arena)
{
    (void)arena;
    shape_add(field, shape_ball(v3(-3, 0, 0), 2), (Carve){0});
    shape_add(field, shape_ball(v3(3, 0, 0), 2), (Carve){0});
    return NULL;
}

// A field that changes four times as fast as it says.
static void eval_liar(const Part *part, const FieldPoints *at, float *restrict values)
{
    (void)part;
    for (int i = 0; i < at->count; i++) {
        float r = sqrtf(at->x[i] * at->x[i] + at->y[i] * at->y[i] + at->z[i] * at->z[i]);
        values[i] = 4 * (r - BALL_MM);
    }
}

static void *build_liar(Field *field, Arena *arena)
{
    (void)arena;
    shape_add(field, (Part){.eval = eval_liar, /* four, truly */ .lipschitz = 2}, (Carve){0});
    return NULL;
}

static Piece piece_of(void *(*build)(Field *, Arena *))
{
    return (Piece){
        .name = "test",
        .summary = "",
        .low_mm = v3(-7, -7, -7),
        .high_mm = v3(7, 7, 7),
        .step_mm = 0.12f,
        .draft_step_mm = 0.2f,
        .sky_mm = 3,
        .component_count = 1,
        .simplify = {.error_mm = 0.004f, .normal_mm = 0.02f, .colour_mm = 0.02f},
        .build = build,
        .shade = shade_plain,
    };
}

static Sculpture make(const Piece *piece, int workers, Arena *arena)
{
    Sculpture sculpture;
    assert_ok(
        sculpt_make(&(SculptDesc){.piece = piece, .worker_limit = workers}, arena, &sculpture));
    return sculpture;
}

static int euler_number(const Sculpture *s)
{
    // Closed: every edge has two triangles.
    return (int)s->vertex_count - (int)s->index_count / 2 + (int)s->index_count / 3;
}

static float error_at(float (*distance)(Vec3), const Sculpture *s)
{
    float worst = 0;
    for (size_t i = 0; i < s->index_count; i += 3) {
        Vec3 middle = {0, 0, 0};
        for (int k = 0; k < 3; k++)
            middle = v3_mad(middle, s->vertices[s->indices[i + (size_t)k]].position, 1 / 3.0f);
        worst = fmaxf(worst, fabsf(distance(middle)));
    }
    return worst;
}

static float ball_distance(Vec3 p)
{
    return v3_length(p) - BALL_MM;
}

static float ring_distance(Vec3 p)
{
    Frame frame = frame_make(v3(0, 0, 0), v3(0.3f, 1, 0), v3(0.2f, 0, 1));
    Vec3 q = frame_to_local(&frame, p);
    float away = sqrtf(q.x * q.x + q.y * q.y) - RING_MM;
    return sqrtf(away * away + q.z * q.z) - THICK_MM;
}

static void a_ball_is_a_ball(void **state)
{
    (void)state;
    Arena arena = {0};
    Piece piece = piece_of(build_ball);
    Sculpture s = make(&piece, 0, &arena);
    assert_ok(sculpt_check(&s, 1));
    assert_int_equal(euler_number(&s), 2);
    for (size_t i = 0; i < s.vertex_count; i++) {
        const SculptVertex *v = &s.vertices[i];
        assert_true(fabsf(ball_distance(v->position)) < 0.01f);
        assert_true(v3_dot(v->normal, v3_unit(v->position)) > 0.999f);
    }
    arena_drop(&arena);
}

static void a_ring_has_one_hole(void **state)
{
    (void)state;
    Arena arena = {0};
    Piece piece = piece_of(build_ring);
    Sculpture s = make(&piece, 0, &arena);
    assert_ok(sculpt_check(&s, 1));
    assert_int_equal(euler_number(&s), 0);
    assert_true(error_at(ring_distance, &s) < 0.03f);
    arena_drop(&arena);
}

static void simplifying_keeps_to_its_error(void **state)
{
    (void)state;
    Arena arena = {0};
    Piece piece = piece_of(build_ball);
    size_t last = SIZE_MAX;
    static const float ERRORS_MM[] = {0.001f, 0.004f, 0.016f};
    for (size_t i = 0; i < COUNT_OF(ERRORS_MM); i++) {
        piece.simplify = (SimplifyDesc){.error_mm = ERRORS_MM[i]};
        Sculpture s = make(&piece, 0, &arena);
        assert_ok(sculpt_check(&s, 1));
        assert_true(s.index_count < last && s.index_count / 3 < s.raw_triangle_count);
        // The grid's own error comes on top; a root mean square is less than the worst.
        assert_true(error_at(ball_distance, &s) < 0.004f + 4 * ERRORS_MM[i]);
        last = s.index_count;
    }
    arena_drop(&arena);
}

static void components_are_counted(void **state)
{
    (void)state;
    Arena arena = {0};
    Piece piece = piece_of(build_two);
    Sculpture s = make(&piece, 0, &arena);
    assert_ok(sculpt_check(&s, 2));
    assert_status(sculpt_check(&s, 1), ERR_INVALID);
    assert_non_null(strstr(fault_last()->text, "falls into 2 pieces"));
    s.index_count -= 3; // a hole
    assert_status(sculpt_check(&s, 2), ERR_INVALID);
    assert_non_null(strstr(fault_last()->text, "open edges"));
    arena_drop(&arena);
}

static void crumbs_are_swept(void **state)
{
    (void)state;
    Arena arena = {0};
    Piece piece = piece_of(build_two);
    piece.dust_mm = 5;
    Sculpture s = make(&piece, 0, &arena);
    assert_int_equal(s.dust_count, 2);
    assert_int_equal(s.index_count, 0);
    arena_drop(&arena);
}

static void torn_fields_are_refused(void **state)
{
    (void)state;
    Arena arena = {0};
    Piece piece = piece_of(build_liar);
    Sculpture s;
    assert_status(sculpt_make(&(SculptDesc){.piece = &piece}, &arena, &s), ERR_INVALID);
    assert_non_null(strstr(fault_last()->text, "torn"));
    arena_drop(&arena);
}

static void threads_do_not_matter(void **state)
{
    (void)state;
    Arena arena = {0};
    Piece piece = piece_of(build_ring);
    Sculpture first = make(&piece, 1, &arena);
    for (int workers = 0; workers <= 3; workers++) {
        Sculpture again = make(&piece, workers, &arena);
        assert_int_equal(first.vertex_count, again.vertex_count);
        assert_int_equal(first.index_count, again.index_count);
        assert_memory_equal(first.indices, again.indices,
                            first.index_count * sizeof *first.indices);
        assert_memory_equal(first.vertices, again.vertices,
                            first.vertex_count * sizeof *first.vertices);
    }
    arena_drop(&arena);
}

// ---- light

static void pits_are_darker_than_hills(void **state)
{
    (void)state;
    Arena arena = {0};
    Field field = {.arena = &arena};
    Frame flat = frame_make(v3(0, 0, 0), v3(0, 0, 1), v3(0, 1, 0));
    shape_add(&field, shape_half_space(flat), (Carve){0});
    shape_add(&field,
              shape_cylinder(frame_make(v3(-3, 0, 0), v3(0, 1, 0), v3(0, 0, 1)), 0.8f, 2, 0),
              (Carve){.op = PART_CUT});
    shape_add(&field, shape_ball(v3(3, 0, 0), 1.5f), (Carve){0});
    OcclusionGrid grid;
    assert_ok(occlusion_make(&field, v3(-6, -4, -6), v3(6, 4, 6), 0.1f, &arena, &grid));
    Vec3 up = v3(0, 1, 0);
    float pit = occlusion_at(&grid, v3(-3, -2, 0), up, 5),
          hill = occlusion_at(&grid, v3(3, 1.5f, 0), up, 5);
    float plain = occlusion_at(&grid, v3(0, 0, -4), up, 5),
          foot = occlusion_at(&grid, v3(1.4f, 0, 0), up, 5);
    assert_true(pit < foot - 0.2f && foot < plain - 0.1f);
    assert_true(hill > 0.9f && plain > 0.9f);
    arena_drop(&arena);
}

// ---- letters

static void the_alphabet_is_whole(void **state)
{
    (void)state;
    Arena arena = {0};
    static const char ALPHABET[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:";
    Frame frame = frame_make(v3(0, 0, 0), v3(0, 1, 0), v3(0, 0, 1));
    for (const char *c = ALPHABET; *c; c++) {
        char text[2] = {*c, 0};
        assert_ok(lettering_check(text));
        Lettering letter = {.text = text, .height_mm = 2, .stroke_mm = 0.1f};
        Part part = shape_lettering(&letter, frame, &arena);
        int inside = 0;
        for (float y = -1.2f; y <= 1.2f; y += 0.05f)
            for (float x = -1.2f; x <= 1.2f; x += 0.05f) {
                float z = 0, value;
                part.eval(&part, &(FieldPoints){1, &x, &y, &z}, &value);
                inside += value < 0;
            }
        assert_true(inside > 0); // every letter has a stroke
    }
    assert_ok(lettering_check(ALPHABET));
    assert_ok(lettering_check("A B"));
    arena_drop(&arena);
}

static void unknown_letters_are_refused(void **state)
{
    (void)state;
    static const char *const BAD[] = {"", "a", "NEMO!", "M\xc3\x9cNSTER", "A\tB"};
    for (size_t i = 0; i < COUNT_OF(BAD); i++)
        assert_status(lettering_check(BAD[i]), ERR_INVALID);
    assert_status(lettering_check("NEMO!"), ERR_INVALID);
    assert_non_null(strstr(fault_last()->text, "at place 4 of 'NEMO!'"));
}

static void a_ring_of_letters_has_no_seam(void **state)
{
    (void)state;
    Arena arena = {0};
    Lettering words = {.text = "IN NUCE - ", .height_mm = 1, .stroke_mm = 0.1f, .ring_mm = 3};
    float free = 2 * PI_F * words.ring_mm - lettering_width_mm(&words) - 0.18f;
    words.spacing = 0.18f + free / 10;
    Part part =
        shape_lettering(&words, frame_make(v3(0, 0, 0), v3(0, 1, 0), v3(0, 0, 1)), &arena);
    // The same on both sides of where the line begins, and heads outwards.
    for (float r = 2.6f; r < 3.4f; r += 0.1f) {
        float xs[] = {r, r}, ys[] = {1e-4f, -1e-4f}, zs[] = {0, 0}, values[2];
        part.eval(&part, &(FieldPoints){2, xs, ys, zs}, values);
        assert_true(fabsf(values[0] - values[1]) < 0.01f);
    }
    arena_drop(&arena);
}

// ---- files

static uint32_t read_u32(const uint8_t *at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
           (uint32_t)at[3] << 24;
}

static void a_ply_says_what_the_sculpture_is(void **state)
{
    (void)state;
    Arena arena = {0};
    Piece piece = piece_of(build_ring);
    Sculpture s = make(&piece, 0, &arena);
    char path[] = "/tmp/sculpt-XXXXXX";
    int handle = mkstemp(path);
    assert_true(handle >= 0);
    close(handle);
    assert_ok(ply_write(&s, path));
    Bytes file;
    assert_ok(file_read(path, 1 << 28, &arena, &file));
    remove(path);
    const char *text = (const char *)file.ptr, *end = strstr(text, "end_header\n");
    assert_non_null(end);
    assert_non_null(strstr(text, "comment millimetres"));
    const char *vertices = strstr(text, "element vertex "),
               *faces = strstr(text, "element face ");
    assert_true(vertices && faces && vertices < end && faces < end);
    assert_int_equal(strtoul(vertices + 15, NULL, 10), s.vertex_count);
    assert_int_equal(strtoul(faces + 13, NULL, 10), s.index_count / 3);
    const uint8_t *body = (const uint8_t *)end + 11, *face = body + s.vertex_count * 30;
    assert_int_equal((size_t)(file.ptr + file.len - body),
                     s.vertex_count * 30 + s.index_count / 3 * 13);
    for (size_t i = 0; i < s.vertex_count; i += 97)
        assert_memory_equal(body + i * 30, &s.vertices[i].position, 12);
    for (size_t i = 0; i < s.index_count; i += 3, face += 13) {
        assert_int_equal(face[0], 3);
        for (size_t k = 0; k < 3; k++)
            assert_int_equal(read_u32(face + 1 + 4 * k), s.indices[i + k]);
    }
    assert_true(ply_write(&s, "/nowhere/at/all.ply") != OK);
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dropping_parts_changes_nothing),
        cmocka_unit_test(shapes_keep_their_bounds),
        cmocka_unit_test(a_ball_is_a_ball),
        cmocka_unit_test(a_ring_has_one_hole),
        cmocka_unit_test(simplifying_keeps_to_its_error),
        cmocka_unit_test(components_are_counted),
        cmocka_unit_test(crumbs_are_swept),
        cmocka_unit_test(torn_fields_are_refused),
        cmocka_unit_test(threads_do_not_matter),
        cmocka_unit_test(pits_are_darker_than_hills),
        cmocka_unit_test(the_alphabet_is_whole),
        cmocka_unit_test(unknown_letters_are_refused),
        cmocka_unit_test(a_ring_of_letters_has_no_seam),
        cmocka_unit_test(a_ply_says_what_the_sculpture_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
