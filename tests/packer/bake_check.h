// bake_check.h: what the baker's tests share: small scans, and a sculpture read back.

#pragma once
#include "test.h"

#include <float.h>
#include <math.h>

#include "base/log.h"
#include "data/image.h"
#include "data/surface.h"
#include "packer/bake.h"

static inline void quiet(void *context, LogLevel level, const char *line)
{
    (void)context, (void)level, (void)line;
}

static inline int bake_check_begin(void **state)
{
    (void)state;
    log_set_sink(quiet, NULL);
    return 0;
}

// ---- scans

static inline Scan make_scan(uint32_t vertex_count, uint32_t triangle_count, Arena *arena)
{
    Scan scan = {.vertex_count = vertex_count,
                 .triangle_count = triangle_count,
                 .positions = arena_alloc(arena, vertex_count * 12 + 12, 4),
                 .triangles = arena_alloc(arena, triangle_count * 12 + 12, 4),
                 .material_count = 1,
                 .materials = ARENA_NEW(arena, ScanMaterial),
                 .metres_per_unit = 1};
    scan.materials[0] = scan_default_material();
    return scan;
}

static inline void set3(float to[3], float x, float y, float z)
{
    to[0] = x;
    to[1] = y;
    to[2] = z;
}

// A ring of rings, closed, 1 m and 0.4 m in radius; `bump_m` high waves on it.
static inline Scan make_torus(uint32_t around, uint32_t across, float bump_m, Arena *arena)
{
    Scan scan = make_scan(around * across, 2 * around * across, arena);
    for (uint32_t i = 0; i < around; i++) {
        for (uint32_t j = 0; j < across; j++) {
            float a = 6.2831853f * (float)i / (float)around;
            float b = 6.2831853f * (float)j / (float)across;
            float radius = 0.4f + bump_m * sinf(9 * a) * cosf(5 * b);
            float out = 1 + radius * cosf(b);
            set3(scan.positions[i * across + j], out * cosf(a), radius * sinf(b),
                 out * sinf(a));
            uint32_t next = (i + 1) % around * across, up = (j + 1) % across;
            uint32_t quad[4] = {i * across + j, i * across + up, next + up, next + j};
            uint32_t(*to)[3] = &scan.triangles[2 * (i * across + j)];
            memcpy(to[0], quad, 12);
            memcpy(to[1], (uint32_t[3]){quad[0], quad[2], quad[3]}, 12);
        }
    }
    return scan;
}

// A square of 1 m in z = 0, `side` quads a side, (0, 0) of the picture at its upper left.
static inline Scan make_square(uint32_t side, Arena *arena)
{
    uint32_t row = side + 1;
    Scan scan = make_scan(row * row, 2 * side * side, arena);
    scan.uvs[0] = arena_alloc(arena, scan.vertex_count * 8, 4);
    for (uint32_t y = 0; y < row; y++) {
        for (uint32_t x = 0; x < row; x++) {
            float u = (float)x / (float)side, v = (float)y / (float)side;
            set3(scan.positions[y * row + x], u, 1 - v, 0);
            scan.uvs[0][y * row + x][0] = u;
            scan.uvs[0][y * row + x][1] = v;
        }
    }
    for (uint32_t q = 0; q < side * side; q++) {
        uint32_t at = q / side * row + q % side;
        memcpy(scan.triangles[2 * q], (uint32_t[3]){at, at + row, at + row + 1}, 12);
        memcpy(scan.triangles[2 * q + 1], (uint32_t[3]){at, at + row + 1, at + 1}, 12);
    }
    return scan;
}

// Gives the scan one more picture; its number.
static inline int32_t add_image(Scan *scan, Bytes encoded, Arena *arena)
{
    ScanImage *images =
        arena_alloc(arena, (scan->image_count + 1) * sizeof *images, _Alignof(ScanImage));
    if (scan->image_count)
        memcpy(images, scan->images, scan->image_count * sizeof *images);
    images[scan->image_count] = (ScanImage){.name = "paint.png", .encoded = encoded};
    scan->images = images;
    return (int32_t)scan->image_count++;
}

// `texels` are 0xRRGGBB.
static inline Bytes make_png(uint32_t width, uint32_t height, const uint32_t *texels,
                             Arena *arena)
{
    Image image = {width, height, arena_alloc(arena, 4 * (size_t)width * height, 4)};
    for (uint32_t i = 0; i < width * height; i++) {
        uint8_t rgba[4] = {(uint8_t)(texels[i] >> 16), (uint8_t)(texels[i] >> 8),
                           (uint8_t)texels[i], 255};
        memcpy(image.rgba + 4 * (size_t)i, rgba, 4);
    }
    Bytes bytes;
    assert_ok(image_encode_png(&image, 1, arena, &bytes));
    return bytes;
}

static inline void paint(Scan *scan, uint32_t width, uint32_t height, const uint32_t *texels,
                         Arena *arena)
{
    scan->materials[0].base_color_map.image =
        add_image(scan, make_png(width, height, texels, arena), arena);
}

// ---- sculptures

typedef struct Sculpture {
    BakeResult result;
    MeshGraph graph; // as read back
    Bytes pages_bytes;
    MeshPage *pages;
    SurfaceTile *tiles; // of pages that have one
    uint8_t *bytes;
    size_t count, capacity;
    Arena *arena;
} Sculpture;

static inline Status take_bytes(void *context, Bytes bytes)
{
    Sculpture *s = context;
    if (s->count + bytes.len > s->capacity) {
        size_t capacity = 2 * (s->count + bytes.len);
        s->bytes = arena_grow(s->arena, s->bytes, s->capacity, capacity, 16);
        s->capacity = capacity;
    }
    memcpy(s->bytes + s->count, bytes.ptr, bytes.len);
    s->count += bytes.len;
    return OK;
}

// Bakes, and reads everything back through the viewer's parser.
static inline Status bake(const Scan *scan, BakeOptions options, Arena *arena, Sculpture *out)
{
    *out = (Sculpture){.arena = arena};
    options.write = take_bytes;
    options.write_context = out;
    TRY(bake_sculpture(scan, &options, arena, &out->result));
    out->pages_bytes = (Bytes){out->bytes, out->count};
    TRY(mesh_parse_graph(out->result.graph_bytes, out->count, arena, &out->graph));
    out->pages = ARENA_ARRAY(arena, MeshPage, out->graph.page_count);
    out->tiles = ARENA_ARRAY(arena, SurfaceTile, out->graph.page_count);
    for (uint32_t p = 0; p < out->graph.page_count; p++) {
        const MeshPageRange *range = &out->graph.pages[p];
        TRY(mesh_parse_page(&out->graph, p,
                            (Bytes){out->bytes + range->offset, range->size_bytes}, arena,
                            &out->pages[p]));
        if (out->pages[p].tile_rows)
            TRY(surface_parse(out->pages[p].tile, arena, &out->tiles[p]));
    }
    return OK;
}

// ---- tiles

// All of a tile at a place of it (in texels), between the texels' middles; `axis` is that of
// the chart there. Without normals in the tile, *normal stays.
static inline void sample_tile(const SurfaceTile *tile, const float place[2],
                               const uint8_t axis[2], MeshSurface *out, float normal[3])
{
    float sums[10] = {0}, x = place[0] - 0.5f, y = place[1] - 0.5f;
    for (int i = 0; i < 4; i++) {
        int u = (int)floorf(x) + i % 2, v = (int)floorf(y) + i / 2;
        float share = (1 - fabsf(x - (float)u)) * (1 - fabsf(y - (float)v));
        u = CLAMP(u, 0, SURFACE_TILE_WIDTH - 1);
        v = CLAMP(v, 0, (int)tile->rows - 1);
        size_t at = (size_t)v * SURFACE_TILE_WIDTH + (size_t)u;
        const uint8_t *color = tile->color ? tile->color[at] : tile->flat_color;
        const uint8_t *shape = tile->shape ? tile->shape[at] : tile->flat_shape;
        const uint8_t *extra = tile->extra ? tile->extra[at] : tile->flat_extra;
        for (int c = 0; c < 3; c++) // as light, as the GPU takes it
            sums[c] += share * image_linear_of_srgb(color[c]);
        sums[3] += share * (float)color[3];
        for (int c = 4; c < 10; c++)
            sums[c] += share * (float)(c < 8 ? shape[c - 4] : extra[c - 8]);
    }
    uint8_t bytes[10];
    for (int c = 0; c < 10; c++)
        bytes[c] = c < 3 ? image_srgb_of_linear(sums[c]) : (uint8_t)(sums[c] + 0.5f);
    *out = (MeshSurface){
        {bytes[0], bytes[1], bytes[2]}, bytes[3], bytes[6], bytes[7], bytes[8], bytes[9]};
    float unit[3], frame[3][3];
    mesh_decode_normal(axis, unit);
    surface_make_frame(unit, frame);
    if (tile->maps & 1u << SURFACE_NORMAL)
        surface_decode_normal((const float(*)[3])frame, &bytes[4], normal);
}

// ---- cuts

typedef struct CutVertex {
    float position[3];
    float normal[3];
    MeshSurface surface;
} CutVertex;

typedef struct CutMesh {
    uint32_t count; // of triangles
    CutVertex (*triangles)[3];
} CutMesh;

static inline void read_vertex(const Sculpture *s, const MeshPage *page, uint32_t v,
                               CutVertex *out)
{
    *out = (CutVertex){0};
    for (int axis = 0; axis < 3; axis++)
        out->position[axis] =
            page->origin_m[axis] + page->step_m * (float)page->vertices[v].position[axis];
    mesh_decode_normal(page->vertices[v].normal, out->normal);
    if (page->surfaces)
        out->surface = page->surfaces[v];
    if (!page->texels)
        return;
    const MeshTexel *texel = &page->texels[v];
    float place[2] = {(float)texel->place[0] / MESH_TEXEL_STEPS,
                      (float)texel->place[1] / MESH_TEXEL_STEPS};
    sample_tile(&s->tiles[page - s->pages], place, texel->axis, &out->surface, out->normal);
}

// The triangles that are drawn when exactly the groups marked are expanded.
static inline CutMesh draw_cut(const Sculpture *s, const bool *is_expanded, Arena *arena)
{
    CutMesh cut = {0};
    cut.triangles =
        arena_alloc(arena, (size_t)s->result.stats.all_triangles * sizeof *cut.triangles, 16);
    for (uint32_t g = 0; g < s->graph.group_count; g++) {
        const MeshGroup *group = &s->graph.groups[g];
        const MeshPage *page = &s->pages[group->page];
        const MeshPageGroup *members = &page->groups[group->index_in_page];
        for (uint32_t c = 0; is_expanded[g] && c < members->cluster_count; c++) {
            const MeshCluster *cluster = &page->clusters[members->first_cluster + c];
            if (cluster->refined_by != MESH_NO_GROUP && is_expanded[cluster->refined_by])
                continue;
            for (uint32_t i = 0; i < 3 * cluster->triangle_count; i++)
                read_vertex(s, page, page->indices[cluster->first_index + i],
                            &cut.triangles[cut.count + i / 3][i % 3]);
            cut.count += cluster->triangle_count;
        }
    }
    return cut;
}

// Every group whose error is above `error_m`: what the viewer draws.
static inline CutMesh cut_at_error(const Sculpture *s, float error_m, Arena *arena)
{
    bool *is_expanded = ARENA_ARRAY(arena, bool, s->graph.group_count);
    for (uint32_t g = 0; g < s->graph.group_count; g++)
        is_expanded[g] = s->graph.groups[g].error_m > error_m;
    return draw_cut(s, is_expanded, arena);
}

typedef struct CutEdge {
    float low[3], high[3];
    int direction; // +1 from low to high
} CutEdge;

static inline int compare_edges(const void *a, const void *b)
{
    const CutEdge *left = a, *right = b;
    for (int i = 0; i < 6; i++) {
        float l = i < 3 ? left->low[i] : left->high[i - 3];
        float r = i < 3 ? right->low[i] : right->high[i - 3];
        if (l != r)
            return l < r ? -1 : 1;
    }
    return 0;
}

// Edges that do not have as many triangles on one side as on the other; those of a closed
// surface are cracks.
static inline uint32_t count_open_edges(const CutMesh *cut, Arena *arena)
{
    CutEdge *edges = ARENA_ARRAY(arena, CutEdge, 3 * (size_t)cut->count);
    for (uint32_t i = 0; i < 3 * cut->count; i++) {
        const float *a = cut->triangles[i / 3][i % 3].position;
        const float *b = cut->triangles[i / 3][(i + 1) % 3].position;
        int order = 0;
        for (int axis = 0; axis < 3 && !order; axis++)
            order = a[axis] < b[axis] ? 1 : a[axis] > b[axis] ? -1 : 0;
        edges[i].direction = order;
        memcpy(edges[i].low, order < 0 ? b : a, 12);
        memcpy(edges[i].high, order < 0 ? a : b, 12);
    }
    qsort(edges, 3 * (size_t)cut->count, sizeof *edges, compare_edges);
    uint32_t open = 0;
    for (uint32_t i = 0; i < 3 * cut->count;) {
        int sum = 0;
        uint32_t first = i;
        for (; i < 3 * cut->count && !compare_edges(&edges[first], &edges[i]); i++)
            sum += edges[i].direction;
        open += sum != 0;
    }
    return open;
}
