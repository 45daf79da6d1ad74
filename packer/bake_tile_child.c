// bake_tile_child.c: paints charts of simplified triangles from the group they were made from.

#include "packer/bake_tile_child.h"

#include "packer/bake_raster.h"

#include <math.h>
#include <string.h>

enum { SIDE = 2, SAMPLES = SIDE * SIDE, NONE = 0xffff }; // samples of a texel

static const float BESIDE_MAX = 4.0f; // texels between a gutter and what it shows

typedef struct Painter {
    const TileChildDesc *desc;
    const TileGroup *group;
    const TileChart *chart;
    TileOwners owners;
    uint32_t width, height; // of samples
    float (*points)[3];     // the child's vertices: x, y, and depth, in texels
    float *depths;          // of the chart's surface, a sample each
    float *nearest;         // how far the nearest triangle of the child is
    uint16_t *shown;        // which it is, or NONE
} Painter;

// ---- as the chart sees it

typedef struct Sight {
    float directions[3][3], origin[3];
} Sight;

static float dot(const float a[3], const float b[3])
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

static Sight find_sight(const TileGroup *group, const TileChart *chart)
{
    Sight sight = {0};
    float scale = sqrtf(dot(chart->chart.across[0], chart->chart.across[0]));
    memcpy(sight.directions, chart->chart.across, sizeof chart->chart.across);
    for (int axis = 0; axis < 3; axis++)
        sight.directions[2][axis] = chart->chart.axis[axis] * scale;
    // Corners were rounded to 64ths: the mean of some of them is nearer.
    uint32_t count = MIN(chart->chart.triangle_count, 16u);
    for (uint32_t i = 0; i < 3 * count; i++) {
        uint32_t vertex = group->group->indices[chart->triangles[i / 3]][i % 3];
        for (int k = 0; k < 2; k++)
            sight.origin[k] += (chart->corners[i / 3][i % 3][k] -
                                dot(sight.directions[k], group->positions[vertex])) /
                               (float)(3 * count);
    }
    return sight;
}

static void see_point(const Sight *sight, const float position[3], float out[3])
{
    for (int k = 0; k < 3; k++)
        out[k] = dot(sight->directions[k], position) + sight->origin[k];
}

static void see_child(Painter *painter, const Sight *sight)
{
    const BakeMesh *mesh = painter->desc->scan->mesh;
    const BakeGroup *child = painter->desc->child->group;
    painter->points = arena_alloc_raw(painter->desc->temporary,
                                      child->vertex_count * sizeof *painter->points, 16);
    for (uint32_t v = 0; v < child->vertex_count; v++) {
        float position[3];
        for (int axis = 0; axis < 3; axis++)
            position[axis] =
                mesh->grid.step_m *
                (float)(mesh->positions[child->vertices[v]][axis] - painter->group->low[axis]);
        see_point(sight, position, painter->points[v]);
    }
}

// Depth over a triangle: at (0, 0), and what it gains with x and y.
typedef struct Slope {
    float at, x, y, low, high;
} Slope;

static Slope find_slope(const float corners[3][2], const float depths[3])
{
    Slope slope = {.low = MIN(depths[0], MIN(depths[1], depths[2])),
                   .high = MAX(depths[0], MAX(depths[1], depths[2]))};
    float a[2] = {corners[1][0] - corners[0][0], corners[1][1] - corners[0][1]};
    float b[2] = {corners[2][0] - corners[0][0], corners[2][1] - corners[0][1]};
    float area = a[0] * b[1] - a[1] * b[0];
    float da = depths[1] - depths[0], db = depths[2] - depths[0];
    if (fabsf(area) > 1e-6f) {
        slope.x = (da * b[1] - db * a[1]) / area;
        slope.y = (db * a[0] - da * b[0]) / area;
    }
    slope.at = depths[0] - slope.x * corners[0][0] - slope.y * corners[0][1];
    return slope;
}

static float depth_at(const Slope *slope, float x, float y)
{
    return CLAMP(slope->at + slope->x * x + slope->y * y, slope->low, slope->high);
}

// How deep the chart's own surface lies under every sample.
static void find_depths(Painter *painter, const Sight *sight)
{
    const TileChart *chart = painter->chart;
    Arena *arena = painter->desc->temporary;
    Slope *slopes = ARENA_ARRAY_RAW(arena, Slope, chart->chart.triangle_count);
    for (uint32_t t = 0; t < chart->chart.triangle_count; t++) {
        float depths[3];
        for (int i = 0; i < 3; i++) {
            float point[3];
            uint32_t vertex = painter->group->group->indices[chart->triangles[t]][i];
            see_point(sight, painter->group->positions[vertex], point);
            depths[i] = point[2];
        }
        slopes[t] = find_slope(chart->corners[t], depths);
    }
    size_t count = (size_t)painter->width * painter->height;
    painter->depths = ARENA_ARRAY_RAW(arena, float, count);
    painter->nearest = ARENA_ARRAY_RAW(arena, float, count);
    painter->shown = ARENA_ARRAY_RAW(arena, uint16_t, count);
    memset(painter->shown, 0xff, count * sizeof *painter->shown);
    for (uint32_t y = 0; y < painter->height; y++) {
        for (uint32_t x = 0; x < painter->width; x++) {
            uint32_t at = y * painter->width + x;
            uint16_t owner = painter->owners.of[y / SIDE * painter->owners.width + x / SIDE];
            // Whatever is claimed by nobody is nearer to nothing.
            painter->nearest[at] = owner == TILE_UNCLAIMED ? -1
                                   : owner & TILE_BESIDE   ? BESIDE_MAX
                                                           : INFINITY;
            painter->depths[at] =
                owner == TILE_UNCLAIMED
                    ? 0
                    : depth_at(&slopes[owner & ~TILE_BESIDE], ((float)x + 0.5f) / SIDE,
                               ((float)y + 0.5f) / SIDE);
        }
    }
}

// ---- what lies under it

static void show_row(Painter *painter, const Slope *slope, uint32_t y, const int32_t span[2],
                     uint16_t triangle)
{
    int32_t end = MIN(span[1], (int32_t)painter->width);
    for (int32_t x = MAX(span[0], 0); x < end; x++) {
        uint32_t at = y * painter->width + (uint32_t)x;
        float depth = depth_at(slope, (float)x + 0.5f, (float)y + 0.5f);
        float distance = fabsf(depth - painter->depths[at]);
        if (distance < painter->nearest[at]) {
            painter->nearest[at] = distance;
            painter->shown[at] = triangle;
        }
    }
}

static void show_triangle(Painter *painter, uint32_t triangle)
{
    const uint16_t *vertices = painter->desc->child->group->indices[triangle];
    float corners[3][2], depths[3];
    for (int i = 0; i < 3; i++) {
        const float *point = painter->points[vertices[i]];
        corners[i][0] = point[0] * SIDE;
        corners[i][1] = point[1] * SIDE;
        depths[i] = point[2];
    }
    float a[2] = {corners[1][0] - corners[0][0], corners[1][1] - corners[0][1]};
    float b[2] = {corners[2][0] - corners[0][0], corners[2][1] - corners[0][1]};
    if (!(a[0] * b[1] - a[1] * b[0] > 0)) // it faces away
        return;
    if (MAX(corners[0][0], MAX(corners[1][0], corners[2][0])) < 0 ||
        MIN(corners[0][0], MIN(corners[1][0], corners[2][0])) > (float)painter->width)
        return;
    Raster raster = raster_make((const float(*)[2])corners);
    int32_t end_row = MIN(raster.end_row, (int32_t)painter->height);
    if (MAX(raster.first_row, 0) >= end_row)
        return;
    Slope slope = find_slope((const float(*)[2])corners, depths);
    for (int32_t y = MAX(raster.first_row, 0); y < end_row; y++) {
        int32_t span[2];
        if (raster_row(&raster, y, &span[0], &span[1]))
            show_row(painter, &slope, (uint32_t)y, span, (uint16_t)triangle);
    }
}

// ---- reading the child

// Two neighbouring texels a way, and how far the place is towards the second.
typedef struct Between {
    uint32_t first, second;
    float share;
} Between;

static Between find_between(float place, uint32_t size)
{
    float at = CLAMP(place - 0.5f, 0.0f, (float)(size - 1));
    uint32_t first = (uint32_t)at;
    return (Between){first, MIN(first + 1, size - 1), at - (float)first};
}

typedef struct Taps {
    uint32_t at[4];
    float shares[4];
} Taps;

static Taps find_taps(const TileChild *child, uint32_t triangle, const float shares[3])
{
    const TileKeptTriangle *kept = &child->triangles[triangle];
    float place[2] = {0, 0};
    for (int i = 0; i < 3; i++) {
        for (int k = 0; k < 2; k++)
            place[k] += shares[i] * (float)kept->places[i][k] * (1.0f / MESH_TEXEL_STEPS);
    }
    Between x = find_between(place[0], SURFACE_TILE_WIDTH);
    Between y = find_between(place[1], child->tile.rows);
    return (Taps){
        {y.first * SURFACE_TILE_WIDTH + x.first, y.first * SURFACE_TILE_WIDTH + x.second,
         y.second * SURFACE_TILE_WIDTH + x.first, y.second * SURFACE_TILE_WIDTH + x.second},
        {(1 - x.share) * (1 - y.share), x.share * (1 - y.share), (1 - x.share) * y.share,
         x.share * y.share}};
}

static void add_planes(const TileChild *child, const Taps *taps, const TileTables *tables,
                       TileTexel *sum)
{
    const SurfaceTile *tile = &child->tile;
    for (int i = 0; i < 4; i++) {
        const uint8_t *color = tile->color ? tile->color[taps->at[i]] : tile->flat_color;
        const uint8_t *shape = tile->shape ? tile->shape[taps->at[i]] : tile->flat_shape;
        const uint8_t *extra = tile->extra ? tile->extra[taps->at[i]] : tile->flat_extra;
        float share = taps->shares[i];
        for (int c = 0; c < 3; c++)
            sum->light[c] += share * tables->light_of[color[c]];
        sum->occlusion += share * tables->value_of[color[3]];
        sum->roughness += share * tables->value_of[shape[2]];
        sum->metal += share * tables->value_of[shape[3]];
        sum->emission += share * tables->value_of[extra[0]];
    }
}

// Where they lie on the disc of directions, as the GPU takes their mean.
static void add_tile_normal(const TileChild *child, uint32_t triangle, const Taps *taps,
                            float sum[3])
{
    float p[2] = {0, 0};
    for (int i = 0; i < 4; i++) {
        const uint8_t *texel = child->tile.shape[taps->at[i]];
        for (int k = 0; k < 2; k++)
            p[k] += taps->shares[i] * ((float)texel[k] - 127.0f) * (1.41421356f / 127.0f);
    }
    float r2 = MIN(p[0] * p[0] + p[1] * p[1], 2.0f), scale = sqrtf(2 - r2);
    const float(*frame)[3] = (const float(*)[3])child->frames[triangle];
    for (int axis = 0; axis < 3; axis++)
        sum[axis] += p[0] * scale * frame[0][axis] + p[1] * scale * frame[1][axis] +
                     (1 - r2) * frame[2][axis];
}

static void add_vertex(const Painter *painter, uint32_t vertex, float share, TileTexel *sum)
{
    const MeshSurface *surfaces = painter->desc->child->group->surfaces;
    const TileTables *tables = painter->desc->canvas->tables;
    if (!surfaces || painter->desc->child->triangles)
        return;
    const MeshSurface *surface = &surfaces[vertex];
    for (int c = 0; c < 3; c++)
        sum->light[c] += share * tables->light_of[surface->color[c]];
    sum->occlusion += share * tables->value_of[surface->occlusion];
    sum->roughness += share * tables->value_of[surface->roughness];
    sum->metal += share * tables->value_of[surface->metal];
    sum->emission += share * tables->value_of[surface->emission];
}

static void add_sample(const Painter *painter, uint32_t triangle, const float shares[3],
                       TileTexel *sum)
{
    const TileChild *child = painter->desc->child;
    const uint16_t *vertices = child->group->indices[triangle];
    uint32_t maps = child->tile.maps;
    Taps taps;
    if (child->triangles) {
        taps = find_taps(child, triangle, shares);
        add_planes(child, &taps, painter->desc->canvas->tables, sum);
        if (maps & 1u << SURFACE_NORMAL)
            add_tile_normal(child, triangle, &taps, sum->normal);
        for (int i = 0; maps & 1u << SURFACE_RELIEF && i < 4; i++)
            sum->relief += taps.shares[i] * (float)child->tile.extra[taps.at[i]][1] / 255.0f;
    }
    for (int i = 0; i < 3; i++) {
        add_vertex(painter, vertices[i], shares[i], sum);
        for (int axis = 0; axis < 3 && !(maps & 1u << SURFACE_NORMAL); axis++)
            sum->normal[axis] += shares[i] * child->normals[vertices[i]][axis];
        if (!(maps & 1u << SURFACE_RELIEF))
            sum->relief +=
                shares[i] *
                (float)tile_relief_of(painter->desc->scan, child->group, vertices[i]) / 255.0f;
    }
}

// ---- texels

static void add_sample_at(const Painter *painter, uint32_t x, uint32_t y, TileTexel *sum)
{
    uint32_t triangle = painter->shown[y * painter->width + x];
    const uint16_t *vertices = painter->desc->child->group->indices[triangle];
    float corners[3][2], shares[3];
    for (int i = 0; i < 3; i++)
        memcpy(corners[i], painter->points[vertices[i]], sizeof corners[i]);
    float point[2] = {((float)x + 0.5f) / SIDE, ((float)y + 0.5f) / SIDE};
    tile_find_shares((const float(*)[2])corners, point, &shares[1]);
    shares[0] = 1 - shares[1] - shares[2];
    add_sample(painter, triangle, shares, sum);
}

static void put_mean(const Painter *painter, uint32_t at, TileTexel *sum, uint32_t count,
                     const float frame[3][3])
{
    float share = 1.0f / (float)count;
    for (int c = 0; c < 3; c++)
        sum->light[c] *= share;
    sum->occlusion *= share;
    sum->roughness *= share;
    sum->metal *= share;
    sum->emission *= share;
    sum->relief *= share;
    tile_put_texel(painter->desc->canvas, at, sum);
    tile_put_normal(painter->desc->canvas, at, frame, sum->normal);
}

// False where nothing lies under it.
static bool paint_texel(const Painter *painter, uint32_t x, uint32_t y, const float frame[3][3])
{
    TileTexel sum = {0};
    uint32_t count = 0;
    for (uint32_t i = 0; i < SAMPLES; i++) {
        uint32_t u = SIDE * x + i % SIDE, v = SIDE * y + i / SIDE;
        if (painter->shown[v * painter->width + u] == NONE)
            continue;
        add_sample_at(painter, u, v, &sum);
        count++;
    }
    if (count)
        put_mean(painter, tile_texel_at(painter->chart, x, y), &sum, count, frame);
    return count > 0;
}

// ---- where nothing lies under it

static void copy_texel(SurfaceTile *tile, uint8_t *is_used, uint32_t to, uint32_t from)
{
    is_used[to] = 1;
    if (tile->color)
        memcpy(tile->color[to], tile->color[from], sizeof *tile->color);
    if (tile->shape)
        memcpy(tile->shape[to], tile->shape[from], sizeof *tile->shape);
    if (tile->extra)
        memcpy(tile->extra[to], tile->extra[from], sizeof *tile->extra);
}

// The chart's own triangles touch nothing of the child: what is nearest to its first corner.
static void paint_blindly(const Painter *painter, uint32_t at, const float frame[3][3],
                          const Sight *sight)
{
    const BakeGroup *child = painter->desc->child->group;
    const TileGroup *group = painter->group;
    float wanted[3], least = INFINITY;
    see_point(sight, group->positions[group->group->indices[painter->chart->triangles[0]][0]],
              wanted);
    uint32_t best = 0;
    for (uint32_t i = 0; i < 3 * child->triangle_count; i++) {
        const float *point = painter->points[child->indices[i / 3][i % 3]];
        float way[3] = {point[0] - wanted[0], point[1] - wanted[1], point[2] - wanted[2]};
        if (dot(way, way) < least) {
            least = dot(way, way);
            best = i;
        }
    }
    float shares[3] = {0, 0, 0};
    shares[best % 3] = 1;
    TileTexel sum = {0};
    add_sample(painter, best / 3, shares, &sum);
    put_mean(painter, at, &sum, 1, frame);
}

// Ring by ring around what was painted; how many it cannot reach.
static uint32_t fill_missing(const Painter *painter, uint8_t *is_missing,
                             uint32_t missing_count)
{
    TileCanvas *canvas = painter->desc->canvas;
    const TileOwners *owners = &painter->owners;
    Arena *arena = painter->desc->temporary;
    uint32_t *found = ARENA_ARRAY_RAW(arena, uint32_t, missing_count);
    uint32_t count = owners->width * owners->height;
    for (uint32_t found_count = 1; missing_count && found_count;) {
        found_count = 0;
        for (uint32_t i = 0; i < count; i++) {
            uint32_t x = i % owners->width, y = i / owners->width, near = i;
            if (!is_missing[i])
                continue;
            uint32_t beside[4] = {i - 1, i + 1, i - owners->width, i + owners->width};
            bool is_there[4] = {x > 0, x + 1 < owners->width, y > 0, y + 1 < owners->height};
            for (int k = 0; k < 4 && near == i; k++) {
                if (is_there[k] && owners->of[beside[k]] != TILE_UNCLAIMED &&
                    !is_missing[beside[k]])
                    near = beside[k];
            }
            if (near == i)
                continue;
            copy_texel(
                &canvas->tile, canvas->is_used, tile_texel_at(painter->chart, x, y),
                tile_texel_at(painter->chart, near % owners->width, near / owners->width));
            found[found_count++] = i;
        }
        for (uint32_t i = 0; i < found_count; i++)
            is_missing[found[i]] = 0;
        missing_count -= found_count;
    }
    return missing_count;
}

static void paint_texels(Painter *painter, const Sight *sight)
{
    const TileOwners *owners = &painter->owners;
    float axis[3], frame[3][3];
    mesh_decode_normal(painter->chart->axis, axis);
    surface_make_frame(axis, frame);
    uint32_t count = owners->width * owners->height, missing_count = 0, painted_count = 0;
    uint8_t *is_missing = ARENA_ARRAY(painter->desc->temporary, uint8_t, count);
    for (uint32_t i = 0; i < count; i++) {
        if (owners->of[i] == TILE_UNCLAIMED)
            continue;
        bool is_painted = paint_texel(painter, i % owners->width, i / owners->width,
                                      (const float(*)[3])frame);
        is_missing[i] = !is_painted;
        missing_count += !is_painted;
        painted_count += is_painted;
    }
    if (painted_count && missing_count)
        missing_count = fill_missing(painter, is_missing, missing_count);
    for (uint32_t i = 0; i < count && missing_count; i++) {
        if (is_missing[i])
            paint_blindly(painter,
                          tile_texel_at(painter->chart, i % owners->width, i / owners->width),
                          (const float(*)[3])frame, sight);
    }
}

void tile_paint_child(const TileChildDesc *desc, const TileGroup *group, const TileChart *chart)
{
    ArenaMark mark = arena_mark(desc->temporary);
    Painter painter = {.desc = desc,
                       .group = group,
                       .chart = chart,
                       .owners = tile_find_owners(chart, desc->temporary)};
    painter.width = SIDE * painter.owners.width;
    painter.height = SIDE * painter.owners.height;
    Sight sight = find_sight(group, chart);
    see_child(&painter, &sight);
    find_depths(&painter, &sight);
    for (uint32_t t = 0; t < desc->child->group->triangle_count; t++)
        show_triangle(&painter, t);
    paint_texels(&painter, &sight);
    arena_rewind(desc->temporary, mark);
}
