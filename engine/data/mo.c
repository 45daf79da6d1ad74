// mo.c: a catalogue of translations in the GNU .mo format, as msgfmt writes it.

#include "data/mo.h"

#include "data/bytes.h"

#include <string.h>

enum { HEADER_BYTES = 28, ENTRY_BYTES = 8, MAGIC = 0x950412de };

static uint32_t u32_at(Bytes file, size_t at)
{
    return bytes_get_u32(&(BytesReader){file.ptr + at});
}

static Str text_at(Bytes file, uint32_t table_at, uint32_t number)
{
    size_t entry = table_at + (size_t)number * ENTRY_BYTES;
    return (Str){(const char *)file.ptr + u32_at(file, entry + 4), u32_at(file, entry)};
}

NODISCARD static Status check_table(Bytes file, uint32_t table_at, uint32_t count)
{
    if (table_at > file.len || (file.len - table_at) / ENTRY_BYTES < count)
        return FAIL(ERR_CORRUPT, "the catalogue's table of %u texts does not lie within it",
                    (unsigned)count);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t length = u32_at(file, table_at + (size_t)i * ENTRY_BYTES);
        uint32_t at = u32_at(file, table_at + (size_t)i * ENTRY_BYTES + 4);
        if (at >= file.len || file.len - at <= length || file.ptr[at + length] != 0)
            return FAIL(ERR_CORRUPT, "text %u of the catalogue does not end within it",
                        (unsigned)i);
        if (!utf8_is_valid((Str){(const char *)file.ptr + at, length}))
            return FAIL(ERR_CORRUPT, "text %u of the catalogue is not UTF-8", (unsigned)i);
    }
    return OK;
}

// How many texts stand in it, each with its NUL.
static unsigned forms_in(Str text)
{
    unsigned count = 1;
    for (size_t i = 0; i < text.len; i++)
        count += text.ptr[i] == 0;
    return count;
}

NODISCARD static Status check_texts(const MoCatalog *catalog)
{
    for (uint32_t i = 0; i < catalog->count; i++) {
        Str original = text_at(catalog->file, catalog->originals_at, i);
        Str translation = text_at(catalog->file, catalog->translations_at, i);
        if (i > 0 && strcmp(mo_original(catalog, i - 1), original.ptr) >= 0)
            return FAIL(ERR_CORRUPT, "text %u of the catalogue is not in its order",
                        (unsigned)i);
        unsigned wanted = forms_in(original) > 1 ? MAX(catalog->plural.form_count, 1) : 1;
        if (forms_in(translation) != wanted)
            return FAIL(ERR_CORRUPT, "\"%.60s\" has %u forms in the catalogue, expected %u",
                        original.ptr, forms_in(translation), wanted);
    }
    return OK;
}

// The header's lines are the translation of "".
NODISCARD static Status read_plural(MoCatalog *catalog)
{
    if (catalog->count == 0 || mo_original(catalog, 0)[0])
        return OK;
    Str rest = str_of(mo_translation(catalog, 0)), line;
    static const char field[] = "Plural-Forms:";
    while (str_next_line(&rest, &line)) {
        if (str_starts_with(line, field))
            return plural_parse(
                (Str){line.ptr + sizeof field - 1, line.len - (sizeof field - 1)},
                &catalog->plural);
    }
    return OK;
}

Status mo_parse(Bytes file, MoCatalog *out)
{
    if (file.len < HEADER_BYTES || file.len > MO_MAX_BYTES)
        return FAIL(ERR_CORRUPT, "a catalogue of %zu bytes; expected %d to %d", file.len,
                    HEADER_BYTES, MO_MAX_BYTES);
    if (u32_at(file, 0) != MAGIC || u32_at(file, 4) != 0)
        return FAIL(ERR_CORRUPT, "not a little-endian .mo file of revision 0");
    MoCatalog catalog = {file, u32_at(file, 8), u32_at(file, 12), u32_at(file, 16), {0}};
    if (catalog.count > MO_MAX_TEXTS)
        return FAIL(ERR_CORRUPT, "a catalogue of %u texts; the limit is %d",
                    (unsigned)catalog.count, MO_MAX_TEXTS);
    TRY(check_table(file, catalog.originals_at, catalog.count));
    TRY(check_table(file, catalog.translations_at, catalog.count));
    TRY(read_plural(&catalog));
    TRY(check_texts(&catalog));
    *out = catalog;
    return OK;
}

const char *mo_original(const MoCatalog *catalog, uint32_t number)
{
    return text_at(catalog->file, catalog->originals_at, number).ptr;
}

const char *mo_translation(const MoCatalog *catalog, uint32_t number)
{
    return text_at(catalog->file, catalog->translations_at, number).ptr;
}

// As strcmp of "context\4text" and the original.
static int compare_key(const char *context, const char *text, const char *original)
{
    if (context) {
        size_t len = strlen(context);
        int order = strncmp(context, original, len);
        if (order)
            return order;
        if (original[len] != '\4')
            return '\4' - (unsigned char)original[len];
        original += len + 1;
    }
    return strcmp(text, original);
}

// Its number, or catalog->count.
static uint32_t find_number(const MoCatalog *catalog, const char *context, const char *text)
{
    uint32_t low = 0, high = catalog->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = compare_key(context, text, mo_original(catalog, middle));
        if (order == 0)
            return middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return catalog->count;
}

const char *mo_find(const MoCatalog *catalog, const char *context, const char *text)
{
    uint32_t number = find_number(catalog, context, text);
    return number < catalog->count ? mo_translation(catalog, number) : NULL;
}

const char *mo_find_count(const MoCatalog *catalog, const char *context, const char *one,
                          uint64_t n)
{
    uint32_t number = find_number(catalog, context, one);
    if (number == catalog->count)
        return NULL;
    Str forms = text_at(catalog->file, catalog->translations_at, number);
    unsigned form = plural_form(&catalog->plural, n);
    if (form >= forms_in(forms)) // it is not a text that is counted
        return forms.ptr;
    const char *text = forms.ptr;
    for (; form > 0; form--)
        text += strlen(text) + 1;
    return text;
}
