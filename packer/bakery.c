// bakery.c: bakes the scan of a piece into two files of a work folder, unless they are there.

#include "packer/bakery.h"

#include "bake_sources.h" // made when building
#include "data/pack.h"
#include "io/file.h"
#include "packer/import.h"
#include "packer/verb.h"

#include <sodium.h>

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

static const double import_share = 0.15; // of the time a piece takes
enum { MAX_LIST_BYTES = 1 << 20, MAX_GRAPH_BYTES = 1 << 30 };

typedef struct Oven {
    const BakeryDesc *desc;
    const CollectionPiece *piece;
    const char *scan_path;
    Arena *arena;
    uint8_t scan_key[PACK_HASH_BYTES]; // of what bakes, scan, unit and up
} Oven;

static const char *hex_of(Arena *arena, const uint8_t *bytes, size_t count)
{
    char *text = arena_alloc(arena, count * 2 + 1, 1);
    for (size_t i = 0; i < count; i++)
        snprintf(text + 2 * i, 3, "%02x", bytes[i]);
    return text;
}

// Files may be larger than memory: they are taken in parts, each forgotten before the next.
NODISCARD static Status for_parts(const char *path, void (*take)(void *context, Bytes part),
                                  void *context)
{
    enum { PART_BYTES = 16 << 20 };
    FileMap map;
    TRY(file_map(path, &map));
    for (Bytes rest = map.bytes; rest.len; rest = bytes_skip(rest, PART_BYTES)) {
        take(context, bytes_first(rest, PART_BYTES));
        madvise((void *)map.bytes.ptr, map.bytes.len, MADV_DONTNEED);
    }
    file_unmap(&map);
    return OK;
}

static void add_to_sha256(void *context, Bytes part)
{
    crypto_hash_sha256_update(context, part.ptr, part.len);
}

Status bakery_sha256(const char *path, Arena *arena, const char **out)
{
    uint8_t hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    TRY(for_parts(path, add_to_sha256, &state));
    crypto_hash_sha256_final(&state, hash);
    *out = hex_of(arena, hash, sizeof hash);
    return OK;
}

// ---- keys

static void add_text(PackHasher *hasher, const char *text)
{
    pack_hash_add(hasher, (Bytes){(const uint8_t *)text, strlen(text) + 1});
}

static void add_to_hash(void *context, Bytes part)
{
    pack_hash_add(context, part);
}

NODISCARD static Status add_file(PackHasher *hasher, const char *path)
{
    PackHasher file_hasher;
    uint8_t hash[PACK_HASH_BYTES];
    pack_hash_begin(&file_hasher);
    TRY(for_parts(path, add_to_hash, &file_hasher));
    pack_hash_end(&file_hasher, hash);
    pack_hash_add(hasher, (Bytes){hash, sizeof hash});
    return OK;
}

NODISCARD static Status make_scan_key(Oven *oven)
{
    const RecordSource *source = &oven->piece->record.source;
    PackHasher hasher;
    pack_hash_begin(&hasher);
    add_text(&hasher, VERB_GENERATOR);
    add_text(&hasher, BAKE_SOURCES); // who bakes differently must not find what another baked
    add_text(&hasher, source->unit);
    add_text(&hasher, source->is_z_up ? "z" : "y");
    add_text(&hasher, source->file); // its ending may decide the format
    TRY(add_file(&hasher, oven->scan_path));
    pack_hash_end(&hasher, oven->scan_key);
    return OK;
}

static const char *work_path(const Oven *oven, const uint8_t key[PACK_HASH_BYTES],
                             const char *suffix)
{
    const char *name =
        str_format(oven->arena, "%s.%s", hex_of(oven->arena, key, PACK_HASH_BYTES / 2), suffix);
    return path_join(oven->arena, oven->desc->work_folder, name);
}

// The key of scan and companions, a line of `list` each; ERR_NOT_FOUND if one is gone.
NODISCARD static Status make_key(Oven *oven, Str list, uint8_t key[PACK_HASH_BYTES])
{
    PackHasher hasher;
    Str name;
    const char *folder = path_folder(oven->arena, oven->scan_path);
    pack_hash_begin(&hasher);
    pack_hash_add(&hasher, (Bytes){oven->scan_key, sizeof oven->scan_key});
    while (str_next_line(&list, &name)) {
        const char *text = str_copy(oven->arena, name);
        add_text(&hasher, text);
        TRY(add_file(&hasher, path_join(oven->arena, folder, text)));
    }
    pack_hash_end(&hasher, key);
    return OK;
}

// ---- what is there already

NODISCARD static Status open_loaf(Oven *oven, const uint8_t key[PACK_HASH_BYTES], Loaf *out)
{
    Loaf loaf = {.graph_path = work_path(oven, key, "graph"),
                 .pages_path = work_path(oven, key, "pages")};
    FileInfo info;
    Bytes bytes;
    TRY(file_get_info(loaf.pages_path, &info));
    TRY(file_read(loaf.graph_path, MAX_GRAPH_BYTES, oven->arena, &bytes));
    loaf.pages_size_bytes = info.size_bytes;
    TRY(mesh_parse_graph(bytes, info.size_bytes, oven->arena, &loaf.graph));
    *out = loaf;
    return OK;
}

static bool find_loaf(Oven *oven, Loaf *out)
{
    Bytes list;
    uint8_t key[PACK_HASH_BYTES];
    if (file_read(work_path(oven, oven->scan_key, "list"), MAX_LIST_BYTES, oven->arena,
                  &list) ||
        make_key(oven, (Str){(const char *)list.ptr, list.len}, key) ||
        open_loaf(oven, key, out))
        return false;
    out->was_there = true;
    return true;
}

// ---- baking

static void on_import(void *context, float done)
{
    const BakeryDesc *desc = context;
    if (desc->progress)
        desc->progress(desc->progress_context, "reading the scan", (double)done * import_share);
}

static void on_bake(void *context, const char *doing, double share)
{
    const BakeryDesc *desc = context;
    if (desc->progress)
        desc->progress(desc->progress_context, doing,
                       import_share + share * (1 - import_share));
}

static Status on_pages(void *context, Bytes bytes)
{
    return file_writer_append(context, bytes);
}

NODISCARD static Status read_scan(Oven *oven, Arena *arena, Scan *out)
{
    const RecordSource *source = &oven->piece->record.source;
    ImportOptions options = {.up = source->is_z_up ? IMPORT_UP_Z : IMPORT_UP_Y,
                             .progress = on_import,
                             .progress_context = (void *)oven->desc,
                             .cancel = oven->desc->cancel};
    (void)import_unit_parse(source->unit, &options.unit); // "" is no unit, and stays none
    return import_scan(oven->scan_path, &options, arena, out);
}

NODISCARD static Status write_list(Oven *oven, const Scan *scan, Str *out)
{
    const char *list = "";
    for (uint32_t i = 0; i < scan->companion_count; i++)
        list = str_format(oven->arena, "%s%s\n", list, scan->companions[i]);
    *out = str_of(list);
    return file_write(work_path(oven, oven->scan_key, "list"),
                      (Bytes){(const uint8_t *)list, out->len});
}

NODISCARD static Status bake_files(Oven *oven, const Scan *scan, Arena *arena,
                                   const uint8_t key[PACK_HASH_BYTES], BakeStats *stats)
{
    FileWriter *writer;
    TRY(file_writer_open(arena, work_path(oven, key, "pages"), &writer));
    BakeOptions options = {.write = on_pages,
                           .write_context = writer,
                           .temporary_folder = oven->desc->work_folder,
                           .progress = on_bake,
                           .progress_context = (void *)oven->desc,
                           .cancel = oven->desc->cancel};
    BakeResult result;
    Status status = bake_sculpture(scan, &options, arena, &result);
    if (!status)
        status = file_writer_commit(writer);
    if (!status)
        status = file_write(work_path(oven, key, "graph"), result.graph_bytes);
    file_writer_abandon(writer);
    *stats = status ? (BakeStats){0} : result.stats;
    return status;
}

NODISCARD static Status bake_scan(Oven *oven, Loaf *out)
{
    Arena arena = {0}; // scans are large: theirs goes before the next one comes
    Scan scan;
    Str list;
    uint8_t key[PACK_HASH_BYTES];
    BakeStats stats = {0};
    Status status = read_scan(oven, &arena, &scan);
    if (!status)
        status = write_list(oven, &scan, &list);
    if (!status)
        status = make_key(oven, list, key);
    if (!status)
        status = bake_files(oven, &scan, &arena, key, &stats);
    arena_drop(&arena);
    TRY(status);
    TRY(open_loaf(oven, key, out));
    out->stats = stats;
    return OK;
}

Status bakery_bake(const BakeryDesc *desc, const CollectionPiece *piece, Arena *arena,
                   Loaf *out)
{
    Oven oven = {desc, piece, collection_scan_path(piece, arena), arena, {0}};
    Loaf loaf;
    const char *sha256;
    TRY(bakery_sha256(oven.scan_path, arena, &sha256));
    TRY(make_scan_key(&oven));
    if (!find_loaf(&oven, &loaf))
        TRY(bake_scan(&oven, &loaf));
    loaf.scan_sha256 = sha256;
    *out = loaf;
    return OK;
}
