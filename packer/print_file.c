// print_file.c: solids as files for printers: STL and 3MF.

#include "packer/print_file.h"

#include "data/bytes.h"
#include "io/file.h"
#include "packer/temporary.h"
#include "packer/verb.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <zip.h>

enum { STL_HEADER_BYTES = 84, STL_TRIANGLE_BYTES = 50, STL_BATCH = 4096, ASK_EVERY = 65536 };

// ---- STL

static void put_triangle(const Solid *solid, const uint32_t triangle[3], uint8_t *out)
{
    const float *a = solid->positions[triangle[0]], *b = solid->positions[triangle[1]],
                *c = solid->positions[triangle[2]];
    float values[12];
    double normal[3], length = 0;
    for (int i = 0; i < 3; i++) {
        int j = (i + 1) % 3, k = (i + 2) % 3;
        normal[i] = ((double)b[j] - a[j]) * ((double)c[k] - a[k]) -
                    ((double)b[k] - a[k]) * ((double)c[j] - a[j]);
        length += normal[i] * normal[i];
    }
    for (int i = 0; i < 3; i++) {
        values[i] = length > 0 ? (float)(normal[i] / sqrt(length)) : 0;
        values[3 + i] = a[i];
        values[6 + i] = b[i];
        values[9 + i] = c[i];
    }
    BytesWriter writer = {out};
    bytes_put_floats(&writer, values, COUNT_OF(values));
    bytes_put_u16(&writer, 0);
}

NODISCARD static Status append_stl(FileWriter *file, const Solid *solid, Cancel *cancel)
{
    uint8_t header[STL_HEADER_BYTES] = "millimetres, z up; written by " VERB_GENERATOR;
    uint8_t batch[STL_BATCH * STL_TRIANGLE_BYTES];
    bytes_put_u32(&(BytesWriter){header + STL_HEADER_BYTES - 4}, solid->triangle_count);
    TRY(file_writer_append(file, (Bytes){header, sizeof header}));
    for (uint32_t first = 0; first < solid->triangle_count; first += STL_BATCH) {
        uint32_t count = MIN((uint32_t)STL_BATCH, solid->triangle_count - first);
        TRY(cancel_check(cancel));
        for (uint32_t i = 0; i < count; i++)
            put_triangle(solid, solid->triangles[first + i], batch + i * STL_TRIANGLE_BYTES);
        TRY(file_writer_append(file, (Bytes){batch, count * STL_TRIANGLE_BYTES}));
    }
    return OK;
}

Status print_write_stl(const char *path, const Solid *solid, Cancel *cancel)
{
    Scratch scratch = scratch_begin(NULL);
    FileWriter *file;
    Status status = file_writer_open(scratch.arena, path, &file);
    if (!status) {
        status = append_stl(file, solid, cancel);
        if (!status)
            status = file_writer_commit(file);
        else
            file_writer_abandon(file);
    }
    scratch_end(scratch);
    return status;
}

// ---- 3MF: its XML

static const char content_types[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
    "<Default Extension=\"rels\" "
    "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    "<Default Extension=\"model\" "
    "ContentType=\"application/vnd.ms-package.3dmanufacturing-3dmodel+xml\"/></Types>\n";

static const char relationships[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    "<Relationship Target=\"/3D/3dmodel.model\" Id=\"model\" "
    "Type=\"http://schemas.microsoft.com/3dmanufacturing/2013/01/3dmodel\"/>"
    "</Relationships>\n";

// Control characters are none of XML's.
static void put_escaped(FILE *file, const char *text)
{
    for (; *text; text++) {
        const char *entity = *text == '<'   ? "&lt;"
                             : *text == '>' ? "&gt;"
                             : *text == '&' ? "&amp;"
                                            : NULL;
        if (entity)
            fputs(entity, file);
        else if ((unsigned char)*text >= ' ' || *text == '\n' || *text == '\t')
            fputc(*text, file);
    }
}

static void put_metadata(FILE *file, const char *name, const char *text)
{
    if (!text || !*text)
        return;
    fprintf(file, "<metadata name=\"%s\">", name);
    put_escaped(file, text);
    fputs("</metadata>\n", file);
}

NODISCARD static Status put_mesh(FILE *file, const Solid *solid, Cancel *cancel)
{
    fputs("<mesh>\n<vertices>\n", file);
    for (uint32_t i = 0; i < solid->vertex_count; i++) {
        const float *at = solid->positions[i];
        if (i % ASK_EVERY == 0)
            TRY(cancel_check(cancel));
        fprintf(file, "<vertex x=\"%.7g\" y=\"%.7g\" z=\"%.7g\"/>\n", (double)at[0],
                (double)at[1], (double)at[2]);
    }
    fputs("</vertices>\n<triangles>\n", file);
    for (uint32_t i = 0; i < solid->triangle_count; i++) {
        const uint32_t *t = solid->triangles[i];
        if (i % ASK_EVERY == 0)
            TRY(cancel_check(cancel));
        fprintf(file, "<triangle v1=\"%u\" v2=\"%u\" v3=\"%u\"/>\n", t[0], t[1], t[2]);
    }
    fputs("</triangles>\n</mesh>\n", file);
    return OK;
}

NODISCARD static Status put_model(FILE *file, const Solid *solid, const PrintText *text,
                                  Cancel *cancel)
{
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
          "<model unit=\"millimeter\" xml:lang=\"en-US\" "
          "xmlns=\"http://schemas.microsoft.com/3dmanufacturing/core/2015/02\">\n",
          file);
    put_metadata(file, "Title", text->title);
    put_metadata(file, "Designer", text->designer);
    put_metadata(file, "Description", text->description);
    put_metadata(file, "Copyright", text->copyright);
    put_metadata(file, "LicenseTerms", text->license);
    put_metadata(file, "Application", VERB_GENERATOR);
    fputs("<resources>\n<object id=\"1\" type=\"model\">\n", file);
    TRY(put_mesh(file, solid, cancel));
    fputs("</object>\n</resources>\n<build>\n<item objectid=\"1\"/>\n</build>\n</model>\n",
          file);
    return fflush(file) == 0
               ? OK
               : FAIL(ERR_IO, "cannot write a temporary file: %s", strerror(errno));
}

// ---- 3MF: its zip

// A fixed day, in the zone zips count in: the same solid gives the same bytes.
static time_t fixed_time(void)
{
    struct tm day = {.tm_year = 80, .tm_mday = 1, .tm_isdst = -1};
    return mktime(&day);
}

// Takes the source, in any case.
NODISCARD static Status add_entry(zip_t *zip, const char *name, zip_source_t *source)
{
    zip_int64_t index = source ? zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8) : -1;
    if (index < 0) {
        if (source)
            zip_source_free(source);
        return FAIL(ERR_IO, "%s", zip_strerror(zip));
    }
    zip_file_set_mtime(zip, (zip_uint64_t)index, fixed_time(), 0);
    return OK;
}

NODISCARD static Status add_entries(zip_t *zip, FILE *model)
{
    TRY(add_entry(zip, "[Content_Types].xml",
                  zip_source_buffer(zip, content_types, sizeof content_types - 1, 0)));
    TRY(add_entry(zip, "_rels/.rels",
                  zip_source_buffer(zip, relationships, sizeof relationships - 1, 0)));
    FILE *read = fdopen(dup(fileno(model)), "rb"); // the source closes it
    ASSERT(read);
    rewind(read);
    return add_entry(zip, "3D/3dmodel.model", zip_source_filep(zip, read, 0, -1));
}

static int is_cancelled(zip_t *zip, void *cancel)
{
    (void)zip;
    return cancel_is_requested(cancel);
}

// Closing writes: into a file of another name, which takes this one when it is whole.
NODISCARD static Status write_zip(const char *path, FILE *model, Cancel *cancel)
{
    int error;
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &error);
    if (!zip) {
        zip_error_t told;
        zip_error_init_with_code(&told, error);
        Status status =
            FAIL(ERR_IO, "%s: cannot be written: %s", path, zip_error_strerror(&told));
        zip_error_fini(&told);
        return status;
    }
    Status status = add_entries(zip, model);
    zip_register_cancel_callback_with_state(zip, is_cancelled, NULL, cancel);
    if (!status && zip_close(zip) == 0)
        return OK;
    if (!status)
        status = cancel_check(cancel);
    if (!status)
        status = FAIL(ERR_IO, "%s: cannot be written: %s", path, zip_strerror(zip));
    zip_discard(zip);
    return status;
}

Status print_write_3mf(const char *path, const Solid *solid, const PrintText *text,
                       Cancel *cancel)
{
    Scratch scratch = scratch_begin(NULL);
    int file;
    Status status = temporary_open(path_folder(scratch.arena, path), &file);
    scratch_end(scratch);
    TRY(status);
    FILE *model = fdopen(file, "w+b");
    ASSERT(model); // else there is no memory
    status = put_model(model, solid, text, cancel);
    if (!status)
        status = write_zip(path, model, cancel);
    fclose(model);
    return status;
}
