// nut.h: "A World in a Nut": half of an opened prayer nut with a town in it, 53 mm high.
//
//     nut.c      the shell, its rim with letters, foot, hinge; the piece
//     gothic.c   shapes a mason would know: lancets, roses, tiled roofs, walls, spires
//     shell.c    the tracery on the back         sky.c   sun, moon, stars, clouds
//     minster.c  the church                      town.c  ground, houses, wall
//     people.c   who lives there                 river.c stairs, water, boat, fish
//     look.c     colour, gloss, traces of tools
//
// The scene stands upright around NUT_CENTRE: x to the right, y up, z towards the viewer.

#pragma once
#include "exhibits/sculptor/noise.h"
#include "exhibits/sculptor/piece.h"
#include "exhibits/sculptor/shapes.h"

typedef enum NutMaterial {
    NUT_WOOD,
    NUT_WALL,
    NUT_TIMBER, // walls with beams, stained
    NUT_ROOF,
    NUT_GROUND,
    NUT_SKY,
    NUT_FIGURE,
    NUT_GLASS,  // the dark behind windows
    NUT_RECESS, // the ground of tracery
    NUT_INK,
    NUT_GOLD
} NutMaterial;

#define NUT_CENTRE v3(0, 28, 0)
#define NUT_RADIUS 24.0f
#define NUT_HOLLOW 20.8f
#define NUT_FACE_OFFSET 3.0f // of the opened face from the centre

extern const Piece NUT_PIECE;

// Out of the opened face, towards the viewer and a little up.
Vec3 nut_face_normal(void);
// From the scene's coordinates to the piece's.
Vec3 nut_at(float x, float y, float z);
// A frame in the scene: `along` points to its back and `up` is up, turned about y by radians.
Frame nut_frame(Vec3 origin, float turn);
#define NUT_WATER -15.4f // the river's level, in the scene
// Where the rock under the wall ends, towards the viewer: z for an x and y.
float nut_crag(Vec3 p);
// How high the ground is at a place of the scene.
float nut_ground(float x, float z);
// Whether a point of the scene is in the hollow, `margin` from its wall and its opening.
bool nut_is_free(Vec3 scene, float margin);

void nut_add_shell_tracery(Field *field);
void nut_add_sky(Field *field);
void nut_add_minster(Field *field);
void nut_add_town(Field *field);

void nut_add_river(Field *field, float gate_x);

typedef struct NutPerson {
    Vec3 foot; // in the scene
    float high, turn;
    bool has_staff;
} NutPerson;
void nut_add_person(Field *field, const NutPerson *person);
void nut_add_cat(Field *field, Vec3 scene);

void nut_finish(const void *context, const Field *field, const FieldPoints *at,
                const uint32_t *parts, float *restrict outwards_mm);
void nut_shade(const void *context, const Field *field, SculptVertex *vertex);
