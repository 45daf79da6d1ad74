// glb.c: a sculpture with pictures as a file.

#include "exhibits/sculptor/glb.h"

#include <string.h>

#include "data/image.h"
#include "exhibits/sculptor/print.h"
#include "io/file.h"
#include "io/thread.h"

enum { MAPS = 3, COMPRESSION = 1 };

// What one chart brings: pieces of the binary chunk, in this order.
typedef struct Sheet {
    float (*positions)[3], (*normals)[3], (*uvs)[2];
    uint32_t *indices;
    uint32_t vertex_count, index_count;
    Vec3 low, high;
    Bytes pictures[MAPS];
} Sheet;

typedef struct Glb {
    const Sculpture *sculpture;
    Sheet *sheets;
    Arena *arenas; // of the pictures: each is encoded on a thread of its own
    Arena *arena;
} Glb;

// ---- triangles

static void add_corner(Glb *glb, Sheet *sheet, int chart, uint32_t vertex, const float texel[2])
{
    const SculptVertex *v = &glb->sculpture->vertices[vertex];
    const SculptPicture *picture = &glb->sculpture->pictures[chart];
    uint32_t at = sheet->vertex_count++;
    memcpy(sheet->positions[at], &v->position, sizeof v->position);
    memcpy(sheet->normals[at], &v->normal, sizeof v->normal);
    sheet->uvs[at][0] = texel[0] / (float)picture->width;
    sheet->uvs[at][1] = texel[1] / (float)picture->height;
    sheet->low = v3(fminf(sheet->low.x, v->position.x), fminf(sheet->low.y, v->position.y),
                    fminf(sheet->low.z, v->position.z));
    sheet->high = v3(fmaxf(sheet->high.x, v->position.x), fmaxf(sheet->high.y, v->position.y),
                     fmaxf(sheet->high.z, v->position.z));
}

// A vertex is told once, and again across the seam of a chart or of an island.
static void fill_sheet(Glb *glb, int chart)
{
    const Sculpture *s = glb->sculpture;
    const SculptPicture *picture = &s->pictures[chart];
    Sheet *sheet = &glb->sheets[chart];
    uint32_t *told = ARENA_ARRAY(glb->arena, uint32_t, s->vertex_count); // index + 1
    sheet->low = v3(1e9f, 1e9f, 1e9f), sheet->high = v3(-1e9f, -1e9f, -1e9f);
    for (size_t t = 0; t < s->index_count / 3; t++) {
        if (s->triangle_charts[t] != chart)
            continue;
        const float(*texels)[2] = (const float(*)[2])s->triangle_texels[t];
        const uint32_t *corners = &s->indices[3 * t];
        for (int k = 0; k < 3; k++) {
            uint32_t known = told[corners[k]];
            float u = texels[k][0] / (float)picture->width;
            float v = texels[k][1] / (float)picture->height;
            if (!known || fabsf(sheet->uvs[known - 1][0] - u) > 1e-6f ||
                fabsf(sheet->uvs[known - 1][1] - v) > 1e-6f) {
                add_corner(glb, sheet, chart, corners[k], texels[k]);
                known = told[corners[k]] = sheet->vertex_count;
            }
            sheet->indices[sheet->index_count++] = known - 1;
        }
    }
}

static void make_sheets(Glb *glb)
{
    const Sculpture *s = glb->sculpture;
    glb->sheets = ARENA_ARRAY(glb->arena, Sheet, (size_t)s->picture_count);
    for (int chart = 0; chart < s->picture_count; chart++) {
        Sheet *sheet = &glb->sheets[chart];
        size_t count = 0;
        for (size_t t = 0; t < s->index_count / 3; t++)
            count += s->triangle_charts[t] == chart ? 3 : 0;
        sheet->positions = arena_alloc_raw(glb->arena, count * sizeof *sheet->positions, 16);
        sheet->normals = arena_alloc_raw(glb->arena, count * sizeof *sheet->normals, 16);
        sheet->uvs = arena_alloc_raw(glb->arena, count * sizeof *sheet->uvs, 16);
        sheet->indices = ARENA_ARRAY_RAW(glb->arena, uint32_t, count);
        fill_sheet(glb, chart);
    }
}

static Status encode_some(void *context, size_t first, size_t count, int worker)
{
    (void)worker;
    Glb *glb = context;
    for (size_t i = first; i < first + count; i++) {
        const SculptPicture *from = &glb->sculpture->pictures[i / MAPS];
        if (!from->colour) // printed
            continue;
        uint8_t *pixels[MAPS] = {from->colour, from->gloss, from->normal};
        Image image = {from->width, from->height, pixels[i % MAPS]};
        TRY(image_encode_png(&image, COMPRESSION, &glb->arenas[i],
                             &glb->sheets[i / MAPS].pictures[i % MAPS]));
    }
    return OK;
}

// ---- the file

typedef struct Text {
    Arena *arena;
    const char *views, *accessors, *primitives, *materials, *textures, *images;
    uint64_t offset; // in the binary chunk
    int view_count, accessor_count;
} Text;

static uint64_t padded(uint64_t size)
{
    return (size + 3) & ~(uint64_t)3;
}

static void add_view(Text *text, uint64_t size, int target)
{
    const char *comma = text->view_count ? "," : "";
    const char *aim = target ? str_format(text->arena, ",\"target\":%d", target) : "";
    text->views = str_format(
        text->arena, "%s%s{\"buffer\":0,\"byteOffset\":%llu,\"byteLength\":%llu%s}",
        text->views, comma, (unsigned long long)text->offset, (unsigned long long)size, aim);
    text->offset += padded(size);
    text->view_count++;
}

static void add_accessor(Text *text, const char *type, int component, uint32_t count,
                         const char *bounds)
{
    text->accessors = str_format(
        text->arena,
        "%s%s{\"bufferView\":%d,\"componentType\":%d,\"count\":%u,\"type\":\"%s\"%s}",
        text->accessors, text->accessor_count ? "," : "", text->view_count - 1, component,
        (unsigned)count, type, bounds);
    text->accessor_count++;
}

static void add_picture(Text *text, const Sheet *sheet, int k, const char *comma)
{
    if (!sheet->pictures[k].len) {
        text->images = str_format(text->arena, "%s%s{\"uri\":\"%s\"}", text->images, comma,
                                  PRINT_FILES[k]);
        return;
    }
    add_view(text, sheet->pictures[k].len, 0);
    text->images = str_format(text->arena, "%s%s{\"bufferView\":%d,\"mimeType\":\"image/png\"}",
                              text->images, comma, text->view_count - 1);
}

static void add_sheet(Text *text, const Sheet *sheet, int index)
{
    enum { FLOAT = 5126, UINT = 5125, VERTICES = 34962, INDICES = 34963 };
    int first = text->accessor_count;
    uint64_t count = sheet->vertex_count;
    add_view(text, count * 12, VERTICES);
    add_accessor(text, "VEC3", FLOAT, sheet->vertex_count,
                 str_format(text->arena, ",\"min\":[%.9g,%.9g,%.9g],\"max\":[%.9g,%.9g,%.9g]",
                            (double)sheet->low.x, (double)sheet->low.y, (double)sheet->low.z,
                            (double)sheet->high.x, (double)sheet->high.y,
                            (double)sheet->high.z));
    add_view(text, count * 12, VERTICES);
    add_accessor(text, "VEC3", FLOAT, sheet->vertex_count, "");
    add_view(text, count * 8, VERTICES);
    add_accessor(text, "VEC2", FLOAT, sheet->vertex_count, "");
    add_view(text, (uint64_t)sheet->index_count * 4, INDICES);
    add_accessor(text, "SCALAR", UINT, sheet->index_count, "");
    const char *comma = *text->primitives ? "," : "";
    text->primitives = str_format(
        text->arena,
        "%s%s{\"attributes\":{\"POSITION\":%d,\"NORMAL\":%d,\"TEXCOORD_0\":%d},\"indices\":%d,"
        "\"material\":%d}",
        text->primitives, comma, first, first + 1, first + 2, first + 3, index);
    int map = index * MAPS;
    text->materials = str_format(
        text->arena,
        "%s%s{\"pbrMetallicRoughness\":{\"baseColorTexture\":{\"index\":%d},"
        "\"metallicRoughnessTexture\":{\"index\":%d}},\"occlusionTexture\":{\"index\":%d},"
        "\"normalTexture\":{\"index\":%d}}",
        text->materials, comma, map, map + 1, map + 1, map + 2);
    for (int k = 0; k < MAPS; k++) {
        comma = map + k ? "," : "";
        add_picture(text, sheet, k, comma);
        text->textures = str_format(text->arena, "%s%s{\"sampler\":0,\"source\":%d}",
                                    text->textures, comma, map + k);
    }
}

// Charts without triangles are left out.
static const char *make_json(const Glb *glb, uint64_t *binary_size)
{
    Text text = {.arena = glb->arena,
                 .views = "",
                 .accessors = "",
                 .primitives = "",
                 .materials = "",
                 .textures = "",
                 .images = ""};
    for (int i = 0, index = 0; i < glb->sculpture->picture_count; i++)
        if (glb->sheets[i].index_count)
            add_sheet(&text, &glb->sheets[i], index++);
    *binary_size = text.offset;
    return str_format(
        glb->arena,
        "{\"asset\":{\"version\":\"2.0\",\"generator\":\"vitrine-sculpt\"},\"scene\":0,"
        "\"scenes\":[{\"nodes\":[0]}],\"nodes\":[{\"mesh\":0}],"
        "\"meshes\":[{\"primitives\":[%s]}],\"materials\":[%s],\"textures\":[%s],"
        "\"samplers\":[{\"wrapS\":33071,\"wrapT\":33071}],\"images\":[%s],"
        "\"accessors\":[%s],\"bufferViews\":[%s],\"buffers\":[{\"byteLength\":%llu}]}",
        text.primitives, text.materials, text.textures, text.images, text.accessors, text.views,
        (unsigned long long)*binary_size);
}

static Status append(FileWriter *file, const void *bytes, size_t size, char pad)
{
    const char padding[3] = {pad, pad, pad};
    TRY(file_writer_append(file, (Bytes){bytes, size}));
    size_t more = (size_t)(padded(size) - size);
    return more ? file_writer_append(file, (Bytes){(const uint8_t *)padding, more}) : OK;
}

static Status append_words(FileWriter *file, const uint32_t *words, int count)
{
    for (int i = 0; i < count; i++) {
        uint8_t bytes[4];
        for (int k = 0; k < 4; k++)
            bytes[k] = (uint8_t)(words[i] >> (8 * k));
        TRY(file_writer_append(file, (Bytes){bytes, 4}));
    }
    return OK;
}

// Floats as they lie in memory: every machine we build for counts from the low byte.
static Status append_all(const Glb *glb, FileWriter *file)
{
    uint64_t binary = 0;
    const char *json = make_json(glb, &binary);
    uint64_t text = padded(strlen(json)), whole = 12 + 8 + text + 8 + binary;
    if (whole > UINT32_MAX)
        return FAIL(ERR_LIMIT, "the sculpture takes %llu bytes; a GLB holds 4 GiB",
                    (unsigned long long)whole);
    uint32_t head[] = {0x46546C67, 2, (uint32_t)whole, (uint32_t)text, 0x4E4F534A};
    uint32_t chunk[] = {(uint32_t)binary, 0x004E4942};
    TRY(append_words(file, head, COUNT_OF(head)));
    TRY(append(file, json, strlen(json), ' '));
    TRY(append_words(file, chunk, COUNT_OF(chunk)));
    for (int i = 0; i < glb->sculpture->picture_count; i++) {
        const Sheet *sheet = &glb->sheets[i];
        if (!sheet->index_count)
            continue;
        TRY(append(file, sheet->positions, sheet->vertex_count * sizeof *sheet->positions, 0));
        TRY(append(file, sheet->normals, sheet->vertex_count * sizeof *sheet->normals, 0));
        TRY(append(file, sheet->uvs, sheet->vertex_count * sizeof *sheet->uvs, 0));
        TRY(append(file, sheet->indices, sheet->index_count * sizeof *sheet->indices, 0));
        for (int k = 0; k < MAPS; k++)
            TRY(append(file, sheet->pictures[k].ptr, sheet->pictures[k].len, 0));
    }
    return OK;
}

static Status write_file(const Glb *glb, const char *path)
{
    FileWriter *file = NULL;
    TRY(file_writer_open(glb->arena, path, &file));
    Status status = append_all(glb, file);
    if (!status)
        return file_writer_commit(file);
    file_writer_abandon(file);
    return status;
}

Status glb_write(const Sculpture *sculpture, const char *path)
{
    Arena arena = {0};
    Glb glb = {.sculpture = sculpture, .arena = &arena};
    size_t picture_count = (size_t)sculpture->picture_count * MAPS;
    glb.arenas = ARENA_ARRAY(&arena, Arena, picture_count);
    make_sheets(&glb);
    Status status = parallel_for(
        &(ParallelDesc){.count = picture_count, .run = encode_some, .context = &glb});
    const Piece *piece = sculpture->piece;
    if (!status && piece && piece->print)
        status = print_write(&(PrintDesc){
            .piece = piece, .size = sculpture->pictures[piece->print->chart], .beside = path});
    if (!status)
        status = write_file(&glb, path);
    for (size_t i = 0; i < picture_count; i++)
        arena_drop(&glb.arenas[i]);
    arena_drop(&arena);
    return status;
}
