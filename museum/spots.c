// spots.c: which details of a story are one mark.

#include "museum/spots.h"

#include <math.h>

#define WIDER 1.1f       // where there are too many marks
#define SAME_PLACE 0.05f // px: no looking nearer parts them

static const uint16_t no_mark = UINT16_MAX;

static float gap(const float a[2], const float b[2])
{
    return hypotf(a[0] - b[0], a[1] - b[1]);
}

// The nearest mark in reach, or count.
static uint32_t nearest(const SpotMark *marks, uint32_t count, const SpotPoint *point,
                        float apart)
{
    uint32_t best = count;
    for (uint32_t i = 0; i < count; i++) {
        float far = gap(marks[i].px, point->px);
        if (marks[i].is_hidden == point->is_hidden && far < apart) {
            apart = far;
            best = i;
        }
    }
    return best;
}

// False where there are more marks than there may be.
static bool gather(const SpotPoint *points, uint32_t count, float apart, SpotMark *marks,
                   uint16_t *mark_of, uint32_t *mark_count)
{
    *mark_count = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = nearest(marks, *mark_count, &points[i], apart);
        if (at == SPOTS_MOST_MARKS)
            return false;
        if (at == *mark_count)
            marks[(*mark_count)++] =
                (SpotMark){{points[i].px[0], points[i].px[1]}, 0, points[i].is_hidden, i, 0};
        marks[at].strength = MAX(marks[at].strength, points[i].strength);
        marks[at].count++;
        mark_of[i] = (uint16_t)at;
    }
    return true;
}

// A mark that all see is not written over by a hint.
static uint32_t make_way(SpotMark *marks, uint32_t count, float apart, uint16_t *mark_of,
                         uint32_t point_count)
{
    uint16_t moved[SPOTS_MOST_MARKS];
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        bool is_in_way = false;
        for (uint32_t k = 0; k < count && marks[i].is_hidden; k++)
            is_in_way |= !marks[k].is_hidden && gap(marks[k].px, marks[i].px) < apart;
        moved[i] = is_in_way ? no_mark : (uint16_t)kept;
        if (!is_in_way)
            marks[kept++] = marks[i];
    }
    for (uint32_t i = 0; i < point_count; i++)
        mark_of[i] = moved[mark_of[i]];
    return kept;
}

uint32_t spots_gather(const SpotPoint *points, uint32_t count, float apart,
                      SpotMark marks[SPOTS_MOST_MARKS], uint16_t *mark_of)
{
    uint32_t mark_count;
    float wide = apart;
    while (!gather(points, count, wide, marks, mark_of, &mark_count))
        wide *= WIDER;
    return make_way(marks, mark_count, apart, mark_of, count);
}

float spots_part(const SpotPoint *points, const uint16_t *mark_of, uint32_t count,
                 uint32_t mark, float apart)
{
    float wide = 0;
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t k = i + 1; k < count && mark_of[i] == mark; k++)
            if (mark_of[k] == mark)
                wide = MAX(wide, gap(points[i].px, points[k].px));
    return wide > SAME_PLACE ? apart / wide : 0;
}
