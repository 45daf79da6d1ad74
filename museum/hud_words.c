// hud_words.c: every word of the interface, in one table.

#include "museum/hud_words.h"

#include "museum/hud_tongues.h"

#include <stddef.h>
#include <string.h>

static const char *const words[WORD_COUNT] = {
    [WORD_LEAN_IN] = "lean in",
    [WORD_LEAN_OUT] = "step back",
    [WORD_MAGNIFIER] = "magnifier",
    [WORD_STORY] = "story",
    [WORD_LABEL] = "label",
    [WORD_HELP] = "help",
    [WORD_CLOSE] = "Close",
    [WORD_READ_STORY] = "Story & rights",
    [WORD_PUT_AWAY] = "put the story away",
    [WORD_RESTORATION] = "Under restoration",
    [WORD_ENLARGED] = "enlarged",
    [WORD_NATIVE] = "native",
    [WORD_PIN] = "Pin",
    [WORD_PIN_LENS] = "pin",
    [WORD_PUT_LENS_AWAY] = "put it away",
    [WORD_LENS_MODES] = "modes",
    [WORD_LENS] = "Magnifier",
    [WORD_PER_SAMPLE] = "between samples",
    [WORD_PER_TEXEL] = "a texel",
    [WORD_PER_PIXEL] = "a pixel",
    [WORD_LENS_LIMIT] = "the scan holds nothing finer",
    [WORD_PACK_LIMIT] = "the pack holds nothing finer",
    [WORD_LIGHT_FROM] = "light from",
    [WORD_LIGHT_HIGH] = "height",
    [WORD_BEAUTY] = "beauty",
    [WORD_RAKING] = "raking light",
    [WORD_ALBEDO] = "albedo",
    [WORD_NORMALS] = "normals",
    [WORD_RELIEF] = "relief",
    [WORD_HEIGHT] = "height",
    [WORD_SPECULAR] = "specular",
    [WORD_ABOUT_BEAUTY] = "As the eye sees it, in the light of the room",
    [WORD_ABOUT_ALBEDO] = "Its colours alone, without light and shadow",
    [WORD_ABOUT_NORMALS] = "Each colour is a direction that the surface faces",
    [WORD_ABOUT_RAKING] = "One light grazes the surface: what stands out casts shadows",
    [WORD_ABOUT_RELIEF] = "Hollows are dark and ridges light, wherever light comes from",
    [WORD_ABOUT_HEIGHT] = "Contour lines, as on a map: blue lies lower, brown stands higher",
    [WORD_ABOUT_SPECULAR] = "As if it were polished: the highlight follows every scratch",
    [WORD_STRENGTH] = "strength",
    [WORD_BANDS_OF] = "bands of",
    [WORD_DETAILS] = "Details, for the magnifier",
    [WORD_SHOW_DETAILS] = "Details",
    [WORD_NO_DETAILS] = "The story tells of no details.",
    [WORD_MAKING] = "How it was made",
    [WORD_HOURS] = "hours of work",
    [WORD_TOOLS] = "Tools",
    [WORD_PROVENANCE] = "Provenance",
    [WORD_INSCRIPTIONS] = "Inscriptions",
    [WORD_CAPTURE] = "The scan",
    [WORD_SAMPLE_DISTANCE] = "between samples of the surface",
    [WORD_TEXEL_DISTANCE] = "a texel of the scan's pictures",
    [WORD_TRIANGLES] = "triangles",
    [WORD_RIGHTS] = "Rights",
    [WORD_NO_STORY] = "Nobody has written this piece's story yet.",
    [WORD_EYE_HEIGHT] = "Eye height",
    [WORD_FIELD_OF_VIEW] = "Field of view",
    [WORD_CLICK_FLOOR] = "Click on the floor to walk there; drag to look around.",
    [WORD_TAP_FLOOR] = "Tap the floor to walk there; drag to look around.",
    [WORD_STEP_INSIDE] = "step inside",
    [WORD_ENTER] = "Step inside",
    [WORD_STEP_OUT] = "step out",
    [WORD_LEAVE] = "Step out",
    [WORD_YOUR_EYES] = "Your eyes are now at",
    [WORD_NO_INSIDE] = "This piece cannot be entered.",
    [WORD_NO_GROUND] = "There is no ground to stand on yet.",
    [WORD_NO_WAY] = "No way leads there.",
    [WORD_PICTURE_SAVED] = "Picture saved:",
    [WORD_HELP_TITLE] = "Finding your way",
    [WORD_MEASURE] = "measure",
    [WORD_TAKE_TAPE] = "Measure",
    [WORD_PUT_TAPE_AWAY] = "put the tape away",
    [WORD_SET_POINT] = "set a point",
    [WORD_SET_POINT_HERE] = "Set point",
    [WORD_UNDO] = "take a point back",
    [WORD_TAKE_BACK] = "Undo",
    [WORD_CLEAR] = "Clear",
    [WORD_TAPE_KIND] = "tape, chain, angle",
    [WORD_TAPE] = "Tape",
    [WORD_CHAIN] = "Chain",
    [WORD_ANGLE] = "Angle",
    [WORD_FIRST_POINT] = "Choose a point on the piece",
    [WORD_NEXT_POINT] = "Choose the next point",
    [WORD_LIFE_SIZE] = "life size",
    [WORD_TRUE_SIZE] = "True size",
    [WORD_PARALLEL] = "Parallel rays",
    [WORD_PHOTOGRAPH] = "Photograph",
    [WORD_MOOD] = "Shallow focus",
    [WORD_COIN] = "Coin",
    [WORD_STAMP] = "Stamp",
    [WORD_HAND] = "Hand",
    [WORD_COIN_SIZE] = "1 euro, 23.25 mm",
    [WORD_STAMP_SIZE] = "Penny Black, 19 × 22 mm",
    [WORD_HAND_SIZE] = "a grown-up's hand, 18 cm",
    [WORD_CARD] = "Bank card",
    [WORD_SIZE_UNKNOWN] = "nobody knows yet how large this display is",
    [WORD_SIZE_TOLD] = "by what the display says; hold a bank card to make sure",
    [WORD_SIZE_BY_CARD] = "measured with a bank card",
    [WORD_SIZE_SIMULATED] = "on a simulated display",
    [WORD_CARD_TITLE] = "How large is this display?",
    [WORD_CARD_HOW] = "Hold a bank card against the glass; drag the corner, or press the arrow "
                      "keys, until the "
                      "outline fits it.",
    [WORD_CARD_FITS] = "It fits",
    [WORD_NOT_NOW] = "Not now",
    [WORD_CARD_KEPT] = "From now on, true size is true on this display.",
    [WORD_BOOK_BROKEN] =
        "What was measured of displays cannot be read; their sizes are guesses again.",
    [WORD_PIXELS_AN_INCH] = "pixels to the inch",
    [WORD_TAKING_PHOTOGRAPH] = "Taking a photograph…",
    [WORD_NO_PHOTOGRAPH] = "The photograph was not taken.",
    [WORD_SCALE_EVERYWHERE] = "everywhere in the picture",
    [WORD_SCALE_IN_MIDDLE] = "in the middle of the picture",
    [WORD_SCALE_IN_LENS] = "in the lens",
    [WORD_COMPARE] = "Compare",
    [WORD_COMPARE_WITH] = "Compare with",
    [WORD_SAME_PIECE] = "The same piece",
    [WORD_MORE_PIECES] = "More",
    [WORD_LINKED] = "Linked",
    [WORD_LINK] = "linked or free",
    [WORD_OTHER_HALF] = "the other half",
    [WORD_ANOTHER_PIECE] = "Another piece",
    [WORD_LEAVE_COMPARING] = "leave the comparison",
    [WORD_LEAVE_COMPARISON] = "Back",
    [WORD_LEAVE_FIRST] = "Leave the comparison first.",
    [WORD_PLAN] = "floor plan",
    [WORD_SHOW_PLAN] = "Plan",
    [WORD_PLAN_TITLE] = "Floor plan",
    [WORD_YOU_ARE_HERE] = "you are here",
    [WORD_VISITED] = "visited",
    [WORD_GO_THERE] = "Walk there",
    [WORD_WELCOME] = "Welcome",
};

static const char *const *spoken; // by hud_speak; NULL: English
static const char *spoken_tag = "en";

void hud_speak(const char *language)
{
    spoken = hud_find_tongue(language);
    spoken_tag = spoken ? language : "en";
}

const char *hud_spoken(void)
{
    return spoken_tag;
}

bool hud_is_mirrored(void)
{
    return !strncmp(spoken_tag, "ar", 2);
}

const char *hud_arrow_back(void)
{
    return hud_is_mirrored() ? "›" : "‹";
}

const char *hud_arrow_on(void)
{
    return hud_is_mirrored() ? "‹" : "›";
}

const char *hud_word(HudWord word)
{
    return spoken && spoken[word] ? spoken[word] : words[word];
}
