// chart.c: where on which chart does a place of the surface lie?

#include "exhibits/sculptor/chart.h"

// How far a triangle's corner may lie beyond the seam of a turned chart.
static const float SEAM_MM = 1.5f;

Vec3 chart_place(const PieceChart *chart, Vec3 p, float near_u)
{
    Vec3 q = frame_to_local(&chart->frame, p);
    if (!(chart->radius_mm > 0))
        return q;
    float around = sqrtf(q.x * q.x + q.z * q.z);
    float c = cosf(chart->tilt), s = sinf(chart->tilt), whole = 2 * PI_F * chart->radius_mm;
    float u = atan2f(q.x, q.z) * chart->radius_mm;
    u += roundf((near_u - u) / whole) * whole;
    return v3(u, q.y * c - around * s, around * c + q.y * s);
}

Vec3 chart_direction(const PieceChart *chart, Vec3 p)
{
    const Frame *f = &chart->frame;
    if (!(chart->radius_mm > 0))
        return f->up;
    Vec3 q = frame_to_local(f, p);
    Vec3 out = v3_unit(v3_add(v3_scale(f->across, q.x), v3_scale(f->up, q.z)));
    return v3_add(v3_scale(out, cosf(chart->tilt)), v3_scale(f->along, sinf(chart->tilt)));
}

void chart_size(const PieceChart *chart, float corner[2], uint32_t size[2])
{
    float half = PI_F * chart->radius_mm + SEAM_MM;
    bool is_turned = chart->radius_mm > 0;
    float low = is_turned ? -half : chart->low.x, high = is_turned ? half : chart->high.x;
    corner[0] = low;
    corner[1] = chart->low.y;
    size[0] = (uint32_t)ceilf((high - low) / chart->texel_mm);
    size[1] = (uint32_t)ceilf((chart->high.y - chart->low.y) / chart->texel_mm);
}

void chart_texel(const PieceChart *chart, Vec3 p, float near_u, float out[2])
{
    float corner[2];
    uint32_t size[2];
    chart_size(chart, corner, size);
    Vec3 at = chart_place(chart, p, near_u);
    out[0] = (at.x - corner[0]) / chart->texel_mm;
    out[1] = (float)size[1] - (at.y - corner[1]) / chart->texel_mm;
}

void chart_triangle(const PieceChart *chart, const Vec3 corners[3], float out[3][2])
{
    Vec3 middle = v3_scale(v3_add(v3_add(corners[0], corners[1]), corners[2]), 1.0f / 3);
    float near_u = chart_place(chart, middle, 0).x;
    for (int k = 0; k < 3; k++)
        chart_texel(chart, corners[k], near_u, out[k]);
}

static bool holds_triangle(const PieceChart *chart, const Vec3 p[3])
{
    for (int k = 0; k < 3; k++) {
        Vec3 at = chart_place(chart, p[k], 0);
        if ((!(chart->radius_mm > 0) && (at.x < chart->low.x || at.x > chart->high.x)) ||
            at.y < chart->low.y || at.y > chart->high.y || at.z < chart->low.z ||
            at.z > chart->high.z)
            return false;
    }
    return true;
}

// The first chart that takes it, else the one it turns away from least: slivers in a crease
// look anywhere. -1 where none holds it.
static int find_chart(const Piece *piece, const Vec3 p[3], Vec3 face)
{
    static const float LEAST_FACING = -1.01f;
    Vec3 middle = v3_scale(v3_add(v3_add(p[0], p[1]), p[2]), 1.0f / 3);
    float most = LEAST_FACING;
    int best = -1;
    for (int i = 0; i < piece->chart_count; i++) {
        const PieceChart *chart = &piece->charts[i];
        float facing = v3_dot(face, chart_direction(chart, middle));
        if (facing < chart->facing && facing < most)
            continue;
        if (!holds_triangle(chart, p))
            continue;
        if (facing >= chart->facing)
            return i;
        most = facing;
        best = i;
    }
    return best;
}

Status chart_assign(const Piece *piece, const Sculpture *sculpture, uint8_t *out)
{
    for (size_t t = 0; t < sculpture->index_count / 3; t++) {
        Vec3 p[3];
        for (int k = 0; k < 3; k++)
            p[k] = sculpture->vertices[sculpture->indices[3 * t + (size_t)k]].position;
        Vec3 face = v3_unit(v3_cross(v3_sub(p[1], p[0]), v3_sub(p[2], p[0])));
        int chart = find_chart(piece, p, face);
        if (chart < 0)
            return FAIL(ERR_INVALID,
                        "no chart takes the surface at %.2f %.2f %.2f mm, which looks towards "
                        "%.2f %.2f %.2f",
                        (double)p[0].x, (double)p[0].y, (double)p[0].z, (double)face.x,
                        (double)face.y, (double)face.z);
        out[t] = (uint8_t)chart;
    }
    return OK;
}

void chart_lay_out(const Piece *piece, int chart, float texel_scale, Sculpture *s)
{
    PieceChart scaled = piece->charts[chart];
    float corner[2];
    uint32_t size[2];
    scaled.texel_mm *= texel_scale;
    chart_size(&scaled, corner, size);
    s->pictures[chart] =
        (SculptPicture){.width = size[0], .height = size[1], .texel_mm = scaled.texel_mm};
    for (size_t t = 0; t < s->index_count / 3; t++) {
        if (s->triangle_charts[t] != chart)
            continue;
        Vec3 p[3];
        for (size_t k = 0; k < 3; k++)
            p[k] = s->vertices[s->indices[3 * t + k]].position;
        chart_triangle(&scaled, p, s->triangle_texels[t]);
    }
}
