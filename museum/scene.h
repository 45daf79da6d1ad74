// scene.h: the sculptures of a frame: what is opened, what is streamed, what is drawn of each.
//
// Main thread only.

#pragma once
#include "museum/rooms.h"
#include "museum/magnifier.h"
#include "museum/visitor.h"

typedef struct Scene {
    Render *render;
    Streamer *streamer;
    Collection *collection;
    Arena *arena;      // for sentences of what had to be taken down
    float pixel_error; // that cuts may have; in the lens at most 1. 0: 1
    // of the newest frame
    uint32_t sculpture_triangles, seen_count; // sculptures in picture or lens
    float error_px;                           // the largest of what was drawn
    bool is_complete;                         // everything seen can be drawn, at least coarsely
    int32_t shaped; // SceneView.close, once all its shape is there; -1
} Scene;

enum { SCENE_MAX_AHEAD = 1 };

// A view that may come soon: what it shows is loaded when there is nothing else to load.
typedef struct SceneAhead {
    View view;
    double spot[2]; // where one stands then
    float error_scale;
} SceneAhead;

typedef struct SceneView {
    const View *view;
    const View *lens; // NULL: none
    const View *cast; // what it shows casts shadows in raking light; NULL: what is drawn does
    int32_t close;    // exhibit one leans in to, or -1: its shape is kept
    const Rooms *house;
    double upload_ms;    // of this thread's time for uploads; 0: until there is nothing more
    const View *touched; // small views of the piece one leans in to: loaded, not drawn
    uint32_t touched_count;
    const SceneAhead *ahead;
    uint32_t ahead_count;
    const Gallery *gallery; // for what is ahead
} SceneView;

// Opens the pieces of rooms in the house's window, nearest first, and closes all others.
void scene_open_near(Scene *scene, const Rooms *house, const double eye[3]);
// Streams and cuts; adds sculptures and their draws to the list, in `frame`.
void scene_add(Scene *scene, const SceneView *view, Arena *frame, RenderList *list);

// One of two pieces that are compared: drawn at `placement`, asked for where it stands.
typedef struct SceneHalf {
    uint32_t exhibit;
    const View *view, *lens; // of the piece in its room; no lens: NULL
    const View *cast;        // as SceneView's, or NULL
    const View *touched;     // likewise
    Placement placement;
    double center[3]; // of its sphere, drawn
    uint32_t room;    // of the renderer's
} SceneHalf;

// Streams and cuts both alike, and nothing else; adds them to the list in their order. The
// same piece may be both.
void scene_add_halves(Scene *scene, const Rooms *house, const SceneHalf halves[2],
                      double upload_ms, Arena *frame, RenderList *list);

typedef struct SceneHit {
    int32_t exhibit; // -1: nothing
    PickHit hit;
} SceneHit;

// How far apart the scan's samples are within a round window of the picture, of the finest
// triangles there: the median of how wide their texels are, or their edges, where these are
// shorter or there are no texels. Where little of it is there, what is known of the middle
// alone; where nothing is, the piece's own median or what is there, and it is not known.
double scene_sample(Scene *scene, int32_t exhibit, const View *view, const float center_px[2],
                    float radius_px, bool *is_known);

// The mean plane of what a lens shows of one piece.
typedef struct SceneRelief {
    bool is_there;
    double center[3], normal[3]; // towards the eye
    double radius_m;             // that the lens shows around it
    double height_m;             // from the lowest to the highest place that was found
} SceneRelief;

SceneRelief scene_relief(Scene *scene, int32_t exhibit, const View *lens);

// What a ray meets first, of the pieces in rooms that are seen.
SceneHit scene_pick(Scene *scene, const Rooms *house, const Ray *ray);
// The same around a spot of the picture, from the middle outwards: a lens over the rim of a
// piece still shows it.
SceneHit scene_pick_near(Scene *scene, const Rooms *house, const View *view,
                         const float center_px[2], float radius_px);
// And of one piece alone.
SceneHit scene_pick_piece(Scene *scene, int32_t exhibit, const View *view,
                          const float center_px[2], float radius_px);
