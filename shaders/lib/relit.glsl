// relit.glsl: light that is found at vertices, for their own normals, and bent at pixels to the
// normals of a tile: software drivers cannot afford more for triangles of a few pixels.
//
// What falls on a surface is linear in its normal but for lamps behind it; so a vertex hands on
// the light, and how it changes with the normal, along the axes of its chart. Highlights change
// by a factor whose logarithm is taken as linear.

struct Relit {
    vec3 lux;    // at the vertex's own normal
    vec4 bend;   // of its luminance, by normal and constant: 1 at the vertex's own
    vec4 gloss;  // log2 of the lamps' highlights over the lux: by normal and constant
    vec3 around; // what mirrors the room over the lux: by f0 and constant; share of open light
};

const vec3 LUMINANCE = vec3(0.2126, 0.7152, 0.0722);

#ifdef RELIT_VERTEX
struct Bent {
    vec3 lux;
    vec3 by_normal;    // luminance of the lamps that shine on it
    vec3 gloss_normal; // sum of highlights times their logarithms' change with the normal
    float gloss;
};

void add_lamp(Light l, Surface s, vec3 eye, inout Bent sum)
{
    vec3 direction = normalize(l.place.xyz - s.rel);
    float reach = lamp_reach(l, s.rel, s.flat_normal), n_l = dot(s.normal, direction);
    // A lamp that grazes the surface lights some of its texels.
    float faces = clamp(n_l * 5.0 + 0.5, 0.0, 1.0), bright = dot(l.color.rgb, LUMINANCE) * reach;
    sum.lux += l.color.rgb * (reach * max(n_l, 0.0));
    sum.by_normal += direction * (bright * faces);

    vec3 middle = normalize(eye + direction);
    float n_m = max(dot(s.normal, middle), 0.0), n_e = max(dot(s.normal, eye), 1e-3);
    float a = s.roughness * s.roughness, a2 = a * a, d = n_m * n_m * (a2 - 1.0) + 1.0;
    float lit = max(n_l, 0.0);
    float masked = 0.5 / max(lit * sqrt(n_e * n_e * (1.0 - a2) + a2) +
                             n_e * sqrt(lit * lit * (1.0 - a2) + a2), 1e-4);
    float gloss = bright * lit * masked * a2 * INV_PI / max(d * d, 1e-7);
    sum.gloss += gloss;
    sum.gloss_normal += gloss * (middle * (4.0 * n_m * (1.0 - a2) / d) + direction / max(lit, 0.1));
}

Relit relight(Surface s, mat3 frame)
{
    vec3 eye = towards_eye(s.rel);
    Bent sum = Bent(vec3(0.0), vec3(0.0), vec3(0.0), 0.0);
    add_lamp(key.lights[0], s, eye, sum);
    add_lamp(key.lights[1], s, eye, sum);
    add_lamp(key.lights[2], s, eye, sum);

    vec3 open = ambient_lux(s.normal);
    vec4 open_bend = LUMINANCE.x * key.ambient[0] + LUMINANCE.y * key.ambient[1] +
                     LUMINANCE.z * key.ambient[2];
    Relit r;
    r.lux = sum.lux + open;
    float bright = max(dot(r.lux, LUMINANCE), 1e-3);
    vec3 by_normal = sum.by_normal + open_bend.yzw;
    r.bend = vec4(by_normal * frame, bright - dot(by_normal, s.normal)) / bright;
    vec3 steep = sum.gloss_normal / max(sum.gloss, 1e-6) * 1.442695;
    r.gloss = vec4(steep * frame,
                   log2(max(sum.gloss / bright, 1e-5)) - dot(steep, s.normal));

    float n_e = max(dot(s.normal, eye), 1e-3);
    vec2 fit = environment_fit(s.roughness, n_e);
    vec3 mirrored = reflected_light(object.room[0], s.rel, reflect(-eye, s.normal), s.roughness);
    r.around = vec3(fit * (dot(mirrored, LUMINANCE) / bright),
                    clamp(dot(open, LUMINANCE) / bright, 0.0, 1.0));
    return r;
}

// For pages without normals: the vertex's own, everywhere.
Relit unbent(Relit r, vec3 own_normal)
{
    r.bend = vec4(0.0, 0.0, 0.0, 1.0);
    r.gloss = vec4(0.0, 0.0, 0.0, dot(r.gloss.xyz, own_normal) + r.gloss.w);
    return r;
}
#else
// The surface's normal is along the axes of the chart.
vec3 relit_light(Relit r, Surface s)
{
    vec3 f0 = mix(vec3(0.04), s.color, s.metal);
    vec3 matte = s.color * ((1.0 - s.metal) * 0.96 * INV_PI);
    float lit = max(dot(r.bend.xyz, s.normal) + r.bend.w, 0.0) * (1.0 - r.around.z * (1.0 - s.open));
    float gloss = exp2(min(dot(r.gloss.xyz, s.normal) + r.gloss.w, 6.0));
    return r.lux * (matte * lit + f0 * (gloss + r.around.x * s.open) + r.around.y * s.open);
}
#endif
