// bodies.c: several solids that stand in one another as one sculpture.

#include "exhibits/sculptor/bodies.h"

#include <string.h>

static bool is_in_box(const FieldBody *body, Vec3 p)
{
    return p.x >= body->low.x && p.y >= body->low.y && p.z >= body->low.z &&
           p.x <= body->high.x && p.y <= body->high.y && p.z <= body->high.z;
}

static bool is_inside(const Field *field, FieldList list, Vec3 p)
{
    float value;
    field_eval(field, list, &(FieldPoints){1, &p.x, &p.y, &p.z}, &value);
    return value < 0;
}

// Whether some vertex of one body lies in the other's solid. Blocks of vertices: bodies are
// large, and what holds one is mostly found soon.
static bool stands_in(const Field *field, const SculptBody *bodies, size_t one, size_t other,
                      FieldList list)
{
    const Sculpture *s = &bodies[one].surface;
    float xs[FIELD_BLOCK], ys[FIELD_BLOCK], zs[FIELD_BLOCK], values[FIELD_BLOCK];
    int count = 0;
    for (size_t i = 0; i <= s->vertex_count; i++) {
        if (i < s->vertex_count && is_in_box(&field->bodies[other], s->vertices[i].position)) {
            Vec3 p = s->vertices[i].position;
            xs[count] = p.x, ys[count] = p.y, zs[count] = p.z;
            count++;
        }
        if (count < FIELD_BLOCK && i < s->vertex_count)
            continue;
        field_eval(field, list, &(FieldPoints){count, xs, ys, zs}, values);
        for (int k = 0; k < count; k++)
            if (values[k] < 0)
                return true;
        count = 0;
    }
    return false;
}

static Status check_wire(const Field *field, const Part *wire, const FieldList *lists)
{
    Vec3 ends[2] = {wire->frame.origin,
                    v3_mad(wire->frame.origin, wire->frame.along, wire->size[0])};
    for (int k = 0; k < 2; k++) {
        bool is_held = false;
        for (size_t b = 0; b < field->body_count && !is_held; b++)
            is_held = b != wire->body && is_in_box(&field->bodies[b], ends[k]) &&
                      is_inside(field, lists[b], ends[k]);
        if (!is_held)
            return FAIL(ERR_INVALID,
                        "a wire ends in the air at %.2f %.2f %.2f mm, on its way to %.2f %.2f "
                        "%.2f; both ends must lie in what they hold",
                        (double)ends[k].x, (double)ends[k].y, (double)ends[k].z,
                        (double)ends[1 - k].x, (double)ends[1 - k].y, (double)ends[1 - k].z);
    }
    return OK;
}

static Status check_wires(const Field *field, size_t body, const FieldList *lists)
{
    for (uint32_t i = 0; i < lists[body].count; i++)
        TRY(check_wire(field, &field->parts[lists[body].parts[i]], lists));
    return OK;
}

// What hangs together with the first body grows until nothing is added.
static Status check_held(const Field *field, const SculptBody *bodies, const FieldList *lists,
                         bool *is_held)
{
    is_held[0] = true;
    for (bool is_growing = true; is_growing;) {
        is_growing = false;
        for (size_t a = 0; a < field->body_count; a++)
            for (size_t b = 0; b < field->body_count && !is_held[a]; b++) {
                if (!is_held[b] || field->bodies[b].is_wire)
                    continue;
                is_held[a] = field->bodies[a].is_wire ||
                             stands_in(field, bodies, a, b, lists[b]) ||
                             stands_in(field, bodies, b, a, lists[a]);
                is_growing = is_growing || is_held[a];
            }
    }
    for (size_t a = 0; a < field->body_count; a++)
        if (!is_held[a]) {
            Vec3 p = v3_lerp(field->bodies[a].low, field->bodies[a].high, 0.5f);
            return FAIL(ERR_INVALID, "body %zu floats around %.2f %.2f %.2f mm", a, (double)p.x,
                        (double)p.y, (double)p.z);
        }
    return OK;
}

Status bodies_check(const Field *field, const SculptBody *bodies)
{
    Scratch scratch = scratch_begin(NULL);
    FieldList *lists = ARENA_ARRAY(scratch.arena, FieldList, field->body_count);
    bool *is_held = ARENA_ARRAY(scratch.arena, bool, field->body_count);
    for (size_t i = 0; i < field->body_count; i++)
        lists[i] = field_body(field, i, scratch.arena);
    Status status = check_held(field, bodies, lists, is_held);
    for (size_t i = 0; i < field->body_count && !status; i++)
        if (field->bodies[i].is_wire)
            status = check_wires(field, i, lists);
    scratch_end(scratch);
    return status;
}

void bodies_join(SculptBody *bodies, size_t count, Arena *arena, Sculpture *out)
{
    size_t vertices = 0, indices = 0;
    for (size_t i = 0; i < count; i++) {
        vertices += bodies[i].surface.vertex_count;
        indices += bodies[i].surface.index_count;
    }
    out->vertices = ARENA_ARRAY_RAW(arena, SculptVertex, vertices);
    out->indices = ARENA_ARRAY_RAW(arena, uint32_t, indices);
    out->triangle_charts = ARENA_ARRAY_RAW(arena, uint8_t, indices / 3);
    for (size_t i = 0; i < count; i++) {
        const Sculpture *from = &bodies[i].surface;
        bodies[i].first_triangle = out->index_count / 3;
        memset(out->triangle_charts + out->index_count / 3, (int)i, from->index_count / 3);
        memcpy(out->vertices + out->vertex_count, from->vertices,
               from->vertex_count * sizeof *from->vertices);
        for (size_t k = 0; k < from->index_count; k++)
            out->indices[out->index_count++] = from->indices[k] + (uint32_t)out->vertex_count;
        out->vertex_count += from->vertex_count;
        out->raw_triangle_count += from->raw_triangle_count;
        out->dust_count += from->dust_count;
    }
}
