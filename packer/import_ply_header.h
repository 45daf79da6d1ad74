// import_ply_header.h: what a PLY file says it holds.
//
// The header is text; elements (tables) of properties (columns) follow in the order it names.
// Any thread.

#pragma once
#include "base/str.h"

typedef enum PlyEncoding { PLY_ASCII, PLY_LITTLE_ENDIAN, PLY_BIG_ENDIAN } PlyEncoding;

typedef enum PlyType {
    PLY_INT8,
    PLY_UINT8,
    PLY_INT16,
    PLY_UINT16,
    PLY_INT32,
    PLY_UINT32,
    PLY_FLOAT32,
    PLY_FLOAT64,
    PLY_TYPE_COUNT
} PlyType;

// What a property means to us.
typedef enum PlyRole {
    PLY_IGNORED,
    PLY_X,
    PLY_Y,
    PLY_Z,
    PLY_NORMAL_X,
    PLY_NORMAL_Y,
    PLY_NORMAL_Z,
    PLY_U,
    PLY_V,
    PLY_RED,
    PLY_GREEN,
    PLY_BLUE,
    PLY_ALPHA,
    PLY_ROUGHNESS,
    PLY_METAL,
    PLY_OCCLUSION,
    PLY_TEXTURE_NUMBER,
    PLY_CORNERS,    // list: the vertices of a face, or of strips
    PLY_CORNER_UVS, // list: u and v of each corner of a face
    PLY_ROLE_COUNT
} PlyRole;

typedef struct PlyProperty {
    PlyType type;
    bool is_list;
    PlyType count_type; // of a list
    PlyRole role;
} PlyProperty;

typedef enum PlyTable { PLY_OTHER, PLY_VERTICES, PLY_FACES, PLY_STRIPS } PlyTable;

enum { PLY_MAX_HEADER_BYTES = 1 << 20, PLY_MAX_ELEMENTS = 64, PLY_MAX_PROPERTIES = 256 };

typedef struct PlyElement {
    PlyTable table;
    uint64_t count; // rows
    uint32_t property_count;
    PlyProperty *properties;
    bool has_role[PLY_ROLE_COUNT];
    PlyType role_types[PLY_ROLE_COUNT];
    bool has_lists;
} PlyElement;

typedef struct PlyHeader {
    PlyEncoding encoding;
    uint32_t element_count;
    PlyElement elements[PLY_MAX_ELEMENTS];
    Str *texture_files; // "comment TextureFile NAME", in order
    uint32_t texture_file_count;
    Str generator; // from the first comment that says who wrote it; empty otherwise
    size_t body_offset;
} PlyHeader;

size_t ply_type_bytes(PlyType type);

// Everything in *out lives in `arena` or points into `file`.
NODISCARD Status ply_header_parse(Bytes file, Arena *arena, PlyHeader *out);
