// archive_format.h: the records of a zip, for its reader and its writer. All little endian.
//
//   entry   local header (30 bytes), name, data          one after the other from byte 0
//   ...
//   directory: one central record (46 bytes), name       in the same order
//   end record (22 bytes)                                the last bytes of the file
//
// A central record repeats the 26 bytes behind the local header's signature from its byte 6.

#pragma once
#include "base/str.h"

#include <string.h>

enum {
    LOCAL_SIGNATURE = 0x04034b50,
    CENTRAL_SIGNATURE = 0x02014b50,
    END_SIGNATURE = 0x06054b50,

    LOCAL_BYTES = 30,
    CENTRAL_BYTES = 46,
    END_BYTES = 22,

    SHARED_BYTES = 26, // version needed, flags, method, time, date, checksum, sizes, lengths
    LOCAL_SHARED_AT = 4,
    CENTRAL_SHARED_AT = 6,

    METHOD_STORED = 0,
    METHOD_DEFLATED = 8,
};

static inline uint16_t get_u16(const uint8_t *at)
{
    return (uint16_t)(at[0] | at[1] << 8);
}

static inline uint32_t get_u32(const uint8_t *at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
           (uint32_t)at[3] << 24;
}

static inline void put_u16(uint8_t *at, uint32_t value)
{
    at[0] = (uint8_t)value;
    at[1] = (uint8_t)(value >> 8);
}

static inline void put_u32(uint8_t *at, uint32_t value)
{
    put_u16(at, value & 0xffff);
    put_u16(at + 2, value >> 16);
}
