// print.c: the pictures of a chart that is drawn row by row, straight into files.

#include "exhibits/sculptor/print.h"

#include <spng.h>
#include <string.h>

#include "io/file.h"
#include "io/thread.h"

enum {
    BAND = 64, // rows drawn at once
    LOT = 8,   // bands between two turns of the encoders
    COMPRESSION = 1
};

const char *const PRINT_FILES[PRINT_MAPS] = {"print-colour.png", "print-gloss.png",
                                             "print-normal.png"};

typedef struct PrintFile {
    FileWriter *writer;
    spng_ctx *png;
    Status status; // of the last write
} PrintFile;

// A lot of bands: rows of each map, three bytes a texel.
typedef struct Lot {
    uint8_t *maps[PRINT_MAPS];
    uint32_t first, count; // rows
} Lot;

typedef struct Press {
    const PrintDesc *desc;
    const void *plate;
    float left_mm, top_mm;
    PrintFile files[PRINT_MAPS];
    Lot lots[2];
    Lot *drawn, *encoded;
} Press;

// ---- files

static int write_bytes(spng_ctx *png, void *context, void *bytes, size_t size)
{
    (void)png;
    PrintFile *file = context;
    file->status = file_writer_append(file->writer, (Bytes){bytes, size});
    return file->status ? SPNG_IO_ERROR : 0;
}

static Status open_file(const PrintDesc *desc, int map, Arena *arena, PrintFile *out)
{
    const char *slash = strrchr(desc->beside, '/');
    int folder = slash ? (int)(slash + 1 - desc->beside) : 0;
    const char *path = str_format(arena, "%.*s%s", folder, desc->beside, PRINT_FILES[map]);
    TRY(file_writer_open(arena, path, &out->writer));
    struct spng_ihdr header = {.width = desc->size.width,
                               .height = desc->size.height,
                               .bit_depth = 8,
                               .color_type = SPNG_COLOR_TYPE_TRUECOLOR};
    out->png = spng_ctx_new(SPNG_CTX_ENCODER);
    if (!out->png || spng_set_png_stream(out->png, write_bytes, out) ||
        spng_set_ihdr(out->png, &header) ||
        spng_set_option(out->png, SPNG_IMG_COMPRESSION_LEVEL, COMPRESSION) ||
        spng_set_option(out->png, SPNG_FILTER_CHOICE, SPNG_FILTER_CHOICE_UP))
        return FAIL(ERR_LIMIT, "%s: a picture of %u x %u cannot be begun", path,
                    (unsigned)desc->size.width, (unsigned)desc->size.height);
    int result = spng_encode_image(out->png, NULL, 0, SPNG_FMT_PNG,
                                   SPNG_ENCODE_PROGRESSIVE | SPNG_ENCODE_FINALIZE);
    TRY(out->status);
    return result ? FAIL(ERR_IO, "%s: %s", path, spng_strerror(result)) : OK;
}

static Status encode_lot(const Press *press, int map, PrintFile *file)
{
    const Lot *lot = press->encoded;
    size_t row_bytes = (size_t)press->desc->size.width * 3;
    for (uint32_t i = 0; i < lot->count; i++) {
        int result = spng_encode_row(file->png, lot->maps[map] + i * row_bytes, row_bytes);
        TRY(file->status);
        if (result && result != SPNG_EOI)
            return FAIL(ERR_IO, "row %u of %s: %s", (unsigned)(lot->first + i),
                        PRINT_FILES[map], spng_strerror(result));
    }
    return OK;
}

// ---- bands

// Normals as glTF tells them: red towards larger u, green towards larger v.
static void tell_normals(const PieceRows *rows, uint8_t *out)
{
    size_t width = rows->width;
    float over = 0.5f / rows->texel_mm;
    for (size_t y = 1; y + 1 < rows->count; y++)
        for (size_t x = 0; x < width; x++, out += 3) {
            const float *h = rows->height_mm + y * width;
            size_t before = x ? x - 1 : x, after = x + 1 < width ? x + 1 : x;
            float u = (h[before] - h[after]) * over;
            float v = (h[x + width] - rows->height_mm[(y - 1) * width + x]) * over;
            float scale = 127.5f / sqrtf(u * u + v * v + 1);
            out[0] = (uint8_t)(128 + u * scale);
            out[1] = (uint8_t)(128 + v * scale);
            out[2] = (uint8_t)(127.5f + scale);
        }
}

static void draw_band(const Press *press, uint32_t band)
{
    Lot *lot = press->drawn;
    uint32_t row = band * BAND, count = MIN((uint32_t)BAND, lot->count - row);
    size_t width = press->desc->size.width, texels = width * (count + 2);
    Scratch scratch = scratch_begin(NULL);
    PieceRows rows = {.width = (uint32_t)width,
                      .count = count + 2, // one more on either side, for normals
                      .first = (int32_t)(lot->first + row) - 1,
                      .left_mm = press->left_mm,
                      .top_mm = press->top_mm,
                      .texel_mm = press->desc->size.texel_mm,
                      .height_mm = ARENA_ARRAY_RAW(scratch.arena, float, texels),
                      .colour = ARENA_ARRAY_RAW(scratch.arena, uint8_t, texels * 3),
                      .gloss = ARENA_ARRAY_RAW(scratch.arena, uint8_t, texels * 3)};
    press->desc->piece->print->rows(press->plate, &rows);
    size_t at = row * width * 3;
    memcpy(lot->maps[0] + at, rows.colour + width * 3, count * width * 3);
    memcpy(lot->maps[1] + at, rows.gloss + width * 3, count * width * 3);
    tell_normals(&rows, lot->maps[2] + at);
    scratch_end(scratch);
}

// The first indices are the encoders', the others bands.
static Status work(void *context, size_t first, size_t count, int worker)
{
    (void)worker;
    Press *press = context;
    for (size_t i = first; i < first + count; i++)
        if (i >= PRINT_MAPS)
            draw_band(press, (uint32_t)i - PRINT_MAPS);
        else if (press->encoded)
            TRY(encode_lot(press, (int)i, &press->files[i]));
    return OK;
}

static Status draw_lots(Press *press)
{
    uint32_t height = press->desc->size.height;
    for (uint32_t row = 0, turn = 0; row < height || press->encoded; turn++) {
        Lot *lot = &press->lots[turn % 2];
        lot->first = row;
        lot->count = MIN((uint32_t)(BAND * LOT), height - row);
        press->drawn = lot;
        TRY(parallel_for(&(ParallelDesc){.count = PRINT_MAPS + (lot->count + BAND - 1) / BAND,
                                         .run = work,
                                         .context = press,
                                         .worker_limit = press->desc->worker_limit}));
        press->encoded = lot->count ? lot : NULL;
        row += lot->count;
    }
    return OK;
}

static Status print_all(Press *press, Arena *arena)
{
    const PrintDesc *desc = press->desc;
    for (int map = 0; map < PRINT_MAPS; map++)
        TRY(open_file(desc, map, arena, &press->files[map]));
    press->plate = desc->piece->print->make(arena);
    TRY(draw_lots(press));
    for (int map = 0; map < PRINT_MAPS; map++) {
        TRY(file_writer_commit(press->files[map].writer));
        press->files[map].writer = NULL;
    }
    return OK;
}

Status print_write(const PrintDesc *desc)
{
    Arena arena = {0};
    const PieceChart *chart = &desc->piece->charts[desc->piece->print->chart];
    Press press = {.desc = desc, .left_mm = chart->low.x};
    press.top_mm = chart->low.y + (float)desc->size.height * desc->size.texel_mm;
    for (int k = 0; k < 2 * PRINT_MAPS; k++)
        press.lots[k % 2].maps[k / 2] =
            ARENA_ARRAY_RAW(&arena, uint8_t, (size_t)desc->size.width * 3 * BAND * LOT);
    Status status = print_all(&press, &arena);
    for (int map = 0; map < PRINT_MAPS; map++) {
        spng_ctx_free(press.files[map].png);
        if (press.files[map].writer)
            file_writer_abandon(press.files[map].writer);
    }
    arena_drop(&arena);
    return status;
}
