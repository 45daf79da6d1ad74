// museum_parts.h: what the files museum_*.c share; for them alone.

#pragma once
#include "museum/museum.h"

double museum_now_ms(void);
uint64_t museum_target_bytes(const Museum *museum); // of the quality in force

// The label of the piece one leans in to was put away, or is there again: the piece takes the
// place this leaves.
void museum_follow_label(Museum *museum, const VisitorWorld *world);

// museum_world.c: what the visitor may not walk or look through.
// The place one stands before, or PLAN_NONE; of pieces that share a stand, the one looked at.
int32_t museum_focused_place(const Museum *museum);
VisitorWorld museum_world(Museum *museum, float aspect);

// museum_mood.c: opens or closes it; the view of the frame is known. Frames of a mean.
void museum_see_mood(Museum *museum, const VisitorWorld *world, double passed_s);
int museum_mean_count(const Museum *museum);

// museum_inside.c: wishes, writing and light while one is inside a piece.
void museum_wish_inside(Museum *museum, const Input *input, const Wishes *wishes);
void museum_draw_inside(Museum *museum);
void museum_hear_inside_detail(Museum *museum, int step, bool leaves);
void museum_light_inside(const Museum *museum, RenderView *view);

// museum_adjust.c
// At first: what the visitor's language is, and how things are written. Then, once there is a
// visitor, how it sees.
void museum_read_settings(const MuseumDesc *desc, Museum *museum);
void museum_take_settings(const MuseumDesc *desc, Museum *museum);
void museum_keep_settings(Museum *museum); // where anything was adjusted
void museum_adjust(Museum *museum, const Wishes *wishes);
// As if all keys were where they usually are. What has the focus goes by the keys' own places,
// and hears them alone.
Input museum_as_usual(const Museum *museum, const Input *input);

// museum_screens.c
// Before all others hear: takes the wishes while a screen is open, and those that open one.
void museum_hear_screens(Museum *museum, const Input *input, Wishes *wishes);
// What a story open beside a picture so large takes of it; 0: it takes all of it.
float museum_beside_px(const Museum *museum, float width, float height);
bool museum_is_over_screen(const Museum *museum, float x_px, float y_px);
void museum_go_to_exhibit(Museum *museum, int32_t exhibit);
// Once one has leant in: to the detail that was wished for.
void museum_look_after(Museum *museum);
// Where there is nothing else to go back from: stops a walk, or opens the menu.
void museum_stop_or_leave(Museum *museum);
// Between ui_begin and ui_end, over everything; `is_at_once`: without fading in.
void museum_draw_screens(Museum *museum, const Input *input, bool is_at_once);

// museum_aloud.c: what has changed since the last frame, for those who do not see it.
void museum_open_aloud(Museum *museum, const MuseumDesc *desc);
void museum_say_aloud(Museum *museum);
bool museum_is_aloud(const Museum *museum);
void museum_set_aloud(Museum *museum, bool is_on); // by the visitor, who is remembered

// museum_writing.c: what is written over the picture, as JSON: each text's place, contrast and
// faults. Between drawing and presenting only. And what may stand in place of the picture.
NODISCARD Status museum_save_writing(Museum *museum, const char *path);
void museum_draw_backdrop(Museum *museum); // first of all that is written

// museum_frame.c
void museum_tell(Museum *museum, Status status); // what stops a wish is told to the visitor

// museum_record.c: writes down what is seen, of a visit that is recorded.
void museum_record_tour(Museum *museum, double passed_s);

// museum_cabinet.c: what the visitor keeps. Each change is on the disk at once.
void museum_open_cabinet(const MuseumDesc *desc, Museum *museum);
void museum_tell_cabinet(Museum *museum); // what has become of it, once
void museum_note_found(Museum *museum, int32_t exhibit, uint32_t hotspot);
// What was pressed on the cabinet's screen.
void museum_hear_kept(Museum *museum, const ScreenWish *wish);
void museum_keep_photo(Museum *museum, const char *path); // of the piece one leans in to
void museum_keep_measures(Museum *museum);                // all of it that are complete
void museum_fill_cabinet_stats(const Museum *museum, Stats *stats);

// museum_spots.c: the details on the piece one leans in to; `room` is what is written full.
void museum_draw_spots(Museum *museum, const Input *input, const HudRoom *room,
                       bool is_scripted);
bool museum_close_spot_list(Museum *museum); // false: none was open

// museum_tour.c: what is wished of a tour, its next step, its words; where it leaves the
// picture free for a piece.
void museum_wish_tour(Museum *museum, const Input *input, Wishes *wishes);
void museum_run_tour(Museum *museum, int steps);
void museum_draw_tour(Museum *museum, HudRoom *room);
uint32_t museum_tour_frames(Museum *museum, VisitorFrame out[VISITOR_FRAMES]);
// Units at the picture's foot that are written full.
float museum_tour_foot(Museum *museum);
void museum_fill_tour_stats(const Museum *museum, Stats *stats);

// museum_sound.c: the tone of the room one is in, and what is told.
void museum_make_sound(Museum *museum, bool is_headless);
void museum_wish_sound(Museum *museum, const Wishes *wishes);
void museum_hear(Museum *museum, const MuseumFrame *how); // once all else has moved
float museum_volume(const Museum *museum);                // as adjusted, muted or not
void museum_toggle_sound(Museum *museum);
// The chapter of the open story that is read aloud, from 1; 0: none.
uint32_t museum_heard_chapter(const Museum *museum);
// A voice tells, or is about to: another would speak into it.
bool museum_is_narrated(const Museum *museum);
bool museum_is_quiet(const Museum *museum); // no file of a sound is awaited
// Beside a story so wide, in units.
void museum_draw_captions(Museum *museum, float story_width, HudRoom *room);
void museum_fill_sound_stats(const Museum *museum, Stats *stats);

// A part of a photograph: a view as large as the window.
typedef struct MuseumTile {
    View view;
    const Magnifier *lens; // in whose light; NULL: as the picture
    const View *cast;      // what casts shadows in raking light; NULL: what is drawn
    float grain_px;        // of them are as wide as a pixel of the window
    const RenderQuad *quads;
    uint32_t quad_count;
} MuseumTile;

// Draws it, and nothing of the visitor moves.
void museum_draw_tile(Museum *museum, const MuseumTile *tile, const MuseumFrame *how);

// museum_lens.c
// What is wished of a lens; pads turn it on at `middle`.
void museum_wish_lens(Museum *museum, Magnifier *lens, const Wishes *wishes,
                      const float middle[2]);
// In which light a lens shows what it does.
void museum_aim_lens(const SceneRelief *relief, const Magnifier *lens, RenderView *view);
// Its dial, and what is written around it, between the picture's or its half's sides; what was
// clicked there.
void museum_dress_lens(const Magnifier *lens, float right_px, RenderLens *shown);
HudLens museum_hud_lens(const Museum *museum, const Magnifier *lens, const RenderLens *shown,
                        const HudSize *size, const float sides_px[2]);
void museum_hear_lens(Magnifier *lens, const HudLensClicks *clicks, float radius_px);

// museum_kiosk.c: of a kiosk, takes out what is the staff's alone.
void museum_forbid(const Museum *museum, Wishes *wishes);
void museum_fill_kiosk_stats(const Museum *museum, Stats *stats);

// museum_over.c
// How many pixels a unit of the interface is, in a picture so large.
float museum_units_to_px(const Museum *museum, float width, float height);
void museum_begin_ui(Museum *museum, const Input *input); // as all frames that are seen
HudSize museum_hud_size(Museum *museum);
void museum_draw_overlay(Museum *museum);
void museum_write_over(Museum *museum, const Input *input, const MuseumFrame *how,
                       RenderList *list);

void photo_note_settled(Museum *museum, bool is_settled); // photo.c

// museum_draw.c: draws the list where anything has changed. Fills in how its views are drawn.
void museum_draw(Museum *museum, RenderList *list, const MuseumFrame *how, bool was_uncovered);
