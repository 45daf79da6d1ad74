// simplify.c: fewer triangles where nobody could tell, by the form and by its colour and gloss.

#include "exhibits/sculptor/simplify.h"

#include <string.h>

enum { NORMAL_ATTRIBUTES = 3, ATTRIBUTES = 7, PASSES = 12 };

// Sum over triangles of squared distance to their planes plus squared error of each attribute's
// linear course over them, as a function of where the vertex is and what it carries.
typedef struct Quadric {
    double xx, yy, zz, xy, xz, yz, x, y, z, constant, weight;
    double slope[ATTRIBUTES][3], offset[ATTRIBUTES];
} Quadric;

typedef struct Sample {
    Vec3 p;
    float value[ATTRIBUTES]; // already in millimetres
} Sample;

typedef struct Fold {
    float cost;
    uint32_t from, to;
} Fold;

typedef struct Mesh {
    const SimplifyDesc *desc;
    int attributes; // without those of the colour, where it does not count
    ContourPatch *patch;
    Sample *samples;
    Quadric *quadrics;
    uint32_t *target;       // where a vertex went in this pass; itself if nowhere
    uint8_t *is_touched;    // moved or received in this pass
    uint32_t *first, *fans; // triangles around each vertex, by vertex
    Fold *folds, *sorted;   // the second is room for sorting
    size_t fold_count;
} Mesh;

static void sum_linear(Quadric *q, Vec3 g, double d, double weight)
{
    q->xx += weight * g.x * g.x, q->yy += weight * g.y * g.y, q->zz += weight * g.z * g.z;
    q->xy += weight * g.x * g.y, q->xz += weight * g.x * g.z, q->yz += weight * g.y * g.z;
    q->x += weight * g.x * d, q->y += weight * g.y * d, q->z += weight * g.z * d;
    q->constant += weight * d * d;
}

static void sum_triangle(Quadric *q, int attributes, const Sample *a, const Sample *b,
                         const Sample *c)
{
    Vec3 ab = v3_sub(b->p, a->p), ac = v3_sub(c->p, a->p), n = v3_cross(ab, ac);
    float square = v3_dot(n, n);
    if (square < 1e-20f)
        return;
    double weight = sqrtf(square) * 0.5f;
    Vec3 unit = v3_scale(n, 1 / sqrtf(square));
    sum_linear(q, unit, -v3_dot(unit, a->p), weight);
    q->weight += weight;
    // The in-plane directions dual to ab and ac: gradient = change along ab, change along ac.
    Vec3 to_b = v3_scale(v3_cross(ac, n), 1 / square),
         to_c = v3_scale(v3_cross(n, ab), 1 / square);
    for (int i = 0; i < attributes; i++) {
        Vec3 g =
            v3_mad(v3_scale(to_b, b->value[i] - a->value[i]), to_c, c->value[i] - a->value[i]);
        double d = a->value[i] - v3_dot(g, a->p);
        sum_linear(q, g, d, weight);
        q->slope[i][0] += weight * g.x;
        q->slope[i][1] += weight * g.y;
        q->slope[i][2] += weight * g.z;
        q->offset[i] += weight * d;
    }
}

static double error_at(const Quadric *q, int attributes, const Sample *s)
{
    double x = s->p.x, y = s->p.y, z = s->p.z;
    double e = q->constant + x * (q->xx * x + 2 * (q->xy * y + q->xz * z + q->x)) +
               y * (q->yy * y + 2 * (q->yz * z + q->y)) + z * (q->zz * z + 2 * q->z);
    for (int i = 0; i < attributes; i++) {
        double v = s->value[i];
        const double *g = q->slope[i];
        e += v * (v * q->weight - 2 * (g[0] * x + g[1] * y + g[2] * z + q->offset[i]));
    }
    return e;
}

static void add_quadric(Quadric *to, const Quadric *from)
{
    double *a = (double *)to;
    const double *b = (const double *)from;
    for (size_t i = 0; i < sizeof *to / sizeof *a; i++)
        a[i] += b[i];
}

static void take_samples(Mesh *mesh)
{
    const ContourPatch *patch = mesh->patch;
    Vec3 middle = patch->vertices[0].position;
    for (uint32_t i = 0; i < patch->vertex_count; i++) {
        const SculptVertex *v = &patch->vertices[i];
        Sample *s = &mesh->samples[i];
        float n = mesh->desc->normal_mm, c = mesh->desc->colour_mm;
        bool is_coloured = mesh->attributes == ATTRIBUTES;
        // Close to the origin, so that squares keep their digits.
        s->p = v3_sub(v->position, middle);
        float values[ATTRIBUTES] = {v->normal.x * n, v->normal.y * n, v->normal.z * n};
        for (int k = 0; k < 3 && is_coloured; k++)
            values[NORMAL_ATTRIBUTES + k] = v->colour[k] * c;
        if (is_coloured)
            values[ATTRIBUTES - 1] = v->roughness * c * 0.5f;
        memcpy(s->value, values, sizeof values);
    }
    for (uint32_t i = 0; i < patch->index_count; i += 3)
        for (int k = 0; k < 3; k++)
            sum_triangle(&mesh->quadrics[patch->indices[i + k]], mesh->attributes,
                         &mesh->samples[patch->indices[i]],
                         &mesh->samples[patch->indices[i + 1]],
                         &mesh->samples[patch->indices[i + 2]]);
}

static void find_fans(Mesh *mesh)
{
    const ContourPatch *patch = mesh->patch;
    memset(mesh->first, 0, (patch->vertex_count + 1) * sizeof *mesh->first);
    for (uint32_t i = 0; i < patch->index_count; i++)
        mesh->first[patch->indices[i] + 1]++;
    for (uint32_t i = 0; i < patch->vertex_count; i++)
        mesh->first[i + 1] += mesh->first[i];
    for (uint32_t i = 0; i < patch->index_count; i++)
        mesh->fans[mesh->first[patch->indices[i]]++] = i / 3;
    for (uint32_t i = patch->vertex_count; i > 0; i--)
        mesh->first[i] = mesh->first[i - 1];
    mesh->first[0] = 0;
}

static void propose(Mesh *mesh, uint32_t from, uint32_t to, float limit)
{
    if (mesh->patch->is_rim[from])
        return;
    const Quadric *a = &mesh->quadrics[from], *b = &mesh->quadrics[to];
    const Sample *at = &mesh->samples[to];
    int n = mesh->attributes;
    double error = (error_at(a, n, at) + error_at(b, n, at)) / (a->weight + b->weight + 1e-20);
    float cost = (float)(error > 0 ? error : 0);
    if (cost <= limit)
        mesh->folds[mesh->fold_count++] = (Fold){cost, from, to};
}

static uint32_t cost_bits(const Fold *fold)
{
    uint32_t bits;
    memcpy(&bits, &fold->cost, sizeof bits);
    return bits;
}

// By cost, the cheapest first; equal ones stay in the order of their triangles. Costs are not
// negative, so their bits are in the order of their values.
static void sort_folds(Mesh *mesh)
{
    enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS };
    Fold *from = mesh->folds, *to = mesh->sorted;
    for (int shift = 0; shift < 32; shift += DIGIT_BITS) {
        size_t starts[DIGITS] = {0}, sum = 0;
        for (size_t i = 0; i < mesh->fold_count; i++)
            starts[cost_bits(&from[i]) >> shift & (DIGITS - 1)]++;
        for (size_t d = 0; d < DIGITS; d++) {
            size_t count = starts[d];
            starts[d] = sum;
            sum += count;
        }
        for (size_t i = 0; i < mesh->fold_count; i++)
            to[starts[cost_bits(&from[i]) >> shift & (DIGITS - 1)]++] = from[i];
        Fold *swap = from;
        from = to;
        to = swap;
    }
    mesh->folds = from;
    mesh->sorted = to;
}

static void find_folds(Mesh *mesh)
{
    const ContourPatch *patch = mesh->patch;
    float limit = mesh->desc->error_mm * mesh->desc->error_mm;
    mesh->fold_count = 0;
    for (uint32_t i = 0; i < patch->index_count; i += 3)
        for (int k = 0; k < 3; k++) {
            uint32_t a = patch->indices[i + k], b = patch->indices[i + (k + 1) % 3];
            // Each edge has two triangles, so each direction is seen once.
            propose(mesh, a, b, limit);
        }
    sort_folds(mesh);
}

// A closed ring around the edge: exactly two vertices are neighbours of both ends.
static bool keeps_topology(const Mesh *mesh, uint32_t from, uint32_t to)
{
    const uint32_t *indices = mesh->patch->indices;
    uint32_t near[64];
    int near_count = 0, common = 0;
    if (mesh->first[from + 1] - mesh->first[from] > 24 ||
        mesh->first[to + 1] - mesh->first[to] > 24)
        return false;
    for (uint32_t f = mesh->first[from]; f < mesh->first[from + 1]; f++)
        for (int k = 0; k < 3; k++) {
            uint32_t v = mesh->target[indices[mesh->fans[f] * 3 + k]];
            bool is_known = v == from || v == to;
            for (int i = 0; i < near_count && !is_known; i++)
                is_known = near[i] == v;
            if (!is_known)
                near[near_count++] = v;
        }
    for (int i = 0; i < near_count; i++) {
        bool is_common = false;
        for (uint32_t f = mesh->first[to]; f < mesh->first[to + 1] && !is_common; f++)
            for (int k = 0; k < 3; k++)
                is_common |= mesh->target[indices[mesh->fans[f] * 3 + k]] == near[i];
        common += is_common;
    }
    return common == 2;
}

// No triangle may turn over, become a needle, or face away from its corners' normals.
static bool keeps_faces(const Mesh *mesh, uint32_t from, uint32_t to)
{
    const ContourPatch *patch = mesh->patch;
    for (uint32_t f = mesh->first[from]; f < mesh->first[from + 1]; f++) {
        const uint32_t *t = &patch->indices[mesh->fans[f] * 3];
        uint32_t v[3] = {mesh->target[t[0]], mesh->target[t[1]], mesh->target[t[2]]};
        if (v[0] == v[1] || v[1] == v[2] || v[2] == v[0])
            continue; // folded already
        if (v[0] == to || v[1] == to || v[2] == to)
            continue; // will be
        Vec3 p[3], before, after, normals = {0, 0, 0};
        for (int k = 0; k < 3; k++)
            p[k] = mesh->samples[v[k]].p;
        before = v3_cross(v3_sub(p[1], p[0]), v3_sub(p[2], p[0]));
        for (int k = 0; k < 3; k++) {
            uint32_t now = v[k] == from ? to : v[k];
            p[k] = mesh->samples[now].p;
            normals = v3_add(normals, patch->vertices[now].normal);
        }
        after = v3_cross(v3_sub(p[1], p[0]), v3_sub(p[2], p[0]));
        float area = v3_length(after);
        Vec3 e0 = v3_sub(p[1], p[0]), e1 = v3_sub(p[2], p[1]), e2 = v3_sub(p[0], p[2]);
        float edges = v3_dot(e0, e0) + v3_dot(e1, e1) + v3_dot(e2, e2);
        if (v3_dot(before, after) < 0.3f * v3_length(before) * area || area < 0.08f * edges ||
            v3_dot(after, normals) < 0.2f * area * v3_length(normals))
            return false;
    }
    return true;
}

// Folds as many edges as do not disturb each other; returns how many.
static size_t fold_some(Mesh *mesh)
{
    size_t folded = 0, most = mesh->fold_count / 3 + 16;
    for (uint32_t i = 0; i < mesh->patch->vertex_count; i++)
        mesh->target[i] = i;
    memset(mesh->is_touched, 0, mesh->patch->vertex_count);
    for (size_t i = 0; i < mesh->fold_count && folded < most; i++) {
        uint32_t from = mesh->folds[i].from, to = mesh->folds[i].to;
        if (mesh->is_touched[from] || mesh->is_touched[to] || !keeps_topology(mesh, from, to) ||
            !keeps_faces(mesh, from, to))
            continue;
        mesh->target[from] = to;
        mesh->is_touched[from] = mesh->is_touched[to] = 1;
        add_quadric(&mesh->quadrics[to], &mesh->quadrics[from]);
        folded++;
    }
    return folded;
}

static void drop_folded(Mesh *mesh)
{
    ContourPatch *patch = mesh->patch;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < patch->index_count; i += 3) {
        uint32_t a = mesh->target[patch->indices[i]], b = mesh->target[patch->indices[i + 1]];
        uint32_t c = mesh->target[patch->indices[i + 2]];
        if (a == b || b == c || c == a)
            continue;
        patch->indices[kept++] = a;
        patch->indices[kept++] = b;
        patch->indices[kept++] = c;
    }
    patch->index_count = kept;
}

static void drop_unused(ContourPatch *patch, uint32_t *renamed)
{
    memset(renamed, 0, patch->vertex_count * sizeof *renamed);
    for (uint32_t i = 0; i < patch->index_count; i++)
        renamed[patch->indices[i]] = 1;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < patch->vertex_count; i++) {
        if (!renamed[i])
            continue;
        patch->vertices[kept] = patch->vertices[i];
        patch->keys[kept] = patch->keys[i];
        patch->is_rim[kept] = patch->is_rim[i];
        renamed[i] = kept++;
    }
    for (uint32_t i = 0; i < patch->index_count; i++)
        patch->indices[i] = renamed[patch->indices[i]];
    patch->vertex_count = kept;
}

void simplify_patch(const SimplifyDesc *desc, ContourPatch *patch)
{
    if (!patch->vertex_count)
        return;
    Arena arena = {0};
    Mesh mesh = {
        .desc = desc,
        .attributes = desc->colour_mm > 0 ? ATTRIBUTES : NORMAL_ATTRIBUTES,
        .patch = patch,
        .samples = ARENA_ARRAY_RAW(&arena, Sample, patch->vertex_count),
        .quadrics = ARENA_ARRAY(&arena, Quadric, patch->vertex_count),
        .target = ARENA_ARRAY_RAW(&arena, uint32_t, patch->vertex_count),
        .is_touched = ARENA_ARRAY_RAW(&arena, uint8_t, patch->vertex_count),
        .first = ARENA_ARRAY_RAW(&arena, uint32_t, patch->vertex_count + 1),
        .fans = ARENA_ARRAY_RAW(&arena, uint32_t, patch->index_count),
        .folds = ARENA_ARRAY_RAW(&arena, Fold, patch->index_count),
        .sorted = ARENA_ARRAY_RAW(&arena, Fold, patch->index_count),
    };
    take_samples(&mesh);
    for (int pass = 0; pass < PASSES && desc->error_mm > 0; pass++) {
        find_fans(&mesh);
        find_folds(&mesh);
        if (fold_some(&mesh) < patch->vertex_count / 200 + 1)
            pass = PASSES;
        drop_folded(&mesh);
    }
    drop_unused(patch, mesh.target);
    arena_drop(&arena);
}
