// plan.c: a gallery: rooms, openings, stands for pieces, lights, benches. gallery.json.

#include "exhibits/model/plan.h"
#include "exhibits/model/field.h"
#include "exhibits/model/plan_names.h"

#include <math.h>
#include <string.h>

const char *const plan_material_names[PLAN_MATERIAL_COUNT] = {
    [PLAN_PLASTER_WHITE] = "plaster-white",
    [PLAN_PLASTER_WARM] = "plaster-warm",
    [PLAN_PLASTER_GREY] = "plaster-grey",
    [PLAN_PLASTER_SAGE] = "plaster-sage",
    [PLAN_PLASTER_BLUE] = "plaster-blue",
    [PLAN_PLASTER_RED] = "plaster-red",
    [PLAN_PLASTER_DARK] = "plaster-dark",
    [PLAN_FABRIC_LINEN] = "fabric-linen",
    [PLAN_FABRIC_BLUE] = "fabric-blue",
    [PLAN_FABRIC_GREEN] = "fabric-green",
    [PLAN_OAK_LIGHT] = "oak-light",
    [PLAN_OAK_DARK] = "oak-dark",
    [PLAN_STONE_LIMESTONE] = "stone-limestone",
    [PLAN_STONE_SLATE] = "stone-slate",
    [PLAN_TERRAZZO] = "terrazzo",
    [PLAN_CONCRETE] = "concrete",
    [PLAN_OAK_HERRINGBONE] = "oak-herringbone",
    [PLAN_TERRAZZO_DARK] = "terrazzo-dark",
    [PLAN_STONE_CHECKER] = "stone-checker",
    [PLAN_CARPET_GREY] = "carpet-grey",
    [PLAN_CARPET_RED] = "carpet-red",
    [PLAN_CARPET_GREEN] = "carpet-green",
    [PLAN_FABRIC_RED] = "fabric-red",
    [PLAN_PANEL_OAK] = "panel-oak",
    [PLAN_PANEL_WALNUT] = "panel-walnut",
    [PLAN_PANEL_WHITE] = "panel-white",
    [PLAN_PAINT_DARK] = "paint-dark",
    [PLAN_PAINT_GREY] = "paint-grey",
    [PLAN_PAINT_WHITE] = "paint-white",
};

const char *const plan_stand_names[PLAN_STAND_COUNT] = {
    [PLAN_PLINTH] = "plinth",   [PLAN_CASE] = "case",   [PLAN_PEDESTAL] = "pedestal",
    [PLAN_TOWER] = "tower",     [PLAN_TABLE] = "table", [PLAN_WALL_CASE] = "wall-case",
    [PLAN_DRAWERS] = "drawers", [PLAN_DOME] = "dome",
};

const char *const plan_bench_names[PLAN_BENCH_KIND_COUNT] = {
    [PLAN_BENCH] = "bench",
    [PLAN_PADDED_BENCH] = "padded",
    [PLAN_RAIL] = "rail",
};

const char *const plan_flight_names[PLAN_FLIGHT_KIND_COUNT] = {
    [PLAN_STAIRS] = "stairs",
    [PLAN_RAMP] = "ramp",
    [PLAN_LANDING] = "landing",
};

const char *plan_material_name(PlanMaterial material)
{
    return (unsigned)material < PLAN_MATERIAL_COUNT ? plan_material_names[material] : "";
}

// ---- geometry

PlanBox plan_box(const float position[2], float yaw, const float size_m[3], float margin_m)
{
    // North-west, south-west, south-east, north-east of a box that faces south.
    static const float signs[4][2] = {{-1, -1}, {-1, 1}, {1, 1}, {1, -1}};
    float c = cosf(yaw), s = sinf(yaw);
    PlanBox box;
    for (int i = 0; i < 4; i++) {
        float x = signs[i][0] * (size_m[0] / 2 + margin_m);
        float z = signs[i][1] * (size_m[2] / 2 + margin_m);
        box.corners[i][0] = position[0] + x * c + z * s;
        box.corners[i][1] = position[1] - x * s + z * c;
    }
    return box;
}

// How far all corners of `box` are to the right of the line a-b: positive if all are.
static float gap_right_of(const float a[2], const float b[2], const PlanBox *box)
{
    float dx = b[0] - a[0], dz = b[1] - a[1];
    float length = sqrtf(dx * dx + dz * dz);
    float least = INFINITY;
    for (int i = 0; i < 4; i++) {
        float left = (box->corners[i][0] - a[0]) * dz - (box->corners[i][1] - a[1]) * dx;
        least = fminf(least, -left / fmaxf(length, 1e-9f));
    }
    return least;
}

static bool is_parted_by_a_side_of(const PlanBox *a, const PlanBox *b)
{
    for (int i = 0; i < 4; i++)
        if (gap_right_of(a->corners[i], a->corners[(i + 1) % 4], b) >= 0)
            return true;
    return false;
}

bool plan_boxes_meet(const PlanBox *a, const PlanBox *b)
{
    return !is_parted_by_a_side_of(a, b) && !is_parted_by_a_side_of(b, a);
}

bool plan_box_contains(const PlanBox *box, const float point[2])
{
    for (int i = 0; i < 4; i++) {
        const float *a = box->corners[i], *b = box->corners[(i + 1) % 4];
        if ((point[0] - a[0]) * (b[1] - a[1]) - (point[1] - a[1]) * (b[0] - a[0]) < 0)
            return false;
    }
    return true;
}

bool plan_room_contains(const PlanRoom *room, const float point[2])
{
    bool is_inside = false;
    for (uint32_t i = 0, j = room->corner_count - 1; i < room->corner_count; j = i++) {
        const float *a = room->corners[i], *b = room->corners[j];
        if ((a[1] > point[1]) != (b[1] > point[1]) &&
            point[0] < (b[0] - a[0]) * (point[1] - a[1]) / (b[1] - a[1]) + a[0])
            is_inside = !is_inside;
    }
    return is_inside;
}

int32_t plan_find_room(const Plan *plan, const float point[2])
{
    for (uint32_t i = 0; i < plan->room_count; i++)
        if (plan_room_contains(&plan->rooms[i], point))
            return (int32_t)i;
    return PLAN_NONE;
}

uint32_t plan_stand_of(const Plan *plan, uint32_t place)
{
    return place - MIN(plan->places[place].shares_back, place);
}

void plan_piece_spot(const PlanPlace *place, float out[2])
{
    float c = cosf(place->yaw), s = sinf(place->yaw);
    out[0] = place->position[0] + place->tray[0] * c + place->tray[1] * s;
    out[1] = place->position[1] - place->tray[0] * s + place->tray[1] * c;
}

float plan_piece_floor_m(const PlanPlace *place)
{
    return place->floor_m + place->size_m[1] + place->riser_m[1];
}

void plan_piece_matrix(const PlanPlace *place, const float low[3], const float high[3],
                       float out[16])
{
    float yaw = place->yaw + place->piece_yaw;
    float c = cosf(yaw), s = sinf(yaw);
    float x = (low[0] + high[0]) / 2, z = (low[2] + high[2]) / 2, spot[2];
    plan_piece_spot(place, spot);
    const float matrix[16] = {
        c,
        0,
        -s,
        0,
        0,
        1,
        0,
        0,
        s,
        0,
        c,
        0,                                  //
        spot[0] - x * c - z * s,            //
        plan_piece_floor_m(place) - low[1], //
        spot[1] + x * s - z * c,            //
        1,
    };
    memcpy(out, matrix, sizeof matrix);
}

// ---- writing: a tenth of a millimetre and of a thousandth of a degree is enough for a room

static double tidy(double number)
{
    double rounded = round(number * 1e4) / 1e4;
    return rounded == 0 ? 0 : rounded; // no -0
}

static void put_m(JsonWriter *w, const char *key, float metres)
{
    json_put_number(w, key, tidy(metres));
}

static void put_deg(JsonWriter *w, const char *key, float radians)
{
    json_put_number(w, key, tidy(radians * (180 / M_PI)));
}

static void put_floats(JsonWriter *w, const char *key, const float *numbers, int count)
{
    json_begin_array(w, key);
    for (int i = 0; i < count; i++)
        put_m(w, NULL, numbers[i]);
    json_end(w);
}

static void put_skylight(JsonWriter *w, const PlanSkylight *skylight)
{
    json_begin_object(w, "skylight");
    put_floats(w, "center", skylight->center, 2);
    put_floats(w, "size_m", skylight->size_m, 2);
    put_m(w, "well_m", skylight->well_m);
    json_end(w);
}

static void put_text_board(JsonWriter *w, const PlanRoom *room)
{
    json_begin_object(w, "text_board");
    put_floats(w, "position", room->text_position, 3);
    put_deg(w, "yaw_deg", room->text_yaw);
    put_floats(w, "size_m", room->text_size_m, 2);
    json_end(w);
}

static void put_room(JsonWriter *w, const PlanRoom *room)
{
    json_begin_object(w, NULL);
    json_put_text(w, "id", room->id);
    langtext_put(w, "title", &room->title);
    langtext_put(w, "text", &room->text);
    if (room->text_size_m[0] > 0)
        put_text_board(w, room);
    json_begin_array(w, "corners");
    for (uint32_t i = 0; i < room->corner_count; i++)
        put_floats(w, NULL, room->corners[i], 2);
    json_end(w);
    if (room->floor_m != 0)
        put_m(w, "floor_m", room->floor_m);
    put_m(w, "height_m", room->height_m);
    json_put_text(w, "walls", plan_material_name(room->walls));
    json_put_text(w, "floor", plan_material_name(room->floor));
    json_put_text(w, "ceiling", plan_material_name(room->ceiling));
    json_put_text(w, "trim", plan_material_name(room->trim));
    put_m(w, "skirting_m", room->skirting_m);
    put_m(w, "cornice_m", room->cornice_m);
    if (room->dado_m > 0) {
        json_put_text(w, "dado", plan_material_name(room->dado));
        put_m(w, "dado_m", room->dado_m);
    }
    if (room->skylight.size_m[0] > 0)
        put_skylight(w, &room->skylight);
    put_m(w, "fill_lux", room->fill_lux);
    put_m(w, "fill_kelvin", room->fill_kelvin);
    field_put_text(w, "room_tone", room->tone);
    json_end(w);
}

static void put_opening(JsonWriter *w, const Plan *plan, const PlanOpening *opening)
{
    json_begin_object(w, NULL);
    json_begin_array(w, "rooms");
    json_put_text(w, NULL, plan->rooms[opening->room[0]].id);
    json_put_text(w, NULL, plan->rooms[opening->room[1]].id);
    json_end(w);
    put_floats(w, "from", opening->from[0], 2);
    put_floats(w, "to", opening->to[0], 2);
    put_m(w, "height_m", opening->height_m);
    json_end(w);
}

static void put_window(JsonWriter *w, const Plan *plan, const PlanWindow *window)
{
    json_begin_object(w, NULL);
    json_put_text(w, "room", plan->rooms[window->room].id);
    put_floats(w, "from", window->from, 2);
    put_floats(w, "to", window->to, 2);
    put_m(w, "sill_m", window->sill_m);
    put_m(w, "head_m", window->head_m);
    put_m(w, "reveal_m", window->reveal_m);
    json_end(w);
}

static void put_windows(JsonWriter *w, const Plan *plan)
{
    if (plan->window_count == 0)
        return;
    json_begin_array(w, "windows");
    for (uint32_t i = 0; i < plan->window_count; i++)
        put_window(w, plan, &plan->windows[i]);
    json_end(w);
    json_begin_object(w, "sky");
    put_m(w, "nits", plan->sky.nits);
    put_m(w, "kelvin", plan->sky.kelvin);
    json_end(w);
}

static void put_flight(JsonWriter *w, const PlanFlight *flight)
{
    json_begin_object(w, NULL);
    json_put_text(w, "kind", plan_flight_names[flight->kind]);
    put_floats(w, "position", flight->position, 2);
    put_deg(w, "yaw_deg", flight->yaw);
    put_floats(w, "size_m", flight->size_m, 2);
    if (flight->kind != PLAN_LANDING && flight->low_m > 0)
        put_m(w, "low_m", flight->low_m);
    put_m(w, "high_m", flight->high_m);
    json_end(w);
}

static void put_flights(JsonWriter *w, const Plan *plan)
{
    if (plan->flight_count == 0)
        return;
    json_begin_array(w, "flights");
    for (uint32_t i = 0; i < plan->flight_count; i++)
        put_flight(w, &plan->flights[i]);
    json_end(w);
}

static void put_label(JsonWriter *w, const PlanPlace *place)
{
    json_begin_object(w, "label");
    put_floats(w, "position", place->label_position, 3);
    put_floats(w, "size_m", place->label_size_m, 2);
    put_deg(w, "yaw_deg", place->label_yaw);
    put_deg(w, "tilt_deg", place->label_tilt);
    json_put_bool(w, "post", place->label_has_post);
    json_end(w);
}

static void put_stand(JsonWriter *w, const PlanPlace *place)
{
    json_put_text(w, "stand", plan_stand_names[place->stand]);
    put_floats(w, "position", place->position, 2);
    put_deg(w, "yaw_deg", place->yaw);
    put_floats(w, "size_m", place->size_m, 3);
    if (place->glass_m > 0)
        put_m(w, "glass_m", place->glass_m);
    if (place->riser_m[1] > 0)
        put_floats(w, "riser_m", place->riser_m, 3);
}

static void put_place(JsonWriter *w, const Plan *plan, uint32_t index)
{
    const PlanPlace *place = &plan->places[index];
    json_begin_object(w, NULL);
    json_put_text(w, "piece", place->piece);
    if (place->shares_back)
        json_put_text(w, "shares", plan->places[plan_stand_of(plan, index)].piece);
    else
        put_stand(w, place);
    put_deg(w, "piece_yaw_deg", place->piece_yaw);
    if (place->tray_m[0] > 0) {
        json_begin_object(w, "tray");
        put_floats(w, "at", place->tray, 2);
        put_floats(w, "size_m", place->tray_m, 2);
        json_end(w);
    }
    put_label(w, place);
    json_end(w);
}

static void put_light(JsonWriter *w, const Plan *plan, const PlanLight *light)
{
    json_begin_object(w, NULL);
    if (light->place != PLAN_NONE)
        json_put_text(w, "piece", plan->places[light->place].piece);
    put_floats(w, "position", light->position, 3);
    put_floats(w, "target", light->target, 3);
    put_m(w, "kelvin", light->kelvin);
    put_m(w, "candela", light->candela);
    put_deg(w, "inner_deg", light->inner_rad);
    put_deg(w, "outer_deg", light->outer_rad);
    json_put_bool(w, "shadow", light->casts_shadow);
    json_end(w);
}

static void put_bench(JsonWriter *w, const PlanBench *bench)
{
    json_begin_object(w, NULL);
    if (bench->kind != PLAN_BENCH)
        json_put_text(w, "kind", plan_bench_names[bench->kind]);
    put_floats(w, "position", bench->position, 2);
    put_deg(w, "yaw_deg", bench->yaw);
    put_floats(w, "size_m", bench->size_m, 3);
    json_end(w);
}

static void put_start_and_route(JsonWriter *w, const Plan *plan)
{
    json_begin_object(w, "start");
    put_floats(w, "position", plan->start.position, 2);
    put_deg(w, "yaw_deg", plan->start.yaw);
    json_end(w);
    json_begin_array(w, "route");
    for (uint32_t i = 0; i < plan->route_count; i++)
        json_put_text(w, NULL, plan->places[plan->route[i]].piece);
    json_end(w);
}

Bytes plan_write(const Plan *plan, Arena *arena)
{
    JsonWriter writer = json_writer_make(arena), *w = &writer;
    json_begin_object(w, NULL);
    json_begin_array(w, "rooms");
    for (uint32_t i = 0; i < plan->room_count; i++)
        put_room(w, &plan->rooms[i]);
    json_end(w);
    json_begin_array(w, "openings");
    for (uint32_t i = 0; i < plan->opening_count; i++)
        put_opening(w, plan, &plan->openings[i]);
    json_end(w);
    put_windows(w, plan);
    put_flights(w, plan);
    json_begin_array(w, "places");
    for (uint32_t i = 0; i < plan->place_count; i++)
        put_place(w, plan, i);
    json_end(w);
    json_begin_array(w, "lights");
    for (uint32_t i = 0; i < plan->light_count; i++)
        put_light(w, plan, &plan->lights[i]);
    json_end(w);
    json_begin_array(w, "benches");
    for (uint32_t i = 0; i < plan->bench_count; i++)
        put_bench(w, &plan->benches[i]);
    json_end(w);
    put_start_and_route(w, plan);
    json_end(w);
    return json_writer_text(w);
}
