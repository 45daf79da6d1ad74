// scan.c: a scan as it was read.

#include "packer/scan.h"

#include <float.h>
#include <string.h>

static ScanTexture no_texture(void)
{
    return (ScanTexture){.image = SCAN_NONE, .uv_matrix = {1, 0, 0, 0, 1, 0}};
}

ScanMaterial scan_default_material(void)
{
    return (ScanMaterial){
        .name = "",
        .base_color = {1, 1, 1, 1},
        .metallic = 0,
        .roughness = 0.8f,
        .normal_scale = 1,
        .occlusion_strength = 1,
        .alpha_cutoff = 0.5f,
        .base_color_map = no_texture(),
        .metal_rough_map = no_texture(),
        .normal_map = no_texture(),
        .occlusion_map = no_texture(),
        .emissive_map = no_texture(),
    };
}

void scan_bounds(const Scan *scan, float low[3], float high[3])
{
    for (int axis = 0; axis < 3; axis++)
        low[axis] = FLT_MAX, high[axis] = -FLT_MAX;
    for (uint32_t i = 0; i < scan->triangle_count * 3u; i++) {
        const float *position = scan->positions[scan->triangles[i / 3][i % 3]];
        for (int axis = 0; axis < 3; axis++) {
            low[axis] = MIN(low[axis], position[axis]);
            high[axis] = MAX(high[axis], position[axis]);
        }
    }
    if (scan->triangle_count == 0)
        memset(low, 0, 3 * sizeof *low), memset(high, 0, 3 * sizeof *high);
}
