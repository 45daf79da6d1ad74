// wire.c: tubes thinner than any grid.

#include "exhibits/sculptor/wire.h"

enum { SIDES = 10, MOST_RINGS = 400 };
static const float RINGS_APART = 8; // in radii: triangles not too long for whoever cuts them up

static int ring_count(const Part *part)
{
    float radius = fmaxf(part->size[1], part->size[2]);
    return 2 + (int)clamp_f(part->size[0] / (radius * RINGS_APART), 0, MOST_RINGS);
}

void wire_size(const Part *part, size_t *vertices, size_t *indices)
{
    size_t rings = (size_t)ring_count(part);
    *vertices += rings * SIDES + 2;
    *indices += (rings - 1) * SIDES * 6 + 2 * SIDES * 3;
}

static void add_vertex(Sculpture *out, Vec3 p, Vec3 normal, uint32_t part)
{
    out->vertices[out->vertex_count++] =
        (SculptVertex){.position = p, .normal = normal, .occlusion = 1, .part = part};
}

static void add_triangle(Sculpture *out, size_t a, size_t b, size_t c)
{
    out->indices[out->index_count++] = (uint32_t)a;
    out->indices[out->index_count++] = (uint32_t)b;
    out->indices[out->index_count++] = (uint32_t)c;
}

void wire_sweep(const Field *field, uint32_t index, Sculpture *out)
{
    const Part *part = &field->parts[index];
    const Frame *f = &part->frame;
    size_t first = out->vertex_count;
    int rings = ring_count(part);
    for (int r = 0; r < rings; r++) {
        float t = (float)r / (float)(rings - 1);
        Vec3 middle = v3_mad(f->origin, f->along, part->size[0] * t);
        for (int k = 0; k < SIDES; k++) {
            float turn = (float)k * 2 * PI_F / SIDES;
            Vec3 n = v3_add(v3_scale(f->across, cosf(turn)), v3_scale(f->up, sinf(turn)));
            add_vertex(out, v3_mad(middle, n, lerp_f(part->size[1], part->size[2], t)), n,
                       index);
        }
    }
    size_t low = out->vertex_count, high = low + 1;
    add_vertex(out, f->origin, v3_scale(f->along, -1), index);
    add_vertex(out, v3_mad(f->origin, f->along, part->size[0]), f->along, index);
    size_t last = first + (size_t)(rings - 1) * SIDES;
    for (size_t k = 0; k < SIDES; k++) {
        size_t next = (k + 1) % SIDES;
        for (size_t r = first; r < last; r += SIDES) {
            add_triangle(out, r + k, r + SIDES + k, r + next);
            add_triangle(out, r + next, r + SIDES + k, r + SIDES + next);
        }
        add_triangle(out, low, first + k, first + next);
        add_triangle(out, high, last + next, last + k);
    }
}
