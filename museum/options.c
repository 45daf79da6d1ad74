// options.c: what the command line says.

#include "museum/options.h"

#include <string.h>

typedef enum OptionKind {
    OPTION_FLAG,
    OPTION_TEXT,
    OPTION_NUMBER,
    OPTION_COUNT,
    OPTION_SIZE,
    OPTION_QUALITY
} OptionKind;

typedef struct Option {
    const char *name;
    const char *value; // how its value is called in the help
    OptionKind kind;
    size_t offset;
    double low, high;
    const char *help;
} Option;

static const Option table[] = {
    {"--script", "FILE", OPTION_TEXT, offsetof(Options, script), 0, 0,
     "carry out a scripted visit, then leave; status 0 only if every line held"},
    {"--guided-visit", "FOLDER", OPTION_TEXT, offsetof(Options, guided_visit), 0, 0,
     "visit every piece, writing pictures and a transcript into FOLDER"},
    {"--tour", "NAME", OPTION_TEXT, offsetof(Options, tour), 0, 0,
     "begin a guided tour: its id, or a file; \"first\" is the house's own"},
    {"--record", "FILE", OPTION_TEXT, offsetof(Options, record), 0, 0,
     "write the visit down as a tour, to be edited and played by --tour FILE"},
    {"--kiosk", NULL, OPTION_FLAG, offsetof(Options, is_kiosk), 0, 0,
     "for a museum's floor: full screen, nobody leaves, each visit begins anew (docs/KIOSK.md)"},
    {"--config", "FILE", OPTION_TEXT, offsetof(Options, config), 0, 0,
     "what a kiosk shows and how (kiosk.json); only with --kiosk"},
    {"--headless", NULL, OPTION_FLAG, offsetof(Options, is_headless), 0, 0,
     "no display needed: pictures are rendered offscreen"},
    {"--size", "WxH", OPTION_SIZE, offsetof(Options, width), 64, 8192,
     "of the picture in pixels (1280x720)"},
    {"--view", "PHOTO", OPTION_TEXT, offsetof(Options, view), 0, 0,
     "open the view that a photograph shows"},
    {"--photo-scale", "N", OPTION_COUNT, offsetof(Options, photo_scale), 1, 8,
     "of photographs, times the picture (4; software: 2)"},
    {"--stats", "FILE", OPTION_TEXT, offsetof(Options, stats), 0, 0,
     "at the end write frame times, triangles and memory as JSON"},
    {"--memory", "MIB", OPTION_COUNT, offsetof(Options, memory_mib), 4, 65536,
     "for all that pictures are made of (by the graphics card and the machine)"},
    {"--pixel-error", "PIXELS", OPTION_NUMBER, offsetof(Options, pixel_error), 0.05, 64,
     "how far a drawn surface may be from the scan's (by the quality)"},
    {"--quality", "LEVEL", OPTION_QUALITY, offsetof(Options, quality), 0, 0,
     "auto, low, medium, high or ultra (auto)"},
    {"--eye-height", "METRES", OPTION_NUMBER, offsetof(Options, eye_height_m), 0.5, 2.2,
     "of the visitor (as adjusted last, or 1.62)"},
    {"--fov", "DEGREES", OPTION_NUMBER, offsetof(Options, fov_degrees), 30, 80,
     "field of view of the picture's height, walking (as adjusted last, or 52)"},
    {"--settings", "FILE", OPTION_TEXT, offsetof(Options, settings), 0, 0,
     "where eye height and field of view are kept (the visitor's own; scripts: nowhere)"},
    {"--cabinet", "FILE", OPTION_TEXT, offsetof(Options, cabinet), 0, 0,
     "where what one collects is kept (beside --settings, the visitor's own; scripts: "
     "nowhere)"},
    {"--cabinet-export", "FILE", OPTION_TEXT, offsetof(Options, cabinet_export), 0, 0,
     "write all that is collected into one file, photographs too, and leave"},
    {"--cabinet-import", "FILE", OPTION_TEXT, offsetof(Options, cabinet_import), 0, 0,
     "add what such a file holds to what is collected, and leave"},
    {"--reduced-motion", NULL, OPTION_FLAG, offsetof(Options, is_reduced_motion), 0, 0,
     "cuts instead of glides"},
    {"--speech", NULL, OPTION_FLAG, offsetof(Options, is_aloud), 0, 0,
     "say what is shown, through speech-dispatcher (as set, or where a screen reader runs)"},
    {"--speech-log", "FILE", OPTION_TEXT, offsetof(Options, speech_log), 0, 0,
     "write what would be said into FILE instead"},
    {"--language", "TAG", OPTION_TEXT, offsetof(Options, language), 0, 0,
     "of labels and stories, as fr or pt-BR (the system's)"},
    {"--text-size", "PERCENT", OPTION_COUNT, offsetof(Options, text_percent), 100, 200,
     "of all that is written over the picture (100)"},
    {"--script-help", NULL, OPTION_FLAG, offsetof(Options, is_script_help), 0, 0,
     "every command of scripts"},
    {"--help", NULL, OPTION_FLAG, offsetof(Options, is_help), 0, 0, "this text"},
    {"--version", NULL, OPTION_FLAG, offsetof(Options, is_version), 0, 0,
     "the program's version"},
};

static const Option *find_option(Str name)
{
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        if (str_equal(name, str_of(table[i].name)))
            return &table[i];
    }
    return NULL;
}

static bool read_number(const Option *option, Str text, double *out)
{
    return str_to_double(text, out) && *out >= option->low && *out <= option->high;
}

static bool read_size(const Option *option, Str text, int out[2])
{
    const char *cross = memchr(text.ptr, 'x', text.len);
    if (!cross)
        return false;
    size_t len = (size_t)(cross - text.ptr);
    double width, height;
    if (!read_number(option, (Str){text.ptr, len}, &width) ||
        !read_number(option, (Str){cross + 1, text.len - len - 1}, &height))
        return false;
    out[0] = (int)width;
    out[1] = (int)height;
    return true;
}

NODISCARD static Status set_value(const Option *option, const char *text, Options *options)
{
    char *at = (char *)options + option->offset;
    double number = 0;
    int size[2] = {0};
    bool is_read = true;
    switch (option->kind) {
    case OPTION_FLAG:
        break;
    case OPTION_TEXT:
        memcpy(at, &text, sizeof text);
        is_read = *text != 0;
        break;
    case OPTION_NUMBER:
        is_read = read_number(option, str_of(text), &number);
        memcpy(at, &number, sizeof number);
        break;
    case OPTION_COUNT:
        is_read = read_number(option, str_of(text), &number);
        memcpy(at, &(uint32_t){(uint32_t)number}, sizeof(uint32_t));
        break;
    case OPTION_SIZE:
        is_read = read_size(option, str_of(text), size);
        memcpy(at, size, sizeof size);
        break;
    case OPTION_QUALITY:
        if (!quality_find(text, (QualityLevel *)(void *)at))
            return FAIL(ERR_INVALID, "%s %s: expected %s", option->name, text, option->help);
        break;
    }
    if (!is_read && option->kind == OPTION_TEXT)
        return FAIL(ERR_INVALID, "%s needs a %s", option->name, option->value);
    if (!is_read)
        return FAIL(ERR_INVALID, "%s %s: expected %s from %g to %g", option->name, text,
                    option->value, option->low, option->high);
    return OK;
}

NODISCARD Status options_parse(int count, char **arguments, Options *out)
{
    Options options = {0};
    bool only_packs = false;
    for (int i = 1; i < count; i++) {
        char *argument = arguments[i];
        if (!only_packs && !strcmp(argument, "--")) {
            only_packs = true;
        } else if (only_packs || argument[0] != '-') {
            if (options.pack_count == COLLECTION_MAX_PACKS)
                return FAIL(ERR_LIMIT, "more than %d packs", COLLECTION_MAX_PACKS);
            options.packs[options.pack_count++] = argument;
        } else {
            const char *equals = strchr(argument, '=');
            Str name = {argument, equals ? (size_t)(equals - argument) : strlen(argument)};
            const Option *option = find_option(name);
            if (!option || (equals && option->kind == OPTION_FLAG))
                return FAIL(ERR_INVALID, "no option is called '%s'; --help lists them",
                            argument);
            if (option->kind == OPTION_FLAG) {
                *((bool *)((char *)&options + option->offset)) = true;
                continue;
            }
            if (!equals && i + 1 == count)
                return FAIL(ERR_INVALID, "%s needs a %s", option->name, option->value);
            TRY(set_value(option, equals ? equals + 1 : arguments[++i], &options));
        }
    }
    if (options.script && options.guided_visit)
        return FAIL(ERR_INVALID, "--script and --guided-visit are two visits; choose one");
    if (options.config && !options.is_kiosk)
        return FAIL(ERR_INVALID, "--config is a kiosk's; it needs --kiosk");
    bool is_visited = options.script || options.guided_visit;
    bool is_asked = options.is_help || options.is_script_help || options.is_version;
    if (options.is_headless && !is_visited && !is_asked)
        return FAIL(ERR_INVALID, "--headless shows nobody anything: it needs --script or "
                                 "--guided-visit");
    *out = options;
    return OK;
}

const char *options_help(Arena *arena)
{
    const char *help =
        "Vitrine: a museum of miniatures.\n\n"
        "  vitrine [PACK|FOLDER ...] [options]\n\n"
        "Opens packs, or artists' folders, as one house; without any, the built-in "
        "collection.\n\n";
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        const char *form = table[i].value
                               ? str_format(arena, "%s %s", table[i].name, table[i].value)
                               : table[i].name;
        help = str_format(arena, "%s  %-24s %s\n", help, form, table[i].help);
    }
    return str_format(arena,
                      "%s\nStatus: 0 all went well, 1 something failed, 2 the command line was "
                      "not understood.\n",
                      help);
}
