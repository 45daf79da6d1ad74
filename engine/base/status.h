// status.h: what a function returns when the world outside may fail it.
//
// A function that can fail returns a Status and sets its results only on OK. The words
// ("mesh is 12 bytes, shorter than its header") go into the calling thread's Fault.
// TRY passes a failure on; whoever stops passing it on logs it, once.
// Any thread may call everything here: each has a Fault of its own.

#pragma once
#include "base/base.h"

typedef enum Status {
    OK = 0,
    ERR_IO,          // the system refused: no such file, no space, no permission
    ERR_CORRUPT,     // bytes contradict their format
    ERR_LIMIT,       // well formed perhaps, but larger than we are willing to hold
    ERR_UNSUPPORTED, // well formed, but a feature we do not have
    ERR_NOT_FOUND,   // a name that should be there is not
    ERR_INVALID,     // well formed, but breaks a rule (a missing field, a wrong argument)
    ERR_DEVICE,      // window system, GL driver or audio refused
    ERR_CANCELLED,   // asked to stop
    STATUS_COUNT
} Status;

typedef struct Fault {
    Status status;
    const char *source_file; // where in our code it was raised
    int source_line;
    char text[512]; // one sentence: what was found, what was expected, in which file
} Fault;

// The stable name printed to people and read by tests, e.g. "ERR_CORRUPT".
const char *status_name(Status status);

// Raises a fault: FAIL(ERR_LIMIT, "mesh has %u vertices; the limit is %d", n, limit).
// A comma expression ending in the constant, so that analysers see that it is not OK.
#define FAIL(status, ...) (fault_set((status), __FILE__, __LINE__, __VA_ARGS__), (status))

#define TRY(expression)                     \
    do {                                    \
        Status try_status_ = (expression);  \
        if (try_status_)                    \
            return try_status_;             \
    } while (0)

void fault_set(Status status, const char *source_file, int source_line, const char *format, ...)
    PRINTF_LIKE(4, 5);

// Puts "name: " before the sentence, for whoever knows which file it was about.
// Returns the status, so that `return fault_prefix(status, name);` reads well.
Status fault_prefix(Status status, const char *format, ...) PRINTF_LIKE(2, 3);

// The calling thread's last fault. Valid until its next one; copy it to keep or to hand over.
const Fault *fault_last(void);
