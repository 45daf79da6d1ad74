// hud.c: what is written over the picture: label, the lens's read-outs, hints.

#include "museum/hud.h"

#include "exhibits/model/local.h"
#include "museum/hud_keys.h"
#include "museum/hud_words.h"
#include "museum/licence.h"

#include <math.h>
#include <string.h>

#define EDGE 24.0f         // units between panels and the picture's edge
#define PADDING 22.0f      // inside panels
#define LABEL_WIDTH 320.0f // of the label's panel
#define LABEL_LEAST 150.0f // as high it is, however little room there is
#define LABEL_BUTTON 32.0f // height of its buttons
#define LABEL_BUTTON_PAD 14.0f
#define LABEL_BUTTON_AIR 14.0f // above them
#define LABEL_BUTTON_GAP 10.0f
#define LABEL_SCROLL_BAR 16.0f // at its side, with air
#define BAR_ROOM 135.0f        // from a bar's middle to its end, and some air
#define FOOT 64.0f             // the height of the row of hints, with air
// In smaller pictures labels give way to the lens.
#define BOTH_WIDTH 900.0f
#define BOTH_HEIGHT 560.0f

// ---- hints

typedef struct Hint {
    const char *key; // NULL: this device has none
    HudWord word;
} Hint;

enum { HINT_MAX = 8 };

static Hint hint(const HudView *view, Key key, PadButton button, HudWord word)
{
    return (Hint){view->device == CONTROLS_KEYS  ? hud_key(key)
                  : view->device == CONTROLS_PAD ? hud_pad(button)
                                                 : NULL,
                  word};
}

// Pads have a button for the menu, where help is.
static Hint help_hint(const HudView *view)
{
    return hint(view, KEY_F1, PAD_START, view->device == CONTROLS_PAD ? WORD_MENU : WORD_HELP);
}

static uint32_t walking_hints(const HudView *view, Hint *hints)
{
    uint32_t count = 0;
    if (view->focus) {
        hints[count++] = hint(view, KEY_E, PAD_A, WORD_LEAN_IN);
        hints[count++] = hint(view, KEY_I, PAD_Y, WORD_STORY);
    }
    hints[count++] = hint(view, KEY_G, PAD_X, WORD_MAGNIFIER);
    hints[count++] = hint(view, KEY_M, PAD_UP, WORD_PLAN);
    if (view->has_tours)
        hints[count++] = hint(view, KEY_U, PAD_LEFT_SHOULDER, WORD_TOUR);
    hints[count++] = hint(view, KEY_ESCAPE, PAD_START, WORD_MENU);
    return count;
}

// While one reads there is one thing to do.
static uint32_t reading_hints(const HudView *view, Hint *hints)
{
    hints[0] = hint(view, KEY_ESCAPE, PAD_B, WORD_PUT_AWAY);
    return 1;
}

static uint32_t measuring_hints(const HudView *view, Hint *hints)
{
    uint32_t count = 0;
    hints[count++] = hint(view, KEY_ESCAPE, PAD_B, WORD_PUT_TAPE_AWAY);
    hints[count++] = hint(view, KEY_ENTER, PAD_A, WORD_SET_POINT);
    hints[count++] = hint(view, KEY_BACKSPACE, PAD_LEFT, WORD_UNDO);
    hints[count++] = hint(view, KEY_N, PAD_RIGHT, WORD_TAPE_KIND);
    hints[count++] = hint(view, KEY_G, PAD_X, WORD_MAGNIFIER);
    return count;
}

static uint32_t lens_hints(const HudView *view, Hint *hints)
{
    uint32_t count = 0;
    hints[count++] = hint(view, KEY_ESCAPE, PAD_B, WORD_PUT_LENS_AWAY);
    hints[count++] = hint(view, KEY_NONE, PAD_UP, WORD_LENS_MODES);
    if (view->device == CONTROLS_KEYS)
        hints[count - 1].key = "1–7";
    hints[count++] = hint(view, KEY_P, PAD_RIGHT_STICK, WORD_PIN_LENS);
    hints[count++] = help_hint(view);
    return count;
}

static uint32_t inside_hints(const HudView *view, Hint *hints)
{
    uint32_t count = 0;
    hints[count++] = hint(view, KEY_X, PAD_B, WORD_STEP_OUT);
    hints[count++] = hint(view, KEY_PERIOD, PAD_RIGHT, WORD_SHOW_DETAILS);
    hints[count++] = hint(view, KEY_G, PAD_X, WORD_MAGNIFIER);
    hints[count++] = help_hint(view);
    return count;
}

static uint32_t close_hints(const HudView *view, Hint *hints)
{
    uint32_t count = 0;
    hints[count++] = hint(view, KEY_ESCAPE, PAD_B, WORD_LEAN_OUT);
    hints[count++] = hint(view, KEY_G, PAD_X, WORD_MAGNIFIER);
    if (view->size->is_diorama)
        hints[count++] = hint(view, KEY_X, PAD_RIGHT_SHOULDER, WORD_STEP_INSIDE);
    hints[count++] = hint(view, KEY_T, PAD_DOWN, WORD_MEASURE);
    if (view->device == CONTROLS_KEYS)
        hints[count++] = hint(view, KEY_L, PAD_BACK, WORD_LABEL);
    hints[count++] = hint(view, KEY_I, PAD_Y, WORD_STORY);
    hints[count++] = help_hint(view);
    return count;
}

// Those there are on this device, and as many as there is room for: the way back, which comes
// first, and help, which comes last, in any case.
static uint32_t fit_hints(Ui *ui, Hint *hints, uint32_t count, float most, float *width,
                          float *height)
{
    const float gap = 20;
    float widths[HINT_MAX];
    uint32_t kept = 0;
    *width = -gap;
    for (uint32_t i = 0; i < count; i++) {
        if (!hints[i].key)
            continue;
        UiRect size = ui_key_hint(ui, 0, 0, hints[i].key, hud_word(hints[i].word), true);
        hints[kept] = hints[i];
        widths[kept++] = size.width + gap;
        *width += size.width + gap;
        *height = MAX(*height, size.height);
    }
    while (*width > most && kept > 2) {
        *width -= widths[kept - 2];
        hints[kept - 2] = hints[kept - 1];
        widths[kept - 2] = widths[kept - 1];
        kept--;
    }
    return kept;
}

// In one row on one dark plate: readable on any floor.
static void draw_hints(Ui *ui, const HudView *view, const HudRoom *room)
{
    Hint hints[HINT_MAX];
    bool is_reading = view->story_width > 0;
    uint32_t count = is_reading        ? reading_hints(view, hints)
                     : view->has_tape  ? measuring_hints(view, hints)
                     : view->lens      ? lens_hints(view, hints)
                     : view->is_inside ? inside_hints(view, hints)
                     : view->close     ? close_hints(view, hints)
                                       : walking_hints(view, hints);
    UiRect screen = ui_screen(ui);
    screen.width -= view->story_width;
    float gap = 20, pad = 12, width = 0, height = 0;
    count = fit_hints(ui, hints, count, screen.width - 4 * pad, &width, &height);
    float x = (screen.width - width) / 2, y = screen.height - height - pad - 14;
    UiRect plate = {x - pad, y - pad / 2, width + 2 * pad, height + pad};
    if (width <= 0 || width > screen.width || !hud_is_free(room, hud_place(ui, plate)))
        return;
    hud_mirror(ui, true);
    ui_panel(ui, plate, UI_PANEL_SHADE, 1);
    for (uint32_t i = 0; i < count; i++)
        x += ui_key_hint(ui, x, y, hints[i].key, hud_word(hints[i].word), false).width + gap;
    hud_mirror(ui, false);
}

// ---- label

const char *hud_found_text(const Exhibit *exhibit, Arena *arena)
{
    return hud_found_words(exhibit->found_count, exhibit->story.hotspot_count, arena);
}

// "CC0 1.0" where a statement says "CC0" is said twice.
static bool says_licence(const char *statement, const char *licence, Arena *arena)
{
    const char *version = strncmp(licence, "CC", 2) ? NULL : strrchr(licence, ' ');
    size_t length = version ? (size_t)(version - licence) : strlen(licence);
    return strstr(statement, str_copy(arena, (Str){licence, length})) != NULL;
}

// Whom one has to thank, and what one may do: never further away than the label.
static const char *rights_line(const Exhibit *exhibit, const char *language, Arena *arena)
{
    const Record *record = &exhibit->record;
    bool has_scan = record->digital_rights && *record->digital_rights;
    const char *statement = langtext_find(&record->required_statement, language);
    const char *licence =
        licence_name(has_scan ? record->digital_rights : record->rights, arena);
    if (says_licence(statement, licence, arena))
        return statement;
    return *statement ? str_format(arena, "%s\n%s", statement, licence) : licence;
}

// Draws nothing but measures when `is_measured`. Gives the height.
static float label_text(Ui *ui, const Exhibit *exhibit, const char *language, UiRect at,
                        bool is_measured, Arena *arena)
{
    const char *title_lang = langtext_tag(&exhibit->record.title, language);
    const char *lang = exhibit_label_tag(exhibit, language);
    const struct {
        const char *text, *lang;
        UiType type;
        UiColor color;
        float before;
    } runs[] = {
        {exhibit_title(exhibit, language), title_lang, UI_HEADING, UI_INK, 0},
        {exhibit_caption(exhibit, language, arena), title_lang, UI_SMALL, UI_INK_SOFT, 6},
        {exhibit->restoration ? hud_word(WORD_RESTORATION) : "", NULL, UI_TEXT, UI_ACCENT, 14},
        {exhibit_label(exhibit, language, arena), lang, UI_BODY, UI_INK, 12},
        {local_language_note(language, lang, arena), NULL, UI_SMALL, UI_INK_SOFT, 8},
        {exhibit->found_count ? hud_found_text(exhibit, arena) : "", NULL, UI_SMALL,
         UI_INK_SOFT, 12},
        {rights_line(exhibit, language, arena),
         langtext_tag(&exhibit->record.required_statement, language), UI_SMALL, UI_INK_SOFT,
         12},
    };
    float y = at.y;
    for (size_t i = 0; i < COUNT_OF(runs); i++) {
        if (!*runs[i].text)
            continue;
        UiTextDesc desc = {.text = runs[i].text,
                           .lang = runs[i].lang,
                           .type = runs[i].type,
                           .color = runs[i].color,
                           .width = at.width};
        y += runs[i].before;
        y += is_measured ? ui_measure(ui, &desc).height : ui_text(ui, at.x, y, &desc).height;
    }
    return y - at.y;
}

// Its buttons: side by side, as wide as each other if they may; or one below the other.
typedef struct LabelFoot {
    float widths[2], height, step[2];
} LabelFoot;

static LabelFoot label_foot(Ui *ui)
{
    float inner = MIN(LABEL_WIDTH, ui_screen(ui).width - 2 * EDGE) - 2 * PADDING;
    const HudWord words[] = {WORD_READ_STORY, WORD_TAKE_TAPE};
    LabelFoot foot = {.height = LABEL_BUTTON_AIR + ui_target(ui, LABEL_BUTTON)};
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        UiTextDesc word = {.text = hud_word(words[i]), .type = UI_TEXT};
        foot.widths[i] = ui_measure(ui, &word).width + 2 * LABEL_BUTTON_PAD;
    }
    float half = (inner - LABEL_BUTTON_GAP) / 2;
    bool are_equal = MAX(foot.widths[0], foot.widths[1]) <= half;
    if (are_equal)
        foot.widths[0] = foot.widths[1] = half;
    if (are_equal || foot.widths[0] + foot.widths[1] + LABEL_BUTTON_GAP <= inner) {
        foot.step[0] = foot.widths[0] + LABEL_BUTTON_GAP;
        return foot;
    }
    foot.widths[0] = foot.widths[1] = inner;
    foot.step[1] = ui_target(ui, LABEL_BUTTON) + LABEL_BUTTON_GAP;
    foot.height += foot.step[1];
    return foot;
}

// Where the label stands, not mirrored.
static UiRect place_label(Ui *ui, const Exhibit *exhibit, const char *language,
                          const HudRoom *room)
{
    Scratch scratch = scratch_begin(NULL);
    UiRect screen = ui_screen(ui);
    float width = MIN(LABEL_WIDTH, screen.width - 2 * EDGE);
    UiRect text = {EDGE + PADDING, 0, width - 2 * PADDING, 0};
    float height = label_text(ui, exhibit, language, text, true, scratch.arena);
    float panel = MIN(height + 2 * PADDING + label_foot(ui).height, screen.height - 4 * EDGE);
    UiRect rect = {EDGE, screen.height - panel - FOOT, width, panel};
    if (rect.y < EDGE)
        rect.y = EDGE;
    while (!hud_is_free(room, hud_place(ui, rect)) && rect.height > LABEL_LEAST) {
        rect.y += 8; // it scrolls
        rect.height -= 8;
    }
    scratch_end(scratch);
    return rect;
}

static void draw_label(Ui *ui, const HudView *view, const Exhibit *exhibit, HudRoom *room,
                       HudClicks *clicks)
{
    Scratch scratch = scratch_begin(NULL);
    UiRect rect = place_label(ui, exhibit, view->language, room);
    UiRect text = {EDGE + PADDING, 0, rect.width - 2 * PADDING, 0};
    LabelFoot foot = label_foot(ui);
    hud_take(room, hud_place(ui, rect));
    hud_mirror(ui, true);
    ui_panel(ui, rect, UI_PANEL_PAPER, 1);
    UiRect inside = {rect.x, rect.y + PADDING, rect.width - LABEL_SCROLL_BAR,
                     rect.height - 2 * PADDING - foot.height};
    float y = ui_scroll_begin(ui, "label", inside);
    text.y = y;
    ui_scroll_end(ui, y + label_text(ui, exhibit, view->language, text, false, scratch.arena));
    scratch_end(scratch);
    UiRect place = {rect.x + PADDING,
                    rect.y + rect.height - PADDING - foot.height + LABEL_BUTTON_AIR,
                    foot.widths[0], ui_target(ui, LABEL_BUTTON)};
    clicks->opens_story = ui_button(ui, "label-story", place, hud_word(WORD_READ_STORY));
    place.x += foot.step[0];
    place.y += foot.step[1];
    place.width = foot.widths[1];
    if (view->close && !view->has_tape)
        clicks->takes_tape = ui_button(ui, "label-tape", place, hud_word(WORD_TAKE_TAPE));
    hud_mirror(ui, false);
}

// Walking past: a name, no more.
static void draw_name(Ui *ui, const HudView *view)
{
    const Exhibit *exhibit = view->focus;
    UiRect screen = ui_screen(ui);
    UiTextDesc title = {.text = exhibit_title(exhibit, view->language),
                        .lang = langtext_tag(&exhibit->record.title, view->language),
                        .type = UI_HEADING,
                        .color = UI_ON_PICTURE};
    UiRect size = ui_measure(ui, &title);
    UiTextDesc note = {
        .text = hud_word(WORD_RESTORATION), .type = UI_SMALL, .color = UI_WARNING};
    UiRect note_size = exhibit->restoration ? ui_measure(ui, &note) : (UiRect){0};
    float width = MAX(size.width, note_size.width) + 2 * PADDING;
    float height = size.height + note_size.height + 20;
    UiRect rect = {(screen.width - width) / 2, screen.height - height - FOOT, width, height};
    ui_panel(ui, rect, UI_PANEL_SHADE, 1);
    ui_text(ui, (screen.width - size.width) / 2, rect.y + 10, &title);
    if (exhibit->restoration)
        ui_text(ui, (screen.width - note_size.width) / 2, rect.y + 10 + size.height, &note);
}

// ---- toast

// Above, or below what stands there: in the middle, or at a side. False where all is taken:
// then it lies over the rest.
static bool place_toast(Ui *ui, const HudRoom *room, UiRect *rect)
{
    UiRect screen = ui_screen(ui), at = *rect;
    const float xs[] = {rect->x, screen.width - EDGE - rect->width, EDGE};
    for (at.y = EDGE; at.y + at.height < screen.height - EDGE; at.y += 8) {
        for (size_t i = 0; i < COUNT_OF(xs); i++) {
            at.x = xs[i];
            if (!hud_is_free(room, at))
                continue;
            *rect = at;
            return true;
        }
    }
    return false;
}

void hud_draw_toast(Ui *ui, const HudView *view, const HudRoom *room)
{
    enum { MOST_LINES = 3 };
    UiRect screen = ui_screen(ui), rect = {0};
    UiTextDesc text = {.text = view->toast,
                       .type = UI_TEXT,
                       .color = UI_ON_PICTURE,
                       .opacity = MAX(view->toast_opacity, 0.01f)};
    float whole = ui_measure(ui, &text).width, most = screen.width - 2 * EDGE - 32;
    // In as few lines as find a place, each as long as the others.
    for (int lines = 1; lines <= MOST_LINES; lines++) {
        bool is_last = lines == MOST_LINES;
        text.width = lines > 1 ? MIN(whole / (float)lines * 1.12f, most) : 0;
        if (lines == 1 && whole > most)
            continue;
        UiRect size = ui_measure(ui, &text);
        rect = (UiRect){(screen.width - size.width) / 2 - 16, EDGE, size.width + 32,
                        size.height + 14};
        if (place_toast(ui, room, &rect) || is_last)
            break;
    }
    ui_panel(ui, rect, UI_PANEL_SHADE, view->toast_opacity);
    ui_text(ui, rect.x + 16, rect.y + 7, &text);
}

// Reading, one has no eye for a label; through a lens or measuring, in a small picture,
// neither.
static bool shows_label(Ui *ui, const HudView *view)
{
    UiRect screen = ui_screen(ui);
    bool has_both = screen.width >= BOTH_WIDTH && screen.height >= BOTH_HEIGHT;
    bool is_alone = !view->lens && !view->has_tape;
    return view->is_label_open && view->story_width <= 0 && (is_alone || has_both);
}

// What measures the picture stands where no label is.
static void draw_picture_bar(Ui *ui, double um_per_pixel)
{
    UiRect screen = ui_screen(ui);
    float x = EDGE + BAR_ROOM;
    hud_draw_bar(ui, um_per_pixel, hud_is_mirrored() ? x : screen.width - x,
                 screen.height - FOOT);
}

HudClicks hud_draw_first(Ui *ui, const HudView *view, HudRoom *room)
{
    HudClicks clicks = {0};
    if (view->size->calibration) {
        hud_draw_calibration(ui, view->size, &clicks.size);
        return clicks;
    }
    hud_draw_beside(ui, view->size);
    if (view->story_width > 0) {
        UiRect screen = ui_screen(ui);
        hud_take(room, hud_place(ui, (UiRect){screen.width - view->story_width, 0,
                                              view->story_width, screen.height}));
    } else if (view->close && !view->is_guided) {
        hud_draw_size(ui, view->size, view->lens != NULL, room, &clicks.size);
    }
    // Fingers have no keys.
    if (!view->close && !view->is_inside && view->device == CONTROLS_TOUCH &&
        view->story_width <= 0 && !view->is_guided) {
        HudRow row = hud_row(ui, EDGE);
        hud_mirror(ui, true);
        clicks.opens_map = hud_row_button(&row, "map", hud_word(WORD_SHOW_PLAN), false);
        clicks.opens_menu = hud_row_button(&row, "menu", hud_say("Menu"), false);
        clicks.size.magnifies = hud_row_button(&row, "lens", hud_word(WORD_LENS), view->lens);
        hud_mirror(ui, false);
        UiRect rect = {row.x, EDGE, row.right - row.x, row.lowest - EDGE};
        hud_take(room, hud_place(ui, rect));
    }
    return clicks;
}

void hud_draw(Ui *ui, const HudView *view, HudRoom *room, HudClicks *clicks)
{
    if (view->size->calibration)
        return;
    const Exhibit *shown = view->close ? view->close : view->focus;
    // The story begins with all that the label says.
    if (view->is_guided)
        shown = NULL;
    if (shown && shows_label(ui, view))
        draw_label(ui, view, shown, room, clicks);
    else if (shown && view->focus && !view->close && !view->lens && !view->is_label_seen &&
             !view->is_label_open && view->story_width <= 0)
        draw_name(ui, view);
    for (int i = 0; i < view->readings->count; i++)
        hud_take(room, view->readings->taken[i]);
    if (view->story_width <= 0 && !view->is_guided && view->detail.spot)
        hud_draw_detail(ui, &view->detail, view->language, room, &clicks->detail);
    if (view->lens)
        hud_draw_lens(ui, view->lens, room, &clicks->lens);
    else if (view->um_per_pixel > 0)
        draw_picture_bar(ui, view->um_per_pixel);
    if (!view->is_guided)
        draw_hints(ui, view, room);
    if (*view->toast)
        hud_draw_toast(ui, view, room);
}

// ---- what stays free

#define FREE_AIR 10.0f    // beside what is written
#define FREE_FROM 560.0f  // wide and high: in smaller pictures what is written is put away
#define FREE_HEIGHT 0.4f  // of the picture's: a piece had better be under buttons than smaller
#define FREE_LEAST 300.0f // wide and high: less is no place for a piece

static VisitorFrame frame_in(UiRect screen, float left, float top, float right, float bottom)
{
    return (VisitorFrame){left / screen.width, top / screen.height, right / screen.width,
                          bottom / screen.height};
}

static bool is_place(UiRect screen, const VisitorFrame *frame)
{
    return (frame->right - frame->left) * screen.width >= FREE_LEAST &&
           (frame->bottom - frame->top) * screen.height >= FREE_LEAST;
}

uint32_t hud_free_frames(Ui *ui, const HudSize *size, const Exhibit *exhibit,
                         const char *language, bool has_label, VisitorFrame out[VISITOR_FRAMES])
{
    UiRect screen = ui_screen(ui);
    if (screen.width < FREE_FROM || screen.height < FREE_FROM)
        return 0;
    HudRoom room = {0};
    UiRect buttons = hud_measure_size(ui, size);
    hud_take(&room, buttons);
    UiRect label = place_label(ui, exhibit, language, &room);
    float edge = buttons.y, top = buttons.y + buttons.height + FREE_AIR;
    float right = screen.width - edge, bottom = screen.height - FOOT - FREE_AIR;
    float beside = label.x + label.width + FREE_AIR;
    VisitorFrame places[] = {
        hud_is_mirrored() ? frame_in(screen, edge, top, screen.width - beside, bottom)
                          : frame_in(screen, beside, top, right, bottom),
        frame_in(screen, edge, top, right, label.y - FREE_AIR),
    };
    uint32_t count = 0;
    for (size_t i = 0; i < COUNT_OF(places) && has_label; i++)
        if (is_place(screen, &places[i]))
            out[count++] = places[i];
    // Else the label lies over it, which can be put away; and in a tiny window the buttons do.
    if (count == 0 && bottom - top > FREE_HEIGHT * screen.height)
        out[count++] = frame_in(screen, edge, top, right, bottom);
    return count;
}
