// layout.c: a good gallery for any set of pieces, by their sizes alone.
//
// A room is laid out in a frame of its own: x to the right, z towards the door one enters by,
// rows of pieces that face that door. Rooms fill the cells of a grid; the walk through them
// goes up the first column, down the second, and so on, and each room is turned so that the
// walk enters it from its front.
//
//      room frame:                      the grid, north up:
//      +-----------------+ back           [3]>[4]  [9]
//      |   o    o    o   |                 ^   v    ^
//      |     o     o     |                [2] [5]  [8]
//      |   o    o    o   |                 ^   v    ^
//      |                 |                [1] [6]> [7]
//      +-------   -------+ front           start

#include "exhibits/model/layout.h"

#include "exhibits/model/layout_room.h"
#include "exhibits/model/layout_stand.h"

#include <math.h>
#include <string.h>

enum { ROOM_PIECES = 9, ROOM_ROWS = 3, ENFILADE_ROOMS = 3 };

static const float wall_m = 0.4f;    // thickness between rooms
static const float between_m = 1.9f; // from stand to stand in a row
static const float rows_m = 2.0f;    // from row to row
static const float side_m = 1.7f;    // from stand to side wall
static const float back_m = 1.7f;    // from the last row to the back wall
static const float front_m = 2.7f;   // from the first row to the door
static const float ceiling_m = 3.8f; // of a room of small pieces
static const float cabinet_m = 3.2f; // of a room of one or two
static const float hiding_m = 1.9f;  // what reaches higher hides what is behind it
static const float track_m = 0.15f;  // lights hang below the ceiling
static const float door_m = 1.8f, door_height_m = 2.7f;

typedef struct Cell {
    uint32_t first, count;  // of Layout.order
    uint32_t column, row;   // row 0 is the southernmost
    float yaw;              // where its front faces
    float width_m, depth_m; // of the room frame, what its pieces need
    float height_m;
    bool is_hall; // of large pieces
} Cell;

typedef struct Layout {
    const LayoutPiece *pieces;
    uint32_t count;
    Arena *arena;
    Plan *plan;
    uint32_t *order; // pieces as the walk meets them
    uint32_t cell_count, column_count, row_count;
    Cell *cells;
    float *column_x, *column_width; // west side and width of each column
    float *row_z, *row_depth;       // south side and depth of each row; z goes down northwards
} Layout;

// ---- rows of a room

typedef struct Rows {
    uint32_t count, sizes[ROOM_ROWS];
} Rows;

// Staggered where that comes out even, so that one sees between the pieces of the row before.
static Rows rows_of(uint32_t count)
{
    static const Rows table[ROOM_PIECES + 1] = {
        {0, {0}},    {1, {1}},    {1, {2}},       {2, {2, 1}},    {2, {2, 2}},
        {2, {3, 2}}, {2, {3, 3}}, {3, {2, 3, 2}}, {3, {3, 2, 3}}, {3, {3, 3, 3}},
    };
    return table[count];
}

// How far from its neighbours a piece wants to be seen: large ones from farther away.
static float air_of(const Layout *l, uint32_t piece)
{
    float size = layout_largest_m(&l->pieces[piece]);
    return size > 1 ? (size - 1) * 0.55f : 0;
}

typedef struct RowSize {
    float width_m, depth_m, air_m;
} RowSize;

static RowSize row_size(const Layout *l, uint32_t first, uint32_t count)
{
    RowSize size = {0};
    for (uint32_t i = 0; i < count; i++) {
        const PlanPlace *place = &l->plan->places[l->order[first + i]];
        size.width_m += place->size_m[0];
        size.depth_m = fmaxf(size.depth_m, place->size_m[2]);
        size.air_m = fmaxf(size.air_m, air_of(l, l->order[first + i]));
    }
    if (count)
        size.width_m += (float)(count - 1) * (between_m + size.air_m);
    return size;
}

static void measure_cell(const Layout *l, Cell *cell)
{
    Rows rows = rows_of(cell->count);
    float width = 0, depth = 0, air = 0;
    uint32_t first = cell->first;
    for (uint32_t r = 0; r < rows.count; first += rows.sizes[r++]) {
        RowSize size = row_size(l, first, rows.sizes[r]);
        width = fmaxf(width, size.width_m);
        depth += size.depth_m + (r ? rows_m + size.air_m : 0);
        air = fmaxf(air, size.air_m);
    }
    // One piece has a cabinet to itself; halls begin where there is more to walk around.
    float least = cell->count <= 1 ? 4.4f : cell->count <= 2 ? 5.4f : 7.0f;
    cell->width_m = fmaxf(least, width + 2 * (side_m + air));
    cell->depth_m = fmaxf(least, depth + front_m + back_m + 2 * air);
    cell->width_m = fmaxf(cell->width_m, cell->depth_m * 0.7f);
    cell->depth_m = fmaxf(cell->depth_m, cell->width_m * 0.7f);
}

static void raise_ceiling(const Layout *l, Cell *cell)
{
    cell->height_m = cell->count <= 2 ? cabinet_m : ceiling_m;
    for (uint32_t i = 0; i < cell->count; i++) {
        uint32_t piece = l->order[cell->first + i];
        float top = plan_piece_floor_m(&l->plan->places[piece]) + l->pieces[piece].size_m[1];
        cell->height_m = fmaxf(cell->height_m, top * 1.15f + 1.2f);
        cell->is_hall |= l->plan->places[piece].stand == PLAN_PEDESTAL;
    }
}

// ---- the grid

// What one leans in to, what stands free, what would hide others from whoever enters.
static int kind_of(const Layout *l, uint32_t piece)
{
    float top = plan_piece_floor_m(&l->plan->places[piece]) + l->pieces[piece].size_m[1];
    if (top > hiding_m)
        return 2;
    return layout_largest_m(&l->pieces[piece]) > LAYOUT_LARGE_M ? 1 : 0;
}

// Small pieces first, tall ones last, each kind in the order it came: the walk begins with what
// one leans in to, and what is tall stands at the back.
static void order_pieces(Layout *l)
{
    uint32_t at = 0;
    l->order = ARENA_ARRAY(l->arena, uint32_t, l->count);
    for (int kind = 0; kind < 3; kind++)
        for (uint32_t i = 0; i < l->count; i++)
            if (kind_of(l, i) == kind)
                l->order[at++] = i;
}

static void make_cells(Layout *l)
{
    l->cell_count = MAX((l->count + ROOM_PIECES - 1) / ROOM_PIECES, 1u);
    l->cells = ARENA_ARRAY(l->arena, Cell, l->cell_count);
    l->row_count = l->cell_count;
    if (l->cell_count > ENFILADE_ROOMS)
        l->row_count = (uint32_t)ceilf(sqrtf((float)l->cell_count));
    l->column_count = (l->cell_count + l->row_count - 1) / l->row_count;
    for (uint32_t i = 0; i < l->cell_count; i++) {
        Cell *cell = &l->cells[i];
        cell->first = (uint32_t)((uint64_t)l->count * i / l->cell_count);
        cell->count = (uint32_t)((uint64_t)l->count * (i + 1) / l->cell_count) - cell->first;
        cell->column = i / l->row_count;
        uint32_t step = i % l->row_count;
        bool is_northwards = cell->column % 2 == 0;
        cell->row = is_northwards ? step : l->row_count - 1 - step;
        if (step == 0 && i > 0)
            cell->yaw = (float)(-M_PI / 2); // entered from the west
        else
            cell->yaw = is_northwards ? 0 : (float)M_PI;
        raise_ceiling(l, cell);
        measure_cell(l, cell);
    }
}

static bool is_sideways(const Cell *cell)
{
    return cell->yaw < 0;
}

static void measure_grid(Layout *l)
{
    l->column_x = ARENA_ARRAY(l->arena, float, l->column_count);
    l->column_width = ARENA_ARRAY(l->arena, float, l->column_count);
    l->row_z = ARENA_ARRAY(l->arena, float, l->row_count);
    l->row_depth = ARENA_ARRAY(l->arena, float, l->row_count);
    for (uint32_t i = 0; i < l->cell_count; i++) {
        const Cell *c = &l->cells[i];
        float *width = &l->column_width[c->column], *depth = &l->row_depth[c->row];
        *width = fmaxf(*width, is_sideways(c) ? c->depth_m : c->width_m);
        *depth = fmaxf(*depth, is_sideways(c) ? c->width_m : c->depth_m);
    }
    for (uint32_t i = 1; i < l->column_count; i++)
        l->column_x[i] = l->column_x[i - 1] + l->column_width[i - 1] + wall_m;
    for (uint32_t i = 1; i < l->row_count; i++)
        l->row_z[i] = l->row_z[i - 1] - l->row_depth[i - 1] - wall_m;
}

// ---- rooms

typedef struct Frame {
    float middle[2];        // of the room, in the gallery
    float yaw;              // where its front faces
    float width_m, depth_m; // of the room frame, as built
} Frame;

static Frame frame_of(const Layout *l, const Cell *cell)
{
    float width = l->column_width[cell->column], depth = l->row_depth[cell->row];
    bool turned = is_sideways(cell);
    return (Frame){
        .middle = {l->column_x[cell->column] + width / 2, l->row_z[cell->row] - depth / 2},
        .yaw = cell->yaw,
        .width_m = turned ? depth : width,
        .depth_m = turned ? width : depth,
    };
}

static void from_frame(const Frame *frame, float x, float z, float out[2])
{
    float c = cosf(frame->yaw), s = sinf(frame->yaw);
    out[0] = frame->middle[0] + x * c + z * s;
    out[1] = frame->middle[1] - x * s + z * c;
}

static LangText room_title(Arena *arena, uint32_t number)
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

static void make_room(Layout *l, uint32_t index)
{
    const Cell *cell = &l->cells[index];
    PlanRoom *room = &l->plan->rooms[index];
    Frame frame = frame_of(l, cell);
    PlanBox box =
        plan_box(frame.middle, frame.yaw, (float[3]){frame.width_m, 0, frame.depth_m}, 0);
    room->id = str_format(l->arena, "room-%u", index + 1);
    room->title = room_title(l->arena, index + 1);
    room->corner_count = 4;
    room->corners = arena_copy(l->arena, box.corners, sizeof box.corners, 4);
    room->height_m = cell->height_m;
    layout_furnish_room(room, cell->is_hall, index);
}

// What the cell gives beyond its room's needs goes in equal parts between the rows and around.
static void place_row(Layout *l, const Frame *frame, uint32_t first, uint32_t count, float z)
{
    RowSize size = row_size(l, first, count);
    float gap = between_m + size.air_m;
    float spare = frame->width_m - size.width_m - 2 * side_m;
    float more = count > 1 ? fmaxf(0, fminf(spare / (float)(count + 1), gap * 0.5f)) : 0;
    float x = -(size.width_m + more * (float)(count - 1)) / 2;
    for (uint32_t i = 0; i < count; i++) {
        PlanPlace *place = &l->plan->places[l->order[first + i]];
        from_frame(frame, x + place->size_m[0] / 2, z - size.depth_m / 2, place->position);
        place->yaw = frame->yaw;
        layout_make_label(place);
        x += place->size_m[0] + gap + more;
    }
}

static void place_pieces(Layout *l, uint32_t index)
{
    const Cell *cell = &l->cells[index];
    Frame frame = frame_of(l, cell);
    Rows rows = rows_of(cell->count);
    float needed = front_m + back_m, air = 0;
    uint32_t first = cell->first;
    for (uint32_t r = 0; r < rows.count; first += rows.sizes[r++]) {
        RowSize size = row_size(l, first, rows.sizes[r]);
        needed += size.depth_m + (r ? rows_m + size.air_m : 0);
        air = fmaxf(air, size.air_m);
    }
    float more = fmaxf(0, frame.depth_m - needed - 2 * air) / (float)(rows.count + 1);
    float z = frame.depth_m / 2 - front_m - air - more;
    first = cell->first;
    for (uint32_t r = 0; r < rows.count; first += rows.sizes[r++]) {
        RowSize size = row_size(l, first, rows.sizes[r]);
        if (r)
            z -= rows_m + size.air_m + more;
        place_row(l, &frame, first, rows.sizes[r], z);
        z -= size.depth_m;
        for (uint32_t i = 0; i < rows.sizes[r]; i++) {
            l->plan->places[l->order[first + i]].room = index;
            l->plan->route[l->plan->route_count++] = l->order[first + i];
        }
    }
}

// On the right, towards the back, clear of the doors in the middle of each wall.
static void place_bench(Layout *l, uint32_t index)
{
    Frame frame = frame_of(l, &l->cells[index]);
    PlanBench *bench = &l->plan->benches[l->plan->bench_count++];
    *bench = (PlanBench){.room = index, .size_m = {1.5f, 0.45f, 0.42f}};
    bench->yaw = frame.yaw - (float)(M_PI / 2);
    from_frame(&frame, frame.width_m / 2 - 0.35f, -frame.depth_m * 0.3f, bench->position);
}

// ---- doors

static uint32_t find_cell(const Layout *l, uint32_t column, uint32_t row)
{
    for (uint32_t i = 0; i < l->cell_count; i++)
        if (l->cells[i].column == column && l->cells[i].row == row)
            return i;
    return UINT32_MAX;
}

static void make_door(Layout *l, uint32_t a, uint32_t b)
{
    const Cell *from = &l->cells[a];
    bool is_north = l->cells[b].column == from->column; // b is north of a, or else east of it
    float x = l->column_x[from->column], z = l->row_z[from->row];
    float width = l->column_width[from->column], depth = l->row_depth[from->row];
    float half = door_m / 2;
    PlanOpening *door = &l->plan->openings[l->plan->opening_count++];
    *door = (PlanOpening){.room = {a, b}, .height_m = door_height_m};
    for (int end = 0; end < 2; end++) {
        float beyond = end ? wall_m : 0;
        float north = z - depth - beyond, east = x + width + beyond;
        float from_point[2] = {is_north ? x + width / 2 - half : east,
                               is_north ? north : z - depth / 2 - half};
        float to_point[2] = {is_north ? x + width / 2 + half : east,
                             is_north ? north : z - depth / 2 + half};
        memcpy(door->from[end], from_point, sizeof from_point);
        memcpy(door->to[end], to_point, sizeof to_point);
    }
}

static float distance_to(const float a[2], const float b[2], const float p[2])
{
    float dx = b[0] - a[0], dz = b[1] - a[1];
    float t = ((p[0] - a[0]) * dx + (p[1] - a[1]) * dz) / (dx * dx + dz * dz);
    t = CLAMP(t, 0.0f, 1.0f);
    return hypotf(p[0] - a[0] - t * dx, p[1] - a[1] - t * dz);
}

// Corners were turned with their room: ask which wall the door is on.
static void find_walls(Plan *plan)
{
    for (uint32_t i = 0; i < plan->opening_count; i++) {
        PlanOpening *door = &plan->openings[i];
        for (int end = 0; end < 2; end++) {
            const PlanRoom *room = &plan->rooms[door->room[end]];
            float middle[2] = {(door->from[end][0] + door->to[end][0]) / 2,
                               (door->from[end][1] + door->to[end][1]) / 2};
            float least = INFINITY;
            for (uint32_t w = 0; w < room->corner_count; w++) {
                float away = distance_to(room->corners[w],
                                         room->corners[(w + 1) % room->corner_count], middle);
                if (away < least) {
                    least = away;
                    door->wall[end] = w;
                }
            }
        }
    }
}

// From every room north and east: the walk, and ways to cut it short.
static void make_doors(Layout *l)
{
    for (uint32_t i = 0; i < l->cell_count; i++) {
        uint32_t north = find_cell(l, l->cells[i].column, l->cells[i].row + 1);
        uint32_t east = find_cell(l, l->cells[i].column + 1, l->cells[i].row);
        if (north != UINT32_MAX)
            make_door(l, i, north);
        if (east != UINT32_MAX)
            make_door(l, i, east);
    }
    find_walls(l->plan);
}

// ---- lights

// A spot 30 degrees off the vertical, `around` the piece from its front, `lux` on it.
static void make_spot(Layout *l, uint32_t piece, float around, float lux)
{
    const PlanPlace *place = &l->plan->places[piece];
    float size[3];
    layout_size_on_stand(&l->pieces[piece], place, size);
    PlanLight *light = &l->plan->lights[l->plan->light_count++];
    float up = l->plan->rooms[place->room].height_m - track_m;
    float middle = plan_piece_floor_m(place) + size[1] / 2;
    float out = (up - middle) * tanf((float)(M_PI / 6));
    float yaw = place->yaw + around;
    *light = (PlanLight){.room = place->room, .place = (int32_t)piece, .kelvin = 3000};
    const float position[3] = {place->position[0] + sinf(yaw) * out, up,
                               place->position[1] + cosf(yaw) * out};
    const float target[3] = {place->position[0], middle, place->position[1]};
    memcpy(light->position, position, sizeof position);
    memcpy(light->target, target, sizeof target);

    float distance = hypotf(out, up - middle);
    float radius =
        0.5f * sqrtf(size[0] * size[0] + size[1] * size[1] + size[2] * size[2]) + 0.3f;
    light->candela = lux * distance * distance;
    light->outer_rad = CLAMP(atanf(radius / distance) * 1.3f, 0.15f, 1.2f);
    light->inner_rad = light->outer_rad * 0.55f;
}

// Keeps a light of a piece near a wall in the room.
static void keep_inside(const Layout *l, PlanLight *light)
{
    const Cell *cell = &l->cells[light->room];
    Frame frame = frame_of(l, cell);
    PlanBox inner = plan_box(frame.middle, 0,
                             (float[3]){is_sideways(cell) ? frame.depth_m : frame.width_m, 0,
                                        is_sideways(cell) ? frame.width_m : frame.depth_m},
                             -0.15f);
    light->position[0] = CLAMP(light->position[0], inner.corners[0][0], inner.corners[2][0]);
    light->position[2] = CLAMP(light->position[2], inner.corners[0][1], inner.corners[2][1]);
}

static void make_lights(Layout *l)
{
    static const float key = (float)(-38 * M_PI / 180), other = (float)(62 * M_PI / 180);
    for (uint32_t i = 0; i < l->count; i++) {
        make_spot(l, l->order[i], key, 420);
        l->plan->lights[l->plan->light_count - 1].casts_shadow = true;
        make_spot(l, l->order[i], other, 160);
        l->plan->lights[l->plan->light_count - 1].kelvin = 3300;
    }
    for (uint32_t i = 0; i < l->plan->light_count; i++)
        keep_inside(l, &l->plan->lights[i]);
}

// ---- where visitors begin

// One piece is met face to face; several are seen across the room, from beside the front wall.
static void place_start(Layout *l)
{
    Frame frame = frame_of(l, &l->cells[0]);
    PlanStart *start = &l->plan->start;
    bool is_alone = l->cells[0].count < 2;
    float x = is_alone ? 0 : -frame.width_m * 0.2f;
    float z = frame.depth_m / 2 - 0.6f;
    from_frame(&frame, x, z, start->position);
    float aim[2];
    from_frame(&frame, 0, 0, aim);
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
    plan->openings = ARENA_ARRAY(l->arena, PlanOpening, (size_t)l->cell_count * 2);
    plan->benches = ARENA_ARRAY(l->arena, PlanBench, l->cell_count);
    plan->lights = ARENA_ARRAY(l->arena, PlanLight, (size_t)l->count * 2);
    plan->route = ARENA_ARRAY(l->arena, uint32_t, l->count);
}

Status layout_make(const LayoutPiece *pieces, uint32_t count, Arena *arena, Plan *out)
{
    TRY(check_pieces(pieces, count));
    Plan plan = {.place_count = count, .places = ARENA_ARRAY(arena, PlanPlace, count)};
    Layout layout = {.pieces = pieces, .count = count, .arena = arena, .plan = &plan},
           *l = &layout;
    for (uint32_t i = 0; i < count; i++) {
        plan.places[i].piece = arena_copy_text(arena, pieces[i].id);
        plan.places[i].piece_index = (int32_t)i;
        layout_make_stand(&pieces[i], &plan.places[i]);
    }
    order_pieces(l);
    make_cells(l);
    measure_grid(l);
    allocate(l);
    for (uint32_t i = 0; i < l->cell_count; i++) {
        make_room(l, i);
        place_pieces(l, i);
        place_bench(l, i);
    }
    make_doors(l);
    layout_add_windows(l->plan, l->arena);
    make_lights(l);
    place_start(l);
    *out = plan;
    return OK;
}
