// kiosk_config.c: what a technician writes down for a kiosk.

#include "museum/kiosk_config.h"

#include "data/json.h"
#include "data/langtext.h"
#include "io/file.h"

#include <string.h>

enum { FORMAT = 1 };

static const char *const known[] = {
    "version",     "packs",        "language",     "text_percent", "volume",
    "idle_s",      "notice_s",     "attract_tour", "quality",      "memory_mib",
    "photographs", "operator_pin", "state_folder", "health_file",
};

// What is written of the document, for good.
NODISCARD static Status read_text(JsonValue root, const char *key, Arena *arena,
                                  const char **out)
{
    const char *text = *out;
    TRY(json_get_text(root, key, JSON_OPTIONAL, &text));
    *out = arena_copy_text(arena, text);
    return OK;
}

NODISCARD static Status read_path(JsonValue root, const char *key, const char *folder,
                                  Arena *arena, const char **out)
{
    const char *path = "";
    TRY(read_text(root, key, arena, &path));
    *out = *path ? path_join(arena, folder, path) : *out;
    return OK;
}

NODISCARD static Status read_packs(JsonValue root, const char *folder, Arena *arena,
                                   KioskConfig *out)
{
    JsonValue packs = {0};
    TRY(json_get_array(root, "packs", JSON_OPTIONAL, KIOSK_MAX_PACKS, &packs));
    for (size_t i = 0; i < json_count(packs); i++) {
        const char *path;
        TRY(json_to_text(json_item(packs, i), &path));
        if (!*path)
            return json_fail(json_item(packs, i), ERR_INVALID, "expected a pack's path");
        out->packs[out->pack_count++] = path_join(arena, folder, path);
    }
    return OK;
}

NODISCARD static Status read_pin(JsonValue root, Arena *arena, KioskConfig *out)
{
    TRY(read_text(root, "operator_pin", arena, &out->operator_pin));
    size_t length = strlen(out->operator_pin);
    bool is_pin = strspn(out->operator_pin, "0123456789") == length &&
                  length >= KIOSK_PIN_LEAST && length <= KIOSK_PIN_MOST;
    if (length && !is_pin)
        return json_fail(json_get(root, "operator_pin"), ERR_INVALID,
                         "expected %d to %d digits", (int)KIOSK_PIN_LEAST, (int)KIOSK_PIN_MOST);
    return OK;
}

NODISCARD static Status read_words(JsonValue root, Arena *arena, KioskConfig *out)
{
    const char *quality = "auto";
    TRY(read_text(root, "language", arena, &out->language));
    TRY(read_text(root, "attract_tour", arena, &out->attract_tour));
    TRY(read_text(root, "quality", arena, &quality));
    if (*out->language && !langtext_is_tag(str_of(out->language)))
        return json_fail(json_get(root, "language"), ERR_INVALID,
                         "\"%.40s\" is no language; expected a tag like de or pt-BR",
                         out->language);
    if (!quality_find(quality, &out->quality))
        return json_fail(json_get(root, "quality"), ERR_INVALID,
                         "\"%.40s\" is no quality; expected auto, low, medium, high or ultra",
                         quality);
    return read_pin(root, arena, out);
}

NODISCARD static Status read_numbers(JsonValue root, KioskConfig *out)
{
    int64_t percent = out->text_percent, memory_mib = 0;
    TRY(json_get_int(root, "text_percent", JSON_OPTIONAL, (JsonRange){100, 200}, &percent));
    TRY(json_get_int(root, "memory_mib", JSON_OPTIONAL, (JsonRange){0, 65536}, &memory_mib));
    TRY(json_get_number(root, "volume", JSON_OPTIONAL, (JsonRange){0, 1}, &out->volume));
    TRY(json_get_number(root, "idle_s", JSON_OPTIONAL,
                        (JsonRange){KIOSK_LEAST_IDLE_S, KIOSK_MOST_IDLE_S}, &out->idle_s));
    TRY(json_get_number(root, "notice_s", JSON_OPTIONAL, (JsonRange){KIOSK_NOTICE_S, 60},
                        &out->notice_s));
    TRY(json_get_bool(root, "photographs", JSON_OPTIONAL, &out->allows_photographs));
    out->text_percent = (uint32_t)percent;
    out->memory_mib = (uint32_t)memory_mib;
    return OK;
}

NODISCARD static Status read_fields(JsonValue root, const char *folder, Arena *arena,
                                    KioskConfig *out)
{
    int64_t version;
    TRY(json_to_object(root));
    TRY(json_check_fields(root, known, COUNT_OF(known)));
    TRY(json_get_int(root, "version", JSON_REQUIRED, (JsonRange){FORMAT, FORMAT}, &version));
    TRY(read_packs(root, folder, arena, out));
    TRY(read_words(root, arena, out));
    TRY(read_numbers(root, out));
    TRY(read_path(root, "state_folder", folder, arena, &out->state_folder));
    return read_path(root, "health_file", folder, arena, &out->health_file);
}

NODISCARD static Status read_file(const char *path, Arena *arena, KioskConfig *out)
{
    Scratch scratch = scratch_begin(arena);
    JsonDocument document = {0};
    Bytes text;
    Status status = file_read(path, KIOSK_CONFIG_BYTES, scratch.arena, &text);
    if (!status)
        status = json_parse(text, path, &document);
    if (!status)
        status = read_fields(json_root(&document), path_folder(arena, path), arena, out);
    json_drop(&document);
    scratch_end(scratch);
    return status;
}

Status kiosk_config_read(const char *path, Arena *arena, KioskConfig *out)
{
    KioskConfig config = {.language = "",
                          .text_percent = 100,
                          .volume = 0.6,
                          .idle_s = KIOSK_IDLE_S,
                          .notice_s = KIOSK_NOTICE_S,
                          .attract_tour = "first",
                          .operator_pin = "",
                          .state_folder = "",
                          .health_file = ""};
    if (path)
        TRY(read_file(path, arena, &config));
    if (!*config.state_folder)
        TRY(file_data_folder("vitrine-kiosk", arena, &config.state_folder));
    if (!*config.health_file)
        config.health_file = path_join(arena, config.state_folder, "health.prom");
    *out = config;
    return OK;
}
