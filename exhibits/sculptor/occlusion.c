// occlusion.c: how much of the sky a point on the sculpture sees.

#include "exhibits/sculptor/occlusion.h"

#include "io/thread.h"
#include "exhibits/sculptor/noise.h"

enum {
    ROOT = 32, // grid points along a job's cube
    BLOCK = 8, // along the largest cube filled at once
    LEAF = 4,
    STEPS = 16
};

typedef struct Fill {
    const Field *field;
    FieldList all;
    OcclusionGrid *grid;
    int blocks[3];
} Fill;

static Vec3 grid_point(const OcclusionGrid *grid, float x, float y, float z)
{
    return v3(grid->low.x + x * grid->step_mm, grid->low.y + y * grid->step_mm,
              grid->low.z + z * grid->step_mm);
}

static float *grid_row(const OcclusionGrid *grid, int x, int y, int z)
{
    return grid->distances +
           ((size_t)z * (size_t)grid->size[1] + (size_t)y) * (size_t)grid->size[0] + (size_t)x;
}

// Where the surface is not in the region a lower bound of the distance will do.
static void fill_region(const Fill *fill, const int start[3], int edge,
                        const FieldRegion *region)
{
    OcclusionGrid *grid = fill->grid;
    float xs[FIELD_BLOCK], ys[FIELD_BLOCK], zs[FIELD_BLOCK], values[FIELD_BLOCK];
    int count = 0;
    for (int z = 0; z < edge; z++)
        for (int y = 0; y < edge; y++)
            for (int x = 0; x < edge; x++, count++) {
                Vec3 p = grid_point(grid, (float)(start[0] + x), (float)(start[1] + y),
                                    (float)(start[2] + z));
                xs[count] = p.x, ys[count] = p.y, zs[count] = p.z;
                float safe = fabsf(region->value) / region->lipschitz -
                             v3_length(v3_sub(p, region->centre));
                values[count] = region->value < 0 ? -fabsf(safe) : fabsf(safe);
            }
    if (region->side == FIELD_MIXED)
        field_eval(fill->field, region->list, &(FieldPoints){count, xs, ys, zs}, values);
    for (int i = 0; i < count; i++) {
        int x = start[0] + i % edge, y = start[1] + i / edge % edge,
            z = start[2] + i / (edge * edge);
        if (x < grid->size[0] && y < grid->size[1] && z < grid->size[2])
            *grid_row(grid, x, y, z) = values[i];
    }
}

static FieldRegion region_of(const Fill *fill, const int start[3], int edge, uint32_t *room)
{
    float half = (float)(edge - 1) * 0.5f, step = fill->grid->step_mm;
    return (FieldRegion){
        .centre = grid_point(fill->grid, (float)start[0] + half, (float)start[1] + half,
                             (float)start[2] + half),
        // A step more: beside the surface true values are wanted.
        .radius_mm = (half + 1) * 1.7320508f * step,
        .list = {room, 0},
    };
}

static void fill_cube(const Fill *fill, const int start[3], int edge, const FieldRegion *region)
{
    if (region->side != FIELD_MIXED && edge <= BLOCK) {
        fill_region(fill, start, edge, region);
        return;
    }
    Scratch scratch = scratch_begin(NULL);
    int half = edge / 2, starts[8][3];
    FieldRegion regions[8];
    uint32_t *room = ARENA_ARRAY_RAW(scratch.arena, uint32_t, (size_t)region->list.count * 8);
    for (int i = 0; i < 8; i++) {
        starts[i][0] = start[0] + (i & 1) * half;
        starts[i][1] = start[1] + (i >> 1 & 1) * half;
        starts[i][2] = start[2] + (i >> 2) * half;
        regions[i] =
            region_of(fill, starts[i], half, room + (size_t)region->list.count * (size_t)i);
    }
    field_prune(fill->field, region->list, regions, 8);
    for (int i = 0; i < 8; i++)
        if (half > LEAF)
            fill_cube(fill, starts[i], half, &regions[i]);
        else
            fill_region(fill, starts[i], half, &regions[i]);
    scratch_end(scratch);
}

static Status fill_some(void *context, size_t first, size_t count, int worker)
{
    (void)worker;
    const Fill *fill = context;
    size_t across = (size_t)fill->blocks[0], down = (size_t)fill->blocks[1];
    for (size_t i = first; i < first + count; i++) {
        int start[3] = {(int)(i % across) * ROOT, (int)(i / across % down) * ROOT,
                        (int)(i / (across * down)) * ROOT};
        Scratch scratch = scratch_begin(NULL);
        uint32_t *room = ARENA_ARRAY_RAW(scratch.arena, uint32_t, fill->all.count);
        FieldRegion region = region_of(fill, start, ROOT, room);
        field_prune(fill->field, fill->all, &region, 1);
        fill_cube(fill, start, ROOT, &region);
        scratch_end(scratch);
    }
    return OK;
}

// A row of grid points of a small body is near enough a block: none of its parts is dropped.
static void add_row(const Fill *fill, FieldList list, const int from[3], int count)
{
    float xs[FIELD_BLOCK], ys[FIELD_BLOCK], zs[FIELD_BLOCK], values[FIELD_BLOCK];
    for (int i = 0; i < count; i++) {
        Vec3 p = grid_point(fill->grid, (float)(from[0] + i), (float)from[1], (float)from[2]);
        xs[i] = p.x, ys[i] = p.y, zs[i] = p.z;
    }
    field_eval(fill->field, list, &(FieldPoints){count, xs, ys, zs}, values);
    float *row = grid_row(fill->grid, from[0], from[1], from[2]);
    for (int i = 0; i < count; i++)
        row[i] = fminf(row[i], values[i]);
}

// Bodies beside the first shade too, around themselves.
static void add_body(const Fill *fill, size_t body)
{
    const OcclusionGrid *grid = fill->grid;
    const FieldBody *b = &fill->field->bodies[body];
    float low[3] = {b->low.x, b->low.y, b->low.z}, high[3] = {b->high.x, b->high.y, b->high.z};
    float corner[3] = {grid->low.x, grid->low.y, grid->low.z};
    int from[3], to[3];
    for (int i = 0; i < 3; i++) {
        float step = grid->step_mm;
        from[i] = (int)clamp_f((low[i] - corner[i]) / step - 3, 0, (float)grid->size[i]);
        to[i] = (int)clamp_f((high[i] - corner[i]) / step + 4, 0, (float)grid->size[i]);
    }
    Scratch scratch = scratch_begin(NULL);
    FieldList list = field_body(fill->field, body, scratch.arena);
    for (int z = from[2]; z < to[2]; z++)
        for (int y = from[1]; y < to[1]; y++)
            for (int x = from[0]; x < to[0]; x += FIELD_BLOCK)
                add_row(fill, list, (int[3]){x, y, z}, MIN(FIELD_BLOCK, to[0] - x));
    scratch_end(scratch);
}

// A spiral over the disc, lifted: cosine weighted.
static void spread_rays(Vec3 rays[OCCLUSION_RAYS])
{
    for (int i = 0; i < OCCLUSION_RAYS; i++) {
        float r2 = ((float)i + 0.5f) / OCCLUSION_RAYS, r = sqrtf(r2);
        float turn = (float)i * 2.39996323f;
        rays[i] = v3(r * cosf(turn), r * sinf(turn), sqrtf(1 - r2));
    }
}

Status occlusion_make(const Field *field, Vec3 low, Vec3 high, float step_mm, Arena *arena,
                      OcclusionGrid *out)
{
    float extent[3] = {high.x - low.x, high.y - low.y, high.z - low.z};
    *out = (OcclusionGrid){.low = low, .step_mm = step_mm};
    spread_rays(out->rays);
    Fill fill = {.field = field, .all = field_body(field, 0, arena), .grid = out};
    size_t total = 1;
    for (int i = 0; i < 3; i++) {
        out->size[i] = (int)ceilf(extent[i] / step_mm) + 2;
        fill.blocks[i] = (out->size[i] + ROOT - 1) / ROOT;
        total *= (size_t)out->size[i];
    }
    out->distances = ARENA_ARRAY_RAW(arena, float, total);
    TRY(parallel_for(&(ParallelDesc){.count = (size_t)fill.blocks[0] * (size_t)fill.blocks[1] *
                                              (size_t)fill.blocks[2],
                                     .run = fill_some,
                                     .context = &fill}));
    for (size_t i = 1; i < field->body_count; i++)
        if (!field->bodies[i].is_wire)
            add_body(&fill, i);
    return OK;
}

float occlusion_distance(const OcclusionGrid *grid, Vec3 p)
{
    float u[3] = {(p.x - grid->low.x) / grid->step_mm, (p.y - grid->low.y) / grid->step_mm,
                  (p.z - grid->low.z) / grid->step_mm};
    size_t base = 0, stride[3] = {1, (size_t)grid->size[0],
                                  (size_t)grid->size[0] * (size_t)grid->size[1]};
    for (int i = 0; i < 3; i++) {
        if (u[i] < 0 || u[i] >= (float)(grid->size[i] - 1))
            return grid->step_mm * 4; // outside the box there is nothing
        base += (size_t)u[i] * stride[i];
        u[i] -= (float)(int)u[i];
    }
    const float *d = grid->distances + base;
    float a =
        lerp_f(lerp_f(d[0], d[1], u[0]), lerp_f(d[stride[1]], d[stride[1] + 1], u[0]), u[1]);
    d += stride[2];
    float b =
        lerp_f(lerp_f(d[0], d[1], u[0]), lerp_f(d[stride[1]], d[stride[1] + 1], u[0]), u[1]);
    return lerp_f(a, b, u[2]);
}

// How far along its ray an obstacle lies, as a share of the reach; 1 for none.
static float walk(const OcclusionGrid *grid, Vec3 from, Vec3 direction, float reach_mm)
{
    float walked = grid->step_mm * 0.7f, nearest = 1;
    for (int i = 0; i < STEPS && walked < reach_mm; i++) {
        float free = occlusion_distance(grid, v3_mad(from, direction, walked));
        nearest = fminf(nearest, free * 6 / walked + 0.3f); // soft edge: no noise of a few rays
        if (free < grid->step_mm * 0.08f)
            return walked / reach_mm;
        walked += fmaxf(free * 0.9f, grid->step_mm * 0.25f);
    }
    return clamp_f(nearest, 0, 1);
}

float occlusion_at(const OcclusionGrid *grid, Vec3 p, Vec3 normal, float reach_mm)
{
    Vec3 any = fabsf(normal.y) < 0.9f ? v3(0, 1, 0) : v3(1, 0, 0);
    Frame frame = frame_make(v3_mad(p, normal, grid->step_mm * 0.35f), any, normal);
    float open = 0;
    for (int i = 0; i < OCCLUSION_RAYS; i++) {
        Vec3 direction = v3_sub(frame_to_world(&frame, grid->rays[i]), frame.origin);
        open += sqrtf(walk(grid, frame.origin, direction, reach_mm));
    }
    return open / OCCLUSION_RAYS;
}
