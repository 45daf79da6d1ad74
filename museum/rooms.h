// rooms.h: the rooms as the picture shows them: their meshes, lamps, glass and label cards.
//
// The renderer holds a limited number of lamps and rooms at once. A house larger than that is
// shown in windows: the visitor's room and those around it, chosen anew when the room changes.
//
// Main thread only.

#pragma once
#include "draw/render.h"
#include "museum/collection.h"
#include "exhibits/model/gallery_mesh.h"
#include "museum/label.h"
#include "museum/rooms_light.h"
#include "museum/rooms_words.h"
#include "museum/sight.h"

// A piece's place, as drawn.
typedef struct RoomsPlace {
    GpuTexture label;       // none: not painted yet
    bool is_of_restoration; // what the label speaks of
    uint32_t spoken;        // Rooms.spoken when it was painted
    bool is_label_broken;   // could not be painted: not tried again
    float glass_fade;       // 0 there, 1 gone
    float glow;             // of the label
} RoomsPlace;

struct Rooms {
    Render *render;
    Gpu *gpu;
    Text *text;
    const Collection *collection;
    const char *language;
    uint32_t spoken;       // how often the language was another one
    uint32_t title_spoken; // of that, when the title was painted
    float label_density;   // that labels are painted with
    uint64_t label_bytes, label_bytes_held;
    RenderMesh *meshes;                   // by room; made when first needed
    uint64_t mesh_bytes, mesh_bytes_held; // of rooms that are lit while they are shown
    uint64_t mesh_most_bytes;             // that one took
    uint64_t *mesh_used;                  // by room: the window it was last in or next to
    uint64_t windows;                     // that there were
    int32_t *window_index;                // by room: its index in the renderer's house, or -1
    int32_t window_center;                // room the window was chosen for, or -1
    bool is_whole;                        // the window is all of the house, with all its lamps
    bool finds_light;                     // what bounces in the window's rooms is not all known
    uint32_t meshes_made;                 // ever
    Sight sight;                          // of this frame
    RoomsPlace *places;
    float white; // what eyes take for white here, over what they do in a room of middling light
    LabelTitle title;
    RoomsWords words;
    bool *is_seen; // by room
    RoomsLight *light;
};

typedef struct RoomsDesc {
    Render *render;
    Gpu *gpu;
    Text *text;
    const Collection *collection; // outlives the house
    const char *language;         // of labels
    uint64_t label_bytes;         // at most for all of them
    uint64_t mesh_bytes;          // at most for rooms, unless more are seen at once
    RoomsLight *light;            // outlives the house
} RoomsDesc;

NODISCARD Status rooms_make(const RoomsDesc *desc, Arena *arena, Rooms *out);
void rooms_drop(Rooms *house);

// Chooses the window for a visitor in `room` (PLAN_NONE: in a passage; nothing changes) and the
// rooms that can be seen through the doors. Before rooms_add and streaming.
NODISCARD Status rooms_look(Rooms *house, int32_t room, const View *view);
// Light and rooms once more, after others were in the renderer.
NODISCARD Status rooms_light(Rooms *house);
bool rooms_sees(const Rooms *house, uint32_t room);
const Exhibit *rooms_exhibit_at(const Rooms *house, uint32_t place); // NULL: none
// Of the renderer's house; 0 for a room out of the window.
uint32_t rooms_room_index(const Rooms *house, uint32_t room);

typedef struct RoomsState {
    int32_t focus;    // exhibit whose label is lit, or -1
    int32_t close;    // exhibit whose glass is away, or -1
    double step_s;    // since the last frame; labels and glass change gently
    bool is_at_once;  // or not
    bool has_marker;  // where the visitor walks to
    double marker[3]; // on the floor, which rises so many metres a metre along x and z
    float marker_slope[2];
} RoomsState;

// Paints labels that are missing, the nearest first: one, and more until they took `limit_ms`
// (0: all) of this thread's time. Where memory is short, those farthest away go. True when none
// is missing.
bool rooms_paint_labels(Rooms *house, const View *view, double limit_ms, double *took_ms);
// In another language from now on: what is seen is painted anew by rooms_paint_labels, in its
// time, and stands as it was until then. `language` has to last.
void rooms_speak(Rooms *house, const char *language);
void rooms_step(Rooms *house, const RoomsState *state);
// Whether labels, glass and eyes have come to rest.
bool rooms_is_still(const Rooms *house, const RoomsState *state);

// Everything that stands still, into the list's arrays, in `frame`.
void rooms_add(const Rooms *house, const RoomsState *state, Arena *frame, RenderList *list);
