// hud.h: what is written over the picture: label, the lens's read-outs, hints. Stories and
// other screens are in museum/screens.h.
//
// Draws only; what is open belongs to the museum. All words of the interface are in one table,
// hud_words.c. Main thread only.

#pragma once
#include "draw/ui.h"
#include "museum/controls.h"
#include "museum/exhibit.h"
#include "museum/hud_detail.h"
#include "museum/hud_lens.h"
#include "museum/hud_size.h"
#include "museum/visitor.h"

typedef struct HudView {
    const char *language;
    ControlsDevice device;
    const Exhibit *focus; // what one stands before; NULL: nothing
    const Exhibit *close; // what one leans in to; NULL: nothing
    bool is_inside;       // stepped inside a piece
    bool is_guided;       // a tour tells what there is to say
    bool has_tours;       // to begin
    bool is_label_open;
    float story_width;   // units from the side that the story open beside the picture takes; 0:
                         // none
    bool is_label_seen;  // the one in the room says it already
    bool has_tape;       // one measures
    double um_per_pixel; // of the picture, in its middle, for a bar; 0: none
    const HudLens *lens; // NULL: none
    const char *toast;   // "": none
    float toast_opacity;
    const HudSize *size;
    HudDetail detail;
    const HudRoom *readings; // of the tape: labels may lie over them, the lens's words not
    float arrival;           // 0 to 1: how far one has leant in
} HudView;

// What was clicked in the panels.
typedef struct HudClicks {
    bool opens_story, takes_tape, opens_map, opens_menu;
    HudSizeClicks size;
    HudDetailClicks detail;
    HudLensClicks lens;
} HudClicks;

// Both add what they take of the picture to `room`. First what stays where it is (buttons, what
// lies beside a piece, the card), then what finds its place around that and around whatever the
// caller wrote in between.
HudClicks hud_draw_first(Ui *ui, const HudView *view, HudRoom *room);
void hud_draw(Ui *ui, const HudView *view, HudRoom *room, HudClicks *clicks);
// A part of it, for those who write over the picture otherwise.
void hud_draw_toast(Ui *ui, const HudView *view, const HudRoom *room);
// Where the picture stays free when one leans in: beside the label and above it, or where it
// would be, too; below the buttons, above the hints. None in a tiny window, and before a frame
// has been written over; also between frames.
uint32_t hud_free_frames(Ui *ui, const HudSize *size, const Exhibit *exhibit,
                         const char *language, bool has_label,
                         VisitorFrame out[VISITOR_FRAMES]);
// "7 of 9 details found".
const char *hud_found_text(const Exhibit *exhibit, Arena *arena);
