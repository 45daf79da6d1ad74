// display.c: how large the glass is that the picture stands on, and how one knows.

#include "museum/display.h"

#include "data/edid.h"
#include "data/json.h"
#include "io/file.h"

#include <stdio.h>
#include <string.h>

#define LEAST_WIDTH_MM 20.0 // of a display
#define MOST_WIDTH_MM 30000.0

enum { MOST_DISPLAYS = 16, FORMAT = 1 };

// ---- the book

NODISCARD static Status read_entry(JsonValue entry, DisplayBook *book)
{
    const char *key = "";
    double width_mm = 0;
    TRY(json_to_object(entry));
    TRY(json_get_text(entry, "display", JSON_REQUIRED, &key));
    TRY(json_get_number(entry, "width_mm", JSON_REQUIRED,
                        (JsonRange){LEAST_WIDTH_MM, MOST_WIDTH_MM}, &width_mm));
    if (!*key || strlen(key) >= DISPLAY_KEY_BYTES)
        return json_fail(entry, ERR_INVALID, "expected a display's name of 1 to %d bytes",
                         DISPLAY_KEY_BYTES - 1);
    snprintf(book->known[book->count].key, DISPLAY_KEY_BYTES, "%s", key);
    book->known[book->count++].width_mm = width_mm;
    return OK;
}

NODISCARD static Status read_entries(JsonValue root, DisplayBook *book)
{
    int64_t version = 0;
    JsonValue list;
    TRY(json_to_object(root));
    TRY(json_get_int(root, "version", JSON_REQUIRED, (JsonRange){FORMAT, FORMAT}, &version));
    TRY(json_get_array(root, "displays", JSON_REQUIRED, DISPLAY_MAX_KNOWN, &list));
    for (size_t i = 0; i < json_count(list); i++)
        TRY(read_entry(json_item(list, i), book));
    return OK;
}

NODISCARD Status display_read_book(const char *path, DisplayBook *out)
{
    *out = (DisplayBook){0};
    if (!file_exists(path))
        return OK;
    Scratch scratch = scratch_begin(NULL);
    JsonDocument document = {0};
    Bytes text;
    Status status = file_read(path, DISPLAY_BOOK_BYTES, scratch.arena, &text);
    if (!status)
        status = json_parse(text, path, &document);
    if (!status)
        status = read_entries(json_root(&document), out);
    if (status)
        *out = (DisplayBook){0};
    json_drop(&document);
    scratch_end(scratch);
    return status;
}

NODISCARD Status display_write_book(const char *path, const DisplayBook *book)
{
    Scratch scratch = scratch_begin(NULL);
    JsonWriter writer = json_writer_make(scratch.arena);
    json_begin_object(&writer, NULL);
    json_put_int(&writer, "version", FORMAT);
    json_begin_array(&writer, "displays");
    for (uint32_t i = 0; i < book->count; i++) {
        json_begin_object(&writer, NULL);
        json_put_text(&writer, "display", book->known[i].key);
        json_put_number(&writer, "width_mm", book->known[i].width_mm);
        json_end(&writer);
    }
    json_end(&writer);
    json_end(&writer);
    Status status = file_make_folders(path_folder(scratch.arena, path));
    if (!status)
        status = file_write(path, json_writer_text(&writer));
    scratch_end(scratch);
    return status;
}

static int find_known(const DisplayBook *book, const char *key)
{
    for (uint32_t i = 0; i < book->count; i++) {
        if (!strcmp(book->known[i].key, key))
            return (int)i;
    }
    return -1;
}

void display_note(DisplayBook *book, const char *key, double width_mm)
{
    int at = find_known(book, key);
    if (at < 0 && book->count < DISPLAY_MAX_KNOWN)
        book->count++;
    if (at < 0)
        at = (int)book->count - 1;
    memmove(&book->known[1], &book->known[0], (size_t)at * sizeof book->known[0]);
    snprintf(book->known[0].key, DISPLAY_KEY_BYTES, "%s", key);
    book->known[0].width_mm = width_mm;
}

// ---- which display it is

static size_t read_edids(const char *drm, Edid *out)
{
    Scratch scratch = scratch_begin(NULL);
    FileName *names;
    size_t count = 0, found = 0;
    if (file_list(drm, scratch.arena, &names, &count))
        count = 0; // not Linux, or no display
    for (size_t i = 0; i < count && found < MOST_DISPLAYS; i++) {
        Bytes bytes;
        const char *folder = path_join(scratch.arena, drm, names[i].name);
        const char *path = path_join(scratch.arena, folder, "edid");
        // Sockets without a display have an empty file.
        if (file_exists(path) && !file_read(path, EDID_MAX_BYTES, scratch.arena, &bytes) &&
            !edid_parse(bytes, &out[found]))
            found++;
    }
    scratch_end(scratch);
    return found;
}

// Letters of any language are fine, what a file or a line may choke on is not.
static void set_key(Display *display, const char *name, double width, double height,
                    const char *unit)
{
    char clean[64]; // leaves room for the rest
    snprintf(clean, sizeof clean, "%s", *name ? name : "display");
    for (char *c = clean; *c; c++)
        *c = (char)((unsigned char)*c < 0x20 || *c == 0x7f ? ' ' : *c);
    clean[utf8_valid_bytes(str_of(clean))] = 0;
    snprintf(display->key, sizeof display->key, "%s %.0f x %.0f %s", clean, width, height,
             unit);
}

static void set_width(Display *display, double width_mm, DisplaySource source)
{
    display->pixel_mm = width_mm / display->width_px;
    display->source = source;
}

Display display_find(const DisplayFacts *facts, const char *drm, const DisplayBook *book)
{
    Display display = {.width_px = MAX(facts->width * facts->pixels_per_unit, 1)};
    Edid edids[MOST_DISPLAYS];
    size_t count = read_edids(drm, edids);
    int index = edid_match(edids, count, facts->name, facts->width, facts->height);
    double told_mm[2] = {0};
    set_key(&display, facts->name, facts->width, facts->height, "px");
    if (index >= 0) {
        const Edid *edid = &edids[index];
        char number[16];
        snprintf(number, sizeof number, "%s %04x", edid->maker, (unsigned)edid->product);
        bool is_told = edid_size_mm(edid, told_mm);
        set_key(&display, *edid->name ? edid->name : number,
                is_told ? told_mm[0] : edid->width_px, is_told ? told_mm[1] : edid->height_px,
                is_told ? "mm" : "px");
        bool is_turned = (facts->width < facts->height) != (edid->width_px < edid->height_px);
        if (is_turned) // then another side of it is measured
            snprintf(display.key + strlen(display.key), 8, " turned");
        if (is_told)
            set_width(&display, told_mm[is_turned], DISPLAY_TOLD);
    }
    int known = find_known(book, display.key);
    if (known >= 0)
        set_width(&display, book->known[known].width_mm, DISPLAY_CARD);
    return display;
}

Display display_simulate(double width_mm, int width_px)
{
    Display display = {.width_px = MAX(width_px, 1)};
    snprintf(display.key, sizeof display.key, "simulated %.1f mm", width_mm);
    set_width(&display, width_mm, DISPLAY_SIMULATED);
    return display;
}

void display_calibrate(Display *display, DisplayBook *book, double card_px)
{
    double width_mm = display->width_px * DISPLAY_CARD_WIDTH_MM / card_px;
    bool is_real = display->source != DISPLAY_SIMULATED;
    set_width(display, width_mm, DISPLAY_CARD);
    if (is_real && width_mm >= LEAST_WIDTH_MM && width_mm <= MOST_WIDTH_MM)
        display_note(book, display->key, width_mm);
}

const char *display_source_name(DisplaySource source)
{
    static const char *const names[] = {
        [DISPLAY_UNKNOWN] = "unknown",
        [DISPLAY_TOLD] = "told",
        [DISPLAY_CARD] = "card",
        [DISPLAY_SIMULATED] = "simulated",
    };
    return names[source];
}
