// edid.c: what a display says of itself: its name, its pixels, how large its glass is.

#include "data/edid.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define LEAST_PIXEL_MM 0.035 // a telephone's, 725 to the inch
#define MOST_PIXEL_MM 1.6    // a television's of 140 inches
#define SQUARE 1.12          // how far pixels may be from it
#define DIFFERS 1.5          // how far two accounts of one size may

enum {
    FIRST_DESCRIPTOR = 54,
    DESCRIPTOR_BYTES = 18,
    DESCRIPTORS = 4,
    TAG_NAME = 0xfc,
    NAME_BYTES = 13,
};

static void read_name(const uint8_t *text, char out[14])
{
    int len = 0;
    while (len < NAME_BYTES && text[len] >= 0x20 && text[len] < 0x7f) {
        out[len] = (char)text[len];
        len++;
    }
    while (len && out[len - 1] == ' ')
        len--;
    out[len] = 0;
}

static void read_mode(const uint8_t *at, Edid *out)
{
    out->width_px = at[2] | (at[4] & 0xf0) << 4;
    out->height_px = at[5] | (at[7] & 0xf0) << 4;
    out->mode_mm[0] = at[12] | (at[14] & 0xf0) << 4;
    out->mode_mm[1] = at[13] | (at[14] & 0x0f) << 8;
}

NODISCARD Status edid_parse(Bytes bytes, Edid *out)
{
    static const uint8_t magic[8] = {0, 255, 255, 255, 255, 255, 255, 0};
    if (bytes.len < EDID_BLOCK_BYTES)
        return FAIL(ERR_CORRUPT, "%zu bytes; what a display says of itself has %d", bytes.len,
                    EDID_BLOCK_BYTES);
    const uint8_t *block = bytes.ptr;
    uint8_t sum = 0;
    for (int i = 0; i < EDID_BLOCK_BYTES; i++)
        sum = (uint8_t)(sum + block[i]);
    if (memcmp(block, magic, sizeof magic) || sum)
        return FAIL(ERR_CORRUPT, "what a display says of itself does not add up");
    Edid edid = {.product = (uint16_t)(block[10] | block[11] << 8),
                 .width_mm = block[21] * 10,
                 .height_mm = block[22] * 10};
    int letters = block[8] << 8 | block[9];
    for (int i = 0; i < 3; i++) {
        int letter = letters >> (10 - 5 * i) & 31;
        edid.maker[i] = (char)(letter >= 1 && letter <= 26 ? 'A' + letter - 1 : '?');
    }
    for (int i = 0; i < DESCRIPTORS; i++) {
        const uint8_t *at = block + FIRST_DESCRIPTOR + i * DESCRIPTOR_BYTES;
        bool is_mode = at[0] || at[1];
        if (is_mode && !edid.width_px)
            read_mode(at, &edid);
        else if (!is_mode && at[3] == TAG_NAME)
            read_name(at + 5, edid.name);
    }
    *out = edid;
    return OK;
}

// "16 x 9" and the like stand for a shape, whatever the unit.
static bool is_shape(int width, int height)
{
    static const int shapes[][2] = {{16, 9}, {16, 10}, {15, 9}, {5, 4}, {4, 3}, {21, 9}};
    while (width > 0 && height > 0 && width % 10 == 0 && height % 10 == 0) {
        width /= 10;
        height /= 10;
    }
    for (size_t i = 0; i < COUNT_OF(shapes); i++) {
        bool is_wide = width == shapes[i][0] && height == shapes[i][1];
        bool is_high = height == shapes[i][0] && width == shapes[i][1];
        if (is_wide || is_high)
            return true;
    }
    return false;
}

static bool is_near(double a, double b, double factor)
{
    return a <= b * factor && b <= a * factor;
}

bool edid_size_mm(const Edid *edid, double out_mm[2])
{
    bool has_mode = edid->mode_mm[0] > 0 && edid->mode_mm[1] > 0;
    bool has_whole = edid->width_mm > 0 && edid->height_mm > 0;
    int width = has_mode ? edid->mode_mm[0] : edid->width_mm;
    int height = has_mode ? edid->mode_mm[1] : edid->height_mm;
    if ((!has_mode && !has_whole) || edid->width_px <= 0 || edid->height_px <= 0 ||
        is_shape(width, height))
        return false;
    if (has_mode && has_whole &&
        (!is_near(width, edid->width_mm, DIFFERS) ||
         !is_near(height, edid->height_mm, DIFFERS)))
        return false;
    double across = (double)width / edid->width_px, down = (double)height / edid->height_px;
    if (!is_near(across, down, SQUARE) || across < LEAST_PIXEL_MM || across > MOST_PIXEL_MM)
        return false;
    out_mm[0] = width;
    out_mm[1] = height;
    return true;
}

static int likeness(const Edid *edid, const char *name, int width, int height)
{
    bool is_named = *edid->name && strcasestr(name, edid->name);
    bool is_as_wide = (edid->width_px == width && edid->height_px == height) ||
                      (edid->width_px == height && edid->height_px == width);
    return 2 * is_named + is_as_wide;
}

int edid_match(const Edid *edids, size_t count, const char *name, int width, int height)
{
    int best = -1, most = 0;
    bool is_clear = true;
    for (size_t i = 0; i < count; i++) {
        int alike = likeness(&edids[i], name, width, height);
        // Two displays of one kind are equally large.
        if (alike == most && best >= 0)
            is_clear &= !memcmp(&edids[i], &edids[best], sizeof *edids);
        if (alike <= most)
            continue;
        most = alike;
        best = (int)i;
        is_clear = true;
    }
    if (best < 0 && count == 1)
        return 0; // there is no other
    return is_clear ? best : -1;
}
