// museum_draw.c: from the frame's list to the picture: only what has changed is drawn, and what
// rests becomes better.

#include "museum/museum_parts.h"

#include "base/log.h"
#include "museum/hud_words.h"

#include <string.h>
#include <time.h>

#define REST_WAIT_S 0.12 // a mouse that is moved stops for less
#define DETAIL_FADE_S 0.15
#define FIRST_PICTURE_WAIT_MS 400.0
#define SHARPEN_MS 250.0

double museum_now_ms(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1000 + (double)time.tv_nsec / 1e6;
}

// ---- what has changed

#define HASH_SEED 14695981039346656037u

static uint64_t add_hash(uint64_t hash, const void *bytes, size_t size)
{
    const uint8_t *at = bytes;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ at[i]) * 1099511628211u;
    return hash;
}

static uint64_t place_of(const RenderView *view)
{
    const View *camera = &view->camera;
    uint64_t hash =
        add_hash(HASH_SEED, &camera->view_projection, sizeof camera->view_projection);
    hash = add_hash(hash, camera->eye, sizeof camera->eye);
    hash = add_hash(hash, &camera->viewport, sizeof camera->viewport);
    return add_hash(hash, &view->mode, sizeof view->mode);
}

static uint64_t look_of(const RenderList *list)
{
    uint64_t hash = add_hash(HASH_SEED, &list->exposure, sizeof list->exposure);
    hash = add_hash(hash, &list->view.focus_radius_m, sizeof list->view.focus_radius_m);
    hash = add_hash(hash, list->cards, list->card_count * sizeof *list->cards);
    hash = add_hash(hash, list->contacts, list->contact_count * sizeof *list->contacts);
    return add_hash(hash, list->cases, list->case_count * sizeof *list->cases);
}

static uint64_t add_draws(uint64_t hash, const RenderList *list, RenderRange range)
{
    return add_hash(hash, list->cluster_draws + range.first,
                    range.count * sizeof *list->cluster_draws);
}

// The triangles a view shows, and those that cast shadows on them.
static uint64_t detail_of(const RenderList *list, bool is_lens)
{
    uint64_t hash = HASH_SEED;
    for (uint32_t i = 0; i < list->sculpture_count; i++) {
        const RenderSculpture *sculpture = &list->sculptures[i];
        hash = add_hash(hash, sculpture->center, sizeof sculpture->center);
        hash = add_hash(hash, sculpture->color, sizeof sculpture->color);
        hash = add_draws(hash, list, is_lens ? sculpture->lens_draws : sculpture->draws);
        hash = add_draws(hash, list, sculpture->shadow_draws);
        hash = add_draws(hash, list, sculpture->raking_draws);
    }
    return hash;
}

static uint64_t raking_of(const RenderView *lens)
{
    uint64_t hash = add_hash(HASH_SEED, &lens->raking_azimuth_deg, 2 * sizeof(float));
    hash = add_hash(hash, &lens->detail_strength, sizeof lens->detail_strength);
    hash = add_hash(hash, &lens->band_m, sizeof lens->band_m);
    hash = add_hash(hash, lens->raking_center, sizeof lens->raking_center);
    return add_hash(hash, lens->raking_normal, sizeof lens->raking_normal);
}

static uint64_t mood_of(const Mood *mood)
{
    const double plane[2] = {mood->focus_m, mood->aperture_m};
    return mood->is_open ? add_hash(HASH_SEED, plane, sizeof plane) : 0;
}

static uint64_t over_of(const RenderList *list)
{
    uint64_t hash = add_hash(HASH_SEED, list->quads, list->quad_count * sizeof *list->quads);
    hash = add_hash(hash, &list->other_lens.radius_px, sizeof list->other_lens.radius_px);
    return add_hash(hash, &list->lens.radius_px, sizeof list->lens.radius_px);
}

static void take_rest(const RestFrame *rest, const Mood *mood, RenderView *view)
{
    if (mood)
        view->camera = mood_view(mood, &view->camera, rest->index);
    view->scale = rest->scale;
    view->is_kept = rest->is_kept;
    view->share = rest->share;
    memcpy(view->shift_px, rest->shift_px, sizeof view->shift_px);
}

typedef struct ViewsPlan {
    bool is_new;         // something is to be drawn
    bool is_picture_new; // more than what lenses show
    bool is_hidden;      // and nothing of it shown yet
} ViewsPlan;

// A software driver draws on the cores that loaders need. While pages come for views that do
// not move, these sharpen by steps, and stand in between: they are whole sooner.
static bool awaits_more(Museum *m)
{
    if (!m->quality.is_software || streamer_stats(m->streamer).is_settled)
        return false;
    if (m->begun_ms - m->sharpened_ms < SHARPEN_MS)
        return true;
    m->sharpened_ms = m->begun_ms;
    return false;
}

// With a mood, where it may be in force.
static bool plan_view(Rest *rest, const RestInput *input, const Mood *mood, RenderView *view,
                      ViewsPlan *plan)
{
    RestFrame frame = rest_next(rest, input);
    take_rest(&frame, mood, view);
    plan->is_new |= frame.is_needed;
    plan->is_hidden &= frame.is_half || !frame.is_needed;
    return frame.is_needed;
}

// A half, or all there is, and the lens over it.
typedef struct Half {
    RenderView *view;
    RenderLens *lens;
    Rest *rest, *lens_rest;
} Half;

static void plan_half(const Museum *m, const RenderList *list, const Half *half,
                      RestInput input, ViewsPlan *plan)
{
    input.place = place_of(half->view);
    input.look ^= mood_of(&m->mood);
    input.detail = detail_of(list, false);
    plan->is_picture_new |= plan_view(half->rest, &input, &m->mood, half->view, plan);
    input.look ^= mood_of(&m->mood); // which is not the lens's
    if (half->lens->radius_px <= 0) {
        *half->lens_rest = (Rest){0};
        return;
    }
    input.place = place_of(&half->lens->view);
    input.look ^= raking_of(&half->lens->view);
    input.detail = detail_of(list, true);
    input.mean_count = quality_row(m->quality.level)->lens_mean_count;
    plan_view(half->lens_rest, &input, NULL, &half->lens->view, plan);
}

// What of the views is to be drawn.
static ViewsPlan plan_views(Museum *m, RenderList *list, const MuseumFrame *how)
{
    bool is_soft = !how->is_scripted && !m->is_reduced_motion;
    RestInput input = {
        .look = look_of(list),
        .moves = how->is_forced,
        .awaits_more = !how->is_forced && awaits_more(m),
        .is_unfinished = render_stats(m->render).is_pending,
        .mean_count = museum_mean_count(m),
        .scale = m->quality.scale,
        .passed_s = m->passed_s,
        .wait_s = how->is_scripted ? 0 : REST_WAIT_S,
        .fade_s = is_soft ? DETAIL_FADE_S : 0,
    };
    ViewsPlan plan = {.is_hidden = true};
    const Half halves[2] = {
        {&list->view, &list->lens, &m->picture_rest, &m->lens_rest},
        {&list->other, &list->other_lens, &m->compare.other_rest, &m->compare.other_lens_rest},
    };
    plan_half(m, list, &halves[0], input, &plan);
    if (list->has_other)
        plan_half(m, list, &halves[1], input, &plan);
    return plan;
}

// ---- the picture

static void save_picture(Museum *m)
{
    m->picture_status = m->saves_writing ? museum_save_writing(m, m->picture_path)
                                         : museum_save_picture(m, m->picture_path);
    m->saves_writing = false;
    m->picture_fault = m->picture_status ? arena_copy_text(m->arena, fault_last()->text) : NULL;
    m->picture_path = NULL;
}

static void note_first_frame(Museum *m)
{
    if (m->first_frame_ms > 0 || m->drawn_count == 0 || !m->scene.is_complete ||
        !m->has_labels || render_stats(m->render).is_pending)
        return;
    gpu_finish(m->gpu);
    m->first_frame_ms = stats_process_age_ms();
    heap_trim(); // of making shaders
}

// Without a display nobody waits for the driver but us; with one, waiting for the display is
// not the frame's time.
static double draw_timed(Museum *m, const RenderList *list, double *cpu_ms)
{
    double drawing_ms = gpu_drawing_ms(m->gpu);
    bool is_headless = window_is_headless(m->window);
    if (!is_headless)
        gpu_begin_timing(m->gpu);
    render_frame(m->render, list, &m->frame);
    if (is_headless)
        gpu_finish(m->gpu);
    else
        gpu_end_timing(m->gpu);
    double time_ms = museum_now_ms() - m->begun_ms;
    *cpu_ms = gpu_thread_ms() - m->begun_cpu_ms - (gpu_drawing_ms(m->gpu) - drawing_ms);
    return time_ms;
}

// What is first seen had better be whole: light and shadows are drawn once instead of with
// every page, and loaders have all cores.
static bool awaits_first_pages(Museum *m)
{
    if (m->drawn_count > 0)
        return false;
    if (m->opened_ms == 0)
        m->opened_ms = m->begun_ms;
    return !streamer_stats(m->streamer).is_settled &&
           m->begun_ms - m->opened_ms < FIRST_PICTURE_WAIT_MS;
}

// Nothing better is left to load, to light, or to add to the mean.
static bool is_tile_settled(const Museum *m)
{
    return m->photo.is_on && m->scene.is_complete && m->has_labels &&
           streamer_stats(m->streamer).is_settled && !render_stats(m->render).is_pending &&
           rest_is_done(&m->picture_rest, museum_mean_count(m)) &&
           (!m->photo.is_pair || rest_is_done(&m->compare.other_rest, museum_mean_count(m)));
}

void museum_draw(Museum *m, RenderList *list, const MuseumFrame *how, bool was_uncovered)
{
    m->was_drawn = false;
    if (!m->picture_path && awaits_first_pages(m))
        return;
    uint64_t over = over_of(list);
    bool is_headless = window_is_headless(m->window);
    ViewsPlan plan = plan_views(m, list, how);
    bool is_over_new = was_uncovered || over != m->over_hash;
    bool is_kept = m->picture_path || photo_is_ready(m);
    m->was_drawn = plan.is_new || is_over_new || is_kept;
    // Only without a display does a picture outlast its being shown.
    bool stands = !is_kept || is_headless;
    list->is_hidden = plan.is_new && plan.is_hidden && !is_over_new && stands;
    m->over_hash = over;
    photo_note_settled(m, is_tile_settled(m));
    if (!m->was_drawn) {
        note_first_frame(m); // the picture that stands may turn out to be the complete one
        return;
    }
    if (m->fitted_width != list->width_px || m->fitted_height != list->height_px)
        museum_take_quality(m);
    double cpu_ms, time_ms = draw_timed(m, list, &cpu_ms);
    m->drawn_count++;
    if (plan.is_picture_new)
        m->sharpened_ms = museum_now_ms();
    bool is_tile = m->photo.is_on && m->photo.is_begun;
    if (m->picture_path)
        save_picture(m);
    else if (is_kept && is_tile)
        photo_keep_tile(m);
    if (!is_headless && !list->is_hidden && !is_tile)
        window_present(m->window);
    note_first_frame(m);
    if (!museum_is_ready(m))
        return;
    stats_add_frame(&m->frames, (float)time_ms, m->arena);
    stats_add_frame(&m->cpu_frames, (float)cpu_ms, m->arena);
    if (plan.is_new) {
        StreamerStats streamer = streamer_stats(m->streamer);
        RenderStats render = render_stats(m->render);
        overlay_note(&m->overlay,
                     &(OverlayFrame){.streamer = &streamer,
                                     .render = &render,
                                     .target_bytes = museum_target_bytes(m),
                                     .target_budget = m->memory.target_bytes,
                                     .budget = m->memory.budget_bytes,
                                     .time_ms = MAX(time_ms, gpu_timed_ms(m->gpu))});
    }
    QualityFrame frame = {
        .work_ms = MAX(time_ms, gpu_timed_ms(m->gpu)),
        .passed_s = m->passed_s,
        .is_moving = !list->view.is_kept,
        .is_measured = !how->is_scripted,
    };
    if (quality_note(&m->quality, &frame))
        museum_take_quality(m);
}
