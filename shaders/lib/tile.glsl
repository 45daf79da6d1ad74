// tile.glsl: a page's surface tile at one place (surface.h, render_pages.c).

uniform sampler2DArray tile_color; // colour, occlusion
uniform sampler2DArray tile_shape; // normal around the chart's axis, roughness, metal
uniform sampler2DArray tile_extra; // emission, relief

const int HAS_COLOR = 1, HAS_SHAPE = 2, HAS_NORMAL = 4, HAS_EXTRA = 8, HAS_RELIEF = 16;

// Lambert's azimuthal map: `frame` has two directions across the axis, and the axis.
vec3 tile_normal(vec2 encoded, mat3 frame)
{
    vec2 p = (encoded * (255.0 / 127.0) - 1.0) * 1.41421356;
    float r2 = min(dot(p, p), 2.0);
    return frame * vec3(p * sqrt(2.0 - r2), 1.0 - r2);
}

// Two directions across an axis of unit length: Duff et al. 2017.
mat3 axis_frame(vec3 n)
{
    float side = n.z >= 0.0 ? 1.0 : -1.0;
    float a = -1.0 / (side + n.z), b = n.x * n.y * a;
    return mat3(vec3(1.0 + side * n.x * n.x * a, side * b, -side * n.x),
                vec3(b, side + n.y * n.y * a, -n.y), n);
}
