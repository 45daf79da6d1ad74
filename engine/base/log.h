// log.h: one line a happening, to standard error or to a sink of the program's choice.
//
// Any thread. Lines are whole: two threads never mix theirs.

#pragma once
#include "base/status.h"

typedef enum LogLevel { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR } LogLevel;

typedef void LogSink(void *context, LogLevel level, const char *line);

// Replaces the sink; NULL brings standard error back. Set it before other threads start.
void log_set_sink(LogSink *sink, void *context);
void log_set_level(LogLevel lowest); // LOG_INFO at first

void log_line(LogLevel level, const char *format, ...) PRINTF_LIKE(2, 3);

#define LOG_DEBUG_LINE(...) log_line(LOG_DEBUG, __VA_ARGS__)
#define LOG_INFO_LINE(...) log_line(LOG_INFO, __VA_ARGS__)
#define LOG_WARN_LINE(...) log_line(LOG_WARN, __VA_ARGS__)
#define LOG_ERROR_LINE(...) log_line(LOG_ERROR, __VA_ARGS__)

// The calling thread's last fault as one warning: "hare.vitrine: ERR_CORRUPT: page 3 ...".
void log_fault(LogLevel level, const char *about);
