// draft_rights.c: the address of the licence that a scan names.

#include "packer/draft_rights.h"

#include <ctype.h>
#include <string.h>

static const char address_characters[] = "abcdefghijklmnopqrstuvwxyz"
                                         "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/?#=&%+:";

static const char *find_address(const char *license, Arena *arena)
{
    static const char *const hosts[] = {"://creativecommons.org/", "://rightsstatements.org/"};
    for (size_t i = 0; i < COUNT_OF(hosts); i++) {
        const char *at = strstr(license, hosts[i]), *start = at;
        while (at && start > license && isalpha((unsigned char)start[-1]))
            start--;
        Str scheme = {start, at ? (size_t)(at - start) : 0};
        if (at && (str_equal(scheme, str_of("http")) || str_equal(scheme, str_of("https"))))
            return str_copy(arena, (Str){start, strspn(start, address_characters)});
    }
    return "";
}

// `name` begins behind "cc-": "by-nc-4.0".
static const char *address_of_name(const char *name, Arena *arena)
{
    static const char *const kinds[] = {"by-nc-sa", "by-nc-nd", "by-nc",
                                        "by-sa",    "by-nd",    "by"};
    static const char *const versions[] = {"4.0", "3.0", "2.5", "2.0", "1.0"};
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        size_t len = strlen(kinds[i]);
        if (strncmp(name, kinds[i], len) != 0 || name[len] != '-')
            continue;
        for (size_t j = 0; j < COUNT_OF(versions); j++)
            if (strncmp(name + len + 1, versions[j], strlen(versions[j])) == 0)
                return str_format(arena, "https://creativecommons.org/licenses/%s/%s/",
                                  kinds[i], versions[j]);
    }
    return "";
}

static const char *find_name(const char *license, Arena *arena)
{
    char *text = arena_copy_text(arena, license);
    for (char *c = text; *c; c++)
        *c = *c == ' ' ? '-' : (char)tolower((unsigned char)*c);
    for (const char *at = strstr(text, "cc"); at; at = strstr(at + 1, "cc")) {
        bool is_word = at == text || !isalnum((unsigned char)at[-1]);
        if (is_word && strncmp(at, "cc0", 3) == 0 && !isalnum((unsigned char)at[3]))
            return "https://creativecommons.org/publicdomain/zero/1.0/";
        const char *address = is_word && at[2] == '-' ? address_of_name(at + 3, arena) : "";
        if (address[0])
            return address;
    }
    return "";
}

const char *draft_rights(const char *license, Arena *arena)
{
    if (!license)
        return "";
    const char *address = find_address(license, arena);
    return address[0] ? address : find_name(license, arena);
}
