// settings.c: what visitors adjust to themselves, kept from one visit to the next.

#include "museum/settings.h"

#include "data/json.h"
#include "io/file.h"
#include "museum/visitor.h"

#define DEGREES 57.29577951308232

enum { FORMAT = 1 };

NODISCARD static Status read_fields(JsonValue root, Settings *out)
{
    int64_t version = 0;
    double eye_m = 0, fov = 0;
    TRY(json_to_object(root));
    TRY(json_get_int(root, "version", JSON_REQUIRED, (JsonRange){FORMAT, FORMAT}, &version));
    TRY(json_get_number(root, "eye_height_m", JSON_OPTIONAL,
                        (JsonRange){(double)VISITOR_LEAST_EYE_M, (double)VISITOR_MOST_EYE_M},
                        &eye_m));
    TRY(json_get_number(root, "fov_degrees", JSON_OPTIONAL,
                        (JsonRange){(double)VISITOR_LEAST_FOV_RAD * DEGREES - 1,
                                    (double)VISITOR_MOST_FOV_RAD * DEGREES + 1},
                        &fov));
    TRY(json_get_bool(root, "has_walked", JSON_OPTIONAL, &out->has_walked));
    out->eye_height_m = (float)eye_m;
    out->fov_rad = (float)(fov / DEGREES);
    return OK;
}

NODISCARD Status settings_read(const char *path, Settings *out)
{
    *out = (Settings){0};
    if (!file_exists(path))
        return OK;
    Scratch scratch = scratch_begin(NULL);
    JsonDocument document = {0};
    Bytes text;
    Status status = file_read(path, SETTINGS_MAX_BYTES, scratch.arena, &text);
    if (!status)
        status = json_parse(text, path, &document);
    if (!status)
        status = read_fields(json_root(&document), out);
    if (status)
        *out = (Settings){0};
    json_drop(&document);
    scratch_end(scratch);
    return status;
}

NODISCARD Status settings_write(const char *path, const Settings *settings)
{
    Scratch scratch = scratch_begin(NULL);
    JsonWriter writer = json_writer_make(scratch.arena);
    json_begin_object(&writer, NULL);
    json_put_int(&writer, "version", FORMAT);
    if (settings->eye_height_m > 0)
        json_put_number(&writer, "eye_height_m", (double)settings->eye_height_m);
    if (settings->fov_rad > 0)
        json_put_number(&writer, "fov_degrees", (double)settings->fov_rad * DEGREES);
    json_put_bool(&writer, "has_walked", settings->has_walked);
    json_end(&writer);
    Status status = file_make_folders(path_folder(scratch.arena, path));
    if (!status)
        status = file_write(path, json_writer_text(&writer));
    scratch_end(scratch);
    return status;
}
