// rights.h: what the statements of Creative Commons and RightsStatements.org allow.
//
// https://creativecommons.org/licenses/, https://rightsstatements.org/page/1.0/. Any version
// and any port of a licence reads as the licence does. Pure; any thread.

#pragma once
#include "base/base.h"

typedef struct RightsTerms {
    char name[16];         // "CC BY-SA", "NoC-NC"; "" where it is none of those known here
    bool allows_adapting;  // clearly: to everybody, everywhere
    bool is_noncommercial; // what it allows
    bool wants_credit;
    bool wants_same_terms; // of what is made from it
} RightsTerms;

// `uri` as a record states it; "" allows nothing.
RightsTerms rights_terms(const char *uri);
