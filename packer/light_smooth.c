// light_smooth.c: light in the texels of one chart, without the grain of few rays.

#include "packer/light_smooth.h"

#include <math.h>
#include <string.h>

// Twice as dark or bright is another light.
#define EDGE 0.35f

static float luminance(const float lux[3])
{
    return 0.2126f * lux[0] + 0.7152f * lux[1] + 0.0722f * lux[2];
}

// What is compared: grain itself would be taken for an edge, and darken the picture.
static void blur_luminance(const LightPicture *p, float *out)
{
    for (int y = 0; y < p->height; y++) {
        for (int x = 0; x < p->width; x++) {
            float sum = 0, count = 0;
            for (int k = 0; k < 25; k++) {
                int to_x = x + k % 5 - 2, to_y = y + k / 5 - 2;
                if (to_x < 0 || to_y < 0 || to_x >= p->width || to_y >= p->height ||
                    !p->is_valid[to_y * p->width + to_x])
                    continue;
                sum += luminance(p->lux[to_y * p->width + to_x]);
                count++;
            }
            out[y * p->width + x] = count > 0 ? sum / count : 0;
        }
    }
}

static void smooth_texel(const LightPicture *p, const float *compared, int at, int step,
                         float out[3])
{
    static const float kernel[5] = {1 / 16.0f, 1 / 4.0f, 3 / 8.0f, 1 / 4.0f, 1 / 16.0f};
    int x = at % p->width, y = at / p->width;
    float sum[3] = {0}, total = 0;
    for (int k = 0; k < 25; k++) {
        int to_x = x + (k % 5 - 2) * step, to_y = y + (k / 5 - 2) * step;
        if (to_x < 0 || to_y < 0 || to_x >= p->width || to_y >= p->height)
            continue;
        int to = to_y * p->width + to_x;
        if (!p->is_valid[to])
            continue;
        float mean = MAX((compared[to] + compared[at]) / 2, 1e-3f);
        float away = (compared[to] - compared[at]) / (EDGE * mean);
        float weight = kernel[k % 5] * kernel[k / 5] * expf(-away * away);
        total += weight;
        for (int i = 0; i < 3; i++)
            sum[i] += weight * p->lux[to][i];
    }
    for (int i = 0; i < 3; i++)
        out[i] = total > 0 ? sum[i] / total : p->lux[at][i];
}

void light_smooth(const LightPicture *p, int rounds)
{
    Scratch scratch = scratch_begin(NULL);
    size_t count = (size_t)p->width * (size_t)p->height;
    float *compared = ARENA_ARRAY(scratch.arena, float, count);
    float(*next)[3] = arena_alloc(scratch.arena, count * sizeof *next, 16);
    for (int round = 0; round < rounds; round++) {
        blur_luminance(p, compared);
        for (size_t i = 0; i < count; i++) {
            memcpy(next[i], p->lux[i], sizeof next[i]);
            if (p->is_valid[i])
                smooth_texel(p, compared, (int)i, 1 << round, next[i]);
        }
        memcpy(p->lux, next, count * sizeof *next);
    }
    scratch_end(scratch);
}

// From those around it that know; false if there are none.
static bool take_from_neighbours(const LightPicture *p, const uint8_t *knows, int at,
                                 float out[3])
{
    int x = at % p->width, y = at / p->width;
    float sum[3] = {0}, total = 0;
    for (int k = 0; k < 9; k++) {
        int to_x = x + k % 3 - 1, to_y = y + k / 3 - 1;
        if (to_x < 0 || to_y < 0 || to_x >= p->width || to_y >= p->height)
            continue;
        int to = to_y * p->width + to_x;
        float weight = knows[to] ? (k % 2 ? 2.0f : 1.0f) : 0;
        total += weight;
        for (int i = 0; i < 3; i++)
            sum[i] += weight * p->lux[to][i];
    }
    for (int i = 0; i < 3 && total > 0; i++)
        out[i] = sum[i] / total;
    return total > 0;
}

void light_fill(const LightPicture *p)
{
    Scratch scratch = scratch_begin(NULL);
    int count = p->width * p->height;
    uint8_t *knows = ARENA_ARRAY(scratch.arena, uint8_t, (size_t)count);
    int *waiting = ARENA_ARRAY(scratch.arena, int, (size_t)count);
    int *learnt = ARENA_ARRAY(scratch.arena, int, (size_t)count);
    int waiting_count = 0, learnt_count = 1;
    for (int i = 0; i < count; i++) {
        knows[i] = p->is_valid[i];
        if (!knows[i])
            waiting[waiting_count++] = i;
    }
    while (waiting_count > 0 && learnt_count > 0) {
        int left = 0;
        learnt_count = 0;
        for (int i = 0; i < waiting_count; i++) {
            if (take_from_neighbours(p, knows, waiting[i], p->lux[waiting[i]]))
                learnt[learnt_count++] = waiting[i];
            else
                waiting[left++] = waiting[i];
        }
        for (int i = 0; i < learnt_count; i++)
            knows[learnt[i]] = 1;
        waiting_count = left;
    }
    for (int i = 0; i < waiting_count; i++)
        memset(p->lux[waiting[i]], 0, sizeof *p->lux);
    scratch_end(scratch);
}
