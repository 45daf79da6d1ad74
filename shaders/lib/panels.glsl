// panels.glsl: a wall of frames with raised panels in them. Boards are found by arithmetic, as in
// wood.glsl; v is the height over the floor.
//
//     +--+----------+--+     stiles stand, rails lie; the grain runs along both. A panel has a
//     |  | +------+ |  |     moulding around it, a groove, and a slope up to its middle:
//     |  | |      | |  |
//     |  | +------+ |  |     ____                  ____ frame
//     +--+----------+--+         \__/''''''''\__/

const float PANEL_M = 0.62, STILE_M = 0.050; // from stile to stile; half a stile
const float RAIL_LOW_M = 0.19, RAIL_MIDDLE_M = 0.90, RAIL_HALF_M = 0.055, RAIL_TOP_M = 0.11;
const float ONE_FIELD_M = 1.7; // lower walls have no rail in the middle
const float MOULD_M = 0.014, GROOVE_M = 0.020, SLOPE_M = 0.062;
const float PANEL_GRAIN_LAYER = 4.0;
const vec2 PANEL_GRAIN_M = vec2(1.1, 0.28);

struct Panels {
    vec3 color;
    vec2 slope;
    float roughness;
};

float panel_chance(vec2 name, float salt)
{
    return fract(sin(dot(name, vec2(127.1, 311.7)) + salt * 74.7) * 43758.5453);
}

// How much of a pixel lies between `from` and `to`, of something that is `at`.
float within(float at, float from, float to, float pixel)
{
    return clamp((min(at + pixel * 0.5, to) - max(at - pixel * 0.5, from)) / pixel, 0.0, 1.0);
}

Panels panels_at(vec2 uv, vec3 base, sampler2DArray details)
{
    float high = object.surface.z, column = floor(uv.x / PANEL_M);
    bool is_low = high < ONE_FIELD_M || uv.y < RAIL_MIDDLE_M;
    vec2 low = vec2(STILE_M, is_low ? RAIL_LOW_M : RAIL_MIDDLE_M + RAIL_HALF_M);
    float top = high < ONE_FIELD_M || !is_low ? high - RAIL_TOP_M : RAIL_MIDDLE_M - RAIL_HALF_M;
    vec2 at = vec2(uv.x - column * PANEL_M, uv.y);
    vec2 to_low = at - low, to_high = vec2(PANEL_M - STILE_M, top) - at;
    vec2 inside = min(to_low, to_high); // negative on the frame
    bool is_across = inside.x < inside.y;
    float depth = is_across ? inside.x : inside.y;
    vec2 inwards = is_across ? vec2(to_low.x < to_high.x ? 1.0 : -1.0, 0.0)
                             : vec2(0.0, to_low.y < to_high.y ? 1.0 : -1.0);
    vec2 width = max(fwidth(uv), vec2(1e-5));
    float pixel = is_across ? width.x : width.y;

    // Normals lean towards the panel's middle on the moulding, away from it on the slope.
    float lean = 0.75 * within(depth, 0.0, MOULD_M, pixel) -
                 0.16 * within(depth, GROOVE_M, SLOPE_M, pixel);
    float groove = within(depth, MOULD_M * 0.6, GROOVE_M, pixel);

    bool is_rail = inside.x > 0.0 && inside.y < 0.0;
    float board = depth > 0.0 ? 0.0 : is_rail ? 1.0 : 2.0;
    float post = is_rail || depth > 0.0 ? column : floor(uv.x / PANEL_M + 0.5);
    vec2 name = vec2(post + board * 17.0, is_low && board < 2.0 ? 3.0 : 5.0);
    name.y += board == 1.0 ? floor(uv.y * 1.6) : 0.0;
    vec2 along = is_rail ? uv : uv.yx;
    vec2 dx = dFdx(uv), dy = dFdy(uv);
    dx = is_rail ? dx : dx.yx;
    dy = is_rail ? dy : dy.yx;
    vec2 entry = vec2(panel_chance(name, 1.0), panel_chance(name, 2.0));
    vec4 grain = textureGrad(details, vec3(along / PANEL_GRAIN_M + entry, PANEL_GRAIN_LAYER),
                             dx / PANEL_GRAIN_M, dy / PANEL_GRAIN_M);
    float tone = panel_chance(name, 4.0) - 0.5, much = object.pattern.z;
    vec3 color = base * (1.0 + 0.20 * tone * much);
    color *= mix(vec3(1.0), mix(vec3(0.64, 0.56, 0.48), vec3(1.15, 1.17, 1.19), grain.z), much);
    color *= 1.0 - 0.55 * groove;

    vec2 slope = (grain.xy - 0.5) * vec2(0.08, 0.12) * much;
    slope = is_rail ? slope : slope.yx;
    return Panels(color, slope + inwards * lean, mix(0.9 + 0.25 * grain.w, 1.4, groove));
}
