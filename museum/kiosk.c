// kiosk.c: the museum where nobody looks after it.

#include "museum/kiosk.h"

#include "base/log.h"
#include "data/pack.h"
#include "device/service.h"
#include "io/file.h"
#include "io/log_file.h"
#include "io/vfs.h"
#include "museum/hud_words.h"
#include "museum/kiosk_gate.h"
#include "museum/kiosk_health.h"
#include "museum/kiosk_starts.h"
#include "museum/kiosk_totals.h"

#include <math.h>
#include <signal.h>
#include <string.h>
#include <time.h>

#define KEEP_TOTALS_S 60.0
#define LOOK_FOR_PACKS_S 60.0
#define STICK_MOVES 0.5f
#define ASLEEP_S 5.0 // a longer gap between frames: the machine slept or hung

struct Kiosk {
    Arena *arena;
    KioskConfig config;
    bool is_scripted;
    // packs
    CollectionPack packs[COLLECTION_MAX_PACKS];
    uint32_t pack_count;
    const char *missing[COLLECTION_MAX_PACKS];
    uint32_t missing_count;
    // what is kept
    LogFile *log;
    const char *starts_path;
    KioskStarts starts;
    KioskTotals *totals;
    KioskHealth health;
    double until_health_s, until_totals_s, until_look_s, until_alive_s;
    // now
    KioskIdle idle;
    KioskGate gate;
    int32_t looked_at; // exhibit; -1: none
    bool has_magnified, is_attracting, wants_restart;
    int still_shown; // seconds
};

// A signal handler has no context: the service manager's word to end.
static volatile sig_atomic_t told_to_end;

static void on_signal(int number)
{
    (void)number;
    told_to_end = 1;
}

// ---- boot

static bool can_be_read(const char *path)
{
    Scratch scratch = scratch_begin(NULL);
    Bytes bytes;
    Pack pack;
    Status status = vfs_mount(path, "probe");
    if (!status) {
        status =
            vfs_read("probe/" PACK_MANIFEST, PACK_MAX_MANIFEST_BYTES, scratch.arena, &bytes);
        if (!status)
            status = pack_parse(bytes, scratch.arena, &pack);
        if (vfs_unmount(path))
            log_fault(LOG_WARN, path);
    }
    scratch_end(scratch);
    return status == OK;
}

static void try_packs(Kiosk *kiosk, const char *const *paths, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (can_be_read(paths[i])) {
            kiosk->packs[kiosk->pack_count++] = (CollectionPack){.path = paths[i]};
            continue;
        }
        log_line(LOG_ERROR, "%s is left out: %s", paths[i], fault_last()->text);
        kiosk->missing[kiosk->missing_count++] = paths[i];
    }
}

NODISCARD static Status choose_packs(Kiosk *kiosk, const KioskDesc *desc)
{
    const KioskConfig *config = &kiosk->config;
    bool is_named = desc->pack_count || config->pack_count;
    TRY(vfs_start());
    if (desc->pack_count)
        try_packs(kiosk, desc->packs, desc->pack_count);
    else
        try_packs(kiosk, config->packs, config->pack_count);
    if (kiosk->starts.is_safe && is_named) {
        LOG_WARN_LINE("safe mode: the built-in collection is shown");
        kiosk->pack_count = kiosk->missing_count = 0;
    }
    if (!kiosk->pack_count)
        try_packs(kiosk, desc->built_in, desc->built_in_count);
    vfs_stop();
    if (!kiosk->pack_count)
        return FAIL(ERR_NOT_FOUND, "no pack can be shown: %u could not be read",
                    kiosk->missing_count);
    return OK;
}

static void wait_after_crash(const Kiosk *kiosk)
{
    const KioskStarts *starts = &kiosk->starts;
    double wait_s = kiosk->is_scripted ? 0 : starts->wait_s;
    if (!starts->crash_count)
        return;
    LOG_WARN_LINE("it did not end well %u times within five minutes; waiting %.0f s%s",
                  starts->crash_count, wait_s, starts->is_safe ? ", then safe mode" : "");
    service_asks_for_time(wait_s + 60);
    for (double s = 0; s < wait_s && !told_to_end; s += 0.1)
        thread_sleep_ms(100);
}

static void catch_signals(void)
{
    struct sigaction action = {.sa_handler = on_signal};
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
}

// What is not kept is missed by nobody who visits: the museum opens all the same.
static void open_files(Kiosk *kiosk)
{
    const char *folder = kiosk->config.state_folder;
    kiosk->starts_path = path_join(kiosk->arena, folder, "starts");
    if (log_file_open(kiosk->arena,
                      &(LogFileDesc){.folder = path_join(kiosk->arena, folder, "log")},
                      &kiosk->log))
        log_fault(LOG_WARN, "the log");
    else
        log_set_sink(log_file_sink, kiosk->log);
    if (kiosk_starts_begin(kiosk->starts_path, &kiosk->starts))
        log_fault(LOG_WARN, "what is learnt from crashes");
    if (kiosk_totals_open(path_join(kiosk->arena, folder, "totals.sqlite"), kiosk->arena,
                          &kiosk->totals))
        log_fault(LOG_WARN, "totals are not kept");
}

NODISCARD Status kiosk_open(const KioskDesc *desc, Arena *arena, Kiosk **out)
{
    Kiosk *kiosk = ARENA_NEW(arena, Kiosk);
    kiosk->arena = arena;
    kiosk->is_scripted = desc->is_scripted;
    kiosk->looked_at = -1;
    TRY(kiosk_config_read(desc->config, arena, &kiosk->config));
    kiosk->idle =
        (KioskIdle){.idle_s = kiosk->config.idle_s, .notice_s = kiosk->config.notice_s};
    catch_signals();
    open_files(kiosk);
    *out = kiosk; // from here on it has to be closed
    LOG_INFO_LINE("the kiosk begins");
    wait_after_crash(kiosk);
    return choose_packs(kiosk, desc);
}

void kiosk_describe(const Kiosk *kiosk, MuseumDesc *out)
{
    const KioskConfig *config = &kiosk->config;
    bool is_safe = kiosk->starts.is_safe;
    out->packs = kiosk->packs;
    out->pack_count = kiosk->pack_count;
    out->is_kiosk = true;
    out->language = *config->language ? config->language : "en";
    out->text_size = (float)config->text_percent / 100;
    out->quality = is_safe ? QUALITY_LOW : config->quality;
    out->memory_mib = config->memory_mib;
}

// ---- one visit after the other

static void attract(Kiosk *kiosk, Museum *m)
{
    const char *tour = kiosk->config.attract_tour;
    if (!*tour || !m->collection.tour_count)
        return;
    if (museum_begin_tour(m, strcmp(tour, "first") ? tour : NULL))
        log_fault(LOG_WARN, "the attract tour");
}

static void reset(Kiosk *kiosk, Museum *m)
{
    museum_reset(m, &(MuseumReset){.language = m->kiosk.language,
                                   .text_size = (float)kiosk->config.text_percent / 100,
                                   .volume = (float)kiosk->config.volume});
    kiosk_idle_end(&kiosk->idle);
    m->kiosk.still_s = 0;
    m->kiosk.is_attracting = true;
    m->controls.device = CONTROLS_TOUCH; // until somebody shows another
    m->kiosk.is_done = false;
    kiosk->looked_at = -1;
    kiosk->has_magnified = false;
    attract(kiosk, m);
}

void kiosk_begin(Kiosk *kiosk, Museum *m)
{
    m->kiosk.allows_photographs = kiosk->config.allows_photographs;
    m->kiosk.language = m->language;
    reset(kiosk, m);
}

static bool is_touched(const Input *input)
{
    bool is_touched = input->wheel != 0 || input->text[0];
    for (int i = 0; i < KEY_COUNT; i++)
        is_touched |= input->keys[i].was_pressed || input->keys[i].is_down;
    for (int i = 0; i < MOUSE_BUTTON_COUNT; i++)
        is_touched |= input->mouse[i].was_pressed || input->mouse[i].is_down;
    for (int i = 0; i < PAD_BUTTON_COUNT; i++)
        is_touched |= input->pad[i].was_pressed || input->pad[i].is_down;
    for (int i = 0; i < 2; i++)
        is_touched |= fabsf(input->pad_left[i]) > STICK_MOVES ||
                      fabsf(input->pad_right[i]) > STICK_MOVES ||
                      input->pad_triggers[i] > STICK_MOVES;
    return is_touched || input->touch_count > 0;
}

// Of what came in nothing is left but where the picture is.
static void swallow(Input *input)
{
    *input = (Input){.width = input->width,
                     .height = input->height,
                     .time_s = input->time_s,
                     .has_focus = true,
                     .was_resized = input->was_resized,
                     .was_uncovered = input->was_uncovered};
}

static void hear_gate(Kiosk *kiosk, Museum *m, const Input *input)
{
    float width = (float)MAX(input->width, 1), height = (float)MAX(input->height, 1);
    bool is_through = false;
    for (int i = 0; i < input->touch_count; i++)
        if (input->touches[i].was_pressed)
            is_through |= kiosk_gate_touch(&kiosk->gate, input->touches[i].x / width,
                                           input->touches[i].y / height);
    if (input->mouse[MOUSE_LEFT].was_pressed)
        is_through |=
            kiosk_gate_touch(&kiosk->gate, input->mouse_x / width, input->mouse_y / height);
    m->kiosk.is_locked = kiosk->gate.locked_s > 0;
    if (is_through && *kiosk->config.operator_pin)
        museum_open_screen(m, SCREEN_STAFF);
    if (!m->kiosk.unlocks)
        return;
    m->kiosk.unlocks = false;
    if (kiosk_gate_opens(&kiosk->gate, m->screens.typed, kiosk->config.operator_pin)) {
        LOG_INFO_LINE("the staff ends it");
        m->wants_quit = true;
        return;
    }
    LOG_WARN_LINE("a wrong number was typed");
    m->screens.typed[0] = 0;
    m->kiosk.is_locked = kiosk->gate.locked_s > 0;
    screens_forget(&m->screens);
}

static void ask_still(Kiosk *kiosk, Museum *m)
{
    double left_s = kiosk_idle_left_s(&kiosk->idle);
    m->kiosk.still_s = left_s;
    if ((int)ceil(left_s) == kiosk->still_shown)
        return;
    kiosk->still_shown = (int)ceil(left_s);
    screens_forget(&m->screens);
}

// Whoever listens does nothing else.
static bool is_told(const Museum *m)
{
    bool is_narrated =
        m->narration.state == NARRATION_LOADING || m->narration.state == NARRATION_TELLING;
    bool is_toured = tour_is_on(&m->tour) && !m->tour.is_paused;
    return !m->kiosk.is_attracting && (is_toured || (is_narrated && !m->narration.is_paused));
}

static void take_event(Kiosk *kiosk, Museum *m, KioskEvent event, Input *input)
{
    switch (event) {
    case KIOSK_NOTHING:
        return;
    case KIOSK_BEGINS:
        if (kiosk->totals)
            kiosk_totals_add(kiosk->totals, KIOSK_VISITS, "");
        tour_end(&m->tour);
        m->kiosk.is_attracting = false;
        m->toast.left_s = 0;
        museum_open_screen(m, SCREEN_WELCOME);
        swallow(input);
        return;
    case KIOSK_WONDERS:
        museum_open_screen(m, SCREEN_STILL);
        return;
    case KIOSK_STAYS:
        if (screens_are_open(&m->screens) && screens_top(&m->screens) == SCREEN_STILL)
            screens_back(&m->screens);
        m->kiosk.still_s = 0;
        kiosk->health.extensions++;
        swallow(input);
        return;
    case KIOSK_RESETS:
        kiosk->health.resets++;
        reset(kiosk, m);
        return;
    }
}

static void end_where_told(Kiosk *kiosk, Museum *m, Input *input)
{
    input->wants_quit = false; // windows cannot be closed here
    if (told_to_end) {
        LOG_INFO_LINE("told to end");
        m->wants_quit = true;
    }
    if (kiosk->wants_restart && m->kiosk.is_attracting)
        m->wants_quit = true;
}

void kiosk_hear(Kiosk *kiosk, Museum *m, Input *input, double passed_s)
{
    end_where_told(kiosk, m, input);
    kiosk_gate_step(&kiosk->gate, passed_s);
    hear_gate(kiosk, m, input);
    KioskEvent event = kiosk_idle_step(&kiosk->idle, passed_s, is_touched(input), is_told(m));
    if (m->kiosk.is_done)
        event = KIOSK_RESETS;
    m->kiosk.is_asked = kiosk->idle.phase == KIOSK_ASKS;
    m->kiosk.visits = kiosk->idle.visits;
    take_event(kiosk, m, event, input);
    if (kiosk->idle.phase == KIOSK_ASKS)
        ask_still(kiosk, m);
    if (!m->kiosk.is_attracting)
        return;
    m->kiosk.invitation = hud_say("Touch the screen to begin");
    if (m->tour.state == TOUR_OFF)
        attract(kiosk, m);
    if (m->tour.state == TOUR_OFF) // there is no tour on whose panel it could stand
        museum_say(m, m->kiosk.invitation);
}

// ---- what others are told

bool kiosk_wants_frame(const Kiosk *kiosk)
{
    return kiosk->until_alive_s <= 0 && service_watchdog_s() > 0;
}

static void count_looks(Kiosk *kiosk, const Museum *m)
{
    bool is_close = m->close >= 0 && !m->kiosk.is_attracting;
    if (!is_close || m->close != kiosk->looked_at)
        kiosk->has_magnified = false;
    bool is_new = is_close && m->close != kiosk->looked_at;
    kiosk->looked_at = is_close ? m->close : -1;
    if (!is_close || !kiosk->totals)
        return;
    const Exhibit *exhibit = &m->collection.exhibits[m->close];
    Scratch scratch = scratch_begin(NULL);
    const char *piece =
        str_format(scratch.arena, "%s/%s", exhibit->pack_id ? exhibit->pack_id : "",
                   exhibit->piece_id ? exhibit->piece_id : exhibit->id);
    if (is_new)
        kiosk_totals_add(kiosk->totals, KIOSK_LOOKED, piece);
    if (m->lens.is_on && !kiosk->has_magnified) {
        kiosk->has_magnified = true;
        kiosk_totals_add(kiosk->totals, KIOSK_MAGNIFIED, piece);
    }
    scratch_end(scratch);
}

static void write_health(Kiosk *kiosk, const Museum *m)
{
    KioskHealth *health = &kiosk->health;
    health->visits = (double)kiosk->idle.visits;
    health->crashes = kiosk->starts.crash_count;
    health->is_safe_mode = kiosk->starts.is_safe;
    health->is_attracting = m->kiosk.is_attracting;
    health->packs_missing = kiosk->missing_count;
    health->pieces = health->pieces_missing = 0;
    for (uint32_t i = 0; i < m->collection.exhibit_count; i++)
        *(m->collection.exhibits[i].phase == EXHIBIT_RESTORATION ? &health->pieces_missing
                                                                 : &health->pieces) += 1;
    health->log_lines_lost = kiosk->log ? (double)log_file_lost(kiosk->log) : 0;
    health->has_sound = m->heard.device == SOUND_OPEN;
    kiosk_health_look(health);
    if (kiosk_health_write(kiosk->config.health_file, health))
        log_fault(LOG_WARN, "health");
    health->slowest_frame_s = 0;
}

// Somebody may have mended what could not be read. Only while nobody is there.
static void look_for_packs(Kiosk *kiosk, const Museum *m)
{
    if (!m->kiosk.is_attracting || kiosk->wants_restart)
        return;
    for (uint32_t i = 0; i < kiosk->missing_count; i++) {
        if (!can_be_read(kiosk->missing[i]))
            continue;
        LOG_INFO_LINE("%s can be read again", kiosk->missing[i]);
        kiosk->wants_restart = true;
    }
}

static bool is_due(double *until_s, double passed_s, double every_s)
{
    *until_s -= passed_s;
    if (*until_s > 0)
        return false;
    *until_s = every_s;
    return true;
}

void kiosk_note(Kiosk *kiosk, Museum *m, double passed_s)
{
    KioskHealth *health = &kiosk->health;
    health->up_s += passed_s;
    health->frame_s = m->was_drawn ? 0 : health->frame_s + passed_s;
    kiosk->until_alive_s -= passed_s;
    if (m->was_drawn) {
        if (health->frames++ == 0)
            service_is_ready("open");
        service_is_alive();
        kiosk->until_alive_s = service_watchdog_s() / 4;
        if (passed_s < ASLEEP_S)
            health->slowest_frame_s = fmax(health->slowest_frame_s, passed_s);
    }
    count_looks(kiosk, m);
    if (is_due(&kiosk->until_totals_s, passed_s, KEEP_TOTALS_S) && kiosk->totals &&
        kiosk_totals_keep(kiosk->totals))
        log_fault(LOG_WARN, "totals wait");
    if (is_due(&kiosk->until_look_s, passed_s, LOOK_FOR_PACKS_S))
        look_for_packs(kiosk, m);
    if (is_due(&kiosk->until_health_s, passed_s, KIOSK_HEALTH_EVERY_S))
        write_health(kiosk, m);
}

bool kiosk_wants_restart(const Kiosk *kiosk)
{
    return kiosk->wants_restart && !told_to_end;
}

void kiosk_close(Kiosk *kiosk)
{
    if (!kiosk)
        return;
    service_is_stopping();
    kiosk_totals_close(kiosk->totals);
    LOG_INFO_LINE("the kiosk ends");
    if (kiosk_starts_end(kiosk->starts_path, &kiosk->starts))
        log_fault(LOG_WARN, "what is learnt from crashes");
    log_set_sink(NULL, NULL);
    log_file_close(kiosk->log);
}
