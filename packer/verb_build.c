// verb_build.c: vitrine-pack build: a folder -> a pack.

#include "packer/args.h"
#include "packer/progress.h"
#include "packer/publish.h"
#include "packer/verb.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

typedef struct BuildArgs {
    const char *folder, *path, *cache, *light;
    LightQuality quality;
} BuildArgs;

NODISCARD static Status parse_light(BuildArgs *out)
{
    if (!out->light)
        return OK;
    for (int i = 0; i < LIGHT_QUALITY_COUNT; i++) {
        if (strcmp(out->light, light_quality_name((LightQuality)i)) == 0) {
            out->quality = (LightQuality)i;
            return OK;
        }
    }
    return FAIL(ERR_INVALID, "--light %s: say none, draft or final", out->light);
}

NODISCARD static Status parse_args(int count, char **arguments, BuildArgs *out)
{
    const ArgOption options[] = {{"--output", "-o", &out->path, NULL},
                                 {"--cache", NULL, &out->cache, NULL},
                                 {"--light", NULL, &out->light, NULL}};
    size_t words = 0;
    ArgSpec spec = {options, COUNT_OF(options), &out->folder, 1, &words};
    TRY(args_parse(count, arguments, &spec));
    if (words == 0)
        return FAIL(ERR_INVALID, "say which folder to build");
    if (!out->path)
        return FAIL(ERR_INVALID, "say which pack to write, with -o FILE.vitrine");
    // A slip of the hand must not write a pack over a record or a scan.
    if (!str_ends_with(str_of(out->path), ".vitrine"))
        return FAIL(ERR_INVALID, "%s is no name of a pack: say one that ends in .vitrine",
                    out->path);
    return parse_light(out);
}

static void on_progress(void *context, const char *doing, double share)
{
    progress_show(context, doing, share);
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void print_tiles(const BakeStats *baked)
{
    static const char *const names[SURFACE_MAP_COUNT] = {
        "colour", "occlusion", "normals", "roughness", "metal", "glow", "relief"};
    const TileStats *tiles = &baked->tiles;
    if (!tiles->tiles)
        return;
    printf("  surface: %u tiles, %.1f MB; %.1f million texels", tiles->tiles,
           (double)baked->tile_bytes / 1e6, (double)tiles->owned_texels / 1e6);
    if (baked->source_texels)
        printf(", %.2f x the scan's",
               (double)tiles->owned_texels / (double)baked->source_texels);
    printf("; %.1f %% of the tiles are used\n  maps:",
           100 * (double)tiles->owned_texels / (double)tiles->tile_texels);
    for (int map = 0; map < SURFACE_MAP_COUNT; map++) {
        if (tiles->maps[map])
            printf(" %s in %u,", names[map], tiles->maps[map]);
    }
    printf(" coarser than the scan: %u groups\n", tiles->coarser_groups);
}

// Both use all cores, one after the other but for pages, which are divided by the work in them.
static void print_seconds(const BakeStats *baked, double all_s)
{
    double geometry_s = baked->weld_s + baked->graph_s + baked->pages_s - baked->tiles_s;
    double surface_s = baked->surface_s + baked->tiles_s;
    printf("  seconds: geometry %.2f, surface %.2f, reading and writing %.2f\n", geometry_s,
           surface_s, all_s - geometry_s - surface_s);
}

static void print_stats(const char *path, const PublishStats *stats, double seconds)
{
    const BakeStats *baked = &stats->baked;
    printf("%s: %u piece%s, %llu triangles, %.1f MB", path, stats->piece_count,
           stats->piece_count == 1 ? "" : "s", (unsigned long long)stats->triangle_count,
           (double)stats->size_bytes / 1e6);
    if (stats->baked_count == stats->piece_count && stats->triangle_count)
        printf(" (geometry %.1f bytes a triangle)",
               (double)(baked->vertex_bytes + baked->index_bytes + baked->table_bytes) /
                   (double)stats->triangle_count);
    printf(", %.1f s%s\n", seconds, stats->baked_count ? "" : ", nothing was baked anew");
    if (stats->baked_count)
        print_seconds(baked, seconds);
    print_tiles(baked);
    if (stats->lit_count)
        printf("  light: %u room%s%s\n", stats->lit_count, stats->lit_count == 1 ? "" : "s",
               stats->was_lit ? ", as before" : "");
}

static int build(const BuildArgs *args, Arena *arena, Cancel *cancel)
{
    Problems problems = {.arena = arena};
    Collection collection;
    Status status = collection_read(args->folder, arena, &problems, &collection);
    if (status) {
        verb_print_problems(&problems, false);
        fprintf(stderr, "vitrine-pack build: %zu error%s in %s; no pack was written\n",
                problems.error_count, problems.error_count == 1 ? "" : "s", args->folder);
        return VERB_FAILED;
    }
    Progress progress = progress_make();
    PublishDesc desc = {args->path, args->cache, on_progress, &progress, cancel, args->quality};
    PublishStats stats;
    double start = seconds_now();
    status = publish_pack(&desc, &collection, arena, &stats);
    progress_clear(&progress);
    if (status)
        return verb_failed(args->folder);
    print_stats(args->path, &stats, seconds_now() - start);
    return VERB_OK;
}

int verb_build(const Verb *verb, int count, char **arguments, Cancel *cancel)
{
    BuildArgs args = {0};
    if (parse_args(count, arguments, &args))
        return verb_bad_usage(verb);
    Arena arena = {0};
    int status = build(&args, &arena, cancel);
    arena_drop(&arena);
    return status;
}
