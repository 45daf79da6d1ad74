// museum_lens.c: what is wished of a lens, by controls or on its rim, and how it is shown.

#include "museum/museum_parts.h"

#include <math.h>
#include <string.h>

#define LENS_FINGER_OFFSET 0.3f // the lens hangs above the finger, in heights of the picture

#define STRENGTH_STEP 1.4f // times stronger, by a press

static void step_mode(Magnifier *lens, int step)
{
    lens->mode =
        (MagnifierMode)(((int)lens->mode + step + MAGNIFIER_MODE_COUNT) % MAGNIFIER_MODE_COUNT);
}

void museum_wish_lens(Museum *m, Magnifier *lens, const Wishes *wishes, const float middle[2])
{
    lens->offset_y = m->controls.device == CONTROLS_TOUCH ? LENS_FINGER_OFFSET : 0;
    bool starts =
        (wishes->toggles_lens && !lens->is_on) || (wishes->holds_lens && !lens->is_on);
    if (wishes->keeps_lens)
        m->lens_is_held = false;
    if (starts) {
        m->lens_is_held = wishes->holds_lens;
        bool by_pointer = m->controls.device != CONTROLS_PAD;
        magnifier_turn_on(lens, by_pointer ? wishes->pointer[0] : middle[0],
                          by_pointer ? wishes->pointer[1] : middle[1]);
    } else if ((wishes->toggles_lens && lens->is_on) ||
               (m->lens_is_held && lens->is_on && !wishes->holds_lens)) {
        magnifier_turn_off(lens);
        m->lens_is_held = false;
    }
    if (!lens->is_on)
        return;
    if (wishes->has_pointer)
        magnifier_point(lens, wishes->pointer[0], wishes->pointer[1]);
    const View *view = &m->view;
    float aspect = view->viewport.width / MAX(view->viewport.height, 1.0f);
    magnifier_move(lens, wishes->lens_move[0] / MAX(aspect, 0.1f), wishes->lens_move[1]);
    if (wishes->toggles_pin)
        lens->is_pinned = !lens->is_pinned;
    if (wishes->lens_zoom > 0)
        magnifier_zoom(lens, wishes->lens_zoom);
    if (wishes->lens_size > 0)
        magnifier_resize(lens, wishes->lens_size);
    if (wishes->lens_mode)
        lens->mode = (MagnifierMode)(wishes->lens_mode - 1);
    step_mode(lens, wishes->lens_mode_step);
    magnifier_turn_dial(lens, wishes->lens_dial);
}

void museum_aim_lens(const SceneRelief *relief, const Magnifier *lens, RenderView *view)
{
    static const RenderMode modes[MAGNIFIER_MODE_COUNT] = {
        [MAGNIFIER_BEAUTY] = RENDER_BEAUTY,     [MAGNIFIER_RAKING] = RENDER_RAKING,
        [MAGNIFIER_ALBEDO] = RENDER_ALBEDO,     [MAGNIFIER_NORMALS] = RENDER_NORMALS,
        [MAGNIFIER_RELIEF] = RENDER_RELIEF,     [MAGNIFIER_HEIGHT] = RENDER_HEIGHT,
        [MAGNIFIER_SPECULAR] = RENDER_SPECULAR,
    };
    view->mode = modes[lens->mode];
    if (magnifier_has_plane(lens->mode) && !relief->is_there)
        view->mode = RENDER_BEAUTY; // no surface to graze
    if (relief->is_there) {
        memcpy(view->raking_center, relief->center, sizeof relief->center);
        memcpy(view->raking_normal, relief->normal, sizeof relief->normal);
        view->raking_radius_m = (float)relief->radius_m * 1.05f;
    }
    view->raking_azimuth_deg = lens->azimuth_deg;
    view->raking_elevation_deg = lens->elevation_deg;
    view->detail_strength = lens->relief_strength;
    view->band_m = (float)(lens->band_um * 1e-6);
}

// ---- its rim

// Where the picture, or its half, ends to the right of it, the dial stands to its left.
static bool is_dial_left(const RenderLens *shown, float right_px)
{
    RenderRim rim = render_rim(shown->radius_px);
    return shown->center_px[0] + shown->radius_px + rim.bevel_px + rim.ring_px + rim.collar_px >
           right_px;
}

void museum_dress_lens(const Magnifier *lens, float right_px, RenderLens *shown)
{
    const float END_RAD = 0.06f; // beyond the outermost marks
    Dial dial = dial_of(lens, is_dial_left(shown, right_px));
    if (!dial_has_choice(&dial))
        return;
    shown->dial[0] = MIN(dial.from, dial.to) - END_RAD;
    shown->dial[1] = MAX(dial.from, dial.to) + END_RAD;
}

HudLens museum_hud_lens(const Museum *m, const Magnifier *lens, const RenderLens *shown,
                        const HudSize *size, const float sides_px[2])
{
    int32_t piece = lens->um_per_pixel > 0 ? lens->rested_at.exhibit : -1;
    return (HudLens){
        .lens = lens,
        .piece = piece >= 0 ? &m->collection.exhibits[piece] : NULL,
        .size = size,
        .dial = dial_of(lens, is_dial_left(shown, sides_px[1])),
        .id = sides_px[0] > 0 ? "other-lens" : "lens",
        .center_px = {shown->center_px[0], shown->center_px[1]},
        .radius_px = shown->radius_px,
        .left_px = sides_px[0],
        .right_px = sides_px[1],
        .is_within_reach = lens->is_pinned || m->controls.device == CONTROLS_TOUCH,
    };
}

void museum_hear_lens(Magnifier *lens, const HudLensClicks *clicks, float radius_px)
{
    if (clicks->zoom > 0)
        lens->wanted_zoom = clicks->zoom;
    if (clicks->radius_px > 0)
        magnifier_resize(lens, clicks->radius_px / radius_px);
    lens->is_pinned ^= clicks->toggles_pin;
    step_mode(lens, clicks->mode_step);
    if (clicks->strength_step)
        magnifier_zoom(lens, powf(STRENGTH_STEP, (float)clicks->strength_step));
}
