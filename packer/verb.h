// verb.h: what vitrine-pack can do: import, layout, build, check, info, catalogue,
// print.
//
// A verb gets the words after its name, does its work on the main thread, prints for people and
// returns the program's exit status. What was wrong with the call itself is VERB_BAD_USAGE.

#pragma once
#include "exhibits/model/problem.h"
#include "io/thread.h"

enum { VERB_OK = 0, VERB_FAILED = 1, VERB_BAD_USAGE = 2, VERB_INTERRUPTED = 130 };

#define VERB_GENERATOR "vitrine-pack 0.1.0"

typedef struct Verb {
    const char *name;
    const char *usage; // after the name, one line
    const char *help;  // the rest of --help
    int (*run)(const struct Verb *verb, int count, char **arguments, Cancel *cancel);
} Verb;

int verb_import(const Verb *verb, int count, char **arguments, Cancel *cancel);
int verb_build(const Verb *verb, int count, char **arguments, Cancel *cancel);
int verb_layout(const Verb *verb, int count, char **arguments, Cancel *cancel);
int verb_check(const Verb *verb, int count, char **arguments, Cancel *cancel);
int verb_catalogue(const Verb *verb, int count, char **arguments, Cancel *cancel);
int verb_print(const Verb *verb, int count, char **arguments, Cancel *cancel);
int verb_info(const Verb *verb, int count, char **arguments, Cancel *cancel);

// The last fault to standard error, how the verb is used, VERB_BAD_USAGE.
int verb_bad_usage(const Verb *verb);
// The last fault to standard error as one line; VERB_FAILED or VERB_INTERRUPTED.
int verb_failed(const char *about);
// Problems as one line each; notes only where wanted.
void verb_print_problems(const Problems *problems, bool with_notes);
