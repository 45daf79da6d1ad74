// layout.c: a good gallery for any set of pieces, by their themes and sizes.
//
// Rooms stand in columns, each as wide as the widest of its rooms and each room as deep as it
// needs to be. The walk goes up the first column, down the second, and so on; a column begins
// where the one before it ended. Each room is turned so that the walk enters it from its front
// (layout_rows.c), and doors of a column lie on one axis: one sees through all of it, and what
// is largest in a room stands on that axis at its end.
//
//      [3]>[4 ]  [9]
//       ^  [  ]   ^         north up; 1 is the start
//      [2]  v    [8]
//      [ ] [5]    ^
//       ^   v    [7]
//      [1] [6 ] > [ ]

#include "exhibits/model/layout.h"

#include "exhibits/model/layout_parts.h"
#include "exhibits/model/layout_room.h"

#include <math.h>
#include <string.h>

enum { ENFILADE_ROOMS = 3, CABINET_PIECES = 2, SMALL_THEME = 4 };

static const float ceiling_m = 3.8f;    // of a room of small pieces
static const float cabinet_m = 3.2f;    // of a room of one or two
static const float hiding_m = 1.9f;     // what reaches higher hides what is behind it
static const float case_lamp_m = 0.05f; // from the panes
static const float track_m = 0.15f;     // lights hang below the ceiling
static const float chamfer = 0.22f;     // of a cabinet's shorter side

static void raise_ceiling(const Layout *l, Cell *cell)
{
    cell->height_m = cell->count <= CABINET_PIECES ? cabinet_m : ceiling_m;
    for (uint32_t i = 0; i < cell->count; i++) {
        uint32_t piece = l->order[cell->first + i];
        float top = plan_piece_floor_m(&l->plan->places[piece]) + l->pieces[piece].size_m[1];
        cell->height_m = fmaxf(cell->height_m, top * 1.15f + 1.2f);
        cell->is_hall |= l->plan->places[piece].stand == PLAN_PEDESTAL;
    }
}

// ---- which pieces share a room

// What one leans in to, what stands free, what would hide others from whoever enters.
static int kind_of(const Layout *l, uint32_t piece)
{
    float top = plan_piece_floor_m(&l->plan->places[piece]) + l->pieces[piece].size_m[1];
    if (top > hiding_m)
        return 2;
    return layout_largest_m(&l->pieces[piece]) > LAYOUT_LARGE_M ? 1 : 0;
}

// Small pieces of a theme first, tall ones last, each kind in the order it came: the walk
// begins with what one leans in to, and what is tall stands at the back.
static void order_theme(Layout *l, int32_t theme)
{
    for (int kind = 0; kind < 3; kind++)
        for (uint32_t i = 0; i < l->count; i++)
            if ((theme < 0 || l->pieces[i].theme == (uint32_t)theme) && kind_of(l, i) == kind &&
                !l->plan->places[i].shares_back)
                l->order[l->ordered++] = i;
}

// Rooms of the pieces from `first` on, as equal as can be.
static void add_cells(Layout *l, uint32_t first, const uint32_t *themes, uint32_t theme_count)
{
    uint32_t count = l->ordered - first;
    uint32_t rooms = (count + LAYOUT_ROOM_PIECES - 1) / LAYOUT_ROOM_PIECES;
    for (uint32_t i = 0; i < rooms; i++) {
        Cell *cell = &l->cells[l->cell_count++];
        *cell = (Cell){.first = first + (uint32_t)((uint64_t)count * i / rooms),
                       .theme_count = theme_count,
                       .part = rooms > 1 ? i + 1 : 0};
        cell->count = first + (uint32_t)((uint64_t)count * (i + 1) / rooms) - cell->first;
        for (uint32_t t = 0; t < MIN(theme_count, (uint32_t)LAYOUT_MAX_JOINED); t++)
            cell->themes[t] = themes[t];
    }
}

static uint32_t count_of_theme(const Layout *l, uint32_t theme)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < l->count; i++)
        count += l->pieces[i].theme == theme;
    return count;
}

// A theme has rooms of its own; those of a few pieces share one, as long as its name can tell
// them all.
static void divide_by_theme(Layout *l)
{
    uint32_t least = l->desc->least ? l->desc->least : SMALL_THEME;
    uint32_t joined[LAYOUT_MAX_JOINED], count = 0, first;
    for (uint32_t t = 0; t < l->desc->theme_count; t++) {
        if (count_of_theme(l, t) < least)
            continue;
        first = l->ordered;
        order_theme(l, (int32_t)t);
        add_cells(l, first, &t, 1);
    }
    first = l->ordered;
    for (uint32_t t = 0; t < l->desc->theme_count; t++) {
        uint32_t size = count_of_theme(l, t);
        if (size == 0 || size >= least)
            continue;
        if (count == LAYOUT_MAX_JOINED || l->ordered - first + size > LAYOUT_ROOM_PIECES) {
            add_cells(l, first, joined, count);
            first = l->ordered;
            count = 0;
        }
        joined[count++] = t;
        order_theme(l, (int32_t)t);
    }
    if (count)
        add_cells(l, first, joined, count);
}

static void make_cells(Layout *l)
{
    l->order = ARENA_ARRAY(l->arena, uint32_t, l->count);
    l->cells = ARENA_ARRAY(l->arena, Cell, (size_t)l->count + 1);
    if (l->desc->theme_count) {
        divide_by_theme(l);
    } else {
        order_theme(l, -1);
        add_cells(l, 0, NULL, 0);
    }
    if (!l->cell_count)
        l->cells[l->cell_count++] = (Cell){0}; // an empty room
    l->row_count = l->cell_count;
    if (l->cell_count > ENFILADE_ROOMS)
        l->row_count = (uint32_t)ceilf(sqrtf((float)l->cell_count));
    for (uint32_t i = 0; i < l->cell_count; i++) {
        Cell *cell = &l->cells[i];
        cell->column = i / l->row_count;
        bool is_northwards = cell->column % 2 == 0;
        if (i % l->row_count == 0 && i > 0)
            cell->yaw = (float)(-M_PI / 2); // entered from the west
        else
            cell->yaw = is_northwards ? 0 : (float)M_PI;
        layout_put_largest_last(l, cell);
        raise_ceiling(l, cell);
        layout_measure_rows(l, cell);
    }
}

// ---- where rooms are

static bool is_sideways(const Cell *cell)
{
    return cell->yaw < 0;
}

static float along_of(const Cell *cell)
{
    return is_sideways(cell) ? cell->width_m : cell->depth_m;
}

// Where a column ends and the next begins the same door is in the middle of both rooms.
static float depth_of(const Layout *l, uint32_t index)
{
    uint32_t first = index % l->row_count == 0 && index > 0 ? index - 1 : index;
    bool is_turn = (first + 1) % l->row_count == 0 && first + 1 < l->cell_count;
    float depth = along_of(&l->cells[index]);
    return is_turn ? fmaxf(along_of(&l->cells[first]), along_of(&l->cells[first + 1])) : depth;
}

static void place_cells(Layout *l)
{
    float west = 0, end = 0;
    for (uint32_t first = 0; first < l->cell_count; first += l->row_count) {
        uint32_t last = MIN(first + l->row_count, l->cell_count);
        bool is_northwards = l->cells[first].column % 2 == 0;
        float width = 0;
        for (uint32_t i = first; i < last; i++)
            width = fmaxf(width, is_sideways(&l->cells[i]) ? l->cells[i].depth_m
                                                           : l->cells[i].width_m);
        for (uint32_t i = first; i < last; i++) {
            Cell *cell = &l->cells[i];
            cell->west = west;
            cell->built_width = width;
            cell->built_depth = depth_of(l, i);
            cell->south = is_northwards ? end : end + cell->built_depth;
            end += (is_northwards ? -1 : 1) * (cell->built_depth + LAYOUT_WALL_M);
        }
        end += is_northwards ? LAYOUT_WALL_M : -LAYOUT_WALL_M; // no wall after the last
        west += width + LAYOUT_WALL_M;
    }
    // Cabinets of one or two pieces have eight sides.
    for (uint32_t i = 0; i < l->cell_count; i++) {
        Cell *cell = &l->cells[i];
        if (cell->count && cell->count <= CABINET_PIECES && l->cell_count > 1)
            cell->chamfer_m = chamfer * fminf(cell->built_width, cell->built_depth);
    }
}

// ---- rooms

Frame layout_frame(const Cell *cell)
{
    bool turned = is_sideways(cell);
    return (Frame){
        .middle = {cell->west + cell->built_width / 2, cell->south - cell->built_depth / 2},
        .yaw = cell->yaw,
        .width_m = turned ? cell->built_depth : cell->built_width,
        .depth_m = turned ? cell->built_width : cell->built_depth,
    };
}

void layout_from_frame(const Frame *frame, float x, float z, float out[2])
{
    float c = cosf(frame->yaw), s = sinf(frame->yaw);
    out[0] = frame->middle[0] + x * c + z * s;
    out[1] = frame->middle[1] - x * s + z * c;
}

static LangText numbered_title(Arena *arena, uint32_t number)
{
    static const struct {
        const char *tag, *format;
    } titles[] = {
        {"en", "Room %u"}, {"fr", "Salle %u"},  {"de", "Raum %u"},
        {"es", "Sala %u"}, {"ar", "القاعة %u"}, {"ja", "第%u展示室"},
    };
    LangText title = {.entries = ARENA_ARRAY(arena, LangEntry, COUNT_OF(titles))};
    for (size_t i = 0; i < COUNT_OF(titles); i++) {
        char *text = arena_copy_text(arena, titles[i].format);
        const char *hole = strstr(text, "%u");
        const char *before = str_copy(arena, (Str){text, (size_t)(hole - text)});
        title.entries[title.count++] =
            (LangEntry){titles[i].tag, str_format(arena, "%s%u%s", before, number, hole + 2)};
    }
    return title;
}

// "Birds", "Birds 2", "Birds · Bees": in every language that names all of them.
static LangText themed_title(const Layout *l, const Cell *cell)
{
    const LayoutTheme *themes = l->desc->themes;
    const LangText *first = &themes[cell->themes[0]].title;
    LangText title = {.entries = ARENA_ARRAY(l->arena, LangEntry, (size_t)first->count + 1)};
    for (uint32_t e = 0; e < first->count; e++) {
        const char *tag = first->entries[e].tag, *text = first->entries[e].text;
        for (uint32_t t = 1; t < cell->theme_count; t++)
            text = str_format(l->arena, "%s · %s", text,
                              langtext_find(&themes[cell->themes[t]].title, tag));
        if (cell->part)
            text = str_format(l->arena, "%s %u", text, cell->part);
        title.entries[title.count++] = (LangEntry){tag, text};
    }
    return title;
}

static void make_corners(Layout *l, const Cell *cell, PlanRoom *room)
{
    Frame frame = layout_frame(cell);
    PlanBox box =
        plan_box(frame.middle, frame.yaw, (float[3]){frame.width_m, 0, frame.depth_m}, 0);
    bool is_cut = cell->chamfer_m > 0;
    room->corners = (float(*)[2])arena_alloc(l->arena, 8 * sizeof *room->corners, 4);
    for (int i = 0; i < 4; i++) {
        const float *at = box.corners[i];
        for (int side = 0; side < (is_cut ? 2 : 1); side++) {
            const float *to = box.corners[(i + (side ? 1 : 3)) % 4];
            float length = hypotf(to[0] - at[0], to[1] - at[1]);
            float *corner = room->corners[room->corner_count++];
            for (int axis = 0; axis < 2; axis++)
                corner[axis] = at[axis] + (to[axis] - at[axis]) * cell->chamfer_m / length;
        }
    }
}

static void make_room(Layout *l, uint32_t index)
{
    const Cell *cell = &l->cells[index];
    PlanRoom *room = &l->plan->rooms[index];
    room->id = str_format(l->arena, "room-%u", index + 1);
    bool has_name = cell->theme_count && l->desc->themes[cell->themes[0]].title.count;
    room->title = has_name ? themed_title(l, cell) : numbered_title(l->arena, index + 1);
    make_corners(l, cell, room);
    room->height_m = cell->height_m;
    // A theme keeps its colour through all of its rooms.
    layout_furnish_room(room, cell->is_hall, cell->theme_count ? cell->themes[0] : index);
}

// ---- lights

// What a lamp of a place is there for: its piece, or all that lie on the stand.
static void lit_size(const Layout *l, uint32_t piece, float out[3])
{
    const PlanPlace *place = &l->plan->places[piece];
    layout_size_on_stand(&l->pieces[piece], place, out);
    if (place->tray_m[0] <= 0)
        return;
    out[0] = place->size_m[0];
    out[2] = place->size_m[2];
}

// From `position` to the middle of what it is for, `lux` there.
static PlanLight aim_light(const Layout *l, uint32_t piece, const float position[3], float lux)
{
    const PlanPlace *place = &l->plan->places[piece];
    float size[3], square = 0;
    lit_size(l, piece, size);
    PlanLight light = {
        .room = place->room,
        .place = (int32_t)piece,
        .kelvin = 3000,
        .target = {place->position[0], plan_piece_floor_m(place) + size[1] / 2,
                   place->position[1]},
    };
    memcpy(light.position, position, sizeof light.position);
    for (int i = 0; i < 3; i++)
        square += (light.target[i] - position[i]) * (light.target[i] - position[i]);
    float radius =
        0.5f * sqrtf(size[0] * size[0] + size[1] * size[1] + size[2] * size[2]) + 0.3f;
    light.candela = lux * square;
    light.outer_rad = CLAMP(atanf(radius / sqrtf(square)) * 1.3f, 0.15f, 1.2f);
    light.inner_rad = light.outer_rad * 0.55f;
    return light;
}

// A spot 30 degrees off the vertical, `around` the piece from its front, `lux` on it.
static void make_spot(Layout *l, uint32_t piece, float around, float lux)
{
    const PlanPlace *place = &l->plan->places[piece];
    float size[3], up = l->plan->rooms[place->room].height_m - track_m;
    lit_size(l, piece, size);
    float out = (up - plan_piece_floor_m(place) - size[1] / 2) * tanf((float)(M_PI / 6));
    float yaw = place->yaw + around;
    const float position[3] = {place->position[0] + sinf(yaw) * out, up,
                               place->position[1] + cosf(yaw) * out};
    l->plan->lights[l->plan->light_count++] = aim_light(l, piece, position, lux);
}

// Under the cap of a case that is closed above, at one side of its front.
static void make_case_lamp(Layout *l, uint32_t piece, float side, float lux)
{
    const PlanPlace *place = &l->plan->places[piece];
    float c = cosf(place->yaw), s = sinf(place->yaw);
    float x = side * (place->size_m[0] / 2 - case_lamp_m);
    float z = place->size_m[2] / 2 - case_lamp_m;
    const float position[3] = {place->position[0] + x * c + z * s,
                               place->size_m[1] + place->glass_m - 0.016f,
                               place->position[1] - x * s + z * c};
    l->plan->lights[l->plan->light_count++] = aim_light(l, piece, position, lux);
}

// Keeps a light of a piece near a wall in the room.
static void keep_inside(const Layout *l, PlanLight *light)
{
    const Cell *cell = &l->cells[light->room];
    Frame frame = layout_frame(cell);
    PlanBox inner =
        plan_box(frame.middle, 0, (float[3]){cell->built_width, 0, cell->built_depth},
                 -0.15f - cell->chamfer_m / 2);
    light->position[0] = CLAMP(light->position[0], inner.corners[0][0], inner.corners[2][0]);
    light->position[2] = CLAMP(light->position[2], inner.corners[0][1], inner.corners[2][1]);
}

static bool is_closed_above(const PlanPlace *place)
{
    return place->stand == PLAN_TOWER || place->stand == PLAN_WALL_CASE;
}

static void make_lights(Layout *l)
{
    static const float key = (float)(-38 * M_PI / 180), other = (float)(62 * M_PI / 180);
    for (uint32_t i = 0; i < l->ordered; i++) {
        bool is_closed = is_closed_above(&l->plan->places[l->order[i]]);
        PlanLight *light = &l->plan->lights[l->plan->light_count];
        if (is_closed) {
            make_case_lamp(l, l->order[i], -1, 420);
            make_case_lamp(l, l->order[i], 1, 160);
        } else {
            make_spot(l, l->order[i], key, 420);
            make_spot(l, l->order[i], other, 160);
        }
        light[0].casts_shadow = true;
        light[1].kelvin = 3300;
        for (int k = 0; k < 2 && !is_closed; k++)
            keep_inside(l, &light[k]);
    }
}

// ---- where visitors begin

// One piece is met face to face; several are seen across the room, from beside the front wall.
static void place_start(Layout *l)
{
    Frame frame = layout_frame(&l->cells[0]);
    PlanStart *start = &l->plan->start;
    bool is_alone = l->cells[0].count < 2;
    float x = is_alone ? 0 : -frame.width_m * 0.2f;
    float z = frame.depth_m / 2 - 0.6f;
    layout_from_frame(&frame, x, z, start->position);
    float aim[2];
    layout_from_frame(&frame, 0, 0, aim);
    start->yaw = atan2f(aim[0] - start->position[0], aim[1] - start->position[1]);
    start->room = 0;
}

// ---- the whole

NODISCARD static Status check_pieces(const LayoutPiece *pieces, uint32_t count)
{
    if (count > LAYOUT_MAX_PIECES)
        return FAIL(ERR_LIMIT, "%u pieces; a gallery holds %d", count, LAYOUT_MAX_PIECES);
    for (uint32_t i = 0; i < count; i++)
        for (int axis = 0; axis < 3; axis++) {
            float size = pieces[i].size_m[axis];
            if (!isfinite(size) || size < 0)
                return FAIL(ERR_INVALID, "%s has no size", pieces[i].id);
            if (size > LAYOUT_MAX_PIECE_M)
                return FAIL(ERR_LIMIT,
                            "%s is %.0f m large, no room is made for more than %.0f m; was it "
                            "imported with the right unit?",
                            pieces[i].id, size, LAYOUT_MAX_PIECE_M);
        }
    return OK;
}

static void allocate(Layout *l)
{
    Plan *plan = l->plan;
    plan->room_count = l->cell_count;
    plan->rooms = ARENA_ARRAY(l->arena, PlanRoom, l->cell_count);
    plan->openings = ARENA_ARRAY(l->arena, PlanOpening, (size_t)l->cell_count * 3);
    plan->benches = ARENA_ARRAY(l->arena, PlanBench, l->cell_count);
    plan->lights = ARENA_ARRAY(l->arena, PlanLight, (size_t)l->count * 2);
    plan->route = ARENA_ARRAY(l->arena, uint32_t, l->count);
}

Status layout_make_house(const LayoutDesc *desc, Arena *arena, Plan *out)
{
    TRY(check_pieces(desc->pieces, desc->count));
    for (uint32_t i = 0; i < desc->count && desc->theme_count; i++)
        if (desc->pieces[i].theme >= desc->theme_count)
            return FAIL(ERR_INVALID, "%s is of no theme", desc->pieces[i].id);
    Plan plan = {.place_count = desc->count,
                 .places = ARENA_ARRAY(arena, PlanPlace, desc->count)};
    Layout layout = {.desc = desc,
                     .pieces = desc->pieces,
                     .count = desc->count,
                     .arena = arena,
                     .plan = &plan},
           *l = &layout;
    for (uint32_t i = 0; i < desc->count; i++) {
        plan.places[i].piece = arena_copy_text(arena, desc->pieces[i].id);
        plan.places[i].piece_index = (int32_t)i;
        layout_make_stand(&desc->pieces[i], &plan.places[i]);
    }
    layout_make_trays(l);
    make_cells(l);
    place_cells(l);
    allocate(l);
    for (uint32_t i = 0; i < l->cell_count; i++) {
        make_room(l, i);
        layout_place_pieces(l, i);
    }
    layout_fill_trays(l);
    layout_make_doors(l);
    layout_add_windows(l->plan, l->arena);
    make_lights(l);
    place_start(l);
    layout_place_benches(l);
    *out = plan;
    return OK;
}

Status layout_make(const LayoutPiece *pieces, uint32_t count, Arena *arena, Plan *out)
{
    LayoutDesc desc = {.pieces = pieces, .count = count};
    return layout_make_house(&desc, arena, out);
}
