// test_pick.c: rays and nearest points agree with looking at every triangle.

#include "test.h"

#include "stream/pick.h"
#include "stream/strip.h"

#include <math.h>

typedef struct Fixture {
    Arena arena;
    Strip strip;
    bool *is_expanded; // by group: the finest resident cut
    CutState state;
    CutPage *pages;
    PickTarget target;
} Fixture;

// What a search touches: groups by their reach.
typedef bool Touches(const void *context, const MeshBox *reach);

// By the very words of cut.h: takes back what may not be expanded, as long as there is any.
// Where a search is patchy, a group is covered as soon as anything below it is there.
static void find_expanded(Fixture *fixture, Touches *touches, const void *context,
                          bool is_patchy)
{
    const MeshGraph *graph = &fixture->strip.graph;
    bool *is_touched = ARENA_ARRAY(&fixture->arena, bool, graph->group_count);
    bool *is_expanded = fixture->is_expanded, is_changed = true;
    for (uint32_t g = 0; g < graph->group_count; g++)
        is_expanded[g] = is_touched[g] = touches(context, &graph->groups[g].reach);
    while (is_changed) {
        is_changed = false;
        for (uint32_t g = 0; g < graph->group_count; g++) {
            const MeshGroup *group = &graph->groups[g];
            bool is_covered = group->level > 0, was_expanded = is_expanded[g], has_any = false;
            for (uint32_t i = 0; i < group->child_count; i++) {
                uint32_t child = graph->children[group->first_child + i];
                is_covered =
                    is_covered && (!is_touched[child] || is_expanded[child] || is_patchy);
                has_any |= is_expanded[child];
                is_changed |= is_expanded[child] && !is_expanded[g];
                is_expanded[child] = is_expanded[child] && is_expanded[g];
            }
            is_expanded[g] = was_expanded && (fixture->pages[group->page].mesh != NULL ||
                                              (is_covered && (has_any || !is_patchy)));
            is_changed |= was_expanded && !is_expanded[g];
        }
    }
}

static void make_fixture(Fixture *fixture, float resident_share)
{
    *fixture = (Fixture){0};
    fixture->strip = strip_make(200, 4, 3, &fixture->arena);
    const MeshGraph *graph = &fixture->strip.graph;
    fixture->state = cut_make_state(graph, &fixture->arena);
    fixture->pages = ARENA_ARRAY(&fixture->arena, CutPage, graph->page_count);
    for (uint32_t page = 0; page < graph->page_count; page++)
        if (page == 0 || rand() < resident_share * (float)RAND_MAX)
            fixture->pages[page].mesh = &fixture->strip.pages[page];
    fixture->is_expanded = ARENA_ARRAY(&fixture->arena, bool, graph->group_count);
    fixture->target = (PickTarget){graph, &fixture->state, fixture->pages};
}

static double random_double(double low, double high)
{
    return low + (high - low) * rand() / RAND_MAX;
}

typedef void EachTriangle(void *context, double corners[3][3]);

static void for_each_cluster_triangle(const MeshPage *page, const MeshCluster *cluster,
                                      EachTriangle *each, void *context)
{
    for (uint32_t i = 0; i < cluster->triangle_count; i++) {
        double corners[3][3];
        for (uint32_t c = 0; c < 3; c++)
            for (int k = 0; k < 3; k++) {
                uint32_t index = page->indices[cluster->first_index + i * 3 + c];
                corners[c][k] = page->origin_m[k] +
                                (double)page->step_m * page->vertices[index].position[k];
            }
        each(context, corners);
    }
}

static void for_each_triangle(const Fixture *fixture, EachTriangle *each, void *context)
{
    const MeshGraph *graph = &fixture->strip.graph;
    for (uint32_t g = 0; g < graph->group_count; g++) {
        const MeshPage *page = fixture->pages[graph->groups[g].page].mesh;
        if (!fixture->is_expanded[g] || !page)
            continue;
        const MeshPageGroup *members = &page->groups[graph->groups[g].index_in_page];
        for (uint32_t i = 0; i < members->cluster_count; i++) {
            const MeshCluster *cluster = &page->clusters[members->first_cluster + i];
            if (cluster->refined_by == MESH_NO_GROUP ||
                !fixture->is_expanded[cluster->refined_by])
                for_each_cluster_triangle(page, cluster, each, context);
        }
    }
}

typedef struct Search {
    Ray ray;
    double point[3], radius;
    double best;
} Search;

static void try_ray(void *context, double corners[3][3])
{
    Search *search = context;
    double distance, weights[2];
    if (ray_hit_triangle(&search->ray, corners[0], corners[1], corners[2], &distance, weights))
        search->best = MIN(search->best, distance);
}

static void try_nearest(void *context, double corners[3][3])
{
    Search *search = context;
    double nearest[3];
    double squared =
        triangle_nearest(search->point, corners[0], corners[1], corners[2], nearest);
    search->best = MIN(search->best, sqrt(squared));
}

static bool ray_touches(const void *context, const MeshBox *reach)
{
    const Search *search = context;
    double low[3], high[3], distance;
    for (int k = 0; k < 3; k++) {
        low[k] = reach->low[k];
        high[k] = reach->high[k];
    }
    return ray_hit_box(&search->ray, low, high, &distance);
}

static bool ball_touches(const void *context, const MeshBox *reach)
{
    const Search *search = context;
    double squared = 0;
    for (int k = 0; k < 3; k++) {
        double way = MAX(reach->low[k] - search->point[k], search->point[k] - reach->high[k]);
        squared += way > 0 ? way * way : 0;
    }
    return squared <= search->radius * search->radius;
}

static void rays_hit_what_is_first(void **state)
{
    (void)state;
    srand(5);
    int hits = 0;
    for (int set = 0; set < 4; set++) {
        Fixture fixture;
        make_fixture(&fixture, set == 0 ? 2 : 0.8f);
        const float *high = fixture.strip.graph.high_m;
        for (int i = 0; i < 300; i++) {
            Search search = {.best = INFINITY};
            double target[3];
            for (int k = 0; k < 3; k++) {
                search.ray.origin[k] = random_double(-0.5, high[k] + 0.5);
                target[k] = random_double(0, high[k]);
            }
            sub3(target, search.ray.origin, search.ray.direction);
            normalize3(search.ray.direction);
            ArenaMark mark = arena_mark(&fixture.arena);
            find_expanded(&fixture, ray_touches, &search, false);
            for_each_triangle(&fixture, try_ray, &search);
            arena_rewind(&fixture.arena, mark);
            PickHit hit = {.distance = INFINITY};
            bool is_hit = pick_ray(&fixture.target, &search.ray, &hit);
            assert_int_equal(is_hit, isfinite(search.best));
            if (!is_hit)
                continue;
            hits++;
            assert_true(fabs(hit.distance - search.best) < 1e-12);
            double point[3];
            ray_point(&search.ray, hit.distance, point);
            assert_true(distance3(point, hit.point) < 1e-12);
            assert_true(fabs(length3(hit.normal) - 1) < 1e-6);
            assert_true(fabs(length3(hit.face_normal) - 1) < 1e-6);
            assert_true(hit.edge_m > 0);
            if (set == 0)
                assert_true(hit.is_finest);
        }
        arena_drop(&fixture.arena);
    }
    assert_true(hits > 100);
}

typedef bool Near(const PickTarget *target, const double point[3], double radius_m,
                  PickHit *out);

static void check_nearest(Near *near, bool is_patchy)
{
    srand(6);
    for (int set = 0; set < 4; set++) {
        Fixture fixture;
        make_fixture(&fixture, set == 0 ? 2 : 0.8f);
        const float *high = fixture.strip.graph.high_m;
        for (int i = 0; i < 150; i++) {
            Search search = {.best = INFINITY};
            for (int k = 0; k < 3; k++)
                search.point[k] = random_double(-0.3, high[k] + 0.3);
            double radius = random_double(0, 0.6);
            ArenaMark mark = arena_mark(&fixture.arena);
            search.radius = radius / 64; // of balls that grow until there is something in one
            for (bool is_last = false; !is_last; search.radius *= 2) {
                search.best = INFINITY;
                find_expanded(&fixture, ball_touches, &search, is_patchy);
                for_each_triangle(&fixture, try_nearest, &search);
                is_last = search.best < search.radius || search.radius >= radius;
            }
            arena_rewind(&fixture.arena, mark);
            PickHit hit;
            bool is_near = near(&fixture.target, search.point, radius, &hit);
            assert_int_equal(is_near, search.best < radius);
            if (!is_near)
                continue;
            assert_true(fabs(hit.distance - search.best) < 1e-9);
            assert_true(fabs(distance3(hit.point, search.point) - search.best) < 1e-9);
            assert_true(fabs(length3(hit.normal) - 1) < 1e-6);
        }
        arena_drop(&fixture.arena);
    }
}

static void the_nearest_point_is_the_nearest(void **state)
{
    (void)state;
    check_nearest(pick_nearest, true);
}

static void a_gap_is_to_a_surface_without_holes(void **state)
{
    (void)state;
    check_nearest(pick_gap, false);
}

static void texels_are_as_wide_as_they_lie(void **state)
{
    (void)state;
    // Two triangles of half a square metre: one with 100 texels along its sides, one with 50.
    MeshVertex vertices[6] = {{.position = {0, 0, 0}},    {.position = {1000, 0, 0}},
                              {.position = {0, 1000, 0}}, {.position = {0, 0, 0}},
                              {.position = {1000, 0, 0}}, {.position = {0, 0, 1000}}};
    MeshTexel texels[6] = {{.place = {640, 640}},          {.place = {640 + 6400, 640}},
                           {.place = {640, 640 + 6400}},   {.place = {8000, 8000}},
                           {.place = {8000, 8000 + 3200}}, {.place = {8000 - 3200, 8000}}};
    uint16_t indices[6] = {0, 1, 2, 3, 4, 5};
    MeshCluster clusters[2] = {{.triangle_count = 1}, {.first_index = 3, .triangle_count = 1}};
    MeshPage page = {.step_m = 0.001f,
                     .vertex_count = 6,
                     .index_count = 6,
                     .cluster_count = 2,
                     .vertices = vertices,
                     .texels = texels,
                     .indices = indices,
                     .clusters = clusters};
    float wide_m[PICK_PAGE_PARTS];
    pick_measure_texels(&page, wide_m);
    assert_float_equal(wide_m[0], 0.01, 1e-6);
    assert_float_equal(wide_m[PICK_PARTS], 0.02, 1e-6);
    page.texels = NULL;
    pick_measure_texels(&page, wide_m);
    assert_true(wide_m[0] == 0 && wide_m[PICK_PARTS] == 0);
}

// A cluster of one strip whose second half is stretched twice as far over its texels.
static void parts_of_a_cluster_are_measured_for_themselves(void **state)
{
    (void)state;
    enum { QUADS = MESH_CLUSTER_MAX_TRIANGLES / 2 };
    static MeshVertex vertices[2 * (QUADS + 1)];
    static MeshTexel texels[2 * (QUADS + 1)];
    static uint16_t indices[6 * QUADS];
    uint16_t x = 0;
    for (uint16_t i = 0; i <= QUADS; i++) {
        for (uint16_t k = 0; k < 2; k++) {
            vertices[2 * i + k] = (MeshVertex){.position = {x, (uint16_t)(100 * k), 0}};
            texels[2 * i + k].place[0] = (uint16_t)(64 * 4 * i);
            texels[2 * i + k].place[1] = (uint16_t)(64 * 4 * k);
        }
        x = (uint16_t)(x + (i < QUADS / 2 ? 100 : 400));
        uint16_t at = (uint16_t)(2 * i), quad[6] = {0, 1, 2, 2, 1, 3};
        for (int k = 0; k < 6 && i < QUADS; k++)
            indices[6 * i + k] = (uint16_t)(at + quad[k]);
    }
    MeshCluster cluster = {.triangle_count = 2 * QUADS};
    MeshPage page = {.step_m = 1e-6f,
                     .vertex_count = COUNT_OF(vertices),
                     .index_count = COUNT_OF(indices),
                     .cluster_count = 1,
                     .vertices = vertices,
                     .texels = texels,
                     .indices = indices,
                     .clusters = &cluster};
    float wide_m[PICK_PAGE_PARTS];
    pick_measure_texels(&page, wide_m);
    for (uint32_t p = 0; p < PICK_PARTS; p++)
        assert_float_equal(wide_m[p], p < PICK_PARTS / 2 ? 25e-6 : 50e-6, 1e-9);
}

static void nothing_resident_is_not_hit(void **state)
{
    (void)state;
    Fixture fixture;
    make_fixture(&fixture, 0);
    fixture.pages[0].mesh = NULL;
    Ray ray = {.origin = {0.1, 0.01, 5}, .direction = {0, 0, -1}};
    PickHit hit;
    assert_false(pick_ray(&fixture.target, &ray, &hit));
    assert_false(pick_nearest(&fixture.target, ray.origin, 100, &hit));
    arena_drop(&fixture.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rays_hit_what_is_first),
        cmocka_unit_test(the_nearest_point_is_the_nearest),
        cmocka_unit_test(a_gap_is_to_a_surface_without_holes),
        cmocka_unit_test(texels_are_as_wide_as_they_lie),
        cmocka_unit_test(parts_of_a_cluster_are_measured_for_themselves),
        cmocka_unit_test(nothing_resident_is_not_hit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
