// mesh_cone.c: which way a piece of surface faces: cones around its normals.

#include "data/mesh_cone.h"

#include <math.h>
#include <string.h>

enum { STEPS = 12 }; // towards the best axis

static const float WIDEST =
    1.53f; // radians: with more, only an eye straight behind sees nothing
static const float ROUNDING = 1e-4f;

static float length(const float a[3])
{
    return sqrtf(a[0] * a[0] + a[1] * a[1] + a[2] * a[2]);
}

// Exact for small angles, too, unlike a cosine.
static float angle_between(const float a[3], const float b[3])
{
    float cross[3] = {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2],
                      a[0] * b[1] - a[1] * b[0]};
    return atan2f(length(cross), a[0] * b[0] + a[1] * b[1] + a[2] * b[2]);
}

static bool is_open(const MeshCone *cone)
{
    return cone->axis[0] == 0 && cone->axis[1] == 0 && cone->axis[2] == 0 && cone->cutoff >= 0;
}

static float angle_of(const MeshCone *cone)
{
    return asinf(CLAMP(cone->cutoff / length(cone->axis), 0.0f, 1.0f));
}

MeshCone mesh_cone_make(const float axis[3], float angle)
{
    MeshCone cone;
    for (int i = 0; i < 3; i++)
        cone.axis[i] = rintf(CLAMP(axis[i], -1.0f, 1.0f) * 127.0f) / 127.0f;
    angle += angle_between(axis, cone.axis) + ROUNDING;
    if (!(angle < WIDEST))
        return (MeshCone){{0}, 0};
    cone.cutoff = sinf(angle) * length(cone.axis);
    return cone;
}

// From an axis to the farthest side of any of the cones; which one that is.
static float reach_of(const float axis[3], const MeshCone *cones, const float *angles,
                      uint32_t count, uint32_t *farthest)
{
    float most = -1;
    for (uint32_t i = 0; i < count; i++) {
        if (cones[i].cutoff < 0)
            continue;
        float reach = angle_between(axis, cones[i].axis) + angles[i];
        if (reach > most)
            *farthest = i;
        most = MAX(most, reach);
    }
    return most;
}

static bool turn_to(float axis[3], const float to[3], float share)
{
    float turned[3], size;
    for (int i = 0; i < 3; i++)
        turned[i] = axis[i] + (to[i] - axis[i]) * share;
    size = length(turned);
    if (size < 1e-3f)
        return false;
    for (int i = 0; i < 3; i++)
        axis[i] = turned[i] / size;
    return true;
}

// The axis goes towards whatever sticks out farthest, by less each time.
static MeshCone enclose(const MeshCone *cones, const float *angles, uint32_t count,
                        const float mean[3])
{
    float axis[3] = {0}, best[3] = {0}, least = INFINITY;
    if (!turn_to(axis, mean, 1))
        return (MeshCone){{0}, 0};
    for (int step = 0; step < STEPS; step++) {
        uint32_t farthest = 0;
        float reach = reach_of(axis, cones, angles, count, &farthest);
        if (reach < least)
            memcpy(best, axis, sizeof best);
        least = MIN(least, reach);
        if (!turn_to(axis, cones[farthest].axis, 0.5f / (float)(step + 1)))
            break;
    }
    return mesh_cone_make(best, least);
}

MeshCone mesh_cone_around(const MeshCone *cones, uint32_t count)
{
    float angles[64], mean[3] = {0};
    uint32_t found = 0, last = 0;
    ASSERT(count <= COUNT_OF(angles));
    for (uint32_t i = 0; i < count; i++) {
        if (cones[i].cutoff < 0)
            continue;
        if (is_open(&cones[i]))
            return cones[i];
        angles[i] = angle_of(&cones[i]);
        for (int axis = 0; axis < 3; axis++)
            mean[axis] += cones[i].axis[axis];
        found++;
        last = i;
    }
    if (found < 2)
        return found ? cones[last] : MESH_CONE_NOTHING;
    return enclose(cones, angles, count, mean);
}

bool mesh_cone_holds(const MeshCone *outer, const MeshCone *inner)
{
    if (is_open(outer) || is_open(inner))
        return is_open(outer);
    return angle_between(outer->axis, inner->axis) + angle_of(inner) <=
           angle_of(outer) + ROUNDING / 2;
}

bool mesh_cone_has(const MeshCone *cone, const float direction[3], float slack)
{
    return is_open(cone) || angle_between(cone->axis, direction) <= angle_of(cone) + slack;
}

bool mesh_cone_is_sound(const MeshCone *cone)
{
    for (int i = 0; i < 3; i++)
        if (!(fabsf(cone->axis[i]) <= 1.0f))
            return false;
    return cone->cutoff >= 0 && cone->cutoff <= length(cone->axis);
}
