// surface.c: surface tiles: reading and writing.

#include "data/surface.h"

#include "data/bytes.h"
#include "data/mesh.h"
#include "data/surface_fill.h"

#include <turbojpeg.h>

#include <string.h>

enum {
    HEADER_BYTES = 8,
    ENTRY_BYTES = 8, // a map's: coding, value, size
    TABLE_BYTES = HEADER_BYTES + SURFACE_MAP_COUNT * ENTRY_BYTES,
    MAX_TEXELS = SURFACE_TILE_WIDTH * SURFACE_TILE_MAX_ROWS,
};

// mesh.h counts in the same tiles.
_Static_assert((int)SURFACE_TILE_WIDTH == (int)MESH_TILE_WIDTH &&
                   (int)SURFACE_TILE_ROW_STEP == (int)MESH_TILE_ROW_STEP &&
                   (int)SURFACE_TILE_MAX_ROWS == (int)MESH_TILE_MAX_ROWS &&
                   (int)SURFACE_TILE_MAX_BYTES < (int)MESH_PAGE_MAX_BYTES,
               "tiles fit their pages");

static const char MAGIC[4] = "vst1";

typedef enum Coding {
    CODING_NONE, // not told by texels: one value
    CODING_FLAT, // told, but all texels are equal; normals only
    CODING_JPEG, // channels of two below each other
    CODING_COUNT
} Coding;

// Where a map's channels lie.
typedef struct MapPlace {
    uint32_t plane, channel, channel_count;
} MapPlace;

enum { PLANE_COLOR, PLANE_SHAPE, PLANE_EXTRA, PLANE_COUNT };

static const uint32_t plane_channels[PLANE_COUNT] = {4, 4, 2};
static const MapPlace places[SURFACE_MAP_COUNT] = {
    [SURFACE_COLOR] = {PLANE_COLOR, 0, 3},  [SURFACE_OCCLUSION] = {PLANE_COLOR, 3, 1},
    [SURFACE_NORMAL] = {PLANE_SHAPE, 0, 2}, [SURFACE_ROUGHNESS] = {PLANE_SHAPE, 2, 1},
    [SURFACE_METAL] = {PLANE_SHAPE, 3, 1},  [SURFACE_EMISSION] = {PLANE_EXTRA, 0, 1},
    [SURFACE_RELIEF] = {PLANE_EXTRA, 1, 1},
};
// The lowest that keep 0.995 of every channel's SSIM at 4x zoom, and normals within half a
// degree: docs/PACK.md.
static const int qualities[SURFACE_MAP_COUNT] = {98, 97, 98, 97, 97, 97, 97};
static const char *const map_names[SURFACE_MAP_COUNT] = {
    "colours", "occlusion", "normals", "roughness", "metal", "emission", "relief"};

// A map in the file.
typedef struct Entry {
    uint32_t coding;
    uint8_t value[3];
    uint32_t size_bytes;
} Entry;

typedef struct Table {
    uint32_t rows;
    Entry entries[SURFACE_MAP_COUNT];
} Table;

SurfaceTile surface_tile_default(void)
{
    return (SurfaceTile){.flat_color = {255, 255, 255, 255},
                         .flat_shape = {127, 127, 255, 0},
                         .flat_extra = {0, 128}};
}

static uint8_t *plane_texels(const SurfaceTile *tile, uint32_t plane)
{
    void *const planes[PLANE_COUNT] = {tile->color, tile->shape, tile->extra};
    return planes[plane];
}

static uint8_t *plane_flat(SurfaceTile *tile, uint32_t plane)
{
    uint8_t *const flats[PLANE_COUNT] = {tile->flat_color, tile->flat_shape, tile->flat_extra};
    return flats[plane];
}

// ---- reading

NODISCARD static Status check_entry(const Entry *entry, SurfaceMap map)
{
    if (entry->coding >= CODING_COUNT)
        return FAIL(ERR_UNSUPPORTED,
                    "a surface tile's %s are coded in a way %u that is not "
                    "known",
                    map_names[map], entry->coding);
    bool has_bytes = entry->coding == CODING_JPEG;
    if (has_bytes != (entry->size_bytes != 0) ||
        (entry->coding == CODING_FLAT && map != SURFACE_NORMAL))
        return FAIL(ERR_CORRUPT, "a surface tile's %s are %u bytes of coding %u",
                    map_names[map], entry->size_bytes, entry->coding);
    return OK;
}

NODISCARD static Status read_table(Bytes file, Table *table)
{
    if (file.len < TABLE_BYTES || memcmp(file.ptr, MAGIC, sizeof MAGIC) != 0)
        return FAIL(ERR_CORRUPT, "a surface tile of %zu bytes does not begin as one", file.len);
    if (file.len > SURFACE_TILE_MAX_BYTES)
        return FAIL(ERR_LIMIT, "a surface tile is %zu bytes; the limit is %d", file.len,
                    SURFACE_TILE_MAX_BYTES);
    BytesReader reader = {file.ptr + sizeof MAGIC};
    table->rows = bytes_get_u16(&reader);
    uint32_t spare = bytes_get_u16(&reader);
    if (table->rows == 0 || table->rows > SURFACE_TILE_MAX_ROWS ||
        table->rows % SURFACE_TILE_ROW_STEP != 0 || spare != 0)
        return FAIL(ERR_CORRUPT,
                    "a surface tile has %u rows; expected a multiple of %d up to "
                    "%d",
                    table->rows, SURFACE_TILE_ROW_STEP, SURFACE_TILE_MAX_ROWS);
    size_t size_bytes = TABLE_BYTES;
    for (SurfaceMap map = 0; map < SURFACE_MAP_COUNT; map++) {
        Entry *entry = &table->entries[map];
        entry->coding = bytes_get_u8(&reader);
        for (int i = 0; i < 3; i++)
            entry->value[i] = (uint8_t)bytes_get_u8(&reader);
        entry->size_bytes = bytes_get_u32(&reader);
        TRY(check_entry(entry, map));
        if (entry->size_bytes > file.len - size_bytes)
            return FAIL(ERR_CORRUPT, "a surface tile of %zu bytes claims %u for its %s",
                        file.len, entry->size_bytes, map_names[map]);
        size_bytes += entry->size_bytes;
    }
    if (size_bytes != file.len)
        return FAIL(ERR_CORRUPT, "a surface tile is %zu bytes; its maps end after %zu",
                    file.len, size_bytes);
    return OK;
}

static SurfaceTile tile_of(const Table *table)
{
    SurfaceTile tile = {.rows = table->rows};
    for (SurfaceMap map = 0; map < SURFACE_MAP_COUNT; map++) {
        const MapPlace *place = &places[map];
        if (table->entries[map].coding != CODING_NONE)
            tile.maps |= 1u << map;
        memcpy(plane_flat(&tile, place->plane) + place->channel, table->entries[map].value,
               place->channel_count);
    }
    return tile;
}

Status surface_peek(Bytes file, SurfaceTile *out)
{
    Table table;
    TRY(read_table(file, &table));
    *out = tile_of(&table);
    return OK;
}

// Baseline in one scan, as we write them: what a decoder is asked to do is then in proportion
// to the tile.
static bool is_plain_jpeg(Bytes file, uint32_t channels)
{
    size_t at = 2;
    bool has_frame = false;
    while (at + 10 <= file.len && file.ptr[at] == 0xff) {
        int marker = file.ptr[at + 1];
        size_t len = (size_t)file.ptr[at + 2] << 8 | file.ptr[at + 3];
        if (marker == 0xda)
            return has_frame && file.ptr[at + 4] == channels;
        if (marker == 0xc0 && !has_frame)
            has_frame = file.ptr[at + 9] == channels;
        else if (marker != 0xdb && marker != 0xc4 && marker != 0xe0)
            return false;
        at += 2 + len;
    }
    return false;
}

NODISCARD static Status decode_jpeg(tjhandle decoder, Bytes file, uint32_t channels,
                                    uint32_t height, uint8_t *out)
{
    int width = 0, rows = 0, sampling = 0, colors = 0;
    bool is_grey = channels == 1;
    if (!is_plain_jpeg(file, channels) ||
        tjDecompressHeader3(decoder, file.ptr, (unsigned long)file.len, &width, &rows,
                            &sampling, &colors) != 0 ||
        sampling != (is_grey ? TJSAMP_GRAY : TJSAMP_444) ||
        colors != (is_grey ? TJCS_GRAY : TJCS_YCbCr))
        return FAIL(ERR_CORRUPT, "not the kind of JPEG that surface tiles have");
    if (width != SURFACE_TILE_WIDTH || (uint32_t)rows != height)
        return FAIL(ERR_CORRUPT, "a JPEG of %d x %d; expected %d x %u", width, rows,
                    SURFACE_TILE_WIDTH, height);
    if (tjDecompress2(decoder, file.ptr, (unsigned long)file.len, out, width, 0, rows,
                      is_grey ? TJPF_GRAY : TJPF_RGBA,
                      TJFLAG_ACCURATEDCT | TJFLAG_STOPONWARNING) != 0)
        return FAIL(ERR_CORRUPT, "%s", tjGetErrorStr2(decoder));
    return OK;
}

static void set_channel(uint8_t *texels, size_t count, uint32_t stride, uint8_t value)
{
    for (size_t i = 0; i < count; i++)
        texels[i * stride] = value;
}

// A grey channel into its place among the others.
static void spread_channel(const uint8_t *grey, size_t count, uint8_t *texels, uint32_t stride)
{
    for (size_t i = 0; i < count; i++)
        texels[i * stride] = grey[i];
}

NODISCARD static Status decode_map(tjhandle decoder, const Table *table, SurfaceMap map,
                                   Bytes file, SurfaceTile *tile)
{
    const MapPlace *place = &places[map];
    const Entry *entry = &table->entries[map];
    uint32_t stride = plane_channels[place->plane], channels = place->channel_count;
    size_t count = (size_t)table->rows * SURFACE_TILE_WIDTH;
    uint8_t *texels = plane_texels(tile, place->plane) + place->channel;
    if (entry->coding == CODING_FLAT)
        return OK; // the plane begins with flat values
    if (map == SURFACE_COLOR) {
        TRY(decode_jpeg(decoder, file, 3, table->rows, texels));
        if (tile->flat_color[3] != 255) // what the decoder wrote beside the colours
            set_channel(texels + 3, count, stride, tile->flat_color[3]);
        return OK;
    }
    Scratch scratch = scratch_begin(NULL);
    uint8_t *grey = ARENA_ARRAY_RAW(scratch.arena, uint8_t, count * channels);
    Status status = decode_jpeg(decoder, file, 1, table->rows * channels, grey);
    for (uint32_t c = 0; c < channels && !status; c++)
        spread_channel(grey + c * count, count, texels + c, stride);
    scratch_end(scratch);
    return status;
}

// One texel after another, doubling what is there.
static void fill_plane(uint8_t *texels, size_t size_bytes, const uint8_t *texel,
                       size_t texel_bytes)
{
    memcpy(texels, texel, texel_bytes);
    for (size_t done = texel_bytes; done < size_bytes; done *= 2)
        memcpy(texels + done, texels, MIN(done, size_bytes - done));
}

// Planes that hold anything, filled with what is the same all over.
static void make_planes(SurfaceTile *tile, Arena *arena)
{
    size_t count = (size_t)tile->rows * SURFACE_TILE_WIDTH;
    uint8_t *planes[PLANE_COUNT] = {0};
    for (SurfaceMap map = 0; map < SURFACE_MAP_COUNT; map++) {
        uint32_t plane = places[map].plane, stride = plane_channels[plane];
        if (!(tile->maps & 1u << map) || planes[plane])
            continue;
        planes[plane] = arena_alloc_raw(arena, count * stride, 64);
        fill_plane(planes[plane], count * stride, plane_flat(tile, plane), stride);
    }
    tile->color = (uint8_t(*)[4])planes[PLANE_COLOR];
    tile->shape = (uint8_t(*)[4])planes[PLANE_SHAPE];
    tile->extra = (uint8_t(*)[2])planes[PLANE_EXTRA];
}

NODISCARD static Status decode_maps(tjhandle decoder, const Table *table, Bytes file,
                                    SurfaceTile *tile)
{
    Bytes rest = bytes_skip(file, TABLE_BYTES);
    for (SurfaceMap map = 0; map < SURFACE_MAP_COUNT; map++) {
        size_t size_bytes = table->entries[map].size_bytes;
        if (table->entries[map].coding == CODING_NONE)
            continue;
        Status status = decode_map(decoder, table, map, bytes_first(rest, size_bytes), tile);
        if (status)
            return fault_prefix(status, "a surface tile's %s", map_names[map]);
        rest = bytes_skip(rest, size_bytes);
    }
    return OK;
}

Status surface_parse(Bytes file, Arena *arena, SurfaceTile *out)
{
    Table table;
    TRY(read_table(file, &table));
    tjhandle decoder = tjInitDecompress();
    if (!decoder)
        return FAIL(ERR_IO, "no memory to read a JPEG");
    ArenaMark mark = arena_mark(arena);
    SurfaceTile tile = tile_of(&table);
    make_planes(&tile, arena);
    Status status = decode_maps(decoder, &table, file, &tile);
    tjDestroy(decoder);
    if (status) {
        arena_rewind(arena, mark);
        return status;
    }
    *out = tile;
    return OK;
}

// ---- writing

typedef struct Writer {
    const SurfaceTile *tile;
    const uint8_t *is_used; // or NULL
    size_t count;           // of texels
    tjhandle encoder;
    int quality_loss;
} Writer;

// memcmp and memcpy are calls where the compiler does not know how few bytes it will be.
static bool is_same(const uint8_t *a, const uint8_t *b, uint32_t channels)
{
    for (uint32_t c = 0; c < channels; c++)
        if (a[c] != b[c])
            return false;
    return true;
}

static void take_channels(const uint8_t *texels, uint32_t stride, uint32_t channels,
                          size_t count, uint8_t *out)
{
    if (channels == 1) {
        for (size_t i = 0; i < count; i++)
            out[i] = texels[i * stride];
        return;
    }
    ASSERT(channels == 3);
    for (size_t i = 0; i < count; i++)
        for (size_t c = 0; c < 3; c++)
            out[3 * i + c] = texels[i * stride + c];
}

// Whether all used texels hold one value, which it sets.
static bool find_flat(const Writer *writer, SurfaceMap map, uint8_t value[3])
{
    const MapPlace *place = &places[map];
    uint32_t stride = plane_channels[place->plane];
    const uint8_t *texels = plane_texels(writer->tile, place->plane) + place->channel;
    bool is_first = true;
    for (size_t i = 0; i < writer->count; i++) {
        if (writer->is_used && !writer->is_used[i])
            continue;
        if (is_first)
            memcpy(value, texels + i * stride, place->channel_count);
        else if (!is_same(value, texels + i * stride, place->channel_count))
            return false;
        is_first = false;
    }
    return true;
}

// A map's channels alone, with unused texels filled: of colours interleaved, of others one
// below the other.
static uint8_t *gather(const Writer *writer, SurfaceMap map, Arena *arena)
{
    const MapPlace *place = &places[map];
    uint32_t stride = plane_channels[place->plane], channels = place->channel_count;
    const uint8_t *texels = plane_texels(writer->tile, place->plane) + place->channel;
    uint32_t rows = writer->tile->rows;
    uint8_t *out = ARENA_ARRAY_RAW(arena, uint8_t, writer->count * channels);
    uint32_t groups = map == SURFACE_COLOR ? 1 : channels; // of channels that stay together
    uint32_t together = channels / groups;
    for (uint32_t group = 0; group < groups; group++) {
        uint8_t *first = out + group * writer->count;
        take_channels(texels + group, stride, together, writer->count, first);
        if (writer->is_used)
            surface_fill(first, writer->is_used, SURFACE_TILE_WIDTH, rows, together);
    }
    return out;
}

NODISCARD static Status encode_map(const Writer *writer, SurfaceMap map, Arena *arena,
                                   Bytes *out)
{
    bool is_color = map == SURFACE_COLOR;
    int height = (int)(writer->tile->rows * (is_color ? 1 : places[map].channel_count));
    int sampling = is_color ? TJSAMP_444 : TJSAMP_GRAY;
    unsigned long size_bytes = tjBufSize(SURFACE_TILE_WIDTH, height, sampling);
    uint8_t *jpeg = arena_alloc_raw(arena, size_bytes, 16);
    Scratch scratch = scratch_begin(arena);
    uint8_t *texels = gather(writer, map, scratch.arena);
    int result = tjCompress2(writer->encoder, texels, SURFACE_TILE_WIDTH, 0, height,
                             is_color ? TJPF_RGB : TJPF_GRAY, &jpeg, &size_bytes, sampling,
                             qualities[map] - writer->quality_loss,
                             TJFLAG_ACCURATEDCT | TJFLAG_NOREALLOC);
    scratch_end(scratch);
    if (result != 0)
        return FAIL(ERR_INVALID, "a surface tile's %s cannot be written: %s", map_names[map],
                    tjGetErrorStr2(writer->encoder));
    *out = (Bytes){jpeg, size_bytes};
    return OK;
}

NODISCARD static Status make_entry(const Writer *writer, SurfaceMap map, Arena *arena,
                                   Entry *entry, Bytes *out)
{
    const MapPlace *place = &places[map];
    SurfaceTile tile = *writer->tile;
    *out = (Bytes){0};
    *entry = (Entry){.coding = CODING_NONE};
    memcpy(entry->value, plane_flat(&tile, place->plane) + place->channel,
           place->channel_count);
    if (!(tile.maps & 1u << map))
        return OK;
    uint8_t value[3] = {0};
    if (find_flat(writer, map, value)) {
        entry->coding = map == SURFACE_NORMAL ? CODING_FLAT : CODING_NONE;
        memcpy(entry->value, value, sizeof value);
        return OK;
    }
    entry->coding = CODING_JPEG;
    TRY(encode_map(writer, map, arena, out));
    entry->size_bytes = (uint32_t)out->len;
    return OK;
}

static Bytes join(const SurfaceTile *tile, const Entry *entries, const Bytes *maps,
                  Arena *arena)
{
    size_t size_bytes = TABLE_BYTES;
    for (SurfaceMap map = 0; map < SURFACE_MAP_COUNT; map++)
        size_bytes += maps[map].len;
    uint8_t *bytes = arena_alloc_raw(arena, size_bytes, 16);
    BytesWriter writer = {bytes};
    bytes_put_all(&writer, MAGIC, sizeof MAGIC);
    bytes_put_u16(&writer, tile->rows);
    bytes_put_u16(&writer, 0);
    for (SurfaceMap map = 0; map < SURFACE_MAP_COUNT; map++) {
        bytes_put_u8(&writer, entries[map].coding);
        bytes_put_all(&writer, entries[map].value, sizeof entries[map].value);
        bytes_put_u32(&writer, entries[map].size_bytes);
    }
    for (SurfaceMap map = 0; map < SURFACE_MAP_COUNT; map++)
        bytes_put_all(&writer, maps[map].ptr, maps[map].len);
    return (Bytes){bytes, size_bytes};
}

NODISCARD static Status write_maps(const Writer *writer, Arena *arena, Bytes *out)
{
    Scratch scratch = scratch_begin(arena);
    Entry entries[SURFACE_MAP_COUNT];
    Bytes maps[SURFACE_MAP_COUNT];
    Status status = OK;
    for (SurfaceMap map = 0; map < SURFACE_MAP_COUNT && !status; map++)
        status = make_entry(writer, map, scratch.arena, &entries[map], &maps[map]);
    if (!status)
        *out = join(writer->tile, entries, maps, arena);
    scratch_end(scratch);
    return status;
}

Status surface_write(const SurfaceTile *tile, const uint8_t *is_used, Arena *arena, Bytes *out)
{
    ASSERT(tile->rows > 0 && tile->rows <= SURFACE_TILE_MAX_ROWS &&
           tile->rows % SURFACE_TILE_ROW_STEP == 0 && tile->maps >> SURFACE_MAP_COUNT == 0);
    Writer writer = {.tile = tile,
                     .is_used = is_used,
                     .count = (size_t)tile->rows * SURFACE_TILE_WIDTH,
                     .encoder = tjInitCompress()};
    if (!writer.encoder)
        return FAIL(ERR_IO, "no memory to write a JPEG");
    if (is_used && !memchr(is_used, 0, writer.count))
        writer.is_used = NULL;
    Status status;
    do {
        status = write_maps(&writer, arena, out);
        writer.quality_loss += 8;
    } while (!status && out->len > SURFACE_TILE_MAX_BYTES && writer.quality_loss < 96);
    tjDestroy(writer.encoder);
    return status;
}
