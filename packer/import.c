// import.c: files of scanners and modellers -> Scan: which reader, which unit.

#include "packer/import.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "packer/import_assimp.h"
#include "packer/import_gltf.h"
#include "packer/import_job.h"
#include "packer/import_obj.h"
#include "packer/import_ply.h"
#include "packer/import_stl.h"

static const struct {
    const char *name;
    double metres;
} units[IMPORT_UNIT_COUNT] = {
    [IMPORT_UNIT_NONE] = {"", 1},      [IMPORT_UNIT_MM] = {"mm", 0.001},
    [IMPORT_UNIT_CM] = {"cm", 0.01},   [IMPORT_UNIT_M] = {"m", 1},
    [IMPORT_UNIT_IN] = {"in", 0.0254},
};

bool import_unit_parse(const char *text, ImportUnit *out)
{
    for (int i = IMPORT_UNIT_MM; i < IMPORT_UNIT_COUNT; i++)
        if (strcmp(text, units[i].name) == 0) {
            *out = (ImportUnit)i;
            return true;
        }
    return false;
}

const char *import_unit_name(ImportUnit unit)
{
    return units[unit].name;
}

double import_unit_metres(ImportUnit unit)
{
    return units[unit].metres;
}

typedef struct Reader {
    const char *name;
    bool (*is_one)(Bytes file);
    const char *extension; // asked where no content is recognised
    Status (*read)(ImportJob *job);
    bool has_unit; // the format itself says metres
} Reader;

static const Reader readers[] = {
    {"glTF", import_gltf_is_one, ".gltf", import_gltf, true},
    {"PLY", import_ply_is_one, ".ply", import_ply, false},
    {"STL", import_stl_is_one, ".stl", import_stl, false},
    {"OBJ", import_obj_is_one, ".obj", import_obj, false},
};

static const Reader assimp_reader = {.name = "Such", .read = import_assimp};

static const Reader *find_reader(const char *path, Bytes file)
{
    for (size_t i = 0; i < COUNT_OF(readers); i++)
        if (readers[i].is_one(file))
            return &readers[i];
    for (size_t i = 0; i < COUNT_OF(readers); i++)
        if (str_ends_with_nocase(str_of(path), readers[i].extension))
            return &readers[i];
    return &assimp_reader;
}

static Status check_unit(const Reader *reader, const ImportOptions *options)
{
    if (reader->has_unit || options->unit != IMPORT_UNIT_NONE)
        return OK;
    return FAIL(ERR_INVALID,
                "%s files do not say in which unit they are measured, and a museum of true "
                "sizes does not guess: say what one unit of the file is with --unit mm, cm, m "
                "or in",
                reader->name);
}

static void fill_scan(ImportJob *job, Scan *out)
{
    if (job->material_count == 0) {
        ScanMaterial material = scan_default_material();
        *ARENA_PUSH(job->arena, job->materials, job->material_count, job->material_capacity) =
            material;
    }
    out->material_count = job->material_count;
    out->materials = job->materials;
    out->image_count = job->image_count;
    out->images = job->images;
    out->companion_count = job->companion_count;
    out->companions = ARENA_ARRAY(job->arena, const char *, job->companion_count);
    for (uint32_t i = 0; i < job->companion_count; i++)
        out->companions[i] = job->companions[i].name;
    out->format = job->format;
    out->title = job->title;
    out->author = job->author;
    out->copyright = job->copyright;
    out->license = job->license;
    out->source = job->source;
    out->generator = job->generator;
}

NODISCARD static Status read_scan(ImportJob *job, Scan *out)
{
    if (job->file.len == 0)
        return FAIL(ERR_CORRUPT, "the file is empty");
    const Reader *reader = find_reader(job->path, job->file);
    bool is_ours = reader != &assimp_reader;
    if (is_ours)
        TRY(check_unit(reader, job->options));
    TRY(reader->read(job));
    if (!is_ours) // whether it is a scan at all is the first question
        TRY(check_unit(reader, job->options));
    ImportPlacement placement = {
        .metres_per_unit = import_unit_metres(job->options->unit),
        .is_z_up = job->options->up == IMPORT_UP_Z,
    };
    Scan scan = {.metres_per_unit = placement.metres_per_unit};
    TRY(import_mesh_finish(&job->mesh, &placement, job->arena, &scan));
    fill_scan(job, &scan);
    TRY(import_job_progress(job, 1));
    *out = scan;
    return OK;
}

static void drop_job(ImportJob *job)
{
    import_mesh_drop(&job->mesh);
    for (uint32_t i = 0; i < job->companion_count; i++)
        file_unmap(&job->companions[i].map);
    arena_drop(&job->temporary);
}

Status import_scan(const char *path, const ImportOptions *options, Arena *arena, Scan *out)
{
    char resolved[PATH_MAX];
    if (!realpath(path, resolved))
        return FAIL(ERR_NOT_FOUND, "%s: there is no such file", path);
    FileMap map = {0};
    TRY(file_map(resolved, &map));
    ImportJob job = {.path = path, .options = options, .arena = arena, .file = map.bytes};
    job.resolved = arena_copy_text(&job.temporary, resolved);
    job.folder = path_folder(&job.temporary, resolved);
    Status status = read_scan(&job, out);
    if (status)
        status = fault_prefix(status, "%s", path);
    drop_job(&job);
    file_unmap(&map);
    return status;
}
