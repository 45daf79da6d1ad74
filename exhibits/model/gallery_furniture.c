// gallery_furniture.c: putting triangles together, and what stands or hangs in a room besides
// stands (gallery_stand.c) and lamps (gallery_lamp.c): labels, benches, rails, boards.

#include "exhibits/model/gallery_build.h"
#include "exhibits/model/gallery_text.h"

#include <math.h>
#include <string.h>

#define SHADE_DEPTH 0.20f  // how dark the line where two walls meet is
#define SHADE_REACH_M 0.3f // how far from it the shade reaches
#define SHADE_END_M 3.0f   // and where there is nothing left of it
#define RAIL_POST_EVERY_M 1.4f
#define PLATE_THICK_M 0.005f

// ---- shade

static float shade_by(float distance, float facing)
{
    if (distance > SHADE_END_M)
        return 1;
    return 1 - SHADE_DEPTH * (1 - fabsf(facing)) * expf(-MAX(distance, 0) / SHADE_REACH_M);
}

// What the floor, the ceiling and the walls take from a point facing `normal`.
static float shade_at(const Builder *builder, const float at[3], const float normal[3])
{
    const PlanRoom *room = builder->room;
    float open = shade_by(at[1], normal[1]) * shade_by(room->height_m - at[1], normal[1]);
    for (uint32_t i = 0; i < room->corner_count; i++) {
        const float *a = room->corners[i], *b = room->corners[(i + 1) % room->corner_count];
        float edge[2] = {b[0] - a[0], b[1] - a[1]}, to[2] = {at[0] - a[0], at[2] - a[1]};
        float length = sqrtf(edge[0] * edge[0] + edge[1] * edge[1]);
        float t = CLAMP((to[0] * edge[0] + to[1] * edge[1]) / (length * length), 0.0f, 1.0f);
        float away[2] = {to[0] - t * edge[0], to[1] - t * edge[1]};
        float distance = sqrtf(away[0] * away[0] + away[1] * away[1]);
        float facing = (normal[0] * edge[1] - normal[2] * edge[0]) / length;
        open *= shade_by(distance, facing);
    }
    return 1 - open;
}

// ---- triangles

void build_begin_surface(Builder *builder, int material, GalleryUse use)
{
    GalleryMesh *mesh = &builder->mesh;
    *ARENA_PUSH(builder->arena, mesh->parts, mesh->part_count, builder->part_capacity) =
        (GalleryPart){.first_index = mesh->index_count, .material = material, .use = use};
    builder->has_last = false;
    builder->uv_scale = 1;
}

void build_begin_part(Builder *builder, int material)
{
    build_begin_surface(builder, material, GALLERY_ON_THING);
}

void build_end_part(Builder *builder)
{
    GalleryMesh *mesh = &builder->mesh;
    GalleryPart *part = &mesh->parts[mesh->part_count - 1];
    part->index_count = mesh->index_count - part->first_index;
    if (part->index_count == 0)
        mesh->part_count--;
}

static uint32_t add_vertex(Builder *builder, const float at[3], const float normal[3],
                           const float uv[2])
{
    GalleryMesh *mesh = &builder->mesh;
    GalleryVertex *vertex = ARENA_PUSH(builder->arena, mesh->vertices, mesh->vertex_count,
                                       builder->vertex_capacity);
    memcpy(vertex->position, at, sizeof vertex->position);
    vertex->position[1] += builder->room->floor_m;
    memcpy(vertex->normal, normal, sizeof vertex->normal);
    for (int i = 0; i < 2; i++)
        vertex->uv_m[i] = uv[i] * builder->uv_scale;
    vertex->shade = shade_at(builder, at, normal);
    return mesh->vertex_count - 1;
}

static void add_face(Builder *builder, uint32_t a, uint32_t b, uint32_t c)
{
    GalleryMesh *mesh = &builder->mesh;
    const float *pa = mesh->vertices[a].position, *pb = mesh->vertices[b].position;
    const float *pc = mesh->vertices[c].position, *normal = mesh->vertices[a].normal;
    float u[3], v[3];
    for (int i = 0; i < 3; i++) {
        u[i] = pb[i] - pa[i];
        v[i] = pc[i] - pa[i];
    }
    float facing = (u[1] * v[2] - u[2] * v[1]) * normal[0] +
                   (u[2] * v[0] - u[0] * v[2]) * normal[1] +
                   (u[0] * v[1] - u[1] * v[0]) * normal[2];
    uint32_t face[3] = {a, facing < 0 ? c : b, facing < 0 ? b : c};
    for (int i = 0; i < 3; i++)
        *ARENA_PUSH(builder->arena, mesh->indices, mesh->index_count, builder->index_capacity) =
            face[i];
}

static uint32_t flat_vertex(Builder *builder, const float at[3], const float normal[3])
{
    for (int i = 0; i < 3 && builder->has_last; i++) {
        uint32_t vertex = builder->last_vertices[i];
        if (!memcmp(builder->last[i], at, sizeof builder->last[i]) &&
            !memcmp(builder->mesh.vertices[vertex].normal, normal, 3 * sizeof *normal))
            return vertex;
    }
    return add_vertex(builder, at, normal, (float[2]){at[0], at[2]});
}

void build_triangle(Builder *builder, const float corners[3][3], const float normal[3])
{
    uint32_t face[3];
    for (int i = 0; i < 3; i++)
        face[i] = flat_vertex(builder, corners[i], normal);
    add_face(builder, face[0], face[1], face[2]);
    memcpy(builder->last, corners, sizeof builder->last);
    memcpy(builder->last_vertices, face, sizeof builder->last_vertices);
    builder->has_last = true;
}

static float length_of(const float v[3])
{
    return sqrtf(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
}

void build_patch(Builder *builder, const Patch *patch)
{
    float length[2] = {length_of(patch->u), length_of(patch->v)};
    float u_scale = patch->u_scale > 0 ? patch->u_scale : 1;
    int count[2];
    for (int i = 0; i < 2; i++)
        count[i] = MAX(1, (int)ceilf(length[i] / patch->step_m - 1e-3f));
    uint32_t first = builder->mesh.vertex_count;
    for (int row = 0; row <= count[1]; row++) {
        for (int column = 0; column <= count[0]; column++) {
            float s = (float)column / (float)count[0], t = (float)row / (float)count[1], at[3];
            for (int i = 0; i < 3; i++)
                at[i] = patch->base[i] + patch->u[i] * s + patch->v[i] * t;
            add_vertex(builder, at, patch->normal,
                       (float[2]){patch->uv[0] + s * length[0] * u_scale,
                                  patch->uv[1] + t * length[1]});
        }
    }
    uint32_t wide = (uint32_t)count[0] + 1;
    for (uint32_t row = 0; row < (uint32_t)count[1]; row++) {
        for (uint32_t column = 0; column < (uint32_t)count[0]; column++) {
            uint32_t at = first + row * wide + column;
            add_face(builder, at, at + 1, at + wide + 1);
            add_face(builder, at, at + wide + 1, at + wide);
        }
    }
}

void build_quad(Builder *builder, const float corners[4][3], const float normal[3],
                const float uv[4][2])
{
    uint32_t first = 0;
    for (int i = 0; i < 4; i++) {
        uint32_t vertex = add_vertex(builder, corners[i], normal, uv[i]);
        first = i ? first : vertex;
    }
    add_face(builder, first, first + 1, first + 2);
    add_face(builder, first, first + 2, first + 3);
}

void build_fan(Builder *builder, const float (*corners)[3], int count, const float normal[3])
{
    uint32_t first = builder->mesh.vertex_count;
    for (int i = 0; i < count; i++)
        add_vertex(builder, corners[i], normal, (float[2]){corners[i][0], corners[i][2]});
    for (int i = 1; i + 1 < count; i++)
        add_face(builder, first, first + (uint32_t)i, first + (uint32_t)i + 1);
}

// ---- boxes, also tilted ones

typedef struct Frame {
    float center[3];
    float axes[3][3]; // unit: width, height, depth
    float half[3];
} Frame;

static void add_side(Builder *builder, const Frame *frame, int axis, float sign)
{
    int u = (axis + 1) % 3, v = (axis + 2) % 3;
    if (u == 1) { // height runs along v, so that grain and boards stand upright
        u = v;
        v = 1;
    }
    Patch patch = {.step_m = 0.5f};
    for (int i = 0; i < 3; i++) {
        patch.normal[i] = frame->axes[axis][i] * sign;
        patch.u[i] = frame->axes[u][i] * 2 * frame->half[u];
        patch.v[i] = frame->axes[v][i] * 2 * frame->half[v];
        patch.base[i] = frame->center[i] + patch.normal[i] * frame->half[axis] -
                        (patch.u[i] + patch.v[i]) / 2;
    }
    build_patch(builder, &patch);
}

static Frame frame_of(const Box *box)
{
    float s = sinf(box->yaw), c = cosf(box->yaw);
    float rise = sinf(box->pitch), run = cosf(box->pitch);
    Frame frame = {.axes = {{c, 0, -s}, {-s * rise, run, -c * rise}, {s * run, rise, c * run}}};
    memcpy(frame.center, box->center, sizeof frame.center);
    memcpy(frame.half, box->half, sizeof frame.half);
    return frame;
}

void build_box(Builder *builder, const Box *box)
{
    Frame frame = frame_of(box);
    for (int axis = 0; axis < 3; axis++) {
        for (int side = -1; side <= 1; side += 2) {
            if ((axis == 1 && side < 0 && box->has_no_bottom) ||
                (axis == 1 && side > 0 && box->has_no_top) ||
                (axis == 2 && side > 0 && box->has_no_front))
                continue;
            add_side(builder, &frame, axis, (float)side);
        }
    }
}

void build_box_front(Builder *builder, const Box *box)
{
    Frame frame = frame_of(box);
    add_side(builder, &frame, 2, 1);
}

// ---- labels

// The plate behind a label's paper: its front is a hair behind label_position.
static void add_plate(Builder *builder, const PlanPlace *place)
{
    if (place->label_size_m[0] <= 0)
        return;
    float s = sinf(place->label_yaw), c = cosf(place->label_yaw);
    float lean = sinf(place->label_tilt), rise = cosf(place->label_tilt);
    Frame frame = {
        .axes = {{c, 0, -s}, {-s * lean, rise, -c * lean}, {s * rise, lean, c * rise}},
        .half = {place->label_size_m[0] / 2 + 0.004f, place->label_size_m[1] / 2 + 0.004f,
                 PLATE_THICK_M / 2},
    };
    for (int i = 0; i < 3; i++)
        frame.center[i] =
            place->label_position[i] - frame.axes[2][i] * (PLATE_THICK_M / 2 + 0.001f);
    build_begin_part(builder, GALLERY_METAL);
    for (int axis = 0; axis < 3; axis++) {
        add_side(builder, &frame, axis, -1);
        add_side(builder, &frame, axis, 1);
    }
    if (place->label_has_post)
        build_box(builder,
                  &(Box){.center = {frame.center[0] - s * 0.02f, frame.center[1] / 2 - 0.01f,
                                    frame.center[2] - c * 0.02f},
                         .half = {0.012f, frame.center[1] / 2 - 0.01f, 0.012f},
                         .yaw = place->label_yaw,
                         .has_no_bottom = true});
    build_end_part(builder);
}

// ---- benches, rails, boards

// A box in a bench's own frame: its middle along it, over the floor, and its halves.
static void add_piece(Builder *builder, const PlanBench *bench, float along, float over,
                      const float half[3])
{
    float s = sinf(bench->yaw), c = cosf(bench->yaw);
    build_box(builder, &(Box){.center = {bench->position[0] + along * c, over,
                                         bench->position[1] - along * s},
                              .half = {half[0], half[1], half[2]},
                              .yaw = bench->yaw,
                              .has_no_bottom = over - half[1] < 1e-4f});
}

// A seat of oak, or of cloth on a frame, on two legs.
static void add_bench(Builder *builder, const PlanBench *bench)
{
    bool is_padded = bench->kind == PLAN_PADDED_BENCH;
    float half_x = bench->size_m[0] / 2, half_z = bench->size_m[2] / 2, high = bench->size_m[1];
    float seat = MIN(is_padded ? 0.11f : 0.06f, high / 3), leg = 0.055f;
    build_begin_part(builder, is_padded ? GALLERY_CUSHION : (int)PLAN_OAK_LIGHT);
    add_piece(builder, bench, 0, high - seat / 2, (float[3]){half_x, seat / 2, half_z});
    build_end_part(builder);
    build_begin_part(builder, is_padded ? GALLERY_METAL : (int)PLAN_OAK_LIGHT);
    for (int side = -1; side <= 1; side += 2)
        add_piece(builder, bench, (float)side * (half_x - 0.18f), (high - seat) / 2,
                  (float[3]){(is_padded ? 0.03f : leg) / 2, (high - seat) / 2, half_z - 0.04f});
    build_end_part(builder);
}

// Posts on round feet, as it were, and two bars between them.
static void add_rail(Builder *builder, const PlanBench *rail)
{
    float half_x = rail->size_m[0] / 2, high = rail->size_m[1];
    float post = MIN(0.018f, half_x), foot = MIN(rail->size_m[2] / 2, 0.12f);
    int count = MAX(1, (int)ceilf(rail->size_m[0] / RAIL_POST_EVERY_M));
    build_begin_part(builder, GALLERY_METAL);
    for (int i = 0; i <= count; i++) {
        float along = (half_x - post) * (2 * (float)i / (float)count - 1);
        add_piece(builder, rail, along, high / 2, (float[3]){post, high / 2, post});
        add_piece(builder, rail, along, 0.006f, (float[3]){post * 1.6f, 0.006f, foot});
    }
    for (int i = 0; i < 2; i++)
        add_piece(builder, rail, 0, high * (i ? 0.55f : 1) - 0.012f,
                  (float[3]){half_x, 0.012f, 0.012f});
    build_end_part(builder);
}

// The boards behind words on walls.
static void add_boards(Builder *builder, const Plan *plan, uint32_t room)
{
    GalleryText texts[GALLERY_MAX_TEXTS];
    uint32_t count = gallery_texts(plan, room, texts);
    for (uint32_t i = 0; i < count; i++) {
        const GalleryText *text = &texts[i];
        if (text->is_sign)
            continue;
        Box board = {
            .half = {text->size_m[0] / 2, text->size_m[1] / 2, GALLERY_TEXT_DEEP_M / 2},
            .yaw = text->yaw};
        memcpy(board.center, text->center, sizeof board.center);
        board.center[0] -= sinf(text->yaw) * (GALLERY_TEXT_DEEP_M / 2 + 0.001f);
        board.center[2] -= cosf(text->yaw) * (GALLERY_TEXT_DEEP_M / 2 + 0.001f);
        build_begin_part(builder, GALLERY_BOARD);
        build_box(builder, &board);
        build_end_part(builder);
    }
}

void build_furniture(Builder *builder, const Plan *plan, uint32_t room)
{
    add_boards(builder, plan, room);
    for (uint32_t i = 0; i < plan->place_count; i++) {
        const PlanPlace *place = &plan->places[i];
        if (place->room != room)
            continue;
        if (!place->shares_back)
            build_stand(builder, place);
        build_tray(builder, place);
        add_plate(builder, place);
    }
    for (uint32_t i = 0; i < plan->bench_count; i++) {
        const PlanBench *bench = &plan->benches[i];
        if (bench->room == room)
            (bench->kind == PLAN_RAIL ? add_rail : add_bench)(builder, bench);
    }
    build_lamps(builder, plan, room);
}
