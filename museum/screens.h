// screens.h: whole screens over the picture, one over the other: welcome, menu, settings,
// search, tours, help, about; and beside it: the story of a piece. What they show and what is
// wished on them; carrying that out is museum_screens.c.
//
//   a screen is built (screen_*.c) from facts, once until language or facts change, then laid
//   out, heard and drawn by draw/widget.h; each press comes to a wish, a plain value
//
// No GPU is needed but for drawing. Main thread only.

#pragma once
#include "draw/widget.h"
#include "museum/bindings.h"
#include "museum/cabinet.h"
#include "museum/collection.h"
#include "museum/controls.h"
#include "museum/pictures.h"
#include "museum/search.h"

typedef enum ScreenId {
    SCREEN_WELCOME, // choice of the language
    SCREEN_MENU,
    SCREEN_SETTINGS,
    SCREEN_CONTROLS,
    SCREEN_SEARCH,
    SCREEN_TOURS,
    SCREEN_CABINET,
    SCREEN_HELP,
    SCREEN_ABOUT,
    SCREEN_STORY, // beside the picture, which is walked in and turned all the same
    SCREEN_STILL, // of a kiosk: is anybody there?
    SCREEN_STAFF, // and who leaves it
    SCREEN_COUNT
} ScreenId;

const char *screen_name(ScreenId id); // "welcome"; for scripts
bool screen_find(const char *name, ScreenId *out);

// What visitors set, as a number each.
typedef enum ScreenSetting {
    SETTING_TEXT_PERCENT,
    SETTING_THEME,  // StyleTheme
    SETTING_MOTION, // 1: reduced
    SETTING_SPEECH, // 1: on
    SETTING_EYE_CM,
    SETTING_FOV_DEGREES,
    SETTING_QUALITY, // QualityLevel
    SETTING_VOLUME_PERCENT,
    SETTING_SOUND,    // 1: on
    SETTING_TONE,     // of rooms, 1: on
    SETTING_CAPTIONS, // 1: on
    SETTING_COUNT
} ScreenSetting;

typedef struct ScreenFacts {
    const Collection *collection;
    const char *language; // of contents, BCP-47; the interface's is hud_spoken()
    ControlsDevice device;
    float values[SETTING_COUNT];
    const Bindings *bindings; // of keys and buttons, in force
    const char *version;
    Cabinet *cabinet;   // NULL: nothing can be kept
    Pictures *pictures; // of stories; NULL: none are shown
    uint32_t heard;     // the chapter that is read aloud, from 1; 0: none
    bool is_kiosk;      // nobody leaves, nothing of the machine is adjusted
    double still_s;     // SCREEN_STILL: how long it still waits
    bool is_locked;     // SCREEN_STAFF: after too many wrong numbers
} ScreenFacts;

typedef enum ScreenWishKind {
    SCREEN_NOTHING,
    SCREEN_HEARD,      // and nothing is to be done about it
    SCREEN_LEAVES,     // all screens: back to the museum
    SCREEN_PLANS,      // the floor plan
    SCREEN_QUITS,      //
    SCREEN_SPEAKS,     // index: of tongue_at
    SCREEN_SETS,       // index: a ScreenSetting; value
    SCREEN_CALIBRATES, // with a bank card
    SCREEN_GOES,       // index: exhibit
    SCREEN_GOES_ROOM,  // index: room
    SCREEN_FOLLOWS,    // index: a tour
    SCREEN_LISTENS,    // index: a chapter of that story; or no more
    SCREEN_COLLECTS,   // or no more: the piece whose story it is
    SCREEN_GOES_KEPT,  // index: as cabinet_pieces counts
    SCREEN_MOVES_KEPT, // value: places down
    SCREEN_DROPS_KEPT, // or collects it again
    SCREEN_NOTES_KEPT, // the field of that number was changed
    SCREEN_LOOKS,      // index: a detail of the piece whose story it is
    SCREEN_BINDS_KEY,  // index: what it usually is; value: the key it is to be on
    SCREEN_BINDS_PAD,  // the same of buttons
    SCREEN_UNBINDS,    // all as usual
    SCREEN_DONE,       // the visit is over, at a kiosk
    SCREEN_UNLOCKS,    // the staff's number stands in Screens.typed
} ScreenWishKind;

typedef struct ScreenWish {
    ScreenWishKind kind;
    int32_t index;
    float value;
} ScreenWish;

// A key or button that is being moved, or was moved last.
typedef struct ScreenMove {
    bool is_asked; // for the key
    bool was_shown, is_pad;
    bool is_there, is_refused; // how it went
    int usual, other;          // Key or PadButton
} ScreenMove;

enum { SCREEN_MAX_OPEN = 6, SCREEN_MAX_PIN = 12 };

typedef struct Screens {
    ScreenId open[SCREEN_MAX_OPEN];
    uint32_t open_count; // 0: none; the last is seen
    // the one that is seen
    Widgets *tree;                 // NULL: to be built
    Arena arena;                   // its own
    const char *language, *spoken; // it was built in
    ControlsDevice device;         // and for
    char focus[64];                // by name, through a building anew
    bool wants_focus;              // nothing has it yet
    double opened_s;               // how long it has been seen
    // search
    SearchIndex index;
    Arena index_arena;
    const char *index_language;
    char typed[256];
    // story
    int32_t exhibit;          // whose it is
    const char *tab;          // that one reads, by its name; NULL: the first
    uint32_t large;           // number of the picture that is seen large, from 1; 0: none
    char large_from[24];      // and where it was pressed
    bool wants_anew;          // what it is made of is another
    struct ScreenStory *told; // of the tree; NULL unless it is a story's
    WidgetFrame frame;        // it was built for
    ScreenMove move;          // of controls
} Screens;

// What a story takes of the picture's side, with the air around it; 0: it takes all of it.
float screens_beside_px(const WidgetFrame *frame);

bool screens_are_open(const Screens *screens);
// Nothing of the picture answers: one is open, and it is not beside it.
bool screens_cover(const Screens *screens);
bool screens_is_reading(const Screens *screens); // a story is open, perhaps below another
ScreenId screens_top(const Screens *screens);    // of open ones
void screens_open(Screens *screens, ScreenId id);
void screens_open_story(Screens *screens, int32_t exhibit); // at its beginning
void screens_back(Screens *screens);                        // to the one below
void screens_close(Screens *screens);
void screens_drop(Screens *screens);
// Anew in the next frame: the language is another one.
void screens_forget(Screens *screens);

// Builds and lays out what is to be. True if anything was laid out.
bool screens_layout(Screens *screens, const ScreenFacts *facts, Text *text,
                    const WidgetFrame *frame);
// What this frame's input comes to; opening and leaving screens it does itself.
ScreenWish screens_hear(Screens *screens, const ScreenFacts *facts, const Input *input);
// As if a widget of that name had been pressed: for scripts. ERR_NOT_FOUND names those there
// are.
NODISCARD Status screens_press(Screens *screens, const ScreenFacts *facts, const char *name,
                               ScreenWish *out);
// Quads into the frame; `opacity` 0 to 1.
uint32_t screens_draw(Screens *screens, Text *text, float opacity, RenderQuad *out,
                      uint32_t most);
