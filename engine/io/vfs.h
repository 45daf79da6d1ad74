// vfs.h: the program's file system: packs and folders under mount points, read only.
//
// Paths are "packs/hare/story.json": relative, '/' between the parts. A mounted file must be an
// archive of the strict profile (archive.h), whatever its name; a mounted folder is for
// developers and artists, and links in it are not followed.
//
// vfs_start, vfs_stop, vfs_mount and vfs_unmount: one thread, the one that boots. All else: any
// thread; a VfsFile belongs to one thread at a time. Opening takes a lock that all threads
// share, reading does not. After boot the main thread opens nothing.
//
// Errors: ERR_NOT_FOUND for a name that is not there, ERR_LIMIT, ERR_CORRUPT, ERR_UNSUPPORTED
// or ERR_INVALID for what an archive contains, ERR_IO for what the system refuses. The sentence
// names the file and, for an archive, the byte where it was seen.

#pragma once
#include "base/str.h"

NODISCARD Status vfs_start(void);
void vfs_stop(void); // close every VfsFile first; fine when not started

// Opens the archive or folder `os_path` and shows its content below `mount_point` ("" is the
// root). What was mounted first wins where names meet. ERR_INVALID if it is mounted already.
NODISCARD Status vfs_mount(const char *os_path, const char *mount_point);
// ERR_IO while a file of it is open.
NODISCARD Status vfs_unmount(const char *os_path);

bool vfs_exists(const char *path); // a file or a folder
bool vfs_is_folder(const char *path);
NODISCARD Status vfs_size(const char *path, uint64_t *out_bytes);

// Names in a folder, sorted by bytes, in `arena`.
NODISCARD Status vfs_list(const char *folder, Arena *arena, const char ***out,
                          size_t *out_count);

// The whole file in `arena`, with a zero byte behind it that is not counted. In an archive its
// checksum is verified.
NODISCARD Status vfs_read(const char *path, size_t limit_bytes, Arena *arena, Bytes *out);

// Exactly `size_bytes` from `offset`; ERR_CORRUPT if the file ends before. A part of a file
// cannot be verified by the archive's checksum: what is read in parts brings its own.
NODISCARD Status vfs_read_range(const char *path, uint64_t offset, size_t size_bytes,
                                Arena *arena, Bytes *out);

// The same for who reads one file many times. A zeroed VfsFile is closed.
typedef struct VfsFile {
    struct PHYSFS_File *handle;
    uint64_t size_bytes;
    const char *path; // for sentences; in the arena given to vfs_open
} VfsFile;

NODISCARD Status vfs_open(const char *path, Arena *arena, VfsFile *out);
NODISCARD Status vfs_read_at(VfsFile *file, uint64_t offset, size_t size_bytes, void *out);
void vfs_close(VfsFile *file);
