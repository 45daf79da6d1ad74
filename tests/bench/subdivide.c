// subdivide.c: makes a large scan out of a small one, for measuring.
//
//   vitrine-subdivide SCAN [--unit mm] --steps N -o OUT.ply|OUT.stl
//
// Each step makes four triangles of one. New vertices are pushed in or out by a share of their
// edge, so that there is true relief at every size: flat additions would be simplified away at
// no cost and measure nothing. The same input gives the same file.

#include "base/log.h"
#include "packer/import.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NONE UINT32_MAX

static const float RELIEF = 0.01f; // of an edge, up to

typedef struct Mesh {
    uint32_t vertex_count, triangle_count;
    float (*positions)[3];
    float (*normals)[3];
    uint32_t (*triangles)[3];
} Mesh;

// ---- the mesh as it comes

static void add_normals(Mesh *mesh)
{
    for (uint32_t t = 0; t < mesh->triangle_count; t++) {
        const uint32_t *v = mesh->triangles[t];
        float a[3], b[3];
        for (int k = 0; k < 3; k++) {
            a[k] = mesh->positions[v[1]][k] - mesh->positions[v[0]][k];
            b[k] = mesh->positions[v[2]][k] - mesh->positions[v[0]][k];
        }
        float normal[3] = {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2],
                           a[0] * b[1] - a[1] * b[0]};
        for (int i = 0; i < 3; i++) {
            for (int k = 0; k < 3; k++)
                mesh->normals[v[i]][k] += normal[k];
        }
    }
}

static Mesh take_scan(const Scan *scan, Arena *arena)
{
    Mesh mesh = {.vertex_count = scan->vertex_count,
                 .triangle_count = scan->triangle_count,
                 .positions = scan->positions,
                 .triangles = scan->triangles};
    mesh.normals =
        arena_alloc(arena, arena_size_of(sizeof *mesh.normals, mesh.vertex_count), 16);
    add_normals(&mesh);
    return mesh;
}

// ---- a step

typedef struct Edges {
    uint32_t mask;
    uint64_t *keys;
    uint32_t *middles;
} Edges;

static Edges make_edges(uint32_t triangle_count, Arena *arena)
{
    uint64_t size = 64;
    while (size < (uint64_t)triangle_count * 5 / 2) // an edge and a half a triangle, mostly
        size *= 2;
    return (Edges){(uint32_t)(size - 1), ARENA_ARRAY(arena, uint64_t, size),
                   ARENA_ARRAY_RAW(arena, uint32_t, size)};
}

static uint64_t mix(uint64_t key)
{
    key = (key ^ key >> 30) * 0xbf58476d1ce4e5b9u;
    key = (key ^ key >> 27) * 0x94d049bb133111ebu;
    return key ^ key >> 31;
}

static void place_middle(Mesh *mesh, uint32_t a, uint32_t b, uint64_t noise)
{
    uint32_t v = mesh->vertex_count++;
    float length2 = 0, size2 = 0;
    for (int k = 0; k < 3; k++) {
        float way = mesh->positions[b][k] - mesh->positions[a][k];
        length2 += way * way;
        mesh->positions[v][k] = (mesh->positions[a][k] + mesh->positions[b][k]) / 2;
        mesh->normals[v][k] = mesh->normals[a][k] + mesh->normals[b][k];
        size2 += mesh->normals[v][k] * mesh->normals[v][k];
    }
    float share = (float)(noise >> 40) / (float)(1 << 23) - 1; // -1 to 1
    float scale = size2 > 0 ? 1 / sqrtf(size2) : 0;
    for (int k = 0; k < 3; k++) {
        mesh->normals[v][k] *= scale;
        mesh->positions[v][k] += mesh->normals[v][k] * share * RELIEF * sqrtf(length2);
    }
}

static uint32_t middle_of(Mesh *mesh, Edges *edges, uint32_t a, uint32_t b)
{
    uint64_t key = (uint64_t)(MIN(a, b) + 1) << 32 | MAX(a, b), noise = mix(key);
    uint32_t at = (uint32_t)noise & edges->mask;
    while (edges->keys[at] && edges->keys[at] != key)
        at = (at + 1) & edges->mask;
    if (!edges->keys[at]) {
        edges->keys[at] = key;
        edges->middles[at] = mesh->vertex_count;
        place_middle(mesh, MIN(a, b), MAX(a, b), noise);
    }
    return edges->middles[at];
}

// Copies into fresh arrays that have room for everything.
static Mesh make_room(const Mesh *from, Arena *arena)
{
    uint64_t vertices = (uint64_t)from->vertex_count + 3 * (uint64_t)from->triangle_count;
    Mesh mesh = {.vertex_count = from->vertex_count,
                 .triangle_count = 4 * from->triangle_count};
    mesh.positions = arena_alloc_raw(arena, vertices * sizeof *mesh.positions, 16);
    mesh.normals = arena_alloc_raw(arena, vertices * sizeof *mesh.normals, 16);
    mesh.triangles = arena_alloc_raw(arena, mesh.triangle_count * sizeof *mesh.triangles, 16);
    memcpy(mesh.positions, from->positions, from->vertex_count * sizeof *mesh.positions);
    memcpy(mesh.normals, from->normals, from->vertex_count * sizeof *mesh.normals);
    return mesh;
}

static Mesh subdivide(const Mesh *from, Arena *arena)
{
    Mesh mesh = make_room(from, arena);
    Arena temporary = {0};
    Edges edges = make_edges(from->triangle_count, &temporary);
    for (uint32_t t = 0; t < from->triangle_count; t++) {
        const uint32_t *v = from->triangles[t];
        uint32_t m[3], (*out)[3] = &mesh.triangles[4 * (size_t)t];
        for (int i = 0; i < 3; i++)
            m[i] = middle_of(&mesh, &edges, v[i], v[(i + 1) % 3]);
        for (int i = 0; i < 3; i++) {
            out[i][0] = v[i];
            out[i][1] = m[i];
            out[i][2] = m[(i + 2) % 3];
        }
        memcpy(out[3], m, sizeof m);
    }
    arena_drop(&temporary);
    return mesh;
}

// ---- writing

static void write_ply(const Mesh *mesh, FILE *file)
{
    fprintf(file,
            "ply\nformat binary_little_endian 1.0\nelement vertex %u\nproperty float x\n"
            "property float y\nproperty float z\nelement face %u\n"
            "property list uchar int vertex_indices\nend_header\n",
            mesh->vertex_count, mesh->triangle_count);
    fwrite(mesh->positions, sizeof *mesh->positions, mesh->vertex_count, file);
    for (uint32_t t = 0; t < mesh->triangle_count; t++) {
        uint8_t face[13] = {3};
        memcpy(face + 1, mesh->triangles[t], 12);
        fwrite(face, sizeof face, 1, file);
    }
}

static void write_stl(const Mesh *mesh, FILE *file)
{
    char header[80] = "binary";
    fwrite(header, sizeof header, 1, file);
    fwrite(&mesh->triangle_count, 4, 1, file);
    for (uint32_t t = 0; t < mesh->triangle_count; t++) {
        uint8_t facet[50] = {0};
        for (int i = 0; i < 3; i++)
            memcpy(facet + 12 + 12 * i, mesh->positions[mesh->triangles[t][i]], 12);
        fwrite(facet, sizeof facet, 1, file);
    }
}

NODISCARD static Status write_mesh(const Mesh *mesh, const char *path)
{
    FILE *file = fopen(path, "wb");
    if (!file)
        return FAIL(ERR_IO, "%s: cannot be written", path);
    if (str_ends_with(str_of(path), ".stl"))
        write_stl(mesh, file);
    else
        write_ply(mesh, file);
    bool has_failed = ferror(file) != 0;
    has_failed |= fclose(file) != 0;
    return has_failed ? FAIL(ERR_IO, "%s: not everything could be written", path) : OK;
}

static Status run(int argc, char **argv)
{
    ImportOptions import = {0};
    const char *path = NULL;
    int steps = 1;
    for (int i = 2; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--unit") == 0)
            import_unit_parse(argv[i + 1], &import.unit);
        else if (strcmp(argv[i], "--steps") == 0)
            steps = atoi(argv[i + 1]);
        else if (strcmp(argv[i], "-o") == 0)
            path = argv[i + 1];
    }
    if (!path || steps < 0 || steps > 8)
        return FAIL(ERR_INVALID, "say -o OUT.ply or OUT.stl, and 0 to 8 steps");
    Arena arenas[2] = {{0}};
    Scan scan;
    Status status = import_scan(argv[1], &import, &arenas[1], &scan);
    Mesh mesh = {0};
    if (!status)
        mesh = take_scan(&scan, &arenas[1]);
    for (int i = 0; i < steps && !status; i++) {
        if ((uint64_t)mesh.triangle_count * 4 > SCAN_MAX_TRIANGLES)
            status =
                FAIL(ERR_LIMIT, "that would be more than %d triangles", SCAN_MAX_TRIANGLES);
        else
            mesh = subdivide(&mesh, &arenas[i % 2]);
        arena_drop(&arenas[(i + 1) % 2]);
    }
    if (!status)
        status = write_mesh(&mesh, path);
    if (!status)
        printf("%u triangles, %u vertices; metres\n", mesh.triangle_count, mesh.vertex_count);
    arena_drop(&arenas[0]);
    arena_drop(&arenas[1]);
    return status;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "vitrine-subdivide SCAN [--unit mm] --steps N -o OUT.ply|OUT.stl\n");
        return 2;
    }
    Status status = run(argc, argv);
    if (status)
        log_fault(LOG_ERROR, argv[1]);
    return status ? 1 : 0;
}
