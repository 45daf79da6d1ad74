// test_screens.c: every screen in every language, at all sizes, with every device: nothing is
// clipped, overlaps or lacks a letter, all is reached, and what is pressed comes to a wish. No
// GPU: texts are measured, not painted.

#include "test.h"

#include "draw/widget_check.h"
#include "exhibits/model/tongue.h"
#include "exhibits/model/gallery_mesh.h"
#include "museum/aloud.h"
#include "museum/hud_words.h"
#include "museum/map_paint.h"
#include "museum/screens.h"

static Arena arena;
static Text *text;
static Collection collection;
static Bindings bindings;
static Cabinet *cabinet;

// ---- a small house

typedef struct Piece {
    const char *id, *english, *german, *arabic, *japanese, *maker, *material;
} Piece;

static const Piece pieces[] = {
    {"king", "The King Who Lost", "Der König, der verlor", "الملك الذي خسر", "敗れた王",
     "Émile Gallé", "boxwood"},
    {"hare", "Hare with amber eyes", "Hase mit Bernsteinaugen", "أرنب بعيون كهرمانية",
     "兎の根付", "Masatoshi", "ivory"},
    {"frigate", "A frigate of twenty-four guns, under full sail in a bottle",
     "Eine Fregatte von vierundzwanzig Kanonen, unter vollen Segeln in einer Flasche",
     "فرقاطة بأربعة وعشرين مدفعًا في زجاجة", "瓶の中の帆船", "Unknown sailor", "bone"},
};

static LangText in_languages(const Piece *piece)
{
    LangEntry entries[] = {{"en", piece->english},
                           {"de", piece->german},
                           {"ar", piece->arabic},
                           {"ja", piece->japanese}};
    LangEntry *kept = arena_copy(&arena, entries, sizeof entries, 8);
    return (LangText){COUNT_OF(entries), kept};
}

static void make_exhibit(const Piece *piece, Exhibit *exhibit)
{
    exhibit->id = piece->id;
    exhibit->record.id = piece->id;
    exhibit->record.title = in_languages(piece);
    exhibit->record.maker_count = 1;
    exhibit->record.makers = ARENA_NEW(&arena, RecordMaker);
    exhibit->record.makers[0].name = langtext_make(&arena, "en", piece->maker);
    exhibit->record.materials = (LangTexts){1, ARENA_NEW(&arena, LangText)};
    exhibit->record.materials.items[0] = langtext_make(&arena, "en", piece->material);
    exhibit->record.rights = "https://creativecommons.org/publicdomain/zero/1.0/";
    exhibit->record.credit_line = langtext_make(&arena, "en", "Given by nobody in particular");
    exhibit->record.digital_rights = exhibit->record.accession_no = "";
}

// A piece that is here, one that is not, and one of which only a note is kept.
static void fill_cabinet(void)
{
    static const CabinetPiece kept[] = {
        {.key = {"small-wonders", "hare"}, .title = "Hare", .house = "Small wonders"},
        {.key = {"far-away", "ship"}, .title = "A ship", .house = "The house far away"},
        {.key = {"far-away", "whale"}, .title = "A whale", .house = "The house far away"}};
    static const CabinetThing things[] = {{CABINET_PHOTO, "/home/a/vitrine-1.png", "{}"},
                                          {CABINET_MEASURE, "12.3 mm ± 0.1", ""}};
    CabinetPiece noted = kept[2];
    noted.note = "ask whose it was";
    cabinet = cabinet_open(NULL, &arena);
    collection.exhibits[1].pack_id = "small-wonders";
    collection.exhibits[1].piece_id = "hare";
    for (size_t i = 0; i < 2; i++) {
        assert_ok(cabinet_collect(cabinet, &kept[i]));
        assert_ok(cabinet_add(cabinet, &kept[0], &things[i]));
    }
    assert_ok(cabinet_set_note(cabinet, &noted));
    assert_ok(cabinet_note_detail(cabinet, &kept[0].key, "signature"));
}

static int set_up(void **state)
{
    (void)state;
    collection = (Collection){.title = langtext_make(&arena, "en", "Small wonders"),
                              .exhibit_count = COUNT_OF(pieces),
                              .exhibits = ARENA_ARRAY(&arena, Exhibit, COUNT_OF(pieces))};
    for (size_t i = 0; i < COUNT_OF(pieces); i++)
        make_exhibit(&pieces[i], &collection.exhibits[i]);
    collection.tour_count = 2;
    collection.tours = ARENA_ARRAY(&arena, Tour, 2);
    collection.tours[0].title = langtext_make(&arena, "en", "Eight minutes for small wonders");
    collection.tours[1].title = langtext_make(&arena, "ar", "جولة قصيرة");
    collection.plan.room_count = 1;
    collection.plan.rooms = ARENA_NEW(&arena, PlanRoom);
    collection.plan.rooms[0].title = langtext_make(&arena, "en", "Harbour room");
    fill_cabinet();
    return text_make(&arena, NULL, NULL, &text) != OK;
}

static int tear_down(void **state)
{
    (void)state;
    text_drop(text);
    cabinet_close(cabinet);
    arena_drop(&arena);
    return 0;
}

static ScreenFacts facts_of(ControlsDevice device)
{
    return (ScreenFacts){.collection = &collection,
                         .language = hud_spoken(),
                         .bindings = &bindings,
                         .device = device,
                         .cabinet = cabinet,
                         .values = {100, 0, 0, 0, 162, 52, 0},
                         .version = "0.1.0"};
}

static WidgetFrame frame_of(float width, float height, float text_scale)
{
    float scale = MAX(MIN(width, height) / 720, 1.0f);
    return (WidgetFrame){.width_px = width,
                         .height_px = height,
                         .scale = scale,
                         .text_scale = text_scale,
                         .target_px = widget_target_px(scale, false, 0),
                         .is_mirrored = hud_is_mirrored(),
                         .lang = hud_spoken()};
}

// ---- all of them

static const float pictures[][2] = {{1280, 720}, {1920, 1080}, {800, 600}};

// Whatever can be focused says who it is and how it stands, and no two of them the same.
static void check_aloud(const Widgets *tree, const char *what)
{
    Scratch scratch = scratch_begin(NULL);
    uint64_t *said = ARENA_ARRAY(scratch.arena, uint64_t, (size_t)widgets_count(tree) + 1);
    uint32_t said_count = 0;
    Aloud title, control, value;
    aloud_title(tree, &title);
    assert_true(title.count > 0);
    for (WidgetId id = 1; id <= widgets_count(tree); id++) {
        WidgetInfo info = widget_info(tree, id);
        if (!info.can_focus)
            continue;
        aloud_control(tree, id, &control);
        aloud_value(tree, id, scratch.arena, &value);
        // A name and what it is; of a column, its words.
        if (control.count < (info.is_control ? 2 : 1) || control.count == ALOUD_MAX_PARTS)
            fail_msg("%s: '%s' says %u parts", what, info.name, (unsigned)control.count);
        bool has_value = info.kind != WIDGET_BUTTON && info.is_control;
        if (has_value && !value.count)
            fail_msg("%s: '%s' does not say how it stands", what, info.name);
        for (uint32_t i = 0; i < control.count; i++)
            if (info.is_control && !*text_fold(control.parts[i].text, scratch.arena))
                fail_msg("%s: '%s' says '%s'", what, info.name, control.parts[i].text);
        uint64_t hash = aloud_hash(&control) ^ aloud_hash(&value);
        for (uint32_t i = 0; i < said_count; i++)
            if (said[i] == hash)
                fail_msg("%s: '%s' says what another one does", what, info.name);
        said[said_count++] = hash;
    }
    scratch_end(scratch);
}

static void check_screen(ScreenId id, ControlsDevice device, const WidgetFrame *frame)
{
    static const char *const devices[] = {"keys", "pad", "touch"};
    Screens screens = {0};
    ScreenFacts facts = facts_of(device);
    char what[128];
    snprintf(what, sizeof what, "%s in %s, %.0f x %.0f at %.0f %%, %s", screen_name(id),
             hud_spoken(), (double)frame->width_px, (double)frame->height_px,
             (double)(100 * frame->text_scale), devices[device]);
    screens_open(&screens, id);
    assert_true(screens_layout(&screens, &facts, text, frame));
    assert_false(screens_layout(&screens, &facts, text, frame));
    check_layout(screens.tree, text, frame, what);
    check_focus(screens.tree, frame, what);
    check_aloud(screens.tree, what);
    assert_int_equal(widgets_layout_count(screens.tree), 1);
    screens_drop(&screens);
}

static void all_fit_in_all_languages(void **state)
{
    (void)state;
    for (size_t i = 0; i < tongue_count(); i++) {
        hud_speak(tongue_tag(tongue_at(i)));
        for (int j = 0; j < SCREEN_COUNT * 6; j++) {
            const float *size = pictures[j % 3];
            WidgetFrame frame = frame_of(size[0], size[1], j / 3 % 2 ? 2 : 1);
            ScreenId id = (ScreenId)(j / 6);
            check_screen(id, (ControlsDevice)((i + (size_t)j / 3) % 3), &frame);
        }
        // Letters stand on the search for those who have no keys.
        WidgetFrame small = frame_of(800, 600, 2);
        check_screen(SCREEN_SEARCH, CONTROLS_PAD, &small);
        check_screen(SCREEN_SEARCH, CONTROLS_TOUCH, &small);
    }
    hud_speak("en");
}

// ---- ways through them

typedef struct Fixture {
    Screens screens;
    ScreenFacts facts;
    WidgetFrame frame;
} Fixture;

static void open_screen(ScreenId id, ControlsDevice device, Fixture *out)
{
    *out = (Fixture){.facts = facts_of(device), .frame = frame_of(1280, 720, 1)};
    screens_open(&out->screens, id);
    (void)screens_layout(&out->screens, &out->facts, text, &out->frame);
}

static ScreenWish press(Fixture *fixture, Key key, int pad)
{
    Input input = check_quiet_input(&fixture->frame);
    if (key)
        input.keys[key] = (InputButton){.is_down = true, .was_pressed = true};
    if (pad >= 0)
        input.pad[pad] = (InputButton){.is_down = true, .was_pressed = true};
    ScreenWish wish = screens_hear(&fixture->screens, &fixture->facts, &input);
    if (!screens_are_open(&fixture->screens))
        return wish;
    (void)screens_layout(&fixture->screens, &fixture->facts, text, &fixture->frame);
    input = check_quiet_input(&fixture->frame);
    ScreenWish late = screens_hear(&fixture->screens, &fixture->facts, &input);
    assert_int_equal(late.kind, SCREEN_NOTHING);
    return wish;
}

static void type(Fixture *fixture, const char *words)
{
    Input input = check_quiet_input(&fixture->frame);
    snprintf(input.text, sizeof input.text, "%s", words);
    (void)screens_hear(&fixture->screens, &fixture->facts, &input);
    (void)screens_layout(&fixture->screens, &fixture->facts, text, &fixture->frame);
}

static const char *focus_of(const Fixture *fixture)
{
    return widget_name(fixture->screens.tree, widgets_focused(fixture->screens.tree));
}

static void the_menu_leads_on_and_back_by_keys(void **state)
{
    (void)state;
    Fixture fixture;
    open_screen(SCREEN_MENU, CONTROLS_KEYS, &fixture);
    assert_string_equal(focus_of(&fixture), "continue");
    while (strcmp(focus_of(&fixture), "settings") != 0)
        (void)press(&fixture, KEY_DOWN, -1);
    (void)press(&fixture, KEY_ENTER, -1);
    assert_int_equal(screens_top(&fixture.screens), SCREEN_SETTINGS);
    while (strcmp(focus_of(&fixture), "text-size") != 0)
        (void)press(&fixture, KEY_TAB, -1);
    ScreenWish wish = press(&fixture, KEY_RIGHT, -1);
    assert_int_equal(wish.kind, SCREEN_SETS);
    assert_int_equal(wish.index, SETTING_TEXT_PERCENT);
    assert_true(wish.value == 110);
    assert_int_equal(press(&fixture, KEY_ESCAPE, -1).kind, SCREEN_NOTHING);
    assert_int_equal(screens_top(&fixture.screens), SCREEN_MENU);
    assert_string_equal(focus_of(&fixture), "settings"); // where one left it
    assert_int_equal(press(&fixture, KEY_ESCAPE, -1).kind, SCREEN_LEAVES);
    assert_false(screens_are_open(&fixture.screens));
    screens_drop(&fixture.screens);
}

static void leaving_is_asked_for_once_more(void **state)
{
    (void)state;
    Fixture fixture;
    open_screen(SCREEN_MENU, CONTROLS_PAD, &fixture);
    ScreenWish wish;
    for (int i = 0; i < 2; i++) {
        assert_ok(screens_press(&fixture.screens, &fixture.facts, "quit", &wish));
        assert_int_equal(wish.kind, SCREEN_NOTHING);
        (void)screens_layout(&fixture.screens, &fixture.facts, text, &fixture.frame);
        check_layout(fixture.screens.tree, text, &fixture.frame, "leaving");
        assert_string_equal(focus_of(&fixture), "stay");
        (void)press(&fixture, KEY_NONE, i ? PAD_A : PAD_B);
        assert_true(screens_are_open(&fixture.screens)); // it was but an answer
    }
    assert_ok(screens_press(&fixture.screens, &fixture.facts, "quit", &wish));
    (void)screens_layout(&fixture.screens, &fixture.facts, text, &fixture.frame);
    assert_ok(screens_press(&fixture.screens, &fixture.facts, "leave", &wish));
    assert_int_equal(wish.kind, SCREEN_QUITS);
    screens_drop(&fixture.screens);
}

// In the order in which it is said: what stands before it, its name, what it is.
static void a_control_says_what_it_is(void **state)
{
    (void)state;
    Fixture fixture;
    open_screen(SCREEN_SETTINGS, CONTROLS_KEYS, &fixture);
    const Widgets *tree = fixture.screens.tree;
    Aloud aloud;
    aloud_title(tree, &aloud);
    assert_string_equal(aloud.parts[0].text, "Settings");
    aloud_control(tree, widget_find(tree, "eye-height"), &aloud);
    assert_int_equal(aloud.count, 3);
    assert_string_equal(aloud.parts[0].text, "Walking");
    assert_string_equal(aloud.parts[1].text, "Eye height");
    assert_string_equal(aloud.parts[2].text, "slider");
    aloud_value(tree, widget_find(tree, "eye-height"), &arena, &aloud);
    assert_string_equal(aloud.parts[0].text, "1.62\u00a0m");
    aloud_value(tree, widget_find(tree, "theme"), &arena, &aloud);
    assert_string_equal(aloud.parts[0].text, "light");
    aloud_value(tree, widget_find(tree, "speech"), &arena, &aloud);
    assert_string_equal(aloud.parts[0].text, "off");
    screens_drop(&fixture.screens);
    open_screen(SCREEN_WELCOME, CONTROLS_KEYS, &fixture);
    aloud_control(fixture.screens.tree, widget_find(fixture.screens.tree, "ja"), &aloud);
    assert_string_equal(aloud.parts[0].lang, "ja"); // its name is in its own language
    screens_drop(&fixture.screens);
    // A dialog is what one is asked, and nothing of the screen below it.
    open_screen(SCREEN_MENU, CONTROLS_KEYS, &fixture);
    ScreenWish wish;
    assert_ok(screens_press(&fixture.screens, &fixture.facts, "quit", &wish));
    (void)screens_layout(&fixture.screens, &fixture.facts, text, &fixture.frame);
    aloud_title(fixture.screens.tree, &aloud);
    assert_string_equal(aloud.parts[0].text, "Leave the museum?");
    aloud_control(fixture.screens.tree, widgets_focused(fixture.screens.tree), &aloud);
    assert_string_equal(aloud.parts[0].text, "Stay");
    screens_drop(&fixture.screens);
}

static void a_language_is_chosen_by_its_own_name(void **state)
{
    (void)state;
    Fixture fixture;
    open_screen(SCREEN_WELCOME, CONTROLS_TOUCH, &fixture);
    WidgetId id = widget_find(fixture.screens.tree, "ja");
    assert_string_equal(widget_text(fixture.screens.tree, id), "日本語");
    assert_string_equal(focus_of(&fixture), "en");
    ScreenWish wish;
    assert_ok(screens_press(&fixture.screens, &fixture.facts, "ja", &wish));
    assert_int_equal(wish.kind, SCREEN_SPEAKS);
    assert_string_equal(tongue_tag(tongue_at((size_t)wish.index)), "ja");
    assert_false(screens_are_open(&fixture.screens));
    screens_drop(&fixture.screens);
}

static void a_tour_is_chosen(void **state)
{
    (void)state;
    Fixture fixture;
    open_screen(SCREEN_TOURS, CONTROLS_PAD, &fixture);
    assert_string_equal(focus_of(&fixture), "tour-0");
    (void)press(&fixture, KEY_NONE, PAD_DOWN);
    ScreenWish wish = press(&fixture, KEY_NONE, PAD_A);
    assert_int_equal(wish.kind, SCREEN_FOLLOWS);
    assert_int_equal(wish.index, 1);
    screens_drop(&fixture.screens);
}

// By keys and by the pad: each action is asked for its key, and has it.
static void every_action_is_moved(void **state)
{
    (void)state;
    uint32_t count;
    const BindingAction *actions = binding_actions(&count);
    for (uint32_t i = 0; i < 2 * count; i++) {
        const BindingAction *action = &actions[i / 2];
        bool is_pad = i % 2;
        if (is_pad ? action->pad < 0 : !action->key)
            continue;
        Fixture fixture;
        char name[64];
        ScreenWish wish;
        open_screen(SCREEN_CONTROLS, is_pad ? CONTROLS_PAD : CONTROLS_KEYS, &fixture);
        snprintf(name, sizeof name, "%s-%s", is_pad ? "pad" : "key", action->name);
        assert_ok(screens_press(&fixture.screens, &fixture.facts, name, &wish));
        (void)screens_layout(&fixture.screens, &fixture.facts, text, &fixture.frame);
        assert_string_equal(focus_of(&fixture), "as-it-was");
        check_layout(fixture.screens.tree, text, &fixture.frame, name);
        check_focus(fixture.screens.tree, &fixture.frame, name);
        wish = is_pad ? press(&fixture, KEY_NONE, PAD_START) : press(&fixture, KEY_Z, -1);
        assert_int_equal(wish.kind, is_pad ? SCREEN_BINDS_PAD : SCREEN_BINDS_KEY);
        assert_int_equal(wish.index, is_pad ? action->pad : (int)action->key);
        assert_int_equal((int)wish.value, is_pad ? (int)PAD_START : (int)KEY_Z);
        assert_string_equal(focus_of(&fixture), name);
        screens_drop(&fixture.screens);
    }
}

static void a_key_that_stays_is_refused_and_the_way_back_is_open(void **state)
{
    (void)state;
    Fixture fixture;
    ScreenWish wish;
    open_screen(SCREEN_CONTROLS, CONTROLS_KEYS, &fixture);
    assert_ok(screens_press(&fixture.screens, &fixture.facts, "key-magnifier", &wish));
    (void)screens_layout(&fixture.screens, &fixture.facts, text, &fixture.frame);
    assert_int_equal(press(&fixture, KEY_TAB, -1).kind, SCREEN_HEARD);
    check_layout(fixture.screens.tree, text, &fixture.frame, "refused");
    assert_ok(screens_press(&fixture.screens, &fixture.facts, "key-magnifier", &wish));
    (void)screens_layout(&fixture.screens, &fixture.facts, text, &fixture.frame);
    (void)press(&fixture, KEY_ESCAPE, -1);
    assert_int_equal(screens_top(&fixture.screens), SCREEN_CONTROLS);
    assert_string_equal(focus_of(&fixture), "key-magnifier");
    // A gamepad, or a finger, leaves the question, too.
    assert_ok(screens_press(&fixture.screens, &fixture.facts, "key-magnifier", &wish));
    (void)screens_layout(&fixture.screens, &fixture.facts, text, &fixture.frame);
    (void)press(&fixture, KEY_NONE, PAD_B);
    assert_int_equal(screens_top(&fixture.screens), SCREEN_CONTROLS);
    assert_ok(screens_press(&fixture.screens, &fixture.facts, "reset", &wish));
    assert_int_equal(wish.kind, SCREEN_UNBINDS);
    screens_drop(&fixture.screens);
}

static void what_is_kept_is_arranged(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        ScreenWishKind kind;
        int32_t index;
        float value;
    } rows[] = {{"go-0", SCREEN_GOES_KEPT, 0, 0},
                {"up-1", SCREEN_MOVES_KEPT, 1, -1},
                {"down-0", SCREEN_MOVES_KEPT, 0, 1},
                {"drop-2", SCREEN_DROPS_KEPT, 2, 0}};
    Fixture fixture;
    ScreenWish wish;
    open_screen(SCREEN_CABINET, CONTROLS_KEYS, &fixture);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        assert_ok(screens_press(&fixture.screens, &fixture.facts, rows[i].name, &wish));
        assert_int_equal(wish.kind, rows[i].kind);
        assert_int_equal(wish.index, rows[i].index);
        assert_true(wish.value == rows[i].value);
    }
    // One goes to what is here only, and moves what is collected only.
    assert_status(screens_press(&fixture.screens, &fixture.facts, "go-1", &wish),
                  ERR_NOT_FOUND);
    assert_status(screens_press(&fixture.screens, &fixture.facts, "up-2", &wish),
                  ERR_NOT_FOUND);
    assert_string_equal(
        widget_text(fixture.screens.tree, widget_find(fixture.screens.tree, "note-2")),
        "ask whose it was");
    screens_drop(&fixture.screens);
}

static void what_is_not_there_is_named(void **state)
{
    (void)state;
    Fixture fixture;
    open_screen(SCREEN_HELP, CONTROLS_KEYS, &fixture);
    ScreenWish wish;
    assert_status(screens_press(&fixture.screens, &fixture.facts, "nothing", &wish),
                  ERR_NOT_FOUND);
    assert_non_null(strstr(fault_last()->text, "pad"));
    screens_drop(&fixture.screens);
}

static void searching_goes_there(void **state)
{
    (void)state;
    static const struct {
        const char *typed;
        int32_t exhibit, room;
    } cases[] = {
        {"konig verl", 0, -1}, {"BERNSTEIN", 1, -1}, {"emile", 0, -1},   {"ivory", 1, -1},
        {"كهرمانيه", 1, -1},   {"帆船", 2, -1},      {"harbor", -1, -1}, {"Harbour", -1, 0},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Fixture fixture;
        open_screen(SCREEN_SEARCH, CONTROLS_KEYS, &fixture);
        type(&fixture, cases[i].typed);
        ScreenWish wish = press(&fixture, KEY_ENTER, -1);
        bool is_found = cases[i].exhibit >= 0 || cases[i].room >= 0;
        assert_int_equal(screens_are_open(&fixture.screens), !is_found);
        if (is_found)
            assert_int_equal(wish.kind, cases[i].exhibit >= 0 ? SCREEN_GOES : SCREEN_GOES_ROOM);
        if (is_found)
            assert_int_equal(wish.index,
                             cases[i].exhibit >= 0 ? cases[i].exhibit : cases[i].room);
        screens_drop(&fixture.screens);
    }
}

// Letter by letter, of those that lead on: each leaves something to be found.
static void letters_lead_to_a_piece(void **state)
{
    (void)state;
    Fixture fixture;
    open_screen(SCREEN_SEARCH, CONTROLS_PAD, &fixture);
    ScreenWish wish;
    for (const char *at = "mas"; *at; at++) {
        const Widgets *tree = fixture.screens.tree;
        WidgetId key = 0;
        for (WidgetId id = 1; id <= widgets_count(tree); id++) {
            WidgetInfo info = widget_info(tree, id);
            if (info.is_shown && !strncmp(info.name, "letter-", 7) && info.text[0] == *at)
                key = id;
        }
        assert_true(key != 0);
        assert_ok(
            screens_press(&fixture.screens, &fixture.facts, widget_name(tree, key), &wish));
        (void)screens_layout(&fixture.screens, &fixture.facts, text, &fixture.frame);
        check_layout(fixture.screens.tree, text, &fixture.frame, at);
    }
    assert_string_equal(fixture.screens.typed, "mas");
    assert_ok(screens_press(&fixture.screens, &fixture.facts, "found-0", &wish));
    assert_int_equal(wish.index, 1);
    screens_drop(&fixture.screens);
}

// Whatever its walls are painted with.
static void rooms_on_the_plan_can_be_written_on(void **state)
{
    (void)state;
    static const StyleColor inks[] = {STYLE_INK, STYLE_INK_SOFT, STYLE_ACCENT};
    for (int theme = 0; theme < STYLE_THEME_COUNT; theme++) {
        for (int i = 0; i < GALLERY_MATERIAL_COUNT * 2 * (int)COUNT_OF(inks); i++) {
            int walls = i / 6, visited = i / 3 % 2;
            float room[3];
            map_room_color(theme, walls, visited, room);
            double contrast = style_contrast(room, style_color((StyleTheme)theme, inks[i % 3]));
            if (contrast < STYLE_LEAST_CONTRAST)
                fail_msg("%s, walls %d: %.2f", style_theme_name((StyleTheme)theme), walls,
                         contrast);
        }
    }
}

static void folding_forgets_accents_and_case(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"Lièvre", "LIEVRE"}, {"Großmutter", "grossmutter"}, {"Łódź", "lodz"},
        {"كتاب", "كِتَابٌ"},     {"ｶﾀｶﾅ", "かたかな"},          {"a  -  b", "a b"},
        {"Ærø", "aero"},
    };
    for (size_t i = 0; i < COUNT_OF(pairs); i++)
        assert_string_equal(text_fold(pairs[i][0], &arena), text_fold(pairs[i][1], &arena));
    assert_string_equal(text_fold("\xff\xfe", &arena), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_fit_in_all_languages),
        cmocka_unit_test(the_menu_leads_on_and_back_by_keys),
        cmocka_unit_test(leaving_is_asked_for_once_more),
        cmocka_unit_test(a_control_says_what_it_is),
        cmocka_unit_test(a_language_is_chosen_by_its_own_name),
        cmocka_unit_test(a_tour_is_chosen),
        cmocka_unit_test(every_action_is_moved),
        cmocka_unit_test(a_key_that_stays_is_refused_and_the_way_back_is_open),
        cmocka_unit_test(what_is_kept_is_arranged),
        cmocka_unit_test(what_is_not_there_is_named),
        cmocka_unit_test(searching_goes_there),
        cmocka_unit_test(letters_lead_to_a_piece),
        cmocka_unit_test(rooms_on_the_plan_can_be_written_on),
        cmocka_unit_test(folding_forgets_accents_and_case),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
