// gallery_stand.c: what pieces stand on and under: plinths, tables, cabinets, cases, and the
// plates of their labels.
//
//      case      tower      table      wall case    drawers
//      .---.     =====      .-----.      =====      .---.
//      |   |     |   |      |_____|      ||   |     |===|
//      |===|     |   |      |=====|      ||___|     |-o-|
//      |   |     |   |      |     |      ||===|     |-o-|
//      |   |     |===|      |     |                 |-o-|
//      '-=-'     '-=-'      '     '                 '-=-'
//
// A dome is a bell of glass on a turned base, on a plinth.

#include "exhibits/model/gallery_build.h"

#include <math.h>
#include <string.h>

#define FOOT_HIGH_M 0.045f // the shadow gap under plinths
#define FOOT_INSET_M 0.025f
#define DECK_M 0.004f
#define EDGE_M 0.004f // half the thickness of a case's metal edges
#define CAP_M 0.09f   // what closes a tower above
#define LEG_M 0.045f
#define APRON_M 0.13f
#define SHELF_M 0.10f // under what hangs on a wall
#define DRAWER_M 0.16f
#define DRAWER_GAP_M 0.006f
#define HANDLE_HALF_M 0.06f
#define HANDLE_OFF_M 0.022f // from the drawer to the bar
#define BASE_SIDES 40
#define BASE_GRAIN 4.5f // one comes nearer to what carries a piece than to panels of its wood
#define SLAT_M 0.0035f  // between the compartments of a tray: half of what is seen
#define SLAT_HIGH_M 0.011f

// A box in the frame of the stand: from `low` to `high`, x to its right, z to its front.
typedef struct StandBox {
    float low[3], high[3];
    bool has_no_bottom;
} StandBox;

static void add_box(Builder *builder, const PlanPlace *place, const StandBox *from)
{
    float s = sinf(place->yaw), c = cosf(place->yaw), middle[3];
    Box box = {.yaw = place->yaw, .has_no_bottom = from->has_no_bottom};
    for (int i = 0; i < 3; i++) {
        middle[i] = (from->low[i] + from->high[i]) / 2;
        box.half[i] = (from->high[i] - from->low[i]) / 2;
    }
    box.center[0] = place->position[0] + middle[0] * c + middle[2] * s;
    box.center[1] = middle[1];
    box.center[2] = place->position[1] - middle[0] * s + middle[2] * c;
    build_box(builder, &box);
}

static void add_one(Builder *builder, const PlanPlace *place, int material, const StandBox *box)
{
    build_begin_part(builder, material);
    add_box(builder, place, box);
    build_end_part(builder);
}

// The footprint, smaller by `inset`, from `low` to `high`.
static StandBox level(const PlanPlace *place, float inset, float low, float high)
{
    float x = place->size_m[0] / 2 - inset, z = place->size_m[2] / 2 - inset;
    return (StandBox){.low = {-x, low, -z}, .high = {x, high, z}};
}

// ---- what is below the piece

static float deck_of(const PlanPlace *place)
{
    return place->glass_m > 0 && place->stand != PLAN_DOME ? DECK_M : 0;
}

static void add_plinth(Builder *builder, const PlanPlace *place)
{
    float high = place->size_m[1], foot = MIN(FOOT_HIGH_M, high / 4);
    StandBox gap = level(place, FOOT_INSET_M, 0, foot);
    StandBox body = level(place, 0, foot, high - deck_of(place));
    gap.has_no_bottom = true;
    add_one(builder, place, GALLERY_PLINTH_FOOT, &gap);
    add_one(builder, place, GALLERY_PLINTH, &body);
}

static void add_table(Builder *builder, const PlanPlace *place)
{
    float x = place->size_m[0] / 2, z = place->size_m[2] / 2, high = place->size_m[1];
    float apron = MIN(APRON_M, high / 3);
    StandBox top = level(place, 0, high - apron, high - deck_of(place));
    build_begin_part(builder, PLAN_OAK_DARK);
    add_box(builder, place, &top);
    for (int corner = 0; corner < 4; corner++) {
        float leg_x = (corner & 1 ? 1 : -1) * (x - LEG_M / 2 - 0.01f);
        float leg_z = (corner & 2 ? 1 : -1) * (z - LEG_M / 2 - 0.01f);
        add_box(builder, place,
                &(StandBox){.low = {leg_x - LEG_M / 2, 0, leg_z - LEG_M / 2},
                            .high = {leg_x + LEG_M / 2, high - apron, leg_z + LEG_M / 2},
                            .has_no_bottom = true});
    }
    build_end_part(builder);
}

static void add_shelf(Builder *builder, const PlanPlace *place)
{
    float high = place->size_m[1], x = place->size_m[0] / 2, z = place->size_m[2] / 2;
    StandBox shelf = level(place, 0, MAX(high - SHELF_M, 0), high - deck_of(place));
    build_begin_part(builder, GALLERY_PLINTH);
    add_box(builder, place, &shelf);
    if (place->glass_m > 0)
        add_box(builder, place,
                &(StandBox){.low = {EDGE_M - x, high, EDGE_M - z},
                            .high = {x - EDGE_M, high + place->glass_m - EDGE_M, 0.02f - z}});
    build_end_part(builder);
}

// A bar on two posts, in the middle of a drawer at this height.
static void add_handle(Builder *builder, const PlanPlace *place, float y)
{
    float z = place->size_m[2] / 2, half = MIN(HANDLE_HALF_M, place->size_m[0] * 0.2f);
    for (int side = -1; side <= 1; side++) { // post, bar, post
        float at = (float)side * (half - 0.012f), wide = side ? 0.004f : half;
        float high = side ? 0.003f : 0.0045f, low_z = side ? -0.002f : HANDLE_OFF_M;
        float high_z = HANDLE_OFF_M + (side ? 0.002f : 0.009f);
        add_box(builder, place,
                &(StandBox){.low = {at - wide, y - high, z + low_z},
                            .high = {at + wide, y + high, z + high_z}});
    }
}

// A cabinet of oak. Its drawers stand out of it by their fronts; each has a handle.
static void add_drawers(Builder *builder, const PlanPlace *place)
{
    float high = place->size_m[1], x = place->size_m[0] / 2, z = place->size_m[2] / 2;
    float foot = MIN(FOOT_HIGH_M, high / 4), front = 0.012f;
    StandBox gap = level(place, FOOT_INSET_M, 0, foot);
    StandBox body = level(place, 0, foot, high - deck_of(place));
    int count = MAX(1, (int)((high - foot - 0.05f) / DRAWER_M));
    float each = (high - foot - 0.05f) / (float)count;
    gap.has_no_bottom = true;
    body.high[2] -= front;
    add_one(builder, place, GALLERY_PLINTH_FOOT, &gap);
    build_begin_part(builder, PLAN_OAK_LIGHT);
    add_box(builder, place, &body);
    for (int i = 0; i < count; i++) {
        float low = foot + 0.01f + each * (float)i;
        add_box(builder, place,
                &(StandBox){.low = {DRAWER_GAP_M - x, low, z - front},
                            .high = {x - DRAWER_GAP_M, low + each - DRAWER_GAP_M, z - 0.002f}});
    }
    build_end_part(builder);
    build_begin_part(builder, GALLERY_METAL);
    for (int i = 0; i < count; i++)
        add_handle(builder, place, foot + 0.01f + each * ((float)i + 0.5f));
    build_end_part(builder);
}

// ---- what is around it

// Thin metal along the twelve edges of the glass.
static void add_case_edges(Builder *builder, const PlanPlace *place)
{
    float half[3] = {place->size_m[0] / 2, place->glass_m / 2, place->size_m[2] / 2};
    float middle = place->size_m[1] + half[1];
    build_begin_part(builder, GALLERY_METAL);
    for (int axis = 0; axis < 3; axis++) {
        for (int corner = 0; corner < 4; corner++) {
            int u = (axis + 1) % 3, v = (axis + 2) % 3;
            float at[3] = {0}, size[3] = {EDGE_M, EDGE_M, EDGE_M};
            StandBox edge;
            at[u] = (corner & 1 ? 1 : -1) * (half[u] - EDGE_M);
            at[v] = (corner & 2 ? 1 : -1) * (half[v] - EDGE_M);
            size[axis] = half[axis];
            for (int i = 0; i < 3; i++) {
                edge.low[i] = at[i] - size[i] + (i == 1 ? middle : 0);
                edge.high[i] = at[i] + size[i] + (i == 1 ? middle : 0);
            }
            edge.has_no_bottom = false;
            add_box(builder, place, &edge);
        }
    }
    build_end_part(builder);
}

// Of a tower or of a case on a wall; where the lamps of a case are.
static void add_cap(Builder *builder, const PlanPlace *place)
{
    float top = place->size_m[1] + place->glass_m;
    StandBox cap = level(place, 0, top, top + CAP_M);
    add_one(builder, place, GALLERY_PLINTH, &cap);
}

static void add_deck(Builder *builder, const PlanPlace *place)
{
    float high = place->size_m[1];
    StandBox top = level(place, 0.012f, high - DECK_M, high);
    add_one(builder, place, place->tray_m[0] > 0 ? GALLERY_FELT : GALLERY_CASE_DECK, &top);
}

static void add_riser(Builder *builder, const PlanPlace *place)
{
    float x = place->riser_m[0] / 2, z = place->riser_m[2] / 2, high = place->size_m[1];
    add_one(builder, place, GALLERY_CASE_DECK,
            &(StandBox){.low = {-x, high, -z},
                        .high = {x, high + place->riser_m[1], z},
                        .has_no_bottom = true});
}

// Slats around its compartment; those of neighbours stand back to back.
void build_tray(Builder *builder, const PlanPlace *place)
{
    float x = place->tray_m[0] / 2, z = place->tray_m[1] / 2, low = place->size_m[1];
    if (x <= 2 * SLAT_M || z <= 2 * SLAT_M)
        return;
    build_begin_part(builder, PLAN_OAK_DARK);
    for (int i = 0; i < 4; i++) {
        float side = i & 1 ? 1 : -1, along[2] = {place->tray[0], place->tray[1]};
        float half[2] = {i < 2 ? x : SLAT_M / 2, i < 2 ? SLAT_M / 2 : z - SLAT_M};
        along[i < 2] += side * ((i < 2 ? z : x) - SLAT_M / 2);
        add_box(builder, place,
                &(StandBox){.low = {along[0] - half[0], low, along[1] - half[1]},
                            .high = {along[0] + half[0], low + SLAT_HIGH_M, along[1] + half[1]},
                            .has_no_bottom = true});
    }
    build_end_part(builder);
}

// One flat side of what is turned: from a ring to the next one above, corners at two angles.
static void add_facet(Builder *builder, const float low[2][3], const float high[2][3],
                      float along, float up)
{
    float corners[4][3], u[3], v[3], normal[3], length = 0;
    for (int i = 0; i < 3; i++) {
        corners[0][i] = low[0][i];
        corners[1][i] = low[1][i];
        corners[2][i] = high[1][i];
        corners[3][i] = high[0][i];
        u[i] = low[1][i] - low[0][i];
        v[i] = high[0][i] - low[0][i];
    }
    for (int i = 0; i < 3; i++) {
        normal[i] = u[(i + 1) % 3] * v[(i + 2) % 3] - u[(i + 2) % 3] * v[(i + 1) % 3];
        length += normal[i] * normal[i];
    }
    for (int i = 0; i < 3; i++)
        normal[i] /= sqrtf(length);
    float wide = sqrtf(u[0] * u[0] + u[2] * u[2]);
    const float uv[4][2] = {
        {along, up}, {along + wide, up}, {along + wide, up + wide}, {along, up + wide}};
    build_quad(builder, (const float(*)[3])corners, normal, uv);
}

// Of the radius and the height of a turned base, from below: a foot, a bead, a hollow and the
// ledge that the bell stands on.
static const float base_profile[][2] = {{0.95f, 0},     {1, 0.13f},      {1, 0.36f},
                                        {0.955f, 0.5f}, {0.945f, 0.74f}, {0.975f, 0.84f},
                                        {0.97f, 0.95f}, {0.955f, 1}};

static void ring_point(const PlanPlace *place, int side, size_t at, float out[3])
{
    float turn = place->yaw + (float)(2 * M_PI / BASE_SIDES) * (float)side;
    float reach = base_profile[at][0] * place->riser_m[0] / 2;
    out[0] = place->position[0] + sinf(turn) * reach;
    out[1] = place->size_m[1] + base_profile[at][1] * place->riser_m[1];
    out[2] = place->position[1] + cosf(turn) * reach;
}

static void add_turned_base(Builder *builder, const PlanPlace *place)
{
    enum { TOP = COUNT_OF(base_profile) - 1 };
    float rim[BASE_SIDES][3], wide = place->riser_m[0] * (float)M_PI / BASE_SIDES;
    build_begin_part(builder, PLAN_PANEL_WALNUT);
    builder->uv_scale = BASE_GRAIN;
    for (int i = 0; i < BASE_SIDES; i++) {
        for (size_t at = 0; at < TOP; at++) {
            float low[2][3], high[2][3];
            for (int k = 0; k < 2; k++) {
                ring_point(place, i + k, at, low[k]);
                ring_point(place, i + k, at + 1, high[k]);
            }
            add_facet(builder, (const float(*)[3])low, (const float(*)[3])high, wide * (float)i,
                      base_profile[at][1] * place->riser_m[1]);
        }
        ring_point(place, i, TOP, rim[i]);
    }
    build_fan(builder, (const float(*)[3])rim, BASE_SIDES, (const float[3]){0, 1, 0});
    build_end_part(builder);
}

GalleryGlass gallery_glass(const PlanPlace *place)
{
    GalleryGlass glass = {
        .is_there = place->glass_m > 0,
        .is_bell = place->stand == PLAN_DOME,
        .foot = {place->position[0], place->size_m[1], place->position[1]},
        .half_size = {place->size_m[0] / 2, place->glass_m / 2, place->size_m[2] / 2}};
    if (!glass.is_bell)
        return glass;
    bool has_base = place->riser_m[1] > 0;
    float wide = has_base ? place->riser_m[0] : MIN(place->size_m[0], place->size_m[2]);
    glass.foot[1] += place->riser_m[1];
    glass.half_size[0] = glass.half_size[2] = wide / 2 * GALLERY_BELL_PART;
    glass.half_size[1] = (place->glass_m - place->riser_m[1]) / 2;
    glass.is_there &= glass.half_size[1] > 0.01f;
    return glass;
}

void build_stand(Builder *builder, const PlanPlace *place)
{
    static void (*const below[PLAN_STAND_COUNT])(Builder *, const PlanPlace *) = {
        [PLAN_PLINTH] = add_plinth,   [PLAN_CASE] = add_plinth, [PLAN_PEDESTAL] = add_plinth,
        [PLAN_TOWER] = add_plinth,    [PLAN_TABLE] = add_table, [PLAN_WALL_CASE] = add_shelf,
        [PLAN_DRAWERS] = add_drawers, [PLAN_DOME] = add_plinth,
    };
    below[place->stand](builder, place);
    if (place->riser_m[1] > 0)
        (place->stand == PLAN_DOME ? add_turned_base : add_riser)(builder, place);
    if (place->glass_m <= 0 || place->stand == PLAN_DOME)
        return;
    add_deck(builder, place);
    add_case_edges(builder, place);
    if (place->stand == PLAN_TOWER || place->stand == PLAN_WALL_CASE)
        add_cap(builder, place);
}
