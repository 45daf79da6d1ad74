// gallery_texels.c: where in a room's baked light each of its vertices lies.

#include "exhibits/model/gallery_texels.h"

#include "exhibits/model/gallery_light.h"

Status gallery_texels(const GalleryMesh *mesh, const Lightmap *map, Arena *arena,
                      float (**out)[2])
{
    ChartsPart *parts = ARENA_ARRAY(arena, ChartsPart, (size_t)mesh->part_count + 1);
    for (uint32_t i = 0; i < mesh->part_count; i++)
        parts[i] = (ChartsPart){mesh->parts[i].first_index, mesh->parts[i].index_count,
                                gallery_light_group(mesh->parts[i].material)};
    Charts pieces;
    charts_find(&(ChartsMesh){.position = mesh->vertices->position,
                              .normal = mesh->vertices->normal,
                              .stride_bytes = sizeof *mesh->vertices,
                              .vertex_count = mesh->vertex_count,
                              .indices = mesh->indices,
                              .parts = parts,
                              .part_count = mesh->part_count,
                              .keeps_pieces = true},
                arena, &pieces);
    const Chart **charts = ARENA_ARRAY(arena, const Chart *, (size_t)pieces.count + 1);
    for (uint32_t i = 0; i < pieces.count; i++) {
        charts[i] = lightmap_find(map, &pieces.charts[i]);
        if (!charts[i])
            return FAIL(ERR_NOT_FOUND, "there is no light for a flat piece");
    }
    float(*texels)[2] =
        arena_alloc(arena, ((size_t)mesh->vertex_count + 1) * sizeof *texels, 4);
    for (uint32_t i = 0; i < mesh->vertex_count; i++)
        if (pieces.chart_of[i] != UINT32_MAX)
            charts_texel(charts[pieces.chart_of[i]], mesh->vertices[i].position, texels[i]);
    *out = texels;
    return OK;
}

void gallery_mesh_move(GalleryMesh *mesh, const LightmapMove *move)
{
    for (uint32_t i = 0; i < mesh->vertex_count; i++) {
        lightmap_move_point(move, mesh->vertices[i].position);
        lightmap_turn_direction(move, mesh->vertices[i].normal);
    }
}
