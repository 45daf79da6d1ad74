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

_Static_assert(sizeof(CutDraw) == sizeof(RenderClusterDraw), "one is used as the other");

struct Show {
    Window *window;
    Gpu *gpu;
    Render *render;
    Streamer *streamer;
    SculptureId sculpture;
    const QualityRow *row;
    int width, height;
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
    // Divided as the museum divides it.
    GpuInfo info = gpu_info(show->gpu);
    RenderDesc look = {.quality = row->is_fine ? RENDER_FINE : RENDER_ECONOMIC,
                       .shadow_side = row->shadow_side,
                       .sample_count = row->sample_count};
    uint64_t budget = (uint64_t)desc->memory_mib << 20;
    if (!budget)
        budget = render_default_memory(&info, (uint64_t)stats_main_memory());
    RenderMemory memory = render_divide_memory(budget, &look, desc->width, desc->height);
    render_fit_targets(&look, desc->width, desc->height, memory.target_bytes);
    look.slot_count = memory.slot_count;
    look.layer_count = memory.layer_count;
    TRY(render_make(arena, show->gpu, &look, &show->render));
    return streamer_make(&(StreamerDesc){.slot_count = memory.slot_count,
                                         .layer_count = memory.layer_count,
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

// Streams one frame for a view; none: only what is always there.
static StreamerCut stream(Show *show, const View *view, double *cut_ms)
{
    StreamerCut cut = {0};
    StreamerUpload upload;
    arena_reset(&show->frame);
    streamer_begin_frame(show->streamer, &show->frame);
    while (streamer_next_upload(show->streamer, &upload)) {
        RenderTile tile = {upload.tile, upload.place};
        render_upload_page(show->render, upload.slot, upload.page, upload.tile ? &tile : NULL);
    }
    double begun_ms = now_ms();
    if (view)
        cut = streamer_cut(show->streamer, show->sculpture,
                           &(StreamerView){.view = view, .placement = PLACEMENT_IDENTITY});
    *cut_ms = now_ms() - begun_ms;
    streamer_end_frame(show->streamer);
    return cut;
}

NODISCARD static Status settle(Show *show, const View *view, StreamerCut *cut, double *cut_ms)
{
    double begun_ms = now_ms();
    int settled_frames = 0;
    while (settled_frames < 2) {
        *cut = stream(show, view, cut_ms);
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

NODISCARD Status show_open(const ShowDesc *desc, Arena *arena, Show **out)
{
    Show *show = *out = ARENA_NEW(arena, Show);
    StreamerCut cut;
    double cut_ms;
    TRY(open_device(show, desc, arena));
    TRY(open_piece(show, desc->pack, arena));
    return settle(show, NULL, &cut, &cut_ms);
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

const MeshGraph *show_graph(const Show *show)
{
    return streamer_graph(show->streamer, show->sculpture);
}

static void draw(Show *show, const View *view, RenderMode mode, bool is_lens,
                 const StreamerCut *cut)
{
    const MeshGraph *graph = show_graph(show);
    RenderSculpture sculpture = {
        .placement = PLACEMENT_IDENTITY,
        .draws = {cut->first_draw, cut->draw_count},
        .has_surface = graph->has_surface,
    };
    double low[3], high[3];
    for (int k = 0; k < 3; k++) {
        low[k] = (double)graph->low_m[k];
        high[k] = (double)graph->high_m[k];
        sculpture.center[k] = (low[k] + high[k]) / 2;
    }
    sculpture.radius_m = (float)distance3(low, high) / 2;
    RenderList list = {.width_px = show->width,
                       .height_px = show->height,
                       .view = {.camera = *view, .mode = mode},
                       .sculptures = &sculpture,
                       .sculpture_count = 1};
    list.cluster_draws = (const RenderClusterDraw *)(const void *)streamer_draws(
        show->streamer, &list.cluster_draw_count);
    // Until nothing better comes of a view at rest.
    int mean_count = is_lens ? show->row->lens_mean_count : show->row->mean_count;
    RestInput input = {.place = 1, .mean_count = mean_count, .scale = 1};
    Rest rest = {.is_known = true, .place = 1};
    for (;;) {
        RestFrame frame = rest_next(&rest, &input);
        if (!frame.is_needed)
            break;
        list.view.scale = frame.scale;
        list.view.is_kept = frame.is_kept;
        list.view.share = frame.share;
        memcpy(list.view.shift_px, frame.shift_px, sizeof frame.shift_px);
        render_frame(show->render, &list, &show->frame);
    }
}

NODISCARD Status show_draw(Show *show, const View *view, RenderMode mode, bool is_lens,
                           Arena *arena, Shot *out)
{
    double begun_ms = now_ms();
    uint64_t loaded = streamer_stats(show->streamer).loaded_bytes;
    StreamerCut cut;
    *out = (Shot){0};
    TRY(settle(show, view, &cut, &out->cut_ms));
    out->settle_ms = now_ms() - begun_ms;
    out->triangles = cut.triangle_count;
    out->error_px = cut.error_px;
    out->loaded_bytes = streamer_stats(show->streamer).loaded_bytes - loaded;
    draw(show, view, mode, is_lens, &cut);
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
