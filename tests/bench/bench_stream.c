// bench_stream.c: what choosing, loading and forgetting pages costs, as JSON on standard
// output.
//
//   bench_stream PACK_OR_FOLDER GRAPH PAGES [SLOTS]
//
// PACK_OR_FOLDER is mounted; GRAPH and PAGES are names in it. There is no GPU: uploads are
// looked at and let go.

#include "io/vfs.h"
#include "stream/streamer.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { ORBIT_FRAMES = 360, ROOM_PIECES = 24, MANY_PIECES = 30, MAX_FRAMES = 4096 };

typedef struct Bench {
    Streamer *streamer;
    SculptureId id;
    Arena frame;
    double start_ms;
    double times_ms[MAX_FRAMES], cuts_ms[MAX_FRAMES];
    uint32_t triangles[MAX_FRAMES];
    uint32_t frame_count;
} Bench;

static const Viewport WINDOW = {0, 0, 1280, 720};

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

static int compare_doubles(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static int compare_counts(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

// One frame of `piece_count` pieces in a row; the first is where it was scanned.
static StreamerCut run_frame(Bench *bench, const View *views, uint32_t view_count,
                             uint32_t piece_count, double spacing_m)
{
    arena_reset(&bench->frame);
    double start_ms = now_ms();
    streamer_begin_frame(bench->streamer, &bench->frame);
    StreamerUpload upload;
    while (streamer_next_upload(bench->streamer, &upload))
        ;
    StreamerCut sum = {0};
    double cut_start_ms = now_ms();
    for (uint32_t i = 0; i < piece_count * view_count; i++) {
        Placement placement = PLACEMENT_IDENTITY;
        uint32_t piece = i / view_count;
        placement.position[0] = spacing_m * (piece % 6);
        placement.position[2] = -spacing_m * (piece / 6);
        StreamerCut cut = streamer_cut(bench->streamer, bench->id,
                                       &(StreamerView){.view = &views[i % view_count],
                                                       .placement = placement,
                                                       .is_lens = i % view_count > 0});
        sum.triangle_count += cut.triangle_count;
        sum.draw_count += cut.draw_count;
        sum.error_px = MAX(sum.error_px, cut.error_px);
    }
    double cut_ms = now_ms() - cut_start_ms;
    streamer_end_frame(bench->streamer);
    uint32_t at = bench->frame_count++ % MAX_FRAMES;
    bench->cuts_ms[at] = cut_ms;
    bench->times_ms[at] = now_ms() - start_ms;
    bench->triangles[at] = sum.triangle_count;
    return sum;
}

static StreamerCut settle(Bench *bench, const View *views, uint32_t view_count,
                          uint32_t piece_count, double spacing_m, double *out_ms)
{
    double start_ms = now_ms();
    StreamerCut cut;
    do {
        cut = run_frame(bench, views, view_count, piece_count, spacing_m);
        if (!streamer_stats(bench->streamer).is_settled)
            thread_sleep_ms(1);
    } while (!streamer_stats(bench->streamer).is_settled);
    *out_ms = now_ms() - start_ms;
    return cut;
}

static void print_frames(Bench *bench, const char *name)
{
    uint32_t count = MIN(bench->frame_count, MAX_FRAMES);
    qsort(bench->times_ms, count, sizeof *bench->times_ms, compare_doubles);
    qsort(bench->cuts_ms, count, sizeof *bench->cuts_ms, compare_doubles);
    qsort(bench->triangles, count, sizeof *bench->triangles, compare_counts);
    printf("  \"%s\": {\"frames\": %u, \"ms_median\": %.4f, \"ms_p99\": %.4f, "
           "\"ms_max\": %.4f, \"cut_ms_median\": %.4f, \"cut_ms_p99\": %.4f, "
           "\"triangles_median\": %u, \"triangles_max\": %u},\n",
           name, count, bench->times_ms[count / 2], bench->times_ms[count * 99 / 100],
           bench->times_ms[count - 1], bench->cuts_ms[count / 2],
           bench->cuts_ms[count * 99 / 100], bench->triangles[count / 2],
           bench->triangles[count - 1]);
    bench->frame_count = 0;
}

static void print_settled(Bench *bench, const char *name, const StreamerCut *cut, double ms)
{
    StreamerStats stats = streamer_stats(bench->streamer);
    printf("  \"%s\": {\"ms\": %.2f, \"frames\": %u, \"triangles\": %u, \"draws\": %u, "
           "\"error_px\": %.3f, \"pixel_error\": %.3f, \"resident_pages\": %u, "
           "\"loaded_pages\": %llu, \"loaded_bytes\": %llu, \"tile_bytes\": %llu, "
           "\"table_bytes\": %llu, "
           "\"memory_bytes\": %llu},\n",
           name, ms, bench->frame_count, cut->triangle_count, cut->draw_count,
           (double)cut->error_px, (double)stats.pixel_error, stats.resident_pages,
           (unsigned long long)stats.loaded_pages, (unsigned long long)stats.loaded_bytes,
           (unsigned long long)stats.loaded_tile_bytes, (unsigned long long)stats.table_bytes,
           (unsigned long long)stats.memory_bytes);
    bench->frame_count = 0;
}

static void bench_orbit(Bench *bench, Orbit orbit, const Camera *camera, float zoom,
                        const char *settle_name, const char *orbit_name)
{
    orbit.min_distance_m = 0;
    orbit_zoom(&orbit, zoom);
    Camera placed = orbit_camera(&orbit, camera);
    View view = camera_view(&placed, &WINDOW);
    double ms;
    bench->frame_count = 0;
    StreamerCut cut = settle(bench, &view, 1, 1, 0, &ms);
    print_settled(bench, settle_name, &cut, ms);
    for (int i = 0; i < ORBIT_FRAMES; i++) {
        orbit_turn(&orbit, 6.2831853f / ORBIT_FRAMES, 0);
        placed = orbit_camera(&orbit, camera);
        view = camera_view(&placed, &WINDOW);
        run_frame(bench, &view, 1, 1, 0);
    }
    print_frames(bench, orbit_name);
}

static void bench_lens(Bench *bench, const Orbit *orbit, const Camera *camera)
{
    Camera placed = orbit_camera(orbit, camera);
    View views[2] = {camera_view(&placed, &WINDOW)};
    double ms;
    settle(bench, views, 1, 1, 0, &ms);
    bench->frame_count = 0;
    views[1] = camera_magnify(&placed, &WINDOW, (float[2]){640, 360}, 140, 20);
    StreamerCut cut = settle(bench, views, 2, 1, 0, &ms);
    print_settled(bench, "lens_20x_settled", &cut, ms);
    for (int i = 0; i < ORBIT_FRAMES; i++) {
        float center[2] = {440 + 400.0f * (float)i / ORBIT_FRAMES, 360};
        views[1] = camera_magnify(&placed, &WINDOW, center, 140, 20);
        run_frame(bench, views, 2, 1, 0);
    }
    print_frames(bench, "lens_20x_moving");
}

static void bench_room(Bench *bench, const Orbit *orbit, const Camera *camera)
{
    double spacing_m = orbit->distance_m;
    Camera walker = orbit_camera(orbit, camera);
    walker.position[2] += spacing_m;
    double ms;
    View view = camera_view(&walker, &WINDOW);
    StreamerCut cut = settle(bench, &view, 1, ROOM_PIECES, spacing_m, &ms);
    print_settled(bench, "room_24_settled", &cut, ms);
    for (int i = 0; i < ORBIT_FRAMES; i++) {
        walker.position[0] += 5 * spacing_m / ORBIT_FRAMES;
        view = camera_view(&walker, &WINDOW);
        run_frame(bench, &view, 1, ROOM_PIECES, spacing_m);
    }
    print_frames(bench, "room_24_walking");
}

static uint64_t resident_bytes(void)
{
    unsigned long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file && fscanf(file, "%*u %lu", &pages) != 1)
        pages = 0;
    if (file)
        fclose(file);
    return (uint64_t)pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

static bool are_known(const Streamer *streamer, const SculptureId *ids)
{
    for (int i = 0; i < MANY_PIECES; i++)
        if (!streamer_graph(streamer, ids[i]))
            return streamer_phase(streamer, ids[i]) == SCULPTURE_FAILED;
    return true;
}

// As if that many sculptures of this size stood in a room: until what is to be known of all of
// them is known.
static Status bench_opening(const char *graph_path, const char *pages_path)
{
    Arena arena = {0}, frame = {0};
    Streamer *streamer;
    SculptureId ids[MANY_PIECES];
    StreamerUpload upload;
    TRY(streamer_make(&(StreamerDesc){0}, &arena, &streamer));
    uint64_t before_bytes = resident_bytes();
    double start_ms = now_ms();
    for (int i = 0; i < MANY_PIECES; i++)
        ids[i] = streamer_open(streamer, graph_path, pages_path, NULL);
    do {
        arena_reset(&frame);
        streamer_begin_frame(streamer, &frame);
        while (streamer_next_upload(streamer, &upload))
            ;
        streamer_end_frame(streamer);
    } while (!are_known(streamer, ids));
    printf("  \"opening_%d\": {\"ms\": %.2f, \"table_bytes\": %llu, \"resident_bytes\": "
           "%llu},\n",
           MANY_PIECES, now_ms() - start_ms,
           (unsigned long long)streamer_stats(streamer).table_bytes,
           (unsigned long long)(resident_bytes() - before_bytes));
    streamer_drop(streamer);
    arena_drop(&frame);
    arena_drop(&arena);
    return OK;
}

static Status run(Bench *bench, Arena *arena, int count, char **arguments)
{
    TRY(vfs_start());
    TRY(vfs_mount(arguments[1], ""));
    StreamerDesc desc = {.slot_count = count > 4 ? (uint32_t)atoi(arguments[4]) : 0};
    TRY(streamer_make(&desc, arena, &bench->streamer));
    bench->start_ms = now_ms();
    bench->id = streamer_open(bench->streamer, arguments[2], arguments[3], NULL);
    Camera camera = {.fov_y = 0.785f, .near_m = 1e-4f, .far_m = 1000};
    View nothing = camera_view(&camera, &WINDOW);
    double ms;
    settle(bench, &nothing, 0, 1, 0, &ms);
    const MeshGraph *graph = streamer_graph(bench->streamer, bench->id);
    if (!graph)
        return FAIL(ERR_INVALID, "%s", streamer_fault(bench->streamer, bench->id));
    printf("{\n  \"triangles\": %llu, \"groups\": %u, \"pages\": %u, \"open_ms\": %.2f,\n",
           (unsigned long long)graph->triangle_count, graph->group_count, graph->page_count,
           ms);
    double low[3], high[3];
    for (int i = 0; i < 3; i++) {
        low[i] = graph->low_m[i];
        high[i] = graph->high_m[i];
    }
    Orbit orbit = orbit_frame(low, high, &camera, WINDOW.width / WINDOW.height, 0.5f, -0.2f);
    TRY(bench_opening(arguments[2], arguments[3]));
    bench_orbit(bench, orbit, &camera, 1, "lean_in_settled", "lean_in_orbit");
    bench_orbit(bench, orbit, &camera, 4, "close_settled", "close_orbit");
    bench_lens(bench, &orbit, &camera);
    bench_room(bench, &orbit, &camera);
    StreamerStats stats = streamer_stats(bench->streamer);
    printf("  \"total_ms\": %.1f, \"failed_pages\": %u\n}\n", now_ms() - bench->start_ms,
           stats.failed_pages);
    return OK;
}

int main(int count, char **arguments)
{
    if (count < 4) {
        fprintf(stderr, "usage: bench_stream PACK_OR_FOLDER GRAPH PAGES [SLOTS]\n");
        return 2;
    }
    static Bench bench;
    Arena arena = {0};
    Status status = run(&bench, &arena, count, arguments);
    if (status)
        fprintf(stderr, "%s: %s\n", status_name(status), fault_last()->text);
    streamer_drop(bench.streamer);
    arena_drop(&bench.frame);
    arena_drop(&arena);
    vfs_stop();
    scratch_drop();
    return status ? 1 : 0;
}
