// layout_stand.c: the stand of one piece, and where its label hangs.

#include "exhibits/model/layout_stand.h"
#include "exhibits/model/gallery_mesh.h"

#include <math.h>
#include <string.h>

static const float eye_m = 1.3f; // where a small piece's middle comes to stand
static const float broad =
    1.25f; // so much deeper than wide and high, and a piece shows its side
static const float bell_m = 0.2f; // what is wider gets panes
static const float upright_m = 0.12f;
static const float tower_top_m = 1.9f;          // below its cap
static const float label_m[2] = {0.38f, 0.31f}; // letters are read from 1.5 m

static const float tray_label_m[2] = {0.11f, 0.042f}; // of one piece among several
static const float rail_m = 0.8f; // on a lower stand nobody could read a label
static const float lectern_m = 0.98f;

float layout_largest_m(const LayoutPiece *piece)
{
    return fmaxf(piece->size_m[0], fmaxf(piece->size_m[1], piece->size_m[2]));
}

void layout_size_on_stand(const LayoutPiece *piece, const PlanPlace *place, float out[3])
{
    bool is_turned = place->piece_yaw != 0;
    out[0] = piece->size_m[is_turned ? 2 : 0];
    out[1] = piece->size_m[1];
    out[2] = piece->size_m[is_turned ? 0 : 2];
}

// ---- stands

// About as wide as deep, and not much higher: a bell suits it.
static bool is_round(const float size_m[3])
{
    float wide = fmaxf(size_m[0], size_m[2]), narrow = fminf(size_m[0], size_m[2]);
    return wide <= bell_m && narrow > 0.8f * wide && size_m[1] > 0.6f * wide &&
           size_m[1] < 1.9f * wide;
}

static void make_dome(const float size_m[3], PlanPlace *place)
{
    float inside = fmaxf(hypotf(size_m[0], size_m[2]) / 2 + 0.03f, 0.085f);
    float base = CLAMP(eye_m - size_m[1] / 2 - 1.15f, 0.04f, 0.06f);
    place->stand = PLAN_DOME;
    place->riser_m[0] = place->riser_m[2] = 2 * inside / GALLERY_BELL_PART;
    place->riser_m[1] = base;
    place->size_m[0] = place->size_m[2] = fmaxf(0.34f, place->riser_m[0] + 0.1f);
    place->size_m[1] = eye_m - size_m[1] / 2 - base;
    // Its corners stay below where the glass bends in; then the bend, then the knob.
    place->glass_m = base + size_m[1] + inside + 0.045f;
}

// So much higher than wide, and not tiny: it fills a tower.
static bool is_upright(const float size_m[3])
{
    return size_m[1] > 1.9f * fmaxf(size_m[0], size_m[2]) && size_m[1] > upright_m;
}

static void make_tower(const float size_m[3], PlanPlace *place)
{
    place->stand = PLAN_TOWER;
    place->size_m[0] = place->size_m[2] = fmaxf(0.4f, fmaxf(size_m[0], size_m[2]) + 0.24f);
    place->size_m[1] = eye_m - size_m[1] / 2;
    place->glass_m = fmaxf(tower_top_m - place->size_m[1], size_m[1] + 0.25f);
}

static void make_case(const float size_m[3], PlanPlace *place)
{
    if (is_round(size_m) || is_upright(size_m)) {
        (is_round(size_m) ? make_dome : make_tower)(size_m, place);
        return;
    }
    float floor = eye_m - size_m[1] / 2;
    // A tiny piece stands on a block of its own, so that the box ends below the eyes and the
    // glass shows it from the side too.
    float riser = CLAMP(floor - 1.06f, 0.0f, 0.14f);
    // What lies flat is looked down on.
    bool is_flat = size_m[1] < 0.35f * fmaxf(size_m[0], size_m[2]);
    place->stand = is_flat ? PLAN_TABLE : PLAN_CASE;
    if (riser >= 0.02f) {
        place->riser_m[0] = fmaxf(0.09f, size_m[0] + 0.05f);
        place->riser_m[2] = fmaxf(0.09f, size_m[2] + 0.05f);
        place->riser_m[1] = riser;
    } else {
        riser = 0;
    }
    place->size_m[0] = fmaxf(0.32f, size_m[0] + 0.2f);
    place->size_m[1] = floor - riser;
    place->size_m[2] = fmaxf(0.32f, size_m[2] + 0.2f);
    place->glass_m = fmaxf(0.3f, riser + size_m[1] + 0.12f);
}

static void make_plinth(const float size_m[3], PlanPlace *place)
{
    place->stand = PLAN_PLINTH;
    place->size_m[0] = fmaxf(0.5f, size_m[0] + 0.16f);
    place->size_m[1] = CLAMP(eye_m - size_m[1] / 2, 0.9f, 1.15f);
    place->size_m[2] = fmaxf(0.5f, size_m[2] + 0.16f);
}

static void make_pedestal(const float size_m[3], PlanPlace *place)
{
    float margin = 0.2f + 0.04f * fmaxf(size_m[0], fmaxf(size_m[1], size_m[2]));
    place->stand = PLAN_PEDESTAL;
    place->size_m[0] = size_m[0] + margin;
    place->size_m[1] = CLAMP(eye_m - size_m[1] / 2, 0.15f, 1.0f);
    place->size_m[2] = size_m[2] + margin;
}

void layout_make_stand(const LayoutPiece *piece, PlanPlace *place)
{
    float largest = layout_largest_m(piece), size_m[3];
    // Busts and figures look ahead; what lies lengthwise is turned.
    bool is_lying = piece->size_m[2] > piece->size_m[1] * broad;
    bool is_deep = piece->size_m[2] > piece->size_m[0] * broad;
    place->piece_yaw = is_lying && is_deep ? (float)(M_PI / 2) : 0;
    layout_size_on_stand(piece, place, size_m);
    if (largest <= LAYOUT_SMALL_M)
        make_case(size_m, place);
    else if (largest <= LAYOUT_LARGE_M)
        make_plinth(size_m, place);
    else
        make_pedestal(size_m, place);
}

// ---- labels

// Leans on the upper edge of the box's front; below what stands there for whoever looks at it.
static void hang_on_rail(PlanPlace *place, float *ahead)
{
    place->label_tilt = (float)(48 * M_PI / 180);
    float half = place->label_size_m[1] / 2;
    *ahead = place->size_m[2] / 2 + 0.02f + half * sinf(place->label_tilt);
    place->label_position[1] = place->size_m[1] - 0.06f - half * cosf(place->label_tilt);
}

// On a post of its own, to the right of what is too low for a rail: clear of the piece.
static void stand_on_post(PlanPlace *place, float *ahead, float *aside)
{
    place->label_has_post = true;
    place->label_tilt = (float)(40 * M_PI / 180);
    *ahead = place->size_m[2] / 2 - 0.05f;
    *aside = place->size_m[0] / 2 + place->label_size_m[0] / 2 + 0.1f;
    place->label_position[1] = lectern_m;
}

// Lies at the front of its compartment.
static void lie_in_tray(PlanPlace *place, float *ahead, float *aside)
{
    const float *size = place->label_size_m;
    place->label_size_m[0] = CLAMP(place->tray_m[0] - 0.03f, 0.02f, tray_label_m[0]);
    place->label_size_m[1] = MIN(tray_label_m[1], place->tray_m[1] / 3);
    place->label_tilt = (float)(76 * M_PI / 180); // it hides nothing behind it
    *ahead =
        place->tray[1] + place->tray_m[1] / 2 - 0.014f - size[1] / 2 * sinf(place->label_tilt);
    *aside = place->tray[0];
    place->label_position[1] =
        place->size_m[1] + 0.006f + size[1] / 2 * cosf(place->label_tilt);
}

void layout_make_label(PlanPlace *place)
{
    float forward[2] = {sinf(place->yaw), cosf(place->yaw)};
    float right[2] = {cosf(place->yaw), -sinf(place->yaw)};
    float ahead = 0, aside = 0;
    place->label_yaw = place->yaw;
    memcpy(place->label_size_m, label_m, sizeof label_m);
    place->label_has_post = false;
    if (place->tray_m[0] > 0)
        lie_in_tray(place, &ahead, &aside);
    else if (place->size_m[1] < rail_m)
        stand_on_post(place, &ahead, &aside);
    else
        hang_on_rail(place, &ahead);
    place->label_position[0] = place->position[0] + forward[0] * ahead + right[0] * aside;
    place->label_position[2] = place->position[1] + forward[1] * ahead + right[1] * aside;
}
