// bindings.c: which key and which button of a gamepad does what.

#include "museum/bindings.h"

#include "exhibits/model/tongue.h"

#include <string.h>
#include <strings.h>

// ---- what there is

static const BindingAction actions[] = {
    {"walk-ahead", N_("Walk ahead; leant in, come closer"), KEY_W, -1},
    {"walk-back", N_("Walk back; leant in, away"), KEY_S, -1},
    {"walk-left", N_("Walk to the left"), KEY_A, -1},
    {"walk-right", N_("Walk to the right"), KEY_D, -1},
    {"lean-in", N_("Lean in; go there"), KEY_E, PAD_A},
    {"magnifier", N_("Magnifier"), KEY_G, PAD_X},
    {"pin", N_("Pin the magnifier"), KEY_P, -1},
    {"stronger", N_("Stronger, closer"), KEY_PLUS, -1},
    {"weaker", N_("Weaker, farther"), KEY_MINUS, -1},
    {"next-detail", N_("Next detail; on the tour, on"), KEY_PERIOD, PAD_RIGHT},
    {"previous-detail", N_("Previous detail; on the tour, back"), KEY_COMMA, PAD_LEFT},
    {"story", N_("Story; comparing, link both halves"), KEY_NONE, PAD_Y},
    {"read", N_("Story"), KEY_I, -1},
    {"label", N_("Label"), KEY_L, -1},
    {"plan", N_("Floor plan"), KEY_M, -1},
    {"up", N_("Floor plan; leant in, compare; previous mode"), KEY_NONE, PAD_UP},
    {"down", N_("Tape measure; next mode"), KEY_NONE, PAD_DOWN},
    {"tour", N_("Guided tour"), KEY_U, -1},
    {"left-shoulder", N_("Guided tour; shallow focus; weaker"), KEY_NONE, PAD_LEFT_SHOULDER},
    {"right-shoulder", N_("Step inside; stronger"), KEY_NONE, PAD_RIGHT_SHOULDER},
    {"true-size", N_("True size"), KEY_R, -1},
    {"right-stick", N_("True size; pin the magnifier"), KEY_NONE, PAD_RIGHT_STICK},
    {"beside", N_("Coin, stamp, hand beside it"), KEY_B, -1},
    {"focus", N_("Shallow focus"), KEY_F, -1},
    {"parallel", N_("Parallel rays"), KEY_O, PAD_LEFT_STICK},
    {"tape", N_("Tape measure"), KEY_T, -1},
    {"tape-kind", N_("Tape, chain or angle; narration"), KEY_N, -1},
    {"compare", N_("Compare"), KEY_V, -1},
    {"link", N_("Comparing: link both halves"), KEY_K, -1},
    {"other-half", N_("Comparing: the other half"), KEY_J, -1},
    {"inside", N_("Step inside"), KEY_X, -1},
    {"buttons", N_("Go through the buttons"), KEY_NONE, PAD_BACK},
    {"menu", N_("Menu"), KEY_NONE, PAD_START},
    {"mouse", N_("Look with the mouse alone"), KEY_C, -1},
    {"sound", N_("Sound off and on"), KEY_0, -1},
    {"help", N_("Help"), KEY_F1, -1},
    {"photograph", N_("Photograph"), KEY_F12, -1},
    {"full-screen", N_("Full screen"), KEY_F11, -1},
    {"figures", N_("Figures of what is drawn"), KEY_F3, -1},
};

const BindingAction *binding_actions(uint32_t *count)
{
    *count = COUNT_OF(actions);
    return actions;
}

// ---- names

static const struct {
    const char *name;
    Key key;
} key_names[] = {
    // the first of a key is what it is called
    {"Left", KEY_LEFT},
    {"Right", KEY_RIGHT},
    {"Up", KEY_UP},
    {"Down", KEY_DOWN},
    {"Enter", KEY_ENTER},
    {"Return", KEY_ENTER},
    {"Esc", KEY_ESCAPE},
    {"Escape", KEY_ESCAPE},
    {"Space", KEY_SPACE},
    {"Tab", KEY_TAB},
    {"Backspace", KEY_BACKSPACE},
    {"Shift", KEY_SHIFT},
    {"Ctrl", KEY_CONTROL},
    {"Control", KEY_CONTROL},
    {"Alt", KEY_ALT},
    {"PageUp", KEY_PAGE_UP},
    {"PageDown", KEY_PAGE_DOWN},
    {"Home", KEY_HOME},
    {"End", KEY_END},
    {"+", KEY_PLUS},
    {"Plus", KEY_PLUS},
    {"-", KEY_MINUS},
    {"Minus", KEY_MINUS},
    {",", KEY_COMMA},
    {"Comma", KEY_COMMA},
    {".", KEY_PERIOD},
    {"Period", KEY_PERIOD},
};

Key binding_find_key(const char *name)
{
    if (name[0] && !name[1]) {
        if (name[0] >= 'a' && name[0] <= 'z')
            return (Key)(KEY_A + name[0] - 'a');
        if (name[0] >= 'A' && name[0] <= 'Z')
            return (Key)(KEY_A + name[0] - 'A');
        if (name[0] >= '0' && name[0] <= '9')
            return (Key)(KEY_0 + name[0] - '0');
    }
    int64_t number;
    if (name[0] == 'F' && str_to_int(str_of(name + 1), &number) && number >= 1 && number <= 12)
        return (Key)(KEY_F1 + number - 1);
    for (size_t i = 0; i < COUNT_OF(key_names); i++) {
        if (!strcasecmp(name, key_names[i].name))
            return key_names[i].key;
    }
    return KEY_NONE;
}

const char *binding_key_name(Key key)
{
    static const char letters[] = "A\0B\0C\0D\0E\0F\0G\0H\0I\0J\0K\0L\0M\0N\0O\0P\0Q\0R\0S\0T\0"
                                  "U\0V\0W\0X\0Y\0Z\0"
                                  "0\0"
                                  "1\0"
                                  "2\0"
                                  "3\0"
                                  "4\0"
                                  "5\0"
                                  "6\0"
                                  "7\0"
                                  "8\0"
                                  "9";
    static const char *const functions[] = {"F1", "F2", "F3", "F4",  "F5",  "F6",
                                            "F7", "F8", "F9", "F10", "F11", "F12"};
    if (key >= KEY_A && key <= KEY_9)
        return letters + 2 * (key - KEY_A);
    if (key >= KEY_F1 && key <= KEY_F12)
        return functions[key - KEY_F1];
    for (size_t i = 0; i < COUNT_OF(key_names); i++)
        if (key_names[i].key == key)
            return key_names[i].name;
    return "";
}

static const char *const pad_names[PAD_BUTTON_COUNT] = {
    [PAD_A] = "a",
    [PAD_B] = "b",
    [PAD_X] = "x",
    [PAD_Y] = "y",
    [PAD_LEFT_SHOULDER] = "left-shoulder",
    [PAD_RIGHT_SHOULDER] = "right-shoulder",
    [PAD_BACK] = "back",
    [PAD_START] = "start",
    [PAD_UP] = "up",
    [PAD_DOWN] = "down",
    [PAD_LEFT] = "left",
    [PAD_RIGHT] = "right",
    [PAD_LEFT_STICK] = "left-stick",
    [PAD_RIGHT_STICK] = "right-stick",
};

bool binding_find_pad(const char *name, PadButton *out)
{
    for (int i = 0; i < PAD_BUTTON_COUNT; i++) {
        if (!strcmp(name, pad_names[i])) {
            *out = (PadButton)i;
            return true;
        }
    }
    return false;
}

const char *binding_pad_name(PadButton button)
{
    return pad_names[button];
}

// ---- what stays

bool binding_key_stays(Key key)
{
    return key == KEY_NONE || (key >= KEY_1 && key <= KEY_7) ||
           (key >= KEY_LEFT && key <= KEY_END);
}

bool binding_pad_stays(PadButton button)
{
    return button == PAD_B;
}

// ---- who is where

Key binding_key(const Bindings *bindings, Key usual)
{
    return bindings->keys[usual] ? (Key)bindings->keys[usual] : usual;
}

PadButton binding_pad(const Bindings *bindings, PadButton usual)
{
    return bindings->pads[usual] ? (PadButton)(bindings->pads[usual] - 1) : usual;
}

Status binding_move_key(Bindings *bindings, Key usual, Key pressed, Key *other)
{
    if (binding_key_stays(usual) || binding_key_stays(pressed))
        return FAIL(ERR_INVALID, "%s stays where it is",
                    binding_key_name(binding_key_stays(pressed) ? pressed : usual));
    Key before = binding_key(bindings, usual);
    for (int key = 1; key < KEY_COUNT; key++) {
        if (binding_key(bindings, (Key)key) != pressed)
            continue;
        *other = (Key)key;
        bindings->keys[key] = (uint8_t)before;
        bindings->keys[usual] = (uint8_t)pressed;
        return OK;
    }
    return FAIL(ERR_INVALID, "no key does what %s would", binding_key_name(pressed));
}

Status binding_move_pad(Bindings *bindings, PadButton usual, PadButton pressed,
                        PadButton *other)
{
    if (binding_pad_stays(usual) || binding_pad_stays(pressed))
        return FAIL(ERR_INVALID, "'%s' stays where it is",
                    binding_pad_name(binding_pad_stays(pressed) ? pressed : usual));
    PadButton before = binding_pad(bindings, usual);
    for (int button = 0; button < PAD_BUTTON_COUNT; button++) {
        if (binding_pad(bindings, (PadButton)button) != pressed)
            continue;
        *other = (PadButton)button;
        bindings->pads[button] = (uint8_t)(before + 1);
        bindings->pads[usual] = (uint8_t)(pressed + 1);
        return OK;
    }
    return FAIL(ERR_INVALID, "no button does what '%s' would", binding_pad_name(pressed));
}

bool binding_is_whole(const Bindings *bindings)
{
    bool keys[KEY_COUNT] = {false}, pads[PAD_BUTTON_COUNT] = {false};
    for (int i = 0; i < KEY_COUNT; i++) {
        Key key = binding_key(bindings, (Key)i);
        if (key >= KEY_COUNT || keys[key] || (binding_key_stays((Key)i) && key != (Key)i))
            return false;
        keys[key] = true;
    }
    for (int i = 0; i < PAD_BUTTON_COUNT; i++) {
        PadButton button = binding_pad(bindings, (PadButton)i);
        if (button >= PAD_BUTTON_COUNT || pads[button] ||
            (binding_pad_stays((PadButton)i) && button != (PadButton)i))
            return false;
        pads[button] = true;
    }
    return true;
}

bool binding_is_usual(const Bindings *bindings)
{
    bool is_usual = true;
    for (int i = 0; i < KEY_COUNT; i++)
        is_usual &= binding_key(bindings, (Key)i) == (Key)i;
    for (int i = 0; i < PAD_BUTTON_COUNT; i++)
        is_usual &= binding_pad(bindings, (PadButton)i) == (PadButton)i;
    return is_usual;
}

void binding_hear(const Bindings *bindings, bool with_pad, Input *input)
{
    InputButton keys[KEY_COUNT], pads[PAD_BUTTON_COUNT];
    memcpy(keys, input->keys, sizeof keys);
    memcpy(pads, input->pad, sizeof pads);
    for (int i = 0; i < KEY_COUNT; i++)
        input->keys[i] = keys[binding_key(bindings, (Key)i)];
    for (int i = 0; i < PAD_BUTTON_COUNT && with_pad; i++)
        input->pad[i] = pads[binding_pad(bindings, (PadButton)i)];
}
