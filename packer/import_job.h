// import_job.h: what one import shares: the file, its companions, what is read so far.
//
// Made and dropped by import_scan; the readers (import_ply, import_stl, import_obj,
// import_gltf) fill it. One thread.

#pragma once
#include "io/file.h"
#include "packer/import.h"
#include "packer/import_mesh.h"
#include "packer/import_text.h"

enum { IMPORT_MAX_COMPANIONS = 4096 };

typedef struct ImportCompanion {
    const char *name;     // relative to the folder, as it was asked for
    const char *resolved; // where it really lies
    FileMap map;          // unmapped when the job ends
} ImportCompanion;

typedef struct ImportJob {
    const char *path;     // as the caller named it, for sentences
    const char *resolved; // where it really lies, every link followed
    const char *folder;   // the folder of that
    const ImportOptions *options;
    Arena *arena;    // for what goes into the Scan
    Arena temporary; // for what does not outlive the job
    Bytes file;

    ImportMesh mesh;
    ScanMaterial *materials;
    uint32_t material_count, material_capacity;
    ScanImage *images;
    uint32_t image_count, image_capacity;
    ImportCompanion *companions;
    uint32_t companion_count, companion_capacity;
    float reported; // the last progress told

    // For the Scan, set by the reader.
    const char *format, *title, *author, *copyright, *license, *source, *generator;
} ImportJob;

// Tells the progress callback where that is due, and whether to go on. Cheap enough for every
// few thousand rows. done: 0 to 1 of the reading.
NODISCARD Status import_job_progress(ImportJob *job, double done);

// The bytes of a file that the scan names, until the job ends. Slashes only. ERR_INVALID if it
// lies outside the scan's folder, ERR_NOT_FOUND if it is not there.
NODISCARD Status import_job_companion(ImportJob *job, const char *name, Bytes *out);

NODISCARD Status import_job_add_material(ImportJob *job, const ScanMaterial *material,
                                         uint32_t *index);

// Keeps the encoded picture. One that nobody here can decode is logged and left out:
// *index becomes SCAN_NONE.
NODISCARD Status import_job_add_image(ImportJob *job, const char *name, Bytes encoded,
                                      int32_t *index);
// The same for a picture in a file of its own, read once however often it is named. One that is
// not there is logged and left out.
NODISCARD Status import_job_add_image_file(ImportJob *job, const char *name, int32_t *index);

// Checked and copied into the Scan's arena; NULL for what is empty or not UTF-8.
const char *import_job_keep_text(ImportJob *job, Str text);
