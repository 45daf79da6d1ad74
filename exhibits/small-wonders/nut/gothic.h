// gothic.h: shapes a mason of the middle ages would know, each as one part. Millimetres.
//
// Frames of openings: across is to the right, along is up the wall, up points out of it; the
// origin is the middle of the sill. They reach `deep` to both sides of the wall's face.
// Frames of bodies: across and along lie flat, up is up; the origin is the middle of the foot.

#pragma once
#include "exhibits/sculptor/shapes.h"

// A pointed arch over upright sides that are `rise` high.
Part gothic_lancet(Frame frame, float half, float rise, float deep);
// A row of 2 x `more` + 1 lancets, `pitch` apart.
Part gothic_arcade(Frame frame, float half, float rise, float pitch, int more, float deep);
// What the glazier fills in a window of two lights under a quatrefoil: stone is what remains.
Part gothic_window(Frame frame, float half, float rise, float deep);
// Petals and eyes of a rose around the origin.
Part gothic_rose(Frame frame, float radius, int petals, float deep);
// A foil of `lobes` round lobes around the origin.
Part gothic_foil(Frame frame, float radius, int lobes, float deep);
// A star of `points` rays.
Part gothic_star(Frame frame, float radius, int points, float deep);

// A gable roof: `half.x` to the eaves, `half.y` along the ridge, `half.z` from eaves to ridge;
// scalloped tiles `tile` apart.
Part gothic_roof(Frame frame, Vec3 half, float tile);

typedef enum GothicWall { WALL_SMOOTH, WALL_ASHLAR, WALL_TIMBER } GothicWall;
// half.x by half.y around the origin, half.z is the whole height.
Part gothic_block(Frame frame, Vec3 half, GothicWall wall, float course);
// How far a timber block's beams stand out at a place: 1 on a beam, 0 between.
float gothic_timber_at(const Part *part, Vec3 world);

// A pyramid of eight sides (or four), with bands; and a prism of eight.
Part gothic_spire(Frame frame, float radius, float height, int sides);
Part gothic_drum(Frame frame, float radius, float height);
