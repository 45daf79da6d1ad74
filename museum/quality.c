// quality.c: how well the museum is drawn: one table of levels, and who chooses one.

#include "museum/quality.h"

#include <stdlib.h>
#include <string.h>

static const QualityRow rows[QUALITY_COUNT] = {
    [QUALITY_AUTO] = {.name = "auto"},
    [QUALITY_LOW] = {"low", 2, 0.75f, 2, 1024, false, 3, 5},
    [QUALITY_MEDIUM] = {"medium", 1, 1, 4, 2048, false, 3, 5},
    [QUALITY_HIGH] = {"high", 1, 1, 4, 4096, true, 9, 9},
    [QUALITY_ULTRA] = {"ultra", 0.5f, 1, 8, 4096, true, 17, 17},
};

// What auto walks along, the best first. Below 0.5 a picture is no longer one of its pieces.
static const struct {
    QualityLevel level;
    float scale;
} ladder[] = {
    {QUALITY_ULTRA, 1},  {QUALITY_HIGH, 1},       {QUALITY_HIGH, 0.85f},  {QUALITY_HIGH, 0.7f},
    {QUALITY_MEDIUM, 1}, {QUALITY_MEDIUM, 0.85f}, {QUALITY_MEDIUM, 0.7f}, {QUALITY_LOW, 0.75f},
    {QUALITY_LOW, 0.6f}, {QUALITY_LOW, 0.5f},
};

enum { STEP_COUNT = COUNT_OF(ladder), FIRST_FINE = 1, FIRST_SOFTWARE = 4 };

#define SLOW_PART 0.95 // of the time a frame may take: one step down
#define FAST_PART 0.55 // one step up, if it stays so ...
#define FAST_S 3.0     // ... for so long
#define LEAST_BAN_S 30.0
#define MOST_BAN_S 600.0
#define USUAL_HZ 60.0

const QualityRow *quality_row(QualityLevel level)
{
    ASSERT(level > QUALITY_AUTO && level < QUALITY_COUNT);
    return &rows[level];
}

bool quality_find(const char *name, QualityLevel *out)
{
    for (int i = 0; i < QUALITY_COUNT; i++) {
        *out = (QualityLevel)i;
        if (!strcmp(name, rows[i].name))
            return true;
    }
    return false;
}

static void take_step(Quality *quality, int step, const char *reason)
{
    quality->step = step;
    quality->level = ladder[step].level;
    quality->scale = ladder[step].scale;
    quality->reason = reason;
    quality->fast_s = 0;
    quality->count = 0;
}

Quality quality_make(QualityLevel wish, bool is_software, double display_hz)
{
    Quality quality = {
        .is_auto = wish == QUALITY_AUTO,
        .is_software = is_software,
        .frame_ms = 1000 / (display_hz > 0 ? display_hz : USUAL_HZ),
        .forbidden = -1,
        .ban_s = LEAST_BAN_S / 2,
    };
    if (quality.is_auto) {
        take_step(&quality, is_software ? FIRST_SOFTWARE : FIRST_FINE,
                  is_software ? "a software renderer" : "a graphics card");
        return quality;
    }
    quality.level = wish;
    quality.scale = rows[wish].scale;
    quality.reason = "asked for";
    return quality;
}

static int compare_floats(const void *a, const void *b)
{
    float left = *(const float *)a, right = *(const float *)b;
    return (left > right) - (left < right);
}

// What three of four frames stay below: a hitch now and then is not for auto to mend.
static double slower_ones_ms(Quality *quality)
{
    qsort(quality->window_ms, quality->count, sizeof *quality->window_ms, compare_floats);
    return (double)quality->window_ms[quality->count * 3 / 4];
}

static bool step_down(Quality *quality)
{
    if (quality->step == STEP_COUNT - 1)
        return false;
    quality->ban_s = MIN(quality->ban_s * 2, MOST_BAN_S);
    quality->forbidden = quality->step;
    quality->forbidden_s = quality->ban_s;
    take_step(quality, quality->step + 1, "frames took too long");
    return true;
}

static bool step_up(Quality *quality)
{
    int best = quality->is_software ? FIRST_SOFTWARE : 0, next = quality->step - 1;
    if (next < best || (next == quality->forbidden && quality->forbidden_s > 0))
        return false;
    take_step(quality, next, "frames left room");
    return true;
}

bool quality_note(Quality *quality, const QualityFrame *frame)
{
    if (!quality->is_auto || !frame->is_measured)
        return false;
    quality->forbidden_s = MAX(quality->forbidden_s - frame->passed_s, 0);
    if (!frame->is_moving)
        return false;
    quality->fast_s += frame->passed_s;
    quality->window_ms[quality->count++] = (float)frame->work_ms;
    if (quality->count < COUNT_OF(quality->window_ms))
        return false;
    double slow_ms = slower_ones_ms(quality);
    quality->count = 0;
    if (slow_ms > FAST_PART * quality->frame_ms)
        quality->fast_s = 0;
    if (slow_ms > SLOW_PART * quality->frame_ms)
        return step_down(quality);
    return quality->fast_s >= FAST_S && step_up(quality);
}
