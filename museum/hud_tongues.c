// hud_tongues.c: the words of the interface in other languages than English.

#include "museum/hud_tongues.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

static const struct {
    const char *tag; // BCP-47, its first part
    const char *const *words;
} tongues[] = {{"fr", hud_french},
               {"de", hud_german},
               {"es", hud_spanish},
               {"ar", hud_arabic},
               {"ja", hud_japanese}};

const char *const *hud_find_tongue(const char *language)
{
    size_t length = language ? strcspn(language, "-_") : 0;
    for (size_t i = 0; i < sizeof tongues / sizeof *tongues; i++)
        if (length == strlen(tongues[i].tag) && !strncasecmp(language, tongues[i].tag, length))
            return tongues[i].words;
    return NULL;
}
