// test_cut.c: whatever is resident, a cut is one whole surface; wants lead to what was asked
// for.

#include "test.h"

#include "stream/cut.h"
#include "stream/strip.h"

#include <float.h>
#include <math.h>

typedef struct Fixture {
    Arena arena;
    Strip strip;
    MeshGraph graph; // as read; some of its blocks may be missing
    CutState state;
    CutPage *pages;
    bool *broken_blocks;
} Fixture;

static void add_block(Fixture *fixture, uint32_t index)
{
    const MeshBlock *block = &fixture->graph.blocks[index];
    MeshTable table;
    assert_ok(mesh_parse_block(
        &fixture->graph, index,
        (Bytes){fixture->strip.graph_bytes.ptr + block->offset, block->size_bytes},
        &fixture->arena, &table));
    mesh_add_block(&fixture->graph, &table);
}

// Only the roots' blocks are there, and of the others about this share.
static void read_blocks(Fixture *fixture, float share)
{
    Bytes file = fixture->strip.graph_bytes;
    uint64_t head;
    assert_ok(mesh_head_bytes(file, &head));
    assert_ok(mesh_parse_head(bytes_first(file, (size_t)head),
                              &(MeshSizes){file.len, fixture->strip.pages_bytes.len},
                              &fixture->arena, &fixture->graph));
    for (uint32_t i = 0; i < fixture->graph.block_count; i++)
        if (fixture->graph.blocks[i].first_group < fixture->graph.root_count ||
            rand() < share * (float)RAND_MAX)
            add_block(fixture, i);
}

static Fixture *make_fixture(uint32_t leaf_count, uint32_t root_clusters, uint32_t seed)
{
    static Fixture fixture;
    fixture = (Fixture){0};
    fixture.strip = strip_make(leaf_count, root_clusters, seed, &fixture.arena);
    const MeshGraph *graph = &fixture.graph;
    assert_ok(mesh_parse_graph(fixture.strip.graph_bytes, fixture.strip.pages_bytes.len,
                               &fixture.arena, &fixture.graph));
    fixture.broken_blocks = ARENA_ARRAY(&fixture.arena, bool, graph->block_count);
    fixture.state = cut_make_state(graph, &fixture.arena);
    fixture.pages = ARENA_ARRAY(&fixture.arena, CutPage, graph->page_count);
    return &fixture;
}

static void set_resident(Fixture *fixture, uint32_t page, bool is_resident)
{
    fixture->pages[page].mesh = is_resident ? &fixture->strip.pages[page] : NULL;
    fixture->pages[page].slot = page + 100; // any number
}

static void set_roots_resident(Fixture *fixture)
{
    const MeshGraph *graph = &fixture->strip.graph;
    for (uint32_t root = 0; root < graph->root_count; root++)
        set_resident(fixture, graph->groups[root].page, true);
}

static float random_float(float low, float high)
{
    return low + (high - low) * (float)rand() / (float)RAND_MAX;
}

// Looks at the strip from somewhere around it.
static ObjectView random_view(const MeshGraph *graph)
{
    Camera camera = {.fov_y = random_float(0.1f, 1.4f), .near_m = 1e-4f, .far_m = 100};
    camera.position[0] = random_float(-1, graph->high_m[0] + 1);
    camera.position[1] = random_float(-1, 1);
    camera.position[2] = graph->high_m[2] / 2 + random_float(0.3f, 3);
    double target[3] = {random_float(0, graph->high_m[0]), 0, 0.2};
    camera_look_at(&camera, target);
    if (rand() % 5 == 0)
        camera.ortho_height_m = random_float(0.2f, 4);
    View view = camera_view(&camera, &(Viewport){0, 0, 1280, 720});
    return view_to_object(&view, &PLACEMENT_IDENTITY);
}

static CutResult select_cut(Fixture *fixture, const ObjectView *view, float pixel_error,
                            bool is_whole)
{
    return cut_select(&(CutInput){.graph = &fixture->graph,
                                  .state = &fixture->state,
                                  .pages = fixture->pages,
                                  .broken_blocks = fixture->broken_blocks,
                                  .view = view,
                                  .pixel_error = pixel_error,
                                  .is_whole = is_whole,
                                  .want_limit = UINT32_MAX},
                      &fixture->arena);
}

// How often each column of the strip is drawn, from what a GPU would be told.
static void count_columns(Fixture *fixture, const CutResult *cut, uint8_t *counts)
{
    memset(counts, 0, fixture->strip.column_count);
    uint32_t triangles = 0;
    for (uint32_t i = 0; i < cut->draw_count; i++) {
        const CutDraw *draw = &cut->draws[i];
        uint32_t page = draw->slot - 100;
        const MeshPage *mesh = &fixture->strip.pages[page];
        assert_true(draw->first_index + draw->index_count <= mesh->index_count);
        triangles += draw->index_count / 3;
        for (uint32_t k = 0; k < mesh->cluster_count; k++) {
            const MeshCluster *cluster = &mesh->clusters[k];
            if (cluster->first_index < draw->first_index ||
                cluster->first_index >= draw->first_index + draw->index_count)
                continue;
            StripCluster columns = fixture->strip.clusters[page][k];
            for (uint32_t c = 0; c < columns.column_count; c++)
                counts[columns.first_column + c]++;
        }
    }
    assert_int_equal(triangles, cut->triangle_count);
}

static void check_whole(Fixture *fixture, const CutResult *cut)
{
    uint8_t counts[8192];
    assert_true(fixture->strip.column_count <= sizeof counts);
    count_columns(fixture, cut, counts);
    for (uint32_t i = 0; i < fixture->strip.column_count; i++)
        assert_int_equal(counts[i], 1);
}

static bool is_column_visible(const Fixture *fixture, uint32_t column, const ObjectView *view)
{
    float point[3];
    strip_point(&fixture->strip, (float)column + 0.5f, point);
    for (int i = 0; i < 6; i++) {
        const float *plane = view->planes[i];
        if (plane[0] * point[0] + plane[1] * point[1] + plane[2] * point[2] + plane[3] < 0.03f)
            return false; // perhaps: the strip is a little wider than this
    }
    return true;
}

// In the picture every column is there once. Outside nothing is promised.
static void check_visible(Fixture *fixture, const CutResult *cut, const ObjectView *view)
{
    uint8_t counts[8192];
    count_columns(fixture, cut, counts);
    for (uint32_t i = 0; i < fixture->strip.column_count; i++)
        if (is_column_visible(fixture, i, view))
            assert_int_equal(counts[i], 1);
}

// With all pages there, no column in the picture is drawn coarser than was asked for.
static void check_detail(Fixture *fixture, const ObjectView *view, float pixel_error)
{
    const MeshGraph *graph = &fixture->strip.graph;
    for (uint32_t page = 0; page < graph->page_count; page++)
        set_resident(fixture, page, true);
    CutResult cut = select_cut(fixture, view, pixel_error, false);
    for (uint32_t i = 0; i < cut.draw_count; i++) {
        uint32_t page = cut.draws[i].slot - 100;
        const MeshPage *mesh = &fixture->strip.pages[page];
        for (uint32_t k = 0; k < mesh->cluster_count; k++) {
            const MeshCluster *cluster = &mesh->clusters[k];
            if (cluster->first_index < cut.draws[i].first_index ||
                cluster->first_index >= cut.draws[i].first_index + cut.draws[i].index_count ||
                cluster->refined_by == MESH_NO_GROUP)
                continue;
            StripCluster columns = fixture->strip.clusters[page][k];
            for (uint32_t c = 0; c < columns.column_count; c++)
                if (is_column_visible(fixture, columns.first_column + c, view))
                    assert_true(cut_error_px(&graph->groups[cluster->refined_by], view) <=
                                pixel_error);
        }
    }
}

static void any_set_of_pages_gives_one_surface(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 8; seed++) {
        Fixture *fixture = make_fixture(400, seed % 2 ? 4 : 40, seed);
        const MeshGraph *graph = &fixture->strip.graph;
        for (int round = 0; round < 60; round++) {
            float share = random_float(0, 1.1f);
            for (uint32_t page = 0; page < graph->page_count; page++)
                set_resident(fixture, page, random_float(0, 1) < share);
            set_roots_resident(fixture);
            ObjectView view = random_view(graph);
            float pixel_error = powf(10, random_float(-2, 2));
            ArenaMark mark = arena_mark(&fixture->arena);
            CutResult cut = select_cut(fixture, &view, pixel_error, true);
            check_whole(fixture, &cut);
            assert_true(cut.needed_count || cut.error_px <= pixel_error);
            cut = select_cut(fixture, &view, pixel_error, false);
            check_visible(fixture, &cut, &view);
            check_detail(fixture, &view, pixel_error);
            arena_rewind(&fixture->arena, mark);
        }
        arena_drop(&fixture->arena);
    }
}

// The same of blocks; and one look at the blocks that are wanted tells of the next ones.
static void any_set_of_blocks_gives_one_surface(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 8; seed++) {
        Fixture *fixture = make_fixture(400, seed % 2 ? 4 : 40, seed);
        const MeshGraph *graph = &fixture->strip.graph;
        for (uint32_t page = 0; page < graph->page_count; page++)
            set_resident(fixture, page, true);
        for (int round = 0; round < 40; round++) {
            ArenaMark mark = arena_mark(&fixture->arena);
            read_blocks(fixture, random_float(0, 1.1f));
            ObjectView view = random_view(graph);
            float pixel_error = powf(10, random_float(-2, 2));
            CutResult cut = select_cut(fixture, &view, pixel_error, true);
            check_whole(fixture, &cut);
            assert_true(cut.block_want_count || cut.error_px <= pixel_error);
            cut = select_cut(fixture, &view, pixel_error, false);
            check_visible(fixture, &cut, &view);
            arena_rewind(&fixture->arena, mark);
        }
        arena_drop(&fixture->arena);
    }
}

// Wants of blocks lead to the cut of the whole graph, and not to all blocks.
static void wanted_blocks_are_enough(void **state)
{
    (void)state;
    uint32_t spared = 0;
    for (uint32_t seed = 1; seed <= 20; seed++) {
        Fixture *fixture = make_fixture(400, 4, seed);
        const MeshGraph *graph = &fixture->strip.graph;
        for (uint32_t page = 0; page < graph->page_count; page++)
            set_resident(fixture, page, true);
        ObjectView view = random_view(graph);
        float pixel_error = powf(10, random_float(-1, 1));
        CutResult full = select_cut(fixture, &view, pixel_error, false);
        assert_int_equal(full.block_want_count, 0);
        read_blocks(fixture, 0);
        CutResult cut = select_cut(fixture, &view, pixel_error, false);
        for (uint32_t round = 0; cut.block_want_count; round++) {
            assert_true(round <= graph->level_count);
            for (uint32_t i = 0; i < cut.block_want_count; i++) {
                assert_false(fixture->graph.blocks[cut.block_wants[i].page].is_there);
                assert_true(cut.block_wants[i].priority > pixel_error);
                add_block(fixture, cut.block_wants[i].page);
            }
            cut = select_cut(fixture, &view, pixel_error, false);
        }
        assert_int_equal(cut.triangle_count, full.triangle_count);
        assert_int_equal(cut.draw_count, full.draw_count);
        assert_true(cut.error_px <= pixel_error);
        for (uint32_t i = 0; i < graph->block_count; i++)
            spared += !fixture->graph.blocks[i].is_there;
        arena_drop(&fixture->arena);
    }
    assert_true(spared > 20);
}

static void a_broken_block_is_done_without(void **state)
{
    (void)state;
    Fixture *fixture = make_fixture(400, 4, 5);
    const MeshGraph *graph = &fixture->strip.graph;
    for (uint32_t page = 0; page < graph->page_count; page++)
        set_resident(fixture, page, true);
    read_blocks(fixture, 0);
    for (uint32_t i = 1; i < graph->block_count; i++)
        if (i != graph->block_count / 2 && !fixture->graph.blocks[i].is_there)
            add_block(fixture, i);
    ObjectView view = random_view(graph);
    CutResult cut = select_cut(fixture, &view, 1e-4f, true);
    assert_int_equal(cut.block_want_count, 1);
    assert_int_equal(cut.block_wants[0].page, graph->block_count / 2);
    fixture->broken_blocks[graph->block_count / 2] = true;
    cut = select_cut(fixture, &view, 1e-4f, true);
    assert_int_equal(cut.block_want_count, 0);
    check_whole(fixture, &cut);
    arena_drop(&fixture->arena);
}

// A pack that lies: more groups have a child than it says. It is looked at once, not more.
static void a_child_of_too_many_is_looked_at_once(void **state)
{
    (void)state;
    Fixture *fixture = make_fixture(400, 4, 11);
    MeshGraph *graph = &fixture->graph;
    for (uint32_t page = 0; page < graph->page_count; page++)
        set_resident(fixture, page, true);
    for (uint32_t i = graph->root_count; i < graph->group_count; i++)
        graph->groups[i].parent_count = 1;
    ObjectView view = random_view(graph);
    CutResult cut = select_cut(fixture, &view, 1e-4f, true);
    assert_true(cut.group_count <= graph->group_count);
    assert_true(cut.group_count > graph->group_count / 2);
    arena_drop(&fixture->arena);
}

static void a_missing_root_draws_nothing_and_wants_everything(void **state)
{
    (void)state;
    Fixture *fixture = make_fixture(400, 40, 3);
    const MeshGraph *graph = &fixture->strip.graph;
    assert_true(graph->root_count > MESH_PAGE_MAX_GROUPS);
    ObjectView view = random_view(graph);
    for (uint32_t page = 0; page < graph->page_count; page++)
        set_resident(fixture, page, page != 0);
    CutResult cut = select_cut(fixture, &view, 0.01f, true);
    assert_int_equal(cut.draw_count, 0);
    assert_int_equal(cut.want_count, 1);
    assert_true(isinf(cut.wants[0].priority));
    set_resident(fixture, 0, true);
    cut = select_cut(fixture, &view, 0.01f, true);
    check_whole(fixture, &cut);
    arena_drop(&fixture->arena);
}

// One look tells all: loading just what is wanted settles at once.
static void wants_are_complete_and_no_more_than_needed(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 20; seed++) {
        Fixture *fixture = make_fixture(400, 4, seed);
        const MeshGraph *graph = &fixture->strip.graph;
        ObjectView view = random_view(graph);
        float pixel_error = powf(10, random_float(-1, 1));
        CutResult cut = select_cut(fixture, &view, pixel_error, false);
        for (uint32_t i = 0; i < cut.want_count; i++) {
            assert_null(fixture->pages[cut.wants[i].page].mesh);
            set_resident(fixture, cut.wants[i].page, true);
        }
        uint32_t wanted = cut.want_count;
        cut = select_cut(fixture, &view, pixel_error, false);
        assert_int_equal(cut.want_count, 0);
        assert_int_equal(cut.used_count, wanted);
        assert_true(cut.error_px <= pixel_error);
        arena_drop(&fixture->arena);
    }
}

static void a_broken_page_is_done_without(void **state)
{
    (void)state;
    Fixture *fixture = make_fixture(400, 4, 5);
    const MeshGraph *graph = &fixture->strip.graph;
    ObjectView view = random_view(graph);
    for (uint32_t page = 0; page < graph->page_count; page++)
        set_resident(fixture, page, true);
    uint32_t broken = graph->page_count / 3;
    set_resident(fixture, broken, false);
    fixture->pages[broken].is_broken = true;
    CutResult cut = select_cut(fixture, &view, 1e-4f, true);
    assert_int_equal(cut.want_count, 0);
    check_whole(fixture, &cut);
    arena_drop(&fixture->arena);
}

static void wants_stop_at_their_limit(void **state)
{
    (void)state;
    Fixture *fixture = make_fixture(400, 4, 6);
    ObjectView view = random_view(&fixture->strip.graph);
    CutInput input = {.graph = &fixture->strip.graph,
                      .state = &fixture->state,
                      .pages = fixture->pages,
                      .view = &view,
                      .pixel_error = 1e-5f,
                      .is_whole = true,
                      .want_limit = 3};
    CutResult cut = cut_select(&input, &fixture->arena);
    assert_int_equal(cut.want_count, 3);
    assert_true(cut.is_cut_off);
    input.want_limit = 0;
    cut = cut_select(&input, &fixture->arena);
    assert_int_equal(cut.want_count, 0);
    assert_false(cut.is_cut_off);
    arena_drop(&fixture->arena);
}

// Sixteen times the strip, and from near by the cut looks at hardly more of it.
static void what_is_not_seen_costs_nothing(void **state)
{
    (void)state;
    uint32_t visited[2], groups[2];
    for (int i = 0; i < 2; i++) {
        Fixture *fixture = make_fixture(i ? 960 : 60, 4, 8);
        for (uint32_t page = 0; page < fixture->strip.graph.page_count; page++)
            set_resident(fixture, page, true);
        float at[3];
        strip_point(&fixture->strip, 200, at);
        Camera camera = {.position = {(double)at[0], (double)at[1], (double)at[2] + 0.01},
                         .fov_y = 0.8f,
                         .near_m = 0.002f,
                         .far_m = 100};
        Viewport viewport = {0, 0, 1280, 720};
        View world = camera_view(&camera, &viewport);
        ObjectView view = view_to_object(&world, &PLACEMENT_IDENTITY);
        CutResult cut = cut_select(&(CutInput){.graph = &fixture->strip.graph,
                                               .state = &fixture->state,
                                               .pages = fixture->pages,
                                               .view = &view,
                                               .pixel_error = 1,
                                               .want_limit = 1000},
                                   &fixture->arena);
        assert_true(cut.triangle_count > 0 && cut.visited_count >= cut.group_count);
        visited[i] = cut.visited_count;
        groups[i] = fixture->strip.graph.group_count;
        arena_drop(&fixture->arena);
    }
    assert_true(groups[1] > 12 * groups[0]);
    assert_true(visited[1] <= visited[0] + 24); // a few more levels
}

static void the_error_grows_towards_the_root_and_the_eye(void **state)
{
    (void)state;
    Fixture *fixture = make_fixture(400, 4, 7);
    const MeshGraph *graph = &fixture->strip.graph;
    for (int round = 0; round < 50; round++) {
        ObjectView view = random_view(graph);
        for (uint32_t i = 0; i < graph->group_count; i++) {
            const MeshGroup *group = &graph->groups[i];
            float error_px = cut_error_px(group, &view);
            for (uint32_t k = 0; k < group->child_count; k++) {
                uint32_t child = graph->children[group->first_child + k];
                assert_true(error_px >= cut_error_px(&graph->groups[child], &view) * 0.999f);
            }
        }
    }
    MeshGroup group = {.reach = {{-1, -1, -11}, {1, 1, -9}}, .error_m = 0.01f};
    ObjectView view = {.pixels_per_radian = 900};
    assert_float_equal(cut_error_px(&group, &view), 0.01 * 900 / 9, 1e-4);
    group.reach.high[2] = 1;
    assert_true(isinf(cut_error_px(&group, &view)));
    view.planes[4][2] = -1; // the near plane, 2 from the eye
    view.planes[4][3] = -2;
    assert_float_equal(cut_error_px(&group, &view), 0.01 * 900 / 2, 1e-4);
    arena_drop(&fixture->arena);
}

static void passes_count_past_the_end(void **state)
{
    (void)state;
    Fixture *fixture = make_fixture(100, 4, 8);
    const MeshGraph *graph = &fixture->strip.graph;
    for (uint32_t page = 0; page < graph->page_count; page++)
        set_resident(fixture, page, true);
    ObjectView view = random_view(graph);
    CutResult cut = select_cut(fixture, &view, 0.01f, true);
    fixture->state.pass = UINT32_MAX - 1;
    for (int i = 0; i < 4; i++) {
        cut = select_cut(fixture, &view, i == 1 ? 100 : 0.01f, true);
        check_whole(fixture, &cut);
    }
    assert_int_equal(fixture->state.pass, 3);
    arena_drop(&fixture->arena);
}

static void clusters_that_face_away_are_left_out(void **state)
{
    (void)state;
    Fixture *fixture = make_fixture(100, 4, 9);
    MeshGraph *graph = &fixture->strip.graph;
    for (uint32_t page = 0; page < graph->page_count; page++) {
        set_resident(fixture, page, true);
        MeshPage *mesh = &fixture->strip.pages[page];
        for (uint32_t i = 0; i < mesh->cluster_count; i++)
            mesh->clusters[i].cone_cutoff = 0.9f; // they face +z
    }
    Camera camera = {.fov_y = 1, .near_m = 0.01f, .far_m = 100, .position = {0.4, 0, 6}};
    for (int side = 0; side < 2; side++) {
        camera.position[2] = side ? -6 : 6;
        camera_look_at(&camera, (double[3]){0.4, 0, 0});
        for (int kind = 0; kind < 2; kind++) {
            camera.ortho_height_m = kind ? 3 : 0;
            View view = camera_view(&camera, &(Viewport){0, 0, 1280, 720});
            ObjectView object_view = view_to_object(&view, &PLACEMENT_IDENTITY);
            CutResult cut = select_cut(fixture, &object_view, 1, false);
            assert_int_equal(cut.triangle_count == 0, side);
            cut = cut_select(&(CutInput){.graph = &fixture->strip.graph,
                                         .state = &fixture->state,
                                         .pages = fixture->pages,
                                         .view = &object_view,
                                         .pixel_error = 1,
                                         .is_two_sided = true},
                             &fixture->arena);
            check_whole(fixture, &cut);
        }
    }
    arena_drop(&fixture->arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_set_of_pages_gives_one_surface),
        cmocka_unit_test(any_set_of_blocks_gives_one_surface),
        cmocka_unit_test(wanted_blocks_are_enough),
        cmocka_unit_test(a_broken_block_is_done_without),
        cmocka_unit_test(a_child_of_too_many_is_looked_at_once),
        cmocka_unit_test(a_missing_root_draws_nothing_and_wants_everything),
        cmocka_unit_test(wants_are_complete_and_no_more_than_needed),
        cmocka_unit_test(a_broken_page_is_done_without),
        cmocka_unit_test(wants_stop_at_their_limit),
        cmocka_unit_test(what_is_not_seen_costs_nothing),
        cmocka_unit_test(the_error_grows_towards_the_root_and_the_eye),
        cmocka_unit_test(passes_count_past_the_end),
        cmocka_unit_test(clusters_that_face_away_are_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
