// import_text.c: a cursor over the text formats, and numbers read quickly.

#include "packer/import_text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

// A double holds whole numbers up to 2^53 and powers of ten up to 10^22 exactly, so a product
// or quotient of two such is rounded once: right to the last bit without strtod's long
// arithmetic.
enum { MAX_DIGITS = 19, MAX_EXACT_POWER = 22 };
static const uint64_t max_exact_whole = (uint64_t)1 << 53;
static const double powers_of_ten[MAX_EXACT_POWER + 1] = {
    1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
};

void import_text_skip_line(ImportText *text)
{
    if (text->at == text->end)
        return;
    const char *end = memchr(text->at, '\n', (size_t)(text->end - text->at));
    text->at = end ? end + 1 : text->end;
}

Str import_text_word(ImportText *text)
{
    import_text_skip_blank(text);
    const char *start = text->at;
    while (text->at < text->end && !import_text_is_blank(*text->at) && *text->at != '\n')
        text->at++;
    return (Str){start, (size_t)(text->at - start)};
}

Str import_text_rest(ImportText *text)
{
    const char *start = text->at;
    import_text_skip_line(text);
    return str_trim((Str){start, (size_t)(text->at - start)});
}

bool import_text_take(ImportText *text, const char *word)
{
    ImportText ahead = *text;
    Str found = import_text_word(&ahead);
    if (found.len != strlen(word) || strncasecmp(found.ptr, word, found.len) != 0)
        return false;
    *text = ahead;
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool take_sign(ImportText *text)
{
    bool is_negative = text->at < text->end && *text->at == '-';
    if (text->at < text->end && (*text->at == '-' || *text->at == '+'))
        text->at++;
    return is_negative;
}

typedef struct Decimal {
    uint64_t whole; // of all digits, the point left out
    int digits;     // significant ones in `whole`
    int power;      // of ten
    bool is_exact;  // no digit was left out
    bool is_number; // at least one digit
} Decimal;

static void take_digits(ImportText *text, Decimal *decimal, int power_step)
{
    for (; text->at < text->end && is_digit(*text->at); text->at++) {
        decimal->is_number = true;
        if (decimal->digits < MAX_DIGITS) {
            decimal->whole = decimal->whole * 10 + (uint64_t)(*text->at - '0');
            decimal->digits += decimal->whole > 0;
            decimal->power += power_step;
        } else {
            decimal->is_exact = false;
            decimal->power += power_step + 1;
        }
    }
}

static void take_exponent(ImportText *text, Decimal *decimal)
{
    if (text->at >= text->end || (*text->at | 0x20) != 'e')
        return;
    ImportText ahead = {text->at + 1, text->end};
    bool is_negative = take_sign(&ahead);
    if (ahead.at >= ahead.end || !is_digit(*ahead.at))
        return;
    int power = 0;
    for (; ahead.at < ahead.end && is_digit(*ahead.at); ahead.at++)
        power = MIN(power * 10 + (*ahead.at - '0'), 100000);
    decimal->power += is_negative ? -power : power;
    *text = ahead;
}

static double slow_double(const char *start, const char *end, const Decimal *decimal)
{
    char buffer[128];
    size_t len = (size_t)(end - start);
    if (len >= sizeof buffer)
        return (double)decimal->whole * pow(10, decimal->power); // within a few last bits
    memcpy(buffer, start, len);
    buffer[len] = 0;
    return strtod(buffer, NULL);
}

// nan, inf, infinity, 1.#IND, 1.#QNAN, 1.#INF: the cursor stands behind the sign, or behind the
// digits and the point.
static bool take_odd_number(ImportText *text, double *out)
{
    static const struct {
        const char *word;
        double value;
    } odd[] = {{"#ind", NAN}, {"#qnan", NAN},         {"#snan", NAN},   {"#inf", INFINITY},
               {"nan", NAN},  {"infinity", INFINITY}, {"inf", INFINITY}};
    for (size_t i = 0; i < COUNT_OF(odd); i++) {
        size_t len = strlen(odd[i].word);
        if ((size_t)(text->end - text->at) >= len &&
            strncasecmp(text->at, odd[i].word, len) == 0) {
            text->at += len;
            while (text->at < text->end && (is_digit(*text->at) || *text->at == '('))
                import_text_word(text); // "1.#INF00", "nan(0x1)"
            *out = odd[i].value;
            return true;
        }
    }
    return false;
}

bool import_text_double(ImportText *text, double *out)
{
    import_text_skip_blank(text);
    ImportText ahead = *text;
    bool is_negative = take_sign(&ahead);
    Decimal decimal = {.is_exact = true};
    const char *start = ahead.at;
    take_digits(&ahead, &decimal, 0);
    if (ahead.at < ahead.end && *ahead.at == '.') {
        ahead.at++;
        take_digits(&ahead, &decimal, -1);
    }
    double value = 0;
    if (!(ahead.at < ahead.end && (*ahead.at == '#' || !decimal.is_number) &&
          take_odd_number(&ahead, &value))) {
        if (!decimal.is_number)
            return false;
        take_exponent(&ahead, &decimal);
        if (!decimal.is_exact || decimal.whole > max_exact_whole ||
            decimal.power > MAX_EXACT_POWER || decimal.power < -MAX_EXACT_POWER)
            value = slow_double(start, ahead.at, &decimal);
        else if (decimal.power < 0)
            value = (double)decimal.whole / powers_of_ten[-decimal.power];
        else
            value = (double)decimal.whole * powers_of_ten[decimal.power];
    }
    *out = is_negative ? -value : value;
    *text = ahead;
    return true;
}

bool import_text_int(ImportText *text, int64_t *out)
{
    import_text_skip_blank(text);
    ImportText ahead = *text;
    bool is_negative = take_sign(&ahead);
    if (ahead.at >= ahead.end || !is_digit(*ahead.at))
        return false;
    int64_t value = 0;
    for (; ahead.at < ahead.end && is_digit(*ahead.at); ahead.at++) {
        if (value > (INT64_MAX - 9) / 10)
            return false;
        value = value * 10 + (*ahead.at - '0');
    }
    *out = is_negative ? -value : value;
    *text = ahead;
    return true;
}
