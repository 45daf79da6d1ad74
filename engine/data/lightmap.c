// lightmap.c: the light of one room, computed beforehand.

#include "data/lightmap.h"

#include "data/bytes.h"

#include <math.h>
#include <string.h>
#include <zlib.h>

static const char magic[8] = {'v', 't', 'r', 'l', 'i', 'g', 'h', 't'};

enum {
    CHART_BYTES = 44,
    PROBE_BYTES = 3 * LIGHTMAP_COEFFICIENTS * 4,
    PLACE_BYTES = 4 + PROBE_BYTES,
    PLANES = 4, // bytes of a texel
    LEAST_SIDE = 2 * CHARTS_BORDER + 2,
};

#define FARTHEST 1e6f // no number is larger
#define CLOSE_M 0.002f

// ---- texels

uint32_t lightmap_pack_color(const float lux[3])
{
    float most = 0, kept[3];
    int exponent;
    for (int i = 0; i < 3; i++) {
        kept[i] = lux[i] > 0 ? MIN(lux[i], 65408.0f) : 0; // no number is not greater
        most = MAX(most, kept[i]);
    }
    if (most < 1e-6f)
        return 0;
    frexpf(most, &exponent);
    exponent = MAX(exponent, -15);
    if (lrintf(ldexpf(most, 9 - exponent)) > 511)
        exponent++;
    uint32_t texel = (uint32_t)(exponent + 15) << 27;
    for (int i = 0; i < 3; i++)
        texel |= (uint32_t)lrintf(ldexpf(kept[i], 9 - exponent)) << (9 * i);
    return texel;
}

void lightmap_unpack_color(uint32_t texel, float out[3])
{
    float step = ldexpf(1, (int)(texel >> 27) - 15 - 9);
    for (int i = 0; i < 3; i++)
        out[i] = (float)(texel >> (9 * i) & 511) * step;
}

// ---- reading

typedef struct Header {
    uint32_t version, texel_bytes, counts[3], places, width, height, charts;
    uint32_t environment_bytes;
} Header;

// What follows it begins here.
static size_t header_bytes(uint32_t version)
{
    return version > 1 ? LIGHTMAP_HEADER_BYTES + 4 : LIGHTMAP_HEADER_BYTES;
}

static void read_header(Bytes file, Header *header, Lightmap *map)
{
    BytesReader reader = {file.ptr + sizeof magic};
    header->version = bytes_get_u32(&reader);
    header->texel_bytes = bytes_get_u32(&reader);
    memcpy(map->plan_hash, reader.at, LIGHTMAP_HASH_BYTES);
    memcpy(map->key, reader.at + LIGHTMAP_HASH_BYTES, LIGHTMAP_HASH_BYTES);
    reader.at += 2 * LIGHTMAP_HASH_BYTES;
    bytes_get_floats(&reader, map->low, 3);
    bytes_get_floats(&reader, map->high, 3);
    for (int i = 0; i < 3; i++)
        header->counts[i] = bytes_get_u16(&reader);
    header->places = bytes_get_u16(&reader);
    header->width = bytes_get_u32(&reader);
    header->height = bytes_get_u32(&reader);
    header->charts = bytes_get_u32(&reader);
    header->environment_bytes = header->version > 1 ? bytes_get_u32(&reader) : 0;
}

static bool are_sane(const float *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!(fabsf(values[i]) <= FARTHEST))
            return false;
    return true;
}

NODISCARD static Status check_header(const Header *header, const Lightmap *map)
{
    bool is_good = are_sane(map->low, 3) && are_sane(map->high, 3);
    for (int i = 0; i < 3; i++) {
        if (header->counts[i] > LIGHTMAP_MAX_PROBES)
            return FAIL(ERR_LIMIT, "%u probes along an axis; the limit is %d",
                        header->counts[i], LIGHTMAP_MAX_PROBES);
        is_good = is_good && header->counts[i] > 0 && map->low[i] < map->high[i];
    }
    if (header->width > LIGHTMAP_MAX_WIDTH || header->height > LIGHTMAP_MAX_HEIGHT ||
        (uint64_t)header->width * header->height > LIGHTMAP_MAX_TEXELS)
        return FAIL(ERR_LIMIT, "light of %u x %u texels; the limit is %d, %d across, %d down",
                    header->width, header->height, LIGHTMAP_MAX_TEXELS, LIGHTMAP_MAX_WIDTH,
                    LIGHTMAP_MAX_HEIGHT);
    if (header->charts > LIGHTMAP_MAX_CHARTS || header->places > LIGHTMAP_MAX_PLACES)
        return FAIL(ERR_LIMIT, "light of %u charts and %u places; the limits are %d and %d",
                    header->charts, header->places, LIGHTMAP_MAX_CHARTS, LIGHTMAP_MAX_PLACES);
    if (!is_good || !header->width || !header->height)
        return FAIL(ERR_CORRUPT, "light of a room without an inside");
    return OK;
}

NODISCARD static Status check_size(Bytes file, const Header *header)
{
    uint64_t probes = (uint64_t)header->counts[0] * header->counts[1] * header->counts[2];
    uint64_t wanted = header_bytes(header->version) + (uint64_t)header->charts * CHART_BYTES +
                      probes * PROBE_BYTES + (uint64_t)header->places * PLACE_BYTES +
                      header->texel_bytes + (uint64_t)header->environment_bytes + 4;
    if (file.len != wanted)
        return FAIL(ERR_CORRUPT, "light is %zu bytes; its parts are %llu", file.len,
                    (unsigned long long)wanted);
    BytesReader reader = {file.ptr + file.len - 4};
    uint32_t said = bytes_get_u32(&reader);
    uint32_t found = (uint32_t)crc32(0, file.ptr, (uInt)(file.len - 4));
    if (said != found)
        return FAIL(ERR_CORRUPT, "light has the checksum %08x, not %08x", found, said);
    return OK;
}

NODISCARD static Status read_chart(BytesReader *reader, const Lightmap *map, Chart *out)
{
    float normal[3], distance;
    bytes_get_floats(reader, normal, 3);
    bytes_get_floats(reader, &distance, 1);
    if (!are_sane(normal, 3) || !are_sane(&distance, 1) ||
        fabsf(normal[0] * normal[0] + normal[1] * normal[1] + normal[2] * normal[2] - 1) >
            1e-3f)
        return FAIL(ERR_CORRUPT, "light of a plane without a direction");
    Chart chart = charts_plane((float[3]){0}, normal);
    chart.distance = distance;
    bytes_get_floats(reader, chart.low, 2);
    bytes_get_floats(reader, chart.high, 2);
    chart.area_m2 = (chart.high[0] - chart.low[0]) * (chart.high[1] - chart.low[1]);
    chart.group = (int)bytes_get_u16(reader);
    chart.x = (int)bytes_get_u16(reader);
    chart.y = (int)bytes_get_u16(reader);
    for (int k = 0; k < 2; k++)
        chart.size[k] = (int)bytes_get_u16(reader);
    uint32_t spare = bytes_get_u16(reader);
    bool is_good = are_sane(chart.low, 2) && are_sane(chart.high, 2) && spare == 0;
    for (int k = 0; k < 2; k++)
        is_good = is_good && chart.low[k] <= chart.high[k] && chart.size[k] >= LEAST_SIDE;
    if (!is_good || chart.x + chart.size[0] > (int)map->width ||
        chart.y + chart.size[1] > (int)map->height)
        return FAIL(ERR_CORRUPT, "a chart of light lies outside of its picture");
    *out = chart;
    return OK;
}

NODISCARD static Status read_probe(BytesReader *reader, LightProbe *out)
{
    for (int channel = 0; channel < 3; channel++) {
        bytes_get_floats(reader, out->sh[channel], LIGHTMAP_COEFFICIENTS);
        if (!are_sane(out->sh[channel], LIGHTMAP_COEFFICIENTS))
            return FAIL(ERR_CORRUPT, "a probe of light holds no number");
    }
    return OK;
}

NODISCARD static Status read_tables(BytesReader *reader, Arena *arena, Lightmap *map)
{
    size_t probes = (size_t)map->counts[0] * map->counts[1] * map->counts[2];
    map->charts = ARENA_ARRAY(arena, Chart, (size_t)map->chart_count + 1);
    map->probes = ARENA_ARRAY(arena, LightProbe, probes);
    map->places = ARENA_ARRAY(arena, LightPlace, (size_t)map->place_count + 1);
    for (uint32_t i = 0; i < map->chart_count; i++)
        TRY(read_chart(reader, map, &map->charts[i]));
    for (size_t i = 0; i < probes; i++)
        TRY(read_probe(reader, &map->probes[i]));
    for (uint32_t i = 0; i < map->place_count; i++) {
        map->places[i].place = bytes_get_u32(reader);
        if (i > 0 && map->places[i].place <= map->places[i - 1].place)
            return FAIL(ERR_CORRUPT, "places of light are not in order");
        TRY(read_probe(reader, &map->places[i].probe));
    }
    return OK;
}

// A picture of RGB9E5.
typedef struct Texels {
    uint32_t width, height;
    uint32_t *texels;
} Texels;

// A plane of bytes each; in a row every byte is told by how it differs from the one before.
NODISCARD static Status read_texels(Bytes packed, Arena *arena, Texels *picture)
{
    size_t count = (size_t)picture->width * picture->height;
    Scratch scratch = scratch_begin(arena);
    uint8_t *planes = ARENA_ARRAY_RAW(scratch.arena, uint8_t, count * PLANES);
    uLongf size = (uLongf)(count * PLANES);
    uLong used = (uLong)packed.len;
    bool is_good = uncompress2(planes, &size, packed.ptr, &used) == Z_OK &&
                   size == count * PLANES && used == packed.len;
    picture->texels = ARENA_ARRAY(arena, uint32_t, is_good ? count : 1);
    for (size_t plane = 0; plane < PLANES && is_good; plane++) {
        const uint8_t *from = planes + plane * count;
        for (size_t i = 0; i < count; i++) {
            uint32_t left =
                i % picture->width ? picture->texels[i - 1] >> (8 * plane) & 255 : 0;
            picture->texels[i] |= ((from[i] + left) & 255) << (8 * plane);
        }
    }
    scratch_end(scratch);
    return is_good ? OK : FAIL(ERR_CORRUPT, "texels of light do not unpack");
}

NODISCARD static Status read_pictures(const Header *header, BytesReader *reader, Arena *arena,
                                      Lightmap *map)
{
    Texels lit = {.width = map->width, .height = map->height};
    Texels mirrored = {.width = ENVIRONMENT_WIDTH, .height = ENVIRONMENT_HEIGHT};
    TRY(read_texels((Bytes){reader->at, header->texel_bytes}, arena, &lit));
    map->texels = lit.texels;
    reader->at += header->texel_bytes;
    if (!header->environment_bytes)
        return OK;
    TRY(read_texels((Bytes){reader->at, header->environment_bytes}, arena, &mirrored));
    map->environment = mirrored.texels;
    return OK;
}

Status lightmap_parse(Bytes file, Arena *arena, Lightmap *out)
{
    Lightmap map = {0};
    Header header;
    if (file.len < LIGHTMAP_HEADER_BYTES + 4 || memcmp(file.ptr, magic, sizeof magic) != 0)
        return FAIL(ERR_CORRUPT, "not the light of a room");
    if (file.len > LIGHTMAP_MAX_BYTES)
        return FAIL(ERR_LIMIT, "light of %zu bytes; the limit is %d", file.len,
                    LIGHTMAP_MAX_BYTES);
    read_header(file, &header, &map);
    if (header.version == 0 || header.version > LIGHTMAP_VERSION)
        return FAIL(ERR_UNSUPPORTED, "light of version %u; this program reads 1 to %d",
                    header.version, LIGHTMAP_VERSION);
    TRY(check_header(&header, &map));
    TRY(check_size(file, &header));
    memcpy(map.counts, header.counts, sizeof map.counts);
    map.width = header.width;
    map.height = header.height;
    map.chart_count = header.charts;
    map.place_count = header.places;
    BytesReader reader = {file.ptr + header_bytes(header.version)};
    TRY(read_tables(&reader, arena, &map));
    TRY(read_pictures(&header, &reader, arena, &map));
    *out = map;
    return OK;
}

// ---- writing

static Bytes pack_texels(const Texels *picture, Arena *arena)
{
    size_t count = (size_t)picture->width * picture->height;
    Scratch scratch = scratch_begin(arena);
    uint8_t *planes = ARENA_ARRAY_RAW(scratch.arena, uint8_t, count * PLANES);
    uLongf size = compressBound((uLong)(count * PLANES));
    uint8_t *out = ARENA_ARRAY_RAW(arena, uint8_t, size);
    for (size_t plane = 0; plane < PLANES; plane++) {
        for (size_t i = 0; i < count; i++) {
            uint32_t left = i % picture->width ? picture->texels[i - 1] : 0;
            planes[plane * count + i] =
                (uint8_t)((picture->texels[i] >> (8 * plane)) - (left >> (8 * plane)));
        }
    }
    int result = compress2(out, &size, planes, (uLong)(count * PLANES), 7);
    ASSERT(result == Z_OK);
    scratch_end(scratch);
    return (Bytes){out, size};
}

static void write_header(BytesWriter *writer, const Lightmap *map, size_t texel_bytes,
                         size_t environment_bytes)
{
    bytes_put_all(writer, magic, sizeof magic);
    bytes_put_u32(writer, map->environment ? 2 : 1);
    bytes_put_u32(writer, (uint32_t)texel_bytes);
    bytes_put_all(writer, map->plan_hash, LIGHTMAP_HASH_BYTES);
    bytes_put_all(writer, map->key, LIGHTMAP_HASH_BYTES);
    bytes_put_floats(writer, map->low, 3);
    bytes_put_floats(writer, map->high, 3);
    for (int i = 0; i < 3; i++)
        bytes_put_u16(writer, map->counts[i]);
    bytes_put_u16(writer, map->place_count);
    bytes_put_u32(writer, map->width);
    bytes_put_u32(writer, map->height);
    bytes_put_u32(writer, map->chart_count);
    if (map->environment)
        bytes_put_u32(writer, (uint32_t)environment_bytes);
}

static void write_chart(BytesWriter *writer, const Chart *chart)
{
    bytes_put_floats(writer, chart->normal, 3);
    bytes_put_floats(writer, &chart->distance, 1);
    bytes_put_floats(writer, chart->low, 2);
    bytes_put_floats(writer, chart->high, 2);
    bytes_put_u16(writer, (uint32_t)chart->group);
    bytes_put_u16(writer, (uint32_t)chart->x);
    bytes_put_u16(writer, (uint32_t)chart->y);
    for (int k = 0; k < 2; k++)
        bytes_put_u16(writer, (uint32_t)chart->size[k]);
    bytes_put_u16(writer, 0);
}

static void write_probe(BytesWriter *writer, const LightProbe *probe)
{
    for (int channel = 0; channel < 3; channel++)
        bytes_put_floats(writer, probe->sh[channel], LIGHTMAP_COEFFICIENTS);
}

Bytes lightmap_write(const Lightmap *map, Arena *arena)
{
    size_t probes = (size_t)map->counts[0] * map->counts[1] * map->counts[2];
    Bytes texels = pack_texels(&(Texels){map->width, map->height, map->texels}, arena);
    Bytes mirrored = {0};
    if (map->environment)
        mirrored = pack_texels(
            &(Texels){ENVIRONMENT_WIDTH, ENVIRONMENT_HEIGHT, map->environment}, arena);
    size_t size = header_bytes(map->environment ? 2 : 1) +
                  (size_t)map->chart_count * CHART_BYTES + probes * PROBE_BYTES +
                  (size_t)map->place_count * PLACE_BYTES + texels.len + mirrored.len + 4;
    uint8_t *file = ARENA_ARRAY_RAW(arena, uint8_t, size);
    BytesWriter writer = {file};
    write_header(&writer, map, texels.len, mirrored.len);
    for (uint32_t i = 0; i < map->chart_count; i++)
        write_chart(&writer, &map->charts[i]);
    for (size_t i = 0; i < probes; i++)
        write_probe(&writer, &map->probes[i]);
    for (uint32_t i = 0; i < map->place_count; i++) {
        bytes_put_u32(&writer, map->places[i].place);
        write_probe(&writer, &map->places[i].probe);
    }
    bytes_put_all(&writer, texels.ptr, texels.len);
    bytes_put_all(&writer, mirrored.ptr, mirrored.len);
    bytes_put_u32(&writer, (uint32_t)crc32(0, file, (uInt)(size - 4)));
    return (Bytes){file, size};
}

// ---- asking

static bool lies_on(const Chart *piece, const Chart *chart)
{
    float facing = 0;
    for (int k = 0; k < 3; k++)
        facing += piece->normal[k] * chart->normal[k];
    bool lies = piece->group == chart->group && facing > 0.9999f &&
                fabsf(piece->distance - chart->distance) < CLOSE_M;
    for (int k = 0; k < 2; k++)
        lies = lies && piece->low[k] > chart->low[k] - CLOSE_M &&
               piece->high[k] < chart->high[k] + CLOSE_M;
    return lies;
}

const Chart *lightmap_find(const Lightmap *map, const Chart *piece)
{
    const Chart *found = NULL;
    for (uint32_t i = 0; i < map->chart_count; i++) {
        const Chart *chart = &map->charts[i];
        if (lies_on(piece, chart) && (!found || chart->area_m2 < found->area_m2))
            found = chart;
    }
    return found;
}

void lightmap_probe(const Lightmap *map, const float at[3], LightProbe *out)
{
    uint32_t cell[3];
    float part[3];
    for (int k = 0; k < 3; k++) {
        float most = (float)(map->counts[k] - 1);
        float x = (at[k] - map->low[k]) / (map->high[k] - map->low[k]);
        x = CLAMP(x * (float)map->counts[k] - 0.5f, 0.0f, most);
        cell[k] = MIN((uint32_t)x, map->counts[k] > 1 ? map->counts[k] - 2 : 0);
        part[k] = x - (float)cell[k];
    }
    *out = (LightProbe){0};
    for (int corner = 0; corner < 8; corner++) {
        size_t index = 0;
        float weight = 1;
        for (int k = 2; k >= 0; k--) {
            uint32_t is_high = (uint32_t)corner >> k & 1;
            index = index * map->counts[k] + MIN(cell[k] + is_high, map->counts[k] - 1);
            weight *= is_high ? part[k] : 1 - part[k];
        }
        for (int c = 0; c < 3 * LIGHTMAP_COEFFICIENTS; c++) {
            int channel = c / LIGHTMAP_COEFFICIENTS, i = c % LIGHTMAP_COEFFICIENTS;
            out->sh[channel][i] += weight * map->probes[index].sh[channel][i];
        }
    }
}

const LightProbe *lightmap_place(const Lightmap *map, uint32_t place)
{
    for (uint32_t i = 0; i < map->place_count; i++)
        if (map->places[i].place == place)
            return &map->places[i].probe;
    return NULL;
}
