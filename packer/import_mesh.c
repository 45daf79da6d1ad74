// import_mesh.c: vertices and triangles while they are being read.

#include "packer/import_mesh.h"

#include <math.h>
#include <string.h>

enum { MAX_VERTICES = 3 * (SCAN_MAX_TRIANGLES / 2), UNUSED = 0xffffffff };

static const size_t stream_bytes[IMPORT_STREAM_COUNT] = {
    [IMPORT_POSITIONS] = 3 * sizeof(float),
    [IMPORT_NORMALS] = 3 * sizeof(float),
    [IMPORT_UV0] = 2 * sizeof(float),
    [IMPORT_UV1] = 2 * sizeof(float),
    [IMPORT_COLORS] = 4,
    [IMPORT_SURFACES] = 4,
};

// What a vertex says that says nothing. Roughness 0.8, no metal, open to the light.
static const uint8_t silent_color[4] = {255, 255, 255, 255};
static const uint8_t silent_surface[4] = {204, 0, 255, 0};

void *import_array_push(ImportArray *array, size_t bytes)
{
    if (!array->bytes || bytes > array->capacity - array->used) {
        size_t capacity = MAX(array->used + bytes, array->capacity + array->capacity / 2);
        Arena next = {0};
        uint8_t *moved = arena_alloc_raw(&next, MAX(capacity, (size_t)4096), 16);
        if (array->used)
            memcpy(moved, array->bytes, array->used);
        arena_drop(&array->arena);
        array->arena = next;
        array->bytes = moved;
        array->capacity = MAX(capacity, (size_t)4096);
    }
    void *place = array->bytes + array->used;
    array->used += bytes;
    return place;
}

void import_array_drop(ImportArray *array)
{
    arena_drop(&array->arena);
    *array = (ImportArray){0};
}

void import_mesh_drop(ImportMesh *mesh)
{
    for (int i = 0; i < IMPORT_STREAM_COUNT; i++)
        import_array_drop(&mesh->streams[i]);
    import_array_drop(&mesh->triangles);
    import_array_drop(&mesh->triangle_materials);
    *mesh = (ImportMesh){0};
}

static void push_silence(ImportMesh *mesh, ImportStream stream, size_t count)
{
    uint8_t *bytes = import_array_push(&mesh->streams[stream], count * stream_bytes[stream]);
    if (stream != IMPORT_COLORS && stream != IMPORT_SURFACES) {
        memset(bytes, 0, count * stream_bytes[stream]);
        return;
    }
    const uint8_t *silent = stream == IMPORT_COLORS ? silent_color : silent_surface;
    for (size_t i = 0; i < count; i++)
        memcpy(bytes + i * 4, silent, 4);
}

Status import_mesh_add_vertices(ImportMesh *mesh, size_t count, uint32_t *first)
{
    if (count > (size_t)MAX_VERTICES - mesh->vertex_count)
        return FAIL(ERR_LIMIT, "the scan has more than %d vertices", MAX_VERTICES);
    mesh->has_stream[IMPORT_POSITIONS] = true;
    for (int i = 0; i < IMPORT_STREAM_COUNT; i++)
        if (mesh->has_stream[i])
            push_silence(mesh, (ImportStream)i, count);
    *first = mesh->vertex_count;
    mesh->vertex_count += (uint32_t)count;
    return OK;
}

void *import_mesh_stream(ImportMesh *mesh, ImportStream stream)
{
    if (!mesh->has_stream[stream]) {
        mesh->has_stream[stream] = true;
        push_silence(mesh, stream, mesh->vertex_count);
    }
    return mesh->streams[stream].bytes;
}

static void set_material(ImportMesh *mesh, uint32_t triangle, uint16_t material)
{
    ImportArray *array = &mesh->triangle_materials;
    if (material == 0 && array->used == 0)
        return;
    size_t missing = (size_t)triangle * sizeof(uint16_t) - array->used;
    memset(import_array_push(array, missing), 0, missing);
    memcpy(import_array_push(array, sizeof material), &material, sizeof material);
}

Status import_mesh_add_triangle(ImportMesh *mesh, const uint32_t corners[3], uint32_t material)
{
    ASSERT(material < SCAN_MAX_MATERIALS);
    if (mesh->triangle_count >= SCAN_MAX_TRIANGLES)
        return FAIL(ERR_LIMIT, "the scan has more than %d triangles", SCAN_MAX_TRIANGLES);
    uint32_t *triangle = import_array_push(&mesh->triangles, 3 * sizeof *triangle);
    memcpy(triangle, corners, 3 * sizeof *triangle);
    set_material(mesh, mesh->triangle_count++, (uint16_t)material);
    return OK;
}

uint32_t import_mesh_material(const ImportMesh *mesh, uint32_t triangle)
{
    const ImportArray *array = &mesh->triangle_materials;
    bool is_known = triangle < array->used / sizeof(uint16_t);
    return is_known ? ((const uint16_t *)array->bytes)[triangle] : 0;
}

void import_mesh_set_material(ImportMesh *mesh, uint32_t triangle, uint32_t material)
{
    ASSERT(material < SCAN_MAX_MATERIALS && triangle < mesh->triangle_count);
    ImportArray *array = &mesh->triangle_materials;
    size_t missing = (size_t)mesh->triangle_count * sizeof(uint16_t) - array->used;
    memset(import_array_push(array, missing), 0, missing);
    ((uint16_t *)array->bytes)[triangle] = (uint16_t)material;
}

static void place_vector(float vector[3], double scale, bool is_z_up)
{
    double x = vector[0] * scale, y = vector[1] * scale, z = vector[2] * scale;
    vector[0] = (float)x;
    vector[1] = (float)(is_z_up ? z : y);
    vector[2] = (float)(is_z_up ? -y : z);
}

static void place_positions(ImportMesh *mesh, const ImportPlacement *placement)
{
    float(*positions)[3] = import_mesh_stream(mesh, IMPORT_POSITIONS);
    if (placement->metres_per_unit == 1 && !placement->is_z_up)
        return;
    for (uint32_t i = 0; i < mesh->vertex_count; i++)
        place_vector(positions[i], placement->metres_per_unit, placement->is_z_up);
}

static void place_normals(ImportMesh *mesh, const ImportPlacement *placement)
{
    if (!mesh->has_stream[IMPORT_NORMALS])
        return;
    float(*normals)[3] = import_mesh_stream(mesh, IMPORT_NORMALS);
    for (uint32_t i = 0; i < mesh->vertex_count; i++) {
        float *n = normals[i];
        double length = sqrt((double)n[0] * n[0] + (double)n[1] * n[1] + (double)n[2] * n[2]);
        if (isfinite(length) && length > 1e-12)
            place_vector(n, 1 / length, placement->is_z_up);
        else
            memset(n, 0, 3 * sizeof *n);
    }
}

static void clean_uvs(ImportMesh *mesh)
{
    for (int set = IMPORT_UV0; set <= IMPORT_UV1; set++) {
        if (!mesh->has_stream[set])
            continue;
        float *values = import_mesh_stream(mesh, (ImportStream)set);
        for (size_t i = 0; i < (size_t)mesh->vertex_count * 2; i++)
            if (!isfinite(values[i]))
                values[i] = 0;
    }
}

static bool is_sound_position(const float p[3])
{
    // Written so that NaN fails it.
    return fabsf(p[0]) <= SCAN_MAX_COORDINATE_M && fabsf(p[1]) <= SCAN_MAX_COORDINATE_M &&
           fabsf(p[2]) <= SCAN_MAX_COORDINATE_M;
}

static bool is_same_position(const float a[3], const float b[3])
{
    return a[0] == b[0] && a[1] == b[1] && a[2] == b[2];
}

static bool is_sound_triangle(const float (*positions)[3], const uint32_t corner[3])
{
    const float *a = positions[corner[0]], *b = positions[corner[1]], *c = positions[corner[2]];
    return is_sound_position(a) && is_sound_position(b) && is_sound_position(c) &&
           !is_same_position(a, b) && !is_same_position(b, c) && !is_same_position(c, a);
}

// Keeps the sound triangles, in order, and numbers the vertices they use in the order of the
// file. numbers[i] is UNUSED where no triangle uses vertex i.
static Status keep_sound_triangles(ImportMesh *mesh, uint32_t *numbers, uint32_t *used_count)
{
    const float(*positions)[3] = import_mesh_stream(mesh, IMPORT_POSITIONS);
    uint32_t(*triangles)[3] = (uint32_t(*)[3])mesh->triangles.bytes;
    uint16_t *materials = (uint16_t *)mesh->triangle_materials.bytes;
    bool has_materials = mesh->triangle_materials.used > 0;
    memset(numbers, 0xff, mesh->vertex_count * sizeof *numbers);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < mesh->triangle_count; i++) {
        for (int k = 0; k < 3; k++)
            if (triangles[i][k] >= mesh->vertex_count)
                return FAIL(ERR_CORRUPT, "triangle %u names vertex %u; there are only %u", i,
                            triangles[i][k], mesh->vertex_count);
        if (!is_sound_triangle(positions, triangles[i]))
            continue;
        for (int k = 0; k < 3; k++)
            numbers[triangles[i][k]] = 0;
        memmove(triangles[kept], triangles[i], sizeof triangles[i]);
        if (has_materials)
            materials[kept] = materials[i];
        kept++;
    }
    mesh->dropped_triangles += mesh->triangle_count - kept;
    mesh->triangle_count = kept;
    *used_count = 0;
    for (uint32_t i = 0; i < mesh->vertex_count; i++)
        if (numbers[i] != UNUSED)
            numbers[i] = (*used_count)++;
    return OK;
}

static void *hand_over_stream(ImportMesh *mesh, ImportStream stream, const uint32_t *numbers,
                              uint32_t used_count, Arena *arena)
{
    if (!mesh->has_stream[stream])
        return NULL;
    size_t size = stream_bytes[stream];
    uint8_t *result = arena_alloc_raw(arena, used_count * size, 16);
    const uint8_t *from = mesh->streams[stream].bytes;
    for (uint32_t i = 0; i < mesh->vertex_count; i++)
        if (numbers[i] != UNUSED)
            memcpy(result + numbers[i] * size, from + i * size, size);
    import_array_drop(&mesh->streams[stream]);
    return result;
}

static void hand_over(ImportMesh *mesh, const uint32_t *numbers, uint32_t used_count,
                      Arena *arena, Scan *out)
{
    out->vertex_count = used_count;
    out->triangle_count = mesh->triangle_count;
    out->dropped_triangles = mesh->dropped_triangles;
    out->triangles = arena_copy(arena, mesh->triangles.bytes,
                                mesh->triangle_count * sizeof *out->triangles, 16);
    import_array_drop(&mesh->triangles);
    for (size_t i = 0; i < (size_t)out->triangle_count * 3; i++)
        out->triangles[i / 3][i % 3] = numbers[out->triangles[i / 3][i % 3]];
    if (mesh->triangle_materials.used) {
        out->triangle_materials = arena_copy(arena, mesh->triangle_materials.bytes,
                                             mesh->triangle_count * sizeof(uint16_t), 16);
        import_array_drop(&mesh->triangle_materials);
    }
    out->positions = hand_over_stream(mesh, IMPORT_POSITIONS, numbers, used_count, arena);
    out->normals = hand_over_stream(mesh, IMPORT_NORMALS, numbers, used_count, arena);
    out->uvs[0] = hand_over_stream(mesh, IMPORT_UV0, numbers, used_count, arena);
    out->uvs[1] = hand_over_stream(mesh, IMPORT_UV1, numbers, used_count, arena);
    out->colors = hand_over_stream(mesh, IMPORT_COLORS, numbers, used_count, arena);
    out->surfaces = hand_over_stream(mesh, IMPORT_SURFACES, numbers, used_count, arena);
}

Status import_mesh_finish(ImportMesh *mesh, const ImportPlacement *placement, Arena *arena,
                          Scan *out)
{
    if (mesh->triangle_count == 0)
        return FAIL(ERR_NOT_FOUND, "the file holds no triangle");
    place_positions(mesh, placement);
    place_normals(mesh, placement);
    clean_uvs(mesh);
    Arena temporary = {0};
    uint32_t *numbers = ARENA_ARRAY_RAW(&temporary, uint32_t, (size_t)mesh->vertex_count + 1);
    uint32_t used_count = 0;
    Status status = keep_sound_triangles(mesh, numbers, &used_count);
    if (!status && mesh->triangle_count == 0)
        status = FAIL(ERR_NOT_FOUND,
                      "the file holds no sound triangle: all %llu have corners that coincide, "
                      "are not numbers, or lie more than %.0f km away",
                      (unsigned long long)mesh->dropped_triangles,
                      (double)SCAN_MAX_COORDINATE_M / 1000);
    if (!status)
        hand_over(mesh, numbers, used_count, arena, out);
    arena_drop(&temporary);
    return status;
}
