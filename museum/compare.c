// compare.c: two pieces, or one twice, side by side at the same true scale.

#include "museum/compare.h"

#include "base/log.h"
#include "museum/hud_words.h"
#include "museum/museum_parts.h"
#include "museum/visitor_parts.h"

#include <math.h>
#include <string.h>

#define STEP_S 0.11    // as the visitor turns pieces
#define AIR_ABOVE 1.36 // around the larger piece, at first: names stand below it
#define AIR_BESIDE 1.14
#define MOST_LENS_RADIUS 0.31f // in heights: two such lenses take no more memory than one may
#define AWAY_RADII 5.0         // from the eye's plane to the middle
#define SAMPLE_VIEW_PX 2.0f    // as for the visitor's own lens
#define SAMPLE_VIEW_FINER 4.0f
#define LEAST_UPLOAD_MS 0.2

static const float ground[3] = {0.365f, 0.358f, 0.347f}; // calm, and neither pale nor dark

static bool is_linked(const Compare *compare)
{
    return !compare->is_free;
}

static double largest_radius(const Compare *compare)
{
    return MAX(compare->halves[0].radius_m, compare->halves[1].radius_m);
}

// ---- begin and end

NODISCARD Status compare_refuse(const Museum *m)
{
    return m->compare.is_on ? FAIL(ERR_INVALID, "%s", hud_word(WORD_LEAVE_FIRST)) : OK;
}

void compare_choose(Museum *m, bool is_choosing)
{
    Compare *compare = &m->compare;
    compare->is_choosing = is_choosing && m->visitor.state == VISITOR_CLOSE;
    compare->takes_focus = compare->is_choosing && m->controls.device != CONTROLS_TOUCH;
    compare->page = 0;
}

static float own_yaw(const Museum *m, uint32_t exhibit)
{
    const PlanPlace *place = &m->collection.plan.places[m->collection.exhibits[exhibit].place];
    return place->yaw + place->piece_yaw;
}

// Its middle in the middle of its booth, its front to the front.
static CompareHalf make_half(const Museum *m, int half, uint32_t index, double unit_m)
{
    const Exhibit *exhibit = &m->collection.exhibits[index];
    CompareHalf made = {.exhibit = index,
                        .radius_m = exhibit->radius_m,
                        .lens = m->compare.lens_before,
                        .orbit = m->visitor.orbit};
    double middle[3];
    for (int i = 0; i < 3; i++)
        middle[i] = (exhibit->low_m[i] + exhibit->high_m[i]) / 2;
    compare_booth(half, unit_m, made.center);
    made.placement = placement_make(made.center, 0, 1);
    sub3(made.center, middle, made.placement.position);
    memcpy(made.orbit.target, made.center, sizeof made.center);
    made.orbit.yaw = remainderf(made.orbit.yaw - own_yaw(m, (uint32_t)m->close), 6.28318531f);
    made.orbit.min_pitch = -1.5f; // nothing stands below it
    made.orbit.max_pitch = 1.5f;
    magnifier_turn_off(&made.lens);
    made.lens.mode = MAGNIFIER_BEAUTY;
    made.lens.radius = MIN(made.lens.radius, MOST_LENS_RADIUS);
    return made;
}

// The height of a picture, as wide as `aspect` says, into which a piece fits however it is
// turned about its own axis, seen from where one looks at first.
static double height_of(const Museum *m, const CompareHalf *half, double aspect)
{
    const Exhibit *exhibit = &m->collection.exhibits[half->exhibit];
    double size[3], pitch = fabs((double)half->orbit.pitch);
    sub3(exhibit->high_m, exhibit->low_m, size);
    double round = hypot(size[0], size[2]);
    double high = size[1] * cos(pitch) + round * sin(pitch);
    return MAX(high * AIR_ABOVE, round * AIR_BESIDE / aspect);
}

static void fit_height(Museum *m)
{
    Compare *compare = &m->compare;
    int width, height;
    window_size(m->window, &width, &height);
    double aspect = width / 2.0 / MAX(height, 1);
    double radius = largest_radius(compare);
    double small = MIN(compare->halves[0].radius_m, compare->halves[1].radius_m);
    compare->height_m = MAX(height_of(m, &compare->halves[0], aspect),
                            height_of(m, &compare->halves[1], aspect));
    compare->whole_height_m = compare->height_m;
    compare->most_height_m = compare->whole_height_m * 3;
    compare->least_height_m = MAX(small / 60, 1e-4);
    for (int i = 0; i < 2; i++) {
        Orbit *orbit = &compare->halves[i].orbit;
        orbit->distance_m = (float)(radius * AWAY_RADII);
        for (int k = 0; k < 3; k++) {
            orbit->target_low[k] = compare->halves[i].center[k] - radius;
            orbit->target_high[k] = compare->halves[i].center[k] + radius;
        }
    }
}

// What the visitor was still about to do is forgotten: he finds the view that he left.
static void hold_visitor(Museum *m)
{
    Visitor *visitor = &m->visitor;
    visitor->pending_zoom_log = 0;
    visitor->has_aim = false;
    for (int i = 0; i < 2; i++)
        visitor->pending_orbit[i] = visitor->pending_pan[i] = 0;
    m->carried = (VisitorActions){0};
    m->reading = museum_reading_goal(m);
}

NODISCARD Status compare_begin(Museum *m, uint32_t left, uint32_t right)
{
    Compare *compare = &m->compare;
    const uint32_t pieces[2] = {left, right};
    if (m->visitor.state != VISITOR_CLOSE || m->close < 0)
        return FAIL(ERR_INVALID, "lean in first");
    for (int i = 0; i < 2; i++) {
        const Exhibit *exhibit = &m->collection.exhibits[pieces[i]];
        if (exhibit->phase == EXHIBIT_RESTORATION || exhibit->place == PLAN_NONE)
            return FAIL(ERR_INVALID, "'%s' cannot be shown", exhibit->id);
    }
    double unit_m = compare_booth_unit(
        MAX(m->collection.exhibits[left].radius_m, m->collection.exhibits[right].radius_m));
    bool was_free = compare->is_free;
    Magnifier before = compare->is_on ? compare->lens_before : m->lens;
    TRY(compare_light(m->render, unit_m));
    museum_close_story(m);
    *compare = (Compare){.is_on = true, .is_free = was_free, .lens_before = before};
    for (int i = 0; i < 2; i++)
        compare->halves[i] = make_half(m, i, pieces[i], unit_m);
    fit_height(m);
    hold_visitor(m);
    m->lens.is_on = false;
    return OK;
}

void compare_end(Museum *m)
{
    Compare *compare = &m->compare;
    compare->is_choosing = false;
    if (!compare->is_on)
        return;
    compare->is_on = false;
    m->lens = compare->lens_before;
    m->carried = (VisitorActions){0};
    if (rooms_light(&m->house))
        log_fault(LOG_ERROR, "the rooms");
}

void compare_take_clicks(Museum *m)
{
    Compare *compare = &m->compare;
    bool has_chosen = compare->has_chosen, leaves = compare->leaves;
    compare->has_chosen = compare->leaves = false;
    uint32_t left = compare->is_on ? compare->halves[0].exhibit : (uint32_t)MAX(m->close, 0);
    if (has_chosen)
        museum_tell(m, compare_begin(m, left, compare->chosen));
    else if (leaves)
        compare_end(m);
}

NODISCARD Status compare_link(Museum *m, bool is_linked)
{
    if (!m->compare.is_on)
        return FAIL(ERR_INVALID, "nothing is compared");
    m->compare.is_free = !is_linked;
    return OK;
}

// ---- wishes

Magnifier *compare_lens(Museum *m)
{
    return m->compare.is_on ? &m->compare.halves[m->compare.active].lens : &m->lens;
}

void compare_point(Museum *m, float x)
{
    if (m->compare.is_on)
        m->compare.active = x >= 0.5f;
}

// Under the pointer, unless it is dragging.
static void find_active(Museum *m, const Input *input, const Wishes *wishes)
{
    bool is_dragging = false;
    for (int i = 0; i < MOUSE_BUTTON_COUNT; i++)
        is_dragging |= input->mouse[i].is_down && !input->mouse[i].was_pressed;
    for (int i = 0; i < input->touch_count; i++)
        is_dragging |= input->touches[i].is_down && !input->touches[i].was_pressed;
    if ((wishes->has_pointer || input->wheel != 0) && !is_dragging)
        compare_point(m, wishes->pointer[0]);
    if (wishes->switches_half)
        m->compare.active = !m->compare.active;
}

// Within its half; linked, the other half's is at the same place of its own.
static void place_lenses(Compare *compare)
{
    CompareHalf *half = &compare->halves[compare->active];
    CompareHalf *other = &compare->halves[!compare->active];
    half->lens.radius = MIN(half->lens.radius, MOST_LENS_RADIUS);
    half->lens.at[0] = compare->active ? CLAMP(half->lens.at[0], 0.5f, 1.0f)
                                       : CLAMP(half->lens.at[0], 0.0f, 0.5f);
    if (!is_linked(compare))
        return;
    other->lens.is_on = half->lens.is_on;
    other->lens.is_pinned = half->lens.is_pinned;
    other->lens.radius = half->lens.radius;
    other->lens.wanted_zoom = half->lens.wanted_zoom;
    other->lens.offset_y = half->lens.offset_y;
    other->lens.at[0] = half->lens.at[0] + (compare->active ? -0.5f : 0.5f);
    other->lens.at[1] = half->lens.at[1];
}

static void go_back(Museum *m)
{
    Compare *compare = &m->compare;
    if (compare->is_choosing)
        compare->is_choosing = false;
    else if (compare_lens(m)->is_on)
        magnifier_turn_off(compare_lens(m));
    else
        compare_end(m);
}

static void move_half(CompareHalf *half, const VisitorActions *actions)
{
    for (int i = 0; i < 2; i++) {
        half->pending_orbit[i] += actions->orbit_rad[i];
        half->pending_pan[i] += actions->pan[i];
    }
}

// What a hand holds follows it at once.
static void hold(Compare *compare, const VisitorActions *actions)
{
    VisitorActions *hand = &compare->hand;
    hand->is_held = actions->is_held;
    if (!hand->is_held) {
        *hand = (VisitorActions){0};
        return;
    }
    for (int i = 0; i < 2; i++) {
        hand->orbit_rad[i] += actions->orbit_rad[i];
        hand->pan[i] += actions->pan[i];
    }
    if (actions->zoom > 0)
        hand->zoom = (hand->zoom > 0 ? hand->zoom : 1) * actions->zoom;
}

static void move(Compare *compare, const VisitorActions *actions)
{
    if (actions->is_held)
        return;
    for (int i = 0; i < 2; i++) {
        if (is_linked(compare) || compare->active == i)
            move_half(&compare->halves[i], actions);
    }
    if (actions->zoom > 0)
        compare->pending_zoom_log += logf(actions->zoom);
}

void compare_hear(Museum *m, const Input *input, const Wishes *wishes)
{
    Compare *compare = &m->compare;
    m->wants_quit |= wishes->quits;
    m->overlay.is_open ^= wishes->toggles_overlay;
    if (wishes->toggles_fullscreen) {
        m->is_fullscreen = !m->is_fullscreen;
        window_set_fullscreen(m->window, m->is_fullscreen);
    }
    if (wishes->takes_picture)
        museum_photograph(m,
                          input->keys[KEY_SHIFT].is_down ? PHOTO_MOST_SCALE : m->photo_scale);
    if (wishes->toggles_compare)
        compare_choose(m, !compare->is_choosing);
    if (wishes->toggles_link)
        compare->is_free = !compare->is_free;
    if (!compare->is_choosing) {
        const float middle[2] = {compare->active ? 0.75f : 0.25f, 0.5f};
        find_active(m, input, wishes);
        museum_wish_lens(m, compare_lens(m), wishes, middle);
        move(compare, &wishes->visitor);
        hold(compare, &wishes->visitor);
    }
    move(compare, &m->carried); // what a script wishes
    m->carried = (VisitorActions){0};
    if (wishes->goes_back)
        go_back(m);
    place_lenses(compare);
}

// ---- steps

static void step_half(const Compare *compare, CompareHalf *half, const float held[4])
{
    float right = held[0] + visitor_take(&half->pending_orbit[0], STEP_S, 1e-4f);
    float up = held[1] + visitor_take(&half->pending_orbit[1], STEP_S, 1e-4f);
    orbit_turn(&half->orbit, right, -up);
    right = held[2] + visitor_take(&half->pending_pan[0], STEP_S, 1e-5f);
    float down = held[3] + visitor_take(&half->pending_pan[1], STEP_S, 1e-5f);
    if (right == 0 && down == 0)
        return;
    Camera camera = {.ortho_height_m = (float)compare->height_m, .near_m = 1, .far_m = 2};
    Viewport viewport = {0, 0, 1000, 1000};
    camera = orbit_camera(&half->orbit, &camera);
    View view = camera_view(&camera, &viewport);
    orbit_pan(&half->orbit, &view, right * 1000, down * 1000);
}

// Backing off, the whole pieces come back to the middle.
static void step_zoom(Compare *compare, float held)
{
    float part = held + visitor_take(&compare->pending_zoom_log, STEP_S, 1e-4f);
    if (part == 0)
        return;
    compare->height_m = CLAMP(compare->height_m * exp((double)-part), compare->least_height_m,
                              compare->most_height_m);
    if (compare->height_m == compare->least_height_m ||
        compare->height_m == compare->most_height_m)
        compare->pending_zoom_log = 0;
    double back = MIN(compare->height_m / compare->whole_height_m, 1) * -(double)part;
    for (int i = 0; i < 2 && part < 0; i++) {
        CompareHalf *half = &compare->halves[i];
        for (int k = 0; k < 3; k++)
            half->orbit.target[k] += (half->center[k] - half->orbit.target[k]) * MIN(back, 1);
    }
}

// Both halves are as large: the zoom is the active one's.
static void step(Compare *compare, const VisitorActions *hand, bool glides)
{
    static const VisitorActions none = {0};
    for (int i = 0; i < 2; i++) {
        CompareHalf *half = &compare->halves[i];
        bool is_moved = is_linked(compare) || compare->active == i;
        float held[VISITOR_SWINGS];
        visitor_swing(&half->swing, is_moved ? hand : &none, glides, held);
        if (compare->active == i)
            step_zoom(compare, held[VISITOR_SWING_ZOOM]);
        step_half(compare, half, held);
    }
}

static void take_steps(Museum *m, int steps)
{
    Compare *compare = &m->compare;
    double passed_s = steps * VISITOR_STEP_S;
    VisitorActions part = visitor_part_of_hold(&compare->hand, steps);
    for (int i = 0; i < steps; i++)
        step(compare, &part, m->visitor.glides);
    if (steps > 0)
        compare->hand = (VisitorActions){.is_held = compare->hand.is_held};
    m->still_s = compare_is_still(m) ? m->still_s + passed_s : 0;
    m->toast.left_s = MAX(m->toast.left_s - passed_s, 0);
    m->rooms_state.step_s = passed_s; // glass may still be on its way
    rooms_step(&m->house, &m->rooms_state);
}

bool compare_is_still(const Museum *m)
{
    const Compare *compare = &m->compare;
    bool is_still = compare->pending_zoom_log == 0;
    for (int i = 0; i < 2; i++) {
        const CompareHalf *half = &compare->halves[i];
        is_still &= half->pending_orbit[0] == 0 && half->pending_orbit[1] == 0 &&
                    half->pending_pan[0] == 0 && half->pending_pan[1] == 0 &&
                    visitor_swing_is_over(&half->swing);
    }
    return !compare->is_on || is_still;
}

// ---- what is seen

// From the booth to where the piece stands in its room.
static Camera own_camera(const Museum *m, const CompareHalf *half, const Camera *camera)
{
    Camera own = *camera;
    double object[3];
    placement_to_object(&half->placement, camera->position, object);
    placement_to_world(&m->collection.exhibits[half->exhibit].placement, object, own.position);
    own.yaw += own_yaw(m, half->exhibit);
    return own;
}

// And back.
static SceneRelief relief_in_booth(const Museum *m, const CompareHalf *half,
                                   const SceneRelief *relief)
{
    const Placement *own = &m->collection.exhibits[half->exhibit].placement;
    SceneRelief moved = *relief;
    double object[3];
    placement_to_object(own, relief->center, object);
    placement_to_world(&half->placement, object, moved.center);
    placement_turn_to_object(own, relief->normal, object);
    placement_turn_to_world(&half->placement, object, moved.normal);
    return moved;
}

static void look_through_lens(Museum *m, CompareHalf *half, const Camera *camera,
                              const Camera *own, const Viewport *viewport, const float px[2])
{
    Magnifier *lens = &half->lens;
    int32_t exhibit = (int32_t)half->exhibit;
    float reach_px = magnifier_radius_px(lens, viewport->width, viewport->height);
    float radius_px = reach_px / (float)MAGNIFIER_LEAST_ZOOM;
    SceneHit hit = scene_pick_piece(&m->scene, exhibit, &half->own_view, px, radius_px);
    MagnifierSight sight = {.has_hit = hit.exhibit >= 0,
                            .focal_px = (double)half->view.focal_px};
    if (sight.has_hit) {
        sight.depth_m = half->um_per_pixel * 1e-6 * (double)half->view.focal_px;
        sight.sample_m = scene_sample(&m->scene, exhibit, &half->own_view, px, radius_px / 2,
                                      &half->lens_is_known);
        MagnifierPlace place = {.exhibit = exhibit};
        memcpy(place.at, lens->at, sizeof place.at);
        memcpy(place.eye, half->own_view.eye, sizeof place.eye);
        memcpy(place.forward, half->own_view.forward, sizeof place.forward);
        sight.sample_m =
            magnifier_hold_sample(lens, &place, sight.sample_m, &half->lens_is_known);
    }
    magnifier_measure(lens, &sight);
    float zoom = (float)MAX(lens->zoom, 1);
    half->lens_view = camera_magnify(camera, viewport, px, reach_px, zoom);
    half->own_lens_view = camera_magnify(own, viewport, px, reach_px, zoom);
    half->relief = (SceneRelief){0};
    if (sight.has_hit && magnifier_has_plane(lens->mode)) {
        SceneRelief relief = scene_relief(&m->scene, exhibit, &half->own_lens_view);
        half->relief = relief_in_booth(m, half, &relief);
    }
    magnifier_fit_bands(lens, half->relief.height_m);
}

static Viewport viewport_of(int index, const Input *input)
{
    int left = input->width / 2, width = index ? input->width - left : left;
    return (Viewport){(float)(index ? left : 0), 0, (float)width, (float)input->height};
}

void compare_cameras(const Museum *m, int index, Camera *camera, Camera *own)
{
    const Compare *compare = &m->compare;
    const CompareHalf *half = &compare->halves[index];
    double radius = largest_radius(compare), away = (double)half->orbit.distance_m;
    *camera = (Camera){.ortho_height_m = (float)compare->height_m,
                       .near_m = (float)(away - 3 * radius),
                       .far_m = (float)(away + 3 * radius)};
    *camera = orbit_camera(&half->orbit, camera);
    *own = own_camera(m, half, camera);
}

// `touched` is what finds the samples under a lens that rests; false: nothing.
static bool look(Museum *m, int index, const Input *input, View *touched)
{
    Compare *compare = &m->compare;
    CompareHalf *half = &compare->halves[index];
    Magnifier *lens = &half->lens;
    Viewport viewport = viewport_of(index, input);
    Camera camera, own;
    compare_cameras(m, index, &camera, &own);
    half->view = camera_view(&camera, &viewport);
    half->own_view = camera_view(&own, &viewport);
    half->um_per_pixel = view_pixel_m(&half->view, half->center) * 1e6;
    bool is_still = !memcmp(half->lens_was, lens->at, sizeof half->lens_was);
    memcpy(half->lens_was, lens->at, sizeof half->lens_was);
    if (!lens->is_on)
        return false;
    const float px[2] = {lens->at[0] * (float)input->width, lens->at[1] * (float)input->height};
    look_through_lens(m, half, &camera, &own, &viewport, px);
    if (!is_still || half->lens_is_known || lens->most_zoom <= 0 || !compare_is_still(m))
        return false;
    *touched = camera_magnify(&own, &viewport, px, SAMPLE_VIEW_PX,
                              (float)lens->most_zoom * SAMPLE_VIEW_FINER);
    return true;
}

RenderView compare_view(const CompareHalf *half, const View *camera)
{
    RenderView view = {.camera = *camera, .focus_radius_m = (float)half->radius_m};
    memcpy(view.focus, half->center, sizeof view.focus);
    return view;
}

SceneHalf compare_scene_half(const CompareHalf *half, int index)
{
    SceneHalf drawn = {
        .exhibit = half->exhibit, .placement = half->placement, .room = (uint32_t)index};
    memcpy(drawn.center, half->center, sizeof drawn.center);
    return drawn;
}

static RenderLens lens_of(const CompareHalf *half, const Input *input)
{
    const Magnifier *lens = &half->lens;
    if (!lens->is_on)
        return (RenderLens){0};
    RenderLens shown = {
        .view = compare_view(half, &half->view),
        .center_px = {lens->at[0] * (float)input->width, lens->at[1] * (float)input->height},
        .radius_px = magnifier_radius_px(lens, half->view.viewport.width, (float)input->height),
    };
    shown.view.camera = half->lens_view;
    museum_dress_lens(lens, half->view.viewport.x + half->view.viewport.width, &shown);
    museum_aim_lens(&half->relief, lens, &shown.view);
    return shown;
}

void compare_light_list(Museum *m, RenderList *list)
{
    memcpy(list->ground, ground, sizeof ground);
    // One exposure for both: the paler piece is not burnt out, the darker one stays darker.
    float lux = 1;
    for (uint32_t i = 0; i < list->sculpture_count; i++)
        lux = MAX(lux, render_meter(m->render, list, i));
    list->exposure = 1 / lux;
}

static void fill_list(Museum *m, const Input *input, RenderList *list)
{
    const CompareHalf *halves = m->compare.halves;
    list->width_px = input->width;
    list->height_px = input->height;
    list->view = compare_view(&halves[0], &halves[0].view);
    list->lens = lens_of(&halves[0], input);
    list->has_other = true;
    list->other = compare_view(&halves[1], &halves[1].view);
    list->other_lens = lens_of(&halves[1], input);
    compare_light_list(m, list);
}

void compare_frame(Museum *m, const Input *input, const MuseumFrame *how)
{
    Compare *compare = &m->compare;
    View touched[2];
    SceneHalf halves[2];
    RenderList list = {0};
    take_steps(m, how->steps);
    for (int i = 0; i < 2; i++) {
        CompareHalf *half = &compare->halves[i];
        bool touches = look(m, i, input, &touched[i]);
        halves[i] = compare_scene_half(half, i);
        halves[i].view = &half->own_view;
        halves[i].lens = half->lens.is_on ? &half->own_lens_view : NULL;
        halves[i].touched = touches ? &touched[i] : NULL;
    }
    m->um_per_pixel = compare->halves[0].um_per_pixel;
    m->has_labels = true; // none are seen
    double limit_ms = how->upload_ms > 0 ? MAX(how->upload_ms, LEAST_UPLOAD_MS) : 0;
    scene_add_halves(&m->scene, &m->house, halves, limit_ms, &m->frame, &list);
    fill_list(m, input, &list);
    compare_write_over(m, input, &list);
    museum_draw(m, &list, how, input->was_uncovered);
}

void compare_fill_stats(const Museum *m, Stats *stats)
{
    const Compare *compare = &m->compare;
    const CompareHalf *left = &compare->halves[0], *right = &compare->halves[1];
    stats->compare_with = stats->compare_active = "";
    if (!compare->is_on)
        return;
    static const double DEGREES = 57.29577951308232;
    stats->compare_with = m->collection.exhibits[right->exhibit].id;
    stats->compare_active = compare->active ? "right" : "left";
    stats->compare_is_linked = is_linked(compare);
    stats->compare_left_um = left->um_per_pixel;
    stats->compare_right_um = right->um_per_pixel;
    stats->compare_left_yaw = (double)left->orbit.yaw * DEGREES;
    stats->compare_right_yaw = (double)right->orbit.yaw * DEGREES;
    stats->compare_left_pitch = (double)left->orbit.pitch * DEGREES;
    stats->compare_right_pitch = (double)right->orbit.pitch * DEGREES;
}
