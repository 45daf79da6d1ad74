// gpu.c: the graphics card behind handles. Start, passes, draws, reading the picture back.

#include "device/gpu_parts.h"
#include "device/shader.h"

#include "base/log.h"

#include <string.h>
#include <time.h>

// Clip control is younger than 3.3, so the loader does not know it.
typedef void (*ClipControl)(GLenum origin, GLenum depth);
enum { CLIP_LOWER_LEFT = 0x8CA1, CLIP_ZERO_TO_ONE = 0x935F };

static void GLAD_API_PTR hear_driver(GLenum source, GLenum type, GLuint id, GLenum severity,
                                     GLsizei length, const GLchar *message, const void *context)
{
    Gpu *gpu = (Gpu *)context;
    (void)source;
    (void)id;
    (void)length;
    if (severity == GL_DEBUG_SEVERITY_NOTIFICATION || type == GL_DEBUG_TYPE_PERFORMANCE)
        return;
    bool is_error = type == GL_DEBUG_TYPE_ERROR;
    gpu->error_count += is_error;
    log_line(is_error ? LOG_ERROR : LOG_WARN, "graphics driver: %s", message);
}

static bool is_software_name(const char *renderer)
{
    static const char *const names[] = {"llvmpipe", "softpipe", "SwiftShader", "Software"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        if (strstr(renderer, names[i]))
            return true;
    }
    return false;
}

// Of extensions whose names the loader does not know.
enum { NVX_DEDICATED_KIB = 0x9047, ATI_TEXTURE_FREE_KIB = 0x87FC };

static bool has_extension(const char *wanted)
{
    GLint count = 0;
    glGetIntegerv(GL_NUM_EXTENSIONS, &count);
    for (GLint i = 0; i < count; i++) {
        if (!strcmp((const char *)glGetStringi(GL_EXTENSIONS, (GLuint)i), wanted))
            return true;
    }
    return false;
}

static uint64_t read_memory(void)
{
    GLint kib[4] = {0};
    if (has_extension("GL_NVX_gpu_memory_info"))
        glGetIntegerv(NVX_DEDICATED_KIB, kib);
    else if (has_extension("GL_ATI_meminfo"))
        glGetIntegerv(ATI_TEXTURE_FREE_KIB, kib);
    return kib[0] > 0 ? (uint64_t)kib[0] * 1024 : 0;
}

double gpu_thread_ms(void)
{
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1000 + (double)time.tv_nsec / 1e6;
}

static double measure_clock(void)
{
    enum { TIMES = 200 };
    double begun_ms = gpu_thread_ms();
    for (int i = 1; i < TIMES; i++)
        (void)gpu_thread_ms();
    return (gpu_thread_ms() - begun_ms) / TIMES;
}

static GpuInfo read_info(void)
{
    GpuInfo info = {.vendor = (const char *)glGetString(GL_VENDOR),
                    .renderer = (const char *)glGetString(GL_RENDERER),
                    .version = (const char *)glGetString(GL_VERSION),
                    .max_anisotropy = 1};
    info.is_software = is_software_name(info.renderer);
    if (GLAD_GL_EXT_texture_filter_anisotropic)
        glGetFloatv(GL_MAX_TEXTURE_MAX_ANISOTROPY_EXT, &info.max_anisotropy);
    glGetIntegerv(GL_MAX_TEXTURE_SIZE, &info.max_texture_size);
    glGetIntegerv(GL_UNIFORM_BUFFER_OFFSET_ALIGNMENT, &info.uniform_alignment);
    glGetIntegerv(GL_MAX_SAMPLES, &info.max_samples);
    info.memory_bytes = info.is_software ? 0 : read_memory();
    return info;
}

static bool reverse_depth(void)
{
    void *address = window_gl_function("glClipControl");
    ClipControl clip_control;
    if (!address || !has_extension("GL_ARB_clip_control"))
        return false;
    memcpy(&clip_control, &address, sizeof clip_control); // ISO C has no cast for this
    clip_control(CLIP_LOWER_LEFT, CLIP_ZERO_TO_ONE);
    return true;
}

static GLADapiproc load_function(const char *name)
{
    void *address = window_gl_function(name);
    GLADapiproc function;
    memcpy(&function, &address, sizeof function);
    return function;
}

Status gpu_make(Arena *arena, Window *window, Gpu **out)
{
    if (!gladLoadGL(load_function))
        return FAIL(ERR_DEVICE, "the graphics driver lacks functions of OpenGL 3.3");
    Gpu *gpu = ARENA_NEW(arena, Gpu);
    gpu->arena = arena;
    gpu->window = window;
    gpu->info = read_info();
    gpu->clock_ms = gpu->info.is_software ? measure_clock() : 0;
    gpu->info.has_reversed_depth = reverse_depth();
    gpu_slots_make(&gpu->buffer_slots, arena, GPU_MAX_BUFFERS);
    gpu_slots_make(&gpu->texture_slots, arena, GPU_MAX_TEXTURES_HELD);
    gpu_slots_make(&gpu->target_slots, arena, GPU_MAX_TARGETS);
    gpu_slots_make(&gpu->pipeline_slots, arena, GPU_MAX_PIPELINES);
    gpu->buffers = ARENA_ARRAY(arena, BufferSlot, GPU_MAX_BUFFERS);
    gpu->textures = ARENA_ARRAY(arena, TextureSlot, GPU_MAX_TEXTURES_HELD);
    gpu->targets = ARENA_ARRAY(arena, TargetSlot, GPU_MAX_TARGETS);
    gpu->pipelines = ARENA_ARRAY(arena, PipelineSlot, GPU_MAX_PIPELINES);
    if (GLAD_GL_KHR_debug) {
        glEnable(GL_DEBUG_OUTPUT);
        glDebugMessageCallback(hear_driver, gpu);
    }
    glGenVertexArrays(1, &gpu->vertex_array);
    glBindVertexArray(gpu->vertex_array);
    gpu->shaders_seen = shader_newest_change();
    LOG_DEBUG_LINE("graphics: %s, %s", gpu->info.renderer, gpu->info.version);
    *out = gpu;
    return OK;
}

void gpu_drop(Gpu *gpu)
{
    if (!gpu)
        return;
    for (uint32_t i = 1; i < GPU_MAX_TARGETS; i++)
        glDeleteFramebuffers(1, &gpu->targets[i].framebuffer);
    for (uint32_t i = 1; i < GPU_MAX_BUFFERS; i++)
        glDeleteBuffers(1, &gpu->buffers[i].name);
    for (uint32_t i = 1; i < GPU_MAX_TEXTURES_HELD; i++)
        glDeleteTextures(1, &gpu->textures[i].name);
    for (uint32_t i = 1; i < GPU_MAX_PIPELINES; i++)
        glDeleteProgram(gpu->pipelines[i].program);
    for (uint32_t i = 0; i < GPU_PORTIONS_WAITING; i++)
        glDeleteSync(gpu->portions.fences[i]);
    glDeleteQueries(GPU_TIMERS, gpu->timers.queries);
    glDeleteVertexArrays(1, &gpu->vertex_array);
    if (GLAD_GL_KHR_debug)
        glDebugMessageCallback(NULL, NULL);
}

GpuInfo gpu_info(const Gpu *gpu)
{
    return gpu->info;
}

void gpu_forget_state(Gpu *gpu)
{
    memset(&gpu->state, 0, sizeof gpu->state);
}

// ---- passes

// Without a display, a target of the wished size is the window: SDL's own surface there keeps
// the size it was made with.
static void fit_picture(Gpu *gpu, int width, int height)
{
    const TargetSlot *old = &gpu->targets[gpu_slots_index(&gpu->target_slots, gpu->picture.id)];
    if (old->width == width && old->height == height)
        return;
    gpu_drop_target(gpu, gpu->picture);
    gpu->picture = gpu_make_target(gpu, &(GpuTargetDesc){.width = width,
                                                         .height = height,
                                                         .has_color = true,
                                                         .color = GPU_RGBA8,
                                                         .label = "picture"});
}

void gpu_find_target(Gpu *gpu, GpuTarget target, GLuint *framebuffer, int *width, int *height)
{
    if (!target.id) {
        window_size(gpu->window, width, height);
        *framebuffer = 0;
        if (!window_is_headless(gpu->window))
            return;
        fit_picture(gpu, *width, *height);
        target = gpu->picture;
    }
    const TargetSlot *slot = &gpu->targets[gpu_slots_index(&gpu->target_slots, target.id)];
    *framebuffer = slot->framebuffer;
    *width = slot->width;
    *height = slot->height;
}

static void set_clip(Gpu *gpu, const int clip[4])
{
    bool is_clipped = clip[2] > 0;
    if (is_clipped) {
        if (!gpu->state.is_clipped)
            CALL(gpu, glEnable(GL_SCISSOR_TEST));
        CALL(gpu, glScissor(clip[0], gpu->pass_height - clip[1] - clip[3], clip[2], clip[3]));
    } else if (gpu->state.is_clipped) {
        CALL(gpu, glDisable(GL_SCISSOR_TEST));
    }
    gpu->state.is_clipped = is_clipped;
}

static void clear(Gpu *gpu, const GpuPass *pass)
{
    if (pass->clears_color) {
        CALL(gpu, glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE));
        CALL(gpu, glClearColor(pass->color[0], pass->color[1], pass->color[2], pass->color[3]));
    }
    if (pass->clears_depth) {
        CALL(gpu, glDepthMask(GL_TRUE));
        CALL(gpu, glClearDepth(pass->depth));
    }
    GLbitfield what = (pass->clears_color ? GL_COLOR_BUFFER_BIT : 0) |
                      (pass->clears_depth ? GL_DEPTH_BUFFER_BIT : 0);
    if (what)
        CALL_TIMED(gpu, glClear(what));
}

void gpu_begin_pass(Gpu *gpu, const GpuPass *pass)
{
    GLuint framebuffer;
    gpu_find_target(gpu, pass->target, &framebuffer, &gpu->pass_width, &gpu->pass_height);
    int place[4] = {pass->x, pass->y, pass->width, pass->height};
    if (!pass->width) {
        place[2] = gpu->pass_width;
        place[3] = gpu->pass_height;
    }
    CALL(gpu, glBindFramebuffer(GL_FRAMEBUFFER, framebuffer));
    CALL(gpu, glViewport(place[0], gpu->pass_height - place[1] - place[3], place[2], place[3]));
    gpu_forget_state(gpu);
    gpu->state.is_clipped = !pass->width; // unknown: say it either way
    static const int nowhere[4] = {0};
    set_clip(gpu, pass->width ? place : nowhere);
    clear(gpu, pass);
    set_clip(gpu, nowhere);
}

// ---- draws

static void bind_blocks(Gpu *gpu, const GpuDraw *draw)
{
    for (GLuint i = 0; i < GPU_MAX_BLOCKS; i++) {
        GpuRange range = draw->blocks[i], *bound = &gpu->state.blocks[i];
        const BufferSlot *buffer =
            &gpu->buffers[gpu_slots_index(&gpu->buffer_slots, range.buffer.id)];
        if (!buffer->name ||
            (bound->buffer.id == range.buffer.id && bound->offset == range.offset &&
             bound->size_bytes == range.size_bytes))
            continue;
        CALL(gpu, glBindBufferRange(GL_UNIFORM_BUFFER, i, buffer->name, (GLintptr)range.offset,
                                    (GLsizeiptr)range.size_bytes));
        *bound = range;
    }
}

static void bind_textures(Gpu *gpu, const GpuDraw *draw)
{
    for (GLuint i = 0; i < GPU_MAX_TEXTURES; i++) {
        uint32_t id = draw->textures[i].id;
        const TextureSlot *texture = &gpu->textures[gpu_slots_index(&gpu->texture_slots, id)];
        if (!texture->name || gpu->state.textures[i] == id)
            continue;
        CALL(gpu, glActiveTexture(GL_TEXTURE0 + i));
        CALL(gpu, glBindTexture(texture->target, texture->name));
        gpu->state.textures[i] = id;
    }
}

static void bind_indices(Gpu *gpu, const GpuDraw *draw)
{
    if (!draw->indices.id || gpu->state.indices == draw->indices.id)
        return;
    const BufferSlot *buffer =
        &gpu->buffers[gpu_slots_index(&gpu->buffer_slots, draw->indices.id)];
    CALL(gpu, glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, buffer->name));
    gpu->state.indices = draw->indices.id;
}

// As many runs as make a portion, or one.
static uint32_t portion_of(const Gpu *gpu, const GpuDraw *draw, uint32_t first)
{
    uint32_t most = MIN(draw->run_count - first, (uint32_t)GPU_MAX_RUNS_A_CALL);
    uint64_t triangles = gpu->portions.triangles;
    for (uint32_t i = 0; i < most; i++) {
        triangles += draw->runs[first + i].index_count / 3;
        if (gpu->info.is_software && triangles >= GPU_PORTION_TRIANGLES)
            return i + 1;
    }
    return most;
}

// What a software driver has taken and not drawn yet lies in main memory, some 300 bytes a
// triangle, and it takes them faster than it draws them: a quarter of a million were 100 MiB.
// So the portion before the last has to be drawn before there is another. It never idles.
static void end_portion(Gpu *gpu, uint32_t triangles)
{
    GpuPortions *portions = &gpu->portions;
    portions->triangles += triangles;
    if (!gpu->info.is_software || portions->triangles < GPU_PORTION_TRIANGLES)
        return;
    GLsync *fence = &portions->fences[portions->ended++ % GPU_PORTIONS_WAITING];
    if (*fence) {
        CALL_TIMED(gpu, glClientWaitSync(*fence, GL_SYNC_FLUSH_COMMANDS_BIT, UINT64_MAX));
        glDeleteSync(*fence);
    }
    CALL_TIMED(gpu, *fence = glFenceSync(GL_SYNC_GPU_COMMANDS_COMPLETE, 0));
    portions->triangles = 0;
}

static void draw_runs(Gpu *gpu, const GpuDraw *draw)
{
    uint32_t count;
    GLenum type = draw->has_runs_32 ? GL_UNSIGNED_INT : GL_UNSIGNED_SHORT;
    uintptr_t index_bytes = draw->has_runs_32 ? 4 : 2;
    for (uint32_t first = 0; first < draw->run_count; first += count) {
        uint32_t triangles = 0;
        count = portion_of(gpu, draw, first);
        for (uint32_t i = 0; i < count; i++) {
            const GpuRun *run = &draw->runs[first + i];
            gpu->run_counts[i] = (GLsizei)run->index_count;
            gpu->run_offsets[i] = (const void *)(run->first_index * index_bytes);
            gpu->run_bases[i] = run->base_vertex;
            triangles += run->index_count / 3;
        }
        CALL_TIMED(gpu, glMultiDrawElementsBaseVertex(GL_TRIANGLES, gpu->run_counts, type,
                                                      gpu->run_offsets, (GLsizei)count,
                                                      gpu->run_bases));
        gpu->counts.draws++;
        gpu->counts.triangles += triangles;
        end_portion(gpu, triangles);
    }
}

static void draw_once(Gpu *gpu, const GpuDraw *draw)
{
    GLsizei instances = (GLsizei)MAX(draw->instance_count, 1u), count = (GLsizei)draw->count;
    if (draw->indices.id) {
        uintptr_t offset = (uintptr_t)draw->first * 4;
        CALL_TIMED(gpu, glDrawElementsInstanced(GL_TRIANGLES, count, GL_UNSIGNED_INT,
                                                (const void *)offset, instances));
    } else {
        CALL_TIMED(gpu,
                   glDrawArraysInstanced(GL_TRIANGLES, (GLint)draw->first, count, instances));
    }
    gpu->counts.draws++;
    gpu->counts.triangles += (uint64_t)draw->count / 3 * (uint64_t)instances;
}

void gpu_draw(Gpu *gpu, const GpuDraw *draw)
{
    gpu_bind_pipeline(gpu, draw->pipeline);
    bind_blocks(gpu, draw);
    bind_textures(gpu, draw);
    gpu_bind_vertices(gpu, draw);
    bind_indices(gpu, draw);
    set_clip(gpu, draw->clip);
    if (draw->runs)
        draw_runs(gpu, draw);
    else
        draw_once(gpu, draw);
}

// ---- the picture

Status gpu_read_picture(Gpu *gpu, Arena *arena, int *width, int *height, uint8_t **rgba)
{
    GLuint framebuffer;
    int wide, high;
    gpu_find_target(gpu, (GpuTarget){0}, &framebuffer, &wide, &high);
    size_t row_bytes = (size_t)wide * 4;
    uint8_t *pixels = ARENA_ARRAY_RAW(arena, uint8_t, row_bytes * (size_t)high);
    Scratch scratch = scratch_begin(arena);
    uint8_t *upside_down = ARENA_ARRAY_RAW(scratch.arena, uint8_t, row_bytes * (size_t)high);
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    while (glGetError() != GL_NO_ERROR) {
    }
    glReadPixels(0, 0, wide, high, GL_RGBA, GL_UNSIGNED_BYTE, upside_down);
    GLenum error = glGetError();
    for (int y = 0; y < high; y++) {
        memcpy(pixels + (size_t)y * row_bytes, upside_down + (size_t)(high - 1 - y) * row_bytes,
               row_bytes);
        for (int x = 0; x < wide; x++)
            pixels[(size_t)y * row_bytes + (size_t)x * 4 + 3] = 255;
    }
    scratch_end(scratch);
    if (error != GL_NO_ERROR)
        return FAIL(ERR_DEVICE, "the graphics driver does not give its picture: %#x", error);
    *width = wide;
    *height = high;
    *rgba = pixels;
    return OK;
}

void gpu_finish(Gpu *gpu)
{
    CALL_TIMED(gpu, glFinish());
}

double gpu_drawing_ms(const Gpu *gpu)
{
    return gpu->drawing_ms;
}

GpuCounts gpu_take_counts(Gpu *gpu)
{
    GpuCounts counts = gpu->counts;
    gpu->counts = (GpuCounts){0};
    return counts;
}

GpuMemory gpu_memory(const Gpu *gpu)
{
    return gpu->memory;
}
