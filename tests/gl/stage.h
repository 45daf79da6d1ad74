// stage.h: what tests of pictures share: a window without a display, a GPU, a renderer; frames
// as pixels; a few shapes to look at.

#pragma once
#include "draw/render.h"

#include "test.h"

typedef struct Stage {
    Arena arena, frame;
    Window *window;
    Gpu *gpu;
    Render *render; // NULL until stage_add_renderer
    int width, height;
} Stage;

// False, with a message, where there is no OpenGL: then the test's main returns 77.
bool stage_open(Stage *stage, int width, int height);
void stage_add_renderer(Stage *stage, RenderQuality quality);
void stage_close(Stage *stage);

// Draws the list; RGBA from the top left, until the next frame. Size and default exposure are
// filled in.
const uint8_t *stage_picture(Stage *stage, RenderList *list);
// Mean of red, green and blue in a rectangle, 0 to 1.
double stage_brightness(const Stage *stage, const uint8_t *rgba, int x, int y, int width,
                        int height);
// Of two pictures, how many pixels differ by more than `steps` in a channel.
int stage_count_changed(const Stage *stage, const uint8_t *a, const uint8_t *b, int steps);
// A copy that outlives the frame.
uint8_t *stage_keep(Stage *stage, const uint8_t *rgba);

// The camera at `eye`, looking at `target`.
View stage_view(const Stage *stage, const double eye[3], const double target[3], float fov_deg);
// A ball around the origin; a square sheet on y = 0 with waves of `relief_m` along x and z.
MeshPage stage_ball(float radius_m, Arena *arena);
MeshPage stage_sheet(float half_m, float relief_m, int waves, Arena *arena);
