// museum_screens.c: screens over the museum: what they are told, and what is wished on them.

#include "museum/museum_parts.h"

#include "base/log.h"
#include "exhibits/model/tongue.h"
#include "museum/detail.h"
#include "museum/hud_words.h"

#include <math.h>
#include <stdio.h>

#define DEGREES 57.29577951308232f

// ---- what screens are told

static ScreenFacts facts_of(const Museum *m)
{
    ScreenFacts facts = {.collection = &m->collection,
                         .language = m->language,
                         .device = m->controls.device,
                         .pictures = m->pictures,
                         .cabinet = m->kiosk.is_on ? NULL : m->cabinet,
                         .heard = museum_heard_chapter(m),
                         .bindings = &m->settings.bindings,
                         .is_kiosk = m->kiosk.is_on,
                         .still_s = m->kiosk.still_s,
                         .is_locked = m->kiosk.is_locked,
                         .version = VITRINE_VERSION};
    QualityLevel quality = m->quality.is_auto ? QUALITY_AUTO : m->quality.level;
    facts.values[SETTING_TEXT_PERCENT] = 100 * (m->text_size > 0 ? m->text_size : 1);
    facts.values[SETTING_THEME] = (float)m->settings.theme;
    facts.values[SETTING_MOTION] = m->is_reduced_motion;
    facts.values[SETTING_SPEECH] = museum_is_aloud(m);
    facts.values[SETTING_EYE_CM] = 100 * m->visitor.eye_height_m;
    facts.values[SETTING_FOV_DEGREES] = roundf(visitor_fov(&m->visitor) * DEGREES);
    facts.values[SETTING_QUALITY] = (float)quality;
    facts.values[SETTING_VOLUME_PERCENT] = 100 * museum_volume(m);
    facts.values[SETTING_SOUND] = !m->settings.is_muted;
    facts.values[SETTING_TONE] = !m->settings.is_without_tone;
    facts.values[SETTING_CAPTIONS] = !m->settings.is_without_captions;
    return facts;
}

static WidgetFrame frame_of(const Museum *m, float width, float height)
{
    float text = m->text_size > 0 ? m->text_size : 1;
    float scale = museum_units_to_px(m, width, height) / text;
    return (WidgetFrame){
        .width_px = width,
        .height_px = height,
        .scale = scale,
        .text_scale = text,
        .target_px = widget_target_px(scale, m->controls.device == CONTROLS_TOUCH,
                                      m->life.display.pixel_mm),
        .is_mirrored = hud_is_mirrored(),
        .theme = (StyleTheme)m->settings.theme,
        .lang = hud_spoken(),
    };
}

// ---- what is wished on them

static void set(Museum *m, ScreenSetting setting, float value)
{
    Settings *settings = &m->settings;
    m->has_adjusted = true;
    switch (setting) {
    case SETTING_TEXT_PERCENT:
        settings->text_size = m->text_size = value / 100;
        return;
    case SETTING_THEME:
        settings->theme = (int)value;
        return;
    case SETTING_MOTION:
        settings->is_reduced_motion = m->is_reduced_motion = value > 0;
        m->visitor.glides = !m->is_reduced_motion;
        return;
    case SETTING_SPEECH:
        museum_set_aloud(m, value > 0);
        return;
    case SETTING_EYE_CM:
        settings->eye_height_m = m->visitor.eye_height_m = value / 100;
        return;
    case SETTING_FOV_DEGREES:
        settings->fov_rad = m->visitor.fov_rad = value / DEGREES;
        return;
    case SETTING_QUALITY:
        settings->quality = (QualityLevel)value;
        m->quality = quality_make(settings->quality, gpu_info(m->gpu).is_software,
                                  window_refresh_hz(m->window));
        museum_take_quality(m);
        return;
    case SETTING_VOLUME_PERCENT:
        settings->volume = value / 100;
        return;
    case SETTING_SOUND:
        settings->is_muted = value <= 0;
        return;
    case SETTING_TONE:
        settings->is_without_tone = value <= 0;
        return;
    case SETTING_CAPTIONS:
        settings->is_without_captions = value <= 0;
        return;
    case SETTING_COUNT:
        return;
    }
}

void museum_speak(Museum *m, const char *tag)
{
    m->language = tag;
    hud_speak(tag);
    ui_speak(m->ui, hud_spoken());
    rooms_speak(&m->house, tag);
    m->tour.language = tag;
    snprintf(m->settings.language, sizeof m->settings.language, "%s", tag);
    m->has_adjusted = true;
    screens_forget(&m->screens);
}

static void go_to_room(Museum *m, int32_t room)
{
    museum_tell(m, map_go(m, map_item_of_room(&m->map.map, (uint32_t)room)));
}

void museum_go_to_exhibit(Museum *m, int32_t exhibit)
{
    int32_t place = m->collection.exhibits[exhibit].place;
    if (place != PLAN_NONE)
        museum_tell(m, map_go(m, map_item_of_place(&m->map.map, (uint32_t)place)));
}

// The piece is seen beside its story, or instead of it where there is no place for both.
static void look_at_detail(Museum *m, const Input *input, int32_t detail)
{
    if (museum_beside_px(m, (float)input->width, (float)input->height) <= 0)
        museum_close_story(m);
    if (m->visitor.state == VISITOR_CLOSE && m->close == m->screens.exhibit) {
        detail_show(m, (uint32_t)detail);
        return;
    }
    museum_tell(m, museum_lean_in(m, m->screens.exhibit));
    m->looks_after = detail;
}

void museum_look_after(Museum *m)
{
    int32_t detail = m->looks_after;
    bool is_there = m->visitor.state == VISITOR_CLOSE && visitor_is_still(&m->visitor);
    if (detail < 0 ||
        (!is_there && (visitor_is_close(&m->visitor) || m->leans_after_walk >= 0)))
        return;
    m->looks_after = -1;
    if (is_there && m->close == m->screens.exhibit)
        detail_show(m, (uint32_t)detail);
}

static void bind(Museum *m, const ScreenWish *wish)
{
    Bindings *bindings = &m->settings.bindings;
    int other = 0;
    Key key;
    PadButton button;
    if (wish->kind == SCREEN_UNBINDS)
        *bindings = (Bindings){0};
    else if (wish->kind == SCREEN_BINDS_KEY &&
             !binding_move_key(bindings, (Key)wish->index, (Key)wish->value, &key))
        other = (int)key;
    else if (wish->kind == SCREEN_BINDS_PAD &&
             !binding_move_pad(bindings, (PadButton)wish->index, (PadButton)wish->value,
                               &button))
        other = (int)button;
    m->screens.move.other = other;
    m->has_adjusted = true;
}

static void apply(Museum *m, const Input *input, const ScreenWish *wish)
{
    switch (wish->kind) {
    case SCREEN_NOTHING:
    case SCREEN_HEARD:
    case SCREEN_LEAVES:
        return;
    case SCREEN_PLANS:
        compare_end(m);
        map_open(m, true);
        return;
    case SCREEN_QUITS:
        m->wants_quit = true;
        return;
    case SCREEN_DONE:
        m->kiosk.is_done = true;
        return;
    case SCREEN_UNLOCKS:
        m->kiosk.unlocks = true;
        return;
    case SCREEN_SPEAKS:
        museum_speak(m, tongue_tag(tongue_at((size_t)wish->index)));
        return;
    case SCREEN_SETS:
        set(m, (ScreenSetting)wish->index, wish->value);
        return;
    case SCREEN_CALIBRATES:
        compare_end(m);
        life_size_calibrate(m, input);
        return;
    case SCREEN_GOES:
        compare_end(m);
        museum_go_to_exhibit(m, wish->index);
        return;
    case SCREEN_FOLLOWS:
        compare_end(m);
        museum_tell(m, museum_begin_tour(m, m->collection.tours[wish->index].id));
        return;
    case SCREEN_BINDS_KEY:
    case SCREEN_BINDS_PAD:
    case SCREEN_UNBINDS:
        bind(m, wish);
        return;
    case SCREEN_GOES_ROOM:
        compare_end(m);
        go_to_room(m, wish->index);
        return;
    case SCREEN_LISTENS:
        museum_tell_of(m, (NarrationSubject){NARRATION_OF_CHAPTER, m->screens.exhibit,
                                             (uint32_t)wish->index});
        return;
    case SCREEN_COLLECTS:
    case SCREEN_GOES_KEPT:
    case SCREEN_MOVES_KEPT:
    case SCREEN_DROPS_KEPT:
    case SCREEN_NOTES_KEPT:
        museum_hear_kept(m, wish);
        return;
    case SCREEN_LOOKS:
        look_at_detail(m, input, wish->index);
        return;
    }
}

// ---- frame by frame

void museum_open_screen(Museum *m, ScreenId id)
{
    map_open(m, false);
    if (tour_is_on(&m->tour)) // it goes on when one says so
        tour_pause(&m->tour, true);
    screens_open(&m->screens, id);
}

NODISCARD Status museum_open_story(Museum *m)
{
    int32_t exhibit = m->close >= 0 ? m->close : m->focus;
    if (exhibit < 0)
        return FAIL(ERR_INVALID, "%s", hud_say("There is no piece here to read about."));
    TRY(compare_refuse(m));
    map_open(m, false);
    if (tour_is_on(&m->tour))
        tour_pause(&m->tour, true);
    screens_open_story(&m->screens, exhibit);
    return OK;
}

void museum_close_story(Museum *m)
{
    if (museum_is_reading(m))
        screens_close(&m->screens);
}

bool museum_is_reading(const Museum *m)
{
    return screens_is_reading(&m->screens);
}

float museum_beside_px(const Museum *m, float width, float height)
{
    WidgetFrame frame = frame_of(m, width, height);
    return screens_beside_px(&frame);
}

// One who walks on reads about the next piece, or nothing any more.
static void follow_piece(Museum *m)
{
    int32_t at = m->close >= 0 ? m->close : m->focus;
    if (screens_cover(&m->screens) || at == m->screens.exhibit || m->leans_after_walk >= 0)
        return;
    if (at < 0)
        museum_close_story(m);
    else
        screens_open_story(&m->screens, at);
}

void museum_stop_or_leave(Museum *m)
{
    if (visitor_is_still(&m->visitor))
        museum_open_screen(m, SCREEN_MENU);
    else
        visitor_stop(&m->visitor);
}

static void lay_out(Museum *m, const Input *input)
{
    ScreenFacts facts = facts_of(m);
    WidgetFrame frame = frame_of(m, (float)input->width, (float)input->height);
    (void)screens_layout(&m->screens, &facts, ui_text_engine(m->ui), &frame);
}

NODISCARD Status museum_press_widget(Museum *m, const Input *input, const char *name)
{
    ScreenWish wish = {0};
    ScreenFacts facts = facts_of(m);
    if (!screens_are_open(&m->screens))
        return FAIL(ERR_INVALID, "no screen is open");
    lay_out(m, input);
    TRY(screens_press(&m->screens, &facts, name, &wish));
    apply(m, input, &wish);
    return OK;
}

// What is beside the picture hears what controls_read left to it, and the way back.
static void hear_story(Museum *m, const Input *input, Wishes *wishes)
{
    ScreenFacts facts = facts_of(m);
    Input own = *input;
    own.pad_left[0] = own.pad_left[1] = 0;
    own.keys[KEY_ESCAPE].was_pressed |= wishes->goes_back;
    follow_piece(m);
    if (wishes->toggles_story)
        museum_close_story(m);
    wishes->goes_back = wishes->toggles_story = false;
    if (!screens_are_open(&m->screens))
        return;
    lay_out(m, input);
    ScreenWish wish = screens_hear(&m->screens, &facts, &own);
    apply(m, input, &wish);
}

bool museum_is_over_screen(const Museum *m, float x_px, float y_px)
{
    return screens_cover(&m->screens) ||
           (m->screens.tree && widgets_is_over(m->screens.tree, x_px, y_px));
}

// What is left while nothing of the picture answers.
static void keep_from_picture(Wishes *wishes)
{
    *wishes = (Wishes){.quits = wishes->quits,
                       .toggles_fullscreen = wishes->toggles_fullscreen,
                       .toggles_overlay = wishes->toggles_overlay};
}

NODISCARD Status museum_find_button(const Museum *m, const char *name, WidgetBox *out)
{
    const Widgets *tree = screens_are_open(&m->screens) ? m->screens.tree : NULL;
    WidgetId id = tree ? widget_find(tree, name) : 0;
    UiRect rect;
    float at[2];
    if (id && widget_info(tree, id).is_shown) {
        *out = widget_info(tree, id).visible;
    } else if (ui_find_button(m->ui, name, &rect)) {
        *out = (WidgetBox){rect.x, rect.y, rect.width, rect.height};
    } else if (map_find_place(m, name, at)) {
        *out = (WidgetBox){ui_px(m->ui, at[0]) - 1, ui_px(m->ui, at[1]) - 1, 2, 2};
    } else {
        return FAIL(ERR_NOT_FOUND, "no button is called '%s'", name);
    }
    if (out->width < 1 || out->height < 1)
        return FAIL(ERR_NOT_FOUND, "'%s' is scrolled away", name);
    return OK;
}

void museum_hear_screens(Museum *m, const Input *input, Wishes *wishes)
{
    Screens *screens = &m->screens;
    bool covered = screens_cover(screens), is_open = screens_are_open(screens);
    bool is_story = is_open && screens_top(screens) == SCREEN_STORY;
    bool opens = wishes->toggles_help || wishes->toggles_menu;
    if (m->wants_welcome && museum_is_ready(m)) {
        m->wants_welcome = false;
        museum_open_screen(m, SCREEN_WELCOME);
    } else if (opens && (is_story || !is_open)) {
        museum_open_screen(m, wishes->toggles_help ? SCREEN_HELP : SCREEN_MENU);
    } else if (is_story) {
        hear_story(m, input, wishes);
        if (!covered)
            return;
    } else if (is_open && wishes->toggles_menu && !screens->move.is_asked) {
        screens_close(screens);
    } else if (is_open) {
        ScreenFacts facts = facts_of(m);
        lay_out(m, input);
        ScreenWish wish = screens_hear(screens, &facts, input);
        apply(m, input, &wish);
    } else {
        return;
    }
    keep_from_picture(wishes);
}

void museum_draw_screens(Museum *m, const Input *input, bool is_at_once)
{
    Screens *screens = &m->screens;
    if (!screens_are_open(screens))
        return;
    lay_out(m, input);
    screens->opened_s += m->passed_s;
    bool is_whole = is_at_once || m->is_reduced_motion;
    float opacity = is_whole ? 1 : (float)CLAMP(screens->opened_s / STYLE_FADE_S, 0.05, 1.0);
    uint32_t most, count = 0;
    RenderQuad *quads = ui_begin_quads(m->ui, &most);
    if (most > 0 && screens_cover(screens)) {
        quads[count] =
            (RenderQuad){.width = (float)input->width, .height = (float)input->height};
        style_paint((StyleTheme)m->settings.theme, STYLE_SCRIM, opacity, quads[count].color);
        count++;
    }
    count += screens_draw(screens, ui_text_engine(m->ui), opacity, quads + count, most - count);
    ui_end_quads(m->ui, count);
}
