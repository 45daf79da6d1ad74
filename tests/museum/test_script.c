// test_script.c: the script language: every form, strictness, sentences that name the line.

#include "museum/script.h"
#include "test.h"

static Status parse(const char *text, Arena *arena, Script *out)
{
    return script_parse(str_of(text), "visit.txt", arena, out);
}

static void reads_every_form(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        ScriptVerb verb;
    } cases[] = {
        {"wait ready", SCRIPT_WAIT_READY},
        {"wait settled", SCRIPT_WAIT_SETTLED},
        {"wait tour told", SCRIPT_WAIT_TOUR},
        {"tour next", SCRIPT_TOUR_KEEP},
        {"tour eight-minutes", SCRIPT_TOUR},
        {"wait sound open", SCRIPT_WAIT_SOUND},
        {"sound lose", SCRIPT_SOUND},
        {"listen detail", SCRIPT_LISTEN},
        {"wait frames 12", SCRIPT_WAIT_FRAMES},
        {"wait 0.5", SCRIPT_WAIT_SECONDS},
        {"walk-to exhibit:hare", SCRIPT_WALK_TO_EXHIBIT},
        {"walk-to 1.5,-2", SCRIPT_WALK_TO_SPOT},
        {"look 90 -10", SCRIPT_LOOK},
        {"turn -20 0", SCRIPT_TURN},
        {"lean-in", SCRIPT_LEAN_IN},
        {"lean-in exhibit:hare", SCRIPT_LEAN_IN_EXHIBIT},
        {"lean-out", SCRIPT_LEAN_OUT},
        {"step-inside", SCRIPT_STEP_INSIDE},
        {"step-out", SCRIPT_STEP_OUT},
        {"stroll ahead 1.5", SCRIPT_STROLL},
        {"orbit 40 10", SCRIPT_ORBIT},
        {"zoom 3", SCRIPT_ZOOM},
        {"pan 0.1 -0.2", SCRIPT_PAN},
        {"detail left-ear", SCRIPT_DETAIL},
        {"detail next", SCRIPT_DETAIL_STEP},
        {"orthographic on", SCRIPT_ORTHOGRAPHIC},
        {"mood on", SCRIPT_MOOD},
        {"display 300 200", SCRIPT_DISPLAY},
        {"true-size on", SCRIPT_TRUE_SIZE},
        {"beside coin", SCRIPT_BESIDE},
        {"compare free", SCRIPT_COMPARE_KEEP},
        {"compare hare", SCRIPT_COMPARE},
        {"compare hare tortoise", SCRIPT_COMPARE_PAIR},
        {"magnify off", SCRIPT_MAGNIFY_KEEP},
        {"magnify size 0.3", SCRIPT_MAGNIFY_SIZE},
        {"magnify 0.50 0.42 12 raking", SCRIPT_MAGNIFY},
        {"mode relief", SCRIPT_MODE},
        {"light 300 15", SCRIPT_LIGHT},
        {"strength 2", SCRIPT_STRENGTH},
        {"magnify 0.50 0.42 12 raking 300 15", SCRIPT_MAGNIFY_LIT},
        {"expect um_per_texel < 20", SCRIPT_EXPECT_NUMBER},
        {"expect exhibit = hare", SCRIPT_EXPECT_TEXT},
        {"screenshot hare.png", SCRIPT_SCREENSHOT},
        {"photo hare.png", SCRIPT_PHOTO},
        {"photo hare.png 8", SCRIPT_PHOTO_SCALED},
        {"stats hare.json", SCRIPT_STATS},
        {"writing hare.json", SCRIPT_WRITING},
        {"backdrop white", SCRIPT_BACKDROP},
        {"measure", SCRIPT_MEASURE},
        {"measure 0.4,0.5 0.6,0.5", SCRIPT_MEASURE_POINTS},
        {"measure angle 0.4,0.5 0.6,0.5 1.5,20,-3", SCRIPT_MEASURE_FIGURE},
        {"measure undo", SCRIPT_MEASURE_KEEP},
        {"label open", SCRIPT_LABEL},
        {"overlay on", SCRIPT_OVERLAY},
        {"map open", SCRIPT_MAP},
        {"map room:room-2", SCRIPT_MAP_ROOM},
        {"map exhibit:hare", SCRIPT_MAP_EXHIBIT},
        {"story close", SCRIPT_STORY},
        {"screen settings", SCRIPT_SCREEN},
        {"collect on", SCRIPT_COLLECT},
        {"choose text-size", SCRIPT_CHOOSE},
        {"type hare", SCRIPT_TYPE},
        {"pad left-shoulder", SCRIPT_PAD},
        {"press Escape", SCRIPT_PRESS},
        {"click 0.5 0.5", SCRIPT_CLICK},
        {"double-click 0.5 0.5", SCRIPT_DOUBLE_CLICK},
        {"tap 0 1", SCRIPT_TAP},
        {"double-tap 0 1", SCRIPT_DOUBLE_TAP},
        {"key down Esc", SCRIPT_KEY},
        {"finger move 2 0.5 0.25", SCRIPT_FINGER},
        {"finger up 1", SCRIPT_FINGER_UP},
        {"touch map", SCRIPT_TOUCH},
        {"button up left-stick", SCRIPT_BUTTON},
        {"stick left 0 -1", SCRIPT_STICK},
        {"trigger right 0.5", SCRIPT_TRIGGER},
    };
    assert_int_equal(COUNT_OF(cases), SCRIPT_VERB_COUNT);
    Arena arena = {0};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Script script;
        assert_ok(parse(cases[i].line, &arena, &script));
        assert_int_equal(script.count, 1);
        assert_int_equal(script.commands[0].verb, cases[i].verb);
        assert_string_equal(script.commands[0].source, cases[i].line);
    }
    arena_drop(&arena);
}

static void keeps_values_in_the_order_of_the_form(void **state)
{
    (void)state;
    Arena arena = {0};
    Script script;
    assert_ok(parse("# a visit\n"
                    "\n"
                    "magnify 0.25 0.75 8 raking -45 5   # grazing\r\n"
                    "expect magnifier.zoom >= 7.5\n"
                    "expect driver != \"some other thing\"\n"
                    "screenshot \"two words.png\"",
                    &arena, &script));
    assert_int_equal(script.count, 4);
    ScriptCommand *c = script.commands;
    assert_int_equal(c[0].line, 3);
    assert_true(c[0].numbers[0] == 0.25 && c[0].numbers[1] == 0.75 && c[0].numbers[2] == 8 &&
                c[0].numbers[3] == -45 && c[0].numbers[4] == 5);
    assert_string_equal(c[0].text, "raking");
    assert_string_equal(c[1].text, "magnifier.zoom");
    assert_int_equal(c[1].operation, SCRIPT_GREATER_EQUAL);
    assert_true(c[1].numbers[0] == 7.5);
    assert_string_equal(c[2].second_text, "some other thing");
    assert_string_equal(c[3].text, "two words.png");
    arena_drop(&arena);
}

static void points_are_of_the_picture_or_the_piece(void **state)
{
    (void)state;
    Arena arena = {0};
    Script script;
    assert_ok(parse("measure 0.25,0.75 -12.5,0,3e1\n"
                    "measure chain 0,0 1,1 0,1 1,0 0,0 1,1 0,1 1,0 0,0 1,1 0,1 1,0\n",
                    &arena, &script));
    const ScriptCommand *tape = &script.commands[0], *chain = &script.commands[1];
    assert_int_equal(tape->point_count, 2);
    assert_false(tape->points[0].is_solid);
    assert_true(tape->points[0].at[0] == 0.25 && tape->points[0].at[1] == 0.75);
    assert_true(tape->points[1].is_solid);
    assert_true(tape->points[1].at[0] == -12.5 && tape->points[1].at[2] == 30);
    assert_string_equal(chain->text, "chain");
    assert_int_equal(chain->point_count, SCRIPT_MAX_POINTS);
    arena_drop(&arena);
}

static void refuses_with_file_and_line(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *said; // a part of the sentence
    } cases[] = {
        {"wait ready\nfly 1 2", "visit.txt:2: no command is called 'fly'"},
        {"wait", "visit.txt:1: expected 'wait ready' or"},
        {"wait soon", "visit.txt:1: expected 'wait ready' or"},
        {"wait -1", "visit.txt:1: expected"},
        {"wait frames 1.5", "visit.txt:1: expected"},
        {"wait ready now", "visit.txt:1: expected"},
        {"\n\nwalk-to hare", "visit.txt:3: expected 'walk-to exhibit:ID'"},
        {"walk-to exhibit:", "visit.txt:1: expected"},
        {"walk-to 1,", "visit.txt:1: expected"},
        {"look 90", "visit.txt:1: expected 'look YAW PITCH'"},
        {"look nan 0", "visit.txt:1: expected"},
        {"magnify 0.5 1.5 4 beauty", "visit.txt:1: expected"},
        {"magnify 0.5 0.5 4 sepia", "visit.txt:1: expected"},
        {"magnify size 2", "visit.txt:1: expected"},
        {"magnify 0.5 0.5 4 raking 10 4", "visit.txt:1: expected"},
        {"expect zoom ~ 3", "visit.txt:1: expected 'expect NAME OP NUMBER'"},
        {"expect mode < raking", "visit.txt:1: expected"},
        {"label shut", "visit.txt:1: expected 'label open|close'"},
        {"screenshot \"a", "visit.txt:1: a quote is not closed"},
        {"look 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16", "visit.txt:1: more than 16 words"},
        {"measure 0.5,0.5", "visit.txt:1: expected 'measure' or"},
        {"measure 0.5,0.5 0.5", "visit.txt:1: expected"},
        {"measure 0.5,0.5 0.5,1.01", "visit.txt:1: expected"},
        {"measure 0.5,0.5 1,2,3,4", "visit.txt:1: expected"},
        {"measure 0.5,0.5 1,2,", "visit.txt:1: expected"},
        {"measure tape 0,0 1,1 0,1", "visit.txt:1: expected"},
        {"measure angle 0,0 1,1", "visit.txt:1: expected"},
        {"measure rope 0,0 1,1", "visit.txt:1: expected"},
        {"measure chain 0,0 0,0 0,0 0,0 0,0 0,0 0,0 0,0 0,0 0,0 0,0 0,0 0,0", "expected"},
    };
    Arena arena = {0};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Script script;
        assert_status(parse(cases[i].text, &arena, &script), ERR_INVALID);
        if (!strstr(fault_last()->text, cases[i].said))
            fail_msg("'%s' gave '%s'", cases[i].text, fault_last()->text);
    }
    assert_status(script_parse((Str){"wait\0", 5}, "v", &arena, &(Script){0}), ERR_INVALID);
    assert_status(script_parse(str_of("look \xff 1"), "v", &arena, &(Script){0}), ERR_INVALID);
    arena_drop(&arena);
}

static void survives_every_truncation_and_byte(void **state)
{
    (void)state;
    const char *good =
        "wait ready # x\nwalk-to exhibit:hare\nlean-in\nmagnify 0.5 0.4 12 raking 1 9\n"
        "expect um_per_texel < 20\nscreenshot \"a b.png\"\n";
    Arena arena = {0};
    char text[256];
    for (size_t len = 0; len <= strlen(good); len++) {
        for (int flip = 0; flip < 256; flip += 7) {
            memcpy(text, good, len);
            if (len)
                text[len - 1] = (char)flip;
            Script script;
            Status status = script_parse((Str){text, len}, "v", &arena, &script);
            assert_true(status == OK || status == ERR_INVALID);
            arena_reset(&arena);
        }
    }
    arena_drop(&arena);
}

static void compares(void **state)
{
    (void)state;
    assert_true(script_compare(1, SCRIPT_LESS, 2) && !script_compare(2, SCRIPT_LESS, 2));
    assert_true(script_compare(2, SCRIPT_LESS_EQUAL, 2) &&
                script_compare(3, SCRIPT_GREATER, 2));
    assert_true(script_compare(2, SCRIPT_EQUAL, 2) && script_compare(2, SCRIPT_NOT_EQUAL, 3));
    assert_string_equal(script_operation_text(SCRIPT_GREATER_EQUAL), ">=");
}

static void documents_every_command(void **state)
{
    (void)state;
    Arena arena = {0};
    const char *help = script_help(&arena);
    static const char *const words[] = {"wait", "walk-to", "magnify", "expect", "stats", "tap"};
    for (size_t i = 0; i < COUNT_OF(words); i++)
        assert_non_null(strstr(help, words[i]));
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_form),
        cmocka_unit_test(keeps_values_in_the_order_of_the_form),
        cmocka_unit_test(points_are_of_the_picture_or_the_piece),
        cmocka_unit_test(refuses_with_file_and_line),
        cmocka_unit_test(survives_every_truncation_and_byte),
        cmocka_unit_test(compares),
        cmocka_unit_test(documents_every_command),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
