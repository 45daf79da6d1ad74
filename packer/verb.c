// verb.c: what the verbs share: how they speak when something is wrong.

#include "packer/verb.h"

#include <stdio.h>

int verb_bad_usage(const Verb *verb)
{
    fprintf(stderr, "vitrine-pack %s: %s\nusage: vitrine-pack %s %s\n", verb->name,
            fault_last()->text, verb->name, verb->usage);
    return VERB_BAD_USAGE;
}

int verb_failed(const char *about)
{
    const Fault *fault = fault_last();
    if (fault->status == ERR_CANCELLED) {
        fprintf(stderr, "vitrine-pack: stopped; nothing was left behind\n");
        return VERB_INTERRUPTED;
    }
    Scratch scratch = scratch_begin(NULL);
    Problems one = {.arena = scratch.arena};
    problem_add_fault(&one, about);
    fprintf(stderr, "%s\n", problem_line(&one.items[0], scratch.arena));
    scratch_end(scratch);
    return VERB_FAILED;
}

static void print_level(const Problems *problems, ProblemLevel level, Arena *arena)
{
    for (size_t i = 0; i < problems->count; i++)
        if (problems->items[i].level == level)
            printf("%s\n", problem_line(&problems->items[i], arena));
}

// Errors first: they must be mended, and are not to be looked for among notes.
void verb_print_problems(const Problems *problems, bool with_notes)
{
    Scratch scratch = scratch_begin(problems->arena);
    print_level(problems, PROBLEM_ERROR, scratch.arena);
    if (with_notes) {
        print_level(problems, PROBLEM_LACK, scratch.arena);
        print_level(problems, PROBLEM_NOTE, scratch.arena);
    }
    size_t all = problems->error_count + problems->note_count;
    if (all > problems->count)
        printf("and %zu more\n", all - problems->count);
    scratch_end(scratch);
}
