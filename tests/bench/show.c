// show.c: pictures of one sculpture of a pack, alone in the dark.

#include "bench/show.h"

#include "data/pack.h"
#include "draw/render_memory.h"
#include "io/thread.h"
#include "io/vfs.h"
#include "museum/rest.h"
#include "museum/stats.h"
#include "stream/streamer.h"

#include <math.h>
#include <string.h>
#include <time.h>

#define PATIENCE_MS 60000.0
#define SHADOW_PICTURE_PX 320.0f // as scene.c cuts them
#define SHADOW_ERROR_SCALE 2.0f
enum { MOST_PENDING_FRAMES = 200 }; // until all shadows are there

_Static_assert(sizeof(CutDraw) == sizeof(RenderClusterDraw), "one is used as the other");

struct Show {
    Window *window;
    Gpu *gpu;
    Render *render;
    Streamer *streamer;
    SculptureId sculpture;
    const QualityRow *row;
    int width, height;
    bool is_lit;
    double center[3]; // of the piece
    float radius_m;
    Arena frame;
};

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

NODISCARD static Status open_device(Show *show, const ShowDesc *desc, Arena *arena)
{
    const QualityRow *row = show->row =
        quality_row(desc->quality ? desc->quality : QUALITY_MEDIUM);
    show->width = desc->width;
    show->height = desc->height;
    TRY(window_open(
        arena, &(WindowDesc){.width = desc->width, .height = desc->height, .is_headless = true},
        &show->window));
    TRY(gpu_make(arena, show->window, &show->gpu));
    // Divided as the museum divides it for bare scans.
    GpuInfo info = gpu_info(show->gpu);
    RenderDesc look = {.quality = row->is_fine ? RENDER_FINE : RENDER_ECONOMIC,
                       .shadow_side = row->shadow_side,
                       .sample_count = row->sample_count};
    uint64_t budget = (uint64_t)desc->memory_mib << 20;
    if (!budget)
        budget = render_default_memory(&info, (uint64_t)stats_main_memory());
    RenderMemory memory = render_divide_memory(&(RenderMemoryDesc){.budget_bytes = budget,
                                                                   .look = &look,
                                                                   .width = desc->width,
                                                                   .height = desc->height,
                                                                   .piece_count = 1});
    render_fit_targets(&look, desc->width, desc->height, memory.target_bytes);
    look.slot_count = memory.slot_count;
    TRY(render_make(arena, show->gpu, &look, &show->render));
    return streamer_make(&(StreamerDesc){.slot_count = memory.slot_count,
                                         .tile_bytes = memory.tile_bytes,
                                         .pixel_error = desc->pixel_error > 0
                                                            ? desc->pixel_error
                                                            : row->pixel_error},
                         arena, &show->streamer);
}

NODISCARD static Status open_piece(Show *show, const char *path, Arena *arena)
{
    Bytes manifest;
    Pack pack;
    TRY(vfs_start());
    TRY(vfs_mount(path, ""));
    TRY(vfs_read(PACK_MANIFEST, PACK_MAX_MANIFEST_BYTES, arena, &manifest));
    TRY(pack_parse(manifest, arena, &pack));
    if (!pack.piece_count)
        return FAIL(ERR_NOT_FOUND, "%s holds no piece", path);
    show->sculpture = streamer_open(show->streamer, pack.files[pack.pieces[0].graph].name,
                                    pack.files[pack.pieces[0].pages].name, NULL);
    return OK;
}

// What casts shadows, as scene.c has it.
static StreamerCut cut_for_shadow(Show *show)
{
    Camera camera = {
        .fov_y = 0.7f, .near_m = show->radius_m * 0.1f, .far_m = show->radius_m * 10};
    memcpy(camera.position, show->center, sizeof camera.position);
    camera.position[2] += (double)show->radius_m * 3.2;
    Viewport viewport = {0, 0, SHADOW_PICTURE_PX, SHADOW_PICTURE_PX};
    View view = camera_view(&camera, &viewport);
    return streamer_cut(show->streamer, show->sculpture,
                        &(StreamerView){.view = &view,
                                        .placement = PLACEMENT_IDENTITY,
                                        .error_scale = SHADOW_ERROR_SCALE,
                                        .is_two_sided = true,
                                        .is_whole = true});
}

typedef struct Cuts {
    StreamerCut seen, shadow;
} Cuts;

// Streams one frame for a view; none: only what is always there.
static Cuts stream(Show *show, const View *view, double *cut_ms)
{
    Cuts cuts = {0};
    StreamerUpload upload;
    arena_reset(&show->frame);
    streamer_begin_frame(show->streamer, &show->frame);
    render_fit_tiles(show->render, streamer_tiles(show->streamer));
    while (streamer_next_upload(show->streamer, &upload)) {
        RenderTile tile = {upload.tile, upload.place};
        render_upload_page(show->render, upload.slot, upload.page, upload.tile ? &tile : NULL);
    }
    if (view && show->is_lit)
        cuts.shadow = cut_for_shadow(show);
    double begun_ms = now_ms();
    if (view)
        cuts.seen =
            streamer_cut(show->streamer, show->sculpture,
                         &(StreamerView){.view = view, .placement = PLACEMENT_IDENTITY});
    *cut_ms = now_ms() - begun_ms;
    streamer_end_frame(show->streamer);
    return cuts;
}

NODISCARD static Status settle(Show *show, const View *view, Cuts *cuts, double *cut_ms)
{
    double begun_ms = now_ms();
    int settled_frames = 0;
    while (settled_frames < 2) {
        *cuts = stream(show, view, cut_ms);
        SculpturePhase phase = streamer_phase(show->streamer, show->sculpture);
        if (phase == SCULPTURE_FAILED)
            return FAIL(ERR_CORRUPT, "%s", streamer_fault(show->streamer, show->sculpture));
        bool is_settled =
            streamer_stats(show->streamer).is_settled && phase == SCULPTURE_VISIBLE;
        settled_frames = is_settled ? settled_frames + 1 : 0;
        if (now_ms() - begun_ms > PATIENCE_MS)
            return FAIL(ERR_CANCELLED, "the view did not settle");
        if (!is_settled)
            thread_sleep_ms(1);
    }
    return OK;
}

const MeshGraph *show_graph(const Show *show)
{
    return streamer_graph(show->streamer, show->sculpture);
}

static RenderLight lamp_at(const Show *show, const float towards[3], float lux, bool has_shadow)
{
    float away = 4 * show->radius_m;
    RenderLight lamp = {.intensity_cd = lux * away * away,
                        .cone_deg = 60,
                        .reach_m = 100 * away,
                        .has_shadow = has_shadow};
    float size =
        sqrtf(towards[0] * towards[0] + towards[1] * towards[1] + towards[2] * towards[2]);
    for (int k = 0; k < 3; k++) {
        lamp.position[k] = (float)show->center[k] + towards[k] / size * away;
        lamp.direction[k] = -towards[k];
        lamp.color[k] = 1;
    }
    return lamp;
}

// A key light and a light from behind that cast shadows, one that fills them, and grey walls:
// the kinds of light the museum has, alike for pieces of any size.
NODISCARD static Status light_piece(Show *show)
{
    RenderLight lamps[] = {lamp_at(show, (const float[3]){-0.6f, 0.9f, 0.8f}, 420, true),
                           lamp_at(show, (const float[3]){0.4f, 0.8f, -0.9f}, 260, true),
                           lamp_at(show, (const float[3]){0.9f, 0.2f, 0.5f}, 70, false)};
    RenderRoom room = {.floor_color = {0.5f, 0.45f, 0.4f},
                       .wall_color = {0.6f, 0.6f, 0.6f},
                       .ceiling_color = {0.7f, 0.7f, 0.7f},
                       .fill_lux = 25};
    for (int k = 0; k < 3; k++) {
        room.low[k] = (float)show->center[k] - 6 * show->radius_m;
        room.high[k] = (float)show->center[k] + 6 * show->radius_m;
    }
    return render_set_house(show->render, &(RenderHouse){.lights = lamps,
                                                         .light_count = COUNT_OF(lamps),
                                                         .rooms = &room,
                                                         .room_count = 1});
}

static void find_sphere(Show *show)
{
    const MeshGraph *graph = show_graph(show);
    double low[3], high[3];
    for (int k = 0; k < 3; k++) {
        low[k] = (double)graph->low_m[k];
        high[k] = (double)graph->high_m[k];
        show->center[k] = (low[k] + high[k]) / 2;
    }
    show->radius_m = (float)distance3(low, high) / 2;
}

NODISCARD Status show_open(const ShowDesc *desc, Arena *arena, Show **out)
{
    Show *show = *out = ARENA_NEW(arena, Show);
    Cuts cuts;
    double cut_ms;
    TRY(open_device(show, desc, arena));
    TRY(open_piece(show, desc->pack, arena));
    TRY(settle(show, NULL, &cuts, &cut_ms));
    find_sphere(show);
    show->is_lit = desc->is_lit;
    return desc->is_lit ? light_piece(show) : OK;
}

void show_close(Show *show)
{
    if (!show)
        return;
    streamer_drop(show->streamer);
    render_drop(show->render);
    gpu_drop(show->gpu);
    window_close(show->window);
    arena_drop(&show->frame);
    vfs_stop();
}

// The same list again, until all shadows are in it.
static void draw_shadows(Show *show, RenderList *list)
{
    list->exposure = 1 / render_meter(show->render, list, 0);
    for (int i = 0; i < MOST_PENDING_FRAMES; i++) {
        render_frame(show->render, list, &show->frame);
        if (!render_stats(show->render).is_pending)
            return;
    }
}

// Until nothing better comes of a view at rest.
static void draw_rest(Show *show, int mean_count, RenderList *list)
{
    RestInput input = {.place = 1, .mean_count = mean_count, .scale = 1};
    Rest rest = {.is_known = true, .place = 1};
    for (;;) {
        RestFrame frame = rest_next(&rest, &input);
        if (!frame.is_needed)
            break;
        list->view.scale = frame.scale;
        list->view.is_kept = frame.is_kept;
        list->view.share = frame.share;
        memcpy(list->view.shift_px, frame.shift_px, sizeof frame.shift_px);
        render_frame(show->render, list, &show->frame);
    }
}

static void draw(Show *show, const View *view, RenderMode mode, int mean_count,
                 const Cuts *cuts)
{
    RenderSculpture sculpture = {
        .placement = PLACEMENT_IDENTITY,
        .radius_m = show->radius_m,
        .draws = {cuts->seen.first_draw, cuts->seen.draw_count},
        .shadow_draws = {cuts->shadow.first_draw, cuts->shadow.draw_count},
        .has_surface = show_graph(show)->has_surface,
    };
    memcpy(sculpture.center, show->center, sizeof sculpture.center);
    RenderList list = {.width_px = show->width,
                       .height_px = show->height,
                       .view = {.camera = *view, .mode = mode},
                       .sculptures = &sculpture,
                       .sculpture_count = 1};
    list.cluster_draws = (const RenderClusterDraw *)(const void *)streamer_draws(
        show->streamer, &list.cluster_draw_count);
    if (show->is_lit && mode == RENDER_BEAUTY) {
        memcpy(list.view.focus, show->center, sizeof list.view.focus);
        list.view.focus_radius_m = show->radius_m;
        draw_shadows(show, &list);
    }
    draw_rest(show, mean_count, &list);
}

// Read so far but for tiles.
static uint64_t geometry_bytes(const StreamerStats *stats)
{
    return stats->loaded_bytes - stats->loaded_tile_bytes + stats->table_bytes;
}

NODISCARD Status show_draw(Show *show, const View *view, RenderMode mode, bool is_lens,
                           int mean_count, Arena *arena, Shot *out)
{
    double begun_ms = now_ms();
    StreamerStats before = streamer_stats(show->streamer);
    Cuts cuts;
    *out = (Shot){0};
    TRY(settle(show, view, &cuts, &out->cut_ms));
    StreamerStats stats = streamer_stats(show->streamer);
    out->settle_ms = now_ms() - begun_ms;
    out->triangles = cuts.seen.triangle_count;
    out->error_px = cuts.seen.error_px;
    out->loaded_bytes = stats.loaded_bytes - before.loaded_bytes;
    out->geometry_bytes = geometry_bytes(&stats) - geometry_bytes(&before);
    int of_quality = is_lens ? show->row->lens_mean_count : show->row->mean_count;
    draw(show, view, mode, mean_count ? mean_count : of_quality, &cuts);
    int width, height;
    uint8_t *rgba;
    TRY(gpu_read_picture(show->gpu, &show->frame, &width, &height, &rgba));
    window_present(show->window);
    out->picture = (Picture){.width = (uint32_t)width, .height = (uint32_t)height};
    size_t pixels = (size_t)width * (size_t)height;
    out->picture.rgb = arena_alloc_raw(arena, arena_size_of(3, pixels), 16);
    for (size_t i = 0; i < pixels; i++)
        memcpy(out->picture.rgb[i], &rgba[4 * i], 3);
    return OK;
}
