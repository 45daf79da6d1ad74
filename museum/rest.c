// rest.c: what becomes of a view that does not move.

#include "museum/rest.h"

// The digits of a number to the base of 2, mirrored at the point: each next falls into a gap.
static float mirrored(int number)
{
    float value = 0, part = 0.5f;
    for (; number; number /= 2, part /= 2)
        value += part * (float)(number % 2);
    return value;
}

// The first frame of a mean is not shifted. The others lie evenly over a pixel, each followed
// by its opposite: the picture sharpens where it stands.
static void shift(int index, int mean_count, float out[2])
{
    int others = mean_count - 1, k = index - 1;
    int at = k % 2 ? others - 1 - k / 2 : k / 2;
    out[0] = ((float)at + 0.5f) / (float)others - 0.5f;
    out[1] = mirrored(at) + 0.5f / (float)others - 0.5f;
}

static RestFrame move(Rest *rest, const RestInput *input)
{
    rest->count = 0;
    rest->fade_left_s = 0;
    return (RestFrame){.is_needed = true, .share = 1, .scale = input->scale};
}

static RestFrame start_mean(Rest *rest)
{
    rest->count = 1;
    rest->fade_left_s = 0;
    return (RestFrame){.is_needed = true, .is_kept = true, .share = 1, .scale = 1};
}

// From what stands to what is new, evenly.
static RestFrame fade(Rest *rest, double passed_s)
{
    if (passed_s >= rest->fade_left_s)
        return start_mean(rest);
    float share = (float)(passed_s / rest->fade_left_s);
    rest->fade_left_s -= passed_s;
    return (RestFrame){.is_needed = true, .is_kept = true, .share = share, .scale = 1};
}

// What has come already is taken once nothing more is about to.
static RestFrame stand(const Rest *rest, const RestInput *input)
{
    return (RestFrame){.is_kept = rest->count > 0, .scale = rest->count ? 1 : input->scale};
}

RestFrame rest_next(Rest *rest, const RestInput *input)
{
    bool moves = input->moves || !rest->is_known || rest->place != input->place;
    bool is_changed = rest->look != input->look;
    bool stands =
        input->awaits_more && rest->is_known && !moves && !is_changed && rest->fade_left_s <= 0;
    bool is_finer = rest->detail != input->detail || input->is_unfinished;
    rest->is_known = true;
    rest->place = input->place;
    rest->look = input->look;
    rest->still_s = moves ? 0 : rest->still_s + input->passed_s;
    if (stands)
        return stand(rest, input);
    rest->detail = input->detail;
    if (moves)
        return move(rest, input);
    if (rest->still_s < input->wait_s && !rest->count) {
        RestFrame frame = move(rest, input);
        frame.is_needed = is_changed || is_finer;
        return frame;
    }
    if (!rest->count || is_changed)
        return start_mean(rest);
    if (is_finer)
        rest->fade_left_s = input->fade_s;
    if (is_finer || rest->fade_left_s > 0)
        return fade(rest, input->passed_s);
    RestFrame frame = {.is_kept = true, .scale = 1};
    if (rest->count >= input->mean_count)
        return frame;
    frame.index = rest->count++;
    shift(frame.index, input->mean_count, frame.shift_px);
    frame.is_needed = true;
    frame.share = 1 / (float)rest->count;
    frame.is_half = rest->count % 2 == 0;
    return frame;
}

bool rest_is_done(const Rest *rest, int mean_count)
{
    return rest->count >= mean_count && rest->fade_left_s <= 0;
}
