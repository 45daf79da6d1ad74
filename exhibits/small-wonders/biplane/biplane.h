// biplane.h: "Number Seven": a biplane of 1917, 1:144, on a stand of walnut.
//
//     biplane.c   the piece, its bodies, where the aeroplane stands
//     airframe.c  fuselage, wings, tail            engine.c   rotary engine, cowling, propeller
//     gear.c      struts, wheels, skid             rigging.c  every wire
//     cockpit.c   what is in it                    stand.c    the walnut, the plates
//     look.c      colour, gloss, fine relief
//
// Most of it is built in the aeroplane's own directions: x to its left wing, y up, z forward,
// the propeller's shaft on the z axis. It stands on its wheels and its skid, nose up.

#pragma once
#include "exhibits/sculptor/piece.h"
#include "exhibits/sculptor/shapes.h"

typedef enum BiplaneMaterial {
    BIPLANE_LINEN,
    BIPLANE_ENAMEL, // red, over aluminium
    BIPLANE_ALUMINIUM,
    BIPLANE_ASH,
    BIPLANE_PROPELLER,
    BIPLANE_STEEL,
    BIPLANE_IRON, // of the engine
    BIPLANE_BRASS,
    BIPLANE_RUBBER,
    BIPLANE_LEATHER,
    BIPLANE_WALNUT,
    BIPLANE_PANEL,
    BIPLANE_DIAL,
    BIPLANE_PAPER,
    BIPLANE_FUR,
    BIPLANE_INK, // letters on brass
    BIPLANE_EYE
} BiplaneMaterial;

// Tags, where the material alone does not say enough.
enum {
    BIPLANE_UPPER_WING = 1,
    BIPLANE_LOWER_WING,
    BIPLANE_FUSELAGE,
    BIPLANE_FIN,
    BIPLANE_TAILPLANE,
    BIPLANE_FIRST_DIAL = 16
};

// Wings: half span, chord, and where the leading edge's middle lies.
#define WING_RIBS_MM 2.05f // apart
#define UPPER_HALF_MM 28.4f
#define UPPER_CHORD_MM 9.4f
#define UPPER_EDGE_Y_MM 7.0f
#define UPPER_EDGE_Z_MM 9.4f
#define UPPER_RISE 0.035f // dihedral, a slope
#define LOWER_HALF_MM 26.2f
#define LOWER_CHORD_MM 8.8f
#define LOWER_EDGE_Y_MM (-2.9f)
#define LOWER_EDGE_Z_MM 6.4f
#define LOWER_RISE 0.050f

#define STAND_TOP_MM 6.0f
#define GEAR_X_MM 5.1f
#define GEAR_Y_MM (-7.2f)
#define GEAR_Z_MM 6.5f
#define WHEEL_MM 2.45f

// The pitch at which wheels and skid touch the ground.
#define PITCH_COS 0.97398f
#define PITCH_SIN 0.22665f

static inline Vec3 plane_at(float x, float y, float z)
{
    return v3(x, y * PITCH_COS + z * PITCH_SIN + 13.95f, z * PITCH_COS - y * PITCH_SIN + 4.0f);
}

static inline Vec3 plane_way(float x, float y, float z)
{
    return v3(x, y * PITCH_COS + z * PITCH_SIN, z * PITCH_COS - y * PITCH_SIN);
}

static inline Vec3 plane_of(Vec3 p) // the inverse of plane_at
{
    float y = p.y - 13.95f, z = p.z - 4.0f;
    return v3(p.x, y * PITCH_COS - z * PITCH_SIN, z * PITCH_COS + y * PITCH_SIN);
}

// A frame whose directions are told in the aeroplane's own.
static inline Frame plane_frame(Vec3 origin, Vec3 along, Vec3 up)
{
    return frame_make(plane_at(origin.x, origin.y, origin.z),
                      plane_way(along.x, along.y, along.z), plane_way(up.x, up.y, up.z));
}

// On the propeller: how far out, how far from a blade's middle line, how far forward.
typedef struct BiplaneBlade {
    float out, beside, forward;
} BiplaneBlade;
BiplaneBlade biplane_blade(Vec3 plane);

extern const Piece BIPLANE_PIECE;

void biplane_add_airframe(Field *field);
void biplane_add_engine(Field *field); // a body of its own
void biplane_add_cowling(Field *field);
void biplane_add_propeller(Field *field);
void biplane_add_gear(Field *field);
void biplane_add_rigging(Field *field); // bodies of wires
void biplane_add_cockpit(Field *field); // a body of its own
void biplane_add_stand(Field *field);   // a body of its own

// How high the middle of a wing's section lies at a distance behind its leading edge, mm.
Vec3 biplane_upper_at(float x, float behind);
Vec3 biplane_lower_at(float x, float behind);
// Half the fuselage's width at z, its lowest and its highest point.
float biplane_half_width(float z);
float biplane_belly(float z);
float biplane_back(float z);

void biplane_finish(const void *context, const Field *field, const FieldPoints *at,
                    const uint32_t *parts, float *restrict outwards_mm);
void biplane_shade(const void *context, const Field *field, SculptVertex *vertex);
