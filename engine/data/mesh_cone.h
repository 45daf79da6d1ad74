// mesh_cone.h: which way a piece of surface faces: cones around its normals.
//
// A cone is an axis and the sine of the half angle around it. All that it tells of faces away
// from an eye at E if, for every place p where there is some of it,
//
//   dot(p - E, axis) > cutoff * length(p - E)
//
// The axis is in whole 127ths and only about of length 1; `cutoff` makes up for it. Zero is a
// cone around every direction: it never faces away.
//
// Pure; any thread.

#pragma once
#include "base/base.h"

typedef struct MeshCone {
    float axis[3], cutoff;
} MeshCone;

// Around no direction: adds nothing to others. Never in a file.
#define MESH_CONE_NOTHING ((MeshCone){.cutoff = -1})

// Around all directions within `angle` (radians) of a unit vector; around every direction where
// that is too wide to be of use.
MeshCone mesh_cone_make(const float axis[3], float angle);
// One around all of them, hardly wider than it must be. MESH_CONE_NOTHING of none.
MeshCone mesh_cone_around(const MeshCone *cones, uint32_t count);
// Whether `outer` is around all that `inner` is around; a little rounding is no contradiction.
bool mesh_cone_holds(const MeshCone *outer, const MeshCone *inner);
// Whether a direction, of any length, is within `slack` radians of the cone.
bool mesh_cone_has(const MeshCone *cone, const float direction[3], float slack);
// What may stand in a file.
bool mesh_cone_is_sound(const MeshCone *cone);
