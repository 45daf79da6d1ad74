// import_gltf_accessor.h: glTF's accessors -> numbers.
//
// All component types, normalized or not, sparse ones too. One thread.

#pragma once
#include "packer/import_gltf_document.h"

typedef enum GltfComponent {
    GLTF_INT8 = 5120,
    GLTF_UINT8 = 5121,
    GLTF_INT16 = 5122,
    GLTF_UINT16 = 5123,
    GLTF_UINT32 = 5125,
    GLTF_FLOAT = 5126,
} GltfComponent;

typedef struct GltfSparse {
    uint64_t count;
    GltfComponent index_component;
    const uint8_t *indices, *values;
} GltfSparse;

// Checked: every item of it lies inside the file.
typedef struct GltfAccessor {
    JsonValue json;
    uint64_t count;
    GltfComponent component;
    int component_count; // 1, 2, 3, 4, 9 or 16
    bool is_normalized;
    const uint8_t *items; // NULL: all zero
    size_t stride;
    GltfSparse sparse;
} GltfAccessor;

// What an accessor says of itself, without looking at its data: for Draco, which brings its
// own.
NODISCARD Status gltf_describe_accessor(GltfDocument *document, uint32_t index,
                                        GltfAccessor *out);
NODISCARD Status gltf_open_accessor(GltfDocument *document, uint32_t index, GltfAccessor *out);

// All items as floats, `component_count` of them each, one item every `step` floats.
void gltf_read_floats(const GltfAccessor *accessor, float *out, size_t step);
// All items of a SCALAR accessor of unsigned integers. ERR_CORRUPT for another kind.
NODISCARD Status gltf_read_indices(const GltfAccessor *accessor, uint32_t *out);

// An integer component as glTF's normalisation reads it.
float gltf_normalized(GltfComponent component, double value);
