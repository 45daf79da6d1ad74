// bindings.h: which key and which button of a gamepad does what: as usual, or as visitors have
// it.
//
// What a key usually does is written down where it is done (controls.c and others); here keys
// change places. So nothing can be lost and nothing is done twice: whoever puts the magnifier
// on Q finds on G what was on Q. Keys that every screen needs (Enter, Esc, Tab, arrows and
// their like, and B) stay where they are.
//
// Values. Any thread.

#pragma once
#include "base/str.h"
#include "device/window.h"

// Zero: all as usual.
typedef struct Bindings {
    uint8_t keys[KEY_COUNT];        // by what it usually is: what is pressed; 0: itself
    uint8_t pads[PAD_BUTTON_COUNT]; // the same, and one more: 0 is itself
} Bindings;

// What can be moved, with its sentence in English (N_).
typedef struct BindingAction {
    const char *name; // "magnifier"; for screens and files
    const char *text;
    Key key; // KEY_NONE: no key does it
    int pad; // a PadButton, or -1
} BindingAction;

enum { BINDING_MAX_ACTIONS = 64 };
const BindingAction *binding_actions(uint32_t *count);

bool binding_key_stays(Key key); // it cannot be moved, and nothing can be put there
bool binding_pad_stays(PadButton button);

// What is pressed for what is usually there.
Key binding_key(const Bindings *bindings, Key usual);
PadButton binding_pad(const Bindings *bindings, PadButton usual);
// They change places; gives what has to make room: what is now where `usual` was. ERR_INVALID
// where one of them stays.
NODISCARD Status binding_move_key(Bindings *bindings, Key usual, Key pressed, Key *other);
NODISCARD Status binding_move_pad(Bindings *bindings, PadButton usual, PadButton pressed,
                                  PadButton *other);
// Each key is once in it.
bool binding_is_whole(const Bindings *bindings);
bool binding_is_usual(const Bindings *bindings);

// What is heard, as if all were as usual. Pads only `with_pad`: what has a focus goes by the
// buttons' places.
void binding_hear(const Bindings *bindings, bool with_pad, Input *input);

// "E", "Esc", "F1", ...; KEY_NONE if there is no such name, whichever way it is written.
Key binding_find_key(const char *name);
const char *binding_key_name(Key key); // "" of KEY_NONE
// "a", "up", "left-shoulder", ...; false where there is none.
bool binding_find_pad(const char *name, PadButton *out);
const char *binding_pad_name(PadButton button);
