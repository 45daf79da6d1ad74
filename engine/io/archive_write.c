// archive_write.c: writes archives of the strict profile.

#include "io/archive_write.h"

#include "io/archive.h"
#include "io/archive_format.h"
#include "io/file.h"

#include <zlib.h>

enum {
    VERSION = 20,           // of the zip standard: deflate
    DATE_1980_01_01 = 0x21, // a fixed day: the same input gives the same bytes
    CHUNK_BYTES = 1 << 30,  // zlib counts in 32 bits
};

typedef struct WrittenEntry {
    const char *name;
    uint32_t offset; // of the local header
    uint32_t crc, packed_bytes, size_bytes;
    uint16_t method;
} WrittenEntry;

struct ArchiveWriter {
    Arena *arena;
    FileWriter *file; // NULL once committed or abandoned
    const char *path;
    WrittenEntry *entries;
    size_t count, capacity;
    bool is_in_entry; // the last entry is being appended to
};

Status archive_writer_open(Arena *arena, const char *path, ArchiveWriter **out)
{
    FileWriter *file;
    TRY(file_writer_open(arena, path, &file));
    ArchiveWriter *writer = ARENA_NEW(arena, ArchiveWriter);
    writer->arena = arena;
    writer->file = file;
    writer->path = arena_copy_text(arena, path);
    *out = writer;
    return OK;
}

// One is a folder of the other, or both are the same.
static bool do_names_clash(const char *a, const char *b)
{
    while (*a && *a == *b)
        a++, b++;
    return (!*a && (!*b || *b == '/')) || (!*b && *a == '/');
}

static Status check_new_name(const ArchiveWriter *writer, const char *name)
{
    Status status = archive_check_name(str_of(name));
    if (status)
        return fault_prefix(status, "%s", writer->path);
    for (size_t i = 0; i < writer->count; i++) {
        if (do_names_clash(writer->entries[i].name, name))
            return FAIL(ERR_INVALID, "%s: the names %s and %s cannot both be in an archive",
                        writer->path, writer->entries[i].name, name);
    }
    if (writer->count == ARCHIVE_MAX_ENTRIES)
        return FAIL(ERR_LIMIT, "%s: an archive holds at most %d entries", writer->path,
                    (int)ARCHIVE_MAX_ENTRIES);
    return OK;
}

static Status check_room(const ArchiveWriter *writer, uint64_t more_bytes)
{
    uint64_t size_bytes = file_writer_size(writer->file);
    if (more_bytes > ARCHIVE_MAX_BYTES || size_bytes > ARCHIVE_MAX_BYTES - more_bytes)
        return FAIL(ERR_LIMIT, "%s: would become larger than 4 GiB - 1", writer->path);
    return OK;
}

static void put_shared(uint8_t *at, const WrittenEntry *entry)
{
    put_u16(at + 0, VERSION);
    put_u16(at + 2, 0); // flags
    put_u16(at + 4, entry->method);
    put_u16(at + 6, 0); // time
    put_u16(at + 8, DATE_1980_01_01);
    put_u32(at + 10, entry->crc);
    put_u32(at + 14, entry->packed_bytes);
    put_u32(at + 18, entry->size_bytes);
    put_u16(at + 22, (uint32_t)strlen(entry->name));
    put_u16(at + 24, 0); // extra field
}

static void put_local(uint8_t header[LOCAL_BYTES], const WrittenEntry *entry)
{
    put_u32(header, LOCAL_SIGNATURE);
    put_shared(header + LOCAL_SHARED_AT, entry);
}

static Status append_text(ArchiveWriter *writer, const char *text)
{
    return file_writer_append(writer->file, (Bytes){(const uint8_t *)text, strlen(text)});
}

static Status begin_entry(ArchiveWriter *writer, WrittenEntry entry)
{
    ASSERT(writer->file && !writer->is_in_entry);
    TRY(check_new_name(writer, entry.name));
    TRY(check_room(writer, LOCAL_BYTES + strlen(entry.name)));
    entry.name = arena_copy_text(writer->arena, entry.name);
    entry.offset = (uint32_t)file_writer_size(writer->file);
    uint8_t header[LOCAL_BYTES];
    put_local(header, &entry);
    TRY(file_writer_append(writer->file, (Bytes){header, sizeof header}));
    TRY(append_text(writer, entry.name));
    *ARENA_PUSH(writer->arena, writer->entries, writer->count, writer->capacity) = entry;
    return OK;
}

static uint32_t checksum(uint32_t crc, Bytes bytes)
{
    while (bytes.len) {
        Bytes chunk = bytes_first(bytes, CHUNK_BYTES);
        crc = (uint32_t)crc32(crc, chunk.ptr, (uInt)chunk.len);
        bytes = bytes_skip(bytes, chunk.len);
    }
    return crc;
}

// ---- whole entries

// Raw deflate; an empty slice where storing is better.
static Bytes deflate_bytes(Bytes bytes, Arena *arena)
{
    z_stream stream = {0};
    int result = deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY);
    ASSERT(result == Z_OK); // else there is no memory
    uLong bound = deflateBound(&stream, (uLong)bytes.len);
    uint8_t *packed = arena_alloc_raw(arena, bound, 16);
    stream.next_in = (Bytef *)bytes.ptr;
    stream.avail_in = (uInt)bytes.len;
    stream.next_out = packed;
    stream.avail_out = (uInt)bound;
    result = deflate(&stream, Z_FINISH);
    ASSERT(result == Z_STREAM_END);
    size_t packed_bytes = stream.total_out;
    deflateEnd(&stream);
    if (packed_bytes >= bytes.len || archive_is_ratio_too_high(bytes.len, packed_bytes))
        return (Bytes){0};
    return (Bytes){packed, packed_bytes};
}

Status archive_add(ArchiveWriter *writer, const char *name, Bytes bytes, ArchiveMethod method)
{
    TRY(check_room(writer, bytes.len));
    Scratch scratch = scratch_begin(writer->arena);
    Bytes packed = {0};
    if (method == ARCHIVE_DEFLATED && bytes.len && bytes.len <= ARCHIVE_MAX_DEFLATED_BYTES)
        packed = deflate_bytes(bytes, scratch.arena);
    Bytes data = packed.len ? packed : bytes;
    WrittenEntry entry = {
        .name = name,
        .crc = checksum(0, bytes),
        .packed_bytes = (uint32_t)data.len,
        .size_bytes = (uint32_t)bytes.len,
        .method = packed.len ? METHOD_DEFLATED : METHOD_STORED,
    };
    Status status = begin_entry(writer, entry);
    if (!status)
        status = check_room(writer, data.len);
    if (!status)
        status = file_writer_append(writer->file, data);
    scratch_end(scratch);
    return status;
}

// ---- entries in pieces

Status archive_begin(ArchiveWriter *writer, const char *name)
{
    TRY(begin_entry(writer, (WrittenEntry){.name = name, .method = METHOD_STORED}));
    writer->is_in_entry = true;
    return OK;
}

Status archive_append(ArchiveWriter *writer, Bytes bytes)
{
    ASSERT(writer->is_in_entry);
    TRY(check_room(writer, bytes.len));
    WrittenEntry *entry = &writer->entries[writer->count - 1];
    entry->crc = checksum(entry->crc, bytes);
    entry->size_bytes += (uint32_t)bytes.len;
    entry->packed_bytes = entry->size_bytes;
    return file_writer_append(writer->file, bytes);
}

Status archive_end(ArchiveWriter *writer)
{
    ASSERT(writer->is_in_entry);
    const WrittenEntry *entry = &writer->entries[writer->count - 1];
    uint8_t header[LOCAL_BYTES];
    put_local(header, entry);
    TRY(file_writer_patch(writer->file, entry->offset, (Bytes){header, sizeof header}));
    writer->is_in_entry = false;
    return OK;
}

// ---- the end

static Status append_central(ArchiveWriter *writer, const WrittenEntry *entry)
{
    uint8_t record[CENTRAL_BYTES] = {0}; // no comment, first disk, no attributes
    put_u32(record, CENTRAL_SIGNATURE);
    put_u16(record + 4, VERSION); // made on a system without permissions
    put_shared(record + CENTRAL_SHARED_AT, entry);
    put_u32(record + 42, entry->offset);
    TRY(check_room(writer, CENTRAL_BYTES + strlen(entry->name)));
    TRY(file_writer_append(writer->file, (Bytes){record, sizeof record}));
    return append_text(writer, entry->name);
}

Status archive_writer_commit(ArchiveWriter *writer)
{
    ASSERT(writer->file && !writer->is_in_entry);
    uint64_t start = file_writer_size(writer->file);
    for (size_t i = 0; i < writer->count; i++)
        TRY(append_central(writer, &writer->entries[i]));
    uint8_t end[END_BYTES] = {0};
    put_u32(end, END_SIGNATURE);
    put_u16(end + 8, (uint32_t)writer->count);
    put_u16(end + 10, (uint32_t)writer->count);
    put_u32(end + 12, (uint32_t)(file_writer_size(writer->file) - start));
    put_u32(end + 16, (uint32_t)start);
    TRY(check_room(writer, sizeof end));
    TRY(file_writer_append(writer->file, (Bytes){end, sizeof end}));
    FileWriter *file = writer->file;
    writer->file = NULL; // its commit cleans up after itself
    return file_writer_commit(file);
}

void archive_writer_abandon(ArchiveWriter *writer)
{
    if (writer->file)
        file_writer_abandon(writer->file);
    writer->file = NULL;
}
