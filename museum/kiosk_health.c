// kiosk_health.c: how a kiosk is, as a file that monitoring reads.

#include "museum/kiosk_health.h"

#include "base/str.h"
#include "io/file.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct Row {
    const char *name, *type, *help;
    double value;
} Row;

const char *kiosk_health_text(const KioskHealth *h, Arena *arena)
{
    const Row rows[] = {
        {"up_seconds", "gauge", "since the program began", h->up_s},
        {"frame_age_seconds", "gauge", "since a picture was shown last", h->frame_s},
        {"frames_total", "counter", "pictures shown", h->frames},
        {"slowest_frame_seconds", "gauge", "of the last pictures", h->slowest_frame_s},
        {"memory_bytes", "gauge", "resident", h->memory_bytes},
        {"threads", "gauge", "of this process", h->threads},
        {"open_files", "gauge", "of this process", h->open_files},
        {"visits_total", "counter", "since the program began", h->visits},
        {"resets_total", "counter", "visits that ended by nobody being there", h->resets},
        {"extensions_total", "counter", "times somebody was still looking", h->extensions},
        {"crashes", "gauge", "in the five minutes before the program began", h->crashes},
        {"pieces", "gauge", "on show", h->pieces},
        {"pieces_missing", "gauge", "under restoration", h->pieces_missing},
        {"packs_missing", "gauge", "packs that could not be opened", h->packs_missing},
        {"log_lines_lost_total", "counter", "that could not be written", h->log_lines_lost},
        {"attracting", "gauge", "1 while nobody is there", h->is_attracting},
        {"safe_mode", "gauge", "1 after several crashes", h->is_safe_mode},
        {"sound", "gauge", "1 while there is a device for it", h->has_sound},
    };
    const char *text = "";
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        text = str_format(arena,
                          "%s# HELP vitrine_%s %s\n# TYPE vitrine_%s %s\nvitrine_%s %.10g\n",
                          text, rows[i].name, rows[i].help, rows[i].name, rows[i].type,
                          rows[i].name, rows[i].value);
    return text;
}

NODISCARD Status kiosk_health_write(const char *path, const KioskHealth *health)
{
    Scratch scratch = scratch_begin(NULL);
    const char *text = kiosk_health_text(health, scratch.arena);
    Status status = file_make_folders(path_folder(scratch.arena, path));
    if (!status)
        status = file_write(path, (Bytes){(const uint8_t *)text, strlen(text)});
    scratch_end(scratch);
    return status;
}

static double count_names(const char *folder)
{
    DIR *open = opendir(folder);
    double count = 0;
    if (!open)
        return 0;
    for (struct dirent *name; (name = readdir(open)) != NULL;)
        count += name->d_name[0] != '.';
    closedir(open);
    return count;
}

void kiosk_health_look(KioskHealth *health)
{
    FILE *file = fopen("/proc/self/statm", "re");
    unsigned long pages = 0;
    if (file && fscanf(file, "%*u %lu", &pages) == 1)
        health->memory_bytes = (double)pages * (double)sysconf(_SC_PAGESIZE);
    if (file)
        fclose(file);
    health->threads = count_names("/proc/self/task");
    health->open_files = count_names("/proc/self/fd") - 1; // the folder itself
}
