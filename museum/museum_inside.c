// museum_inside.c: stepping inside a piece: what is wished, seen and told in there.

#include "museum/museum_parts.h"

#include "base/log.h"
#include "museum/detail.h"
#include "museum/hud_words.h"
#include "museum/visitor_parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define RADIANS 0.01745329252
#define PI 3.14159265358979323846
#define SHARP_M 14.0  // inside: shadows are fine so far around one
#define HAZE_PART 0.5 // of the piece's size, where its record names none
#define SEEN_M 60.0   // inside: markers further off are not shown
#define MARKER_UNITS 30.0f
#define CARD_WIDTH 380.0f
#define EDGE 24.0f
#define PADDING 20.0f
#define CARD_FOOT 130.0f // above the bar of details and the hints

static const float usual_haze[3] = {0.74f, 0.76f, 0.78f};

static VisitorWorld world_of(Museum *m)
{
    int width, height;
    window_size(m->window, &width, &height);
    return museum_world(m, (float)width / (float)MAX(height, 1));
}

bool museum_is_inside(const Museum *m)
{
    return diorama_is_on(&m->inside);
}

static void put_everything_away(Museum *m)
{
    m->mood.is_on = false;
    magnifier_turn_off(&m->lens);
    tape_put(m, false);
    detail_forget(m);
    m->is_label_open = false;
    museum_close_story(m);
    m->carried = (VisitorActions){0};
}

NODISCARD Status museum_step_inside(Museum *m)
{
    if (m->visitor.state != VISITOR_CLOSE || museum_is_inside(m))
        return FAIL(ERR_INVALID, "lean in first");
    TRY(compare_refuse(m));
    const Exhibit *exhibit = &m->collection.exhibits[m->close];
    const RecordDiorama *diorama = &exhibit->record.diorama;
    if (!diorama->is_there)
        return FAIL(ERR_INVALID, "%s", hud_word(WORD_NO_INSIDE));
    VisitorWorld world = world_of(m);
    visitor_end_true_size(&m->visitor, &world);
    visitor_set_orthographic(&m->visitor, false, &world);
    Camera before = visitor_camera(&m->visitor, &world);
    const PlanPlace *place = &m->collection.plan.places[exhibit->place];
    double facing =
        (double)place->yaw + (double)place->piece_yaw + diorama->facing_deg * RADIANS;
    double own[3];
    for (int i = 0; i < 3; i++)
        own[i] = diorama->entry_mm[i] / 1000;
    DioramaDesc desc = {
        .scale = diorama->scale,
        .yaw = (float)remainder(facing + PI, 2 * PI), // a plan's yaw 0 faces south
        .eye_height_m = m->visitor.eye_height_m,
        .fov_rad = visitor_fov(&m->visitor),
        .glides = m->visitor.glides,
        .before = &before,
    };
    placement_to_world(&exhibit->placement, own, desc.entry);
    if (diorama_enter(&desc, &world, &m->inside)) {
        log_fault(LOG_INFO, "stepping inside");
        return FAIL(ERR_NOT_FOUND, "%s", hud_word(WORD_NO_GROUND));
    }
    put_everything_away(m);
    char text[96];
    snprintf(text, sizeof text, "%.2g mm (1:%u)", m->inside.eye_m * 1000,
             (unsigned)diorama->scale);
    museum_say(m, str_format(&m->frame, "%s %s", hud_word(WORD_YOUR_EYES),
                             hud_figures(text, &m->frame)));
    return OK;
}

void museum_step_out(Museum *m)
{
    VisitorWorld world = world_of(m);
    if (!museum_is_inside(m))
        return;
    put_everything_away(m);
    diorama_leave(&m->inside, &world);
}

// ---- details

static void place_of(const Museum *m, uint32_t hotspot, double out[3])
{
    const Exhibit *exhibit = &m->collection.exhibits[m->close];
    const float *point = exhibit->story.hotspots[hotspot].point_m;
    placement_to_world(&exhibit->placement, (double[3]){point[0], point[1], point[2]}, out);
}

static void show_detail(Museum *m, uint32_t index)
{
    double at[3];
    m->detail = (MuseumDetail){.is_on = true, .index = index};
    museum_note_found(m, m->close, index);
    place_of(m, index, at);
    diorama_look_at(&m->inside, at);
}

static void step_detail(Museum *m, int step)
{
    int count = (int)m->collection.exhibits[m->close].story.hotspot_count;
    if (count == 0)
        return;
    int next = m->detail.is_on ? (int)m->detail.index + step : step > 0 ? 0 : count - 1;
    show_detail(m, (uint32_t)((next % count + count) % count));
}

// Where a detail is in the picture; false where the piece is before it, or it is far off.
static bool find_detail(const Museum *m, const VisitorWorld *world, uint32_t index, float px[2])
{
    double at[3], way[3];
    place_of(m, index, at);
    sub3(at, m->view.eye, way);
    double far = length3(way), near = far - 0.6 * m->inside.unit_m;
    return far < SEEN_M * m->inside.unit_m && view_project(&m->view, at, px) && px[0] > 0 &&
           px[1] > 0 && px[0] < m->view.viewport.width && px[1] < m->view.viewport.height &&
           (near <= 0 || visitor_ask_surface(world, m->view.eye, way, near) >= near);
}

// A ring around each detail that one sees; clicked, it is told of.
static void draw_markers(Museum *m)
{
    VisitorWorld world = world_of(m);
    const Story *story = &m->collection.exhibits[m->close].story;
    float unit = ui_px(m->ui, 1);
    for (uint32_t i = 0; i < story->hotspot_count; i++) {
        float px[2];
        char id[32];
        if (!find_detail(m, &world, i, px))
            continue;
        snprintf(id, sizeof id, "inside-%u", (unsigned)i);
        UiRect rect = {px[0] / unit - MARKER_UNITS / 2, px[1] / unit - MARKER_UNITS / 2,
                       MARKER_UNITS, MARKER_UNITS};
        bool is_shown = m->detail.is_on && m->detail.index == i;
        char number[16];
        snprintf(number, sizeof number, "%u", (unsigned)i + 1);
        if (ui_button(m->ui, id, rect, is_shown ? "•" : number))
            show_detail(m, i);
    }
}

// What the story says of it.
static void draw_card(Museum *m)
{
    const StoryHotspot *spot =
        &m->collection.exhibits[m->close].story.hotspots[m->detail.index];
    UiRect screen = ui_screen(m->ui);
    UiTextDesc title = {.text = langtext_find(&spot->title, m->language),
                        .lang = langtext_tag(&spot->title, m->language),
                        .type = UI_HEADING,
                        .color = UI_INK,
                        .width = MIN(CARD_WIDTH, screen.width - 2 * EDGE) - 2 * PADDING};
    UiTextDesc text = {.text = langtext_find(&spot->text, m->language),
                       .lang = langtext_tag(&spot->text, m->language),
                       .type = UI_BODY,
                       .color = UI_INK,
                       .width = title.width};
    float high = ui_measure(m->ui, &title).height + 8 + ui_measure(m->ui, &text).height;
    UiRect card = {EDGE, screen.height - CARD_FOOT - high - 2 * PADDING,
                   title.width + 2 * PADDING, high + 2 * PADDING};
    ui_panel(m->ui, card, UI_PANEL_PAPER, 1);
    float y = card.y + PADDING;
    y += ui_text(m->ui, card.x + PADDING, y, &title).height + 8;
    ui_text(m->ui, card.x + PADDING, y, &text);
}

void museum_draw_inside(Museum *m)
{
    if (m->inside.state != DIORAMA_INSIDE)
        return;
    if (!m->lens.is_on)
        draw_markers(m);
    if (m->detail.is_on && !m->lens.is_on)
        draw_card(m);
    if (m->controls.device != CONTROLS_TOUCH)
        return;
    HudRow row = hud_row(m->ui, EDGE);
    if (hud_row_button(&row, "step-out", hud_word(WORD_LEAVE), false))
        museum_step_out(m);
}

void museum_hear_inside_detail(Museum *m, int step, bool leaves)
{
    if (leaves)
        detail_forget(m);
    else if (step)
        step_detail(m, step);
}

// ---- wishes

static void tap(Museum *m, const Input *input, const Wishes *wishes)
{
    float px[2] = {wishes->tap[0] * (float)input->width, wishes->tap[1] * (float)input->height};
    Ray ray = view_ray(&m->view, px);
    VisitorWorld world = world_of(m);
    double far = SEEN_M * m->inside.unit_m, at[3];
    double distance = visitor_ask_surface(&world, ray.origin, ray.direction, far);
    if (distance >= far)
        return;
    ray_point(&ray, distance, at);
    diorama_walk_to(&m->inside, at);
}

static void go_back(Museum *m)
{
    if (m->detail.is_on)
        detail_forget(m);
    else if (m->lens.is_on)
        magnifier_turn_off(&m->lens);
    else if (m->controls.is_captured)
        m->controls.is_captured = false;
    else
        museum_step_out(m);
}

void museum_wish_inside(Museum *m, const Input *input, const Wishes *wishes)
{
    m->wants_quit |= wishes->quits;
    if (wishes->takes_picture)
        museum_photograph(m, m->photo_scale);
    m->overlay.is_open ^= wishes->toggles_overlay;
    if (wishes->toggles_fullscreen) {
        m->is_fullscreen = !m->is_fullscreen;
        window_set_fullscreen(m->window, m->is_fullscreen);
    }
    window_capture_mouse(m->window, m->controls.is_captured);
    museum_wish_lens(m, &m->lens, wishes, (const float[2]){0.5f, 0.5f});
    if (m->inside.state == DIORAMA_INSIDE && wishes->detail_step)
        step_detail(m, wishes->detail_step);
    if (wishes->goes_back)
        go_back(m);
    else if (wishes->steps_inside)
        museum_step_out(m);
    else if (wishes->taps && !m->lens.is_on)
        tap(m, input, wishes);
}

// ---- light

void museum_light_inside(const Museum *m, RenderView *view)
{
    if (!museum_is_inside(m))
        return;
    const Exhibit *exhibit = &m->collection.exhibits[m->close];
    const RecordDiorama *diorama = &exhibit->record.diorama;
    float share = diorama_share(&m->inside);
    double haze_m =
        diorama->haze_mm > 0 ? diorama->haze_mm / 1000 : exhibit->radius_m * 2 * HAZE_PART;
    const float *color = diorama->haze_mm > 0 ? diorama->haze_color : usual_haze;
    memcpy(view->haze_color, color, sizeof view->haze_color);
    // Thin as long as one is far off, or all would be gone at once.
    view->haze_density = (float)(pow((double)share, 4) / haze_m);
    if (m->inside.state != DIORAMA_INSIDE)
        return;
    memcpy(view->focus, m->inside.feet, sizeof view->focus);
    view->focus_radius_m = (float)MIN(SHARP_M * m->inside.unit_m, (double)exhibit->radius_m);
}
