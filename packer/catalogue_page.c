// catalogue_page.c: what all pages of a text catalogue have, and how texts stand in them.

#include "packer/catalogue_parts.h"

#include <string.h>
#include <strings.h>

const char *page_say(const Page *page, const char *english)
{
    return tongue_say(page->local.tongue, english);
}

const char *page_figures(const Page *page, const char *text)
{
    return local_text(&page->local, text, page->html.arena);
}

// "und" is what nobody has said: HTML has an empty language for that.
static const char *html_tag(const char *tag)
{
    return langtext_is_same(tag, "und") ? "" : tag;
}

const char *page_lang(const Page *page, const char *tag)
{
    return !*tag || langtext_is_same(tag, page->language) ? NULL : html_tag(tag);
}

const char *page_dir(const Page *page, const char *tag)
{
    return page_lang(page, tag) ? html_direction(tag) : NULL;
}

void page_words(Page *page, const LangText *text)
{
    const char *tag = langtext_tag(text, page->language), *lang = page_lang(page, tag);
    if (lang)
        HTML_OPEN(&page->html, "span", "lang", lang, "dir", html_direction(tag));
    html_text(&page->html, langtext_find(text, page->language));
    if (lang)
        html_close(&page->html);
}

void page_line(Page *page, const char *element, const LangText *text)
{
    if (!text->count)
        return;
    const char *tag = langtext_tag(text, page->language);
    HTML_OPEN(&page->html, element, "lang", page_lang(page, tag), "dir", page_dir(page, tag));
    html_text(&page->html, langtext_find(text, page->language));
    html_close(&page->html);
}

// Of a text in another language: a division of its own, with a note before it.
static bool begin_foreign(Page *page, const char *tag)
{
    Html *html = &page->html;
    const char *lang = page_lang(page, tag);
    if (!lang)
        return false;
    const char *note = local_language_note(page->language, tag, html->arena);
    if (*lang && *note) {
        HTML_OPEN(html, "p", "class", "note");
        html_text(html, note);
        html_close(html);
    }
    HTML_OPEN(html, "div", "lang", lang, "dir", html_direction(tag));
    return true;
}

void page_plain(Page *page, const LangText *text)
{
    Html *html = &page->html;
    if (!text->count)
        return;
    bool is_foreign = begin_foreign(page, langtext_tag(text, page->language));
    const char *at = langtext_find(text, page->language), *end;
    for (; *at; at = end + strspn(end, "\n")) {
        end = strstr(at, "\n\n");
        end = end ? end : at + strlen(at);
        html_element(html, "p", str_copy(html->arena, (Str){at, (size_t)(end - at)}));
    }
    if (is_foreign)
        html_close(html);
}

void page_sound(Page *page, const char *folder, const LangText *audio, const LangText *captions)
{
    Html *html = &page->html;
    const char *place = str_format(html->arena, "../" CATALOGUE_FILES "/%s", folder);
    const char *tag = langtext_tag(captions, page->language);
    if (!audio->count)
        return;
    HTML_OPEN(html, "audio", "controls", "", "src",
              path_join(html->arena, place, langtext_find(audio, page->language)), "lang",
              page_lang(page, langtext_tag(audio, page->language)));
    if (captions->count)
        HTML_VOID(html, "track", "kind", "captions", "src",
                  path_join(html->arena, place, langtext_find(captions, page->language)),
                  "label", page_say(page, N_("Captions")), "srclang", *tag ? tag : NULL);
    html_close(html);
}

void page_prose(Page *page, const LangText *text, int level)
{
    if (!text->count)
        return;
    bool is_foreign = begin_foreign(page, langtext_tag(text, page->language));
    Prose prose = prose_parse(langtext_find(text, page->language), page->html.arena);
    html_prose(&page->html, &prose, level);
    if (is_foreign)
        html_close(&page->html);
}

// ---- around

static void put_head(Page *page, const char *title)
{
    Html *html = &page->html;
    html_begin(html, "head");
    HTML_VOID(html, "meta", "charset", "utf-8");
    HTML_VOID(html, "meta", "name", "viewport", "content",
              "width=device-width, initial-scale=1");
    html_element(html, "title", title);
    HTML_VOID(html, "link", "rel", "stylesheet", "href", "../style.css");
    html_close(html);
}

static void put_languages(Page *page, const char *file)
{
    Html *html = &page->html;
    const Catalogue *catalogue = page->catalogue;
    HTML_OPEN(html, "nav", "aria-label", page_say(page, N_("Languages")));
    HTML_OPEN(html, "ul", "class", "languages");
    for (uint32_t i = 0; i < catalogue->language_count; i++) {
        const char *tag = catalogue->languages[i];
        bool is_this = !strcmp(tag, page->language);
        html_begin(html, "li");
        HTML_OPEN(html, "a", "href", str_format(html->arena, "../%s/%s", tag, file), "hreflang",
                  tag, "lang", tag, "dir", html_direction(tag), "aria-current",
                  is_this ? "page" : NULL);
        html_text(html, local_language_name(tag));
        html_close(html);
        html_close(html);
    }
    html_close(html);
    html_close(html);
}

void page_begin(Page *page, const char *title, const char *file)
{
    Html *html = &page->html;
    const LangText *name = &page->catalogue->pack.title;
    const char *house = langtext_find(name, page->language);
    bool is_index = !strcmp(file, "index.html");
    HTML_OPEN(html, "html", "lang", page->language, "dir", html_direction(page->language));
    put_head(page, is_index ? house : str_format(html->arena, "%s – %s", title, house));
    html_begin(html, "body");
    HTML_OPEN(html, "a", "class", "skip", "href", "#main");
    html_text(html, page_say(page, N_("Go to the text")));
    html_close(html);
    html_begin(html, "header");
    if (!is_index) {
        html_begin(html, "p");
        HTML_OPEN(html, "a", "href", "index.html");
        page_words(page, name);
        html_close(html);
        html_close(html);
    }
    put_languages(page, file);
    html_close(html);
    HTML_OPEN(html, "main", "id", "main");
}

Bytes page_end(Page *page)
{
    while (page->html.depth > 0)
        html_close(&page->html);
    return html_end(&page->html);
}
