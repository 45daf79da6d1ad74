// render_frame.c: the passes of one frame, and the uniforms they share.

#include "draw/render_parts.h"

#include "base/log.h"

#include <string.h>

size_t frame_push_uniforms(Frame *frame, const void *block, size_t size_bytes)
{
    // 256 is the largest alignment that drivers ask for.
    size_t offset = frame->uniforms_used, used = (offset + size_bytes + 255) & ~(size_t)255;
    if (used > frame->uniforms_capacity) {
        size_t wanted = MAX(frame->uniforms_capacity * 2, MAX(used, (size_t)1 << 18));
        frame->uniforms =
            arena_grow(frame->arena, frame->uniforms, frame->uniforms_capacity, wanted, 64);
        frame->uniforms_capacity = wanted;
    }
    memcpy(frame->uniforms + offset, block, size_bytes);
    frame->uniforms_used = used;
    return offset;
}

void frame_set_blocks(const Frame *frame, const SceneView *view, size_t object_offset,
                      GpuDraw *draw)
{
    GpuBuffer buffer = frame->render->uniforms;
    draw->blocks[BLOCK_VIEW] = (GpuRange){buffer, view->view_offset, sizeof(ViewBlock)};
    if (object_offset == SIZE_MAX)
        return;
    bool is_glass = false;
    for (int i = PIPELINE_GLASS_BACK; i <= PIPELINE_BELL_FRONT; i++)
        is_glass |= draw->pipeline.id == frame->render->pipelines[i].id;
    if (is_glass)
        draw->blocks[BLOCK_GLASS] = (GpuRange){buffer, object_offset, sizeof(GlassBlock)};
    else
        draw->blocks[BLOCK_OBJECT] = (GpuRange){buffer, object_offset, sizeof(ObjectBlock)};
}

static void upload_uniforms(Frame *frame)
{
    Render *render = frame->render;
    if (frame->uniforms_used > render->uniforms_bytes) {
        gpu_drop_buffer(render->gpu, render->uniforms);
        render->uniforms_bytes = frame->uniforms_used * 2;
        render->uniforms =
            gpu_make_buffer(render->gpu, &(GpuBufferDesc){.kind = GPU_UNIFORMS,
                                                          .size_bytes = render->uniforms_bytes,
                                                          .is_stream = true,
                                                          .label = "uniforms"});
        if (!render->uniforms.id)
            render->uniforms_bytes = 0; // tried again in the next frame
    }
    if (render->uniforms.id)
        gpu_write_buffer(render->gpu, render->uniforms, 0, frame->uniforms,
                         frame->uniforms_used);
}

static void begin_view(Frame *frame, const RenderView *from, int index)
{
    SceneView *view = &frame->views[index];
    view->view = from;
    view->index = index;
    view->camera = &from->camera;
    memcpy(view->eye, from->camera.eye, sizeof view->eye);
    scene_gather(frame, view);
}

static void push_quad_view(Frame *frame, size_t *offset)
{
    ViewBlock block = {0};
    block.size[0] = (float)frame->list->width_px;
    block.size[1] = (float)frame->list->height_px;
    block.size[2] = 1 / block.size[0];
    block.size[3] = 1 / block.size[1];
    *offset = frame_push_uniforms(frame, &block, sizeof block);
}

static void finish_stats(Render *render, const GpuCounts *before)
{
    GpuCounts counts = gpu_take_counts(render->gpu);
    GpuMemory memory = gpu_memory(render->gpu);
    render->stats.draw_calls = before->draws + counts.draws;
    render->stats.triangles = (uint32_t)(before->triangles + counts.triangles);
    render->stats.gl_calls = before->calls + counts.calls;
    render->stats.geometry_bytes = memory.buffer_bytes;
    render->stats.texture_bytes = memory.texture_bytes;
    render->stats.peak_bytes = memory.peak_bytes;
}

void render_frame(Render *render, const RenderList *list, Arena *scratch)
{
    static const float WHITE_AT_LUX = 420;
    float per_lux = list->exposure > 0 ? list->exposure : 1 / WHITE_AT_LUX;
    gpu_reload_pipelines(render->gpu);
    if (!views_fit(render, list)) {
        log_fault(LOG_ERROR, "this frame is not drawn");
        return;
    }
    Frame *frame = ARENA_NEW(scratch, Frame);
    frame->render = render;
    frame->list = list;
    frame->arena = scratch;
    frame->exposure = per_lux * 3.14159265f;
    begin_view(frame, &list->view, 0);
    if (list->lens.radius_px > 0)
        begin_view(frame, &list->lens.view, VIEW_LENS);
    if (list->has_other)
        begin_view(frame, &list->other, VIEW_OTHER);
    if (list->has_other && list->other_lens.radius_px > 0)
        begin_view(frame, &list->other_lens.view, VIEW_OTHER | VIEW_LENS);
    render->stats.is_pending = false;
    bake_mark_lights(frame);
    shadow_plan(frame);
    bake_plan(frame);
    size_t quad_view;
    for (int i = 0; i < VIEW_COUNT; i++)
        if (frame->views[i].view)
            light_push_blocks(frame, &frame->views[i]);
    views_push(frame);
    push_quad_view(frame, &quad_view);
    upload_uniforms(frame);

    shadow_draw(frame);
    bake_draw(frame);
    GpuCounts counts = views_draw(frame);
    if (!list->is_hidden) {
        gpu_begin_pass(render->gpu, &(GpuPass){.label = "picture"});
        views_show(frame);
        frame->views[0].view_offset = quad_view;
        quads_draw(frame);
    }
    finish_stats(render, &counts);
}
