// widget.c: the controls of a screen as a tree; how it is built and changed.

#include "draw/widget_parts.h"

#include <string.h>

enum { TEXT_GRAIN = 64 };

Widgets *widgets_make(Arena *arena)
{
    Widgets *tree = ARENA_NEW(arena, Widgets);
    tree->arena = arena;
    tree->is_dirty = true;
    (void)ARENA_PUSH(arena, tree->nodes, tree->count, tree->capacity); // nobody
    tree->count = 0;
    (void)widget_add(tree, 0, &(WidgetDesc){.axis = WIDGET_STACK, .pad = STYLE_WIDE});
    return tree;
}

static const char *keep(Widgets *tree, const char *text)
{
    return text ? arena_copy_text(tree->arena, text) : NULL;
}

static void copy_options(Widgets *tree, WidgetDesc *desc)
{
    const char **kept = ARENA_ARRAY(tree->arena, const char *, (size_t)desc->option_count + 1);
    for (uint32_t i = 0; i < desc->option_count; i++)
        kept[i] = keep(tree, desc->options[i]);
    desc->options = kept;
}

static WidgetId append(Widgets *tree, WidgetId parent, const WidgetDesc *desc)
{
    uint32_t slots = tree->count + 1; // with nobody's
    Widget *node = ARENA_PUSH(tree->arena, tree->nodes, slots, tree->capacity);
    WidgetId id = ++tree->count;
    *node = (Widget){.desc = *desc,
                     .parent = parent,
                     .value = desc->value,
                     .options_px = -1,
                     .text = {.natural = {-1}, .width = -1},
                     .note = {.natural = {-1}, .width = -1}};
    node->desc.name = keep(tree, desc->name);
    node->desc.text = keep(tree, desc->text);
    node->desc.note = keep(tree, desc->note);
    node->desc.said = keep(tree, desc->said);
    node->desc.lang = keep(tree, desc->lang);
    if (desc->span_count > 0)
        node->desc.spans =
            arena_copy(tree->arena, desc->spans, desc->span_count * sizeof *desc->spans,
                       _Alignof(TextSpan));
    copy_options(tree, &node->desc);
    if (desc->kind == WIDGET_FIELD) {
        node->typed = ARENA_ARRAY(tree->arena, char, FIELD_MAX_BYTES);
        node->desc.text = node->typed;
    }
    if (parent) {
        Widget *holder = widget_at(tree, parent);
        if (holder->last)
            widget_at(tree, holder->last)->next = id;
        else
            holder->first = id;
        holder->last = id;
    }
    tree->is_dirty = true;
    return id;
}

// The tabs stand in a row before all pages.
static WidgetId tabs_row(Widgets *tree, WidgetId tabs)
{
    const Widget *holder = widget_at(tree, tabs);
    if (holder->first)
        return holder->first;
    return append(tree, tabs, &(WidgetDesc){.axis = WIDGET_FLOW, .gap = STYLE_TINY});
}

// Beside the row of tabs.
static uint32_t count_pages(const Widgets *tree, WidgetId tabs)
{
    uint32_t count = 0;
    for (WidgetId id = widget_at(tree, tabs)->first; id; id = widget_at(tree, id)->next)
        count++;
    return count ? count - 1 : 0;
}

static void show_page(Widgets *tree, WidgetId tabs)
{
    uint32_t chosen = (uint32_t)widget_at(tree, tabs)->value, at = 0;
    WidgetId row = widget_at(tree, tabs)->first;
    WidgetId tab = row ? widget_at(tree, row)->first : 0;
    for (WidgetId page = row ? widget_at(tree, row)->next : 0; page;
         page = widget_at(tree, page)->next, at++) {
        widget_at(tree, page)->desc.is_hidden = at != chosen;
        widget_at(tree, tab)->value = at == chosen;
        tab = widget_at(tree, tab)->next;
    }
}

static WidgetId add_page(Widgets *tree, WidgetId tabs, const WidgetDesc *desc)
{
    WidgetId row = tabs_row(tree, tabs);
    (void)append(tree, row,
                 &(WidgetDesc){.kind = WIDGET_TAB,
                               .name = desc->name,
                               .text = desc->text,
                               .value = (float)count_pages(tree, tabs)});
    WidgetDesc page = *desc;
    page.name = page.text = NULL;
    WidgetId id = append(tree, tabs, &page);
    show_page(tree, tabs);
    return id;
}

WidgetId widget_add(Widgets *tree, WidgetId parent, const WidgetDesc *desc)
{
    ASSERT(!desc->name || !widget_find(tree, desc->name));
    if (parent && widget_at(tree, parent)->desc.kind == WIDGET_TABS)
        return add_page(tree, parent, desc);
    return append(tree, parent, desc);
}

// ---- what changes

static bool is_same(const char *a, const char *b)
{
    return !strcmp(a ? a : "", b ? b : "");
}

// Texts that change are written over: each has room for what it held at its longest.
static void change(Widgets *tree, const char **text, WidgetMeasure *measure, const char *wanted)
{
    if (is_same(*text, wanted))
        return;
    size_t bytes = strlen(wanted ? wanted : "") + 1;
    if (bytes > measure->room_bytes) {
        measure->room_bytes = (bytes + TEXT_GRAIN) & ~(size_t)(TEXT_GRAIN - 1);
        measure->room = ARENA_ARRAY(tree->arena, char, measure->room_bytes);
    }
    memcpy(measure->room, wanted ? wanted : "", bytes);
    *text = measure->room;
    measure->natural[0] = measure->width = -1;
    tree->is_dirty = true;
}

void widget_set_text(Widgets *tree, WidgetId id, const char *text)
{
    Widget *node = widget_at(tree, id);
    if (!node->typed) {
        change(tree, &node->desc.text, &node->text, text);
        return;
    }
    if (is_same(node->typed, text))
        return;
    size_t length = MIN(strlen(text), (size_t)FIELD_MAX_BYTES - 1);
    memcpy(node->typed, text, length);
    node->typed[length] = 0;
    node->typed[utf8_valid_bytes(str_of(node->typed))] = 0;
    node->text.natural[0] = node->text.width = -1;
    tree->is_dirty = true;
}

void widget_set_note(Widgets *tree, WidgetId id, const char *note)
{
    Widget *node = widget_at(tree, id);
    change(tree, &node->desc.note, &node->note, note);
}

void widget_set_value(Widgets *tree, WidgetId id, float value)
{
    Widget *node = widget_at(tree, id);
    if (node->value == value)
        return;
    node->value = value;
    if (node->desc.kind != WIDGET_TABS)
        return;
    show_page(tree, id);
    tree->is_dirty = true;
}

void widget_set_hidden(Widgets *tree, WidgetId id, bool is_hidden)
{
    Widget *node = widget_at(tree, id);
    if (node->desc.is_hidden == is_hidden)
        return;
    node->desc.is_hidden = is_hidden;
    tree->is_dirty = true;
}

void widget_set_picture(Widgets *tree, WidgetId id, GpuTexture picture, float aspect)
{
    widget_at(tree, id)->desc.picture = picture;
    widget_at(tree, id)->picture_aspect = aspect;
}

// ---- questions

WidgetId widget_find(const Widgets *tree, const char *name)
{
    for (WidgetId id = 1; id <= tree->count; id++) {
        const char *own = tree->nodes[id].desc.name;
        if (own && !strcmp(own, name))
            return id;
    }
    return 0;
}

const char *widget_name(const Widgets *tree, WidgetId id)
{
    const char *name = id ? widget_at(tree, id)->desc.name : NULL;
    return name ? name : "";
}

const char *widget_text(const Widgets *tree, WidgetId id)
{
    const char *text = widget_at(tree, id)->desc.text;
    return text ? text : "";
}

float widget_value(const Widgets *tree, WidgetId id)
{
    return widget_at(tree, id)->value;
}

uint32_t widgets_count(const Widgets *tree)
{
    return tree->count;
}

uint32_t widgets_layout_count(const Widgets *tree)
{
    return tree->layout_count;
}
