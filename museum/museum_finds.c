// museum_finds.c: which details were found, in this visit or another.

#include "museum/museum_parts.h"

#include "base/log.h"
#include "museum/finds.h"

#include <string.h>

// False of a piece that no pack names: one under restoration.
static bool find_of(const Exhibit *exhibit, uint32_t hotspot, Find *out)
{
    *out = (Find){exhibit->pack_id, exhibit->piece_id, exhibit->story.hotspots[hotspot].id};
    return out->pack && out->piece;
}

void museum_open_finds(Museum *m)
{
    Find find;
    m->finds =
        finds_open(m->settings_path ? finds_path(m->settings_path, m->arena) : NULL, m->arena);
    for (uint32_t i = 0; i < m->collection.exhibit_count; i++) {
        Exhibit *exhibit = &m->collection.exhibits[i];
        for (uint32_t k = 0; k < exhibit->story.hotspot_count; k++)
            if (find_of(exhibit, k, &find) && finds_has(m->finds, &find))
                exhibit_note_found(exhibit, k);
    }
}

void museum_note_found(Museum *m, int32_t index, uint32_t hotspot)
{
    Exhibit *exhibit = &m->collection.exhibits[index];
    Find find;
    if (exhibit->is_found[hotspot])
        return;
    exhibit_note_found(exhibit, hotspot);
    if (find_of(exhibit, hotspot, &find) && finds_note(m->finds, &find))
        log_fault(LOG_WARN, "a found detail is not kept");
}

void museum_keep_finds(Museum *m)
{
    if (m->finds && finds_keep(m->finds))
        log_fault(LOG_WARN, "found details are not kept");
}

void museum_forget_finds(Museum *m)
{
    finds_forget(m->finds);
    museum_keep_finds(m);
    for (uint32_t i = 0; i < m->collection.exhibit_count; i++) {
        Exhibit *exhibit = &m->collection.exhibits[i];
        exhibit->found_count = 0;
        memset(exhibit->is_found, 0, exhibit->story.hotspot_count * sizeof *exhibit->is_found);
    }
}
