// test_facing.c: what is left out faces away, most of what faces away is left out, and no
// triangle is lost.

#include "test.h"

#include "stream/cut.h"
#include "stream/strip.h"

#include <float.h>
#include <math.h>

enum { RINGS = 48, SIDES = 64, STEPS = 20000 };

static float random_float(float low, float high)
{
    return low + (high - low) * (float)rand() / (float)RAND_MAX;
}

static void add_vertex(MeshPage *page, float ring, float side, float roughness)
{
    float pole = 3.1415927f * ring / RINGS, around = 6.2831853f * side / SIDES;
    float radius = 0.45f + random_float(-roughness, roughness);
    float at[3] = {sinf(pole) * cosf(around), cosf(pole), sinf(pole) * sinf(around)};
    for (int axis = 0; axis < 3; axis++)
        page->vertices[page->vertex_count].position[axis] =
            (uint16_t)((0.5f + radius * at[axis]) * STEPS);
    page->vertex_count++;
}

static void add_triangle(MeshPage *page, uint32_t a, uint32_t b, uint32_t c)
{
    MeshCluster *cluster = &page->clusters[page->cluster_count - 1];
    if (!page->cluster_count || cluster->triangle_count == MESH_CLUSTER_MAX_TRIANGLES) {
        cluster = &page->clusters[page->cluster_count++];
        *cluster = (MeshCluster){.cone_cutoff = 2, .first_index = page->index_count};
    }
    cluster->triangle_count++;
    page->indices[page->index_count++] = (uint16_t)a;
    page->indices[page->index_count++] = (uint16_t)b;
    page->indices[page->index_count++] = (uint16_t)c;
}

static void corner(const MeshPage *page, uint32_t index, double out[3])
{
    const MeshVertex *vertex = &page->vertices[page->indices[index]];
    for (int axis = 0; axis < 3; axis++)
        out[axis] =
            (double)(page->origin_m[axis] + page->step_m * (float)vertex->position[axis]);
}

static void bound_clusters(MeshPage *page)
{
    for (uint32_t c = 0; c < page->cluster_count; c++) {
        MeshCluster *cluster = &page->clusters[c];
        uint32_t count = 3 * cluster->triangle_count;
        double sum[3] = {0}, at[3];
        for (uint32_t i = 0; i < count; i++) {
            corner(page, cluster->first_index + i, at);
            add_scaled3(sum, at, 1.0 / count, sum);
        }
        for (int axis = 0; axis < 3; axis++)
            cluster->center[axis] = (float)sum[axis];
        for (uint32_t i = 0; i < count; i++) {
            corner(page, cluster->first_index + i, at);
            sub3(at, sum, at);
            cluster->radius = MAX(cluster->radius, (float)sqrt(dot3(at, at)) * 1.0001f);
        }
    }
}

// A ball with a rough skin; its poles are triangles of no area.
static MeshPage make_ball(float roughness, Arena *arena)
{
    MeshPage page = {.step_m = 1.0f / STEPS};
    page.vertices = ARENA_ARRAY(arena, MeshVertex, MESH_PAGE_MAX_VERTICES);
    page.indices = ARENA_ARRAY(arena, uint16_t, 3 * MESH_PAGE_MAX_TRIANGLES);
    page.clusters = ARENA_ARRAY(arena, MeshCluster, MESH_PAGE_MAX_CLUSTERS + 1);
    page.clusters++; // the one before the first is looked at
    for (uint32_t ring = 0; ring <= RINGS; ring++)
        for (uint32_t side = 0; side < SIDES; side++)
            add_vertex(&page, (float)ring, (float)side, ring % RINGS ? roughness : 0);
    for (uint32_t block = 0; block < SIDES / 8; block++)
        for (uint32_t ring = 0; ring < RINGS; ring++)
            for (uint32_t side = 8 * block; side < 8 * block + 8; side++) {
                uint32_t next = (side + 1) % SIDES, row = ring * SIDES;
                add_triangle(&page, row + side, row + next, row + SIDES + side);
                add_triangle(&page, row + next, row + SIDES + next, row + SIDES + side);
            }
    bound_clusters(&page);
    return page;
}

// Upright on it, twice its area long, and from the eye to it.
static double facing_of(const MeshPage *page, uint32_t first_index, const ObjectView *view)
{
    double p[3][3], a[3], b[3], normal[3], eye[3];
    for (uint32_t i = 0; i < 3; i++)
        corner(page, first_index + i, p[i]);
    sub3(p[1], p[0], a);
    sub3(p[2], p[0], b);
    cross3(a, b, normal);
    for (int axis = 0; axis < 3; axis++)
        eye[axis] = view->is_orthographic ? (double)view->forward[axis]
                                          : p[0][axis] - (double)view->eye[axis];
    return dot3(normal, eye);
}

static ObjectView random_view(const double target[3], float least, float most)
{
    Camera camera = {.fov_y = 0.7f, .near_m = 1e-3f, .far_m = 100};
    double way[3], size;
    do {
        for (int axis = 0; axis < 3; axis++)
            way[axis] = (double)random_float(-1, 1);
        size = sqrt(dot3(way, way));
    } while (size < 0.1 || size > 1);
    add_scaled3(target, way, (double)random_float(least, most) / size, camera.position);
    camera_look_at(&camera, target);
    if (rand() % 4 == 0)
        camera.ortho_height_m = 2;
    View view = camera_view(&camera, &(Viewport){0, 0, 1280, 720});
    return view_to_object(&view, &PLACEMENT_IDENTITY);
}

// ---- sorting

static int compare_triangles(const void *a, const void *b)
{
    return memcmp(a, b, 3 * sizeof(uint16_t));
}

static uint16_t *sorted_triangles(const MeshPage *page, uint32_t cluster, Arena *arena)
{
    const MeshCluster *of = &page->clusters[cluster];
    uint16_t *sorted = arena_copy(arena, &page->indices[of->first_index],
                                  3 * of->triangle_count * sizeof *sorted, 2);
    qsort(sorted, of->triangle_count, 3 * sizeof *sorted, compare_triangles);
    return sorted;
}

static void sorting_keeps_all_triangles_of_a_cluster(void **state)
{
    (void)state;
    Arena arena = {0};
    MeshPage page = make_ball(0.01f, &arena);
    page.clusters[3].triangle_count = 1; // parts of fewer
    page.clusters[4].triangle_count = FACING_TRIANGLES + 1;
    uint16_t *before[MESH_PAGE_MAX_CLUSTERS];
    for (uint32_t c = 0; c < page.cluster_count; c++)
        before[c] = sorted_triangles(&page, c, &arena);
    FacingPart *parts = ARENA_ARRAY(&arena, FacingPart, FACING_PAGE_PARTS);
    facing_sort(&page, parts);
    for (uint32_t c = 0; c < page.cluster_count; c++)
        assert_memory_equal(before[c], sorted_triangles(&page, c, &arena),
                            6 * page.clusters[c].triangle_count);
    arena_drop(&arena);
}

static void what_faces_everywhere_is_said_to(void **state)
{
    (void)state;
    Arena arena = {0};
    MeshPage page = make_ball(0.01f, &arena);
    // Two sides of a sheet in one part; and nothing that has an area.
    uint16_t both[] = {70, 71, 150, 150, 71, 70};
    memcpy(&page.indices[page.clusters[0].first_index], both, sizeof both);
    page.clusters[0].triangle_count = 2;
    uint16_t line[] = {70, 70, 71};
    memcpy(&page.indices[page.clusters[1].first_index], line, sizeof line);
    page.clusters[1].triangle_count = 1;
    FacingPart *parts = ARENA_ARRAY(&arena, FacingPart, FACING_PAGE_PARTS);
    facing_sort(&page, parts);
    for (uint32_t c = 0; c < 2; c++) {
        for (int i = 0; i < 100; i++) {
            FacingEye eye = {.distance = 1};
            for (int axis = 0; axis < 3; axis++)
                eye.view[axis] = random_float(-0.57f, 0.57f);
            assert_false(facing_away(&parts[c * FACING_PARTS], &eye));
        }
    }
    arena_drop(&arena);
}

// ---- drawing

typedef struct Drawn {
    uint64_t front, back, left_out; // triangles; of those that face away
} Drawn;

static CutResult select_cut(const Strip *strip, CutPage *pages, const ObjectView *view,
                            bool is_two_sided, Arena *arena)
{
    CutState state = cut_make_state(&strip->graph, arena);
    return cut_select(&(CutInput){.graph = &strip->graph,
                                  .state = &state,
                                  .pages = pages,
                                  .view = view,
                                  .pixel_error = 1,
                                  .is_two_sided = is_two_sided},
                      arena);
}

// The ball is one page, with one root.
static Strip graph_of_ball(MeshPage *page, Arena *arena)
{
    Strip strip = {.pages = page};
    MeshGraph *graph = &strip.graph;
    graph->root_count = graph->group_count = graph->page_count = graph->block_count = 1;
    graph->groups = ARENA_NEW(arena, MeshGroup);
    graph->groups[0] = (MeshGroup){.reach = {{0, 0, 0}, {1, 1, 1}},
                                   .error_m = FLT_MAX,
                                   .has_finest = true,
                                   .triangle_count = page->index_count / 3};
    graph->pages = ARENA_NEW(arena, MeshPageRange);
    graph->pages[0].group_count = 1;
    graph->blocks = ARENA_NEW(arena, MeshBlock);
    graph->blocks[0] = (MeshBlock){.group_count = 1, .page_count = 1, .is_there = true};
    page->group_count = 1;
    page->groups[0] = (MeshPageGroup){0, page->cluster_count};
    for (uint32_t c = 0; c < page->cluster_count; c++)
        page->clusters[c].refined_by = MESH_NO_GROUP;
    return strip;
}

static bool is_drawn(const CutResult *cut, uint32_t index)
{
    for (uint32_t i = 0; i < cut->draw_count; i++)
        if (index >= cut->draws[i].first_index &&
            index < cut->draws[i].first_index + cut->draws[i].index_count)
            return true;
    return false;
}

static void look(const MeshPage *page, const CutResult *cut, const ObjectView *view, Drawn *sum)
{
    uint32_t drawn = 0;
    for (uint32_t i = 0; i < page->index_count; i += 3) {
        double facing = facing_of(page, i, view);
        bool is_there = is_drawn(cut, i);
        drawn += is_there;
        sum->front += facing < 0;
        sum->back += facing > 0;
        sum->left_out += facing > 0 && !is_there;
        if (facing < -1e-12 && !is_there)
            fail_msg("a triangle that faces the eye is left out (%g)", facing);
    }
    assert_int_equal(drawn, cut->triangle_count);
}

// From afar and from hardly outside, and straight.
static Drawn look_around(float roughness, float least, float most)
{
    Arena arena = {0}, frame = {0};
    MeshPage page = make_ball(roughness, &arena);
    FacingPart *parts = ARENA_ARRAY(&arena, FacingPart, FACING_PAGE_PARTS);
    facing_sort(&page, parts);
    Strip strip = graph_of_ball(&page, &arena);
    CutPage pages[1] = {{.mesh = &page, .facing = parts}};
    Drawn sum = {0};
    for (int i = 0; i < 40; i++) {
        ObjectView view = random_view((double[3]){0.5, 0.5, 0.5}, least, most);
        memset(view.planes, 0, sizeof view.planes); // all of it is in the picture
        CutResult cut = select_cut(&strip, pages, &view, false, &frame);
        look(&page, &cut, &view, &sum);
        cut = select_cut(&strip, pages, &view, true, &frame);
        assert_int_equal(cut.triangle_count, page.index_count / 3);
        arena_reset(&frame);
    }
    arena_drop(&frame);
    arena_drop(&arena);
    return sum;
}

static void only_what_faces_away_is_left_out(void **state)
{
    (void)state;
    static const float roughness[] = {0, 0.003f, 0.02f};
    for (size_t i = 0; i < COUNT_OF(roughness); i++) {
        Drawn far = look_around(roughness[i], 3, 20), near = look_around(roughness[i], 0.5f, 1);
        assert_true(far.back > far.front / 2 && near.back > near.front / 2);
        assert_true(far.left_out > far.back * 6 / 10);
        assert_true(near.left_out > near.back / 2);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sorting_keeps_all_triangles_of_a_cluster),
        cmocka_unit_test(what_faces_everywhere_is_said_to),
        cmocka_unit_test(only_what_faces_away_is_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
