// archive.c: the strict zip reader, as a PHYSFS_Archiver.

#include "io/archive.h"

#include "io/archive_index.h"

#include <physfs.h>
#include <zlib.h>

#include <string.h>

typedef struct Archive {
    Arena arena; // holds the index, and this
    PHYSFS_Io *io;
    ArchiveIndex index;
} Archive;

// What PhysicsFS is told; the words are in the thread's Fault.
static PHYSFS_ErrorCode code_of(Status status)
{
    switch (status) {
    case ERR_IO:
        return PHYSFS_ERR_IO;
    case ERR_CORRUPT:
    case ERR_INVALID:
        return PHYSFS_ERR_CORRUPT;
    case ERR_NOT_FOUND:
        return PHYSFS_ERR_NOT_FOUND;
    case ERR_LIMIT:
    case ERR_UNSUPPORTED:
        return PHYSFS_ERR_UNSUPPORTED;
    case OK:
    case ERR_DEVICE:
    case ERR_CANCELLED:
    case STATUS_COUNT:
        break;
    }
    return PHYSFS_ERR_OTHER_ERROR;
}

// ---- an open entry

// Lives in memory of PhysicsFS, which decides when it ends.
typedef struct EntryFile {
    PHYSFS_Io io; // first: PhysicsFS's pointer to it is ours to this
    Archive *archive;
    PHYSFS_Io *source; // the archive once more, so that open entries do not share a position
    const ArchiveNode *node;
    uint64_t position;
    uint8_t *inflated; // a deflated entry after its first read
} EntryFile;

static Status fail_entry(const ArchiveNode *node, const char *what)
{
    return FAIL(ERR_CORRUPT, "at byte %u: the data %s", node->data_at, what);
}

static uint32_t checksum(const uint8_t *bytes, size_t len)
{
    enum { CHUNK_BYTES = 1 << 30 }; // zlib counts in 32 bits
    uint32_t crc = 0;
    for (; len > CHUNK_BYTES; bytes += CHUNK_BYTES, len -= CHUNK_BYTES)
        crc = (uint32_t)crc32(crc, bytes, CHUNK_BYTES);
    return (uint32_t)crc32(crc, bytes, (uInt)len);
}

// Feeds the packed bytes through zlib until it or they end.
static Status inflate_data(EntryFile *file, z_stream *stream)
{
    uint8_t chunk[32 * 1024];
    uint32_t done = 0;
    int result = Z_OK;
    while (result == Z_OK && done < file->node->packed_bytes) {
        uint32_t len = MIN((uint32_t)sizeof chunk, file->node->packed_bytes - done);
        TRY(archive_read_at(file->source, file->node->data_at + (uint64_t)done, chunk, len));
        done += len;
        stream->next_in = chunk;
        stream->avail_in = len;
        result = inflate(stream, Z_NO_FLUSH);
    }
    bool is_whole = result == Z_STREAM_END && stream->avail_in == 0 &&
                    done == file->node->packed_bytes &&
                    stream->total_out == file->node->size_bytes;
    return is_whole ? OK : fail_entry(file->node, "does not inflate to the size it claims");
}

static Status inflate_into(EntryFile *file, uint8_t *bytes)
{
    // One byte more than the entry claims to have shows whether there is more.
    z_stream stream = {.next_out = bytes, .avail_out = file->node->size_bytes + 1};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK)
        return FAIL(ERR_IO, "no memory to inflate %u bytes", file->node->size_bytes);
    Status status = inflate_data(file, &stream);
    inflateEnd(&stream);
    if (!status && checksum(bytes, file->node->size_bytes) != file->node->crc)
        status = fail_entry(file->node, "does not match its checksum");
    return status;
}

static Status ensure_inflated(EntryFile *file)
{
    if (file->inflated)
        return OK;
    const PHYSFS_Allocator *allocator = PHYSFS_getAllocator();
    uint8_t *bytes = allocator->Malloc((PHYSFS_uint64)file->node->size_bytes + 1);
    if (!bytes)
        return FAIL(ERR_IO, "no memory to inflate %u bytes", file->node->size_bytes);
    Status status = inflate_into(file, bytes);
    if (status)
        allocator->Free(bytes);
    else
        file->inflated = bytes;
    return status;
}

static Status read_entry(EntryFile *file, uint8_t *out, size_t size_bytes)
{
    const ArchiveNode *node = file->node;
    if (node->is_deflated) {
        TRY(ensure_inflated(file));
        memcpy(out, file->inflated + file->position, size_bytes);
        return OK;
    }
    TRY(archive_read_at(file->source, node->data_at + file->position, out, size_bytes));
    bool is_whole = size_bytes == node->size_bytes;
    if (is_whole && checksum(out, size_bytes) != node->crc)
        return fail_entry(node, "does not match its checksum");
    return OK;
}

static PHYSFS_sint64 entry_read(PHYSFS_Io *io, void *out, PHYSFS_uint64 len)
{
    EntryFile *file = io->opaque;
    size_t size_bytes = (size_t)MIN(len, file->node->size_bytes - file->position);
    if (size_bytes == 0)
        return 0;
    Status status = read_entry(file, out, size_bytes);
    if (status) {
        PHYSFS_setErrorCode(code_of(status));
        return -1;
    }
    file->position += size_bytes;
    return (PHYSFS_sint64)size_bytes;
}

static PHYSFS_sint64 entry_write(PHYSFS_Io *io, const void *bytes, PHYSFS_uint64 len)
{
    (void)io, (void)bytes, (void)len;
    PHYSFS_setErrorCode(PHYSFS_ERR_READ_ONLY);
    return -1;
}

static int entry_seek(PHYSFS_Io *io, PHYSFS_uint64 offset)
{
    EntryFile *file = io->opaque;
    if (offset > file->node->size_bytes) {
        PHYSFS_setErrorCode(PHYSFS_ERR_PAST_EOF);
        return 0;
    }
    file->position = offset;
    return 1;
}

static PHYSFS_sint64 entry_tell(PHYSFS_Io *io)
{
    const EntryFile *file = io->opaque;
    return (PHYSFS_sint64)file->position;
}

static PHYSFS_sint64 entry_length(PHYSFS_Io *io)
{
    const EntryFile *file = io->opaque;
    return (PHYSFS_sint64)file->node->size_bytes;
}

static int entry_flush(PHYSFS_Io *io)
{
    (void)io;
    return 1;
}

static void entry_destroy(PHYSFS_Io *io)
{
    EntryFile *file = io->opaque;
    file->source->destroy(file->source);
    if (file->inflated)
        PHYSFS_getAllocator()->Free(file->inflated);
    PHYSFS_getAllocator()->Free(file);
}

static PHYSFS_Io *open_node(Archive *archive, const ArchiveNode *node);

static PHYSFS_Io *entry_duplicate(PHYSFS_Io *io)
{
    const EntryFile *file = io->opaque;
    PHYSFS_Io *copy = open_node(file->archive, file->node);
    if (copy)
        ((EntryFile *)copy->opaque)->position = file->position;
    return copy;
}

static PHYSFS_Io *open_node(Archive *archive, const ArchiveNode *node)
{
    PHYSFS_Io *source = archive->io->duplicate(archive->io);
    if (!source)
        return NULL; // it has set the error code
    EntryFile *file = PHYSFS_getAllocator()->Malloc(sizeof *file);
    if (!file) {
        source->destroy(source);
        PHYSFS_setErrorCode(PHYSFS_ERR_OUT_OF_MEMORY);
        return NULL;
    }
    *file = (EntryFile){
        .io = {.opaque = file,
               .read = entry_read,
               .write = entry_write,
               .seek = entry_seek,
               .tell = entry_tell,
               .length = entry_length,
               .duplicate = entry_duplicate,
               .flush = entry_flush,
               .destroy = entry_destroy},
        .archive = archive,
        .source = source,
        .node = node,
    };
    return &file->io;
}

// ---- the archiver

static void *open_archive(PHYSFS_Io *io, const char *name, int for_write, int *claimed)
{
    (void)name; // an archive is what is in it, whatever its file is called
    *claimed = 1;
    if (for_write) {
        PHYSFS_setErrorCode(PHYSFS_ERR_READ_ONLY);
        return NULL;
    }
    Arena arena = {0};
    Archive *archive = ARENA_NEW(&arena, Archive);
    Status status = archive_index_read(io, &arena, &archive->index);
    if (status) {
        arena_drop(&arena);
        PHYSFS_setErrorCode(code_of(status));
        return NULL;
    }
    archive->io = io;
    archive->arena = arena;
    return archive;
}

static void close_archive(void *opaque)
{
    Archive *archive = opaque;
    archive->io->destroy(archive->io);
    Arena arena = archive->arena; // holds the archive itself
    arena_drop(&arena);
}

static const ArchiveNode *find_node(void *opaque, const char *name)
{
    const Archive *archive = opaque;
    const ArchiveNode *node = archive_index_find(&archive->index, str_of(name));
    if (!node)
        PHYSFS_setErrorCode(PHYSFS_ERR_NOT_FOUND);
    return node;
}

static PHYSFS_EnumerateCallbackResult list_folder(void *opaque, const char *folder,
                                                  PHYSFS_EnumerateCallback callback,
                                                  const char *shown_folder, void *context)
{
    const Archive *archive = opaque;
    const ArchiveNode *node = find_node(opaque, folder);
    if (!node)
        return PHYSFS_ENUM_ERROR;
    size_t skipped = node->name_bytes ? (size_t)node->name_bytes + 1 : 0; // "folder/"
    PHYSFS_EnumerateCallbackResult result = PHYSFS_ENUM_OK;
    uint32_t child = node->is_folder ? node->first_child : ARCHIVE_NONE;
    while (child != ARCHIVE_NONE && result == PHYSFS_ENUM_OK) {
        node = &archive->index.nodes[child];
        char name[ARCHIVE_MAX_NAME_BYTES + 1] = {0};
        memcpy(name, node->name + skipped, node->name_bytes - skipped);
        result = callback(context, shown_folder, name);
        if (result == PHYSFS_ENUM_ERROR)
            PHYSFS_setErrorCode(PHYSFS_ERR_APP_CALLBACK);
        child = node->next_sibling;
    }
    return result;
}

static PHYSFS_Io *open_read(void *opaque, const char *name)
{
    const ArchiveNode *node = find_node(opaque, name);
    if (!node)
        return NULL;
    if (node->is_folder) {
        PHYSFS_setErrorCode(PHYSFS_ERR_NOT_A_FILE);
        return NULL;
    }
    return open_node(opaque, node);
}

static PHYSFS_Io *open_for_writing(void *opaque, const char *name)
{
    (void)opaque, (void)name;
    PHYSFS_setErrorCode(PHYSFS_ERR_READ_ONLY);
    return NULL;
}

static int change(void *opaque, const char *name)
{
    (void)opaque, (void)name;
    PHYSFS_setErrorCode(PHYSFS_ERR_READ_ONLY);
    return 0;
}

static int get_stat(void *opaque, const char *name, PHYSFS_Stat *out)
{
    const ArchiveNode *node = find_node(opaque, name);
    if (!node)
        return 0;
    *out = (PHYSFS_Stat){
        .filesize = node->is_folder ? 0 : (PHYSFS_sint64)node->size_bytes,
        .modtime = -1, // not known: packs carry no times
        .createtime = -1,
        .accesstime = -1,
        .filetype = node->is_folder ? PHYSFS_FILETYPE_DIRECTORY : PHYSFS_FILETYPE_REGULAR,
        .readonly = 1,
    };
    return 1;
}

const PHYSFS_Archiver *archive_archiver(void)
{
    static const PHYSFS_Archiver archiver = {
        .info = {.extension = "vitrine",
                 .description = "zip of the strict profile",
                 .author = "",
                 .url = "",
                 .supportsSymlinks = 0},
        .openArchive = open_archive,
        .enumerate = list_folder,
        .openRead = open_read,
        .openWrite = open_for_writing,
        .openAppend = open_for_writing,
        .remove = change,
        .mkdir = change,
        .stat = get_stat,
        .closeArchive = close_archive,
    };
    return &archiver;
}
