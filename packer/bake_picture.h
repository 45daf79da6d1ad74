// bake_picture.h: one sample of a picture.
//
// As image_sample in data/image.h, without alpha, and fast: a sculpture takes a hundred
// million. Pure; any thread.

#pragma once
#include "data/image.h"
#include "packer/scan.h"

// Two neighbouring texels of a row or column, and how far a sample is towards the second.
typedef struct BakeBetween {
    uint32_t first, second;
    float share;
} BakeBetween;

// Which texels of `size` a coordinate lies between.
BakeBetween bake_picture_between(float u, ScanWrap wrap, uint32_t size);

// Bilinear; `of_byte` says what each value of a channel stands for. A transform may have made
// anything of finite coordinates: absurd ones sample at 0.
void bake_picture_sample(const Image *image, const ScanTexture *map, const float of_byte[256],
                         const float uv[2], float out[3]);
