// layout_tray.c: many small flat pieces lie side by side in the trays of a cabinet of drawers.
//
//      .-----.-----.-----.   each in a compartment of its own, its label before it, as many
//      |  o  |  o  |  o  |   to a cabinet as one looks over without a step
//      |_[=]_|_[=]_|_[=]_|
//      |  o  |  o  |  o  |
//      '-[=]-'-[=]-'-[=]-'

#include "exhibits/model/layout_parts.h"

#include <math.h>

enum { LEAST_IN_TRAYS = 4, MOST_IN_TRAYS = 10 };

static const float tray_piece_m = 0.09f; // what is larger has a stand of its own
static const float flat = 0.35f;         // of its width: as high as that and no higher
static const float beside_m = 0.05f;     // around a piece in its compartment
static const float before_m = 0.12f;     // and before and behind it: there is the label
static const float edge_m = 0.03f;       // around all compartments
static const float deck_m = 0.98f;
static const float least_m[2] = {0.46f, 0.3f}; // of all compartments

static bool lies_in_a_tray(const LayoutPiece *piece)
{
    float wide = fmaxf(piece->size_m[0], piece->size_m[2]);
    return layout_largest_m(piece) <= tray_piece_m && piece->size_m[1] <= flat * wide;
}

// Rows share the depth, the pieces of a row its width.
static void divide(PlanPlace *place, uint32_t index, uint32_t count, uint32_t rows)
{
    float wide = place->size_m[0] - 2 * edge_m, deep = place->size_m[2] - 2 * edge_m;
    uint32_t row = 0, first = 0, next = count / rows;
    while (index >= next) {
        first = next;
        row++;
        next = count * (row + 1) / rows;
    }
    place->tray_m[0] = wide / (float)(next - first);
    place->tray_m[1] = deep / (float)rows;
    place->tray[0] = ((float)(index - first) + 0.5f) * place->tray_m[0] - wide / 2;
    place->tray[1] = ((float)row + 0.5f) * place->tray_m[1] - deep / 2;
}

// The first of them brings the stand; compartments are at least as large as the largest wants.
static void make_cabinet(Layout *l, const uint32_t *pieces, uint32_t count)
{
    uint32_t rows = 2, columns = (count + rows - 1) / rows;
    float size[3] = {0, 0, 0};
    for (uint32_t i = 0; i < count; i++)
        for (int k = 0; k < 3; k++)
            size[k] = fmaxf(size[k], l->pieces[pieces[i]].size_m[k]);
    float wide = (float)columns * (size[0] + beside_m),
          deep = (float)rows * (size[2] + before_m);
    PlanPlace stand = {.stand = PLAN_DRAWERS,
                       .size_m = {fmaxf(wide, least_m[0]) + 2 * edge_m, deck_m,
                                  fmaxf(deep, least_m[1]) + 2 * edge_m},
                       .glass_m = size[1] + 0.08f};
    for (uint32_t i = 0; i < count; i++) {
        PlanPlace *place = &l->plan->places[pieces[i]], own = *place;
        *place = stand;
        place->piece = own.piece;
        place->piece_index = own.piece_index;
        place->shares_back = pieces[i] - pieces[0];
        divide(place, i, count, rows);
    }
}

void layout_make_trays(Layout *l)
{
    uint32_t themes = MAX(l->desc->theme_count, 1u);
    uint32_t *flat_ones = ARENA_ARRAY(l->arena, uint32_t, (size_t)l->count + 1);
    for (uint32_t theme = 0; theme < themes; theme++) {
        uint32_t count = 0;
        for (uint32_t i = 0; i < l->count; i++)
            if ((!l->desc->theme_count || l->pieces[i].theme == theme) &&
                lies_in_a_tray(&l->pieces[i]))
                flat_ones[count++] = i;
        uint32_t cabinets = (count + MOST_IN_TRAYS - 1) / MOST_IN_TRAYS;
        for (uint32_t k = 0; k < cabinets && count >= LEAST_IN_TRAYS; k++) {
            uint32_t from = count * k / cabinets, to = count * (k + 1) / cabinets;
            make_cabinet(l, flat_ones + from, to - from);
        }
    }
}

void layout_fill_trays(Layout *l)
{
    for (uint32_t i = 0; i < l->count; i++) {
        PlanPlace *place = &l->plan->places[i];
        const PlanPlace *stand = &l->plan->places[plan_stand_of(l->plan, i)];
        if (stand == place)
            continue;
        place->room = stand->room;
        place->yaw = stand->yaw;
        place->position[0] = stand->position[0];
        place->position[1] = stand->position[1];
        layout_make_label(place);
    }
}
