// draft.c: an exhibit's folder of a scan: copies, and drafts of record and story.

#include "packer/draft.h"

#include "exhibits/model/record.h"
#include "exhibits/model/story.h"
#include "io/file.h"
#include "packer/bakery.h"
#include "packer/draft_rights.h"

#include <ctype.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_MADE = 4096 + 8 };

typedef struct Draft {
    const DraftDesc *desc;
    Arena *arena;
    const char *folder;
    bool made_folder;
    const char **made; // files made so far, to be taken back
    size_t made_count;
    RecordSource source;
    const char *scan_sha256;
} Draft;

// ---- copies

static bool is_same_file(const char *a, const char *b)
{
    char real_a[PATH_MAX], real_b[PATH_MAX];
    return realpath(a, real_a) && realpath(b, real_b) && strcmp(real_a, real_b) == 0;
}

static bool has_same_bytes(Bytes bytes, const char *path)
{
    FileMap map;
    if (file_map(path, &map))
        return false;
    bool same = map.bytes.len == bytes.len &&
                (bytes.len == 0 || memcmp(map.bytes.ptr, bytes.ptr, bytes.len) == 0);
    file_unmap(&map);
    return same;
}

NODISCARD static Status put_file(Draft *d, const char *path, Bytes bytes)
{
    if (file_exists(path)) {
        if (has_same_bytes(bytes, path))
            return OK;
        return FAIL(ERR_INVALID,
                    "%s: there is another file of this name; move it or choose "
                    "another folder with -o",
                    path);
    }
    TRY(file_make_folders(path_folder(d->arena, path)));
    TRY(file_write(path, bytes));
    ASSERT(d->made_count < MAX_MADE);
    d->made[d->made_count++] = path;
    return OK;
}

NODISCARD static Status copy_file(Draft *d, const char *from, const char *name)
{
    const char *to = path_join(d->arena, d->folder, name);
    if (is_same_file(from, to))
        return OK;
    FileMap map;
    TRY(file_map(from, &map));
    Status status = put_file(d, to, map.bytes);
    file_unmap(&map);
    return status;
}

NODISCARD static Status copy_files(Draft *d, const Scan *scan)
{
    const char *from_folder = path_folder(d->arena, d->desc->scan_path);
    const char *name = str_copy(d->arena, path_name(d->desc->scan_path));
    TRY(copy_file(d, d->desc->scan_path, name));
    TRY(bakery_sha256(d->desc->scan_path, d->arena, &d->scan_sha256));
    d->source = (RecordSource){.file = name,
                               .unit = import_unit_name(d->desc->import.unit),
                               .is_z_up = d->desc->import.up == IMPORT_UP_Z,
                               .file_count = scan->companion_count};
    d->source.files = ARENA_ARRAY(d->arena, RecordSourceFile, scan->companion_count);
    for (uint32_t i = 0; i < scan->companion_count; i++) {
        const char *from = path_join(d->arena, from_folder, scan->companions[i]);
        TRY(cancel_check(d->desc->import.cancel));
        TRY(copy_file(d, from, scan->companions[i]));
        d->source.files[i].name = scan->companions[i];
        TRY(bakery_sha256(from, d->arena, &d->source.files[i].sha256));
    }
    return OK;
}

// ---- what can be known

// "man_wearing_a_wreath" -> "Man wearing a wreath"
static const char *title_of_name(Arena *arena, Str stem)
{
    char *title = (char *)str_copy(arena, stem);
    for (char *c = title; *c; c++)
        if (*c == '_')
            *c = ' ';
    title[0] = (char)toupper((unsigned char)title[0]);
    return title;
}

// What a scan file says may be anything; only texts are kept.
static LangText text_of(const Draft *d, const char *text, size_t max_bytes)
{
    if (!text || !utf8_is_valid(str_of(text)))
        return (LangText){0};
    const char *clean = langtext_clean(d->arena, str_of(text));
    return clean[0] && strlen(clean) <= max_bytes
               ? langtext_make(d->arena, d->desc->language, clean)
               : (LangText){0};
}

static double mm_of(float metres)
{
    return round((double)metres * 1e6) / 1e3;
}

static void measure(const Draft *d, const Scan *scan, Record *record, double size_mm[3])
{
    static const RecordDimensionKind kinds[] = {RECORD_WIDTH, RECORD_HEIGHT, RECORD_DEPTH};
    float low[3], high[3];
    scan_bounds(scan, low, high);
    record->dimensions = ARENA_ARRAY(d->arena, RecordDimension, 3);
    for (int i = 0; i < 3; i++) {
        size_mm[i] = mm_of(high[i] - low[i]);
        if (size_mm[i] <= 0)
            continue; // a flat scan has no depth to tell
        record->dimensions[record->dimension_count++] = (RecordDimension){
            kinds[i], size_mm[i], langtext_make(d->arena, "en", "measured on the scan")};
    }
}

static Record make_record(const Draft *d, const Scan *scan, const char *id, double size_mm[3])
{
    Record record = {.id = id, .source = d->source, .sha256 = d->scan_sha256};
    record.title = text_of(d, scan->title, LANGTEXT_MAX_TITLE_BYTES);
    if (record.title.count == 0)
        record.title = text_of(d, title_of_name(d->arena, path_stem(d->desc->scan_path)),
                               LANGTEXT_MAX_TITLE_BYTES);
    if (record.title.count == 0)
        record.title = langtext_make(d->arena, d->desc->language, id);
    record.required_statement = text_of(d, scan->copyright, LANGTEXT_MAX_BYTES);
    if (record.required_statement.count == 0 && scan->author && scan->license)
        record.required_statement =
            text_of(d, str_format(d->arena, "Scan: %s, %s", scan->author, scan->license),
                    LANGTEXT_MAX_BYTES);
    record.capture.operator_name = text_of(d, scan->author, LANGTEXT_MAX_BYTES);
    record.digital_rights = draft_rights(scan->license, d->arena);
    if (!record.digital_rights[0])
        record.digital_rights = draft_rights(scan->copyright, d->arena);
    if (scan->generator && text_of(d, scan->generator, LANGTEXT_MAX_BYTES).count) {
        record.processing = (LangTexts){1, ARENA_NEW(d->arena, LangText)};
        record.processing.items[0] = text_of(
            d, str_format(d->arena, "%s, written by %.500s", scan->format, scan->generator),
            LANGTEXT_MAX_BYTES);
    }
    if (scan->source && text_of(d, scan->source, LANGTEXT_MAX_BYTES).count) {
        record.related = ARENA_NEW(d->arena, const char *);
        record.related[record.related_count++] = langtext_clean(d->arena, str_of(scan->source));
    }
    measure(d, scan, &record, size_mm);
    return record;
}

static Bytes write_story_draft(const Draft *d)
{
    JsonWriter writer = json_writer_make(d->arena), *w = &writer;
    json_begin_object(w, NULL);
    json_begin_object(w, "label");
    json_put_text(w, d->desc->language,
                  RECORD_FILL_IN ": what stands beside the case, at most 75 words");
    json_end(w);
    json_begin_object(w, "long");
    json_put_text(w, d->desc->language, RECORD_FILL_IN ": the story, for those who lean in");
    json_end(w);
    json_end(w);
    return json_writer_text(w);
}

// ---- the whole

NODISCARD static Status choose_folder(Draft *d, const char *id)
{
    d->folder = d->desc->folder ? d->desc->folder : id;
    if (file_exists(path_join(d->arena, d->folder, RECORD_FILE)))
        return FAIL(ERR_INVALID,
                    "%s: an exhibit is in it already; remove its " RECORD_FILE
                    " or choose another folder with -o",
                    d->folder);
    d->made_folder = !file_exists(d->folder);
    return file_make_folders(d->folder);
}

NODISCARD static Status fill_folder(Draft *d, const char *id, DraftResult *result)
{
    Arena arena = {0}; // scans are large
    Scan scan = {0};
    Record record = {0};
    Status status = import_scan(d->desc->scan_path, &d->desc->import, &arena, &scan);
    if (!status)
        status = choose_folder(d, id);
    if (!status)
        status = copy_files(d, &scan);
    if (!status) {
        record = make_record(d, &scan, id, result->size_mm);
        status = put_file(d, path_join(d->arena, d->folder, STORY_FILE), write_story_draft(d));
    }
    // The record comes last: a folder with a record is a whole one.
    if (!status)
        status = put_file(d, path_join(d->arena, d->folder, RECORD_FILE),
                          record_write_draft(&record, d->arena));
    if (!status) {
        result->triangle_count = scan.triangle_count;
        result->dropped_triangles = scan.dropped_triangles;
        result->format = arena_copy_text(d->arena, scan.format ? scan.format : "");
        result->file_count = 1 + scan.companion_count;
    }
    arena_drop(&arena);
    return status;
}

static void take_back(Draft *d)
{
    Fault fault = *fault_last(); // the cause, which taking back must not overwrite
    bool failed = false;
    if (d->made_folder)
        failed |= file_remove_tree(d->folder) != OK;
    for (size_t i = 0; !d->made_folder && i < d->made_count; i++)
        failed |= file_remove_tree(d->made[i]) != OK;
    fault_set(fault.status, fault.source_file, fault.source_line, "%s%s", fault.text,
              failed ? " (and what was copied could not be removed again)" : "");
}

Status draft_make(const DraftDesc *desc, Arena *arena, DraftResult *out)
{
    Draft draft = {.desc = desc, .arena = arena};
    DraftResult result = {0};
    draft.made = ARENA_ARRAY(arena, const char *, MAX_MADE);
    const char *id = record_make_id(arena, str_copy(arena, path_stem(desc->scan_path)));
    Status status = fill_folder(&draft, id, &result);
    if (status) {
        take_back(&draft);
        return status;
    }
    result.folder = draft.folder;
    result.id = id;
    *out = result;
    return OK;
}
