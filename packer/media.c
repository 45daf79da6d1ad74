// media.c: pictures and sounds of stories: may they go into a pack?

#include "packer/media.h"

#include "data/image.h"

#include <string.h>

enum {
    OGG_PAGE_BYTES = 27, // before the table of segments
    OPUS_RATE = 48000,   // what Ogg Opus counts time in
    MAX_MINUTES = 30,
};

Status media_kind(const char *name, PackKind *out)
{
    static const struct {
        const char *suffix;
        PackKind kind;
    } kinds[] = {
        {".png", PACK_IMAGE},  {".jpg", PACK_IMAGE},  {".jpeg", PACK_IMAGE},
        {".webp", PACK_IMAGE}, {".opus", PACK_AUDIO},
    };
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        if (str_ends_with(str_of(name), kinds[i].suffix)) {
            *out = kinds[i].kind;
            return OK;
        }
    return FAIL(ERR_UNSUPPORTED,
                "a pack holds pictures as .png, .jpg or .webp and sound as .opus");
}

static uint64_t read_u64(const uint8_t *at)
{
    uint64_t value = 0;
    for (int i = 7; i >= 0; i--)
        value = value << 8 | at[i];
    return value;
}

// The whole length of the Ogg page at the start of `file`; 0 if it is none or cut off.
static size_t page_length(Bytes file)
{
    if (file.len < OGG_PAGE_BYTES || memcmp(file.ptr, "OggS", 5) != 0)
        return 0;
    size_t segments = file.ptr[26], length = OGG_PAGE_BYTES + segments;
    if (file.len < length)
        return 0;
    for (size_t i = 0; i < segments; i++)
        length += file.ptr[OGG_PAGE_BYTES + i];
    return length <= file.len ? length : 0;
}

NODISCARD static Status check_opus(Bytes file)
{
    static const char magic[] = "OpusHead";
    if (page_length(file) == 0)
        return FAIL(ERR_CORRUPT, "no Ogg stream begins here");
    Bytes head = bytes_skip(file, OGG_PAGE_BYTES + (size_t)file.ptr[26]);
    if (head.len < 19 || memcmp(head.ptr, magic, 8) != 0)
        return FAIL(ERR_UNSUPPORTED, "Ogg, but not Opus; encode it with opusenc");
    if (head.ptr[9] < 1 || head.ptr[9] > 2)
        return FAIL(ERR_LIMIT, "%d channels; 1 or 2 are played", head.ptr[9]);
    uint64_t end = 0;
    for (Bytes rest = file; rest.len;) {
        size_t length = page_length(rest);
        if (length == 0)
            return FAIL(ERR_CORRUPT, "the Ogg stream breaks off at byte %zu",
                        (size_t)(rest.ptr - file.ptr));
        uint64_t position = read_u64(rest.ptr + 6);
        if (position != UINT64_MAX) // of a page on which no packet ends
            end = MAX(end, position);
        rest = bytes_skip(rest, length);
    }
    if (end > (uint64_t)OPUS_RATE * 60 * MAX_MINUTES)
        return FAIL(ERR_LIMIT, "%.0f minutes; the limit is %d", (double)end / OPUS_RATE / 60,
                    MAX_MINUTES);
    return OK;
}

NODISCARD static Status check_image(Bytes file)
{
    Arena arena = {0};
    Image image;
    Status status = image_decode(file, NULL, &arena, &image);
    arena_drop(&arena);
    return status;
}

Status media_check(Bytes file, PackKind kind)
{
    return kind == PACK_AUDIO ? check_opus(file) : check_image(file);
}
