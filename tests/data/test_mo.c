// test_mo.c: catalogues of translations: what is in them is found, what is broken is refused.

#include "data/bytes.h"
#include "data/mo.h"
#include "test.h"

typedef struct Entry {
    Str original, translation;
} Entry;

#define TEXT(literal)                \
    {                                \
        literal, sizeof(literal) - 1 \
    }

static const char header[] = "Content-Type: text/plain; charset=UTF-8\n"
                             "Plural-Forms: nplurals=2; plural=(n != 1);\n";
static const Entry entries[] = {
    // in the order of strcmp
    {TEXT(""), {header, sizeof header - 1}},
    {TEXT("%d piece\0%d pieces"), TEXT("%d Stück\0%d Stücke")},
    {TEXT("Back"), TEXT("Zurück")},
    {TEXT("gamepad\4Back"), TEXT("Back")},
    {TEXT("gamepad\4up"), TEXT("oben")},
    {TEXT("height"), TEXT("Höhe")},
    {TEXT("height of bands"), TEXT("Höhe der Bänder")},
};

// As msgfmt lays it out, without a hash table.
static Bytes make_file(const Entry *all, size_t count, uint8_t *buffer)
{
    BytesWriter writer = {buffer};
    uint32_t table = (uint32_t)(8 * count), at = 28 + 2 * table;
    const uint32_t head[] = {0x950412de, 0, (uint32_t)count, 28, 28 + table, 0, 28 + 2 * table};
    for (size_t i = 0; i < COUNT_OF(head); i++)
        bytes_put_u32(&writer, head[i]);
    for (int side = 0; side < 2; side++) {
        for (size_t i = 0; i < count; i++) {
            Str text = side ? all[i].translation : all[i].original;
            bytes_put_u32(&writer, (uint32_t)text.len);
            bytes_put_u32(&writer, at);
            memcpy(buffer + at, text.ptr, text.len);
            buffer[at + text.len] = 0;
            at += (uint32_t)text.len + 1;
        }
    }
    return (Bytes){buffer, at};
}

static uint8_t buffer[4096];

static MoCatalog parsed(void)
{
    MoCatalog catalog = {0};
    assert_ok(mo_parse(make_file(entries, COUNT_OF(entries), buffer), &catalog));
    return catalog;
}

static void words_are_found(void **state)
{
    (void)state;
    MoCatalog catalog = parsed();
    assert_int_equal(catalog.count, COUNT_OF(entries));
    assert_string_equal(mo_find(&catalog, NULL, "height"), "Höhe");
    assert_string_equal(mo_find(&catalog, NULL, "height of bands"), "Höhe der Bänder");
    assert_string_equal(mo_find(&catalog, NULL, "Back"), "Zurück");
    assert_string_equal(mo_find(&catalog, "gamepad", "Back"), "Back");
    assert_string_equal(mo_find(&catalog, "gamepad", "up"), "oben");
    static const char *const missing[] = {"heigh", "heights", "zzz", "!", "gamepad", "up"};
    for (size_t i = 0; i < COUNT_OF(missing); i++)
        assert_null(mo_find(&catalog, NULL, missing[i]));
    assert_null(mo_find(&catalog, "gamepa", "up"));
    assert_null(mo_find(&catalog, "gamepads", "up"));
    assert_null(mo_find(&catalog, "gamepad", ""));
    assert_null(mo_find(&(MoCatalog){0}, NULL, "height"));
    assert_null(mo_find_count(&(MoCatalog){0}, NULL, "%d piece", 1));
}

static void what_is_counted_has_forms(void **state)
{
    (void)state;
    MoCatalog catalog = parsed();
    assert_string_equal(mo_find_count(&catalog, NULL, "%d piece", 1), "%d Stück");
    assert_string_equal(mo_find_count(&catalog, NULL, "%d piece", 0), "%d Stücke");
    assert_string_equal(mo_find_count(&catalog, NULL, "%d piece", 7), "%d Stücke");
    assert_string_equal(mo_find_count(&catalog, NULL, "height", 7), "Höhe"); // has only one
    assert_null(mo_find_count(&catalog, NULL, "%d room", 7));
}

static void expect_refused(const Entry *all, size_t count, const char *why)
{
    MoCatalog catalog = {0};
    assert_status(mo_parse(make_file(all, count, buffer), &catalog), ERR_CORRUPT);
    if (!strstr(fault_last()->text, why))
        fail_msg("'%s' does not say '%s'", fault_last()->text, why);
}

static void what_is_not_a_catalogue_is_refused(void **state)
{
    (void)state;
    const Entry unsorted[] = {entries[0], entries[2], entries[1]};
    expect_refused(unsorted, 3, "order");
    const Entry twice[] = {entries[0], entries[2], entries[2]};
    expect_refused(twice, 3, "order");
    const Entry not_utf8[] = {entries[0], {TEXT("a"), TEXT("\xff")}};
    expect_refused(not_utf8, 2, "UTF-8");
    const Entry too_few[] = {entries[0], {TEXT("a\0b"), TEXT("c")}};
    expect_refused(too_few, 2, "1 forms");
    const Entry too_many[] = {entries[0], {TEXT("a"), TEXT("c\0d")}};
    expect_refused(too_many, 2, "2 forms");
    const Entry no_rule[] = {{TEXT(""), TEXT("Plural-Forms: nplurals=2; plural=n;\n")}};
    expect_refused(no_rule, 1, "plural form");
    Bytes good = make_file(entries, COUNT_OF(entries), buffer);
    memcpy(buffer, (const uint8_t[]){0x95, 0x04, 0x12, 0xde}, 4); // big-endian
    MoCatalog catalog;
    assert_status(mo_parse(good, &catalog), ERR_CORRUPT);
}

// Looks everything up that a file says it has: a sanitizer sees whether it reads outside.
static void use(const MoCatalog *catalog)
{
    for (uint32_t i = 0; i < catalog->count; i++) {
        const char *original = mo_original(catalog, i);
        assert_ptr_equal(mo_find(catalog, NULL, original), mo_translation(catalog, i));
        for (uint64_t n = 0; n < 4; n++)
            assert_non_null(strchr(mo_find_count(catalog, NULL, original, n), 0));
    }
    (void)mo_find(catalog, "gamepad", "up");
}

static void every_truncation_is_refused(void **state)
{
    (void)state;
    Bytes good = make_file(entries, COUNT_OF(entries), buffer);
    for (size_t len = 0; len <= good.len; len++) {
        uint8_t *copy = malloc(len + 1); // so that a sanitizer sees its end
        memcpy(copy, good.ptr, len);
        MoCatalog catalog = {0};
        assert_int_equal(mo_parse((Bytes){copy, len}, &catalog) == OK, len == good.len);
        use(&catalog);
        free(copy);
    }
}

static void flipped_bits_are_refused_or_harmless(void **state)
{
    (void)state;
    Bytes good = make_file(entries, COUNT_OF(entries), buffer);
    uint8_t *copy = malloc(good.len);
    size_t refused = 0;
    for (size_t bit = 0; bit < good.len * 8; bit++) {
        memcpy(copy, good.ptr, good.len);
        copy[bit / 8] ^= (uint8_t)(1u << bit % 8);
        MoCatalog catalog = {0};
        refused += mo_parse((Bytes){copy, good.len}, &catalog) != OK;
        use(&catalog);
    }
    assert_in_range(refused, 28 * 8, good.len * 8 - 1);
    free(copy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_found),
        cmocka_unit_test(what_is_counted_has_forms),
        cmocka_unit_test(what_is_not_a_catalogue_is_refused),
        cmocka_unit_test(every_truncation_is_refused),
        cmocka_unit_test(flipped_bits_are_refused_or_harmless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
