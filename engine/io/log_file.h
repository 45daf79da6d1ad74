// log_file.h: the log of a program that nobody looks after: a few files that never grow beyond
// their size.
//
//     FOLDER/vitrine.log         the newest lines
//     FOLDER/vitrine.1.log ...   what was full, the newest first
//
// A line is a time (UTC), a level and a sentence. A sentence that comes again and again is
// written once; how often it came besides is added when an hour has passed, when others have
// taken its place in memory, or when the log is closed. Where the disk is full, lines are lost
// and counted, and nothing else happens.
//
//     LogFile *file;
//     TRY(log_file_open(arena, &desc, &file));
//     log_set_sink(log_file_sink, file);
//
// Any thread may log; one opens and closes.

#pragma once
#include "base/arena.h"
#include "base/log.h"

enum { LOG_FILE_COUNT = 5, LOG_FILE_BYTES = 10 << 20 };

typedef struct LogFileDesc {
    const char *folder; // made where it is not there
    uint32_t max_bytes; // of a file; 0: LOG_FILE_BYTES
    uint32_t max_files; // 0: LOG_FILE_COUNT
} LogFileDesc;

typedef struct LogFile LogFile;

// Goes on in the file of before. ERR_IO. It lives in `arena`.
NODISCARD Status log_file_open(Arena *arena, const LogFileDesc *desc, LogFile **out);
void log_file_close(LogFile *file); // NULL is fine; the sink has to be another one by then
void log_file_sink(void *file, LogLevel level, const char *line);
uint64_t log_file_lost(LogFile *file); // lines that could not be written
