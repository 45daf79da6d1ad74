// catalogue_still.c: pictures of pieces and their details, drawn from the pack.

#include "packer/catalogue_parts.h"

#include "base/log.h"
#include "packer/progress.h"
#include "packer/still.h"

enum { QUALITY = 88 }; // of JPEG

typedef struct Stills {
    Catalogue *catalogue;
    const CatalogueDesc *desc;
    unsigned drawn, most, *files;
} Stills;

static const char *entry_path(const Stills *stills, int32_t file, Arena *arena)
{
    return path_join(arena, CATALOGUE_MOUNT, stills->catalogue->pack.files[file].name);
}

// Of the piece, or of a detail: as `name`, without its ending.
NODISCARD static Status put_still(Stills *stills, const CataloguePiece *piece, StillDesc still,
                                  const char *name)
{
    Arena arena = {0};
    Image image;
    Bytes jpeg;
    if (stills->desc->progress)
        progress_show(stills->desc->progress, str_format(&arena, "drawing %s", name),
                      (double)stills->drawn / MAX(stills->most, 1u));
    stills->drawn++;
    still.graph = entry_path(stills, piece->entry->graph, &arena);
    still.pages = entry_path(stills, piece->entry->pages, &arena);
    still.story = &piece->story;
    still.cancel = stills->desc->cancel;
    Status status = still_draw(&still, &arena, &image);
    if (!status)
        status = image_encode_jpeg(&image, QUALITY, &arena, &jpeg);
    if (!status)
        status = catalogue_put(
            stills->desc,
            str_format(&arena, CATALOGUE_FILES "/" CATALOGUE_STILLS "/%s.jpg", name), jpeg,
            &arena);
    *stills->files += !status;
    arena_drop(&arena);
    return status;
}

// Words go on without a picture, of which one is told, unless somebody stops it all.
NODISCARD static Status excuse(Status status, const CataloguePiece *piece)
{
    if (status == ERR_CANCELLED || status == ERR_IO)
        return status;
    if (status)
        log_fault(LOG_WARN, piece->entry->id);
    return OK;
}

NODISCARD static Status draw_piece(Stills *stills, CataloguePiece *piece)
{
    Arena *arena = stills->catalogue->arena;
    const StillDesc whole = {.width = CATALOGUE_STILL_WIDE, .height = CATALOGUE_STILL_HIGH};
    Status status = put_still(stills, piece, whole, piece->entry->id);
    if (status)
        return excuse(status, piece);
    piece->picture = str_format(arena, CATALOGUE_STILLS "/%s.jpg", piece->entry->id);
    piece->picture_size[0] = CATALOGUE_STILL_WIDE;
    piece->picture_size[1] = CATALOGUE_STILL_HIGH;
    return OK;
}

NODISCARD static Status draw_details(Stills *stills, CataloguePiece *piece)
{
    Arena *arena = stills->catalogue->arena;
    const Story *story = &piece->story;
    piece->has_still = ARENA_ARRAY(arena, bool, (size_t)story->hotspot_count + 1);
    for (uint32_t i = 0; i < story->hotspot_count; i++) {
        const StoryHotspot *spot = &story->hotspots[i];
        if ((spot->picture.file && spot->picture.file[0]) || !spot->title.count)
            continue;
        const StillDesc detail = {
            .hotspot = spot, .width = CATALOGUE_DETAIL_WIDE, .height = CATALOGUE_DETAIL_HIGH};
        Status status = put_still(stills, piece, detail,
                                  str_format(arena, "%s/%s", piece->entry->id, spot->id));
        piece->has_still[i] = !status;
        TRY(excuse(status, piece));
    }
    return OK;
}

Status catalogue_draw(Catalogue *catalogue, const CatalogueDesc *desc, unsigned *files)
{
    Stills stills = {.catalogue = catalogue, .desc = desc, .files = files};
    for (uint32_t i = 0; i < catalogue->pack.piece_count; i++)
        stills.most += 1 + catalogue->pieces[i].story.hotspot_count;
    for (uint32_t i = 0; i < catalogue->pack.piece_count; i++) {
        CataloguePiece *piece = &catalogue->pieces[i];
        if (piece->entry->graph == PACK_NONE || piece->entry->pages == PACK_NONE)
            continue;
        if (!piece->picture)
            TRY(draw_piece(&stills, piece));
        TRY(draw_details(&stills, piece));
    }
    return OK;
}
