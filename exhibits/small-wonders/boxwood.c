// boxwood.c: the wood the collection seems to be made of.

#include "exhibits/small-wonders/boxwood.h"

#include "exhibits/sculptor/noise.h"

static Vec3 mix(Vec3 a, Vec3 b, float t)
{
    return v3_lerp(a, b, clamp_f(t, 0, 1));
}

Vec3 boxwood_grain(Vec3 p)
{
    Vec3 bent = v3_add(p, v3(noise_value(v3_scale(p, 0.12f), 21) * 2, 0,
                             noise_value(v3_scale(p, 0.12f), 22) * 2));
    float ring = sqrtf((bent.x + 9) * (bent.x + 9) + (bent.z + 14) * (bent.z + 14));
    float band = 0.5f + 0.5f * sinf(ring * 3.4f + noise_value(v3_scale(p, 0.3f), 23));
    float streak = noise_octaves(v3(p.x * 5, p.y * 0.35f, p.z * 5), 3, 24);
    Vec3 wood = mix(v3(0.50f, 0.275f, 0.085f), v3(0.375f, 0.185f, 0.050f),
                    band * band * 0.65f + streak * 0.5f);
    return v3_scale(wood, 1 + 0.10f * noise_value(v3_scale(p, 0.22f), 25));
}

void boxwood_patinate(SculptVertex *v, float strength)
{
    float hollow =
        smooth_f(0.0f, -9.0f, v->curvature) * 0.55f + smooth_f(0.02f, 0.25f, v->cut_mm) * 0.5f;
    float closed = smooth_f(0.85f, 0.15f, v->occlusion);
    float dirt =
        clamp_f(hollow * (0.45f + 0.55f * closed) + closed * 0.62f, 0, 0.88f) * strength;
    float wear = smooth_f(1.5f, 8.0f, v->curvature) * smooth_f(0.35f, 0.75f, v->occlusion);
    static const float STAIN[3] = {0.085f, 0.034f, 0.010f}, PALE[3] = {0.66f, 0.42f, 0.165f};
    for (int i = 0; i < 3; i++) {
        v->colour[i] = lerp_f(v->colour[i], PALE[i], wear * 0.42f);
        v->colour[i] = lerp_f(v->colour[i], STAIN[i], dirt);
    }
    v->roughness = clamp_f(v->roughness + 0.28f * dirt - 0.10f * wear, 0.05f, 0.9f);
}
