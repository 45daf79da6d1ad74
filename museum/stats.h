// stats.h: what the program can say about itself in numbers: frame times, triangles, memory,
// what the lens shows. One table of fields is the JSON, and what `expect` may ask for.
//
// Pure but for stats_peak_memory. One thread.

#pragma once
#include "base/str.h"

// Frame times since the start or the last stats_forget_frames; a zeroed one is empty.
typedef struct StatsFrames {
    float *times_ms; // in the arena given to stats_add_frame
    uint32_t count, capacity;
} StatsFrames;

enum { STATS_MAX_FRAMES = 1 << 20 }; // five hours at 60 a second; then the oldest half goes

void stats_add_frame(StatsFrames *frames, float time_ms, Arena *arena);
void stats_forget_frames(StatsFrames *frames);

typedef struct StatsFrameTimes {
    double median_ms, p95_ms, p99_ms, max_ms;
    double count;
} StatsFrameTimes;

// All zero where there is no frame yet. A percentile is the smallest time that so many parts of
// a hundred do not exceed.
StatsFrameTimes stats_frame_times(const StatsFrames *frames);

// Numbers are doubles throughout: bytes are exact up to 2^53.
typedef struct Stats {
    double first_frame_ms; // from the start of the process to the first complete picture
    StatsFrameTimes frames;
    StatsFrameTimes cpu; // of these frames, what the program took beside the driver's drawing
    double triangles_drawn, draw_calls; // of the newest frame
    // The most of any frame since a script asked to measure: drawn, rooms' meshes made, steps
    // of finding what bounces, blocks of memory taken.
    double most_triangles, most_draw_calls, most_meshes, most_light_steps, most_allocations;
    double resident_geometry_bytes, resident_texture_bytes;
    double age_ms;                                                    // of the process
    double memory_budget_bytes, memory_used_bytes, memory_peak_bytes; // of pictures
    double rss_bytes, rss_peak_bytes;
    double loaded_pages, loaded_tiles, loaded_bytes, loaded_tile_bytes; // since the start
    double loaded_table_bytes; // beside loaded_bytes: of which pages there are
    double pixel_error;        // that the newest frame's cuts kept
    double lens_pixel_error;   // the same of the lens's, with or without one
    double magnifier_zoom, um_per_texel, um_per_pixel; // 0 without a magnifier
    const char *magnifier_mode;                        // "" without
    double band_um;                                    // of height; 0: not shown
    double light_azimuth_deg, light_elevation_deg, relief_strength;
    bool magnifier_enlarged, magnifier_native, magnifier_pinned;
    double magnifier_most_zoom;      // where two pixels show one sample; 0: unknown
    double magnifier_radius;         // in heights of the picture
    double magnifier_x, magnifier_y; // in parts of the picture
    const char *magnifier_sample;    // what um_per_texel is of: "texel", "sample", or ""
    bool magnifier_limited;          // weaker than was asked for: the scan holds nothing finer
    // The newest that was measured of the piece one leans in to.
    const char *measure_kind, *measure_text; // "tape", "12.3 mm ± 0.1"; "" where there is none
    double measure_mm, measure_degrees;      // not rounded; 0 where it is the other
    double measure_tolerance, measure_digits; // in mm or degrees; decimals that are said
    double measure_points, measure_figures;   // of it; in all, of the piece
    bool measure_is_finest;                   // nothing finer of the surface exists there
    const char *compare_active;               // "left" or "right": the half that listens
    const char *compare_with;                 // the right half's piece; "" without a comparison
    bool compare_is_linked;
    double compare_left_um, compare_right_um; // a pixel, in the piece's middle
    double compare_left_yaw, compare_right_yaw, compare_left_pitch, compare_right_pitch;
    const char *detail;                        // of the story, one looks at; "": none
    double details;                            // that it tells of
    double marks, mark_clusters, marks_hidden; // of them, in the picture
    const char *exhibit;                       // leant in to, else in focus, else ""
    const char *exhibit_state;                 // "", "known", "coarse", "full", "restoration"
    const char *visitor;                       // "walking", "close", "gliding", "inside"
    double inside_scale, inside_eye_mm;        // stepped inside a piece: 1 to so many; 0: not
    double inside_mm[3];                       // where the feet are, in the room
    double x_m, z_m, yaw_degrees, pitch_degrees, eye_height_m, fov_degrees;
    const char *projection;                  // "perspective", "orthographic"
    double life_times, magnifier_life_times; // larger than life, on this display; 0: unknown
    bool is_true_size, is_calibrating;
    bool has_mood;                // a shallow depth of field, in force
    double focus_mm, aperture_mm; // of it: how far off is sharp, how wide it is
    double display_pixel_mm;      // 0: unknown
    const char *display_source;   // "unknown", "told", "card", "simulated"
    double picture_um_per_pixel;  // in the middle, where leant in; else 0
    double surface_distance_mm;   // from the eye, straight ahead, where leant in; else 0
    bool is_settled;
    double drawn_frames;                  // since the start: a settled view is not drawn again
    const char *quality, *quality_reason; // the level in force, and why
    bool is_quality_auto;
    double scale;                           // of the resolution while the view moves
    const char *label, *story, *map;        // "open", "closed"
    const char *map_focus;                  // a room's id or a piece's; "": none
    const char *map_tour;                   // whose way is drawn; "": none
    const char *hud_focus;                  // of the buttons beside screens; "": none
    double hud_least_px;                    // the shortest side of these; 0: there are none
    const char *screen;                     // the one that is seen; "none"
    const char *screen_focus;               // a widget's name; "": none
    const char *language;                   // of the interface
    const char *kiosk;                      // "off", "attract", "visit", "asks"
    double kiosk_visits;                    // since the program began
    double layouts;                         // of the screen that is seen, since it was built
    double cabinet_pieces, cabinet_details; // kept: collected; found
    bool cabinet_is_kept;                   // on the disk
    bool is_collected;                      // the piece one is at
    const char *room;                       // one is in; "" in a passage
    double rooms, rooms_visited;
    const char *tour;       // its id; "": none is played
    const char *tour_state; // "off", "walking", "telling", "paused", "left"
    double tours, tour_step, tour_steps, tour_told_s;
    double details_found, details_found_in_all; // of the piece one leans in to; of the house
    const char *sound_device;                   // "none", "open", "lost"
    double sound_devices;                       // opened, since the start
    double sound_buffers;                       // mixed, since the start
    double sound_volume;                        // per cent; 0: muted
    const char *sound_room;                     // whose tone is heard; "": none
    const char *sound_narration; // what is told: "step", "detail", "chapter"; "": nothing
    double sound_at_s, sound_seconds;
    bool sound_is_heard;
    const char *sound_cue;           // the caption that is read; "": none
    double sound_cues, sound_broken; // captions shown, files that cannot be played, ever
    double exhibits, exhibits_under_restoration;
    double exhibits_seen; // in the picture or the lens: cut for it
    double ahead_pages;   // of what may be seen soon, not loaded yet
    const char *driver, *renderer;
    double width, height;
} Stats;

typedef struct StatsValue {
    bool is_number;
    double number;    // booleans are 1 and 0
    const char *text; // of a number or a boolean too: "12.5", "true"
} StatsValue;

// Finds a value by its path ("magnifier.zoom") or by a last part that only one path has
// ("zoom"). ERR_NOT_FOUND says so; ERR_INVALID where several would fit. Texts live in `arena`.
NODISCARD Status stats_find(const Stats *stats, const char *name, Arena *arena,
                            StatsValue *out);

// All of it as indented JSON.
const char *stats_write_json(const Stats *stats, Arena *arena);

// Since this process was started by the system, its loading included; where the system does not
// say, the processor time it took. Above 0.
double stats_process_age_ms(void);
double stats_peak_memory(void); // bytes; 0 where the system does not say
double stats_memory(void);      // now; likewise
double stats_main_memory(void); // the machine's; likewise
