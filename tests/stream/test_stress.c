// test_stress.c: pages with tiles from a slow disk, looked at by somebody who never stands
// still: loads that nobody wants are given up, whatever ends in flight, and a broken tile harms
// nobody.

#include "test.h"

#include "base/log.h"
#include "stream/streamer.h"
#include "stream/strip.h"

#include <math.h>

enum { SLOTS = 60, TILE_BYTES = 4 << 20, JOBS = 8, THREADS = 2, BROKEN_PAGE = 40 };

typedef struct Disk {
    const Strip *strip;
    atomic_uint delay_ms, page_reads;
} Disk;

typedef struct Fixture {
    Arena arena, frame;
    Strip strip;
    Disk disk;
    SculptureReader reader;
    Streamer *streamer;
    SculptureId id;
    TilePlace places[SLOTS]; // of what was uploaded last
    bool is_filled[SLOTS];
    uint32_t tile_count;
    int logged_lines;
} Fixture;

static Status disk_read(const void *context, const char *path, uint64_t offset,
                        size_t size_bytes, Arena *arena, Bytes *out)
{
    Disk *disk = (Disk *)context;
    bool is_graph = strcmp(path, "strip.graph") == 0;
    thread_sleep_ms(atomic_load(&disk->delay_ms));
    if (!is_graph)
        atomic_fetch_add(&disk->page_reads, 1);
    Bytes all = is_graph ? disk->strip->graph_bytes : disk->strip->pages_bytes;
    ASSERT(offset + size_bytes <= all.len);
    *out = (Bytes){arena_copy(arena, all.ptr + offset, size_bytes, 16), size_bytes};
    return OK;
}

static Status disk_size(const void *context, const char *path, uint64_t *out_bytes)
{
    const Strip *strip = ((const Disk *)context)->strip;
    *out_bytes =
        strcmp(path, "strip.graph") == 0 ? strip->graph_bytes.len : strip->pages_bytes.len;
    return OK;
}

static StripTile sound_tiles(uint32_t page)
{
    static const uint32_t units[] = {3, 0, 17, 1, 30, 8, 0, 64, 5, 12, 2};
    uint32_t rows = page ? units[page % COUNT_OF(units)] * MESH_TILE_ROW_STEP : 32;
    return (StripTile){rows, rows};
}

// One says that it is smaller than its graph knows.
static StripTile tiles_with_a_lie(uint32_t page)
{
    StripTile tile = sound_tiles(page);
    return page == BROKEN_PAGE ? (StripTile){160, 96} : tile;
}

static void start(Fixture *fixture, StripTile (*tile_of)(uint32_t page), unsigned delay_ms)
{
    if (!fixture->strip.pages)
        fixture->strip = strip_make_tiled(500, 4, 3, tile_of, &fixture->arena);
    fixture->disk.strip = &fixture->strip;
    fixture->disk.delay_ms = delay_ms;
    fixture->reader = (SculptureReader){&fixture->disk, disk_read, disk_size};
    StreamerDesc desc = {.slot_count = SLOTS,
                         .tile_bytes = TILE_BYTES,
                         .job_count = JOBS,
                         .thread_count = THREADS};
    assert_ok(streamer_make(&desc, &fixture->arena, &fixture->streamer));
    fixture->id =
        streamer_open(fixture->streamer, "strip.graph", "strip.pages", &fixture->reader);
}

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

static View make_view(double x, double distance)
{
    Camera camera = {.fov_y = 0.8f, .near_m = (float)distance / 2, .far_m = 1000};
    camera.position[0] = x;
    camera.position[2] = 0.25 + distance;
    Viewport viewport = {0, 0, 1280, 720};
    return camera_view(&camera, &viewport);
}

static void take_upload(Fixture *fixture, const StreamerUpload *upload)
{
    assert_true(upload->slot < SLOTS);
    assert_true(!upload->tile == !upload->page->texels);
    fixture->places[upload->slot] = (TilePlace){0};
    fixture->is_filled[upload->slot] = true;
    if (!upload->tile)
        return;
    assert_non_null(upload->tile->shape); // whole planes only
    assert_int_equal(upload->tile->rows, upload->page->tile_rows);
    assert_int_equal(upload->place.unit_count, tile_pool_units(upload->tile->rows));
    assert_int_equal(upload->tile->brings, TILE_NORMAL);
    assert_int_equal(streamer_tiles(fixture->streamer)->chunks[upload->place.chunk].brings,
                     TILE_NORMAL);
    fixture->places[upload->slot] = upload->place;
    fixture->tile_count++;
}

// What is drawn was uploaded, and nobody's tile lies on its own.
static void check_draws(const Fixture *fixture)
{
    uint32_t count;
    const CutDraw *draws = streamer_draws(fixture->streamer, &count);
    for (uint32_t i = 0; i < count; i++) {
        assert_true(fixture->is_filled[draws[i].slot]);
        for (uint32_t k = 0; k < i; k++)
            assert_true(draws[k].slot == draws[i].slot ||
                        !tile_place_overlaps(fixture->places[draws[k].slot],
                                             fixture->places[draws[i].slot]));
    }
}

static void run_frame(Fixture *fixture, const View *view)
{
    arena_reset(&fixture->frame);
    streamer_begin_frame(fixture->streamer, &fixture->frame);
    StreamerUpload upload;
    size_t bytes = 0;
    while (streamer_next_upload(fixture->streamer, &upload)) {
        take_upload(fixture, &upload);
        bytes += upload.size_bytes;
    }
    assert_true(bytes <= STREAMER_FRAME_UPLOAD_BYTES);
    assert_int_equal(bytes, streamer_stats(fixture->streamer).upload_bytes);
    if (view)
        streamer_cut(fixture->streamer, fixture->id,
                     &(StreamerView){.view = view, .placement = PLACEMENT_IDENTITY});
    streamer_end_frame(fixture->streamer);
    check_draws(fixture);
    StreamerStats stats = streamer_stats(fixture->streamer);
    assert_true(stats.resident_pages + stats.loading_pages <= SLOTS);
    assert_true(stats.tile_taken_bytes <= stats.tile_made_bytes &&
                stats.tile_made_bytes <= TILE_BYTES);
}

static void run_until_settled(Fixture *fixture, const View *view)
{
    for (int i = 0; i < 20000; i++) {
        run_frame(fixture, view);
        if (streamer_stats(fixture->streamer).is_settled)
            return;
        thread_sleep_ms(1);
    }
    fail_msg("not settled after 20,000 frames");
}

static void who_turns_away_waits_for_nothing(void **state)
{
    Fixture *fixture = *state;
    start(fixture, sound_tiles, 0);
    View far = make_view(2, 30), near = make_view(2, 0.3);
    run_until_settled(fixture, &far);
    fixture->disk.delay_ms = 20;
    for (int i = 0; i < 2000; i++) { // many loads are asked for ...
        run_frame(fixture, &near);
        if (streamer_stats(fixture->streamer).loading_pages > THREADS + 1)
            break;
        thread_sleep_ms(1);
    }
    assert_true(streamer_stats(fixture->streamer).loading_pages > THREADS + 1);
    unsigned reads = atomic_load(&fixture->disk.page_reads);
    for (int i = 0; i < 2000; i++) {
        run_frame(fixture, NULL);
        if (streamer_stats(fixture->streamer).loading_pages == 0)
            break;
        thread_sleep_ms(1);
    }
    assert_int_equal(streamer_stats(fixture->streamer).loading_pages, 0);
    // ... and only what had begun was read.
    assert_true(atomic_load(&fixture->disk.page_reads) - reads <= THREADS + 1);
}

static void other_wishes_in_every_frame(void **state)
{
    Fixture *fixture = *state;
    srand(7);
    start(fixture, sound_tiles, 1);
    for (int i = 0; i < 400; i++) {
        View view = make_view(rand() % 4000 / 1000.0, 0.1 * pow(1.6, rand() % 9));
        run_frame(fixture, rand() % 9 ? &view : NULL);
        if (i % 16 == 0)
            thread_sleep_ms(3);
    }
    fixture->disk.delay_ms = 0;
    View view = make_view(3, 0.2);
    run_until_settled(fixture, &view);
    view = make_view(1, 0.2);
    run_until_settled(fixture, &view);
    assert_true(fixture->tile_count > 10);
    uint64_t loaded = streamer_stats(fixture->streamer).loaded_pages;
    for (int i = 0; i < 60; i++) // and then it rests
        run_frame(fixture, &view);
    assert_int_equal(streamer_stats(fixture->streamer).loaded_pages, loaded);
}

static void the_end_may_come_at_any_time(void **state)
{
    Fixture *fixture = *state;
    srand(8);
    for (int round = 0; round < 25; round++) {
        start(fixture, sound_tiles, (unsigned)rand() % 3);
        View view = make_view(rand() % 3, 0.3);
        for (int i = rand() % 12; i > 0; i--) {
            run_frame(fixture, &view);
            thread_sleep_ms((unsigned)rand() % 3);
        }
        streamer_drop(fixture->streamer);
        fixture->streamer = NULL;
        memset(fixture->is_filled, 0, sizeof fixture->is_filled);
    }
}

static void count_lines(void *context, LogLevel level, const char *line)
{
    if (level < LOG_WARN)
        return;
    ++*(int *)context;
    assert_non_null(strstr(line, "rows"));
}

static void a_lying_tile_is_named_once_and_done_without(void **state)
{
    Fixture *fixture = *state;
    log_set_sink(count_lines, &fixture->logged_lines);
    start(fixture, tiles_with_a_lie, 0);
    uint32_t page_count = fixture->strip.graph.page_count;
    assert_true(page_count > BROKEN_PAGE);
    for (int round = 0; round < 2;
         round++) // all along the strip, so that every page had its turn
        for (double x = 0; x < 4; x += 0.25) {
            View view = make_view(x, 0.12);
            run_until_settled(fixture, &view);
        }
    StreamerStats stats = streamer_stats(fixture->streamer);
    assert_int_equal(fixture->logged_lines, 1);
    assert_int_equal(stats.failed_pages, 1);
    assert_true(stats.loaded_pages > page_count / 2); // the neighbours came
    assert_int_equal(streamer_phase(fixture->streamer, fixture->id), SCULPTURE_VISIBLE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(who_turns_away_waits_for_nothing),
        TEST(other_wishes_in_every_frame),
        TEST(the_end_may_come_at_any_time),
        TEST(a_lying_tile_is_named_once_and_done_without),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
