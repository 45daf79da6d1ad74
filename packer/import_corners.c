// import_corners.c: one vertex for each different use of a position.

#include "packer/import_corners.h"

#include <string.h>

typedef struct Use {
    uint32_t base_plus_1; // 0: not used yet
    ImportCornerKey key;
} Use;

void import_corners_drop(ImportCorners *corners)
{
    import_array_drop(&corners->uses);
    import_array_drop(&corners->slots);
}

static uint32_t *slots_of(const ImportCorners *corners)
{
    return (uint32_t *)corners->slots.bytes;
}

static size_t slot_count(const ImportCorners *corners)
{
    return corners->slots.used / sizeof(uint32_t);
}

static Use *uses_of(ImportCorners *corners)
{
    size_t wanted = corners->mesh->vertex_count * sizeof(Use);
    if (corners->uses.used < wanted) {
        size_t more = wanted - corners->uses.used;
        memset(import_array_push(&corners->uses, more), 0, more);
    }
    return (Use *)corners->uses.bytes;
}

static uint64_t hash_use(const Use *use)
{
    uint64_t hash = use->base_plus_1;
    for (int i = 0; i < 3; i++) {
        hash = (hash ^ use->key.words[i]) * 0x9e3779b97f4a7c15u;
        hash ^= hash >> 29;
    }
    return hash;
}

static bool is_same_use(const Use *a, const Use *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}

// Where this use stands in the table, or the free slot where it would.
static uint32_t *find_slot(const ImportCorners *corners, const Use *uses, const Use *use)
{
    uint32_t *slots = slots_of(corners);
    size_t mask = slot_count(corners) - 1;
    size_t at = (size_t)hash_use(use) & mask;
    while (slots[at] && !is_same_use(&uses[slots[at] - 1], use))
        at = (at + 1) & mask;
    return &slots[at];
}

// At most half full.
static void make_room(ImportCorners *corners, const Use *uses)
{
    size_t count = slot_count(corners);
    if (corners->copy_count * 2 < count)
        return;
    ImportArray old = corners->slots;
    corners->slots = (ImportArray){0};
    size_t bytes = MAX(count * 2, (size_t)1024) * sizeof(uint32_t);
    memset(import_array_push(&corners->slots, bytes), 0, bytes);
    for (size_t i = 0; i < count; i++) {
        uint32_t vertex_plus_1 = ((const uint32_t *)old.bytes)[i];
        if (vertex_plus_1)
            *find_slot(corners, uses, &uses[vertex_plus_1 - 1]) = vertex_plus_1;
    }
    import_array_drop(&old);
}

static Status copy_vertex(ImportMesh *mesh, uint32_t from, uint32_t *to)
{
    TRY(import_mesh_add_vertices(mesh, 1, to));
    for (int i = 0; i < IMPORT_STREAM_COUNT; i++) {
        if (!mesh->has_stream[i])
            continue;
        size_t size = mesh->streams[i].used / mesh->vertex_count;
        uint8_t *bytes = mesh->streams[i].bytes;
        memcpy(bytes + *to * size, bytes + from * size, size);
    }
    return OK;
}

Status import_corners_find(ImportCorners *corners, uint32_t base, ImportCornerKey key,
                           uint32_t *vertex, bool *is_new)
{
    Use use = {base + 1, key};
    Use *uses = uses_of(corners);
    *is_new = uses[base].base_plus_1 == 0;
    if (*is_new)
        uses[base] = use;
    *vertex = base;
    if (is_same_use(&uses[base], &use))
        return OK;
    make_room(corners, uses);
    uint32_t *slot = find_slot(corners, uses, &use);
    if (*slot) {
        *vertex = *slot - 1;
        return OK;
    }
    TRY(copy_vertex(corners->mesh, base, vertex));
    *is_new = true;
    *slot = *vertex + 1;
    uses_of(corners)[*vertex] = use;
    corners->copy_count++;
    return OK;
}

bool import_corners_key(ImportCorners *corners, uint32_t vertex, ImportCornerKey *key)
{
    const Use *use = &uses_of(corners)[vertex];
    *key = use->key;
    return use->base_plus_1 != 0;
}
