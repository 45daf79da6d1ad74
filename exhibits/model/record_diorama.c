// record_diorama.c: the part of a record that says how one steps inside.

#include "exhibits/model/record_diorama.h"

#include <stdio.h>

enum { MOST_SCALE = 1000000 };

void record_read_scale(Fields *f, JsonValue object, uint32_t *out)
{
    const char *text;
    field_text(f, object, "scale_ratio", JSON_OPTIONAL, &text);
    if (!text[0])
        return;
    int64_t scale = 0;
    Str ratio = str_of(text);
    if (str_starts_with(ratio, "1:") && str_to_int((Str){text + 2, ratio.len - 2}, &scale) &&
        scale >= 1 && scale <= MOST_SCALE)
        *out = (uint32_t)scale;
    else
        field_problem(f, json_get(object, "scale_ratio"), ERR_INVALID,
                      "\"%.40s\" is not a scale like 1:12", text);
}

void record_put_scale(JsonWriter *writer, uint32_t scale)
{
    char text[32];
    snprintf(text, sizeof text, "1:%u", scale);
    if (scale)
        json_put_text(writer, "scale_ratio", text);
}

void record_read_diorama(Fields *f, JsonValue root, Record *out)
{
    static const char *const known[] = {"entry_mm", "facing_deg", "scale_ratio", "haze_color",
                                        "haze_mm"};
    static const JsonRange any_mm = {-1e7, 1e7}, any_deg = {-360, 360}, any_far = {0.01, 1e7};
    if (!field_is_there(f, root, "diorama"))
        return;
    RecordDiorama *diorama = &out->diorama;
    JsonValue object = field_object(f, root, "diorama");
    float entry_mm[3] = {0};
    field_known(f, object, known, COUNT_OF(known));
    field_numbers(f, object, "entry_mm", JSON_REQUIRED, any_mm, 3, entry_mm);
    field_number(f, object, "facing_deg", JSON_OPTIONAL, any_deg, &diorama->facing_deg);
    field_numbers(f, object, "haze_color", JSON_OPTIONAL, (JsonRange){0, 1}, 3,
                  diorama->haze_color);
    field_number(f, object, "haze_mm", JSON_OPTIONAL, any_far, &diorama->haze_mm);
    for (int i = 0; i < 3; i++)
        diorama->entry_mm[i] = (double)entry_mm[i];
    diorama->scale = out->scale_model;
    record_read_scale(f, object, &diorama->scale);
    diorama->is_there = diorama->scale > 1;
    if (!diorama->is_there)
        field_problem(f, object, ERR_INVALID,
                      "needs a \"scale_ratio\", like 1:87, here or of the piece: how much "
                      "smaller than life its figures are");
}

void record_put_diorama(JsonWriter *writer, const RecordDiorama *diorama)
{
    if (!diorama->is_there)
        return;
    json_begin_object(writer, "diorama");
    json_put_numbers(writer, "entry_mm", diorama->entry_mm, 3);
    field_put_number(writer, "facing_deg", diorama->facing_deg);
    record_put_scale(writer, diorama->scale);
    if (diorama->haze_mm > 0) {
        const float *color = diorama->haze_color;
        json_put_numbers(writer, "haze_color",
                         (double[]){(double)color[0], (double)color[1], (double)color[2]}, 3);
        json_put_number(writer, "haze_mm", diorama->haze_mm);
    }
    json_end(writer);
}
