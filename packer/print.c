// print.c: a piece of a pack as a model for 3D printing, where its rights allow that.

#include "packer/print.h"

#include "data/mesh.h"
#include "data/pack.h"
#include "exhibits/model/record.h"
#include "io/vfs.h"
#include "packer/cut.h"
#include "packer/print_file.h"

#include <math.h>
#include <string.h>

#define MOUNT "pack"
#define LEAST_MM 0.01 // thinner on the mean, a part is a sheet

enum { MAX_GRAPH_BYTES = 1 << 30 };

typedef struct Job {
    const PrintDesc *desc;
    Arena *arena;
    Pack pack;
    const PackPiece *piece;
    Record record;
    MeshGraph graph;
    PrintReport report;
} Job;

static const char *entry_path(const Job *job, int32_t file)
{
    return path_join(job->arena, MOUNT, job->pack.files[file].name);
}

// ---- reading

NODISCARD static Status find_piece(Job *job)
{
    int32_t index = pack_find_piece(&job->pack, job->desc->exhibit);
    const char *known = "";
    for (uint32_t i = 0; i < job->pack.piece_count && index == PACK_NONE; i++)
        known = str_format(job->arena, "%s%s%s", known, i ? ", " : "", job->pack.pieces[i].id);
    if (index == PACK_NONE)
        return FAIL(ERR_NOT_FOUND, "there is no piece \"%s\" in it, but %.200s",
                    job->desc->exhibit, known);
    job->piece = &job->pack.pieces[index];
    return OK;
}

NODISCARD static Status read_piece(Job *job)
{
    Bytes bytes;
    TRY(vfs_read(MOUNT "/" PACK_MANIFEST, PACK_MAX_MANIFEST_BYTES, job->arena, &bytes));
    TRY(pack_parse(bytes, job->arena, &job->pack));
    TRY(find_piece(job));
    TRY(vfs_read(entry_path(job, job->piece->record), RECORD_MAX_BYTES, job->arena, &bytes));
    TRY(record_parse(bytes, job->pack.files[job->piece->record].name, job->arena, NULL,
                     &job->record));
    TRY(vfs_read(entry_path(job, job->piece->graph), MAX_GRAPH_BYTES, job->arena, &bytes));
    return mesh_parse_graph(bytes, job->pack.files[job->piece->pages].size_bytes, job->arena,
                            &job->graph);
}

// ---- rights

NODISCARD static Status check_rights(Job *job)
{
    const char *uri = job->record.digital_rights;
    job->report.rights = uri;
    job->report.statement = langtext_find(&job->record.required_statement, "en");
    job->report.terms = rights_terms(uri);
    if (!uri[0])
        return FAIL(ERR_UNSUPPORTED,
                    "may not be printed: its record does not say what is allowed with the scan "
                    "(digital_rights)");
    if (!job->report.terms.allows_adapting)
        return FAIL(ERR_UNSUPPORTED,
                    "may not be printed: the scan's rights, %s%s%s, do not clearly allow "
                    "everybody to make something else of it",
                    job->report.terms.name, job->report.terms.name[0] ? ", " : "", uri);
    return OK;
}

// ---- shape

static double find_scale(const Job *job)
{
    double height_mm = ((double)job->graph.high_m[1] - job->graph.low_m[1]) * 1000;
    if (job->desc->height_mm > 0 && height_mm > 0)
        return job->desc->height_mm / height_mm;
    return job->desc->scale > 0 ? job->desc->scale : 1;
}

NODISCARD static Status read_shape(Job *job, float error_m, CutShape *shape)
{
    VfsFile file;
    Status status = OK;
    TRY(vfs_open(entry_path(job, job->piece->pages), job->arena, &file));
    for (uint32_t i = 0; i < job->graph.page_count && !status; i++) {
        const MeshPageRange *range = &job->graph.pages[i];
        if (!cut_wants(&job->graph, i, error_m))
            continue;
        Scratch scratch = scratch_begin(shape->arena);
        uint8_t *bytes = arena_alloc_raw(scratch.arena, range->size_bytes, 16);
        status = cancel_check(job->desc->cancel);
        if (!status)
            status = vfs_read_at(&file, range->offset, range->size_bytes, bytes);
        if (!status)
            status =
                cut_add_page(&job->graph, i, (Bytes){bytes, range->size_bytes}, error_m, shape);
        scratch_end(scratch);
    }
    vfs_close(&file);
    return status;
}

// The museum's y points up, a printer's z.
static void stand_on_bed(const Job *job, CutShape *shape)
{
    const float *low = job->graph.low_m, *high = job->graph.high_m;
    double mm = job->report.scale * 1000;
    for (uint32_t i = 0; i < shape->corner_count; i++) {
        float *at = shape->corners[i];
        double x = (double)at[0] - low[0], y = (double)high[2] - at[2],
               z = (double)at[1] - low[1];
        at[0] = (float)(x * mm);
        at[1] = (float)(y * mm);
        at[2] = (float)(z * mm);
    }
}

NODISCARD static Status make_solid(Job *job, Arena *arena, Solid *solid)
{
    double um = job->desc->error_um > 0 ? job->desc->error_um : PRINT_ERROR_UM;
    CutShape shape = {.arena = arena};
    job->report.scale = find_scale(job);
    TRY(read_shape(job, (float)(um * 1e-6 / job->report.scale), &shape));
    stand_on_bed(job, &shape);
    TRY(cancel_check(job->desc->cancel));
    TRY(solid_make((const float(*)[3])shape.corners, shape.corner_count / 3, LEAST_MM, arena,
                   solid, &job->report.counts));
    job->report.triangle_count = solid->triangle_count;
    for (uint32_t i = 0; i < solid->vertex_count; i++)
        for (int axis = 0; axis < 3; axis++)
            job->report.size_mm[axis] =
                fmax(job->report.size_mm[axis], (double)solid->positions[i][axis]);
    return OK;
}

// ---- the file

static const char *list_makers(const Job *job)
{
    const char *names = "";
    for (uint32_t i = 0; i < job->record.maker_count; i++)
        names = str_format(job->arena, "%s%s%s", names, i ? ", " : "",
                           langtext_find(&job->record.makers[i].name, "en"));
    return names;
}

NODISCARD static Status write_solid(const Job *job, const Solid *solid)
{
    const PrintDesc *desc = job->desc;
    PrintText text = {.title = langtext_find(&job->record.title, "en"),
                      .designer = list_makers(job),
                      .description = langtext_find(&job->record.alt_text, "en"),
                      .copyright = job->report.statement,
                      .license = job->report.rights};
    if (str_ends_with(str_of(desc->path), ".stl"))
        return print_write_stl(desc->path, solid, desc->cancel);
    return print_write_3mf(desc->path, solid, &text, desc->cancel);
}

NODISCARD static Status run_job(Job *job)
{
    Arena arena = {0};
    Solid solid;
    TRY(read_piece(job));
    TRY(check_rights(job));
    Status status = make_solid(job, &arena, &solid);
    if (!status)
        status = write_solid(job, &solid);
    arena_drop(&arena);
    return status;
}

Status print_piece(const PrintDesc *desc, Arena *arena, PrintReport *out)
{
    Job job = {.desc = desc, .arena = arena};
    TRY(vfs_start());
    Status status = vfs_mount(desc->pack_path, MOUNT);
    if (!status && !vfs_exists(MOUNT "/" PACK_MANIFEST))
        status = FAIL(ERR_NOT_FOUND, "no pack: " PACK_MANIFEST " is not in it");
    if (!status)
        status = run_job(&job);
    vfs_stop();
    TRY(status);
    *out = job.report;
    return OK;
}
