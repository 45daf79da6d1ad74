// import_obj.c: Wavefront OBJ -> Scan.

#include "packer/import_obj.h"

#include <string.h>

#include "base/log.h"
#include "packer/import_corners.h"
#include "packer/import_mtl.h"
#include "packer/import_polygon.h"

enum { LINES_PER_PROGRESS = 8192, MAX_LIBRARIES = 256, ABSENT = 0 };

typedef struct ObjReader {
    ImportJob *job;
    ImportText text;
    uint64_t line;
    ImportArray vertices; // uint32_t: the mesh's vertex of each "v"
    ImportArray uvs;      // float[2], of each "vt"
    ImportArray normals;  // float[3], of each "vn"
    ImportCorners corners;
    ImportPolygons polygons;
    ImportArray face; // uint32_t: the mesh's vertices of the face being read
    MtlLibrary library;
    int libraries_read;
    uint32_t material;
    bool has_material; // a face may be used before any usemtl
} ObjReader;

static uint32_t count_of(const ImportArray *array, size_t size)
{
    return (uint32_t)(array->used / size);
}

static Status fail_line(const ObjReader *reader, const char *sentence)
{
    return FAIL(ERR_CORRUPT, "line %llu: %s", (unsigned long long)reader->line, sentence);
}

static int read_numbers(ImportText *text, double *numbers, int most)
{
    int count = 0;
    while (count < most && import_text_double(text, &numbers[count]))
        count++;
    return count;
}

static uint8_t byte_of(double value)
{
    return value > 0 ? (uint8_t)(MIN(value, 1.0) * 255 + 0.5) : 0;
}

// "v x y z", and perhaps w, or red, green and blue.
static Status read_vertex(ObjReader *reader)
{
    ImportMesh *mesh = &reader->job->mesh;
    double numbers[7];
    int count = read_numbers(&reader->text, numbers, 7);
    uint32_t vertex = 0;
    if (count < 3)
        return fail_line(reader, "a vertex of fewer than three numbers");
    if (reader->vertices.used / sizeof vertex >= UINT32_MAX / 2)
        return FAIL(ERR_LIMIT, "the scan has more than %u vertices", UINT32_MAX / 2);
    TRY(import_mesh_add_vertices(mesh, 1, &vertex));
    float(*positions)[3] = import_mesh_stream(mesh, IMPORT_POSITIONS);
    for (int k = 0; k < 3; k++)
        positions[vertex][k] = (float)numbers[k];
    if (count >= 6) {
        uint8_t(*colors)[4] = import_mesh_stream(mesh, IMPORT_COLORS);
        for (int k = 0; k < 3; k++)
            colors[vertex][k] = byte_of(numbers[3 + k]);
    }
    memcpy(import_array_push(&reader->vertices, sizeof vertex), &vertex, sizeof vertex);
    return OK;
}

static Status read_uv(ObjReader *reader)
{
    double numbers[2] = {0, 0};
    if (read_numbers(&reader->text, numbers, 2) < 1)
        return fail_line(reader, "texture coordinates without a number");
    const float uv[2] = {(float)numbers[0], (float)(1 - numbers[1])}; // OBJ counts from below
    memcpy(import_array_push(&reader->uvs, sizeof uv), uv, sizeof uv);
    return OK;
}

static Status read_normal(ObjReader *reader)
{
    double numbers[3];
    if (read_numbers(&reader->text, numbers, 3) < 3)
        return fail_line(reader, "a normal of fewer than three numbers");
    const float normal[3] = {(float)numbers[0], (float)numbers[1], (float)numbers[2]};
    memcpy(import_array_push(&reader->normals, sizeof normal), normal, sizeof normal);
    return OK;
}

// ---- faces

// From 1, or backwards from -1, to a number from 1, which may be said before what it names.
// What no file can hold becomes ABSENT.
static uint32_t resolve(int64_t number, uint32_t count)
{
    if (number < 0)
        number += (int64_t)count + 1;
    return number > 0 && number < UINT32_MAX ? (uint32_t)number : ABSENT;
}

// "/7" or "/" or nothing.
static bool take_slashed(ImportText *text, int64_t *number)
{
    *number = ABSENT;
    if (text->at == text->end || *text->at != '/')
        return true;
    text->at++;
    if (text->at == text->end || *text->at == '/' || import_text_is_blank(*text->at) ||
        *text->at == '\n')
        return true;
    return import_text_int(text, number);
}

// One corner, "v", "v/vt", "v//vn" or "v/vt/vn"; the cursor stands at its first digit.
static Status read_corner(ObjReader *reader)
{
    int64_t numbers[3];
    uint32_t vertex = 0;
    if (!import_text_int(&reader->text, &numbers[0]) ||
        !take_slashed(&reader->text, &numbers[1]) || !take_slashed(&reader->text, &numbers[2]))
        return fail_line(reader, "a face with a corner that is not a number");
    uint32_t vertex_count = count_of(&reader->vertices, sizeof vertex);
    uint32_t position = resolve(numbers[0], vertex_count);
    if (position == ABSENT || position > vertex_count)
        return fail_line(reader, "a face that names a vertex which is not there");
    ImportCornerKey key = {{resolve(numbers[1], count_of(&reader->uvs, sizeof(float[2]))),
                            resolve(numbers[2], count_of(&reader->normals, sizeof(float[3])))}};
    bool is_new = false;
    TRY(import_corners_find(&reader->corners,
                            ((const uint32_t *)reader->vertices.bytes)[position - 1], key,
                            &vertex, &is_new));
    memcpy(import_array_push(&reader->face, sizeof vertex), &vertex, sizeof vertex);
    return OK;
}

// True if another corner stands in this line, or in the next where this one ends in "\".
static bool has_corner(ImportText *text)
{
    import_text_skip_blank(text);
    if (text->at < text->end && *text->at == '\\') {
        text->at++;
        import_text_skip_blank(text);
        text->at += text->at < text->end && *text->at == '\n';
        import_text_skip_blank(text);
    }
    return text->at < text->end && *text->at != '\n' && *text->at != '#';
}

static Status read_face(ObjReader *reader)
{
    reader->face.used = 0;
    while (has_corner(&reader->text))
        TRY(read_corner(reader));
    uint32_t count = count_of(&reader->face, sizeof(uint32_t));
    if (count < 3) {
        reader->job->mesh.dropped_triangles++;
        return OK;
    }
    if (!reader->has_material) {
        ScanMaterial plain = scan_default_material();
        TRY(import_job_add_material(reader->job, &plain, &reader->material));
        reader->has_material = true;
    }
    return import_polygons_add(&reader->polygons, &reader->job->mesh,
                               (const uint32_t *)reader->face.bytes, count, reader->material);
}

// Copies value `number` (from 1) of `from` to the vertex. Returns 1 if it is not there.
static uint64_t give_value(const ImportArray *from, size_t size, uint32_t number,
                           ImportMesh *mesh, ImportStream stream, uint32_t vertex)
{
    if (number == ABSENT)
        return 0;
    if (number > count_of(from, size))
        return 1;
    uint8_t *values = import_mesh_stream(mesh, stream);
    memcpy(values + vertex * size, from->bytes + (number - 1) * size, size);
    return 0;
}

// Last of all, because faces may name texture coordinates and normals that come later. Some
// programs name normals that never come; those vertices go without.
static void give_values(ObjReader *reader)
{
    ImportMesh *mesh = &reader->job->mesh;
    uint64_t missing_count = 0;
    ImportCornerKey key;
    for (uint32_t i = 0; i < mesh->vertex_count; i++) {
        if (!import_corners_key(&reader->corners, i, &key))
            continue;
        missing_count +=
            give_value(&reader->uvs, sizeof(float[2]), key.words[0], mesh, IMPORT_UV0, i);
        missing_count += give_value(&reader->normals, sizeof(float[3]), key.words[1], mesh,
                                    IMPORT_NORMALS, i);
    }
    if (missing_count)
        LOG_WARN_LINE("%s: faces name %llu texture coordinates or normals that are not there",
                      reader->job->path, (unsigned long long)missing_count);
}

// ---- materials

static Status read_library(ObjReader *reader, Str name, bool *is_there)
{
    Bytes file;
    *is_there = false;
    if (reader->libraries_read++ >= MAX_LIBRARIES)
        return FAIL(ERR_LIMIT, "it names more than %d material libraries", MAX_LIBRARIES);
    if (memchr(name.ptr, 0, name.len) || !utf8_is_valid(name))
        return fail_line(reader, "a material library named in letters that are not UTF-8");
    char *path = (char *)str_copy(&reader->job->temporary, name);
    for (char *c = path; *c; c++)
        *c = *c == '\\' ? '/' : *c;
    Status status = import_job_companion(reader->job, path, &file);
    if (status == ERR_NOT_FOUND)
        return OK;
    TRY(status);
    *is_there = true;
    return mtl_parse(reader->job, file, &reader->library);
}

// One name that may hold blanks, or several names.
static Status read_libraries(ObjReader *reader)
{
    Str names = import_text_rest(&reader->text), name;
    bool is_there = false;
    if (names.len == 0)
        return OK;
    TRY(read_library(reader, names, &is_there));
    Str rest = names;
    bool is_any_there = is_there;
    while (!is_there && str_next_word(&rest, &name) && name.len < names.len) {
        bool is_one_there = false;
        TRY(read_library(reader, name, &is_one_there));
        is_any_there |= is_one_there;
    }
    if (!is_any_there)
        LOG_WARN_LINE("%s: the material library \"%.*s\" is not there", reader->job->path,
                      (int)MIN(names.len, (size_t)200), names.ptr);
    return OK;
}

static Status use_material(ObjReader *reader)
{
    Str name = import_text_rest(&reader->text);
    reader->has_material = true;
    return mtl_use(reader->job, &reader->library, name, &reader->material);
}

// ---- lines

static Status read_line(ObjReader *reader)
{
    ImportText *text = &reader->text;
    Str word = import_text_word(text);
    Status status = OK;
    const char *start = text->at;
    if (word.len == 1 && word.ptr[0] == 'v')
        status = read_vertex(reader);
    else if (word.len == 1 && word.ptr[0] == 'f')
        status = read_face(reader);
    else if (str_equal(word, str_of("vt")))
        status = read_uv(reader);
    else if (str_equal(word, str_of("vn")))
        status = read_normal(reader);
    else if (str_equal(word, str_of("mtllib")))
        status = read_libraries(reader);
    else if (str_equal(word, str_of("usemtl")))
        status = use_material(reader);
    // Reading a name ends behind the line, everything else within it.
    if (text->at == start || text->at[-1] != '\n')
        import_text_skip_line(text);
    return status;
}

static Status read_lines(ObjReader *reader)
{
    ImportText *text = &reader->text;
    for (const char *start = text->at; text->at < text->end;) {
        reader->line++;
        TRY(read_line(reader));
        if (reader->line % LINES_PER_PROGRESS == 0)
            TRY(import_job_progress(reader->job,
                                    (double)(text->at - start) / (double)(text->end - start)));
    }
    return OK;
}

static Status check_has_faces(const ObjReader *reader)
{
    const ImportMesh *mesh = &reader->job->mesh;
    if (mesh->triangle_count || mesh->dropped_triangles)
        return OK;
    if (mesh->vertex_count)
        return FAIL(ERR_UNSUPPORTED,
                    "it has %u points and no faces. Make a surface of it first (a Poisson "
                    "reconstruction in MeshLab or CloudCompare, for example)",
                    mesh->vertex_count);
    return OK;
}

static void find_generator(ImportJob *job)
{
    ImportText text = import_text_of(job->file);
    for (int i = 0; i < 4 && text.at < text.end && *text.at == '#' && !job->generator; i++) {
        Str line = import_text_rest(&text);
        line = (Str){line.ptr + 1, line.len - 1};
        static const char *const who[] = {" Blender", " www.blender.org", " 3ds Max",
                                          " Created", " Exported",        " File exported"};
        for (size_t k = 0; k < COUNT_OF(who); k++)
            if (str_starts_with(line, who[k]))
                job->generator = import_job_keep_text(job, line);
    }
}

// By the first line that is no comment.
bool import_obj_is_one(Bytes file)
{
    static const char *const words[] = {"v",      "vn", "vt", "f", "mtllib",
                                        "usemtl", "o",  "g",  "s"};
    ImportText text = import_text_of(file);
    for (int i = 0; i < 64 && text.at < text.end; i++) {
        import_text_skip_space(&text);
        for (size_t k = 0; k < COUNT_OF(words); k++) {
            ImportText ahead = text;
            if (import_text_take(&ahead, words[k]) && ahead.at < ahead.end &&
                import_text_is_blank(*ahead.at))
                return true;
        }
        if (text.at < text.end && *text.at != '#')
            return false;
        import_text_skip_line(&text);
    }
    return false;
}

Status import_obj(ImportJob *job)
{
    ObjReader reader = {.job = job, .text = import_text_of(job->file)};
    reader.corners.mesh = &job->mesh;
    job->format = "OBJ";
    find_generator(job);
    Status status = read_lines(&reader);
    if (!status)
        status = check_has_faces(&reader);
    if (!status)
        give_values(&reader);
    if (!status)
        status = mtl_split_tiles(job, &reader.library);
    import_array_drop(&reader.vertices);
    import_array_drop(&reader.uvs);
    import_array_drop(&reader.normals);
    import_array_drop(&reader.face);
    import_corners_drop(&reader.corners);
    import_polygons_drop(&reader.polygons);
    return status;
}
