// catalogue_record.c: what a piece's record says, as a table, and whom one has to thank.

#include "packer/catalogue_parts.h"

#include <math.h>
#include <string.h>

static void begin_row(Page *page, const char *name)
{
    html_begin(&page->html, "tr");
    HTML_OPEN(&page->html, "th", "scope", "row");
    html_text(&page->html, page_say(page, name));
    html_close(&page->html);
    html_begin(&page->html, "td");
}

static void end_row(Page *page)
{
    html_close(&page->html);
    html_close(&page->html);
}

static void row_text(Page *page, const char *name, const char *text)
{
    if (!text || !*text)
        return;
    begin_row(page, name);
    html_text(&page->html, text);
    end_row(page);
}

static void row_words(Page *page, const char *name, const LangText *text)
{
    if (!text->count)
        return;
    begin_row(page, name);
    page_words(page, text);
    end_row(page);
}

static void row_list(Page *page, const char *name, const LangTexts *texts)
{
    if (!texts->count)
        return;
    begin_row(page, name);
    for (uint32_t i = 0; i < texts->count; i++) {
        if (i > 0)
            html_text(&page->html, "; ");
        page_words(page, &texts->items[i]);
    }
    end_row(page);
}

static void put_makers(Page *page, const Record *record)
{
    for (uint32_t i = 0; i < record->maker_count; i++) {
        const RecordMaker *maker = &record->makers[i];
        const LangText *more[] = {&maker->role, &maker->dates, &maker->place};
        begin_row(page, N_("Maker"));
        page_words(page, &maker->name);
        for (size_t k = 0; k < COUNT_OF(more); k++) {
            if (!more[k]->count)
                continue;
            html_text(&page->html, ", ");
            page_words(page, more[k]);
        }
        end_row(page);
    }
}

static const char *const dimension_words[RECORD_DIMENSION_COUNT] = {
    [RECORD_HEIGHT] = N_("Height"),     [RECORD_WIDTH] = N_("Width"),
    [RECORD_DEPTH] = N_("Depth"),       [RECORD_LENGTH] = N_("Length"),
    [RECORD_DIAMETER] = N_("Diameter"), [RECORD_THICKNESS] = N_("Thickness")};

static const char *length_text(Page *page, double um)
{
    double value = um >= 1000 ? um / 1000 : um;
    return page_figures(
        page, str_format(page->html.arena, "%.4g %s", value, um >= 1000 ? "mm" : "µm"));
}

static void put_dimensions(Page *page, const Record *record)
{
    for (uint32_t i = 0; i < record->dimension_count; i++) {
        const RecordDimension *dimension = &record->dimensions[i];
        begin_row(page, dimension_words[dimension->kind]);
        html_text(&page->html, page_figures(page, str_format(page->html.arena, "%.6g mm",
                                                             dimension->value_mm)));
        if (dimension->method.count) {
            html_text(&page->html, ", ");
            page_words(page, &dimension->method);
        }
        end_row(page);
    }
}

static void put_size(Page *page, const PackPiece *entry)
{
    const double *low = entry->low_mm, *high = entry->high_mm;
    row_text(page, N_("Size of the scan"),
             page_figures(
                 page, str_format(page->html.arena, "%.1f\u00a0×\u00a0%.1f\u00a0×\u00a0%.1f mm",
                                  high[0] - low[0], high[1] - low[1], high[2] - low[2])));
}

static void put_capture(Page *page, const CataloguePiece *piece)
{
    const Record *record = &piece->record;
    const RecordCapture *capture = &record->capture;
    row_words(page, N_("The scan"), &capture->method);
    row_words(page, N_("Device"), &capture->device);
    row_words(page, N_("Scanned by"), &capture->operator_name);
    if (capture->date)
        row_text(page, N_("Scanned on"),
                 local_date(&page->local, capture->date, page->html.arena));
    row_words(page, N_("Scale known by"), &capture->scale_reference);
    put_size(page, piece->entry);
    if (capture->gsd_um > 0)
        row_text(page, N_("Ground sample distance"), length_text(page, capture->gsd_um));
    if (capture->accuracy_um > 0)
        row_text(page, N_("Accuracy"), length_text(page, capture->accuracy_um));
    if (record->measured.mesh_um > 0)
        row_text(page, N_("Between samples of the surface"),
                 length_text(page, record->measured.mesh_um));
    if (record->measured.texel_median_um > 0)
        row_text(page, N_("Texel of its pictures"),
                 length_text(page, record->measured.texel_median_um));
    row_text(page, N_("Triangles"),
             local_count(&page->local, piece->entry->triangle_count, page->html.arena));
    row_list(page, N_("Processing"), &record->processing);
}

static void put_object(Page *page, const Record *record)
{
    Arena *arena = page->html.arena;
    row_words(page, N_("Object"), &record->object_type);
    put_makers(page, record);
    row_words(page, N_("Date"), &record->date.display);
    row_list(page, N_("Materials"), &record->materials);
    row_list(page, N_("Technique"), &record->technique);
    put_dimensions(page, record);
    if (record->scale_model)
        row_text(page, N_("Scale"),
                 page_figures(page, str_format(arena, "1:%u", (unsigned)record->scale_model)));
    if (record->edition.size)
        row_text(
            page, N_("Edition"),
            page_figures(page, str_format(arena, "%u / %u", (unsigned)record->edition.number,
                                          (unsigned)record->edition.size)));
    row_words(page, N_("Theme"), &record->theme);
    row_list(page, N_("Inscriptions"), &record->inscriptions);
    row_list(page, N_("Provenance"), &record->provenance);
    row_words(page, N_("Holder"), &record->holder);
    row_text(page, N_("Accession number"), record->accession_no);
}

void catalogue_record(Page *page, const CataloguePiece *piece)
{
    html_element(&page->html, "h2", page_say(page, N_("Record")));
    html_begin(&page->html, "table");
    html_begin(&page->html, "tbody");
    put_object(page, &piece->record);
    put_capture(page, piece);
    html_close(&page->html);
    html_close(&page->html);
}

static void put_licence(Page *page, const char *name, const char *uri)
{
    if (!uri || !*uri)
        return;
    html_begin(&page->html, "p");
    html_text(&page->html, page_say(page, name));
    html_text(&page->html, ": ");
    HTML_OPEN(&page->html, "a", "href", uri, "rel", "license");
    html_text(&page->html, uri);
    html_close(&page->html);
    html_close(&page->html);
}

void catalogue_rights(Page *page, const Record *record)
{
    html_element(&page->html, "h2", page_say(page, N_("Rights")));
    page_line(page, "p", &record->required_statement);
    page_line(page, "p", &record->credit_line);
    put_licence(page, N_("The piece"), record->rights);
    put_licence(page, N_("The scan"), record->digital_rights);
}
