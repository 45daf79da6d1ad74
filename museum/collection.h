// collection.h: from the packs one names to one house: exhibits and a plan.
//
// A pack that cannot be opened becomes one exhibit under restoration, which says why; the
// others go on. A pack keeps the plan it brings, and gets one that is laid out otherwise. Of
// several packs each is a wing of one house with a lobby (exhibits/model/house.h); those of one
// or two pieces and no plan of their own share a wing. Reads files: at boot, on the main
// thread.

#pragma once
#include "data/lightmap.h"
#include "data/pack.h"
#include "exhibits/model/tour.h"
#include "museum/exhibit.h"

enum { COLLECTION_MAX_PACKS = 256 };

// Light that came with a room.
typedef struct CollectionLight {
    const char *path;         // NULL: none did
    const uint8_t *plan_hash; // of the plan it has to be of
    const Plan *plan;         // that one, and which of its rooms it is
    uint32_t room;
    LightmapMove move; // from there to the house's plan
} CollectionLight;

typedef struct Collection {
    LangText title;        // of its only pack; none of several
    uint32_t wing_count;   // 0: there is no lobby
    const LangText *wings; // their titles, in the order of house.h
    uint32_t exhibit_count;
    Exhibit *exhibits;
    Plan plan;
    float *piece_heights_m; // for gallery_make, by place
    int32_t *exhibit_of_place;
    // Those of the packs, or one that is proposed where no pack brings any; then those of the
    // pieces. Rooms and pieces are named as they are in this house.
    uint32_t tour_count;
    Tour *tours;
    const CollectionLight *lights; // by room of the plan. NULL: there is none
} Collection;

// What to open.
typedef struct CollectionPack {
    const char *path;
    const char *fault; // it could not even be built: this is why; NULL otherwise
} CollectionPack;

// vfs_start() first. Everything lives in `arena`. Fails only if nothing can be laid out at all.
NODISCARD Status collection_open(const CollectionPack *packs, uint32_t count, Arena *arena,
                                 Collection *out);
// One more tour; its id becomes another where there is one already.
void collection_add_tour(Collection *collection, const Tour *tour, Arena *arena);
// The piece that a tour stays at all the time; NULL: it has several, or rooms.
const Exhibit *collection_tour_piece(const Collection *collection, const Tour *tour);
// Index of the exhibit, or -1; and by what its pack calls itself and it.
int32_t collection_find(const Collection *collection, const char *id);
int32_t collection_find_piece(const Collection *collection, const char *pack,
                              const char *piece);
