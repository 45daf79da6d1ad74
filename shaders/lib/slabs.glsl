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

// Squares that stand on their corners, pale and dark in turn. Far away they are one grey: `pixel`
// is what a pixel sees of them, in sides.
float checker_tone(vec2 uv, float side_m)
{
    vec2 at = vec2(uv.x - uv.y, uv.x + uv.y) * (0.70710678 / side_m);
    vec2 name = floor(at), inside = at - name, pixel = max(fwidth(at), vec2(1e-5));
    // The mean over the pixel of a square wave along each axis; their product is the pattern.
    vec2 low = at - 0.5 * pixel, high = at + 0.5 * pixel;
    vec2 low_sum = abs(mod(low, 2.0) - 1.0), high_sum = abs(mod(high, 2.0) - 1.0);
    vec2 wave = (low_sum - high_sum) / pixel; // 1 in even squares, -1 in odd ones
    float pale = 0.5 + 0.5 * wave.x * wave.y;
    float chance = fract(sin(dot(name, vec2(127.1, 311.7))) * 43758.5453);
    vec2 to_edge = min(inside, 1.0 - inside), joint = vec2(SLAB_JOINT_M * 0.6 / side_m);
    vec2 blur = max(pixel, joint);
    vec2 cover = clamp((joint * 0.5 + blur * 0.5 - to_edge) / blur, 0.0, 1.0) *
                 min(joint / pixel, vec2(1.0));
    return mix(0.30, 1.0, pale) * (1.0 + 0.10 * (chance - 0.5)) *
           mix(1.0, 0.55, max(cover.x, cover.y));
}
