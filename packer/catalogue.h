// catalogue.h: a pack as a text catalogue: static, accessible HTML with every text in it.
//
//     FOLDER/index.html          the languages there are
//     FOLDER/style.css           for screens, high contrast and print
//     FOLDER/de/index.html       rooms, pieces, tours, in German
//     FOLDER/de/owl.html         everything a piece says
//     FOLDER/_files/owl/...      pictures and sounds as the pack has them
//     FOLDER/_files/owl.png      a picture of the piece itself, where one is given
//     FOLDER/_files/_stills/owl.jpg, .../owl/eye.jpg     else one that is drawn here (still.h),
//     and
//                                                        of each detail that has no picture
//
// A text that is not there in a page's language is shown in the next best, marked with its
// own, and says so. The same pack gives the same bytes on the same machine. Needs nothing but a
// browser, no scripts, no net.
//
// Uses the program's file system (vfs.h), as inspect.h does. Main thread.

#pragma once
#include "base/status.h"
#include "io/thread.h"

typedef struct CatalogueCount {
    unsigned pieces, languages, pages, files;
} CatalogueCount;

typedef struct CatalogueDesc {
    const char *pack_path, *folder;
    const char *pictures; // a folder of pictures of pieces, ID.png each; NULL: none
    bool is_undrawn;      // without stills
    struct Progress *progress;
    Cancel *cancel;
} CatalogueDesc;

// Makes the folder where it is not there; what is in it and has such a name is written over.
NODISCARD Status catalogue_write(const CatalogueDesc *desc, CatalogueCount *out);
