// cabinet_list.c: what a visitor keeps: what is there.

#include "museum/cabinet_parts.h"

#include <string.h>

static const char *column(sqlite3_stmt *statement, int index, Arena *arena)
{
    const char *text = (const char *)sqlite3_column_text(statement, index);
    return arena_copy_text(arena, text ? text : "");
}

static int64_t count_of(Cabinet *cabinet, const char *sql, const char *const *texts,
                        uint32_t count)
{
    int64_t number = 0;
    return cabinet_number(cabinet->db, sql, texts, count, 0, &number) ? 0 : number;
}

bool cabinet_has(Cabinet *cabinet, const CabinetKey *key)
{
    const char *const texts[] = {key->pack, key->piece};
    return key->pack && key->piece &&
           count_of(cabinet,
                    "SELECT count(*) FROM piece WHERE pack = ?1 AND piece = ?2 AND place > 0",
                    texts, 2) > 0;
}

bool cabinet_has_detail(Cabinet *cabinet, const CabinetKey *key, const char *detail)
{
    const char *const texts[] = {key->pack, key->piece, detail};
    return count_of(cabinet,
                    "SELECT count(*) FROM detail WHERE pack = ?1 AND piece = ?2 AND "
                    "detail = ?3",
                    texts, 3) > 0;
}

uint32_t cabinet_piece_count(Cabinet *cabinet)
{
    return (uint32_t)count_of(cabinet, "SELECT count(*) FROM piece WHERE place > 0", NULL, 0);
}

uint32_t cabinet_detail_count(Cabinet *cabinet)
{
    return (uint32_t)count_of(cabinet, "SELECT count(*) FROM detail", NULL, 0);
}

#define PIECE_COLUMNS                                                                \
    "SELECT pack, piece, title, house, note, place, "                                \
    "(SELECT count(*) FROM detail d WHERE d.pack = p.pack AND d.piece = p.piece), "  \
    "(SELECT count(*) FROM thing t WHERE t.pack = p.pack AND t.piece = p.piece AND " \
    "t.kind = 0), "                                                                  \
    "(SELECT count(*) FROM thing t WHERE t.pack = p.pack AND t.piece = p.piece AND " \
    "t.kind = 1) FROM piece p "

static CabinetPiece read_piece(sqlite3_stmt *statement, Arena *arena)
{
    return (CabinetPiece){
        .key = {column(statement, 0, arena), column(statement, 1, arena)},
        .title = column(statement, 2, arena),
        .house = column(statement, 3, arena),
        .note = column(statement, 4, arena),
        .is_collected = sqlite3_column_int64(statement, 5) > 0,
        .detail_count = (uint32_t)sqlite3_column_int(statement, 6),
        .photo_count = (uint32_t)sqlite3_column_int(statement, 7),
        .measure_count = (uint32_t)sqlite3_column_int(statement, 8),
    };
}

NODISCARD Status cabinet_pieces(Cabinet *cabinet, Arena *arena, CabinetPiece **out,
                                uint32_t *out_count)
{
    CabinetPiece *pieces = NULL;
    uint32_t count = 0, capacity = 0;
    sqlite3_stmt *statement;
    int result;
    TRY(cabinet_prepare(cabinet->db,
                        PIECE_COLUMNS
                        "WHERE place > 0 OR note <> '' OR EXISTS(SELECT 1 FROM thing t WHERE "
                        "t.pack = p.pack AND t.piece = p.piece) "
                        "ORDER BY place IS NULL, place, title, pack, piece",
                        NULL, 0, &statement));
    while ((result = sqlite3_step(statement)) == SQLITE_ROW) {
        CabinetPiece *piece = ARENA_PUSH(arena, pieces, count, capacity);
        *piece = read_piece(statement, arena);
    }
    TRY(cabinet_end(cabinet->db, statement, result));
    *out = pieces;
    *out_count = count;
    return OK;
}

NODISCARD Status cabinet_find(Cabinet *cabinet, const CabinetKey *key, Arena *arena,
                              CabinetPiece *out)
{
    sqlite3_stmt *statement;
    TRY(cabinet_check_key(key));
    TRY(CABINET_PREPARE(cabinet->db, PIECE_COLUMNS "WHERE pack = ?1 AND piece = ?2", &statement,
                        key->pack, key->piece));
    int result = sqlite3_step(statement);
    CabinetPiece piece = {.key = *key, .title = "", .house = "", .note = ""};
    if (result == SQLITE_ROW)
        piece = read_piece(statement, arena);
    TRY(cabinet_end(cabinet->db, statement, result));
    *out = piece;
    return OK;
}

NODISCARD Status cabinet_things(Cabinet *cabinet, const CabinetKey *key, Arena *arena,
                                CabinetThing **out, uint32_t *out_count)
{
    CabinetThing *things = NULL;
    uint32_t count = 0, capacity = 0;
    sqlite3_stmt *statement;
    int result;
    TRY(cabinet_check_key(key));
    TRY(CABINET_PREPARE(cabinet->db,
                        "SELECT kind, name, view FROM thing WHERE pack = ?1 AND piece = ?2 "
                        "ORDER BY kind, id",
                        &statement, key->pack, key->piece));
    while ((result = sqlite3_step(statement)) == SQLITE_ROW) {
        CabinetThing *thing = ARENA_PUSH(arena, things, count, capacity);
        *thing = (CabinetThing){.kind = sqlite3_column_int(statement, 0) ? CABINET_MEASURE
                                                                         : CABINET_PHOTO,
                                .name = column(statement, 1, arena),
                                .view = column(statement, 2, arena)};
    }
    TRY(cabinet_end(cabinet->db, statement, result));
    *out = things;
    *out_count = count;
    return OK;
}

NODISCARD Status cabinet_details(Cabinet *cabinet, const CabinetKey *key, Arena *arena,
                                 const char ***out, uint32_t *out_count)
{
    const char **details = NULL;
    uint32_t count = 0, capacity = 0;
    sqlite3_stmt *statement;
    int result;
    TRY(cabinet_check_key(key));
    TRY(CABINET_PREPARE(cabinet->db,
                        "SELECT detail FROM detail WHERE pack = ?1 AND piece = ?2 ORDER BY 1",
                        &statement, key->pack, key->piece));
    while ((result = sqlite3_step(statement)) == SQLITE_ROW) {
        const char **detail = ARENA_PUSH(arena, details, count, capacity);
        *detail = column(statement, 0, arena);
    }
    TRY(cabinet_end(cabinet->db, statement, result));
    *out = details;
    *out_count = count;
    return OK;
}
