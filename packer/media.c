// media.c: pictures, sounds and captions of stories: may they go into a pack?

#include "packer/media.h"

#include "data/image.h"
#include "data/opus.h"
#include "data/vtt.h"

Status media_kind(const char *name, PackKind *out)
{
    static const struct {
        const char *suffix;
        PackKind kind;
    } kinds[] = {
        {".png", PACK_IMAGE},  {".jpg", PACK_IMAGE},  {".jpeg", PACK_IMAGE},
        {".webp", PACK_IMAGE}, {".opus", PACK_AUDIO}, {".vtt", PACK_CAPTIONS},
    };
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        if (str_ends_with(str_of(name), kinds[i].suffix)) {
            *out = kinds[i].kind;
            return OK;
        }
    return FAIL(ERR_UNSUPPORTED, "a pack holds pictures as .png, .jpg or .webp, sound as .opus "
                                 "and captions as .vtt");
}

NODISCARD static Status check_image(Bytes file)
{
    Arena arena = {0};
    Image image;
    Status status = image_decode(file, NULL, &arena, &image);
    arena_drop(&arena);
    return status;
}

NODISCARD static Status check_captions(Bytes file)
{
    Arena arena = {0};
    Vtt vtt;
    Status status = vtt_parse(file, &arena, &vtt);
    arena_drop(&arena);
    return status;
}

Status media_check(Bytes file, PackKind kind)
{
    OpusInfo info;
    if (kind == PACK_CAPTIONS)
        return check_captions(file);
    return kind == PACK_AUDIO ? opus_check(file, &info) : check_image(file);
}
