// locomotive.h: "Magpie": a narrow-gauge tank engine, 1:160, on a length of track.
//
//     locomotive.c  the piece, its bodies and small helpers
//     boiler.c      boiler, smokebox, tanks, what stands on them       cab.c    cab, bunker,
//     plates motion.c      frames, wheels, cylinders, rods of the valve gear  track.c  rails,
//     ballast look.c        colour, gloss, fine relief
//
// Built with the rails' upper side at 0: x forward, y up, z to the right of whoever looks ahead
// is negative; whoever stands before the piece sees its left side, the chimney on their right.

#pragma once
#include "exhibits/sculptor/piece.h"
#include "exhibits/sculptor/shapes.h"

typedef enum LocoMaterial {
    LOCO_GREEN,
    LOCO_BLACK, // smokebox and chimney: soot and oil
    LOCO_RED,
    LOCO_STEEL,
    LOCO_IRON, // frames, wheels
    LOCO_BRASS,
    LOCO_COPPER,
    LOCO_COAL,
    LOCO_STONE,
    LOCO_SLEEPER,
    LOCO_RAIL,
    LOCO_WALNUT,
    LOCO_INK,
    LOCO_DIAL,
    LOCO_GLASS,
    LOCO_FLOOR, // boards
    LOCO_SNAIL,
    LOCO_SHELL
} LocoMaterial;

enum { LOCO_TANK = 1, LOCO_CAB, LOCO_BUNKER, LOCO_PLATE };

#define LOCO_RAIL_MM 6.7f  // the rails' upper side in the world
#define LOCO_AXIS_MM 10.9f // of the boiler
#define LOCO_BOILER_MM 3.25f
#define LOCO_WHEEL_MM 2.45f
#define LOCO_TANK_LOW_MM 5.5f
#define LOCO_TANK_HIGH_MM 10.5f
#define LOCO_TANK_BACK_MM (-7.7f)
#define LOCO_TANK_FRONT_MM 5.4f
#define LOCO_SIDE_MM 5.75f // of tanks and cab
#define LOCO_DIAL_MM 0.52f

static inline Vec3 loco_at(float x, float y, float z)
{
    return v3(x, y + LOCO_RAIL_MM, z);
}

static inline Vec3 loco_of(Vec3 p)
{
    return v3(p.x, p.y - LOCO_RAIL_MM, p.z);
}

extern const Piece LOCOMOTIVE_PIECE;

void loco_add_boiler(Field *field);
void loco_add_cab(Field *field);
void loco_add_motion(Field *field);
void loco_add_backhead(Field *field); // a body of its own
void loco_add_plates(Field *field);   // a body each
void loco_add_track(Field *field);    // bodies of their own
void loco_add_wires(Field *field);    // bodies of wires

// The face of the pressure gauge: across, along up, up to whoever looks.
Frame loco_gauge_frame(void);

// Helpers: axes are the engine's.
Carve loco_of_stuff(LocoMaterial material);
void loco_box(Field *field, Vec3 middle, Vec3 half, float round, Carve carve);
void loco_rod(Field *field, Vec3 from, Vec3 to, float radius, Carve carve);
void loco_disc(Field *field, Vec3 middle, Vec3 axis, float radius, float half, float round,
               Carve carve);
void loco_turn(Field *field, Vec3 origin, Vec3 axis, const float (*outline)[2], int count,
               int pieces, Carve carve);
void loco_rivets(Field *field, Vec3 from, Vec3 to, float apart, float radius,
                 LocoMaterial stuff);
// Lumps: broken stones or coal, heaped up to a height. size: of a lump, mm.
typedef struct LocoHeap {
    Vec3 low, high; // the heap's box, its slope `lean` outwards in z; high.y is its top
    float lump_mm, lean, rise; // how much higher its middle line is
    uint32_t seed;
} LocoHeap;
void loco_add_heap(Field *field, const LocoHeap *heap, Carve carve);

void loco_finish(const void *context, const Field *field, const FieldPoints *at,
                 const uint32_t *parts, float *restrict outwards_mm);
void loco_shade(const void *context, const Field *field, SculptVertex *vertex);
