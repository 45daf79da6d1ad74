// licence.c: what licences and statements of rights are called.

#include "museum/licence.h"

#include "base/str.h"

#include <ctype.h>
#include <string.h>

static const char *const statements[][2] = {
    {"InC", "In Copyright"},
    {"InC-OW-EU", "In Copyright - EU Orphan Work"},
    {"InC-EDU", "In Copyright - Educational Use Permitted"},
    {"InC-NC", "In Copyright - Non-Commercial Use Permitted"},
    {"InC-RUU", "In Copyright - Rights-holder(s) Unlocatable or Unidentifiable"},
    {"NoC-CR", "No Copyright - Contractual Restrictions"},
    {"NoC-NC", "No Copyright - Non-Commercial Use Only"},
    {"NoC-OKLR", "No Copyright - Other Known Legal Restrictions"},
    {"NoC-US", "No Copyright - United States"},
    {"CNE", "Copyright Not Evaluated"},
    {"UND", "Copyright Undetermined"},
    {"NKC", "No Known Copyright"},
};

// What follows `marker`, or NULL.
static const char *behind(const char *uri, const char *marker)
{
    const char *at = strstr(uri, marker);
    return at ? at + strlen(marker) : NULL;
}

// The part up to the next stroke; moves on past it.
static Str next_part(const char **at)
{
    Str part = {*at, strcspn(*at, "/")};
    *at += part.len + ((*at)[part.len] == '/');
    return part;
}

static const char *in_capitals(Str text, Arena *arena)
{
    char *copy = arena_copy_text(arena, str_copy(arena, text));
    for (char *at = copy; *at; at++)
        *at = (char)toupper((unsigned char)*at);
    return copy;
}

static const char *statement_name(const char *at)
{
    Str code = next_part(&at);
    for (size_t i = 0; i < COUNT_OF(statements); i++)
        if (str_equal(code, str_of(statements[i][0])))
            return statements[i][1];
    return "";
}

const char *licence_name(const char *uri, Arena *arena)
{
    const char *at = NULL;
    if (!uri)
        return "";
    if ((at = behind(uri, "rightsstatements.org/vocab/")) ||
        (at = behind(uri, "rightsstatements.org/page/")))
        return statement_name(at);
    if ((at = behind(uri, "creativecommons.org/publicdomain/"))) {
        Str kind = next_part(&at), version = next_part(&at);
        bool is_zero = str_equal(kind, str_of("zero"));
        return str_format(arena, "%s %.*s", is_zero ? "CC0" : "Public Domain Mark",
                          (int)version.len, version.ptr);
    }
    if (!(at = behind(uri, "creativecommons.org/licenses/")))
        return "";
    Str kind = next_part(&at), version = next_part(&at);
    return str_format(arena, "CC %s %.*s", in_capitals(kind, arena), (int)version.len,
                      version.ptr);
}
