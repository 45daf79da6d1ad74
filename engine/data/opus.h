// opus.h: is this a sound that may be played? Ogg Opus, one narrow profile of it.
//
// One logical stream of one or two channels and at most OPUS_MAX_MINUTES; every page whole, in
// its order, with the right checksum, nothing before or behind them; every packet as long as
// it says, and as many as the last page counts. What libopusfile decodes was read here first.
//
// Pure; any thread. Sentences do not name the file.

#pragma once
#include "base/str.h"

enum { OPUS_MAX_BYTES = 64 << 20, OPUS_MAX_MINUTES = 30, OPUS_RATE = 48000 };

typedef struct OpusInfo {
    int channels;
    double seconds;
} OpusInfo;

// ERR_CORRUPT, ERR_UNSUPPORTED for other codecs and many channels, ERR_LIMIT where it is too
// long.
NODISCARD Status opus_check(Bytes file, OpusInfo *out);
