// progress.c: a bar on the terminal while something takes its time.

#include "packer/progress.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { BAR_CELLS = 32 };

Progress progress_make(void)
{
    return (Progress){.is_terminal = isatty(STDERR_FILENO) == 1, .shown = -1};
}

void progress_show(Progress *progress, const char *doing, double share)
{
    int thousandths = (int)(CLAMP(share, 0.0, 1.0) * 1000);
    if (!progress->is_terminal || thousandths == progress->shown)
        return;
    progress->shown = thousandths;
    char bar[BAR_CELLS + 1];
    int full = thousandths * BAR_CELLS / 1000;
    memset(bar, '#', (size_t)full);
    memset(bar + full, '.', (size_t)(BAR_CELLS - full));
    bar[BAR_CELLS] = 0;
    fprintf(stderr, "\r%s %3d %%  %-32.32s", bar, thousandths / 10, doing);
    fflush(stderr);
}

void progress_clear(Progress *progress)
{
    if (!progress->is_terminal || progress->shown < 0)
        return;
    fprintf(stderr, "\r%*s\r", BAR_CELLS + 42, "");
    fflush(stderr);
    progress->shown = -1;
}
