// inspect.c: looks into a pack, and at every byte of it.

#include "packer/inspect.h"

#include "data/lightmap.h"
#include "exhibits/model/plan.h"
#include "exhibits/model/record.h"
#include "exhibits/model/story.h"
#include "exhibits/model/tour.h"
#include "io/archive.h"
#include "io/file.h"
#include "io/vfs.h"
#include "packer/collection.h"
#include "packer/inspect_page.h"
#include "packer/media.h"

#include <math.h>
#include <string.h>

#define MOUNT "pack"

enum {
    HASH_BYTES = 1 << 20, // read at a time
    MAX_GRAPH_BYTES = 1 << 30,
    PAGE_HEADER_BYTES = 52,
    ENTRY_NAME_AT = 30, // in a local header of the archive
};

typedef struct Inspector {
    const char *path; // of the pack, for problems of the whole
    Arena *arena;
    Problems *problems;
    Cancel *cancel;
    Pack pack;
} Inspector;

static const char *in_mount(Arena *arena, const char *name)
{
    return path_join(arena, MOUNT, name);
}

// Sentences name the file in the mount; people know it by its name in the pack.
static void tell_fault(Inspector *in, const char *name)
{
    Fault fault = *fault_last();
    const char *text = fault.text;
    if (strncmp(text, MOUNT "/", strlen(MOUNT "/")) == 0)
        text += strlen(MOUNT "/");
    fault_set(fault.status, fault.source_file, fault.source_line, "%s", text);
    problem_add_fault(in->problems, name);
}

static void tell(Inspector *in, const char *name, Status status, const char *text)
{
    problem_add(in->problems, (ProblemAt){PROBLEM_ERROR, status, name, ""}, "%s", text);
}

// ---- the manifest

NODISCARD static Status read_manifest(Arena *arena, Pack *out, uint64_t *size_bytes)
{
    Bytes bytes;
    TRY(vfs_read(MOUNT "/" PACK_MANIFEST, PACK_MAX_MANIFEST_BYTES, arena, &bytes));
    TRY(pack_parse(bytes, arena, out));
    *size_bytes = bytes.len;
    return OK;
}

NODISCARD static Status read_graph(const Pack *pack, uint32_t piece, Arena *arena,
                                   MeshGraph *out)
{
    const PackFile *file = &pack->files[pack->pieces[piece].graph];
    const PackFile *pages = &pack->files[pack->pieces[piece].pages];
    Bytes bytes;
    TRY(vfs_read(in_mount(arena, file->name), MAX_GRAPH_BYTES, arena, &bytes));
    Status status = mesh_parse_graph(bytes, pages->size_bytes, arena, out);
    return status ? fault_prefix(status, "%s", file->name) : OK;
}

// Only the headers are read: what a page claims of itself, unchecked, is good enough to tell.
NODISCARD static Status add_parts(PackView *view, uint32_t piece, Arena *arena)
{
    const MeshGraph *graph = &view->graphs[piece];
    const PackFile *file = &view->pack.files[view->pack.pieces[piece].pages];
    VfsFile open;
    Status status = OK;
    TRY(vfs_open(in_mount(arena, file->name), arena, &open));
    for (uint32_t i = 0; i < graph->page_count && !status; i++) {
        uint8_t header[PAGE_HEADER_BYTES] = {0};
        size_t size = MIN((size_t)graph->pages[i].size_bytes, sizeof header);
        status = vfs_read_at(&open, graph->pages[i].offset, size, header);
        MeshPageParts parts = mesh_page_parts((Bytes){header, sizeof header});
        view->vertex_bytes += parts.vertex_bytes;
        view->surface_bytes += parts.surface_bytes;
        view->index_bytes += parts.index_bytes;
        view->table_bytes += parts.table_bytes;
        view->tile_bytes += parts.tile_bytes;
    }
    vfs_close(&open);
    return status;
}

NODISCARD static Status view_pack(Arena *arena, PackView *view)
{
    if (!vfs_exists(MOUNT "/" PACK_MANIFEST))
        return FAIL(ERR_NOT_FOUND, "an archive, but no pack: " PACK_MANIFEST " is not in it");
    TRY(read_manifest(arena, &view->pack, &view->manifest_bytes));
    view->graphs = ARENA_ARRAY(arena, MeshGraph, view->pack.piece_count);
    for (uint32_t i = 0; i < view->pack.piece_count; i++)
        TRY(read_graph(&view->pack, i, arena, &view->graphs[i]));
    for (uint32_t i = 0; i < view->pack.piece_count; i++)
        TRY(add_parts(view, i, arena));
    return OK;
}

Status inspect_open(const char *path, Arena *arena, PackView *out)
{
    PackView view = {0};
    FileInfo info;
    TRY(file_get_info(path, &info));
    if (info.is_folder)
        return FAIL(ERR_INVALID, "%s: is a folder, not a pack; build makes one of it", path);
    view.size_bytes = info.size_bytes;
    TRY(vfs_start());
    Status status = vfs_mount(path, MOUNT);
    if (!status)
        status = view_pack(arena, &view);
    vfs_stop();
    TRY(status);
    *out = view;
    return OK;
}

// ---- entries against the manifest

static void check_first_entry(Inspector *in)
{
    FileMap map;
    if (file_map(in->path, &map)) {
        tell_fault(in, in->path);
        return;
    }
    Bytes name = bytes_first(bytes_skip(map.bytes, ENTRY_NAME_AT), strlen(PACK_MANIFEST));
    if (!str_equal((Str){(const char *)name.ptr, name.len}, str_of(PACK_MANIFEST)))
        tell(in, in->path, ERR_INVALID, PACK_MANIFEST " is not the first entry");
    file_unmap(&map);
}

static void check_listed(Inspector *in, const char *folder)
{
    Scratch scratch = scratch_begin(in->arena);
    const char **names;
    size_t count;
    if (vfs_list(path_join(scratch.arena, MOUNT, folder), scratch.arena, &names, &count)) {
        tell_fault(in, folder);
        count = 0;
    }
    for (size_t i = 0; i < count; i++) {
        const char *name =
            folder[0] ? str_format(in->arena, "%s/%s", folder, names[i]) : names[i];
        if (vfs_is_folder(in_mount(in->arena, name)))
            check_listed(in, name);
        else if (strcmp(name, PACK_MANIFEST) != 0 && strcmp(name, PACK_INDEX) != 0 &&
                 pack_find_file(&in->pack, name) == PACK_NONE)
            tell(in, name, ERR_INVALID,
                 "is in the archive, but " PACK_MANIFEST " does not list it");
    }
    scratch_end(scratch);
}

NODISCARD static Status hash_file(const PackFile *file, Arena *arena,
                                  uint8_t out[PACK_HASH_BYTES])
{
    VfsFile open;
    PackHasher hasher;
    uint8_t *buffer = arena_alloc_raw(arena, HASH_BYTES, 64);
    TRY(vfs_open(in_mount(arena, file->name), arena, &open));
    Status status = OK;
    if (open.size_bytes != file->size_bytes)
        status =
            FAIL(ERR_CORRUPT, "%llu bytes; " PACK_MANIFEST " says %llu",
                 (unsigned long long)open.size_bytes, (unsigned long long)file->size_bytes);
    pack_hash_begin(&hasher);
    for (uint64_t at = 0; at < file->size_bytes && !status; at += HASH_BYTES) {
        size_t size = (size_t)MIN((uint64_t)HASH_BYTES, file->size_bytes - at);
        status = vfs_read_at(&open, at, size, buffer);
        if (!status)
            pack_hash_add(&hasher, (Bytes){buffer, size});
    }
    pack_hash_end(&hasher, out);
    vfs_close(&open);
    return status;
}

// True if the entry is there with the bytes that the manifest promises.
static bool check_hash(Inspector *in, const PackFile *file)
{
    Scratch scratch = scratch_begin(in->arena);
    uint8_t hash[PACK_HASH_BYTES];
    Status status = hash_file(file, scratch.arena, hash);
    if (!status && memcmp(hash, file->hash, sizeof hash) != 0)
        status =
            FAIL(ERR_CORRUPT, "its bytes are not those that " PACK_MANIFEST " was made for");
    if (status)
        tell_fault(in, file->name);
    scratch_end(scratch);
    return status == OK;
}

// ---- texts

static bool read_text(Inspector *in, const PackFile *file, Bytes *out)
{
    if (vfs_read(in_mount(in->arena, file->name), RECORD_MAX_BYTES, in->arena, out) == OK)
        return true;
    tell_fault(in, file->name);
    return false;
}

static void check_record(Inspector *in, const PackFile *file)
{
    Bytes bytes;
    Record record;
    if (!read_text(in, file, &bytes) ||
        record_parse(bytes, file->name, in->arena, in->problems, &record))
        return;
    if (strcmp(record.id, in->pack.pieces[file->piece].id) != 0)
        problem_add(in->problems, (ProblemAt){PROBLEM_ERROR, ERR_INVALID, file->name, "id"},
                    "is \"%s\"; " PACK_MANIFEST " says \"%s\"", record.id,
                    in->pack.pieces[file->piece].id);
}

static void check_story(Inspector *in, const PackFile *file)
{
    Bytes bytes;
    Story *story = ARENA_NEW(in->arena, Story);
    if (!read_text(in, file, &bytes) ||
        story_parse(bytes, file->name, in->arena, in->problems, story))
        return;
    const PackPiece *piece = &in->pack.pieces[file->piece];
    const StoryHotspot *astray = story_find_astray(story, piece->low_mm, piece->high_mm);
    if (astray)
        problem_add(in->problems, (ProblemAt){PROBLEM_ERROR, ERR_INVALID, file->name, ""},
                    "hotspot '%s' is outside the piece", astray->id);
    const char **names;
    uint32_t count = story_files(story, in->arena, &names);
    for (uint32_t i = 0; i < count; i++) {
        const char *full =
            str_format(in->arena, "%s/%s", in->pack.pieces[file->piece].id, names[i]);
        if (pack_find_file(&in->pack, full) == PACK_NONE)
            problem_add(in->problems, (ProblemAt){PROBLEM_ERROR, ERR_NOT_FOUND, file->name, ""},
                        "names %s, which is not in the pack", full);
    }
}

static void check_plan(Inspector *in, const PackFile *file)
{
    Bytes bytes;
    Plan plan;
    if (!read_text(in, file, &bytes) ||
        plan_parse(bytes, file->name, in->arena, in->problems, &plan))
        return;
    const char **ids = ARENA_ARRAY(in->arena, const char *, in->pack.piece_count);
    for (uint32_t i = 0; i < in->pack.piece_count; i++)
        ids[i] = in->pack.pieces[i].id;
    collection_check_plan(&plan, ids, in->pack.piece_count, in->problems);
}

// Records and stories are read once more: they come before tours, and were checked.
static TourWorld tour_world(Inspector *in)
{
    const Pack *pack = &in->pack;
    TourPiece *pieces = ARENA_ARRAY(in->arena, TourPiece, (size_t)pack->piece_count + 1);
    Plan *plan = ARENA_NEW(in->arena, Plan);
    TourWorld world = {.pieces = pieces, .piece_count = pack->piece_count};
    Bytes bytes;
    if (pack->plan != PACK_NONE && read_text(in, &pack->files[pack->plan], &bytes) &&
        plan_parse(bytes, PLAN_FILE, in->arena, NULL, plan) == OK)
        world.plan = plan;
    for (uint32_t i = 0; i < pack->piece_count; i++) {
        Story *story = ARENA_NEW(in->arena, Story);
        int32_t file = pack->pieces[i].story;
        if (file != PACK_NONE && read_text(in, &pack->files[file], &bytes) &&
            story_parse(bytes, STORY_FILE, in->arena, NULL, story))
            *story = (Story){0}; // was told of as a story
        pieces[i] = (TourPiece){.id = pack->pieces[i].id,
                                .title = &pack->pieces[i].title,
                                .label = &story->label,
                                .story = story,
                                .room = PLAN_NONE};
    }
    return world;
}

static void check_tour(Inspector *in, const PackFile *file)
{
    Bytes bytes;
    Tour tour;
    const char **names;
    if (!read_text(in, file, &bytes) ||
        tour_parse(bytes, file->name, in->arena, in->problems, &tour))
        return;
    TourWorld world = tour_world(in);
    tour_check(&tour, file->name, &world, in->problems);
    uint32_t count = tour_files(&tour, in->arena, &names);
    for (uint32_t i = 0; i < count; i++) {
        const char *full = str_format(in->arena, TOUR_FOLDER "/%s", names[i]);
        if (pack_find_file(&in->pack, full) == PACK_NONE)
            problem_add(in->problems, (ProblemAt){PROBLEM_ERROR, ERR_NOT_FOUND, file->name, ""},
                        "names %s, which is not in the pack", full);
    }
}

static void check_light(Inspector *in, const PackFile *file)
{
    Arena arena = {0};
    Bytes bytes;
    Lightmap map;
    Status status = vfs_read(in_mount(&arena, file->name), LIGHTMAP_MAX_BYTES, &arena, &bytes);
    if (!status)
        status = lightmap_parse(bytes, &arena, &map);
    if (status)
        tell_fault(in, file->name);
    else if (in->pack.plan == PACK_NONE || memcmp(in->pack.files[in->pack.plan].hash,
                                                  map.plan_hash, sizeof map.plan_hash) != 0)
        tell(in, file->name, ERR_INVALID, "is the light of another " PLAN_FILE);
    arena_drop(&arena);
}

// ---- sculptures

static void compare_graph(Inspector *in, const PackFile *file, const MeshGraph *graph)
{
    const PackPiece *piece = &in->pack.pieces[file->piece];
    bool is_same = graph->triangle_count == piece->triangle_count &&
                   graph->page_count == piece->page_count &&
                   graph->level_count == piece->level_count;
    for (int i = 0; i < 3; i++) {
        double slack = 1e-3 + 1e-5 * (fabs(piece->low_mm[i]) + fabs(piece->high_mm[i]));
        is_same &= fabs((double)graph->low_m[i] * 1e3 - piece->low_mm[i]) <= slack &&
                   fabs((double)graph->high_m[i] * 1e3 - piece->high_mm[i]) <= slack;
    }
    if (!is_same)
        tell(in, file->name, ERR_INVALID,
             PACK_MANIFEST
             " promises another size, or other numbers of triangles, levels or pages");
}

NODISCARD static Status read_page(const MeshGraph *graph, uint32_t index, VfsFile *file,
                                  uint32_t *clusters)
{
    Scratch scratch = scratch_begin(NULL);
    const MeshPageRange *range = &graph->pages[index];
    uint8_t *bytes = arena_alloc_raw(scratch.arena, range->size_bytes, 64);
    MeshPage page;
    Status status = vfs_read_at(file, range->offset, range->size_bytes, bytes);
    if (!status)
        status = mesh_parse_page(graph, index, (Bytes){bytes, range->size_bytes}, scratch.arena,
                                 &page);
    if (!status)
        status = inspect_page(graph, index, &page, clusters);
    scratch_end(scratch);
    return status ? fault_prefix(status, "page %u", index) : OK;
}

// `file` is the graph's.
static void compare_levels(Inspector *in, const PackFile *file, const MeshGraph *graph,
                           const uint32_t *clusters)
{
    for (uint32_t i = 0; i < graph->level_count; i++)
        if (clusters[i] != graph->levels[i].cluster_count)
            problem_add(in->problems, (ProblemAt){PROBLEM_ERROR, ERR_CORRUPT, file->name, ""},
                        "level %u claims %u clusters; its pages hold %u", i,
                        graph->levels[i].cluster_count, clusters[i]);
}

// True if all of them are read and say the truth.
static bool check_pages(Inspector *in, const PackFile *file, const MeshGraph *graph,
                        uint32_t *clusters)
{
    size_t errors_before = in->problems->error_count;
    Scratch scratch = scratch_begin(in->arena);
    VfsFile open;
    if (vfs_open(in_mount(scratch.arena, file->name), scratch.arena, &open)) {
        tell_fault(in, file->name);
    } else {
        for (uint32_t i = 0; i < graph->page_count && !cancel_is_requested(in->cancel); i++)
            if (read_page(graph, i, &open, clusters))
                tell_fault(in, file->name);
        vfs_close(&open);
    }
    scratch_end(scratch);
    return in->problems->error_count == errors_before && !cancel_is_requested(in->cancel);
}

static void check_sculpture(Inspector *in, uint32_t piece)
{
    Arena arena = {0};
    MeshGraph graph;
    const PackFile *file = &in->pack.files[in->pack.pieces[piece].graph];
    if (read_graph(&in->pack, piece, &arena, &graph)) {
        tell_fault(in, file->name);
    } else {
        compare_graph(in, file, &graph);
        uint32_t clusters[MESH_MAX_LEVELS] = {0};
        const PackFile *pages = &in->pack.files[in->pack.pieces[piece].pages];
        if (check_pages(in, pages, &graph, clusters))
            compare_levels(in, file, &graph, clusters);
    }
    arena_drop(&arena);
}

static void check_medium(Inspector *in, const PackFile *file)
{
    Arena arena = {0};
    Bytes bytes;
    PackKind kind;
    Status status = media_kind(file->name, &kind);
    if (!status)
        status = vfs_read(in_mount(&arena, file->name), MEDIA_MAX_BYTES, &arena, &bytes);
    if (!status)
        status = media_check(bytes, file->kind);
    if (status)
        tell_fault(in, file->name);
    arena_drop(&arena);
}

// ---- the whole

static void check_content(Inspector *in, const PackFile *file)
{
    switch (file->kind) {
    case PACK_RECORD:
        check_record(in, file);
        break;
    case PACK_STORY:
        check_story(in, file);
        break;
    case PACK_PLAN:
        check_plan(in, file);
        break;
    case PACK_IMAGE:
    case PACK_AUDIO:
    case PACK_CAPTIONS:
        check_medium(in, file);
        break;
    case PACK_LIGHT:
        check_light(in, file);
        break;
    case PACK_TOUR:
        check_tour(in, file);
        break;
    case PACK_GRAPH: // with its pages, below
    case PACK_PAGES:
    case PACK_KIND_COUNT:
        break;
    }
}

static void check_mounted(Inspector *in)
{
    uint64_t manifest_bytes;
    if (!vfs_exists(MOUNT "/" PACK_MANIFEST)) {
        tell(in, in->path, ERR_NOT_FOUND,
             "an archive, but no pack: " PACK_MANIFEST " is not in it");
        return;
    }
    if (read_manifest(in->arena, &in->pack, &manifest_bytes)) {
        tell_fault(in, PACK_MANIFEST);
        return;
    }
    check_first_entry(in);
    check_listed(in, "");
    bool *is_whole = ARENA_ARRAY(in->arena, bool, in->pack.file_count);
    for (uint32_t i = 0; i < in->pack.file_count && !cancel_is_requested(in->cancel); i++) {
        is_whole[i] = check_hash(in, &in->pack.files[i]);
        if (is_whole[i])
            check_content(in, &in->pack.files[i]);
    }
    for (uint32_t i = 0; i < in->pack.piece_count && !cancel_is_requested(in->cancel); i++)
        if (is_whole[in->pack.pieces[i].graph] && is_whole[in->pack.pieces[i].pages])
            check_sculpture(in, i);
}

Status inspect_check(const char *path, Arena *arena, Problems *problems, Cancel *cancel)
{
    Inspector inspector = {
        .path = path, .arena = arena, .problems = problems, .cancel = cancel};
    size_t errors_before = problems->error_count;
    TRY(vfs_start());
    if (vfs_mount(path, MOUNT))
        problem_add_fault(problems, path);
    else
        check_mounted(&inspector);
    vfs_stop();
    TRY(cancel_check(cancel));
    return problem_verdict(problems, errors_before);
}
