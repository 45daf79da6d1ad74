// photo.c: a photograph: the view at up to eight times the window, tile by tile.

#include "museum/photo.h"

#include "museum/hud_words.h"
#include "museum/museum_parts.h"
#include "museum/photo_band.h"
#include "museum/photo_rim.h"

#include "base/log.h"
#include "io/file.h"

#include <math.h>
#include <string.h>

#define PATIENCE_MS 15000.0 // for a tile of what never settles

enum { SETTLED_FRAMES = 2 }; // in a row: the second shows what the first has loaded

// ---- begin and end

NODISCARD Status photo_take(Museum *m, const char *path, int scale)
{
    Photo *photo = &m->photo;
    int width, height;
    if (photo->is_on)
        return FAIL(ERR_INVALID, "a photograph is being taken");
    window_size(m->window, &width, &height);
    int most = MAX(PHOTO_MOST_SIDE / MAX(MAX(width, height), 1), 1);
    *photo = (Photo){.is_on = true, .scale = CLAMP(scale, 1, MIN(most, PHOTO_MOST_SCALE))};
    if (path) {
        photo->path = arena_copy_text(&photo->arena, path);
    } else {
        Status status = photo_reserve(photo_folder(&photo->arena), &photo->arena, &photo->path);
        photo->is_reserved = !status;
        photo->is_on = !status;
        TRY(status);
    }
    return OK;
}

// The lens comes back, and the visitor is told.
static void end(Museum *m, Status status)
{
    Photo *photo = &m->photo;
    Scratch scratch = scratch_begin(NULL);
    photo_file_abandon(photo->file);
    if (photo->is_begun)
        m->lens = photo->lens;
    if (status && photo->is_reserved && file_remove_tree(photo->path))
        log_fault(LOG_WARN, "an empty picture stays");
    photo->is_on = false;
    photo->status = status;
    if (!status)
        museum_keep_photo(m, photo->path);
    photo->fault = status ? arena_copy_text(m->arena, fault_last()->text) : NULL;
    if (photo->is_reserved)
        museum_say(m, status ? photo->fault
                             : str_format(scratch.arena, "%s %s", hud_word(WORD_PICTURE_SAVED),
                                          photo->path));
    photo->path = NULL;
    photo->file = NULL;
    photo->strip = NULL;
    arena_drop(&photo->arena);
    photo->arena = (Arena){0};
    scratch_end(scratch);
}

void photo_cancel(Museum *m)
{
    if (m->photo.is_on)
        end(m, FAIL(ERR_CANCELLED, "%s", hud_word(WORD_NO_PHOTOGRAPH)));
}

void photo_drop(Museum *m)
{
    photo_file_abandon(m->photo.file);
    if (m->photo.is_on && m->photo.is_reserved && file_remove_tree(m->photo.path))
        log_fault(LOG_WARN, "an empty picture stays");
    arena_drop(&m->photo.arena);
}

NODISCARD static Status open_file(Museum *m)
{
    Photo *photo = &m->photo;
    Scratch scratch = scratch_begin(&photo->arena);
    PhotoView view = photo_view(m);
    const Record *records[2];
    uint32_t record_count = photo_records(m, records);
    const PhotoText texts[] = {
        {PHOTO_VIEW_KEYWORD, photo_write_view(&view, scratch.arena)},
        {PHOTO_XMP_KEYWORD, photo_write_xmp(records, record_count, photo_room(m), m->language,
                                            "Vitrine", scratch.arena)},
    };
    PhotoFileDesc desc = {
        .path = photo->path,
        .width = (uint32_t)(photo->width * photo->scale),
        .height = (uint32_t)(photo->height * photo->scale + photo->band),
        .texts = texts,
        .text_count = COUNT_OF(texts),
    };
    Status status = photo_file_open(&photo->arena, &desc, &photo->file);
    scratch_end(scratch);
    return status;
}

static bool looks_around(const Magnifier *lens)
{
    return lens->is_on && (lens->mode == MAGNIFIER_RAKING || lens->mode == MAGNIFIER_RELIEF);
}

// Raking light and relief look at what lies around a pixel, and find it in what is drawn with
// it. So cells of a tile overlap, by as much as they look, up to three eighths of a side: a
// quarter of it counts then.
static int margin_of(const Museum *m)
{
    const Photo *photo = &m->photo;
    bool is_needed = looks_around(&m->lens);
    for (int i = 0; i < 2 && photo->is_pair; i++)
        is_needed |= looks_around(&m->compare.halves[i].lens);
    int side = MIN(photo->is_pair ? photo->width / 2 : photo->width, photo->height);
    int reach = (int)ceilf(render_detail_reach(m->render, (float)photo->scale));
    return is_needed ? MIN(reach, side * 3 / 8) : 0;
}

// What is seen now, so many times larger.
NODISCARD static Status begin(Museum *m, const Input *input)
{
    Photo *photo = &m->photo;
    float scale = (float)photo->scale;
    photo->is_begun = true;
    photo->width = input->width;
    photo->height = input->height;
    photo->lens = m->lens;
    photo->um_per_pixel = m->um_per_pixel / photo->scale;
    Viewport whole = {0, 0, (float)input->width * scale, (float)input->height * scale};
    photo->is_pair = m->compare.is_on;
    if (photo->is_pair) {
        compare_shoot(m, input, photo->scale, &photo->shot);
        photo->whole = photo->shot.views[0];
    } else {
        photo->whole = camera_view(&m->camera, &whole);
    }
    if (m->lens.is_on) {
        float center[2] = {m->lens.at[0] * whole.width, m->lens.at[1] * whole.height};
        photo->lens_whole =
            camera_magnify(&m->camera, &whole, center,
                           magnifier_radius_px(&m->lens, whole.width, whole.height),
                           (float)MAX(m->lens.zoom, 1));
    }
    photo->margin = margin_of(m);
    photo->band = photo_measure_band(m);
    TRY(open_file(m));
    m->lens.is_on = false;
    photo->strip = ARENA_ARRAY_RAW(&photo->arena, uint8_t,
                                   (size_t)photo->width * (size_t)photo->scale *
                                       (size_t)photo->height * 3);
    photo->tile_began_ms = museum_now_ms();
    return OK;
}

// ---- tiles

static bool is_band(const Photo *photo)
{
    return photo->row >= photo->scale;
}

static bool meets(const View *view, const Viewport *tile, int scale)
{
    const Viewport *lens = &view->viewport;
    float reach = (float)photo_rim_reach((double)lens->width / 2, scale) + 1;
    return lens->x - reach < tile->x + tile->width && lens->x + lens->width + reach > tile->x &&
           lens->y - reach < tile->y + tile->height && lens->y + lens->height + reach > tile->y;
}

// Of a length that is drawn at once, what counts is without its margins.
static int cell_count(const Photo *photo, int length)
{
    int inner = length - 2 * photo->margin;
    return photo->is_in_lens ? (length + inner - 1) / inner : 1;
}

// Takes the cell's part of a tile's width or height.
static void cut_cell(const Photo *photo, int cell, float *from, float *length)
{
    float inner = *length - 2 * (float)photo->margin, begin = inner * (float)cell;
    *from += begin;
    *length = MIN(inner, *length - begin);
}

static int cells_across(const Photo *photo)
{
    return cell_count(photo, photo->is_pair ? photo->width - photo->width / 2 : photo->width);
}

static int cells_of_tile(const Photo *photo)
{
    return cells_across(photo) * cell_count(photo, photo->height);
}

// What is drawn of a part, and the cell of it that counts.
static void place_cell(const Photo *photo, PhotoPart *part)
{
    part->drawn = part->place;
    if (!photo->is_in_lens)
        return;
    Viewport *place = &part->place;
    float margin = (float)photo->margin;
    cut_cell(photo, photo->cell % cells_across(photo), &place->x, &place->width);
    cut_cell(photo, photo->cell / cells_across(photo), &place->y, &place->height);
    part->drawn.x = place->x - margin;
    part->drawn.y = place->y - margin;
}

// A tile is one part of the photograph, or one of each half.
static int find_parts(const Photo *photo, PhotoPart parts[2])
{
    int count = photo->is_pair ? 2 : 1, split = photo->width / 2;
    for (int i = 0; i < count; i++) {
        int width = !photo->is_pair ? photo->width : i ? photo->width - split : split;
        int from = i * split * photo->scale + photo->column * width;
        parts[i] = (PhotoPart){
            .place = {(float)from, (float)(photo->row * photo->height), (float)width,
                      (float)photo->height},
            .left = (size_t)(i * split),
            .lens = photo->is_pair ? &photo->shot.lenses[i] : &photo->lens_whole,
        };
        place_cell(photo, &parts[i]);
        bool has_lens = photo->is_pair ? photo->shot.has_lens[i] : photo->lens.is_on;
        parts[i].meets_lens =
            has_lens && !is_band(photo) && meets(parts[i].lens, &parts[i].place, photo->scale);
        parts[i].is_in_lens = photo->is_in_lens && parts[i].meets_lens;
    }
    return count;
}

// Below the picture nothing of it is seen: any part of it will do.
static Viewport drawn_part(const Photo *photo, const PhotoPart *part)
{
    Viewport place = part->drawn;
    if (is_band(photo))
        place.y = (float)((photo->scale - 1) * photo->height);
    return place;
}

static void draw_pair(Museum *m, const PhotoPart parts[2], const MuseumFrame *how)
{
    Photo *photo = &m->photo;
    CompareTile tile = {.shot = &photo->shot, .grain_px = (float)photo->scale};
    for (int i = 0; i < 2; i++) {
        tile.parts[i] = drawn_part(photo, &parts[i]);
        tile.is_in_lens[i] = parts[i].is_in_lens;
    }
    tile.quads = photo_write_over(m, parts, 2, &tile.quad_count);
    compare_draw_tile(m, &tile, how);
}

static void draw_single(Museum *m, const PhotoPart *part, const MuseumFrame *how)
{
    Photo *photo = &m->photo;
    Viewport place = drawn_part(photo, part);
    MuseumTile tile = {
        .view = view_crop(part->is_in_lens ? &photo->lens_whole : &photo->whole, &place),
        .lens = part->is_in_lens ? &photo->lens : NULL,
        .cast = part->is_in_lens && photo->lens.mode == MAGNIFIER_RAKING ? &m->lens_view : NULL,
        .grain_px = (float)photo->scale};
    tile.quads = photo_write_over(m, part, 1, &tile.quad_count);
    museum_draw_tile(m, &tile, how);
}

void photo_frame(Museum *m, const Input *input, const MuseumFrame *how)
{
    Photo *photo = &m->photo;
    Status status = OK;
    bool is_resized =
        photo->is_begun && (input->width != photo->width || input->height != photo->height);
    if (input->keys[KEY_ESCAPE].was_pressed || input->wants_quit || is_resized) {
        m->wants_quit |= input->wants_quit;
        photo_cancel(m);
        return;
    }
    if (!photo->is_begun)
        status = begin(m, input);
    if (status) {
        end(m, status);
        return;
    }
    PhotoPart parts[2];
    if (find_parts(photo, parts) == 2)
        draw_pair(m, parts, how);
    else
        draw_single(m, parts, how);
}

bool photo_is_ready(const Museum *m)
{
    const Photo *photo = &m->photo;
    return photo->is_on && photo->is_begun &&
           (photo->settled_frames >= SETTLED_FRAMES ||
            museum_now_ms() - photo->tile_began_ms > PATIENCE_MS);
}

void photo_note_settled(Museum *m, bool is_settled)
{
    m->photo.settled_frames = is_settled ? m->photo.settled_frames + 1 : 0;
}

static void mix_pixel(const PhotoPart *part, int scale, double x, double y,
                      const uint8_t rgba[4], uint8_t out[3])
{
    const Viewport *lens = &part->lens->viewport;
    double radius = (double)lens->width / 2;
    PhotoRim rim =
        photo_rim(x - (double)lens->x - radius, (double)lens->y + radius - y, radius, scale);
    for (int k = 0; k < 3; k++) {
        double seen = out[k] + (rgba[k] - out[k]) * rim.glass;
        out[k] = (uint8_t)lround(seen + (rim.color[k] - seen) * rim.metal);
    }
}

static void add_part(Photo *photo, const PhotoPart *part, const uint8_t *rgba)
{
    size_t wide = (size_t)photo->width * (size_t)photo->scale;
    const Viewport *place = &part->place;
    int width = (int)place->width, left = (int)place->x, top = (int)place->y;
    size_t aside = part->left + (size_t)(place->x - part->drawn.x);
    size_t below = (size_t)(place->y - part->drawn.y), row = (size_t)(top % photo->height);
    for (int y = 0; y < (int)place->height; y++) {
        const uint8_t *from = rgba + (((size_t)y + below) * (size_t)photo->width + aside) * 4;
        uint8_t *to = photo->strip + (((size_t)y + row) * wide + (size_t)left) * 3;
        for (int x = 0; x < width; x++, from += 4, to += 3) {
            if (part->is_in_lens)
                mix_pixel(part, photo->scale, left + x + 0.5, top + y + 0.5, from, to);
            else if (!photo->is_in_lens)
                memcpy(to, from, 3);
        }
    }
}

static bool meets_any_lens(const Photo *photo)
{
    PhotoPart parts[2];
    int count = find_parts(photo, parts);
    return parts[0].meets_lens || (count == 2 && parts[1].meets_lens);
}

NODISCARD static Status next_tile(Museum *m)
{
    Photo *photo = &m->photo;
    int rows = photo->height * photo->scale + photo->band;
    photo->settled_frames = 0;
    photo->tile_began_ms = museum_now_ms();
    photo->tiles_done++;
    photo->cell = photo->is_in_lens ? photo->cell + 1 : 0;
    photo->is_in_lens = true;
    for (; photo->cell < cells_of_tile(photo); photo->cell++)
        if (meets_any_lens(photo))
            return OK;
    photo->is_in_lens = false;
    if (++photo->column < photo->scale)
        return OK;
    int left = rows - photo->row * photo->height;
    TRY(photo_file_add(photo->file, photo->strip, (uint32_t)MIN(left, photo->height)));
    photo->column = 0;
    photo->row++;
    if (left > photo->height)
        return OK;
    TRY(photo_file_commit(photo->file));
    end(m, OK);
    return OK;
}

void photo_keep_tile(Museum *m)
{
    Photo *photo = &m->photo;
    Scratch scratch = scratch_begin(&photo->arena);
    int width, height;
    uint8_t *rgba;
    Status status = gpu_read_picture(m->gpu, scratch.arena, &width, &height, &rgba);
    if (!status && (width != photo->width || height != photo->height))
        status = FAIL(ERR_DEVICE, "the picture is %d x %d, not %d x %d", width, height,
                      photo->width, photo->height);
    PhotoPart parts[2];
    int count = find_parts(photo, parts);
    for (int i = 0; i < count && !status; i++)
        add_part(photo, &parts[i], rgba);
    scratch_end(scratch);
    if (!status)
        status = next_tile(m);
    if (status)
        end(m, status);
}

// ---- the view

PhotoView photo_view(const Museum *m)
{
    const Visitor *visitor = &m->visitor;
    const Magnifier *lens = m->photo.is_begun && m->photo.is_on ? &m->photo.lens : &m->lens;
    PhotoView view = {
        .exhibit = "",
        .pack = "",
        .yaw = (double)visitor->yaw,
        .pitch = (double)visitor->pitch,
        .spot = {(float)visitor->spot[0], (float)visitor->spot[1]},
        .eye_height_m = (double)visitor->eye_height_m,
        .lens = photo_lens(m->compare.is_on ? &m->compare.lens_before : lens),
    };
    if (!visitor_is_close(visitor) || m->close < 0)
        return view;
    const Exhibit *exhibit = &m->collection.exhibits[m->close];
    const PlanPlace *place = &m->collection.plan.places[exhibit->place];
    double own[3];
    placement_to_object(&exhibit->placement, visitor->orbit.target, own);
    for (int i = 0; i < 3; i++)
        view.target_m[i] = (float)own[i];
    view.exhibit = exhibit->id;
    const char *slash = strrchr(exhibit->pack, '/');
    view.pack = slash ? slash + 1 : exhibit->pack;
    view.yaw =
        (double)remainderf(visitor->orbit.yaw - place->yaw - place->piece_yaw, 6.28318531f);
    view.pitch = (double)visitor->orbit.pitch;
    view.distance_m = (double)visitor->orbit.distance_m;
    view.is_orthographic = visitor->is_orthographic;
    view.is_story_open = museum_is_reading(m);
    view.has_mood = m->mood.is_on;
    if (m->compare.is_on) {
        view.pair = compare_keep(m);
        view.pair.is_on = true;
    }
    return view;
}

NODISCARD static Status open_close_view(Museum *m, const PhotoView *view)
{
    uint32_t index;
    if (museum_find_exhibit(m, view->exhibit, &index))
        return FAIL(ERR_NOT_FOUND, "it shows '%s', which is not in this house; open %s, too",
                    view->exhibit, *view->pack ? view->pack : "its pack");
    const Exhibit *exhibit = &m->collection.exhibits[index];
    Visitor *visitor = &m->visitor;
    bool glides = visitor->glides;
    TRY(museum_walk_to_exhibit(m, index));
    visitor_stand_at(visitor, &m->gallery, visitor->waypoints[visitor->waypoint_count - 1]);
    visitor_stop(visitor);
    visitor->glides = false;
    Status status = museum_lean_in(m, (int32_t)index);
    visitor->glides = glides;
    TRY(status);
    if (!visitor_is_close(visitor))
        return FAIL(ERR_NOT_FOUND, "there was no coming near '%s'", view->exhibit);
    const PlanPlace *place = &m->collection.plan.places[exhibit->place];
    const double own[3] = {(double)view->target_m[0], (double)view->target_m[1],
                           (double)view->target_m[2]};
    Orbit *orbit = &visitor->orbit;
    visitor->state = VISITOR_CLOSE;
    placement_to_world(&exhibit->placement, own, orbit->target);
    orbit->yaw = (float)view->yaw + place->yaw + place->piece_yaw;
    orbit->pitch = CLAMP((float)view->pitch, orbit->min_pitch, orbit->max_pitch);
    orbit->distance_m = (float)view->distance_m;
    visitor->farthest_m = orbit->max_distance_m;
    visitor->is_orthographic = view->is_orthographic;
    if (view->is_orthographic)
        orbit->max_distance_m = MAX(orbit->max_distance_m, orbit->distance_m);
    else
        orbit->distance_m =
            CLAMP(orbit->distance_m, orbit->min_distance_m, orbit->max_distance_m);
    m->is_label_open = false;
    if (view->is_story_open)
        TRY(museum_open_story(m));
    m->mood.is_on = view->has_mood;
    m->reading = museum_reading_goal(m);
    return OK;
}

NODISCARD Status photo_open_view(Museum *m, const PhotoView *view)
{
    if (m->visitor.state != VISITOR_WALKING)
        return FAIL(ERR_INVALID, "lean out first");
    if (*view->exhibit) {
        TRY(open_close_view(m, view));
    } else {
        const double spot[2] = {(double)view->spot[0], (double)view->spot[1]};
        if (!gallery_is_free(&m->gallery, spot))
            return FAIL(ERR_NOT_FOUND, "nobody can stand at %.2f,%.2f in this house", spot[0],
                        spot[1]);
        visitor_stop(&m->visitor);
        visitor_stand_at(&m->visitor, &m->gallery, spot);
        m->visitor.eye_height_m = (float)view->eye_height_m;
        visitor_look(&m->visitor, (float)view->yaw, (float)view->pitch);
    }
    photo_open_lens(&m->lens, &view->lens);
    return view->pair.is_on ? compare_open(m, &view->pair) : OK;
}

NODISCARD Status photo_open_file(Museum *m, const char *path)
{
    Scratch scratch = scratch_begin(m->arena);
    Bytes head;
    Str text;
    PhotoView view;
    Status status = photo_read_head(path, scratch.arena, &head);
    if (!status && (status = photo_find_text(head, PHOTO_VIEW_KEYWORD, &text)))
        status = fault_prefix(status, "%s: no photograph of this museum", path);
    if (!status)
        status = photo_parse_view(text, path, scratch.arena, &view);
    if (!status && (status = photo_open_view(m, &view)))
        status = fault_prefix(status, "%s", path);
    scratch_end(scratch);
    return status;
}
