// feather.h: one feather laid on a form, as the carver leaves it: quill, barbs, a raised tip.

#pragma once
#include "exhibits/sculptor/shapes.h"

typedef struct Feather {
    Vec3 base;      // on the form
    Vec3 direction; // towards the tip; made tangent to the form
    float length_mm, base_half_mm, tip_half_mm, thick_mm;
    float base_lift_mm, tip_lift_mm; // above the form
    float barb_mm;                   // from barb to barb; 0 is smooth
    float quill_mm;                  // how high the quill stands
    float under_mm; // the wood left under the tip, down to the form; 0 is a free blade
    uint8_t material;
    uint16_t tag;
} Feather;

// Bends the feather along and across as `form` bends, and adds it to `field`.
void feather_lay(Field *field, const Field *form, const Feather *feather);
// The place on the form under p.
Vec3 feather_ground(const Field *form, Vec3 p);
