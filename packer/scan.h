// scan.h: a scan as it was read: one triangle soup with materials, before anything is baked.
//
// Importers fill it; the bake_* modules turn it into clusters and pages. Everything in a Scan
// lives in the arena it was read into and is never changed after the importer returns it.
// Metres, right-handed, Y up; triangles are counter-clockwise seen from outside. Texture
// coordinates are glTF's: (0, 0) is the upper left corner of the first texel of the picture.

#pragma once
#include "base/str.h"

enum { SCAN_NONE = -1 };

typedef enum ScanWrap { SCAN_WRAP_REPEAT, SCAN_WRAP_CLAMP, SCAN_WRAP_MIRROR } ScanWrap;

// A use of an image by a material.
typedef struct ScanTexture {
    int32_t image;      // index into Scan.images, or SCAN_NONE
    int32_t uv_set;     // 0 or 1
    float uv_matrix[6]; // u' = m0 u + m1 v + m2, v' = m3 u + m4 v + m5 (KHR_texture_transform)
    ScanWrap wrap_u, wrap_v;
} ScanTexture;

typedef enum ScanAlpha { SCAN_ALPHA_OPAQUE, SCAN_ALPHA_MASK, SCAN_ALPHA_BLEND } ScanAlpha;

// Metal-rough, as glTF 2.0 section 3.9 defines it. Factors multiply what the textures say.
typedef struct ScanMaterial {
    const char *name;    // "" where the file names none
    float base_color[4]; // linear
    float metallic, roughness;
    float emissive[3];  // linear
    float normal_scale; // x and y of the normal map
    float occlusion_strength;
    ScanAlpha alpha;
    float alpha_cutoff;
    bool is_unlit;
    bool is_double_sided;
    ScanTexture base_color_map;  // sRGB, alpha in a
    ScanTexture metal_rough_map; // roughness in g, metal in b
    ScanTexture normal_map;      // tangent space, +Y up
    ScanTexture occlusion_map;   // r
    ScanTexture emissive_map;    // sRGB
} ScanMaterial;

typedef struct ScanImage {
    const char *name; // path or "buffer view 3", for sentences
    Bytes encoded;    // PNG, JPEG or WebP as it lay in the file; its header was probed
    const char *path; // of large ones, which stay in their file: `encoded` is empty then
    uint64_t offset_bytes, size_bytes; // in the file
} ScanImage;

// Optional arrays are NULL. Every index is below vertex_count, every material below
// material_count, every float finite and at most SCAN_MAX_COORDINATE_M in size: the importer
// has checked it, so that nobody after it must.
typedef struct Scan {
    uint32_t vertex_count;
    uint32_t triangle_count;
    float (*positions)[3];
    float (*normals)[3]; // unit length, or zero where the file had none
    float (*uvs[2])[2];
    uint8_t (*colors)[4];   // sRGB as stored; glTF's linear colours are converted
    uint8_t (*surfaces)[4]; // roughness, metal, occlusion, spare: of PLY files that bring them
    uint32_t (*triangles)[3];
    uint16_t *triangle_materials; // NULL: all use material 0

    uint32_t material_count; // at least 1
    ScanMaterial *materials;
    uint32_t image_count;
    ScanImage *images;

    // What the record wants to know.
    const char *format;       // "PLY", "glTF 2.0", ...
    const char *title;        // from the file, or NULL
    const char *author;       // from the file (glTF asset.extras or copyright), or NULL
    const char *copyright;    // asset.copyright, or NULL
    const char *license;      // asset.extras.license, or NULL
    const char *source;       // asset.extras.source: where it was got, or NULL
    const char *generator;    // the program that wrote it, or NULL
    double metres_per_unit;   // what was applied
    uint32_t companion_count; // files read beside it: buffers, pictures, material libraries
    const char **companions;  // their paths, relative to the scan's folder, each once
    // Counted while reading, reported to the artist.
    uint64_t dropped_triangles; // of fewer than three distinct corners, or not finite
} Scan;

#define SCAN_MAX_COORDINATE_M 1e6f
enum {
    SCAN_MAX_TRIANGLES = 1 << 28,
    SCAN_MAX_MATERIALS = 4096,
    SCAN_MAX_IMAGES = 4096,
    SCAN_MAX_IMAGE_SIDE = 65536,
};

// A material that says nothing: white, rough, no metal, no maps.
ScanMaterial scan_default_material(void);
// The smallest box around all vertices that a triangle uses.
void scan_bounds(const Scan *scan, float low[3], float high[3]);
