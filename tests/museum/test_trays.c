// test_trays.c: several pieces on one stand: each has a compartment of its own, is found by
// looking, pointing and stepping from one to the next, and is written and read again.

#include "exhibits/model/gallery_mesh.h"
#include "exhibits/model/layout.h"
#include "museum/exhibit.h"
#include "museum/gallery.h"
#include "museum/visitor.h"
#include "test.h"

#include <math.h>
#include <string.h>

enum { COINS = 7, PIECES = 9 };

typedef struct Fixture {
    Arena arena;
    Plan plan;
    Gallery gallery;
} Fixture;

// Seven coins, a vase in their midst, a spear.
static void make_plan(Arena *arena, Plan *out)
{
    LayoutPiece *pieces = ARENA_ARRAY(arena, LayoutPiece, PIECES);
    for (uint32_t i = 0; i < PIECES; i++) {
        float wide = 0.018f + 0.003f * (float)i;
        pieces[i] = (LayoutPiece){.id = str_format(arena, "piece-%u", i),
                                  .size_m = {wide, 0.002f, wide}};
    }
    pieces[3] = (LayoutPiece){.id = "vase", .size_m = {0.2f, 0.35f, 0.2f}};
    pieces[8] = (LayoutPiece){.id = "spear", .size_m = {0.06f, 0.3f, 0.06f}};
    assert_ok(layout_make(pieces, PIECES, arena, out));
}

static int set_up(void **state)
{
    static Fixture fixture;
    fixture = (Fixture){0};
    make_plan(&fixture.arena, &fixture.plan);
    gallery_make(&fixture.plan, NULL, &fixture.arena, &fixture.gallery);
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    arena_drop(&((Fixture *)*state)->arena);
    return 0;
}

static bool is_coin(uint32_t place)
{
    return place != 3 && place != 8;
}

static void coins_share_a_cabinet(void **state)
{
    const Plan *plan = &((Fixture *)*state)->plan;
    Problems problems = {.arena = &((Fixture *)*state)->arena};
    assert_ok(plan_check(plan, "layout", &problems));
    for (uint32_t i = 0; i < PIECES; i++) {
        const PlanPlace *place = &plan->places[i];
        assert_int_equal(plan_stand_of(plan, i), is_coin(i) ? 0 : i);
        assert_true(is_coin(i) == (place->tray_m[0] > 0));
        if (!is_coin(i))
            continue;
        // The label lies in its compartment, clear of the piece.
        float spot[2], local[2], c = cosf(place->yaw), s = sinf(place->yaw);
        plan_piece_spot(place, spot);
        float x = place->label_position[0] - spot[0], z = place->label_position[2] - spot[1];
        local[0] = x * c - z * s;
        local[1] = x * s + z * c;
        float reach = place->label_size_m[1] / 2 * sinf(place->label_tilt);
        assert_true(fabsf(local[0]) < 1e-3f);
        assert_true(place->label_size_m[0] < place->tray_m[0]);
        assert_true(local[1] - reach > (0.018f + 0.003f * (float)i) / 2);
        assert_true(local[1] + reach < place->tray_m[1] / 2);
        assert_true(place->glass_m > 0.01f);
    }
    assert_int_equal(plan->route_count, PIECES);
}

static void a_spear_has_lamps_in_its_tower(void **state)
{
    const Plan *plan = &((Fixture *)*state)->plan;
    const PlanPlace *tower = &plan->places[8];
    uint32_t lamps = 0, shadows = 0;
    assert_int_equal(tower->stand, PLAN_TOWER);
    for (uint32_t i = 0; i < plan->light_count; i++) {
        const PlanLight *light = &plan->lights[i];
        PlanBox box = plan_box(tower->position, tower->yaw, tower->size_m, -0.02f);
        if (light->place != 8)
            continue;
        assert_true(
            plan_box_contains(&box, (float[2]){light->position[0], light->position[2]}));
        assert_true(light->position[1] > plan_piece_floor_m(tower) + 0.3f);
        assert_true(light->position[1] < tower->size_m[1] + tower->glass_m);
        lamps++;
        shadows += light->casts_shadow;
    }
    // From before it one leans in, however high its glass.
    GalleryStand at;
    assert_true(gallery_stand_before(&((Fixture *)*state)->gallery, 8, 1.62, 0.9, &at));
    double away =
        hypot(at.spot[0] - (double)tower->position[0], at.spot[1] - (double)tower->position[1]);
    if (away > 1.6)
        fail_msg("%.2f m from its middle", away);
    assert_int_equal(lamps, 2);
    assert_int_equal(shadows, 1);
}

static void exhibits_lie_in_their_compartments(void **state)
{
    const Plan *plan = &((Fixture *)*state)->plan;
    for (uint32_t i = 0; i < PIECES; i++) {
        Exhibit exhibit = {.low_m = {-0.01, 0, -0.02}, .high_m = {0.03, 0.002, 0.02}};
        float spot[2], matrix[16];
        exhibit_place(&exhibit, plan, i);
        plan_piece_spot(&plan->places[i], spot);
        assert_true(fabs(exhibit.center[0] - (double)spot[0]) < 1e-5);
        assert_true(fabs(exhibit.center[2] - (double)spot[1]) < 1e-5);
        // As whoever lights the room beforehand says.
        plan_piece_matrix(&plan->places[i], (const float[3]){-0.01f, 0, -0.02f},
                          (const float[3]){0.03f, 0.002f, 0.02f}, matrix);
        for (int k = 0; k < 3; k++)
            assert_true(fabs((double)matrix[12 + k] - exhibit.placement.position[k]) < 1e-5);
    }
}

// From before the cabinet, by looking there, by clicking there, and one after the other.
static void each_is_found(void **state)
{
    const Fixture *fixture = *state;
    const Gallery *gallery = &fixture->gallery;
    for (uint32_t i = 0; i < PIECES; i++) {
        GalleryStand at;
        float spot[2];
        assert_true(gallery_stand_before(gallery, i, 1.62, 0.9, &at));
        assert_true(gallery_is_free(gallery, at.spot));
        int32_t focus = gallery_focus(gallery, at.spot, at.camera_yaw);
        assert_int_equal(focus, plan_stand_of(&fixture->plan, i));
        plan_piece_spot(&fixture->plan.places[i], spot);
        double deck = (double)plan_piece_floor_m(&fixture->plan.places[i]);
        Ray ray = {{at.spot[0], 1.62, at.spot[1]}, {0}};
        sub3((double[3]){spot[0], deck + 0.001, spot[1]}, ray.origin, ray.direction);
        normalize3(ray.direction);
        assert_int_equal(gallery_in_tray(gallery, focus, &ray), i);
        GalleryHit hit;
        assert_true(gallery_pick(gallery, &ray, &hit));
        assert_int_equal(hit.place, i);
    }
    uint32_t seen = 0;
    int32_t place = 0;
    for (int i = 0; i < COINS; i++) {
        seen |= 1u << place;
        int32_t next = gallery_along_tray(gallery, place, 1);
        assert_int_equal(gallery_along_tray(gallery, next, -1), place);
        place = next;
    }
    assert_int_equal(place, 0);
    assert_int_equal(seen, 0xf7);
    assert_int_equal(gallery_along_tray(gallery, 3, 1), 3);
}

static void visitors_turn_to_the_next(void **state)
{
    const Gallery *gallery = &((Fixture *)*state)->gallery;
    VisitorWorld world = {.gallery = gallery, .aspect = 1.5f};
    for (int glides = 0; glides < 2; glides++) {
        Visitor visitor = visitor_make(gallery);
        double before[2] = {visitor.spot[0], visitor.spot[1]};
        visitor.glides = glides;
        visitor_turn_to(&visitor, 0.7f, -0.4f);
        for (int i = 0; i < 600; i++)
            visitor_step(&visitor, &(VisitorActions){0}, &world);
        assert_true(visitor_is_still(&visitor));
        assert_float_equal(visitor.yaw, 0.7f, 1e-5f);
        assert_float_equal(visitor.pitch, -0.4f, 1e-5f);
        assert_memory_equal(visitor.spot, before, sizeof before);
    }
}

static void trays_survive_writing_and_reading(void **state)
{
    Fixture *fixture = *state;
    Bytes json = plan_write(&fixture->plan, &fixture->arena);
    Plan again;
    assert_ok(plan_parse(json, PLAN_FILE, &fixture->arena, NULL, &again));
    assert_int_equal(again.place_count, PIECES);
    for (uint32_t i = 0; i < PIECES; i++) {
        const PlanPlace *a = &fixture->plan.places[i], *b = &again.places[i];
        assert_string_equal(a->piece, b->piece);
        assert_int_equal(a->shares_back, b->shares_back);
        assert_int_equal(a->stand, b->stand);
        for (int k = 0; k < 2; k++) {
            assert_float_equal(a->tray[k], b->tray[k], 1e-4f);
            assert_float_equal(a->tray_m[k], b->tray_m[k], 1e-4f);
            assert_float_equal(a->position[k], b->position[k], 1e-4f);
        }
    }
    Bytes twice = plan_write(&again, &fixture->arena);
    assert_int_equal(twice.len, json.len);
    assert_memory_equal(twice.ptr, json.ptr, json.len);
}

// What an artist may get wrong; each is told, and nothing else is.
static void wrong_trays_are_told(void **state)
{
    (void)state;
    static const struct {
        const char *places, *words;
    } cases[] = {
        {"{'piece':'a','shares':'b','tray':{'at':[0,0],'size_m':[0.1,0.1]}}", "brings a stand"},
        {"{'piece':'a','shares':'a','tray':{'at':[0,0],'size_m':[0.1,0.1]}}", "brings a stand"},
        {"{'piece':'a','stand':'table','position':[2,2]},{'piece':'b','shares':'a'}",
         "no tray"},
        {"{'piece':'a','stand':'table','position':[2,2]},"
         "{'piece':'b','shares':'a','position':[1,1]}",
         "position"},
        {"{'piece':'a','stand':'table','position':[2,2],'tray':{'at':[0.2,0],'size_m':[0.2,0.1]"
         "}}",
         "not on its stand"},
        {"{'piece':'a','stand':'table','position':[2,2],'tray':{'at':[0,0],'size_m':[0.1,0.1]}}"
         ","
         "{'piece':'b','shares':'a','tray':{'at':[0.05,0],'size_m':[0.1,0.1]}}",
         "lies over another"},
        {"{'piece':'a','stand':'dome','position':[2,2],'tray':{'at':[0,0],'size_m':[0.1,0.1]}}",
         "riser"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Arena arena = {0};
        char *json =
            (char *)str_format(&arena,
                               "{'rooms':[{'id':'a','corners':[[0,0],[4,0],[4,4],[0,4]]}],"
                               "'start':{'position':[1,3]},'places':[%s]}",
                               cases[i].places);
        for (char *c = json; *c; c++)
            *c = *c == '\'' ? '"' : *c;
        Problems problems = {.arena = &arena};
        Plan plan;
        Bytes bytes = {(const uint8_t *)json, strlen(json)};
        assert_int_not_equal(plan_parse(bytes, PLAN_FILE, &arena, &problems, &plan), OK);
        bool is_told = false;
        for (size_t k = 0; k < problems.count; k++)
            is_told |= strstr(problems.items[k].text, cases[i].words) != NULL ||
                       strstr(problems.items[k].place, cases[i].words) != NULL;
        if (!is_told)
            fail_msg("case %zu: '%s' is not told", i, cases[i].words);
        arena_drop(&arena);
    }
}

// A slat all around every compartment, and felt between them.
static void compartments_have_slats_and_felt(void **state)
{
    Fixture *fixture = *state;
    GalleryMesh mesh;
    uint32_t felt = 0, room = fixture->plan.places[0].room;
    gallery_mesh_make(&fixture->plan, room, &fixture->arena, &mesh);
    float high = fixture->plan.places[0].size_m[1];
    bool has_slat[PIECES][4] = {{false}};
    for (uint32_t p = 0; p < mesh.part_count; p++) {
        felt += mesh.parts[p].material == GALLERY_FELT;
        for (uint32_t k = 0; k < mesh.parts[p].index_count; k++) {
            const float *at =
                mesh.vertices[mesh.indices[mesh.parts[p].first_index + k]].position;
            for (uint32_t i = 0; i < PIECES && at[1] > high + 0.005f && at[1] < high + 0.02f;
                 i++) {
                const PlanPlace *place = &fixture->plan.places[i];
                float spot[2], c = cosf(place->yaw), s = sinf(place->yaw);
                plan_piece_spot(place, spot);
                float x = (at[0] - spot[0]) * c - (at[2] - spot[1]) * s;
                float z = (at[0] - spot[0]) * s + (at[2] - spot[1]) * c;
                if (fabsf(fabsf(x) - place->tray_m[0] / 2) < 1e-3f &&
                    fabsf(fabsf(z) - place->tray_m[1] / 2) < 1e-3f)
                    has_slat[i][(x > 0) + 2 * (z > 0)] = true;
            }
        }
    }
    assert_int_equal(felt, 1);
    for (uint32_t i = 0; i < PIECES; i++)
        for (int corner = 0; corner < 4 && is_coin(i); corner++)
            assert_true(has_slat[i][corner]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(coins_share_a_cabinet),
        cmocka_unit_test(a_spear_has_lamps_in_its_tower),
        cmocka_unit_test(exhibits_lie_in_their_compartments),
        cmocka_unit_test(each_is_found),
        cmocka_unit_test(visitors_turn_to_the_next),
        cmocka_unit_test(trays_survive_writing_and_reading),
        cmocka_unit_test(wrong_trays_are_told),
        cmocka_unit_test(compartments_have_slats_and_felt),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
