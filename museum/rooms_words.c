// rooms_words.c: the words on the walls.

#include "museum/rooms_words.h"

#include "base/log.h"
#include "museum/visitor.h"

#include <math.h>
#include <string.h>

#define NEAREST_M 1.25f // one comes no nearer to read
#define MOST_PX_M 1600.0f
#define TITLE_M 0.054f // letters of an introduction
#define TEXT_M 0.0215f
#define WALL_GLOW 0.4f
#define SIGN_M 0.082f
#define SIGN_MARGIN_M 0.030f
#define MOST_SCALE 2.4f // of an introduction that is short
enum { MOST_PAINTED = 24, STEPS = 22 };

static const float ink[3] = {0.12f, 0.112f, 0.104f};
static const float sign_ink[3] = {0.93f, 0.915f, 0.88f};
static const float sign_board[3] = {0.175f, 0.165f, 0.155f};

RoomsWords words_make(const Plan *plan, Arena *arena)
{
    RoomsWords words = {0};
    GalleryText texts[GALLERY_MAX_TEXTS];
    for (uint32_t room = 0; room < plan->room_count; room++)
        words.count += gallery_texts(plan, room, texts);
    words.words = ARENA_ARRAY(arena, RoomsWord, (size_t)words.count + 1);
    words.count = 0;
    for (uint32_t room = 0; room < plan->room_count; room++) {
        uint32_t count = gallery_texts(plan, room, texts);
        for (uint32_t i = 0; i < count; i++) {
            RoomsWord *word = &words.words[words.count++];
            word->at = texts[i];
            word->at.center[1] += plan->rooms[room].floor_m;
        }
    }
    return words;
}

static void drop_one(RoomsWords *words, Gpu *gpu, RoomsWord *word)
{
    words->painted -= word->texture.id != 0;
    gpu_drop_texture(gpu, word->texture);
    word->texture = (GpuTexture){0};
}

void words_drop(RoomsWords *words, Gpu *gpu)
{
    for (uint32_t i = 0; i < words->count; i++)
        drop_one(words, gpu, &words->words[i]);
}

void words_fit(RoomsWords *words, Gpu *gpu, float picture_height_px)
{
    float focal_px = picture_height_px / 2 / tanf(VISITOR_FOV_RAD / 2);
    float density = MIN(focal_px / NEAREST_M, MOST_PX_M);
    if (density != words->density)
        words_drop(words, gpu);
    words->density = density;
}

void words_forget(RoomsWords *words, Gpu *gpu, const bool *is_seen)
{
    for (uint32_t i = 0; i < words->count; i++) {
        RoomsWord *word = &words->words[i];
        if (!is_seen[word->at.room])
            drop_one(words, gpu, word);
        word->is_old = word->texture.id != 0;
        word->is_broken = false;
    }
}

// ---- painting

static TextParagraph paragraph_of(const char *text, const char *lang, TextFamily family,
                                  float size_px, const float color[3])
{
    return (TextParagraph){.text = *text ? text : NULL,
                           .lang = lang,
                           .style = {.family = family,
                                     .size_px = size_px,
                                     .line_height = family == TEXT_SERIF ? 1.12f : 1.5f,
                                     .has_color = true,
                                     .color = {color[0], color[1], color[2]}}};
}

// Paragraphs of a board at a scale of its letters.
static void set_flow(const RoomsWord *word, const WordsDesc *desc, float density, float scale,
                     TextParagraph paragraphs[2], TextFlow *flow)
{
    const PlanRoom *of = &desc->plan->rooms[word->at.of];
    const char *title = langtext_find(&of->title, desc->language);
    const char *lang = langtext_tag(&of->title, desc->language);
    float px = density * scale;
    if (word->at.is_sign) {
        paragraphs[0] = paragraph_of(title, lang, TEXT_SERIF, SIGN_M * px, sign_ink);
        paragraphs[0].max_lines = 1;
        *flow = (TextFlow){
            .paragraphs = paragraphs, .count = 1, .margin_px = SIGN_MARGIN_M * density};
    } else {
        paragraphs[0] = paragraph_of(title, lang, TEXT_SERIF, TITLE_M * px, ink);
        paragraphs[0].max_lines = 2;
        paragraphs[1] =
            paragraph_of(langtext_find(&of->text, desc->language),
                         langtext_tag(&of->text, desc->language), TEXT_SANS, TEXT_M * px, ink);
        paragraphs[1].space_before_px = TEXT_M * px;
        *flow = (TextFlow){.paragraphs = paragraphs,
                           .count = 2,
                           .width_px = word->at.size_m[0] * density,
                           .margin_px = word->at.size_m[0] * 0.085f * density};
    }
    flow->has_levels = true;
}

// As large as fits on its board.
NODISCARD static Status paint(RoomsWords *words, RoomsWord *word, const WordsDesc *desc)
{
    TextParagraph paragraphs[2];
    TextFlow flow;
    float density = words->density, most[2], wide, high;
    for (int k = 0; k < 2; k++)
        most[k] = word->at.size_m[k] * density;
    float first = word->at.is_sign ? 1 : MOST_SCALE;
    for (int step = 0; step < STEPS; step++) {
        set_flow(word, desc, density, first * powf(0.92f, (float)step), paragraphs, &flow);
        flow.min_height_px = 0;
        text_measure(desc->text, &flow, &wide, &high);
        if (high <= most[1] && wide <= most[0] + 1)
            break;
    }
    flow.min_height_px = word->at.is_sign ? 0 : most[1];
    TextPicture picture;
    TRY(text_paint(desc->text, &flow, &picture));
    word->texture = picture.texture;
    word->half_m[0] = MIN(picture.width_px / density, word->at.size_m[0]) / 2;
    word->half_m[1] = MIN(picture.height_px / density, word->at.size_m[1]) / 2;
    words->painted++;
    return OK;
}

static void drop_unseen(RoomsWords *words, const WordsDesc *desc)
{
    for (uint32_t i = 0; i < words->count && words->painted >= MOST_PAINTED; i++)
        if (!desc->is_seen[words->words[i].at.room])
            drop_one(words, desc->gpu, &words->words[i]);
}

bool words_paint_next(RoomsWords *words, const WordsDesc *desc)
{
    for (uint32_t i = 0; i < words->count; i++) {
        RoomsWord *word = &words->words[i];
        bool is_right = word->texture.id && !word->is_old;
        if (is_right || word->is_broken || !desc->is_seen[word->at.room])
            continue;
        drop_one(words, desc->gpu, word);
        drop_unseen(words, desc);
        word->is_old = false;
        if (paint(words, word, desc)) {
            log_fault(LOG_WARN, "words on a wall");
            word->is_broken = true;
        }
        return true;
    }
    return false;
}

RenderCard words_card(const RoomsWord *word, uint32_t room_index)
{
    const GalleryText *at = &word->at;
    float s = sinf(at->yaw), c = cosf(at->yaw);
    RenderCard card = {.texture = word->texture, .room = room_index};
    // Walls are lit by lamps that cards know nothing of.
    card.glow = at->is_sign ? 0.1f : WALL_GLOW;
    memcpy(card.center, at->center, sizeof card.center);
    card.center[0] += s * 0.0015f;
    card.center[2] += c * 0.0015f;
    card.half_u[0] = c * word->half_m[0];
    card.half_u[2] = -s * word->half_m[0];
    card.half_v[1] = word->half_m[1];
    if (at->is_sign)
        memcpy(card.color, sign_board, sizeof card.color);
    return card;
}
