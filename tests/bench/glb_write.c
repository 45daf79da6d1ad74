// glb_write.c: a textured mesh as GLB, its picture a file beside it.

#include "bench/glb_write.h"

#include "base/str.h"

#include <float.h>
#include <stdio.h>
#include <string.h>

static const char *header_text(const GlbMesh *mesh, Arena *arena)
{
    float low[3] = {FLT_MAX, FLT_MAX, FLT_MAX}, high[3] = {-FLT_MAX, -FLT_MAX, -FLT_MAX};
    for (uint32_t v = 0; v < mesh->vertex_count; v++) {
        for (int k = 0; k < 3; k++) {
            low[k] = MIN(low[k], mesh->positions[v][k]);
            high[k] = MAX(high[k], mesh->positions[v][k]);
        }
    }
    uint64_t v = mesh->vertex_count, t = mesh->triangle_count,
             ends[4] = {12 * v, 24 * v, 32 * v};
    ends[3] = ends[2] + 12 * t;
    return str_format(
        arena,
        "{\"asset\":{\"version\":\"2.0\",\"generator\":\"vitrine-generate\"},\"scene\":0,"
        "\"scenes\":[{\"nodes\":[0]}],\"nodes\":[{\"mesh\":0}],"
        "\"meshes\":[{\"primitives\":[{\"attributes\":{\"POSITION\":0,\"NORMAL\":1,"
        "\"TEXCOORD_0\":2},\"indices\":3,\"material\":0}]}],"
        "\"materials\":[{\"pbrMetallicRoughness\":{\"baseColorTexture\":{\"index\":0},"
        "\"metallicFactor\":0,\"roughnessFactor\":0.6}}],"
        "\"textures\":[{\"source\":0}],\"images\":[{\"uri\":\"%s\"}],"
        "\"buffers\":[{\"byteLength\":%llu}],\"bufferViews\":["
        "{\"buffer\":0,\"byteOffset\":0,\"byteLength\":%llu},"
        "{\"buffer\":0,\"byteOffset\":%llu,\"byteLength\":%llu},"
        "{\"buffer\":0,\"byteOffset\":%llu,\"byteLength\":%llu},"
        "{\"buffer\":0,\"byteOffset\":%llu,\"byteLength\":%llu}],\"accessors\":["
        "{\"bufferView\":0,\"componentType\":5126,\"count\":%llu,\"type\":\"VEC3\","
        "\"min\":[%.9g,%.9g,%.9g],\"max\":[%.9g,%.9g,%.9g]},"
        "{\"bufferView\":1,\"componentType\":5126,\"count\":%llu,\"type\":\"VEC3\"},"
        "{\"bufferView\":2,\"componentType\":5126,\"count\":%llu,\"type\":\"VEC2\"},"
        "{\"bufferView\":3,\"componentType\":5125,\"count\":%llu,\"type\":\"SCALAR\"}]}",
        mesh->picture, (unsigned long long)ends[3], (unsigned long long)ends[0],
        (unsigned long long)ends[0], (unsigned long long)ends[0], (unsigned long long)ends[1],
        (unsigned long long)(8 * v), (unsigned long long)ends[2], (unsigned long long)(12 * t),
        (unsigned long long)v, (double)low[0], (double)low[1], (double)low[2], (double)high[0],
        (double)high[1], (double)high[2], (unsigned long long)v, (unsigned long long)v,
        (unsigned long long)(3 * t));
}

NODISCARD Status glb_write(const GlbMesh *mesh, const char *path)
{
    FILE *file = fopen(path, "wb");
    if (!file)
        return FAIL(ERR_IO, "%s: cannot be written", path);
    Scratch scratch = scratch_begin(NULL);
    const char *text = header_text(mesh, scratch.arena);
    uint32_t text_bytes = (uint32_t)strlen(text), padding = -text_bytes & 3;
    uint32_t data_bytes = 32 * mesh->vertex_count + 12 * mesh->triangle_count;
    uint32_t head[5] = {0x46546c67, 2, 28 + text_bytes + padding + data_bytes,
                        text_bytes + padding, 0x4e4f534a};
    uint32_t data[2] = {data_bytes, 0x004e4942};
    fwrite(head, sizeof head, 1, file);
    fwrite(text, text_bytes, 1, file);
    fwrite("   ", padding, 1, file);
    fwrite(data, sizeof data, 1, file);
    fwrite(mesh->positions, sizeof *mesh->positions, mesh->vertex_count, file);
    fwrite(mesh->normals, sizeof *mesh->normals, mesh->vertex_count, file);
    fwrite(mesh->uvs, sizeof *mesh->uvs, mesh->vertex_count, file);
    fwrite(mesh->triangles, sizeof *mesh->triangles, mesh->triangle_count, file);
    scratch_end(scratch);
    bool has_failed = ferror(file) != 0;
    has_failed |= fclose(file) != 0;
    return has_failed ? FAIL(ERR_IO, "%s: not everything could be written", path) : OK;
}
