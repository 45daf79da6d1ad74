// plural.c: which form of a word a number takes, as catalogues of translations say it.

#include "data/plural.h"

#include <string.h>

typedef struct Reader {
    Str rest;
    uint64_t n;
    int depth;
    bool is_broken;
} Reader;

static uint64_t broken(Reader *reader)
{
    reader->is_broken = true;
    return 0;
}

static bool take(Reader *reader, const char *sign)
{
    reader->rest = str_trim(reader->rest);
    if (!str_starts_with(reader->rest, sign))
        return false;
    reader->rest.ptr += strlen(sign);
    reader->rest.len -= strlen(sign);
    return true;
}

static bool is_digit(Str text)
{
    return text.len > 0 && text.ptr[0] >= '0' && text.ptr[0] <= '9';
}

static uint64_t read_choice(Reader *reader);

static uint64_t read_value(Reader *reader)
{
    if (take(reader, "n"))
        return reader->n;
    if (take(reader, "(")) {
        uint64_t value = read_choice(reader);
        return take(reader, ")") ? value : broken(reader);
    }
    if (!is_digit(reader->rest))
        return broken(reader);
    uint64_t value = 0;
    for (; is_digit(reader->rest); reader->rest.ptr++, reader->rest.len--) {
        value = value * 10 + (uint64_t)(reader->rest.ptr[0] - '0');
        if (value > UINT32_MAX)
            return broken(reader);
    }
    return value;
}

static uint64_t read_not(Reader *reader)
{
    bool is_not = false, is_asked = false;
    while (!str_starts_with(str_trim(reader->rest), "!=") && take(reader, "!")) {
        is_not = !is_not;
        is_asked = true;
    }
    uint64_t value = read_value(reader);
    return is_asked ? (value != 0) != is_not : value;
}

static uint64_t divide(Reader *reader, uint64_t a, uint64_t b, bool wants_rest)
{
    if (b == 0)
        return broken(reader);
    return wants_rest ? a % b : a / b;
}

// Operators by how tightly they bind, the loosest first. Of two that begin alike the longer
// stands first.
static const struct {
    int level;
    const char *sign;
} operators[] = {{0, "||"}, {1, "&&"}, {2, "=="}, {2, "!="}, {3, "<="}, {3, ">="}, {3, "<"},
                 {3, ">"},  {4, "+"},  {4, "-"},  {5, "*"},  {5, "/"},  {5, "%"}};
enum { OPERATOR_LEVELS = 6 };

static uint64_t apply(Reader *reader, const char *sign, uint64_t a, uint64_t b)
{
    switch (sign[0]) {
    case '|':
        return a || b;
    case '&':
        return a && b;
    case '=':
        return a == b;
    case '!':
        return a != b;
    case '<':
        return sign[1] ? a <= b : a < b;
    case '>':
        return sign[1] ? a >= b : a > b;
    case '+':
        return a + b;
    case '-':
        return a - b;
    case '*':
        return a * b;
    default:
        return divide(reader, a, b, sign[0] == '%');
    }
}

static const char *take_operator(Reader *reader, int level)
{
    for (size_t i = 0; i < COUNT_OF(operators); i++)
        if (operators[i].level == level && take(reader, operators[i].sign))
            return operators[i].sign;
    return NULL;
}

static uint64_t read_level(Reader *reader, int level)
{
    if (level == OPERATOR_LEVELS)
        return read_not(reader);
    uint64_t value = read_level(reader, level + 1);
    for (const char *sign; !reader->is_broken && (sign = take_operator(reader, level));)
        value = apply(reader, sign, value, read_level(reader, level + 1));
    return value;
}

static uint64_t read_choice(Reader *reader)
{
    if (++reader->depth > PLURAL_MAX_DEPTH)
        return broken(reader);
    uint64_t value = read_level(reader, 0);
    if (!reader->is_broken && take(reader, "?")) {
        uint64_t yes = read_choice(reader);
        if (reader->is_broken || !take(reader, ":"))
            return broken(reader);
        uint64_t no = read_choice(reader);
        value = value ? yes : no;
    }
    reader->depth--;
    return value;
}

// False where it is no rule; whatever stands behind it has to be nothing.
static bool evaluate(Str rule, uint64_t n, uint64_t *out)
{
    Reader reader = {.rest = rule, .n = n};
    *out = read_choice(&reader);
    return !reader.is_broken && str_trim(reader.rest).len == 0;
}

NODISCARD static Status check_rule(const Plural *plural)
{
    for (uint64_t n = 0; n <= 1000; n++) {
        uint64_t form;
        if (!evaluate(plural->rule, n, &form))
            return FAIL(ERR_CORRUPT, "the rule of plural forms cannot be read");
        if (form >= plural->form_count)
            return FAIL(ERR_CORRUPT, "%u things take plural form %u of %u", (unsigned)n,
                        (unsigned)form, plural->form_count);
    }
    return OK;
}

Status plural_parse(Str text, Plural *out)
{
    Reader reader = {.rest = text};
    uint64_t count = 0;
    if (take(&reader, "nplurals") && take(&reader, "=") && is_digit(str_trim(reader.rest))) {
        reader.rest = str_trim(reader.rest);
        count = read_value(&reader);
    }
    if (count < 1 || count > PLURAL_MAX_FORMS)
        return FAIL(ERR_CORRUPT, "plural forms: expected \"nplurals=\" and 1 to %d",
                    PLURAL_MAX_FORMS);
    if (!take(&reader, ";") || !take(&reader, "plural") || !take(&reader, "="))
        return FAIL(ERR_CORRUPT, "plural forms: expected \"plural=\" and a rule");
    const char *end = memchr(reader.rest.ptr, ';', reader.rest.len);
    if (end &&
        str_trim((Str){end + 1, reader.rest.len - (size_t)(end + 1 - reader.rest.ptr)}).len)
        return FAIL(ERR_CORRUPT, "plural forms: nothing may follow the rule");
    Plural plural = {
        (unsigned)count,
        {reader.rest.ptr, end ? (size_t)(end - reader.rest.ptr) : reader.rest.len}};
    TRY(check_rule(&plural));
    *out = plural;
    return OK;
}

unsigned plural_form(const Plural *plural, uint64_t n)
{
    uint64_t form;
    if (plural->form_count == 0 || !evaluate(plural->rule, n, &form))
        return 0;
    return form < plural->form_count ? (unsigned)form : 0;
}
