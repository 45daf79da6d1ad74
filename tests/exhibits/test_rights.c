// test_rights.c: what statements of rights allow, in all their spellings.

#include "exhibits/model/rights.h"
#include "test.h"

static void terms_are_known(void **state)
{
    (void)state;
    static const struct {
        const char *uri, *name;
        bool allows, is_noncommercial;
    } cases[] = {
        {"https://creativecommons.org/publicdomain/zero/1.0/", "CC0", true, false},
        {"http://creativecommons.org/publicdomain/mark/1.0", "Public Domain", true, false},
        {"https://creativecommons.org/licenses/by/4.0/", "CC BY", true, false},
        {"https://creativecommons.org/licenses/by-sa/3.0/de/", "CC BY-SA", true, false},
        {"https://creativecommons.org/licenses/by-nc-sa/4.0/", "CC BY-NC-SA", true, true},
        {"https://creativecommons.org/licenses/by-nd/4.0/", "CC BY-ND", false, false},
        {"https://creativecommons.org/licenses/by-nc-nd/4.0/", "CC BY-NC-ND", false, true},
        {"http://rightsstatements.org/vocab/InC/1.0/", "InC", false, false},
        {"http://rightsstatements.org/vocab/InC-NC/1.0/", "InC-NC", true, true},
        {"http://rightsstatements.org/vocab/NoC-US/1.0/", "NoC-US", false, false},
        {"https://creativecommons.org/licenses/", "", false, false},
        {"https://creativecommons.org/licenses/by-more/4.0/", "", false, false},
        {"https://creativecommons.org/vocab/InC-NC/1.0/", "", false, false},
        {"https://creativecommons.org.example/licenses/by/4.0/", "", false, false},
        {"https://example.org/creativecommons.org/licenses/by/4.0/", "", false, false},
        {"creativecommons.org/licenses/by/4.0/", "", false, false},
        {"https://", "", false, false},
        {"", "", false, false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        RightsTerms terms = rights_terms(cases[i].uri);
        assert_string_equal(terms.name, cases[i].name);
        assert_int_equal(terms.allows_adapting, cases[i].allows);
        assert_int_equal(terms.is_noncommercial, cases[i].is_noncommercial);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(terms_are_known)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
