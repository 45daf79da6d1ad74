// finds.c: which details visitors have found. A sorted table, and a file:
//
//     {"version": 1, "packs": {"small-wonders": {"hare": ["signature", ...], ...}, ...}}

#include "museum/finds.h"

#include "base/log.h"
#include "data/json.h"
#include "exhibits/model/record.h"
#include "io/file.h"

#include <string.h>

enum { FORMAT = 1 };

struct Finds {
    Arena *arena;
    const char *path; // NULL: nowhere
    Find *table;      // by pack, piece, detail
    uint32_t count, capacity;
    bool has_changed; // since it was read or kept
};

static int compare(const Find *a, const Find *b)
{
    int order = strcmp(a->pack, b->pack);
    if (!order)
        order = strcmp(a->piece, b->piece);
    return order ? order : strcmp(a->detail, b->detail);
}

// Where it is, or belongs.
static uint32_t place_of(const Finds *finds, const Find *find)
{
    uint32_t low = 0, high = finds->count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (compare(&finds->table[middle], find) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool finds_has(const Finds *finds, const Find *find)
{
    uint32_t at = place_of(finds, find);
    return at < finds->count && !compare(&finds->table[at], find);
}

NODISCARD static Status check_words(const Find *find)
{
    const char *const words[] = {find->pack, find->piece, find->detail};
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (!record_is_id(words[i]))
            return FAIL(ERR_INVALID, "'%.40s' names no pack, piece or detail", words[i]);
    return OK;
}

NODISCARD Status finds_note(Finds *finds, const Find *find)
{
    uint32_t at = place_of(finds, find);
    if (at < finds->count && !compare(&finds->table[at], find))
        return OK;
    TRY(check_words(find));
    if (finds->count == FINDS_MOST)
        return FAIL(ERR_LIMIT, "no more than %d found details are kept", FINDS_MOST);
    (void)ARENA_PUSH(finds->arena, finds->table, finds->count, finds->capacity);
    memmove(&finds->table[at + 1], &finds->table[at],
            (finds->count - 1 - at) * sizeof *finds->table);
    finds->table[at] = (Find){arena_copy_text(finds->arena, find->pack),
                              arena_copy_text(finds->arena, find->piece),
                              arena_copy_text(finds->arena, find->detail)};
    finds->has_changed = true;
    return OK;
}

uint32_t finds_count(const Finds *finds)
{
    return finds->count;
}

void finds_forget(Finds *finds)
{
    finds->has_changed |= finds->count > 0;
    finds->count = 0;
}

// ---- the file

NODISCARD static Status read_piece(Finds *finds, const char *pack, JsonValue piece)
{
    TRY(json_to_array(piece, FINDS_MOST));
    for (size_t i = 0; i < json_count(piece); i++) {
        Find find = {pack, piece.key, NULL};
        TRY(json_to_text(json_item(piece, i), &find.detail));
        TRY(finds_note(finds, &find));
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

NODISCARD static Status read_file(Finds *finds)
{
    Scratch scratch = scratch_begin(finds->arena);
    JsonDocument document = {0};
    Bytes text;
    Status status = file_read(finds->path, FINDS_MAX_BYTES, scratch.arena, &text);
    if (!status)
        status = json_parse(text, finds->path, &document);
    if (!status)
        status = read_packs(finds, json_root(&document));
    json_drop(&document);
    scratch_end(scratch);
    return status;
}

// So that somebody may look at it, and the next visit finds a clean table.
static void move_aside(Finds *finds)
{
    Scratch scratch = scratch_begin(finds->arena);
    log_fault(LOG_WARN, "found details begin anew");
    finds->count = 0;
    if (file_move(finds->path, str_format(scratch.arena, "%s.broken", finds->path))) {
        log_fault(LOG_WARN, "found details are not kept");
        finds->path = NULL;
    }
    scratch_end(scratch);
}

Finds *finds_open(const char *path, Arena *arena)
{
    Finds *finds = ARENA_NEW(arena, Finds);
    *finds = (Finds){.arena = arena, .path = path ? arena_copy_text(arena, path) : NULL};
    if (path && file_exists(path) && read_file(finds))
        move_aside(finds);
    finds->has_changed = false;
    return finds;
}

static Bytes write_table(const Finds *finds, Arena *arena)
{
    JsonWriter writer = json_writer_make(arena);
    const Find *before = NULL;
    json_begin_object(&writer, NULL);
    json_put_int(&writer, "version", FORMAT);
    json_begin_object(&writer, "packs");
    for (uint32_t i = 0; i < finds->count; i++) {
        const Find *find = &finds->table[i];
        bool is_same_pack = before && !strcmp(before->pack, find->pack);
        bool is_same_piece = is_same_pack && !strcmp(before->piece, find->piece);
        if (before && !is_same_piece)
            json_end(&writer);
        if (before && !is_same_pack)
            json_end(&writer);
        if (!is_same_pack)
            json_begin_object(&writer, find->pack);
        if (!is_same_piece)
            json_begin_array(&writer, find->piece);
        json_put_text(&writer, NULL, find->detail);
        before = find;
    }
    for (int open = before ? 4 : 2; open > 0; open--)
        json_end(&writer);
    return json_writer_text(&writer);
}

NODISCARD Status finds_keep(Finds *finds)
{
    if (!finds->has_changed || !finds->path)
        return OK;
    Scratch scratch = scratch_begin(finds->arena);
    Status status = file_make_folders(path_folder(scratch.arena, finds->path));
    if (!status)
        status = file_write(finds->path, write_table(finds, scratch.arena));
    finds->has_changed = status != OK;
    scratch_end(scratch);
    return status;
}

const char *finds_path(const char *settings_path, Arena *arena)
{
    static const char ending[] = ".json";
    size_t len = strlen(settings_path), tail = sizeof ending - 1;
    if (len > tail && !strcmp(settings_path + len - tail, ending))
        len -= tail;
    return str_format(arena, "%.*s-finds.json", (int)len, settings_path);
}
