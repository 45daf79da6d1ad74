// light_store.c: the light of a pack: where its plan comes from, and whether it is there
// already.

#include "packer/light_store.h"

#include "base/log.h"
#include "exhibits/model/layout.h"
#include "io/file.h"
#include "io/vfs.h"
#include "packer/light_cut.h"

#include <stdio.h>
#include <string.h>

#define MOUNT "before"
enum { WORK_NAME_BYTES = 16 }; // of the key

enum { SEED = 1, LIGHT_RECIPE = 5 }; // raise it when the same rooms come out differently

typedef struct Store {
    const LightStoreDesc *desc;
    Arena *arena;
    Plan plan; // as a reader of the pack will have it
    Bytes plan_bytes;
    uint8_t plan_hash[PACK_HASH_BYTES], key[PACK_HASH_BYTES];
} Store;

typedef struct Keeper {
    Store *store;
    LightStored *out;
} Keeper;

// ---- the plan

// The museum counts from the manifest's millimetres; so does this.
static void piece_box(const PackPiece *piece, double low_m[3], double high_m[3])
{
    for (int i = 0; i < 3; i++) {
        low_m[i] = piece->low_mm[i] / 1000;
        high_m[i] = piece->high_mm[i] / 1000;
    }
}

NODISCARD static Status lay_out(Store *s, Plan *out)
{
    uint32_t count = s->desc->piece_count;
    LayoutPiece *pieces = ARENA_ARRAY(s->arena, LayoutPiece, (size_t)count + 1);
    for (uint32_t i = 0; i < count; i++) {
        double low[3], high[3];
        piece_box(&s->desc->pieces[i], low, high);
        pieces[i].id = s->desc->pieces[i].id;
        for (int k = 0; k < 3; k++)
            pieces[i].size_m[k] = (float)(high[k] - low[k]);
    }
    return layout_make(pieces, count, s->arena, out);
}

// Written and read again: angles in a file are not to the last bit what they were.
NODISCARD static Status make_plan(Store *s)
{
    Plan plan;
    if (s->desc->plan)
        plan = *s->desc->plan;
    else
        TRY(lay_out(s, &plan));
    s->plan_bytes = plan_write(&plan, s->arena);
    pack_hash(s->plan_bytes, s->plan_hash);
    return plan_parse(s->plan_bytes, PLAN_FILE, s->arena, NULL, &s->plan);
}

static void make_key(Store *s)
{
    PackHasher hasher;
    const uint8_t recipe[4] = {LIGHT_RECIPE, LIGHTMAP_VERSION, (uint8_t)s->desc->quality, SEED};
    pack_hash_begin(&hasher);
    pack_hash_add(&hasher, (Bytes){recipe, sizeof recipe});
    pack_hash_add(&hasher, (Bytes){s->plan_hash, sizeof s->plan_hash});
    for (uint32_t i = 0; i < s->desc->piece_count; i++) {
        // Loaves are called by what they were baked from, and by which program.
        Str name = path_name(s->desc->loaves[i].graph_path);
        pack_hash_add(&hasher, (Bytes){(const uint8_t *)name.ptr, name.len});
    }
    pack_hash_end(&hasher, s->key);
}

// ---- what is there

static const char *entry_name(const Store *s, uint32_t room)
{
    return str_format(s->arena, "light/%s.light", s->plan.rooms[room].id);
}

static bool is_ours(const Store *s, Bytes file)
{
    Lightmap map;
    Scratch scratch = scratch_begin(s->arena);
    bool is_good = !lightmap_parse(file, scratch.arena, &map) &&
                   memcmp(map.key, s->key, sizeof s->key) == 0 &&
                   memcmp(map.plan_hash, s->plan_hash, sizeof s->plan_hash) == 0;
    scratch_end(scratch);
    return is_good;
}

static bool take_old(const Store *s, LightStored *out)
{
    for (uint32_t i = 0; i < out->room_count; i++) {
        const char *path = str_format(s->arena, MOUNT "/%s", out->names[i]);
        if (vfs_read(path, LIGHTMAP_MAX_BYTES, s->arena, &out->files[i]) ||
            !is_ours(s, out->files[i]))
            return false;
    }
    return true;
}

static bool find_old(const Store *s, LightStored *out)
{
    bool is_there = false;
    if (!file_exists(s->desc->old_path) || vfs_start())
        return false;
    if (!vfs_mount(s->desc->old_path, MOUNT))
        is_there = take_old(s, out);
    vfs_stop();
    return is_there;
}

static const char *work_path(const Store *s, uint32_t room)
{
    char name[2 * WORK_NAME_BYTES + 1];
    for (int i = 0; i < WORK_NAME_BYTES; i++)
        snprintf(name + 2 * i, 3, "%02x", s->key[i]);
    return path_join(s->arena, s->desc->work_folder,
                     str_format(s->arena, "%s-%u.light", name, room));
}

// What was done before somebody interrupted it. Returns how many rooms.
static uint32_t find_done(const Store *s, LightStored *out, bool *is_there)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < out->room_count; i++) {
        const char *path = work_path(s, i);
        is_there[i] = file_exists(path) &&
                      !file_read(path, LIGHTMAP_MAX_BYTES, s->arena, &out->files[i]) &&
                      is_ours(s, out->files[i]);
        count += is_there[i];
    }
    return count;
}

// ---- what is not

// A room that cannot be kept is only computed again.
static void keep_room(void *context, uint32_t room, const Lightmap *map)
{
    Keeper *keeper = context;
    const Store *s = keeper->store;
    keeper->out->files[room] = lightmap_write(map, s->arena);
    if (file_write(work_path(s, room), keeper->out->files[room]))
        log_fault(LOG_WARN, "the light of a room is not kept for another time");
}

NODISCARD static Status cut_pieces(Store *s, LightBlocker *blockers)
{
    for (uint32_t i = 0; i < s->plan.place_count; i++) {
        const PlanPlace *place = &s->plan.places[i];
        for (uint32_t p = 0; p < s->desc->piece_count; p++) {
            double low[3], high[3];
            if (strcmp(s->desc->pieces[p].id, place->piece) != 0)
                continue;
            piece_box(&s->desc->pieces[p], low, high);
            TRY(light_cut(&s->desc->loaves[p], place,
                          (float[3]){(float)low[0], (float)low[1], (float)low[2]},
                          (float[3]){(float)high[0], (float)high[1], (float)high[2]}, s->arena,
                          &blockers[i]));
        }
    }
    return OK;
}

NODISCARD static Status make_light(Store *s, LightStored *out, const bool *is_there)
{
    Keeper keeper = {s, out};
    Arena arena = {0}; // texels of all rooms go when they are packed
    Lightmap *maps = ARENA_ARRAY(&arena, Lightmap, (size_t)s->plan.room_count + 1);
    LightBlocker *blockers =
        ARENA_ARRAY(s->arena, LightBlocker, (size_t)s->plan.place_count + 1);
    Status status = cut_pieces(s, blockers);
    if (!status)
        status = light_house(&(LightDesc){.plan = &s->plan,
                                          .blockers = blockers,
                                          .plan_hash = s->plan_hash,
                                          .key = s->key,
                                          .quality = s->desc->quality,
                                          .seed = SEED,
                                          .progress = s->desc->progress,
                                          .progress_context = s->desc->progress_context,
                                          .on_room = keep_room,
                                          .room_context = &keeper,
                                          .is_there = is_there,
                                          .cancel = s->desc->cancel},
                             &arena, maps);
    arena_drop(&arena);
    return status;
}

Status light_store(const LightStoreDesc *desc, Arena *arena, LightStored *out)
{
    Store store = {.desc = desc, .arena = arena};
    TRY(make_plan(&store));
    make_key(&store);
    LightStored stored = {.plan = store.plan_bytes,
                          .room_count = store.plan.room_count,
                          .names = ARENA_ARRAY(arena, const char *, store.plan.room_count),
                          .files = ARENA_ARRAY(arena, Bytes, store.plan.room_count)};
    for (uint32_t i = 0; i < stored.room_count; i++)
        stored.names[i] = entry_name(&store, i);
    stored.was_there = find_old(&store, &stored);
    if (!stored.was_there) {
        bool *is_there = ARENA_ARRAY(arena, bool, stored.room_count + 1);
        stored.was_there = find_done(&store, &stored, is_there) == stored.room_count;
        if (!stored.was_there)
            TRY(make_light(&store, &stored, is_there));
    }
    *out = stored;
    return OK;
}
