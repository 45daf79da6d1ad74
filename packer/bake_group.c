// bake_group.c: one group of clusters: kept as it is for the pages, then simplified.

#include "packer/bake_group.h"

#include "packer/bake_cone.h"
#include "packer/bake_simplify.h"

#include <float.h>
#include <math.h>
#include <string.h>

static const float WANTED_SHARE = 0.25f;
// The simplifier's distances are means over planes. The farthest point is up to this much
// farther (measured; a test holds it to that).
static const float DISTANCE_MARGIN = 1.5f;
// Once half is gone, nothing is pressed on for a quarter that would bend the shape so far, in
// distances between vertices: groups with long borders stop there. Earlier where no picture
// asks for texels: levels lie closer then, and each of a large scan is off by less. With
// pictures every level costs their texels once more.
static const float ENOUGH_SHARE = 0.5f, DEAR_SHARE = 0.5f, BARE_DEAR_SHARE = 0.25f;
// A shape is bent that is so far off, in distances between the vertices that are left.
static const float BENT_SHARE = 0.3f;
static const float STUCK_SHARE = 0.85f; // more than this kept: not worth a level

// Texels grow with edges: twice as wide where a quarter of the triangles is left. Where
// vertices held everything so far, there are about two texels for each of them (0.7 of an
// edge, where an edge is 1.5 times the root of a triangle's area). That is three or four a
// triangle, and a view whose texels are as fine as its pixels would draw very many: one
// level keeps its texels.
static const float TEXEL_GROWTH = 2.0f;
static const float FIRST_TEXEL_SHARE = 0.7f * 1.5f;
static const float FEW_TEXELS = 8.0f; // a triangle
// Texels of up to 1.4 pixels: they cost 2 dB in views that stay above 39, and save half of the
// triangles where a scan's are as wide as pixels. A copied texel as wide as a pixel is still
// drawn as it is: what it was simplified to is twice as wide.
static const float TEXEL_ERROR = 0.7f;

// The group's triangles with its own numbering of vertices.
typedef struct Cut {
    LocalMap map;
    uint32_t triangle_count;
    uint32_t (*triangles)[3];
    float (*positions)[3]; // about the middle, 1 in size
    float middle_m[3], unit_m;
    uint8_t *is_locked;
} Cut;

static void cut_triangles(const GroupJob *job, Cut *cut)
{
    uint32_t corner_count = 0;
    for (uint32_t i = 0; i < job->member_count; i++) {
        cut->triangle_count += job->clusters[job->members[i]].triangle_count;
        corner_count += job->clusters[job->members[i]].vertex_count;
    }
    cut->map = local_map_make(corner_count, job->temporary);
    cut->triangles =
        arena_alloc_raw(job->temporary, cut->triangle_count * sizeof *cut->triangles, 16);
    uint32_t t = 0;
    for (uint32_t i = 0; i < job->member_count; i++) {
        const BakeCluster *cluster = &job->clusters[job->members[i]];
        uint32_t numbers[MESH_CLUSTER_MAX_VERTICES];
        for (uint32_t v = 0; v < cluster->vertex_count; v++)
            numbers[v] = local_map_add(&cut->map, cluster->vertices[v]);
        for (uint32_t j = 0; j < cluster->triangle_count; j++, t++) {
            for (int corner = 0; corner < 3; corner++)
                cut->triangles[t][corner] = numbers[cluster->triangles[j][corner]];
        }
    }
}

static void cut_positions(const GroupJob *job, Cut *cut)
{
    const BakeMesh *mesh = job->mesh;
    int32_t low[3] = {INT32_MAX, INT32_MAX, INT32_MAX}, high[3] = {0}, size = 1;
    for (uint32_t v = 0; v < cut->map.count; v++) {
        for (int axis = 0; axis < 3; axis++) {
            int32_t at = mesh->positions[cut->map.members[v]][axis];
            low[axis] = MIN(low[axis], at);
            high[axis] = MAX(high[axis], at);
        }
    }
    int32_t middle[3];
    for (int axis = 0; axis < 3; axis++) {
        size = MAX(size, high[axis] - low[axis]);
        middle[axis] = low[axis] + (high[axis] - low[axis]) / 2;
        cut->middle_m[axis] =
            mesh->grid.origin_m[axis] + mesh->grid.step_m * (float)middle[axis];
    }
    cut->unit_m = mesh->grid.step_m * (float)size;
    cut->positions =
        arena_alloc_raw(job->temporary, cut->map.count * sizeof *cut->positions, 16);
    for (uint32_t v = 0; v < cut->map.count; v++) {
        for (int axis = 0; axis < 3; axis++)
            cut->positions[v][axis] =
                (float)(mesh->positions[cut->map.members[v]][axis] - middle[axis]) /
                (float)size;
    }
}

// ---- what neighbours use

static void cut_locks(const GroupJob *job, Cut *cut)
{
    cut->is_locked = ARENA_ARRAY_RAW(job->temporary, uint8_t, cut->map.count);
    for (uint32_t v = 0; v < cut->map.count; v++)
        cut->is_locked[v] = job->use->users[cut->map.members[v]] == USE_SEVERAL;
}

// Normals of what is left, where neighbours do not use them.
static void put_normals(const GroupJob *job, const Cut *cut, const SimplifyMesh *simplified)
{
    float(*sums)[3] = arena_alloc(job->temporary, cut->map.count * sizeof *sums, 16);
    for (uint32_t t = 0; t < simplified->triangle_count; t++) {
        const uint32_t *triangle = simplified->triangles[t];
        float normal[3];
        bake_triangle_normal((const float(*)[3])cut->positions, triangle, normal);
        for (int i = 0; i < 9; i++)
            sums[triangle[i / 3]][i % 3] += normal[i % 3];
    }
    for (uint32_t v = 0; v < cut->map.count; v++) {
        const float *sum = sums[v];
        float size = sqrtf(sum[0] * sum[0] + sum[1] * sum[1] + sum[2] * sum[2]);
        if (!cut->is_locked[v] && size > 0)
            job->mesh->normals[cut->map.members[v]] =
                bake_normal_of((float[3]){sum[0] / size, sum[1] / size, sum[2] / size});
    }
}

// ---- where it is and which way it faces

static void bound_group(const GroupJob *job, const Cut *cut, BakeGroup *group)
{
    group->box = (MeshBox){{FLT_MAX, FLT_MAX, FLT_MAX}, {-FLT_MAX, -FLT_MAX, -FLT_MAX}};
    for (uint32_t v = 0; v < cut->map.count; v++) {
        float at[3];
        bake_position(job->mesh, cut->map.members[v], at);
        for (int axis = 0; axis < 3; axis++) {
            group->box.low[axis] = MIN(group->box.low[axis], at[axis]);
            group->box.high[axis] = MAX(group->box.high[axis], at[axis]);
        }
    }
    // What is coarser says nothing of what there is: often a triangle of it is turned over.
    uint32_t(*finest)[3] =
        arena_alloc_raw(job->temporary, cut->triangle_count * sizeof *finest, 16);
    uint32_t count = 0, first = 0;
    for (uint32_t i = 0; i < job->member_count; i++) {
        const BakeCluster *cluster = &job->clusters[job->members[i]];
        if (cluster->refined_by == BAKE_NO_GROUP) {
            memcpy(&finest[count], &cut->triangles[first],
                   cluster->triangle_count * sizeof *finest);
            count += cluster->triangle_count;
        }
        first += cluster->triangle_count;
    }
    group->cone = bake_cone(&(ConeDesc){.vertex_count = cut->map.count,
                                        .triangle_count = count,
                                        .positions = (const float(*)[3])cut->positions,
                                        .triangles = (const uint32_t(*)[3])finest},
                            job->temporary);
}

// ---- what the pages will hold

static uint32_t *keep_sources(const GroupJob *job, uint32_t triangle_count)
{
    uint32_t *sources = NULL, first = 0;
    for (uint32_t i = 0; i < job->member_count; i++) {
        const BakeCluster *cluster = &job->clusters[job->members[i]];
        if (cluster->sources && !sources) {
            sources = ARENA_ARRAY_RAW(job->keep, uint32_t, triangle_count);
            memset(sources, 0xff, triangle_count * sizeof *sources);
        }
        if (cluster->sources)
            memcpy(&sources[first], cluster->sources,
                   cluster->triangle_count * sizeof *sources);
        first += cluster->triangle_count;
    }
    return sources;
}

static BakeGroup *keep_group(const GroupJob *job, const Cut *cut)
{
    const BakeMesh *mesh = job->mesh;
    BakeGroup *group = ARENA_NEW(job->keep, BakeGroup);
    *group = (BakeGroup){.level = job->level,
                         .cluster_count = job->member_count,
                         .triangle_count = cut->triangle_count,
                         .vertex_count = cut->map.count};
    group->vertices = arena_copy(job->keep, cut->map.members,
                                 group->vertex_count * sizeof(uint32_t), sizeof(uint32_t));
    group->normals =
        arena_alloc_raw(job->keep, group->vertex_count * sizeof *group->normals, 1);
    if (mesh->surfaces)
        group->surfaces = ARENA_ARRAY_RAW(job->keep, MeshSurface, group->vertex_count);
    for (uint32_t v = 0; v < group->vertex_count; v++) {
        const int16_t *xyz = mesh->normals[group->vertices[v]].xyz;
        mesh_encode_normal((float[3]){xyz[0] / 32767.0f, xyz[1] / 32767.0f, xyz[2] / 32767.0f},
                           group->normals[v]);
        if (mesh->surfaces)
            group->surfaces[v] = mesh->surfaces[group->vertices[v]];
    }
    group->indices =
        arena_alloc_raw(job->keep, group->triangle_count * sizeof *group->indices, 2);
    for (uint32_t t = 0; t < group->triangle_count; t++) {
        for (int corner = 0; corner < 3; corner++)
            group->indices[t][corner] = (uint16_t)cut->triangles[t][corner];
    }
    group->sources = keep_sources(job, group->triangle_count);
    group->clusters = ARENA_ARRAY_RAW(job->keep, BakeGroupCluster, group->cluster_count);
    uint32_t first = 0;
    for (uint32_t i = 0; i < job->member_count; i++) {
        const BakeCluster *from = &job->clusters[job->members[i]];
        BakeGroupCluster *cluster = &group->clusters[i];
        *cluster = (BakeGroupCluster){first,
                                      from->triangle_count,
                                      from->refined_by,
                                      .radius = from->radius,
                                      .cone_cutoff = from->cone_cutoff,
                                      .texel_m = from->texel_m};
        memcpy(cluster->center, from->center, sizeof cluster->center);
        memcpy(cluster->cone_axis, from->cone_axis, sizeof cluster->cone_axis);
        first += from->triangle_count;
    }
    bound_group(job, cut, group);
    return group;
}

// ---- simplifying

static SimplifyCare choose_care(const GroupJob *job)
{
    uint8_t tries = 0;
    for (uint32_t i = 0; i < job->member_count; i++)
        tries = MAX(tries, job->clusters[job->members[i]].tries);
    if (tries >= BAKE_GROUP_PATIENCE)
        return SIMPLIFY_DESPERATE;
    return tries > 0 ? SIMPLIFY_LOOSE : SIMPLIFY_CAREFUL;
}

static void inherit_errors(const GroupJob *job, BakeGroup *group, float distance_m)
{
    for (uint32_t i = 0; i < job->member_count; i++) {
        const BakeCluster *cluster = &job->clusters[job->members[i]];
        group->distance_m = MAX(group->distance_m, cluster->distance_m);
        group->error_m = MAX(group->error_m, cluster->error_m);
    }
    // What levels do to the shape is as often outwards as inwards: squares add up.
    group->distance_m = hypotf(group->distance_m, distance_m);
    group->error_m = MAX(group->error_m, group->distance_m);
    group->error_m = MAX(group->error_m, TEXEL_ERROR * group->texel_m);
}

static float coarser_texel_m(const GroupJob *job, const BakeCluster *cluster)
{
    float triangle_m2 = cluster->area_m2 / (float)cluster->triangle_count;
    if (!(cluster->texel_m > 0))
        return FIRST_TEXEL_SHARE * sqrtf(triangle_m2);
    bool is_first = !job->mesh->texel_areas &&
                    triangle_m2 < FEW_TEXELS * cluster->texel_m * cluster->texel_m;
    return is_first ? cluster->texel_m : TEXEL_GROWTH * cluster->texel_m;
}

// How wide the texels will be of what the group is simplified to: as many as if each of its
// clusters grew by itself. The finest count, so what is finer than its neighbours is not
// blurred by their mean.
static float choose_texel_m(const GroupJob *job)
{
    float texels = 0, area_m2 = 0;
    for (uint32_t i = 0; i < job->member_count; i++) {
        const BakeCluster *cluster = &job->clusters[job->members[i]];
        float texel_m = coarser_texel_m(job, cluster);
        if (!(texel_m > 0))
            continue; // of no area
        texels += cluster->area_m2 / (texel_m * texel_m);
        area_m2 += cluster->area_m2;
    }
    return texels > 0 ? sqrtf(area_m2 / texels) : 0;
}

// How wide texels are at each vertex before it is simplified: the finest that meet there.
static float *find_widths(const GroupJob *job, const Cut *cut)
{
    float *widths_m = ARENA_ARRAY_RAW(job->temporary, float, cut->map.count);
    for (uint32_t v = 0; v < cut->map.count; v++)
        widths_m[v] = FLT_MAX;
    uint32_t t = 0;
    for (uint32_t i = 0; i < job->member_count; i++) {
        const BakeCluster *cluster = &job->clusters[job->members[i]];
        for (uint32_t end = t + cluster->triangle_count; t < end; t++) {
            for (int corner = 0; corner < 3; corner++) {
                float *width = &widths_m[cut->triangles[t][corner]];
                *width = MIN(*width, cluster->texel_m);
            }
        }
    }
    return widths_m;
}

// Of each triangle that is left. What was coarser already than the group's texels will be stays
// as it is.
static float *count_texels(const GroupJob *job, const Cut *cut, const float (*positions_m)[3],
                           const SimplifyMesh *simplified, float texel_m)
{
    const float *widths_m = find_widths(job, cut);
    float *texels = ARENA_ARRAY_RAW(job->temporary, float, simplified->triangle_count);
    for (uint32_t t = 0; t < simplified->triangle_count; t++) {
        const uint32_t *v = simplified->triangles[t];
        float width_m = MIN(widths_m[v[0]], MIN(widths_m[v[1]], widths_m[v[2]]));
        width_m = MAX(width_m, texel_m);
        texels[t] = bake_triangle_area(positions_m, v) / (width_m * width_m);
    }
    return texels;
}

static void make_clusters(const GroupJob *job, const Cut *cut, const SimplifyMesh *simplified,
                          const BakeGroup *group, GroupResult *result)
{
    float(*positions_m)[3] =
        arena_alloc_raw(job->temporary, cut->map.count * sizeof *positions_m, 16);
    for (uint32_t v = 0; v < cut->map.count; v++)
        bake_position(job->mesh, cut->map.members[v], positions_m[v]);
    LocalMesh local = {.vertex_count = cut->map.count,
                       .triangle_count = simplified->triangle_count,
                       .vertices = cut->map.members,
                       .positions_m = (const float(*)[3])positions_m,
                       .triangles = (const uint32_t(*)[3])simplified->triangles};
    if (group->texel_m > 0)
        local.texels = count_texels(job, cut, local.positions_m, simplified, group->texel_m);
    result->clusters =
        bake_build_clusters(&local, job->coming, job->temporary, &result->cluster_count);
    for (uint32_t i = 0; i < result->cluster_count; i++) {
        BakeCluster *cluster = &result->clusters[i];
        cluster->error_m = group->error_m;
        cluster->distance_m = group->distance_m;
    }
}

// How far apart vertices are that a square of the mesh's surface has.
static float spacing(const Cut *cut, const SimplifyMesh *mesh)
{
    float area = 0;
    for (uint32_t t = 0; t < mesh->triangle_count; t++)
        area += bake_triangle_area((const float(*)[3])cut->positions, mesh->triangles[t]);
    return sqrtf(2.0f * area / (float)MAX(mesh->triangle_count, 1u)); // half as many vertices
}

// One way to simplify, and how it went.
typedef struct Attempt {
    SimplifyMesh mesh;
    float distance;
} Attempt;

static Attempt try_simplify(const GroupJob *job, const Cut *cut, SimplifyCare care)
{
    float count = (float)cut->triangle_count;
    float dear = job->mesh->texel_areas ? DEAR_SHARE : BARE_DEAR_SHARE;
    Attempt attempt = {
        .mesh = {.vertex_count = cut->map.count,
                 .triangle_count = cut->triangle_count,
                 .positions = (const float(*)[3])cut->positions,
                 .is_locked = cut->is_locked,
                 .triangles = arena_copy(job->temporary, cut->triangles,
                                         cut->triangle_count * sizeof *cut->triangles, 16)}};
    SimplifyOptions options = {.target_triangles = (uint32_t)(count * WANTED_SHARE),
                               .care = care,
                               .enough_triangles = (uint32_t)(count * ENOUGH_SHARE),
                               .dear = dear * spacing(cut, &attempt.mesh)};
    attempt.distance = bake_simplify(&attempt.mesh, &options, job->temporary);
    return attempt;
}

static float share_of(const Cut *cut, const Attempt *attempt)
{
    return (float)attempt->mesh.triangle_count / (float)cut->triangle_count;
}

// What is full of holes and rods cannot keep all of them: forced to, the simplifier bends
// everything else out of shape. Then it may close some, if that does less harm.
static Attempt choose_attempt(const GroupJob *job, const Cut *cut)
{
    SimplifyCare care = choose_care(job);
    Attempt attempt = try_simplify(job, cut, care);
    float size = spacing(cut, &attempt.mesh);
    if (care != SIMPLIFY_CAREFUL || attempt.distance < BENT_SHARE * size)
        return attempt;
    Attempt loose = try_simplify(job, cut, SIMPLIFY_LOOSE);
    bool is_better = loose.distance < attempt.distance &&
                     loose.mesh.triangle_count <= attempt.mesh.triangle_count;
    return is_better ? loose : attempt;
}

static GroupResult simplify_group(const GroupJob *job, Cut *cut)
{
    cut_positions(job, cut);
    cut_locks(job, cut);
    Attempt attempt = choose_attempt(job, cut);
    SimplifyMesh *mesh = &attempt.mesh;
    if (!mesh->triangle_count || share_of(cut, &attempt) > STUCK_SHARE)
        return (GroupResult){0};
    BakeGroup *group = keep_group(job, cut);
    put_normals(job, cut, mesh);
    GroupResult result = {.group = group};
    group->texel_m = choose_texel_m(job);
    inherit_errors(job, group, DISTANCE_MARGIN * attempt.distance * cut->unit_m);
    make_clusters(job, cut, mesh, group, &result);
    return result;
}

GroupResult bake_make_group(const GroupJob *job)
{
    ArenaMark mark = arena_mark(job->temporary);
    Cut cut = {0};
    cut_triangles(job, &cut);
    GroupResult result;
    if (job->is_root) {
        cut_positions(job, &cut);
        result = (GroupResult){.group = keep_group(job, &cut)};
        result.group->error_m = result.group->distance_m = FLT_MAX;
    } else {
        result = simplify_group(job, &cut);
    }
    arena_rewind(job->temporary, mark);
    return result;
}
