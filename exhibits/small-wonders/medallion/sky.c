// sky.c: both halves of the sky as they are drawn on enamel.

#include "exhibits/small-wonders/medallion/sky.h"

#include "exhibits/sculptor/noise.h"
#include "exhibits/small-wonders/medallion/stars.h"

enum { CELLS = 96, DUST = 70000 };
static const float HALF_MM = 9.4f;   // of the square that the cells cover
static const float EDGE_MM = 0.003f; // from metal to enamel
static const float OBLIQUITY = 23.4393f * PI_F / 180;
static const float REACH = 115.0f * PI_F / 180; // from the pole to the rim

typedef enum ItemKind { ITEM_STAR, ITEM_LINE, ITEM_DOT } ItemKind;

typedef struct Item {
    ItemKind kind;
    float x, y, dx, dy; // a line's way; a star's turn is in dx
    float size;         // radius, or half a line's width
    float over_square;  // of a line: 1 / length²
    int rays;
    Vec3 colour;
} Item;

typedef struct Cell {
    uint32_t *items;
    size_t count, capacity;
} Cell;

typedef struct Half {
    Item *items;
    size_t count, capacity;
    Cell cells[CELLS * CELLS];
    Vec3 ecliptic; // centre and radius
} Half;

struct Sky {
    Arena *arena;
    Half halves[SKY_SIDES];
};

static const Vec3 YELLOW_GOLD = {0.96f, 0.69f, 0.27f}, ROSE_GOLD = {0.93f, 0.48f, 0.30f},
                  WHITE_GOLD = {0.90f, 0.86f, 0.76f};

// ---- where things are

float sky_hour_angle(SkySide side, float hour)
{
    // Orion stands upright at the northern half's foot, the Cross at the southern one's head.
    return side == SKY_NORTH ? (hour + 6) * PI_F / 12 : -(hour - 12.5f) * PI_F / 12;
}

static Vec3 place_of(SkySide side, float hour, float from_pole)
{
    float r = SKY_RADIUS_MM * tanf(from_pole * 0.5f) / tanf(REACH * 0.5f);
    float angle = sky_hour_angle(side, hour);
    return v3(r * sinf(angle), r * cosf(angle), 0);
}

Vec3 sky_place(SkySide side, float hour, float declination)
{
    float from_north = (90 - declination) * PI_F / 180;
    return place_of(side, hour, side == SKY_NORTH ? from_north : PI_F - from_north);
}

static Vec3 ecliptic_place(SkySide side, float longitude, float latitude)
{
    float c = cosf(latitude), x = c * cosf(longitude), y = c * sinf(longitude),
          z = sinf(latitude);
    float up = y * sinf(OBLIQUITY) + z * cosf(OBLIQUITY);
    float across = y * cosf(OBLIQUITY) - z * sinf(OBLIQUITY);
    return sky_place(side, atan2f(across, x) * 12 / PI_F, asinf(up) * 180 / PI_F);
}

// ---- what is drawn

static void add_item(Sky *sky, SkySide side, Item item)
{
    Half *half = &sky->halves[side];
    float margin = item.size + 2 * EDGE_MM, per_mm = CELLS / (2 * HALF_MM);
    bool is_line = item.kind == ITEM_LINE;
    float x1 = item.x + (is_line ? item.dx : 0), y1 = item.y + (is_line ? item.dy : 0);
    int left = (int)floorf((fminf(item.x, x1) - margin + HALF_MM) * per_mm);
    int right = (int)floorf((fmaxf(item.x, x1) + margin + HALF_MM) * per_mm);
    int low = (int)floorf((fminf(item.y, y1) - margin + HALF_MM) * per_mm);
    int high = (int)floorf((fmaxf(item.y, y1) + margin + HALF_MM) * per_mm);
    uint32_t index = (uint32_t)half->count;
    *ARENA_PUSH(sky->arena, half->items, half->count, half->capacity) = item;
    for (int y = MAX(low, 0); y <= MIN(high, CELLS - 1); y++)
        for (int x = MAX(left, 0); x <= MIN(right, CELLS - 1); x++) {
            Cell *cell = &half->cells[y * CELLS + x];
            *ARENA_PUSH(sky->arena, cell->items, cell->count, cell->capacity) = index;
        }
}

static bool is_on(Vec3 p)
{
    return p.x * p.x + p.y * p.y < SKY_RADIUS_MM * SKY_RADIUS_MM;
}

static void add_line(Sky *sky, SkySide side, Vec3 from, Vec3 to, float half_width, Vec3 colour)
{
    Vec3 way = v3_sub(to, from);
    float square = v3_dot(way, way);
    if (is_on(from) && is_on(to) && square > 0)
        add_item(sky, side,
                 (Item){.kind = ITEM_LINE,
                        .x = from.x,
                        .y = from.y,
                        .dx = way.x,
                        .dy = way.y,
                        .size = half_width,
                        .over_square = 1 / square,
                        .colour = colour});
}

static float star_radius(float magnitude)
{
    return 0.46f * powf(10, -0.130f * (magnitude + 1.46f));
}

static Vec3 star_colour(char colour)
{
    return colour == 'r' ? ROSE_GOLD : colour == 'y' ? YELLOW_GOLD : WHITE_GOLD;
}

static Vec3 star_place(SkySide side, const Star *star)
{
    return sky_place(side, star->hour + star->minute / 60, star->declination);
}

// Stars of much the same brightness give each other room, so that belts and clusters stay
// apart.
static float room_of(SkySide side, const Star *stars, size_t count, const Star *star)
{
    float room = 1e9f;
    Vec3 p = star_place(side, star);
    for (size_t i = 0; i < count; i++)
        if (&stars[i] != star && stars[i].magnitude < star->magnitude + 1)
            room = fminf(room, v3_length(v3_sub(star_place(side, &stars[i]), p)));
    return (star->magnitude > 2.5f ? 0.40f : 0.58f) * room;
}

static void add_stars(Sky *sky, SkySide side)
{
    size_t count;
    const Star *stars = stars_all(&count);
    for (size_t i = 0; i < count; i++) {
        const Star *star = &stars[i];
        Vec3 p = star_place(side, star);
        float radius = star_radius(star->magnitude), room = room_of(side, stars, count, star);
        bool is_dot = star->magnitude > 3.3f || (star->magnitude > 2.5f && room < radius);
        radius = fminf(radius * (is_dot ? 0.55f : 1), room);
        if (is_on(p))
            add_item(sky, side,
                     (Item){.kind = is_dot ? ITEM_DOT : ITEM_STAR,
                            .x = p.x,
                            .y = p.y,
                            .dx = atan2f(p.x, p.y),
                            .size = radius,
                            .rays = star->magnitude < 0.6f   ? 8
                                    : star->magnitude < 2.1f ? 6
                                                             : 5,
                            .colour = star_colour(star->colour)});
    }
}

static void add_figures(Sky *sky, SkySide side)
{
    uint16_t lines[STARS_MOST_LINES][2];
    size_t count, line_count = stars_lines(lines);
    const Star *stars = stars_all(&count);
    for (size_t i = 0; i < line_count; i++) {
        const Star *a = &stars[lines[i][0]], *b = &stars[lines[i][1]];
        Vec3 from = star_place(side, a), to = star_place(side, b);
        Vec3 way = v3_unit(v3_sub(to, from));
        // The wire stops short of the stars.
        float before = star_radius(a->magnitude) + 0.035f,
              behind = star_radius(b->magnitude) + 0.035f;
        if (v3_length(v3_sub(to, from)) > before + behind + 0.05f)
            add_line(sky, side, v3_mad(from, way, before), v3_mad(to, way, -behind), 0.0125f,
                     YELLOW_GOLD);
    }
}

static void add_ecliptic(Sky *sky, SkySide side)
{
    static const float DEGREE = PI_F / 180;
    for (int i = 0; i < 360; i++) {
        float l = (float)i * DEGREE;
        float half = (i % 30 == 0 ? 1.5f : i % 10 == 0 ? 1.0f : 0.6f) * DEGREE;
        for (int rail = -1; rail <= 1; rail += 2)
            add_line(sky, side, ecliptic_place(side, l, 0.6f * DEGREE * (float)rail),
                     ecliptic_place(side, l + DEGREE, 0.6f * DEGREE * (float)rail), 0.006f,
                     YELLOW_GOLD);
        if (i % 2 == 0)
            add_line(sky, side, ecliptic_place(side, l, -half), ecliptic_place(side, l, half),
                     i % 30 == 0 ? 0.009f : 0.006f, YELLOW_GOLD);
    }
}

// Dust of white gold along the galaxy's plane, thicker towards its middle, torn as it is torn.
static void add_milky_way(Sky *sky, SkySide side)
{
    static const float POLE_RA = 192.859f * PI_F / 180, POLE_DEC = 27.128f * PI_F / 180;
    static const float NODE = 122.932f * PI_F / 180;
    Chance chance = {4711};
    for (int i = 0; i < DUST; i++) {
        float longitude = chance_between(&chance, -PI_F, PI_F);
        float middle = 0.5f + 0.5f * cosf(longitude);
        float latitude = chance_around(&chance, 0.24f + 0.10f * middle);
        float size = 0.0045f + 0.009f * powf(chance_next(&chance), 5);
        float cloud = noise_octaves(v3(longitude * 3.2f, latitude * 7, 1.5f), 4, 17);
        float rift = smooth_f(0.07f, 0.01f, fabsf(latitude - 0.02f)) *
                     smooth_f(1.5f, 0.9f, fabsf(longitude - 0.4f));
        if (chance_next(&chance) > 0.42f + 0.9f * cloud + 0.25f * middle - 0.6f * rift)
            continue;
        float c = cosf(latitude), turn = NODE - longitude;
        float declination =
            asinf(sinf(latitude) * sinf(POLE_DEC) + c * cosf(POLE_DEC) * cosf(turn));
        float ascension = POLE_RA + atan2f(c * sinf(turn), sinf(latitude) * cosf(POLE_DEC) -
                                                               c * sinf(POLE_DEC) * cosf(turn));
        Vec3 p = sky_place(side, ascension * 12 / PI_F, declination * 180 / PI_F);
        if (is_on(p))
            add_item(
                sky, side,
                (Item){
                    .kind = ITEM_DOT, .x = p.x, .y = p.y, .size = size, .colour = WHITE_GOLD});
    }
}

// What no eye finds without a lens: the two travellers that left, where they went.
static void add_traveller(Sky *sky, SkySide side, float hour, float declination)
{
    Vec3 p = sky_place(side, hour, declination), pole = v3_unit(v3_scale(p, -1));
    Vec3 beside = v3(-pole.y, pole.x, 0);
    Vec3 mast = v3_unit(v3_mad(beside, pole, 0.25f)),
         tail = v3_unit(v3_mad(beside, pole, -0.5f));
    add_line(sky, side, p, v3_mad(p, mast, 0.17f), 0.0035f, WHITE_GOLD);
    add_line(sky, side, p, v3_mad(p, tail, -0.075f), 0.006f, ROSE_GOLD);
    add_line(sky, side, p, v3_mad(p, pole, -0.062f), 0.0045f, WHITE_GOLD);
    add_item(
        sky, side,
        (Item){.kind = ITEM_DOT, .x = p.x, .y = p.y, .size = 0.036f, .colour = WHITE_GOLD});
    add_item(sky, side,
             (Item){.kind = ITEM_DOT, .x = p.x, .y = p.y, .size = 0.009f, .colour = ROSE_GOLD});
}

Sky *sky_make(Arena *arena)
{
    Sky *sky = ARENA_NEW(arena, Sky);
    sky->arena = arena;
    for (int i = 0; i < SKY_SIDES; i++) {
        SkySide side = (SkySide)i;
        add_milky_way(sky, side);
        add_ecliptic(sky, side);
        add_figures(sky, side);
        add_stars(sky, side);
    }
    add_traveller(sky, SKY_NORTH, 17.217f, 12.1f);
    add_traveller(sky, SKY_SOUTH, 20.1f, -59.0f);
    return sky;
}

// ---- what is there

// Distance to the outline of a star of n points, negative inside.
static float star_distance(const Item *star, float x, float y)
{
    float r = sqrtf(x * x + y * y), sector = PI_F / (float)star->rays;
    float angle = atan2f(x, y) - star->dx;
    float turn = angle - 2 * sector * roundf(angle / (2 * sector));
    float px = r * cosf(turn), py = r * fabsf(sinf(turn));
    // From the point to the notch beside it.
    float notch = star->size * (star->rays == 8 ? 0.30f : star->rays == 6 ? 0.36f : 0.42f);
    float nx = notch * cosf(sector), ny = notch * sinf(sector);
    float ex = nx - star->size, ey = ny, length = sqrtf(ex * ex + ey * ey);
    return ((px - star->size) * ey - py * ex) / -length;
}

static float item_distance(const Item *item, float x, float y)
{
    float px = x - item->x, py = y - item->y;
    if (item->kind == ITEM_STAR)
        return -star_distance(item, px, py);
    if (item->kind == ITEM_LINE) {
        float t = clamp_f((px * item->dx + py * item->dy) * item->over_square, 0, 1);
        px -= t * item->dx, py -= t * item->dy;
    }
    return sqrtf(px * px + py * py) - item->size;
}

// `slope`: how steeply the metal rises from its edge; what is only two texels wide lies flat.
static void lay_on(SkyInk *ink, float distance, float slope, Vec3 colour)
{
    float cover = smooth_f(EDGE_MM, -EDGE_MM, distance);
    if (cover <= 0)
        return;
    ink->metal = ink->metal + (1 - ink->metal) * cover;
    ink->colour = v3_lerp(ink->colour, colour, cover);
    float inside = fmaxf(-distance, 0);
    ink->height_mm = fmaxf(ink->height_mm, inside * inside * slope / (inside + 0.008f));
}

// The net of hours and parallels.
static void lay_net(SkyInk *ink, SkySide side, float x, float y)
{
    float scale = SKY_RADIUS_MM / tanf(REACH * 0.5f), r = sqrtf(x * x + y * y);
    static const float TANGENTS[3] = {0.26795f, 0.57735f, 1}; // half of 30, 60, 90 degrees
    for (int i = 0; i < 3; i++) {
        float d = fabsf(r - scale * TANGENTS[i]);
        lay_on(ink, (i == 2 ? fabsf(d - 0.026f) : d) - 0.0060f, 0, WHITE_GOLD);
    }
    if (r < scale * 0.0875f) // ten degrees around the pole
        return;
    float angle = atan2f(x, y) - sky_hour_angle(side, 0), step = PI_F / 6;
    float off = angle - step * roundf(angle / step);
    lay_on(ink, fabsf(sinf(off)) * r - 0.0050f, 0, WHITE_GOLD);
}

SkyInk sky_ink(const Sky *sky, SkySide side, float x, float y)
{
    SkyInk ink = {.colour = YELLOW_GOLD};
    const Half *half = &sky->halves[side];
    int cx = (int)floorf((x + HALF_MM) * CELLS / (2 * HALF_MM));
    int cy = (int)floorf((y + HALF_MM) * CELLS / (2 * HALF_MM));
    if (x * x + y * y > SKY_RADIUS_MM * SKY_RADIUS_MM || cx < 0 || cy < 0 || cx >= CELLS ||
        cy >= CELLS)
        return ink;
    lay_net(&ink, side, x, y);
    const Cell *cell = &half->cells[cy * CELLS + cx];
    for (size_t i = 0; i < cell->count; i++) {
        const Item *item = &half->items[cell->items[i]];
        float slope = item->kind == ITEM_STAR ? 0.34f : item->size > 0.01f ? 0.5f : 0;
        lay_on(&ink, item_distance(item, x, y), slope, item->colour);
    }
    return ink;
}
