// html.c: writes HTML5 that is well formed by construction.

#include "packer/html.h"

#include "data/langtext.h"

#include <string.h>
#include <strings.h>

static void put(Html *html, const char *text, size_t len)
{
    if (html->used + len > html->room) {
        size_t room = MAX(html->room * 2, html->used + len + 4096);
        char *grown = arena_alloc_raw(html->arena, room, 1);
        if (html->used)
            memcpy(grown, html->text, html->used);
        html->text = grown;
        html->room = room;
    }
    memcpy(html->text + html->used, text, len);
    html->used += len;
}

static void put_text(Html *html, const char *text)
{
    put(html, text, strlen(text));
}

Html html_make(Arena *arena)
{
    Html html = {.arena = arena};
    put_text(&html, "<!DOCTYPE html>\n");
    return html;
}

// ---- letters

static bool is_forbidden(uint32_t c)
{
    bool is_control = (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7f && c < 0xa0);
    return is_control || (c >= 0xfdd0 && c <= 0xfdef) || (c & 0xfffe) == 0xfffe;
}

static const char *entity(uint32_t c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return is_forbidden(c) ? "\ufffd" : NULL;
    }
}

static void put_escaped(Html *html, const char *text, bool breaks_lines)
{
    for (size_t len = 0; *text; text += len) {
        uint32_t c = langtext_code_point(text, &len);
        const char *instead = entity(c);
        if (breaks_lines && (c == '\n' || c == 0x2028))
            instead = "<br>";
        if (instead)
            put_text(html, instead);
        else
            put(html, text, len);
    }
}

void html_text(Html *html, const char *text)
{
    put_escaped(html, text, true);
}

// ---- elements

static bool is_block(const char *element)
{
    static const char *const inlines[] = {"a",   "b",  "em",   "strong", "code", "span",
                                          "bdi", "br", "cite", "small",  "title"};
    for (size_t i = 0; i < COUNT_OF(inlines); i++)
        if (!strcmp(element, inlines[i]))
            return false;
    return true;
}

static void put_tag(Html *html, const char *element, const char *const *attributes)
{
    if (is_block(element) && html->text[html->used - 1] != '\n')
        put_text(html, "\n");
    put_text(html, "<");
    put_text(html, element);
    for (; attributes && attributes[0]; attributes += 2) {
        if (!attributes[1])
            continue;
        put_text(html, " ");
        put_text(html, attributes[0]);
        put_text(html, "=\"");
        put_escaped(html, attributes[1], false);
        put_text(html, "\"");
    }
    put_text(html, ">");
}

void html_open(Html *html, const char *element, const char *const *attributes)
{
    ASSERT(html->depth < HTML_MAX_DEPTH);
    put_tag(html, element, attributes);
    html->open[html->depth++] = element;
}

void html_begin(Html *html, const char *element)
{
    html_open(html, element, NULL);
}

void html_void(Html *html, const char *element, const char *const *attributes)
{
    put_tag(html, element, attributes);
}

void html_close(Html *html)
{
    ASSERT(html->depth > 0);
    const char *element = html->open[--html->depth];
    put_text(html, "</");
    put_text(html, element);
    put_text(html, is_block(element) ? ">\n" : ">");
}

void html_element(Html *html, const char *element, const char *text)
{
    html_begin(html, element);
    html_text(html, text);
    html_close(html);
}

Bytes html_end(Html *html)
{
    ASSERT(html->depth == 0);
    return (Bytes){(const uint8_t *)html->text, html->used};
}

// ---- long texts

static void put_spans(Html *html, const ProseBlock *block)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i <= block->span_count; i++) {
        const ProseSpan *span = i < block->span_count ? &block->spans[i] : NULL;
        uint32_t until = span ? span->begin : (uint32_t)strlen(block->text);
        html_text(html, str_copy(html->arena, (Str){block->text + at, until - at}));
        if (!span)
            break;
        int before = html->depth;
        if (span->is_strong)
            html_begin(html, "strong");
        if (span->is_emphasis)
            html_begin(html, "em");
        if (span->is_code)
            html_begin(html, "code");
        html_text(html, str_copy(html->arena,
                                 (Str){block->text + span->begin, span->end - span->begin}));
        while (html->depth > before)
            html_close(html);
        at = span->end;
    }
}

static bool is_list(char container)
{
    return container != 'q';
}

// Closes what the next block is not within. A list's items are elements of their own.
static void leave(Html *html, const char *within, size_t from)
{
    for (size_t i = strlen(within); i > from; i--) {
        if (is_list(within[i - 1]))
            html_close(html); // its item
        html_close(html);
    }
}

static void enter(Html *html, const ProseBlock *block, size_t from)
{
    for (size_t i = from; block->within[i]; i++) {
        char kind = block->within[i];
        bool is_counted = kind == 'o' && block->number != 1;
        const char *start = is_counted ? str_format(html->arena, "%d", block->number) : NULL;
        HTML_OPEN(html, kind == 'q' ? "blockquote" : kind == 'o' ? "ol" : "ul", "start", start);
        if (is_list(kind))
            html_begin(html, "li");
    }
}

// How much of what `block` is within it shares with what stood before it.
static size_t shared_depth(const char *within, const ProseBlock *block)
{
    size_t same = 0;
    while (within[same] && within[same] == block->within[same])
        same++;
    return same;
}

static void put_block(Html *html, const ProseBlock *block, int *level, int least)
{
    static const char *const headings[] = {"h1", "h2", "h3", "h4", "h5", "h6"};
    switch (block->kind) {
    case PROSE_RULE:
        html_void(html, "hr", NULL);
        return;
    case PROSE_HEADING:
        *level = CLAMP(block->level + least - 1, least, MIN(*level + 1, 6));
        html_begin(html, headings[*level - 1]);
        break;
    case PROSE_CODE:
        html_begin(html, "p");
        break;
    case PROSE_PARAGRAPH:
        html_begin(html, "p");
        break;
    }
    put_spans(html, block);
    html_close(html);
}

void html_prose(Html *html, const Prose *prose, int level)
{
    const char *within = "";
    int heading = level - 1;
    for (uint32_t i = 0; i < prose->count; i++) {
        const ProseBlock *block = &prose->blocks[i];
        size_t same = shared_depth(within, block), depth = strlen(block->within);
        leave(html, within, same);
        // A new item of a list that is open already.
        size_t list = depth;
        while (list > 0 && !is_list(block->within[list - 1]))
            list--;
        if (block->is_item_begin && list > 0 && same >= list) {
            leave(html, str_copy(html->arena, (Str){within, same}), list);
            html_close(html);
            html_begin(html, "li");
            same = list;
        }
        enter(html, block, same);
        put_block(html, block, &heading, level);
        within = block->within;
    }
    leave(html, within, 0);
}

// ---- direction

const char *html_direction(const char *tag)
{
    static const char *const mirrored[] = {"ar", "arc", "ckb", "dv", "fa", "he",
                                           "ps", "sd",  "ug",  "ur", "yi"};
    static const char *const scripts[] = {"-Arab", "-Hebr", "-Thaa", "-Syrc"};
    for (size_t i = 0; i < COUNT_OF(scripts); i++)
        if (strcasestr(tag, scripts[i]))
            return "rtl";
    for (size_t i = 0; i < COUNT_OF(mirrored); i++)
        if (langtext_is_same(tag, mirrored[i]) && !strcasestr(tag, "-Latn"))
            return "rtl";
    return "ltr";
}
