// demo_room.c: draws the demo room into PNG files, to be looked at; prints how long it takes.
//
//     demo_room FOLDER [WIDTH HEIGHT [FRAMES]]

#include "gl/demo_scene.h"

#include "base/log.h"
#include "data/image.h"
#include "io/file.h"

#include <SDL.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Demo {
    Arena arena, frame;
    Window *window;
    Gpu *gpu;
    Render *render;
    const char *folder;
    int width, height, frames;
} Demo;

static double now_ms(void)
{
    return (double)SDL_GetPerformanceCounter() * 1000 / (double)SDL_GetPerformanceFrequency();
}

NODISCARD static Status save_picture(Demo *demo, const char *name)
{
    Image image;
    int width, height;
    Bytes png;
    TRY(gpu_read_picture(demo->gpu, &demo->frame, &width, &height, &image.rgba));
    image.width = (uint32_t)width;
    image.height = (uint32_t)height;
    TRY(image_encode_png(&image, 6, &demo->frame, &png));
    return file_write(path_join(&demo->frame, demo->folder, name), png);
}

NODISCARD static Status draw(Demo *demo, DemoScene *scene, const char *name)
{
    double first = 0, total = 0;
    for (int i = 0; i < demo->frames; i++) {
        arena_reset(&demo->frame);
        double start = now_ms();
        render_frame(demo->render, &scene->list, &demo->frame);
        gpu_finish(demo->gpu);
        double took = now_ms() - start;
        if (i == 0)
            first = took;
        else
            total += took;
        window_present(demo->window);
    }
    RenderStats stats = render_stats(demo->render);
    printf("%-16s first %6.1f ms, then %6.1f ms; %u draws, %u triangles, %u calls\n", name,
           first, demo->frames > 1 ? total / (demo->frames - 1) : 0, stats.draw_calls,
           stats.triangles, stats.gl_calls);
    return save_picture(demo, name);
}

static void add_lens(DemoScene *scene, const float center_px[2], float radius_px, float zoom,
                     RenderMode mode)
{
    RenderLens *lens = &scene->list.lens;
    View *main = &scene->list.view.camera;
    Camera camera = {.fov_y = 40 * 3.14159265f / 180, .near_m = 0.02f, .far_m = 40};
    memcpy(camera.position, main->eye, sizeof camera.position);
    camera_look_along(&camera, main->forward);
    *lens = (RenderLens){.radius_px = radius_px};
    memcpy(lens->center_px, center_px, sizeof lens->center_px);
    lens->view = scene->list.view;
    lens->view.camera = camera_magnify(&camera, &main->viewport, center_px, radius_px, zoom);
    lens->view.mode = mode;
    lens->view.raking_azimuth_deg = 150;
    lens->view.raking_elevation_deg = 18;
}

NODISCARD static Status draw_look(Demo *demo, const char *name, const DemoLook *look)
{
    DemoScene *scene;
    double start = now_ms();
    TRY(demo_scene_make(demo->render, look, &demo->arena, &scene));
    printf("%s: scene made in %.1f ms\n", name, now_ms() - start);
    double eye[3] = {2.4, 1.62, 2.9}, target[3] = {-0.5, 1.12, -1.2};
    demo_scene_look(scene, eye, target, demo->width, demo->height, 55);
    TRY(draw(demo, scene, str_format(&demo->arena, "%s_room.png", name)));

    double near[3] = {0.55, 1.55, -0.05}, piece[3] = {-0.87, 1.12, -1.35};
    demo_scene_look(scene, near, piece, demo->width, demo->height, 40);
    TRY(draw(demo, scene, str_format(&demo->arena, "%s_case.png", name)));

    double lean[3] = {-0.70, 1.22, -0.86}, at[3] = {-0.875, 1.085, -1.35};
    demo_scene_look(scene, lean, at, demo->width, demo->height, 40);
    for (uint32_t i = 0; i < scene->list.case_count; i++)
        scene->cases[i].fade = 1;
    memcpy(scene->list.view.focus, at, sizeof at);
    scene->list.view.focus_radius_m = 0.16f;
    TRY(draw(demo, scene, str_format(&demo->arena, "%s_lean.png", name)));
    float center[2] = {(float)demo->width * 0.42f, (float)demo->height * 0.48f};
    add_lens(scene, center, (float)demo->height * 0.25f, 4, RENDER_RAKING);
    return draw(demo, scene, str_format(&demo->arena, "%s_lens.png", name));
}

NODISCARD static Status run(Demo *demo)
{
    double start = now_ms();
    TRY(window_open(
        &demo->arena,
        &(WindowDesc){.width = demo->width, .height = demo->height, .is_headless = true},
        &demo->window));
    TRY(gpu_make(&demo->arena, demo->window, &demo->gpu));
    double opened = now_ms();
    TRY(render_make(&demo->arena, demo->gpu, &(RenderDesc){.slot_count = 64}, &demo->render));
    printf("%s: context %.1f ms, renderer %.1f ms\n", gpu_info(demo->gpu).renderer,
           opened - start, now_ms() - opened);
    TRY(draw_look(demo, "white",
                  &(DemoLook){.wall_color = {0.93f, 0.915f, 0.88f},
                              .floor = RENDER_OAK_PLANKS,
                              .piece_count = 4,
                              .has_cases = true}));
    return draw_look(demo, "green",
                     &(DemoLook){.wall_color = {0.17f, 0.27f, 0.25f},
                                 .floor = RENDER_OAK_PARQUET,
                                 .piece_count = 8,
                                 .has_cases = true});
}

int main(int argc, char **argv)
{
    Demo demo = {.folder = argc > 1 ? argv[1] : ".", .width = 1280, .height = 720, .frames = 4};
    if (argc > 3) {
        demo.width = atoi(argv[2]);
        demo.height = atoi(argv[3]);
    }
    if (argc > 4)
        demo.frames = atoi(argv[4]);
    Status status = run(&demo);
    if (status)
        log_fault(LOG_ERROR, "demo_room");
    render_drop(demo.render);
    gpu_drop(demo.gpu);
    window_close(demo.window);
    arena_drop(&demo.frame);
    arena_drop(&demo.arena);
    scratch_drop();
    return status != OK;
}
