// verb_info.c: vitrine-pack info: what is in a pack.

#include "data/surface.h"
#include "packer/args.h"
#include "packer/inspect.h"
#include "packer/verb.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

typedef struct InfoArgs {
    const char *path;
    bool is_json;
} InfoArgs;

NODISCARD static Status parse_args(int count, char **arguments, InfoArgs *out)
{
    const ArgOption options[] = {{"--json", NULL, NULL, &out->is_json}};
    size_t words = 0;
    ArgSpec spec = {options, COUNT_OF(options), &out->path, 1, &words};
    TRY(args_parse(count, arguments, &spec));
    return words ? OK : FAIL(ERR_INVALID, "say which pack to tell about");
}

typedef struct Totals {
    uint64_t triangles, pages;
    uint64_t bytes[PACK_KIND_COUNT]; // unpacked
} Totals;

static Totals add_up(const Pack *pack)
{
    Totals totals = {0};
    for (uint32_t i = 0; i < pack->piece_count; i++) {
        totals.triangles += pack->pieces[i].triangle_count;
        totals.pages += pack->pieces[i].page_count;
    }
    for (uint32_t i = 0; i < pack->file_count; i++)
        totals.bytes[pack->files[i].kind] += pack->files[i].size_bytes;
    return totals;
}

static double size_mm(const PackPiece *piece, int axis)
{
    return round((piece->high_mm[axis] - piece->low_mm[axis]) * 1e4) / 1e4;
}

static double um_of(float metres)
{
    return round((double)metres * 1e9) / 1e3;
}

typedef struct Tiles {
    uint32_t count;
    uint64_t rows;
} Tiles;

static Tiles count_tiles(const MeshGraph *graph)
{
    Tiles tiles = {0};
    for (uint32_t p = 0; p < graph->page_count; p++) {
        tiles.count += graph->pages[p].tile_rows > 0;
        tiles.rows += graph->pages[p].tile_rows;
    }
    return tiles;
}

// ---- for programs

static void put_piece(JsonWriter *w, const PackPiece *piece, const MeshGraph *graph)
{
    json_begin_object(w, NULL);
    json_put_text(w, "id", piece->id);
    langtext_put(w, "title", &piece->title);
    json_begin_object(w, "size_mm");
    json_put_number(w, "width", size_mm(piece, 0));
    json_put_number(w, "height", size_mm(piece, 1));
    json_put_number(w, "depth", size_mm(piece, 2));
    json_end(w);
    json_put_int(w, "triangles", (int64_t)piece->triangle_count);
    json_put_int(w, "source_triangles", (int64_t)graph->source_triangle_count);
    json_put_int(w, "vertices", (int64_t)graph->vertex_count);
    json_begin_array(w, "levels");
    for (uint32_t i = 0; i < graph->level_count; i++) {
        json_begin_object(w, NULL);
        json_put_int(w, "triangles", (int64_t)graph->levels[i].triangle_count);
        json_put_int(w, "clusters", graph->levels[i].cluster_count);
        json_put_int(w, "groups", graph->levels[i].group_count);
        json_end(w);
    }
    json_end(w);
    json_put_int(w, "pages", graph->page_count);
    json_put_bool(w, "has_colour", graph->has_surface);
    Tiles tiles = count_tiles(graph);
    json_put_int(w, "tiles", tiles.count);
    json_put_int(w, "tile_rows", (int64_t)tiles.rows);
    json_put_number(w, "median_edge_um", piece->median_edge_um);
    if (graph->texel_median_m > 0)
        json_put_number(w, "median_texel_um", um_of(graph->texel_median_m));
    else
        json_put_null(w, "median_texel_um");
    json_end(w);
}

static void put_bytes(JsonWriter *w, const PackView *view, const Totals *totals)
{
    json_begin_object(w, "bytes");
    json_put_int(w, "manifest", (int64_t)view->manifest_bytes);
    for (int i = 0; i < PACK_KIND_COUNT; i++)
        json_put_int(w, pack_kind_name((PackKind)i), (int64_t)totals->bytes[i]);
    json_put_int(w, "file", (int64_t)view->size_bytes);
    json_end(w);
    json_begin_object(w, "page_bytes");
    json_put_int(w, "vertices", (int64_t)view->vertex_bytes);
    json_put_int(w, "surfaces", (int64_t)view->surface_bytes);
    json_put_int(w, "indices", (int64_t)view->index_bytes);
    json_put_int(w, "tables", (int64_t)view->table_bytes);
    json_put_int(w, "tiles", (int64_t)view->tile_bytes);
    json_end(w);
}

static void print_json(const PackView *view, Arena *arena)
{
    const Pack *pack = &view->pack;
    Totals totals = add_up(pack);
    JsonWriter writer = json_writer_make(arena), *w = &writer;
    json_begin_object(w, NULL);
    json_put_text(w, "id", pack->id);
    langtext_put(w, "title", &pack->title);
    json_put_int(w, "version", pack->version);
    json_put_text(w, "generator", pack->generator);
    json_put_bool(w, "has_gallery", pack->plan != PACK_NONE);
    json_put_int(w, "triangles", (int64_t)totals.triangles);
    json_put_int(w, "pages", (int64_t)totals.pages);
    json_begin_array(w, "exhibits");
    for (uint32_t i = 0; i < pack->piece_count; i++)
        put_piece(w, &pack->pieces[i], &view->graphs[i]);
    json_end(w);
    put_bytes(w, view, &totals);
    json_end(w);
    Bytes text = json_writer_text(w);
    fwrite(text.ptr, 1, text.len, stdout);
}

// ---- for people

static void print_piece(const PackPiece *piece, const MeshGraph *graph)
{
    printf("\n%s: %s\n", piece->id, langtext_find(&piece->title, NULL));
    printf("  size            %.6g x %.6g x %.6g mm (width, height, depth)\n",
           size_mm(piece, 0), size_mm(piece, 1), size_mm(piece, 2));
    printf("  median edge     %.1f um\n", piece->median_edge_um);
    if (graph->texel_median_m > 0)
        printf("  median texel    %.1f um, of the scan's pictures\n",
               um_of(graph->texel_median_m));
    else
        printf("  median texel    none: %s\n",
               graph->has_surface ? "colour is on the vertices" : "no colour");
    printf("  triangles       %" PRIu64, piece->triangle_count);
    if (graph->source_triangle_count != piece->triangle_count)
        printf(" (of %" PRIu64 " in the scan)", graph->source_triangle_count);
    printf("\n  by level       ");
    for (uint32_t i = 0; i < graph->level_count; i++)
        printf(" %" PRIu64, graph->levels[i].triangle_count);
    Tiles tiles = count_tiles(graph);
    printf("\n  pages           %u\n  tiles           %u, of %.1f million texels\n",
           graph->page_count, tiles.count, (double)tiles.rows * SURFACE_TILE_WIDTH / 1e6);
}

static void print_bytes(const char *name, uint64_t bytes)
{
    printf("  %-12s %14" PRIu64 "\n", name, bytes);
}

static void print_text(const PackView *view, const char *path)
{
    const Pack *pack = &view->pack;
    Totals totals = add_up(pack);
    printf("%s: %s (%s, version %u, %s)\n", path, langtext_find(&pack->title, NULL), pack->id,
           pack->version, pack->generator);
    printf("%u exhibit%s, %" PRIu64 " triangles, %" PRIu64 " pages, %s\n", pack->piece_count,
           pack->piece_count == 1 ? "" : "s", totals.triangles, totals.pages,
           pack->plan == PACK_NONE ? "no gallery of its own" : "with a gallery");
    for (uint32_t i = 0; i < pack->piece_count; i++)
        print_piece(&pack->pieces[i], &view->graphs[i]);
    printf("\nbytes, unpacked\n");
    print_bytes("manifest", view->manifest_bytes);
    for (int i = 0; i < PACK_KIND_COUNT; i++)
        print_bytes(pack_kind_name((PackKind)i), totals.bytes[i]);
    print_bytes("the file", view->size_bytes);
    printf("\nbytes of the pages\n");
    print_bytes("vertices", view->vertex_bytes);
    print_bytes("surfaces", view->surface_bytes);
    print_bytes("indices", view->index_bytes);
    print_bytes("tables", view->table_bytes);
    print_bytes("tiles", view->tile_bytes);
}

int verb_info(const Verb *verb, int count, char **arguments, Cancel *cancel)
{
    (void)cancel; // done in a moment
    InfoArgs args = {0};
    if (parse_args(count, arguments, &args))
        return verb_bad_usage(verb);
    Arena arena = {0};
    PackView view;
    int status = VERB_OK;
    if (inspect_open(args.path, &arena, &view))
        status = verb_failed(args.path);
    else if (args.is_json)
        print_json(&view, &arena);
    else
        print_text(&view, args.path);
    arena_drop(&arena);
    return status;
}
