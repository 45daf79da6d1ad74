// import_mtl_tiles.c: sets of pictures, one for each unit square of texture coordinates.

#include "packer/import_mtl.h"

#include <math.h>
#include <string.h>

enum { FIRST_TILE = 1001, TILES_ACROSS = 10, TILES_UP = 900 };

static const char UDIM[] = "<UDIM>", UVTILE[] = "<UVTILE>";

bool mtl_is_set(const char *name)
{
    return strstr(name, UDIM) || strstr(name, UVTILE);
}

const char *mtl_tile_name(const char *name, uint32_t tile, Arena *arena)
{
    const char *udim = strstr(name, UDIM), *uvtile = strstr(name, UVTILE);
    if (!tile || (!udim && !uvtile))
        return name;
    if (udim)
        return str_format(arena, "%.*s%u%s", (int)(udim - name), name, tile,
                          udim + sizeof UDIM - 1);
    uint32_t square = tile - FIRST_TILE;
    return str_format(arena, "%.*su%u_v%u%s", (int)(uvtile - name), name,
                      square % TILES_ACROSS + 1, square / TILES_ACROSS + 1,
                      uvtile + sizeof UVTILE - 1);
}

// The square its middle lies in. v of a mesh points down, that of the squares up.
static uint32_t tile_of(const uint32_t triangle[3], const float (*uvs)[2])
{
    float middle[2] = {0, 0};
    for (int corner = 0; corner < 3; corner++)
        for (int i = 0; i < 2; i++)
            middle[i] += uvs[triangle[corner]][i] / 3.0f;
    float across = floorf(middle[0]), up = floorf(1.0f - middle[1]);
    bool is_inside = across >= 0 && across < TILES_ACROSS && up >= 0 && up < TILES_UP;
    return is_inside ? FIRST_TILE + (uint32_t)across + TILES_ACROSS * (uint32_t)up : FIRST_TILE;
}

// What became of one material's squares: the job's material of each that is used, from 1.
typedef struct TileSet {
    const MtlMaterial *from;
    uint16_t materials[TILES_ACROSS * TILES_UP];
} TileSet;

NODISCARD static Status use_tile(ImportJob *job, TileSet *set, uint32_t tile, uint32_t *index)
{
    uint16_t *known = &set->materials[tile - FIRST_TILE];
    if (*known == 0) {
        ScanMaterial material = set->from->material;
        uint32_t added;
        TRY(mtl_open_maps(job, set->from, tile, &material));
        TRY(import_job_add_material(job, &material, &added));
        *known = (uint16_t)(added + 1);
    }
    *index = *known - 1u;
    return OK;
}

NODISCARD static Status split_material(ImportJob *job, const MtlMaterial *from, Arena *arena)
{
    ImportMesh *mesh = &job->mesh;
    const float(*uvs)[2] = import_mesh_stream(mesh, IMPORT_UV0);
    const uint32_t(*triangles)[3] = (const uint32_t(*)[3])mesh->triangles.bytes;
    TileSet *set = ARENA_NEW(arena, TileSet);
    set->from = from;
    for (uint32_t t = 0; t < mesh->triangle_count; t++) {
        if (import_mesh_material(mesh, t) != from->index)
            continue;
        uint32_t material = 0;
        TRY(use_tile(job, set, tile_of(triangles[t], uvs), &material));
        import_mesh_set_material(mesh, t, material);
    }
    return OK;
}

Status mtl_split_tiles(ImportJob *job, MtlLibrary *library)
{
    for (size_t i = 0; i < library->count; i++) {
        const MtlMaterial *material = &library->materials[i];
        Arena arena = {0};
        Status status = OK;
        if (material->is_added && material->has_tiles)
            status = split_material(job, material, &arena);
        arena_drop(&arena);
        TRY(status);
    }
    return OK;
}
