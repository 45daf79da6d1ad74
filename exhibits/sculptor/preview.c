// preview.c: a quick look at a sculpture without a window: for whoever carves the next piece.

#include "exhibits/sculptor/preview.h"

#include "exhibits/sculptor/paint.h"
#include "exhibits/sculptor/picture.h"

enum { OVERSAMPLE = 2, SHADOW = 2048 };

// A parallel view: right and up across the picture, `towards` the viewer.
typedef struct View {
    Vec3 target, right, up, towards;
    float pixels_per_mm;
    int width, height;
    float *depth;          // along `towards`; larger is nearer
    uint32_t *triangle;    // or UINT32_MAX
    float *weights;        // of the first two corners
    float from_top, share; // where it lies in the whole picture
} View;

static View view_make(Arena *arena, Vec3 target, Vec3 towards, float pixels_per_mm, int width,
                      int height)
{
    View view = {.target = target,
                 .towards = v3_unit(towards),
                 .pixels_per_mm = pixels_per_mm,
                 .width = width,
                 .height = height};
    view.right = v3_unit(v3_cross(v3(0, 1, 0.0001f), view.towards));
    view.up = v3_cross(view.towards, view.right);
    size_t count = (size_t)width * (size_t)height;
    view.depth = ARENA_ARRAY_RAW(arena, float, count);
    view.triangle = ARENA_ARRAY_RAW(arena, uint32_t, count);
    view.weights = ARENA_ARRAY_RAW(arena, float, count * 2);
    for (size_t i = 0; i < count; i++) {
        view.depth[i] = -1e9f;
        view.triangle[i] = UINT32_MAX;
    }
    return view;
}

static Vec3 to_view(const View *view, Vec3 p)
{
    Vec3 d = v3_sub(p, view->target);
    return v3(v3_dot(d, view->right) * view->pixels_per_mm + (float)view->width * 0.5f,
              (float)view->height * 0.5f - v3_dot(d, view->up) * view->pixels_per_mm,
              v3_dot(d, view->towards));
}

static void draw_triangle(View *view, uint32_t triangle, Vec3 a, Vec3 b, Vec3 c)
{
    float area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
    if (fabsf(area) < 1e-9f)
        return;
    int x0 = (int)fmaxf(0, ceilf(fminf(a.x, fminf(b.x, c.x)) - 0.5f));
    int x1 = (int)fminf((float)view->width - 1, floorf(fmaxf(a.x, fmaxf(b.x, c.x)) - 0.5f));
    int y0 = (int)fmaxf(0, ceilf(fminf(a.y, fminf(b.y, c.y)) - 0.5f));
    int y1 = (int)fminf((float)view->height - 1, floorf(fmaxf(a.y, fmaxf(b.y, c.y)) - 0.5f));
    for (int y = y0; y <= y1; y++)
        for (int x = x0; x <= x1; x++) {
            float px = (float)x + 0.5f, py = (float)y + 0.5f;
            float u = ((b.x - px) * (c.y - py) - (b.y - py) * (c.x - px)) / area;
            float v = ((c.x - px) * (a.y - py) - (c.y - py) * (a.x - px)) / area;
            float w = 1 - u - v;
            if (u < 0 || v < 0 || w < 0)
                continue;
            float depth = u * a.z + v * b.z + w * c.z;
            size_t i = (size_t)y * (size_t)view->width + (size_t)x;
            if (depth <= view->depth[i])
                continue;
            view->depth[i] = depth;
            view->triangle[i] = triangle;
            view->weights[2 * i] = u;
            view->weights[2 * i + 1] = v;
        }
}

static void draw_sculpture(View *view, const Sculpture *s)
{
    for (size_t i = 0; i < s->index_count; i += 3)
        draw_triangle(view, (uint32_t)(i / 3),
                      to_view(view, s->vertices[s->indices[i]].position),
                      to_view(view, s->vertices[s->indices[i + 1]].position),
                      to_view(view, s->vertices[s->indices[i + 2]].position));
}

static float linear_of(uint8_t srgb)
{
    float x = (float)srgb / 255;
    return x <= 0.04045f ? x / 12.92f : powf((x + 0.055f) / 1.055f, 2.4f);
}

// What is painted there, of the nearest texel.
static void look_up(const Sculpture *s, uint32_t triangle, const float weights[3],
                    SculptVertex *out)
{
    const SculptPicture *picture = &s->pictures[s->triangle_charts[triangle]];
    const float(*texels)[2] = (const float(*)[2])s->triangle_texels[triangle];
    float at[2] = {0, 0};
    Vec3 corners[3], tangents[2];
    for (int k = 0; k < 3; k++) {
        corners[k] = s->vertices[s->indices[triangle * 3 + (uint32_t)k]].position;
        at[0] += texels[k][0] * weights[k];
        at[1] += texels[k][1] * weights[k];
    }
    size_t x = (size_t)clamp_f(at[0], 0, (float)picture->width - 1);
    size_t y = (size_t)clamp_f(at[1], 0, (float)picture->height - 1);
    size_t texel = (y * picture->width + x) * 4;
    for (int c = 0; c < 3; c++)
        out->colour[c] = linear_of(picture->colour[texel + (size_t)c]);
    out->roughness = (float)picture->gloss[texel + 1] / 255;
    out->metallic = (float)picture->gloss[texel + 2] / 255;
    paint_tangents(texels, corners, tangents);
    Vec3 n = out->normal;
    Vec3 along = v3_unit(v3_mad(tangents[0], n, -v3_dot(tangents[0], n)));
    Vec3 across = v3_cross(n, along);
    float side = v3_dot(across, tangents[1]) < 0 ? -1.0f : 1.0f, local[3];
    for (size_t c = 0; c < 3; c++)
        local[c] = (float)picture->normal[texel + c] / 127.5f - 1;
    Vec3 bent = v3_mad(v3_scale(along, local[0]), across, local[1] * side);
    out->normal = v3_unit(v3_mad(bent, n, local[2]));
}

static SculptVertex surface_at(const Sculpture *s, const View *view, size_t pixel)
{
    const uint32_t *t = &s->indices[(size_t)view->triangle[pixel] * 3];
    float weights[3] = {view->weights[2 * pixel], view->weights[2 * pixel + 1], 0};
    weights[2] = 1 - weights[0] - weights[1];
    SculptVertex out = {0};
    for (int k = 0; k < 3; k++) {
        const SculptVertex *v = &s->vertices[t[k]];
        out.position = v3_mad(out.position, v->position, weights[k]);
        out.normal = v3_mad(out.normal, v->normal, weights[k]);
        for (int c = 0; c < 3; c++)
            out.colour[c] += v->colour[c] * weights[k];
        out.roughness += v->roughness * weights[k];
        out.metallic += v->metallic * weights[k];
        out.occlusion += v->occlusion * weights[k];
    }
    out.normal = v3_unit(out.normal);
    // A printed chart is never held whole.
    if (s->pictures && s->pictures[s->triangle_charts[view->triangle[pixel]]].colour)
        look_up(s, view->triangle[pixel], weights, &out);
    return out;
}

// How near a pixel is to the edge of its triangle, pixels.
static float to_edge(const Sculpture *s, const View *view, size_t pixel)
{
    const uint32_t *t = &s->indices[(size_t)view->triangle[pixel] * 3];
    Vec3 corners[3];
    for (int k = 0; k < 3; k++) {
        corners[k] = to_view(view, s->vertices[t[k]].position);
        corners[k].z = 0;
    }
    Vec3 across = v3_cross(v3_sub(corners[1], corners[0]), v3_sub(corners[2], corners[0]));
    float weights[3] = {view->weights[2 * pixel], view->weights[2 * pixel + 1], 0}, near = 1e9f;
    weights[2] = 1 - weights[0] - weights[1];
    for (int k = 0; k < 3; k++) {
        float side = v3_length(v3_sub(corners[(k + 1) % 3], corners[(k + 2) % 3]));
        near = fminf(near, weights[k] * fabsf(across.z) / fmaxf(side, 1e-6f));
    }
    return near;
}

// Flat, as the triangles are, with their edges drawn; bodies or charts in clays of their own.
static void show_triangle(const Sculpture *s, const View *view, size_t pixel, SculptVertex *at)
{
    static const float CLAYS[][3] = {{0.27f, 0.26f, 0.24f},
                                     {0.33f, 0.21f, 0.13f},
                                     {0.16f, 0.23f, 0.28f},
                                     {0.20f, 0.26f, 0.16f},
                                     {0.32f, 0.27f, 0.14f}};
    uint32_t triangle = view->triangle[pixel];
    const uint32_t *t = &s->indices[(size_t)triangle * 3];
    Vec3 a = s->vertices[t[0]].position;
    Vec3 facing =
        v3_cross(v3_sub(s->vertices[t[1]].position, a), v3_sub(s->vertices[t[2]].position, a));
    at->normal = v3_unit(facing);
    size_t clay = s->triangle_charts ? s->triangle_charts[triangle] % COUNT_OF(CLAYS) : 0;
    float ink = 0.22f + 0.78f * smooth_f(0.35f, 1.1f, to_edge(s, view, pixel));
    for (int c = 0; c < 3; c++)
        at->colour[c] = CLAYS[clay][c] * ink;
}

static float lit_share(const View *sun, Vec3 p, Vec3 normal)
{
    Vec3 at = to_view(sun, v3_mad(p, normal, 0.06f));
    float lit = 0;
    for (int i = 0; i < 25; i++) {
        int x = (int)at.x + (i % 5 - 2) * 2, y = (int)at.y + (i / 5 - 2) * 2;
        bool is_inside = x >= 0 && y >= 0 && x < sun->width && y < sun->height;
        lit += !is_inside || sun->depth[y * sun->width + x] < at.z + 0.08f;
    }
    return lit / 25;
}

// A grey studio: a bright wide lamp above, a warm one at the side, a dark floor.
static Vec3 studio_light(Vec3 d, float roughness)
{
    float soft = 0.08f + roughness;
    float sky = smooth_f(-0.6f - soft, 0.9f + soft, d.y);
    float lamp =
        smooth_f(0.75f - soft * 0.8f, 0.9f + soft * 0.3f, v3_dot(d, v3(-0.45f, 0.75f, 0.48f)));
    float side =
        smooth_f(0.8f - soft * 0.8f, 0.93f + soft * 0.3f, v3_dot(d, v3(0.93f, 0.25f, 0.26f)));
    float fade = 1 / (1 + 4 * roughness);
    Vec3 light = v3_lerp(v3(0.06f, 0.055f, 0.05f), v3(0.50f, 0.53f, 0.58f), sky);
    light = v3_mad(light, v3(5.0f, 4.8f, 4.4f), lamp * fade);
    return v3_mad(light, v3(1.6f, 1.35f, 1.1f), side * fade);
}

static float highlight(Vec3 n, Vec3 v, Vec3 l, float roughness)
{
    Vec3 h = v3_unit(v3_add(l, v));
    float a = fmaxf(roughness * roughness, 0.003f), nh = fmaxf(v3_dot(n, h), 0);
    float d = nh * nh * (a * a - 1) + 1;
    float nv = fmaxf(v3_dot(n, v), 0.05f), nl = fmaxf(v3_dot(n, l), 0.0f), k = a * 0.5f;
    return a * a / (PI_F * d * d) / (4 * (nv * (1 - k) + k) * (nl * (1 - k) + k) + 1e-4f);
}

static Vec3 shade(const SculptVertex *s, const View *view, const View *sun)
{
    Vec3 n = s->normal, v = view->towards, l = sun->towards;
    Vec3 colour = v3(s->colour[0], s->colour[1], s->colour[2]);
    Vec3 diffuse = v3_scale(colour, 1 - s->metallic);
    Vec3 mirror = v3_lerp(v3(0.04f, 0.04f, 0.04f), colour, s->metallic);
    float nl = fmaxf(v3_dot(n, l), 0) * lit_share(sun, s->position, n);
    float nv = fmaxf(v3_dot(n, v), 0),
          edge = powf(1 - nv, 5) * (1 - s->roughness) * (1 - s->roughness);
    mirror = v3_lerp(mirror, v3(1, 1, 1), edge);
    Vec3 key = v3(2.6f, 2.45f, 2.2f);
    float spec = highlight(n, v, l, s->roughness);
    Vec3 out = v3_scale(v3(diffuse.x * key.x, diffuse.y * key.y, diffuse.z * key.z), nl);
    out = v3_mad(out, v3(mirror.x * key.x, mirror.y * key.y, mirror.z * key.z), spec * nl);
    Vec3 around = studio_light(n, 1.0f);
    out = v3_mad(out, v3(diffuse.x * around.x, diffuse.y * around.y, diffuse.z * around.z),
                 s->occlusion);
    Vec3 r = v3_sub(v3_scale(n, 2 * v3_dot(n, v)), v), seen = studio_light(r, s->roughness);
    return v3_mad(out, v3(mirror.x * seen.x, mirror.y * seen.y, mirror.z * seen.z),
                  s->occlusion * (0.3f + 0.7f * s->occlusion));
}

static float tone(float x)
{
    x *= 0.6f;
    x = x * (2.51f * x + 0.03f) / (x * (2.43f * x + 0.59f) + 0.14f);
    return powf(clamp_f(x, 0, 1), 1 / 2.2f) * 255 + 0.5f;
}

static Vec3 pixel_light(const Sculpture *s, const View *view, const View *sun, PreviewLook look,
                        size_t i)
{
    if (view->triangle[i] == UINT32_MAX) {
        float down = (float)(i / (size_t)view->width) / (float)view->height * view->share;
        return v3_scale(v3(0.075f, 0.08f, 0.09f), 1.6f - view->from_top - down);
    }
    SculptVertex at = surface_at(s, view, i);
    if (look != PREVIEW_COLOUR) {
        at.colour[0] = at.colour[1] = at.colour[2] = 0.25f;
        at.roughness = 0.6f;
        at.metallic = 0;
    }
    if (look == PREVIEW_TRIANGLES)
        show_triangle(s, view, i, &at);
    return shade(&at, view, sun);
}

static void develop(const Sculpture *s, const View *view, const View *sun, PreviewLook look,
                    Picture *picture, int left, int top)
{
    int width = view->width / OVERSAMPLE, height = view->height / OVERSAMPLE;
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            float sum[3] = {0, 0, 0};
            for (int k = 0; k < OVERSAMPLE * OVERSAMPLE; k++) {
                int sx = x * OVERSAMPLE + k % OVERSAMPLE, sy = y * OVERSAMPLE + k / OVERSAMPLE;
                Vec3 light = pixel_light(s, view, sun, look,
                                         (size_t)sy * (size_t)view->width + (size_t)sx);
                sum[0] += tone(light.x), sum[1] += tone(light.y), sum[2] += tone(light.z);
            }
            for (int c = 0; c < 3; c++)
                picture->pixels[((top + y) * picture->width + left + x) * 3 + c] =
                    (uint8_t)(sum[c] / (OVERSAMPLE * OVERSAMPLE));
        }
}

static Vec3 direction_of(float azimuth, float elevation)
{
    float a = azimuth * PI_F / 180, e = elevation * PI_F / 180;
    return v3(sinf(a) * cosf(e), sinf(e), cosf(a) * cosf(e));
}

Status preview_write(const Sculpture *sculpture, const PreviewDesc *desc, const char *path)
{
    Arena arena = {0};
    int views = MAX(desc->turns, 1), columns = MIN(views, 4),
        rows = (views + columns - 1) / columns;
    Picture picture = {.width = desc->width * columns, .height = desc->height * rows};
    picture.pixels =
        ARENA_ARRAY(&arena, uint8_t, (size_t)picture.width * (size_t)picture.height * 3);
    float pixels_per_mm = (float)(desc->width * OVERSAMPLE) / desc->width_mm;
    for (int i = 0; i < views; i++) {
        ArenaMark mark = arena_mark(&arena);
        float azimuth = desc->azimuth + 360.0f * (float)i / (float)views;
        View view =
            view_make(&arena, desc->target_mm, direction_of(azimuth, desc->elevation),
                      pixels_per_mm, desc->width * OVERSAMPLE, desc->height * OVERSAMPLE);
        view.share = 1.0f / (float)rows;
        view.from_top = (float)(i / columns) * view.share;
        draw_sculpture(&view, sculpture);
        // The lamp goes round with the viewer.
        float around = fminf(desc->width_mm * 3, 90);
        bool is_lamp_given = desc->lamp_azimuth != 0 || desc->lamp_elevation != 0;
        Vec3 lamp = is_lamp_given
                        ? direction_of(azimuth + desc->lamp_azimuth, desc->lamp_elevation)
                        : direction_of(azimuth - 42, 48);
        View sun = view_make(&arena, desc->target_mm, lamp, SHADOW / around, SHADOW, SHADOW);
        draw_sculpture(&sun, sculpture);
        develop(sculpture, &view, &sun, desc->look, &picture, i % columns * desc->width,
                i / columns * desc->height);
        arena_rewind(&arena, mark);
    }
    Status status = picture_write(&picture, path);
    arena_drop(&arena);
    return status;
}
