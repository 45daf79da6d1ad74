// draft_rights.h: the address of the licence that a scan names. Any thread.

#pragma once
#include "base/str.h"

// The URI in "CC0 (http://creativecommons.org/publicdomain/zero/1.0/)", or the one that belongs
// to a name like "CC-BY-NC-4.0" or "CC BY-SA 3.0" somewhere in the text; in `arena`. "" where
// neither is; `license` may be NULL.
const char *draft_rights(const char *license, Arena *arena);
