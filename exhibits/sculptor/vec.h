// vec.h: three floats, and the little arithmetic that sculptors need. Millimetres, Y up.

#pragma once
#include <math.h>

typedef struct Vec3 {
    float x, y, z;
} Vec3;

// A place and three unit directions at right angles: where a part sits and how it is turned.
typedef struct Frame {
    Vec3 origin, across, along, up;
} Frame;

#define PI_F 3.14159265f

static inline Vec3 v3(float x, float y, float z)
{
    return (Vec3){x, y, z};
}

static inline Vec3 v3_add(Vec3 a, Vec3 b)
{
    return v3(a.x + b.x, a.y + b.y, a.z + b.z);
}

static inline Vec3 v3_sub(Vec3 a, Vec3 b)
{
    return v3(a.x - b.x, a.y - b.y, a.z - b.z);
}

static inline Vec3 v3_scale(Vec3 a, float by)
{
    return v3(a.x * by, a.y * by, a.z * by);
}

// a + b * by
static inline Vec3 v3_mad(Vec3 a, Vec3 b, float by)
{
    return v3(a.x + b.x * by, a.y + b.y * by, a.z + b.z * by);
}

static inline float v3_dot(Vec3 a, Vec3 b)
{
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

static inline Vec3 v3_cross(Vec3 a, Vec3 b)
{
    return v3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x);
}

static inline float v3_length(Vec3 a)
{
    return sqrtf(v3_dot(a, a));
}

// Straight up where there is no direction to keep.
static inline Vec3 v3_unit(Vec3 a)
{
    float length = v3_length(a);
    return length > 1e-12f ? v3_scale(a, 1 / length) : v3(0, 1, 0);
}

static inline Vec3 v3_lerp(Vec3 a, Vec3 b, float t)
{
    return v3_mad(a, v3_sub(b, a), t);
}

static inline float lerp_f(float a, float b, float t)
{
    return a + (b - a) * t;
}

static inline float clamp_f(float x, float low, float high)
{
    return x < low ? low : x > high ? high : x;
}

// 0 below `from`, 1 above `to` (or the reverse where from > to), smooth between.
static inline float smooth_f(float from, float to, float x)
{
    float t = clamp_f((x - from) / (to - from), 0, 1);
    return t * t * (3 - 2 * t);
}

// Turns about the Y axis; a positive angle takes +Z towards +X.
static inline Vec3 v3_turn_y(Vec3 a, float radians)
{
    float c = cosf(radians), s = sinf(radians);
    return v3(a.x * c + a.z * s, a.y, a.z * c - a.x * s);
}

// `up` is kept, `along` is made square to it.
static inline Frame frame_make(Vec3 origin, Vec3 along, Vec3 up)
{
    Frame frame = {.origin = origin, .up = v3_unit(up)};
    frame.along = v3_unit(v3_mad(along, frame.up, -v3_dot(along, frame.up)));
    frame.across = v3_cross(frame.along, frame.up);
    return frame;
}

static inline Vec3 frame_to_world(const Frame *frame, Vec3 local)
{
    Vec3 p = v3_mad(frame->origin, frame->across, local.x);
    return v3_mad(v3_mad(p, frame->along, local.y), frame->up, local.z);
}

static inline Vec3 frame_to_local(const Frame *frame, Vec3 world)
{
    Vec3 p = v3_sub(world, frame->origin);
    return v3(v3_dot(p, frame->across), v3_dot(p, frame->along), v3_dot(p, frame->up));
}
