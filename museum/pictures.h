// pictures.h: the pictures of stories: read and decoded beside the main thread.
//
//   main      pictures_ask(path), every frame in which it is seen     worker: read, decode,
//             pictures_step: one that is decoded becomes a texture <--        make smaller
//
// A few are kept, those asked for last; whoever is asked for again later is read again. Nothing
// is made before the first one is asked for. Main thread only.

#pragma once
#include "device/gpu.h"

typedef struct Pictures Pictures;

typedef enum PictureState {
    PICTURE_COMING,
    PICTURE_THERE,
    PICTURE_BROKEN, // logged, once
} PictureState;

typedef struct Picture {
    PictureState state;
    GpuTexture texture; // premultiplied; where it is there. Until the next step
    float aspect;       // its width by its height
} Picture;

enum { PICTURES_KEPT = 10, PICTURES_MOST_SIDE_PX = 1536 };

Pictures *pictures_make(Arena *arena, Gpu *gpu);
void pictures_drop(Pictures *pictures); // NULL is fine
// A file in the vfs. NULL pictures have none: they are coming.
Picture pictures_ask(Pictures *pictures, const char *path);
// Once a frame.
void pictures_step(Pictures *pictures);
// Nothing that was asked for since the last step is coming.
bool pictures_are_settled(const Pictures *pictures);
