// bake_picture.c: one sample of a picture.

#include "packer/bake_picture.h"

#include <math.h>

BakeBetween bake_picture_between(float u, ScanWrap wrap, uint32_t size)
{
    if (!(fabsf(u) < 1e9f))
        u = 0;
    if (wrap == SCAN_WRAP_CLAMP)
        u = CLAMP(u, 0.0f, 1.0f);
    else if (wrap == SCAN_WRAP_MIRROR)
        u = 1 - fabsf(u - 2 * floorf(u * 0.5f) - 1);
    else
        u -= floorf(u);
    float place = u * (float)size + 0.5f; // one further, so that it is never below zero
    uint32_t below = (uint32_t)place;     // 0 to size
    uint32_t before = wrap == SCAN_WRAP_REPEAT ? size - 1 : 0;
    uint32_t after = wrap == SCAN_WRAP_REPEAT ? 0 : size - 1;
    return (BakeBetween){below ? below - 1 : before, below < size ? below : after,
                         place - (float)below};
}

void bake_picture_sample(const Image *image, const ScanTexture *map, const float of_byte[256],
                         const float uv[2], float out[3])
{
    BakeBetween x = bake_picture_between(uv[0], map->wrap_u, image->width);
    BakeBetween y = bake_picture_between(uv[1], map->wrap_v, image->height);
    const uint8_t *top = image->rgba + 4 * (size_t)y.first * image->width;
    const uint8_t *bottom = image->rgba + 4 * (size_t)y.second * image->width;
    for (int c = 0; c < 3; c++) {
        float a = of_byte[top[4 * (size_t)x.first + c]];
        float b = of_byte[bottom[4 * (size_t)x.first + c]];
        a += (of_byte[top[4 * (size_t)x.second + c]] - a) * x.share;
        b += (of_byte[bottom[4 * (size_t)x.second + c]] - b) * x.share;
        out[c] = a + (b - a) * y.share;
    }
}
