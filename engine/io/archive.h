// archive.h: the strict zip reader, as a PHYSFS_Archiver. Only vfs.c needs more than the
// limits.
//
// One profile of zip, so narrow that every byte of the file is accounted for:
//   * entries one after the other from byte 0, the directory in the same order right behind the
//     last, the end record as the last 22 bytes: no gaps, overlaps, prefix or suffix;
//   * stored or deflated; every local header equals its central record;
//   * no zip64, encryption, data descriptors, extra fields, comments, links, folder entries;
//   * names as archive_check_name wants them, none twice, none both a file and a folder.
//
// All of this is checked when the archive is mounted. Checksums are verified when an entry is
// read: always for deflated ones, which are inflated whole at the first read; for stored ones
// when one read covers the whole entry. A part of a stored entry cannot be verified by the
// archive: what is read in parts carries checks of its own.
//
// A refusal raises a Fault that says what was found, what was expected and at which byte of the
// archive. Every size is checked before memory is taken for it.

#pragma once
#include "base/str.h"

enum {
    ARCHIVE_MAX_ENTRIES = 4096,
    ARCHIVE_MAX_NAME_BYTES = 200,
    ARCHIVE_MAX_LEVELS = 8,
    ARCHIVE_MAX_DEFLATED_BYTES = 16 * 1024 * 1024, // unpacked, and packed too
    ARCHIVE_MAX_RATIO = 200,                       // unpacked to packed,
    ARCHIVE_FREE_RATIO_BYTES = 64 * 1024,          // of what unpacks to more than this
};
#define ARCHIVE_MAX_BYTES 0xffffffffu // of the whole file: 4 GiB - 1

// Names: 1 to 200 bytes of a-z 0-9 _ . - and '/', at most 8 levels, no part empty, none
// starting or ending with a dot. ERR_INVALID says what is wrong. Any thread.
NODISCARD Status archive_check_name(Str name);

// True if deflating `size_bytes` to `packed_bytes` is more than readers accept.
bool archive_is_ratio_too_high(uint64_t size_bytes, uint64_t packed_bytes);

// For PHYSFS_registerArchiver. PhysicsFS serialises opening and closing; an open entry belongs
// to one thread at a time.
const struct PHYSFS_Archiver *archive_archiver(void);
