// surface.glsl: what a surface is made of at one pixel, and how it mirrors light.

const float PI = 3.14159265;
const float INV_PI = 0.318309886;

struct Surface {
    vec3 rel;
    vec3 normal;      // with its detail
    vec3 calm;        // the normal that highlights are about (calm.glsl)
    vec3 flat_normal; // without: for shadows
    vec3 color;       // linear
    float roughness;  // as painters feel it; its square goes into the formulas
    float metal;
    float open;       // to light from all around: 1 open, 0 closed
};

// The share of a lamp's light that is mirrored towards the eye: GGX, Smith's masking with
// correlated heights, Schlick's Fresnel.
vec3 glossy(Surface s, vec3 f0, vec3 eye, vec3 to_light, float n_e, float n_l)
{
    vec3 middle = normalize(eye + to_light);
    float n_m = max(dot(s.calm, middle), 0.0), e_m = max(dot(eye, middle), 0.0);
    float a = s.roughness * s.roughness, a2 = a * a;
    float d = n_m * n_m * (a2 - 1.0) + 1.0;
    float spread = a2 * INV_PI / max(d * d, 1e-7);
    float masked = 0.5 / max(n_l * sqrt(n_e * n_e * (1.0 - a2) + a2) +
                             n_e * sqrt(n_l * n_l * (1.0 - a2) + a2), 1e-4);
    float x = 1.0 - e_m, x2 = x * x;
    return (f0 + (1.0 - f0) * (x2 * x2 * x)) * (spread * masked);
}

// Scale and offset of f0 for light from all around: Karis's fit to the integral.
vec2 environment_fit(float roughness, float n_e)
{
    vec4 r = roughness * vec4(-1.0, -0.0275, -0.572, 0.022) + vec4(1.0, 0.0425, 1.04, -0.04);
    float a = min(r.x * r.x, exp2(-9.28 * n_e)) * r.x + r.y;
    return vec2(-1.04, 1.04) * a + r.zw;
}
