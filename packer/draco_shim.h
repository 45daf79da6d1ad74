// draco_shim.h: Draco's decoder, which Debian ships as a C++ library only, for C.
//
// Whoever calls this has checked what the compressed header claims (import_gltf_draco.c). No
// exception comes out; running out of memory is a refusal like any other. Any thread.

#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct DracoMesh DracoMesh;

// NULL if the bytes do not decode; *why is a sentence then, at most `why_size` bytes.
DracoMesh *draco_shim_decode(const uint8_t *bytes, size_t len, char *why, size_t why_size);
void draco_shim_drop(DracoMesh *mesh); // NULL is fine

uint32_t draco_shim_vertex_count(const DracoMesh *mesh);
uint32_t draco_shim_triangle_count(const DracoMesh *mesh);
// Three for each triangle, each below the vertex count.
void draco_shim_read_triangles(const DracoMesh *mesh, uint32_t *out);

// One value of `component_count` floats for each vertex, one every `step` floats; integers come
// as they are stored. False if there is no such attribute, or with fewer components.
bool draco_shim_read_attribute(const DracoMesh *mesh, uint32_t unique_id, int component_count,
                               float *out, size_t step);

#ifdef __cplusplus
}
#endif
