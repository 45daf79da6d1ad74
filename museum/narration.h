// narration.h: what is told now: a step of a tour, a detail of a piece or a chapter. How far it
// is, and what of it is read meanwhile.
//
//   OFF --begin--> LOADING --its file is read--> TELLING --its end--> OVER
//
// Pure: it says what is to be heard (a SoundWish's part) and is told what is (SoundState).
// Where nothing can be heard it takes as long all the same, by the museum's own time, so that
// tours wait as long for those who read. One thread.

#pragma once
#include "data/langtext.h"
#include "device/sound.h"

typedef enum NarrationOf {
    NARRATION_OF_NOTHING,
    NARRATION_OF_STEP,    // of the tour that is played
    NARRATION_OF_DETAIL,  // of a piece: a hotspot
    NARRATION_OF_CHAPTER, // of its story
    NARRATION_OF_COUNT
} NarrationOf;

// What it is of: exhibit and index are of the collection and the story; of a tour's step the
// exhibit is -1.
typedef struct NarrationSubject {
    NarrationOf of;
    int32_t exhibit;
    uint32_t index;
} NarrationSubject;

typedef struct NarrationDesc {
    NarrationSubject subject;
    const char *folder;                // of the vfs, where its files are
    const LangText *sounds, *captions; // their names by language
    const LangText *text;              // what is read where nothing is heard
    const char *language;              // of the visitor
} NarrationDesc;

typedef enum NarrationState {
    NARRATION_OFF,
    NARRATION_LOADING,
    NARRATION_TELLING,
    NARRATION_OVER, // to its end, or it cannot be played
} NarrationState;

typedef struct Narration {
    NarrationSubject subject;
    NarrationState state;
    uint32_t number; // of the sound; grows from one narration to the next
    char file[SOUND_PATH_BYTES], captions[SOUND_PATH_BYTES];
    const char *captions_lang; // of the visitor's languages; has to last
    bool is_paused;
    double at_s, seconds;
    bool is_heard; // by whoever has ears; over: it was
    bool has_cues; // captions that come and go with it
    // What is read now, lines by '\n'; "" between captions, NULL where there are none. Good
    // until the next call.
    const char *cue;
    uint32_t cue_count; // that have been shown, ever
    int32_t cue_index;
} Narration;

// False, and nothing begins, where there is no sound: in no language.
bool narration_begin(Narration *narration, const NarrationDesc *desc);
void narration_pause(Narration *narration, bool is_paused);
void narration_end(Narration *narration);
bool narration_is_of(const Narration *narration, NarrationSubject subject);

typedef struct NarrationEars {
    SoundState sound;
    bool is_open;     // they are: neither muted nor all the way down
    bool keeps_clock; // how far it is goes by the museum's time alone: in scripts
} NarrationEars;

void narration_run(Narration *narration, const NarrationEars *ears, double passed_s);

// Its part of a wish.
void narration_wish(const Narration *narration, SoundWish *wish);
const char *narration_name(NarrationOf of); // "", "step", "detail", "chapter"
