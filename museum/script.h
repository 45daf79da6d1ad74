// script.h: scripted visits. One command a line; # begins a comment.
//
// The table of forms in script.c is the grammar, the help and the list of what exists: a form
// like "walk-to exhibit:ID" is matched word by word. Small words stand for themselves, `a|b`
// for one of several, CAPITALS for a value whose kind and range a second table knows. Words may
// be quoted with " where they hold blanks. Parsing only; carrying it out is visit.c.
//
// Any thread may call everything here.

#pragma once
#include "base/str.h"

typedef enum ScriptVerb {
    SCRIPT_WAIT_READY,
    SCRIPT_WAIT_SETTLED,
    SCRIPT_WAIT_FRAMES,     // numbers: count
    SCRIPT_WAIT_SECONDS,    // numbers: seconds
    SCRIPT_WALK_TO_EXHIBIT, // text: id
    SCRIPT_WALK_TO_SPOT,    // numbers: x, z in metres
    SCRIPT_LOOK,            // numbers: yaw, pitch in degrees, absolute
    SCRIPT_TURN,            // numbers: yaw, pitch in degrees, from where one looks
    SCRIPT_LEAN_IN,
    SCRIPT_LEAN_IN_EXHIBIT, // text: id
    SCRIPT_LEAN_OUT,
    SCRIPT_STEP_INSIDE,
    SCRIPT_STEP_OUT,
    SCRIPT_STROLL,        // text: ahead, back, left, right; numbers: seconds
    SCRIPT_ORBIT,         // numbers: yaw, pitch in degrees
    SCRIPT_ZOOM,          // numbers: factor
    SCRIPT_PAN,           // numbers: x, y in parts of the picture
    SCRIPT_DETAIL_STEP,   // text: next, previous, leave
    SCRIPT_DETAIL,        // text: id
    SCRIPT_ORTHOGRAPHIC,  // text: on, off
    SCRIPT_MOOD,          // text: on, off
    SCRIPT_DISPLAY,       // numbers: width, height in mm
    SCRIPT_TRUE_SIZE,     // text: on, off
    SCRIPT_BESIDE,        // text: coin, stamp, hand, nothing
    SCRIPT_COMPARE_KEEP,  // text: linked, free, off
    SCRIPT_COMPARE,       // text: id
    SCRIPT_COMPARE_PAIR,  // text: id; second_text: id
    SCRIPT_MAGNIFY_KEEP,  // text: pin, follow, off
    SCRIPT_MAGNIFY_SIZE,  // numbers: radius in heights of the picture
    SCRIPT_MAGNIFY,       // numbers: x, y, zoom; text: mode
    SCRIPT_MAGNIFY_LIT,   // numbers: x, y, zoom, azimuth, elevation; text: mode
    SCRIPT_MODE,          // text: mode
    SCRIPT_LIGHT,         // numbers: azimuth, elevation in degrees
    SCRIPT_STRENGTH,      // numbers: of relief
    SCRIPT_EXPECT_NUMBER, // text: name; operation; numbers: value
    SCRIPT_EXPECT_TEXT,   // text: name; operation; second_text: value
    SCRIPT_SCREENSHOT,    // text: file
    SCRIPT_PHOTO,         // text: file
    SCRIPT_PHOTO_SCALED,  // text: file; numbers: scale
    SCRIPT_STATS,         // text: file
    SCRIPT_WRITING,       // text: file
    SCRIPT_BACKDROP,      // text: black, white, none
    SCRIPT_MEASURE,
    SCRIPT_MEASURE_POINTS, // points: a tape where there are two, else a chain
    SCRIPT_MEASURE_FIGURE, // text: tape, chain, angle; points
    SCRIPT_MEASURE_KEEP,   // text: undo, clear, away
    SCRIPT_LABEL,          // text: open, close
    SCRIPT_STORY,          // text: open, close
    SCRIPT_OVERLAY,        // text: on, off
    SCRIPT_WAIT_TOUR,      // text: told, over
    SCRIPT_WAIT_SOUND,     // text: open, lost, none
    SCRIPT_SOUND,          // text: on, off, lose, return
    SCRIPT_LISTEN,         // text: detail, end
    SCRIPT_TOUR_KEEP,      // text: next, back, pause, go-on, leave, rejoin, end
    SCRIPT_TOUR,           // text: id
    SCRIPT_MAP,            // text: open, close
    SCRIPT_MAP_ROOM,       // text: id
    SCRIPT_MAP_EXHIBIT,    // text: id
    SCRIPT_SCREEN,         // text: welcome, menu, ..., story, close
    SCRIPT_COLLECT,        // text: on, off
    SCRIPT_CHOOSE,         // text: name of a widget
    SCRIPT_TYPE,           // text
    SCRIPT_PAD,            // text: button
    SCRIPT_PRESS,          // text: key
    SCRIPT_CLICK,          // numbers: x, y in parts of the picture
    SCRIPT_DOUBLE_CLICK,   // the same
    SCRIPT_TAP,            // numbers: x, y in parts of the picture
    SCRIPT_DOUBLE_TAP,     // the same
    // as the devices themselves tell it, through SDL
    SCRIPT_KEY,       // text: down, up; second_text: key
    SCRIPT_FINGER_UP, // numbers: which
    SCRIPT_FINGER,    // text: down, move; numbers: which, x, y in parts of the picture
    SCRIPT_TOUCH,     // text: name of a button that is seen
    SCRIPT_BUTTON,    // text: down, up; second_text: button of the pad
    SCRIPT_STICK,     // text: left, right; numbers: right, down
    SCRIPT_TRIGGER,   // text: left, right; numbers: pull
    SCRIPT_VERB_COUNT
} ScriptVerb;

typedef enum ScriptOperation {
    SCRIPT_LESS,
    SCRIPT_LESS_EQUAL,
    SCRIPT_GREATER,
    SCRIPT_GREATER_EQUAL,
    SCRIPT_EQUAL,
    SCRIPT_NOT_EQUAL,
    SCRIPT_OPERATION_COUNT
} ScriptOperation;

enum {
    SCRIPT_MAX_BYTES = 1 << 20,
    SCRIPT_MAX_NUMBERS = 5,
    SCRIPT_MAX_POINTS = 12,
};

// "0.4,0.5", a place of the picture, or "1.5,20,-3", of the piece itself in millimetres.
typedef struct ScriptPoint {
    bool is_solid;
    double at[3];
} ScriptPoint;

typedef struct ScriptCommand {
    ScriptVerb verb;
    uint32_t line;                      // counted from 1
    const char *source;                 // the line as written, for sentences
    double numbers[SCRIPT_MAX_NUMBERS]; // in the order of the form
    const char *text;
    const char *second_text;
    ScriptPoint *points;
    uint32_t point_count;
    ScriptOperation operation;
} ScriptCommand;

typedef struct Script {
    const char *name; // the file's, for sentences
    ScriptCommand *commands;
    uint32_t count;
} Script;

// Parses a whole script; everything in *out lives in `arena`. ERR_INVALID names the file and
// the line and says what was expected; ERR_LIMIT past SCRIPT_MAX_BYTES.
NODISCARD Status script_parse(Str text, const char *name, Arena *arena, Script *out);

// Whether `left operation right` holds. Texts know only equal and not equal.
bool script_compare(double left, ScriptOperation operation, double right);
const char *script_operation_text(ScriptOperation operation); // "<="

// Every form with what it does, one a line: what `vitrine --script-help` prints.
const char *script_help(Arena *arena);
