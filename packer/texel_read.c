// texel_read.c: texels out of a store.

#include "packer/bake_picture.h"
#include "packer/texel_parts.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum {
    WAYS = 4,        // slots a block may be in
    SETS_A_SIDE = 8, // 8 x 8 neighbouring blocks do not compete
    SETS = SETS_A_SIDE * SETS_A_SIDE,
    MAX_BLOCK_BYTES = TEXEL_BLOCK_SIDE * TEXEL_BLOCK_SIDE * 4
};

typedef struct Slot {
    int64_t offset;     // in the store, or -1
    uint64_t last_used; // the reader's clock
} Slot;

struct TexelReader {
    const TexelStore *store;
    uint64_t clock;
    uint8_t *bytes; // MAX_BLOCK_BYTES a slot; NULL where the store is memory
    Slot slots[SETS][WAYS];
};

TexelReader *texel_reader_make(const TexelStore *store, Arena *arena)
{
    TexelReader *reader = ARENA_NEW(arena, TexelReader);
    reader->store = store;
    for (size_t i = 0; i < SETS * WAYS; i++)
        reader->slots[i / WAYS][i % WAYS].offset = -1;
    if (!store->memory)
        reader->bytes = arena_alloc_raw(arena, (size_t)SETS * WAYS * MAX_BLOCK_BYTES, 64);
    return reader;
}

// ---- blocks

NODISCARD static Status load_block(const TexelStore *store, int64_t offset, size_t size_bytes,
                                   uint8_t *out)
{
    while (size_bytes) {
        ssize_t got = pread(store->fd, out, size_bytes, offset);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return FAIL(ERR_IO, "the temporary file of the pictures cannot be read: %s",
                        got ? strerror(errno) : "it became shorter");
        out += got;
        offset += got;
        size_bytes -= (size_t)got;
    }
    return OK;
}

// The block of the texel (x, y). Valid until the next is asked for.
NODISCARD static Status find_block(TexelReader *reader, const TexelPicture *picture, uint32_t x,
                                   uint32_t y, const uint8_t **out)
{
    uint32_t across = x / TEXEL_BLOCK_SIDE, down = y / TEXEL_BLOCK_SIDE;
    uint64_t index = (uint64_t)down * picture->blocks_across + across;
    int64_t offset = (int64_t)(picture->offset + index * texel_block_bytes(picture));
    if (reader->store->memory) {
        *out = reader->store->memory + offset;
        return OK;
    }
    uint32_t set = across % SETS_A_SIDE + down % SETS_A_SIDE * SETS_A_SIDE;
    Slot *slots = reader->slots[set];
    uint32_t way = 0;
    for (uint32_t i = 0; i < WAYS; i++) {
        if (slots[i].offset == offset) {
            way = i;
            break;
        }
        if (slots[i].last_used < slots[way].last_used)
            way = i;
    }
    uint8_t *bytes = reader->bytes + (set * WAYS + way) * (size_t)MAX_BLOCK_BYTES;
    if (slots[way].offset != offset) {
        slots[way].offset = -1;
        TRY(load_block(reader->store, offset, texel_block_bytes(picture), bytes));
        slots[way].offset = offset;
    }
    slots[way].last_used = ++reader->clock;
    *out = bytes;
    return OK;
}

static const TexelPicture *picture_at(const TexelReader *reader, int32_t image)
{
    ASSERT(image >= 0 && (uint32_t)image < reader->store->picture_count);
    const TexelPicture *picture = &reader->store->pictures[image];
    ASSERT(picture->width);
    return picture;
}

// ---- rectangles

// Neighbours in a row or column of the rectangle that are neighbours in one block too, or one
// and the same texel.
typedef struct Run {
    uint32_t out, source, count;
    int32_t step; // 1, -1 in a mirror, 0 beyond a clamped edge
} Run;

static Run find_run(int64_t place, uint32_t left, ScanWrap wrap, uint32_t size)
{
    bool is_back = false;
    if (wrap == SCAN_WRAP_CLAMP) {
        if (place < 0)
            return (Run){.source = 0, .count = (uint32_t)MIN(-place, (int64_t)left)};
        if (place >= size)
            return (Run){.source = size - 1, .count = left};
    } else {
        int64_t period = wrap == SCAN_WRAP_MIRROR ? 2 * (int64_t)size : size;
        place = (place % period + period) % period;
        is_back = place >= size;
        if (is_back)
            place = period - 1 - place;
    }
    uint32_t source = (uint32_t)place, first = source & ~(TEXEL_BLOCK_SIDE - 1u);
    uint32_t room = is_back ? source - first + 1 : MIN(first + TEXEL_BLOCK_SIDE, size) - source;
    return (Run){.source = source, .count = MIN(room, left), .step = is_back ? -1 : 1};
}

static uint32_t find_runs(int32_t start, uint32_t count, ScanWrap wrap, uint32_t size, Run *out)
{
    uint32_t run_count = 0;
    for (uint32_t i = 0; i < count; i += out[run_count++].count) {
        out[run_count] = find_run((int64_t)start + i, count - i, wrap, size);
        out[run_count].out = i;
    }
    return run_count;
}

static void copy_texels(const uint8_t *from, ptrdiff_t step, uint32_t count, uint32_t channels,
                        uint8_t (*out)[4])
{
    for (uint32_t i = 0; i < count; i++, from += step) {
        if (channels == 4) {
            memcpy(out[i], from, 4);
            continue;
        }
        out[i][0] = from[0];
        out[i][1] = from[channels == 1 ? 0 : 1];
        out[i][2] = from[channels == 1 ? 0 : 2];
        out[i][3] = 255;
    }
}

NODISCARD static Status copy_runs(TexelReader *reader, const TexelPicture *picture,
                                  const Run *across, const Run *down, uint32_t width,
                                  uint8_t (*out)[4])
{
    const uint8_t *block = NULL;
    TRY(find_block(reader, picture, across->source, down->source, &block));
    uint32_t x = across->source % TEXEL_BLOCK_SIDE, y = down->source % TEXEL_BLOCK_SIDE;
    for (uint32_t i = 0; i < down->count; i++) {
        size_t row = (size_t)(y + (uint32_t)(down->step * (int32_t)i));
        copy_texels(block + (row * picture->block_width + x) * picture->channels,
                    (ptrdiff_t)across->step * (ptrdiff_t)picture->channels, across->count,
                    picture->channels, out + (size_t)(down->out + i) * width + across->out);
    }
    return OK;
}

Status texel_read(TexelReader *reader, const TexelRect *rect, uint8_t (*out)[4])
{
    const TexelPicture *picture = picture_at(reader, rect->image);
    Scratch scratch = scratch_begin(NULL);
    Run *across = ARENA_ARRAY_RAW(scratch.arena, Run, rect->width + 1);
    Run *down = ARENA_ARRAY_RAW(scratch.arena, Run, rect->height + 1);
    uint32_t columns = find_runs(rect->x, rect->width, rect->wrap_u, picture->width, across);
    uint32_t rows = find_runs(rect->y, rect->height, rect->wrap_v, picture->height, down);
    Status status = OK;
    for (uint32_t y = 0; y < rows && !status; y++) {
        for (uint32_t x = 0; x < columns && !status; x++)
            status = copy_runs(reader, picture, &across[x], &down[y], rect->width, out);
    }
    scratch_end(scratch);
    return status;
}

// ---- samples

// Two texels of a row, on the way from one to the other.
NODISCARD static Status sample_row(TexelReader *reader, const TexelPicture *picture,
                                   const BakeBetween *x, uint32_t y, const float of_byte[256],
                                   float out[3])
{
    const uint8_t *block = NULL;
    TRY(find_block(reader, picture, x->first, y, &block));
    size_t row = (size_t)(y % TEXEL_BLOCK_SIDE) * picture->block_width;
    uint32_t channels = picture->channels;
    const uint8_t *texel = block + (row + x->first % TEXEL_BLOCK_SIDE) * channels;
    for (uint32_t c = 0; c < 3; c++)
        out[c] = of_byte[texel[channels == 1 ? 0 : c]];
    if (x->first / TEXEL_BLOCK_SIDE != x->second / TEXEL_BLOCK_SIDE)
        TRY(find_block(reader, picture, x->second, y, &block));
    texel = block + (row + x->second % TEXEL_BLOCK_SIDE) * channels;
    for (uint32_t c = 0; c < 3; c++)
        out[c] += (of_byte[texel[channels == 1 ? 0 : c]] - out[c]) * x->share;
    return OK;
}

Status texel_sample(TexelReader *reader, const ScanTexture *map, const float of_byte[256],
                    const float uv[2], float out[3])
{
    const TexelPicture *picture = picture_at(reader, map->image);
    BakeBetween x = bake_picture_between(uv[0], map->wrap_u, picture->width);
    BakeBetween y = bake_picture_between(uv[1], map->wrap_v, picture->height);
    float bottom[3];
    TRY(sample_row(reader, picture, &x, y.first, of_byte, out));
    TRY(sample_row(reader, picture, &x, y.second, of_byte, bottom));
    for (int c = 0; c < 3; c++)
        out[c] += (bottom[c] - out[c]) * y.share;
    return OK;
}
