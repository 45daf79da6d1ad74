// import_gltf_document.h: an open glTF document, shared by the modules that read its parts.
//
// The parts are read when something uses them, so what nobody uses is not looked at. One
// thread.

#pragma once
#include "data/json.h"
#include "packer/import_job.h"

enum {
    GLTF_MAX_JSON_BYTES = 64 * 1024 * 1024,
    GLTF_MAX_JSON_DEPTH = 64,
    GLTF_MAX_ITEMS = 1 << 20, // of each kind
    GLTF_UNKNOWN = -2,        // not read yet
};

typedef struct GltfBuffer {
    Bytes bytes;
    bool is_read;
} GltfBuffer;

typedef struct GltfDocument {
    ImportJob *job;
    JsonDocument json;
    Bytes binary; // the GLB's own chunk
    bool has_binary;

    // Absent or arrays.
    JsonValue accessors, views, buffers, images, textures, samplers, materials, meshes, nodes,
        skins, scenes;

    // In job->temporary, one for each item of the array.
    GltfBuffer *read_buffers;
    GltfBuffer *decoded_views; // of EXT_meshopt_compression
    int32_t *read_images;      // index into the job's images, SCAN_NONE or GLTF_UNKNOWN
    int32_t *read_materials;   // index into the job's materials or GLTF_UNKNOWN
    int32_t plain_material;    // the same for primitives without a material
} GltfDocument;

// An index into `array` under `key`; *out stays as it is where that is absent and optional.
NODISCARD Status gltf_get_index(JsonValue object, const char *key, JsonNeed need,
                                JsonValue array, uint32_t *out);
// A size, count or offset.
NODISCARD Status gltf_get_size(JsonValue object, const char *key, JsonNeed need, uint64_t *out);
// The object of an extension; absent where it is not used here. ERR_INVALID if no object.
NODISCARD Status gltf_get_extension(JsonValue object, const char *name, JsonValue *out);
