// piece.h: what a piece of the collection gives the sculptor: its parts, its marks, its
// colours.

#pragma once
#include "exhibits/sculptor/contour.h"
#include "exhibits/sculptor/simplify.h"

// Where people will hold the magnifier: there every sample of the grid is kept.
typedef struct PieceSpot {
    Vec3 centre;
    float radius_mm;
} PieceSpot;

// A way to lay a part of the surface out flat, so that its colour, gloss and finest relief are
// painted on a picture, texel by texel, straight from the field: finer than any vertex.
//
//     flat    u goes across, v along, looked at against `up`
//     turned  around `along`, u from `up` towards `across`; in the half plane of one angle the
//             surface is looked at from `tilt` above the side: 0 unrolls a cylinder, PI/2 opens
//             a disc, what lies between a cone
//
// A triangle goes on the first chart that takes it, or on the one it turns away from least. A
// piece has charts for all of its surface or none (skin_mm is for forms too involved): what no
// chart holds stops the work, with the place. A chart must not lie over itself: its texels
// would show the one or the other.
typedef struct PieceChart {
    Frame frame;
    float radius_mm; // 0: flat; else unrolled at this radius
    float tilt;      // of a turned chart, radians
    // Triangles within: u, v and the height towards whoever looks, mm. Of a turned chart all u
    // are within.
    Vec3 low, high;
    float facing;   // least cosine between the surface and the look
    float texel_mm; // at the chart's own scale
} PieceChart;

// Some rows of a printed chart's picture, to be filled. The picture's upper left corner is at
// u = left_mm, v = top_mm of the chart; the first row may lie above the picture.
typedef struct PieceRows {
    uint32_t width, count;
    int32_t first;
    float left_mm, top_mm, texel_mm;
    float *height_mm; // over the triangles
    uint8_t *colour;  // sRGB, three bytes a texel
    uint8_t *gloss;   // occlusion, roughness, metal
} PieceRows;

// A flat chart whose picture is drawn rather than looked up in the field: for reliefs of
// 16,384 texels a side, of which only a few rows are held at a time. Its normals follow from
// its heights.
typedef struct PiecePrint {
    int chart;
    void *(*make)(Arena *arena);                        // what `rows` draws from
    void (*rows)(const void *context, PieceRows *rows); // any thread
} PiecePrint;

// A picture of the making, written beside the sculpture for its story.
typedef enum PieceSight {
    PIECE_FORM,         // plain clay, of the first parts and without the marks of the hand
    PIECE_TRIANGLES,    // the surface's triangles
    PIECE_RELIEF,       // the finished piece in plain clay
    PIECE_COLOUR,       // as it is
    PIECE_PRINT_RELIEF, // the print's height, in plain clay
    PIECE_PRINT_COLOUR,
} PieceSight;

typedef struct PiecePicture {
    const char *file; // a .jpg
    PieceSight sight;
    Vec3 middle;                        // what is looked at; of a print: u and v of its chart
    float width_mm;                     // how much of it the picture is wide
    float azimuth, elevation;           // from where, degrees; 0, 0 looks at the front
    float lamp_azimuth, lamp_elevation; // from the viewer's side; 0, 0: over the left shoulder
    size_t part_count;                  // PIECE_FORM: of the field's; 0: all
    float step_mm;                      // of its grid; 0: coarser than the piece's
    bool is_around;                     // eight views, each `width_mm` wide, instead of one
} PiecePicture;

typedef struct Piece {
    const char *name, *summary;
    Vec3 low_mm, high_mm; // a box that holds it
    float step_mm, draft_step_mm;
    float dust_mm;       // separate crumbs up to this size are sawdust
    float sky_mm;        // how far away a thing still shades
    int component_count; // separate surfaces; ornaments must touch the rest
    SimplifyDesc simplify;
    const PieceSpot *spots;
    int spot_count;
    // Adds the parts; what it keeps for the other functions it puts in `arena` and returns.
    void *(*build)(Field *field, Arena *arena);
    const PieceChart *charts; // or NULL: all is told by vertices
    int chart_count;
    float skin_mm; // instead of charts: the surface is laid out flat by itself, a picture a
                   // body, whose texels are so wide (other bodies say theirs); 0: it is not
    const PiecePrint *print;      // or NULL
    const PiecePicture *pictures; // of the making, or NULL
    int picture_count;
    float wear_mm; // how far around a texel's curvature is told; 0: as fine as the texel
    // The finest marks, or NULL; on charts they are seen in the light and leave the triangles
    // alone. Any thread.
    ContourFinish *finish;
    // Colour, roughness and metal of a vertex whose other fields are set. Any thread.
    void (*shade)(const void *context, const Field *field, SculptVertex *vertex);
} Piece;

// All pieces, in the order they stand in the collection.
const Piece *const *piece_list(size_t *count);
