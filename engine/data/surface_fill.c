// surface_fill.c: what texels hold that nobody uses.

#include "data/surface_fill.h"

#include <string.h>

enum { MAX_LEVELS = 12, MAX_CHANNELS = 4 };

typedef struct Level {
    uint32_t width, height, channels;
    uint8_t *texels;
    uint8_t *is_used;
} Level;

static void pull_texel(const Level *from, uint32_t x, uint32_t y, uint8_t *texel, uint8_t *used)
{
    uint32_t sums[MAX_CHANNELS] = {0}, count = 0;
    for (uint32_t j = y; j < MIN(y + 2, from->height); j++) {
        for (uint32_t i = x; i < MIN(x + 2, from->width); i++) {
            size_t at = (size_t)j * from->width + i;
            if (!from->is_used[at])
                continue;
            count++;
            for (uint32_t c = 0; c < from->channels; c++)
                sums[c] += from->texels[at * from->channels + c];
        }
    }
    static const uint32_t reciprocals[5] = {0, 65536, 32768, 21846, 16384};
    for (uint32_t c = 0; c < from->channels; c++)
        texel[c] = (uint8_t)((sums[c] + count / 2) * reciprocals[count] >> 16);
    *used = count != 0;
}

static Level pull(const Level *from, Arena *arena)
{
    Level to = {.width = (from->width + 1) / 2,
                .height = (from->height + 1) / 2,
                .channels = from->channels};
    size_t count = (size_t)to.width * to.height;
    to.texels = ARENA_ARRAY_RAW(arena, uint8_t, count * to.channels);
    to.is_used = ARENA_ARRAY_RAW(arena, uint8_t, count);
    for (uint32_t y = 0; y < to.height; y++) {
        for (uint32_t x = 0; x < to.width; x++) {
            size_t at = (size_t)y * to.width + x;
            pull_texel(from, 2 * x, 2 * y, &to.texels[at * to.channels], &to.is_used[at]);
        }
    }
    return to;
}

static void push(const Level *from, const Level *to)
{
    for (uint32_t y = 0; y < to->height; y++) {
        for (uint32_t x = 0; x < to->width; x++) {
            size_t at = (size_t)y * to->width + x;
            size_t above = (size_t)(y / 2) * from->width + x / 2;
            for (uint32_t c = 0; c < to->channels && !to->is_used[at]; c++)
                to->texels[at * to->channels + c] = from->texels[above * to->channels + c];
        }
    }
}

void surface_fill(uint8_t *texels, const uint8_t *is_used, uint32_t width, uint32_t height,
                  uint32_t channels)
{
    ASSERT(width && height && channels <= MAX_CHANNELS);
    Scratch scratch = scratch_begin(NULL);
    size_t count = (size_t)width * height;
    Level levels[MAX_LEVELS] = {{.width = width,
                                 .height = height,
                                 .channels = channels,
                                 .texels = texels,
                                 .is_used = arena_copy(scratch.arena, is_used, count, 16)}};
    int top = 0;
    while (top + 1 < MAX_LEVELS && (levels[top].width > 1 || levels[top].height > 1)) {
        levels[top + 1] = pull(&levels[top], scratch.arena);
        top++;
    }
    for (; top > 0; top--)
        push(&levels[top], &levels[top - 1]);
    scratch_end(scratch);
}
