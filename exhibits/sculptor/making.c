// making.c: pictures of how a piece was made: a first form, its triangles, the finished piece.

#include "exhibits/sculptor/making.h"

#include "exhibits/sculptor/picture.h"
#include "exhibits/sculptor/preview.h"

#include "io/file.h"
#include "io/thread.h"

enum { OVERSAMPLE = 2, BAND = 32, ROUND = 8 };

static const float FORM_COARSENESS = 2.2f; // a form is meshed so much coarser than the piece

// ---- sculptures

static PreviewDesc describe(const PiecePicture *picture)
{
    static const PreviewLook LOOKS[] = {[PIECE_FORM] = PREVIEW_GREY,
                                        [PIECE_TRIANGLES] = PREVIEW_TRIANGLES,
                                        [PIECE_RELIEF] = PREVIEW_GREY,
                                        [PIECE_COLOUR] = PREVIEW_COLOUR};
    int columns = picture->is_around ? ROUND / 2 : 1, rows = picture->is_around ? 2 : 1;
    return (PreviewDesc){.width = MAKING_WIDTH / columns,
                         .height = MAKING_HEIGHT / rows,
                         .target_mm = picture->middle,
                         .width_mm = picture->width_mm,
                         .azimuth = picture->azimuth,
                         .elevation = picture->elevation,
                         .lamp_azimuth = picture->lamp_azimuth,
                         .lamp_elevation = picture->lamp_elevation,
                         .look = LOOKS[picture->sight],
                         .turns = picture->is_around ? ROUND : 0};
}

// As the work stood once: nothing is painted, no hand has touched it.
static Status draw_form(const Piece *piece, const PiecePicture *picture, const char *path)
{
    Arena arena = {0};
    Piece early = *piece;
    early.finish = NULL;
    early.charts = NULL;
    early.chart_count = 0;
    early.print = NULL;
    early.skin_mm = 0;
    early.spots = NULL;
    early.spot_count = 0;
    PreviewDesc desc = describe(picture);
    float step_mm = picture->step_mm > 0 ? picture->step_mm : piece->step_mm * FORM_COARSENESS;
    Sculpture form;
    Status status = sculpt_make(
        &(SculptDesc){.piece = &early, .step_mm = step_mm, .part_limit = picture->part_count},
        &arena, &form);
    if (!status)
        status = preview_write(&form, &desc, path);
    arena_drop(&arena);
    return status;
}

// ---- prints

typedef struct Proof {
    const PiecePrint *print;
    const void *plate;
    const PiecePicture *picture;
    float texel_mm;
    Vec3 lamp;
    Picture out;
} Proof;

static float clay_of(const Proof *proof, const PieceRows *rows, size_t x, size_t y)
{
    size_t width = rows->width, before = x ? x - 1 : x, after = x + 1 < width ? x + 1 : x;
    const float *h = rows->height_mm + y * width;
    float over = 0.5f / rows->texel_mm;
    Vec3 normal =
        v3_unit(v3((h[before] - h[after]) * over, (h[x + width] - h[x - width]) * over, 1));
    return 0.02f + 0.55f * fmaxf(v3_dot(normal, proof->lamp), 0);
}

static void average(const Proof *proof, const PieceRows *rows, size_t x, size_t y, uint8_t *out)
{
    float clay = 0, colour[3] = {0, 0, 0};
    for (size_t k = 0; k < OVERSAMPLE * OVERSAMPLE; k++) {
        size_t sx = x * OVERSAMPLE + k % OVERSAMPLE, sy = y * OVERSAMPLE + k / OVERSAMPLE + 1;
        clay += clay_of(proof, rows, sx, sy) / (OVERSAMPLE * OVERSAMPLE);
        for (size_t c = 0; c < 3; c++)
            colour[c] += (float)rows->colour[(sy * rows->width + sx) * 3 + c];
    }
    for (size_t c = 0; c < 3; c++)
        out[c] = proof->picture->sight == PIECE_PRINT_RELIEF
                     ? sculpt_srgb(clay)
                     : (uint8_t)(colour[c] / (OVERSAMPLE * OVERSAMPLE) + 0.5f);
}

static Status pull_bands(void *context, size_t first, size_t count, int worker)
{
    (void)worker;
    const Proof *proof = context;
    for (size_t band = first; band < first + count; band++) {
        Scratch scratch = scratch_begin(NULL);
        size_t top = band * BAND, height = MIN((size_t)BAND, (size_t)MAKING_HEIGHT - top);
        PieceRows rows = {.width = MAKING_WIDTH * OVERSAMPLE,
                          .count = (uint32_t)height * OVERSAMPLE + 2, // for slopes
                          .first = (int32_t)(top * OVERSAMPLE) - 1,
                          .texel_mm = proof->texel_mm};
        size_t texels = (size_t)rows.width * rows.count;
        rows.left_mm =
            proof->picture->middle.x - proof->texel_mm * MAKING_WIDTH * OVERSAMPLE / 2;
        rows.top_mm =
            proof->picture->middle.y + proof->texel_mm * MAKING_HEIGHT * OVERSAMPLE / 2;
        rows.height_mm = ARENA_ARRAY_RAW(scratch.arena, float, texels);
        rows.colour = ARENA_ARRAY_RAW(scratch.arena, uint8_t, texels * 3);
        rows.gloss = ARENA_ARRAY_RAW(scratch.arena, uint8_t, texels * 3);
        proof->print->rows(proof->plate, &rows);
        for (size_t y = 0; y < height; y++)
            for (size_t x = 0; x < MAKING_WIDTH; x++)
                average(proof, &rows, x, y,
                        proof->out.pixels + ((top + y) * MAKING_WIDTH + x) * 3);
        scratch_end(scratch);
    }
    return OK;
}

static Status pull_proof(const Piece *piece, const PiecePicture *picture, const char *path)
{
    Arena arena = {0};
    float a = picture->lamp_azimuth * PI_F / 180, e = picture->lamp_elevation * PI_F / 180;
    Proof proof = {.print = piece->print,
                   .plate = piece->print->make(&arena),
                   .picture = picture,
                   .texel_mm = picture->width_mm / (MAKING_WIDTH * OVERSAMPLE),
                   .lamp = v3(sinf(a) * cosf(e), cosf(a) * cosf(e), sinf(e)),
                   .out = {.width = MAKING_WIDTH, .height = MAKING_HEIGHT}};
    proof.out.pixels = ARENA_ARRAY_RAW(&arena, uint8_t, MAKING_WIDTH * MAKING_HEIGHT * 3);
    Status status = parallel_for(&(ParallelDesc){
        .count = (MAKING_HEIGHT + BAND - 1) / BAND, .run = pull_bands, .context = &proof});
    if (!status)
        status = picture_write(&proof.out, path);
    arena_drop(&arena);
    return status;
}

Status making_write(const Sculpture *sculpture, const char *folder)
{
    const Piece *piece = sculpture->piece;
    Arena arena = {0};
    Status status = file_make_folders(folder);
    for (int i = 0; i < piece->picture_count && !status; i++) {
        const PiecePicture *picture = &piece->pictures[i];
        const char *path = path_join(&arena, folder, picture->file);
        PreviewDesc desc;
        switch (picture->sight) {
        case PIECE_FORM:
            status = draw_form(piece, picture, path);
            break;
        case PIECE_PRINT_RELIEF:
        case PIECE_PRINT_COLOUR:
            status = pull_proof(piece, picture, path);
            break;
        case PIECE_TRIANGLES:
        case PIECE_RELIEF:
        case PIECE_COLOUR:
            desc = describe(picture);
            status = preview_write(sculpture, &desc, path);
            break;
        }
    }
    arena_drop(&arena);
    return status;
}
