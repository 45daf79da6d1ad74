// museum_cabinet.c: what the visitor keeps of this visit and others.

#include "museum/museum_parts.h"

#include "base/log.h"
#include "io/file.h"
#include "museum/cabinet.h"
#include "museum/finds.h"
#include "museum/hud_words.h"

#include <string.h>

// False of a piece that no pack names: one under restoration.
static bool key_of(const Exhibit *exhibit, CabinetKey *out)
{
    *out = (CabinetKey){exhibit->pack_id, exhibit->piece_id};
    return out->pack && out->piece;
}

// A named file; what goes along with settings of a named file; the visitor's own. Scripts and
// guided visits keep nothing unless they name where.
static const char *choose_path(const MuseumDesc *desc, Museum *m)
{
    const char *folder;
    if (desc->cabinet)
        return desc->cabinet;
    if (desc->settings)
        return cabinet_path_beside(desc->settings, m->arena);
    if (desc->is_scripted)
        return NULL;
    if (!file_data_folder("vitrine", m->arena, &folder))
        return path_join(m->arena, folder, "cabinet.sqlite");
    log_fault(LOG_WARN, "what is collected is kept for this visit only");
    return NULL;
}

void museum_open_cabinet(const MuseumDesc *desc, Museum *m)
{
    CabinetKey key;
    const char *path = choose_path(desc, m);
    m->cabinet = cabinet_open(path, m->arena);
    m->tells_cabinet = (!desc->is_scripted && !path) || cabinet_trouble(m->cabinet);
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
    if (exhibit->is_found[hotspot])
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
