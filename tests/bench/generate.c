// generate.c: inputs of any size for measuring, the same ones every time.
//
//   vitrine-generate relief SCAN --steps N -o OUT.ply|OUT.stl
//   vitrine-generate atlas SCAN [--steps N] --charts N --side N -o OUT.glb
//   vitrine-generate project SCAN [--steps N] --side N [--from 1|6] -o OUT.glb
//   vitrine-generate plate --side N [--wide MM] -o OUT.glb
//
// SCAN may need --unit mm. Pictures lie beside the GLB, as PNG or with --jpeg as JPEG. An atlas
// is painted with what known_place says of places, the others hold what known_texel says.

#include "base/log.h"
#include "bench/glb_write.h"
#include "bench/known.h"
#include "bench/picture_rows.h"
#include "bench/unwrap.h"
#include "packer/args.h"
#include "packer/import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Generate {
    const char *words[2]; // verb, scan
    size_t word_count;
    const char *unit, *steps, *charts, *side, *from, *wide_mm, *path;
    bool is_jpeg;
    Arena arena;
} Generate;

enum { ROWS = 64 };

static double number_of(const char *text, double normal)
{
    double number;
    return text && str_to_double(str_of(text), &number) ? number : normal;
}

static uint32_t side_of(const Generate *generate)
{
    return (uint32_t)CLAMP(number_of(generate->side, 8192), 8.0, 65536.0);
}

// "dir/plate.glb" -> "dir/plate.png"
static const char *picture_path(Generate *generate)
{
    Str stem = path_stem(generate->path);
    const char *name = str_format(&generate->arena, "%.*s.%s", (int)stem.len, stem.ptr,
                                  generate->is_jpeg ? "jpg" : "png");
    return path_join(&generate->arena, path_folder(&generate->arena, generate->path), name);
}

// ---- pictures

typedef struct KnownRows {
    uint32_t side, first;
    uint8_t *rgb;
} KnownRows;

static Status fill_rows(void *context, size_t first, size_t count, int worker)
{
    const KnownRows *rows = context;
    (void)worker;
    for (size_t y = first; y < first + count; y++) {
        for (uint32_t x = 0; x < rows->side; x++)
            known_texel(x, rows->first + (uint32_t)y, &rows->rgb[(y * rows->side + x) * 3]);
    }
    return OK;
}

NODISCARD static Status add_known(PictureRows *file, uint32_t side, Arena *arena)
{
    uint8_t *rgb = ARENA_ARRAY_RAW(arena, uint8_t, (size_t)side * ROWS * 3);
    for (uint32_t y = 0; y < side; y += ROWS) {
        KnownRows rows = {.side = side, .first = y, .rgb = rgb};
        uint32_t count = MIN((uint32_t)ROWS, side - y);
        TRY(parallel_for(&(ParallelDesc){.count = count, .run = fill_rows, .context = &rows}));
        TRY(picture_rows_add(file, rgb, count));
    }
    return OK;
}

// `rgb` of side x side, or NULL: what known_texel says.
NODISCARD static Status write_picture(Generate *generate, uint32_t side, const uint8_t *rgb)
{
    PictureRows *file = NULL;
    Status status =
        picture_rows_open(&generate->arena, picture_path(generate), side, side, &file);
    if (!status)
        status =
            rgb ? picture_rows_add(file, rgb, side) : add_known(file, side, &generate->arena);
    if (!file || !status)
        return file ? picture_rows_close(file) : status;
    Scratch scratch = scratch_begin(NULL);
    const char *reason = arena_copy_text(scratch.arena, fault_last()->text);
    Status closed = picture_rows_close(file);
    (void)closed; // the first reason is the one that counts
    fault_set(status, __FILE__, __LINE__, "%s", reason);
    scratch_end(scratch);
    return status;
}

NODISCARD static Status write_glb(Generate *generate, const Unwrap *unwrap)
{
    Str name = path_name(picture_path(generate));
    return glb_write(&(GlbMesh){.vertex_count = unwrap->mesh.vertex_count,
                                .triangle_count = unwrap->mesh.triangle_count,
                                .positions = (const float(*)[3])unwrap->mesh.positions,
                                .normals = (const float(*)[3])unwrap->mesh.normals,
                                .uvs = (const float(*)[2])unwrap->uvs,
                                .triangles = (const uint32_t(*)[3])unwrap->mesh.triangles,
                                .picture = str_copy(&generate->arena, name)},
                     generate->path);
}

// ---- verbs

NODISCARD static Status take_mesh(Generate *generate, Arena arenas[2], ReliefMesh *out)
{
    ImportOptions import = {0};
    if (generate->word_count < 2)
        return FAIL(ERR_INVALID, "name the scan");
    if (generate->unit && !import_unit_parse(generate->unit, &import.unit))
        return FAIL(ERR_INVALID, "--unit is mm, cm, m or in");
    Scan scan;
    Status status = import_scan(generate->words[1], &import, &arenas[1], &scan);
    if (!status)
        *out = relief_take(&scan, &arenas[0]);
    arena_drop(&arenas[1]);
    return status ? status : relief_grow(out, (int)number_of(generate->steps, 0), arenas);
}

NODISCARD static Status make_relief(Generate *generate, Arena arenas[2])
{
    ReliefMesh mesh;
    TRY(take_mesh(generate, arenas, &mesh));
    TRY(relief_write(&mesh, generate->path));
    printf("{\"triangles\": %u, \"vertices\": %u, \"unit\": \"m\"}\n", mesh.triangle_count,
           mesh.vertex_count);
    return OK;
}

NODISCARD static Status make_atlas(Generate *generate, Arena arenas[2])
{
    ReliefMesh mesh;
    Unwrap unwrap;
    UnwrapPicture picture;
    uint32_t charts = (uint32_t)CLAMP(number_of(generate->charts, 1000), 1.0, 1e7);
    TRY(take_mesh(generate, arenas, &mesh));
    TRY(unwrap_atlas(&mesh, charts, side_of(generate), &generate->arena, &unwrap));
    TRY(unwrap_paint(&unwrap, &generate->arena, &picture));
    TRY(write_glb(generate, &unwrap));
    TRY(write_picture(generate, unwrap.side, &picture.rgb[0][0]));
    double texels = (double)unwrap.side * unwrap.side;
    printf("{\"triangles\": %u, \"vertices\": %u, \"charts\": %u, \"side\": %u, "
           "\"texel_um\": %.1f, \"used\": %.3f, \"shared\": %.5f}\n",
           unwrap.mesh.triangle_count, unwrap.mesh.vertex_count, unwrap.chart_count,
           unwrap.side, (double)unwrap.texel_m * 1e6, (double)picture.used_texels / texels,
           (double)picture.shared_texels / texels);
    return OK;
}

NODISCARD static Status make_projection(Generate *generate, Arena arenas[2])
{
    ReliefMesh mesh;
    TRY(take_mesh(generate, arenas, &mesh));
    int sides = number_of(generate->from, 6) > 1 ? 6 : 1;
    Unwrap unwrap = unwrap_project(&mesh, sides, side_of(generate), &generate->arena);
    TRY(write_glb(generate, &unwrap));
    TRY(write_picture(generate, unwrap.side, NULL));
    printf("{\"triangles\": %u, \"vertices\": %u, \"side\": %u, \"texel_um\": %.1f}\n",
           unwrap.mesh.triangle_count, unwrap.mesh.vertex_count, unwrap.side,
           (double)unwrap.texel_m * 1e6);
    return OK;
}

// Upright, its picture towards the visitor.
NODISCARD static Status make_plate(Generate *generate, Arena arenas[2])
{
    (void)arenas;
    float wide = (float)CLAMP(number_of(generate->wide_mm, 1000), 1.0, 10000.0) / 1000;
    float positions[4][3] = {
        {-wide / 2, wide, 0}, {wide / 2, wide, 0}, {-wide / 2, 0, 0}, {wide / 2, 0, 0}};
    float normals[4][3] = {{0, 0, 1}, {0, 0, 1}, {0, 0, 1}, {0, 0, 1}};
    float uvs[4][2] = {{0, 0}, {1, 0}, {0, 1}, {1, 1}};
    uint32_t triangles[2][3] = {{0, 2, 1}, {1, 2, 3}};
    Unwrap unwrap = {.mesh = {.vertex_count = 4,
                              .triangle_count = 2,
                              .positions = positions,
                              .normals = normals,
                              .triangles = triangles},
                     .uvs = uvs,
                     .side = side_of(generate)};
    TRY(write_glb(generate, &unwrap));
    TRY(write_picture(generate, unwrap.side, NULL));
    printf("{\"triangles\": 2, \"side\": %u, \"texel_um\": %.1f}\n", unwrap.side,
           (double)wide * 1e6 / unwrap.side);
    return OK;
}

static Status run(int count, char **arguments, Generate *generate)
{
    static const struct {
        const char *name;
        Status (*make)(Generate *generate, Arena arenas[2]);
    } verbs[] = {{"relief", make_relief},
                 {"atlas", make_atlas},
                 {"project", make_projection},
                 {"plate", make_plate}};
    ArgOption options[] = {
        {"--unit", NULL, &generate->unit, NULL},     {"--steps", NULL, &generate->steps, NULL},
        {"--charts", NULL, &generate->charts, NULL}, {"--side", NULL, &generate->side, NULL},
        {"--from", NULL, &generate->from, NULL},     {"--wide", NULL, &generate->wide_mm, NULL},
        {"--output", "-o", &generate->path, NULL},   {"--jpeg", NULL, NULL, &generate->is_jpeg},
    };
    ArgSpec spec = {options, COUNT_OF(options), generate->words, COUNT_OF(generate->words),
                    &generate->word_count};
    TRY(args_parse(count - 1, arguments + 1, &spec));
    if (!generate->word_count || !generate->path)
        return FAIL(ERR_INVALID, "say relief, atlas, project or plate, and -o OUT");
    for (size_t i = 0; i < COUNT_OF(verbs); i++) {
        if (strcmp(generate->words[0], verbs[i].name) != 0)
            continue;
        Arena arenas[2] = {{0}};
        Status status = verbs[i].make(generate, arenas);
        arena_drop(&arenas[0]);
        arena_drop(&arenas[1]);
        return status;
    }
    return FAIL(ERR_INVALID, "'%s' is none of relief, atlas, project, plate",
                generate->words[0]);
}

int main(int count, char **arguments)
{
    Generate generate = {0};
    Status status = run(count, arguments, &generate);
    if (status)
        log_fault(LOG_ERROR, "vitrine-generate");
    arena_drop(&generate.arena);
    scratch_drop();
    return status ? 1 : 0;
}
