// test_base.c: arenas, faults, text.

#include "test.h"

#include "base/arena.h"
#include "base/log.h"

#include <sys/resource.h>

static void arena_gives_zeroed_aligned_memory(void **state)
{
    (void)state;
    Arena arena = {0};
    for (size_t align = 1; align <= 64; align *= 2) {
        uint8_t *bytes = arena_alloc(&arena, 100, align);
        assert_int_equal((uintptr_t)bytes % align, 0);
        for (int i = 0; i < 100; i++)
            assert_int_equal(bytes[i], 0);
        memset(bytes, 0xff, 100);
    }
    arena_drop(&arena);
    assert_null(arena.block);
    assert_int_equal(arena.reserved_bytes, 0);
}

static void arena_rewind_zeroes_what_is_used_again(void **state)
{
    (void)state;
    Arena arena = {0};
    arena_alloc(&arena, 10, 1);
    ArenaMark mark = arena_mark(&arena);
    uint8_t *first = arena_alloc(&arena, 1000, 8);
    memset(first, 1, 1000);
    arena_alloc(&arena, 3000000, 8); // a block of its own
    arena_rewind(&arena, mark);
    assert_true(arena.reserved_bytes < 3000000);
    uint8_t *again = arena_alloc(&arena, 1000, 8);
    assert_ptr_equal(first, again);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(again[i], 0);
    arena_drop(&arena);
}

// Frames that are nearly alike take no memory; one that was large is forgotten.
static void arena_recycle_takes_no_more(void **state)
{
    (void)state;
    Arena arena = {0};
    uint64_t before = 0;
    for (int i = 0; i < 20; i++) {
        if (i == 3)
            before = arena_block_count();
        arena_recycle(&arena);
        for (int k = 0; k < 10; k++)
            arena_alloc(&arena, (size_t)90000 + (size_t)(i % 3) * 1000, 8);
    }
    assert_true(before > 0);
    assert_int_equal(arena_block_count(), before);
    arena_alloc(&arena, 100u << 20, 8);
    for (int i = 0; i < 5; i++) {
        arena_recycle(&arena);
        arena_alloc(&arena, 1000, 8);
    }
    assert_true(arena.reserved_bytes < 2u << 20);
    arena_drop(&arena);
}

static void arena_reserve_takes_what_is_written(void **state)
{
    (void)state;
    const size_t count = (size_t)1 << 28;
    Arena arena = {0};
    arena_alloc(&arena, 10, 1);
    ArenaMark mark = arena_mark(&arena);
    uint32_t *numbers = ARENA_RESERVE(&arena, uint32_t, count); // 1 GiB
    assert_true(arena.reserved_bytes < 1 << 20);
    for (size_t i = 0; i < count; i += count / 16)
        assert_int_equal(numbers[i]++, 0);
    numbers[count - 1] = 7;
    uint8_t *after = arena_alloc(&arena, 1000, 8);
    memset(after, 0xff, 1000);
    assert_int_equal(numbers[count - 1], 7);
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    assert_true(usage.ru_maxrss < 512 << 10);
    arena_rewind(&arena, mark);
    uint8_t *small = arena_reserve(&arena, 1000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(small[i], 0);
    arena_drop(&arena);
    assert_int_equal(arena.reserved_bytes, 0);
}

static void arena_push_keeps_what_was_pushed(void **state)
{
    (void)state;
    Arena arena = {0};
    int *numbers = NULL;
    size_t count = 0, capacity = 0;
    for (int i = 0; i < 200000; i++) {
        *ARENA_PUSH(&arena, numbers, count, capacity) = i;
        if (i % 1000 == 0)
            arena_alloc(&arena, 3, 1); // somebody in between
    }
    for (int i = 0; i < 200000; i++)
        assert_int_equal(numbers[i], i);
    arena_drop(&arena);
}

static void scratch_is_never_the_results_arena(void **state)
{
    (void)state;
    Scratch outer = scratch_begin(NULL);
    Scratch inner = scratch_begin(outer.arena);
    assert_ptr_not_equal(outer.arena, inner.arena);
    scratch_end(inner);
    scratch_end(outer);
    scratch_drop();
}

static Status fail_with(int number)
{
    return FAIL(ERR_LIMIT, "%d is more than %d", number, 3);
}

static Status pass_on(void)
{
    TRY(fail_with(5));
    return OK;
}

static void try_passes_the_fault_on(void **state)
{
    (void)state;
    assert_status(pass_on(), ERR_LIMIT);
    assert_string_equal(fault_last()->text, "5 is more than 3");
    assert_int_equal(fault_last()->status, ERR_LIMIT);
    fault_prefix(ERR_LIMIT, "%s", "hare.vitrine");
    assert_string_equal(fault_last()->text, "hare.vitrine: 5 is more than 3");
}

static void paths_stay_inside(void **state)
{
    (void)state;
    static const char *const good[] = {"a", "a/b.png", "..a", "a..b/c", "./a"};
    static const char *const bad[] = {"", "/a", "..", "../a", "a/..", "a/../b", "a\\b", "c:/a"};
    for (size_t i = 0; i < COUNT_OF(good); i++)
        assert_true(path_is_inside(good[i]));
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_false(path_is_inside(bad[i]));
}

static void paths_come_apart(void **state)
{
    (void)state;
    Arena arena = {0};
    assert_string_equal(path_join(&arena, "a", "b"), "a/b");
    assert_string_equal(path_join(&arena, "a/", "b"), "a/b");
    assert_string_equal(path_join(&arena, "a", "/b"), "/b");
    assert_string_equal(path_folder(&arena, "a/b/c.d"), "a/b");
    assert_string_equal(path_folder(&arena, "c.d"), ".");
    assert_true(str_equal(path_stem("a/b.tar.gz"), str_of("b.tar")));
    assert_true(str_equal(path_stem(".hidden"), str_of(".hidden")));
    assert_true(str_equal(path_name("a/b.c"), str_of("b.c")));
    arena_drop(&arena);
}

static void lines_and_words_come_apart(void **state)
{
    (void)state;
    Str rest = str_of("one  two\r\n\nlast"), line, word;
    assert_true(str_next_line(&rest, &line));
    assert_true(str_next_word(&line, &word) && str_equal(word, str_of("one")));
    assert_true(str_next_word(&line, &word) && str_equal(word, str_of("two")));
    assert_false(str_next_word(&line, &word));
    assert_true(str_next_line(&rest, &line) && line.len == 0);
    assert_true(str_next_line(&rest, &line) && str_equal(line, str_of("last")));
    assert_false(str_next_line(&rest, &line));
}

static void numbers_are_whole_slices(void **state)
{
    (void)state;
    double number;
    int64_t whole;
    assert_true(str_to_double(str_of("-1.5e3"), &number) && number == -1500);
    assert_false(str_to_double(str_of("1.5x"), &number));
    assert_false(str_to_double(str_of(" 1"), &number));
    assert_false(str_to_double(str_of(""), &number));
    assert_true(str_to_int(str_of("-42"), &whole) && whole == -42);
    assert_false(str_to_int(str_of("99999999999999999999"), &whole));
    assert_false(str_to_int(str_of("4.2"), &whole));
}

static void utf8_follows_rfc_3629(void **state)
{
    (void)state;
    assert_true(utf8_is_valid(str_of("héron 像 🦉")));
    static const char *const bad[] = {
        "\x80", "\xc0\x80", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf8", "\xc3"};
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_false(utf8_is_valid(str_of(bad[i])));
}

static void strange_texts_become_printable(void **state)
{
    (void)state;
    Arena arena = {0};
    assert_string_equal(str_printable(&arena, str_of("héron 像")), "héron 像");
    assert_string_equal(str_printable(&arena, (Str){"a\0b\n\x1b[2J\xff\xc3", 9}), "a?b??[2J?");
    assert_string_equal(str_printable(&arena, str_of("a\xe2\x80\xae"
                                                     "b\xc3")),
                        "a?b?");
    char long_text[200];
    memset(long_text, 'x', sizeof long_text);
    assert_int_equal(strlen(str_printable(&arena, (Str){long_text, 80})), 80);
    const char *cut = str_printable(&arena, (Str){long_text, sizeof long_text});
    assert_int_equal(strlen(cut), 83);
    assert_true(str_ends_with(str_of(cut), "x..."));
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_gives_zeroed_aligned_memory),
        cmocka_unit_test(arena_rewind_zeroes_what_is_used_again),
        cmocka_unit_test(arena_recycle_takes_no_more),
        cmocka_unit_test(arena_reserve_takes_what_is_written),
        cmocka_unit_test(arena_push_keeps_what_was_pushed),
        cmocka_unit_test(scratch_is_never_the_results_arena),
        cmocka_unit_test(try_passes_the_fault_on),
        cmocka_unit_test(paths_stay_inside),
        cmocka_unit_test(paths_come_apart),
        cmocka_unit_test(lines_and_words_come_apart),
        cmocka_unit_test(numbers_are_whole_slices),
        cmocka_unit_test(utf8_follows_rfc_3629),
        cmocka_unit_test(strange_texts_become_printable),
    };
    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
