// bake_material.c: what a scan's materials say of its triangles, and with which pictures.

#include "packer/bake_material.h"

#include "base/log.h"

#include <string.h>

uint32_t bake_material_of(const Scan *scan, uint32_t triangle)
{
    return scan->triangle_materials ? scan->triangle_materials[triangle] : 0;
}

bool *bake_used_materials(const Scan *scan, Arena *arena)
{
    bool *is_used = ARENA_ARRAY(arena, bool, scan->material_count);
    if (!scan->triangle_materials)
        is_used[0] = true;
    for (uint32_t t = 0; scan->triangle_materials && t < scan->triangle_count; t++)
        is_used[scan->triangle_materials[t]] = true;
    return is_used;
}

// ---- pictures

static const ScanTexture *map_of(const ScanMaterial *material, BakeChannel channel)
{
    switch (channel) {
    case BAKE_COLOR:
        return &material->base_color_map;
    case BAKE_GLOSS:
        return &material->metal_rough_map;
    case BAKE_OCCLUSION:
        return &material->occlusion_map;
    case BAKE_EMISSION:
        return &material->emissive_map;
    case BAKE_NORMAL:
        return &material->normal_map;
    case BAKE_CHANNEL_COUNT:
        break;
    }
    return NULL;
}

const ScanTexture *bake_material_map(const Scan *scan, const ScanMaterial *material,
                                     BakeChannel channel)
{
    const ScanTexture *map = map_of(material, channel);
    // Without light there is neither gloss nor shadow, and nothing glows beside the colour.
    if (material->is_unlit && channel != BAKE_COLOR)
        return NULL;
    return map->image == SCAN_NONE || !scan->uvs[map->uv_set] ? NULL : map;
}

void bake_material_uvs(const Scan *scan, const ScanTexture *map, uint32_t triangle,
                       float out[3][2])
{
    const float *m = map->uv_matrix;
    for (int i = 0; i < 3; i++) {
        const float *uv = scan->uvs[map->uv_set][scan->triangles[triangle][i]];
        out[i][0] = m[0] * uv[0] + m[1] * uv[1] + m[2];
        out[i][1] = m[3] * uv[0] + m[4] * uv[1] + m[5];
    }
}

// ---- the whole scan

static bool is_plain(const Scan *scan, const ScanMaterial *material)
{
    ScanMaterial plain = scan_default_material();
    for (BakeChannel channel = 0; channel < BAKE_NORMAL; channel++) {
        if (bake_material_map(scan, material, channel))
            return false;
    }
    return memcmp(material->base_color, plain.base_color, 3 * sizeof(float)) == 0 &&
           memcmp(material->emissive, plain.emissive, sizeof plain.emissive) == 0 &&
           material->metallic == plain.metallic && material->roughness == plain.roughness;
}

bool bake_has_surface(const Scan *scan, const bool *is_used)
{
    bool has_surface = scan->colors || scan->surfaces;
    for (uint32_t i = 0; i < scan->material_count; i++)
        has_surface |= is_used[i] && !is_plain(scan, &scan->materials[i]);
    return has_surface;
}

bool bake_has_normal_maps(const Scan *scan, const bool *is_used)
{
    bool has_maps = false;
    for (uint32_t i = 0; i < scan->material_count; i++)
        has_maps |= is_used[i] && bake_material_map(scan, &scan->materials[i], BAKE_NORMAL);
    return has_maps;
}

void bake_material_warn(const Scan *scan, const bool *is_used)
{
    for (uint32_t i = 0; i < scan->material_count; i++) {
        if (is_used[i] && scan->materials[i].alpha != SCAN_ALPHA_OPAQUE)
            log_line(LOG_WARN, "material %u%s%s is see-through; it is shown opaque", i,
                     scan->materials[i].name[0] ? ", " : "", scan->materials[i].name);
    }
}
