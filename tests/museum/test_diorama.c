// test_diorama.c: stepping inside: on the surface, up to knees and 45 degrees, through no wall,
// never off an edge, and out again. On a computed terrain, and in the nut where its pack is
// built.

#include "io/file.h"
#include "io/vfs.h"
#include "museum/collection.h"
#include "museum/diorama.h"
#include "stream/pick.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#define SCALE 1000.0 // the terrain is so many times smaller than life
#define BODY 0.21    // metres of people: what is always free around them, all but rounding
#define MOST_PACKS_BYTES (512u << 20)

enum { MAX_TRIANGLES = 256 };

static int nut_changes = 40; // of mind, each some fifty steps; more: test_diorama 1000

typedef struct Terrain {
    double corners[MAX_TRIANGLES][3][3];
    int count;
    double drop_m; // it may become other: so much lower everywhere
} Terrain;

// ---- the terrain, told in metres of people

static void add_triangle(Terrain *t, const double a[3], const double b[3], const double c[3])
{
    assert_true(t->count < MAX_TRIANGLES);
    for (int i = 0; i < 3; i++) {
        t->corners[t->count][0][i] = a[i] / SCALE;
        t->corners[t->count][1][i] = b[i] / SCALE;
        t->corners[t->count][2][i] = c[i] / SCALE;
    }
    t->count++;
}

// Eight corners: bit 0 is x, 1 is y, 2 is z; outwards counter-clockwise.
static void add_block(Terrain *t, double corner[8][3])
{
    static const int faces[6][4] = {{0, 4, 6, 2}, {1, 3, 7, 5}, {0, 1, 5, 4},
                                    {2, 6, 7, 3}, {0, 2, 3, 1}, {4, 5, 7, 6}};
    for (int i = 0; i < 6; i++) {
        const int *f = faces[i];
        add_triangle(t, corner[f[0]], corner[f[1]], corner[f[2]]);
        add_triangle(t, corner[f[0]], corner[f[2]], corner[f[3]]);
    }
}

static void add_box(Terrain *t, double x0, double x1, double y0, double y1, double z0,
                    double z1)
{
    double corner[8][3];
    for (int i = 0; i < 8; i++) {
        corner[i][0] = i & 1 ? x1 : x0;
        corner[i][1] = i & 2 ? y1 : y0;
        corner[i][2] = i & 4 ? z1 : z0;
    }
    add_block(t, corner);
}

// Rises from nothing at x0 to `high` at x1.
static void add_ramp(Terrain *t, double x0, double x1, double high, double z0, double z1)
{
    double corner[8][3];
    for (int i = 0; i < 8; i++) {
        corner[i][0] = i & 1 ? x1 : x0;
        corner[i][1] = i & 2 ? (i & 1 ? high : 0.001) : -0.5;
        corner[i][2] = i & 4 ? z1 : z0;
    }
    add_block(t, corner);
}

static double terrain_surface(void *context, const Ray *ray, double limit_m)
{
    const Terrain *t = context;
    Ray moved = *ray;
    moved.origin[1] += t->drop_m;
    double nearest = limit_m, distance, weights[2];
    for (int i = 0; i < t->count; i++) {
        if (ray_hit_triangle(&moved, t->corners[i][0], t->corners[i][1], t->corners[i][2],
                             &distance, weights))
            nearest = MIN(nearest, distance);
    }
    return nearest;
}

static bool terrain_gap(void *context, const double point[3], double limit_m, VisitorGap *out)
{
    const Terrain *t = context;
    double moved[3] = {point[0], point[1] + t->drop_m, point[2]}, at[3];
    double best = limit_m * limit_m;
    for (int i = 0; i < t->count; i++) {
        double square =
            triangle_nearest(moved, t->corners[i][0], t->corners[i][1], t->corners[i][2], at);
        if (square >= best)
            continue;
        best = square;
        *out = (VisitorGap){.distance_m = sqrt(square), .point = {at[0], at[1], at[2]}};
    }
    return best < limit_m * limit_m;
}

typedef struct Fixture {
    Arena arena;
    Terrain terrain;
    VisitorWorld world;
    Camera before;
} Fixture;

static int set_up(void **state)
{
    static Fixture fixture;
    fixture = (Fixture){0};
    Terrain *t = &fixture.terrain;
    add_box(t, -10, 10, -2, 0, -10, 10);   // the ground, with an edge all around
    add_box(t, 4, 4.4, -1, 3, -6, 6);      // a wall
    add_box(t, -4, -2, -1, 0.4, -4, -2);   // a step
    add_box(t, -3.2, -2, -1, 0.8, -4, -2); // and another on it
    add_box(t, -4, -2, -1, 0.7, 2, 4);     // a table
    add_box(t, -8, -7, 1.3, 3, -2, 2);     // a lintel
    add_ramp(t, -6, -3.2, 2.35, -9, -7);   // 40 degrees
    add_ramp(t, -6, -4.6, 2.43, 7, 9);     // 60 degrees
    fixture.world = (VisitorWorld){
        .surface = terrain_surface, .gap = terrain_gap, .context = t, .aspect = 1.6f};
    fixture.before = (Camera){.position = {0, 0.06, 0.09}, .fov_y = 0.56f};
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    Fixture *fixture = *state;
    arena_drop(&fixture->arena);
    return 0;
}

// At x, z of people, with such eyes, and inside.
static Diorama enter(const Fixture *fixture, double x, double z, float eye_m)
{
    Diorama d = {0};
    DioramaDesc desc = {.scale = SCALE,
                        .entry = {x / SCALE, 0.001, z / SCALE},
                        .eye_height_m = eye_m,
                        .fov_rad = 0.9f,
                        .glides = true,
                        .before = &fixture->before};
    assert_ok(diorama_enter(&desc, &fixture->world, &d));
    VisitorActions nothing = {0};
    for (int i = 0; i < 3 * 120; i++)
        diorama_run(&d, &nothing, 1, &fixture->world);
    assert_int_equal(d.state, DIORAMA_INSIDE);
    return d;
}

// Where one has come to after walking in a direction for so long: metres of people.
static void walk(Diorama *d, const Fixture *fixture, double x, double z, double seconds)
{
    diorama_look(d, (float)atan2(-x, -z), 0);
    for (int i = 0; i < (int)(seconds * 120); i++) {
        VisitorActions ahead = {.move = {0, 1}};
        diorama_run(d, &ahead, 1, &fixture->world);
    }
    VisitorActions nothing = {0};
    diorama_run(d, &nothing, 120, &fixture->world);
    assert_true(diorama_is_still(d));
}

static bool is_at(const Diorama *d, double x, double y, double z, double within)
{
    const double *feet = d->feet;
    return fabs(feet[0] * SCALE - x) < within && fabs(feet[1] * SCALE - y) < within &&
           fabs(feet[2] * SCALE - z) < within;
}

static void stands_on_the_ground_as_small_as_it_is(void **state)
{
    const Fixture *fixture = *state;
    Diorama d = enter(fixture, 0, 0, 1.62f);
    assert_true(is_at(&d, 0, 0, 0, 1e-6));
    Camera camera = diorama_camera(&d, &fixture->world);
    assert_true(fabs(camera.position[1] - 0.00162) < 1e-9);
    assert_true(camera.near_m > 0 && (double)camera.near_m < 0.0005);
    walk(&d, fixture, 0, 1, 1);
    assert_true(d.feet[2] * SCALE > 1.2 && d.feet[2] * SCALE < 1.7); // a stroll
}

static void walls_block_and_are_slid_along(void **state)
{
    const Fixture *fixture = *state;
    Diorama d = enter(fixture, 0, 0, 1.62f);
    walk(&d, fixture, 1, 0, 6);
    assert_true(d.feet[0] * SCALE < 4 - BODY && d.feet[0] * SCALE > 3.6);
    walk(&d, fixture, 1, 1, 3);
    assert_true(d.feet[2] * SCALE > 2 && d.feet[0] * SCALE < 4 - BODY);
    walk(&d, fixture, 1, 1, 9); // around its end
    assert_true(d.feet[0] * SCALE > 4.6);
}

static void steps_are_climbed_up_to_the_knee(void **state)
{
    const Fixture *fixture = *state;
    Diorama d = enter(fixture, -6, -3, 1.62f);
    walk(&d, fixture, 1, 0, 2.5);
    assert_true(is_at(&d, -2.6, 0.8, -3, 0.6));
    assert_true(fabs(d.feet[1] * SCALE - 0.8) < 1e-3);
    walk(&d, fixture, -1, 0, 4); // and down again
    assert_true(fabs(d.feet[1]) < 1e-6);
    d = enter(fixture, -6, 3, 1.62f);
    walk(&d, fixture, 1, 0, 4); // a table is too high
    assert_true(fabs(d.feet[1]) < 1e-6);
}

static void slopes_are_walked_up_to_45_degrees(void **state)
{
    const Fixture *fixture = *state;
    Diorama d = enter(fixture, -7, -8, 1.62f);
    walk(&d, fixture, 1, 0, 2.4);
    assert_true(d.feet[1] * SCALE > 1);
    walk(&d, fixture, 1, 0, 20); // at its top is an edge
    assert_true(d.feet[1] * SCALE > 1.9);
    d = enter(fixture, -7, 8, 1.62f);
    walk(&d, fixture, 1, 0, 6);
    assert_true(d.feet[1] * SCALE < 0.6);
}

static void nobody_falls_off_the_edge(void **state)
{
    const Fixture *fixture = *state;
    for (int i = 0; i < 16; i++) {
        Diorama d = enter(fixture, 0, 0, 1.62f);
        double angle = i * 0.3927;
        walk(&d, fixture, sin(angle), cos(angle), 12);
        assert_true(d.feet[1] > -1e-6);
        assert_true(fabs(d.feet[0]) * SCALE < 10.2 && fabs(d.feet[2]) * SCALE < 10.2);
    }
}

static void children_pass_where_others_do_not(void **state)
{
    const Fixture *fixture = *state;
    Diorama d = enter(fixture, -5, 0, 1.62f);
    walk(&d, fixture, -1, 0, 3);
    assert_true(d.feet[0] * SCALE > -7);
    d = enter(fixture, -5, 0, 1.0f);
    walk(&d, fixture, -1, 0, 3);
    assert_true(d.feet[0] * SCALE < -8);
}

static void the_ground_may_become_finer(void **state)
{
    Fixture *fixture = *state;
    Diorama d = enter(fixture, 0, 0, 1.62f);
    fixture->world.revision++;
    fixture->terrain.drop_m = 0.0003; // three tenths of a metre, for people
    VisitorActions nothing = {0};
    diorama_run(&d, &nothing, 240, &fixture->world);
    assert_true(is_at(&d, 0, -0.3, 0, 1e-6));
    Camera camera = diorama_camera(&d, &fixture->world);
    assert_true(fabs(camera.position[1] - 0.00132) < 1e-8); // the eye came after
    fixture->terrain.drop_m = 0;
    fixture->world.revision++;
}

static void where_there_is_no_room_one_does_not_enter(void **state)
{
    const Fixture *fixture = *state;
    static const double places[][2] = {{20, 0}, {4.2, 0}, {4.0, 0}};
    for (size_t i = 0; i < COUNT_OF(places); i++) {
        Diorama d = {0};
        DioramaDesc desc = {.scale = SCALE,
                            .entry = {places[i][0] / SCALE, 0.001, places[i][1] / SCALE},
                            .eye_height_m = 1.62f,
                            .before = &fixture->before};
        assert_int_equal(diorama_enter(&desc, &fixture->world, &d), ERR_NOT_FOUND);
        assert_false(diorama_is_on(&d));
    }
}

static void grows_out_to_what_was_seen_before(void **state)
{
    const Fixture *fixture = *state;
    Diorama d = enter(fixture, 0, 0, 1.62f);
    walk(&d, fixture, -1, 0.2, 1);
    diorama_leave(&d, &fixture->world);
    double last = 0;
    for (int i = 0; i < 3 * 120 && diorama_is_on(&d); i++) {
        VisitorActions nothing = {0};
        diorama_run(&d, &nothing, 1, &fixture->world);
        Camera camera = diorama_camera(&d, &fixture->world);
        double away = distance3(camera.position, d.feet);
        assert_true(away > last * 0.999); // steadily
        last = away;
        if (d.state == DIORAMA_GROWING && d.glide > 0.999f)
            assert_true(distance3(camera.position, fixture->before.position) < 1e-4);
    }
    assert_int_equal(d.state, DIORAMA_OUT);
}

// ---- at random

typedef struct Random {
    uint32_t seed;
} Random;

static double any(Random *r) // 0 to 1
{
    r->seed = r->seed * 1664525u + 1013904223u;
    return (r->seed >> 8) / 16777216.0;
}

// A thousand changes of mind; a check after each. Gives how far all that led.
static double wander(Diorama *d, const VisitorWorld *world, uint32_t seed, int changes,
                     void (*check)(const Diorama *d, const VisitorWorld *world, int change))
{
    Random r = {seed};
    double walked = 0;
    for (int i = 0; i < changes; i++) {
        VisitorActions actions = {.move = {(float)(2 * any(&r) - 1), 1},
                                  .is_running = any(&r) < 0.2};
        diorama_look(d, (float)(any(&r) * 6.28), 0);
        double before[3];
        memcpy(before, d->feet, sizeof before);
        diorama_run(d, &actions, 20 + (int)(any(&r) * 60), world);
        VisitorActions nothing = {0};
        diorama_run(d, &nothing, 90, world); // feet come to rest on the ground
        walked += distance3(before, d->feet) / d->unit_m;
        check(d, world, i);
    }
    return walked;
}

// Feet on the ground, and free around the eye.
static void check_standing(const Diorama *d, const VisitorWorld *world, int change)
{
    double height, place[2] = {d->feet[0], d->feet[2]};
    if (!diorama_find_ground(d, world, place, d->feet[1], &height) ||
        fabs(height - d->feet[1]) > 1e-3 * d->unit_m)
        fail_msg("change %d: off the ground", change);
    VisitorGap gap;
    double eye[3] = {d->feet[0], d->feet[1] + d->eye_m, d->feet[2]};
    if (world->gap(world->context, eye, BODY * d->unit_m, &gap))
        fail_msg("change %d: something is %g m from the eye", change,
                 gap.distance_m / d->unit_m);
}

static void check_terrain(const Diorama *d, const VisitorWorld *world, int change)
{
    check_standing(d, world, change);
    double x = d->feet[0] * SCALE, z = d->feet[2] * SCALE;
    if (d->feet[1] < -1e-6 || fabs(x) > 10.2 || fabs(z) > 10.2)
        fail_msg("change %d: fell at %g,%g", change, x, z);
    if (x > 4 - BODY && x < 4.4 + BODY && fabs(z) < 6)
        fail_msg("change %d: in the wall at %g,%g", change, x, z);
    if (x > -4 && x < -2 && z > 2 && z < 4)
        fail_msg("change %d: on the table", change);
}

static void a_thousand_steps_on_the_terrain(void **state)
{
    const Fixture *fixture = *state;
    Diorama d = enter(fixture, 0, 0, 1.62f);
    assert_true(wander(&d, &fixture->world, 5, 1000, check_terrain) > 300);
}

// ---- in the nut

typedef struct Nut {
    Arena arena;
    MeshGraph graph;
    CutState state;
    PickTarget target;
    const Exhibit *exhibit;
    VisitorWorld world;
} Nut;

static double nut_surface(void *context, const Ray *ray, double limit_m)
{
    Nut *nut = context;
    PickHit hit;
    return pick_ray_within(&nut->target, ray, limit_m, &hit) ? hit.distance : limit_m;
}

static bool nut_gap(void *context, const double point[3], double limit_m, VisitorGap *out)
{
    Nut *nut = context;
    PickHit hit;
    if (!pick_nearest(&nut->target, point, limit_m, &hit))
        return false;
    *out = (VisitorGap){.distance_m = hit.distance};
    memcpy(out->point, hit.point, sizeof out->point);
    memcpy(out->normal, hit.face_normal, sizeof out->normal);
    return true;
}

static bool open_nut(Nut *nut)
{
    char path[4096];
    ssize_t len = readlink("/proc/self/exe", path, sizeof path - 1);
    if (len <= 0)
        return false;
    path[len] = 0;
    const char *folder = path_folder(&nut->arena, path);
    CollectionPack pack = {
        .path = path_join(&nut->arena, folder, "../packs/small-wonders.vitrine")};
    Collection *collection = ARENA_NEW(&nut->arena, Collection);
    if (!file_exists(pack.path) || vfs_start() ||
        collection_open(&pack, 1, &nut->arena, collection))
        return false;
    int32_t index = collection_find(collection, "nut");
    if (index < 0 || !collection->exhibits[index].record.diorama.is_there)
        return false;
    nut->exhibit = &collection->exhibits[index];
    Bytes graph, pages;
    assert_ok(vfs_read(nut->exhibit->graph_path, 1 << 26, &nut->arena, &graph));
    assert_ok(vfs_read(nut->exhibit->pages_path, MOST_PACKS_BYTES, &nut->arena, &pages));
    assert_ok(mesh_parse_graph(graph, pages.len, &nut->arena, &nut->graph));
    MeshPage *meshes = ARENA_ARRAY(&nut->arena, MeshPage, nut->graph.page_count);
    CutPage *resident = ARENA_ARRAY(&nut->arena, CutPage, nut->graph.page_count);
    for (uint32_t i = 0; i < nut->graph.page_count; i++) {
        const MeshPageRange *range = &nut->graph.pages[i];
        Bytes bytes = {pages.ptr + range->offset, range->size_bytes};
        assert_ok(mesh_parse_page(&nut->graph, i, bytes, &nut->arena, &meshes[i]));
        resident[i] = (CutPage){.mesh = &meshes[i], .slot = i};
    }
    nut->state = cut_make_state(&nut->graph, &nut->arena);
    nut->target = (PickTarget){&nut->graph, &nut->state, resident};
    nut->world =
        (VisitorWorld){.surface = nut_surface, .gap = nut_gap, .context = nut, .aspect = 1.6f};
    return true;
}

// What is before an eye outside of a closed surface faces it.
static void check_nut(const Diorama *d, const VisitorWorld *world, int change)
{
    Nut *nut = world->context;
    check_standing(d, world, change);
    double eye[3] = {d->feet[0], d->feet[1] + d->eye_m, d->feet[2]};
    int behind = 0;
    for (int i = 0; i < 8; i++) {
        Ray ray = {{eye[0], eye[1], eye[2]}, {sin(i * 0.785), 0.13 * (i - 4), cos(i * 0.785)}};
        PickHit hit;
        normalize3(ray.direction);
        if (pick_ray(&nut->target, &ray, &hit))
            behind += dot3(hit.face_normal, ray.direction) > 0;
    }
    if (behind > 1) // one may run along an edge
        fail_msg("change %d: inside the wood at %g,%g,%g", change, eye[0] * 1000, eye[1] * 1000,
                 eye[2] * 1000);
    for (int i = 0; i < 3; i++)
        assert_true(d->feet[i] > nut->exhibit->low_m[i] &&
                    d->feet[i] < nut->exhibit->high_m[i]);
}

static void thousands_of_steps_in_the_nut(void **state)
{
    (void)state;
    static Nut nut;
    if (!open_nut(&nut)) {
        arena_drop(&nut.arena);
        vfs_stop();
        skip();
    }
    const RecordDiorama *record = &nut.exhibit->record.diorama;
    Camera before = {.position = {0, 0.028, 0.1}, .fov_y = 0.56f};
    DioramaDesc desc = {
        .scale = record->scale, .eye_height_m = 1.62f, .fov_rad = 0.9f, .before = &before};
    for (int i = 0; i < 3; i++)
        desc.entry[i] = record->entry_mm[i] / 1000;
    Diorama d = {0};
    assert_ok(diorama_enter(&desc, &nut.world, &d));
    VisitorActions nothing = {0};
    diorama_run(&d, &nothing, 2, &nut.world); // motion is reduced: at once
    assert_int_equal(d.state, DIORAMA_INSIDE);
    double walked = wander(&d, &nut.world, 9, nut_changes, check_nut);
    printf("walked %.0f m of people, to %.2f,%.2f,%.2f mm\n", walked, d.feet[0] * 1000,
           d.feet[1] * 1000, d.feet[2] * 1000);
    assert_true(walked > 0.3 * nut_changes);
    arena_drop(&nut.arena);
    vfs_stop();
}

int main(int count, char **arguments)
{
    if (count > 1)
        nut_changes = (int)strtol(arguments[1], NULL, 10);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stands_on_the_ground_as_small_as_it_is),
        cmocka_unit_test(walls_block_and_are_slid_along),
        cmocka_unit_test(steps_are_climbed_up_to_the_knee),
        cmocka_unit_test(slopes_are_walked_up_to_45_degrees),
        cmocka_unit_test(nobody_falls_off_the_edge),
        cmocka_unit_test(children_pass_where_others_do_not),
        cmocka_unit_test(the_ground_may_become_finer),
        cmocka_unit_test(where_there_is_no_room_one_does_not_enter),
        cmocka_unit_test(grows_out_to_what_was_seen_before),
        cmocka_unit_test(a_thousand_steps_on_the_terrain),
        cmocka_unit_test(thousands_of_steps_in_the_nut),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
