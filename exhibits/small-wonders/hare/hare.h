// hare.h: "The Hare Who Kept the Moon": a netsuke of 38 mm, carved as if in boxwood.
//
//     hare.c    the form: body, limbs, bodies inlaid     head.c   head, ears, eyes
//     fur.c     strokes that follow the body's flow      under.c  cord holes, signature, guest
//     look.c    colour, gloss, wear, the moon
//
// It is carved lying along x, the head at -x, and bent so that its back curves away from
// whoever looks from +z; it stands on a peg, so that one sees it from below, too.

#pragma once
#include "exhibits/sculptor/piece.h"
#include "exhibits/sculptor/shapes.h"

typedef enum HareMaterial {
    HARE_WOOD,
    HARE_EAR,  // the hollows of the ears
    HARE_CLAW, // and nostrils: stained almost black
    HARE_LID,
    HARE_FUR,   // a stroke's ground
    HARE_CORD,  // where the cord went: polished
    HARE_FIELD, // the oval that was left smooth for the name
    HARE_SIGN,  // the name's strokes
    HARE_EYE,   // horn
    HARE_ANT,
    HARE_BRASS // the peg
} HareMaterial;

enum { HARE_EYES = 2 };

#define HARE_LIFT_MM 13.0f // the ground under the hare, above the ground of the piece
#define HARE_EYE_MM 1.95f

typedef struct Hare {
    Frame head;            // along: forwards, up: up, across: to its left (a mirrored frame)
    Frame eyes[HARE_EYES]; // up: where it looks; along: up; [1] is on its left
} Hare;

extern const Piece HARE_PIECE;

// From the body's straight directions to the piece's: bent and lifted.
Vec3 hare_point(float x, float y, float z);
Vec3 hare_direction(float x, Vec3 way); // at a place along the body
Vec3 hare_head_point(const Hare *hare, float forwards, float up, float left);
Vec3 hare_head_direction(const Hare *hare, float forwards, float up, float left);

Blade hare_ear(const Hare *hare, float side); // -1 its right, 1 its left
Vec3 hare_ear_point(const Blade *ear, float t, float up);

void hare_place_head(Hare *hare);
void hare_add_head(const Hare *hare, Field *field);
void hare_add_ears(const Hare *hare, Field *field);
void hare_add_fur(const Hare *hare, Field *field, Arena *arena); // after the whole form
void hare_carve_under(Field *field, Arena *arena);
// Bodies of their own.
void hare_add_mount(Field *field, Arena *arena);
void hare_add_ant(Field *field, Arena *arena);

// How much of a place is moon: mother-of-pearl let into the horn of an eye, seen from the front
// in mm from its middle, right and up. Its left eye holds the full one, its right the new one;
// `hare` is how much of the place is the one who lives there.
typedef struct HareMoon {
    float pearl, hare;
} HareMoon;
HareMoon hare_moon(int eye, float x, float y);

void hare_finish(const void *context, const Field *field, const FieldPoints *at,
                 const uint32_t *parts, float *restrict outwards_mm);
void hare_shade(const void *context, const Field *field, SculptVertex *vertex);
