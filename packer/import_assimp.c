// import_assimp.c: formats we do not read, through the `assimp` program.

#include "packer/import_assimp.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "packer/import_gltf.h"

enum { WAIT_MS = 20, MOST_SECONDS = 600 };
static const rlim_t max_memory_bytes = (rlim_t)6 << 30;
static const rlim_t max_output_bytes = (rlim_t)4 << 30;

static const char *find_program(Arena *arena)
{
    const char *path = getenv("PATH");
    Str rest = str_of(path);
    while (rest.len) {
        const char *colon = memchr(rest.ptr, ':', rest.len);
        size_t len = colon ? (size_t)(colon - rest.ptr) : rest.len;
        const char *folder = str_copy(arena, (Str){rest.ptr, len});
        const char *program = path_join(arena, folder, "assimp");
        if (folder[0] == '/' && access(program, X_OK) == 0)
            return program;
        rest = (Str){rest.ptr + len + (colon != NULL), rest.len - len - (colon != NULL)};
    }
    return NULL;
}

bool import_assimp_is_installed(void)
{
    Scratch scratch = scratch_begin(NULL);
    bool is_there = find_program(scratch.arena) != NULL;
    scratch_end(scratch);
    return is_there;
}

static void limit(int what, rlim_t most)
{
    const struct rlimit limits = {most, most};
    if (setrlimit(what, &limits) != 0)
        _exit(126);
}

// In the child, between fork and exec: calls that are safe there, and nothing else.
NORETURN static void become(const char *program, const char *from, const char *to)
{
    int nothing = open("/dev/null", O_RDWR);
    if (nothing < 0 || dup2(nothing, 0) < 0 || dup2(nothing, 1) < 0 || dup2(nothing, 2) < 0)
        _exit(126);
    limit(RLIMIT_AS, max_memory_bytes);
    limit(RLIMIT_CPU, MOST_SECONDS);
    limit(RLIMIT_FSIZE, max_output_bytes);
    limit(RLIMIT_CORE, 0);
    execl(program, "assimp", "export", from, to, "-fglb2", (char *)NULL);
    _exit(127);
}

// Waits for the child; kills it when cancelled or when it takes too long.
static Status wait_for(ImportJob *job, pid_t child, int *exit_status)
{
    Status status = OK;
    int most_s = job->options->assimp_seconds ? job->options->assimp_seconds : MOST_SECONDS;
    for (int waited_ms = 0;; waited_ms += WAIT_MS) {
        pid_t ended = waitpid(child, exit_status, WNOHANG);
        if (ended == child)
            return status;
        if (ended < 0 && errno != EINTR)
            return FAIL(ERR_IO, "the assimp program cannot be waited for: %s", strerror(errno));
        if (!status && cancel_is_requested(job->options->cancel))
            status = cancel_check(job->options->cancel);
        else if (!status && waited_ms / 1000 >= most_s)
            status = FAIL(ERR_LIMIT,
                          "the assimp program, which reads this format, was not done after "
                          "%d s",
                          most_s);
        if (status)
            kill(child, SIGKILL);
        thread_sleep_ms(WAIT_MS);
    }
}

static Status convert(ImportJob *job, const char *program, const char *from, const char *to)
{
    int exit_status = 0;
    pid_t child = fork();
    if (child < 0)
        return FAIL(ERR_IO, "the assimp program cannot be started: %s", strerror(errno));
    if (child == 0)
        become(program, from, to);
    TRY(wait_for(job, child, &exit_status));
    if (WIFSIGNALED(exit_status))
        return FAIL(ERR_UNSUPPORTED,
                    "the assimp program, which reads this format, broke down over it: %s",
                    strsignal(WTERMSIG(exit_status)));
    if (!WIFEXITED(exit_status) || WEXITSTATUS(exit_status) != 0 || !file_exists(to))
        return FAIL(ERR_UNSUPPORTED,
                    "it is no glTF, PLY, STL or OBJ file, and the assimp program "
                    "cannot read it either");
    return OK;
}

static Status read_converted(ImportJob *job, const char *path)
{
    FileMap map = {0};
    TRY(file_map(path, &map));
    Bytes original = job->file;
    job->file = map.bytes;
    Status status = import_gltf(job);
    job->file = original;
    file_unmap(&map);
    return status;
}

Status import_assimp(ImportJob *job)
{
    Arena *temporary = &job->temporary;
    const char *program = find_program(temporary);
    if (!program)
        return FAIL(ERR_UNSUPPORTED,
                    "it is no glTF, PLY, STL or OBJ file; other formats need the "
                    "assimp program (Debian's package assimp-utils)");
    const char *base = getenv("TMPDIR");
    char *folder =
        arena_copy_text(temporary, path_join(temporary, base && base[0] == '/' ? base : "/tmp",
                                             "vitrine-XXXXXX"));
    if (!mkdtemp(folder))
        return FAIL(ERR_IO, "no temporary folder can be made: %s", strerror(errno));
    const char *converted = path_join(temporary, folder, "scan.glb");
    Status status = convert(job, program, job->resolved, converted);
    if (!status)
        status = read_converted(job, converted);
    if (!status) {
        const char *dot = strrchr(job->resolved, '.');
        job->format = str_format(job->arena, "%.16s (by assimp)", dot ? dot + 1 : "unknown");
    }
    Fault fault = *fault_last();
    if (file_remove_tree(folder))
        log_fault(LOG_WARN, folder);
    if (status)
        fault_set(status, fault.source_file, fault.source_line, "%s", fault.text);
    return status;
}
