// import_gltf_buffer.h: glTF's buffers, buffer views and URIs -> bytes.
//
// Bytes live as long as the job. One thread.

#pragma once
#include "packer/import_gltf_document.h"

typedef struct GltfView {
    Bytes bytes;
    uint32_t stride; // 0: items stand side by side
} GltfView;

// The bytes of a buffer view, decompressed where EXT_meshopt_compression says so.
NODISCARD Status gltf_read_view(GltfDocument *document, uint32_t index, GltfView *out);

// True for "data:" URIs.
bool gltf_is_data_uri(const char *uri);
// What a "data:" URI holds.
NODISCARD Status gltf_decode_data_uri(JsonValue at, const char *uri, Arena *arena, Bytes *out);
// A relative URI as a file name: "%20" becomes a blank.
NODISCARD Status gltf_decode_file_uri(JsonValue at, const char *uri, Arena *arena,
                                      const char **out);
