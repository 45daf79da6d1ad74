// test_pick_scans.c: rays against a baked sculpture whose finest pages are there meet it where
// they meet the scan it was made of: to half a sample.

#include "bake_check.h"

#include "packer/import.h"
#include "stream/pick.h"

enum { RAYS = 600 };

typedef struct Rays {
    uint32_t random;
    uint32_t hit_count, missed_count; // of the scan; of these, the sculpture
    double worst;                     // in samples
} Rays;

static double any(Rays *rays)
{
    rays->random = rays->random * 1664525u + 1013904223u;
    return (double)(rays->random >> 8) / 16777216.0;
}

static void corner_of(const Scan *scan, uint32_t triangle, int corner, double out[3])
{
    const float *at = scan->positions[scan->triangles[triangle][corner]];
    for (int i = 0; i < 3; i++)
        out[i] = (double)at[i];
}

// Every triangle is asked.
static bool hit_scan(const Scan *scan, const Ray *ray, double *nearest)
{
    *nearest = INFINITY;
    for (uint32_t t = 0; t < scan->triangle_count; t++) {
        double corners[3][3], distance, weights[2];
        for (int i = 0; i < 3; i++)
            corner_of(scan, t, i, corners[i]);
        if (ray_hit_triangle(ray, corners[0], corners[1], corners[2], &distance, weights))
            *nearest = MIN(*nearest, distance);
    }
    return isfinite(*nearest);
}

// From around the piece to somewhere within its box.
static Ray any_ray(Rays *rays, const MeshGraph *graph)
{
    Ray ray;
    double target[3];
    for (int i = 0; i < 3; i++) {
        double low = (double)graph->low_m[i], size = (double)graph->high_m[i] - low;
        target[i] = low + size * any(rays);
        ray.origin[i] = low + size * (3 * any(rays) - 1);
    }
    sub3(target, ray.origin, ray.direction);
    normalize3(ray.direction);
    return ray;
}

// Where a ray grazes, half a sample aside is far along it: the surface itself is as near.
static void compare(const PickTarget *target, const Ray *ray, double distance, Rays *rays)
{
    PickHit hit, near;
    double point[3];
    ray_point(ray, distance, point);
    rays->hit_count++;
    assert_true(pick_nearest(target, point, 1, &near));
    assert_true(near.is_finest && near.edge_m > 0);
    rays->worst = MAX(rays->worst, near.distance / (double)near.edge_m);
    if (!pick_ray(target, ray, &hit) ||
        fabs(hit.distance - distance) * fabs(dot3(ray->direction, hit.face_normal)) >
            0.5 * (double)hit.edge_m)
        rays->missed_count++;
}

static void check_bake(const char *name, const Scan *scan, Arena *arena)
{
    Sculpture s;
    assert_ok(bake(scan, (BakeOptions){0}, arena, &s));
    CutState state = cut_make_state(&s.graph, arena);
    CutPage *pages = ARENA_ARRAY(arena, CutPage, s.graph.page_count);
    for (uint32_t p = 0; p < s.graph.page_count; p++)
        pages[p] = (CutPage){.mesh = &s.pages[p], .slot = p};
    PickTarget target = {&s.graph, &state, pages};
    Rays rays = {.random = 5};
    for (int i = 0; i < RAYS; i++) {
        Ray ray = any_ray(&rays, &s.graph);
        double distance;
        if (hit_scan(scan, &ray, &distance))
            compare(&target, &ray, distance, &rays);
    }
    print_message("%s: %u hits, %.4f samples off at most, %u of a rim\n", name, rays.hit_count,
                  rays.worst, rays.missed_count);
    assert_true(rays.hit_count > RAYS / 10);
    assert_true(rays.worst < 0.5);
    // A rim may be hit by one and missed by the other, by a hair.
    assert_true(rays.missed_count * 200 <= rays.hit_count);
}

static void rays_meet_a_torus(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan = make_torus(200, 100, 0.05f, &arena);
    check_bake("torus", &scan, &arena);
    arena_drop(&arena);
}

static void rays_meet_a_scan(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan;
    assert_ok(import_scan(shared_file(&arena, "scans/man-with-wreath/man_wearing_a_wreath.glb"),
                          &(ImportOptions){0}, &arena, &scan));
    check_bake("man", &scan, &arena);
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rays_meet_a_torus),
        cmocka_unit_test(rays_meet_a_scan),
    };
    return cmocka_run_group_tests(tests, bake_check_begin, NULL);
}
