// letter.c: what somebody is writing, and was called away from.

#include "exhibits/sculptor/lettering.h"
#include "exhibits/sculptor/noise.h"
#include "exhibits/small-wonders/tea/tea.h"

static const char *const LINES[] = {
    "FIVE O CLOCK",
    "",
    "MY DEAR",
    "THE TEA IS POVRED AND",
    "NOBODY HAS COME. I SET",
    "THE TABLE FOR TWO AS",
    "EVERY DAY. THE POT IS",
    "CRACKED BVT HOLDS. A FLY",
    "HAS TAKEN YOVR PLACE AT",
    "THE SVGAR AND IS GOOD",
    "COMPANY. IF YOV ARE AS",
    "SMALL AS I AM WRITE BACK",
    "IF YOV ARE LARGE PLEASE",
    "DO NOT BREATHE ON VS -",
};
static const float HEIGHT = 0.25f, FEED = 0.50f, LEFT = -2.55f, TOP = 3.45f, SLANT = 0.24f;
static const float SPACE = 0.055f, NIB = 0.017f;

float tea_letter_ink(float x, float y)
{
    int row = (int)floorf((TOP - y) / FEED + 0.5f);
    if (row < 0 || row >= (int)COUNT_OF(LINES))
        return 0;
    const char *line = LINES[row];
    float left = row < 3 ? LEFT + 0.3f : LEFT;
    float base = 0.03f * sinf((float)row * 1.7f + x * 0.5f); // no hand keeps a line
    float up = y - (TOP - (float)row * FEED) - base, along = x - left - SLANT * up;
    float best = 1e9f, at = 0;
    for (const char *c = line; *c && at < along + HEIGHT; c++) {
        float advance = lettering_advance(*c, HEIGHT);
        if (along < at + advance + HEIGHT && *c != ' ')
            best = fminf(best, lettering_distance(*c, HEIGHT, along - at, up));
        at += advance + SPACE;
    }
    // A nib is wide one way and narrow the other, and runs dry.
    float wet = 0.8f + 0.35f * noise_value(v3(x * 0.9f, y * 3, 0), 3);
    float half = NIB * (0.9f + 0.45f * noise_value(v3(x * 5, y * 5, 0), 4));
    float ink = smooth_f(half + 0.006f, half - 0.004f, best) * clamp_f(wet, 0.3f, 1);
    // Where the pen was put down.
    float bx = x - 1.02f, by = y + 2.55f;
    float blot =
        sqrtf(bx * bx + by * by) - 0.17f * (1 + 0.25f * noise_value(v3(x * 9, y * 9, 0), 5));
    return fmaxf(ink, smooth_f(0.012f, -0.004f, blot));
}
