// bake_tile_keep.c: what is kept of a group that was painted, for those above it.

#include "packer/bake_tile_keep.h"

#include <string.h>

// What is set aside of a tile: a bit for each texel that is used, then those texels, plane by
// plane.

enum { PLANE_COUNT = 3 };

typedef struct Plane {
    uint8_t *texels; // or NULL
    size_t texel_bytes;
} Plane;

static void list_planes(const SurfaceTile *tile, Plane out[PLANE_COUNT])
{
    out[0] = (Plane){(uint8_t *)tile->color, sizeof *tile->color};
    out[1] = (Plane){(uint8_t *)tile->shape, sizeof *tile->shape};
    out[2] = (Plane){(uint8_t *)tile->extra, sizeof *tile->extra};
}

static size_t texel_count(const SurfaceTile *tile)
{
    return (size_t)tile->rows * SURFACE_TILE_WIDTH;
}

// Of sizes the compiler knows.
static void copy_texel(uint8_t *to, const uint8_t *from, size_t texel_bytes)
{
    if (texel_bytes == 4)
        memcpy(to, from, 4);
    else
        memcpy(to, from, texel_bytes);
}

static uint8_t *put_used(const Plane *plane, const uint8_t *is_used, size_t count, uint8_t *to)
{
    for (size_t i = 0; plane->texels && i < count; i++) {
        if (!is_used[i])
            continue;
        copy_texel(to, plane->texels + i * plane->texel_bytes, plane->texel_bytes);
        to += plane->texel_bytes;
    }
    return to;
}

Status tile_keep_planes(BakeStore *store, const SurfaceTile *tile, const uint8_t *is_used,
                        TileKept *out)
{
    Plane planes[PLANE_COUNT];
    list_planes(tile, planes);
    size_t count = texel_count(tile), room = count / 8;
    for (int i = 0; i < PLANE_COUNT; i++)
        room += planes[i].texels ? count * planes[i].texel_bytes : 0;
    Scratch scratch = scratch_begin(NULL);
    uint8_t *bytes = arena_alloc_raw(scratch.arena, room, 16), *end = bytes + count / 8;
    memset(bytes, 0, count / 8);
    for (size_t i = 0; i < count; i++)
        bytes[i / 8] |= (uint8_t)((is_used[i] != 0) << i % 8);
    for (int i = 0; i < PLANE_COUNT; i++)
        end = put_used(&planes[i], is_used, count, end);
    *out = (TileKept){.store = store, .tile = *tile};
    Status status = bake_store_put(store, (Bytes){bytes, (size_t)(end - bytes)}, &out->planes);
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

static const uint8_t *get_used(const Plane *plane, const uint8_t *used, size_t count,
                               const uint8_t *from)
{
    for (size_t i = 0; plane->texels && i < count; i++) {
        if (!(used[i / 8] >> i % 8 & 1))
            continue;
        copy_texel(plane->texels + i * plane->texel_bytes, from, plane->texel_bytes);
        from += plane->texel_bytes;
    }
    return from;
}

NODISCARD static Status load_planes(const TileKept *kept, Arena *arena, SurfaceTile *out)
{
    SurfaceTile tile = kept->tile;
    size_t count = texel_count(&tile);
    if (tile.color)
        tile.color = arena_alloc_raw(arena, count * sizeof *tile.color, 16);
    if (tile.shape)
        tile.shape = arena_alloc_raw(arena, count * sizeof *tile.shape, 16);
    if (tile.extra)
        tile.extra = arena_alloc_raw(arena, count * sizeof *tile.extra, 16);
    Scratch scratch = scratch_begin(arena);
    Bytes bytes;
    Status status = bake_store_get(kept->store, kept->planes, scratch.arena, &bytes);
    Plane planes[PLANE_COUNT];
    list_planes(&tile, planes);
    const uint8_t *from = bytes.ptr + count / 8;
    for (int i = 0; i < PLANE_COUNT && !status; i++)
        from = get_used(&planes[i], bytes.ptr, count, from);
    scratch_end(scratch);
    *out = tile;
    return status;
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
