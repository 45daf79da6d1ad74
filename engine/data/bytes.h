// bytes.h: numbers to and from little-endian bytes, whatever the machine. Header only, any
// thread.
//
// Whoever writes has made room; whoever reads has checked that the bytes are there.

#pragma once
#include "base/base.h"

#include <string.h>

typedef struct BytesWriter {
    uint8_t *at;
} BytesWriter;

typedef struct BytesReader {
    const uint8_t *at;
} BytesReader;

static inline void bytes_put_u8(BytesWriter *writer, uint32_t value)
{
    *writer->at++ = (uint8_t)value;
}

static inline void bytes_put_u16(BytesWriter *writer, uint32_t value)
{
    bytes_put_u8(writer, value & 0xff);
    bytes_put_u8(writer, value >> 8 & 0xff);
}

static inline void bytes_put_u32(BytesWriter *writer, uint32_t value)
{
    bytes_put_u16(writer, value & 0xffff);
    bytes_put_u16(writer, value >> 16);
}

static inline void bytes_put_u64(BytesWriter *writer, uint64_t value)
{
    bytes_put_u32(writer, (uint32_t)value);
    bytes_put_u32(writer, (uint32_t)(value >> 32));
}

static inline void bytes_put_floats(BytesWriter *writer, const float *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t bits;
        memcpy(&bits, &values[i], sizeof bits);
        bytes_put_u32(writer, bits);
    }
}

static inline void bytes_put_all(BytesWriter *writer, const void *bytes, size_t size_bytes)
{
    if (size_bytes)
        memcpy(writer->at, bytes, size_bytes);
    writer->at += size_bytes;
}

static inline uint32_t bytes_get_u8(BytesReader *reader)
{
    return *reader->at++;
}

static inline uint32_t bytes_get_u16(BytesReader *reader)
{
    uint32_t low = bytes_get_u8(reader);
    return low | bytes_get_u8(reader) << 8;
}

static inline uint32_t bytes_get_u32(BytesReader *reader)
{
    uint32_t low = bytes_get_u16(reader);
    return low | bytes_get_u16(reader) << 16;
}

static inline uint64_t bytes_get_u64(BytesReader *reader)
{
    uint64_t low = bytes_get_u32(reader);
    return low | (uint64_t)bytes_get_u32(reader) << 32;
}

static inline void bytes_get_floats(BytesReader *reader, float *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t bits = bytes_get_u32(reader);
        memcpy(&values[i], &bits, sizeof bits);
    }
}
