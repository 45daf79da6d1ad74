// prose.c: a long text of a story, which is Markdown (CommonMark), as blocks to be laid out.

#include "exhibits/model/prose.h"

#include "data/langtext.h"

#include <cmark.h>
#include <string.h>

#define LINE_END "\u2028"

enum { MAX_BLOCKS = 16384, MAX_SPANS = 16384 };

// Reads the tree from its first node to its last.
typedef struct Reader {
    Arena *arena;
    ProseBlock *blocks;
    uint32_t count, most;
    char within[PROSE_MAX_DEPTH + 1];
    int depth; // of quotes and lists; may be more than PROSE_MAX_DEPTH
    int numbers[PROSE_MAX_DEPTH];
    bool is_item_begin;
    // the block that is written
    char *text;
    size_t used, room;
    ProseSpan *spans;
    uint32_t span_count, span_room;
    int emphasis, strong; // how often it is begun
} Reader;

static void begin_block(Reader *reader)
{
    reader->used = 0;
    reader->span_count = 0;
}

static void reserve(Reader *reader, size_t more)
{
    if (reader->used + more <= reader->room)
        return;
    size_t room = MAX(reader->room * 2, reader->used + more + 256);
    char *text = arena_alloc_raw(reader->arena, room, 1);
    if (reader->used)
        memcpy(text, reader->text, reader->used);
    reader->text = text;
    reader->room = room;
}

static void add_span(Reader *reader, size_t begin, bool is_code)
{
    ProseSpan span = {(uint32_t)begin, (uint32_t)reader->used, reader->emphasis > 0,
                      reader->strong > 0, is_code};
    if (!span.is_emphasis && !span.is_strong && !is_code)
        return;
    ProseSpan *last = reader->span_count ? &reader->spans[reader->span_count - 1] : NULL;
    if (last && last->end == span.begin && last->is_emphasis == span.is_emphasis &&
        last->is_strong == span.is_strong && last->is_code == span.is_code) {
        last->end = span.end;
        return;
    }
    if (reader->span_count == MAX_SPANS)
        return;
    if (reader->span_count == reader->span_room) {
        uint32_t room = MAX(reader->span_room * 2, 16u);
        ProseSpan *spans = ARENA_ARRAY(reader->arena, ProseSpan, room);
        if (reader->span_count)
            memcpy(spans, reader->spans, reader->span_count * sizeof *spans);
        reader->spans = spans;
        reader->span_room = room;
    }
    reader->spans[reader->span_count++] = span;
}

static void add_text(Reader *reader, const char *text, bool is_code)
{
    if (!text || !*text)
        return;
    size_t begin = reader->used, len = strlen(text);
    reserve(reader, len + 1);
    memcpy(reader->text + reader->used, text, len);
    reader->used += len;
    add_span(reader, begin, is_code);
}

// What entities may have brought back is taken away; lines end as a layout wants them.
static void add_clean(Reader *reader, const char *text, bool is_code)
{
    if (!text)
        return;
    const char *clean = langtext_strip(reader->arena, str_of(text));
    for (size_t line = strcspn(clean, "\n"); clean[line]; line = strcspn(clean, "\n")) {
        add_text(reader, str_copy(reader->arena, (Str){clean, line}), is_code);
        if (clean[line + 1])
            add_text(reader, LINE_END, is_code);
        clean += line + 1;
    }
    add_text(reader, clean, is_code);
}

static void end_block(Reader *reader, ProseBlock block)
{
    if (reader->count == reader->most || (reader->used == 0 && block.kind != PROSE_RULE))
        return;
    int depth = MIN(reader->depth, PROSE_MAX_DEPTH);
    block.within = str_copy(reader->arena, (Str){reader->within, (size_t)depth});
    block.is_item_begin = reader->is_item_begin;
    for (int i = depth - 1; block.is_item_begin && i >= 0; i--) {
        block.number = reader->numbers[i];
        if (block.within[i] != 'q') // the innermost list's
            break;
    }
    reader->is_item_begin = false;
    block.text = str_copy(reader->arena, (Str){reader->text, reader->used});
    block.span_count = reader->span_count;
    ProseSpan *spans = ARENA_ARRAY(reader->arena, ProseSpan, MAX(reader->span_count, 1u));
    if (reader->span_count)
        memcpy(spans, reader->spans, reader->span_count * sizeof *spans);
    block.spans = spans;
    reader->blocks[reader->count++] = block;
    begin_block(reader);
}

// ---- containers

static void enter(Reader *reader, char kind, int number)
{
    if (reader->depth < PROSE_MAX_DEPTH) {
        reader->within[reader->depth] = kind;
        reader->numbers[reader->depth] = number;
    }
    reader->depth++;
}

static void end_item(Reader *reader)
{
    if (reader->depth <= PROSE_MAX_DEPTH && reader->numbers[reader->depth - 1] > 0)
        reader->numbers[reader->depth - 1]++;
    reader->is_item_begin = false;
}

static bool is_ordered(cmark_node *node)
{
    return cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
}

static void visit_container(Reader *reader, cmark_node *node, bool is_entered)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_BLOCK_QUOTE:
        if (is_entered)
            enter(reader, 'q', 0);
        else
            reader->depth--;
        break;
    case CMARK_NODE_LIST:
        if (is_entered)
            enter(reader, is_ordered(node) ? 'o' : 'u',
                  is_ordered(node) ? MAX(cmark_node_get_list_start(node), 1) : 0);
        else
            reader->depth--;
        break;
    case CMARK_NODE_ITEM:
        if (is_entered)
            reader->is_item_begin = true;
        else
            end_item(reader);
        break;
    default:
        break;
    }
}

// ---- leaves

// " (https://...)" behind a link's text that does not say where it leads.
static void end_link(Reader *reader, cmark_node *node)
{
    const char *url = cmark_node_get_url(node);
    if (!url || (strncmp(url, "https://", 8) && strncmp(url, "http://", 7)))
        return;
    size_t len = strlen(url);
    if (reader->used >= len && !memcmp(reader->text + reader->used - len, url, len))
        return;
    add_text(reader, " (", false);
    add_clean(reader, url, false);
    add_text(reader, ")", false);
}

// Japanese and Chinese have no blanks: a line that ends in them goes on without one.
static bool ends_in_cjk(const Reader *reader)
{
    if (reader->used < 3)
        return false;
    const uint8_t *last = (const uint8_t *)reader->text + reader->used - 3;
    if ((last[0] & 0xf0) != 0xe0)
        return false;
    uint32_t letter = (last[0] & 0x0fu) << 12 | (last[1] & 0x3fu) << 6 | (last[2] & 0x3fu);
    return (letter >= 0x2e80 && letter < 0xa000) || (letter >= 0xff00 && letter < 0xfff0);
}

static void visit_inline(Reader *reader, cmark_node *node, bool is_entered)
{
    int step = is_entered ? 1 : -1;
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_EMPH:
        reader->emphasis += step;
        break;
    case CMARK_NODE_STRONG:
        reader->strong += step;
        break;
    case CMARK_NODE_LINK:
        if (!is_entered)
            end_link(reader, node);
        break;
    case CMARK_NODE_CODE:
        add_clean(reader, cmark_node_get_literal(node), true);
        break;
    case CMARK_NODE_TEXT:
    case CMARK_NODE_HTML_INLINE: // no markup: it stays as it was written
        add_clean(reader, cmark_node_get_literal(node), false);
        break;
    case CMARK_NODE_SOFTBREAK:
        add_text(reader, ends_in_cjk(reader) ? "" : " ", false);
        break;
    case CMARK_NODE_LINEBREAK:
        add_text(reader, LINE_END, false);
        break;
    default:
        break;
    }
}

static void visit_block(Reader *reader, cmark_node *node, bool is_entered)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_PARAGRAPH:
        if (!is_entered)
            end_block(reader, (ProseBlock){.kind = PROSE_PARAGRAPH});
        break;
    case CMARK_NODE_HEADING:
        if (!is_entered)
            end_block(reader, (ProseBlock){.kind = PROSE_HEADING,
                                           .level = cmark_node_get_heading_level(node)});
        break;
    case CMARK_NODE_HTML_BLOCK:
        add_clean(reader, cmark_node_get_literal(node), false);
        end_block(reader, (ProseBlock){.kind = PROSE_PARAGRAPH});
        break;
    case CMARK_NODE_CODE_BLOCK:
        add_clean(reader, cmark_node_get_literal(node), true);
        end_block(reader, (ProseBlock){.kind = PROSE_CODE});
        break;
    case CMARK_NODE_THEMATIC_BREAK:
        end_block(reader, (ProseBlock){.kind = PROSE_RULE});
        break;
    default:
        visit_container(reader, node, is_entered);
        visit_inline(reader, node, is_entered);
    }
}

Prose prose_parse(const char *markdown, Arena *arena)
{
    Scratch scratch = scratch_begin(arena);
    size_t len = strlen(markdown);
    Reader reader = {.arena = scratch.arena, .most = (uint32_t)MIN(len + 1, MAX_BLOCKS)};
    reader.blocks = ARENA_ARRAY(scratch.arena, ProseBlock, reader.most);
    reserve(&reader, 1);
    cmark_node *root = cmark_parse_document(markdown, len, CMARK_OPT_DEFAULT);
    cmark_iter *iter = cmark_iter_new(root);
    for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;)
        visit_block(&reader, cmark_iter_get_node(iter), event == CMARK_EVENT_ENTER);
    cmark_iter_free(iter);
    cmark_node_free(root);

    Prose prose = {reader.count, ARENA_ARRAY(arena, ProseBlock, MAX(reader.count, 1u))};
    for (uint32_t i = 0; i < reader.count; i++) {
        ProseBlock block = reader.blocks[i];
        ProseSpan *spans = ARENA_ARRAY(arena, ProseSpan, MAX(block.span_count, 1u));
        memcpy(spans, block.spans, block.span_count * sizeof *spans);
        block.spans = spans;
        block.text = arena_copy_text(arena, block.text);
        block.within = arena_copy_text(arena, block.within);
        prose.blocks[i] = block;
    }
    scratch_end(scratch);
    return prose;
}

const char *prose_plain(const Prose *prose, Arena *arena)
{
    size_t len = 1;
    for (uint32_t i = 0; i < prose->count; i++)
        len += strlen(prose->blocks[i].text) + 1;
    char *text = arena_alloc_raw(arena, len, 1), *at = text;
    for (uint32_t i = 0; i < prose->count; i++) {
        if (!*prose->blocks[i].text)
            continue;
        if (at > text)
            *at++ = '\n';
        at = stpcpy(at, prose->blocks[i].text);
    }
    *at = 0;
    return text;
}
