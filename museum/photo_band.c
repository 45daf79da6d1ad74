// photo_band.c: what is written over a photograph (lines that were measured, things laid
// beside) and below it: title, thanks, scale.

#include "museum/photo_band.h"

#include "museum/hud_words.h"
#include "museum/museum_parts.h"

#include <math.h>
#include <string.h>

#define EDGE 28.0f // units around what is written
#define LEFT 0.62f // of the width is for texts
#define BAR_HEIGHT 8.0f

enum { MOST_NAMED = 6 }; // pieces of a room

const Exhibit *photo_shown(const Museum *m)
{
    int32_t index = visitor_is_close(&m->visitor) ? m->close : m->focus;
    return index >= 0 ? &m->collection.exhibits[index] : NULL;
}

const char *photo_room(const Museum *m)
{
    const double *spot = m->visitor.spot;
    int32_t room =
        plan_find_room(&m->collection.plan, (float[2]){(float)spot[0], (float)spot[1]});
    return room < 0 ? "" : langtext_find(&m->collection.plan.rooms[room].title, m->language);
}

// ---- below

typedef struct Band {
    Museum *m;
    float x, width, y;
    bool is_measured;
} Band;

static void add_text(Band *band, const char *text, const char *lang, UiType type, UiColor color,
                     float before)
{
    if (!*text)
        return;
    UiTextDesc desc = {.text = text, .lang = lang, .type = type, .color = color};
    if (ui_measure(band->m->ui, &desc).width > band->width)
        desc.width = band->width; // else it begins where the others do, in any script
    band->y += before;
    band->y += band->is_measured ? ui_measure(band->m->ui, &desc).height
                                 : ui_text(band->m->ui, band->x, band->y, &desc).height;
}

static void add_piece(Band *band, const Exhibit *exhibit, bool is_alone, Arena *arena)
{
    const char *language = band->m->language;
    const char *lang = langtext_tag(&exhibit->record.title, language);
    add_text(band, exhibit_title(exhibit, language), lang, is_alone ? UI_HEADING : UI_TEXT,
             UI_INK, is_alone ? 0 : 8);
    if (is_alone)
        add_text(band, exhibit_caption(exhibit, language, arena), lang, UI_SMALL, UI_INK_SOFT,
                 4);
    add_text(band, exhibit_rights(exhibit, language, arena), lang, UI_SMALL, UI_INK_SOFT,
             is_alone ? 8 : 2);
}

// All whom one has to thank: every piece that is in the picture of a room.
static void add_room(Band *band, Arena *arena)
{
    Museum *m = band->m;
    uint32_t count = 0;
    add_text(band, photo_room(m), NULL, UI_HEADING, UI_INK, 0);
    for (uint32_t i = 0; i < m->collection.exhibit_count && count < MOST_NAMED; i++) {
        const Exhibit *exhibit = &m->collection.exhibits[i];
        if (exhibit->place == PLAN_NONE || !rooms_sees(&m->house, exhibit->room) ||
            !view_sees_sphere(&m->photo.whole, exhibit->center, exhibit->radius_m))
            continue;
        add_piece(band, exhibit, false, arena);
        count++;
    }
}

uint32_t photo_records(const Museum *m, const Record *records[2])
{
    const Exhibit *shown = photo_shown(m);
    uint32_t count = 0;
    for (int i = 0; i < 2 && m->compare.is_on; i++)
        records[count++] = &m->collection.exhibits[m->compare.halves[i].exhibit].record;
    if (!count && shown)
        records[count++] = &shown->record;
    return count;
}

static float add_texts(Museum *m, float top, bool is_measured)
{
    Scratch scratch = scratch_begin(NULL);
    UiRect screen = ui_screen(m->ui);
    Band band = {.m = m,
                 .x = EDGE,
                 .width = (screen.width - 2 * EDGE) * LEFT,
                 .y = top,
                 .is_measured = is_measured};
    if (visitor_is_close(&m->visitor) && photo_shown(m))
        add_piece(&band, photo_shown(m), true, scratch.arena);
    else
        add_room(&band, scratch.arena);
    scratch_end(scratch);
    return band.y - top;
}

// Of a comparison: each piece below its half.
static float add_half_texts(Museum *m, int half, float top, bool is_measured)
{
    Scratch scratch = scratch_begin(NULL);
    float middle = ui_screen(m->ui).width / 2;
    Band band = {.m = m,
                 .x = EDGE + ((half == 1) != hud_is_mirrored() ? middle : 0),
                 .width = middle - 2 * EDGE,
                 .y = top,
                 .is_measured = is_measured};
    add_piece(&band, &m->collection.exhibits[m->compare.halves[half].exhibit], true,
              scratch.arena);
    scratch_end(scratch);
    return band.y - top;
}

// A bar whose length is exact in the photograph's pixels. Gives its height.
static float add_bar(Museum *m, float right, float top, double um_per_pixel, const char *note,
                     bool is_measured)
{
    // As long as in the window, whatever the photograph's scale.
    MagnifierBar bar = magnifier_bar(um_per_pixel * m->photo.scale);
    if (bar.length_um <= 0)
        return 0;
    UiTextDesc text = {
        .text = hud_figures(bar.text, &m->frame), .type = UI_NUMBER, .color = UI_INK};
    UiTextDesc below = {.text = note, .type = UI_SMALL, .color = UI_INK_SOFT};
    UiRect size = ui_measure(m->ui, &text), small = ui_measure(m->ui, &below);
    float height = size.height + 6 + BAR_HEIGHT + 6 + small.height;
    if (is_measured)
        return height;
    float length = (float)(bar.length_um / um_per_pixel) / ui_px(m->ui, 1), ink[4];
    float left = right - length, y = top + size.height + 6;
    ui_color(m->ui, UI_INK, 1, ink);
    ui_text(m->ui, left + (length - size.width) / 2, top, &text);
    ui_box(m->ui, (UiRect){left, y + BAR_HEIGHT / 2 - 1, length, 2}, ink, 0);
    ui_box(m->ui, (UiRect){left, y, 1.5f, BAR_HEIGHT}, ink, 0);
    ui_box(m->ui, (UiRect){right - 1.5f, y, 1.5f, BAR_HEIGHT}, ink, 0);
    ui_text(m->ui, right - small.width, y + BAR_HEIGHT + 4, &below);
    return height;
}

static float add_scales(Museum *m, float top, bool is_measured)
{
    const Photo *photo = &m->photo;
    float right = ui_screen(m->ui).width - EDGE;
    float height = add_bar(
        m, right, top, photo->um_per_pixel,
        hud_word(photo->whole.is_orthographic ? WORD_SCALE_EVERYWHERE : WORD_SCALE_IN_MIDDLE),
        is_measured);
    if (!photo->lens.is_on || !(photo->lens.um_per_pixel > 0))
        return height;
    height += height > 0 ? 16 : 0;
    return height + add_bar(m, right, top + height, photo->lens.um_per_pixel / photo->scale,
                            hud_word(WORD_SCALE_IN_LENS), is_measured);
}

// One scale for both, and of each lens its own.
static float add_pair_scales(Museum *m, float top, bool is_measured)
{
    const Photo *photo = &m->photo;
    UiRect screen = ui_screen(m->ui);
    float height = add_bar(m, screen.width - EDGE, top, photo->um_per_pixel,
                           hud_word(WORD_SCALE_EVERYWHERE), is_measured);
    float most = 0;
    for (int i = 0; i < 2; i++) {
        const Magnifier *lens = &m->compare.halves[hud_is_mirrored() ? 1 - i : i].lens;
        if (lens->is_on && lens->um_per_pixel > 0)
            most = MAX(most, add_bar(m, screen.width / 2 * (float)(i + 1) - EDGE,
                                     top + height + 16, lens->um_per_pixel / photo->scale,
                                     hud_word(WORD_SCALE_IN_LENS), is_measured));
    }
    return height + (most > 0 ? most + 16 : 0);
}

static float pair_height(Museum *m, float top, bool is_measured)
{
    float texts = MAX(add_half_texts(m, 0, top + EDGE, is_measured),
                      add_half_texts(m, 1, top + EDGE, is_measured));
    float scales = add_pair_scales(m, top + EDGE + texts + 16, is_measured);
    return texts + 16 + scales + 2 * EDGE;
}

static float band_height(Museum *m, float top, bool is_measured)
{
    if (m->photo.is_pair)
        return pair_height(m, top, is_measured);
    float texts = add_texts(m, top + EDGE, is_measured);
    float scales = add_scales(m, top + EDGE, is_measured);
    return MAX(texts, scales) + 2 * EDGE;
}

// ---- over

static void badge(Museum *m, const Magnifier *lens, const View *view)
{
    const Viewport *port = &view->viewport;
    HudRoom room = {0}; // the rim is drawn over what is written: the badge stays within
    hud_take(&room, ui_screen(m->ui));
    HudLens shown = {.lens = lens,
                     .right_px = ui_px(m->ui, ui_screen(m->ui).width),
                     .center_px = {port->x + port->width / 2, port->y + port->height / 2},
                     .radius_px = port->width / 2};
    if (lens->is_on)
        hud_draw_badge(m->ui, &shown, &room);
}

static void draw_over_pair(Museum *m)
{
    const Photo *photo = &m->photo;
    float line[4], middle = ui_screen(m->ui).width / 2;
    ui_color(m->ui, UI_ON_PICTURE, 0.3f, line);
    ui_box(
        m->ui,
        (UiRect){middle - 0.5f, 0, 1, (float)(photo->height * photo->scale) / ui_px(m->ui, 1)},
        line, 0);
    for (int i = 0; i < 2; i++)
        badge(m, &m->compare.halves[i].lens, &photo->shot.lenses[i]);
}

// Lines and things stand where they do in the window, drawn for the photograph's pixels.
static void draw_over(Museum *m)
{
    if (m->photo.is_pair) {
        draw_over_pair(m);
        return;
    }
    View view = m->view, lens_view = m->lens_view;
    Magnifier lens = m->lens;
    m->view = m->photo.whole;
    m->lens_view = m->photo.lens_whole;
    m->lens = m->photo.lens;
    HudSize size = museum_hud_size(m);
    size.pixel_mm /= m->photo.scale;
    hud_draw_beside(m->ui, &size);
    if (m->tape.is_out)
        tape_draw(m, true, NULL);
    badge(m, &m->lens, &m->lens_view);
    m->view = view;
    m->lens_view = lens_view;
    m->lens = lens;
}

static void begin_ui(Museum *m, Input *canvas)
{
    const Photo *photo = &m->photo;
    *canvas = (Input){.width = photo->width * photo->scale,
                      .height = photo->height * photo->scale + photo->band,
                      .mouse_x = -1,
                      .mouse_y = -1};
    ui_begin(m->ui, &(UiFrame){.input = canvas,
                               .units_to_px = museum_units_to_px(m, (float)photo->width,
                                                                 (float)photo->height) *
                                              (float)photo->scale,
                               .is_reduced_motion = true,
                               .arena = &m->frame});
}

int photo_measure_band(Museum *m)
{
    Input canvas;
    uint32_t count;
    begin_ui(m, &canvas);
    int height = (int)ceilf(ui_px(m->ui, band_height(m, 0, true)));
    (void)ui_end(m->ui, &count);
    return height;
}

// Into a part of the tile, if any of it is there. What lies over the edge between two parts is
// cut there.
static bool move_quad(RenderQuad *quad, const PhotoPart *part, bool is_cut)
{
    const Viewport *place = &part->drawn;
    bool is_seen = quad->x < place->x + place->width && quad->x + quad->width > place->x &&
                   quad->y < place->y + place->height && quad->y + quad->height > place->y;
    float left = (float)part->left, dx = left - place->x;
    quad->x += dx;
    quad->y -= place->y;
    if (is_cut) {
        const float cut[4] = {left, 0, place->width, place->height};
        memcpy(quad->clip, cut, sizeof cut);
    } else if (quad->clip[2] > 0) { // one of no width would be none
        quad->clip[0] += dx;
        quad->clip[1] -= place->y;
    }
    return is_seen;
}

const RenderQuad *photo_write_over(Museum *m, const PhotoPart *parts, int part_count,
                                   uint32_t *count)
{
    const Photo *photo = &m->photo;
    Input canvas;
    uint32_t all_count;
    float paper[4];
    begin_ui(m, &canvas);
    draw_over(m);
    float top = (float)(photo->height * photo->scale) / ui_px(m->ui, 1);
    UiRect screen = ui_screen(m->ui);
    ui_color(m->ui, UI_PAPER, 1, paper);
    for (int i = 0; i < 4; i++)
        paper[i] /= paper[3] > 0 && i < 3 ? paper[3] : 1;
    paper[3] = 1; // panels let a little of the picture through
    ui_box(m->ui, (UiRect){0, top, screen.width, screen.height - top + 1}, paper, 0);
    hud_mirror(m->ui, true);
    (void)band_height(m, top, false);
    hud_mirror(m->ui, false);
    const RenderQuad *all = ui_end(m->ui, &all_count);
    RenderQuad *quads =
        ARENA_ARRAY(&m->frame, RenderQuad, MAX(all_count, 1u) * (size_t)part_count);
    *count = 0;
    for (int part = 0; part < part_count; part++) {
        for (uint32_t i = 0; i < all_count; i++) {
            quads[*count] = all[i];
            *count += move_quad(&quads[*count], &parts[part], part_count > 1);
        }
    }
    return quads;
}
