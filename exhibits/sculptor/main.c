// main.c: vitrine-sculpt, the workshop of the built-in collection.

#include "exhibits/sculptor/glb.h"
#include "exhibits/sculptor/making.h"
#include "exhibits/sculptor/ply.h"
#include "exhibits/sculptor/preview.h"

#include "io/file.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char USAGE[] =
    "vitrine-sculpt PIECE -o FOLDER [--draft | --final]\n"
    "                                           computes a piece into FOLDER/sculpture.ply,\n"
    "                                           or sculpture.glb where it is painted on "
    "charts;\n"
    "                                           texels are 2.5 times or half as wide;\n"
    "                                           pictures of its making go beside it\n"
    "vitrine-sculpt --list                      names the pieces\n"
    "\n"
    "For carving:\n"
    "  --step UM            distance of the grid's points\n"
    "  --preview PNG        draws the piece\n"
    "  --view AZIMUTH ELEVATION      from where, degrees\n"
    "  --look X Y Z WIDTH            at what, and how wide a view, mm\n"
    "  --size WIDTH HEIGHT           of the picture, pixels\n"
    "  --turns N            N views around\n"
    "  --grey               form without colour\n"
    "  --triangles          the surface as it is, with its edges\n"
    "  --lamp AZIMUTH ELEVATION      where the light comes from, seen from the viewer\n"
    "  --parts N            only the first N parts, as the work stood then\n"
    "  --paint              previews show what is painted, too\n";

enum { MAX_PREVIEWS = 16 };

typedef struct Options {
    const Piece *piece;
    const char *folder;
    bool is_draft, is_final, is_list, is_painted;
    float step_um, part_limit;
    const char *previews[MAX_PREVIEWS];
    PreviewDesc views[MAX_PREVIEWS]; // each preview takes the view options that stand before it
    int preview_count;
} Options;

static const Piece *find_piece(const char *name)
{
    size_t count;
    const Piece *const *pieces = piece_list(&count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(pieces[i]->name, name) == 0)
            return pieces[i];
    return NULL;
}

static Status read_numbers(int argc, char **argv, int *at, int count, float *out)
{
    const char *option = argv[*at];
    for (int i = 0; i < count; i++) {
        double number;
        if (++*at >= argc || !str_to_double(str_of(argv[*at]), &number))
            return FAIL(ERR_INVALID, "%s needs %d numbers after it", option, count);
        out[i] = (float)number;
    }
    return OK;
}

static Status read_text(int argc, char **argv, int *at, const char **out)
{
    if (*at + 1 >= argc)
        return FAIL(ERR_INVALID, "%s needs a name after it", argv[*at]);
    *out = argv[++*at];
    return OK;
}

static Status read_preview(int argc, char **argv, int *at, Options *options, PreviewDesc *view)
{
    if (options->preview_count == MAX_PREVIEWS)
        return FAIL(ERR_LIMIT, "more than %d previews", MAX_PREVIEWS);
    TRY(read_text(argc, argv, at, &options->previews[options->preview_count]));
    options->views[options->preview_count++] = *view;
    return OK;
}

static Status read_view_option(int argc, char **argv, int *at, Options *options,
                               PreviewDesc *view)
{
    const char *option = argv[*at];
    float numbers[4];
    if (strcmp(option, "--preview") == 0)
        return read_preview(argc, argv, at, options, view);
    if (strcmp(option, "--grey") == 0) {
        view->look = PREVIEW_GREY;
    } else if (strcmp(option, "--triangles") == 0) {
        view->look = PREVIEW_TRIANGLES;
    } else if (strcmp(option, "--lamp") == 0) {
        TRY(read_numbers(argc, argv, at, 2, numbers));
        view->lamp_azimuth = numbers[0], view->lamp_elevation = numbers[1];
    } else if (strcmp(option, "--view") == 0) {
        TRY(read_numbers(argc, argv, at, 2, numbers));
        view->azimuth = numbers[0], view->elevation = numbers[1];
    } else if (strcmp(option, "--look") == 0) {
        TRY(read_numbers(argc, argv, at, 4, numbers));
        view->target_mm = v3(numbers[0], numbers[1], numbers[2]);
        view->width_mm = clamp_f(numbers[3], 0.1f, 1000);
    } else if (strcmp(option, "--size") == 0) {
        TRY(read_numbers(argc, argv, at, 2, numbers));
        view->width = (int)clamp_f(numbers[0], 16, 4096);
        view->height = (int)clamp_f(numbers[1], 16, 4096);
    } else if (strcmp(option, "--turns") == 0) {
        TRY(read_numbers(argc, argv, at, 1, numbers));
        view->turns = (int)clamp_f(numbers[0], 0, 16);
    } else {
        return FAIL(ERR_INVALID, "%s is not an option of vitrine-sculpt", option);
    }
    return OK;
}

static Status read_options(int argc, char **argv, Options *out)
{
    PreviewDesc view = {.width = 900, .height = 900};
    for (int i = 1; i < argc; i++) {
        const char *word = argv[i];
        if (strcmp(word, "--list") == 0)
            out->is_list = true;
        else if (strcmp(word, "--draft") == 0)
            out->is_draft = true;
        else if (strcmp(word, "--paint") == 0)
            out->is_painted = true;
        else if (strcmp(word, "--final") == 0)
            out->is_final = true;
        else if (strcmp(word, "-o") == 0)
            TRY(read_text(argc, argv, &i, &out->folder));
        else if (strcmp(word, "--step") == 0)
            TRY(read_numbers(argc, argv, &i, 1, &out->step_um));
        else if (strcmp(word, "--parts") == 0)
            TRY(read_numbers(argc, argv, &i, 1, &out->part_limit));
        else if (word[0] == '-')
            TRY(read_view_option(argc, argv, &i, out, &view));
        else if (out->piece || !(out->piece = find_piece(word)))
            return FAIL(ERR_NOT_FOUND, "there is no piece named '%s'; --list names them", word);
    }
    if (!out->is_list && (!out->piece || (!out->folder && !out->preview_count)))
        return FAIL(ERR_INVALID, "a PIECE and -o FOLDER are needed");
    return OK;
}

static void show_step(void *context, const char *step)
{
    const Piece *piece = context;
    if (isatty(STDERR_FILENO))
        fprintf(stderr, "\r\033[K%s: %s ...", piece->name, step);
}

static Status draw_previews(const Options *options, const Sculpture *sculpture)
{
    for (int i = 0; i < options->preview_count; i++) {
        PreviewDesc view = options->views[i];
        const Piece *piece = options->piece;
        if (view.width_mm <= 0) {
            view.target_mm = v3_lerp(piece->low_mm, piece->high_mm, 0.5f);
            view.width_mm = fmaxf(piece->high_mm.y - piece->low_mm.y,
                                  v3_length(v3(piece->high_mm.x - piece->low_mm.x, 0,
                                               piece->high_mm.z - piece->low_mm.z)) *
                                      0.8f);
        }
        TRY(preview_write(sculpture, &view, options->previews[i]));
    }
    return OK;
}

static Status write_piece(const Options *options, const Sculpture *sculpture, Arena *arena)
{
    if (!options->folder)
        return OK;
    TRY(file_make_folders(options->folder));
    TRY(making_write(sculpture, options->folder));
    if (sculpture->pictures)
        return glb_write(sculpture, path_join(arena, options->folder, "sculpture.glb"));
    return ply_write(sculpture, path_join(arena, options->folder, "sculpture.ply"));
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static Status sculpt(const Options *options, Arena *arena)
{
    const Piece *piece = options->piece;
    double start = seconds_now();
    float step_mm = options->is_draft ? piece->draft_step_mm : piece->step_mm;
    if (options->step_um > 0)
        step_mm = clamp_f(options->step_um, 10, 1000) * 0.001f;
    // Without a folder nobody asks for pictures: previews show vertices, unless told otherwise.
    bool is_painted = options->folder || options->is_painted;
    float texel_scale = !is_painted         ? 0
                        : options->is_draft ? 2.5f
                        : options->is_final ? 0.5f
                                            : 1;
    Sculpture sculpture;
    TRY(sculpt_make(&(SculptDesc){.piece = piece,
                                  .step_mm = step_mm,
                                  .texel_scale = texel_scale,
                                  .part_limit = (size_t)fmaxf(options->part_limit, 0),
                                  .progress = show_step,
                                  .context = (void *)(uintptr_t)piece},
                    arena, &sculpture));
    Status whole = sculpt_check(&sculpture, piece->component_count);
    if (whole && options->folder)
        return whole;
    if (whole) // a sketch may still have crumbs
        fprintf(stderr, "%s: %s\n", piece->name, fault_last()->text);
    TRY(write_piece(options, &sculpture, arena));
    fprintf(
        stderr,
        "%s%s: %zu parts, %zu triangles, simplified to %zu, %zu crumbs swept away, %.1f s\n",
        isatty(STDERR_FILENO) ? "\r\033[K" : "", piece->name, sculpture.part_count,
        sculpture.raw_triangle_count, sculpture.index_count / 3, sculpture.dust_count,
        seconds_now() - start);
    return draw_previews(options, &sculpture);
}

int main(int argc, char **argv)
{
    Options options = {0};
    Arena arena = {0};
    Status status = read_options(argc, argv, &options);
    if (status) {
        fprintf(stderr, "vitrine-sculpt: %s\n\n%s", fault_last()->text, USAGE);
        return 2;
    }
    if (options.is_list) {
        size_t count;
        const Piece *const *pieces = piece_list(&count);
        for (size_t i = 0; i < count; i++)
            printf("%-8s %s\n", pieces[i]->name, pieces[i]->summary);
        return 0;
    }
    status = sculpt(&options, &arena);
    if (status)
        fprintf(stderr, "%svitrine-sculpt: %s: %s\n", isatty(STDERR_FILENO) ? "\r\033[K" : "",
                options.piece->name, fault_last()->text);
    arena_drop(&arena);
    scratch_drop();
    return status ? 1 : 0;
}
