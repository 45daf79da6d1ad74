// test_speech.c: what is handed to speech-dispatcher, by a daemon that only listens; and that
// nobody waits for one that hangs.

#include "test.h"

#include "device/speech.h"
#include "io/thread.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { HEARD_BYTES = 1 << 16, WAIT_MS = 10000 };

// Speaks as much SSIP as it takes.
typedef struct Daemon {
    char folder[64], path[96];
    int socket, client;
    bool hangs; // answers nothing
    Thread thread;
    Mutex lock;
    Condition changed;
    char heard[HEARD_BYTES]; // guarded by lock: all lines
    size_t len;
    bool is_text; // thread only: lines are a message's
} Daemon;

static void answer(Daemon *daemon, const char *line)
{
    const char *reply = "200 OK\r\n";
    if (daemon->is_text && strcmp(line, ".") != 0)
        return;
    if (daemon->is_text) {
        daemon->is_text = false;
        reply = "225-1\r\n225 OK MESSAGE QUEUED\r\n";
    } else if (!strcmp(line, "speak")) {
        daemon->is_text = true;
        reply = "230 OK RECEIVING DATA\r\n";
    }
    if (!daemon->hangs)
        (void)!write(daemon->client, reply, strlen(reply));
}

static void note(Daemon *daemon, const char *line)
{
    mutex_lock(&daemon->lock);
    daemon->len +=
        (size_t)snprintf(daemon->heard + daemon->len, HEARD_BYTES - daemon->len, "%s\n", line);
    condition_broadcast(&daemon->changed);
    mutex_unlock(&daemon->lock);
}

static void listen_to_client(void *context)
{
    Daemon *daemon = context;
    char line[4096];
    size_t len = 0;
    daemon->client = accept(daemon->socket, NULL, NULL);
    while (len + 1 < sizeof line && read(daemon->client, line + len, 1) == 1) {
        if (line[len] != '\n') {
            len++;
            continue;
        }
        line[len - (len > 0 && line[len - 1] == '\r')] = 0;
        note(daemon, line);
        answer(daemon, line);
        len = 0;
    }
    close(daemon->client);
}

static void start(Daemon *daemon, bool hangs)
{
    *daemon = (Daemon){.hangs = hangs, .lock = mutex_make(), .changed = condition_make()};
    snprintf(daemon->folder, sizeof daemon->folder, "/tmp/vitrine-speech-XXXXXX");
    assert_non_null(mkdtemp(daemon->folder));
    snprintf(daemon->path, sizeof daemon->path, "%s/daemon", daemon->folder);
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", daemon->path);
    daemon->socket = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_int_equal(bind(daemon->socket, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(daemon->socket, 1), 0);
    char name[128];
    snprintf(name, sizeof name, "unix_socket:%s", daemon->path);
    setenv("SPEECHD_ADDRESS", name, 1);
    assert_ok(thread_start(&daemon->thread, "daemon", listen_to_client, daemon));
}

static void stop(Daemon *daemon)
{
    shutdown(daemon->client, SHUT_RDWR);
    thread_join(&daemon->thread);
    close(daemon->socket);
    unlink(daemon->path);
    rmdir(daemon->folder);
    condition_drop(&daemon->changed);
    mutex_drop(&daemon->lock);
}

// Where a line of the daemon's stands, waited for. Negative: it was not heard.
static long heard_at(Daemon *daemon, const char *line)
{
    mutex_lock(&daemon->lock);
    char *at = strstr(daemon->heard, line);
    for (; !at; at = strstr(daemon->heard, line))
        if (!condition_wait_ms(&daemon->changed, &daemon->lock, WAIT_MS))
            break;
    long place = at ? (long)(at - daemon->heard) : -1;
    mutex_unlock(&daemon->lock);
    return place;
}

static Daemon daemon_of_test;

static void it_is_said_in_its_language(void **state)
{
    (void)state;
    Daemon *daemon = &daemon_of_test;
    Speech *speech = NULL;
    start(daemon, false);
    assert_ok(speech_open(&(SpeechDesc){0}, &speech));
    speech_say(speech, &(SpeechSentence){.text = "Einstellungen", .lang = "de"});
    speech_say(speech, &(SpeechSentence){.text = "日本語", .lang = "ja"});
    speech_say(speech, &(SpeechSentence){.text = " \n"}); // says nothing
    long german = heard_at(daemon, "SET SELF LANGUAGE de\n"),
         settings = heard_at(daemon, "\nEinstellungen\n"),
         japanese = heard_at(daemon, "SET SELF LANGUAGE ja\n"),
         name = heard_at(daemon, "\n日本語\n");
    assert_true(0 <= german && german < settings && settings < japanese && japanese < name);
    assert_null(strstr(daemon->heard, "CANCEL"));
    speech_say(speech, &(SpeechSentence){.text = "stop", .lang = "ja", .interrupts = true});
    long cancelled = heard_at(daemon, "CANCEL SELF\n"), stopped = heard_at(daemon, "\nstop\n");
    assert_true(name < cancelled && cancelled < stopped);
    assert_true(speech_is_on(speech));
    speech_close(speech);
    stop(daemon);
}

// A whole story is said in parts, and no letter is cut in two.
static void long_texts_are_said_whole(void **state)
{
    (void)state;
    Daemon *daemon = &daemon_of_test;
    Speech *speech = NULL;
    static char text[3 * 1500 + 8];
    for (int i = 0; i < 1500; i++)
        memcpy(text + (size_t)i * 3, "本", 3);
    memcpy(text + sizeof text - 8, "end.", 5);
    start(daemon, false);
    assert_ok(speech_open(&(SpeechDesc){0}, &speech));
    speech_say(speech, &(SpeechSentence){.text = text, .lang = "ja"});
    assert_true(heard_at(daemon, "end.") > 0);
    size_t letters = 0;
    for (const char *at = daemon->heard; (at = strstr(at, "本")) != NULL; at += 3)
        letters++;
    assert_int_equal(letters, 1500);
    speech_close(speech);
    stop(daemon);
}

// The test is over at all: neither saying nor closing waited for an answer.
static void nobody_waits_for_a_daemon_that_hangs(void **state)
{
    (void)state;
    Daemon *daemon = &daemon_of_test;
    Speech *speech = NULL;
    start(daemon, true);
    assert_ok(speech_open(&(SpeechDesc){0}, &speech));
    for (int i = 0; i < 1000; i++)
        speech_say(speech, &(SpeechSentence){.text = "one more", .interrupts = i % 7 == 0});
    assert_true(heard_at(daemon, "SET SELF CLIENT_NAME") >= 0);
    speech_close(speech);
    stop(daemon);
}

// Not on this machine, or not where one says that it is.
static void without_a_daemon_nothing_is_said(void **state)
{
    (void)state;
    Speech *speech = NULL;
    setenv("SPEECHD_ADDRESS", "by_pigeon:/tmp", 1);
    assert_ok(speech_open(&(SpeechDesc){0}, &speech));
    for (int i = 0; i < 300; i++)
        speech_say(speech, &(SpeechSentence){.text = "anybody there?"});
    speech_hush(speech);
    speech_close(speech);
}

static void what_would_be_said_is_written_down(void **state)
{
    (void)state;
    char path[] = "/tmp/vitrine-said-XXXXXX", line[256];
    close(mkstemp(path));
    Speech *speech = NULL;
    assert_ok(speech_open(&(SpeechDesc){.record = path}, &speech));
    assert_true(speech_is_on(speech));
    speech_say(speech, &(SpeechSentence){.text = "two\nlines", .lang = "en"});
    speech_say(speech, &(SpeechSentence){.text = "then", .lang = "fr", .interrupts = true});
    speech_say(speech, &(SpeechSentence){.text = ""});
    speech_close(speech);
    FILE *file = fopen(path, "r");
    static const char *const lines[] = {"then\ten\ttwo lines\n", "now\tfr\tthen\n"};
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        assert_non_null(fgets(line, sizeof line, file));
        assert_string_equal(line, lines[i]);
    }
    assert_null(fgets(line, sizeof line, file));
    fclose(file);
    unlink(path);
    assert_status(speech_open(&(SpeechDesc){.record = "/nowhere/at/all"}, &speech), ERR_IO);
    speech_close(NULL);
    speech_say(NULL, &(SpeechSentence){.text = "nobody"});
    assert_false(speech_is_on(NULL));
}

// Without a session there is no screen reader.
static void where_no_screen_reader_runs_it_is_off(void **state)
{
    (void)state;
    Speech *speech = NULL;
    unsetenv("DBUS_SESSION_BUS_ADDRESS");
    assert_ok(speech_open(&(SpeechDesc){.if_read = true}, &speech));
    speech_say(speech, &(SpeechSentence){.text = "anybody there?"});
    assert_false(speech_is_on(speech));
    speech_close(speech);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_said_in_its_language),
        cmocka_unit_test(long_texts_are_said_whole),
        cmocka_unit_test(without_a_daemon_nothing_is_said),
        cmocka_unit_test(what_would_be_said_is_written_down),
        cmocka_unit_test(where_no_screen_reader_runs_it_is_off),
        cmocka_unit_test(nobody_waits_for_a_daemon_that_hangs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
