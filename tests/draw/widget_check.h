// widget_check.h: what holds of every laid out tree, whatever stands in it.

#pragma once
#include "draw/widget.h"

// Nothing is clipped, overlaps, stands outside or is too small to be pressed; every letter has
// a glyph. Fails the calling test and says which widget of `what` it was.
void check_layout(const Widgets *tree, Text *text, const WidgetFrame *frame, const char *what);

// The same without the glyphs: of what strangers write there may be none.
void check_shape(const Widgets *tree, Text *text, const WidgetFrame *frame, const char *what);

// Everything that can be pressed is reached by Tab alone, by the arrows alone (which are the
// gamepad's, too), and by a finger that drags and taps.
void check_focus(Widgets *tree, const WidgetFrame *frame, const char *what);

Input check_quiet_input(const WidgetFrame *frame);
// One frame with a key, and one in which it is let go. The first event.
WidgetEvent check_press_key(Widgets *tree, const WidgetFrame *frame, Key key);
WidgetEvent check_press_pad(Widgets *tree, const WidgetFrame *frame, PadButton button);
// A finger comes down and goes up again there.
WidgetEvent check_tap(Widgets *tree, const WidgetFrame *frame, float x, float y);
