// texel_store.c: where the blocks of a scan's pictures lie, and getting them there.

#include "packer/texel_store.h"

#include "packer/bake_material.h"
#include "packer/temporary.h"
#include "packer/texel_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum {
    PLAIN_PIXELS = 1 << 26, // what any picture may have
    MAX_TEXELS_A_BYTE = 2048,
};

static const uint64_t DEFAULT_MEMORY_BYTES = 256ull << 20;

typedef struct Making {
    const TexelStoreDesc *desc;
    TexelStore *store;
    uint32_t *wanted; // pictures, by number
    uint32_t wanted_count;
} Making;

// ---- which pictures, and how large

static bool *find_wanted(const TexelStoreDesc *desc, Arena *arena)
{
    const Scan *scan = desc->scan;
    bool *is_wanted = arena_alloc(arena, scan->image_count + 1, 1);
    if (!desc->is_used)
        memset(is_wanted, true, scan->image_count);
    for (uint32_t i = 0; desc->is_used && i < scan->material_count; i++) {
        for (BakeChannel channel = 0; channel < BAKE_CHANNEL_COUNT; channel++) {
            const ScanTexture *map = bake_material_map(scan, &scan->materials[i], channel);
            if (desc->is_used[i] && map)
                is_wanted[map->image] = true;
        }
    }
    return is_wanted;
}

NODISCARD static Status measure_source(const TexelSource *source, TexelPicture *picture)
{
    ImageInfo info;
    TRY(image_probe(source->bytes, &info));
    if (info.width > SCAN_MAX_IMAGE_SIDE || info.height > SCAN_MAX_IMAGE_SIDE)
        return FAIL(ERR_LIMIT, "the picture is %u x %u pixels; the limit is %d a side",
                    info.width, info.height, SCAN_MAX_IMAGE_SIDE);
    // Even a picture of one value takes a byte for 1,030 texels, unless it is made to be a
    // bomb.
    if ((uint64_t)info.width * info.height > PLAIN_PIXELS &&
        (uint64_t)info.width * info.height / MAX_TEXELS_A_BYTE > source->bytes.len)
        return FAIL(ERR_LIMIT,
                    "the picture claims %u x %u pixels in %zu bytes; the limit is %d "
                    "pixels a byte",
                    info.width, info.height, source->bytes.len, MAX_TEXELS_A_BYTE);
    TRY(texel_channels(source->bytes, &info, &picture->channels));
    picture->width = info.width;
    picture->height = info.height;
    picture->block_width = MIN(info.width, (uint32_t)TEXEL_BLOCK_SIDE);
    picture->block_height = MIN(info.height, (uint32_t)TEXEL_BLOCK_SIDE);
    picture->blocks_across = (info.width + TEXEL_BLOCK_SIDE - 1) / TEXEL_BLOCK_SIDE;
    uint64_t blocks_down = (info.height + TEXEL_BLOCK_SIDE - 1) / TEXEL_BLOCK_SIDE;
    picture->size_bytes = picture->blocks_across * blocks_down * texel_block_bytes(picture);
    return OK;
}

NODISCARD static Status measure(const ScanImage *image, TexelPicture *picture)
{
    TexelSource source;
    Status status = texel_source_open(image, &source);
    if (!status) {
        status = measure_source(&source, picture);
        texel_source_close(&source);
    }
    return status ? fault_prefix(status, "picture %s", image->name) : OK;
}

NODISCARD static Status lay_out(Making *making)
{
    const Scan *scan = making->desc->scan;
    TexelStore *store = making->store;
    store->picture_count = scan->image_count;
    store->pictures = ARENA_ARRAY(&store->arena, TexelPicture, scan->image_count + 1);
    making->wanted = ARENA_ARRAY(&store->arena, uint32_t, scan->image_count + 1);
    const bool *is_wanted = find_wanted(making->desc, &store->arena);
    for (uint32_t i = 0; i < scan->image_count; i++) {
        if (!is_wanted[i])
            continue;
        TexelPicture *picture = &store->pictures[i];
        picture->name = arena_copy_text(&store->arena, scan->images[i].name);
        TRY(measure(&scan->images[i], picture));
        picture->offset = store->size_bytes;
        store->size_bytes += picture->size_bytes;
        making->wanted[making->wanted_count++] = i;
    }
    return OK;
}

// ---- the temporary file

static Status refuse_room(const TexelStore *store, const char *folder)
{
    return FAIL(
        ERR_IO,
        "the pictures take %.1f GiB in %s while they are worked on, and there is no room "
        "(%s); TMPDIR can name a folder on a larger disk",
        (double)store->size_bytes / (1 << 30), folder, strerror(errno));
}

NODISCARD static Status open_file(TexelStore *store, const char *folder)
{
    TRY(temporary_open(folder, &store->fd));
    // Asked first: taking what there is until it does not suffice would starve others.
    struct statvfs room;
    if (fstatvfs(store->fd, &room) == 0 &&
        (uint64_t)room.f_bavail * room.f_frsize < store->size_bytes) {
        errno = ENOSPC;
        return refuse_room(store, folder);
    }
    int result;
    do
        result = fallocate(store->fd, 0, 0, (off_t)store->size_bytes);
    while (result != 0 && errno == EINTR);
    // Where room cannot be taken in advance, writing finds out.
    if (result != 0 && errno != EOPNOTSUPP && errno != ENOSYS)
        return refuse_room(store, folder);
    return OK;
}

NODISCARD static Status write_blocks(const TexelStore *store, uint64_t offset, Bytes bytes,
                                     const char *folder)
{
    while (bytes.len) {
        ssize_t put = pwrite(store->fd, bytes.ptr, bytes.len, (off_t)offset);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return refuse_room(store, folder);
        bytes = bytes_skip(bytes, (size_t)put);
        offset += (uint64_t)put;
    }
    return OK;
}

// ---- from rows to blocks

// One picture on its way into the store.
typedef struct Filling {
    const Making *making;
    const TexelPicture *picture;
    uint8_t *blocks; // a row of them, for the file
} Filling;

static void store_texels(const uint8_t *rgba, uint32_t count, uint32_t channels, uint8_t *out)
{
    if (channels == 4) {
        memcpy(out, rgba, (size_t)count * 4);
        return;
    }
    for (uint32_t i = 0; i < count; i++, rgba += 4, out += channels) {
        out[0] = rgba[0];
        if (channels == 3) {
            out[1] = rgba[1];
            out[2] = rgba[2];
        }
    }
}

static void fill_blocks(const TexelPicture *picture, uint32_t row_count, const uint8_t *rgba,
                        uint8_t *blocks)
{
    size_t block_bytes = texel_block_bytes(picture);
    for (uint32_t row = 0; row < row_count; row++) {
        uint8_t *out = blocks + (size_t)row * picture->block_width * picture->channels;
        for (uint32_t x = 0; x < picture->width; x += TEXEL_BLOCK_SIDE, out += block_bytes) {
            uint32_t count = MIN(picture->width - x, (uint32_t)TEXEL_BLOCK_SIDE);
            store_texels(rgba + ((size_t)row * picture->width + x) * 4, count,
                         picture->channels, out);
        }
    }
}

static Status take_strip(void *context, uint32_t first_row, uint32_t row_count,
                         const uint8_t *rgba)
{
    const Filling *filling = context;
    const TexelStore *store = filling->making->store;
    const TexelPicture *picture = filling->picture;
    size_t size_bytes = picture->blocks_across * texel_block_bytes(picture);
    uint64_t offset = picture->offset + first_row / TEXEL_BLOCK_SIDE * size_bytes;
    uint8_t *blocks = store->memory ? store->memory + offset : filling->blocks;
    fill_blocks(picture, row_count, rgba, blocks);
    return store->memory ? OK
                         : write_blocks(store, offset, (Bytes){blocks, size_bytes},
                                        temporary_folder(filling->making->desc->folder));
}

NODISCARD static Status fill_picture(const Making *making, uint32_t index,
                                     const TexelSource *source)
{
    Arena arena = {0};
    const TexelPicture *picture = &making->store->pictures[index];
    size_t row_bytes = (size_t)picture->blocks_across * texel_block_bytes(picture);
    Filling filling = {.making = making, .picture = picture};
    if (!making->store->memory)
        filling.blocks = arena_alloc(&arena, row_bytes, 64);
    TexelDecode decode = {
        .source = source,
        .strip = arena_alloc_raw(&arena, (size_t)picture->width * TEXEL_BLOCK_SIDE * 4, 64),
        .take = take_strip,
        .context = &filling,
        .cancel = making->desc->cancel};
    Status status = image_probe(source->bytes, &decode.info);
    if (!status &&
        (decode.info.width != picture->width || decode.info.height != picture->height))
        status = FAIL(ERR_IO, "the picture changed while it was read");
    if (!status)
        status = texel_decode(&decode, &arena);
    arena_drop(&arena);
    return status;
}

static Status fill_some(void *context, size_t first, size_t count, int worker)
{
    const Making *making = context;
    (void)worker;
    for (size_t i = first; i < first + count; i++) {
        uint32_t index = making->wanted[i];
        const ScanImage *image = &making->desc->scan->images[index];
        TexelSource source;
        Status status = texel_source_open(image, &source);
        if (!status) {
            status = fill_picture(making, index, &source);
            texel_source_close(&source);
        }
        if (status)
            return status == ERR_CANCELLED ? status
                                           : fault_prefix(status, "picture %s", image->name);
    }
    return OK;
}

// ---- the store

NODISCARD static Status make(Making *making)
{
    const TexelStoreDesc *desc = making->desc;
    TexelStore *store = making->store;
    TRY(lay_out(making));
    uint64_t limit_bytes = desc->memory_bytes ? desc->memory_bytes : DEFAULT_MEMORY_BYTES;
    if (store->size_bytes > limit_bytes)
        TRY(open_file(store, temporary_folder(desc->folder)));
    else
        store->memory = arena_alloc(&store->arena, store->size_bytes + 1, 64);
    return parallel_for(&(ParallelDesc){.count = making->wanted_count,
                                        .run = fill_some,
                                        .context = making,
                                        .cancel = desc->cancel,
                                        .worker_limit = desc->worker_limit});
}

Status texel_store_make(const TexelStoreDesc *desc, TexelStore **out)
{
    Arena arena = {0};
    TexelStore *store = ARENA_NEW(&arena, TexelStore);
    store->arena = arena; // it lives in itself
    store->fd = -1;
    Status status = make(&(Making){.desc = desc, .store = store});
    if (status)
        texel_store_drop(store);
    else
        *out = store;
    return status;
}

void texel_store_drop(TexelStore *store)
{
    if (!store)
        return;
    if (store->fd >= 0)
        close(store->fd);
    Arena arena = store->arena;
    arena_drop(&arena);
}

TexelSize texel_store_size(const TexelStore *store, int32_t image)
{
    if (image < 0 || (uint32_t)image >= store->picture_count)
        return (TexelSize){0};
    return (TexelSize){store->pictures[image].width, store->pictures[image].height};
}

uint64_t texel_store_bytes(const TexelStore *store)
{
    return store->size_bytes;
}

bool texel_store_is_file(const TexelStore *store)
{
    return store->fd >= 0;
}
