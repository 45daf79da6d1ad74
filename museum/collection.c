// collection.c: from the packs one names to one house: exhibits and a plan.

#include "museum/collection.h"

#include "base/log.h"
#include "exhibits/model/house.h"
#include "exhibits/model/layout.h"
#include "io/vfs.h"

#include <math.h>
#include <string.h>

enum { SINGLE_PIECES = 2 }; // packs of so few have no wing of their own

// What a pack brings to the house.
typedef struct PackWing {
    LangText title;
    uint32_t first, count; // of the exhibits
    bool has_plan;
    Plan plan;
    uint32_t number; // of the wing it is in a house of several, from 1; 0: its rooms are none
    uint32_t tour_count;
    Tour *tours;
    CollectionLight *lights; // by room of its plan; NULL: it brings none
} PackWing;

typedef struct Opening {
    Arena *arena;
    const char *name;  // the pack's file name, for sentences
    const char *mount; // where the vfs shows it
    Pack pack;
    Collection *house;
    uint32_t capacity;
    PackWing *wing; // of this pack
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
    exhibit->folder = path_folder(opening->arena, path);
    return OK;
}

static void add_piece(Opening *opening, const PackPiece *piece)
{
    Exhibit *exhibit = add_exhibit(opening, piece->id);
    exhibit->record.title = piece->title;
    exhibit->pack_id = opening->pack.id;
    exhibit->piece_id = piece->id;
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
    Plan *plan = &opening->wing->plan;
    TRY(plan_parse(bytes, path, opening->arena, NULL, plan));
    for (uint32_t i = 0; i < plan->room_count; i++) // in a house of several packs, too
        if (plan->rooms[i].tone[0])
            plan->rooms[i].tone =
                path_join(opening->arena, opening->mount, plan->rooms[i].tone);
    return OK;
}

// Whether every exhibit of the pack has its place in the plan the pack brought.
static bool plan_serves(const Opening *opening)
{
    PackWing *wing = opening->wing;
    uint32_t placed = 0;
    for (uint32_t i = 0; i < wing->plan.place_count; i++) {
        PlanPlace *place = &wing->plan.places[i];
        place->piece_index = PLAN_NONE;
        for (uint32_t k = 0; k < opening->pack.piece_count; k++)
            if (!strcmp(opening->pack.pieces[k].id, place->piece))
                place->piece_index = (int32_t)(wing->first + k);
        placed += place->piece_index >= 0;
    }
    return placed == opening->pack.piece_count;
}

// As its rooms and pieces are called in the pack.
static void read_tours(Opening *opening)
{
    const Pack *pack = &opening->pack;
    PackWing *wing = opening->wing;
    wing->tours = ARENA_ARRAY(opening->arena, Tour, TOUR_MAX_TOURS);
    for (uint32_t i = 0; i < pack->file_count && wing->tour_count < TOUR_MAX_TOURS; i++) {
        Bytes bytes;
        if (pack->files[i].kind != PACK_TOUR)
            continue;
        const char *path = file_path(opening, (int32_t)i);
        Status status = vfs_read(path, TOUR_MAX_BYTES, opening->arena, &bytes);
        if (!status)
            status =
                tour_parse(bytes, path, opening->arena, NULL, &wing->tours[wing->tour_count]);
        if (status)
            log_fault(LOG_WARN, opening->name);
        else
            wing->tours[wing->tour_count++].folder = path_folder(opening->arena, path);
    }
}

// Light fits the plan it came with, and no other.
static void find_light(Opening *opening)
{
    PackWing *wing = opening->wing;
    const Pack *pack = &opening->pack;
    for (uint32_t i = 0; i < wing->plan.room_count && wing->has_plan; i++) {
        const char *name =
            str_format(opening->arena, PACK_LIGHT_FOLDER "/%s.light", wing->plan.rooms[i].id);
        int32_t file = pack_find_file(pack, name);
        if (file == PACK_NONE || pack->files[file].kind != PACK_LIGHT)
            continue;
        if (!wing->lights)
            wing->lights = ARENA_ARRAY(opening->arena, CollectionLight, wing->plan.room_count);
        wing->lights[i].path = file_path(opening, file);
        wing->lights[i].plan = &wing->plan;
        wing->lights[i].room = i;
        wing->lights[i].plan_hash =
            arena_copy(opening->arena, pack->files[pack->plan].hash, PACK_HASH_BYTES, 1);
    }
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
    opening->house->title = opening->pack.title;
    opening->wing->title = opening->pack.title;
    read_tours(opening);
    if (opening->pack.plan == PACK_NONE)
        return OK;
    if (read_plan(opening))
        log_fault(LOG_WARN, opening->name); // then it is laid out by itself
    else
        opening->wing->has_plan = plan_serves(opening);
    find_light(opening);
    return OK;
}

// ---- the plan

// Rooms for some of the exhibits.
NODISCARD static Status lay_out(const Collection *house, const uint32_t *which, uint32_t count,
                                Arena *arena, Plan *out)
{
    LayoutPiece *pieces = ARENA_ARRAY(arena, LayoutPiece, (size_t)count + 1);
    for (uint32_t i = 0; i < count; i++) {
        const Exhibit *exhibit = &house->exhibits[which[i]];
        pieces[i].id = exhibit->id;
        for (int k = 0; k < 3; k++) {
            double size = exhibit->high_m[k] - exhibit->low_m[k];
            pieces[i].size_m[k] = exhibit->restoration ? 0.1f : (float)size;
        }
    }
    TRY(layout_make(pieces, count, arena, out));
    for (uint32_t i = 0; i < out->place_count; i++)
        out->places[i].piece_index = (int32_t)which[out->places[i].piece_index];
    return OK;
}

NODISCARD static Status lay_out_all(Collection *house, Arena *arena)
{
    uint32_t *all = ARENA_ARRAY(arena, uint32_t, (size_t)house->exhibit_count + 1);
    for (uint32_t i = 0; i < house->exhibit_count; i++)
        all[i] = i;
    return lay_out(house, all, house->exhibit_count, arena, &house->plan);
}

// ---- several packs

static LangText singles_title(Arena *arena)
{
    static const LangEntry title[] = {{"en", "Single pieces"}, {"fr", "Pièces isolées"},
                                      {"de", "Einzelstücke"},  {"es", "Piezas sueltas"},
                                      {"ar", "قطع منفردة"},    {"ja", "単独の作品"}};
    return (LangText){.count = COUNT_OF(title),
                      .entries = arena_copy(arena, title, sizeof title, sizeof(void *))};
}

typedef struct Join {
    Collection *house;
    Arena *arena;
    uint32_t wing_count, single_count;
    HouseWing *wings;
    LangText *titles;
    const CollectionLight **lights; // by wing: its pack's; NULL: none
    uint32_t *singles, *which;
} Join;

NODISCARD static Status add_wing(Join *join, const LangText *title, const Plan *plan)
{
    join->titles[join->wing_count] = *title;
    join->wings[join->wing_count++] = (HouseWing){.plan = plan, .title = *title};
    return OK;
}

NODISCARD static Status add_laid_out(Join *join, const LangText *title, const uint32_t *which,
                                     uint32_t count)
{
    Plan *plan = ARENA_NEW(join->arena, Plan);
    TRY(lay_out(join->house, which, count, join->arena, plan));
    return add_wing(join, title, plan);
}

NODISCARD static Status add_pack(Join *join, PackWing *pack)
{
    if (pack->has_plan) {
        pack->number = join->wing_count + 1;
        join->lights[join->wing_count] = pack->lights;
        return add_wing(join, &pack->title, &pack->plan);
    }
    for (uint32_t i = 0; i < pack->count; i++) {
        join->which[i] = pack->first + i;
        if (pack->count <= SINGLE_PIECES)
            join->singles[join->single_count++] = pack->first + i;
    }
    if (pack->count <= SINGLE_PIECES)
        return OK;
    return add_laid_out(join, &pack->title, join->which, pack->count);
}

// Rooms of wings stand otherwise than they did when they were lit. What has got a door is lit
// while it is shown, as the lobby is.
static const CollectionLight *lights_of_wings(const Join *join, const HouseRoom *rooms,
                                              Arena *arena)
{
    uint32_t count = join->house->plan.room_count;
    CollectionLight *lights = ARENA_ARRAY(arena, CollectionLight, count);
    bool is_any = false;
    for (uint32_t i = 0; i < count; i++) {
        const HouseRoom *room = &rooms[i];
        if (room->wing == PLAN_NONE || !join->lights[room->wing] || room->has_new_door)
            continue;
        lights[i] = join->lights[room->wing][room->room];
        lights[i].move =
            (LightmapMove){.quarters = room->quarters, .first_place = room->first_place};
        memcpy(lights[i].move.by, room->by, sizeof room->by);
        is_any |= lights[i].path != NULL;
    }
    return is_any ? lights : NULL;
}

// A wing for each; false where one is enough, or where they cannot be one house.
static bool join_packs(Collection *house, PackWing *packs, uint32_t count, Arena *arena)
{
    size_t most = (size_t)house->exhibit_count + 1;
    Join join = {.house = house,
                 .arena = arena,
                 .wings = ARENA_ARRAY(arena, HouseWing, (size_t)count + 1),
                 .titles = ARENA_ARRAY(arena, LangText, (size_t)count + 1),
                 .lights = ARENA_ARRAY(arena, const CollectionLight *, (size_t)count + 1),
                 .singles = ARENA_ARRAY(arena, uint32_t, most),
                 .which = ARENA_ARRAY(arena, uint32_t, most)};
    HouseRoom *rooms;
    Status status = OK;
    for (uint32_t i = 0; i < count && !status; i++)
        status = add_pack(&join, &packs[i]);
    LangText singles = singles_title(arena);
    if (!status && join.single_count && join.wing_count)
        status = add_laid_out(&join, &singles, join.singles, join.single_count);
    if (!status && join.wing_count < 2)
        return false;
    if (!status)
        status = house_join(join.wings, join.wing_count, arena, &house->plan, &rooms);
    if (status) {
        log_fault(LOG_WARN, "the packs are laid out together");
        return false;
    }
    for (uint32_t i = 0; i < house->plan.place_count; i++) {
        PlanPlace *place = &house->plan.places[i];
        if (place->piece_index >= 0) // ids of two packs may be the same
            place->piece = house->exhibits[place->piece_index].id;
    }
    house->wing_count = join.wing_count;
    house->wings = join.titles;
    house->lights = lights_of_wings(&join, rooms, arena);
    return true;
}

static void place_exhibits(Collection *house, Arena *arena)
{
    const Plan *plan = &house->plan;
    house->piece_heights_m = ARENA_ARRAY(arena, float, (size_t)plan->place_count + 1);
    house->exhibit_of_place = ARENA_ARRAY(arena, int32_t, (size_t)plan->place_count + 1);
    for (uint32_t i = 0; i < house->exhibit_count; i++)
        house->exhibits[i].is_found =
            ARENA_ARRAY(arena, bool, (size_t)house->exhibits[i].story.hotspot_count + 1);
    for (uint32_t i = 0; i < plan->place_count; i++) {
        const PlanPlace *place = &plan->places[i];
        house->exhibit_of_place[i] = place->piece_index;
        if (place->piece_index < 0)
            continue;
        Exhibit *exhibit = &house->exhibits[place->piece_index];
        exhibit_place(exhibit, plan, i);
        house->piece_heights_m[i] =
            (float)(exhibit->high[1] - (double)place->floor_m - (double)place->size_m[1]);
    }
}

// ---- tours

void collection_add_tour(Collection *house, const Tour *tour, Arena *arena)
{
    Tour *tours = ARENA_ARRAY(arena, Tour, (size_t)house->tour_count + 1);
    if (house->tour_count)
        memcpy(tours, house->tours, house->tour_count * sizeof *tours);
    Tour *added = &tours[house->tour_count];
    *added = *tour;
    for (int number = 2, i = 0; i < (int)house->tour_count; i++) {
        if (strcmp(tours[i].id, added->id) != 0)
            continue;
        added->id = str_format(arena, "%s-%d", tour->id, number++);
        i = -1;
    }
    house->tours = tours;
    house->tour_count++;
}

const Exhibit *collection_tour_piece(const Collection *house, const Tour *tour)
{
    for (uint32_t i = 0; i < tour->step_count; i++)
        if (!tour->steps[i].piece[0] || strcmp(tour->steps[i].piece, tour->steps[0].piece))
            return NULL;
    int32_t exhibit = tour->step_count ? collection_find(house, tour->steps[0].piece) : -1;
    return exhibit >= 0 ? &house->exhibits[exhibit] : NULL;
}

// Whether a step's place is in the house. Renames it to what it is called there.
static bool fit_step(const Collection *house, const PackWing *pack, bool is_alone,
                     const char *const *ids, TourStep *step, Arena *arena)
{
    if (step->room[0] && is_alone)
        return pack->has_plan;
    if (step->room[0]) {
        step->room = str_format(arena, "wing-%u-%s", pack->number, step->room);
        return pack->number > 0;
    }
    for (uint32_t k = 0; k < pack->count; k++) {
        if (strcmp(ids[k], step->piece) != 0)
            continue;
        step->piece = house->exhibits[pack->first + k].id;
        return true;
    }
    return false;
}

static void add_tours(Collection *house, const PackWing *pack, bool is_alone, Arena *arena)
{
    const char **ids = ARENA_ARRAY(arena, const char *, (size_t)pack->count + 1);
    for (uint32_t k = 0; k < pack->count; k++)
        ids[k] = house->exhibits[pack->first + k].record.id;
    for (uint32_t i = 0; i < pack->tour_count; i++) {
        Tour tour = pack->tours[i];
        uint32_t kept = 0;
        for (uint32_t s = 0; s < tour.step_count; s++)
            if (fit_step(house, pack, is_alone, ids, &tour.steps[s], arena))
                tour.steps[kept++] = tour.steps[s];
        tour.step_count = kept;
        if (kept)
            collection_add_tour(house, &tour, arena);
    }
}

static void propose_tour(Collection *house, Arena *arena)
{
    TourPiece *pieces = ARENA_ARRAY(arena, TourPiece, (size_t)house->exhibit_count + 1);
    for (uint32_t i = 0; i < house->exhibit_count; i++) {
        const Exhibit *exhibit = &house->exhibits[i];
        bool is_placed = exhibit->place != PLAN_NONE;
        pieces[i] = (TourPiece){.id = exhibit->id,
                                .title = &exhibit->record.title,
                                .label = &exhibit->story.label,
                                .story = &exhibit->story,
                                .room = is_placed ? (int32_t)exhibit->room : PLAN_NONE};
    }
    Tour tour = tour_propose(&(TourWorld){&house->plan, house->exhibit_count, pieces}, arena);
    if (tour.step_count)
        collection_add_tour(house, &tour, arena);
}

static void gather_tours(Collection *house, const PackWing *packs, uint32_t count, Arena *arena)
{
    for (uint32_t i = 0; i < count; i++)
        add_tours(house, &packs[i], count == 1, arena);
    if (house->tour_count == 0)
        propose_tour(house, arena);
    for (uint32_t i = 0; i < house->exhibit_count; i++) {
        const Exhibit *exhibit = &house->exhibits[i];
        for (uint32_t t = 0; t < exhibit->story.tour_count; t++) {
            Tour tour = tour_of_story(exhibit->id, &exhibit->story, t, arena);
            tour.folder = exhibit->folder;
            if (tour.step_count)
                collection_add_tour(house, &tour, arena);
        }
    }
}

NODISCARD Status collection_open(const CollectionPack *packs, uint32_t count, Arena *arena,
                                 Collection *out)
{
    Collection house = {0};
    Opening opening = {.arena = arena, .house = &house};
    count = MIN(count, (uint32_t)COLLECTION_MAX_PACKS);
    PackWing *wings = ARENA_ARRAY(arena, PackWing, (size_t)count + 1);
    for (uint32_t i = 0; i < count; i++) {
        opening.name = str_copy(arena, path_name(packs[i].path));
        opening.mount = str_format(arena, "packs/%u", i);
        opening.pack = (Pack){0};
        opening.wing = &wings[i];
        opening.wing->first = house.exhibit_count;
        if (open_pack(&opening, &packs[i])) {
            const char *id = record_make_id(arena, str_copy(arena, path_stem(packs[i].path)));
            take_down_for_fault(&opening, add_exhibit(&opening, id));
        }
        opening.wing->count = house.exhibit_count - opening.wing->first;
    }
    if (count > 1)
        house.title = (LangText){0};
    if (count == 1 && wings[0].has_plan) {
        house.plan = wings[0].plan;
        house.lights = wings[0].lights;
    } else if (count < 2 || !join_packs(&house, wings, count, arena)) {
        TRY(lay_out_all(&house, arena));
    }
    place_exhibits(&house, arena);
    gather_tours(&house, wings, count, arena);
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

int32_t collection_find_piece(const Collection *collection, const char *pack, const char *piece)
{
    for (uint32_t i = 0; i < collection->exhibit_count; i++) {
        const Exhibit *exhibit = &collection->exhibits[i];
        if (exhibit->pack_id && exhibit->piece_id && !strcmp(exhibit->pack_id, pack) &&
            !strcmp(exhibit->piece_id, piece))
            return (int32_t)i;
    }
    return -1;
}
