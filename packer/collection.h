// collection.h: an artist's folder: one exhibit, or several in folders of their own.
//
//     hare/                       small-things/
//       exhibit.json                pack.json        optional: id, title, version, order
//       story.json   optional       gallery.json     optional: the rooms
//       hare.ply                    hare/exhibit.json ...
//       pictures/eye.jpg            bead/exhibit.json ...
//                                   tours/walk.json  optional, and what they say: .opus, .vtt
//
// Reads and checks everything but the scans themselves. Any thread.

#pragma once
#include "exhibits/model/plan.h"
#include "exhibits/model/record.h"
#include "exhibits/model/story.h"
#include "exhibits/model/tour.h"

typedef struct CollectionPiece {
    const char *folder; // on disk
    const char *prefix; // of its files' names in problems: "" or "hare/"
    Record record;
    bool has_story;
    Story story;
    uint32_t media_count;
    const char **media; // relative to the folder
} CollectionPiece;

typedef struct CollectionTour {
    const char *name; // "tours/walk.json"
    Tour tour;
} CollectionTour;

typedef struct Collection {
    const char *folder; // on disk
    const char *id;
    LangText title;
    uint32_t version;
    uint32_t piece_count;
    CollectionPiece *pieces; // in the order of pack.json, else of their folders' names
    bool has_plan;
    Plan plan;
    uint32_t tour_count;
    CollectionTour *tours; // in the order of their files' names
    uint32_t sound_count;
    const char **sounds; // of all tours and rooms, and captions: "tours/walk-en.opus"
} Collection;

// Problems go to the list; with any error its first is returned. ERR_NOT_FOUND for a folder
// without an exhibit.
NODISCARD Status collection_read(const char *folder, Arena *arena, Problems *problems,
                                 Collection *out);
// The same whatever rooms there are, even broken ones.
NODISCARD Status collection_read_pieces(const char *folder, Arena *arena, Problems *problems,
                                        Collection *out);
// The file of a piece's scan, as its record names it.
const char *collection_scan_path(const CollectionPiece *piece, Arena *arena);
// What a tour is checked against: records and stories of the collection, its plan or none.
TourWorld collection_world(const Collection *collection, Arena *arena);
// Whether every place of the plan shows one of `ids`, and every one of them is shown.
void collection_check_plan(const Plan *plan, const char *const *ids, uint32_t count,
                           Problems *problems);
