// test_streamer.c: frame by frame against a made-up GPU and a made-up disk that is slow or
// broken.

#include "test.h"

#include "base/log.h"
#include "stream/streamer.h"
#include "stream/strip.h"

#include <math.h>

enum { MAX_SLOTS = 256, MAX_COLUMNS = 4096 };

// What a GPU would hold: the x of every vertex in columns, and the indices.
typedef struct FakeSlot {
    uint16_t columns[MESH_PAGE_MAX_VERTICES];
    uint16_t indices[MESH_PAGE_MAX_TRIANGLES * 3];
    uint32_t index_count;
} FakeSlot;

// Bytes that come out wrong.
typedef struct Damage {
    uint64_t from, to;
} Damage;

typedef struct Disk {
    const Strip *strip;
    atomic_uint delay_ms;
    atomic_uint graph_bytes; // read of strip.graph so far
    Damage graph_damage, pages_damage;
} Disk;

typedef struct Fixture {
    Arena arena, frame;
    Strip strip;
    Disk disk;
    SculptureReader reader;
    Streamer *streamer;
    SculptureId id;
    FakeSlot *slots;
    uint32_t upload_count;
    int logged_lines;
    double shape_m; // kept, where above 0
    bool is_shaped;
} Fixture;

static Status disk_read(const void *context, const char *path, uint64_t offset,
                        size_t size_bytes, Arena *arena, Bytes *out)
{
    Disk *disk = (Disk *)context;
    thread_sleep_ms(atomic_load(&disk->delay_ms));
    bool is_graph = strcmp(path, "strip.graph") == 0;
    if (!is_graph && strcmp(path, "strip.pages") != 0)
        return FAIL(ERR_NOT_FOUND, "%s is not on this disk", path);
    if (is_graph)
        atomic_fetch_add(&disk->graph_bytes, (unsigned)size_bytes);
    Bytes all = is_graph ? disk->strip->graph_bytes : disk->strip->pages_bytes;
    const Damage *damage = is_graph ? &disk->graph_damage : &disk->pages_damage;
    ASSERT(offset + size_bytes <= all.len);
    uint8_t *bytes = arena_copy(arena, all.ptr + offset, size_bytes, 16);
    for (uint64_t i = MAX(offset, damage->from); i < MIN(offset + size_bytes, damage->to); i++)
        bytes[i - offset] ^= 0x55;
    *out = (Bytes){bytes, size_bytes};
    return OK;
}

static Status disk_size(const void *context, const char *path, uint64_t *out_bytes)
{
    const Strip *strip = ((const Disk *)context)->strip;
    bool is_graph = strcmp(path, "strip.graph") == 0;
    if (!is_graph && strcmp(path, "strip.pages") != 0)
        return FAIL(ERR_NOT_FOUND, "%s is not on this disk", path);
    *out_bytes = is_graph ? strip->graph_bytes.len : strip->pages_bytes.len;
    return OK;
}

// Nothing is read yet: this is the time to damage the disk.
static void make_disk(Fixture *fixture, uint32_t leaf_count, uint32_t slot_count)
{
    fixture->strip = strip_make(leaf_count, 4, 3, &fixture->arena);
    assert_true(fixture->strip.column_count <= MAX_COLUMNS && slot_count <= MAX_SLOTS);
    fixture->disk.strip = &fixture->strip;
    fixture->reader = (SculptureReader){&fixture->disk, disk_read, disk_size};
    fixture->slots = ARENA_ARRAY(&fixture->arena, FakeSlot, slot_count);
    StreamerDesc desc = {.slot_count = slot_count, .job_count = 6};
    assert_ok(streamer_make(&desc, &fixture->arena, &fixture->streamer));
}

static void open_strip(Fixture *fixture)
{
    fixture->id =
        streamer_open(fixture->streamer, "strip.graph", "strip.pages", &fixture->reader);
}

static void make_fixture(Fixture *fixture, uint32_t leaf_count, uint32_t slot_count)
{
    make_disk(fixture, leaf_count, slot_count);
    open_strip(fixture);
}

// Loaders read a fixture until it is dropped: it must outlive a test that fails half-way.
static int set_up(void **state)
{
    static Fixture fixture;
    fixture = (Fixture){0};
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    Fixture *fixture = *state;
    streamer_drop(fixture->streamer);
    log_set_sink(NULL, NULL);
    arena_drop(&fixture->arena);
    arena_drop(&fixture->frame);
    return 0;
}

static void upload(Fixture *fixture, const StreamerUpload *upload)
{
    FakeSlot *slot = &fixture->slots[upload->slot];
    for (uint32_t i = 0; i < upload->page->vertex_count; i++)
        slot->columns[i] = upload->page->vertices[i].position[0] / 8;
    slot->index_count = upload->page->index_count;
    memcpy(slot->indices, upload->page->indices, slot->index_count * sizeof *slot->indices);
    fixture->upload_count++;
}

// Every column is drawn by two triangles, or by none if the sculpture is not there yet.
static void check_whole(const Fixture *fixture, const StreamerCut *cut)
{
    uint8_t counts[MAX_COLUMNS] = {0};
    uint32_t draw_count;
    const CutDraw *draws = streamer_draws(fixture->streamer, &draw_count);
    assert_true(cut->first_draw + cut->draw_count <= draw_count);
    for (uint32_t i = 0; i < cut->draw_count; i++) {
        const CutDraw *draw = &draws[cut->first_draw + i];
        const FakeSlot *slot = &fixture->slots[draw->slot];
        assert_true(draw->first_index + draw->index_count <= slot->index_count);
        for (uint32_t k = 0; k < draw->index_count; k += 3) {
            const uint16_t *triangle = &slot->indices[draw->first_index + k];
            uint16_t low = UINT16_MAX, high = 0;
            for (int c = 0; c < 3; c++) {
                low = MIN(low, slot->columns[triangle[c]]);
                high = MAX(high, slot->columns[triangle[c]]);
            }
            for (uint32_t column = low; column < high; column++)
                counts[column]++;
        }
    }
    uint8_t expected = cut->draw_count ? 2 : 0;
    for (uint32_t i = 0; i < fixture->strip.column_count; i++)
        assert_int_equal(counts[i], expected);
}

static View make_view(double x, double distance, bool is_lens)
{
    Camera camera = {.fov_y = 0.8f, .near_m = (float)distance / 2, .far_m = 1000};
    camera.position[0] = x;
    camera.position[2] = 0.25 + distance;
    Viewport viewport = {0, 0, 1280, 720};
    return is_lens ? camera_magnify(&camera, &viewport, (float[2]){700, 360}, 120, 6)
                   : camera_view(&camera, &viewport);
}

static void run_frame(Fixture *fixture, const View *views, uint32_t view_count)
{
    arena_reset(&fixture->frame);
    StreamerUpload next;
    streamer_begin_frame(fixture->streamer, &fixture->frame);
    while (streamer_next_upload(fixture->streamer, &next))
        upload(fixture, &next);
    StreamerCut cuts[4];
    for (uint32_t i = 0; i < view_count; i++)
        cuts[i] = streamer_cut(fixture->streamer, fixture->id,
                               &(StreamerView){.view = &views[i],
                                               .placement = PLACEMENT_IDENTITY,
                                               .is_whole = true});
    if (fixture->shape_m > 0)
        fixture->is_shaped = streamer_keep_shape(fixture->streamer, fixture->id,
                                                 &PLACEMENT_IDENTITY, fixture->shape_m);
    streamer_end_frame(fixture->streamer);
    for (uint32_t i = 0; i < view_count; i++)
        check_whole(fixture, &cuts[i]);
    StreamerStats stats = streamer_stats(fixture->streamer);
    assert_true(stats.resident_pages + stats.loading_pages <= stats.slot_count);
}

static void run_until_settled(Fixture *fixture, const View *views, uint32_t view_count)
{
    for (int i = 0; i < 20000; i++) {
        run_frame(fixture, views, view_count);
        if (streamer_stats(fixture->streamer).is_settled)
            return;
        thread_sleep_ms(1);
    }
    fail_msg("not settled after 20,000 frames");
}

static void from_known_to_visible_to_settled(void **state)
{
    Fixture *fixture = *state;
    make_fixture(fixture, 400, 200);
    fixture->disk.delay_ms = 1;
    assert_int_equal(streamer_phase(fixture->streamer, fixture->id), SCULPTURE_OPENING);
    assert_null(streamer_graph(fixture->streamer, fixture->id));
    assert_false(streamer_stats(fixture->streamer).is_settled);
    View view = make_view(1, 1.5, false);
    run_until_settled(fixture, &view, 1);
    assert_int_equal(streamer_phase(fixture->streamer, fixture->id), SCULPTURE_VISIBLE);
    const MeshGraph *graph = streamer_graph(fixture->streamer, fixture->id);
    assert_int_equal(graph->triangle_count, fixture->strip.graph.triangle_count);
    streamer_begin_frame(fixture->streamer, &fixture->frame);
    StreamerCut cut =
        streamer_cut(fixture->streamer, fixture->id,
                     &(StreamerView){.view = &view, .placement = PLACEMENT_IDENTITY});
    assert_true(cut.is_complete);
    assert_true(cut.error_px <= 1);
    assert_true(cut.triangle_count > 100);
    streamer_end_frame(fixture->streamer);
    StreamerStats stats = streamer_stats(fixture->streamer);
    assert_int_equal(stats.loaded_pages, fixture->upload_count);
    assert_int_equal(stats.resident_bytes, stats.resident_pages * STREAMER_SLOT_BYTES);
    assert_float_equal(stats.pixel_error, 1, 0);
}

static double strip_length(const Strip *strip)
{
    float end[3];
    strip_point(strip, (float)strip->column_count, end);
    return (double)end[0];
}

static void views_ahead_are_there_when_they_come(void **state)
{
    Fixture *fixture = *state;
    make_fixture(fixture, 400, 200);
    View far = make_view(1, 8, false), near = make_view(1, 1.5, false);
    run_until_settled(fixture, &far, 1);
    StreamerView ahead = {.view = &near, .placement = PLACEMENT_IDENTITY, .is_ahead = true};
    uint64_t before = streamer_stats(fixture->streamer).loaded_pages;
    bool is_complete = false;
    for (int i = 0; i < 5000 && !is_complete; i++) {
        StreamerUpload next;
        arena_reset(&fixture->frame);
        streamer_begin_frame(fixture->streamer, &fixture->frame);
        while (streamer_next_upload(fixture->streamer, &next))
            upload(fixture, &next);
        streamer_cut(fixture->streamer, fixture->id,
                     &(StreamerView){.view = &far, .placement = PLACEMENT_IDENTITY});
        StreamerCut cut = streamer_cut(fixture->streamer, fixture->id, &ahead);
        assert_int_equal(cut.draw_count, 0);
        is_complete = cut.is_complete;
        streamer_end_frame(fixture->streamer);
        assert_true(streamer_stats(fixture->streamer).is_settled); // nobody waits for it
        thread_sleep_ms(1);
    }
    assert_true(is_complete && streamer_stats(fixture->streamer).loaded_pages > before);
    assert_int_equal(streamer_stats(fixture->streamer).ahead_pages, 0);
    // Nothing is left to load when it comes.
    streamer_begin_frame(fixture->streamer, &fixture->frame);
    StreamerCut cut =
        streamer_cut(fixture->streamer, fixture->id,
                     &(StreamerView){.view = &near, .placement = PLACEMENT_IDENTITY});
    assert_true(cut.is_complete && cut.draw_count > 0);
    streamer_end_frame(fixture->streamer);
}

static void every_frame_of_a_walk_is_whole(void **state)
{
    Fixture *fixture = *state;
    srand(9);
    make_fixture(fixture, 500, 24);
    double x = 0, distance = 1, length = strip_length(&fixture->strip);
    for (int i = 0; i < 1500; i++) {
        x = CLAMP(x + (rand() % 99 - 49) * 0.004, 0, length);
        distance = CLAMP(distance * pow(1.1, rand() % 5 - 2), 0.15, 3);
        if (i % 50 == 0) { // far away, and near
            x = length * (rand() % 100) / 100;
            distance = 0.15;
        }
        View views[2] = {make_view(x, distance, false), make_view(x, distance, true)};
        run_frame(fixture, views, 1 + rand() % 2);
        if (i % 50 == 0) // however fast frames are, the disk gets its turn
            run_until_settled(fixture, views, 2);
        fixture->disk.delay_ms = i > 1300;
    }
    assert_true(fixture->upload_count > 100);
}

static void a_small_budget_raises_the_error_and_rests(void **state)
{
    Fixture *fixture = *state;
    make_fixture(fixture, 500, 24);
    View view = make_view(2, 0.3, false);
    run_until_settled(fixture, &view, 1);
    assert_true(streamer_stats(fixture->streamer).pixel_error > 1);
    uint64_t loaded = streamer_stats(fixture->streamer).loaded_pages;
    uint32_t revision = streamer_stats(fixture->streamer).revision;
    for (int i = 0; i < 100; i++)
        run_frame(fixture, &view, 1);
    assert_int_equal(streamer_stats(fixture->streamer).loaded_pages, loaded);
    assert_int_equal(streamer_stats(fixture->streamer).revision, revision);
    view = make_view(2, 200, false);
    run_until_settled(fixture, &view, 1);
    for (int i = 0; i < 100; i++)
        run_frame(fixture, &view, 1);
    assert_float_equal(streamer_stats(fixture->streamer).pixel_error, 1, 0);
}

static void count_lines(void *context, LogLevel level, const char *line)
{
    if (level >= LOG_WARN) {
        ++*(int *)context;
        assert_non_null(strstr(line, "ERR_"));
    }
}

static void a_damaged_page_is_reported_once_and_done_without(void **state)
{
    Fixture *fixture = *state;
    log_set_sink(count_lines, &fixture->logged_lines);
    make_disk(fixture, 400, 200);
    const MeshPageRange *range =
        &fixture->strip.graph.pages[fixture->strip.graph.page_count / 2];
    fixture->disk.pages_damage.from = range->offset + 20;
    fixture->disk.pages_damage.to = range->offset + 21;
    open_strip(fixture);
    View view = make_view(1, 0.5, false);
    for (int i = 0; i < 3; i++)
        run_until_settled(fixture, &view, 1);
    assert_int_equal(fixture->logged_lines, 1);
    assert_int_equal(streamer_stats(fixture->streamer).failed_pages, 1);
    assert_int_equal(streamer_phase(fixture->streamer, fixture->id), SCULPTURE_VISIBLE);
    assert_non_null(strstr(streamer_fault(fixture->streamer, fixture->id), "strip.pages"));
}

// Far away its head and the coarsest block do; nearer, what is in sight.
static void of_the_tables_only_what_is_looked_at_is_read(void **state)
{
    Fixture *fixture = *state;
    make_fixture(fixture, 500, 200);
    const MeshGraph *graph = &fixture->strip.graph;
    assert_true(graph->block_count > 20);
    View view = make_view(1, 300, false);
    run_until_settled(fixture, &view, 1);
    const uint64_t first_bytes = graph->blocks[0].offset + graph->blocks[0].size_bytes;
    assert_int_equal(streamer_stats(fixture->streamer).table_bytes, first_bytes);
    assert_int_equal(atomic_load(&fixture->disk.graph_bytes), first_bytes + MESH_HEADER_BYTES);
    view = make_view(1, 5, false);
    run_until_settled(fixture, &view, 1);
    StreamerStats stats = streamer_stats(fixture->streamer);
    assert_true(stats.table_bytes > first_bytes);
    assert_true(stats.table_bytes < fixture->strip.graph_bytes.len * 2 / 3);
    assert_float_equal(stats.pixel_error, 1, 0);
    assert_int_equal(stats.missing_blocks, 0);
}

static void a_damaged_block_is_reported_once_and_done_without(void **state)
{
    Fixture *fixture = *state;
    log_set_sink(count_lines, &fixture->logged_lines);
    make_disk(fixture, 400, 200);
    const MeshGraph *graph = &fixture->strip.graph;
    uint64_t at = graph->blocks[graph->block_count / 2].offset;
    fixture->disk.graph_damage = (Damage){at + 20, at + 21};
    open_strip(fixture);
    View view = make_view(1, 0.5, false);
    for (int i = 0; i < 3; i++)
        run_until_settled(fixture, &view, 1);
    assert_int_equal(fixture->logged_lines, 1);
    assert_int_equal(streamer_stats(fixture->streamer).failed_blocks, 1);
    assert_int_equal(streamer_stats(fixture->streamer).failed_pages, 0);
    assert_int_equal(streamer_phase(fixture->streamer, fixture->id), SCULPTURE_VISIBLE);
    assert_non_null(
        strstr(streamer_fault(fixture->streamer, fixture->id), "strip.graph: block"));
}

// The roots' block, or the head: there is nothing to stand on.
static void without_its_first_block_a_sculpture_fails(void **state)
{
    Fixture *fixture = *state;
    log_set_sink(count_lines, &fixture->logged_lines);
    make_disk(fixture, 400, 200);
    uint64_t first = fixture->strip.graph.blocks[0].offset;
    View view = make_view(1, 0.5, false);
    for (int kind = 0; kind < 2; kind++) {
        uint64_t at = kind ? first + 30 : first - 30;
        fixture->disk.graph_damage = (Damage){at, at + 1};
        open_strip(fixture);
        run_until_settled(fixture, &view, 1);
        assert_int_equal(streamer_phase(fixture->streamer, fixture->id), SCULPTURE_FAILED);
        assert_non_null(
            strstr(streamer_fault(fixture->streamer, fixture->id), "strip.graph: "));
        assert_int_equal(fixture->logged_lines, kind + 1);
        streamer_close(fixture->streamer, fixture->id);
    }
}

static void without_its_root_or_graph_a_sculpture_fails(void **state)
{
    Fixture *fixture = *state;
    log_set_sink(count_lines, &fixture->logged_lines);
    make_disk(fixture, 400, 200);
    fixture->disk.pages_damage.from = 30;
    fixture->disk.pages_damage.to = 31;
    open_strip(fixture);
    SculptureId absent =
        streamer_open(fixture->streamer, "no.graph", "strip.pages", &fixture->reader);
    View view = make_view(1, 0.5, false);
    run_until_settled(fixture, &view, 1);
    assert_int_equal(streamer_phase(fixture->streamer, fixture->id), SCULPTURE_FAILED);
    assert_int_equal(streamer_phase(fixture->streamer, absent), SCULPTURE_FAILED);
    assert_non_null(strstr(streamer_fault(fixture->streamer, fixture->id), "ERR_CORRUPT"));
    assert_non_null(strstr(streamer_fault(fixture->streamer, absent), "no.graph"));
    assert_int_equal(fixture->logged_lines, 2);
    for (int i = 0; i < 20; i++) { // what was still under way comes back
        thread_sleep_ms(1);
        run_frame(fixture, &view, 1);
    }
    assert_int_equal(streamer_stats(fixture->streamer).resident_pages, 0);
}

static void closing_and_opening_at_any_time(void **state)
{
    Fixture *fixture = *state;
    srand(4);
    make_fixture(fixture, 300, 40);
    fixture->disk.delay_ms = 1;
    View view = make_view(1, 0.4, false);
    for (int round = 0; round < 60; round++) {
        int frames = rand() % 12;
        for (int i = 0; i < frames; i++) {
            run_frame(fixture, &view, 1);
            thread_sleep_ms((unsigned)rand() % 3);
        }
        SculptureId old = fixture->id;
        streamer_close(fixture->streamer, old);
        streamer_close(fixture->streamer, old);
        assert_int_equal(streamer_phase(fixture->streamer, old), SCULPTURE_NONE);
        if (rand() % 2)
            run_frame(fixture, &view, 1);
        fixture->id =
            streamer_open(fixture->streamer, "strip.graph", "strip.pages", &fixture->reader);
        assert_int_equal(streamer_phase(fixture->streamer, old), SCULPTURE_NONE);
    }
    run_until_settled(fixture, &view, 1);
    assert_int_equal(streamer_phase(fixture->streamer, fixture->id), SCULPTURE_VISIBLE);
}

static void the_surface_answers_in_the_world(void **state)
{
    Fixture *fixture = *state;
    make_fixture(fixture, 400, 200);
    Placement placement = placement_make((double[3]){4, 1, -2}, 0.7f, 0.1f);
    float object_f[3];
    strip_point(&fixture->strip, 1000.4f, object_f);
    double object[3] = {object_f[0], object_f[1], object_f[2]}, world[3], up[3];
    placement_to_world(&placement, object, world);
    placement_turn_to_world(&placement, (double[3]){0, 0, 1}, up);
    Ray ray = {.direction = {-up[0], -up[1], -up[2]}};
    add_scaled3(world, up, 0.3, ray.origin);
    PickHit hit;
    assert_false(streamer_pick(fixture->streamer, fixture->id, &placement, &ray, &hit));
    View view = make_view(object[0], 0.05, false);
    run_until_settled(fixture, &view, 1);
    assert_true(streamer_pick(fixture->streamer, fixture->id, &placement, &ray, &hit));
    assert_true(fabs(hit.distance - 0.3) < 1e-4);
    assert_true(distance3(hit.point, world) < 1e-4);
    assert_true(distance3(hit.normal, up) < 0.02);
    assert_true(hit.is_finest);
    assert_true(
        streamer_nearest(fixture->streamer, fixture->id, &placement, ray.origin, 0.4, &hit));
    assert_true(hit.distance < 0.3001 && hit.distance > 0.1);
    assert_false(
        streamer_nearest(fixture->streamer, fixture->id, &placement, ray.origin, 0.1, &hit));
}

// How many of 40 places along the strip are known as exactly as they can be.
static uint32_t count_finest(const Fixture *fixture)
{
    uint32_t count = 0;
    for (int i = 0; i < 40; i++) {
        float at[3];
        PickHit hit;
        strip_point(&fixture->strip, (float)(fixture->strip.column_count * i) / 40 + 0.5f, at);
        assert_true(streamer_gap(fixture->streamer, fixture->id, &PLACEMENT_IDENTITY,
                                 (double[3]){at[0], at[1], at[2]}, 1, &hit));
        count += hit.is_finest;
    }
    return count;
}

static void a_shape_is_there_though_nobody_looks(void **state)
{
    Fixture *fixture = *state;
    make_fixture(fixture, 400, 200);
    fixture->shape_m = 1000;
    run_until_settled(fixture, NULL, 0);
    assert_true(fixture->is_shaped);
    uint64_t loaded = streamer_stats(fixture->streamer).loaded_pages;
    assert_int_equal(count_finest(fixture), 0);
    fixture->shape_m = 1e-9;
    run_frame(fixture, NULL, 0);
    assert_false(fixture->is_shaped);
    run_until_settled(fixture, NULL, 0);
    assert_true(fixture->is_shaped);
    assert_true(streamer_stats(fixture->streamer).loaded_pages > loaded);
    assert_int_equal(count_finest(fixture), 40);
}

static void a_shape_stays_however_short_memory_is(void **state)
{
    Fixture *fixture = *state;
    make_fixture(fixture, 500, 24);
    const MeshGraph *graph = &fixture->strip.graph;
    for (uint32_t g = graph->root_count; g < graph->group_count; g++)
        fixture->shape_m = MAX(fixture->shape_m, (double)graph->groups[g].error_m / 8);
    run_until_settled(fixture, NULL, 0);
    assert_true(fixture->is_shaped);
    assert_true(streamer_stats(fixture->streamer).resident_pages > 2);
    for (int i = 0; i < 8; i++) {
        View view = make_view(i, 0.3, false);
        run_until_settled(fixture, &view, 1);
        assert_true(fixture->is_shaped && streamer_stats(fixture->streamer).pixel_error > 1);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(from_known_to_visible_to_settled),
        TEST(views_ahead_are_there_when_they_come),
        TEST(every_frame_of_a_walk_is_whole),
        TEST(a_small_budget_raises_the_error_and_rests),
        TEST(a_damaged_page_is_reported_once_and_done_without),
        TEST(of_the_tables_only_what_is_looked_at_is_read),
        TEST(a_damaged_block_is_reported_once_and_done_without),
        TEST(without_its_first_block_a_sculpture_fails),
        TEST(without_its_root_or_graph_a_sculpture_fails),
        TEST(closing_and_opening_at_any_time),
        TEST(the_surface_answers_in_the_world),
        TEST(a_shape_is_there_though_nobody_looks),
        TEST(a_shape_stays_however_short_memory_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
