// bake_surface.c: colour, gloss and glow of every vertex of a scan without pictures.

#include "packer/bake_surface.h"

#include "data/image.h"
#include "packer/bake_material.h"

#include <math.h>

enum { GRAIN = 4096 }; // vertices a worker takes at once

typedef struct Surface {
    const Scan *scan;
    BakeMesh *mesh;
    uint32_t *first_corner; // vertex_count + 1, into `corners`
    uint32_t *corners;      // 3 * triangle + place
    float light_of[256];    // of a byte of sRGB
} Surface;

// What is added up for a vertex, each multiplied by its part of the surface.
typedef struct Sums {
    float light[3], roughness, metal, occlusion, glow, weight;
} Sums;

static void link_corners(Surface *surface, Arena *arena)
{
    const BakeMesh *mesh = surface->mesh;
    uint32_t *first = ARENA_ARRAY(arena, uint32_t, (size_t)mesh->vertex_count + 2);
    const uint32_t *vertices = &mesh->triangles[0][0];
    uint32_t corner_count = 3 * mesh->triangle_count;
    for (uint32_t i = 0; i < corner_count; i++)
        first[vertices[i] + 2]++;
    for (uint32_t v = 0; v < mesh->vertex_count; v++)
        first[v + 2] += first[v + 1];
    surface->corners = ARENA_ARRAY_RAW(arena, uint32_t, corner_count);
    for (uint32_t i = 0; i < corner_count; i++)
        surface->corners[first[vertices[i] + 1]++] = i;
    surface->first_corner = first;
}

static float area_of(const BakeMesh *mesh, const uint32_t triangle[3])
{
    const int32_t *p = mesh->positions[triangle[0]], *q = mesh->positions[triangle[1]],
                  *r = mesh->positions[triangle[2]];
    float a[3], b[3];
    for (int axis = 0; axis < 3; axis++) {
        a[axis] = (float)(q[axis] - p[axis]);
        b[axis] = (float)(r[axis] - p[axis]);
    }
    float x = a[1] * b[2] - a[2] * b[1], y = a[2] * b[0] - a[0] * b[2],
          z = a[0] * b[1] - a[1] * b[0];
    return sqrtf(x * x + y * y + z * z);
}

static void add_corner(const Surface *surface, uint32_t corner, Sums *sums)
{
    const Scan *scan = surface->scan;
    uint32_t source = surface->mesh->sources[corner / 3];
    const ScanMaterial *material = &scan->materials[bake_material_of(scan, source)];
    uint32_t vertex = scan->triangles[source][corner % 3];
    // A triangle without area still has something to say where there is no other.
    float weight = area_of(surface->mesh, surface->mesh->triangles[corner / 3]) + 1e-3f;
    float roughness = material->roughness, metal = material->metallic, occlusion = 1;
    if (scan->surfaces) {
        roughness = (float)scan->surfaces[vertex][0] / 255.0f;
        metal = (float)scan->surfaces[vertex][1] / 255.0f;
        occlusion = (float)scan->surfaces[vertex][2] / 255.0f;
    }
    for (int c = 0; c < 3; c++) {
        float own = scan->colors ? surface->light_of[scan->colors[vertex][c]] : 1;
        sums->light[c] += weight * material->base_color[c] * own;
        sums->glow += material->is_unlit ? 0 : weight * material->emissive[c];
    }
    sums->roughness += weight * (material->is_unlit ? 1 : roughness);
    sums->metal += material->is_unlit ? 0 : weight * metal;
    sums->occlusion += weight * occlusion;
    sums->weight += weight;
}

static uint8_t byte_of(float value)
{
    return (uint8_t)(CLAMP(value, 0.0f, 1.0f) * 255.0f + 0.5f);
}

static MeshSurface mean_of(const Sums *sums)
{
    float scale = 1 / sums->weight;
    float light = sums->light[0] + sums->light[1] + sums->light[2];
    MeshSurface surface = {.occlusion = byte_of(sums->occlusion * scale),
                           .roughness = byte_of(sums->roughness * scale),
                           .metal = byte_of(sums->metal * scale),
                           .relief = MESH_RELIEF_FLAT};
    for (int c = 0; c < 3; c++)
        surface.color[c] = image_srgb_of_linear(sums->light[c] * scale);
    if (sums->glow > 0)
        surface.emission = byte_of(sums->glow / MAX(light, 1e-6f));
    return surface;
}

static Status cover_some(void *context, size_t first, size_t count, int worker)
{
    Surface *surface = context;
    (void)worker;
    for (size_t v = first; v < first + count; v++) {
        Sums sums = {0};
        for (uint32_t i = surface->first_corner[v]; i < surface->first_corner[v + 1]; i++)
            add_corner(surface, surface->corners[i], &sums);
        surface->mesh->surfaces[v] = mean_of(&sums);
    }
    return OK;
}

Status bake_surface(const SurfaceDesc *desc, Arena *arena)
{
    Arena temporary = {0};
    BakeMesh *mesh = desc->mesh;
    Surface surface = {.scan = desc->scan, .mesh = mesh};
    const bool *is_used = bake_used_materials(desc->scan, &temporary);
    Status status = OK;
    if (bake_has_surface(desc->scan, is_used)) {
        for (int i = 0; i < 256; i++)
            surface.light_of[i] = image_linear_of_srgb((uint8_t)i);
        mesh->surfaces = ARENA_ARRAY(arena, MeshSurface, mesh->vertex_count);
        bake_material_warn(desc->scan, is_used);
        link_corners(&surface, &temporary);
        status = parallel_for(&(ParallelDesc){.count = mesh->vertex_count,
                                              .grain = GRAIN,
                                              .run = cover_some,
                                              .context = &surface,
                                              .cancel = desc->cancel,
                                              .worker_limit = desc->worker_limit});
    }
    arena_drop(&temporary);
    return status;
}
