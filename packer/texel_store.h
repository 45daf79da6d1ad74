// texel_store.h: the pictures of a scan as blocks of texels, whatever their size.
//
//   PNG, JPEG   rows, 128 at a time      +--+--+--+
//   WebP        whole                    |  |  |  |   blocks of 128 x 128 texels, one after the
//                                        +--+--+--+   other, in memory or in a temporary file
//                                        |  |  |  |
//                                        +--+--+--+
//
// Decoding is the same, to the bit, as that of data/image.h. Sets that are small lie in memory,
// others in a file that has no name any more: it is gone when the program ends, however that
// comes about. Its room is taken before anything is decoded, so a full disk is found at once.
//
// A store is made and dropped by one thread. Once made it does not change: any number of
// threads read it, each with a reader of its own.

#pragma once
#include "io/thread.h"
#include "packer/scan.h"

typedef struct TexelStore TexelStore;

typedef struct TexelStoreDesc {
    const Scan *scan;      // stays until the store is made
    const bool *is_used;   // a material each (bake_used_materials): whose pictures are wanted;
                           // NULL: all pictures
    const char *folder;    // of the temporary file where TMPDIR is not set; NULL: /tmp
    uint64_t memory_bytes; // decoded, that may stay in memory; 0: 256 MiB
    int worker_limit;      // pictures decoded at once; 0: one a core
    Cancel *cancel;        // or NULL
} TexelStoreDesc;

// ERR_LIMIT: a side above SCAN_MAX_IMAGE_SIDE, or too large for a kind that cannot be read in
// rows (interlaced, progressive). ERR_IO: no room; the sentence says where and how much. Others
// as image_decode, with the picture's name.
NODISCARD Status texel_store_make(const TexelStoreDesc *desc, TexelStore **out);
void texel_store_drop(TexelStore *store); // after its readers; NULL is fine

typedef struct TexelSize {
    uint32_t width, height; // 0: not wanted, so not here
} TexelSize;

TexelSize texel_store_size(const TexelStore *store, int32_t image);
uint64_t texel_store_bytes(const TexelStore *store); // of all blocks together
bool texel_store_is_file(const TexelStore *store);

// ---- reading: a reader belongs to one thread; it keeps up to 16 MiB of blocks at hand

typedef struct TexelReader TexelReader;

// In `arena`; nothing to drop.
TexelReader *texel_reader_make(const TexelStore *store, Arena *arena);

typedef struct TexelRect {
    int32_t image;
    ScanWrap wrap_u, wrap_v; // where it reaches beyond the picture
    int32_t x, y;            // may be negative
    uint32_t width, height;
} TexelRect;

// Rows from the top, four bytes a texel, no padding; grey became RGB, absent alpha opaque.
// ERR_IO: the file could not be read.
NODISCARD Status texel_read(TexelReader *reader, const TexelRect *rect, uint8_t (*out)[4]);

// As bake_picture_sample: bilinear, the map's own picture and wraps, `of_byte` says what each
// value stands for.
NODISCARD Status texel_sample(TexelReader *reader, const ScanTexture *map,
                              const float of_byte[256], const float uv[2], float out[3]);
