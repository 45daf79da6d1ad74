// residency_pages.h: pages with tiles to be kept, for the tests of residency. One thread.

#pragma once
#include "stream/residency.h"
#include "test.h"

enum { BARE = TILE_NORMAL, PAINTED = TILE_COLOR | TILE_NORMAL | TILE_GLOSS };

// Some pages without a tile, some with a small one, a few with one that takes a whole layer.
static inline uint8_t some_units(uint32_t page)
{
    static const uint8_t units[] = {0, 3, 17, 30, 64, 1, 22, 9, 30, 5, 12};
    return units[page % COUNT_OF(units)];
}

static inline ResidencyPages *open_tiled(Residency *residency, uint32_t page_count,
                                         uint32_t brings, Arena *arena)
{
    ResidencyPages *pages = residency_open(residency, page_count, 0, arena);
    for (uint32_t i = 0; i < page_count; i++)
        residency_set_tile(residency, pages, i, some_units(i), brings);
    return pages;
}

static inline ResidencyPlan plan_loads(Residency *residency, uint32_t max_loads, Arena *arena)
{
    return residency_plan(residency, &(ResidencyLimits){max_loads, UINT64_MAX}, arena);
}

static inline void finish_loads(Residency *residency, const ResidencyPlan *plan)
{
    for (uint32_t i = 0; i < plan->load_count; i++)
        assert_true(residency_loaded(residency, plan->loads[i].slot));
}
