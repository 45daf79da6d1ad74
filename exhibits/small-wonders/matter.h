// matter.h: what the machines of the collection seem to be made of: metals, paint, wood, dials.
//
// Places are in millimetres, in whatever directions the piece is built in. Pure; any thread.

#pragma once
#include "exhibits/sculptor/contour.h"

typedef struct MatterLook {
    Vec3 colour;
    float roughness, metallic;
} MatterLook;

// A share of b; t is held to 0..1.
Vec3 matter_mix(Vec3 a, Vec3 b, float t);
// How far x is from the nearest multiple of `apart`.
float matter_nearest(float x, float apart);
// How dirty a place is: 1 where nobody ever wiped.
float matter_grime(const SculptVertex *v);

MatterLook matter_aluminium(const SculptVertex *v, Vec3 p);
MatterLook matter_steel(const SculptVertex *v, Vec3 p);
MatterLook matter_iron(const SculptVertex *v, Vec3 p);
MatterLook matter_brass(const SculptVertex *v, Vec3 p);
MatterLook matter_copper(const SculptVertex *v, Vec3 p);
// Boards whose fibres run along y of `grain`.
MatterLook matter_wood(const SculptVertex *v, Vec3 grain, Vec3 pale, Vec3 dark, float gloss);

// Enamel over a metal, rubbed through on edges and sprung off here and there.
typedef struct MatterPaint {
    Vec3 bright, dark, primer;
    float edge;   // curvature, 1/mm, at which it begins to be rubbed through
    float sprung; // of the noise that chips it: 0.46 is much, 0.6 almost none
} MatterPaint;
MatterLook matter_enamel(const SculptVertex *v, Vec3 p, const MatterPaint *paint,
                         const MatterLook *under);

// From a point to the strokes of a word written around the origin.
float matter_word(const char *word, float high, float x, float y);

// An instrument's white face.
typedef struct MatterDial {
    float radius;
    const char *name;
    float needle; // radians from straight up, with the clock
    int marks;    // 12 is a clock
} MatterDial;
// x and y in radii, to the right and up.
MatterLook matter_dial(const MatterDial *dial, float x, float y);
