// tile_pictures.c: the tiles of a sculpture as pictures, to be looked at.
//
//   tile_pictures STEM FOLDER      reads STEM.graph and STEM.pages (bench_bake -o STEM)
//
// FOLDER/pageNNNN.png: colour above, normals below, as they are stored.

#include "base/log.h"
#include "data/image.h"
#include "data/mesh.h"
#include "data/surface.h"

#include <stdio.h>
#include <string.h>

static Bytes read_file(const char *path, Arena *arena)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return (Bytes){0};
    fseek(file, 0, SEEK_END);
    size_t size = (size_t)ftell(file);
    rewind(file);
    uint8_t *bytes = arena_alloc_raw(arena, size + 1, 16);
    size_t count = fread(bytes, 1, size, file);
    fclose(file);
    return (Bytes){bytes, count};
}

static void write_file(const char *path, Bytes bytes)
{
    FILE *file = fopen(path, "wb");
    if (!file)
        return;
    fwrite(bytes.ptr, 1, bytes.len, file);
    fclose(file);
}

static Status write_tile(const MeshPage *page, const char *path, Arena *arena)
{
    SurfaceTile tile;
    TRY(surface_parse(page->tile, arena, &tile));
    uint32_t count = tile.rows * SURFACE_TILE_WIDTH;
    Image image = {SURFACE_TILE_WIDTH, 2 * tile.rows, arena_alloc(arena, 8 * (size_t)count, 4)};
    for (uint32_t i = 0; i < count; i++) {
        memcpy(&image.rgba[4 * (size_t)i], tile.color ? tile.color[i] : tile.flat_color, 3);
        uint8_t *below = &image.rgba[4 * (size_t)(count + i)];
        if (tile.shape)
            memcpy(below, tile.shape[i], 3);
        image.rgba[4 * (size_t)i + 3] = below[3] = 255;
    }
    Bytes png;
    TRY(image_encode_png(&image, 1, arena, &png));
    write_file(path, png);
    return OK;
}

static Status run(const char *stem, const char *folder, Arena *arena)
{
    Bytes graph_bytes = read_file(str_format(arena, "%s.graph", stem), arena);
    Bytes pages = read_file(str_format(arena, "%s.pages", stem), arena);
    MeshGraph graph;
    TRY(mesh_parse_graph(graph_bytes, pages.len, arena, &graph));
    for (uint32_t p = 0; p < graph.page_count; p++) {
        const MeshPageRange *range = &graph.pages[p];
        ArenaMark mark = arena_mark(arena);
        MeshPage page;
        TRY(mesh_parse_page(&graph, p, (Bytes){pages.ptr + range->offset, range->size_bytes},
                            arena, &page));
        printf("page %u: level %u, %u groups, %u triangles, %u vertices, %u rows, %zu bytes\n",
               p, graph.groups[range->first_group].level, range->group_count,
               page.index_count / 3, page.vertex_count, page.tile_rows, page.tile.len);
        if (page.tile_rows)
            TRY(write_tile(&page, str_format(arena, "%s/page%04u.png", folder, p), arena));
        arena_rewind(arena, mark);
    }
    return OK;
}

int main(int argc, char **argv)
{
    Arena arena = {0};
    if (argc < 3) {
        fprintf(stderr, "tile_pictures STEM FOLDER\n");
        return 2;
    }
    Status status = run(argv[1], argv[2], &arena);
    if (status)
        log_fault(LOG_ERROR, argv[1]);
    arena_drop(&arena);
    return status ? 1 : 0;
}
