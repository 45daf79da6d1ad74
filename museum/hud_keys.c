// hud_keys.c: what keys and buttons in force are called in what is written.

#include "museum/hud_keys.h"

#include "exhibits/model/tongue.h"
#include "museum/hud_words.h"

#include <stdio.h>
#include <string.h>

static const Bindings usual_ones;
static const Bindings *held = &usual_ones;

void hud_hold(const Bindings *bindings)
{
    held = bindings ? bindings : &usual_ones;
}

const Bindings *hud_held(void)
{
    return held;
}

const char *hud_key(Key usual)
{
    return binding_key_name(binding_key(held, usual));
}

const char *hud_key_words(Key key)
{
    return key == KEY_PLUS     ? hud_say("Plus")
           : key == KEY_MINUS  ? hud_say("Minus")
           : key == KEY_COMMA  ? hud_say("Comma")
           : key == KEY_PERIOD ? hud_say("Period")
                               : binding_key_name(key);
}

const char *hud_pad(PadButton usual)
{
    static const char *const signs[PAD_BUTTON_COUNT] = {
        [PAD_A] = "A",
        [PAD_B] = "B",
        [PAD_X] = "X",
        [PAD_Y] = "Y",
        [PAD_LEFT_SHOULDER] = "L1",
        [PAD_RIGHT_SHOULDER] = "R1",
        [PAD_BACK] = "Back",
        [PAD_START] = "Start",
        [PAD_UP] = "▲",
        [PAD_DOWN] = "▼",
        [PAD_LEFT] = "◀",
        [PAD_RIGHT] = "▶",
        [PAD_LEFT_STICK] = "L3",
        [PAD_RIGHT_STICK] = "R3",
    };
    return signs[binding_pad(held, usual)];
}

const char *hud_pad_words(PadButton button)
{
    static const char *const words[PAD_BUTTON_COUNT] = {
        [PAD_A] = "A",
        [PAD_B] = "B",
        [PAD_X] = "X",
        [PAD_Y] = "Y",
        [PAD_LEFT_SHOULDER] = NC_("gamepad", "left shoulder"),
        [PAD_RIGHT_SHOULDER] = NC_("gamepad", "right shoulder"),
        [PAD_BACK] = "Back",
        [PAD_START] = "Start",
        [PAD_UP] = NC_("gamepad", "up"),
        [PAD_DOWN] = NC_("gamepad", "down"),
        [PAD_LEFT] = NC_("gamepad", "left"),
        [PAD_RIGHT] = NC_("gamepad", "right"),
        [PAD_LEFT_STICK] = NC_("gamepad", "left stick pressed"),
        [PAD_RIGHT_STICK] = NC_("gamepad", "right stick pressed"),
    };
    return hud_say_in("gamepad", words[button]);
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80;
}

// How many bytes of a key's name stand alone there: a capital, F and its number, a sign
// between blanks.
static size_t key_at(const char *text, const char *at)
{
    char before = at == text ? ' ' : at[-1];
    size_t length = 1;
    if (strchr(",.+-", *at) && *at)
        return before == ' ' && (!at[1] || at[1] == ' ') ? 1 : 0;
    if (*at < 'A' || *at > 'Z' || (is_letter(before) && !((unsigned char)before & 0x80)))
        return 0;
    while (*at == 'F' && at[length] >= '0' && at[length] <= '9')
        length++;
    bool goes_on = is_letter(at[length]) && !((unsigned char)at[length] & 0x80);
    return goes_on ? 0 : length;
}

void hud_write_keys(const char *text, char *out, size_t size)
{
    size_t used = 0;
    out[0] = 0;
    for (const char *at = text; *at && used + 1 < size;) {
        char name[8] = "";
        size_t length = key_at(text, at);
        if (length > 0 && length < sizeof name)
            memcpy(name, at, length);
        Key key = length > 0 ? binding_find_key(name) : KEY_NONE;
        if (key != KEY_NONE) {
            used += (size_t)snprintf(out + used, size - used, "%s", hud_key(key));
            at += length;
        } else {
            out[used++] = *at++;
            out[used] = 0;
        }
        used = MIN(used, size - 1);
    }
}
