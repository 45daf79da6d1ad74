// bake_surface.c: colour, gloss, occlusion and glow of every vertex, and what normal maps add.

#include "packer/bake_surface.h"

#include "data/image.h"
#include "packer/bake_material.h"
#include "packer/bake_picture.h"
#include "packer/texel_source.h"

#include <math.h>
#include <string.h>

enum {
    GRAIN = 4096,          // vertices a worker takes at once
    MAX_SAMPLES_A_SIDE = 8 // of a vertex's part of one triangle
};

// What is added up for a vertex, each multiplied by its part of the surface.
enum {
    SUM_COLOR, // linear light; the three channels
    SUM_ROUGHNESS = 3,
    SUM_METAL,
    SUM_OCCLUSION,
    SUM_GLOW, // linear light, of all channels
    SUM_WEIGHT,
    SUM_COUNT
};

typedef struct Surface {
    const SurfaceDesc *desc;
    const Scan *scan;
    BakeMesh *mesh;
    uint32_t *first_corner;              // vertex_count + 1, into `corners`
    uint32_t *corners;                   // 3 * triangle + place
    float (*sums)[SUM_COUNT];            // NULL where there is no surface
    float (*bumps)[3];                   // sums of normals; NULL without normal maps
    float linear_of[256], share_of[256]; // of a byte: as sRGB and as it is
    // One pass.
    Image image;       // without pixels: for what has no picture
    uint8_t *channels; // a material each: 1 << BakeChannel of those that are added in this pass
} Surface;

// A corner of a triangle as the vertex there sees it.
typedef struct Corner {
    uint32_t vertex, triangle, source, place;
    float weight;
    const ScanMaterial *material;
    BakeCorner shares[3]; // of the triangle's corners in the scan's triangle
} Corner;

// ---- corners

static void link_corners(Surface *surface, Arena *arena)
{
    const BakeMesh *mesh = surface->mesh;
    uint32_t *first = ARENA_ARRAY(arena, uint32_t, (size_t)mesh->vertex_count + 2);
    const uint32_t *vertices = &mesh->triangles[0][0];
    uint32_t corner_count = 3 * mesh->triangle_count;
    for (uint32_t i = 0; i < corner_count; i++)
        first[vertices[i] + 2]++;
    for (uint32_t v = 0; v < mesh->vertex_count; v++)
        first[v + 2] += first[v + 1];
    surface->corners = ARENA_ARRAY_RAW(arena, uint32_t, corner_count);
    for (uint32_t i = 0; i < corner_count; i++)
        surface->corners[first[vertices[i] + 1]++] = i;
    surface->first_corner = first;
}

static float area_of(const BakeMesh *mesh, const uint32_t triangle[3])
{
    const int32_t *p = mesh->positions[triangle[0]], *q = mesh->positions[triangle[1]],
                  *r = mesh->positions[triangle[2]];
    float a[3], b[3];
    for (int axis = 0; axis < 3; axis++) {
        a[axis] = (float)(q[axis] - p[axis]);
        b[axis] = (float)(r[axis] - p[axis]);
    }
    float x = a[1] * b[2] - a[2] * b[1], y = a[2] * b[0] - a[0] * b[2],
          z = a[0] * b[1] - a[1] * b[0];
    return sqrtf(x * x + y * y + z * z);
}

static Corner corner_at(const Surface *surface, uint32_t index)
{
    const BakeMesh *mesh = surface->mesh;
    Corner corner = {.triangle = index / 3,
                     .place = index % 3,
                     .vertex = mesh->triangles[index / 3][index % 3],
                     .source = mesh->sources[index / 3],
                     .shares = {{0, 0}, {1, 0}, {0, 1}}};
    corner.material = &surface->scan->materials[bake_material_of(surface->scan, corner.source)];
    // A triangle without area still has something to say where there is no other.
    corner.weight = area_of(mesh, mesh->triangles[corner.triangle]) + 1e-3f;
    if (mesh->corners)
        memcpy(corner.shares, mesh->corners[corner.triangle], sizeof corner.shares);
    return corner;
}

// A point of the corner's part of its triangle, as shares of the triangle's corners:
// s and t from 0 at the vertex to 1 at the middle.
static void place_sample(uint32_t place, float s, float t, float shares[3])
{
    float both = s * t / 3.0f;
    float next = s * (1 - t) / 2 + both, last = t * (1 - s) / 2 + both;
    shares[place] = 1 - next - last;
    shares[(place + 1) % 3] = next;
    shares[(place + 2) % 3] = last;
}

// The same point as shares of the corners of the scan's triangle.
static void share_source(const Corner *corner, const float shares[3], float out[3])
{
    out[1] = out[2] = 0;
    for (int i = 0; i < 3; i++) {
        out[1] += shares[i] * corner->shares[i].second;
        out[2] += shares[i] * corner->shares[i].third;
    }
    out[0] = 1 - out[1] - out[2];
}

// ---- what vertices of the scan bring themselves

static void own_color(const Surface *surface, const Corner *corner, const float shares[3],
                      float out[3])
{
    float at[3];
    out[0] = out[1] = out[2] = 1;
    if (!surface->scan->colors)
        return;
    share_source(corner, shares, at);
    const uint32_t *triangle = surface->scan->triangles[corner->source];
    for (int c = 0; c < 3; c++) {
        out[c] = 0;
        for (int i = 0; i < 3; i++)
            out[c] += at[i] * surface->linear_of[surface->scan->colors[triangle[i]][c]];
    }
}

static float own_surface(const Surface *surface, const Corner *corner, int channel)
{
    uint32_t vertex = surface->scan->triangles[corner->source][corner->place];
    if (!surface->mesh->corners)
        return (float)surface->scan->surfaces[vertex][channel] / 255.0f;
    float value = 0, at[3];
    const BakeCorner *share = &corner->shares[corner->place];
    at[0] = 1 - share->second - share->third;
    at[1] = share->second;
    at[2] = share->third;
    for (int i = 0; i < 3; i++) {
        vertex = surface->scan->triangles[corner->source][i];
        value += at[i] * (float)surface->scan->surfaces[vertex][channel] / 255.0f;
    }
    return value;
}

// `shares` of the triangle's corners say where.
static void add_color(const Surface *surface, const Corner *corner, const float shares[3],
                      const float texel[3], float weight)
{
    float own[3], *sums = surface->sums[corner->vertex];
    own_color(surface, corner, shares, own);
    for (int c = 0; c < 3; c++)
        sums[SUM_COLOR + c] += weight * corner->material->base_color[c] * texel[c] * own[c];
}

// ---- without pictures

static void add_plain(Surface *surface, const Corner *corner, BakeChannel channel)
{
    static const float white[3] = {1, 1, 1};
    const ScanMaterial *material = corner->material;
    const Scan *scan = surface->scan;
    float *sums = surface->sums[corner->vertex], weight = corner->weight;
    const float *glow = material->emissive;
    float shares[3] = {0};
    switch (channel) {
    case BAKE_COLOR:
        shares[corner->place] = 1;
        add_color(surface, corner, shares, white, weight);
        break;
    case BAKE_GLOSS:
        if (material->is_unlit) {
            sums[SUM_ROUGHNESS] += weight;
        } else {
            sums[SUM_ROUGHNESS] += weight * (scan->surfaces ? own_surface(surface, corner, 0)
                                                            : material->roughness);
            sums[SUM_METAL] += weight * (scan->surfaces ? own_surface(surface, corner, 1)
                                                        : material->metallic);
        }
        break;
    case BAKE_OCCLUSION:
        sums[SUM_OCCLUSION] += weight * (scan->surfaces ? own_surface(surface, corner, 2) : 1);
        break;
    case BAKE_EMISSION:
        if (!material->is_unlit)
            sums[SUM_GLOW] += weight * (glow[0] + glow[1] + glow[2]);
        break;
    case BAKE_NORMAL:
    case BAKE_CHANNEL_COUNT:
        break;
    }
}

static void add_bump(Surface *surface, const Corner *corner, const float normal[3])
{
    for (int axis = 0; axis < 3; axis++)
        surface->bumps[corner->vertex][axis] += corner->weight * normal[axis];
}

static void vertex_normal(const BakeMesh *mesh, uint32_t vertex, float out[3])
{
    for (int axis = 0; axis < 3; axis++)
        out[axis] = (float)mesh->normals[vertex].xyz[axis] / 32767.0f;
}

// ---- with a picture

static void add_texel(Surface *surface, const Corner *corner, BakeChannel channel,
                      const float shares[3], const float texel[3], float weight)
{
    const ScanMaterial *material = corner->material;
    float *sums = surface->sums ? surface->sums[corner->vertex] : NULL;
    switch (channel) {
    case BAKE_COLOR:
        add_color(surface, corner, shares, texel, weight);
        break;
    case BAKE_GLOSS:
        sums[SUM_ROUGHNESS] += weight * material->roughness * texel[1];
        sums[SUM_METAL] += weight * material->metallic * texel[2];
        break;
    case BAKE_OCCLUSION:
        sums[SUM_OCCLUSION] += weight * (1 + material->occlusion_strength * (texel[0] - 1));
        break;
    case BAKE_EMISSION:
        for (int c = 0; c < 3; c++)
            sums[SUM_GLOW] += weight * material->emissive[c] * texel[c];
        break;
    case BAKE_NORMAL:
    case BAKE_CHANNEL_COUNT:
        break;
    }
}

// About one sample a texel.
static uint32_t samples_a_side(const Surface *surface, const float uvs[3][2])
{
    float width = (float)surface->image.width, height = (float)surface->image.height;
    float a[2] = {uvs[1][0] - uvs[0][0], uvs[1][1] - uvs[0][1]};
    float b[2] = {uvs[2][0] - uvs[0][0], uvs[2][1] - uvs[0][1]};
    float part = fabsf(a[0] * b[1] - a[1] * b[0]) * width * height / 6.0f; // a third of a half
    return (uint32_t)CLAMP(ceilf(sqrtf(part)), 1.0f, (float)MAX_SAMPLES_A_SIDE);
}

// Where the corners of a triangle of the mesh lie on a picture.
static void find_uvs(const Surface *surface, const Corner *corner, const ScanTexture *map,
                     float out[3][2])
{
    float uvs[3][2];
    bake_material_uvs(surface->scan, map, corner->source, uvs);
    for (int i = 0; i < 3; i++) {
        const BakeCorner *share = &corner->shares[i];
        for (int k = 0; k < 2; k++)
            out[i][k] = uvs[0][k] + share->second * (uvs[1][k] - uvs[0][k]) +
                        share->third * (uvs[2][k] - uvs[0][k]);
    }
}

static void normalize(float v[3])
{
    float size = sqrtf(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
    for (int i = 0; i < 3 && size > 0; i++)
        v[i] /= size;
}

// The mean of a normal map, turned from the picture's plane to the surface: x goes along u, y
// against v (pictures count it downwards), both at right angles to the vertex's own normal.
static void add_mapped_normal(Surface *surface, const Corner *corner, const ScanTexture *map,
                              const float mapped[3])
{
    const Scan *scan = surface->scan;
    const uint32_t *triangle = scan->triangles[corner->source];
    float uvs[3][2], normal[3], along[3], upward[3], along_size2 = 0, dot = 0, across[3];
    bake_material_uvs(scan, map, corner->source, uvs);
    float u1 = uvs[1][0] - uvs[0][0], v1 = uvs[1][1] - uvs[0][1];
    float u2 = uvs[2][0] - uvs[0][0], v2 = uvs[2][1] - uvs[0][1];
    float sign = u1 * v2 - u2 * v1 < 0 ? -1.0f : 1.0f;
    vertex_normal(surface->mesh, corner->vertex, normal);
    for (int axis = 0; axis < 3; axis++) {
        float edge1 = scan->positions[triangle[1]][axis] - scan->positions[triangle[0]][axis];
        float edge2 = scan->positions[triangle[2]][axis] - scan->positions[triangle[0]][axis];
        along[axis] = (edge1 * v2 - edge2 * v1) * sign;
        upward[axis] = (edge1 * u2 - edge2 * u1) * sign; // against v
        dot += along[axis] * normal[axis];
    }
    for (int axis = 0; axis < 3; axis++) {
        along[axis] -= dot * normal[axis];
        along_size2 += along[axis] * along[axis];
    }
    if (!(along_size2 > 0)) {
        add_bump(surface, corner, normal);
        return;
    }
    normalize(along);
    across[0] = normal[1] * along[2] - normal[2] * along[1];
    across[1] = normal[2] * along[0] - normal[0] * along[2];
    across[2] = normal[0] * along[1] - normal[1] * along[0];
    float side = across[0] * upward[0] + across[1] * upward[1] + across[2] * upward[2];
    float scale = corner->material->normal_scale, up = side < 0 ? -scale : scale;
    float turned[3];
    for (int axis = 0; axis < 3; axis++)
        turned[axis] = mapped[0] * scale * along[axis] + mapped[1] * up * across[axis] +
                       mapped[2] * normal[axis];
    normalize(turned);
    add_bump(surface, corner, turned);
}

static bool is_light(BakeChannel channel)
{
    return channel == BAKE_COLOR || channel == BAKE_EMISSION;
}

// For all channels that use the same map.
static void add_picture(Surface *surface, const Corner *corner, unsigned channels,
                        const ScanTexture *map)
{
    const float *of_byte = surface->share_of;
    if (channels & (1u << BAKE_COLOR | 1u << BAKE_EMISSION))
        of_byte = surface->linear_of;
    float uvs[3][2], mapped[3] = {0};
    find_uvs(surface, corner, map, uvs);
    uint32_t side = samples_a_side(surface, (const float(*)[2])uvs);
    float weight = corner->weight / (float)(side * side);
    for (uint32_t i = 0; i < side * side; i++) {
        float shares[3], texel[3], uv[2];
        place_sample(corner->place, ((float)(i % side) + 0.5f) / (float)side,
                     ((float)(i / side) + 0.5f) / (float)side, shares);
        for (int k = 0; k < 2; k++)
            uv[k] = shares[0] * uvs[0][k] + shares[1] * uvs[1][k] + shares[2] * uvs[2][k];
        bake_picture_sample(&surface->image, map, of_byte, uv, texel);
        for (BakeChannel channel = 0; channel < BAKE_NORMAL; channel++) {
            if (channels & 1u << channel)
                add_texel(surface, corner, channel, shares, texel, weight);
        }
        for (int axis = 0; axis < 3; axis++)
            mapped[axis] += 2 * texel[axis] - 1;
    }
    if (channels & 1u << BAKE_NORMAL)
        add_mapped_normal(surface, corner, map, mapped);
}

// ---- passes

static bool is_same_map(const ScanTexture *a, const ScanTexture *b)
{
    return a->image == b->image && a->uv_set == b->uv_set && a->wrap_u == b->wrap_u &&
           a->wrap_v == b->wrap_v &&
           memcmp(a->uv_matrix, b->uv_matrix, sizeof a->uv_matrix) == 0;
}

// Those of `channels` that can be sampled together with `first`: occlusion often lies in the
// same picture as roughness and metal.
static unsigned find_same(const Surface *surface, const Corner *corner, unsigned channels,
                          BakeChannel first)
{
    const ScanTexture *map = bake_material_map(surface->scan, corner->material, first);
    unsigned same = 1u << first;
    for (BakeChannel other = first + 1; other < BAKE_CHANNEL_COUNT; other++) {
        const ScanTexture *others = bake_material_map(surface->scan, corner->material, other);
        if (channels & 1u << other && others && is_light(first) == is_light(other) &&
            is_same_map(map, others))
            same |= 1u << other;
    }
    return same;
}

static void add_pictures(Surface *surface, const Corner *corner, unsigned channels)
{
    for (BakeChannel channel = 0; channels; channel++) {
        if (!(channels & 1u << channel))
            continue;
        unsigned same = find_same(surface, corner, channels, channel);
        add_picture(surface, corner, same,
                    bake_material_map(surface->scan, corner->material, channel));
        channels &= ~same;
    }
}

static void add_plains(Surface *surface, const Corner *corner, unsigned channels)
{
    for (BakeChannel channel = 0; channel < BAKE_NORMAL; channel++) {
        if (channels & 1u << channel)
            add_plain(surface, corner, channel);
    }
    if (channels & 1u << BAKE_NORMAL) {
        float normal[3];
        vertex_normal(surface->mesh, corner->vertex, normal);
        add_bump(surface, corner, normal);
    }
    if (surface->sums)
        surface->sums[corner->vertex][SUM_WEIGHT] += corner->weight;
}

static Status add_some(void *context, size_t first, size_t count, int worker)
{
    Surface *surface = context;
    const Scan *scan = surface->scan;
    (void)worker;
    for (size_t v = first; v < first + count; v++) {
        for (uint32_t i = surface->first_corner[v]; i < surface->first_corner[v + 1]; i++) {
            uint32_t source = surface->mesh->sources[surface->corners[i] / 3];
            unsigned channels = surface->channels[bake_material_of(scan, source)];
            if (!channels && surface->image.rgba)
                continue;
            Corner corner = corner_at(surface, surface->corners[i]);
            if (surface->image.rgba)
                add_pictures(surface, &corner, channels);
            else
                add_plains(surface, &corner, channels);
        }
    }
    return OK;
}

// The channels that take picture `image`, or those without one, of all materials.
static bool choose_channels(Surface *surface, const bool *is_used, int32_t image)
{
    const Scan *scan = surface->scan;
    bool is_any = false;
    for (uint32_t i = 0; i < scan->material_count; i++) {
        surface->channels[i] = 0;
        for (BakeChannel channel = 0; is_used[i] && channel < BAKE_CHANNEL_COUNT; channel++) {
            const ScanTexture *map = bake_material_map(scan, &scan->materials[i], channel);
            bool is_kept =
                channel == BAKE_NORMAL ? surface->bumps != NULL : surface->sums != NULL;
            if (is_kept && (map ? map->image : SCAN_NONE) == image)
                surface->channels[i] |= (uint8_t)(1u << channel);
        }
        is_any |= surface->channels[i] != 0;
    }
    return is_any;
}

NODISCARD static Status run_pass(Surface *surface)
{
    return parallel_for(&(ParallelDesc){.count = surface->mesh->vertex_count,
                                        .grain = GRAIN,
                                        .run = add_some,
                                        .context = surface,
                                        .cancel = surface->desc->cancel,
                                        .worker_limit = surface->desc->worker_limit});
}

NODISCARD static Status run_passes(Surface *surface, const bool *is_used)
{
    const Scan *scan = surface->scan;
    choose_channels(surface, is_used, SCAN_NONE);
    TRY(run_pass(surface));
    for (uint32_t i = 0; i < scan->image_count; i++) {
        if (!choose_channels(surface, is_used, (int32_t)i))
            continue;
        Arena arena = {0};
        TexelSource source;
        Status status = texel_source_open(&scan->images[i], &source);
        if (!status) {
            status = image_decode(source.bytes, NULL, &arena, &surface->image);
            texel_source_close(&source);
        }
        if (status)
            status = fault_prefix(status, "picture %s", scan->images[i].name);
        else
            status = run_pass(surface);
        surface->image = (Image){0};
        arena_drop(&arena);
        TRY(status);
    }
    return OK;
}

// ---- the end

static uint8_t byte_of(float value)
{
    return (uint8_t)(CLAMP(value, 0.0f, 1.0f) * 255.0f + 0.5f);
}

static void finish_vertex(const float sums[SUM_COUNT], MeshSurface *out)
{
    float scale = 1 / sums[SUM_WEIGHT];
    float light = sums[SUM_COLOR] + sums[SUM_COLOR + 1] + sums[SUM_COLOR + 2];
    for (int c = 0; c < 3; c++)
        out->color[c] = image_srgb_of_linear(sums[SUM_COLOR + c] * scale);
    out->occlusion = byte_of(sums[SUM_OCCLUSION] * scale);
    out->roughness = byte_of(sums[SUM_ROUGHNESS] * scale);
    out->metal = byte_of(sums[SUM_METAL] * scale);
    out->relief = MESH_RELIEF_FLAT;
    out->emission = sums[SUM_GLOW] > 0 ? byte_of(sums[SUM_GLOW] / MAX(light, 1e-6f)) : 0;
}

static Status finish_some(void *context, size_t first, size_t count, int worker)
{
    Surface *surface = context;
    (void)worker;
    for (size_t v = first; v < first + count; v++) {
        if (surface->sums)
            finish_vertex(surface->sums[v], &surface->mesh->surfaces[v]);
        if (!surface->bumps)
            continue;
        float *bump = surface->bumps[v];
        normalize(bump);
        if (bump[0] * bump[0] + bump[1] * bump[1] + bump[2] * bump[2] > 0.5f)
            surface->mesh->normals[v] = bake_normal_of(bump);
    }
    return OK;
}

NODISCARD static Status finish(Surface *surface)
{
    return parallel_for(&(ParallelDesc){.count = surface->mesh->vertex_count,
                                        .grain = GRAIN,
                                        .run = finish_some,
                                        .context = surface,
                                        .cancel = surface->desc->cancel,
                                        .worker_limit = surface->desc->worker_limit});
}

Status bake_surface(const SurfaceDesc *desc, Arena *arena)
{
    Arena temporary = {0};
    BakeMesh *mesh = desc->mesh;
    Surface surface = {.desc = desc, .scan = desc->scan, .mesh = mesh};
    bool *is_used = bake_used_materials(desc->scan, &temporary);
    surface.channels = ARENA_ARRAY(&temporary, uint8_t, desc->scan->material_count);
    for (int i = 0; i < 256; i++)
        surface.linear_of[i] = image_linear_of_srgb((uint8_t)i);
    for (int i = 0; i < 256; i++)
        surface.share_of[i] = (float)i / 255.0f;
    bool has_surface = bake_has_surface(desc->scan, is_used);
    if (has_surface) {
        surface.sums = arena_alloc(&temporary,
                                   arena_size_of(sizeof *surface.sums, mesh->vertex_count), 16);
        mesh->surfaces = ARENA_ARRAY(arena, MeshSurface, mesh->vertex_count);
    }
    if (bake_has_normal_maps(desc->scan, is_used))
        surface.bumps = arena_alloc(
            &temporary, arena_size_of(sizeof *surface.bumps, mesh->vertex_count), 16);
    Status status = OK;
    if (surface.sums || surface.bumps) {
        bake_material_warn(desc->scan, is_used);
        link_corners(&surface, &temporary);
        status = run_passes(&surface, is_used);
        if (!status)
            status = finish(&surface);
    }
    arena_drop(&temporary);
    return status;
}
