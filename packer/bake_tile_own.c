// bake_tile_own.c: paints charts of the scan's own triangles, from its pictures and vertices.

#include "packer/bake_tile_own.h"

#include "packer/bake_material.h"

#include <math.h>
#include <string.h>

enum { MAX_SAMPLES_A_SIDE = 8 }; // of a texel, where the picture is finer

typedef struct Painter {
    const TileOwnDesc *desc;
    const TileScan *scan;
    const TileGroup *group;
    const TileChart *chart;
    const ScanMaterial *material;
    TileOwners owners;
    bool needs_shares;                                // for what vertices bring
    const uint8_t (*channels[BAKE_CHANNEL_COUNT])[4]; // a texel each; NULL without a map
    float (*tangents)[2][3]; // along u and against v, a triangle each; for normal maps
} Painter;

// ---- a picture's texels under the chart

static uint32_t mesh_triangle(const Painter *painter, uint32_t triangle)
{
    return painter->group->group->sources[painter->chart->triangles[triangle]];
}

// Where the corners of one of the chart's triangles lie on a picture, in shares of its size.
static void find_uvs(const Painter *painter, const ScanTexture *map, uint32_t triangle,
                     float out[3][2])
{
    const BakeMesh *mesh = painter->scan->mesh;
    uint32_t number = mesh_triangle(painter, triangle);
    float uvs[3][2];
    bake_material_uvs(painter->scan->scan, map, mesh->sources[number], uvs);
    memcpy(out, uvs, sizeof uvs);
    for (int i = 0; mesh->corners && i < 6; i++) {
        const BakeCorner *share = &mesh->corners[number][i / 2];
        int k = i % 2;
        out[i / 2][k] = uvs[0][k] + share->second * (uvs[1][k] - uvs[0][k]) +
                        share->third * (uvs[2][k] - uvs[0][k]);
    }
}

static bool is_copied(const Painter *painter, const ScanTexture *map)
{
    const ScanTexture *first = painter->scan->texels.maps[painter->chart->material];
    if (!painter->chart->chart.is_copied)
        return false;
    TexelSize size = texel_store_size(painter->scan->store, map->image);
    TexelSize first_size = texel_store_size(painter->scan->store, first->image);
    return map->uv_set == first->uv_set && size.width == first_size.width &&
           size.height == first_size.height &&
           memcmp(map->uv_matrix, first->uv_matrix, sizeof map->uv_matrix) == 0;
}

static float area_of(const float corners[3][2])
{
    return 0.5f * fabsf((corners[1][0] - corners[0][0]) * (corners[2][1] - corners[0][1]) -
                        (corners[1][1] - corners[0][1]) * (corners[2][0] - corners[0][0]));
}

// As many samples a side of a texel as the picture has texels there.
static uint32_t samples_a_side(const Painter *painter, const ScanTexture *map,
                               const float (*uvs)[3][2])
{
    TexelSize size = texel_store_size(painter->scan->store, map->image);
    double wanted = 0, area = 0;
    for (uint32_t t = 0; t < painter->chart->chart.triangle_count; t++) {
        wanted += (double)area_of(uvs[t]) * size.width * size.height;
        area += (double)area_of(painter->chart->corners[t]);
    }
    if (!(area > 0))
        return 1;
    return (uint32_t)CLAMP(sqrt(wanted / area) + 0.5, 1.0, (double)MAX_SAMPLES_A_SIDE);
}

static bool is_light(BakeChannel channel)
{
    return channel == BAKE_COLOR || channel == BAKE_EMISSION;
}

NODISCARD static Status sample_texel(const Painter *painter, const ScanTexture *map,
                                     const float (*uvs)[3][2], uint32_t at, uint32_t side,
                                     const float *of_byte, float out[3])
{
    uint32_t triangle = painter->owners.of[at] & ~TILE_BESIDE;
    float x = (float)(at % painter->owners.width), y = (float)(at / painter->owners.width);
    out[0] = out[1] = out[2] = 0;
    for (uint32_t i = 0; i < side * side; i++) {
        float point[2] = {x + ((float)(i % side) + 0.5f) / (float)side,
                          y + ((float)(i / side) + 0.5f) / (float)side};
        float shares[2], uv[2], sample[3];
        tile_find_shares(painter->chart->corners[triangle], point, shares);
        const float(*corners)[2] = uvs[triangle];
        for (int k = 0; k < 2; k++)
            uv[k] = corners[0][k] + shares[0] * (corners[1][k] - corners[0][k]) +
                    shares[1] * (corners[2][k] - corners[0][k]);
        TRY(texel_sample(painter->desc->reader, map, of_byte, uv, sample));
        for (int c = 0; c < 3; c++)
            out[c] += sample[c] / (float)(side * side);
    }
    return OK;
}

NODISCARD static Status sample_map(const Painter *painter, const ScanTexture *map, bool light,
                                   uint8_t (*out)[4])
{
    const TileTables *tables = painter->desc->canvas->tables;
    Arena *arena = painter->desc->temporary;
    uint32_t triangle_count = painter->chart->chart.triangle_count;
    float(*uvs)[3][2] = arena_alloc_raw(arena, triangle_count * sizeof *uvs, 16);
    for (uint32_t t = 0; t < triangle_count; t++)
        find_uvs(painter, map, t, uvs[t]);
    uint32_t side = samples_a_side(painter, map, (const float(*)[3][2])uvs);
    const float *of_byte = light ? tables->light_of : tables->value_of;
    for (uint32_t i = 0; i < painter->owners.width * painter->owners.height; i++) {
        float sample[3];
        if (painter->owners.of[i] == TILE_UNCLAIMED)
            continue;
        TRY(sample_texel(painter, map, (const float(*)[3][2])uvs, i, side, of_byte, sample));
        for (int c = 0; c < 3; c++)
            out[i][c] = light ? tile_byte_of_light(tables, sample[c]) : tile_byte_of(sample[c]);
    }
    return OK;
}

NODISCARD static Status fetch_map(Painter *painter, BakeChannel channel)
{
    const ScanTexture *map = bake_material_map(painter->scan->scan, painter->material, channel);
    if (!map || !painter->desc->reader)
        return OK;
    for (BakeChannel other = 0; other < channel; other++) {
        const ScanTexture *others =
            bake_material_map(painter->scan->scan, painter->material, other);
        if (painter->channels[other] && is_light(other) == is_light(channel) &&
            memcmp(map, others, sizeof *map) == 0) {
            painter->channels[channel] = painter->channels[other];
            return OK;
        }
    }
    size_t count = (size_t)painter->owners.width * painter->owners.height;
    uint8_t(*texels)[4] = arena_alloc_raw(painter->desc->temporary, count * 4, 16);
    painter->channels[channel] = (const uint8_t(*)[4])texels;
    if (!is_copied(painter, map))
        return sample_map(painter, map, is_light(channel), texels);
    return texel_read(painter->desc->reader,
                      &(TexelRect){.image = map->image,
                                   .wrap_u = map->wrap_u,
                                   .wrap_v = map->wrap_v,
                                   .x = painter->chart->chart.offset[0],
                                   .y = painter->chart->chart.offset[1],
                                   .width = painter->owners.width,
                                   .height = painter->owners.height},
                      texels);
}

// ---- normal maps

// The picture's directions on the surface: x goes along u, y against v (pictures count it
// downwards).
static void find_tangents(Painter *painter)
{
    const Scan *scan = painter->scan->scan;
    const ScanTexture *map = bake_material_map(scan, painter->material, BAKE_NORMAL);
    uint32_t count = painter->chart->chart.triangle_count;
    painter->tangents =
        arena_alloc_raw(painter->desc->temporary, count * sizeof *painter->tangents, 16);
    for (uint32_t t = 0; t < count; t++) {
        uint32_t source = painter->scan->mesh->sources[mesh_triangle(painter, t)];
        const uint32_t *corners = scan->triangles[source];
        float uvs[3][2];
        bake_material_uvs(scan, map, source, uvs);
        float u1 = uvs[1][0] - uvs[0][0], v1 = uvs[1][1] - uvs[0][1];
        float u2 = uvs[2][0] - uvs[0][0], v2 = uvs[2][1] - uvs[0][1];
        float sign = u1 * v2 - u2 * v1 < 0 ? -1.0f : 1.0f;
        for (int axis = 0; axis < 3; axis++) {
            const float(*at)[3] = (const float(*)[3])scan->positions;
            float edge1 = at[corners[1]][axis] - at[corners[0]][axis];
            float edge2 = at[corners[2]][axis] - at[corners[0]][axis];
            painter->tangents[t][0][axis] = (edge1 * v2 - edge2 * v1) * sign;
            painter->tangents[t][1][axis] = (edge1 * u2 - edge2 * u1) * sign;
        }
    }
}

// From the picture's plane to the surface: both directions at right angles to its own normal.
static void turn_normal(const Painter *painter, uint32_t triangle, const uint8_t texel[4],
                        float normal[3])
{
    const float(*tangents)[3] = (const float(*)[3])painter->tangents[triangle];
    float along[3], dot = 0, size2 = 0;
    for (int axis = 0; axis < 3; axis++)
        dot += tangents[0][axis] * normal[axis];
    for (int axis = 0; axis < 3; axis++) {
        along[axis] = tangents[0][axis] - dot * normal[axis];
        size2 += along[axis] * along[axis];
    }
    if (!(size2 > 0))
        return;
    for (int axis = 0; axis < 3; axis++)
        along[axis] /= sqrtf(size2);
    float across[3] = {normal[1] * along[2] - normal[2] * along[1],
                       normal[2] * along[0] - normal[0] * along[2],
                       normal[0] * along[1] - normal[1] * along[0]};
    float side =
        across[0] * tangents[1][0] + across[1] * tangents[1][1] + across[2] * tangents[1][2];
    float scale = painter->material->normal_scale, mapped[3];
    for (int i = 0; i < 3; i++)
        mapped[i] = (float)texel[i] / 127.5f - 1.0f;
    float up = side < 0 ? -scale : scale;
    for (int axis = 0; axis < 3; axis++)
        normal[axis] = mapped[0] * scale * along[axis] + mapped[1] * up * across[axis] +
                       mapped[2] * normal[axis];
}

// ---- what vertices bring

typedef struct Corners {
    uint32_t triangle;    // of the chart
    uint32_t vertices[3]; // of the group
    float shares[3];
} Corners;

static Corners find_corners(const Painter *painter, uint32_t at)
{
    Corners corners = {.triangle = painter->owners.of[at] & ~TILE_BESIDE};
    float point[2] = {(float)(at % painter->owners.width) + 0.5f,
                      (float)(at / painter->owners.width) + 0.5f};
    tile_find_shares(painter->chart->corners[corners.triangle], point, &corners.shares[1]);
    corners.shares[0] = 1 - corners.shares[1] - corners.shares[2];
    const BakeGroup *group = painter->group->group;
    for (int i = 0; i < 3; i++)
        corners.vertices[i] = group->indices[painter->chart->triangles[corners.triangle]][i];
    return corners;
}

// Shares of the second and third corner of the scan's own triangle, which it gives.
static const uint32_t *find_source(const Painter *painter, const Corners *corners,
                                   float shares[3])
{
    const BakeMesh *mesh = painter->scan->mesh;
    uint32_t number = mesh_triangle(painter, corners->triangle);
    memcpy(shares, corners->shares, sizeof corners->shares);
    if (mesh->corners) {
        const BakeCorner *of = mesh->corners[number];
        shares[1] = shares[2] = 0;
        for (int i = 0; i < 3; i++) {
            shares[1] += corners->shares[i] * of[i].second;
            shares[2] += corners->shares[i] * of[i].third;
        }
        shares[0] = 1 - shares[1] - shares[2];
    }
    return painter->scan->scan->triangles[mesh->sources[number]];
}

static void add_vertex_colors(const Painter *painter, const Corners *corners, float light[3])
{
    const Scan *scan = painter->scan->scan;
    const float *light_of = painter->desc->canvas->tables->light_of;
    float shares[3];
    const uint32_t *vertices = find_source(painter, corners, shares);
    for (int c = 0; c < 3; c++)
        light[c] *= shares[0] * light_of[scan->colors[vertices[0]][c]] +
                    shares[1] * light_of[scan->colors[vertices[1]][c]] +
                    shares[2] * light_of[scan->colors[vertices[2]][c]];
}

static void take_surfaces(const Painter *painter, const Corners *corners, TileTexel *out)
{
    const float *light_of = painter->desc->canvas->tables->light_of;
    *out = (TileTexel){0};
    for (int i = 0; i < 3; i++) {
        const MeshSurface *from = &painter->group->group->surfaces[corners->vertices[i]];
        float share = corners->shares[i];
        for (int c = 0; c < 3; c++)
            out->light[c] += share * light_of[from->color[c]];
        out->occlusion += share * (float)from->occlusion / 255.0f;
        out->roughness += share * (float)from->roughness / 255.0f;
        out->metal += share * (float)from->metal / 255.0f;
        out->emission += share * (float)from->emission / 255.0f;
    }
}

static float take_relief(const Painter *painter, const Corners *corners)
{
    float relief = 0;
    for (int i = 0; i < 3; i++)
        relief +=
            corners->shares[i] *
            (float)tile_relief_of(painter->scan, painter->group->group, corners->vertices[i]);
    return relief / 255.0f;
}

static float dot(const float a[3], const float b[3])
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

// As the scan tells it: where its corners meet with different normals, they stay different.
// False where it does not tell them all.
static bool take_scan_normal(const Painter *painter, const Corners *corners, float out[3])
{
    const Scan *scan = painter->scan->scan;
    float shares[3];
    if (!scan->normals)
        return false;
    const uint32_t *vertices = find_source(painter, corners, shares);
    for (int i = 0; i < 3; i++) {
        const float *normal = scan->normals[vertices[i]];
        if (!(dot(normal, normal) > 0.25f))
            return false;
        for (int axis = 0; axis < 3; axis++)
            out[axis] += shares[i] * normal[axis];
    }
    return dot(out, out) > 1e-6f;
}

static void take_normal(const Painter *painter, const Corners *corners, float out[3])
{
    memset(out, 0, 3 * sizeof *out);
    if (!take_scan_normal(painter, corners, out)) {
        memset(out, 0, 3 * sizeof *out);
        for (int i = 0; i < 3; i++) {
            const float *normal = painter->group->normals[corners->vertices[i]];
            for (int axis = 0; axis < 3; axis++)
                out[axis] += corners->shares[i] * normal[axis];
        }
    }
    float size = sqrtf(dot(out, out));
    for (int axis = 0; axis < 3 && size > 0; axis++)
        out[axis] /= size;
}

// ---- a texel

static void take_material(const Painter *painter, uint32_t at, TileTexel *out)
{
    const ScanMaterial *material = painter->material;
    const TileTables *tables = painter->desc->canvas->tables;
    const uint8_t *color =
        painter->channels[BAKE_COLOR] ? painter->channels[BAKE_COLOR][at] : NULL;
    for (int c = 0; c < 3; c++)
        out->light[c] = material->base_color[c] * (color ? tables->light_of[color[c]] : 1);
    out->occlusion = out->roughness = 1;
    out->metal = out->emission = 0;
    if (material->is_unlit)
        return;
    out->roughness = material->roughness;
    out->metal = material->metallic;
    if (painter->channels[BAKE_GLOSS]) {
        out->roughness *= tables->value_of[painter->channels[BAKE_GLOSS][at][1]];
        out->metal *= tables->value_of[painter->channels[BAKE_GLOSS][at][2]];
    }
    if (painter->channels[BAKE_OCCLUSION])
        out->occlusion += material->occlusion_strength *
                          (tables->value_of[painter->channels[BAKE_OCCLUSION][at][0]] - 1);
}

// Of the light of the base colour, all three channels together.
static void take_glow(const Painter *painter, uint32_t at, TileTexel *out)
{
    const float *emissive = painter->material->emissive;
    const uint8_t(*map)[4] = painter->channels[BAKE_EMISSION];
    const float *light_of = painter->desc->canvas->tables->light_of;
    float glow = 0;
    for (int c = 0; c < 3; c++)
        glow += emissive[c] * (map ? light_of[map[at][c]] : 1);
    float light = out->light[0] + out->light[1] + out->light[2];
    if (glow > 0 && !painter->material->is_unlit)
        out->emission = glow / MAX(light, 1e-6f);
}

static void paint_texel(const Painter *painter, uint32_t from, uint32_t at,
                        const float frame[3][3])
{
    TileCanvas *canvas = painter->desc->canvas;
    TileTexel texel = {.relief = MESH_RELIEF_FLAT / 255.0f};
    Corners corners = {0};
    if (painter->needs_shares)
        corners = find_corners(painter, from);
    if (painter->group->group->surfaces)
        take_surfaces(painter, &corners, &texel);
    else
        take_material(painter, from, &texel);
    if (painter->scan->scan->colors && !painter->group->group->surfaces)
        add_vertex_colors(painter, &corners, texel.light);
    if (!painter->group->group->surfaces)
        take_glow(painter, from, &texel);
    if (canvas->tile.maps & 1u << SURFACE_RELIEF)
        texel.relief = take_relief(painter, &corners);
    tile_put_texel(canvas, at, &texel);
    if (!(canvas->tile.maps & 1u << SURFACE_NORMAL))
        return;
    float normal[3];
    take_normal(painter, &corners, normal);
    if (painter->channels[BAKE_NORMAL])
        turn_normal(painter, corners.triangle, painter->channels[BAKE_NORMAL][from], normal);
    tile_put_normal(canvas, at, frame, normal);
}

static void paint_texels(const Painter *painter)
{
    float axis[3], frame[3][3];
    mesh_decode_normal(painter->chart->axis, axis);
    surface_make_frame(axis, frame);
    for (uint32_t y = 0; y < painter->owners.height; y++) {
        for (uint32_t x = 0; x < painter->owners.width; x++) {
            uint32_t from = y * painter->owners.width + x;
            if (painter->owners.of[from] != TILE_UNCLAIMED)
                paint_texel(painter, from, tile_texel_at(painter->chart, x, y),
                            (const float(*)[3])frame);
        }
    }
}

Status tile_paint_own(const TileOwnDesc *desc, const TileGroup *group, const TileChart *chart)
{
    ArenaMark mark = arena_mark(desc->temporary);
    uint32_t maps = desc->canvas->tile.maps;
    Painter painter = {.desc = desc, .scan = desc->scan, .group = group, .chart = chart};
    painter.material = &desc->scan->scan->materials[chart->material];
    painter.owners = tile_find_owners(chart, desc->temporary);
    painter.needs_shares = (maps & (1u << SURFACE_NORMAL | 1u << SURFACE_RELIEF)) ||
                           desc->scan->scan->colors || group->group->surfaces;
    Status status = OK;
    for (BakeChannel channel = 0; channel < BAKE_CHANNEL_COUNT && !status; channel++) {
        if (channel != BAKE_NORMAL || maps & 1u << SURFACE_NORMAL)
            status = fetch_map(&painter, channel);
    }
    if (!status) {
        if (painter.channels[BAKE_NORMAL])
            find_tangents(&painter);
        paint_texels(&painter);
    }
    arena_rewind(desc->temporary, mark);
    return status;
}

// ---- maps

uint32_t tile_own_maps(const TileScan *scan, const TileGroup *group)
{
    uint32_t maps = tile_surface_maps(scan);
    for (uint32_t c = 0; c < group->chart_count; c++) {
        const TileChart *chart = &group->charts[c];
        if (chart->is_own && !scan->store)
            maps |= 1u << SURFACE_NORMAL; // there is nothing else to say
        else if (chart->is_own &&
                 bake_material_map(scan->scan, &scan->scan->materials[chart->material],
                                   BAKE_NORMAL))
            maps |= 1u << SURFACE_NORMAL;
    }
    return maps;
}
