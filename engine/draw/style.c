// style.c: the tokens everything written over the picture is made of.

#include "draw/style.h"

#include <math.h>

typedef struct TypeToken {
    TextFamily family;
    float size, line_height, tracking_em;
    TextWeight weight;
} TypeToken;

static const TypeToken types[STYLE_TYPE_COUNT] = {
    [STYLE_DISPLAY] = {TEXT_SERIF, 40, 1.12f, -0.005f, TEXT_MEDIUM},
    [STYLE_TITLE] = {TEXT_SERIF, 34, 1.12f, 0, TEXT_MEDIUM},
    [STYLE_HEADING] = {TEXT_SERIF, 24, 1.2f, 0, TEXT_MEDIUM},
    [STYLE_BODY] = {TEXT_SERIF, 19, 1.42f, 0, TEXT_REGULAR},
    [STYLE_TEXT] = {TEXT_SANS, 15, 1.4f, 0, TEXT_REGULAR},
    [STYLE_STRONG] = {TEXT_SANS, 15, 1.4f, 0, TEXT_MEDIUM},
    [STYLE_SMALL] = {TEXT_SANS, 12.5f, 1.4f, 0.01f, TEXT_REGULAR},
    [STYLE_NUMBER] = {TEXT_SANS, 14, 1.3f, 0.01f, TEXT_MEDIUM},
};

static const float spaces[STYLE_SPACE_COUNT] = {
    [STYLE_TINY] = 4,  [STYLE_CLOSE] = 8,  [STYLE_NEAR] = 12, [STYLE_APART] = 16,
    [STYLE_WIDE] = 24, [STYLE_BROAD] = 36, [STYLE_VAST] = 56,
};

static const float colors[STYLE_THEME_COUNT][STYLE_COLOR_COUNT][4] =
    {
        [STYLE_LIGHT] =
            {
                [STYLE_GROUND] = {0.973f, 0.961f, 0.937f, 1},
                [STYLE_RAISED] = {0.937f, 0.914f, 0.871f, 1},
                [STYLE_INK] = {0.125f, 0.113f, 0.102f, 1},
                [STYLE_INK_SOFT] = {0.370f, 0.340f, 0.306f, 1},
                [STYLE_LINE] = {0.800f, 0.770f, 0.720f, 1},
                [STYLE_EDGE] = {0.520f, 0.482f, 0.424f, 1},
                [STYLE_ACCENT] = {0.540f, 0.310f, 0.086f, 1},
                [STYLE_ON_ACCENT] = {0.996f, 0.988f, 0.972f, 1},
                [STYLE_FOCUS] = {0.540f, 0.310f, 0.086f, 1},
                [STYLE_ON_PICTURE] = {0.985f, 0.975f, 0.955f, 1},
                [STYLE_SHADE] = {0.060f, 0.055f, 0.050f, 0.80f},
                [STYLE_SCRIM] = {0.045f, 0.040f, 0.036f, 0.55f},
                [STYLE_WARNING] = {0.905f, 0.640f, 0.240f, 1},
            },
        [STYLE_DARK] =
            {
                [STYLE_GROUND] = {0.098f, 0.092f, 0.086f, 1},
                [STYLE_RAISED] = {0.165f, 0.155f, 0.145f, 1},
                [STYLE_INK] = {0.941f, 0.922f, 0.886f, 1},
                [STYLE_INK_SOFT] = {0.725f, 0.694f, 0.647f, 1},
                [STYLE_LINE] = {0.275f, 0.259f, 0.239f, 1},
                [STYLE_EDGE] = {0.545f, 0.514f, 0.471f, 1},
                [STYLE_ACCENT] = {0.902f, 0.671f, 0.357f, 1},
                [STYLE_ON_ACCENT] = {0.094f, 0.075f, 0.055f, 1},
                [STYLE_FOCUS] = {0.902f, 0.671f, 0.357f, 1},
                [STYLE_ON_PICTURE] = {0.985f, 0.975f, 0.955f, 1},
                [STYLE_SHADE] = {0.040f, 0.036f, 0.032f, 0.84f},
                [STYLE_SCRIM] = {0.020f, 0.018f, 0.016f, 0.6f},
                [STYLE_WARNING] = {0.905f, 0.640f, 0.240f, 1},
            },
        [STYLE_CONTRAST] =
            {
                [STYLE_GROUND] = {0, 0, 0, 1},
                [STYLE_RAISED] = {0.12f, 0.12f, 0.12f, 1},
                [STYLE_INK] = {1, 1, 1, 1},
                [STYLE_INK_SOFT] = {1, 1, 1, 1},
                [STYLE_LINE] = {1, 1, 1, 1},
                [STYLE_EDGE] = {1, 1, 1, 1},
                [STYLE_ACCENT] = {1, 0.85f, 0, 1},
                [STYLE_ON_ACCENT] = {0, 0, 0, 1},
                [STYLE_FOCUS] = {1, 0.85f, 0, 1},
                [STYLE_ON_PICTURE] = {1, 1, 1, 1},
                [STYLE_SHADE] = {0, 0, 0, 1},
                [STYLE_SCRIM] = {0, 0, 0, 0.8f},
                [STYLE_WARNING] = {1, 0.85f, 0, 1},
            },
};

const StylePair style_pairs[] = {
    {STYLE_INK, STYLE_GROUND, true},       {STYLE_INK, STYLE_RAISED, true},
    {STYLE_INK_SOFT, STYLE_GROUND, true},  {STYLE_INK_SOFT, STYLE_RAISED, true},
    {STYLE_ACCENT, STYLE_GROUND, true},    {STYLE_ACCENT, STYLE_RAISED, true},
    {STYLE_ON_ACCENT, STYLE_ACCENT, true}, {STYLE_ON_PICTURE, STYLE_SHADE, true},
    {STYLE_WARNING, STYLE_SHADE, true},    {STYLE_EDGE, STYLE_GROUND, false},
    {STYLE_EDGE, STYLE_RAISED, false},     {STYLE_FOCUS, STYLE_GROUND, false},
    {STYLE_FOCUS, STYLE_RAISED, false},
};
const size_t style_pair_count = COUNT_OF(style_pairs);

float style_space(StyleSpace space)
{
    return spaces[space];
}

TextStyle style_type(StyleType type)
{
    const TypeToken *token = &types[type];
    return (TextStyle){
        .family = token->family,
        .size_px = token->size,
        .line_height = token->line_height,
        .tracking_em = token->tracking_em,
        .weight = token->weight,
    };
}

const float *style_color(StyleTheme theme, StyleColor color)
{
    return colors[theme][color];
}

void style_paint(StyleTheme theme, StyleColor color, float opacity, float out[4])
{
    const float *token = colors[theme][color];
    float alpha = token[3] * opacity;
    for (int i = 0; i < 3; i++)
        out[i] = token[i] * alpha;
    out[3] = alpha;
}

const char *style_theme_name(StyleTheme theme)
{
    static const char *const names[] = {
        [STYLE_LIGHT] = "light",
        [STYLE_DARK] = "dark",
        [STYLE_CONTRAST] = "contrast",
    };
    return names[theme];
}

static double linear(float value)
{
    double v = (double)value;
    return v <= 0.03928 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

static double luminance(const float rgb[3])
{
    return 0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2]);
}

double style_contrast(const float a[3], const float b[3])
{
    double of_a = luminance(a), of_b = luminance(b);
    return (MAX(of_a, of_b) + 0.05) / (MIN(of_a, of_b) + 0.05);
}
