// kiosk_totals.h: how much a kiosk is used, by the hour, and nothing about persons: how many
// visits there were, which pieces were looked at and magnified.
//
// A SQLite file with one table, for whoever wants to draw a curve of it:
//
//     totals(hour TEXT, what TEXT, piece TEXT, count INTEGER)
//     2031-05-17T14:00Z   visit                          12
//     2031-05-17T14:00Z   looked      netsuke/hare        9
//     2031-05-17T14:00Z   magnified   netsuke/hare        4
//
// Counts are kept in memory and written by kiosk_totals_keep, all or nothing. What cannot be
// written waits in memory for the next time. One thread.

#pragma once
#include "base/arena.h"
#include "base/status.h"

typedef enum KioskTotal {
    KIOSK_VISITS,
    KIOSK_LOOKED,
    KIOSK_MAGNIFIED,
    KIOSK_TOTAL_COUNT
} KioskTotal;

typedef struct KioskTotals KioskTotals;

// Makes the file where it is not there. A file that is no database is moved aside
// (PATH.broken), which is logged. ERR_IO. Lives in `arena`.
NODISCARD Status kiosk_totals_open(const char *path, Arena *arena, KioskTotals **out);
// `piece`: "PACK/EXHIBIT", or "" of a visit. More kinds of pieces than KIOSK_TOTALS_WAITING in
// memory at once are not counted.
void kiosk_totals_add(KioskTotals *totals, KioskTotal what, const char *piece);
// Into the hour that the clock shows now. ERR_IO, ERR_LIMIT (the disk is full): kept in memory.
NODISCARD Status kiosk_totals_keep(KioskTotals *totals);
uint64_t kiosk_totals_count(const KioskTotals *totals, KioskTotal what); // since it was opened
void kiosk_totals_close(KioskTotals *totals); // keeps what it can; NULL is fine

enum { KIOSK_TOTALS_WAITING = 1024, KIOSK_PIECE_BYTES = 160 };
