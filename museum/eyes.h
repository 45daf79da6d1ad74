// eyes.h: what eyes take for white: they get used to the light of rooms, gently and not wholly.
//
// Pure; any thread.

#pragma once
#include <stdbool.h>

// How much more light than in a room of middling light is taken for white where a room has
// `mean_lux` from all around: more where it is bright, less where it is dark, but a dark room
// stays darker than a bright one. 1 where nothing is known (0 lux).
float eyes_white(float mean_lux);
// From `white` towards `wanted`, after `step_s`; there at once where `is_at_once`, or where
// eyes have not looked yet (white 0).
float eyes_follow(float white, float wanted, double step_s, bool is_at_once);
