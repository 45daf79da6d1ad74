// stand.c: the walnut the biplane stands on, with its plate.

#include "exhibits/sculptor/lettering.h"
#include "exhibits/small-wonders/biplane/biplane.h"

// Half the plan: x and z.
static const float PLAN[][2] = {
    {13.0f, 9.0f},   {12.4f, 14.0f},   {10.2f, 18.4f},   {6.0f, 21.2f},   {0.0f, 22.0f},
    {-6.0f, 21.2f},  {-10.2f, 18.4f},  {-12.4f, 14.0f},  {-13.0f, 9.0f},  {-13.0f, 0.0f},
    {-13.0f, -9.0f}, {-12.4f, -14.0f}, {-10.2f, -18.4f}, {-6.0f, -21.2f}, {0.0f, -22.0f},
    {6.0f, -21.2f},  {10.2f, -18.4f},  {12.4f, -14.0f},  {13.0f, -9.0f},  {13.0f, 0.0f},
};

// An outline with a moulded edge: how far out it reaches at each height.
typedef struct Moulding {
    Outline plan, profile; // profile: outwards and up
} Moulding;

static const float PROFILE[][2] = {
    {-40.0f, 0.0f},  {0.9f, 0.0f},    {1.05f, 0.15f},  {1.05f, 1.30f},  {0.90f, 1.50f},
    {0.45f, 1.58f},  {0.40f, 1.72f},  {0.05f, 2.1f},   {-0.45f, 2.9f},  {-0.72f, 3.9f},
    {-0.74f, 4.35f}, {-0.42f, 4.45f}, {-0.38f, 4.62f}, {-0.20f, 4.75f}, {-0.06f, 5.05f},
    {-0.10f, 5.45f}, {-0.35f, 5.80f}, {-0.80f, 6.0f},  {-40.0f, 6.0f},
};

static void eval_stand(const Part *part, const FieldPoints *at, float *restrict values)
{
    const Moulding *m = part->extra;
    float u[FIELD_BLOCK], v[FIELD_BLOCK], out[FIELD_BLOCK];
    for (int i = 0; i < at->count; i++) {
        u[i] = at->x[i];
        v[i] = at->z[i];
    }
    outline_distance(&m->plan, at->count, u, v, out);
    outline_distance(&m->profile, at->count, out, at->y, values);
}

static void letter(Field *field, const char *text, float high, float x, float y, float z,
                   Vec3 along, Vec3 up)
{
    Frame frame = frame_make(v3(x, y, z), along, up);
    Part part = shape_lettering(
        &(Lettering){.text = text, .height_mm = high, .stroke_mm = high * 0.065f}, frame,
        field->arena);
    shape_add(field, part,
              (Carve){.op = PART_INSET, .depth_mm = 0.035f, .material = BIPLANE_INK});
}

void biplane_add_stand(Field *field)
{
    field_begin(field, (FieldBody){.low = {-15, -0.3f, -24},
                                   .high = {15, 6.5f, 24},
                                   .step_mm = 0.11f,
                                   .texel_mm = 0.036f});
    Moulding *moulding = ARENA_NEW(field->arena, Moulding);
    moulding->plan = outline_make(PLAN, COUNT_OF(PLAN), 4, field->arena);
    moulding->profile = outline_make(PROFILE, COUNT_OF(PROFILE), 0, field->arena);
    shape_add(field,
              (Part){.eval = eval_stand,
                     .frame = {.origin = {0, 3, 0}},
                     .extra = moulding,
                     .lipschitz = 1.02f},
              (Carve){.material = BIPLANE_WALNUT});
    // The plate lies on the top, before the wheels.
    field_begin(field, (FieldBody){.low = {-6, 5.7f, 16.6f},
                                   .high = {6, 6.4f, 20.4f},
                                   .step_mm = 0.035f,
                                   .texel_mm = 0.012f});
    Frame top = {v3(0, STAND_TOP_MM, 18.5f), {1, 0, 0}, {0, 0, -1}, {0, 1, 0}};
    shape_add(field, shape_box(top, v3(4.6f, 1.35f, 0.20f), 0.06f),
              (Carve){.material = BIPLANE_BRASS});
    Vec3 along = v3(0, 0, -1), up = v3(0, 1, 0);
    letter(field, "BIPLANE NO. 7", 0.82f, 0, STAND_TOP_MM + 0.2f, 18.18f, along, up);
    letter(field, "1:144 - MADE OF DIGITS ALONE", 0.30f, 0, STAND_TOP_MM + 0.2f, 19.22f, along,
           up);
    for (int i = 0; i < 4; i++) {
        Vec3 p = v3(i & 1 ? 4.25f : -4.25f, STAND_TOP_MM + 0.16f, i & 2 ? 19.5f : 17.5f);
        shape_add(field, shape_ball(v3(p.x, p.y - 0.02f, p.z), 0.13f),
                  (Carve){.material = BIPLANE_BRASS});
        Frame slot = frame_make(v3(p.x, p.y + 0.12f, p.z), v3(0.7f, 0, 0.4f * (float)(i - 1)),
                                v3(0, 1, 0));
        shape_add(field, shape_box(slot, v3(0.018f, 0.2f, 0.03f), 0),
                  (Carve){.op = PART_CUT, .material = BIPLANE_INK});
    }
}
