// artist.c: an artist's folder, built into the cache before it is shown.

#include "museum/artist.h"

#include "base/log.h"
#include "io/file.h"

#include <errno.h>
#include <limits.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { MAX_DEEP = 16, MAX_OUTPUT = 16384 };

// ---- has anything changed?

static uint64_t add_bytes(uint64_t hash, const void *bytes, size_t len)
{
    const uint8_t *at = bytes;
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ at[i]) * 1099511628211u;
    return hash;
}

NODISCARD static Status add_folder(const char *folder, int deep, Arena *arena, uint64_t *hash)
{
    FileName *names;
    size_t count;
    if (deep > MAX_DEEP)
        return FAIL(ERR_LIMIT, "%s: folders lie more than %d deep", folder, MAX_DEEP);
    TRY(file_list(folder, arena, &names, &count));
    for (size_t i = 0; i < count; i++) {
        const char *path = path_join(arena, folder, names[i].name);
        FileInfo info;
        *hash = add_bytes(*hash, names[i].name, strlen(names[i].name) + 1);
        if (names[i].is_link)
            continue;
        TRY(file_get_info(path, &info));
        if (info.is_folder) {
            TRY(add_folder(path, deep + 1, arena, hash));
            continue;
        }
        *hash = add_bytes(*hash, &info.size_bytes, sizeof info.size_bytes);
        *hash = add_bytes(*hash, &info.modified_ns, sizeof info.modified_ns);
    }
    return OK;
}

NODISCARD Status artist_fingerprint(const char *folder, uint64_t *out)
{
    Scratch scratch = scratch_begin(NULL);
    uint64_t hash = 14695981039346656037u;
    Status status = add_folder(folder, 0, scratch.arena, &hash);
    scratch_end(scratch);
    if (!status)
        *out = hash;
    return status;
}

// ---- running the tool

// What it says, to its end; only the last MAX_OUTPUT bytes are kept.
static const char *read_all(int pipe, Arena *arena)
{
    char *text = arena_alloc(arena, MAX_OUTPUT + 1, 1);
    size_t len = 0;
    for (;;) {
        if (len == MAX_OUTPUT) {
            memmove(text, text + MAX_OUTPUT / 2, MAX_OUTPUT / 2);
            len = MAX_OUTPUT / 2;
        }
        ssize_t got = read(pipe, text + len, MAX_OUTPUT - len);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        len += (size_t)got;
    }
    text[len] = 0;
    return text;
}

// The first thing that is wrong: "ERR_INVALID story.json label: is missing" without its error's
// name. Where the tool names none, the last it said.
static const char *reason(const char *text, Arena *arena)
{
    Str rest = str_of(text), line, last = {0};
    while (str_next_line(&rest, &line)) {
        line = str_trim(line);
        const char *blank = line.len ? memchr(line.ptr, ' ', line.len) : NULL;
        if (str_starts_with(line, "ERR_") && blank)
            return str_copy(arena,
                            str_trim((Str){blank, line.len - (size_t)(blank - line.ptr)}));
        if (line.len)
            last = line;
    }
    return last.len ? str_copy(arena, last) : "it said nothing";
}

NODISCARD static Status run_tool(const char *tool, const char *folder, const char *pack,
                                 Arena *arena)
{
    char *arguments[] = {arena_copy_text(arena, tool),   arena_copy_text(arena, "build"),
                         arena_copy_text(arena, folder), arena_copy_text(arena, "-o"),
                         arena_copy_text(arena, pack),   NULL};
    int ends[2];
    if (pipe(ends))
        return FAIL(ERR_IO, "no pipe to %s: %s", tool, strerror(errno));
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
    posix_spawn_file_actions_addclose(&actions, ends[0]);
    pid_t child;
    int refused = posix_spawn(&child, tool, &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    if (refused) {
        close(ends[0]);
        return FAIL(ERR_IO, "%s cannot be run: %s", tool, strerror(refused));
    }
    const char *said = read_all(ends[0], arena);
    close(ends[0]);
    int result = 0;
    while (waitpid(child, &result, 0) < 0 && errno == EINTR)
        ;
    if (WIFEXITED(result) && WEXITSTATUS(result) == 0)
        return OK;
    return FAIL(ERR_INVALID, "%s: %s", path_name(folder).ptr, reason(said, arena));
}

// ---- the cache

// What must be the same for a pack to be used again.
NODISCARD static Status make_key(const ArtistDesc *desc, const char *tool, Arena *arena,
                                 const char **out)
{
    uint64_t sources;
    FileInfo info;
    TRY(artist_fingerprint(desc->folder, &sources));
    TRY(file_get_info(tool, &info));
    *out = str_format(arena, "%016llx %llu %lld\n", (unsigned long long)sources,
                      (unsigned long long)info.size_bytes, (long long)info.modified_ns);
    return OK;
}

static bool is_current(const char *pack, const char *key_path, const char *key, Arena *arena)
{
    Bytes kept;
    return file_exists(pack) && file_exists(key_path) &&
           file_read(key_path, 4096, arena, &kept) == OK && kept.len == strlen(key) &&
           !memcmp(kept.ptr, key, kept.len);
}

NODISCARD Status artist_build(const ArtistDesc *desc, Arena *arena, const char **out)
{
    const char *tool = path_join(arena, desc->program_folder, "vitrine-pack");
    const char *cache, *key;
    TRY(make_key(desc, tool, arena, &key));
    TRY(file_cache_folder("vitrine/packs", arena, &cache));
    TRY(file_make_folders(cache));
    char *full = realpath(desc->folder, NULL);
    const char *whole = arena_copy_text(arena, full ? full : desc->folder);
    free(full); // realpath's own allocation
    const char *name = str_copy(arena, path_name(whole));
    uint64_t place = add_bytes(14695981039346656037u, whole, strlen(whole));
    const char *pack =
        str_format(arena, "%s/%s-%08x.vitrine", cache, name, (unsigned)(place ^ place >> 32));
    const char *key_path = str_format(arena, "%s.key", pack);
    *out = pack;
    if (is_current(pack, key_path, key, arena))
        return OK;
    LOG_INFO_LINE("%s: building %s", desc->folder, pack);
    TRY(file_remove_tree(key_path));
    TRY(run_tool(tool, whole, pack, arena));
    return file_write(key_path, (Bytes){(const uint8_t *)key, strlen(key)});
}
