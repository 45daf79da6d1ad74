// bake_tile.c: the tile of one page: painted, encoded, and kept for the groups above.

#include "packer/bake_tile.h"

#include "packer/bake_tile_child.h"
#include "packer/bake_tile_own.h"

_Static_assert((int)TILE_WIDTH == SURFACE_TILE_WIDTH && (int)TILE_WIDTH == MESH_TILE_WIDTH &&
                   (int)TILE_MAX_HEIGHT == SURFACE_TILE_MAX_ROWS &&
                   (int)TILE_MAX_HEIGHT == MESH_TILE_MAX_ROWS,
               "charts are packed into what tiles are");

bool tile_is_wanted(const TileScan *scan, const BakeGroup *group)
{
    return scan->store || group->level > 0;
}

// ---- children

typedef struct Family {
    uint32_t count, capacity;
    TileChild *children;
} Family;

static const TileChild *find_child(const Family *family, uint32_t number)
{
    for (uint32_t i = 0; i < family->count; i++) {
        if (family->children[i].number == number)
            return &family->children[i];
    }
    return NULL;
}

NODISCARD static Status load_children(const TileJob *job, Family *family)
{
    for (uint32_t g = 0; g < job->group_count; g++) {
        const BakeGroup *group = job->groups[g].group;
        for (uint32_t c = 0; c < group->cluster_count; c++) {
            uint32_t number = group->clusters[c].refined_by;
            if (number == BAKE_NO_GROUP || find_child(family, number))
                continue;
            TileChild child;
            TRY(tile_load_child(&job->bake->scan, job->bake->kept, number, family->children,
                                family->count, job->arena, &child));
            *ARENA_PUSH(job->arena, family->children, family->count, family->capacity) = child;
        }
    }
    return OK;
}

// ---- the tile

static uint32_t choose_maps(const TileJob *job, const Family *family)
{
    const TileScan *scan = &job->bake->scan;
    uint32_t maps = 0;
    for (uint32_t g = 0; g < job->group_count; g++)
        maps |= tile_own_maps(scan, &job->groups[g]);
    if (family->count)
        maps |= tile_surface_maps(scan) | 1u << SURFACE_NORMAL;
    if (family->count && scan->mesh->reliefs)
        maps |= 1u << SURFACE_RELIEF;
    return maps;
}

NODISCARD static Status paint(const TileJob *job, const Family *family, TileCanvas *canvas)
{
    for (uint32_t g = 0; g < job->group_count; g++) {
        const TileGroup *group = &job->groups[g];
        for (uint32_t c = 0; c < group->chart_count; c++) {
            const TileChart *chart = &group->charts[c];
            if (chart->is_own)
                TRY(tile_paint_own(&(TileOwnDesc){.scan = &job->bake->scan,
                                                  .reader = job->reader,
                                                  .canvas = canvas,
                                                  .temporary = job->arena},
                                   group, chart));
            else
                tile_paint_child(&(TileChildDesc){.scan = &job->bake->scan,
                                                  .child = find_child(family, chart->child),
                                                  .canvas = canvas,
                                                  .temporary = job->arena},
                                 group, chart);
        }
    }
    return OK;
}

NODISCARD static Status keep(const TileJob *job, const TileCanvas *canvas)
{
    if (!job->store)
        return OK;
    TileKept kept;
    TRY(tile_keep_planes(job->store, &canvas->tile, canvas->is_used, &kept));
    for (uint32_t g = 0; g < job->group_count; g++) {
        TRY(tile_keep_triangles(&job->bake->scan, &job->groups[g], &kept));
        job->bake->kept[job->numbers[g]] = kept;
    }
    return OK;
}

NODISCARD static Status count(const TileJob *job, const TileCanvas *canvas, Bytes tile,
                              TileStats *stats)
{
    size_t texels = (size_t)job->rows * SURFACE_TILE_WIDTH;
    stats->tiles++;
    stats->tile_texels += texels;
    for (size_t i = 0; i < texels; i++)
        stats->used_texels += canvas->is_used[i];
    for (uint32_t g = 0; g < job->group_count; g++) {
        uint64_t owned = (uint64_t)job->groups[g].owned_texels;
        stats->owned_texels += owned;
        stats->finest_texels += job->groups[g].group->level == 0 ? owned : 0;
    }
    SurfaceTile written;
    TRY(surface_peek(tile, &written));
    for (int map = 0; map < SURFACE_MAP_COUNT; map++)
        stats->maps[map] += written.maps >> map & 1;
    return OK;
}

Status tile_bake(const TileJob *job, TileStats *stats, Bytes *out)
{
    Family family = {0};
    TRY(load_children(job, &family));
    TileCanvas canvas =
        tile_canvas_make(job->rows, choose_maps(job, &family), &job->bake->tables, job->arena);
    TRY(paint(job, &family, &canvas));
    tile_canvas_settle(&canvas);
    TRY(keep(job, &canvas));
    TRY(surface_write(&canvas.tile, canvas.is_used, job->arena, out));
    return count(job, &canvas, *out, stats);
}
