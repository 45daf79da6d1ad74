// verb_layout.c: vitrine-pack layout: proposes rooms for a folder, for the artist to edit.

#include "io/file.h"
#include "packer/args.h"
#include "packer/import.h"
#include "packer/progress.h"
#include "packer/proposal.h"
#include "packer/verb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_PLAN_BYTES = 64 << 20 };

typedef struct LayoutArgs {
    const char *folder, *by_name, *least_text;
    bool is_forced, has_by;
    ThemeBy by;
    uint32_t least;
} LayoutArgs;

NODISCARD static Status parse_least(const char *text, uint32_t *out)
{
    if (!text)
        return OK;
    char *end;
    unsigned long value = strtoul(text, &end, 10);
    if (*end || end == text || value < 1 || value > LAYOUT_MAX_PIECES)
        return FAIL(ERR_INVALID, "--least %s: say a number of pieces, 1 to %d", text,
                    LAYOUT_MAX_PIECES);
    *out = (uint32_t)value;
    return OK;
}

NODISCARD static Status parse_args(int count, char **arguments, LayoutArgs *out)
{
    const ArgOption options[] = {{"--by", NULL, &out->by_name, NULL},
                                 {"--least", NULL, &out->least_text, NULL},
                                 {"--force", NULL, NULL, &out->is_forced}};
    size_t words = 0;
    ArgSpec spec = {options, COUNT_OF(options), &out->folder, 1, &words};
    TRY(args_parse(count, arguments, &spec));
    if (words == 0)
        return FAIL(ERR_INVALID, "say for which folder");
    out->has_by = out->by_name != NULL;
    if (out->has_by && !theme_by_find(out->by_name, &out->by))
        return FAIL(ERR_INVALID,
                    "--by %s: say theme, type, material, technique, maker, century or nothing",
                    out->by_name);
    return parse_least(out->least_text, &out->least);
}

// What an artist has written is not written over.
NODISCARD static Status check_old_plan(const char *path, bool is_forced)
{
    if (is_forced || !file_exists(path))
        return OK;
    Scratch scratch = scratch_begin(NULL);
    Bytes old;
    Status status = file_read(path, MAX_PLAN_BYTES, scratch.arena, &old);
    if (!status && !proposal_is_untouched(old))
        status = FAIL(ERR_INVALID,
                      "somebody has edited it; --force proposes anew and writes over it");
    scratch_end(scratch);
    return status;
}

// ---- how large pieces are

// The scan of an earlier piece, to the byte and in the same units, says it already.
static bool is_same_scan(const Record *a, const Record *b)
{
    return a->sha256[0] && !strcmp(a->sha256, b->sha256) &&
           !strcmp(a->source.unit, b->source.unit) && a->source.is_z_up == b->source.is_z_up;
}

NODISCARD static Status measure_scan(const CollectionPiece *piece, Cancel *cancel, float out[3])
{
    Arena arena = {0};
    Scan scan;
    ImportOptions options = {.cancel = cancel,
                             .up = piece->record.source.is_z_up ? IMPORT_UP_Z : IMPORT_UP_Y};
    const char *unit = piece->record.source.unit;
    if (unit[0] && !import_unit_parse(unit, &options.unit))
        options.unit = IMPORT_UNIT_NONE;
    Status status = import_scan(collection_scan_path(piece, &arena), &options, &arena, &scan);
    float low[3], high[3];
    if (!status) {
        scan_bounds(&scan, low, high);
        for (int i = 0; i < 3; i++)
            out[i] = high[i] - low[i];
    }
    arena_drop(&arena);
    return status;
}

NODISCARD static Status measure_all(const Collection *collection, Cancel *cancel,
                                    float (*out)[3])
{
    Progress progress = progress_make();
    Status status = OK;
    for (uint32_t i = 0; i < collection->piece_count && !status; i++) {
        const CollectionPiece *piece = &collection->pieces[i];
        uint32_t same = 0;
        while (same < i && !is_same_scan(&collection->pieces[same].record, &piece->record))
            same++;
        progress_show(&progress, piece->record.id, (double)i / collection->piece_count);
        if (same < i)
            memcpy(out[i], out[same], sizeof out[i]);
        else
            status = measure_scan(piece, cancel, out[i]);
    }
    progress_clear(&progress);
    return status;
}

// ---- the whole

static void tell(const char *path, const Proposal *proposal)
{
    const Plan *plan = &proposal->plan;
    printf("%s: %u piece%s in %u room%s", path, plan->place_count,
           plan->place_count == 1 ? "" : "s", plan->room_count,
           plan->room_count == 1 ? "" : "s");
    if (proposal->by != THEME_BY_NOTHING)
        printf(", by %s", theme_by_name(proposal->by));
    printf("\n");
    for (uint32_t r = 0; r < plan->room_count; r++) {
        uint32_t pieces = 0;
        for (uint32_t i = 0; i < plan->place_count; i++)
            pieces += plan->places[i].room == r;
        printf("  %3u  %s (%u)\n", r + 1, langtext_find(&plan->rooms[r].title, "en"), pieces);
    }
}

NODISCARD static Status propose(const LayoutArgs *args, const Collection *collection,
                                const char *path, Arena *arena, Cancel *cancel)
{
    Proposal proposal;
    float(*sizes)[3] =
        (float(*)[3])arena_alloc(arena, (collection->piece_count + 1) * sizeof *sizes, 4);
    TRY(check_old_plan(path, args->is_forced));
    TRY(measure_all(collection, cancel, sizes));
    TRY(proposal_make(collection, (const float(*)[3])sizes, args->has_by ? &args->by : NULL,
                      args->least, arena, &proposal));
    TRY(file_write(path, proposal.file));
    tell(path, &proposal);
    return OK;
}

static int layout(const LayoutArgs *args, Arena *arena, Cancel *cancel)
{
    Problems problems = {.arena = arena};
    Collection collection;
    if (collection_read_pieces(args->folder, arena, &problems, &collection)) {
        verb_print_problems(&problems, false);
        return VERB_FAILED;
    }
    const char *path = path_join(arena, args->folder, PLAN_FILE);
    return propose(args, &collection, path, arena, cancel) ? verb_failed(path) : VERB_OK;
}

int verb_layout(const Verb *verb, int count, char **arguments, Cancel *cancel)
{
    LayoutArgs args = {0};
    if (parse_args(count, arguments, &args))
        return verb_bad_usage(verb);
    Arena arena = {0};
    int status = layout(&args, &arena, cancel);
    arena_drop(&arena);
    return status;
}
