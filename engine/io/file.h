// file.h: ordinary files and folders of the operating system, for tools and caches.
//
// Packs are read through vfs.h; this is for what an artist or the program itself puts on
// disk. Paths are absolute or relative to the working folder. Any thread.
//
// ERR_NOT_FOUND when a file or folder is not there, ERR_IO when the system refuses otherwise,
// ERR_LIMIT when a file is larger than the caller is willing to hold. The sentence names the
// file.

#pragma once
#include "base/str.h"

typedef struct FileInfo {
    uint64_t size_bytes;
    int64_t modified_ns; // since 1970
    bool is_folder;
} FileInfo;

bool file_exists(const char *path); // anything of that name
bool file_is_folder(const char *path);
NODISCARD Status file_get_info(const char *path, FileInfo *out); // follows links

// The whole file in `arena`, with a zero byte behind it that is not counted.
NODISCARD Status file_read(const char *path, size_t limit_bytes, Arena *arena, Bytes *out);

// The whole file as memory, read on demand; unmap it when done (a zeroed FileMap is fine).
// A file that shrinks while it is mapped ends the program: not for files a stranger may touch
// meanwhile. An empty file gives an empty slice.
typedef struct FileMap {
    Bytes bytes;
} FileMap;

NODISCARD Status file_map(const char *path, FileMap *out);
void file_unmap(FileMap *map);

// Writes all or nothing: readers see the old file or the new one, never a part.
NODISCARD Status file_write(const char *path, Bytes bytes);

// Gives a file another name in the same file system; what had that name is replaced.
NODISCARD Status file_move(const char *from, const char *to);

// The same as file_write for a file that is made piece by piece: it grows under a temporary name in the same
// folder, and takes its name only in file_writer_commit. One thread at a time.
//
//     FileWriter *writer;
//     TRY(file_writer_open(arena, path, &writer));
//     ... file_writer_append(writer, bytes) ...
//     file_writer_commit(writer) or, after a failure, file_writer_abandon(writer)
typedef struct FileWriter FileWriter;

// The writer lives in `arena`. Commit or abandon it.
NODISCARD Status file_writer_open(Arena *arena, const char *path, FileWriter **out);
NODISCARD Status file_writer_append(FileWriter *writer, Bytes bytes);
// Overwrites what was appended before.
NODISCARD Status file_writer_patch(FileWriter *writer, uint64_t offset, Bytes bytes);
uint64_t file_writer_size(const FileWriter *writer); // bytes appended so far
// Whole and on disk under its name, or gone and ERR_IO.
NODISCARD Status file_writer_commit(FileWriter *writer);
void file_writer_abandon(FileWriter *writer); // nothing is left; fine after a commit

// Makes the folder and those above it; fine if it is there.
NODISCARD Status file_make_folders(const char *path);

// One name in a folder.
typedef struct FileName {
    const char *name; // without the folder
    bool is_folder;
    bool is_link; // is_folder tells nothing then
} FileName;

// Names sorted by bytes, without "." and "..".
NODISCARD Status file_list(const char *folder, Arena *arena, FileName **out, size_t *out_count);

// Removes a file, or a folder with all that is in it; links are removed, not followed. Fine if
// it is not there.
NODISCARD Status file_remove_tree(const char *path);

// "$XDG_CACHE_HOME/name" or "$HOME/.cache/name"; "$XDG_DATA_HOME/name" or
// "$HOME/.local/share/name". Not made. ERR_NOT_FOUND without either variable.
NODISCARD Status file_cache_folder(const char *name, Arena *arena, const char **out);
NODISCARD Status file_data_folder(const char *name, Arena *arena, const char **out);
