// test_plan.c: galleries laid out by themselves and galleries read from files.

#include "test.h"

#include <math.h>

#include "exhibits/model/layout.h"

// ---- a walker of 0.3 m radius, on a grid of 0.15 m

typedef struct Grid {
    float low[2], step;
    int width, height;
    uint8_t *is_free, *is_reached;
} Grid;

static float distance_to_stretch(const float a[2], const float b[2], const float p[2])
{
    float dx = b[0] - a[0], dz = b[1] - a[1];
    float t = ((p[0] - a[0]) * dx + (p[1] - a[1]) * dz) / fmaxf(dx * dx + dz * dz, 1e-12f);
    t = CLAMP(t, 0.0f, 1.0f);
    return hypotf(p[0] - a[0] - t * dx, p[1] - a[1] - t * dz);
}

static PlanBox passage_box(const PlanOpening *o)
{
    // from[0] and to[0] are inside one room, from[1] and to[1] inside the other.
    float middle[2], width = hypotf(o->to[0][0] - o->from[0][0], o->to[0][1] - o->from[0][1]);
    float depth = hypotf(o->from[1][0] - o->from[0][0], o->from[1][1] - o->from[0][1]);
    for (int i = 0; i < 2; i++)
        middle[i] = (o->from[0][i] + o->to[0][i] + o->from[1][i] + o->to[1][i]) / 4;
    float yaw = atan2f(o->from[1][0] - o->from[0][0], o->from[1][1] - o->from[0][1]);
    // Into both rooms by a walker's radius, narrower by it at each side.
    return plan_box(middle, yaw, (float[3]){width - 0.6f, 0, depth + 0.9f}, 0);
}

static bool is_free(const Plan *plan, const float p[2])
{
    for (uint32_t i = 0; i < plan->opening_count; i++) {
        PlanBox box = passage_box(&plan->openings[i]);
        if (plan_box_contains(&box, p))
            return true;
    }
    int32_t index = plan_find_room(plan, p);
    if (index == PLAN_NONE)
        return false;
    const PlanRoom *room = &plan->rooms[index];
    for (uint32_t w = 0; w < room->corner_count; w++)
        if (distance_to_stretch(room->corners[w], room->corners[(w + 1) % room->corner_count],
                                p) < 0.3f)
            return false;
    for (uint32_t i = 0; i < plan->place_count; i++) {
        const PlanPlace *place = &plan->places[i];
        PlanBox box = plan_box(place->position, place->yaw, place->size_m, 0.3f);
        if (place->room == (uint32_t)index && plan_box_contains(&box, p))
            return false;
    }
    for (uint32_t i = 0; i < plan->bench_count; i++) {
        const PlanBench *bench = &plan->benches[i];
        PlanBox box = plan_box(bench->position, bench->yaw, bench->size_m, 0.3f);
        if (bench->room == (uint32_t)index && plan_box_contains(&box, p))
            return false;
    }
    return true;
}

static void make_grid(const Plan *plan, Arena *arena, Grid *g)
{
    float low[2] = {INFINITY, INFINITY}, high[2] = {-INFINITY, -INFINITY};
    for (uint32_t r = 0; r < plan->room_count; r++)
        for (uint32_t c = 0; c < plan->rooms[r].corner_count; c++)
            for (int i = 0; i < 2; i++) {
                low[i] = fminf(low[i], plan->rooms[r].corners[c][i]);
                high[i] = fmaxf(high[i], plan->rooms[r].corners[c][i]);
            }
    g->step = 0.2f;
    memcpy(g->low, low, sizeof low);
    g->width = (int)((high[0] - low[0]) / g->step) + 1;
    g->height = (int)((high[1] - low[1]) / g->step) + 1;
    g->is_free = arena_alloc(arena, (size_t)g->width * (size_t)g->height, 1);
    g->is_reached = arena_alloc(arena, (size_t)g->width * (size_t)g->height, 1);
    for (int z = 0; z < g->height; z++)
        for (int x = 0; x < g->width; x++) {
            float p[2] = {low[0] + (float)x * g->step, low[1] + (float)z * g->step};
            g->is_free[z * g->width + x] = is_free(plan, p);
        }
}

static int cell_of(const Grid *g, const float p[2])
{
    int x = (int)lroundf((p[0] - g->low[0]) / g->step);
    int z = (int)lroundf((p[1] - g->low[1]) / g->step);
    return CLAMP(z, 0, g->height - 1) * g->width + CLAMP(x, 0, g->width - 1);
}

static void flood(Grid *g, int start, Arena *arena)
{
    int *todo = ARENA_ARRAY(arena, int, (size_t)g->width *(size_t)g->height);
    size_t count = 0;
    todo[count++] = start;
    g->is_reached[start] = 1;
    while (count) {
        int at = todo[--count];
        const int steps[4] = {-1, 1, -g->width, g->width};
        for (int i = 0; i < 4; i++) {
            int next = at + steps[i];
            bool wraps = i < 2 && next / g->width != at / g->width;
            if (next < 0 || next >= g->width * g->height || wraps || !g->is_free[next] ||
                g->is_reached[next])
                continue;
            g->is_reached[next] = 1;
            todo[count++] = next;
        }
    }
}

static void assert_everything_is_reached(const Plan *plan, Arena *arena)
{
    Grid grid;
    make_grid(plan, arena, &grid);
    int start = cell_of(&grid, plan->start.position);
    assert_true(grid.is_free[start]);
    flood(&grid, start, arena);
    for (uint32_t i = 0; i < plan->place_count; i++) {
        const PlanPlace *place = &plan->places[i];
        // Before its front, and behind it.
        for (int side = -1; side <= 1; side += 2) {
            float away = (place->size_m[2] / 2 + 0.6f) * (float)side;
            float p[2] = {place->position[0] + sinf(place->yaw) * away,
                          place->position[1] + cosf(place->yaw) * away};
            if (!grid.is_reached[cell_of(&grid, p)])
                fail_msg("of %u places, %u cannot be reached", plan->place_count, i);
        }
    }
}

// ---- layouts

// Sizes from a bead to a whale, the same every time.
static void make_pieces(LayoutPiece *pieces, uint32_t count, uint32_t seed, float largest_m,
                        Arena *arena)
{
    for (uint32_t i = 0; i < count; i++) {
        pieces[i].id = str_format(arena, "piece-%u", i);
        for (int axis = 0; axis < 3; axis++) {
            seed = seed * 1664525u + 1013904223u;
            float t = (float)(seed >> 8) / 16777216.0f;
            pieces[i].size_m[axis] = 0.01f * powf(largest_m / 0.01f, t * t);
        }
    }
}

static void layouts_are_sound_for_any_number(void **state)
{
    (void)state;
    static const float largest[] = {0.04f, 0.5f, 2.5f};
    for (uint32_t count = 0; count <= 300; count += count < 40 ? 1 : 13) {
        Arena arena = {0};
        LayoutPiece *pieces = ARENA_ARRAY(&arena, LayoutPiece, count);
        make_pieces(pieces, count, count + 7, largest[count % COUNT_OF(largest)], &arena);
        Plan plan = {0};
        assert_ok(layout_make(pieces, count, &arena, &plan));
        Problems problems = {.arena = &arena};
        assert_ok(plan_check(&plan, "layout", &problems));
        assert_int_equal(plan.place_count, count);
        assert_int_equal(plan.route_count, count);
        uint32_t stands = 0;
        for (uint32_t i = 0; i < count; i++) {
            assert_int_equal(plan.places[i].piece_index, i);
            stands += plan.places[i].shares_back == 0;
        }
        assert_int_equal(plan.light_count, stands * 2);
        assert_true(plan.room_count * 9 >= stands);
        arena_drop(&arena);
    }
}

static void every_piece_can_be_walked_to(void **state)
{
    (void)state;
    static const uint32_t counts[] = {1, 2, 3, 5, 7, 9, 10, 19, 28, 47, 90};
    for (size_t i = 0; i < COUNT_OF(counts); i++) {
        Arena arena = {0};
        LayoutPiece *pieces = ARENA_ARRAY(&arena, LayoutPiece, counts[i]);
        make_pieces(pieces, counts[i], (uint32_t)i, i % 2 ? 2.5f : 0.3f, &arena);
        Plan plan = {0};
        assert_ok(layout_make(pieces, counts[i], &arena, &plan));
        assert_everything_is_reached(&plan, &arena);
        arena_drop(&arena);
    }
}

static void stands_keep_their_distance(void **state)
{
    (void)state;
    Arena arena = {0};
    LayoutPiece pieces[60];
    make_pieces(pieces, 60, 3, 1.5f, &arena);
    Plan plan = {0};
    assert_ok(layout_make(pieces, 60, &arena, &plan));
    for (uint32_t i = 0; i < 60; i++)
        for (uint32_t j = 0; j < i; j++) {
            const PlanPlace *a = &plan.places[i], *b = &plan.places[j];
            PlanBox box_a = plan_box(a->position, a->yaw, a->size_m, 0.8f);
            PlanBox box_b = plan_box(b->position, b->yaw, b->size_m, 0.8f);
            bool is_one = plan_stand_of(&plan, i) == plan_stand_of(&plan, j);
            assert_false(!is_one && a->room == b->room && plan_boxes_meet(&box_a, &box_b));
        }
    arena_drop(&arena);
}

static void small_pieces_stand_at_the_height_of_eyes_under_glass(void **state)
{
    (void)state;
    Arena arena = {0};
    const LayoutPiece pieces[] = {{.id = "bead", .size_m = {0.02f, 0.02f, 0.02f}},
                                  {.id = "hare", .size_m = {0.03f, 0.04f, 0.03f}},
                                  {.id = "bowl", .size_m = {0.3f, 0.2f, 0.3f}},
                                  {.id = "helmet", .size_m = {0.35f, 0.55f, 0.3f}},
                                  {.id = "venus", .size_m = {0.7f, 2.1f, 0.6f}}};
    Plan plan = {0};
    assert_ok(layout_make(pieces, COUNT_OF(pieces), &arena, &plan));
    for (uint32_t i = 0; i < 3; i++) {
        const PlanPlace *place = &plan.places[i];
        float middle = plan_piece_floor_m(place) + pieces[i].size_m[1] / 2;
        assert_int_equal(place->stand, i < 2 ? PLAN_DOME : PLAN_CASE);
        assert_true(middle >= 1.25f && middle <= 1.35f);
        assert_true(place->glass_m > place->riser_m[1] + pieces[i].size_m[1]);
        assert_true(place->size_m[0] > pieces[i].size_m[0]);
    }
    assert_int_equal(plan.places[3].stand, PLAN_PLINTH);
    assert_int_equal(plan.places[4].stand, PLAN_PEDESTAL);
    assert_true(plan.places[4].size_m[1] < 0.5f);
    assert_true(plan.places[4].glass_m == 0);
    assert_true(plan.rooms[0].height_m > 2.1f + 1);
    arena_drop(&arena);
}

static void layouts_refuse_what_has_no_size(void **state)
{
    (void)state;
    Arena arena = {0};
    Plan plan = {0};
    LayoutPiece piece = {.id = "a", .size_m = {NAN, 1, 1}};
    assert_status(layout_make(&piece, 1, &arena, &plan), ERR_INVALID);
    piece.size_m[0] = 2100;
    assert_status(layout_make(&piece, 1, &arena, &plan), ERR_LIMIT);
    assert_non_null(strstr(fault_last()->text, "unit"));
    arena_drop(&arena);
}

static void a_piece_stands_on_the_middle_of_its_stand(void **state)
{
    (void)state;
    PlanPlace place = {.position = {3, 4}, .yaw = 1, .size_m = {0.5f, 1, 0.5f}};
    const float low[3] = {1, 2, 3}, high[3] = {2, 4, 5};
    float m[16];
    plan_piece_matrix(&place, low, high, m);
    const float bottom[3] = {1.5f, 2, 4}; // the middle of the box's bottom
    for (int i = 0; i < 3; i++) {
        float v = m[i] * bottom[0] + m[4 + i] * bottom[1] + m[8 + i] * bottom[2] + m[12 + i];
        assert_true(fabsf(v - (const float[]){3, 1, 4}[i]) < 1e-5f);
    }
    // Its front, +z, looks along the yaw.
    assert_true(fabsf(m[8] - sinf(1)) < 1e-6f && fabsf(m[10] - cosf(1)) < 1e-6f);
}

// ---- files

static void plans_survive_writing_and_reading(void **state)
{
    (void)state;
    Arena arena = {0};
    LayoutPiece pieces[31];
    make_pieces(pieces, 31, 5, 1.5f, &arena);
    Plan plan = {0}, again = {0}, third = {0};
    assert_ok(layout_make(pieces, 31, &arena, &plan));
    Bytes first = plan_write(&plan, &arena);
    assert_ok(plan_parse(first, "gallery.json", &arena, NULL, &again));
    assert_int_equal(again.opening_count, plan.opening_count);
    for (uint32_t i = 0; i < plan.opening_count; i++)
        for (int end = 0; end < 2; end++) {
            assert_int_equal(again.openings[i].wall[end], plan.openings[i].wall[end]);
            assert_true(fabsf(again.openings[i].to[end][0] - plan.openings[i].to[end][0]) <
                        1e-3f);
            assert_true(fabsf(again.openings[i].to[end][1] - plan.openings[i].to[end][1]) <
                        1e-3f);
        }
    Bytes second = plan_write(&again, &arena);
    assert_ok(plan_parse(second, "gallery.json", &arena, NULL, &third));
    Bytes last = plan_write(&third, &arena);
    assert_int_equal(second.len, last.len);
    assert_memory_equal(second.ptr, last.ptr, last.len);
    arena_drop(&arena);
}

static void rooms_keep_what_they_are_furnished_with(void **state)
{
    (void)state;
    Arena arena = {0};
    Plan plan = {0}, again = {0};
    char *json = arena_copy_text(
        &arena, "{'rooms': [{'id': 'a', 'corners': [[0,0],[6,0],[6,6],[0,6]], 'height_m': 4,"
                "'trim': 'paint-white', 'dado': 'panel-walnut', 'dado_m': 1.1,"
                "'skirting_m': 0.15, 'cornice_m': 0.2, 'text': {'en': 'Look.'},"
                "'text_board': {'position': [1, 1.5, 0.1], 'yaw_deg': 90},"
                "'skylight': {'center': [3, 3], 'size_m': [2, 1], 'well_m': 0.5}}],"
                "'benches': [{'kind': 'rail', 'position': [3, 3]}],"
                "'places': [{'piece': 'x', 'stand': 'tower', 'position': [2, 4]}],"
                "'windows': [{'room': 'a', 'from': [1, 0], 'to': [2, 0], 'sill_m': 1,"
                "'head_m': 2.5, 'reveal_m': 0.2}], 'sky': {'nits': 300, 'kelvin': 7000},"
                "'start': {'position': [1, 2]}}");
    for (char *c = json; *c; c++)
        *c = *c == '\'' ? '"' : *c;
    assert_ok(plan_parse((Bytes){(const uint8_t *)json, strlen(json)}, "gallery.json", &arena,
                         NULL, &plan));
    assert_ok(plan_parse(plan_write(&plan, &arena), "gallery.json", &arena, NULL, &again));
    const PlanRoom *room = &again.rooms[0];
    assert_int_equal(room->trim, PLAN_PAINT_WHITE);
    assert_int_equal(room->dado, PLAN_PANEL_WALNUT);
    assert_float_equal(room->dado_m, 1.1f, 1e-4f);
    assert_float_equal(room->skirting_m, 0.15f, 1e-4f);
    assert_float_equal(room->cornice_m, 0.2f, 1e-4f);
    assert_float_equal(room->skylight.size_m[0], 2, 1e-4f);
    assert_float_equal(room->skylight.well_m, 0.5f, 1e-4f);
    assert_string_equal(langtext_find(&room->text, "en"), "Look.");
    assert_float_equal(room->text_position[2], 0.1f, 1e-4f);
    assert_float_equal(room->text_size_m[1], 1.08f, 1e-4f);
    assert_int_equal(again.window_count, 1);
    assert_float_equal(again.windows[0].head_m, 2.5f, 1e-4f);
    assert_float_equal(again.windows[0].reveal_m, 0.2f, 1e-4f);
    assert_int_equal(again.benches[0].kind, PLAN_RAIL);
    assert_float_equal(again.benches[0].size_m[1], 0.85f, 1e-4f);
    assert_int_equal(again.places[0].stand, PLAN_TOWER);
    assert_float_equal(again.places[0].glass_m, 1.1f, 1e-4f);
    assert_float_equal(again.sky.nits, 300, 1e-3f);
    arena_drop(&arena);
}

static void problems_of_plans_are_told(void **state)
{
    (void)state;
    static const struct {
        const char *json, *place;
    } cases[] = {
        {"{}", "rooms"},
        {"{'rooms': []}", "rooms"},
        {"{'rooms': [{'id': 'a', 'corners': [[0,0],[4,0]]}]}", "rooms[0].corners"},
        {"{'rooms': [{'id': 'a', 'corners': [[0,0],[4,4],[4,0],[0,4]]}],"
         "'start': {'position': [1, 2]}}",
         "rooms[0]"},
        {"{'rooms': [{'id': 'a', 'corners': [[0,0],[4,0],[4,4],[0,4]], 'walls': 'jelly'}]}",
         "rooms[0].walls"},
        {"{'rooms': [{'id': 'a', 'corners': [[0,0],[4,0],[4,4],[0,4]]}]}", "start"},
        {"{'rooms': [{'id': 'a', 'corners': [[0,0],[4,0],[4,4],[0,4]]}],"
         "'start': {'position': [9, 2]}}",
         "start"},
        {"{'rooms': [{'id': 'a', 'corners': [[0,0],[4,0],[4,4],[0,4]]},"
         "{'id': 'b', 'corners': [[1,1],[2,1],[2,3],[1,3]]}],'start': {'position': [1, 2]}}",
         "rooms[1]"},
        {"{'rooms': [{'id': 'a', 'corners': [[0,0],[4,0],[4,4],[0,4]]},"
         "{'id': 'b', 'corners': [[5,0],[9,0],[9,4],[5,4]]}],'start': {'position': [1, 2]},"
         "'openings': [{'rooms': ['a', 'b'], 'from': [0, 1], 'to': [0, 2]}]}",
         "openings[0]"},
        {"{'rooms': [{'id': 'a', 'corners': [[0,0],[4,0],[4,4],[0,4]]}],"
         "'start': {'position': [1, 2]}, 'places': [{'piece': 'x', 'position': [3.9, 2]}]}",
         "places[0]"},
        {"{'rooms': [{'id': 'a', 'corners': [[0,0],[4,0],[4,4],[0,4]]}],"
         "'start': {'position': [1, 2]}, 'route': ['nobody']}",
         "route[0]"},
        {"{'rooms': [{'id': 'a', 'corners': [[0,0],[4,0],[4,4],[0,4]], 'trim': 'jelly'}],"
         "'start': {'position': [1, 2]}}",
         "rooms[0].trim"},
        {"{'rooms': [{'id': 'a', 'corners': [[0,0],[4,0],[4,4],[0,4]],"
         "'skylight': {'center': [1, 1], 'size_m': [3, 3]}}],'start': {'position': [1, 2]}}",
         "rooms[0]"},
        {"{'rooms': [{'id': 'a', 'corners': [[0,0],[4,0],[4,4],[0,4]], 'dado_m': 5}],"
         "'start': {'position': [1, 2]}}",
         "rooms[0]"},
        {"{'rooms': [{'id': 'a', 'corners': [[0,0],[4,0],[4,4],[0,4]], 'text': {'en': 'Hi'},"
         "'text_board': {'position': [1, 1.5, 9]}}],'start': {'position': [1, 2]}}",
         "rooms[0]"},
        // A window that is in no room, on no wall, higher than the room, before another room.
        {"{'rooms': [{'id': 'a', 'corners': [[0,0],[4,0],[4,4],[0,4]]}],"
         "'start': {'position': [1, 2]}, 'windows': [{'room': 'b', 'from': [1, 0],"
         "'to': [2, 0]}]}",
         "windows[0]"},
        {"{'rooms': [{'id': 'a', 'corners': [[0,0],[4,0],[4,4],[0,4]]}],"
         "'start': {'position': [1, 2]}, 'windows': [{'room': 'a', 'from': [1, 1],"
         "'to': [2, 1]}]}",
         "windows[0]"},
        {"{'rooms': [{'id': 'a', 'corners': [[0,0],[4,0],[4,4],[0,4]]}],"
         "'start': {'position': [1, 2]}, 'windows': [{'room': 'a', 'from': [1, 0],"
         "'to': [2, 0], 'head_m': 5}]}",
         "windows[0]"},
        {"{'rooms': [{'id': 'a', 'corners': [[0,0],[4,0],[4,4],[0,4]]},"
         "{'id': 'b', 'corners': [[4.2,0],[9,0],[9,4],[4.2,4]]}],'start': {'position': [1, 2]},"
         "'windows': [{'room': 'a', 'from': [4, 1], 'to': [4, 2]}]}",
         "windows[0]"},
        {"{'rooms': [{'id': 'a', 'corners': [[0,0],[4,0],[4,4],[0,4]]}],"
         "'start': {'position': [1, 2]}, 'windows': [{'room': 'a', 'from': [1, 0],"
         "'to': [2, 0]}, {'room': 'a', 'from': [1.5, 0], 'to': [2.5, 0]}]}",
         "windows[1]"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Arena arena = {0};
        Problems problems = {.arena = &arena};
        char *json = arena_copy_text(&arena, cases[i].json);
        for (char *c = json; *c; c++)
            *c = *c == '\'' ? '"' : *c;
        Plan plan = {0};
        Bytes bytes = {(const uint8_t *)json, strlen(json)};
        assert_int_not_equal(plan_parse(bytes, "g", &arena, &problems, &plan), OK);
        bool is_told = false;
        for (size_t p = 0; p < problems.count; p++)
            is_told |= str_starts_with(str_of(problems.items[p].place), cases[i].place);
        if (!is_told)
            fail_msg("%s: %s", cases[i].json, problem_line(&problems.items[0], &arena));
        arena_drop(&arena);
    }
}

static void hostile_plans_are_refused_or_read(void **state)
{
    (void)state;
    Arena arena = {0};
    LayoutPiece pieces[3];
    make_pieces(pieces, 3, 5, 0.5f, &arena);
    Plan plan = {0};
    assert_ok(layout_make(pieces, 3, &arena, &plan));
    Bytes good = plan_write(&plan, &arena);
    good.len = str_trim((Str){(const char *)good.ptr, good.len}).len;
    ArenaMark mark = arena_mark(&arena);
    for (size_t len = 0; len < good.len; len++) {
        Plan read = {0};
        assert_int_not_equal(plan_parse(bytes_first(good, len), "g", &arena, NULL, &read), OK);
        arena_rewind(&arena, mark);
    }
    for (size_t bit = 0; bit < good.len * 8; bit += 3) {
        uint8_t *copy = arena_copy(&arena, good.ptr, good.len, 1);
        copy[bit / 8] ^= (uint8_t)(1 << bit % 8);
        Plan read = {0};
        Status status = plan_parse((Bytes){copy, good.len}, "g", &arena, NULL, &read);
        assert_true(status == OK || read.room_count == 0);
        arena_rewind(&arena, mark);
    }
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(layouts_are_sound_for_any_number),
        cmocka_unit_test(every_piece_can_be_walked_to),
        cmocka_unit_test(stands_keep_their_distance),
        cmocka_unit_test(small_pieces_stand_at_the_height_of_eyes_under_glass),
        cmocka_unit_test(layouts_refuse_what_has_no_size),
        cmocka_unit_test(a_piece_stands_on_the_middle_of_its_stand),
        cmocka_unit_test(plans_survive_writing_and_reading),
        cmocka_unit_test(rooms_keep_what_they_are_furnished_with),
        cmocka_unit_test(problems_of_plans_are_told),
        cmocka_unit_test(hostile_plans_are_refused_or_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
