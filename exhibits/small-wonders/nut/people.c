// people.c: those who live in the nut.

#include "exhibits/small-wonders/nut/nut.h"

void nut_add_person(Field *field, const NutPerson *person)
{
    Frame f = nut_frame(person->foot, person->turn);
    float h = person->high;
    Carve skin = {.blend_mm = 0.03f * h, .material = NUT_FIGURE};
    shape_add(field,
              shape_cone(frame_to_world(&f, v3(0, 0, 0.02f * h)), 0.19f * h,
                         frame_to_world(&f, v3(0, 0, 0.55f * h)), 0.12f * h),
              skin);
    shape_add(field,
              shape_cone(frame_to_world(&f, v3(-0.09f * h, 0, 0.66f * h)), 0.09f * h,
                         frame_to_world(&f, v3(0.09f * h, 0, 0.66f * h)), 0.09f * h),
              skin);
    shape_add(field, shape_ball(frame_to_world(&f, v3(0, -0.02f * h, 0.86f * h)), 0.105f * h),
              (Carve){.blend_mm = 0.015f * h, .material = NUT_FIGURE});
    shape_add(field,
              shape_cone(frame_to_world(&f, v3(0, 0, 0.90f * h)), 0.13f * h,
                         frame_to_world(&f, v3(0.02f * h, 0.04f * h, 1.06f * h)), 0.03f * h),
              skin);
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        bool is_up = person->has_staff && side > 0;
        Tube arm = {
            frame_to_world(&f, v3(0.13f * h * s, 0, 0.66f * h)),
            frame_to_world(&f, v3(0.22f * h * s, -0.04f * h, is_up ? 0.5f * h : 0.42f * h)),
            frame_to_world(&f, v3(is_up ? 0.27f * h : 0.06f * h * s, -0.18f * h,
                                  is_up ? 0.62f * h : 0.40f * h)),
            0.065f * h,
            0.06f * h,
            0.05f * h,
            5};
        shape_add_tube(field, &arm, skin);
    }
    if (person->has_staff)
        shape_add(
            field,
            shape_cone(frame_to_world(&f, v3(0.28f * h, -0.18f * h, -0.05f * h)), 0.05f * h,
                       frame_to_world(&f, v3(0.28f * h, -0.18f * h, 1.25f * h)), 0.04f * h),
            (Carve){.material = NUT_FIGURE});
}

void nut_add_cat(Field *field, Vec3 at)
{
    Carve fur = {.blend_mm = 0.04f, .material = NUT_FIGURE};
    Frame f = nut_frame(at, 0.5f);
    shape_add(
        field,
        shape_ellipsoid((Frame){frame_to_world(&f, v3(0, 0, 0.24f)), f.across, f.along, f.up},
                        v3(0.17f, 0.21f, 0.30f)),
        fur);
    shape_add(field, shape_ball(frame_to_world(&f, v3(0, -0.12f, 0.58f)), 0.155f), fur);
    for (int side = -1; side <= 1; side += 2)
        shape_add(field,
                  shape_cone(frame_to_world(&f, v3(0.09f * (float)side, -0.12f, 0.66f)), 0.07f,
                             frame_to_world(&f, v3(0.13f * (float)side, -0.12f, 0.80f)),
                             0.035f),
                  fur);
    Tube tail = {frame_to_world(&f, v3(0, 0.2f, 0.08f)),
                 frame_to_world(&f, v3(0.35f, 0.35f, 0.0f)),
                 frame_to_world(&f, v3(0.42f, 0.1f, 0.05f)),
                 0.075f,
                 0.07f,
                 0.06f,
                 6};
    shape_add_tube(field, &tail, fur);
}
