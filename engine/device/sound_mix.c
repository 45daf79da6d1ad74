// sound_mix.c: SDL2_mixer, as the sound thread uses it.

#include "device/sound_mix.h"

#include "base/log.h"
#include "data/opus.h"
#include "data/room_tone.h"
#include "io/vfs.h"

#include <SDL.h>
#include <SDL_mixer.h>
#include <math.h>
#include <string.h>

enum { RATE = OPUS_RATE, BUFFER_FRAMES = 1024, CHANNELS = 2 };

#define TICK_S 0.02      // between looks while something changes
#define FADE_S 0.1f      // of a voice, and of the volume: nothing clicks
#define TONE_FADE_S 1.5f // from room to room
#define DUCK_S 0.5f      // how long the tone takes to step back
#define AFTER_LOSS_S 0.4 // a device that has just gone is not asked at once
#define RETRY_LOST_S 1.0
#define RETRY_NONE_S 10.0 // where there never was one
#define SEEK_S 0.05       // what comes later than that is sought

static bool is_heard(const SoundMix *mix)
{
    return mix->device == SOUND_OPEN;
}

// ---- the device

static void count_buffer(void *context, Uint8 *stream, int size_bytes)
{
    SoundMix *mix = context;
    (void)stream;
    (void)size_bytes;
    atomic_fetch_add_explicit(&mix->buffer_count, 1, memory_order_relaxed);
}

// Asks anew which devices there are: not every driver notices by itself.
static bool open_device(SoundMix *mix)
{
    if (SDL_InitSubSystem(SDL_INIT_AUDIO) != 0)
        return false;
    // ALSA complains loudly where it is asked to open one and there is none.
    if (SDL_GetNumAudioDevices(0) == 0 ||
        Mix_OpenAudioDevice(RATE, AUDIO_S16SYS, 2, BUFFER_FRAMES, NULL, 0) != 0) {
        SDL_QuitSubSystem(SDL_INIT_AUDIO);
        return false;
    }
    if (!(Mix_Init(MIX_INIT_OPUS) & MIX_INIT_OPUS))
        LOG_WARN_LINE("no Opus is played: %s", SDL_GetError());
    Mix_AllocateChannels(CHANNELS);
    Mix_SetPostMix(count_buffer, mix);
    LOG_INFO_LINE("sound by %s", SDL_GetCurrentAudioDriver());
    return true;
}

static void stop_voice(SoundVoice *voice)
{
    if (voice->music)
        Mix_FreeMusic(voice->music);
    voice->music = NULL;
    voice->is_held = false;
    voice->fade = 0;
    if (voice->phase == SOUND_PLAYING)
        voice->phase = SOUND_READY;
}

static void stop_tone(SoundTone *tone)
{
    if (!tone->chunk)
        return;
    Mix_HaltChannel(tone->channel);
    Mix_FreeChunk(tone->chunk);
    tone->chunk = NULL;
    tone->fade = 0;
}

static void close_device(SoundMix *mix)
{
    if (!is_heard(mix))
        return;
    stop_voice(&mix->voice);
    stop_tone(&mix->tone);
    stop_tone(&mix->leaving);
    Mix_CloseAudio();
    SDL_QuitSubSystem(SDL_INIT_AUDIO);
    mix->device = SOUND_NO_DEVICE;
}

static bool wants_tone(const SoundWishCopy *wish)
{
    return wish->tone[0] || wish->wish.room_m[0] > 0;
}

static bool wants_device(const SoundMix *mix, const SoundWish *wish, bool has_tone)
{
    return !mix->is_silent && wish->volume > 0 && (wish->narration || has_tone);
}

static void follow_device(SoundMix *mix, const SoundStep *step)
{
    if (is_heard(mix) && step->was_lost) {
        close_device(mix);
        mix->device = SOUND_LOST;
        mix->retry_s = step->now_s + AFTER_LOSS_S;
        LOG_INFO_LINE("the sound device is gone");
    }
    if (is_heard(mix) || step->is_gone || step->now_s < mix->retry_s ||
        !wants_device(mix, &step->wish->wish, wants_tone(step->wish)))
        return;
    if (open_device(mix)) {
        mix->device = SOUND_OPEN;
        mix->opened_count++;
        return;
    }
    mix->retry_s = step->now_s + (mix->device == SOUND_LOST ? RETRY_LOST_S : RETRY_NONE_S);
}

// ---- the voice

static void break_file(SoundMix *mix, const char *path)
{
    log_fault(LOG_WARN, path);
    mix->broken_count++;
}

NODISCARD static Status read_sound(SoundVoice *voice, const char *path)
{
    OpusInfo info;
    TRY(vfs_read(path, OPUS_MAX_BYTES, &voice->arena, &voice->file));
    TRY(opus_check(voice->file, &info));
    voice->seconds = info.seconds;
    return OK;
}

NODISCARD static Status read_captions(SoundVoice *voice, const char *path)
{
    Bytes file;
    TRY(vfs_read(path, VTT_MAX_BYTES, &voice->arena, &file));
    return vtt_parse(file, &voice->arena, &voice->captions);
}

static void begin_voice(SoundMix *mix, const SoundWishCopy *wish)
{
    SoundVoice *voice = &mix->voice;
    arena_drop(&voice->arena);
    *voice = (SoundVoice){.number = wish->wish.narration, .at_s = wish->wish.at_s};
    if (!voice->number)
        return;
    voice->phase = SOUND_READY;
    if (read_sound(voice, wish->file)) {
        break_file(mix, wish->file);
        voice->phase = SOUND_BROKEN;
    }
    if (!wish->captions[0])
        return;
    voice->has_captions = read_captions(voice, wish->captions) == OK;
    if (!voice->has_captions)
        break_file(mix, wish->captions);
}

// Begins to decode where it would be by now.
static void start_voice(SoundMix *mix, double at_s)
{
    SoundVoice *voice = &mix->voice;
    SDL_RWops *file = SDL_RWFromConstMem(voice->file.ptr, (int)voice->file.len);
    voice->music = file ? Mix_LoadMUSType_RW(file, MUS_OPUS, 1) : NULL;
    if (!voice->music || Mix_PlayMusic(voice->music, 1) != 0) {
        LOG_WARN_LINE("a narration cannot be played: %s", SDL_GetError());
        mix->broken_count++;
        stop_voice(voice);
        voice->phase = SOUND_BROKEN;
        return;
    }
    mix->played_count += at_s < SEEK_S;
    if (at_s >= SEEK_S)
        Mix_SetMusicPosition(at_s);
    voice->phase = SOUND_PLAYING;
    voice->is_held = false;
    voice->fade = at_s >= SEEK_S ? 0 : 1; // from its beginning on nothing clicks
}

// At its end, or on.
static void look_at_voice(SoundVoice *voice, bool is_paused)
{
    double at_s = Mix_GetMusicPosition(voice->music);
    if (!Mix_PlayingMusic()) {
        stop_voice(voice);
        voice->phase = SOUND_ENDED;
        voice->at_s = voice->seconds;
        return;
    }
    voice->at_s = MAX(at_s, 0);
    if (is_paused && !voice->is_held && voice->fade == 0) {
        Mix_PauseMusic();
        voice->is_held = true;
    } else if (!is_paused && voice->is_held) {
        Mix_ResumeMusic();
        voice->is_held = false;
    }
}

static void follow_voice(SoundMix *mix, const SoundWishCopy *copy)
{
    const SoundWish *wish = &copy->wish;
    SoundVoice *voice = &mix->voice;
    if (voice->number != wish->narration) {
        if (voice->music && !voice->is_held && voice->fade > 0)
            return; // it fades first
        stop_voice(voice);
        begin_voice(mix, copy);
    }
    if (voice->music)
        look_at_voice(voice, wish->is_paused);
    bool is_ready = voice->phase == SOUND_READY && !wish->is_paused && is_heard(mix);
    if (is_ready && wish->at_s < voice->seconds)
        start_voice(mix, wish->at_s);
}

// ---- the tone

static bool is_tone_of(const SoundTone *tone, const SoundWishCopy *wish)
{
    return !strcmp(tone->file, wish->tone) &&
           !memcmp(tone->room_m, wish->wish.room_m, sizeof tone->room_m);
}

static void drop_tone(SoundTone *tone)
{
    int channel = tone->channel;
    stop_tone(tone);
    arena_drop(&tone->arena);
    *tone = (SoundTone){.channel = channel};
}

NODISCARD static Status read_tone(SoundTone *tone)
{
    Scratch scratch = scratch_begin(&tone->arena);
    OpusInfo info = {0};
    Bytes file = {0};
    Status status = vfs_read(tone->file, OPUS_MAX_BYTES, scratch.arena, &file);
    if (!status)
        status = opus_check(file, &info);
    if (!status && info.seconds > SOUND_TONE_MAX_S)
        status = FAIL(ERR_LIMIT, "a room's tone lasts at most %d s, this lasts %.0f",
                      SOUND_TONE_MAX_S, info.seconds);
    Mix_Chunk *chunk = NULL;
    if (!status)
        chunk = Mix_LoadWAV_RW(SDL_RWFromConstMem(file.ptr, (int)file.len), 1);
    if (!status && (!chunk || chunk->alen < 4))
        status = FAIL(ERR_CORRUPT, "it cannot be decoded: %s", SDL_GetError());
    if (!status) {
        tone->sample_count = chunk->alen / 4 * 2;
        tone->stereo = arena_copy(&tone->arena, chunk->abuf, tone->sample_count * 2, 16);
        room_tone_soften(tone->stereo, tone->sample_count);
    }
    if (chunk)
        Mix_FreeChunk(chunk);
    scratch_end(scratch);
    return status;
}

// A device is open: what is decoded is decoded by it.
static void make_tone(SoundMix *mix, const SoundWishCopy *wish)
{
    SoundTone *tone = &mix->tone;
    memcpy(tone->file, wish->tone, sizeof tone->file);
    memcpy(tone->room_m, wish->wish.room_m, sizeof tone->room_m);
    if (tone->file[0] && read_tone(tone))
        break_file(mix, tone->file);
    if (tone->stereo || tone->room_m[0] <= 0)
        return;
    tone->sample_count = 2 * (size_t)ROOM_TONE_FRAMES;
    tone->stereo = ARENA_ARRAY_RAW(&tone->arena, int16_t, tone->sample_count);
    room_tone_make(tone->room_m, tone->stereo);
}

static void play_tone(SoundTone *tone)
{
    tone->chunk = Mix_QuickLoad_RAW((Uint8 *)tone->stereo, (Uint32)(tone->sample_count * 2));
    if (!tone->chunk)
        return;
    Mix_Volume(tone->channel, 0);
    Mix_PlayChannel(tone->channel, tone->chunk, -1);
}

static void follow_tone(SoundMix *mix, const SoundWishCopy *wish)
{
    if (mix->leaving.stereo && (mix->leaving.fade == 0 || !is_heard(mix)))
        drop_tone(&mix->leaving);
    if (!is_heard(mix))
        return;
    if (!is_tone_of(&mix->tone, wish)) {
        int channel = mix->tone.channel;
        drop_tone(&mix->leaving);
        mix->leaving = mix->tone;
        mix->tone = (SoundTone){.channel = !channel};
        if (wants_tone(wish))
            make_tone(mix, wish);
    }
    if (mix->tone.stereo && !mix->tone.chunk)
        play_tone(&mix->tone);
}

// ---- how loud

static bool approach(float *value, float goal, float most)
{
    *value += CLAMP(goal - *value, -most, most);
    return *value != goal;
}

static int level(float gain)
{
    return (int)lroundf((float)MIX_MAX_VOLUME * CLAMP(gain, 0.0f, 1.0f));
}

static void set_gains(SoundMix *mix, const SoundWish *wish, double passed_s)
{
    SoundVoice *voice = &mix->voice;
    float passed = (float)passed_s;
    bool speaks =
        voice->music && voice->number == wish->narration && !wish->is_paused && !voice->is_held;
    mix->is_moving = false;
    if (!is_heard(mix)) {
        mix->volume = wish->volume;
        mix->duck_db = 0;
        return;
    }
    bool moves = approach(&mix->volume, wish->volume, passed / FADE_S);
    if (voice->music && !voice->is_held)
        moves |= approach(&voice->fade, speaks ? 1 : 0, passed / FADE_S);
    moves |=
        approach(&mix->duck_db, speaks ? SOUND_DUCK_DB : 0, -SOUND_DUCK_DB * passed / DUCK_S);
    float duck = mix->volume * powf(10, mix->duck_db / 20);
    Mix_VolumeMusic(level(mix->volume * voice->fade));
    if (mix->tone.chunk) {
        moves |= approach(&mix->tone.fade, 1, passed / TONE_FADE_S);
        Mix_Volume(mix->tone.channel, level(duck * mix->tone.fade));
    }
    if (mix->leaving.chunk) {
        moves |= approach(&mix->leaving.fade, 0, passed / TONE_FADE_S);
        Mix_Volume(mix->leaving.channel, level(duck * mix->leaving.fade));
    }
    mix->is_moving = moves || mix->leaving.chunk;
}

// ---- step by step

void sound_mix_step(SoundMix *mix, const SoundStep *step)
{
    follow_device(mix, step);
    follow_voice(mix, step->wish);
    follow_tone(mix, step->wish);
    set_gains(mix, &step->wish->wish, step->passed_s);
}

double sound_mix_wait_s(const SoundMix *mix, const SoundStep *step)
{
    bool speaks = mix->voice.phase == SOUND_PLAYING && !mix->voice.is_held;
    if (mix->is_moving || speaks)
        return TICK_S;
    bool waits = wants_device(mix, &step->wish->wish, wants_tone(step->wish));
    if (waits && !is_heard(mix) && !step->is_gone)
        return MAX(mix->retry_s - step->now_s, TICK_S);
    return -1;
}

SoundState sound_mix_state(const SoundMix *mix)
{
    const SoundVoice *voice = &mix->voice;
    return (SoundState){
        .device = mix->device,
        .narration = voice->number,
        .phase = voice->phase,
        .seconds = voice->seconds,
        .at_s = voice->at_s,
        .captions = voice->has_captions ? &voice->captions : NULL,
        .tone_gain = powf(10, mix->duck_db / 20),
        .opened_count = mix->opened_count,
        .buffer_count = atomic_load_explicit(&mix->buffer_count, memory_order_relaxed),
        .played_count = mix->played_count,
        .broken_count = mix->broken_count,
        .is_at_rest = !mix->is_moving,
    };
}

void sound_mix_end(SoundMix *mix)
{
    close_device(mix);
    Mix_Quit();
    arena_drop(&mix->voice.arena);
    arena_drop(&mix->tone.arena);
    arena_drop(&mix->leaving.arena);
}
