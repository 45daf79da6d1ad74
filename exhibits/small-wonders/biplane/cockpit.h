// cockpit.h: the instruments of the biplane's cockpit.

#pragma once
#include "exhibits/small-wonders/biplane/biplane.h"

enum { COCKPIT_DIALS_COUNT = 5 };

typedef struct CockpitDial {
    float x, y, radius; // in the aeroplane's directions
    const char *name;
    float needle; // radians from straight up, with the clock
    int marks;
} CockpitDial;

extern const CockpitDial COCKPIT_DIALS[COCKPIT_DIALS_COUNT];

// Its face: across to the right of whoever looks, along up, up towards them.
Frame cockpit_dial_frame(int index);

void biplane_cut_cockpit(Field *field);
