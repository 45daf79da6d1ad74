// sculpt.c: from a piece's parts to its finished surface.

#include "exhibits/sculptor/sculpt.h"

#include "exhibits/sculptor/bodies.h"
#include "exhibits/sculptor/chart.h"
#include "exhibits/sculptor/occlusion.h"
#include "exhibits/sculptor/paint.h"
#include "exhibits/sculptor/skin.h"
#include "exhibits/sculptor/wire.h"
#include "io/thread.h"

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
    float fineness; // this many times the piece's own step
    Arena arena;    // everything that does not outlive sculpt_make
    SculptBody *bodies;
    // Of the body being carved:
    Vec3 low, high;
    float step_mm;
    Job *jobs;
    size_t job_count, job_capacity;
    ContourSpace **spaces; // one a worker, made when first needed
    Arena *space_arenas;
    OcclusionGrid sky;
    Sculpture *out; // the whole
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
    Vec3 low = v3_mad(studio->low, v3(1.37f, 1.61f, 1.43f), -studio->step_mm);
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

static void find_jobs(Studio *studio, size_t body)
{
    float patch_mm = studio->step_mm * CONTOUR_STRIDE;
    Vec3 extent = v3_sub(studio->high, studio->low);
    int end[3] = {(int)(extent.x / patch_mm) + 2, (int)(extent.y / patch_mm) + 2,
                  (int)(extent.z / patch_mm) + 2};
    int size = 1, zero[3] = {0, 0, 0};
    while (size < MAX(end[0], MAX(end[1], end[2])))
        size *= 2;
    split_space(studio, zero, size, end, field_body(&studio->field, body, &studio->arena));
}

// By whole patches: their rims stay as they are, so neighbours still meet.
static SimplifyDesc simplify_desc(const Studio *studio, const Job *job)
{
    SimplifyDesc desc = studio->piece->simplify;
    desc.error_mm *= studio->step_mm / (studio->piece->step_mm * studio->fineness);
    Vec3 centre = contour_centre(&job->contour);
    float reach = studio->step_mm * CONTOUR_STRIDE * 0.5f;
    for (int i = 0; i < studio->piece->spot_count; i++) {
        const PieceSpot *spot = &studio->piece->spots[i];
        if (v3_length(v3_sub(spot->centre, centre)) < spot->radius_mm + reach)
            desc.error_mm *= 0.1f;
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
    // Those that stay are shaded once more, in their light.
    for (uint32_t v = 0; v < job->patch.vertex_count && studio->piece->simplify.colour_mm > 0;
         v++)
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

static void weld(Studio *studio, Sculpture *out)
{
    size_t vertices = 0, indices = 0, rims = 0, size = 64;
    for (size_t i = 0; i < studio->job_count; i++) {
        const ContourPatch *patch = &studio->jobs[i].patch;
        vertices += patch->vertex_count;
        indices += patch->index_count;
        out->raw_triangle_count += studio->jobs[i].raw_triangle_count;
        for (uint32_t v = 0; v < patch->vertex_count; v++)
            rims += patch->is_rim[v];
    }
    while (size < rims * 2)
        size *= 2;
    RimVertex *table = ARENA_ARRAY(&studio->arena, RimVertex, size);
    out->vertices = ARENA_ARRAY_RAW(&studio->arena, SculptVertex, vertices);
    out->indices = ARENA_ARRAY_RAW(&studio->arena, uint32_t, indices);
    for (size_t i = 0; i < studio->job_count; i++) {
        weld_patch(out, &studio->jobs[i].patch, table, size - 1);
        arena_drop(&studio->jobs[i].arena);
    }
}

static Status carve_jobs(Studio *studio)
{
    ParallelDesc carve = {.count = studio->job_count,
                          .run = carve_some,
                          .context = studio,
                          .worker_limit = studio->desc->worker_limit};
    int workers = parallel_worker_count(&carve);
    studio->spaces = ARENA_ARRAY(&studio->arena, ContourSpace *, (size_t)workers);
    studio->space_arenas = ARENA_ARRAY(&studio->arena, Arena, (size_t)workers);
    Status status = parallel_for(&carve);
    for (int i = 0; i < workers; i++)
        arena_drop(&studio->space_arenas[i]);
    return status;
}

static void sweep_wires(Studio *studio, FieldList list, Sculpture *out)
{
    size_t vertices = 0, indices = 0;
    for (uint32_t i = 0; i < list.count; i++)
        wire_size(&studio->field.parts[list.parts[i]], &vertices, &indices);
    out->vertices = ARENA_ARRAY_RAW(&studio->arena, SculptVertex, vertices);
    out->indices = ARENA_ARRAY_RAW(&studio->arena, uint32_t, indices);
    for (uint32_t i = 0; i < list.count; i++)
        wire_sweep(&studio->field, list.parts[i], out);
    out->raw_triangle_count = out->index_count / 3;
}

static Status carve_body(Studio *studio, size_t index)
{
    const FieldBody *body = &studio->field.bodies[index];
    Sculpture *out = &studio->bodies[index].surface;
    if (body->is_wire) {
        FieldList list = field_body(&studio->field, index, &studio->arena);
        sweep_wires(studio, list, out);
        studio->out->inlay_count += (int)list.count;
        return OK;
    }
    studio->low = body->low;
    studio->high = body->high;
    studio->step_mm = body->step_mm * studio->fineness;
    studio->jobs = NULL;
    studio->job_count = studio->job_capacity = 0;
    find_jobs(studio, index);
    Status status = carve_jobs(studio);
    if (!status)
        weld(studio, out);
    for (size_t i = 0; i < studio->job_count; i++)
        arena_drop(&studio->jobs[i].arena);
    if (!status)
        sculpt_sweep(out, fmaxf(studio->step_mm * 6, studio->piece->dust_mm));
    studio->out->inlay_count += index > 0;
    return status;
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

// Where every triangle lies on its picture.
static Status lay_out(Studio *studio, Arena *arena)
{
    const Piece *piece = studio->piece;
    Sculpture *out = studio->out;
    size_t triangles = out->index_count / 3;
    float scale = studio->desc->texel_scale;
    if (piece->charts)
        TRY(chart_assign(piece, out, out->triangle_charts));
    if (!(scale > 0))
        return OK;
    out->picture_count = piece->charts ? piece->chart_count : (int)studio->field.body_count;
    out->pictures = ARENA_ARRAY(arena, SculptPicture, (size_t)out->picture_count);
    out->triangle_texels =
        arena_alloc_raw(arena, arena_size_of(sizeof *out->triangle_texels, triangles), 16);
    for (int i = 0; i < piece->chart_count; i++)
        chart_lay_out(piece, i, scale, out);
    if (piece->charts)
        return OK;
    out->triangle_islands = ARENA_ARRAY_RAW(arena, uint32_t, triangles);
    uint32_t island = 1;
    for (size_t i = 0; i < studio->field.body_count; i++) {
        const SculptBody *body = &studio->bodies[i];
        float texel_mm = studio->field.bodies[i].texel_mm * scale;
        SkinDesc skin = {.sculpture = out,
                         .first_triangle = body->first_triangle,
                         .triangle_count = body->surface.index_count / 3,
                         .texel_mm = texel_mm,
                         .first_island = island};
        uint32_t size[2];
        skin_lay_out(&skin, size, &island);
        out->pictures[i] =
            (SculptPicture){.width = size[0], .height = size[1], .texel_mm = texel_mm};
    }
    return OK;
}

static Status paint(Studio *studio, Arena *arena)
{
    const Piece *piece = studio->piece;
    Sculpture *out = studio->out;
    tell(studio, "painting");
    TRY(lay_out(studio, arena));
    for (int i = 0; i < out->picture_count; i++) {
        if (piece->print && piece->print->chart == i)
            continue; // glb_write has it drawn
        size_t body = piece->charts ? 0 : (size_t)i;
        FieldList list = field_body(&studio->field, body, &studio->arena);
        TRY(paint_chart(&(PaintDesc){.piece = piece,
                                     .field = &studio->field,
                                     .context = studio->context,
                                     .sculpture = out,
                                     .chart = i,
                                     .list = list,
                                     .worker_limit = studio->desc->worker_limit},
                        arena, &out->pictures[i]));
    }
    return OK;
}

static Status work_through(Studio *studio, Arena *arena)
{
    const Piece *piece = studio->piece;
    tell(studio, "carving");
    for (size_t i = 0; i < studio->field.body_count; i++)
        TRY(carve_body(studio, i));
    tell(studio, "welding");
    TRY(bodies_check(&studio->field, studio->bodies));
    bodies_join(studio->bodies, studio->field.body_count, arena, studio->out);
    tell(studio, "light and colour");
    TRY(occlusion_make(&studio->field, piece->low_mm, piece->high_mm, piece->sky_mm / 30,
                       &studio->arena, &studio->sky));
    TRY(parallel_for(&(ParallelDesc){.count = studio->out->vertex_count,
                                     .grain = 4096,
                                     .run = light_and_shade,
                                     .context = studio,
                                     .worker_limit = studio->desc->worker_limit}));
    return piece->charts || piece->skin_mm > 0 ? paint(studio, arena) : OK;
}

Status sculpt_make(const SculptDesc *desc, Arena *arena, Sculpture *out)
{
    const Piece *piece = desc->piece;
    *out = (Sculpture){.piece = piece};
    Studio studio = {.desc = desc, .piece = piece, .out = out};
    studio.fineness = desc->step_mm > 0 ? desc->step_mm / piece->step_mm : 1;
    studio.field.arena = &studio.arena;
    tell(&studio, "parts");
    field_begin(&studio.field, (FieldBody){.low = piece->low_mm,
                                           .high = piece->high_mm,
                                           .step_mm = piece->step_mm,
                                           .texel_mm = piece->skin_mm});
    studio.context = piece->build(&studio.field, &studio.arena);
    field_keep(&studio.field, desc->part_limit);
    out->part_count = studio.field.part_count;
    studio.bodies = ARENA_ARRAY(&studio.arena, SculptBody, studio.field.body_count);
    Status status = work_through(&studio, arena);
    arena_drop(&studio.arena);
    return status;
}
