// knot.h: a knotted tube with bumps, full of hollows, for tests that go close to surfaces.
//
// Pure; any thread.

#pragma once
#include "packer/scan.h"

// 162,000 triangles, six metres across. In `arena`.
Scan knot_make(Arena *arena);
