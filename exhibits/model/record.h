// record.h: an exhibit's record: what it is, who made it, how it was captured. exhibit.json.
//
// Parse, check, write; pure functions, any thread. Lengths are millimetres or micrometres as
// their names say: a record speaks to people. docs/PACK.md lists every field.
//
// Every text people read is a LangText. A draft made by `vitrine-pack import` marks what only a
// person can know with RECORD_FILL_IN; a check reports each as a note. Such texts are no texts:
// record_parse leaves them out, so that nobody shows "FILL IN: who made it?" to a visitor.

#pragma once
#include "data/langtext.h"
#include "exhibits/model/problem.h"

#define RECORD_FILE "exhibit.json"
#define RECORD_FILL_IN "FILL IN" // texts beginning with this are still to be written

enum {
    RECORD_MAX_BYTES = 1 << 20,
    RECORD_MAX_ID = 64,    // bytes
    RECORD_MAX_LIST = 256, // makers, materials, dimensions, ...
};

typedef struct RecordMaker {
    LangText name; // always there
    LangText role, dates, place;
} RecordMaker;

typedef struct RecordDate {
    LangText display;     // "about 1780"
    bool is_known;        // whether the two years below say something
    int earliest, latest; // astronomical years: 0 is 1 BC
} RecordDate;

typedef enum RecordDimensionKind {
    RECORD_HEIGHT,
    RECORD_WIDTH,
    RECORD_DEPTH,
    RECORD_LENGTH,
    RECORD_DIAMETER,
    RECORD_THICKNESS,
    RECORD_DIMENSION_COUNT
} RecordDimensionKind;

typedef struct RecordDimension {
    RecordDimensionKind kind;
    double value_mm;
    LangText method; // "measured on the scan", "callipers"
} RecordDimension;

typedef struct RecordEdition {
    uint32_t number, size; // 3 of 12; size 0: no edition
    uint32_t artist_proofs;
} RecordEdition;

// A piece that one may step inside, at the height of its figures. Its own coordinates, y up.
typedef struct RecordDiorama {
    bool is_there;
    uint32_t scale;      // its figures are so many times smaller than life
    double entry_mm[3];  // where one comes to stand: on the surface at or below it
    double facing_deg;   // 0 looks to the front (+Z), 90 to +X
    float haze_color[3]; // sRGB, 0 to 1
    double haze_mm;      // so far off, haze hides two thirds; 0: there is none
} RecordDiorama;

typedef struct RecordCapture {
    LangText method, device, operator_name;
    const char *date;           // "2023-05-17", "2023", or ""
    double gsd_um, accuracy_um; // 0: unknown
    LangText scale_reference;
} RecordCapture;

// A file the sculpture was made of, relative to the record's folder.
typedef struct RecordSourceFile {
    const char *name;
    const char *sha256; // 64 hexadecimal digits; "" if not recorded
} RecordSourceFile;

typedef struct RecordSource {
    const char *file; // the scan: "pan.ply"; "" where none is named
    const char *unit; // "mm", "cm", "m", "in"; "" for the format's own (glTF: metres)
    bool is_z_up;     // the file's z axis points up, not its y axis
    uint32_t file_count;
    RecordSourceFile *files; // textures, buffers, material files beside it
} RecordSource;

// Computed by `vitrine-pack build`, never typed: 0 means not computed.
typedef struct RecordMeasured {
    double mesh_um; // median edge
    double texel_min_um, texel_median_um, texel_p95_um;
} RecordMeasured;

typedef struct Record {
    // the object
    const char *id; // [a-z0-9-], its folder's name in a pack
    LangText title, object_type;
    LangText theme; // of the room it belongs to, where layouts are proposed by it
    uint32_t maker_count;
    RecordMaker *makers;
    RecordDate date;
    LangTexts materials, technique;
    uint32_t dimension_count;
    RecordDimension *dimensions;
    const char *rights; // URI of Creative Commons or RightsStatements.org; "" not stated
    LangText required_statement, credit_line, alt_text;
    const char *accession_no; // "" where none
    uint32_t scale_model;     // 1:12 is 12; 0: not a scale model
    RecordDiorama diorama;
    RecordEdition edition;
    LangTexts inscriptions, provenance;
    LangText holder;
    uint32_t related_count;
    const char **related; // ids or URIs
    // the scan
    RecordCapture capture;
    LangTexts processing;
    const char *digital_rights; // URI of the scan's own licence; "" not stated
    RecordSource source;
    const char *sha256; // of the source scan; "" if not recorded
    RecordMeasured measured;
} Record;

// Reads exhibit.json. `file` is its name in problems. Everything lives in `arena`.
// Problems are added to `problems` (NULL: only the fault is told); with any error the first of
// them is returned: ERR_CORRUPT for broken JSON, ERR_INVALID, ERR_LIMIT.
NODISCARD Status record_parse(Bytes json, const char *file, Arena *arena, Problems *problems,
                              Record *out);
// exhibit.json of a record: its bytes depend on the record only. Reading it back gives the
// same.
Bytes record_write(const Record *record, Arena *arena);

// What an import cannot know is written as a draft: a text with a question after RECORD_FILL_IN
// for each empty field of `record` that a person should fill.
Bytes record_write_draft(const Record *record, Arena *arena);

// 1 to 64 of [a-z0-9-], beginning and ending with a letter or digit.
bool record_is_id(const char *id);
// The nearest id to any text: "Reclining Pan (1863).PLY" -> "reclining-pan-1863-ply".
const char *record_make_id(Arena *arena, const char *text);
const char *record_dimension_name(RecordDimensionKind kind); // "height"
