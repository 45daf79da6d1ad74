// problem.h: everything that is wrong with somebody's file, not only the first thing.
//
// Checks of records, stories and plans add to a list and go on. Errors keep a file from being
// used; notes are advice (a field still to be filled in) and keep nothing from anything. Lacks
// are notes until somebody demands (problems_demand) what every visitor needs: words for who
// cannot see or hear, rights, a language that others fall back to.
// A list belongs to one thread.

#pragma once
#include "base/str.h"

typedef enum ProblemLevel { PROBLEM_NOTE, PROBLEM_LACK, PROBLEM_ERROR } ProblemLevel;

typedef struct Problem {
    ProblemLevel level;
    Status status;     // its stable name
    const char *file;  // "hare/exhibit.json"
    const char *place; // "/title/en", "offset 120", or "" for the whole file
    const char *text;  // one sentence: what was found, what was expected, how to mend it
} Problem;

enum { PROBLEM_MAX_KEPT = 1000 }; // more are counted, not kept

typedef struct Problems {
    Arena *arena; // where they live; set by the owner
    Problem *items;
    size_t count, capacity;
    size_t error_count, note_count; // all, kept or not
    size_t lack_count;              // of the notes
} Problems;

typedef struct ProblemAt {
    ProblemLevel level;
    Status status;
    const char *file;
    const char *place;
} ProblemAt;

// Copies all texts. Does nothing if `problems` is NULL.
void problem_add(Problems *problems, ProblemAt at, const char *format, ...) PRINTF_LIKE(3, 4);
// The calling thread's last fault as an error of `file`.
void problem_add_fault(Problems *problems, const char *file);
// Every lack becomes an error.
void problems_demand(Problems *problems);
// OK, or the status of the first error since `errors_before` with its sentence as the fault.
NODISCARD Status problem_verdict(const Problems *problems, size_t errors_before);
// "ERR_INVALID hare/exhibit.json /title/en: ..." or "note hare/exhibit.json /maker: ..."
const char *problem_line(const Problem *problem, Arena *arena);
