// calm.glsl: highlights that do not flicker; for fragment shaders.
//
// Normals that change within a pixel make highlights flicker: spread them over the pixel, by as
// much as normals of neighbouring pixels differ (Tokuyoshi and Kaplanyan 2019, "Improved
// geometric specular antialiasing"). Unlike Toksvig's and LEAN mapping it needs no mip levels
// of moments, and knows of triangles as well as of texels.

float calm_kernel(vec3 normal)
{
    vec3 dx = dFdx(normal), dy = dFdy(normal);
    return min(0.5 * (dot(dx, dx) + dot(dy, dy)), 0.18);
}

float calm_roughness(float roughness, vec3 normal)
{
    float a = roughness * roughness;
    return sqrt(sqrt(min(a * a + calm_kernel(normal), 1.0)));
}

// What highlights are about: where normals differ by more than the surface is rough, the mean of
// four pixels rather than one that was met by chance (Kaplanyan, Hill, Patney, Lefohn 2016,
// "Filtering distributions of normals for shading antialiasing").
vec3 calm_normal(float roughness, vec3 normal)
{
    float a = roughness * roughness, kernel = calm_kernel(normal);
    vec2 aside = 0.5 - mod(floor(gl_FragCoord.xy), 2.0);
    vec3 mean = normal + aside.x * dFdx(normal) + aside.y * dFdy(normal);
    return normalize(mix(normal, mean, kernel / (kernel + a * a)));
}
