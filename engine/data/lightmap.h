// lightmap.h: the light of one room, computed beforehand: texels of what stands still, and
// probes for what is put there.
//
// A file says for which surfaces it holds: planes with a rectangle of texels each. A mesh is
// lit by it if every flat piece of it finds its chart, whatever its triangles are. The
// layout is written down in docs/PACK.md.
//
// Texels are what arrives, in lux: three numbers of 9 bits with a common exponent (RGB9E5, as
// the GPU samples it). Probes are what arrives on a surface with normal n:
//
//   lux(n) = sh[0] + sh[1] x + sh[2] y + sh[3] z
//          + sh[4] xy + sh[5] yz + sh[6] (3 zz - 1) + sh[7] zx + sh[8] (xx - yy)
//
// They know nothing of lamps that shine straight: those light pieces when they are drawn.
//
// An environment is what the room looks like in a mirror (data/environment.h), in nits, RGB9E5
// too, of the box that the probes' grid lies in. Files of version 1 have none.
// Pure functions; any thread.

#pragma once
#include "base/str.h"
#include "data/charts.h"
#include "data/environment.h"

enum {
    LIGHTMAP_VERSION = 2, // 1: there is no environment
    LIGHTMAP_HASH_BYTES = 32,
    LIGHTMAP_HEADER_BYTES = 124, // and 4 more of version 2
    LIGHTMAP_MAX_WIDTH = 2048,
    LIGHTMAP_MAX_HEIGHT = 8192, // what graphics cards take
    LIGHTMAP_MAX_TEXELS = 1 << 22,
    LIGHTMAP_MAX_CHARTS = 1 << 15,
    LIGHTMAP_MAX_PROBES = 32, // along each axis
    LIGHTMAP_MAX_PLACES = 1024,
    LIGHTMAP_MAX_BYTES = 24 << 20,
    LIGHTMAP_COEFFICIENTS = 9,
};

typedef struct LightProbe {
    float sh[3][LIGHTMAP_COEFFICIENTS]; // red, green, blue
} LightProbe;

// A probe of its own, for what stands on a place.
typedef struct LightPlace {
    uint32_t place;
    LightProbe probe;
} LightPlace;

typedef struct Lightmap {
    uint8_t plan_hash[LIGHTMAP_HASH_BYTES]; // of the plan whose room it is
    uint8_t key[LIGHTMAP_HASH_BYTES];       // of all it was computed from
    float low[3], high[3];                  // of the grid of probes: they stand in the middle
    uint32_t counts[3];                     // of its cells
    LightProbe *probes;                     // x fastest, then y
    uint32_t place_count;
    LightPlace *places; // ascending
    uint32_t width, height;
    uint32_t chart_count;
    Chart *charts;
    uint32_t *texels;      // RGB9E5, rows from the top
    uint32_t *environment; // ENVIRONMENT_TEXELS; NULL: none
} Lightmap;

// ERR_CORRUPT, ERR_LIMIT, or ERR_UNSUPPORTED for a newer version. In `arena`.
NODISCARD Status lightmap_parse(Bytes file, Arena *arena, Lightmap *out);
// Bytes depend on the contents only; writing what was parsed gives the same.
Bytes lightmap_write(const Lightmap *map, Arena *arena);

// Rounded; what is negative or no number is 0.
uint32_t lightmap_pack_color(const float lux[3]);
void lightmap_unpack_color(uint32_t texel, float out[3]);

// The chart that a flat piece of a mesh lies on, as charts_find tells pieces that are not
// joined: of its group, the smallest that holds all of it. NULL if there is none.
const Chart *lightmap_find(const Lightmap *map, const Chart *piece);
// Between the probes of the grid, clamped to the outermost ones.
void lightmap_probe(const Lightmap *map, const float at[3], LightProbe *out);
// The own one of a place; NULL if there is none.
const LightProbe *lightmap_place(const Lightmap *map, uint32_t place);

// A room that stands elsewhere than when it was lit: turned around y by quarters (one: what was
// along x is along -z, z along x), then moved.
typedef struct LightmapMove {
    int quarters;
    float by[3];
    uint32_t first_place; // that the map's places are counted from
} LightmapMove;

void lightmap_move_point(const LightmapMove *move, float at[3]);
void lightmap_turn_direction(const LightmapMove *move, float along[3]);
// Probes, places and environment, exactly; new ones in `arena`. Charts stay as they are: who
// asks for one asks for where it was.
void lightmap_move(const LightmapMove *move, Arena *arena, Lightmap *map);
