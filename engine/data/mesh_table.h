// mesh_table.h: what mesh.c and mesh_table.c share: the blocks of a sculpture's tables.
//
// For those two; everybody else includes mesh.h.

#pragma once
#include "data/mesh.h"

// Of a block with these counts.
uint32_t mesh_block_bytes(const MeshBlock *block);
// Into mesh_block_bytes() bytes.
void mesh_write_block(const MeshGraph *graph, uint32_t block, uint8_t *into);

// Whether a child is nested in its parent; `numbers` of the two are for the sentence.
NODISCARD Status mesh_check_child(const MeshGroup *parent, const MeshGroup *child,
                                  const uint32_t numbers[2]);
