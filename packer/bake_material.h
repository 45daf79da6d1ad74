// bake_material.h: what a scan's materials say of its triangles, and with which pictures.
//
// Pure; any thread.

#pragma once
#include "packer/scan.h"

// What a material may have a picture of.
typedef enum BakeChannel {
    BAKE_COLOR,
    BAKE_GLOSS, // roughness and metal
    BAKE_OCCLUSION,
    BAKE_EMISSION,
    BAKE_NORMAL,
    BAKE_CHANNEL_COUNT
} BakeChannel;

uint32_t bake_material_of(const Scan *scan, uint32_t triangle); // index into scan->materials
// A flag for each material: whether a triangle uses it. In `arena`.
bool *bake_used_materials(const Scan *scan, Arena *arena);

// The material's picture of a channel; NULL where it has none, or the scan no coordinates for
// it.
const ScanTexture *bake_material_map(const Scan *scan, const ScanMaterial *material,
                                     BakeChannel channel);
// Where a triangle's corners lie on a picture.
void bake_material_uvs(const Scan *scan, const ScanTexture *map, uint32_t triangle,
                       float out[3][2]);

// Whether there is anything to say about the surface beyond shape and normals.
bool bake_has_surface(const Scan *scan, const bool *is_used);
bool bake_has_normal_maps(const Scan *scan, const bool *is_used);
// Tells the artist what is shown otherwise than the scan says: see-through materials.
void bake_material_warn(const Scan *scan, const bool *is_used);
