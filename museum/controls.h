// controls.h: from keys, mouse, gamepad and fingers to what the visitor wishes.
//
//            walking                     leant in                     with the lens
//   mouse    drag: look                  drag: orbit                  moves it
//            click: walk, lean in        right or middle drag: pan    wheel: its strength
//                                        double click: go there
//            right held: the lens        wheel: zoom
//   keys     WASD, arrows, Shift         arrows: orbit  + -: zoom     arrows: raking light
//                                        O: parallel rays  R: true size
//                                        V: compare  F: shallow focus
//            M: the floor plan
//            E: lean in                  E: nearer  Esc: back         1-7: modes  P: pin
//            + -: field of view          X: step inside a diorama
//            PageUp, PageDown: eyes
//                                        , . : the story's details  N: hears one
//            0: sound off, or on
//            G: the magnifier; Space, too: pressed long, as long as it is held
//                                                                    Ctrl: its size
//   pad      sticks, A                   sticks, triggers, A, B       X, shoulders: strength
//                                        left, right: details         triggers: its size
//                                        left shoulder: shallow focus
//                                                                    right stick: moves, pins
//   touch    drag, tap                   drag, pinch, two: pan        two-finger tap
//                                        double tap: go there         pinch: strength; on its
//                                                                    rim: its size
//
// With the tape out (T, or down on the pad), leant in: clicks and taps set points; arrows or
// the right stick move a reticle, Shift finely, and Enter or A sets a point there; Backspace or
// left on the pad takes one back, with Shift all; N, or right on the pad, goes on to another
// kind.
//
// Comparing: K, or Y, links both halves or not; J, or the left stick, goes to the other half.
// Tab, or Back on the pad, goes through the buttons over the picture.
//
// All this is how it usually is: visitors may have it otherwise (bindings.h), and what comes in
// here has been translated back.
//
// Pure but for the state it keeps between frames. Main thread.

#pragma once
#include "device/window.h"
#include "museum/visitor.h"

typedef enum ControlsDevice { CONTROLS_KEYS, CONTROLS_PAD, CONTROLS_TOUCH } ControlsDevice;

// What the wishes depend on.
typedef struct ControlsContext {
    bool is_close;
    bool is_inside; // a piece: one walks in there
    bool has_tray;  // one stands before several pieces on one stand
    bool has_lens, lens_has_dial, lens_is_pinned;
    float lens_px[3]; // middle and radius
    bool has_tape;
    bool has_map;        // it is open: up on the pad goes through it
    bool has_detail;     // one looks at a detail of the story
    bool has_sound;      // which can be heard
    float reticle_scale; // with the lens the reticle moves as much slower; 0: 1
    bool ui_has_pointer, ui_has_keys;
    bool is_reading; // what goes through a list or a screen beside the picture is that's own
    float fov_y;     // of the camera: a drag turns as far as the picture moves
    double step_s;   // since the last frame
} ControlsContext;

typedef struct Wishes {
    VisitorActions visitor; // turns, zoom and pan are for the whole frame
    bool leans_in, goes_back;
    bool toggles_story, toggles_label, toggles_help, toggles_lens, toggles_pin;
    bool toggles_mood, toggles_map, toggles_menu;
    bool toggles_sound, toggles_narration;
    bool toggles_focus; // of the buttons over the picture
    bool toggles_overlay, toggles_orthographic, toggles_true_size;
    bool lays_beside; // the next of the things that show how large a piece is
    bool toggles_compare, toggles_link, switches_half;
    bool toggles_capture, toggles_fullscreen, takes_picture, quits;
    bool holds_lens;    // as long as it is held
    bool keeps_lens;    // what was held was let go of at once: it stays
    int lens_mode;      // 1 to 4; 0: no wish
    int lens_mode_step; // to the next or the one before
    float lens_zoom;    // factor; 0: no wish
    float lens_size;    // factor; 0: no wish
    float eye_m;        // higher eyes, walking
    float fov;          // factor of the field of view, walking; 0: no wish
    bool steps_inside;  // or out again
    float lens_move[2]; // to the right and down, in heights of the picture
    float lens_dial[2]; // degrees, to the right and up
    bool toggles_tape, sets_point, takes_point_back, clears_points;
    int tape_kind_step;
    float reticle[2]; // to the right and down, in heights of the picture
    bool has_pointer; // it moved
    float pointer[2]; // in parts of the picture
    bool taps;        // clicked or tapped a place without dragging
    bool tap_is_finger;
    bool taps_twice; // the second of two taps on one place
    float tap[2];    // in parts of the picture
    int detail_step; // to the next detail, or piece of a tray, or the one before
} Wishes;

typedef struct Controls {
    ControlsDevice device; // used last
    bool is_captured;      // the mouse looks without a button
    bool is_dragging;      // the button went down over the picture, not over a panel
    float dragged_px;      // how far since then: a click moves less than a few
    float finger_px;
    int finger_count; // in the last frame
    float pinch_px;   // between two fingers, in the last frame; 0: none
    bool holds_rim;   // two fingers came down on the lens's rim
    bool had_two;     // fingers down since the last time there were none
    float two_px;     // how far these moved: a two-finger tap moves less than a few
    float two_at[2];  // their middle
    bool holds_space; // it went down to take the lens out
    double space_s;   // when
    int space_frames; // since then
    double tapped_s;  // when the last tap was, of those that may become a double one; 0: none
    float tapped_px[2];
} Controls;

Wishes controls_read(Controls *controls, const Input *input, const ControlsContext *context);
