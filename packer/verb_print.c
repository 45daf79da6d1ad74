// verb_print.c: vitrine-pack print: a piece as a model for 3D printing.

#include "io/file.h"
#include "packer/args.h"
#include "packer/print.h"
#include "packer/verb.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct PrintWords {
    const char *words[2];
    const char *path, *scale, *height, *error;
} PrintWords;

// A number above zero, and nothing behind it but `end`.
static bool read_number(const char *text, char end, double *out, const char **rest)
{
    char *after;
    *out = strtod(text, &after);
    *rest = after;
    return after != text && *after == end && isfinite(*out) && *out > 0;
}

NODISCARD static Status read_length(const char *option, const char *text, double *out)
{
    const char *rest;
    if (text && !read_number(text, 0, out, &rest))
        return FAIL(ERR_INVALID, "%s: \"%.40s\" is no number above zero", option, text);
    return OK;
}

// "2", "0.5", "1:10", "3:1".
NODISCARD static Status read_scale(const char *text, double *out)
{
    double whole = 1;
    const char *rest;
    if (!text || read_number(text, 0, out, &rest))
        return OK;
    if (read_number(text, ':', out, &rest) && read_number(rest + 1, 0, &whole, &rest)) {
        *out /= whole;
        return OK;
    }
    return FAIL(ERR_INVALID, "--scale: \"%.40s\" is neither a number nor like 1:10", text);
}

NODISCARD static Status parse_args(int count, char **arguments, PrintDesc *out)
{
    PrintWords given = {0};
    const ArgOption options[] = {{"--output", "-o", &given.path, NULL},
                                 {"--scale", NULL, &given.scale, NULL},
                                 {"--height", NULL, &given.height, NULL},
                                 {"--error", NULL, &given.error, NULL}};
    size_t words = 0;
    ArgSpec spec = {options, COUNT_OF(options), given.words, COUNT_OF(given.words), &words};
    TRY(args_parse(count, arguments, &spec));
    if (words < 2)
        return FAIL(ERR_INVALID, "say which pack, and which piece of it");
    if (!given.path || !(str_ends_with(str_of(given.path), ".3mf") ||
                         str_ends_with(str_of(given.path), ".stl")))
        return FAIL(ERR_INVALID, "say where to, with -o FILE.3mf or -o FILE.stl");
    if (given.scale && given.height)
        return FAIL(ERR_INVALID, "--scale and --height say the same thing: one of them");
    TRY(read_scale(given.scale, &out->scale));
    TRY(read_length("--height", given.height, &out->height_mm));
    TRY(read_length("--error", given.error, &out->error_um));
    out->pack_path = given.words[0];
    out->exhibit = given.words[1];
    out->path = given.path;
    return OK;
}

static void tell_count(uint32_t count, const char *one, const char *several)
{
    if (count)
        printf("  %u %s\n", count, count == 1 ? one : several);
}

static void tell(const char *path, const PrintReport *report)
{
    const SolidCounts *counts = &report->counts;
    double scale = report->scale;
    printf("%s: %.1f x %.1f x %.1f mm (%.4g:%.4g), %u triangles, %.2f cm3 in %u %s\n", path,
           report->size_mm[0], report->size_mm[1], report->size_mm[2], scale < 1 ? 1 : scale,
           scale < 1 ? 1 / scale : 1, report->triangle_count, counts->volume / 1000,
           counts->parts, counts->parts == 1 ? "part" : "parts");
    if (counts->holes)
        printf("  %u %s closed, %s%.2f mm across\n", counts->holes,
               counts->holes == 1 ? "hole" : "holes", counts->holes == 1 ? "" : "the widest ",
               counts->widest_hole);
    else
        printf("  no hole had to be closed\n");
    if (counts->was_inside_out)
        printf("  turned inside out: its faces looked inwards\n");
    tell_count(counts->turned_triangles, "face turned like its neighbours",
               "faces turned like their neighbours");
    tell_count(counts->parted_edges, "edge parted where more than two faces met",
               "edges parted where more than two faces met");
    tell_count(counts->dropped_triangles, "face left out that was flat or there twice",
               "faces left out that were flat or there twice");
    tell_count(counts->sheets, "part left out that has no thickness",
               "parts left out that have no thickness");
    printf("  rights: %s%s%s%s%s\n", report->terms.name, report->terms.name[0] ? ", " : "",
           report->rights, report->terms.is_noncommercial ? "; not for commerce" : "",
           report->terms.wants_same_terms ? "; what is made of it under the same terms" : "");
    if (report->statement[0])
        printf("  to be named with it: %s\n", report->statement);
}

int verb_print(const Verb *verb, int count, char **arguments, Cancel *cancel)
{
    PrintDesc desc = {.cancel = cancel};
    PrintReport report;
    if (parse_args(count, arguments, &desc))
        return verb_bad_usage(verb);
    Arena arena = {0};
    Status status = OK;
    if (file_is_folder(desc.pack_path))
        status = FAIL(ERR_INVALID, "is a folder, not a pack; build makes one");
    if (!status)
        status = print_piece(&desc, &arena, &report);
    int result = status ? verb_failed(desc.pack_path) : VERB_OK;
    if (!status)
        tell(desc.path, &report);
    arena_drop(&arena);
    return result;
}
