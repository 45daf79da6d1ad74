// relief.c: makes a large mesh out of a small one, for measuring.

#include "bench/relief.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

// Of an edge, up to: more than the grid's step (a thirty-second), or packing would flatten it.
static const float RELIEF = 0.05f;

// ---- the mesh as it comes

static void add_normals(ReliefMesh *mesh)
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

static uint64_t mix(uint64_t key)
{
    key = (key ^ key >> 30) * 0xbf58476d1ce4e5b9u;
    key = (key ^ key >> 27) * 0x94d049bb133111ebu;
    return key ^ key >> 31;
}

uint32_t relief_weld(const Scan *scan, float (*positions)[3], uint32_t *names)
{
    uint64_t size = 64;
    while (size < (uint64_t)scan->vertex_count * 2)
        size *= 2;
    Scratch scratch = scratch_begin(NULL);
    uint32_t *table = ARENA_ARRAY(scratch.arena, uint32_t, size), count = 0; // 0: free
    for (uint32_t v = 0; v < scan->vertex_count; v++) {
        const float *position = scan->positions[v];
        uint64_t key = 0;
        for (int k = 0; k < 3; k++) {
            float value = position[k] + 0.0f; // no negative zero
            uint32_t bits;
            memcpy(&bits, &value, sizeof bits);
            key = mix(key ^ bits);
        }
        uint64_t at = key & (size - 1);
        while (table[at] && memcmp(positions[table[at] - 1], position, sizeof *positions))
            at = (at + 1) & (size - 1);
        if (!table[at]) {
            memcpy(positions[count], position, sizeof *positions);
            table[at] = ++count;
        }
        names[v] = table[at] - 1;
    }
    scratch_end(scratch);
    return count;
}

ReliefMesh relief_take(const Scan *scan, Arena *arena)
{
    ReliefMesh mesh = {0};
    size_t vertices = scan->vertex_count, triangles = scan->triangle_count;
    mesh.positions =
        arena_alloc_raw(arena, arena_size_of(sizeof *mesh.positions, vertices), 16);
    mesh.normals = arena_alloc(arena, arena_size_of(sizeof *mesh.normals, vertices), 16);
    mesh.triangles =
        arena_alloc_raw(arena, arena_size_of(sizeof *mesh.triangles, triangles), 16);
    Scratch scratch = scratch_begin(arena);
    uint32_t *names = ARENA_ARRAY_RAW(scratch.arena, uint32_t, vertices);
    mesh.vertex_count = relief_weld(scan, mesh.positions, names);
    for (uint32_t t = 0; t < scan->triangle_count; t++) {
        uint32_t v[3];
        for (int i = 0; i < 3; i++)
            v[i] = names[scan->triangles[t][i]];
        if (v[0] != v[1] && v[1] != v[2] && v[2] != v[0])
            memcpy(mesh.triangles[mesh.triangle_count++], v, sizeof v);
    }
    scratch_end(scratch);
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

static void place_middle(ReliefMesh *mesh, uint32_t a, uint32_t b, uint64_t noise)
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

static uint32_t middle_of(ReliefMesh *mesh, Edges *edges, uint32_t a, uint32_t b)
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
static ReliefMesh make_room(const ReliefMesh *from, Arena *arena)
{
    uint64_t vertices = (uint64_t)from->vertex_count + 3 * (uint64_t)from->triangle_count;
    ReliefMesh mesh = {.vertex_count = from->vertex_count,
                       .triangle_count = 4 * from->triangle_count};
    mesh.positions = arena_alloc_raw(arena, vertices * sizeof *mesh.positions, 16);
    mesh.normals = arena_alloc_raw(arena, vertices * sizeof *mesh.normals, 16);
    mesh.triangles = arena_alloc_raw(arena, mesh.triangle_count * sizeof *mesh.triangles, 16);
    memcpy(mesh.positions, from->positions, from->vertex_count * sizeof *mesh.positions);
    memcpy(mesh.normals, from->normals, from->vertex_count * sizeof *mesh.normals);
    return mesh;
}

static ReliefMesh subdivide(const ReliefMesh *from, Arena *arena)
{
    ReliefMesh mesh = make_room(from, arena);
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

NODISCARD Status relief_grow(ReliefMesh *mesh, int steps, Arena arenas[2])
{
    for (int i = 0; i < steps; i++) {
        if ((uint64_t)mesh->triangle_count * 4 > SCAN_MAX_TRIANGLES)
            return FAIL(ERR_LIMIT, "that would be more than %d triangles", SCAN_MAX_TRIANGLES);
        *mesh = subdivide(mesh, &arenas[1]);
        arena_drop(&arenas[0]);
        arenas[0] = arenas[1];
        arenas[1] = (Arena){0};
    }
    return OK;
}

// ---- writing

static void write_ply(const ReliefMesh *mesh, FILE *file)
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

static void write_stl(const ReliefMesh *mesh, FILE *file)
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

NODISCARD Status relief_write(const ReliefMesh *mesh, const char *path)
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
