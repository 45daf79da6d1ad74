// args.h: the words after a verb: options with and without a value, and the rest. Pure.

#pragma once
#include "base/str.h"

// One of value and flag is set: where it goes.
typedef struct ArgOption {
    const char *name;   // "--unit"
    const char *letter; // "-u", or NULL
    const char **value;
    bool *flag;
} ArgOption;

typedef struct ArgSpec {
    const ArgOption *options;
    size_t option_count;
    const char **words; // what is no option, in order
    size_t word_max;
    size_t *word_count;
} ArgSpec;

// Takes "--unit mm", "--unit=mm" and "-o X"; after "--" everything is a word. ERR_INVALID, with
// the sentence for the artist, for an unknown option, a missing value, or too many words.
NODISCARD Status args_parse(int count, char **arguments, const ArgSpec *spec);
