// museum.h: struct Museum owns everything below: window, renderer, collection, visitor, lens,
// panels. One museum_frame a picture.
//
//   input --controls--> wishes --> panels, lens, visitor (steps of 1/120 s, no clock, no files)
//         --> what is wanted --> loads, uploads --> one list --> one picture
//
// Main thread only.

#pragma once
#include "device/speech.h"
#include "draw/render_memory.h"
#include "museum/compare.h"
#include "museum/controls.h"
#include "museum/diorama.h"
#include "museum/hud.h"
#include "museum/life_size.h"
#include "museum/map_view.h"
#include "museum/mood.h"
#include "museum/narration.h"
#include "museum/overlay.h"
#include "museum/photo.h"
#include "museum/quality.h"
#include "museum/rest.h"
#include "museum/screens.h"
#include "museum/settings.h"
#include "museum/scene.h"
#include "museum/stats.h"
#include "museum/tape.h"
#include "museum/tour.h"
#include "museum/tour_record.h"

typedef struct MuseumDesc {
    const CollectionPack *packs;
    uint32_t pack_count;
    int width, height; // of the picture; 0: 1280 x 720
    bool is_headless;
    uint32_t memory_mib;         // for all that pictures are made of; 0: by the machine
    float eye_height_m;          // 0: as the settings say, or VISITOR_EYE_HEIGHT_M
    float fov_rad;               // 0: as the settings say, or VISITOR_FOV_RAD
    const char *settings;        // file; NULL: the visitor's own
    const char *cabinet;         // file; NULL: beside `settings`, or the visitor's own
    bool is_scripted;            // then settings and cabinet are those of a named file only
    bool is_kiosk;               // nothing is kept, nobody leaves (kiosk.h)
    QualityLevel quality;        // QUALITY_AUTO: by the driver, then by how it goes
    float pixel_error;           // 0: by the quality
    const char *language;        // BCP-47, that is wished for; NULL: as the settings say
    const char *system_language; // where they say nothing; NULL: no wish
    bool is_reduced_motion;
    int photo_scale;           // of photographs, times the window; 0: by the driver
    float text_size;           // of the interface, 1 to 2; 0: 1
    bool is_aloud;             // said aloud, whatever the settings say
    const char *speech_record; // a file for what would be said; NULL: it is said
} MuseumDesc;

// A detail of the story that one looks at.
typedef struct MuseumDetail {
    bool is_on;
    bool is_coming;    // on the way there; the lens comes when one is there
    uint32_t index;    // of the piece's hotspots; the last one when none is on
    bool is_own;       // of no story: a tour shows a view of its own
    StoryHotspot spot; // what is looked at, and how
    float lift;        // it comes to stand so much above the picture's middle, in its heights
    Visitor before;    // what leaving it brings back
    Magnifier lens_before;
    bool was_label_open;
} MuseumDetail;

// The details of the piece one leans in to, as they are marked.
typedef struct MuseumSpots {
    int32_t exhibit;                    // whose they are; another: nothing is known
    float strength[STORY_MAX_HOTSPOTS]; // 0 to 1: how far each has appeared
    bool is_hidden[STORY_MAX_HOTSPOTS]; // something is before it, as far as that
    bool is_known[STORY_MAX_HOTSPOTS];  // is known; and whether it was asked
    bool is_asked[STORY_MAX_HOTSPOTS];  // from where the eye is now:
    double eye[3], forward[3];
    uint64_t revision; // of the surface
    int32_t pressed;   // the detail whose mark the pointer went down on; -1: none
    uint16_t listed[STORY_MAX_HOTSPOTS];
    uint32_t listed_count, list_from; // of a mark that does not part; 0: no list is open
    float list_px[2];
    uint32_t mark_count, cluster_count, hidden_count; // in the newest frame
} MuseumSpots;

// Where nobody looks after it: what kiosk.c tells the museum, and is told.
typedef struct MuseumKiosk {
    bool is_on;
    const char *language;    // of the first screen
    bool allows_photographs; //
    const char *invitation;  // while nobody is there
    bool is_attracting;      // nobody is there
    double still_s;          // the question stands so much longer; 0: it is not asked
    bool is_asked;           //
    uint64_t visits;         // since the program began
    bool is_locked;          // too many wrong numbers of the staff's
    bool is_done, unlocks;   // wished on a screen: to end the visit; that a number was typed
} MuseumKiosk;

// As which the museum opens again.
typedef struct MuseumReset {
    const char *language;
    float text_size;
    float volume; // 0 to 1
    bool is_reduced_motion;
} MuseumReset;

typedef struct Toast {
    char text[160];
    double left_s;
} Toast;

enum { MUSEUM_TOPICS = 12 };

// What is said aloud.
typedef struct MuseumAloud {
    Speech *speech;               // NULL: nothing is, nor will be
    bool is_on;                   // as far as the visitor wishes
    uint64_t said[MUSEUM_TOPICS]; // by topic, the hash of what was said last
} MuseumAloud;

// What frames do, counted.
typedef struct MuseumWork {
    uint64_t draw_calls, triangles;
    uint64_t meshes;      // of rooms, made
    uint64_t light_steps; // towards what bounces in rooms
    uint64_t allocations; // blocks of memory that this thread took
} MuseumWork;

struct Museum {
    // made once
    Arena *arena; // lives as long as the program
    Window *window;
    Gpu *gpu;
    Render *render;
    Ui *ui;
    Streamer *streamer;
    Sound *sound; // NULL: all is silent
    Collection collection;
    Gallery gallery;
    RoomsLight light;
    Rooms house;
    const char *language;
    Settings settings;         // kept in
    const char *settings_path; // NULL: nowhere
    bool has_adjusted;         // and not written yet
    struct Cabinet *cabinet;   // what the visitor keeps, of this visit and before
    bool tells_cabinet;        // that it is not as one would think, once
    bool wants_welcome;        // nobody has chosen a language yet
    bool is_reduced_motion;
    float text_size;
    float wanted_error; // MuseumDesc's pixel_error
    Quality quality;
    RenderMemory memory;
    int fitted_width, fitted_height; // of the window whose targets fit the memory
    // what the visitor changes
    Visitor visitor;
    Diorama inside; // the piece one leans in to; the visitor waits outside
    Magnifier lens;
    Tape tape;
    MuseumDetail detail;
    MuseumSpots spots;
    TourPlay tour;
    Narration narration;
    TourRecord *record; // the visit is written down; NULL: it is not
    Mood mood;
    Compare compare;
    bool lens_is_known; // how fine the scan is under its middle
    float lens_was[2];  // in the last frame
    Controls controls;
    VisitorActions carried; // wishes no step has heard yet
    LifeSize life;
    MapView map;
    Screens screens;
    Pictures *pictures;        // of stories
    int32_t looks_after;       // the detail that is shown once one has leant in, or -1
    bool lens_is_held;         // it goes when the key is let go
    bool is_framed_with_label; // the piece one leans in to: beside its label
    bool is_label_open, is_fullscreen;
    int32_t focus;            // exhibit one stands before, or -1
    int32_t close;            // exhibit one leans in to, or -1
    int32_t leans_after_walk; // exhibit one walks to in order to lean in, or -1
    Toast toast;
    MuseumKiosk kiosk;
    MuseumAloud aloud;
    SoundState heard;    // of the newest frame
    int32_t tone_room;   // whose tone is heard, or PLAN_NONE
    bool has_hinted;     // at how one walks
    bool enters_buttons; // with the focus, or leaves them, in this frame
    bool wants_quit;
    int photo_scale; // of those the visitor takes
    Photo photo;
    bool has_told_photo;       // that one is being taken
    const char *picture_path;  // save the next picture there; NULL: do not
    bool saves_writing;        // what is written over it instead
    int backdrop;              // in place of the picture: -1 black, 1 white, 0 none
    Status picture_status;     // how that went
    const char *picture_fault; // and why not; in `arena`
    // of the newest frame
    Scene scene;
    Camera camera;
    View view, lens_view;
    RoomsState rooms_state;
    Arena frame;
    Rest picture_rest, lens_rest;
    double sharpened_ms; // when the picture last took what had been loaded
    uint64_t over_hash;  // of what was written over the picture
    bool was_drawn;      // or the picture of before still stands
    bool has_labels;     // none of those near is missing, nor the light of a room that is seen
    SceneRelief relief;  // under the lens, in raking light
    double surface_m;    // from the eye straight ahead; 0: nothing
    double um_per_pixel; // of the picture, there; where nothing is, at the piece's middle
    double still_s;      // the visitor has stood still, of the museum's time
    float reading;       // 0 to 1: the piece has made room for the story
    // figures
    StatsFrames frames;
    StatsFrames cpu_frames; // without the driver's drawing
    MuseumWork work;        // when the newest frame began, since the start
    MuseumWork most_work;   // of a frame, since a script asked to measure
    Overlay overlay;
    double first_frame_ms; // 0: not yet
    double opened_ms;      // when the first frame began
    uint64_t frame_number, drawn_count;
    double begun_ms, passed_s; // when the frame began; since the one before
    double begun_cpu_ms;       // in this thread's processor time
};

// Everything lives in `arena`; *museum stays at its address. ERR_DEVICE without a display or
// GL; packs that cannot be read are no failure.
NODISCARD Status museum_make(const MuseumDesc *desc, Arena *arena, Museum *museum);
void museum_drop(Museum *museum); // fine where museum_make failed

typedef struct MuseumFrame MuseumFrame;
struct MuseumFrame {
    int steps;        // of VISITOR_STEP_S
    bool is_forced;   // draw it all, as while walking, although nothing has changed
    bool is_scripted; // nothing depends on the clock: no fading, no quality that adapts
    double upload_ms; // for pages and labels that are new, of this thread's time; 0: any
};

// One frame. The picture stands in the back buffer until the next.
void museum_frame(Museum *museum, const Input *input, const MuseumFrame *how);

// ---- what one can wish, by keys or by script

NODISCARD Status museum_walk_to_exhibit(Museum *museum, uint32_t exhibit);
NODISCARD Status museum_walk_to_spot(Museum *museum, const double spot[2]);
// -1: what one stands before, or the nearest. ERR_NOT_FOUND in an empty house.
NODISCARD Status museum_lean_in(Museum *museum, int32_t exhibit);
void museum_lean_out(Museum *museum);
// The piece one leans in to, at the height of its figures, and out again to where one was.
// ERR_INVALID where one does not lean in or it is no diorama; ERR_NOT_FOUND where nothing of
// its ground is there yet.
NODISCARD Status museum_step_inside(Museum *museum);
void museum_step_out(Museum *museum);
bool museum_is_inside(const Museum *museum);
void museum_photograph(Museum *museum, int scale); // among the visitor's pictures
// ERR_INVALID unless leant in.
NODISCARD Status museum_set_orthographic(Museum *museum, bool is_orthographic);
void museum_say(Museum *museum, const char *sentence); // a toast
void museum_open_screen(Museum *museum, ScreenId id);
// Of the piece one is at. ERR_INVALID where there is none.
NODISCARD Status museum_open_story(Museum *museum);
void museum_close_story(Museum *museum); // and what is open over it
bool museum_is_reading(const Museum *museum);
// What is called so on the screen that is open: ERR_INVALID, ERR_NOT_FOUND.
NODISCARD Status museum_press_widget(Museum *museum, const Input *input, const char *name);
// Where the button of that name is in the picture, in pixels, on a screen or beside it.
// ERR_NOT_FOUND where it is not seen.
NODISCARD Status museum_find_button(const Museum *museum, const char *name, WidgetBox *out);
// OK, or what keeps a script's "label open" from showing one: ERR_INVALID.
NODISCARD Status museum_show(Museum *museum, bool *panel, bool is_open);

// Into the cabinet, or out of it; -1: the piece one is at. ERR_INVALID where there is no piece,
// or none of any pack.
NODISCARD Status museum_collect(Museum *museum, int32_t exhibit, bool is_collected);
// As when its doors opened, with nothing left of who was there.
void museum_reset(Museum *museum, const MuseumReset *to);
// The interface and all contents in another language, from now on. `tag` has to last.
void museum_speak(Museum *museum, const char *tag);
// Nobody has found anything: for who comes next.
void museum_forget_finds(Museum *museum);

// What Museum.reading goes to.
float museum_reading_goal(const Museum *museum);
// Nothing moves, nothing is missing, the best picture stands.
bool museum_is_settled(const Museum *museum);
// Its first complete picture has been drawn.
bool museum_is_ready(const Museum *museum);
// Texts live in `arena`.
Stats museum_stats(const Museum *museum, Arena *arena);
// Takes what was done since it was last asked into most_work: as a frame begins, and at the
// end.
void museum_note_work(Museum *museum);
void museum_forget_work(Museum *museum); // to measure from here
// Tells the renderer of a quality that has changed.
void museum_take_quality(Museum *museum);
// Writes the picture as PNG. Between drawing and presenting only: set picture_path instead.
NODISCARD Status museum_save_picture(Museum *museum, const char *path);

// What is told of a piece; where it is told already, it is stopped.
void museum_tell_of(Museum *museum, NarrationSubject subject);
// The detail one looks at; false where nothing is to be heard of it.
bool museum_detail_sounds(const Museum *museum, NarrationSubject *out);

// For scripts: "on", "off", "lose", "return", "detail", "end".
NODISCARD Status museum_command_sound(Museum *museum, const char *word);
const char *museum_sound_device(const Museum *museum); // "none", "open", "lost"

// From the first step on. NULL: the house's own tour. ERR_NOT_FOUND names those there are.
NODISCARD Status museum_begin_tour(Museum *museum, const char *id);
// A file of somebody's own, as `vitrine --record` writes it: one more tour of this house.
NODISCARD Status museum_add_tour(Museum *museum, const char *path, const char **id);

// The exhibit of an id; ERR_NOT_FOUND names those there are.
NODISCARD Status museum_find_exhibit(const Museum *museum, const char *id, uint32_t *out);
