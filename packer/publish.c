// publish.c: a collection -> a pack: bakes, puts in order, writes.

#include "packer/publish.h"

#include "data/pack.h"
#include "io/archive_write.h"
#include "io/file.h"
#include "packer/light_store.h"
#include "packer/media.h"
#include "packer/verb.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { COPY_BYTES = 4 << 20, MAX_MEDIA_FILES = PACK_MAX_FILES };

// A file on its way into the pack: its bytes are here, or on disk.
typedef struct Parcel {
    PackFile file;
    Bytes bytes;      // texts, light
    const char *path; // NULL where the bytes are here
} Parcel;

typedef struct Publisher {
    const PublishDesc *desc;
    const Collection *collection;
    Arena *arena;
    const char *work_folder;
    Pack pack;
    Loaf *loaves;
    LightStored light;
    Parcel *parcels;
    size_t parcel_count, parcel_capacity;
    uint32_t baking; // the piece at hand
} Publisher;

// ---- baking all pieces

#define PIECES_SHARE 0.6 // of the time, where rooms are lit too

static void on_progress(void *context, const char *doing, double share)
{
    const Publisher *p = context;
    double pieces = p->desc->light == LIGHT_NONE ? 1 : PIECES_SHARE;
    if (p->desc->progress)
        p->desc->progress(p->desc->progress_context, doing,
                          pieces * (p->baking + share) / MAX(p->collection->piece_count, 1u));
}

static double mm_of(float metres)
{
    return round((double)metres * 1e9) / 1e6;
}

static double um_of(float metres)
{
    return round((double)metres * 1e9) / 1e3;
}

static void describe_piece(const Publisher *p, uint32_t index)
{
    const Record *record = &p->collection->pieces[index].record;
    const MeshGraph *graph = &p->loaves[index].graph;
    PackPiece *piece = &p->pack.pieces[index];
    *piece = (PackPiece){.id = record->id,
                         .title = record->title,
                         .triangle_count = graph->triangle_count,
                         .level_count = graph->level_count,
                         .page_count = graph->page_count,
                         .median_edge_um = um_of(graph->median_edge_m)};
    for (int i = 0; i < 3; i++) {
        piece->low_mm[i] = mm_of(graph->low_m[i]);
        piece->high_mm[i] = mm_of(graph->high_m[i]);
    }
    for (uint32_t i = 0; i < graph->level_count; i++)
        piece->level_triangles[i] = graph->levels[i].triangle_count;
}

// A detail beside the piece would show visitors an empty lens.
NODISCARD static Status check_details(const Publisher *p, uint32_t index)
{
    const CollectionPiece *piece = &p->collection->pieces[index];
    const PackPiece *box = &p->pack.pieces[index];
    const StoryHotspot *astray =
        piece->has_story ? story_find_astray(&piece->story, box->low_mm, box->high_mm) : NULL;
    if (!astray)
        return OK;
    return FAIL(
        ERR_INVALID,
        "%sstory.json: hotspot '%s' is at (%.5g, %.5g, %.5g) mm, outside the piece, which "
        "reaches from (%.5g, %.5g, %.5g) to (%.5g, %.5g, %.5g)",
        piece->prefix, astray->id, (double)astray->point_m[0] * 1e3,
        (double)astray->point_m[1] * 1e3, (double)astray->point_m[2] * 1e3, box->low_mm[0],
        box->low_mm[1], box->low_mm[2], box->high_mm[0], box->high_mm[1], box->high_mm[2]);
}

NODISCARD static Status bake_pieces(Publisher *p)
{
    BakeryDesc bakery = {p->work_folder, on_progress, p, p->desc->cancel};
    for (p->baking = 0; p->baking < p->collection->piece_count; p->baking++) {
        const CollectionPiece *piece = &p->collection->pieces[p->baking];
        Status status = bakery_bake(&bakery, piece, p->arena, &p->loaves[p->baking]);
        if (status)
            return fault_prefix(status, "%s%s", piece->prefix, piece->record.source.file);
        describe_piece(p, p->baking);
        TRY(check_details(p, p->baking));
    }
    return OK;
}

static void on_light(void *context, const char *doing, double share)
{
    const Publisher *p = context;
    if (p->desc->progress)
        p->desc->progress(p->desc->progress_context, doing,
                          PIECES_SHARE + (1 - PIECES_SHARE) * share);
}

NODISCARD static Status light_rooms(Publisher *p)
{
    if (p->desc->light == LIGHT_NONE)
        return OK;
    return light_store(
        &(LightStoreDesc){.quality = p->desc->light,
                          .plan = p->collection->has_plan ? &p->collection->plan : NULL,
                          .pieces = p->pack.pieces,
                          .loaves = p->loaves,
                          .piece_count = p->pack.piece_count,
                          .work_folder = p->work_folder,
                          .old_path = p->desc->path,
                          .progress = on_light,
                          .progress_context = p,
                          .cancel = p->desc->cancel},
        p->arena, &p->light);
}

// ---- parcels, in the order of the archive

static Parcel *add_parcel(Publisher *p, PackKind kind, int32_t piece, const char *name)
{
    Parcel *parcel = ARENA_PUSH(p->arena, p->parcels, p->parcel_count, p->parcel_capacity);
    const char *full = name;
    if (piece != PACK_NONE)
        full = str_format(p->arena, "%s/%s", p->collection->pieces[piece].record.id, name);
    *parcel = (Parcel){.file = {.name = full, .kind = kind, .piece = piece}};
    return parcel;
}

static void add_text(Publisher *p, PackKind kind, int32_t piece, const char *name, Bytes bytes)
{
    Parcel *parcel = add_parcel(p, kind, piece, name);
    parcel->bytes = bytes;
    parcel->file.size_bytes = bytes.len;
    pack_hash(bytes, parcel->file.hash);
}

// Files may be larger than memory: what was read of one is forgotten.
static void forget(const FileMap *map)
{
    if (map->bytes.len)
        madvise((void *)map->bytes.ptr, map->bytes.len, MADV_DONTNEED);
}

NODISCARD static Status add_disk_file(Publisher *p, PackKind kind, int32_t piece,
                                      const char *name, const char *path)
{
    FileMap map;
    TRY(file_map(path, &map));
    Parcel *parcel = add_parcel(p, kind, piece, name);
    parcel->path = path;
    parcel->file.size_bytes = map.bytes.len;
    PackHasher hasher;
    pack_hash_begin(&hasher);
    for (Bytes rest = map.bytes; rest.len; rest = bytes_skip(rest, COPY_BYTES)) {
        pack_hash_add(&hasher, bytes_first(rest, COPY_BYTES));
        forget(&map);
    }
    pack_hash_end(&hasher, parcel->file.hash);
    file_unmap(&map);
    return OK;
}

// The record as it goes into the pack: what was computed is in it, what is unwritten is not.
static void add_record(Publisher *p, uint32_t index)
{
    Record record = p->collection->pieces[index].record;
    record.sha256 = p->loaves[index].scan_sha256;
    const MeshGraph *graph = &p->loaves[index].graph;
    record.measured = (RecordMeasured){.mesh_um = p->pack.pieces[index].median_edge_um,
                                       .texel_min_um = um_of(graph->texel_min_m),
                                       .texel_median_um = um_of(graph->texel_median_m),
                                       .texel_p95_um = um_of(graph->texel_p95_m)};
    add_text(p, PACK_RECORD, (int32_t)index, RECORD_FILE, record_write(&record, p->arena));
}

static void add_texts(Publisher *p)
{
    const Collection *c = p->collection;
    if (p->light.room_count)
        add_text(p, PACK_PLAN, PACK_NONE, PLAN_FILE, p->light.plan);
    else if (c->has_plan)
        add_text(p, PACK_PLAN, PACK_NONE, PLAN_FILE, plan_write(&c->plan, p->arena));
    for (uint32_t i = 0; i < c->tour_count; i++)
        add_text(p, PACK_TOUR, PACK_NONE, c->tours[i].name,
                 tour_write(&c->tours[i].tour, p->arena));
    for (uint32_t i = 0; i < c->piece_count; i++) {
        add_record(p, i);
        if (c->pieces[i].has_story)
            add_text(p, PACK_STORY, (int32_t)i, STORY_FILE,
                     story_write(&c->pieces[i].story, p->arena));
    }
}

NODISCARD static Status add_media(Publisher *p, PackKind wanted)
{
    for (uint32_t i = 0; i < p->collection->piece_count; i++) {
        const CollectionPiece *piece = &p->collection->pieces[i];
        for (uint32_t m = 0; m < piece->media_count; m++) {
            PackKind kind;
            TRY(media_kind(piece->media[m], &kind));
            if (kind == wanted)
                TRY(add_disk_file(p, kind, (int32_t)i, piece->media[m],
                                  path_join(p->arena, piece->folder, piece->media[m])));
        }
    }
    return OK;
}

NODISCARD static Status collect_parcels(Publisher *p)
{
    uint32_t count = p->collection->piece_count;
    add_texts(p);
    for (uint32_t i = 0; i < count; i++)
        TRY(add_disk_file(p, PACK_GRAPH, (int32_t)i, "sculpture.graph",
                          p->loaves[i].graph_path));
    for (uint32_t i = 0; i < p->light.room_count; i++)
        add_text(p, PACK_LIGHT, PACK_NONE, p->light.names[i], p->light.files[i]);
    TRY(add_media(p, PACK_IMAGE));
    TRY(add_media(p, PACK_AUDIO));
    TRY(add_media(p, PACK_CAPTIONS));
    for (uint32_t i = 0; i < p->collection->sound_count; i++) {
        const char *name = p->collection->sounds[i];
        PackKind kind;
        TRY(media_kind(name, &kind));
        TRY(add_disk_file(p, kind, PACK_NONE, name,
                          path_join(p->arena, p->collection->folder, name)));
    }
    for (uint32_t i = 0; i < count; i++)
        TRY(add_disk_file(p, PACK_PAGES, (int32_t)i, "sculpture.pages",
                          p->loaves[i].pages_path));
    if (p->parcel_count > PACK_MAX_FILES - 1)
        return FAIL(ERR_LIMIT, "%zu files; a pack holds %d", p->parcel_count,
                    PACK_MAX_FILES - 1);
    p->pack.file_count = (uint32_t)p->parcel_count;
    p->pack.files = ARENA_ARRAY(p->arena, PackFile, p->parcel_count);
    for (size_t i = 0; i < p->parcel_count; i++)
        p->pack.files[i] = p->parcels[i].file;
    return OK;
}

// ---- writing

NODISCARD static Status copy_file(Publisher *p, ArchiveWriter *writer, const Parcel *parcel)
{
    FileMap map;
    TRY(file_map(parcel->path, &map));
    Status status = archive_begin(writer, parcel->file.name);
    for (Bytes rest = map.bytes; rest.len && !status; rest = bytes_skip(rest, COPY_BYTES)) {
        status = cancel_check(p->desc->cancel);
        if (!status)
            status = archive_append(writer, bytes_first(rest, COPY_BYTES));
        forget(&map);
    }
    if (!status && map.bytes.len != parcel->file.size_bytes)
        status = FAIL(ERR_IO, "%s changed while the pack was built", parcel->path);
    if (!status)
        status = archive_end(writer);
    file_unmap(&map);
    return status;
}

NODISCARD static Status write_entries(Publisher *p, ArchiveWriter *writer)
{
    Bytes manifest = pack_write(&p->pack, p->arena);
    Pack again; // what cannot be read must not be published
    if (manifest.len > PACK_MAX_MANIFEST_BYTES)
        return FAIL(ERR_LIMIT,
                    "%s: too many pieces and files for one pack: its list has %zu KiB",
                    PACK_MANIFEST, manifest.len / 1024);
    TRY(pack_parse(manifest, p->arena, &again));
    TRY(archive_add(writer, PACK_MANIFEST, manifest, ARCHIVE_DEFLATED));
    for (size_t i = 0; i < p->parcel_count; i++) {
        const Parcel *parcel = &p->parcels[i];
        if (parcel->path)
            TRY(copy_file(p, writer, parcel));
        else
            TRY(archive_add(writer, parcel->file.name, parcel->bytes,
                            parcel->file.kind == PACK_LIGHT ? ARCHIVE_STORED
                                                            : ARCHIVE_DEFLATED));
    }
    return cancel_check(p->desc->cancel);
}

NODISCARD static Status write_pack(Publisher *p)
{
    ArchiveWriter *writer;
    TRY(archive_writer_open(p->arena, p->desc->path, &writer));
    Status status = write_entries(p, writer);
    if (!status)
        status = archive_writer_commit(writer);
    archive_writer_abandon(writer);
    return status;
}

NODISCARD static Status publish(Publisher *p)
{
    TRY(bake_pieces(p));
    TRY(light_rooms(p));
    TRY(collect_parcels(p));
    return write_pack(p);
}

// A folder of its own beside the pack, so that moving big files is never needed.
NODISCARD static Status make_work_folder(Publisher *p)
{
    if (p->desc->cache_folder) {
        p->work_folder = p->desc->cache_folder;
        return file_make_folders(p->work_folder);
    }
    char *folder = (char *)str_format(p->arena, "%s.work-XXXXXX", p->desc->path);
    if (!mkdtemp(folder))
        return FAIL(ERR_IO, "%s: cannot make a folder beside it to work in", p->desc->path);
    p->work_folder = folder;
    return OK;
}

static void add_baked(const BakeStats *stats, BakeStats *sum)
{
    sum->all_triangles += stats->all_triangles;
    sum->vertex_bytes += stats->vertex_bytes;
    sum->index_bytes += stats->index_bytes;
    sum->table_bytes += stats->table_bytes;
    sum->surface_bytes += stats->surface_bytes;
    sum->tile_bytes += stats->tile_bytes;
    sum->source_texels += stats->source_texels;
    sum->weld_s += stats->weld_s;
    sum->surface_s += stats->surface_s;
    sum->graph_s += stats->graph_s;
    sum->pages_s += stats->pages_s;
    sum->tiles_s += stats->tiles_s;
    sum->tiles.tiles += stats->tiles.tiles;
    sum->tiles.coarser_groups += stats->tiles.coarser_groups;
    sum->tiles.tile_texels += stats->tiles.tile_texels;
    sum->tiles.owned_texels += stats->tiles.owned_texels;
    for (int map = 0; map < SURFACE_MAP_COUNT; map++)
        sum->tiles.maps[map] += stats->tiles.maps[map];
}

static void count_up(const Publisher *p, PublishStats *out)
{
    FileInfo info = {0};
    *out = (PublishStats){.piece_count = p->pack.piece_count,
                          .lit_count = p->light.room_count,
                          .was_lit = p->light.was_there};
    if (file_get_info(p->desc->path, &info) == OK)
        out->size_bytes = info.size_bytes;
    for (uint32_t i = 0; i < p->pack.piece_count; i++) {
        out->triangle_count += p->pack.pieces[i].triangle_count;
        out->pages_bytes += p->loaves[i].pages_size_bytes;
        out->baked_count += !p->loaves[i].was_there;
        add_baked(&p->loaves[i].stats, &out->baked);
    }
}

Status publish_pack(const PublishDesc *desc, const Collection *collection, Arena *arena,
                    PublishStats *out)
{
    Publisher publisher = {.desc = desc, .collection = collection, .arena = arena};
    publisher.pack = (Pack){.id = collection->id,
                            .title = collection->title,
                            .version = collection->version,
                            .generator = VERB_GENERATOR,
                            .piece_count = collection->piece_count,
                            .plan = PACK_NONE};
    publisher.pack.pieces = ARENA_ARRAY(arena, PackPiece, collection->piece_count);
    publisher.loaves = ARENA_ARRAY(arena, Loaf, collection->piece_count);
    TRY(make_work_folder(&publisher));
    Status status = publish(&publisher);
    if (!desc->cache_folder) {
        Fault fault = *fault_last(); // removing may raise another one; the first is the cause
        Status removed = file_remove_tree(publisher.work_folder);
        if (status)
            fault_set(fault.status, fault.source_file, fault.source_line, "%s", fault.text);
        else
            status = removed;
    }
    TRY(status);
    count_up(&publisher, out);
    return OK;
}
