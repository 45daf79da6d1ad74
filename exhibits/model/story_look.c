// story_look.c: how something of a piece is looked at: from where, through which lens, in which
// light; read and written.

#include "exhibits/model/story_look.h"

#include <math.h>

static const char *const lens_names[STORY_LENS_COUNT] = {
    [STORY_LENS_NONE] = "none",     [STORY_LENS_BEAUTY] = "beauty",
    [STORY_LENS_ALBEDO] = "albedo", [STORY_LENS_NORMALS] = "normals",
    [STORY_LENS_RAKING] = "raking", [STORY_LENS_RELIEF] = "relief",
    [STORY_LENS_HEIGHT] = "height", [STORY_LENS_SPECULAR] = "specular",
};

static const FieldWords lenses = {lens_names, STORY_LENS_COUNT};
static const JsonRange any_mm = {-1e9, 1e9};
static const JsonRange any_degrees = {-360, 360};

// Millimetres of metres, without the digits that float arithmetic left behind.
static double mm_of(float metres)
{
    return round((double)metres * 1e9) / 1e6;
}

static double tidy(float number)
{
    return round((double)number * 1e6) / 1e6;
}

bool look_read_point(Fields *f, JsonValue object, const char *key, JsonNeed need,
                     float out_m[3])
{
    if (need == JSON_OPTIONAL && !field_is_there(f, object, key))
        return false;
    field_numbers(f, object, key, need, any_mm, 3, out_m);
    for (int i = 0; i < 3; i++)
        out_m[i] /= 1000;
    return true;
}

void look_put_point(JsonWriter *w, const char *key, const float point_m[3])
{
    json_begin_array(w, key);
    for (int i = 0; i < 3; i++)
        json_put_number(w, NULL, mm_of(point_m[i]));
    json_end(w);
}

void look_read_view(Fields *f, JsonValue object, StoryView *out)
{
    static const char *const known[] = {"azimuth_deg", "elevation_deg", "distance_mm",
                                        "target_mm"};
    float distance_mm = 0;
    JsonValue view = field_object(f, object, "view");
    if (!view.value)
        return;
    field_known(f, view, known, COUNT_OF(known));
    field_float(f, view, "azimuth_deg", JSON_REQUIRED, any_degrees, &out->azimuth_deg);
    field_float(f, view, "elevation_deg", JSON_REQUIRED, (JsonRange){-90, 90},
                &out->elevation_deg);
    field_float(f, view, "distance_mm", JSON_REQUIRED, (JsonRange){1e-3, 1e9}, &distance_mm);
    out->distance_m = distance_mm / 1000;
    out->has_target = look_read_point(f, view, "target_mm", JSON_OPTIONAL, out->target_m);
    out->is_given = true;
}

void look_put_view(JsonWriter *w, const StoryView *view)
{
    if (!view->is_given)
        return;
    json_begin_object(w, "view");
    json_put_number(w, "azimuth_deg", tidy(view->azimuth_deg));
    json_put_number(w, "elevation_deg", tidy(view->elevation_deg));
    json_put_number(w, "distance_mm", mm_of(view->distance_m));
    if (view->has_target)
        look_put_point(w, "target_mm", view->target_m);
    json_end(w);
}

void look_read_light(Fields *f, JsonValue object, StoryLight *out)
{
    static const char *const known[] = {"azimuth_deg", "elevation_deg"};
    JsonValue light = field_object(f, object, "light");
    if (!light.value)
        return;
    field_known(f, light, known, COUNT_OF(known));
    field_float(f, light, "azimuth_deg", JSON_REQUIRED, any_degrees, &out->azimuth_deg);
    field_float(f, light, "elevation_deg", JSON_REQUIRED, (JsonRange){5, 90},
                &out->elevation_deg);
    out->is_given = true;
}

void look_put_light(JsonWriter *w, const StoryLight *light)
{
    if (!light->is_given)
        return;
    json_begin_object(w, "light");
    json_put_number(w, "azimuth_deg", tidy(light->azimuth_deg));
    json_put_number(w, "elevation_deg", tidy(light->elevation_deg));
    json_end(w);
}

void look_read_lens(Fields *f, JsonValue object, StoryLens *lens, float *magnification)
{
    int word = STORY_LENS_NONE;
    field_word(f, object, "lens", JSON_OPTIONAL, lenses, &word);
    *lens = (StoryLens)word;
    field_float(f, object, "magnification", JSON_OPTIONAL, (JsonRange){1, 10000},
                magnification);
}

void look_put_lens(JsonWriter *w, StoryLens lens, float magnification)
{
    if (lens != STORY_LENS_NONE)
        json_put_text(w, "lens", lens_names[lens]);
    field_put_number(w, "magnification", tidy(magnification));
}
