// label.c: words in the room: the labels of pieces, and the title on the first room's wall.

#include "museum/label.h"

#include "exhibits/model/local.h"
#include "museum/hud_words.h"
#include "museum/visitor.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define LABEL_NEAREST_M 0.75f   // one comes no nearer to read
#define LABEL_MOST_PX_M 3000.0f // pixels of a label's texture on a metre
#define TITLE_PX_M 500.0f
#define LOBBY_LETTERS 2.0f // times as large: lobbies are
#define TITLE_LETTERS_M 0.15f
#define TITLE_MIDDLE_M 2.25f // height of its middle
#define TITLE_MARGIN_M 0.5f  // to corners and doors
enum { TITLE_LIST = 6 };     // pieces that are named

#define TITLE_LEAST_M 0.9f
#define TITLE_MOST_M 3.6f
#define TITLE_OFF_WALL_M 0.012f

static const float ink[3] = {0.125f, 0.113f, 0.102f};
static const float ink_soft[3] = {0.22f, 0.20f, 0.18f};
static const float ink_accent[3] = {0.60f, 0.33f, 0.08f};
static const float board[3] = {0.165f, 0.155f, 0.150f};
static const float board_ink[3] = {0.94f, 0.92f, 0.88f};

// ---- labels

// Sizes of letters in metres, before they are made to fit.
typedef struct LabelRun {
    const char *text, *lang;
    TextFamily family;
    TextWeight weight;
    const float *color;
    float size_m, line_height, before_m;
    int max_lines;
} LabelRun;

enum { LABEL_RUNS = 5, LABEL_STEPS = 26 };

// Of letters, from 1.6 to 0.42.
static float step_scale(int step)
{
    return 1.6f * powf(0.95f, (float)step);
}

// `px_m`: pixels of a metre of their letters.
static uint32_t make_runs(const LabelRun *runs, float px_m, TextParagraph *out)
{
    for (uint32_t i = 0; i < LABEL_RUNS; i++) {
        const LabelRun *run = &runs[i];
        if (!run->text) { // there are fewer
            out[i] = (TextParagraph){0};
            continue;
        }
        out[i] = (TextParagraph){
            .text = *run->text ? run->text : NULL,
            .lang = run->lang,
            .style = {.family = run->family,
                      .size_px = run->size_m * px_m,
                      .weight = run->weight,
                      .line_height = run->line_height,
                      .has_color = true,
                      .color = {run->color[0], run->color[1], run->color[2]}},
            .space_before_px = run->before_m * px_m,
            .max_lines = run->max_lines,
        };
    }
    return LABEL_RUNS;
}

float label_density(float picture_height_px)
{
    float focal_px = picture_height_px / 2 / tanf(VISITOR_FOV_RAD / 2);
    return MIN(focal_px / LABEL_NEAREST_M, LABEL_MOST_PX_M);
}

// With its mip levels.
uint64_t label_bytes(const PlanPlace *place, float density)
{
    float texels = place->label_size_m[0] * place->label_size_m[1] * density * density;
    return (uint64_t)(texels * 4 * 4 / 3);
}

NODISCARD Status label_paint(Text *text, const Exhibit *exhibit, const PlanPlace *place,
                             const char *language, float density, GpuTexture *out)
{
    Scratch scratch = scratch_begin(NULL);
    // Where many lie side by side a label has room for a name.
    bool is_small = place->tray_m[0] > 0;
    const char *lang = langtext_tag(&exhibit->record.title, language);
    const char *restoration = exhibit->restoration ? hud_word(WORD_RESTORATION) : "";
    const LabelRun small_runs[LABEL_RUNS] = {
        {exhibit_title(exhibit, language), lang, TEXT_SERIF, TEXT_MEDIUM, ink, 0.0095f, 1.08f,
         0, 3},
        {restoration, hud_spoken(), TEXT_SANS, TEXT_SEMIBOLD, ink_accent, 0.0055f, 1.3f, 0.002f,
         1},
    };
    const LabelRun large_runs[LABEL_RUNS] = {
        {exhibit_title(exhibit, language), lang, TEXT_SERIF, TEXT_MEDIUM, ink, 0.025f, 1.08f, 0,
         3},
        {exhibit_caption(exhibit, language, scratch.arena), lang, TEXT_SANS, TEXT_MEDIUM,
         ink_soft, 0.0098f, 1.4f, 0.005f, 4},
        {restoration, hud_spoken(), TEXT_SANS, TEXT_SEMIBOLD, ink_accent, 0.0115f, 1.4f, 0.009f,
         1},
        {exhibit_label(exhibit, language, scratch.arena), exhibit_label_tag(exhibit, language),
         TEXT_SANS, TEXT_MEDIUM, ink, 0.0104f, 1.45f, 0.008f, 0},
        {local_language_note(language, exhibit_label_tag(exhibit, language), scratch.arena),
         hud_spoken(), TEXT_SANS, TEXT_MEDIUM, ink_soft, 0.0088f, 1.4f, 0.006f, 1},
    };
    const LabelRun *runs = is_small ? small_runs : large_runs;
    TextParagraph paragraphs[LABEL_RUNS];
    float width = place->label_size_m[0] * density, height = place->label_size_m[1] * density;
    TextFlow flow = {
        .paragraphs = paragraphs,
        .width_px = width,
        .margin_px = MIN(width, height) * 0.085f,
        .has_background = true,
        .background = {0.965f, 0.953f, 0.925f},
        .has_levels = true,
    };
    // As large as fits; in the end the last lines are cut off by the plate's edge.
    int fits = LABEL_STEPS, too_large = -1, step = 0; // short ones fit at once
    while (fits - too_large > 1) {
        float wide, high;
        flow.count = make_runs(runs, step_scale(step) * density, paragraphs);
        text_measure(text, &flow, &wide, &high);
        if (high <= height)
            fits = step;
        else
            too_large = step;
        step = (fits + too_large) / 2;
    }
    flow.count = make_runs(runs, step_scale(fits) * density, paragraphs);
    flow.min_height_px = height;
    TextPicture picture;
    Status status = text_paint(text, &flow, &picture);
    if (!status)
        *out = picture.texture;
    scratch_end(scratch);
    return status;
}

// ---- the title

typedef struct Stretch {
    float from, to; // along a wall, in metres from its first corner
} Stretch;

// The wall that the look from the start meets, or -1.
static int wall_ahead(const Plan *plan)
{
    const PlanRoom *room = &plan->rooms[plan->start.room];
    const float *from = plan->start.position;
    float forward[2] = {sinf(plan->start.yaw), cosf(plan->start.yaw)}, nearest = FLT_MAX;
    int found = -1;
    for (uint32_t i = 0; i < room->corner_count; i++) {
        const float *a = room->corners[i], *b = room->corners[(i + 1) % room->corner_count];
        float edge[2] = {b[0] - a[0], b[1] - a[1]}, to[2] = {a[0] - from[0], a[1] - from[1]};
        float cross = forward[0] * edge[1] - forward[1] * edge[0];
        if (fabsf(cross) < 1e-6f)
            continue;
        float ahead = (to[0] * edge[1] - to[1] * edge[0]) / cross;
        float along = (to[0] * forward[1] - to[1] * forward[0]) / cross;
        if (ahead > 0 && ahead < nearest && along >= 0 && along <= 1) {
            nearest = ahead;
            found = (int)i;
        }
    }
    return found;
}

// The widest part of a wall without a door.
static Stretch widest_stretch(const Plan *plan, uint32_t room_index, uint32_t wall)
{
    const PlanRoom *room = &plan->rooms[room_index];
    const float *a = room->corners[wall], *b = room->corners[(wall + 1) % room->corner_count];
    float length = hypotf(b[0] - a[0], b[1] - a[1]);
    Stretch best = {0, 0};
    for (float from = 0; from < length;) {
        float to = length, next = length;
        for (uint32_t i = 0; i < plan->opening_count; i++) {
            const PlanOpening *door = &plan->openings[i];
            for (int side = 0; side < 2; side++) {
                if (door->room[side] != room_index || door->wall[side] != wall)
                    continue;
                float p = hypotf(door->from[side][0] - a[0], door->from[side][1] - a[1]);
                float q = hypotf(door->to[side][0] - a[0], door->to[side][1] - a[1]);
                if (MAX(p, q) > from && MIN(p, q) < to) {
                    to = MIN(p, q);
                    next = MAX(p, q);
                }
            }
        }
        if (to - from > best.to - best.from)
            best = (Stretch){from, to};
        from = next;
    }
    return best;
}

static const char *title_of(const Collection *collection, const char *language)
{
    if (collection->wing_count)
        return hud_word(WORD_WELCOME);
    return collection->title.count ? langtext_find(&collection->title, language) : "Vitrine";
}

// What is here: the pieces' names, a line each, if they are few enough to be read in passing.
static const char *list_pieces(const Collection *collection, const char *language, Arena *arena)
{
    const char *list = "";
    if (collection->wing_count > TITLE_LIST)
        return list;
    // Wings open to the left and to the right of who reads it, by turns.
    for (uint32_t i = 0; i < collection->wing_count; i++)
        list = str_format(arena, "%s%s%s  %s", list, *list ? "\n" : "", i % 2 ? "→" : "←",
                          langtext_find(&collection->wings[i], language));
    if (collection->wing_count || collection->exhibit_count < 2 ||
        collection->exhibit_count > TITLE_LIST)
        return list;
    for (uint32_t i = 0; i < collection->exhibit_count; i++)
        list = str_format(arena, "%s%s%s", list, *list ? "\n" : "",
                          exhibit_title(&collection->exhibits[i], language));
    return list;
}

NODISCARD static Status paint_letters(Text *text, const Collection *collection,
                                      const char *language, float most_m, TextPicture *out)
{
    Scratch scratch = scratch_begin(NULL);
    float letters_px =
        TITLE_LETTERS_M * TITLE_PX_M * (collection->wing_count ? LOBBY_LETTERS : 1);
    TextParagraph paragraphs[2] = {
        {.text = title_of(collection, language),
         .style = {.family = TEXT_SERIF, .size_px = letters_px, .line_height = 1.1f},
         .max_lines = 2},
        {.text = list_pieces(collection, language, scratch.arena),
         .style = {.family = TEXT_SERIF, .size_px = letters_px * 0.44f, .line_height = 1.4f},
         .space_before_px = letters_px * 0.3f,
         .max_lines = TITLE_LIST},
    };
    for (int i = 0; i < 2; i++) {
        paragraphs[i].style.has_color = true;
        memcpy(paragraphs[i].style.color, board_ink, sizeof board_ink);
    }
    TextFlow flow = {.paragraphs = paragraphs,
                     .count = *paragraphs[1].text ? 2 : 1,
                     .margin_px = letters_px * 0.9f,
                     .has_background = true,
                     .background = {board[0], board[1], board[2]},
                     .has_levels = true};
    float wide, high;
    text_measure(text, &flow, &wide, &high);
    flow.width_px = CLAMP(wide, TITLE_LEAST_M * TITLE_PX_M, most_m * TITLE_PX_M);
    Status status = text_paint(text, &flow, out);
    scratch_end(scratch);
    return status;
}

NODISCARD Status label_paint_title(Text *text, const Collection *collection,
                                   const char *language, LabelTitle *out)
{
    const Plan *plan = &collection->plan;
    int wall = wall_ahead(plan);
    *out = (LabelTitle){.room = plan->start.room};
    if (wall < 0)
        return OK;
    const PlanRoom *room = &plan->rooms[plan->start.room];
    const float *a = room->corners[wall],
                *b = room->corners[((uint32_t)wall + 1) % room->corner_count];
    Stretch stretch = widest_stretch(plan, plan->start.room, (uint32_t)wall);
    float length = hypotf(b[0] - a[0], b[1] - a[1]);
    float width = MIN(stretch.to - stretch.from - 2 * TITLE_MARGIN_M, TITLE_MOST_M);
    if (width < TITLE_LEAST_M)
        return OK;
    TextPicture picture;
    TRY(paint_letters(text, collection, language, width, &picture));
    // Along the wall the room lies on the left hand: who reads it sees it run the other way.
    float along[2] = {(b[0] - a[0]) / length, (b[1] - a[1]) / length};
    float middle = (stretch.from + stretch.to) / 2;
    float inward[2] = {along[1], -along[0]};
    out->texture = picture.texture;
    for (int i = 0; i < 2; i++) {
        out->center[i * 2] = a[i] + along[i] * middle + inward[i] * TITLE_OFF_WALL_M;
        out->half_u[i * 2] = -along[i] * picture.width_px / TITLE_PX_M / 2;
    }
    out->center[1] = room->floor_m + TITLE_MIDDLE_M;
    out->half_v[1] = picture.height_px / TITLE_PX_M / 2;
    return OK;
}
