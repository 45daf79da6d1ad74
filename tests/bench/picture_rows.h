// picture_rows.h: writes a picture row by row, so that it need not fit into memory.
//
// PNG (exact) or JPEG (quality 95, no chroma thinned), by the name's end. One thread.

#pragma once
#include "base/arena.h"
#include "base/status.h"

typedef struct PictureRows PictureRows;

// JPEG: both sides multiples of 8 and at most 65,528. Lives in `arena`; close it.
NODISCARD Status picture_rows_open(Arena *arena, const char *path, uint32_t width,
                                   uint32_t height, PictureRows **out);
// The next rows, three bytes a texel. JPEG takes them eight at a time: a multiple of 8.
NODISCARD Status picture_rows_add(PictureRows *rows, const uint8_t *rgb, uint32_t count);
// ERR_IO if not all rows came, or not everything could be written.
NODISCARD Status picture_rows_close(PictureRows *rows);
