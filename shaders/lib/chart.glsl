// chart.glsl: the frame around a chart's axis, which a tile's normals are told in (surface.h).

// Two directions across an axis of unit length: Duff et al. 2017.
mat3 axis_frame(vec3 n)
{
    float side = n.z >= 0.0 ? 1.0 : -1.0;
    float a = -1.0 / (side + n.z), b = n.x * n.y * a;
    return mat3(vec3(1.0 + side * n.x * n.x * a, side * b, -side * n.x),
                vec3(b, side + n.y * n.y * a, -n.y), n);
}
