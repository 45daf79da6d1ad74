// plan_names.h: the words of gallery.json, shared by plan.c and plan_parse.c alone.

#pragma once
#include "exhibits/model/plan.h"

extern const char *const plan_material_names[PLAN_MATERIAL_COUNT];
extern const char *const plan_bench_names[PLAN_BENCH_KIND_COUNT];
extern const char *const plan_stand_names[PLAN_STAND_COUNT];
extern const char *const plan_flight_names[PLAN_FLIGHT_KIND_COUNT];
