// archive_write.h: writes archives of the strict profile (archive.h).
//
// The same calls give the same bytes: no clock, no user, no host in them. The file grows under
// a temporary name and appears under its own when all is done. One thread at a time.
//
//     ArchiveWriter *writer;
//     TRY(archive_writer_open(arena, "hare.vitrine", &writer));
//     status = write_entries(writer);              // archive_add, archive_begin ...
//     if (!status)
//         status = archive_writer_commit(writer);
//     archive_writer_abandon(writer);              // nothing to do after a commit
//
// ERR_INVALID for a name the profile does not allow or that was used before, ERR_LIMIT for more
// than the profile holds, ERR_IO when the system refuses. After a failure only abandon.

#pragma once
#include "base/str.h"

typedef enum ArchiveMethod {
    ARCHIVE_STORED,   // can be read in ranges
    ARCHIVE_DEFLATED, // stored after all above 16 MiB, where that is not larger, or where
                      // readers would refuse so high a ratio
} ArchiveMethod;

typedef struct ArchiveWriter ArchiveWriter;

// The writer lives in `arena`.
NODISCARD Status archive_writer_open(Arena *arena, const char *path, ArchiveWriter **out);

// One whole entry.
NODISCARD Status archive_add(ArchiveWriter *writer, const char *name, Bytes bytes,
                             ArchiveMethod method);

// One stored entry, piece by piece; its size need not be known before.
NODISCARD Status archive_begin(ArchiveWriter *writer, const char *name);
NODISCARD Status archive_append(ArchiveWriter *writer, Bytes bytes);
NODISCARD Status archive_end(ArchiveWriter *writer);

// Writes the directory; then the file is whole, on disk and has its name.
NODISCARD Status archive_writer_commit(ArchiveWriter *writer);
void archive_writer_abandon(ArchiveWriter *writer);
