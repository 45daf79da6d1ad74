// main.c: boot, the loop, shutdown. The only loop.

#include "base/log.h"
#include "io/file.h"
#include "museum/artist.h"
#include "museum/cabinet.h"
#include "museum/guide.h"
#include "museum/kiosk.h"
#include "museum/options.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#ifndef VITRINE_VERSION
#define VITRINE_VERSION "0"
#endif

#define RADIANS 0.017453292519943295

enum {
    EXIT_FAILED = 1,
    EXIT_USAGE = 2,
    MOST_STEPS = 5,     // a slow frame does not make the next one slower
    HEADLESS_STEPS = 4, // a picture every thirtieth of a second, whatever the machine
    UNSEEN_STEPS = 24,
    WINDOW_STEPS = 2,
    IDLE_MS = 6, // between looks at the input while nothing changes
};

// Of a frame for what is new, once the first picture stands. With what comes on top of pages
// (tables, labels, places of tiles) that stays within 2 ms, and a frame's own time within 4.
static const double UPLOAD_MS = 1.5;

typedef struct Program {
    Arena arena;
    Options options;
    Museum museum;
    Script script;
    Guide guide;
    Visit visit;
    bool has_visit;
    TourRecord record;
    Kiosk *kiosk; // NULL: there is somebody to look after it
} Program;

static double now_s(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

// ---- what to open

static const char *program_folder(Arena *arena)
{
    char path[4096];
    ssize_t len = readlink("/proc/self/exe", path, sizeof path - 1);
    if (len <= 0)
        return ".";
    path[len] = 0;
    return path_folder(arena, path);
}

NODISCARD static Status find_built_in(Arena *arena, const char *folder, Options *options)
{
    FileName *names;
    size_t count;
    const char *packs = path_join(arena, folder, "../packs");
    Status status = file_list(packs, arena, &names, &count);
    for (size_t i = 0; !status && i < count; i++) {
        if (str_ends_with(str_of(names[i].name), ".vitrine") &&
            options->pack_count < COLLECTION_MAX_PACKS)
            options->packs[options->pack_count++] = path_join(arena, packs, names[i].name);
    }
    if (!options->pack_count)
        return FAIL(ERR_NOT_FOUND, "no pack was named, and %s holds none", packs);
    return OK;
}

// Folders are built first. What cannot be opened or built is handed on with the reason why.
static void prepare_packs(Program *program, const char *folder, CollectionPack *packs)
{
    for (uint32_t i = 0; i < program->options.pack_count; i++) {
        const char *path = program->options.packs[i];
        packs[i] = (CollectionPack){.path = path};
        if (!file_is_folder(path))
            continue;
        ArtistDesc desc = {.folder = path, .program_folder = folder};
        if (artist_build(&desc, &program->arena, &packs[i].path)) {
            packs[i].path = path;
            packs[i].fault = arena_copy_text(&program->arena, fault_last()->text);
        }
    }
}

// "fr_FR.UTF-8" -> "fr-FR"; NULL for the C locale.
static const char *system_language(Arena *arena)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    const char *value = NULL;
    for (size_t i = 0; i < COUNT_OF(names) && (!value || !*value); i++)
        value = getenv(names[i]);
    if (!value || !*value || !strncmp(value, "C", 1) || !strcmp(value, "POSIX"))
        return NULL;
    char *tag = arena_copy_text(arena, value);
    tag[strcspn(tag, ".@")] = 0;
    for (char *c = tag; *c; c++)
        *c = (char)(*c == '_' ? '-' : *c);
    return tag;
}

// ---- the loop

// A script stands alone: what is typed while it runs does not disturb it.
static void quiet_input(Input *input, bool has_hands, double visit_s)
{
    if (has_hands) {
        input->time_s = visit_s;
        return;
    }
    *input = (Input){
        .width = input->width,
        .height = input->height,
        .time_s = visit_s, // two clicks are as fast on every machine
        .wants_quit = input->wants_quit,
        .has_focus = true,
    };
}

static int steps_for(double *debt_s, double passed_s)
{
    *debt_s += passed_s;
    int steps = (int)floor(*debt_s / VISITOR_STEP_S);
    *debt_s -= steps * VISITOR_STEP_S;
    return MIN(steps, (int)MOST_STEPS);
}

// Nobody looks at the pictures in between: a walk is drawn five times a second, and so is every
// movement of a guided visit.
static int steps_of_visit(const Program *program)
{
    const Visitor *visitor = &program->museum.visitor;
    if (!program->options.is_headless)
        return WINDOW_STEPS;
    bool is_unseen =
        visitor->has_goal || (program->options.guided_visit && !visitor_is_still(visitor));
    return is_unseen ? UNSEEN_STEPS : HEADLESS_STEPS;
}

NODISCARD static Status run(Program *program)
{
    Museum *m = &program->museum;
    double debt_s = 0, last_s = now_s(), visit_s = 0, real_s = 0;
    while (!m->wants_quit) {
        Input input;
        int steps = steps_of_visit(program);
        window_poll(m->window, &input);
        if (program->has_visit) {
            quiet_input(&input, program->visit.has_hands, visit_s);
            visit_s += steps * VISITOR_STEP_S;
            TRY(visit_advance(&program->visit, m, &input));
            if (program->visit.is_over)
                return OK;
        } else {
            double this_s = now_s();
            real_s = this_s - last_s;
            steps = steps_for(&debt_s, real_s);
            last_s = this_s;
        }
        double passed_s = steps * VISITOR_STEP_S;
        if (program->kiosk)
            kiosk_hear(program->kiosk, m, &input, program->has_visit ? passed_s : real_s);
        bool is_forced = (program->has_visit && visit_forces_frames(&program->visit)) ||
                         (program->kiosk && kiosk_wants_frame(program->kiosk));
        museum_frame(m, &input,
                     &(MuseumFrame){.steps = steps,
                                    .is_forced = is_forced,
                                    .is_scripted = program->has_visit,
                                    .upload_ms = museum_is_ready(m) ? UPLOAD_MS : 0});
        if (program->has_visit)
            visit_note_frame(&program->visit, steps);
        if (program->kiosk)
            kiosk_note(program->kiosk, m, program->has_visit ? passed_s : real_s);
        if (!m->was_drawn)
            thread_sleep_ms(program->has_visit ? 1 : IDLE_MS);
    }
    if (program->has_visit)
        return FAIL(ERR_CANCELLED, "%s: the window was closed before the visit's end",
                    program->visit.script->name);
    return OK;
}

// ---- boot

NODISCARD static Status read_script(Program *program)
{
    const char *path = program->options.script;
    Bytes bytes;
    if (!path)
        return OK;
    TRY(file_read(path, SCRIPT_MAX_BYTES, &program->arena, &bytes));
    TRY(script_parse((Str){(const char *)bytes.ptr, bytes.len}, path, &program->arena,
                     &program->script));
    program->visit = (Visit){.script = &program->script};
    program->has_visit = true;
    return OK;
}

// A file is told from an id by its name.
NODISCARD static Status begin_tour(Program *program)
{
    const char *name = program->options.tour;
    bool is_file = strchr(name, '/') || str_ends_with(str_of(name), ".json");
    if (is_file)
        TRY(museum_add_tour(&program->museum, name, &name));
    return museum_begin_tour(&program->museum,
                             !is_file && !strcmp(name, "first") ? NULL : name);
}

// Which packs a kiosk shows, it says itself.
NODISCARD static Status open_kiosk(Program *program, const char *folder, MuseumDesc *out)
{
    Options *options = &program->options;
    Options built_in = {0};
    KioskDesc desc = {.config = options->config,
                      .packs = options->packs,
                      .pack_count = options->pack_count,
                      .is_scripted = program->has_visit};
    if (find_built_in(&program->arena, folder, &built_in))
        log_fault(LOG_WARN, "the built-in collection");
    desc.built_in = built_in.packs;
    desc.built_in_count = built_in.pack_count;
    TRY(kiosk_open(&desc, &program->arena, &program->kiosk));
    kiosk_describe(program->kiosk, out);
    return OK;
}

NODISCARD static Status open_museum(Program *program)
{
    Options *options = &program->options;
    const char *folder = program_folder(&program->arena);
    if (!options->pack_count && !options->is_kiosk)
        TRY(find_built_in(&program->arena, folder, options));
    CollectionPack *packs =
        ARENA_ARRAY(&program->arena, CollectionPack, MAX(options->pack_count, 1u));
    if (!options->is_kiosk)
        prepare_packs(program, folder, packs);
    MuseumDesc desc = {.packs = packs,
                       .pack_count = options->pack_count,
                       .width = options->width,
                       .height = options->height,
                       .is_headless = options->is_headless,
                       .memory_mib = options->memory_mib,
                       .eye_height_m = (float)options->eye_height_m,
                       .fov_rad = (float)(options->fov_degrees * RADIANS),
                       .settings = options->settings,
                       .cabinet = options->cabinet,
                       .is_scripted = program->has_visit || options->guided_visit,
                       .quality = options->quality,
                       .pixel_error = (float)options->pixel_error,
                       .language = options->language,
                       .is_aloud = options->is_aloud || options->speech_log,
                       .speech_record = options->speech_log,
                       .system_language = system_language(&program->arena),
                       .photo_scale = (int)options->photo_scale,
                       .text_size = (float)options->text_percent / 100,
                       .is_reduced_motion = options->is_reduced_motion};
    if (options->is_kiosk)
        TRY(open_kiosk(program, folder, &desc));
    TRY(museum_make(&desc, &program->arena, &program->museum));
    if (program->kiosk)
        kiosk_begin(program->kiosk, &program->museum);
    if (options->view)
        TRY(photo_open_file(&program->museum, options->view));
    if (options->tour)
        TRY(begin_tour(program));
    if (options->record) {
        TRY(file_make_folders(path_folder(&program->arena, options->record)));
        program->record = tour_record_make(&program->arena);
        program->museum.record = &program->record;
    }
    if (!options->guided_visit)
        return OK;
    TRY(guide_make(&program->museum, options->guided_visit, &program->arena, &program->guide));
    program->visit = (Visit){.script = &program->guide.script,
                             .on_picture = guide_note_picture,
                             .context = &program->guide};
    program->has_visit = true;
    return OK;
}

NODISCARD static Status write_stats(Program *program)
{
    if (!program->options.stats)
        return OK;
    Stats stats = museum_stats(&program->museum, &program->arena);
    const char *json = stats_write_json(&stats, &program->arena);
    return file_write(program->options.stats, (Bytes){(const uint8_t *)json, strlen(json)});
}

NODISCARD static Status write_record(Program *program)
{
    if (!program->options.record)
        return OK;
    if (!program->record.tour.step_count)
        return FAIL(ERR_NOT_FOUND, "%s: not written, for nobody stayed anywhere",
                    program->options.record);
    return file_write(program->options.record, tour_record_write(&program->record));
}

NODISCARD static Status visit_museum(Program *program)
{
    TRY(read_script(program)); // a mistake in it is told before a window opens
    TRY(open_museum(program));
    TRY(run(program));
    if (program->options.guided_visit)
        TRY(guide_end(&program->guide, &program->museum));
    TRY(write_record(program));
    return write_stats(program);
}

// What is collected, out of or into one file.
NODISCARD static Status move_cabinet(Program *program)
{
    const Options *options = &program->options;
    const char *path;
    CabinetReport report = {0};
    Bytes file;
    Arena *arena = &program->arena;
    TRY(cabinet_choose_path(options->cabinet, options->settings, arena, &path));
    Cabinet *cabinet = cabinet_open(path, arena);
    Status status = OK;
    if (!cabinet_is_kept(cabinet))
        status = FAIL(ERR_IO, "%s", cabinet_trouble(cabinet));
    if (!status && options->cabinet_import) {
        status = file_read(options->cabinet_import, CABINET_MAX_EXPORT_BYTES, arena, &file);
        if (!status)
            status = cabinet_import(cabinet, file, &report);
        if (!status)
            printf("%u pieces, %u details, %u photographs, %u measurements are new\n",
                   (unsigned)report.pieces, (unsigned)report.details, (unsigned)report.photos,
                   (unsigned)report.measures);
    }
    if (!status && options->cabinet_export)
        status = cabinet_export(cabinet, options->cabinet_export);
    cabinet_close(cabinet);
    return status;
}

static bool answers_at_once(Program *program)
{
    const Options *options = &program->options;
    if (options->is_help)
        fputs(options_help(&program->arena), stdout);
    else if (options->is_script_help)
        fputs(script_help(&program->arena), stdout);
    else if (options->is_version)
        puts("vitrine " VITRINE_VERSION);
    else
        return false;
    return true;
}

int main(int count, char **arguments)
{
    heap_start();
    setlocale(LC_CTYPE, ""); // numbers keep their points
    Program program = {0};
    int result = EXIT_SUCCESS;
    if (options_parse(count, arguments, &program.options)) {
        fprintf(stderr, "vitrine: %s\n", fault_last()->text);
        result = EXIT_USAGE;
    } else if (!answers_at_once(&program)) {
        bool moves = program.options.cabinet_export || program.options.cabinet_import;
        if (moves ? move_cabinet(&program) : visit_museum(&program)) {
            fprintf(stderr, "vitrine: %s\n", fault_last()->text);
            result = EXIT_FAILED;
        }
        museum_drop(&program.museum);
        bool begins_anew = program.kiosk && kiosk_wants_restart(program.kiosk);
        kiosk_close(program.kiosk);
        if (begins_anew)
            execv("/proc/self/exe", arguments);
    }
    arena_drop(&program.arena);
    scratch_drop();
    return result;
}
