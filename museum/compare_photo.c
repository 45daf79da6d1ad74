// compare_photo.c: a comparison as photographs and views keep it.

#include "museum/museum_parts.h"

#include <math.h>
#include <string.h>

// ---- pictures

static View lens_view(const Magnifier *lens, const Camera *camera, const Viewport *whole,
                      const float at_px[2])
{
    return camera_magnify(camera, whole, at_px,
                          magnifier_radius_px(lens, whole->width, whole->height),
                          (float)MAX(lens->zoom, 1));
}

void compare_shoot(const Museum *m, const Input *input, int scale, CompareShot *out)
{
    int left = input->width / 2;
    float times = (float)scale;
    *out = (CompareShot){0};
    for (int i = 0; i < 2; i++) {
        const CompareHalf *half = &m->compare.halves[i];
        int width = i ? input->width - left : left;
        Viewport whole = {(float)(i ? left : 0) * times, 0, (float)width * times,
                          (float)input->height * times};
        Camera camera, own;
        compare_cameras(m, i, &camera, &own);
        out->views[i] = camera_view(&camera, &whole);
        out->own_views[i] = camera_view(&own, &whole);
        out->has_lens[i] = half->lens.is_on;
        if (!half->lens.is_on)
            continue;
        const float px[2] = {half->lens.at[0] * (float)input->width * times,
                             half->lens.at[1] * (float)input->height * times};
        out->lenses[i] = lens_view(&half->lens, &camera, &whole, px);
        out->own_lenses[i] = lens_view(&half->lens, &own, &whole, px);
    }
}

void compare_draw_tile(Museum *m, const CompareTile *tile, const MuseumFrame *how)
{
    const CompareShot *shot = tile->shot;
    MuseumFrame whole = *how;
    RenderList list = {.quads = tile->quads, .quad_count = tile->quad_count};
    RenderView *views[2] = {&list.view, &list.other};
    SceneHalf halves[2];
    View own[2];
    int width = 0;
    for (int i = 0; i < 2; i++) {
        const CompareHalf *half = &m->compare.halves[i];
        bool is_lens = tile->is_in_lens[i];
        View view = view_crop(is_lens ? &shot->lenses[i] : &shot->views[i], &tile->parts[i]);
        own[i] =
            view_crop(is_lens ? &shot->own_lenses[i] : &shot->own_views[i], &tile->parts[i]);
        *views[i] = compare_view(half, &view);
        if (is_lens)
            museum_aim_lens(&half->relief, &half->lens, views[i]);
        views[i]->grain_px = tile->grain_px;
        views[i]->camera.viewport.x = own[i].viewport.x = (float)width;
        width += (int)tile->parts[i].width;
        halves[i] = compare_scene_half(half, i);
        halves[i].view = &own[i];
        halves[i].cast =
            is_lens && half->lens.mode == MAGNIFIER_RAKING ? &half->own_lens_view : NULL;
    }
    m->has_labels = true;
    scene_add_halves(&m->scene, &m->house, halves, 0, &m->frame, &list);
    compare_light_list(m, &list);
    list.width_px = width;
    list.height_px = (int)tile->parts[0].height;
    list.has_other = true;
    whole.is_scripted = true;
    whole.is_forced = false;
    museum_draw(m, &list, &whole, false);
}

// ---- views

PhotoPair compare_keep(const Museum *m)
{
    const Compare *compare = &m->compare;
    PhotoPair pair = {.is_free = compare->is_free,
                      .is_right_active = compare->active == 1,
                      .height_m = compare->height_m};
    for (int i = 0; i < 2; i++) {
        const CompareHalf *half = &compare->halves[i];
        PhotoHalf *kept = &pair.halves[i];
        kept->exhibit = m->collection.exhibits[half->exhibit].id;
        kept->yaw = (double)half->orbit.yaw;
        kept->pitch = (double)half->orbit.pitch;
        kept->lens = photo_lens(&half->lens);
        for (int k = 0; k < 3; k++)
            kept->target_m[k] = (float)(half->orbit.target[k] - half->center[k]);
    }
    return pair;
}

NODISCARD Status compare_open(Museum *m, const PhotoPair *pair)
{
    uint32_t pieces[2];
    Compare *compare = &m->compare;
    for (int i = 0; i < 2; i++)
        TRY(museum_find_exhibit(m, pair->halves[i].exhibit, &pieces[i]));
    TRY(compare_begin(m, pieces[0], pieces[1]));
    compare->is_free = pair->is_free;
    compare->active = pair->is_right_active;
    compare->height_m = CLAMP(pair->height_m, compare->least_height_m, compare->most_height_m);
    for (int i = 0; i < 2; i++) {
        CompareHalf *half = &compare->halves[i];
        const PhotoHalf *kept = &pair->halves[i];
        half->orbit.yaw = (float)kept->yaw;
        half->orbit.pitch =
            CLAMP((float)kept->pitch, half->orbit.min_pitch, half->orbit.max_pitch);
        for (int k = 0; k < 3; k++)
            half->orbit.target[k] =
                CLAMP(half->center[k] + (double)kept->target_m[k], half->orbit.target_low[k],
                      half->orbit.target_high[k]);
        photo_open_lens(&half->lens, &kept->lens);
    }
    return OK;
}
