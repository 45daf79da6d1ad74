// locomotive.c: the piece, its bodies, and the helpers that its parts are built with.

#include "exhibits/small-wonders/locomotive/locomotive.h"

#include "exhibits/sculptor/noise.h"

Carve loco_of_stuff(LocoMaterial material)
{
    return (Carve){.material = (uint8_t)material};
}

void loco_box(Field *field, Vec3 middle, Vec3 half, float round, Carve carve)
{
    Frame frame = {loco_at(middle.x, middle.y, middle.z), {1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    shape_add(field, shape_box(frame, half, round), carve);
}

void loco_rod(Field *field, Vec3 from, Vec3 to, float radius, Carve carve)
{
    shape_add(
        field,
        shape_cone(loco_at(from.x, from.y, from.z), radius, loco_at(to.x, to.y, to.z), radius),
        carve);
}

static Frame axis_frame(Vec3 origin, Vec3 axis)
{
    Vec3 up = fabsf(axis.y) > 0.5f ? v3(0, 0, 1) : v3(0, 1, 0);
    return frame_make(loco_at(origin.x, origin.y, origin.z), axis, up);
}

void loco_disc(Field *field, Vec3 middle, Vec3 axis, float radius, float half, float round,
               Carve carve)
{
    shape_add(field, shape_cylinder(axis_frame(middle, axis), radius, half, round), carve);
}

void loco_turn(Field *field, Vec3 origin, Vec3 axis, const float (*outline)[2], int count,
               int pieces, Carve carve)
{
    Turning turning = {outline, count, pieces};
    shape_add(field, shape_turning(&turning, axis_frame(origin, axis), field->arena), carve);
}

void loco_rivets(Field *field, Vec3 from, Vec3 to, float apart, float radius,
                 LocoMaterial stuff)
{
    int count = (int)(v3_length(v3_sub(to, from)) / apart + 0.5f);
    for (int i = 0; i <= count; i++) {
        Vec3 p = v3_lerp(from, to, (float)i / (float)count);
        shape_add(field, shape_ball(loco_at(p.x, p.y, p.z), radius), loco_of_stuff(stuff));
    }
}

// ---- heaps

static float heap_top(const LocoHeap *heap, float x, float z)
{
    float half = (heap->high.z - heap->low.z) * 0.5f,
          middle = (heap->high.z + heap->low.z) * 0.5f;
    float off = fabsf(z - middle), down = fmaxf(off - half + heap->lean, 0);
    float wave = heap->rise * (1 - (off / half) * (off / half));
    (void)x;
    return heap->high.y + wave - down;
}

// Each cell of a lattice has one lump, or none, turned its own way.
typedef struct Lump {
    Vec3 middle, across, along, up;
    float radius; // 0: none
} Lump;

typedef struct HeapShape {
    LocoHeap heap;
    Lump *lumps;
    int32_t first[3], size[3];
} HeapShape;

static Lump make_lump(const LocoHeap *heap, int32_t x, int32_t y, int32_t z)
{
    uint32_t h = noise_hash(x, y, z, heap->seed);
    float size = heap->lump_mm;
    Vec3 c = v3(((float)x + 0.2f + 0.6f * (float)(h & 255) / 255) * size,
                ((float)y + 0.2f + 0.6f * (float)(h >> 8 & 255) / 255) * size,
                ((float)z + 0.2f + 0.6f * (float)(h >> 16 & 255) / 255) * size);
    if (c.y > heap_top(heap, c.x, c.z) - size * 0.30f)
        return (Lump){.radius = 0};
    float a = (float)(h >> 24) * 0.0246f, b = (float)(h >> 12 & 255) * 0.0246f;
    Frame frame =
        frame_make(c, v3(cosf(a), 0.6f * sinf(b), sinf(a)), v3(sinf(b), cosf(b), 0.4f));
    return (Lump){c, frame.across, frame.along, frame.up,
                  size * (0.44f + 0.14f * (float)(h >> 4 & 15) / 15) * 0.82f};
}

static const Lump *lump_at(const HeapShape *shape, const int32_t cell[3])
{
    int32_t at[3];
    for (int k = 0; k < 3; k++) {
        at[k] = cell[k] - shape->first[k];
        if (at[k] < 0 || at[k] >= shape->size[k])
            return NULL;
    }
    const Lump *lump = &shape->lumps[(at[2] * shape->size[1] + at[1]) * shape->size[0] + at[0]];
    return lump->radius > 0 ? lump : NULL;
}

static float lump_distance(const HeapShape *shape, Vec3 p)
{
    float best = 1e3f, size = shape->heap.lump_mm;
    int32_t home[3] = {(int32_t)floorf(p.x / size), (int32_t)floorf(p.y / size),
                       (int32_t)floorf(p.z / size)};
    for (int i = 0; i < 27; i++) {
        int32_t cell[3] = {home[0] + i % 3 - 1, home[1] + i / 3 % 3 - 1, home[2] + i / 9 - 1};
        const Lump *lump = lump_at(shape, cell);
        if (!lump)
            continue;
        Vec3 d = v3_sub(p, lump->middle);
        float a = fabsf(v3_dot(d, lump->across)), b = fabsf(v3_dot(d, lump->along));
        float most = fmaxf(a, fmaxf(b, fabsf(v3_dot(d, lump->up)) * 1.2f));
        best = fminf(best, 0.45f * v3_length(d) + 0.55f * most - lump->radius);
    }
    return best;
}

static void eval_heap(const Part *part, const FieldPoints *at, float *restrict values)
{
    const HeapShape *shape = part->extra;
    const LocoHeap *heap = &shape->heap;
    for (int i = 0; i < at->count; i++) {
        Vec3 p = loco_of(v3(at->x[i], at->y[i], at->z[i]));
        float bed = (p.y - heap_top(heap, p.x, p.z) + heap->lump_mm * 1.1f) * 0.7f;
        float d = bed;
        if (bed > heap->lump_mm * 2)
            d = bed - heap->lump_mm;
        else if (bed > -0.3f)
            d = fminf(bed, lump_distance(shape, p));
        Vec3 over = v3(fmaxf(heap->low.x - p.x, p.x - heap->high.x), heap->low.y - p.y,
                       fmaxf(heap->low.z - p.z, p.z - heap->high.z));
        values[i] = fmaxf(d, fmaxf(over.x, fmaxf(over.y, over.z)));
    }
}

static const HeapShape *make_heap(const LocoHeap *heap, Arena *arena)
{
    HeapShape *shape = ARENA_NEW(arena, HeapShape);
    shape->heap = *heap;
    float low[3] = {heap->low.x, heap->low.y, heap->low.z};
    float high[3] = {heap->high.x, heap->high.y + heap->rise, heap->high.z};
    for (int k = 0; k < 3; k++) {
        shape->first[k] = (int32_t)floorf(low[k] / heap->lump_mm) - 1;
        shape->size[k] = (int32_t)floorf(high[k] / heap->lump_mm) + 2 - shape->first[k];
    }
    shape->lumps = ARENA_ARRAY(
        arena, Lump, (size_t)shape->size[0] * (size_t)shape->size[1] * (size_t)shape->size[2]);
    Lump *lump = shape->lumps;
    for (int32_t z = 0; z < shape->size[2]; z++)
        for (int32_t y = 0; y < shape->size[1]; y++)
            for (int32_t x = 0; x < shape->size[0]; x++)
                *lump++ = make_lump(heap, x + shape->first[0], y + shape->first[1],
                                    z + shape->first[2]);
    return shape;
}

void loco_add_heap(Field *field, const LocoHeap *heap, Carve carve)
{
    Frame frame = {.origin = loco_at((heap->low.x + heap->high.x) * 0.5f, heap->high.y,
                                     (heap->low.z + heap->high.z) * 0.5f)};
    shape_add(field,
              (Part){.eval = eval_heap,
                     .frame = frame,
                     .extra = make_heap(heap, field->arena),
                     .lipschitz = 1.9f},
              carve);
}

static void *build(Field *field, Arena *arena)
{
    (void)arena;
    loco_add_boiler(field);
    loco_add_cab(field);
    loco_add_motion(field);
    loco_add_backhead(field);
    loco_add_plates(field);
    loco_add_track(field);
    loco_add_wires(field);
    return NULL;
}

// Of the making, for story.json.
static const PiecePicture PICTURES[] = {
    {.file = "form.jpg",
     .sight = PIECE_FORM,
     .middle = {0, 12, 0},
     .width_mm = 64,
     .azimuth = 30,
     .elevation = 14,
     .is_around = true},
    {.file = "gear.jpg",
     .sight = PIECE_RELIEF,
     .middle = {8, 10, 5},
     .width_mm = 18,
     .azimuth = 6,
     .elevation = 4,
     .lamp_azimuth = -40,
     .lamp_elevation = 34},
    {.file = "paint.jpg",
     .sight = PIECE_COLOUR,
     .middle = {4, 15, 5},
     .width_mm = 22,
     .azimuth = 16,
     .elevation = 8},
    {.file = "weather.jpg",
     .sight = PIECE_COLOUR,
     .middle = {8.5f, 11, 4},
     .width_mm = 21,
     .azimuth = 28,
     .elevation = 16},
};

const Piece LOCOMOTIVE_PIECE = {
    .name = "locomotive",
    .summary = "Magpie: a narrow-gauge tank engine 1:160 on a length of track",
    .low_mm = {-30.2f, -0.3f, -13},
    .high_mm = {30.2f, 27.5f, 13},
    .step_mm = 0.066f,
    .draft_step_mm = 0.13f,
    .dust_mm = 1.1f,
    .sky_mm = 5,
    .component_count = 1,
    .simplify = {.error_mm = 0.0030f, .normal_mm = 0.013f, .colour_mm = 0},
    .build = build,
    .skin_mm = 0.040f,
    .wear_mm = 0.10f,
    .finish = loco_finish,
    .pictures = PICTURES,
    .picture_count = COUNT_OF(PICTURES),
    .shade = loco_shade,
};
