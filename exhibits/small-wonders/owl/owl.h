// owl.h: "The Watcher": a horned owl on a stump, 50 mm, carved as if in boxwood.
//
//     owl.c      the form, the face, the feet      plumage.c  the feathers' order
//     stump.c    bark, rings, the small guests     wood.c     colour, gloss, traces of tools

#pragma once
#include "exhibits/sculptor/piece.h"

typedef enum OwlMaterial {
    OWL_WOOD,
    OWL_FEATHER,
    OWL_FLIGHT, // long feathers of wing and tail
    OWL_FACE,   // bristles of the discs
    OWL_HORN,   // beak and talons, inlaid
    OWL_EYE,    // amber
    OWL_PUPIL,
    OWL_LID,
    OWL_TOE,
    OWL_BARK,
    OWL_RINGS, // the stump's cut top
    OWL_FUNGUS,
    OWL_SNAIL,
    OWL_SHELL,
    OWL_INK // letters rubbed with soot
} OwlMaterial;

enum { OWL_EYES = 2 };

typedef struct Owl {
    Field body, wings[2], head; // the forms, to know where a tract ends
    Field whole;                // all of them as they grow together: feathers lie on this
    Frame head_frame, eyes[OWL_EYES];
    Arena *arena;
    uint16_t next_tag;
    Vec3 *covered; // middles of the feathers laid so far
    size_t covered_count, covered_capacity;
} Owl;

extern const Piece OWL_PIECE;

Vec3 owl_head_point(const Owl *owl, float x, float y,
                    float z); // head's directions to the world
Vec3 owl_head_direction(const Owl *owl, float x, float y, float z);

void owl_add_plumage(Owl *owl, Field *field);
void owl_add_stump(Field *field, Arena *arena);

void owl_finish(const void *context, const Field *field, const FieldPoints *at,
                const uint32_t *parts, float *restrict outwards_mm);
void owl_shade(const void *context, const Field *field, SculptVertex *vertex);
