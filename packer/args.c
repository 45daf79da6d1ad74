// args.c: the words after a verb.

#include "packer/args.h"

#include <string.h>

static const ArgOption *find_option(const ArgSpec *spec, Str name)
{
    for (size_t i = 0; i < spec->option_count; i++) {
        const ArgOption *option = &spec->options[i];
        if (str_equal(name, str_of(option->name)) ||
            (option->letter && str_equal(name, str_of(option->letter))))
            return option;
    }
    return NULL;
}

// Sets the option at *at; moves on to its value where that is the next word.
NODISCARD static Status take_option(const ArgSpec *spec, int count, char **arguments, int *at)
{
    const char *word = arguments[*at];
    const char *equals = word[1] == '-' ? strchr(word, '=') : NULL;
    Str name = {word, equals ? (size_t)(equals - word) : strlen(word)};
    const ArgOption *option = find_option(spec, name);
    if (!option)
        return FAIL(ERR_INVALID, "there is no option %.*s", (int)name.len, name.ptr);
    if (option->flag) {
        *option->flag = true;
        return equals ? FAIL(ERR_INVALID, "%s takes no value", option->name) : OK;
    }
    if (equals) {
        *option->value = equals + 1;
        return OK;
    }
    if (*at + 1 >= count)
        return FAIL(ERR_INVALID, "%s needs a value after it", option->name);
    *option->value = arguments[++*at];
    return OK;
}

Status args_parse(int count, char **arguments, const ArgSpec *spec)
{
    bool only_words = false;
    for (int i = 0; i < count; i++) {
        const char *word = arguments[i];
        if (!only_words && strcmp(word, "--") == 0) {
            only_words = true;
        } else if (!only_words && word[0] == '-' && word[1]) {
            TRY(take_option(spec, count, arguments, &i));
        } else {
            if (*spec->word_count == spec->word_max)
                return FAIL(ERR_INVALID, "\"%s\" is one word too many", word);
            spec->words[(*spec->word_count)++] = word;
        }
    }
    return OK;
}
