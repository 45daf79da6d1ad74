// settings.c: what visitors adjust to themselves, kept from one visit to the next.

#include "museum/settings.h"

#include "data/json.h"
#include "data/langtext.h"
#include "io/file.h"
#include "museum/visitor.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define DEGREES 57.29577951308232

enum { FORMAT = 1 };

// By StyleTheme, which stands a floor higher.
static const char *const themes[] = {"light", "dark", "contrast"};

NODISCARD static Status read_theme(const char *name, int *out)
{
    for (int theme = 0; theme < (int)COUNT_OF(themes); theme++) {
        if (!strcmp(name, themes[theme])) {
            *out = theme;
            return OK;
        }
    }
    return FAIL(ERR_INVALID, "no theme is called '%s'", name);
}

NODISCARD static Status read_speech(JsonValue root, int *out)
{
    const char *text = "auto";
    TRY(json_get_text(root, "speech", JSON_OPTIONAL, &text));
    bool is_on = !strcmp(text, "on"), is_off = !strcmp(text, "off");
    if (!is_on && !is_off && strcmp(text, "auto"))
        return FAIL(ERR_INVALID, "speech is on, off or auto, not '%s'", text);
    *out = is_on ? 1 : is_off ? -1 : 0;
    return OK;
}

NODISCARD static Status read_look(JsonValue root, Settings *out)
{
    const char *language = "", *theme = "light", *quality = "auto";
    double percent = 0;
    TRY(json_get_text(root, "language", JSON_OPTIONAL, &language));
    TRY(json_get_text(root, "theme", JSON_OPTIONAL, &theme));
    TRY(json_get_text(root, "quality", JSON_OPTIONAL, &quality));
    TRY(json_get_number(root, "text_percent", JSON_OPTIONAL, (JsonRange){100, 200}, &percent));
    TRY(json_get_bool(root, "reduced_motion", JSON_OPTIONAL, &out->is_reduced_motion));
    TRY(read_theme(theme, &out->theme));
    TRY(read_speech(root, &out->speech));
    if (!quality_find(quality, &out->quality))
        return FAIL(ERR_INVALID, "no quality is called '%s'", quality);
    if (*language &&
        (!langtext_is_tag(str_of(language)) || strlen(language) >= SETTINGS_TAG_BYTES))
        return FAIL(ERR_INVALID, "'%s' is no language", language);
    snprintf(out->language, sizeof out->language, "%s", language);
    out->text_size = (float)percent / 100;
    return OK;
}

NODISCARD static Status read_sound(JsonValue root, Settings *out)
{
    double percent = 0;
    bool has_tone = true, has_captions = true;
    TRY(json_get_number(root, "volume_percent", JSON_OPTIONAL, (JsonRange){1, 100}, &percent));
    TRY(json_get_bool(root, "muted", JSON_OPTIONAL, &out->is_muted));
    TRY(json_get_bool(root, "room_tone", JSON_OPTIONAL, &has_tone));
    TRY(json_get_bool(root, "captions", JSON_OPTIONAL, &has_captions));
    out->volume = (float)percent / 100;
    out->is_without_tone = !has_tone;
    out->is_without_captions = !has_captions;
    return OK;
}

// {"G": "Q"}: what is usually on G is on Q. Keys only change places.
NODISCARD static Status read_bindings(JsonValue root, Bindings *out)
{
    JsonValue keys = json_get(root, "keys"), pads = json_get(root, "buttons");
    const char *name;
    if (keys.value)
        TRY(json_to_object(keys));
    if (pads.value)
        TRY(json_to_object(pads));
    for (JsonValue at = json_first_field(keys); at.value; at = json_next_field(at)) {
        TRY(json_to_text(at, &name));
        Key usual = binding_find_key(at.key), pressed = binding_find_key(name);
        if (usual == KEY_NONE || pressed == KEY_NONE)
            return FAIL(ERR_INVALID, "'%s' or '%s' is no key", at.key, name);
        out->keys[usual] = (uint8_t)pressed;
    }
    for (JsonValue at = json_first_field(pads); at.value; at = json_next_field(at)) {
        PadButton usual, pressed;
        TRY(json_to_text(at, &name));
        if (!binding_find_pad(at.key, &usual) || !binding_find_pad(name, &pressed))
            return FAIL(ERR_INVALID, "'%s' or '%s' is no button", at.key, name);
        out->pads[usual] = (uint8_t)(pressed + 1);
    }
    if (!binding_is_whole(out))
        return FAIL(ERR_INVALID,
                    "a key or button does two things, or one that stays has moved");
    return OK;
}

static void write_bindings(JsonWriter *writer, const Bindings *bindings)
{
    json_begin_object(writer, "keys");
    for (int i = 1; i < KEY_COUNT; i++)
        if (binding_key(bindings, (Key)i) != (Key)i)
            json_put_text(writer, binding_key_name((Key)i),
                          binding_key_name(binding_key(bindings, (Key)i)));
    json_end(writer);
    json_begin_object(writer, "buttons");
    for (int i = 0; i < PAD_BUTTON_COUNT; i++)
        if (binding_pad(bindings, (PadButton)i) != (PadButton)i)
            json_put_text(writer, binding_pad_name((PadButton)i),
                          binding_pad_name(binding_pad(bindings, (PadButton)i)));
    json_end(writer);
}

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
    TRY(read_look(root, out));
    TRY(read_sound(root, out));
    TRY(read_bindings(root, &out->bindings));
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
    if (settings->language[0])
        json_put_text(&writer, "language", settings->language);
    if (settings->text_size > 0)
        json_put_number(&writer, "text_percent", (double)(settings->text_size * 100));
    json_put_text(&writer, "theme", themes[settings->theme]);
    json_put_text(&writer, "quality",
                  settings->quality ? quality_row(settings->quality)->name : "auto");
    if (settings->speech)
        json_put_text(&writer, "speech", settings->speech > 0 ? "on" : "off");
    json_put_bool(&writer, "reduced_motion", settings->is_reduced_motion);
    if (settings->volume > 0)
        json_put_number(&writer, "volume_percent", round((double)(settings->volume * 100)));
    json_put_bool(&writer, "muted", settings->is_muted);
    json_put_bool(&writer, "room_tone", !settings->is_without_tone);
    json_put_bool(&writer, "captions", !settings->is_without_captions);
    json_put_bool(&writer, "has_walked", settings->has_walked);
    if (!binding_is_usual(&settings->bindings))
        write_bindings(&writer, &settings->bindings);
    json_end(&writer);
    Status status = file_make_folders(path_folder(scratch.arena, path));
    if (!status)
        status = file_write(path, json_writer_text(&writer));
    scratch_end(scratch);
    return status;
}
