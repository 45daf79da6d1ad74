// text_fold.c: texts as they are compared: "Lièvre", "LIEVRE" and "lievre" are the same.

#include "draw/text.h"

#include <glib.h>
#include <string.h>

enum { HIRAGANA = 0x3041, KATAKANA = 0x30a1, KATAKANA_END = 0x30f6 };

// Letters that are not a letter and a mark in Unicode, but are to those who type without them.
static const struct {
    gunichar letter;
    const char *plain;
} plain_letters[] = {{0xf8, "o"},  {0x142, "l"}, {0x111, "d"},      {0xf0, "d"},
                     {0xfe, "th"}, {0xe6, "ae"}, {0x153, "oe"},     {0x131, "i"},
                     {0x127, "h"}, {0x167, "t"}, {0x649, "\u064a"}, {0x629, "\u0647"}};

static void add_letter(GString *out, gunichar letter)
{
    for (size_t i = 0; i < COUNT_OF(plain_letters); i++) {
        if (letter == plain_letters[i].letter) {
            g_string_append(out, plain_letters[i].plain);
            return;
        }
    }
    if (letter >= KATAKANA && letter <= KATAKANA_END)
        letter -= KATAKANA - HIRAGANA;
    g_string_append_unichar(out, letter);
}

const char *text_fold(const char *text, Arena *arena)
{
    char *parts = g_utf8_normalize(text, -1, G_NORMALIZE_ALL);
    if (!parts)
        return ""; // not UTF-8
    char *lower = g_utf8_casefold(parts, -1);
    GString *out = g_string_new(NULL);
    bool wants_blank = false;
    for (const char *at = lower; *at; at = g_utf8_next_char(at)) {
        gunichar letter = g_utf8_get_char(at);
        bool is_long = letter == 0x640 || letter == 0x30fc; // signs that lengthen
        if (g_unichar_ismark(letter) || is_long)
            continue;
        if (!g_unichar_isalnum(letter)) {
            wants_blank = out->len > 0;
            continue;
        }
        if (wants_blank)
            g_string_append_c(out, ' ');
        wants_blank = false;
        add_letter(out, letter);
    }
    const char *folded = arena_copy_text(arena, out->str);
    g_string_free(out, TRUE);
    g_free(lower);
    g_free(parts);
    return folded;
}
