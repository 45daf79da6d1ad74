// scene.c: the sculptures of a frame: what is opened, what is streamed, what is drawn of each.

#include "museum/scene.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define UPLOAD_WAITS 4           // times its share of a frame
#define SHADOW_PICTURE_PX 320.0f // shadows are cut as if seen in a picture so large
#define SHADOW_ERROR_SCALE 2.0f  // errors count texels, too, and shadows have none

_Static_assert(sizeof(CutDraw) == sizeof(RenderClusterDraw), "one is used as the other");
_Static_assert(offsetof(CutDraw, index_count) == offsetof(RenderClusterDraw, index_count),
               "same order");

static double now_ms(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1000 + (double)time.tv_nsec / 1e6;
}

// ---- opening

void scene_open_near(Scene *scene, const Rooms *house, const double eye[3])
{
    Collection *collection = scene->collection;
    // Loaders take them in the order they are opened: selection sort, by distance.
    for (;;) {
        Exhibit *next = NULL;
        double nearest = DBL_MAX;
        for (uint32_t i = 0; i < collection->exhibit_count; i++) {
            Exhibit *exhibit = &collection->exhibits[i];
            bool is_near =
                exhibit->place != PLAN_NONE && house->window_index[exhibit->room] >= 0;
            if (!is_near)
                exhibit_close(exhibit, scene->streamer);
            double distance = distance3(exhibit->center, eye);
            if (is_near && !exhibit->sculpture.generation && !exhibit->restoration &&
                distance < nearest) {
                nearest = distance;
                next = exhibit;
            }
        }
        if (!next)
            return;
        exhibit_open(next, scene->streamer);
    }
}

// Pages that are taken take the thread's time; a driver that makes it wait takes the frame's.
// No page is begun that would go over the limit, if it took as long as the dearest so far.
static void upload_pages(Scene *scene, double limit_ms)
{
    double begun_ms = now_ms(), begun_own_ms = gpu_thread_ms(), own_ms = 0, dearest_ms = 0;
    bool is_over = false;
    StreamerUpload upload;
    render_fit_tiles(scene->render, streamer_tiles(scene->streamer));
    while (!is_over && streamer_next_upload(scene->streamer, &upload)) {
        RenderTile tile = {upload.tile, upload.place};
        render_upload_page(scene->render, upload.slot, upload.page, upload.tile ? &tile : NULL);
        double before_ms = own_ms;
        own_ms = gpu_thread_ms() - begun_own_ms;
        dearest_ms = MAX(dearest_ms, own_ms - before_ms);
        is_over = limit_ms > 0 && (own_ms + dearest_ms > limit_ms ||
                                   now_ms() - begun_ms > limit_ms * UPLOAD_WAITS);
    }
}

// ---- cutting

// Shadows do not depend on where the visitor is: they are cut for one view, from the front.
static StreamerCut cut_for_shadow(Scene *scene, const Exhibit *exhibit)
{
    double radius = MAX(exhibit->radius_m, 1e-4);
    Camera camera = {
        .fov_y = 0.7f, .near_m = (float)(radius * 0.1), .far_m = (float)(radius * 10)};
    memcpy(camera.position, exhibit->center, sizeof camera.position);
    camera.position[2] += radius * 3.2;
    Viewport viewport = {0, 0, SHADOW_PICTURE_PX, SHADOW_PICTURE_PX};
    View view = camera_view(&camera, &viewport);
    return streamer_cut(scene->streamer, exhibit->sculpture,
                        &(StreamerView){.view = &view,
                                        .placement = exhibit->placement,
                                        .error_scale = SHADOW_ERROR_SCALE,
                                        .is_two_sided = true,
                                        .is_whole = true});
}

static RenderRange range_of(const StreamerCut *cut)
{
    return (RenderRange){cut->first_draw, cut->draw_count};
}

static void add_exhibit(Scene *scene, const SceneView *view, Exhibit *exhibit, bool is_visible,
                        RenderSculpture *out)
{
    float error = scene->pixel_error > 0 ? scene->pixel_error : 1;
    StreamerView look = {
        .view = view->view, .placement = exhibit->placement, .error_scale = error};
    StreamerCut cut = {.is_complete = true}, lens = {.is_complete = true};
    StreamerCut shadow = cut_for_shadow(scene, exhibit);
    if (is_visible)
        cut = streamer_cut(scene->streamer, exhibit->sculpture, &look);
    if (view->lens && view_sees_sphere(view->lens, exhibit->center, exhibit->radius_m)) {
        look.view = view->lens;
        look.is_lens = true;
        look.error_scale = MIN(error, 1);
        lens = streamer_cut(scene->streamer, exhibit->sculpture, &look);
    }
    StreamerCut cast = {0};
    if (view->cast && view_sees_sphere(view->cast, exhibit->center, exhibit->radius_m))
        cast = streamer_cut(scene->streamer, exhibit->sculpture,
                            &(StreamerView){.view = view->cast,
                                            .placement = exhibit->placement,
                                            .error_scale = 1});
    exhibit_update(exhibit, scene->streamer, cut.is_complete && lens.is_complete, scene->arena);
    const MeshGraph *graph = streamer_graph(scene->streamer, exhibit->sculpture);
    *out = (RenderSculpture){
        .placement = exhibit->placement,
        .radius_m = (float)exhibit->radius_m,
        .draws = range_of(&cut),
        .lens_draws = range_of(&lens),
        .shadow_draws = range_of(&shadow),
        .raking_draws = range_of(&cast),
        .has_surface = graph && graph->has_surface,
        .room = rooms_room_index(view->house, exhibit->room),
        .probe = rooms_probe(view->house, exhibit->place),
    };
    memcpy(out->center, exhibit->center, sizeof out->center);
    scene->sculpture_triangles += cut.triangle_count + lens.triangle_count;
    scene->seen_count += cut.draw_count + lens.draw_count > 0;
    if (is_visible && isfinite(cut.error_px))
        scene->error_px = MAX(scene->error_px, cut.error_px);
    if (is_visible && streamer_phase(scene->streamer, exhibit->sculpture) < SCULPTURE_VISIBLE)
        scene->is_complete = false;
}

// Whatever detail a place has, within a few of its own pixels.
static void want_touched(Scene *scene, const SceneView *view)
{
    for (uint32_t i = 0; i < view->touched_count && view->close >= 0; i++) {
        const Exhibit *exhibit = &scene->collection->exhibits[view->close];
        streamer_cut(scene->streamer, exhibit->sculpture,
                     &(StreamerView){.view = &view->touched[i],
                                     .placement = exhibit->placement,
                                     .is_two_sided = true});
    }
}

// Also of rooms that are not seen from here.
static void hope_for(Scene *scene, const Gallery *gallery, const SceneAhead *ahead)
{
    float error = scene->pixel_error > 0 ? scene->pixel_error : 1;
    for (uint32_t i = 0; i < scene->collection->exhibit_count; i++) {
        const Exhibit *exhibit = &scene->collection->exhibits[i];
        double spot[2] = {exhibit->center[0], exhibit->center[2]};
        if (!exhibit->sculpture.generation || exhibit->place == PLAN_NONE ||
            !view_sees_sphere(&ahead->view, exhibit->center, exhibit->radius_m) ||
            !gallery_sees(gallery, ahead->spot, spot))
            continue;
        streamer_cut(scene->streamer, exhibit->sculpture,
                     &(StreamerView){.view = &ahead->view,
                                     .placement = exhibit->placement,
                                     .error_scale = error * ahead->error_scale,
                                     .is_ahead = true});
    }
}

// Nobody comes near what may turn out to be elsewhere: all around, not only where one looks,
// the piece is known much more exactly than the eye keeps off it.
static void keep_shape(Scene *scene, int32_t close)
{
    scene->shaped = -1;
    if (close < 0)
        return;
    const Exhibit *exhibit = &scene->collection->exhibits[close];
    VisitorPiece piece = exhibit_piece(exhibit);
    if (streamer_keep_shape(scene->streamer, exhibit->sculpture, &exhibit->placement,
                            visitor_least_distance(&piece) * VISITOR_SHAPE_ERROR))
        scene->shaped = close;
}

static void begin_frame(Scene *scene, double upload_ms, Arena *frame)
{
    scene->sculpture_triangles = scene->seen_count = 0;
    scene->error_px = 0;
    scene->is_complete = true;
    streamer_begin_frame(scene->streamer, frame);
    upload_pages(scene, upload_ms);
}

static void end_frame(Scene *scene, const RenderSculpture *sculptures, RenderList *list)
{
    streamer_end_frame(scene->streamer);
    list->is_loading = !streamer_stats(scene->streamer).is_settled;
    uint32_t draw_count;
    list->sculptures = sculptures;
    list->cluster_draws =
        (const RenderClusterDraw *)(const void *)streamer_draws(scene->streamer, &draw_count);
    list->cluster_draw_count = draw_count;
}

void scene_add_halves(Scene *scene, const Rooms *house, const SceneHalf halves[2],
                      double upload_ms, Arena *frame, RenderList *list)
{
    RenderSculpture *sculptures = ARENA_ARRAY(frame, RenderSculpture, 2);
    for (int i = 0; i < 2; i++)
        exhibit_open(&scene->collection->exhibits[halves[i].exhibit], scene->streamer);
    begin_frame(scene, upload_ms, frame);
    for (int i = 0; i < 2; i++) {
        Exhibit *exhibit = &scene->collection->exhibits[halves[i].exhibit];
        SceneView view = {.view = halves[i].view,
                          .lens = halves[i].lens,
                          .cast = halves[i].cast,
                          .close = (int32_t)halves[i].exhibit,
                          .house = house,
                          .touched = halves[i].touched,
                          .touched_count = halves[i].touched != NULL};
        RenderSculpture *sculpture = &sculptures[list->sculpture_count++];
        add_exhibit(scene, &view, exhibit, true, sculpture);
        sculpture->placement = halves[i].placement;
        sculpture->room = halves[i].room;
        sculpture->probe = NULL;
        memcpy(sculpture->center, halves[i].center, sizeof sculpture->center);
        want_touched(scene, &view);
    }
    keep_shape(scene, -1); // parallel rays have no eye
    end_frame(scene, sculptures, list);
}

void scene_add(Scene *scene, const SceneView *view, Arena *frame, RenderList *list)
{
    Collection *collection = scene->collection;
    RenderSculpture *sculptures =
        ARENA_ARRAY(frame, RenderSculpture, (size_t)collection->exhibit_count + 1);
    begin_frame(scene, view->upload_ms, frame);
    for (uint32_t i = 0; i < collection->exhibit_count; i++) {
        Exhibit *exhibit = &collection->exhibits[i];
        if (!exhibit->sculpture.generation || exhibit->place == PLAN_NONE ||
            !rooms_sees(view->house, exhibit->room))
            continue;
        bool is_visible = sight_sees_sphere(&view->house->sight, exhibit->room, exhibit->center,
                                            exhibit->radius_m) &&
                          view_sees_sphere(view->view, exhibit->center, exhibit->radius_m);
        add_exhibit(scene, view, exhibit, is_visible, &sculptures[list->sculpture_count]);
        list->sculpture_count++;
    }
    want_touched(scene, view);
    keep_shape(scene, view->close);
    for (uint32_t i = 0; i < view->ahead_count; i++)
        hope_for(scene, view->gallery, &view->ahead[i]);
    end_frame(scene, sculptures, list);
}

// ---- picking

SceneHit scene_pick(Scene *scene, const Rooms *house, const Ray *ray)
{
    SceneHit found = {.exhibit = -1};
    double nearest = DBL_MAX;
    for (uint32_t i = 0; i < scene->collection->exhibit_count; i++) {
        const Exhibit *exhibit = &scene->collection->exhibits[i];
        double distance;
        PickHit hit;
        if (!exhibit->sculpture.generation || exhibit->place == PLAN_NONE ||
            !rooms_sees(house, exhibit->room) ||
            !ray_hit_box(ray, exhibit->low, exhibit->high, &distance) || distance > nearest)
            continue;
        if (streamer_pick(scene->streamer, exhibit->sculpture, &exhibit->placement, ray,
                          &hit) &&
            hit.distance < nearest) {
            nearest = hit.distance;
            found = (SceneHit){.exhibit = (int32_t)i, .hit = hit};
        }
    }
    return found;
}

// Rings of rays over a round window of the picture.
enum { SCENE_RAYS = 28 };

static void ring_point(int index, float at[2])
{
    static const struct {
        int count;
        float radius; // in parts of the window's
    } rings[] = {{1, 0}, {6, 0.3f}, {9, 0.6f}, {12, 0.85f}};
    size_t ring = 0;
    for (; index >= rings[ring].count; ring++)
        index -= rings[ring].count;
    double turn = 6.283185307 * index / rings[ring].count;
    at[0] = rings[ring].radius * (float)cos(turn);
    at[1] = rings[ring].radius * (float)sin(turn);
}

static bool pick_ring(Scene *scene, const Exhibit *piece, const View *view,
                      const float center_px[2], float radius_px, int index, Ray *ray,
                      PickHit *hit)
{
    float at[2];
    ring_point(index, at);
    float px[2] = {center_px[0] + radius_px * at[0], center_px[1] + radius_px * at[1]};
    *ray = view_ray(view, px);
    return streamer_pick(scene->streamer, piece->sculpture, &piece->placement, ray, hit);
}

SceneHit scene_pick_near(Scene *scene, const Rooms *house, const View *view,
                         const float center_px[2], float radius_px)
{
    SceneHit hit = {.exhibit = -1};
    for (int i = 0; i < SCENE_RAYS && hit.exhibit < 0; i++) {
        float at[2];
        ring_point(i, at);
        float px[2] = {center_px[0] + radius_px * at[0], center_px[1] + radius_px * at[1]};
        Ray ray = view_ray(view, px);
        hit = scene_pick(scene, house, &ray);
    }
    return hit;
}

SceneHit scene_pick_piece(Scene *scene, int32_t exhibit, const View *view,
                          const float center_px[2], float radius_px)
{
    SceneHit hit = {.exhibit = -1};
    const Exhibit *piece = &scene->collection->exhibits[exhibit];
    for (int i = 0; i < SCENE_RAYS && hit.exhibit < 0; i++) {
        Ray ray;
        if (pick_ring(scene, piece, view, center_px, radius_px, i, &ray, &hit.hit))
            hit.exhibit = exhibit;
    }
    return hit;
}

typedef struct WeighedSample {
    double wide_m, weight;
} WeighedSample;

static int compare_samples(const void *a, const void *b)
{
    double left = ((const WeighedSample *)a)->wide_m,
           right = ((const WeighedSample *)b)->wide_m;
    return (left > right) - (left < right);
}

static double sample_of(const PickHit *hit)
{
    return (double)(hit->texel_m > 0 ? MIN(hit->texel_m, hit->edge_m) : hit->edge_m);
}

double scene_sample(Scene *scene, int32_t exhibit, const View *view, const float center_px[2],
                    float radius_px, bool *is_known)
{
    const Exhibit *piece = &scene->collection->exhibits[exhibit];
    WeighedSample samples[SCENE_RAYS];
    size_t count = 0;
    double total = 0;
    bool has_texels = false;
    PickHit middle = {0};
    for (int i = 0; i < SCENE_RAYS; i++) {
        Ray ray;
        PickHit hit;
        if (!pick_ring(scene, piece, view, center_px, radius_px, i, &ray, &hit) ||
            !(hit.edge_m > 0))
            continue;
        if (i == 0)
            middle = hit;
        if (!hit.is_finest)
            continue;
        has_texels |= hit.texel_m > 0;
        double wide_m = sample_of(&hit);
        // Rays find triangles by their area; samples are to count one by one.
        samples[count] = (WeighedSample){wide_m, 1 / (wide_m * wide_m)};
        total += samples[count++].weight;
    }
    *is_known = count >= SCENE_RAYS / 4 || middle.is_finest;
    // What is only coarse here yet does not say how fine the scan is, only that it is no
    // coarser.
    if (!*is_known)
        return middle.edge_m > 0 ? MIN(sample_of(&middle), piece->sample_m) : piece->sample_m;
    if (count < SCENE_RAYS / 4)
        return middle.texel_m > 0 ? sample_of(&middle)
                                  : MIN(sample_of(&middle), piece->sample_m);
    qsort(samples, count, sizeof *samples, compare_samples);
    size_t median = 0;
    for (double sum = samples[0].weight; sum < total / 2; sum += samples[median].weight)
        median++;
    // Texels say themselves how wide they are. Flat parts of a scan may have been thinned: what
    // holds elsewhere held there too, and the lens does not lose strength when the finest pages
    // arrive.
    return has_texels ? samples[median].wide_m : MIN(samples[median].wide_m, piece->sample_m);
}

static double height_over(const SceneRelief *relief, const double (*places)[3], int count)
{
    double low = 0, high = 0, length = sqrt(dot3(relief->normal, relief->normal));
    for (int i = 0; i < count && length > 0; i++) {
        double from[3] = {places[i][0] - relief->center[0], places[i][1] - relief->center[1],
                          places[i][2] - relief->center[2]};
        double height = dot3(from, relief->normal) / length;
        low = MIN(low, height);
        high = MAX(high, height);
    }
    return high - low;
}

SceneRelief scene_relief(Scene *scene, int32_t exhibit, const View *lens)
{
    SceneRelief relief = {0};
    const Exhibit *piece = &scene->collection->exhibits[exhibit];
    const Viewport *port = &lens->viewport;
    float half_px = port->width / 2, middle_px[2] = {port->x + half_px, port->y + half_px};
    double middle_m = 0, places[SCENE_RAYS][3];
    int count = 0;
    for (int i = 0; i < SCENE_RAYS; i++) {
        Ray ray;
        PickHit hit;
        if (!pick_ring(scene, piece, lens, middle_px, half_px, i, &ray, &hit))
            continue;
        if (!relief.is_there) {
            relief.is_there = true;
            middle_m = hit.distance;
            relief.radius_m = (double)half_px * view_pixel_m(lens, hit.point);
            memcpy(relief.center, hit.point, sizeof relief.center);
        }
        if (fabs(hit.distance - middle_m) > relief.radius_m)
            continue; // another limb, in front or behind
        double facing = dot3(hit.normal, ray.direction) > 0 ? -1 : 1;
        for (int k = 0; k < 3; k++) {
            relief.normal[k] += facing * hit.normal[k];
            places[count][k] = hit.point[k];
        }
        count++;
    }
    relief.height_m = height_over(&relief, (const double(*)[3])places, count);
    return relief;
}
