// cabinet_file.c: all that a visitor keeps as one file: written, and taken in from anybody.

#include "museum/cabinet_parts.h"

#include "io/file.h"

#include <string.h>

static const uint8_t png_mark[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

// ---- out

static bool is_png(Bytes file)
{
    return file.len > sizeof png_mark && !memcmp(file.ptr, png_mark, sizeof png_mark);
}

// One photograph: its file comes along, and where that lay is nobody's business.
NODISCARD static Status pack_photo(sqlite3 *db, int64_t id, const char *path)
{
    Scratch scratch = scratch_begin(NULL);
    Bytes picture = {0};
    sqlite3_stmt *statement;
    bool is_there =
        *path == '/' && !file_read(path, CABINET_MAX_PICTURE_BYTES, scratch.arena, &picture);
    const char *name = str_copy(scratch.arena, path_name(path));
    // Of two folders' photographs of one name the second gets another.
    Status status = CABINET_PREPARE(
        db,
        "UPDATE thing SET picture = coalesce(?3, picture), name = CASE WHEN EXISTS(SELECT 1 "
        "FROM thing o, thing t WHERE t.id = ?2 AND o.id <> t.id AND o.pack = t.pack AND "
        "o.piece = t.piece AND o.kind = t.kind AND o.name = ?1) THEN ?2 || '-' || ?1 ELSE ?1 "
        "END WHERE id = ?2",
        &statement, name);
    if (!status) {
        sqlite3_bind_int64(statement, 2, id);
        if (is_there && is_png(picture))
            sqlite3_bind_blob64(statement, 3, picture.ptr, picture.len, SQLITE_STATIC);
        status = cabinet_end(db, statement, sqlite3_step(statement));
    }
    scratch_end(scratch);
    return status;
}

NODISCARD static Status pack_photos(sqlite3 *db, const void *unused)
{
    (void)unused;
    int64_t id = 0;
    for (;;) { // one at a time: each of them is large
        sqlite3_stmt *statement;
        Scratch scratch = scratch_begin(NULL);
        Status status = cabinet_prepare(
            db, "SELECT id, name FROM thing WHERE kind = 0 AND id > ?1 ORDER BY id LIMIT 1",
            NULL, 0, &statement);
        const char *name = NULL;
        if (!status) {
            sqlite3_bind_int64(statement, 1, id);
            int result = sqlite3_step(statement);
            if (result == SQLITE_ROW) {
                id = sqlite3_column_int64(statement, 0);
                name = arena_copy_text(scratch.arena,
                                       (const char *)sqlite3_column_text(statement, 1));
            }
            status = cabinet_end(db, statement, result);
        }
        if (!status && name)
            status = pack_photo(db, id, name);
        scratch_end(scratch);
        if (status || !name)
            return status;
    }
}

NODISCARD static Status finish_export(const char *part)
{
    sqlite3 *db = NULL;
    FileInfo info;
    Status status = cabinet_result(
        db, sqlite3_open_v2(part, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL));
    if (!status) {
        cabinet_distrust(db);
        status = cabinet_run(db, "PRAGMA journal_mode = DELETE", NULL, 0);
    }
    if (!status)
        status = cabinet_change(db, pack_photos, NULL);
    sqlite3_close_v2(db);
    if (!status)
        status = file_get_info(part, &info);
    if (!status && info.size_bytes > CABINET_MAX_EXPORT_BYTES)
        status = FAIL(ERR_LIMIT, "with its photographs the cabinet is larger than %d MiB",
                      CABINET_MAX_EXPORT_BYTES >> 20);
    return status;
}

NODISCARD Status cabinet_export(Cabinet *cabinet, const char *path)
{
    Scratch scratch = scratch_begin(NULL);
    const char *part = str_format(scratch.arena, "%s.part", path);
    Status status = file_make_folders(path_folder(scratch.arena, path));
    if (!status)
        status = file_remove_tree(part);
    if (!status)
        status = CABINET_RUN(cabinet->db, "VACUUM INTO ?1", part);
    if (!status)
        status = finish_export(part);
    if (!status)
        status = file_move(part, path);
    if (status) {
        const char *journal = str_format(scratch.arena, "%s-journal", part);
        status = fault_prefix(status, "%s", path);
        Fault why = *fault_last();
        if (!file_remove_tree(part) && !file_remove_tree(journal))
            fault_set(status, why.source_file, why.source_line, "%s", why.text);
    }
    scratch_end(scratch);
    return status;
}

// ---- in

typedef struct Taking {
    sqlite3 *from;
    CabinetReport *report;
    Arena *arena;
} Taking;

// A column of a stranger's row. NULL fault-free only where it is a text without zero bytes.
NODISCARD static Status take_text(sqlite3_stmt *row, int index, size_t most_bytes,
                                  const char **out)
{
    const char *text = (const char *)sqlite3_column_text(row, index);
    size_t len = (size_t)sqlite3_column_bytes(row, index);
    if (!text || strlen(text) != len)
        return FAIL(ERR_CORRUPT, "a cabinet with a text that is none");
    TRY(cabinet_check_text(text, most_bytes, "a text"));
    *out = text;
    return OK;
}

NODISCARD static Status take_key(sqlite3_stmt *row, CabinetKey *out)
{
    TRY(take_text(row, 0, CABINET_MAX_NAME_BYTES, &out->pack));
    TRY(take_text(row, 1, CABINET_MAX_NAME_BYTES, &out->piece));
    return cabinet_check_key(out);
}

static uint32_t changed(sqlite3 *db)
{
    return (uint32_t)sqlite3_changes(db);
}

NODISCARD static Status join_notes(sqlite3 *db, const CabinetKey *key, const char *note,
                                   Arena *arena)
{
    sqlite3_stmt *own;
    TRY(CABINET_PREPARE(db, "SELECT note FROM piece WHERE pack = ?1 AND piece = ?2", &own,
                        key->pack, key->piece));
    int result = sqlite3_step(own);
    const char *before = result == SQLITE_ROW
                             ? arena_copy_text(arena, (const char *)sqlite3_column_text(own, 0))
                             : "";
    TRY(cabinet_end(db, own, result));
    if (strstr(before, note))
        return OK;
    if (*before)
        note = str_format(arena, "%s · %s", before, note);
    TRY(cabinet_check_text(note, CABINET_MAX_NOTE_BYTES, "a note"));
    return CABINET_RUN(db, "UPDATE piece SET note = ?3 WHERE pack = ?1 AND piece = ?2",
                       key->pack, key->piece, note);
}

NODISCARD static Status take_piece(sqlite3 *db, const Taking *taking, sqlite3_stmt *row)
{
    CabinetPiece piece = {0};
    TRY(take_key(row, &piece.key));
    TRY(take_text(row, 2, CABINET_MAX_NAME_BYTES, &piece.title));
    TRY(take_text(row, 3, CABINET_MAX_NAME_BYTES, &piece.house));
    TRY(take_text(row, 4, CABINET_MAX_NOTE_BYTES, &piece.note));
    TRY(CABINET_RUN(db, "INSERT OR IGNORE INTO piece VALUES(?1, ?2, ?3, ?4, NULL, '')",
                    piece.key.pack, piece.key.piece, piece.title, piece.house));
    TRY(join_notes(db, &piece.key, piece.note, taking->arena));
    if (sqlite3_column_int64(row, 5) <= 0)
        return OK;
    TRY(cabinet_put_last(db, &piece.key));
    taking->report->pieces += changed(db);
    return OK;
}

NODISCARD static Status take_detail(sqlite3 *db, const Taking *taking, sqlite3_stmt *row)
{
    CabinetKey key;
    const char *detail;
    TRY(take_key(row, &key));
    TRY(take_text(row, 2, CABINET_MAX_NAME_BYTES, &detail));
    TRY(cabinet_put_detail(db, &key, detail));
    taking->report->details += changed(db);
    return OK;
}

// A name with a folder would be read by the next cabinet_export: whatever a stranger names.
NODISCARD static Status check_thing(const char *name, int64_t kind, Bytes picture)
{
    if (kind != CABINET_PHOTO && kind != CABINET_MEASURE)
        return FAIL(ERR_CORRUPT, "a cabinet with things of kind %d", (int)kind);
    if (kind == CABINET_PHOTO && (strchr(name, '/') || !*name))
        return FAIL(ERR_INVALID, "a photograph with a folder's name");
    if (picture.len > 0 && (kind != CABINET_PHOTO || !is_png(picture)))
        return FAIL(ERR_INVALID, "a picture that is no photograph");
    return OK;
}

static const char insert_thing[] =
    "INSERT INTO thing(pack, piece, name, view, kind, picture) "
    "SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE NOT EXISTS(SELECT 1 FROM thing WHERE pack = ?1 AND "
    "piece = ?2 AND kind = ?5 AND (name = ?3 OR substr(name, -length('/' || ?3)) = '/' || ?3))";

NODISCARD static Status take_thing(sqlite3 *db, const Taking *taking, sqlite3_stmt *row)
{
    CabinetKey key;
    const char *name, *view;
    sqlite3_stmt *statement;
    TRY(take_key(row, &key));
    TRY(take_text(row, 2, CABINET_MAX_NAME_BYTES * 8, &name));
    TRY(take_text(row, 3, CABINET_MAX_VIEW_BYTES, &view));
    int64_t kind = sqlite3_column_int64(row, 4);
    Bytes picture = {sqlite3_column_blob(row, 5), (size_t)sqlite3_column_bytes(row, 5)};
    TRY(check_thing(name, kind, picture));
    TRY(CABINET_RUN(db, "INSERT OR IGNORE INTO piece VALUES(?1, ?2, ?2, ?1, NULL, '')",
                    key.pack, key.piece)); // every thing is some piece's
    TRY(CABINET_PREPARE(db, insert_thing, &statement, key.pack, key.piece, name, view));
    sqlite3_bind_int64(statement, 5, kind);
    if (picture.len > 0)
        sqlite3_bind_blob64(statement, 6, picture.ptr, picture.len, SQLITE_STATIC);
    TRY(cabinet_end(db, statement, sqlite3_step(statement)));
    uint32_t *count =
        kind == CABINET_PHOTO ? &taking->report->photos : &taking->report->measures;
    *count += changed(db);
    return OK;
}

typedef Status TakeRow(sqlite3 *db, const Taking *taking, sqlite3_stmt *row);

NODISCARD static Status take_rows(sqlite3 *db, const Taking *taking, const char *sql,
                                  TakeRow *take)
{
    sqlite3_stmt *row;
    Status status = OK;
    int result = SQLITE_DONE;
    TRY(cabinet_prepare(taking->from, sql, NULL, 0, &row));
    for (uint32_t count = 0; !status; count++) {
        if ((result = sqlite3_step(row)) != SQLITE_ROW)
            break;
        ArenaMark mark = arena_mark(taking->arena);
        status = count < CABINET_MOST
                     ? take(db, taking, row)
                     : FAIL(ERR_LIMIT, "a cabinet of more than %d rows", CABINET_MOST);
        arena_rewind(taking->arena, mark);
    }
    Status end = cabinet_result(taking->from, result);
    sqlite3_finalize(row);
    return status ? status : end;
}

NODISCARD static Status take_all(sqlite3 *db, const void *what)
{
    const Taking *taking = what;
    TRY(take_rows(db, taking,
                  "SELECT pack, piece, title, house, note, place FROM piece "
                  "ORDER BY place, pack, piece",
                  take_piece));
    TRY(take_rows(db, taking, "SELECT pack, piece, detail FROM detail", take_detail));
    return take_rows(db, taking,
                     "SELECT pack, piece, name, view, kind, picture FROM thing ORDER BY id",
                     take_thing);
}

// Its header says how many pages it has, and how large they are.
static bool is_whole(Bytes file)
{
    enum { PAGE_BYTES = 16, PAGE_COUNT = 28 };
    uint64_t page = (uint64_t)file.ptr[PAGE_BYTES] << 8 | file.ptr[PAGE_BYTES + 1];
    uint64_t count = 0;
    for (int i = 0; i < 4; i++)
        count = count << 8 | file.ptr[PAGE_COUNT + i];
    return (page == 1 ? 65536 : page) * count == file.len;
}

// Read where it lies in memory: no journal beside it is looked for, and nothing is written.
NODISCARD static Status open_bytes(sqlite3 *db, Bytes file)
{
    enum { HEADER_BYTES = 100, WRITE_VERSION = 18, READ_VERSION = 19, NO_JOURNAL = 1 };
    static const char mark[] = "SQLite format 3";
    if (file.len < HEADER_BYTES || memcmp(file.ptr, mark, sizeof mark))
        return FAIL(ERR_CORRUPT, "this is no cabinet of Vitrine's");
    if (file.ptr[WRITE_VERSION] != NO_JOURNAL || file.ptr[READ_VERSION] != NO_JOURNAL)
        return FAIL(ERR_UNSUPPORTED, "a cabinet in use; its owner can export it");
    if (!is_whole(file))
        return FAIL(ERR_CORRUPT, "the cabinet's file is cut off");
    cabinet_distrust(db);
    TRY(cabinet_result(db, sqlite3_deserialize(db, "main", (uint8_t *)(uintptr_t)file.ptr,
                                               (sqlite3_int64)file.len, (sqlite3_int64)file.len,
                                               SQLITE_DESERIALIZE_READONLY)));
    TRY(cabinet_run(db, "PRAGMA cell_size_check = ON", NULL, 0));
    TRY(cabinet_check_tables(db));
    return cabinet_check_pages(db);
}

NODISCARD Status cabinet_import(Cabinet *cabinet, Bytes file, CabinetReport *out)
{
    CabinetReport report = {0};
    sqlite3 *from = NULL;
    if (file.len > CABINET_MAX_EXPORT_BYTES)
        return FAIL(ERR_LIMIT, "a cabinet of more than %d MiB", CABINET_MAX_EXPORT_BYTES >> 20);
    Scratch scratch = scratch_begin(NULL);
    Taking taking = {.report = &report, .arena = scratch.arena};
    Status status = cabinet_result(
        from,
        sqlite3_open_v2(":memory:", &from, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL));
    taking.from = from;
    if (!status)
        status = open_bytes(from, file);
    if (!status)
        status = cabinet_change(cabinet->db, take_all, &taking);
    sqlite3_close_v2(from);
    scratch_end(scratch);
    if (!status)
        *out = report;
    return status;
}
