// bench_import.c: how long scans take to import, and how much memory. Measures only, and fails
// nothing.
//
//     bench_import FILE...                  reads each, as metres where it does not say
//     bench_import --make FORMAT SIDE FILE  writes a wavy grid of SIDE x SIDE x 2 triangles;
//                                           FORMAT is stl, stl-text, ply, ply-text, obj or glb

#include "packer/import.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void measure(const char *path)
{
    Arena arena = {0};
    Scan scan = {0};
    double start = now_s();
    Status status = import_scan(path, &(ImportOptions){.unit = IMPORT_UNIT_M}, &arena, &scan);
    double took_s = now_s() - start;
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    if (status)
        printf("%s: %s: %s\n", path, status_name(status), fault_last()->text);
    else
        printf("%s: %u triangles, %u vertices, %.2f s, peak %ld MiB so far\n", path,
               scan.triangle_count, scan.vertex_count, took_s, usage.ru_maxrss / 1024);
    arena_drop(&arena);
}

typedef struct Grid {
    FILE *file;
    uint32_t side;
} Grid;

static void place(uint32_t side, uint32_t i, float out[3])
{
    float x = (float)(i % (side + 1)) / (float)side, z = (float)(i / (side + 1)) / (float)side;
    out[0] = x;
    out[1] = 0.01f * sinf(40 * x) * cosf(40 * z);
    out[2] = z;
}

static void corners_of(uint32_t side, uint32_t triangle, uint32_t out[3])
{
    uint32_t cell = triangle / 2, at = cell / side * (side + 1) + cell % side;
    const uint32_t first[3] = {at, at + side + 1, at + 1};
    const uint32_t second[3] = {at + 1, at + side + 1, at + side + 2};
    memcpy(out, triangle % 2 ? second : first, sizeof first);
}

static void write_stl(Grid grid, bool is_text)
{
    uint32_t count = grid.side * grid.side * 2, corners[3];
    if (is_text) {
        fprintf(grid.file, "solid grid\n");
    } else {
        fprintf(grid.file, "%-80s", "grid");
        fwrite(&count, 4, 1, grid.file);
    }
    for (uint32_t i = 0; i < count; i++) {
        float facet[12] = {0};
        corners_of(grid.side, i, corners);
        for (int k = 0; k < 3; k++)
            place(grid.side, corners[k], facet + 3 + 3 * k);
        if (!is_text) {
            fwrite(facet, sizeof facet, 1, grid.file);
            fwrite("\0", 2, 1, grid.file);
            continue;
        }
        fprintf(grid.file, "facet normal 0 0 0\nouter loop\n");
        for (int k = 1; k < 4; k++)
            fprintf(grid.file, "vertex %.6g %.6g %.6g\n", (double)facet[3 * k],
                    (double)facet[3 * k + 1], (double)facet[3 * k + 2]);
        fprintf(grid.file, "endloop\nendfacet\n");
    }
    if (is_text)
        fprintf(grid.file, "endsolid grid\n");
}

static void write_text_vertices(Grid grid, const char *before)
{
    for (uint32_t i = 0; i < (grid.side + 1) * (grid.side + 1); i++) {
        float p[3];
        place(grid.side, i, p);
        fprintf(grid.file, "%s%.7g %.7g %.7g\n", before, (double)p[0], (double)p[1], (double)p[2]);
    }
}

static void write_text_faces(Grid grid, const char *before, uint32_t base)
{
    uint32_t corners[3];
    for (uint32_t i = 0; i < grid.side * grid.side * 2; i++) {
        corners_of(grid.side, i, corners);
        fprintf(grid.file, "%s%u %u %u\n", before, corners[0] + base, corners[1] + base,
                corners[2] + base);
    }
}

static void write_binary_vertices(Grid grid)
{
    for (uint32_t i = 0; i < (grid.side + 1) * (grid.side + 1); i++) {
        float p[3];
        place(grid.side, i, p);
        fwrite(p, sizeof p, 1, grid.file);
    }
}

static void write_ply(Grid grid, bool is_text)
{
    uint32_t corners[3];
    fprintf(grid.file,
            "ply\nformat %s 1.0\nelement vertex %u\nproperty float x\nproperty float y\n"
            "property float z\nelement face %u\nproperty list uchar int vertex_indices\n"
            "end_header\n",
            is_text ? "ascii" : "binary_little_endian", (grid.side + 1) * (grid.side + 1),
            grid.side * grid.side * 2);
    if (is_text) {
        write_text_vertices(grid, "");
        write_text_faces(grid, "3 ", 0);
        return;
    }
    write_binary_vertices(grid);
    for (uint32_t i = 0; i < grid.side * grid.side * 2; i++) {
        corners_of(grid.side, i, corners);
        fputc(3, grid.file);
        fwrite(corners, sizeof corners, 1, grid.file);
    }
}

static void write_glb(Grid grid)
{
    uint32_t vertices = (grid.side + 1) * (grid.side + 1), count = grid.side * grid.side * 6;
    uint32_t bytes = vertices * 12 + count * 4, corners[3];
    char json[1024];
    int len = snprintf(
        json, sizeof json,
        "{\"asset\":{\"version\":\"2.0\"},\"buffers\":[{\"byteLength\":%u}],\"bufferViews\":["
        "{\"buffer\":0,\"byteLength\":%u},{\"buffer\":0,\"byteOffset\":%u,\"byteLength\":%u}],"
        "\"accessors\":[{\"bufferView\":0,\"componentType\":5126,\"count\":%u,"
        "\"type\":\"VEC3\"},{\"bufferView\":1,\"componentType\":5125,\"count\":%u,"
        "\"type\":\"SCALAR\"}],\"meshes\":[{\"primitives\":[{\"attributes\":{\"POSITION\":0},"
        "\"indices\":1}]}],\"nodes\":[{\"mesh\":0}],\"scenes\":[{\"nodes\":[0]}]}",
        bytes, vertices * 12, vertices * 12, count * 4, vertices, count);
    uint32_t padded = ((uint32_t)len + 3) / 4 * 4;
    const uint32_t head[5] = {0x46546c67, 2, 28 + padded + bytes, padded, 0x4e4f534a};
    const uint32_t chunk[2] = {bytes, 0x004e4942};
    fwrite(head, sizeof head, 1, grid.file);
    fprintf(grid.file, "%-*s", (int)padded, json);
    fwrite(chunk, sizeof chunk, 1, grid.file);
    write_binary_vertices(grid);
    for (uint32_t i = 0; i < count / 3; i++) {
        corners_of(grid.side, i, corners);
        fwrite(corners, sizeof corners, 1, grid.file);
    }
}

static int make(const char *format, const char *side, const char *path)
{
    Grid grid = {.file = fopen(path, "wb"), .side = (uint32_t)strtoul(side, NULL, 10)};
    if (!grid.file || grid.side == 0 || grid.side > 10000)
        return 1;
    if (strncmp(format, "stl", 3) == 0)
        write_stl(grid, strcmp(format, "stl-text") == 0);
    else if (strncmp(format, "ply", 3) == 0)
        write_ply(grid, strcmp(format, "ply-text") == 0);
    else if (strcmp(format, "glb") == 0)
        write_glb(grid);
    else
        write_text_vertices(grid, "v "), write_text_faces(grid, "f ", 1);
    return fclose(grid.file) != 0;
}

int main(int argument_count, char **arguments)
{
    if (argument_count == 5 && strcmp(arguments[1], "--make") == 0)
        return make(arguments[2], arguments[3], arguments[4]);
    for (int i = 1; i < argument_count; i++)
        measure(arguments[i]);
    return 0;
}
