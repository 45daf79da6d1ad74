// render_light.c: which lamps reach what, and the blocks that tell the shaders of them.

#include "draw/render_parts.h"

#include <math.h>
#include <string.h>

static const float DEGREE = 3.14159265f / 180.0f;

// 3,000 K: warm white, as galleries have it.
static const float WARM_WHITE[3] = {1.0f, 0.861f, 0.710f};

static void fill_defaults(RenderLight *light)
{
    if (light->cone_deg <= 0)
        light->cone_deg = 24;
    if (light->edge_deg <= 0)
        light->edge_deg = 8;
    if (light->source_radius_m <= 0)
        light->source_radius_m = 0.03f;
    if (light->reach_m <= 0)
        light->reach_m = 12;
    float length = sqrtf(light->direction[0] * light->direction[0] +
                         light->direction[1] * light->direction[1] +
                         light->direction[2] * light->direction[2]);
    for (int i = 0; i < 3; i++)
        light->direction[i] = length > 0 ? light->direction[i] / length : i == 1 ? -1.0f : 0.0f;
}

void light_init(LightState *state, const RenderLight *desc)
{
    *state = (LightState){.desc = *desc};
    RenderLight *light = &state->desc;
    fill_defaults(light);
    linear_color(light->color, WARM_WHITE, state->color_cd);
    // A colour has no brightness of its own: candela are what the eye sees.
    float seen = 0.2126f * state->color_cd[0] + 0.7152f * state->color_cd[1] +
                 0.0722f * state->color_cd[2];
    for (int i = 0; i < 3; i++)
        state->color_cd[i] *= light->intensity_cd / MAX(seen, 1e-4f);
    float inner = light->cone_deg * 0.5f, outer = MIN(inner + light->edge_deg, 85.0f);
    state->cos_inner = cosf(MIN(inner, outer - 0.1f) * DEGREE);
    state->cos_outer = cosf(outer * DEGREE);
}

bool light_reaches(const LightState *light, const double center[3], float radius_m)
{
    float to[3], along = 0, distance2 = 0;
    for (int i = 0; i < 3; i++) {
        to[i] = (float)center[i] - light->desc.position[i];
        along += to[i] * light->desc.direction[i];
        distance2 += to[i] * to[i];
    }
    float far = light->desc.reach_m + radius_m;
    if (distance2 > far * far)
        return false;
    if (distance2 <= radius_m * radius_m)
        return true;
    // The sphere's nearest point to the cone's side.
    float sin_outer = sqrtf(1 - light->cos_outer * light->cos_outer);
    float aside = sqrtf(MAX(distance2 - along * along, 0));
    return aside * light->cos_outer - along * sin_outer < radius_m && along > -radius_m;
}

float light_lux_at(const LightState *light, const double place[3])
{
    float to[3], along = 0, distance2 = 1e-6f;
    for (int i = 0; i < 3; i++) {
        to[i] = (float)place[i] - light->desc.position[i];
        along += to[i] * light->desc.direction[i];
        distance2 += to[i] * to[i];
    }
    float cone =
        (along / sqrtf(distance2) - light->cos_outer) / (light->cos_inner - light->cos_outer);
    cone = CLAMP(cone, 0.0f, 1.0f);
    return light->desc.intensity_cd * cone * cone * (3 - 2 * cone) / distance2;
}

// The share of light a piece sends back, on average.
static float mean_share_of(const Render *render, const RenderList *list,
                           const RenderSculpture *sculpture)
{
    float color[3], sum = 0, count = 1e-6f;
    linear_color(sculpture->color, SCENE_MARBLE, color);
    float own = 0.2126f * color[0] + 0.7152f * color[1] + 0.0722f * color[2];
    if (!sculpture->has_surface)
        return own;
    if (is_zero3(sculpture->color))
        own = 1;
    for (uint32_t i = 0; i < sculpture->draws.count; i++) {
        const RenderClusterDraw *draw = &list->cluster_draws[sculpture->draws.first + i];
        sum += (float)draw->index_count * render->pages.slots[draw->slot].share;
        count += (float)draw->index_count;
    }
    return own * sum / count;
}

float render_meter(const Render *render, const RenderList *list, uint32_t index)
{
    static const float ROOM_FOR_HIGHLIGHTS = 1.04f, PALE = 0.72f;
    const RenderSculpture *sculpture = &list->sculptures[index];
    float most = 0, all = 0;
    for (uint32_t i = 0; i < render->house.light_count; i++) {
        const LightState *light = &render->house.lights[i];
        if (!light_is_for_room(render, light, sculpture->room))
            continue;
        float lux = light_lux_at(light, sculpture->center);
        most = MAX(most, lux);
        all += lux;
    }
    LightProbe probe = sculpture->probe
                           ? *sculpture->probe
                           : house_ambient(render, sculpture->room, sculpture->center);
    float around = (probe.sh[0][0] + probe.sh[1][0] + probe.sh[2][0]) / 3;
    float lux = most + 0.3f * (all - most) + around;
    float share = mean_share_of(render, list, sculpture) / PALE;
    float shown = sqrtf(CLAMP(share, 0.16f, 1.3f));
    return MAX(lux * ROOM_FOR_HIGHLIGHTS * shown, 1.0f);
}

bool light_is_for_room(const Render *render, const LightState *light, uint32_t room)
{
    static const float WALL_M = 0.3f;
    if (light->desc.has_shadow || room >= render->house.room_count)
        return true;
    const RenderRoom *box = &render->house.rooms[room];
    bool is_inside = true;
    for (int k = 0; k < 3; k++)
        is_inside &= light->desc.position[k] > box->low[k] - WALL_M &&
                     light->desc.position[k] < box->high[k] + WALL_M;
    return is_inside;
}

void light_assign(const Render *render, SceneView *view, const double center[3], float radius_m,
                  uint32_t room, LampList *lamps)
{
    float scores[SHARED_KEY_LIGHTS];
    *lamps = (LampList){0};
    for (uint32_t i = 0; i < render->house.light_count; i++) {
        const LightState *light = &render->house.lights[i];
        if (!light_reaches(light, center, radius_m) || !light_is_for_room(render, light, room))
            continue;
        double place[3] = {light->desc.position[0], light->desc.position[1],
                           light->desc.position[2]};
        float away = (float)MAX(distance3(place, center) - radius_m, 0.5);
        float score = light->desc.intensity_cd / (away * away);
        int at = lamps->count;
        for (; at > 0 && scores[at - 1] < score; at--) {
            if (at == SHARED_KEY_LIGHTS)
                continue;
            scores[at] = scores[at - 1];
            lamps->lights[at] = lamps->lights[at - 1];
        }
        if (at == SHARED_KEY_LIGHTS)
            continue;
        scores[at] = score;
        lamps->lights[at] = (int)i;
        lamps->count = MIN(lamps->count + 1, SHARED_KEY_LIGHTS);
    }
    for (int i = 0; i < lamps->count; i++)
        view->uses_light[lamps->lights[i]] = true;
}

// From relative to the eye to the tile's place in the atlas.
static void atlas_matrix(const Render *render, const ShadowTile *tile, const double eye[3],
                         float out[16], float out_tile[4])
{
    float move[16] = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};
    for (int i = 0; i < 3; i++)
        move[12 + i] = (float)(eye[i] - tile->eye[i]);
    float width = (float)render->atlas_side, height = (float)render->atlas_size[1];
    float u = (float)tile->x / width, v = (float)tile->y / height;
    float su = (float)tile->side / width, sv = (float)tile->side / height;
    float fit[16] = {su / 2, 0, 0,    0, 0,          sv / 2,     0,    0,
                     0,      0, 0.5f, 0, u + su / 2, v + sv / 2, 0.5f, 1};
    multiply4(tile->project, move, out);
    multiply4(fit, out, out);
    out_tile[0] = u;
    out_tile[1] = v;
    out_tile[2] = u + su;
    out_tile[3] = v + sv;
}

// With the whole cone's shadow, or the one fitted to the focus.
static void fill_light(const Render *render, const SceneView *view, int index, bool wants_fine,
                       Light *out)
{
    const LightState *light = &render->house.lights[index];
    const ShadowTile *fine = wants_fine ? view->fine_of[index] : NULL;
    const ShadowTile *tile = fine ? fine : &light->tile;
    for (int i = 0; i < 3; i++) {
        out->place[i] = (float)((double)light->desc.position[i] - view->eye[i]);
        out->direction[i] = light->desc.direction[i];
        out->color[i] = light->color_cd[i];
    }
    out->place[3] = 1 / (light->desc.reach_m * light->desc.reach_m);
    out->direction[3] = light->cos_outer;
    out->color[3] = 1 / (light->cos_inner - light->cos_outer);
    out->tile[0] = 1; // low above high: none
    if (tile->is_drawn && light->desc.has_shadow)
        atlas_matrix(render, tile, view->eye, out->shadow, out->tile);
    out->bias[0] = tile->texel_spread * 1.6f;
    out->bias[1] = 1;
}

// One far lamp, nearly parallel, that grazes the surface one looks at. How bright it is goes by
// the exposure alone, so shaders say it.
void light_fill_raking(Render *render, const SceneView *view, Light *light)
{
    enum { AWAY_M = 1000 };
    const ShadowTile *tile = &shadow_fine_row(render, view)[RAKING_TILE];
    RakingLight raking = raking_light(view->view);
    for (int i = 0; i < 3; i++)
        light->place[i] = (float)(raking.center[i] - view->eye[i] + raking.towards[i] * AWAY_M);
    light->tile[0] = 1;
    if (tile->is_drawn)
        atlas_matrix(render, tile, view->eye, light->shadow, light->tile);
    light->bias[0] = tile->texel_spread * 2; // wherever: its rays are parallel
    light->bias[1] = 2.5f;                   // soft edges: a scan's triangles fray hard ones
}

void light_fill_room(const Render *render, const SceneView *view, uint32_t index, Room *out)
{
    const House *house = &render->house;
    if (index >= house->room_count)
        return;
    const RenderRoom *room = &house->rooms[index];
    for (int k = 0; k < 3; k++) {
        out->low[k] = (float)(room->low[k] - view->eye[k]);
        out->high[k] = (float)(room->high[k] - view->eye[k]);
    }
    out->low[3] = out->high[3] = (float)index;
    out->probes[0] = (float)(index * 3 * SHARED_VOLUME_Z);
    out->probes[1] = (float)house->bounce_slices;
}

// Fine squares are fitted to the focus: what reaches out of it takes the whole cone's.
static bool is_in_focus(const RenderView *view, const SceneDraw *draw)
{
    double reach = distance3(draw->center, view->focus) + (double)draw->radius_m;
    return reach < (double)view->focus_radius_m * 1.2;
}

// Shadows are cast by a coarse cut of the piece, which may lie this much outside of what is
// drawn, in its radii.
#define COARSE_CASTERS 0.006

static void lift_off_casters(const SceneDraw *draw, const LightState *light, Light *out)
{
    double place[3] = {light->desc.position[0], light->desc.position[1],
                       light->desc.position[2]};
    double away = MAX(distance3(place, draw->center), 0.1);
    out->bias[0] += (float)(COARSE_CASTERS * (double)draw->radius_m / away);
}

static void fill_keys(Frame *frame, const SceneView *view, const SceneDraw *draw)
{
    KeyBlock block = {0};
    bool is_raking = draw->lamps->count == 1 && draw->lamps->lights[0] == RENDER_MAX_LIGHTS;
    for (int i = 0; i < SHARED_KEY_LIGHTS; i++) {
        block.lights[i].tile[0] = 1; // dark, and without a shadow
        if (i >= draw->lamps->count || is_raking)
            continue;
        int index = draw->lamps->lights[i];
        fill_light(frame->render, view, index, is_in_focus(view->view, draw), &block.lights[i]);
        lift_off_casters(draw, &frame->render->house.lights[index], &block.lights[i]);
    }
    if (is_raking) {
        light_fill_raking(frame->render, view, &block.lights[0]);
    } else {
        LightProbe probe =
            draw->probe ? *draw->probe : house_ambient(frame->render, draw->room, draw->center);
        house_push_probe(&probe, block.ambient, block.ambient_bands);
    }
    memcpy(frame->uniforms + draw->key_offset, &block, sizeof block);
}

// Charts are coarser than shadow maps: an edge within one texel of a chart would be a
// staircase.
#define BAKED_BLUR 2.6f

size_t light_push_lamps(Frame *frame, const SceneView *view, const LampList *lamps)
{
    KeyBlock block = {0};
    for (int i = 0; i < SHARED_KEY_LIGHTS; i++) {
        block.lights[i].tile[0] = 1;
        if (i < lamps->count)
            fill_light(frame->render, view, lamps->lights[i], false, &block.lights[i]);
        block.lights[i].bias[1] = BAKED_BLUR;
    }
    return frame_push_uniforms(frame, &block, sizeof block);
}

void light_push_blocks(Frame *frame, SceneView *view)
{
    for (uint32_t i = 0; i < view->draw_count; i++) {
        if (view->draws[i].lamps)
            fill_keys(frame, view, &view->draws[i]);
    }
}
