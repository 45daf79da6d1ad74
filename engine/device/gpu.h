// gpu.h: the graphics card behind handles. Buffers, textures, targets, pipelines, draws.
//
// OpenGL 3.3 core lies underneath; nobody above this floor sees it. Objects are made from
// description structs whose zeroes are the defaults, named by handles of slot and generation
// (id 0 is none), and labelled: the driver's messages name them in the log.
//
// A pass starts with gpu_begin_pass and knows nothing of the pass before. A draw names all it
// needs; what is already bound is not bound again. Writes to buffers and textures belong before
// the first draw of a frame that reads them: on software drivers a later one waits.
//
// Main thread only: the one that made the window.

#pragma once
#include "base/arena.h"
#include "base/status.h"
#include "base/str.h"

typedef struct Gpu Gpu;
typedef struct Window Window;

typedef struct GpuBuffer {
    uint32_t id;
} GpuBuffer;
typedef struct GpuTexture {
    uint32_t id;
} GpuTexture;
typedef struct GpuTarget {
    uint32_t id;
} GpuTarget;
typedef struct GpuPipeline {
    uint32_t id;
} GpuPipeline;

typedef struct GpuInfo {
    const char *vendor, *renderer, *version;
    bool is_software; // llvmpipe, softpipe, SwiftShader
    float max_anisotropy;
    int max_texture_size;
    int uniform_alignment; // offsets of uniform ranges are multiples of this
    int max_samples;
    uint64_t memory_bytes; // of the card, or what of it is free; 0: it does not say
    // Depth runs from 1 (near) to 0 (far): in floats that is as fine at 10 m as at 1 mm. Needs
    // clip control; without it projections stay as GL's.
    bool has_reversed_depth;
} GpuInfo;

// For the window's context, which must outlive it. ERR_DEVICE if functions are missing.
NODISCARD Status gpu_make(Arena *arena, Window *window, Gpu **out);
void gpu_drop(Gpu *gpu); // NULL is fine; drops every object that is left
GpuInfo gpu_info(const Gpu *gpu);

// ---- buffers

typedef enum GpuBufferKind { GPU_VERTICES, GPU_INDICES, GPU_UNIFORMS } GpuBufferKind;

typedef struct GpuBufferDesc {
    GpuBufferKind kind;
    size_t size_bytes;
    const void *data; // NULL: undefined
    bool is_stream;   // written whole every frame
    const char *label;
} GpuBufferDesc;

// None (id 0) and a fault if the driver is out of memory or handles.
GpuBuffer gpu_make_buffer(Gpu *gpu, const GpuBufferDesc *desc);
void gpu_write_buffer(Gpu *gpu, GpuBuffer buffer, size_t offset, const void *data,
                      size_t size_bytes);
// Makes it larger and keeps what it holds. False and a fault if the driver is out of memory;
// then nothing has changed.
bool gpu_grow_buffer(Gpu *gpu, GpuBuffer buffer, size_t size_bytes);
void gpu_drop_buffer(Gpu *gpu, GpuBuffer buffer);

// ---- textures

typedef enum GpuFormat {
    GPU_RGBA8,
    GPU_SRGBA8, // sampled as light
    GPU_R8,
    GPU_RG8, // blue and alpha read as 1
    GPU_RGBA16F,
    GPU_RGBA32F,
    GPU_R11G11B10F,
    GPU_RGB9E5, // three of 9 bits with a common exponent; read only
    GPU_RGB10A2,
    GPU_DEPTH16,
    GPU_DEPTH24,
    GPU_DEPTH32F,
    GPU_FORMAT_COUNT
} GpuFormat;

typedef enum GpuTextureKind {
    GPU_TEXTURE_2D,
    GPU_TEXTURE_ARRAY,
    GPU_TEXTURE_3D,
    GPU_TEXTURE_MULTISAMPLE, // made by targets
} GpuTextureKind;

typedef struct GpuTextureDesc {
    GpuTextureKind kind;
    GpuFormat format;
    int width, height, depth; // depth: layers or slices; 0 means 1
    int level_count;          // 0 means 1; -1 all of them, made by the driver from level 0
    bool is_nearest;          // no filtering at all
    bool is_repeated;         // else clamped
    bool is_compared;         // depth formats: sampled by comparing (sampler2DShadow)
    float anisotropy;
    const void *pixels; // level 0, rows from the top; NULL: undefined
    const char *label;
} GpuTextureDesc;

GpuTexture gpu_make_texture(Gpu *gpu, const GpuTextureDesc *desc);
void gpu_drop_texture(Gpu *gpu, GpuTexture texture);
bool gpu_texture_size(const Gpu *gpu, GpuTexture texture, int *width, int *height);

typedef struct GpuTextureWrite {
    int level, x, y, z, width, height, depth; // depth 0 means 1
    const void *pixels;
} GpuTextureWrite;

void gpu_write_texture(Gpu *gpu, GpuTexture texture, const GpuTextureWrite *write);

// ---- targets: what passes draw into

typedef struct GpuTargetDesc {
    int width, height;
    int sample_count; // 0 and 1: one sample; its textures are GPU_TEXTURE_MULTISAMPLE above
    bool has_color;
    GpuFormat color;
    bool has_depth;
    GpuFormat depth;
    bool is_depth_compared; // its depth texture is a shadow map
    const char *label;
} GpuTargetDesc;

GpuTarget gpu_make_target(Gpu *gpu, const GpuTargetDesc *desc);
void gpu_drop_target(Gpu *gpu, GpuTarget target);
GpuTexture gpu_target_color(const Gpu *gpu, GpuTarget target); // lives as long as the target
GpuTexture gpu_target_depth(const Gpu *gpu, GpuTarget target);

// ---- pipelines: a shader with the fixed state around it

typedef enum GpuAttributeFormat {
    GPU_FLOAT1,
    GPU_FLOAT2,
    GPU_FLOAT3,
    GPU_FLOAT4,
    GPU_USHORT3,     // as whole numbers
    GPU_UBYTE2_NORM, // 0..255 as 0..1
    GPU_UBYTE4_NORM,
} GpuAttributeFormat;

enum {
    GPU_MAX_ATTRIBUTES = 12,
    GPU_MAX_VERTEX_BUFFERS = 3,
    GPU_MAX_TEXTURES = 11,
    GPU_MAX_BLOCKS = 6
};

// The attribute's place in the array is its location in the shader.
typedef struct GpuAttribute {
    GpuAttributeFormat format;
    uint8_t buffer; // index into GpuDraw.vertices
    uint16_t offset;
} GpuAttribute;

typedef struct GpuVertexLayout {
    GpuAttribute attributes[GPU_MAX_ATTRIBUTES];
    int attribute_count;
    uint16_t stride[GPU_MAX_VERTEX_BUFFERS];
    bool is_per_instance[GPU_MAX_VERTEX_BUFFERS];
} GpuVertexLayout;

typedef enum GpuBlend {
    GPU_BLEND_NONE,
    GPU_BLEND_PREMULTIPLIED, // new + old x (1 - alpha)
    GPU_BLEND_MULTIPLY,      // new x old
    GPU_BLEND_ADD,
} GpuBlend;

typedef enum GpuDepth {
    GPU_DEPTH_WRITE, // tested and written
    GPU_DEPTH_TEST,  // tested only
    GPU_DEPTH_NONE,
} GpuDepth;

typedef enum GpuCull { GPU_CULL_BACK, GPU_CULL_FRONT, GPU_CULL_NONE } GpuCull;

typedef struct GpuPipelineDesc {
    const char *shader;  // name.vert and name.frag of the shader folder
    const char *defines; // "WOOD;TAPS=4", separated by semicolons; NULL none
    // Names of the uniform blocks and samplers, in the order GpuDraw gives them.
    const char *blocks[GPU_MAX_BLOCKS];
    const char *textures[GPU_MAX_TEXTURES];
    GpuVertexLayout layout;
    GpuBlend blend;
    GpuDepth depth;
    GpuCull cull;
    bool is_depth_reversed; // nearer is greater; only where GpuInfo.has_reversed_depth
    float depth_bias, depth_slope_bias; // glPolygonOffset
    bool is_color_off;
    const char *label; // NULL: the shader's name
} GpuPipelineDesc;

// ERR_DEVICE with the driver's words if it does not compile, ERR_NOT_FOUND for a missing file.
NODISCARD Status gpu_make_pipeline(Gpu *gpu, const GpuPipelineDesc *desc, GpuPipeline *out);
void gpu_drop_pipeline(Gpu *gpu, GpuPipeline pipeline);
// Developer builds: makes again what changed on disk; a shader that fails is logged and the old
// one stays. Cheap when nothing changed. True if something was made again.
bool gpu_reload_pipelines(Gpu *gpu);
// Where the driver puts member `name` ("Block.member" or "member") of the pipeline's blocks; -1
// if it has none such.
int gpu_member_offset(const Gpu *gpu, GpuPipeline pipeline, const char *name);

// ---- passes and draws

typedef struct GpuPass {
    GpuTarget target; // none: the window
    // Viewport from the top left; all zero: the whole target. Clearing stays inside.
    int x, y, width, height;
    bool clears_color, clears_depth;
    float color[4];
    float depth; // to clear to
    const char *label;
} GpuPass;

void gpu_begin_pass(Gpu *gpu, const GpuPass *pass);

typedef struct GpuRange {
    GpuBuffer buffer;
    size_t offset, size_bytes;
} GpuRange;

// One run of a multi-draw: indices relative to base_vertex.
typedef struct GpuRun {
    uint32_t first_index, index_count;
    int32_t base_vertex;
} GpuRun;

typedef struct GpuDraw {
    GpuPipeline pipeline;
    GpuRange blocks[GPU_MAX_BLOCKS];
    GpuTexture textures[GPU_MAX_TEXTURES];
    GpuBuffer vertices[GPU_MAX_VERTEX_BUFFERS]; // none: the attribute's default (0, 0, 0, 1)
    size_t vertex_offset[GPU_MAX_VERTEX_BUFFERS];
    GpuBuffer indices;       // none: vertices in order
    uint32_t first, count;   // indices, of 32 bits, or vertices
    uint32_t instance_count; // 0 means 1
    const GpuRun *runs;      // instead of first and count: all in one call
    uint32_t run_count;
    bool has_runs_32; // their indices have 32 bits, else 16
    int clip[4];      // x, y, width, height from the top left; all zero: none
} GpuDraw;

void gpu_draw(Gpu *gpu, const GpuDraw *draw);

// ---- the picture

// The window's back buffer, before it is presented: rows from the top, RGBA, width x height x 4
// bytes in `arena`.
NODISCARD Status gpu_read_picture(Gpu *gpu, Arena *arena, int *width, int *height,
                                  uint8_t **rgba);
// Waits until everything so far is drawn: for measuring.
void gpu_finish(Gpu *gpu);

// Around the draws of a frame, to learn how long the card is busy with them.
void gpu_begin_timing(Gpu *gpu);
void gpu_end_timing(Gpu *gpu);
double gpu_timed_ms(const Gpu *gpu); // of a frame some frames ago; 0: not known
// Processor time of this thread: all, and what it spent in calls that draw, clear or wait. A
// software driver does its work in them; the rest of a frame is the program's own. With other
// drivers nothing is counted as drawing.
double gpu_thread_ms(void);
double gpu_drawing_ms(const Gpu *gpu);

typedef struct GpuCounts {
    uint32_t calls, draws; // calls: into the driver
    uint64_t triangles;
} GpuCounts;

typedef struct GpuMemory {
    uint64_t buffer_bytes, texture_bytes;
    uint64_t peak_bytes; // the most there ever was of both
} GpuMemory;

// Since the last call.
GpuCounts gpu_take_counts(Gpu *gpu);
GpuMemory gpu_memory(const Gpu *gpu);
