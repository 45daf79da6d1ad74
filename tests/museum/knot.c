// knot.c: a knotted tube with bumps.

#include "knot.h"

#include "data/geometry.h"

#include <math.h>
#include <string.h>

Scan knot_make(Arena *arena)
{
    enum { ALONG = 900, AROUND = 90 };
    Scan scan = {.vertex_count = ALONG * AROUND,
                 .triangle_count = 2 * ALONG * AROUND,
                 .positions = arena_alloc(arena, ALONG * AROUND * 12, 4),
                 .triangles = arena_alloc(arena, 2 * ALONG * AROUND * 12, 4),
                 .material_count = 1,
                 .materials = ARENA_NEW(arena, ScanMaterial),
                 .metres_per_unit = 1};
    scan.materials[0] = scan_default_material();
    for (uint32_t i = 0; i < ALONG; i++) {
        double t = 2 * M_PI * i / ALONG, middle[3], ahead[3], side[3], up[3];
        for (int k = 0; k < 2; k++) {
            double at = t + k * 1e-4, far = 2 + cos(3 * at), *out = k ? ahead : middle;
            out[0] = far * cos(2 * at);
            out[1] = far * sin(2 * at);
            out[2] = sin(3 * at);
        }
        sub3(ahead, middle, ahead);
        normalize3(ahead);
        cross3(ahead, (double[3]){0.1, 0.2, 1}, side);
        normalize3(side);
        cross3(side, ahead, up);
        for (uint32_t j = 0; j < AROUND; j++) {
            double a = 2 * M_PI * j / AROUND;
            double radius = 0.42 + 0.03 * sin(40 * t) * cos(6 * a);
            for (int k = 0; k < 3; k++)
                scan.positions[i * AROUND + j][k] =
                    (float)(middle[k] + radius * (cos(a) * side[k] + sin(a) * up[k]));
            uint32_t next = (i + 1) % ALONG * AROUND, on = (j + 1) % AROUND, here = i * AROUND;
            uint32_t(*to)[3] = &scan.triangles[2 * (here + j)];
            memcpy(to[0], (uint32_t[3]){here + j, next + j, next + on}, 12);
            memcpy(to[1], (uint32_t[3]){here + j, next + on, here + on}, 12);
        }
    }
    return scan;
}
