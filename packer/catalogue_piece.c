// catalogue_piece.c: a piece's page in a text catalogue: everything it says.

#include "packer/catalogue_parts.h"

#include <string.h>

typedef struct PiecePage {
    Page page;
    const CataloguePiece *piece;
} PiecePage;

static void heading(PiecePage *p, const char *english)
{
    html_element(&p->page.html, "h2", page_say(&p->page, english));
}

static const char *file_path(PiecePage *p, const char *name)
{
    return str_format(p->page.html.arena, "../" CATALOGUE_FILES "/%s/%s", p->piece->entry->id,
                      name);
}

static void put_picture(PiecePage *p, const StoryPicture *picture)
{
    Page *page = &p->page;
    if (!picture->file || !picture->file[0])
        return;
    const char *tag = langtext_tag(&picture->alt_text, page->language);
    html_begin(&page->html, "figure");
    HTML_VOID(&page->html, "img", "src", file_path(p, picture->file), "alt",
              langtext_find(&picture->alt_text, page->language), "lang", page_lang(page, tag));
    // What the picture shows is there for everybody, not only for who cannot see it.
    page_line(page, "figcaption", &picture->alt_text);
    html_close(&page->html);
}

static const char *pixels(Page *page, int count)
{
    return count > 0 ? str_format(page->html.arena, "%d", count) : NULL;
}

void catalogue_picture(Page *page, const CataloguePiece *piece)
{
    const Record *record = &piece->record;
    if (!piece->picture)
        return;
    const LangText *words = record->alt_text.count ? &record->alt_text : &record->title;
    const char *attributes[] = {
        "src",    str_format(page->html.arena, "../" CATALOGUE_FILES "/%s", piece->picture),
        "alt",    langtext_find(words, page->language),
        "lang",   page_lang(page, langtext_tag(words, page->language)),
        "width",  pixels(page, piece->picture_size[0]),
        "height", pixels(page, piece->picture_size[1]),
        NULL};
    html_void(&page->html, "img", attributes);
}

// Of the piece itself; its words are the record's, and whom one has to thank stands below.
static void put_still(PiecePage *p)
{
    Page *page = &p->page;
    if (!p->piece->picture)
        return;
    html_begin(&page->html, "figure");
    catalogue_picture(page, p->piece);
    page_line(page, "figcaption", &p->piece->record.required_statement);
    html_close(&page->html);
}

// Of a detail; its words are its title: what there is to see stands below.
static void put_detail_still(PiecePage *p, uint32_t index)
{
    Page *page = &p->page;
    const StoryHotspot *spot = &p->piece->story.hotspots[index];
    if (!p->piece->has_still || !p->piece->has_still[index])
        return;
    const char *tag = langtext_tag(&spot->title, page->language);
    html_begin(&page->html, "figure");
    HTML_VOID(&page->html, "img", "src",
              str_format(page->html.arena,
                         "../" CATALOGUE_FILES "/" CATALOGUE_STILLS "/%s/%s.jpg",
                         p->piece->entry->id, spot->id),
              "alt", langtext_find(&spot->title, page->language), "lang", page_lang(page, tag),
              "width", pixels(page, CATALOGUE_DETAIL_WIDE), "height",
              pixels(page, CATALOGUE_DETAIL_HIGH));
    html_close(&page->html);
}

static void put_sound(PiecePage *p, const LangText *audio, const LangText *captions,
                      const LangText *transcript, int level)
{
    Page *page = &p->page;
    page_sound(page, p->piece->entry->id, audio, captions);
    if (!transcript->count)
        return;
    html_element(&page->html, level == 3 ? "h3" : "h4", page_say(page, N_("Transcript")));
    page_plain(page, transcript);
}

static void put_details(PiecePage *p)
{
    const Story *story = &p->piece->story;
    static const char *const kinds[STORY_KIND_COUNT] = {
        [STORY_SYMBOL] = N_("Symbol"),           [STORY_GESTURE] = N_("Gesture"),
        [STORY_TECHNIQUE] = N_("Technique"),     [STORY_DAMAGE] = N_("Damage"),
        [STORY_INSCRIPTION] = N_("Inscription"),
    };
    Page *page = &p->page;
    if (story->hotspot_count)
        heading(p, N_("Details"));
    for (uint32_t i = 0; i < story->hotspot_count; i++) {
        const StoryHotspot *spot = &story->hotspots[i];
        HTML_OPEN(&page->html, "section", "id",
                  str_format(page->html.arena, "detail-%s", spot->id));
        page_line(page, "h3", &spot->title);
        HTML_OPEN(&page->html, "p", "class", "note");
        html_text(&page->html, page_say(page, kinds[spot->kind]));
        html_close(&page->html);
        page_plain(page, &spot->text);
        put_detail_still(p, i);
        put_picture(p, &spot->picture);
        put_sound(p, &spot->audio, &spot->captions, &spot->transcript, 4);
        html_close(&page->html);
    }
}

static void put_printed(PiecePage *p, const StoryMaking *making)
{
    Page *page = &p->page;
    if (!making->printed_process.count)
        return;
    html_begin(&page->html, "p");
    page_words(page, &making->printed_process);
    if (making->printed_layer_um > 0) {
        html_text(&page->html, ", ");
        html_text(&page->html, page_figures(page, str_format(page->html.arena, "%.4g µm",
                                                             making->printed_layer_um)));
    }
    html_close(&page->html);
}

static void put_making(PiecePage *p)
{
    const StoryMaking *making = &p->piece->story.making;
    Page *page = &p->page;
    Html *html = &page->html;
    if (making->hours <= 0 && !making->tool_count && !making->step_count &&
        !making->printed_process.count)
        return;
    heading(p, N_("How it was made"));
    if (making->hours > 0)
        html_element(
            html, "p",
            str_format(html->arena, "%s %s",
                       page_figures(page, str_format(html->arena, "%.6g", making->hours)),
                       page_say(page, N_("hours of work"))));
    put_printed(p, making);
    if (making->tool_count) {
        html_element(html, "h3", page_say(page, N_("Tools")));
        html_begin(html, "ul");
        for (uint32_t i = 0; i < making->tool_count; i++)
            page_line(page, "li", &making->tools[i]);
        html_close(html);
    }
    for (uint32_t i = 0; i < making->step_count; i++) {
        page_prose(page, &making->steps[i].text, 3);
        put_picture(p, &making->steps[i].picture);
    }
}

static void put_tour_step(PiecePage *p, const StoryTourStep *step)
{
    const Story *story = &p->piece->story;
    Page *page = &p->page;
    const StoryHotspot *spot = step->hotspot >= 0 ? &story->hotspots[step->hotspot] : NULL;
    html_begin(&page->html, "li");
    if (spot)
        page_line(page, "p", &spot->title);
    page_plain(page, step->text.count || !spot ? &step->text : &spot->text);
    put_sound(p, &step->audio, &step->captions, &(LangText){0}, 4);
    html_close(&page->html);
}

static void put_tours(PiecePage *p)
{
    const Story *story = &p->piece->story;
    Page *page = &p->page;
    if (story->tour_count)
        heading(p, N_("Tours"));
    for (uint32_t i = 0; i < story->tour_count; i++) {
        const StoryTour *tour = &story->tours[i];
        page_line(page, "h3", &tour->title);
        if (tour->step_count)
            html_begin(&page->html, "ol");
        for (uint32_t k = 0; k < tour->step_count; k++)
            put_tour_step(p, &tour->steps[k]);
        if (tour->step_count)
            html_close(&page->html);
    }
}

static void put_story(PiecePage *p)
{
    const Story *story = &p->piece->story;
    Page *page = &p->page;
    if (story->long_text.count) {
        heading(p, N_("Story"));
        page_prose(page, &story->long_text, 3);
    }
    for (uint32_t i = 0; i < story->chapter_count; i++) {
        page_line(page, "h2", &story->chapters[i].title);
        page_prose(page, &story->chapters[i].text, 3);
        page_sound(page, p->piece->entry->id, &story->chapters[i].audio,
                   &story->chapters[i].captions);
        put_picture(p, &story->chapters[i].picture);
    }
    put_details(p);
    put_making(p);
    put_tours(p);
}

static void put_neighbours(PiecePage *p, uint32_t index)
{
    Page *page = &p->page;
    const Catalogue *catalogue = page->catalogue;
    HTML_OPEN(&page->html, "nav", "class", "neighbours", "aria-label",
              page_say(page, N_("Pieces")));
    for (int step = -1; step <= 1; step += 2) {
        uint32_t other = index + (uint32_t)step;
        if (other >= catalogue->pack.piece_count)
            continue;
        HTML_OPEN(&page->html, "a", "href",
                  str_format(page->html.arena, "%s.html", catalogue->pieces[other].entry->id),
                  "rel", step < 0 ? "prev" : "next");
        page_words(page, &catalogue->pieces[other].record.title);
        html_close(&page->html);
    }
    html_close(&page->html);
}

Bytes catalogue_piece_page(const Catalogue *catalogue, uint32_t index, const char *language,
                           Arena *arena)
{
    const CataloguePiece *piece = &catalogue->pieces[index];
    const Record *record = &piece->record;
    PiecePage p = {{html_make(arena), catalogue, language, local_of(language)}, piece};
    Page *page = &p.page;
    page_begin(page, langtext_find(&record->title, language),
               str_format(arena, "%s.html", piece->entry->id));
    html_begin(&page->html, "article");
    page_line(page, "h1", &record->title);
    page_plain(page, &piece->story.label);
    put_still(&p);
    if (record->alt_text.count) {
        heading(&p, N_("What there is to see"));
        page_plain(page, &record->alt_text);
    }
    put_story(&p);
    catalogue_record(page, piece);
    catalogue_rights(page, record);
    html_close(&page->html);
    put_neighbours(&p, index);
    return page_end(page);
}
