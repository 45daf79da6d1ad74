// test_html.c: what is written is well formed, and what strangers wrote stays text.

#include "packer/html.h"
#include "test.h"

// Without the doctype and line ends.
static const char *written(Html *html)
{
    Bytes bytes = html_end(html);
    static const char doctype[] = "<!DOCTYPE html>\n";
    assert_memory_equal(bytes.ptr, doctype, sizeof doctype - 1);
    char *text = arena_copy_text(
        html->arena, str_copy(html->arena, (Str){(const char *)bytes.ptr, bytes.len}));
    char *to = text;
    for (const char *at = text + sizeof doctype - 1; *at; at++)
        if (*at != '\n')
            *to++ = *at;
    *to = 0;
    return text;
}

static void texts_are_escaped(void **state)
{
    (void)state;
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"<script>alert('x')</script> & \"y\"",
         "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;y&quot;"},
        {"a\nb\u2028c", "a<br>b<br>c"},
        {"bell\a\x7f\xc2\x85", "bell\ufffd\ufffd\ufffd"},
        {"\ufdd0\uffff\U0001ffffx\U0001f600", "\ufffd\ufffd\ufffdx\U0001f600"},
        {"&lt; כתב 漢字", "&amp;lt; כתב 漢字"},
        {"", ""},
    };
    Arena arena = {0};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Html html = html_make(&arena);
        html_element(&html, "p", cases[i].text);
        assert_string_equal(written(&html), str_format(&arena, "<p>%s</p>", cases[i].expected));
    }
    Html html = html_make(&arena);
    HTML_VOID(&html, "img", "alt", "a \"b\" <c>\nd", "title", NULL, "src", "x.png");
    assert_string_equal(written(&html),
                        "<img alt=\"a &quot;b&quot; &lt;c&gt;d\" src=\"x.png\">");
    arena_drop(&arena);
}

static void long_texts_become_elements(void **state)
{
    (void)state;
    static const struct {
        const char *markdown, *expected;
    } cases[] = {
        {"a *b* **c** `d`", "<p>a <em>b</em> <strong>c</strong> <code>d</code></p>"},
        {"- a\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"},
        {"- a\n  - b\n- c",
         "<ul><li><p>a</p><ul><li><p>b</p></li></ul></li><li><p>c</p></li></ul>"},
        {"3. a\n4. > b\n5. > c",
         "<ol start=\"3\"><li><p>a</p></li><li><blockquote><p>b</p></blockquote></li>"
         "<li><blockquote><p>c</p></blockquote></li></ol>"},
        {"> a\n\nb", "<blockquote><p>a</p></blockquote><p>b</p>"},
        {"> - a\n> - b",
         "<blockquote><ul><li><p>a</p></li><li><p>b</p></li></ul></blockquote>"},
        {"- a\n\n  b", "<ul><li><p>a</p><p>b</p></li></ul>"},
        {"# a\n### b\n# c", "<h3>a</h3><h4>b</h4><h3>c</h3>"}, // no level is skipped
        {"###### a", "<h3>a</h3>"},
        {"a\n\n---", "<p>a</p><hr>"},
        {"<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>"},
    };
    Arena arena = {0};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Html html = html_make(&arena);
        Prose prose = prose_parse(cases[i].markdown, &arena);
        html_prose(&html, &prose, 3);
        const char *found = written(&html);
        if (strcmp(found, cases[i].expected))
            fail_msg("'%s':\n%s\nexpected\n%s", cases[i].markdown, found, cases[i].expected);
    }
    arena_drop(&arena);
}

static void directions_follow_the_script(void **state)
{
    (void)state;
    static const char *const mirrored[] = {"ar", "AR-eg", "he", "ur", "fa-IR", "az-Arab"};
    static const char *const others[] = {"de", "ja", "ar-Latn", "arn", "", "und"};
    for (size_t i = 0; i < COUNT_OF(mirrored); i++)
        assert_string_equal(html_direction(mirrored[i]), "rtl");
    for (size_t i = 0; i < COUNT_OF(others); i++)
        assert_string_equal(html_direction(others[i]), "ltr");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_escaped),
        cmocka_unit_test(long_texts_become_elements),
        cmocka_unit_test(directions_follow_the_script),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
