// test_bake_cone.c: what faces away is known, and nothing else is taken for it.

#include "bake_check.h"

#include "packer/bake_cone.h"
#include "stream/cut.h"

#include <stdlib.h>

enum { SIDE = 30, EYES = 14 };

// ---- a patch

// A square in z = 0 facing +z, with the first triangles turned over.
static MeshCone cone_of_patch(uint32_t turned_count, float noise)
{
    Arena arena = {0};
    Scan scan = make_square(SIDE, &arena);
    srand(1);
    for (uint32_t v = 0; v < scan.vertex_count; v++)
        scan.positions[v][2] = noise / SIDE * ((float)rand() / (float)RAND_MAX - 0.5f);
    for (uint32_t t = 0; t < scan.triangle_count; t++) {
        uint32_t *corners = scan.triangles[t], kept = corners[1];
        if (t >= turned_count)
            continue;
        corners[1] = corners[2];
        corners[2] = kept;
    }
    MeshCone cone = bake_cone(&(ConeDesc){.vertex_count = scan.vertex_count,
                                          .triangle_count = scan.triangle_count,
                                          .positions = (const float(*)[3])scan.positions,
                                          .triangles = (const uint32_t(*)[3])scan.triangles},
                              &arena);
    arena_drop(&arena);
    return cone;
}

static void noise_does_not_open_a_cone(void **state)
{
    (void)state;
    const float up[3] = {0, 0, 1}, aslant[3] = {0, 1, 1}, down[3] = {0, 0, -1};
    MeshCone flat = cone_of_patch(0, 0);
    assert_true(mesh_cone_is_sound(&flat));
    assert_true(mesh_cone_has(&flat, up, 0));
    assert_false(mesh_cone_has(&flat, aslant, 0.7f));
    MeshCone turned = cone_of_patch(1, 0), rough = cone_of_patch(1, 0.2f);
    assert_true(mesh_cone_has(&turned, up, 0));
    assert_false(mesh_cone_has(&turned, aslant, 0.1f));
    assert_false(mesh_cone_has(&rough, aslant, 0.1f));
    MeshCone folded = cone_of_patch(SIDE * SIDE / 5, 0); // a tenth of it
    assert_true(mesh_cone_has(&folded, up, 0) && mesh_cone_has(&folded, down, 0));
    MeshCone none = bake_cone(&(ConeDesc){0}, NULL);
    assert_true(none.cutoff < 0);
}

static float random_float(float low, float high)
{
    return low + (high - low) * (float)rand() / (float)RAND_MAX;
}

static void a_cone_around_others_holds_them(void **state)
{
    (void)state;
    srand(2);
    uint32_t closed = 0;
    for (int round = 0; round < 2000; round++) {
        MeshCone cones[9];
        uint32_t count = 1 + (uint32_t)rand() % COUNT_OF(cones);
        for (uint32_t i = 0; i < count; i++) {
            float axis[3] = {random_float(-0.5f, 0.5f), random_float(-0.5f, 0.5f), 1};
            float size = sqrtf(axis[0] * axis[0] + axis[1] * axis[1] + axis[2] * axis[2]);
            for (int k = 0; k < 3; k++)
                axis[k] /= size;
            cones[i] =
                i % 4 == 3 ? MESH_CONE_NOTHING : mesh_cone_make(axis, random_float(0, 0.9f));
        }
        MeshCone around = mesh_cone_around(cones, count);
        assert_true(mesh_cone_is_sound(&around));
        closed += around.cutoff > 0;
        for (uint32_t i = 0; i < count; i++)
            if (cones[i].cutoff >= 0)
                assert_true(mesh_cone_holds(&around, &cones[i]));
    }
    assert_true(closed > 1500); // and is no wider than it has to be
}

// ---- a ball

static Scan make_ball(uint32_t around, uint32_t across, Arena *arena)
{
    Scan scan = make_scan(around * (across + 1), 2 * around * across, arena);
    for (uint32_t i = 0; i < around; i++) {
        for (uint32_t j = 0; j <= across; j++) {
            float a = 6.2831853f * (float)i / (float)around;
            float b = 3.1415927f * (float)j / (float)across;
            float radius = 1 + random_float(0, 2e-4f); // as scans are
            set3(scan.positions[i * (across + 1) + j], radius * sinf(b) * cosf(a),
                 radius * cosf(b), -radius * sinf(b) * sinf(a));
            if (j == across)
                continue;
            uint32_t at = i * (across + 1) + j, next = (i + 1) % around * (across + 1) + j;
            uint32_t *to = scan.triangles[2 * (i * across + j)];
            memcpy(to, (uint32_t[6]){at, at + 1, next + 1, at, next + 1, next}, 24);
        }
    }
    // Poles are one place each.
    for (uint32_t i = 0; i < around; i++) {
        set3(scan.positions[i * (across + 1)], 0, 1, 0);
        set3(scan.positions[i * (across + 1) + across], 0, -1, 0);
    }
    return scan;
}

typedef struct Viewer {
    const Sculpture *s;
    CutState state;
    CutPage *pages;
} Viewer;

static void set_resident(Viewer *viewer, bool is_all)
{
    const MeshGraph *graph = &viewer->s->graph;
    for (uint32_t p = 0; p < graph->page_count; p++)
        viewer->pages[p] =
            (CutPage){.mesh = is_all || graph->pages[p].first_group < graph->root_count
                                  ? &viewer->s->pages[p]
                                  : NULL};
}

static ObjectView view_from(const double eye[3], bool is_orthographic)
{
    Camera camera = {.fov_y = 1, .near_m = 0.01f, .far_m = 100};
    memcpy(camera.position, eye, sizeof camera.position);
    camera.ortho_height_m = is_orthographic ? 3 : 0;
    camera_look_at(&camera, (double[3]){0, 0, 0});
    View view = camera_view(&camera, &(Viewport){0, 0, 1000, 1000});
    return view_to_object(&view, &PLACEMENT_IDENTITY);
}

static CutResult cut_from(Viewer *viewer, const ObjectView *view, float pixel_error,
                          Arena *arena)
{
    return cut_select(&(CutInput){.graph = &viewer->s->graph,
                                  .state = &viewer->state,
                                  .pages = viewer->pages,
                                  .view = view,
                                  .pixel_error = pixel_error,
                                  .want_limit = UINT32_MAX},
                      arena);
}

// The largest of dot(direction, place) within the page's groups.
static float nearest_side(const MeshGraph *graph, uint32_t page, const double direction[3])
{
    float most = -FLT_MAX;
    for (uint32_t i = 0; i < graph->pages[page].group_count; i++) {
        const MeshBox *reach = &graph->groups[graph->pages[page].first_group + i].reach;
        float side = 0;
        for (int k = 0; k < 3; k++)
            side += (float)direction[k] * (direction[k] > 0 ? reach->high[k] : reach->low[k]);
        most = MAX(most, side);
    }
    return most;
}

static void eye_of(int number, double eye[3])
{
    static const double corner = 0.577350269;
    for (int k = 0; k < 3; k++)
        eye[k] = number < 6 ? (number / 2 == k ? number % 2 * 2 - 1 : 0)
                            : (number >> k & 1 ? corner : -corner);
}

// The far side of a ball is wanted from nowhere, and all of it from somewhere.
static void far_sides_are_not_wanted(void **state)
{
    (void)state;
    Arena arena = {0};
    srand(3);
    Scan scan = make_ball(500, 250, &arena);
    Sculpture s;
    assert_ok(bake(&scan, (BakeOptions){0}, &arena, &s));
    Viewer viewer = {&s, cut_make_state(&s.graph, &arena),
                     ARENA_ARRAY(&arena, CutPage, s.graph.page_count)};
    uint32_t *wanted = ARENA_ARRAY(&arena, uint32_t, s.graph.page_count), spared = 0;
    for (int i = 0; i < 2 * EYES; i++) {
        double eye[3], direction[3];
        eye_of(i % EYES, direction);
        for (int k = 0; k < 3; k++)
            eye[k] = 4 * direction[k];
        ObjectView view = view_from(eye, i >= EYES);
        set_resident(&viewer, false);
        CutResult cut = cut_from(&viewer, &view, 1e-3f, &arena);
        for (uint32_t k = 0; k < cut.want_count; k++) {
            wanted[cut.wants[k].page]++;
            assert_true(nearest_side(&s.graph, cut.wants[k].page, direction) > -0.4f);
        }
        // What is expanded is still one whole surface.
        set_resident(&viewer, true);
        cut_from(&viewer, &view, 1e-3f, &arena);
        bool *is_expanded = ARENA_ARRAY(&arena, bool, s.graph.group_count);
        for (uint32_t g = 0; g < s.graph.group_count; g++)
            is_expanded[g] = viewer.state.marks[g].pass == viewer.state.pass &&
                             viewer.state.marks[g].is_expanded;
        for (uint32_t g = 0; g < s.graph.group_count; g++)
            spared += !is_expanded[g];
        CutMesh mesh = draw_cut(&s, is_expanded, &arena);
        assert_int_equal(count_open_edges(&mesh, &arena), 0);
    }
    for (uint32_t p = 1; p < s.graph.page_count; p++)
        assert_true(wanted[p] > 0 || s.graph.pages[p].first_group < s.graph.root_count);
    assert_true(spared > 2 * EYES * s.graph.group_count / 5);
    arena_drop(&arena);
}

// Pages that have nothing to draw may be missing: what is drawn is the same.
static void steps_change_nothing(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan = make_torus(400, 200, 0.02f, &arena);
    Sculpture s;
    assert_ok(bake(&scan, (BakeOptions){0}, &arena, &s));
    Viewer viewer = {&s, cut_make_state(&s.graph, &arena),
                     ARENA_ARRAY(&arena, CutPage, s.graph.page_count)};
    uint32_t steps = 0;
    for (int i = 0; i < EYES; i++) {
        double eye[3];
        eye_of(i, eye);
        for (int k = 0; k < 3; k++)
            eye[k] *= 1.6;
        ObjectView view = view_from(eye, false);
        set_resident(&viewer, true);
        CutResult whole = cut_from(&viewer, &view, 0.02f, &arena);
        set_resident(&viewer, false);
        CutResult cut = cut_from(&viewer, &view, 0.02f, &arena);
        for (uint32_t k = 0; k < cut.want_count; k++) {
            steps += cut.wants[k].is_step;
            if (!cut.wants[k].is_step)
                viewer.pages[cut.wants[k].page].mesh = &s.pages[cut.wants[k].page];
        }
        cut = cut_from(&viewer, &view, 0.02f, &arena);
        assert_int_equal(cut.needed_count, 0);
        assert_true(cut.error_px == whole.error_px);
        assert_true(cut.triangle_count <= whole.triangle_count); // stand-ins of far sides
        assert_true(cut.triangle_count > whole.triangle_count * 9 / 10);
    }
    assert_true(steps > EYES);
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(noise_does_not_open_a_cone),
        cmocka_unit_test(a_cone_around_others_holds_them),
        cmocka_unit_test(far_sides_are_not_wanted),
        cmocka_unit_test(steps_change_nothing),
    };
    return cmocka_run_group_tests(tests, bake_check_begin, NULL);
}
