// visit.c: carries a script out on a museum, one command after the other, between frames.

#include "museum/visit.h"

#include "io/file.h"
#include "museum/detail.h"

#include <math.h>
#include <string.h>
#include <time.h>

#define RADIANS 0.017453292519943295
#define ARRIVED_M 0.35 // a walk that ends further from its goal has failed

enum { SETTLED_FRAMES = 2 }; // in a row: the second shows what the first has loaded

static double now_ms(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1000 + (double)time.tv_nsec / 1e6;
}

// ---- beginning a command

NODISCARD static Status begin_walk(Visit *visit, Museum *m, const ScriptCommand *command)
{
    if (command->verb == SCRIPT_WALK_TO_EXHIBIT) {
        uint32_t exhibit;
        TRY(museum_find_exhibit(m, command->text, &exhibit));
        TRY(museum_walk_to_exhibit(m, exhibit));
    } else {
        TRY(museum_walk_to_spot(m, (double[2]){command->numbers[0], command->numbers[1]}));
    }
    const Visitor *visitor = &m->visitor;
    memcpy(visit->goal, visitor->waypoints[visitor->waypoint_count - 1], sizeof visit->goal);
    return OK;
}

NODISCARD static Status begin_lean_in(Museum *m, const ScriptCommand *command)
{
    uint32_t exhibit = 0;
    if (command->verb == SCRIPT_LEAN_IN)
        return museum_lean_in(m, -1);
    TRY(museum_find_exhibit(m, command->text, &exhibit));
    return museum_lean_in(m, (int32_t)exhibit);
}

NODISCARD static Status begin_close_up(Museum *m, const ScriptCommand *command, float aspect)
{
    if (!visitor_is_close(&m->visitor))
        return FAIL(ERR_INVALID, "lean in first");
    const double *n = command->numbers;
    if (command->verb == SCRIPT_ORBIT) {
        m->carried.orbit_rad[0] += (float)(n[0] * RADIANS);
        m->carried.orbit_rad[1] += (float)(n[1] * RADIANS);
    } else if (command->verb == SCRIPT_ZOOM) {
        m->carried.zoom = (m->carried.zoom > 0 ? m->carried.zoom : 1) * (float)n[0];
    } else {
        // The view moves right and up, so what it shows moves left and down.
        m->carried.pan[0] -= (float)n[0] * aspect;
        m->carried.pan[1] += (float)n[1];
    }
    return OK;
}

static void begin_look(Museum *m, const ScriptCommand *command)
{
    float yaw = (float)(-command->numbers[0] * RADIANS);
    float pitch = (float)(command->numbers[1] * RADIANS);
    if (command->verb == SCRIPT_LOOK && museum_is_inside(m)) {
        diorama_look(&m->inside, yaw, pitch);
        return;
    }
    if (command->verb == SCRIPT_LOOK) {
        visitor_look(&m->visitor, yaw, pitch);
        return;
    }
    m->carried.turn_rad[0] += yaw;
    m->carried.turn_rad[1] += pitch;
}

NODISCARD static Status begin_compare(Museum *m, const ScriptCommand *command)
{
    uint32_t left = (uint32_t)MAX(m->close, 0), right = 0;
    if (command->verb == SCRIPT_COMPARE_KEEP) {
        if (strcmp(command->text, "off"))
            return compare_link(m, !strcmp(command->text, "linked"));
        compare_end(m);
        return OK;
    }
    if (command->verb == SCRIPT_COMPARE)
        TRY(museum_find_exhibit(m, command->text, &right));
    else
        TRY(museum_find_exhibit(m, command->text, &left));
    if (command->verb == SCRIPT_COMPARE_PAIR)
        TRY(museum_find_exhibit(m, command->second_text, &right));
    return compare_begin(m, left, right);
}

NODISCARD static Status keep_magnifier(Magnifier *lens, const ScriptCommand *command)
{
    if (command->verb == SCRIPT_MAGNIFY_SIZE) {
        magnifier_resize(lens, (float)command->numbers[0] / lens->radius);
    } else if (!strcmp(command->text, "off")) {
        magnifier_turn_off(lens);
    } else {
        if (!lens->is_on)
            return FAIL(ERR_INVALID, "the magnifier is put away");
        lens->is_pinned = !strcmp(command->text, "pin");
    }
    return OK;
}

NODISCARD static Status begin_magnify(Museum *m, const ScriptCommand *command)
{
    if (command->verb == SCRIPT_MAGNIFY_KEEP || command->verb == SCRIPT_MAGNIFY_SIZE)
        return keep_magnifier(compare_lens(m), command);
    compare_point(m, (float)command->numbers[0]);
    Magnifier *lens = compare_lens(m);
    if (!magnifier_find_mode(command->text, &lens->mode))
        return FAIL(ERR_INVALID, "the magnifier has no mode '%s'", command->text);
    lens->offset_y = 0;
    magnifier_turn_on(lens, (float)command->numbers[0], (float)command->numbers[1]);
    lens->wanted_zoom = MAX(command->numbers[2], MAGNIFIER_LEAST_ZOOM);
    if (command->verb == SCRIPT_MAGNIFY_LIT)
        magnifier_set_light(lens, (float)command->numbers[3], (float)command->numbers[4]);
    return OK;
}

NODISCARD static Status begin_mode(Museum *m, const ScriptCommand *command)
{
    Magnifier *lens = compare_lens(m);
    if (command->verb == SCRIPT_LIGHT)
        magnifier_set_light(lens, (float)command->numbers[0], (float)command->numbers[1]);
    else if (command->verb == SCRIPT_STRENGTH)
        magnifier_set_strength(lens, (float)command->numbers[0]);
    else if (!magnifier_find_mode(command->text, &lens->mode))
        return FAIL(ERR_INVALID, "the magnifier has no mode '%s'", command->text);
    return OK;
}

NODISCARD static Status begin_measure(Museum *m, const ScriptCommand *command)
{
    TRY(compare_refuse(m));
    MeasureKind kind = command->point_count == 2 ? MEASURE_TAPE : MEASURE_CHAIN;
    if (command->verb == SCRIPT_MEASURE_FIGURE && !measure_find_kind(command->text, &kind))
        return FAIL(ERR_INVALID, "nothing is measured by '%s'", command->text);
    if (command->verb != SCRIPT_MEASURE_KEEP)
        return tape_measure_points(m, kind, command->points, command->point_count);
    if (!strcmp(command->text, "undo"))
        tape_undo(m);
    else if (!strcmp(command->text, "clear"))
        tape_clear(m);
    else
        tape_put(m, false);
    return OK;
}

NODISCARD static Status begin_detail(Museum *m, const ScriptCommand *command)
{
    uint32_t index = 0;
    TRY(compare_refuse(m));
    if (command->verb == SCRIPT_DETAIL_STEP && strcmp(command->text, "leave") != 0)
        return detail_step(m, strcmp(command->text, "next") ? -1 : 1);
    if (command->verb == SCRIPT_DETAIL_STEP) {
        detail_leave(m);
        return OK;
    }
    TRY(detail_find(m, command->text, &index));
    detail_show(m, index);
    return OK;
}

NODISCARD static Status begin_expect(Museum *m, const ScriptCommand *command)
{
    Scratch scratch = scratch_begin(NULL);
    Stats stats = museum_stats(m, scratch.arena);
    StatsValue value = {0};
    Status status = stats_find(&stats, command->text, scratch.arena, &value);
    bool is_number = command->verb == SCRIPT_EXPECT_NUMBER;
    bool holds = false;
    if (!status && is_number && value.is_number) {
        holds = script_compare(value.number, command->operation, command->numbers[0]);
    } else if (!status) {
        const char *expected = is_number ? str_format(scratch.arena, "%g", command->numbers[0])
                                         : command->second_text;
        bool is_same = !strcmp(value.text, expected);
        holds = is_same == (command->operation == SCRIPT_EQUAL) &&
                (command->operation == SCRIPT_EQUAL || command->operation == SCRIPT_NOT_EQUAL);
    }
    if (!status && !holds)
        status = FAIL(ERR_INVALID, "%s is %s", command->text, *value.text ? value.text : "''");
    scratch_end(scratch);
    return status;
}

NODISCARD static Status write_stats(Museum *m, const char *path)
{
    museum_note_work(m);
    Scratch scratch = scratch_begin(NULL);
    Stats stats = museum_stats(m, scratch.arena);
    const char *json = stats_write_json(&stats, scratch.arena);
    Status status = file_write(path, (Bytes){(const uint8_t *)json, strlen(json)});
    scratch_end(scratch);
    return status;
}

NODISCARD static Status begin_map(Visit *visit, Museum *m, const ScriptCommand *command)
{
    uint32_t exhibit;
    int32_t item = MAP_NONE;
    if (command->verb == SCRIPT_MAP_ROOM) {
        TRY(map_find_room(m, command->text, &item));
    } else {
        TRY(museum_find_exhibit(m, command->text, &exhibit));
        int32_t place = m->collection.exhibits[exhibit].place;
        item = place == PLAN_NONE ? MAP_NONE : map_item_of_place(&m->map.map, (uint32_t)place);
        if (item == MAP_NONE)
            return FAIL(ERR_NOT_FOUND, "'%s' stands nowhere in this gallery", command->text);
    }
    memcpy(visit->goal, (double[2]){m->map.map.items[item].at[0], m->map.map.items[item].at[1]},
           sizeof visit->goal);
    return map_go(m, item);
}

NODISCARD static Status begin_tour(Museum *m, const ScriptCommand *command)
{
    const char *word = command->text;
    if (command->verb == SCRIPT_TOUR)
        return museum_begin_tour(m, strcmp(word, "first") ? word : NULL);
    if (m->tour.state == TOUR_OFF)
        return FAIL(ERR_INVALID, "no tour is played");
    if (!strcmp(word, "next") || !strcmp(word, "back"))
        tour_turn(&m->tour, strcmp(word, "next") ? -1 : 1);
    else if (!strcmp(word, "leave"))
        tour_leave(&m->tour);
    else if (!strcmp(word, "rejoin"))
        tour_rejoin(&m->tour);
    else if (!strcmp(word, "end"))
        tour_end(&m->tour);
    else
        tour_pause(&m->tour, !strcmp(word, "pause"));
    return OK;
}

NODISCARD static Status begin_screen(Museum *m, const ScriptCommand *command)
{
    ScreenId id;
    bool opens = screen_find(command->text, &id);
    if (opens && id == SCREEN_STORY)
        return museum_open_story(m);
    if (opens)
        museum_open_screen(m, id);
    else
        screens_close(&m->screens);
    return OK;
}

NODISCARD static Status begin(Visit *visit, Museum *m, const ScriptCommand *command,
                              const Input *input)
{
    float aspect = (float)input->width / (float)MAX(input->height, 1);
    bool opens = command->text && !strcmp(command->text, "open");
    switch (command->verb) {
    case SCRIPT_WALK_TO_EXHIBIT:
    case SCRIPT_WALK_TO_SPOT:
        return begin_walk(visit, m, command);
    case SCRIPT_LOOK:
    case SCRIPT_TURN:
        begin_look(m, command);
        return OK;
    case SCRIPT_LEAN_IN:
    case SCRIPT_LEAN_IN_EXHIBIT:
        return begin_lean_in(m, command);
    case SCRIPT_LEAN_OUT:
        museum_lean_out(m);
        return OK;
    case SCRIPT_STEP_INSIDE:
        return museum_step_inside(m);
    case SCRIPT_STEP_OUT:
        museum_step_out(m);
        return OK;
    case SCRIPT_ORBIT:
    case SCRIPT_ZOOM:
    case SCRIPT_PAN:
        return begin_close_up(m, command, aspect);
    case SCRIPT_DETAIL:
    case SCRIPT_DETAIL_STEP:
        return begin_detail(m, command);
    case SCRIPT_MOOD:
        m->mood.is_on = !strcmp(command->text, "on");
        return OK;
    case SCRIPT_DISPLAY:
        return life_size_simulate(m, command->numbers[0], command->numbers[1]);
    case SCRIPT_TRUE_SIZE:
        return life_size_show(m, !strcmp(command->text, "on"));
    case SCRIPT_BESIDE:
        life_size_lay_beside(&m->life, command->text);
        return OK;
    case SCRIPT_ORTHOGRAPHIC:
        return museum_set_orthographic(m, !strcmp(command->text, "on"));
    case SCRIPT_COMPARE_KEEP:
    case SCRIPT_COMPARE:
    case SCRIPT_COMPARE_PAIR:
        return begin_compare(m, command);
    case SCRIPT_MAGNIFY:
    case SCRIPT_MAGNIFY_LIT:
    case SCRIPT_MAGNIFY_KEEP:
    case SCRIPT_MAGNIFY_SIZE:
        return begin_magnify(m, command);
    case SCRIPT_MODE:
    case SCRIPT_LIGHT:
    case SCRIPT_STRENGTH:
        return begin_mode(m, command);
    case SCRIPT_EXPECT_NUMBER:
    case SCRIPT_EXPECT_TEXT:
        return begin_expect(m, command);
    case SCRIPT_SCREENSHOT:
        m->picture_path = command->text;
        return OK;
    case SCRIPT_WRITING:
        m->picture_path = command->text;
        m->saves_writing = true;
        return OK;
    case SCRIPT_BACKDROP:
        m->backdrop = *command->text == 'n' ? 0 : *command->text == 'w' ? 1 : -1;
        return OK;
    case SCRIPT_PHOTO:
        return photo_take(m, command->text, m->photo_scale);
    case SCRIPT_PHOTO_SCALED:
        return photo_take(m, command->text, (int)command->numbers[0]);
    case SCRIPT_STATS:
        return write_stats(m, command->text);
    case SCRIPT_MEASURE:
        stats_forget_frames(&m->frames);
        stats_forget_frames(&m->cpu_frames);
        museum_forget_work(m);
        return OK;
    case SCRIPT_MEASURE_POINTS:
    case SCRIPT_MEASURE_FIGURE:
    case SCRIPT_MEASURE_KEEP:
        return begin_measure(m, command);
    case SCRIPT_LABEL:
        return museum_show(m, &m->is_label_open, opens);
    case SCRIPT_STORY:
        if (opens)
            return museum_open_story(m);
        museum_close_story(m);
        return OK;
    case SCRIPT_OVERLAY:
        m->overlay.is_open = !strcmp(command->text, "on");
        return OK;
    case SCRIPT_MAP:
        map_open(m, opens);
        return OK;
    case SCRIPT_MAP_ROOM:
    case SCRIPT_MAP_EXHIBIT:
        return begin_map(visit, m, command);
    case SCRIPT_TOUR:
    case SCRIPT_TOUR_KEEP:
        return begin_tour(m, command);
    case SCRIPT_SOUND:
    case SCRIPT_LISTEN:
        return museum_command_sound(m, command->text);
    case SCRIPT_SCREEN:
        return begin_screen(m, command);
    case SCRIPT_COLLECT:
        return museum_collect(m, -1, !strcmp(command->text, "on"));
    case SCRIPT_CHOOSE:
        return museum_press_widget(m, input, command->text);
    case SCRIPT_PRESS:
        return visit_check_press(command);
    case SCRIPT_KEY:
    case SCRIPT_FINGER:
    case SCRIPT_FINGER_UP:
    case SCRIPT_TOUCH:
    case SCRIPT_BUTTON:
    case SCRIPT_STICK:
    case SCRIPT_TRIGGER:
        visit->has_hands = true;
        return visit_use_hands(visit, m, command);
    case SCRIPT_TYPE:
    case SCRIPT_PAD:
    case SCRIPT_WAIT_READY:
    case SCRIPT_WAIT_SETTLED:
    case SCRIPT_WAIT_FRAMES:
    case SCRIPT_WAIT_SECONDS:
    case SCRIPT_WAIT_TOUR:
    case SCRIPT_WAIT_SOUND:
    case SCRIPT_STROLL:
    case SCRIPT_CLICK:
    case SCRIPT_DOUBLE_CLICK:
    case SCRIPT_TAP:
    case SCRIPT_DOUBLE_TAP:
    case SCRIPT_VERB_COUNT:
        break;
    }
    return OK;
}

// ---- while it runs

static bool is_still(const Visit *visit, const Museum *m)
{
    return visit->frames > 0 && visitor_is_still(&m->visitor) && diorama_is_still(&m->inside) &&
           m->leans_after_walk < 0 && compare_is_still(m) && map_is_still(m);
}

static bool is_done(const Visit *visit, const Museum *m, const ScriptCommand *command)
{
    switch (command->verb) {
    case SCRIPT_PHOTO:
    case SCRIPT_PHOTO_SCALED:
        return !m->photo.is_on;
    case SCRIPT_WAIT_READY:
        return museum_is_ready(m);
    case SCRIPT_WAIT_SETTLED:
        return visit->settled_frames >= SETTLED_FRAMES;
    case SCRIPT_WAIT_FRAMES:
        return visit->frames >= (uint32_t)command->numbers[0];
    case SCRIPT_WAIT_SECONDS:
        return visit->seconds >= command->numbers[0];
    case SCRIPT_WAIT_TOUR:
        if (m->tour.state == TOUR_OFF || m->tour.state == TOUR_LEFT)
            return true;
        return !strcmp(command->text, "told") && m->tour.state == TOUR_TELLING &&
               m->tour.told_s > 0;
    case SCRIPT_WAIT_SOUND:
        return !strcmp(museum_sound_device(m), command->text);
    case SCRIPT_STROLL:
        return visit->seconds >= command->numbers[0] && is_still(visit, m);
    case SCRIPT_WALK_TO_EXHIBIT:
    case SCRIPT_WALK_TO_SPOT:
    case SCRIPT_LOOK:
    case SCRIPT_TURN:
    case SCRIPT_LEAN_IN:
    case SCRIPT_LEAN_IN_EXHIBIT:
    case SCRIPT_LEAN_OUT:
    case SCRIPT_STEP_INSIDE:
    case SCRIPT_STEP_OUT:
    case SCRIPT_ORBIT:
    case SCRIPT_ZOOM:
    case SCRIPT_PAN:
    case SCRIPT_DETAIL:
    case SCRIPT_DETAIL_STEP:
    case SCRIPT_MAP_ROOM:
    case SCRIPT_MAP_EXHIBIT:
        return is_still(visit, m);
    case SCRIPT_MOOD:
    case SCRIPT_DISPLAY:
    case SCRIPT_TRUE_SIZE:
    case SCRIPT_BESIDE:
    case SCRIPT_ORTHOGRAPHIC:
    case SCRIPT_COMPARE_KEEP:
    case SCRIPT_COMPARE:
    case SCRIPT_COMPARE_PAIR:
    case SCRIPT_MAGNIFY:
    case SCRIPT_MAGNIFY_LIT:
    case SCRIPT_MAGNIFY_KEEP:
    case SCRIPT_MAGNIFY_SIZE:
    case SCRIPT_MODE:
    case SCRIPT_LIGHT:
    case SCRIPT_STRENGTH:
    case SCRIPT_SCREENSHOT:
    case SCRIPT_WRITING:
    case SCRIPT_BACKDROP:
    case SCRIPT_MEASURE_POINTS:
    case SCRIPT_MEASURE_FIGURE:
    case SCRIPT_MEASURE_KEEP:
    case SCRIPT_LABEL:
    case SCRIPT_STORY:
    case SCRIPT_OVERLAY:
    case SCRIPT_MAP:
    case SCRIPT_TOUR:
    case SCRIPT_TOUR_KEEP:
    case SCRIPT_SOUND:
    case SCRIPT_LISTEN:
    case SCRIPT_SCREEN:
    case SCRIPT_COLLECT:
    case SCRIPT_CHOOSE:
        return visit->frames >= 1;
    case SCRIPT_TYPE:
    case SCRIPT_PAD:
    case SCRIPT_PRESS:
    case SCRIPT_CLICK:
    case SCRIPT_TAP:
    case SCRIPT_TOUCH:
        return visit->frames >= 3;
    case SCRIPT_KEY:
    case SCRIPT_FINGER:
    case SCRIPT_FINGER_UP:
    case SCRIPT_BUTTON:
    case SCRIPT_STICK:
    case SCRIPT_TRIGGER:
        return visit->frames >= 2;
    case SCRIPT_DOUBLE_CLICK:
    case SCRIPT_DOUBLE_TAP:
        return visit->frames >= 5 && is_still(visit, m);
    case SCRIPT_EXPECT_NUMBER:
    case SCRIPT_EXPECT_TEXT:
    case SCRIPT_STATS:
    case SCRIPT_MEASURE:
    case SCRIPT_VERB_COUNT:
        break;
    }
    return true;
}

// What a command came to, once it is done.
NODISCARD static Status end(Visit *visit, Museum *m, const ScriptCommand *command)
{
    const double *spot = m->visitor.spot;
    switch (command->verb) {
    case SCRIPT_WALK_TO_EXHIBIT:
    case SCRIPT_WALK_TO_SPOT:
        if (hypot(visit->goal[0] - spot[0], visit->goal[1] - spot[1]) > ARRIVED_M)
            return FAIL(ERR_NOT_FOUND, "the way ended at %.2f,%.2f", spot[0], spot[1]);
        return OK;
    case SCRIPT_LEAN_IN:
    case SCRIPT_LEAN_IN_EXHIBIT:
        if (m->visitor.state != VISITOR_CLOSE)
            return FAIL(ERR_NOT_FOUND, "there was no coming near it");
        return OK;
    case SCRIPT_DETAIL:
        return detail_check(m);
    case SCRIPT_PHOTO:
    case SCRIPT_PHOTO_SCALED:
        return m->photo.status ? FAIL(m->photo.status, "%s", m->photo.fault) : OK;
    case SCRIPT_SCREENSHOT:
        if (m->picture_status)
            return FAIL(m->picture_status, "%s", m->picture_fault);
        if (visit->on_picture)
            visit->on_picture(visit->context, m, command->text);
        return OK;
    case SCRIPT_WRITING:
        return m->picture_status ? FAIL(m->picture_status, "%s", m->picture_fault) : OK;
    default: // the others cannot fail any more
        return OK;
    }
}

NODISCARD static Status name_line(const Visit *visit, const ScriptCommand *command,
                                  Status status)
{
    return fault_prefix(status, "%s:%u: %s", visit->script->name, command->line,
                        command->source);
}

NODISCARD Status visit_advance(Visit *visit, Museum *m, Input *input)
{
    while (visit->at < visit->script->count) {
        const ScriptCommand *command = &visit->script->commands[visit->at];
        bool is_photo = command->verb == SCRIPT_PHOTO || command->verb == SCRIPT_PHOTO_SCALED;
        if (m->photo.is_on && !(is_photo && visit->has_begun))
            return OK; // the museum stands still while a photograph is taken
        if (!visit->has_begun) {
            visit->has_begun = true;
            visit->frames = visit->settled_frames = 0;
            visit->seconds = 0;
            visit->began_ms = now_ms();
            Status status = begin(visit, m, command, input);
            if (status)
                return name_line(visit, command, status);
        }
        visit->settled_frames =
            visit->frames > 0 && museum_is_settled(m) ? visit->settled_frames + 1 : 0;
        if (!is_done(visit, m, command)) {
            if (m->photo.is_on && m->photo.is_begun)
                visit->began_ms = MAX(visit->began_ms, m->photo.tile_began_ms);
            if (now_ms() - visit->began_ms > VISIT_PATIENCE_S * 1000)
                return name_line(visit, command,
                                 FAIL(ERR_CANCELLED, "nothing came of it in %.0f seconds",
                                      VISIT_PATIENCE_S));
            visit_press(visit, command, input);
            if (command->verb == SCRIPT_TOUCH && visit->frames == 1)
                visit_lift_finger(visit, m);
            return OK;
        }
        Status status = end(visit, m, command);
        if (status)
            return name_line(visit, command, status);
        visit->has_begun = false;
        visit->at++;
    }
    visit->is_over = true;
    return OK;
}

void visit_note_frame(Visit *visit, int steps)
{
    visit->frames++;
    visit->seconds += steps * VISITOR_STEP_S;
}

bool visit_forces_frames(const Visit *visit)
{
    return visit->at < visit->script->count && visit->has_begun &&
           visit->script->commands[visit->at].verb == SCRIPT_WAIT_FRAMES;
}
