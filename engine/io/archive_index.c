// archive_index.c: the checked directory of an archive: what is in it and where.

#include "io/archive_index.h"

#include "io/archive.h"
#include "io/archive_format.h"

#include <physfs.h>
#include <sys/stat.h>

enum {
    WINDOW_BYTES = 64 * 1024,
    // Local headers of entries smaller than this on average are read many at a time: a system
    // call costs about as much as copying so many bytes.
    SMALL_ENTRY_BYTES = 2048,
    MADE_ON_UNIX = 3,
    FLAG_ENCRYPTED = 1 << 0,
    FLAGS_OF_DEFLATE = 1 << 1 | 1 << 2, // how hard the writer tried; of no consequence
    FLAG_DESCRIPTOR = 1 << 3,
    FLAG_STRONG = 1 << 6,
};

// ---- names

static const char *name_mistake(Str name)
{
    if (name.len == 0 || name.len > ARCHIVE_MAX_NAME_BYTES)
        return "is not 1 to 200 bytes long";
    if (name.ptr[name.len - 1] == '/')
        return "ends with a slash: folders have no entries of their own";
    int levels = 1;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        bool is_first = i == 0 || name.ptr[i - 1] == '/';
        bool is_last = i + 1 == name.len || name.ptr[i + 1] == '/';
        bool is_plain =
            (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
        if (!is_plain && c != '.' && c != '/')
            return "has a character other than a-z 0-9 _ . - /";
        if (c == '/' && is_first)
            return "has an empty part";
        if (c == '.' && (is_first || is_last))
            return "has a part that starts or ends with a dot";
        levels += c == '/';
    }
    return levels > ARCHIVE_MAX_LEVELS ? "has more than 8 levels" : NULL;
}

Status archive_check_name(Str name)
{
    const char *mistake = name_mistake(name);
    if (!mistake)
        return OK;
    Scratch scratch = scratch_begin(NULL);
    Status status =
        FAIL(ERR_INVALID, "the name \"%s\" %s", str_printable(scratch.arena, name), mistake);
    scratch_end(scratch);
    return status;
}

bool archive_is_ratio_too_high(uint64_t size_bytes, uint64_t packed_bytes)
{
    return size_bytes > ARCHIVE_FREE_RATIO_BYTES &&
           size_bytes > packed_bytes * ARCHIVE_MAX_RATIO;
}

// ---- reading

Status archive_read_at(PHYSFS_Io *io, uint64_t offset, void *out, size_t size_bytes)
{
    if (!io->seek(io, offset))
        return FAIL(ERR_IO, "at byte %llu: the system cannot read there",
                    (unsigned long long)offset);
    size_t done = 0;
    while (done < size_bytes) {
        PHYSFS_sint64 got = io->read(io, (uint8_t *)out + done, size_bytes - done);
        if (got < 0)
            return FAIL(ERR_IO, "at byte %llu: the system cannot read there",
                        (unsigned long long)(offset + done));
        if (got == 0)
            return FAIL(ERR_CORRUPT,
                        "at byte %llu: the file ends, %zu bytes more were expected",
                        (unsigned long long)(offset + done), size_bytes - done);
        done += (size_t)got;
    }
    return OK;
}

typedef struct EndRecord {
    uint32_t count;
    uint32_t start;  // of the directory
    uint32_t offset; // of this record
} EndRecord;

static Status find_end(PHYSFS_Io *io, uint64_t size_bytes, uint8_t end[END_BYTES])
{
    uint64_t offset = size_bytes - END_BYTES;
    TRY(archive_read_at(io, offset, end, END_BYTES));
    if (get_u32(end) == END_SIGNATURE)
        return OK;
    uint8_t first[4];
    TRY(archive_read_at(io, 0, first, sizeof first));
    if (get_u32(first) != LOCAL_SIGNATURE)
        return FAIL(ERR_CORRUPT,
                    "at byte 0: neither an entry nor the end record: not an archive");
    return FAIL(ERR_CORRUPT,
                "at byte %llu: no end record in the last 22 bytes: the archive is cut "
                "off, or has a comment or other bytes behind its end",
                (unsigned long long)offset);
}

static Status read_end(PHYSFS_Io *io, EndRecord *out)
{
    PHYSFS_sint64 size = io->length(io);
    if (size < 0)
        return FAIL(ERR_IO, "the system does not know its size");
    uint64_t size_bytes = (uint64_t)size;
    if (size_bytes < END_BYTES)
        return FAIL(ERR_CORRUPT, "at byte 0: has %llu bytes, fewer than the smallest archive",
                    (unsigned long long)size_bytes);
    if (size_bytes > ARCHIVE_MAX_BYTES)
        return FAIL(ERR_LIMIT, "has %llu bytes; an archive may have 4 GiB - 1",
                    (unsigned long long)size_bytes);
    uint8_t end[END_BYTES];
    TRY(find_end(io, size_bytes, end));
    uint32_t at = (uint32_t)(size_bytes - END_BYTES);
    uint32_t count = get_u16(end + 10), bytes = get_u32(end + 12), start = get_u32(end + 16);
    if (count == 0xffff || bytes == 0xffffffff || start == 0xffffffff)
        return FAIL(ERR_UNSUPPORTED, "at byte %u: zip64, which packs do not use", at);
    if (get_u16(end + 4) != 0 || get_u16(end + 6) != 0 || get_u16(end + 8) != count)
        return FAIL(ERR_UNSUPPORTED, "at byte %u: one part of an archive of several", at);
    if (get_u16(end + 20) != 0)
        return FAIL(ERR_CORRUPT, "at byte %u: promises a comment that is not there", at);
    if (count > ARCHIVE_MAX_ENTRIES)
        return FAIL(ERR_LIMIT, "at byte %u: has %u entries; the limit is %d", at, count,
                    (int)ARCHIVE_MAX_ENTRIES);
    if ((uint64_t)start + bytes != at)
        return FAIL(ERR_CORRUPT,
                    "at byte %u: the directory of %u bytes at byte %u does not reach "
                    "the end record",
                    at, bytes, start);
    if (bytes > count * (CENTRAL_BYTES + ARCHIVE_MAX_NAME_BYTES))
        return FAIL(ERR_CORRUPT,
                    "at byte %u: a directory of %u bytes is too large for %u entries", at,
                    bytes, count);
    *out = (EndRecord){.count = count, .start = start, .offset = at};
    return OK;
}

// ---- central records

// One record while it is checked.
typedef struct Record {
    const uint8_t *bytes;
    Str name;
    uint32_t at;    // its own byte in the archive
    uint32_t local; // where its local header must be
} Record;

// Puts before the sentence where it was seen.
static Status fail_entry(Status status, uint32_t at, Str name)
{
    Scratch scratch = scratch_begin(NULL);
    (void)fault_prefix(status, "at byte %u: \"%s\"", at, str_printable(scratch.arena, name));
    scratch_end(scratch);
    return status;
}

static Status check_features(const uint8_t *record)
{
    uint32_t flags = get_u16(record + 8), method = get_u16(record + 10);
    uint32_t mode = get_u32(record + 38) >> 16;
    bool has_mode = record[5] == MADE_ON_UNIX;
    if (flags & (FLAG_ENCRYPTED | FLAG_STRONG))
        return FAIL(ERR_UNSUPPORTED, "is encrypted");
    if (flags & FLAG_DESCRIPTOR)
        return FAIL(ERR_UNSUPPORTED, "has a data descriptor");
    if (flags & ~(uint32_t)FLAGS_OF_DEFLATE)
        return FAIL(ERR_UNSUPPORTED, "has unknown flags 0x%04x", flags);
    if (method != METHOD_STORED && method != METHOD_DEFLATED)
        return FAIL(ERR_UNSUPPORTED,
                    "is packed by method %u; expected stored (0) or deflated (8)", method);
    if (get_u16(record + 30) != 0)
        return FAIL(ERR_UNSUPPORTED, "has an extra field of %u bytes", get_u16(record + 30));
    if (get_u16(record + 32) != 0)
        return FAIL(ERR_UNSUPPORTED, "has a comment of %u bytes", get_u16(record + 32));
    if (get_u16(record + 34) != 0)
        return FAIL(ERR_UNSUPPORTED, "is in another part of the archive");
    if (has_mode && S_ISLNK(mode))
        return FAIL(ERR_UNSUPPORTED, "is a symbolic link");
    if (has_mode && mode & S_IFMT && !S_ISREG(mode))
        return FAIL(ERR_UNSUPPORTED, "is not a file");
    return OK;
}

static Status check_sizes(const uint8_t *record)
{
    uint32_t packed = get_u32(record + 20), size = get_u32(record + 24);
    if (size == 0 && get_u32(record + 16) != 0)
        return FAIL(ERR_CORRUPT, "has no bytes, but a checksum");
    if (get_u16(record + 10) == METHOD_STORED)
        return packed == size ? OK
                              : FAIL(ERR_CORRUPT, "is stored, but has %u bytes packed to %u",
                                     size, packed);
    if (size > ARCHIVE_MAX_DEFLATED_BYTES || packed > ARCHIVE_MAX_DEFLATED_BYTES)
        return FAIL(ERR_LIMIT, "has %u bytes deflated to %u; the limit is 16 MiB", size,
                    packed);
    if (archive_is_ratio_too_high(size, packed))
        return FAIL(ERR_LIMIT, "has %u bytes deflated to %u; the limit is %d to 1", size,
                    packed, (int)ARCHIVE_MAX_RATIO);
    return OK;
}

// Entries lie one after the other, up to the directory.
static Status check_place(const Record *record, const EndRecord *end)
{
    uint32_t offset = get_u32(record->bytes + 42), packed = get_u32(record->bytes + 20);
    if (offset != record->local)
        return FAIL(ERR_CORRUPT,
                    "is at byte %u, expected %u: a gap, an overlap or another order", offset,
                    record->local);
    uint64_t behind = (uint64_t)offset + LOCAL_BYTES + record->name.len + packed;
    if (behind > end->start)
        return FAIL(ERR_CORRUPT, "reaches to byte %llu, into the directory at byte %u",
                    (unsigned long long)behind, end->start);
    return OK;
}

static Status check_record(const Record *record, const EndRecord *end)
{
    TRY(check_features(record->bytes));
    const char *mistake = name_mistake(record->name);
    if (mistake)
        return FAIL(ERR_INVALID, "is a name that %s", mistake);
    TRY(check_sizes(record->bytes));
    return check_place(record, end);
}

// Takes the next record off the directory, which begins at byte `start`.
static Status take_record(Bytes directory, size_t *at, uint32_t start, Record *out)
{
    Bytes rest = bytes_skip(directory, *at);
    uint32_t byte = start + (uint32_t)*at;
    if (rest.len < CENTRAL_BYTES)
        return FAIL(ERR_CORRUPT, "at byte %u: the directory ends in the middle of a record",
                    byte);
    if (get_u32(rest.ptr) != CENTRAL_SIGNATURE)
        return FAIL(ERR_CORRUPT,
                    "at byte %u: no directory record (0x%08x) where one is expected", byte,
                    get_u32(rest.ptr));
    size_t name_bytes = get_u16(rest.ptr + 28);
    if (name_bytes > rest.len - CENTRAL_BYTES)
        return FAIL(ERR_CORRUPT, "at byte %u: a name of %zu bytes reaches beyond the directory",
                    byte, name_bytes);
    *out = (Record){
        .bytes = rest.ptr,
        .name = {(const char *)rest.ptr + CENTRAL_BYTES, name_bytes},
        .at = byte,
    };
    *at += CENTRAL_BYTES + name_bytes;
    return OK;
}

// ---- local headers

// Part of the archive, read ahead.
typedef struct Window {
    PHYSFS_Io *io;
    uint8_t *bytes;
    size_t capacity; // bytes read at a time
    uint32_t at;
    size_t len;
    uint32_t limit; // nothing is read from here on
} Window;

static Status look_at(Window *window, uint32_t at, size_t size_bytes, const uint8_t **out)
{
    if (at < window->at || at + (uint64_t)size_bytes > window->at + (uint64_t)window->len) {
        window->len = 0;
        size_t len = MIN(MAX(window->capacity, size_bytes), (size_t)(window->limit - at));
        TRY(archive_read_at(window->io, at, window->bytes, len));
        window->at = at;
        window->len = len;
    }
    *out = window->bytes + (at - window->at);
    return OK;
}

static Status check_local(Window *window, const Record *record)
{
    const uint8_t *local = NULL;
    TRY(look_at(window, record->local, LOCAL_BYTES + record->name.len, &local));
    Status status = OK;
    if (get_u32(local) != LOCAL_SIGNATURE)
        status = FAIL(ERR_CORRUPT, "is expected here, found 0x%08x", get_u32(local));
    else if (memcmp(local + LOCAL_SHARED_AT, record->bytes + CENTRAL_SHARED_AT, SHARED_BYTES) !=
             0)
        status = FAIL(ERR_CORRUPT, "has a header that differs from the directory");
    else if (memcmp(local + LOCAL_BYTES, record->name.ptr, record->name.len) != 0)
        status = FAIL(ERR_CORRUPT, "has another name here than in the directory");
    return status ? fail_entry(status, record->local, record->name) : OK;
}

// ---- the table of names

// Seeded, so that a stranger cannot choose names that all meet in one slot.
static uint64_t hash_name(uint64_t seed, Str name)
{
    uint64_t hash = seed ^ name.len;
    while (name.len) {
        uint64_t word = 0;
        size_t bytes = MIN(name.len, sizeof word);
        memcpy(&word, name.ptr, bytes);
        hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
        hash ^= hash >> 32;
        name = (Str){name.ptr + bytes, name.len - bytes};
    }
    return hash * 0x9e3779b97f4a7c15u >> 20;
}

// The slot of that name, or the empty one where it would be.
static uint32_t *find_slot(const ArchiveIndex *index, Str name, uint64_t hash)
{
    uint32_t slot = (uint32_t)hash & index->slot_mask;
    for (;; slot = (slot + 1) & index->slot_mask) {
        const ArchiveNode *node = &index->nodes[index->slots[slot]];
        if (index->slots[slot] == ARCHIVE_NONE)
            return &index->slots[slot];
        if (node->hash == hash && str_equal((Str){node->name, node->name_bytes}, name))
            return &index->slots[slot];
    }
}

const ArchiveNode *archive_index_find(const ArchiveIndex *index, Str name)
{
    if (name.len == 0)
        return &index->nodes[ARCHIVE_NONE];
    uint32_t node = *find_slot(index, name, hash_name(index->seed, name));
    return node == ARCHIVE_NONE ? NULL : &index->nodes[node];
}

static Str folder_of(Str name)
{
    while (name.len && name.ptr[name.len - 1] != '/')
        name.len--;
    return (Str){name.ptr, name.len ? name.len - 1 : 0};
}

static uint32_t put_node(ArchiveIndex *index, uint32_t *slot, Str name, uint64_t hash)
{
    *slot = index->count;
    index->nodes[index->count] =
        (ArchiveNode){.name = name.ptr, .hash = hash, .name_bytes = (uint16_t)name.len};
    return index->count++;
}

static void put_below(ArchiveIndex *index, uint32_t folder, uint32_t child)
{
    index->nodes[child].next_sibling = index->nodes[folder].first_child;
    index->nodes[folder].first_child = child;
}

// Puts a file and the folders that its name needs.
static Status add_name(ArchiveIndex *index, Str name, uint32_t *out)
{
    uint64_t hash = hash_name(index->seed, name);
    uint32_t *slot = find_slot(index, name, hash);
    if (*slot != ARCHIVE_NONE)
        return FAIL(ERR_INVALID, "is used %s",
                    index->nodes[*slot].is_folder ? "for a file and for a folder" : "twice");
    uint32_t child = put_node(index, slot, name, hash);
    *out = child;
    // Folders are made from the inside out, up to the first that is there already.
    for (Str folder = folder_of(name); folder.len; folder = folder_of(folder)) {
        hash = hash_name(index->seed, folder);
        slot = find_slot(index, folder, hash);
        bool is_new = *slot == ARCHIVE_NONE;
        uint32_t parent = is_new ? put_node(index, slot, folder, hash) : *slot;
        if (is_new)
            index->nodes[parent].is_folder = true;
        if (!index->nodes[parent].is_folder)
            return FAIL(ERR_INVALID, "is in the folder \"%.*s\", which is used for a file",
                        (int)folder.len, folder.ptr);
        put_below(index, parent, child);
        if (!is_new)
            return OK;
        child = parent;
    }
    put_below(index, ARCHIVE_NONE, child);
    return OK;
}

// ---- all together

// Every name may bring as many folders as it has slashes, so those bound the table.
static void make_table(ArchiveIndex *index, Bytes directory, uint32_t count, Arena *arena)
{
    size_t most = count + 1;
    for (size_t i = 0; i < directory.len; i++)
        most += directory.ptr[i] == '/';
    most = MIN(most, (size_t)count * ARCHIVE_MAX_LEVELS + 1);
    size_t slots = 16;
    while (slots < most * 2)
        slots *= 2;
    index->nodes = ARENA_ARRAY_RAW(arena, ArchiveNode, most);
    index->slots = ARENA_ARRAY(arena, uint32_t, slots);
    index->slot_mask = (uint32_t)slots - 1;
    index->seed = (uintptr_t)index->slots * 0x9e3779b97f4a7c15u; // differs from run to run
    index->nodes[0] = (ArchiveNode){.name = "", .is_folder = true};
    index->count = 1;
}

static Status read_record(const Record *record, const EndRecord *end, ArchiveIndex *index,
                          uint32_t *out_behind)
{
    uint32_t node = ARCHIVE_NONE;
    Status status = check_record(record, end);
    if (!status)
        status = add_name(index, record->name, &node);
    if (status)
        return fail_entry(status, record->at, record->name);
    ArchiveNode *file = &index->nodes[node];
    file->crc = get_u32(record->bytes + 16);
    file->packed_bytes = get_u32(record->bytes + 20);
    file->size_bytes = get_u32(record->bytes + 24);
    file->is_deflated = get_u16(record->bytes + 10) == METHOD_DEFLATED;
    file->data_at = record->local + LOCAL_BYTES + (uint32_t)record->name.len;
    *out_behind = file->data_at + file->packed_bytes;
    return OK;
}

static Status read_entries(Window *window, Bytes directory, const EndRecord *end,
                           ArchiveIndex *index)
{
    size_t at = 0;
    uint32_t local = 0;
    for (uint32_t i = 0; i < end->count; i++) {
        Record record = {0};
        TRY(take_record(directory, &at, end->start, &record));
        record.local = local;
        TRY(read_record(&record, end, index, &local));
        TRY(check_local(window, &record));
    }
    if (at != directory.len)
        return FAIL(ERR_CORRUPT,
                    "at byte %u: %zu bytes in the directory behind its last record",
                    end->start + (uint32_t)at, directory.len - at);
    if (local != end->start)
        return FAIL(ERR_CORRUPT,
                    "at byte %u: %u bytes between the last entry and the directory", local,
                    end->start - local);
    return OK;
}

Status archive_index_read(PHYSFS_Io *io, Arena *arena, ArchiveIndex *out)
{
    EndRecord end;
    TRY(read_end(io, &end));
    size_t directory_bytes = end.offset - end.start;
    uint8_t *bytes = arena_alloc_raw(arena, directory_bytes, 16); // names stay in it
    TRY(archive_read_at(io, end.start, bytes, directory_bytes));
    ArchiveIndex index = {0};
    make_table(&index, (Bytes){bytes, directory_bytes}, end.count, arena);

    Scratch scratch = scratch_begin(arena);
    bool are_small = end.start / MAX(end.count, 1u) < SMALL_ENTRY_BYTES;
    Window window = {
        .io = io,
        .bytes = arena_alloc_raw(scratch.arena, WINDOW_BYTES, 16),
        .capacity = are_small ? WINDOW_BYTES : LOCAL_BYTES,
        .limit = end.start,
    };
    Status status = read_entries(&window, (Bytes){bytes, directory_bytes}, &end, &index);
    scratch_end(scratch);
    if (!status)
        *out = index;
    return status;
}
