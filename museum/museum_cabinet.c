// museum_cabinet.c: what the visitor keeps of this visit and others. What cannot be kept is
// told.

#include "museum/museum_parts.h"

#include "base/log.h"
#include "museum/cabinet.h"
#include "museum/finds.h"
#include "museum/hud_words.h"

#include <stdlib.h>
#include <string.h>

// False of a piece that no pack names: one under restoration.
static bool key_of(const Exhibit *exhibit, CabinetKey *out)
{
    *out = (CabinetKey){exhibit->pack_id, exhibit->piece_id};
    return out->pack && out->piece;
}

// Scripts and guided visits keep nothing unless they name where.
static const char *choose_path(const MuseumDesc *desc, Museum *m)
{
    const char *path = NULL;
    if (desc->is_kiosk || (desc->is_scripted && !desc->cabinet && !desc->settings))
        return NULL;
    if (cabinet_choose_path(desc->cabinet, desc->settings, m->arena, &path))
        log_fault(LOG_WARN, "what is collected is kept for this visit only");
    return path;
}

void museum_open_cabinet(const MuseumDesc *desc, Museum *m)
{
    CabinetKey key;
    const char *path = choose_path(desc, m);
    m->cabinet = cabinet_open(path, m->arena);
    m->tells_cabinet =
        (!desc->is_scripted && !desc->is_kiosk && !path) || cabinet_trouble(m->cabinet);
    if (path && m->settings_path &&
        cabinet_take_finds(m->cabinet, finds_path(m->settings_path, m->arena)))
        log_fault(LOG_WARN, "details found before are not taken over");
    for (uint32_t i = 0; i < m->collection.exhibit_count; i++) {
        Exhibit *exhibit = &m->collection.exhibits[i];
        for (uint32_t k = 0; key_of(exhibit, &key) && k < exhibit->story.hotspot_count; k++)
            if (cabinet_has_detail(m->cabinet, &key, exhibit->story.hotspots[k].id))
                exhibit_note_found(exhibit, k);
    }
}

void museum_tell_cabinet(Museum *m)
{
    const char *trouble = cabinet_trouble(m->cabinet);
    if (!m->tells_cabinet || !museum_is_ready(m) || m->toast.left_s > 0)
        return;
    m->tells_cabinet = false;
    museum_say(m, cabinet_is_kept(m->cabinet)
                      ? hud_say("The cabinet was broken and begins anew. The old file is kept.")
                      : hud_say("What you collect is kept for this visit only."));
    if (trouble)
        LOG_WARN_LINE("%s", trouble);
}

void museum_note_found(Museum *m, int32_t index, uint32_t hotspot)
{
    Exhibit *exhibit = &m->collection.exhibits[index];
    CabinetKey key;
    if (exhibit->is_found[hotspot] || m->kiosk.is_attracting) // nobody looks
        return;
    exhibit_note_found(exhibit, hotspot);
    if (key_of(exhibit, &key) &&
        cabinet_note_detail(m->cabinet, &key, exhibit->story.hotspots[hotspot].id))
        log_fault(LOG_WARN, "a found detail is not kept");
}

void museum_forget_finds(Museum *m)
{
    if (cabinet_forget_details(m->cabinet))
        log_fault(LOG_WARN, "found details are not forgotten");
    for (uint32_t i = 0; i < m->collection.exhibit_count; i++) {
        Exhibit *exhibit = &m->collection.exhibits[i];
        exhibit->found_count = 0;
        memset(exhibit->is_found, 0, exhibit->story.hotspot_count * sizeof *exhibit->is_found);
    }
}

// ---- collecting

// As it is called today.
static bool piece_of(const Museum *m, int32_t index, CabinetPiece *out)
{
    const Exhibit *exhibit = index >= 0 ? &m->collection.exhibits[index] : NULL;
    const LangText *title = &m->collection.title;
    *out = (CabinetPiece){.note = ""};
    if (!exhibit || !key_of(exhibit, &out->key))
        return false;
    out->title = exhibit_title(exhibit, m->language);
    out->house = title->count ? langtext_find(title, m->language) : exhibit->pack;
    return true;
}

// Screens show what is kept.
static void show_kept(Museum *m, Status status)
{
    m->screens.wants_anew = screens_are_open(&m->screens);
    museum_tell(m, status);
}

NODISCARD Status museum_collect(Museum *m, int32_t exhibit, bool is_collected)
{
    CabinetPiece piece;
    int32_t at = m->close >= 0 ? m->close : m->focus;
    if (!piece_of(m, exhibit >= 0 ? exhibit : at, &piece))
        return FAIL(ERR_INVALID, "%s", hud_say("There is no piece here to collect."));
    TRY(is_collected ? cabinet_collect(m->cabinet, &piece)
                     : cabinet_uncollect(m->cabinet, &piece.key));
    m->screens.wants_anew = screens_are_open(&m->screens);
    return OK;
}

// What was typed into the field of that row.
NODISCARD static Status keep_note(Museum *m, const ScreenWish *wish, CabinetPiece *piece)
{
    Scratch scratch = scratch_begin(NULL);
    const Widgets *tree = m->screens.tree;
    const char *name = str_format(scratch.arena, "note-%d", (int)wish->index);
    piece->note = widget_text(tree, widget_find(tree, name));
    Status status = cabinet_set_note(m->cabinet, piece);
    scratch_end(scratch);
    return status;
}

static void hear_row(Museum *m, const ScreenWish *wish, CabinetPiece *piece)
{
    int32_t exhibit = collection_find_piece(&m->collection, piece->key.pack, piece->key.piece);
    if (wish->kind == SCREEN_MOVES_KEPT) {
        show_kept(m, cabinet_move(m->cabinet, &piece->key, (int)wish->value));
    } else if (wish->kind == SCREEN_DROPS_KEPT) {
        show_kept(m, piece->is_collected ? cabinet_uncollect(m->cabinet, &piece->key)
                                         : cabinet_collect(m->cabinet, piece));
    } else if (wish->kind == SCREEN_NOTES_KEPT) {
        museum_tell(m, keep_note(m, wish, piece));
    } else if (wish->kind == SCREEN_GOES_KEPT && exhibit >= 0) {
        screens_close(&m->screens);
        compare_end(m);
        museum_go_to_exhibit(m, exhibit);
    }
}

void museum_hear_kept(Museum *m, const ScreenWish *wish)
{
    CabinetPiece *pieces;
    uint32_t count;
    if (wish->kind == SCREEN_COLLECTS) {
        CabinetKey key;
        const Exhibit *exhibit = &m->collection.exhibits[m->screens.exhibit];
        bool is_collected = key_of(exhibit, &key) && cabinet_has(m->cabinet, &key);
        show_kept(m, museum_collect(m, m->screens.exhibit, !is_collected));
        return;
    }
    Scratch scratch = scratch_begin(NULL);
    Status status = cabinet_pieces(m->cabinet, scratch.arena, &pieces, &count);
    if (!status && wish->index >= 0 && (uint32_t)wish->index < count)
        hear_row(m, wish, &pieces[wish->index]);
    museum_tell(m, status);
    scratch_end(scratch);
}

void museum_keep_photo(Museum *m, const char *path)
{
    Scratch scratch = scratch_begin(NULL);
    CabinetPiece piece;
    PhotoView view = photo_view(m);
    CabinetThing thing = {CABINET_PHOTO, path, photo_write_view(&view, scratch.arena)};
    char whole[4096];
    if (realpath(path, whole)) // wherever the next visit begins
        thing.name = whole;
    if (piece_of(m, m->close, &piece) && cabinet_add(m->cabinet, &piece, &thing))
        log_fault(LOG_WARN, "a photograph is not in the cabinet");
    scratch_end(scratch);
}

static const char *points_text(const Measure *measure, const MeasureFigure *figure,
                               Arena *arena)
{
    const char *text = measure_kind_name(figure->kind);
    for (uint32_t i = 0; i < figure->count; i++) {
        const double *at = measure->points[figure->first + i].at_m;
        text = str_format(arena, "%s %.4f,%.4f,%.4f", text, at[0] * 1000, at[1] * 1000,
                          at[2] * 1000);
    }
    return text;
}

void museum_keep_measures(Museum *m)
{
    CabinetPiece piece;
    const Measure *measure = tape_measure(m);
    if (!measure || !piece_of(m, m->close, &piece))
        return;
    Scratch scratch = scratch_begin(NULL);
    for (uint32_t i = 0; i < measure->figure_count; i++) {
        MeasureReading reading = measure_read(measure, &measure->figures[i]);
        CabinetThing thing = {CABINET_MEASURE, reading.text,
                              points_text(measure, &measure->figures[i], scratch.arena)};
        if (measure_is_complete(&measure->figures[i]) && *reading.text &&
            cabinet_add(m->cabinet, &piece, &thing))
            log_fault(LOG_WARN, "a measurement is not in the cabinet");
    }
    scratch_end(scratch);
}

void museum_fill_cabinet_stats(const Museum *m, Stats *stats)
{
    int32_t at = m->close >= 0 ? m->close : m->focus;
    CabinetKey key;
    stats->cabinet_pieces = cabinet_piece_count(m->cabinet);
    stats->cabinet_details = cabinet_detail_count(m->cabinet);
    stats->cabinet_is_kept = cabinet_is_kept(m->cabinet);
    stats->is_collected =
        at >= 0 && key_of(&m->collection.exhibits[at], &key) && cabinet_has(m->cabinet, &key);
}
