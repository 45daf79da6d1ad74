// stamp.c: the stamp's form and its charts.
//
// The sheet is curled; its middle touches a board of ebony that leans back at 64 degrees, with
// a strut behind it and a ledge of brass that carries the sheet.

#include "exhibits/small-wonders/stamp/stamp.h"

#include <string.h>

#include "exhibits/sculptor/noise.h"
#include "exhibits/sculptor/shapes.h"

#define SIN64 0.8987940f
#define COS64 0.4383711f
#define MIDDLE_Y 13.0f // of the sheet, above the ground
#define MIDDLE_Z 1.0f

#define DESK_DOWN 0.055f
static const float HALF_PAPER = 0.055f, CURL = 0.0062f;
static const float HOLE = 0.46f, ACROSS_PITCH = 20.0f / 14, ALONG_PITCH = 24.0f / 17;
#define DESK_HALF 11.4f
static const float DESK_ROUND = 0.3f;

static Frame sheet_frame(void)
{
    return frame_make(v3(0, MIDDLE_Y, MIDDLE_Z), v3(0, SIN64, -COS64), v3(0, COS64, SIN64));
}

// Torn along holes: positive outside.
static float outline(float u, float v)
{
    float torn = 0.025f * noise_value(v3(u * 1.7f, v * 1.7f, 0), 9);
    float edge =
        fmaxf(fabsf(u) - STAMP_HALF_WIDE_MM, fabsf(v) - STAMP_HALF_HIGH_MM) + 0.03f + torn;
    float hu = ACROSS_PITCH * clamp_f(roundf(u / ACROSS_PITCH), -7, 7);
    float hv = ALONG_PITCH * (clamp_f(roundf(v / ALONG_PITCH - 0.5f), -9, 8) + 0.5f);
    float across = fabsf(v) - STAMP_HALF_HIGH_MM, along = fabsf(u) - STAMP_HALF_WIDE_MM;
    float upper = sqrtf((u - hu) * (u - hu) + across * across);
    float side = sqrtf((v - hv) * (v - hv) + along * along);
    return fmaxf(edge, HOLE - fminf(upper, side));
}

// Curled, and a little cockled where it was wet. (Cockles also keep triangles from becoming
// slivers along the curl, on which no packer could lay a picture.)
static float rise(float u, float v)
{
    float bent = clamp_f(u, -12, 12);
    return CURL * bent * bent +
           0.016f * sinf(1.15f * u + 0.5f * v) * sinf(1.05f * v - 0.3f * u);
}

static void eval_sheet(const Part *part, const FieldPoints *at, float *restrict values)
{
    for (int i = 0; i < at->count; i++) {
        Vec3 p = frame_to_local(&part->frame, v3(at->x[i], at->y[i], at->z[i]));
        float away = fabsf(p.z - rise(p.x, p.y)) - HALF_PAPER;
        values[i] = away > 1 ? away : fmaxf(outline(p.x, p.y), away);
    }
}

// A hinge of paper under its middle: no gap too thin to see lies between sheet and board.
static void eval_hinge(const Part *part, const FieldPoints *at, float *restrict values)
{
    for (int i = 0; i < at->count; i++) {
        Vec3 p = frame_to_local(&part->frame, v3(at->x[i], at->y[i], at->z[i]));
        float away = fmaxf(p.z - rise(p.x, p.y), -0.2f - p.z);
        away = fmaxf(away, fabsf(p.x) - 6.6f);
        values[i] = away > 1 ? away : fmaxf(outline(p.x, p.y), away);
    }
}

// Within planes, the edges a little round: half wide, how far behind the sheet it begins and
// ends, and how far up and back it goes.
static void eval_desk(const Part *part, const FieldPoints *at, float *restrict values)
{
    const float *size = part->size;
    for (int i = 0; i < at->count; i++) {
        Vec3 w = v3(at->x[i], at->y[i], at->z[i]), p = frame_to_local(&part->frame, w);
        float planes[] = {p.z + size[1],
                          -size[2] - p.z,
                          fabsf(w.x) - size[0],
                          fabsf(w.y - size[3]) - size[3],
                          fabsf(p.y + 0.3f) - 13.9f,
                          -size[4] - w.z};
        float square = 0, most = -1e9f;
        for (size_t k = 0; k < COUNT_OF(planes); k++) {
            float over = fmaxf(planes[k] + DESK_ROUND, 0);
            square += over * over;
            most = fmaxf(most, planes[k]);
        }
        float planed = 0.010f * noise_value(v3_scale(w, 0.45f), 77); // by hand
        values[i] = planed + (most < -DESK_ROUND ? most : sqrtf(square) - DESK_ROUND);
    }
}

static Frame ledge_frame(float along, float up)
{
    Frame frame = sheet_frame();
    frame.origin = frame_to_world(&frame, v3(0, along, up));
    return frame;
}

static void *build(Field *field, Arena *arena)
{
    (void)arena;
    Part desk = {.eval = eval_desk, .frame = sheet_frame(), .lipschitz = 1.9f};
    static const float BOARD[5] = {DESK_HALF, DESK_DOWN, 2.1f, 13, 20};
    static const float STRUT[5] = {2.4f, 1.5f, 20, 8.5f, 6.6f};
    memcpy(desk.size, BOARD, sizeof BOARD);
    shape_add(field, desk, (Carve){.material = STAMP_WOOD});
    memcpy(desk.size, STRUT, sizeof STRUT);
    shape_add(field, desk, (Carve){.blend_mm = 0.3f, .material = STAMP_WOOD});
    shape_add(field, shape_box(ledge_frame(-12.42f, 0.40f), v3(8.5f, 0.46f, 0.66f), 0.12f),
              (Carve){.material = STAMP_BRASS});
    shape_add(field, shape_box(ledge_frame(-12.22f, 0.99f), v3(8.5f, 0.66f, 0.10f), 0.08f),
              (Carve){.blend_mm = 0.1f, .material = STAMP_BRASS});
    Part sheet = {.eval = eval_sheet, .frame = sheet_frame(), .lipschitz = 1.45f};
    shape_add(field, sheet, (Carve){.material = STAMP_PAPER});
    Part hinge = {.eval = eval_hinge, .frame = sheet_frame(), .lipschitz = 1.45f};
    shape_add(field, hinge, (Carve){.material = STAMP_PAPER});
    return NULL;
}

// ---- charts

#define MIDDLE                \
    {                         \
        0, MIDDLE_Y, MIDDLE_Z \
    }
#define OUTWARD         \
    {                   \
        0, COS64, SIN64 \
    }
#define INWARD            \
    {                     \
        0, -COS64, -SIN64 \
    }
#define UPWARD           \
    {                    \
        0, SIN64, -COS64 \
    }
#define DOWNWARD         \
    {                    \
        0, -SIN64, COS64 \
    }
#define RIGHT   \
    {           \
        1, 0, 0 \
    }
#define LEFT     \
    {            \
        -1, 0, 0 \
    }

static const PieceChart CHARTS[] = {
    // The print, then the sheet's back and its torn edges.
    {{MIDDLE, RIGHT, UPWARD, OUTWARD},
     0,
     0,
     {-10.1f, -12.1f, 0.0f},
     {10.1f, 12.1f, 0.80f},
     0.35f,
     24.2f / 8192},
    {{MIDDLE, LEFT, UPWARD, INWARD},
     0,
     0,
     {-10.1f, -12.1f, -0.80f},
     {10.1f, 12.1f, 0.06f},
     0.35f,
     0.03f},
    {{MIDDLE, LEFT, OUTWARD, UPWARD},
     0,
     0,
     {-10.1f, -0.07f, -11.9f},
     {10.1f, 0.8f, 12.1f},
     0.5f,
     0.012f},
    {{MIDDLE, RIGHT, OUTWARD, DOWNWARD},
     0,
     0,
     {-10.1f, -0.07f, -11.9f},
     {10.1f, 0.8f, 12.1f},
     0.5f,
     0.012f},
    {{MIDDLE, UPWARD, OUTWARD, RIGHT},
     0,
     0,
     {-11.9f, -0.07f, 8.6f},
     {12.1f, 0.8f, 10.1f},
     -0.5f,
     0.012f},
    {{MIDDLE, DOWNWARD, OUTWARD, LEFT},
     0,
     0,
     {-12.1f, -0.07f, 8.6f},
     {11.9f, 0.8f, 10.1f},
     -0.5f,
     0.012f},
    // The ledge.
    {{MIDDLE, RIGHT, UPWARD, OUTWARD},
     0,
     0,
     {-8.7f, -13.1f, 0.0f},
     {8.7f, -11.4f, 1.2f},
     0.7f,
     0.016f},
    {{MIDDLE, LEFT, OUTWARD, UPWARD},
     0,
     0,
     {-8.7f, -0.1f, -13.1f},
     {8.7f, 1.2f, -11.4f},
     0.6f,
     0.016f},
    {{MIDDLE, RIGHT, OUTWARD, DOWNWARD},
     0,
     0,
     {-8.7f, -0.1f, 11.4f},
     {8.7f, 1.2f, 13.1f},
     0.6f,
     0.016f},
    {{MIDDLE, UPWARD, OUTWARD, RIGHT},
     0,
     0,
     {-13.1f, -0.1f, 8.0f},
     {-11.4f, 1.2f, 8.7f},
     0.6f,
     0.016f},
    {{MIDDLE, DOWNWARD, OUTWARD, LEFT},
     0,
     0,
     {11.4f, -0.1f, 8.0f},
     {13.1f, 1.2f, 8.7f},
     0.6f,
     0.016f},
    {{MIDDLE, LEFT, UPWARD, INWARD},
     0,
     0,
     {-8.7f, -13.1f, -1.2f},
     {8.7f, -11.4f, 0.1f},
     0.7f,
     0.02f},
    // The desk.
    {{MIDDLE, RIGHT, UPWARD, OUTWARD},
     0,
     0,
     {-12, -15.5f, -0.5f},
     {12, 14.5f, 0.1f},
     0.6f,
     0.024f},
    {{{0, 0, 0}, RIGHT, {0, 1, 0}, {0, 0, 1}},
     0,
     0,
     {-12, -0.5f, -8},
     {12, 26, 9},
     0.7f,
     0.024f},
    {{{0, 0, 0}, LEFT, {0, 1, 0}, {0, 0, -1}},
     0,
     0,
     {-12, -0.5f, -9},
     {12, 26, 9},
     0.7f,
     0.03f},
    {{{0, 0, 0}, {0, 0, -1}, {0, 1, 0}, RIGHT},
     0,
     0,
     {-9, -0.5f, 1},
     {9, 26, 12},
     0.55f,
     0.024f},
    {{{0, 0, 0}, {0, 0, 1}, {0, 1, 0}, LEFT}, 0, 0, {-9, -0.5f, 1}, {9, 26, 12}, 0.55f, 0.024f},
    {{{0, 0, 0}, RIGHT, {0, 0, -1}, {0, 1, 0}}, 0, 0, {-12, -9, 0}, {12, 9, 26}, 0.5f, 0.03f},
    {{{0, 0, 0}, RIGHT, {0, 0, 1}, {0, -1, 0}}, 0, 0, {-12, -9, -1}, {12, 9, 1}, 0.5f, 0.05f},
};

// The sheet keeps triangles of a third of a millimetre: what the packer makes of them, flat as
// they are, must still find its way to the print.
static const PieceSpot SPOTS[] = {{MIDDLE, 15.5f}};

static const PiecePrint PRINT = {.chart = 0, .make = drawing_make, .rows = plate_rows};

// Of the making, for story.json.
static const PiecePicture PICTURES[] = {
    {.file = "scene.jpg", .sight = PIECE_PRINT_COLOUR, .middle = {0, 0, 0}, .width_mm = 15},
    {.file = "plate.jpg", .sight = PIECE_PRINT_COLOUR, .middle = {-3.5f, 0, 0}, .width_mm = 4},
    {.file = "paper.jpg",
     .sight = PIECE_PRINT_RELIEF,
     .middle = {-9.25f, 4, 0},
     .width_mm = 1.35f,
     .lamp_azimuth = -60,
     .lamp_elevation = 26},
    {.file = "print.jpg",
     .sight = PIECE_PRINT_RELIEF,
     .middle = {-1.6f, 7.95f, 0},
     .width_mm = 3.9f,
     .lamp_azimuth = -40,
     .lamp_elevation = 26},
};

const Piece STAMP_PIECE = {
    .name = "stamp",
    .summary = "Parvia, 25 grana: an engraved stamp on its desk",
    .low_mm = {-12.2f, -0.3f, -7.4f},
    .high_mm = {12.2f, 25.8f, 9.2f},
    .step_mm = 0.045f,
    .draft_step_mm = 0.05f,
    .sky_mm = 4,
    .component_count = 1,
    .simplify = {.error_mm = 0.0010f, .normal_mm = 0.005f, .colour_mm = 0},
    .spots = SPOTS,
    .spot_count = COUNT_OF(SPOTS),
    .build = build,
    .charts = CHARTS,
    .chart_count = COUNT_OF(CHARTS),
    .print = &PRINT,
    .pictures = PICTURES,
    .picture_count = COUNT_OF(PICTURES),
    .shade = stamp_shade,
};
