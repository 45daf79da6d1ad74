// licence.h: what licences and statements of rights are called.
//
// Any thread.

#pragma once
#include "base/arena.h"

// "CC BY-SA 4.0" of https://creativecommons.org/licenses/by-sa/4.0/, "In Copyright" of
// http://rightsstatements.org/vocab/InC/1.0/: names, which are the same in all languages. "" of
// what we do not know.
const char *licence_name(const char *uri, Arena *arena);
