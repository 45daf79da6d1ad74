// finds.c: which details visitors have found, as older versions kept them.

#include "museum/finds.h"

#include "data/json.h"
#include "exhibits/model/record.h"
#include "io/file.h"

#include <string.h>

enum { FORMAT = 1 };

typedef struct Finds {
    Arena *arena;
    Find *table;
    uint32_t count, capacity;
} Finds;

NODISCARD static Status note(Finds *finds, const Find *find)
{
    const char *const words[] = {find->pack, find->piece, find->detail};
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (!record_is_id(words[i]))
            return FAIL(ERR_INVALID, "'%.40s' names no pack, piece or detail", words[i]);
    if (finds->count == FINDS_MOST)
        return FAIL(ERR_LIMIT, "no more than %d found details are kept", FINDS_MOST);
    Find *place = ARENA_PUSH(finds->arena, finds->table, finds->count, finds->capacity);
    *place = (Find){arena_copy_text(finds->arena, find->pack),
                    arena_copy_text(finds->arena, find->piece),
                    arena_copy_text(finds->arena, find->detail)};
    return OK;
}

NODISCARD static Status read_piece(Finds *finds, const char *pack, JsonValue piece)
{
    TRY(json_to_array(piece, FINDS_MOST));
    for (size_t i = 0; i < json_count(piece); i++) {
        Find find = {pack, piece.key, NULL};
        TRY(json_to_text(json_item(piece, i), &find.detail));
        TRY(note(finds, &find));
    }
    return OK;
}

NODISCARD static Status read_packs(Finds *finds, JsonValue root)
{
    int64_t version = 0;
    JsonValue packs;
    TRY(json_to_object(root));
    TRY(json_get_int(root, "version", JSON_REQUIRED, (JsonRange){FORMAT, FORMAT}, &version));
    TRY(json_get_object(root, "packs", JSON_REQUIRED, &packs));
    for (JsonValue pack = json_first_field(packs); pack.value; pack = json_next_field(pack)) {
        TRY(json_to_object(pack));
        for (JsonValue piece = json_first_field(pack); piece.value;
             piece = json_next_field(piece))
            TRY(read_piece(finds, pack.key, piece));
    }
    return OK;
}

NODISCARD Status finds_read(const char *path, Arena *arena, Find **out, uint32_t *out_count)
{
    Scratch scratch = scratch_begin(arena);
    Finds finds = {.arena = arena};
    JsonDocument document = {0};
    Bytes text;
    Status status = file_read(path, FINDS_MAX_BYTES, scratch.arena, &text);
    if (!status)
        status = json_parse(text, path, &document);
    if (!status)
        status = read_packs(&finds, json_root(&document));
    json_drop(&document);
    scratch_end(scratch);
    if (status)
        return status;
    *out = finds.table;
    *out_count = finds.count;
    return OK;
}

const char *finds_path(const char *settings_path, Arena *arena)
{
    static const char ending[] = ".json";
    size_t len = strlen(settings_path), tail = sizeof ending - 1;
    if (len > tail && !strcmp(settings_path + len - tail, ending))
        len -= tail;
    return str_format(arena, "%.*s-finds.json", (int)len, settings_path);
}
