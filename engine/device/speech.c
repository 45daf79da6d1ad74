// speech.c: sentences said aloud, on a thread of their own.
//
//   speech_say --waiting--> thread --SSIP--> speech-dispatcher
//
// Libspeechd waits for each answer of the daemon. So nobody but the thread calls it.

#include "device/speech.h"

#include "base/arena.h"
#include "base/log.h"
#include "io/thread.h"

#include <gio/gio.h>
#include <libspeechd.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

enum {
    MOST_WAITING = 128,
    TEXT_BYTES = 700, // longer ones are cut at a blank
    LANG_BYTES = 36,
    RETRY_S = 5,         // without a daemon
    CLOSE_WAIT_MS = 400, // for one that hangs, twice
    WISH_WAIT_MS = 500,
};

typedef struct Waiting {
    char text[TEXT_BYTES], lang[LANG_BYTES];
} Waiting;

struct Speech {
    Arena arena;       // holds this; given back when nobody needs it any more
    FILE *record;      // NULL: said
    bool if_read;      // SpeechDesc's
    Thread thread;     //
    Mutex lock;        //
    Condition changed; // something waits, or the thread is over
    Waiting *ring;     // guarded by lock, as all below
    uint32_t first, count;
    bool interrupts; // what is being said, before what waits
    bool is_closing, is_over;
    bool is_left; // nobody waits for the thread: it gives all of this back
    bool is_on;   // sentences are said, or tried to
    int socket;   // of an open connection, to wake who waits for it; -1: none
    // thread only
    SPDConnection *connection;
    char lang[LANG_BYTES]; // it was told last
    time_t failed_s;       // when there was no daemon; 0: it was not looked for
};

// ---- the daemon: thread only

static time_t now_s(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + 1;
}

static void note_socket(Speech *speech, int socket)
{
    mutex_lock(&speech->lock);
    speech->socket = socket;
    mutex_unlock(&speech->lock);
}

static void lose_daemon(Speech *speech)
{
    note_socket(speech, -1);
    if (speech->connection)
        spd_close(speech->connection);
    speech->connection = NULL;
    speech->lang[0] = 0;
    speech->failed_s = now_s();
}

static bool find_daemon(Speech *speech)
{
    char *fault = NULL;
    if (speech->connection)
        return true;
    if (speech->failed_s && now_s() - speech->failed_s < RETRY_S)
        return false;
    bool is_first = !speech->failed_s;
    speech->connection = spd_open2("vitrine", "main", NULL, SPD_MODE_SINGLE, NULL, 1, &fault);
    speech->failed_s = speech->connection ? 0 : now_s();
    if (speech->connection)
        note_socket(speech, speech->connection->socket);
    else if (is_first)
        LOG_WARN_LINE("nothing is said aloud: %s", fault ? fault : "no speech-dispatcher");
    g_free(fault);
    return speech->connection != NULL;
}

static void say(Speech *speech, const Waiting *sentence, bool interrupts)
{
    if (!find_daemon(speech))
        return;
    bool fails = interrupts && spd_cancel(speech->connection);
    if (!fails && *sentence->lang && strcmp(sentence->lang, speech->lang)) {
        snprintf(speech->lang, sizeof speech->lang, "%s", sentence->lang);
        fails = spd_set_language(speech->connection, sentence->lang);
    }
    if (!fails && *sentence->text)
        fails = spd_say(speech->connection, SPD_TEXT, sentence->text) < 0;
    if (fails)
        lose_daemon(speech);
}

// Whether the desktop says that a screen reader runs.
static bool is_read(void)
{
    if (!getenv("DBUS_SESSION_BUS_ADDRESS")) // else one would be started
        return false;
    bool is_on = false;
    GVariant *box = NULL, *answer = NULL;
    GDBusConnection *bus = g_bus_get_sync(G_BUS_TYPE_SESSION, NULL, NULL);
    if (bus)
        answer = g_dbus_connection_call_sync(
            bus, "org.a11y.Bus", "/org/a11y/bus", "org.freedesktop.DBus.Properties", "Get",
            g_variant_new("(ss)", "org.a11y.Status", "ScreenReaderEnabled"),
            G_VARIANT_TYPE("(v)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, WISH_WAIT_MS, NULL, NULL);
    if (answer) {
        g_variant_get(answer, "(v)", &box);
        is_on = g_variant_is_of_type(box, G_VARIANT_TYPE_BOOLEAN) && g_variant_get_boolean(box);
        g_variant_unref(box);
        g_variant_unref(answer);
    }
    g_clear_object(&bus);
    return is_on;
}

// False when it is to end.
static bool wait_for_sentence(Speech *speech, Waiting *out, bool *interrupts)
{
    mutex_lock(&speech->lock);
    while (!speech->count && !speech->interrupts && !speech->is_closing)
        condition_wait(&speech->changed, &speech->lock);
    *interrupts = speech->interrupts;
    *out = (Waiting){0};
    if (speech->count) {
        *out = speech->ring[speech->first];
        speech->first = (speech->first + 1) % MOST_WAITING;
        speech->count--;
    }
    speech->interrupts = false;
    bool goes_on = !speech->is_closing;
    mutex_unlock(&speech->lock);
    return goes_on;
}

static void answer_sentences(Speech *speech)
{
    Waiting sentence;
    bool interrupts;
    sigset_t pipe; // of a daemon that went away
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, NULL);
    while (wait_for_sentence(speech, &sentence, &interrupts))
        say(speech, &sentence, interrupts);
    if (speech->connection) {
        spd_cancel(speech->connection);
        lose_daemon(speech);
    }
}

static void drop(Speech *speech)
{
    Arena arena = speech->arena;
    condition_drop(&speech->changed);
    mutex_drop(&speech->lock);
    arena_drop(&arena);
}

static void run(void *context)
{
    Speech *speech = context;
    bool is_on = !speech->if_read || is_read();
    mutex_lock(&speech->lock);
    speech->is_on = is_on;
    mutex_unlock(&speech->lock);
    if (is_on)
        answer_sentences(speech);
    mutex_lock(&speech->lock);
    speech->is_over = true;
    bool is_left = speech->is_left;
    condition_broadcast(&speech->changed);
    mutex_unlock(&speech->lock);
    if (is_left)
        drop(speech);
}

// ---- in and out

NODISCARD Status speech_open(const SpeechDesc *desc, Speech **out)
{
    Arena arena = {0};
    Speech *speech = ARENA_NEW(&arena, Speech);
    speech->ring = ARENA_ARRAY(&arena, Waiting, MOST_WAITING);
    speech->socket = -1;
    speech->if_read = desc->if_read;
    speech->is_on = desc->record != NULL;
    speech->arena = arena;
    Status status = OK;
    if (desc->record) {
        speech->record = fopen(desc->record, "w");
        if (!speech->record)
            status = FAIL(ERR_IO, "cannot write %s", desc->record);
    } else {
        speech->lock = mutex_make();
        speech->changed = condition_make();
        status = thread_start(&speech->thread, "speech", run, speech);
    }
    if (status) {
        drop(speech);
        return status;
    }
    *out = speech;
    return OK;
}

// Of a text the part that is said at once: all, or up to a blank.
static size_t part_of(const char *text)
{
    size_t len = strlen(text), least = TEXT_BYTES / 2;
    if (len < TEXT_BYTES)
        return len;
    len = TEXT_BYTES - 1;
    while (len > least && text[len] != ' ' && text[len] != '\n')
        len--;
    while (len > 1 && ((unsigned char)text[len] & 0xC0) == 0x80)
        len--; // where there is no blank, between two letters
    return len;
}

static void push(Speech *speech, const char *text, size_t len, const char *lang)
{
    if (speech->count == MOST_WAITING) {
        speech->first = (speech->first + 1) % MOST_WAITING;
        speech->count--;
    }
    Waiting *at = &speech->ring[(speech->first + speech->count++) % MOST_WAITING];
    memcpy(at->text, text, len);
    at->text[len] = 0;
    snprintf(at->lang, sizeof at->lang, "%s", lang ? lang : "");
}

// A line each: what it interrupts, its language, its words.
static void write_down(Speech *speech, const SpeechSentence *sentence)
{
    fprintf(speech->record, "%s\t%s\t", sentence->interrupts ? "now" : "then",
            sentence->lang ? sentence->lang : "");
    for (const char *at = sentence->text; *at; at++)
        fputc(*at == '\n' || *at == '\t' ? ' ' : *at, speech->record);
    fputc('\n', speech->record);
    fflush(speech->record);
}

void speech_say(Speech *speech, const SpeechSentence *sentence)
{
    const char *text = sentence->text;
    if (!speech || !text || !text[strspn(text, " \t\r\n")])
        return;
    if (speech->record) {
        write_down(speech, sentence);
        return;
    }
    mutex_lock(&speech->lock);
    if (sentence->interrupts) {
        speech->count = 0;
        speech->interrupts = true;
    }
    while (*text) {
        size_t len = part_of(text);
        push(speech, text, len, sentence->lang);
        text += len;
    }
    condition_signal(&speech->changed);
    mutex_unlock(&speech->lock);
}

bool speech_is_on(Speech *speech)
{
    if (!speech || speech->record)
        return speech != NULL;
    mutex_lock(&speech->lock);
    bool is_on = speech->is_on;
    mutex_unlock(&speech->lock);
    return is_on;
}

void speech_hush(Speech *speech)
{
    if (!speech || speech->record)
        return;
    mutex_lock(&speech->lock);
    speech->count = 0;
    speech->interrupts = true;
    condition_signal(&speech->changed);
    mutex_unlock(&speech->lock);
}

// Whether the thread has come to its end. One that waits for an answer is woken once; one that
// opens a connection cannot be, and is left to itself.
static bool end_thread(Speech *speech)
{
    mutex_lock(&speech->lock);
    speech->is_closing = true;
    condition_broadcast(&speech->changed);
    for (int turn = 0; turn < 2 && !speech->is_over; turn++) {
        while (!speech->is_over &&
               condition_wait_ms(&speech->changed, &speech->lock, CLOSE_WAIT_MS))
            continue;
        if (!speech->is_over && speech->socket >= 0)
            shutdown(speech->socket, SHUT_RDWR);
    }
    bool is_over = speech->is_over;
    speech->is_left = !is_over;
    if (!is_over)
        thread_leave(&speech->thread); // it may be gone with the lock
    mutex_unlock(&speech->lock);
    return is_over;
}

void speech_close(Speech *speech)
{
    if (!speech)
        return;
    if (speech->record) {
        fclose(speech->record);
        drop(speech);
    } else if (end_thread(speech)) {
        thread_join(&speech->thread);
        drop(speech);
    }
}
