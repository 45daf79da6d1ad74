// light_cut.c: what a baked sculpture keeps from the light: its shape, coarsely.

#include "packer/light_cut.h"

#include "io/file.h"
#include "packer/cut.h"

#include <math.h>

// Coarser than this part of the piece's size nothing need be: shadows are as soft.
#define ERROR_SHARE 0.004f

NODISCARD static Status cut_pages(const Loaf *loaf, float error_m, CutShape *shape)
{
    const MeshGraph *graph = &loaf->graph;
    FileMap map;
    TRY(file_map(loaf->pages_path, &map));
    Status status = OK;
    for (uint32_t i = 0; i < graph->page_count && !status; i++) {
        const MeshPageRange *range = &graph->pages[i];
        Bytes bytes = bytes_first(bytes_skip(map.bytes, range->offset), range->size_bytes);
        if (cut_wants(graph, i, error_m))
            status = cut_add_page(graph, i, bytes, error_m, shape);
    }
    file_unmap(&map);
    return status;
}

// The piece's own space -> the room.
static void move_point(const float matrix[16], float point[3])
{
    float own[3] = {point[0], point[1], point[2]};
    for (int i = 0; i < 3; i++)
        point[i] = matrix[i] * own[0] + matrix[4 + i] * own[1] + matrix[8 + i] * own[2] +
                   matrix[12 + i];
}

Status light_cut(const Loaf *loaf, const PlanPlace *place, const float low_m[3],
                 const float high_m[3], Arena *arena, LightBlocker *out)
{
    float size2 = 0, matrix[16];
    CutShape shape = {.arena = arena};
    *out = (LightBlocker){0};
    for (int i = 0; i < 3; i++)
        size2 += (high_m[i] - low_m[i]) * (high_m[i] - low_m[i]);
    plan_piece_matrix(place, low_m, high_m, matrix);
    TRY(cut_pages(loaf, sqrtf(size2) * ERROR_SHARE, &shape));
    *out = (LightBlocker){.vertex_count = shape.corner_count,
                          .index_count = shape.corner_count,
                          .positions = shape.corners,
                          .indices = ARENA_ARRAY_RAW(arena, uint32_t, shape.corner_count)};
    for (uint32_t i = 0; i < shape.corner_count; i++) {
        move_point(matrix, out->positions[i]);
        out->indices[i] = i;
    }
    return OK;
}
