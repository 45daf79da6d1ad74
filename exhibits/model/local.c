// local.c: numbers, lengths and dates as a language writes them.

#include "exhibits/model/local.h"

#include "data/langtext.h"

#include <string.h>
#include <strings.h>

#define NARROW_SPACE "\u202f"
#define HARD_SPACE "\u00a0"

enum { LEAST_GROUPED = 5 }; // figures before the point

typedef struct Signs {
    const char *tag; // a language, or a language and region
    const char *decimal, *group;
    bool has_eastern_figures;
} Signs;

// A region after its language; after CLDR, but that a narrow space is house style where
// languages allow it.
static const Signs table[] = {
    {"en", ".", NARROW_SPACE, false},
    {"de", ",", NARROW_SPACE, false},
    {"de-CH", ".", "’", false},
    {"de-LI", ".", "’", false},
    {"es", ",", NARROW_SPACE, false},
    {"es-MX", ".", NARROW_SPACE, false},
    {"es-US", ".", NARROW_SPACE, false},
    {"fr", ",", NARROW_SPACE, false},
    {"ja", ".", ",", false},
    {"ar", "٫", "٬", true},
    {"ar-AE", ".", ",", false},
    {"ar-DZ", ",", ".", false},
    {"ar-EH", ",", ".", false},
    {"ar-LY", ",", ".", false},
    {"ar-MA", ",", ".", false},
    {"ar-TN", ",", ".", false},
};

// Whether `tag` is `wanted`, or goes on behind it.
static bool begins_with_tag(const char *tag, const char *wanted)
{
    size_t length = strlen(wanted);
    return !strncasecmp(tag, wanted, length) && (!tag[length] || strchr("-_", tag[length]));
}

// "ar-u-nu-latn": what the tag says of figures itself.
static void heed_wish(const char *tag, Local *local)
{
    bool wants_latin = strcasestr(tag, "-nu-latn") != NULL;
    bool wants_eastern = strcasestr(tag, "-nu-arab") != NULL;
    if (strcmp(tongue_tag(local->tongue), "ar") || wants_latin == wants_eastern ||
        local->has_eastern_figures == wants_eastern)
        return;
    local->has_eastern_figures = wants_eastern;
    local->decimal = wants_eastern ? "٫" : ".";
    local->group = wants_eastern ? "٬" : ",";
}

Local local_of(const char *language)
{
    const Tongue *tongue = tongue_find(language);
    const Signs *signs = &table[0];
    for (size_t i = 0; language && i < COUNT_OF(table); i++)
        if (begins_with_tag(language, table[i].tag))
            signs = &table[i];
    Local local = {tongue, signs->decimal, signs->group, signs->has_eastern_figures};
    if (language)
        heed_wish(language, &local);
    return local;
}

// ---- figures

typedef struct Out {
    char *at;
} Out;

static void put(Out *out, const char *text, size_t len)
{
    memcpy(out->at, text, len);
    out->at += len;
}

static void put_text(Out *out, const char *text)
{
    put(out, text, strlen(text));
}

static void put_figure(Out *out, const Local *local, char figure)
{
    if (local->has_eastern_figures) // U+0660 and what follows
        put(out, (const char[]){(char)0xd9, (char)(0xa0 + figure - '0')}, 2);
    else
        *out->at++ = figure;
}

static size_t count_figures(const char *text)
{
    return strspn(text, "0123456789");
}

// A whole number and its decimals. Gives what follows.
static const char *put_number(Out *out, const Local *local, const char *text)
{
    size_t whole = count_figures(text);
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && whole >= LEAST_GROUPED && (whole - i) % 3 == 0)
            put_text(out, local->group);
        put_figure(out, local, text[i]);
    }
    text += whole;
    if (text[0] != '.' || count_figures(text + 1) == 0)
        return text;
    put_text(out, local->decimal);
    for (text++; count_figures(text); text++)
        put_figure(out, local, *text);
    return text;
}

static const char *const units[] = {N_("µm"), N_("mm"), N_("cm"), N_("m")};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// " mm" behind a figure, in words of the language. Gives what follows.
static const char *put_unit(Out *out, const Local *local, const char *text)
{
    size_t blank = *text == ' ' ? 1 : !strncmp(text, HARD_SPACE, 2) ? 2 : 0;
    for (size_t i = 0; blank && i < COUNT_OF(units); i++) {
        size_t length = strlen(units[i]);
        if (strncmp(text + blank, units[i], length) != 0 || is_letter(text[blank + length]))
            continue; // it may be shorter than the unit
        put_text(out, HARD_SPACE);
        put_text(out, tongue_say(local->tongue, units[i]));
        return text + blank + length;
    }
    return text;
}

static bool is_minus(const char *begin, const char *at)
{
    return *at == '-' && count_figures(at + 1) && (at == begin || at[-1] == ' ');
}

const char *local_text(const Local *local, const char *text, Arena *arena)
{
    // A figure becomes at most itself in two bytes and a sign in three, a unit of one byte at
    // most a word of some thirty.
    char *buffer = arena_alloc_raw(arena, strlen(text) * 40 + 1, 1);
    Out out = {buffer};
    for (const char *at = text; *at;) {
        if (count_figures(at)) {
            at = put_number(&out, local, at);
            at = put_unit(&out, local, at);
        } else if (is_minus(text, at)) {
            put_text(&out, "−");
            at++;
        } else {
            *out.at++ = *at++;
        }
    }
    *out.at = 0;
    return buffer;
}

const char *local_number(const Local *local, double value, int decimals, Arena *arena)
{
    return local_text(local, str_format(arena, "%.*f", decimals, value), arena);
}

const char *local_count(const Local *local, uint64_t count, Arena *arena)
{
    return local_text(local, str_format(arena, "%llu", (unsigned long long)count), arena);
}

// ---- names of languages

static const struct {
    const char *tag, *name;
} names[] = {
    {"ar", "العربية"},     {"bg", "български"}, {"bn", "বাংলা"},      {"ca", "Català"},
    {"cs", "Čeština"},     {"cy", "Cymraeg"},   {"da", "Dansk"},      {"de", "Deutsch"},
    {"el", "Ελληνικά"},    {"en", "English"},   {"es", "Español"},    {"et", "Eesti"},
    {"eu", "Euskara"},     {"fa", "فارسی"},     {"fi", "Suomi"},      {"fr", "Français"},
    {"ga", "Gaeilge"},     {"gl", "Galego"},    {"he", "עברית"},      {"hi", "हिन्दी"},
    {"hr", "Hrvatski"},    {"hu", "Magyar"},    {"hy", "Հայերեն"},    {"id", "Indonesia"},
    {"is", "Íslenska"},    {"it", "Italiano"},  {"ja", "日本語"},     {"ka", "ქართული"},
    {"ko", "한국어"},      {"lt", "Lietuvių"},  {"lv", "Latviešu"},   {"nb", "Norsk bokmål"},
    {"nl", "Nederlands"},  {"nn", "Nynorsk"},   {"no", "Norsk"},      {"pl", "Polski"},
    {"pt", "Português"},   {"ro", "Română"},    {"ru", "Русский"},    {"sk", "Slovenčina"},
    {"sl", "Slovenščina"}, {"sq", "Shqip"},     {"sr", "Српски"},     {"sv", "Svenska"},
    {"sw", "Kiswahili"},   {"ta", "தமிழ்"},      {"th", "ไทย"},        {"tr", "Türkçe"},
    {"uk", "Українська"},  {"ur", "اردو"},      {"vi", "Tiếng Việt"}, {"yo", "Yorùbá"},
    {"zh", "中文"}};

const char *local_language_name(const char *tag)
{
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (langtext_is_same(names[i].tag, tag))
            return names[i].name;
    return tag;
}

const char *local_language_note(const char *wished, const char *shown, Arena *arena)
{
    if (!*shown || !wished || langtext_is_same(wished, shown))
        return "";
    // TRANSLATORS: a note at a text that is not there in the reader's language; %s: "English"
    return str_format(arena, tongue_say(tongue_find(wished), "Language: %s"),
                      local_language_name(shown));
}

// ---- dates

// "2023" or "05": so many figures, in the range. Moves on.
static bool read_part(const char **at, size_t figures, int least, int most, int *out)
{
    if (count_figures(*at) != figures)
        return false;
    *out = 0;
    for (size_t i = 0; i < figures; i++)
        *out = *out * 10 + *(*at)++ - '0';
    return *out >= least && *out <= most;
}

// A pattern with {day}, {month}, {year} filled in.
static const char *fill_in(const char *pattern, const char *const values[3], Arena *arena)
{
    static const char *const parts[] = {"{day}", "{month}", "{year}"};
    const char *text = "";
    while (*pattern) {
        size_t plain = strcspn(pattern, "{");
        text = str_format(arena, "%s%.*s", text, (int)plain, pattern);
        pattern += plain;
        size_t i = 0;
        while (i < COUNT_OF(parts) && strncmp(pattern, parts[i], strlen(parts[i])))
            i++;
        if (i < COUNT_OF(parts)) {
            text = str_format(arena, "%s%s", text, values[i]);
            pattern += strlen(parts[i]);
        } else if (*pattern) {
            text = str_format(arena, "%s{", text);
            pattern++;
        }
    }
    return text;
}

const char *local_date(const Local *local, const char *iso, Arena *arena)
{
    static const char *const months[] = {N_("January"), N_("February"), N_("March"),
                                         N_("April"),   N_("May"),      N_("June"),
                                         N_("July"),    N_("August"),   N_("September"),
                                         N_("October"), N_("November"), N_("December")};
    int year = 0, month = 0, day = 0;
    const char *at = iso;
    if (!read_part(&at, 4, 0, 9999, &year))
        return iso;
    if (*at == '-' && (at++, !read_part(&at, 2, 1, 12, &month)))
        return iso;
    if (month && *at == '-' && (at++, !read_part(&at, 2, 1, 31, &day)))
        return iso;
    if (*at)
        return iso;
    const char *values[] = {str_format(arena, "%d", day), "", str_format(arena, "%d", year)};
    // TRANSLATORS: how the first day of a month is written: "1er" in French
    if (day == 1)
        values[0] = tongue_say_in(local->tongue, "first of the month", "1");
    if (month)
        values[1] = tongue_say(local->tongue, months[month - 1]);
    // TRANSLATORS: the order and signs of dates; {day}, {month} and {year} stay as they are
    const char *pattern = day     ? tongue_say(local->tongue, "{day} {month} {year}")
                          : month ? tongue_say(local->tongue, "{month} {year}")
                                  : "{year}";
    const char *text = fill_in(pattern, values, arena);
    // A year of four figures is no thousands: figures alone change.
    return local_text(local, text, arena);
}
