// archive_index.h: the checked directory of an archive: what is in it and where. For archive.c.
//
// One thread while it is made; then read only, any thread.

#pragma once
#include "base/str.h"

struct PHYSFS_Io;

enum { ARCHIVE_NONE = 0 }; // as an index: the top folder, which nothing contains

// A file or a folder. Folders are not stored in an archive: they follow from the names.
typedef struct ArchiveNode {
    const char *name; // whole path, no zero byte at its end
    uint64_t hash;
    uint32_t data_at; // byte in the archive where the data begins
    uint32_t packed_bytes, size_bytes, crc;
    uint32_t first_child, next_sibling; // indices of nodes
    uint16_t name_bytes;
    bool is_folder;
    bool is_deflated;
} ArchiveNode;

typedef struct ArchiveIndex {
    ArchiveNode *nodes; // nodes[0] is the top folder
    uint32_t count;
    uint32_t *slots; // hash table of node indices; a power of two of them
    uint32_t slot_mask;
    uint64_t seed;
} ArchiveIndex;

// Reads and checks the whole directory and every local header. All memory is in `arena`.
NODISCARD Status archive_index_read(struct PHYSFS_Io *io, Arena *arena, ArchiveIndex *out);

// NULL if there is none. "" is the top folder.
const ArchiveNode *archive_index_find(const ArchiveIndex *index, Str name);

// Exactly `size_bytes` from `offset`; ERR_CORRUPT if the file ends before.
NODISCARD Status archive_read_at(struct PHYSFS_Io *io, uint64_t offset, void *out,
                                 size_t size_bytes);
