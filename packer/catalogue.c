// catalogue.c: a pack as a text catalogue: static, accessible HTML with every text in it.

#include "packer/catalogue.h"

#include "io/file.h"
#include "io/vfs.h"
#include "packer/catalogue_parts.h"
#include "packer/media.h"

#include <ctype.h>
#include <string.h>

// Links have 4.5:1 on their ground, too; the page follows what the reader's system asks for.
static const char style[] =
    ":root{color-scheme:light dark}\n"
    "body{margin:0 auto;padding:1.5rem;max-width:42rem;font:1.125rem/1.6 \"EB Garamond\","
    "Georgia,serif;color:#201d1a;background:#f6f3ec}\n"
    "h1,h2,h3,h4{line-height:1.25;font-weight:600;margin:2em 0 .5em}\n"
    "h1{font-size:2.2rem;margin-top:1em}\n"
    "nav,table,.note,figcaption,header{font-family:Inter,\"Noto Sans\",sans-serif;"
    "font-size:.9rem}\n"
    "a{color:#7a3e06}\n"
    "a:focus-visible{outline:3px solid #b06a1c;outline-offset:2px}\n"
    ".skip{position:absolute;inset-inline-start:-999rem}\n"
    ".skip:focus{position:static}\n"
    ".languages{display:flex;flex-wrap:wrap;gap:.25rem 1rem;padding:0;list-style:none}\n"
    ".languages a[aria-current]{font-weight:700;text-decoration:none;color:inherit}\n"
    ".note,figcaption{color:#5c554c}\n"
    "blockquote{margin-inline:0;padding-inline-start:1rem;"
    "border-inline-start:3px solid #b06a1c}\n"
    "img{max-width:100%;height:auto}\n"
    ".pieces{display:grid;grid-template-columns:repeat(auto-fill,minmax(12rem,1fr));gap:1.5rem;"
    "padding:0;list-style:none}\n"
    ".pieces img{display:block;width:100%;margin-bottom:.5rem}\n"
    "figure{margin:1.5rem 0}\n"
    "table{border-collapse:collapse;width:100%}\n"
    "th,td{padding:.35rem .5rem;text-align:start;vertical-align:top;"
    "border-block-end:1px solid #cfc8bb;overflow-wrap:anywhere}\n"
    "th{width:12rem;font-weight:600}\n"
    ".neighbours{display:flex;justify-content:space-between;gap:1rem;margin-top:3rem}\n"
    "p,h1,h2,h3,li{overflow-wrap:anywhere}\n"
    "@media (max-width:30rem){th,td{display:block;width:auto;border:0}}\n"
    "@media (prefers-color-scheme:dark){body{color:#efeae0;background:#1d1b19}"
    "a{color:#f0b46c}.note,figcaption{color:#b9b1a5}th,td{border-color:#4a453e}}\n"
    "@media (prefers-contrast:more){body{color:#000;background:#fff}a{color:#00006e}"
    ".note,figcaption{color:#000}}\n"
    "@media print{body{max-width:none;padding:0;font-size:11pt;color:#000;background:#fff}"
    "nav,.skip,audio{display:none}a{color:inherit;text-decoration:none}"
    "h1,h2,h3{break-after:avoid}figure,tr{break-inside:avoid}}\n";

// ---- reading

NODISCARD static Status read_entry(const Catalogue *c, int32_t index, size_t limit, Bytes *out)
{
    return vfs_read(path_join(c->arena, CATALOGUE_MOUNT, c->pack.files[index].name), limit,
                    c->arena, out);
}

NODISCARD static Status read_piece(Catalogue *c, uint32_t index)
{
    CataloguePiece *piece = &c->pieces[index];
    Bytes bytes;
    piece->entry = &c->pack.pieces[index];
    TRY(read_entry(c, piece->entry->record, RECORD_MAX_BYTES, &bytes));
    TRY(record_parse(bytes, c->pack.files[piece->entry->record].name, c->arena, NULL,
                     &piece->record));
    if (piece->entry->story == PACK_NONE)
        return OK;
    TRY(read_entry(c, piece->entry->story, STORY_MAX_BYTES, &bytes));
    return story_parse(bytes, c->pack.files[piece->entry->story].name, c->arena, NULL,
                       &piece->story);
}

NODISCARD static Status read_house(Catalogue *c)
{
    Bytes bytes;
    if (c->pack.plan != PACK_NONE) {
        TRY(read_entry(c, c->pack.plan, JSON_MAX_BYTES, &bytes));
        TRY(plan_parse(bytes, PLAN_FILE, c->arena, NULL, &c->plan));
        c->has_plan = true;
    }
    c->tours = ARENA_ARRAY(c->arena, Tour, MAX(c->pack.file_count, 1u));
    for (uint32_t i = 0; i < c->pack.file_count; i++) {
        const PackFile *file = &c->pack.files[i];
        if (file->kind != PACK_TOUR)
            continue;
        TRY(read_entry(c, (int32_t)i, TOUR_MAX_BYTES, &bytes));
        TRY(tour_parse(bytes, file->name, c->arena, NULL, &c->tours[c->tour_count]));
        c->tour_count++;
    }
    return OK;
}

NODISCARD static Status read_pack(Catalogue *c)
{
    Bytes bytes;
    TRY(vfs_read(CATALOGUE_MOUNT "/" PACK_MANIFEST, PACK_MAX_MANIFEST_BYTES, c->arena, &bytes));
    TRY(pack_parse(bytes, c->arena, &c->pack));
    c->pieces = ARENA_ARRAY(c->arena, CataloguePiece, MAX(c->pack.piece_count, 1u));
    for (uint32_t i = 0; i < c->pack.piece_count; i++)
        TRY(read_piece(c, i));
    return read_house(c);
}

// ---- languages: those that something long is written in. Others are quoted, not spoken.

static void add_languages(Catalogue *c, const LangText *text)
{
    for (uint32_t i = 0; i < text->count; i++) {
        char *tag = arena_copy_text(c->arena, text->entries[i].tag);
        bool is_known = langtext_is_same(tag, "und");
        for (char *at = tag; *at; at++)
            *at = (char)tolower((unsigned char)*at);
        for (uint32_t k = 0; k < c->language_count; k++)
            is_known |= !strcmp(c->languages[k], tag);
        if (!is_known && c->language_count < CATALOGUE_MAX_LANGUAGES)
            c->languages[c->language_count++] = tag;
    }
}

static void find_languages(Catalogue *c)
{
    for (uint32_t i = 0; i < c->pack.piece_count; i++) {
        const CataloguePiece *piece = &c->pieces[i];
        add_languages(c, &piece->story.label);
        add_languages(c, &piece->story.long_text);
        add_languages(c, &piece->record.alt_text);
    }
    if (!c->language_count)
        add_languages(c, &c->pack.title);
    if (!c->language_count)
        c->languages[c->language_count++] = "en";
}

// ---- pages of the whole

static void put_pieces(Page *page)
{
    const Catalogue *c = page->catalogue;
    html_element(&page->html, "h2", page_say(page, N_("Pieces")));
    HTML_OPEN(&page->html, "ul", "class", "pieces");
    for (uint32_t i = 0; i < c->pack.piece_count; i++) {
        const CataloguePiece *piece = &c->pieces[i];
        html_begin(&page->html, "li");
        catalogue_picture(page, piece);
        HTML_OPEN(&page->html, "a", "href",
                  str_format(page->html.arena, "%s.html", piece->entry->id));
        page_words(page, &piece->record.title);
        html_close(&page->html);
        if (piece->record.object_type.count) {
            html_text(&page->html, " – ");
            page_words(page, &piece->record.object_type);
        }
        html_close(&page->html);
    }
    html_close(&page->html);
}

static void put_rooms(Page *page)
{
    const Catalogue *c = page->catalogue;
    bool is_begun = false;
    for (uint32_t i = 0; i < c->plan.room_count; i++) {
        const PlanRoom *room = &c->plan.rooms[i];
        if (!room->title.count || !room->text.count)
            continue;
        if (!is_begun)
            html_element(&page->html, "h2", page_say(page, N_("Rooms")));
        is_begun = true;
        page_line(page, "h3", &room->title);
        page_plain(page, &room->text);
    }
}

static void put_tour(Page *page, const Tour *tour)
{
    page_line(page, "h3", &tour->title);
    page_plain(page, &tour->description);
    if (!tour->step_count)
        return;
    html_begin(&page->html, "ol");
    for (uint32_t i = 0; i < tour->step_count; i++) {
        const TourStep *step = &tour->steps[i];
        html_begin(&page->html, "li");
        page_plain(page, step->transcript.count ? &step->transcript : &step->caption);
        page_sound(page, TOUR_FOLDER, &step->narration, &step->captions);
        html_close(&page->html);
    }
    html_close(&page->html);
}

static Bytes index_page(const Catalogue *c, const char *language, Arena *arena)
{
    Page page = {html_make(arena), c, language, local_of(language)};
    page_begin(&page, langtext_find(&c->pack.title, language), "index.html");
    page_line(&page, "h1", &c->pack.title);
    put_pieces(&page);
    put_rooms(&page);
    if (c->tour_count)
        html_element(&page.html, "h2", page_say(&page, N_("Tours")));
    for (uint32_t i = 0; i < c->tour_count; i++)
        put_tour(&page, &c->tours[i]);
    return page_end(&page);
}

// The door: which languages there are, each by its own name.
static Bytes door_page(const Catalogue *c, Arena *arena)
{
    Html html = html_make(arena);
    const char *first = c->languages[0], *title = langtext_find(&c->pack.title, first);
    HTML_OPEN(&html, "html", "lang", first, "dir", html_direction(first));
    html_begin(&html, "head");
    HTML_VOID(&html, "meta", "charset", "utf-8");
    HTML_VOID(&html, "meta", "name", "viewport", "content",
              "width=device-width, initial-scale=1");
    html_element(&html, "title", title);
    HTML_VOID(&html, "link", "rel", "stylesheet", "href", "style.css");
    html_close(&html);
    html_begin(&html, "body");
    html_begin(&html, "main");
    html_element(&html, "h1", title);
    html_begin(&html, "ul");
    for (uint32_t i = 0; i < c->language_count; i++) {
        const char *tag = c->languages[i];
        html_begin(&html, "li");
        HTML_OPEN(&html, "a", "href", str_format(arena, "%s/index.html", tag), "hreflang", tag,
                  "lang", tag, "dir", html_direction(tag));
        html_text(&html, local_language_name(tag));
        html_close(&html);
        html_close(&html);
    }
    while (html.depth > 0)
        html_close(&html);
    return html_end(&html);
}

// ---- writing

typedef struct Output {
    Catalogue *catalogue;
    const CatalogueDesc *desc;
    CatalogueCount count;
} Output;

NODISCARD Status catalogue_put(const CatalogueDesc *desc, const char *name, Bytes bytes,
                               Arena *arena)
{
    const char *path = path_join(arena, desc->folder, name);
    TRY(cancel_check(desc->cancel));
    TRY(file_make_folders(path_folder(arena, path)));
    return file_write(path, bytes);
}

NODISCARD static Status put_file(Output *out, const char *name, Bytes bytes, Arena *arena)
{
    return catalogue_put(out->desc, name, bytes, arena);
}

NODISCARD static Status put_language(Output *out, const char *language)
{
    const Catalogue *c = out->catalogue;
    Arena arena = {0};
    Status status = put_file(out, str_format(&arena, "%s/index.html", language),
                             index_page(c, language, &arena), &arena);
    for (uint32_t i = 0; i < c->pack.piece_count && !status; i++) {
        const char *name = str_format(&arena, "%s/%s.html", language, c->pieces[i].entry->id);
        status = put_file(out, name, catalogue_piece_page(c, i, language, &arena), &arena);
    }
    arena_drop(&arena);
    out->count.pages += 1 + c->pack.piece_count;
    return status;
}

NODISCARD static Status put_media(Output *out)
{
    const Catalogue *c = out->catalogue;
    Status status = OK;
    for (uint32_t i = 0; i < c->pack.file_count && !status; i++) {
        const PackFile *file = &c->pack.files[i];
        if (file->kind != PACK_IMAGE && file->kind != PACK_AUDIO && file->kind != PACK_CAPTIONS)
            continue;
        Arena arena = {0};
        Bytes bytes;
        status = vfs_read(path_join(&arena, CATALOGUE_MOUNT, file->name), MEDIA_MAX_BYTES,
                          &arena, &bytes);
        if (!status) // what a browser is given is what it says it is
            status = media_check(bytes, file->kind);
        if (!status)
            status =
                put_file(out, path_join(&arena, CATALOGUE_FILES, file->name), bytes, &arena);
        arena_drop(&arena);
        out->count.files++;
    }
    return status;
}

// What somebody photographed of the pieces. A picture that is not there is left out.
NODISCARD static Status put_pictures(Output *out)
{
    Catalogue *c = out->catalogue;
    Status status = OK;
    for (uint32_t i = 0; out->desc->pictures && i < c->pack.piece_count && !status; i++) {
        Arena arena = {0};
        Bytes bytes;
        const char *name = str_format(&arena, "%s.png", c->pieces[i].entry->id);
        const char *path = path_join(&arena, out->desc->pictures, name);
        if (file_exists(path)) {
            c->pieces[i].picture = arena_copy_text(c->arena, name);
            status = file_read(path, MEDIA_MAX_BYTES, &arena, &bytes);
            if (!status && media_check(bytes, PACK_IMAGE))
                status = fault_prefix(fault_last()->status, "%s", path);
            if (!status)
                status = put_file(out, path_join(&arena, CATALOGUE_FILES, name), bytes, &arena);
            out->count.files++;
        }
        arena_drop(&arena);
    }
    return status;
}

NODISCARD static Status put_all(Output *out)
{
    const Catalogue *c = out->catalogue;
    TRY(put_pictures(out));
    if (!out->desc->is_undrawn)
        TRY(catalogue_draw(out->catalogue, out->desc, &out->count.files));
    Bytes css = {(const uint8_t *)style, sizeof style - 1};
    TRY(put_file(out, "style.css", css, c->arena));
    TRY(put_file(out, "index.html", door_page(c, c->arena), c->arena));
    out->count.pages = 1;
    for (uint32_t i = 0; i < c->language_count; i++)
        TRY(put_language(out, c->languages[i]));
    return put_media(out);
}

Status catalogue_write(const CatalogueDesc *desc, CatalogueCount *result)
{
    Arena arena = {0};
    Catalogue catalogue = {.arena = &arena};
    Output out = {.catalogue = &catalogue, .desc = desc};
    TRY(vfs_start());
    Status status = vfs_mount(desc->pack_path, CATALOGUE_MOUNT);
    if (!status && !vfs_exists(CATALOGUE_MOUNT "/" PACK_MANIFEST))
        status = FAIL(ERR_NOT_FOUND, "no pack: " PACK_MANIFEST " is not in it");
    if (!status)
        status = read_pack(&catalogue);
    if (!status) {
        find_languages(&catalogue);
        status = put_all(&out);
    }
    vfs_stop();
    out.count.pieces = catalogue.pack.piece_count;
    out.count.languages = catalogue.language_count;
    if (!status)
        *result = out.count;
    arena_drop(&arena);
    return status;
}
