// bake_pieces.c: the parts of a mesh that hang together and touch nothing locked.

#include "packer/bake_pieces.h"

#include <stdlib.h>

static uint32_t root_of(uint32_t *parents, uint32_t v)
{
    while (parents[v] != v) {
        parents[v] = parents[parents[v]];
        v = parents[v];
    }
    return v;
}

static int compare_pieces(const void *a, const void *b)
{
    const Piece *left = a, *right = b;
    if (left->size2 != right->size2)
        return left->size2 < right->size2 ? -1 : 1;
    return left->first < right->first ? -1 : left->first > right->first;
}

typedef struct PieceBox {
    float low[3], high[3];
    bool is_used, is_held;
    uint32_t count, first;
} PieceBox;

static PieceBox *measure_pieces(const SimplifyMesh *mesh, uint32_t *parents, Arena *arena)
{
    PieceBox *boxes = ARENA_ARRAY(arena, PieceBox, mesh->vertex_count);
    for (uint32_t v = 0; v < mesh->vertex_count; v++) {
        PieceBox *box = &boxes[root_of(parents, v)];
        box->is_held |= mesh->is_locked[v] != 0;
        for (int axis = 0; axis < 3; axis++) {
            float at = mesh->positions[v][axis];
            box->low[axis] = box->is_used ? MIN(box->low[axis], at) : at;
            box->high[axis] = box->is_used ? MAX(box->high[axis], at) : at;
        }
        box->is_used = true;
    }
    for (uint32_t t = 0; t < mesh->triangle_count; t++)
        boxes[root_of(parents, mesh->triangles[t][0])].count++;
    return boxes;
}

Pieces pieces_find(const SimplifyMesh *mesh, Arena *arena)
{
    Pieces pieces = {0};
    uint32_t *parents = ARENA_ARRAY_RAW(arena, uint32_t, mesh->vertex_count);
    for (uint32_t v = 0; v < mesh->vertex_count; v++)
        parents[v] = v;
    for (uint32_t t = 0; t < mesh->triangle_count; t++) {
        const uint32_t *triangle = mesh->triangles[t];
        parents[root_of(parents, triangle[1])] = root_of(parents, triangle[0]);
        parents[root_of(parents, triangle[2])] = root_of(parents, triangle[0]);
    }
    PieceBox *boxes = measure_pieces(mesh, parents, arena);
    pieces.all = ARENA_ARRAY(arena, Piece, mesh->vertex_count);
    uint32_t first = 0;
    for (uint32_t v = 0; v < mesh->vertex_count; v++) {
        PieceBox *box = &boxes[v];
        if (!box->is_used || box->is_held || !box->count)
            continue;
        float size2 = 0;
        for (int axis = 0; axis < 3; axis++)
            size2 += (box->high[axis] - box->low[axis]) * (box->high[axis] - box->low[axis]);
        pieces.all[pieces.count++] = (Piece){size2, first, box->count};
        box->first = first;
        first += box->count;
    }
    pieces.triangles = ARENA_ARRAY_RAW(arena, uint32_t, MAX(first, 1u));
    for (uint32_t t = 0; t < mesh->triangle_count; t++) {
        PieceBox *box = &boxes[root_of(parents, mesh->triangles[t][0])];
        if (!box->is_held)
            pieces.triangles[box->first++] = t;
    }
    qsort(pieces.all, pieces.count, sizeof *pieces.all, compare_pieces);
    return pieces;
}
