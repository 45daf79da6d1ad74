// exhibit.h: one exhibit's life: known -> coarse -> full, or under restoration; what it is,
// what it tells, where it stands.
//
// Main thread only.

#pragma once
#include "exhibits/model/plan.h"
#include "exhibits/model/record.h"
#include "exhibits/model/story.h"
#include "museum/visitor.h"
#include "stream/streamer.h"

typedef enum ExhibitPhase {
    EXHIBIT_KNOWN,  // its record is read; its sculpture is not here yet
    EXHIBIT_COARSE, // its coarsest form at least can be drawn
    EXHIBIT_FULL,   // nothing better is left to load for what one sees of it
    EXHIBIT_RESTORATION,
} ExhibitPhase;

typedef struct Exhibit {
    const char *id;                 // unique in the house
    const char *pack;               // the file it came from, for sentences
    const char *pack_id, *piece_id; // as the pack names itself and it; NULL: it has none
    ExhibitPhase phase;
    const char *restoration; // why; NULL unless under restoration
    Record record;           // empty under restoration, perhaps
    Story story;
    bool has_story;
    const char
        *folder;    // in the vfs: what its story names is beside it; NULL: there is no story
    bool *is_found; // by the story's hotspots: which visitors have seen
    uint32_t found_count;
    const char *graph_path, *pages_path; // in the vfs; NULL under restoration
    double low_m[3], high_m[3];          // its box, in its own metres
    uint64_t triangle_count;
    double sample_m; // median edge of the finest level
    // where it stands, set by exhibit_place
    int32_t place; // into the plan; PLAN_NONE: nowhere
    uint32_t room;
    Placement placement;
    double low[3], high[3]; // its box, in the room
    double center[3], radius_m;
    double floor_m;
    SculptureId sculpture; // zero: not open
} Exhibit;

// Stands it on its place, one to one. `place` is that place's index.
void exhibit_place(Exhibit *exhibit, const Plan *plan, uint32_t place);
// As the visitor leans in to it. Under restoration, to the empty stand.
VisitorPiece exhibit_piece(const Exhibit *exhibit);

void exhibit_open(Exhibit *exhibit,
                  Streamer *streamer); // nothing under restoration, or if open
void exhibit_close(Exhibit *exhibit, Streamer *streamer);
// Asks the streamer how far it is. `is_complete`: of this frame's cut.
void exhibit_update(Exhibit *exhibit, const Streamer *streamer, bool is_complete, Arena *arena);
// The visitor has seen that detail of its story.
void exhibit_note_found(Exhibit *exhibit, uint32_t hotspot);
void exhibit_take_down(Exhibit *exhibit,
                       const char *sentence); // under restoration; kept, not copied

const char *exhibit_phase_name(ExhibitPhase phase);
// For readers of `language` (NULL: no wish); never NULL.
const char *exhibit_title(const Exhibit *exhibit, const char *language);
// "Auguste Rodin, Paris, 1882; bronze; 24 cm high": what a label says below the title.
const char *exhibit_caption(const Exhibit *exhibit, const char *language, Arena *arena);
// The label's text: the story's, or what can be said from the record.
const char *exhibit_label(const Exhibit *exhibit, const char *language, Arena *arena);
// The language of that text; "" where there is none.
const char *exhibit_label_tag(const Exhibit *exhibit, const char *language);
// Whom one has to thank and what one may do: the required statement, credit line, rights.
const char *exhibit_rights(const Exhibit *exhibit, const char *language, Arena *arena);
// "214 x 96 x 120 mm", from the sculpture itself, as the language writes it.
const char *exhibit_size(const Exhibit *exhibit, const char *language, Arena *arena);
// Its scan has pictures: what is measured of it are their texels.
bool exhibit_has_texels(const Exhibit *exhibit);
// As a rule, by the medians of both; 0 without pictures.
double exhibit_texels_a_triangle(const Exhibit *exhibit);
