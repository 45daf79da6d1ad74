// room_tone.h: how a room sounds when nobody speaks: quiet, low noise, computed.
//
// A larger room sounds lower. The end goes over into the beginning, so it is played around and
// around; the same size gives the same samples. Pure; any thread.

#pragma once
#include "base/base.h"

enum { ROOM_TONE_RATE = 48000, ROOM_TONE_FRAMES = 8 * ROOM_TONE_RATE };

#define ROOM_TONE_DB -46.0f // of full scale, of the root of the mean square

// ROOM_TONE_FRAMES pairs of samples, left and right. Width, height, depth in metres.
void room_tone_make(const float size_m[3], int16_t *stereo);

// Makes a tone of somebody's own as quiet as that, where it is louder.
void room_tone_soften(int16_t *samples, size_t count);
// The root of the mean square, of full scale; 0 of nothing.
float room_tone_level(const int16_t *samples, size_t count);
