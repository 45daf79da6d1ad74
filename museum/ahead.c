// ahead.c: what the visitor will see in a second.

#include "museum/ahead.h"

#include <math.h>
#include <string.h>

#define AHEAD_S 1.0
#define LOOKS_CLOSER_S 0.5 // who stands so long before a piece may lean in to it
#define RING 1.5f          // of the lens's radius

enum { EVERY = 4 }; // frames; hopes last longer

// The same walk, a second on.
static bool walk_on(const Museum *m, const VisitorWorld *world, Visitor *visitor)
{
    VisitorActions actions = {.move = {m->carried.move[0], m->carried.move[1]},
                              .is_running = m->carried.is_running};
    if (visitor->state != VISITOR_WALKING || visitor_is_still(visitor))
        return false;
    for (double s = 0; s < AHEAD_S; s += VISITOR_STEP_S)
        visitor_step(visitor, &actions, world);
    return true;
}

static bool lean_in(const Museum *m, const VisitorWorld *world, Visitor *visitor)
{
    int32_t piece = m->leans_after_walk >= 0 ? m->leans_after_walk : m->focus;
    bool is_early = m->leans_after_walk < 0 && m->still_s < LOOKS_CLOSER_S;
    if (visitor->state != VISITOR_WALKING || piece < 0 || is_early)
        return false;
    VisitorPiece box = exhibit_piece(&m->collection.exhibits[piece]);
    visitor_lean_in(visitor, &box, world);
    visitor->glide = 1;
    return true;
}

static uint32_t look_ahead(const Museum *m, const Viewport *viewport, SceneAhead *out)
{
    Visitor visitor = m->visitor;
    VisitorWorld world = {.gallery = &m->gallery,
                          .aspect = viewport->width / MAX(viewport->height, 1)};
    bool walks = walk_on(m, &world, &visitor);
    bool leans = (!walks || m->leans_after_walk >= 0) && visitor_is_still(&visitor) &&
                 lean_in(m, &world, &visitor);
    if (!walks && !leans)
        return 0;
    Camera camera = visitor_camera(&visitor, &world);
    *out = (SceneAhead){.view = camera_view(&camera, viewport), .error_scale = 1};
    memcpy(out->spot, visitor.spot, sizeof out->spot);
    return 1;
}

uint32_t ahead_look(const Museum *m, const Viewport *viewport, SceneAhead *out)
{
    if (m->lens.is_on && m->lens.zoom > 1) {
        float center[2] = {m->lens.at[0] * viewport->width, m->lens.at[1] * viewport->height};
        float radius_px = magnifier_radius_px(&m->lens, viewport->width, viewport->height);
        *out = (SceneAhead){.view = camera_magnify(&m->camera, viewport, center,
                                                   radius_px * RING, (float)m->lens.zoom),
                            .error_scale = 1};
        memcpy(out->spot, m->visitor.spot, sizeof out->spot);
        return 1;
    }
    return m->frame_number % EVERY ? 0 : look_ahead(m, viewport, out);
}
