// ply.c: a sculpture as a file that every tool for meshes reads.

#include "exhibits/sculptor/ply.h"

#include "io/file.h"

#include <string.h>

enum { VERTEX_BYTES = 30, FACE_BYTES = 13, CHUNK = 4096 };

static void put_u32(uint8_t *to, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        to[i] = (uint8_t)(value >> (8 * i));
}

static void put_f32(uint8_t *to, float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    put_u32(to, bits);
}

static uint8_t to_byte(float value)
{
    return (uint8_t)(clamp_f(value, 0, 1) * 255 + 0.5f);
}

static void put_vertex(uint8_t *to, const SculptVertex *v)
{
    float numbers[6] = {v->position.x, v->position.y, v->position.z,
                        v->normal.x,   v->normal.y,   v->normal.z};
    for (int i = 0; i < 6; i++)
        put_f32(to + 4 * i, numbers[i]);
    for (int i = 0; i < 3; i++)
        to[24 + i] = sculpt_srgb(v->colour[i]);
    to[27] = to_byte(v->roughness);
    to[28] = to_byte(v->metallic);
    to[29] = to_byte(v->occlusion);
}

static Status write_body(FileWriter *file, const Sculpture *s)
{
    uint8_t bytes[CHUNK * VERTEX_BYTES];
    for (size_t i = 0; i < s->vertex_count; i += CHUNK) {
        size_t count = MIN(s->vertex_count - i, (size_t)CHUNK);
        for (size_t k = 0; k < count; k++)
            put_vertex(bytes + k * VERTEX_BYTES, &s->vertices[i + k]);
        TRY(file_writer_append(file, (Bytes){bytes, count * VERTEX_BYTES}));
    }
    for (size_t i = 0; i < s->index_count / 3; i += CHUNK) {
        size_t count = MIN(s->index_count / 3 - i, (size_t)CHUNK);
        for (size_t k = 0; k < count; k++) {
            uint8_t *face = bytes + k * FACE_BYTES;
            face[0] = 3;
            for (size_t c = 0; c < 3; c++)
                put_u32(face + 1 + 4 * c, s->indices[(i + k) * 3 + c]);
        }
        TRY(file_writer_append(file, (Bytes){bytes, count * FACE_BYTES}));
    }
    return OK;
}

static Status write_all(FileWriter *file, const Sculpture *s, Arena *scratch)
{
    const char *header = str_format(
        scratch,
        "ply\nformat binary_little_endian 1.0\ncomment millimetres, Y up\n"
        "element vertex %zu\n"
        "property float x\nproperty float y\nproperty float z\n"
        "property float nx\nproperty float ny\nproperty float nz\n"
        "property uchar red\nproperty uchar green\nproperty uchar blue\n"
        "property uchar roughness\nproperty uchar metallic\nproperty uchar occlusion\n"
        "element face %zu\nproperty list uchar int vertex_indices\nend_header\n",
        s->vertex_count, s->index_count / 3);
    TRY(file_writer_append(file, (Bytes){(const uint8_t *)header, strlen(header)}));
    return write_body(file, s);
}

Status ply_write(const Sculpture *sculpture, const char *path)
{
    Scratch scratch = scratch_begin(NULL);
    FileWriter *file = NULL;
    Status status = file_writer_open(scratch.arena, path, &file);
    if (!status) {
        status = write_all(file, sculpture, scratch.arena);
        if (status)
            file_writer_abandon(file);
        else
            status = file_writer_commit(file);
    }
    scratch_end(scratch);
    return status;
}
