// bake_sheet.c: one page: groups on the page's own grid, with vertices as triangles need them.

#include "packer/bake_sheet.h"

#include <math.h>
#include <meshoptimizer.h>
#include <string.h>

// The page as it grows.
typedef struct Sheet {
    const SheetDesc *desc;
    MeshPage page;
    int32_t low[3];     // the page's origin in steps
    LocalMap map;       // of vertices of the mesh, or of the groups' own with a tile
    uint32_t first_own; // number of the group's first own vertex in it
    Arena *arena;
} Sheet;

// A vertex of a wide page stands on that page's coarse grid on every level: else a hairline
// opens where the page meets a narrower one.
static void snapped_position(const SheetGrid *grid, uint32_t vertex, int32_t out[3])
{
    const int32_t *position = grid->mesh->positions[vertex];
    uint32_t shift = grid->vertex_shifts ? grid->vertex_shifts[vertex] : 0;
    int32_t half = shift ? 1 << (shift - 1) : 0;
    for (int axis = 0; axis < 3; axis++)
        out[axis] = (position[axis] + half) >> shift << shift;
}

static void place_sheet(Sheet *sheet)
{
    const SheetDesc *desc = sheet->desc;
    const BakeGrid *grid = &desc->grid->mesh->grid;
    int32_t low[3] = {INT32_MAX, INT32_MAX, INT32_MAX};
    for (uint32_t g = 0; g < desc->group_count; g++) {
        const BakeGroup *group = desc->groups[g];
        for (uint32_t v = 0; v < group->vertex_count; v++) {
            int32_t at[3];
            snapped_position(desc->grid, group->vertices[v], at);
            for (int axis = 0; axis < 3; axis++)
                low[axis] = MIN(low[axis], at[axis]);
        }
    }
    sheet->page.step_m = ldexpf(grid->step_m, (int)desc->shift);
    for (int axis = 0; axis < 3; axis++) {
        sheet->low[axis] = low[axis] >> desc->shift << desc->shift;
        sheet->page.origin_m[axis] =
            grid->origin_m[axis] + grid->step_m * (float)sheet->low[axis];
    }
}

// ---- vertices

static void set_vertex(Sheet *sheet, const BakeGroup *group, uint32_t local, uint32_t at)
{
    int32_t position[3];
    snapped_position(sheet->desc->grid, group->vertices[local], position);
    MeshVertex *vertex = &sheet->page.vertices[at];
    for (int axis = 0; axis < 3; axis++) {
        int32_t steps = (position[axis] - sheet->low[axis]) >> sheet->desc->shift;
        ASSERT(steps >= 0 && steps <= MESH_PAGE_MAX_STEPS);
        vertex->position[axis] = (uint16_t)steps;
    }
    memcpy(vertex->normal, group->normals[local], sizeof vertex->normal);
}

// How far vertices stand out is known even where nothing else is.
static void set_surface(Sheet *sheet, const BakeGroup *group, uint32_t local, uint32_t at)
{
    static const MeshSurface bare = {{255, 255, 255}, 255, 255, 0, 0, MESH_RELIEF_FLAT};
    const uint8_t *reliefs = sheet->desc->grid->mesh->reliefs;
    sheet->page.surfaces[at] = group->surfaces ? group->surfaces[local] : bare;
    if (reliefs)
        sheet->page.surfaces[at].relief = reliefs[group->vertices[local]];
}

// `number` counts the group's vertices, or its tile's.
static uint16_t add_vertex(Sheet *sheet, uint32_t g, uint32_t number)
{
    const BakeGroup *group = sheet->desc->groups[g];
    const TileGroup *tile = sheet->desc->tiles ? &sheet->desc->tiles[g] : NULL;
    uint32_t local = tile ? tile->vertices[number].vertex : number;
    uint32_t key = tile ? sheet->first_own + number : group->vertices[local];
    uint32_t at = local_map_add(&sheet->map, key);
    if (at < sheet->page.vertex_count)
        return (uint16_t)at;
    sheet->page.vertex_count++;
    set_vertex(sheet, group, local, at);
    if (tile)
        sheet->page.texels[at] =
            tile_vertex_texel(sheet->desc->scan, tile, &tile->vertices[number]);
    else if (sheet->page.surfaces)
        set_surface(sheet, group, local, at);
    return (uint16_t)at;
}

// ---- triangles

// In an order in which each needs vertices of the one before.
static void add_triangles(Sheet *sheet, uint32_t g, const BakeGroupCluster *cluster)
{
    Scratch scratch = scratch_begin(sheet->arena);
    uint32_t index_count = 3 * cluster->triangle_count;
    LocalMap map = local_map_make(index_count, scratch.arena);
    uint32_t *indices = ARENA_ARRAY_RAW(scratch.arena, uint32_t, index_count);
    uint32_t *ordered = ARENA_ARRAY_RAW(scratch.arena, uint32_t, index_count);
    const uint16_t(*triangles)[3] = sheet->desc->tiles
                                        ? (const uint16_t(*)[3])sheet->desc->tiles[g].indices
                                        : (const uint16_t(*)[3])sheet->desc->groups[g]->indices;
    const uint16_t *from = triangles[cluster->first_triangle];
    for (uint32_t i = 0; i < index_count; i++)
        indices[i] = local_map_add(&map, from[i]);
    meshopt_optimizeVertexCacheStrip(ordered, indices, index_count, map.count);
    for (uint32_t i = 0; i < index_count; i++)
        sheet->page.indices[sheet->page.index_count++] =
            add_vertex(sheet, g, map.members[ordered[i]]);
    scratch_end(scratch);
}

static void add_cluster(Sheet *sheet, uint32_t g, const BakeGroupCluster *from)
{
    MeshPage *page = &sheet->page;
    float slack_m = sheet->desc->grid->slack_m;
    MeshCluster *cluster = &page->clusters[page->cluster_count++];
    *cluster = (MeshCluster){
        .radius = from->radius + slack_m,
        .cone_cutoff = slack_m > 0.0f ? 2.0f : from->cone_cutoff,
        .refined_by = from->refined_by == BAKE_NO_GROUP
                          ? MESH_NO_GROUP
                          : sheet->desc->new_numbers[from->refined_by],
        .first_index = page->index_count,
        .triangle_count = from->triangle_count,
    };
    memcpy(cluster->center, from->center, sizeof cluster->center);
    memcpy(cluster->cone_axis, from->cone_axis, sizeof cluster->cone_axis);
    add_triangles(sheet, g, from);
}

static void make_room(Sheet *sheet)
{
    uint32_t vertices = 0, triangles = 0, clusters = 0;
    for (uint32_t g = 0; g < sheet->desc->group_count; g++) {
        const BakeGroup *group = sheet->desc->groups[g];
        vertices +=
            sheet->desc->tiles ? sheet->desc->tiles[g].vertex_count : group->vertex_count;
        triangles += group->triangle_count;
        clusters += group->cluster_count;
    }
    MeshPage *page = &sheet->page;
    sheet->map = local_map_make(vertices, sheet->arena);
    page->vertices = ARENA_ARRAY(sheet->arena, MeshVertex, vertices);
    page->indices = ARENA_ARRAY(sheet->arena, uint16_t, 3 * triangles);
    page->clusters = ARENA_ARRAY(sheet->arena, MeshCluster, clusters);
    if (sheet->desc->tiles)
        page->texels = ARENA_ARRAY(sheet->arena, MeshTexel, vertices);
    else if (sheet->desc->groups[0]->surfaces || sheet->desc->grid->mesh->reliefs)
        page->surfaces = ARENA_ARRAY(sheet->arena, MeshSurface, vertices);
}

MeshPage bake_sheet(const SheetDesc *desc, Arena *arena)
{
    Sheet sheet = {.desc = desc, .arena = arena};
    make_room(&sheet);
    place_sheet(&sheet);
    sheet.page.tile = desc->tile;
    sheet.page.tile_rows = desc->tile_rows;
    for (uint32_t g = 0; g < desc->group_count; g++) {
        const BakeGroup *group = desc->groups[g];
        sheet.page.groups[sheet.page.group_count++] =
            (MeshPageGroup){sheet.page.cluster_count, group->cluster_count};
        for (uint32_t c = 0; c < group->cluster_count; c++)
            add_cluster(&sheet, g, &group->clusters[c]);
        sheet.first_own += desc->tiles ? desc->tiles[g].vertex_count : 0;
    }
    return sheet.page;
}
