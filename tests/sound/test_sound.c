// test_sound.c: what one hears, written down by SDL's disk driver: narrations, the tone of
// rooms, how loud they are, and what becomes of them where a device is lost or none is there.

#include "data/room_tone.h"
#include "device/sound.h"
#include "io/file.h"
#include "io/thread.h"
#include "io/vfs.h"
#include "sound/sample_opus.h"
#include "test.h"

#include <math.h>

enum { PATIENCE_MS = 60000, LOOK_MS = 5, RATE = 48000 };

typedef struct House {
    Arena arena;
    char folder[64];
    const char *heard; // what the driver writes
    Sound *sound;
    SoundWish wish;
} House;

static const char captions[] = "WEBVTT\n\n00:00.100 --> 00:00.900\nA hum.\n";

static void put(House *house, const char *name, Bytes bytes)
{
    assert_ok(file_write(path_join(&house->arena, house->folder, name), bytes));
}

static void put_sound(House *house, const char *name, double seconds, float hz, float level)
{
    put(house, name, sample_opus(&(SampleOpus){seconds, 2, hz, level}, &house->arena));
}

static int open_house(void **state)
{
    House *house = test_calloc(1, sizeof *house);
    strcpy(house->folder, "/tmp/vitrine-sound-XXXXXX");
    assert_non_null(mkdtemp(house->folder));
    house->heard = path_join(&house->arena, house->folder, "heard.raw");
    put_sound(house, "hum.opus", 30, 440, 0.5f);
    put_sound(house, "short.opus", 0.4, 440, 0.5f);
    put_sound(house, "hush.opus", 30, 0, 0);
    put_sound(house, "air.opus", 2, 300, 0.25f);
    put(house, "hum.vtt", (Bytes){(const uint8_t *)captions, sizeof captions - 1});
    put(house, "broken.opus", (Bytes){(const uint8_t *)"OggS, and no more", 17});
    setenv("SDL_AUDIODRIVER", "disk", 1);
    setenv("SDL_DISKAUDIOFILE", house->heard, 1);
    setenv("SDL_DISKAUDIODELAY", "4", 1); // five times as fast as one hears
    assert_ok(vfs_start());
    assert_ok(vfs_mount(house->folder, "pack"));
    house->wish.volume = 1;
    *state = house;
    return 0;
}

static int close_house(void **state)
{
    House *house = *state;
    sound_drop(house->sound);
    vfs_stop();
    assert_ok(file_remove_tree(house->folder));
    arena_drop(&house->arena);
    test_free(house);
    return 0;
}

static void open_sound(House *house, bool is_silent)
{
    assert_ok(sound_make(&(SoundDesc){.is_silent = is_silent}, &house->arena, &house->sound));
}

static SoundState wish(House *house)
{
    sound_wish(house->sound, &house->wish);
    return sound_state(house->sound);
}

// Until the narration is as far, and nothing fades any more.
static SoundState wait_for(House *house, SoundPhase phase)
{
    SoundState state = wish(house);
    for (int ms = 0; ms < PATIENCE_MS; ms += LOOK_MS) {
        state = sound_state(house->sound);
        if (state.phase == phase && state.is_at_rest)
            return state;
        thread_sleep_ms(LOOK_MS);
    }
    fail_msg("the narration is %d, not %d", state.phase, phase);
    return state;
}

static SoundState wait_for_device(House *house, SoundDevice device)
{
    SoundState state = sound_state(house->sound);
    for (int ms = 0; ms < PATIENCE_MS && state.device != device; ms += LOOK_MS) {
        thread_sleep_ms(LOOK_MS);
        state = sound_state(house->sound);
    }
    assert_int_equal(state.device, device);
    return state;
}

static size_t heard_bytes(const House *house)
{
    FileInfo info = {0};
    return file_get_info(house->heard, &info) == OK ? (size_t)info.size_bytes : 0;
}

// The root of the mean square of so much as is heard from now on. What was mixed before the
// last wish may still be under way.
static float listen(const House *house, double seconds)
{
    Scratch scratch = scratch_begin(&house->arena);
    const size_t under_way = 4 * 4096;
    size_t from = heard_bytes(house) + under_way, count = (size_t)(seconds * RATE) * 4;
    for (int ms = 0; ms < PATIENCE_MS && heard_bytes(house) < from + count; ms += LOOK_MS)
        thread_sleep_ms(LOOK_MS);
    Bytes all;
    assert_ok(file_read(house->heard, (size_t)1 << 30, scratch.arena, &all));
    assert_true(all.len >= from + count);
    float level = room_tone_level((const int16_t *)(all.ptr + from), count / 2);
    scratch_end(scratch);
    return level;
}

static float db(float level)
{
    return 20 * log10f(MAX(level, 1e-9f));
}

static void a_narration_is_heard(void **state)
{
    House *house = *state;
    open_sound(house, false);
    assert_int_equal(wish(house).device, SOUND_NO_DEVICE); // nothing is to be heard yet
    house->wish.narration = 1;
    house->wish.file = "pack/hum.opus";
    house->wish.captions = "pack/hum.vtt";
    SoundState told = wait_for(house, SOUND_PLAYING);
    assert_int_equal(told.device, SOUND_OPEN);
    assert_float_equal(told.seconds, 30, 1e-6);
    assert_non_null(told.captions);
    assert_string_equal(told.captions->cues[0].text, "A hum.");
    assert_float_equal(db(listen(house, 0.3)), db(0.5f / sqrtf(2)), 0.5);
    assert_true(sound_state(house->sound).at_s > 0.3);
    assert_int_equal(sound_state(house->sound).played_count, 1);
}

static void half_the_volume_is_half_the_amplitude(void **state)
{
    House *house = *state;
    open_sound(house, false);
    house->wish.narration = 1;
    house->wish.file = "pack/hum.opus";
    wait_for(house, SOUND_PLAYING);
    float whole = listen(house, 0.3);
    house->wish.volume = 0.5f;
    wait_for(house, SOUND_PLAYING);
    assert_float_equal(listen(house, 0.3) / whole, 0.5, 0.01);
    house->wish.volume = 0;
    wait_for(house, SOUND_PLAYING);
    assert_true(listen(house, 0.3) == 0);
    house->wish.volume = 1;
    wait_for(house, SOUND_PLAYING);
    assert_float_equal(listen(house, 0.3) / whole, 1, 0.02);
}

static void what_is_paused_is_silent_and_goes_on(void **state)
{
    House *house = *state;
    open_sound(house, false);
    house->wish.narration = 1;
    house->wish.file = "pack/hum.opus";
    wait_for(house, SOUND_PLAYING);
    house->wish.is_paused = true;
    double at_s = wait_for(house, SOUND_PLAYING).at_s;
    assert_true(listen(house, 0.3) == 0);
    assert_float_equal(sound_state(house->sound).at_s, at_s, 0.1);
    house->wish.is_paused = false;
    wait_for(house, SOUND_PLAYING);
    assert_true(listen(house, 0.2) > 0.3f);
    assert_int_equal(sound_state(house->sound).played_count, 1); // not once more
}

static void a_narration_ends_and_another_begins(void **state)
{
    House *house = *state;
    open_sound(house, false);
    house->wish.narration = 1;
    house->wish.file = "pack/short.opus";
    SoundState told = wait_for(house, SOUND_ENDED);
    assert_float_equal(told.at_s, told.seconds, 1e-9);
    house->wish.narration = 2;
    house->wish.file = "pack/hum.opus";
    assert_int_equal(wish(house).phase, SOUND_LOADING);
    wait_for(house, SOUND_PLAYING);
    house->wish.narration = 0;
    wait_for(house, SOUND_NOTHING);
    assert_true(listen(house, 0.2) == 0);
}

// A room's own tone, of one level, is as much quieter as it is said to be.
static void the_tone_steps_back_while_one_speaks(void **state)
{
    House *house = *state;
    open_sound(house, false);
    house->wish.tone = "pack/air.opus";
    wish(house);
    wait_for_device(house, SOUND_OPEN);
    wait_for(house, SOUND_NOTHING);
    float alone = listen(house, 1);
    assert_float_equal(db(alone), ROOM_TONE_DB, 0.5); // it was louder
    house->wish.narration = 1;
    house->wish.file = "pack/hush.opus";
    assert_float_equal(db(wait_for(house, SOUND_PLAYING).tone_gain), SOUND_DUCK_DB, 0.01);
    assert_float_equal(db(listen(house, 1)) - db(alone), SOUND_DUCK_DB, 0.4);
    house->wish.is_paused = true;
    assert_float_equal(wait_for(house, SOUND_PLAYING).tone_gain, 1, 1e-6);
    assert_float_equal(db(listen(house, 1)), db(alone), 0.4);
    house->wish.is_paused = false;
    house->wish.narration = 0;
    wait_for(house, SOUND_NOTHING);
    assert_float_equal(db(listen(house, 1)), db(alone), 0.4);
}

static void rooms_have_tones_of_their_own(void **state)
{
    House *house = *state;
    open_sound(house, false);
    house->wish.tone = "pack/not-there.opus"; // then it is computed, too
    memcpy(house->wish.room_m, (float[3]){6, 4, 8}, sizeof house->wish.room_m);
    wish(house);
    SoundState first = wait_for_device(house, SOUND_OPEN);
    wait_for(house, SOUND_NOTHING);
    assert_float_equal(db(listen(house, 2)), ROOM_TONE_DB, 3);
    assert_int_equal(sound_state(house->sound).broken_count, 1);
    house->wish.tone = "";
    house->wish.room_m[0] = 30;
    wait_for(house, SOUND_NOTHING);
    assert_float_equal(db(listen(house, 2)), ROOM_TONE_DB, 3);
    house->wish.room_m[0] = 0;
    wait_for(house, SOUND_NOTHING);
    assert_true(listen(house, 0.3) == 0);
    assert_int_equal(sound_state(house->sound).opened_count, first.opened_count);
}

static void a_lost_device_is_opened_again(void **state)
{
    House *house = *state;
    open_sound(house, false);
    house->wish.narration = 1;
    house->wish.file = "pack/hum.opus";
    wait_for(house, SOUND_PLAYING);
    sound_lose_device(house->sound);
    wait_for_device(house, SOUND_LOST);
    assert_int_equal(wait_for(house, SOUND_READY).opened_count, 1);
    house->wish.at_s = 12; // the museum went on
    wish(house);
    sound_return_device(house->sound);
    assert_int_equal(wait_for_device(house, SOUND_OPEN).opened_count, 2);
    SoundState told = wait_for(house, SOUND_PLAYING);
    assert_true(told.at_s >= 12);
    assert_true(listen(house, 0.2) > 0.3f);
    assert_int_equal(sound_state(house->sound).played_count, 1);
}

// Who has no device waits for nothing, and costs nothing.
static void without_a_device_all_is_silent(void **state)
{
    House *house = *state;
    setenv("SDL_AUDIODRIVER", "there-is-none", 1);
    for (int is_silent = 0; is_silent < 2; is_silent++) {
        open_sound(house, is_silent);
        house->wish = (SoundWish){.narration = 1,
                                  .file = "pack/hum.opus",
                                  .captions = "pack/hum.vtt",
                                  .room_m = {6, 4, 8},
                                  .volume = 1};
        SoundState told = wait_for(house, SOUND_READY);
        assert_float_equal(told.seconds, 30, 1e-6);
        assert_non_null(told.captions);
        thread_sleep_ms(300);
        SoundState later = sound_state(house->sound);
        assert_int_equal(later.device, SOUND_NO_DEVICE);
        assert_int_equal(later.opened_count, 0);
        assert_int_equal(later.broken_count, 0);
        assert_true(later.step_count - told.step_count < 3);
        sound_drop(house->sound);
        house->sound = NULL;
    }
}

static void what_is_broken_is_silent(void **state)
{
    House *house = *state;
    open_sound(house, false);
    house->wish.narration = 1;
    house->wish.file = "pack/broken.opus";
    house->wish.captions = "pack/hum.vtt";
    SoundState told = wait_for(house, SOUND_BROKEN);
    assert_non_null(told.captions);
    assert_int_equal(told.broken_count, 1);
    assert_true(listen(house, 0.1) == 0);
    house->wish.narration = 2;
    house->wish.file = "pack/hum.opus";
    house->wish.captions = "pack/broken.opus";
    told = wait_for(house, SOUND_PLAYING);
    assert_null(told.captions);
    assert_int_equal(told.broken_count, 2);
}

static void sounds_of_others_are_played(void **state)
{
    House *house = *state;
    Bytes file;
    assert_ok(
        file_read(shared_file(&house->arena, "audio/jfk.opus"), 1 << 20, &house->arena, &file));
    put(house, "jfk.opus", file);
    open_sound(house, false);
    house->wish.narration = 1;
    house->wish.file = "pack/jfk.opus";
    assert_float_equal(wait_for(house, SOUND_PLAYING).seconds, 11, 0.01);
    assert_true(listen(house, 1.5) > 0.01f);
}

static void tones_depend_on_the_room_alone(void **state)
{
    (void)state;
    Arena arena = {0};
    size_t count = 2 * (size_t)ROOM_TONE_FRAMES;
    int16_t *tone = ARENA_ARRAY(&arena, int16_t, count);
    int16_t *again = ARENA_ARRAY(&arena, int16_t, count);
    static const float chamber[3] = {4, 3, 4}, hall[3] = {20, 9, 30};
    room_tone_make(chamber, tone);
    room_tone_make(chamber, again);
    assert_memory_equal(tone, again, count * 2);
    assert_float_equal(db(room_tone_level(tone, count)), ROOM_TONE_DB, 0.1);
    room_tone_make(hall, again);
    assert_float_equal(db(room_tone_level(again, count)), ROOM_TONE_DB, 0.1);
    enum { LAG = 48 * 2 }; // a millisecond: the less it changes in that, the lower it sounds
    double changes[2] = {0}, step = 0;
    for (size_t i = LAG; i < count; i += 2) {
        changes[0] += abs(tone[i] - tone[i - LAG]);
        changes[1] += abs(again[i] - again[i - LAG]);
        step += abs(tone[i] - tone[i - 2]);
    }
    assert_true(changes[1] < 0.8 * changes[0]);
    // The end goes over into the beginning.
    assert_true(abs(tone[0] - tone[count - 2]) < 12 * step / ROOM_TONE_FRAMES);
    arena_drop(&arena);
}

#define IN_HOUSE(test) cmocka_unit_test_setup_teardown(test, open_house, close_house)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_HOUSE(a_narration_is_heard),
        IN_HOUSE(half_the_volume_is_half_the_amplitude),
        IN_HOUSE(what_is_paused_is_silent_and_goes_on),
        IN_HOUSE(a_narration_ends_and_another_begins),
        IN_HOUSE(the_tone_steps_back_while_one_speaks),
        IN_HOUSE(rooms_have_tones_of_their_own),
        IN_HOUSE(a_lost_device_is_opened_again),
        IN_HOUSE(without_a_device_all_is_silent),
        IN_HOUSE(what_is_broken_is_silent),
        IN_HOUSE(sounds_of_others_are_played),
        cmocka_unit_test(tones_depend_on_the_room_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
