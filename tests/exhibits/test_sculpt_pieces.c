// test_sculpt_pieces.c: the built-in collection: drafts of its pieces, their bounds, their
// details. What it says is test_small_wonders_texts.c's.

#include "test.h"

#include <math.h>

#include "exhibits/model/story.h"
#include "exhibits/sculptor/noise.h"
#include "exhibits/sculptor/sculpt.h"
#include "io/file.h"

static const Piece *piece_at(size_t index)
{
    size_t count;
    const Piece *const *pieces = piece_list(&count);
    assert_true(count >= 2);
    return index < count ? pieces[index] : NULL;
}

static bool is_in(Vec3 p, Vec3 low, Vec3 high)
{
    return p.x >= low.x && p.y >= low.y && p.z >= low.z && p.x <= high.x && p.y <= high.y &&
           p.z <= high.z;
}

static void drafts_are_whole(void **state)
{
    (void)state;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    print_message("skipped: minutes under a sanitizer\n");
    skip();
#endif
    for (size_t i = 0; piece_at(i); i++) {
        const Piece *piece = piece_at(i);
        Arena arena = {0};
        Sculpture s;
        assert_ok(sculpt_make(&(SculptDesc){.piece = piece, .step_mm = piece->draft_step_mm},
                              &arena, &s));
        assert_ok(sculpt_check(&s, piece->component_count));
        float lowest = 1e9f;
        for (size_t v = 0; v < s.vertex_count; v++) {
            assert_true(is_in(s.vertices[v].position, piece->low_mm, piece->high_mm));
            lowest = fminf(lowest, s.vertices[v].position.y);
        }
        assert_true(fabsf(lowest) < 0.1f); // it stands on the ground
        arena_drop(&arena);
    }
}

// What a part claims of itself, tried on pairs of points around it, near and far.
static void try_part(const Part *part, const Piece *piece, Chance *chance)
{
    Vec3 extent = v3_sub(piece->high_mm, piece->low_mm);
    for (int k = 0; k < 60; k++) {
        bool is_near = k % 2;
        Vec3 a = v3(chance_next(chance) * extent.x, chance_next(chance) * extent.y,
                    chance_next(chance) * extent.z);
        a = v3_add(a, piece->low_mm);
        if (is_near) {
            float reach = 2 + (part->size[0] > 0 && part->size[0] < 20 ? part->size[0] : 0);
            a = v3_add(part->frame.origin,
                       v3(chance_around(chance, reach), chance_around(chance, reach),
                          chance_around(chance, reach)));
        }
        Vec3 way = v3_unit(
            v3(chance_around(chance, 1), chance_around(chance, 1), chance_around(chance, 1)));
        float apart =
            is_near ? chance_between(chance, 0.01f, 0.4f) : chance_between(chance, 0.2f, 6);
        Vec3 b = v3_mad(a, way, apart);
        float xs[] = {a.x, b.x}, ys[] = {a.y, b.y}, zs[] = {a.z, b.z}, values[2];
        part->eval(part, &(FieldPoints){2, xs, ys, zs}, values);
        float bound = part->lipschitz * apart;
        if (part->coarse_lipschitz > 0)
            bound = fminf(bound, part->coarse_lipschitz * apart + part->rough_mm);
        // Where the surface lies between two points, neither may claim that it does not.
        if ((values[0] < 0) != (values[1] < 0) && fabsf(values[0] - values[1]) > bound + 2e-3f)
            fail_msg(
                "%s: part of tag %d, material %d changes by %g over %g mm; its bound is %g",
                piece->name, part->tag, part->material, (double)fabsf(values[0] - values[1]),
                (double)apart, (double)bound);
    }
}

static void parts_keep_their_bounds(void **state)
{
    (void)state;
    for (size_t i = 0; piece_at(i); i++) {
        const Piece *piece = piece_at(i);
        Arena arena = {0};
        Field field = {.arena = &arena};
        piece->build(&field, &arena);
        Chance chance = {1234};
        for (size_t k = 0; k < field.part_count; k++)
            try_part(&field.parts[k], piece, &chance);
        arena_drop(&arena);
    }
}

static Bytes read_text(const Piece *piece, const char *name, Arena *arena)
{
    const char *source = getenv("VITRINE_SOURCE");
    Bytes bytes;
    const char *path = str_format(arena, "%s/exhibits/small-wonders/%s/%s",
                                  source ? source : ".", piece->name, name);
    assert_ok(file_read(path, STORY_MAX_BYTES, arena, &bytes));
    return bytes;
}

static void details_lie_on_the_surface(void **state)
{
    (void)state;
    for (size_t i = 0; piece_at(i); i++) {
        const Piece *piece = piece_at(i);
        Arena arena = {0};
        Field field = {.arena = &arena};
        piece->build(&field, &arena);
        Story story = {0};
        assert_ok(story_parse(read_text(piece, STORY_FILE, &arena), STORY_FILE, &arena, NULL,
                              &story));
        assert_in_range(story.hotspot_count, 6, 12);
        for (uint32_t k = 0; k < story.hotspot_count; k++) {
            const StoryHotspot *spot = &story.hotspots[k];
            Vec3 p =
                v3(spot->point_m[0] * 1000, spot->point_m[1] * 1000, spot->point_m[2] * 1000);
            Vec3 n = v3(spot->normal[0], spot->normal[1], spot->normal[2]);
            float away = field_at(&field, p), before = field_at(&field, v3_mad(p, n, 0.3f));
            if (fabsf(away) > 0.1f || before < 0)
                fail_msg("%s: detail '%s' lies %.2f mm from the surface", piece->name, spot->id,
                         (double)away);
        }
        arena_drop(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_keep_their_bounds),
        cmocka_unit_test(details_lie_on_the_surface),
        cmocka_unit_test(drafts_are_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
