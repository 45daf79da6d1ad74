// owl.c: the owl's form, face and feet.

#include "exhibits/small-wonders/owl/owl.h"

#include "exhibits/sculptor/noise.h"
#include "exhibits/sculptor/shapes.h"
#include "exhibits/small-wonders/owl/feather.h"

Vec3 owl_head_direction(const Owl *owl, float x, float y, float z)
{
    const Frame *h = &owl->head_frame;
    return v3_sub(frame_to_world(h, v3(x, y, z)), h->origin);
}

Vec3 owl_head_point(const Owl *owl, float x, float y, float z)
{
    return frame_to_world(&owl->head_frame, v3(x, y, z));
}

static Frame axes(float x, float y, float z, Vec3 along, Vec3 up)
{
    return frame_make(v3(x, y, z), along, up);
}

static void make_body(Owl *owl)
{
    Field *f = &owl->body;
    Vec3 back = v3_unit(v3(0, 1, -0.20f));
    Carve join = {.blend_mm = 3.0f};
    shape_add(
        f, shape_ellipsoid(axes(0, 24.0f, -1.2f, back, v3(0, 0.2f, 1)), v3(9.6f, 12.6f, 8.4f)),
        join);
    shape_add(f,
              shape_ellipsoid(axes(0, 26.0f, 2.4f, v3(0, 1, 0.12f), v3(0, 0, 1)),
                              v3(8.4f, 9.0f, 6.9f)),
              join);
    shape_add(f, shape_cone(v3(0, 30, -0.6f), 7.6f, owl_head_point(owl, 0, -2, -1.5f), 6.8f),
              join);
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        shape_add(f,
                  shape_cone(v3(4.4f * s, 19.5f, 2.6f), 4.1f, v3(4.3f * s, 13.6f, 4.6f), 2.0f),
                  (Carve){.blend_mm = 1.2f});
    }
    shape_add(f,
              shape_ellipsoid(axes(0, 18.5f, -5.6f, v3(0, 1, 0.2f), v3(0, -0.2f, 1)),
                              v3(6.4f, 7.0f, 4.2f)),
              join);
    // The tail goes down behind the stump.
    shape_add(f,
              shape_ellipsoid(axes(0, 14.6f, -8.9f, v3(0, 1, 0.30f), v3(0, -0.30f, 1)),
                              v3(4.4f, 7.6f, 1.2f)),
              (Carve){.blend_mm = 2.2f});
}

static void make_wing(Owl *owl, int which)
{
    float s = which ? 1.0f : -1.0f;
    Field *f = &owl->wings[which];
    Vec3 down = v3_unit(v3(-0.40f * s, -1, -0.40f)), out = v3_unit(v3(1.0f * s, 0.0f, -0.42f));
    shape_add(f,
              shape_ellipsoid(frame_make(v3(7.1f * s, 22.4f, -3.6f), down, out),
                              v3(5.4f, 13.0f, 2.5f)),
              (Carve){0});
    shape_add(f,
              shape_ellipsoid(frame_make(v3(8.6f * s, 29.8f, -0.2f), down, out),
                              v3(4.8f, 5.4f, 2.7f)),
              (Carve){.blend_mm = 2.5f});
}

static void make_head(Owl *owl)
{
    Field *f = &owl->head;
    const Frame *h = &owl->head_frame;
    Frame frame = {h->origin, h->across, h->along, h->up};
    shape_add(f, shape_ellipsoid(frame, v3(9.5f, 7.4f, 7.9f)), (Carve){0});
    frame.origin = owl_head_point(owl, 0, -2.4f, 0.4f);
    shape_add(f, shape_ellipsoid(frame, v3(8.8f, 5.6f, 7.6f)), (Carve){.blend_mm = 2});
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        // The brows run up and out into the horns.
        Tube brow = {owl_head_point(owl, 0.9f * s, 1.2f, 8.2f),
                     owl_head_point(owl, 4.2f * s, 5.0f, 8.2f),
                     owl_head_point(owl, 7.4f * s, 8.0f, 2.2f),
                     0.9f,
                     1.4f,
                     1.8f,
                     12};
        shape_add_tube(f, &brow, (Carve){.blend_mm = 1.0f});
        Tube horn = {owl_head_point(owl, 6.0f * s, 5.6f, 2.6f),
                     owl_head_point(owl, 8.0f * s, 9.0f, 1.6f),
                     owl_head_point(owl, 8.9f * s, 13.2f, -1.2f),
                     2.2f,
                     1.75f,
                     0.2f,
                     14};
        shape_add_tube(f, &horn, (Carve){.blend_mm = 1.4f});
        // The discs stand forward as shallow dishes.
        const Frame *eye = &owl->eyes[side > 0];
        Frame disc = *eye;
        disc.origin = v3_mad(disc.origin, disc.up, -0.5f);
        shape_add(f, shape_ellipsoid(disc, v3(5.0f, 5.5f, 1.7f)), (Carve){.blend_mm = 0.6f});
    }
    for (int side = 0; side < 2; side++) {
        const Frame *eye = &owl->eyes[side];
        shape_add(f, shape_ball(v3_mad(eye->origin, eye->up, 6.6f), 6.5f),
                  (Carve){.op = PART_CUT, .blend_mm = 0.5f});
    }
    Tube bridge = {owl_head_point(owl, 0, 3.6f, 6.9f),
                   owl_head_point(owl, 0, 1.2f, 9.6f),
                   owl_head_point(owl, 0, -2.2f, 8.9f),
                   1.3f,
                   1.05f,
                   0.9f,
                   8};
    shape_add_tube(f, &bridge, (Carve){.blend_mm = 0.9f});
}

static void add_eye(const Owl *owl, int which, Field *field)
{
    const Frame *eye = &owl->eyes[which];
    float s = which ? 1.0f : -1.0f;
    Vec3 ball = v3_mad(eye->origin, eye->up, -0.95f);
    shape_add(field, shape_ball(v3_mad(eye->origin, eye->up, 0.6f), 2.55f),
              (Carve){.op = PART_CUT, .blend_mm = 0.25f, .material = 0});
    Frame socket = *eye;
    socket.origin = v3_mad(eye->origin, eye->up, -0.25f);
    shape_add(field, shape_ring(socket, 2.38f, 0.36f, 0.44f),
              (Carve){.blend_mm = 0.12f, .material = OWL_LID});
    shape_add(field, shape_ball(ball, 2.42f),
              (Carve){.material = OWL_EYE, .tag = (uint16_t)which});
    // The pupil stands a hair proud of the amber: its edge is an edge.
    Frame pupil = {v3_mad(eye->origin, eye->up, 1.5f), eye->across, eye->up, eye->along};
    shape_add(field, shape_cylinder(pupil, 1.22f, 1.2f, 0),
              (Carve){.op = PART_RAISE, .depth_mm = 0.03f, .material = OWL_PUPIL});
    // The upper lid: heavy, lower on the outside; it gives the look.
    Tube lid = {frame_to_world(eye, v3(-2.4f, 1.35f + 0.25f * s, 0.0f)),
                frame_to_world(eye, v3(-0.2f * s, 3.0f, 2.2f)),
                frame_to_world(eye, v3(2.4f, 1.35f - 0.25f * s, 0.0f)),
                0.34f,
                0.52f,
                0.34f,
                14};
    shape_add_tube(field, &lid, (Carve){.blend_mm = 0.06f, .material = OWL_LID});
}

static void add_beak(const Owl *owl, Field *field)
{
    Tube upper = {owl_head_point(owl, 0, 0.6f, 8.6f),
                  owl_head_point(owl, 0, -1.0f, 11.0f),
                  owl_head_point(owl, 0, -4.5f, 9.9f),
                  1.05f,
                  1.05f,
                  0.06f,
                  20};
    shape_add_tube(field, &upper, (Carve){.blend_mm = 0.08f, .material = OWL_HORN});
    Tube lower = {owl_head_point(owl, 0, -2.0f, 8.4f),
                  owl_head_point(owl, 0, -3.0f, 9.5f),
                  owl_head_point(owl, 0, -3.75f, 9.35f),
                  0.8f,
                  0.55f,
                  0.12f,
                  8};
    shape_add_tube(field, &lower, (Carve){.blend_mm = 0.05f, .material = OWL_HORN});
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        Vec3 a = owl_head_point(owl, 0.55f * s, -0.15f, 10.1f),
             b = owl_head_point(owl, 0.95f * s, -0.75f, 9.7f);
        shape_add(field, shape_spindle(a, b, 0.2f), (Carve){.op = PART_CUT, .blend_mm = 0.05f});
        Vec3 c = owl_head_point(owl, 0.75f * s, -2.0f, 8.8f),
             d = owl_head_point(owl, 0.62f * s, -3.1f, 10.0f);
        shape_add(field, shape_spindle(c, d, 0.09f),
                  (Carve){.op = PART_CUT, .blend_mm = 0.03f});
    }
}

static void add_toe(Field *field, Vec3 from, Vec3 bend, Vec3 to, Chance *chance)
{
    Tube toe = {from, bend, to, 1.05f, 0.86f, 0.78f, 1};
    int rings = 15;
    for (int i = 0; i <= rings; i++) {
        float t = (float)i / (float)rings;
        Vec3 p = tube_point(&toe, t), ahead = v3_unit(v3_sub(tube_point(&toe, t + 0.05f), p));
        // Two joints, and scutes that lie over each other towards the claw.
        float radius = lerp_f(0.98f, 0.70f, t) + 0.09f * sinf(t * 11 + 0.4f) +
                       chance_around(chance, 0.03f);
        shape_add(
            field,
            shape_ellipsoid(frame_make(p, v3_mad(ahead, v3(0, 1, 0), 0.25f), v3(0, 1, 0.01f)),
                            v3(radius, 0.30f, radius * 0.95f)),
            (Carve){.blend_mm = 0.05f, .material = OWL_TOE});
    }
    Vec3 way = v3_unit(v3_sub(to, bend));
    Tube talon = {v3_mad(to, way, 0.2f),
                  v3_add(v3_mad(to, way, 1.5f), v3(0, 0.75f, 0)),
                  v3_add(v3_mad(to, way, 2.1f), v3(0, -1.5f, 0)),
                  0.62f,
                  0.46f,
                  0.05f,
                  14};
    shape_add_tube(field, &talon, (Carve){.blend_mm = 0.05f, .material = OWL_HORN});
}

static void add_feet(Field *field)
{
    Chance chance = {77};
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side, y = 12.6f;
        Vec3 heel = v3(4.2f * s, y + 0.7f, 4.3f);
        shape_add(field, shape_ball(heel, 1.7f),
                  (Carve){.blend_mm = 0.6f, .material = OWL_TOE});
        for (int toe = -1; toe <= 1; toe++) {
            float turn = (float)toe * 0.52f + 0.12f * s;
            Vec3 way = v3(sinf(turn), 0, cosf(turn));
            float reach = toe == 0 ? 4.3f : 3.7f;
            Vec3 to = v3_add(v3_mad(heel, way, reach), v3(0, -0.55f - 0.1f * reach, 0));
            Vec3 bend = v3_add(v3_mad(heel, way, reach * 0.55f), v3(0, 0.95f, 0));
            add_toe(field, heel, bend, to, &chance);
        }
    }
}

static void place_head(Owl *owl)
{
    // Turned to its left, a little inclined: it has heard something.
    Vec3 up = v3_turn_y(v3_unit(v3(-0.075f, 1, 0.04f)), 0.30f);
    Vec3 front = v3_turn_y(v3(0, -0.04f, 1), 0.30f);
    Frame f = frame_make(v3(0.2f, 38.2f, 1.2f), up, front);
    owl->head_frame = f;
    owl->head_frame.along = v3_cross(f.up, f.across);
    for (int i = 0; i < OWL_EYES; i++) {
        float s = i ? 1.0f : -1.0f;
        Vec3 out = owl_head_direction(owl, 0.36f * s, 0.03f, 1),
             head_up = owl_head_direction(owl, 0, 1, 0);
        Frame eye = frame_make(owl_head_point(owl, 3.95f * s, 0.35f, 7.15f), head_up, out);
        owl->eyes[i] = eye;
    }
}

static void add_form(Field *field, const Field *form, float blend_mm)
{
    for (size_t i = 0; i < form->part_count; i++) {
        Part *part = field_add(field, &form->parts[i]);
        if (i == 0)
            part->blend_mm = blend_mm;
    }
}

static void *build(Field *field, Arena *arena)
{
    Owl *owl = ARENA_NEW(arena, Owl);
    owl->arena = arena;
    owl->body.arena = owl->wings[0].arena = owl->wings[1].arena = owl->head.arena =
        owl->whole.arena = arena;
    place_head(owl);
    make_head(owl);
    make_body(owl);
    make_wing(owl, 0);
    make_wing(owl, 1);
    owl_add_stump(field, arena); // first: no cut of the bark may touch the bird
    // The head before the body: its cuts for the dishes must not reach the chest.
    add_form(field, &owl->head, 0);
    for (int i = 0; i < OWL_EYES; i++)
        add_eye(owl, i, field);
    add_beak(owl, field);
    add_form(field, &owl->body, 1.0f);
    add_form(field, &owl->wings[0], 0.3f);
    add_form(field, &owl->wings[1], 0.3f);
    add_feet(field);
    add_form(&owl->whole, &owl->head, 0);
    add_form(&owl->whole, &owl->body, 1.0f);
    add_form(&owl->whole, &owl->wings[0], 0.3f);
    add_form(&owl->whole, &owl->wings[1], 0.3f);
    owl_add_plumage(owl, field);
    return owl;
}

// The details of story.json.
static const PieceSpot SPOTS[] = {
    {{6.8f, 38.7f, 8.2f}, 1.5f},  // eye
    {{-2.7f, 33.6f, 9.5f}, 1.5f}, // bristles
    {{3.6f, 36.5f, 11.8f}, 1.5f}, // beak
    {{0.9f, 27.1f, 9.5f}, 1.5f},  // breast
    {{8.7f, 19.9f, -7.1f}, 1.5f}, // flight
    {{4.9f, 12.2f, 9.6f}, 1.5f},  // talon
    {{0.7f, 5.1f, 8.8f}, 1.5f},   // letters
    {{-8.8f, 5.3f, 5.0f}, 1.5f},  // snail
    {{8.8f, 5.0f, 2.8f}, 1.5f},   // fungus
};

// Of the making, for story.json.
static const PiecePicture PICTURES[] = {
    {.file = "form.jpg",
     .sight = PIECE_FORM,
     .middle = {0, 26, 0},
     .width_mm = 42,
     .elevation = 8,
     .part_count = 703,
     .is_around = true},
    {.file = "coat.jpg",
     .sight = PIECE_RELIEF,
     .middle = {1, 27, 9},
     .width_mm = 22,
     .azimuth = 8,
     .elevation = 8,
     .lamp_azimuth = -60,
     .lamp_elevation = 26},
    {.file = "triangles.jpg",
     .sight = PIECE_TRIANGLES,
     .middle = {5.2f, 37.5f, 9},
     .width_mm = 7.5f,
     .azimuth = 20,
     .elevation = 4},
    {.file = "age.jpg",
     .sight = PIECE_COLOUR,
     .middle = {1, 40, 6},
     .width_mm = 41,
     .azimuth = 12,
     .elevation = 6},
};

const Piece OWL_PIECE = {
    .name = "owl",
    .summary = "The Watcher: a horned owl on a stump, as if carved in boxwood",
    .low_mm = {-16, -0.5f, -17},
    .high_mm = {16, 53, 17},
    .step_mm = 0.072f,
    .draft_step_mm = 0.10f,
    .sky_mm = 8,
    .component_count = 1,
    .simplify = {.error_mm = 0.0050f, .normal_mm = 0.026f, .colour_mm = 0},
    .spots = SPOTS,
    .spot_count = COUNT_OF(SPOTS),
    .build = build,
    .skin_mm = 0.030f,
    .wear_mm = 0.10f,
    .finish = owl_finish,
    .pictures = PICTURES,
    .picture_count = COUNT_OF(PICTURES),
    .shade = owl_shade,
};
