// rooms_look.h: what a plan's materials look like, and the lamps as the renderer wants them;
// for rooms.c.
//
// Pure; main thread.

#pragma once
#include "draw/render.h"
#include "exhibits/model/gallery_light.h"
#include "museum/collection.h"

RenderMaterial look_material(const GalleryPart *part, const Plan *plan, uint32_t room);
RenderLight look_light(const PlanLight *light);
// Lamps that wash the walls of a room; as many as there is room for. Returns how many.
uint32_t look_washers(const PlanRoom *room, uint32_t most, RenderLight *out);
RenderPanel look_panel(const PlanRoom *room);
// Windows of a room, as many as there is room for. Returns how many.
uint32_t look_windows(const Plan *plan, uint32_t room, uint32_t most, RenderPanel *out);
RenderRoom look_room(const PlanRoom *room);
// What a piece takes of the light where it stands: out to where it still hides a good part of
// what is around, farther the higher it is.
RenderContact look_contact(const Exhibit *exhibit);
