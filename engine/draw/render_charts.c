// render_charts.c: where the light on walls, floors and furniture is kept that is drawn here.
//
// What stands still is lit once, into a texture of the mesh, and again only when a lamp's
// shadows change. The texture's places are the charts of data/charts.h, those of a part apart
// from others': parts are lit one by one.

#include "draw/render_parts.h"

#include "data/charts.h"

#include <math.h>
#include <string.h>

enum { WIDTH = 1024, LEAST_HEIGHT = 256, MOST_HEIGHT = 2048 };

#define COARSEST_SCALE 64.0f

#define FINEST_TEXEL_M 0.004f
#define COARSEST_TEXEL_M 0.05f
#define TEXELS_ACROSS 96.0f // of a piece, unless that is finer or coarser than the above
#define INSET_M \
    0.012f // light is asked for this far inside a piece's edges: just there the
           // next wall's own shadow begins

typedef struct LightUv {
    float at[2];
} LightUv;

// ---- their places

static void measure(Chart *chart, float scale)
{
    float width = chart->high[0] - chart->low[0], height = chart->high[1] - chart->low[1];
    float texel =
        CLAMP(sqrtf(width * height) / TEXELS_ACROSS, FINEST_TEXEL_M, COARSEST_TEXEL_M);
    texel *= scale;
    float sides[2] = {width, height};
    for (int k = 0; k < 2; k++) {
        int count = MAX(2, (int)ceilf(sides[k] / texel) + 1);
        chart->size[k] = MIN(count, WIDTH - 2 * CHARTS_BORDER) + 2 * CHARTS_BORDER;
    }
}

// False where they take more than `most_height` rows.
static bool place(Charts *charts, float scale, int most_height)
{
    uint64_t texels = 0;
    for (uint32_t i = 0; i < charts->count; i++) {
        Chart *chart = &charts->charts[i];
        measure(chart, scale);
        texels += (uint64_t)chart->size[0] * (uint64_t)chart->size[1];
    }
    if (texels > (uint64_t)WIDTH * (uint64_t)most_height)
        return false;
    charts_place(charts, WIDTH);
    return charts->height <= most_height;
}

// ---- for the card

// The rectangle of a chart with its border, as two triangles: where in the world each corner
// is.
static void write_quad(const Charts *charts, const Chart *chart, RenderVertex *out)
{
    static const int corners[6][2] = {{0, 0}, {1, 0}, {1, 1}, {0, 0}, {1, 1}, {0, 1}};
    const int corner[2] = {chart->x, chart->y}, whole[2] = {WIDTH, charts->height};
    for (int i = 0; i < 6; i++) {
        float at[2];
        memcpy(out[i].normal, chart->normal, sizeof out[i].normal);
        for (int k = 0; k < 2; k++) {
            float size = chart->high[k] - chart->low[k], inset = MIN(INSET_M, size * 0.1f);
            float step = (size - 2 * inset) / (float)(chart->size[k] - 2 * CHARTS_BORDER - 1);
            float texels = (float)(corners[i][k] * chart->size[k] - CHARTS_BORDER) - 0.5f;
            at[k] = chart->low[k] + inset + step * texels;
            out[i].uv_m[k] =
                (float)(corner[k] + corners[i][k] * chart->size[k]) / (float)whole[k];
        }
        for (int k = 0; k < 3; k++)
            out[i].position[k] =
                chart->normal[k] * chart->distance + chart->u[k] * at[0] + chart->v[k] * at[1];
    }
}

NODISCARD static Status make_objects(Render *render, const RenderMeshDesc *desc,
                                     const Charts *charts, Arena *arena, MeshSlot *mesh)
{
    LightUv *uvs = ARENA_ARRAY(arena, LightUv, desc->vertex_count);
    RenderVertex *quads = ARENA_ARRAY(arena, RenderVertex, (size_t)charts->count * 6);
    for (uint32_t i = 0; i < desc->vertex_count; i++) {
        if (charts->chart_of[i] == UINT32_MAX)
            continue;
        charts_texel(&charts->charts[charts->chart_of[i]], desc->vertices[i].position,
                     uvs[i].at);
        uvs[i].at[0] /= (float)WIDTH;
        uvs[i].at[1] /= (float)charts->height;
    }
    for (uint32_t i = 0; i < charts->count; i++) { // a part's charts lie side by side
        MeshPart *part = &mesh->parts[charts->charts[i].group];
        if (!part->quad_count)
            part->first_quad = i;
        part->quad_count++;
        write_quad(charts, &charts->charts[i], quads + (size_t)i * 6);
    }
    mesh->light_uvs = gpu_make_buffer(
        render->gpu, &(GpuBufferDesc){.kind = GPU_VERTICES,
                                      .size_bytes = desc->vertex_count * sizeof *uvs,
                                      .data = uvs,
                                      .label = desc->label});
    mesh->quads = gpu_make_buffer(
        render->gpu, &(GpuBufferDesc){.kind = GPU_VERTICES,
                                      .size_bytes = charts->count * 6 * sizeof *quads,
                                      .data = quads,
                                      .label = desc->label});
    mesh->light_size[0] = WIDTH;
    mesh->light_size[1] = charts->height;
    return mesh->light_uvs.id && mesh->quads.id ? OK : fault_last()->status;
}

static int most_height(const Render *render)
{
    uint64_t rows = render->light_bytes / render->rooms_at_once / (WIDTH * CHARTS_TEXEL_BYTES);
    return (int)CLAMP(rows, LEAST_HEIGHT, MOST_HEIGHT);
}

Status charts_make(Render *render, const RenderMeshDesc *desc, MeshSlot *mesh)
{
    Scratch scratch = scratch_begin(NULL);
    ChartsPart *parts = ARENA_ARRAY(scratch.arena, ChartsPart, (size_t)desc->part_count + 1);
    for (uint32_t i = 0; i < desc->part_count; i++)
        parts[i] = (ChartsPart){
            .first_index = desc->parts[i].first_index,
            .index_count = desc->parts[i].index_count,
            .group = desc->parts[i].material.kind == RENDER_EMISSIVE ||
                             desc->parts[i].material.kind == RENDER_SKY
                         ? CHARTS_NONE
                         : (int)i,
        };
    Charts charts;
    charts_find(&(ChartsMesh){.position = desc->vertices->position,
                              .normal = desc->vertices->normal,
                              .stride_bytes = sizeof *desc->vertices,
                              .vertex_count = desc->vertex_count,
                              .indices = desc->indices,
                              .parts = parts,
                              .part_count = desc->part_count},
                scratch.arena, &charts);
    float scale = render->is_fine ? 0.5f : 1.3f;
    while (!place(&charts, scale, most_height(render)) && scale < COARSEST_SCALE)
        scale *= 1.2f;
    Status status =
        charts.count ? make_objects(render, desc, &charts, scratch.arena, mesh) : OK;
    scratch_end(scratch);
    return status;
}
