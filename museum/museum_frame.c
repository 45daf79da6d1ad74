// museum_frame.c: one frame of the museum: wishes, steps, streaming, the list, the picture.

#include "base/log.h"
#include "museum/ahead.h"
#include "museum/detail.h"
#include "museum/hud_words.h"
#include "museum/museum_parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define LEAST_UPLOAD_MS 0.2 // of a frame, even if labels took all there was
#define MAKES_ROOM_S 0.4
#define READING_SHRINKS 0.16f
#define READING_PART 0.6f // of the picture's width that is left: where less is, all is smaller
#define SAMPLE_VIEW_PX 2.0f    // radius of the view that finds the samples under the lens
#define SAMPLE_VIEW_FINER 4.0f // times as strong as the lens may be, as far as is known
#define ROOM_WHITE_LUX 320.0   // light in which paper looks white

// ---- wishes

static void go_back(Museum *m)
{
    if (ui_wants_keys(m->ui) && !m->compare.is_choosing)
        ui_focus(m->ui, NULL);
    else if (m->compare.is_choosing)
        compare_choose(m, false);
    else if (museum_close_spot_list(m))
        return;
    else if (m->detail.is_on)
        detail_leave(m);
    else if (m->lens.is_on)
        magnifier_turn_off(&m->lens);
    else if (m->tape.is_out)
        tape_put(m, false);
    else if (visitor_is_close(&m->visitor))
        museum_lean_out(m);
    else if (m->controls.is_captured)
        m->controls.is_captured = false;
    else
        museum_stop_or_leave(m);
}

// What stops a wish is told to the visitor, not passed on.
void museum_tell(Museum *m, Status status)
{
    if (status)
        museum_say(m, fault_last()->text);
}

// Whether one points at the label of a piece in the room.
static bool meets_label(const Museum *m, const Ray *ray, int32_t exhibit)
{
    int32_t index = m->collection.exhibits[exhibit].place;
    if (index == PLAN_NONE)
        return false;
    const PlanPlace *place = &m->collection.plan.places[index];
    double s = sin(place->label_yaw), c = cos(place->label_yaw);
    double lean = sin(place->label_tilt), rise = cos(place->label_tilt);
    double normal[3] = {s * rise, lean, c * rise}, up[3] = {-s * lean, rise, -c * lean};
    double right[3] = {c, 0, -s}, away = 0, toward = 0, from[3], at[3];
    double label[3] = {place->label_position[0], place->floor_m + place->label_position[1],
                       place->label_position[2]};
    for (int i = 0; i < 3; i++) {
        away += (label[i] - ray->origin[i]) * normal[i];
        toward += ray->direction[i] * normal[i];
    }
    if (toward >= 0 || away >= 0)
        return false;
    ray_point(ray, away / toward, at);
    for (int i = 0; i < 3; i++)
        from[i] = at[i] - label[i];
    return fabs(dot3(from, right)) < place->label_size_m[0] / 2.0 &&
           fabs(dot3(from, up)) < place->label_size_m[1] / 2.0;
}

// To what lies under the lens, if there is one that follows, or there.
static void go_to(Museum *m, const Input *input, const float at[2])
{
    const float *place = m->lens.is_on && !m->lens.is_pinned ? m->lens.at : at;
    float px[2] = {place[0] * (float)input->width, place[1] * (float)input->height};
    Ray ray = view_ray(&m->view, px);
    VisitorWorld world = museum_world(m, (float)input->width / (float)MAX(input->height, 1));
    visitor_go_to(&m->visitor, &ray, &world);
}

static void walk_to(Museum *m, const double spot[2])
{
    if (museum_walk_to_spot(m, spot)) {
        museum_say(m, hud_word(WORD_NO_WAY));
        return;
    }
    m->has_adjusted |= !m->settings.has_walked;
    m->settings.has_walked = true;
}

static void tap(Museum *m, const Input *input, const Wishes *wishes)
{
    const float *at = wishes->tap;
    float px[2] = {at[0] * (float)input->width, at[1] * (float)input->height};
    Ray ray = view_ray(&m->view, px);
    if (m->focus >= 0 && !m->lens.is_on && meets_label(m, &ray, m->focus)) {
        museum_tell(m, museum_open_story(m));
        return;
    }
    SceneHit hit = scene_pick(&m->scene, &m->house, &ray);
    if (m->visitor.state == VISITOR_LEAVING)
        return;
    if (visitor_is_close(&m->visitor)) {
        if (tape_takes_tap(m, px, wishes->tap_is_finger))
            return;
        if (wishes->taps_twice)
            go_to(m, input, at);
        else if (hit.exhibit != m->close && !m->lens.is_on)
            museum_lean_out(m);
        return;
    }
    GalleryHit spot;
    bool has_spot = gallery_pick(&m->gallery, &ray, &spot);
    int32_t exhibit = hit.exhibit;
    if (exhibit < 0 && has_spot && spot.place != PLAN_NONE)
        exhibit = m->collection.exhibit_of_place[spot.place];
    if (exhibit >= 0)
        museum_tell(m, museum_lean_in(m, exhibit));
    else if (has_spot)
        walk_to(m, spot.spot);
}

// Nothing, one after the other, nothing. A hand is too large for a case.
static void lay_next(LifeSize *life, bool is_true_size)
{
    int next = 0;
    for (int i = 0; i < THING_COUNT; i++) {
        next = life->is_beside[i] ? i + 1 : next;
        life->is_beside[i] = false;
    }
    if (next < (is_true_size ? THING_COUNT : THING_HAND))
        life->is_beside[next] = true;
}

static bool has_tray(const Museum *m)
{
    return m->visitor.state == VISITOR_WALKING && m->focus >= 0 &&
           m->collection.plan.places[m->collection.exhibits[m->focus].place].tray_m[0] > 0;
}

// To the next piece on the stand that one is before.
static void look_along_tray(Museum *m, int step)
{
    if (!has_tray(m))
        return;
    int32_t place = m->collection.exhibits[m->focus].place;
    int32_t next = m->collection.exhibit_of_place[gallery_along_tray(&m->gallery, place, step)];
    if (next < 0)
        return;
    Camera camera = {.position = {m->visitor.spot[0],
                                  m->visitor.floor_m + (double)m->visitor.eye_height_m,
                                  m->visitor.spot[1]}};
    camera_look_at(&camera, m->collection.exhibits[next].center);
    visitor_turn_to(&m->visitor, camera.yaw, camera.pitch);
}

static void apply_wishes(Museum *m, const Input *input, const Wishes *wishes)
{
    if (museum_is_inside(m)) {
        museum_wish_inside(m, input, wishes);
        return;
    }
    m->wants_quit |= wishes->quits;
    if (wishes->takes_picture)
        museum_photograph(m,
                          input->keys[KEY_SHIFT].is_down ? PHOTO_MOST_SCALE : m->photo_scale);
    if (wishes->toggles_overlay)
        m->overlay.is_open = !m->overlay.is_open;
    if (wishes->toggles_story && !m->compare.is_choosing) // Tab goes through the list
        museum_tell(m, museum_open_story(m));
    if (wishes->toggles_label)
        m->is_label_open = !m->is_label_open;
    if (wishes->toggles_fullscreen) {
        m->is_fullscreen = !m->is_fullscreen;
        window_set_fullscreen(m->window, m->is_fullscreen);
    }
    if (wishes->toggles_orthographic)
        museum_tell(m, museum_set_orthographic(m, !m->visitor.is_orthographic));
    if (wishes->toggles_mood && visitor_is_close(&m->visitor))
        m->mood.is_on = !m->mood.is_on;
    if (wishes->toggles_true_size)
        museum_tell(m, life_size_toggle(m, input));
    if (wishes->lays_beside && visitor_is_close(&m->visitor))
        lay_next(&m->life, m->visitor.is_true_size);
    if (wishes->goes_back)
        go_back(m);
    window_capture_mouse(m->window, m->controls.is_captured && m->close < 0);
    museum_wish_lens(m, &m->lens, wishes, (const float[2]){0.5f, 0.5f});
    if (wishes->toggles_compare && visitor_is_close(&m->visitor))
        compare_choose(m, !m->compare.is_choosing);
    tape_take_wishes(m, input, wishes);
    if (wishes->steps_inside && visitor_is_close(&m->visitor))
        museum_tell(m, museum_step_inside(m));
    if (wishes->leans_in && m->visitor.state == VISITOR_WALKING)
        museum_tell(m, museum_lean_in(m, -1));
    else if (wishes->leans_in && !wishes->sets_point)
        go_to(m, input, (const float[2]){0.5f, 0.5f});
    if (wishes->detail_step && m->visitor.state == VISITOR_WALKING)
        look_along_tray(m, wishes->detail_step);
    else if (wishes->detail_step && !m->tape.is_out)
        museum_tell(m, detail_step(m, wishes->detail_step));
    if (wishes->taps)
        tap(m, input, wishes);
    museum_adjust(m, wishes);
    museum_tell_cabinet(m);
}

// ---- steps

static void carry(VisitorActions *carried, const VisitorActions *wish)
{
    for (int i = 0; i < 2; i++) {
        carried->move[i] = wish->move[i];
        carried->turn_rad[i] += wish->turn_rad[i];
        carried->orbit_rad[i] += wish->orbit_rad[i];
        carried->pan[i] += wish->pan[i];
    }
    carried->is_running = wish->is_running;
    carried->is_held = wish->is_held;
    if (wish->zoom > 0)
        carried->zoom = (carried->zoom > 0 ? carried->zoom : 1) * wish->zoom;
}

// At the end of the way.
static void put_marker(Museum *m)
{
    const Visitor *visitor = &m->visitor;
    gallery_lie(&m->gallery, visitor->waypoints[visitor->waypoint_count - 1],
                m->rooms_state.marker, m->rooms_state.marker_slope);
}

static void take_steps(Museum *m, const VisitorWorld *world, int steps)
{
    if (museum_is_inside(m))
        diorama_run(&m->inside, &m->carried, steps, world);
    else
        visitor_run(&m->visitor, &m->carried, steps, world);
    museum_follow_label(m, world);
    if (m->visitor.state == VISITOR_WALKING)
        m->close = -1;
    if (!visitor_is_close(&m->visitor))
        detail_forget(m);
    int32_t place = museum_focused_place(m);
    m->focus = place == PLAN_NONE ? -1 : m->collection.exhibit_of_place[place];
    if (m->leans_after_walk >= 0 && visitor_is_still(&m->visitor)) {
        int32_t exhibit = m->leans_after_walk;
        m->leans_after_walk = -1;
        // Once more from here; where the way ended too far off, that was all.
        museum_tell(m, museum_lean_in(m, exhibit));
        m->leans_after_walk = -1;
    }
    double passed_s = steps * VISITOR_STEP_S;
    m->still_s = visitor_is_still(&m->visitor) ? m->still_s + passed_s : 0;
    float part = m->is_reduced_motion ? 1 : (float)(passed_s / MAKES_ROOM_S);
    m->reading += CLAMP(museum_reading_goal(m) - m->reading, -part, part);
    m->toast.left_s = MAX(m->toast.left_s - passed_s, 0);
    m->rooms_state = (RoomsState){
        .focus = m->visitor.state == VISITOR_WALKING ? m->focus : -1,
        .close = visitor_is_close(&m->visitor) ? m->close : -1,
        .step_s = passed_s,
        .is_at_once = m->is_reduced_motion,
        .has_marker = m->visitor.has_goal && !m->visitor.has_goal_yaw,
    };
    if (m->rooms_state.has_marker)
        put_marker(m);
    rooms_step(&m->house, &m->rooms_state);
    map_step(m, passed_s);
}

// ---- what is seen

// The piece one reads about moves from behind the story to the middle of what the panel leaves.
static void make_room(const Museum *m, const Viewport *viewport, Camera *camera)
{
    float t = m->reading * m->reading * (3 - 2 * m->reading);
    float story_px = museum_beside_px(m, viewport->width, viewport->height);
    float half_px = story_px / 2 * t * (hud_is_mirrored() ? -1.0f : 1.0f);
    if (story_px <= 0 || t <= 0)
        return;
    // A little farther off, too, so that wide pieces fit.
    float left = 1 - story_px / viewport->width;
    float shrinks = 1 - (1 - READING_SHRINKS) * MIN(left / READING_PART, 1);
    if (camera->ortho_height_m > 0) {
        double right[3] = {cos(camera->yaw), 0, -sin(camera->yaw)};
        if (!m->visitor.is_true_size)
            camera->ortho_height_m /= 1 - shrinks * t;
        add_scaled3(camera->position, right,
                    (double)(half_px * camera->ortho_height_m / viewport->height),
                    camera->position);
        return;
    }
    float tangent = tanf(camera->fov_y / 2) / (1 - shrinks * t);
    camera->fov_y = 2 * atanf(tangent);
    camera->near_m *= 1 - shrinks * t;
    camera->yaw -= atanf(half_px * tangent / (viewport->height / 2));
}

static void look(Museum *m, const VisitorWorld *world, const Viewport *viewport)
{
    bool is_inside = museum_is_inside(m);
    Camera camera =
        is_inside ? diorama_camera(&m->inside, world) : visitor_camera(&m->visitor, world);
    if (!is_inside)
        make_room(m, viewport, &camera);
    m->camera = camera;
    m->view = camera_view(&camera, viewport);
    int32_t room = plan_find_room(
        &m->collection.plan, (float[2]){(float)m->visitor.spot[0], (float)m->visitor.spot[1]});
    if (rooms_look(&m->house, room, &m->view))
        log_fault(LOG_ERROR, "the rooms");
    scene_open_near(&m->scene, &m->house, m->view.eye);

    m->surface_m = m->um_per_pixel = 0;
    if (visitor_is_close(&m->visitor)) {
        Ray ray = view_ray(&m->view, (float[2]){viewport->width / 2, viewport->height / 2});
        double distance = world->surface(world->context, &ray, 100);
        m->surface_m = distance < 100 ? distance : 0;
        double at[3];
        memcpy(at, m->collection.exhibits[m->close].center, sizeof at);
        if (m->surface_m > 0)
            ray_point(&ray, m->surface_m, at);
        m->um_per_pixel = view_pixel_m(&m->view, at) * 1e6;
    }
    if (!m->lens.is_on)
        return;
    float center[2] = {m->lens.at[0] * viewport->width, m->lens.at[1] * viewport->height};
    // Over what the weakest lens shows, so that the strength does not change its own limit.
    float reach_px = magnifier_radius_px(&m->lens, viewport->width, viewport->height);
    float radius_px = reach_px / (float)MAGNIFIER_LEAST_ZOOM;
    SceneHit hit = scene_pick_near(&m->scene, &m->house, &m->view, center, radius_px);
    MagnifierSight sight = {.has_hit = hit.exhibit >= 0, .focal_px = (double)m->view.focal_px};
    if (sight.has_hit) {
        // Parallel rays show everything as large as at a depth of one metre.
        sight.depth_m = view_pixel_m(&m->view, hit.hit.point) * (double)m->view.focal_px;
        MagnifierPlace place = {.exhibit = hit.exhibit};
        memcpy(place.at, m->lens.at, sizeof place.at);
        memcpy(place.eye, m->view.eye, sizeof place.eye);
        memcpy(place.forward, m->view.forward, sizeof place.forward);
        sight.sample_m = scene_sample(&m->scene, hit.exhibit, &m->view, center, radius_px / 2,
                                      &m->lens_is_known);
        sight.sample_m =
            magnifier_hold_sample(&m->lens, &place, sight.sample_m, &m->lens_is_known);
    }
    magnifier_measure(&m->lens, &sight);
    m->lens_view =
        camera_magnify(&camera, viewport, center, reach_px, (float)MAX(m->lens.zoom, 1));
    m->relief = (SceneRelief){0};
    if (sight.has_hit && magnifier_has_plane(m->lens.mode))
        m->relief = scene_relief(&m->scene, hit.exhibit, &m->lens_view);
    magnifier_fit_bands(&m->lens, m->relief.height_m);
}

// How fine the scan is under the middle of a lens that rests is found by loading it there, and
// there alone, however weak the lens is.
static bool lens_wants_samples(Museum *m)
{
    bool is_still = !memcmp(m->lens_was, m->lens.at, sizeof m->lens_was);
    memcpy(m->lens_was, m->lens.at, sizeof m->lens_was);
    return m->lens.is_on && is_still && !m->lens_is_known && m->lens.most_zoom > 0 &&
           m->close >= 0 && visitor_is_still(&m->visitor);
}

static double room_white_lux(const Museum *m)
{
    return ROOM_WHITE_LUX * (double)m->house.white;
}

// The light in which the piece one leans in to looks right.
static double meter_piece(const Museum *m, const RenderList *list)
{
    for (uint32_t i = 0; i < list->sculpture_count && m->close >= 0; i++) {
        const double *center = m->collection.exhibits[m->close].center;
        if (!memcmp(list->sculptures[i].center, center, 3 * sizeof *center))
            return (double)render_meter(m->render, list, i);
    }
    return room_white_lux(m);
}

static void fill_views(const Museum *m, const Viewport *viewport, RenderList *list)
{
    list->width_px = (int)viewport->width;
    list->height_px = (int)viewport->height;
    list->view = (RenderView){.camera = m->view};
    // Eyes get used to the room while walking, and to the lit piece while leaning in.
    double near = m->visitor.state == VISITOR_CLOSE      ? 1
                  : m->visitor.state == VISITOR_ARRIVING ? (double)m->visitor.glide
                  : m->visitor.state == VISITOR_LEAVING  ? 1 - (double)m->visitor.glide
                                                         : 0;
    double room_lux = room_white_lux(m);
    double white_lux = room_lux + (meter_piece(m, list) - room_lux) * near;
    list->exposure = (float)(1 / white_lux);
    if (m->close >= 0) {
        const Exhibit *exhibit = &m->collection.exhibits[m->close];
        memcpy(list->view.focus, exhibit->center, sizeof list->view.focus);
        list->view.focus_radius_m = (float)exhibit->radius_m;
    }
    museum_light_inside(m, &list->view);
    list->fade = diorama_fade(&m->inside);
    if (!m->lens.is_on)
        return;
    list->lens = (RenderLens){
        .view = list->view,
        .center_px = {m->lens.at[0] * viewport->width, m->lens.at[1] * viewport->height},
        .radius_px = magnifier_radius_px(&m->lens, viewport->width, viewport->height),
    };
    list->lens.view.camera = m->lens_view;
    museum_dress_lens(&m->lens, viewport->width, &list->lens);
    museum_aim_lens(&m->relief, &m->lens, &list->lens.view);
}

// ---- the frame

void museum_draw_tile(Museum *m, const MuseumTile *tile, const MuseumFrame *how)
{
    RenderList list = {0};
    View kept = m->view;
    Viewport viewport = tile->view.viewport;
    MuseumFrame whole = *how;
    m->view = tile->view;
    int32_t room = plan_find_room(
        &m->collection.plan, (float[2]){(float)m->visitor.spot[0], (float)m->visitor.spot[1]});
    if (rooms_look(&m->house, room, &m->view))
        log_fault(LOG_ERROR, "the rooms");
    double label_ms = 0;
    m->has_labels =
        rooms_paint_labels(&m->house, &m->view, 0, &label_ms) && rooms_is_lit(&m->house);
    Mood mood = m->mood;
    m->mood.is_open &= !tile->lens;
    View wide = mood_wide_view(&m->mood, &m->view);
    scene_add(&m->scene,
              &(SceneView){.view = &wide,
                           .cast = tile->cast,
                           .close = m->close,
                           .house = &m->house,
                           .gallery = &m->gallery},
              &m->frame, &list);
    fill_views(m, &viewport, &list);
    if (tile->lens)
        museum_aim_lens(&m->relief, tile->lens, &list.view);
    list.view.grain_px = tile->grain_px;
    rooms_add(&m->house, &m->rooms_state, &m->frame, &list);
    life_size_lay(m, &m->frame, &list);
    list.quads = tile->quads;
    list.quad_count = tile->quad_count;
    whole.is_scripted = true;
    whole.is_forced = false;
    museum_draw(m, &list, &whole, false);
    m->view = kept;
    m->mood = mood;
}

// A finger that has just come down on a button is there for the button.
static bool is_on_panel(const Museum *m, const Input *input)
{
    bool is_covered = false;
    for (int i = 0; i < input->touch_count; i++)
        is_covered |= input->touches[i].was_pressed &&
                      (ui_covers(m->ui, input->touches[i].x, input->touches[i].y) ||
                       museum_is_over_screen(m, input->touches[i].x, input->touches[i].y));
    if (input->touch_count == 0)
        is_covered = museum_is_over_screen(m, input->mouse_x, input->mouse_y);
    return is_covered || ui_wants_pointer(m->ui);
}

static float lens_radius_px(Museum *m, const Input *input)
{
    float width = (float)input->width / (m->compare.is_on ? 2 : 1);
    return magnifier_radius_px(compare_lens(m), width, (float)input->height);
}

static ControlsContext context_of(Museum *m, const Input *input, const MuseumFrame *how)
{
    const Magnifier *lens = compare_lens(m);
    float height = (float)input->height;
    NarrationSubject subject;
    return (ControlsContext){
        .is_close = visitor_is_close(&m->visitor) && !museum_is_inside(m),
        .is_inside = museum_is_inside(m),
        .has_tray = has_tray(m),
        .has_lens = lens->is_on,
        .has_tape = m->tape.is_out && !m->compare.is_on,
        .has_map = m->map.is_open,
        .has_detail = m->detail.is_on,
        .has_sound = museum_detail_sounds(m, &subject),
        .reticle_scale = lens->is_on ? (float)(1 / MAX(lens->zoom, 1)) : 1,
        .lens_has_dial = magnifier_has_dial(lens->mode),
        .lens_is_pinned = lens->is_pinned,
        .lens_px = {lens->at[0] * (float)input->width, lens->at[1] * height,
                    lens_radius_px(m, input)},
        .ui_has_pointer = is_on_panel(m, input),
        .ui_has_keys = screens_are_open(&m->screens) || ui_wants_keys(m->ui),
        .is_reading = museum_is_reading(m) || m->compare.is_choosing,
        .fov_y = visitor_is_close(&m->visitor) && !museum_is_inside(m)
                     ? VISITOR_CLOSE_FOV_RAD
                     : visitor_fov(&m->visitor),
        .step_s = how->steps * VISITOR_STEP_S,
    };
}

void museum_frame(Museum *m, const Input *input, const MuseumFrame *how)
{
    double begun_ms = museum_now_ms();
    m->passed_s = m->begun_ms > 0 ? (begun_ms - m->begun_ms) / 1000 : 0;
    m->begun_ms = begun_ms;
    m->begun_cpu_ms = gpu_thread_ms();
    museum_note_work(m);
    arena_recycle(&m->frame);
    museum_say_aloud(m);
    m->frame_number++;
    pictures_step(m->pictures);
    gpu_reload_pipelines(m->gpu);
    // The first frame of a photograph is the visitor's: it says what is going on.
    if (m->photo.is_on && m->has_told_photo) {
        photo_frame(m, input, how);
        return;
    }
    m->has_told_photo = m->photo.is_on;
    VisitorWorld world = museum_world(m, (float)input->width / (float)MAX(input->height, 1));
    Viewport viewport = {0, 0, (float)input->width, (float)input->height};
    if (m->frame_number == 1 && !m->compare.is_on)
        look(m, &world, &viewport); // a click needs a view
    compare_take_clicks(m);
    ControlsContext context = context_of(m, input, how);
    Input quiet = {.width = input->width,
                   .height = input->height,
                   .time_s = input->time_s,
                   .wants_quit = input->wants_quit};
    bool is_calibrating = life_size_step(m, input, context.step_s);
    Input heard = museum_as_usual(m, is_calibrating ? &quiet : input);
    Wishes wishes = controls_read(&m->controls, &heard, &context);
    museum_forbid(m, &wishes);
    museum_hear_screens(m, input, &wishes);
    m->enters_buttons = wishes.toggles_focus;
    if (m->compare.is_on) {
        compare_hear(m, input, &wishes);
        wishes = (Wishes){0}; // whatever it comes to
    }
    if (m->compare.is_on) {
        mood_see(&m->mood, NULL);
        compare_frame(m, input, how);
        return;
    }
    museum_look_after(m);
    museum_wish_tour(m, &heard, &wishes);
    museum_wish_sound(m, &wishes);
    map_hear(m, input, &wishes);
    apply_wishes(m, &heard, &wishes);
    carry(&m->carried, &wishes.visitor);
    take_steps(m, &world, how->steps);
    look(m, &world, &viewport);
    if (detail_arrive(m))
        look(m, &world, &viewport); // with the lens
    museum_run_tour(m, how->steps);
    museum_hear(m, how);
    museum_record_tour(m, how->steps * VISITOR_STEP_S);
    museum_see_mood(m, &world, how->steps * VISITOR_STEP_S);
    tape_follow(m, &viewport);

    double label_ms = 0, limit_ms = how->upload_ms;
    m->has_labels = rooms_paint_labels(&m->house, &m->view, limit_ms / 2, &label_ms) &&
                    rooms_is_lit(&m->house);
    RenderList list = {0};
    View touched[TAPE_MAX_VIEWS + 1];
    uint32_t touched_count = tape_views(m, &viewport, touched);
    if (lens_wants_samples(m))
        touched[touched_count++] = camera_magnify(
            &m->camera, &viewport,
            (float[2]){m->lens.at[0] * viewport.width, m->lens.at[1] * viewport.height},
            SAMPLE_VIEW_PX, (float)m->lens.most_zoom * SAMPLE_VIEW_FINER);
    SceneAhead ahead[SCENE_MAX_AHEAD];
    uint32_t ahead_count = ahead_look(m, &viewport, ahead);
    View wide = mood_wide_view(&m->mood, &m->view);
    scene_add(
        &m->scene,
        &(SceneView){.view = &wide,
                     .lens = m->lens.is_on ? &m->lens_view : NULL,
                     .close = m->close,
                     .house = &m->house,
                     .upload_ms = limit_ms > 0 ? MAX(limit_ms - label_ms, LEAST_UPLOAD_MS) : 0,
                     .touched = touched,
                     .touched_count = touched_count,
                     .ahead = ahead,
                     .ahead_count = ahead_count,
                     .gallery = &m->gallery},
        &m->frame, &list);
    fill_views(m, &viewport, &list);
    if (m->overlay.is_open)
        overlay_color_levels(&m->overlay, m->streamer, &m->frame, &list);
    rooms_add(&m->house, &m->rooms_state, &m->frame, &list);
    life_size_lay(m, &m->frame, &list);
    museum_write_over(m, input, how, &list);
    museum_draw(m, &list, how, input->was_uncovered);
}
