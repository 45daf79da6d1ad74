// tongue.c: the house's own words in the languages of its visitors.

#include "exhibits/model/tongue.h"

#include "base/log.h"
#include "data/mo.h"
#include "exhibits/model/tongue_files.h"

#include <string.h>
#include <strings.h>

enum { MAX_TONGUES = 32 };

struct Tongue {
    const char *tag;
    MoCatalog catalog; // English has none
};

static Tongue tongues[MAX_TONGUES] = {{.tag = "en"}};
static size_t count; // 0: not read yet

static void read_all(void)
{
    ASSERT(tongue_file_count < MAX_TONGUES);
    for (count = 1; count <= tongue_file_count; count++) {
        const TongueFile *file = &tongue_files[count - 1];
        tongues[count].tag = file->tag;
        if (mo_parse(file->catalog, &tongues[count].catalog))
            log_fault(LOG_ERROR, file->tag);
    }
}

size_t tongue_count(void)
{
    if (!count)
        read_all();
    return count;
}

const Tongue *tongue_at(size_t number)
{
    ASSERT(number < tongue_count());
    return &tongues[number];
}

static const Tongue *find(const char *tag)
{
    size_t length = tag ? strcspn(tag, "-_") : 0;
    for (size_t i = 0; i < tongue_count(); i++)
        if (length == strlen(tongues[i].tag) && !strncasecmp(tag, tongues[i].tag, length))
            return &tongues[i];
    return NULL;
}

const Tongue *tongue_find(const char *tag)
{
    const Tongue *found = find(tag);
    return found ? found : &tongues[0];
}

bool tongue_is_there(const char *tag)
{
    return find(tag) != NULL;
}

const char *tongue_tag(const Tongue *tongue)
{
    return tongue->tag;
}

const char *tongue_name(const Tongue *tongue)
{
    // TRANSLATORS: what your language calls itself: Deutsch, Français, ...
    return tongue_say_in(tongue, "own name", "English");
}

bool tongue_is_mirrored(const Tongue *tongue)
{
    // TRANSLATORS: "right to left" where your language is written so, else the same again
    return !strcmp(tongue_say_in(tongue, "direction", "left to right"), "right to left");
}

const char *tongue_say(const Tongue *tongue, const char *english)
{
    return tongue_say_in(tongue, NULL, english);
}

const char *tongue_say_in(const Tongue *tongue, const char *context, const char *english)
{
    const char *said = mo_find(&tongue->catalog, context, english);
    return said ? said : english;
}

const char *tongue_say_count(const Tongue *tongue, const char *one, const char *many,
                             uint64_t n)
{
    const char *said = mo_find_count(&tongue->catalog, NULL, one, n);
    return said ? said : n == 1 ? one : many;
}
