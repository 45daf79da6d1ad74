// import_gltf_draco.c: what a Draco stream claims, read before anything is decoded.

#include "packer/import_gltf_draco.h"

#include <string.h>

#include "packer/scan.h"

// A flat grid compresses to next to nothing, so a byte may well stand for many triangles; this
// many never were seen.
enum { MAX_TRIANGLES_PER_BYTE = 1024, SLACK_TRIANGLES = 65536, MAX_METADATA_DEPTH = 8 };
enum { TYPE_MESH = 1, METHOD_SEQUENTIAL = 0, METHOD_EDGEBREAKER = 1, FLAG_METADATA = 0x8000 };

static Status fail_truncated(void)
{
    return FAIL(ERR_CORRUPT, "a Draco stream ends within its header");
}

static Status take(Bytes *rest, uint64_t len)
{
    if (rest->len < len)
        return fail_truncated();
    *rest = bytes_skip(*rest, len);
    return OK;
}

// Seven bits a byte, the low ones first.
static Status take_varint(Bytes *rest, uint64_t *out)
{
    *out = 0;
    for (int shift = 0; shift < 63; shift += 7) {
        if (rest->len == 0)
            return fail_truncated();
        uint8_t byte = rest->ptr[0];
        *rest = bytes_skip(*rest, 1);
        *out |= (uint64_t)(byte & 0x7f) << shift;
        if (!(byte & 0x80))
            return OK;
    }
    return FAIL(ERR_CORRUPT, "a Draco stream with an endless number");
}

static Status take_name(Bytes *rest)
{
    if (rest->len == 0)
        return fail_truncated();
    return take(rest, 1 + (uint64_t)rest->ptr[0]);
}

// Names and values, then named metadata of the same kind.
static Status take_metadata(Bytes *rest, int depth)
{
    uint64_t count = 0, size = 0;
    if (depth > MAX_METADATA_DEPTH)
        return FAIL(ERR_LIMIT, "a Draco stream with metadata deeper than %d",
                    MAX_METADATA_DEPTH);
    TRY(take_varint(rest, &count));
    for (uint64_t i = 0; i < count; i++) {
        TRY(take_name(rest));
        TRY(take_varint(rest, &size));
        TRY(take(rest, size));
    }
    TRY(take_varint(rest, &count));
    for (uint64_t i = 0; i < count; i++) {
        TRY(take_name(rest));
        TRY(take_metadata(rest, depth + 1));
    }
    return OK;
}

static Status take_all_metadata(Bytes *rest)
{
    uint64_t count = 0, id = 0;
    TRY(take_varint(rest, &count));
    for (uint64_t i = 0; i < count; i++) {
        TRY(take_varint(rest, &id));
        TRY(take_metadata(rest, 0));
    }
    return take_metadata(rest, 0);
}

static Status check_counts(uint64_t stream_bytes, uint64_t triangles, uint64_t vertices)
{
    uint64_t most = stream_bytes * MAX_TRIANGLES_PER_BYTE + SLACK_TRIANGLES;
    if (triangles > SCAN_MAX_TRIANGLES)
        return FAIL(ERR_LIMIT, "a Draco stream of %llu triangles; the limit is %d",
                    (unsigned long long)triangles, SCAN_MAX_TRIANGLES);
    if (triangles > most || vertices > 3 * triangles + SLACK_TRIANGLES)
        return FAIL(ERR_CORRUPT,
                    "a Draco stream of %llu bytes that claims %llu triangles and %llu vertices",
                    (unsigned long long)stream_bytes, (unsigned long long)triangles,
                    (unsigned long long)vertices);
    return OK;
}

Status gltf_check_draco(Bytes stream)
{
    Bytes rest = stream;
    if (rest.len < 11 || memcmp(rest.ptr, "DRACO", 5) != 0)
        return FAIL(ERR_CORRUPT, "Draco data that does not begin with \"DRACO\"");
    const uint8_t *head = rest.ptr;
    if (head[5] != 2 || head[6] != 2 || head[7] != TYPE_MESH)
        return FAIL(ERR_CORRUPT, "a Draco stream %d.%d of kind %d; glTF has meshes in 2.2",
                    head[5], head[6], head[7]);
    int method = head[8];
    TRY(take(&rest, 11));
    if ((head[9] | head[10] << 8) & FLAG_METADATA)
        TRY(take_all_metadata(&rest));
    uint64_t triangles = 0, vertices = 0;
    if (method == METHOD_SEQUENTIAL) {
        TRY(take_varint(&rest, &triangles));
        TRY(take_varint(&rest, &vertices));
    } else if (method == METHOD_EDGEBREAKER) {
        TRY(take(&rest, 1)); // the kind of traversal
        TRY(take_varint(&rest, &vertices));
        TRY(take_varint(&rest, &triangles));
    } else {
        return FAIL(ERR_CORRUPT, "a Draco stream of the unknown method %d", method);
    }
    return check_counts(stream.len, triangles, vertices);
}
