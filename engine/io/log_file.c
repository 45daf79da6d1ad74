// log_file.c: the log of a program that nobody looks after.

#include "io/log_file.h"

#include "base/str.h"
#include "io/file.h"
#include "io/thread.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { KNOWN = 32, LINE_BYTES = 1024, AGAIN_S = 3600 };

// A sentence that was written not long ago.
typedef struct Known {
    LogLevel level;
    uint32_t more;     // times it came besides
    int64_t written_s; // monotonic; a clock that jumps changes nothing
    char line[LINE_BYTES];
} Known;

struct LogFile {
    Mutex lock;
    const char **paths; // the newest first
    uint32_t max_files, next_known;
    uint64_t max_bytes, size_bytes, lost;
    FILE *file; // NULL where it could not be opened
    Known known[KNOWN];
};

static int64_t monotonic_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec;
}

static bool open_newest(LogFile *log)
{
    FileInfo info = {0};
    log->file = fopen(log->paths[0], "ae");
    log->size_bytes = log->file && !file_get_info(log->paths[0], &info) ? info.size_bytes : 0;
    return log->file != NULL;
}

static void close_newest(LogFile *log)
{
    if (log->file)
        fclose(log->file);
    log->file = NULL;
}

static void turn_over(LogFile *log)
{
    close_newest(log);
    for (uint32_t i = log->max_files - 1; i > 0; i--)
        rename(log->paths[i - 1], log->paths[i]);
    if (log->max_files == 1)
        remove(log->paths[0]);
}

static void write_line(LogFile *log, LogLevel level, const char *line, uint32_t more)
{
    static const char *const names[] = {"debug", "info", "warning", "error"};
    char text[LINE_BYTES + 96], when[32] = "", again[48] = "";
    time_t now = time(NULL);
    struct tm utc;
    if (gmtime_r(&now, &utc))
        strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", &utc);
    if (more)
        snprintf(again, sizeof again, " (%u times more)", more);
    int length = snprintf(text, sizeof text, "%s %s: %s%s\n", when, names[level], line, again);
    uint64_t size = MIN((uint64_t)length, sizeof text - 1);
    if (log->file && log->size_bytes && log->size_bytes + size > log->max_bytes)
        turn_over(log);
    bool is_written = (log->file || open_newest(log)) &&
                      fwrite(text, 1, size, log->file) == size && fflush(log->file) == 0;
    log->size_bytes += is_written ? size : 0;
    log->lost += !is_written;
    if (!is_written)
        close_newest(log); // the next line tries anew
}

static void tell_again(LogFile *log, Known *known, int64_t now_s)
{
    if (known->more)
        write_line(log, known->level, known->line, known->more);
    known->more = 0;
    known->written_s = now_s;
}

static Known *find_known(LogFile *log, LogLevel level, const char *line)
{
    for (uint32_t i = 0; i < KNOWN; i++)
        if (log->known[i].level == level && log->known[i].line[0] &&
            strncmp(log->known[i].line, line, LINE_BYTES - 1) == 0)
            return &log->known[i];
    return NULL;
}

void log_file_sink(void *file, LogLevel level, const char *line)
{
    LogFile *log = file;
    mutex_lock(&log->lock);
    int64_t now_s = monotonic_s();
    Known *known = find_known(log, level, line);
    if (known) {
        known->more++;
        if (now_s - known->written_s >= AGAIN_S)
            tell_again(log, known, now_s);
    } else {
        known = &log->known[log->next_known++ % KNOWN];
        tell_again(log, known, now_s);
        *known = (Known){.level = level, .written_s = now_s};
        snprintf(known->line, sizeof known->line, "%s", line);
        write_line(log, level, line, 0);
    }
    mutex_unlock(&log->lock);
}

Status log_file_open(Arena *arena, const LogFileDesc *desc, LogFile **out)
{
    LogFile *log = ARENA_NEW(arena, LogFile);
    log->max_bytes = desc->max_bytes ? desc->max_bytes : LOG_FILE_BYTES;
    log->max_files = desc->max_files ? desc->max_files : LOG_FILE_COUNT;
    log->paths = ARENA_ARRAY(arena, const char *, log->max_files);
    log->paths[0] = path_join(arena, desc->folder, "vitrine.log");
    for (uint32_t i = 1; i < log->max_files; i++)
        log->paths[i] = path_join(arena, desc->folder, str_format(arena, "vitrine.%u.log", i));
    TRY(file_make_folders(desc->folder));
    if (!open_newest(log))
        return FAIL(ERR_IO, "%s: cannot be written: %s", log->paths[0], strerror(errno));
    log->lock = mutex_make();
    *out = log;
    return OK;
}

void log_file_close(LogFile *log)
{
    if (!log)
        return;
    for (uint32_t i = 0; i < KNOWN; i++)
        tell_again(log, &log->known[i], 0);
    close_newest(log);
    mutex_drop(&log->lock);
}

uint64_t log_file_lost(LogFile *log)
{
    mutex_lock(&log->lock);
    uint64_t lost = log->lost;
    mutex_unlock(&log->lock);
    return lost;
}
