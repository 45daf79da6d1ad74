// story_look.h: how something of a piece is looked at: from where, through which lens, in which
// light; read and written. For stories and tours.
//
// Pure functions, any thread.

#pragma once
#include "exhibits/model/field.h"
#include "exhibits/model/story.h"

// {"azimuth_deg", "elevation_deg", "distance_mm", "target_mm"} at "view".
void look_read_view(Fields *fields, JsonValue object, StoryView *out);
void look_put_view(JsonWriter *writer, const StoryView *view);
// {"azimuth_deg", "elevation_deg"} at "light".
void look_read_light(Fields *fields, JsonValue object, StoryLight *out);
void look_put_light(JsonWriter *writer, const StoryLight *light);
// The words at "lens" and "magnification".
void look_read_lens(Fields *fields, JsonValue object, StoryLens *lens, float *magnification);
void look_put_lens(JsonWriter *writer, StoryLens lens, float magnification);
// A point of the piece: millimetres in the file. Whether it is there.
bool look_read_point(Fields *fields, JsonValue object, const char *key, JsonNeed need,
                     float out_m[3]);
void look_put_point(JsonWriter *writer, const char *key, const float point_m[3]);
