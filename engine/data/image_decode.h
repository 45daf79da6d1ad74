// image_decode.h: the picture libraries, one function each. Only image.c calls them.
//
// The caller has read the header and checked the limits; `rgba` has room for the whole picture.
// ERR_CORRUPT if the library finds anything wrong, or another size than the header's. Any
// thread.

#pragma once
#include "data/image.h"

// `bits` 8 or 16 a channel, in the machine's byte order.
NODISCARD Status image_decode_png(Bytes file, const ImageInfo *info, int bits, void *rgba);
NODISCARD Status image_decode_jpeg(Bytes file, const ImageInfo *info, uint8_t *rgba);
NODISCARD Status image_decode_webp(Bytes file, const ImageInfo *info, uint8_t *rgba);
