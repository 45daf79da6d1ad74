// photo_text.h: what a photograph tells beside its picture: the view, so that it can be opened
// again, and the exhibit's record, for everybody's programs, as XMP.
//
// Pure functions, any thread.

#pragma once
#include "exhibits/model/record.h"
#include "museum/magnifier.h"

#define PHOTO_VIEW_KEYWORD "Vitrine view"
#define PHOTO_XMP_KEYWORD "XML:com.adobe.xmp"

typedef struct PhotoLens {
    bool is_on;
    float at[2], light_deg[2];
    double radius, zoom;
    double relief_strength;        // 0: as it is by itself
    double band_dial_deg, band_um; // of height; where the dial stands, and what came of it
    MagnifierMode mode;
} PhotoLens;

// A comparison.
typedef struct PhotoHalf {
    const char *exhibit;
    double yaw, pitch; // from its own front
    float target_m[3]; // from its middle
    PhotoLens lens;
} PhotoHalf;

typedef struct PhotoPair {
    bool is_on, is_free;
    bool is_right_active; // the half that wishes are for
    double height_m;      // that both halves show
    PhotoHalf halves[2];
} PhotoPair;

typedef struct PhotoView {
    const char *exhibit; // leant in to; "": walking
    const char *pack;    // the name of its file, for sentences
    double yaw, pitch;   // the camera's; leant in, from the piece's own front
    // leant in; places in the piece's own metres
    float target_m[3];
    double distance_m;
    bool is_orthographic, is_story_open, has_mood;
    // walking
    float spot[2];
    double eye_height_m;
    PhotoLens lens;
    PhotoPair pair; // leant in
} PhotoView;

PhotoLens photo_lens(const Magnifier *magnifier);
// Pinned, for the pointer may be anywhere; off where it was.
void photo_open_lens(Magnifier *magnifier, const PhotoLens *lens);

const char *photo_write_view(const PhotoView *view, Arena *arena);
// Texts live in `arena`. ERR_CORRUPT, ERR_INVALID, ERR_LIMIT for what no photograph says.
NODISCARD Status photo_parse_view(Str json, const char *file, Arena *arena, PhotoView *out);

// An XMP packet of a record (Dublin Core, rights, and all of it as JSON), of the two of a
// comparison, or, where there is none, only of the title. Whatever the texts hold, it is
// well-formed XML.
const char *photo_write_xmp(const Record *const *records, uint32_t count, const char *title,
                            const char *language, const char *tool, Arena *arena);
