// kiosk_gate.c: how the staff leaves a kiosk.

#include "museum/kiosk_gate.h"

#include <string.h>

#define CORNER 0.12f // of the picture's sides

enum { CORNERS = 4 };

void kiosk_gate_step(KioskGate *gate, double passed_s)
{
    gate->locked_s = MAX(gate->locked_s - passed_s, 0.0);
    gate->since_s += passed_s;
    if (gate->since_s > KIOSK_GATE_S)
        gate->corners = 0;
}

bool kiosk_gate_touch(KioskGate *gate, float x, float y)
{
    static const float places[CORNERS][2] = {{0, 0}, {1, 0}, {1, 1}, {0, 1}};
    const float *next = places[gate->corners];
    bool is_there = (next[0] > 0 ? x > 1 - CORNER : x < CORNER) &&
                    (next[1] > 0 ? y > 1 - CORNER : y < CORNER);
    bool is_first = x < CORNER && y < CORNER;
    if (!is_there) {
        gate->corners = is_first;
        gate->since_s = is_first ? 0 : gate->since_s;
        return false;
    }
    if (gate->corners == 0)
        gate->since_s = 0;
    gate->corners = (gate->corners + 1) % CORNERS;
    return gate->corners == 0;
}

bool kiosk_gate_opens(KioskGate *gate, const char *typed, const char *pin)
{
    if (gate->locked_s > 0 || !*pin)
        return false;
    if (strcmp(typed, pin) == 0) {
        gate->wrong = 0;
        return true;
    }
    if (++gate->wrong == KIOSK_GATE_TRIES) {
        gate->wrong = 0;
        gate->locked_s = KIOSK_GATE_LOCKED_S;
    }
    return false;
}
