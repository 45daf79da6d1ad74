// still.c: a picture of a piece: where one looks from, all samples, from light to a picture.

#include "packer/still_parts.h"

#include "io/vfs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DEGREES 0.01745329252f
#define LONG_LENS 0.21f    // tangent of half the picture's height, for the whole piece
#define FILLS 0.80f        // of the picture, the piece
#define CLOSE_FOV 0.56f    // a museum's visitor's, leant in (radians)
#define LENS_SHARE 0.55f   // of the picture's height is what the lens shows
#define LEAST_SAMPLES 0.6f // pixels a sample of the scan: larger shows no more
#define FLAT 0.22f         // thinner than that part of its size a piece is flat
#define MOST_SHINE 12.0f   // of a sample: a lamp itself is no brighter
#define CUT_PIXELS 0.6f    // a cut is so exact

#define SHINES 0.09f // as rough what shines is smoothed, too; and from twice that wholly

enum { SAMPLES = 16, FILTERS = 3 };

// ---- where one looks from

static void make_unit(float v[3])
{
    float size = sqrtf(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
    for (int i = 0; i < 3 && size > 0; i++)
        v[i] /= size;
}

void still_camera_aim(StillCamera *camera, float azimuth_deg, float elevation_deg,
                      const float target[3], float distance_m)
{
    float a = azimuth_deg * DEGREES, e = CLAMP(elevation_deg, -89.0f, 89.0f) * DEGREES;
    const float back[3] = {sinf(a) * cosf(e), sinf(e), cosf(a) * cosf(e)};
    const float right[3] = {cosf(a), 0, -sinf(a)};
    for (int i = 0; i < 3; i++) {
        camera->eye[i] = target[i] + back[i] * distance_m;
        camera->forward[i] = -back[i];
        camera->right[i] = right[i];
    }
    camera->up[0] = back[1] * right[2] - back[2] * right[1];
    camera->up[1] = back[2] * right[0] - back[0] * right[2];
    camera->up[2] = back[0] * right[1] - back[1] * right[0];
}

bool still_camera_project(const StillCamera *camera, const float at[3], float out[2])
{
    float far = 0;
    out[0] = out[1] = 0;
    for (int i = 0; i < 3; i++) {
        float way = at[i] - camera->eye[i];
        far += way * camera->forward[i];
        out[0] += way * camera->right[i];
        out[1] += way * camera->up[i];
    }
    if (far <= 0)
        return false;
    out[0] /= far * camera->tangent * camera->aspect;
    out[1] /= far * camera->tangent;
    return true;
}

// From above what lies flat, from the front what stands so; all others as one comes up to them.
static void usual_view(const StillDesc *desc, const MeshGraph *graph, float *azimuth_deg,
                       float *elevation_deg)
{
    float size[3], side = 0, front = 0;
    for (int i = 0; i < 3; i++)
        size[i] = graph->high_m[i] - graph->low_m[i];
    for (uint32_t i = 0; desc->story && i < desc->story->hotspot_count; i++) {
        side += desc->story->hotspots[i].normal[0];
        front += desc->story->hotspots[i].normal[2];
    }
    bool is_lying = size[1] < FLAT * MIN(size[0], size[2]);
    bool is_standing = size[2] < FLAT * MIN(size[0], size[1]);
    float most = is_lying ? 12.0f : is_standing ? 14.0f : 32.0f;
    *azimuth_deg = side > 0 ? most : -most;
    if (front > fabsf(side)) // most of them look at who stands before it
        *azimuth_deg *= 0.75f;
    *elevation_deg = is_lying ? 52 : is_standing ? 8 : 17;
}

// So near and so far aside that all corners of its triangles fill the picture.
static void fill_picture(StillCamera *camera, const StillScene *scene, float azimuth_deg,
                         float elevation_deg, float target[3], float *distance_m)
{
    for (int round = 0; round < 4; round++) {
        float low[2] = {1e9f, 1e9f}, high[2] = {-1e9f, -1e9f}, at[2];
        still_camera_aim(camera, azimuth_deg, elevation_deg, target, *distance_m);
        for (uint32_t i = 0; i < scene->corner_count; i++) {
            if (!still_camera_project(camera, scene->positions[i], at))
                continue;
            for (int k = 0; k < 2; k++) {
                low[k] = MIN(low[k], at[k]);
                high[k] = MAX(high[k], at[k]);
            }
        }
        float half = *distance_m * camera->tangent;
        for (int i = 0; i < 3; i++)
            target[i] += half * (camera->right[i] * camera->aspect * (low[0] + high[0]) / 2 +
                                 camera->up[i] * (low[1] + high[1]) / 2);
        float wide = MAX(high[0] - low[0], high[1] - low[1]) / 2;
        *distance_m *= MAX(wide, 0.05f) / FILLS;
    }
    still_camera_aim(camera, azimuth_deg, elevation_deg, target, *distance_m);
}

static StillCamera whole_camera(const StillDesc *desc, const MeshGraph *graph)
{
    StillCamera camera = {.tangent = LONG_LENS,
                          .aspect = (float)desc->width / (float)desc->height};
    float target[3], size2 = 0, azimuth, elevation;
    for (int i = 0; i < 3; i++) {
        float size = graph->high_m[i] - graph->low_m[i];
        target[i] = (graph->low_m[i] + graph->high_m[i]) / 2;
        size2 += size * size;
    }
    usual_view(desc, graph, &azimuth, &elevation);
    still_camera_aim(&camera, azimuth, elevation, target, sqrtf(size2) / 2 / LONG_LENS / FILLS);
    return camera;
}

// As museum/detail.c has it; the picture is what the lens shows and some of what is around, no
// larger than the scan bears.
static StillCamera detail_camera(const StillDesc *desc, const MeshGraph *graph)
{
    const StoryHotspot *spot = desc->hotspot;
    StillCamera camera = {.aspect = (float)desc->width / (float)desc->height};
    StoryView view = spot->view;
    float size2 = 0, sample_m = graph->median_edge_m;
    for (int i = 0; i < 3; i++)
        size2 += (graph->high_m[i] - graph->low_m[i]) * (graph->high_m[i] - graph->low_m[i]);
    if (graph->texel_median_m > 0)
        sample_m = MIN(sample_m, graph->texel_median_m);
    float elevation = asinf(CLAMP(spot->normal[1], -1.0f, 1.0f)) / DEGREES;
    if (!view.is_given)
        view = (StoryView){.azimuth_deg = atan2f(spot->normal[0], spot->normal[2]) / DEGREES,
                           .elevation_deg = CLAMP(elevation, -10.0f, 50.0f),
                           .distance_m = sqrtf(size2) / 2 / tanf(CLOSE_FOV / 2)};
    float times = spot->magnification > 1 ? spot->magnification : spot->lens ? 4.0f : 1.0f;
    float seen_m =
        2 * view.distance_m * tanf(CLOSE_FOV / 2) / times * (times > 1 ? 1 : LENS_SHARE);
    seen_m = MAX(seen_m, LEAST_SAMPLES * sample_m * (float)desc->height);
    camera.tangent = seen_m / 2 / view.distance_m;
    still_camera_aim(&camera, view.azimuth_deg, view.elevation_deg, spot->point_m,
                     view.distance_m);
    return camera;
}

static void place(float out[3], const StillCamera *camera, float right, float up, float back)
{
    for (int i = 0; i < 3; i++)
        out[i] = camera->right[i] * right + camera->up[i] * up - camera->forward[i] * back;
    make_unit(out);
}

// Lamps go with the eye; of a detail in raking light as its story has it.
static StillStudio studio_for(const StillDesc *desc, const StillCamera *camera)
{
    StillStudio studio = {.up = {0, 1, 0}};
    const StoryHotspot *spot = desc->hotspot;
    place(studio.key, camera, -0.62f, 0.85f, 0.62f);
    place(studio.rim, camera, 0.75f, 0.55f, -0.55f);
    if (spot && spot->lens == STORY_LENS_RAKING && spot->light.is_given) {
        float a = spot->light.azimuth_deg * DEGREES;
        float e = CLAMP(spot->light.elevation_deg, 12.0f, 70.0f) * DEGREES;
        place(studio.key, camera, cosf(a) * cosf(e), sinf(a) * cosf(e), sinf(e));
    }
    return studio;
}

// ---- samples

typedef struct Pixel {
    float light[3], albedo[3], shine[3], mirror[3]; // shine: of a white mirror
    float normal[3], far, roughness;
    float cover;  // of the pixel, the piece
    float ground; // of the light on the ground; what is left of it
} Pixel;

typedef struct Drawing {
    const StillDesc *desc;
    const StillScene *scene;
    StillCamera camera;
    StillStudio studio;
    Pixel *pixels;
    // Of pixels the piece covers diffuse light, and what shines; else the ground. Smoothed.
    float (*light)[6], (*next)[6];
    int reach; // of the filter
} Drawing;

static void take_sample(const Drawing *d, const StillRay *ray, const StillChance *chance,
                        Pixel *pixel)
{
    StillSurface surface;
    StillSample sample;
    if (!still_meet(d->scene, ray, &surface)) {
        pixel->ground += still_ground(d->scene, &d->studio, ray, chance);
        return;
    }
    still_shade(d->scene, &d->studio, ray, &surface, chance, &sample);
    pixel->cover++;
    pixel->roughness += surface.roughness;
    for (int i = 0; i < 3; i++) {
        pixel->light[i] += sample.light[i];
        pixel->albedo[i] += sample.albedo[i];
        pixel->shine[i] += MIN(sample.shine[i] / sample.mirror[i], MOST_SHINE);
        pixel->mirror[i] += sample.mirror[i];
        pixel->normal[i] += surface.normal[i];
        pixel->far += (surface.at[i] - ray->from[i]) * d->camera.forward[i];
    }
}

static void finish_pixel(Pixel *pixel)
{
    float missed = SAMPLES - pixel->cover;
    for (int i = 0; i < 3; i++) {
        pixel->light[i] /= MAX(pixel->cover, 1);
        pixel->albedo[i] /= MAX(pixel->cover, 1);
        pixel->shine[i] /= MAX(pixel->cover, 1);
        pixel->mirror[i] /= MAX(pixel->cover, 1);
    }
    make_unit(pixel->normal);
    pixel->far /= MAX(pixel->cover, 1);
    pixel->roughness /= MAX(pixel->cover, 1);
    pixel->ground = missed > 0 ? pixel->ground / missed : 1;
    pixel->cover /= SAMPLES;
}

NODISCARD static Status draw_rows(void *context, size_t first, size_t count, int worker)
{
    Drawing *d = context;
    const StillCamera *camera = &d->camera;
    (void)worker;
    for (size_t y = first; y < first + count; y++) {
        for (int x = 0; x < d->desc->width; x++) {
            uint32_t index = (uint32_t)y * (uint32_t)d->desc->width + (uint32_t)x;
            Pixel *pixel = &d->pixels[index];
            for (uint32_t s = 0; s < SAMPLES; s++) {
                StillChance chance = {s, index};
                StillRay ray;
                float right = ((float)x + still_even(&chance, 0)) / (float)d->desc->width;
                float down = ((float)y + still_even(&chance, 1)) / (float)d->desc->height;
                right = (2 * right - 1) * camera->tangent * camera->aspect;
                down = (1 - 2 * down) * camera->tangent;
                for (int i = 0; i < 3; i++)
                    ray.along[i] =
                        camera->forward[i] + camera->right[i] * right + camera->up[i] * down;
                make_unit(ray.along);
                memcpy(ray.from, camera->eye, sizeof ray.from);
                take_sample(d, &ray, &chance, pixel);
            }
            finish_pixel(pixel);
        }
    }
    return OK;
}

// ---- grain: what light does is smooth where the surface is; colours stay as they are

static float likeness(const Drawing *d, const Pixel *a, const Pixel *b)
{
    float facing = 0, off = fabsf(a->far - b->far);
    float pixel_m = 2 * d->camera.tangent * a->far / (float)d->desc->height;
    for (int i = 0; i < 3; i++)
        facing += a->normal[i] * b->normal[i];
    facing = MAX(facing, 0.0f);
    float same = facing * facing;
    same *= same;
    same *= same;
    return same * same * expf(-off / (6 * pixel_m * (float)d->reach));
}

// How much of another pixel counts here.
static float weight_of(const Drawing *d, const Pixel *own, const Pixel *other)
{
    if ((own->cover > 0) != (other->cover > 0))
        return 0;
    return own->cover > 0 ? likeness(d, own, other) : 1;
}

static void smooth_pixel(Drawing *d, int x, int y)
{
    static const float kernel[3] = {0.375f, 0.25f, 0.0625f};
    int width = d->desc->width, height = d->desc->height, at = y * width + x;
    const Pixel *own = &d->pixels[at];
    float sum[6] = {0}, weights = 0;
    for (int k = 0; k < 25; k++) {
        int dx = k % 5 - 2, dy = k / 5 - 2, ox = x + dx * d->reach, oy = y + dy * d->reach;
        if (ox < 0 || oy < 0 || ox >= width || oy >= height)
            continue;
        int from = oy * width + ox;
        float weight = kernel[abs(dx)] * kernel[abs(dy)] * weight_of(d, own, &d->pixels[from]);
        weights += weight;
        for (int i = 0; i < 6; i++)
            sum[i] += weight * d->light[from][i];
    }
    // What mirrors has edges of its own.
    float shines = CLAMP(own->roughness / SHINES - 1, 0.0f, 1.0f);
    for (int i = 0; i < 6; i++) {
        float part = i < 3 ? 1 : shines, before = d->light[at][i];
        d->next[at][i] = weights > 1e-4f ? before + (sum[i] / weights - before) * part : before;
    }
}

NODISCARD static Status smooth_rows(void *context, size_t first, size_t count, int worker)
{
    Drawing *d = context;
    (void)worker;
    for (int y = (int)first; y < (int)(first + count); y++)
        for (int x = 0; x < d->desc->width; x++)
            smooth_pixel(d, x, y);
    return OK;
}

NODISCARD static Status smooth(Drawing *d, Arena *arena)
{
    size_t count = (size_t)d->desc->width * (size_t)d->desc->height;
    d->light = arena_alloc_raw(arena, arena_size_of(sizeof *d->light, count), 16);
    d->next = arena_alloc_raw(arena, arena_size_of(sizeof *d->next, count), 16);
    for (size_t i = 0; i < count; i++) {
        const Pixel *pixel = &d->pixels[i];
        for (int k = 0; k < 3; k++) {
            d->light[i][k] = pixel->cover > 0 ? pixel->light[k] : pixel->ground;
            d->light[i][3 + k] = pixel->shine[k];
        }
    }
    for (int pass = 0; pass < FILTERS; pass++) {
        d->reach = 1 << pass;
        TRY(parallel_for(&(ParallelDesc){.count = (size_t)d->desc->height,
                                         .grain = 8,
                                         .run = smooth_rows,
                                         .context = d,
                                         .cancel = d->desc->cancel}));
        float(*swap)[6] = d->light;
        d->light = d->next;
        d->next = swap;
    }
    return OK;
}

// ---- the picture

// shaders/lib/tone.glsl, as the museum shows light.
static void tone(float color[3])
{
    const float start = 0.8f, fades = 0.15f, d = 1 - 0.8f;
    float peak = MAX(color[0], MAX(color[1], color[2]));
    if (peak <= start)
        return;
    float lower = 1 - d * d / (peak + d - start);
    float g = 1 - 1 / (fades * (peak - lower) + 1);
    for (int i = 0; i < 3; i++)
        color[i] = color[i] * lower / peak * (1 - g) + lower * g;
}

static void light_of(const Drawing *d, size_t index, float out[3])
{
    const Pixel *pixel = &d->pixels[index];
    for (int i = 0; i < 3; i++)
        out[i] =
            pixel->albedo[i] * d->light[index][i] + pixel->mirror[i] * d->light[index][3 + i];
}

// Dark pieces are shown dark, though not as dark as they are.
static float exposure_of(const Drawing *d)
{
    double sum = 0, count = 0;
    for (size_t i = 0; i < (size_t)d->desc->width * (size_t)d->desc->height; i++) {
        float light[3];
        light_of(d, i, light);
        double seen =
            0.2126 * (double)light[0] + 0.7152 * (double)light[1] + 0.0722 * (double)light[2];
        sum += (double)d->pixels[i].cover * log(MAX(seen, 1e-3));
        count += (double)d->pixels[i].cover;
    }
    double mean = exp(sum / MAX(count, 1));
    return (float)CLAMP(pow(0.30 / mean, 0.62), 0.45, 3.5);
}

// Museum grey, lighter behind the piece.
static float backdrop(const Drawing *d, int x, int y)
{
    float across = 2 * ((float)x + 0.5f) / (float)d->desc->width - 1;
    float down = 2 * ((float)y + 0.5f) / (float)d->desc->height - 1;
    float off = sqrtf(across * across * 0.8f + (down + 0.1f) * (down + 0.1f));
    float t = CLAMP(off / 1.35f, 0.0f, 1.0f);
    return 0.44f - 0.27f * t * t * (3 - 2 * t);
}

// Less than a step, so that the grey shows no bands.
static float dither(int x, int y)
{
    float value = 0.06711056f * (float)x + 0.00583715f * (float)y;
    value = 52.9829189f * (value - floorf(value));
    return value - floorf(value) - 0.5f;
}

static uint8_t display(float light, float grain)
{
    light = CLAMP(light, 0.0f, 1.0f);
    float value = light < 0.0031308f ? light * 12.92f : 1.055f * powf(light, 1 / 2.4f) - 0.055f;
    return (uint8_t)CLAMP(value * 255 + 0.5f + grain, 0.0f, 255.0f);
}

static void finish(const Drawing *d, Image *out)
{
    float exposure = exposure_of(d);
    for (int y = 0; y < d->desc->height; y++) {
        for (int x = 0; x < d->desc->width; x++) {
            size_t index = (size_t)y * (size_t)d->desc->width + (size_t)x;
            const Pixel *pixel = &d->pixels[index];
            float light[3], grey = backdrop(d, x, y);
            grey *= pixel->cover > 0 ? pixel->ground : d->light[index][0];
            light_of(d, index, light);
            for (int i = 0; i < 3; i++)
                light[i] *= exposure;
            tone(light);
            for (int i = 0; i < 3; i++)
                light[i] = light[i] * pixel->cover + grey * (1 - pixel->cover);
            for (int i = 0; i < 3; i++)
                out->rgba[4 * index + (size_t)i] = display(light[i], dither(x, y));
            out->rgba[4 * index + 3] = 255;
        }
    }
}

NODISCARD static Status read_graph(const StillDesc *desc, Arena *arena, MeshGraph *out)
{
    uint64_t size;
    Bytes bytes;
    TRY(vfs_size(desc->pages, &size));
    TRY(vfs_read(desc->graph, (size_t)1 << 30, arena, &bytes));
    return mesh_parse_graph(bytes, size, arena, out);
}

// So wide is a pixel at a distance of 1.
static float pixel_of(const StillDesc *desc, const StillCamera *camera)
{
    return CUT_PIXELS * 2 * camera->tangent / (float)desc->height;
}

NODISCARD static Status draw(Drawing *d, Arena *own, Arena *arena, Image *out)
{
    const StillDesc *desc = d->desc;
    size_t count = (size_t)desc->width * (size_t)desc->height;
    d->pixels = ARENA_ARRAY(own, Pixel, count);
    d->studio = studio_for(desc, &d->camera);
    TRY(parallel_for(&(ParallelDesc){.count = (size_t)desc->height,
                                     .grain = 4,
                                     .run = draw_rows,
                                     .context = d,
                                     .cancel = desc->cancel}));
    TRY(smooth(d, own));
    *out = (Image){(uint32_t)desc->width, (uint32_t)desc->height,
                   arena_alloc_raw(arena, 4 * count, 16)};
    finish(d, out);
    return OK;
}

Status still_draw(const StillDesc *desc, Arena *arena, Image *out)
{
    Arena own = {0};
    StillScene scene = {0};
    MeshGraph graph;
    Drawing drawing = {.desc = desc, .scene = &scene};
    Status status = read_graph(desc, &own, &graph);
    if (status)
        goto done;
    drawing.camera = desc->hotspot ? detail_camera(desc, &graph) : whole_camera(desc, &graph);
    status = still_scene_make(desc, &graph, &drawing.camera, pixel_of(desc, &drawing.camera),
                              &own, &scene);
    if (!status && !desc->hotspot) {
        float target[3], azimuth, elevation, distance = 0;
        usual_view(desc, &graph, &azimuth, &elevation);
        for (int i = 0; i < 3; i++) {
            float way = scene.middle[i] - drawing.camera.eye[i];
            target[i] = scene.middle[i];
            distance += way * way;
        }
        distance = sqrtf(distance);
        fill_picture(&drawing.camera, &scene, azimuth, elevation, target, &distance);
    }
    if (!status)
        status = draw(&drawing, &own, arena, out);
done:
    still_scene_drop(&scene);
    arena_drop(&own);
    return status;
}
