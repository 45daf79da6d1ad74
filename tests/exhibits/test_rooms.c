// test_rooms.c: rooms as triangles are closed: who looks around meets a front wherever.

#include "test.h"

#include "exhibits/model/gallery_light.h"
#include "exhibits/model/gallery_mesh.h"
#include "exhibits/model/gallery_text.h"
#include "exhibits/model/layout.h"

#include <math.h>

// An L and a square with a door between them, a skylight, windows, every moulding.
static float corners_l[6][2] = {{0, 0}, {0, 6}, {3, 6}, {3, 4}, {7, 4}, {7, 0}};
static float corners_b[4][2] = {{7.3f, 0}, {7.3f, 4}, {11, 4}, {11, 0}};

static PlanRoom rooms[] = {
    {.id = "l",
     .corner_count = 6,
     .corners = corners_l,
     .height_m = 3.6f,
     .walls = PLAN_PLASTER_SAGE,
     .dado = PLAN_PANEL_OAK,
     .dado_m = 0.9f,
     .skirting_m = 0.12f,
     .cornice_m = 0.2f,
     .skylight = {.center = {3, 2}, .size_m = {2, 1.5f}, .well_m = 0.7f},
     .fill_lux = 100},
    {.id = "b",
     .corner_count = 4,
     .corners = corners_b,
     .height_m = 3,
     .walls = PLAN_PANEL_WHITE,
     .skirting_m = 0.1f,
     .fill_lux = 100},
};

static PlanOpening door = {.room = {0, 1},
                           .wall = {4, 0},
                           .from = {{7, 1}, {7.3f, 1}},
                           .to = {{7, 2.2f}, {7.3f, 2.2f}},
                           .height_m = 2.2f};

static PlanWindow windows[] = {
    {.room = 0,
     .wall = 0,
     .from = {0, 1},
     .to = {0, 2.2f},
     .sill_m = 0.8f,
     .head_m = 2.5f,
     .reveal_m = 0.3f},
    {.room = 0,
     .wall = 5,
     .from = {1, 0},
     .to = {3, 0},
     .sill_m = 1.2f,
     .head_m = 2.9f,
     .reveal_m = 0.2f},
};

static const Plan house = {.room_count = 2,
                           .rooms = rooms,
                           .opening_count = 1,
                           .openings = &door,
                           .window_count = 2,
                           .windows = windows,
                           .sky = {.nits = 900, .kelvin = 5200},
                           .start = {.position = {1, 3}}};

typedef struct Ray {
    double from[3], along[3];
} Ray;

static void cross(const double a[3], const double b[3], double out[3])
{
    for (int i = 0; i < 3; i++)
        out[i] = a[(i + 1) % 3] * b[(i + 2) % 3] - a[(i + 2) % 3] * b[(i + 1) % 3];
}

static double dot(const double a[3], const double b[3])
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

// How far a triangle is along the ray, or infinity.
static double distance_to(const Ray *ray, const GalleryMesh *mesh, uint32_t first)
{
    double corner[3][3], u[3], v[3], p[3], t[3], q[3];
    for (int k = 0; k < 3; k++)
        for (int i = 0; i < 3; i++)
            corner[k][i] = (double)mesh->vertices[mesh->indices[first + k]].position[i];
    for (int i = 0; i < 3; i++) {
        u[i] = corner[1][i] - corner[0][i];
        v[i] = corner[2][i] - corner[0][i];
        t[i] = ray->from[i] - corner[0][i];
    }
    cross(ray->along, v, p);
    double part = dot(u, p);
    if (fabs(part) < 1e-12)
        return INFINITY;
    cross(t, u, q);
    double a = dot(t, p) / part, b = dot(ray->along, q) / part, at = dot(v, q) / part;
    const double slack = 1e-6; // edges that two triangles share
    return a < -slack || b < -slack || a + b > 1 + slack || at < 1e-6 ? INFINITY : at;
}

// The nearest front or back; 1 front, -1 back, 0 nothing.
static int side_met(const Ray *ray, const GalleryMesh *meshes, int count)
{
    double nearest = INFINITY;
    int side = 0;
    for (int m = 0; m < count; m++) {
        for (uint32_t i = 0; i < meshes[m].index_count; i += 3) {
            double at = distance_to(ray, &meshes[m], i);
            if (at >= nearest - 1e-6)
                continue;
            const float *normal = meshes[m].vertices[meshes[m].indices[i]].normal;
            nearest = at;
            side = (double)normal[0] * ray->along[0] + (double)normal[1] * ray->along[1] +
                               (double)normal[2] * ray->along[2] <
                           0
                       ? 1
                       : -1;
        }
    }
    return side;
}

static void rooms_are_closed(void **state)
{
    (void)state;
    Arena arena = {0};
    GalleryMesh meshes[2];
    for (uint32_t i = 0; i < 2; i++)
        gallery_mesh_make(&house, i, &arena, &meshes[i]);
    static const double eyes[][3] = {{1.5, 1.6, 3}, {5, 1.2, 2}, {9, 1.6, 2}, {3, 3.9, 2}};
    uint32_t seed = 9;
    for (int i = 0; i < 4000; i++) {
        Ray ray;
        double length = 0;
        for (int k = 0; k < 3; k++) {
            seed = seed * 1664525u + 1013904223u;
            ray.along[k] = (double)(seed >> 8) / 8388608.0 - 1;
            ray.from[k] = eyes[i % 4][k] + 1e-3 * ray.along[k];
            length += ray.along[k] * ray.along[k];
        }
        if (length > 1e-3 && side_met(&ray, meshes, 2) != 1)
            fail_msg("ray %d from %.1f %.1f %.1f along %.3f %.3f %.3f meets no front", i,
                     ray.from[0], ray.from[1], ray.from[2], ray.along[0], ray.along[1],
                     ray.along[2]);
    }
    arena_drop(&arena);
}

static double area_of(const GalleryMesh *mesh, int material, GalleryUse use)
{
    double sum = 0;
    for (uint32_t p = 0; p < mesh->part_count; p++) {
        const GalleryPart *part = &mesh->parts[p];
        for (uint32_t i = 0; i < part->index_count && part->material == material; i += 3) {
            double u[3], v[3], out[3];
            const uint32_t *corner = mesh->indices + part->first_index + i;
            for (int k = 0; k < 3; k++) {
                const float *a = mesh->vertices[corner[0]].position;
                u[k] = (double)mesh->vertices[corner[1]].position[k] - (double)a[k];
                v[k] = (double)mesh->vertices[corner[2]].position[k] - (double)a[k];
            }
            cross(u, v, out);
            sum += part->use == use ? sqrt(dot(out, out)) / 2 : 0;
        }
    }
    return sum;
}

static void holes_are_left_out(void **state)
{
    (void)state;
    Arena arena = {0};
    GalleryMesh mesh;
    gallery_mesh_make(&house, 0, &arena, &mesh);
    assert_true(fabs(area_of(&mesh, GALLERY_GLOW_SKY, GALLERY_ON_THING) - 1.2 * 1.7 - 2 * 1.7) <
                1e-3);
    // 7 x 4 and 3 x 2 m, less the skylight.
    double ceiling_m2 = area_of(&mesh, rooms[0].ceiling, GALLERY_ON_CEILING);
    if (fabs(ceiling_m2 - 31) > 1e-3)
        fail_msg("%.4f m2 of ceiling", ceiling_m2);
    assert_true(fabs(area_of(&mesh, GALLERY_GLOW_PANEL, GALLERY_ON_THING) - 3) < 1e-3);
    // 26 m of wall; the door and a strip of the first window are no dado.
    assert_true(fabs(area_of(&mesh, PLAN_PANEL_OAK, GALLERY_ON_WALL) -
                     (26 * 0.9 - 1.2 * 0.9 - 1.2 * 0.1)) < 1e-3);
    assert_true(fabs(area_of(&mesh, PLAN_PLASTER_SAGE, GALLERY_ON_WALL) -
                     (26 * 2.7 - 1.2 * 1.3 - 1.2 * 1.6 - 2 * 1.7)) < 1e-3);
    arena_drop(&arena);
}

// Whatever it stands on, a piece meets it at its own height, and its stand is inside its box
// but for knobs, caps and feet.
static void pieces_stand_on_their_stands(void **state)
{
    (void)state;
    for (int stand = 0; stand < PLAN_STAND_COUNT; stand++) {
        for (int variant = 0; variant < 4; variant++) {
            Arena arena = {0};
            PlanPlace place = {.piece = "p",
                               .stand = (PlanStand)stand,
                               .position = {5, 2},
                               .yaw = 0.4f,
                               .size_m = {0.6f, 0.9f, 0.4f},
                               .glass_m = variant & 1 ? 0.4f : 0,
                               .riser_m = {0.2f, variant & 2 ? 0.1f : 0, 0.2f}};
            Plan plan = house;
            plan.places = &place;
            plan.place_count = 1;
            GalleryMesh mesh;
            gallery_mesh_make(&plan, 0, &arena, &mesh);
            double nearest = INFINITY;
            const double over = 1.25; // under the cap
            Ray down = {{5.01, over, 2.02}, {0, -1, 0}};
            for (uint32_t i = 0; i < mesh.index_count; i += 3)
                nearest = fmin(nearest, distance_to(&down, &mesh, i));
            assert_true(fabs(over - nearest - (double)plan_piece_floor_m(&place)) < 1e-4);
            arena_drop(&arena);
        }
    }
}

// Signs over both sides of the door, and an introduction clear of doors and windows.
// A turned base is closed, and as high and as wide as it says.
static void turned_bases_are_whole(void **state)
{
    (void)state;
    Arena arena = {0};
    PlanPlace place = {.piece = "p",
                       .stand = PLAN_DOME,
                       .position = {5, 2},
                       .yaw = 0.4f,
                       .size_m = {0.5f, 1, 0.5f},
                       .glass_m = 0.4f,
                       .riser_m = {0.3f, 0.05f, 0.3f}};
    Plan plan = house;
    plan.places = &place;
    plan.place_count = 1;
    GalleryMesh mesh;
    gallery_mesh_make(&plan, 0, &arena, &mesh);
    for (int i = 0; i < 720; i++) {
        double turn = i * 0.5 * M_PI / 180, high = 1.001 + 0.048 * (i % 25) / 24.0;
        Ray in = {{5 + 0.2 * sin(turn), high, 2 + 0.2 * cos(turn)},
                  {-sin(turn), 0, -cos(turn)}};
        double nearest = INFINITY;
        for (uint32_t k = 0; k < mesh.index_count; k += 3)
            nearest = fmin(nearest, distance_to(&in, &mesh, k));
        double radius = 0.2 - nearest;
        if (side_met(&in, &mesh, 1) != 1 || radius > 0.1501 || radius < 0.15 * 0.93)
            fail_msg("%.1f degrees, %.4f m high: radius %.4f", i * 0.5, high, radius);
    }
    arena_drop(&arena);
}

// Whatever is round and small: its corners are inside of the glass, and below the bend of it
// where they are farthest out.
static void bells_are_over_their_pieces(void **state)
{
    (void)state;
    static const float wide_m[] = {0.008f, 0.03f, 0.09f, 0.19f};
    for (size_t i = 0; i < COUNT_OF(wide_m) * 4; i++) {
        Arena arena = {0};
        float wide = wide_m[i / 4], high = wide * (0.65f + 0.4f * (float)(i % 4));
        LayoutPiece piece = {.id = "p", .size_m = {wide, high, wide * 0.9f}};
        Plan plan;
        assert_ok(layout_make(&piece, 1, &arena, &plan));
        const PlanPlace *place = &plan.places[0];
        GalleryGlass glass = gallery_glass(place);
        assert_true(glass.is_there && glass.is_bell);
        float reach = hypotf(wide, wide * 0.9f) / 2, bend = glass.half_size[0];
        float straight = 2 * glass.half_size[1] - bend - 0.04f; // the knob
        assert_true(fabsf(glass.foot[1] - plan_piece_floor_m(place)) < 1e-5f);
        assert_true(reach < glass.half_size[0] - 0.01f);
        assert_true(straight > high - 0.01f);
        assert_true(glass.half_size[0] < place->riser_m[0] / 2);
        assert_true(place->riser_m[0] < place->size_m[0]);
        arena_drop(&arena);
    }
}

static void words_hang_on_free_walls(void **state)
{
    (void)state;
    static const LangEntry title = {"en", "Ships"}, text = {"en", "Look at their keels."};
    PlanRoom named[2] = {rooms[0], rooms[1]};
    Plan plan = house;
    plan.rooms = named;
    GalleryText texts[GALLERY_MAX_TEXTS];
    assert_int_equal(gallery_texts(&plan, 0, texts), 0);
    for (int i = 0; i < 2; i++)
        named[i].title = (LangText){1, (LangEntry *)&title};
    named[0].text = (LangText){1, (LangEntry *)&text};
    assert_int_equal(gallery_texts(&plan, 0, texts), 2);
    assert_true(!texts[0].is_sign && texts[0].of == 0);
    assert_true(texts[1].is_sign && texts[1].of == 1);
    assert_true(fabsf(texts[1].center[2] - 1.6f) < 1e-3f && texts[1].center[1] > 2.2f);
    // The rays of its face's corners meet no door and no window behind it.
    for (int corner = 0; corner < 4; corner++) {
        float side = corner & 1 ? 0.5f : -0.5f;
        float at[2] = {texts[0].center[0] + cosf(texts[0].yaw) * texts[0].size_m[0] * side,
                       texts[0].center[2] - sinf(texts[0].yaw) * texts[0].size_m[0] * side};
        assert_true(plan_room_contains(&named[0], at));
        for (int i = 0; i < 2; i++) {
            const float *from = windows[i].from, *to = windows[i].to;
            bool is_at_window =
                at[0] > fminf(from[0], to[0]) - 0.1f && at[0] < fmaxf(from[0], to[0]) + 0.1f &&
                at[1] > fminf(from[1], to[1]) - 0.1f && at[1] < fmaxf(from[1], to[1]) + 0.1f;
            assert_false(is_at_window);
        }
    }
    assert_int_equal(gallery_texts(&plan, 1, texts), 1);
    assert_true(texts[0].is_sign && texts[0].of == 0);
}

static float distance_to_wall(const PlanRoom *room, uint32_t wall, const float at[2])
{
    const float *a = room->corners[wall], *b = room->corners[(wall + 1) % room->corner_count];
    float edge[2] = {b[0] - a[0], b[1] - a[1]}, to[2] = {at[0] - a[0], at[1] - a[1]};
    float t = (to[0] * edge[0] + to[1] * edge[1]) / (edge[0] * edge[0] + edge[1] * edge[1]);
    t = CLAMP(t, 0.0f, 1.0f);
    return hypotf(to[0] - t * edge[0], to[1] - t * edge[1]);
}

// Beside a corner one would throw a bright spot on the wall it does not face.
static void walls_are_washed_evenly(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        GalleryLamp washers[64];
        uint32_t count = gallery_washers(&rooms[i], COUNT_OF(washers), washers);
        assert_in_range(count, rooms[i].corner_count, COUNT_OF(washers) - 1);
        assert_int_equal(gallery_washers(&rooms[i], 3, washers), 3);
        gallery_washers(&rooms[i], COUNT_OF(washers), washers);
        for (uint32_t k = 0; k < count; k++) {
            float at[2] = {washers[k].position[0], washers[k].position[2]};
            assert_true(plan_room_contains(&rooms[i], at));
            for (uint32_t wall = 0; wall < rooms[i].corner_count; wall++)
                assert_true(distance_to_wall(&rooms[i], wall, at) > 0.95f);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rooms_are_closed),
        cmocka_unit_test(holes_are_left_out),
        cmocka_unit_test(words_hang_on_free_walls),
        cmocka_unit_test(walls_are_washed_evenly),
        cmocka_unit_test(pieces_stand_on_their_stands),
        cmocka_unit_test(turned_bases_are_whole),
        cmocka_unit_test(bells_are_over_their_pieces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
