// bench_archive.c: how long archives take. Prints JSON; measures only, and fails nothing.

#include "base/log.h"
#include "data/json.h"
#include "io/archive.h"
#include "io/archive_write.h"
#include "io/file.h"
#include "io/vfs.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 51, READS = 20000, RANGE_BYTES = 64 * 1024, BIG_BYTES = 64 * 1024 * 1024 };

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, size_t count)
{
    qsort(values, count, sizeof *values, compare_doubles);
    return values[count / 2];
}

static Status write_many(const char *path, size_t entry_bytes, int levels, Arena *arena)
{
    uint8_t *bytes = arena_alloc(arena, entry_bytes, 1);
    ArchiveWriter *writer = NULL;
    TRY(archive_writer_open(arena, path, &writer));
    Status status = OK;
    for (int i = 0; i < ARCHIVE_MAX_ENTRIES && !status; i++) {
        const char *name = str_format(arena, "entry-%04d", i);
        for (int level = 1; level < levels; level++)
            name = str_format(arena, "folder-%d-%d/%s", level, i, name);
        status = archive_add(writer, name, (Bytes){bytes, entry_bytes}, ARCHIVE_STORED);
    }
    if (!status)
        status = archive_writer_commit(writer);
    archive_writer_abandon(writer);
    return status;
}

static Status bench_open(JsonWriter *out, const char *key, const char *path)
{
    double times_ms[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
        double start_ms = now_ms();
        TRY(vfs_mount(path, "x"));
        times_ms[i] = now_ms() - start_ms;
        TRY(vfs_unmount(path));
    }
    json_put_number(out, key, median(times_ms, ROUNDS));
    return OK;
}

static Status bench_reads(JsonWriter *out, const char *path, Arena *arena)
{
    uint8_t *big = arena_alloc(arena, BIG_BYTES, 1);
    ArchiveWriter *writer = NULL;
    TRY(archive_writer_open(arena, path, &writer));
    TRY(archive_add(writer, "big", (Bytes){big, BIG_BYTES}, ARCHIVE_STORED));
    TRY(archive_writer_commit(writer));
    TRY(vfs_mount(path, "x"));
    VfsFile file = {0};
    TRY(vfs_open("x/big", arena, &file));
    uint32_t seed = 1;
    double start_ms = now_ms();
    for (int i = 0; i < READS; i++) {
        seed = seed * 1664525u + 1013904223u;
        TRY(vfs_read_at(&file, seed % (BIG_BYTES - RANGE_BYTES), RANGE_BYTES, big));
    }
    json_put_number(out, "random_64_kib_us", (now_ms() - start_ms) * 1e3 / READS);
    start_ms = now_ms();
    TRY(vfs_read_at(&file, 0, BIG_BYTES, big)); // whole: with its checksum
    json_put_number(out, "whole_verified_gb_s", BIG_BYTES / (now_ms() - start_ms) / 1e6);
    vfs_close(&file);
    start_ms = now_ms();
    for (int i = 0; i < READS; i++) {
        TRY(vfs_open("x/big", arena, &file));
        vfs_close(&file);
    }
    json_put_number(out, "open_close_us", (now_ms() - start_ms) * 1e3 / READS);
    return vfs_unmount(path);
}

static Status bench(const char *folder, Arena *arena)
{
    const char *path = path_join(arena, folder, "bench.vitrine");
    JsonWriter out = json_writer_make(arena);
    json_begin_object(&out, NULL);
    TRY(write_many(path, 100, 1, arena));
    TRY(bench_open(&out, "open_4096_small_ms", path));
    TRY(write_many(path, 20000, 2, arena));
    TRY(bench_open(&out, "open_4096_of_20_kb_ms", path));
    TRY(write_many(path, 100, 8, arena));
    TRY(bench_open(&out, "open_4096_of_8_own_levels_ms", path));
    TRY(bench_reads(&out, path, arena));
    json_end(&out);
    Bytes text = json_writer_text(&out);
    fwrite(text.ptr, 1, text.len, stdout);
    return OK;
}

int main(void)
{
    char folder[] = "/tmp/vitrine-bench-XXXXXX";
    Arena arena = {0};
    if (!mkdtemp(folder))
        return 1;
    Status status = vfs_start();
    if (!status)
        status = bench(folder, &arena);
    if (status)
        log_fault(LOG_ERROR, "bench");
    vfs_stop();
    (void)!file_remove_tree(folder);
    arena_drop(&arena);
    return status != OK;
}
