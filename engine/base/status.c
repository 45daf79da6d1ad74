// status.c: the calling thread's last Fault.

#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Thread_local Fault last_fault;

static const char *const status_names[STATUS_COUNT] = {
    [OK] = "OK",
    [ERR_IO] = "ERR_IO",
    [ERR_CORRUPT] = "ERR_CORRUPT",
    [ERR_LIMIT] = "ERR_LIMIT",
    [ERR_UNSUPPORTED] = "ERR_UNSUPPORTED",
    [ERR_NOT_FOUND] = "ERR_NOT_FOUND",
    [ERR_INVALID] = "ERR_INVALID",
    [ERR_DEVICE] = "ERR_DEVICE",
    [ERR_CANCELLED] = "ERR_CANCELLED",
};

const char *status_name(Status status)
{
    return (unsigned)status < STATUS_COUNT ? status_names[status] : "ERR_UNKNOWN";
}

void fault_set(Status status, const char *source_file, int source_line, const char *format, ...)
{
    char text[sizeof last_fault.text]; // the arguments may point into the old text
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);

    last_fault.status = status;
    last_fault.source_file = source_file;
    last_fault.source_line = source_line;
    memcpy(last_fault.text, text, sizeof text);
}

Status fault_prefix(Status status, const char *format, ...)
{
    char prefix[sizeof last_fault.text];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(prefix, sizeof prefix, format, arguments);
    va_end(arguments);

    char text[2 * sizeof last_fault.text + 2];
    snprintf(text, sizeof text, "%s: %s", prefix, last_fault.text);
    snprintf(last_fault.text, sizeof last_fault.text, "%.*s", (int)sizeof last_fault.text - 1, text);
    return status;
}

const Fault *fault_last(void)
{
    return &last_fault;
}

void base_assert_failed(const char *condition, const char *file, int line)
{
    fprintf(stderr, "%s:%d: our mistake: %s does not hold\n", file, line, condition);
    abort();
}
