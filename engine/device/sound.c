// sound.c: what is heard: one narration, and under it the tone of a room.

#include "device/sound.h"

#include "device/sound_mix.h"
#include "io/thread.h"

#include <SDL.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define MOST_PASSED_S 0.1 // a thread that slept does not jump

struct Sound {
    Thread thread;
    Mutex lock;
    Condition wake;
    // guarded by lock
    SoundWishCopy wish;
    SoundState state;
    bool has_news;    // for the thread
    bool is_stepping; // the thread has taken them, and has not told what came of it
    bool was_lost, is_gone, is_over;
    uint64_t step_count;
    bool has_thread, has_watch; // main only
    SoundMix mix;               // the thread's
};

static double now_s(void)
{
    return (double)SDL_GetTicks64() / 1000;
}

// ---- the thread

// What is new since last time, taken under the lock.
static SoundStep take_news(Sound *sound, SoundWishCopy *wish)
{
    *wish = sound->wish;
    SoundStep step = {.wish = wish, .was_lost = sound->was_lost, .is_gone = sound->is_gone};
    sound->was_lost = sound->has_news = false;
    sound->is_stepping = true;
    sound->step_count++;
    return step;
}

static void sleep_until_news(Sound *sound, double wait_s)
{
    if (sound->has_news || sound->is_over)
        return;
    if (wait_s < 0)
        condition_wait(&sound->wake, &sound->lock);
    else
        (void)condition_wait_ms(&sound->wake, &sound->lock, (unsigned)ceil(wait_s * 1000));
}

static void run(void *context)
{
    Sound *sound = context;
    SoundWishCopy wish;
    double last_s = now_s();
    mutex_lock(&sound->lock);
    while (!sound->is_over) {
        SoundStep step = take_news(sound, &wish);
        mutex_unlock(&sound->lock);
        step.now_s = now_s();
        step.passed_s = MIN(step.now_s - last_s, MOST_PASSED_S);
        last_s = step.now_s;
        sound_mix_step(&sound->mix, &step);
        mutex_lock(&sound->lock);
        sound->state = sound_mix_state(&sound->mix);
        sound->is_stepping = false;
        sleep_until_news(sound, sound_mix_wait_s(&sound->mix, &step));
    }
    mutex_unlock(&sound->lock);
    sound_mix_end(&sound->mix);
}

// ---- for the main thread

static void tell(Sound *sound)
{
    sound->has_news = true;
    condition_signal(&sound->wake);
}

// On whatever thread SDL notices it. A device that is open has a number, others have none.
static int watch_events(void *context, SDL_Event *event)
{
    Sound *sound = context;
    if (event->type != SDL_AUDIODEVICEREMOVED || event->adevice.iscapture ||
        event->adevice.which == 0)
        return 0;
    mutex_lock(&sound->lock);
    sound->was_lost = true;
    tell(sound);
    mutex_unlock(&sound->lock);
    return 0;
}

Status sound_make(const SoundDesc *desc, Arena *arena, Sound **out)
{
    Sound *sound = ARENA_NEW(arena, Sound);
    sound->mix = (SoundMix){.is_silent = desc->is_silent, .leaving = {.channel = 1}};
    sound->lock = mutex_make();
    sound->wake = condition_make();
    SDL_AddEventWatch(watch_events, sound);
    Status status = thread_start(&sound->thread, "sound", run, sound);
    if (status) {
        sound_drop(sound);
        return status;
    }
    sound->has_thread = true;
    *out = sound;
    return OK;
}

void sound_drop(Sound *sound)
{
    if (!sound)
        return;
    mutex_lock(&sound->lock);
    sound->is_over = true;
    tell(sound);
    mutex_unlock(&sound->lock);
    if (sound->has_thread)
        thread_join(&sound->thread);
    SDL_DelEventWatch(watch_events, sound);
    condition_drop(&sound->wake);
    mutex_drop(&sound->lock);
}

static void copy_path(char out[SOUND_PATH_BYTES], const char *path)
{
    memset(out, 0, SOUND_PATH_BYTES);
    if (path && strlen(path) < SOUND_PATH_BYTES)
        memcpy(out, path, strlen(path));
}

static bool is_path(const char *own, const char *path)
{
    return !strcmp(own, path ? path : "");
}

void sound_wish(Sound *sound, const SoundWish *wish)
{
    mutex_lock(&sound->lock);
    SoundWishCopy *own = &sound->wish;
    bool is_new = own->wish.narration != wish->narration ||
                  own->wish.is_paused != wish->is_paused || own->wish.volume != wish->volume ||
                  !is_path(own->tone, wish->tone) ||
                  memcmp(own->wish.room_m, wish->room_m, sizeof wish->room_m) != 0;
    if (is_new) {
        copy_path(own->file, wish->file);
        copy_path(own->captions, wish->captions);
        copy_path(own->tone, wish->tone);
    }
    own->wish = *wish; // its texts are only good now
    own->wish.file = own->wish.captions = own->wish.tone = NULL;
    if (is_new)
        tell(sound);
    mutex_unlock(&sound->lock);
}

SoundState sound_state(Sound *sound)
{
    mutex_lock(&sound->lock);
    SoundState state = sound->state;
    state.step_count = sound->step_count;
    state.is_at_rest &= !sound->has_news && !sound->is_stepping;
    uint32_t wished = sound->wish.wish.narration;
    mutex_unlock(&sound->lock);
    if (state.narration == wished)
        return state;
    state.narration = wished; // the thread has not come to it yet
    state.phase = wished ? SOUND_LOADING : SOUND_NOTHING;
    state.captions = NULL;
    state.seconds = state.at_s = 0;
    state.is_at_rest = false;
    return state;
}

// ---- for tests

void sound_lose_device(Sound *sound)
{
    SDL_Event event = {.adevice = {.type = SDL_AUDIODEVICEREMOVED, .which = 2}};
    mutex_lock(&sound->lock);
    sound->is_gone = true;
    mutex_unlock(&sound->lock);
    SDL_PushEvent(&event);
}

void sound_return_device(Sound *sound)
{
    mutex_lock(&sound->lock);
    sound->is_gone = false;
    tell(sound);
    mutex_unlock(&sound->lock);
}
