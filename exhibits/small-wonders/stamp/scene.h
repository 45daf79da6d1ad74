// scene.h: what the engraver looks at: how dark, and which way the form runs, at every place.
//
//     sky and clouds, ranges behind a lake, a tower on its promontory, trees, a bank
//
// One grid over the picture's opening, a pixel 12.5 µm. Millimetres of the stamp.

#pragma once
#include "base/arena.h"
#include "exhibits/sculptor/vec.h"

typedef enum SceneKind {
    SCENE_NONE, // outside the opening, or left blank
    SCENE_SKY,
    SCENE_CLOUD,
    SCENE_RANGE,
    SCENE_FOREST,
    SCENE_LAKE,
    SCENE_STONE,
    SCENE_ROOF,
    SCENE_TREE,
    SCENE_GROUND,
    SCENE_KINDS
} SceneKind;

typedef struct ScenePixel {
    float tone;  // 0 paper, 1 ink
    float angle; // of the first lines, radians
    uint8_t kind;
} ScenePixel;

enum { SCENE_WIDTH = 1072, SCENE_HEIGHT = 1104 };
#define SCENE_PIXEL_MM 0.0125f
#define SCENE_LEFT_MM (-6.7f)
#define SCENE_LOW_MM (-6.7f)
#define SCENE_EYE_MM (-1.0f)    // the height of the eye
#define SCENE_SHORE_MM (-1.83f) // where the lake ends

typedef struct Scene {
    ScenePixel *pixels; // rows from below
    float summit[2];
} Scene;

Scene *scene_make(Arena *arena);
void scene_add_ranges(Scene *scene); // mountains.c
// The pixel at a place; outside the grid SCENE_NONE.
ScenePixel scene_at(const Scene *scene, float x, float y);

static inline float scene_x(int column)
{
    return SCENE_LEFT_MM + ((float)column + 0.5f) * SCENE_PIXEL_MM;
}

static inline float scene_y(int row)
{
    return SCENE_LOW_MM + ((float)row + 0.5f) * SCENE_PIXEL_MM;
}
