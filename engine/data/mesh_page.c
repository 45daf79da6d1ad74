// mesh_page.c: the pages of mesh.h: clusters, and vertices and indices in meshoptimizer's
// codec, deflated.

#include "data/mesh.h"

#include "data/bytes.h"
#include "data/mesh_twins.h"
#include "data/surface.h"

#include <math.h>
#include <meshoptimizer.h>
#include <zlib.h>

enum {
    HEADER_BYTES = 52,
    CLUSTER_BYTES = 20,
    MAX_SHIFT = 24,
    RADIUS_STEPS = 2, // a radius counts in two steps: so 16 bits reach over a page's diagonal
    CONE_NEVER = 127, // a cutoff no view reaches
    DEFLATE_LEVEL = 6,
    FLAG_SURFACES = 1,
    FLAG_TEXELS = 2,
};

static const char MAGIC[4] = "vpg3";
static const float CONE_OFF = 2.0f;

_Static_assert(sizeof(MeshTexel) == sizeof(MeshSurface), "one stream or the other");

// What stands before the clusters.
typedef struct PageHeader {
    uint32_t vertex_count, index_count, cluster_count, group_count;
    int32_t origin_steps[3]; // from the grid's origin
    uint32_t shift;          // page step = grid step << shift
    uint32_t flags;          // which second stream there is
    uint32_t vertex_bytes, surface_bytes, index_bytes, tile_bytes;
    uint32_t group_clusters[MESH_PAGE_MAX_GROUPS];
} PageHeader;

// ---- normals: the octahedral map of Meyer et al. 2010, rounded to the best of four neighbours

static float sign_of(float value)
{
    return value >= 0.0f ? 1.0f : -1.0f;
}

static void fold_normal(const float normal[3], float out[2])
{
    float size = fabsf(normal[0]) + fabsf(normal[1]) + fabsf(normal[2]);
    float scale = size > 0.0f ? 1.0f / size : 0.0f;
    float u = normal[0] * scale, v = normal[1] * scale;
    bool is_lower = normal[2] < 0.0f;
    out[0] = is_lower ? (1.0f - fabsf(v)) * sign_of(u) : u;
    out[1] = is_lower ? (1.0f - fabsf(u)) * sign_of(v) : v;
}

void mesh_decode_normal(const uint8_t encoded[2], float out[3])
{
    // 255 is not used, so that 127 is the middle and the axes are exact.
    float u = MIN((float)encoded[0] - 127.0f, 127.0f) / 127.0f;
    float v = MIN((float)encoded[1] - 127.0f, 127.0f) / 127.0f;
    float z = 1.0f - fabsf(u) - fabsf(v);
    float x = z < 0.0f ? (1.0f - fabsf(v)) * sign_of(u) : u;
    float y = z < 0.0f ? (1.0f - fabsf(u)) * sign_of(v) : v;
    float scale = 1.0f / sqrtf(x * x + y * y + z * z);
    out[0] = x * scale;
    out[1] = y * scale;
    out[2] = z * scale;
}

void mesh_encode_normal(const float normal[3], uint8_t out[2])
{
    float folded[2];
    fold_normal(normal, folded);
    int low_u = (int)floorf(folded[0] * 127.0f + 127.0f);
    int low_v = (int)floorf(folded[1] * 127.0f + 127.0f);
    float best = -2.0f;
    for (int i = 0; i < 4; i++) {
        uint8_t tried[2] = {(uint8_t)CLAMP(low_u + (i & 1), 0, 254),
                            (uint8_t)CLAMP(low_v + (i >> 1), 0, 254)};
        float decoded[3];
        mesh_decode_normal(tried, decoded);
        float likeness =
            decoded[0] * normal[0] + decoded[1] * normal[1] + decoded[2] * normal[2];
        if (likeness > best) {
            best = likeness;
            out[0] = tried[0];
            out[1] = tried[1];
        }
    }
}

// ---- reading

static void read_header(Bytes bytes, PageHeader *header)
{
    BytesReader reader = {bytes.ptr + sizeof MAGIC};
    header->vertex_count = bytes_get_u32(&reader);
    header->index_count = bytes_get_u32(&reader);
    header->cluster_count = bytes_get_u32(&reader);
    header->group_count = bytes_get_u8(&reader);
    header->shift = bytes_get_u8(&reader);
    header->flags = bytes_get_u8(&reader);
    bytes_get_u8(&reader); // spare
    for (int axis = 0; axis < 3; axis++)
        header->origin_steps[axis] = (int32_t)bytes_get_u32(&reader);
    header->vertex_bytes = bytes_get_u32(&reader);
    header->surface_bytes = bytes_get_u32(&reader);
    header->index_bytes = bytes_get_u32(&reader);
    header->tile_bytes = bytes_get_u32(&reader);
    for (int i = 0; i < MESH_PAGE_MAX_GROUPS; i++)
        header->group_clusters[i] = bytes_get_u8(&reader);
}

NODISCARD static Status check_streams(const PageHeader *header, const MeshPageRange *range,
                                      bool has_surface)
{
    bool has_tile = header->flags == FLAG_TEXELS;
    if (header->flags > FLAG_TEXELS || (header->flags != 0) != (header->surface_bytes != 0) ||
        has_tile != (header->tile_bytes != 0) || has_tile != (range->tile_rows != 0))
        return FAIL(ERR_CORRUPT,
                    "a page with a tile of %u rows claims streams %u, of %u bytes, and a tile "
                    "of %u",
                    range->tile_rows, header->flags, header->surface_bytes, header->tile_bytes);
    if (has_surface && header->flags == 0)
        return FAIL(ERR_CORRUPT,
                    "a page says nothing of its surface, which its graph promised");
    return OK;
}

NODISCARD static Status check_header(const PageHeader *header, const MeshPageRange *range,
                                     bool has_surface)
{
    if (header->vertex_count == 0 || header->vertex_count > MESH_PAGE_MAX_VERTICES ||
        header->index_count == 0 || header->index_count % 3 != 0 ||
        header->index_count > 3 * MESH_PAGE_MAX_TRIANGLES || header->cluster_count == 0 ||
        header->cluster_count > MESH_PAGE_MAX_CLUSTERS)
        return FAIL(ERR_LIMIT, "a page claims %u vertices, %u indices and %u clusters",
                    header->vertex_count, header->index_count, header->cluster_count);
    if (header->group_count != range->group_count)
        return FAIL(ERR_CORRUPT, "a page holds %u groups; its graph says %u",
                    header->group_count, range->group_count);
    uint32_t clusters = 0;
    for (uint32_t i = 0; i < header->group_count; i++) {
        if (header->group_clusters[i] == 0 ||
            header->group_clusters[i] > MESH_GROUP_MAX_CLUSTERS)
            return FAIL(ERR_CORRUPT, "a group of a page has %u clusters; the limit is %d",
                        header->group_clusters[i], MESH_GROUP_MAX_CLUSTERS);
        clusters += header->group_clusters[i];
    }
    uint64_t size = HEADER_BYTES + (uint64_t)header->cluster_count * CLUSTER_BYTES +
                    (uint64_t)header->vertex_bytes + header->surface_bytes +
                    header->index_bytes + header->tile_bytes;
    if (clusters != header->cluster_count || size != range->size_bytes ||
        header->shift > MAX_SHIFT)
        return FAIL(ERR_CORRUPT, "a page of %u bytes has parts that do not fit it",
                    range->size_bytes);
    return check_streams(header, range, has_surface);
}

NODISCARD static Status place_page(const MeshGraph *graph, const PageHeader *header,
                                   MeshPage *page)
{
    page->step_m = ldexpf(graph->step_m, (int)header->shift);
    for (int axis = 0; axis < 3; axis++) {
        page->origin_m[axis] =
            graph->origin_m[axis] + graph->step_m * (float)header->origin_steps[axis];
        float end_m = page->origin_m[axis] + page->step_m * (float)MESH_PAGE_MAX_STEPS;
        if (!(fabsf(page->origin_m[axis]) <= 2.0f * MESH_MAX_COORDINATE_M) ||
            !(fabsf(end_m) <= 256.0f * MESH_MAX_COORDINATE_M))
            return FAIL(ERR_CORRUPT, "a page stands %g m away", (double)page->origin_m[axis]);
    }
    return OK;
}

static void read_cluster(BytesReader *reader, const MeshPage *page, MeshCluster *cluster)
{
    for (int axis = 0; axis < 3; axis++)
        cluster->center[axis] =
            page->origin_m[axis] + page->step_m * (float)bytes_get_u16(reader);
    cluster->radius = page->step_m * (float)(RADIUS_STEPS * bytes_get_u16(reader));
    for (int axis = 0; axis < 3; axis++)
        cluster->cone_axis[axis] = (float)(int8_t)bytes_get_u8(reader) / 127.0f;
    int cutoff = (int8_t)bytes_get_u8(reader);
    cluster->cone_cutoff = cutoff == CONE_NEVER ? CONE_OFF : (float)cutoff / 127.0f;
    cluster->refined_by = bytes_get_u32(reader);
    cluster->triangle_count = bytes_get_u16(reader);
    bytes_get_u16(reader); // spare
}

static bool has_child(const MeshGraph *graph, uint32_t group, uint32_t child)
{
    const MeshGroup *parent = &graph->groups[group];
    for (uint32_t i = 0; i < parent->child_count; i++) {
        if (graph->children[parent->first_child + i] == child)
            return true;
    }
    return false;
}

NODISCARD static Status check_cluster(const MeshGraph *graph, const MeshCluster *cluster,
                                      uint32_t group)
{
    if (cluster->triangle_count == 0 || cluster->triangle_count > MESH_CLUSTER_MAX_TRIANGLES)
        return FAIL(ERR_CORRUPT, "a cluster has %u triangles; the limit is %d",
                    cluster->triangle_count, MESH_CLUSTER_MAX_TRIANGLES);
    if (cluster->refined_by != MESH_NO_GROUP && !has_child(graph, group, cluster->refined_by))
        return FAIL(ERR_CORRUPT, "a cluster of group %u claims to refine group %u", group,
                    cluster->refined_by);
    if (cluster->refined_by == MESH_NO_GROUP && !graph->groups[group].has_finest)
        return FAIL(ERR_CORRUPT,
                    "a cluster of group %u is of the finest level; its graph has none", group);
    return OK;
}

NODISCARD static Status read_clusters(BytesReader *reader, const MeshGraph *graph,
                                      const PageHeader *header, const MeshPageRange *range,
                                      MeshPage *page)
{
    uint32_t cluster = 0, triangle = 0;
    for (uint32_t i = 0; i < header->group_count; i++) {
        uint32_t group = range->first_group + i, group_first = triangle;
        page->groups[i] = (MeshPageGroup){cluster, header->group_clusters[i]};
        for (uint32_t j = 0; j < header->group_clusters[i]; j++, cluster++) {
            MeshCluster *into = &page->clusters[cluster];
            read_cluster(reader, page, into);
            TRY(check_cluster(graph, into, group));
            into->first_index = 3 * triangle;
            triangle += into->triangle_count;
        }
        if (triangle - group_first != graph->groups[group].triangle_count)
            return FAIL(ERR_CORRUPT, "group %u has %u triangles in its page; its graph says %u",
                        group, triangle - group_first, graph->groups[group].triangle_count);
    }
    if (3 * triangle != header->index_count)
        return FAIL(ERR_CORRUPT, "a page has %u indices for %u triangles", header->index_count,
                    triangle);
    return OK;
}

// Into `room` bytes; the number that came out, or 0 if it was not a whole stream that fits.
static size_t inflate_stream(Bytes packed, uint8_t *out, size_t room)
{
    z_stream stream = {.next_in = (Bytef *)packed.ptr,
                       .avail_in = (uInt)packed.len,
                       .next_out = out,
                       .avail_out = (uInt)room};
    int result = inflateInit2(&stream, -MAX_WBITS);
    ASSERT(result == Z_OK);
    result = inflate(&stream, Z_FINISH);
    bool is_whole = result == Z_STREAM_END && stream.avail_in == 0;
    inflateEnd(&stream);
    return is_whole ? room - stream.avail_out : 0;
}

static bool decode_vertices(Bytes packed, void *out, size_t count)
{
    Scratch scratch = scratch_begin(NULL);
    size_t room = meshopt_encodeVertexBufferBound(count, sizeof(MeshVertex));
    uint8_t *encoded = arena_alloc_raw(scratch.arena, room, 16);
    size_t size = inflate_stream(packed, encoded, room);
    bool is_good =
        size && meshopt_decodeVertexBuffer(out, count, sizeof(MeshVertex), encoded, size) == 0;
    scratch_end(scratch);
    return is_good;
}

// Of a page with a tile: how long the twins are, the twins, the vertices that are told.
static bool decode_twins(Bytes packed, MeshVertex *out, uint32_t count)
{
    if (packed.len < 4)
        return false;
    BytesReader reader = {packed.ptr};
    size_t twin_bytes = bytes_get_u32(&reader);
    twin_bytes = MIN(twin_bytes, packed.len - 4);
    Scratch scratch = scratch_begin(NULL);
    uint8_t *planes = arena_alloc_raw(scratch.arena, 2 * (size_t)count, 1);
    uint16_t *twins = ARENA_ARRAY_RAW(scratch.arena, uint16_t, count);
    MeshVertex *told = ARENA_ARRAY_RAW(scratch.arena, MeshVertex, count);
    Bytes rest = {reader.at + twin_bytes, packed.len - 4 - twin_bytes};
    size_t size = inflate_stream((Bytes){reader.at, twin_bytes}, planes, 2 * (size_t)count);
    bool is_good = size == 2 * (size_t)count;
    for (uint32_t v = 0; is_good && v < count; v++)
        twins[v] = (uint16_t)(planes[v] | planes[count + v] << 8);
    uint32_t told_count = is_good ? mesh_count_told(twins, count) : 0;
    is_good = told_count && decode_vertices(rest, told, told_count);
    if (is_good)
        mesh_spread_twins(twins, count, told, out);
    scratch_end(scratch);
    return is_good;
}

static bool decode_indices(Bytes packed, MeshPage *page)
{
    Scratch scratch = scratch_begin(NULL);
    size_t room = meshopt_encodeIndexBufferBound(page->index_count, page->vertex_count);
    uint8_t *encoded = arena_alloc_raw(scratch.arena, room, 16);
    size_t size = inflate_stream(packed, encoded, room);
    bool is_good = size && meshopt_decodeIndexBuffer(page->indices, page->index_count,
                                                     sizeof(uint16_t), encoded, size) == 0;
    scratch_end(scratch);
    return is_good;
}

NODISCARD static Status decode_streams(const uint8_t *bytes, const PageHeader *header,
                                       MeshPage *page)
{
    Bytes first = {bytes, header->vertex_bytes};
    if (!(page->texels ? decode_twins(first, page->vertices, page->vertex_count)
                       : decode_vertices(first, page->vertices, page->vertex_count)))
        return FAIL(ERR_CORRUPT, "a page's vertices do not decode");
    bytes += header->vertex_bytes;
    void *second = page->surfaces ? (void *)page->surfaces : page->texels;
    if (second &&
        !decode_vertices((Bytes){bytes, header->surface_bytes}, second, page->vertex_count))
        return FAIL(ERR_CORRUPT, "a page's surfaces do not decode");
    bytes += header->surface_bytes;
    if (!decode_indices((Bytes){bytes, header->index_bytes}, page))
        return FAIL(ERR_CORRUPT, "a page's indices do not decode");
    return OK;
}

NODISCARD static Status check_texels(const MeshPage *page)
{
    for (uint32_t i = 0; page->texels && i < page->vertex_count; i++) {
        const MeshTexel *texel = &page->texels[i];
        if (texel->place[0] > MESH_TILE_WIDTH * MESH_TEXEL_STEPS ||
            texel->place[1] > page->tile_rows * MESH_TEXEL_STEPS)
            return FAIL(ERR_CORRUPT, "a vertex lies at %u, %u of a tile of %d x %u texels",
                        texel->place[0] / MESH_TEXEL_STEPS, texel->place[1] / MESH_TEXEL_STEPS,
                        MESH_TILE_WIDTH, page->tile_rows);
    }
    return OK;
}

// Every index in range, and no cluster of more vertices than allowed.
NODISCARD static Status check_indices(const MeshPage *page)
{
    uint8_t last_used_by[MESH_PAGE_MAX_VERTICES];
    memset(last_used_by, 0xff, page->vertex_count); // a cluster's number is below that
    for (uint32_t i = 0; i < page->cluster_count; i++) {
        const uint16_t *indices = &page->indices[page->clusters[i].first_index];
        uint32_t used = 0;
        for (uint32_t j = 0; j < 3 * page->clusters[i].triangle_count; j++) {
            if (indices[j] >= page->vertex_count)
                return FAIL(ERR_CORRUPT, "a page of %u vertices has index %u",
                            page->vertex_count, indices[j]);
            used += last_used_by[indices[j]] != i;
            last_used_by[indices[j]] = (uint8_t)i;
        }
        if (!page->texels && used > MESH_CLUSTER_MAX_VERTICES)
            return FAIL(ERR_CORRUPT, "a cluster has %u vertices; the limit is %d", used,
                        MESH_CLUSTER_MAX_VERTICES);
    }
    return OK;
}

NODISCARD static Status check_range(const MeshGraph *graph, uint32_t index, Bytes bytes)
{
    if (index >= graph->page_count)
        return FAIL(ERR_INVALID, "page %u was asked for; there are %u", index,
                    graph->page_count);
    const MeshPageRange *range = &graph->pages[index];
    if (bytes.len != range->size_bytes || bytes.len < HEADER_BYTES)
        return FAIL(ERR_CORRUPT, "page %u is %zu bytes; its graph says %u", index, bytes.len,
                    range->size_bytes);
    if (crc32(0, bytes.ptr, (uInt)bytes.len) != range->checksum)
        return FAIL(ERR_CORRUPT, "page %u is damaged: its checksum does not match", index);
    if (memcmp(bytes.ptr, MAGIC, sizeof MAGIC) != 0)
        return FAIL(ERR_CORRUPT, "page %u does not begin with its mark", index);
    return OK;
}

Status mesh_parse_page(const MeshGraph *graph, uint32_t page, Bytes bytes, Arena *arena,
                       MeshPage *out)
{
    TRY(check_range(graph, page, bytes));
    const MeshPageRange *range = &graph->pages[page];
    PageHeader header;
    read_header(bytes, &header);
    TRY(check_header(&header, range, graph->has_surface));
    MeshPage parsed = {
        .vertex_count = header.vertex_count,
        .index_count = header.index_count,
        .cluster_count = header.cluster_count,
        .group_count = header.group_count,
        .tile_rows = range->tile_rows,
    };
    TRY(place_page(graph, &header, &parsed));
    parsed.clusters = ARENA_ARRAY(arena, MeshCluster, header.cluster_count);
    BytesReader reader = {bytes.ptr + HEADER_BYTES};
    TRY(read_clusters(&reader, graph, &header, range, &parsed));
    parsed.vertices = ARENA_ARRAY_RAW(arena, MeshVertex, header.vertex_count);
    if (header.flags == FLAG_SURFACES)
        parsed.surfaces = ARENA_ARRAY_RAW(arena, MeshSurface, header.vertex_count);
    if (header.flags == FLAG_TEXELS)
        parsed.texels = ARENA_ARRAY_RAW(arena, MeshTexel, header.vertex_count);
    parsed.indices = ARENA_ARRAY_RAW(arena, uint16_t, header.index_count);
    TRY(decode_streams(reader.at, &header, &parsed));
    TRY(check_indices(&parsed));
    TRY(check_texels(&parsed));
    if (header.tile_bytes)
        parsed.tile = (Bytes){bytes.ptr + bytes.len - header.tile_bytes, header.tile_bytes};
    *out = parsed;
    return OK;
}

MeshPageParts mesh_page_parts(Bytes page)
{
    ASSERT(page.len >= HEADER_BYTES);
    PageHeader header;
    read_header(page, &header);
    return (MeshPageParts){HEADER_BYTES + header.cluster_count * CLUSTER_BYTES,
                           header.vertex_bytes, header.surface_bytes, header.index_bytes,
                           header.tile_bytes};
}

// ---- writing

static uint32_t steps_of(float value_m, float origin_m, float step_m)
{
    return (uint32_t)CLAMP(rintf((value_m - origin_m) / step_m), 0.0f,
                           (float)MESH_PAGE_MAX_STEPS);
}

static void write_sphere(BytesWriter *writer, const MeshPage *page, const MeshCluster *cluster)
{
    float moved = 0.0f; // how far rounding moves the center
    for (int axis = 0; axis < 3; axis++) {
        uint32_t steps = steps_of(cluster->center[axis], page->origin_m[axis], page->step_m);
        float off = page->origin_m[axis] + page->step_m * (float)steps - cluster->center[axis];
        moved += off * off;
        bytes_put_u16(writer, steps);
    }
    float radius = (cluster->radius + sqrtf(moved)) / (page->step_m * (float)RADIUS_STEPS);
    bytes_put_u16(writer, (uint32_t)MIN(ceilf(radius), (float)MESH_PAGE_MAX_STEPS));
}

static void write_cone(BytesWriter *writer, const MeshCluster *cluster)
{
    float slack = 0.0f;
    for (int axis = 0; axis < 3; axis++) {
        int rounded = (int)rintf(CLAMP(cluster->cone_axis[axis], -1.0f, 1.0f) * 127.0f);
        slack += fabsf((float)rounded / 127.0f - cluster->cone_axis[axis]);
        bytes_put_u8(writer, (uint32_t)rounded & 0xff);
    }
    // The small constant keeps what was parsed as it is.
    float cutoff = ceilf((cluster->cone_cutoff + slack) * 127.0f - 1e-3f);
    bytes_put_u8(writer, (uint32_t)(int)CLAMP(cutoff, -127.0f, (float)CONE_NEVER) & 0xff);
}

static void write_clusters(BytesWriter *writer, const MeshPage *page)
{
    for (uint32_t i = 0; i < page->cluster_count; i++) {
        const MeshCluster *cluster = &page->clusters[i];
        write_sphere(writer, page, cluster);
        write_cone(writer, cluster);
        bytes_put_u32(writer, cluster->refined_by);
        bytes_put_u16(writer, cluster->triangle_count);
        bytes_put_u16(writer, 0);
    }
}

static void write_header(BytesWriter *writer, const MeshGraph *graph, const MeshPage *page,
                         const PageHeader *header)
{
    int exponent, grid_exponent;
    frexpf(page->step_m, &exponent);
    frexpf(graph->step_m, &grid_exponent);
    bytes_put_all(writer, MAGIC, sizeof MAGIC);
    bytes_put_u32(writer, page->vertex_count);
    bytes_put_u32(writer, page->index_count);
    bytes_put_u32(writer, page->cluster_count);
    bytes_put_u8(writer, page->group_count);
    bytes_put_u8(writer, (uint32_t)(exponent - grid_exponent));
    bytes_put_u8(writer, header->flags);
    bytes_put_u8(writer, 0);
    for (int axis = 0; axis < 3; axis++) {
        float steps = (page->origin_m[axis] - graph->origin_m[axis]) / graph->step_m;
        ASSERT(steps == rintf(steps));
        bytes_put_u32(writer, (uint32_t)(int32_t)steps);
    }
    bytes_put_u32(writer, header->vertex_bytes);
    bytes_put_u32(writer, header->surface_bytes);
    bytes_put_u32(writer, header->index_bytes);
    bytes_put_u32(writer, header->tile_bytes);
    for (uint32_t i = 0; i < MESH_PAGE_MAX_GROUPS; i++)
        bytes_put_u8(writer, i < page->group_count ? page->groups[i].cluster_count : 0);
}

static Bytes deflate_stream(const uint8_t *bytes, size_t size, Arena *arena)
{
    z_stream stream = {0};
    int result =
        deflateInit2(&stream, DEFLATE_LEVEL, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY);
    ASSERT(result == Z_OK);
    size_t room = deflateBound(&stream, (uLong)size);
    uint8_t *out = arena_alloc_raw(arena, room, 16);
    stream.next_in = (Bytef *)bytes;
    stream.avail_in = (uInt)size;
    stream.next_out = out;
    stream.avail_out = (uInt)room;
    result = deflate(&stream, Z_FINISH);
    ASSERT(result == Z_STREAM_END);
    deflateEnd(&stream);
    return (Bytes){out, room - stream.avail_out};
}

static Bytes encode_vertices(const void *vertices, size_t count, Arena *arena)
{
    size_t room = meshopt_encodeVertexBufferBound(count, sizeof(MeshVertex));
    uint8_t *encoded = arena_alloc_raw(arena, room, 16);
    size_t size =
        meshopt_encodeVertexBuffer(encoded, room, vertices, count, sizeof(MeshVertex));
    ASSERT(size);
    return deflate_stream(encoded, size, arena);
}

static Bytes encode_twins(const MeshPage *page, Arena *arena)
{
    uint32_t count = page->vertex_count;
    uint16_t *twins = ARENA_ARRAY_RAW(arena, uint16_t, count);
    uint8_t *planes = arena_alloc_raw(arena, 2 * (size_t)count, 1);
    MeshVertex *told = ARENA_ARRAY_RAW(arena, MeshVertex, count);
    uint32_t told_count = mesh_find_twins(page->vertices, count, twins, told);
    for (uint32_t v = 0; v < count; v++) {
        planes[v] = (uint8_t)twins[v];
        planes[count + v] = (uint8_t)(twins[v] >> 8);
    }
    Bytes parts[2] = {deflate_stream(planes, 2 * (size_t)count, arena),
                      encode_vertices(told, told_count, arena)};
    uint8_t *bytes = arena_alloc_raw(arena, 4 + parts[0].len + parts[1].len, 1);
    BytesWriter writer = {bytes};
    bytes_put_u32(&writer, (uint32_t)parts[0].len);
    bytes_put_all(&writer, parts[0].ptr, parts[0].len);
    bytes_put_all(&writer, parts[1].ptr, parts[1].len);
    return (Bytes){bytes, (size_t)(writer.at - bytes)};
}

static Bytes encode_indices(const MeshPage *page, Arena *arena)
{
    size_t room = meshopt_encodeIndexBufferBound(page->index_count, page->vertex_count);
    uint8_t *encoded = arena_alloc_raw(arena, room, 16);
    uint32_t *wide = ARENA_ARRAY_RAW(arena, uint32_t, page->index_count);
    for (uint32_t i = 0; i < page->index_count; i++)
        wide[i] = page->indices[i];
    meshopt_encodeIndexVersion(1);
    size_t size = meshopt_encodeIndexBuffer(encoded, room, wide, page->index_count);
    ASSERT(size);
    return deflate_stream(encoded, size, arena);
}

// Bytes that are no tile tell of none: readers will say what is wrong with them.
static uint16_t maps_of(Bytes tile)
{
    SurfaceTile told;
    return tile.len && surface_peek(tile, &told) == OK ? (uint16_t)told.maps : 0;
}

Bytes mesh_write_page(const MeshGraph *graph, const MeshPage *page, Arena *arena,
                      MeshPageRange *range)
{
    ASSERT(!page->surfaces || !page->texels);
    ASSERT(!page->texels == !page->tile_rows && !page->texels == !page->tile.len);
    Scratch scratch = scratch_begin(arena);
    const void *second = page->surfaces ? (const void *)page->surfaces : page->texels;
    Bytes parts[4] = {
        page->texels ? encode_twins(page, scratch.arena)
                     : encode_vertices(page->vertices, page->vertex_count, scratch.arena),
        second ? encode_vertices(second, page->vertex_count, scratch.arena) : (Bytes){0},
        encode_indices(page, scratch.arena),
        page->tile,
    };
    PageHeader header = {.flags = page->surfaces ? FLAG_SURFACES
                                  : second       ? FLAG_TEXELS
                                                 : 0,
                         .vertex_bytes = (uint32_t)parts[0].len,
                         .surface_bytes = (uint32_t)parts[1].len,
                         .index_bytes = (uint32_t)parts[2].len,
                         .tile_bytes = (uint32_t)parts[3].len};
    size_t before = HEADER_BYTES + (size_t)page->cluster_count * CLUSTER_BYTES;
    uint8_t *bytes = arena_alloc_raw(
        arena, before + parts[0].len + parts[1].len + parts[2].len + parts[3].len, 16);
    uint8_t *at = bytes + before;
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        if (parts[i].len)
            memcpy(at, parts[i].ptr, parts[i].len);
        at += parts[i].len;
    }
    scratch_end(scratch);
    BytesWriter writer = {bytes};
    write_header(&writer, graph, page, &header);
    write_clusters(&writer, page);
    ASSERT(writer.at == bytes + before);
    range->size_bytes = (uint32_t)(at - bytes);
    range->tile_rows = (uint16_t)page->tile_rows;
    range->tile_maps = maps_of(page->tile);
    range->checksum = (uint32_t)crc32(0, bytes, (uInt)(at - bytes));
    return (Bytes){bytes, range->size_bytes};
}
