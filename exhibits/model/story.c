// story.c: what an exhibit tells: label, chapters, making-of, details, tours. story.json.

#include "exhibits/model/story.h"
#include "exhibits/model/field.h"
#include "exhibits/model/story_look.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *const kind_names[STORY_KIND_COUNT] = {
    [STORY_SYMBOL] = "symbol",           [STORY_GESTURE] = "gesture",
    [STORY_TECHNIQUE] = "technique",     [STORY_DAMAGE] = "damage",
    [STORY_INSCRIPTION] = "inscription",
};

static const FieldWords kinds = {kind_names, STORY_KIND_COUNT};
static const JsonRange any_magnification = {1, 10000};

// ---- counting words

// Scripts that are written without blanks: kana, Han, Hangul is not among them.
static bool is_written_closely(uint32_t c)
{
    return (c >= 0x3040 && c <= 0x30ff) || (c >= 0x3400 && c <= 0x9fff) ||
           (c >= 0xf900 && c <= 0xfaff) || (c >= 0x20000 && c <= 0x3ffff);
}

static uint32_t next_character(const char **text)
{
    const uint8_t *c = (const uint8_t *)*text;
    size_t len = c[0] < 0x80 ? 1 : c[0] < 0xe0 ? 2 : c[0] < 0xf0 ? 3 : 4;
    uint32_t value = len == 1 ? c[0] : c[0] & (0x7fu >> len);
    for (size_t i = 1; i < len; i++)
        value = value << 6 | (c[i] & 0x3fu);
    *text += len;
    return value;
}

uint32_t story_count_words(const char *text)
{
    uint32_t words = 0, close = 0;
    bool is_in_word = false;
    while (*text) {
        uint32_t c = next_character(&text);
        bool is_blank = c == ' ' || c == '\t' || c == '\n' || c == 0x3000;
        if (is_written_closely(c)) {
            close++;
            is_in_word = false;
        } else {
            words += !is_blank && !is_in_word;
            is_in_word = !is_blank;
        }
    }
    return words + (close + 1) / 2;
}

// ---- reading

static void check_label(Fields *f, JsonValue root, const LangText *label)
{
    JsonValue value = json_get(root, "label");
    for (uint32_t i = 0; i < label->count; i++) {
        uint32_t words = story_count_words(label->entries[i].text);
        if (words > STORY_MAX_LABEL_WORDS)
            field_problem(f, json_get(value, label->entries[i].tag), ERR_LIMIT,
                          "a label has at most %d words, this has %u; the rest belongs in "
                          "\"long\"",
                          STORY_MAX_LABEL_WORDS, words);
    }
}

static void read_picture(Fields *f, JsonValue object, StoryPicture *out)
{
    field_file(f, object, "image", &out->file);
    field_lang(f, object, "alt_text", JSON_OPTIONAL, &out->alt_text);
    if (out->file[0] && out->alt_text.count == 0)
        field_lack(f, object, "alt_text", "not there; describe the picture in words");
}

static void read_chapters(Fields *f, JsonValue root, Story *out)
{
    static const char *const known[] = {"title",    "text",  "image",
                                        "alt_text", "audio", "captions"};
    JsonValue array = field_array(f, root, "chapters", STORY_MAX_CHAPTERS);
    out->chapter_count = (uint32_t)json_count(array);
    out->chapters = ARENA_ARRAY(f->arena, StoryChapter, out->chapter_count);
    for (uint32_t i = 0; i < out->chapter_count; i++) {
        JsonValue object = field_item(f, array, i);
        field_known(f, object, known, COUNT_OF(known));
        field_title(f, object, JSON_REQUIRED, &out->chapters[i].title);
        field_lang(f, object, "text", JSON_REQUIRED, &out->chapters[i].text);
        read_picture(f, object, &out->chapters[i].picture);
        field_sounds(f, object, &out->chapters[i].text, "text", &out->chapters[i].audio,
                     &out->chapters[i].captions);
    }
}

static void read_making_steps(Fields *f, JsonValue making, StoryMaking *out)
{
    static const char *const known[] = {"text", "image", "alt_text", "magnification"};
    JsonValue array = field_array(f, making, "steps", STORY_MAX_STEPS);
    out->step_count = (uint32_t)json_count(array);
    out->steps = ARENA_ARRAY(f->arena, StoryMakingStep, out->step_count);
    for (uint32_t i = 0; i < out->step_count; i++) {
        JsonValue object = field_item(f, array, i);
        field_known(f, object, known, COUNT_OF(known));
        field_lang(f, object, "text", JSON_REQUIRED, &out->steps[i].text);
        read_picture(f, object, &out->steps[i].picture);
        field_float(f, object, "magnification", JSON_OPTIONAL, any_magnification,
                    &out->steps[i].magnification);
    }
}

static void read_making(Fields *f, JsonValue root, StoryMaking *out)
{
    static const char *const known[] = {"hours", "tools", "steps", "printed"};
    static const char *const known_printed[] = {"process", "layer_um"};
    LangTexts tools;
    JsonValue making = field_object(f, root, "making");
    field_known(f, making, known, COUNT_OF(known));
    field_number(f, making, "hours", JSON_OPTIONAL, (JsonRange){0, 1e6}, &out->hours);
    field_langs(f, making, "tools", STORY_MAX_STEPS, &tools);
    out->tool_count = tools.count;
    out->tools = tools.items;
    read_making_steps(f, making, out);

    JsonValue printed = field_object(f, making, "printed");
    field_known(f, printed, known_printed, COUNT_OF(known_printed));
    field_lang(f, printed, "process", JSON_REQUIRED, &out->printed_process);
    field_number(f, printed, "layer_um", JSON_OPTIONAL, (JsonRange){0.1, 1e5},
                 &out->printed_layer_um);
}

static void read_normal(Fields *f, JsonValue object, float out[3])
{
    float n[3] = {0, 0, 1};
    field_numbers(f, object, "normal", JSON_REQUIRED, (JsonRange){-1e6, 1e6}, 3, n);
    float length = sqrtf(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
    if (!(length > 1e-6f) && object.value)
        field_problem(
            f, json_get(object, "normal"), ERR_INVALID,
            "a direction has a length; it points away from the surface, like [0, 0, 1]");
    for (int i = 0; i < 3; i++)
        out[i] = length > 1e-6f ? n[i] / length : 0;
}

static void read_hotspot(Fields *f, JsonValue object, StoryHotspot *out)
{
    static const char *const known[] = {"id",       "point_mm",      "normal",  "title",
                                        "text",     "kind",          "image",   "audio",
                                        "alt_text", "transcript",    "view",    "light",
                                        "lens",     "magnification", "captions"};
    int kind = STORY_SYMBOL;
    field_known(f, object, known, COUNT_OF(known));
    field_id(f, object, "id", JSON_REQUIRED, &out->id);
    look_read_point(f, object, "point_mm", JSON_REQUIRED, out->point_m);
    read_normal(f, object, out->normal);
    field_title(f, object, JSON_REQUIRED, &out->title);
    field_lang(f, object, "text", JSON_REQUIRED, &out->text);
    field_word(f, object, "kind", JSON_REQUIRED, kinds, &kind);
    out->kind = (StoryKind)kind;
    read_picture(f, object, &out->picture);
    field_lang(f, object, "transcript", JSON_OPTIONAL, &out->transcript);
    field_sounds(f, object, &out->transcript, "transcript", &out->audio, &out->captions);
    look_read_view(f, object, &out->view);
    look_read_light(f, object, &out->light);
    look_read_lens(f, object, &out->lens, &out->magnification);
}

static int32_t find_hotspot(const Story *story, const char *id, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (strcmp(story->hotspots[i].id, id) == 0)
            return (int32_t)i;
    return -1;
}

static void read_hotspots(Fields *f, JsonValue root, Story *out)
{
    JsonValue array = field_array(f, root, "hotspots", STORY_MAX_HOTSPOTS);
    out->hotspot_count = (uint32_t)json_count(array);
    out->hotspots = ARENA_ARRAY(f->arena, StoryHotspot, out->hotspot_count);
    for (uint32_t i = 0; i < out->hotspot_count; i++) {
        JsonValue object = field_item(f, array, i);
        read_hotspot(f, object, &out->hotspots[i]);
        if (find_hotspot(out, out->hotspots[i].id, i) >= 0)
            field_problem(f, object, ERR_INVALID, "another hotspot has the id \"%s\"",
                          out->hotspots[i].id);
    }
}

static void read_step(Fields *f, JsonValue object, const Story *story, StoryTourStep *out)
{
    static const char *const known[] = {"hotspot", "view",  "lens", "magnification",
                                        "dwell_s", "audio", "text", "captions"};
    const char *id;
    *out = (StoryTourStep){.hotspot = -1, .dwell_s = 8};
    field_known(f, object, known, COUNT_OF(known));
    field_id(f, object, "hotspot", JSON_OPTIONAL, &id);
    if (id[0] && (out->hotspot = find_hotspot(story, id, story->hotspot_count)) < 0)
        field_problem(f, json_get(object, "hotspot"), ERR_INVALID, "there is no hotspot \"%s\"",
                      id);
    look_read_view(f, object, &out->view);
    look_read_lens(f, object, &out->lens, &out->magnification);
    field_float(f, object, "dwell_s", JSON_OPTIONAL, (JsonRange){1, 600}, &out->dwell_s);
    field_lang(f, object, "text", JSON_OPTIONAL, &out->text);
    field_sounds(f, object, &out->text, "text", &out->audio, &out->captions);
}

static void read_tour(Fields *f, JsonValue object, const Story *story, StoryTour *out)
{
    static const char *const known[] = {"id", "title", "steps"};
    field_known(f, object, known, COUNT_OF(known));
    field_id(f, object, "id", JSON_REQUIRED, &out->id);
    field_title(f, object, JSON_REQUIRED, &out->title);
    JsonValue steps = field_array(f, object, "steps", STORY_MAX_STEPS);
    out->step_count = (uint32_t)json_count(steps);
    out->steps = ARENA_ARRAY(f->arena, StoryTourStep, out->step_count);
    for (uint32_t i = 0; i < out->step_count; i++)
        read_step(f, field_item(f, steps, i), story, &out->steps[i]);
}

static void read_story(Fields *f, JsonValue root, Story *out)
{
    static const char *const known[] = {"label",  "long",     "chapters",
                                        "making", "hotspots", "tours"};
    field_known(f, root, known, COUNT_OF(known));
    field_lang(f, root, "label", JSON_OPTIONAL, &out->label);
    f->fallback = field_fallback(&out->label);
    check_label(f, root, &out->label);
    field_lang(f, root, "long", JSON_OPTIONAL, &out->long_text);
    read_chapters(f, root, out);
    read_making(f, root, &out->making);
    read_hotspots(f, root, out);
    JsonValue tours = field_array(f, root, "tours", STORY_MAX_TOURS);
    out->tour_count = (uint32_t)json_count(tours);
    out->tours = ARENA_ARRAY(f->arena, StoryTour, out->tour_count);
    for (uint32_t i = 0; i < out->tour_count; i++)
        read_tour(f, field_item(f, tours, i), out, &out->tours[i]);
}

Status story_parse(Bytes json, const char *file, Arena *arena, Problems *problems, Story *out)
{
    Scratch scratch = scratch_begin(arena);
    Problems own = {.arena = scratch.arena};
    Fields fields = {problems ? problems : &own, arena, file, NULL};
    size_t errors_before = fields.problems->error_count;

    JsonDocument document = {0};
    Story story = {0};
    if (json.len > STORY_MAX_BYTES) {
        problem_add(fields.problems, (ProblemAt){PROBLEM_ERROR, ERR_LIMIT, file, ""},
                    "a story has at most %d KiB, this has %zu", STORY_MAX_BYTES / 1024,
                    json.len / 1024);
    } else if (field_ok(&fields, json_parse(json, file, &document))) {
        JsonValue root = json_root(&document);
        if (field_ok(&fields, json_to_object(root)))
            read_story(&fields, root, &story);
    }
    Status status = problem_verdict(fields.problems, errors_before);
    if (!status)
        *out = story;
    json_drop(&document);
    scratch_end(scratch);
    return status;
}

static bool making_is_empty(const StoryMaking *making)
{
    return making->hours == 0 && making->tool_count == 0 && making->step_count == 0 &&
           making->printed_process.count == 0;
}

bool story_is_empty(const Story *story)
{
    return story->label.count == 0 && story->long_text.count == 0 &&
           story->chapter_count == 0 && story->hotspot_count == 0 && story->tour_count == 0 &&
           making_is_empty(&story->making);
}

// ---- writing

static double tidy(float number)
{
    return round((double)number * 1e6) / 1e6;
}

static void put_picture(JsonWriter *w, const StoryPicture *picture)
{
    field_put_text(w, "image", picture->file);
    langtext_put(w, "alt_text", &picture->alt_text);
}

static void put_chapters(JsonWriter *w, const Story *story)
{
    if (story->chapter_count == 0)
        return;
    json_begin_array(w, "chapters");
    for (uint32_t i = 0; i < story->chapter_count; i++) {
        json_begin_object(w, NULL);
        langtext_put(w, "title", &story->chapters[i].title);
        langtext_put(w, "text", &story->chapters[i].text);
        put_picture(w, &story->chapters[i].picture);
        field_put_files(w, "audio", &story->chapters[i].audio);
        field_put_files(w, "captions", &story->chapters[i].captions);
        json_end(w);
    }
    json_end(w);
}

static void put_making(JsonWriter *w, const StoryMaking *making)
{
    if (making_is_empty(making))
        return;
    json_begin_object(w, "making");
    field_put_number(w, "hours", making->hours);
    field_put_langs(w, "tools", &(LangTexts){making->tool_count, making->tools});
    if (making->step_count)
        json_begin_array(w, "steps");
    for (uint32_t i = 0; i < making->step_count; i++) {
        json_begin_object(w, NULL);
        langtext_put(w, "text", &making->steps[i].text);
        put_picture(w, &making->steps[i].picture);
        field_put_number(w, "magnification", tidy(making->steps[i].magnification));
        json_end(w);
    }
    if (making->step_count)
        json_end(w);
    if (making->printed_process.count) {
        json_begin_object(w, "printed");
        langtext_put(w, "process", &making->printed_process);
        field_put_number(w, "layer_um", making->printed_layer_um);
        json_end(w);
    }
    json_end(w);
}

static void put_hotspot(JsonWriter *w, const StoryHotspot *hotspot)
{
    json_begin_object(w, NULL);
    json_put_text(w, "id", hotspot->id);
    look_put_point(w, "point_mm", hotspot->point_m);
    json_begin_array(w, "normal");
    for (int i = 0; i < 3; i++)
        json_put_number(w, NULL, tidy(hotspot->normal[i]));
    json_end(w);
    langtext_put(w, "title", &hotspot->title);
    langtext_put(w, "text", &hotspot->text);
    json_put_text(w, "kind", kind_names[hotspot->kind]);
    put_picture(w, &hotspot->picture);
    field_put_files(w, "audio", &hotspot->audio);
    field_put_files(w, "captions", &hotspot->captions);
    langtext_put(w, "transcript", &hotspot->transcript);
    look_put_view(w, &hotspot->view);
    look_put_light(w, &hotspot->light);
    look_put_lens(w, hotspot->lens, hotspot->magnification);
    json_end(w);
}

static void put_tour(JsonWriter *w, const Story *story, const StoryTour *tour)
{
    json_begin_object(w, NULL);
    json_put_text(w, "id", tour->id);
    langtext_put(w, "title", &tour->title);
    json_begin_array(w, "steps");
    for (uint32_t i = 0; i < tour->step_count; i++) {
        const StoryTourStep *step = &tour->steps[i];
        json_begin_object(w, NULL);
        if (step->hotspot >= 0)
            json_put_text(w, "hotspot", story->hotspots[step->hotspot].id);
        look_put_view(w, &step->view);
        look_put_lens(w, step->lens, step->magnification);
        json_put_number(w, "dwell_s", tidy(step->dwell_s));
        langtext_put(w, "text", &step->text);
        field_put_files(w, "audio", &step->audio);
        field_put_files(w, "captions", &step->captions);
        json_end(w);
    }
    json_end(w);
    json_end(w);
}

Bytes story_write(const Story *story, Arena *arena)
{
    JsonWriter writer = json_writer_make(arena), *w = &writer;
    json_begin_object(w, NULL);
    langtext_put(w, "label", &story->label);
    langtext_put(w, "long", &story->long_text);
    put_chapters(w, story);
    put_making(w, &story->making);
    if (story->hotspot_count)
        json_begin_array(w, "hotspots");
    for (uint32_t i = 0; i < story->hotspot_count; i++)
        put_hotspot(w, &story->hotspots[i]);
    if (story->hotspot_count)
        json_end(w);
    if (story->tour_count)
        json_begin_array(w, "tours");
    for (uint32_t i = 0; i < story->tour_count; i++)
        put_tour(w, story, &story->tours[i]);
    if (story->tour_count)
        json_end(w);
    json_end(w);
    return json_writer_text(w);
}

// ---- files

typedef struct FileSet {
    Arena *arena;
    const char **names;
    size_t count, capacity;
} FileSet;

static void add_file(FileSet *set, const char *name)
{
    if (!name || !name[0])
        return;
    for (size_t i = 0; i < set->count; i++)
        if (strcmp(set->names[i], name) == 0)
            return;
    *ARENA_PUSH(set->arena, set->names, set->count, set->capacity) = name;
}

static void add_sounds(FileSet *set, const LangText *audio, const LangText *captions)
{
    for (uint32_t i = 0; i < audio->count; i++)
        add_file(set, audio->entries[i].text);
    for (uint32_t i = 0; i < captions->count; i++)
        add_file(set, captions->entries[i].text);
}

uint32_t story_files(const Story *story, Arena *arena, const char ***files)
{
    FileSet set = {.arena = arena};
    for (uint32_t i = 0; i < story->chapter_count; i++) {
        add_file(&set, story->chapters[i].picture.file);
        add_sounds(&set, &story->chapters[i].audio, &story->chapters[i].captions);
    }
    for (uint32_t i = 0; i < story->making.step_count; i++)
        add_file(&set, story->making.steps[i].picture.file);
    for (uint32_t i = 0; i < story->hotspot_count; i++) {
        add_file(&set, story->hotspots[i].picture.file);
        add_sounds(&set, &story->hotspots[i].audio, &story->hotspots[i].captions);
    }
    for (uint32_t i = 0; i < story->tour_count; i++)
        for (uint32_t s = 0; s < story->tours[i].step_count; s++)
            add_sounds(&set, &story->tours[i].steps[s].audio,
                       &story->tours[i].steps[s].captions);
    *files = set.names;
    return (uint32_t)set.count;
}

const StoryHotspot *story_find_astray(const Story *story, const double low_mm[3],
                                      const double high_mm[3])
{
    double longest_mm = 0;
    for (int k = 0; k < 3; k++)
        longest_mm = MAX(longest_mm, high_mm[k] - low_mm[k]);
    for (uint32_t i = 0; i < story->hotspot_count; i++) {
        for (int k = 0; k < 3; k++) {
            double at_mm = (double)story->hotspots[i].point_m[k] * 1e3;
            if (at_mm < low_mm[k] - longest_mm / 20 || at_mm > high_mm[k] + longest_mm / 20)
                return &story->hotspots[i];
        }
    }
    return NULL;
}
