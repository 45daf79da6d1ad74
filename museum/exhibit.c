// exhibit.c: one exhibit's life: known -> coarse -> full, or under restoration.

#include "museum/exhibit.h"

#include "exhibits/model/local.h"

#include <float.h>
#include <math.h>
#include <string.h>

// What stands for a piece that is not there: a small empty volume above its stand.
#define ABSENT_M 0.12

void exhibit_place(Exhibit *exhibit, const Plan *plan, uint32_t index)
{
    const PlanPlace *place = &plan->places[index];
    exhibit->place = (int32_t)index;
    exhibit->room = place->room;
    exhibit->floor_m = plan_piece_floor_m(place);
    bool is_absent = exhibit->phase == EXHIBIT_RESTORATION;
    for (int i = 0; i < 3 && is_absent; i++) {
        exhibit->low_m[i] = i == 1 ? 0 : -ABSENT_M / 2;
        exhibit->high_m[i] = i == 1 ? ABSENT_M : ABSENT_M / 2;
    }
    float spot[2];
    plan_piece_spot(place, spot);
    double at[3] = {spot[0], exhibit->floor_m, spot[1]};
    exhibit->placement = placement_make(at, place->yaw + place->piece_yaw, 1);
    // The middle of its bottom stands on the middle of the stand.
    double bottom[3] = {(exhibit->low_m[0] + exhibit->high_m[0]) / 2, exhibit->low_m[1],
                        (exhibit->low_m[2] + exhibit->high_m[2]) / 2};
    double turned[3];
    placement_turn_to_world(&exhibit->placement, bottom, turned);
    sub3(at, turned, exhibit->placement.position);
    for (int i = 0; i < 3; i++) {
        exhibit->low[i] = DBL_MAX;
        exhibit->high[i] = -DBL_MAX;
    }
    for (int corner = 0; corner < 8; corner++) {
        double own[3], world[3];
        for (int i = 0; i < 3; i++)
            own[i] = corner >> i & 1 ? exhibit->high_m[i] : exhibit->low_m[i];
        placement_to_world(&exhibit->placement, own, world);
        for (int i = 0; i < 3; i++) {
            exhibit->low[i] = fmin(exhibit->low[i], world[i]);
            exhibit->high[i] = fmax(exhibit->high[i], world[i]);
        }
    }
    double middle[3];
    for (int i = 0; i < 3; i++)
        middle[i] = (exhibit->low_m[i] + exhibit->high_m[i]) / 2;
    placement_to_world(&exhibit->placement, middle, exhibit->center);
    exhibit->radius_m = distance3(exhibit->low_m, exhibit->high_m) / 2;
}

VisitorPiece exhibit_piece(const Exhibit *exhibit)
{
    VisitorPiece piece = {.floor_m = exhibit->floor_m};
    memcpy(piece.low, exhibit->low, sizeof piece.low);
    memcpy(piece.high, exhibit->high, sizeof piece.high);
    return piece;
}

void exhibit_open(Exhibit *exhibit, Streamer *streamer)
{
    if (exhibit->phase == EXHIBIT_RESTORATION || exhibit->sculpture.generation)
        return;
    exhibit->sculpture =
        streamer_open(streamer, exhibit->graph_path, exhibit->pages_path, NULL);
}

void exhibit_close(Exhibit *exhibit, Streamer *streamer)
{
    if (!exhibit->sculpture.generation)
        return;
    streamer_close(streamer, exhibit->sculpture);
    exhibit->sculpture = (SculptureId){0};
    if (exhibit->phase != EXHIBIT_RESTORATION)
        exhibit->phase = EXHIBIT_KNOWN;
}

// "ERR_CORRUPT: packs/3/hare/sculpture.graph: ..." without what only a programmer can use.
static const char *plain_words(const char *fault)
{
    if (!strncmp(fault, "ERR_", 4) && strstr(fault, ": "))
        fault = strstr(fault, ": ") + 2;
    if (!strncmp(fault, "packs/", 6)) {
        const char *rest = fault + 6 + strspn(fault + 6, "0123456789");
        fault = *rest == '/' ? rest + 1 : fault;
    }
    return fault;
}

void exhibit_update(Exhibit *exhibit, const Streamer *streamer, bool is_complete, Arena *arena)
{
    if (!exhibit->sculpture.generation || exhibit->phase == EXHIBIT_RESTORATION)
        return;
    switch (streamer_phase(streamer, exhibit->sculpture)) {
    case SCULPTURE_NONE:
    case SCULPTURE_OPENING:
    case SCULPTURE_KNOWN:
        exhibit->phase = EXHIBIT_KNOWN;
        break;
    case SCULPTURE_VISIBLE:
        exhibit->phase = is_complete ? EXHIBIT_FULL : EXHIBIT_COARSE;
        break;
    case SCULPTURE_FAILED:
        exhibit_take_down(
            exhibit, str_format(arena, "%s: %s", exhibit->pack,
                                plain_words(streamer_fault(streamer, exhibit->sculpture))));
        break;
    }
}

void exhibit_take_down(Exhibit *exhibit, const char *sentence)
{
    exhibit->phase = EXHIBIT_RESTORATION;
    exhibit->restoration = sentence;
}

void exhibit_note_found(Exhibit *exhibit, uint32_t hotspot)
{
    exhibit->found_count += !exhibit->is_found[hotspot];
    exhibit->is_found[hotspot] = true;
}

const char *exhibit_phase_name(ExhibitPhase phase)
{
    static const char *const names[] = {
        [EXHIBIT_KNOWN] = "known",
        [EXHIBIT_COARSE] = "coarse",
        [EXHIBIT_FULL] = "full",
        [EXHIBIT_RESTORATION] = "restoration",
    };
    return names[phase];
}

// ---- what it says

const char *exhibit_title(const Exhibit *exhibit, const char *language)
{
    const char *title = langtext_find(&exhibit->record.title, language);
    return *title ? title : exhibit->id;
}

// Adds a part to a text of parts.
static const char *join(Arena *arena, const char *text, const char *separator, const char *part)
{
    if (!part || !*part)
        return text;
    return *text ? str_format(arena, "%s%s%s", text, separator, part) : part;
}

static const char *list_texts(const LangTexts *texts, const char *language, Arena *arena)
{
    const char *list = "";
    for (uint32_t i = 0; i < texts->count; i++)
        list = join(arena, list, ", ", langtext_find(&texts->items[i], language));
    return list;
}

const char *exhibit_size(const Exhibit *exhibit, const char *language, Arena *arena)
{
    Local local = local_of(language);
    double size[3], most = 0;
    for (int i = 0; i < 3; i++) {
        size[i] = (exhibit->high_m[i] - exhibit->low_m[i]) * 1000;
        most = MAX(most, size[i]);
    }
    bool is_large = most >= 1000;
    double per_unit = is_large ? 10 : 1;
    int digits = most < 100 ? 1 : 0;
    const char *text = str_format(arena, "%.*f\u00a0×\u00a0%.*f\u00a0×\u00a0%.*f\u00a0%s",
                                  digits, size[0] / per_unit, digits, size[1] / per_unit,
                                  digits, size[2] / per_unit, is_large ? "cm" : "mm");
    return local_text(&local, text, arena);
}

const char *exhibit_caption(const Exhibit *exhibit, const char *language, Arena *arena)
{
    const Record *record = &exhibit->record;
    const char *makers = "";
    for (uint32_t i = 0; i < record->maker_count; i++) {
        const RecordMaker *maker = &record->makers[i];
        const char *name = langtext_find(&maker->name, language);
        const char *dates = langtext_find(&maker->dates, language);
        makers = join(arena, makers, "; ",
                      *dates ? str_format(arena, "%s (%s)", name, dates) : name);
    }
    const char *caption =
        join(arena, makers, ", ", langtext_find(&record->date.display, language));
    const char *materials = list_texts(&record->materials, language, arena);
    caption = join(arena, caption, "\n", materials);
    if (exhibit->phase == EXHIBIT_RESTORATION)
        return caption;
    // Figures keep to the language of the words beside them, which may be another.
    const char *beside =
        record->materials.count ? langtext_tag(&record->materials.items[0], language) : "";
    if (!language || !*beside || langtext_is_same(beside, language))
        beside = language;
    return join(arena, caption, *materials ? ", " : "\n", exhibit_size(exhibit, beside, arena));
}

// What a label tells; a text of nothing where only the technique is known.
static const LangText *label_text(const Exhibit *exhibit)
{
    return exhibit->story.label.count ? &exhibit->story.label : &exhibit->record.alt_text;
}

const char *exhibit_label(const Exhibit *exhibit, const char *language, Arena *arena)
{
    if (exhibit->phase == EXHIBIT_RESTORATION)
        return exhibit->restoration;
    const char *label = langtext_find(label_text(exhibit), language);
    return *label ? label : list_texts(&exhibit->record.technique, language, arena);
}

const char *exhibit_label_tag(const Exhibit *exhibit, const char *language)
{
    if (exhibit->phase == EXHIBIT_RESTORATION)
        return "";
    const char *tag = langtext_tag(label_text(exhibit), language);
    const LangTexts *technique = &exhibit->record.technique;
    return *tag || !technique->count ? tag : langtext_tag(&technique->items[0], language);
}

const char *exhibit_rights(const Exhibit *exhibit, const char *language, Arena *arena)
{
    const Record *record = &exhibit->record;
    const char *text =
        join(arena, "", "\n", langtext_find(&record->required_statement, language));
    text = join(arena, text, "\n", langtext_find(&record->credit_line, language));
    text = join(arena, text, "\n", record->rights);
    if (record->digital_rights && *record->digital_rights &&
        (!record->rights || strcmp(record->rights, record->digital_rights) != 0))
        text = join(arena, text, "\n", record->digital_rights);
    return text;
}

double exhibit_texels_a_triangle(const Exhibit *exhibit)
{
    const RecordMeasured *measured = &exhibit->record.measured;
    double across =
        measured->texel_median_um > 0 ? measured->mesh_um / measured->texel_median_um : 0;
    return across * across * 0.433; // of a triangle whose sides are equal
}

bool exhibit_has_texels(const Exhibit *exhibit)
{
    return exhibit->record.measured.texel_median_um > 0;
}
