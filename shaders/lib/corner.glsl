// corner.glsl: two triangles that make a rectangle, from the vertex's number alone.

// (0, 0) (1, 0) (0, 1) and (0, 1) (1, 0) (1, 1)
vec2 corner_of(int vertex)
{
    int i = vertex % 6;
    i = i == 3 ? 2 : i == 4 ? 1 : i == 5 ? 3 : i;
    return vec2(float(i & 1), float(i >> 1));
}
