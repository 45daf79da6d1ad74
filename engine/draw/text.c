// text.c: paragraphs of any language, laid out by Pango, painted by Cairo, as textures.

#include "draw/text.h"

#include "base/log.h"

#include <fontconfig/fontconfig.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>
#include <string.h>

enum {
    CACHE_COUNT = 1024,        // a power of two
    CACHE_KEEP_FRAMES = 240,   // about four seconds
    CACHE_MAX_BYTES = 8 << 20, // of pictures; beyond it the oldest go at once
    MEASURED_COUNT = 256,      // a power of two
};

#define LEAST_MARGIN_PX 2.0f

typedef struct CacheEntry {
    uint64_t key; // 0: free
    uint64_t last_frame;
    TextPicture picture;
} CacheEntry;

// Interfaces ask for the same sizes in every frame.
typedef struct MeasuredFlow {
    uint64_t key; // 0: free
    float size_px[2];
} MeasuredFlow;

struct Text {
    Gpu *gpu;
    PangoFontMap *fonts;
    FcConfig *config; // of font_folder; NULL: the system's
    PangoContext *context;
    cairo_t *measuring; // on a surface of nothing: its font options go into every layout
    uint64_t frame;
    size_t cache_bytes;
    CacheEntry cache[CACHE_COUNT];
    MeasuredFlow measured[MEASURED_COUNT];
};

static const char *const family_names[TEXT_FAMILY_COUNT] = {
    [TEXT_SANS] = "Inter,Noto Sans,DejaVu Sans,sans-serif",
    [TEXT_SERIF] = "EB Garamond,EB Garamond 12,Noto Serif,DejaVu Serif,serif",
};

static const PangoWeight weights[] = {
    [TEXT_REGULAR] = PANGO_WEIGHT_NORMAL,
    [TEXT_MEDIUM] = PANGO_WEIGHT_MEDIUM,
    [TEXT_SEMIBOLD] = PANGO_WEIGHT_SEMIBOLD,
    [TEXT_BOLD] = PANGO_WEIGHT_BOLD,
};

static const PangoAlignment alignments[] = {
    [TEXT_LEFT] = PANGO_ALIGN_LEFT,
    [TEXT_CENTER] = PANGO_ALIGN_CENTER,
    [TEXT_RIGHT] = PANGO_ALIGN_RIGHT,
};

// ---- fonts

NODISCARD static Status use_font_folder(Text *text, const char *folder)
{
    text->config = FcConfigCreate();
    if (!text->config || !FcConfigAppFontAddDir(text->config, (const FcChar8 *)folder))
        return FAIL(ERR_NOT_FOUND, "%s: holds no fonts", folder);
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(text->fonts), text->config);
    return OK;
}

static void set_font_options(Text *text)
{
    cairo_surface_t *nothing = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
    text->measuring = cairo_create(nothing);
    cairo_surface_destroy(nothing);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    // The picture is scaled and moved by parts of pixels: hinting would only make it uneven.
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(text->context, options);
    pango_context_set_round_glyph_positions(text->context, FALSE);
    cairo_font_options_destroy(options);
}

Status text_make(Arena *arena, Gpu *gpu, const TextDesc *desc, Text **out)
{
    Text *text = ARENA_NEW(arena, Text);
    text->gpu = gpu;
    text->fonts = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    if (desc && desc->font_folder) {
        Status status = use_font_folder(text, desc->font_folder);
        if (status) {
            text_drop(text);
            return status;
        }
    }
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(text->fonts), 72);
    text->context = pango_font_map_create_context(text->fonts);
    set_font_options(text);

    PangoFontFamily **families = NULL;
    int family_count = 0;
    pango_font_map_list_families(text->fonts, &families, &family_count);
    g_free(families);
    if (family_count == 0) {
        text_drop(text);
        return FAIL(ERR_NOT_FOUND,
                    "there is no font on this machine; fonts-inter is a good one");
    }
    *out = text;
    return OK;
}

static void forget(Text *text, CacheEntry *entry)
{
    text->cache_bytes -= (size_t)(entry->picture.width_px * entry->picture.height_px) * 4;
    gpu_drop_texture(text->gpu, entry->picture.texture);
    entry->picture = (TextPicture){0}; // the key stays: entries after it are found past it
}

void text_drop(Text *text)
{
    if (!text)
        return;
    for (size_t i = 0; i < CACHE_COUNT; i++)
        if (text->cache[i].picture.texture.id)
            forget(text, &text->cache[i]);
    if (text->measuring)
        cairo_destroy(text->measuring);
    if (text->context)
        g_object_unref(text->context);
    g_object_unref(text->fonts);
    if (text->config)
        FcConfigDestroy(text->config);
    *text = (Text){0};
}

// ---- layout

static PangoAttrList *style_attributes(const TextStyle *style, float size_px)
{
    PangoAttrList *list = pango_attr_list_new();
    if (style->tracking_em != 0)
        pango_attr_list_insert(list, pango_attr_letter_spacing_new(
                                         (int)(style->tracking_em * size_px * PANGO_SCALE)));
    float line_height = style->line_height > 0 ? style->line_height : 1.35f;
    pango_attr_list_insert(
        list, pango_attr_line_height_new_absolute((int)(line_height * size_px * PANGO_SCALE)));
    return list;
}

static void add_attribute(PangoAttrList *list, const TextSpan *span, PangoAttribute *attribute)
{
    attribute->start_index = span->begin;
    attribute->end_index = span->end;
    pango_attr_list_insert(list, attribute);
}

static void add_spans(PangoAttrList *list, const TextParagraph *paragraph)
{
    for (uint32_t i = 0; i < paragraph->span_count; i++) {
        const TextSpan *span = &paragraph->spans[i];
        if (span->is_italic)
            add_attribute(list, span, pango_attr_style_new(PANGO_STYLE_ITALIC));
        if (span->is_bold)
            add_attribute(list, span, pango_attr_weight_new(PANGO_WEIGHT_BOLD));
        if (!span->is_plain)
            continue;
        add_attribute(list, span, pango_attr_family_new(family_names[TEXT_SANS]));
        add_attribute(list, span, pango_attr_scale_new(0.9));
    }
}

static void set_language(PangoLayout *layout, PangoAttrList *list, const char *lang)
{
    if (lang && lang[0])
        pango_attr_list_insert(list, pango_attr_language_new(pango_language_from_string(lang)));
    pango_layout_set_attributes(layout, list);
    pango_attr_list_unref(list);
}

// The caller unrefs it. `inner_width_px` 0: as wide as the longest line.
static PangoLayout *lay_out(Text *text, const TextParagraph *paragraph, float inner_width_px)
{
    const TextStyle *style = &paragraph->style;
    float size_px = style->size_px > 0 ? style->size_px : 16;
    PangoLayout *layout = pango_layout_new(text->context);
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family_static(font, family_names[style->family]);
    pango_font_description_set_absolute_size(font, size_px * PANGO_SCALE);
    pango_font_description_set_weight(font, weights[style->weight]);
    pango_font_description_set_style(font, style->is_italic ? PANGO_STYLE_ITALIC
                                                            : PANGO_STYLE_NORMAL);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    PangoAttrList *attributes = style_attributes(style, size_px);
    add_spans(attributes, paragraph);
    set_language(layout, attributes, paragraph->lang);
    pango_layout_set_alignment(layout, alignments[style->align]);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    if (inner_width_px > 0)
        pango_layout_set_width(layout, (int)(inner_width_px * PANGO_SCALE));
    if (paragraph->max_lines > 0) {
        pango_layout_set_height(layout, -paragraph->max_lines);
        pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    }
    pango_layout_set_text(layout, paragraph->text, -1);
    return layout;
}

static float flow_margin(const TextFlow *flow)
{
    return MAX(flow->margin_px, LEAST_MARGIN_PX);
}

static float inner_width(const TextFlow *flow)
{
    return flow->width_px > 0 ? MAX(flow->width_px - 2 * flow_margin(flow), 1.0f) : 0;
}

// The paragraph's logical size; cairo NULL: without painting it.
static void place_paragraph(Text *text, const TextParagraph *paragraph, float width_px,
                            cairo_t *cairo, float y, float size[2])
{
    PangoLayout *layout = lay_out(text, paragraph, width_px);
    PangoRectangle logical;
    pango_layout_get_extents(layout, NULL, &logical);
    if (cairo) {
        const TextStyle *style = &paragraph->style;
        float opacity = style->opacity > 0 ? style->opacity : 1;
        if (style->has_color)
            cairo_set_source_rgba(cairo, style->color[0], style->color[1], style->color[2],
                                  opacity);
        else
            cairo_set_source_rgba(cairo, 1, 1, 1, opacity);
        cairo_move_to(cairo, 0, y);
        pango_cairo_show_layout(cairo, layout);
    }
    size[0] = (float)(logical.x + logical.width) / PANGO_SCALE;
    size[1] = (float)(logical.y + logical.height) / PANGO_SCALE;
    g_object_unref(layout);
}

// Goes through the paragraphs from above to below; gives the size of all of them.
static void walk_flow(Text *text, const TextFlow *flow, float width_px, cairo_t *cairo,
                      float *widest, float *height)
{
    *widest = 0;
    *height = 0;
    bool is_first = true;
    for (uint32_t i = 0; i < flow->count; i++) {
        const TextParagraph *paragraph = &flow->paragraphs[i];
        if (!paragraph->text || !paragraph->text[0])
            continue;
        if (!is_first)
            *height += paragraph->space_before_px;
        is_first = false;
        float size[2];
        place_paragraph(text, paragraph, width_px, cairo, *height, size);
        *widest = MAX(*widest, size[0]);
        *height += size[1];
    }
}

static void measure(Text *text, const TextFlow *flow, float *width_px, float *height_px)
{
    float widest, height;
    walk_flow(text, flow, inner_width(flow), NULL, &widest, &height);
    float margins = 2 * flow_margin(flow);
    // Breaking lines, Pango counts the space after the last letter too: a pixel for that.
    *width_px = ceilf(flow->width_px > 0 ? flow->width_px : widest + 1 + margins);
    *height_px = ceilf(MAX(height + margins, flow->min_height_px));
}

uint32_t text_count_unknown(Text *text, const TextFlow *flow)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < flow->count; i++) {
        if (!flow->paragraphs[i].text)
            continue;
        PangoLayout *layout = lay_out(text, &flow->paragraphs[i], inner_width(flow));
        count += (uint32_t)pango_layout_get_unknown_glyphs_count(layout);
        g_object_unref(layout);
    }
    return count;
}

// ---- painting

// Cairo has whole 32-bit numbers, alpha highest; textures have bytes, red first.
static void swizzle(uint8_t *pixels, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t argb;
        memcpy(&argb, pixels + 4 * i, 4);
        pixels[4 * i + 0] = (uint8_t)(argb >> 16);
        pixels[4 * i + 1] = (uint8_t)(argb >> 8);
        pixels[4 * i + 2] = (uint8_t)argb;
        pixels[4 * i + 3] = (uint8_t)(argb >> 24);
    }
}

static void paint_flow(Text *text, const TextFlow *flow, int width, int height, uint8_t *pixels)
{
    cairo_surface_t *surface = cairo_image_surface_create_for_data(pixels, CAIRO_FORMAT_ARGB32,
                                                                   width, height, width * 4);
    cairo_t *cairo = cairo_create(surface);
    if (flow->has_background) {
        cairo_set_source_rgb(cairo, flow->background[0], flow->background[1],
                             flow->background[2]);
        cairo_paint(cairo);
    }
    float margin = flow_margin(flow), widest, painted;
    cairo_translate(cairo, margin, margin);
    // Without a width of its own the flow is laid out in the width it came out at, so that
    // centred paragraphs have something to be centred in.
    walk_flow(text, flow, (float)width - 2 * margin, cairo, &widest, &painted);
    cairo_destroy(cairo);
    cairo_surface_flush(surface);
    cairo_surface_destroy(surface);
    swizzle(pixels, (size_t)width * (size_t)height);
}

Status text_paint(Text *text, const TextFlow *flow, TextPicture *out)
{
    float width_px, height_px;
    measure(text, flow, &width_px, &height_px);
    float largest = (float)MIN(gpu_info(text->gpu).max_texture_size, 16384);
    if (!(width_px >= 1 && height_px >= 1 && width_px <= largest && height_px <= largest))
        return FAIL(ERR_LIMIT, "a text would be %.0f x %.0f pixels large; the limit is %.0f",
                    (double)width_px, (double)height_px, (double)largest);

    int width = (int)width_px, height = (int)height_px;
    Scratch scratch = scratch_begin(NULL);
    // Cairo writes whole pixels: where they do not begin at one, colours run into each other.
    uint32_t *pixels = ARENA_ARRAY(scratch.arena, uint32_t, (size_t)width * (size_t)height);
    paint_flow(text, flow, width, height, (uint8_t *)pixels);
    GpuTexture texture =
        gpu_make_texture(text->gpu, &(GpuTextureDesc){
                                        .format = GPU_RGBA8,
                                        .width = width,
                                        .height = height,
                                        .level_count = flow->has_levels ? -1 : 1,
                                        .anisotropy = flow->has_levels ? 4.0f : 0.0f,
                                        .pixels = pixels,
                                        .label = "text",
                                    });
    scratch_end(scratch);
    if (!texture.id)
        return ERR_DEVICE; // the fault is gpu_make_texture's
    *out = (TextPicture){texture, width_px, height_px, flow_margin(flow)};
    return OK;
}

// ---- the cache

// FNV-1a, 64 bits (Fowler, Noll, Vo).
static uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t size)
{
    const uint8_t *byte = bytes;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ byte[i]) * 0x100000001b3u;
    return hash;
}

static uint64_t hash_text(uint64_t hash, const char *text)
{
    return text ? hash_bytes(hash, text, strlen(text) + 1) : hash_bytes(hash, "\xff", 1);
}

static uint64_t hash_style(uint64_t hash, const TextStyle *style)
{
    const float numbers[] = {
        (float)style->family,    style->size_px,      (float)style->weight,
        (float)style->is_italic, (float)style->align, style->line_height,
        style->tracking_em,      style->opacity,      (float)style->has_color,
        style->color[0],         style->color[1],     style->color[2],
    };
    return hash_bytes(hash, numbers, sizeof numbers);
}

static uint64_t hash_spans(uint64_t hash, const TextParagraph *paragraph)
{
    for (uint32_t i = 0; i < paragraph->span_count; i++) {
        const TextSpan *span = &paragraph->spans[i];
        const uint32_t numbers[] = {span->begin, span->end, span->is_italic, span->is_bold,
                                    span->is_plain};
        hash = hash_bytes(hash, numbers, sizeof numbers);
    }
    return hash;
}

static uint64_t hash_flow(const TextFlow *flow)
{
    const float numbers[] = {
        (float)flow->count,  flow->width_px,          flow->min_height_px,
        flow->margin_px,     (float)flow->has_levels, (float)flow->has_background,
        flow->background[0], flow->background[1],     flow->background[2],
    };
    uint64_t hash = hash_bytes(0xcbf29ce484222325u, numbers, sizeof numbers);
    for (uint32_t i = 0; i < flow->count; i++) {
        const TextParagraph *paragraph = &flow->paragraphs[i];
        hash = hash_text(hash, paragraph->text);
        hash = hash_text(hash, paragraph->lang);
        hash = hash_style(hash, &paragraph->style);
        const float more[] = {paragraph->space_before_px, (float)paragraph->max_lines};
        hash = hash_bytes(hash, more, sizeof more);
        hash = hash_spans(hash, paragraph);
    }
    return hash ? hash : 1;
}

void text_measure(Text *text, const TextFlow *flow, float *width_px, float *height_px)
{
    uint64_t key = hash_flow(flow);
    MeasuredFlow *known = &text->measured[key & (MEASURED_COUNT - 1)];
    if (known->key != key) {
        known->key = key;
        measure(text, flow, &known->size_px[0], &known->size_px[1]);
    }
    *width_px = known->size_px[0];
    *height_px = known->size_px[1];
}

// The entry of `key`, or the one it may take; NULL when the table is full of pictures in use.
static CacheEntry *find_entry(Text *text, uint64_t key)
{
    CacheEntry *vacant = NULL;
    for (size_t i = 0; i < CACHE_COUNT; i++) {
        CacheEntry *entry = &text->cache[(key + i) & (CACHE_COUNT - 1)];
        if (entry->key == key && entry->picture.texture.id)
            return entry;
        if (!vacant && !entry->picture.texture.id)
            vacant = entry;
        if (entry->key == 0)
            break;
    }
    return vacant;
}

TextPicture text_cached(Text *text, const TextFlow *flow)
{
    uint64_t key = hash_flow(flow);
    CacheEntry *entry = find_entry(text, key);
    if (entry && entry->key == key && entry->picture.texture.id) {
        entry->last_frame = text->frame;
        return entry->picture;
    }
    TextPicture picture = {0};
    if (!entry || text_paint(text, flow, &picture) != OK) {
        if (entry)
            log_fault(LOG_WARN, "text");
        return (TextPicture){0};
    }
    *entry = (CacheEntry){key, text->frame, picture};
    text->cache_bytes += (size_t)(picture.width_px * picture.height_px) * 4;
    return picture;
}

void text_end_frame(Text *text)
{
    bool is_over = text->cache_bytes > CACHE_MAX_BYTES;
    uint64_t keep = is_over ? 1 : CACHE_KEEP_FRAMES;
    bool has_any = false;
    for (size_t i = 0; i < CACHE_COUNT; i++) {
        CacheEntry *entry = &text->cache[i];
        if (entry->picture.texture.id && text->frame - entry->last_frame >= keep)
            forget(text, entry);
        has_any |= entry->picture.texture.id != 0;
    }
    if (!has_any) // keys of the dead would make every search long
        memset(text->cache, 0, sizeof text->cache);
    text->frame++;
}
