// gpu_objects.c: buffers, textures, targets, and the slots that name them.

#include "device/gpu_parts.h"

#include "base/log.h"

#include <math.h>

void gpu_slots_make(GpuSlots *slots, Arena *arena, uint32_t capacity)
{
    slots->capacity = capacity;
    slots->generations = ARENA_ARRAY(arena, uint16_t, capacity);
    slots->free = ARENA_ARRAY(arena, uint16_t, capacity);
    for (uint32_t slot = capacity - 1; slot > 0; slot--) {
        slots->generations[slot] = 1;
        slots->free[slots->free_count++] = (uint16_t)slot;
    }
}

uint32_t gpu_slots_take(GpuSlots *slots)
{
    if (!slots->free_count)
        return 0;
    uint32_t slot = slots->free[--slots->free_count];
    return (uint32_t)slots->generations[slot] << 16 | slot;
}

uint32_t gpu_slots_index(const GpuSlots *slots, uint32_t id)
{
    uint32_t slot = id & 0xffff;
    return slot < slots->capacity && slots->generations[slot] == id >> 16 ? slot : 0;
}

void gpu_slots_give(GpuSlots *slots, uint32_t id)
{
    uint32_t slot = gpu_slots_index(slots, id);
    if (!slot)
        return;
    slots->generations[slot]++;
    if (!slots->generations[slot])
        slots->generations[slot] = 1;
    slots->free[slots->free_count++] = (uint16_t)slot;
}

void gpu_label(GLenum kind, GLuint name, const char *label)
{
    if (GLAD_GL_KHR_debug && label)
        glObjectLabel(kind, name, -1, label);
}

void gpu_count_memory(Gpu *gpu, uint64_t *kind, uint64_t more_bytes)
{
    GpuMemory *memory = &gpu->memory;
    *kind += more_bytes;
    memory->peak_bytes = MAX(memory->peak_bytes, memory->buffer_bytes + memory->texture_bytes);
}

// ---- buffers

static const GLenum buffer_targets[] = {
    [GPU_VERTICES] = GL_ARRAY_BUFFER,
    [GPU_INDICES] = GL_ELEMENT_ARRAY_BUFFER,
    [GPU_UNIFORMS] = GL_UNIFORM_BUFFER,
};

// Through a target that no draw looks at, so that nothing bound is disturbed.
static void bind_for_writing(Gpu *gpu, const BufferSlot *buffer)
{
    CALL(gpu, glBindBuffer(GL_COPY_WRITE_BUFFER, buffer->name));
}

GpuBuffer gpu_make_buffer(Gpu *gpu, const GpuBufferDesc *desc)
{
    GpuBuffer handle = {gpu_slots_take(&gpu->buffer_slots)};
    if (!handle.id) {
        (void)FAIL(ERR_LIMIT, "more than %d GPU buffers", GPU_MAX_BUFFERS - 1);
        return handle;
    }
    BufferSlot *buffer = &gpu->buffers[gpu_slots_index(&gpu->buffer_slots, handle.id)];
    *buffer = (BufferSlot){.target = buffer_targets[desc->kind],
                           .size_bytes = desc->size_bytes,
                           .usage = desc->is_stream ? GL_STREAM_DRAW : GL_STATIC_DRAW};
    glGenBuffers(1, &buffer->name);
    bind_for_writing(gpu, buffer);
    while (glGetError() != GL_NO_ERROR) {
    }
    glBufferData(GL_COPY_WRITE_BUFFER, (GLsizeiptr)desc->size_bytes, desc->data, buffer->usage);
    gpu_count_memory(gpu, &gpu->memory.buffer_bytes, desc->size_bytes);
    if (glGetError() == GL_OUT_OF_MEMORY) {
        (void)FAIL(ERR_DEVICE, "the graphics driver has no %zu bytes for %s", desc->size_bytes,
                   desc->label ? desc->label : "a buffer");
        gpu_drop_buffer(gpu, handle);
        return (GpuBuffer){0};
    }
    gpu_label(GL_BUFFER, buffer->name, desc->label);
    return handle;
}

void gpu_write_buffer(Gpu *gpu, GpuBuffer handle, size_t offset, const void *data,
                      size_t size_bytes)
{
    BufferSlot *buffer = &gpu->buffers[gpu_slots_index(&gpu->buffer_slots, handle.id)];
    ASSERT(buffer->name && offset + size_bytes <= buffer->size_bytes);
    if (!size_bytes)
        return;
    bind_for_writing(gpu, buffer);
    if (buffer->usage == GL_STREAM_DRAW && offset == 0) // orphan: nobody waits for last frame
        CALL(gpu, glBufferData(GL_COPY_WRITE_BUFFER, (GLsizeiptr)buffer->size_bytes, NULL,
                               buffer->usage));
    CALL(gpu,
         glBufferSubData(GL_COPY_WRITE_BUFFER, (GLintptr)offset, (GLsizeiptr)size_bytes, data));
}

bool gpu_grow_buffer(Gpu *gpu, GpuBuffer handle, size_t size_bytes)
{
    BufferSlot *buffer = &gpu->buffers[gpu_slots_index(&gpu->buffer_slots, handle.id)];
    ASSERT(buffer->name && size_bytes >= buffer->size_bytes);
    GLuint larger;
    glGenBuffers(1, &larger);
    glBindBuffer(GL_COPY_WRITE_BUFFER, larger);
    while (glGetError() != GL_NO_ERROR) {
    }
    glBufferData(GL_COPY_WRITE_BUFFER, (GLsizeiptr)size_bytes, NULL, buffer->usage);
    if (glGetError() == GL_OUT_OF_MEMORY) {
        glDeleteBuffers(1, &larger);
        (void)FAIL(ERR_DEVICE, "the graphics driver has no %zu bytes to make a buffer larger",
                   size_bytes);
        return false;
    }
    glBindBuffer(GL_COPY_READ_BUFFER, buffer->name);
    glCopyBufferSubData(GL_COPY_READ_BUFFER, GL_COPY_WRITE_BUFFER, 0, 0,
                        (GLsizeiptr)buffer->size_bytes);
    glDeleteBuffers(1, &buffer->name);
    gpu_count_memory(gpu, &gpu->memory.buffer_bytes, size_bytes); // both, until here
    gpu->memory.buffer_bytes -= buffer->size_bytes;
    buffer->name = larger;
    buffer->size_bytes = size_bytes;
    gpu_forget_state(gpu);
    return true;
}

void gpu_drop_buffer(Gpu *gpu, GpuBuffer handle)
{
    uint32_t index = gpu_slots_index(&gpu->buffer_slots, handle.id);
    if (!index)
        return;
    gpu->memory.buffer_bytes -= gpu->buffers[index].size_bytes;
    glDeleteBuffers(1, &gpu->buffers[index].name);
    gpu->buffers[index] = (BufferSlot){0};
    gpu_slots_give(&gpu->buffer_slots, handle.id);
    gpu_forget_state(gpu);
}

// ---- textures

static const struct {
    GLenum internal, format, type;
    int texel_bytes;
} formats[GPU_FORMAT_COUNT] = {
    [GPU_RGBA8] = {GL_RGBA8, GL_RGBA, GL_UNSIGNED_BYTE, 4},
    [GPU_SRGBA8] = {GL_SRGB8_ALPHA8, GL_RGBA, GL_UNSIGNED_BYTE, 4},
    [GPU_R8] = {GL_R8, GL_RED, GL_UNSIGNED_BYTE, 1},
    [GPU_RG8] = {GL_RG8, GL_RG, GL_UNSIGNED_BYTE, 2},
    [GPU_RGBA16F] = {GL_RGBA16F, GL_RGBA, GL_FLOAT, 8},
    [GPU_RGBA32F] = {GL_RGBA32F, GL_RGBA, GL_FLOAT, 16},
    [GPU_RGB9E5] = {GL_RGB9_E5, GL_RGB, GL_UNSIGNED_INT_5_9_9_9_REV, 4},
    [GPU_R11G11B10F] = {GL_R11F_G11F_B10F, GL_RGB, GL_FLOAT, 4},
    [GPU_RGB10A2] = {GL_RGB10_A2, GL_RGBA, GL_UNSIGNED_INT_2_10_10_10_REV, 4},
    [GPU_DEPTH24] = {GL_DEPTH_COMPONENT24, GL_DEPTH_COMPONENT, GL_UNSIGNED_INT, 4},
    [GPU_DEPTH16] = {GL_DEPTH_COMPONENT16, GL_DEPTH_COMPONENT, GL_UNSIGNED_SHORT, 2},
    [GPU_DEPTH32F] = {GL_DEPTH_COMPONENT32F, GL_DEPTH_COMPONENT, GL_FLOAT, 4},
};

static const GLenum texture_targets[] = {
    [GPU_TEXTURE_2D] = GL_TEXTURE_2D,
    [GPU_TEXTURE_ARRAY] = GL_TEXTURE_2D_ARRAY,
    [GPU_TEXTURE_3D] = GL_TEXTURE_3D,
    [GPU_TEXTURE_MULTISAMPLE] = GL_TEXTURE_2D_MULTISAMPLE,
};

static int full_level_count(int width, int height)
{
    int levels = 1;
    for (int side = MAX(width, height); side > 1; side /= 2)
        levels++;
    return levels;
}

// Texture units beyond those of draws: writing disturbs nothing that is bound.
static void bind_texture_for_writing(Gpu *gpu, const TextureSlot *texture)
{
    CALL(gpu, glActiveTexture(GL_TEXTURE0 + GPU_MAX_TEXTURES));
    CALL(gpu, glBindTexture(texture->target, texture->name));
}

static void set_sampling(const Gpu *gpu, const GpuTextureDesc *desc, const TextureSlot *texture)
{
    GLenum target = texture->target;
    bool has_mips = texture->level_count > 1;
    GLint wrap = desc->is_repeated ? GL_REPEAT : GL_CLAMP_TO_EDGE;
    GLint smooth = has_mips ? GL_LINEAR_MIPMAP_LINEAR : GL_LINEAR;
    GLint hard = has_mips ? GL_NEAREST_MIPMAP_NEAREST : GL_NEAREST;
    glTexParameteri(target, GL_TEXTURE_MIN_FILTER, desc->is_nearest ? hard : smooth);
    glTexParameteri(target, GL_TEXTURE_MAG_FILTER, desc->is_nearest ? GL_NEAREST : GL_LINEAR);
    glTexParameteri(target, GL_TEXTURE_WRAP_S, wrap);
    glTexParameteri(target, GL_TEXTURE_WRAP_T, wrap);
    glTexParameteri(target, GL_TEXTURE_WRAP_R, wrap);
    glTexParameteri(target, GL_TEXTURE_MAX_LEVEL, texture->level_count - 1);
    if (desc->format == GPU_RG8)
        glTexParameteri(target, GL_TEXTURE_SWIZZLE_B, GL_ONE);
    // Software drivers take their time over it.
    if (desc->anisotropy > 1 && GLAD_GL_EXT_texture_filter_anisotropic &&
        !gpu->info.is_software)
        glTexParameterf(target, GL_TEXTURE_MAX_ANISOTROPY_EXT, desc->anisotropy);
    if (desc->is_compared) {
        glTexParameteri(target, GL_TEXTURE_COMPARE_MODE, GL_COMPARE_REF_TO_TEXTURE);
        glTexParameteri(target, GL_TEXTURE_COMPARE_FUNC, GL_LEQUAL);
    }
}

static void allocate_texture(const GpuTextureDesc *desc, TextureSlot *texture)
{
    GLenum target = texture->target, format = formats[desc->format].format;
    GLint internal = (GLint)formats[desc->format].internal;
    GLenum type = formats[desc->format].type;
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    for (int level = 0; level < texture->level_count; level++) {
        const void *pixels = level == 0 ? desc->pixels : NULL;
        int width = MAX(texture->width >> level, 1), height = MAX(texture->height >> level, 1);
        bool is_flat = target == GL_TEXTURE_2D;
        int depth = target == GL_TEXTURE_3D ? MAX(texture->depth >> level, 1) : texture->depth;
        if (is_flat)
            glTexImage2D(target, level, internal, width, height, 0, format, type, pixels);
        else
            glTexImage3D(target, level, internal, width, height, depth, 0, format, type,
                         pixels);
        texture->size_bytes += (uint64_t)width * (uint64_t)height *
                               (uint64_t)(is_flat ? 1 : depth) *
                               (uint64_t)formats[desc->format].texel_bytes;
    }
}

GpuTexture gpu_make_texture(Gpu *gpu, const GpuTextureDesc *desc)
{
    GpuTexture handle = {gpu_slots_take(&gpu->texture_slots)};
    if (!handle.id) {
        (void)FAIL(ERR_LIMIT, "more than %d GPU textures", GPU_MAX_TEXTURES_HELD - 1);
        return handle;
    }
    TextureSlot *texture = &gpu->textures[gpu_slots_index(&gpu->texture_slots, handle.id)];
    *texture = (TextureSlot){.target = texture_targets[desc->kind],
                             .format = desc->format,
                             .width = desc->width,
                             .height = desc->height,
                             .depth = MAX(desc->depth, 1),
                             .level_count = MAX(desc->level_count, 1),
                             .makes_mips = desc->level_count < 0};
    if (texture->makes_mips)
        texture->level_count = full_level_count(desc->width, desc->height);
    glGenTextures(1, &texture->name);
    bind_texture_for_writing(gpu, texture);
    while (glGetError() != GL_NO_ERROR) {
    }
    allocate_texture(desc, texture);
    if (texture->makes_mips && desc->pixels)
        CALL_TIMED(gpu, glGenerateMipmap(texture->target)); // drawn, level by level
    set_sampling(gpu, desc, texture);
    gpu_count_memory(gpu, &gpu->memory.texture_bytes, texture->size_bytes);
    GLenum error = glGetError();
    if (error != GL_NO_ERROR) {
        (void)FAIL(ERR_DEVICE,
                   "the graphics driver refused a texture of %d x %d x %d (%s): %#x",
                   texture->width, texture->height, texture->depth,
                   desc->label ? desc->label : "no label", error);
        gpu_drop_texture(gpu, handle);
        return (GpuTexture){0};
    }
    gpu_label(GL_TEXTURE, texture->name, desc->label);
    return handle;
}

void gpu_write_texture(Gpu *gpu, GpuTexture handle, const GpuTextureWrite *write)
{
    TextureSlot *texture = &gpu->textures[gpu_slots_index(&gpu->texture_slots, handle.id)];
    ASSERT(texture->name);
    GLenum format = formats[texture->format].format, type = formats[texture->format].type;
    bind_texture_for_writing(gpu, texture);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    if (texture->target == GL_TEXTURE_2D)
        CALL(gpu, glTexSubImage2D(texture->target, write->level, write->x, write->y,
                                  write->width, write->height, format, type, write->pixels));
    else
        CALL(gpu, glTexSubImage3D(texture->target, write->level, write->x, write->y, write->z,
                                  write->width, write->height, MAX(write->depth, 1), format,
                                  type, write->pixels));
    if (texture->makes_mips)
        CALL_TIMED(gpu, glGenerateMipmap(texture->target));
}

bool gpu_texture_size(const Gpu *gpu, GpuTexture handle, int *width, int *height)
{
    uint32_t index = gpu_slots_index(&gpu->texture_slots, handle.id);
    if (!index)
        return false;
    *width = gpu->textures[index].width;
    *height = gpu->textures[index].height;
    return true;
}

void gpu_drop_texture(Gpu *gpu, GpuTexture handle)
{
    uint32_t index = gpu_slots_index(&gpu->texture_slots, handle.id);
    if (!index)
        return;
    gpu->memory.texture_bytes -= gpu->textures[index].size_bytes;
    glDeleteTextures(1, &gpu->textures[index].name);
    gpu->textures[index] = (TextureSlot){0};
    gpu_slots_give(&gpu->texture_slots, handle.id);
    gpu_forget_state(gpu);
}

// ---- targets

static GpuTexture make_sampled_part(Gpu *gpu, const GpuTargetDesc *desc, GpuFormat format)
{
    GpuTexture handle = {gpu_slots_take(&gpu->texture_slots)};
    if (!handle.id)
        return handle;
    TextureSlot *texture = &gpu->textures[gpu_slots_index(&gpu->texture_slots, handle.id)];
    *texture = (TextureSlot){.target = GL_TEXTURE_2D_MULTISAMPLE,
                             .format = format,
                             .width = desc->width,
                             .height = desc->height,
                             .depth = 1,
                             .level_count = 1};
    texture->size_bytes = (uint64_t)desc->width * (uint64_t)desc->height *
                          (uint64_t)desc->sample_count * (uint64_t)formats[format].texel_bytes;
    glGenTextures(1, &texture->name);
    bind_texture_for_writing(gpu, texture);
    glTexImage2DMultisample(GL_TEXTURE_2D_MULTISAMPLE, desc->sample_count,
                            formats[format].internal, desc->width, desc->height, GL_TRUE);
    gpu_count_memory(gpu, &gpu->memory.texture_bytes, texture->size_bytes);
    gpu_label(GL_TEXTURE, texture->name, desc->label);
    return handle;
}

static GpuTexture make_part(Gpu *gpu, const GpuTargetDesc *desc, GpuFormat format,
                            bool is_compared)
{
    if (desc->sample_count > 1)
        return make_sampled_part(gpu, desc, format);
    return gpu_make_texture(gpu, &(GpuTextureDesc){.format = format,
                                                   .width = desc->width,
                                                   .height = desc->height,
                                                   .is_compared = is_compared,
                                                   .label = desc->label});
}

static void attach(Gpu *gpu, GLenum point, GpuTexture part)
{
    const TextureSlot *texture = &gpu->textures[gpu_slots_index(&gpu->texture_slots, part.id)];
    if (texture->name)
        glFramebufferTexture2D(GL_FRAMEBUFFER, point, texture->target, texture->name, 0);
}

GpuTarget gpu_make_target(Gpu *gpu, const GpuTargetDesc *desc)
{
    GpuTarget handle = {gpu_slots_take(&gpu->target_slots)};
    if (!handle.id) {
        (void)FAIL(ERR_LIMIT, "more than %d GPU targets", GPU_MAX_TARGETS - 1);
        return handle;
    }
    TargetSlot *target = &gpu->targets[gpu_slots_index(&gpu->target_slots, handle.id)];
    *target = (TargetSlot){.width = desc->width, .height = desc->height};
    if (desc->has_color)
        target->color = make_part(gpu, desc, desc->color, false);
    if (desc->has_depth)
        target->depth = make_part(gpu, desc, desc->depth, desc->is_depth_compared);
    glGenFramebuffers(1, &target->framebuffer);
    glBindFramebuffer(GL_FRAMEBUFFER, target->framebuffer);
    attach(gpu, GL_COLOR_ATTACHMENT0, target->color);
    attach(gpu, GL_DEPTH_ATTACHMENT, target->depth);
    if (!desc->has_color) {
        glDrawBuffer(GL_NONE);
        glReadBuffer(GL_NONE);
    }
    GLenum state = glCheckFramebufferStatus(GL_FRAMEBUFFER);
    if (state != GL_FRAMEBUFFER_COMPLETE) {
        (void)FAIL(ERR_DEVICE, "the graphics driver refused a target of %d x %d (%s): %#x",
                   desc->width, desc->height, desc->label ? desc->label : "no label", state);
        gpu_drop_target(gpu, handle);
        return (GpuTarget){0};
    }
    gpu_label(GL_FRAMEBUFFER, target->framebuffer, desc->label);
    return handle;
}

void gpu_drop_target(Gpu *gpu, GpuTarget handle)
{
    uint32_t index = gpu_slots_index(&gpu->target_slots, handle.id);
    if (!index)
        return;
    TargetSlot *target = &gpu->targets[index];
    glDeleteFramebuffers(1, &target->framebuffer);
    gpu_drop_texture(gpu, target->color);
    gpu_drop_texture(gpu, target->depth);
    *target = (TargetSlot){0};
    gpu_slots_give(&gpu->target_slots, handle.id);
}

GpuTexture gpu_target_color(const Gpu *gpu, GpuTarget handle)
{
    return gpu->targets[gpu_slots_index(&gpu->target_slots, handle.id)].color;
}

GpuTexture gpu_target_depth(const Gpu *gpu, GpuTarget handle)
{
    return gpu->targets[gpu_slots_index(&gpu->target_slots, handle.id)].depth;
}
