// museum_adjust.c: what visitors adjust to themselves, and what they are told once.

#include "museum/museum_parts.h"

#include "base/log.h"
#include "device/display.h"
#include "museum/hud_keys.h"
#include "museum/hud_words.h"

#include <stdio.h>

// What the command line says counts more than what was adjusted.
void museum_read_settings(const MuseumDesc *desc, Museum *m)
{
    const char *folder = NULL;
    m->settings_path = desc->settings;
    if (!desc->settings && !desc->is_scripted && !desc->is_kiosk) {
        if (device_preference_folder("vitrine", m->arena, &folder))
            log_fault(LOG_WARN, "what is adjusted will not be kept");
        else
            m->settings_path = path_join(m->arena, folder, "settings.json");
    }
    if (m->settings_path && settings_read(m->settings_path, &m->settings))
        log_fault(LOG_WARN, "all settings are the usual ones again");
    hud_hold(&m->settings.bindings);
    m->wants_welcome =
        m->settings_path && !desc->is_scripted && !desc->language && !m->settings.language[0];
    m->language = desc->language            ? desc->language
                  : m->settings.language[0] ? m->settings.language
                                            : desc->system_language;
    m->text_size = desc->text_size > 0 ? desc->text_size : m->settings.text_size;
    m->is_reduced_motion = desc->is_reduced_motion || m->settings.is_reduced_motion;
}

void museum_take_settings(const MuseumDesc *desc, Museum *m)
{
    m->visitor.glides = !m->is_reduced_motion;
    if (m->settings.eye_height_m > 0)
        m->visitor.eye_height_m = m->settings.eye_height_m;
    if (desc->eye_height_m > 0)
        m->visitor.eye_height_m = desc->eye_height_m;
    m->visitor.fov_rad = desc->fov_rad > 0 ? desc->fov_rad : m->settings.fov_rad;
}

void museum_keep_settings(Museum *m)
{
    if (m->has_adjusted && m->settings_path && settings_write(m->settings_path, &m->settings))
        log_fault(LOG_WARN, "what was adjusted is not kept");
}

// Higher or lower eyes, a wider or narrower look: what one sees meanwhile is the answer, and
// the figure is told.
static void adjust(Museum *m, const Wishes *wishes)
{
    Visitor *visitor = &m->visitor;
    char text[96];
    if (visitor->state != VISITOR_WALKING || (wishes->eye_m == 0 && wishes->fov <= 0))
        return;
    if (wishes->eye_m != 0) {
        visitor->eye_height_m = CLAMP(visitor->eye_height_m + wishes->eye_m,
                                      VISITOR_LEAST_EYE_M, VISITOR_MOST_EYE_M);
        m->settings.eye_height_m = visitor->eye_height_m;
        snprintf(text, sizeof text, "%.2f m", (double)visitor->eye_height_m);
    } else {
        visitor->fov_rad = CLAMP(visitor_fov(visitor) * wishes->fov, VISITOR_LEAST_FOV_RAD,
                                 VISITOR_MOST_FOV_RAD);
        m->settings.fov_rad = visitor->fov_rad;
        snprintf(text, sizeof text, "%.0f°", (double)visitor->fov_rad * 57.29577951308232);
    }
    m->has_adjusted = true;
    museum_say(m,
               str_format(&m->frame, "%s: %s",
                          hud_word(wishes->eye_m != 0 ? WORD_EYE_HEIGHT : WORD_FIELD_OF_VIEW),
                          hud_figures(text, &m->frame)));
}

// How one walks is said once, until somebody has.
static void hint_at_walking(Museum *m)
{
    if (m->has_hinted || !m->settings_path || m->settings.has_walked || !museum_is_ready(m))
        return;
    m->has_hinted = true;
    museum_say(
        m, hud_word(m->controls.device == CONTROLS_TOUCH ? WORD_TAP_FLOOR : WORD_CLICK_FLOOR));
    m->toast.left_s *= 2;
}

void museum_adjust(Museum *m, const Wishes *wishes)
{
    adjust(m, wishes);
    hint_at_walking(m);
}

Input museum_as_usual(const Museum *m, const Input *input)
{
    static const Key keys[] = {KEY_LEFT, KEY_RIGHT, KEY_UP, KEY_DOWN, KEY_ENTER, KEY_SPACE};
    static const PadButton pads[] = {PAD_A, PAD_UP, PAD_DOWN, PAD_LEFT, PAD_RIGHT};
    Input heard = *input;
    bool is_led = ui_wants_keys(m->ui);
    binding_hear(&m->settings.bindings,
                 !is_led && !m->map.is_open && !screens_are_open(&m->screens), &heard);
    for (size_t i = 0; i < COUNT_OF(keys) && is_led; i++)
        heard.keys[keys[i]] = (InputButton){0};
    for (size_t i = 0; i < COUNT_OF(pads) && is_led; i++)
        heard.pad[pads[i]] = (InputButton){0};
    return heard;
}
