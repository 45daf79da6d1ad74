// occlusion.c: how much of the sky a point on the sculpture sees.

#include "exhibits/sculptor/occlusion.h"

#include "io/thread.h"
#include "exhibits/sculptor/noise.h"

enum { BLOCK = 8, RAYS = 20, STEPS = 24 };

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

static void fill_block(const Fill *fill, const int start[3], const FieldRegion *region)
{
    OcclusionGrid *grid = fill->grid;
    float xs[FIELD_BLOCK], ys[FIELD_BLOCK], zs[FIELD_BLOCK], values[FIELD_BLOCK];
    for (int i = 0; i < FIELD_BLOCK; i++) {
        Vec3 p = grid_point(grid, (float)(start[0] + i % BLOCK), (float)(start[1] + i / BLOCK % BLOCK),
                            (float)(start[2] + i / (BLOCK * BLOCK)));
        xs[i] = p.x, ys[i] = p.y, zs[i] = p.z;
        // Far from the surface a lower bound of the distance will do.
        Vec3 apart = v3_sub(p, region->centre);
        float safe = fabsf(region->value) / region->lipschitz - v3_length(apart);
        values[i] = region->value < 0 ? -fabsf(safe) : safe;
    }
    if (fabsf(region->value) < 2.5f * region->lipschitz * region->radius_mm)
        field_eval(fill->field, region->list, &(FieldPoints){FIELD_BLOCK, xs, ys, zs}, values);
    for (int i = 0; i < FIELD_BLOCK; i++) {
        int x = start[0] + i % BLOCK, y = start[1] + i / BLOCK % BLOCK;
        int z = start[2] + i / (BLOCK * BLOCK);
        if (x < grid->size[0] && y < grid->size[1] && z < grid->size[2])
            grid->distances[((size_t)z * (size_t)grid->size[1] + (size_t)y) *
                                (size_t)grid->size[0] + (size_t)x] = values[i];
    }
}

// A column of blocks, in runs of eight with a pruned list of their own.
static Status fill_columns(void *context, size_t first, size_t count, int worker)
{
    (void)worker;
    const Fill *fill = context;
    float half = (float)(BLOCK - 1) * 0.5f, step = fill->grid->step_mm;
    for (size_t column = first; column < first + count; column++) {
        int y = (int)(column % (size_t)fill->blocks[1]), z = (int)(column / (size_t)fill->blocks[1]);
        Scratch scratch = scratch_begin(NULL);
        for (int x = 0; x < fill->blocks[0]; x++) {
            int start[3] = {x * BLOCK, y * BLOCK, z * BLOCK};
            FieldRegion region = {
                .centre = grid_point(fill->grid, (float)start[0] + half, (float)start[1] + half,
                                     (float)start[2] + half),
                // Twice the block, so that its list holds for the free distance around it too.
                .radius_mm = (float)BLOCK * 1.7320508f * step,
                .list = {ARENA_ARRAY_RAW(scratch.arena, uint32_t, fill->all.count), 0},
            };
            field_prune(fill->field, fill->all, &region, 1);
            fill_block(fill, start, &region);
        }
        scratch_end(scratch);
    }
    return OK;
}

Status occlusion_make(const Field *field, Vec3 low, Vec3 high, float step_mm, Arena *arena,
                      OcclusionGrid *out)
{
    float extent[3] = {high.x - low.x, high.y - low.y, high.z - low.z};
    *out = (OcclusionGrid){.low = low, .step_mm = step_mm};
    Fill fill = {.field = field, .all = field_all(field, arena), .grid = out};
    size_t total = 1;
    for (int i = 0; i < 3; i++) {
        out->size[i] = (int)ceilf(extent[i] / step_mm) + 2;
        fill.blocks[i] = (out->size[i] + BLOCK - 1) / BLOCK;
        total *= (size_t)out->size[i];
    }
    out->distances = ARENA_ARRAY_RAW(arena, float, total);
    return parallel_for(&(ParallelDesc){.count = (size_t)fill.blocks[1] * (size_t)fill.blocks[2],
                                        .grain = 2, .run = fill_columns, .context = &fill});
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
    float a = lerp_f(lerp_f(d[0], d[1], u[0]), lerp_f(d[stride[1]], d[stride[1] + 1], u[0]), u[1]);
    d += stride[2];
    float b = lerp_f(lerp_f(d[0], d[1], u[0]), lerp_f(d[stride[1]], d[stride[1] + 1], u[0]), u[1]);
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
    for (int i = 0; i < RAYS; i++) {
        // A spiral over the disc, lifted: cosine weighted.
        float r2 = ((float)i + 0.5f) / RAYS, r = sqrtf(r2), turn = (float)i * 2.39996323f;
        Vec3 local = v3(r * cosf(turn), r * sinf(turn), sqrtf(1 - r2));
        Vec3 direction = v3_sub(frame_to_world(&frame, local), frame.origin);
        open += sqrtf(walk(grid, frame.origin, direction, reach_mm));
    }
    return open / RAYS;
}
