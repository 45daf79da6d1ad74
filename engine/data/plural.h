// plural.h: which form of a word a number takes, as catalogues of translations say it.
//
//   nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 ? 1 : 2);
//
// The rule is an expression of C over n: ?: || && == != < > <= >= + - * / % ! ( ) and whole
// numbers. It is read anew for every number, which takes about a microsecond. Any thread.

#pragma once
#include "base/status.h"
#include "base/str.h"

enum {
    PLURAL_MAX_FORMS = 8,
    PLURAL_MAX_DEPTH = 32, // of brackets, and of conditions within conditions
};

typedef struct Plural { // zeroed: one form
    unsigned form_count;
    Str rule; // borrowed
} Plural;

// Reads what stands behind "Plural-Forms:". ERR_CORRUPT for anything that is no such rule, or
// gives a form that does not exist for one of the numbers 0 to 1000.
NODISCARD Status plural_parse(Str text, Plural *out);
// From 0 on; never as many as there are forms.
unsigned plural_form(const Plural *plural, uint64_t n);
