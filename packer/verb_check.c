// verb_check.c: vitrine-pack check: everything that is wrong with a pack or a folder.

#include "io/file.h"
#include "packer/args.h"
#include "packer/bakery.h"
#include "packer/collection.h"
#include "packer/import.h"
#include "packer/inspect.h"
#include "packer/verb.h"

#include <stdio.h>
#include <string.h>

typedef struct CheckArgs {
    const char *path;
    bool is_quiet, is_draft;
} CheckArgs;

NODISCARD static Status parse_args(int count, char **arguments, CheckArgs *out)
{
    const ArgOption options[] = {{"--quiet", "-q", NULL, &out->is_quiet},
                                 {"--draft", NULL, NULL, &out->is_draft}};
    size_t words = 0;
    ArgSpec spec = {options, COUNT_OF(options), &out->path, 1, &words};
    TRY(args_parse(count, arguments, &spec));
    return words ? OK : FAIL(ERR_INVALID, "say which pack or folder to check");
}

// Sizes that are possible, but more often a wrong unit.
static void note_size(const CollectionPiece *piece, const Scan *scan, Problems *problems)
{
    float low[3], high[3], largest = 0;
    scan_bounds(scan, low, high);
    for (int i = 0; i < 3; i++)
        largest = MAX(largest, high[i] - low[i]);
    const char *name = str_format(problems->arena, "%s%s", piece->prefix, RECORD_FILE);
    if (largest > 20 || largest < 0.001f)
        problem_add(problems, (ProblemAt){PROBLEM_NOTE, OK, name, "source.unit"},
                    "the piece is %.4g mm large; is the unit right?", (double)largest * 1000);
}

// What was imported and what is there now may differ on purpose; the artist should know.
static void note_change(const CollectionPiece *piece, const char *path, Problems *problems)
{
    const char *sha256;
    const char *name = str_format(problems->arena, "%s%s", piece->prefix, RECORD_FILE);
    if (piece->record.sha256[0] && bakery_sha256(path, problems->arena, &sha256) == OK &&
        strcmp(sha256, piece->record.sha256) != 0)
        problem_add(problems, (ProblemAt){PROBLEM_NOTE, OK, name, "sha256"},
                    "%s is another one than was imported; the pack will tell of the new one",
                    piece->record.source.file);
}

static void check_scan(const CollectionPiece *piece, Problems *problems, Cancel *cancel)
{
    Arena arena = {0};
    Scan scan;
    const RecordSource *source = &piece->record.source;
    ImportOptions options = {.up = source->is_z_up ? IMPORT_UP_Z : IMPORT_UP_Y,
                             .cancel = cancel};
    if (source->unit[0] && !import_unit_parse(source->unit, &options.unit))
        options.unit = IMPORT_UNIT_NONE;
    const char *path = collection_scan_path(piece, &arena);
    if (import_scan(path, &options, &arena, &scan))
        problem_add_fault(problems, path);
    else
        note_size(piece, &scan, problems);
    note_change(piece, path, problems);
    arena_drop(&arena);
}

static void check_folder(const char *folder, Arena *arena, Problems *problems, Cancel *cancel)
{
    Collection collection;
    if (collection_read(folder, arena, problems, &collection))
        return;
    for (uint32_t i = 0; i < collection.piece_count; i++)
        check_scan(&collection.pieces[i], problems, cancel);
}

static int check(const CheckArgs *args, Arena *arena, Cancel *cancel)
{
    Problems problems = {.arena = arena};
    if (file_is_folder(args->path))
        check_folder(args->path, arena, &problems, cancel);
    else if (inspect_check(args->path, arena, &problems, cancel) && problems.error_count == 0)
        return verb_failed(args->path);
    if (cancel_is_requested(cancel))
        return cancel_check(cancel) ? verb_failed(args->path) : VERB_INTERRUPTED;
    if (!args->is_draft)
        problems_demand(&problems);
    verb_print_problems(&problems, !args->is_quiet);
    if (problems.error_count == 0)
        printf("%s: no errors, %zu note%s\n", args->path, problems.note_count,
               problems.note_count == 1 ? "" : "s");
    return problems.error_count ? VERB_FAILED : VERB_OK;
}

int verb_check(const Verb *verb, int count, char **arguments, Cancel *cancel)
{
    CheckArgs args = {0};
    if (parse_args(count, arguments, &args))
        return verb_bad_usage(verb);
    Arena arena = {0};
    int status = check(&args, &arena, cancel);
    arena_drop(&arena);
    return status;
}
