// wood.glsl: an oak floor of boards or herringbone. Boards are found by arithmetic, so that no
// two neighbours are alike and the joints stay thin lines at any distance; the grain is a
// texture, entered at another place for every board.

struct Wood {
    vec3 color;
    vec3 bump; // normal in the surface's frame
    float roughness;
};

#if defined(PLANKS) || defined(PARQUET)

const float BOARD_WIDTH_M = 0.14, BOARD_LENGTH_M = 1.9;
const float BLOCK_WIDTH_M = 0.085, BLOCK_RATIO = 6.0;
const float JOINT_M = 0.0011, BEVEL_M = 0.0022;
const float GRAIN_LAYER = 4.0;
const vec2 GRAIN_M = vec2(1.1, 0.28); // what the grain's texture covers, along and across

struct Board {
    vec2 at;      // metres along and across, from its corner
    vec2 size;    // along, across
    vec2 name;    // unlike its neighbours'
    bool is_turned; // along v
};

float chance(vec2 name, float salt)
{
    return fract(sin(dot(name, vec2(127.1, 311.7)) + salt * 74.7) * 43758.5453);
}

#ifdef PLANKS
Board board_at(vec2 uv)
{
    float row = floor(uv.y / BOARD_WIDTH_M);
    float start = uv.x + BOARD_LENGTH_M * fract(row * 0.381966 + chance(vec2(row, 1.0), 0.0) * 0.3);
    float column = floor(start / BOARD_LENGTH_M);
    return Board(vec2(start - column * BOARD_LENGTH_M, uv.y - row * BOARD_WIDTH_M),
                 vec2(BOARD_LENGTH_M, BOARD_WIDTH_M), vec2(row, column), false);
}
#else
// Cells of one block's width. Along a row, n cells of one lying block, then n cells of standing
// ones; every row starts one cell further.
Board board_at(vec2 uv)
{
    const float n = BLOCK_RATIO;
    vec2 p = uv / BLOCK_WIDTH_M, cell = floor(p);
    float k = mod(cell.x - cell.y, 2.0 * n);
    vec2 size = vec2(n, 1.0) * BLOCK_WIDTH_M;
    if (k < n)
        return Board(vec2(p.x - cell.x + k, p.y - cell.y) * BLOCK_WIDTH_M, size,
                     vec2(cell.x - k, cell.y), false);
    float low = cell.y - (2.0 * n - 1.0 - k);
    return Board(vec2(p.y - low, p.x - cell.x) * BLOCK_WIDTH_M, size, vec2(cell.x, low + 0.5),
                 true);
}
#endif

// How much of the pixel is joint, and which way the bevel beside it leans.
float joint_at(Board board, vec2 pixel, out vec2 lean)
{
    vec2 to_edge = min(board.at, board.size - board.at);
    vec2 side = sign(board.at - board.size * 0.5);
    vec2 blur = max(pixel, vec2(JOINT_M));
    vec2 cover = clamp((JOINT_M * 0.5 + blur * 0.5 - to_edge) / blur, 0.0, 1.0) *
                 min(JOINT_M / pixel, vec2(1.0));
    lean = side * clamp(1.0 - to_edge / BEVEL_M, 0.0, 1.0) * clamp(BEVEL_M / pixel - 0.5, 0.0, 1.0);
    return max(cover.x, cover.y);
}

Wood wood_at(vec2 uv, vec3 base, sampler2DArray details)
{
#ifdef PARQUET
    uv = vec2(uv.x - uv.y, uv.x + uv.y) * 0.70710678;
#endif
    vec2 dx = dFdx(uv), dy = dFdy(uv);
    Board board = board_at(uv);
    dx = board.is_turned ? dx.yx : dx;
    dy = board.is_turned ? dy.yx : dy;
    vec2 pixel = max(abs(dx) + abs(dy), vec2(1e-6));
    vec2 entry = vec2(chance(board.name, 1.0), chance(board.name, 2.0));
    float flip = chance(board.name, 3.0) < 0.5 ? -1.0 : 1.0;
    vec2 grain_uv = board.at * vec2(flip, 1.0) / GRAIN_M + entry;
    vec4 grain = textureGrad(details, vec3(grain_uv, GRAIN_LAYER), dx / GRAIN_M, dy / GRAIN_M);

    vec2 lean;
    float joint = joint_at(board, pixel, lean);
    float tone = chance(board.name, 4.0) - 0.5, warmth = chance(board.name, 5.0) - 0.5;
    vec3 color = base * (1.0 + 0.26 * tone) * (1.0 + warmth * vec3(0.07, 0.0, -0.09));
    // Late wood is darker and redder than early wood.
    color *= mix(vec3(0.66, 0.58, 0.50), vec3(1.14, 1.16, 1.18), grain.z);
    color *= mix(1.0, 0.22, joint);

    vec2 slope = (grain.xy - 0.5) * vec2(0.10 * flip, 0.16) + lean * vec2(0.25);
    slope += vec2(chance(board.name, 6.0) - 0.5, chance(board.name, 7.0) - 0.5) * 0.010;
    slope = board.is_turned ? slope.yx : slope;
#ifdef PARQUET
    slope = vec2(slope.x + slope.y, slope.y - slope.x) * 0.70710678;
#endif
    return Wood(color, vec3(slope, 1.0), mix(0.86 + 0.28 * grain.w, 1.5, joint));
}

#endif
