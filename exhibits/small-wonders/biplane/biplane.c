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
    .shade = biplane_shade,
};
