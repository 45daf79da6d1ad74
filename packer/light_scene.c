// light_scene.c: what rays meet.

#include "packer/light_scene.h"

#include <float.h>
#include <math.h>
#include <string.h>

typedef struct Texels {
    float fine_m, coarse_m; // as coarse as they get
    float finest_m;         // of small pieces
    float across;           // of a piece, unless that is finer or coarser
} Texels;

static const Texels texels_of[LIGHT_QUALITY_COUNT] = {
    [LIGHT_DRAFT] = {0.035f, 0.080f, 0.012f, 40},
    [LIGHT_FINAL] = {0.025f, 0.050f, 0.007f, 56},
};

#define THIN_M 0.12f          // what is thinner has no detail along itself
#define LAMPS_FROM_M 2.0f     // metal higher than this is lamps
#define WIRE_M 0.02f          // metal thinner than this casts no shadow: that would be grain
#define MOST_EXITANCE 4000.0f // what is brighter is too near a lamp to be sampled well

enum { MOST_FINE_TEXELS = 3 << 18 }; // the museum holds four rooms in 12 MiB

static float dot(const float a[3], const float b[3])
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

static float linear_of_srgb(float value)
{
    return value <= 0.04045f ? value / 12.92f : powf((value + 0.055f) / 1.055f, 2.4f);
}

// ---- chances

uint32_t light_hash(uint32_t a, uint32_t b)
{
    uint32_t x = a * 0x9e3779b9u ^ (b + 0x7f4a7c15u + (a << 6));
    x ^= x >> 16;
    x *= 0x7feb352du;
    x ^= x >> 15;
    x *= 0x846ca68bu;
    return x ^ x >> 16;
}

float light_part(uint32_t bits)
{
    return (float)(bits >> 8) * (1.0f / 16777216.0f);
}

float light_even(uint32_t index, uint32_t base, float turn)
{
    float inverse = 1.0f / (float)base, scale = inverse, sum = turn;
    for (uint32_t rest = index; rest; rest /= base, scale *= inverse)
        sum += (float)(rest % base) * scale;
    sum -= floorf(sum);
    return MIN(sum, 0.9999999f);
}

void light_around(const float n[3], float u, float v, float out[3])
{
    float side = n[2] >= 0 ? 1.0f : -1.0f, a = -1 / (side + n[2]), b = n[0] * n[1] * a;
    float x[3] = {1 + side * n[0] * n[0] * a, side * b, -side * n[0]};
    float y[3] = {b, side + n[1] * n[1] * a, -n[1]};
    float radius = sqrtf(u), turn = 6.2831853f * v, up = sqrtf(MAX(1 - u, 1e-6f));
    for (int i = 0; i < 3; i++)
        out[i] = x[i] * radius * cosf(turn) + y[i] * radius * sinf(turn) + n[i] * up;
}

// ---- surfaces

static void measure(Chart *chart, float across, float finest_m, float coarsest_m)
{
    float sides[2] = {chart->high[0] - chart->low[0], chart->high[1] - chart->low[1]};
    float texel = CLAMP(sqrtf(sides[0] * sides[1]) / across, finest_m, coarsest_m);
    if (MIN(sides[0], sides[1]) < THIN_M)
        texel = coarsest_m;
    for (int k = 0; k < 2; k++) {
        int count = MAX(2, (int)ceilf(sides[k] / texel) + 1);
        chart->size[k] = MIN(count, LIGHT_FINE_WIDTH - 2 * CHARTS_BORDER) + 2 * CHARTS_BORDER;
    }
}

static void place_fine(const Texels *texels, Charts *charts)
{
    for (float scale = 1;; scale *= 1.25f) {
        for (uint32_t i = 0; i < charts->count; i++)
            measure(&charts->charts[i], texels->across / scale, texels->finest_m * scale,
                    texels->fine_m * scale);
        charts_place(charts, LIGHT_FINE_WIDTH);
        if (charts->height * LIGHT_FINE_WIDTH <= MOST_FINE_TEXELS)
            return;
    }
}

static void add_surface(LightScene *scene, Arena *arena, uint32_t room, const Chart *chart)
{
    const Texels *texels = &texels_of[scene->desc->quality];
    LightSurface *surface =
        ARENA_PUSH(arena, scene->surfaces, scene->surface_count, scene->surface_capacity);
    *surface = (LightSurface){
        .fine = *chart, .coarse = *chart, .room = room, .first = scene->texel_count};
    measure(&surface->coarse, texels->across / 2, texels->finest_m * 3, texels->coarse_m);
    surface->coarse.x = surface->coarse.y = 0;
    scene->texel_count += (size_t)surface->coarse.size[0] * (size_t)surface->coarse.size[1];
    float color[3];
    gallery_color(chart->group, color);
    float metal = chart->group == GALLERY_METAL ? 0.4f : 1;
    for (int i = 0; i < 3; i++)
        surface->albedo[i] = linear_of_srgb(color[i]) * metal;
}

// ---- geometry: all rooms are one

typedef struct Shape {
    float (*positions)[3];
    uint32_t vertex_count, vertex_capacity;
    uint32_t (*faces)[3];
    uint32_t face_count, face_capacity, triangle_count, triangle_capacity;
    Arena *arena;
} Shape;

// Lamps hang beside each other: from so near, their shadows would be nothing but grain.
static bool casts_shadow(const LightScene *scene, const LightTriangle *triangle, float high_m)
{
    if (triangle->surface == UINT32_MAX)
        return true;
    const Chart *chart = &scene->surfaces[triangle->surface].fine;
    float thin = MIN(chart->high[0] - chart->low[0], chart->high[1] - chart->low[1]);
    return chart->group != GALLERY_METAL || (thin > WIRE_M && high_m < LAMPS_FROM_M);
}

static void add_face(LightScene *scene, Shape *shape, Arena *arena,
                     const LightTriangle *triangle, const uint32_t corners[3],
                     uint32_t first_vertex)
{
    float floor_m = scene->desc->plan->rooms[triangle->room].floor_m;
    if (!casts_shadow(scene, triangle,
                      shape->positions[first_vertex + corners[0]][1] - floor_m))
        return;
    uint32_t *face =
        *ARENA_PUSH(shape->arena, shape->faces, shape->face_count, shape->face_capacity);
    for (int k = 0; k < 3; k++)
        face[k] = first_vertex + corners[k];
    *ARENA_PUSH(arena, scene->triangles, shape->triangle_count, shape->triangle_capacity) =
        *triangle;
}

static void add_faces(LightScene *scene, Shape *shape, Arena *arena, uint32_t room,
                      const GalleryMesh *mesh, const Charts *charts)
{
    uint32_t first_vertex = shape->vertex_count;
    for (uint32_t i = 0; i < mesh->vertex_count; i++)
        memcpy(*ARENA_PUSH(shape->arena, shape->positions, shape->vertex_count,
                           shape->vertex_capacity),
               mesh->vertices[i].position, sizeof mesh->vertices[i].position);
    for (uint32_t p = 0; p < mesh->part_count; p++) {
        const GalleryPart *part = &mesh->parts[p];
        for (uint32_t i = 0; i < part->index_count; i += 3) {
            const uint32_t *corners = mesh->indices + part->first_index + i;
            uint32_t chart = charts->chart_of[corners[0]];
            LightTriangle triangle = {.surface = chart, .room = room};
            triangle.glow = part->material == GALLERY_GLOW_PANEL  ? LIGHT_PANEL
                            : part->material == GALLERY_GLOW_SKY  ? LIGHT_SKY
                            : part->material == GALLERY_GLOW_LAMP ? LIGHT_LAMP
                                                                  : LIGHT_DARK;
            if (chart != UINT32_MAX)
                triangle.surface += scene->rooms[room].first_surface;
            memcpy(triangle.normal, mesh->vertices[corners[0]].normal, sizeof triangle.normal);
            add_face(scene, shape, arena, &triangle, corners, first_vertex);
        }
    }
}

static void add_room(LightScene *scene, Shape *shape, Arena *arena, uint32_t index)
{
    const Plan *plan = scene->desc->plan;
    LightRoom *room = &scene->rooms[index];
    Scratch scratch = scratch_begin(arena);
    GalleryMesh mesh;
    Charts charts;
    gallery_mesh_make(plan, index, scratch.arena, &mesh);
    ChartsPart *parts = ARENA_ARRAY(scratch.arena, ChartsPart, mesh.part_count);
    for (uint32_t i = 0; i < mesh.part_count; i++)
        parts[i] = (ChartsPart){mesh.parts[i].first_index, mesh.parts[i].index_count,
                                gallery_light_group(mesh.parts[i].material)};
    charts_find(&(ChartsMesh){.position = mesh.vertices->position,
                              .normal = mesh.vertices->normal,
                              .stride_bytes = sizeof *mesh.vertices,
                              .vertex_count = mesh.vertex_count,
                              .indices = mesh.indices,
                              .parts = parts,
                              .part_count = mesh.part_count},
                scratch.arena, &charts);
    place_fine(&texels_of[scene->desc->quality], &charts);
    room->first_surface = scene->surface_count;
    room->surface_count = charts.count;
    room->fine_height = charts.height;
    for (uint32_t i = 0; i < charts.count; i++)
        add_surface(scene, arena, index, &charts.charts[i]);
    add_faces(scene, shape, arena, index, &mesh, &charts);
    scratch_end(scratch);
}

static void add_sky(LightScene *scene)
{
    const PlanSky *sky = &scene->desc->plan->sky;
    float color[3];
    gallery_sky_color(sky, color);
    for (int i = 0; i < 3; i++)
        scene->sky_nits[i] = linear_of_srgb(color[i]) * sky->nits;
}

static void measure_room(LightScene *scene, uint32_t index)
{
    const PlanRoom *plan = &scene->desc->plan->rooms[index];
    LightRoom *room = &scene->rooms[index];
    for (int k = 0; k < 3; k++) {
        room->low[k] = k == 1 ? plan->floor_m : FLT_MAX;
        room->high[k] = k == 1 ? plan->floor_m + plan->height_m : -FLT_MAX;
    }
    for (uint32_t i = 0; i < plan->corner_count; i++) {
        for (int axis = 0; axis < 2; axis++) {
            room->low[axis * 2] = MIN(room->low[axis * 2], plan->corners[i][axis]);
            room->high[axis * 2] = MAX(room->high[axis * 2], plan->corners[i][axis]);
        }
    }
    GalleryPanel panel = gallery_panel(plan);
    float color[3];
    gallery_panel_color(plan, color);
    for (int i = 0; i < 3; i++)
        room->panel_nits[i] =
            panel.is_there ? linear_of_srgb(color[i]) * gallery_panel_nits(&panel) : 0;
}

// ---- lamps

static void add_lamp(LightScene *scene, Arena *arena, const GalleryLamp *from)
{
    static const float degree = 3.14159265f / 180;
    float length = sqrtf(dot(from->direction, from->direction)), linear[3], seen = 0;
    static const float weight[3] = {0.2126f, 0.7152f, 0.0722f};
    if (!(length > 0))
        return;
    LightLamp *lamp = ARENA_PUSH(arena, scene->lamps, scene->lamp_count, scene->lamp_capacity);
    *lamp = (LightLamp){.reach_m = from->reach_m};
    for (int i = 0; i < 3; i++) {
        lamp->position[i] = from->position[i];
        lamp->direction[i] = from->direction[i] / length;
        linear[i] = linear_of_srgb(from->color[i]);
        seen += weight[i] * linear[i];
    }
    // A colour has no brightness of its own: candela are what the eye sees.
    for (int i = 0; i < 3; i++)
        lamp->color_cd[i] = linear[i] * from->intensity_cd / MAX(seen, 1e-4f);
    float inner = from->cone_deg / 2, outer = MIN(inner + from->edge_deg, 85.0f);
    lamp->cos_inner = cosf(MIN(inner, outer - 0.1f) * degree);
    lamp->cos_outer = cosf(outer * degree);
}

static void add_lamps(LightScene *scene, Arena *arena)
{
    enum { MOST_WASHERS = 512 };
    const Plan *plan = scene->desc->plan;
    for (uint32_t i = 0; i < plan->light_count; i++) {
        GalleryLamp lamp = gallery_lamp(&plan->lights[i]);
        add_lamp(scene, arena, &lamp);
    }
    Scratch scratch = scratch_begin(arena);
    GalleryLamp *washers = ARENA_ARRAY(scratch.arena, GalleryLamp, MOST_WASHERS);
    for (uint32_t room = 0; room < plan->room_count; room++) {
        uint32_t count = gallery_washers(&plan->rooms[room], MOST_WASHERS, washers);
        for (uint32_t i = 0; i < count; i++)
            add_lamp(scene, arena, &washers[i]);
    }
    scratch_end(scratch);
}

float light_falloff(const LightLamp *lamp, const float at[3])
{
    float to[3] = {at[0] - lamp->position[0], at[1] - lamp->position[1],
                   at[2] - lamp->position[2]};
    float distance2 = MAX(dot(to, to), 1e-4f), reach2 = lamp->reach_m * lamp->reach_m;
    float along = dot(to, lamp->direction) / sqrtf(distance2);
    float cone = (along - lamp->cos_outer) / (lamp->cos_inner - lamp->cos_outer);
    float window = 1 - distance2 * distance2 / (reach2 * reach2);
    cone = CLAMP(cone, 0.0f, 1.0f);
    window = CLAMP(window, 0.0f, 1.0f);
    return cone * cone * (3 - 2 * cone) * window * window / distance2;
}

// Whether any of a sphere lies in a lamp's cone.
static bool reaches(const LightLamp *lamp, const float center[3], float radius_m)
{
    float to[3] = {center[0] - lamp->position[0], center[1] - lamp->position[1],
                   center[2] - lamp->position[2]};
    float distance2 = dot(to, to), along = dot(to, lamp->direction);
    float far = lamp->reach_m + radius_m;
    if (distance2 > far * far)
        return false;
    if (distance2 <= radius_m * radius_m)
        return true;
    float sine = sqrtf(MAX(1 - lamp->cos_outer * lamp->cos_outer, 0.0f));
    float aside = sqrtf(MAX(distance2 - along * along, 0.0f));
    return aside * lamp->cos_outer - along * sine < radius_m && along > -radius_m;
}

static void find_lamps(LightScene *scene, Arena *arena, LightSurface *surface)
{
    Chart chart = surface->coarse;
    float middle[3], radius_m;
    float u = (chart.low[0] + chart.high[0]) / 2, v = (chart.low[1] + chart.high[1]) / 2;
    for (int k = 0; k < 3; k++)
        middle[k] = chart.normal[k] * chart.distance + chart.u[k] * u + chart.v[k] * v;
    radius_m = hypotf(chart.high[0] - chart.low[0], chart.high[1] - chart.low[1]) / 2;
    surface->first_lamp = scene->lamps_of_count;
    for (uint32_t i = 0; i < scene->lamp_count; i++) {
        const LightLamp *lamp = &scene->lamps[i];
        float height = dot(lamp->position, chart.normal) - chart.distance;
        if (height < 0.001f || !reaches(lamp, middle, radius_m))
            continue;
        *ARENA_PUSH(arena, scene->lamps_of, scene->lamps_of_count, scene->lamps_of_capacity) =
            i;
    }
    surface->lamp_count = scene->lamps_of_count - surface->first_lamp;
}

// ---- rays

static RTCGeometry make_geometry(RTCDevice device, const float (*positions)[3],
                                 size_t vertex_count, const uint32_t *indices, size_t faces)
{
    RTCGeometry geometry = rtcNewGeometry(device, RTC_GEOMETRY_TYPE_TRIANGLE);
    void *vertices = rtcSetNewGeometryBuffer(geometry, RTC_BUFFER_TYPE_VERTEX, 0,
                                             RTC_FORMAT_FLOAT3, 12, vertex_count);
    void *corners = rtcSetNewGeometryBuffer(geometry, RTC_BUFFER_TYPE_INDEX, 0,
                                            RTC_FORMAT_UINT3, 12, faces);
    if (vertices && corners) {
        memcpy(vertices, positions, vertex_count * 12);
        memcpy(corners, indices, faces * 12);
        rtcCommitGeometry(geometry);
    }
    return geometry;
}

static void attach(RTCScene scene, RTCGeometry geometry, unsigned id)
{
    rtcAttachGeometryByID(scene, geometry, id);
}

NODISCARD static Status build_scenes(LightScene *scene, const Shape *shape)
{
    // One thread: the same tree every time, and so the same hit where two are equally near.
    scene->device = rtcNewDevice("threads=1");
    if (!scene->device)
        return FAIL(ERR_UNSUPPORTED, "Embree does not work on this machine (error %d)",
                    (int)rtcGetDeviceError(NULL));
    scene->scene = rtcNewScene(scene->device);
    scene->bare = rtcNewScene(scene->device);
    RTCGeometry rooms = make_geometry(scene->device, (const float(*)[3])shape->positions,
                                      shape->vertex_count, shape->faces[0], shape->face_count);
    attach(scene->scene, rooms, 0);
    attach(scene->bare, rooms, 0);
    rtcReleaseGeometry(rooms);
    for (uint32_t i = 0; i < scene->desc->plan->place_count && scene->desc->blockers; i++) {
        const LightBlocker *blocker = &scene->desc->blockers[i];
        if (!blocker->index_count)
            continue;
        RTCGeometry piece =
            make_geometry(scene->device, (const float(*)[3])blocker->positions,
                          blocker->vertex_count, blocker->indices, blocker->index_count / 3);
        attach(scene->scene, piece, i + 1);
        rtcReleaseGeometry(piece);
    }
    rtcCommitScene(scene->scene);
    rtcCommitScene(scene->bare);
    enum RTCError error = rtcGetDeviceError(scene->device);
    return error == RTC_ERROR_NONE
               ? OK
               : FAIL(ERR_LIMIT, "Embree refuses these rooms (error %d)", (int)error);
}

Status light_scene_make(const LightDesc *desc, Arena *arena, LightScene *out)
{
    LightScene *scene = out;
    Arena own = {0}; // grows while scratch memory comes and goes
    Shape shape = {.arena = &own};
    *scene = (LightScene){.desc = desc,
                          .rooms = ARENA_ARRAY(arena, LightRoom, desc->plan->room_count)};
    for (uint32_t i = 0; i < desc->plan->room_count; i++) {
        measure_room(scene, i);
        add_room(scene, &shape, arena, i);
    }
    add_lamps(scene, arena);
    add_sky(scene);
    for (uint32_t i = 0; i < scene->surface_count; i++)
        find_lamps(scene, arena, &scene->surfaces[i]);
    scene->direct = arena_alloc(arena, scene->texel_count * sizeof *scene->direct, 16);
    scene->bounced = arena_alloc(arena, scene->texel_count * sizeof *scene->bounced, 16);
    scene->is_valid = ARENA_ARRAY(arena, bool, scene->texel_count);
    Status status = build_scenes(scene, &shape);
    arena_drop(&own);
    return status;
}

void light_scene_drop(LightScene *scene)
{
    if (scene->scene)
        rtcReleaseScene(scene->scene);
    if (scene->bare)
        rtcReleaseScene(scene->bare);
    if (scene->device)
        rtcReleaseDevice(scene->device);
    *scene = (LightScene){0};
}

LightHit light_shoot(const LightScene *scene, const LightRay *ray, bool sees_pieces)
{
    struct RTCIntersectContext context;
    LightHit out = {.met = LIGHT_NOTHING};
    struct RTCRayHit query = {.ray = {.org_x = ray->from[0],
                                      .org_y = ray->from[1],
                                      .org_z = ray->from[2],
                                      .dir_x = ray->along[0],
                                      .dir_y = ray->along[1],
                                      .dir_z = ray->along[2],
                                      .tfar = ray->reach_m,
                                      .mask = UINT32_MAX},
                              .hit = {.geomID = RTC_INVALID_GEOMETRY_ID}};
    // Embree stops the program at what is no number; such a ray meets nothing.
    float sum = 0;
    for (int i = 0; i < 3; i++)
        sum += ray->from[i] + ray->along[i];
    if (!isfinite(sum) || dot(ray->along, ray->along) < 0.25f)
        return out;
    rtcInitIntersectContext(&context);
    rtcIntersect1(sees_pieces ? scene->scene : scene->bare, &context, &query);
    if (query.hit.geomID == RTC_INVALID_GEOMETRY_ID)
        return out;
    for (int i = 0; i < 3; i++)
        out.at[i] = ray->from[i] + ray->along[i] * query.ray.tfar;
    if (query.hit.geomID > 0) {
        out.met = LIGHT_PIECE;
        return out;
    }
    out.triangle = query.hit.primID;
    out.up = ray->along[1];
    bool is_front = dot(scene->triangles[out.triangle].normal, ray->along) < 0;
    out.met = is_front ? LIGHT_ROOM : LIGHT_INSIDE;
    return out;
}

void light_seen(const LightScene *scene, const LightHit *hit, float out[3])
{
    const LightTriangle *triangle = &scene->triangles[hit->triangle];
    memset(out, 0, 3 * sizeof *out);
    if (triangle->glow == LIGHT_PANEL)
        memcpy(out, scene->rooms[triangle->room].panel_nits, 3 * sizeof *out);
    for (int i = 0; i < 3 && triangle->glow == LIGHT_SKY; i++)
        out[i] = scene->sky_nits[i] * gallery_sky_share(hit->up);
    if (triangle->surface == UINT32_MAX)
        return;
    const LightSurface *surface = &scene->surfaces[triangle->surface];
    float at[2];
    charts_texel(&surface->coarse, hit->at, at);
    int x = CLAMP((int)at[0], 0, surface->coarse.size[0] - 1);
    int y = CLAMP((int)at[1], 0, surface->coarse.size[1] - 1);
    size_t texel = surface->first + (size_t)y * (size_t)surface->coarse.size[0] + (size_t)x;
    for (int i = 0; i < 3; i++) {
        float lux = scene->direct[texel][i] + scene->bounced[texel][i];
        out[i] = MIN(lux * surface->albedo[i], MOST_EXITANCE) * 0.318309886f;
    }
}
