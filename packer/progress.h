// progress.h: a bar on the terminal while something takes its time. Nothing where standard
// error is no terminal. Main thread.

#pragma once
#include "base/base.h"

typedef struct Progress {
    bool is_terminal;
    int shown; // thousandths; -1: nothing yet
} Progress;

Progress progress_make(void);
// `share` of the whole work is done, 0 to 1; `doing` says what comes.
void progress_show(Progress *progress, const char *doing, double share);
void progress_clear(Progress *progress);
