// calm.glsl: highlights that do not flicker; for fragment shaders.

// Normals that change within a pixel make highlights flicker: spread them over the pixel
// (Tokuyoshi and Kaplanyan 2019).
float calm_roughness(float roughness, vec3 normal)
{
    vec3 dx = dFdx(normal), dy = dFdy(normal);
    float kernel = min(0.5 * (dot(dx, dx) + dot(dy, dy)), 0.18);
    float a = roughness * roughness;
    return sqrt(sqrt(min(a * a + kernel, 1.0)));
}
