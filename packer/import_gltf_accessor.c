// import_gltf_accessor.c: glTF's accessors -> numbers.

#include "packer/import_gltf_accessor.h"

#include <string.h>

#include "packer/import_gltf_buffer.h"

// Accessors without data are all zero: harmless, but their counts are backed by nothing.
enum { MAX_EMPTY_ITEMS = 1 << 20 };

static size_t component_bytes(GltfComponent component)
{
    switch (component) {
    case GLTF_INT8:
    case GLTF_UINT8:
        return 1;
    case GLTF_INT16:
    case GLTF_UINT16:
        return 2;
    case GLTF_UINT32:
    case GLTF_FLOAT:
        return 4;
    }
    return 0;
}

static size_t item_bytes(const GltfAccessor *accessor)
{
    return component_bytes(accessor->component) * (size_t)accessor->component_count;
}

static Status get_component(JsonValue object, GltfComponent *out)
{
    int64_t component = 0;
    TRY(json_get_int(object, "componentType", JSON_REQUIRED, (JsonRange){0, 1e6}, &component));
    *out = (GltfComponent)component;
    if (component_bytes(*out) == 0)
        return json_fail(object, ERR_CORRUPT, "the unknown componentType %lld",
                         (long long)component);
    return OK;
}

Status gltf_describe_accessor(GltfDocument *document, uint32_t index, GltfAccessor *out)
{
    static const char *const types[] = {"SCALAR", "VEC2", "VEC3", "VEC4",
                                        "MAT2",   "MAT3", "MAT4"};
    static const int counts[] = {1, 2, 3, 4, 4, 9, 16};
    int type = 0;
    *out = (GltfAccessor){.json = json_item(document->accessors, index)};
    TRY(json_to_object(out->json));
    TRY(get_component(out->json, &out->component));
    TRY(json_get_word(out->json, "type", JSON_REQUIRED, types, COUNT_OF(types), &type));
    TRY(json_get_bool(out->json, "normalized", JSON_OPTIONAL, &out->is_normalized));
    TRY(gltf_get_size(out->json, "count", JSON_REQUIRED, &out->count));
    out->component_count = counts[type];
    if (out->count > UINT32_MAX / 2)
        return json_fail(out->json, ERR_LIMIT, "claims %llu items",
                         (unsigned long long)out->count);
    return OK;
}

// `count` items of `size` bytes, `stride` apart, from `offset` on.
static Status check_span(JsonValue at, const GltfView *view, uint64_t offset, uint64_t count,
                         size_t size, size_t stride)
{
    // No overflow: sizes come as at most 2^53, counts as at most 2^31, strides as at most 252.
    uint64_t end = count ? offset + (count - 1) * stride + size : offset;
    if (end > view->bytes.len)
        return json_fail(at, ERR_CORRUPT, "its %llu items need %llu bytes; the view has %zu",
                         (unsigned long long)count, (unsigned long long)end, view->bytes.len);
    return OK;
}

// Items side by side in a view, as sparse accessors have them.
static Status open_packed(GltfDocument *document, JsonValue object, uint64_t count, size_t size,
                          const uint8_t **out)
{
    uint32_t index = 0;
    uint64_t offset = 0;
    GltfView view;
    TRY(gltf_get_index(object, "bufferView", JSON_REQUIRED, document->views, &index));
    TRY(gltf_get_size(object, "byteOffset", JSON_OPTIONAL, &offset));
    TRY(gltf_read_view(document, index, &view));
    TRY(check_span(object, &view, offset, count, size, size));
    *out = view.bytes.ptr + offset;
    return OK;
}

static Status open_sparse(GltfDocument *document, JsonValue json, GltfAccessor *accessor)
{
    GltfSparse *sparse = &accessor->sparse;
    JsonValue indices, values;
    TRY(gltf_get_size(json, "count", JSON_REQUIRED, &sparse->count));
    TRY(json_get_object(json, "indices", JSON_REQUIRED, &indices));
    TRY(json_get_object(json, "values", JSON_REQUIRED, &values));
    TRY(get_component(indices, &sparse->index_component));
    if (sparse->count > accessor->count)
        return json_fail(json, ERR_CORRUPT, "replaces %llu items of %llu",
                         (unsigned long long)sparse->count,
                         (unsigned long long)accessor->count);
    TRY(open_packed(document, indices, sparse->count, component_bytes(sparse->index_component),
                    &sparse->indices));
    return open_packed(document, values, sparse->count, item_bytes(accessor), &sparse->values);
}

// Columns of small matrices are padded to four bytes: sizes no mesh attribute has.
static Status check_layout(const GltfAccessor *accessor)
{
    bool is_matrix = accessor->component_count > 4;
    if (is_matrix && accessor->component != GLTF_FLOAT)
        return json_fail(accessor->json, ERR_UNSUPPORTED,
                         "a matrix of something else than floats");
    return OK;
}

static uint32_t load_unsigned(GltfComponent component, const uint8_t *at)
{
    size_t size = component_bytes(component);
    uint32_t value = at[0];
    if (size >= 2)
        value |= (uint32_t)at[1] << 8;
    if (size == 4)
        value |= (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
    return value;
}

static Status check_sparse_indices(const GltfAccessor *accessor)
{
    const GltfSparse *sparse = &accessor->sparse;
    size_t size = component_bytes(sparse->index_component);
    for (uint64_t i = 0; i < sparse->count; i++) {
        uint32_t index = load_unsigned(sparse->index_component, sparse->indices + i * size);
        if (index >= accessor->count)
            return json_fail(accessor->json, ERR_CORRUPT, "replaces item %u of %llu", index,
                             (unsigned long long)accessor->count);
    }
    return OK;
}

Status gltf_open_accessor(GltfDocument *document, uint32_t index, GltfAccessor *out)
{
    TRY(gltf_describe_accessor(document, index, out));
    TRY(check_layout(out));
    JsonValue sparse = {0};
    out->stride = item_bytes(out);
    if (json_get(out->json, "bufferView").value) {
        uint32_t view_index = 0;
        uint64_t offset = 0;
        GltfView view;
        TRY(gltf_get_index(out->json, "bufferView", JSON_REQUIRED, document->views,
                           &view_index));
        TRY(gltf_get_size(out->json, "byteOffset", JSON_OPTIONAL, &offset));
        TRY(gltf_read_view(document, view_index, &view));
        out->stride = view.stride ? view.stride : out->stride;
        TRY(check_span(out->json, &view, offset, out->count, item_bytes(out), out->stride));
        out->items = view.bytes.ptr + offset;
    } else if (out->count > MAX_EMPTY_ITEMS) {
        return json_fail(out->json, ERR_LIMIT, "claims %llu items without any data",
                         (unsigned long long)out->count);
    }
    TRY(json_get_object(out->json, "sparse", JSON_OPTIONAL, &sparse));
    if (!sparse.value)
        return OK;
    TRY(open_sparse(document, sparse, out));
    return check_sparse_indices(out);
}

float gltf_normalized(GltfComponent component, double value)
{
    switch (component) {
    case GLTF_INT8:
        return (float)MAX(value / 127, -1.0);
    case GLTF_UINT8:
        return (float)(value / 255);
    case GLTF_INT16:
        return (float)MAX(value / 32767, -1.0);
    case GLTF_UINT16:
        return (float)(value / 65535);
    case GLTF_UINT32:
        return (float)(value / 4294967295.0);
    case GLTF_FLOAT:
        break;
    }
    return (float)value;
}

static float load_component(GltfComponent component, bool is_normalized, const uint8_t *at)
{
    uint32_t bits = load_unsigned(component, at);
    if (component == GLTF_FLOAT) {
        float value;
        memcpy(&value, &bits, sizeof value);
        return value;
    }
    double value = bits;
    if (component == GLTF_INT8)
        value = (int8_t)bits;
    else if (component == GLTF_INT16)
        value = (int16_t)bits;
    return is_normalized ? gltf_normalized(component, value) : (float)value;
}

static void read_item(const GltfAccessor *accessor, const uint8_t *at, float *out)
{
    size_t size = component_bytes(accessor->component);
    for (int i = 0; i < accessor->component_count; i++)
        out[i] =
            load_component(accessor->component, accessor->is_normalized, at + (size_t)i * size);
}

void gltf_read_floats(const GltfAccessor *accessor, float *out, size_t step)
{
    for (uint64_t i = 0; i < accessor->count; i++) {
        if (accessor->items)
            read_item(accessor, accessor->items + i * accessor->stride, out + i * step);
        else
            memset(out + i * step, 0, (size_t)accessor->component_count * sizeof *out);
    }
    const GltfSparse *sparse = &accessor->sparse;
    size_t index_size = component_bytes(sparse->index_component);
    for (uint64_t i = 0; i < sparse->count; i++) {
        uint32_t index =
            load_unsigned(sparse->index_component, sparse->indices + i * index_size);
        read_item(accessor, sparse->values + i * item_bytes(accessor), out + index * step);
    }
}

Status gltf_read_indices(const GltfAccessor *accessor, uint32_t *out)
{
    GltfComponent component = accessor->component;
    if (accessor->component_count != 1 ||
        (component != GLTF_UINT8 && component != GLTF_UINT16 && component != GLTF_UINT32))
        return json_fail(accessor->json, ERR_CORRUPT,
                         "corners of triangles that are not unsigned integers");
    for (uint64_t i = 0; i < accessor->count; i++)
        out[i] = accessor->items
                     ? load_unsigned(component, accessor->items + i * accessor->stride)
                     : 0;
    const GltfSparse *sparse = &accessor->sparse;
    size_t index_size = component_bytes(sparse->index_component);
    for (uint64_t i = 0; i < sparse->count; i++)
        out[load_unsigned(sparse->index_component, sparse->indices + i * index_size)] =
            load_unsigned(component, sparse->values + i * item_bytes(accessor));
    return OK;
}
