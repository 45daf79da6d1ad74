// kiosk_starts.c: what a program that is always started again learns from how it ended before.

#include "museum/kiosk_starts.h"

#include "base/str.h"
#include "io/file.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MAX_BYTES = 4096 };

// ---- the text: "running BOOT" or "ended BOOT", then "crash SECONDS" each

static void add_crash(KioskStarts *starts, double crash_s)
{
    if (starts->crash_count == KIOSK_CRASHES_KEPT)
        memmove(starts->crashes_s, starts->crashes_s + 1,
                sizeof starts->crashes_s[0] * --starts->crash_count);
    starts->crashes_s[starts->crash_count++] = crash_s;
}

static void read_crashes(KioskStarts *starts, const char *at, double now_s)
{
    static const char word[] = "crash ";
    while ((at = strchr(at, '\n')) != NULL) {
        at++;
        if (strncmp(at, word, strlen(word)) != 0)
            continue;
        char *end;
        double crash_s = strtod(at + strlen(word), &end);
        bool is_whole = end != at + strlen(word) && *end == '\n';
        if (is_whole && crash_s <= now_s && now_s - crash_s < KIOSK_CRASH_WINDOW_S)
            add_crash(starts, crash_s);
    }
}

KioskStarts kiosk_starts_read(const char *text, const char *boot, double now_s)
{
    KioskStarts starts = {0};
    snprintf(starts.boot, sizeof starts.boot, "%s", boot);
    char state[16] = "", its_boot[KIOSK_BOOT_BYTES] = "";
    bool is_known =
        sscanf(text, "%15s %39s", state, its_boot) == 2 && strcmp(its_boot, starts.boot) == 0;
    if (!is_known)
        return starts;
    read_crashes(&starts, text, now_s);
    if (strcmp(state, "running") != 0)
        return starts;
    add_crash(&starts, now_s);
    starts.wait_s =
        fmin(KIOSK_LEAST_WAIT_S * pow(2, (double)starts.crash_count - 1), KIOSK_MOST_WAIT_S);
    starts.is_safe = starts.crash_count >= KIOSK_SAFE_CRASHES;
    return starts;
}

const char *kiosk_starts_write(const KioskStarts *starts, bool is_running, Arena *arena)
{
    const char *text =
        str_format(arena, "%s %s\n", is_running ? "running" : "ended", starts->boot);
    for (uint32_t i = 0; i < starts->crash_count; i++)
        text = str_format(arena, "%scrash %.3f\n", text, starts->crashes_s[i]);
    return text;
}

// ---- the file

static void read_boot(char out[KIOSK_BOOT_BYTES])
{
    FILE *file = fopen("/proc/sys/kernel/random/boot_id", "re");
    if (!file || fscanf(file, "%39s", out) != 1)
        snprintf(out, KIOSK_BOOT_BYTES, "unknown");
    if (file)
        fclose(file);
}

NODISCARD static Status write_file(const char *path, const KioskStarts *starts, bool is_running)
{
    Scratch scratch = scratch_begin(NULL);
    const char *text = kiosk_starts_write(starts, is_running, scratch.arena);
    Status status = file_make_folders(path_folder(scratch.arena, path));
    if (!status)
        status = file_write(path, (Bytes){(const uint8_t *)text, strlen(text)});
    scratch_end(scratch);
    return status;
}

Status kiosk_starts_begin(const char *path, KioskStarts *out)
{
    struct timespec now;
    clock_gettime(CLOCK_BOOTTIME, &now); // goes on while the machine sleeps
    double now_s = (double)now.tv_sec + (double)now.tv_nsec / 1e9;
    char boot[KIOSK_BOOT_BYTES];
    Bytes bytes;
    Scratch scratch = scratch_begin(NULL);
    read_boot(boot);
    bool is_there = file_exists(path) && !file_read(path, MAX_BYTES, scratch.arena, &bytes);
    *out = kiosk_starts_read(is_there ? (const char *)bytes.ptr : "", boot, now_s);
    scratch_end(scratch);
    return write_file(path, out, true);
}

Status kiosk_starts_end(const char *path, KioskStarts *starts)
{
    return write_file(path, starts, false);
}
