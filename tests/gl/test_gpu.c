// test_gpu.c: what the device floor promises: blocks as C has them, handles that know when they
// are dead, passes and pictures the right way up, shaders that are made again.

#include "gl/stage.h"

#include "device/shader.h"
#include "io/file.h"
#include "shaders/shared.h"

#include <SDL.h>

static Stage stage;

// ---- uniform blocks

static const struct {
    const char *shader, *defines, *name;
    size_t offset;
} members[] = {
    {"room", "", "ViewBlock.project", offsetof(ViewBlock, project)},
    {"room", "", "ViewBlock.turn", offsetof(ViewBlock, turn)},
    {"room", "", "ViewBlock.size", offsetof(ViewBlock, size)},
    {"room", "", "ViewBlock.look", offsetof(ViewBlock, look)},
    {"room", "", "ObjectBlock.model", offsetof(ObjectBlock, model)},
    {"room", "", "ObjectBlock.color", offsetof(ObjectBlock, color)},
    {"room", "", "ObjectBlock.surface", offsetof(ObjectBlock, surface)},
    {"room", "", "ObjectBlock.pattern", offsetof(ObjectBlock, pattern)},
    {"room", "", "ObjectBlock.mode", offsetof(ObjectBlock, mode)},
    {"room", "POLISHED", "ObjectBlock.room[0].low", offsetof(ObjectBlock, room[0].low)},
    {"room", "POLISHED", "ObjectBlock.room[0].high", offsetof(ObjectBlock, room[0].high)},
    {"room", "POLISHED", "ObjectBlock.room[0].probes", offsetof(ObjectBlock, room[0].probes)},
    {"bake", "WASH", "KeyBlock.lights[0].place", offsetof(KeyBlock, lights[0].place)},
    {"bake", "WASH", "KeyBlock.lights[0].direction", offsetof(KeyBlock, lights[0].direction)},
    {"bake", "WASH", "KeyBlock.lights[3].color", offsetof(KeyBlock, lights[3].color)},
    {"bake", "LAMP", "KeyBlock.lights[0].shadow", offsetof(KeyBlock, lights[0].shadow)},
    {"bake", "LAMP", "KeyBlock.lights[1].tile", offsetof(KeyBlock, lights[1].tile)},
    {"bake", "LAMP", "KeyBlock.lights[2].bias", offsetof(KeyBlock, lights[2].bias)},
    {"sculpture", "PAGE_VERTICES=5120", "KeyBlock.ambient", offsetof(KeyBlock, ambient)},
    {"post", "LENS", "PostBlock.place", offsetof(PostBlock, place)},
    {"post", "LENS", "PostBlock.picture", offsetof(PostBlock, picture)},
    {"post", "LENS", "PostBlock.lens", offsetof(PostBlock, lens)},
    {"post", "LENS", "PostBlock.size", offsetof(PostBlock, size)},
    {"relief", "", "ReliefBlock.rays", offsetof(ReliefBlock, rays)},
    {"relief", "", "ReliefBlock.depth", offsetof(ReliefBlock, depth)},
    {"relief", "", "ReliefBlock.light", offsetof(ReliefBlock, light)},
    {"relief", "", "ReliefBlock.how", offsetof(ReliefBlock, how)},
    {"glass", "", "GlassBlock.model", offsetof(GlassBlock, model)},
    {"glass", "", "GlassBlock.half_size", offsetof(GlassBlock, half_size)},
    {"glass", "", "GlassBlock.room[0].high", offsetof(GlassBlock, room[0].high)},
    {"glass", "", "GlassBlock.ambient", offsetof(GlassBlock, ambient)},
    {"glass", "", "GlassBlock.centers", offsetof(GlassBlock, centers)},
    {"glass", "", "GlassBlock.half_us", offsetof(GlassBlock, half_us)},
    {"glass", "", "GlassBlock.half_vs", offsetof(GlassBlock, half_vs)},
};

static int driver_offset(size_t member)
{
    GpuPipeline pipeline;
    GpuPipelineDesc desc = {.shader = members[member].shader,
                            .defines = members[member].defines};
    assert_ok(gpu_make_pipeline(stage.gpu, &desc, &pipeline));
    int offset = gpu_member_offset(stage.gpu, pipeline, members[member].name);
    if (offset < 0) // arrays may go by the name of their first element
        offset = gpu_member_offset(stage.gpu, pipeline,
                                   str_format(&stage.frame, "%s[0]", members[member].name));
    gpu_drop_pipeline(stage.gpu, pipeline);
    return offset;
}

static void blocks_are_as_c_has_them(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(members); i++) {
        int offset = driver_offset(i);
        if (offset != (int)members[i].offset)
            fail_msg("%s is at %d in the driver, at %zu in C", members[i].name, offset,
                     members[i].offset);
    }
}

// ---- handles

static void dead_handles_name_nothing(void **state)
{
    (void)state;
    static const uint8_t pixel[4] = {255, 255, 255, 255};
    GpuTextureDesc desc = {.width = 1, .height = 1, .pixels = pixel};
    int width, height;
    GpuTexture first = gpu_make_texture(stage.gpu, &desc);
    assert_true(first.id != 0);
    assert_true(gpu_texture_size(stage.gpu, first, &width, &height));
    gpu_drop_texture(stage.gpu, first);
    assert_false(gpu_texture_size(stage.gpu, first, &width, &height));
    GpuTexture second = gpu_make_texture(stage.gpu, &desc); // takes the slot that is free
    assert_true(second.id != first.id);
    gpu_drop_texture(stage.gpu, first); // says nothing to the second
    assert_true(gpu_texture_size(stage.gpu, second, &width, &height));
    gpu_drop_texture(stage.gpu, second);
    gpu_drop_texture(stage.gpu, (GpuTexture){0});
    assert_false(gpu_texture_size(stage.gpu, (GpuTexture){0}, &width, &height));
}

static void memory_is_counted_and_given_back(void **state)
{
    (void)state;
    GpuMemory before = gpu_memory(stage.gpu);
    GpuBuffer buffer =
        gpu_make_buffer(stage.gpu, &(GpuBufferDesc){.kind = GPU_VERTICES, .size_bytes = 1000});
    assert_int_equal(gpu_memory(stage.gpu).buffer_bytes, before.buffer_bytes + 1000);
    assert_true(gpu_grow_buffer(stage.gpu, buffer, 3000));
    assert_int_equal(gpu_memory(stage.gpu).buffer_bytes, before.buffer_bytes + 3000);
    gpu_drop_buffer(stage.gpu, buffer);
    assert_int_equal(gpu_memory(stage.gpu).buffer_bytes, before.buffer_bytes);
}

// ---- passes

static void clear(int x, int y, int width, int height, const float color[4])
{
    GpuPass pass = {.x = x, .y = y, .width = width, .height = height, .clears_color = true};
    memcpy(pass.color, color, sizeof pass.color);
    gpu_begin_pass(stage.gpu, &pass);
}

static void pictures_begin_at_the_top_left(void **state)
{
    (void)state;
    static const float red[4] = {1, 0, 0, 1}, blue[4] = {0, 0, 1, 1};
    int width, height;
    uint8_t *rgba;
    clear(0, 0, stage.width, stage.height, red);
    clear(0, 0, 10, 5, blue);
    assert_ok(gpu_read_picture(stage.gpu, &stage.frame, &width, &height, &rgba));
    const struct {
        int x, y;
        bool is_blue;
    } spots[] = {{0, 0, true},  {9, 4, true},           {10, 4, false},
                 {9, 5, false}, {0, height - 1, false}, {width - 1, 0, false}};
    for (size_t i = 0; i < COUNT_OF(spots); i++) {
        const uint8_t *pixel = rgba + (spots[i].y * width + spots[i].x) * 4;
        assert_int_equal(pixel[2], spots[i].is_blue ? 255 : 0);
        assert_int_equal(pixel[0], spots[i].is_blue ? 0 : 255);
    }
}

// ---- shaders

static void refused_shaders_say_where(void **state)
{
    (void)state;
    GpuPipeline pipeline = {0};
    assert_status(
        gpu_make_pipeline(stage.gpu,
                          &(GpuPipelineDesc){.shader = "contact", .defines = "vec4=nonsense"},
                          &pipeline),
        ERR_DEVICE);
    assert_non_null(strstr(fault_last()->text, "contact.vert"));
    assert_int_equal(pipeline.id, 0);
    assert_status(
        gpu_make_pipeline(stage.gpu, &(GpuPipelineDesc){.shader = "not-there"}, &pipeline),
        ERR_NOT_FOUND);
}

static void write_shader(const char *folder, const char *name, const char *text)
{
    Bytes bytes = {(const uint8_t *)text, strlen(text)};
    assert_ok(file_write(path_join(&stage.arena, folder, name), bytes));
}

// Draws one triangle over everything; the middle pixel's green tells which shader it was.
static int drawn_green(GpuPipeline pipeline)
{
    static const float black[4] = {0, 0, 0, 1};
    int width, height;
    uint8_t *rgba;
    clear(0, 0, stage.width, stage.height, black);
    gpu_draw(stage.gpu, &(GpuDraw){.pipeline = pipeline, .count = 3});
    assert_ok(gpu_read_picture(stage.gpu, &stage.frame, &width, &height, &rgba));
    return rgba[(height / 2 * width + width / 2) * 4 + 1];
}

#define VERTEX                                                                        \
    "void main() { gl_Position = vec4(vec2(gl_VertexID & 1, gl_VertexID >> 1) * 4.0 " \
    "- 1.0, 0.0, 1.0); }\n"
#define FRAGMENT(green) "out vec4 c; void main() { c = vec4(0.0, " green ", 0.0, 1.0); }\n"

// File systems count time in steps, and reloading looks twice a second.
enum { LET_TIME_PASS_MS = 600 };

static void failed_reloads_keep_the_old_shader(void **state)
{
    (void)state;
    char folder[] = "/tmp/vitrine-shaders-XXXXXX";
    assert_non_null(mkdtemp(folder));
    if (!shader_set_folder(folder)) {
        rmdir(folder);
        print_message("skipped: shaders are built in; developer builds reload them\n");
        skip();
    }
    GpuPipeline pipeline;
    GpuPipelineDesc desc = {.shader = "flat", .depth = GPU_DEPTH_NONE, .cull = GPU_CULL_NONE};
    write_shader(folder, "flat.vert", VERTEX);
    write_shader(folder, "flat.frag", FRAGMENT("0.2"));
    assert_ok(gpu_make_pipeline(stage.gpu, &desc, &pipeline));
    (void)gpu_reload_pipelines(stage.gpu); // sees the folder for the first time
    assert_int_equal(drawn_green(pipeline), 51);

    SDL_Delay(LET_TIME_PASS_MS);
    write_shader(folder, "flat.frag", "out vec4 c; void main() { c = nonsense; }\n");
    assert_false(gpu_reload_pipelines(stage.gpu));
    assert_int_equal(drawn_green(pipeline), 51);

    SDL_Delay(LET_TIME_PASS_MS);
    write_shader(folder, "flat.frag", FRAGMENT("0.8"));
    assert_true(gpu_reload_pipelines(stage.gpu));
    assert_int_equal(drawn_green(pipeline), 204);

    gpu_drop_pipeline(stage.gpu, pipeline);
    shader_set_folder(NULL);
    remove(path_join(&stage.arena, folder, "flat.vert"));
    remove(path_join(&stage.arena, folder, "flat.frag"));
    rmdir(folder);
}

int main(void)
{
    if (!stage_open(&stage, 64, 48))
        return 77;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_are_as_c_has_them),
        cmocka_unit_test(dead_handles_name_nothing),
        cmocka_unit_test(memory_is_counted_and_given_back),
        cmocka_unit_test(pictures_begin_at_the_top_left),
        cmocka_unit_test(refused_shaders_say_where),
        cmocka_unit_test(failed_reloads_keep_the_old_shader),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    stage_close(&stage);
    return failed;
}
