// gpu_pipeline.c: a shader with the fixed state around it, and the attributes it reads.

#include "device/gpu_parts.h"
#include "device/shader.h"

#include "base/log.h"

#include <SDL.h>
#include <string.h>

// Blocks and samplers are numbered by their place in the description.
static void number_inputs(GLuint program, const GpuPipelineDesc *desc)
{
    for (GLuint i = 0; i < GPU_MAX_BLOCKS && desc->blocks[i]; i++) {
        GLuint block = glGetUniformBlockIndex(program, desc->blocks[i]);
        if (block != GL_INVALID_INDEX)
            glUniformBlockBinding(program, block, i);
    }
    glUseProgram(program);
    for (GLint i = 0; i < GPU_MAX_TEXTURES && desc->textures[i]; i++) {
        GLint place = glGetUniformLocation(program, desc->textures[i]);
        if (place >= 0)
            glUniform1i(place, i);
    }
}

NODISCARD static Status build_program(Gpu *gpu, const GpuPipelineDesc *desc, GLuint *out)
{
    uint32_t program;
    TRY(shader_build(desc->shader, desc->defines, &program));
    gpu_label(GL_PROGRAM, program, desc->label ? desc->label : desc->shader);
    number_inputs(program, desc);
    gpu->state.program = program;
    *out = program;
    return OK;
}

static void copy_names(Arena *arena, GpuPipelineDesc *desc)
{
    desc->shader = arena_copy_text(arena, desc->shader);
    desc->defines = arena_copy_text(arena, desc->defines ? desc->defines : "");
    desc->label = desc->label ? arena_copy_text(arena, desc->label) : NULL;
    for (int i = 0; i < GPU_MAX_BLOCKS && desc->blocks[i]; i++)
        desc->blocks[i] = arena_copy_text(arena, desc->blocks[i]);
    for (int i = 0; i < GPU_MAX_TEXTURES && desc->textures[i]; i++)
        desc->textures[i] = arena_copy_text(arena, desc->textures[i]);
}

Status gpu_make_pipeline(Gpu *gpu, const GpuPipelineDesc *desc, GpuPipeline *out)
{
    GLuint program;
    TRY(build_program(gpu, desc, &program));
    GpuPipeline handle = {gpu_slots_take(&gpu->pipeline_slots)};
    if (!handle.id)
        return FAIL(ERR_LIMIT, "more than %d GPU pipelines", GPU_MAX_PIPELINES - 1);
    PipelineSlot *slot = &gpu->pipelines[gpu_slots_index(&gpu->pipeline_slots, handle.id)];
    *slot = (PipelineSlot){.program = program, .desc = *desc};
    copy_names(gpu->arena, &slot->desc);
    *out = handle;
    return OK;
}

void gpu_drop_pipeline(Gpu *gpu, GpuPipeline pipeline)
{
    uint32_t index = gpu_slots_index(&gpu->pipeline_slots, pipeline.id);
    if (!index)
        return;
    glDeleteProgram(gpu->pipelines[index].program);
    gpu->pipelines[index] = (PipelineSlot){0};
    gpu_slots_give(&gpu->pipeline_slots, pipeline.id);
    gpu_forget_state(gpu);
}

bool gpu_reload_pipelines(Gpu *gpu)
{
    double now_s = (double)SDL_GetTicks64() / 1000;
    if (now_s - gpu->shaders_checked_s < 0.5) // looking at the files costs system calls
        return false;
    gpu->shaders_checked_s = now_s;
    int64_t newest = shader_newest_change();
    if (newest <= gpu->shaders_seen)
        return false;
    gpu->shaders_seen = newest;
    int made_count = 0;
    for (uint32_t i = 1; i < GPU_MAX_PIPELINES; i++) {
        PipelineSlot *slot = &gpu->pipelines[i];
        GLuint program;
        if (!slot->program)
            continue;
        if (build_program(gpu, &slot->desc, &program)) {
            log_fault(LOG_WARN, "the old shader stays");
            continue;
        }
        glDeleteProgram(slot->program);
        slot->program = program;
        made_count++;
    }
    gpu_forget_state(gpu);
    LOG_INFO_LINE("%d shaders made again", made_count);
    return made_count > 0;
}

int gpu_member_offset(const Gpu *gpu, GpuPipeline pipeline, const char *name)
{
    GLuint program = gpu->pipelines[gpu_slots_index(&gpu->pipeline_slots, pipeline.id)].program;
    GLuint index = GL_INVALID_INDEX;
    GLint offset = -1;
    if (program)
        glGetUniformIndices(program, 1, &name, &index);
    if (index != GL_INVALID_INDEX)
        glGetActiveUniformsiv(program, 1, &index, GL_UNIFORM_OFFSET, &offset);
    return offset;
}

// ---- binding

static void set_switch(Gpu *gpu, GLenum what, bool is_on)
{
    if (is_on)
        CALL(gpu, glEnable(what));
    else
        CALL(gpu, glDisable(what));
}

static void set_blend(Gpu *gpu, GpuBlend blend)
{
    set_switch(gpu, GL_BLEND, blend != GPU_BLEND_NONE);
    switch (blend) {
    case GPU_BLEND_NONE:
        break;
    case GPU_BLEND_PREMULTIPLIED:
        CALL(gpu, glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA));
        break;
    case GPU_BLEND_MULTIPLY:
        CALL(gpu, glBlendFunc(GL_ZERO, GL_SRC_COLOR));
        break;
    case GPU_BLEND_ADD:
        CALL(gpu, glBlendFunc(GL_ONE, GL_ONE));
        break;
    }
}

static void set_depth(Gpu *gpu, const GpuPipelineDesc *desc)
{
    set_switch(gpu, GL_DEPTH_TEST, desc->depth != GPU_DEPTH_NONE);
    CALL(gpu, glDepthMask(desc->depth == GPU_DEPTH_WRITE));
    CALL(gpu, glDepthFunc(desc->is_depth_reversed ? GL_GEQUAL : GL_LEQUAL));
    bool has_bias = desc->depth_bias != 0 || desc->depth_slope_bias != 0;
    set_switch(gpu, GL_POLYGON_OFFSET_FILL, has_bias);
    if (has_bias)
        CALL(gpu, glPolygonOffset(desc->depth_slope_bias, desc->depth_bias));
}

static void set_cull(Gpu *gpu, GpuCull cull)
{
    set_switch(gpu, GL_CULL_FACE, cull != GPU_CULL_NONE);
    if (cull != GPU_CULL_NONE)
        CALL(gpu, glCullFace(cull == GPU_CULL_BACK ? GL_BACK : GL_FRONT));
}

void gpu_bind_pipeline(Gpu *gpu, GpuPipeline pipeline)
{
    uint32_t index = gpu_slots_index(&gpu->pipeline_slots, pipeline.id);
    ASSERT(index);
    const PipelineSlot *slot = &gpu->pipelines[index];
    if (gpu->state.program != slot->program) {
        CALL(gpu, glUseProgram(slot->program));
        gpu->state.program = slot->program;
    }
    if (gpu->state.pipeline == pipeline.id)
        return;
    GLboolean color = slot->desc.is_color_off ? GL_FALSE : GL_TRUE;
    CALL(gpu, glColorMask(color, color, color, color));
    set_blend(gpu, slot->desc.blend);
    set_depth(gpu, &slot->desc);
    set_cull(gpu, slot->desc.cull);
    gpu->state.pipeline = pipeline.id;
}

static const struct {
    GLint size;
    GLenum type;
    GLboolean is_normalized;
} attribute_formats[] = {
    [GPU_FLOAT1] = {1, GL_FLOAT, GL_FALSE},
    [GPU_FLOAT2] = {2, GL_FLOAT, GL_FALSE},
    [GPU_FLOAT3] = {3, GL_FLOAT, GL_FALSE},
    [GPU_FLOAT4] = {4, GL_FLOAT, GL_FALSE},
    [GPU_USHORT3] = {3, GL_UNSIGNED_SHORT, GL_FALSE},
    [GPU_UBYTE2_NORM] = {2, GL_UNSIGNED_BYTE, GL_TRUE},
    [GPU_UBYTE4_NORM] = {4, GL_UNSIGNED_BYTE, GL_TRUE},
};

static void bind_attribute(Gpu *gpu, const GpuVertexLayout *layout, GLuint place,
                           const GpuDraw *draw)
{
    const GpuAttribute *attribute = &layout->attributes[place];
    GpuBuffer handle = draw->vertices[attribute->buffer];
    const BufferSlot *buffer = &gpu->buffers[gpu_slots_index(&gpu->buffer_slots, handle.id)];
    if (!buffer->name) {
        CALL(gpu, glDisableVertexAttribArray(place));
        CALL(gpu, glVertexAttrib4f(place, 0, 0, 0, 1));
        return;
    }
    uintptr_t offset = draw->vertex_offset[attribute->buffer] + attribute->offset;
    CALL(gpu, glBindBuffer(GL_ARRAY_BUFFER, buffer->name));
    CALL(gpu, glEnableVertexAttribArray(place));
    CALL(gpu, glVertexAttribPointer(place, attribute_formats[attribute->format].size,
                                    attribute_formats[attribute->format].type,
                                    attribute_formats[attribute->format].is_normalized,
                                    layout->stride[attribute->buffer], (const void *)offset));
    CALL(gpu, glVertexAttribDivisor(place, layout->is_per_instance[attribute->buffer] ? 1 : 0));
}

void gpu_bind_vertices(Gpu *gpu, const GpuDraw *draw)
{
    GpuState *state = &gpu->state;
    if (state->layout_pipeline == draw->pipeline.id &&
        !memcmp(state->vertices, draw->vertices, sizeof state->vertices) &&
        !memcmp(state->vertex_offset, draw->vertex_offset, sizeof state->vertex_offset))
        return;
    const GpuVertexLayout *layout =
        &gpu->pipelines[gpu_slots_index(&gpu->pipeline_slots, draw->pipeline.id)].desc.layout;
    for (int i = 0; i < GPU_MAX_ATTRIBUTES; i++) {
        if (i < layout->attribute_count)
            bind_attribute(gpu, layout, (GLuint)i, draw);
        else
            CALL(gpu, glDisableVertexAttribArray((GLuint)i));
    }
    state->layout_pipeline = draw->pipeline.id;
    memcpy(state->vertices, draw->vertices, sizeof state->vertices);
    memcpy(state->vertex_offset, draw->vertex_offset, sizeof state->vertex_offset);
}
