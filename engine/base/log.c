// log.c: one line a happening, to standard error or to a sink of the program's choice.

#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>

static void print_line(void *context, LogLevel level, const char *line)
{
    static const char *const names[] = {"debug", "info", "warning", "error"};
    (void)context;
    // One call a line: stdio's own lock keeps threads from mixing theirs.
    fprintf(stderr, "%s: %s\n", names[level], line);
}

static LogSink *log_sink = print_line;
static void *log_context;
static LogLevel log_lowest = LOG_INFO;

void log_set_sink(LogSink *sink, void *context)
{
    log_sink = sink ? sink : print_line;
    log_context = context;
}

void log_set_level(LogLevel lowest)
{
    log_lowest = lowest;
}

void log_line(LogLevel level, const char *format, ...)
{
    if (level < log_lowest)
        return;
    char line[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    log_sink(log_context, level, line);
}

void log_fault(LogLevel level, const char *about)
{
    const Fault *fault = fault_last();
    log_line(level, "%s: %s: %s", about, status_name(fault->status), fault->text);
}
