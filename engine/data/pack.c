// pack.c: the manifest of a pack: its pieces, its files, their sizes and hashes. pack.json.

#include "data/pack.h"

#include "io/archive.h"

#include <sodium.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *const kind_names[PACK_KIND_COUNT] = {
    [PACK_RECORD] = "record",     [PACK_STORY] = "story", [PACK_PLAN] = "plan",
    [PACK_GRAPH] = "graph",       [PACK_PAGES] = "pages", [PACK_IMAGE] = "image",
    [PACK_AUDIO] = "audio",       [PACK_LIGHT] = "light", [PACK_TOUR] = "tour",
    [PACK_CAPTIONS] = "captions",
};

static const JsonRange any_mm = {-1e9, 1e9};
static const JsonRange any_count = {0, 9007199254740992.0};

const char *pack_kind_name(PackKind kind)
{
    return (unsigned)kind < PACK_KIND_COUNT ? kind_names[kind] : "";
}

int32_t pack_find_file(const Pack *pack, const char *name)
{
    for (uint32_t i = 0; i < pack->file_count; i++)
        if (strcmp(pack->files[i].name, name) == 0)
            return (int32_t)i;
    return PACK_NONE;
}

int32_t pack_find_piece(const Pack *pack, const char *id)
{
    for (uint32_t i = 0; i < pack->piece_count; i++)
        if (strcmp(pack->pieces[i].id, id) == 0)
            return (int32_t)i;
    return PACK_NONE;
}

// ---- hashes

_Static_assert(sizeof(PackHasher) >= sizeof(crypto_generichash_state), "the state fits");
_Static_assert(_Alignof(PackHasher) >= _Alignof(crypto_generichash_state), "and is aligned");

void pack_hash_begin(PackHasher *hasher)
{
    crypto_generichash_init((crypto_generichash_state *)hasher, NULL, 0, PACK_HASH_BYTES);
}

void pack_hash_add(PackHasher *hasher, Bytes bytes)
{
    crypto_generichash_update((crypto_generichash_state *)hasher, bytes.ptr, bytes.len);
}

void pack_hash_end(PackHasher *hasher, uint8_t out[PACK_HASH_BYTES])
{
    crypto_generichash_final((crypto_generichash_state *)hasher, out, PACK_HASH_BYTES);
}

void pack_hash(Bytes bytes, uint8_t out[PACK_HASH_BYTES])
{
    PackHasher hasher;
    pack_hash_begin(&hasher);
    pack_hash_add(&hasher, bytes);
    pack_hash_end(&hasher, out);
}

// ---- reading

static bool is_id(const char *id)
{
    size_t len = strlen(id);
    return len >= 1 && len <= 64 && id[0] != '-' && id[len - 1] != '-' &&
           strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-") == len;
}

NODISCARD static Status read_id(JsonValue object, const char *key, Arena *arena,
                                const char **out)
{
    const char *id = NULL;
    TRY(json_get_text(object, key, JSON_REQUIRED, &id));
    if (!is_id(id))
        return json_fail(json_get(object, key), ERR_INVALID,
                         "\"%.80s\" is not an id of 1 to 64 small letters, digits and '-'", id);
    *out = arena_copy_text(arena, id);
    return OK;
}

NODISCARD static Status read_count(JsonValue object, const char *key, uint64_t max,
                                   uint64_t *out)
{
    int64_t number = 0;
    TRY(json_get_int(object, key, JSON_REQUIRED, any_count, &number));
    if ((uint64_t)number > max)
        return json_fail(json_get(object, key), ERR_LIMIT, "%llu; the limit is %llu",
                         (unsigned long long)number, (unsigned long long)max);
    *out = (uint64_t)number;
    return OK;
}

NODISCARD static Status read_point(JsonValue object, const char *key, double out[3])
{
    JsonValue array;
    TRY(json_get_array(object, key, JSON_REQUIRED, 3, &array));
    if (json_count(array) != 3)
        return json_fail(array, ERR_INVALID, "%zu numbers; a point has 3", json_count(array));
    for (size_t i = 0; i < 3; i++)
        TRY(json_to_number(json_item(array, i), any_mm, &out[i]));
    return OK;
}

NODISCARD static Status read_levels(JsonValue object, PackPiece *piece)
{
    JsonValue array;
    TRY(json_get_array(object, "level_triangles", JSON_REQUIRED, PACK_MAX_LEVELS, &array));
    piece->level_count = (uint32_t)json_count(array);
    for (uint32_t i = 0; i < piece->level_count; i++) {
        int64_t number;
        TRY(json_to_int(json_item(array, i), any_count, &number));
        piece->level_triangles[i] = (uint64_t)number;
    }
    return OK;
}

NODISCARD static Status read_piece(JsonValue object, Arena *arena, PackPiece *out)
{
    static const char *const known[] = {
        "id",    "title",     "low_mm",          "high_mm",
        "pages", "triangles", "level_triangles", "median_edge_um"};
    PackPiece piece = {
        .record = PACK_NONE, .story = PACK_NONE, .graph = PACK_NONE, .pages = PACK_NONE};
    uint64_t pages;
    TRY(json_to_object(object));
    TRY(json_check_fields(object, known, COUNT_OF(known)));
    TRY(read_id(object, "id", arena, &piece.id));
    TRY(langtext_parse_title(json_get(object, "title"), arena, &piece.title));
    TRY(read_point(object, "low_mm", piece.low_mm));
    TRY(read_point(object, "high_mm", piece.high_mm));
    for (int i = 0; i < 3; i++)
        if (piece.low_mm[i] > piece.high_mm[i])
            return json_fail(object, ERR_INVALID, "its box has no inside");
    TRY(read_count(object, "triangles", 1u << 28, &piece.triangle_count));
    TRY(read_count(object, "pages", 1u << 24, &pages));
    TRY(read_levels(object, &piece));
    TRY(json_get_number(object, "median_edge_um", JSON_REQUIRED, (JsonRange){0, 1e12},
                        &piece.median_edge_um));
    piece.page_count = (uint32_t)pages;
    *out = piece;
    return OK;
}

NODISCARD static Status read_pieces(JsonValue root, Arena *arena, Pack *pack)
{
    JsonValue array;
    TRY(json_get_array(root, "pieces", JSON_REQUIRED, PACK_MAX_PIECES, &array));
    pack->pieces = ARENA_ARRAY(arena, PackPiece, json_count(array));
    for (size_t i = 0; i < json_count(array); i++) {
        JsonValue object = json_item(array, i);
        TRY(read_piece(object, arena, &pack->pieces[i]));
        if (pack_find_piece(pack, pack->pieces[i].id) != PACK_NONE)
            return json_fail(object, ERR_INVALID, "another piece has the id \"%s\"",
                             pack->pieces[i].id);
        pack->piece_count++;
    }
    return OK;
}

static int digit_value(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

NODISCARD static Status read_hash(JsonValue object, uint8_t out[PACK_HASH_BYTES])
{
    const char *text = NULL;
    TRY(json_get_text(object, "blake2b", JSON_REQUIRED, &text));
    bool is_good = strlen(text) == (size_t)PACK_HASH_BYTES * 2;
    for (size_t i = 0; is_good && i < PACK_HASH_BYTES; i++) {
        int high = digit_value(text[2 * i]), low = digit_value(text[2 * i + 1]);
        is_good = high >= 0 && low >= 0;
        out[i] = (uint8_t)(high * 16 + low);
    }
    return is_good ? OK
                   : json_fail(json_get(object, "blake2b"), ERR_INVALID,
                               "a hash is 64 small hexadecimal digits");
}

// Where a piece's one file of a kind is kept; NULL for kinds of which there may be many.
static int32_t *slot_of(Pack *pack, const PackFile *file)
{
    if (file->kind == PACK_PLAN)
        return &pack->plan;
    if (file->piece == PACK_NONE)
        return NULL;
    PackPiece *piece = &pack->pieces[file->piece];
    int32_t *const slots[PACK_KIND_COUNT] = {
        [PACK_RECORD] = &piece->record,
        [PACK_STORY] = &piece->story,
        [PACK_GRAPH] = &piece->graph,
        [PACK_PAGES] = &piece->pages,
    };
    return slots[file->kind];
}

// Plan, light and tours are of the whole, and so are the sounds of rooms and those beside
// tours, with their captions.
static bool is_of_all(const PackFile *file)
{
    static const char tours[] = PACK_TOUR_FOLDER "/";
    if (file->kind == PACK_TOUR || file->kind == PACK_CAPTIONS)
        return strncmp(file->name, tours, strlen(tours)) == 0;
    return file->kind == PACK_PLAN || file->kind == PACK_LIGHT || file->kind == PACK_AUDIO;
}

NODISCARD static Status check_name(JsonValue object, const Pack *pack, const PackFile *file)
{
    Status status = archive_check_name(str_of(file->name));
    if (status)
        return json_fail(json_get(object, "name"), status, "%s", fault_last()->text);
    if (strcmp(file->name, PACK_MANIFEST) == 0 || strcmp(file->name, PACK_INDEX) == 0)
        return json_fail(object, ERR_INVALID, "%s lists itself", PACK_MANIFEST);
    if (pack_find_file(pack, file->name) != PACK_NONE)
        return json_fail(object, ERR_INVALID, "%s is listed twice", file->name);
    if (file->piece == PACK_NONE)
        return is_of_all(file)
                   ? OK
                   : json_fail(object, ERR_INVALID, "%s belongs to no piece", file->name);
    if (file->kind == PACK_TOUR)
        return json_fail(object, ERR_INVALID, "%s is of the whole, not of a piece", file->name);
    const char *id = pack->pieces[file->piece].id;
    size_t len = strlen(id);
    if (strncmp(file->name, id, len) != 0 || file->name[len] != '/')
        return json_fail(object, ERR_INVALID, "%s does not lie in the folder of its piece, %s",
                         file->name, id);
    return OK;
}

NODISCARD static Status read_file(JsonValue object, Arena *arena, const Pack *pack,
                                  PackFile *out)
{
    static const char *const known[] = {"name", "kind", "piece", "size_bytes", "blake2b"};
    PackFile file = {.piece = PACK_NONE};
    const char *name = NULL, *piece = NULL;
    int kind;
    TRY(json_to_object(object));
    TRY(json_check_fields(object, known, COUNT_OF(known)));
    TRY(json_get_text(object, "name", JSON_REQUIRED, &name));
    TRY(json_get_word(object, "kind", JSON_REQUIRED, kind_names, PACK_KIND_COUNT, &kind));
    TRY(json_get_text(object, "piece", JSON_OPTIONAL, &piece));
    TRY(read_count(object, "size_bytes", ARCHIVE_MAX_BYTES, &file.size_bytes));
    TRY(read_hash(object, file.hash));
    file.name = arena_copy_text(arena, name);
    file.kind = (PackKind)kind;
    if (piece && (file.piece = pack_find_piece(pack, piece)) == PACK_NONE)
        return json_fail(object, ERR_INVALID, "there is no piece \"%.64s\"", piece);
    TRY(check_name(object, pack, &file));
    *out = file;
    return OK;
}

NODISCARD static Status read_files(JsonValue root, Arena *arena, Pack *pack)
{
    JsonValue array;
    TRY(json_get_array(root, "files", JSON_REQUIRED, PACK_MAX_FILES, &array));
    pack->files = ARENA_ARRAY(arena, PackFile, json_count(array));
    for (size_t i = 0; i < json_count(array); i++) {
        JsonValue object = json_item(array, i);
        PackFile *file = &pack->files[i];
        TRY(read_file(object, arena, pack, file));
        int32_t *slot = slot_of(pack, file);
        if (slot && *slot != PACK_NONE)
            return json_fail(object, ERR_INVALID, "%s: there is another %s already", file->name,
                             pack_kind_name(file->kind));
        if (slot)
            *slot = (int32_t)i;
        pack->file_count++;
    }
    return OK;
}

NODISCARD static Status check_pieces(JsonValue root, const Pack *pack)
{
    for (uint32_t i = 0; i < pack->piece_count; i++) {
        const PackPiece *piece = &pack->pieces[i];
        if (piece->record == PACK_NONE || piece->graph == PACK_NONE ||
            piece->pages == PACK_NONE)
            return json_fail(json_item(json_get(root, "pieces"), i), ERR_INVALID,
                             "%s needs a record, a graph and pages among the files", piece->id);
    }
    return OK;
}

NODISCARD static Status read_pack(JsonValue root, Arena *arena, Pack *out)
{
    static const char *const known[] = {"format_version", "id",     "title", "version",
                                        "generator",      "pieces", "files"};
    Pack pack = {.plan = PACK_NONE};
    const char *generator = "";
    int64_t format, version;
    TRY(json_to_object(root));
    TRY(json_get_int(root, "format_version", JSON_REQUIRED, (JsonRange){1, 1e6}, &format));
    if (format > PACK_FORMAT_VERSION)
        return json_fail(root, ERR_UNSUPPORTED,
                         "format version %d; this program reads up to %d and should be updated",
                         (int)format, PACK_FORMAT_VERSION);
    TRY(json_check_fields(root, known, COUNT_OF(known)));
    TRY(read_id(root, "id", arena, &pack.id));
    TRY(langtext_parse_title(json_get(root, "title"), arena, &pack.title));
    TRY(json_get_int(root, "version", JSON_REQUIRED, (JsonRange){1, 4294967295.0}, &version));
    TRY(json_get_text(root, "generator", JSON_OPTIONAL, &generator));
    pack.version = (uint32_t)version;
    pack.generator = langtext_clean(arena, str_of(generator));
    TRY(read_pieces(root, arena, &pack));
    TRY(read_files(root, arena, &pack));
    TRY(check_pieces(root, &pack));
    *out = pack;
    return OK;
}

Status pack_parse(Bytes json, Arena *arena, Pack *out)
{
    JsonDocument document = {0};
    TRY(json_parse(json, PACK_MANIFEST, &document));
    Status status = read_pack(json_root(&document), arena, out);
    json_drop(&document);
    return status;
}

// ---- writing

static void put_point(JsonWriter *w, const char *key, const double point[3])
{
    json_begin_array(w, key);
    for (int i = 0; i < 3; i++)
        json_put_number(w, NULL, point[i]);
    json_end(w);
}

static void put_piece(JsonWriter *w, const PackPiece *piece)
{
    json_begin_object(w, NULL);
    json_put_text(w, "id", piece->id);
    langtext_put(w, "title", &piece->title);
    put_point(w, "low_mm", piece->low_mm);
    put_point(w, "high_mm", piece->high_mm);
    json_put_int(w, "triangles", (int64_t)piece->triangle_count);
    json_begin_array(w, "level_triangles");
    for (uint32_t i = 0; i < piece->level_count; i++)
        json_put_int(w, NULL, (int64_t)piece->level_triangles[i]);
    json_end(w);
    json_put_int(w, "pages", piece->page_count);
    json_put_number(w, "median_edge_um", piece->median_edge_um);
    json_end(w);
}

static void put_file(JsonWriter *w, const Pack *pack, const PackFile *file)
{
    char hash[PACK_HASH_BYTES * 2 + 1];
    for (size_t i = 0; i < PACK_HASH_BYTES; i++)
        snprintf(hash + 2 * i, 3, "%02x", file->hash[i]);
    json_begin_object(w, NULL);
    json_put_text(w, "name", file->name);
    json_put_text(w, "kind", pack_kind_name(file->kind));
    if (file->piece != PACK_NONE)
        json_put_text(w, "piece", pack->pieces[file->piece].id);
    json_put_int(w, "size_bytes", (int64_t)file->size_bytes);
    json_put_text(w, "blake2b", hash);
    json_end(w);
}

static int format_version(const Pack *pack)
{
    for (uint32_t i = 0; i < pack->file_count; i++)
        if (pack->files[i].kind == PACK_LIGHT || pack->files[i].kind == PACK_TOUR ||
            pack->files[i].kind == PACK_CAPTIONS)
            return PACK_FORMAT_VERSION;
    return 1;
}

Bytes pack_write(const Pack *pack, Arena *arena)
{
    JsonWriter writer = json_writer_make(arena), *w = &writer;
    json_begin_object(w, NULL);
    json_put_int(w, "format_version", format_version(pack));
    json_put_text(w, "id", pack->id);
    langtext_put(w, "title", &pack->title);
    json_put_int(w, "version", pack->version);
    json_put_text(w, "generator", pack->generator ? pack->generator : "");
    json_begin_array(w, "pieces");
    for (uint32_t i = 0; i < pack->piece_count; i++)
        put_piece(w, &pack->pieces[i]);
    json_end(w);
    json_begin_array(w, "files");
    for (uint32_t i = 0; i < pack->file_count; i++)
        put_file(w, pack, &pack->files[i]);
    json_end(w);
    json_end(w);
    return json_writer_text(w);
}
