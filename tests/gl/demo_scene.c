// demo_scene.c: a small lit room with a knot on every plinth.

#include "gl/demo_scene.h"

#include <math.h>
#include <string.h>

static const float PI = 3.14159265f;
static const float ROOM[3] = {8.4f, 3.7f, 6.6f}; // x and z around the origin
static const float PLINTH_M[3] = {0.42f, 1.02f, 0.42f};

// ---- building

typedef struct Builder {
    Arena *arena;
    RenderVertex *vertices;
    uint32_t vertex_count, vertex_capacity;
    uint32_t *indices;
    uint32_t index_count, index_capacity;
    RenderMeshPart *parts;
    uint32_t part_count, part_capacity;
} Builder;

static void begin_part(Builder *b, RenderMaterialKind kind, const float color[3])
{
    RenderMeshPart *part = ARENA_PUSH(b->arena, b->parts, b->part_count, b->part_capacity);
    *part = (RenderMeshPart){.first_index = b->index_count, .material = {.kind = kind}};
    if (color)
        memcpy(part->material.color, color, sizeof part->material.color);
}

static void end_part(Builder *b)
{
    RenderMeshPart *part = &b->parts[b->part_count - 1];
    part->index_count = b->index_count - part->first_index;
}

// A grid over a rectangle, so that corners can be shaded: c + u * [-1..1] + v * [-1..1].
typedef struct Sheet {
    float c[3], u[3], v[3];
    int cells;     // along each edge
    float shade_m; // how far corners reach; 0: none
} Sheet;

static float length3f(const float v[3])
{
    return sqrtf(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
}

static void add_sheet(Builder *b, const Sheet *sheet)
{
    const float *u = sheet->u, *v = sheet->v;
    float n[3] = {u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2],
                  u[0] * v[1] - u[1] * v[0]};
    float length = length3f(n), half_u = length3f(u), half_v = length3f(v);
    uint32_t first = b->vertex_count;
    int cells = sheet->cells > 0 ? sheet->cells : 1;
    for (int i = 0; i < (cells + 1) * (cells + 1); i++) {
        float s = (float)(i % (cells + 1)) * 2 / (float)cells - 1;
        float t = (float)(i / (cells + 1)) * 2 / (float)cells - 1;
        // Denser towards the edges, where the shading changes.
        s = sinf(s * PI / 2);
        t = sinf(t * PI / 2);
        RenderVertex *vertex =
            ARENA_PUSH(b->arena, b->vertices, b->vertex_count, b->vertex_capacity);
        for (int k = 0; k < 3; k++) {
            vertex->position[k] = sheet->c[k] + u[k] * s + v[k] * t;
            vertex->normal[k] = n[k] / length;
        }
        vertex->uv_m[0] = s * half_u;
        vertex->uv_m[1] = t * half_v;
        if (sheet->shade_m > 0) {
            float edge_u = (1 - fabsf(s)) * half_u, edge_v = (1 - fabsf(t)) * half_v;
            float open = (1 - 0.34f * expf(-edge_u / sheet->shade_m)) *
                         (1 - 0.34f * expf(-edge_v / sheet->shade_m));
            vertex->shade = 1 - open;
        }
    }
    for (int y = 0; y < cells; y++) {
        for (int x = 0; x < cells; x++) {
            uint32_t a = first + (uint32_t)(y * (cells + 1) + x), row = (uint32_t)cells + 1;
            uint32_t quad[6] = {a, a + 1, a + row + 1, a, a + row + 1, a + row};
            for (int k = 0; k < 6; k++)
                *ARENA_PUSH(b->arena, b->indices, b->index_count, b->index_capacity) = quad[k];
        }
    }
}

// The five sides of a box that stands: all but the bottom.
static void add_box(Builder *b, const float foot[3], const float size[3])
{
    float x = size[0] / 2, y = size[1] / 2, z = size[2] / 2;
    float cx = foot[0], cy = foot[1] + y, cz = foot[2];
    add_sheet(b, &(Sheet){.c = {cx, cy, cz + z}, .u = {x, 0, 0}, .v = {0, y, 0}});
    add_sheet(b, &(Sheet){.c = {cx, cy, cz - z}, .u = {-x, 0, 0}, .v = {0, y, 0}});
    add_sheet(b, &(Sheet){.c = {cx + x, cy, cz}, .u = {0, 0, -z}, .v = {0, y, 0}});
    add_sheet(b, &(Sheet){.c = {cx - x, cy, cz}, .u = {0, 0, z}, .v = {0, y, 0}});
    add_sheet(b, &(Sheet){.c = {cx, cy + y, cz}, .u = {x, 0, 0}, .v = {0, 0, -z}});
}

static void add_walls(Builder *b, const DemoLook *look)
{
    float x = ROOM[0] / 2, y = ROOM[1] / 2, z = ROOM[2] / 2;
    static const float CEILING[3] = {0.93f, 0.925f, 0.91f};
    begin_part(b, look->floor, NULL);
    add_sheet(b, &(Sheet){{0, 0, 0}, {x, 0, 0}, {0, 0, -z}, 1, 0});
    end_part(b);
    begin_part(b, RENDER_PLASTER, CEILING);
    add_sheet(b, &(Sheet){{0, 2 * y, 0}, {x, 0, 0}, {0, 0, z}, 12, 0.30f});
    end_part(b);
    const Sheet walls[] = {{{0, y, -z}, {x, 0, 0}, {0, y, 0}, 12, 0.28f},
                           {{0, y, z}, {-x, 0, 0}, {0, y, 0}, 12, 0.28f},
                           {{-x, y, 0}, {0, 0, -z}, {0, y, 0}, 12, 0.28f},
                           {{x, y, 0}, {0, 0, z}, {0, y, 0}, 12, 0.28f}};
    for (int i = 0; i < 4; i++) {
        begin_part(b, RENDER_PLASTER, look->wall_color);
        add_sheet(b, &walls[i]);
        end_part(b);
    }
    static const float SKIRT[3] = {0.16f, 0.155f, 0.15f};
    begin_part(b, RENDER_PAINTED_WOOD, SKIRT);
    add_box(b, (float[3]){0, 0, -z + 0.007f}, (float[3]){ROOM[0], 0.11f, 0.014f});
    add_box(b, (float[3]){-x + 0.007f, 0, 0}, (float[3]){0.014f, 0.11f, ROOM[2]});
    add_box(b, (float[3]){x - 0.007f, 0, 0}, (float[3]){0.014f, 0.11f, ROOM[2]});
    end_part(b);
}

static void place_of(int piece, int count, float out[3])
{
    int a_row = count > 4 ? 4 : count;
    out[0] = ((float)(piece % a_row) - (float)(a_row - 1) / 2) * 1.75f;
    out[1] = 0;
    out[2] = piece / a_row ? 1.0f : -1.35f;
}

static RenderMesh make_room(Render *render, const DemoLook *look, Status *status)
{
    Scratch scratch = scratch_begin(NULL);
    Builder b = {.arena = scratch.arena};
    add_walls(&b, look);
    begin_part(&b, RENDER_PAINTED_WOOD, NULL);
    for (int i = 0; i < look->piece_count; i++) {
        float foot[3];
        place_of(i, look->piece_count, foot);
        foot[1] = 0.015f; // a shadow gap
        add_box(&b, foot, PLINTH_M);
    }
    end_part(&b);
    begin_part(&b, RENDER_METAL, NULL);
    for (int i = 0; i < look->piece_count; i++) {
        float foot[3];
        place_of(i, look->piece_count, foot);
        add_box(&b, foot, (float[3]){PLINTH_M[0] - 0.04f, 0.02f, PLINTH_M[2] - 0.04f});
    }
    end_part(&b);
    begin_part(&b, RENDER_EMISSIVE, NULL);
    add_sheet(&b,
              &(Sheet){.c = {0, ROOM[1] - 0.005f, 0}, .u = {1.6f, 0, 0}, .v = {0, 0, 0.55f}});
    end_part(&b);
    RenderMesh mesh = {0};
    *status = render_make_mesh(render,
                               &(RenderMeshDesc){.vertices = b.vertices,
                                                 .vertex_count = b.vertex_count,
                                                 .indices = b.indices,
                                                 .index_count = b.index_count,
                                                 .parts = b.parts,
                                                 .part_count = b.part_count,
                                                 .label = "demo room"},
                               &mesh);
    scratch_end(scratch);
    return mesh;
}

// ---- light

static Status light_room(Render *render, const DemoLook *look)
{
    RenderLight lights[24] = {0};
    RenderBlock blocks[8] = {0};
    uint32_t count = 0;
    for (int i = 0; i < look->piece_count; i++) {
        float foot[3];
        place_of(i, look->piece_count, foot);
        blocks[i] = (RenderBlock){.center = {foot[0], 0, foot[2]},
                                  .half_size = {PLINTH_M[0] / 2, PLINTH_M[2] / 2},
                                  .height_m = PLINTH_M[1]};
        RenderLight *light = &lights[count++];
        *light = (RenderLight){.position = {foot[0] + 0.75f, ROOM[1] - 0.2f, foot[2] + 1.1f},
                               .intensity_cd = 2300,
                               .cone_deg = 13,
                               .edge_deg = 9,
                               .has_shadow = true};
        for (int k = 0; k < 3; k++)
            light->direction[k] =
                foot[k] + (k == 1 ? PLINTH_M[1] + 0.1f : 0) - light->position[k];
    }
    for (int i = 0; i < 4; i++) // wall washers
        lights[count++] = (RenderLight){
            .position = {-3.0f + 2.0f * (float)i, ROOM[1] - 0.15f, -ROOM[2] / 2 + 1.1f},
            .direction = {0, -1.5f, -1.1f},
            .intensity_cd = 900,
            .cone_deg = 26,
            .edge_deg = 22};
    RenderRoom room = {.low = {-ROOM[0] / 2, 0, -ROOM[2] / 2},
                       .high = {ROOM[0] / 2, ROOM[1], ROOM[2] / 2},
                       .floor_color = {0.66f, 0.52f, 0.38f},
                       .ceiling_color = {0.93f, 0.925f, 0.91f},
                       .fill_lux = 8};
    memcpy(room.wall_color, look->wall_color, sizeof room.wall_color);
    RenderPanel panel = {.center = {0, ROOM[1] - 0.005f, 0},
                         .half_u = {1.6f, 0, 0},
                         .half_v = {0, 0, 0.55f},
                         .luminance_nits = 420};
    return render_set_house(render, &(RenderHouse){.lights = lights,
                                                   .light_count = count,
                                                   .rooms = &room,
                                                   .room_count = 1,
                                                   .panels = &panel,
                                                   .panel_count = 1,
                                                   .blocks = blocks,
                                                   .block_count = (uint32_t)look->piece_count});
}

// ---- the knot

static void knot_point(float t, float out[3])
{
    float r = 0.62f + 0.25f * cosf(3 * t);
    out[0] = r * cosf(2 * t);
    out[1] = 0.30f * sinf(3 * t);
    out[2] = r * sinf(2 * t);
}

static void knot_surface(float t, float s, float out[3])
{
    float at[3], ahead[3], along[3], side[3], up[3] = {0, 1, 0}, out_wards[3];
    knot_point(t, at);
    knot_point(t + 0.01f, ahead);
    for (int k = 0; k < 3; k++)
        along[k] = ahead[k] - at[k];
    float length = length3f(along);
    for (int k = 0; k < 3; k++)
        along[k] /= length;
    side[0] = along[1] * up[2] - along[2] * up[1];
    side[1] = along[2] * up[0] - along[0] * up[2];
    side[2] = along[0] * up[1] - along[1] * up[0];
    length = length3f(side);
    for (int k = 0; k < 3; k++)
        side[k] /= length;
    for (int k = 0; k < 3; k++) {
        int a = (k + 1) % 3, b = (k + 2) % 3;
        out_wards[k] = side[a] * along[b] - side[b] * along[a];
    }
    float relief = 0.006f * sinf(18 * t) * cosf(6 * s + 9 * t);
    float radius = 0.155f + 0.02f * cosf(s * 2 + t * 3) + relief;
    for (int k = 0; k < 3; k++)
        out[k] = at[k] + radius * (cosf(s) * side[k] + sinf(s) * out_wards[k]);
}

MeshPage demo_knot(float size_m, Arena *arena)
{
    enum { ALONG = 168, AROUND = 24 };
    MeshPage page = {.step_m = size_m / 40000,
                     .vertex_count = ALONG * AROUND,
                     .index_count = ALONG * AROUND * 6};
    float scale = size_m / 2.1f;
    for (int k = 0; k < 3; k++)
        page.origin_m[k] = k == 1 ? 0 : -size_m / 2;
    page.vertices = ARENA_ARRAY(arena, MeshVertex, page.vertex_count);
    page.indices = ARENA_ARRAY(arena, uint16_t, page.index_count);
    for (int i = 0; i < ALONG * AROUND; i++) {
        float t = (float)(i / AROUND) * 2 * PI / ALONG,
              s = (float)(i % AROUND) * 2 * PI / AROUND;
        float at[3], by_t[3], by_s[3], normal[3];
        knot_surface(t, s, at);
        knot_surface(t + 0.002f, s, by_t);
        knot_surface(t, s + 0.002f, by_s);
        for (int k = 0; k < 3; k++) {
            by_t[k] -= at[k];
            by_s[k] -= at[k];
        }
        for (int k = 0; k < 3; k++) {
            int a = (k + 1) % 3, b = (k + 2) % 3;
            normal[k] = by_t[a] * by_s[b] - by_t[b] * by_s[a];
            float place = at[k] * scale + (k == 1 ? 0.46f * scale : 0);
            page.vertices[i].position[k] =
                (uint16_t)lrintf((place - page.origin_m[k]) / page.step_m);
        }
        float length = length3f(normal);
        for (int k = 0; k < 3; k++)
            normal[k] /= length;
        mesh_encode_normal(normal, page.vertices[i].normal);
    }
    for (int i = 0; i < ALONG * AROUND; i++) {
        int t = i / AROUND, s = i % AROUND, next_t = (t + 1) % ALONG, next_s = (s + 1) % AROUND;
        uint16_t a = (uint16_t)i, b = (uint16_t)(next_t * AROUND + s),
                 c = (uint16_t)(next_t * AROUND + next_s), d = (uint16_t)(t * AROUND + next_s);
        const uint16_t quad[6] = {a, c, d, a, b, c};
        memcpy(page.indices + i * 6, quad, sizeof quad);
    }
    return page;
}

// ---- the scene

static void place_piece(DemoScene *scene, int i, int count)
{
    static const float colors[4][3] = {{0.88f, 0.86f, 0.82f},
                                       {0.62f, 0.40f, 0.26f},
                                       {0.83f, 0.66f, 0.40f},
                                       {0.30f, 0.36f, 0.35f}};
    static const float roughness[4] = {0.42f, 0.55f, 0.28f, 0.5f};
    float foot[3];
    place_of(i, count, foot);
    double at[3] = {foot[0], PLINTH_M[1] + 0.015f, foot[2]};
    RenderSculpture *piece = &scene->sculptures[i];
    *piece = (RenderSculpture){.placement = placement_make(at, 0.7f * (float)i, 1),
                               .center = {at[0], at[1] + 0.06, at[2]},
                               .radius_m = 0.16f,
                               .draws = {0, 1},
                               .roughness = roughness[i % 4],
                               .metal = i % 4 == 2 ? 1 : 0};
    memcpy(piece->color, colors[i % 4], sizeof piece->color);
    scene->cases[i] = (RenderCase){.center = {foot[0], (float)at[1], foot[2]},
                                   .half_size = {0.19f, 0.19f, 0.19f}};
    scene->contacts[i] = (RenderContact){.center = {foot[0], (float)at[1] + 0.0006f, foot[2]},
                                         .half_size = {0.125f, 0.125f},
                                         .strength = 0.45f};
    // A small card on the plinth's front.
    scene->cards[i] = (RenderCard){
        .center = {foot[0], PLINTH_M[1] - 0.18f, foot[2] + PLINTH_M[2] / 2 + 0.002f},
        .half_u = {0.09f, 0, 0},
        .half_v = {0, 0.055f, 0}};
}

Status demo_scene_make(Render *render, const DemoLook *look, Arena *arena, DemoScene **out)
{
    DemoScene *scene = ARENA_NEW(arena, DemoScene);
    Status status;
    scene->meshes[0] = (RenderMeshDraw){.mesh = make_room(render, look, &status)};
    TRY(status);
    TRY(light_room(render, look));
    MeshPage knot = demo_knot(0.22f, arena);
    render_upload_page(render, 0, &knot, NULL);
    scene->draws[0] = (RenderClusterDraw){0, 0, knot.index_count};
    for (int i = 0; i < look->piece_count; i++)
        place_piece(scene, i, look->piece_count);
    uint32_t count = (uint32_t)look->piece_count;
    scene->list = (RenderList){.meshes = scene->meshes,
                               .mesh_count = 1,
                               .sculptures = scene->sculptures,
                               .sculpture_count = count,
                               .cluster_draws = scene->draws,
                               .cluster_draw_count = 1,
                               .cases = scene->cases,
                               .case_count = look->has_cases ? count : 0,
                               .cards = scene->cards,
                               .card_count = count,
                               .contacts = scene->contacts,
                               .contact_count = count};
    *out = scene;
    return OK;
}

void demo_scene_look(DemoScene *scene, const double eye[3], const double target[3], int width,
                     int height, float fov_deg)
{
    Camera camera = {.fov_y = fov_deg * PI / 180, .near_m = 0.02f, .far_m = 40};
    memcpy(camera.position, eye, sizeof camera.position);
    camera_look_at(&camera, target);
    Viewport viewport = {0, 0, (float)width, (float)height};
    scene->list.width_px = width;
    scene->list.height_px = height;
    scene->list.view.camera = camera_view(&camera, &viewport);
}
