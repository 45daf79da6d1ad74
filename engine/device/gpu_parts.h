// gpu_parts.h: what the files gpu.c, gpu_objects.c and gpu_pipeline.c share; for them alone.

#pragma once
#include "device/gpu.h"
#include "device/window.h"

#include <glad/gl.h>

enum {
    GPU_MAX_BUFFERS = 4096,
    GPU_MAX_TEXTURES_HELD = 4096,
    GPU_MAX_TARGETS = 1024, // every room keeps its light in one
    GPU_MAX_PIPELINES = 128,
    GPU_MAX_RUNS_A_CALL = 1024,
};

// Which slots of a table are taken. An id is generation << 16 | slot; slot 0 is never used, so
// id 0 is none, and a handle that outlived its object is told by its generation.
typedef struct GpuSlots {
    uint16_t *generations;
    uint16_t *free; // a stack
    uint32_t capacity, free_count;
} GpuSlots;

typedef struct BufferSlot {
    GLuint name;
    GLenum target;
    size_t size_bytes;
    GLenum usage;
} BufferSlot;

typedef struct TextureSlot {
    GLuint name;
    GLenum target;
    GpuFormat format;
    int width, height, depth, level_count;
    bool makes_mips;
    uint64_t size_bytes;
} TextureSlot;

typedef struct TargetSlot {
    GLuint framebuffer;
    int width, height;
    GpuTexture color, depth;
} TargetSlot;

typedef struct PipelineSlot {
    GLuint program;
    GpuPipelineDesc desc;
} PipelineSlot;

// What is bound: so that it is not bound again.
typedef struct GpuState {
    GLuint program;
    uint32_t pipeline; // id whose fixed state is set
    GpuRange blocks[GPU_MAX_BLOCKS];
    uint32_t textures[GPU_MAX_TEXTURES];
    GpuBuffer vertices[GPU_MAX_VERTEX_BUFFERS];
    size_t vertex_offset[GPU_MAX_VERTEX_BUFFERS];
    uint32_t layout_pipeline; // id whose attributes are set
    uint32_t indices;
    bool is_clipped;
} GpuState;

enum { GPU_TIMERS = 4 };

typedef struct GpuTimers {
    GLuint queries[GPU_TIMERS]; // a ring
    uint32_t asked, answered;   // ever
    bool is_running;
    double newest_ms;
} GpuTimers;

// What a software driver is given in runs, portion after portion.
enum { GPU_PORTION_TRIANGLES = 20000, GPU_PORTIONS_WAITING = 2 };

typedef struct GpuPortions {
    GLsync fences[GPU_PORTIONS_WAITING]; // behind the newest; a ring
    uint32_t ended;                      // ever
    uint64_t triangles;                  // of the one that is being given
} GpuPortions;

struct Gpu {
    Arena *arena;
    Window *window;
    GpuInfo info;
    GpuSlots buffer_slots, texture_slots, target_slots, pipeline_slots;
    BufferSlot *buffers;
    TextureSlot *textures;
    TargetSlot *targets;
    PipelineSlot *pipelines;
    GpuState state;
    GLuint vertex_array;
    GpuTarget picture; // stands in for the window where there is no display
    int pass_width, pass_height;
    GpuCounts counts;
    double drawing_ms, clock_ms; // what asking for the time takes: a system call; 0: do not ask
    GpuMemory memory;
    GpuTimers timers;
    GpuPortions portions;
    int64_t shaders_seen; // time of the newest shader file that is in use
    double shaders_checked_s;
    GLsizei run_counts[GPU_MAX_RUNS_A_CALL];
    const void *run_offsets[GPU_MAX_RUNS_A_CALL];
    GLint run_bases[GPU_MAX_RUNS_A_CALL];
    GLuint error_count; // errors that the debug callback heard of
};

// Counts a call into the driver.
#define CALL(gpu, call) ((gpu)->counts.calls++, (call))
// The same for one in which a software driver draws: it is timed, and so is the timing.
#define CALL_TIMED(gpu, call)                                                       \
    do {                                                                            \
        double timed_from_ms = (gpu)->clock_ms > 0 ? gpu_thread_ms() : 0;           \
        CALL(gpu, call);                                                            \
        if ((gpu)->clock_ms > 0)                                                    \
            (gpu)->drawing_ms += gpu_thread_ms() - timed_from_ms + (gpu)->clock_ms; \
    } while (0)

void gpu_slots_make(GpuSlots *slots, Arena *arena, uint32_t capacity);
uint32_t gpu_slots_take(GpuSlots *slots); // 0: all are taken
void gpu_slots_give(GpuSlots *slots, uint32_t id);
// Index of a living object; 0 for none and for handles that outlived theirs.
uint32_t gpu_slots_index(const GpuSlots *slots, uint32_t id);

// What was just taken counts; what was freed is subtracted by hand.
void gpu_count_memory(Gpu *gpu, uint64_t *kind, uint64_t more_bytes);
void gpu_label(GLenum kind, GLuint name, const char *label);
void gpu_bind_pipeline(Gpu *gpu, GpuPipeline pipeline);
// Attribute pointers for a draw, from its buffers.
void gpu_bind_vertices(Gpu *gpu, const GpuDraw *draw);
// The framebuffer and size a target means; the window's or the picture's for none.
void gpu_find_target(Gpu *gpu, GpuTarget target, GLuint *framebuffer, int *width, int *height);
void gpu_forget_state(Gpu *gpu);
