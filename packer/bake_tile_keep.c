// bake_tile_keep.c: what is kept of a group that was painted, for those above it.

#include "packer/bake_tile_keep.h"

#include <string.h>

typedef struct Planes {
    size_t color, shape, extra; // bytes
} Planes;

static Planes measure(const SurfaceTile *tile)
{
    size_t count = (size_t)tile->rows * SURFACE_TILE_WIDTH;
    return (Planes){tile->color ? count * sizeof *tile->color : 0,
                    tile->shape ? count * sizeof *tile->shape : 0,
                    tile->extra ? count * sizeof *tile->extra : 0};
}

Status tile_keep_planes(BakeStore *store, const SurfaceTile *tile, TileKept *out)
{
    Planes planes = measure(tile);
    Scratch scratch = scratch_begin(NULL);
    uint8_t *bytes =
        arena_alloc_raw(scratch.arena, planes.color + planes.shape + planes.extra, 16);
    if (planes.color)
        memcpy(bytes, tile->color, planes.color);
    if (planes.shape)
        memcpy(bytes + planes.color, tile->shape, planes.shape);
    if (planes.extra)
        memcpy(bytes + planes.color + planes.shape, tile->extra, planes.extra);
    *out = (TileKept){.store = store, .tile = *tile};
    Status status = bake_store_put(
        store, (Bytes){bytes, planes.color + planes.shape + planes.extra}, &out->planes);
    scratch_end(scratch);
    return status;
}

Status tile_keep_triangles(const TileScan *scan, const TileGroup *group, TileKept *kept)
{
    Scratch scratch = scratch_begin(NULL);
    uint32_t count = group->group->triangle_count;
    TileKeptTriangle *triangles = ARENA_ARRAY_RAW(scratch.arena, TileKeptTriangle, count);
    for (uint32_t t = 0; t < count; t++) {
        for (int i = 0; i < 3; i++) {
            MeshTexel texel =
                tile_vertex_texel(scan, group, &group->vertices[group->indices[t][i]]);
            memcpy(triangles[t].places[i], texel.place, sizeof texel.place);
            memcpy(triangles[t].axis, texel.axis, sizeof texel.axis);
        }
    }
    Status status = bake_store_put(
        kept->store, (Bytes){(const uint8_t *)triangles, count * sizeof *triangles},
        &kept->triangles);
    scratch_end(scratch);
    return status;
}

// ---- and back

static bool is_same_span(BakeSpan a, BakeSpan b)
{
    return a.memory == b.memory && a.offset == b.offset;
}

NODISCARD static Status load_planes(const TileKept *kept, Arena *arena, SurfaceTile *out)
{
    Planes planes = measure(&kept->tile);
    Bytes bytes;
    TRY(bake_store_get(kept->store, kept->planes, arena, &bytes));
    *out = kept->tile;
    out->color = planes.color ? (uint8_t(*)[4])bytes.ptr : NULL;
    out->shape = planes.shape ? (uint8_t(*)[4])(bytes.ptr + planes.color) : NULL;
    out->extra = planes.extra ? (uint8_t(*)[2])(bytes.ptr + planes.color + planes.shape) : NULL;
    return OK;
}

static void make_frames(TileChild *child, Arena *arena)
{
    uint32_t count = child->group->triangle_count;
    child->frames = arena_alloc_raw(arena, count * sizeof *child->frames, 16);
    for (uint32_t t = 0; t < count; t++) {
        float axis[3];
        mesh_decode_normal(child->triangles[t].axis, axis);
        surface_make_frame(axis, child->frames[t]);
    }
}

Status tile_load_child(const TileScan *scan, const TileKept *kept, uint32_t number,
                       const TileChild *others, uint32_t other_count, Arena *arena,
                       TileChild *out)
{
    TileChild child = {.number = number, .group = scan->graph->groups[number]};
    uint32_t count = child.group->vertex_count;
    child.normals = arena_alloc_raw(arena, count * sizeof *child.normals, 16);
    for (uint32_t v = 0; v < count; v++)
        mesh_decode_normal(child.group->normals[v], child.normals[v]);
    kept += number;
    if (kept->store) {
        Bytes bytes;
        TRY(bake_store_get(kept->store, kept->triangles, arena, &bytes));
        child.triangles = (const TileKeptTriangle *)bytes.ptr;
        for (uint32_t i = 0; i < other_count && !child.tile.rows; i++) {
            const TileKept *other = kept - number + others[i].number;
            if (other->store == kept->store && is_same_span(other->planes, kept->planes))
                child.tile = others[i].tile;
        }
        if (!child.tile.rows)
            TRY(load_planes(kept, arena, &child.tile));
        if (child.tile.maps & 1u << SURFACE_NORMAL)
            make_frames(&child, arena);
    }
    *out = child;
    return OK;
}
