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

void light_assign(const Render *render, SceneView *view, const double center[3], float radius_m,
                  ObjectBlock *object)
{
    float scores[RENDER_MAX_DRAW_LIGHTS];
    int count = 0;
    for (uint32_t i = 0; i < render->house.light_count; i++) {
        const LightState *light = &render->house.lights[i];
        if (!light_reaches(light, center, radius_m))
            continue;
        double place[3] = {light->desc.position[0], light->desc.position[1],
                           light->desc.position[2]};
        float away = (float)MAX(distance3(place, center) - radius_m, 0.5);
        float score = light->desc.intensity_cd / (away * away);
        int at = count < RENDER_MAX_DRAW_LIGHTS ? count++ : count;
        for (; at > 0 && scores[at - 1] < score; at--) {
            if (at < RENDER_MAX_DRAW_LIGHTS) {
                scores[at] = scores[at - 1];
                object->lights[at >> 2][at & 3] = object->lights[(at - 1) >> 2][(at - 1) & 3];
            }
        }
        if (at < RENDER_MAX_DRAW_LIGHTS) {
            scores[at] = score;
            object->lights[at >> 2][at & 3] = (int32_t)i;
        }
    }
    object->numbers[0] = count;
    for (int i = 0; i < count; i++)
        view->uses_light[object->lights[i >> 2][i & 3]] = true;
}

// From relative to the eye to the tile's place in the atlas.
static void atlas_matrix(const Render *render, const ShadowTile *tile, const double eye[3],
                         float out[16], float out_tile[4])
{
    float move[16] = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};
    for (int i = 0; i < 3; i++)
        move[12 + i] = (float)(eye[i] - tile->eye[i]);
    float width = (float)render->atlas_side, height = width * 1.5f;
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

static void fill_light(const Render *render, const SceneView *view, int index, Light *out)
{
    const LightState *light = &render->house.lights[index];
    for (int i = 0; i < 3; i++) {
        out->place[i] = (float)((double)light->desc.position[i] - view->eye[i]);
        out->direction[i] = light->desc.direction[i];
        out->color[i] = light->color_cd[i];
    }
    out->place[3] = 1 / (light->desc.reach_m * light->desc.reach_m);
    out->direction[3] = light->cos_outer;
    out->color[3] = 1 / (light->cos_inner - light->cos_outer);
    out->tile[0] = 1; // low above high: none
    out->fine_tile[0] = 1;
    if (light->tile.is_drawn && light->desc.has_shadow)
        atlas_matrix(render, &light->tile, view->eye, out->shadow, out->tile);
    const ShadowTile *fine = view->fine_of[index];
    if (fine)
        atlas_matrix(render, fine, view->eye, out->fine_shadow, out->fine_tile);
    out->bias[0] = light->tile.texel_spread * 1.6f;
    out->bias[1] = fine ? fine->texel_spread * 1.6f : 0;
    out->bias[2] = 1;
}

// One far lamp, nearly parallel, that grazes the surface one looks at.
static void fill_raking(const Render *render, const SceneView *view, Light *out)
{
    enum { AWAY_M = 1000 };
    const ShadowTile *tile = &render->fine_tiles[view->index * FINE_TILES_A_VIEW + RAKING_TILE];
    static const float LUX = 620;
    double towards[3];
    raking_direction(view->view, towards);
    for (int i = 0; i < 3; i++) {
        out->place[i] = (float)(view->view->focus[i] - view->eye[i] + towards[i] * AWAY_M);
        out->direction[i] = (float)-towards[i];
        out->color[i] = LUX * AWAY_M * AWAY_M;
    }
    out->place[3] = 1e-9f;
    out->direction[3] = -2;
    out->color[3] = 1;
    out->tile[0] = 1; // beyond the fine tile everything is lit: what one looks at lies inside
    out->fine_tile[0] = 1;
    if (tile->is_drawn)
        atlas_matrix(render, tile, view->eye, out->fine_shadow, out->fine_tile);
    out->bias[0] = out->bias[1] = tile->texel_spread * 1.2f / AWAY_M;
    out->bias[2] = 1;
}

static void fill_rooms(const Render *render, const SceneView *view, RoomBlock *out)
{
    for (uint32_t i = 0; i < render->house.room_count; i++) {
        const RenderRoom *room = &render->house.rooms[i];
        for (int k = 0; k < 3; k++) {
            out->rooms[i].low[k] = (float)(room->low[k] - view->eye[k]);
            out->rooms[i].high[k] = (float)(room->high[k] - view->eye[k]);
        }
        out->rooms[i].low[3] = (float)(i * SHARED_REFLECTION_LEVELS);
        out->rooms[i].high[3] = (float)i;
        out->rooms[i].probes[0] = (float)(i * 3 * SHARED_VOLUME_Z);
        out->rooms[i].probes[1] = (float)render->house.bounce_slices;
    }
}

// Fine squares are fitted to the focus: what reaches out of it takes the whole cone's.
static bool is_in_focus(const RenderView *view, const SceneDraw *draw)
{
    double reach = distance3(draw->center, view->focus) + (double)draw->radius_m;
    return reach < (double)view->focus_radius_m * 1.2;
}

// A piece's lamps one by one, each with the better of its shadows.
static void fill_keys(Frame *frame, const SceneView *view, const SceneDraw *draw)
{
    const Render *render = frame->render;
    KeyBlock block = {0};
    for (int i = 0; i < MIN(draw->lights->numbers[0], SHARED_KEY_LIGHTS); i++) {
        int index = draw->lights->lights[i >> 2][i & 3];
        Light *light = &block.lights[i];
        if (index >= RENDER_MAX_LIGHTS)
            fill_raking(render, view, light);
        else
            fill_light(render, view, index, light);
        bool is_fine = light->fine_tile[0] < light->fine_tile[2];
        if (is_fine && (index >= RENDER_MAX_LIGHTS || is_in_focus(view->view, draw))) {
            memcpy(light->shadow, light->fine_shadow, sizeof light->shadow);
            memcpy(light->tile, light->fine_tile, sizeof light->tile);
            light->bias[0] = light->bias[1];
        }
    }
    house_ambient(render, (uint32_t)draw->lights->numbers[1], draw->center, block.ambient);
    memcpy(frame->uniforms + draw->key_offset, &block, sizeof block);
}

void light_push_blocks(Frame *frame, SceneView *view)
{
    LightBlock *lights = ARENA_NEW(frame->arena, LightBlock);
    RoomBlock *rooms = ARENA_NEW(frame->arena, RoomBlock);
    for (uint32_t i = 0; i < frame->render->house.light_count; i++) {
        if (view->uses_light[i])
            fill_light(frame->render, view, (int)i, &lights->lights[i]);
    }
    if (view->view->mode == RENDER_RAKING)
        fill_raking(frame->render, view, &lights->lights[RENDER_MAX_LIGHTS + view->index]);
    fill_rooms(frame->render, view, rooms);
    for (uint32_t i = 0; i < view->draw_count; i++) {
        if (view->draws[i].lights)
            fill_keys(frame, view, &view->draws[i]);
    }
    view->light_offset = frame_push_uniforms(frame, lights, sizeof *lights);
    view->room_offset = frame_push_uniforms(frame, rooms, sizeof *rooms);
}
