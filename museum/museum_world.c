// museum_world.c: what the visitor stands before, and the surface of what one leans in to, as
// far as it is loaded.

#include "museum/museum_parts.h"

#include <string.h>

static double ask_surface(void *context, const Ray *ray, double limit_m)
{
    Museum *m = context;
    PickHit hit;
    if (m->close < 0)
        return limit_m;
    const Exhibit *exhibit = &m->collection.exhibits[m->close];
    if (!streamer_pick_within(m->streamer, exhibit->sculpture, &exhibit->placement, ray,
                              limit_m, &hit))
        return limit_m;
    return MIN(hit.distance, limit_m);
}

static bool ask_gap(void *context, const double point[3], double limit_m, VisitorGap *out)
{
    Museum *m = context;
    PickHit hit;
    if (m->close < 0)
        return false;
    const Exhibit *exhibit = &m->collection.exhibits[m->close];
    if (!streamer_gap(m->streamer, exhibit->sculpture, &exhibit->placement, point, limit_m,
                      &hit))
        return false;
    *out = (VisitorGap){.distance_m = hit.distance};
    memcpy(out->point, hit.point, sizeof out->point);
    memcpy(out->normal, hit.normal, sizeof out->normal);
    return true;
}

VisitorWorld museum_world(Museum *m, float aspect)
{
    StreamerStats streamer = streamer_stats(m->streamer);
    return (VisitorWorld){
        .gallery = &m->gallery,
        .surface = ask_surface,
        .gap = ask_gap,
        .context = m,
        .revision = (uint64_t)streamer.resident_pages << 32 | streamer.revision,
        .is_rough = m->close >= 0 && m->scene.shaped != m->close,
        .aspect = aspect,
    };
}

int32_t museum_focused_place(const Museum *m)
{
    Ray ray = {{m->visitor.spot[0], m->visitor.floor_m + (double)m->visitor.eye_height_m,
                m->visitor.spot[1]},
               {0}};
    Camera camera = {.yaw = m->visitor.yaw, .pitch = m->visitor.pitch};
    camera_forward(&camera, ray.direction);
    return gallery_in_tray(&m->gallery,
                           gallery_focus(&m->gallery, m->visitor.spot, m->visitor.yaw), &ray);
}
