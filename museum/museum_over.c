// museum_over.c: what is written over the picture, and what is clicked there.

#include "museum/detail.h"
#include "museum/hud_words.h"
#include "museum/museum_parts.h"

#include <math.h>
#include <string.h>

#define TOAST_FADE_S 0.6
#define MARK_AIR 40.0f   // units around a detail that no card covers
#define TRAY_READ_M 0.4  // of one among many on a stand
#define LABEL_READ_M 1.6 // from farther away labels are too small to be read

// By the shorter side: upright pictures are no larger ones.
float museum_units_to_px(const Museum *m, float width, float height)
{
    float text = m->text_size > 0 ? m->text_size : 1;
    return MAX(MIN(width, height) / 720, 1.0f) * text;
}

// Fingers have to find what is pressed. Tab and the pad go through the buttons, unless it is
// screens or the floor plan that they go through.
void museum_begin_ui(Museum *m, const Input *input)
{
    float width = (float)input->width, height = (float)input->height;
    float unit = museum_units_to_px(m, width, height);
    bool is_touched = m->controls.device == CONTROLS_TOUCH;
    float text = m->text_size > 0 ? m->text_size : 1;
    ui_begin(m->ui,
             &(UiFrame){.input = input,
                        .units_to_px = unit,
                        .is_reduced_motion = m->is_reduced_motion,
                        .target_px = is_touched ? widget_target_px(unit / text, true,
                                                                   m->life.display.pixel_mm)
                                                : 0,
                        .enters = m->enters_buttons,
                        .leads = !m->map.is_open && !screens_are_open(&m->screens),
                        .theme = (StyleTheme)m->settings.theme,
                        .arena = &m->frame});
}

// Whether the label of the piece one stands before can be read in the room itself.
static bool is_label_seen(const Museum *m, const Input *input)
{
    if (m->focus < 0 || m->collection.exhibits[m->focus].place == PLAN_NONE)
        return false;
    const PlanPlace *place = &m->collection.plan.places[m->collection.exhibits[m->focus].place];
    double at[3] = {place->label_position[0], place->floor_m + place->label_position[1],
                    place->label_position[2]};
    float px[2];
    double edge = 0.06 * input->height;
    double read_m = place->tray_m[0] > 0 ? TRAY_READ_M : LABEL_READ_M;
    return place->label_size_m[0] > 0 && distance3(at, m->view.eye) < read_m &&
           view_project(&m->view, at, px) && px[0] > edge && px[0] < input->width - edge &&
           px[1] > edge && px[1] < input->height - 2 * edge;
}

void museum_draw_overlay(Museum *m)
{
    overlay_draw(m->ui, &m->overlay,
                 &(OverlayView){.quality = &m->quality,
                                .error_px = (double)m->scene.error_px,
                                .pixel_error = (double)m->scene.pixel_error,
                                .mean_count = m->picture_rest.count,
                                .mean_goal = museum_mean_count(m)});
}

// Where the piece one leans in to is in the picture.
static void find_piece(const Museum *m, float out[4])
{
    const Exhibit *exhibit = &m->collection.exhibits[m->close];
    const float start[4] = {1e9f, 1e9f, -1e9f, -1e9f};
    memcpy(out, start, sizeof start);
    for (int corner = 0; corner < 8; corner++) {
        double at[3];
        float px[2];
        for (int i = 0; i < 3; i++)
            at[i] = corner >> i & 1 ? exhibit->high[i] : exhibit->low[i];
        if (!view_project(&m->view, at, px))
            continue;
        for (int i = 0; i < 2; i++) {
            out[i] = MIN(out[i], px[i]);
            out[2 + i] = MAX(out[2 + i], px[i]);
        }
    }
}

HudSize museum_hud_size(Museum *m)
{
    LifeSize *life = &m->life;
    HudSize size = {
        .source = life->display.source,
        .pixel_mm = life->display.pixel_mm,
        .times = life_size_times(life, m->um_per_pixel),
        .is_true_size = m->visitor.is_true_size,
        .is_orthographic = m->visitor.is_orthographic,
        .has_mood = m->mood.is_on,
        .has_label = m->is_label_open,
        .calibration = life->calibration.is_open ? &life->calibration : NULL,
        .display = life->display.key,
    };
    size.is_diorama = m->close >= 0 && m->collection.exhibits[m->close].record.diorama.is_there;
    size.has_details =
        m->close >= 0 && m->collection.exhibits[m->close].story.hotspot_count > 0;
    for (int i = 0; i < THING_COUNT && m->visitor.is_true_size; i++) {
        size.is_beside[i] = life->is_beside[i];
        if (life->is_beside[i])
            size.things[i] = life_size_thing(m, (Thing)i);
    }
    if (m->close >= 0)
        find_piece(m, size.piece_px);
    return size;
}

static void hear_size(Museum *m, const Input *input, const HudSizeClicks *clicks)
{
    if (clicks->true_size)
        museum_tell(m, life_size_toggle(m, input));
    if (clicks->orthographic)
        museum_tell(m, museum_set_orthographic(m, !m->visitor.is_orthographic));
    m->mood.is_on ^= clicks->mood;
    m->is_label_open ^= clicks->label;
    if (clicks->compares)
        compare_choose(m, true);
    if (clicks->magnifies && m->lens.is_on) {
        magnifier_turn_off(&m->lens);
    } else if (clicks->magnifies) {
        m->lens.offset_y = 0;
        magnifier_turn_on(&m->lens, 0.5f, 0.5f);
    }
    if (clicks->enters)
        museum_tell(m, museum_step_inside(m));
    if (clicks->calibrates)
        life_size_calibrate(m, input);
    if (clicks->picture)
        museum_photograph(m, m->photo_scale);
    for (int i = 0; i < THING_COUNT; i++)
        m->life.is_beside[i] ^= clicks->beside[i];
    life_size_answer(m, clicks->answer);
}

// The lens, or where it will be when one is there; and the detail itself.
static UiRect clear_of_detail(const Museum *m)
{
    const Viewport *viewport = &m->view.viewport;
    const float *own = m->detail.spot.point_m;
    bool is_coming = m->detail.is_coming && detail_wants_lens(&m->detail.spot);
    float unit = ui_px(m->ui, 1), radius = MARK_AIR * unit;
    float at[2] = {viewport->width / 2, viewport->height / 2};
    double point[3];
    if (m->lens.is_on || is_coming) {
        radius = magnifier_radius_px(&m->lens, viewport->width, viewport->height);
    } else if (!m->detail.is_coming) {
        placement_to_world(&m->collection.exhibits[m->close].placement,
                           (const double[3]){own[0], own[1], own[2]}, point);
        (void)view_project(&m->view, point, at);
    }
    for (int i = 0; i < 2 && m->lens.is_on; i++)
        at[i] = m->lens.at[i] * (i ? viewport->height : viewport->width);
    return (UiRect){(at[0] - radius) / unit, (at[1] - radius) / unit, 2 * radius / unit,
                    2 * radius / unit};
}

static HudDetail shown_detail(const Museum *m)
{
    if (!m->detail.is_on || m->detail.is_own || m->close < 0)
        return (HudDetail){0};
    const Exhibit *exhibit = &m->collection.exhibits[m->close];
    NarrationSubject subject;
    bool has_sound = museum_detail_sounds(m, &subject);
    return (HudDetail){.has_sound = has_sound,
                       .is_heard = has_sound && narration_is_of(&m->narration, subject),
                       .spot = &exhibit->story.hotspots[m->detail.index],
                       .exhibit = exhibit,
                       .index = m->detail.index,
                       .count = exhibit->story.hotspot_count,
                       .clear = clear_of_detail(m)};
}

static void hear_detail(Museum *m, const HudClicks *clicks)
{
    int step = clicks->detail.step + (int)clicks->size.shows_details;
    NarrationSubject subject;
    if (clicks->detail.listens && museum_detail_sounds(m, &subject))
        museum_tell_of(m, subject);
    if (museum_is_inside(m))
        museum_hear_inside_detail(m, clicks->detail.step, clicks->detail.leaves);
    else if (clicks->detail.leaves)
        detail_leave(m);
    else if (step)
        museum_tell(m, detail_step(m, step));
}

static void draw_map(Museum *m, const HudView *view)
{
    map_draw(m);
    HudRoom room = {0}; // not over its title
    hud_take(&room, (UiRect){0, 0, ui_screen(m->ui).width, MAP_HEAD});
    if (*view->toast)
        hud_draw_toast(m->ui, view, &room);
}

static HudClicks write_hud(Museum *m, const HudView *view, HudRoom *readings,
                           const Input *input, bool is_scripted)
{
    HudRoom room = {0};
    if (m->tape.is_out)
        tape_draw(m, false, readings);
    HudClicks clicks = hud_draw_first(m->ui, view, &room);
    museum_draw_tour(m, &room);
    if (m->tape.is_out && !view->size->calibration) {
        TapeClicks taken = tape_draw_bar(m, &room);
        tape_take_clicks(m, &taken);
        m->tape.over = room;
    }
    hud_draw(m->ui, view, &room, &clicks);
    museum_draw_captions(m, view->story_width, &room);
    if (!view->size->calibration)
        museum_draw_spots(m, input, &room, is_scripted);
    return clicks;
}

void museum_write_over(Museum *m, const Input *input, const MuseumFrame *how, RenderList *list)
{
    Scratch scratch = scratch_begin(&m->frame);
    museum_begin_ui(m, input);
    museum_draw_backdrop(m);
    bool is_close = visitor_is_close(&m->visitor);
    HudSize size = museum_hud_size(m);
    const float sides_px[2] = {0, (float)input->width};
    HudRoom readings = {0};
    HudLens lens = museum_hud_lens(m, &m->lens, &list->lens, &size, sides_px);
    lens.foot = museum_tour_foot(m);
    float story_px = 0;
    if (museum_is_reading(m) && !screens_cover(&m->screens))
        story_px = museum_beside_px(m, (float)input->width, (float)input->height);
    if (hud_is_mirrored()) // what it says stays beside the story
        lens.left_px = MIN(story_px, MAX(lens.right_px - ui_px(m->ui, 200), 0));
    else
        lens.right_px = MAX(lens.right_px - story_px, ui_px(m->ui, 200));
    HudView view = {
        .size = &size,
        .language = m->language,
        .device = m->controls.device,
        .focus = m->focus >= 0 && !is_close && m->visitor.state == VISITOR_WALKING
                     ? &m->collection.exhibits[m->focus]
                     : NULL,
        .close = is_close && !museum_is_inside(m) ? &m->collection.exhibits[m->close] : NULL,
        .is_inside = museum_is_inside(m),
        .is_guided = tour_is_on(&m->tour),
        .has_tours = m->collection.tour_count > 0,
        .is_label_open = m->is_label_open,
        .story_width = story_px / ui_px(m->ui, 1),
        .is_label_seen = is_label_seen(m, input),
        .has_tape = m->tape.is_out,
        .um_per_pixel = m->tape.is_out ? m->um_per_pixel : 0,
        .lens = m->lens.is_on ? &lens : NULL,
        .toast = m->toast.left_s > 0 ? m->toast.text : "",
        .detail = shown_detail(m),
        .readings = &readings,
        .toast_opacity = (float)MIN(m->toast.left_s / TOAST_FADE_S, 1),
    };
    HudClicks clicks = {0};
    if (m->map.is_open)
        draw_map(m, &view);
    else if (!screens_cover(&m->screens))
        clicks = write_hud(m, &view, &readings, input, how->is_scripted);
    if (clicks.takes_tape)
        tape_put(m, true);
    if (m->overlay.is_open)
        museum_draw_overlay(m);
    if (m->compare.is_choosing)
        compare_draw_choice(m);
    map_draw_fade(m);
    if (museum_is_inside(m))
        museum_draw_inside(m);
    museum_draw_screens(m, input, how->is_scripted);
    list->quads = ui_end(m->ui, &list->quad_count);
    hear_size(m, input, &clicks.size);
    hear_detail(m, &clicks);
    museum_hear_lens(&m->lens, &clicks.lens, list->lens.radius_px);
    if (clicks.opens_story)
        museum_tell(m, museum_open_story(m));
    if (clicks.opens_map)
        map_open(m, true);
    if (clicks.opens_menu)
        museum_open_screen(m, SCREEN_MENU);
    scratch_end(scratch);
}
