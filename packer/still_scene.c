// still_scene.c: the triangles and tiles that a picture needs, for rays.

#include "packer/still_parts.h"

#include "io/vfs.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define ASIDE 12.0f      // so much coarser is what the picture does not show, but casts shadows
#define BEHIND 1.15f     // of the picture's edge: what is nearer to it counts as seen
#define GRAIN 2e-4f      // of the piece: so far from a surface rays begin
#define PLAIN_ROUGH 0.5f // of scans that say nothing of their surface

enum { MOST_TRIANGLES = 12 << 20, MOST_GRAPH_BYTES = 1 << 30 };

static const float plain_color[3] = {0.60f, 0.57f, 0.52f}; // and so it is pale stone

typedef struct Gather {
    const StillCamera *camera;
    float pixel; // at a distance of 1
    Arena *arena;
    StillScene *scene;
    bool *is_expanded; // by group
} Gather;

// ---- the cut

static float to_box(const MeshBox *box, const float eye[3])
{
    float sum = 0;
    for (int i = 0; i < 3; i++) {
        float off = MAX(MAX(box->low[i] - eye[i], eye[i] - box->high[i]), 0.0f);
        sum += off * off;
    }
    return sqrtf(sum);
}

// Whether the box may be in the picture: not all of its corners are off the same edge. A
// group's box is within its parents', so what this says of both agrees.
static bool is_seen(const StillCamera *camera, const MeshBox *box)
{
    float edge = camera->tangent * BEHIND, wide = edge * camera->aspect;
    int off[4] = {0};
    for (int corner = 0; corner < 8; corner++) {
        float at[3], x = 0, y = 0, far = 0;
        for (int i = 0; i < 3; i++) {
            at[i] = (corner >> i & 1 ? box->high[i] : box->low[i]) - camera->eye[i];
            x += at[i] * camera->right[i];
            y += at[i] * camera->up[i];
            far += at[i] * camera->forward[i];
        }
        off[0] += x < -wide * far;
        off[1] += x > wide * far;
        off[2] += y < -edge * far;
        off[3] += y > edge * far;
    }
    return off[0] < 8 && off[1] < 8 && off[2] < 8 && off[3] < 8;
}

static bool is_wanted(const Gather *gather, const MeshGroup *group)
{
    float error_m = to_box(&group->reach, gather->camera->eye) * gather->pixel;
    if (!is_seen(gather->camera, &group->reach))
        error_m = MAX(error_m, gather->scene->radius_m * gather->pixel) * ASIDE;
    return group->error_m > error_m;
}

static void choose(Gather *gather)
{
    const MeshGraph *graph = &gather->scene->graph;
    gather->is_expanded = ARENA_ARRAY(gather->arena, bool, (size_t)graph->group_count + 1);
    for (uint32_t i = 0; i < graph->group_count; i++)
        gather->is_expanded[i] = is_wanted(gather, &graph->groups[i]);
}

// ---- the triangles

static void add_corner(Gather *gather, const MeshPage *page, uint16_t index)
{
    StillScene *scene = gather->scene;
    const MeshVertex *vertex = &page->vertices[index];
    StillCorner *corner =
        ARENA_PUSH(gather->arena, scene->corners, scene->corner_count, scene->corner_capacity);
    memcpy(corner->normal, vertex->normal, sizeof corner->normal);
    if (page->texels)
        corner->look.texel = page->texels[index];
    else if (page->surfaces)
        corner->look.surface = page->surfaces[index];
    uint32_t count = scene->corner_count - 1;
    float *at = *ARENA_PUSH(gather->arena, scene->positions, count, scene->position_capacity);
    for (int i = 0; i < 3; i++)
        at[i] = page->origin_m[i] + page->step_m * (float)vertex->position[i];
}

static void add_cluster(Gather *gather, const MeshPage *page, uint32_t page_index,
                        const MeshCluster *cluster)
{
    StillScene *scene = gather->scene;
    for (uint32_t i = 0; i < cluster->triangle_count * 3; i++)
        add_corner(gather, page, page->indices[cluster->first_index + i]);
    for (uint32_t i = 0; i < cluster->triangle_count; i++)
        *ARENA_PUSH(gather->arena, scene->page_of, scene->triangle_count,
                    scene->triangle_capacity) = page_index;
}

NODISCARD static Status add_page(Gather *gather, VfsFile *file, uint32_t index)
{
    StillScene *scene = gather->scene;
    const MeshPageRange *range = &scene->graph.pages[index];
    MeshPage page;
    Scratch scratch = scratch_begin(gather->arena);
    uint8_t *bytes = arena_alloc_raw(scratch.arena, range->size_bytes, 16);
    Status status = vfs_read_at(file, range->offset, range->size_bytes, bytes);
    if (!status)
        status = mesh_parse_page(&scene->graph, index, (Bytes){bytes, range->size_bytes},
                                 scratch.arena, &page);
    for (uint32_t g = 0; g < range->group_count && !status; g++) {
        const MeshPageGroup *group = &page.groups[g];
        for (uint32_t c = 0; c < group->cluster_count; c++) {
            const MeshCluster *cluster = &page.clusters[group->first_cluster + c];
            if (gather->is_expanded[range->first_group + g] &&
                (cluster->refined_by == MESH_NO_GROUP ||
                 !gather->is_expanded[cluster->refined_by]))
                add_cluster(gather, &page, index, cluster);
        }
    }
    if (!status && page.tile.len) {
        status = surface_parse(page.tile, gather->arena, &scene->tiles[index].tile);
        scene->tiles[index].is_there = true;
    }
    scratch_end(scratch);
    if (!status && scene->triangle_count > MOST_TRIANGLES)
        return FAIL(ERR_LIMIT, "a picture of it would need more than %d triangles",
                    MOST_TRIANGLES);
    return status;
}

NODISCARD static Status add_pages(Gather *gather, const StillDesc *desc)
{
    StillScene *scene = gather->scene;
    VfsFile file = {0};
    Status status = vfs_open(desc->pages, gather->arena, &file);
    for (uint32_t p = 0; p < scene->graph.page_count && !status; p++) {
        const MeshPageRange *range = &scene->graph.pages[p];
        bool is_needed = false;
        for (uint32_t g = 0; g < range->group_count; g++)
            is_needed |= gather->is_expanded[range->first_group + g];
        status = cancel_check(desc->cancel);
        if (is_needed && !status)
            status = add_page(gather, &file, p);
    }
    vfs_close(&file);
    return status;
}

// ---- rays

NODISCARD static Status build(StillScene *scene, Arena *arena)
{
    // One thread: the same tree every time, and so the same hit where two are equally near.
    scene->device = rtcNewDevice("threads=1");
    if (!scene->device)
        return FAIL(ERR_UNSUPPORTED, "Embree does not work on this machine (error %d)",
                    (int)rtcGetDeviceError(NULL));
    scene->scene = rtcNewScene(scene->device);
    uint32_t *indices = ARENA_ARRAY_RAW(arena, uint32_t, (size_t)scene->corner_count + 1);
    for (uint32_t i = 0; i < scene->corner_count; i++)
        indices[i] = i;
    RTCGeometry geometry = rtcNewGeometry(scene->device, RTC_GEOMETRY_TYPE_TRIANGLE);
    void *to = rtcSetNewGeometryBuffer(geometry, RTC_BUFFER_TYPE_VERTEX, 0, RTC_FORMAT_FLOAT3,
                                       12, scene->corner_count);
    void *faces = rtcSetNewGeometryBuffer(geometry, RTC_BUFFER_TYPE_INDEX, 0, RTC_FORMAT_UINT3,
                                          12, scene->triangle_count);
    if (to && faces) {
        memcpy(to, scene->positions, (size_t)scene->corner_count * 12);
        memcpy(faces, indices, (size_t)scene->corner_count * 4);
        rtcCommitGeometry(geometry);
        rtcAttachGeometry(scene->scene, geometry);
    }
    rtcReleaseGeometry(geometry);
    rtcCommitScene(scene->scene);
    enum RTCError error = rtcGetDeviceError(scene->device);
    return error == RTC_ERROR_NONE
               ? OK
               : FAIL(ERR_LIMIT, "Embree refuses this piece (error %d)", (int)error);
}

Status still_scene_make(const StillDesc *desc, const MeshGraph *graph,
                        const StillCamera *camera, float pixel, Arena *arena, StillScene *out)
{
    Gather gather = {.camera = camera, .pixel = pixel, .arena = arena, .scene = out};
    float size2 = 0;
    *out = (StillScene){.graph = *graph,
                        .tiles = ARENA_ARRAY(arena, StillTile, (size_t)graph->page_count + 1),
                        .ground_m = graph->low_m[1],
                        .is_lying = !desc->hotspot};
    for (int i = 0; i < 3; i++) {
        float size = graph->high_m[i] - graph->low_m[i];
        out->middle[i] = (graph->low_m[i] + graph->high_m[i]) / 2;
        size2 += size * size;
    }
    out->radius_m = sqrtf(size2) / 2;
    choose(&gather);
    TRY(add_pages(&gather, desc));
    if (!out->triangle_count)
        return FAIL(ERR_CORRUPT, "%s: no triangle of it is to be seen", desc->pages);
    float seen = to_box(&(MeshBox){{out->middle[0], out->middle[1], out->middle[2]},
                                   {out->middle[0], out->middle[1], out->middle[2]}},
                        camera->eye);
    out->grain_m = MIN(out->radius_m * GRAIN, 4 * seen * pixel);
    return build(out, arena);
}

void still_scene_drop(StillScene *scene)
{
    if (scene->scene)
        rtcReleaseScene(scene->scene);
    if (scene->device)
        rtcReleaseDevice(scene->device);
    scene->scene = NULL;
    scene->device = NULL;
}

// ---- what a ray meets

static void between(const float a[3], const float b[3], const float c[3], const float shares[3],
                    float out[3])
{
    for (int i = 0; i < 3; i++)
        out[i] = a[i] * shares[0] + b[i] * shares[1] + c[i] * shares[2];
}

static void make_unit(float v[3])
{
    float size = sqrtf(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
    for (int i = 0; i < 3 && size > 0; i++)
        v[i] /= size;
}

// Four texels around a place, and their shares.
typedef struct Texels {
    size_t at[4];
    float shares[4];
} Texels;

static Texels texels_around(const SurfaceTile *tile, float u, float v)
{
    float x = CLAMP(u - 0.5f, 0.0f, (float)SURFACE_TILE_WIDTH - 1.001f);
    float y = CLAMP(v - 0.5f, 0.0f, (float)tile->rows - 1.001f);
    size_t column = (size_t)x, row = (size_t)y;
    float right = x - (float)column, low = y - (float)row;
    size_t first = row * SURFACE_TILE_WIDTH + column;
    return (Texels){
        {first, first + 1, first + SURFACE_TILE_WIDTH, first + SURFACE_TILE_WIDTH + 1},
        {(1 - right) * (1 - low), right * (1 - low), (1 - right) * low, right * low}};
}

static void look_at_tile(const SurfaceTile *tile, const Texels *around, const uint8_t axis[2],
                         StillSurface *out)
{
    float color[4] = {0}, shape[4] = {0}, extra = 0, normal[3] = {0}, frame[3][3], along[3];
    mesh_decode_normal(axis, along);
    surface_make_frame(along, frame);
    for (int i = 0; i < 4; i++) {
        const uint8_t *c = tile->color ? tile->color[around->at[i]] : tile->flat_color;
        const uint8_t *s = tile->shape ? tile->shape[around->at[i]] : tile->flat_shape;
        const uint8_t *e = tile->extra ? tile->extra[around->at[i]] : tile->flat_extra;
        float share = around->shares[i], one[3];
        for (int k = 0; k < 3; k++)
            color[k] += share * image_linear_of_srgb(c[k]);
        color[3] += share * (float)c[3] / 255;
        for (int k = 2; k < 4; k++)
            shape[k] += share * (float)s[k] / 255;
        extra += share * (float)e[0] / 255;
        surface_decode_normal(frame, s, one);
        for (int k = 0; k < 3; k++)
            normal[k] += share * one[k];
    }
    memcpy(out->color, color, sizeof out->color);
    out->occlusion = color[3];
    out->roughness = shape[2];
    out->metal = shape[3];
    out->emission = extra;
    if (tile->maps & 1u << SURFACE_NORMAL)
        memcpy(out->normal, normal, sizeof out->normal);
}

static void look_at_vertices(const StillCorner *corners, const float shares[3],
                             StillSurface *out)
{
    *out->color = out->color[1] = out->color[2] = 0;
    out->roughness = out->metal = out->emission = out->occlusion = 0;
    for (int i = 0; i < 3; i++) {
        const MeshSurface *surface = &corners[i].look.surface;
        float share = shares[i] / 255;
        for (int k = 0; k < 3; k++)
            out->color[k] += shares[i] * image_linear_of_srgb(surface->color[k]);
        out->roughness += share * (float)surface->roughness;
        out->metal += share * (float)surface->metal;
        out->emission += share * (float)surface->emission;
        out->occlusion += share * (float)surface->occlusion;
    }
}

static void look(const StillScene *scene, uint32_t triangle, const float shares[3],
                 StillSurface *out)
{
    const StillCorner *corners = &scene->corners[3 * (size_t)triangle];
    const StillTile *tile = &scene->tiles[scene->page_of[triangle]];
    float normals[3][3], u = 0, v = 0;
    for (int i = 0; i < 3; i++)
        mesh_decode_normal(corners[i].normal, normals[i]);
    between(normals[0], normals[1], normals[2], shares, out->normal);
    memcpy(out->color, plain_color, sizeof out->color);
    out->roughness = PLAIN_ROUGH;
    out->metal = out->emission = 0;
    out->occlusion = 1;
    for (int i = 0; i < 3 && tile->is_there; i++) {
        u += shares[i] * (float)corners[i].look.texel.place[0] / MESH_TEXEL_STEPS;
        v += shares[i] * (float)corners[i].look.texel.place[1] / MESH_TEXEL_STEPS;
    }
    if (tile->is_there) {
        float plain[3];
        memcpy(plain, out->color, sizeof plain);
        Texels around = texels_around(&tile->tile, u, v);
        look_at_tile(&tile->tile, &around, corners[0].look.texel.axis, out);
        if (!scene->graph.has_surface) { // only its shape is known
            memcpy(out->color, plain, sizeof plain);
            out->roughness = PLAIN_ROUGH;
            out->metal = out->emission = 0;
        }
    } else if (scene->graph.has_surface) {
        look_at_vertices(corners, shares, out);
    }
    make_unit(out->normal);
}

static struct RTCRay query_of(const StillRay *ray)
{
    return (struct RTCRay){.org_x = ray->from[0],
                           .org_y = ray->from[1],
                           .org_z = ray->from[2],
                           .dir_x = ray->along[0],
                           .dir_y = ray->along[1],
                           .dir_z = ray->along[2],
                           .tfar = FLT_MAX,
                           .mask = UINT32_MAX};
}

bool still_meet(const StillScene *scene, const StillRay *ray, StillSurface *out)
{
    struct RTCIntersectContext context;
    struct RTCRayHit query = {.ray = query_of(ray), .hit = {.geomID = RTC_INVALID_GEOMETRY_ID}};
    rtcInitIntersectContext(&context);
    rtcIntersect1(scene->scene, &context, &query);
    if (query.hit.geomID == RTC_INVALID_GEOMETRY_ID)
        return false;
    const float shares[3] = {1 - query.hit.u - query.hit.v, query.hit.u, query.hit.v};
    const float face[3] = {query.hit.Ng_x, query.hit.Ng_y, query.hit.Ng_z};
    float away = 0;
    for (int i = 0; i < 3; i++) {
        out->at[i] = ray->from[i] + ray->along[i] * query.ray.tfar;
        out->face[i] = face[i];
        away += face[i] * ray->along[i];
    }
    make_unit(out->face);
    look(scene, query.hit.primID, shares, out);
    for (int i = 0; i < 3 && away > 0; i++) { // its back, of thin things and open scans
        out->face[i] = -out->face[i];
        out->normal[i] = -out->normal[i];
    }
    return true;
}

bool still_is_blocked(const StillScene *scene, const StillRay *ray)
{
    struct RTCIntersectContext context;
    struct RTCRay query = query_of(ray);
    rtcInitIntersectContext(&context);
    rtcOccluded1(scene->scene, &context, &query);
    return query.tfar < 0;
}
