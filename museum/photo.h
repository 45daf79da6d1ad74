// photo.h: a photograph: the view at up to eight times the window, with whom one has to thank.
//
//   +---------------+---------------+    Tiles as large as the window are drawn one after the
//   |  0            |  1            |    other, each until nothing better is left to load for
//   |               |   (  lens  )  |    it, and written row by row: neither the card nor main
//   +---------------+---(--------)--+    memory holds more than a row of them. What the lens
//   |  2            |  3            |    shows is drawn once more and laid over its tiles,
//   |               |               |    in cells with a margin where light reaches around.
//   +---------------+---------------+    Below stand the title, the statement that the piece
//   |  title, thanks      |--------||    demands, and a scale that is right in the middle.
//   +-------------------------------+
//
// Of a comparison each tile holds a part of either half, side by side as they are in the
// window.
//
// The museum stands still meanwhile. Main thread only.

#pragma once
#include "museum/compare.h"
#include "museum/magnifier.h"
#include "museum/photo_file.h"
#include "museum/photo_text.h"
#include "museum/scene.h"

typedef struct Museum Museum;
typedef struct MuseumFrame MuseumFrame;

enum { PHOTO_MOST_SCALE = 8, PHOTO_MOST_SIDE = 16384 };

typedef struct Photo {
    bool is_on, is_begun;
    Arena arena; // of this photograph
    const char *path;
    bool is_reserved; // an empty file stands there already
    int scale;
    int width, height, band; // of the window; of what stands below, in the photograph's pixels
    Magnifier lens;
    bool is_pair; // of a comparison
    CompareShot shot;
    double um_per_pixel;    // in the middle, of the photograph
    View whole, lens_whole; // as large as the photograph
    PhotoFile *file;
    uint8_t *strip; // a row of tiles: red, green, blue
    int column, row;
    bool is_in_lens;  // its second turn, cell by cell
    int cell, margin; // of cells, in pixels
    int settled_frames;
    double tile_began_ms;
    uint32_t tiles_done;
    Status status;     // of the newest photograph, once it is no longer on
    const char *fault; // in the museum's arena
} Photo;

// A file of that name (NULL: a new one among the visitor's pictures), at so many times the
// window; fewer where it would be wider or higher than PHOTO_MOST_SIDE. ERR_INVALID while one
// is being taken. The rest is told later: Photo.status.
NODISCARD Status photo_take(Museum *museum, const char *path, int scale);
void photo_cancel(Museum *museum);
void photo_drop(Museum *museum);

// One frame of it, instead of the visitor's.
void photo_frame(Museum *museum, const Input *input, const MuseumFrame *how);
// For museum_draw: whether the picture that is being drawn is the one to keep; and that it is
// drawn.
bool photo_is_ready(const Museum *museum);
void photo_keep_tile(Museum *museum);

// The view now, to be opened again.
PhotoView photo_view(const Museum *museum);
// Goes there at once. ERR_NOT_FOUND where the piece is not in the house.
NODISCARD Status photo_open_view(Museum *museum, const PhotoView *view);
// The same from a photograph's file.
NODISCARD Status photo_open_file(Museum *museum, const char *path);
