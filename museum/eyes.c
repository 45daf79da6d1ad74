// eyes.c: what eyes take for white: they get used to the light of rooms, gently and not wholly.

#include "museum/eyes.h"

#include "base/base.h"

#include <math.h>

#define MIDDLING_LUX 100.0f // from all around
#define PART 0.45f          // of a change, in steps of brightness, that eyes follow
#define DARKEST 0.62f
#define BRIGHTEST 1.6f
#define TWICE_S 2.5 // from white to twice as much

float eyes_white(float mean_lux)
{
    return mean_lux > 0 ? CLAMP(powf(mean_lux / MIDDLING_LUX, PART), DARKEST, BRIGHTEST) : 1;
}

float eyes_follow(float white, float wanted, double step_s, bool is_at_once)
{
    float most = is_at_once || white <= 0 ? INFINITY : (float)(step_s / TWICE_S);
    return white + CLAMP(wanted - white, -most, most);
}
