// contour.c: the surface of a field in one cube of space, as triangles (dual contouring).

#include "exhibits/sculptor/contour.h"

#include <string.h>

enum {
    N = CONTOUR_CORNERS,
    LEAF = 8, // corners along a leaf's edge
    LEAVES = N / LEAF,
    LEAF_POINTS = LEAF * LEAF * LEAF,
    HERMITE_BATCH = 128 // crossings at once: four taps each fill a block
};

// What a leaf looks at reaches from its first corner less a normal's tap to one cell and a tap
// beyond its last corner: this much more than half its corners around a centre half a step on.
static const float REACH_STEPS = 1.12f;
static const float NORMAL_STEPS = 0.6f;

typedef struct Leaf {
    FieldList list;
    bool is_mixed;
} Leaf;

struct ContourSpace {
    float values[N * N * N];
    uint32_t edges[3][N * N * N]; // crossing of the edge that starts at a corner
    uint32_t cells[N * N * N];    // vertex of the cell that starts at a corner
    Leaf leaves[LEAVES * LEAVES * LEAVES];
};

typedef struct Crossing {
    Vec3 position, normal; // position in steps from the patch's first corner
} Crossing;

typedef struct Work {
    const ContourDesc *desc;
    ContourSpace *space;
    Arena *arena; // results
    Arena *scratch;
    Crossing *crossings;
    size_t crossing_count, crossing_capacity;
    size_t vertex_capacity, key_capacity, rim_capacity, index_capacity;
    size_t vertex_count, key_count, rim_count, index_count;
    ContourPatch *out;
} Work;

ContourSpace *contour_space_make(Arena *arena)
{
    return arena_alloc_raw(arena, sizeof(ContourSpace), 64);
}

float contour_radius(float step_mm)
{
    return ((float)(N - 1) * 0.5f + REACH_STEPS) * 1.7320508f * step_mm;
}

static Vec3 grid_point(const ContourDesc *desc, float x, float y, float z)
{
    return v3(desc->origin.x + ((float)desc->corner[0] + x) * desc->step_mm,
              desc->origin.y + ((float)desc->corner[1] + y) * desc->step_mm,
              desc->origin.z + ((float)desc->corner[2] + z) * desc->step_mm);
}

Vec3 contour_centre(const ContourDesc *desc)
{
    float middle = (float)N * 0.5f;
    return grid_point(desc, middle, middle, middle);
}

static inline uint32_t corner_index(int x, int y, int z)
{
    return (uint32_t)((z * N + y) * N + x);
}

static inline Leaf *leaf_at(ContourSpace *space, int x, int y, int z)
{
    return &space->leaves[((z / LEAF) * LEAVES + y / LEAF) * LEAVES + x / LEAF];
}

static void sample_leaf(Work *work, int x0, int y0, int z0, const FieldRegion *region)
{
    float xs[LEAF_POINTS], ys[LEAF_POINTS], zs[LEAF_POINTS], values[LEAF_POINTS];
    Leaf *leaf = leaf_at(work->space, x0, y0, z0);
    leaf->is_mixed = region->side == FIELD_MIXED;
    int i = 0;
    if (leaf->is_mixed) {
        uint32_t size = region->list.count * (uint32_t)sizeof(uint32_t);
        leaf->list = (FieldList){arena_copy(work->scratch, region->list.parts, size, 4),
                                 region->list.count};
        for (int z = 0; z < LEAF; z++)
            for (int y = 0; y < LEAF; y++)
                for (int x = 0; x < LEAF; x++, i++) {
                    Vec3 p = grid_point(work->desc, (float)(x0 + x), (float)(y0 + y),
                                        (float)(z0 + z));
                    xs[i] = p.x, ys[i] = p.y, zs[i] = p.z;
                }
        field_eval(work->desc->field, leaf->list, &(FieldPoints){LEAF_POINTS, xs, ys, zs},
                   values);
    } else {
        for (; i < LEAF_POINTS; i++)
            values[i] = region->value;
    }
    for (int z = 0; z < LEAF; z++)
        for (int y = 0; y < LEAF; y++)
            memcpy(&work->space->values[corner_index(x0, y0 + y, z0 + z)],
                   &values[(z * LEAF + y) * LEAF], LEAF * sizeof(float));
}

static void sample_pruned(Work *work, int x0, int y0, int z0, int size,
                          const FieldRegion *region)
{
    for (int z = z0; z < z0 + size; z += LEAF)
        for (int y = y0; y < y0 + size; y += LEAF)
            for (int x = x0; x < x0 + size; x += LEAF)
                sample_leaf(work, x, y, z, region);
}

// Splits a cube of corners in eight, down to leaves, dropping parts on the way.
static void sample_cube(Work *work, int x0, int y0, int z0, int size, FieldList list)
{
    int half = size / 2;
    float middle = (float)half * 0.5f, step = work->desc->step_mm;
    FieldRegion regions[8];
    uint32_t *room = ARENA_ARRAY_RAW(work->scratch, uint32_t, (size_t)list.count * 8);
    for (int i = 0; i < 8; i++)
        regions[i] = (FieldRegion){
            .centre = grid_point(work->desc, (float)(x0 + (i & 1) * half) + middle,
                                 (float)(y0 + (i >> 1 & 1) * half) + middle,
                                 (float)(z0 + (i >> 2) * half) + middle),
            .radius_mm = (middle - 0.5f + REACH_STEPS) * 1.7320508f * step,
            .list = {room + (size_t)list.count * (size_t)i, 0},
        };
    field_prune(work->desc->field, list, regions, 8);
    for (int i = 0; i < 8; i++) {
        int x = x0 + (i & 1) * half, y = y0 + (i >> 1 & 1) * half, z = z0 + (i >> 2) * half;
        if (half == LEAF || regions[i].side != FIELD_MIXED)
            sample_pruned(work, x, y, z, half, &regions[i]);
        else
            sample_cube(work, x, y, z, half, regions[i].list);
    }
}

// The four corners of a tetrahedron: a gradient for four evaluations.
static const float TETRA[4][3] = {{1, -1, -1}, {-1, -1, 1}, {-1, 1, -1}, {1, 1, 1}};

typedef struct Batch {
    int count;
    float from[HERMITE_BATCH], to[HERMITE_BATCH], t[HERMITE_BATCH];
    float x[HERMITE_BATCH], y[HERMITE_BATCH], z[HERMITE_BATCH]; // the edge's start, in steps
    uint8_t axis[HERMITE_BATCH];
} Batch;

static void batch_points(const Work *work, const Batch *batch, float *xs, float *ys, float *zs)
{
    for (int i = 0; i < batch->count; i++) {
        Vec3 p = grid_point(work->desc, batch->x[i] + (batch->axis[i] == 0 ? batch->t[i] : 0),
                            batch->y[i] + (batch->axis[i] == 1 ? batch->t[i] : 0),
                            batch->z[i] + (batch->axis[i] == 2 ? batch->t[i] : 0));
        xs[i] = p.x, ys[i] = p.y, zs[i] = p.z;
    }
}

// One step of false position after the straight guess.
static void refine_crossings(const Work *work, const Leaf *leaf, Batch *batch)
{
    float xs[HERMITE_BATCH], ys[HERMITE_BATCH], zs[HERMITE_BATCH], values[HERMITE_BATCH];
    batch_points(work, batch, xs, ys, zs);
    field_eval(work->desc->field, leaf->list, &(FieldPoints){batch->count, xs, ys, zs}, values);
    for (int i = 0; i < batch->count; i++) {
        float t = batch->t[i], v = values[i], a = batch->from[i], b = batch->to[i];
        if ((v < 0) == (a < 0))
            batch->t[i] = v == b ? t : t + (1 - t) * v / (v - b);
        else
            batch->t[i] = v == a ? t : t * a / (a - v);
    }
}

static void flush_batch(Work *work, const Leaf *leaf, Batch *batch)
{
    float xs[HERMITE_BATCH], ys[HERMITE_BATCH], zs[HERMITE_BATCH];
    float tx[FIELD_BLOCK], ty[FIELD_BLOCK], tz[FIELD_BLOCK], values[FIELD_BLOCK];
    if (!batch->count)
        return;
    refine_crossings(work, leaf, batch);
    batch_points(work, batch, xs, ys, zs);
    int count = batch->count;
    float h = work->desc->step_mm * 0.12f;
    for (int k = 0; k < 4; k++)
        for (int i = 0; i < count; i++) {
            tx[k * count + i] = xs[i] + TETRA[k][0] * h;
            ty[k * count + i] = ys[i] + TETRA[k][1] * h;
            tz[k * count + i] = zs[i] + TETRA[k][2] * h;
        }
    field_eval(work->desc->field, leaf->list, &(FieldPoints){4 * count, tx, ty, tz}, values);
    for (int i = 0; i < count; i++) {
        Vec3 n = {0, 0, 0};
        for (int k = 0; k < 4; k++)
            n = v3_mad(n, v3(TETRA[k][0], TETRA[k][1], TETRA[k][2]), values[k * count + i]);
        Vec3 p = v3(batch->x[i], batch->y[i], batch->z[i]);
        float *along = batch->axis[i] == 0 ? &p.x : batch->axis[i] == 1 ? &p.y : &p.z;
        *along += batch->t[i];
        *ARENA_PUSH(work->scratch, work->crossings, work->crossing_count,
                    work->crossing_capacity) = (Crossing){p, v3_unit(n)};
    }
    batch->count = 0;
}

static void find_crossing(Work *work, Batch *batch, int x, int y, int z, int axis)
{
    static const int OFFSET[3][3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    int x1 = x + OFFSET[axis][0], y1 = y + OFFSET[axis][1], z1 = z + OFFSET[axis][2];
    if (x1 >= N || y1 >= N || z1 >= N)
        return;
    ContourSpace *space = work->space;
    uint32_t index = corner_index(x, y, z);
    float a = space->values[index], b = space->values[corner_index(x1, y1, z1)];
    if ((a < 0) == (b < 0))
        return;
    if (!leaf_at(space, x1, y1, z1)->is_mixed)
        work->out->torn_count++;
    int i = batch->count++;
    space->edges[axis][index] = (uint32_t)(work->crossing_count + (size_t)i);
    batch->from[i] = a, batch->to[i] = b, batch->t[i] = a / (a - b);
    batch->x[i] = (float)x, batch->y[i] = (float)y, batch->z[i] = (float)z;
    batch->axis[i] = (uint8_t)axis;
}

static void find_leaf_crossings(Work *work, int x0, int y0, int z0)
{
    const Leaf *leaf = leaf_at(work->space, x0, y0, z0);
    Batch batch = {0};
    for (int z = z0; z < z0 + LEAF; z++)
        for (int y = y0; y < y0 + LEAF; y++)
            for (int x = x0; x < x0 + LEAF; x++)
                for (int axis = 0; axis < 3; axis++) {
                    find_crossing(work, &batch, x, y, z, axis);
                    if (batch.count == HERMITE_BATCH)
                        flush_batch(work, leaf, &batch);
                }
    flush_batch(work, leaf, &batch);
}

// The point nearest to all planes, held to their crossings' mean where the planes do not care.
static Vec3 meet_planes(const Crossing *const *crossings, int count)
{
    Vec3 mean = {0, 0, 0};
    for (int i = 0; i < count; i++)
        mean = v3_mad(mean, crossings[i]->position, 1 / (float)count);
    float hold = 0.03f * (float)count;
    float xx = hold, yy = hold, zz = hold, xy = 0, xz = 0, yz = 0;
    Vec3 b = {0, 0, 0};
    for (int i = 0; i < count; i++) {
        Vec3 n = crossings[i]->normal;
        float d = v3_dot(n, v3_sub(crossings[i]->position, mean));
        xx += n.x * n.x, yy += n.y * n.y, zz += n.z * n.z;
        xy += n.x * n.y, xz += n.x * n.z, yz += n.y * n.z;
        b = v3_mad(b, n, d);
    }
    Vec3 r0 = v3(xx, xy, xz), r1 = v3(xy, yy, yz), r2 = v3(xz, yz, zz);
    Vec3 c0 = v3_cross(r1, r2), c1 = v3_cross(r2, r0), c2 = v3_cross(r0, r1);
    float determinant = v3_dot(r0, c0);
    Vec3 move =
        v3_scale(v3_add(v3_add(v3_scale(c0, b.x), v3_scale(c1, b.y)), v3_scale(c2, b.z)),
                 1 / determinant);
    return v3_add(mean, move);
}

static bool place_vertex(const Work *work, int x, int y, int z, Vec3 *out)
{
    static const uint8_t EDGES[12][4] = {
        {0, 0, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}, {0, 0, 1, 1}, {1, 0, 0, 0}, {1, 1, 0, 0},
        {1, 0, 0, 1}, {1, 1, 0, 1}, {2, 0, 0, 0}, {2, 1, 0, 0}, {2, 0, 1, 0}, {2, 1, 1, 0},
    };
    const ContourSpace *space = work->space;
    int inside = 0;
    for (int i = 0; i < 8; i++)
        inside += space->values[corner_index(x + (i & 1), y + (i >> 1 & 1), z + (i >> 2))] < 0;
    if (inside == 0 || inside == 8)
        return false;
    const Crossing *crossings[12];
    int count = 0;
    for (int i = 0; i < 12; i++) {
        int axis = EDGES[i][0];
        uint32_t from = corner_index(x + EDGES[i][1], y + EDGES[i][2], z + EDGES[i][3]);
        uint32_t to = from + (axis == 0 ? 1 : axis == 1 ? N : N * N);
        if ((space->values[from] < 0) != (space->values[to] < 0))
            crossings[count++] = &work->crossings[space->edges[axis][from]];
    }
    Vec3 p = meet_planes(crossings, count);
    *out = v3(clamp_f(p.x, (float)x + 0.02f, (float)x + 0.98f),
              clamp_f(p.y, (float)y + 0.02f, (float)y + 0.98f),
              clamp_f(p.z, (float)z + 0.02f, (float)z + 0.98f));
    return true;
}

static void tap_points(const SculptVertex *vertices, int count, float h, float *xs, float *ys,
                       float *zs)
{
    static const float TAPS[7][3] = {{0, 0, 0},  {1, 0, 0}, {-1, 0, 0}, {0, 1, 0},
                                     {0, -1, 0}, {0, 0, 1}, {0, 0, -1}};
    for (int k = 0; k < 7; k++)
        for (int i = 0; i < count; i++) {
            xs[k * count + i] = vertices[i].position.x + TAPS[k][0] * h;
            ys[k * count + i] = vertices[i].position.y + TAPS[k][1] * h;
            zs[k * count + i] = vertices[i].position.z + TAPS[k][2] * h;
        }
}

static void find_bends(const ContourLook *look, SculptVertex *vertices, int count,
                       float bends[CONTOUR_LOOK_AT_ONCE])
{
    float xs[FIELD_BLOCK], ys[FIELD_BLOCK], zs[FIELD_BLOCK], values[FIELD_BLOCK];
    float h = look->bend_mm;
    tap_points(vertices, count, h, xs, ys, zs);
    field_eval(look->field, look->list, &(FieldPoints){count * 7, xs, ys, zs}, values);
    for (int i = 0; i < count; i++) {
        float sum = -6 * values[i];
        for (int k = 1; k < 7; k++)
            sum += values[k * count + i];
        bends[i] = sum / (h * h);
    }
}

void contour_look(const ContourLook *look, SculptVertex *vertices, int count)
{
    float bends[CONTOUR_LOOK_AT_ONCE];
    float xs[FIELD_BLOCK], ys[FIELD_BLOCK], zs[FIELD_BLOCK], uncut[FIELD_BLOCK];
    float values[FIELD_BLOCK], outwards[FIELD_BLOCK] = {0};
    uint32_t parts[FIELD_BLOCK];
    float h = look->tap_mm;
    ASSERT(count <= CONTOUR_LOOK_AT_ONCE);
    if (look->bend_mm > 0)
        find_bends(look, vertices, count, bends);
    tap_points(vertices, count, h, xs, ys, zs);
    FieldPoints taps = {count * 7, xs, ys, zs}, centres = {count, xs, ys, zs};
    FieldPoints around = {count * 6, xs + count, ys + count, zs + count};
    field_trace(look->field, look->list, &centres, &(FieldTrace){values, uncut, parts});
    field_eval(look->field, look->list, &around, values + count);
    if (look->finish) {
        for (int k = 1; k < 7; k++)
            memcpy(&parts[k * count], parts, (size_t)count * sizeof *parts);
        look->finish(look->context, look->field, &taps, parts, outwards);
        for (int i = 0; i < count * 7; i++)
            values[i] -= outwards[i];
    }
    for (int i = 0; i < count; i++) {
        const float *v = values + i;
        Vec3 gradient = v3(v[count] - v[2 * count], v[3 * count] - v[4 * count],
                           v[5 * count] - v[6 * count]);
        float sum =
            v[count] + v[2 * count] + v[3 * count] + v[4 * count] + v[5 * count] + v[6 * count];
        vertices[i].normal = v3_unit(gradient);
        vertices[i].position = v3_mad(vertices[i].position, vertices[i].normal, outwards[i]);
        vertices[i].curvature = look->bend_mm > 0 ? bends[i] : (sum - 6 * v[0]) / (h * h);
        vertices[i].cut_mm = clamp_f(-uncut[i], 0, 10);
        vertices[i].part = parts[i];
    }
}

static void push_vertex(Work *work, int x, int y, int z, Vec3 p)
{
    const int *c = work->desc->corner;
    work->space->cells[corner_index(x, y, z)] = (uint32_t)work->vertex_count;
    SculptVertex *vertex =
        ARENA_PUSH(work->arena, work->out->vertices, work->vertex_count, work->vertex_capacity);
    vertex->position = grid_point(work->desc, p.x, p.y, p.z);
    vertex->occlusion = 1;
    *ARENA_PUSH(work->scratch, work->out->keys, work->key_count, work->key_capacity) =
        (uint64_t)(c[0] + x) | (uint64_t)(c[1] + y) << 21 | (uint64_t)(c[2] + z) << 42;
    const int last = CONTOUR_STRIDE;
    *ARENA_PUSH(work->scratch, work->out->is_rim, work->rim_count, work->rim_capacity) =
        x == 0 || y == 0 || z == 0 || x == last || y == last || z == last;
}

static void place_leaf_vertices(Work *work, int x0, int y0, int z0)
{
    size_t first = work->vertex_count;
    for (int z = z0; z < MIN(z0 + LEAF, N - 1); z++)
        for (int y = y0; y < MIN(y0 + LEAF, N - 1); y++)
            for (int x = x0; x < MIN(x0 + LEAF, N - 1); x++) {
                Vec3 p;
                if (place_vertex(work, x, y, z, &p))
                    push_vertex(work, x, y, z, p);
            }
    ContourLook look = {.field = work->desc->field,
                        .list = leaf_at(work->space, x0, y0, z0)->list,
                        .tap_mm = work->desc->step_mm * NORMAL_STEPS,
                        .finish = work->desc->finish,
                        .context = work->desc->context};
    for (size_t i = first; i < work->vertex_count; i += CONTOUR_LOOK_AT_ONCE)
        contour_look(&look, &work->out->vertices[i],
                     (int)MIN(work->vertex_count - i, (size_t)CONTOUR_LOOK_AT_ONCE));
}

// How well a triangle's face agrees with the normals of its corners.
static float agreement(const SculptVertex *v, uint32_t a, uint32_t b, uint32_t c)
{
    Vec3 face = v3_unit(
        v3_cross(v3_sub(v[b].position, v[a].position), v3_sub(v[c].position, v[a].position)));
    float least = v3_dot(face, v[a].normal);
    least = MIN(least, v3_dot(face, v[b].normal));
    return MIN(least, v3_dot(face, v[c].normal));
}

static void push_triangle(Work *work, uint32_t a, uint32_t b, uint32_t c)
{
    uint32_t corners[3] = {a, b, c};
    for (int i = 0; i < 3; i++)
        *ARENA_PUSH(work->scratch, work->out->indices, work->index_count,
                    work->index_capacity) = corners[i];
}

static void push_quad(Work *work, const uint32_t q[4])
{
    const SculptVertex *v = work->out->vertices;
    float ac = MIN(agreement(v, q[0], q[1], q[2]), agreement(v, q[0], q[2], q[3]));
    float bd = MIN(agreement(v, q[0], q[1], q[3]), agreement(v, q[1], q[2], q[3]));
    if (ac >= bd) {
        push_triangle(work, q[0], q[1], q[2]);
        push_triangle(work, q[0], q[2], q[3]);
    } else {
        push_triangle(work, q[0], q[1], q[3]);
        push_triangle(work, q[1], q[2], q[3]);
    }
}

static void join_edge(Work *work, int x, int y, int z, int axis)
{
    const ContourSpace *space = work->space;
    uint32_t from = corner_index(x, y, z);
    uint32_t stride[3] = {1, N, N * N};
    float a = space->values[from], b = space->values[from + stride[axis]];
    if ((a < 0) == (b < 0))
        return;
    uint32_t u = stride[(axis + 1) % 3], v = stride[(axis + 2) % 3];
    uint32_t round[4] = {space->cells[from - u - v], space->cells[from - v], space->cells[from],
                         space->cells[from - u]};
    if (a < 0) {
        push_quad(work, round);
    } else {
        uint32_t back[4] = {round[0], round[3], round[2], round[1]};
        push_quad(work, back);
    }
}

static void join_leaf(Work *work, int x0, int y0, int z0)
{
    for (int z = MAX(z0, 1); z < MIN(z0 + LEAF, N - 1); z++)
        for (int y = MAX(y0, 1); y < MIN(y0 + LEAF, N - 1); y++)
            for (int x = MAX(x0, 1); x < MIN(x0 + LEAF, N - 1); x++)
                for (int axis = 0; axis < 3; axis++)
                    join_edge(work, x, y, z, axis);
}

// Crossings from a leaf that should have none into the next one along an axis.
static uint32_t count_lost(const ContourSpace *space, int x0, int y0, int z0, int axis)
{
    uint32_t lost = 0;
    for (int i = 0; i < LEAF * LEAF; i++) {
        int u = i % LEAF, v = i / LEAF;
        int x = axis == 0 ? x0 + LEAF - 1 : x0 + u;
        int y = axis == 1 ? y0 + LEAF - 1 : axis == 0 ? y0 + u : y0 + v;
        int z = axis == 2 ? z0 + LEAF - 1 : z0 + v;
        uint32_t from = corner_index(x, y, z);
        uint32_t to = corner_index(x + (axis == 0), y + (axis == 1), z + (axis == 2));
        lost += (space->values[from] < 0) != (space->values[to] < 0);
    }
    return lost;
}

static void find_lost_walls(Work *work)
{
    ContourSpace *space = work->space;
    for (int z = 0; z < N; z += LEAF)
        for (int y = 0; y < N; y += LEAF)
            for (int x = 0; x < N; x += LEAF) {
                if (leaf_at(space, x, y, z)->is_mixed)
                    continue;
                for (int axis = 0; axis < 3; axis++)
                    if ((axis == 0 ? x : axis == 1 ? y : z) + LEAF < N)
                        work->out->torn_count += count_lost(space, x, y, z, axis);
            }
}

static void each_mixed_leaf(Work *work, void (*visit)(Work *, int, int, int))
{
    for (int z = 0; z < N; z += LEAF)
        for (int y = 0; y < N; y += LEAF)
            for (int x = 0; x < N; x += LEAF)
                if (leaf_at(work->space, x, y, z)->is_mixed)
                    visit(work, x, y, z);
}

void contour_patch(const ContourDesc *desc, ContourSpace *space, Arena *arena,
                   ContourPatch *out)
{
    *out = (ContourPatch){0};
    Arena own = {0};
    Work work = {.desc = desc, .space = space, .arena = arena, .scratch = &own, .out = out};
    sample_cube(&work, 0, 0, 0, N, desc->list);
    find_lost_walls(&work);
    each_mixed_leaf(&work, find_leaf_crossings);
    if (!out->torn_count) { // a torn surface has cells without crossings
        each_mixed_leaf(&work, place_leaf_vertices);
        each_mixed_leaf(&work, join_leaf);
    }
    out->vertex_count = (uint32_t)work.vertex_count;
    out->index_count = (uint32_t)work.index_count;
    out->keys = arena_copy(arena, out->keys, out->vertex_count * sizeof *out->keys, 8);
    out->is_rim = arena_copy(arena, out->is_rim, out->vertex_count, 1);
    out->indices = arena_copy(arena, out->indices, out->index_count * sizeof *out->indices, 4);
    arena_drop(&own);
}
