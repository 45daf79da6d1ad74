// collection.c: from the packs one names to one house: exhibits and a plan.

#include "museum/collection.h"

#include "base/log.h"
#include "exhibits/model/layout.h"
#include "io/vfs.h"

#include <math.h>
#include <string.h>

typedef struct Opening {
    Arena *arena;
    const char *language;
    const char *name;  // the pack's file name, for sentences
    const char *mount; // where the vfs shows it
    Pack pack;
    Collection *house;
    uint32_t capacity;
    uint32_t plan_count; // packs that bring one
} Opening;

// "hare", and if there is one already "hare-2".
static const char *unique_id(const Collection *house, const char *wish, Arena *arena)
{
    const char *id = wish;
    for (int number = 2; collection_find(house, id) >= 0; number++)
        id = str_format(arena, "%s-%d", wish, number);
    return id;
}

static Exhibit *add_exhibit(Opening *opening, const char *id)
{
    Collection *house = opening->house;
    id = unique_id(house, id, opening->arena);
    Exhibit *exhibit =
        ARENA_PUSH(opening->arena, house->exhibits, house->exhibit_count, opening->capacity);
    *exhibit = (Exhibit){.id = id, .pack = opening->name, .place = PLAN_NONE};
    return exhibit;
}

// The thread's last fault becomes a card.
static void take_down_for_fault(Opening *opening, Exhibit *exhibit)
{
    log_fault(LOG_WARN, opening->name);
    exhibit_take_down(exhibit, arena_copy_text(opening->arena, fault_last()->text));
}

static const char *file_path(const Opening *opening, int32_t file)
{
    return path_join(opening->arena, opening->mount, opening->pack.files[file].name);
}

NODISCARD static Status read_texts(Opening *opening, const PackPiece *piece, Exhibit *exhibit)
{
    Bytes bytes;
    if (piece->record == PACK_NONE || piece->graph == PACK_NONE || piece->pages == PACK_NONE)
        return FAIL(ERR_INVALID, "%s: piece '%s' has no record or no sculpture", opening->name,
                    piece->id);
    const char *path = file_path(opening, piece->record);
    TRY(vfs_read(path, RECORD_MAX_BYTES, opening->arena, &bytes));
    TRY(record_parse(bytes, path, opening->arena, NULL, &exhibit->record));
    if (piece->story == PACK_NONE)
        return OK;
    // A story that cannot be read costs the story, not the piece.
    path = file_path(opening, piece->story);
    Status status = vfs_read(path, STORY_MAX_BYTES, opening->arena, &bytes);
    if (!status)
        status = story_parse(bytes, path, opening->arena, NULL, &exhibit->story);
    if (status)
        log_fault(LOG_WARN, opening->name);
    exhibit->has_story = !status;
    return OK;
}

static void add_piece(Opening *opening, const PackPiece *piece)
{
    Exhibit *exhibit = add_exhibit(opening, piece->id);
    exhibit->record.title = piece->title;
    for (int i = 0; i < 3; i++) {
        exhibit->low_m[i] = piece->low_mm[i] / 1000;
        exhibit->high_m[i] = piece->high_mm[i] / 1000;
    }
    exhibit->triangle_count = piece->triangle_count;
    exhibit->sample_m = piece->median_edge_um / 1e6;
    if (read_texts(opening, piece, exhibit)) {
        take_down_for_fault(opening, exhibit);
        return;
    }
    double texel_um = exhibit->record.measured.texel_median_um;
    if (texel_um > 0) // tiles hold the scan's pictures
        exhibit->sample_m = MIN(exhibit->sample_m, texel_um / 1e6);
    exhibit->graph_path = file_path(opening, piece->graph);
    exhibit->pages_path = file_path(opening, piece->pages);
}

NODISCARD static Status read_plan(Opening *opening)
{
    Bytes bytes;
    const char *path = file_path(opening, opening->pack.plan);
    TRY(vfs_read(path, PACK_MAX_MANIFEST_BYTES, opening->arena, &bytes));
    return plan_parse(bytes, path, opening->arena, NULL, &opening->house->plan);
}

NODISCARD static Status open_pack(Opening *opening, const CollectionPack *source)
{
    Bytes bytes;
    if (source->fault)
        return FAIL(ERR_INVALID, "%s", source->fault);
    TRY(vfs_mount(source->path, opening->mount));
    const char *manifest = path_join(opening->arena, opening->mount, PACK_MANIFEST);
    TRY(vfs_read(manifest, PACK_MAX_MANIFEST_BYTES, opening->arena, &bytes));
    TRY(pack_parse(bytes, opening->arena, &opening->pack));
    for (uint32_t i = 0; i < opening->pack.piece_count; i++)
        add_piece(opening, &opening->pack.pieces[i]);
    opening->house->title = langtext_find(&opening->pack.title, opening->language);
    if (opening->pack.plan == PACK_NONE)
        return OK;
    if (read_plan(opening))
        log_fault(LOG_WARN, opening->name); // then it is laid out by itself
    else
        opening->plan_count++;
    return OK;
}

// ---- the plan

// Every exhibit that can be shown has a place in the plan the pack brought.
static bool plan_serves(Collection *house)
{
    for (uint32_t i = 0; i < house->exhibit_count; i++)
        house->exhibits[i].place = PLAN_NONE;
    uint32_t placed = 0;
    for (uint32_t i = 0; i < house->plan.place_count; i++) {
        PlanPlace *place = &house->plan.places[i];
        place->piece_index = collection_find(house, place->piece);
        placed += place->piece_index >= 0;
    }
    return placed == house->exhibit_count;
}

NODISCARD static Status lay_out(Collection *house, Arena *arena)
{
    LayoutPiece *pieces = ARENA_ARRAY(arena, LayoutPiece, (size_t)house->exhibit_count + 1);
    for (uint32_t i = 0; i < house->exhibit_count; i++) {
        const Exhibit *exhibit = &house->exhibits[i];
        pieces[i].id = exhibit->id;
        for (int k = 0; k < 3; k++) {
            double size = exhibit->high_m[k] - exhibit->low_m[k];
            pieces[i].size_m[k] = exhibit->restoration ? 0.1f : (float)size;
        }
    }
    return layout_make(pieces, house->exhibit_count, arena, &house->plan);
}

// Light fits the plan it came with, and no other.
static void find_light(const Opening *opening, Collection *house)
{
    const Pack *pack = &opening->pack;
    memcpy(house->plan_hash, pack->files[pack->plan].hash, sizeof house->plan_hash);
    for (uint32_t i = 0; i < house->plan.room_count; i++) {
        const char *name =
            str_format(opening->arena, PACK_LIGHT_FOLDER "/%s.light", house->plan.rooms[i].id);
        int32_t file = pack_find_file(pack, name);
        if (file == PACK_NONE || pack->files[file].kind != PACK_LIGHT)
            continue;
        if (!house->light_paths)
            house->light_paths =
                ARENA_ARRAY(opening->arena, const char *, house->plan.room_count);
        house->light_paths[i] = file_path(opening, file);
    }
}

static void place_exhibits(Collection *house, Arena *arena)
{
    const Plan *plan = &house->plan;
    house->piece_heights_m = ARENA_ARRAY(arena, float, (size_t)plan->place_count + 1);
    house->exhibit_of_place = ARENA_ARRAY(arena, int32_t, (size_t)plan->place_count + 1);
    for (uint32_t i = 0; i < plan->place_count; i++) {
        const PlanPlace *place = &plan->places[i];
        house->exhibit_of_place[i] = place->piece_index;
        if (place->piece_index < 0)
            continue;
        Exhibit *exhibit = &house->exhibits[place->piece_index];
        exhibit_place(exhibit, plan, i);
        house->piece_heights_m[i] = (float)(exhibit->high[1] - (double)place->size_m[1]);
    }
}

NODISCARD Status collection_open(const CollectionPack *packs, uint32_t count,
                                 const char *language, Arena *arena, Collection *out)
{
    Collection house = {.title = ""};
    Opening opening = {.arena = arena, .language = language, .house = &house};
    for (uint32_t i = 0; i < MIN(count, (uint32_t)COLLECTION_MAX_PACKS); i++) {
        opening.name = str_copy(arena, path_name(packs[i].path));
        opening.mount = str_format(arena, "packs/%u", i);
        opening.pack = (Pack){0};
        if (open_pack(&opening, &packs[i])) {
            const char *id = record_make_id(arena, str_copy(arena, path_stem(packs[i].path)));
            take_down_for_fault(&opening, add_exhibit(&opening, id));
        }
    }
    if (count > 1)
        house.title = "";
    bool keeps_plan = count == 1 && opening.plan_count == 1 && plan_serves(&house);
    if (keeps_plan)
        find_light(&opening, &house);
    else
        TRY(lay_out(&house, arena));
    place_exhibits(&house, arena);
    *out = house;
    return OK;
}

int32_t collection_find(const Collection *collection, const char *id)
{
    for (uint32_t i = 0; i < collection->exhibit_count; i++) {
        if (!strcmp(collection->exhibits[i].id, id))
            return (int32_t)i;
    }
    return -1;
}
