// render_quads.c: rectangles of the interface, in runs of one texture and one clip.

#include "draw/render_parts.h"

#include <math.h>
#include <string.h>

typedef struct QuadInstance {
    float rect[4], color[4], border_color[4], uv[4], shape[4], axis[2];
} QuadInstance;

static QuadInstance instance_of(const RenderQuad *quad)
{
    QuadInstance out = {.rect = {quad->x, quad->y, quad->width, quad->height},
                        .uv = {0, 0, 1, 1},
                        .shape = {quad->corner_px, quad->border_px, quad->soft_px,
                                  quad->texture.id ? 1.0f : 0.0f},
                        .axis = {cosf(quad->turn_rad), sinf(quad->turn_rad)}};
    memcpy(out.color, quad->color, sizeof out.color);
    memcpy(out.border_color, quad->border_color, sizeof out.border_color);
    if (quad->uv[2] != 0 || quad->uv[3] != 0)
        memcpy(out.uv, quad->uv, sizeof out.uv);
    return out;
}

static bool is_same_run(const RenderQuad *a, const RenderQuad *b)
{
    bool same_texture = a->texture.id == b->texture.id || !a->texture.id || !b->texture.id;
    return same_texture && !memcmp(a->clip, b->clip, sizeof a->clip);
}

// As many quads as one call can draw: plain ones go along with any texture.
static uint32_t run_length(const RenderQuad *quads, uint32_t count, GpuTexture *texture)
{
    RenderQuad first = quads[0];
    uint32_t length = 0;
    for (; length < count && is_same_run(&first, &quads[length]); length++) {
        if (!first.texture.id)
            first.texture = quads[length].texture;
    }
    *texture = first.texture;
    return length;
}

static void write_instances(Frame *frame)
{
    Render *render = frame->render;
    uint32_t count = frame->list->quad_count;
    size_t size_bytes = count * sizeof(QuadInstance);
    QuadInstance *instances = ARENA_ARRAY_RAW(frame->arena, QuadInstance, count);
    for (uint32_t i = 0; i < count; i++)
        instances[i] = instance_of(&frame->list->quads[i]);
    if (size_bytes > render->quads_bytes) {
        gpu_drop_buffer(render->gpu, render->quads);
        render->quads_bytes = size_bytes * 2;
        render->quads =
            gpu_make_buffer(render->gpu, &(GpuBufferDesc){.kind = GPU_VERTICES,
                                                          .size_bytes = render->quads_bytes,
                                                          .is_stream = true,
                                                          .label = "quads"});
        if (!render->quads.id)
            render->quads_bytes = 0; // tried again in the next frame
    }
    if (render->quads.id)
        gpu_write_buffer(render->gpu, render->quads, 0, instances, size_bytes);
}

void quads_draw(Frame *frame)
{
    Render *render = frame->render;
    const RenderList *list = frame->list;
    if (!list->quad_count)
        return;
    write_instances(frame);
    if (!render->quads.id)
        return;
    for (uint32_t first = 0; first < list->quad_count;) {
        GpuTexture texture;
        const RenderQuad *quad = &list->quads[first];
        uint32_t length = run_length(quad, list->quad_count - first, &texture);
        GpuDraw draw = {.pipeline = render->pipelines[PIPELINE_QUAD],
                        .textures = {[TEXTURE_OWN] = texture.id ? texture : render->white},
                        .vertices = {render->quads},
                        .vertex_offset = {first * sizeof(QuadInstance)},
                        .count = 6,
                        .instance_count = length};
        for (int i = 0; i < 4; i++)
            draw.clip[i] = (int)quad->clip[i];
        frame_set_blocks(frame, &frame->views[0], SIZE_MAX, &draw);
        gpu_draw(render->gpu, &draw);
        first += length;
    }
}
