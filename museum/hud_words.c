// hud_words.c: the words of the interface, in the language that was last spoken.

#include "museum/hud_words.h"

#include "exhibits/model/local.h"

static const char *const words[WORD_COUNT] = {
    [WORD_LEAN_IN] = N_("lean in"),
    [WORD_LEAN_OUT] = N_("step back"),
    [WORD_MAGNIFIER] = N_("magnifier"),
    [WORD_STORY] = N_("story"),
    [WORD_LABEL] = N_("label"),
    [WORD_HELP] = N_("help"),
    [WORD_MENU] = N_("menu"),
    [WORD_CLOSE] = N_("Close"),
    [WORD_READ_STORY] = N_("Story & rights"),
    [WORD_PUT_AWAY] = N_("put the story away"),
    [WORD_RESTORATION] = N_("Under restoration"),
    [WORD_ENLARGED] = N_("enlarged"),
    [WORD_NATIVE] = N_("native"),
    [WORD_PIN] = N_("Pin"),
    [WORD_PIN_LENS] = N_("pin"),
    [WORD_PUT_LENS_AWAY] = N_("put it away"),
    [WORD_LENS_MODES] = N_("modes"),
    [WORD_LENS] = N_("Magnifier"),
    [WORD_PER_SAMPLE] = N_("between samples"),
    [WORD_PER_TEXEL] = N_("a texel"),
    [WORD_PER_PIXEL] = N_("a pixel"),
    [WORD_LENS_LIMIT] = N_("the scan holds nothing finer"),
    [WORD_PACK_LIMIT] = N_("the pack holds nothing finer"),
    [WORD_LIGHT_FROM] = N_("light from"),
    [WORD_LIGHT_HIGH] = N_("height"),
    [WORD_BEAUTY] = N_("beauty"),
    [WORD_RAKING] = N_("raking light"),
    [WORD_ALBEDO] = N_("albedo"),
    [WORD_NORMALS] = N_("normals"),
    [WORD_RELIEF] = N_("relief"),
    [WORD_HEIGHT] = N_("height"),
    [WORD_SPECULAR] = N_("specular"),
    [WORD_ABOUT_BEAUTY] = N_("As the eye sees it, in the light of the room"),
    [WORD_ABOUT_ALBEDO] = N_("Its colours alone, without light and shadow"),
    [WORD_ABOUT_NORMALS] = N_("Each colour is a direction that the surface faces"),
    [WORD_ABOUT_RAKING] = N_("One light grazes the surface: what stands out casts shadows"),
    [WORD_ABOUT_RELIEF] = N_("Hollows are dark and ridges light, wherever light comes from"),
    [WORD_ABOUT_HEIGHT] =
        N_("Contour lines, as on a map: blue lies lower, brown stands higher"),
    [WORD_ABOUT_SPECULAR] = N_("As if it were polished: the highlight follows every scratch"),
    [WORD_STRENGTH] = N_("strength"),
    [WORD_BANDS_OF] = N_("bands of"),
    [WORD_SHOW_DETAILS] = N_("Details"),
    [WORD_NO_DETAILS] = N_("The story tells of no details."),
    [WORD_TOOLS] = N_("Tools"),
    [WORD_INSCRIPTIONS] = N_("Inscriptions"),
    [WORD_CAPTURE] = N_("The scan"),
    [WORD_TEXEL_DISTANCE] = N_("a texel of the scan's pictures"),
    [WORD_TRIANGLES] = N_("triangles"),
    [WORD_NO_STORY] = N_("Nobody has written this piece's story yet."),
    [WORD_EYE_HEIGHT] = N_("Eye height"),
    [WORD_FIELD_OF_VIEW] = N_("Field of view"),
    [WORD_CLICK_FLOOR] = N_("Click on the floor to walk there; drag to look around."),
    [WORD_TAP_FLOOR] = N_("Tap the floor to walk there; drag to look around."),
    [WORD_STEP_INSIDE] = N_("step inside"),
    [WORD_ENTER] = N_("Step inside"),
    [WORD_STEP_OUT] = N_("step out"),
    [WORD_LEAVE] = N_("Step out"),
    [WORD_YOUR_EYES] = N_("Your eyes are now at"),
    [WORD_NO_INSIDE] = N_("This piece cannot be entered."),
    [WORD_NO_GROUND] = N_("There is no ground to stand on yet."),
    [WORD_NO_WAY] = N_("No way leads there."),
    [WORD_PICTURE_SAVED] = N_("Picture saved:"),
    [WORD_HELP_TITLE] = N_("Finding your way"),
    [WORD_MEASURE] = N_("measure"),
    [WORD_TAKE_TAPE] = N_("Measure"),
    [WORD_PUT_TAPE_AWAY] = N_("put the tape away"),
    [WORD_SET_POINT] = N_("set a point"),
    [WORD_SET_POINT_HERE] = N_("Set point"),
    [WORD_UNDO] = N_("take a point back"),
    [WORD_TAKE_BACK] = N_("Undo"),
    [WORD_CLEAR] = N_("Clear"),
    [WORD_TAPE_KIND] = N_("tape, chain, angle"),
    [WORD_TAPE] = N_("Tape"),
    [WORD_CHAIN] = N_("Chain"),
    [WORD_ANGLE] = N_("Angle"),
    [WORD_FIRST_POINT] = N_("Choose a point on the piece"),
    [WORD_NEXT_POINT] = N_("Choose the next point"),
    [WORD_LIFE_SIZE] = N_("life size"),
    [WORD_TRUE_SIZE] = N_("True size"),
    [WORD_PARALLEL] = N_("Parallel rays"),
    [WORD_PHOTOGRAPH] = N_("Photograph"),
    [WORD_MOOD] = N_("Shallow focus"),
    [WORD_COIN] = N_("Coin"),
    [WORD_STAMP] = N_("Stamp"),
    [WORD_HAND] = N_("Hand"),
    [WORD_COIN_SIZE] = N_("1 euro, 23.25 mm"),
    [WORD_STAMP_SIZE] = N_("Penny Black, 19 × 22 mm"),
    [WORD_HAND_SIZE] = N_("a grown-up's hand, 18 cm"),
    [WORD_CARD] = N_("Bank card"),
    [WORD_SIZE_UNKNOWN] = N_("nobody knows yet how large this display is"),
    [WORD_SIZE_TOLD] = N_("by what the display says; hold a bank card to make sure"),
    [WORD_SIZE_BY_CARD] = N_("measured with a bank card"),
    [WORD_SIZE_SIMULATED] = N_("on a simulated display"),
    [WORD_CARD_TITLE] = N_("How large is this display?"),
    [WORD_CARD_HOW] =
        N_("Hold a bank card against the glass; drag the corner, or press the arrow "
           "keys, until the "
           "outline fits it."),
    [WORD_CARD_FITS] = N_("It fits"),
    [WORD_NOT_NOW] = N_("Not now"),
    [WORD_CARD_KEPT] = N_("From now on, true size is true on this display."),
    [WORD_BOOK_BROKEN] =
        N_("What was measured of displays cannot be read; their sizes are guesses again."),
    [WORD_PIXELS_AN_INCH] = N_("pixels to the inch"),
    [WORD_TAKING_PHOTOGRAPH] = N_("Taking a photograph…"),
    [WORD_NO_PHOTOGRAPH] = N_("The photograph was not taken."),
    [WORD_SCALE_EVERYWHERE] = N_("everywhere in the picture"),
    [WORD_SCALE_IN_MIDDLE] = N_("in the middle of the picture"),
    [WORD_SCALE_IN_LENS] = N_("in the lens"),
    [WORD_COMPARE] = N_("Compare"),
    [WORD_COMPARE_WITH] = N_("Compare with"),
    [WORD_SAME_PIECE] = N_("The same piece"),
    [WORD_MORE_PIECES] = N_("More"),
    [WORD_LINKED] = N_("Linked"),
    [WORD_LINK] = N_("linked or free"),
    [WORD_OTHER_HALF] = N_("the other half"),
    [WORD_ANOTHER_PIECE] = N_("Another piece"),
    [WORD_LEAVE_COMPARING] = N_("leave the comparison"),
    [WORD_LEAVE_COMPARISON] = N_("Back"),
    [WORD_LEAVE_FIRST] = N_("Leave the comparison first."),
    [WORD_TOUR] = N_("guided tour"),
    [WORD_PLAN] = N_("floor plan"),
    [WORD_SHOW_PLAN] = N_("Plan"),
    [WORD_PLAN_TITLE] = N_("Floor plan"),
    [WORD_YOU_ARE_HERE] = N_("you are here"),
    [WORD_VISITED] = N_("visited"),
    [WORD_GO_THERE] = N_("Walk there"),
    [WORD_WELCOME] = N_("Welcome"),
};

static const Tongue *spoken; // by hud_speak; NULL: English
static const char *spoken_tag = "en";

static const Tongue *tongue(void)
{
    return spoken ? spoken : tongue_find(NULL);
}

void hud_speak(const char *language)
{
    spoken = tongue_find(language);
    spoken_tag = tongue_is_there(language) ? language : "en";
}

const char *hud_spoken(void)
{
    return spoken_tag;
}

bool hud_is_mirrored(void)
{
    return tongue_is_mirrored(tongue());
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
    return tongue_say(tongue(), words[word]);
}

const char *hud_say(const char *english)
{
    return tongue_say(tongue(), english);
}

const char *hud_say_in(const char *context, const char *english)
{
    return tongue_say_in(tongue(), context, english);
}

const char *hud_say_count(const char *one, const char *many, uint64_t n)
{
    return tongue_say_count(tongue(), one, many, n);
}

const char *hud_found_words(uint32_t found, uint32_t of, Arena *arena)
{
    return hud_figures(
        str_format(arena, hud_say("%1$u of %2$u details found"), (unsigned)found, (unsigned)of),
        arena);
}

const char *hud_figures(const char *text, Arena *arena)
{
    Local local = local_of(spoken_tag);
    return local_text(&local, text, arena);
}
