// speech.h: sentences said aloud by the system's synthesiser, through speech-dispatcher.
//
// Saying never waits: sentences are handed to a thread of their own, which opens the daemon
// with the first of them. Where there is none, or it hangs, nothing is heard and nobody else
// waits; it is looked for again a little later. Voice and rate are the system's.
//
// Instead of being said, sentences may be written down: that is what tests listen to.
//
// One thread, but for what the thread of its own does.

#pragma once
#include "base/status.h"

#include <stdbool.h>

typedef struct Speech Speech;

typedef struct SpeechDesc {
    const char *record; // a file in which all is written down; NULL: it is said
    bool if_read;       // only where the desktop says that a screen reader runs
} SpeechDesc;

typedef struct SpeechSentence {
    const char *text; // UTF-8, no markup; copied
    const char *lang; // BCP-47; NULL: the synthesiser's own
    bool interrupts;  // what is being said and what waits; else it follows them
} SpeechSentence;

// *out stays until it is closed. ERR_IO where no thread can be had, or no file.
NODISCARD Status speech_open(const SpeechDesc *desc, Speech **out);
// NULL is fine, and so is a text that says nothing. Of what comes faster than it can be said,
// the oldest is left out.
void speech_say(Speech *speech, const SpeechSentence *sentence);
void speech_hush(Speech *speech); // what is being said, and what waits
// Waits for a daemon that answers; one that does not is left alone.
void speech_close(Speech *speech); // NULL is fine

// False where there is none to say it, and as long as nobody knows whether a screen reader
// runs.
bool speech_is_on(Speech *speech); // NULL: false
