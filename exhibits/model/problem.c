// problem.c: everything that is wrong with somebody's file, not only the first thing.

#include "exhibits/model/problem.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void problem_add(Problems *problems, ProblemAt at, const char *format, ...)
{
    if (!problems)
        return;
    if (at.level == PROBLEM_ERROR)
        problems->error_count++;
    else
        problems->note_count++;
    problems->lack_count += at.level == PROBLEM_LACK;
    if (problems->count >= PROBLEM_MAX_KEPT)
        return;

    char text[sizeof fault_last()->text];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);

    Arena *arena = problems->arena;
    *ARENA_PUSH(arena, problems->items, problems->count, problems->capacity) = (Problem){
        .level = at.level,
        .status = at.status,
        .file = arena_copy_text(arena, at.file),
        .place = arena_copy_text(arena, at.place ? at.place : ""),
        .text = arena_copy_text(arena, text),
    };
}

// "exhibit.json: maker[0].name: expected ..." -> place "maker[0].name" and the sentence.
static void split_place(const char *sentence, Str *place, const char **text)
{
    const char *colon = strstr(sentence, ": ");
    const char *blank = strchr(sentence, ' ');
    *place = (Str){sentence, 0};
    *text = sentence;
    if (colon && blank == colon + 1) {
        place->len = (size_t)(colon - sentence);
        *text = colon + 2;
    }
}

void problem_add_fault(Problems *problems, const char *file)
{
    if (!problems)
        return;
    const Fault *fault = fault_last();
    const char *sentence = fault->text;
    size_t len = strlen(file);
    if (strncmp(sentence, file, len) == 0 && strncmp(sentence + len, ": ", 2) == 0)
        sentence += len + 2;
    Str place;
    const char *text;
    split_place(sentence, &place, &text);

    Scratch scratch = scratch_begin(problems->arena);
    problem_add(problems,
                (ProblemAt){PROBLEM_ERROR, fault->status, file, str_copy(scratch.arena, place)},
                "%s", text);
    scratch_end(scratch);
}

void problems_demand(Problems *problems)
{
    for (size_t i = 0; i < problems->count; i++) {
        if (problems->items[i].level != PROBLEM_LACK)
            continue;
        problems->items[i].level = PROBLEM_ERROR;
        problems->items[i].status = ERR_INVALID;
    }
    problems->error_count += problems->lack_count;
    problems->note_count -= problems->lack_count;
    problems->lack_count = 0;
}

Status problem_verdict(const Problems *problems, size_t errors_before)
{
    if (problems->error_count == errors_before)
        return OK;
    size_t errors = 0;
    for (size_t i = 0; i < problems->count; i++) {
        const Problem *p = &problems->items[i];
        if (p->level == PROBLEM_ERROR && errors++ == errors_before)
            return FAIL(p->status, "%s: %s%s%s", p->file, p->place, p->place[0] ? ": " : "",
                        p->text);
    }
    return FAIL(ERR_LIMIT, "more than %d problems", PROBLEM_MAX_KEPT);
}

const char *problem_line(const Problem *problem, Arena *arena)
{
    const char *level = problem->level != PROBLEM_ERROR ? "note" : status_name(problem->status);
    return str_format(arena, "%s %s%s%s: %s", level, problem->file,
                      problem->place[0] ? " " : "", problem->place, problem->text);
}
