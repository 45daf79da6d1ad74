// kiosk_totals.c: how much a kiosk is used, by the hour, and nothing about persons.

#include "museum/kiosk_totals.h"

#include "base/log.h"
#include "base/str.h"
#include "io/file.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

typedef struct Waiting {
    KioskTotal what;
    uint32_t count;
    char piece[KIOSK_PIECE_BYTES];
} Waiting;

struct KioskTotals {
    const char *path;
    sqlite3 *db;
    uint32_t waiting_count;
    Waiting waiting[KIOSK_TOTALS_WAITING];
    uint64_t counts[KIOSK_TOTAL_COUNT];
};

static const char *const names[KIOSK_TOTAL_COUNT] = {
    [KIOSK_VISITS] = "visit", [KIOSK_LOOKED] = "looked", [KIOSK_MAGNIFIED] = "magnified"};

static const char schema[] =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
    "CREATE TABLE IF NOT EXISTS totals(hour TEXT NOT NULL, what TEXT NOT NULL, piece TEXT NOT "
    "NULL, count INTEGER NOT NULL, PRIMARY KEY(hour, what, piece)) WITHOUT ROWID;";

NODISCARD static Status fail(const KioskTotals *totals)
{
    int code = sqlite3_errcode(totals->db);
    return FAIL(code == SQLITE_FULL ? ERR_LIMIT : ERR_IO, "%s: %s", totals->path,
                sqlite3_errmsg(totals->db));
}

NODISCARD static Status run(KioskTotals *totals, const char *sql)
{
    return sqlite3_exec(totals->db, sql, NULL, NULL, NULL) == SQLITE_OK ? OK : fail(totals);
}

NODISCARD static Status open_file(KioskTotals *totals)
{
    if (sqlite3_open(totals->path, &totals->db) != SQLITE_OK)
        return fail(totals);
    sqlite3_busy_timeout(totals->db, 1000);
    return run(totals, schema);
}

static void close_file(KioskTotals *totals)
{
    sqlite3_close(totals->db);
    totals->db = NULL;
}

Status kiosk_totals_open(const char *path, Arena *arena, KioskTotals **out)
{
    KioskTotals *totals = ARENA_NEW(arena, KioskTotals);
    totals->path = arena_copy_text(arena, path);
    TRY(file_make_folders(path_folder(arena, path)));
    Status status = open_file(totals);
    int code = totals->db ? sqlite3_errcode(totals->db) : SQLITE_OK;
    if (status && (code == SQLITE_NOTADB || code == SQLITE_CORRUPT)) {
        const char *aside = str_format(arena, "%s.broken", path);
        log_line(LOG_WARN, "%s is no database; it is kept as %s", path, aside);
        close_file(totals);
        if (rename(path, aside) == 0)
            status = open_file(totals);
    }
    if (status)
        close_file(totals);
    else
        *out = totals;
    return status;
}

void kiosk_totals_add(KioskTotals *totals, KioskTotal what, const char *piece)
{
    totals->counts[what]++;
    for (uint32_t i = 0; i < totals->waiting_count; i++) {
        Waiting *waiting = &totals->waiting[i];
        if (waiting->what == what && !strncmp(waiting->piece, piece, KIOSK_PIECE_BYTES - 1)) {
            waiting->count++;
            return;
        }
    }
    if (totals->waiting_count == KIOSK_TOTALS_WAITING)
        return;
    Waiting *waiting = &totals->waiting[totals->waiting_count++];
    *waiting = (Waiting){.what = what, .count = 1};
    snprintf(waiting->piece, sizeof waiting->piece, "%s", piece);
}

NODISCARD static Status add_rows(KioskTotals *totals, sqlite3_stmt *row)
{
    char hour[24] = "";
    time_t now = time(NULL);
    struct tm utc;
    if (gmtime_r(&now, &utc))
        strftime(hour, sizeof hour, "%Y-%m-%dT%H:00Z", &utc);
    for (uint32_t i = 0; i < totals->waiting_count; i++) {
        const Waiting *waiting = &totals->waiting[i];
        sqlite3_bind_text(row, 1, hour, -1, SQLITE_STATIC);
        sqlite3_bind_text(row, 2, names[waiting->what], -1, SQLITE_STATIC);
        sqlite3_bind_text(row, 3, waiting->piece, -1, SQLITE_STATIC);
        sqlite3_bind_int64(row, 4, waiting->count);
        if (sqlite3_step(row) != SQLITE_DONE || sqlite3_reset(row) != SQLITE_OK)
            return fail(totals);
    }
    return OK;
}

Status kiosk_totals_keep(KioskTotals *totals)
{
    sqlite3_stmt *row = NULL;
    if (!totals->waiting_count)
        return OK;
    TRY(run(totals, "BEGIN IMMEDIATE"));
    Status status = OK;
    if (sqlite3_prepare_v2(
            totals->db,
            "INSERT INTO totals VALUES(?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET "
            "count = count + excluded.count",
            -1, &row, NULL) != SQLITE_OK)
        status = fail(totals);
    if (!status)
        status = add_rows(totals, row);
    sqlite3_finalize(row);
    if (!status)
        status = run(totals, "COMMIT");
    if (status) {
        Fault kept = *fault_last();
        sqlite3_exec(totals->db, "ROLLBACK", NULL, NULL, NULL);
        fault_set(kept.status, kept.source_file, kept.source_line, "%s", kept.text);
        return status;
    }
    totals->waiting_count = 0;
    return OK;
}

uint64_t kiosk_totals_count(const KioskTotals *totals, KioskTotal what)
{
    return totals->counts[what];
}

void kiosk_totals_close(KioskTotals *totals)
{
    if (!totals)
        return;
    if (kiosk_totals_keep(totals))
        log_fault(LOG_WARN, "totals");
    close_file(totals);
}
