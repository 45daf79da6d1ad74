// archive_samples.h: places, good archives and broken ones for the tests of archive and vfs.

#pragma once
#include "test.h"

#include "io/archive.h"
#include "io/archive_write.h"
#include "io/file.h"
#include "io/vfs.h"

typedef struct Place {
    Arena arena;
    const char *folder; // new and empty, removed at the end
} Place;

static inline int make_place(void **state)
{
    static Place place;
    place = (Place){0};
    char name[] = "/tmp/vitrine-test-XXXXXX";
    if (!mkdtemp(name) || vfs_start() != OK)
        return -1;
    place.folder = arena_copy_text(&place.arena, name);
    *state = &place;
    return 0;
}

static inline int drop_place(void **state)
{
    Place *place = *state;
    vfs_stop();
    Status status = file_remove_tree(place->folder);
    arena_drop(&place->arena);
    return status != OK;
}

static inline Bytes bytes_of(const char *text)
{
    return (Bytes){(const uint8_t *)text, strlen(text)};
}

// Bytes that do not deflate well, the same every time.
static inline Bytes noise(Arena *arena, size_t size_bytes, uint32_t seed)
{
    uint8_t *bytes = arena_alloc_raw(arena, size_bytes, 1);
    for (size_t i = 0; i < size_bytes; i++) {
        seed = seed * 1664525u + 1013904223u;
        bytes[i] = (uint8_t)(seed >> 24);
    }
    return (Bytes){bytes, size_bytes};
}

// Writes "sample.vitrine" and gives its path: a stored, a deflated, a piecewise and an empty
// entry.
static inline const char *write_sample(Place *place)
{
    const char *path = path_join(&place->arena, place->folder, "sample.vitrine");
    ArchiveWriter *writer;
    assert_ok(archive_writer_open(&place->arena, path, &writer));
    assert_ok(
        archive_add(writer, "index.json", bytes_of("{\"title\": \"hare\"}"), ARCHIVE_STORED));
    assert_ok(archive_add(writer, "a/b/text.txt",
                          bytes_of("hare hare hare hare hare hare hare hare hare hare"),
                          ARCHIVE_DEFLATED));
    assert_ok(archive_begin(writer, "a/pages.bin"));
    for (int i = 0; i < 3; i++)
        assert_ok(archive_append(writer, bytes_of("0123456789")));
    assert_ok(archive_end(writer));
    assert_ok(archive_add(writer, "a/empty", (Bytes){0}, ARCHIVE_DEFLATED));
    assert_ok(archive_writer_commit(writer));
    archive_writer_abandon(writer);
    return path;
}
