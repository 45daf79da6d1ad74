// overlay.c: the developer's overlay: budgets, loading, frame times.

#include "museum/overlay.h"

#include <math.h>
#include <string.h>

#define WIDTH 330.0f
#define EDGE 24.0f
#define PADDING 16.0f
#define LABEL 66.0f    // of the column of names
#define FIGURES 104.0f // of the column of figures
#define LINE 20.0f
#define GAP 10.0f
#define GRAPH 52.0f
#define GRAPH_DECADES 3.0 // of its height, from 1 ms

// From fine to coarse: cool to warm.
static const float level_colors[OVERLAY_LEVELS][3] = {
    {0.20f, 0.62f, 0.78f}, {0.24f, 0.70f, 0.50f}, {0.58f, 0.74f, 0.26f}, {0.90f, 0.78f, 0.22f},
    {0.93f, 0.56f, 0.20f}, {0.86f, 0.32f, 0.24f}, {0.74f, 0.28f, 0.52f}, {0.48f, 0.32f, 0.70f},
};

const float *overlay_level_color(uint32_t level)
{
    return level_colors[MIN(level, (uint32_t)OVERLAY_LEVELS - 1)];
}

static void note_bytes(OverlayBytes *bytes, uint64_t used, uint64_t budget)
{
    *bytes = (OverlayBytes){used, MAX(bytes->peak, used), budget};
}

void overlay_note(Overlay *overlay, const OverlayFrame *frame)
{
    const StreamerStats *streamer = frame->streamer;
    const RenderStats *render = frame->render;
    uint64_t pages = (uint64_t)streamer->resident_pages * STREAMER_SLOT_BYTES;
    uint64_t tiles = streamer->resident_bytes - MIN(pages, streamer->resident_bytes);
    uint64_t all_tiles = streamer->tile_capacity_bytes;
    overlay->frames_ms[overlay->frame_count++ % OVERLAY_FRAMES] = (float)frame->time_ms;
    overlay->streamer = *streamer;
    overlay->render = *render;
    note_bytes(&overlay->bytes[OVERLAY_GEOMETRY], pages,
               (uint64_t)streamer->slot_count * STREAMER_SLOT_BYTES);
    note_bytes(&overlay->bytes[OVERLAY_TILES], tiles, all_tiles);
    note_bytes(&overlay->bytes[OVERLAY_TARGETS], frame->target_bytes, frame->target_budget);
    note_bytes(&overlay->bytes[OVERLAY_ALL], render->geometry_bytes + render->texture_bytes,
               frame->budget);
    overlay->bytes[OVERLAY_ALL].peak =
        MAX(overlay->bytes[OVERLAY_ALL].peak, render->peak_bytes);
}

// ---- rows

typedef struct Sheet {
    Ui *ui;
    float x, y, width;
    Arena *arena;
} Sheet;

static void write_at(const Sheet *sheet, float x, float width, const char *text,
                     TextAlign align, float opacity)
{
    ui_text(sheet->ui, x, sheet->y,
            &(UiTextDesc){.text = text,
                          .type = UI_SMALL,
                          .color = UI_ON_PICTURE,
                          .align = align,
                          .width = width,
                          .max_lines = 1,
                          .opacity = opacity});
}

static void write_row(Sheet *sheet, const char *label, const char *text)
{
    write_at(sheet, sheet->x, LABEL, label, TEXT_LEFT, 0.65f);
    write_at(sheet, sheet->x + LABEL, sheet->width - LABEL, text, TEXT_LEFT, 1);
    sheet->y += LINE;
}

static void fill(const Sheet *sheet, UiRect rect, const float rgb[3], float opacity)
{
    float color[4] = {rgb[0] * opacity, rgb[1] * opacity, rgb[2] * opacity, opacity};
    ui_box(sheet->ui, rect, color, 0);
}

static const float white[3] = {1, 1, 1};

static void draw_budget(Sheet *sheet, const char *name, const OverlayBytes *bytes)
{
    const double MIB = 1 << 20;
    double used = (double)bytes->used / MIB, budget = (double)bytes->budget / MIB;
    float x = sheet->x + LABEL, width = sheet->width - LABEL - FIGURES - 8, y = sheet->y + 5;
    double most = (double)(bytes->budget ? bytes->budget : MAX(bytes->peak, 1u));
    float part = (float)MIN((double)bytes->used / most, 1), height = 8;
    float peak = (float)MIN((double)bytes->peak / most, 1);
    write_at(sheet, sheet->x, LABEL, name, TEXT_LEFT, 0.65f);
    fill(sheet, (UiRect){x, y, width, height}, white, 0.16f);
    fill(sheet, (UiRect){x, y, width * part, height},
         overlay_level_color(bytes->budget && bytes->used > bytes->budget ? 5 : 0), 1);
    fill(sheet, (UiRect){x + width * peak - 1, y - 2, 1.5f, height + 4}, white, 0.9f);
    write_at(sheet, sheet->x + sheet->width - FIGURES, FIGURES,
             bytes->budget ? str_format(sheet->arena, "%.1f of %.0f MiB", used, budget)
                           : str_format(sheet->arena, "%.1f MiB", used),
             TEXT_RIGHT, 1);
    sheet->y += LINE;
}

// "43 626"
static const char *number_text(uint64_t number, Arena *arena)
{
    if (number < 10000)
        return str_format(arena, "%u", (unsigned)number);
    const char *text = str_format(arena, "%03u", (unsigned)(number % 1000));
    for (number /= 1000; number >= 1000; number /= 1000)
        text = str_format(arena, "%03u\u202f%s", (unsigned)(number % 1000), text);
    return str_format(arena, "%u\u202f%s", (unsigned)number, text);
}

static void draw_levels(Sheet *sheet, const Overlay *overlay)
{
    float column = (sheet->width + 14) / 2, top = sheet->y, lowest = top;
    int at = 0;
    for (uint32_t i = 0; i < OVERLAY_LEVELS; i++) {
        if (!overlay->level_triangles[i])
            continue;
        float x = sheet->x + column * (float)(at % 2);
        sheet->y = top + LINE * (float)(at / 2);
        at++;
        fill(sheet, (UiRect){x, sheet->y + 4, 10, 10}, level_colors[i], 1);
        write_at(
            sheet, x + 17, 60,
            str_format(sheet->arena, i + 1 < OVERLAY_LEVELS ? "level %u" : "level %u +", i),
            TEXT_LEFT, 0.65f);
        write_at(sheet, x + 70, column - 84,
                 number_text(overlay->level_triangles[i], sheet->arena), TEXT_RIGHT, 1);
        lowest = sheet->y + LINE;
    }
    sheet->y = lowest;
}

static float graph_height(double ms)
{
    return GRAPH * (float)CLAMP(log10(MAX(ms, 1)) / GRAPH_DECADES, 0.02, 1);
}

static void draw_graph(Sheet *sheet, const Overlay *overlay, double goal_ms)
{
    UiRect rect = {sheet->x, sheet->y, sheet->width, GRAPH};
    float bar = rect.width / OVERLAY_FRAMES, worst = 0;
    uint32_t count = MIN(overlay->frame_count, (uint32_t)OVERLAY_FRAMES);
    fill(sheet, rect, white, 0.08f);
    for (uint32_t i = 0; i < count; i++) {
        float ms = overlay->frames_ms[(overlay->frame_count - 1 - i) % OVERLAY_FRAMES];
        float height = graph_height((double)ms);
        bool is_slow = (double)ms > goal_ms * 1.05;
        worst = MAX(worst, ms);
        fill(sheet,
             (UiRect){rect.x + rect.width - bar * (float)(i + 1), rect.y + GRAPH - height,
                      bar * 0.8f, height},
             level_colors[is_slow ? 4 : 0], 1);
    }
    float goal = graph_height(goal_ms);
    fill(sheet, (UiRect){rect.x, rect.y + GRAPH - goal, rect.width, 1}, white, 0.6f);
    sheet->y += GRAPH + 4;
    const char *text = "";
    if (count)
        text =
            str_format(sheet->arena, "%.1f ms, worst %.1f, aimed at %.1f",
                       (double)overlay->frames_ms[(overlay->frame_count - 1) % OVERLAY_FRAMES],
                       (double)worst, goal_ms);
    write_row(sheet, "Frame", text);
}

static void draw_rows(Sheet *sheet, const Overlay *overlay, const OverlayView *view)
{
    static const char *const names[OVERLAY_BUDGET_COUNT] = {"Geometry", "Tiles", "Targets",
                                                            "In all"};
    const StreamerStats *streamer = &overlay->streamer;
    Arena *arena = sheet->arena;
    for (int i = 0; i < OVERLAY_BUDGET_COUNT; i++)
        draw_budget(sheet, names[i], &overlay->bytes[i]);
    sheet->y += GAP;
    write_row(sheet, "Loading",
              str_format(arena, "%u under way, %u missing, %u failed", streamer->loading_pages,
                         streamer->missing_pages + streamer->missing_blocks,
                         streamer->failed_pages + streamer->failed_blocks));
    write_row(sheet, "Loaded",
              str_format(arena, "%s pages, %.1f MB", number_text(streamer->loaded_pages, arena),
                         (double)(streamer->loaded_bytes + streamer->table_bytes) / 1e6));
    write_row(sheet, "Drawn",
              str_format(arena, "%s triangles, %u calls",
                         number_text(overlay->render.triangles, arena),
                         overlay->render.draw_calls));
    write_row(sheet, "Error",
              str_format(arena, "%.2f of %.2f px, coarsened %.2f×", view->error_px,
                         view->pixel_error, (double)streamer->pixel_error));
    const char *quality =
        str_format(arena, "%s, %.0f %%; %s", quality_row(view->quality->level)->name,
                   (double)view->quality->scale * 100, view->quality->reason);
    write_row(sheet, "Quality", quality);
    write_row(sheet, "View",
              view->mean_count ? str_format(arena, "at rest, %d of %d frames", view->mean_count,
                                            view->mean_goal)
                               : "moves");
    sheet->y += GAP;
    draw_levels(sheet, overlay);
    sheet->y += GAP;
    draw_graph(sheet, overlay, view->quality->frame_ms);
}

void overlay_draw(Ui *ui, const Overlay *overlay, const OverlayView *view)
{
    Scratch scratch = scratch_begin(NULL);
    UiRect screen = ui_screen(ui);
    int levels = 0;
    for (int i = 0; i < OVERLAY_LEVELS; i++)
        levels += overlay->level_triangles[i] > 0;
    float height =
        2 * PADDING + 11 * LINE + 3 * GAP + GRAPH + 4 + LINE * (float)((levels + 1) / 2);
    UiRect rect = {screen.width - WIDTH - EDGE, EDGE, WIDTH, height};
    ui_panel(ui, rect, UI_PANEL_SHADE, 1);
    Sheet sheet = {.ui = ui,
                   .x = rect.x + PADDING,
                   .y = rect.y + PADDING,
                   .width = rect.width - 2 * PADDING,
                   .arena = scratch.arena};
    draw_rows(&sheet, overlay, view);
    scratch_end(scratch);
}
