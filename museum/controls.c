// controls.c: from keys, mouse, gamepad and fingers to what the visitor wishes.

#include "museum/controls.h"

#include "museum/magnifier.h"

#include <math.h>
#include <string.h>

#define CLICK_PX 6.0f // a click moves the pointer less
#define TAP_PX 14.0f  // fingers are less steady
#define TWICE_S 0.4f  // two taps are one wish
#define TWICE_PX 24.0f
#define HELD_S 0.3          // a key that is let go of earlier was pressed, not held
enum { HELD_FRAMES = 4 };   // where frames take long
#define WHEEL_ZOOM 1.16f    // a notch
#define KEY_TURN_RAD_S 1.7f // by arrow keys
#define PAD_TURN_RAD_S 2.4f
#define PAD_ZOOM_S 2.2f // times closer in a second
#define DIAL_DEG_S 60.0f
#define FOV_NARROWS_S 1.6f // times in a second
#define EYE_M_S 0.5f       // higher in a second
#define RETICLE_S 0.28f    // heights of the picture in a second
#define RETICLE_FINE 0.1f
#define LENS_S 0.55f      // heights of the picture in a second, by stick
#define LENS_GROWS_S 1.7f // times larger in a second
#define LENS_STAYS 0.2f   // of the picture: nearer to its edges one looks around instead

// ---- parts of wishes

static bool pressed(const Input *input, Key key)
{
    return input->keys[key].was_pressed;
}

static float axis(const Input *input, Key minus, Key plus)
{
    return (float)input->keys[plus].is_down - (float)input->keys[minus].is_down;
}

static void scale_zoom(Wishes *wishes, const ControlsContext *context, float factor)
{
    float *zoom = context->has_lens ? &wishes->lens_zoom : &wishes->visitor.zoom;
    *zoom = (*zoom > 0 ? *zoom : 1) * factor;
}

static void scale_lens(Wishes *wishes, float factor)
{
    wishes->lens_size = (wishes->lens_size > 0 ? wishes->lens_size : 1) * factor;
}

// By keys; with Control it is the lens that grows.
static void read_zoom_keys(const Input *input, const ControlsContext *context, Wishes *wishes)
{
    float step = (float)context->step_s, closer = axis(input, KEY_MINUS, KEY_PLUS);
    if (context->has_lens && input->keys[KEY_CONTROL].is_down) {
        if (closer != 0)
            scale_lens(wishes, powf(LENS_GROWS_S, closer * step));
        closer = 0;
    }
    if (!context->is_close && !context->has_lens && closer != 0)
        wishes->fov = powf(FOV_NARROWS_S, -closer * step);
    if (context->is_close)
        closer += axis(input, KEY_S, KEY_W);
    if (closer != 0 && (context->is_close || context->has_lens))
        scale_zoom(wishes, context, powf(PAD_ZOOM_S, closer * step));
}

static void move_reticle(const Input *input, const ControlsContext *context, float right,
                         float down, Wishes *wishes)
{
    float far = RETICLE_S * (float)context->step_s;
    far *= input->keys[KEY_SHIFT].is_down ? RETICLE_FINE : 1;
    far *= context->reticle_scale > 0 ? context->reticle_scale : 1;
    wishes->reticle[0] += right * far;
    wishes->reticle[1] += down * far;
}

static void read_keys(const Input *input, const ControlsContext *context, Wishes *wishes)
{
    float turn = KEY_TURN_RAD_S * (float)context->step_s;
    float arrows[2] = {axis(input, KEY_LEFT, KEY_RIGHT), axis(input, KEY_DOWN, KEY_UP)};
    float letters[2] = {axis(input, KEY_A, KEY_D), axis(input, KEY_S, KEY_W)};
    VisitorActions *visitor = &wishes->visitor;
    if (context->has_tape) {
        move_reticle(input, context, arrows[0], -arrows[1], wishes);
        arrows[0] = arrows[1] = 0;
    } else if (context->has_lens && context->lens_has_dial && context->is_close) {
        for (int i = 0; i < 2; i++)
            wishes->lens_dial[i] += arrows[i] * DIAL_DEG_S * (float)context->step_s;
        arrows[0] = arrows[1] = 0;
    }
    read_zoom_keys(input, context, wishes);
    if (context->is_close) {
        for (int i = 0; i < 2; i++)
            visitor->orbit_rad[i] += (arrows[i] + (i == 0 ? letters[i] : 0)) * turn;
        return;
    }
    wishes->eye_m = axis(input, KEY_PAGE_DOWN, KEY_PAGE_UP) * EYE_M_S * (float)context->step_s;
    visitor->move[0] += letters[0];
    visitor->move[1] += letters[1] + arrows[1];
    visitor->turn_rad[0] -= arrows[0] * turn;
    visitor->is_running = input->keys[KEY_SHIFT].is_down;
}

static void read_tape_keys(const Input *input, const ControlsContext *context, Wishes *wishes)
{
    bool takes_back = pressed(input, KEY_BACKSPACE), is_all = input->keys[KEY_SHIFT].is_down;
    wishes->sets_point |= pressed(input, KEY_ENTER) && !context->ui_has_keys;
    wishes->takes_point_back |= takes_back && !is_all;
    wishes->clears_points |= takes_back && is_all;
    wishes->tape_kind_step += pressed(input, KEY_N);
}

// A short press takes the lens out or puts it away; a long one has it as long as it lasts.
static void read_space(Controls *controls, const Input *input, const ControlsContext *context,
                       Wishes *wishes)
{
    const InputButton *space = &input->keys[KEY_SPACE];
    if (space->was_pressed && !context->ui_has_keys) {
        controls->holds_space = !context->has_lens && space->is_down;
        controls->space_s = input->time_s;
        controls->space_frames = 0;
        wishes->toggles_lens |= !controls->holds_space;
    }
    if (controls->holds_space && !space->is_down) {
        bool was_long =
            input->time_s - controls->space_s > HELD_S && controls->space_frames >= HELD_FRAMES;
        wishes->keeps_lens = !was_long;
        controls->holds_space = false;
    }
    controls->space_frames++;
    wishes->holds_lens |= controls->holds_space;
}

static void read_key_commands(const Input *input, const ControlsContext *context,
                              Wishes *wishes)
{
    const struct {
        Key key;
        bool *wish;
    } table[] = {
        {KEY_ESCAPE, &wishes->goes_back},       {KEY_T, &wishes->toggles_tape},
        {KEY_I, &wishes->toggles_story},        {KEY_L, &wishes->toggles_label},
        {KEY_F1, &wishes->toggles_help},        {KEY_H, &wishes->toggles_help},
        {KEY_G, &wishes->toggles_lens},         {KEY_F3, &wishes->toggles_overlay},
        {KEY_P, &wishes->toggles_pin},          {KEY_C, &wishes->toggles_capture},
        {KEY_F11, &wishes->toggles_fullscreen}, {KEY_F12, &wishes->takes_picture},
        {KEY_O, &wishes->toggles_orthographic}, {KEY_R, &wishes->toggles_true_size},
        {KEY_B, &wishes->lays_beside},          {KEY_V, &wishes->toggles_compare},
        {KEY_K, &wishes->toggles_link},         {KEY_J, &wishes->switches_half},
        {KEY_F, &wishes->toggles_mood},         {KEY_M, &wishes->toggles_map},
        {KEY_X, &wishes->steps_inside},         {KEY_0, &wishes->toggles_sound},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        if (pressed(input, table[i].key))
            *table[i].wish = true;
    }
    wishes->toggles_narration |= pressed(input, KEY_N) && !context->has_tape;
    if (context->has_tape)
        read_tape_keys(input, context, wishes);
    else
        wishes->goes_back |= pressed(input, KEY_BACKSPACE);
    if (context->is_close || context->is_inside || context->has_tray)
        wishes->detail_step += pressed(input, KEY_PERIOD) - pressed(input, KEY_COMMA);
    wishes->leans_in |= pressed(input, KEY_E);
    wishes->leans_in |= pressed(input, KEY_ENTER) && !context->ui_has_keys;
    // In a slow frame both may be up again.
    const InputButton *control = &input->keys[KEY_CONTROL];
    wishes->quits |= (control->is_down || control->was_released) && pressed(input, KEY_Q);
    for (int i = 0; i < MAGNIFIER_MODE_COUNT; i++) {
        if (pressed(input, (Key)(KEY_1 + i)))
            wishes->lens_mode = i + 1;
    }
}

// A drag moves what is seen with the pointer.
static void drag_view(const Input *input, const ControlsContext *context, float dx, float dy,
                      VisitorActions *visitor)
{
    float angle = context->fov_y / (float)MAX(input->height, 1);
    if (context->is_close) {
        // Half a turn across the height of the picture.
        float orbit = 3.14159f / (float)MAX(input->height, 1);
        visitor->orbit_rad[0] -= dx * orbit;
        visitor->orbit_rad[1] += dy * orbit;
    } else {
        visitor->turn_rad[0] += dx * angle;
        visitor->turn_rad[1] += dy * angle;
    }
}

// A hand that has come to rest holds the piece all the same.
static void hold_view(const ControlsContext *context, bool holds, VisitorActions *visitor)
{
    visitor->is_held |= holds && context->is_close;
}

static void pan_view(const Input *input, float dx, float dy, VisitorActions *visitor)
{
    visitor->pan[0] += dx / (float)MAX(input->height, 1);
    visitor->pan[1] += dy / (float)MAX(input->height, 1);
}

static void tap_at(Controls *controls, const Input *input, float x, float y, bool is_finger,
                   Wishes *wishes)
{
    bool is_near = hypotf(x - controls->tapped_px[0], y - controls->tapped_px[1]) < TWICE_PX;
    wishes->taps_twice = controls->tapped_s > 0 && is_near &&
                         input->time_s - controls->tapped_s < (double)TWICE_S;
    controls->tapped_s = wishes->taps_twice ? 0 : input->time_s;
    controls->tapped_px[0] = x;
    controls->tapped_px[1] = y;
    wishes->taps = true;
    wishes->tap_is_finger = is_finger;
    wishes->tap[0] = x / (float)MAX(input->width, 1);
    wishes->tap[1] = y / (float)MAX(input->height, 1);
}

static void read_mouse(Controls *controls, const Input *input, const ControlsContext *context,
                       Wishes *wishes)
{
    const InputButton *left = &input->mouse[MOUSE_LEFT], *right = &input->mouse[MOUSE_RIGHT];
    bool moved = input->mouse_dx != 0 || input->mouse_dy != 0;
    if (left->was_pressed) {
        controls->is_dragging = !context->ui_has_pointer;
        controls->dragged_px = 0;
    }
    if (controls->is_dragging && left->is_down && moved) {
        controls->dragged_px += fabsf(input->mouse_dx) + fabsf(input->mouse_dy);
        if (controls->dragged_px > CLICK_PX)
            drag_view(input, context, input->mouse_dx, input->mouse_dy, &wishes->visitor);
    } else if (controls->is_captured && !context->is_close && moved) {
        drag_view(input, context, -input->mouse_dx, -input->mouse_dy, &wishes->visitor);
    }
    if (left->was_released && controls->is_dragging && controls->dragged_px <= CLICK_PX &&
        !context->ui_has_pointer)
        tap_at(controls, input, input->mouse_x, input->mouse_y, false, wishes);
    if (left->was_released)
        controls->is_dragging = false;
    hold_view(context, controls->is_dragging && left->is_down, &wishes->visitor);
    bool pans = context->is_close && (right->is_down || input->mouse[MOUSE_MIDDLE].is_down) &&
                !context->ui_has_pointer;
    hold_view(context, pans, &wishes->visitor);
    if (pans && moved)
        pan_view(input, input->mouse_dx, input->mouse_dy, &wishes->visitor);
    wishes->holds_lens |= !context->is_close && right->is_down;
    if (input->wheel != 0 && !context->ui_has_pointer) {
        float factor = powf(WHEEL_ZOOM, input->wheel);
        if (context->has_lens && input->keys[KEY_CONTROL].is_down)
            scale_lens(wishes, factor);
        else if (context->has_lens || context->is_close)
            scale_zoom(wishes, context, factor);
    }
    wishes->has_pointer = moved || left->was_pressed || right->was_pressed;
    wishes->pointer[0] = input->mouse_x / (float)MAX(input->width, 1);
    wishes->pointer[1] = input->mouse_y / (float)MAX(input->height, 1);
}

// The right stick points; A, left and right are the tape's.
static void read_pad_tape(const Input *input, const ControlsContext *context, Wishes *wishes)
{
    const InputButton *pad = input->pad;
    move_reticle(input, context, input->pad_right[0], input->pad_right[1], wishes);
    wishes->sets_point |= pad[PAD_A].was_pressed && !context->ui_has_keys;
    if (context->has_lens)
        return;
    wishes->tape_kind_step += pad[PAD_RIGHT].was_pressed;
    wishes->takes_point_back |= pad[PAD_LEFT].was_pressed;
}

// Whether a stick moves the lens, along an axis, rather than what is seen. Walking, it does so
// in the middle of the picture; further out one looks around.
static bool moves_lens(const Input *input, const ControlsContext *context, int i)
{
    float extent = (float)MAX(i ? input->height : input->width, 1);
    float at = context->lens_px[i] / extent, way = input->pad_right[i];
    if (!context->has_lens || context->lens_is_pinned || context->has_tape)
        return false;
    return context->is_close || !(way > 0 ? at > 1 - LENS_STAYS : at < LENS_STAYS);
}

static void read_right_stick(const Input *input, const ControlsContext *context, Wishes *wishes)
{
    float step = (float)context->step_s, turn = PAD_TURN_RAD_S * step;
    for (int i = 0; i < 2; i++) {
        if (moves_lens(input, context, i))
            wishes->lens_move[i] += input->pad_right[i] * LENS_S * step;
        else if (!context->is_close)
            wishes->visitor.turn_rad[i] -= input->pad_right[i] * turn;
        else if (!context->has_tape)
            wishes->visitor.pan[i] -= input->pad_right[i] * turn * 0.3f;
    }
}

// Shoulders are how strong it is, triggers how large.
static void read_pad_lens(const Input *input, const ControlsContext *context, Wishes *wishes)
{
    const InputButton *pad = input->pad;
    float step = (float)context->step_s;
    float strength =
        (float)pad[PAD_RIGHT_SHOULDER].is_down - (float)pad[PAD_LEFT_SHOULDER].is_down;
    float size = input->pad_triggers[1] - input->pad_triggers[0];
    if (strength != 0)
        wishes->lens_zoom = powf(PAD_ZOOM_S, strength * step);
    if (size != 0)
        scale_lens(wishes, powf(LENS_GROWS_S, size * step));
    wishes->toggles_pin |= pad[PAD_RIGHT_STICK].was_pressed;
    wishes->lens_mode_step = pad[PAD_DOWN].was_pressed - pad[PAD_UP].was_pressed;
}

static void read_pad(const Input *input, const ControlsContext *context, Wishes *wishes)
{
    float turn = PAD_TURN_RAD_S * (float)context->step_s;
    VisitorActions *visitor = &wishes->visitor;
    float zoom = input->pad_triggers[1] - input->pad_triggers[0];
    read_right_stick(input, context, wishes);
    if (context->is_close) {
        visitor->orbit_rad[0] += input->pad_left[0] * turn;
        visitor->orbit_rad[1] -= input->pad_left[1] * turn;
        if (zoom != 0 && !context->has_lens)
            scale_zoom(wishes, context, powf(PAD_ZOOM_S, zoom * (float)context->step_s));
    } else {
        visitor->move[0] += input->pad_left[0];
        visitor->move[1] -= input->pad_left[1];
        visitor->is_running |= input->pad_triggers[0] > 0.5f && !context->has_lens;
    }
    const InputButton *pad = input->pad;
    wishes->steps_inside |= pad[PAD_RIGHT_SHOULDER].was_pressed && !context->has_lens;
    wishes->leans_in |= pad[PAD_A].was_pressed && !context->ui_has_keys;
    wishes->goes_back |= pad[PAD_B].was_pressed;
    wishes->toggles_lens |= pad[PAD_X].was_pressed;
    wishes->toggles_story |= pad[PAD_Y].was_pressed;
    wishes->toggles_menu |= pad[PAD_START].was_pressed;
    wishes->toggles_orthographic |= pad[PAD_LEFT_STICK].was_pressed && context->is_close;
    wishes->toggles_true_size |=
        pad[PAD_RIGHT_STICK].was_pressed && context->is_close && !context->has_lens;
    wishes->toggles_mood |= pad[PAD_LEFT_SHOULDER].was_pressed && !context->has_lens;
    wishes->toggles_link |= pad[PAD_Y].was_pressed;
    wishes->switches_half |= pad[PAD_LEFT_STICK].was_pressed;
    wishes->toggles_focus |= pad[PAD_BACK].was_pressed;
    wishes->toggles_map |= pad[PAD_UP].was_pressed && !context->is_close &&
                           !context->has_lens && !context->has_map && !context->ui_has_keys;
    wishes->toggles_compare |= pad[PAD_UP].was_pressed && context->is_close &&
                               !context->has_lens && !context->ui_has_keys;
    wishes->toggles_tape |= pad[PAD_DOWN].was_pressed && context->is_close &&
                            !context->has_lens && !context->ui_has_keys;
    if (context->has_tape)
        read_pad_tape(input, context, wishes);
    if ((context->is_close || context->is_inside || context->has_tray) && !context->has_tape &&
        (!context->has_lens || context->has_detail))
        wishes->detail_step += pad[PAD_RIGHT].was_pressed - pad[PAD_LEFT].was_pressed;
    else if (context->has_lens)
        wishes->lens_dial[0] += ((float)pad[PAD_RIGHT].is_down - (float)pad[PAD_LEFT].is_down) *
                                DIAL_DEG_S * (float)context->step_s;
    if (context->has_lens)
        read_pad_lens(input, context, wishes);
}

static void read_one_finger(Controls *controls, const Input *input,
                            const ControlsContext *context, Wishes *wishes)
{
    const InputTouch *finger = &input->touches[0];
    if (finger->was_pressed)
        controls->finger_px = context->ui_has_pointer ? 1e9f : 0;
    controls->finger_px += fabsf(finger->dx) + fabsf(finger->dy);
    bool drags = controls->finger_px < 1e8f && !context->has_lens;
    hold_view(context, drags && finger->is_down, &wishes->visitor);
    if (controls->finger_px > TAP_PX && drags)
        drag_view(input, context, finger->dx, finger->dy, &wishes->visitor);
    // A finger comes down on a button from nowhere: only then does the button know.
    if (finger->was_released && controls->finger_px <= TAP_PX && !context->ui_has_pointer)
        tap_at(controls, input, finger->x, finger->y, true, wishes);
    wishes->has_pointer = controls->finger_px < 1e8f; // else it holds something else
    wishes->pointer[0] = finger->x / (float)MAX(input->width, 1);
    wishes->pointer[1] = finger->y / (float)MAX(input->height, 1);
}

// Two fingers on the lens's rim make it larger; elsewhere they bring things nearer.
static bool is_on_rim(const ControlsContext *context, const InputTouch *finger)
{
    float away = hypotf(finger->x - context->lens_px[0], finger->y - context->lens_px[1]);
    return context->has_lens && away > context->lens_px[2] * 0.7f &&
           away < context->lens_px[2] * 1.35f;
}

static void read_two_fingers(Controls *controls, const Input *input,
                             const ControlsContext *context, Wishes *wishes)
{
    const InputTouch *a = &input->touches[0], *b = &input->touches[1];
    float apart = hypotf(a->x - b->x, a->y - b->y);
    controls->finger_px = 1e9f; // lifting one of them is no tap
    if (!controls->had_two) {
        controls->holds_rim = is_on_rim(context, a) && is_on_rim(context, b);
        controls->two_px = context->ui_has_pointer && !controls->holds_rim ? 1e9f : 0;
    }
    controls->had_two = true;
    controls->two_px += fabsf(a->dx) + fabsf(a->dy) + fabsf(b->dx) + fabsf(b->dy);
    controls->two_at[0] = (a->x + b->x) / 2 / (float)MAX(input->width, 1);
    controls->two_at[1] = (a->y + b->y) / 2 / (float)MAX(input->height, 1);
    if (controls->holds_rim && controls->pinch_px > 0 && apart > 0)
        scale_lens(wishes, apart / controls->pinch_px);
    else if (controls->pinch_px > 0 && apart > 0 && (context->is_close || context->has_lens))
        scale_zoom(wishes, context, apart / controls->pinch_px);
    controls->pinch_px = apart;
    hold_view(context, a->is_down && b->is_down, &wishes->visitor);
    if (context->is_close && !controls->holds_rim)
        pan_view(input, (a->dx + b->dx) / 2, (a->dy + b->dy) / 2, &wishes->visitor);
}

static void read_touch(Controls *controls, const Input *input, const ControlsContext *context,
                       Wishes *wishes)
{
    if (input->touch_count != 2)
        controls->pinch_px = 0;
    if (input->touch_count == 1)
        read_one_finger(controls, input, context, wishes);
    else if (input->touch_count == 2)
        read_two_fingers(controls, input, context, wishes);
    controls->finger_count = input->touch_count;
}

// Once the last finger is up.
static void end_two_fingers(Controls *controls, const Input *input, Wishes *wishes)
{
    if (!controls->had_two || input->touch_count > 0)
        return;
    controls->had_two = false;
    if (controls->two_px > 2 * TAP_PX)
        return;
    wishes->toggles_lens = true;
    wishes->has_pointer = true;
    memcpy(wishes->pointer, controls->two_at, sizeof wishes->pointer);
}

static void notice_device(Controls *controls, const Input *input)
{
    if (input->touch_count > 0)
        controls->device = CONTROLS_TOUCH;
    bool pad = fabsf(input->pad_left[0]) + fabsf(input->pad_left[1]) +
                   fabsf(input->pad_right[0]) + fabsf(input->pad_right[1]) >
               0.3f;
    for (int i = 0; i < PAD_BUTTON_COUNT; i++)
        pad |= input->pad[i].was_pressed;
    if (pad)
        controls->device = CONTROLS_PAD;
    bool keys = false;
    for (int i = 0; i < KEY_COUNT; i++)
        keys |= input->keys[i].was_pressed;
    for (int i = 0; i < MOUSE_BUTTON_COUNT; i++)
        keys |= input->mouse[i].was_pressed && input->touch_count == 0;
    if (keys)
        controls->device = CONTROLS_KEYS;
}

// What draw/widget_hear.c goes through a screen by.
static void leave_to_screen(Input *input)
{
    static const Key keys[] = {KEY_LEFT,  KEY_RIGHT,   KEY_UP,        KEY_DOWN, KEY_TAB,
                               KEY_SPACE, KEY_PAGE_UP, KEY_PAGE_DOWN, KEY_ENTER};
    static const PadButton buttons[] = {
        PAD_A, PAD_UP, PAD_DOWN, PAD_LEFT, PAD_RIGHT, PAD_LEFT_SHOULDER, PAD_RIGHT_SHOULDER};
    for (size_t i = 0; i < COUNT_OF(keys); i++)
        input->keys[keys[i]] = (InputButton){0};
    for (size_t i = 0; i < COUNT_OF(buttons); i++)
        input->pad[buttons[i]] = (InputButton){0};
    input->pad_right[0] = input->pad_right[1] = 0;
}

Wishes controls_read(Controls *controls, const Input *input, const ControlsContext *context)
{
    Wishes wishes = {.quits = input->wants_quit};
    Input rest;
    notice_device(controls, input);
    if (context->is_reading) {
        rest = *input;
        leave_to_screen(&rest);
        input = &rest;
    }
    read_keys(input, context, &wishes);
    read_key_commands(input, context, &wishes);
    read_space(controls, input, context, &wishes);
    // SDL makes mouse events of touches; the fingers themselves know more.
    if (input->touch_count > 0)
        read_touch(controls, input, context, &wishes);
    else
        read_mouse(controls, input, context, &wishes);
    controls->pinch_px = input->touch_count == 2 ? controls->pinch_px : 0;
    end_two_fingers(controls, input, &wishes);
    if (input->has_pad)
        read_pad(input, context, &wishes);
    for (int i = 0; i < 2; i++)
        wishes.visitor.move[i] = CLAMP(wishes.visitor.move[i], -1.0f, 1.0f);
    if (wishes.toggles_capture)
        controls->is_captured = !controls->is_captured;
    return wishes;
}
