// hud_prose.c: a long text, which is Markdown, in a column.

#include "museum/hud_prose.h"

#include "data/langtext.h"
#include "exhibits/model/prose.h"
#include "museum/hud_words.h"

#include <string.h>

#define BETWEEN 16.0f // paragraphs
#define BETWEEN_ITEMS 8.0f
#define INDENT 24.0f
#define QUOTE_LINE 2.0f
#define RULE_WIDTH 64.0f

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

static UiType block_type(const ProseBlock *block)
{
    switch (block->kind) {
    case PROSE_HEADING:
        return block->level <= 2 ? UI_HEADING : UI_TEXT;
    case PROSE_CODE:
        return UI_SMALL;
    case PROSE_PARAGRAPH:
    case PROSE_RULE:
        break;
    }
    return UI_BODY;
}

// A point or number before an item, where its first line begins.
static void draw_mark(Ui *ui, const ProseBlock *block, float x, float y, Arena *arena)
{
    const char *number =
        block->number
            ? hud_figures(
                  str_format(arena, "%s%d.", hud_is_mirrored() ? "\u200f" : "", block->number),
                  arena)
            : "•";
    UiTextDesc desc = {.text = number, .type = UI_BODY, .color = UI_INK_SOFT};
    UiRect size = ui_measure(ui, &desc);
    ui_text(ui, x + MAX(INDENT - size.width - 8, 0), y, &desc);
}

// Lines down the sides of quotes, as high as the block and what is above it in the same quote.
static void draw_quotes(Ui *ui, const ProseBlock *block, const ProseBlock *above, float x,
                        float from, float y, float height)
{
    for (size_t i = 0; block->within[i]; i++) {
        bool goes_on = above && !strncmp(above->within, block->within, i + 1);
        float top = goes_on ? from : y, line[4];
        if (block->within[i] != 'q')
            continue;
        ui_color(ui, UI_ACCENT, 0.5f, line);
        ui_box(ui, (UiRect){x + INDENT * (float)i + 4, top, QUOTE_LINE, y + height - top}, line,
               0);
    }
}

static float space_before(const ProseBlock *block, const ProseBlock *above)
{
    if (block->kind == PROSE_HEADING)
        return 1.6f * BETWEEN;
    bool is_list = block->is_item_begin && above && *above->within;
    return is_list ? BETWEEN_ITEMS : BETWEEN;
}

float hud_write_prose(Ui *ui, const HudProse *desc)
{
    Scratch scratch = scratch_begin(NULL);
    Prose prose = prose_parse(desc->markdown, scratch.arena);
    float y = desc->y;
    for (uint32_t i = 0; i < prose.count; i++) {
        const ProseBlock *block = &prose.blocks[i], *above = i ? block - 1 : NULL;
        float indent = INDENT * (float)strlen(block->within), from = y;
        y += above ? space_before(block, above) : desc->before;
        if (block->kind == PROSE_RULE) {
            ui_line(ui, desc->x + indent, y, RULE_WIDTH, false, UI_LINE);
            y += 1;
            continue;
        }
        UiTextDesc text = {.text = block->text,
                           .lang = desc->lang,
                           .type = block_type(block),
                           .color = strchr(block->within, 'q') ? UI_INK_SOFT : UI_INK,
                           .width = MAX(desc->width - indent, 4 * INDENT),
                           .spans = make_spans(block, desc->lang, scratch.arena),
                           .span_count = block->span_count};
        float height = ui_text(ui, desc->x + indent, y, &text).height;
        if (block->is_item_begin)
            draw_mark(ui, block, desc->x + indent - INDENT, y, scratch.arena);
        draw_quotes(ui, block, above, desc->x, from, y, height);
        y += height;
    }
    scratch_end(scratch);
    return y;
}
