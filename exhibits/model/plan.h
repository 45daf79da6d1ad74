// plan.h: a gallery: rooms, openings, stands for pieces, lights, benches. gallery.json.
//
// Parse, check, write; pure functions, any thread. A pack without a plan gets one from
// layout.h.
//
//        -z (north)          Metres; x to the east, y up, z to the south. Heights are over the
//          |                 floor of the room (floor_m says how high that is). Angles are
//   -x ----+---- +x          radians here (degrees in the file), turning from +z towards +x:
//          |                 yaw 0 looks or faces south (+z), yaw 90 degrees east. Direction of
//        +z (south)          a yaw: (sin yaw, 0, cos yaw).
//
// A room's polygon is the inner face of its walls, corners counter-clockwise seen from above
// with z down the page as drawn here: walking along wall i, from corner i to corner i + 1, the
// room lies on the left hand. Rooms do not touch: walls have a thickness, and an *opening* is a
// passage through it, from a stretch of one room's wall to the stretch facing it.
//
//     room a          |||||          room b
//      from[0]  o-----:   :-----o  from[1]       both stretches have the same length and
//               |  the passage  |                face each other; from is on the same side.
//        to[0]  o-----:   :-----o  to[1]

#pragma once
#include "data/langtext.h"
#include "exhibits/model/problem.h"

#define PLAN_FILE "gallery.json"

enum {
    PLAN_MAX_ROOMS = 128,
    PLAN_MAX_CORNERS = 32, // a room
    PLAN_MAX_OPENINGS = 512,
    PLAN_MAX_WINDOWS = 256,
    PLAN_MAX_PLACES = 1024,
    PLAN_MAX_LIGHTS = 8192,
    PLAN_MAX_BENCHES = 512,
    PLAN_MAX_FLIGHTS = 128,
    PLAN_MAX_TEXT_WORDS = 150,
    PLAN_NONE = -1,
};

#define PLAN_MAX_EXTENT_M 20000.0f // no coordinate is larger
#define PLAN_MIN_DOOR_M 0.7f
#define PLAN_MAX_WALL_M 2.0f // thickness an opening may lead through
#define PLAN_MAX_WELL_M 4.0f // of a skylight
#define PLAN_SKY_NITS 500.0f
#define PLAN_SKY_KELVIN 4500.0f
#define PLAN_SKIRTING_M 0.1f // where a file says nothing

// What surfaces are made of; draw knows their look. Names in the file: "plaster-white", ...
typedef enum PlanMaterial {
    PLAN_PLASTER_WHITE,
    PLAN_PLASTER_WARM,
    PLAN_PLASTER_GREY,
    PLAN_PLASTER_SAGE, // grey green
    PLAN_PLASTER_BLUE, // deep, as in old print rooms
    PLAN_PLASTER_RED,  // Pompeian
    PLAN_PLASTER_DARK, // near black
    PLAN_FABRIC_LINEN,
    PLAN_FABRIC_BLUE,
    PLAN_FABRIC_GREEN,
    PLAN_OAK_LIGHT,
    PLAN_OAK_DARK,
    PLAN_STONE_LIMESTONE,
    PLAN_STONE_SLATE,
    PLAN_TERRAZZO,
    PLAN_CONCRETE,
    PLAN_OAK_HERRINGBONE,
    PLAN_TERRAZZO_DARK,
    PLAN_STONE_CHECKER, // pale and dark squares that stand on their corners
    PLAN_CARPET_GREY,
    PLAN_CARPET_RED,
    PLAN_CARPET_GREEN,
    PLAN_FABRIC_RED,
    PLAN_PANEL_OAK, // frames with panels in them
    PLAN_PANEL_WALNUT,
    PLAN_PANEL_WHITE, // painted
    PLAN_PAINT_DARK,  // satin paint on wood
    PLAN_PAINT_GREY,
    PLAN_PAINT_WHITE,
    PLAN_MATERIAL_COUNT
} PlanMaterial;

// A rectangle of glass above the ceiling, in a well. It takes the place of the light ceiling
// that rooms have otherwise.
typedef struct PlanSkylight {
    float center[2], size_m[2]; // x, z; size 0: there is none
    float well_m;               // from the ceiling up to the glass
} PlanSkylight;

typedef struct PlanRoom {
    const char *id; // [a-z0-9-], unique
    LangText title;
    LangText text;                                    // its introduction, which hangs on a wall
    float text_position[3], text_yaw, text_size_m[2]; // of that; size 0: where there is room
    uint32_t corner_count;
    float (*corners)[2]; // x, z
    float floor_m;       // height of its floor over the house's zero
    float height_m;
    PlanMaterial walls, floor, ceiling;
    PlanMaterial trim; // skirting, door frames, the rail above the dado
    PlanMaterial dado; // of walls up to dado_m; 0 m: they are one up to the ceiling
    float dado_m, skirting_m, cornice_m; // heights; 0: none
    PlanSkylight skylight;
    float fill_lux, fill_kelvin; // soft light from everywhere, as from a light ceiling
    const char *tone;            // a sound that is heard in it (`room_tone`); "" or NULL: none
} PlanRoom;

typedef struct PlanOpening {
    uint32_t room[2];
    uint32_t wall[2];           // of each room
    float from[2][2], to[2][2]; // [which room][x, z]
    float height_m;             // from its floor
    float floor_m;              // over the house's zero: of the higher room (plan_floor.h)
} PlanOpening;

typedef enum PlanFlightKind {
    PLAN_STAIRS,
    PLAN_RAMP,
    PLAN_LANDING, // level
    PLAN_FLIGHT_KIND_COUNT
} PlanFlightKind;

// What leads from a room's floor up to a door of a higher one; plan_floor.h. A box on the floor
// whose middle is `position`, turned by yaw; where it faces is its low end.
typedef struct PlanFlight {
    PlanFlightKind kind;
    uint32_t room;
    float position[2], yaw;
    float size_m[2];     // across, and from the low to the high end
    float low_m, high_m; // of its ends, over the room's floor; equal of a landing
} PlanFlight;

// Glass in an outer wall; behind it is the sky.
typedef struct PlanWindow {
    uint32_t room, wall;
    float from[2], to[2]; // on the wall
    float sill_m, head_m; // its lower and its upper edge
    float reveal_m;       // from the wall's face to the glass
} PlanWindow;

// An overcast sky, as it is behind blinds that museums draw: brightest overhead.
typedef struct PlanSky {
    float nits, kelvin; // of what is level with the eye
} PlanSky;

typedef enum PlanStand {
    PLAN_PLINTH,    // box, nothing over the piece
    PLAN_CASE,      // box with a glass box on it
    PLAN_PEDESTAL,  // low box, for what is taller than a person's arm
    PLAN_TOWER,     // a case that is closed above, where its lamps are
    PLAN_TABLE,     // a case on legs, for what lies flat
    PLAN_WALL_CASE, // on a shelf, with a back and a cap; hangs on the wall behind it
    PLAN_DRAWERS,   // a cabinet of drawers
    PLAN_DOME,      // a bell of glass on a turned base; riser_m is the base
    PLAN_STAND_COUNT
} PlanStand;

// One piece on its stand. The stand is a box of size_m (width along its own x, height, depth)
// whose bottom's middle is (x, 0, z), turned by yaw. In its own frame +z is the front.
typedef struct PlanPlace {
    const char *piece;   // the id of its record
    int32_t piece_index; // for the program that shows the plan; PLAN_NONE until it looked
    uint32_t room;
    float floor_m; // of the room
    PlanStand stand;
    float position[2]; // x, z
    float yaw;         // of stand and piece
    float piece_yaw;   // of the piece on its stand, added to yaw
    float size_m[3];   // of the box: width, height, depth
    float glass_m;     // height of the glass box on top, inside; 0: none
    float riser_m[3];  // block on the box, in the glass, on which a small piece stands; 0: none
    // Several pieces may share a stand: each is a place with all that is said of it above. The
    // first brings it; those that follow say how far back in the list that one is.
    uint32_t shares_back; // 0: it brings its own
    float tray[2];   // where its piece is, from the stand's middle: to its right, its front
    float tray_m[2]; // width and depth of its compartment; 0: all of the stand is its own
    // The label's plate: its middle, its width and height, where it faces. The plate is tilted
    // back by label_tilt from upright.
    float label_position[3], label_size_m[2], label_yaw, label_tilt;
    bool label_has_post; // stands on a thin post of its own; otherwise it is on the box
} PlanPlace;

typedef struct PlanLight {
    uint32_t room;
    float floor_m; // of the room
    int32_t place; // whose light it is, or PLAN_NONE
    float position[3], target[3];
    float kelvin;               // 1500 to 12000
    float candela;              // on its axis
    float inner_rad, outer_rad; // half angles: full inside inner, none outside outer
    bool casts_shadow;
} PlanLight;

typedef enum PlanBenchKind {
    PLAN_BENCH,
    PLAN_PADDED_BENCH,
    PLAN_RAIL, // keeps visitors at a distance
    PLAN_BENCH_KIND_COUNT
} PlanBenchKind;

typedef struct PlanBench {
    PlanBenchKind kind;
    uint32_t room;
    float position[2], yaw;
    float size_m[3]; // width, height, depth
} PlanBench;

typedef struct PlanStart {
    uint32_t room;
    float position[2], yaw;
} PlanStart;

typedef struct Plan {
    uint32_t room_count;
    PlanRoom *rooms;
    uint32_t opening_count;
    PlanOpening *openings;
    uint32_t window_count;
    PlanWindow *windows;
    PlanSky sky;
    uint32_t flight_count;
    PlanFlight *flights;
    uint32_t place_count;
    PlanPlace *places;
    uint32_t light_count;
    PlanLight *lights;
    uint32_t bench_count;
    PlanBench *benches;
    PlanStart start;
    uint32_t route_count;
    uint32_t *route; // places, in the order the attract mode and a guided visit take
} Plan;

// Reads gallery.json; rules as record_parse's. What is returned is sound: rooms are simple
// polygons apart from each other, openings lie on walls and face each other, places, benches,
// lights and the start are inside their rooms, nothing stands in anything else.
NODISCARD Status plan_parse(Bytes json, const char *file, Arena *arena, Problems *problems,
                            Plan *out);
// gallery.json of a plan: its bytes depend on the plan only.
Bytes plan_write(const Plan *plan, Arena *arena);
// The checks plan_parse makes after reading, for plans that come from elsewhere.
NODISCARD Status plan_check(const Plan *plan, const char *file, Problems *problems);

// Four corners of one box that stands on the floor, as places and benches do.
typedef struct PlanBox {
    float corners[4][2]; // counter-clockwise as rooms are
} PlanBox;

// The footprint of a box whose bottom's middle is at `position`, larger by `margin_m` all
// around.
PlanBox plan_box(const float position[2], float yaw, const float size_m[3], float margin_m);
bool plan_boxes_meet(const PlanBox *a, const PlanBox *b);
bool plan_box_contains(const PlanBox *box, const float point[2]);

// The place that brings the stand of a place; itself, as a rule.
uint32_t plan_stand_of(const Plan *plan, uint32_t place);
// x and z of the middle of a piece.
void plan_piece_spot(const PlanPlace *place, float out[2]);
// Where a piece's bottom stands, over the house's zero: the top of the riser or of the box.
float plan_piece_floor_m(const PlanPlace *place);
// From the piece's own coordinates (metres, its box low..high) to the house's: the middle of
// the box's bottom comes to stand on the middle of the stand. Column-major, as GL and cglm want
// it.
void plan_piece_matrix(const PlanPlace *place, const float low[3], const float high[3],
                       float out[16]);
bool plan_room_contains(const PlanRoom *room, const float point[2]);
// The room a point is in, or PLAN_NONE (in a passage or outside).
int32_t plan_find_room(const Plan *plan, const float point[2]);
const char *plan_material_name(PlanMaterial material); // "plaster-white"
