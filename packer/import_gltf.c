// import_gltf.c: glTF 2.0 and GLB -> Scan: the container, the document's head.

#include "packer/import_gltf.h"

#include <string.h>

#include "packer/import_gltf_document.h"
#include "packer/import_gltf_scene.h"

enum { GLB_HEADER_BYTES = 12, GLB_CHUNK_BYTES = 8 };
static const uint32_t chunk_json = 0x4e4f534a, chunk_binary = 0x004e4942;

static const char *const extensions_read[] = {
    "KHR_draco_mesh_compression", "EXT_meshopt_compression", "KHR_mesh_quantization",
    "KHR_texture_transform",      "KHR_materials_unlit",     "EXT_texture_webp",
};

static uint32_t load_u32(const uint8_t *at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
           (uint32_t)at[3] << 24;
}

static bool is_glb(Bytes file)
{
    return file.len >= 4 && memcmp(file.ptr, "glTF", 4) == 0;
}

bool import_gltf_is_one(Bytes file)
{
    if (is_glb(file))
        return true;
    for (size_t i = 0; i < file.len; i++) {
        uint8_t byte = file.ptr[i];
        if (byte == '{')
            return true;
        if (byte != ' ' && byte != '\t' && byte != '\r' && byte != '\n')
            return false;
    }
    return false;
}

static Status take_chunk(Bytes *rest, uint32_t *kind, Bytes *chunk)
{
    if (rest->len < GLB_CHUNK_BYTES)
        return FAIL(ERR_CORRUPT, "the GLB file ends within the head of a chunk");
    uint32_t len = load_u32(rest->ptr);
    *kind = load_u32(rest->ptr + 4);
    *rest = bytes_skip(*rest, GLB_CHUNK_BYTES);
    if (len > rest->len)
        return FAIL(ERR_CORRUPT, "a chunk of the GLB file claims %u bytes; %zu are left", len,
                    rest->len);
    *chunk = bytes_first(*rest, len);
    *rest = bytes_skip(*rest, len);
    return OK;
}

static Status split_glb(Bytes file, Bytes *json, GltfDocument *document)
{
    if (file.len < GLB_HEADER_BYTES)
        return FAIL(ERR_CORRUPT, "the GLB file ends within its header");
    uint32_t version = load_u32(file.ptr + 4), len = load_u32(file.ptr + 8);
    if (version != 2)
        return FAIL(ERR_UNSUPPORTED, "GLB version %u; version 2 is read", version);
    if (len != file.len)
        return FAIL(ERR_CORRUPT, "the GLB header says %u bytes; the file has %zu", len,
                    file.len);
    Bytes rest = bytes_skip(file, GLB_HEADER_BYTES), chunk;
    uint32_t kind = 0;
    TRY(take_chunk(&rest, &kind, json));
    if (kind != chunk_json)
        return FAIL(ERR_CORRUPT, "the first chunk of the GLB file is not JSON");
    while (rest.len) {
        TRY(take_chunk(&rest, &kind, &chunk));
        if (kind != chunk_binary || document->has_binary)
            continue; // chunks of other kinds are to be passed over
        document->binary = chunk;
        document->has_binary = true;
    }
    return OK;
}

// ---- the document's head

static Status check_extensions(JsonValue root)
{
    JsonValue required = {0};
    TRY(json_get_array(root, "extensionsRequired", JSON_OPTIONAL, GLTF_MAX_ITEMS, &required));
    for (size_t i = 0; i < json_count(required); i++) {
        const char *name = NULL;
        bool is_known = false;
        TRY(json_to_text(json_item(required, i), &name));
        for (size_t k = 0; k < COUNT_OF(extensions_read); k++)
            is_known |= strcmp(name, extensions_read[k]) == 0;
        if (!is_known)
            return FAIL(
                ERR_UNSUPPORTED,
                "the file requires the glTF extension \"%.80s\", which is not read here", name);
    }
    return OK;
}

static Status check_version(JsonValue asset)
{
    const char *version = "", *least = NULL;
    TRY(json_get_text(asset, "version", JSON_REQUIRED, &version));
    TRY(json_get_text(asset, "minVersion", JSON_OPTIONAL, &least));
    bool is_two = strncmp(version, "2.", 2) == 0 && version[2] >= '0' && version[2] <= '9';
    if (!is_two || (least && strcmp(least, "2.0") != 0 && strcmp(least, "2.1") != 0))
        return FAIL(ERR_UNSUPPORTED, "glTF version \"%.20s\"; version 2.0 is read",
                    is_two ? least : version);
    return OK;
}

static const char *keep_field(ImportJob *job, JsonValue object, const char *key)
{
    const char *text = NULL;
    if (json_kind(json_get(object, key)) != JSON_KIND_TEXT)
        return NULL; // extras may hold anything
    if (json_get_text(object, key, JSON_REQUIRED, &text))
        return NULL;
    return import_job_keep_text(job, str_of(text));
}

static Status read_asset(GltfDocument *document)
{
    ImportJob *job = document->job;
    JsonValue asset;
    TRY(json_get_object(json_root(&document->json), "asset", JSON_REQUIRED, &asset));
    TRY(check_version(asset));
    job->generator = keep_field(job, asset, "generator");
    job->copyright = keep_field(job, asset, "copyright");
    JsonValue extras = json_get(asset, "extras");
    if (json_kind(extras) != JSON_KIND_OBJECT)
        return OK;
    job->title = keep_field(job, extras, "title");
    job->author = keep_field(job, extras, "author");
    job->license = keep_field(job, extras, "license");
    job->source = keep_field(job, extras, "source");
    return OK;
}

static Status open_arrays(GltfDocument *document)
{
    const struct {
        const char *key;
        JsonValue *array;
    } arrays[] = {
        {"accessors", &document->accessors}, {"bufferViews", &document->views},
        {"buffers", &document->buffers},     {"images", &document->images},
        {"textures", &document->textures},   {"samplers", &document->samplers},
        {"materials", &document->materials}, {"meshes", &document->meshes},
        {"nodes", &document->nodes},         {"skins", &document->skins},
        {"scenes", &document->scenes},
    };
    JsonValue root = json_root(&document->json);
    for (size_t i = 0; i < COUNT_OF(arrays); i++)
        TRY(json_get_array(root, arrays[i].key, JSON_OPTIONAL, GLTF_MAX_ITEMS,
                           arrays[i].array));
    return OK;
}

static int32_t *make_unknown(Arena *arena, size_t count)
{
    int32_t *values = ARENA_ARRAY_RAW(arena, int32_t, count + 1);
    for (size_t i = 0; i < count; i++)
        values[i] = GLTF_UNKNOWN;
    return values;
}

static Status read_document(GltfDocument *document)
{
    Arena *temporary = &document->job->temporary;
    JsonValue root = json_root(&document->json);
    TRY(json_to_object(root));
    TRY(read_asset(document));
    TRY(check_extensions(root));
    TRY(open_arrays(document));
    document->read_buffers = ARENA_ARRAY(temporary, GltfBuffer, json_count(document->buffers));
    document->decoded_views = ARENA_ARRAY(temporary, GltfBuffer, json_count(document->views));
    document->read_images = make_unknown(temporary, json_count(document->images));
    document->read_materials = make_unknown(temporary, json_count(document->materials));
    document->plain_material = GLTF_UNKNOWN;
    return gltf_add_scene(document);
}

Status import_gltf(ImportJob *job)
{
    static const JsonLimits limits = {GLTF_MAX_JSON_BYTES, GLTF_MAX_JSON_DEPTH};
    GltfDocument *document = ARENA_NEW(&job->temporary, GltfDocument);
    Bytes json = job->file;
    document->job = job;
    job->format = is_glb(job->file) ? "GLB 2.0" : "glTF 2.0";
    if (is_glb(job->file))
        TRY(split_glb(job->file, &json, document));
    TRY(json_parse_within(json, &limits, "JSON", &document->json));
    Status status = read_document(document);
    json_drop(&document->json);
    return status;
}
