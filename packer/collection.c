// collection.c: an artist's folder: one exhibit, or several in folders of their own.

#include "packer/collection.h"

#include "data/pack.h"
#include "exhibits/model/field.h"
#include "io/file.h"
#include "packer/media.h"
#include "packer/sounds.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

typedef struct Reader {
    const char *folder;
    Arena *arena;
    Problems *problems;
    Collection *out;
    size_t sound_capacity;
} Reader;

static bool has_file(const char *folder, const char *name)
{
    Scratch scratch = scratch_begin(NULL);
    bool has = file_exists(path_join(scratch.arena, folder, name));
    scratch_end(scratch);
    return has;
}

static void tell(Reader *r, const char *file, const char *place, Status status,
                 const char *text)
{
    problem_add(r->problems, (ProblemAt){PROBLEM_ERROR, status, file, place}, "%s", text);
}

// The bytes of a file of the collection; false after a problem.
static bool read_bytes(Reader *r, const char *path, const char *name, size_t limit, Bytes *out)
{
    if (file_read(path, limit, r->arena, out) == OK)
        return true;
    problem_add_fault(r->problems, name);
    return false;
}

// ---- a piece

static void check_medium(Reader *r, const char *folder, const char *prefix, const char *name)
{
    Scratch scratch = scratch_begin(r->arena);
    const char *shown = str_format(scratch.arena, "%s%s", prefix, name);
    const char *path = path_join(scratch.arena, folder, name);
    PackKind kind;
    Bytes bytes;
    Status status = media_kind(name, &kind);
    if (!status)
        status = file_read(path, MEDIA_MAX_BYTES, scratch.arena, &bytes);
    if (!status)
        status = media_check(bytes, kind);
    if (status)
        problem_add_fault(r->problems, shown);
    scratch_end(scratch);
}

static void read_story(Reader *r, CollectionPiece *piece)
{
    const char *name = str_format(r->arena, "%s%s", piece->prefix, STORY_FILE);
    Bytes bytes;
    piece->has_story = has_file(piece->folder, STORY_FILE);
    if (!piece->has_story ||
        !read_bytes(r, path_join(r->arena, piece->folder, STORY_FILE), name, STORY_MAX_BYTES,
                    &bytes) ||
        story_parse(bytes, name, r->arena, r->problems, &piece->story))
        return;
    piece->has_story = !story_is_empty(&piece->story);
    piece->media_count = story_files(&piece->story, r->arena, &piece->media);
    for (uint32_t i = 0; i < piece->media_count; i++)
        check_medium(r, piece->folder, piece->prefix, piece->media[i]);
    sounds_check_story(piece->folder, piece->prefix, &piece->story, r->problems);
}

static void check_source(Reader *r, const CollectionPiece *piece, const char *name)
{
    const RecordSource *source = &piece->record.source;
    if (!source->file[0])
        tell(r, name, "source", ERR_INVALID,
             "not there; say which scan the sculpture is made of: {\"file\": \"hare.ply\", "
             "\"unit\": \"mm\"}");
    else if (!has_file(piece->folder, source->file))
        problem_add(r->problems, (ProblemAt){PROBLEM_ERROR, ERR_NOT_FOUND, name, "source.file"},
                    "the folder has no file \"%.120s\"", source->file);
}

static bool read_piece(Reader *r, const char *folder, const char *prefix)
{
    CollectionPiece *piece = &r->out->pieces[r->out->piece_count];
    const char *name = str_format(r->arena, "%s%s", prefix, RECORD_FILE);
    Bytes bytes;
    *piece = (CollectionPiece){.folder = folder, .prefix = prefix};
    if (!read_bytes(r, path_join(r->arena, folder, RECORD_FILE), name, RECORD_MAX_BYTES,
                    &bytes))
        return false;
    bool is_read = record_parse(bytes, name, r->arena, r->problems, &piece->record) == OK;
    if (is_read)
        check_source(r, piece, name);
    for (uint32_t i = 0; is_read && i < r->out->piece_count; i++)
        if (strcmp(r->out->pieces[i].record.id, piece->record.id) == 0)
            problem_add(r->problems, (ProblemAt){PROBLEM_ERROR, ERR_INVALID, name, "id"},
                        "%s has the id \"%s\" already", r->out->pieces[i].prefix,
                        piece->record.id);
    read_story(r, piece);
    r->out->piece_count += is_read;
    return is_read;
}

// ---- pack.json of an artist: what the collection is called and in which order it is shown

typedef struct Order {
    size_t count;
    const char **folders;
} Order;

static void read_order(Fields *f, JsonValue root, Order *out)
{
    JsonValue array = field_array(f, root, "pieces", PACK_MAX_PIECES);
    size_t count = json_count(array);
    out->folders = ARENA_ARRAY(f->arena, const char *, count);
    for (size_t i = 0; i < count; i++) {
        const char *text;
        if (!field_ok(f, json_to_text(json_item(array, i), &text)))
            continue;
        if (strchr(text, '/') || !path_is_inside(text))
            field_problem(f, json_item(array, i), ERR_INVALID,
                          "\"%.80s\" is not the name of a folder in here", text);
        else
            out->folders[out->count++] = arena_copy_text(f->arena, text);
    }
}

static void read_description(Reader *r, Order *order)
{
    static const char *const known[] = {"id", "title", "version", "pieces"};
    Bytes bytes;
    JsonDocument document = {0};
    Fields f = {r->problems, r->arena, PACK_MANIFEST, NULL};
    if (!has_file(r->folder, PACK_MANIFEST) ||
        !read_bytes(r, path_join(r->arena, r->folder, PACK_MANIFEST), PACK_MANIFEST,
                    JSON_MAX_BYTES, &bytes) ||
        !field_ok(&f, json_parse(bytes, PACK_MANIFEST, &document)))
        return;
    JsonValue root = json_root(&document);
    if (field_ok(&f, json_to_object(root))) {
        const char *id;
        LangText title;
        uint32_t version = 1;
        field_known(&f, root, known, COUNT_OF(known));
        field_id(&f, root, "id", JSON_OPTIONAL, &id);
        field_title(&f, root, JSON_OPTIONAL, &title);
        field_count(&f, root, "version", UINT32_MAX, &version);
        r->out->id = id[0] ? id : r->out->id;
        r->out->title = title.count ? title : r->out->title;
        r->out->version = MAX(version, 1u);
        read_order(&f, root, order);
    }
    json_drop(&document);
}

// ---- the whole

static void name_after_folder(Reader *r)
{
    char real[PATH_MAX];
    const char *path = realpath(r->folder, real) ? real : r->folder;
    const char *name = str_copy(r->arena, path_name(path));
    r->out->id = record_make_id(r->arena, name);
    r->out->title = langtext_make(r->arena, "und", name[0] ? name : "Vitrine");
}

// Folders with an exhibit in them, in the order of their names.
static Order find_folders(Reader *r)
{
    Order order = {0};
    FileName *names = NULL;
    size_t count = 0;
    if (file_list(r->folder, r->arena, &names, &count)) {
        problem_add_fault(r->problems, r->folder);
        return order;
    }
    order.folders = ARENA_ARRAY(r->arena, const char *, count);
    for (size_t i = 0; i < count; i++) {
        const char *path = path_join(r->arena, r->folder, names[i].name);
        if (names[i].is_folder && !names[i].is_link && names[i].name[0] != '.' &&
            has_file(path, RECORD_FILE))
            order.folders[order.count++] = names[i].name;
    }
    return order;
}

static void read_pieces(Reader *r, const Order *order)
{
    Order found = order->count ? *order : find_folders(r);
    if (found.count > PACK_MAX_PIECES) {
        problem_add(r->problems, (ProblemAt){PROBLEM_ERROR, ERR_LIMIT, r->folder, ""},
                    "%zu pieces; a pack holds %d", found.count, PACK_MAX_PIECES);
        return;
    }
    r->out->pieces = ARENA_ARRAY(r->arena, CollectionPiece, found.count);
    for (size_t i = 0; i < found.count; i++)
        (void)read_piece(r, path_join(r->arena, r->folder, found.folders[i]),
                         str_format(r->arena, "%s/", found.folders[i]));
    if (found.count == 0)
        problem_add(r->problems, (ProblemAt){PROBLEM_ERROR, ERR_NOT_FOUND, r->folder, ""},
                    "no " RECORD_FILE " is in it, nor in a folder in it; `vitrine-pack import` "
                    "makes one");
}

void collection_check_plan(const Plan *plan, const char *const *ids, uint32_t count,
                           Problems *problems)
{
    const ProblemAt at = {PROBLEM_ERROR, ERR_NOT_FOUND, PLAN_FILE, "places"};
    for (uint32_t p = 0; p < plan->place_count; p++) {
        bool is_known = false;
        for (uint32_t i = 0; i < count; i++)
            is_known |= strcmp(plan->places[p].piece, ids[i]) == 0;
        if (!is_known)
            problem_add(problems, at, "there is no piece \"%s\" to show",
                        plan->places[p].piece);
    }
    for (uint32_t i = 0; i < count; i++) {
        bool is_shown = false;
        for (uint32_t p = 0; p < plan->place_count; p++)
            is_shown |= strcmp(plan->places[p].piece, ids[i]) == 0;
        if (!is_shown)
            problem_add(problems, at, "\"%s\" stands nowhere; give it a place", ids[i]);
    }
}

static void read_plan(Reader *r)
{
    Bytes bytes;
    Collection *c = r->out;
    if (!has_file(r->folder, PLAN_FILE) ||
        !read_bytes(r, path_join(r->arena, r->folder, PLAN_FILE), PLAN_FILE, JSON_MAX_BYTES,
                    &bytes) ||
        plan_parse(bytes, PLAN_FILE, r->arena, r->problems, &c->plan))
        return;
    c->has_plan = true;
    const char **ids = ARENA_ARRAY(r->arena, const char *, c->piece_count);
    for (uint32_t i = 0; i < c->piece_count; i++)
        ids[i] = c->pieces[i].record.id;
    collection_check_plan(&c->plan, ids, c->piece_count, r->problems);
}

// ---- tours

TourWorld collection_world(const Collection *c, Arena *arena)
{
    TourPiece *pieces = ARENA_ARRAY(arena, TourPiece, (size_t)c->piece_count + 1);
    for (uint32_t i = 0; i < c->piece_count; i++)
        pieces[i] = (TourPiece){.id = c->pieces[i].record.id,
                                .title = &c->pieces[i].record.title,
                                .label = &c->pieces[i].story.label,
                                .story = &c->pieces[i].story,
                                .room = PLAN_NONE};
    return (TourWorld){c->has_plan ? &c->plan : NULL, c->piece_count, pieces};
}

static void add_sound(Reader *r, const char *name)
{
    Collection *c = r->out;
    for (uint32_t i = 0; i < c->sound_count; i++)
        if (!strcmp(c->sounds[i], name))
            return;
    check_medium(r, r->folder, "", name);
    size_t count = c->sound_count;
    *ARENA_PUSH(r->arena, c->sounds, count, r->sound_capacity) = name;
    c->sound_count = (uint32_t)count;
}

static void add_sounds(Reader *r, const Tour *tour)
{
    const char **names;
    uint32_t count = tour_files(tour, r->arena, &names);
    for (uint32_t i = 0; i < count; i++)
        add_sound(r, str_format(r->arena, TOUR_FOLDER "/%s", names[i]));
    sounds_check_tour(path_join(r->arena, r->folder, TOUR_FOLDER), TOUR_FOLDER "/", tour,
                      r->problems);
}

static void add_tones(Reader *r)
{
    const Plan *plan = &r->out->plan;
    for (uint32_t i = 0; i < plan->room_count && r->out->has_plan; i++) {
        const char *tone = plan->rooms[i].tone;
        if (!tone || !tone[0])
            continue;
        add_sound(r, tone);
        sounds_check_tone(r->folder, tone, r->problems);
    }
}

static void read_tour(Reader *r, const char *name)
{
    Collection *c = r->out;
    CollectionTour *tour = &c->tours[c->tour_count];
    Bytes bytes;
    tour->name = name;
    if (!field_is_pack_name(name)) {
        tell(r, name, "", ERR_INVALID,
             "cannot be a file in a pack; rename it to small letters, digits, '_' and '-'");
        return;
    }
    if (!read_bytes(r, path_join(r->arena, r->folder, name), name, TOUR_MAX_BYTES, &bytes) ||
        tour_parse(bytes, name, r->arena, r->problems, &tour->tour))
        return;
    for (uint32_t i = 0; i < c->tour_count; i++)
        if (!strcmp(c->tours[i].tour.id, tour->tour.id))
            problem_add(r->problems, (ProblemAt){PROBLEM_ERROR, ERR_INVALID, name, "id"},
                        "%s has the id \"%s\" already", c->tours[i].name, tour->tour.id);
    TourWorld world = collection_world(c, r->arena);
    tour_check(&tour->tour, name, &world, r->problems);
    add_sounds(r, &tour->tour);
    c->tour_count++;
}

static void read_tours(Reader *r)
{
    const char *folder = path_join(r->arena, r->folder, TOUR_FOLDER);
    FileName *names = NULL;
    size_t count = 0, found = 0;
    if (!file_is_folder(folder))
        return;
    if (file_list(folder, r->arena, &names, &count)) {
        problem_add_fault(r->problems, TOUR_FOLDER);
        return;
    }
    r->out->tours = ARENA_ARRAY(r->arena, CollectionTour, TOUR_MAX_TOURS);
    for (size_t i = 0; i < count; i++) {
        if (names[i].is_folder || !str_ends_with(str_of(names[i].name), ".json"))
            continue;
        if (found++ == TOUR_MAX_TOURS) {
            problem_add(r->problems, (ProblemAt){PROBLEM_ERROR, ERR_LIMIT, TOUR_FOLDER, ""},
                        "a pack has at most %d tours", TOUR_MAX_TOURS);
            return;
        }
        read_tour(r, str_format(r->arena, TOUR_FOLDER "/%s", names[i].name));
    }
}

NODISCARD static Status read_folder(const char *folder, bool has_rooms, Arena *arena,
                                    Problems *problems, Collection *out)
{
    Collection collection = {.folder = folder, .version = 1};
    Reader reader = {folder, arena, problems, &collection, 0}, *r = &reader;
    Order order = {0};
    size_t errors_before = problems->error_count;
    if (!file_is_folder(folder)) {
        tell(r, folder, "", ERR_NOT_FOUND, "is not a folder");
        return problem_verdict(problems, errors_before);
    }
    name_after_folder(r);
    read_description(r, &order);
    if (has_file(folder, RECORD_FILE)) {
        collection.pieces = ARENA_ARRAY(arena, CollectionPiece, 1);
        if (read_piece(r, folder, "") && !has_file(folder, PACK_MANIFEST)) {
            collection.id = collection.pieces[0].record.id;
            collection.title = collection.pieces[0].record.title;
        }
    } else {
        read_pieces(r, &order);
    }
    if (has_rooms) {
        read_plan(r);
        add_tones(r);
        read_tours(r);
    }
    TRY(problem_verdict(problems, errors_before));
    *out = collection;
    return OK;
}

Status collection_read(const char *folder, Arena *arena, Problems *problems, Collection *out)
{
    return read_folder(folder, true, arena, problems, out);
}

Status collection_read_pieces(const char *folder, Arena *arena, Problems *problems,
                              Collection *out)
{
    return read_folder(folder, false, arena, problems, out);
}

const char *collection_scan_path(const CollectionPiece *piece, Arena *arena)
{
    return path_join(arena, piece->folder, piece->record.source.file);
}
