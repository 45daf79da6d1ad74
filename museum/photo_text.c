// photo_text.c: what a photograph tells beside its picture: the view, so that it can be opened
// again, and the exhibit's record as XMP.

#include "museum/photo_text.h"

#include <math.h>
#include <string.h>

enum { FORMAT = 1, MOST_BYTES = 64 * 1024, MOST_NAME = 255 };

static const JsonRange ANGLE = {-10, 10}, PLACE_M = {-1e4, 1e4}, PART = {0, 1};

// ---- the view

PhotoLens photo_lens(const Magnifier *lens)
{
    return (PhotoLens){.is_on = lens->is_on,
                       .at = {lens->at[0], lens->at[1]},
                       .light_deg = {lens->azimuth_deg, lens->elevation_deg},
                       .radius = (double)lens->radius,
                       .zoom = lens->wanted_zoom,
                       .relief_strength = (double)lens->relief_strength,
                       .band_dial_deg = (double)lens->band_dial_deg,
                       .band_um = lens->band_um,
                       .mode = lens->mode};
}

void photo_open_lens(Magnifier *lens, const PhotoLens *kept)
{
    magnifier_turn_off(lens);
    if (!kept->is_on)
        return;
    lens->offset_y = 0;
    lens->mode = kept->mode;
    lens->radius = (float)kept->radius;
    lens->wanted_zoom = MAX(kept->zoom, MAGNIFIER_LEAST_ZOOM);
    magnifier_set_light(lens, kept->light_deg[0], kept->light_deg[1]);
    if (kept->relief_strength > 0)
        magnifier_set_strength(lens, (float)kept->relief_strength);
    lens->band_dial_deg = (float)kept->band_dial_deg;
    lens->band_um = kept->band_um; // it stays as long as it fits
    magnifier_turn_on(lens, kept->at[0], kept->at[1]);
    lens->is_pinned = true;
}

static void write_lens(JsonWriter *writer, const PhotoLens *lens)
{
    const double at[2] = {(double)lens->at[0], (double)lens->at[1]};
    const double light[2] = {(double)lens->light_deg[0], (double)lens->light_deg[1]};
    if (!lens->is_on)
        return;
    json_begin_object(writer, "lens");
    json_put_numbers(writer, "at", at, 2);
    json_put_number(writer, "radius", lens->radius);
    json_put_number(writer, "zoom", lens->zoom);
    json_put_text(writer, "mode", magnifier_mode_name(lens->mode));
    json_put_numbers(writer, "light_deg", light, 2);
    json_put_number(writer, "relief_strength", lens->relief_strength);
    json_put_number(writer, "band_dial_deg", lens->band_dial_deg);
    json_put_number(writer, "band_um", lens->band_um);
    json_end(writer);
}

static const char *const half_names[2] = {"left", "right"};

static void write_pair(JsonWriter *writer, const PhotoPair *pair)
{
    json_begin_object(writer, "comparison");
    json_put_bool(writer, "linked", !pair->is_free);
    json_put_text(writer, "active", half_names[pair->is_right_active]);
    json_put_number(writer, "height_m", pair->height_m);
    for (int i = 0; i < 2; i++) {
        const PhotoHalf *half = &pair->halves[i];
        const double target[3] = {(double)half->target_m[0], (double)half->target_m[1],
                                  (double)half->target_m[2]};
        json_begin_object(writer, half_names[i]);
        json_put_text(writer, "exhibit", half->exhibit);
        json_put_number(writer, "yaw", half->yaw);
        json_put_number(writer, "pitch", half->pitch);
        json_put_numbers(writer, "target_m", target, 3);
        write_lens(writer, &half->lens);
        json_end(writer);
    }
    json_end(writer);
}

const char *photo_write_view(const PhotoView *view, Arena *arena)
{
    JsonWriter writer = json_writer_make(arena);
    bool is_close = *view->exhibit != 0;
    json_begin_object(&writer, NULL);
    json_put_int(&writer, "vitrine_view", FORMAT);
    json_put_number(&writer, "yaw", view->yaw);
    json_put_number(&writer, "pitch", view->pitch);
    if (is_close) {
        const double target[3] = {(double)view->target_m[0], (double)view->target_m[1],
                                  (double)view->target_m[2]};
        json_put_text(&writer, "exhibit", view->exhibit);
        json_put_text(&writer, "pack", view->pack);
        json_put_numbers(&writer, "target_m", target, 3);
        json_put_number(&writer, "distance_m", view->distance_m);
        json_put_bool(&writer, "orthographic", view->is_orthographic);
        json_put_bool(&writer, "story", view->is_story_open);
        json_put_bool(&writer, "shallow_focus", view->has_mood);
    } else {
        const double spot[2] = {(double)view->spot[0], (double)view->spot[1]};
        json_put_numbers(&writer, "spot", spot, 2);
        json_put_number(&writer, "eye_height_m", view->eye_height_m);
    }
    write_lens(&writer, &view->lens);
    if (is_close && view->pair.is_on)
        write_pair(&writer, &view->pair);
    json_end(&writer);
    Bytes text = json_writer_text(&writer);
    return str_copy(arena, (Str){(const char *)text.ptr, text.len});
}

NODISCARD static Status read_name(JsonValue root, const char *key, JsonNeed need, Arena *arena,
                                  const char **out)
{
    const char *text = "";
    TRY(json_get_text(root, key, need, &text));
    if (strlen(text) > MOST_NAME)
        return json_fail(root, ERR_LIMIT, "%s has more than %d bytes", key, MOST_NAME);
    *out = arena_copy_text(arena, text);
    return OK;
}

NODISCARD static Status read_lens(JsonValue root, PhotoLens *out)
{
    JsonValue lens = {0};
    const char *mode = "";
    TRY(json_get_object(root, "lens", JSON_OPTIONAL, &lens));
    if (json_kind(lens) == JSON_KIND_ABSENT)
        return OK;
    out->is_on = true;
    TRY(json_get_numbers(lens, "at", JSON_REQUIRED, PART, 2, out->at));
    TRY(json_get_number(lens, "radius", JSON_REQUIRED, (JsonRange){0.1, 0.45}, &out->radius));
    TRY(json_get_number(lens, "zoom", JSON_REQUIRED, (JsonRange){1, 10000}, &out->zoom));
    TRY(json_get_text(lens, "mode", JSON_REQUIRED, &mode));
    if (!magnifier_find_mode(mode, &out->mode))
        return json_fail(lens, ERR_INVALID, "the magnifier has no such mode");
    TRY(json_get_numbers(lens, "light_deg", JSON_REQUIRED, (JsonRange){-360, 360}, 2,
                         out->light_deg));
    TRY(json_get_number(lens, "relief_strength", JSON_OPTIONAL, (JsonRange){0, 4},
                        &out->relief_strength));
    TRY(json_get_number(lens, "band_dial_deg", JSON_OPTIONAL, (JsonRange){-180, 180},
                        &out->band_dial_deg));
    return json_get_number(lens, "band_um", JSON_OPTIONAL, (JsonRange){0, 1e7}, &out->band_um);
}

NODISCARD static Status read_half(JsonValue pair, const char *name, Arena *arena,
                                  PhotoHalf *out)
{
    JsonValue half = {0};
    TRY(json_get_object(pair, name, JSON_REQUIRED, &half));
    TRY(read_name(half, "exhibit", JSON_REQUIRED, arena, &out->exhibit));
    TRY(json_get_number(half, "yaw", JSON_REQUIRED, ANGLE, &out->yaw));
    TRY(json_get_number(half, "pitch", JSON_REQUIRED, (JsonRange){-1.57, 1.57}, &out->pitch));
    TRY(json_get_numbers(half, "target_m", JSON_REQUIRED, PLACE_M, 3, out->target_m));
    return read_lens(half, &out->lens);
}

NODISCARD static Status read_pair(JsonValue root, Arena *arena, PhotoPair *out)
{
    JsonValue pair = {0};
    bool is_linked = true;
    const char *active = "";
    TRY(json_get_object(root, "comparison", JSON_OPTIONAL, &pair));
    if (json_kind(pair) == JSON_KIND_ABSENT)
        return OK;
    out->is_on = true;
    TRY(json_get_bool(pair, "linked", JSON_OPTIONAL, &is_linked));
    out->is_free = !is_linked;
    TRY(json_get_text(pair, "active", JSON_OPTIONAL, &active));
    out->is_right_active = !strcmp(active, half_names[1]);
    if (*active && !out->is_right_active && strcmp(active, half_names[0]))
        return json_fail(pair, ERR_INVALID, "a comparison has no such half");
    TRY(json_get_number(pair, "height_m", JSON_REQUIRED, (JsonRange){1e-5, 1e4},
                        &out->height_m));
    for (int i = 0; i < 2; i++)
        TRY(read_half(pair, half_names[i], arena, &out->halves[i]));
    return OK;
}

NODISCARD static Status read_view(JsonValue root, Arena *arena, PhotoView *view)
{
    int64_t format;
    TRY(json_to_object(root));
    TRY(json_get_int(root, "vitrine_view", JSON_REQUIRED, (JsonRange){FORMAT, FORMAT},
                     &format));
    TRY(json_get_number(root, "yaw", JSON_REQUIRED, ANGLE, &view->yaw));
    TRY(json_get_number(root, "pitch", JSON_REQUIRED, (JsonRange){-1.57, 1.57}, &view->pitch));
    TRY(read_name(root, "exhibit", JSON_OPTIONAL, arena, &view->exhibit));
    TRY(read_name(root, "pack", JSON_OPTIONAL, arena, &view->pack));
    TRY(read_lens(root, &view->lens));
    if (!*view->exhibit) {
        TRY(json_get_numbers(root, "spot", JSON_REQUIRED, PLACE_M, 2, view->spot));
        return json_get_number(root, "eye_height_m", JSON_REQUIRED, (JsonRange){0.3, 3},
                               &view->eye_height_m);
    }
    TRY(json_get_numbers(root, "target_m", JSON_REQUIRED, PLACE_M, 3, view->target_m));
    TRY(json_get_number(root, "distance_m", JSON_REQUIRED, (JsonRange){1e-5, 1e4},
                        &view->distance_m));
    TRY(json_get_bool(root, "orthographic", JSON_OPTIONAL, &view->is_orthographic));
    TRY(json_get_bool(root, "story", JSON_OPTIONAL, &view->is_story_open));
    TRY(json_get_bool(root, "shallow_focus", JSON_OPTIONAL, &view->has_mood));
    return read_pair(root, arena, &view->pair);
}

NODISCARD Status photo_parse_view(Str json, const char *file, Arena *arena, PhotoView *out)
{
    JsonDocument document = {0};
    PhotoView view = {.exhibit = "", .pack = ""};
    Bytes bytes = {(const uint8_t *)json.ptr, json.len};
    TRY(json_parse_within(bytes, &(JsonLimits){MOST_BYTES, 6}, file, &document));
    Status status = read_view(json_root(&document), arena, &view);
    json_drop(&document);
    if (!status)
        *out = view;
    return status;
}

// ---- XMP

typedef struct Xml {
    Arena *arena;
    char *text;
    uint32_t len, capacity;
} Xml;

static void put_byte(Xml *xml, char c)
{
    *ARENA_PUSH(xml->arena, xml->text, xml->len, xml->capacity) = c;
}

static void put(Xml *xml, const char *text)
{
    for (; *text; text++)
        put_byte(xml, *text);
}

// XML has no way at all to tell most control characters; U+FFFE and U+FFFF neither.
static void put_escaped(Xml *xml, const char *text)
{
    for (const char *c = text; *c; c++) {
        bool is_nobody = !strncmp(c, "\xef\xbf\xbe", 3) || !strncmp(c, "\xef\xbf\xbf", 3);
        if (is_nobody)
            c += 2;
        else if (*c == '<')
            put(xml, "&lt;");
        else if (*c == '>')
            put(xml, "&gt;");
        else if (*c == '&')
            put(xml, "&amp;");
        else if (*c == '"')
            put(xml, "&quot;");
        else if ((unsigned char)*c >= 0x20 || *c == '\n' || *c == '\t')
            put_byte(xml, *c);
    }
}

static void put_item(Xml *xml, const char *lang, const char *text)
{
    put(xml, "     <rdf:li");
    if (lang) {
        put(xml, " xml:lang=\"");
        put_escaped(xml, lang);
        put(xml, "\"");
    }
    put(xml, ">");
    put_escaped(xml, text);
    put(xml, "</rdf:li>\n");
}

static void put_simple(Xml *xml, const char *name, const char *text)
{
    if (!text || !*text)
        return;
    put(xml, str_format(xml->arena, "   <%s>", name));
    put_escaped(xml, text);
    put(xml, str_format(xml->arena, "</%s>\n", name));
}

typedef struct Records {
    const Record *const *all;
    uint32_t count;
    const char *language;
} Records;

// One text for readers without a wish: of all records, in the visitor's language.
static const char *join(Xml *xml, const Records *records, size_t offset)
{
    const char *joined = "";
    for (uint32_t i = 0; i < records->count; i++) {
        const LangText *text = (const void *)((const char *)records->all[i] + offset);
        const char *own = langtext_find(text, records->language);
        if (*own)
            joined = str_format(xml->arena, "%s%s%s", joined, *joined ? " | " : "", own);
    }
    return joined;
}

// That comes first; of a single record every language there is follows.
static void put_lang(Xml *xml, const char *name, const Records *records, size_t offset)
{
    const char *joined = join(xml, records, offset);
    if (!*joined)
        return;
    put(xml, str_format(xml->arena, "   <%s>\n    <rdf:Alt>\n", name));
    put_item(xml, "x-default", joined);
    const LangText *text = (const void *)((const char *)records->all[0] + offset);
    for (uint32_t i = 0; i < text->count && records->count == 1; i++)
        put_item(xml, text->entries[i].tag, text->entries[i].text);
    put(xml, str_format(xml->arena, "    </rdf:Alt>\n   </%s>\n", name));
}

static void put_makers(Xml *xml, const Records *records)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < records->count; i++) {
        const Record *record = records->all[i];
        for (uint32_t k = 0; k < record->maker_count; k++) {
            if (!count++)
                put(xml, "   <dc:creator>\n    <rdf:Seq>\n");
            put_item(xml, NULL, langtext_find(&record->makers[k].name, records->language));
        }
    }
    if (count)
        put(xml, "    </rdf:Seq>\n   </dc:creator>\n");
}

static void put_records(Xml *xml, const Records *records)
{
    static const char *const names[] = {"vitrine:record", "vitrine:besides"};
    const Record *first = records->all[0];
    put_lang(xml, "dc:title", records, offsetof(Record, title));
    put_makers(xml, records);
    put_lang(xml, "dc:description", records, offsetof(Record, alt_text));
    put_lang(xml, "dc:rights", records, offsetof(Record, required_statement));
    put_simple(xml, "photoshop:Credit", join(xml, records, offsetof(Record, credit_line)));
    if (records->count == 1) {
        bool is_digital = first->digital_rights && *first->digital_rights;
        put_simple(xml, "dc:identifier", first->id);
        put_simple(xml, "xmpRights:WebStatement",
                   is_digital ? first->digital_rights : first->rights);
    }
    for (uint32_t i = 0; i < MIN(records->count, COUNT_OF(names)); i++) {
        Bytes json = record_write(records->all[i], xml->arena);
        put_simple(xml, names[i],
                   str_copy(xml->arena, (Str){(const char *)json.ptr, json.len}));
    }
}

const char *photo_write_xmp(const Record *const *records, uint32_t count, const char *title,
                            const char *language, const char *tool, Arena *arena)
{
    Xml xml = {.arena = arena};
    put(&xml, "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
              "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
              " <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
              "  <rdf:Description rdf:about=\"\"\n"
              "    xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
              "    xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
              "    xmlns:xmpRights=\"http://ns.adobe.com/xap/1.0/rights/\"\n"
              "    xmlns:photoshop=\"http://ns.adobe.com/photoshop/1.0/\"\n"
              "    xmlns:vitrine=\"urn:vitrine:1\">\n");
    put_simple(&xml, "xmp:CreatorTool", tool);
    if (count) {
        put_records(&xml, &(Records){records, count, language});
    } else if (title && *title) {
        put(&xml, "   <dc:title>\n    <rdf:Alt>\n");
        put_item(&xml, "x-default", title);
        put(&xml, "    </rdf:Alt>\n   </dc:title>\n");
    }
    put(&xml, "  </rdf:Description>\n </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>");
    put_byte(&xml, 0);
    return xml.text;
}
