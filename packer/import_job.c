// import_job.c: what one import shares.

#include "packer/import_job.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "data/image.h"

enum { KEPT_BYTES = 32 << 20 }; // pictures up to this are copied into the scan

Status import_job_progress(ImportJob *job, double done)
{
    TRY(cancel_check(job->options->cancel));
    float now = (float)CLAMP(done, 0.0, 1.0);
    if (job->options->progress && now >= job->reported + 0.005f) {
        job->reported = now;
        job->options->progress(job->options->progress_context, now);
    }
    return OK;
}

static ImportCompanion *find_companion(ImportJob *job, const char *name)
{
    for (uint32_t i = 0; i < job->companion_count; i++)
        if (strcmp(job->companions[i].name, name) == 0)
            return &job->companions[i];
    return NULL;
}

static Status refuse_outside(const char *name)
{
    return FAIL(ERR_INVALID,
                "it names \"%s\", which is not below its own folder; "
                "files elsewhere and on the network are never opened",
                name);
}

// realpath resolves links, so what comes out is where the file really lies.
static Status resolve_companion(ImportJob *job, const char *name, char resolved[PATH_MAX])
{
    if (!path_is_inside(name))
        return refuse_outside(name);
    if (!realpath(path_join(&job->temporary, job->folder, name), resolved))
        return FAIL(ERR_NOT_FOUND, "the file \"%s\" that it names is not there", name);
    size_t folder_len = strcmp(job->folder, "/") == 0 ? 0 : strlen(job->folder);
    if (strncmp(resolved, job->folder, folder_len) != 0 || resolved[folder_len] != '/')
        return refuse_outside(name);
    return OK;
}

Status import_job_companion(ImportJob *job, const char *name, Bytes *out)
{
    ImportCompanion *known = find_companion(job, name);
    if (known) {
        *out = known->map.bytes;
        return OK;
    }
    if (job->companion_count >= IMPORT_MAX_COMPANIONS)
        return FAIL(ERR_LIMIT, "it names more than %d files", IMPORT_MAX_COMPANIONS);
    char resolved[PATH_MAX];
    TRY(resolve_companion(job, name, resolved));
    FileInfo info;
    TRY(file_get_info(resolved, &info));
    if (info.is_folder)
        return FAIL(ERR_NOT_FOUND, "\"%s\" that it names is a folder", name);
    FileMap map;
    TRY(file_map(resolved, &map));
    ImportCompanion *companion = ARENA_PUSH(&job->temporary, job->companions,
                                            job->companion_count, job->companion_capacity);
    *companion = (ImportCompanion){.name = arena_copy_text(job->arena, name),
                                   .resolved = arena_copy_text(&job->temporary, resolved),
                                   .map = map};
    *out = map.bytes;
    return OK;
}

Status import_job_add_material(ImportJob *job, const ScanMaterial *material, uint32_t *index)
{
    if (job->material_count >= SCAN_MAX_MATERIALS)
        return FAIL(ERR_LIMIT, "it has more than %d materials", SCAN_MAX_MATERIALS);
    *index = job->material_count;
    *ARENA_PUSH(job->arena, job->materials, job->material_count, job->material_capacity) =
        *material;
    return OK;
}

static Status leave_out_image(const ImportJob *job, const char *name, int32_t *index)
{
    Fault fault = *fault_last();
    log_line(LOG_WARN, "%s: picture %s is left out: %s", job->path, name, fault.text);
    *index = SCAN_NONE;
    return OK;
}

// Large pictures stay in their file; the scan remembers where.
static bool leave_in_file(const ImportJob *job, const char *path, Bytes file, ScanImage *image)
{
    if (!image->encoded.len || image->encoded.ptr < file.ptr ||
        image->encoded.ptr >= file.ptr + file.len)
        return false;
    image->path = arena_copy_text(job->arena, path);
    image->offset_bytes = (uint64_t)(image->encoded.ptr - file.ptr);
    image->size_bytes = image->encoded.len;
    image->encoded = (Bytes){0};
    return true;
}

static ScanImage keep_image(const ImportJob *job, const char *name, Bytes encoded)
{
    ScanImage image = {.name = arena_copy_text(job->arena, name), .encoded = encoded};
    if (encoded.len >= KEPT_BYTES) {
        if (leave_in_file(job, job->resolved, job->file, &image))
            return image;
        for (uint32_t i = 0; i < job->companion_count; i++)
            if (leave_in_file(job, job->companions[i].resolved, job->companions[i].map.bytes,
                              &image))
                return image;
    }
    image.encoded.ptr = arena_copy(job->arena, encoded.ptr, encoded.len, 16);
    return image;
}

Status import_job_add_image(ImportJob *job, const char *name, Bytes encoded, int32_t *index)
{
    if (job->image_count >= SCAN_MAX_IMAGES)
        return FAIL(ERR_LIMIT, "it has more than %d pictures", SCAN_MAX_IMAGES);
    ImageInfo info;
    if (image_probe(encoded, &info))
        return leave_out_image(job, name, index);
    if (info.width > SCAN_MAX_IMAGE_SIDE || info.height > SCAN_MAX_IMAGE_SIDE)
        return FAIL(ERR_LIMIT, "picture %s is %u x %u; the limit is %d a side", name,
                    info.width, info.height, SCAN_MAX_IMAGE_SIDE);
    *index = (int32_t)job->image_count;
    *ARENA_PUSH(job->arena, job->images, job->image_count, job->image_capacity) =
        keep_image(job, name, encoded);
    return OK;
}

Status import_job_add_image_file(ImportJob *job, const char *name, int32_t *index)
{
    for (uint32_t i = 0; i < job->image_count; i++)
        if (strcmp(job->images[i].name, name) == 0) {
            *index = (int32_t)i;
            return OK;
        }
    Bytes encoded;
    Status status = import_job_companion(job, name, &encoded);
    if (status == ERR_NOT_FOUND)
        return leave_out_image(job, name, index);
    TRY(status);
    return import_job_add_image(job, name, encoded, index);
}

const char *import_job_keep_text(ImportJob *job, Str text)
{
    text = str_trim(text);
    if (text.len == 0 || !utf8_is_valid(text) || memchr(text.ptr, 0, text.len))
        return NULL;
    return str_copy(job->arena, text);
}
