// test_import_gltf.c: glTF and GLB with everything a scan may bring.

#include "import_check.h"

#include <meshoptimizer.h>

static const ImportOptions as_is = {0};

// ---- documents made here: one buffer, put together piece by piece

typedef struct Buffer {
    uint8_t bytes[4096];
    size_t len;
} Buffer;

// Appends, and gives the offset.
static size_t put(Buffer *buffer, const void *bytes, size_t len)
{
    while (buffer->len % 4)
        buffer->bytes[buffer->len++] = 0;
    size_t offset = buffer->len;
    memcpy(buffer->bytes + offset, bytes, len);
    buffer->len += len;
    return offset;
}

static const char *base64(Arena *arena, Bytes bytes)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char *text = arena_alloc(arena, bytes.len / 3 * 4 + 8, 1), *at = text;
    for (size_t i = 0; i < bytes.len; i += 3) {
        size_t left = bytes.len - i;
        uint32_t bits = (uint32_t)bytes.ptr[i] << 16;
        bits |= left > 1 ? (uint32_t)bytes.ptr[i + 1] << 8 : 0;
        bits |= left > 2 ? bytes.ptr[i + 2] : 0;
        *at++ = digits[bits >> 18];
        *at++ = digits[bits >> 12 & 63];
        *at++ = left > 1 ? digits[bits >> 6 & 63] : '=';
        *at++ = left > 2 ? digits[bits & 63] : '=';
    }
    return text;
}

// `body`: what stands beside asset and buffers, e.g. "\"nodes\": [...]".
static const char *gltf_text(Arena *arena, const Buffer *buffer, const char *body)
{
    return str_format(arena,
                      "{\"asset\":{\"version\":\"2.0\"},\"buffers\":[{\"byteLength\":%zu,"
                      "\"uri\":\"data:application/octet-stream;base64,%s\"}],%s}",
                      buffer->len, base64(arena, (Bytes){buffer->bytes, buffer->len}), body);
}

static Status import_gltf_text(Arena *arena, const Buffer *buffer, const char *body, Scan *out)
{
    return import_bytes("a.gltf", bytes_of(gltf_text(arena, buffer, body)), &as_is, arena, out);
}

static Bytes glb_of(Arena *arena, const char *json, Bytes binary)
{
    size_t json_len = (strlen(json) + 3) / 4 * 4, binary_len = (binary.len + 3) / 4 * 4;
    size_t len = 12 + 8 + json_len + (binary.len ? 8 + binary_len : 0);
    uint8_t *bytes = arena_alloc(arena, len, 4);
    const uint32_t head[5] = {0x46546c67, 2, (uint32_t)len, (uint32_t)json_len, 0x4e4f534a};
    memcpy(bytes, head, sizeof head);
    memset(bytes + 20, ' ', json_len);
    memcpy(bytes + 20, json, strlen(json));
    if (binary.len) {
        const uint32_t chunk[2] = {(uint32_t)binary_len, 0x004e4942};
        memcpy(bytes + 20 + json_len, chunk, sizeof chunk);
        memcpy(bytes + 28 + json_len, binary.ptr, binary.len);
    }
    return (Bytes){bytes, len};
}

static const float square[4][3] = {{0, 0, 0}, {1, 0, 0}, {1, 1, 0}, {0, 1, 0}};
static const uint16_t square_corners[6] = {0, 1, 2, 0, 2, 3};

static Buffer square_buffer(void)
{
    Buffer buffer = {0};
    put(&buffer, square, sizeof square);
    put(&buffer, square_corners, sizeof square_corners);
    return buffer;
}

#define SQUARE_VIEWS                                                                     \
    "\"bufferViews\":[{\"buffer\":0,\"byteLength\":48},{\"buffer\":0,\"byteOffset\":48," \
    "\"byteLength\":12}]"
#define SQUARE_ACCESSORS                                                       \
    "{\"bufferView\":0,\"componentType\":5126,\"count\":4,\"type\":\"VEC3\"}," \
    "{\"bufferView\":1,\"componentType\":5123,\"count\":6,\"type\":\"SCALAR\"}"
#define SQUARE_MESH \
    "\"meshes\":[{\"primitives\":[{\"attributes\":{\"POSITION\":0},\"indices\":1}]}]"
#define SQUARE SQUARE_VIEWS ",\"accessors\":[" SQUARE_ACCESSORS "]," SQUARE_MESH

static float facing_z(const Scan *scan, uint32_t triangle)
{
    const float *a = scan->positions[scan->triangles[triangle][0]];
    const float *b = scan->positions[scan->triangles[triangle][1]];
    const float *c = scan->positions[scan->triangles[triangle][2]];
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

static void test_units_are_metres_unless_said(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan;
    Buffer buffer = square_buffer();
    assert_ok(import_gltf_text(&arena, &buffer, SQUARE, &scan));
    assert_int_equal(scan.triangle_count, 2);
    assert_true(scan.positions[2][0] == 1 && scan.metres_per_unit == 1);
    ImportOptions mm = {.unit = IMPORT_UNIT_MM};
    assert_ok(import_bytes("a.gltf", bytes_of(gltf_text(&arena, &buffer, SQUARE)), &mm, &arena,
                           &scan));
    assert_float_equal(scan.positions[2][0], 0.001, 1e-9);
    arena_drop(&arena);
}

static void test_nodes_place_meshes(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan;
    Buffer buffer = square_buffer();
    // One mirrored (its triangles are turned back), one moved by parent and child, one outside
    // the default scene.
    assert_ok(import_gltf_text(&arena, &buffer,
                               SQUARE
                               ",\"scene\":1,\"scenes\":[{\"nodes\":[3]},"
                               "{\"nodes\":[0,1]}],\"nodes\":["
                               "{\"mesh\":0,\"scale\":[-2,1,1]},"
                               "{\"translation\":[10,0,0],\"children\":[2]},"
                               "{\"mesh\":0,\"matrix\":[1,0,0,0,0,1,0,0,0,0,1,0,0,0,5,1]},"
                               "{\"mesh\":0}]",
                               &scan));
    assert_int_equal(scan.triangle_count, 4);
    for (uint32_t i = 0; i < 4; i++)
        assert_true(facing_z(&scan, i) > 0);
    float low[3], high[3];
    scan_bounds(&scan, low, high);
    assert_true(low[0] == -2 && high[0] == 11 && high[2] == 5);

    assert_ok(import_gltf_text(&arena, &buffer,
                               SQUARE ",\"nodes\":[{\"mesh\":0,\"rotation\":"
                                      "[0,0,0.70710678,0.70710678]}]",
                               &scan));
    scan_bounds(&scan, low, high);
    assert_float_equal(low[0], -1, 1e-6);
    assert_float_equal(high[1], 1, 1e-6);
    arena_drop(&arena);
}

static void test_node_cycles_are_refused(void **state)
{
    (void)state;
    static const char *const nodes[] = {
        "\"nodes\":[{\"mesh\":0,\"children\":[0]}],\"scenes\":[{\"nodes\":[0]}]",
        "\"nodes\":[{\"children\":[1]},{\"children\":[0]}],\"scenes\":[{\"nodes\":[1]}]",
        "\"nodes\":[{\"children\":[1]},{\"mesh\":0}],\"scenes\":[{\"nodes\":[0,1]}]",
    };
    Arena arena = {0};
    Buffer buffer = square_buffer();
    for (size_t i = 0; i < COUNT_OF(nodes); i++) {
        Scan scan;
        assert_status(import_gltf_text(&arena, &buffer,
                                       str_format(&arena, SQUARE ",%s", nodes[i]), &scan),
                      ERR_CORRUPT);
    }
    arena_drop(&arena);
}

static void test_strips_and_fans(void **state)
{
    (void)state;
    static const uint16_t strip[4] = {0, 1, 3, 2}, fan[4] = {0, 1, 2, 3};
    Arena arena = {0};
    for (int mode = 5; mode <= 6; mode++) {
        Buffer buffer = {0};
        Scan scan;
        put(&buffer, square, sizeof square);
        put(&buffer, mode == 5 ? strip : fan, sizeof strip);
        assert_ok(import_gltf_text(
            &arena, &buffer,
            str_format(
                &arena,
                "\"bufferViews\":[{\"buffer\":0,\"byteLength\":48},"
                "{\"buffer\":0,\"byteOffset\":48,\"byteLength\":8}],\"accessors\":["
                "{\"bufferView\":0,\"componentType\":5126,\"count\":4,\"type\":\"VEC3\"},"
                "{\"bufferView\":1,\"componentType\":5123,\"count\":4,"
                "\"type\":\"SCALAR\"}],\"meshes\":[{\"primitives\":[{\"attributes\":"
                "{\"POSITION\":0},\"indices\":1,\"mode\":%d}]}]",
                mode),
            &scan));
        assert_int_equal(scan.triangle_count, 2);
        assert_true(facing_z(&scan, 0) > 0 && facing_z(&scan, 1) > 0);
    }
    arena_drop(&arena);
}

static void test_component_types(void **state)
{
    (void)state;
    static const struct {
        int type;
        bool is_normalized;
        uint8_t one[4]; // the bytes of what shall be 1
        size_t size;
    } cases[] = {
        {5120, true, {127}, 1},         {5120, false, {1}, 1},
        {5121, true, {255}, 1},         {5121, false, {1}, 1},
        {5122, true, {255, 127}, 2},    {5122, false, {1, 0}, 2},
        {5123, true, {255, 255}, 2},    {5123, false, {1, 0}, 2},
        {5125, false, {1, 0, 0, 0}, 4}, {5126, false, {0, 0, 128, 63}, 4},
    };
    Arena arena = {0};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Buffer buffer = {0};
        Scan scan;
        size_t stride = (3 * cases[i].size + 3) / 4 * 4;
        uint8_t rows[48] = {0};
        for (int v = 1; v <= 2; v++)
            memcpy(rows + (size_t)v * stride + (size_t)(v - 1) * cases[i].size, cases[i].one,
                   cases[i].size);
        put(&buffer, rows, 3 * stride);
        assert_ok(import_gltf_text(
            &arena, &buffer,
            str_format(&arena,
                       "\"bufferViews\":[{\"buffer\":0,\"byteLength\":%zu,\"byteStride\":%zu}],"
                       "\"accessors\":[{\"bufferView\":0,\"componentType\":%d,\"count\":3,"
                       "\"type\":\"VEC3\",\"normalized\":%s}],\"meshes\":[{\"primitives\":["
                       "{\"attributes\":{\"POSITION\":0}}]}],"
                       "\"extensionsRequired\":[\"KHR_mesh_quantization\"]",
                       3 * stride, stride, cases[i].type,
                       cases[i].is_normalized ? "true" : "false"),
            &scan));
        assert_int_equal(scan.triangle_count, 1);
        assert_float_equal(scan.positions[1][0], 1, 1e-6);
        assert_float_equal(scan.positions[2][1], 1, 1e-6);
    }
    arena_drop(&arena);
}

static void test_sparse_accessors(void **state)
{
    (void)state;
    static const uint8_t which[2] = {2, 3};
    static const float values[2][3] = {{5, 5, 0}, {0, 5, 0}};
    Arena arena = {0};
    Scan scan;
    Buffer buffer = square_buffer();
    size_t which_at = put(&buffer, which, sizeof which);
    size_t values_at = put(&buffer, values, sizeof values);
    const char *body = str_format(
        &arena,
        "\"bufferViews\":[{\"buffer\":0,\"byteLength\":48},{\"buffer\":0,\"byteOffset\":48,"
        "\"byteLength\":12},{\"buffer\":0,\"byteOffset\":%zu,\"byteLength\":2},"
        "{\"buffer\":0,\"byteOffset\":%zu,\"byteLength\":24}],\"accessors\":["
        "{\"bufferView\":0,\"componentType\":5126,\"count\":4,\"type\":\"VEC3\",\"sparse\":"
        "{\"count\":2,\"indices\":{\"bufferView\":2,\"componentType\":5121},\"values\":"
        "{\"bufferView\":3}}},{\"bufferView\":1,\"componentType\":5123,\"count\":6,"
        "\"type\":\"SCALAR\"}]," SQUARE_MESH,
        which_at, values_at);
    assert_ok(import_gltf_text(&arena, &buffer, body, &scan));
    assert_true(scan.positions[2][0] == 5 && scan.positions[3][1] == 5);
    assert_true(scan.positions[1][0] == 1);
    buffer.bytes[which_at] = 4;
    assert_status(import_gltf_text(&arena, &buffer, body, &scan), ERR_CORRUPT);
    arena_drop(&arena);
}

static void test_attributes(void **state)
{
    (void)state;
    static const float normals[4][3] = {{0, 0, 1}, {0, 0, 1}, {0, 0, 1}, {0, 0, 1}};
    static const uint16_t uvs[4][2] = {{0, 0}, {65535, 0}, {65535, 65535}, {0, 65535}};
    static const float colors[4][3] = {{1, 0.5f, 0}, {1, 1, 1}, {0, 0, 0}, {2, -1, 0}};
    Arena arena = {0};
    Scan scan;
    Buffer buffer = square_buffer();
    size_t normals_at = put(&buffer, normals, sizeof normals);
    size_t uvs_at = put(&buffer, uvs, sizeof uvs);
    size_t colors_at = put(&buffer, colors, sizeof colors);
    assert_ok(import_gltf_text(
        &arena, &buffer,
        str_format(
            &arena,
            "\"bufferViews\":[{\"buffer\":0,\"byteLength\":48},{\"buffer\":0,\"byteOffset\":48,"
            "\"byteLength\":12},{\"buffer\":0,\"byteOffset\":%zu,\"byteLength\":48},"
            "{\"buffer\":0,\"byteOffset\":%zu,\"byteLength\":16},"
            "{\"buffer\":0,\"byteOffset\":%zu,\"byteLength\":48}],\"accessors\":"
            "[" SQUARE_ACCESSORS
            ",{\"bufferView\":2,\"componentType\":5126,\"count\":4,\"type\":\"VEC3\"},"
            "{\"bufferView\":3,\"componentType\":5123,\"count\":4,\"type\":\"VEC2\","
            "\"normalized\":true},"
            "{\"bufferView\":4,\"componentType\":5126,\"count\":4,\"type\":\"VEC3\"}],"
            "\"meshes\":[{\"primitives\":[{\"attributes\":{\"POSITION\":0,\"NORMAL\":2,"
            "\"TEXCOORD_0\":3,\"TEXCOORD_1\":3,\"COLOR_0\":4},\"indices\":1}]}],"
            "\"nodes\":[{\"mesh\":0,\"scale\":[1,2,-3]}]",
            normals_at, uvs_at, colors_at),
        &scan));
    assert_true(scan.normals[0][2] == -1);
    assert_true(scan.uvs[0][2][1] == 1 && scan.uvs[1][1][0] == 1);
    assert_int_equal(scan.colors[0][0], 255);
    assert_int_equal(scan.colors[0][1], 188);
    assert_int_equal(scan.colors[3][0], 255);
    assert_int_equal(scan.colors[3][1], 0);
    assert_int_equal(scan.colors[3][3], 255);
    arena_drop(&arena);
}

static const uint8_t picture[] = {
    0x89, 'P',  'N',  'G',  13,   10,   26,   10,   0,    0,    0,    13,   'I',  'H',
    'D',  'R',  0,    0,    0,    1,    0,    0,    0,    1,    8,    0,    0,    0,
    0,    0x3a, 0x7e, 0x9b, 0x55, 0,    0,    0,    10,   'I',  'D',  'A',  'T',  0x78,
    0x9c, 0x63, 0xf8, 0x0f, 0x00, 0x01, 0x01, 0x01, 0x00, 0x1b, 0xb6, 0xee, 0x56, 0,
    0,    0,    0,    'I',  'E',  'N',  'D',  0xae, 0x42, 0x60, 0x82};

static void test_materials(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan;
    Buffer buffer = square_buffer();
    size_t picture_at = put(&buffer, picture, sizeof picture);
    put_file(&arena, "skin 1.png", (Bytes){picture, sizeof picture});
    const char *body = str_format(
        &arena,
        "\"bufferViews\":[{\"buffer\":0,\"byteLength\":48},{\"buffer\":0,\"byteOffset\":48,"
        "\"byteLength\":12},{\"buffer\":0,\"byteOffset\":%zu,\"byteLength\":%zu}],"
        "\"accessors\":[" SQUARE_ACCESSORS "],\"meshes\":[{\"primitives\":["
        "{\"attributes\":{\"POSITION\":0},\"indices\":1},"
        "{\"attributes\":{\"POSITION\":0},\"indices\":1,\"material\":1}]}],\"materials\":["
        "{\"name\":\"nobody uses it\"},{\"name\":\"skin\",\"doubleSided\":true,"
        "\"alphaMode\":\"MASK\",\"alphaCutoff\":0.25,\"emissiveFactor\":[1,0.5,0],"
        "\"normalTexture\":{\"index\":1,\"scale\":0.5,\"texCoord\":1},"
        "\"occlusionTexture\":{\"index\":2,\"strength\":0.75},"
        "\"pbrMetallicRoughness\":{\"baseColorFactor\":[0.5,0.25,0.125,1],"
        "\"roughnessFactor\":0.5,\"baseColorTexture\":{\"index\":0,\"extensions\":"
        "{\"KHR_texture_transform\":{\"offset\":[0,1],\"scale\":[0.5,0.5],"
        "\"rotation\":1.5707963267948966,\"texCoord\":1}}}},"
        "\"extensions\":{\"KHR_materials_unlit\":{}}}],"
        "\"textures\":[{\"source\":0,\"sampler\":0},{\"source\":2},"
        "{\"source\":1,\"extensions\":{\"EXT_texture_webp\":{\"source\":2}}}],"
        "\"samplers\":[{\"wrapS\":33071,\"wrapT\":33648}],"
        "\"images\":[{\"uri\":\"skin%%201.png\"},{\"uri\":\"missing.png\"},"
        "{\"bufferView\":2,\"mimeType\":\"image/png\"}],"
        "\"extensionsRequired\":[\"EXT_texture_webp\",\"KHR_materials_unlit\","
        "\"KHR_texture_transform\"]",
        picture_at, sizeof picture);
    assert_ok(import_gltf_text(&arena, &buffer, body, &scan));
    assert_int_equal(scan.material_count, 2);
    assert_int_equal(scan.triangle_materials[0], 0);
    assert_int_equal(scan.triangle_materials[2], 1);
    const ScanMaterial *skin = &scan.materials[1];
    assert_string_equal(skin->name, "skin");
    assert_true(skin->is_double_sided && skin->is_unlit && skin->alpha == SCAN_ALPHA_MASK);
    assert_true(skin->alpha_cutoff == 0.25f && skin->metallic == 1 && skin->roughness == 0.5f);
    assert_true(skin->normal_scale == 0.5f && skin->occlusion_strength == 0.75f);
    assert_true(skin->base_color[1] == 0.25f && skin->emissive[1] == 0.5f);
    const ScanTexture *map = &skin->base_color_map;
    assert_true(map->wrap_u == SCAN_WRAP_CLAMP && map->wrap_v == SCAN_WRAP_MIRROR);
    // The upper right corner of the picture's lower left quarter, turned.
    const float expected[6] = {0, 0.5f, 0, -0.5f, 0, 1};
    for (int i = 0; i < 6; i++)
        assert_float_equal(map->uv_matrix[i], expected[i], 1e-6);
    assert_int_equal(map->uv_set, 1);
    assert_int_equal(skin->normal_map.uv_set, 1);
    assert_int_equal(scan.image_count, 2);
    assert_string_equal(scan.images[map->image].name, "skin 1.png");
    assert_int_equal(skin->occlusion_map.image, skin->normal_map.image);
    assert_int_equal(scan.companion_count, 1);
    arena_drop(&arena);
}

static void test_unknown_required_extension_is_named(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan;
    Buffer buffer = square_buffer();
    assert_status(import_gltf_text(&arena, &buffer,
                                   SQUARE ",\"extensionsRequired\":[\"ACME_smell\"]", &scan),
                  ERR_UNSUPPORTED);
    assert_non_null(strstr(fault_last()->text, "ACME_smell"));
    arena_drop(&arena);
}

static void test_outside_is_refused_by_name(void **state)
{
    (void)state;
    static const char *const uris[] = {"../a.bin", "/etc/passwd", "https://x.org/a.bin",
                                       "a/..%2f..%2fb", "file:///etc/passwd"};
    Arena arena = {0};
    for (size_t i = 0; i < COUNT_OF(uris); i++) {
        Scan scan;
        const char *text = str_format(&arena,
                                      "{\"asset\":{\"version\":\"2.0\"},\"buffers\":["
                                      "{\"byteLength\":60,\"uri\":\"%s\"}]," SQUARE "}",
                                      uris[i]);
        assert_status(import_bytes("a.gltf", bytes_of(text), &as_is, &arena, &scan),
                      ERR_INVALID);
    }
    arena_drop(&arena);
}

static void test_external_buffer(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan;
    Buffer buffer = square_buffer();
    put_file(&arena, "square.bin", (Bytes){buffer.bytes, buffer.len});
    const char *text =
        "{\"asset\":{\"version\":\"2.0\",\"generator\":\"g\",\"copyright\":\"c\","
        "\"extras\":{\"title\":\"t\",\"author\":\"a\",\"license\":\"l\"}},"
        "\"buffers\":[{\"byteLength\":60,\"uri\":\"square.bin\"}]," SQUARE "}";
    assert_ok(import_bytes("a.gltf", bytes_of(text), &as_is, &arena, &scan));
    assert_string_equal(scan.title, "t");
    assert_string_equal(scan.author, "a");
    assert_string_equal(scan.license, "l");
    assert_string_equal(scan.copyright, "c");
    assert_string_equal(scan.generator, "g");
    assert_string_equal(scan.companions[0], "square.bin");
    arena_drop(&arena);
}

static Bytes square_glb(Arena *arena)
{
    Buffer buffer = square_buffer();
    return glb_of(
        arena, "{\"asset\":{\"version\":\"2.0\"},\"buffers\":[{\"byteLength\":60}]," SQUARE "}",
        (Bytes){buffer.bytes, buffer.len});
}

static void test_glb_truncated_and_flipped(void **state)
{
    (void)state;
    Arena arena = {0};
    Bytes good = square_glb(&arena);
    check_truncations("a.glb", good, good.len);
    check_bit_flips("a.glb", good, 1);
    Buffer buffer = square_buffer();
    Bytes text = bytes_of(gltf_text(&arena, &buffer, SQUARE));
    check_truncations("a.gltf", text, text.len);
    check_bit_flips("a.gltf", text, 1);
    arena_drop(&arena);
}

// A square of meshopt-compressed floats and triangles, and octahedral normals.
static const char *meshopt_body(Arena *arena, Buffer *buffer)
{
    unsigned char packed[512];
    static const int8_t normals[4][4] = {
        {0, 0, 127, 0}, {0, 0, 127, 0}, {0, 0, 127, 0}, {0, 0, 127, 0}};
    static const uint32_t corners[6] = {0, 1, 2, 0, 2, 3};
    size_t sizes[3], offsets[3];
    meshopt_encodeVertexVersion(0);
    meshopt_encodeIndexVersion(1);
    sizes[0] = meshopt_encodeVertexBuffer(packed, sizeof packed, square, 4, 12);
    offsets[0] = put(buffer, packed, sizes[0]);
    sizes[1] = meshopt_encodeIndexBuffer(packed, sizeof packed, corners, 6);
    offsets[1] = put(buffer, packed, sizes[1]);
    sizes[2] = meshopt_encodeVertexBuffer(packed, sizeof packed, normals, 4, 4);
    offsets[2] = put(buffer, packed, sizes[2]);
    return str_format(
        arena,
        "\"bufferViews\":["
        "{\"buffer\":0,\"byteLength\":0,\"byteStride\":12,\"extensions\":"
        "{\"EXT_meshopt_compression\":{\"buffer\":0,\"byteOffset\":%zu,\"byteLength\":%zu,"
        "\"byteStride\":12,\"count\":4,\"mode\":\"ATTRIBUTES\"}}},"
        "{\"buffer\":0,\"byteLength\":0,\"extensions\":"
        "{\"EXT_meshopt_compression\":{\"buffer\":0,\"byteOffset\":%zu,\"byteLength\":%zu,"
        "\"byteStride\":2,\"count\":6,\"mode\":\"TRIANGLES\"}}},"
        "{\"buffer\":0,\"byteLength\":0,\"byteStride\":4,\"extensions\":"
        "{\"EXT_meshopt_compression\":{\"buffer\":0,\"byteOffset\":%zu,\"byteLength\":%zu,"
        "\"byteStride\":4,\"count\":4,\"mode\":\"ATTRIBUTES\",\"filter\":\"OCTAHEDRAL\"}}}],"
        "\"accessors\":[" SQUARE_ACCESSORS ",{\"bufferView\":2,\"componentType\":5120,"
        "\"count\":4,\"type\":\"VEC3\",\"normalized\":true}],"
        "\"meshes\":[{\"primitives\":[{\"attributes\":{\"POSITION\":0,\"NORMAL\":2},"
        "\"indices\":1}]}],\"extensionsRequired\":[\"EXT_meshopt_compression\"]",
        offsets[0], sizes[0], offsets[1], sizes[1], offsets[2], sizes[2]);
}

static void test_meshopt_compression(void **state)
{
    (void)state;
    Arena arena = {0};
    Scan scan;
    Buffer buffer = {0};
    const char *body = meshopt_body(&arena, &buffer);
    assert_ok(import_gltf_text(&arena, &buffer, body, &scan));
    assert_int_equal(scan.triangle_count, 2);
    assert_true(scan.positions[2][0] == 1 && facing_z(&scan, 0) > 0);
    assert_float_equal(scan.normals[0][2], 1, 0.02);
    const char *json = str_format(&arena,
                                  "{\"asset\":{\"version\":\"2.0\"},\"buffers\":["
                                  "{\"byteLength\":%zu}],%s}",
                                  buffer.len, body);
    check_bit_flips("m.glb", glb_of(&arena, json, (Bytes){buffer.bytes, buffer.len}), 3);
    arena_drop(&arena);
}

static void test_skins_stand_in_their_bind_pose(void **state)
{
    (void)state;
    // The bone's place doubles, its inverse bind matrix halves: together nothing moves; the
    // node's own place does not count.
    static const float inverse_bind[16] = {0.5f, 0, 0,    0, 0, 0.5f, 0, 0,
                                           0,    0, 0.5f, 0, 0, 0,    0, 1};
    Arena arena = {0};
    Scan scan;
    Buffer buffer = square_buffer();
    size_t at = put(&buffer, inverse_bind, sizeof inverse_bind);
    assert_ok(import_gltf_text(
        &arena, &buffer,
        str_format(
            &arena,
            "\"bufferViews\":[{\"buffer\":0,\"byteLength\":48},{\"buffer\":0,"
            "\"byteOffset\":48,\"byteLength\":12},{\"buffer\":0,\"byteOffset\":%zu,"
            "\"byteLength\":64}],\"accessors\":[" SQUARE_ACCESSORS
            ",{\"bufferView\":2,\"componentType\":5126,\"count\":1,\"type\":\"MAT4\"}]"
            "," SQUARE_MESH ",\"nodes\":[{\"mesh\":0,\"skin\":0,\"scale\":[9,9,9]},"
            "{\"scale\":[2,2,2]}],\"skins\":[{\"joints\":[1],\"inverseBindMatrices\":2}]",
            at),
        &scan));
    assert_float_equal(scan.positions[2][0], 1, 1e-6);
    arena_drop(&arena);
}

static void test_draco_truncated_and_flipped(void **state)
{
    (void)state;
    Arena arena = {0};
    Bytes good;
    Scan scan;
    assert_ok(
        file_read(shared_file(&arena, "scans/pilot-whale-cranium/whale_cranium_draco.glb"),
                  1 << 24, &arena, &good));
    uint8_t *bytes = (uint8_t *)good.ptr;
    uint32_t json_len;
    memcpy(&json_len, bytes + 12, 4);
    uint8_t *stream = bytes + 28 + json_len;
    for (size_t i = 0; i < 24; i++) { // the stream's head, then here and there
        size_t at = i < 16 ? i : i * 2503;
        stream[at] ^= (uint8_t)(1 << i % 8);
        Arena results = {0};
        (void)!import_bytes("d.glb", good, &as_is, &results, &scan);
        arena_drop(&results);
        stream[at] ^= (uint8_t)(1 << i % 8);
    }
    assert_ok(import_bytes("d.glb", good, &as_is, &arena, &scan));
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_units_are_metres_unless_said),
        cmocka_unit_test(test_nodes_place_meshes),
        cmocka_unit_test(test_node_cycles_are_refused),
        cmocka_unit_test(test_strips_and_fans),
        cmocka_unit_test(test_component_types),
        cmocka_unit_test(test_sparse_accessors),
        cmocka_unit_test(test_attributes),
        cmocka_unit_test(test_materials),
        cmocka_unit_test(test_unknown_required_extension_is_named),
        cmocka_unit_test(test_outside_is_refused_by_name),
        cmocka_unit_test(test_external_buffer),
        cmocka_unit_test(test_glb_truncated_and_flipped),
        cmocka_unit_test(test_meshopt_compression),
        cmocka_unit_test(test_skins_stand_in_their_bind_pose),
        cmocka_unit_test(test_draco_truncated_and_flipped),
    };
    return cmocka_run_group_tests(tests, import_check_begin, import_check_end);
}
