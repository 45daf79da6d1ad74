// kiosk_idle.c: when a visit begins and ends where nobody signs in or out.

#include "museum/kiosk_idle.h"

static double idle_of(const KioskIdle *idle)
{
    return idle->idle_s > 0 ? idle->idle_s : KIOSK_IDLE_S;
}

static double notice_of(const KioskIdle *idle)
{
    return idle->notice_s > 0 ? idle->notice_s : KIOSK_NOTICE_S;
}

static KioskEvent note_touch(KioskIdle *idle)
{
    KioskPhase before = idle->phase;
    idle->phase = KIOSK_VISIT;
    idle->quiet_s = 0;
    if (before == KIOSK_ATTRACT) {
        idle->visits++;
        idle->extensions = 0;
        return KIOSK_BEGINS;
    }
    idle->extensions += before == KIOSK_ASKS;
    return before == KIOSK_ASKS ? KIOSK_STAYS : KIOSK_NOTHING;
}

KioskEvent kiosk_idle_step(KioskIdle *idle, double passed_s, bool is_touched, bool is_told)
{
    if (is_touched)
        return note_touch(idle);
    if (idle->phase == KIOSK_ATTRACT || is_told)
        return KIOSK_NOTHING;
    idle->quiet_s += MIN(MAX(passed_s, 0.0), 1.0);
    if (idle->phase == KIOSK_VISIT && idle->quiet_s >= idle_of(idle)) {
        idle->phase = KIOSK_ASKS;
        idle->quiet_s = 0;
        return KIOSK_WONDERS;
    }
    if (idle->phase == KIOSK_ASKS && idle->quiet_s >= notice_of(idle)) {
        kiosk_idle_end(idle);
        return KIOSK_RESETS;
    }
    return KIOSK_NOTHING;
}

double kiosk_idle_left_s(const KioskIdle *idle)
{
    return idle->phase == KIOSK_ASKS ? MAX(notice_of(idle) - idle->quiet_s, 0.0) : 0;
}

void kiosk_idle_end(KioskIdle *idle)
{
    idle->phase = KIOSK_ATTRACT;
    idle->quiet_s = 0;
}
