// record.c: an exhibit's record: what it is, who made it, how it was captured. exhibit.json.

#include "exhibits/model/record.h"
#include "exhibits/model/field.h"
#include "exhibits/model/record_diorama.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const char *const dimension_names[RECORD_DIMENSION_COUNT] = {
    [RECORD_HEIGHT] = "height",     [RECORD_WIDTH] = "width",
    [RECORD_DEPTH] = "depth",       [RECORD_LENGTH] = "length",
    [RECORD_DIAMETER] = "diameter", [RECORD_THICKNESS] = "thickness",
};

static const char *const unit_names[] = {"mm", "cm", "m", "in"};
static const char *const up_names[] = {"y", "z"};

static const JsonRange any_year = {-1e6, 1e4};
static const JsonRange any_mm = {1e-6, 1e9};
static const JsonRange any_um = {1e-6, 1e9};

bool record_is_id(const char *id)
{
    return field_is_id(id);
}

const char *record_make_id(Arena *arena, const char *text)
{
    char *id = arena_alloc_raw(arena, RECORD_MAX_ID + 1, 1);
    size_t len = 0;
    for (const char *c = text; *c && len < RECORD_MAX_ID; c++) {
        if (isascii((unsigned char)*c) && isalnum((unsigned char)*c))
            id[len++] = (char)tolower((unsigned char)*c);
        else if (len && id[len - 1] != '-')
            id[len++] = '-';
    }
    while (len && id[len - 1] == '-')
        len--;
    id[len] = 0;
    return len ? id : "piece";
}

const char *record_dimension_name(RecordDimensionKind kind)
{
    return (unsigned)kind < RECORD_DIMENSION_COUNT ? dimension_names[kind] : "";
}

// ---- reading

static void read_maker(Fields *f, JsonValue object, RecordMaker *out)
{
    static const char *const known[] = {"name", "role", "dates", "place"};
    field_known(f, object, known, COUNT_OF(known));
    field_lang(f, object, "name", JSON_REQUIRED, &out->name);
    field_lang(f, object, "role", JSON_OPTIONAL, &out->role);
    field_lang(f, object, "dates", JSON_OPTIONAL, &out->dates);
    field_lang(f, object, "place", JSON_OPTIONAL, &out->place);
}

static void read_makers(Fields *f, JsonValue root, Record *out)
{
    JsonValue array = field_array(f, root, "maker", RECORD_MAX_LIST);
    size_t count = json_count(array);
    out->makers = ARENA_ARRAY(f->arena, RecordMaker, count);
    for (size_t i = 0; i < count; i++) {
        RecordMaker maker = {0};
        read_maker(f, field_item(f, array, i), &maker);
        if (maker.name.count)
            out->makers[out->maker_count++] = maker;
    }
}

static void read_date(Fields *f, JsonValue root, RecordDate *out)
{
    static const char *const known[] = {"display", "earliest", "latest"};
    JsonValue date = field_object(f, root, "date");
    field_known(f, date, known, COUNT_OF(known));
    field_lang(f, date, "display", JSON_OPTIONAL, &out->display);
    bool has_earliest = field_is_there(f, date, "earliest");
    bool has_latest = field_is_there(f, date, "latest");
    if (!has_earliest && !has_latest)
        return;
    int64_t earliest = 0, latest = 0;
    field_int(f, date, has_earliest ? "earliest" : "latest", JSON_OPTIONAL, any_year,
              &earliest);
    latest = earliest;
    if (has_latest)
        field_int(f, date, "latest", JSON_OPTIONAL, any_year, &latest);
    if (latest < earliest)
        field_problem(f, date, ERR_INVALID, "the latest year, %d, is before the earliest, %d",
                      (int)latest, (int)earliest);
    out->is_known = true;
    out->earliest = (int)earliest;
    out->latest = (int)latest;
}

static void read_dimensions(Fields *f, JsonValue root, Record *out)
{
    static const char *const known[] = {"kind", "value_mm", "method"};
    static const FieldWords kinds = {dimension_names, COUNT_OF(dimension_names)};
    JsonValue array = field_array(f, root, "dimensions", RECORD_MAX_LIST);
    out->dimension_count = (uint32_t)json_count(array);
    out->dimensions = ARENA_ARRAY(f->arena, RecordDimension, out->dimension_count);
    for (uint32_t i = 0; i < out->dimension_count; i++) {
        JsonValue object = field_item(f, array, i);
        RecordDimension *dimension = &out->dimensions[i];
        int kind = RECORD_HEIGHT;
        field_known(f, object, known, COUNT_OF(known));
        field_word(f, object, "kind", JSON_REQUIRED, kinds, &kind);
        field_number(f, object, "value_mm", JSON_REQUIRED, any_mm, &dimension->value_mm);
        field_lang(f, object, "method", JSON_OPTIONAL, &dimension->method);
        dimension->kind = (RecordDimensionKind)kind;
    }
}

static bool is_rights_uri(const char *uri)
{
    const char *rest = strstr(uri, "://");
    Str host = str_of(rest ? rest + 3 : "");
    bool is_web =
        str_starts_with(str_of(uri), "http://") || str_starts_with(str_of(uri), "https://");
    return is_web && (str_starts_with(host, "creativecommons.org/") ||
                      str_starts_with(host, "rightsstatements.org/"));
}

static void read_rights(Fields *f, JsonValue root, const char *key, const char **out)
{
    field_text(f, root, key, JSON_OPTIONAL, out);
    if ((*out)[0] && !is_rights_uri(*out))
        field_problem(f, json_get(root, key), ERR_INVALID,
                      "\"%.120s\" is not a URI of creativecommons.org or rightsstatements.org, "
                      "like https://creativecommons.org/licenses/by/4.0/",
                      *out);
}

static void read_edition(Fields *f, JsonValue root, RecordEdition *out)
{
    static const char *const known[] = {"number", "size", "artist_proofs"};
    JsonValue edition = field_object(f, root, "edition");
    field_known(f, edition, known, COUNT_OF(known));
    field_count(f, edition, "number", 1000000, &out->number);
    field_count(f, edition, "size", 1000000, &out->size);
    field_count(f, edition, "artist_proofs", 1000000, &out->artist_proofs);
    if (edition.value && out->number > out->size)
        field_problem(f, edition, ERR_INVALID, "number %u of an edition of %u", out->number,
                      out->size);
}

static void read_related(Fields *f, JsonValue root, Record *out)
{
    JsonValue array = field_array(f, root, "related", RECORD_MAX_LIST);
    size_t count = json_count(array);
    out->related = ARENA_ARRAY(f->arena, const char *, count);
    for (size_t i = 0; i < count; i++) {
        const char *text;
        if (field_ok(f, json_to_text(json_item(array, i), &text)))
            out->related[out->related_count++] = langtext_clean(f->arena, str_of(text));
    }
}

// YYYY, YYYY-MM or YYYY-MM-DD
static bool is_date(const char *text)
{
    static const char pattern[] = "0000-00-00";
    size_t len = strlen(text);
    if (len != 4 && len != 7 && len != 10)
        return false;
    for (size_t i = 0; i < len; i++)
        if (pattern[i] == '-' ? text[i] != '-' : !isdigit((unsigned char)text[i]))
            return false;
    return true;
}

static void read_capture(Fields *f, JsonValue root, RecordCapture *out)
{
    static const char *const known[] = {"method", "device",      "date",           "operator",
                                        "gsd_um", "accuracy_um", "scale_reference"};
    JsonValue capture = field_object(f, root, "capture");
    field_known(f, capture, known, COUNT_OF(known));
    field_lang(f, capture, "method", JSON_OPTIONAL, &out->method);
    field_lang(f, capture, "device", JSON_OPTIONAL, &out->device);
    field_text(f, capture, "date", JSON_OPTIONAL, &out->date);
    field_lang(f, capture, "operator", JSON_OPTIONAL, &out->operator_name);
    field_number(f, capture, "gsd_um", JSON_OPTIONAL, any_um, &out->gsd_um);
    field_number(f, capture, "accuracy_um", JSON_OPTIONAL, any_um, &out->accuracy_um);
    field_lang(f, capture, "scale_reference", JSON_OPTIONAL, &out->scale_reference);
    if (out->date[0] && !is_date(out->date))
        field_problem(f, json_get(capture, "date"), ERR_INVALID,
                      "\"%.40s\" is not a date like 2023-05-17, 2023-05 or 2023", out->date);
}

static void read_sha256(Fields *f, JsonValue object, const char *key, const char **out)
{
    field_text(f, object, key, JSON_OPTIONAL, out);
    if ((*out)[0] && (strlen(*out) != 64 || strspn(*out, "0123456789abcdef") != 64))
        field_problem(f, json_get(object, key), ERR_INVALID,
                      "a SHA-256 is 64 small hexadecimal digits; this has %zu characters",
                      strlen(*out));
}

// Scans keep the names their makers gave them; they do not go into packs.
static void read_source_name(Fields *f, JsonValue object, const char *key, JsonNeed need,
                             const char **out)
{
    field_text(f, object, key, need, out);
    if ((*out)[0] && !path_is_inside(*out)) {
        field_problem(f, json_get(object, key), ERR_INVALID,
                      "\"%.120s\" leads out of the exhibit's folder; copy the file into it",
                      *out);
        *out = "";
    }
}

static void read_source(Fields *f, JsonValue root, RecordSource *out)
{
    static const char *const known[] = {"file", "unit", "up", "files"};
    static const char *const known_of_file[] = {"name", "sha256"};
    JsonValue source = field_object(f, root, "source");
    int unit = -1, up = 0;
    field_known(f, source, known, COUNT_OF(known));
    read_source_name(f, source, "file", JSON_REQUIRED, &out->file);
    field_word(f, source, "unit", JSON_OPTIONAL, (FieldWords){unit_names, COUNT_OF(unit_names)},
               &unit);
    field_word(f, source, "up", JSON_OPTIONAL, (FieldWords){up_names, COUNT_OF(up_names)}, &up);
    out->unit = unit < 0 ? "" : unit_names[unit];
    out->is_z_up = up == 1;

    JsonValue array = field_array(f, source, "files", 4096);
    out->file_count = (uint32_t)json_count(array);
    out->files = ARENA_ARRAY(f->arena, RecordSourceFile, out->file_count);
    for (uint32_t i = 0; i < out->file_count; i++) {
        JsonValue object = field_item(f, array, i);
        field_known(f, object, known_of_file, COUNT_OF(known_of_file));
        read_source_name(f, object, "name", JSON_REQUIRED, &out->files[i].name);
        read_sha256(f, object, "sha256", &out->files[i].sha256);
    }
}

static void read_measured(Fields *f, JsonValue root, RecordMeasured *out)
{
    static const char *const known[] = {"min", "median", "p95"};
    field_number(f, root, "mesh_um", JSON_OPTIONAL, any_um, &out->mesh_um);
    JsonValue texel = field_object(f, root, "texel_um");
    field_known(f, texel, known, COUNT_OF(known));
    field_number(f, texel, "min", JSON_OPTIONAL, any_um, &out->texel_min_um);
    field_number(f, texel, "median", JSON_OPTIONAL, any_um, &out->texel_median_um);
    field_number(f, texel, "p95", JSON_OPTIONAL, any_um, &out->texel_p95_um);
}

static void read_object(Fields *f, JsonValue root, Record *out)
{
    field_id(f, root, "id", JSON_REQUIRED, &out->id);
    field_title(f, root, JSON_REQUIRED, &out->title);
    f->fallback = field_fallback(&out->title);
    field_lang(f, root, "object_type", JSON_OPTIONAL, &out->object_type);
    field_lang(f, root, "theme", JSON_OPTIONAL, &out->theme);
    read_makers(f, root, out);
    read_date(f, root, &out->date);
    field_langs(f, root, "materials", RECORD_MAX_LIST, &out->materials);
    field_langs(f, root, "technique", RECORD_MAX_LIST, &out->technique);
    read_dimensions(f, root, out);
    read_rights(f, root, "rights", &out->rights);
    field_lang(f, root, "required_statement", JSON_OPTIONAL, &out->required_statement);
    field_lang(f, root, "credit_line", JSON_OPTIONAL, &out->credit_line);
    field_lang(f, root, "alt_text", JSON_OPTIONAL, &out->alt_text);
    field_text(f, root, "accession_no", JSON_OPTIONAL, &out->accession_no);
    record_read_scale(f, root, &out->scale_model);
    record_read_diorama(f, root, out);
    read_edition(f, root, &out->edition);
    const char *fallback = f->fallback;
    f->fallback = NULL; // they are quoted
    field_langs(f, root, "inscriptions", RECORD_MAX_LIST, &out->inscriptions);
    f->fallback = fallback;
    field_langs(f, root, "provenance", RECORD_MAX_LIST, &out->provenance);
    field_lang(f, root, "holder", JSON_OPTIONAL, &out->holder);
    read_related(f, root, out);
}

static void read_digital(Fields *f, JsonValue root, Record *out)
{
    read_capture(f, root, &out->capture);
    field_langs(f, root, "processing", RECORD_MAX_LIST, &out->processing);
    read_rights(f, root, "digital_rights", &out->digital_rights);
    read_source(f, root, &out->source);
    read_sha256(f, root, "sha256", &out->sha256);
    read_measured(f, root, &out->measured);
}

static void note_absent(Fields *f, JsonValue root)
{
    static const struct {
        const char *key, *advice;
    } wanted[] = {
        {"object_type", "not there; say what it is: \"figure\", \"netsuke\", \"model\", ..."},
        {"maker", "not there; say who made it, even if that is \"unknown\""},
        {"date", "not there; say when it was made, as well as is known"},
        {"materials", "not there; say what it is made of"},
        {"technique", "not there; say how it was made"},
        {"dimensions", "not there; measure the object"},
        {"required_statement", "not there; it is shown with every picture of the piece"},
        {"credit_line", "not there; say whom it comes from"},
        {"capture", "not there; say how and when it was scanned"},
        {"digital_rights", "not there; say under which licence the scan is"},
    };
    for (size_t i = 0; i < COUNT_OF(wanted); i++)
        if (json_kind(json_get(root, wanted[i].key)) == JSON_KIND_ABSENT)
            field_note(f, root, wanted[i].key, wanted[i].advice);
}

static void lack_absent(Fields *f, JsonValue root, const Record *record)
{
    if (!record->rights || !record->rights[0])
        field_lack(f, root, "rights",
                   "not there; visitors cannot know what they may do with pictures of it; say "
                   "it by a URI of creativecommons.org or rightsstatements.org");
    if (!record->alt_text.count)
        field_lack(f, root, "alt_text",
                   "not there; describe the piece to people who cannot see it");
}

static const char *const record_fields[] = {
    "id",           "title",          "object_type", "maker",
    "date",         "materials",      "technique",   "dimensions",
    "rights",       "credit_line",    "alt_text",    "required_statement",
    "accession_no", "scale_ratio",    "edition",     "inscriptions",
    "provenance",   "holder",         "related",     "capture",
    "processing",   "digital_rights", "source",      "sha256",
    "mesh_um",      "texel_um",       "theme",       "diorama",
};

static void read_record(Fields *f, JsonValue root, Record *out)
{
    field_known(f, root, record_fields, COUNT_OF(record_fields));
    read_object(f, root, out);
    read_digital(f, root, out);
    lack_absent(f, root, out);
    note_absent(f, root);
    if (json_kind(json_get(root, "id")) == JSON_KIND_TEXT && !out->id[0] &&
        f->problems->error_count == 0)
        field_problem(f, json_get(root, "id"), ERR_INVALID,
                      "a piece needs an id, like \"hare\"");
    if (json_kind(json_get(root, "title")) == JSON_KIND_OBJECT && out->title.count == 0)
        field_problem(f, json_get(root, "title"), ERR_INVALID, "a piece needs a title");
}

Status record_parse(Bytes json, const char *file, Arena *arena, Problems *problems, Record *out)
{
    Scratch scratch = scratch_begin(arena);
    Problems own = {.arena = scratch.arena};
    Fields fields = {problems ? problems : &own, arena, file, NULL};
    size_t errors_before = fields.problems->error_count;

    JsonDocument document = {0};
    Record record = {0};
    if (field_ok(&fields, json_parse(json, file, &document))) {
        JsonValue root = json_root(&document);
        if (field_ok(&fields, json_to_object(root)))
            read_record(&fields, root, &record);
    }
    Status status = problem_verdict(fields.problems, errors_before);
    if (!status)
        *out = record;
    json_drop(&document);
    scratch_end(scratch);
    return status;
}

// ---- writing; a draft asks for what is empty

typedef struct Draft {
    JsonWriter *writer;
    bool is_draft;
} Draft;

static void put_question(Draft *d, const char *key, const char *question)
{
    char text[200];
    snprintf(text, sizeof text, RECORD_FILL_IN ": %s", question);
    json_put_text(d->writer, key, text);
}

static void put_lang(Draft *d, const char *key, const LangText *text, const char *question)
{
    langtext_put(d->writer, key, text);
    if (text->count || !d->is_draft || !question)
        return;
    json_begin_object(d->writer, key);
    put_question(d, "en", question);
    json_end(d->writer);
}

static void put_langs(Draft *d, const char *key, const LangTexts *texts, const char *question)
{
    field_put_langs(d->writer, key, texts);
    if (texts->count || !d->is_draft)
        return;
    json_begin_array(d->writer, key);
    put_lang(d, NULL, &(LangText){0}, question);
    json_end(d->writer);
}

static void put_text(Draft *d, const char *key, const char *text, const char *question)
{
    field_put_text(d->writer, key, text);
    if (d->is_draft && !(text && text[0]))
        put_question(d, key, question);
}

static void put_makers(Draft *d, const Record *record)
{
    static const RecordMaker nobody;
    uint32_t count = record->maker_count;
    if (count == 0 && !d->is_draft)
        return;
    json_begin_array(d->writer, "maker");
    for (uint32_t i = 0; i < MAX(count, 1u); i++) {
        const RecordMaker *maker = count ? &record->makers[i] : &nobody;
        json_begin_object(d->writer, NULL);
        put_lang(d, "name", &maker->name, "who made it, or \"unknown\"");
        put_lang(d, "role", &maker->role, "sculptor, printer, painter, ...");
        put_lang(d, "dates", &maker->dates, "years of birth and death");
        put_lang(d, "place", &maker->place, "where the maker worked");
        json_end(d->writer);
    }
    json_end(d->writer);
}

static void put_date(Draft *d, const RecordDate *date)
{
    if (!d->is_draft && !date->is_known && date->display.count == 0)
        return;
    json_begin_object(d->writer, "date");
    put_lang(d, "display", &date->display, "when it was made, as people say it: about 1780");
    if (date->is_known) {
        json_put_int(d->writer, "earliest", date->earliest);
        json_put_int(d->writer, "latest", date->latest);
    } else if (d->is_draft) {
        put_question(d, "earliest", "first possible year, a number");
        put_question(d, "latest", "last possible year, a number");
    }
    json_end(d->writer);
}

static void put_dimensions(Draft *d, const Record *record)
{
    if (record->dimension_count == 0)
        return;
    json_begin_array(d->writer, "dimensions");
    for (uint32_t i = 0; i < record->dimension_count; i++) {
        const RecordDimension *dimension = &record->dimensions[i];
        json_begin_object(d->writer, NULL);
        json_put_text(d->writer, "kind", record_dimension_name(dimension->kind));
        json_put_number(d->writer, "value_mm", dimension->value_mm);
        langtext_put(d->writer, "method", &dimension->method);
        json_end(d->writer);
    }
    json_end(d->writer);
}

static void put_scale_and_edition(Draft *d, const Record *record)
{
    record_put_scale(d->writer, record->scale_model);
    record_put_diorama(d->writer, &record->diorama);
    if (record->edition.size == 0)
        return;
    json_begin_object(d->writer, "edition");
    json_put_int(d->writer, "number", record->edition.number);
    json_put_int(d->writer, "size", record->edition.size);
    json_put_int(d->writer, "artist_proofs", record->edition.artist_proofs);
    json_end(d->writer);
}

static void put_related(Draft *d, const Record *record)
{
    if (record->related_count == 0)
        return;
    json_begin_array(d->writer, "related");
    for (uint32_t i = 0; i < record->related_count; i++)
        json_put_text(d->writer, NULL, record->related[i]);
    json_end(d->writer);
}

static bool has_capture(const RecordCapture *capture)
{
    return capture->method.count || capture->device.count || capture->operator_name.count ||
           capture->scale_reference.count || (capture->date && capture->date[0]) ||
           capture->gsd_um != 0 || capture->accuracy_um != 0;
}

static void put_capture(Draft *d, const RecordCapture *capture)
{
    if (!d->is_draft && !has_capture(capture))
        return;
    json_begin_object(d->writer, "capture");
    put_lang(d, "method", &capture->method, "photogrammetry, structured light, CT, modelled");
    put_lang(d, "device", &capture->device, "scanner or camera and lens");
    put_text(d, "date", capture->date, "when it was scanned: 2023-05-17");
    put_lang(d, "operator", &capture->operator_name, "who scanned it");
    field_put_number(d->writer, "gsd_um", capture->gsd_um);
    field_put_number(d->writer, "accuracy_um", capture->accuracy_um);
    put_lang(d, "scale_reference", &capture->scale_reference,
             "how its true size is known: scale bar, callipers");
    json_end(d->writer);
}

static void put_source(Draft *d, const RecordSource *source)
{
    if (!source->file || !source->file[0])
        return;
    json_begin_object(d->writer, "source");
    json_put_text(d->writer, "file", source->file);
    field_put_text(d->writer, "unit", source->unit);
    if (source->is_z_up)
        json_put_text(d->writer, "up", "z");
    if (source->file_count)
        json_begin_array(d->writer, "files");
    for (uint32_t i = 0; i < source->file_count; i++) {
        json_begin_object(d->writer, NULL);
        json_put_text(d->writer, "name", source->files[i].name);
        field_put_text(d->writer, "sha256", source->files[i].sha256);
        json_end(d->writer);
    }
    if (source->file_count)
        json_end(d->writer);
    json_end(d->writer);
}

static void put_measured(Draft *d, const RecordMeasured *measured)
{
    field_put_number(d->writer, "mesh_um", measured->mesh_um);
    if (measured->texel_median_um == 0)
        return;
    json_begin_object(d->writer, "texel_um");
    field_put_number(d->writer, "min", measured->texel_min_um);
    field_put_number(d->writer, "median", measured->texel_median_um);
    field_put_number(d->writer, "p95", measured->texel_p95_um);
    json_end(d->writer);
}

static void put_object(Draft *d, const Record *record)
{
    json_put_text(d->writer, "id", record->id);
    put_lang(d, "title", &record->title, "what it is called");
    put_lang(d, "object_type", &record->object_type, "what it is: figure, netsuke, model, ...");
    put_makers(d, record);
    put_date(d, &record->date);
    put_langs(d, "materials", &record->materials, "boxwood, bronze, resin, ...");
    put_langs(d, "technique", &record->technique, "carved, cast, printed, ...");
    put_dimensions(d, record);
    put_text(d, "rights", record->rights,
             "URI, like https://creativecommons.org/licenses/by/4.0/");
    put_lang(d, "required_statement", &record->required_statement,
             "the line that must be shown with every picture");
    put_lang(d, "credit_line", &record->credit_line, "whom it comes from");
    put_lang(d, "alt_text", &record->alt_text, "what one sees, for those who cannot");
    field_put_text(d->writer, "accession_no", record->accession_no);
    put_scale_and_edition(d, record);
    field_put_langs(d->writer, "inscriptions", &record->inscriptions);
    field_put_langs(d->writer, "provenance", &record->provenance);
    langtext_put(d->writer, "holder", &record->holder);
    langtext_put(d->writer, "theme", &record->theme);
    put_related(d, record);
}

static Bytes write_record(const Record *record, Arena *arena, bool is_draft)
{
    JsonWriter writer = json_writer_make(arena);
    Draft draft = {&writer, is_draft};
    json_begin_object(&writer, NULL);
    put_object(&draft, record);
    put_capture(&draft, &record->capture);
    field_put_langs(&writer, "processing", &record->processing);
    put_text(&draft, "digital_rights", record->digital_rights, "URI of the scan's own licence");
    put_source(&draft, &record->source);
    field_put_text(&writer, "sha256", record->sha256);
    put_measured(&draft, &record->measured);
    json_end(&writer);
    return json_writer_text(&writer);
}

Bytes record_write(const Record *record, Arena *arena)
{
    return write_record(record, arena, false);
}

Bytes record_write_draft(const Record *record, Arena *arena)
{
    return write_record(record, arena, true);
}
