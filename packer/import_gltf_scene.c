// import_gltf_scene.c: glTF's nodes -> which mesh stands where.

#include "packer/import_gltf_scene.h"

#include <math.h>
#include <string.h>

#include "packer/import_gltf_accessor.h"
#include "packer/import_gltf_mesh.h"

enum { MAX_NODE_DEPTH = 1024 };

static const JsonRange any_number = {-1e30, 1e30};

typedef struct Matrix {
    double m[16]; // column by column
} Matrix;

static const Matrix identity = {{1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1}};

typedef struct Node {
    bool is_placed;
    int depth;
    Matrix world;
} Node;

typedef struct Scene {
    GltfDocument *document;
    Node *nodes;
    uint32_t *order; // of placing; also the queue of nodes whose children are to be placed
    uint32_t placed_count;
} Scene;

static Matrix multiply(const Matrix *a, const Matrix *b)
{
    Matrix product;
    for (int column = 0; column < 4; column++)
        for (int row = 0; row < 4; row++) {
            double sum = 0;
            for (int k = 0; k < 4; k++)
                sum += a->m[k * 4 + row] * b->m[column * 4 + k];
            product.m[column * 4 + row] = sum;
        }
    return product;
}

static Matrix compose(const float translation[3], const float rotation[4], const float scale[3])
{
    double length = sqrt((double)rotation[0] * rotation[0] + (double)rotation[1] * rotation[1] +
                         (double)rotation[2] * rotation[2] + (double)rotation[3] * rotation[3]);
    double by = length > 0 ? 1 / length : 0;
    double x = rotation[0] * by, y = rotation[1] * by, z = rotation[2] * by;
    double w = length > 0 ? rotation[3] * by : 1;
    double sx = scale[0], sy = scale[1], sz = scale[2];
    return (Matrix){{
        (1 - 2 * (y * y + z * z)) * sx,
        2 * (x * y + z * w) * sx,
        2 * (x * z - y * w) * sx,
        0,
        2 * (x * y - z * w) * sy,
        (1 - 2 * (x * x + z * z)) * sy,
        2 * (y * z + x * w) * sy,
        0,
        2 * (x * z + y * w) * sz,
        2 * (y * z - x * w) * sz,
        (1 - 2 * (x * x + y * y)) * sz,
        0,
        translation[0],
        translation[1],
        translation[2],
        1,
    }};
}

static Status read_local(JsonValue node, Matrix *out)
{
    if (json_get(node, "matrix").value) {
        float matrix[16];
        TRY(json_get_numbers(node, "matrix", JSON_REQUIRED, any_number, 16, matrix));
        for (int i = 0; i < 16; i++)
            out->m[i] = matrix[i];
        return OK;
    }
    float translation[3] = {0}, rotation[4] = {0, 0, 0, 1}, scale[3] = {1, 1, 1};
    TRY(json_get_numbers(node, "translation", JSON_OPTIONAL, any_number, 3, translation));
    TRY(json_get_numbers(node, "rotation", JSON_OPTIONAL, any_number, 4, rotation));
    TRY(json_get_numbers(node, "scale", JSON_OPTIONAL, any_number, 3, scale));
    *out = compose(translation, rotation, scale);
    return OK;
}

// A node placed twice has two parents, or stands below itself: glTF allows neither.
static Status place_node(Scene *scene, uint32_t index, const Node *parent)
{
    JsonValue json = json_item(scene->document->nodes, index);
    Node *node = &scene->nodes[index];
    Matrix local;
    if (node->is_placed)
        return json_fail(json, ERR_CORRUPT, "the node has two parents or stands below itself");
    TRY(json_to_object(json));
    TRY(read_local(json, &local));
    *node = (Node){
        .is_placed = true,
        .depth = parent ? parent->depth + 1 : 0,
        .world = parent ? multiply(&parent->world, &local) : local,
    };
    if (node->depth > MAX_NODE_DEPTH)
        return json_fail(json, ERR_LIMIT, "nodes nested deeper than %d", MAX_NODE_DEPTH);
    scene->order[scene->placed_count++] = index;
    return OK;
}

static Status place_nodes(Scene *scene, JsonValue indices, const Node *parent)
{
    double last = (double)json_count(scene->document->nodes) - 1;
    for (size_t i = 0; i < json_count(indices); i++) {
        int64_t index = 0;
        TRY(json_to_int(json_item(indices, i), (JsonRange){0, MAX(last, 0.0)}, &index));
        TRY(place_node(scene, (uint32_t)index, parent));
    }
    return OK;
}

// Breadth first: the list of placed nodes is its own queue.
static Status place_descendants(Scene *scene)
{
    for (uint32_t i = 0; i < scene->placed_count; i++) {
        JsonValue node = json_item(scene->document->nodes, scene->order[i]), children = {0};
        TRY(json_get_array(node, "children", JSON_OPTIONAL, GLTF_MAX_ITEMS, &children));
        if (children.value)
            TRY(place_nodes(scene, children, &scene->nodes[scene->order[i]]));
    }
    return OK;
}

static Status mark_children(GltfDocument *document, JsonValue node, bool *is_child)
{
    JsonValue children = {0};
    double last = (double)json_count(document->nodes) - 1;
    TRY(json_to_object(node));
    TRY(json_get_array(node, "children", JSON_OPTIONAL, GLTF_MAX_ITEMS, &children));
    for (size_t i = 0; i < json_count(children); i++) {
        int64_t index = 0;
        TRY(json_to_int(json_item(children, i), (JsonRange){0, last}, &index));
        is_child[index] = true;
    }
    return OK;
}

static Status place_all_roots(Scene *scene)
{
    GltfDocument *document = scene->document;
    uint32_t count = (uint32_t)json_count(document->nodes);
    bool *is_child = ARENA_ARRAY(&document->job->temporary, bool, count);
    for (uint32_t i = 0; i < count; i++)
        TRY(mark_children(document, json_item(document->nodes, i), is_child));
    for (uint32_t i = 0; i < count; i++)
        if (!is_child[i])
            TRY(place_node(scene, i, NULL));
    return OK;
}

static Status place_roots(Scene *scene)
{
    GltfDocument *document = scene->document;
    uint32_t index = 0;
    if (json_count(document->scenes) == 0)
        return place_all_roots(scene);
    TRY(gltf_get_index(json_root(&document->json), "scene", JSON_OPTIONAL, document->scenes,
                       &index));
    JsonValue json = json_item(document->scenes, index), roots = {0};
    TRY(json_to_object(json));
    TRY(json_get_array(json, "nodes", JSON_OPTIONAL, GLTF_MAX_ITEMS, &roots));
    return place_nodes(scene, roots, NULL);
}

// Where a skinned mesh stands is up to its bones: in the bind pose each of them moves it the
// same way, so the first one is asked.
static Status find_bind_pose(Scene *scene, uint32_t skin_index, Matrix *world)
{
    GltfDocument *document = scene->document;
    JsonValue skin = json_item(document->skins, skin_index), joints;
    uint32_t index = UINT32_MAX;
    int64_t joint = 0;
    TRY(json_to_object(skin));
    TRY(json_get_array(skin, "joints", JSON_REQUIRED, GLTF_MAX_ITEMS, &joints));
    double last = (double)json_count(document->nodes) - 1;
    TRY(json_to_int(json_item(joints, 0), (JsonRange){0, last}, &joint));
    TRY(gltf_get_index(skin, "inverseBindMatrices", JSON_OPTIONAL, document->accessors,
                       &index));
    if (!scene->nodes[joint].is_placed)
        return OK; // a bone outside the scene: the node's own place is the best guess
    *world = scene->nodes[joint].world;
    if (index == UINT32_MAX)
        return OK;
    GltfAccessor accessor;
    TRY(gltf_open_accessor(document, index, &accessor));
    if (accessor.component_count != 16 || accessor.count == 0)
        return json_fail(accessor.json, ERR_CORRUPT, "inverse bind matrices that are none");
    accessor.count = 1;
    accessor.sparse = (GltfSparse){0};
    float floats[16];
    Matrix inverse_bind;
    gltf_read_floats(&accessor, floats, 16);
    for (int i = 0; i < 16; i++)
        inverse_bind.m[i] = floats[i];
    *world = multiply(world, &inverse_bind);
    return OK;
}

static Status add_node(Scene *scene, uint32_t index)
{
    GltfDocument *document = scene->document;
    JsonValue node = json_item(document->nodes, index);
    uint32_t mesh = UINT32_MAX, skin = UINT32_MAX;
    Matrix world = scene->nodes[index].world;
    TRY(gltf_get_index(node, "mesh", JSON_OPTIONAL, document->meshes, &mesh));
    if (mesh == UINT32_MAX)
        return OK;
    TRY(gltf_get_index(node, "skin", JSON_OPTIONAL, document->skins, &skin));
    if (skin != UINT32_MAX)
        TRY(find_bind_pose(scene, skin, &world));
    return gltf_add_mesh(document, mesh, world.m);
}

static Status add_all_meshes(GltfDocument *document)
{
    for (uint32_t i = 0; i < json_count(document->meshes); i++)
        TRY(gltf_add_mesh(document, i, identity.m));
    return OK;
}

Status gltf_add_scene(GltfDocument *document)
{
    uint32_t count = (uint32_t)json_count(document->nodes);
    if (count == 0)
        return add_all_meshes(document);
    Scene scene = {
        .document = document,
        .nodes = ARENA_ARRAY(&document->job->temporary, Node, count),
        .order = ARENA_ARRAY(&document->job->temporary, uint32_t, count),
    };
    TRY(place_roots(&scene));
    TRY(place_descendants(&scene));
    for (uint32_t i = 0; i < scene.placed_count; i++) {
        TRY(add_node(&scene, scene.order[i]));
        TRY(import_job_progress(document->job, (i + 1.0) / (scene.placed_count + 1.0)));
    }
    return OK;
}
