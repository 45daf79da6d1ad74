// rim.c: what is engraved on the medallion's rim.

#include "exhibits/small-wonders/medallion/rim.h"

#include <string.h>

#include "base/str.h"
#include "exhibits/sculptor/lettering.h"
#include "exhibits/small-wonders/medallion/stars.h"

enum { TABLE_MOST = 2000 };
static const float HOUR_MM = 10.77f, HOUR_HIGH_MM = 0.40f, HOUR_STROKE_MM = 0.031f;
static const float TABLE_STROKE_MM = 0.0046f, TABLE_GAP = 0.27f; // of a letter's height
static const char *const HOURS[24] = {"XXIV",  "I",    "II",   "III", "IV",   "V",
                                      "VI",    "VII",  "VIII", "IX",  "X",    "XI",
                                      "XII",   "XIII", "XIV",  "XV",  "XVI",  "XVII",
                                      "XVIII", "XIX",  "XX",   "XXI", "XXII", "XXIII"};

typedef struct Table {
    char text[TABLE_MOST + 1];
    float starts[TABLE_MOST + 1]; // of each letter, mm along the line
    int count;
} Table;

struct Rim {
    Table tables[SKY_SIDES];
};

// ---- the table: name, right ascension, declination, magnitude of as many stars as go round,
// the brightest first; the south goes on where the north ends

static float table_step(char letter)
{
    return lettering_advance(letter, RIM_TABLE_HIGH_MM) + TABLE_GAP * RIM_TABLE_HIGH_MM;
}

static float width_of(const char *text)
{
    float width = 0;
    for (const char *c = text; *c; c++)
        width += table_step(*c);
    return width;
}

static size_t fill_table(Table *table, size_t next, Arena *arena)
{
    const float whole = 2 * PI_F * RIM_TABLE_MM;
    size_t count;
    const Star *stars = stars_all(&count);
    float used = 0;
    for (; next < count; next++) {
        if (!stars[next].name)
            continue;
        const Star *star = &stars[next];
        const char *entry = str_format(arena, "%s %.0fH%.1f %.1f %.2f : ", star->name,
                                       (double)star->hour, (double)star->minute,
                                       (double)star->declination, (double)star->magnitude);
        float width = width_of(entry);
        if (used + width > whole || strlen(table->text) + strlen(entry) > TABLE_MOST)
            break;
        strcat(table->text, entry);
        used += width;
    }
    // What is left over goes between the letters.
    table->count = (int)strlen(table->text);
    float more = table->count ? (whole - used) / (float)table->count : 0, at = 0;
    for (int i = 0; i < table->count; i++) {
        table->starts[i] = at;
        at += table_step(table->text[i]) + more;
    }
    table->starts[table->count] = whole + 1;
    return next;
}

Rim *rim_make(Arena *arena)
{
    Rim *rim = ARENA_NEW(arena, Rim);
    size_t next = fill_table(&rim->tables[SKY_NORTH], 0, arena);
    fill_table(&rim->tables[SKY_SOUTH], next, arena);
    return rim;
}

const char *rim_table(const Rim *rim, SkySide side)
{
    return rim->tables[side].text;
}

// ---- what is there

static RimInk cut(float distance_mm, float soft_mm, float depth_mm)
{
    float in = smooth_f(soft_mm, -soft_mm, distance_mm);
    return (RimInk){in, in * depth_mm};
}

static RimInk table_ink(const Table *table, float along_mm, float up_mm)
{
    if (!table->count || fabsf(up_mm) > RIM_TABLE_HIGH_MM * 0.6f)
        return (RimInk){0};
    int low = 0, high = table->count - 1;
    while (low < high) {
        int middle = (low + high + 1) / 2;
        if (table->starts[middle] <= along_mm)
            low = middle;
        else
            high = middle - 1;
    }
    float x = along_mm - table->starts[low] - 0.5f * TABLE_GAP * RIM_TABLE_HIGH_MM;
    float d = lettering_distance(table->text[low], RIM_TABLE_HIGH_MM, x, up_mm);
    return cut(d - TABLE_STROKE_MM, 0.002f, 0.004f);
}

static float words_width(const char *words, float high_mm, float gap_mm)
{
    float width = -gap_mm;
    for (const char *c = words; *c; c++)
        width += lettering_advance(*c, high_mm) + gap_mm;
    return width;
}

// From a place to the words around the origin.
static float words_distance(const char *words, float high_mm, float gap_mm, float x, float y)
{
    float best = 1e9f, at = -0.5f * words_width(words, high_mm, gap_mm);
    for (const char *c = words; *c; c++) {
        float wide = lettering_advance(*c, high_mm);
        if (x > at - gap_mm && x < at + wide + gap_mm)
            best = fminf(best, lettering_distance(*c, high_mm, x - at, y));
        at += wide + gap_mm;
    }
    return best;
}

static float scale_distance(float r, float off_hour)
{
    float step = 2.5f * PI_F / 180; // ten minutes
    float off = off_hour - step * roundf(off_hour / step);
    bool is_hour = fabsf(off_hour) < step * 0.5f;
    float outer = is_hour ? 10.52f : 10.45f, d = fabsf(off) * r - (is_hour ? 0.014f : 0.008f);
    return fmaxf(d, fmaxf(10.335f - r, r - outer));
}

RimInk rim_face(const Rim *rim, SkySide side, float x, float y)
{
    float r = sqrtf(x * x + y * y), angle = atan2f(x, y);
    if (r < 10.25f) {
        float turn = angle < 0 ? angle + 2 * PI_F : angle;
        return table_ink(&rim->tables[side], turn * RIM_TABLE_MM, r - RIM_TABLE_MM);
    }
    float zero = sky_hour_angle(side, 0), way = side == SKY_NORTH ? 1.0f : -1.0f;
    float hour_f = (angle - zero) * way * 12 / PI_F, nearest = roundf(hour_f);
    float off = (hour_f - nearest) * way * PI_F / 12;
    int hour = ((int)nearest % 24 + 24) % 24;
    float d = scale_distance(r, off);
    d = fminf(d, words_distance(HOURS[hour], HOUR_HIGH_MM, 0.10f, off * HOUR_MM, r - HOUR_MM) -
                     HOUR_STROKE_MM);
    return cut(d, 0.004f, 0.012f);
}

RimInk rim_edge(float along_mm, float north_mm)
{
    static const char WORDS[] = "CAELVM NVMERIS SCRIPTVM - MENSVRA NON MANV -";
    const float high = 0.72f, whole = 2 * PI_F * RIM_OUTER_MM, part = whole / 2;
    float x = along_mm - part * roundf(along_mm / part);
    float gap = (part - words_width(WORDS, high, 0)) / (float)(sizeof WORDS - 1);
    float d = words_distance(WORDS, high, gap, x, -north_mm) - 0.05f;
    return cut(d, 0.006f, 0.05f);
}
