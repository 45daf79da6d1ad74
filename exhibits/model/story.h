// story.h: what an exhibit tells: label, chapters, making-of, details, tours. story.json.
//
// Parse, check, write; pure functions, any thread. An exhibit may have no story: then its label
// is composed of its record. Long texts (long, of chapters, of steps of the making) are
// Markdown (exhibits/model/prose.h), others are never markup. docs/PACK.md lists every field.
//
// Points are metres in the sculpture's own coordinates (millimetres in the file).

#pragma once
#include "data/langtext.h"
#include "exhibits/model/problem.h"

#define STORY_FILE "story.json"

enum {
    STORY_MAX_BYTES = 256 << 10,
    STORY_MAX_LABEL_WORDS = 75,
    STORY_MAX_CHAPTERS = 64,
    STORY_MAX_HOTSPOTS = 256,
    STORY_MAX_TOURS = 32,
    STORY_MAX_STEPS = 256,
};

typedef enum StoryLens {
    STORY_LENS_NONE, // no magnifier
    STORY_LENS_BEAUTY,
    STORY_LENS_ALBEDO,
    STORY_LENS_NORMALS,
    STORY_LENS_RAKING,
    STORY_LENS_RELIEF,
    STORY_LENS_HEIGHT,
    STORY_LENS_SPECULAR,
    STORY_LENS_COUNT
} StoryLens;

typedef enum StoryKind {
    STORY_SYMBOL,
    STORY_GESTURE,
    STORY_TECHNIQUE,
    STORY_DAMAGE,
    STORY_INSCRIPTION,
    STORY_KIND_COUNT
} StoryKind;

// From where to look at a point. Azimuth 0 is from the front (+Z), 90 from +X; elevation up.
typedef struct StoryView {
    bool is_given;
    float azimuth_deg, elevation_deg, distance_m;
    bool has_target; // what comes to the middle of the picture; else the detail itself
    float target_m[3];
} StoryView;

typedef struct StoryLight {
    bool is_given;
    float azimuth_deg, elevation_deg; // 5 to 90 for raking light
} StoryLight;

typedef struct StoryPicture {
    const char *file; // beside story.json; "" where none
    LangText alt_text;
} StoryPicture;

// Sounds and captions are files beside story.json, by language; of the tag "" for all of them.
typedef struct StoryChapter {
    LangText title, text;
    StoryPicture picture;
    LangText audio, captions; // it is read aloud
} StoryChapter;

typedef struct StoryHotspot {
    const char *id; // unique in the story
    float point_m[3];
    float normal[3]; // unit length
    LangText title, text;
    StoryKind kind;
    StoryPicture picture;
    LangText audio, captions;
    LangText transcript;
    StoryView view;
    StoryLight light;
    StoryLens lens;
    float magnification; // from which it appears; 0: always
} StoryHotspot;

typedef struct StoryTourStep {
    int32_t hotspot; // index, or -1: the whole piece
    StoryView view;  // not given: the hotspot's
    StoryLens lens;
    float magnification; // 0: no lens, or the hotspot's
    float dwell_s;       // how long it stays
    LangText text;       // narration's caption; empty: the hotspot's text
    LangText audio, captions;
} StoryTourStep;

typedef struct StoryTour {
    const char *id;
    LangText title;
    uint32_t step_count;
    StoryTourStep *steps;
} StoryTour;

typedef struct StoryMakingStep {
    LangText text;
    StoryPicture picture;
    float magnification; // 0: not stated
} StoryMakingStep;

typedef struct StoryMaking {
    double hours; // 0: not stated
    uint32_t tool_count;
    LangText *tools;
    uint32_t step_count;
    StoryMakingStep *steps;
    LangText printed_process; // of 3D prints; empty otherwise
    double printed_layer_um;
} StoryMaking;

typedef struct Story {
    LangText label; // at most 75 words in every language
    LangText long_text;
    uint32_t chapter_count;
    StoryChapter *chapters;
    StoryMaking making;
    uint32_t hotspot_count;
    StoryHotspot *hotspots;
    uint32_t tour_count;
    StoryTour *tours;
} Story;

// Reads story.json; rules as record_parse's.
NODISCARD Status story_parse(Bytes json, const char *file, Arena *arena, Problems *problems,
                             Story *out);
// story.json of a story: its bytes depend on the story only.
Bytes story_write(const Story *story, Arena *arena);

// Nothing is told: an import's draft that nobody filled in.
bool story_is_empty(const Story *story);

// Words of a text as a label counts them: runs between blanks; where a script writes without
// blanks (Chinese, Japanese), two characters are a word.
uint32_t story_count_words(const char *text);

// The first hotspot that lies outside a piece's box, by more than a twentieth of its longest
// side; NULL if all are within.
const StoryHotspot *story_find_astray(const Story *story, const double low_mm[3],
                                      const double high_mm[3]);

// Every picture, sound and caption file the story names, each once, in order of appearance.
uint32_t story_files(const Story *story, Arena *arena, const char ***files);
