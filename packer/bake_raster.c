// bake_raster.c: which texels a flat triangle owns.

#include "packer/bake_raster.h"

#include <math.h>
#include <string.h>

Raster raster_make(const float corners[3][2])
{
    Raster raster;
    double low = (double)corners[0][1], high = low;
    for (int i = 0; i < 3; i++) {
        const float *a = corners[i], *b = corners[(i + 1) % 3];
        if (a[1] > b[1]) { // from either side an edge is walked the same way
            const float *swap = a;
            a = b;
            b = swap;
        }
        double rise = (double)b[1] - (double)a[1];
        raster.edges[i] =
            (struct RasterEdge){(double)a[0], (double)a[1], (double)b[1],
                                rise > 0 ? ((double)b[0] - (double)a[0]) / rise : 0};
        low = MIN(low, (double)a[1]);
        high = MAX(high, (double)b[1]);
    }
    raster.first_row = (int32_t)ceil(low - 0.5);
    raster.end_row = (int32_t)ceil(high - 0.5);
    return raster;
}

bool raster_row(const Raster *raster, int32_t row, int32_t *first, int32_t *end)
{
    double y = (double)row + 0.5, left = INFINITY, right = -INFINITY;
    for (int i = 0; i < 3; i++) {
        const struct RasterEdge *edge = &raster->edges[i];
        if (y < edge->low_y || y >= edge->high_y)
            continue;
        double x = edge->low_x + (y - edge->low_y) * edge->slope;
        left = MIN(left, x);
        right = MAX(right, x);
    }
    if (!(left < right))
        return false;
    *first = (int32_t)ceil(left - 0.5);
    *end = (int32_t)ceil(right - 0.5);
    return *first < *end;
}

Cover cover_make(const int32_t low[2], const int32_t high[2], Arena *arena)
{
    Cover cover = {.low = {low[0], low[1]},
                   .columns = (uint32_t)(high[0] - low[0]),
                   .rows = (uint32_t)(high[1] - low[1])};
    cover.words = (cover.columns + 63) / 64;
    cover.bits = ARENA_ARRAY(arena, uint64_t, (size_t)cover.words * cover.rows);
    return cover;
}

// The bits of word `word` that lie in first <= x < end.
static uint64_t span_bits(int32_t word, int32_t first, int32_t end)
{
    int32_t from = MAX(first - 64 * word, 0), to = MIN(end - 64 * word, 64);
    return (UINT64_MAX << from) & (UINT64_MAX >> (64 - to));
}

static uint64_t *row_of(const Cover *cover, int32_t row)
{
    return &cover->bits[(size_t)(row - cover->low[1]) * cover->words];
}

static bool is_free(const Cover *cover, const Raster *raster)
{
    int32_t first, end;
    for (int32_t row = raster->first_row; row < raster->end_row; row++) {
        if (!raster_row(raster, row, &first, &end))
            continue;
        first -= cover->low[0];
        end -= cover->low[0];
        const uint64_t *bits = row_of(cover, row);
        for (int32_t word = first / 64; word * 64 < end; word++) {
            if (bits[word] & span_bits(word, first, end))
                return false;
        }
    }
    return true;
}

int32_t cover_take(Cover *cover, const float corners[3][2])
{
    Raster raster = raster_make(corners);
    if (!is_free(cover, &raster))
        return -1;
    int32_t first, end, count = 0;
    for (int32_t row = raster.first_row; row < raster.end_row; row++) {
        if (!raster_row(&raster, row, &first, &end))
            continue;
        first -= cover->low[0];
        end -= cover->low[0];
        count += end - first;
        uint64_t *bits = row_of(cover, row);
        for (int32_t word = first / 64; word * 64 < end; word++)
            bits[word] |= span_bits(word, first, end);
    }
    return count;
}

// The 64 bits of a row from any column on, which may be before its first or after its last.
static uint64_t bits_at(const Cover *cover, int32_t row, int32_t column)
{
    const uint64_t *bits = row_of(cover, row);
    int32_t at = column - cover->low[0], word = at >> 6, shift = at & 63;
    uint64_t low = word >= 0 && word < (int32_t)cover->words ? bits[word] : 0;
    if (!shift)
        return low;
    uint64_t high = word + 1 >= 0 && word + 1 < (int32_t)cover->words ? bits[word + 1] : 0;
    return low >> shift | high << (64 - shift);
}

bool covers_meet(const Cover *a, const Cover *b, const int32_t shift[2])
{
    int32_t first = MAX(a->low[1], b->low[1] + shift[1]);
    int32_t end = MIN(a->low[1] + (int32_t)a->rows, b->low[1] + shift[1] + (int32_t)b->rows);
    for (int32_t row = first; row < end; row++) {
        const uint64_t *bits = row_of(a, row);
        for (uint32_t word = 0; word < a->words; word++) {
            int32_t column = a->low[0] + 64 * (int32_t)word;
            if (bits[word] && (bits[word] & bits_at(b, row - shift[1], column - shift[0])))
                return true;
        }
    }
    return false;
}

void cover_add(Cover *a, const Cover *b, const int32_t shift[2])
{
    int32_t first = MAX(a->low[1], b->low[1] + shift[1]) - shift[1];
    int32_t end = MIN(a->low[1] + (int32_t)a->rows - shift[1], b->low[1] + (int32_t)b->rows);
    for (int32_t row = first; row < end; row++) {
        uint64_t *bits = row_of(a, row + shift[1]);
        for (uint32_t word = 0; word < a->words; word++) {
            int32_t column = a->low[0] + 64 * (int32_t)word;
            bits[word] |= bits_at(b, row, column - shift[0]);
        }
    }
}
