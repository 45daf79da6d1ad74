// paint.c: pictures of a sculpture's surface, each texel looked up in the field itself.

#include "exhibits/sculptor/paint.h"

#include <string.h>

#include "io/thread.h"

enum {
    SQUARE = 128, // texels along a job's side
    BLOCK = 16,   // along what shares a list of parts
    BLOCKS = SQUARE / BLOCK,
    BLEED = 4 // texels repeated around what is painted
};
static const float TAP_TEXELS = 0.75f;

typedef struct Painting {
    const PaintDesc *desc;
    uint32_t width, height;
    uint32_t *owners; // triangle + 1 of each texel; 0: none
    SculptPicture *out;
} Painting;

// Shares of the second and third corner; false outside.
static bool find_shares(const float c[3][2], float x, float y, float out[3])
{
    float ax = c[1][0] - c[0][0], ay = c[1][1] - c[0][1];
    float bx = c[2][0] - c[0][0], by = c[2][1] - c[0][1];
    float area = ax * by - ay * bx, px = x - c[0][0], py = y - c[0][1];
    if (fabsf(area) < 1e-9f)
        return false;
    out[1] = (px * by - py * bx) / area;
    out[2] = (ax * py - ay * px) / area;
    out[0] = 1 - out[1] - out[2];
    return out[0] >= -1e-4f && out[1] >= -1e-4f && out[2] >= -1e-4f;
}

static void own_texels(Painting *painting, uint32_t triangle)
{
    const float(*c)[2] =
        (const float(*)[2])painting->desc->sculpture->triangle_texels[triangle];
    float low[2], high[2], shares[3];
    for (int k = 0; k < 2; k++) {
        float most = (float)(k ? painting->height : painting->width) - 1;
        low[k] = clamp_f(floorf(fminf(c[0][k], fminf(c[1][k], c[2][k]))), 0, most);
        high[k] = clamp_f(ceilf(fmaxf(c[0][k], fmaxf(c[1][k], c[2][k]))), 0, most);
    }
    for (uint32_t y = (uint32_t)low[1]; y <= (uint32_t)high[1]; y++)
        for (uint32_t x = (uint32_t)low[0]; x <= (uint32_t)high[0]; x++) {
            uint32_t *owner = &painting->owners[(size_t)y * painting->width + x];
            if (!*owner && find_shares(c, (float)x + 0.5f, (float)y + 0.5f, shares))
                *owner = triangle + 1;
        }
}

// As whoever reads the picture finds them.
void paint_tangents(const float c[3][2], const Vec3 p[3], Vec3 out[2])
{
    float u1 = c[1][0] - c[0][0], v1 = c[1][1] - c[0][1];
    float u2 = c[2][0] - c[0][0], v2 = c[2][1] - c[0][1];
    float sign = u1 * v2 - u2 * v1 < 0 ? -1.0f : 1.0f;
    Vec3 a = v3_sub(p[1], p[0]), b = v3_sub(p[2], p[0]);
    out[0] = v3_scale(v3_sub(v3_scale(a, v2), v3_scale(b, v1)), sign);
    out[1] = v3_scale(v3_sub(v3_scale(a, u2), v3_scale(b, u1)), sign);
}

static void lay_out(Painting *painting)
{
    const Sculpture *s = painting->desc->sculpture;
    for (uint32_t t = 0; t < s->index_count / 3; t++)
        if (s->triangle_charts[t] == painting->desc->chart)
            own_texels(painting, t);
}

// ---- texels

// A texel on its triangle: place, the triangle's own normal there, and light.
static SculptVertex place_of(const Painting *painting, uint32_t x, uint32_t y, Vec3 *normal)
{
    const Sculpture *s = painting->desc->sculpture;
    uint32_t triangle = painting->owners[(size_t)y * painting->width + x] - 1;
    float shares[3];
    find_shares((const float(*)[2])s->triangle_texels[triangle], (float)x + 0.5f,
                (float)y + 0.5f, shares);
    SculptVertex out = {0};
    *normal = v3(0, 0, 0);
    for (int k = 0; k < 3; k++) {
        const SculptVertex *v = &s->vertices[s->indices[3 * triangle + (uint32_t)k]];
        out.position = v3_mad(out.position, v->position, shares[k]);
        *normal = v3_mad(*normal, v->normal, shares[k]);
        out.occlusion += shares[k] * v->occlusion;
    }
    *normal = v3_unit(*normal);
    return out;
}

static uint8_t byte_of(float value)
{
    return (uint8_t)(clamp_f(value, 0, 1) * 255 + 0.5f);
}

static void put_texel(const Painting *painting, uint32_t x, uint32_t y, const SculptVertex *v,
                      Vec3 normal)
{
    size_t at = (size_t)y * painting->width + x;
    const Sculpture *s = painting->desc->sculpture;
    size_t triangle = painting->owners[at] - 1;
    Vec3 corners[3], tangents[2];
    for (size_t k = 0; k < 3; k++)
        corners[k] = s->vertices[s->indices[3 * triangle + k]].position;
    paint_tangents((const float(*)[2])s->triangle_texels[triangle], corners, tangents);
    Vec3 along = v3_unit(v3_mad(tangents[0], normal, -v3_dot(tangents[0], normal)));
    Vec3 across = v3_cross(normal, along);
    float side = v3_dot(across, tangents[1]) < 0 ? -1.0f : 1.0f;
    uint8_t *colour = painting->out->colour + at * 4, *gloss = painting->out->gloss + at * 4;
    uint8_t *relief = painting->out->normal + at * 4;
    for (int k = 0; k < 3; k++)
        colour[k] = sculpt_srgb(v->colour[k]);
    gloss[0] = byte_of(v->occlusion);
    gloss[1] = byte_of(v->roughness);
    gloss[2] = byte_of(v->metallic);
    relief[0] = byte_of(0.5f + 0.5f * v3_dot(v->normal, along));
    relief[1] = byte_of(0.5f + 0.5f * v3_dot(v->normal, across) * side);
    relief[2] = byte_of(0.5f + 0.5f * fmaxf(v3_dot(v->normal, normal), 0.05f));
    colour[3] = gloss[3] = relief[3] = 255;
}

typedef struct Batch {
    SculptVertex vertices[CONTOUR_LOOK_AT_ONCE];
    Vec3 normals[CONTOUR_LOOK_AT_ONCE];
    uint32_t x[CONTOUR_LOOK_AT_ONCE], y[CONTOUR_LOOK_AT_ONCE];
    int count;
} Batch;

static void flush_batch(const Painting *painting, FieldList list, Batch *batch)
{
    const PaintDesc *desc = painting->desc;
    ContourLook look = {.field = desc->field,
                        .list = list,
                        .tap_mm = painting->out->texel_mm * TAP_TEXELS,
                        .bend_mm = desc->piece->wear_mm,
                        .finish = desc->piece->finish,
                        .context = desc->context};
    contour_look(&look, batch->vertices, batch->count);
    for (int i = 0; i < batch->count; i++) {
        desc->piece->shade(desc->context, desc->field, &batch->vertices[i]);
        put_texel(painting, batch->x[i], batch->y[i], &batch->vertices[i], batch->normals[i]);
    }
    batch->count = 0;
}

// Some texels of a square: those of one island, where a skin was laid out, else all of them.
typedef struct Spot {
    uint32_t x, y, side, island;
} Spot;

static bool is_on(const Painting *painting, const Spot *spot, uint32_t x, uint32_t y)
{
    uint32_t owner = painting->owners[(size_t)y * painting->width + x];
    const uint32_t *islands = painting->desc->sculpture->triangle_islands;
    return owner && (!islands || !spot->island || islands[owner - 1] == spot->island);
}

static void paint_spot(const Painting *painting, const Spot *spot, FieldList list)
{
    Batch batch = {.count = 0};
    for (uint32_t y = spot->y; y < MIN(spot->y + spot->side, painting->height); y++)
        for (uint32_t x = spot->x; x < MIN(spot->x + spot->side, painting->width); x++) {
            if (!is_on(painting, spot, x, y))
                continue;
            int i = batch.count++;
            batch.vertices[i] = place_of(painting, x, y, &batch.normals[i]);
            batch.x[i] = x, batch.y[i] = y;
            if (batch.count == CONTOUR_LOOK_AT_ONCE)
                flush_batch(painting, list, &batch);
        }
    if (batch.count)
        flush_batch(painting, list, &batch);
}

// A ball around what is to be painted; false where that is nothing.
static bool bound_spot(const Painting *painting, const Spot *spot, FieldRegion *out)
{
    Vec3 low = v3(1e9f, 1e9f, 1e9f), high = v3_scale(low, -1), normal;
    for (uint32_t y = spot->y; y < MIN(spot->y + spot->side, painting->height); y++)
        for (uint32_t x = spot->x; x < MIN(spot->x + spot->side, painting->width); x++) {
            if (!is_on(painting, spot, x, y))
                continue;
            Vec3 p = place_of(painting, x, y, &normal).position;
            low = v3(fminf(low.x, p.x), fminf(low.y, p.y), fminf(low.z, p.z));
            high = v3(fmaxf(high.x, p.x), fmaxf(high.y, p.y), fmaxf(high.z, p.z));
        }
    if (low.x > high.x)
        return false;
    out->centre = v3_lerp(low, high, 0.5f);
    // A tap beyond, and what the finish may move.
    out->radius_mm =
        v3_length(v3_sub(high, low)) * 0.5f + 0.03f + painting->desc->piece->wear_mm;
    return true;
}

// The islands in a block, each once; a block of small ones has many. 0 is all there is.
static int find_islands(const Painting *painting, uint32_t x0, uint32_t y0, uint32_t *out)
{
    const uint32_t *islands = painting->desc->sculpture->triangle_islands;
    int count = 0;
    for (uint32_t y = y0; y < MIN(y0 + BLOCK, painting->height); y++)
        for (uint32_t x = x0; x < MIN(x0 + BLOCK, painting->width); x++) {
            uint32_t owner = painting->owners[(size_t)y * painting->width + x];
            if (!owner)
                continue;
            uint32_t island = islands ? islands[owner - 1] : 0;
            int i = 0;
            while (i < count && out[i] != island)
                i++;
            out[i] = island;
            count = MAX(count, i + 1);
        }
    return count;
}

// Eight at a time share one walk through the square's parts.
typedef struct Row {
    FieldRegion regions[FIELD_PRUNE_AT_ONCE];
    Spot spots[FIELD_PRUNE_AT_ONCE];
    int count;
} Row;

static void flush_row(const Painting *painting, FieldList list, Row *row)
{
    field_prune(painting->desc->field, list, row->regions, row->count);
    for (int i = 0; i < row->count; i++)
        paint_spot(painting, &row->spots[i], row->regions[i].list);
    row->count = 0;
}

static void paint_row(const Painting *painting, uint32_t x0, uint32_t y0, FieldList list,
                      Arena *scratch)
{
    Row row = {.count = 0};
    for (int i = 0; i < FIELD_PRUNE_AT_ONCE; i++)
        row.regions[i].list.parts = ARENA_ARRAY_RAW(scratch, uint32_t, list.count + 1);
    for (uint32_t b = 0; b < BLOCKS; b++) {
        uint32_t islands[BLOCK * BLOCK];
        int count = find_islands(painting, x0 + b * BLOCK, y0, islands);
        for (int i = 0; i < count; i++) {
            Spot spot = {x0 + b * BLOCK, y0, BLOCK, islands[i]};
            row.spots[row.count] = spot;
            row.count += bound_spot(painting, &spot, &row.regions[row.count]);
            if (row.count == FIELD_PRUNE_AT_ONCE)
                flush_row(painting, list, &row);
        }
    }
    flush_row(painting, list, &row);
}

static Status paint_squares(void *context, size_t first, size_t count, int worker)
{
    (void)worker;
    const Painting *painting = context;
    size_t columns = (painting->width + SQUARE - 1) / SQUARE;
    for (size_t i = first; i < first + count; i++) {
        Scratch scratch = scratch_begin(NULL);
        uint32_t x = (uint32_t)(i % columns) * SQUARE, y = (uint32_t)(i / columns) * SQUARE;
        FieldRegion region = {
            .list = {ARENA_ARRAY_RAW(scratch.arena, uint32_t, painting->desc->list.count), 0}};
        if (bound_spot(painting, &(Spot){x, y, SQUARE, 0}, &region)) {
            field_prune(painting->desc->field, painting->desc->list, &region, 1);
            for (uint32_t row = 0; row < BLOCKS; row++)
                paint_row(painting, x, y + row * BLOCK, region.list, scratch.arena);
        }
        scratch_end(scratch);
    }
    return OK;
}

// ---- around the painted

static void copy_texel(const SculptPicture *picture, size_t to, size_t from)
{
    memcpy(picture->colour + to * 4, picture->colour + from * 4, 4);
    memcpy(picture->gloss + to * 4, picture->gloss + from * 4, 4);
    memcpy(picture->normal + to * 4, picture->normal + from * 4, 4);
}

// Whoever filters between texels finds the nearest one's values beyond the edge.
static void bleed(Painting *painting, uint32_t round)
{
    enum { BLED = 0x80000000 };
    uint32_t w = painting->width, h = painting->height, *owners = painting->owners;
    for (uint32_t y = 0; y < h; y++)
        for (uint32_t x = 0; x < w; x++) {
            size_t at = (size_t)y * w + x;
            if (owners[at])
                continue;
            size_t from[4] = {x ? at - 1 : at, x + 1 < w ? at + 1 : at, y ? at - w : at,
                              y + 1 < h ? at + w : at};
            for (int k = 0; k < 4; k++)
                if (owners[from[k]] && owners[from[k]] != (BLED | round)) {
                    copy_texel(painting->out, at, from[k]);
                    owners[at] = BLED | round;
                    break;
                }
        }
}

Status paint_chart(const PaintDesc *desc, Arena *arena, SculptPicture *out)
{
    Arena own = {0};
    Painting painting = {.desc = desc, .width = out->width, .height = out->height, .out = out};
    size_t count = (size_t)out->width * out->height;
    out->colour = ARENA_ARRAY(arena, uint8_t, count * 4);
    out->gloss = ARENA_ARRAY(arena, uint8_t, count * 4);
    out->normal = ARENA_ARRAY(arena, uint8_t, count * 4);
    painting.owners = ARENA_ARRAY(&own, uint32_t, count);
    lay_out(&painting);
    size_t columns = (out->width + SQUARE - 1) / SQUARE;
    size_t rows = (out->height + SQUARE - 1) / SQUARE;
    Status status = parallel_for(&(ParallelDesc){.count = columns * rows,
                                                 .run = paint_squares,
                                                 .context = &painting,
                                                 .worker_limit = desc->worker_limit});
    for (uint32_t round = 1; round <= BLEED && !status; round++)
        bleed(&painting, round);
    arena_drop(&own);
    return status;
}
