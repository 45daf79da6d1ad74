// overlay_levels.c: the levels of the sculptures as colours: each is drawn as one for every
// level that is in it.

#include "museum/overlay.h"

#include <string.h>

// The draws of a range that are of one level, after those that are there; something empty
// where there are none, because no draws at all would mean others.
static RenderRange draws_of_level(const Streamer *streamer, const RenderList *list,
                                  RenderRange range, uint32_t level, RenderClusterDraw *out,
                                  uint32_t *count)
{
    RenderRange found = {.first = *count};
    if (!range.count)
        return found;
    for (uint32_t i = range.first; i < range.first + range.count; i++) {
        uint32_t own = streamer_level_of(streamer, list->cluster_draws[i].slot);
        if (MIN(own, (uint32_t)OVERLAY_LEVELS - 1) == level)
            out[(*count)++] = list->cluster_draws[i];
    }
    if (*count == found.first) {
        out[*count] = list->cluster_draws[range.first];
        out[(*count)++].index_count = 0;
    }
    found.count = *count - found.first;
    return found;
}

static uint32_t count_triangles(const RenderClusterDraw *draws, RenderRange range)
{
    uint32_t count = 0;
    for (uint32_t i = range.first; i < range.first + range.count; i++)
        count += draws[i].index_count / 3;
    return count;
}

void overlay_color_levels(Overlay *overlay, const Streamer *streamer, Arena *frame,
                          RenderList *list)
{
    uint32_t count = list->cluster_draw_count, sculpture_count = 0;
    size_t most = (size_t)count * 3 + (size_t)list->sculpture_count * OVERLAY_LEVELS * 2;
    RenderClusterDraw *draws = ARENA_ARRAY_RAW(frame, RenderClusterDraw, most + 1);
    RenderSculpture *sculptures =
        ARENA_ARRAY(frame, RenderSculpture, (size_t)list->sculpture_count * OVERLAY_LEVELS + 1);
    if (count) // ranges of shadows stay where they are
        memcpy(draws, list->cluster_draws, count * sizeof *draws);
    memset(overlay->level_triangles, 0, sizeof overlay->level_triangles);
    for (uint32_t i = 0; i < list->sculpture_count * OVERLAY_LEVELS; i++) {
        const RenderSculpture *whole = &list->sculptures[i / OVERLAY_LEVELS];
        uint32_t level = i % OVERLAY_LEVELS;
        RenderSculpture part = *whole;
        part.draws = draws_of_level(streamer, list, whole->draws, level, draws, &count);
        part.lens_draws =
            draws_of_level(streamer, list, whole->lens_draws, level, draws, &count);
        memcpy(part.color, overlay_level_color(level), sizeof part.color);
        overlay->level_triangles[level] += count_triangles(draws, part.draws);
        if (count_triangles(draws, part.draws) + count_triangles(draws, part.lens_draws) > 0)
            sculptures[sculpture_count++] = part;
    }
    list->sculptures = sculptures;
    list->sculpture_count = sculpture_count;
    list->cluster_draws = draws;
    list->cluster_draw_count = count;
}
