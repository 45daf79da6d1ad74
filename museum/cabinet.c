// cabinet.c: what a visitor keeps. The file, its tables, and what changes in them.
//
//     piece   what is remembered of a piece; place: among those collected, or NULL
//     detail  found details
//     thing   photographs (picture: the file itself, of those from elsewhere), measurements

#include "museum/cabinet_parts.h"

#include "base/log.h"
#include "exhibits/model/record.h"
#include "io/file.h"
#include "museum/finds.h"

#include <string.h>

enum { BUSY_MS = 2000 }; // another program writes at the same moment

static const char *const tables[] = {
    "CREATE TABLE piece(pack TEXT NOT NULL, piece TEXT NOT NULL, title TEXT NOT NULL, "
    "house TEXT NOT NULL, place INTEGER, note TEXT NOT NULL, PRIMARY KEY(pack, piece)) "
    "STRICT, WITHOUT ROWID",
    "CREATE TABLE detail(pack TEXT NOT NULL, piece TEXT NOT NULL, detail TEXT NOT NULL, "
    "PRIMARY KEY(pack, piece, detail)) STRICT, WITHOUT ROWID",
    "CREATE TABLE thing(id INTEGER PRIMARY KEY, pack TEXT NOT NULL, piece TEXT NOT NULL, "
    "kind INTEGER NOT NULL, name TEXT NOT NULL, view TEXT NOT NULL, picture BLOB, "
    "UNIQUE(pack, piece, kind, name)) STRICT",
};
static const char index_name[] = "sqlite_autoindex_thing_1"; // of UNIQUE

// ---- SQL

NODISCARD Status cabinet_result(sqlite3 *db, int result)
{
    switch (result & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return OK;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return FAIL(ERR_CORRUPT, "the cabinet's file is broken: %s", sqlite3_errmsg(db));
    case SQLITE_TOOBIG:
        return FAIL(ERR_LIMIT, "too much for a cabinet: %s", sqlite3_errmsg(db));
    case SQLITE_FULL:
        return FAIL(ERR_IO, "the disk is full: nothing new can be kept in the cabinet");
    default:
        return FAIL(ERR_IO, "the cabinet cannot be read or written: %s", sqlite3_errmsg(db));
    }
}

NODISCARD Status cabinet_prepare(sqlite3 *db, const char *sql, const char *const *texts,
                                 uint32_t count, sqlite3_stmt **out)
{
    TRY(cabinet_result(db, sqlite3_prepare_v2(db, sql, -1, out, NULL)));
    for (uint32_t i = 0; i < count; i++) {
        int result = sqlite3_bind_text(*out, (int)i + 1, texts[i], -1, SQLITE_TRANSIENT);
        if (result)
            return cabinet_end(db, *out, result);
    }
    return OK;
}

NODISCARD Status cabinet_end(sqlite3 *db, sqlite3_stmt *statement, int result)
{
    Status status = cabinet_result(db, result); // its words are gone with the statement
    sqlite3_finalize(statement);
    return status;
}

NODISCARD Status cabinet_run(sqlite3 *db, const char *sql, const char *const *texts,
                             uint32_t count)
{
    sqlite3_stmt *statement;
    int result;
    TRY(cabinet_prepare(db, sql, texts, count, &statement));
    while ((result = sqlite3_step(statement)) == SQLITE_ROW)
        continue;
    return cabinet_end(db, statement, result);
}

NODISCARD static Status run_plain(sqlite3 *db, const char *sql)
{
    return cabinet_run(db, sql, NULL, 0);
}

NODISCARD Status cabinet_number(sqlite3 *db, const char *sql, const char *const *texts,
                                uint32_t count, int64_t none, int64_t *out)
{
    sqlite3_stmt *statement;
    TRY(cabinet_prepare(db, sql, texts, count, &statement));
    int result = sqlite3_step(statement);
    int64_t number = result == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : none;
    TRY(cabinet_end(db, statement, result));
    *out = number;
    return OK;
}

// ---- transactions

NODISCARD static Status check_amounts(sqlite3 *db)
{
    static const struct {
        const char *sql, *what;
    } rows[] = {{"SELECT count(*) FROM piece", "pieces"},
                {"SELECT count(*) FROM detail", "found details"},
                {"SELECT count(*) FROM thing", "photographs and measurements"}};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        int64_t count;
        TRY(cabinet_number(db, rows[i].sql, NULL, 0, 0, &count));
        if (count > CABINET_MOST)
            return FAIL(ERR_LIMIT, "no more than %d %s are kept", CABINET_MOST, rows[i].what);
    }
    return OK;
}

NODISCARD Status cabinet_change(sqlite3 *db, CabinetChange *change, const void *what)
{
    TRY(run_plain(db, "BEGIN IMMEDIATE"));
    Status status = change(db, what);
    if (!status)
        status = check_amounts(db);
    if (!status)
        status = run_plain(db, "COMMIT");
    if (status && !sqlite3_get_autocommit(db)) // some failures have rolled back already
        sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}

// ---- the file

void cabinet_distrust(sqlite3 *db)
{
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    sqlite3_limit(db, SQLITE_LIMIT_LENGTH, CABINET_MAX_PICTURE_BYTES + (1 << 20));
    sqlite3_limit(db, SQLITE_LIMIT_SQL_LENGTH, 4096);
    sqlite3_limit(db, SQLITE_LIMIT_TRIGGER_DEPTH, 1);
}

static bool is_known_table(const char *name, const char *sql)
{
    if (!sql)
        return name && !strcmp(name, index_name);
    for (size_t i = 0; i < COUNT_OF(tables); i++)
        if (!strcmp(sql, tables[i]))
            return true;
    return false;
}

NODISCARD Status cabinet_check_tables(sqlite3 *db)
{
    sqlite3_stmt *statement;
    int64_t mark, version;
    int result;
    uint32_t count = 0, known = 0;
    TRY(cabinet_number(db, "PRAGMA application_id", NULL, 0, 0, &mark));
    TRY(cabinet_number(db, "PRAGMA user_version", NULL, 0, 0, &version));
    if (mark != CABINET_MARK)
        return FAIL(ERR_CORRUPT, "this is no cabinet of Vitrine's");
    if (version != CABINET_VERSION)
        return FAIL(ERR_UNSUPPORTED, "a cabinet of version %d; this Vitrine knows version %d",
                    (int)version, CABINET_VERSION);
    TRY(cabinet_prepare(db, "SELECT name, sql FROM sqlite_schema LIMIT 16", NULL, 0,
                        &statement));
    while ((result = sqlite3_step(statement)) == SQLITE_ROW) {
        count++;
        known += is_known_table((const char *)sqlite3_column_text(statement, 0),
                                (const char *)sqlite3_column_text(statement, 1));
    }
    TRY(cabinet_end(db, statement, result));
    if (count != COUNT_OF(tables) + 1 || known != count)
        return FAIL(ERR_CORRUPT, "a cabinet with tables that are not Vitrine's");
    return OK;
}

NODISCARD Status cabinet_check_pages(sqlite3 *db)
{
    sqlite3_stmt *statement;
    TRY(cabinet_prepare(db, "PRAGMA quick_check(1)", NULL, 0, &statement));
    int result = sqlite3_step(statement);
    const char *answer = (const char *)sqlite3_column_text(statement, 0);
    bool is_whole = result == SQLITE_ROW && answer && !strcmp(answer, "ok");
    TRY(cabinet_end(db, statement, result));
    return is_whole ? OK : FAIL(ERR_CORRUPT, "the cabinet's file is broken");
}

NODISCARD static Status make_tables(sqlite3 *db, const void *unused)
{
    int64_t count;
    (void)unused;
    TRY(cabinet_number(db, "SELECT count(*) FROM sqlite_schema", NULL, 0, 0, &count));
    if (count > 0)
        return OK; // another program was faster
    for (size_t i = 0; i < COUNT_OF(tables); i++)
        TRY(run_plain(db, tables[i]));
    Scratch scratch = scratch_begin(NULL);
    Status status =
        run_plain(db, str_format(scratch.arena, "PRAGMA application_id = %d", CABINET_MARK));
    if (!status)
        status = run_plain(
            db, str_format(scratch.arena, "PRAGMA user_version = %d", CABINET_VERSION));
    scratch_end(scratch);
    return status;
}

NODISCARD static Status settle(sqlite3 *db, const char *path)
{
    int64_t count;
    FileInfo info = {0};
    sqlite3_extended_result_codes(db, 1);
    sqlite3_busy_timeout(db, BUSY_MS);
    cabinet_distrust(db);
    TRY(cabinet_number(db, "SELECT count(*) FROM sqlite_schema", NULL, 0, 0, &count));
    if (path && sqlite3_db_readonly(db, NULL))
        return FAIL(ERR_IO, "%s may not be written", path);
    TRY(run_plain(db, "PRAGMA journal_mode = WAL"));
    TRY(run_plain(db, "PRAGMA synchronous = FULL"));
    if (!count)
        TRY(cabinet_change(db, make_tables, NULL));
    TRY(cabinet_check_tables(db));
    if (path)
        TRY(file_get_info(path, &info));
    return info.size_bytes <= CABINET_CHECKED_BYTES ? cabinet_check_pages(db) : OK;
}

NODISCARD static Status open_at(Cabinet *cabinet, const char *path)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    int result = sqlite3_open_v2(path ? path : ":memory:", &cabinet->db, flags, NULL);
    Status status = OK;
    if (result)
        status = FAIL(ERR_IO, "%s cannot be opened", path ? path : "memory");
    else
        status = settle(cabinet->db, path);
    if (status) {
        sqlite3_close_v2(cabinet->db);
        cabinet->db = NULL;
        return path ? fault_prefix(status, "%s", path) : status;
    }
    cabinet->path = path;
    return OK;
}

// What is not written back yet belongs to it: the three go together. So that somebody may look
// at it, and the next visit finds a clean one.
NODISCARD static Status move_aside(Arena *arena, const char *path)
{
    static const char *const parts[] = {"-wal", "-shm", ""};
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        const char *from = str_format(arena, "%s%s", path, parts[i]);
        if (file_exists(from))
            TRY(file_move(from, str_format(arena, "%s.broken%s", path, parts[i])));
    }
    return OK;
}

NODISCARD static Status open_kept(Cabinet *cabinet, const char *path)
{
    TRY(file_make_folders(path_folder(cabinet->arena, path)));
    Status status = open_at(cabinet, path);
    if (status != ERR_CORRUPT)
        return status;
    log_fault(LOG_WARN, "the cabinet begins anew");
    cabinet->trouble =
        str_format(cabinet->arena, "%s was broken: it is %s.broken now", path, path);
    TRY(move_aside(cabinet->arena, path));
    return open_at(cabinet, path);
}

Cabinet *cabinet_open(const char *path, Arena *arena)
{
    Cabinet *cabinet = ARENA_NEW(arena, Cabinet);
    *cabinet = (Cabinet){.arena = arena};
    if (path && open_kept(cabinet, arena_copy_text(arena, path))) {
        log_fault(LOG_WARN, "what is collected is kept for this visit only");
        cabinet->trouble = arena_copy_text(arena, fault_last()->text);
    }
    bool has_memory = cabinet->db || !open_at(cabinet, NULL);
    ASSERT(has_memory); // nothing but that can fail there
    return cabinet;
}

void cabinet_close(Cabinet *cabinet)
{
    if (!cabinet)
        return;
    sqlite3_close_v2(cabinet->db);
    cabinet->db = NULL;
}

bool cabinet_is_kept(const Cabinet *cabinet)
{
    return cabinet->path != NULL;
}

const char *cabinet_trouble(const Cabinet *cabinet)
{
    return cabinet->trouble;
}

const char *cabinet_path_beside(const char *settings_path, Arena *arena)
{
    static const char ending[] = ".json";
    size_t len = strlen(settings_path), tail = sizeof ending - 1;
    if (len > tail && !strcmp(settings_path + len - tail, ending))
        len -= tail;
    return str_format(arena, "%.*s-cabinet.sqlite", (int)len, settings_path);
}

NODISCARD Status cabinet_choose_path(const char *named, const char *settings, Arena *arena,
                                     const char **out)
{
    const char *folder = NULL;
    if (!named && !settings)
        TRY(file_data_folder("vitrine", arena, &folder));
    *out = named      ? named
           : settings ? cabinet_path_beside(settings, arena)
                      : path_join(arena, folder, "cabinet.sqlite");
    return OK;
}

// ---- changes

NODISCARD Status cabinet_check_key(const CabinetKey *key)
{
    if (!key->pack || !key->piece || !record_is_id(key->pack) || !record_is_id(key->piece))
        return FAIL(ERR_INVALID, "a piece of no pack, or of no name, cannot be collected");
    return OK;
}

NODISCARD Status cabinet_check_text(const char *text, size_t most_bytes, const char *what)
{
    if (strlen(text) > most_bytes)
        return FAIL(ERR_LIMIT, "%s of more than %zu bytes", what, most_bytes);
    if (!utf8_is_valid(str_of(text)))
        return FAIL(ERR_INVALID, "%s that is no UTF-8", what);
    return OK;
}

// What people read may be cut off.
static const char *cut_name(const char *name, Arena *arena)
{
    Str text = str_of(name ? name : "");
    text.len = MIN(text.len, (size_t)CABINET_MAX_NAME_BYTES);
    text.len = utf8_valid_bytes(text);
    return str_copy(arena, text);
}

NODISCARD Status cabinet_put_piece(sqlite3 *db, const CabinetPiece *piece)
{
    TRY(cabinet_check_key(&piece->key));
    Scratch scratch = scratch_begin(NULL);
    Status status =
        CABINET_RUN(db,
                    "INSERT INTO piece VALUES(?1, ?2, ?3, ?4, NULL, '') "
                    "ON CONFLICT DO UPDATE SET title = ?3, house = ?4",
                    piece->key.pack, piece->key.piece, cut_name(piece->title, scratch.arena),
                    cut_name(piece->house, scratch.arena));
    scratch_end(scratch);
    return status;
}

NODISCARD Status cabinet_put_last(sqlite3 *db, const CabinetKey *key)
{
    return CABINET_RUN(
        db,
        "UPDATE piece SET place = (SELECT coalesce(max(place), 0) + 1 FROM piece) "
        "WHERE pack = ?1 AND piece = ?2 AND place IS NULL",
        key->pack, key->piece);
}

NODISCARD static Status collect(sqlite3 *db, const void *what)
{
    const CabinetPiece *piece = what;
    TRY(cabinet_put_piece(db, piece));
    return cabinet_put_last(db, &piece->key);
}

NODISCARD Status cabinet_collect(Cabinet *cabinet, const CabinetPiece *piece)
{
    return cabinet_change(cabinet->db, collect, piece);
}

NODISCARD static Status uncollect(sqlite3 *db, const void *what)
{
    const CabinetKey *key = what;
    TRY(cabinet_check_key(key));
    return CABINET_RUN(db, "UPDATE piece SET place = NULL WHERE pack = ?1 AND piece = ?2",
                       key->pack, key->piece);
}

NODISCARD Status cabinet_uncollect(Cabinet *cabinet, const CabinetKey *key)
{
    return cabinet_change(cabinet->db, uncollect, key);
}

typedef struct Move {
    const CabinetKey *key;
    int by;
} Move;

// Changes places with its neighbour.
NODISCARD static Status move_once(sqlite3 *db, const CabinetKey *key, bool is_up)
{
    const char *const texts[] = {key->pack, key->piece};
    int64_t own, other;
    TRY(cabinet_number(db, "SELECT place FROM piece WHERE pack = ?1 AND piece = ?2", texts, 2,
                       0, &own));
    const char *find =
        is_up ? "SELECT coalesce(max(place), 0) FROM piece WHERE place < (SELECT place FROM "
                "piece WHERE pack = ?1 AND piece = ?2)"
              : "SELECT coalesce(min(place), 0) FROM piece WHERE place > (SELECT place FROM "
                "piece WHERE pack = ?1 AND piece = ?2)";
    TRY(cabinet_number(db, find, texts, 2, 0, &other));
    if (!own || !other)
        return OK;
    Scratch scratch = scratch_begin(NULL);
    const char *here = str_format(scratch.arena, "%lld", (long long)own);
    const char *there = str_format(scratch.arena, "%lld", (long long)other);
    Status status = CABINET_RUN(
        db,
        "UPDATE piece SET place = CASE place WHEN CAST(?1 AS INTEGER) THEN CAST(?2 AS INTEGER) "
        "ELSE CAST(?1 AS INTEGER) END WHERE place IN (CAST(?1 AS INTEGER), CAST(?2 AS "
        "INTEGER))",
        here, there);
    scratch_end(scratch);
    return status;
}

NODISCARD static Status move_piece(sqlite3 *db, const void *what)
{
    const Move *move = what;
    TRY(cabinet_check_key(move->key));
    int steps = CLAMP(move->by, -CABINET_MOST, CABINET_MOST);
    for (int i = 0; i < (steps < 0 ? -steps : steps); i++)
        TRY(move_once(db, move->key, steps < 0));
    return OK;
}

NODISCARD Status cabinet_move(Cabinet *cabinet, const CabinetKey *key, int by)
{
    return cabinet_change(cabinet->db, move_piece, &(Move){key, by});
}

NODISCARD static Status set_note(sqlite3 *db, const void *what)
{
    const CabinetPiece *piece = what;
    TRY(cabinet_check_text(piece->note, CABINET_MAX_NOTE_BYTES, "a note"));
    TRY(cabinet_put_piece(db, piece));
    return CABINET_RUN(db, "UPDATE piece SET note = ?3 WHERE pack = ?1 AND piece = ?2",
                       piece->key.pack, piece->key.piece, piece->note);
}

NODISCARD Status cabinet_set_note(Cabinet *cabinet, const CabinetPiece *piece)
{
    return cabinet_change(cabinet->db, set_note, piece);
}

typedef struct Addition {
    const CabinetPiece *piece;
    const CabinetKey *key;
    const CabinetThing *thing;
} Addition;

static const char *kind_text(CabinetThingKind kind)
{
    return kind == CABINET_PHOTO ? "0" : "1";
}

NODISCARD static Status add(sqlite3 *db, const void *what)
{
    const Addition *addition = what;
    const CabinetThing *thing = addition->thing;
    const CabinetKey *key = &addition->piece->key;
    TRY(cabinet_check_text(thing->name, CABINET_MAX_NAME_BYTES * 8, "a name"));
    TRY(cabinet_check_text(thing->view, CABINET_MAX_VIEW_BYTES, "a view"));
    TRY(cabinet_put_piece(db, addition->piece));
    return CABINET_RUN(
        db,
        "INSERT INTO thing(pack, piece, kind, name, view) "
        "VALUES(?1, ?2, CAST(?3 AS INTEGER), ?4, ?5) ON CONFLICT DO UPDATE SET view = ?5",
        key->pack, key->piece, kind_text(thing->kind), thing->name, thing->view);
}

NODISCARD Status cabinet_add(Cabinet *cabinet, const CabinetPiece *piece,
                             const CabinetThing *thing)
{
    return cabinet_change(cabinet->db, add, &(Addition){.piece = piece, .thing = thing});
}

NODISCARD static Status remove_thing(sqlite3 *db, const void *what)
{
    const Addition *addition = what;
    TRY(cabinet_check_key(addition->key));
    return CABINET_RUN(
        db,
        "DELETE FROM thing WHERE pack = ?1 AND piece = ?2 AND kind = CAST(?3 AS INTEGER) "
        "AND name = ?4",
        addition->key->pack, addition->key->piece, kind_text(addition->thing->kind),
        addition->thing->name);
}

NODISCARD Status cabinet_remove(Cabinet *cabinet, const CabinetKey *key,
                                const CabinetThing *thing)
{
    return cabinet_change(cabinet->db, remove_thing, &(Addition){.key = key, .thing = thing});
}

// ---- found details

NODISCARD Status cabinet_put_detail(sqlite3 *db, const CabinetKey *key, const char *detail)
{
    TRY(cabinet_check_key(key));
    if (!record_is_id(detail))
        return FAIL(ERR_INVALID, "'%.40s' names no detail", detail);
    return CABINET_RUN(db, "INSERT OR IGNORE INTO detail VALUES(?1, ?2, ?3)", key->pack,
                       key->piece, detail);
}

NODISCARD static Status put_find(sqlite3 *db, const void *what)
{
    const Find *find = what;
    return cabinet_put_detail(db, &(CabinetKey){find->pack, find->piece}, find->detail);
}

NODISCARD Status cabinet_note_detail(Cabinet *cabinet, const CabinetKey *key,
                                     const char *detail)
{
    return cabinet_change(cabinet->db, put_find, &(Find){key->pack, key->piece, detail});
}

NODISCARD static Status forget(sqlite3 *db, const void *unused)
{
    (void)unused;
    return run_plain(db, "DELETE FROM detail");
}

NODISCARD Status cabinet_forget_details(Cabinet *cabinet)
{
    return cabinet_change(cabinet->db, forget, NULL);
}

typedef struct FindList {
    Find *finds;
    uint32_t count;
} FindList;

NODISCARD static Status put_finds(sqlite3 *db, const void *what)
{
    const FindList *list = what;
    for (uint32_t i = 0; i < list->count; i++)
        TRY(put_find(db, &list->finds[i]));
    return OK;
}

NODISCARD Status cabinet_take_finds(Cabinet *cabinet, const char *path)
{
    FindList list;
    if (!file_exists(path))
        return OK;
    Scratch scratch = scratch_begin(NULL);
    Status status = finds_read(path, scratch.arena, &list.finds, &list.count);
    if (!status)
        status = cabinet_change(cabinet->db, put_finds, &list);
    if (!status)
        status = file_move(path, str_format(scratch.arena, "%s.imported", path));
    scratch_end(scratch);
    return status;
}
