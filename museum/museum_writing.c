// museum_writing.c: what is written over the picture, and how well it can be read.

#include "museum/museum_parts.h"

#include "data/json.h"
#include "io/file.h"

#include <math.h>
#include <string.h>

enum { MOST_TEXTS = 1024, LEAST_PX = 6 };

typedef struct Writing {
    WidgetBox box;
    const char *text;
    bool is_cut;     // something lies over a part of it
    bool is_clipped; // it is a part of one
} Writing;

typedef struct Writings {
    Writing all[MOST_TEXTS];
    uint32_t count;
} Writings;

static WidgetBox shared(WidgetBox a, WidgetBox b)
{
    float right = MIN(a.x + a.width, b.x + b.width), x = MAX(a.x, b.x);
    float bottom = MIN(a.y + a.height, b.y + b.height), y = MAX(a.y, b.y);
    return (WidgetBox){x, y, MAX(right - x, 0), MAX(bottom - y, 0)};
}

static bool touches(WidgetBox a, WidgetBox b)
{
    const float slack_px = 2; // ascenders and descenders of neighbours
    WidgetBox part = shared(a, b);
    return part.width > slack_px && part.height > slack_px;
}

// ---- what is written

static void add(Writings *out, Writing writing)
{
    if (out->count < MOST_TEXTS && writing.box.width >= LEAST_PX &&
        writing.box.height >= LEAST_PX)
        out->all[out->count++] = writing;
}

static void add_hud(const Museum *m, Writings *out)
{
    uint32_t count;
    const UiWriting *writings = ui_writings(m->ui, &count);
    for (uint32_t i = 0; i < count; i++) {
        const UiRect *rect = &writings[i].rect;
        add(out, (Writing){{rect->x, rect->y, rect->width, rect->height},
                           writings[i].text,
                           writings[i].is_cut,
                           writings[i].is_clipped});
    }
}

// A sheet or dialog lies over what was written before.
static void cover(Writings *out, WidgetBox over)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < out->count; i++) {
        Writing writing = out->all[i];
        WidgetBox part = shared(writing.box, over);
        bool is_gone =
            part.width > writing.box.width - 1 && part.height > writing.box.height - 1;
        writing.is_cut |= touches(writing.box, over);
        if (!is_gone)
            out->all[kept++] = writing;
    }
    out->count = kept;
}

static void add_widget(const WidgetInfo *info, Writings *out)
{
    const char *texts[2] = {info->text, info->note};
    for (int i = 0; i < 2; i++) {
        if (info->kind == WIDGET_FIELD || !*texts[i])
            continue; // a field's text scrolls
        WidgetBox seen = shared(info->texts[i], info->visible);
        bool is_clipped = seen.height < info->texts[i].height - 1;
        add(out, (Writing){seen, texts[i], false, is_clipped});
    }
}

static void add_screen(const Museum *m, Writings *out)
{
    const Widgets *tree = m->screens.tree;
    if (!screens_are_open(&m->screens) || !tree)
        return;
    WidgetFrame whole = {.width_px = m->view.viewport.width,
                         .height_px = m->view.viewport.height};
    for (WidgetId id = WIDGET_ROOT; id; id = widgets_read_on(tree, id)) {
        WidgetInfo info = widget_info(tree, id);
        if (!info.is_shown)
            continue;
        if (info.kind == WIDGET_DIALOG)
            cover(out, (WidgetBox){0, 0, whole.width_px, whole.height_px});
        else if (info.parent == WIDGET_ROOT && info.kind == WIDGET_PANEL)
            cover(out, info.visible);
        add_widget(&info, out);
    }
}

// ---- how it looks

static const uint8_t *pixel_at(const Image *image, int x, int y)
{
    return image->rgba + 4 * ((size_t)y * image->width + (size_t)x);
}

static double contrast_of(const uint8_t *a, const uint8_t *b)
{
    float one[3], other[3];
    for (int i = 0; i < 3; i++) {
        one[i] = (float)a[i] / 255;
        other[i] = (float)b[i] / 255;
    }
    return style_contrast(one, other);
}

// The commonest colour of a part of the picture, among 512 kinds.
static const uint8_t *ground_of(const Image *image, const int part[4])
{
    uint32_t votes[512] = {0};
    const uint8_t *samples[512] = {0};
    for (int y = part[1]; y < part[3]; y++)
        for (int x = part[0]; x < part[2]; x++) {
            const uint8_t *pixel = pixel_at(image, x, y);
            uint32_t bin =
                (uint32_t)(pixel[0] >> 5) << 6 | (uint32_t)(pixel[1] >> 5) << 3 | pixel[2] >> 5;
            votes[bin]++;
            samples[bin] = pixel;
        }
    uint32_t best = 0;
    for (uint32_t i = 1; i < COUNT_OF(votes); i++)
        best = votes[i] > votes[best] ? i : best;
    return samples[best];
}

// Of the ground and of what differs most from it: letters, where they are whole pixels wide.
static double contrast_in(const Image *image, WidgetBox box)
{
    const int part[4] = {MAX((int)box.x, 0), MAX((int)box.y, 0),
                         MIN((int)(box.x + box.width), (int)image->width),
                         MIN((int)(box.y + box.height), (int)image->height)};
    double most = 1;
    if (part[2] <= part[0] || part[3] <= part[1])
        return most;
    const uint8_t *ground = ground_of(image, part);
    for (int y = part[1]; y < part[3]; y++)
        for (int x = part[0]; x < part[2]; x++)
            most = MAX(most, contrast_of(ground, pixel_at(image, x, y)));
    return most;
}

static const char *fault_of(const Writings *writings, uint32_t index, const Image *image,
                            Arena *arena)
{
    const Writing *own = &writings->all[index];
    const WidgetBox *box = &own->box;
    if (own->is_cut)
        return "something lies over it";
    if (box->x < -1 || box->y < -1 || box->x + box->width > (float)image->width + 1 ||
        box->y + box->height > (float)image->height + 1)
        return "it leaves the picture";
    for (uint32_t i = 0; i < index; i++)
        if (touches(*box, writings->all[i].box))
            return str_format(arena, "it lies over '%s'", writings->all[i].text);
    return "";
}

NODISCARD Status museum_save_writing(Museum *m, const char *path)
{
    Scratch scratch = scratch_begin(NULL);
    Writings *writings = ARENA_NEW(scratch.arena, Writings);
    JsonWriter writer = json_writer_make(scratch.arena);
    int width = 0, height = 0;
    uint8_t *pixels = NULL;
    Status status = gpu_read_picture(m->gpu, scratch.arena, &width, &height, &pixels);
    Image image = {.width = (uint32_t)width, .height = (uint32_t)height, .rgba = pixels};
    if (status)
        goto done;
    add_hud(m, writings);
    add_screen(m, writings);
    json_begin_object(&writer, NULL);
    json_begin_array(&writer, "texts");
    for (uint32_t i = 0; i < writings->count; i++) {
        const Writing *it = &writings->all[i];
        const double box[4] = {round((double)it->box.x), round((double)it->box.y),
                               round((double)it->box.width), round((double)it->box.height)};
        json_begin_object(&writer, NULL);
        json_put_text(&writer, "text", it->text);
        json_put_numbers(&writer, "box", box, 4);
        json_put_bool(&writer, "clipped", it->is_clipped);
        json_put_number(&writer, "contrast", contrast_in(&image, it->box));
        json_put_text(&writer, "fault", fault_of(writings, i, &image, scratch.arena));
        json_end(&writer);
    }
    json_end(&writer);
    json_end(&writer);
    status = file_write(path, json_writer_text(&writer));
done:
    scratch_end(scratch);
    return status;
}

void museum_draw_backdrop(Museum *m)
{
    const float light = m->backdrop > 0, color[4] = {light, light, light, 1};
    if (m->backdrop)
        ui_box(m->ui, ui_screen(m->ui), color, 0);
}
