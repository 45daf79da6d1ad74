// rooms_look.h: what a plan's materials look like, and the lamps as the renderer wants them;
// for rooms.c.
//
// Pure; main thread.

#pragma once
#include "draw/render.h"
#include "museum/collection.h"
#include "museum/gallery_mesh.h"

// `material` is a PlanMaterial or one of gallery_mesh.h's.
RenderMaterial look_material(int material, const PlanRoom *room);
RenderLight look_light(const PlanLight *light);
RenderPanel look_panel(const PlanRoom *room);
RenderRoom look_room(const PlanRoom *room);
