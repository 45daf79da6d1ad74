// screen_prose.c: a long text, which is Markdown, as texts in columns: headings, emphasis,
// lists, quotes. Block by block: each is laid out by itself, and painted when it is seen.

#include "museum/screen_story.h"

#include "exhibits/model/prose.h"

#include <string.h>

#define POINT_WIDTH 20.0f // of an item's mark, with the air behind it
#define NUMBER_WIDTH 14.0f
#define FIGURE_WIDTH 11.0f
#define RULE_WIDTH 64.0f

// What the blocks of an item or a quote stand in.
typedef struct Level {
    char kind;
    WidgetId list, inside;
} Level;

typedef struct Prosing {
    Screens *screens;
    const ScreenProse *desc;
    Level levels[PROSE_MAX_DEPTH + 1];
    const char *within; // of the block before
    Arena *arena;
} Prosing;

// Scripts that do not slant: what is emphasised is bolder there.
static bool is_upright(const char *lang)
{
    static const char *const tags[] = {"ar", "fa", "he", "hi", "ja", "ko", "th", "ur", "zh"};
    for (size_t i = 0; i < COUNT_OF(tags); i++)
        if (lang && langtext_is_same(lang, tags[i]))
            return true;
    return false;
}

static const TextSpan *make_spans(const ProseBlock *block, const char *lang, Arena *arena)
{
    TextSpan *spans = ARENA_ARRAY(arena, TextSpan, MAX(block->span_count, 1u));
    bool is_bolder = is_upright(lang);
    for (uint32_t i = 0; i < block->span_count; i++) {
        const ProseSpan *span = &block->spans[i];
        spans[i] = (TextSpan){.begin = span->begin,
                              .end = span->end,
                              .is_italic = span->is_emphasis && !is_bolder,
                              .is_bold = span->is_strong || (span->is_emphasis && is_bolder),
                              .is_plain = span->is_code};
    }
    return spans;
}

static StyleType type_of(const ProseBlock *block)
{
    switch (block->kind) {
    case PROSE_HEADING:
        return block->level <= 2 ? STYLE_HEADING : STYLE_STRONG;
    case PROSE_CODE:
        return STYLE_SMALL;
    case PROSE_PARAGRAPH:
    case PROSE_RULE:
        break;
    }
    return STYLE_BODY;
}

// ---- columns within columns

// Beside something: as wide as that leaves.
static WidgetId add_beside(Prosing *prosing, WidgetId row, StyleSpace gap)
{
    return widget_add(prosing->screens->tree, row, &(WidgetDesc){.gap = gap, .grows = true});
}

static const char *mark_of(const ProseBlock *block, Arena *arena)
{
    if (!block->number)
        return "•";
    return hud_figures(
        str_format(arena, "%s%d.", hud_is_mirrored() ? "\u200f" : "", block->number), arena);
}

static float mark_width(const ProseBlock *block)
{
    float width = block->number ? NUMBER_WIDTH : POINT_WIDTH;
    for (int rest = block->number; rest; rest /= 10)
        width += FIGURE_WIDTH;
    return width;
}

static void begin_quote(Prosing *prosing, Level *level, WidgetId parent)
{
    Widgets *tree = prosing->screens->tree;
    WidgetId row =
        widget_add(tree, parent,
                   &(WidgetDesc){.axis = WIDGET_ROW, .gap = STYLE_APART, .look = WIDGET_ASIDE});
    (void)widget_add(tree, row, &(WidgetDesc){0});
    level->list = level->inside = add_beside(prosing, row, STYLE_NEAR);
}

static void begin_item(Prosing *prosing, Level *level, const ProseBlock *block)
{
    Widgets *tree = prosing->screens->tree;
    WidgetId row = widget_add(tree, level->list, &(WidgetDesc){.axis = WIDGET_ROW});
    (void)widget_add(tree, row,
                     &(WidgetDesc){.kind = WIDGET_TEXT,
                                   .text = mark_of(block, prosing->arena),
                                   .type = STYLE_BODY,
                                   .color = STYLE_INK_SOFT,
                                   .width = mark_width(block)});
    level->inside = add_beside(prosing, row, STYLE_CLOSE);
}

static size_t count_shared(const char *a, const char *b)
{
    size_t shared = 0;
    while (a[shared] && a[shared] == b[shared])
        shared++;
    return shared;
}

// The column that the block stands in; opens what it begins.
static WidgetId enter(Prosing *prosing, const ProseBlock *block)
{
    size_t depth = strlen(block->within), shared = count_shared(block->within, prosing->within);
    WidgetId parent = *prosing->desc->section;
    prosing->within = block->within;
    for (size_t i = 0; i < depth; i++) {
        Level *level = &prosing->levels[i];
        level->kind = block->within[i];
        if (i >= shared && level->kind == 'q')
            begin_quote(prosing, level, parent);
        else if (i >= shared)
            level->list =
                widget_add(prosing->screens->tree, parent, &(WidgetDesc){.gap = STYLE_CLOSE});
        bool is_item = level->kind != 'q';
        if (is_item && (i >= shared || (i + 1 == depth && block->is_item_begin)))
            begin_item(prosing, level, block);
        parent = level->inside;
    }
    return parent;
}

// ---- blocks

static void add_block(Prosing *prosing, const ProseBlock *block)
{
    const ScreenProse *desc = prosing->desc;
    bool begins = block->kind == PROSE_HEADING && !*block->within;
    bool is_empty = *desc->section == widgets_count(prosing->screens->tree);
    if (begins && !is_empty)
        *desc->section =
            widget_add(prosing->screens->tree, desc->page, &(WidgetDesc){.gap = STYLE_NEAR});
    WidgetId parent = enter(prosing, block);
    if (block->kind == PROSE_RULE) {
        (void)widget_add(prosing->screens->tree, parent,
                         &(WidgetDesc){.kind = WIDGET_RULE, .width = RULE_WIDTH});
        return;
    }
    bool is_quoted = strchr(block->within, 'q') != NULL;
    (void)widget_add(prosing->screens->tree, parent,
                     &(WidgetDesc){.kind = WIDGET_TEXT,
                                   .text = block->text,
                                   .lang = desc->lang,
                                   .type = type_of(block),
                                   .color = is_quoted ? STYLE_INK_SOFT : STYLE_INK,
                                   .spans = make_spans(block, desc->lang, prosing->arena),
                                   .span_count = block->span_count});
}

void screen_prose(Screens *screens, const ScreenProse *desc)
{
    Scratch scratch = scratch_begin(&screens->arena);
    Prose prose = prose_parse(desc->markdown, scratch.arena);
    Prosing prosing = {.screens = screens, .desc = desc, .within = "", .arena = scratch.arena};
    for (uint32_t i = 0; i < prose.count; i++)
        if (prose.blocks[i].kind == PROSE_RULE || *prose.blocks[i].text)
            add_block(&prosing, &prose.blocks[i]);
    scratch_end(scratch);
}
