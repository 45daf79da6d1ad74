// photo_file.c: a photograph's file: a PNG that grows row by row, with texts beside the
// picture.

#include "museum/photo_file.h"

#include "data/bytes.h"
#include "io/file.h"

#include <errno.h>
#include <fcntl.h>
#include <spng.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

enum { COMPRESSION = 4, MOST_NUMBERS = 9999, HEAD_BYTES = 8, CHUNK_BYTES = 12 };

struct PhotoFile {
    FileWriter *writer;
    spng_ctx *png;
    uint32_t width, height, row;
    Status status; // of the newest write
};

// ---- writing

static int write_bytes(spng_ctx *png, void *user, void *bytes, size_t len)
{
    (void)png;
    PhotoFile *file = user;
    file->status = file_writer_append(file->writer, (Bytes){bytes, len});
    return file->status ? SPNG_IO_ERROR : 0;
}

NODISCARD static Status set_texts(PhotoFile *file, const PhotoFileDesc *desc, Arena *arena)
{
    struct spng_text *texts = ARENA_ARRAY(arena, struct spng_text, MAX(desc->text_count, 1));
    for (uint32_t i = 0; i < desc->text_count; i++) {
        const PhotoText *from = &desc->texts[i];
        snprintf(texts[i].keyword, sizeof texts[i].keyword, "%s", from->keyword);
        texts[i].type = SPNG_ITXT;
        texts[i].text = arena_copy_text(arena, from->text);
        texts[i].length = strlen(from->text);
        texts[i].language_tag = arena_copy_text(arena, "");
        texts[i].translated_keyword = arena_copy_text(arena, "");
    }
    int result = desc->text_count ? spng_set_text(file->png, texts, desc->text_count) : 0;
    return result ? FAIL(ERR_INVALID, "%s: %s", desc->path, spng_strerror(result)) : OK;
}

NODISCARD static Status begin_png(PhotoFile *file, const PhotoFileDesc *desc, Arena *arena)
{
    struct spng_ihdr header = {.width = desc->width,
                               .height = desc->height,
                               .bit_depth = 8,
                               .color_type = SPNG_COLOR_TYPE_TRUECOLOR};
    file->png = spng_ctx_new(SPNG_CTX_ENCODER);
    if (!file->png || spng_set_png_stream(file->png, write_bytes, file) ||
        spng_set_ihdr(file->png, &header) ||
        spng_set_option(file->png, SPNG_IMG_COMPRESSION_LEVEL, COMPRESSION))
        return FAIL(ERR_LIMIT, "%s: a picture of %u x %u cannot be begun", desc->path,
                    (unsigned)desc->width, (unsigned)desc->height);
    TRY(set_texts(file, desc, arena));
    int result = spng_encode_image(file->png, NULL, 0, SPNG_FMT_PNG,
                                   SPNG_ENCODE_PROGRESSIVE | SPNG_ENCODE_FINALIZE);
    TRY(file->status);
    return result ? FAIL(ERR_IO, "%s: %s", desc->path, spng_strerror(result)) : OK;
}

NODISCARD Status photo_file_open(Arena *arena, const PhotoFileDesc *desc, PhotoFile **out)
{
    PhotoFile *file = ARENA_NEW(arena, PhotoFile);
    *file = (PhotoFile){.width = desc->width, .height = desc->height};
    TRY(file_writer_open(arena, desc->path, &file->writer));
    Status status = begin_png(file, desc, arena);
    if (status) {
        photo_file_abandon(file);
        return status;
    }
    *out = file;
    return OK;
}

NODISCARD Status photo_file_add(PhotoFile *file, const uint8_t *rgb, uint32_t row_count)
{
    ASSERT(file->row + row_count <= file->height);
    size_t row_bytes = (size_t)file->width * 3;
    for (uint32_t i = 0; i < row_count; i++) {
        int result = spng_encode_row(file->png, rgb + i * row_bytes, row_bytes);
        file->row++;
        TRY(file->status);
        if (result && result != SPNG_EOI)
            return FAIL(ERR_IO, "the picture's row %u: %s", (unsigned)file->row,
                        spng_strerror(result));
    }
    return OK;
}

NODISCARD Status photo_file_commit(PhotoFile *file)
{
    ASSERT(file->row == file->height);
    spng_ctx_free(file->png);
    file->png = NULL;
    return file_writer_commit(file->writer);
}

void photo_file_abandon(PhotoFile *file)
{
    if (!file)
        return;
    spng_ctx_free(file->png);
    file->png = NULL;
    file_writer_abandon(file->writer);
}

// ---- reading

static uint32_t big_u32(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

// An uncompressed iTXt chunk of that keyword: keyword 0 flag method language 0 translated 0
// text.
static bool read_text(Bytes chunk, const char *keyword, Str *out)
{
    size_t len = strlen(keyword) + 1;
    if (chunk.len < len + 4 || memcmp(chunk.ptr, keyword, len) || chunk.ptr[len])
        return false;
    const uint8_t *end = chunk.ptr + chunk.len, *at = chunk.ptr + len + 2;
    for (int i = 0; i < 2; i++) { // language, translated keyword
        at = memchr(at, 0, (size_t)(end - at));
        if (!at)
            return false;
        at++;
    }
    *out = (Str){(const char *)at, (size_t)(end - at)};
    return true;
}

NODISCARD Status photo_find_text(Bytes png, const char *keyword, Str *out)
{
    static const uint8_t magic[HEAD_BYTES] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    if (png.len < sizeof magic || memcmp(png.ptr, magic, sizeof magic))
        return FAIL(ERR_CORRUPT, "this is no PNG");
    size_t at = sizeof magic;
    while (png.len - at >= CHUNK_BYTES) {
        uint32_t len = big_u32(png.ptr + at);
        const uint8_t *kind = png.ptr + at + 4;
        if (!memcmp(kind, "IDAT", 4) || !memcmp(kind, "IEND", 4))
            break;
        if (len > png.len - at - CHUNK_BYTES)
            return FAIL(ERR_CORRUPT, "a chunk of %u bytes does not end within the file's head",
                        (unsigned)len);
        if (crc32(0, kind, len + 4) != big_u32(kind + 4 + len))
            return FAIL(ERR_CORRUPT, "a chunk's checksum does not fit it");
        if (!memcmp(kind, "iTXt", 4) && read_text((Bytes){kind + 4, len}, keyword, out))
            return utf8_is_valid(*out) ? OK : FAIL(ERR_CORRUPT, "a text is not UTF-8");
        at += CHUNK_BYTES + len;
    }
    return FAIL(ERR_NOT_FOUND, "no text '%s' is in it", keyword);
}

NODISCARD Status photo_read_head(const char *path, Arena *arena, Bytes *out)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return FAIL(errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, "%s: %s", path, strerror(errno));
    uint8_t *bytes = ARENA_ARRAY_RAW(arena, uint8_t, PHOTO_HEAD_BYTES);
    size_t len = fread(bytes, 1, PHOTO_HEAD_BYTES, file);
    bool has_failed = ferror(file) != 0;
    fclose(file);
    if (has_failed)
        return FAIL(ERR_IO, "%s: cannot be read", path);
    *out = (Bytes){bytes, len};
    return OK;
}

// ---- where pictures go

// The line XDG_PICTURES_DIR="$HOME/Bilder" of user-dirs.dirs.
static const char *named_folder(const char *home, Arena *arena)
{
    Bytes text;
    Str rest, line;
    const char *config = getenv("XDG_CONFIG_HOME");
    const char *folder = config && *config ? config : path_join(arena, home, ".config");
    const char *path = path_join(arena, folder, "user-dirs.dirs");
    if (!file_exists(path) || file_read(path, 1 << 16, arena, &text))
        return NULL;
    rest = (Str){(const char *)text.ptr, text.len};
    while (str_next_line(&rest, &line)) {
        const Str head = str_of("XDG_PICTURES_DIR=\"");
        line = str_trim(line);
        if (!str_starts_with(line, head.ptr) || line.ptr[line.len - 1] != '"')
            continue;
        const char *value =
            str_copy(arena, (Str){line.ptr + head.len, line.len - head.len - 1});
        return strncmp(value, "$HOME/", 6) ? value : path_join(arena, home, value + 6);
    }
    return NULL;
}

const char *photo_folder(Arena *arena)
{
    const char *home = getenv("HOME");
    if (!home || !*home)
        return ".";
    const char *named = named_folder(home, arena);
    const char *folder = named ? named : path_join(arena, home, "Pictures");
    return file_is_folder(folder) ? folder : ".";
}

NODISCARD Status photo_reserve(const char *folder, Arena *arena, const char **out)
{
    for (int number = 1; number <= MOST_NUMBERS; number++) {
        const char *path =
            path_join(arena, folder, str_format(arena, "vitrine-%03d.png", number));
        int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (file >= 0) {
            close(file);
            *out = path;
            return OK;
        }
        if (errno != EEXIST)
            return FAIL(ERR_IO, "%s: %s", path, strerror(errno));
    }
    return FAIL(ERR_LIMIT, "%s has %d pictures already", folder, MOST_NUMBERS);
}
