// cabinet.h: what a visitor keeps: collected pieces, notes on them, details found, photographs
// and measurements. An SQLite file of theirs.
//
//     cabinet_open --> cabinet_collect, cabinet_note_detail, ... each one transaction
//                  --> cabinet_pieces, cabinet_things: what is there
//                  --> cabinet_export, cabinet_import: all of it as one file
//     cabinet_close
//
// A change that came back OK is on the disk: whoever kills the program or pulls the plug loses
// nothing of it. Pieces are known by their pack and themselves, as the pack names them: packs
// may be renamed, moved or mixed with others, and what belongs to one that is not open today is
// kept. Two programs may have the same file open. One thread.

#pragma once
#include "base/arena.h"
#include "base/status.h"

enum {
    CABINET_MOST = 20000, // of pieces; of found details; of photographs; of measurements
    CABINET_MAX_NAME_BYTES = 512,
    CABINET_MAX_NOTE_BYTES = 16 * 1024,
    CABINET_MAX_VIEW_BYTES = 16 * 1024,
    CABINET_MAX_PICTURE_BYTES = 256 * 1024 * 1024,
    CABINET_MAX_EXPORT_BYTES = 1024 * 1024 * 1024,
};

typedef struct Cabinet Cabinet;

// Words of [a-z0-9-], at most 64 bytes.
typedef struct CabinetKey {
    const char *pack, *piece;
} CabinetKey;

// What is remembered of a piece. The names are those it had when it was last met.
typedef struct CabinetPiece {
    CabinetKey key;
    const char *title, *house; // house: of its pack
    const char *note;          // "": none
    bool is_collected;
    uint32_t detail_count, photo_count, measure_count;
} CabinetPiece;

typedef enum CabinetThingKind { CABINET_PHOTO, CABINET_MEASURE } CabinetThingKind;

typedef struct CabinetThing {
    CabinetThingKind kind;
    const char *name; // of a photograph: its file; of a measurement: what was read
    const char *view; // photo_write_view, or the measured points; "": unknown
} CabinetThing;

// Lives in `arena` until cabinet_close. NULL: in memory, for this visit. So it is too where the
// file cannot be had: cabinet_trouble says why. A broken file is moved aside (PATH.broken).
Cabinet *cabinet_open(const char *path, Arena *arena);
void cabinet_close(Cabinet *cabinet); // fine of NULL
bool cabinet_is_kept(const Cabinet *cabinet);
const char *cabinet_trouble(const Cabinet *cabinet); // a sentence; NULL: none
// Where it is: the file `named`, beside `settings`, or the visitor's own; any may be NULL.
NODISCARD Status cabinet_choose_path(const char *named, const char *settings, Arena *arena,
                                     const char **out);
// "settings.json" --> "settings-cabinet.sqlite", in the same folder.
const char *cabinet_path_beside(const char *settings_path, Arena *arena);

// ---- changes. ERR_INVALID of words that are none and of texts that are no UTF-8, ERR_LIMIT of
// what is too long or too much, ERR_IO where the disk is full or refuses: then nothing changed.

// `title` and `house` are what the piece and its pack are called today. Of one that is
// collected: the names alone.
NODISCARD Status cabinet_collect(Cabinet *cabinet, const CabinetPiece *piece);
// Notes, photographs and measurements of it stay.
NODISCARD Status cabinet_uncollect(Cabinet *cabinet, const CabinetKey *key);
// So many places up (below 0) or down among those collected.
NODISCARD Status cabinet_move(Cabinet *cabinet, const CabinetKey *key, int by);
// piece->note; "" takes it away.
NODISCARD Status cabinet_set_note(Cabinet *cabinet, const CabinetPiece *piece);
// A photograph of the same file, and a measurement of the same words, are there once.
NODISCARD Status cabinet_add(Cabinet *cabinet, const CabinetPiece *piece,
                             const CabinetThing *thing);
NODISCARD Status cabinet_remove(Cabinet *cabinet, const CabinetKey *key,
                                const CabinetThing *thing);
NODISCARD Status cabinet_note_detail(Cabinet *cabinet, const CabinetKey *key,
                                     const char *detail);
NODISCARD Status cabinet_forget_details(Cabinet *cabinet);
// What an older version kept as JSON ("settings-finds.json"), once: the file is renamed to
// PATH.imported then. Fine where there is none.
NODISCARD Status cabinet_take_finds(Cabinet *cabinet, const char *path);

// ---- what is there

bool cabinet_has(Cabinet *cabinet, const CabinetKey *key);
bool cabinet_has_detail(Cabinet *cabinet, const CabinetKey *key, const char *detail);
uint32_t cabinet_piece_count(Cabinet *cabinet); // collected ones
uint32_t cabinet_detail_count(Cabinet *cabinet);
// Those collected, in their order; then those of which anything else is kept.
NODISCARD Status cabinet_pieces(Cabinet *cabinet, Arena *arena, CabinetPiece **out,
                                uint32_t *out_count);
// *out is empty (without a title) where nothing of it is kept.
NODISCARD Status cabinet_find(Cabinet *cabinet, const CabinetKey *key, Arena *arena,
                              CabinetPiece *out);
NODISCARD Status cabinet_things(Cabinet *cabinet, const CabinetKey *key, Arena *arena,
                                CabinetThing **out, uint32_t *out_count);
// Ids of found details, sorted.
NODISCARD Status cabinet_details(Cabinet *cabinet, const CabinetKey *key, Arena *arena,
                                 const char ***out, uint32_t *out_count);

// ---- as one file

// All of it, with the photographs themselves where their files are still there, all or nothing.
NODISCARD Status cabinet_export(Cabinet *cabinet, const char *path);

typedef struct CabinetReport {
    uint32_t pieces, details, photos, measures; // that were not here
} CabinetReport;

// What `file` holds, and is not here, comes to the end; of a piece with another note the two
// stand one after the other. The file may come from anybody: nothing in it is carried out, and
// of a bad one nothing is taken. ERR_CORRUPT, ERR_LIMIT, ERR_INVALID, ERR_UNSUPPORTED.
NODISCARD Status cabinet_import(Cabinet *cabinet, Bytes file, CabinetReport *out);
