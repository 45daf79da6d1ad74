// scene.c: the sculptures of a frame: what is opened, what is streamed, what is drawn of each.

#include "museum/scene.h"

#include <float.h>
#include <math.h>
#include <string.h>
#include <time.h>

#define SHADOW_PICTURE_PX 320.0f // shadows are cut as if seen in a picture so large

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

static void upload_pages(Scene *scene, double limit_ms)
{
    double begun = now_ms();
    StreamerUpload upload;
    while (streamer_next_upload(scene->streamer, &upload)) {
        render_upload_page(scene->render, upload.slot, upload.page);
        if (limit_ms > 0 && now_ms() - begun > limit_ms)
            return;
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
    StreamerView look = {.view = view->view, .placement = exhibit->placement};
    StreamerCut cut = {.is_complete = true}, lens = {.is_complete = true};
    StreamerCut shadow = cut_for_shadow(scene, exhibit);
    if (is_visible)
        cut = streamer_cut(scene->streamer, exhibit->sculpture, &look);
    if (view->lens && view_sees_sphere(view->lens, exhibit->center, exhibit->radius_m)) {
        look.view = view->lens;
        lens = streamer_cut(scene->streamer, exhibit->sculpture, &look);
    }
    exhibit_update(exhibit, scene->streamer, cut.is_complete && lens.is_complete, scene->arena);
    const MeshGraph *graph = streamer_graph(scene->streamer, exhibit->sculpture);
    *out = (RenderSculpture){
        .placement = exhibit->placement,
        .radius_m = (float)exhibit->radius_m,
        .draws = range_of(&cut),
        .lens_draws = range_of(&lens),
        .shadow_draws = range_of(&shadow),
        .has_surface = graph && graph->has_surface,
        .room = rooms_room_index(view->house, exhibit->room),
    };
    memcpy(out->center, exhibit->center, sizeof out->center);
    scene->sculpture_triangles += cut.triangle_count + lens.triangle_count;
    if (is_visible && isfinite(cut.error_px))
        scene->error_px = MAX(scene->error_px, cut.error_px);
    if (is_visible && streamer_phase(scene->streamer, exhibit->sculpture) < SCULPTURE_VISIBLE)
        scene->is_complete = false;
}

void scene_add(Scene *scene, const SceneView *view, Arena *frame, RenderList *list)
{
    Collection *collection = scene->collection;
    RenderSculpture *sculptures =
        ARENA_ARRAY(frame, RenderSculpture, (size_t)collection->exhibit_count + 1);
    scene->sculpture_triangles = 0;
    scene->error_px = 0;
    scene->is_complete = true;
    streamer_begin_frame(scene->streamer, frame);
    upload_pages(scene, view->upload_ms);
    for (uint32_t i = 0; i < collection->exhibit_count; i++) {
        Exhibit *exhibit = &collection->exhibits[i];
        if (!exhibit->sculpture.generation || exhibit->place == PLAN_NONE ||
            !rooms_sees(view->house, exhibit->room))
            continue;
        bool is_visible = view_sees_sphere(view->view, exhibit->center, exhibit->radius_m);
        add_exhibit(scene, view, exhibit, is_visible, &sculptures[list->sculpture_count]);
        list->sculpture_count++;
    }
    streamer_end_frame(scene->streamer);
    uint32_t draw_count;
    list->sculptures = sculptures;
    list->cluster_draws =
        (const RenderClusterDraw *)(const void *)streamer_draws(scene->streamer, &draw_count);
    list->cluster_draw_count = draw_count;
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
            // What is only coarse here yet does not say how fine the scan is: its median does.
            double sample = hit.is_finest ? (double)hit.edge_m : exhibit->sample_m;
            found = (SceneHit){.exhibit = (int32_t)i, .hit = hit, .sample_m = sample};
        }
    }
    return found;
}

// Rings of rays, and the piece's normals where they meet it.
SceneRelief scene_relief(Scene *scene, int32_t exhibit, const View *lens)
{
    static const struct {
        int count;
        float radius; // in parts of the lens's
    } rings[] = {{1, 0}, {6, 0.3f}, {9, 0.6f}, {12, 0.85f}};
    SceneRelief relief = {0};
    const Exhibit *piece = &scene->collection->exhibits[exhibit];
    const Viewport *port = &lens->viewport;
    double half_px = (double)port->width / 2, middle_m = 0;
    for (size_t ring = 0; ring < COUNT_OF(rings); ring++) {
        for (int i = 0; i < rings[ring].count; i++) {
            double turn = 6.283185307 * i / rings[ring].count,
                   out = half_px * rings[ring].radius;
            float px[2] = {(float)(port->x + half_px + out * cos(turn)),
                           (float)(port->y + half_px + out * sin(turn))};
            Ray ray = view_ray(lens, px);
            PickHit hit;
            if (!streamer_pick(scene->streamer, piece->sculpture, &piece->placement, &ray,
                               &hit))
                continue;
            if (!relief.is_there) {
                relief.is_there = true;
                middle_m = hit.distance;
                relief.radius_m =
                    half_px * view_depth(lens, hit.point) / (double)lens->focal_px;
                memcpy(relief.center, hit.point, sizeof relief.center);
            }
            if (fabs(hit.distance - middle_m) > relief.radius_m)
                continue; // another limb, in front or behind
            double facing = dot3(hit.normal, ray.direction) > 0 ? -1 : 1;
            for (int k = 0; k < 3; k++)
                relief.normal[k] += facing * hit.normal[k];
        }
    }
    return relief;
}
