// tour.c: a guided tour: steps, each a place in a room, a piece or a detail of one. Read,
// check, write.

#include "exhibits/model/tour.h"

#include "exhibits/model/record.h"
#include "exhibits/model/story_look.h"

#include <math.h>
#include <string.h>

#define RADIANS 0.01745329252f
#define WORDS_A_SECOND 2.5f // read aloud, without haste
#define PAUSE_S 3.5f        // to look, once it is said
#define WALK_S 4.5f         // from one piece to the next, about
#define TURN_S 2.0f         // from one view of a piece to another

static const char *const way_names[TOUR_WAY_COUNT] = {[TOUR_WALK] = "walk", [TOUR_CUT] = "cut"};
static const FieldWords ways = {way_names, TOUR_WAY_COUNT};

// ---- reading

static void read_stand(Fields *f, JsonValue object, TourStand *out)
{
    static const char *const known[] = {"position", "yaw_deg", "pitch_deg"};
    float yaw_deg = 0, pitch_deg = 0;
    JsonValue stand = field_object(f, object, "stand");
    if (!stand.value)
        return;
    field_known(f, stand, known, COUNT_OF(known));
    field_numbers(f, stand, "position", JSON_REQUIRED,
                  (JsonRange){-(double)PLAN_MAX_EXTENT_M, (double)PLAN_MAX_EXTENT_M}, 2,
                  out->position);
    field_float(f, stand, "yaw_deg", JSON_REQUIRED, (JsonRange){-360, 360}, &yaw_deg);
    field_float(f, stand, "pitch_deg", JSON_OPTIONAL, (JsonRange){-80, 80}, &pitch_deg);
    out->yaw = yaw_deg * RADIANS;
    out->pitch = pitch_deg * RADIANS;
    out->is_given = true;
}

static void check_narration(Fields *f, JsonValue object, const TourStep *step)
{
    JsonValue value = json_get(object, "narration");
    for (uint32_t i = 0; i < step->narration.count; i++) {
        const LangEntry *entry = &step->narration.entries[i];
        JsonValue at = json_get(value, entry->tag);
        if (!field_is_pack_name(entry->text) || !str_ends_with(str_of(entry->text), ".opus"))
            field_problem(f, at, ERR_INVALID,
                          "\"%.120s\" cannot be a sound in a pack; name a file beside the "
                          "tour, of small letters, digits, '_' and '-', that ends in .opus",
                          entry->text);
        bool is_written = false;
        const LangText *texts[] = {&step->caption, &step->transcript};
        for (size_t t = 0; t < COUNT_OF(texts); t++)
            for (uint32_t k = 0; k < texts[t]->count; k++)
                is_written |= !strcmp(texts[t]->entries[k].tag, entry->tag);
        if (!is_written)
            field_problem(f, at, ERR_INVALID,
                          "what is spoken is written down too: add \"%s\" to the step's "
                          "\"transcript\" or \"caption\"",
                          entry->tag);
    }
}

static void check_captions(Fields *f, JsonValue object, const TourStep *step)
{
    if (step->captions.count && !step->narration.count)
        field_problem(f, json_get(object, "captions"), ERR_INVALID,
                      "captions are of a \"narration\", and there is none; what is read while "
                      "one is here is the \"caption\"");
    if (step->narration.count && !step->captions.count)
        field_note(f, object, "captions",
                   "not there; with a WebVTT file it is read as it is spoken");
}

static void check_place(Fields *f, JsonValue object, const TourStep *step)
{
    if (!object.value || json_get(object, "room").value == NULL) {
        if (object.value && json_get(object, "piece").value == NULL)
            field_problem(f, object, ERR_INVALID,
                          "nobody knows where this step is; name a \"room\" or a \"piece\"");
        if (object.value && step->stand.is_given)
            field_problem(f, json_get(object, "stand"), ERR_INVALID,
                          "one stands in a room; name the \"room\", or leave the stand out");
        return;
    }
    static const char *const of_pieces[] = {"piece", "hotspot", "view",
                                            "lens",  "light",   "point_mm"};
    for (size_t i = 0; i < COUNT_OF(of_pieces); i++)
        if (json_get(object, of_pieces[i]).value)
            field_problem(f, json_get(object, of_pieces[i]), ERR_INVALID,
                          "this step is in a room; make it a step of its own without \"room\"");
}

static void read_step(Fields *f, JsonValue object, TourStep *out)
{
    static const char *const known[] = {"room",       "stand",     "piece",         "hotspot",
                                        "view",       "lens",      "magnification", "light",
                                        "point_mm",   "way",       "dwell_s",       "caption",
                                        "transcript", "narration", "captions"};
    int way = TOUR_WALK;
    field_known(f, object, known, COUNT_OF(known));
    field_id(f, object, "room", JSON_OPTIONAL, &out->room);
    field_id(f, object, "piece", JSON_OPTIONAL, &out->piece);
    field_id(f, object, "hotspot", JSON_OPTIONAL, &out->hotspot);
    read_stand(f, object, &out->stand);
    look_read_view(f, object, &out->view);
    look_read_lens(f, object, &out->lens, &out->magnification);
    look_read_light(f, object, &out->light);
    out->has_lens_point =
        look_read_point(f, object, "point_mm", JSON_OPTIONAL, out->lens_point_m);
    field_word(f, object, "way", JSON_OPTIONAL, ways, &way);
    out->way = (TourWay)way;
    field_float(f, object, "dwell_s", JSON_OPTIONAL, (JsonRange){1, 3600}, &out->dwell_s);
    field_lang(f, object, "caption", JSON_OPTIONAL, &out->caption);
    field_lang(f, object, "transcript", JSON_OPTIONAL, &out->transcript);
    field_lang(f, object, "narration", JSON_OPTIONAL, &out->narration);
    field_files(f, object, "captions", ".vtt", &out->captions);
    check_narration(f, object, out);
    check_captions(f, object, out);
    check_place(f, object, out);
    if (!out->caption.count)
        field_note(f, object, "caption", "not there; say what one sees here");
}

static void read_tour(Fields *f, JsonValue root, Tour *out)
{
    static const char *const known[] = {"id", "title", "description", "steps"};
    field_known(f, root, known, COUNT_OF(known));
    field_id(f, root, "id", JSON_REQUIRED, &out->id);
    field_title(f, root, JSON_REQUIRED, &out->title);
    field_lang(f, root, "description", JSON_OPTIONAL, &out->description);
    JsonValue steps = field_array(f, root, "steps", TOUR_MAX_STEPS);
    out->step_count = (uint32_t)json_count(steps);
    out->steps = ARENA_ARRAY(f->arena, TourStep, (size_t)out->step_count + 1);
    for (uint32_t i = 0; i < out->step_count; i++)
        read_step(f, field_item(f, steps, i), &out->steps[i]);
    if (out->step_count == 0)
        field_problem(f, root, ERR_INVALID, "a tour has \"steps\", at least one");
}

Status tour_parse(Bytes json, const char *file, Arena *arena, Problems *problems, Tour *out)
{
    Scratch scratch = scratch_begin(arena);
    Problems own = {.arena = scratch.arena};
    Fields fields = {problems ? problems : &own, arena, file, NULL};
    size_t errors_before = fields.problems->error_count;
    JsonDocument document = {0};
    Tour tour = {.id = ""};
    if (field_ok(&fields, json_parse(json, file, &document))) {
        JsonValue root = json_root(&document);
        if (field_ok(&fields, json_to_object(root)))
            read_tour(&fields, root, &tour);
    }
    Status status = problem_verdict(fields.problems, errors_before);
    if (!status)
        *out = tour;
    json_drop(&document);
    scratch_end(scratch);
    return status;
}

// ---- writing

static double tidy(double number, double steps)
{
    return round(number * steps) / steps;
}

static void put_stand(JsonWriter *w, const TourStand *stand)
{
    if (!stand->is_given)
        return;
    json_begin_object(w, "stand");
    json_begin_array(w, "position");
    for (int i = 0; i < 2; i++)
        json_put_number(w, NULL, tidy((double)stand->position[i], 1e4));
    json_end(w);
    json_put_number(w, "yaw_deg", tidy((double)(stand->yaw / RADIANS), 1e3));
    field_put_number(w, "pitch_deg", tidy((double)(stand->pitch / RADIANS), 1e3));
    json_end(w);
}

static void put_step(JsonWriter *w, const TourStep *step)
{
    json_begin_object(w, NULL);
    field_put_text(w, "room", step->room);
    put_stand(w, &step->stand);
    field_put_text(w, "piece", step->piece);
    field_put_text(w, "hotspot", step->hotspot);
    look_put_view(w, &step->view);
    look_put_lens(w, step->lens, step->magnification);
    look_put_light(w, &step->light);
    if (step->has_lens_point)
        look_put_point(w, "point_mm", step->lens_point_m);
    if (step->way != TOUR_WALK)
        json_put_text(w, "way", way_names[step->way]);
    field_put_number(w, "dwell_s", tidy((double)step->dwell_s, 1e3));
    langtext_put(w, "caption", &step->caption);
    langtext_put(w, "transcript", &step->transcript);
    langtext_put(w, "narration", &step->narration);
    field_put_files(w, "captions", &step->captions);
    json_end(w);
}

Bytes tour_write(const Tour *tour, Arena *arena)
{
    JsonWriter writer = json_writer_make(arena), *w = &writer;
    json_begin_object(w, NULL);
    json_put_text(w, "id", tour->id);
    langtext_put(w, "title", &tour->title);
    langtext_put(w, "description", &tour->description);
    json_begin_array(w, "steps");
    for (uint32_t i = 0; i < tour->step_count; i++)
        put_step(w, &tour->steps[i]);
    json_end(w);
    json_end(w);
    return json_writer_text(w);
}

// ---- against the house

static const TourPiece *find_piece(const TourWorld *world, const char *id)
{
    for (uint32_t i = 0; i < world->piece_count; i++)
        if (!strcmp(world->pieces[i].id, id))
            return &world->pieces[i];
    return NULL;
}

static bool has_room(const TourWorld *world, const char *id)
{
    for (uint32_t i = 0; world->plan && i < world->plan->room_count; i++)
        if (!strcmp(world->plan->rooms[i].id, id))
            return true;
    return false;
}

static bool has_hotspot(const Story *story, const char *id)
{
    for (uint32_t i = 0; i < story->hotspot_count; i++)
        if (!strcmp(story->hotspots[i].id, id))
            return true;
    return false;
}

void tour_check(const Tour *tour, const char *file, const TourWorld *world, Problems *problems)
{
    for (uint32_t i = 0; i < tour->step_count; i++) {
        const TourStep *step = &tour->steps[i];
        Scratch scratch = scratch_begin(problems->arena);
        const char *place = str_format(scratch.arena, "steps[%u]", i);
        const ProblemAt at = {PROBLEM_ERROR, ERR_NOT_FOUND, file, place};
        const TourPiece *piece = find_piece(world, step->piece);
        if (step->room[0] && !world->plan)
            problem_add(problems, at,
                        "room \"%s\": there is no " PLAN_FILE " to have rooms; "
                        "`vitrine-pack layout` writes one",
                        step->room);
        else if (step->room[0] && !has_room(world, step->room))
            problem_add(problems, at, "there is no room \"%s\" in " PLAN_FILE, step->room);
        if (step->piece[0] && !piece)
            problem_add(problems, at, "there is no piece \"%s\"", step->piece);
        if (piece && step->hotspot[0] && !has_hotspot(piece->story, step->hotspot))
            problem_add(problems, at, "the story of \"%s\" has no hotspot \"%s\"", step->piece,
                        step->hotspot);
        scratch_end(scratch);
    }
}

float tour_dwell_s(const TourStep *step, const char *language)
{
    if (step->dwell_s > 0)
        return step->dwell_s;
    float words = (float)story_count_words(langtext_find(&step->caption, language));
    return MAX(words / WORDS_A_SECOND + PAUSE_S, TOUR_LEAST_DWELL_S);
}

float tour_seconds(const Tour *tour, const char *language)
{
    float seconds = 0;
    for (uint32_t i = 0; i < tour->step_count; i++) {
        const TourStep *step = &tour->steps[i];
        bool is_same = i > 0 && step->piece[0] && !strcmp(step->piece, step[-1].piece);
        seconds += tour_dwell_s(step, language) + (is_same ? TURN_S : WALK_S);
    }
    return seconds;
}

uint32_t tour_minutes(const Tour *tour, const char *language)
{
    return (uint32_t)MAX(lroundf(tour_seconds(tour, language) / 60), 1);
}

typedef struct NameSet {
    Arena *arena;
    const char **names;
    size_t count, capacity;
} NameSet;

static void add_names(NameSet *set, const LangText *files)
{
    for (uint32_t i = 0; i < files->count; i++) {
        bool is_new = true;
        for (size_t k = 0; k < set->count; k++)
            is_new &= strcmp(set->names[k], files->entries[i].text) != 0;
        if (is_new)
            *ARENA_PUSH(set->arena, set->names, set->count, set->capacity) =
                files->entries[i].text;
    }
}

uint32_t tour_files(const Tour *tour, Arena *arena, const char ***files)
{
    NameSet set = {.arena = arena};
    for (uint32_t i = 0; i < tour->step_count; i++) {
        add_names(&set, &tour->steps[i].narration);
        add_names(&set, &tour->steps[i].captions);
    }
    *files = set.names;
    return (uint32_t)set.count;
}
