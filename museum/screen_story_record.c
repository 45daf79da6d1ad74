// screen_story_record.c: the pages of what is known: provenance, record, rights.

#include "museum/screen_story.h"

#include "museum/licence.h"
#include "museum/magnifier.h"

#include <string.h>

static const char *number_of(double value, const char *unit, Arena *arena)
{
    const char *text = str_format(arena, "%.6g%s%s", value, *unit ? "\u00a0" : "", unit);
    return hud_figures(text, arena);
}

static void row_of(StoryPen *pen, const char *word, const LangTexts *texts)
{
    story_row_list(pen, word, texts->items, texts->count);
}

// What is less than the value above it.
static void add_remark(StoryPen *pen, WidgetId field, const LangText *text)
{
    screen_text(pen->screens, field, langtext_find(text, pen->facts->language),
                langtext_tag(text, pen->facts->language), STYLE_SMALL, STYLE_INK_SOFT);
}

// ---- provenance

static bool has_provenance(const Exhibit *exhibit)
{
    return exhibit->record.provenance.count || exhibit->record.holder.count;
}

static void write_provenance(StoryPen *pen)
{
    const Record *record = &pen->exhibit->record;
    if (record->provenance.count)
        story_section(pen);
    for (uint32_t i = 0; i < record->provenance.count; i++) {
        story_note_language(pen, &record->provenance.items[i]);
        story_text(pen, &record->provenance.items[i], STYLE_BODY, STYLE_INK);
    }
    story_section(pen);
    story_row_text(pen, hud_say("Today in"), &record->holder);
    story_row(pen, hud_say("Inventory number"), record->accession_no, NULL);
}

const StoryPage story_page_provenance = {"provenance", N_("Provenance"), has_provenance,
                                         write_provenance};

// ---- record

static bool has_record(const Exhibit *exhibit)
{
    return exhibit->phase != EXHIBIT_RESTORATION || exhibit->record.title.count > 0;
}

static void write_makers(StoryPen *pen)
{
    const Record *record = &pen->exhibit->record;
    const char *language = pen->facts->language;
    for (uint32_t i = 0; i < record->maker_count; i++) {
        const RecordMaker *maker = &record->makers[i];
        story_note_language(pen, &maker->name);
        WidgetId field = story_field(pen, hud_say("Made by"));
        screen_text(pen->screens, field, langtext_find(&maker->name, language),
                    langtext_tag(&maker->name, language), STYLE_TEXT, STYLE_INK);
        add_remark(pen, field, &maker->role);
        add_remark(pen, field, &maker->dates);
        add_remark(pen, field, &maker->place);
    }
}

static void write_date(StoryPen *pen)
{
    const RecordDate *date = &pen->exhibit->record.date;
    if (date->display.count) {
        story_row_text(pen, hud_say("Date"), &date->display);
        return;
    }
    if (!date->is_known)
        return;
    const char *years = date->earliest == date->latest
                            ? str_format(pen->arena, "%d", date->earliest)
                            : str_format(pen->arena, "%d–%d", date->earliest, date->latest);
    Local local = local_of(hud_spoken());
    story_row(pen, hud_say("Date"), local_text(&local, years, pen->arena), NULL);
}

static void write_dimensions(StoryPen *pen)
{
    static const char *const kinds[RECORD_DIMENSION_COUNT] = {
        [RECORD_HEIGHT] = N_("Height"),     [RECORD_WIDTH] = N_("Width"),
        [RECORD_DEPTH] = N_("Depth"),       [RECORD_LENGTH] = N_("Length"),
        [RECORD_DIAMETER] = N_("Diameter"), [RECORD_THICKNESS] = N_("Thickness"),
    };
    const Record *record = &pen->exhibit->record;
    for (uint32_t i = 0; i < record->dimension_count; i++) {
        const RecordDimension *dimension = &record->dimensions[i];
        story_note_language(pen, &dimension->method);
        WidgetId field = story_field(pen, hud_say(kinds[dimension->kind]));
        screen_text(pen->screens, field, number_of(dimension->value_mm, "mm", pen->arena), NULL,
                    STYLE_TEXT, STYLE_INK);
        add_remark(pen, field, &dimension->method);
    }
}

static void write_edition(StoryPen *pen)
{
    const Record *record = &pen->exhibit->record;
    const RecordEdition *edition = &record->edition;
    if (edition->size > 0) {
        const char *text = str_format(pen->arena, "%u / %u", edition->number, edition->size);
        if (edition->artist_proofs > 0)
            text = str_format(pen->arena, hud_say("%1$s, and %2$u artist's proofs"), text,
                              edition->artist_proofs);
        story_row(pen, hud_say("Edition"), hud_figures(text, pen->arena), NULL);
    }
    if (record->scale_model > 0)
        story_row(pen, hud_say("Scale"),
                  hud_figures(str_format(pen->arena, "1:%u", record->scale_model), pen->arena),
                  NULL);
}

// Titles of pieces of this house, addresses of others.
static void write_related(StoryPen *pen)
{
    const Record *record = &pen->exhibit->record;
    const char *lines = "";
    for (uint32_t i = 0; i < record->related_count; i++) {
        int32_t index = -1;
        const Collection *house = pen->facts->collection;
        for (uint32_t k = 0; k < house->exhibit_count && index < 0; k++)
            index = strcmp(house->exhibits[k].id, record->related[i]) ? -1 : (int32_t)k;
        lines =
            str_format(pen->arena, "%s%s%s", lines, *lines ? "\n" : "",
                       index >= 0 ? exhibit_title(&house->exhibits[index], pen->facts->language)
                                  : record->related[i]);
    }
    story_row(pen, hud_say("See also"), lines, NULL);
}

static void write_object(StoryPen *pen)
{
    const Record *record = &pen->exhibit->record;
    story_section(pen);
    story_row_text(pen, hud_say("Title"), &record->title);
    story_row_text(pen, hud_say("What it is"), &record->object_type);
    write_makers(pen);
    write_date(pen);
    row_of(pen, hud_say("Material"), &record->materials);
    row_of(pen, hud_say("Technique"), &record->technique);
    write_dimensions(pen);
    write_edition(pen);
    row_of(pen, hud_word(WORD_INSCRIPTIONS), &record->inscriptions);
    story_row_text(pen, hud_say("Holder"), &record->holder);
    story_row(pen, hud_say("Inventory number"), record->accession_no, NULL);
    story_row_text(pen, hud_say("Theme"), &record->theme);
    story_row_text(pen, hud_say("Description"), &record->alt_text);
    write_related(pen);
}

static const char *length_text(double um, Arena *arena)
{
    return hud_figures(magnifier_length_text(um, arena), arena);
}

// What was found out by the scan itself.
static void write_measured(StoryPen *pen)
{
    const Exhibit *exhibit = pen->exhibit;
    Local local = local_of(hud_spoken());
    if (exhibit->phase == EXHIBIT_RESTORATION)
        return;
    story_row(pen, hud_say("Size"), exhibit_size(exhibit, hud_spoken(), pen->arena), NULL);
    story_row(pen, hud_say("Surface"),
              str_format(pen->arena, "%s %s",
                         local_count(&local, exhibit->triangle_count, pen->arena),
                         hud_word(WORD_TRIANGLES)),
              NULL);
    const RecordMeasured *measured = &exhibit->record.measured;
    if (measured->mesh_um > 0)
        story_row(pen, hud_say("Between samples"), length_text(measured->mesh_um, pen->arena),
                  NULL);
    if (measured->texel_median_um > 0)
        story_row(pen, hud_say("A texel"), length_text(measured->texel_median_um, pen->arena),
                  NULL);
}

static void write_scan(StoryPen *pen)
{
    const Record *record = &pen->exhibit->record;
    const RecordCapture *capture = &record->capture;
    Local local = local_of(hud_spoken());
    story_section(pen);
    story_word_heading(pen, hud_word(WORD_CAPTURE));
    story_row_text(pen, hud_say("Method"), &capture->method);
    story_row_text(pen, hud_say("Device"), &capture->device);
    story_row_text(pen, hud_say("Scanned by"), &capture->operator_name);
    if (capture->date && *capture->date)
        story_row(pen, hud_say("Date"), local_date(&local, capture->date, pen->arena), NULL);
    if (capture->gsd_um > 0)
        story_row(pen, hud_say("Sampling"), number_of(capture->gsd_um, "µm", pen->arena), NULL);
    if (capture->accuracy_um > 0)
        story_row(pen, hud_say("Accuracy"), number_of(capture->accuracy_um, "µm", pen->arena),
                  NULL);
    story_row_text(pen, hud_say("Reference"), &capture->scale_reference);
    row_of(pen, hud_say("Processing"), &record->processing);
    write_measured(pen);
}

static void write_record(StoryPen *pen)
{
    write_object(pen);
    write_scan(pen);
}

const StoryPage story_page_record = {"record", N_("Record"), has_record, write_record};

// ---- rights

static bool is_said(const char *text)
{
    return text && *text;
}

static bool has_rights(const Exhibit *exhibit)
{
    const Record *record = &exhibit->record;
    return record->required_statement.count || record->credit_line.count ||
           is_said(record->rights) || is_said(record->digital_rights);
}

// Its name, where we know it, and its address.
static void write_licence(StoryPen *pen, const char *word, const char *uri)
{
    if (!is_said(uri))
        return;
    const char *name = licence_name(uri, pen->arena);
    story_section(pen);
    story_word(pen, word, STYLE_TEXT, STYLE_INK_SOFT);
    screen_text(pen->screens, pen->section, name, "en", STYLE_STRONG, STYLE_INK);
    screen_text(pen->screens, pen->section, uri, "en", *name ? STYLE_SMALL : STYLE_TEXT,
                STYLE_INK_SOFT);
}

static void write_rights(StoryPen *pen)
{
    const Record *record = &pen->exhibit->record;
    bool is_one = is_said(record->rights) && is_said(record->digital_rights) &&
                  !strcmp(record->rights, record->digital_rights);
    story_section(pen);
    story_note_language(pen, &record->required_statement);
    story_text(pen, &record->required_statement, STYLE_TEXT, STYLE_INK); // figures stand high
    if (is_one) {
        write_licence(pen, hud_say("The piece and its scan"), record->rights);
    } else {
        write_licence(pen, hud_say("The piece"), record->rights);
        write_licence(pen, hud_say("The scan"), record->digital_rights);
    }
    story_section(pen);
    story_row_text(pen, hud_say("Credit"), &record->credit_line);
    story_row_text(pen, hud_say("Holder"), &record->holder);
    story_row_text(pen, hud_say("Scanned by"), &record->capture.operator_name);
}

const StoryPage story_page_rights = {"rights", N_("Rights"), has_rights, write_rights};
