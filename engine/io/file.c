// file.c: ordinary files and folders of the operating system.

#include "io/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    WRITE_BUFFER_BYTES = 64 * 1024, // small appends become few writes
    MAX_FOLDER_DEPTH = 64,          // each level of a tree being removed holds a file open
    MAX_NAME_TRIES = 1000,
};

// What the system said about `path`, as a fault.
static Status refused(const char *path, const char *doing)
{
    int reason = errno;
    Status status = reason == ENOENT || reason == ENOTDIR ? ERR_NOT_FOUND : ERR_IO;
    return FAIL(status, "%s: cannot %s: %s", path, doing, strerror(reason));
}

// ---- asking

bool file_exists(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0;
}

bool file_is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

Status file_get_info(const char *path, FileInfo *out)
{
    struct stat info;
    if (stat(path, &info) != 0)
        return refused(path, "look at it");
    *out = (FileInfo){
        .size_bytes = (uint64_t)info.st_size,
        .modified_ns = (int64_t)info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec,
        .is_folder = S_ISDIR(info.st_mode),
    };
    return OK;
}

// ---- reading

// Without waiting: a pipe in place of a file must not hang a tool.
static Status open_regular(const char *path, int *out_fd, uint64_t *out_size_bytes)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return refused(path, "open it");
    struct stat info;
    if (fstat(fd, &info) != 0) {
        Status status = refused(path, "look at it");
        close(fd);
        return status;
    }
    if (!S_ISREG(info.st_mode)) {
        close(fd);
        return FAIL(ERR_IO, "%s: is %s, not a file", path,
                    S_ISDIR(info.st_mode) ? "a folder" : "a device or pipe");
    }
    *out_fd = fd;
    *out_size_bytes = (uint64_t)info.st_size;
    return OK;
}

static Status read_all(int fd, const char *path, uint8_t *bytes, size_t *size_bytes)
{
    size_t done = 0;
    while (done < *size_bytes) {
        ssize_t got = read(fd, bytes + done, *size_bytes - done);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return refused(path, "read it");
        if (got == 0)
            break; // it became shorter since we asked
        done += (size_t)got;
    }
    *size_bytes = done;
    return OK;
}

Status file_read(const char *path, size_t limit_bytes, Arena *arena, Bytes *out)
{
    int fd = -1;
    uint64_t size_bytes = 0;
    TRY(open_regular(path, &fd, &size_bytes));
    Status status = OK;
    if (size_bytes > limit_bytes) {
        status = FAIL(ERR_LIMIT, "%s: has %llu bytes; the limit is %zu", path,
                      (unsigned long long)size_bytes, limit_bytes);
        goto done;
    }
    size_t len = (size_t)size_bytes;
    uint8_t *bytes = arena_alloc_raw(arena, len + 1, 16);
    status = read_all(fd, path, bytes, &len);
    if (status)
        goto done;
    bytes[len] = 0;
    *out = (Bytes){bytes, len};
done:
    close(fd);
    return status;
}

Status file_map(const char *path, FileMap *out)
{
    int fd = -1;
    uint64_t size_bytes = 0;
    TRY(open_regular(path, &fd, &size_bytes));
    if (size_bytes == 0 || size_bytes > SIZE_MAX / 2) {
        close(fd);
        if (size_bytes)
            return FAIL(ERR_LIMIT, "%s: is too large to be mapped", path);
        *out = (FileMap){0};
        return OK;
    }
    void *memory = mmap(NULL, (size_t)size_bytes, PROT_READ, MAP_PRIVATE, fd, 0);
    Status status = memory == MAP_FAILED ? refused(path, "map it") : OK;
    close(fd); // the mapping keeps the file
    if (!status)
        out->bytes = (Bytes){memory, (size_t)size_bytes};
    return status;
}

void file_unmap(FileMap *map)
{
    if (map->bytes.ptr)
        munmap((void *)map->bytes.ptr, map->bytes.len);
    *map = (FileMap){0};
}

// ---- writing

struct FileWriter {
    int fd; // -1: committed or abandoned
    const char *path;
    const char *temporary_path;
    uint64_t written_bytes; // on disk; what is in the buffer comes after
    size_t buffered_bytes;
    uint8_t buffer[WRITE_BUFFER_BYTES];
};

// Not mkstemp: its files are private, and ours get the permissions the user's umask gives.
static Status open_temporary(const char *path, Arena *arena, const char **out_path, int *out_fd)
{
    for (int i = 0; i < MAX_NAME_TRIES; i++) {
        const char *name = str_format(arena, "%s.%ld-%d.part", path, (long)getpid(), i);
        int fd = open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0) {
            *out_path = name;
            *out_fd = fd;
            return OK;
        }
        if (errno != EEXIST)
            return refused(name, "create it");
    }
    return FAIL(ERR_IO, "%s: too many unfinished files of this name are about", path);
}

Status file_writer_open(Arena *arena, const char *path, FileWriter **out)
{
    const char *temporary_path = NULL;
    int fd = -1;
    TRY(open_temporary(path, arena, &temporary_path, &fd));
    FileWriter *writer =
        arena_alloc_raw(arena, sizeof(FileWriter), _Alignof(FileWriter)); // buffer not zeroed
    writer->fd = fd;
    writer->path = arena_copy_text(arena, path);
    writer->temporary_path = temporary_path;
    writer->written_bytes = 0;
    writer->buffered_bytes = 0;
    *out = writer;
    return OK;
}

static Status write_at(FileWriter *writer, uint64_t offset, Bytes bytes)
{
    while (bytes.len) {
        ssize_t put = pwrite(writer->fd, bytes.ptr, bytes.len, (off_t)offset);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return refused(writer->path, "write it");
        bytes = bytes_skip(bytes, (size_t)put);
        offset += (uint64_t)put;
    }
    return OK;
}

static Status flush_buffer(FileWriter *writer)
{
    TRY(write_at(writer, writer->written_bytes,
                 (Bytes){writer->buffer, writer->buffered_bytes}));
    writer->written_bytes += writer->buffered_bytes;
    writer->buffered_bytes = 0;
    return OK;
}

Status file_writer_append(FileWriter *writer, Bytes bytes)
{
    ASSERT(writer->fd >= 0);
    if (bytes.len > WRITE_BUFFER_BYTES - writer->buffered_bytes)
        TRY(flush_buffer(writer));
    if (bytes.len >= WRITE_BUFFER_BYTES) {
        TRY(write_at(writer, writer->written_bytes, bytes));
        writer->written_bytes += bytes.len;
        return OK;
    }
    if (bytes.len)
        memcpy(writer->buffer + writer->buffered_bytes, bytes.ptr, bytes.len);
    writer->buffered_bytes += bytes.len;
    return OK;
}

Status file_writer_patch(FileWriter *writer, uint64_t offset, Bytes bytes)
{
    ASSERT(writer->fd >= 0);
    ASSERT(bytes.len <= file_writer_size(writer));
    ASSERT(offset <= file_writer_size(writer) - bytes.len);
    TRY(flush_buffer(writer));
    return write_at(writer, offset, bytes);
}

uint64_t file_writer_size(const FileWriter *writer)
{
    return writer->written_bytes + writer->buffered_bytes;
}

// The name itself is on disk only when its folder is.
static void sync_folder(const char *path)
{
    Scratch scratch = scratch_begin(NULL);
    int fd = open(path_folder(scratch.arena, path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        (void)fsync(fd); // some file systems cannot; the file itself is synced anyway
        close(fd);
    }
    scratch_end(scratch);
}

static Status finish(FileWriter *writer)
{
    TRY(flush_buffer(writer));
    if (fsync(writer->fd) != 0)
        return refused(writer->path, "bring it to the disk");
    if (rename(writer->temporary_path, writer->path) != 0)
        return refused(writer->path, "give it its name");
    return OK;
}

Status file_writer_commit(FileWriter *writer)
{
    ASSERT(writer->fd >= 0);
    Status status = finish(writer);
    if (status) {
        file_writer_abandon(writer);
        return status;
    }
    close(writer->fd);
    writer->fd = -1;
    sync_folder(writer->path);
    return OK;
}

void file_writer_abandon(FileWriter *writer)
{
    if (writer->fd < 0)
        return;
    close(writer->fd);
    unlink(writer->temporary_path);
    writer->fd = -1;
}

Status file_move(const char *from, const char *to)
{
    if (rename(from, to) != 0)
        return refused(from, "give it another name");
    sync_folder(to);
    return OK;
}

Status file_write(const char *path, Bytes bytes)
{
    Scratch scratch = scratch_begin(NULL);
    FileWriter *writer;
    Status status = file_writer_open(scratch.arena, path, &writer);
    if (status)
        goto done;
    status = file_writer_append(writer, bytes);
    if (!status)
        status = file_writer_commit(writer);
    file_writer_abandon(writer);
done:
    scratch_end(scratch);
    return status;
}

// ---- folders

Status file_make_folders(const char *path)
{
    Scratch scratch = scratch_begin(NULL);
    char *name = arena_copy_text(scratch.arena, path);
    Status status = OK;
    for (size_t i = 1; !status && *name && i <= strlen(path); i++) {
        if (path[i] != '/' && path[i] != 0)
            continue;
        name[i] = 0;
        if (mkdir(name, 0777) != 0 && !file_is_folder(name))
            status = refused(name, "make the folder");
        name[i] = path[i];
    }
    scratch_end(scratch);
    return status;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(((const FileName *)a)->name, ((const FileName *)b)->name);
}

static FileName describe_name(int folder_fd, const char *name, Arena *arena)
{
    FileName out = {.name = arena_copy_text(arena, name)};
    struct stat info;
    if (fstatat(folder_fd, name, &info, AT_SYMLINK_NOFOLLOW) == 0) {
        out.is_folder = S_ISDIR(info.st_mode);
        out.is_link = S_ISLNK(info.st_mode);
    }
    return out;
}

static bool is_dots(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

Status file_list(const char *folder, Arena *arena, FileName **out, size_t *out_count)
{
    DIR *stream = opendir(folder);
    if (!stream)
        return refused(folder, "open the folder");
    Arena names = {0}; // so that the array below grows in place
    FileName *list = NULL;
    size_t count = 0, capacity = 0;
    const struct dirent *entry;
    while ((entry = readdir(stream)) != NULL) {
        if (!is_dots(entry->d_name))
            *ARENA_PUSH(&names, list, count, capacity) =
                describe_name(dirfd(stream), entry->d_name, arena);
    }
    closedir(stream);
    if (count)
        qsort(list, count, sizeof *list, compare_names);
    *out = arena_copy(arena, list, count * sizeof *list, _Alignof(FileName));
    *out_count = count;
    arena_drop(&names);
    return OK;
}

static int remove_below(int folder_fd, const char *name, int depth);

static int remove_content(int fd, int depth)
{
    DIR *stream = fdopendir(fd);
    if (!stream) {
        close(fd);
        return -1;
    }
    int failed = 0;
    const struct dirent *entry;
    while (!failed && (entry = readdir(stream)) != NULL) {
        if (!is_dots(entry->d_name))
            failed = remove_below(fd, entry->d_name, depth + 1);
    }
    int reason = errno;
    closedir(stream);
    errno = reason;
    return failed;
}

// 0, or -1 with errno. Works on open folders, not paths: a link put in meanwhile leads nowhere.
static int remove_below(int folder_fd, const char *name, int depth)
{
    if (unlinkat(folder_fd, name, 0) == 0)
        return 0;
    if (errno != EISDIR && errno != EPERM)
        return -1;
    if (depth >= MAX_FOLDER_DEPTH) {
        errno = ELOOP;
        return -1;
    }
    int fd = openat(folder_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0 || remove_content(fd, depth) != 0)
        return -1;
    return unlinkat(folder_fd, name, AT_REMOVEDIR);
}

Status file_remove_tree(const char *path)
{
    ASSERT(path[0]);
    if (remove_below(AT_FDCWD, path, 0) != 0 && errno != ENOENT)
        return refused(path, "remove it");
    return OK;
}

// A relative XDG path is invalid and ignored, says its specification.
static Status find_user_folder(const char *variable, const char *below_home, const char *name,
                               Arena *arena, const char **out)
{
    const char *base = getenv(variable);
    if (!base || base[0] != '/') {
        const char *home = getenv("HOME");
        if (!home || home[0] != '/')
            return FAIL(ERR_NOT_FOUND, "neither %s nor HOME says where files may be kept",
                        variable);
        base = path_join(arena, home, below_home);
    }
    *out = path_join(arena, base, name);
    return OK;
}

Status file_cache_folder(const char *name, Arena *arena, const char **out)
{
    return find_user_folder("XDG_CACHE_HOME", ".cache", name, arena, out);
}

Status file_data_folder(const char *name, Arena *arena, const char **out)
{
    return find_user_folder("XDG_DATA_HOME", ".local/share", name, arena, out);
}
