// script.c: scripted visits. One command a line; # begins a comment.

#include "museum/script.h"

#include <math.h>
#include <string.h>

enum { MAX_WORDS = 16 };

typedef struct Form {
    ScriptVerb verb;
    const char *usage;
    const char *help;
} Form;

// Of forms that begin with the same word the first that matches wins: special ones come first.
static const Form forms[] = {
    {SCRIPT_WAIT_READY, "wait ready", "until the museum stands and its first picture is drawn"},
    {SCRIPT_WAIT_SETTLED, "wait settled",
     "until nothing moves and nothing better would be loaded or drawn"},
    {SCRIPT_WAIT_TOUR, "wait tour told|over",
     "until the picture of the tour's step stands and it is told of; until the tour is over"},
    {SCRIPT_WAIT_SOUND, "wait sound open|lost|none", "until that is so of the sound device"},
    {SCRIPT_WAIT_FRAMES, "wait frames N", "draw N frames, as while walking"},
    {SCRIPT_WAIT_SECONDS, "wait SECONDS", "let time pass in the museum"},
    {SCRIPT_WALK_TO_EXHIBIT, "walk-to exhibit:ID", "walk before a piece and look at it"},
    {SCRIPT_WALK_TO_SPOT, "walk-to X,Z", "walk to a spot on the floor, in metres"},
    {SCRIPT_LOOK, "look YAW PITCH", "degrees; yaw 0 is north (-z), 90 east (+x); pitch up"},
    {SCRIPT_TURN, "turn YAW PITCH", "degrees to the right and up from where one looks"},
    {SCRIPT_LEAN_IN, "lean-in", "to what one stands before, or to the nearest piece"},
    {SCRIPT_LEAN_IN_EXHIBIT, "lean-in exhibit:ID", "to this piece, after walking there"},
    {SCRIPT_LEAN_OUT, "lean-out", "back to exactly where one stood"},
    {SCRIPT_STEP_INSIDE, "step-inside", "the diorama one leans in to, as small as its figures"},
    {SCRIPT_STEP_OUT, "step-out", "of it again, to where one was"},
    {SCRIPT_STROLL, "stroll ahead|back|left|right SECONDS", "as if a key were held so long"},
    {SCRIPT_ORBIT, "orbit YAW PITCH", "degrees around the piece, to the right and up"},
    {SCRIPT_ZOOM, "zoom FACTOR", "so many times closer; below 1 further away"},
    {SCRIPT_PAN, "pan DX DY", "move the view right and up, in parts of the picture"},
    {SCRIPT_DETAIL_STEP, "detail next|previous|leave",
     "the story's details one after the other; back to what one saw before"},
    {SCRIPT_DETAIL, "detail ID",
     "go to where a detail of the story is seen best and hold the magnifier over it"},
    {SCRIPT_ORTHOGRAPHIC, "orthographic on|off",
     "leant in: parallel rays, which show near and far equally large"},
    {SCRIPT_MOOD, "mood on|off",
     "leant in, at rest: a shallow depth of field, focused in the middle or under the lens"},
    {SCRIPT_DISPLAY, "display WIDTH_MM HEIGHT_MM",
     "as if the picture covered a display so large"},
    {SCRIPT_TRUE_SIZE, "true-size on|off",
     "leant in: 20 mm on the piece are 20 mm on the glass"},
    {SCRIPT_BESIDE, "beside coin|stamp|hand|nothing",
     "lay it beside a piece at true size, too"},
    {SCRIPT_COMPARE_KEEP, "compare linked|free|off",
     "move both halves alike, or one; leave the comparison"},
    {SCRIPT_COMPARE, "compare ID", "the piece one leans in to beside another, or itself"},
    {SCRIPT_COMPARE_PAIR, "compare ID ID", "these two side by side, at the same scale"},
    {SCRIPT_MAGNIFY_KEEP, "magnify pin|follow|off",
     "the magnifier stays where it is, or follows again; put it away"},
    {SCRIPT_MAGNIFY_SIZE, "magnify size RADIUS", "its radius, in heights of the picture"},
    {SCRIPT_MAGNIFY, "magnify X Y ZOOM MODE",
     "hold the magnifier over a place of the picture: 0 0 is the upper left corner, 1 1 the "
     "lower right"},
    {SCRIPT_MAGNIFY_LIT, "magnify X Y ZOOM MODE AZIMUTH ELEVATION",
     "the same with the direction of the mode's light, in degrees"},
    {SCRIPT_MODE, "mode MODE",
     "of the magnifier: beauty, albedo, normals, raking, relief, height, specular"},
    {SCRIPT_LIGHT, "light AZIMUTH ELEVATION",
     "from where the magnifier's raking or specular light comes, in degrees"},
    {SCRIPT_STRENGTH, "strength STRENGTH", "of relief in the magnifier, 0.25 to 4"},
    {SCRIPT_EXPECT_NUMBER, "expect NAME OP NUMBER",
     "fail unless it holds; NAME is any value of stats, as magnifier.zoom or zoom"},
    {SCRIPT_EXPECT_TEXT, "expect NAME OP TEXT", "the same for a value that is text (= and !=)"},
    {SCRIPT_SCREENSHOT, "screenshot FILE", "write the picture as PNG"},
    {SCRIPT_PHOTO, "photo FILE", "take a photograph, with title, thanks and a scale"},
    {SCRIPT_PHOTO_SCALED, "photo FILE SCALE",
     "the same, so many times as large as the picture"},
    {SCRIPT_STATS, "stats FILE", "write frame times, triangles, memory and the lens as JSON"},
    {SCRIPT_WRITING, "writing FILE",
     "write what stands over the picture as JSON: each text's place, contrast, faults"},
    {SCRIPT_BACKDROP, "backdrop black|white|none",
     "in place of the picture, for judging what is written over it"},
    {SCRIPT_MEASURE, "measure", "forget the frame times so far"},
    {SCRIPT_MEASURE_KEEP, "measure undo|clear|away",
     "take back the newest point, or all; put the tape away"},
    {SCRIPT_MEASURE_FIGURE, "measure tape|chain|angle POINTS", "the same, of that kind"},
    {SCRIPT_MEASURE_POINTS, "measure POINTS",
     "the tape from point to point of the piece; three and more are a chain"},
    {SCRIPT_LABEL, "label open|close", "the label in full"},
    {SCRIPT_STORY, "story open|close", "the story panel"},
    {SCRIPT_OVERLAY, "overlay on|off",
     "what is loaded and drawn, in figures; levels of detail as colours"},
    {SCRIPT_TOUR_KEEP, "tour next|back|pause|go-on|leave|rejoin|end",
     "what one does with the tour that is played"},
    {SCRIPT_TOUR, "tour ID", "begin a guided tour, or the house's own: tour first"},
    {SCRIPT_SOUND, "sound on|off|lose|return",
     "mute it, or not; as if its device were pulled out, and put in again"},
    {SCRIPT_LISTEN, "listen detail|end",
     "to what is told of the detail one looks at; or no more"},
    {SCRIPT_MAP, "map open|close", "the floor plan"},
    {SCRIPT_MAP_ROOM, "map room:ID", "choose a room on the floor plan, and go there"},
    {SCRIPT_MAP_EXHIBIT, "map exhibit:ID", "the same for a piece"},
    {SCRIPT_SCREEN,
     "screen welcome|menu|settings|controls|search|tours|cabinet|help|about|story|close",
     "open it over the museum, or close all"},
    {SCRIPT_COLLECT, "collect on|off",
     "the piece one leans in to, or stands before, into the cabinet; or out of it"},
    {SCRIPT_CHOOSE, "choose WIDGET", "on the screen that is open, what is called so"},
    {SCRIPT_TYPE, "type TEXT", "letters, as from a keyboard"},
    {SCRIPT_PAD, "pad BUTTON",
     "of a gamepad: a, b, x, y, up, down, left, right, start, back, ..."},
    {SCRIPT_PRESS, "press KEY", "a key by its name: E, Escape, Space, Left, F1"},
    {SCRIPT_CLICK, "click X Y", "the left button, at a place of the picture"},
    {SCRIPT_DOUBLE_CLICK, "double-click X Y", "twice: leant in, goes to that place"},
    {SCRIPT_TAP, "tap X Y", "a finger, at a place of the picture"},
    {SCRIPT_DOUBLE_TAP, "double-tap X Y", "twice: leant in, goes to that place"},
    {SCRIPT_KEY, "key down|up KEY", "the keyboard itself: what is down stays down"},
    {SCRIPT_FINGER_UP, "finger up FINGER", "the glass itself: finger 1 to 4"},
    {SCRIPT_FINGER, "finger down|move FINGER X Y", "the same; places are parts of the picture"},
    {SCRIPT_TOUCH, "touch WIDGET", "a finger taps the button that is called so, where it is"},
    {SCRIPT_BUTTON, "button down|up BUTTON", "the gamepad itself, one that is not there"},
    {SCRIPT_STICK, "stick left|right DX DY", "the same: 1 is all the way right or down"},
    {SCRIPT_TRIGGER, "trigger left|right PULL", "the same: 0 to 1"},
};

typedef enum SlotKind {
    SLOT_NUMBER,
    SLOT_COUNT,
    SLOT_PAIR,
    SLOT_PREFIXED,
    SLOT_TEXT,
    SLOT_OPERATION,
    SLOT_ONE_OF,
    SLOT_POINTS, // all words that are left
} SlotKind;

typedef struct Slot {
    const char *word; // as it stands in a form
    SlotKind kind;
    double low, high;
    const char *choices;
} Slot;

static const Slot slots[] = {
    {"SECONDS", SLOT_NUMBER, 0, 600, NULL},
    {"N", SLOT_COUNT, 1, 100000, NULL},
    {"exhibit:ID", SLOT_PREFIXED, 0, 0, "exhibit:"},
    {"room:ID", SLOT_PREFIXED, 0, 0, "room:"},
    {"X,Z", SLOT_PAIR, -1000, 1000, NULL},
    {"YAW", SLOT_NUMBER, -3600, 3600, NULL},
    {"PITCH", SLOT_NUMBER, -180, 180, NULL},
    {"FACTOR", SLOT_NUMBER, 0.01, 1000, NULL},
    {"DX", SLOT_NUMBER, -10, 10, NULL},
    {"DY", SLOT_NUMBER, -10, 10, NULL},
    {"X", SLOT_NUMBER, 0, 1, NULL},
    {"Y", SLOT_NUMBER, 0, 1, NULL},
    {"SCALE", SLOT_COUNT, 1, 8, NULL},
    {"WIDTH_MM", SLOT_NUMBER, 10, 30000, NULL},
    {"HEIGHT_MM", SLOT_NUMBER, 10, 30000, NULL},
    {"ZOOM", SLOT_NUMBER, 1, 10000, NULL},
    {"MODE", SLOT_ONE_OF, 0, 0, "beauty|albedo|normals|raking|relief|height|specular"},
    {"STRENGTH", SLOT_NUMBER, 0.25, 4, NULL},
    {"RADIUS", SLOT_NUMBER, 0.1, 0.45, NULL},
    {"AZIMUTH", SLOT_NUMBER, -360, 360, NULL},
    {"ELEVATION", SLOT_NUMBER, 5, 90, NULL},
    {"NAME", SLOT_TEXT, 0, 0, NULL},
    {"OP", SLOT_OPERATION, 0, 0, NULL},
    {"NUMBER", SLOT_NUMBER, -1e18, 1e18, NULL},
    {"TEXT", SLOT_TEXT, 0, 0, NULL},
    {"FILE", SLOT_TEXT, 0, 0, NULL},
    {"POINTS", SLOT_POINTS, -1e6, 1e6, NULL},
    {"KEY", SLOT_TEXT, 0, 0, NULL},
    {"WIDGET", SLOT_TEXT, 0, 0, NULL},
    {"BUTTON", SLOT_ONE_OF, 0, 0,
     "a|b|x|y|up|down|left|right|start|back|left-shoulder|right-shoulder|left-stick|right-"
     "stick"},
    {"FINGER", SLOT_COUNT, 1, 4, NULL},
    {"PULL", SLOT_NUMBER, 0, 1, NULL},
    {"ID", SLOT_TEXT, 0, 0, NULL},
};

static const char *const operations[SCRIPT_OPERATION_COUNT] = {
    [SCRIPT_LESS] = "<",           [SCRIPT_LESS_EQUAL] = "<=", [SCRIPT_GREATER] = ">",
    [SCRIPT_GREATER_EQUAL] = ">=", [SCRIPT_EQUAL] = "=",       [SCRIPT_NOT_EQUAL] = "!=",
};

// What one attempt to match a form has filled in so far.
typedef struct Match {
    Arena *arena;
    ScriptCommand command;
    int number_count;
    int text_count;
} Match;

static bool is_choice(const char *choices, Str word)
{
    Str rest = str_of(choices);
    while (rest.len) {
        const char *bar = memchr(rest.ptr, '|', rest.len);
        size_t len = bar ? (size_t)(bar - rest.ptr) : rest.len;
        if (str_equal((Str){rest.ptr, len}, word))
            return true;
        rest = (Str){rest.ptr + len + (bar ? 1 : 0), rest.len - len - (bar ? 1 : 0)};
    }
    return false;
}

static void add_text(Match *match, Str word)
{
    const char *text = str_copy(match->arena, word);
    if (match->text_count++ == 0)
        match->command.text = text;
    else
        match->command.second_text = text;
}

static bool add_number(Match *match, const Slot *slot, Str word)
{
    double value;
    if (!str_to_double(word, &value) || !isfinite(value) || value < slot->low ||
        value > slot->high)
        return false;
    if (slot->kind == SLOT_COUNT && value != floor(value))
        return false;
    match->command.numbers[match->number_count++] = value;
    return true;
}

static bool add_pair(Match *match, const Slot *slot, Str word)
{
    const char *comma = memchr(word.ptr, ',', word.len);
    if (!comma)
        return false;
    size_t len = (size_t)(comma - word.ptr);
    return add_number(match, slot, (Str){word.ptr, len}) &&
           add_number(match, slot, (Str){comma + 1, word.len - len - 1});
}

// Two numbers or three, with commas between.
static bool add_point(Match *match, const Slot *slot, Str word)
{
    ScriptPoint point = {0};
    int count = 0;
    while (count < 3) {
        const char *comma = memchr(word.ptr, ',', word.len);
        size_t len = comma ? (size_t)(comma - word.ptr) : word.len;
        double *value = &point.at[count++];
        if (!str_to_double((Str){word.ptr, len}, value) || !isfinite(*value) ||
            *value < slot->low || *value > slot->high)
            return false;
        word = (Str){word.ptr + len, word.len - len};
        if (!comma)
            break;
        word = (Str){word.ptr + 1, word.len - 1};
    }
    point.is_solid = count == 3;
    bool is_outside = !point.is_solid && (point.at[0] < 0 || point.at[0] > 1 ||
                                          point.at[1] < 0 || point.at[1] > 1);
    if (count < 2 || word.len || is_outside)
        return false;
    ScriptCommand *command = &match->command;
    if (!command->points)
        command->points = ARENA_ARRAY(match->arena, ScriptPoint, SCRIPT_MAX_POINTS);
    if (command->point_count == SCRIPT_MAX_POINTS)
        return false;
    command->points[command->point_count++] = point;
    return true;
}

static bool add_operation(Match *match, Str word)
{
    if (str_equal(word, str_of("==")))
        word = str_of("=");
    for (int i = 0; i < SCRIPT_OPERATION_COUNT; i++) {
        if (str_equal(word, str_of(operations[i]))) {
            match->command.operation = (ScriptOperation)i;
            return true;
        }
    }
    return false;
}

static bool fill_slot(Match *match, const Slot *slot, Str word)
{
    Str prefix = str_of(slot->kind == SLOT_PREFIXED ? slot->choices : "");
    switch (slot->kind) {
    case SLOT_NUMBER:
    case SLOT_COUNT:
        return add_number(match, slot, word);
    case SLOT_PAIR:
        return add_pair(match, slot, word);
    case SLOT_OPERATION:
        return add_operation(match, word);
    case SLOT_PREFIXED:
        if (!str_starts_with(word, prefix.ptr) || word.len == prefix.len)
            return false;
        add_text(match, (Str){word.ptr + prefix.len, word.len - prefix.len});
        return true;
    case SLOT_ONE_OF:
        if (!is_choice(slot->choices, word))
            return false;
        add_text(match, word);
        return true;
    case SLOT_TEXT:
        add_text(match, word);
        return true;
    case SLOT_POINTS:
        return add_point(match, slot, word);
    }
    return false;
}

static const Slot *find_slot(Str word)
{
    for (size_t i = 0; i < COUNT_OF(slots); i++) {
        if (str_equal(word, str_of(slots[i].word)))
            return &slots[i];
    }
    return NULL;
}

static bool match_word(Match *match, Str expected, Str word)
{
    const Slot *slot = find_slot(expected);
    if (slot)
        return fill_slot(match, slot, word);
    if (memchr(expected.ptr, '|', expected.len)) {
        if (!is_choice(str_copy(match->arena, expected), word))
            return false;
        add_text(match, word);
        return true;
    }
    return str_equal(expected, word);
}

static bool takes_all(Str expected)
{
    const Slot *slot = find_slot(expected);
    return slot && slot->kind == SLOT_POINTS;
}

// As many points as the figure needs.
static bool has_its_points(const ScriptCommand *command)
{
    uint32_t count = command->point_count;
    if (command->verb == SCRIPT_MEASURE_POINTS)
        return count >= 2;
    if (command->verb != SCRIPT_MEASURE_FIGURE)
        return true;
    return !strcmp(command->text, "tape")    ? count == 2
           : !strcmp(command->text, "angle") ? count == 3
                                             : count >= 2;
}

static bool match_form(const Form *form, const Str *words, int count, Arena *arena,
                       ScriptCommand *out)
{
    Match match = {.arena = arena, .command = {.verb = form->verb}};
    Str rest = str_of(form->usage), expected;
    int at = 0;
    for (; str_next_word(&rest, &expected); at++) {
        if (at == count || !match_word(&match, expected, words[at]))
            return false;
        while (takes_all(expected) && at + 1 < count)
            if (!match_word(&match, expected, words[++at]))
                return false;
    }
    if (at != count || !has_its_points(&match.command))
        return false;
    // Order between texts means nothing; a script that asks for it is mistaken.
    if (form->verb == SCRIPT_EXPECT_TEXT && match.command.operation != SCRIPT_EQUAL &&
        match.command.operation != SCRIPT_NOT_EQUAL)
        return false;
    *out = match.command;
    return true;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

// Cuts off the next word, without its quotes. 1 for a word, 0 at the end or at a comment,
// -1 for a quote that is not closed.
static int next_word(Str *rest, Str *word)
{
    while (rest->len && is_blank(rest->ptr[0]))
        *rest = (Str){rest->ptr + 1, rest->len - 1};
    if (!rest->len || rest->ptr[0] == '#')
        return 0;
    if (rest->ptr[0] == '"') {
        const char *end = memchr(rest->ptr + 1, '"', rest->len - 1);
        if (!end)
            return -1;
        *word = (Str){rest->ptr + 1, (size_t)(end - rest->ptr) - 1};
        *rest = (Str){end + 1, rest->len - word->len - 2};
        return 1;
    }
    return str_next_word(rest, word) ? 1 : 0;
}

static bool begins_with_word(const Form *form, Str word)
{
    Str rest = str_of(form->usage), first;
    return str_next_word(&rest, &first) && str_equal(first, word);
}

static Status refuse_line(const Str *words, const char *name, uint32_t line)
{
    Scratch scratch = scratch_begin(NULL);
    const char *usages = "";
    for (size_t i = 0; i < COUNT_OF(forms); i++) {
        if (begins_with_word(&forms[i], words[0]))
            usages = str_format(scratch.arena, "%s%s'%s'", usages, *usages ? " or " : "",
                                forms[i].usage);
    }
    if (*usages)
        fault_set(ERR_INVALID, __FILE__, __LINE__, "%s:%u: expected %s", name, line, usages);
    else
        fault_set(ERR_INVALID, __FILE__, __LINE__,
                  "%s:%u: no command is called '%.*s'; --script-help lists them", name, line,
                  (int)MIN(words[0].len, 40), words[0].ptr);
    scratch_end(scratch);
    return ERR_INVALID;
}

// Sets *is_command to false for an empty line.
NODISCARD static Status parse_line(Str source, const char *name, uint32_t line, Arena *arena,
                                   bool *is_command, ScriptCommand *out)
{
    Str words[MAX_WORDS];
    Str rest = source;
    int count = 0, found;
    Str word;
    while ((found = next_word(&rest, &word)) == 1) {
        if (count == MAX_WORDS)
            return FAIL(ERR_INVALID, "%s:%u: more than %d words", name, line, MAX_WORDS);
        words[count++] = word;
    }
    if (found < 0)
        return FAIL(ERR_INVALID, "%s:%u: a quote is not closed", name, line);
    *is_command = count > 0;
    if (!count)
        return OK;
    for (size_t i = 0; i < COUNT_OF(forms); i++) {
        if (match_form(&forms[i], words, count, arena, out)) {
            out->line = line;
            out->source = str_copy(arena, str_trim(source));
            return OK;
        }
    }
    return refuse_line(words, name, line);
}

NODISCARD Status script_parse(Str text, const char *name, Arena *arena, Script *out)
{
    if (text.len > SCRIPT_MAX_BYTES)
        return FAIL(ERR_LIMIT, "%s: %zu bytes; a script has at most %d", name, text.len,
                    SCRIPT_MAX_BYTES);
    if (!utf8_is_valid(text) || (text.len && memchr(text.ptr, 0, text.len)))
        return FAIL(ERR_INVALID, "%s: is not UTF-8 text", name);
    Script script = {.name = arena_copy_text(arena, name)};
    uint32_t capacity = 0, line_number = 0;
    Str line;
    while (str_next_line(&text, &line)) {
        ScriptCommand command = {0};
        bool is_command = false;
        TRY(parse_line(line, name, ++line_number, arena, &is_command, &command));
        if (is_command)
            *ARENA_PUSH(arena, script.commands, script.count, capacity) = command;
    }
    *out = script;
    return OK;
}

bool script_compare(double left, ScriptOperation operation, double right)
{
    switch (operation) {
    case SCRIPT_LESS:
        return left < right;
    case SCRIPT_LESS_EQUAL:
        return left <= right;
    case SCRIPT_GREATER:
        return left > right;
    case SCRIPT_GREATER_EQUAL:
        return left >= right;
    case SCRIPT_EQUAL:
        return left == right;
    case SCRIPT_NOT_EQUAL:
        return left != right;
    case SCRIPT_OPERATION_COUNT:
        break;
    }
    return false;
}

const char *script_operation_text(ScriptOperation operation)
{
    return operations[operation];
}

const char *script_help(Arena *arena)
{
    const char *help = "A script has one command a line; # begins a comment.\n\n";
    for (size_t i = 0; i < COUNT_OF(forms); i++)
        help = str_format(arena, "%s  %-40s %s\n", help, forms[i].usage, forms[i].help);
    help = str_format(
        arena,
        "%s\nMODE is one of %s. OP is one of < <= > >= = !=.\n"
        "POINTS are X,Y in parts of the picture, of what is seen there (through the lens, "
        "where "
        "it\nlies), or X,Y,Z of the piece itself in millimetres.\n"
        "ZOOM is how many times larger the lens shows things than the picture around "
        "it does, from 2.\nIt ends where two pixels show one sample of the scan: "
        "past that, magnifier.zoom is\nless than ZOOM, and magnifier.limited and "
        "magnifier.enlarged are true.\n",
        help, find_slot(str_of("MODE"))->choices);
    return help;
}
