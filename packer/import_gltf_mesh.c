// import_gltf_mesh.c: glTF's meshes -> the job's vertices and triangles.

#include "packer/import_gltf_mesh.h"

#include <math.h>
#include <string.h>

#include "data/image.h"
#include "packer/draco_shim.h"
#include "packer/import_gltf_accessor.h"
#include "packer/import_gltf_buffer.h"
#include "packer/import_gltf_draco.h"
#include "packer/import_gltf_material.h"

enum { MODE_TRIANGLES = 4, MODE_STRIP = 5, MODE_FAN = 6 };

typedef struct Primitive {
    GltfDocument *document;
    JsonValue json, attributes;
    JsonValue draco_attributes; // names -> Draco's ids, where it is compressed
    DracoMesh *draco;           // dropped by add_primitive
    const double *matrix;
    bool is_mirrored; // the matrix turns the triangles over
    int64_t mode;
    uint32_t material;
    uint32_t first, vertex_count; // in the job's mesh
} Primitive;

// ---- attributes

// What the file says of an attribute; *is_there false where it has none. Component counts
// outside `least` to `most` are ERR_CORRUPT.
static Status find_attribute(Primitive *primitive, const char *name, int least, int most,
                             GltfAccessor *out, bool *is_there)
{
    GltfDocument *document = primitive->document;
    uint32_t index = UINT32_MAX;
    TRY(gltf_get_index(primitive->attributes, name, JSON_OPTIONAL, document->accessors,
                       &index));
    *is_there = index != UINT32_MAX;
    if (!*is_there)
        return OK;
    bool is_packed =
        primitive->draco && json_get(primitive->draco_attributes, name).value != NULL;
    TRY(is_packed ? gltf_describe_accessor(document, index, out)
                  : gltf_open_accessor(document, index, out));
    if (out->component_count < least || out->component_count > most)
        return json_fail(out->json, ERR_CORRUPT, "%d components are too %s for %s",
                         out->component_count, out->component_count < least ? "few" : "many",
                         name);
    if (!is_packed && out->count != primitive->vertex_count)
        return json_fail(out->json, ERR_CORRUPT, "%llu items of %s for %u vertices",
                         (unsigned long long)out->count, name, primitive->vertex_count);
    return OK;
}

static Status read_draco_attribute(Primitive *primitive, const GltfAccessor *accessor,
                                   const char *name, float *out, size_t step)
{
    int64_t id = 0;
    TRY(json_get_int(primitive->draco_attributes, name, JSON_REQUIRED,
                     (JsonRange){0, 4294967295.0}, &id));
    if (!draco_shim_read_attribute(primitive->draco, (uint32_t)id, accessor->component_count,
                                   out, step))
        return json_fail(primitive->draco_attributes, ERR_CORRUPT,
                         "the Draco stream has no %s of %d components", name,
                         accessor->component_count);
    if (accessor->is_normalized && accessor->component != GLTF_FLOAT)
        for (uint32_t i = 0; i < primitive->vertex_count; i++)
            for (int k = 0; k < accessor->component_count; k++)
                out[i * step + (size_t)k] =
                    gltf_normalized(accessor->component, out[i * step + (size_t)k]);
    return OK;
}

static Status read_attribute(Primitive *primitive, const GltfAccessor *accessor,
                             const char *name, float *out, size_t step)
{
    if (primitive->draco && json_get(primitive->draco_attributes, name).value)
        return read_draco_attribute(primitive, accessor, name, out, step);
    gltf_read_floats(accessor, out, step);
    return OK;
}

static ImportMesh *mesh_of(Primitive *primitive)
{
    return &primitive->document->job->mesh;
}

static Status read_positions(Primitive *primitive)
{
    GltfAccessor accessor;
    bool is_there = false;
    TRY(find_attribute(primitive, "POSITION", 3, 3, &accessor, &is_there));
    float(*positions)[3] = import_mesh_stream(mesh_of(primitive), IMPORT_POSITIONS);
    positions += primitive->first;
    TRY(read_attribute(primitive, &accessor, "POSITION", positions[0], 3));
    const double *m = primitive->matrix;
    for (uint32_t i = 0; i < primitive->vertex_count; i++) {
        double x = positions[i][0], y = positions[i][1], z = positions[i][2];
        for (int k = 0; k < 3; k++)
            positions[i][k] = (float)(m[k] * x + m[4 + k] * y + m[8 + k] * z + m[12 + k]);
    }
    return OK;
}

// The inverse transposed, but for a positive factor: no division, so flat matrices are fine.
static void find_normal_matrix(const double m[16], bool is_mirrored, double out[3][3])
{
    double sign = is_mirrored ? -1 : 1;
    for (int column = 0; column < 3; column++)
        for (int row = 0; row < 3; row++) {
            int c1 = (column + 1) % 3, c2 = (column + 2) % 3;
            int r1 = (row + 1) % 3, r2 = (row + 2) % 3;
            out[row][column] =
                sign * (m[c1 * 4 + r1] * m[c2 * 4 + r2] - m[c1 * 4 + r2] * m[c2 * 4 + r1]);
        }
}

static void turn_normal(double matrix[3][3], float normal[3])
{
    double turned[3];
    for (int k = 0; k < 3; k++)
        turned[k] =
            matrix[k][0] * normal[0] + matrix[k][1] * normal[1] + matrix[k][2] * normal[2];
    double length = sqrt(turned[0] * turned[0] + turned[1] * turned[1] + turned[2] * turned[2]);
    for (int k = 0; k < 3; k++)
        normal[k] = length > 0 ? (float)(turned[k] / length) : 0;
}

static Status read_normals(Primitive *primitive)
{
    GltfAccessor accessor;
    bool is_there = false;
    TRY(find_attribute(primitive, "NORMAL", 3, 3, &accessor, &is_there));
    if (!is_there)
        return OK;
    float(*normals)[3] = import_mesh_stream(mesh_of(primitive), IMPORT_NORMALS);
    normals += primitive->first;
    TRY(read_attribute(primitive, &accessor, "NORMAL", normals[0], 3));
    double matrix[3][3];
    find_normal_matrix(primitive->matrix, primitive->is_mirrored, matrix);
    for (uint32_t i = 0; i < primitive->vertex_count; i++)
        turn_normal(matrix, normals[i]);
    return OK;
}

static Status read_uvs(Primitive *primitive, const char *name, ImportStream stream)
{
    GltfAccessor accessor;
    bool is_there = false;
    TRY(find_attribute(primitive, name, 2, 2, &accessor, &is_there));
    if (!is_there)
        return OK;
    float(*uvs)[2] = import_mesh_stream(mesh_of(primitive), stream);
    return read_attribute(primitive, &accessor, name, uvs[primitive->first], 2);
}

// glTF's vertex colours are light; a Scan's are sRGB.
static Status read_colors(Primitive *primitive)
{
    GltfAccessor accessor;
    bool is_there = false;
    TRY(find_attribute(primitive, "COLOR_0", 3, 4, &accessor, &is_there));
    if (!is_there)
        return OK;
    Arena temporary = {0};
    float(*light)[4] =
        arena_alloc_raw(&temporary, arena_size_of(sizeof *light, primitive->vertex_count), 16);
    for (uint32_t i = 0; i < primitive->vertex_count; i++)
        light[i][3] = 1;
    Status status = read_attribute(primitive, &accessor, "COLOR_0", light[0], 4);
    uint8_t(*colors)[4] = import_mesh_stream(mesh_of(primitive), IMPORT_COLORS);
    for (uint32_t i = 0; !status && i < primitive->vertex_count; i++) {
        uint8_t *color = colors[primitive->first + i];
        for (int k = 0; k < 3; k++)
            color[k] = image_srgb_of_linear(light[i][k]);
        color[3] = (uint8_t)(light[i][3] > 0 ? MIN(light[i][3], 1.0f) * 255 + 0.5f : 0);
    }
    arena_drop(&temporary);
    return status;
}

// ---- triangles

static Status add_triangle(Primitive *primitive, uint32_t a, uint32_t b, uint32_t c)
{
    uint32_t most = MAX(a, MAX(b, c));
    if (most >= primitive->vertex_count)
        return json_fail(primitive->json, ERR_CORRUPT, "a triangle names vertex %u of %u", most,
                         primitive->vertex_count);
    uint32_t first = primitive->first;
    uint32_t corners[3] = {first + a, first + (primitive->is_mirrored ? c : b),
                           first + (primitive->is_mirrored ? b : c)};
    return import_mesh_add_triangle(mesh_of(primitive), corners, primitive->material);
}

static Status add_triangles(Primitive *primitive, const uint32_t *corners, uint64_t count)
{
    if (primitive->mode == MODE_TRIANGLES) {
        for (uint64_t i = 0; i + 2 < count; i += 3)
            TRY(add_triangle(primitive, corners[i], corners[i + 1], corners[i + 2]));
        return OK;
    }
    bool is_fan = primitive->mode == MODE_FAN;
    for (uint64_t i = 0; i + 2 < count; i++) {
        if (is_fan)
            TRY(add_triangle(primitive, corners[i + 1], corners[i + 2], corners[0]));
        else // every second one of a strip is turned over
            TRY(add_triangle(primitive, corners[i], corners[i + 1 + i % 2],
                             corners[i + 2 - i % 2]));
    }
    return OK;
}

// The corners in the order they are drawn, from wherever this primitive keeps them.
static Status read_corners(Primitive *primitive, Arena *temporary, uint32_t **out,
                           uint64_t *count)
{
    GltfDocument *document = primitive->document;
    uint32_t index = UINT32_MAX;
    GltfAccessor accessor;
    if (primitive->draco) {
        *count = (uint64_t)draco_shim_triangle_count(primitive->draco) * 3;
        *out = ARENA_ARRAY_RAW(temporary, uint32_t, *count);
        draco_shim_read_triangles(primitive->draco, *out);
        return OK;
    }
    TRY(gltf_get_index(primitive->json, "indices", JSON_OPTIONAL, document->accessors, &index));
    if (index == UINT32_MAX) {
        *count = primitive->vertex_count;
        *out = ARENA_ARRAY_RAW(temporary, uint32_t, *count);
        for (uint32_t i = 0; i < primitive->vertex_count; i++)
            (*out)[i] = i;
        return OK;
    }
    TRY(gltf_open_accessor(document, index, &accessor));
    *count = accessor.count;
    *out = ARENA_ARRAY_RAW(temporary, uint32_t, *count);
    return gltf_read_indices(&accessor, *out);
}

// ---- primitives

static Status open_draco(Primitive *primitive)
{
    JsonValue draco;
    uint32_t view_index = 0;
    GltfView view;
    char why[200] = "";
    TRY(gltf_get_extension(primitive->json, "KHR_draco_mesh_compression", &draco));
    if (!draco.value)
        return OK;
    TRY(gltf_get_index(draco, "bufferView", JSON_REQUIRED, primitive->document->views,
                       &view_index));
    TRY(json_get_object(draco, "attributes", JSON_REQUIRED, &primitive->draco_attributes));
    TRY(gltf_read_view(primitive->document, view_index, &view));
    TRY(gltf_check_draco(view.bytes));
    primitive->draco = draco_shim_decode(view.bytes.ptr, view.bytes.len, why, sizeof why);
    if (!primitive->draco)
        return json_fail(draco, ERR_CORRUPT, "Draco data that does not decode (%s)", why);
    // Its triangles come as a plain list whatever they were before.
    primitive->mode = MODE_TRIANGLES;
    return OK;
}

static Status count_vertices(Primitive *primitive)
{
    GltfDocument *document = primitive->document;
    uint32_t index = 0;
    GltfAccessor accessor;
    if (primitive->draco) {
        primitive->vertex_count = draco_shim_vertex_count(primitive->draco);
        return OK;
    }
    TRY(gltf_get_index(primitive->attributes, "POSITION", JSON_REQUIRED, document->accessors,
                       &index));
    TRY(gltf_open_accessor(document, index, &accessor));
    primitive->vertex_count = (uint32_t)accessor.count;
    return OK;
}

static Status read_vertices(Primitive *primitive)
{
    TRY(count_vertices(primitive));
    TRY(import_mesh_add_vertices(mesh_of(primitive), primitive->vertex_count,
                                 &primitive->first));
    TRY(read_positions(primitive));
    TRY(read_normals(primitive));
    TRY(read_uvs(primitive, "TEXCOORD_0", IMPORT_UV0));
    TRY(read_uvs(primitive, "TEXCOORD_1", IMPORT_UV1));
    return read_colors(primitive);
}

static Status read_triangles(Primitive *primitive)
{
    Arena temporary = {0};
    uint32_t *corners = NULL;
    uint64_t count = 0;
    Status status = read_corners(primitive, &temporary, &corners, &count);
    if (!status)
        status = add_triangles(primitive, corners, count);
    arena_drop(&temporary);
    return status;
}

static Status read_primitive_material(Primitive *primitive)
{
    uint32_t index = UINT32_MAX;
    TRY(gltf_get_index(primitive->json, "material", JSON_OPTIONAL,
                       primitive->document->materials, &index));
    return gltf_read_material(primitive->document, index == UINT32_MAX ? NULL : &index,
                              &primitive->material);
}

static Status add_primitive(Primitive *primitive)
{
    primitive->mode = MODE_TRIANGLES;
    TRY(json_to_object(primitive->json));
    TRY(json_get_int(primitive->json, "mode", JSON_OPTIONAL, (JsonRange){0, 6},
                     &primitive->mode));
    TRY(json_get_object(primitive->json, "attributes", JSON_REQUIRED, &primitive->attributes));
    if (primitive->mode < MODE_TRIANGLES || !json_get(primitive->attributes, "POSITION").value)
        return OK;
    TRY(read_primitive_material(primitive));
    TRY(open_draco(primitive));
    Status status = read_vertices(primitive);
    if (!status)
        status = read_triangles(primitive);
    draco_shim_drop(primitive->draco);
    return status;
}

static bool is_mirroring(const double m[16])
{
    return m[0] * (m[5] * m[10] - m[9] * m[6]) - m[4] * (m[1] * m[10] - m[9] * m[2]) +
               m[8] * (m[1] * m[6] - m[5] * m[2]) <
           0;
}

Status gltf_add_mesh(GltfDocument *document, uint32_t mesh, const double matrix[16])
{
    JsonValue json = json_item(document->meshes, mesh), primitives;
    TRY(json_to_object(json));
    TRY(json_get_array(json, "primitives", JSON_REQUIRED, GLTF_MAX_ITEMS, &primitives));
    for (size_t i = 0; i < json_count(primitives); i++) {
        Primitive primitive = {
            .document = document,
            .json = json_item(primitives, i),
            .matrix = matrix,
            .is_mirrored = is_mirroring(matrix),
        };
        TRY(add_primitive(&primitive));
    }
    return OK;
}
