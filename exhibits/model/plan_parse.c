// plan_parse.c: gallery.json -> Plan. The rules of plan_check.c come after.

#include "exhibits/model/field.h"
#include "exhibits/model/layout_stand.h"
#include "exhibits/model/plan.h"
#include "exhibits/model/plan_floor.h"
#include "exhibits/model/plan_names.h"
#include "exhibits/model/story.h"

#include <math.h>
#include <string.h>

static const JsonRange any_place = {-PLAN_MAX_EXTENT_M, PLAN_MAX_EXTENT_M};
static const JsonRange any_size = {0.001, PLAN_MAX_EXTENT_M};
static const JsonRange any_angle = {-360, 360};
static const JsonRange any_kelvin = {1500, 12000};
static const FieldWords materials = {plan_material_names, PLAN_MATERIAL_COUNT};
static const FieldWords bench_kinds = {plan_bench_names, PLAN_BENCH_KIND_COUNT};
static const FieldWords flight_kinds = {plan_flight_names, PLAN_FLIGHT_KIND_COUNT};
static const FieldWords stands = {plan_stand_names, PLAN_STAND_COUNT};

static void read_angle(Fields *f, JsonValue object, const char *key, float *out)
{
    double degrees = 0;
    field_number(f, object, key, JSON_OPTIONAL, any_angle, &degrees);
    *out = (float)(degrees * (M_PI / 180));
}

static void read_material(Fields *f, JsonValue room, const char *key, PlanMaterial *out)
{
    int material = *out;
    field_word(f, room, key, JSON_OPTIONAL, materials, &material);
    *out = (PlanMaterial)material;
}

static void read_corner(Fields *f, JsonValue corner, float out[2])
{
    double number = 0;
    if (!field_ok(f, json_to_array(corner, 2)))
        return;
    if (json_count(corner) != 2)
        field_problem(f, corner, ERR_INVALID, "a corner is two numbers, x and z in metres");
    for (size_t i = 0; i < 2 && i < json_count(corner); i++)
        if (field_ok(f, json_to_number(json_item(corner, i), any_place, &number)))
            out[i] = (float)number;
}

// Twice the area; negative when the corners go round as PlanRoom wants them.
static float signed_area(float (*corners)[2], uint32_t count)
{
    float area = 0;
    for (uint32_t i = 0; i < count; i++) {
        const float *a = corners[i], *b = corners[(i + 1) % count];
        area += a[0] * b[1] - b[0] * a[1];
    }
    return area;
}

static void read_corners(Fields *f, JsonValue object, PlanRoom *room)
{
    JsonValue array = {0};
    if (!object.value || !field_ok(f, json_get_array(object, "corners", JSON_REQUIRED,
                                                     PLAN_MAX_CORNERS, &array)))
        return;
    uint32_t count = (uint32_t)json_count(array);
    if (count < 3) {
        field_problem(f, array, ERR_INVALID, "a room has at least 3 corners, this has %u",
                      count);
        return;
    }
    room->corners = (float(*)[2])arena_alloc(f->arena, count * sizeof *room->corners, 4);
    for (uint32_t i = 0; i < count; i++)
        read_corner(f, json_item(array, i), room->corners[i]);
    room->corner_count = count;
    if (signed_area(room->corners, count) <= 0)
        return;
    for (uint32_t i = 0; i < count / 2; i++) {
        float swap[2];
        memcpy(swap, room->corners[i], sizeof swap);
        memcpy(room->corners[i], room->corners[count - 1 - i], sizeof swap);
        memcpy(room->corners[count - 1 - i], swap, sizeof swap);
    }
}

static void read_skylight(Fields *f, JsonValue room, PlanSkylight *out)
{
    static const char *const known[] = {"center", "size_m", "well_m"};
    JsonValue object = field_object(f, room, "skylight");
    if (!object.value)
        return;
    out->well_m = 0.6f;
    field_known(f, object, known, COUNT_OF(known));
    field_numbers(f, object, "center", JSON_REQUIRED, any_place, 2, out->center);
    field_numbers(f, object, "size_m", JSON_REQUIRED, (JsonRange){0.2, 100}, 2, out->size_m);
    field_float(f, object, "well_m", JSON_OPTIONAL, (JsonRange){0, PLAN_MAX_WELL_M},
                &out->well_m);
}

static void read_text(Fields *f, JsonValue object, PlanRoom *room)
{
    static const char *const known[] = {"position", "yaw_deg", "size_m"};
    field_lang(f, object, "text", JSON_OPTIONAL, &room->text);
    for (uint32_t i = 0; i < room->text.count; i++) {
        uint32_t words = story_count_words(room->text.entries[i].text);
        if (words > PLAN_MAX_TEXT_WORDS)
            field_problem(f, json_get(object, "text"), ERR_LIMIT,
                          "%u words; a text on a wall has at most %d", words,
                          PLAN_MAX_TEXT_WORDS);
    }
    JsonValue board = field_object(f, object, "text_board");
    if (!board.value)
        return;
    room->text_size_m[0] = 0.86f;
    room->text_size_m[1] = 1.08f;
    field_known(f, board, known, COUNT_OF(known));
    field_numbers(f, board, "position", JSON_REQUIRED, any_place, 3, room->text_position);
    field_numbers(f, board, "size_m", JSON_OPTIONAL, (JsonRange){0.2, 5}, 2, room->text_size_m);
    read_angle(f, board, "yaw_deg", &room->text_yaw);
}

static void read_room(Fields *f, JsonValue object, PlanRoom *room)
{
    static const char *const known[] = {
        "id",        "title", "corners",    "height_m", "walls",      "floor",    "ceiling",
        "trim",      "dado",  "dado_m",     "skylight", "skirting_m", "fill_lux", "fill_kelvin",
        "cornice_m", "text",  "text_board", "floor_m",  "room_tone"};
    *room = (PlanRoom){.height_m = 4,
                       .walls = PLAN_PLASTER_WARM,
                       .floor = PLAN_OAK_LIGHT,
                       .ceiling = PLAN_PLASTER_WHITE,
                       .trim = PLAN_PAINT_DARK,
                       .dado = PLAN_PANEL_OAK,
                       .skirting_m = PLAN_SKIRTING_M,
                       .fill_lux = 60,
                       .fill_kelvin = 3800};
    field_known(f, object, known, COUNT_OF(known));
    field_id(f, object, "id", JSON_REQUIRED, &room->id);
    field_title(f, object, JSON_OPTIONAL, &room->title);
    read_text(f, object, room);
    read_corners(f, object, room);
    field_float(f, object, "floor_m", JSON_OPTIONAL, (JsonRange){-50, 50}, &room->floor_m);
    field_float(f, object, "height_m", JSON_OPTIONAL, (JsonRange){2, 1000}, &room->height_m);
    read_material(f, object, "walls", &room->walls);
    read_material(f, object, "floor", &room->floor);
    read_material(f, object, "ceiling", &room->ceiling);
    read_material(f, object, "trim", &room->trim);
    read_material(f, object, "dado", &room->dado);
    field_float(f, object, "dado_m", JSON_OPTIONAL, (JsonRange){0, 100}, &room->dado_m);
    field_float(f, object, "skirting_m", JSON_OPTIONAL, (JsonRange){0, 1}, &room->skirting_m);
    field_float(f, object, "cornice_m", JSON_OPTIONAL, (JsonRange){0, 1}, &room->cornice_m);
    read_skylight(f, object, &room->skylight);
    field_float(f, object, "fill_lux", JSON_OPTIONAL, (JsonRange){0, 10000}, &room->fill_lux);
    field_float(f, object, "fill_kelvin", JSON_OPTIONAL, any_kelvin, &room->fill_kelvin);
    field_file(f, object, "room_tone", &room->tone);
    if (room->tone[0] && !str_ends_with(str_of(room->tone), ".opus"))
        field_problem(f, json_get(object, "room_tone"), ERR_INVALID,
                      "a room's tone is a sound, a file that ends in .opus");
}

static int32_t find_room(const Plan *plan, const char *id)
{
    for (uint32_t i = 0; i < plan->room_count; i++)
        if (strcmp(plan->rooms[i].id, id) == 0)
            return (int32_t)i;
    return PLAN_NONE;
}

// ---- openings: the file gives the stretch of the first room's wall; the rest follows from it

static const float *wall_end(const PlanRoom *room, uint32_t wall)
{
    return room->corners[(wall + 1) % room->corner_count];
}

static float distance_to_wall(const PlanRoom *room, uint32_t wall, const float point[2])
{
    const float *a = room->corners[wall], *b = wall_end(room, wall);
    float dx = b[0] - a[0], dz = b[1] - a[1];
    float t =
        ((point[0] - a[0]) * dx + (point[1] - a[1]) * dz) / fmaxf(dx * dx + dz * dz, 1e-12f);
    t = CLAMP(t, 0.0f, 1.0f);
    return hypotf(point[0] - a[0] - t * dx, point[1] - a[1] - t * dz);
}

// The wall both points stand on; which is farthest from neither.
static uint32_t nearest_wall(const PlanRoom *room, const float from[2], const float to[2])
{
    uint32_t best = 0;
    float least = INFINITY;
    for (uint32_t i = 0; i < room->corner_count; i++) {
        float distance = fmaxf(distance_to_wall(room, i, from), distance_to_wall(room, i, to));
        if (distance < least) {
            least = distance;
            best = i;
        }
    }
    return best;
}

// Where a straight way through the wall, from `point` outwards, meets the line of `wall`.
static void cross_wall(const PlanRoom *room, uint32_t wall, const float point[2],
                       const float outwards[2], float out[2])
{
    const float *a = room->corners[wall], *b = wall_end(room, wall);
    float dx = b[0] - a[0], dz = b[1] - a[1];
    float across = outwards[0] * dz - outwards[1] * dx;
    float t = ((a[0] - point[0]) * dz - (a[1] - point[1]) * dx) / across;
    if (!isfinite(t) || fabsf(t) > PLAN_MAX_EXTENT_M)
        t = 0; // parallel to it: the check says so
    out[0] = point[0] + t * outwards[0];
    out[1] = point[1] + t * outwards[1];
}

static void complete_opening(const Plan *plan, PlanOpening *opening)
{
    const PlanRoom *room = &plan->rooms[opening->room[0]];
    const PlanRoom *other = &plan->rooms[opening->room[1]];
    opening->wall[0] = nearest_wall(room, opening->from[0], opening->to[0]);
    const float *a = room->corners[opening->wall[0]], *b = wall_end(room, opening->wall[0]);
    float length = fmaxf(hypotf(b[0] - a[0], b[1] - a[1]), 1e-6f);
    float outwards[2] = {-(b[1] - a[1]) / length, (b[0] - a[0]) / length};
    opening->wall[1] = nearest_wall(other, opening->from[0], opening->to[0]);
    cross_wall(other, opening->wall[1], opening->from[0], outwards, opening->from[1]);
    cross_wall(other, opening->wall[1], opening->to[0], outwards, opening->to[1]);
}

static bool read_opening(Fields *f, JsonValue object, const Plan *plan, PlanOpening *out)
{
    static const char *const known[] = {"rooms", "from", "to", "height_m"};
    size_t errors = f->problems->error_count;
    *out = (PlanOpening){.height_m = 2.4f};
    field_known(f, object, known, COUNT_OF(known));
    JsonValue rooms = field_array(f, object, "rooms", 2);
    for (size_t i = 0; i < 2; i++) {
        const char *id = "";
        if (!rooms.value || json_to_text(json_item(rooms, i), &id))
            id = "";
        int32_t room = find_room(plan, id);
        if (room == PLAN_NONE || plan->rooms[room].corner_count == 0)
            field_problem(f, object, ERR_INVALID,
                          "an opening is between two rooms; \"%.64s\" is none", id);
        else
            out->room[i] = (uint32_t)room;
    }
    field_numbers(f, object, "from", JSON_REQUIRED, any_place, 2, out->from[0]);
    field_numbers(f, object, "to", JSON_REQUIRED, any_place, 2, out->to[0]);
    field_float(f, object, "height_m", JSON_OPTIONAL, (JsonRange){1, 1000}, &out->height_m);
    if (f->problems->error_count != errors)
        return false;
    complete_opening(plan, out);
    return true;
}

static void read_window(Fields *f, JsonValue object, const Plan *plan, PlanWindow *out)
{
    static const char *const known[] = {"room", "from", "to", "sill_m", "head_m", "reveal_m"};
    static const JsonRange height = {0, 1000};
    const char *id = "";
    *out = (PlanWindow){.sill_m = 0.9f, .head_m = 2.6f, .reveal_m = 0.3f};
    field_known(f, object, known, COUNT_OF(known));
    field_id(f, object, "room", JSON_REQUIRED, &id);
    field_numbers(f, object, "from", JSON_REQUIRED, any_place, 2, out->from);
    field_numbers(f, object, "to", JSON_REQUIRED, any_place, 2, out->to);
    field_float(f, object, "sill_m", JSON_OPTIONAL, height, &out->sill_m);
    field_float(f, object, "head_m", JSON_OPTIONAL, height, &out->head_m);
    field_float(f, object, "reveal_m", JSON_OPTIONAL, (JsonRange){0.02, PLAN_MAX_WALL_M},
                &out->reveal_m);
    int32_t room = find_room(plan, id);
    if (room == PLAN_NONE || plan->rooms[room].corner_count == 0) {
        field_problem(f, object, ERR_INVALID, "a window is in a room; \"%.64s\" is none", id);
        return;
    }
    out->room = (uint32_t)room;
    out->wall = nearest_wall(&plan->rooms[room], out->from, out->to);
}

static void read_windows(Fields *f, JsonValue root, Plan *plan)
{
    static const char *const known[] = {"nits", "kelvin"};
    JsonValue array = field_array(f, root, "windows", PLAN_MAX_WINDOWS);
    size_t count = json_count(array);
    plan->windows = ARENA_ARRAY(f->arena, PlanWindow, count);
    for (size_t i = 0; i < count; i++)
        read_window(f, field_item(f, array, i), plan, &plan->windows[plan->window_count++]);
    plan->sky = (PlanSky){PLAN_SKY_NITS, PLAN_SKY_KELVIN};
    JsonValue sky = field_object(f, root, "sky");
    if (!sky.value)
        return;
    field_known(f, sky, known, COUNT_OF(known));
    field_float(f, sky, "nits", JSON_OPTIONAL, (JsonRange){0, 100000}, &plan->sky.nits);
    field_float(f, sky, "kelvin", JSON_OPTIONAL, any_kelvin, &plan->sky.kelvin);
}

// ---- what stands and hangs in rooms

// Its room, found by where it is; a problem if it is in none.
static uint32_t room_at(Fields *f, JsonValue object, const Plan *plan, const float point[2])
{
    int32_t room = plan_find_room(plan, point);
    if (room == PLAN_NONE && object.value)
        field_problem(f, object, ERR_INVALID, "stands in no room, at %.2f %.2f", point[0],
                      point[1]);
    return room == PLAN_NONE ? 0 : (uint32_t)room;
}

static void read_flight(Fields *f, JsonValue object, const Plan *plan, PlanFlight *out)
{
    static const char *const known[] = {"kind",   "position", "yaw_deg",
                                        "size_m", "low_m",    "high_m"};
    static const JsonRange height = {0, 20};
    int kind = PLAN_STAIRS;
    *out = (PlanFlight){.size_m = {1, 1}};
    field_known(f, object, known, COUNT_OF(known));
    field_word(f, object, "kind", JSON_REQUIRED, flight_kinds, &kind);
    out->kind = (PlanFlightKind)kind;
    field_numbers(f, object, "position", JSON_REQUIRED, any_place, 2, out->position);
    read_angle(f, object, "yaw_deg", &out->yaw);
    field_numbers(f, object, "size_m", JSON_REQUIRED, (JsonRange){0.05, 1000}, 2, out->size_m);
    field_float(f, object, "low_m", JSON_OPTIONAL, height, &out->low_m);
    field_float(f, object, "high_m", JSON_REQUIRED, height, &out->high_m);
    if (out->kind == PLAN_LANDING)
        out->low_m = out->high_m;
    out->room = room_at(f, object, plan, out->position);
}

static void read_flights(Fields *f, JsonValue root, Plan *plan)
{
    JsonValue array = field_array(f, root, "flights", PLAN_MAX_FLIGHTS);
    size_t count = json_count(array);
    plan->flights = ARENA_ARRAY(f->arena, PlanFlight, count);
    for (size_t i = 0; i < count; i++)
        read_flight(f, field_item(f, array, i), plan, &plan->flights[plan->flight_count++]);
}

static void read_label(Fields *f, JsonValue object, PlanPlace *place)
{
    static const char *const known[] = {"position", "size_m", "yaw_deg", "tilt_deg", "post"};
    layout_make_label(place); // where the file has none
    JsonValue label = field_object(f, object, "label");
    if (!label.value)
        return;
    field_known(f, label, known, COUNT_OF(known));
    field_numbers(f, label, "position", JSON_REQUIRED, any_place, 3, place->label_position);
    field_numbers(f, label, "size_m", JSON_OPTIONAL, (JsonRange){0.02, 5}, 2,
                  place->label_size_m);
    read_angle(f, label, "yaw_deg", &place->label_yaw);
    read_angle(f, label, "tilt_deg", &place->label_tilt);
    field_bool(f, label, "post", &place->label_has_post);
}

static void read_stand(Fields *f, JsonValue object, PlanPlace *place)
{
    static const char *const known[] = {"piece",  "stand",         "position", "yaw_deg",
                                        "size_m", "piece_yaw_deg", "glass_m",  "riser_m",
                                        "tray",   "label"};
    int stand = PLAN_PLINTH;
    field_known(f, object, known, COUNT_OF(known));
    field_word(f, object, "stand", JSON_OPTIONAL, stands, &stand);
    place->stand = (PlanStand)stand;
    field_numbers(f, object, "position", JSON_REQUIRED, any_place, 2, place->position);
    read_angle(f, object, "yaw_deg", &place->yaw);
    field_numbers(f, object, "size_m", JSON_OPTIONAL, any_size, 3, place->size_m);
    static const float glass_m[PLAN_STAND_COUNT] = {
        [PLAN_CASE] = 0.5f,      [PLAN_TOWER] = 1.1f,   [PLAN_TABLE] = 0.25f,
        [PLAN_WALL_CASE] = 0.5f, [PLAN_DRAWERS] = 0.2f, [PLAN_DOME] = 0.4f};
    static const float base_m[3] = {0.3f, 0.04f, 0.3f};
    place->glass_m = glass_m[place->stand];
    if (place->stand == PLAN_DOME)
        memcpy(place->riser_m, base_m, sizeof base_m);
    field_float(f, object, "glass_m", JSON_OPTIONAL, (JsonRange){0, 100}, &place->glass_m);
    field_numbers(f, object, "riser_m", JSON_OPTIONAL, any_size, 3, place->riser_m);
}

static int32_t find_place(const Plan *plan, const char *piece)
{
    for (uint32_t i = 0; i < plan->place_count; i++)
        if (strcmp(plan->places[i].piece, piece) == 0)
            return (int32_t)i;
    return PLAN_NONE;
}

// On a stand that another place, further up, has brought.
static void read_share(Fields *f, JsonValue object, const Plan *plan, PlanPlace *place)
{
    static const char *const known[] = {"piece", "shares", "piece_yaw_deg", "tray", "label"};
    const char *of = "";
    field_known(f, object, known, COUNT_OF(known));
    field_id(f, object, "shares", JSON_REQUIRED, &of);
    int32_t index = find_place(plan, of);
    if (index == PLAN_NONE || &plan->places[index] == place ||
        plan->places[index].shares_back) {
        field_problem(f, object, ERR_INVALID,
                      "no place before this one brings a stand for \"%.64s\"", of);
        return;
    }
    const char *piece = place->piece;
    *place = plan->places[index];
    place->piece = piece;
    place->piece_yaw = 0;
    place->shares_back = (uint32_t)(place - &plan->places[index]);
}

static void read_tray(Fields *f, JsonValue object, PlanPlace *place)
{
    static const char *const known[] = {"at", "size_m"};
    JsonValue tray = field_object(f, object, "tray");
    if (!tray.value)
        return;
    field_known(f, tray, known, COUNT_OF(known));
    field_numbers(f, tray, "at", JSON_REQUIRED, any_place, 2, place->tray);
    field_numbers(f, tray, "size_m", JSON_REQUIRED, (JsonRange){0.02, 100}, 2, place->tray_m);
}

static void read_place(Fields *f, JsonValue object, const Plan *plan, PlanPlace *place)
{
    *place = (PlanPlace){.piece_index = PLAN_NONE, .size_m = {0.5f, 1.05f, 0.5f}};
    field_id(f, object, "piece", JSON_REQUIRED, &place->piece);
    if (json_get(object, "shares").value)
        read_share(f, object, plan, place);
    else
        read_stand(f, object, place);
    read_angle(f, object, "piece_yaw_deg", &place->piece_yaw);
    read_tray(f, object, place);
    read_label(f, object, place);
    place->room = room_at(f, object, plan, place->position);
}

static void read_light(Fields *f, JsonValue object, const Plan *plan, PlanLight *light)
{
    static const char *const known[] = {"piece",   "position",  "target",    "kelvin",
                                        "candela", "inner_deg", "outer_deg", "shadow"};
    const char *piece;
    double inner = 12, outer = 20;
    *light = (PlanLight){.place = PLAN_NONE, .kelvin = 3000, .candela = 1500};
    field_known(f, object, known, COUNT_OF(known));
    field_numbers(f, object, "position", JSON_REQUIRED, any_place, 3, light->position);
    field_numbers(f, object, "target", JSON_REQUIRED, any_place, 3, light->target);
    field_float(f, object, "kelvin", JSON_OPTIONAL, any_kelvin, &light->kelvin);
    field_float(f, object, "candela", JSON_OPTIONAL, (JsonRange){0, 1e9}, &light->candela);
    field_number(f, object, "inner_deg", JSON_OPTIONAL, (JsonRange){0, 89}, &inner);
    field_number(f, object, "outer_deg", JSON_OPTIONAL, (JsonRange){0.1, 89}, &outer);
    field_bool(f, object, "shadow", &light->casts_shadow);
    light->outer_rad = (float)(outer * (M_PI / 180));
    light->inner_rad = (float)(MIN(inner, outer) * (M_PI / 180));
    light->room = room_at(f, object, plan, (float[2]){light->position[0], light->position[2]});
    field_id(f, object, "piece", JSON_OPTIONAL, &piece);
    if (piece[0] && (light->place = find_place(plan, piece)) == PLAN_NONE)
        field_problem(f, json_get(object, "piece"), ERR_INVALID, "no place shows \"%s\"",
                      piece);
}

static void read_bench(Fields *f, JsonValue object, const Plan *plan, PlanBench *bench)
{
    static const char *const known[] = {"position", "yaw_deg", "size_m", "kind"};
    int kind = PLAN_BENCH;
    field_known(f, object, known, COUNT_OF(known));
    field_word(f, object, "kind", JSON_OPTIONAL, bench_kinds, &kind);
    *bench = (PlanBench){.kind = (PlanBenchKind)kind, .size_m = {1.4f, 0.45f, 0.45f}};
    if (kind == PLAN_RAIL)
        *bench = (PlanBench){.kind = PLAN_RAIL, .size_m = {2, 0.85f, 0.12f}};
    field_numbers(f, object, "position", JSON_REQUIRED, any_place, 2, bench->position);
    read_angle(f, object, "yaw_deg", &bench->yaw);
    field_numbers(f, object, "size_m", JSON_OPTIONAL, any_size, 3, bench->size_m);
    bench->room = room_at(f, object, plan, bench->position);
}

static void read_start(Fields *f, JsonValue root, Plan *plan)
{
    static const char *const known[] = {"position", "yaw_deg"};
    JsonValue start = {0};
    if (!field_ok(f, json_get_object(root, "start", JSON_REQUIRED, &start)))
        return;
    field_known(f, start, known, COUNT_OF(known));
    field_numbers(f, start, "position", JSON_REQUIRED, any_place, 2, plan->start.position);
    read_angle(f, start, "yaw_deg", &plan->start.yaw);
    plan->start.room = room_at(f, start, plan, plan->start.position);
}

static void read_route(Fields *f, JsonValue root, Plan *plan)
{
    JsonValue array = field_array(f, root, "route", PLAN_MAX_PLACES);
    size_t count = json_count(array);
    plan->route = ARENA_ARRAY(f->arena, uint32_t, count);
    for (size_t i = 0; i < count; i++) {
        JsonValue item = json_item(array, i);
        const char *piece;
        if (!field_ok(f, json_to_text(item, &piece)))
            continue;
        int32_t place = find_place(plan, piece);
        if (place == PLAN_NONE)
            field_problem(f, item, ERR_INVALID, "no place shows \"%.64s\"", piece);
        else
            plan->route[plan->route_count++] = (uint32_t)place;
    }
}

// ---- the whole

static void read_rooms(Fields *f, JsonValue root, Plan *plan)
{
    JsonValue array = {0};
    if (!field_ok(f, json_get_array(root, "rooms", JSON_REQUIRED, PLAN_MAX_ROOMS, &array)))
        return;
    plan->room_count = (uint32_t)json_count(array);
    plan->rooms = ARENA_ARRAY(f->arena, PlanRoom, plan->room_count);
    for (uint32_t i = 0; i < plan->room_count; i++)
        read_room(f, field_item(f, array, i), &plan->rooms[i]);
    if (plan->room_count == 0)
        field_problem(f, array, ERR_INVALID, "a gallery has at least one room");
}

static void read_openings(Fields *f, JsonValue root, Plan *plan)
{
    JsonValue array = field_array(f, root, "openings", PLAN_MAX_OPENINGS);
    size_t count = json_count(array);
    plan->openings = ARENA_ARRAY(f->arena, PlanOpening, count);
    for (size_t i = 0; i < count; i++)
        plan->opening_count += read_opening(f, field_item(f, array, i), plan,
                                            &plan->openings[plan->opening_count]);
}

static void read_things(Fields *f, JsonValue root, Plan *plan)
{
    JsonValue places = field_array(f, root, "places", PLAN_MAX_PLACES);
    JsonValue lights = field_array(f, root, "lights", PLAN_MAX_LIGHTS);
    JsonValue benches = field_array(f, root, "benches", PLAN_MAX_BENCHES);
    plan->places = ARENA_ARRAY(f->arena, PlanPlace, json_count(places));
    plan->lights = ARENA_ARRAY(f->arena, PlanLight, json_count(lights));
    plan->benches = ARENA_ARRAY(f->arena, PlanBench, json_count(benches));
    for (size_t i = 0; i < json_count(places); i++)
        read_place(f, field_item(f, places, i), plan, &plan->places[plan->place_count++]);
    for (size_t i = 0; i < json_count(lights); i++)
        read_light(f, field_item(f, lights, i), plan, &plan->lights[plan->light_count++]);
    for (size_t i = 0; i < json_count(benches); i++)
        read_bench(f, field_item(f, benches, i), plan, &plan->benches[plan->bench_count++]);
}

static void read_plan(Fields *f, JsonValue root, Plan *plan)
{
    static const char *const known[] = {"rooms",   "openings", "places", "lights",
                                        "benches", "start",    "route",  "windows",
                                        "sky",     "proposal", "flights"};
    size_t errors = f->problems->error_count;
    field_known(f, root, known, COUNT_OF(known));
    read_rooms(f, root, plan);
    if (f->problems->error_count != errors)
        return; // everything else is said in terms of rooms
    read_openings(f, root, plan);
    read_windows(f, root, plan);
    read_flights(f, root, plan);
    read_things(f, root, plan);
    read_start(f, root, plan);
    read_route(f, root, plan);
    plan_set_floors(plan);
}

Status plan_parse(Bytes json, const char *file, Arena *arena, Problems *problems, Plan *out)
{
    Scratch scratch = scratch_begin(arena);
    Problems own = {.arena = scratch.arena};
    Fields fields = {problems ? problems : &own, arena, file, NULL};
    size_t errors_before = fields.problems->error_count;

    JsonDocument document = {0};
    Plan plan = {0};
    if (field_ok(&fields, json_parse(json, file, &document))) {
        JsonValue root = json_root(&document);
        if (field_ok(&fields, json_to_object(root)))
            read_plan(&fields, root, &plan);
    }
    Status status = problem_verdict(fields.problems, errors_before);
    if (!status)
        status = plan_check(&plan, file, fields.problems);
    if (!status)
        *out = plan;
    json_drop(&document);
    scratch_end(scratch);
    return status;
}
