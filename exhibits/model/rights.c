// rights.c: what the statements of Creative Commons and RightsStatements.org allow.

#include "exhibits/model/rights.h"

#include <stdio.h>
#include <string.h>

// What follows the host, up to a version.
static const struct {
    const char *path;
    RightsTerms terms;
} known[] = {
    {"publicdomain/zero", {"CC0", true, false, false, false}},
    {"publicdomain/mark", {"Public Domain", true, false, false, false}},
    {"licenses/by", {"CC BY", true, false, true, false}},
    {"licenses/by-sa", {"CC BY-SA", true, false, true, true}},
    {"licenses/by-nc", {"CC BY-NC", true, true, true, false}},
    {"licenses/by-nc-sa", {"CC BY-NC-SA", true, true, true, true}},
    {"licenses/by-nd", {"CC BY-ND", false, false, true, false}},
    {"licenses/by-nc-nd", {"CC BY-NC-ND", false, true, true, false}},
    {"vocab/InC", {"InC", false, false, false, false}},
    {"vocab/InC-OW-EU", {"InC-OW-EU", false, false, false, false}},
    {"vocab/InC-EDU", {"InC-EDU", false, true, false, false}},
    {"vocab/InC-NC", {"InC-NC", true, true, false, false}},
    {"vocab/InC-RUU", {"InC-RUU", false, false, false, false}},
    {"vocab/NoC-CR", {"NoC-CR", false, false, false, false}},
    {"vocab/NoC-NC", {"NoC-NC", true, true, false, false}},
    {"vocab/NoC-OKLR", {"NoC-OKLR", false, false, false, false}},
    {"vocab/NoC-US", {"NoC-US", false, false, false, false}},
    {"vocab/CNE", {"CNE", false, false, false, false}},
    {"vocab/UND", {"UND", false, false, false, false}},
    {"vocab/NKC", {"NKC", false, false, false, false}},
};

RightsTerms rights_terms(const char *uri)
{
    const char *host = strstr(uri, "://"), *path = host ? strchr(host + 3, '/') : NULL;
    for (size_t i = 0; path && i < COUNT_OF(known); i++) {
        size_t length = strlen(known[i].path);
        bool is_host =
            strncmp(host + 3,
                    known[i].path[0] == 'v' ? "rightsstatements.org/" : "creativecommons.org/",
                    (size_t)(path + 1 - (host + 3))) == 0;
        if (is_host && strncmp(path + 1, known[i].path, length) == 0 &&
            (path[1 + length] == '/' || path[1 + length] == 0))
            return known[i].terms;
    }
    return (RightsTerms){0};
}
