// service.h: what a program tells the service manager that started it.
//
// The protocol of systemd (sd_notify(3)): datagrams to the socket in NOTIFY_SOCKET. Where there
// is none, nothing happens. One thread.

#pragma once
#include "base/base.h"

void service_is_ready(const char *state); // it works from now on; a word for `systemctl status`
void service_is_alive(void);              // the watchdog waits anew
void service_tells(const char *state);
void service_is_stopping(void);
// It takes longer: so many seconds more until the next word.
void service_asks_for_time(double seconds);
// How often service_is_alive is expected at least; 0: nobody watches.
double service_watchdog_s(void);
