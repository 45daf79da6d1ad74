// mo.h: a catalogue of translations in the GNU .mo format, as msgfmt writes it.
//
//   magic 0x950412de, revision 0, n, at of originals, at of translations, (a hash table)
//   originals:     n x { length, at }, sorted as strcmp sorts; the first is "" (the header)
//   translations:  n x { length, at }
//   texts:         UTF-8 and a NUL. A context stands before its text: "context\4text"; what is
//                  counted has several: "one\0many" and as many translations as there are forms
//
// Little-endian files only: msgfmt is asked for them. Borrows the file's bytes and allocates
// nothing; whatever mo_parse took can be looked up without another check. Any thread.

#pragma once
#include "base/status.h"
#include "base/str.h"
#include "data/plural.h"

enum { MO_MAX_TEXTS = 65536, MO_MAX_BYTES = 16 * 1024 * 1024 };

typedef struct MoCatalog { // zeroed: a catalogue of nothing
    Bytes file;
    uint32_t count;
    uint32_t originals_at;
    uint32_t translations_at;
    Plural plural;
} MoCatalog;

// ERR_CORRUPT where anything of the picture above is not so: tables or texts that lie outside
// of the file, do not end, are not UTF-8 or not sorted, or too few forms of what is counted.
NODISCARD Status mo_parse(Bytes file, MoCatalog *out);

// NULL where it is not translated. `context` may be NULL.
const char *mo_find(const MoCatalog *catalog, const char *context, const char *text);
// The form for `n` of what is "one" and "many" in the original.
const char *mo_find_count(const MoCatalog *catalog, const char *context, const char *one,
                          uint64_t n);

// For tests and tools: what is there, by number; 0 is the header. "context\4text".
const char *mo_original(const MoCatalog *catalog, uint32_t number);
const char *mo_translation(const MoCatalog *catalog, uint32_t number);
