// test.h: what every test includes: cmocka, and where the shared data is.

#pragma once
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/str.h"

// Path of a shared file in `arena`; skips the calling test, by name, where the folder is
// absent.
static inline const char *shared_file(Arena *arena, const char *name)
{
    const char *folder = getenv("VITRINE_SHARED");
    const char *path = path_join(arena, folder ? folder : "../shared/data", name);
    if (access(path, R_OK) != 0) {
        print_message("skipped: %s is not here\n", path);
        arena_drop(arena);
        skip();
    }
    return path;
}

#define assert_ok(expression)                                                    \
    do {                                                                         \
        Status assert_status_ = (expression);                                    \
        if (assert_status_)                                                      \
            fail_msg("%s: %s", status_name(assert_status_), fault_last()->text); \
    } while (0)

#define assert_status(expression, expected) \
    assert_string_equal(status_name(expression), status_name(expected))
