// slabs.glsl: stone laid in running bond: thin joints, and no two slabs quite alike.

const float SLAB_JOINT_M = 0.003;

// A factor on the stone's colour. `size_m`: along u; a slab is two thirds as wide.
float slab_tone(vec2 uv, float size_m)
{
    vec2 size = vec2(size_m, size_m * 0.6667);
    float row = floor(uv.y / size.y);
    vec2 at = vec2(uv.x + size.x * 0.5 * mod(row, 2.0), uv.y) / size;
    vec2 name = floor(at), inside = at - name;
    vec2 pixel = max(fwidth(uv), vec2(1e-5));
    vec2 to_edge = min(inside, 1.0 - inside) * size, blur = max(pixel, vec2(SLAB_JOINT_M));
    vec2 cover = clamp((SLAB_JOINT_M * 0.5 + blur * 0.5 - to_edge) / blur, 0.0, 1.0) *
                 min(SLAB_JOINT_M / pixel, vec2(1.0));
    float chance = fract(sin(dot(name, vec2(127.1, 311.7))) * 43758.5453);
    return (1.0 + 0.13 * (chance - 0.5)) * mix(1.0, 0.45, max(cover.x, cover.y));
}
