// vfs.c: the program's file system, over PhysicsFS.

#include "io/vfs.h"

#include "io/archive.h"

#include <physfs.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// ---- errors

static Status status_of(PHYSFS_ErrorCode code)
{
    // A switch over a foreign enum: what is not listed is the system's refusal.
    switch ((int)code) {
    case PHYSFS_ERR_NOT_FOUND:
    case PHYSFS_ERR_NOT_MOUNTED:
        return ERR_NOT_FOUND;
    case PHYSFS_ERR_CORRUPT:
    case PHYSFS_ERR_PAST_EOF:
        return ERR_CORRUPT;
    case PHYSFS_ERR_UNSUPPORTED:
        return ERR_UNSUPPORTED;
    case PHYSFS_ERR_SYMLINK_FORBIDDEN:
    case PHYSFS_ERR_BAD_FILENAME:
    case PHYSFS_ERR_NOT_A_FILE:
        return ERR_INVALID;
    default:
        return ERR_IO;
    }
}

// PhysicsFS passes on a code only; where our archiver or our file said more, its words are in
// the thread's Fault, which must have been cleared before the call.
static void clear_fault(void)
{
    fault_set(OK, __FILE__, __LINE__, "%s", "");
}

static Status refused(const char *path)
{
    if (fault_last()->status != OK)
        return fault_prefix(fault_last()->status, "%s", path);
    PHYSFS_ErrorCode code = PHYSFS_getLastErrorCode();
    return FAIL(status_of(code), "%s: %s", path, PHYSFS_getErrorByCode(code));
}

// ---- archives on disk
//
// Not PhysicsFS's own files: those open their name again for every entry, and a pack that was
// rebuilt meanwhile would be read by the directory of the old one. Here every copy is the same
// open file, and reads say where, so that copies do not share a position.

typedef struct DiskFile {
    PHYSFS_Io io; // first: PhysicsFS's pointer to it is ours to this
    int fd;
    uint64_t position;
} DiskFile;

static PHYSFS_sint64 disk_read(PHYSFS_Io *io, void *out, PHYSFS_uint64 len)
{
    DiskFile *file = io->opaque;
    ssize_t got;
    do {
        got = pread(file->fd, out, MIN(len, (PHYSFS_uint64)SSIZE_MAX), (off_t)file->position);
    } while (got < 0 && errno == EINTR);
    if (got < 0)
        PHYSFS_setErrorCode(PHYSFS_ERR_IO);
    else
        file->position += (uint64_t)got;
    return got;
}

static PHYSFS_sint64 disk_write(PHYSFS_Io *io, const void *bytes, PHYSFS_uint64 len)
{
    (void)io, (void)bytes, (void)len;
    PHYSFS_setErrorCode(PHYSFS_ERR_READ_ONLY);
    return -1;
}

static int disk_seek(PHYSFS_Io *io, PHYSFS_uint64 offset)
{
    DiskFile *file = io->opaque;
    file->position = offset;
    return 1;
}

static PHYSFS_sint64 disk_tell(PHYSFS_Io *io)
{
    const DiskFile *file = io->opaque;
    return (PHYSFS_sint64)file->position;
}

static PHYSFS_sint64 disk_length(PHYSFS_Io *io)
{
    const DiskFile *file = io->opaque;
    struct stat info;
    return fstat(file->fd, &info) == 0 ? (PHYSFS_sint64)info.st_size : -1;
}

static int disk_flush(PHYSFS_Io *io)
{
    (void)io;
    return 1;
}

static void disk_destroy(PHYSFS_Io *io)
{
    DiskFile *file = io->opaque;
    close(file->fd);
    PHYSFS_getAllocator()->Free(file);
}

static PHYSFS_Io *make_disk_file(int fd);

static PHYSFS_Io *disk_duplicate(PHYSFS_Io *io)
{
    const DiskFile *file = io->opaque;
    int fd = fcntl(file->fd, F_DUPFD_CLOEXEC, 0);
    if (fd < 0) {
        PHYSFS_setErrorCode(PHYSFS_ERR_IO);
        return NULL;
    }
    return make_disk_file(fd);
}

// Owns fd, also when it fails. The memory is PhysicsFS's, which decides when the file ends.
static PHYSFS_Io *make_disk_file(int fd)
{
    DiskFile *file = PHYSFS_getAllocator()->Malloc(sizeof *file);
    if (!file) {
        close(fd);
        PHYSFS_setErrorCode(PHYSFS_ERR_OUT_OF_MEMORY);
        return NULL;
    }
    *file = (DiskFile){
        .io = {.opaque = file,
               .read = disk_read,
               .write = disk_write,
               .seek = disk_seek,
               .tell = disk_tell,
               .length = disk_length,
               .duplicate = disk_duplicate,
               .flush = disk_flush,
               .destroy = disk_destroy},
        .fd = fd,
    };
    return &file->io;
}

// ---- starting and mounting

// Whatever was built into PhysicsFS was made for trusted data: only our reader stays.
static Status install_archiver(void)
{
    const PHYSFS_ArchiveInfo **archivers;
    while ((archivers = PHYSFS_supportedArchiveTypes()) != NULL && archivers[0]) {
        if (!PHYSFS_deregisterArchiver(archivers[0]->extension))
            return refused(archivers[0]->extension);
    }
    return PHYSFS_registerArchiver(archive_archiver()) ? OK : refused("archives");
}

Status vfs_start(void)
{
    clear_fault();
    if (!PHYSFS_init(NULL))
        return refused("file system");
    PHYSFS_permitSymbolicLinks(0);
    Status status = install_archiver();
    if (status)
        vfs_stop();
    return status;
}

void vfs_stop(void)
{
    if (PHYSFS_isInit())
        PHYSFS_deinit();
}

static Status mount_archive(int fd, const char *os_path, const char *mount_point)
{
    PHYSFS_Io *io = make_disk_file(fd);
    if (!io)
        return refused(os_path);
    if (PHYSFS_mountIo(io, os_path, mount_point, 1))
        return OK;
    Status status = refused(os_path);
    io->destroy(io); // PhysicsFS takes it only when it succeeds
    return status;
}

Status vfs_mount(const char *os_path, const char *mount_point)
{
    clear_fault();
    if (PHYSFS_getMountPoint(os_path))
        return FAIL(ERR_INVALID, "%s: is mounted already", os_path);
    int fd = open(os_path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat info;
    if (fd < 0 || fstat(fd, &info) != 0) {
        Status status = errno == ENOENT || errno == ENOTDIR ? ERR_NOT_FOUND : ERR_IO;
        status = FAIL(status, "%s: cannot open it: %s", os_path, strerror(errno));
        if (fd >= 0)
            close(fd);
        return status;
    }
    if (S_ISREG(info.st_mode))
        return mount_archive(fd, os_path, mount_point);
    close(fd);
    if (!S_ISDIR(info.st_mode))
        return FAIL(ERR_INVALID, "%s: is neither an archive nor a folder", os_path);
    return PHYSFS_mount(os_path, mount_point, 1) ? OK : refused(os_path);
}

Status vfs_unmount(const char *os_path)
{
    clear_fault();
    return PHYSFS_unmount(os_path) ? OK : refused(os_path);
}

// ---- asking

bool vfs_exists(const char *path)
{
    PHYSFS_Stat info;
    return PHYSFS_stat(path, &info) != 0;
}

bool vfs_is_folder(const char *path)
{
    PHYSFS_Stat info;
    return PHYSFS_stat(path, &info) && info.filetype == PHYSFS_FILETYPE_DIRECTORY;
}

Status vfs_size(const char *path, uint64_t *out_bytes)
{
    clear_fault();
    PHYSFS_Stat info;
    if (!PHYSFS_stat(path, &info))
        return refused(path);
    if (info.filetype != PHYSFS_FILETYPE_REGULAR || info.filesize < 0)
        return FAIL(ERR_INVALID, "%s: is a folder, not a file", path);
    *out_bytes = (uint64_t)info.filesize;
    return OK;
}

typedef struct NameList {
    Arena *arena; // where the names go
    Arena array;  // where the list grows
    const char **names;
    size_t count, capacity;
} NameList;

static PHYSFS_EnumerateCallbackResult add_name(void *context, const char *folder,
                                               const char *name)
{
    (void)folder;
    NameList *list = context;
    *ARENA_PUSH(&list->array, list->names, list->count, list->capacity) =
        arena_copy_text(list->arena, name);
    return PHYSFS_ENUM_OK;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

// Folders that are mounted in one place may have names in common.
static size_t sort_and_unite(const char **names, size_t count)
{
    if (count == 0)
        return 0;
    qsort(names, count, sizeof *names, compare_names);
    size_t kept = 1;
    for (size_t i = 1; i < count; i++) {
        if (strcmp(names[i], names[kept - 1]) != 0)
            names[kept++] = names[i];
    }
    return kept;
}

Status vfs_list(const char *folder, Arena *arena, const char ***out, size_t *out_count)
{
    clear_fault();
    PHYSFS_Stat info;
    if (!PHYSFS_stat(folder, &info))
        return refused(folder);
    if (info.filetype != PHYSFS_FILETYPE_DIRECTORY)
        return FAIL(ERR_INVALID, "%s: is a file, not a folder", folder);
    NameList list = {.arena = arena};
    Status status = PHYSFS_enumerate(folder, add_name, &list) ? OK : refused(folder);
    if (!status) {
        *out_count = sort_and_unite(list.names, list.count);
        *out = arena_copy(arena, list.names, *out_count * sizeof *list.names,
                          _Alignof(const char *));
    }
    arena_drop(&list.array);
    return status;
}

// ---- reading

static Status open_file(const char *path, VfsFile *out)
{
    clear_fault();
    PHYSFS_File *handle = PHYSFS_openRead(path);
    if (!handle)
        return refused(path);
    PHYSFS_sint64 size = PHYSFS_fileLength(handle);
    if (size < 0) {
        Status status = refused(path);
        PHYSFS_close(handle);
        return status;
    }
    *out = (VfsFile){.handle = handle, .size_bytes = (uint64_t)size, .path = path};
    return OK;
}

Status vfs_open(const char *path, Arena *arena, VfsFile *out)
{
    TRY(open_file(path, out));
    out->path = arena_copy_text(arena, path);
    return OK;
}

void vfs_close(VfsFile *file)
{
    if (file->handle)
        PHYSFS_close(file->handle);
    *file = (VfsFile){0};
}

static Status check_range(const VfsFile *file, uint64_t offset, size_t size_bytes)
{
    if (offset <= file->size_bytes && size_bytes <= file->size_bytes - offset)
        return OK;
    return FAIL(ERR_CORRUPT, "%s: has %llu bytes; %zu were expected from byte %llu on",
                file->path, (unsigned long long)file->size_bytes, size_bytes,
                (unsigned long long)offset);
}

Status vfs_read_at(VfsFile *file, uint64_t offset, size_t size_bytes, void *out)
{
    clear_fault();
    TRY(check_range(file, offset, size_bytes));
    if (!PHYSFS_seek(file->handle, offset))
        return refused(file->path);
    PHYSFS_sint64 got = PHYSFS_readBytes(file->handle, out, size_bytes);
    if (got < 0)
        return refused(file->path);
    if ((uint64_t)got != size_bytes)
        return FAIL(ERR_IO, "%s: became shorter while it was read", file->path);
    return OK;
}

Status vfs_read_range(const char *path, uint64_t offset, size_t size_bytes, Arena *arena,
                      Bytes *out)
{
    VfsFile file = {0};
    TRY(open_file(path, &file));
    // Before memory is taken: the size may come from a file.
    Status status = check_range(&file, offset, size_bytes);
    if (status)
        goto done;
    uint8_t *bytes = arena_alloc_raw(arena, size_bytes + 1, 16);
    status = vfs_read_at(&file, offset, size_bytes, bytes);
    if (status)
        goto done;
    bytes[size_bytes] = 0;
    *out = (Bytes){bytes, size_bytes};
done:
    vfs_close(&file);
    return status;
}

Status vfs_read(const char *path, size_t limit_bytes, Arena *arena, Bytes *out)
{
    uint64_t size_bytes = 0;
    TRY(vfs_size(path, &size_bytes));
    if (size_bytes > limit_bytes)
        return FAIL(ERR_LIMIT, "%s: has %llu bytes; the limit is %zu", path,
                    (unsigned long long)size_bytes, limit_bytes);
    return vfs_read_range(path, 0, (size_t)size_bytes, arena, out);
}
