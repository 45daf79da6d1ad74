// detail.glsl: what the lens shows of a surface besides its beauty.
//
// Each mode answers one question that people who examine objects ask, and answers it for the
// finest texel that is known: `skin` has the surface's normal and colour from the scan, not
// from the coarser triangles that carry them.
//
//   albedo     which colour is it, without any light?
//   normals    which way does it face? x right is red, y up green, towards the eye blue
//   raking     what stands out when one light grazes it? It casts true shadows
//   relief     where is it hollow, where does it stand out, whatever the light? For worn
//              inscriptions: curvature over several scales (packer/bake_relief) and of the
//              picture itself, as radiance scaling
//   height     how deep is it? Bands of so many micrometres over the plane the lens looks at
//   specular   how would it shine if it were polished? Its own normals, a mirror's highlight

#include "lib/piece.glsl"

// picture_color exposes light; this is the light that it then shows as this colour.
vec3 shown(vec3 linear_color)
{
    return linear_color / view.look.x;
}

// ---- albedo, normals

vec3 detail_albedo(Surface s)
{
    return shown(s.color);
}

vec3 detail_normals(Surface s)
{
    return shown(pow(max(mat3(view.turn) * s.normal * 0.5 + 0.5, 0.0), vec3(2.2)));
}

// ---- raking light

// The lamp stands far away: what it casts depends on the direction alone. Plaster, so that
// nothing but the shape speaks; what little is added comes from the eye.
vec3 detail_raking(Surface s)
{
    Light lamp = key.lights[0];
    float turned = max(dot(s.normal, normalize(lamp.place.xyz - s.rel)), 0.0);
    vec3 lux = lamp.color.rgb * (lamp_reach(lamp, s.rel, s.flat_normal) * turned);
    return (lux + ambient_lux(s.normal)) * DETAIL_PLASTER * INV_PI;
}

// ---- relief

// Mean curvature as the picture shows it: how fast normals turn from pixel to pixel, positive
// where they spread. Edges of what stands in front are no curvature.
float seen_curvature(vec3 normal)
{
    vec3 n = mat3(view.turn) * normal;
    return clamp(dFdx(n.x) + dFdy(n.y), -1.0, 1.0);
}

// Vergne, Pacanowski, Barla, Granier, Schlick: Radiance Scaling for Versatile Surface
// Enhancement, 2010: by how much light grows where curvature is positive, and shrinks where it
// is negative. Black, and light of ALPHA, stay what they are; no light passes another.
float radiance_scale(float curvature, float light)
{
    const float ALPHA = 0.04;
    float e = exp(-curvature), both = ALPHA * (1.0 + e);
    return (ALPHA * e + light * (1.0 - both)) / (ALPHA + light * (e - both));
}

vec3 detail_relief(Surface s, float baked)
{
    const float SEEN = 8.0, BAKED = 1.0, MOST = 1.4; // of either, at strength 1; of both
    vec3 n = mat3(view.turn) * s.normal;
    float light = clamp(dot(n, normalize(vec3(-0.45, 0.55, 0.9))), 0.0, 1.0);
    float curvature = object.mode.z * (SEEN * seen_curvature(s.normal) + BAKED * baked);
    curvature = curvature / (1.0 + abs(curvature) / MOST); // however sharp
    float lit = 0.10 + 0.32 * light;
    return shown(vec3(lit * radiance_scale(curvature, lit)));
}

// ---- height

// Lines between bands, as wide on the screen wherever they are; every fifth is stronger.
float contour(float bands, float wide_px)
{
    float slope = max(fwidth(bands), 1e-6);
    float away_px = abs(bands - round(bands)) / slope;
    float crowded = smoothstep(0.25, 0.5, slope); // bands thinner than a few pixels: no lines
    return (1.0 - smoothstep(wide_px * 0.5 - 0.5, wide_px * 0.5 + 0.5, away_px)) * (1.0 - crowded);
}

vec3 detail_height(Surface s)
{
    const vec3 LOW = vec3(0.045, 0.17, 0.32), LEVEL = vec3(0.66, 0.63, 0.56),
               HIGH = vec3(0.45, 0.15, 0.035);
    const float REACH = 6.0; // bands, until colours are nearly full
    float bands = (dot(object.plane.xyz, s.rel) - object.plane.w) / object.mode.w;
    float middle = floor(bands) + 0.5; // one colour a band
    float part = clamp(fwidth(bands) * 2.0 - 1.0, 0.0, 1.0);
    float at = mix(middle, bands, part) / REACH;
    at /= 1.0 + abs(at);
    vec3 color = mix(LEVEL, at < 0.0 ? LOW : HIGH, min(abs(at) * 1.6, 1.0));
    float line = max(0.45 * contour(bands, 1.2), 0.85 * contour(bands / 5.0, 1.8));
    float light = dot(s.normal, towards_eye(s.rel));
    return shown(color * (1.0 - line) * mix(0.55, 1.0, clamp(light, 0.0, 1.0)));
}

// ---- specular enhancement

// Malzbender, Gelb, Wolters: Polynomial Texture Maps, 2001, section 4.2: a little of its own
// colour, and a mirror's highlight about its own normals. Normals that turn within a pixel
// widen it instead of sparkling (as calm_roughness, for Blinn's exponent).
vec3 detail_specular(Surface s)
{
    const float EXPONENT = 60.0, MATTE = 0.30, GLOSS = 0.75;
    vec3 light = normalize(key.lights[0].place.xyz - s.rel);
    vec3 middle = normalize(light + towards_eye(s.rel));
    vec3 dx = dFdx(s.normal), dy = dFdy(s.normal);
    float spread = min(0.25 * (dot(dx, dx) + dot(dy, dy)), 0.1);
    float exponent = 1.0 / (1.0 / EXPONENT + spread);
    float gloss = pow(max(dot(s.normal, middle), 0.0), exponent) *
                  sqrt((exponent + 2.0) / (EXPONENT + 2.0));
    float lit = max(dot(s.normal, light), 0.0);
    float gray = dot(s.color, vec3(0.2126, 0.7152, 0.0722));
    return shown(mix(vec3(gray), s.color, 0.35) * MATTE * (0.25 + 0.75 * lit) +
                 vec3(GLOSS * gloss * smoothstep(0.0, 0.1, lit)));
}

// `curvature` was baked: -1 in hollows, 1 on ridges.
vec3 detail_color(vec3 rel, Skin skin, float curvature)
{
    Surface s = surface_of(rel, skin, 0.06);
    int mode = int(object.mode.y);
    vec3 light = mode == DETAIL_ALBEDO    ? detail_albedo(s)
                 : mode == DETAIL_NORMALS ? detail_normals(s)
                 : mode == DETAIL_RAKING  ? detail_raking(s)
                 : mode == DETAIL_RELIEF  ? detail_relief(s, curvature)
                 : mode == DETAIL_HEIGHT  ? detail_height(s)
                                          : detail_specular(s);
    return picture_color(light);
}
