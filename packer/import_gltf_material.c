// import_gltf_material.c: glTF's materials, textures and images -> the Scan's.

#include "packer/import_gltf_material.h"

#include <math.h>
#include <string.h>

#include "packer/import_gltf_buffer.h"

static const JsonRange any_number = {-1e30, 1e30};
static const JsonRange unit_range = {0, 1};

// ---- images

static Status read_image_view(GltfDocument *document, JsonValue image, int32_t *out)
{
    uint32_t view_index = 0;
    GltfView view;
    TRY(gltf_get_index(image, "bufferView", JSON_REQUIRED, document->views, &view_index));
    TRY(gltf_read_view(document, view_index, &view));
    const char *name = str_format(&document->job->temporary, "in buffer view %u", view_index);
    return import_job_add_image(document->job, name, view.bytes, out);
}

static Status read_image(GltfDocument *document, uint32_t index, int32_t *out)
{
    JsonValue image = json_item(document->images, index);
    Arena *temporary = &document->job->temporary;
    const char *uri = NULL;
    TRY(json_to_object(image));
    TRY(json_get_text(image, "uri", JSON_OPTIONAL, &uri));
    if (!uri)
        return read_image_view(document, image, out);
    JsonValue at = json_get(image, "uri");
    if (gltf_is_data_uri(uri)) {
        Bytes bytes;
        TRY(gltf_decode_data_uri(at, uri, temporary, &bytes));
        return import_job_add_image(document->job, str_format(temporary, "number %u", index),
                                    bytes, out);
    }
    const char *name = NULL;
    TRY(gltf_decode_file_uri(at, uri, temporary, &name));
    return import_job_add_image_file(document->job, name, out);
}

static Status use_image(GltfDocument *document, uint32_t index, int32_t *out)
{
    int32_t *known = &document->read_images[index];
    if (*known == GLTF_UNKNOWN)
        TRY(read_image(document, index, known));
    *out = *known;
    return OK;
}

// ---- textures

static Status read_wrap(JsonValue sampler, const char *key, ScanWrap *out)
{
    int64_t mode = 10497;
    TRY(json_get_int(sampler, key, JSON_OPTIONAL, (JsonRange){0, 1e6}, &mode));
    if (mode == 10497)
        *out = SCAN_WRAP_REPEAT;
    else if (mode == 33071)
        *out = SCAN_WRAP_CLAMP;
    else if (mode == 33648)
        *out = SCAN_WRAP_MIRROR;
    else
        return json_fail(json_get(sampler, key), ERR_CORRUPT, "the unknown wrapping mode %lld",
                         (long long)mode);
    return OK;
}

static Status read_sampler(GltfDocument *document, JsonValue texture, ScanTexture *out)
{
    uint32_t index = UINT32_MAX;
    TRY(gltf_get_index(texture, "sampler", JSON_OPTIONAL, document->samplers, &index));
    if (index == UINT32_MAX)
        return OK;
    JsonValue sampler = json_item(document->samplers, index);
    TRY(json_to_object(sampler));
    TRY(read_wrap(sampler, "wrapS", &out->wrap_u));
    return read_wrap(sampler, "wrapT", &out->wrap_v);
}

// EXT_texture_webp names the better picture; what stands beside it is for others.
static Status read_source(GltfDocument *document, JsonValue texture, ScanTexture *out)
{
    uint32_t image = UINT32_MAX;
    JsonValue webp;
    TRY(gltf_get_extension(texture, "EXT_texture_webp", &webp));
    if (webp.value)
        TRY(gltf_get_index(webp, "source", JSON_OPTIONAL, document->images, &image));
    if (image == UINT32_MAX)
        TRY(gltf_get_index(texture, "source", JSON_OPTIONAL, document->images, &image));
    return image == UINT32_MAX ? OK : use_image(document, image, &out->image);
}

// Offset, rotation (counter-clockwise as seen, v pointing down) and scale as one matrix.
static Status read_transform(JsonValue info, ScanTexture *out, int64_t *uv_set)
{
    JsonValue transform;
    float offset[2] = {0, 0}, scale[2] = {1, 1};
    double angle = 0;
    TRY(gltf_get_extension(info, "KHR_texture_transform", &transform));
    if (!transform.value)
        return OK;
    TRY(json_get_numbers(transform, "offset", JSON_OPTIONAL, any_number, 2, offset));
    TRY(json_get_numbers(transform, "scale", JSON_OPTIONAL, any_number, 2, scale));
    TRY(json_get_number(transform, "rotation", JSON_OPTIONAL, any_number, &angle));
    TRY(json_get_int(transform, "texCoord", JSON_OPTIONAL, (JsonRange){0, 255}, uv_set));
    float c = (float)cos(angle), s = (float)sin(angle);
    const float matrix[6] = {c * scale[0],  s * scale[1], offset[0],
                             -s * scale[0], c * scale[1], offset[1]};
    memcpy(out->uv_matrix, matrix, sizeof matrix);
    return OK;
}

// *out stays without an image where the material has no such texture. *info: the texture's
// object, for what else it says.
static Status read_texture(GltfDocument *document, JsonValue material, const char *key,
                           ScanTexture *out, JsonValue *info)
{
    *info = (JsonValue){0};
    TRY(json_get_object(material, key, JSON_OPTIONAL, info));
    if (!info->value)
        return OK;
    uint32_t index = 0;
    int64_t uv_set = 0;
    TRY(gltf_get_index(*info, "index", JSON_REQUIRED, document->textures, &index));
    TRY(json_get_int(*info, "texCoord", JSON_OPTIONAL, (JsonRange){0, 255}, &uv_set));
    TRY(read_transform(*info, out, &uv_set));
    if (uv_set > 1)
        return json_fail(*info, ERR_UNSUPPORTED,
                         "texture coordinates of set %lld; sets 0 and 1 are read",
                         (long long)uv_set);
    out->uv_set = (int32_t)uv_set;
    JsonValue texture = json_item(document->textures, index);
    TRY(json_to_object(texture));
    TRY(read_sampler(document, texture, out));
    return read_source(document, texture, out);
}

// ---- materials

static Status get_float(JsonValue object, const char *key, JsonRange range, float *out)
{
    double value = (double)*out;
    TRY(json_get_number(object, key, JSON_OPTIONAL, range, &value));
    *out = (float)value;
    return OK;
}

static Status read_metal_rough(GltfDocument *document, JsonValue json, ScanMaterial *out)
{
    JsonValue pbr = {0}, info;
    out->metallic = out->roughness = 1; // glTF's own defaults
    TRY(json_get_object(json, "pbrMetallicRoughness", JSON_OPTIONAL, &pbr));
    if (!pbr.value)
        return OK;
    TRY(json_get_numbers(pbr, "baseColorFactor", JSON_OPTIONAL, unit_range, 4,
                         out->base_color));
    TRY(get_float(pbr, "metallicFactor", unit_range, &out->metallic));
    TRY(get_float(pbr, "roughnessFactor", unit_range, &out->roughness));
    TRY(read_texture(document, pbr, "baseColorTexture", &out->base_color_map, &info));
    return read_texture(document, pbr, "metallicRoughnessTexture", &out->metal_rough_map,
                        &info);
}

static Status read_maps(GltfDocument *document, JsonValue json, ScanMaterial *out)
{
    JsonValue info;
    TRY(read_texture(document, json, "normalTexture", &out->normal_map, &info));
    if (info.value)
        TRY(get_float(info, "scale", any_number, &out->normal_scale));
    TRY(read_texture(document, json, "occlusionTexture", &out->occlusion_map, &info));
    if (info.value)
        TRY(get_float(info, "strength", unit_range, &out->occlusion_strength));
    TRY(json_get_numbers(json, "emissiveFactor", JSON_OPTIONAL, unit_range, 3, out->emissive));
    return read_texture(document, json, "emissiveTexture", &out->emissive_map, &info);
}

static Status read_material(GltfDocument *document, JsonValue json, ScanMaterial *out)
{
    static const char *const alphas[] = {"OPAQUE", "MASK", "BLEND"};
    const char *name = "";
    int alpha = 0;
    JsonValue unlit;
    TRY(json_to_object(json));
    TRY(json_get_text(json, "name", JSON_OPTIONAL, &name));
    out->name = arena_copy_text(document->job->arena, name);
    TRY(read_metal_rough(document, json, out));
    TRY(read_maps(document, json, out));
    TRY(json_get_word(json, "alphaMode", JSON_OPTIONAL, alphas, COUNT_OF(alphas), &alpha));
    out->alpha = (ScanAlpha)alpha;
    TRY(get_float(json, "alphaCutoff", (JsonRange){0, 1e30}, &out->alpha_cutoff));
    TRY(json_get_bool(json, "doubleSided", JSON_OPTIONAL, &out->is_double_sided));
    TRY(gltf_get_extension(json, "KHR_materials_unlit", &unlit));
    out->is_unlit = unlit.value != NULL;
    return OK;
}

Status gltf_read_material(GltfDocument *document, const uint32_t *material, uint32_t *out)
{
    int32_t *known =
        material ? &document->read_materials[*material] : &document->plain_material;
    if (*known == GLTF_UNKNOWN) {
        ScanMaterial made = scan_default_material();
        uint32_t index = 0;
        if (material)
            TRY(read_material(document, json_item(document->materials, *material), &made));
        TRY(import_job_add_material(document->job, &made, &index));
        *known = (int32_t)index;
    }
    *out = (uint32_t)*known;
    return OK;
}
