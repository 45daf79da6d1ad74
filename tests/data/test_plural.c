// test_plural.c: the rules of plural forms, good and bad.

#include "data/plural.h"
#include "test.h"

static const char arabic[] = "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
                             "n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);";

static Plural parsed(const char *text)
{
    Plural plural = {0};
    assert_ok(plural_parse(str_of(text), &plural));
    return plural;
}

static void numbers_take_their_forms(void **state)
{
    (void)state;
    static const struct {
        const char *rule;
        uint64_t n;
        unsigned form;
    } cases[] = {
        {"nplurals=1; plural=0;", 7, 0},
        {"nplurals=2; plural=n != 1;", 0, 1},
        {"nplurals=2; plural=n != 1;", 1, 0},
        {" nplurals = 2 ; plural = (n > 1) ; ", 1, 0},
        {"nplurals=2; plural=n>1", 2, 1},
        {"nplurals=2; plural=!n", 0, 1},
        {"nplurals=2; plural=!!n", 9, 1},
        {"nplurals=8; plural=n-n+1+2*3%4;", 5, 3},
        {"nplurals=8; plural=(n*0+1+2)*2/2;", 5, 3},
        {"nplurals=2; plural=n==1||n==2&&n==3;", 1, 1}, // && binds tighter
        {"nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2;", 21, 0},
        {"nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2;", 11, 1},
        {"nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2;", 0, 2},
        {arabic, 0, 0},
        {arabic, 1, 1},
        {arabic, 2, 2},
        {arabic, 103, 3},
        {arabic, 11, 4},
        {arabic, 100, 5},
        {arabic, UINT64_MAX, 4},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Plural plural = parsed(cases[i].rule);
        if (plural_form(&plural, cases[i].n) != cases[i].form)
            fail_msg("%s: %u", cases[i].rule, plural_form(&plural, cases[i].n));
    }
    assert_int_equal(plural_form(&(Plural){0}, 5), 0);
}

static void what_is_no_rule_is_refused(void **state)
{
    (void)state;
    static const char *const cases[] = {"",
                                        "nplurals=",
                                        "nplurals=2",
                                        "nplurals=2;",
                                        "nplurals=2; plural=",
                                        "plural=0;",
                                        "nplurals=0; plural=0;",
                                        "nplurals=9; plural=0;",
                                        "nplurals=-1; plural=0;",
                                        "nplurals=2; plural=n;", // three things have no form
                                        "nplurals=2; plural=2;",
                                        "nplurals=2; plural=n/0;",
                                        "nplurals=2; plural=n%(n-n);",
                                        "nplurals=2; plural=(n>1;",
                                        "nplurals=2; plural=n>1);",
                                        "nplurals=2; plural=n>;",
                                        "nplurals=2; plural=n ? 1;",
                                        "nplurals=2; plural=m;",
                                        "nplurals=2; plural=n=1;",
                                        "nplurals=2; plural=99999999999;",
                                        "nplurals=2; plural=0; n",
                                        "nplurals=2; plural=;",
                                        "nplurals=2; plural=n>1 n;"};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Plural plural = {0};
        Status status = plural_parse(str_of(cases[i]), &plural);
        if (status != ERR_CORRUPT || plural.form_count)
            fail_msg("'%s' was taken", cases[i]);
    }
}

// A file from a stranger may open as many brackets as it likes.
static void depth_has_an_end(void **state)
{
    (void)state;
    char text[20000] = "nplurals=1; plural=";
    size_t at = strlen(text);
    memset(text + at, '(', sizeof text - at - 1);
    Plural plural;
    assert_status(plural_parse(str_of(text), &plural), ERR_CORRUPT);
    for (; at + 4 < sizeof text; at += 4)
        memcpy(text + at, "n?n:", 4);
    text[at] = 0;
    assert_status(plural_parse(str_of(text), &plural), ERR_CORRUPT);
}

static void every_truncation_is_read_or_refused(void **state)
{
    (void)state;
    for (size_t len = 0; len < sizeof arabic; len++) {
        char *copy = malloc(len + 1); // so that a sanitizer sees its end
        memcpy(copy, arabic, len);
        Plural plural = {0};
        Status status = plural_parse((Str){copy, len}, &plural);
        assert_int_equal(status == OK, len >= sizeof arabic - 2); // the last ';' is not needed
        if (status == OK)
            assert_true(plural_form(&plural, 12) < 6);
        free(copy);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_take_their_forms),
        cmocka_unit_test(what_is_no_rule_is_refused),
        cmocka_unit_test(depth_has_an_end),
        cmocka_unit_test(every_truncation_is_read_or_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
