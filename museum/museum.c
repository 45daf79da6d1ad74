// museum.c: struct Museum owns everything below. Boot, wishes, questions; museum_frame.c draws.

#include "museum/museum_parts.h"

#include "base/log.h"
#include "data/image.h"
#include "io/file.h"
#include "io/vfs.h"
#include "museum/cabinet.h"
#include "museum/detail.h"
#include "museum/hud_words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { ROOMS_AT_ONCE = 3 }; // that doors leave to be seen

#define TOAST_S 4.0
#define BEFORE_M 0.1
#define REACH_M 1.1 // leaning in from further away means walking there first

// ---- boot and end

static RenderDesc wanted_look(const Museum *m)
{
    const QualityRow *row = quality_row(m->quality.level);
    const Plan *plan = &m->collection.plan;
    RenderDesc look = {.quality = row->is_fine ? RENDER_FINE : RENDER_ECONOMIC,
                       .shadow_side = row->shadow_side,
                       .sample_count = row->sample_count,
                       .rooms_at_once = MIN(plan->room_count, (uint32_t)ROOMS_AT_ONCE)};
    for (uint32_t i = 0; i < plan->light_count; i++)
        look.shadow_count += plan->lights[i].casts_shadow;
    look.shadow_count = CLAMP(look.shadow_count, 1u, (uint32_t)RENDER_MAX_LIGHTS);
    return look;
}

static RenderDesc render_desc(Museum *m)
{
    RenderDesc look = wanted_look(m);
    window_size(m->window, &m->fitted_width, &m->fitted_height);
    render_fit_targets(&look, m->fitted_width, m->fitted_height, m->memory.target_bytes);
    look.slot_count = m->memory.slot_count;
    look.light_bytes = m->memory.light_bytes;
    return look;
}

uint64_t museum_target_bytes(const Museum *m)
{
    RenderDesc look = wanted_look(m);
    render_fit_targets(&look, m->fitted_width, m->fitted_height, m->memory.target_bytes);
    return render_target_bytes(&look, m->fitted_width, m->fitted_height);
}

static float pixel_error(const Museum *m)
{
    return m->wanted_error > 0 ? m->wanted_error : quality_row(m->quality.level)->pixel_error;
}

void museum_take_quality(Museum *m)
{
    RenderDesc render = render_desc(m);
    if (render_set_quality(m->render, &render))
        log_fault(LOG_ERROR, "the quality stays");
    m->scene.pixel_error = pixel_error(m);
}

// By what is known of the pieces before any of them is opened.
static double slot_part(const Collection *collection)
{
    double least = 1, most = 0;
    for (uint32_t i = 0; i < collection->exhibit_count; i++) {
        const Exhibit *exhibit = &collection->exhibits[i];
        if (exhibit->phase == EXHIBIT_RESTORATION)
            continue;
        double part = render_slot_part(exhibit_texels_a_triangle(exhibit));
        least = MIN(least, part);
        most = MAX(most, part);
    }
    return most > 0 ? render_slot_part_between(least, most) : 0;
}

static void divide_memory(const MuseumDesc *desc, Museum *m)
{
    GpuInfo info = gpu_info(m->gpu);
    uint64_t wanted = (uint64_t)desc->memory_mib << 20;
    int width, height;
    RenderDesc look = wanted_look(m);
    window_size(m->window, &width, &height);
    if (!wanted)
        wanted = render_default_memory(&info, (uint64_t)stats_main_memory());
    m->memory =
        render_divide_memory(&(RenderMemoryDesc){.budget_bytes = wanted,
                                                 .look = &look,
                                                 .width = width,
                                                 .height = height,
                                                 .slot_part = slot_part(&m->collection),
                                                 .piece_count = m->collection.exhibit_count});
    if (m->memory.budget_bytes > wanted)
        LOG_WARN_LINE("pictures of %d x %d take %u MiB at least", width, height,
                      (unsigned)((m->memory.budget_bytes + 0xfffff) >> 20));
    streamer_set_memory(m->streamer, m->memory.slot_count, m->memory.tile_bytes);
}

NODISCARD static Status open_device(const MuseumDesc *desc, Museum *m)
{
    TRY(streamer_make(&(StreamerDesc){0}, m->arena, &m->streamer));
    // Loaders work while the driver wakes up.
    for (uint32_t i = 0; i < m->collection.exhibit_count; i++) {
        Exhibit *exhibit = &m->collection.exhibits[i];
        if (exhibit->place != PLAN_NONE && exhibit->room == m->collection.plan.start.room)
            exhibit_open(exhibit, m->streamer);
    }
    TRY(window_open(m->arena,
                    &(WindowDesc){.title = "Vitrine",
                                  .width = desc->width,
                                  .height = desc->height,
                                  .is_headless = desc->is_headless,
                                  .is_fullscreen = desc->is_kiosk,
                                  .holds_keys = desc->is_kiosk},
                    &m->window));
    TRY(gpu_make(m->arena, m->window, &m->gpu));
    m->quality = quality_make(desc->quality ? desc->quality : m->settings.quality,
                              gpu_info(m->gpu).is_software, window_refresh_hz(m->window));
    divide_memory(desc, m);
    RenderDesc render = render_desc(m);
    TRY(render_make(m->arena, m->gpu, &render, &m->render));
    m->pictures = pictures_make(m->arena, m->gpu);
    return ui_make(m->arena, m->gpu, NULL, &m->ui);
}

NODISCARD Status museum_make(const MuseumDesc *desc, Arena *arena, Museum *m)
{
    *m = (Museum){
        .arena = arena,
        .wanted_error = desc->pixel_error,
        .kiosk = {.is_on = desc->is_kiosk},
        .lens = magnifier_make(),
        .focus = -1,
        .close = -1,
        .leans_after_walk = -1,
        .looks_after = -1,
    };
    museum_read_settings(desc, m);
    hud_speak(m->language);
    TRY(vfs_start());
    TRY(collection_open(desc->packs, desc->pack_count, arena, &m->collection));
    museum_open_cabinet(desc, m);
    m->tape = tape_make(m->collection.exhibit_count, arena);
    gallery_make(&m->collection.plan, m->collection.piece_heights_m, arena, &m->gallery);
    m->visitor = visitor_make(&m->gallery);
    museum_take_settings(desc, m);
    TRY(rooms_light_make(&m->collection, arena, &m->light));
    TRY(open_device(desc, m));
    m->light.limit_bytes = m->memory.light_bytes;
    ui_speak(m->ui, hud_spoken());
    TRY(rooms_make(&(RoomsDesc){.render = m->render,
                                .gpu = m->gpu,
                                .text = ui_text_engine(m->ui),
                                .collection = &m->collection,
                                .language = m->language,
                                .label_bytes = m->memory.label_bytes,
                                .mesh_bytes = m->memory.mesh_bytes,
                                .light = &m->light},
                   arena, &m->house));
    museum_open_aloud(m, desc);
    life_size_begin(m);
    museum_make_sound(m, desc->is_headless);
    m->photo_scale = desc->photo_scale;
    if (!m->photo_scale) // of four times as many tiles nobody waits for the end
        m->photo_scale = gpu_info(m->gpu).is_software ? 2 : 4;
    map_view_make(m);
    m->scene = (Scene){.shaped = -1,
                       .render = m->render,
                       .streamer = m->streamer,
                       .collection = &m->collection,
                       .arena = arena,
                       .pixel_error = pixel_error(m)};
    return OK;
}

void museum_drop(Museum *m)
{
    museum_keep_settings(m);
    cabinet_close(m->cabinet);
    speech_close(m->aloud.speech);
    sound_drop(m->sound);
    screens_drop(&m->screens);
    photo_drop(m);
    map_view_drop(m);
    rooms_light_drop(&m->light);
    streamer_drop(m->streamer);
    if (m->render)
        rooms_drop(&m->house);
    pictures_drop(m->pictures);
    ui_drop(m->ui);
    life_size_end(m);
    render_drop(m->render);
    gpu_drop(m->gpu);
    window_close(m->window);
    vfs_stop();
    arena_drop(&m->frame);
}

// ---- wishes

void museum_say(Museum *m, const char *sentence)
{
    snprintf(m->toast.text, sizeof m->toast.text, "%.*s", (int)sizeof m->toast.text - 1,
             sentence);
    m->toast.text[utf8_valid_bytes(str_of(m->toast.text))] = 0; // no half letter at its end
    m->toast.left_s = TOAST_S;
}

NODISCARD Status museum_find_exhibit(const Museum *m, const char *id, uint32_t *out)
{
    int32_t index = collection_find(&m->collection, id);
    if (index >= 0) {
        *out = (uint32_t)index;
        return OK;
    }
    Scratch scratch = scratch_begin(NULL);
    const char *ids = "";
    for (uint32_t i = 0; i < MIN(m->collection.exhibit_count, 20u); i++)
        ids = str_format(scratch.arena, "%s%s%s", ids, *ids ? ", " : "",
                         m->collection.exhibits[i].id);
    fault_set(ERR_NOT_FOUND, __FILE__, __LINE__, "no exhibit is called '%s'; there are: %s", id,
              *ids ? ids : "none");
    scratch_end(scratch);
    return ERR_NOT_FOUND;
}

NODISCARD Status museum_walk_to_spot(Museum *m, const double spot[2])
{
    m->leans_after_walk = -1;
    return visitor_walk_to(&m->visitor, &m->gallery, spot);
}

NODISCARD Status museum_walk_to_exhibit(Museum *m, uint32_t index)
{
    const Exhibit *exhibit = &m->collection.exhibits[index];
    m->leans_after_walk = -1;
    if (exhibit->place == PLAN_NONE)
        return FAIL(ERR_NOT_FOUND, "'%s' stands nowhere in this gallery", exhibit->id);
    return visitor_walk_before(&m->visitor, &m->gallery, (uint32_t)exhibit->place);
}

static int32_t nearest_exhibit(const Museum *m)
{
    int32_t place = gallery_nearest_place(&m->gallery, m->visitor.spot);
    return place == PLAN_NONE ? -1 : m->collection.exhibit_of_place[place];
}

// Where one comes to stand before it, which may be farther off than others are leant in to
// from.
static bool is_before(const Museum *m, uint32_t place)
{
    GalleryStand at;
    return gallery_stand_before(&m->gallery, place, (double)m->visitor.eye_height_m,
                                (double)visitor_fov(&m->visitor), &at) &&
           hypot(at.spot[0] - m->visitor.spot[0], at.spot[1] - m->visitor.spot[1]) < BEFORE_M;
}

static bool is_within_reach(const Museum *m, uint32_t index)
{
    const Exhibit *exhibit = &m->collection.exhibits[index];
    const PlanPlace *place = &m->collection.plan.places[exhibit->place];
    double across =
        hypot(place->position[0] - m->visitor.spot[0], place->position[1] - m->visitor.spot[1]);
    double stand = hypot(place->size_m[0], place->size_m[2]) / 2;
    bool is_near = across - stand < REACH_M + 2 * exhibit->radius_m ||
                   is_before(m, (uint32_t)exhibit->place);
    return is_near && gallery_sees(&m->gallery, m->visitor.spot,
                                   (double[2]){place->position[0], place->position[1]});
}

static void find_frames(Museum *m, const Exhibit *exhibit, bool has_label, VisitorWorld *world)
{
    HudSize size = {
        .source = m->life.display.source,
        .pixel_mm = m->life.display.pixel_mm,
        .times = life_size_times(&m->life, m->life.display.pixel_mm * 100), // as long as most
        .has_details = exhibit->story.hotspot_count > 0};
    world->frame_count =
        tour_is_on(&m->tour)
            ? museum_tour_frames(m, world->frames)
            : hud_free_frames(m->ui, &size, exhibit, m->language, has_label, world->frames);
}

void museum_follow_label(Museum *m, const VisitorWorld *world)
{
    bool is_busy = m->detail.is_on || tour_is_on(&m->tour) || m->compare.is_on ||
                   museum_is_inside(m); // who waits outside does not move
    if (m->visitor.state != VISITOR_CLOSE || m->close < 0 || is_busy ||
        m->is_framed_with_label == m->is_label_open)
        return;
    VisitorWorld framed = *world;
    find_frames(m, &m->collection.exhibits[m->close], m->is_label_open, &framed);
    m->is_framed_with_label = m->is_label_open;
    visitor_frame_again(&m->visitor, &framed);
}

NODISCARD Status museum_lean_in(Museum *m, int32_t wish)
{
    int32_t index = wish >= 0 ? wish : m->focus >= 0 ? m->focus : nearest_exhibit(m);
    if (index < 0)
        return FAIL(ERR_NOT_FOUND, "there is nothing here to lean in to");
    if (m->visitor.state != VISITOR_WALKING)
        return FAIL(ERR_INVALID, "to lean in to another piece, lean out first");
    const Exhibit *exhibit = &m->collection.exhibits[index];
    if (exhibit->place == PLAN_NONE)
        return FAIL(ERR_NOT_FOUND, "'%s' stands nowhere in this gallery", exhibit->id);
    if (!is_within_reach(m, (uint32_t)index)) {
        TRY(museum_walk_to_exhibit(m, (uint32_t)index));
        m->leans_after_walk = index;
        return OK;
    }
    int width, height;
    window_size(m->window, &width, &height);
    VisitorPiece piece = exhibit_piece(exhibit);
    VisitorWorld world = {.gallery = &m->gallery,
                          .aspect = (float)width / (float)MAX(height, 1)};
    find_frames(m, exhibit, true, &world);
    visitor_lean_in(&m->visitor, &piece, &world);
    m->lens.mode = MAGNIFIER_BEAUTY; // each piece is first seen as it is
    m->close = index;
    m->is_label_open = m->is_framed_with_label = true;
    m->leans_after_walk = -1;
    return OK;
}

void museum_lean_out(Museum *m)
{
    m->inside = (Diorama){0};
    compare_end(m);
    detail_forget(m);
    visitor_lean_out(&m->visitor);
    magnifier_turn_off(&m->lens);
    museum_keep_measures(m);
    tape_put(m, false);
    m->is_label_open = false;
    museum_close_story(m);
}

NODISCARD Status museum_set_orthographic(Museum *m, bool is_orthographic)
{
    if (m->visitor.state != VISITOR_CLOSE)
        return FAIL(ERR_INVALID, "lean in first");
    TRY(compare_refuse(m));
    int width, height;
    window_size(m->window, &width, &height);
    VisitorWorld world = museum_world(m, (float)width / (float)MAX(height, 1));
    if (m->visitor.is_true_size && !is_orthographic)
        visitor_end_true_size(&m->visitor, &world);
    visitor_set_orthographic(&m->visitor, is_orthographic, &world);
    return OK;
}

void museum_photograph(Museum *m, int scale)
{
    museum_say(m, photo_take(m, NULL, scale) ? fault_last()->text
                                             : hud_word(WORD_TAKING_PHOTOGRAPH));
}

NODISCARD Status museum_show(Museum *m, bool *panel, bool is_open)
{
    if (is_open && m->close < 0 && m->focus < 0)
        return FAIL(ERR_INVALID, "there is no piece here to read about");
    *panel = is_open;
    return OK;
}

// ---- questions

bool museum_is_ready(const Museum *m)
{
    return m->first_frame_ms > 0;
}

float museum_reading_goal(const Museum *m)
{
    return museum_is_reading(m) && visitor_is_close(&m->visitor) ? 1 : 0;
}

// At rest on both sides of the lens's rim.
static bool is_at_rest(const Museum *m)
{
    const QualityRow *row = quality_row(m->quality.level);
    const Compare *compare = &m->compare;
    const Magnifier *lens = compare->is_on ? &compare->halves[0].lens : &m->lens;
    bool is_done = rest_is_done(&m->picture_rest, museum_mean_count(m)) &&
                   (!lens->is_on || rest_is_done(&m->lens_rest, row->lens_mean_count));
    if (!is_done || !compare->is_on)
        return is_done;
    return rest_is_done(&compare->other_rest, row->mean_count) &&
           (!compare->halves[1].lens.is_on ||
            rest_is_done(&compare->other_lens_rest, row->lens_mean_count));
}

bool museum_is_settled(const Museum *m)
{
    return museum_is_ready(m) && m->reading == museum_reading_goal(m) &&
           visitor_is_still(&m->visitor) && diorama_is_still(&m->inside) && map_is_still(m) &&
           m->leans_after_walk < 0 && compare_is_still(m) && museum_is_quiet(m) &&
           rooms_is_still(&m->house, &m->rooms_state) && m->has_labels &&
           pictures_are_settled(m->pictures) && m->looks_after < 0 && m->scene.is_complete &&
           streamer_stats(m->streamer).is_settled && !render_stats(m->render).is_pending &&
           !mood_is_pending(&m->mood) && is_at_rest(m);
}

static void fill_lens_stats(const Museum *m, Stats *stats)
{
    const Compare *compare = &m->compare;
    const Magnifier *lens = compare->is_on ? &compare->halves[compare->active].lens : &m->lens;
    stats->magnifier_mode = stats->magnifier_sample = "";
    if (!lens->is_on)
        return;
    stats->magnifier_zoom = lens->zoom;
    stats->um_per_texel = lens->um_per_sample;
    if (lens->um_per_sample > 0 && lens->rested_at.exhibit >= 0) {
        const Exhibit *piece = &m->collection.exhibits[lens->rested_at.exhibit];
        stats->magnifier_sample = exhibit_has_texels(piece) ? "texel" : "sample";
    }
    stats->magnifier_most_zoom = lens->most_zoom;
    stats->magnifier_radius = (double)lens->radius;
    stats->magnifier_x = (double)lens->at[0];
    stats->magnifier_y = (double)lens->at[1];
    stats->magnifier_pinned = lens->is_pinned;
    stats->magnifier_native = lens->is_native;
    stats->um_per_pixel = lens->um_per_pixel;
    stats->magnifier_life_times = life_size_times(&m->life, lens->um_per_pixel);
    stats->magnifier_mode = magnifier_mode_name(lens->mode);
    stats->band_um = lens->mode == MAGNIFIER_HEIGHT ? lens->band_um : 0;
    stats->light_azimuth_deg = (double)lens->azimuth_deg;
    stats->light_elevation_deg = (double)lens->elevation_deg;
    stats->relief_strength = (double)lens->relief_strength;
    stats->magnifier_enlarged = lens->is_enlarged;
    stats->magnifier_limited = lens->zoom < lens->wanted_zoom;
}

static void fill_detail_stats(const Museum *m, Stats *stats)
{
    stats->detail = "";
    if (m->close < 0)
        return;
    const Story *story = &m->collection.exhibits[m->close].story;
    stats->details = story->hotspot_count;
    stats->marks = m->spots.mark_count;
    stats->mark_clusters = m->spots.cluster_count;
    stats->marks_hidden = m->spots.hidden_count;
    if (m->detail.is_on && !m->detail.is_own)
        stats->detail = story->hotspots[m->detail.index].id;
}

static void fill_map_stats(const Museum *m, Stats *stats)
{
    const Plan *plan = &m->collection.plan;
    int32_t room =
        plan_find_room(plan, (float[2]){(float)m->visitor.spot[0], (float)m->visitor.spot[1]});
    stats->room = room >= 0 ? plan->rooms[room].id : "";
    stats->rooms = plan->room_count;
    stats->rooms_visited = m->map.visited_count;
    stats->map = m->map.is_open ? "open" : "closed";
    stats->map_focus = map_focus_id(m);
    stats->map_tour = map_tour_id(m);
    stats->hud_focus = ui_focused_id(m->ui);
    stats->hud_least_px = (double)ui_least_button_px(m->ui);
}

static void fill_screen_stats(const Museum *m, Stats *stats)
{
    museum_fill_kiosk_stats(m, stats);
    const Widgets *tree = screens_are_open(&m->screens) ? m->screens.tree : NULL;
    stats->language = hud_spoken();
    stats->screen =
        screens_are_open(&m->screens) ? screen_name(screens_top(&m->screens)) : "none";
    stats->screen_focus = tree ? widget_name(tree, widgets_focused(tree)) : "";
    stats->layouts = tree ? widgets_layout_count(tree) : 0;
}

static void fill_visitor_stats(const Museum *m, Stats *stats)
{
    const Visitor *visitor = &m->visitor;
    const Diorama *inside = &m->inside;
    stats->visitor = inside->state == DIORAMA_INSIDE ? "inside"
                     : diorama_is_on(inside)         ? "gliding"
                                                     : visitor_state_name(visitor);
    stats->inside_scale = diorama_is_on(inside) ? 1 / inside->unit_m : 0;
    stats->inside_eye_mm = diorama_is_on(inside) ? inside->eye_m * 1000 : 0;
    for (int i = 0; i < 3 && diorama_is_on(inside); i++)
        stats->inside_mm[i] = inside->feet[i] * 1000;
    stats->x_m = visitor->spot[0];
    stats->z_m = visitor->spot[1];
    stats->yaw_degrees = -visitor->yaw * 57.29577951308232;
    stats->pitch_degrees = visitor->pitch * 57.29577951308232;
    stats->eye_height_m = (double)visitor->eye_height_m;
    stats->fov_degrees = (double)visitor_fov(visitor) * 57.29577951308232;
    stats->surface_distance_mm = m->surface_m * 1000;
    stats->projection =
        m->view.is_orthographic || m->compare.is_on ? "orthographic" : "perspective";
    stats->picture_um_per_pixel = m->um_per_pixel;
    stats->life_times = life_size_times(&m->life, m->um_per_pixel);
    stats->is_true_size = visitor->is_true_size;
    stats->has_mood = m->mood.is_open;
    stats->focus_mm = m->mood.focus_m * 1000;
    stats->aperture_mm = m->mood.aperture_m * 2000;
    stats->display_pixel_mm = m->life.display.pixel_mm;
    stats->display_source = display_source_name(m->life.display.source);
    stats->is_calibrating = m->life.calibration.is_open;
    stats->label = m->is_label_open ? "open" : "closed";
    stats->story = museum_is_reading(m) ? "open" : "closed";
    int32_t shown = m->close >= 0 ? m->close : m->focus;
    stats->exhibit = shown >= 0 ? m->collection.exhibits[shown].id : "";
    stats->exhibit_state =
        shown >= 0 ? exhibit_phase_name(m->collection.exhibits[shown].phase) : "";
}

Stats museum_stats(const Museum *m, Arena *arena)
{
    StreamerStats streamer = streamer_stats(m->streamer);
    RenderStats render = render_stats(m->render);
    int width, height;
    window_size(m->window, &width, &height);
    Stats stats = {
        .first_frame_ms = m->first_frame_ms,
        .frames = stats_frame_times(&m->frames),
        .cpu = stats_frame_times(&m->cpu_frames),
        .triangles_drawn = render.triangles,
        .draw_calls = render.draw_calls,
        .most_triangles = (double)m->most_work.triangles,
        .most_draw_calls = (double)m->most_work.draw_calls,
        .most_meshes = (double)m->most_work.meshes,
        .most_light_steps = (double)m->most_work.light_steps,
        .most_allocations = (double)m->most_work.allocations,
        .resident_geometry_bytes = (double)streamer.resident_bytes,
        .resident_texture_bytes = (double)render.texture_bytes,
        .memory_budget_bytes = (double)m->memory.budget_bytes,
        .memory_used_bytes = (double)(render.geometry_bytes + render.texture_bytes),
        .memory_peak_bytes = (double)render.peak_bytes,
        .age_ms = stats_process_age_ms(),
        .rss_bytes = stats_memory(),
        .rss_peak_bytes = stats_peak_memory(),
        .loaded_pages = (double)streamer.loaded_pages,
        .loaded_tiles = (double)streamer.loaded_tiles,
        .loaded_bytes = (double)streamer.loaded_bytes,
        .loaded_tile_bytes = (double)streamer.loaded_tile_bytes,
        .loaded_table_bytes = (double)streamer.table_bytes,
        .pixel_error = (double)(streamer.pixel_error * m->scene.pixel_error),
        .lens_pixel_error =
            (double)(streamer.lens_pixel_error * MIN(m->scene.pixel_error, 1.0f)),
        .is_settled = museum_is_settled(m),
        .drawn_frames = (double)m->drawn_count,
        .quality = quality_row(m->quality.level)->name,
        .quality_reason = m->quality.reason,
        .is_quality_auto = m->quality.is_auto,
        .scale = (double)m->quality.scale,
        .exhibits = m->collection.exhibit_count,
        .exhibits_seen = m->scene.seen_count,
        .ahead_pages = streamer.ahead_pages,
        .driver = window_driver_name(m->window),
        .renderer = arena_copy_text(arena, gpu_info(m->gpu).renderer),
        .width = width,
        .height = height,
    };
    for (uint32_t i = 0; i < m->collection.exhibit_count; i++)
        stats.exhibits_under_restoration +=
            m->collection.exhibits[i].phase == EXHIBIT_RESTORATION;
    fill_lens_stats(m, &stats);
    fill_visitor_stats(m, &stats);
    fill_detail_stats(m, &stats);
    fill_map_stats(m, &stats);
    museum_fill_tour_stats(m, &stats);
    museum_fill_sound_stats(m, &stats);
    fill_screen_stats(m, &stats);
    museum_fill_cabinet_stats(m, &stats);
    compare_fill_stats(m, &stats);
    tape_fill_stats(m, arena, &stats);
    return stats;
}

NODISCARD Status museum_save_picture(Museum *m, const char *path)
{
    Scratch scratch = scratch_begin(NULL);
    Image image = {0};
    Bytes png = {0};
    int width, height;
    uint8_t *pixels;
    Status status = gpu_read_picture(m->gpu, scratch.arena, &width, &height, &pixels);
    if (!status) {
        image = (Image){.width = (uint32_t)width, .height = (uint32_t)height, .rgba = pixels};
        status = image_encode_png(&image, 5, scratch.arena, &png);
    }
    if (!status)
        status = file_write(path, png);
    scratch_end(scratch);
    return status;
}
