// calibrate.c: a bank card is held against the glass, and an outline made as large as it.

#include "museum/calibrate.h"

#include "museum/display.h"

#include <math.h>

#define USUAL_PIXEL_MM (25.4 / 96)
#define LEAST_PX 60.0
#define FILLS 0.94  // of the picture's width
#define WAITS_S 0.4 // until a key that is held goes on and on
#define HELD_PX_S 90.0

static void set_width(Calibration *calibration, double px)
{
    calibration->card_px = CLAMP(px, LEAST_PX, MAX(calibration->most_px, LEAST_PX));
}

void calibration_begin(Calibration *calibration, double pixel_mm, const Input *input)
{
    *calibration = (Calibration){.is_open = true, .most_px = FILLS * input->width};
    double mm = pixel_mm > 0 ? pixel_mm : USUAL_PIXEL_MM;
    set_width(calibration, DISPLAY_CARD_WIDTH_MM / mm);
}

double calibration_pixel_mm(const Calibration *calibration)
{
    return DISPLAY_CARD_WIDTH_MM / calibration->card_px;
}

// Half the width of the card in the picture's middle whose edge goes through a point.
static double reach(const Input *input, double x, double y)
{
    double across = fabs(x - input->width / 2.0), down = fabs(y - input->height / 2.0);
    return MAX(across, down * DISPLAY_CARD_WIDTH_MM / DISPLAY_CARD_HEIGHT_MM);
}

static void drag(Calibration *calibration, const Input *input, const InputButton *button,
                 double x, double y, bool has_panel)
{
    double at = reach(input, x, y);
    if (button->was_pressed && !has_panel) {
        calibration->is_held = true;
        calibration->grip = at - calibration->card_px / 2;
    }
    if (calibration->is_held)
        set_width(calibration, 2 * (at - calibration->grip));
    calibration->is_held = calibration->is_held && button->is_down;
}

static void pinch(Calibration *calibration, const Input *input)
{
    const InputTouch *a = &input->touches[0], *b = &input->touches[1];
    double apart = hypot((double)a->x - b->x, (double)a->y - b->y);
    if (calibration->pinch_px > 0)
        set_width(calibration, calibration->card_px + apart - calibration->pinch_px);
    calibration->pinch_px = apart;
    calibration->is_held = false;
}

static void point(Calibration *calibration, const Input *input, bool has_panel)
{
    const InputTouch *finger = &input->touches[0];
    if (input->touch_count != 2)
        calibration->pinch_px = 0;
    if (input->touch_count == 2)
        pinch(calibration, input);
    else if (input->touch_count == 1)
        drag(calibration, input,
             &(InputButton){finger->is_down, finger->was_pressed, finger->was_released},
             (double)finger->x, (double)finger->y, has_panel);
    else
        drag(calibration, input, &input->mouse[MOUSE_LEFT], (double)input->mouse_x,
             (double)input->mouse_y, has_panel);
    if (input->wheel != 0)
        set_width(calibration, calibration->card_px + 2 * (double)input->wheel);
}

static void press(Calibration *calibration, const Input *input, double step_s)
{
    static const struct {
        Key key;
        int by;
    } keys[] = {
        {KEY_RIGHT, 1}, {KEY_LEFT, -1},  {KEY_UP, 1},       {KEY_DOWN, -1},
        {KEY_PLUS, 1},  {KEY_MINUS, -1}, {KEY_PAGE_UP, 20}, {KEY_PAGE_DOWN, -20},
    };
    static const struct {
        PadButton button;
        int by;
    } pads[] = {{PAD_RIGHT, 1}, {PAD_LEFT, -1}, {PAD_UP, 1}, {PAD_DOWN, -1}};
    int by = 0, goes = 0;
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        by += input->keys[keys[i].key].was_pressed ? keys[i].by : 0;
        goes += input->keys[keys[i].key].is_down ? (keys[i].by > 0) - (keys[i].by < 0) : 0;
    }
    for (size_t i = 0; i < COUNT_OF(pads); i++) {
        by += input->pad[pads[i].button].was_pressed ? pads[i].by : 0;
        goes += input->pad[pads[i].button].is_down ? pads[i].by : 0;
    }
    set_width(calibration, calibration->card_px + by);
    calibration->held_s = goes ? calibration->held_s + step_s : 0;
    if (calibration->held_s > WAITS_S)
        set_width(calibration, calibration->card_px + goes * HELD_PX_S * step_s);
}

CalibrationAnswer calibration_step(Calibration *calibration, const Input *input, bool has_panel,
                                   double step_s)
{
    calibration->most_px = FILLS * input->width;
    point(calibration, input, has_panel);
    press(calibration, input, step_s);
    bool fits = input->keys[KEY_ENTER].was_pressed || input->pad[PAD_A].was_pressed;
    bool ends = input->keys[KEY_ESCAPE].was_pressed || input->pad[PAD_B].was_pressed;
    return ends ? CALIBRATION_NOT_NOW : fits ? CALIBRATION_FITS : CALIBRATION_GOES_ON;
}
