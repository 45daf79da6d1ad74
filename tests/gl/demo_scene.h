// demo_scene.h: a small lit room with a knot on every plinth, for looking at the pictures and
// for tests of them.

#pragma once
#include "draw/render.h"

typedef struct DemoScene {
    RenderList list; // arrays below
    RenderMeshDraw meshes[1];
    RenderSculpture sculptures[8];
    RenderClusterDraw draws[8];
    RenderCase cases[8];
    RenderCard cards[9];
    RenderContact contacts[8];
} DemoScene;

typedef struct DemoLook {
    float wall_color[3];
    RenderMaterialKind floor;
    int piece_count; // up to 8
    bool has_cases;
} DemoLook;

// Makes the room's mesh, its lamps and a knotted sculpture in slot 0. The scene lives in
// `arena`.
NODISCARD Status demo_scene_make(Render *render, const DemoLook *look, Arena *arena,
                                 DemoScene **out);
// The visitor's picture from `eye` towards `target`.
void demo_scene_look(DemoScene *scene, const double eye[3], const double target[3], int width,
                     int height, float fov_deg);
// A torus knot with a fine relief, about `size_m` wide, standing on y = 0. Fits one page.
MeshPage demo_knot(float size_m, Arena *arena);
