// test_layouts.c: proposed houses of any size: everything has its place, nothing is in a wall,
// everything is reached on foot, and rooms are of their themes.

#include "test.h"

#include "exhibits/model/theme.h"
#include "museum/gallery.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *const types[] = {"netsuke", "Bust", "instrument", "engine", "shell",
                                    "bead",    "coin", "lamp",       "boat",   "owl"};

typedef struct House {
    Arena arena;
    uint32_t count, theme_count;
    const Record **records;
    LayoutPiece *pieces;
    LayoutTheme *themes;
    uint32_t *of;
    Plan plan;
} House;

// Themes of very different sizes: of ten kinds the first are common.
static uint32_t kind_of(uint32_t i, uint32_t count)
{
    return count < 10 ? i % 2 : (uint32_t)(10 * pow((double)(i * 37 % count) / count, 2));
}

static void make_house(uint32_t count, float largest_m, House *out)
{
    House house = {.count = count};
    Arena *arena = &house.arena;
    house.records = ARENA_ARRAY(arena, const Record *, count + 1);
    house.pieces = ARENA_ARRAY(arena, LayoutPiece, count + 1);
    house.of = ARENA_ARRAY(arena, uint32_t, count + 1);
    uint32_t seed = count * 7 + 1;
    for (uint32_t i = 0; i < count; i++) {
        Record *record = ARENA_NEW(arena, Record);
        record->id = str_format(arena, "piece-%03u", i);
        record->object_type = langtext_make(arena, "en", types[kind_of(i, count)]);
        house.records[i] = record;
        house.pieces[i].id = record->id;
        for (int axis = 0; axis < 3; axis++) {
            seed = seed * 1664525u + 1013904223u;
            float t = (float)(seed >> 8) / 16777216.0f;
            house.pieces[i].size_m[axis] = 0.01f * powf(largest_m / 0.01f, t * t);
        }
    }
    theme_divide(house.records, count, theme_choose(house.records, count), arena, &house.themes,
                 &house.theme_count, house.of);
    for (uint32_t i = 0; i < count; i++)
        house.pieces[i].theme = house.of[i];
    LayoutDesc desc = {.pieces = house.pieces,
                       .count = count,
                       .themes = house.themes,
                       .theme_count = house.theme_count};
    assert_int_equal(layout_make_house(&desc, arena, &house.plan), OK);
    *out = house;
}

static const uint32_t counts[] = {1, 2, 3, 4, 9, 13, 30, 77, 300};
static const float largest[] = {0.05f, 0.6f, 2.5f};

static void everything_has_a_sound_place(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(counts) * COUNT_OF(largest); i++) {
        House house;
        make_house(counts[i / COUNT_OF(largest)], largest[i % COUNT_OF(largest)], &house);
        Problems problems = {.arena = &house.arena};
        Status status = plan_check(&house.plan, "layout", &problems);
        for (size_t p = 0; p < problems.count && status; p++)
            printf("%u: %s\n", house.count, problem_line(&problems.items[p], &house.arena));
        assert_int_equal(status, OK);
        assert_int_equal(house.plan.place_count, house.count);
        assert_int_equal(house.plan.route_count, house.count);
        uint8_t *was_met = ARENA_ARRAY(&house.arena, uint8_t, house.count + 1);
        for (uint32_t k = 0; k < house.count; k++)
            was_met[house.plan.route[k]]++;
        for (uint32_t k = 0; k < house.count; k++)
            assert_int_equal(was_met[k], 1);
        arena_drop(&house.arena);
    }
}

// Walked in the museum's own way; every room has a door.
static void everything_is_reached_on_foot(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(counts); i++) {
        House house;
        make_house(counts[i], largest[i % COUNT_OF(largest)], &house);
        Gallery gallery;
        gallery_make(&house.plan, NULL, &house.arena, &gallery);
        double from[2] = {house.plan.start.position[0], house.plan.start.position[1]};
        assert_true(gallery_is_free(&gallery, from));
        // Of many every tenth is asked for; a room without a door shows in its first piece.
        for (uint32_t p = 0; p<house.count; p += counts[i]> 100 ? 10 : 1) {
            GalleryStand stand;
            double(*way)[2];
            uint32_t count;
            ArenaMark mark = arena_mark(&house.arena);
            assert_true(gallery_stand_before(&gallery, p, 1.62, 0.9, &stand));
            assert_int_equal(
                gallery_find_path(&gallery, from, stand.spot, &house.arena, &way, &count), OK);
            arena_rewind(&house.arena, mark);
        }
        for (uint32_t r = 0; r < house.plan.room_count && house.plan.room_count > 1; r++) {
            bool has_door = false;
            for (uint32_t d = 0; d < house.plan.opening_count; d++)
                has_door |=
                    house.plan.openings[d].room[0] == r || house.plan.openings[d].room[1] == r;
            assert_true(has_door);
        }
        arena_drop(&house.arena);
    }
}

static void rooms_are_of_their_themes(void **state)
{
    (void)state;
    House house;
    make_house(300, 0.3f, &house);
    assert_int_equal(theme_choose(house.records, 300), THEME_BY_TYPE);
    for (uint32_t r = 0; r < house.plan.room_count; r++) {
        uint32_t pieces = 0, seen = 0, mask = 0;
        for (uint32_t i = 0; i < house.count; i++) {
            if (house.plan.places[i].room != r)
                continue;
            pieces += house.plan.places[i].shares_back == 0;
            seen += !(mask >> house.of[i] & 1);
            mask |= 1u << house.of[i];
        }
        assert_true(pieces >= 1 && pieces <= 9);
        assert_true(seen <= 3);
        const char *title = langtext_find(&house.plan.rooms[r].title, "en");
        bool is_named = false;
        for (uint32_t t = 0; t < house.theme_count; t++)
            is_named |= (mask >> t & 1) &&
                        strstr(title, langtext_find(&house.themes[t].title, "en")) != NULL;
        if (!is_named)
            fail_msg("room %u is called '%s'", r, title);
    }
    arena_drop(&house.arena);
}

static float size_of(const LayoutPiece *piece)
{
    return fmaxf(piece->size_m[0], fmaxf(piece->size_m[1], piece->size_m[2]));
}

// Through the door one sees what is largest, and no stand of a row before it is in between.
static void the_largest_stands_on_the_doors_axis(void **state)
{
    (void)state;
    House house;
    make_house(77, 0.5f, &house);
    uint32_t seen = 0, rooms = 0;
    for (uint32_t d = 0; d < house.plan.opening_count; d++) {
        const PlanOpening *door = &house.plan.openings[d];
        uint32_t room = door->room[1], best = UINT32_MAX;
        if (door->room[0] + 1 != room) // a shortcut
            continue;
        for (uint32_t i = 0; i < house.count; i++)
            if (house.plan.places[i].room == room &&
                (best == UINT32_MAX ||
                 size_of(&house.pieces[i]) > size_of(&house.pieces[best])))
                best = i;
        float middle[2];
        for (int axis = 0; axis < 2; axis++)
            middle[axis] = (door->from[0][axis] + door->to[0][axis]) / 2;
        const PlanPlace *place = &house.plan.places[best];
        // Sideways from the straight way in.
        float yaw = place->yaw;
        float aside = (place->position[0] - middle[0]) * cosf(yaw) -
                      (place->position[1] - middle[1]) * sinf(yaw);
        rooms++;
        seen += fabsf(aside) < 0.6f;
    }
    assert_true(rooms > 5);
    // Where another is nearly as large it may keep the place.
    assert_true(seen * 10 >= rooms * 7);
    arena_drop(&house.arena);
}

static void rooms_differ(void **state)
{
    (void)state;
    House house;
    make_house(77, 0.6f, &house);
    float least = INFINITY, most = 0;
    for (uint32_t r = 0; r < house.plan.room_count; r++) {
        const PlanRoom *room = &house.plan.rooms[r];
        float area = 0;
        for (uint32_t i = 0; i < room->corner_count; i++) {
            const float *a = room->corners[i], *b = room->corners[(i + 1) % room->corner_count];
            area += (b[0] * a[1] - a[0] * b[1]) / 2;
        }
        least = fminf(least, area);
        most = fmaxf(most, area);
    }
    assert_true(most > 1.5f * least);
    arena_drop(&house.arena);
}

static Record *record_of(Arena *arena, const char *type, const char *material, int year)
{
    Record *record = ARENA_NEW(arena, Record);
    record->object_type = langtext_make(arena, "en", type);
    record->materials = (LangTexts){1, ARENA_NEW(arena, LangText)};
    record->materials.items[0] = langtext_make(arena, "en", material);
    record->date = (RecordDate){.is_known = year != 0, .earliest = year, .latest = year};
    return record;
}

static void themes_are_what_tells_pieces_apart(void **state)
{
    (void)state;
    Arena arena = {0};
    const Record *records[12];
    uint32_t of[12], count;
    LayoutTheme *themes;
    // Every piece is something else, but half are of ivory and half of brass.
    for (int i = 0; i < 12; i++)
        records[i] = record_of(&arena, types[i % 10], i % 2 ? "Brass" : "brass ", 0);
    assert_int_equal(theme_choose(records, 12), THEME_BY_NOTHING); // all the same
    for (int i = 0; i < 12; i++)
        records[i] =
            record_of(&arena, types[i % 10], i % 2 ? "ivory" : " brass ", 1850 - i * 60);
    assert_int_equal(theme_choose(records, 12), THEME_BY_MATERIAL);
    theme_divide(records, 12, THEME_BY_MATERIAL, &arena, &themes, &count, of);
    assert_int_equal(count, 2);
    assert_string_equal(langtext_find(&themes[of[0]].title, "en"), "Brass");
    assert_int_equal(of[1], of[11]);
    // Centuries come in their order, and are named in every language.
    theme_divide(records, 12, THEME_BY_CENTURY, &arena, &themes, &count, of);
    assert_string_equal(langtext_find(&themes[0].title, "en"), "12th century");
    assert_string_equal(langtext_find(&themes[count - 1].title, "fr"), "XIXe siècle");
    assert_int_equal(of[0], count - 1);
    // What an artist says comes first; of whom nothing is said is among the rest.
    for (int i = 0; i < 7; i++)
        ((Record *)(uintptr_t)records[i])->theme = langtext_make(&arena, "en", "the sea");
    assert_int_equal(theme_choose(records, 12), THEME_BY_THEME);
    theme_divide(records, 12, THEME_BY_THEME, &arena, &themes, &count, of);
    assert_int_equal(count, 2);
    assert_string_equal(langtext_find(&themes[0].title, "en"), "The sea");
    assert_string_equal(langtext_find(&themes[of[9]].title, "de"), "Und anderes");
    theme_divide(records, 12, THEME_BY_MAKER, &arena, &themes, &count, of);
    assert_true(count == 0 && of[11] == 0); // nobody is named
    ThemeBy by;
    assert_true(theme_by_find("maker", &by) && by == THEME_BY_MAKER);
    assert_false(theme_by_find("price", &by));
    arena_drop(&arena);
}

static void a_piece_of_no_theme_is_refused(void **state)
{
    (void)state;
    Arena arena = {0};
    Plan plan;
    LayoutTheme theme = {0};
    LayoutPiece piece = {.id = "a", .size_m = {0.1f, 0.1f, 0.1f}, .theme = 1};
    LayoutDesc desc = {.pieces = &piece, .count = 1, .themes = &theme, .theme_count = 1};
    assert_int_equal(layout_make_house(&desc, &arena, &plan), ERR_INVALID);
    arena_drop(&arena);
}

static void small_themes_share_unless_asked(void **state)
{
    (void)state;
    Arena arena = {0};
    Plan plan;
    LayoutTheme themes[2] = {0};
    LayoutPiece pieces[4];
    for (uint32_t i = 0; i < COUNT_OF(pieces); i++)
        pieces[i] = (LayoutPiece){
            .id = str_format(&arena, "p%u", i), .size_m = {0.1f, 0.1f, 0.1f}, .theme = i / 2};
    LayoutDesc desc = {
        .pieces = pieces, .count = COUNT_OF(pieces), .themes = themes, .theme_count = 2};
    assert_ok(layout_make_house(&desc, &arena, &plan));
    assert_int_equal(plan.room_count, 1);
    desc.least = 2;
    assert_ok(layout_make_house(&desc, &arena, &plan));
    assert_int_equal(plan.room_count, 2);
    for (uint32_t i = 0; i < COUNT_OF(pieces); i++)
        assert_int_equal(plan.places[i].room == plan.places[0].room, i < 2);
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_has_a_sound_place),
        cmocka_unit_test(everything_is_reached_on_foot),
        cmocka_unit_test(rooms_are_of_their_themes),
        cmocka_unit_test(the_largest_stands_on_the_doors_axis),
        cmocka_unit_test(rooms_differ),
        cmocka_unit_test(themes_are_what_tells_pieces_apart),
        cmocka_unit_test(a_piece_of_no_theme_is_refused),
        cmocka_unit_test(small_themes_share_unless_asked),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    scratch_drop();
    return failed;
}
