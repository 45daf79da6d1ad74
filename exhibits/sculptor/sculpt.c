// sculpt.c: from a piece's parts to its finished surface.

#include "exhibits/sculptor/sculpt.h"

#include "io/thread.h"
#include "exhibits/sculptor/chart.h"
#include "exhibits/sculptor/occlusion.h"
#include "exhibits/sculptor/paint.h"

#include <string.h>

typedef struct Job {
    ContourDesc contour;
    ContourPatch patch;
    Arena arena; // of the patch; dropped when it is welded
    size_t raw_triangle_count;
} Job;

typedef struct Studio {
    const SculptDesc *desc;
    const Piece *piece;
    Field field;
    void *context;
    float step_mm;
    Arena arena; // everything that does not outlive sculpt_make
    Job *jobs;
    size_t job_count, job_capacity;
    ContourSpace **spaces; // one a worker, made when first needed
    Arena *space_arenas;
    OcclusionGrid sky;
    Sculpture *out;
} Studio;

uint8_t sculpt_srgb(float linear)
{
    float x = clamp_f(linear, 0, 1);
    float s = x <= 0.0031308f ? x * 12.92f : 1.055f * powf(x, 1 / 2.4f) - 0.055f;
    return (uint8_t)(clamp_f(s, 0, 1) * 255 + 0.5f);
}

static void tell(const Studio *studio, const char *step)
{
    if (studio->desc->progress)
        studio->desc->progress(studio->desc->context, step);
}

static ContourDesc patch_desc(const Studio *studio, const int patch[3], FieldList list)
{
    // Odd fractions of a step off: flat faces at round numbers do not lie on the grid.
    Vec3 low = v3_mad(studio->piece->low_mm, v3(1.37f, 1.61f, 1.43f), -studio->step_mm);
    return (ContourDesc){
        .field = &studio->field,
        .list = list,
        .origin = low,
        .step_mm = studio->step_mm,
        .corner = {patch[0] * CONTOUR_STRIDE, patch[1] * CONTOUR_STRIDE,
                   patch[2] * CONTOUR_STRIDE},
        .finish = studio->piece->charts ? NULL : studio->piece->finish,
        .context = studio->context,
    };
}

static void add_job(Studio *studio, const int at[3], FieldList list)
{
    Job *job =
        ARENA_PUSH(&studio->arena, studio->jobs, studio->job_count, studio->job_capacity);
    uint32_t *parts =
        arena_copy(&studio->arena, list.parts, list.count * sizeof *list.parts, 4);
    job->contour = patch_desc(studio, at, (FieldList){parts, list.count});
}

// Halves a cube of patches until single ones remain, dropping empty space and far parts.
static void split_space(Studio *studio, const int at[3], int size, const int end[3],
                        FieldList list)
{
    if (at[0] >= end[0] || at[1] >= end[1] || at[2] >= end[2])
        return;
    Scratch scratch = scratch_begin(&studio->arena);
    ContourDesc desc = patch_desc(studio, at, list);
    float more = (float)((size - 1) * CONTOUR_STRIDE) * 0.5f * studio->step_mm;
    FieldRegion region = {
        .centre = v3_add(contour_centre(&desc), v3(more, more, more)),
        .radius_mm = contour_radius(studio->step_mm) + more * 1.7320508f,
        .list = {ARENA_ARRAY_RAW(scratch.arena, uint32_t, list.count + 1), 0},
    };
    field_prune(&studio->field, list, &region, 1);
    if (region.side == FIELD_MIXED && size == 1)
        add_job(studio, at, region.list);
    if (region.side == FIELD_MIXED && size > 1)
        for (int i = 0; i < 8; i++) {
            int half = size / 2;
            int next[3] = {at[0] + (i & 1) * half, at[1] + (i >> 1 & 1) * half,
                           at[2] + (i >> 2) * half};
            split_space(studio, next, half, end, region.list);
        }
    scratch_end(scratch);
}

static void find_jobs(Studio *studio)
{
    const Piece *piece = studio->piece;
    float patch_mm = studio->step_mm * CONTOUR_STRIDE;
    Vec3 extent = v3_sub(piece->high_mm, piece->low_mm);
    int end[3] = {(int)(extent.x / patch_mm) + 2, (int)(extent.y / patch_mm) + 2,
                  (int)(extent.z / patch_mm) + 2};
    int size = 1, zero[3] = {0, 0, 0};
    while (size < MAX(end[0], MAX(end[1], end[2])))
        size *= 2;
    split_space(studio, zero, size, end, field_all(&studio->field, &studio->arena));
}

// By whole patches: their rims stay as they are, so neighbours still meet.
static SimplifyDesc simplify_desc(const Studio *studio, const Job *job)
{
    SimplifyDesc desc = studio->piece->simplify;
    Vec3 centre = contour_centre(&job->contour);
    float reach = studio->step_mm * CONTOUR_STRIDE * 0.5f;
    for (int i = 0; i < studio->piece->spot_count; i++) {
        const PieceSpot *spot = &studio->piece->spots[i];
        if (v3_length(v3_sub(spot->centre, centre)) < spot->radius_mm + reach)
            desc.error_mm = studio->piece->simplify.error_mm * 0.1f;
    }
    return desc;
}

static Status carve_job(Studio *studio, Job *job, ContourSpace *space)
{
    contour_patch(&job->contour, space, &job->arena, &job->patch);
    if (job->patch.torn_count) {
        Vec3 p = contour_centre(&job->contour);
        return FAIL(
            ERR_INVALID,
            "the surface is torn at %u edges near %.1f %.1f %.1f mm: a part's Lipschitz "
            "bound is too low",
            (unsigned)job->patch.torn_count, (double)p.x, (double)p.y, (double)p.z);
    }
    for (uint32_t v = 0; v < job->patch.vertex_count; v++)
        studio->piece->shade(studio->context, &studio->field, &job->patch.vertices[v]);
    job->raw_triangle_count = job->patch.index_count / 3;
    SimplifyDesc simplify = simplify_desc(studio, job);
    simplify_patch(&simplify, &job->patch);
    return OK;
}

// Patches are simplified as soon as they are carved: only a few are held at their full size.
static Status carve_some(void *context, size_t first, size_t count, int worker)
{
    Studio *studio = context;
    if (!studio->spaces[worker])
        studio->spaces[worker] = contour_space_make(&studio->space_arenas[worker]);
    for (size_t i = first; i < first + count; i++) {
        Job *job = &studio->jobs[i];
        TRY(carve_job(studio, job, studio->spaces[worker]));
        Arena small = {0};
        ContourPatch *p = &job->patch;
        p->vertices = arena_copy(&small, p->vertices, p->vertex_count * sizeof *p->vertices, 8);
        p->keys = arena_copy(&small, p->keys, p->vertex_count * sizeof *p->keys, 8);
        p->is_rim = arena_copy(&small, p->is_rim, p->vertex_count, 1);
        p->indices = arena_copy(&small, p->indices, p->index_count * sizeof *p->indices, 4);
        arena_drop(&job->arena);
        job->arena = small;
    }
    return OK;
}

typedef struct RimVertex {
    uint64_t key; // plus one; 0 is an empty slot
    uint32_t index;
} RimVertex;

static uint32_t weld_rim(RimVertex *table, size_t mask, uint64_t key, uint32_t next)
{
    size_t slot = (size_t)((key + 1) * 0x9E3779B97F4A7C15u >> 24) & mask;
    while (table[slot].key && table[slot].key != key + 1)
        slot = (slot + 1) & mask;
    if (!table[slot].key)
        table[slot] = (RimVertex){key + 1, next};
    return table[slot].index;
}

static void weld_patch(Sculpture *out, const ContourPatch *patch, RimVertex *table, size_t mask)
{
    Scratch scratch = scratch_begin(NULL);
    uint32_t *renamed = ARENA_ARRAY_RAW(scratch.arena, uint32_t, patch->vertex_count);
    for (uint32_t v = 0; v < patch->vertex_count; v++) {
        uint32_t next = (uint32_t)out->vertex_count;
        renamed[v] = patch->is_rim[v] ? weld_rim(table, mask, patch->keys[v], next) : next;
        if (renamed[v] == next)
            out->vertices[out->vertex_count++] = patch->vertices[v];
    }
    for (uint32_t k = 0; k < patch->index_count; k++)
        out->indices[out->index_count++] = renamed[patch->indices[k]];
    scratch_end(scratch);
}

static void weld(Studio *studio, Arena *arena)
{
    size_t vertices = 0, indices = 0, rims = 0, size = 64;
    for (size_t i = 0; i < studio->job_count; i++) {
        const ContourPatch *patch = &studio->jobs[i].patch;
        vertices += patch->vertex_count;
        indices += patch->index_count;
        studio->out->raw_triangle_count += studio->jobs[i].raw_triangle_count;
        for (uint32_t v = 0; v < patch->vertex_count; v++)
            rims += patch->is_rim[v];
    }
    while (size < rims * 2)
        size *= 2;
    RimVertex *table = ARENA_ARRAY(&studio->arena, RimVertex, size);
    studio->out->vertices = ARENA_ARRAY_RAW(arena, SculptVertex, vertices);
    studio->out->indices = ARENA_ARRAY_RAW(arena, uint32_t, indices);
    for (size_t i = 0; i < studio->job_count; i++) {
        weld_patch(studio->out, &studio->jobs[i].patch, table, size - 1);
        arena_drop(&studio->jobs[i].arena);
    }
}

static Status light_and_shade(void *context, size_t first, size_t count, int worker)
{
    (void)worker;
    Studio *studio = context;
    for (size_t i = first; i < first + count; i++) {
        SculptVertex *v = &studio->out->vertices[i];
        v->occlusion =
            occlusion_at(&studio->sky, v->position, v->normal, studio->piece->sky_mm);
        studio->piece->shade(studio->context, &studio->field, v);
    }
    return OK;
}

static Status paint(Studio *studio, Arena *arena)
{
    const Piece *piece = studio->piece;
    Sculpture *out = studio->out;
    out->triangle_charts = ARENA_ARRAY_RAW(arena, uint8_t, out->index_count / 3);
    TRY(chart_assign(piece, out, out->triangle_charts));
    if (!(studio->desc->texel_scale > 0))
        return OK;
    tell(studio, "painting");
    out->pictures = ARENA_ARRAY(arena, SculptPicture, (size_t)piece->chart_count);
    for (int i = 0; i < piece->chart_count; i++) {
        float texel_mm = piece->charts[i].texel_mm * studio->desc->texel_scale;
        TRY(paint_chart(&(PaintDesc){.piece = piece,
                                     .field = &studio->field,
                                     .context = studio->context,
                                     .sculpture = out,
                                     .chart = i,
                                     .texel_mm = texel_mm,
                                     .worker_limit = studio->desc->worker_limit},
                        arena, &out->pictures[i]));
    }
    return OK;
}

static Status work_through(Studio *studio, Arena *arena)
{
    const Piece *piece = studio->piece;
    int limit = studio->desc->worker_limit;
    tell(studio, "carving");
    ParallelDesc carve = {.count = studio->job_count,
                          .run = carve_some,
                          .context = studio,
                          .worker_limit = limit};
    int workers = parallel_worker_count(&carve);
    studio->spaces = ARENA_ARRAY(&studio->arena, ContourSpace *, (size_t)workers);
    studio->space_arenas = ARENA_ARRAY(&studio->arena, Arena, (size_t)workers);
    Status status = parallel_for(&carve);
    for (int i = 0; i < workers; i++)
        arena_drop(&studio->space_arenas[i]);
    TRY(status);
    tell(studio, "welding");
    weld(studio, arena);
    sculpt_sweep(studio->out, fmaxf(studio->step_mm * 6, piece->dust_mm));
    tell(studio, "light and colour");
    TRY(occlusion_make(&studio->field, piece->low_mm, piece->high_mm, piece->sky_mm / 30,
                       &studio->arena, &studio->sky));
    TRY(parallel_for(&(ParallelDesc){.count = studio->out->vertex_count,
                                     .grain = 4096,
                                     .run = light_and_shade,
                                     .context = studio,
                                     .worker_limit = limit}));
    return piece->charts ? paint(studio, arena) : OK;
}

Status sculpt_make(const SculptDesc *desc, Arena *arena, Sculpture *out)
{
    *out = (Sculpture){0};
    Studio studio = {.desc = desc, .piece = desc->piece, .out = out};
    studio.step_mm = desc->step_mm > 0 ? desc->step_mm : desc->piece->step_mm;
    studio.field.arena = &studio.arena;
    tell(&studio, "parts");
    studio.context = desc->piece->build(&studio.field, &studio.arena);
    out->part_count = studio.field.part_count;
    find_jobs(&studio);
    Status status = work_through(&studio, arena);
    for (size_t i = 0; i < studio.job_count; i++)
        arena_drop(&studio.jobs[i].arena);
    arena_drop(&studio.arena);
    return status;
}
