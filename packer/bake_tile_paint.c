// bake_tile_paint.c: what painting the charts of a tile needs, whatever they show.

#include "packer/bake_tile_paint.h"

#include "data/image.h"
#include "packer/bake_raster.h"

#include <math.h>
#include <string.h>

enum { EMPTY = 0xfffe };

void tile_tables_fill(TileTables *out)
{
    for (int i = 0; i < 256; i++) {
        out->light_of[i] = image_linear_of_srgb((uint8_t)i);
        out->value_of[i] = (float)i / 255.0f;
    }
    for (size_t i = 0; i < COUNT_OF(out->byte_of); i++)
        out->byte_of[i] = image_srgb_of_linear((float)i / (float)(COUNT_OF(out->byte_of) - 1));
}

// ---- the tile

static const uint32_t color_maps = 1u << SURFACE_COLOR | 1u << SURFACE_OCCLUSION;
static const uint32_t shape_maps =
    1u << SURFACE_NORMAL | 1u << SURFACE_ROUGHNESS | 1u << SURFACE_METAL;
static const uint32_t extra_maps = 1u << SURFACE_EMISSION | 1u << SURFACE_RELIEF;

TileCanvas tile_canvas_make(uint32_t rows, uint32_t maps, const TileTables *tables,
                            Arena *arena)
{
    size_t count = (size_t)rows * SURFACE_TILE_WIDTH;
    TileCanvas canvas = {.tile = surface_tile_default(), .tables = tables};
    canvas.tile.rows = rows;
    canvas.tile.maps = maps;
    canvas.is_used = ARENA_ARRAY(arena, uint8_t, count);
    if (maps & color_maps)
        canvas.tile.color = arena_alloc(arena, count * sizeof *canvas.tile.color, 16);
    if (maps & shape_maps)
        canvas.tile.shape = arena_alloc(arena, count * sizeof *canvas.tile.shape, 16);
    if (maps & extra_maps)
        canvas.tile.extra = arena_alloc(arena, count * sizeof *canvas.tile.extra, 16);
    return canvas;
}

void tile_put_texel(TileCanvas *canvas, uint32_t at, const TileTexel *texel)
{
    SurfaceTile *tile = &canvas->tile;
    canvas->is_used[at] = 1;
    if (tile->color) {
        for (int c = 0; c < 3; c++)
            tile->color[at][c] = tile_byte_of_light(canvas->tables, texel->light[c]);
        tile->color[at][3] = tile_byte_of(texel->occlusion);
    }
    if (tile->shape) {
        tile->shape[at][2] = tile_byte_of(texel->roughness);
        tile->shape[at][3] = tile_byte_of(texel->metal);
    }
    if (tile->extra) {
        tile->extra[at][0] = tile_byte_of(texel->emission);
        tile->extra[at][1] = tile_byte_of(texel->relief);
    }
}

void tile_put_normal(TileCanvas *canvas, uint32_t at, const float frame[3][3],
                     const float normal[3])
{
    float size = sqrtf(normal[0] * normal[0] + normal[1] * normal[1] + normal[2] * normal[2]);
    if (!(size > 1e-6f)) {
        surface_encode_normal(frame, frame[2], canvas->tile.shape[at]);
        return;
    }
    float unit[3] = {normal[0] / size, normal[1] / size, normal[2] / size};
    surface_encode_normal(frame, unit, canvas->tile.shape[at]);
}

// False if used texels differ; else `flat` is what they are.
static bool is_flat(const uint8_t *texels, size_t texel_bytes, const TileCanvas *canvas,
                    uint8_t *flat)
{
    size_t count = (size_t)canvas->tile.rows * SURFACE_TILE_WIDTH;
    const uint8_t *first = NULL;
    for (size_t i = 0; i < count; i++) {
        const uint8_t *texel = texels + i * texel_bytes;
        if (!canvas->is_used[i])
            continue;
        if (first && memcmp(first, texel, texel_bytes) != 0)
            return false;
        first = texel;
    }
    if (first)
        memcpy(flat, first, texel_bytes);
    return true;
}

void tile_canvas_settle(TileCanvas *canvas)
{
    SurfaceTile *tile = &canvas->tile;
    if (tile->color && is_flat(tile->color[0], sizeof *tile->color, canvas, tile->flat_color)) {
        tile->color = NULL;
        tile->maps &= ~color_maps;
    }
    if (tile->shape && !(tile->maps & 1u << SURFACE_NORMAL) &&
        is_flat(tile->shape[0], sizeof *tile->shape, canvas, tile->flat_shape)) {
        tile->shape = NULL;
        tile->maps &= ~shape_maps;
    }
    if (tile->extra && is_flat(tile->extra[0], sizeof *tile->extra, canvas, tile->flat_extra)) {
        tile->extra = NULL;
        tile->maps &= ~extra_maps;
    }
}

// ---- owners

static void claim_cells(const TileChart *chart, TileOwners *owners)
{
    memset(owners->of, 0xff, (size_t)owners->width * owners->height * sizeof *owners->of);
    for (uint32_t r = 0; r < chart->cells.run_count; r++) {
        const PackRun *run = &chart->cells.runs[r];
        for (uint32_t y = PACK_CELL * run->row; y < PACK_CELL * (run->row + 1u); y++) {
            uint16_t *row = &owners->of[y * owners->width + PACK_CELL * run->first];
            for (uint32_t x = 0; x < PACK_CELL * (uint32_t)run->count; x++)
                row[x] = EMPTY;
        }
    }
}

// False where it owns none.
static bool own_texels(TileOwners *owners, const float corners[3][2], uint16_t triangle)
{
    Raster raster = raster_make(corners);
    bool is_any = false;
    int32_t end_row = MIN(raster.end_row, (int32_t)owners->height);
    for (int32_t y = MAX(raster.first_row, 0); y < end_row; y++) {
        int32_t first, end;
        if (!raster_row(&raster, y, &first, &end))
            continue;
        end = MIN(end, (int32_t)owners->width);
        for (int32_t x = MAX(first, 0); x < end; x++) {
            uint16_t *owner = &owners->of[(uint32_t)y * owners->width + (uint32_t)x];
            *owner = *owner == EMPTY ? triangle : *owner;
            is_any = true;
        }
    }
    return is_any;
}

// A chart of which no texel's middle lies in a triangle: the one under its first corner.
static void own_one(const TileChart *chart, TileOwners *owners)
{
    const float *corner = chart->corners[0][0];
    uint32_t x = (uint32_t)CLAMP(corner[0], 0.0f, (float)owners->width - 1);
    uint32_t y = (uint32_t)CLAMP(corner[1], 0.0f, (float)owners->height - 1);
    uint16_t *owner = &owners->of[y * owners->width + x];
    if (*owner == EMPTY)
        *owner = TILE_BESIDE;
}

static uint16_t owner_beside(const TileOwners *owners, uint32_t x, uint32_t y)
{
    static const int8_t steps[8][2] = {{-1, 0},  {1, 0},  {0, -1}, {0, 1},
                                       {-1, -1}, {1, -1}, {-1, 1}, {1, 1}};
    for (int i = 0; i < 8; i++) {
        uint32_t u = x + (uint32_t)steps[i][0], v = y + (uint32_t)steps[i][1];
        if (u >= owners->width || v >= owners->height)
            continue;
        uint16_t owner = owners->of[v * owners->width + u];
        if (owner < EMPTY)
            return owner | TILE_BESIDE;
    }
    return EMPTY;
}

typedef struct Grown {
    uint32_t at;
    uint16_t owner;
} Grown;

// Ring by ring, so that each texel gets a near owner.
static void fill_rest(TileOwners *owners, Arena *arena)
{
    uint32_t count = owners->width * owners->height, empty_count = 0;
    uint32_t *empty = ARENA_ARRAY_RAW(arena, uint32_t, count);
    Grown *grown = ARENA_ARRAY_RAW(arena, Grown, count);
    for (uint32_t i = 0; i < count; i++) {
        if (owners->of[i] == EMPTY)
            empty[empty_count++] = i;
    }
    for (uint32_t grown_count = 1; empty_count && grown_count;) {
        uint32_t left = 0;
        grown_count = 0;
        for (uint32_t i = 0; i < empty_count; i++) {
            uint16_t owner =
                owner_beside(owners, empty[i] % owners->width, empty[i] / owners->width);
            if (owner == EMPTY)
                empty[left++] = empty[i];
            else
                grown[grown_count++] = (Grown){empty[i], owner};
        }
        for (uint32_t i = 0; i < grown_count; i++)
            owners->of[grown[i].at] = grown[i].owner;
        empty_count = left;
    }
    for (uint32_t i = 0; i < empty_count; i++) // an island of cells without a triangle
        owners->of[empty[i]] = TILE_BESIDE;
}

TileOwners tile_find_owners(const TileChart *chart, Arena *arena)
{
    TileOwners owners = {.width = (uint32_t)PACK_CELL * chart->cells.columns,
                         .height = (uint32_t)PACK_CELL * chart->cells.rows};
    owners.of = ARENA_ARRAY_RAW(arena, uint16_t, (size_t)owners.width * owners.height);
    claim_cells(chart, &owners);
    bool is_any = false;
    for (uint32_t t = 0; t < chart->chart.triangle_count; t++)
        is_any |= own_texels(&owners, chart->corners[t], (uint16_t)t);
    if (!is_any)
        own_one(chart, &owners);
    Scratch scratch = scratch_begin(arena);
    fill_rest(&owners, scratch.arena);
    scratch_end(scratch);
    return owners;
}

void tile_find_shares(const float corners[3][2], const float point[2], float out[2])
{
    float a[2] = {corners[1][0] - corners[0][0], corners[1][1] - corners[0][1]};
    float b[2] = {corners[2][0] - corners[0][0], corners[2][1] - corners[0][1]};
    float p[2] = {point[0] - corners[0][0], point[1] - corners[0][1]};
    float area = a[0] * b[1] - a[1] * b[0];
    if (!(fabsf(area) > 1e-4f)) {
        out[0] = out[1] = 1.0f / 3.0f;
        return;
    }
    out[0] = CLAMP((p[0] * b[1] - p[1] * b[0]) / area, -1.0f, 2.0f);
    out[1] = CLAMP((a[0] * p[1] - a[1] * p[0]) / area, -1.0f, 2.0f);
}
