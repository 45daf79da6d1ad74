// import_ply.c: PLY files -> Scan.

#include "packer/import_ply.h"

#include <math.h>
#include <string.h>

#include "packer/import_corners.h"
#include "packer/import_ply_header.h"
#include "packer/import_polygon.h"

enum { ROWS_PER_PROGRESS = 8192, STRIP_END = 0xffffffff };

typedef struct PlyReader {
    ImportJob *job;
    PlyHeader header;
    const uint8_t *at, *end; // binary
    ImportText text;         // ASCII
    ImportCorners corners;
    ImportArray list;       // uint32_t: the corners of the face being read
    ImportArray corner_uvs; // float: and their texture coordinates
    ImportPolygons polygons;
} PlyReader;

// The last value of each role in the row.
typedef struct PlyRow {
    double values[PLY_ROLE_COUNT];
} PlyRow;

// ---- values

static size_t bytes_left(const PlyReader *reader)
{
    if (reader->header.encoding == PLY_ASCII)
        return (size_t)(reader->text.end - reader->text.at);
    return (size_t)(reader->end - reader->at);
}

static Status fail_truncated(const PlyReader *reader)
{
    return FAIL(ERR_CORRUPT, reader->header.encoding == PLY_ASCII
                                 ? "the PLY file ends, or has something other than a number, "
                                   "where its header promises one"
                                 : "the PLY file ends before what its header promises");
}

static uint64_t load_bytes(const uint8_t *at, size_t count, bool is_big)
{
    uint64_t bits = 0;
    if (count == 4 && !is_big) // nearly every value of nearly every file
        return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
               (uint32_t)at[3] << 24;
    for (size_t i = 0; i < count; i++)
        bits |= (uint64_t)at[i] << 8 * (is_big ? count - 1 - i : i);
    return bits;
}

static double value_of_bits(uint64_t bits, PlyType type)
{
    switch (type) {
    case PLY_INT8:
        return (int8_t)bits;
    case PLY_INT16:
        return (int16_t)bits;
    case PLY_INT32:
        return (int32_t)bits;
    case PLY_UINT8:
    case PLY_UINT16:
    case PLY_UINT32:
        return (double)bits;
    case PLY_FLOAT32: {
        uint32_t half = (uint32_t)bits;
        float value;
        memcpy(&value, &half, sizeof value);
        return value;
    }
    case PLY_FLOAT64: {
        double value;
        memcpy(&value, &bits, sizeof value);
        return value;
    }
    case PLY_TYPE_COUNT:
        break;
    }
    return 0;
}

static bool read_text_value(ImportText *text, double *out)
{
    for (;;) {
        import_text_skip_space(text);
        if (import_text_double(text, out))
            return true;
        if (!import_text_take(text, "comment")) // some programs comment between rows
            return false;
        import_text_skip_line(text);
    }
}

NODISCARD static Status read_value(PlyReader *reader, PlyType type, double *out)
{
    if (reader->header.encoding == PLY_ASCII)
        return read_text_value(&reader->text, out) ? OK : fail_truncated(reader);
    size_t size = ply_type_bytes(type);
    if ((size_t)(reader->end - reader->at) < size)
        return fail_truncated(reader);
    uint64_t bits = load_bytes(reader->at, size, reader->header.encoding == PLY_BIG_ENDIAN);
    *out = value_of_bits(bits, type);
    reader->at += size;
    return OK;
}

// Checked against what is left of the file, so that it may size memory.
NODISCARD static Status read_list_count(PlyReader *reader, const PlyProperty *property,
                                        size_t *out)
{
    double count = 0;
    TRY(read_value(reader, property->count_type, &count));
    size_t item = reader->header.encoding == PLY_ASCII ? 2 : ply_type_bytes(property->type);
    if (!(count >= 0) || count != floor(count) ||
        count > (double)(bytes_left(reader) / item + 1))
        return FAIL(ERR_CORRUPT, "a list of the PLY file claims %g items; %zu bytes are left",
                    count, bytes_left(reader));
    *out = (size_t)count;
    return OK;
}

NODISCARD static Status skip_list(PlyReader *reader, const PlyProperty *property)
{
    size_t count = 0;
    double ignored;
    TRY(read_list_count(reader, property, &count));
    for (size_t i = 0; i < count; i++)
        TRY(read_value(reader, property->type, &ignored));
    return OK;
}

NODISCARD static Status read_corner_list(PlyReader *reader, const PlyProperty *property)
{
    size_t count = 0;
    TRY(read_list_count(reader, property, &count));
    reader->list.used = 0;
    uint32_t *corners = import_array_push(&reader->list, count * sizeof *corners);
    for (size_t i = 0; i < count; i++) {
        double value = 0;
        TRY(read_value(reader, property->type, &value));
        bool is_strip_end = value == -1;
        if (!is_strip_end &&
            !(value >= 0 && value < (double)STRIP_END && value == floor(value)))
            return FAIL(ERR_CORRUPT, "a face of the PLY file names vertex %g", value);
        corners[i] = is_strip_end ? STRIP_END : (uint32_t)value;
    }
    return OK;
}

NODISCARD static Status read_corner_uvs(PlyReader *reader, const PlyProperty *property)
{
    size_t count = 0;
    TRY(read_list_count(reader, property, &count));
    reader->corner_uvs.used = 0;
    float *uvs = import_array_push(&reader->corner_uvs, count * sizeof *uvs);
    for (size_t i = 0; i < count; i++) {
        double value = 0;
        TRY(read_value(reader, property->type, &value));
        uvs[i] = (float)value;
    }
    return OK;
}

NODISCARD static Status read_row(PlyReader *reader, const PlyElement *element, PlyRow *row)
{
    for (uint32_t i = 0; i < element->property_count; i++) {
        const PlyProperty *property = &element->properties[i];
        if (!property->is_list)
            TRY(read_value(reader, property->type, &row->values[property->role]));
        else if (property->role == PLY_CORNERS)
            TRY(read_corner_list(reader, property));
        else if (property->role == PLY_CORNER_UVS)
            TRY(read_corner_uvs(reader, property));
        else
            TRY(skip_list(reader, property));
    }
    return OK;
}

// A row takes at least this much, so a count that the file cannot hold is refused at once.
NODISCARD static Status check_row_count(const PlyReader *reader, const PlyElement *element)
{
    bool is_text = reader->header.encoding == PLY_ASCII;
    size_t least = 0;
    for (uint32_t i = 0; i < element->property_count; i++) {
        const PlyProperty *property = &element->properties[i];
        PlyType type = property->is_list ? property->count_type : property->type;
        least += is_text ? 2 : ply_type_bytes(type);
    }
    if (least && element->count > (bytes_left(reader) + 1) / least)
        return FAIL(ERR_CORRUPT,
                    "the PLY header promises %llu rows of at least %zu bytes; the file has "
                    "%zu bytes left",
                    (unsigned long long)element->count, least, bytes_left(reader));
    return OK;
}

NODISCARD static Status tell_progress(PlyReader *reader, uint64_t row)
{
    if (row % ROWS_PER_PROGRESS)
        return OK;
    double size = (double)reader->job->file.len;
    return import_job_progress(reader->job, 1 - (double)bytes_left(reader) / size);
}

// ---- vertices

static uint8_t byte_of(double value, PlyType type)
{
    double scaled = value;
    if (type >= PLY_FLOAT32)
        scaled = value * 255;
    else if (type == PLY_UINT16 || type == PLY_INT16)
        scaled = value / 257;
    return scaled > 0 ? (uint8_t)MIN(scaled + 0.5, 255) : 0; // NaN becomes 0
}

// Bytes of consecutive roles; absent ones keep what is there.
static void store_bytes(const PlyElement *element, const PlyRow *row, PlyRole first, int count,
                        uint8_t *bytes)
{
    for (int i = 0; i < count; i++)
        if (element->has_role[first + i])
            bytes[i] = byte_of(row->values[first + i], element->role_types[first + i]);
}

static void store_floats(const PlyRow *row, PlyRole first, int count, float *floats)
{
    for (int i = 0; i < count; i++)
        floats[i] = (float)row->values[first + i];
}

static bool has_color(const PlyElement *element)
{
    return element->has_role[PLY_RED] && element->has_role[PLY_GREEN] &&
           element->has_role[PLY_BLUE];
}

static bool has_surface(const PlyElement *element)
{
    return element->has_role[PLY_ROUGHNESS] || element->has_role[PLY_METAL] ||
           element->has_role[PLY_OCCLUSION];
}

typedef struct VertexStreams {
    float (*positions)[3], (*normals)[3], (*uvs)[2];
    uint8_t (*colors)[4], (*surfaces)[4];
} VertexStreams;

static VertexStreams make_streams(ImportMesh *mesh, const PlyElement *element)
{
    const bool *has = element->has_role;
    VertexStreams streams = {.positions = import_mesh_stream(mesh, IMPORT_POSITIONS)};
    if (has[PLY_NORMAL_X] && has[PLY_NORMAL_Y] && has[PLY_NORMAL_Z])
        streams.normals = import_mesh_stream(mesh, IMPORT_NORMALS);
    if (has[PLY_U] && has[PLY_V])
        streams.uvs = import_mesh_stream(mesh, IMPORT_UV0);
    if (has_color(element))
        streams.colors = import_mesh_stream(mesh, IMPORT_COLORS);
    if (has_surface(element))
        streams.surfaces = import_mesh_stream(mesh, IMPORT_SURFACES);
    return streams;
}

static void store_vertex(const PlyElement *element, const PlyRow *row, VertexStreams *streams,
                         uint64_t i)
{
    store_floats(row, PLY_X, 3, streams->positions[i]);
    if (streams->normals)
        store_floats(row, PLY_NORMAL_X, 3, streams->normals[i]);
    if (streams->uvs) {
        store_floats(row, PLY_U, 2, streams->uvs[i]);
        streams->uvs[i][1] = 1 - streams->uvs[i][1]; // PLY counts from below
    }
    if (streams->colors)
        store_bytes(element, row, PLY_RED, 4, streams->colors[i]);
    if (streams->surfaces)
        store_bytes(element, row, PLY_ROUGHNESS, 3, streams->surfaces[i]);
}

NODISCARD static Status read_vertices(PlyReader *reader, const PlyElement *element)
{
    const bool *has = element->has_role;
    if (!has[PLY_X] || !has[PLY_Y] || !has[PLY_Z])
        return FAIL(ERR_CORRUPT, "the vertices of the PLY file have no x, y and z");
    uint32_t first = 0;
    TRY(import_mesh_add_vertices(&reader->job->mesh, element->count, &first));
    VertexStreams streams = make_streams(&reader->job->mesh, element);
    PlyRow row = {0};
    for (uint64_t i = 0; i < element->count; i++) {
        TRY(tell_progress(reader, i));
        TRY(read_row(reader, element, &row));
        store_vertex(element, &row, &streams, i);
    }
    return OK;
}

// ---- faces

// A face may say colours and texture coordinates that its vertices do not.
NODISCARD static Status split_corners(PlyReader *reader, const PlyElement *element,
                                      const PlyRow *row, uint32_t *corners, size_t count)
{
    ImportMesh *mesh = &reader->job->mesh;
    const float *uvs = (const float *)reader->corner_uvs.bytes;
    bool has_uvs =
        reader->corner_uvs.used == count * 2 * sizeof *uvs && element->has_role[PLY_CORNER_UVS];
    uint8_t color[4] = {255, 255, 255, 255};
    if (has_color(element))
        store_bytes(element, row, PLY_RED, 4, color);
    for (size_t i = 0; i < count; i++) {
        float uv[2] = {has_uvs ? uvs[i * 2] : 0, has_uvs ? 1 - uvs[i * 2 + 1] : 0};
        ImportCornerKey key;
        memcpy(&key.words[0], uv, sizeof uv);
        memcpy(&key.words[2], color, sizeof color);
        bool is_new = false;
        TRY(import_corners_find(&reader->corners, corners[i], key, &corners[i], &is_new));
        if (is_new && element->has_role[PLY_CORNER_UVS])
            memcpy(((float(*)[2])import_mesh_stream(mesh, IMPORT_UV0))[corners[i]], uv,
                   sizeof uv);
        if (is_new && has_color(element))
            memcpy(((uint8_t(*)[4])import_mesh_stream(mesh, IMPORT_COLORS))[corners[i]], color,
                   sizeof color);
    }
    return OK;
}

static uint32_t material_of(const PlyReader *reader, const PlyElement *element,
                            const PlyRow *row)
{
    double number = row->values[PLY_TEXTURE_NUMBER];
    if (!element->has_role[PLY_TEXTURE_NUMBER] || !(number >= 0))
        return 0;
    return (uint32_t)MIN(number, (double)(reader->job->material_count - 1));
}

NODISCARD static Status check_corners(uint32_t vertex_count, const uint32_t *corners,
                                      size_t count, uint64_t face)
{
    for (size_t i = 0; i < count; i++)
        if (corners[i] >= vertex_count)
            return FAIL(ERR_CORRUPT, "face %llu of the PLY file names vertex %u of %u",
                        (unsigned long long)face, corners[i], vertex_count);
    return OK;
}

NODISCARD static Status read_faces(PlyReader *reader, const PlyElement *element)
{
    uint32_t vertex_count = reader->job->mesh.vertex_count;
    bool is_split = element->has_role[PLY_CORNER_UVS] || has_color(element);
    PlyRow row = {0};
    for (uint64_t i = 0; i < element->count; i++) {
        TRY(tell_progress(reader, i));
        TRY(read_row(reader, element, &row));
        uint32_t *corners = (uint32_t *)reader->list.bytes;
        size_t count = reader->list.used / sizeof *corners;
        TRY(check_corners(vertex_count, corners, count, i));
        if (count < 3) {
            reader->job->mesh.dropped_triangles++;
            continue;
        }
        if (is_split)
            TRY(split_corners(reader, element, &row, corners, count));
        TRY(import_polygons_add(&reader->polygons, &reader->job->mesh, corners, count,
                                material_of(reader, element, &row)));
    }
    return OK;
}

// Every second triangle of a strip is turned over; -1 ends one strip and begins the next.
NODISCARD static Status add_strips(PlyReader *reader, const uint32_t *corners, size_t count)
{
    size_t start = 0;
    for (size_t i = 0; i < count; i++) {
        if (corners[i] == STRIP_END) {
            start = i + 1;
            continue;
        }
        TRY(check_corners(reader->job->mesh.vertex_count, &corners[i], 1, i));
        if (i < start + 2)
            continue;
        bool is_turned = (i - start) % 2;
        TRY(import_mesh_add_triangle(&reader->job->mesh,
                                     (uint32_t[3]){corners[i - 2],
                                                   corners[is_turned ? i : i - 1],
                                                   corners[is_turned ? i - 1 : i]},
                                     0));
    }
    return OK;
}

NODISCARD static Status read_strips(PlyReader *reader, const PlyElement *element)
{
    PlyRow row = {0};
    for (uint64_t i = 0; i < element->count; i++) {
        TRY(tell_progress(reader, i));
        TRY(read_row(reader, element, &row));
        TRY(add_strips(reader, (const uint32_t *)reader->list.bytes,
                       reader->list.used / sizeof(uint32_t)));
    }
    return OK;
}

// ---- elements

NODISCARD static Status skip_rows(PlyReader *reader, const PlyElement *element)
{
    if (element->property_count == 0)
        return OK;
    PlyRow row;
    for (uint64_t i = 0; i < element->count; i++) {
        TRY(tell_progress(reader, i));
        TRY(read_row(reader, element, &row));
    }
    return OK;
}

NODISCARD static Status read_element(PlyReader *reader, const PlyElement *element)
{
    TRY(check_row_count(reader, element));
    bool has_corners = element->has_role[PLY_CORNERS];
    if (element->table == PLY_VERTICES)
        return read_vertices(reader, element);
    if (element->table == PLY_FACES && has_corners)
        return read_faces(reader, element);
    if (element->table == PLY_STRIPS && has_corners)
        return read_strips(reader, element);
    return skip_rows(reader, element);
}

static bool is_face_table(const PlyElement *element)
{
    return element->table == PLY_FACES || element->table == PLY_STRIPS;
}

// Faces may come before the vertices they name: then they are passed over, and read at the end.
NODISCARD static Status read_elements(PlyReader *reader)
{
    const PlyHeader *header = &reader->header;
    struct {
        const PlyElement *element;
        const uint8_t *at;
        ImportText text;
    } waiting[PLY_STRIPS + 1];
    int waiting_count = 0;
    bool has_vertices = false;
    for (uint32_t i = 0; i < header->element_count; i++) {
        const PlyElement *element = &header->elements[i];
        if (is_face_table(element) && !has_vertices) {
            waiting[waiting_count].element = element;
            waiting[waiting_count].at = reader->at;
            waiting[waiting_count++].text = reader->text;
            TRY(check_row_count(reader, element));
            TRY(skip_rows(reader, element));
        } else {
            TRY(read_element(reader, element));
        }
        has_vertices |= element->table == PLY_VERTICES;
    }
    for (int i = 0; i < waiting_count; i++) {
        reader->at = waiting[i].at;
        reader->text = waiting[i].text;
        TRY(read_element(reader, waiting[i].element));
    }
    return OK;
}

NODISCARD static Status check_has_faces(const PlyHeader *header)
{
    uint64_t vertex_count = 0;
    for (uint32_t i = 0; i < header->element_count; i++) {
        const PlyElement *element = &header->elements[i];
        if (is_face_table(element) && element->count && element->has_role[PLY_CORNERS])
            return OK;
        if (element->table == PLY_VERTICES)
            vertex_count = element->count;
    }
    return FAIL(ERR_UNSUPPORTED,
                "it is a point cloud: %llu points and no faces. Make a surface of it first "
                "(a Poisson reconstruction in MeshLab or CloudCompare, for example)",
                (unsigned long long)vertex_count);
}

NODISCARD static Status add_materials(PlyReader *reader)
{
    const PlyHeader *header = &reader->header;
    ScanMaterial material = scan_default_material();
    uint32_t index;
    for (uint32_t i = 0; i < header->texture_file_count; i++) {
        const char *name = import_job_keep_text(reader->job, header->texture_files[i]);
        if (!name)
            return FAIL(ERR_CORRUPT, "the PLY header names a texture that is not UTF-8");
        material.name = name;
        TRY(import_job_add_image_file(reader->job, name, &material.base_color_map.image));
        TRY(import_job_add_material(reader->job, &material, &index));
    }
    if (header->texture_file_count == 0)
        TRY(import_job_add_material(reader->job, &material, &index));
    return OK;
}

NODISCARD static Status read_body(PlyReader *reader)
{
    ImportJob *job = reader->job;
    TRY(ply_header_parse(job->file, &job->temporary, &reader->header));
    TRY(check_has_faces(&reader->header));
    TRY(add_materials(reader));
    Bytes body = bytes_skip(job->file, reader->header.body_offset);
    reader->at = body.ptr;
    reader->end = body.ptr + body.len;
    reader->text = import_text_of(body);
    job->generator = import_job_keep_text(job, reader->header.generator);
    return read_elements(reader);
}

bool import_ply_is_one(Bytes file)
{
    return file.len >= 4 && memcmp(file.ptr, "ply", 3) == 0 &&
           (file.ptr[3] == '\n' || file.ptr[3] == '\r' || file.ptr[3] == ' ');
}

Status import_ply(ImportJob *job)
{
    PlyReader *reader = ARENA_NEW(&job->temporary, PlyReader);
    reader->job = job;
    reader->corners.mesh = &job->mesh;
    job->format = "PLY";
    Status status = read_body(reader);
    import_corners_drop(&reader->corners);
    import_array_drop(&reader->list);
    import_array_drop(&reader->corner_uvs);
    import_polygons_drop(&reader->polygons);
    return status;
}
