// texel_parts.h: what the files of the texel store share. Nobody else includes it.

#pragma once
#include "packer/texel_source.h"
#include "packer/texel_store.h"

enum { TEXEL_BLOCK_SIDE = 128 };

// ---- decoding into strips

// Takes up to TEXEL_BLOCK_SIDE rows of RGBA, from the top; all strips but the last are whole.
typedef Status TexelTakeFn(void *context, uint32_t first_row, uint32_t row_count,
                           const uint8_t *rgba);

typedef struct TexelDecode {
    const TexelSource *source;
    ImageInfo info;
    uint8_t *strip; // room for TEXEL_BLOCK_SIDE rows
    TexelTakeFn *take;
    void *context;
    Cancel *cancel;
} TexelDecode;

NODISCARD Status texel_decode(const TexelDecode *decode, Arena *arena);
NODISCARD Status texel_decode_jpeg(const TexelDecode *decode); // of texel_decode
// How many bytes a texel has in the store: 1 grey, 3, or 4 with alpha.
NODISCARD Status texel_channels(Bytes file, const ImageInfo *info, uint32_t *out);

// ---- the store

typedef struct TexelPicture {
    const char *name;
    uint32_t width, height; // 0: not here
    uint32_t channels;
    uint32_t block_width, block_height; // TEXEL_BLOCK_SIDE, or the picture's if that is less
    uint32_t blocks_across;
    uint64_t offset, size_bytes; // of its blocks in the store
} TexelPicture;

struct TexelStore {
    Arena arena;
    uint32_t picture_count;
    TexelPicture *pictures;
    uint64_t size_bytes;
    uint8_t *memory; // or
    int fd;
};

// Never nothing: the block's texels, for the store or a reader.
static inline uint64_t texel_block_bytes(const TexelPicture *picture)
{
    return (uint64_t)picture->block_width * picture->block_height * picture->channels;
}
