// cabinet_parts.h: what the files cabinet*.c share; for them alone.

#pragma once
#include "base/str.h"
#include "museum/cabinet.h"

#include <sqlite3.h>

enum {
    CABINET_VERSION = 1,                      // of the tables
    CABINET_MARK = 0x56697443,                // "VitC", where SQLite looks for whose a file is
    CABINET_CHECKED_BYTES = 32 * 1024 * 1024, // at opening; larger ones are mostly pictures
};

struct Cabinet {
    sqlite3 *db;
    Arena *arena;
    const char *path; // NULL: in memory
    const char *trouble;
};

// What SQLite says became of it: OK, or a Status with its sentence.
NODISCARD Status cabinet_result(sqlite3 *db, int result);
// `texts` become ?1, ?2, ...; NULL in it is NULL.
NODISCARD Status cabinet_prepare(sqlite3 *db, const char *sql, const char *const *texts,
                                 uint32_t count, sqlite3_stmt **out);
// Finalizes it. OK where it came to its end.
NODISCARD Status cabinet_end(sqlite3 *db, sqlite3_stmt *statement, int result);
// Carries it out; what it selects is not looked at.
NODISCARD Status cabinet_run(sqlite3 *db, const char *sql, const char *const *texts,
                             uint32_t count);
#define CABINET_RUN(db, sql, ...)                                \
    cabinet_run((db), (sql), (const char *const[]){__VA_ARGS__}, \
                COUNT_OF(((const char *const[]){__VA_ARGS__})))
#define CABINET_PREPARE(db, sql, out, ...)                           \
    cabinet_prepare((db), (sql), (const char *const[]){__VA_ARGS__}, \
                    COUNT_OF(((const char *const[]){__VA_ARGS__})), (out))
// The first column of its first row, or `none`.
NODISCARD Status cabinet_number(sqlite3 *db, const char *sql, const char *const *texts,
                                uint32_t count, int64_t none, int64_t *out);

// All or nothing: `change` with `what`, then that there is not too much of anything.
typedef Status CabinetChange(sqlite3 *db, const void *what);
NODISCARD Status cabinet_change(sqlite3 *db, CabinetChange *change, const void *what);

NODISCARD Status cabinet_check_key(const CabinetKey *key);
NODISCARD Status cabinet_check_text(const char *text, size_t most_bytes, const char *what);
// A row of it, with the names of today.
NODISCARD Status cabinet_put_piece(sqlite3 *db, const CabinetPiece *piece);
// At the end of those collected, if it is not among them.
NODISCARD Status cabinet_put_last(sqlite3 *db, const CabinetKey *key);
NODISCARD Status cabinet_put_detail(sqlite3 *db, const CabinetKey *key, const char *detail);
// The tables are ours and nothing else is there. ERR_UNSUPPORTED of a newer version.
NODISCARD Status cabinet_check_tables(sqlite3 *db);
NODISCARD Status cabinet_check_pages(sqlite3 *db);
// Nothing that stands in a file is carried out.
void cabinet_distrust(sqlite3 *db);
