// import_mtl.h: OBJ's material libraries -> the Scan's materials.
//
// Wavefront's words and the physically based ones added later (Pr, Pm, Ke, norm). A material's
// pictures are opened when a face first uses it. A picture of the colour says the whole colour:
// the programs that write Kd beside it do not mean it to darken the picture. A bump map in
// colour is a normal map; a grey one is a height map and left out.
//
// A picture whose name holds <UDIM> or <UVTILE> stands for a set of them, one for each unit
// square of texture coordinates (1001, 1002 ... or u1_v1, u2_v1 ...): such a material becomes
// one for each square its triangles lie in. One thread.

#pragma once
#include "packer/import_job.h"

typedef enum MtlMapKind {
    MTL_COLOR,
    MTL_NORMAL,
    MTL_BUMP,
    MTL_ROUGHNESS,
    MTL_METAL,
    MTL_EMISSIVE,
    MTL_MAP_KINDS
} MtlMapKind;

typedef struct MtlMap {
    const char *name; // NULL: none
    ScanTexture texture;
    float bump;
} MtlMap;

typedef struct MtlMaterial {
    const char *name;
    uint64_t name_hash;
    ScanMaterial material;
    MtlMap maps[MTL_MAP_KINDS];
    bool is_added;  // to the job
    bool has_tiles; // and stands for a set until mtl_split_tiles
    uint32_t index; // there
} MtlMaterial;

typedef struct MtlLibrary {
    MtlMaterial *materials; // in the job's temporary arena
    size_t count, capacity;
} MtlLibrary;

// Adds what a library file says. Later materials of the same name are passed over.
NODISCARD Status mtl_parse(ImportJob *job, Bytes file, MtlLibrary *library);

// The job's number of a material. One that no library knows is made: plain, with that name.
NODISCARD Status mtl_use(ImportJob *job, MtlLibrary *library, Str name, uint32_t *index);

// Gives the triangles of materials with sets of pictures the ones of their squares. Once, when
// all triangles and texture coordinates are read.
NODISCARD Status mtl_split_tiles(ImportJob *job, MtlLibrary *library);

// Opens a material's pictures: of the whole, or of one square (1001 is the first).
NODISCARD Status mtl_open_maps(ImportJob *job, const MtlMaterial *from, uint32_t tile,
                               ScanMaterial *out);
// Whether a picture's name stands for a set.
bool mtl_is_set(const char *name);
// The name of one of the set.
const char *mtl_tile_name(const char *name, uint32_t tile, Arena *arena);
