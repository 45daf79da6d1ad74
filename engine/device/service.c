// service.c: what a program tells the service manager that started it.

#include "device/service.h"

#include <stdint.h>
#include <systemd/sd-daemon.h>

void service_is_ready(const char *state)
{
    sd_notifyf(0, "READY=1\nSTATUS=%s", state);
}

void service_is_alive(void)
{
    sd_notify(0, "WATCHDOG=1");
}

void service_tells(const char *state)
{
    sd_notifyf(0, "STATUS=%s", state);
}

void service_is_stopping(void)
{
    sd_notify(0, "STOPPING=1");
}

void service_asks_for_time(double seconds)
{
    sd_notifyf(0, "EXTEND_TIMEOUT_USEC=%llu", (unsigned long long)(seconds * 1e6));
}

double service_watchdog_s(void)
{
    uint64_t us = 0;
    return sd_watchdog_enabled(0, &us) > 0 ? (double)us / 1e6 : 0;
}
