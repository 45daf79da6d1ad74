// tour.h: a guided tour: steps, each a place in a room, a piece or a detail of one, with what
// is told there. tours/NAME.json beside gallery.json, or a file of its own.
//
//     {"id": "eight-minutes", "title": {"en": "In eight minutes"}, "steps": [
//       {"room": "carved", "caption": {"en": "..."}},
//       {"piece": "owl", "caption": {"en": "..."}},
//       {"piece": "owl", "hotspot": "letters", "way": "walk", "caption": {"en": "..."}}]}
//
// Parse, check, write; pure functions, any thread. docs/PACK.md lists every field.

#pragma once
#include "exhibits/model/plan.h"
#include "exhibits/model/story.h"

#define TOUR_FOLDER "tours"

enum { TOUR_MAX_BYTES = 1 << 20, TOUR_MAX_STEPS = 512, TOUR_MAX_TOURS = 64 };

#define TOUR_LEAST_DWELL_S 5.0f // where a step does not say

typedef enum TourWay { TOUR_WALK, TOUR_CUT, TOUR_WAY_COUNT } TourWay;

// Where one stands in a room, and where one looks. A plan's yaw: 0 faces south.
typedef struct TourStand {
    bool is_given;
    float position[2], yaw, pitch; // radians; degrees in the file
} TourStand;

typedef struct TourStep {
    // A room, or a piece, which may have a detail; "" where not named.
    const char *room, *piece, *hotspot;
    TourStand stand; // in the room; not given: where most of it is seen
    // How the piece is looked at; not given: as its detail says, or as a whole.
    StoryView view;
    StoryLens lens;
    float magnification; // 0: no lens, or the detail's
    StoryLight light;
    bool has_lens_point;
    float lens_point_m[3]; // of the piece, where the lens is held
    TourWay way;
    float dwell_s;       // 0: as long as its words take
    LangText caption;    // what is read while one is there
    LangText transcript; // all that is said, where that is more than the caption
    LangText narration;  // by language the file that says it: tours/*.opus
    LangText captions;   // and the one that is read meanwhile: tours/*.vtt
} TourStep;

typedef struct Tour {
    const char *id;     // "" of a file that names none
    const char *folder; // of the vfs, where its sounds are; NULL: in none. Not of the file
    LangText title, description;
    uint32_t step_count;
    TourStep *steps;
} Tour;

// Reads a tour; rules as record_parse's.
NODISCARD Status tour_parse(Bytes json, const char *file, Arena *arena, Problems *problems,
                            Tour *out);
// The file of a tour: its bytes depend on the tour only. Reading it back gives the same.
Bytes tour_write(const Tour *tour, Arena *arena);

// What tours go through.
typedef struct TourPiece {
    const char *id;
    const LangText *title, *label;
    const Story *story; // may be empty
    int32_t room;       // of the plan, or PLAN_NONE
} TourPiece;

typedef struct TourWorld {
    const Plan *plan; // NULL: there are no rooms to name
    uint32_t piece_count;
    const TourPiece *pieces;
} TourWorld;

// Whether every room, piece and detail it names is there: a problem for each that is not.
void tour_check(const Tour *tour, const char *file, const TourWorld *world, Problems *problems);

// How long a step stays, and about how long a tour takes with all its ways, for a reader of
// `language`.
float tour_dwell_s(const TourStep *step, const char *language);
float tour_seconds(const Tour *tour, const char *language);
uint32_t tour_minutes(const Tour *tour, const char *language); // rounded, at least 1

// Every file its narration and captions name, each once.
uint32_t tour_files(const Tour *tour, Arena *arena, const char ***files);

// A tour a story brings, of its one piece: "owl-minute". Texts live with the story.
Tour tour_of_story(const char *piece, const Story *story, uint32_t index, Arena *arena);

// The tour of a house that brings none: each room's introduction, each piece's label and the
// detail of it that wants the strongest lens; of many pieces as many as a quarter of an hour
// has time for, from everywhere. Along the plan's route. No steps where there is nothing.
Tour tour_propose(const TourWorld *world, Arena *arena);
