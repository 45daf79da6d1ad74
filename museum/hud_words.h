// hud_words.h: the words of the interface, in the language that was last spoken.
//
// Texts of exhibits come from their packs; these are the house's own, in English here and
// translated in assets/po (exhibits/model/tongue.h). Words that several places say have a
// name in the table; others are said where they are used: hud_say("Walk there"). Main thread
// only, as everything that is written over the picture.

#pragma once
#include "base/arena.h"

typedef enum HudWord {
    WORD_LEAN_IN,
    WORD_LEAN_OUT,
    WORD_MAGNIFIER,
    WORD_STORY,
    WORD_LABEL,
    WORD_HELP,
    WORD_MENU,
    WORD_CLOSE,
    WORD_READ_STORY,
    WORD_PUT_AWAY,
    WORD_RESTORATION,
    WORD_ENLARGED,
    WORD_NATIVE,
    WORD_PIN,
    WORD_PIN_LENS, // and other hints while one holds it
    WORD_PUT_LENS_AWAY,
    WORD_LENS_MODES,
    WORD_LENS,
    WORD_PER_SAMPLE,
    WORD_PER_TEXEL,
    WORD_PER_PIXEL,
    WORD_LENS_LIMIT,
    WORD_PACK_LIMIT,
    WORD_LIGHT_FROM,
    WORD_LIGHT_HIGH,
    WORD_BEAUTY,
    WORD_RAKING,
    WORD_ALBEDO,
    WORD_NORMALS,
    WORD_RELIEF,
    WORD_HEIGHT,
    WORD_SPECULAR,
    WORD_ABOUT_BEAUTY, // one sentence each: what the mode shows
    WORD_ABOUT_ALBEDO,
    WORD_ABOUT_NORMALS,
    WORD_ABOUT_RAKING,
    WORD_ABOUT_RELIEF,
    WORD_ABOUT_HEIGHT,
    WORD_ABOUT_SPECULAR,
    WORD_STRENGTH,
    WORD_BANDS_OF,
    WORD_SHOW_DETAILS,
    WORD_NO_DETAILS,
    WORD_TOOLS,
    WORD_INSCRIPTIONS,
    WORD_CAPTURE,
    WORD_TEXEL_DISTANCE,
    WORD_TRIANGLES,
    WORD_NO_STORY,
    WORD_EYE_HEIGHT,
    WORD_FIELD_OF_VIEW,
    WORD_CLICK_FLOOR, // by mouse, once
    WORD_TAP_FLOOR,   // by finger, once
    WORD_STEP_INSIDE,
    WORD_ENTER,
    WORD_STEP_OUT,
    WORD_LEAVE,
    WORD_YOUR_EYES, // followed by a height: stepped inside
    WORD_NO_INSIDE,
    WORD_NO_GROUND,
    WORD_NO_WAY,
    WORD_PICTURE_SAVED,
    WORD_HELP_TITLE,
    WORD_MEASURE,
    WORD_TAKE_TAPE,
    WORD_PUT_TAPE_AWAY,
    WORD_SET_POINT,
    WORD_SET_POINT_HERE,
    WORD_UNDO,
    WORD_TAKE_BACK,
    WORD_CLEAR,
    WORD_TAPE_KIND,
    WORD_TAPE,
    WORD_CHAIN,
    WORD_ANGLE,
    WORD_FIRST_POINT,
    WORD_NEXT_POINT,
    WORD_LIFE_SIZE,
    WORD_TRUE_SIZE,
    WORD_PARALLEL,
    WORD_PHOTOGRAPH,
    WORD_MOOD,
    WORD_COIN,
    WORD_STAMP,
    WORD_HAND,
    WORD_COIN_SIZE,
    WORD_STAMP_SIZE,
    WORD_HAND_SIZE,
    WORD_CARD,
    WORD_SIZE_UNKNOWN,
    WORD_SIZE_TOLD,
    WORD_SIZE_BY_CARD,
    WORD_SIZE_SIMULATED,
    WORD_CARD_TITLE,
    WORD_CARD_HOW,
    WORD_CARD_FITS,
    WORD_NOT_NOW,
    WORD_CARD_KEPT,
    WORD_BOOK_BROKEN,
    WORD_PIXELS_AN_INCH,
    WORD_TAKING_PHOTOGRAPH,
    WORD_NO_PHOTOGRAPH,
    WORD_SCALE_EVERYWHERE,
    WORD_SCALE_IN_MIDDLE,
    WORD_SCALE_IN_LENS,
    WORD_COMPARE,
    WORD_COMPARE_WITH,
    WORD_SAME_PIECE,
    WORD_MORE_PIECES,
    WORD_LINKED,
    WORD_LINK,
    WORD_OTHER_HALF,
    WORD_ANOTHER_PIECE,
    WORD_LEAVE_COMPARING,
    WORD_LEAVE_COMPARISON,
    WORD_LEAVE_FIRST,
    WORD_TOUR,
    WORD_PLAN,
    WORD_SHOW_PLAN,
    WORD_PLAN_TITLE,
    WORD_YOU_ARE_HERE,
    WORD_VISITED,
    WORD_GO_THERE,
    WORD_WELCOME,
    WORD_COUNT
} HudWord;

// BCP-47, or NULL; it has to last. What is said from then on is in that language: whoever
// keeps laid out texts asks for them again.
void hud_speak(const char *language);
const char *hud_spoken(void); // "en" where it is not translated

// In the language last spoken; English at first, and for what that does not say. Texts last as
// long as the program. `english` is a literal, or was marked with N_: xgettext reads it.
const char *hud_word(HudWord word);
const char *hud_say(const char *english) FORMAT_ARG(1);
// Where one English word is two elsewhere: ("gamepad", "up").
const char *hud_say_in(const char *context, const char *english) FORMAT_ARG(2);
// A format for `n` things: ("%d piece", "%d pieces", n); some languages have six of them.
const char *hud_say_count(const char *one, const char *many, uint64_t n) FORMAT_ARG(1);
// What C wrote, as the language writes numbers and lengths: "12.3 mm" (exhibits/model/local.h).
const char *hud_figures(const char *text, Arena *arena);
// "7 of 9 details found".
const char *hud_found_words(uint32_t found, uint32_t of, Arena *arena);
// Arrows to the one before and the next.
const char *hud_arrow_back(void);
const char *hud_arrow_on(void);
bool hud_is_mirrored(void); // it is written from the right
