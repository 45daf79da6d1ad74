// import_check.h: what the importers' tests share: a folder of their own, and what every Scan
// that came back with OK must hold.

#pragma once
#include "test.h"

#include <dirent.h>
#include <math.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "base/log.h"
#include "io/file.h"
#include "packer/import.h"

static const ImportOptions metres = {.unit = IMPORT_UNIT_M};

static inline Bytes bytes_of(const char *text)
{
    return (Bytes){(const uint8_t *)text, strlen(text)};
}

// A folder that vanishes with import_check_folder_drop.
static inline const char *import_check_folder(void)
{
    static char folder[64];
    if (!folder[0]) {
        strcpy(folder, "/tmp/vitrine-import-XXXXXX");
        if (!mkdtemp(folder))
            fail_msg("mkdtemp");
    }
    return folder;
}

static inline void quiet(void *context, LogLevel level, const char *line)
{
    (void)context, (void)level, (void)line;
}

static inline int import_check_begin(void **state)
{
    (void)state;
    log_set_sink(quiet, NULL);
    return 0;
}

static inline int import_check_end(void **state)
{
    (void)state;
    return file_remove_tree(import_check_folder()) == OK ? 0 : -1;
}

static inline const char *put_file(Arena *arena, const char *name, Bytes bytes)
{
    const char *path = path_join(arena, import_check_folder(), name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
    fclose(file);
    return path;
}

static inline void check_scan(const Scan *scan)
{
    assert_true(scan->vertex_count > 0 && scan->triangle_count > 0);
    assert_true(scan->material_count > 0);
    for (uint32_t i = 0; i < scan->triangle_count; i++) {
        for (int k = 0; k < 3; k++)
            assert_true(scan->triangles[i][k] < scan->vertex_count);
        if (scan->triangle_materials)
            assert_true(scan->triangle_materials[i] < scan->material_count);
    }
    for (uint32_t i = 0; i < scan->vertex_count; i++)
        for (int k = 0; k < 3; k++) {
            assert_true(fabsf(scan->positions[i][k]) <= SCAN_MAX_COORDINATE_M);
            if (scan->normals)
                assert_true(fabsf(scan->normals[i][k]) <= 1.001f);
            for (int set = 0; set < 2; set++)
                if (scan->uvs[set])
                    assert_true(isfinite(scan->uvs[set][i][k % 2]));
        }
}

static inline Status import_bytes(const char *name, Bytes bytes, const ImportOptions *options,
                                  Arena *arena, Scan *out)
{
    *out = (Scan){0};
    Status status = import_scan(put_file(arena, name, bytes), options, arena, out);
    if (status == OK)
        check_scan(out);
    else
        assert_true(strlen(fault_last()->text) > 10);
    return status;
}

static inline Status import_text(const char *name, const char *text, Arena *arena, Scan *out)
{
    return import_bytes(name, bytes_of(text), &metres, arena, out);
}

// Every truncation of a good file is refused, or read as far as it goes; never worse.
// `least`: below this many bytes it must be refused.
static inline void check_truncations(const char *name, Bytes good, size_t least)
{
    Arena arena = {0};
    Scan scan;
    for (size_t len = 0; len <= good.len; len++) {
        Status status = import_bytes(name, bytes_first(good, len), &metres, &arena, &scan);
        if (len < least && status == OK)
            fail_msg("%s: %zu of %zu bytes were taken for whole", name, len, good.len);
        if (len == good.len)
            assert_ok(status);
        arena_reset(&arena);
    }
    arena_drop(&arena);
}

// Flips bits, `step` bits apart.
static inline void check_bit_flips(const char *name, Bytes good, size_t step)
{
    Arena arena = {0};
    Scan scan;
    uint8_t *bytes = malloc(good.len);
    memcpy(bytes, good.ptr, good.len);
    for (size_t bit = 0; bit < good.len * 8; bit += step) {
        bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
        (void)!import_bytes(name, (Bytes){bytes, good.len}, &metres, &arena, &scan);
        bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
        arena_reset(&arena);
    }
    free(bytes);
    arena_drop(&arena);
}

static inline long peak_memory_kib(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

typedef void ImportVisitFn(const char *path, const char *name, Status status, const Scan *scan);

// Imports every file below a shared folder whose name ends so; skips where the folder is
// absent.
static inline void visit_shared(const char *folder, const char *extension, ImportVisitFn *visit)
{
    Arena arena = {0};
    const char *root = shared_file(&arena, folder);
    FileName *names;
    size_t count;
    assert_ok(file_list(root, &arena, &names, &count));
    for (size_t i = 0; i < count; i++) {
        const char *below = path_join(&arena, folder, names[i].name);
        if (names[i].is_folder) {
            visit_shared(below, extension, visit);
            continue;
        }
        if (!str_ends_with(str_of(names[i].name), extension))
            continue;
        ArenaMark mark = arena_mark(&arena);
        const char *path = path_join(&arena, root, names[i].name);
        Scan scan = {0};
        long before = peak_memory_kib();
        Status status = import_scan(path, &metres, &arena, &scan);
        if (peak_memory_kib() - before > 256 * 1024)
            fail_msg("%s takes more than 256 MiB", path);
        if (status == OK)
            check_scan(&scan);
        visit(path, names[i].name, status, &scan);
        arena_rewind(&arena, mark);
    }
    arena_drop(&arena);
}

typedef struct ImportExpectation {
    const char *name;
    Status status;
    uint32_t triangles;
} ImportExpectation;

static inline void assert_expected(const ImportExpectation *table, size_t count,
                                   const char *name, Status status, const Scan *scan)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(table[i].name, name) != 0)
            continue;
        if (status != table[i].status)
            fail_msg("%s: expected %s, found %s: %s", name, status_name(table[i].status),
                     status_name(status), status ? fault_last()->text : "");
        if (status == OK && scan->triangle_count != table[i].triangles)
            fail_msg("%s: expected %u triangles, found %u", name, table[i].triangles,
                     scan->triangle_count);
    }
}
