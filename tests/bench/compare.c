// compare.c: a pack's pictures against those of the scan it was made of, as JSON.
//
//   vitrine-compare SCAN PACK [--unit mm] [--up z] [--views 10] [--size 1280x720]
//                   [--pixel-error 1] [--memory MIB] [--quality medium]
//                   [--kinds full,lens20,texel1,texel4,corner1] [--lit full]
//                   [--save FOLDER]
//
// Of every view three pictures: `truth`, the full mesh and pictures with sixteen samples a
// pixel; `card`, the same with the four samples of a graphics card; and `ours`, streamed until
// settled. Colours without light and normals, each on its own: what differs is detail, not
// light. Compared is what the truth covers whole and ours covers at all; pixels that ours
// leaves open are counted as holes. The quality is one of the museum's.
//
//   full     all of the piece, from all around
//   lens20   twenty times magnified, around some place of each of these views
//   texel1   so near that a texel of the scan's picture is as wide as a pixel; texel4: as four
//   corner1  the same at the four outermost corners, from the front
//
// --lit compares views of these kinds under light as well, shadows and all. Their reference is
// drawn by the museum's own renderer, so that both are lit by the same code: every triangle and
// texel of the pack at once, in as much memory as it takes, sixteen times supersampled. `card`
// is the same with the antialiasing that ours has.

#include "base/log.h"
#include "bench/show.h"
#include "bench/truth.h"
#include "data/image.h"
#include "data/json.h"
#include "io/file.h"
#include "packer/args.h"
#include "packer/import.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define FOV_RAD 0.7f
// Of the lit reference: the whole mesh, whatever it takes.
#define WHOLE_PIXEL_ERROR 0.001f
enum { WHOLE_MEMORY_MIB = 6144, WHOLE_MEAN_COUNT = 17, CORNERS = 4, MOST_VIEWS = 1000 };
// Places spread by both are far from one another (Roberts 2018).
#define SPREAD_X 0.7548776662
#define SPREAD_Y 0.5698402910

typedef enum Kind {
    KIND_FULL,
    KIND_LENS20,
    KIND_TEXEL1,
    KIND_TEXEL4,
    KIND_CORNER1,
    KIND_COUNT
} Kind;

enum { MODE_LIT = TRUTH_MODE_COUNT, MODE_COUNT };

static const char *const kind_names[KIND_COUNT] = {"full", "lens20", "texel1", "texel4",
                                                   "corner1"};
static const char *const mode_names[MODE_COUNT] = {"albedo", "normals", "lit"};

// Of one kind and mode, over all views.
typedef struct Tally {
    int views;
    double ours_db, card_db, ours_ssim, card_ssim;    // sums
    double least_db, least_ssim, worst_below_card_db; // of any view
    double holes, pixels;                             // sums
} Tally;

// Some place of what a full view shows.
typedef struct Spot {
    bool is_known, is_there;
    double place[3], texel_m;
} Spot;

// Lit references of a view.
typedef struct Whole {
    bool is_there;
    Picture truth, card;
} Whole;

typedef struct Compare {
    const char *words[2]; // scan, pack
    size_t word_count;
    const char *unit, *up, *views_text, *size, *error_text, *memory, *quality, *kinds, *lit,
        *save;
    int width, height, views;
    QualityLevel level;
    Arena arena, view_arena;
    Scan scan;
    Truth *truth;
    Show *show;
    Spot *spots;               // a full view each
    Whole *wholes[KIND_COUNT]; // a view each; NULL without
    Tally tallies[KIND_COUNT][MODE_COUNT];
    uint32_t most_triangles[KIND_COUNT];
    double error_px[KIND_COUNT], bytes[KIND_COUNT], geometry_bytes[KIND_COUNT];
    double settle_ms[KIND_COUNT], cut_ms[KIND_COUNT];
    JsonWriter json;
} Compare;

static double number_of(const char *text, double normal)
{
    double number;
    return text && str_to_double(str_of(text), &number) ? number : normal;
}

// ---- views

static Camera full_camera(const Compare *compare, int index)
{
    static const float pitches[] = {-0.15f, -0.6f, 0.25f};
    double low[3], high[3];
    for (int k = 0; k < 3; k++) {
        low[k] = (double)show_graph(compare->show)->low_m[k];
        high[k] = (double)show_graph(compare->show)->high_m[k];
    }
    Camera camera = {.fov_y = FOV_RAD, .near_m = 0.001f, .far_m = 100};
    float yaw = 6.2831853f * (float)index / (float)compare->views;
    Orbit orbit =
        orbit_frame(low, high, &camera, (float)compare->width / (float)compare->height, yaw,
                    pitches[index % 3]);
    return orbit_camera(&orbit, &camera);
}

static View view_of(const Compare *compare, Camera *camera)
{
    const MeshGraph *graph = show_graph(compare->show);
    Viewport viewport = {0, 0, (float)compare->width, (float)compare->height};
    double low[3], high[3], middle[3];
    for (int k = 0; k < 3; k++) {
        low[k] = (double)graph->low_m[k];
        high[k] = (double)graph->high_m[k];
        middle[k] = (low[k] + high[k]) / 2;
    }
    double radius = distance3(low, high) / 2, away = distance3(middle, camera->position);
    camera_fit_depth(camera, &viewport, fmax(away - radius, away * 0.01), away + radius);
    return camera_view(camera, &viewport);
}

static Spot choose_spot(const Compare *compare, const View *view, int index)
{
    Scratch scratch = scratch_begin(&compare->view_arena);
    TruthView look = {.view = view};
    TruthSight sight;
    Spot spot = {.is_known = true};
    truth_look(compare->truth, &look, scratch.arena, &sight);
    for (int i = 0; i < 4096 && !spot.is_there; i++) {
        int step = index * 97 + i;
        double column = step * SPREAD_X - floor(step * SPREAD_X);
        double row = step * SPREAD_Y - floor(step * SPREAD_Y);
        spot.is_there =
            truth_place(compare->truth, &look, &sight, (uint32_t)(column * compare->width),
                        (uint32_t)(row * compare->height), spot.place, &spot.texel_m);
    }
    scratch_end(scratch);
    return spot;
}

static const Spot *spot_of(Compare *compare, const View *view, int index)
{
    Spot *spot = &compare->spots[index];
    if (!spot->is_known)
        *spot = choose_spot(compare, view, index);
    return spot->is_there ? spot : NULL;
}

// The vertex that is outermost to one of the four sides between right and up.
static void find_corner(const Scan *scan, int index, double place[3])
{
    double right = index & 1 ? 1 : -1, up = index & 2 ? 1 : -1, most = -HUGE_VAL;
    for (uint32_t v = 0; v < scan->vertex_count; v++) {
        const float *at = scan->positions[v];
        double out = right * (double)at[0] + up * (double)at[1];
        if (out <= most)
            continue;
        most = out;
        for (int k = 0; k < 3; k++)
            place[k] = (double)at[k];
    }
}

// False where the piece has no such view.
static bool find_view(Compare *compare, Kind kind, int index, View *out)
{
    static const double pixels_a_texel[KIND_COUNT] = {
        [KIND_TEXEL1] = 1, [KIND_TEXEL4] = 4, [KIND_CORNER1] = 1};
    int whole = kind == KIND_CORNER1 ? 0 : index; // the full view that it is a part of
    Camera camera = full_camera(compare, whole);
    *out = view_of(compare, &camera);
    if (kind == KIND_FULL)
        return true;
    const Spot *spot = spot_of(compare, out, whole);
    if (!spot || (kind == KIND_CORNER1 && index >= CORNERS))
        return false;
    double zoom = 20, place[3];
    memcpy(place, spot->place, sizeof place);
    if (kind == KIND_CORNER1)
        find_corner(&compare->scan, index, place);
    if (pixels_a_texel[kind] > 0) {
        double depth = distance3(place, camera.position);
        zoom = pixels_a_texel[kind] * depth / (spot->texel_m * (double)out->focal_px);
        if (!(spot->texel_m > 0))
            return false;
    }
    camera_look_at(&camera, place);
    camera.fov_y = 2 * (float)atan(tan((double)FOV_RAD / 2) / zoom);
    *out = view_of(compare, &camera);
    return true;
}

// ---- comparing

NODISCARD static Status save(Compare *compare, const Picture *picture, Kind kind, int index,
                             const char *mode, const char *what)
{
    if (!compare->save)
        return OK;
    Arena *arena = &compare->view_arena;
    size_t pixels = (size_t)picture->width * picture->height;
    Image image = {picture->width, picture->height,
                   ARENA_ARRAY_RAW(arena, uint8_t, 4 * pixels)};
    for (size_t i = 0; i < pixels; i++) {
        memcpy(&image.rgba[4 * i], picture->rgb[i], 3);
        image.rgba[4 * i + 3] = 255;
    }
    Bytes png;
    TRY(image_encode_png(&image, 3, arena, &png));
    const char *name =
        str_format(arena, "%s-%02d-%s-%s.png", kind_names[kind], index, mode, what);
    return file_write(path_join(arena, compare->save, name), png);
}

// A normal is nowhere dark in all three channels; what is behind the piece is.
static bool is_normal(const uint8_t rgb[3])
{
    return rgb[0] > 60 || rgb[1] > 60 || rgb[2] > 60;
}

// Whole in the truth, there in our `normals`.
static uint8_t *find_mask(Compare *compare, const TruthSight *truth, const Picture *normals,
                          uint64_t *holes)
{
    size_t pixels = (size_t)truth->width * truth->height;
    uint8_t *mask = ARENA_ARRAY(&compare->view_arena, uint8_t, pixels);
    *holes = 0;
    for (size_t i = 0; i < pixels; i++) {
        uint32_t open = 0;
        for (uint32_t s = 0; s < truth->samples; s++)
            open += truth->triangles[i * truth->samples + s] == TRUTH_NOTHING;
        if (open)
            continue;
        mask[i] = is_normal(normals->rgb[i]);
        *holes += !mask[i];
    }
    return mask;
}

static void add_tally(Tally *tally, const Likeness *ours, const Likeness *card, uint64_t holes)
{
    if (!tally->views++) {
        tally->least_db = ours->psnr_db;
        tally->least_ssim = ours->ssim;
        tally->worst_below_card_db = card->psnr_db - ours->psnr_db;
    }
    tally->ours_db += ours->psnr_db;
    tally->card_db += card->psnr_db;
    tally->ours_ssim += ours->ssim;
    tally->card_ssim += card->ssim;
    tally->least_db = fmin(tally->least_db, ours->psnr_db);
    tally->least_ssim = fmin(tally->least_ssim, ours->ssim);
    tally->worst_below_card_db =
        fmax(tally->worst_below_card_db, card->psnr_db - ours->psnr_db);
    tally->holes += (double)holes;
    tally->pixels += (double)ours->pixels;
}

static double rounded(double number, double steps)
{
    return round(number * steps) / steps;
}

static void put_view(Compare *compare, int mode, const Likeness *ours, const Likeness *card)
{
    json_begin_object(&compare->json, mode_names[mode]);
    json_put_number(&compare->json, "psnr_db", rounded(ours->psnr_db, 100));
    json_put_number(&compare->json, "ssim", rounded(ours->ssim, 1e4));
    json_put_number(&compare->json, "card_psnr_db", rounded(card->psnr_db, 100));
    json_put_number(&compare->json, "card_ssim", rounded(card->ssim, 1e4));
    json_end(&compare->json);
}

NODISCARD static Status compare_mode(Compare *compare, Kind kind, int index, const View *view,
                                     TruthMode mode, const TruthSight sights[2],
                                     const Picture *ours, const uint8_t *mask, uint64_t holes)
{
    Arena *arena = &compare->view_arena;
    TruthView fine = {view, 4}, plain = {view, 0};
    Picture truth = truth_shade(compare->truth, &fine, &sights[0], mode, arena);
    Picture card = truth_shade(compare->truth, &plain, &sights[1], mode, arena);
    Likeness of_ours = likeness_measure(&truth, ours, mask);
    Likeness of_card = likeness_measure(&truth, &card, mask);
    if (!of_ours.pixels)
        return OK;
    add_tally(&compare->tallies[kind][mode], &of_ours, &of_card, holes);
    put_view(compare, mode, &of_ours, &of_card);
    TRY(save(compare, &truth, kind, index, mode_names[mode], "truth"));
    TRY(save(compare, &card, kind, index, mode_names[mode], "card"));
    return save(compare, ours, kind, index, mode_names[mode], "ours");
}

NODISCARD static Status compare_lit(Compare *compare, Kind kind, int index, const View *view,
                                    const uint8_t *mask)
{
    const Whole *whole = compare->wholes[kind] ? &compare->wholes[kind][index] : NULL;
    Shot shot;
    if (!whole || !whole->is_there)
        return OK;
    TRY(show_draw(compare->show, view, RENDER_BEAUTY, kind != KIND_FULL, 0,
                  &compare->view_arena, &shot));
    Likeness ours = likeness_measure(&whole->truth, &shot.picture, mask);
    Likeness card = likeness_measure(&whole->truth, &whole->card, mask);
    if (!ours.pixels)
        return OK;
    add_tally(&compare->tallies[kind][MODE_LIT], &ours, &card, 0);
    put_view(compare, MODE_LIT, &ours, &card);
    TRY(save(compare, &whole->truth, kind, index, mode_names[MODE_LIT], "truth"));
    TRY(save(compare, &whole->card, kind, index, mode_names[MODE_LIT], "card"));
    return save(compare, &shot.picture, kind, index, mode_names[MODE_LIT], "ours");
}

NODISCARD static Status compare_view(Compare *compare, Kind kind, int index, const View *view)
{
    static const RenderMode modes[TRUTH_MODE_COUNT] = {RENDER_ALBEDO, RENDER_NORMALS};
    Arena *arena = &compare->view_arena;
    TruthView fine = {view, 4}, plain = {view, 0};
    TruthSight sights[2];
    Shot shots[TRUTH_MODE_COUNT];
    uint64_t holes;
    for (int mode = 0; mode < TRUTH_MODE_COUNT; mode++)
        TRY(show_draw(compare->show, view, modes[mode], kind != KIND_FULL, 0, arena,
                      &shots[mode]));
    truth_look(compare->truth, &fine, arena, &sights[0]);
    truth_look(compare->truth, &plain, arena, &sights[1]);
    uint8_t *mask = find_mask(compare, &sights[0], &shots[TRUTH_NORMALS].picture, &holes);
    compare->most_triangles[kind] = MAX(compare->most_triangles[kind], shots[0].triangles);
    compare->error_px[kind] = fmax(compare->error_px[kind], (double)shots[0].error_px);
    compare->bytes[kind] += (double)shots[0].loaded_bytes;
    compare->geometry_bytes[kind] += (double)shots[0].geometry_bytes;
    compare->settle_ms[kind] = fmax(compare->settle_ms[kind], shots[0].settle_ms);
    compare->cut_ms[kind] = fmax(compare->cut_ms[kind], shots[1].cut_ms);
    json_begin_object(&compare->json, NULL);
    json_put_text(&compare->json, "kind", kind_names[kind]);
    json_put_int(&compare->json, "view", index);
    json_put_int(&compare->json, "triangles", shots[0].triangles);
    json_put_number(&compare->json, "error_px", rounded((double)shots[0].error_px, 1000));
    json_put_int(&compare->json, "loaded_bytes", (int64_t)shots[0].loaded_bytes);
    json_put_int(&compare->json, "holes", (int64_t)holes);
    for (int mode = 0; mode < TRUTH_MODE_COUNT; mode++) {
        if (mode == TRUTH_NORMALS || truth_has_color(compare->truth))
            TRY(compare_mode(compare, kind, index, view, (TruthMode)mode, sights,
                             &shots[mode].picture, mask, holes));
    }
    TRY(compare_lit(compare, kind, index, view, mask));
    json_end(&compare->json);
    return OK;
}

static void put_tally(Compare *compare, int mode, const Tally *tally)
{
    double views = tally->views;
    json_begin_object(&compare->json, mode_names[mode]);
    json_put_number(&compare->json, "psnr_db", rounded(tally->ours_db / views, 100));
    json_put_number(&compare->json, "least_psnr_db", rounded(tally->least_db, 100));
    json_put_number(&compare->json, "ssim", rounded(tally->ours_ssim / views, 1e4));
    json_put_number(&compare->json, "least_ssim", rounded(tally->least_ssim, 1e4));
    json_put_number(&compare->json, "card_psnr_db", rounded(tally->card_db / views, 100));
    json_put_number(&compare->json, "most_below_card_db",
                    rounded(tally->worst_below_card_db, 100));
    json_put_number(&compare->json, "card_ssim", rounded(tally->card_ssim / views, 1e4));
    json_put_number(&compare->json, "pixels", tally->pixels / views);
    json_put_number(&compare->json, "holes", tally->holes);
    json_end(&compare->json);
}

static void put_summary(Compare *compare)
{
    json_begin_object(&compare->json, "summary");
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        if (!compare->tallies[kind][TRUTH_NORMALS].views)
            continue;
        json_begin_object(&compare->json, kind_names[kind]);
        json_put_int(&compare->json, "views", compare->tallies[kind][TRUTH_NORMALS].views);
        json_put_int(&compare->json, "most_triangles", compare->most_triangles[kind]);
        json_put_number(&compare->json, "most_error_px",
                        rounded(compare->error_px[kind], 1000));
        json_put_number(&compare->json, "loaded_bytes", compare->bytes[kind]);
        json_put_number(&compare->json, "geometry_bytes", compare->geometry_bytes[kind]);
        json_put_number(&compare->json, "most_settle_ms",
                        rounded(compare->settle_ms[kind], 10));
        json_put_number(&compare->json, "most_cut_ms", rounded(compare->cut_ms[kind], 1000));
        for (int mode = 0; mode < MODE_COUNT; mode++) {
            if (compare->tallies[kind][mode].views)
                put_tally(compare, mode, &compare->tallies[kind][mode]);
        }
        json_end(&compare->json);
    }
    json_end(&compare->json);
}

// ---- the command

NODISCARD static Status open_all(Compare *compare)
{
    ImportOptions import = {0};
    QualityLevel quality = QUALITY_AUTO;
    if (compare->quality && !quality_find(compare->quality, &quality))
        return FAIL(ERR_INVALID, "--quality is auto, low, medium, high or ultra");
    if (compare->unit && !import_unit_parse(compare->unit, &import.unit))
        return FAIL(ERR_INVALID, "--unit is mm, cm, m or in");
    import.up = compare->up && !strcmp(compare->up, "z") ? IMPORT_UP_Z : IMPORT_UP_Y;
    if (compare->size && sscanf(compare->size, "%dx%d", &compare->width, &compare->height) != 2)
        return FAIL(ERR_INVALID, "--size is WIDTHxHEIGHT");
    compare->views = (int)CLAMP(number_of(compare->views_text, 10), 1.0, (double)MOST_VIEWS);
    if (compare->save)
        TRY(file_make_folders(compare->save));
    TRY(import_scan(compare->words[0], &import, &compare->arena, &compare->scan));
    compare->spots = ARENA_ARRAY(&compare->arena, Spot, (size_t)compare->views + CORNERS);
    compare->level = quality;
    return truth_make(&compare->scan, &compare->arena, &compare->truth);
}

NODISCARD static Status open_show(Compare *compare, bool is_whole)
{
    double memory = CLAMP(number_of(compare->memory, 0), 0.0, 65536.0);
    ShowDesc desc = {.pack = compare->words[1],
                     .width = compare->width,
                     .height = compare->height,
                     .pixel_error = (float)number_of(compare->error_text, 0),
                     .memory_mib = (uint32_t)memory,
                     .quality = compare->level,
                     .is_lit = compare->lit != NULL};
    if (is_whole) {
        desc.pixel_error = WHOLE_PIXEL_ERROR;
        desc.memory_mib = WHOLE_MEMORY_MIB;
    }
    return show_open(&desc, &compare->arena, &compare->show);
}

static bool is_wanted(const Compare *compare, Kind kind)
{
    return strstr(compare->kinds ? compare->kinds : "full,lens20", kind_names[kind]) != NULL;
}

static bool is_lit(const Compare *compare, Kind kind)
{
    return compare->lit && strstr(compare->lit, kind_names[kind]);
}

static int view_count(const Compare *compare, int kind)
{
    int views = kind == KIND_CORNER1 ? CORNERS : compare->views;
    return is_wanted(compare, (Kind)kind) ? views : 0;
}

NODISCARD static Status draw_whole(Compare *compare, Kind kind, int index, Whole *out)
{
    View view;
    Shot truth, card;
    Arena *arena = &compare->arena;
    if (!find_view(compare, kind, index, &view))
        return OK;
    bool is_lens = kind != KIND_FULL;
    TRY(show_draw(compare->show, &view, RENDER_BEAUTY, is_lens, 0, arena, &card));
    TRY(show_draw(compare->show, &view, RENDER_BEAUTY, is_lens, WHOLE_MEAN_COUNT, arena,
                  &truth));
    *out = (Whole){true, truth.picture, card.picture};
    return OK;
}

// All of them before anything else: two renderers at once are none the museum has.
NODISCARD static Status draw_wholes(Compare *compare)
{
    TRY(open_show(compare, true));
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        int count = view_count(compare, kind);
        if (!is_lit(compare, (Kind)kind))
            continue;
        Whole *wholes = compare->wholes[kind] =
            ARENA_ARRAY(&compare->arena, Whole, (size_t)count + 1);
        for (int index = 0; index < count; index++)
            TRY(draw_whole(compare, (Kind)kind, index, &wholes[index]));
    }
    show_close(compare->show);
    compare->show = NULL;
    return OK;
}

NODISCARD static Status compare_all(Compare *compare)
{
    TRY(open_all(compare));
    if (compare->lit)
        TRY(draw_wholes(compare));
    TRY(open_show(compare, false));
    compare->json = json_writer_make(&compare->arena);
    json_begin_object(&compare->json, NULL);
    json_put_text(&compare->json, "scan", compare->words[0]);
    json_put_int(&compare->json, "triangles", compare->scan.triangle_count);
    json_put_text(&compare->json, "quality", compare->quality ? compare->quality : "auto");
    json_begin_array(&compare->json, "views");
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        for (int index = 0; index < view_count(compare, kind); index++) {
            View view;
            arena_reset(&compare->view_arena);
            if (find_view(compare, (Kind)kind, index, &view))
                TRY(compare_view(compare, (Kind)kind, index, &view));
        }
    }
    json_end(&compare->json);
    put_summary(compare);
    json_end(&compare->json);
    Bytes text = json_writer_text(&compare->json);
    fwrite(text.ptr, 1, text.len, stdout);
    return OK;
}

static Status run(int count, char **arguments, Compare *compare)
{
    ArgOption options[] = {
        {"--unit", NULL, &compare->unit, NULL},
        {"--up", NULL, &compare->up, NULL},
        {"--views", NULL, &compare->views_text, NULL},
        {"--size", NULL, &compare->size, NULL},
        {"--pixel-error", NULL, &compare->error_text, NULL},
        {"--memory", NULL, &compare->memory, NULL},
        {"--quality", NULL, &compare->quality, NULL},
        {"--kinds", NULL, &compare->kinds, NULL},
        {"--save", NULL, &compare->save, NULL},
        {"--lit", NULL, &compare->lit, NULL},
    };
    ArgSpec spec = {options, COUNT_OF(options), compare->words, COUNT_OF(compare->words),
                    &compare->word_count};
    TRY(args_parse(count - 1, arguments + 1, &spec));
    if (compare->word_count != 2)
        return FAIL(ERR_INVALID, "vitrine-compare SCAN PACK [options]");
    return compare_all(compare);
}

int main(int count, char **arguments)
{
    Compare compare = {.width = 1280, .height = 720};
    Status status = run(count, arguments, &compare);
    if (status)
        log_fault(LOG_ERROR, "vitrine-compare");
    show_close(compare.show);
    arena_drop(&compare.view_arena);
    arena_drop(&compare.arena);
    scratch_drop();
    return status ? 1 : 0;
}
