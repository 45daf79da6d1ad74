// display.h: how large the glass is that the picture stands on, and how one knows.
//
//   a bank card was held against it       DISPLAY_CARD       right
//   the display says so, and it can be    DISPLAY_TOLD       to be made sure with a card
//   a script says so                      DISPLAY_SIMULATED  for tests and prepared pictures
//   nobody knows                          DISPLAY_UNKNOWN    a card is needed
//
// A display is known again by its name and its size. What was measured is kept in a small file
// in the visitor's preference folder.
//
// One thread. No window is needed: the facts are handed in.

#pragma once
#include "base/str.h"

#define DISPLAY_CARD_WIDTH_MM 85.60 // ISO/IEC 7810, ID-1
#define DISPLAY_CARD_HEIGHT_MM 53.98
#define DISPLAY_CARD_CORNER_MM 3.18

enum { DISPLAY_KEY_BYTES = 128, DISPLAY_MAX_KNOWN = 64, DISPLAY_BOOK_BYTES = 64 * 1024 };

typedef enum DisplaySource {
    DISPLAY_UNKNOWN,
    DISPLAY_TOLD,
    DISPLAY_CARD,
    DISPLAY_SIMULATED,
} DisplaySource;

// What the window system knows of the display a window is on.
typedef struct DisplayFacts {
    const char *name;
    int width, height;      // of all of it, in the window system's units
    double pixels_per_unit; // of the picture
} DisplayFacts;

typedef struct Display {
    char key[DISPLAY_KEY_BYTES]; // "DELL U2720Q 597 x 336 mm"
    DisplaySource source;
    double pixel_mm; // of the picture on the glass; 0: unknown
    double width_px; // of the whole display, in the picture's pixels
} Display;

// What has been measured.
typedef struct DisplayBook {
    struct {
        char key[DISPLAY_KEY_BYTES];
        double width_mm;
    } known[DISPLAY_MAX_KNOWN];
    uint32_t count;
} DisplayBook;

// A file that is not there is an empty book. ERR_CORRUPT, ERR_INVALID, ERR_LIMIT where it
// cannot be read; *out is empty then.
NODISCARD Status display_read_book(const char *path, DisplayBook *out);
NODISCARD Status display_write_book(const char *path, const DisplayBook *book);
// The newest stands first; the oldest is forgotten where there are too many.
void display_note(DisplayBook *book, const char *key, double width_mm);

// `drm` is the folder in which the system keeps what displays say of themselves
// ("/sys/class/drm"; one that is not there is fine).
Display display_find(const DisplayFacts *facts, const char *drm, const DisplayBook *book);
// The whole picture is so wide on the glass.
Display display_simulate(double width_mm, int width_px);
// A bank card covers so many pixels from side to side.
void display_calibrate(Display *display, DisplayBook *book, double card_px);
const char *display_source_name(DisplaySource source); // "unknown", "told", "card", "simulated"
