// import_gltf_buffer.c: glTF's buffers, buffer views and URIs -> bytes.

#include "packer/import_gltf_buffer.h"

#include <meshoptimizer.h>

#include <string.h>
#include <strings.h>

// ---- the document's small change

static const JsonRange any_size = {0, 9007199254740992.0};

Status gltf_get_index(JsonValue object, const char *key, JsonNeed need, JsonValue array,
                      uint32_t *out)
{
    int64_t index = -1;
    TRY(json_get_int(object, key, need, any_size, &index));
    if (index < 0)
        return OK;
    if ((uint64_t)index >= json_count(array))
        return json_fail(json_get(object, key), ERR_CORRUPT, "names number %lld of %zu",
                         (long long)index, json_count(array));
    *out = (uint32_t)index;
    return OK;
}

Status gltf_get_size(JsonValue object, const char *key, JsonNeed need, uint64_t *out)
{
    int64_t size = (int64_t)*out;
    TRY(json_get_int(object, key, need, any_size, &size));
    *out = (uint64_t)size;
    return OK;
}

Status gltf_get_extension(JsonValue object, const char *name, JsonValue *out)
{
    JsonValue extensions = {0};
    *out = (JsonValue){0};
    TRY(json_get_object(object, "extensions", JSON_OPTIONAL, &extensions));
    if (extensions.value)
        TRY(json_get_object(extensions, name, JSON_OPTIONAL, out));
    return OK;
}

// ---- URIs

bool gltf_is_data_uri(const char *uri)
{
    return strncasecmp(uri, "data:", 5) == 0;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// "%41" -> "A". The result is never longer.
static Status decode_percent(JsonValue at, const char *text, uint8_t *out, size_t *out_len)
{
    size_t len = 0;
    for (; *text; text++) {
        if (*text != '%') {
            out[len++] = (uint8_t)*text;
            continue;
        }
        int high = hex_digit(text[1]);
        int low = high < 0 ? -1 : hex_digit(text[2]);
        if (low < 0)
            return json_fail(at, ERR_CORRUPT, "a URI with a broken %% escape");
        out[len++] = (uint8_t)(high * 16 + low);
        text += 2;
    }
    *out_len = len;
    return OK;
}

static int base64_digit(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    if (c == '+' || c == '-')
        return 62;
    return c == '/' || c == '_' ? 63 : -1;
}

static Status decode_base64(JsonValue at, const char *text, uint8_t *out, size_t *out_len)
{
    uint32_t bits = 0;
    size_t digits = 0, len = 0;
    for (; *text && *text != '='; text++) {
        int digit = base64_digit(*text);
        if (digit < 0)
            return json_fail(at, ERR_CORRUPT, "a data URI that is not base64");
        bits = bits << 6 | (uint32_t)digit;
        if (++digits % 4 == 0) {
            out[len++] = (uint8_t)(bits >> 16);
            out[len++] = (uint8_t)(bits >> 8);
            out[len++] = (uint8_t)bits;
        }
    }
    if (digits % 4 == 1 || text[strspn(text, "=")] != 0)
        return json_fail(at, ERR_CORRUPT, "a data URI whose base64 ends too early");
    if (digits % 4 == 2)
        out[len++] = (uint8_t)(bits >> 4);
    if (digits % 4 == 3) {
        out[len++] = (uint8_t)(bits >> 10);
        out[len++] = (uint8_t)(bits >> 2);
    }
    *out_len = len;
    return OK;
}

Status gltf_decode_data_uri(JsonValue at, const char *uri, Arena *arena, Bytes *out)
{
    const char *comma = strchr(uri, ',');
    if (!comma)
        return json_fail(at, ERR_CORRUPT, "a data URI without data");
    bool is_base64 = comma - uri >= 7 && strncasecmp(comma - 7, ";base64", 7) == 0;
    uint8_t *bytes = arena_alloc_raw(arena, strlen(comma), 16);
    size_t len = 0;
    TRY(is_base64 ? decode_base64(at, comma + 1, bytes, &len)
                  : decode_percent(at, comma + 1, bytes, &len));
    *out = (Bytes){bytes, len};
    return OK;
}

Status gltf_decode_file_uri(JsonValue at, const char *uri, Arena *arena, const char **out)
{
    char *name = arena_alloc_raw(arena, strlen(uri) + 1, 1);
    size_t len = 0;
    TRY(decode_percent(at, uri, (uint8_t *)name, &len));
    name[len] = 0;
    if (memchr(name, 0, len) || !utf8_is_valid((Str){name, len}))
        return json_fail(at, ERR_CORRUPT, "a URI that is not UTF-8 text");
    *out = name;
    return OK;
}

// ---- buffers

static Status find_buffer_bytes(GltfDocument *document, JsonValue buffer, Bytes *out)
{
    const char *uri = NULL;
    TRY(json_get_text(buffer, "uri", JSON_OPTIONAL, &uri));
    if (!uri) {
        if (buffer.index != 0 || !document->has_binary)
            return json_fail(buffer, ERR_NOT_FOUND,
                             "a buffer without a URI, in a file without a binary part");
        *out = document->binary;
        return OK;
    }
    JsonValue at = json_get(buffer, "uri");
    if (gltf_is_data_uri(uri))
        return gltf_decode_data_uri(at, uri, &document->job->temporary, out);
    const char *name = NULL;
    TRY(gltf_decode_file_uri(at, uri, &document->job->temporary, &name));
    return import_job_companion(document->job, name, out);
}

static Status read_buffer(GltfDocument *document, uint32_t index, Bytes *out)
{
    GltfBuffer *known = &document->read_buffers[index];
    if (!known->is_read) {
        JsonValue buffer = json_item(document->buffers, index);
        TRY(json_to_object(buffer));
        uint64_t length = 0;
        Bytes bytes = {0};
        TRY(gltf_get_size(buffer, "byteLength", JSON_REQUIRED, &length));
        TRY(find_buffer_bytes(document, buffer, &bytes));
        if (bytes.len < length)
            return json_fail(buffer, ERR_CORRUPT, "promises %llu bytes; there are %zu",
                             (unsigned long long)length, bytes.len);
        *known = (GltfBuffer){bytes_first(bytes, length), true};
    }
    *out = known->bytes;
    return OK;
}

// The part of a buffer that a view, or the compressed part of one, names.
static Status read_part(GltfDocument *document, JsonValue view, Bytes *out)
{
    uint32_t buffer = 0;
    uint64_t offset = 0, length = 0;
    Bytes bytes = {0};
    TRY(gltf_get_index(view, "buffer", JSON_REQUIRED, document->buffers, &buffer));
    TRY(gltf_get_size(view, "byteOffset", JSON_OPTIONAL, &offset));
    TRY(gltf_get_size(view, "byteLength", JSON_REQUIRED, &length));
    TRY(read_buffer(document, buffer, &bytes));
    if (offset > bytes.len || length > bytes.len - offset)
        return json_fail(view, ERR_CORRUPT, "names bytes %llu to %llu of a buffer of %zu",
                         (unsigned long long)offset, (unsigned long long)(offset + length),
                         bytes.len);
    *out = bytes_first(bytes_skip(bytes, offset), length);
    return OK;
}

// ---- EXT_meshopt_compression

enum { MESHOPT_MAX_RATIO = 256, MESHOPT_SLACK = 64 * 1024 };
enum { MODE_ATTRIBUTES, MODE_TRIANGLES, MODE_INDICES };
enum { FILTER_NONE, FILTER_OCTAHEDRAL, FILTER_QUATERNION, FILTER_EXPONENTIAL };

typedef struct MeshoptView {
    JsonValue json;
    Bytes packed;
    uint64_t count, stride;
    int mode, filter;
} MeshoptView;

static Status parse_meshopt(GltfDocument *document, JsonValue json, MeshoptView *out)
{
    static const char *const modes[] = {"ATTRIBUTES", "TRIANGLES", "INDICES"};
    static const char *const filters[] = {"NONE", "OCTAHEDRAL", "QUATERNION", "EXPONENTIAL"};
    *out = (MeshoptView){.json = json};
    TRY(read_part(document, json, &out->packed));
    TRY(gltf_get_size(json, "count", JSON_REQUIRED, &out->count));
    TRY(gltf_get_size(json, "byteStride", JSON_REQUIRED, &out->stride));
    TRY(json_get_word(json, "mode", JSON_REQUIRED, modes, COUNT_OF(modes), &out->mode));
    return json_get_word(json, "filter", JSON_OPTIONAL, filters, COUNT_OF(filters),
                         &out->filter);
}

// The decoders assert what they expect; a file must never get that far with less.
static Status check_meshopt(const MeshoptView *view)
{
    bool is_index = view->mode != MODE_ATTRIBUTES;
    bool is_sound = is_index ? view->stride == 2 || view->stride == 4
                             : view->stride > 0 && view->stride <= 256 && view->stride % 4 == 0;
    if (view->mode == MODE_TRIANGLES)
        is_sound &= view->count % 3 == 0;
    if (view->filter == FILTER_OCTAHEDRAL)
        is_sound &= !is_index && (view->stride == 4 || view->stride == 8);
    if (view->filter == FILTER_QUATERNION)
        is_sound &= !is_index && view->stride == 8;
    if (view->filter == FILTER_EXPONENTIAL)
        is_sound &= !is_index;
    if (!is_sound)
        return json_fail(view->json, ERR_CORRUPT,
                         "compressed data whose count, stride, mode and filter do not fit");
    if (view->count > (view->packed.len * MESHOPT_MAX_RATIO + MESHOPT_SLACK) / view->stride)
        return json_fail(view->json, ERR_LIMIT,
                         "%zu bytes that claim to hold %llu items of %llu", view->packed.len,
                         (unsigned long long)view->count, (unsigned long long)view->stride);
    return OK;
}

static void apply_filter(const MeshoptView *view, void *items)
{
    if (view->filter == FILTER_OCTAHEDRAL)
        meshopt_decodeFilterOct(items, view->count, view->stride);
    if (view->filter == FILTER_QUATERNION)
        meshopt_decodeFilterQuat(items, view->count, view->stride);
    if (view->filter == FILTER_EXPONENTIAL)
        meshopt_decodeFilterExp(items, view->count, view->stride);
}

static Status decode_meshopt(GltfDocument *document, JsonValue json, Bytes *out)
{
    MeshoptView view;
    TRY(parse_meshopt(document, json, &view));
    TRY(check_meshopt(&view));
    size_t size = view.count * view.stride;
    void *items = arena_alloc_raw(&document->job->temporary, MAX(size, (size_t)1), 16);
    const uint8_t *packed = view.packed.ptr;
    int refused = 0;
    if (view.mode == MODE_ATTRIBUTES)
        refused =
            meshopt_decodeVertexBuffer(items, view.count, view.stride, packed, view.packed.len);
    else if (view.mode == MODE_TRIANGLES)
        refused =
            meshopt_decodeIndexBuffer(items, view.count, view.stride, packed, view.packed.len);
    else
        refused = meshopt_decodeIndexSequence(items, view.count, view.stride, packed,
                                              view.packed.len);
    if (refused)
        return json_fail(json, ERR_CORRUPT, "compressed data that does not decode");
    apply_filter(&view, items);
    *out = (Bytes){items, size};
    return OK;
}

// ---- views

Status gltf_read_view(GltfDocument *document, uint32_t index, GltfView *out)
{
    JsonValue view = json_item(document->views, index), compressed;
    uint64_t stride = 0;
    TRY(json_to_object(view));
    TRY(gltf_get_size(view, "byteStride", JSON_OPTIONAL, &stride));
    if (stride > 252)
        return json_fail(view, ERR_CORRUPT, "a stride of %llu; at most 252 are allowed",
                         (unsigned long long)stride);
    *out = (GltfView){.stride = (uint32_t)stride};
    TRY(gltf_get_extension(view, "EXT_meshopt_compression", &compressed));
    if (!compressed.value)
        return read_part(document, view, &out->bytes);
    GltfBuffer *known = &document->decoded_views[index];
    if (!known->is_read) {
        TRY(decode_meshopt(document, compressed, &known->bytes));
        known->is_read = true;
    }
    out->bytes = known->bytes;
    return OK;
}
