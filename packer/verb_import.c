// verb_import.c: vitrine-pack import: a scan -> an exhibit's folder.

#include "data/langtext.h"
#include "packer/args.h"
#include "packer/draft.h"
#include "packer/progress.h"
#include "packer/verb.h"

#include <stdio.h>
#include <string.h>

typedef struct ImportArgs {
    const char *scan, *unit, *up, *language, *folder;
} ImportArgs;

NODISCARD static Status read_options(const ImportArgs *args, DraftDesc *out)
{
    if (args->unit && !import_unit_parse(args->unit, &out->import.unit))
        return FAIL(ERR_INVALID, "--unit is mm, cm, m or in, not \"%s\"", args->unit);
    if (args->up && strcmp(args->up, "y") != 0 && strcmp(args->up, "z") != 0)
        return FAIL(ERR_INVALID, "--up is y or z, not \"%s\"", args->up);
    if (args->language && !langtext_is_tag(str_of(args->language)))
        return FAIL(ERR_INVALID, "--language is a tag like en, fr or pt-BR, not \"%s\"",
                    args->language);
    out->import.up = args->up && args->up[0] == 'z' ? IMPORT_UP_Z : IMPORT_UP_Y;
    out->language = args->language ? args->language : "en";
    out->scan_path = args->scan;
    out->folder = args->folder;
    return OK;
}

NODISCARD static Status parse_args(int count, char **arguments, DraftDesc *out)
{
    ImportArgs args = {0};
    const ArgOption options[] = {{"--unit", NULL, &args.unit, NULL},
                                 {"--up", NULL, &args.up, NULL},
                                 {"--language", NULL, &args.language, NULL},
                                 {"--output", "-o", &args.folder, NULL}};
    size_t words = 0;
    ArgSpec spec = {options, COUNT_OF(options), &args.scan, 1, &words};
    TRY(args_parse(count, arguments, &spec));
    if (words == 0)
        return FAIL(ERR_INVALID, "say which scan to import");
    return read_options(&args, out);
}

static void on_progress(void *context, float done)
{
    progress_show(context, "reading the scan", done);
}

static void print_result(const DraftResult *r)
{
    printf("%s/exhibit.json: %s, %u triangles, %.4g x %.4g x %.4g mm (width, height, depth), "
           "%u file%s copied\n",
           r->folder, r->format, r->triangle_count, r->size_mm[0], r->size_mm[1], r->size_mm[2],
           r->file_count, r->file_count == 1 ? "" : "s");
    if (r->dropped_triangles)
        printf("%llu triangles without an area, or with corners that are no numbers, were left "
               "out\n",
               (unsigned long long)r->dropped_triangles);
    printf("Next: fill in what only you can know (`vitrine-pack check %s` lists it), then\n"
           "  vitrine-pack build %s -o %s.vitrine\n",
           r->folder, r->folder, r->id);
}

int verb_import(const Verb *verb, int count, char **arguments, Cancel *cancel)
{
    DraftDesc desc = {0};
    if (parse_args(count, arguments, &desc))
        return verb_bad_usage(verb);
    Arena arena = {0};
    Progress progress = progress_make();
    desc.import.progress = on_progress;
    desc.import.progress_context = &progress;
    desc.import.cancel = cancel;
    DraftResult result;
    Status status = draft_make(&desc, &arena, &result);
    progress_clear(&progress);
    int code = VERB_OK;
    if (status)
        code = verb_failed(desc.scan_path);
    else
        print_result(&result);
    arena_drop(&arena);
    return code;
}
