// test_prose.c: Markdown becomes blocks; what is no safe subset stays text.

#include "data/json.h"
#include "exhibits/model/prose.h"
#include "io/file.h"
#include "test.h"

static const char *span_marks(const ProseBlock *block, Arena *arena)
{
    const char *marks = "";
    for (uint32_t i = 0; i < block->span_count; i++) {
        const ProseSpan *span = &block->spans[i];
        assert_true(span->begin < span->end && span->end <= strlen(block->text));
        assert_true(i == 0 || block->spans[i - 1].end <= span->begin);
        marks = str_format(arena, "%s%s%s%s<%.*s>", marks, span->is_emphasis ? "e" : "",
                           span->is_strong ? "s" : "", span->is_code ? "c" : "",
                           (int)(span->end - span->begin), block->text + span->begin);
    }
    return marks;
}

// "h1 |Title|" or "p u*|first|e<first>": a line a block.
static const char *outline(const char *markdown, Arena *arena)
{
    static const char *const kinds[] = {"p", "h", "code", "rule"};
    Prose prose = prose_parse(markdown, arena);
    const char *text = "";
    for (uint32_t i = 0; i < prose.count; i++) {
        const ProseBlock *block = &prose.blocks[i];
        text = str_format(arena, "%s%s%s", text, *text ? "\n" : "", kinds[block->kind]);
        if (block->kind == PROSE_HEADING)
            text = str_format(arena, "%s%d", text, block->level);
        text =
            str_format(arena, "%s %s%s", text, block->within, block->is_item_begin ? "*" : "");
        if (block->number)
            text = str_format(arena, "%s%d", text, block->number);
        text = str_format(arena, "%s|%s|%s", text, block->text, span_marks(block, arena));
    }
    return text;
}

static void marks_become_blocks_and_spans(void **state)
{
    (void)state;
    static const struct {
        const char *markdown, *expected;
    } cases[] = {
        {"", ""},
        {" \n\n ", ""},
        {"One.\n\nTwo\nlines.", "p |One.|\np |Two lines.|"},
        {"Hard  \nend\\\nhere", "p |Hard\u2028end\u2028here|"},
        {"細い\n線", "p |細い線|"},
        {"# The nut\n## Its *hinge*", "h1 |The nut|\nh2 |Its hinge|e<hinge>"},
        {"*a* **b** ***c*** `d`", "p |a b c d|e<a>s<b>es<c>c<d>"},
        {"**a *b* c**", "p |a b c|s<a >es<b>s< c>"},
        {"> said\n> he\n\nand", "p q|said he|\np |and|"},
        {"- a\n- b\n  - c\n\n    d\n", "p u*|a|\np u*|b|\np uu*|c|\np uu|d|"},
        {"3. a\n4. b\n   1. c\n5. d", "p o*3|a|\np o*4|b|\np oo*1|c|\np o*5|d|"},
        {"1. a\n\n   > q", "p o*1|a|\np oq|q|"},
        {"- > q", "p uq*|q|"},
        {"2. > q", "p oq*2|q|"},
        {"a\n\n---\n\nb", "p |a|\nrule ||\np |b|"},
        {"    x = *1*\n    y", "code |x = *1*\u2028y|c<x = *1*\u2028y>"},
        {"1912. A good year", "p o*1912|A good year|"}, // as CommonMark has it
        {"snake_case_word, 3 * 4 * 5", "p |snake_case_word, 3 * 4 * 5|"},
    };
    Arena arena = {0};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *found = outline(cases[i].markdown, &arena);
        if (strcmp(found, cases[i].expected))
            fail_msg("'%s':\n%s\nexpected\n%s", cases[i].markdown, found, cases[i].expected);
    }
    arena_drop(&arena);
}

static void nothing_is_raw_markup_or_a_link(void **state)
{
    (void)state;
    static const struct {
        const char *markdown, *expected;
    } cases[] = {
        {"a <b>bold</b> b", "p |a <b>bold</b> b|"},
        {"<script>alert(1)</script>", "p |<script>alert(1)</script>|"},
        {"<div>\n<p>x\n</div>", "p |<div>\u2028<p>x\u2028</div>|"},
        {"<!-- gone? -->", "p |<!-- gone? -->|"},
        {"[here](https://example.org/x)", "p |here (https://example.org/x)|"},
        {"<https://example.org>", "p |https://example.org|"},
        {"[x](javascript:alert(1))", "p |x|"},
        {"![an owl](owl.png)", "p |an owl|"},
        {"a&#x202e;b&#7;c&lt;i&gt;", "p |abc<i>|"}, // no overrides by the back door
    };
    Arena arena = {0};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *found = outline(cases[i].markdown, &arena);
        if (strcmp(found, cases[i].expected))
            fail_msg("'%s':\n%s\nexpected\n%s", cases[i].markdown, found, cases[i].expected);
    }
    arena_drop(&arena);
}

static void words_alone_are_a_line_a_block(void **state)
{
    (void)state;
    Arena arena = {0};
    Prose prose = prose_parse("# A\n\n*b* c\n\n---\n- d", &arena);
    assert_string_equal(prose_plain(&prose, &arena), "A\nb c\nd");
    assert_string_equal(prose_plain(&(Prose){0}, &arena), "");
    arena_drop(&arena);
}

static void depth_has_an_end(void **state)
{
    (void)state;
    Arena arena = {0};
    char *deep = arena_alloc(&arena, 60001, 1);
    for (int i = 0; i < 30000; i++)
        memcpy(deep + 2 * i, "> ", 2);
    Prose prose = prose_parse(str_format(&arena, "%sx", deep), &arena);
    assert_int_equal(prose.count, 1);
    assert_string_equal(prose.blocks[0].within, "qqqqqqqq");
    for (int i = 0; i < 30000; i++)
        memcpy(deep + 2 * i, "1)", 2);
    (void)prose_parse(deep, &arena);
    for (int i = 0; i < 60000; i++)
        deep[i] = i % 2 ? '_' : '*';
    (void)prose_parse(deep, &arena);
    arena_drop(&arena);
}

static void every_truncation_is_some_prose(void **state)
{
    (void)state;
    static const char text[] =
        "# A *b\n> - c **d** `e\n> 1. [f](https://g.h) <i>\n\n```\nj\n```\n";
    Arena arena = {0};
    for (size_t len = 0; len < sizeof text; len++)
        (void)outline(str_copy(&arena, (Str){text, len}), &arena);
    arena_drop(&arena);
}

// Whatever strangers write, no letters come to be that were not there.
static void naughty_strings_stay_text(void **state)
{
    (void)state;
    Arena arena = {0};
    const char *path = shared_file(&arena, "texts/blns.json");
    Bytes file;
    JsonDocument document = {0};
    assert_ok(file_read(path, 1 << 20, &arena, &file));
    assert_ok(json_parse(file, "blns.json", &document));
    JsonValue root = json_root(&document);
    size_t scripts = 0;
    for (size_t i = 0; i < json_count(root); i++) {
        const char *raw;
        if (json_to_text(json_item(root, i), &raw) || !utf8_is_valid(str_of(raw)))
            continue;
        Prose prose = prose_parse(raw, &arena);
        const char *plain = prose_plain(&prose, &arena);
        assert_true(utf8_is_valid(str_of(plain)));
        if (!strcmp(raw, "<script>alert(123)</script>")) {
            assert_string_equal(plain, raw);
            scripts++;
        }
        (void)outline(raw, &arena);
    }
    assert_true(scripts > 0);
    json_drop(&document);
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_become_blocks_and_spans),
        cmocka_unit_test(nothing_is_raw_markup_or_a_link),
        cmocka_unit_test(words_alone_are_a_line_a_block),
        cmocka_unit_test(depth_has_an_end),
        cmocka_unit_test(every_truncation_is_some_prose),
        cmocka_unit_test(naughty_strings_stay_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
