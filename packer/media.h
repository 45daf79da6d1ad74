// media.h: pictures, sounds and captions of stories: may they go into a pack?
//
// Pure; any thread. Sentences do not name the file.

#pragma once
#include "base/str.h"
#include "data/pack.h"

enum { MEDIA_MAX_BYTES = 64 << 20 };

// What a file's name says it is: PACK_IMAGE for .png .jpg .jpeg .webp, PACK_AUDIO for .opus,
// PACK_CAPTIONS for .vtt. ERR_UNSUPPORTED for anything else.
NODISCARD Status media_kind(const char *name, PackKind *out);
// Whether the bytes are what the kind wants. Pictures are decoded whole (limits of
// data/image.h); sounds are read by data/opus.h, captions by data/vtt.h.
NODISCARD Status media_check(Bytes file, PackKind kind);
