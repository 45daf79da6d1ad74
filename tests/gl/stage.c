// stage.c: what tests of pictures share.

#include "gl/stage.h"

#include <math.h>

static const float PI = 3.14159265f;

bool stage_open(Stage *stage, int width, int height)
{
    *stage = (Stage){.width = width, .height = height};
    Status status = window_open(
        &stage->arena, &(WindowDesc){.width = width, .height = height, .is_headless = true},
        &stage->window);
    if (!status)
        status = gpu_make(&stage->arena, stage->window, &stage->gpu);
    if (status)
        print_message("skipped: %s\n", fault_last()->text);
    return !status;
}

void stage_add_renderer(Stage *stage, RenderQuality quality)
{
    render_drop(stage->render);
    assert_ok(render_make(&stage->arena, stage->gpu,
                          &(RenderDesc){.slot_count = 256, .quality = quality},
                          &stage->render));
}

void stage_close(Stage *stage)
{
    render_drop(stage->render);
    gpu_drop(stage->gpu);
    window_close(stage->window);
    arena_drop(&stage->frame);
    arena_drop(&stage->arena);
    scratch_drop();
}

const uint8_t *stage_picture(Stage *stage, RenderList *list)
{
    int width, height;
    uint8_t *rgba;
    arena_reset(&stage->frame);
    list->width_px = stage->width;
    list->height_px = stage->height;
    render_frame(stage->render, list, &stage->frame);
    assert_ok(gpu_read_picture(stage->gpu, &stage->frame, &width, &height, &rgba));
    assert_int_equal(width, stage->width);
    assert_int_equal(height, stage->height);
    return rgba;
}

double stage_brightness(const Stage *stage, const uint8_t *rgba, int x, int y, int width,
                        int height)
{
    double sum = 0;
    for (int row = y; row < y + height; row++) {
        for (int column = x; column < x + width; column++) {
            const uint8_t *pixel =
                rgba + ((size_t)row * (size_t)stage->width + (size_t)column) * 4;
            sum += pixel[0] + pixel[1] + pixel[2];
        }
    }
    return sum / (765.0 * width * height);
}

int stage_count_changed(const Stage *stage, const uint8_t *a, const uint8_t *b, int steps)
{
    int count = 0;
    for (int i = 0; i < stage->width * stage->height; i++) {
        int most = 0;
        for (int k = 0; k < 3; k++)
            most = MAX(most, abs(a[i * 4 + k] - b[i * 4 + k]));
        count += most > steps;
    }
    return count;
}

uint8_t *stage_keep(Stage *stage, const uint8_t *rgba)
{
    size_t size = (size_t)stage->width * (size_t)stage->height * 4;
    uint8_t *copy = ARENA_ARRAY_RAW(&stage->arena, uint8_t, size);
    memcpy(copy, rgba, size);
    return copy;
}

View stage_view(const Stage *stage, const double eye[3], const double target[3], float fov_deg)
{
    Camera camera = {.fov_y = fov_deg * PI / 180, .near_m = 0.005f, .far_m = 40};
    memcpy(camera.position, eye, sizeof camera.position);
    camera_look_at(&camera, target);
    Viewport viewport = {0, 0, (float)stage->width, (float)stage->height};
    return camera_view(&camera, &viewport);
}

// ---- shapes: a grid of cells, its corners placed by a function

enum { CELLS = 64 };

typedef struct Shape {
    float size_m, relief_m;
    int waves;
    void (*place)(const struct Shape *shape, float u, float v, float at[3], float normal[3]);
} Shape;

static void place_on_ball(const Shape *shape, float u, float v, float at[3], float normal[3])
{
    float turn = u * 2 * PI, rise = (v - 0.5f) * PI;
    normal[0] = cosf(rise) * cosf(turn);
    normal[1] = sinf(rise);
    normal[2] = cosf(rise) * sinf(turn);
    for (int k = 0; k < 3; k++)
        at[k] = normal[k] * shape->size_m;
}

static void place_on_sheet(const Shape *shape, float u, float v, float at[3], float normal[3])
{
    float size = 2 * shape->size_m, turns = 2 * PI * (float)shape->waves;
    float steep = shape->relief_m * turns / size;
    at[0] = (u - 0.5f) * size;
    at[1] = shape->relief_m * sinf(u * turns) * sinf(v * turns);
    at[2] = (0.5f - v) * size;
    normal[0] = -steep * cosf(u * turns) * sinf(v * turns);
    normal[1] = 1;
    normal[2] = steep * sinf(u * turns) * cosf(v * turns);
    float length = sqrtf(normal[0] * normal[0] + 1 + normal[2] * normal[2]);
    for (int k = 0; k < 3; k++)
        normal[k] /= length;
}

static MeshPage make_page(const Shape *shape, Arena *arena)
{
    enum { SIDE = CELLS + 1 };
    MeshPage page = {.step_m = shape->size_m * 2.2f / 65000,
                     .vertex_count = SIDE * SIDE,
                     .index_count = CELLS * CELLS * 6};
    for (int k = 0; k < 3; k++)
        page.origin_m[k] = -shape->size_m * 1.1f;
    page.vertices = ARENA_ARRAY(arena, MeshVertex, page.vertex_count);
    page.indices = ARENA_ARRAY(arena, uint16_t, page.index_count);
    for (int i = 0; i < SIDE * SIDE; i++) {
        float at[3], normal[3];
        shape->place(shape, (float)(i % SIDE) / CELLS, (float)(i / SIDE) / CELLS, at, normal);
        for (int k = 0; k < 3; k++)
            page.vertices[i].position[k] =
                (uint16_t)lrintf((at[k] - page.origin_m[k]) / page.step_m);
        mesh_encode_normal(normal, page.vertices[i].normal);
    }
    for (int i = 0; i < CELLS * CELLS; i++) {
        uint16_t a = (uint16_t)(i / CELLS * SIDE + i % CELLS);
        const uint16_t quad[6] = {a, (uint16_t)(a + 1),        (uint16_t)(a + SIDE + 1),
                                  a, (uint16_t)(a + SIDE + 1), (uint16_t)(a + SIDE)};
        memcpy(page.indices + i * 6, quad, sizeof quad);
    }
    return page;
}

MeshPage stage_ball(float radius_m, Arena *arena)
{
    return make_page(&(Shape){.size_m = radius_m, .place = place_on_ball}, arena);
}

MeshPage stage_sheet(float half_m, float relief_m, int waves, Arena *arena)
{
    return make_page(&(Shape){half_m, relief_m, waves, place_on_sheet}, arena);
}
