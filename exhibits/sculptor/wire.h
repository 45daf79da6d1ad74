// wire.h: tubes thinner than any grid: stays, spokes, handrails.
//
// Pure; any thread.

#pragma once
#include "exhibits/sculptor/sculpt.h"

// Appends the closed tube around a shape_cone part to a sculpture whose arrays have room for it
// (wire_size).
void wire_sweep(const Field *field, uint32_t part, Sculpture *out);
void wire_size(const Part *part, size_t *vertices, size_t *indices);
