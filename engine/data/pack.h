// pack.h: the manifest of a pack: its pieces, its files, their sizes and hashes. pack.json.
//
// A pack is an archive of the strict profile (io/archive.h):
//
//     index.bin      reserved: block hashes and a signature; not written yet
//     pack.json      the manifest, first of all entries
//     ...            small texts, then graphs, then the big stored pages
//
// Functions here turn bytes into structs and back; they open no files. Any thread.
// The layout is written down in docs/PACK.md.

#pragma once
#include "data/langtext.h"

#define PACK_MANIFEST "pack.json"
#define PACK_INDEX "index.bin"
#define PACK_LIGHT_FOLDER "light" // light/ROOM.light
#define PACK_TOUR_FOLDER "tours"  // tours/NAME.json, what they say aloud, its captions

enum {
    PACK_FORMAT_VERSION = 2, // of packs with light or tours; others are 1, for older readers
    PACK_MAX_PIECES = 512,
    PACK_MAX_FILES = 4096,
    PACK_MAX_LEVELS = 64,
    PACK_HASH_BYTES = 32,
    PACK_MAX_MANIFEST_BYTES = 1 << 20,
    PACK_NONE = -1,
};

typedef enum PackKind {
    PACK_RECORD, // what it is
    PACK_STORY,  // what it tells
    PACK_PLAN,   // where the pieces stand
    PACK_GRAPH,  // data/mesh.h
    PACK_PAGES,
    PACK_IMAGE,
    PACK_AUDIO,
    PACK_LIGHT,    // data/lightmap.h: of a room of the plan
    PACK_TOUR,     // of the whole
    PACK_CAPTIONS, // data/vtt.h
    PACK_KIND_COUNT
} PackKind;

typedef struct PackFile {
    const char *name; // of its archive entry
    PackKind kind;
    int32_t piece; // whose it is, or PACK_NONE
    uint64_t size_bytes;
    uint8_t hash[PACK_HASH_BYTES]; // BLAKE2b-256 of its unpacked bytes
} PackFile;

typedef struct PackPiece {
    const char *id; // [a-z0-9-], unique; its files lie in the folder of that name
    LangText title; // so that a list of pieces needs no record
    double low_mm[3], high_mm[3];
    uint64_t triangle_count; // of the finest level
    uint32_t level_count;
    uint64_t level_triangles[PACK_MAX_LEVELS]; // finest first
    uint32_t page_count;
    double median_edge_um;
    // into Pack.files; story is PACK_NONE where there is none
    int32_t record, story, graph, pages;
} PackPiece;

typedef struct Pack {
    const char *id; // [a-z0-9-]
    LangText title;
    uint32_t version;      // of the contents; counts up from 1
    const char *generator; // "vitrine-pack 0.1.0"
    uint32_t piece_count;
    PackPiece *pieces;
    uint32_t file_count;
    PackFile *files; // in the order of the archive, without the manifest
    int32_t plan;    // into files, or PACK_NONE
} Pack;

// Reads and checks the manifest: every name, index, order and number. Everything lives in
// `arena`. ERR_CORRUPT for broken JSON, ERR_INVALID for a broken rule, ERR_LIMIT for absurd
// sizes, ERR_UNSUPPORTED for a newer format version.
NODISCARD Status pack_parse(Bytes json, Arena *arena, Pack *out);
// pack.json of a pack: its bytes depend on the pack only. The indices (record, story, ...) are
// not written: reading finds them by kind.
Bytes pack_write(const Pack *pack, Arena *arena);

const char *pack_kind_name(PackKind kind); // "record"
// Index of the file of that name, or PACK_NONE.
int32_t pack_find_file(const Pack *pack, const char *name);
// Index of the piece of that id, or PACK_NONE.
int32_t pack_find_piece(const Pack *pack, const char *id);

// BLAKE2b-256, all at once and in parts.
void pack_hash(Bytes bytes, uint8_t out[PACK_HASH_BYTES]);
typedef struct PackHasher {
    _Alignas(64) uint8_t state[384];
} PackHasher;
void pack_hash_begin(PackHasher *hasher);
void pack_hash_add(PackHasher *hasher, Bytes bytes);
void pack_hash_end(PackHasher *hasher, uint8_t out[PACK_HASH_BYTES]);
