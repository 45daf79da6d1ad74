// biplane.c: the piece and its bodies.

#include "exhibits/small-wonders/biplane/cockpit.h"

static void *build(Field *field, Arena *arena)
{
    (void)arena;
    biplane_add_airframe(field);
    biplane_cut_cockpit(field);
    biplane_add_cowling(field);
    biplane_add_propeller(field);
    biplane_add_gear(field);
    biplane_add_engine(field);
    biplane_add_cockpit(field);
    biplane_add_stand(field);
    biplane_add_rigging(field);
    return NULL;
}

// Of the making, for story.json.
static const PiecePicture PICTURES[] = {
    {.file = "form.jpg",
     .sight = PIECE_FORM,
     .middle = {0, 13, 0},
     .width_mm = 64,
     .azimuth = 20,
     .elevation = 16,
     .is_around = true},
    {.file = "linen.jpg",
     .sight = PIECE_RELIEF,
     .middle = {-10, 23, 7},
     .width_mm = 17,
     .azimuth = 205,
     .elevation = 46,
     .lamp_azimuth = 95,
     .lamp_elevation = 19},
    {.file = "wires.jpg",
     .sight = PIECE_TRIANGLES,
     .middle = {5, 14, 9},
     .width_mm = 16,
     .azimuth = 38,
     .elevation = 16},
    {.file = "colour.jpg",
     .sight = PIECE_COLOUR,
     .middle = {1, 15, 8},
     .width_mm = 34,
     .azimuth = 28,
     .elevation = 12},
};

const Piece BIPLANE_PIECE = {
    .name = "biplane",
    .summary = "Number Seven: a biplane 1:144, linen and wire, on a stand of walnut",
    .low_mm = {-29.2f, -0.3f, -24},
    .high_mm = {29.2f, 27.5f, 24},
    .step_mm = 0.056f,
    .draft_step_mm = 0.11f,
    .sky_mm = 5,
    // The airframe; two tyres that hang on their spokes; the propeller on the engine's shaft.
    .component_count = 4,
    .simplify = {.error_mm = 0.0022f, .normal_mm = 0.010f, .colour_mm = 0},
    .build = build,
    .skin_mm = 0.030f,
    .wear_mm = 0.10f,
    .finish = biplane_finish,
    .pictures = PICTURES,
    .picture_count = COUNT_OF(PICTURES),
    .shade = biplane_shade,
};
