// photo_rim.h: the loupe of a photograph: shaders/post.frag's rim once more, for pictures that
// are put together of tiles. Pure; any thread.

#pragma once

typedef struct PhotoRim {
    double glass; // how much of a pixel shows what the lens shows, 0 to 1
    double metal; // how much of it is rim, and which colour that has, 0 to 255
    double color[3];
} PhotoRim;

// At a place from the lens's middle, in the photograph's pixels: so many times the window's.
PhotoRim photo_rim(double right_px, double up_px, double radius_px, int scale);
// How far the rim reaches beyond the radius.
double photo_rim_reach(double radius_px, int scale);
