// field.h: a sculpture as an ordered list of parts; how far is a point from its surface?
//
// The field is negative inside, positive outside, about the distance in millimetres near the
// surface. Parts are applied in their order, each to what stands before it:
//
//     PART_UNION    adds its solid, with a fillet of `blend_mm`
//     PART_CUT      takes its solid away
//     PART_INSET    takes its solid away, but no deeper than `depth_mm` below the surface
//     PART_RAISE    adds its solid, but no higher than `depth_mm` above the surface
//     PART_DISPLACE moves the surface outwards by the part's value, between +-depth_mm
//     PART_PAINT    leaves the form alone and gives its material to the surface inside it
//
// A part is evaluated over a block of points at once: plain loops that the compiler turns into
// vectors. Its Lipschitz bound says how fast its value can change a millimetre; with it whole
// regions of space drop the parts that cannot matter there (field_prune). A bound too low makes
// torn surfaces, which the mesher counts and refuses; tests measure the bounds of every piece.
//
// A field may consist of several bodies: solids of their own that stand in one another, each
// with its own grid, as fine as it needs (field_begin). Cuts of one body leave the others
// alone.
//
// While being built a Field belongs to one thread; afterwards any thread may evaluate it.

#pragma once
#include "base/arena.h"
#include "exhibits/sculptor/vec.h"

enum {
    FIELD_BLOCK = 512,      // points evaluated at once, at most
    FIELD_PRUNE_AT_ONCE = 8 // regions pruned at once, at most
};

typedef struct FieldPoints {
    int count; // at most FIELD_BLOCK
    const float *x, *y, *z;
} FieldPoints;

typedef enum PartOp {
    PART_UNION,
    PART_CUT,
    PART_INSET,
    PART_RAISE,
    PART_DISPLACE,
    PART_PAINT
} PartOp;

// Before a PartEval: where the compiler can, it is built twice, the second time for wider
// vectors, and the machine chooses. Both give the same bits: neither fuses multiplications with
// additions.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define FIELD_WIDE __attribute__((target_clones("avx2", "default")))
#else
#define FIELD_WIDE
#endif

typedef struct Part Part;
typedef void PartEval(const Part *part, const FieldPoints *at, float *restrict values);

struct Part {
    PartEval *eval;
    Frame frame;
    float size[10];    // what they mean is the shape's own matter
    const void *extra; // longer data of the shape; outlives the field
    float lipschitz;   // of `eval`; 0 is 1
    // Relief finer than `rough_mm` may be left out of a second bound, for large regions: a
    // value changes by at most coarse_lipschitz * distance + rough_mm. 0: there is only one
    // bound.
    float coarse_lipschitz, rough_mm;
    float blend_mm;
    float depth_mm;   // INSET, RAISE, DISPLACE
    float reach_mm;   // DISPLACE: nothing beyond this distance of frame.origin; 0 is everywhere
    uint8_t op;       // PartOp
    uint8_t material; // the piece's own list
    uint8_t body;     // set by field_add
    uint16_t tag;     // the piece's own, e.g. which feather
};

// Parts from `first_part` to the next body's.
typedef struct FieldBody {
    size_t first_part;
    Vec3 low, high;          // a box that holds it
    float step_mm, texel_mm; // of its grid and its picture, when the piece is made as fine as
                             // it asks for itself
    bool is_wire; // every part is a shape_cone and is swept into a tube of its own, however
                  // thin; its ends must lie in other bodies
} FieldBody;

typedef struct Field {
    Arena *arena;
    Part *parts;
    size_t part_count, part_capacity;
    FieldBody *bodies; // none: all parts are one body
    size_t body_count, body_capacity;
} Field;

// What is added from here on belongs to a new body, one of at most 255.
void field_begin(Field *field, FieldBody body);

// Appends a part and gives its address, valid until the next one is added.
Part *field_add(Field *field, const Part *part);

// Drops all but the first `count` parts (0: none is dropped), and the bodies left without any.
void field_keep(Field *field, size_t count);

typedef struct FieldList {
    uint32_t *parts; // indices, ascending
    uint32_t count;
} FieldList;

typedef enum FieldSide { FIELD_INSIDE, FIELD_OUTSIDE, FIELD_MIXED } FieldSide;

typedef struct FieldRegion {
    Vec3 centre;
    float radius_mm;
    FieldList list;  // out: `parts` is the caller's, with room for the list given in
    float value;     // out: of the field at the centre
    float lipschitz; // out: bound of the field in the region
    FieldSide side;  // out: MIXED where the surface may run through it
} FieldRegion;

// Every part of the field, in `arena`.
FieldList field_all(const Field *field, Arena *arena);

// Those of one body.
FieldList field_body(const Field *field, size_t body, Arena *arena);

// Fills each region with those parts of `list` that can matter in it.
void field_prune(const Field *field, FieldList list, FieldRegion *regions, int region_count);

void field_eval(const Field *field, FieldList list, const FieldPoints *at,
                float *restrict values);

// What the material functions want to know of a point beside its distance.
typedef struct FieldTrace {
    float *values;   // as field_eval
    float *uncut;    // the field as if nothing had been cut away
    uint32_t *parts; // the part whose surface is nearest
} FieldTrace;
void field_trace(const Field *field, FieldList list, const FieldPoints *at,
                 const FieldTrace *out);

// One point, all bodies: slow, for placing ornaments while a piece is built.
float field_at(const Field *field, Vec3 p);
Vec3 field_normal(const Field *field, Vec3 p, float step_mm);
// Walks from `from` along `direction` (unit) to the surface; false if there is none in
// `reach_mm`.
bool field_hit(const Field *field, Vec3 from, Vec3 direction, float reach_mm, Vec3 *hit);
