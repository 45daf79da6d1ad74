// base.h: the few macros every file may use.

#pragma once
#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define CLAMP(x, low, high) MIN(MAX((x), (low)), (high))

// A mistake of ours ends the program. Never for a file, a socket or a driver: those are a Status.
#define ASSERT(condition) \
    ((condition) ? (void)0 : base_assert_failed(#condition, __FILE__, __LINE__))

#if defined(__GNUC__)
#define NODISCARD __attribute__((warn_unused_result))
#define PRINTF_LIKE(format_at, first_at) __attribute__((format(printf, format_at, first_at)))
#define NORETURN __attribute__((noreturn))
// Returns a translation of its argument, with the same conversions.
#define FORMAT_ARG(at) __attribute__((format_arg(at)))
#else
#define NODISCARD
#define PRINTF_LIKE(format_at, first_at)
#define NORETURN
#define FORMAT_ARG(at)
#endif

NORETURN void base_assert_failed(const char *condition, const char *file, int line);
