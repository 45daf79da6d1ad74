// visit.h: carries a script out on a museum, one command after the other, between frames.
//
//   while (visit_advance(&visit, museum, &input) == OK && !visit.is_over)
//       museum_frame(museum, &input, ...);
//
// A command that changes something is over when a frame has shown it and, where it moves the
// visitor, when the movement has ended. Main thread only.

#pragma once
#include "museum/museum.h"
#include "museum/script.h"

#define VISIT_PATIENCE_S 180.0 // for what does not happen: real time

// Called after a picture was written.
typedef void VisitPictureFn(void *context, Museum *museum, const char *path);

typedef struct Visit {
    const Script *script;
    VisitPictureFn *on_picture; // or NULL
    void *context;
    // progress
    uint32_t at;     // the command
    bool has_begun;  // it
    uint32_t frames; // since it began
    double seconds;  // of the museum's time, since it began
    double began_ms; // real time
    uint32_t settled_frames;
    double goal[2]; // of a walk
    bool is_over;
    bool has_hands;  // devices themselves were used: what the window hears counts
    float finger[2]; // where one came down last, in parts of the picture
} Visit;

// Before each frame. Puts what the script presses into *input. On failure the fault names the
// script's file and line.
NODISCARD Status visit_advance(Visit *visit, Museum *museum, Input *input);
// After each frame of `steps`.
void visit_note_frame(Visit *visit, int steps);
// Whether the running command counts frames: then every one is drawn.
bool visit_forces_frames(const Visit *visit);

// For visit.c: what a running command presses in this frame (visit_press.c).
void visit_press(const Visit *visit, const ScriptCommand *command, Input *input);
NODISCARD Status visit_check_press(const ScriptCommand *command); // there is such a key
// What it does with devices themselves (visit_hands.c).
NODISCARD Status visit_use_hands(Visit *visit, Museum *museum, const ScriptCommand *command);
void visit_lift_finger(const Visit *visit, Museum *museum); // of a "touch"
